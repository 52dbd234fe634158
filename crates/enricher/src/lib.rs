//! Finds what an article speaks of.
//!
//! In comes a [`ParsedArticle`](document::ParsedArticle); out goes an
//! [`EnrichedArticle`](document::EnrichedArticle), which holds the article unchanged with what was found in it.
//! This crate never refuses an article, never changes its text, never fetches anything, and reads no clock: what
//! it finds depends on the article, the model in the binary and the lexicons alone.
//!
//! A text is cut into tokens once ([`tokens`]), and everything that looks for something reads that table. What each
//! finder finds is public, so that it can be trained and measured by itself.

pub mod amounts;
mod config;
pub mod dates;
mod decimal;
mod enrich;
pub mod entities;
pub mod facts;
pub mod given_names;
pub mod keywords;
pub mod language;
pub mod lexicon;
mod numbers;
mod phrases;
pub mod quotes;
pub mod reading;
mod run;
pub mod tokens;

pub use config::Config;
pub use enrich::{Enricher, Error};
pub use facts::{UnusableFrames, fact_kinds};
pub use lexicon::lexicon_files;
pub use run::run;
