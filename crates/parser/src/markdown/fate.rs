//! What became of a block of Markdown, and why.

use document::BlockKind;

use crate::ExplainedBlock;
use crate::lexicon::Chrome;

/// What a block was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The article's own words.
    Text,
    /// The headline.
    Title,
    /// Who wrote it, or when.
    Head,
    /// What is set off at an image.
    Caption,
    /// A credit without an image.
    Credit,
    /// An item of a list of sources.
    Source,
    /// The head of such a list, if one follows.
    SourcesHead,
    /// A link among others that a phrase announced.
    Related,
    /// A phrase of sites.
    Phrase(Chrome),
}

/// Tells of a block; `phrase` is what a phrase list has for it.
pub(super) fn told(text: &str, kind: BlockKind, fate: Fate, phrase: &str) -> ExplainedBlock {
    let (verdict, reason) = match fate {
        Fate::Text => ("text", of_kind(kind).to_owned()),
        Fate::Title => ("headline", "the first heading of the first level".to_owned()),
        Fate::Head => ("metadata", "who wrote it, or when".to_owned()),
        Fate::Caption => ("caption", "emphasised or a credit, at an image".to_owned()),
        Fate::Credit => ("out", "a credit".to_owned()),
        Fate::Source => ("reference", "an item under the head of a list of sources".to_owned()),
        Fate::SourcesHead => ("reference", format!("\"{phrase}\" heads lists of sources")),
        Fate::Related => ("out", "a link below a phrase before other articles".to_owned()),
        Fate::Phrase(chrome) => ("out", format!("\"{phrase}\" is a phrase of {}", chrome.told())),
    };
    ExplainedBlock::of_rules(text.trim(), verdict, reason)
}

fn of_kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading => "a heading",
        BlockKind::ListItem => "an item of a list",
        BlockKind::Quote => "a quotation",
        BlockKind::Table => "a table",
        BlockKind::Preformatted => "preformatted text",
        BlockKind::Paragraph | BlockKind::Standfirst => "a paragraph",
    }
}
