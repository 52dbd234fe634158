//! Reads documents as articles.
//!
//! In comes a [`document::RawDocument`]: bytes of any format, from anybody. Out goes a
//! [`document::ParsedArticle`] with its title, dates, authors, text and what stands around the text, or a
//! [`document::Rejected`] that says why not. This crate never opens a file other than its phrase lists, never
//! reads a clock, never guesses what a document does not say, and never trusts a byte of it.

mod body;
mod byline;
mod compression;
mod config;
mod date;
mod encoding;
mod error;
mod explain;
mod fields;
mod format;
mod html;
mod json;
mod letters;
mod lexicon;
mod mail;
mod markdown;
mod parse;
mod plain;
mod run;
mod xml;

pub use config::{Config, JsonFields};
pub use error::{Error, ParseError};
pub use explain::ExplainedBlock;
pub use html::{Weigh, Weighing, feature_names};
pub use lexicon::lexicon_files;
pub use parse::Parser;
pub use run::run;
