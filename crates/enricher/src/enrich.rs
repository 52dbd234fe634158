use document::{Article, ContentId, Enrichment, Language, Warning};

use crate::Config;
use crate::entities::Finder;
use crate::entities::model::Unreadable;
use crate::language::Detector;
use crate::lexicon::{Lexicon, UnreadableList};
use crate::tokens::Tokens;

/// Finds what articles speak of. Loaded once, shared by all workers.
#[derive(Debug)]
pub struct Enricher {
    detector: Detector,
    lexicon: Lexicon,
    finder: Finder,
}

impl Enricher {
    /// Loads the model and the lexicons.
    pub fn new(config: &Config) -> Result<Self, Error> {
        Ok(Self {
            detector: Detector::new(),
            lexicon: Lexicon::new(config.lexicon.as_deref())?,
            finder: Finder::new()?,
        })
    }

    /// Finds what this article speaks of.
    pub fn enrich(&self, article: &Article) -> Enrichment {
        let title = article.title.as_deref().unwrap_or_default();
        let language = self.detector.detect(&article.text);
        let tokens = Tokens::new(&article.text);
        Enrichment {
            id: ContentId::of(title, &article.text),
            language,
            entities: self.finder.find(&tokens, language.code(), &self.lexicon),
            models: self.finder.model_name(language.code()).cloned().into_iter().collect(),
            warnings: self.warnings(language).into_iter().collect(),
        }
    }

    /// What a reader of the findings should know about the language.
    fn warnings(&self, language: Language) -> Option<Warning> {
        match language {
            Language::Undetermined => Some(Warning {
                code: "language_undetermined",
                message: "the language cannot be told; no entities were looked for".to_owned(),
            }),
            Language::Known { code, .. } if self.finder.model_name(code).is_none() => Some(Warning {
                code: "entities_from_lexicon",
                message: format!("no model for the language {code}; only names of the word lists were found"),
            }),
            Language::Known { .. } => None,
        }
    }
}

/// Why the enricher could not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A word list of the configured folder cannot be read.
    #[error(transparent)]
    Lexicon(#[from] UnreadableList),
    /// A model that is built into the binary is damaged.
    #[error("cannot load a model of the enricher")]
    Model(#[from] Unreadable),
    /// A worker thread could not be started or was lost.
    #[error("enricher worker was lost")]
    Worker(#[from] tokio::task::JoinError),
}
