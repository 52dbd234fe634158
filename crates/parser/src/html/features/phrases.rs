//! What the phrases of sites say of each block, and the labels of fields.

use crate::html::blocks::{Block, Blocks};
use crate::lexicon::{Chrome, Folded, Label, Lexicon};
use crate::plain;

/// Characters of a block beyond which it is no phrase: no phrase is as long, and what begins with one says more.
const PHRASE_CHARS_MAX: u32 = 600;

/// Characters of a paragraph.
const PARAGRAPH_CHARS_MIN: u32 = 60;

/// What is known of the words of a block.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::html) struct Phrase {
    /// The phrase of sites that it is, or begins or ends with; and whether it is that as a whole.
    pub chrome: Option<(Chrome, bool)>,
    /// The label that it begins with.
    pub label: Option<Label>,
}

impl Phrase {
    /// The phrase that it is as a whole.
    pub(in crate::html) fn whole(self) -> Option<Chrome> {
        self.chrome.filter(|(_, whole)| *whole).map(|(chrome, _)| chrome)
    }
}

/// The phrases of all blocks. Each is looked up once here, for whoever asks: most lines have to be folded for it.
pub(in crate::html) fn phrases(blocks: &Blocks, lexicon: &Lexicon) -> Vec<Phrase> {
    let mut folded = Folded::default();
    let of = |(index, block): (usize, &Block)| {
        let is_known =
            block.chars <= PHRASE_CHARS_MAX && lexicon.fold_known(blocks.text_of(block), &mut folded);
        let known = || Phrase {
            chrome: lexicon.chrome(&folded).filter(|chrome| {
                let text = blocks.text_of(block);
                let opens_sentence = || {
                    chrome.0 == Chrome::Footer
                        && plain::opens_sentence(text, &folded, lexicon)
                        && text_goes_on(blocks, index)
                };
                chrome.1 || !opens_sentence() && !plain::is_report(text, &folded, lexicon)
            }),
            label: lexicon.label(&folded).map(|(label, _)| label),
        };
        is_known.then(known).unwrap_or_default()
    };
    blocks.list.iter().enumerate().map(of).collect()
}

/// Whether a paragraph stands right below a block.
fn text_goes_on(blocks: &Blocks, index: usize) -> bool {
    let next = blocks.list.get(index + 1);
    next.is_some_and(|next| next.chars >= PARAGRAPH_CHARS_MIN && plain::ends_sentence(blocks.text_of(next)))
}

#[cfg(test)]
mod tests {
    use crate::html;
    use crate::lexicon::Lexicon;

    #[test]
    fn a_sentence_that_begins_like_a_foot_is_text() {
        let lexicon = Lexicon::load(None).unwrap();
        let text = "The first boats passed the lock of Holm on Monday, after twenty months of works that cost nine million.";
        let read = |line: &str| {
            let page = format!(
                "<html><body><main><h1>Canal of Holm opens</h1><p>{text}</p><p>{line}</p><p>{text} Yes.</p><p>{text} No.</p>\
                 </main></body></html>"
            );
            html::read(&page, None, &lexicon).unwrap().text.to_string()
        };
        let line = "Copyright holders of the old song have asked the harbour for nine thousand euros, and hope to get them.";
        assert!(read(line).contains(line));
        let foot = "Copyright 2026 The Holm Courier. All rights reserved.";
        assert!(!read(foot).contains(foot));
    }
}
