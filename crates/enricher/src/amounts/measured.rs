//! What is a number of: a currency before it, a unit or a counted noun behind it?

use document::Measure;

use super::units::Unit;
use super::{Finder, count};
use crate::numbers::{Number, Written};
use crate::reading::words::NumberWord;
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

/// What a number is of.
pub(super) struct Measured<'u> {
    pub(super) measure: Measure,
    /// As the record has it.
    pub(super) code: Option<&'u str>,
    /// Instead of a code: the noun.
    pub(super) noun: Option<String>,
    /// What scale symbols and scaled codes add.
    pub(super) power: i32,
    pub(super) per: Option<&'static str>,
    pub(super) end: usize,
}

impl<'u> Measured<'u> {
    fn of(unit: &'u Unit, end: usize) -> Self {
        Self {
            measure: unit.measure,
            code: unit.code.as_deref(),
            noun: None,
            power: unit.power,
            per: None,
            end,
        }
    }

    fn count(end: usize) -> Self {
        Self { measure: Measure::Count, code: None, noun: None, power: 0, per: None, end }
    }
}

impl Finder {
    /// What a number is of: the currency before it, or the unit or the counted noun behind it.
    pub(super) fn measured<'u>(
        &'u self,
        reading: &Reading<'_>,
        number: &Number,
        prefix: Option<&'u Unit>,
    ) -> Option<Measured<'u>> {
        let mut at = number.end;
        if let Some(unit) = prefix {
            let mut measured = Measured::of(unit, at);
            if let Some((power, end)) = scale_symbol(reading, at).filter(|_| number.scale == 0) {
                measured.power += power;
                measured.end = end;
            } else if unknown_scale(reading, at) || hyphened_scale(reading, at) {
                return None;
            }
            return Some(measured);
        }
        // 3-inch, 10-gallon.
        if reading.form(at) == "-" && reading.joined(at, true) && reading.joined(at + 1, true) {
            at += 1;
        }
        if !reading.joined(at, false) {
            return None;
        }
        // 5 M€, 3 Mds d'euros, 2bn euros.
        if let Some((power, end)) = scale_symbol(reading, at).filter(|_| number.scale == 0) {
            let end = end + usize::from(matches!(reading.form(end), "de" | "d'"));
            if let Some((unit, end)) = self.units.at(reading, end)
                && unit.measure == Measure::Money
                && !unit.scaled
            {
                let mut measured = Measured::of(unit, end);
                measured.power += power;
                return Some(measured);
            }
        }
        let of = match reading.tongue {
            Tongue::English => reading.form(at) == "of" && number.noun,
            Tongue::French => matches!(reading.form(at), "de" | "d'") && (number.noun || is_round(number)),
            Tongue::Spanish | Tongue::Portuguese => reading.form(at) == "de" && number.scale >= 6,
            Tongue::Italian => matches!(reading.form(at), "di") && number.scale >= 6,
            _ => false,
        };
        let noun = at + usize::from(of);
        let touching = |index| reading.joined(index, true);
        let unit = self
            .units
            .at(reading, noun)
            .or_else(|| self.units.at(reading, behind_adjective(reading, noun)?))
            .filter(|(unit, _)| !unit.scaled || number.scale >= 6);
        if let Some((unit, end)) = unit {
            // 3 USD50 cards: the code belongs to the number it touches.
            if reading.is_kind(end, Kind::Number) && touching(end) && !touching_symbol(reading, end - 1) {
                return None;
            }
            let mut measured = Measured::of(unit, end);
            // 75 USD million.
            if unit.measure == Measure::Money
                && number.scale == 0
                && let Some(NumberWord::Scale { power, plural: false, .. }) = reading.number_word(end)
            {
                measured.power += i32::from(power);
                measured.end = end + 1;
            }
            return Some(measured);
        }
        if number.written == Written::Article {
            return None;
        }
        // -4C, 35C: a letter that much else has.
        let letter = match reading.word(at) {
            "C" => "Cel",
            "F" => "[degF]",
            _ => "",
        };
        if let Some(unit) = self.units.named(letter)
            && touching(at)
            && !touching(at + 1)
            && super::belongs::speaks_of_heat(reading, number.end, at + 1)
        {
            return Some(Measured::of(unit, at + 1));
        }
        if let Some(counted) = count::counted(reading, noun).filter(|_| !number.share) {
            let noun = reading.text_of(counted.noun).to_owned();
            return Some(Measured { noun: Some(noun), per: counted.per, ..Measured::count(counted.end) });
        }
        None
    }
}

/// The power of ten of a scale symbol behind a sum of money (`5 M€`, `$3bn`, `100k`), and one past it.
fn scale_symbol(reading: &Reading<'_>, at: usize) -> Option<(i32, usize)> {
    let power = match reading.word(at) {
        "k" | "K" => 3,
        "M" | "m" | "mn" | "mln" | "mio" | "Mio" | "Mio." => 6,
        "Md" | "Mds" | "Mrd" | "Mrd." | "mds" | "md" | "bn" | "Bn" | "B" | "b" | "mld" => 9,
        "tn" | "trn" | "T" => 12,
        _ => return None,
    };
    reading.joined(at, false).then_some((power, at + 1))
}

/// Whether a scale symbol touches the sum and a hyphen what follows, so that the sum is not as small as its figures:
/// `$10m-a-year`.
fn hyphened_scale(reading: &Reading<'_>, at: usize) -> bool {
    let scale = reading.word(at).split_once('-').map(|(scale, _)| scale);
    reading.joined(at, true) && matches!(scale, Some("k" | "m" | "M" | "b" | "bn" | "tn"))
}

/// Whether a word that may well be a scale of a language that we do not know follows.
fn unknown_scale(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.tongue, Tongue::Unknown) && reading.joined(at, false) && reading.is_kind(at, Kind::Word)
}

/// Whether figures end in six zeros, so that French says *de* behind them.
fn is_round(number: &Number) -> bool {
    number
        .value
        .and_then(|value| value.shifted(-6))
        .is_some_and(|value| value.to_integer().is_some_and(|value| value > 0))
}

/// The place behind an adjective that stands before units: *quatre prochaines années*.
fn behind_adjective(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let adjective = match reading.tongue {
        Tongue::French => matches!(
            reading.form(at),
            "prochains"
                | "prochaines"
                | "derniers"
                | "dernières"
                | "premiers"
                | "premières"
                | "longs"
                | "longues"
                | "petits"
                | "petites"
                | "bons"
                | "bonnes"
                | "dernieres"
        ),
        Tongue::English => matches!(
            reading.form(at),
            "more"
                | "additional"
                | "extra"
                | "full"
                | "consecutive"
                | "straight"
                | "long"
                | "short"
                | "whole"
        ),
        _ => false,
    };
    (adjective && reading.joined(at + 1, false)).then_some(at + 1)
}

fn touching_symbol(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_kind(at, Kind::Mark)
}

/// Length by hour, minute or second is speed; else as measured.
pub(super) fn speed(
    measured: &Measured<'_>,
    per: Option<&'static str>,
) -> (Measure, Option<String>, Option<&'static str>) {
    let unit = measured.noun.clone().or_else(|| measured.code.map(str::to_owned));
    match (measured.measure, per, unit) {
        (Measure::Length, Some(per @ ("h" | "min" | "s")), Some(unit)) => {
            (Measure::Speed, Some(format!("{unit}/{per}")), None)
        }
        (measure, per, unit) => (measure, unit, per),
    }
}
