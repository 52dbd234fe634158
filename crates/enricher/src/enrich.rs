use document::{Article, ContentId, Enrichment};

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
