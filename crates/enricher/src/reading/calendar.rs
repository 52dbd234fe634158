//! Which words and phrases say a date in a language: `config/lexicon/dates.LANGUAGE.toml`, whose first lines say how it
//! is written.
//!
//! French and English have their own grammars (`dates/relative.rs`, `dates/periods.rs`); the other languages are read by
//! these files alone.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::Deserialize;

use super::Tongue;
use super::words::Period;
use crate::dates::Toward;
use crate::lexicon::{UnreadableList, added, line_of};
use crate::phrases::Phrases;
use crate::tokens::{Tokens, hash};

mod pattern;

pub(crate) use pattern::{Group, Guard, Pattern, Slot, Step};

/// The languages, each with its file and what the program brings along.
const FILES: [(Tongue, &str, &str); 5] = [
    (Tongue::German, "dates.de.toml", include_str!("../../../../config/lexicon/dates.de.toml")),
    (Tongue::Spanish, "dates.es.toml", include_str!("../../../../config/lexicon/dates.es.toml")),
    (Tongue::Italian, "dates.it.toml", include_str!("../../../../config/lexicon/dates.it.toml")),
    (Tongue::Portuguese, "dates.pt.toml", include_str!("../../../../config/lexicon/dates.pt.toml")),
    (Tongue::Dutch, "dates.nl.toml", include_str!("../../../../config/lexicon/dates.nl.toml")),
];

/// The names of the files that a folder of lists can hold for dates.
pub(crate) fn list_files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(_, file, _)| *file)
}

/// The dates of each language that has a file.
pub(crate) type Calendars = [Option<Box<Calendar>>; Tongue::ALL.len()];

/// What a word or a phrase of a slot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// *gestern*: days from the day of writing.
    Day(i8),
    /// 1 (Monday) to 7.
    Weekday(u8),
    /// A number in words.
    Number(i16),
    /// An ordinal in words.
    Ordinal(u8),
    /// EDTF season: 21 (spring) to 24 (winter).
    Season(u8),
    /// Tens of years: 199 for the nineties.
    Decade(i16),
    /// What time is counted in.
    Period(Period),
    /// A part of the day: *mattina*.
    Part,
    /// *pasado*, *nächste*: on which side of today.
    Side(Toward),
}

/// The dates of one language.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    /// The words of each slot, by [`Slot::Words`], with the first of each phrase.
    words: Vec<(Phrases<Value>, Vec<u64>)>,
    patterns: Vec<Pattern>,
    /// The patterns whose anchor may begin with the word of this hash.
    anchors: HashMap<u64, Vec<u16>, FxBuildHasher>,
    /// Those whose anchor may be a figure.
    at_figures: Vec<u16>,
    /// Those whose anchor is the name of a month.
    at_months: Vec<u16>,
    /// Those that stand behind a date without a year and tell it.
    told_years: Vec<u16>,
    /// The words of one token that name a day of the week.
    pub(crate) weekdays: Vec<(String, u8)>,
    /// The words for a hundred years.
    pub(crate) centuries: Vec<String>,
    /// Names that have a date in them and are none: *Welt am Sonntag*.
    pub(crate) names: Phrases<()>,
    /// The words before four figures that make them a year, the nearest first.
    year_cues: Phrases<()>,
    /// Whether nouns have a capital, so that it is no sign of a name.
    pub(crate) nouns_have_capitals: bool,
    /// Where the sides stand that follow a date: *scorso*.
    behind: Option<usize>,
    tenses: Tenses,
}

/// The verbs that say on which side of today their sentence lies.
#[derive(Debug, Default)]
struct Tenses {
    past: FxHashSet<u64>,
    ahead: FxHashSet<u64>,
    neither: FxHashSet<u64>,
    onward: FxHashSet<u64>,
    past_endings: Vec<String>,
    ahead_endings: Vec<String>,
}

/// A file of a language.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct File {
    nouns_have_capitals: bool,
    days: BTreeMap<String, i8>,
    parts_of_day: Vec<String>,
    today: Vec<String>,
    this_year: Vec<String>,
    weekdays: BTreeMap<String, u8>,
    weekday_endings: Vec<String>,
    numbers: BTreeMap<String, i16>,
    ordinals: BTreeMap<String, u8>,
    seasons: BTreeMap<Season, Vec<String>>,
    decades: BTreeMap<String, i16>,
    period: BTreeMap<Period, Vec<String>>,
    periods: BTreeMap<Period, Vec<String>>,
    sides: BTreeMap<String, Sides>,
    names: Vec<String>,
    before_years: Vec<String>,
    tense: TenseWords,
    phrases: BTreeMap<Group, Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Sides {
    past: Vec<String>,
    now: Vec<String>,
    next: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct TenseWords {
    past: Vec<String>,
    past_endings: Vec<String>,
    ahead: Vec<String>,
    ahead_endings: Vec<String>,
    neither: Vec<String>,
    onward: Vec<String>,
}

impl Calendar {
    /// The dates of each language that has a file, with those of the files of the same names in `folder` added.
    pub(crate) fn all(folder: Option<&Path>) -> Result<Calendars, UnreadableList> {
        let mut calendars = [const { None }; Tongue::ALL.len()];
        for (tongue, file, built_in) in FILES {
            calendars[tongue as usize] = Some(Box::new(Self::new(file, built_in, folder)?));
        }
        Ok(calendars)
    }

    fn new(file: &str, built_in: &str, folder: Option<&Path>) -> Result<Self, UnreadableList> {
        let mut calendar = Self::default();
        let mut slots = BTreeMap::new();
        let at = Path::new(file);
        calendar.add(built_in, &mut slots).map_err(|error| UnreadableList::wrong(at, None, error))?;
        if let Some((path, text)) = added(folder, file)? {
            calendar.add(&text, &mut slots).map_err(|error| UnreadableList::wrong(&path, None, error))?;
        }
        calendar.index();
        Ok(calendar)
    }

    /// Adds the words and the phrases of a file; `slots` tells where the words of each slot are.
    fn add(&mut self, text: &str, slots: &mut BTreeMap<String, usize>) -> Result<(), String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut put = |slot: &str, phrase: &str, value: Value| {
            let index = *slots.entry(slot.to_owned()).or_insert_with(|| {
                self.words.push((Phrases::new(), Vec::new()));
                self.words.len() - 1
            });
            let tokens = Tokens::new(phrase);
            let (phrases, firsts) = &mut self.words[index];
            phrases.insert(tokens.as_slice().iter().map(|token| token.hash), value);
            firsts.extend(tokens.get(0).map(|token| token.hash));
        };
        for (word, number) in &file.weekdays {
            put("weekday", word, Value::Weekday(*number));
            self.weekdays.push((word.clone(), *number));
            for ending in &file.weekday_endings {
                let joined = format!("{word}{ending}");
                put("weekday", &joined, Value::Weekday(*number));
                self.weekdays.push((joined, *number));
            }
        }
        file.days.iter().for_each(|(word, days)| put("day", word, Value::Day(*days)));
        file.this_year.iter().for_each(|word| put("this-year", word, Value::Side(Toward::Now)));
        file.today.iter().for_each(|word| put("today", word, Value::Part));
        file.parts_of_day.iter().for_each(|word| put("part", word, Value::Part));
        file.numbers.iter().for_each(|(word, number)| put("number", word, Value::Number(*number)));
        file.ordinals.iter().for_each(|(word, number)| put("ordinal", word, Value::Ordinal(*number)));
        file.decades.iter().for_each(|(word, tens)| put("decade-word", word, Value::Decade(*tens)));
        for (season, words) in &file.seasons {
            for word in words {
                put("season", word, Value::Season(21 + *season as u8));
            }
        }
        for (slot, names) in [("period", &file.period), ("periods", &file.periods)] {
            for (name, words) in names {
                for word in words {
                    put(slot, word, Value::Period(*name));
                }
            }
        }
        self.centuries.extend(file.period.get(&Period::Century).into_iter().flatten().cloned());
        for (slot, sides) in &file.sides {
            for (toward, words) in
                [(Toward::Past, &sides.past), (Toward::Now, &sides.now), (Toward::Future, &sides.next)]
            {
                for word in words {
                    put(slot, word, Value::Side(toward));
                }
            }
        }
        for name in &file.names {
            self.names.insert(Tokens::new(name).as_slice().iter().map(|token| token.hash), ());
        }
        for words in &file.before_years {
            self.year_cues.insert(Tokens::new(words).as_slice().iter().rev().map(|token| token.hash), ());
        }
        self.nouns_have_capitals |= file.nouns_have_capitals;
        self.behind = slots.get("behind").copied();
        self.tenses.add(file.tense);
        for (group, phrases) in &file.phrases {
            for phrase in phrases {
                let pattern = Pattern::parse(*group, phrase, slots);
                self.patterns.push(pattern.map_err(|why| {
                    let line =
                        line_of(text, phrase).map_or_else(String::new, |line| format!("line {line}: "));
                    format!("{line}{phrase:?}: {why}")
                })?);
            }
        }
        Ok(())
    }

    /// Notes which patterns may begin where.
    fn index(&mut self) {
        for (pattern, number) in self.patterns.iter().zip(0..) {
            if pattern.group == Group::ToldYear {
                self.told_years.push(number);
                continue;
            }
            let words = match pattern.anchor() {
                Slot::Words(words) => Some(words),
                Slot::Number(words) | Slot::Ordinal(words) => {
                    self.at_figures.push(number);
                    words
                }
                Slot::Decade => {
                    self.at_figures.push(number);
                    None
                }
                Slot::Month => {
                    self.at_months.push(number);
                    None
                }
                Slot::Year | Slot::Date | Slot::Roman => None,
            };
            for first in words.and_then(|words| self.words.get(words)).iter().flat_map(|(_, firsts)| firsts) {
                let numbers = self.anchors.entry(*first).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
    }

    /// The hashes of the words that a phrase may be found by.
    pub(crate) fn openings(&self) -> impl Iterator<Item = u64> {
        self.anchors.keys().copied()
    }

    /// The patterns that may be found by a word.
    pub(crate) fn at_word(&self, hash: u64) -> impl Iterator<Item = &Pattern> {
        self.numbered(self.anchors.get(&hash).map_or(&[][..], Vec::as_slice))
    }

    /// The patterns that may be found by a figure.
    pub(crate) fn at_figure(&self) -> impl Iterator<Item = &Pattern> {
        self.numbered(&self.at_figures)
    }

    /// The patterns that may be found by the name of a month.
    pub(crate) fn at_month(&self) -> impl Iterator<Item = &Pattern> {
        self.numbered(&self.at_months)
    }

    /// The patterns that tell the year of the date before them.
    pub(crate) fn told_years(&self) -> impl Iterator<Item = &Pattern> {
        self.numbered(&self.told_years)
    }

    fn numbered(&self, numbers: &[u16]) -> impl Iterator<Item = &Pattern> {
        numbers.iter().filter_map(|&number| self.patterns.get(usize::from(number)))
    }

    /// The longest phrase of a slot's words that begins these: how many words it has, and what it says.
    pub(crate) fn longest(
        &self,
        words: usize,
        hashes: impl IntoIterator<Item = u64>,
    ) -> Option<(usize, Value)> {
        self.words.get(words)?.0.longest(hashes)
    }

    /// Whether the words before four figures, the nearest first, make them a year.
    pub(crate) fn leads_year(&self, before: impl IntoIterator<Item = u64>) -> bool {
        self.year_cues.longest(before).is_some()
    }

    /// The side that words behind a date put it on, and how many they are.
    pub(crate) fn side_behind(&self, words: impl IntoIterator<Item = u64>) -> Option<(Toward, usize)> {
        match self.longest(self.behind?, words)? {
            (length, Value::Side(side)) => Some((side, length)),
            _ => None,
        }
    }

    /// Whether a word before a day makes it one to come, whatever was done before: *hat bis Freitag Zeit*.
    pub(crate) fn is_onward(&self, hash: u64) -> bool {
        self.tenses.onward.contains(&hash)
    }

    /// The side that a verb speaks for.
    pub(crate) fn tense(&self, form: &str) -> Option<Toward> {
        self.tenses.of(form)
    }
}

impl Tenses {
    fn add(&mut self, words: TenseWords) {
        let hashes = |words: Vec<String>| words.into_iter().map(|word| hash(&word));
        self.past.extend(hashes(words.past));
        self.ahead.extend(hashes(words.ahead));
        self.neither.extend(hashes(words.neither));
        self.onward.extend(hashes(words.onward));
        self.past_endings.extend(words.past_endings);
        self.ahead_endings.extend(words.ahead_endings);
    }

    fn of(&self, form: &str) -> Option<Toward> {
        // Votou-se, disse-lhe.
        let form = form.split('-').next().unwrap_or(form);
        let key = hash(form);
        if self.neither.contains(&key) {
            return None;
        }
        if self.past.contains(&key) {
            return Some(Toward::Past);
        }
        if self.ahead.contains(&key) {
            return Some(Toward::Future);
        }
        // A short ending alone is no verb: *lo*, *ara*.
        let ends = |endings: &[String]| {
            endings.iter().any(|ending| {
                let least = if ending.len() < 4 { ending.len() + 2 } else { ending.len() };
                form.len() >= least && form.ends_with(ending.as_str())
            })
        };
        if ends(&self.ahead_endings) {
            Some(Toward::Future)
        } else {
            ends(&self.past_endings).then_some(Toward::Past)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_adds_words_and_phrases() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("dates.de.toml"), "[days]\nvorvorgestern = -3").unwrap();
        let calendars = Calendar::all(Some(folder.path())).unwrap();
        let german = calendars[Tongue::German as usize].as_ref().unwrap();
        assert!(german.at_word(hash("vorvorgestern")).next().is_some());
        assert!(german.at_word(hash("gestern")).next().is_some());
    }

    #[test]
    fn a_phrase_that_cannot_be_read_is_an_error_that_names_it() {
        for (text, said) in [
            ("[phrases]\nday = ['[am {dai}]']", "line 2: \"[am {dai}]\": there is no slot {dai}"),
            ("[phrases]\nday = ['am Morgen']", "slot"),
            ("[phrases]\ndey = []", "dey"),
            ("[dais]\ngestern = -1", "dais"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("dates.nl.toml"), text).unwrap();
            let error = Calendar::all(Some(folder.path())).unwrap_err();
            assert!(error.path.ends_with("dates.nl.toml"), "{error}");
            assert!(error.error.to_string().contains(said), "{text}: {}", error.error);
        }
    }
}
