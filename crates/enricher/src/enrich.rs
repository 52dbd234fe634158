use std::sync::Arc;

use document::{
    Amount, Article, ContentId, Enrichment, Entity, EntityKind, Language, Measure, Span, Warning,
};

use crate::Config;
use crate::entities::identities::UnusableIdentities;
use crate::entities::model::Unreadable;
use crate::entities::{Finder, Names};
use crate::facts::{FactFinder, UnusableFrames};
use crate::language::{self, Detector};
use crate::lexicon::{Lexicon, UnreadableList};
use crate::reading::{Reading, Tongue, Vocabulary};
use crate::tokens::Tokens;
use crate::{amounts, dates, keywords, quotes};

/// Finds what articles speak of. Loaded once, shared by all workers.
#[derive(Debug)]
pub struct Enricher {
    detector: Arc<Detector>,
    lexicon: Lexicon,
    finder: Finder,
    vocabulary: Vocabulary,
    dates: dates::Finder,
    amounts: amounts::Finder,
    facts: FactFinder,
    quotes: quotes::Finder,
    keywords: Arc<keywords::Finder>,
}

impl Enricher {
    /// Loads the models and the word lists.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let finder = Finder::new(|| Names::new(config.lexicon.as_deref()).map_err(Error::from))?;
        Self::with(config, Arc::new(Detector::new()), finder, Arc::new(keywords::Finder::new()?))
    }

    /// An enricher with the word lists of a configuration read anew. It shares the models with this one, so that only
    /// the lists take time.
    pub fn reloaded(&self, config: &Config) -> Result<Self, Error> {
        let finder = self.finder.with(Names::new(config.lexicon.as_deref())?);
        Self::with(config, Arc::clone(&self.detector), finder, Arc::clone(&self.keywords))
    }

    fn with(
        config: &Config,
        detector: Arc<Detector>,
        finder: Finder,
        keywords: Arc<keywords::Finder>,
    ) -> Result<Self, Error> {
        let folder = config.lexicon.as_deref();
        Ok(Self {
            detector,
            lexicon: Lexicon::new(folder)?,
            quotes: quotes::Finder::new(folder, Arc::clone(finder.given_names()))?,
            finder,
            vocabulary: Vocabulary::new(folder)?,
            dates: dates::Finder::built_in(),
            amounts: amounts::Finder::new(folder)?,
            facts: FactFinder::new(folder)?,
            keywords,
        })
    }

    /// Finds what this article speaks of.
    pub fn enrich(&self, article: &Article) -> Enrichment {
        let title = article.title.as_deref().unwrap_or_default();
        let language = self.detector.detect(&article.text);
        let tokens = Tokens::new(&article.text);
        let read_as = read_as(language, article.declared_language.as_deref());
        let reading = Reading::new(&tokens, Tongue::of(read_as), &self.vocabulary);
        let dates = self.dates.find(&reading, article.published.as_ref());
        let mut entities = self.finder.find(&tokens, read_as, &self.lexicon, &dates);
        let amounts = self.amounts.find(&reading, &dates);
        without_currencies(&mut entities, &amounts);
        self.facts.correct(&tokens, read_as, &mut entities, &self.lexicon);
        let quotes = self.quotes.find(&tokens, read_as, &entities, &self.lexicon);
        let measures = amounts.iter().filter(|amount| amount.measure != Measure::Count);
        let values: Vec<Span> =
            dates.iter().map(|date| date.span).chain(measures.map(|amount| amount.span)).collect();
        let keywords = self.keywords.find(&tokens, title, read_as, &entities, &values);
        let facts = self.facts.find(&tokens, title, read_as, &entities, &amounts, &dates);
        Enrichment {
            id: ContentId::of(title, &article.text),
            language,
            entities,
            amounts,
            dates,
            quotes,
            keywords,
            facts,
            models: self.finder.model_name(read_as).cloned().into_iter().collect(),
            warnings: self.warning(language, read_as).into_iter().collect(),
        }
    }

    /// What a reader of the findings should know about the language.
    fn warning(&self, language: Language, read_as: &str) -> Option<Warning> {
        let (code, message) = match language {
            Language::Undetermined if read_as == "und" => (
                "language_undetermined",
                "the language cannot be told; no entities were looked for".to_owned(),
            ),
            Language::Undetermined => (
                "language_undetermined",
                format!("the language cannot be told; read as {read_as}, which the document declares"),
            ),
            Language::Known { .. } if self.finder.model_name(read_as).is_none() => (
                "entities_from_lexicon",
                format!("no model for the language {read_as}; only names of the word lists were found"),
            ),
            Language::Known { .. } => return None,
        };
        Some(Warning { code, message })
    }
}

/// Takes the names away that are a currency or its code in a sum (*500 FCFA*).
fn without_currencies(entities: &mut Vec<Entity>, amounts: &[Amount]) {
    entities.retain_mut(|entity| {
        // *Dollars de Hong Kong* names the place as well.
        if entity.kind == EntityKind::Place {
            return true;
        }
        entity.mentions.retain(|mention| {
            // They are in order, and none overlaps another.
            let amount = amounts.get(amounts.partition_point(|amount| amount.span.end <= mention.start));
            let sum = amount.filter(|amount| amount.measure == Measure::Money);
            !sum.is_some_and(|sum| sum.span.start <= mention.start && mention.end <= sum.span.end)
        });
        !entity.mentions.is_empty()
    });
}

/// Below this confidence, what the document declares weighs more than what its text looks like.
const SURE: f32 = 0.6;

/// The language that a text is read in: what it is, or what the document declares where that is hard to tell.
fn read_as(language: Language, declared: Option<&str>) -> &'static str {
    let declared = declared.and_then(|tag| {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        language::CODES.into_iter().find(|code| code.eq_ignore_ascii_case(primary))
    });
    match (language, declared) {
        (Language::Known { code, confidence }, _) if confidence >= SURE => code,
        (_, Some(declared)) => declared,
        _ => language.code(),
    }
}

/// Why the enricher could not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A word list of the configured folder cannot be read.
    #[error(transparent)]
    Lexicon(#[from] UnreadableList),
    /// The list of identities of the configured folder cannot be used.
    #[error(transparent)]
    Identities(#[from] UnusableIdentities),
    /// The frames of facts of the configured folder cannot be used.
    #[error(transparent)]
    Facts(#[from] UnusableFrames),
    /// A model that is built into the binary is damaged.
    #[error("cannot load a model of the enricher")]
    Model(#[from] Unreadable),
    /// A worker thread could not be started or was lost.
    #[error("enricher worker was lost")]
    Worker(#[from] tokio::task::JoinError),
}

#[cfg(test)]
mod tests {
    use document::Text;

    use super::*;

    /// `expected` is the language's code, the entities, and the codes of the warnings.
    #[track_caller]
    fn check(declared: Option<&str>, text: &str, expected: (&str, &[&str], &[&str])) {
        let enricher = Enricher::new(&Config::built_in()).unwrap();
        let mut article = Article::bare("text/plain", Text::new(text).unwrap());
        article.declared_language = declared.map(str::to_owned);
        let found = enricher.enrich(&article);
        let names: Vec<_> = found.entities.iter().map(|entity| entity.name.as_str()).collect();
        let warnings: Vec<_> = found.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!((found.language.code(), &names[..], &warnings[..]), expected);
    }

    #[test]
    fn a_declared_language_helps_where_the_text_is_too_short() {
        let text = "Paul Morel, Nantes";
        check(None, text, ("und", &[], &["language_undetermined"]));
        check(Some("fr-FR"), text, ("und", &["Paul Morel", "Nantes"], &["language_undetermined"]));
        check(Some("xx"), text, ("und", &[], &["language_undetermined"]));
    }

    #[test]
    fn reloading_reads_the_lists_anew() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { lexicon: Some(folder.path().to_owned()), ..Config::built_in() };
        let before = Enricher::new(&config).unwrap();
        let text = "« Nous partons demain matin », a zorvanisé Paul Morel.";
        let speaker = |enricher: &Enricher| {
            let mut article = Article::bare("text/plain", Text::new(text).unwrap());
            article.declared_language = Some("fr".to_owned());
            enricher.enrich(&article).quotes.into_iter().find_map(|quote| quote.speaker)
        };
        assert_eq!(speaker(&before), None);
        std::fs::write(folder.path().join("speech-verbs.fr.txt"), "zorvaniser\n").unwrap();
        let after = before.reloaded(&config).unwrap();
        assert_eq!((speaker(&before), speaker(&after).as_deref()), (None, Some("Paul Morel")));
    }

    #[test]
    fn a_date_is_no_name_and_neither_is_a_currency() {
        let text = "À Noël 2022, le gouvernement a versé 500 millions de FCFA aux habitants de Nantes.";
        check(None, text, ("fr", &["Nantes"], &[]));
    }

    #[test]
    fn a_wrong_declaration_does_no_harm() {
        let text = "Le maire de Nantes a dit que la ville allait ouvrir une école dans le sud.";
        check(Some("en"), text, ("fr", &["Nantes"], &[]));
    }

    #[test]
    fn a_date_is_no_name() {
        let text = "Renault a vendu plus de voitures au T3 2024 qu'avant Pâques 2024, selon le groupe.";
        check(None, text, ("fr", &["Renault"], &[]));
    }

    #[test]
    fn a_language_without_a_model_is_said_so() {
        let text = "Die Regierung hat gestern in Berlin gesagt, dass sie das Gesetz ändern wird.";
        check(None, text, ("de", &["Berlin"], &["entities_from_lexicon"]));
    }
}
