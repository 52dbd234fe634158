//! Is it a range? `2-3`, *12 à 15*, *entre 2 et 3*, *$1 to $2 billion*.

use super::change::{self, Step};
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
    /// What something became by the first one: *fell $2 to $71.30*. Each is an amount of its own.
    Step(Number),
}

impl Other {
    pub(super) fn number(&self) -> &Number {
        match self {
            Self::End(number) | Self::Change(number) | Self::Step(number) => number,
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
    let arrow = change::is_arrow(reading, at);
    let tight = dash && reading.joined(at, true) && reading.joined(at + 1, true);
    let rated =
        matches!(reading.form_before(start, 1), "magnitude" | "indice" | "note" | "score" | "intensité");
    if (!tight && !word && !arrow) || rated {
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
    let before = reading.form_before(from, 1);
    let led = matches!(before, "de" | "d'" | "from");
    if word && led && (again.is_some() || changes(reading, from, first, &number)) {
        return Some(Other::Change(number));
    }
    if (word || arrow) && is_passage(reading, from, arrow) {
        return Some(Other::Change(number));
    }
    if (word || arrow) && is_step(units, reading, from, first, &number, (currency.is_some(), arrow)) {
        return Some(Other::Step(number));
    }
    if arrow {
        return None;
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

/// Whether the numbers are those before and after, in the languages besides French and English: *von 10 auf 12*, *salito da 10
/// a 12*.
fn is_passage(reading: &Reading<'_>, from: usize, arrow: bool) -> bool {
    let led = match (reading.tongue, reading.form_before(from, 1)) {
        (Tongue::German, "von") | (Tongue::Dutch, "van") | (Tongue::Portuguese, "de") => arrow,
        (Tongue::Spanish, "de" | "desde") | (Tongue::Italian, "da" | "dal" | "dai" | "dall'") => false,
        _ => return false,
    };
    led || (reading.tongue != Tongue::German && from >= 2 && change::is_verb(reading, from - 2))
}

/// What is so many times as much cannot be the other end of a range of changes.
const FAR: i128 = 4;

/// Whether the first number is by how much something changed to the second one.
fn is_step(
    units: &Units,
    reading: &Reading<'_>,
    from: usize,
    first: &Number,
    second: &Number,
    (money, arrow): (bool, bool),
) -> bool {
    if arrow && from.checked_sub(1).is_some_and(|before| change::is_by(reading, before)) {
        return true;
    }
    let Some(step) = change::step(reading, from) else { return false };
    let far = |times| {
        let scaled = first.value?.shifted(shared_scale(first, second))?;
        Some(scaled.times(Decimal::new(times, 0))? < second.value?)
    };
    let far = |times| far(times) == Some(true);
    if arrow || (step == Step::Sure && (money || first.scale > 0)) {
        return true;
    }
    // *Rose 2 to 3 percent* is a range, *shrank by 500 to 4,500 employees* none.
    let counted = || units.at(reading, second.end).is_none() && step == Step::Sure && far(2 * FAR);
    ((money || first.scale > 0 || second.scale >= 6) && far(FAR)) || counted()
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

/// The power of ten that the first number of a step shares with the second, as [`changed_scale`] has it; a step may be as
/// small as it likes.
pub(super) fn step_scale(first: &Number, second: &Number, power: i32) -> Option<i32> {
    let scale = second.scale + power;
    let value = first.value?;
    if first.scale > 0 || scale == 0 || value >= Decimal::new(1000, 0) {
        return Some(0);
    }
    let mantissa = second.value?.shifted(-second.scale)?;
    (value < mantissa.times(Decimal::new(20, 0))?).then_some(scale)
}
