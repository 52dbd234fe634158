//! Which currency has a sum that names none? The one that its sentence named before.

use document::{Amount, Measure};

use super::units::Units;
use crate::numbers::Number;
use crate::reading::Reading;

/// How far before a sum the one may stand whose currency it has, in pieces.
const SHARED: usize = 40;

/// A sum whose currency was named before in the sentence: *un bénéfice de 2 milliards de dollars, pour un chiffre
/// d'affaires de 53 milliards*. Only where nothing else can be meant: the sentence names one currency, nothing was counted
/// since, and the sum is joined to the one before or said to be a sum.
pub(super) fn shared_currency(
    units: &Units,
    reading: &Reading<'_>,
    start: usize,
    number: &Number,
    before: &[Amount],
) -> Option<Amount> {
    let money = before
        .iter()
        .rfind(|amount| !matches!(amount.measure, Measure::Percent | Measure::Duration))
        .filter(|amount| amount.measure == Measure::Money && amount.per.is_none())?;
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
    // Des dizaines de millions d'euros are no amount, but they name a currency.
    let begins = reading.pieces()[begin].start as usize;
    let sums = || {
        let near = before.iter().rev().take_while(|amount| amount.span.start >= begins);
        near.filter(|amount| amount.measure == Measure::Money)
    };
    let others = sums().any(|sum| sum.unit != money.unit)
        || (begin..start).any(|at| {
            let byte = reading.pieces()[at].start as usize;
            let named = units.at(reading, at).or_else(|| units.before(reading, at + 1, begin));
            named.is_some_and(|(unit, _)| {
                unit.measure == Measure::Money && unit.code.as_deref() != money.unit.as_deref()
            }) && !sums().any(|sum| (sum.span.start..sum.span.end).contains(&byte))
        });
    let since = (begin..start).rev().take_while(|&at| reading.pieces()[at].start as usize >= money.span.end);
    let said = of_sums || since.clone().any(|at| is_sum(reading.form(at)));
    if others || !(said || joins(reading, start)) {
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

/// Whether the number follows the one before it as its like: *contre 3 milliards*, *and nearly 3 billion*.
fn joins(reading: &Reading<'_>, start: usize) -> bool {
    let mut at = start;
    for _ in 0..4 {
        let rounds = matches!(
            reading.form_before(at, 1),
            "près"
                | "de"
                | "d'"
                | "plus"
                | "moins"
                | "environ"
                | "quelque"
                | "seulement"
                | "about"
                | "nearly"
                | "almost"
                | "around"
                | "over"
                | "more"
                | "less"
                | "than"
                | "some"
                | "just"
                | "only"
                | "à"
                | "peu"
        );
        let follows = matches!(
            reading.form_before(at, 1),
            "contre"
                | "après"
                | "et"
                | "ou"
                | "puis"
                | "enfin"
                | "que"
                | "and"
                | "or"
                | "then"
                | "against"
                | "after"
                | "with"
                | "soit"
                | "from"
                | "to"
                | "à"
                | ","
        );
        let of = matches!(reading.form_before(at, 1), "de" | "d'")
            && !matches!(reading.form_before(at, 2), "près" | "plus" | "moins");
        if follows {
            return true;
        }
        if !rounds || of || at == 0 {
            return false;
        }
        at -= 1;
    }
    false
}

/// Whether the word says that a number near it is of money: *dette*, *revenue*, *spend*.
fn is_sum(form: &str) -> bool {
    const STEMS: &[&str] = &[
        "bénéfice",
        "perte",
        "profit",
        "revenu",
        "dette",
        "budget",
        "coût",
        "dépens",
        "recette",
        "invest",
        "financ",
        "déficit",
        "excédent",
        "capital",
        "subvention",
        "montant",
        "salaire",
        "emprunt",
        "prêt",
        "loss",
        "debt",
        "cost",
        "spen",
        "earning",
        "deficit",
        "surplus",
        "income",
        "valu",
        "valoris",
        "fund",
        "loan",
        "grant",
        "paid",
        "turnover",
    ];
    matches!(
        form,
        "affaires" | "ventes" | "sales" | "pay" | "aide" | "aid" | "fine" | "amende" | "vente" | "ebitda"
    ) || STEMS.iter().any(|stem| form.starts_with(stem))
}
