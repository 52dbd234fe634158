//! Where a field of an article was found, and what was passed over for it.

use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};

/// A place of a page that gives a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The article's object in JSON-LD.
    LinkedData,
    /// The meta element of this name.
    Meta(&'static str),
    /// The title element.
    PageTitle,
    /// An element that readers see, or a line that stands in it.
    Element(NodeId),
    /// The link of relation "canonical".
    Canonical,
    /// The date in the article's address.
    Address,
    /// The data of a script.
    Script,
    /// The words of the text itself.
    Text,
    /// A name that the site goes by.
    Site,
    /// The attribute "lang" of the page.
    Page,
    /// Where the page was fetched.
    Fetched,
}

/// Characters of an attribute that are shown.
const SHOWN_CHARS: usize = 60;

impl Source {
    /// It, in words.
    pub(super) fn told(self, tree: &Tree<'_>) -> String {
        match self {
            Self::LinkedData => "JSON-LD".to_owned(),
            Self::Meta(name) => format!("<meta {name}>"),
            Self::PageTitle => "<title>".to_owned(),
            Self::Element(id) => element(tree, id),
            Self::Canonical => "<link rel=\"canonical\">".to_owned(),
            Self::Address => "the address".to_owned(),
            Self::Script => "the data of a script".to_owned(),
            Self::Text => "the text".to_owned(),
            Self::Site => "the name of the site".to_owned(),
            Self::Page => "the lang of <html>".to_owned(),
            Self::Fetched => "where it was found".to_owned(),
        }
    }
}

/// The element itself, or the one that a stretch of text stands in.
pub(super) fn element_of(tree: &Tree<'_>, id: NodeId) -> NodeId {
    if tree.tag(id) == Tag::Text { tree.parent(id) } else { id }
}

/// The start tag of an element with what its maker calls it.
fn element(tree: &Tree<'_>, id: NodeId) -> String {
    let id = element_of(tree, id);
    let mut told = format!("<{}", if id == 0 { "html" } else { tree.tag(id).name() });
    for (name, key) in [
        (Name::Class, "class"),
        (Name::Id, "id"),
        (Name::Itemprop, "itemprop"),
        (Name::Rel, "rel"),
        (Name::Datetime, "datetime"),
    ] {
        if let Some(value) = tree.attribute(id, name).filter(|value| !value.trim().is_empty()) {
            let mut shown: String = value.trim().chars().take(SHOWN_CHARS).collect();
            if shown.len() < value.trim().len() {
                shown.push('…');
            }
            for part in [" ", key, "=\"", &shown, "\""] {
                told.push_str(part);
            }
        }
    }
    told.push('>');
    told
}

/// A value that might have been a field's, and was not taken.
pub(super) struct PassedOver {
    pub source: Source,
    pub value: String,
    pub why: String,
}

impl PassedOver {
    pub(super) fn new(source: Source, value: impl Into<String>, why: impl Into<String>) -> Self {
        Self { source, value: value.into(), why: why.into() }
    }
}
