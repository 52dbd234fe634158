//! Is it a range? `2-3`, *12 à 15*, *entre 2 et 3*.

use crate::numbers::{self, Number, Written};
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

/// The second number of a range that shares its unit with the first: `2-3`, *12 à 15*, *entre 2 et 3*.
pub(super) fn second(reading: &Reading<'_>, start: usize, first: Number, between: bool) -> Option<Number> {
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
    if (!tight && !word) || rated || changes(reading, start) {
        return None;
    }
    let second = numbers::number(reading, at + 1)?;
    let low = first.value?.shifted(shared_scale(&first, &second))?;
    // 06-12-34 is no range, and neither is a list of three.
    let goes_on = tight && reading.form(second.end) == "-" && reading.is_kind(second.end + 1, Kind::Number);
    (second.written != Written::Article && low < second.value? && !goes_on).then_some(second)
}

/// Whether the numbers are those of a change: *passé de 10 à 12 %* is no range.
fn changes(reading: &Reading<'_>, start: usize) -> bool {
    const VERBS: [&str; 17] = [
        "pass", "mont", "grimp", "tomb", "baiss", "chut", "progress", "recul", "augment", "rose", "rise",
        "fell", "grew", "increas", "climb", "drop", "jump",
    ];
    matches!(reading.form_before(start, 1), "de" | "d'" | "from")
        && VERBS.iter().any(|verb| reading.form_before(start, 2).starts_with(verb))
}

/// The scale of the second number that the first one shares: *2 à 3 milliards*, but not *900 000 à 1,2 million*.
pub(super) fn shared_scale(first: &Number, second: &Number) -> i32 {
    let fits = || {
        let mantissa = second.value?.shifted(-second.scale)?;
        Some(first.value? < mantissa)
    };
    if first.scale == 0 && second.scale > 0 && fits() == Some(true) { second.scale } else { 0 }
}
