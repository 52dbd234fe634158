//! What crosses a queue, and nothing else.
//!
//! In comes nothing; out go types: [`RawDocument`], [`ParsedArticle`], [`EnrichedArticle`] and [`Rejected`],
//! the [`Envelope`] that carries each of them with its receipt, the bounded [`channel()`] between two stages, and by
//! which [`address`] two of them are one article.
//! This crate does no I/O, reads no clock and knows no stage.

pub mod address;
mod article;
mod channel;
mod enriched;
mod envelope;
mod id;
mod newest;
mod raw;
mod rejected;
mod sketch;
mod text;

pub use article::{
    Article, Basis, Block, BlockKind, Comment, Image, ParsedArticle, Published, Reference, Warning,
};
pub use channel::{Closed, Gauge, Inbox, Outbox, channel, worker_count};
pub use enriched::{
    Amount, DateMention, EnrichedArticle, Enrichment, Entity, EntityKind, Fact, Keyword, Language, Measure,
    Quote,
};
pub use envelope::{ByteBudget, Delivery, Envelope, Outcome, Position, Receipt, Reservation, Ticket};
pub use id::{ContentId, Digest, Digester, NotHex};
pub use newest::Newest;
pub use raw::{Announced, Http, Origin, RawDocument, SourceKind};
pub use rejected::{Reason, Rejected, Stage, panic_message};
pub use sketch::{Feature, SKETCH_BINS, Sketch};
pub use text::{Span, Text};
