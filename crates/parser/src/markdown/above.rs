//! What stands above the headline of Markdown: the name of a site, its menu, a kicker; or text.

use std::ops::Range;

use document::BlockKind;

use crate::plain::ends_sentence;

/// Words of a line that a site sets above its articles.
const LINE_WORDS: usize = 8;

/// Blocks of text below which a heading of the first level is no headline.
const TEXT_BLOCKS: usize = 3;

/// The blocks above the headline, until that is found. After it, nothing is noted.
#[derive(Debug, Default)]
pub(super) struct Above {
    is_open: bool,
    /// Whether the text has one heading of the first level.
    has_one_top: bool,
    /// Of each block of the body: whether it is a site's, and where it was told.
    blocks: Vec<(bool, Option<usize>)>,
    text_blocks: usize,
    /// References of a menu, in rising order.
    references: Vec<Range<usize>>,
}

impl Above {
    /// Nothing yet, of a text.
    pub(super) fn of(markdown: &str) -> Self {
        Self { is_open: true, has_one_top: top_headings(markdown) == 1, ..Self::default() }
    }

    /// Notes the last block of a body, which has so many.
    pub(super) fn note(
        &mut self,
        count: usize,
        kind: BlockKind,
        text: &str,
        is_linked: bool,
        told: Option<usize>,
    ) {
        if !self.is_open || count == self.blocks.len() {
            return;
        }
        let may_be_line = matches!(kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem)
            && self.text_blocks == 0;
        let is_short = || text.split_whitespace().count() <= LINE_WORDS && !ends_sentence(text.trim());
        let is_of_site = is_linked || may_be_line && is_short();
        self.text_blocks += usize::from(!is_of_site);
        self.blocks.push((is_of_site, told));
    }

    /// Notes references that no text of the article leads to.
    pub(super) fn note_references(&mut self, range: Range<usize>) {
        if self.is_open && !range.is_empty() {
            self.references.push(range);
        }
    }

    /// Whether a heading of the first level that comes now is the headline. Below text, it is one section of several where
    /// the text has more of them.
    pub(super) fn may_end_in_headline(&self) -> bool {
        self.is_open && (self.text_blocks == 0 || self.has_one_top && self.text_blocks <= TEXT_BLOCKS)
    }

    pub(super) fn is_out(&self, block: usize) -> bool {
        self.blocks.get(block).is_some_and(|(is_of_site, _)| *is_of_site)
    }

    pub(super) fn is_reference_out(&self, index: usize) -> bool {
        let at = self.references.partition_point(|range| range.end <= index);
        self.references.get(at).is_some_and(|range| range.contains(&index))
    }

    /// Where the blocks that are a site's were told.
    pub(super) fn told_out(&self) -> impl Iterator<Item = usize> {
        self.blocks.iter().filter(|(is_of_site, _)| *is_of_site).filter_map(|(_, told)| *told)
    }
}

/// Headings of the first level in a text, those in fences left out.
fn top_headings(markdown: &str) -> usize {
    let mut is_fenced = false;
    let mut after_text = false;
    let mut count = 0;
    for line in markdown.lines() {
        let line = line.trim();
        let is_fence = line.starts_with("```") || line.starts_with("~~~");
        is_fenced ^= is_fence;
        if !is_fenced && !is_fence {
            let is_rule = after_text && !line.is_empty() && line.bytes().all(|byte| byte == b'=');
            count += usize::from(line.starts_with("# ") || is_rule);
        }
        after_text = !line.is_empty() && !is_fence;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(above: &str, expected: &str) {
        let text = "The lake froze last night, and nobody in the town had expected it.";
        let lexicon = crate::lexicon::Lexicon::load(None).unwrap();
        let article =
            crate::markdown::read(&format!("{above}# Ice on the lake\n\n{text}\n"), &lexicon).unwrap();
        assert_eq!(article.title.as_deref(), Some("Ice on the lake"), "{above}");
        assert_eq!(article.text.as_str(), format!("{expected}{text}"), "{above}");
        assert!(article.references.is_empty(), "{above}");
    }

    #[test]
    fn a_site_s_lines_above_the_headline_are_no_text() {
        check("", "");
        check("The Lake Post\n\n", "");
        check("[Home](https://lake.example/) | [News](https://lake.example/news)\n\n", "");
        check("- [Home](https://lake.example/)\n- [News](/news)\n- Sport\n\n", "");
        check("[![Logo](/logo.png)](https://lake.example/)\n\n## Climate\n\n", "");
        check("<div align=center>The Lake Post</div>\n\n", "");
        check("Nobody had seen such a winter before.\n\n", "Nobody had seen such a winter before.\n\n");
    }

    #[test]
    fn sections_of_the_first_level_below_text_are_no_headline() {
        let lexicon = crate::lexicon::Lexicon::load(None).unwrap();
        let text =
            "Nobody had seen such a winter before.\n\n# Ice\n\nThe lake froze.\n\n# Snow\n\nIt fell.\n";
        let article = crate::markdown::read(text, &lexicon).unwrap();
        assert_eq!((article.title, article.blocks.len()), (None, 5));
    }

    #[test]
    fn headings_of_the_first_level_are_counted() {
        assert_eq!(top_headings("# A\n\n## B\n\nC\n===\n\n```\n# D\n```\n"), 2);
        assert_eq!(top_headings("#tag\n\n===\n"), 0);
    }
}
