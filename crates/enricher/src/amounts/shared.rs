//! Which currency has a sum that names none? The one that its sentence named before.
//!
//! Bare millions count people and things more often than they are money. They are lent a currency only where they are
//! joined to the very sum before (*contre 3 milliards*), or hang on a word for money (*a loss of 61 million*).

use document::{Amount, Measure};

use super::change;
use super::units::Units;
use crate::decimal::Decimal;
use crate::numbers::Number;
use crate::reading::{Reading, words::NumberWord};
use crate::tokens::Kind;

/// How far before a sum the one may stand whose currency it has, in pieces.
const SHARED: usize = 40;

/// How far a comparison may stand behind the sum that is compared, in pieces.
const COMPARED: usize = 10;

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
    // Nothing of millions is what is left of a number that was torn: *2, 0 milliards*.
    let value = number.value.filter(|value| number.scale >= 6 && *value > Decimal::new(0, 0))?.to_f64();
    let next = number.end;
    // *28 milliards de chiffre d'affaires*
    let of_sums = matches!(reading.form(next), "de" | "of" | "d'") && is_sum(reading.form(next + 1), number);
    // The sum with the currency stands in the same sentence.
    let from = start.saturating_sub(SHARED);
    let begin = (from..=start).rev().find(|&at| reading.pieces()[at].sentence).unwrap_or(from);
    let sentence = money.span.start >= reading.pieces()[begin].start as usize;
    if !sentence || !(of_sums || ends(reading, next)) {
        return None;
    }
    if names_another(units, reading, begin, start, before, money) {
        return None;
    }
    let behind = (begin..start)
        .rev()
        .take_while(|&at| reading.pieces()[at].start as usize >= money.span.end)
        .last()
        .unwrap_or(start);
    let counted = (behind..start).any(|at| is_count(reading, at) && !within(reading, at, before));
    let said = of_sums || hangs_on_sum(reading, behind, start, number);
    if counted
        || !(said || joins(reading, behind, start, number) || is_compared(reading, begin, behind, start))
    {
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

/// Whether no noun follows that the number could count.
fn ends(reading: &Reading<'_>, next: usize) -> bool {
    next >= reading.pieces().len()
        || matches!(
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
        )
}

/// Whether the sentence names a second currency. Des dizaines de millions d'euros are no amount, but they name one.
fn names_another(
    units: &Units,
    reading: &Reading<'_>,
    begin: usize,
    start: usize,
    before: &[Amount],
    money: &Amount,
) -> bool {
    let begins = reading.pieces()[begin].start as usize;
    let sums = || {
        let near = before.iter().rev().take_while(|amount| amount.span.start >= begins);
        near.filter(|amount| amount.measure == Measure::Money)
    };
    sums().any(|sum| sum.unit != money.unit)
        || (begin..start).any(|at| {
            let byte = reading.pieces()[at].start as usize;
            let named = units.at(reading, at).or_else(|| units.before(reading, at + 1, begin));
            named.is_some_and(|(unit, _)| {
                unit.measure == Measure::Money && unit.code.as_deref() != money.unit.as_deref()
            }) && !sums().any(|sum| (sum.span.start..sum.span.end).contains(&byte))
        })
}

/// Whether the piece is of a number that may count something: no year, and no day of a month.
fn is_count(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.word(at);
    let dated = word.bytes().all(|byte| byte.is_ascii_digit())
        && (word.len() <= 2 || (word.len() == 4 && matches!(word.as_bytes()[0], b'1' | b'2')));
    (reading.is_kind(at, Kind::Number) && !dated)
        || matches!(reading.number_word(at), Some(NumberWord::Scale { .. }))
}

/// Whether the piece lies in one of the amounts before.
fn within(reading: &Reading<'_>, at: usize, before: &[Amount]) -> bool {
    let byte = reading.pieces()[at].start as usize;
    before.iter().rev().take_while(|amount| amount.span.end > byte).any(|amount| amount.span.start <= byte)
}

/// Whether the number follows the sum before it as its like, with nothing but times between: *contre 3 milliards*, *in 2024
/// and nearly 3 billion*.
fn joins(reading: &Reading<'_>, behind: usize, start: usize, number: &Number) -> bool {
    let mut joined = false;
    (behind..start).all(|at| {
        let form = reading.form(at);
        let joint = is_joint(form);
        joined |= joint;
        joint || is_rounding(form) || is_time(reading, at) || is_sum(form, number)
    }) && joined
}

/// Whether the number is what the sum before is compared with: *$4 million in its home market, up from 3 million*. Nothing
/// that is counted may be what is compared.
fn is_compared(reading: &Reading<'_>, begin: usize, behind: usize, start: usize) -> bool {
    let mut at = start;
    while at > behind && is_rounding(reading.form(at - 1)) {
        at -= 1;
    }
    let comparison = match (reading.form_before(at, 2), reading.form_before(at, 1)) {
        (_, "contre" | "against" | "versus") => at - 1,
        ("up" | "down", "from") | ("compared", "with" | "to") | ("rapport", "à" | "aux") => at - 2,
        _ => return false,
    };
    if comparison < behind || comparison - behind > COMPARED {
        return false;
    }
    let comma = comparison > behind && reading.form(comparison - 1) == ",";
    let between = behind..comparison - usize::from(comma);
    let clause = (begin..behind).rev().take_while(|&at| !opens_clause(reading.form(at)));
    !between.clone().any(|at| opens_clause(reading.form(at)) || change::is_verb(reading, at))
        && !between.chain(clause).any(|at| is_counted(reading, at))
}

/// Whether the number hangs on a word for money in its own clause: *a loss of 61 million*, *le déficit atteint 3 milliards*.
fn hangs_on_sum(reading: &Reading<'_>, behind: usize, start: usize, number: &Number) -> bool {
    let (mut others, mut linked) = (0, false);
    for at in (behind..start).rev() {
        let form = reading.form(at);
        if is_sum(form, number) {
            return true;
        }
        let near = matches!(reading.form_before(at, 1), "près" | "plus" | "moins");
        if (is_link(form) && !near) || change::is_verb(reading, at) {
            // *The budget of a city of 3 million*
            if others > 0 {
                return false;
            }
            linked = true;
            continue;
        }
        if is_rounding(form) {
            continue;
        }
        // *De* chiffre *d'affaires* trimestriel *de*: a word or two may say what sum it is, or when.
        if is_time(reading, at) && form != "," && linked {
            continue;
        }
        others += 1;
        if !linked || others > 2 || is_determiner(form) || opens_clause(form) || is_counted(reading, at) {
            return false;
        }
    }
    false
}

/// Whether the word rounds the number behind it.
fn is_rounding(form: &str) -> bool {
    matches!(
        form,
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
            | "peu"
    )
}

/// Whether the word joins a number to its like.
fn is_joint(form: &str) -> bool {
    matches!(
        form,
        "contre"
            | "après"
            | "et"
            | "ou"
            | "puis"
            | "enfin"
            | "and"
            | "or"
            | "then"
            | "against"
            | "after"
            | "versus"
            | "compared"
            | "with"
            | "soit"
            | "up"
            | "down"
            | "from"
            | "to"
            | "à"
            | ","
    )
}

/// Whether the piece is of words for times: *l'an dernier*, *a year earlier*, *in 2024*.
#[rustfmt::skip]
fn is_time(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.word(at);
    reading.calendar_word(at).is_some()
        || (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        || matches!(reading.form(at),
            "year" | "years" | "month" | "months" | "quarter" | "week" | "half" | "period" | "earlier" | "ago" | "last" | "this"
            | "the" | "a" | "same" | "previous" | "prior" | "fiscal" | "first" | "second" | "third" | "fourth" | "in" | "of"
            | "an" | "ans" | "année" | "mois" | "trimestre" | "semestre" | "exercice" | "période" | "même" | "le" | "la" | "l'"
            | "un" | "une" | "il" | "y" | "dernier" | "dernière" | "précédent" | "précédente" | "tôt" | "plus" | "auparavant"
            | "premier" | "deuxième" | "troisième" | "quatrième" | "en" | "au" | "du" | "(" | ")" | ",")
}

/// Whether the word links a sum's name to its number.
#[rustfmt::skip]
fn is_link(form: &str) -> bool {
    matches!(form,
        "of" | "de" | "d'" | "to" | "à" | "at" | "by" | "is" | "was" | "were" | "are" | "been" | "est" | "était" | "a" | "has"
        | "had" | "have" | "s'" | "élève" | "élevait" | "élèvent" | "totalling" | "totaling" | "worth" | "reached" | "reach"
        | "reaching" | "hit" | "hitting" | "stood" | "atteint" | "atteignait" | "atteindre" | "atteignant" | "dépasse"
        | "dépassait" | "exceeded" | "topped" | "passée" | "passé" | "passe" | "établi" | "établit")
}

fn is_determiner(form: &str) -> bool {
    matches!(
        form,
        "its"
            | "his"
            | "her"
            | "their"
            | "the"
            | "a"
            | "an"
            | "le"
            | "la"
            | "l'"
            | "les"
            | "un"
            | "une"
            | "son"
            | "sa"
            | "ses"
            | "leur"
    )
}

/// Whether the word begins another clause.
#[rustfmt::skip]
fn opens_clause(form: &str) -> bool {
    matches!(form,
        "," | ";" | ":" | "and" | "but" | "while" | "as" | "which" | "that" | "who" | "whose" | "where" | "when" | "whereas"
        | "because" | "although" | "et" | "mais" | "tandis" | "alors" | "que" | "qui" | "dont" | "où" | "quand" | "car"
        | "lorsque" | "puisque" | "pendant" | "après" | "after" | "before" | "avant")
}

/// Whether the word is for people or things that millions count, or for what counts them: *audience*, *nombre*, *downloads*.
#[rustfmt::skip]
fn is_counted(reading: &Reading<'_>, at: usize) -> bool {
    const STEMS: &[&str] = &[
        "user", "audience", "number", "visit", "subscri", "download", "population", "volume", "viewer", "reader", "listener",
        "follower", "member", "customer", "passenger", "traffic", "circulation", "shipment", "deliver", "vehicle", "people",
        "inhabitant", "resident", "household", "attendance", "player", "client", "copies", "ticket", "worker", "employee",
        "voter", "device", "install", "barrel", "utilisat", "nombre", "visiteu", "abonné", "téléchargement", "spectat", "lecteur",
        "lectorat", "auditeur", "membre", "adhérent", "passager", "voyageur", "trafic", "tirage", "livraison", "véhicule",
        "habitant", "foyer", "ménage", "fréquentation", "joueur", "exemplaire", "billet", "salarié", "employé", "électeur",
        "appareil", "effectif", "tonne", "tourist", "patient", "student", "citizen", "citoyen",
    ];
    let form = reading.form(at);
    STEMS.iter().any(|stem| form.starts_with(stem))
        || matches!(form,
            "app" | "apps" | "unit" | "units" | "unité" | "unités" | "shares" | "views" | "fans" | "vues" | "accounts" | "comptes"
            | "streams" | "entrées" | "élèves" | "copy")
}

/// Whether the word says that a number near it is of money: *dette*, *revenue*, *spend*. What is sold by the million may be
/// cars.
fn is_sum(form: &str, number: &Number) -> bool {
    const STEMS: &[&str] = &[
        "bénéfice",
        "perte",
        "profit",
        "revenue",
        "dette",
        "budget",
        "coût",
        "dépens",
        "recette",
        "déficit",
        "excédent",
        "capitaux",
        "subvention",
        "salaire",
        "emprunt",
        "debt",
        "cost",
        "spen",
        "earning",
        "deficit",
        "surplus",
        "income",
        "valuation",
        "valued",
        "valoris",
    ];
    match form {
        "affaires" | "pay" | "fine" | "fines" | "amende" | "ebitda" | "revenus" | "capital" | "montant"
        | "loss" | "losses" | "paid" | "turnover" | "invested" | "investment" | "investments" | "investi"
        | "investissement" | "investissements" | "funding" | "financement" | "loan" | "loans" | "prêt"
        | "prêts" | "grant" | "grants" | "fund" | "funds" => true,
        "sales" | "ventes" => number.scale >= 9,
        _ => STEMS.iter().any(|stem| form.starts_with(stem)),
    }
}
