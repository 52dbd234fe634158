//! Formulas and buttons whose words are the page's own.

use super::{Cutter, Kind};
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// Nodes of a heading that are looked at for words behind a button in it.
const HEADING_NODES: usize = 40;

/// Nodes of the longest formula that is read.
const FORMULA_NODES: NodeId = 400;

/// Elements beside each other that are looked at for the words of one for readers of screens, and bytes of these words.
const BESIDE: usize = 6;
const SAID_BYTES: usize = 60;

/// Whether an element that readers of screens do not hear is a part of what one beside it says to them alone: a large first
/// letter, cut off its word.
pub(super) fn is_said_beside(tree: &Tree<'_>, id: NodeId) -> bool {
    let is_unheard = |id: NodeId| tree.raw_attribute(id, Name::AriaHidden) == Some("true");
    if !is_unheard(id) {
        return false;
    }
    let parent = tree.parent(id);
    let (mut seen, mut heard) = (String::new(), String::new());
    let first = (parent + 1..id).rev().take(BESIDE * 2).filter(|other| tree.parent(*other) == parent).min();
    let mut next = first.unwrap_or(id);
    for _ in 0..BESIDE * 2 {
        if next >= tree.node(parent).end {
            break;
        }
        let is_element = tree.tag(next).is_inline() && tree.tag(next) != Tag::Text;
        let text = if is_element { tree.short_text(next, SAID_BYTES) } else { None };
        match text {
            Some(text) if is_unheard(next) => seen.push_str(&text),
            Some(text) => heard.push_str(&text),
            // Words between them are heard and seen.
            None if next > id && !tree.raw_text(next).trim().is_empty() => break,
            None if !tree.raw_text(next).trim().is_empty() => {
                seen.clear();
                heard.clear();
            }
            None => {}
        }
        next = tree.node(next).end;
    }
    !seen.is_empty() && seen == heard
}

/// Nodes and bytes of the longest hint at a link.
const HINT_NODES: NodeId = 3;
const HINT_BYTES: usize = 60;

/// What a hint at a link says: that it leads out of the page.
const HINTS: [&str; 22] = [
    "opens new tab",
    "opens in new tab",
    "opens in a new tab",
    "opens new window",
    "opens in new window",
    "opens in a new window",
    "opens an external site",
    "external link",
    "link is external",
    "nouvelle fenêtre",
    "nouvel onglet",
    "ouvre une nouvelle fenêtre",
    "ouvre un nouvel onglet",
    "s'ouvre dans une nouvelle fenêtre",
    "s'ouvre dans un nouvel onglet",
    "lien externe",
    "externer link",
    "öffnet in neuem fenster",
    "öffnet in neuem tab",
    "se abre en una ventana nueva",
    "opent in nieuw venster",
    "si apre in una nuova finestra",
];

/// Whether an element in a link, or right behind one, says no more than that it opens elsewhere.
pub(super) fn is_hint(tree: &Tree<'_>, id: NodeId) -> bool {
    let node = tree.node(id);
    let is_at_link = node.link != 0 || tree.node(id - 1).link != 0;
    if !is_at_link || node.end - id > HINT_NODES {
        return false;
    }
    tree.short_text(id, HINT_BYTES).is_some_and(|text| {
        let said = text.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase();
        HINTS.contains(&said.as_str())
    })
}

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
    fn what_opens_elsewhere_is_no_word() {
        check(
            "<p>The mine <a href=/m>(ORV)</a><span>, opens new tab</span> halts, <a href=/c>it says<span class=h> (opens in a new window)</span></a>.</p>",
            &["The mine (ORV) halts, it says."],
        );
        check(
            "<p>It <span>opens new tab</span> for <a href=/m>the <span>external</span> link</a></p>",
            &["It opens new tab for the external link"],
        );
    }

    #[test]
    fn a_large_first_letter_is_read_once() {
        let rest = "lake froze.";
        for first in [
            "<span aria-hidden=true>T</span><span class=sr-only>The</span><span aria-hidden=true>he</span>",
            "<span class=sr-only>The</span><span aria-hidden=true><b>T</b>he</span>",
            "<span aria-hidden='true'>The</span> <span class=visually-hidden>The</span>",
        ] {
            check(&format!("<p>{first} {rest}</p>"), &["The lake froze."]);
        }
        check("<p><span aria-hidden=true>T</span>he lake froze.</p>", &["The lake froze."]);
        check("<p>The lake <i aria-hidden=true>T</i> and <b>T</b></p>", &["The lake T and T"]);
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
