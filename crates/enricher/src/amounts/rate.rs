//! How often? *Par semaine*, *a year*, `/h`.

use crate::reading::{Reading, Tongue};

/// The UCUM unit of time of a rate that begins at this piece, and one past its last piece.
pub(crate) fn rate(reading: &Reading<'_>, start: usize) -> Option<(&'static str, usize)> {
    if !reading.joined(start, false) {
        return None;
    }
    let first = reading.form(start);
    if let Some(per) = adverb(reading.tongue, first) {
        return Some((per, start + 1));
    }
    let at = match (reading.tongue, first) {
        (_, "/")
        | (Tongue::French, "par" | "chaque")
        | (Tongue::English, "per" | "a" | "an" | "every" | "each")
        | (Tongue::German, "pro")
        | (Tongue::Spanish | Tongue::Portuguese, "por")
        | (Tongue::Italian | Tongue::Dutch, "per")
        | (Tongue::Spanish, "al")
        | (Tongue::Italian, "al" | "all'" | "alla")
        | (Tongue::Portuguese, "ao") => start + 1,
        // À l'heure, et « a l'heure » sans accent.
        (Tongue::French, "à" | "a") if reading.form(start + 1) == "l'" => start + 2,
        (Tongue::English, "p") if reading.form(start + 1) == "." => start + 2,
        _ => return None,
    };
    let per = unit(reading.tongue, reading.form(at))?;
    // A year earlier is a date.
    let dated = match reading.form(at + 1) {
        "earlier" | "ago" | "later" | "after" | "old" | "long" => true,
        "before" => !matches!(reading.form(at + 2), "tax" | "taxes"),
        "from" => matches!(reading.form(at + 2), "now" | "today" | "the" | "that" | "this"),
        _ => false,
    };
    if dated {
        return None;
    }
    reading.joined(at, false).then_some((per, at + 1))
}

fn adverb(tongue: Tongue, form: &str) -> Option<&'static str> {
    Some(match (tongue, form) {
        (Tongue::French, "annuel" | "annuels" | "annuelle" | "annuelles" | "annuellement")
        | (Tongue::English, "annually" | "yearly") => "a",
        (Tongue::French, "mensuel" | "mensuels" | "mensuelle" | "mensuelles")
        | (Tongue::English, "monthly") => "mo",
        (Tongue::French, "hebdomadaire" | "hebdomadaires") | (Tongue::English, "weekly") => "wk",
        (Tongue::French, "quotidien" | "quotidiens" | "quotidienne" | "quotidiennes" | "quotidiennement")
        | (Tongue::English, "daily") => "d",
        (Tongue::English, "hourly") => "h",
        _ => return None,
    })
}

fn unit(tongue: Tongue, form: &str) -> Option<&'static str> {
    Some(match (tongue, form) {
        (_, "s") | (Tongue::French, "seconde" | "sec") | (Tongue::English, "second" | "sec") => "s",
        (_, "min") | (Tongue::French | Tongue::English | Tongue::German, "minute") => "min",
        (_, "h")
        | (Tongue::French, "heure")
        | (Tongue::English, "hour" | "hr")
        | (Tongue::German, "stunde")
        | (Tongue::Spanish | Tongue::Portuguese, "hora")
        | (Tongue::Italian, "ora" | "all'ora")
        | (Tongue::Dutch, "uur") => "h",
        (Tongue::French, "jour" | "journée" | "j")
        | (Tongue::English, "day")
        | (Tongue::German, "tag")
        | (Tongue::Spanish, "día")
        | (Tongue::Italian, "giorno")
        | (Tongue::Portuguese, "dia")
        | (Tongue::Dutch, "dag") => "d",
        (Tongue::French, "semaine")
        | (Tongue::English | Tongue::Dutch, "week")
        | (Tongue::German, "woche")
        | (Tongue::Spanish | Tongue::Portuguese, "semana")
        | (Tongue::Italian, "settimana") => "wk",
        (Tongue::French, "mois")
        | (Tongue::English, "month")
        | (Tongue::German, "monat")
        | (Tongue::Spanish, "mes")
        | (Tongue::Italian, "mese")
        | (Tongue::Portuguese, "mês")
        | (Tongue::Dutch, "maand") => "mo",
        (Tongue::French, "an" | "année")
        | (Tongue::English, "year" | "yr" | "annum")
        | (Tongue::German, "jahr")
        | (Tongue::Spanish, "año")
        | (Tongue::Italian, "anno")
        | (Tongue::Portuguese, "ano")
        | (Tongue::Dutch, "jaar") => "a",
        _ => return None,
    })
}
