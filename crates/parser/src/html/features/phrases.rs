//! What the phrases of sites say of each block, and the labels of fields.

use crate::html::blocks::{Block, Blocks};
use crate::lexicon::{Chrome, Folded, Label, Lexicon};

/// Characters of a block beyond which it is no phrase: no phrase is as long, and what begins with one says more.
const PHRASE_CHARS_MAX: u32 = 600;

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
    let of = |block: &Block| {
        let is_known =
            block.chars <= PHRASE_CHARS_MAX && lexicon.fold_known(blocks.text_of(block), &mut folded);
        let known = || Phrase {
            chrome: lexicon.chrome(&folded),
            label: lexicon.label(&folded).map(|(label, _)| label),
        };
        is_known.then(known).unwrap_or_default()
    };
    blocks.list.iter().map(of).collect()
}
