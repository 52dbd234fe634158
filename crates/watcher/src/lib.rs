//! Finds documents, and remembers which arrived.
//!
//! In come folders (later feeds, pages, archives); out go [`RawDocument`]s in envelopes, each with its receipt, and
//! [`Rejected`] ones that are too large to read. A document whose receipt says that the store could not take it is
//! offered again. This crate never interprets the bytes of a document, and writes nothing but a canary file that
//! tells whether a folder's events work.

#[allow(dead_code, reason = "what fetches comes next")]
mod address;
mod config;
mod error;
mod folder;
mod ingest;
mod line;
mod run;
mod source;
mod summary;

pub use config::{Config, Watch};
pub use error::Error;
pub use folder::name::file_uri;
pub use ingest::{INGEST, Progress, ingest};
pub use line::{Line, Positions};
pub use run::run;
pub use source::{Feed, Folder, Follow, Kind, Page, Push, Secret, Sitemap, Source, WebUrl};
pub use summary::Summary;

#[cfg(doc)]
use document::{RawDocument, Rejected};
