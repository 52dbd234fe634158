//! Dates that are told from the day of writing: *hier*, *vendredi dernier*, *il y a trois jours*, *next month*.

use super::feasts::Feasts;
use super::{Found, Meaning, Toward, absolute, tense, worded};
use crate::numbers;
use crate::reading::words::{CalendarWord, NumberWord, Period};
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind};

/// The relative date that is read from this piece.
pub(super) fn read(reading: &Reading<'_>, start: usize, floor: usize, feasts: &Feasts) -> Option<Found> {
    match reading.calendar_word(start) {
        Some(CalendarWord::Day(days)) => day_word(reading, start, days),
        Some(CalendarWord::Weekday { number, weak: false }) => weekday(reading, start, floor, number),
        Some(CalendarWord::Opening) => opening(reading, start),
        Some(CalendarWord::Unit(period)) => {
            unit(reading, start, floor, period).or_else(|| away(reading, start, feasts))
        }
        _ => day_of_month(reading, start, floor).or_else(|| away(reading, start, feasts)),
    }
}

/// On which side of today a word puts what it stands with.
pub(super) fn side(form: &str) -> Option<Toward> {
    match form {
        "dernier" | "dernière" | "derniers" | "derniere" | "passé" | "passée" | "précédent"
        | "précédente" | "last" | "previous" | "past" => Some(Toward::Past),
        "prochain" | "prochaine" | "prochains" | "next" | "following" | "coming" | "upcoming" => {
            Some(Toward::Future)
        }
        "ce" | "cet" | "cette" | "this" | "current" => Some(Toward::Now),
        _ => None,
    }
}

/// The side that an adjective behind a date puts it on, and one past it.
pub(super) fn toward_after(reading: &Reading<'_>, at: usize) -> Option<(Toward, usize)> {
    if let Some(calendar) = reading.calendar {
        let pieces = reading.pieces().get(at..).filter(|_| reading.joined(at, false))?;
        return calendar
            .side_behind(pieces.iter().map(|piece| piece.hash))
            .map(|(side, length)| (side, at + length));
    }
    let behind = reading.tongue == Tongue::French && reading.joined(at, false);
    let found = side(reading.form(at)).filter(|side| behind && *side != Toward::Now);
    found.filter(|_| !reading.form(at).starts_with("préc")).map(|side| (side, at + 1))
}

/// How many years away the year is that stands behind a part of it, and one past it: *de l'an dernier*, *of this year*.
pub(super) fn year_told(reading: &Reading<'_>, at: usize) -> Option<(i8, usize)> {
    if reading.calendar.is_some() {
        return worded::year_told(reading, at);
    }
    let at = at + usize::from(matches!(reading.form(at), "de" | "of"));
    let (years, end) = match (reading.tongue, reading.form(at), reading.form(at + 1)) {
        (Tongue::French, "l'", "an" | "année") => {
            toward_after(reading, at + 2).map(|(side, end)| (side.offset(), end))?
        }
        (Tongue::French, "cette", "année") if reading.form(at + 2) != "-là" => (0, at + 2),
        (Tongue::English, "last" | "this" | "next", "year") => (side(reading.form(at))?.offset(), at + 2),
        _ => return None,
    };
    (at..end).all(|index| reading.joined(index, false)).then_some((years, end))
}

fn is_part_of_day(form: &str) -> bool {
    matches!(form, "matin" | "soir" | "après-midi" | "morning" | "afternoon" | "evening" | "night" | "midi")
}

/// *hier soir*, *demain*, *tomorrow morning*.
fn day_word(reading: &Reading<'_>, start: usize, days: i8) -> Option<Found> {
    let form = reading.form(start);
    // USA Today, Aujourd'hui en France.
    let piece = reading.get(start)?;
    if piece.case == Case::Title && !piece.sentence {
        return None;
    }
    if form == "lendemain"
        && matches!(reading.form_before(start, 1), "le" | "du" | "au" | "un" | "ce" | "les")
    {
        return None;
    }
    let mut end = start + 1;
    // Demain mardi; but a weekday with a date is a date of its own.
    if let Some(CalendarWord::Weekday { number: _, weak: false }) = reading.calendar_word(end)
        && reading.joined(end, false)
        && absolute::read(reading, end, end).is_none()
    {
        end += 1;
    }
    end += usize::from(reading.joined(end, false) && is_part_of_day(reading.form(end)));
    // Jusqu'à aujourd'hui and (aujourd'hui Suez) speak of these days.
    if days == 0 && matches!(reading.form_before(start, 1), "(" | "à" | "until" | "of") {
        return None;
    }
    // At the head of a sentence in the present tense, *aujourd'hui* means these days.
    let heads = reading.get(start)?.sentence && start > 0;
    if days == 0 && heads && tense::tense(reading, start, end).is_none() {
        return None;
    }
    Some(Found { start, end, meaning: Meaning::Days(i32::from(days)) })
}

/// *vendredi*, *vendredi dernier*, *this past Wednesday*, *tuesday of last week*.
fn weekday(reading: &Reading<'_>, start: usize, floor: usize, number: u8) -> Option<Found> {
    let english = reading.tongue == Tongue::English;
    let piece = reading.get(start)?;
    if !english && piece.case == Case::Title && !piece.sentence {
        return None;
    }
    let before = reading.form_before(start, 1);
    let name = reading.form(start + 1) == "-là"
        || matches!(
            before,
            "black" | "cyber" | "super" | "un" | "une" | "chaque" | "every" | "each" | "a" | "le" | "les"
        )
        || matches!(reading.form(start + 1), "noir" | "gras" | "saint")
        // Saturday Night Live.
        || (reading.form(start + 1) == "night" && reading.get(start + 1)?.case != Case::Lower)
        || (english && reading.get(start)?.case == Case::Lower && before == "the");
    let mut end = start + 1;
    if let Some((weeks, end)) = week_after(reading, end) {
        return Some(Found { start, end, meaning: Meaning::WeekdayOf { number, weeks } });
    }
    end += usize::from(reading.joined(end, false) && is_part_of_day(reading.form(end)));
    if let Some((side, end)) = toward_after(reading, end) {
        let toward = Some(side);
        return Some(Found {
            start,
            end,
            meaning: Meaning::Weekday { number, toward, tense: None, of_week: false },
        });
    }
    if name {
        return None;
    }
    let mut toward = side(before).filter(|_| start > floor);
    let mut from = start - usize::from(toward.is_some() && english);
    // *This past Wednesday* is the last one, *this coming Friday* the next: by days, not by weeks.
    let doubled = from > floor
        && english
        && toward.is_some_and(|side| side != Toward::Now)
        && reading.form(from - 1) == "this";
    let near = doubled || matches!(before, "past" | "coming" | "upcoming");
    from -= usize::from(doubled);
    // The previous Monday is the one of the week before.
    if english && before == "previous" && toward.is_some() && !doubled {
        return Some(Found { start: from, end, meaning: Meaning::WeekdayOf { number, weeks: -1 } });
    }
    if !english && toward != Some(Toward::Now) {
        toward = None;
    }
    let onward = lasts_until(reading, from) || is_announced(reading, from);
    let tense = tense::tense(reading, from, end).filter(|(side, _)| !(onward && *side == Toward::Past));
    Some(Found {
        start: from,
        end,
        meaning: Meaning::Weekday { number, toward, tense, of_week: english && !near },
    })
}

/// Whether something lasts until the day at this piece: *a jusqu'à lundi pour répondre*, *was given until Friday*. What was done
/// tells nothing of a day that may be to come.
fn lasts_until(reading: &Reading<'_>, at: usize) -> bool {
    matches!(
        (reading.form_before(at, 2), reading.form_before(at, 1)),
        ("jusqu'" | "ici", "à" | "au") | (_, "until" | "till" | "jusqu'à")
    )
}

/// Whether the day at this piece is when something begins that was announced: *a annoncé une grève pour lundi*, *called a
/// strike from Monday*. When it was announced tells nothing of when it begins.
fn is_announced(reading: &Reading<'_>, at: usize) -> bool {
    let begins = matches!(
        (reading.form_before(at, 2), reading.form_before(at, 1)),
        ("partir" | "compter", "de" | "du")
            | ("as", "of")
            | (_, "dès" | "pour" | "starting" | "beginning" | "from" | "for")
    );
    let announces = |back: usize| {
        let verb = reading.form_before(at, back);
        ANNOUNCING.iter().any(|stem| verb.starts_with(stem))
    };
    let sentence =
        |back: usize| at.checked_sub(back).and_then(|at| reading.get(at)).is_none_or(|piece| piece.sentence);
    begins && (2..ANNOUNCED).take_while(|&back| back == 2 || !sentence(back - 1)).any(announces)
}

/// How far before a day the verb that announces it stands at most, in pieces.
const ANNOUNCED: usize = 14;

/// Stems of verbs that say what is to come.
const ANNOUNCING: [&str; 18] = [
    "annonc", "promi", "promet", "appel", "convoqu", "décid", "décrét", "programm", "fix", "ordonn",
    "interdi", "announc", "call", "order", "schedul", "declar", "bann", "pledg",
];

/// *of last week*, *de la semaine prochaine*, and French *dimanche la semaine dernière*.
fn week_after(reading: &Reading<'_>, at: usize) -> Option<(i8, usize)> {
    let at = at + usize::from(matches!(reading.form(at), "of" | "de"));
    let at = at + usize::from(matches!(reading.form(at), "the" | "la"));
    if reading.form(at) == "semaine" {
        let (side, end) = toward_after(reading, at + 1)?;
        return Some((side.offset(), end));
    }
    let side = side(reading.form(at))?;
    matches!(reading.form(at + 1), "week" | "semaine").then_some((side.offset(), at + 2))
}

/// *il y a trois jours*, *voici deux ans*, *dans deux semaines*, *in two weeks*.
fn opening(reading: &Reading<'_>, start: usize) -> Option<Found> {
    let (mut at, ahead) = match reading.form(start) {
        "il" if reading.form(start + 1) == "y" && reading.form(start + 2) == "a" => (start + 3, false),
        "il" if reading.form(start + 1) == "ya" => (start + 2, false),
        "voici" => (start + 1, false),
        "dans" | "in" => (start + 1, true),
        _ => return None,
    };
    // What makes it inexact keeps it from being a day.
    at += match (reading.form(at), reading.form(at + 1), reading.form(at + 2)) {
        ("à", "peu", "près") => 3,
        ("à", "peine", _) => 2,
        ("environ" | "exactement" | "tout" | "about" | "juste", ..) => 1,
        _ => 0,
    };
    let (count, period, mut end) = quantity(reading, at)?;
    if !(start + 1..end).all(|index| reading.joined(index, false)) {
        return None;
    }
    if ahead && reading.tongue == Tongue::English {
        // *Built in two years* says how long it took.
        if tense::tense(reading, start, end).is_some_and(|(side, _)| side == Toward::Past) {
            return None;
        }
        end += usize::from(reading.form(end) == "'s") + usize::from(reading.form(end + 1) == "time");
    }
    // *Dans deux jours de marche*, *in 2 months of war*.
    if matches!(reading.form(end), "de" | "d'" | "of" | "plus" | "since" | "old") {
        return None;
    }
    let count = if ahead { count } else { -count };
    Some(Found { start, end, meaning: Meaning::Away { count, period, from: None } })
}

/// *3 jours*, *a fortnight*: how many of which period.
fn quantity(reading: &Reading<'_>, at: usize) -> Option<(i32, Period, usize)> {
    let number = numbers::number(reading, at)?;
    let count = number.small(9999)?;
    let form = reading.form(number.end);
    let period = match reading.calendar_word(number.end)? {
        CalendarWord::Unit(Period::Decades) => Period::Year,
        CalendarWord::Unit(period) => period,
        _ => return None,
    };
    let counted = !matches!(
        form,
        "matin"
            | "soir"
            | "nuit"
            | "matinée"
            | "soirée"
            | "après-midi"
            | "morning"
            | "afternoon"
            | "evening"
            | "night"
            | "journée"
    );
    let known =
        matches!(period, Period::Day | Period::Week | Period::Fortnight | Period::Month | Period::Year);
    (counted && known && reading.joined(number.end, false)).then_some((count, period, number.end + 1))
}

/// *three days ago*, *two weeks before Easter*, *3 days from today*, *deux jours après Noël*.
fn away(reading: &Reading<'_>, start: usize, feasts: &Feasts) -> Option<Found> {
    if reading.number_word(start).is_none() && !reading.is_kind(start, Kind::Number) {
        return None;
    }
    let (count, period, end) = quantity(reading, start)?;
    if !reading.joined(end, false) {
        return None;
    }
    let sign = match reading.form(end) {
        "ago" => {
            return Some(Found {
                start,
                end: end + 1,
                meaning: Meaning::Away { count: -count, period, from: None },
            });
        }
        "before" | "avant" => -1,
        "after" | "from" | "après" => 1,
        _ => return None,
    };
    let base = end + 1;
    if reading.form(end) == "from" && reading.form(base) == "now" {
        return Some(Found { start, end: base + 1, meaning: Meaning::Away { count, period, from: None } });
    }
    let from = anchor(reading, base, feasts)?;
    // From a date that lacks its day nothing can be counted.
    if matches!(from.meaning, Meaning::Stated { date, .. } if !matches!(date.first().part, super::Part::Day(..)))
    {
        return None;
    }
    let meaning = Meaning::Away { count: sign * count, period, from: Some(Box::new(from.meaning)) };
    Some(Found { start, end: from.end, meaning })
}

/// The day that another one is told from.
fn anchor(reading: &Reading<'_>, start: usize, feasts: &Feasts) -> Option<Found> {
    if !reading.joined(start, false) {
        return None;
    }
    let start = start + usize::from(matches!(reading.form(start), "le" | "the"));
    // The side of a weekday stands before it, where nothing is read from.
    let at = start + usize::from(reading.tongue == Tongue::English && side(reading.form(start)).is_some());
    match reading.calendar_word(at) {
        Some(CalendarWord::Day(days)) => {
            Some(Found { start, end: at + 1, meaning: Meaning::Days(i32::from(days)) })
        }
        Some(CalendarWord::Weekday { number, weak: false }) => absolute::read(reading, at, start)
            .or_else(|| weekday(reading, at, start, number))
            .map(|found| match found.meaning {
                // Told from, a bare weekday is the next one.
                Meaning::Weekday { number, toward: None, of_week, .. } => Found {
                    meaning: Meaning::Weekday {
                        number,
                        toward: None,
                        tense: Some((Toward::Future, true)),
                        of_week,
                    },
                    ..found
                },
                _ => found,
            }),
        Some(CalendarWord::Feast) => {
            let (feast, end) = feasts.at(reading, at)?;
            // *Nommé trois semaines avant Noël* speaks of the feast that is over.
            let told = side(reading.form_before(at, 1)).filter(|_| at > start);
            let past = matches!(tense::tense(reading, start, end), Some((Toward::Past, _)));
            let toward = told.or(Some(if past { Toward::Past } else { Toward::Future }));
            Some(Found { start, end, meaning: Meaning::Feast { feast, toward } })
        }
        _ => absolute::read(reading, at, start).map(|found| match found.meaning {
            Meaning::Stated { date, weekday, toward: None } if !date.first().has_year() => {
                Found { meaning: Meaning::Stated { date, weekday, toward: Some(Toward::Future) }, ..found }
            }
            _ => found,
        }),
    }
}

/// *the 15th day of next month*, *the 21st this month*, *le 15 du mois prochain*.
fn day_of_month(reading: &Reading<'_>, start: usize, floor: usize) -> Option<Found> {
    let (day, end) = absolute::day(reading, start)?;
    let led = start > floor && matches!(reading.form_before(start, 1), "the" | "le");
    let mut at = end + usize::from(reading.form(end) == "day");
    at += usize::from(matches!(reading.form(at), "of" | "du"));
    let (months, end) = match (reading.form(at), reading.form(at + 1)) {
        ("mois", _) => toward_after(reading, at + 1).map(|(side, end)| (side.offset(), end))?,
        ("the", "month") => (0, at + 2),
        (word, "month" | "mois") => (side(word)?.offset(), at + 2),
        _ => return None,
    };
    if !(start + 1..end).all(|index| reading.joined(index, false)) {
        return None;
    }
    let start = start - usize::from(led);
    Some(Found { start, end, meaning: Meaning::DayOf { day, months } })
}

/// *cette année*, *l'an dernier*, *la semaine prochaine*, *this morning*, *later this month*, *end of month*.
fn unit(reading: &Reading<'_>, at: usize, floor: usize, period: Period) -> Option<Found> {
    let form = reading.form(at);
    let before = reading.form_before(at, 1);
    let free = at > floor;
    let day = is_part_of_day(form) || matches!(form, "nuit" | "matinée" | "soirée" | "journée");
    if day {
        if reading.form(at + 1) == "-là" {
            return None;
        }
        let meaning = match (before, form) {
            ("ce" | "cet" | "cette" | "this", _) => Meaning::Days(0),
            ("last", "night") => Meaning::Days(-1),
            // Plus tôt dans la journée; but *dans la journée de jeudi* is Thursday's.
            ("la", "journée")
                if reading.form_before(at, 2) == "dans"
                    && matches!(reading.form_before(at, 3), "tôt" | "tard")
                    && at >= floor + 3
                    && !matches!(reading.form(at + 1), "de" | "du" | "d'") =>
            {
                return Some(Found { start: at - 3, end: at + 1, meaning: Meaning::Days(0) });
            }
            _ => return None,
        };
        return free.then_some(Found { start: at - 1, end: at + 1, meaning });
    }
    let plural = matches!(
        form,
        "jours"
            | "semaines"
            | "ans"
            | "années"
            | "days"
            | "weeks"
            | "months"
            | "years"
            | "fortnights"
            | "siècles"
    );
    // Ce jour-là, cette année-là: that one, not this one. Les prochains mois are several.
    if plural || !free || reading.form(at + 1) == "-là" || matches!(before, "prochains" | "derniers") {
        return None;
    }
    let period = if period == Period::Decades { Period::Year } else { period };
    let of = |offset: i8| Meaning::Period { period, offset: i32::from(offset) };
    if form == "day" {
        // The day after tomorrow, the day before yesterday.
        let (sign, other) = match reading.form(at + 1) {
            "after" => (1, "tomorrow"),
            "before" => (-1, "yesterday"),
            _ => return None,
        };
        return (reading.form(at + 2) == other).then_some(Found {
            start: at - usize::from(before == "the"),
            end: at + 3,
            meaning: Meaning::Days(2 * sign),
        });
    }
    // *À ce jour* is until now.
    if form == "jour" && reading.form_before(at, 2) == "à" {
        return None;
    }
    // Il a gagné la semaine *dernière*.
    if let Some((side, end)) = toward_after(reading, at + 1) {
        let led = matches!(before, "l'" | "la" | "le");
        return led.then(|| Found { start: at - 1, end, meaning: of(side.offset()) });
    }
    // *Jour*, *trimestre* and *week-end* too.
    let mut end = at + 1;
    if let Some(side) = side(before) {
        if matches!(
            before,
            "following"
                | "précédente"
                | "précédent"
                | "passé"
                | "dernier"
                | "dernière"
                | "prochain"
                | "prochaine"
                | "past"
        ) || form == "an"
            || (form == "mois" && matches!(reading.form(end), "de" | "d'"))
        {
            // *Ce mois de mars* is the month's; *la prochaine année* is not the next one for certain.
            return None;
        }
        if form == "half" || (form == "quarter" && reading.number_word(at - 1).is_some()) {
            return None;
        }
        end += usize::from(matches!(reading.form(end), "-ci"));
        if let Some(CalendarWord::Weekday { number, .. }) =
            reading.calendar_word(end + usize::from(reading.form(end) == "-"))
            && period == Period::Week
        {
            let end = end + 1 + usize::from(reading.form(end) == "-");
            return Some(Found {
                start: at - 1,
                end,
                meaning: Meaning::WeekdayOf { number, weeks: side.offset() },
            });
        }
        // Later this month, earlier in the year.
        let mut start = at - 1;
        if start > floor && matches!(reading.form(start - 1), "later" | "earlier") {
            start -= 1;
        }
        start = with_edge(reading, start, floor);
        return Some(Found { start, end, meaning: of(side.offset()) });
    }
    // End of (the) month, later in the year.
    let start = at - usize::from(before == "the");
    let edge = with_edge(reading, start, floor);
    if edge < start && matches!(form, "month" | "year" | "week") {
        return Some(Found { start: edge, end, meaning: of(0) });
    }
    let later = before == "the"
        && start > floor + 1
        && reading.form(start - 1) == "in"
        && matches!(reading.form(start - 2), "later" | "earlier");
    (later && reading.number_word(at).is_none_or(|word| word == NumberWord::Quarter)).then(|| Found {
        start: start - 2,
        end,
        meaning: of(0),
    })
}

/// Where *end of* or *beginning of* before this piece begins; the piece itself where none stands.
fn with_edge(reading: &Reading<'_>, start: usize, floor: usize) -> usize {
    let form = |back: usize| if start >= floor + back { reading.form_before(start, back) } else { "" };
    match (form(2), form(1)) {
        ("end" | "beginning" | "start" | "middle", "of") => start - 2,
        (_, "début" | "fin" | "early" | "late" | "mid") => start - 1,
        _ => start,
    }
}
