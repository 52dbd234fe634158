//! Is it an amount at all? Numbers that belong to names, dates, times of day and labels are none.

use document::Measure;

use super::{Measured, count};
use crate::decimal::Decimal;
use crate::numbers::{self, Number, Written};
use crate::reading::words::{CalendarWord, NumberWord};
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind};

/// Whether the number at `start` is no part of a name, a version, a score or a telephone number.
pub(super) fn stands_alone(reading: &Reading<'_>, from: usize, start: usize, floor: usize) -> bool {
    if from < start {
        return true;
    }
    let pieces = reading.pieces();
    if pieces[start].spaced || pieces[start].line || start == 0 {
        return true;
    }
    if start == floor && floor > 0 && reading.is_kind(start - 1, Kind::Number) {
        return false;
    }
    let before = reading.form(start - 1);
    match pieces[start - 1].kind {
        Kind::Mark => {
            let bracketed = start > 1 && matches!(reading.form(start - 2), "(" | "[");
            let open = pieces[start - 1].spaced || start == 1 || bracketed;
            match before {
                "(" | "«" | "\"" | "“" | "'" | "[" | "~" | "≈" | "<" | ">" | "=" | "+" | "±" | "≤" | "≥"
                | "—" | "…" | "$" | "€" | "£" | "%" => true,
                "-" | "–" | "−" | "," | ":" => open,
                _ => false,
            }
        }
        Kind::Word => before.ends_with('\''),
        _ => false,
    }
}

/// Whether the number is multiplied, or one side of a surface: *4 x 100 m*, *10 × 15 cm*.
pub(super) fn is_multiplied(reading: &Reading<'_>, from: usize) -> bool {
    from >= 2
        && matches!(reading.form(from - 1), "x" | "×")
        && reading.joined(from, false)
        && reading.is_kind(from - 2, Kind::Number)
}

/// Whether what touches the number makes it an ordinal: `3e`, `20ème`, `2nd`; or a following word does.
pub(super) fn is_ordinal(reading: &Reading<'_>, end: usize) -> bool {
    if matches!(reading.number_word(end), Some(NumberWord::Ordinal(_))) {
        return reading.form(end) != "second" && reading.form(end) != "seconde";
    }
    let touches = reading.joined(end, true);
    touches
        && matches!(
            reading.form(end),
            "e" | "er"
                | "re"
                | "ère"
                | "ème"
                | "eme"
                | "ième"
                | "nd"
                | "nde"
                | "st"
                | "th"
                | "rd"
                | "º"
                | "ª"
                | "ers"
        )
}

/// Whether a 2 or a 3 behind a unit of length is its power, whose place above the line was lost.
fn is_raised(reading: &Reading<'_>, at: usize) -> bool {
    let metres = matches!(reading.form_before(at, 1), "m" | "km" | "cm" | "mm" | "dm");
    let power = matches!(reading.word(at), "2" | "3")
        && reading.joined(at, false)
        && reading.get(at).is_some_and(|piece| piece.spaced);
    let next = at + 1;
    let joins = !reading.joined(next, true)
        && matches!(reading.form(next), "et" | "de" | "à" | "pour" | "est" | "sont");
    metres && power && (reading.ends_before(next) || joins)
}

/// Whether figures are grouped by a full stop where the language parts groups with spaces: *1.234 %* in a French text may be
/// English notation, and be a thousandth of what it says.
fn is_foreign_notation(reading: &Reading<'_>, number: usize) -> bool {
    let parts = reading.word(number).split_once('.');
    reading.tongue == Tongue::French
        && parts.is_some_and(|(whole, rest)| {
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            digits(whole) && digits(rest) && rest.len() == 3
        })
}

/// Whether number and unit belong together as far as can be told.
pub(super) fn fits(
    reading: &Reading<'_>,
    start: usize,
    from: usize,
    first: &Number,
    last: &Number,
    measured: &Measured<'_>,
) -> bool {
    let unit = last.end;
    let form = reading.form(unit);
    let touches = reading.joined(unit, true);
    if last.written == Written::Article && last.value == Some(Decimal::ONE) && from == start {
        // *un jour* is some day, *a mile* some way.
        let vague = matches!(
            form,
            "jour" | "pied" | "seconde" | "minute" | "degré" | "tour" | "once" | "cent" | "nœud" | "point"
        );
        if vague || reading.tongue == Tongue::English || measured.measure == Measure::Count {
            return false;
        }
    }
    // 24h/24, 7 jours/7.
    if reading.form(measured.end) == "/" && reading.is_kind(measured.end + 1, Kind::Number) {
        return false;
    }
    let code = reading.word(start);
    if code.len() > 1 && code.starts_with('0') && code.bytes().all(|byte| byte.is_ascii_digit()) {
        // 3 000 with a space that is none, 007: the number began before, or is a code.
        let clock = measured.measure == Measure::Duration && is_clock(reading, from, first, unit);
        return measured.measure != Measure::Count && !clock;
    }
    // La guerre des Six Jours is a name.
    let named = reading.get(unit).is_some_and(|piece| {
        piece.kind == Kind::Word && piece.case == Case::Title && piece.end - piece.start > 2
    });
    let latin = !matches!(reading.tongue, Tongue::German | Tongue::Unknown);
    if named && latin && measured.measure == Measure::Duration {
        return false;
    }
    // À l'unanimité moins deux voix: less than nothing cannot be counted.
    if measured.measure == Measure::Count
        && measured.code.is_none()
        && matches!(reading.form(from), "moins" | "minus")
    {
        return reading.form(from + 1) == "de";
    }
    match measured.measure {
        Measure::Percent
            if [start, last.end - 1].iter().any(|&number| is_foreign_notation(reading, number)) =>
        {
            false
        }
        // Short, they are base pairs too.
        Measure::Percent if matches!(form, "bp" | "bps" | "pb" | "pdb") => {
            speaks_of_rates(reading, from, unit)
        }
        Measure::Duration => {
            // The 90s, the 67s: years, or a team.
            let figures = reading.word(start).bytes().all(|byte| byte.is_ascii_digit());
            let years = reading.word(unit) == "s" && touches && figures && reading.tongue == Tongue::English;
            !years && !is_clock(reading, from, first, unit)
        }
        // 2 500 m 2: what was raised stands beside its unit, which is none of length.
        Measure::Length if is_raised(reading, measured.end) => false,
        // 5m people are five million.
        Measure::Length if form == "m" && reading.word(unit) == "m" && reading.tongue == Tongue::English => {
            !count::follows(reading, unit + 1)
        }
        // The 2.0 releases: a version.
        Measure::Count
            if measured.code.is_none() && last.scale == 0 && reading.word(last.end - 1).ends_with(".0") =>
        {
            false
        }
        // Counts below ten that something definite is said of: *les deux pays*.
        // One finds: a noun behind one is no plural.
        Measure::Count if measured.code.is_none() && last.value == Some(Decimal::ONE) => false,
        Measure::Count if measured.code.is_none() && is_ratio(reading, from, start, measured.end) => false,
        Measure::Count if measured.code.is_none() && last.written == Written::Words => {
            let small = last.small(9).is_some();
            let definite = matches!(
                reading.form_before(from, 1),
                "les"
                    | "des"
                    | "ces"
                    | "ses"
                    | "nos"
                    | "vos"
                    | "leurs"
                    | "mes"
                    | "tes"
                    | "aux"
                    | "the"
                    | "these"
                    | "those"
                    | "their"
                    | "its"
                    | "his"
                    | "her"
                    | "our"
                    | "both"
            );
            !(small && (definite || is_classed(reading, from)))
        }
        Measure::Count if measured.code.is_none() && first.written == Written::Figures => {
            !is_label(reading, from) && !looks_like_year(reading, start, from)
        }
        _ => true,
    }
}

/// Whether hours are a time of day: *à 20 heures*, *vers 18 h*, `14 h 30`.
fn is_clock(reading: &Reading<'_>, from: usize, number: &Number, unit: usize) -> bool {
    if !matches!(reading.form(unit), "h" | "heures" | "heure" | "uur" | "horas" | "ore") {
        return false;
    }
    let Some(hour) = number.small(24) else { return false };
    let minutes = reading.is_kind(unit + 1, Kind::Number) && reading.word(unit + 1).len() == 2;
    // 1 h 12 min, 2 heures 15 minutes: named minutes are a length of time.
    if reading.is_kind(unit + 1, Kind::Number)
        && matches!(
            reading.form(unit + 2),
            "min" | "mn" | "minute" | "minutes" | "minuten" | "minutos" | "minuti"
        )
    {
        return false;
    }
    let lasts = matches!(
        reading.form_before(from, 1),
        "en" | "pendant"
            | "durant"
            | "dans"
            | "toutes"
            | "les"
            | "depuis"
            | "in"
            | "for"
            | "within"
            | "of"
            | "after"
            | "ces"
    );
    let near = matches!(
        (reading.form_before(from, 1), reading.form(from)),
        (_, "aux" | "vers" | "autour") | ("est", _)
    );
    let points = near
        || matches!(
            reading.form_before(from, 1),
            "à" | "le"
                | "vers"
                | "dès"
                | "avant"
                | "après"
                | "jusqu'à"
                | "entre"
                | "et"
                | "at"
                | "by"
                | "until"
                | "a"
                | "alle"
                | "om"
        );
    // Jusqu'à jeudi 6 heures, demain 8 h.
    let of_day = from.checked_sub(1).and_then(|day| reading.calendar_word(day)).is_some_and(|word| {
        matches!(word, CalendarWord::Weekday { .. } | CalendarWord::Day(_))
            || matches!(reading.form(from - 1), "matin" | "soir" | "morning" | "evening")
    });
    if minutes || points || of_day {
        return true;
    }
    // An abbreviated hour alone is mostly a time of day.
    reading.form(unit) == "h" && hour < 24 && !lasts && from + 1 >= unit
}

/// Whether the number is the name of something: *article 5*, *Boeing 737*.
fn is_label(reading: &Reading<'_>, from: usize) -> bool {
    let Some(before) = from.checked_sub(1).and_then(|index| reading.get(index)) else { return false };
    let form = reading.form(from - 1);
    let name = before.kind == Kind::Mixed
        || (before.kind == Kind::Word && before.case != Case::Lower && !before.sentence);
    name || is_classed(reading, from)
        || matches!(
            form,
            "articles" | "art." | "pages" | "p." | "n°" | "no" | "no." | "lignes" | "saison" | "season" | "°"
        )
}

/// Whether the noun before the number is one that numbers tell apart: *phase 3 trials*, *type two diabetics*.
#[rustfmt::skip]
fn is_classed(reading: &Reading<'_>, from: usize) -> bool {
    matches!(reading.form_before(from, 1),
        "article" | "page" | "numéro" | "number" | "section" | "chapter" | "chapitre" | "version" | "figure" | "ligne" | "route"
        | "chambre" | "line" | "flight" | "vol" | "épisode" | "episode" | "type" | "level" | "niveau" | "tome" | "volume"
        | "model" | "modèle" | "phase" | "stage" | "stade" | "category" | "catégorie" | "class" | "classe" | "grade" | "tier"
        | "zone" | "série" | "series" | "gate" | "room" | "salle" | "lane" | "channel" | "chaîne" | "highway" | "interstate"
        | "bus" | "tranche" | "réacteur" | "quai" | "palier" | "echelon" | "échelon")
}

/// Whether the number is a part of so few, or what the parts are of: *trois salariés sur quatre*, *one in five
/// households*. *120 députés sur 577* were counted.
fn is_ratio(reading: &Reading<'_>, from: usize, start: usize, end: usize) -> bool {
    let few = |at: usize| {
        numbers::number(reading, at).filter(|number| {
            number.small(100).is_some_and(|value| value <= 10 || value == 100)
                && number.written != Written::Article
        })
    };
    match reading.tongue {
        // Dix victoires sur dix matchs are both counted.
        Tongue::French => {
            reading.form(end) == "sur"
                && few(end + 1).is_some_and(|whole| !count::follows(reading, whole.end))
        }
        Tongue::English => {
            let back = match (reading.form_before(from, 2), reading.form_before(from, 1)) {
                ("out", "of") => 3,
                (_, "in") => 2,
                _ => return false,
            };
            few(start).is_some()
                && from.checked_sub(back).is_some_and(|part| {
                    reading.is_kind(part, Kind::Number) || reading.number_word(part).is_some()
                })
        }
        _ => false,
    }
}

/// Whether four figures are a year rather than a count: *les résultats 2018*, *the 2018 results*.
fn looks_like_year(reading: &Reading<'_>, start: usize, from: usize) -> bool {
    let word = reading.word(start);
    let year = word.len() == 4
        && matches!(word.as_bytes(), [b'1', b'8' | b'9', ..] | [b'2', b'0', b'0'..=b'4', _])
        && !word.ends_with("00")
        && from == start;
    match reading.tongue {
        // Its place is behind a noun, which its article shows: *transportait 1984 passagers* is a count.
        Tongue::French => {
            year && reading.form_before(start, 1).len() > 3
                && matches!(
                    reading.form_before(start, 2),
                    "le" | "la"
                        | "les"
                        | "l'"
                        | "un"
                        | "une"
                        | "des"
                        | "de"
                        | "d'"
                        | "du"
                        | "au"
                        | "aux"
                        | "son"
                        | "sa"
                        | "ses"
                        | "leur"
                        | "leurs"
                        | "notre"
                        | "nos"
                        | "ce"
                        | "cet"
                        | "cette"
                        | "ces"
                )
        }
        // It stands where an adjective does, and larger counts have a comma; but *carried 1984 passengers*.
        Tongue::English => year && !reading.form_before(start, 1).ends_with("ed"),
        _ => year && reading.form_before(start, 1).len() > 3,
    }
}

/// Whether the words around say that rates and yields are spoken of.
fn speaks_of_rates(reading: &Reading<'_>, from: usize, end: usize) -> bool {
    const REACH: usize = 20;
    let rate = |index: usize| {
        let form = reading.form(index);
        let stem = [
            "tau",
            "rate",
            "rendement",
            "yield",
            "spread",
            "marge",
            "margin",
            "oblig",
            "bond",
            "écart",
            "prime",
        ];
        stem.iter().any(|stem| form.starts_with(stem))
            || matches!(
                form,
                "bce"
                    | "ecb"
                    | "fed"
                    | "directeur"
                    | "directeurs"
                    | "treasuries"
                    | "oat"
                    | "bund"
                    | "basis"
                    | "base"
            )
    };
    (from.saturating_sub(REACH)..end + REACH).any(rate)
}

/// Whether the words around degrees say that they are of heat and not of an angle.
pub(super) fn speaks_of_heat(reading: &Reading<'_>, from: usize, end: usize) -> bool {
    const REACH: usize = 12;
    let hot = |index: usize| {
        matches!(
            reading.form(index),
            "température"
                | "températures"
                | "thermostat"
                | "thermomètre"
                | "thermomètres"
                | "mercure"
                | "four"
                | "chaleur"
                | "canicule"
                | "froid"
                | "fièvre"
                | "préchauffez"
                | "préchauffer"
                | "réchauffement"
                | "degrés-jours"
                | "temperature"
                | "temperatures"
                | "oven"
                | "heat"
                | "heatwave"
                | "thermometer"
                | "warming"
                | "fever"
                | "preheat"
                | "minimales"
                | "maximales"
                | "gelées"
                | "météo"
        )
            // Il fera 12 degrés.
            || (matches!(reading.form(index), "fait" | "fera" | "faisait" | "ferait")
                && index < from
                && matches!(reading.form_before(index, 1), "il" | "y" | "a" | "avait"))
            // It was 106 degrees, it will be 90 degrees.
            || (reading.form(index) == "it"
                && ((index + 2 == from && matches!(reading.form(index + 1), "is" | "was" | "hit" | "reached"))
                    || (index + 3 == from && reading.form(index + 2) == "be")))
    };
    (from.saturating_sub(REACH)..end + REACH).any(hot)
}
