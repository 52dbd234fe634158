use std::borrow::Cow;

use document::{Announced, ContentId, Reason, Rejected, Stage};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Source, borrowed};

/// A document in quarantine: one line of the quarantine's own segments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuarantineLine<'a> {
    /// Identity of the entry: the same document from the same place has one entry.
    pub id: ContentId,
    /// The stage that rejected the document.
    pub stage: Stage,
    /// Short fixed reason.
    pub reason: Reason,
    /// What was wrong, in words.
    #[serde(borrow)]
    pub message: Cow<'a, str>,
    /// Where the document came from; `bytes` is its full length.
    #[serde(borrow)]
    pub source: Source<'a>,
    /// What the feed or sitemap that led to the document says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced: Option<Cow<'a, Announced>>,
    /// Bytes kept: fewer than `source.bytes` when the document was longer than the limit.
    pub kept_bytes: u64,
    /// When it went into quarantine.
    pub quarantined_at: Timestamp,
}

/// A quarantined document was given to the line again and came out as an article: a line of the quarantine's own
/// segments, after the entry's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// The entry.
    pub resolves: ContentId,
    /// The article it is now.
    pub article: ContentId,
    /// When that was committed.
    pub resolved_at: Timestamp,
}

/// Any line of the quarantine's segments.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "read one at a time")]
pub enum QuarantineEvent<'a> {
    /// A document went in.
    #[serde(borrow)]
    Entry(QuarantineLine<'a>),
    /// A document came out.
    Resolution(Resolution),
}

impl<'a> QuarantineLine<'a> {
    /// The entry of a rejected document.
    pub fn of(rejected: &'a Rejected, now: Timestamp) -> Self {
        let raw = &rejected.raw;
        Self {
            id: quarantine_id(rejected),
            stage: rejected.stage,
            reason: rejected.reason,
            message: Cow::Borrowed(&rejected.message),
            source: Source {
                identity: borrowed(raw.identity.as_ref()),
                ..Source::of(&raw.origin, raw.digest, rejected.bytes)
            },
            announced: raw.announced.as_deref().map(Cow::Borrowed),
            kept_bytes: raw.body.len() as u64,
            quarantined_at: now,
        }
    }
}

/// Identity of a quarantine entry: the same bytes from the same place are one entry.
pub(crate) fn quarantine_id(rejected: &Rejected) -> ContentId {
    ContentId::of(&rejected.raw.origin.uri, &rejected.raw.digest.to_string())
}
