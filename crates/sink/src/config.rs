use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The `[sink]` section: where the store is and how it commits.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// Folder of the store; made if absent.
    pub store: PathBuf,
    /// A commit is due when this many documents wait for it …
    pub batch_documents_max: usize,
    /// … or this many bytes of them …
    pub batch_bytes_max: usize,
    /// … or when the first of them has waited this long, in milliseconds.
    pub batch_wait_ms: u64,
    /// A segment is sealed once it holds this many bytes, or when the day (UTC) is over.
    pub segment_bytes_max: u64,
    /// What a sealed segment is compressed with.
    pub compression: Compression,
    /// zstd level, 1 to 19.
    pub compression_level: i32,
    /// The ledger is started anew, from a snapshot, once it holds this many bytes.
    pub ledger_bytes_max: u64,
    /// Memory for the index of known articles, in bytes. The index itself is on disk.
    pub index_cache_bytes: usize,
    /// Days for which an article is compared with those that follow it, for stories and copies.
    pub story_window_days: u32,
    /// Articles that are compared with a new one, at most. It bounds the memory for them.
    pub story_articles_max: usize,
    /// Longest pause between two attempts to write after a failure, in seconds.
    pub retry_wait_s_max: u64,
}

/// What a sealed segment is compressed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compression {
    /// Zstandard (RFC 8878), file ending `.jsonl.zst`.
    Zstd,
    /// Nothing, file ending `.jsonl`.
    None,
}
