//! Finds what an article speaks of.
//!
//! In comes a [`ParsedArticle`](document::ParsedArticle); out goes an
//! [`EnrichedArticle`](document::EnrichedArticle), which holds the article unchanged with what was found in it.
//! This crate never refuses an article, never changes its text, never fetches anything, and reads no clock: what
//! it finds depends on the article, the model in the binary and the lexicons alone.
//!
//! A text is cut into tokens once ([`tokens`]), and everything that looks for something reads that table.

mod amounts;
mod config;
mod dates;
mod decimal;
mod enrich;
pub mod entities;
mod language;
pub mod lexicon;
mod numbers;
mod phrases;
mod reading;
mod run;
pub mod tokens;

pub use config::Config;
pub use enrich::{Enricher, Error};
pub use run::run;
