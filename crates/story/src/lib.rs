//! Which article repeats which, and which articles tell the same story.
//!
//! In comes an article with what was found in it; out goes, first, its [`Sketch`](document::Sketch) ([`sketch()`]),
//! which is all that it is compared by from then on, and then its place ([`Index::place`]): the story that it tells,
//! and the article that it repeats nearly word for word. The index holds the articles of a sliding window and no more.
//!
//! This crate does no I/O and reads no clock: the same articles in the same order always get the same places, and an
//! index that was written ([`Index::encode`]) and read back goes on as if nothing had happened.

mod band;
mod index;
mod plot;
mod signature;
mod sketch;
mod snapshot;
mod words;

pub use index::{Arrival, Index, Join, Limits, Place, Repeat};
pub use sketch::{Name, Quantity, Telling, sketch};
