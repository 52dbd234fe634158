use crate::{RawDocument, Span, Text};

/// A document that was read as an article. It still holds the document, so that any later stage can quarantine
/// it whole.
#[derive(Debug, Clone)]
pub struct ParsedArticle {
    /// What was read.
    pub raw: RawDocument,
    /// What it says.
    pub article: Article,
}

/// What a document says, apart from where it came from. Fields follow the record (see `docs/record.md`).
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Media type the bytes turned out to have, for example `text/html`.
    pub media_type: String,
    /// Charset the bytes turned out to have, by its WHATWG name in lower case; `None` for a format without one.
    pub charset: Option<String>,
    /// Canonical URL; `None` when the document does not say.
    pub url: Option<String>,
    /// Name of the outlet; `None` when the document does not say.
    pub publisher: Option<Text>,
    /// Headline without the site's name; `None` when the document has none.
    pub title: Option<Text>,
    /// Stand-first or metadata summary.
    pub description: Option<Text>,
    /// Bylines: people's names only.
    pub authors: Vec<String>,
    /// When it was published; `None` when the document does not say, never a guess.
    pub published: Option<Published>,
    /// When it was last changed; `None` when the document does not say.
    pub modified: Option<Published>,
    /// Language that the document declares for itself (BCP 47); a hint, not a finding.
    pub declared_language: Option<String>,
    /// The article's own words: stand-first, paragraphs and headings in order, joined by `\n\n`.
    pub text: Text,
    /// The parts of `text`, in order, covering all of it but the joints.
    pub blocks: Vec<Block>,
    /// Readers' comments.
    pub comments: Vec<Comment>,
    /// Listed sources and in-text links.
    pub references: Vec<Reference>,
    /// Images with their captions and credits.
    pub images: Vec<Image>,
    /// The publisher's own tags, sections and topics.
    pub tags: Vec<String>,
    /// What the parser was unsure of.
    pub warnings: Vec<Warning>,
}

impl Article {
    /// An article of which only the text is known, as one paragraph a block; everything else is unknown.
    pub fn bare(media_type: &str, text: Text) -> Self {
        let blocks = paragraphs(&text);
        Self::of_blocks(media_type, text, blocks)
    }

    /// An article of which nothing is known but its text and the blocks that cover it.
    pub fn of_blocks(media_type: &str, text: Text, blocks: Vec<Block>) -> Self {
        Self {
            media_type: media_type.to_owned(),
            charset: None,
            url: None,
            publisher: None,
            title: None,
            description: None,
            authors: Vec::new(),
            published: None,
            modified: None,
            declared_language: None,
            text,
            blocks,
            comments: Vec::new(),
            references: Vec::new(),
            images: Vec::new(),
            tags: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// One paragraph block for each stretch between blank lines.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut start = 0;
    let mut blocks = Vec::new();
    for part in text.split("\n\n") {
        if !part.trim().is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + part.len()) });
        }
        start += part.len() + 2;
    }
    blocks
}

/// A date of publication or change, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The date in EDTF (ISO 8601-2, levels 0 and 1): `2026-02-08`, `XXXX-10-08T16:33`.
    pub edtf: String,
    /// Where the document says so.
    pub basis: Basis,
}

/// What a date rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The document's metadata (JSON-LD, meta elements, front matter, headers).
    Metadata,
    /// The feed that led to it.
    Feed,
    /// Its URL.
    Url,
    /// A visible dateline.
    Dateline,
    /// A statement in the text.
    Body,
    /// An HTTP header.
    Http,
}

/// One part of an article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What part it is.
    pub kind: BlockKind,
    /// Where it stands in the text.
    pub span: Span,
}

/// The kinds of block, by the names of the record's `blocks[].kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The summary under the headline, where the page shows one.
    Standfirst,
    /// Running text.
    Paragraph,
    /// A heading inside the article.
    Heading,
    /// One item of a list.
    ListItem,
    /// A block quotation.
    Quote,
    /// A table, a row a line, cells separated by a tab.
    Table,
    /// Text whose white space matters.
    Preformatted,
}

/// A reader's comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Who wrote it, when the document says.
    pub author: Option<String>,
    /// What it says.
    pub text: Text,
}

/// A listed source or a link in the text. At least one of the two is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The words it is given in.
    pub title: Option<String>,
    /// Where it leads.
    pub url: Option<String>,
}

/// An image of the article. At least one of the three is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Where it is.
    pub url: Option<String>,
    /// What stands under it.
    pub caption: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
}

/// Something a stage was unsure of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Short fixed code, `snake_case`, to count by.
    pub code: &'static str,
    /// What it was, in words.
    pub message: String,
}
