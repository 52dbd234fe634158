use std::any::Any;

use serde::{Deserialize, Serialize};

use crate::RawDocument;

/// A document that cannot become an article. It ends in quarantine, whole up to the size limit.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// The document. Its body is the head of the document when `truncated`.
    pub raw: RawDocument,
    /// Length of the document in bytes, also when `raw.body` holds only its head.
    pub bytes: u64,
    /// The stage that rejected it.
    pub stage: Stage,
    /// Short fixed reason, to count by.
    pub reason: Reason,
    /// What was wrong with this document, in words.
    pub message: String,
}

impl Rejected {
    /// Rejects a document that is held whole.
    pub fn new(raw: RawDocument, stage: Stage, reason: Reason, message: impl Into<String>) -> Self {
        Self { bytes: raw.body.len() as u64, raw, stage, reason, message: message.into() }
    }

    /// Whether only the head of the document is held.
    pub fn truncated(&self) -> bool {
        self.bytes > self.raw.body.len() as u64
    }
}

/// What a panic said, for the message of the document that it happened on.
pub fn panic_message(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(message), _) => message,
        (None, Some(message)) => message,
        (None, None) => "no message",
    }
}

/// The stages, as they are named in logs and in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Finds documents.
    Watcher,
    /// Reads them as articles.
    Parser,
    /// Finds things in them.
    Enricher,
    /// Stores them.
    Sink,
}

/// Why a document was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It has no bytes, or only white space.
    Empty,
    /// It is longer than the configured limit.
    TooLarge,
    /// Its bytes are of a format that is not read (an image, a program).
    UnsupportedFormat,
    /// It is a PDF, which is not read.
    Pdf,
    /// It declares a format and breaks its rules beyond repair.
    Malformed,
    /// It was read, and holds no article text.
    NoText,
    /// Reading it hit a defect of ours; the message says where.
    Panic,
}

impl Reason {
    /// The name it is counted by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::UnsupportedFormat => "unsupported_format",
            Self::Pdf => "pdf",
            Self::Malformed => "malformed",
            Self::NoText => "no_text",
            Self::Panic => "panic",
        }
    }
}

impl Stage {
    /// The name it has in logs and in quarantine.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Watcher => "watcher",
            Self::Parser => "parser",
            Self::Enricher => "enricher",
            Self::Sink => "sink",
        }
    }
}
