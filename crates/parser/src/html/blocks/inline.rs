//! Formulas and buttons whose words are the page's own.

use super::{Cutter, Kind};
use crate::html::tag::{Name, Tag};
use crate::html::tree::NodeId;

/// Nodes of a heading that are looked at for words behind a button in it.
const HEADING_NODES: usize = 40;

/// Nodes of the longest formula that is read.
const FORMULA_NODES: NodeId = 400;

impl Cutter<'_, '_> {
    /// Whether a button is all that a heading has: it opens and closes what the heading heads.
    pub(super) fn is_all_of_heading(&self, id: NodeId, container: NodeId, kind: Kind) -> bool {
        let is_blank = |id: NodeId| self.tree.tag(id) != Tag::Text || !self.tree.has_words(id);
        matches!(kind, Kind::Heading(_))
            && self.tree.tag(container).heading_level().is_some()
            && self.current.as_ref().is_none_or(|block| block.stop == block.start)
            && (self.tree.node(id).end..self.tree.node(container).end).take(HEADING_NODES).all(is_blank)
    }

    /// Whether a formula is the only one that says what it does. Makers of formulas set it beside a picture of it, or beside
    /// its signs, in an inline element with a class.
    pub(super) fn is_word(&self, id: NodeId) -> bool {
        let around = self.tree.parent(id);
        let has = |name| self.tree.raw_attribute(around, name).is_some();
        !self.tree.tag(around).is_inline() || !has(Name::Class) && !has(Name::Style)
    }

    /// Adds the words of a formula to the block that it stands in.
    pub(super) fn formula(&mut self, id: NodeId, container: NodeId, kind: Kind) {
        let mut inner = id + 1;
        let end = self.tree.node(id).end.min(id + FORMULA_NODES);
        while inner < end {
            match self.tree.tag(inner) {
                // What it is in another notation.
                Tag::Annotation | Tag::AnnotationXml => inner = self.tree.node(inner).end,
                Tag::Text => {
                    if !self.tree.raw_text(inner).trim_ascii().is_empty() {
                        self.words(inner, container, kind);
                    }
                    inner += 1;
                }
                _ => inner += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::html::blocks::Blocks;
    use crate::html::tree::Tree;

    fn check(page: &str, expected: &[&str]) {
        let blocks = Blocks::of(&Tree::parse(page));
        let texts: Vec<&str> = blocks.list.iter().map(|block| blocks.text_of(block)).collect();
        assert_eq!(texts, expected, "{page}");
    }

    #[test]
    fn a_formula_is_a_part_of_its_paragraph() {
        check(
            "<p>The load is <math><mi>F</mi> <mo>=</mo>\n<mn>2</mn></math> kilonewtons.</p>",
            &["The load is F=2 kilonewtons."],
        );
        check(
            "<p>It is <math><semantics><mi>F</mi><annotation encoding=tex>\\F</annotation></semantics></math>.</p>",
            &["It is F."],
        );
        // Its signs stand beside it.
        check(
            "<p>It is <span class=katex><span class=katex-mathml><math><mi>F</mi></math></span><span>F</span></span> now.</p>",
            &["It is F now."],
        );
        check(
            "<p>It is <span style='display: none'><math><mi>F</mi></math></span><img alt=F> now.</p>",
            &["It is now."],
        );
    }

    #[test]
    fn a_button_that_fills_a_heading_is_the_heading() {
        check("<h3><button>Who pays?</button></h3><p>All.</p>", &["Who pays?", "All."]);
        check("<h3><button><span>Who pays?</span><svg></svg></button></h3>", &["Who pays?"]);
        check("<h3>Who pays? <button>Copy</button></h3>", &["Who pays?"]);
        check("<h3><button>Copy</button> Who pays?</h3>", &["Who pays?"]);
        check("<p><button>Copy</button></p><div><button>Copy</button></div>", &[]);
    }
}
