//! The units and currencies of `config/lexicon/units.toml` and `currencies.toml`, ready to be looked for.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use document::Measure;
use serde::Deserialize;

use crate::lexicon::{UnreadableList, added};
use crate::phrases::Phrases;
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind, Tokens, hash};

/// A unit or a currency.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) measure: Measure,
    /// UCUM or ISO 4217 code; `None` where the name does not tell which of several it is.
    pub(crate) code: Option<Box<str>>,
    /// The power of ten that the name adds: 6 for `MUSD`.
    pub(crate) power: i32,
    /// Whether the name means this only behind a scale word.
    pub(crate) scaled: bool,
}

/// All units and currencies.
#[derive(Debug)]
pub(crate) struct Units {
    list: Vec<Unit>,
    names: [Phrases<u16>; Tongue::ALL.len()],
    /// Exactly as written.
    symbols: Phrases<u16>,
    /// Currencies that stand before the number, their tokens backwards.
    prefixes: Phrases<u16>,
}

const UNITS: (&str, &str) = ("units.toml", include_str!("../../../../config/lexicon/units.toml"));
const CURRENCIES: (&str, &str) =
    ("currencies.toml", include_str!("../../../../config/lexicon/currencies.toml"));

/// The files of units and currencies that a folder of lists can hold.
pub(crate) fn list_files() -> impl Iterator<Item = &'static str> {
    [UNITS.0, CURRENCIES.0].into_iter()
}

/// Names of a unit or a currency in the files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    fr: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    de: Vec<String>,
    #[serde(default)]
    es: Vec<String>,
    #[serde(default)]
    it: Vec<String>,
    #[serde(default)]
    pt: Vec<String>,
    #[serde(default)]
    nl: Vec<String>,
    /// The unit that this is a power of ten of.
    of: Option<String>,
    #[serde(default)]
    power: i32,
    #[serde(default)]
    ambiguous: bool,
    #[serde(default)]
    scaled: Vec<String>,
    #[serde(default = "yes")]
    code: bool,
}

impl Names {
    /// Its names by language, in the order of [`Tongue::ALL`].
    fn by_tongue(&self) -> [&Vec<String>; 7] {
        [&self.fr, &self.en, &self.de, &self.es, &self.it, &self.pt, &self.nl]
    }

    /// Its symbols and names in all languages.
    fn all(&self) -> impl Iterator<Item = &String> {
        [&self.symbols, &self.fr, &self.en, &self.de, &self.es, &self.it, &self.pt, &self.nl, &self.scaled]
            .into_iter()
            .flatten()
    }
}

/// What is wrong with a file, and with which entry of it.
#[derive(Debug)]
struct Wrong {
    key: Option<String>,
    what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "{key:?}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl From<toml::de::Error> for Wrong {
    fn from(error: toml::de::Error) -> Self {
        Self { key: None, what: error.to_string() }
    }
}

/// What is wrong with the entry of this key.
fn wrong(key: &str, what: &str) -> Wrong {
    Wrong { key: Some(key.to_owned()), what: what.to_owned() }
}

/// The line of a file that this key begins, counted from one.
fn line_of_key(text: &str, key: &str) -> Option<usize> {
    let begins = |line: &str| {
        let line = line.trim_start().trim_start_matches(['"', '\'', '[']);
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ', ']']).len() < rest.len())
    };
    text.lines().position(begins).map(|line| line + 1)
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Section {
    Percent,
    Length,
    Area,
    Volume,
    Mass,
    Power,
    Energy,
    Temperature,
    Data,
    Speed,
    Frequency,
    Duration,
    Count,
}

impl Section {
    fn measure(&self) -> Measure {
        match self {
            Self::Percent => Measure::Percent,
            Self::Length => Measure::Length,
            Self::Area => Measure::Area,
            Self::Volume => Measure::Volume,
            Self::Mass => Measure::Mass,
            Self::Power => Measure::Power,
            Self::Energy => Measure::Energy,
            Self::Temperature => Measure::Temperature,
            Self::Data => Measure::Data,
            Self::Speed => Measure::Speed,
            Self::Frequency => Measure::Frequency,
            Self::Duration => Measure::Duration,
            Self::Count => Measure::Count,
        }
    }
}

impl Units {
    /// The built-in units, with those of the files of the same names in `folder` added.
    pub(crate) fn new(folder: Option<&Path>) -> Result<Self, UnreadableList> {
        let mut units = Self {
            list: Vec::new(),
            names: Tongue::ALL.map(|_| Phrases::new()),
            symbols: Phrases::new(),
            prefixes: Phrases::new(),
        };
        for ((file, built_in), add) in
            [(UNITS, Self::add_units as fn(&mut Self, &str) -> _), (CURRENCIES, Self::add_currencies)]
        {
            add(&mut units, built_in).map_err(|wrong| UnreadableList::wrong(Path::new(file), None, wrong))?;
            let Some((path, text)) = added(folder, file)? else { continue };
            add(&mut units, &text).map_err(|wrong| {
                let line = wrong.key.as_deref().and_then(|key| line_of_key(&text, key));
                UnreadableList::wrong(&path, line, wrong)
            })?;
        }
        Ok(units)
    }

    fn add_units(&mut self, text: &str) -> Result<(), Wrong> {
        let sections: BTreeMap<Section, BTreeMap<String, Names>> = toml::from_str(text)?;
        for (section, units) in &sections {
            for (code, names) in units {
                if code.trim().is_empty() {
                    return Err(wrong(code, "a unit needs a code"));
                }
                if names.all().next().is_none() || names.all().any(|name| name.trim().is_empty()) {
                    return Err(wrong(code, "a unit needs a symbol or a name, and none of them is empty"));
                }
                if let Some(other) = self.of_another_measure(code, names, section.measure()) {
                    return Err(wrong(
                        code,
                        &format!("{other}; put it under that measure, or take another code or name"),
                    ));
                }
                if let Some(of) = &names.of
                    && !units.contains_key(of)
                    && self.named(of).is_none_or(|unit| unit.measure != section.measure())
                {
                    return Err(wrong(code, &format!("`of` names no unit of its measure: {of:?}")));
                }
                let code = code.clone();
                let code = names.of.clone().unwrap_or(code);
                let code = (!names.ambiguous).then(|| code.into_boxed_str());
                let power = names.power;
                self.add(Unit { measure: section.measure(), code, power, scaled: false }, names);
            }
        }
        Ok(())
    }

    fn add_currencies(&mut self, text: &str) -> Result<(), Wrong> {
        let currencies: BTreeMap<String, Names> = toml::from_str(text)?;
        for (code, names) in currencies {
            if code != "none" && (code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase())) {
                return Err(wrong(&code, "a currency's code is three capital letters"));
            }
            if names.all().any(|name| name.trim().is_empty()) {
                return Err(wrong(&code, "a symbol or a name is empty"));
            }
            let money = |power, scaled| Unit {
                measure: Measure::Money,
                code: (code != "none").then(|| code.as_str().into()),
                power,
                scaled,
            };
            let unit = self.add(money(0, false), &names);
            for symbol in &names.symbols {
                self.add_prefix(symbol, unit);
            }
            let is_code = names.code && code != "none";
            if is_code {
                self.add_symbol(&code, unit);
                self.add_prefix(&code, unit);
            }
            // As annual reports write it: MEUR, MSEK, kEUR, MdsUSD, MFCFA, EURm.
            let glued =
                names.symbols.iter().filter(|symbol| symbol.bytes().all(|byte| byte.is_ascii_uppercase()));
            for code in glued.chain(is_code.then_some(&code)) {
                for (prefix, suffix, power) in [
                    ("k", "", 3),
                    ("M", "", 6),
                    ("Md", "", 9),
                    ("Mds", "", 9),
                    ("Mrd", "", 9),
                    ("", "m", 6),
                    ("", "bn", 9),
                ] {
                    let symbol = format!("{prefix}{code}{suffix}");
                    let unit = self.push(money(power, false));
                    self.add_symbol(&symbol, unit);
                    self.add_prefix(&symbol, unit);
                }
            }
            if !names.scaled.is_empty() {
                let unit = self.push(money(0, true));
                for name in &names.scaled {
                    for tongue in Tongue::ALL {
                        self.add_name(tongue, name, unit);
                    }
                }
            }
        }
        Ok(())
    }

    /// What says that a unit or one of its names is known already, as a measure of something else.
    fn of_another_measure(&self, code: &str, entry: &Names, measure: Measure) -> Option<String> {
        let differs = |unit: &Unit| (unit.measure != measure).then(|| unit.measure.as_str());
        if entry.of.is_none()
            && let Some(known) = self.named(code).and_then(differs)
        {
            return Some(format!("this is a unit of {known} already"));
        }
        let tongues = Tongue::ALL.into_iter().zip(entry.by_tongue());
        let given = tongues.flat_map(|(tongue, names)| names.iter().map(move |name| (tongue, name)));
        for (tongue, name) in given {
            let tokens = Tokens::new(name);
            let hashes = tokens.as_slice().iter().map(|token| token.hash);
            let found =
                self.names[tongue as usize].longest(hashes).filter(|(length, _)| *length == tokens.len());
            if let Some(known) = found.and_then(|(_, unit)| differs(self.list.get(usize::from(unit))?)) {
                return Some(format!("{name:?} names a unit of {known} already"));
            }
        }
        None
    }

    fn push(&mut self, unit: Unit) -> u16 {
        self.list.push(unit);
        (self.list.len() - 1) as u16
    }

    fn add(&mut self, unit: Unit, names: &Names) -> u16 {
        let unit = self.push(unit);
        for symbol in &names.symbols {
            self.add_symbol(symbol, unit);
        }
        for (tongue, names) in Tongue::ALL.into_iter().zip(names.by_tongue()) {
            for name in names {
                self.add_name(tongue, name, unit);
            }
        }
        unit
    }

    fn add_name(&mut self, tongue: Tongue, name: &str, unit: u16) {
        let tokens = Tokens::new(name);
        self.names[tongue as usize].insert(tokens.as_slice().iter().map(|token| token.hash), unit);
    }

    fn add_symbol(&mut self, symbol: &str, unit: u16) {
        let tokens = Tokens::new(symbol);
        let keys =
            (0..tokens.len()).map(|index| symbol_key(tokens.word(index), index > 0 && tokens[index].spaced));
        self.symbols.insert(keys, unit);
    }

    fn add_prefix(&mut self, symbol: &str, unit: u16) {
        let tokens = Tokens::new(symbol);
        let keys = (0..tokens.len()).rev().map(|index| {
            symbol_key(tokens.word(index), tokens.get(index + 1).is_some_and(|next| next.spaced))
        });
        self.prefixes.insert(keys, unit);
    }

    /// The unit that is named or written as a symbol at this piece, and one past its last piece.
    pub(crate) fn at(&self, reading: &Reading<'_>, start: usize) -> Option<(&Unit, usize)> {
        let pieces = reading.pieces().get(start..)?;
        let one_line = || pieces.iter().enumerate().take_while(|(place, piece)| *place == 0 || !piece.line);
        let symbol =
            self.symbols
                .longest(one_line().map(|(place, piece)| {
                    symbol_key(reading.word(start + place), place > 0 && piece.spaced)
                }));
        let name = self.names[reading.tongue as usize].longest(one_line().map(|(_, piece)| piece.hash));
        let (length, unit) = match (symbol, name) {
            (Some(symbol), Some(name)) if name.0 > symbol.0 => name,
            (Some(symbol), _) => symbol,
            (None, name) => name?,
        };
        Some((self.list.get(usize::from(unit))?, start + length))
    }

    /// The unit with this code.
    pub(crate) fn named(&self, code: &str) -> Option<&Unit> {
        self.list.iter().find(|unit| unit.code.as_deref() == Some(code))
    }

    /// The currency whose symbol or code ends before this piece and begins no sooner than `floor`, and its first
    /// piece.
    pub(crate) fn before(&self, reading: &Reading<'_>, end: usize, floor: usize) -> Option<(&Unit, usize)> {
        if !reading.joined(end, false) {
            return None;
        }
        let pieces = reading.pieces().get(floor..end)?;
        // Codes have capitals and symbols are marks: a word in small letters is neither.
        if pieces.last().is_none_or(|last| last.kind == Kind::Word && last.case == Case::Lower) {
            return None;
        }
        let backwards = (0..pieces.len()).rev().take(4).map(|place| {
            let index = floor + place;
            symbol_key(reading.word(index), index + 1 < end && pieces[place + 1].spaced)
        });
        let (length, unit) = self.prefixes.longest(backwards)?;
        Some((self.list.get(usize::from(unit))?, end - length))
    }
}

/// Symbols are told apart by case, and by whether a space stands inside them.
fn symbol_key(word: &str, spaced: bool) -> u64 {
    // A capital at the end of a sentence keeps the full stop in its token: 39 °C.
    let word = if word.len() > 1 { word.trim_end_matches('.') } else { word };
    hash(word).rotate_left(u32::from(spaced))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_adds_units_and_currencies() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("units.toml"), "[power]\nPW = { fr = ['pétawatt'] }").unwrap();
        std::fs::write(folder.path().join("currencies.toml"), "[XAU]\nsymbols = ['Au!']").unwrap();
        let units = Units::new(Some(folder.path())).unwrap();
        let vocabulary = crate::reading::Vocabulary::new(None).unwrap();
        let tokens = Tokens::new("pétawatt XAU kW kw");
        let reading = Reading::new(&tokens, Tongue::French, &vocabulary);
        let code = |index| units.at(&reading, index).and_then(|(unit, _)| unit.code.as_deref());
        assert_eq!((code(0), code(1), code(2), code(3)), (Some("PW"), Some("XAU"), Some("kW"), None));
    }

    #[test]
    fn a_misspelt_file_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("units.toml"), "[lenght]\nm = {}").unwrap();
        let error = Units::new(Some(folder.path())).unwrap_err();
        assert!(error.path.ends_with("units.toml"), "{error}");
    }

    #[test]
    fn a_wrong_entry_is_an_error_that_names_file_and_key() {
        for (file, text, key) in [
            ("units.toml", "[percent]\nmyriad = { of = 'pct', power = -2, en = ['myriad'] }", "myriad"),
            ("units.toml", "[length]\nfurlong = {}", "furlong"),
            ("units.toml", "[length]\nfurlong = { en = [''] }", "furlong"),
            ("units.toml", "[lenght]\nm = { en = ['m'] }", "lenght"),
            ("currencies.toml", "[EURO]\nfr = ['euro']", "EURO"),
            ("currencies.toml", "[eur]\nfr = ['euro']", "eur"),
            (
                "units.toml",
                "# ours\n[length]\nkg = { fr = ['kilogramme lourd'] }",
                "line 3: \"kg\": this is a unit of mass",
            ),
            (
                "units.toml",
                "[power]\n\"P W\" = { fr = ['kilo'] }",
                "line 2: \"P W\": \"kilo\" names a unit of mass",
            ),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(file), text).unwrap();
            let error = Units::new(Some(folder.path())).unwrap_err();
            assert!(error.path.ends_with(file), "{text}: {error}");
            assert!(error.error.to_string().contains(key), "{text}: {}", error.error);
        }
        let folder = tempfile::tempdir().unwrap();
        let text = "[percent]\nmyriad = { of = '%', power = -2, en = ['myriad'] }";
        std::fs::write(folder.path().join("units.toml"), text).unwrap();
        assert!(Units::new(Some(folder.path())).is_ok());
    }
}
