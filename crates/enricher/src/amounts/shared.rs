//! Which currency has a sum that names none? The one that its sentence named before.

use document::{Amount, Measure};

use crate::numbers::Number;
use crate::reading::Reading;

/// How far before a sum the one may stand whose currency it has, in pieces.
const SHARED: usize = 40;

/// A sum whose currency was named before in the sentence: *un bénéfice de 2 milliards de dollars, pour un chiffre
/// d'affaires de 53 milliards*.
pub(super) fn shared_currency(
    reading: &Reading<'_>,
    start: usize,
    number: &Number,
    before: &[Amount],
) -> Option<Amount> {
    let money = before.iter().rfind(|amount| amount.measure == Measure::Money && amount.per.is_none())?;
    let value = number.value.filter(|_| number.scale >= 6)?.to_f64();
    let next = number.end;
    // *28 milliards de chiffre d'affaires*
    let of_sums = matches!(reading.form(next), "de" | "of" | "d'")
        && matches!(
            reading.form(next + 1),
            "chiffre"
                | "ventes"
                | "revenus"
                | "bénéfice"
                | "pertes"
                | "dette"
                | "revenue"
                | "sales"
                | "profit"
                | "debt"
        );
    let goes_on = next < reading.pieces().len()
        && !of_sums
        && !matches!(
            reading.form(next),
            "," | "."
                | ";"
                | ")"
                | ":"
                | "en"
                | "contre"
                | "après"
                | "au"
                | "in"
                | "from"
                | "against"
                | "after"
                | "compared"
        );
    // The sum with the currency stands in the same sentence.
    let from = start.saturating_sub(SHARED);
    let begin = (from..=start).rev().find(|&at| reading.pieces()[at].sentence).unwrap_or(from);
    let sentence = money.span.start >= reading.pieces()[begin].start as usize;
    if goes_on || !sentence {
        return None;
    }
    Some(Amount {
        span: reading.span(start, next),
        measure: Measure::Money,
        value: Some(value),
        low: Some(value),
        high: Some(value),
        unit: money.unit.clone(),
        per: None,
        approximate: number.approximate,
        scale_ambiguous: number.ambiguous,
    })
}
