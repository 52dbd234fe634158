//! What the words beside a link to somebody say that this person did.

use super::shown::{LINE_BYTES_MAX, Page};
use crate::html::tag::Tag;
use crate::html::tree::NodeId;
use crate::lexicon::{Label, WordSet, fold};

/// Words of the longest label of an editor or a photographer.
const LABEL_WORDS: usize = 4;

impl Page<'_, '_> {
    /// Whether the words right before a link name an editor: "By Anna Lam. Reviewed by", who is no author beside another one.
    pub(super) fn is_behind_editing(&self, link: NodeId) -> bool {
        let tree = self.place.tree;
        let before = (tree.parent(link)..link).rev().find(|id| tree.tag(*id) == Tag::Text);
        let words = before.map(|id| tree.text(id)).unwrap_or_default();
        let last: Vec<&str> = words.split_whitespace().rev().take(LABEL_WORDS).collect();
        let is_one = |count: usize| {
            let label: Vec<&str> = last[..count].iter().rev().copied().collect();
            self.cleaner.lexicon.has(WordSet::Editing, &fold(&label.join(" ")))
        };
        (1..=last.len()).any(is_one)
    }

    /// Whether the words right before or behind a link say that somebody took the pictures: "and photos", "(photos)".
    pub(super) fn is_of_pictures(&self, link: NodeId) -> bool {
        let (tree, lexicon) = (self.place.tree, self.cleaner.lexicon);
        let is_credit =
            |words: &str| matches!(lexicon.label_of(words), Some((Label::Credit, end)) if end == words.len());
        let behind = tree.node(link).end;
        if behind < tree.len() && tree.tag(behind) == Tag::Text {
            let words = tree.text(behind);
            let bracket = words.trim_start().strip_prefix('(').and_then(|words| words.split_once(')'));
            if bracket.is_some_and(|(words, _)| is_credit(words.trim())) {
                return true;
            }
        }
        let before = (tree.parent(link)..link).rev().take(LABEL_NODES).find(|id| tree.tag(*id) == Tag::Text);
        let Some(before) = before.filter(|before| tree.node(*before).link == 0) else { return false };
        let words = tree.text(before);
        let words: Vec<&str> = words.split_whitespace().collect();
        let words: Vec<&str> = words[words.len().saturating_sub(LABEL_WORDS)..].to_vec();
        (0..words.len()).any(|at| {
            let label = words[at..].join(" ");
            let label = label.trim_end_matches([':', ' ']);
            // "Text and photos": both are the same person's.
            let joins_text = || {
                let joint =
                    at.checked_sub(1).is_some_and(|joint| lexicon.has(WordSet::And, &fold(words[joint])));
                let label = at.checked_sub(2).map(|label| words[label]);
                joint
                    && label.is_some_and(|label| matches!(lexicon.label_of(label), Some((Label::Byline, _))))
            };
            is_credit(label) && !joins_text()
        })
    }

    /// Whether a name in a byline is that of a link to who took the pictures.
    pub(super) fn is_linked_for_pictures(&self, id: NodeId, name: &str) -> bool {
        let tree = self.place.tree;
        let from = tree.links.partition_point(|link| *link < id);
        let mut links = tree.links[from..].iter().copied().take_while(|link| tree.contains(id, *link));
        links.any(|link| {
            self.is_of_pictures(link)
                && tree.short_text(link, LINE_BYTES_MAX).is_some_and(|text| text.contains(name))
        })
    }
}

/// Nodes before a link among which its label is.
const LABEL_NODES: usize = 4;
