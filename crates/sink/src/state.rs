//! What the ledger says of the store, as a value: every record takes one state to the next.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use document::{ContentId, Digest};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Compression;

/// Version of the store's layout and of the ledger's records.
pub(crate) const FORMAT: u32 = 1;

/// Everything that is committed, but for the lines themselves and the index of what they hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) format: u32,
    /// Which opening of the store for writing this is; also the number in the ledger's file name.
    pub(crate) epoch: u64,
    /// Number of the last record applied. It grows by one a record, over all epochs.
    pub(crate) record: u64,
    /// When the last commit was made.
    pub(crate) committed_at: Option<Timestamp>,
    pub(crate) totals: Totals,
    pub(crate) segments: BTreeMap<SegmentId, Segment>,
}

/// Number of a segment, over all streams, in the order of making.
pub(crate) type SegmentId = u64;

/// How many documents ended how, since the store was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Articles in the store.
    pub stored: u64,
    /// Documents whose article was in the store already.
    pub duplicates: u64,
    /// Documents in quarantine.
    pub quarantined: u64,
    /// Places, beside its first, where an article of the store was seen.
    #[serde(default)]
    pub sightings: u64,
    /// Stories that turned out to be others.
    #[serde(default)]
    pub joins: u64,
    /// Facts that have a line of their own.
    #[serde(default)]
    pub facts: u64,
}

/// What kind of lines a segment holds; also the name of its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// Article records.
    Articles,
    /// Entries about documents that could not become articles.
    Quarantine,
    /// Stories that turned out to be others.
    Stories,
    /// Where else articles were seen.
    Sightings,
    /// What the articles state, a line a fact.
    Facts,
}

impl Stream {
    /// All streams.
    pub const ALL: [Self; 5] =
        [Self::Articles, Self::Quarantine, Self::Stories, Self::Sightings, Self::Facts];

    /// Name of its folder under the store.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Quarantine => "quarantine",
            Self::Stories => "stories",
            Self::Sightings => "sightings",
            Self::Facts => "facts",
        }
    }
}

/// A run of lines in one file, known to its committed length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Segment {
    pub(crate) stream: Stream,
    /// The day (UTC) on which it was begun.
    pub(crate) day: Date,
    /// Committed length of the lines, in bytes.
    pub(crate) len: u64,
    /// Committed number of lines.
    pub(crate) lines: u64,
    /// CRC-32 (IEEE) of the first `len` bytes.
    pub(crate) crc: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sealed: Option<Sealed>,
}

/// The final form of a segment that takes no more lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub(crate) compression: Compression,
    /// Length of the final file in bytes.
    pub(crate) bytes: u64,
    /// Digest of the final file.
    pub(crate) digest: Digest,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Record {
    /// The whole state: the first record of each ledger file.
    Snapshot(State),
    /// A group of documents.
    Commit(Commit),
    /// A segment in its final form.
    Seal(Seal),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Commit {
    pub(crate) n: u64,
    pub(crate) at: Timestamp,
    /// The segments that grew, or began, as they are after this commit.
    pub(crate) segments: Vec<(SegmentId, Segment)>,
    /// Ids of the articles that were stored.
    pub(crate) ids: Vec<ContentId>,
    /// Where each of them came from, as [`crate::line::origin_of`] has it.
    #[serde(default)]
    pub(crate) origins: Vec<u64>,
    /// Ids of the sightings that were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sightings: Vec<ContentId>,
    /// Ids of the quarantine entries that were added.
    pub(crate) quarantined: Vec<ContentId>,
    /// Identities of the articles that were stored under one: key of the identity, newest article, its revision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) identities: Vec<(ContentId, ContentId, u32)>,
    /// Source, key, value.
    pub(crate) positions: Vec<(String, String, String)>,
    /// As they are after this commit.
    pub(crate) totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seal {
    pub(crate) n: u64,
    pub(crate) segment: SegmentId,
    pub(crate) sealed: Sealed,
}

impl Commit {
    /// A commit of nothing, as record `n`.
    pub(crate) fn empty(n: u64) -> Self {
        Self {
            n,
            at: Timestamp::UNIX_EPOCH,
            segments: Vec::new(),
            ids: Vec::new(),
            origins: Vec::new(),
            sightings: Vec::new(),
            quarantined: Vec::new(),
            identities: Vec::new(),
            positions: Vec::new(),
            totals: Totals::default(),
        }
    }
}

impl State {
    /// A store in which nothing was ever committed.
    pub(crate) fn empty() -> Self {
        Self {
            format: FORMAT,
            epoch: 0,
            record: 0,
            committed_at: None,
            totals: Totals::default(),
            segments: BTreeMap::new(),
        }
    }

    /// Takes the state over one record. An error says why the record cannot follow.
    pub(crate) fn apply(&mut self, record: &Record) -> Result<(), String> {
        let n = match record {
            Record::Snapshot(_) => return Err("a snapshot in the middle of a ledger".to_owned()),
            Record::Commit(commit) => commit.n,
            Record::Seal(seal) => seal.n,
        };
        if n != self.record + 1 {
            return Err(format!("record {n} after record {}", self.record));
        }
        match record {
            Record::Snapshot(_) => {}
            Record::Commit(commit) => {
                for (id, segment) in &commit.segments {
                    if let Some(before) = self.segments.get(id)
                        && (before.sealed.is_some() || before.len > segment.len)
                    {
                        return Err(format!("record {n} takes segment {id} back"));
                    }
                    self.segments.insert(*id, segment.clone());
                }
                self.totals = commit.totals;
                self.committed_at = Some(commit.at);
            }
            Record::Seal(seal) => match self.segments.get_mut(&seal.segment) {
                Some(segment) if segment.sealed.is_none() => segment.sealed = Some(seal.sealed.clone()),
                _ => return Err(format!("record {n} seals segment {}, which is not open", seal.segment)),
            },
        }
        self.record = n;
        Ok(())
    }

    /// Number of the next segment.
    pub(crate) fn next_segment(&self) -> SegmentId {
        self.segments.last_key_value().map_or(1, |(id, _)| id + 1)
    }
}

impl Segment {
    /// An empty segment.
    pub(crate) fn new(stream: Stream, day: Date) -> Self {
        Self { stream, day, len: 0, lines: 0, crc: 0, sealed: None }
    }

    /// Its folder in the store.
    pub(crate) fn folder(&self, store: &Path) -> PathBuf {
        store.join(self.stream.folder()).join(self.day.to_string())
    }

    /// The file that it has now: the open one, or the final one.
    pub(crate) fn path(&self, store: &Path, id: SegmentId) -> PathBuf {
        match &self.sealed {
            None => self.open_path(store, id),
            Some(sealed) => self.final_path(store, id, sealed.compression),
        }
    }

    /// The file that grows.
    pub(crate) fn open_path(&self, store: &Path, id: SegmentId) -> PathBuf {
        self.folder(store).join(format!("{id:06}.jsonl.open"))
    }

    /// The file that a sealed segment ends as.
    pub(crate) fn final_path(&self, store: &Path, id: SegmentId, compression: Compression) -> PathBuf {
        let ending = match compression {
            Compression::Zstd => "jsonl.zst",
            Compression::None => "jsonl",
        };
        self.folder(store).join(format!("{id:06}.{ending}"))
    }

    /// The compressed file before it gets its final name.
    pub(crate) fn temporary_path(&self, store: &Path, id: SegmentId) -> PathBuf {
        self.folder(store).join(format!("{id:06}.jsonl.zst.tmp"))
    }
}
