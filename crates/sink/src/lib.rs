//! The sink: stores what the line made, exactly once.
//!
//! In come [`EnrichedArticle`](document::EnrichedArticle)s and [`Rejected`](document::Rejected) documents; out go
//! lines of the store, committed in groups, and then the receipts. This crate never changes a committed line, never
//! settles a receipt before its commit is durable, and never writes to a file again after a write to it failed.

mod config;
mod disk;
mod error;
mod failpoint;
mod index;
mod ledger;
mod line;
mod quarantine;
mod read;
mod recover;
mod run;
mod seal;
mod state;
mod store;
mod stories;
mod verify;

pub use config::{Compression, Config};
pub use error::Error;
pub use failpoint::POINTS as CRASH_POINTS;
pub use index::Positions;
pub use line::{
    FactLine, Findings, QuarantineEvent, QuarantineLine, RECORD_VERSION, Record, Resolution, Sighting, Story,
    StoryJoin, append,
};
pub use quarantine::{QUARANTINE, body_path, document, retry_position, unresolved};
pub use read::{SegmentReader, SegmentView, View};
pub use run::{Health, run};
pub use state::{Stream, Totals};
pub use store::{Entry, Store};
pub use verify::{Fault, Verdict, verify};

#[cfg(test)]
mod simulation;
