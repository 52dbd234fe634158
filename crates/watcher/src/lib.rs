//! Finds documents, and remembers which arrived.
//!
//! In come folders, archives, pipes and callers (later feeds and pages); out go [`RawDocument`]s in envelopes, each with
//! its receipt, and [`Rejected`] ones that are too large to read, or cannot be got out of their archive. A document whose
//! receipt says that the store could not take it is offered again, or its sender is told. This crate never interprets the
//! bytes of a document, and writes nothing but a canary file that tells whether a folder's events work, and the raw
//! archive where one is configured.

#[allow(dead_code, reason = "what fetches comes next")]
mod address;
mod archive;
mod config;
mod error;
mod folder;
mod ingest;
mod line;
mod push;
#[allow(dead_code, reason = "what fetches keeps what it fetched")]
mod raw_archive;
mod run;
mod source;
mod summary;

pub use config::{Config, RawArchive as RawArchiveConfig, Watch};
pub use error::Error;
pub use folder::name::file_uri;
pub use ingest::{INGEST, Progress, REPLAY, ingest, ingest_stream, replay};
pub use line::{Line, Positions, Writable};
pub use run::run;
pub use source::{Feed, Folder, Follow, Kind, Page, Push, Secret, Sitemap, Source, TokenPlace, WebUrl};
pub use summary::Summary;

#[cfg(doc)]
use document::{RawDocument, Rejected};
