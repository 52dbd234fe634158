//! Is it a range? `2-3`, *12 à 15*, *entre 2 et 3*, *$1 to $2 billion*.

use super::units::{Unit, Units};
use crate::decimal::Decimal;
use crate::numbers::{self, Number, Written};
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

/// The number that shares the unit of the one before it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Other {
    /// The upper end of a range: `2-3`, *12 à 15*, *entre 2 et 3*.
    End(Number),
    /// What the first one became: *passé de 10 à 12 %*, *from $5 to $6 million*. Each is an amount of its own.
    Change(Number),
}

impl Other {
    pub(super) fn number(&self) -> &Number {
        match self {
            Self::End(number) | Self::Change(number) => number,
        }
    }
}

/// The number that stands behind the first one, at `start`, and shares its unit; `currency` is the one before the first,
/// which begins at `from`.
pub(super) fn other(
    units: &Units,
    reading: &Reading<'_>,
    (from, start): (usize, usize),
    first: &Number,
    currency: Option<&Unit>,
    between: bool,
) -> Option<Other> {
    let at = first.end;
    if !reading.joined(at, false) || !reading.joined(at + 1, false) {
        return None;
    }
    let dash = matches!(reading.form(at), "-" | "–" | "—");
    let word = match (reading.tongue, reading.form(at)) {
        (Tongue::French, "à" | "ou")
        | (Tongue::English, "to" | "or")
        | (Tongue::German, "bis" | "oder")
        | (Tongue::Spanish, "a" | "o")
        | (Tongue::Italian | Tongue::Portuguese, "a" | "o" | "ou")
        | (Tongue::Dutch, "tot" | "of") => true,
        (_, "et" | "and" | "und" | "y" | "e" | "en") => between,
        _ => false,
    };
    let tight = dash && reading.joined(at, true) && reading.joined(at + 1, true);
    let rated =
        matches!(reading.form_before(start, 1), "magnitude" | "indice" | "note" | "score" | "intensité");
    if (!tight && !word) || rated {
        return None;
    }
    let again = currency.and_then(|currency| behind_same(units, reading, at + 1, currency));
    let number = numbers::number(reading, again.unwrap_or(at + 1))?;
    if number.written == Written::Article {
        return None;
    }
    // $5 to 30 people: the second number is of something else.
    let own = currency.is_some() && again.is_none();
    if own && (units.at(reading, number.end).is_some() || super::counts(reading, number.end)) {
        return None;
    }
    let led = matches!(reading.form_before(from, 1), "de" | "d'" | "from");
    if word && led && (again.is_some() || changes(reading, from, first, &number)) {
        return Some(Other::Change(number));
    }
    let low = first.value?.shifted(shared_scale(first, &number))?;
    // 06-12-34 is no range, and neither is a list of three.
    let goes_on = tight && reading.form(number.end) == "-" && reading.is_kind(number.end + 1, Kind::Number);
    (low < number.value? && !goes_on).then_some(Other::End(number))
}

/// Where the number begins whose currency stands at this piece, if it is this one.
fn behind_same(units: &Units, reading: &Reading<'_>, at: usize, currency: &Unit) -> Option<usize> {
    let start = (at + 1..at + 4)
        .find(|&index| reading.is_kind(index, Kind::Number) || reading.number_word(index).is_some())?;
    let (unit, from) = units.before(reading, start, at)?;
    (from == at && std::ptr::eq(unit, currency)).then_some(start)
}

/// Whether the numbers are those of a change: *passé de 10 à 12 %* is no range. *Une baisse de 10 à 12 %* is one, and so
/// is *progresser de 3 à 4 %*, by so much.
fn changes(reading: &Reading<'_>, from: usize, first: &Number, second: &Number) -> bool {
    let form = reading.form_before(from, 2);
    let verb = |stems: &[&str]| stems.iter().any(|stem| form.starts_with(stem));
    if reading.tongue != Tongue::French {
        return verb(&[
            "rose", "rise", "rising", "fell", "fall", "grew", "grow", "increas", "climb", "drop", "jump",
            "rais", "lower", "reduc", "cut", "lift", "expand", "slash", "went", "boost", "up", "down",
            "declin", "shrank", "shrunk", "surg", "soar", "slip", "slow", "widen", "narrow",
        ]);
    }
    let noun = matches!(form, "montant" | "montants")
        || (form != "passage"
            && matches!(
                reading.form_before(from, 3),
                "un" | "une"
                    | "le"
                    | "la"
                    | "l'"
                    | "les"
                    | "des"
                    | "de"
                    | "d'"
                    | "du"
                    | "en"
                    | "cette"
                    | "ce"
                    | "sa"
                    | "son"
                    | "forte"
                    | "légère"
                    | "nouvelle"
                    | "nette"
                    | "nouveau"
            ));
    if noun {
        return false;
    }
    let falls = first.value > second.value;
    verb(&["pass", "tomb", "ramen", "porté"])
        || (verb(&["baiss", "chut", "recul", "abaiss", "rédui"]) && falls)
        || (verb(&["mont", "grimp", "progress", "augment", "relev"])
            && !falls
            && reading.form(second.end) != "%")
}

/// The scale of the second number that the first one shares: *2 à 3 milliards*, but not *900 000 à 1,2 million*.
pub(super) fn shared_scale(first: &Number, second: &Number) -> i32 {
    let fits = || {
        let mantissa = second.value?.shifted(-second.scale)?;
        Some(first.value? < mantissa)
    };
    if first.scale == 0 && second.scale > 0 && fits() == Some(true) { second.scale } else { 0 }
}

/// The power of ten that the first number of a change shares with the second, which is of 10^`power` besides its own
/// scale: *de 10 à 12 millions*, *de 12 à 10 M€*; `None` where it cannot be told.
pub(super) fn changed_scale(first: &Number, second: &Number, power: i32) -> Option<i32> {
    let scale = second.scale + power;
    let value = first.value?;
    if first.scale > 0 || value >= Decimal::new(1000, 0) {
        return Some(0);
    }
    let mantissa = second.value?.shifted(-second.scale)?;
    // What becomes twenty times as much has a scale of its own, or lacks its thousands: *de 10 à 12 000*.
    let near = |one: Decimal, other: Decimal| Some(one < other.times(Decimal::new(20, 0))?);
    (near(value, mantissa)? && near(mantissa, value)?).then_some(scale)
}
