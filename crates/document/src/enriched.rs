use crate::{Article, ContentId, RawDocument};

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
