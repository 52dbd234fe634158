//! What an article is compared by.

use document::{Article, Enrichment, EntityKind, Feature, Measure, Sketch};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::signature;
use crate::words::{each_word, folded, mix};

/// The sketch of an article with what was found in it.
pub fn sketch(article: &Article, enrichment: &Enrichment) -> Sketch {
    Telling::of(article, enrichment).sketch()
}

/// What a sketch is made of. All of it stands in a stored record too, so that the sketch can be made again from there.
#[derive(Debug, Clone, Default)]
pub struct Telling<'a> {
    /// Headline; empty when there is none.
    pub title: &'a str,
    /// The article's text.
    pub text: &'a str,
    /// BCP 47 code of its language, `und` when it cannot be told.
    pub language: &'a str,
    /// When it was published (EDTF), when it says.
    pub published: Option<&'a str>,
    /// Whom and what it names, in the order of first mentions.
    pub names: Vec<Name<'a>>,
    /// What it states in numbers.
    pub quantities: Vec<Quantity<'a>>,
    /// The dates it speaks of, placed in the calendar (EDTF).
    pub dates: Vec<&'a str>,
    /// What it is about, best first.
    pub keywords: Vec<&'a str>,
}

/// Somebody or something that an article names.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a> {
    /// Whether it is a place, or somebody or something else.
    pub is_place: bool,
    /// Canonical name.
    pub name: &'a str,
    /// Identifier, where one is known; names the same in every language.
    pub reference: Option<&'a str>,
    /// How often it is named.
    pub mentions: usize,
}

/// A number that an article states.
#[derive(Debug, Clone, Copy)]
pub struct Quantity<'a> {
    /// What is measured, by the names of the record's `amounts[].measure`.
    pub measure: &'a str,
    /// The stated number.
    pub value: f64,
    /// ISO 4217 code, UCUM unit, or the counted noun.
    pub unit: Option<&'a str>,
}

/// A sketch keeps this many features, the heaviest.
const FEATURES: usize = 24;

// What the kinds of feature weigh beside each other. A place is named by many stories, and so is a date; a sum is as
// telling as a name, and rarer in two stories by chance.
const NAME: f32 = 1.0;
const PLACE: f32 = 0.6;
const SUM: f32 = 0.9;
const COUNT: f32 = 0.8;
const DAY: f32 = 0.5;
const MONTH: f32 = 0.3;
const KEYWORD: f32 = 0.5;
const TITLE_WORD: f32 = 0.5;
/// What stands in the headline is what the article is about.
const IN_TITLE: f32 = 1.25;
/// A name weighs up to so many times what it weighs when it is there once.
const REPEATED: f32 = 2.0;

/// How a key is told from another that has the same words.
#[derive(Clone, Copy)]
enum Realm {
    Name = 1,
    Quantity = 2,
    Date = 3,
    Term = 4,
}

impl<'a> Telling<'a> {
    /// What the sketch of this article is made of.
    pub fn of(article: &'a Article, enrichment: &'a Enrichment) -> Self {
        Self {
            title: article.title.as_deref().unwrap_or_default(),
            text: &article.text,
            language: enrichment.language.code(),
            published: article.published.as_ref().map(|published| published.edtf.as_str()),
            names: enrichment
                .entities
                .iter()
                .map(|entity| Name {
                    is_place: entity.kind == EntityKind::Place,
                    name: &entity.name,
                    reference: entity.reference.as_deref(),
                    mentions: entity.mentions.len(),
                })
                .collect(),
            quantities: enrichment
                .amounts
                .iter()
                .filter_map(|amount| {
                    let (measure, unit) = (amount.measure.as_str(), amount.unit.as_deref());
                    Some(Quantity { measure, value: amount.value?, unit })
                })
                .collect(),
            dates: enrichment.dates.iter().filter_map(|date| date.resolved.as_deref()).collect(),
            keywords: enrichment.keywords.iter().map(|keyword| keyword.term.as_str()).collect(),
        }
    }

    /// The sketch.
    pub fn sketch(&self) -> Sketch {
        let (signature, pairs) = signature::of(self.text);
        Sketch { pairs, signature, features: self.features(), day: self.published.and_then(day) }
    }

    fn features(&self) -> Vec<Feature> {
        let mut found = Found::default();
        let title = Title::of(self.title);
        // What is part of a name counts as that name, once.
        let mut named_words = FxHashSet::default();
        for name in &self.names {
            let kind = if name.is_place { PLACE } else { NAME };
            let named = (1.0 + (name.mentions.max(1) as f32).ln()).min(REPEATED);
            let headline = if title.has(name.name) { IN_TITLE } else { 1.0 };
            each_word(name.name, |word| {
                named_words.insert(word.hash);
            });
            // A reference names the same thing in all languages; a name does so mostly.
            if let Some(key) = folded(name.reference.unwrap_or(name.name)) {
                found.add(Realm::Name, 0, key, kind * named * headline);
            }
        }
        for quantity in &self.quantities {
            if let Some((key, weight)) = quantity.key() {
                found.add(Realm::Quantity, 0, key, weight);
            }
        }
        for date in &self.dates {
            let weight = match date.len() {
                10 => DAY,
                7 => MONTH,
                _ => continue, // A year, a season, a part of a day: too wide or too odd.
            };
            if let Some(key) = folded(date).filter(|_| !date.contains('X')) {
                found.add(Realm::Date, 0, key, weight);
            }
        }
        let family = self.family();
        for (rank, keyword) in self.keywords.iter().enumerate().take(12) {
            let weight = KEYWORD * (1.0 - rank as f32 / 24.0);
            each_word(keyword, |word| {
                if word.letters >= 4 && word.has_letter && !named_words.contains(&word.hash) {
                    found.at_least(family, word.stem, weight);
                }
            });
        }
        each_word(self.title, |word| {
            // Shorter words are mostly those that hold a sentence together, in the languages that are read most.
            if word.letters >= 5 && word.has_letter && !named_words.contains(&word.hash) {
                found.at_least(family, word.stem, TITLE_WORD);
            }
        });
        found.heaviest()
    }

    /// The family of words: articles of another language cannot have them.
    fn family(&self) -> u8 {
        let language = self.language.split('-').next().unwrap_or_default();
        1 + (folded(language).map_or(0, mix) % 255) as u8
    }
}

impl Quantity<'_> {
    /// What tells this number, to three digits, and what it weighs; `None` for numbers that many texts have.
    fn key(&self) -> Option<(u64, f32)> {
        let counted = self.measure == Measure::Count.as_str();
        if !self.value.is_finite() || self.measure == Measure::Duration.as_str() {
            return None;
        }
        if counted && self.value.abs() < 10.0 {
            return None;
        }
        // What is counted is a noun of one language; the other units have the same names in all.
        let unit = if counted { None } else { self.unit };
        let weight = match self.measure {
            "percent" | "count" => COUNT,
            _ => SUM,
        };
        let key = folded(&format!("{} {:.2e} {}", self.measure, self.value, unit.unwrap_or_default()))?;
        Some((key, weight))
    }
}

/// The words of a headline.
struct Title(Vec<u64>);

impl Title {
    fn of(title: &str) -> Self {
        let mut words = Vec::new();
        each_word(title, |word| words.push(word.hash));
        Self(words)
    }

    /// Whether all of the name stands in it.
    fn has(&self, name: &str) -> bool {
        let mut words = Vec::new();
        each_word(name, |word| words.push(word.hash));
        !words.is_empty() && self.0.windows(words.len()).any(|window| window == words)
    }
}

/// Features with their weights.
#[derive(Default)]
struct Found(FxHashMap<(u32, u8), f32>);

impl Found {
    fn key(realm: Realm, family: u8, hash: u64) -> (u32, u8) {
        (mix(hash ^ mix((realm as u64) << 8 | u64::from(family))) as u32, family)
    }

    fn add(&mut self, realm: Realm, family: u8, hash: u64, weight: f32) {
        let held = self.0.entry(Self::key(realm, family, hash)).or_default();
        *held = held.max(weight);
    }

    fn at_least(&mut self, family: u8, stem: u64, weight: f32) {
        self.add(Realm::Term, family, stem, weight);
    }

    /// The heaviest, in the order of their keys.
    fn heaviest(self) -> Vec<Feature> {
        let weighed = self.0.into_iter().map(|((key, family), weight)| Feature {
            key,
            family,
            weight: (weight * 1024.0) as u16,
        });
        let mut features: Vec<_> = weighed.collect();
        features.sort_unstable_by_key(|feature| (u16::MAX - feature.weight, feature.key, feature.family));
        features.truncate(FEATURES);
        features.sort_unstable_by_key(|feature| (feature.key, feature.family));
        // Two of a million features may share a hash; one of them is enough.
        features.dedup_by_key(|feature| feature.key);
        features
    }
}

/// The day of an EDTF date, counted from 1970-01-01, when all of it is known.
fn day(edtf: &str) -> Option<i32> {
    let date: jiff::civil::Date = edtf.get(..10)?.parse().ok()?;
    let days = date.since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1))).ok()?;
    Some(days.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> Name<'_> {
        Name { is_place: false, name, reference: None, mentions: 1 }
    }

    fn shared(one: &Telling<'_>, other: &Telling<'_>) -> usize {
        let (one, other) = (one.sketch(), other.sketch());
        one.features.iter().filter(|a| other.features.iter().any(|b| a.key == b.key)).count()
    }

    #[track_caller]
    fn check(one: &Telling<'_>, other: &Telling<'_>, expected: usize) {
        assert_eq!(shared(one, other), expected);
    }

    #[test]
    fn names_numbers_and_dates_are_the_same_in_every_language() {
        let money = |unit| Quantity { measure: "money", value: 1.4e9, unit: Some(unit) };
        let count = |noun| Quantity { measure: "count", value: 1200.0, unit: Some(noun) };
        let french = Telling {
            language: "fr",
            title: "Une usine géante",
            names: vec![name("Société Générale"), Name { reference: Some("iso:CN"), ..name("Pékin") }],
            quantities: vec![money("EUR"), count("emplois")],
            dates: vec!["2026-11-22"],
            ..Telling::default()
        };
        let english = Telling {
            language: "en",
            title: "Usine giant",
            names: vec![name("societe generale"), Name { reference: Some("iso:CN"), ..name("Beijing") }],
            quantities: vec![money("EUR"), count("jobs")],
            dates: vec!["2026-11-22"],
            ..Telling::default()
        };
        check(&french, &english, 5);
        check(&french, &Telling { quantities: vec![money("USD")], ..Telling::default() }, 0);
    }

    #[test]
    fn words_belong_to_their_language() {
        let title = "Important accident";
        let french = Telling { language: "fr", title, keywords: vec!["accident"], ..Telling::default() };
        check(&french, &Telling { language: "fr", title, ..Telling::default() }, 2);
        check(&french, &Telling { language: "en", title, ..Telling::default() }, 0);
    }

    #[test]
    fn what_every_text_has_is_no_feature() {
        let quantities = vec![
            Quantity { measure: "count", value: 3.0, unit: None },
            Quantity { measure: "duration", value: 4.0, unit: Some("a") },
            Quantity { measure: "money", value: f64::NAN, unit: None },
        ];
        let telling = Telling { quantities, dates: vec!["2026", "XXXX-04-14"], ..Telling::default() };
        assert_eq!(telling.sketch().features, []);
    }

    #[test]
    fn a_sketch_stays_small() {
        let names: Vec<_> = (0..500).map(|number| format!("Nom{number}")).collect();
        let telling = Telling { names: names.iter().map(|text| name(text)).collect(), ..Telling::default() };
        let features = telling.sketch().features;
        assert_eq!(features.len(), FEATURES);
        assert!(features.is_sorted_by_key(|feature| feature.key));
    }

    #[test]
    fn a_day_is_a_whole_date() {
        assert_eq!(day("1970-01-02T10:00"), Some(1));
        assert_eq!(day("2026-11-22"), Some(20779));
        assert_eq!(day("XXXX-10-08"), None);
        assert_eq!(day("2026-11"), None);
    }
}
