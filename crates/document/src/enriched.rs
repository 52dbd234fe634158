use std::sync::Arc;

use crate::{Article, ContentId, RawDocument, Span, Warning};

/// An article with what the enricher found in it: what the sink stores.
#[derive(Debug, Clone)]
pub struct EnrichedArticle {
    /// What was read.
    pub raw: RawDocument,
    /// What it says.
    pub article: Article,
    /// What was found in it.
    pub enrichment: Enrichment,
}

/// What the enricher found in an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Enrichment {
    /// Identity of the article's content.
    pub id: ContentId,
    /// Language of the text.
    pub language: Language,
    /// Who and what the text names, each once, in the order of their first mentions.
    pub entities: Vec<Entity>,
    /// The models that took part: what each does, and the first digits of its digest.
    pub models: Vec<Arc<str>>,
    /// What the enricher was unsure of.
    pub warnings: Vec<Warning>,
}

/// Somebody or something that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name in the text, without title or function.
    pub name: String,
    /// Identifier of who or what it is; `None` when it is not known.
    pub reference: Option<String>,
    /// Where the text names it, in order; at least once.
    pub mentions: Vec<Span>,
}

/// The kinds of entity, by the names of the record's `entities[].type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A human being, a family, a character.
    Person,
    /// A company, a body, a party, a club, a medium.
    Organization,
    /// A country, a city, a region, a road, a building.
    Place,
    /// Something made: a device, a vehicle, a program, a work.
    Product,
    /// Something that happens under a name: a competition, a summit, a storm.
    Event,
}

impl EntityKind {
    /// The name it has in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Product => "product",
            Self::Event => "event",
        }
    }
}

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Language {
    /// It is this language.
    Known {
        /// BCP 47 code: the two-letter code where ISO 639-1 has one.
        code: &'static str,
        /// How sure, in (0, 1].
        confidence: f32,
    },
    /// It cannot be told from this text.
    Undetermined,
}

impl Language {
    /// BCP 47 code; `und` when it cannot be told.
    pub fn code(self) -> &'static str {
        match self {
            Self::Known { code, .. } => code,
            Self::Undetermined => "und",
        }
    }

    /// How sure, in [0, 1]; 0 when it cannot be told.
    pub fn confidence(self) -> f32 {
        match self {
            Self::Known { confidence, .. } => confidence,
            Self::Undetermined => 0.0,
        }
    }
}
