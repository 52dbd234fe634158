use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Digest, address};

/// A document as a source gave it: bytes that nobody has interpreted yet.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// Where the bytes came from.
    pub origin: Origin,
    /// The bytes. Cloning shares them, so every stage can hold the document whole at no cost.
    pub body: Bytes,
    /// Digest of `body`.
    pub digest: Digest,
    /// What tells this article from others, whatever its text says now: its canonical URL, or the identifier that its
    /// feed gives it. Another text under the same identity is a revision of the article. `None` when the source does
    /// not know, as a folder does not; what is in the file may then tell.
    pub identity: Option<String>,
    /// What the feed or sitemap that led to the document says about it.
    pub announced: Option<Box<Announced>>,
}

/// What a feed or a sitemap says about a document that it leads to. It stands back behind what the document itself
/// says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Timestamp>,
    /// Language (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl RawDocument {
    /// Takes the bytes of one document and digests them.
    pub fn new(origin: Origin, body: Bytes) -> Self {
        let digest = Digest::of(&body);
        Self { origin, body, digest, identity: None, announced: None }
    }
}

/// Where a document came from, and what its source said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What kind of source gave it.
    pub kind: SourceKind,
    /// The configured source's name.
    pub name: String,
    /// URI of the document (`file:///…` for a file, RFC 8089).
    pub uri: String,
    /// Media type that the source declares (a `Content-Type`), without parameters; `None` when it declares none.
    pub media_type: Option<String>,
    /// Charset that the source declares outside the bytes; `None` when it declares none.
    pub charset: Option<String>,
    /// When the source saw the document.
    pub observed_at: Timestamp,
    /// What HTTP said, when the document came over HTTP.
    pub http: Option<Http>,
}

impl Origin {
    /// Address of the document on the web, as far as its source knows: its URI, or the target URI that a web archive
    /// has for it, which is the fragment of its URI.
    pub fn web_url(&self) -> Option<&str> {
        let is_web = |uri: &&str| address::is_web(uri);
        let target = match self.kind {
            SourceKind::Archive => self.uri.split_once('#').map(|(_, target)| target).filter(is_web),
            _ => None,
        };
        target.or(Some(self.uri.as_str()).filter(is_web))
    }
}

/// The kinds of source, by the names of the record's `source.kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A file in a watched folder, or named on the command line.
    File,
    /// An item of a feed.
    Feed,
    /// A page fetched for itself.
    Page,
    /// A page found through a sitemap.
    Sitemap,
    /// Sent to us over HTTP or standard input.
    Push,
    /// A member of an archive (WARC, zip, tar, JSONL).
    Archive,
}

/// The part of an HTTP answer that the record keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Http {
    /// Status code.
    pub status: u16,
    /// `ETag`, as sent.
    pub etag: Option<String>,
    /// `Last-Modified`, as sent.
    pub last_modified: Option<String>,
}
