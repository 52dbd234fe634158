//! Who and what does the text name?
//!
//! A linear tagger ([`tagger`]) reads [`features`] of the token table, twice; [`group`] gathers the mentions of one
//! entity. The parts are public for the program that trains the model, which must see exactly what the tagger sees.

pub mod clusters;
pub mod features;
mod group;
pub mod label;
pub mod model;
pub mod second_look;
pub mod tagger;

use document::{Entity, EntityKind, Span};

use crate::lexicon::Lexicon;
use crate::tokens::Tokens;
use features::Facts;
use model::{Model, Unreadable};

/// Finds entities in the languages that there is a model for.
#[derive(Debug)]
pub struct Finder {
    french: Model,
    english: Model,
}

impl Finder {
    /// Unpacks the models that are built into the binary.
    pub fn new() -> Result<Self, Unreadable> {
        Ok(Self {
            french: Model::unpack(include_bytes!("../model/fr.model"))?,
            english: Model::unpack(include_bytes!("../model/en.model"))?,
        })
    }

    /// The entities of a text in the language of this code; none in a language without a model.
    pub fn find(&self, tokens: &Tokens<'_>, language: &str, lexicon: &Lexicon) -> Vec<Entity> {
        let model = match language {
            "fr" => &self.french,
            "en" => &self.english,
            _ => return Vec::new(),
        };
        group::group(tokens, &mentions(model, tokens, lexicon))
    }
}

/// The mentions in a text, in order: where, and of what.
pub fn mentions(model: &Model, tokens: &Tokens<'_>, lexicon: &Lexicon) -> Vec<(Span, EntityKind)> {
    let facts = Facts::new(tokens, &model.clusters, lexicon);
    let labels = tagger::tag(model, tokens, &facts);
    label::mentions(&labels).filter_map(|(range, kind)| Some((tokens.span(range)?, kind))).collect()
}
