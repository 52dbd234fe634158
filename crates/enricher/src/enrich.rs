use document::{Article, ContentId, Enrichment};

use crate::Config;
use crate::language::Detector;

/// Finds what articles speak of. Loaded once, shared by all workers.
#[derive(Debug)]
pub struct Enricher {
    detector: Detector,
}

impl Enricher {
    /// Loads the model and the lexicons.
    pub fn new(_config: &Config) -> Result<Self, Error> {
        Ok(Self { detector: Detector::new() })
    }

    /// Finds what this article speaks of.
    pub fn enrich(&self, article: &Article) -> Enrichment {
        let title = article.title.as_deref().unwrap_or_default();
        Enrichment { id: ContentId::of(title, &article.text), language: self.detector.detect(&article.text) }
    }
}

/// Why the enricher could not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A worker thread could not be started or was lost.
    #[error("enricher worker was lost")]
    Worker(#[from] tokio::task::JoinError),
}
