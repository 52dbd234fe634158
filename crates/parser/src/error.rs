use std::path::PathBuf;

use document::Reason;

/// Why a document cannot become an article. The document is bad; the parser goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// No bytes, or only white space.
    #[error("the document is empty: fetch it or save it once more")]
    Empty,
    /// A PDF.
    #[error(
        "the document is a pdf, which is not read: make text of it first, as `pdftotext` of Poppler does"
    )]
    Pdf,
    /// Bytes of a format that is not read; holds what they look like, and what to do.
    #[error("the document is {0}, which is not read: {1}")]
    UnsupportedFormat(&'static str, &'static str),
    /// A list of articles that stand elsewhere; holds what it is, and the kind of source that fetches what it lists.
    #[error(
        "the document is {0}, which lists articles and is none: name its address in a [[source]] of kind \"{1}\""
    )]
    List(&'static str, &'static str),
    /// More than the limits allow, once decompressed or cut into lines; holds which limit, in words.
    #[error("{0}")]
    TooLarge(String),
    /// A declared format whose rules are broken beyond repair; holds what is wrong, in words.
    #[error("{0}")]
    Malformed(String),
    /// Several documents in one; holds what they are, and what to do.
    #[error("the document holds several {0}: {1}")]
    Several(&'static str, &'static str),
    /// A page that stands in for an article; holds what it is, and the words in which it says so.
    #[error(
        "the page holds no article, it {what}: \"{said}\"; open its address in a browser, and save the article from there"
    )]
    NoArticle {
        /// What it does instead.
        what: &'static str,
        /// Its title, its heading or its words.
        said: String,
    },
    /// JSON without text in a place that is known; holds where there is something to read, and what to do.
    #[error("{0}")]
    NoField(String),
    /// It was read, and holds no article text.
    #[error(
        "no article text was found in the document: `depeche parse --explain FILE` shows what was left out, and why"
    )]
    NoText,
}

/// What to do with files of several documents that are opened.
pub(crate) const INGEST: &str = "`depeche ingest FILE` reads them";

impl ParseError {
    /// The reason the document is counted under.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Empty => Reason::Empty,
            Self::Pdf => Reason::Pdf,
            Self::UnsupportedFormat(..) | Self::List(..) => Reason::UnsupportedFormat,
            Self::TooLarge(_) => Reason::TooLarge,
            Self::Malformed(_) | Self::Several(..) => Reason::Malformed,
            Self::NoText | Self::NoArticle { .. } | Self::NoField(_) => Reason::NoText,
        }
    }
}

/// Why the parser cannot do its work at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configured lexicon folder, or a file in it, cannot be read.
    #[error("cannot read the phrase list {path}")]
    ReadLexicon {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A phrase list is not of its format.
    #[error("the phrase list {path} is not valid: {message}")]
    BadLexicon {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and where.
        message: String,
    },
    /// A worker thread ended before its queue did.
    #[error("a parser thread ended early")]
    Worker(#[from] tokio::task::JoinError),
}
