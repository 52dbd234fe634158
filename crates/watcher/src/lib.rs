//! Finds documents, and remembers which arrived.
//!
//! In come folders, archives, pipes, callers, feeds, pages and sitemaps; out go [`RawDocument`]s in envelopes, each with
//! its receipt, and [`Rejected`] ones that are too large to read, or cannot be got out of their archive. A document whose
//! receipt says that the store could not take it is offered again, or its sender is told. Of a document this crate reads
//! no more than what tells it from others: the address that a page names itself. It writes nothing but a canary file that
//! tells whether a folder's events work, what it remembers of the web ([`Memory`]), and the raw archive where one is
//! configured.

mod archive;
mod article;
mod canonical;
mod claims;
mod clock;
mod config;
mod discover;
mod error;
mod feed;
mod fetch;
mod folder;
mod guard;
mod html_links;
mod ingest;
mod line;
mod memory;
mod page;
mod politeness;
mod poll;
mod push;
mod raw_archive;
mod robots;
mod round;
mod run;
mod schedule;
mod sitemap;
mod source;
mod standing;
mod summary;
mod trouble;
mod web;
#[cfg(test)]
mod web_tests;

#[cfg(test)]
#[path = "../../../tests/site.rs"]
#[allow(unreachable_pub, missing_docs, reason = "the tests of the program use it as well")]
mod site;

pub use archive::{holds_several, is_json_line};
pub use article::FETCHED;
pub use config::{Config, Domain, Fetch, RawArchive as RawArchiveConfig, Watch};
pub use discover::{Found, discover};
pub use error::Error;
pub use fetch::ClientError;
pub use folder::name::file_uri;
pub use ingest::{INGEST, Progress, REPLAY, STANDARD_INPUT, ingest, ingest_stream, replay};
pub use line::{Line, Positions, Writable};
pub use memory::{Memory, MemoryError};
pub use run::{Wanted, check, run};
pub use source::{
    Feed, Folder, Follow, Interval, Kind, Page, Push, Secret, Sitemap, Source, TokenPlace, WebUrl,
};
pub use standing::{RESERVED, Standing, standings};
pub use summary::Summary;

#[cfg(doc)]
use document::{RawDocument, Rejected};
