//! How exact is it? *Plus de*, *jusqu'à*, *environ*, *or more*.

use crate::phrases::Phrases;
use crate::reading::{Reading, Tongue};
use crate::tokens::{Tokens, hash};

/// What words around a number say of its exactness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bounds {
    /// It can be less.
    pub(crate) open_low: bool,
    /// It can be more.
    pub(crate) open_high: bool,
    /// It is not exact.
    pub(crate) approximate: bool,
    /// What else the words do.
    pub(crate) role: Role,
}

/// What words before a number do to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    #[default]
    Nothing,
    /// It is less than nothing: *moins 5 degrés*, *-5*.
    Negate,
    /// It is the first end of a range: *entre*.
    Open,
}

const EXACT: Bounds = Bounds { open_low: false, open_high: false, approximate: false, role: Role::Nothing };
const LEAST: Bounds = Bounds { open_high: true, ..EXACT };
const MOST: Bounds = Bounds { open_low: true, ..EXACT };
const ABOUT: Bounds = Bounds { approximate: true, ..EXACT };
const ABOUT_LEAST: Bounds = Bounds { open_high: true, approximate: true, ..EXACT };
const ABOUT_MOST: Bounds = Bounds { open_low: true, approximate: true, ..EXACT };
const NEGATIVE: Bounds = Bounds { role: Role::Negate, ..EXACT };
const BETWEEN: Bounds = Bounds { role: Role::Open, ..EXACT };

/// Phrases before a number; *de* stands for *d'* and *à* for *au* and *aux* too.
#[rustfmt::skip]
const FRENCH: &[(&[&str], Bounds)] = &[
    (&["plus de", "au moins", "pas moins de", "au minimum", "minimum", "supérieur à", "supérieure à", "supérieurs à",
       "supérieures à", "au-delà de", "bien plus de", "dépasse", "dépassent", "dépassant", "dépassé", "à partir de"], LEAST),
    (&["un peu plus de", "guère plus de", "légèrement plus de"], ABOUT_LEAST),
    (&["moins de", "jusqu'à", "au plus", "tout au plus", "au maximum", "maximum", "pas plus de", "inférieur à",
       "inférieure à", "inférieurs à", "inférieures à", "n'excédant pas"], MOST),
    (&["un peu moins de", "légèrement moins de"], ABOUT_MOST),
    (&["environ", "près de", "quelque", "à peu près", "approximativement", "presque", "autour de", "aux alentours de",
       "aux environs de", "de l'ordre de", "avoisinant", "avoisine", "à quelque", "quasi", "quasiment"], ABOUT),
    (&["moins"], NEGATIVE),
    (&["entre"], BETWEEN),
];

#[rustfmt::skip]
const ENGLISH: &[(&[&str], Bounds)] = &[
    (&["more than", "at least", "no less than", "not less than", "over", "upwards of", "above", "exceeding", "in excess of",
       "greater than", "well over", "a minimum of", "well above", "far more than"], LEAST),
    (&["just over", "a little more than", "slightly more than", "a little over", "slightly over", "just above"], ABOUT_LEAST),
    (&["less than", "fewer than", "under", "below", "up to", "at most", "no more than", "not more than", "as much as",
       "as many as", "a maximum of"], MOST),
    (&["just under", "slightly less than", "a little less than", "just below"], ABOUT_MOST),
    (&["about", "around", "approximately", "some", "roughly", "nearly", "almost", "close to", "an estimated", "estimated",
       "circa", "in the region of", "on the order of"], ABOUT),
    (&["minus", "negative"], NEGATIVE),
    (&["between"], BETWEEN),
];

#[rustfmt::skip]
const GERMAN: &[(&[&str], Bounds)] = &[
    (&["mehr als", "über", "mindestens", "wenigstens"], LEAST),
    (&["weniger als", "bis zu", "höchstens", "unter"], MOST),
    (&["rund", "etwa", "ca.", "ca", "circa", "knapp", "fast", "ungefähr"], ABOUT),
    (&["zwischen"], BETWEEN),
];
const SPANISH: &[(&[&str], Bounds)] = &[
    (&["más de", "al menos", "por lo menos"], LEAST),
    (&["menos de", "hasta", "como máximo"], MOST),
    (&["unos", "unas", "alrededor de", "cerca de", "casi", "aproximadamente"], ABOUT),
    (&["entre"], BETWEEN),
];
const ITALIAN: &[(&[&str], Bounds)] = &[
    (&["più di", "oltre", "almeno"], LEAST),
    (&["meno di", "fino a", "al massimo"], MOST),
    (&["circa", "quasi", "intorno a"], ABOUT),
    (&["tra", "fra"], BETWEEN),
];
const PORTUGUESE: &[(&[&str], Bounds)] = &[
    (&["mais de", "pelo menos", "ao menos"], LEAST),
    (&["menos de", "até", "no máximo"], MOST),
    (&["cerca de", "quase", "aproximadamente"], ABOUT),
    (&["entre"], BETWEEN),
];
const DUTCH: &[(&[&str], Bounds)] = &[
    (&["meer dan", "minstens", "ruim"], LEAST),
    (&["minder dan", "hoogstens", "maximaal"], MOST),
    (&["ongeveer", "circa", "bijna", "zo'n"], ABOUT),
    (&["tussen"], BETWEEN),
];

/// Marks before a number, in every language.
const MARKS: &[(&[&str], Bounds)] =
    &[(&["~", "≈", "±"], ABOUT), (&[">", "≥"], LEAST), (&["<", "≤"], MOST), (&["−"], NEGATIVE)];

const AFTER_FRENCH: &[(&[&str], Bounds)] = &[
    (&["environ", "à peu près"], ABOUT),
    (&["ou plus", "au moins", "au minimum", "minimum"], LEAST),
    (&["ou moins", "au plus", "au maximum", "maximum", "maxi"], MOST),
];
const AFTER_ENGLISH: &[(&[&str], Bounds)] = &[
    (&["or so"], ABOUT),
    (&["or more", "or higher", "and more", "or above", "at least", "minimum"], LEAST),
    (&["or less", "or fewer", "or lower", "at most", "maximum"], MOST),
];

/// The phrases of each language, ready to be looked for.
#[derive(Debug)]
pub(crate) struct BoundPhrases {
    /// Their words backwards, since they end at the number.
    before: [Phrases<Bounds>; Tongue::ALL.len()],
    after: [Phrases<Bounds>; Tongue::ALL.len()],
    folds: Folds,
}

/// One key for the ways to write a preposition: *d'* and *du* for *de*, *au* for *à*.
#[derive(Debug, Clone, Copy)]
struct Folds {
    de: u64,
    like_de: [u64; 3],
    a: u64,
    like_a: [u64; 2],
}

impl Folds {
    fn new() -> Self {
        Self {
            de: hash("de"),
            like_de: [hash("d'"), hash("des"), hash("du")],
            a: hash("à"),
            like_a: [hash("au"), hash("aux")],
        }
    }

    fn fold(&self, key: u64) -> u64 {
        if self.like_de.contains(&key) {
            self.de
        } else if self.like_a.contains(&key) {
            self.a
        } else {
            key
        }
    }
}

impl BoundPhrases {
    pub(crate) fn new() -> Self {
        let folds = Folds::new();
        let mut phrases = Self {
            before: Tongue::ALL.map(|_| Phrases::new()),
            after: Tongue::ALL.map(|_| Phrases::new()),
            folds,
        };
        for tongue in Tongue::ALL {
            let (before, after): (&[_], &[_]) = match tongue {
                Tongue::French => (FRENCH, AFTER_FRENCH),
                Tongue::English => (ENGLISH, AFTER_ENGLISH),
                Tongue::German => (GERMAN, &[]),
                Tongue::Spanish => (SPANISH, &[]),
                Tongue::Italian => (ITALIAN, &[]),
                Tongue::Portuguese => (PORTUGUESE, &[]),
                Tongue::Dutch => (DUTCH, &[]),
                Tongue::Unknown => (&[], &[]),
            };
            for (list, bounds) in before.iter().chain(MARKS) {
                for phrase in *list {
                    let tokens = Tokens::new(phrase);
                    let keys = tokens.as_slice().iter().rev().map(|token| folds.fold(token.hash));
                    phrases.before[tongue as usize].insert(keys, *bounds);
                }
            }
            for (list, bounds) in after {
                for phrase in *list {
                    let tokens = Tokens::new(phrase);
                    phrases.after[tongue as usize]
                        .insert(tokens.as_slice().iter().map(|token| token.hash), *bounds);
                }
            }
        }
        phrases
    }

    /// What the words that end before this piece say of the number there, and the first of them.
    pub(crate) fn before(&self, reading: &Reading<'_>, end: usize, floor: usize) -> Option<(Bounds, usize)> {
        let pieces = reading.pieces().get(floor..end)?;
        if !reading.joined(end, false) {
            return None;
        }
        let backwards = pieces.iter().rev().take(6).map(|piece| self.folds.fold(piece.hash));
        let (length, bounds) = self.before[reading.tongue as usize].longest(backwards)?;
        let start = end - length;
        // En plus des 120 millions: besides them.
        if reading.form(start) == "plus" && reading.form_before(start, 1) == "en" {
            return None;
        }
        // The phrase stands on the number's line.
        (start + 1..=end).all(|index| reading.joined(index, false)).then_some((bounds, start))
    }

    /// What the words from this piece on say of the number before, and one past the last of them.
    pub(crate) fn after(&self, reading: &Reading<'_>, start: usize) -> Option<(Bounds, usize)> {
        let pieces = reading.pieces().get(start..)?;
        let (length, bounds) =
            self.after[reading.tongue as usize].longest(pieces.iter().map(|piece| piece.hash))?;
        let end = start + length;
        (start..end).all(|index| reading.joined(index, false)).then_some((bounds, end))
    }
}
