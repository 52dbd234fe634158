//! Who and what does the text name?
//!
//! A linear tagger ([`tagger`]) reads [`features`] of the token table, twice; `group` gathers the mentions of one
//! entity. The parts are public for the program that trains the model, which must see exactly what the tagger sees.

mod capitals;
pub mod clusters;
pub(crate) mod edges;
pub mod features;
mod genders;
mod group;
pub mod identities;
mod kinds;
pub mod label;
mod listed;
pub mod model;
mod seams;
pub mod second_look;
pub mod tagger;
mod trim;
mod words;

use std::ops::Range;
use std::sync::Arc;

use document::{DateMention, Digest, Entity, EntityKind, Span};

use std::path::Path;

use crate::given_names::GivenNames;
use crate::lexicon::{Class, Lexicon};
use crate::tokens::Tokens;
use features::Facts;
use identities::{Identities, UnusableIdentities};
use listed::Listed;
use model::{Model, Unreadable};

/// Finds entities: with a model in the languages that there is one for, from the word lists alone in others.
#[derive(Debug)]
pub struct Finder {
    models: Vec<(&'static str, Arc<str>, Arc<Model>)>,
    names: Names,
}

/// What the lists know of names. Read anew with the configuration, while the models stay.
#[derive(Debug)]
pub struct Names {
    identities: Identities,
    listed: Listed,
    given: Arc<GivenNames>,
}

impl Names {
    /// The built-in lists, with the files of the same names in `folder` laid over them.
    pub fn new(folder: Option<&Path>) -> Result<Self, UnusableIdentities> {
        let identities = Identities::new(folder)?;
        Ok(Self {
            listed: Listed::new(folder, &identities)?,
            identities,
            given: Arc::new(GivenNames::new(folder)?),
        })
    }
}

impl Finder {
    /// Unpacks the models that are built into the binary, while another thread reads the names.
    pub fn new<Error: From<Unreadable> + Send>(
        names: impl FnOnce() -> Result<Names, Error> + Send,
    ) -> Result<Self, Error> {
        let unpack = |(language, packed): (&'static str, &[u8])| {
            let name = format!("entities-{language}-{:.8}", Digest::of(packed).hex());
            Ok::<_, Unreadable>((language, Arc::from(name), Arc::new(Model::unpack(packed)?)))
        };
        std::thread::scope(|scope| {
            let names = scope.spawn(names);
            let models = MODELS.into_iter().map(unpack).collect::<Result<_, _>>();
            let names = names.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            Ok(Self { models: models?, names })
        })
    }

    /// The same models with other names.
    #[must_use]
    pub fn with(&self, names: Names) -> Self {
        Self { models: self.models.clone(), names }
    }

    /// The given names that it tells men and women by.
    pub fn given_names(&self) -> &Arc<GivenNames> {
        &self.names.given
    }

    /// The entities of a text in the language of this code, but for what lies within one of its dates (*Pâques 2024*), which are
    /// in order; none where the language is not known.
    pub fn find(
        &self,
        tokens: &Tokens<'_>,
        language: &str,
        lexicon: &Lexicon,
        dates: &[DateMention],
    ) -> Vec<Entity> {
        let mut mentions = match self.model(language) {
            Some(model) => mentions(model, tokens, lexicon),
            None => self.names.listed.find(tokens, language, lexicon),
        };
        mentions.retain(|(span, _)| {
            let place = dates.partition_point(|date| date.span.end < span.end);
            dates.get(place).is_none_or(|date| date.span.start > span.start)
        });
        if self.model(language).is_some() {
            kinds::agree(&mut mentions, tokens, lexicon, &self.names.identities, language);
        }
        capitals::add_shouted(&mut mentions, tokens);
        let genders = genders::genders(tokens, &mentions, &self.names.given, lexicon);
        group::group(tokens, &mentions, &genders, &self.names.identities, language)
    }

    /// Name of the model for the language of this code, with the first digits of its digest.
    pub fn model_name(&self, language: &str) -> Option<&Arc<str>> {
        self.models.iter().find(|(known, ..)| *known == language).map(|(_, name, _)| name)
    }

    fn model(&self, language: &str) -> Option<&Model> {
        self.models.iter().find(|(known, ..)| *known == language).map(|(.., model)| &**model)
    }
}

/// The files of names that a folder of lists can hold, besides those of the classes of the lexicon.
pub(crate) fn list_files() -> impl Iterator<Item = &'static str> {
    [identities::FILE].into_iter().chain(listed::FILES.iter().map(|(_, file, _)| *file))
}

/// The models, which `cargo run --release -p train` writes, by language.
const MODELS: [(&str, &[u8]); 2] =
    [("fr", include_bytes!("../model/fr.model")), ("en", include_bytes!("../model/en.model"))];

/// The mentions in a text, in order: where, and of what.
pub fn mentions(model: &Model, tokens: &Tokens<'_>, lexicon: &Lexicon) -> Vec<(Span, EntityKind)> {
    let facts = Facts::new(tokens, &model.clusters, lexicon);
    let labels = tagger::tag(model, tokens, &facts);
    label::mentions(&labels)
        .flat_map(|(range, kind)| trim::parted(tokens, range, kind))
        .filter_map(|(range, kind)| trim::trimmed(tokens, range, kind, lexicon))
        .map(|(range, kind)| {
            let kind =
                if is_company(tokens, &range, kind, lexicon) { EntityKind::Organization } else { kind };
            (range, kind)
        })
        .filter_map(|(range, kind)| Some((tokens.span(range)?, kind)))
        .collect()
}

/// Whether what was taken for a place or a product is a company by the lists, which nothing else there is called.
fn is_company(tokens: &Tokens<'_>, range: &Range<usize>, kind: EntityKind, lexicon: &Lexicon) -> bool {
    let is_listed = |class| lexicon.is_entry(class, tokens, range.clone());
    let others: &[Class] = match kind {
        EntityKind::Place => {
            &[Class::City, Class::Region, Class::Territory, Class::PlaceWord, Class::Surname]
        }
        // One word may well be what the company makes: *un Airbus*.
        EntityKind::Product if range.len() > 1 => &[Class::Product],
        _ => return false,
    };
    is_listed(Class::Company) && !others.iter().any(|class| is_listed(*class))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static FINDER: LazyLock<(Finder, Lexicon)> = LazyLock::new(|| {
        let names = || Names::new(None).map_err(crate::enrich::Error::from);
        (Finder::new(names).unwrap(), Lexicon::new(None).unwrap())
    });

    /// `expected` is each entity with its kind, in order.
    #[track_caller]
    fn check(language: &str, text: &str, expected: &[(&str, EntityKind)]) {
        let (finder, lexicon) = &*FINDER;
        let entities = finder.find(&Tokens::new(text), language, lexicon, &[]);
        let found: Vec<_> = entities.iter().map(|entity| (entity.name.as_str(), entity.kind)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_are_found_in_french() {
        check(
            "fr",
            "Le maire de Nantes, Paul Morel, a reçu le président de Renault mardi. Morel ira ensuite au Japon.",
            &[
                ("Nantes", EntityKind::Place),
                ("Paul Morel", EntityKind::Person),
                ("Renault", EntityKind::Organization),
                ("Japon", EntityKind::Place),
            ],
        );
    }

    #[test]
    fn names_are_found_in_english() {
        check(
            "en",
            "Microsoft said on Tuesday that Anna Miller, its finance chief, would move to Berlin.",
            &[
                ("Microsoft", EntityKind::Organization),
                ("Anna Miller", EntityKind::Person),
                ("Berlin", EntityKind::Place),
            ],
        );
    }

    #[test]
    fn other_languages_have_the_names_of_the_lists() {
        check(
            "de",
            "Die Regierung in Berlin und der Konzern BASF reden über Japan, sagte Anna Lund.",
            &[
                ("Berlin", EntityKind::Place),
                ("BASF", EntityKind::Organization),
                ("Japan", EntityKind::Place),
                ("Anna Lund", EntityKind::Person),
            ],
        );
        check("und", "Berlin BASF Japan", &[]);
    }

    #[test]
    fn a_text_without_names_has_none() {
        check("fr", "Les ouvriers ont repris le travail après deux semaines de grève.", &[]);
        check("en", "It was raining and nobody wanted to go out.", &[]);
    }

    /// A hundred times the text would time out here if it took ten thousand times as long.
    #[test]
    fn hostile_texts_take_linear_time() {
        let (finder, lexicon) = &*FINDER;
        let many: Vec<String> =
            (0..20_000).map(|number| format!("M. Zorva{number} et Zorva{number} SA. ")).collect();
        let shouted: Vec<String> = (0..20_000).map(|number| format!("LE ZORVA{number} EST LA\n")).collect();
        for text in [many.concat() + "\n" + &shouted.concat(), "PAUL MOREL\nPaul Morel\n".repeat(10_000)] {
            for language in ["fr", "de"] {
                let started = std::time::Instant::now();
                finder.find(&Tokens::new(&text), language, lexicon, &[]);
                assert!(started.elapsed().as_secs() < 8, "{language} took {:?}", started.elapsed());
            }
        }
    }

    proptest! {
        #[test]
        fn every_mention_lies_in_the_text(
            text in r"([A-Z][a-zé]{0,8}|[a-z’'-]{1,6}|\PC|[ \n\u{a0}\u{ad}\u{301}«».,0-9]){0,200}",
            french: bool,
        ) {
            let (finder, lexicon) = &*FINDER;
            for entity in finder.find(&Tokens::new(&text), if french { "fr" } else { "en" }, lexicon, &[]) {
                prop_assert!(!entity.name.trim().is_empty());
                prop_assert!(!entity.mentions.is_empty());
                for mention in entity.mentions {
                    let name = mention.of(&text).unwrap();
                    prop_assert_eq!(name.trim(), name);
                    prop_assert!(!name.is_empty());
                }
            }
        }
    }
}
