//! A measure in two units: *5 ft 2 in*, *2 heures 30 minutes*, *15 dollars et 20 cents*, *deux heures et demie*.

use document::Measure;

use super::units::Units;
use crate::decimal::Decimal;
use crate::numbers::{self, Written};
use crate::reading::words::NumberWord;
use crate::reading::{Reading, Tongue};

/// The whole of a measure whose smaller part stands at `at`, in the unit of the larger one, and one past its end.
pub(super) fn sum(
    units: &Units,
    reading: &Reading<'_>,
    larger: Decimal,
    measure: Measure,
    code: Option<&str>,
    at: usize,
) -> Option<(Decimal, usize)> {
    if !reading.joined(at, false) {
        return None;
    }
    let and = usize::from(matches!(reading.form(at), "et" | "and" | ","));
    if matches!(measure, Measure::Duration | Measure::Mass | Measure::Length)
        && matches!(reading.form(at), "et" | "and")
        && reading.number_word(at + 1) == Some(NumberWord::Half)
    {
        return Some((larger.plus(Decimal::new(5, -1))?, at + 2));
    }
    if and == 0
        && reading.tongue == Tongue::French
        && let Some(sum) = spoken_part(units, reading, larger, code, at)
    {
        return Some(sum);
    }
    let smaller = numbers::number(reading, at + and)?;
    if smaller.written == Written::Article || !reading.joined(at + and, false) {
        return None;
    }
    if measure == Measure::Money {
        let cents = smaller.small(99)?;
        let hundredths = Decimal::new(i128::from(cents), -2);
        let end = match units.at(reading, smaller.end) {
            Some((unit, end))
                if matches!(unit.code.as_deref(), Some("cents" | "centimes" | "pence"))
                    && reading.form(at) != "," =>
            {
                end
            }
            // 15 dollars 50, as it is spoken; but 10 dollars 40 euros are two sums.
            None if and == 0 && stands_for_cents(reading, at, smaller.end) => smaller.end,
            _ => return None,
        };
        return Some((larger.plus(hundredths)?, end));
    }
    let parts = smaller.small(999)?;
    let (unit, end) = units.at(reading, smaller.end).or_else(|| {
        // Only behind feet is *in* an inch.
        (code == Some("[ft_i]") && matches!(reading.form(smaller.end), "in" | "\""))
            .then(|| units.named("[in_i]").map(|unit| (unit, smaller.end + 1)))
            .flatten()
    })?;
    let whole = match (code?, unit.code.as_deref()?) {
        ("[ft_i]", "[in_i]") => 12,
        ("h", "min") | ("min", "s") => 60,
        ("h", "s") => 3600,
        ("kg", "g") => 1000,
        ("m", "cm") => 100,
        ("[lb_av]", "[oz_av]") => 16,
        _ => return None,
    };
    // Ninety minutes are no part of an hour; but seconds may go on behind an hour's minutes.
    if reading.form(at) == "," || i128::from(parts) >= if whole == 3600 { 60 } else { whole } {
        return None;
    }
    // Twelfths and sixtieths have no last decimal; fifteen are more than an f64 tells apart.
    let part = Decimal::new(i128::from(parts) * 10_i128.pow(15) / whole, -15);
    Some((larger.plus(part)?, end))
}

/// *1 mètre 75*, *3 kg 200*: figures without a unit are the hundredths of a metre or the thousandths of a kilogram.
fn spoken_part(
    units: &Units,
    reading: &Reading<'_>,
    larger: Decimal,
    code: Option<&str>,
    at: usize,
) -> Option<(Decimal, usize)> {
    let places = match code? {
        "m" => 2,
        "kg" => 3,
        _ => return None,
    };
    let word = reading.word(at);
    let figures = word.len() == places && word.bytes().all(|byte| byte.is_ascii_digit());
    let behind = at + 1;
    let goes_on = units.at(reading, behind).is_some()
        || super::counts(reading, behind)
        || reading.joined(behind, true)
            && !reading.ends_before(behind)
            && !matches!(reading.form(behind), "," | ")");
    if !figures || goes_on || larger.to_integer().is_none() {
        return None;
    }
    let part = Decimal::new(word.parse().ok()?, -i32::try_from(places).ok()?);
    Some((larger.plus(part)?, behind))
}

/// Whether two figures behind a sum are its hundredths: nothing that they could count follows.
fn stands_for_cents(reading: &Reading<'_>, at: usize, end: usize) -> bool {
    let word = reading.word(at);
    let two_figures = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let spoken = reading.number_word(at).is_some();
    let touched = reading.joined(end, true) && !reading.is_kind(end, crate::tokens::Kind::Mark);
    !touched
        && (two_figures || spoken)
        && (reading.ends_before(end)
            || matches!(reading.form(end), "more" | "de" | "pour" | "for" | "a" | "l'" | "le")
            // Un café à 1 € 20 au bar.
            || (two_figures
                && reading.tongue == Tongue::French
                && matches!(
                    reading.form(end),
                    "à" | "au" | "aux" | "par" | "dans" | "chez" | "sur" | "la" | "les" | "et" | "contre" | "en"
                )))
        && !matches!(reading.form(end), "-" | "/" | "$" | "€" | "£" | "%")
}
