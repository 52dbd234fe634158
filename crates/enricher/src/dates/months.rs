//! Dates that begin with their month: *février 2026*, `May 29`, `Feb. 8th, 2026`, *décembre*.

use super::absolute::{Read, day, month, year_after};
use super::edtf::{Date, Part, Stated, Year};
use super::tight;
use crate::reading::words::CalendarWord;
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind};

/// *février 2026*, `May 29`, `Feb. 8th, 2026`, `May 3-5`, *décembre*.
pub(super) fn read(
    reading: &Reading<'_>,
    start: usize,
    month_number: u8,
    weak: bool,
    floor: usize,
) -> Option<Read> {
    let mut at = start + 1;
    let stop = reading.form(at) == "." && reading.joined(at, true);
    let number_behind = reading.is_kind(at + 1, Kind::Number);
    at += usize::from(stop && weak && number_behind);
    if let Some(read) = month_then_day(reading, start, at, month_number, weak) {
        return Some(read);
    }
    if is_of_no_day(reading, start, month_number) {
        return None;
    }
    if let Some((year, end)) = year_after(reading, at) {
        let date = Date::new(Year::Known(year), Part::Month(month_number));
        // septembre-2020-23, parted already.
        let second = end + usize::from(tight(reading, end, &["-", "/"]));
        if reading.joined(at, true)
            && reading.joined(second, true)
            && let Some((day, end)) = day(reading, second)
        {
            return Read::one(Date { part: Part::Day(month_number, day), ..date }, end);
        }
        return Read::one(date, end);
    }
    // De janvier à mars 2026.
    if matches!(reading.form(at), "à" | "au" | "to" | "through" | "-" | "–" | "bis" | "a" | "al" | "tot")
        && !weak
        && let Some((last, _, end)) = month(reading, at + 1)
        && let Some((year, end)) = year_after(reading, end)
        && last > month_number
    {
        let date = |month| Date::new(Year::Known(year), Part::Month(month));
        return Some(Read { date: Stated::Range(date(month_number), date(last)), end });
    }
    month_alone(reading, start, month_number, weak, floor)
}

/// Whether the month belongs to a day that it does not have: 30 février 2026, 31. April, Feb. 30.
fn is_of_no_day(reading: &Reading<'_>, start: usize, month: u8) -> bool {
    let number = |at: usize| {
        let word = reading.word(at);
        (reading.is_kind(at, Kind::Number) && word.len() <= 2).then(|| word.parse::<u8>().ok()).flatten()
    };
    let stop = usize::from(reading.form(start + 1) == "." && reading.joined(start + 1, true));
    // Only the year, behind the month or behind its day, tells of some days whether they exist.
    let no_day = |day: u8, at: usize| {
        let year = year_after(reading, at).map_or(Year::Unknown, |(year, _)| Year::Known(year));
        (29..=31).contains(&day) && !Date::new(year, Part::Day(month, day)).exists()
    };
    let next = start + 1 + stop;
    let joint = usize::from(matches!(reading.form_before(start, 1), "." | "de" | "of"));
    let ending = usize::from(matches!(reading.form_before(start, 1 + joint), "st" | "th"));
    let before =
        start.checked_sub(1 + joint + ending).filter(|_| reading.joined(start, false)).and_then(number);
    let behind = number(next)
        .filter(|_| reading.tongue == Tongue::English && reading.joined(next, false))
        .filter(|_| !crate::amounts::counts(reading, next + 1));
    before.is_some_and(|day| no_day(day, next)) || behind.is_some_and(|day| no_day(day, next + 1))
}

fn month_then_day(reading: &Reading<'_>, start: usize, at: usize, month: u8, weak: bool) -> Option<Read> {
    if !matches!(reading.tongue, Tongue::English | Tongue::French) || !reading.joined(at, false) {
        return None;
    }
    let tight_slash = tight(reading, at, &["/", "-"]);
    let (first, mut end) = day(reading, at + usize::from(tight_slash))?;
    // French writes the day first; only numerals in words follow the month in speech.
    if reading.tongue == Tongue::French && (reading.is_kind(at, Kind::Number) || weak || tight_slash) {
        return None;
    }
    if weak && matches!(reading.form(start), "may" | "march") && reading.get(start)?.case == Case::Lower {
        return None;
    }
    let mut last = None;
    if tight(reading, end, &["-", "–"])
        && let Some((day, behind)) = day(reading, end + 1)
        && day > first
    {
        (last, end) = (Some(day), behind);
    }
    let (year, end) = match year_after(reading, end) {
        Some((year, end)) => (Year::Known(year), end),
        // January first 12.
        None => (Year::Unknown, end),
    };
    // May 20 people: what is counted is no day. May 12% is none either.
    if year == Year::Unknown
        && (crate::amounts::counts(reading, end) || matches!(reading.form(end), "%" | "percent"))
    {
        return None;
    }
    let date = |day| Date::new(year, Part::Day(month, day));
    match last {
        Some(last) => (date(first).exists() && date(last).exists())
            .then_some(Read { date: Stated::Range(date(first), date(last)), end }),
        None => Read::one(date(first), end),
    }
}

/// A month by itself, where it can be nothing else.
fn month_alone(reading: &Reading<'_>, start: usize, month: u8, weak: bool, floor: usize) -> Option<Read> {
    let before = reading.form_before(start, 1);
    // 30 février is no day, and not its month either.
    if start > 0 && reading.is_kind(start - 1, Kind::Number) {
        return None;
    }
    if weak {
        let led = matches!(
            before,
            "in" | "of"
                | "since"
                | "until"
                | "by"
                | "this"
                | "last"
                | "next"
                | "early"
                | "late"
                | "mid"
                | "before"
                | "after"
                | "en"
                | "de"
                | "d'"
                | "depuis"
                | "fin"
                | "début"
                | "during"
                | "from"
        )
        // Between January and March.
            || (matches!(before, "and" | "to" | "or")
                && start > floor
                && start >= 2
                && matches!(reading.calendar_word(start - 2), Some(CalendarWord::Month { .. })));
        let name = reading.get(start)?.case != Case::Lower || before == "in" || before == "after";
        // A short name may begin a longer one: Jan Koum, Mar Roxas.
        let continued = reading.get(start + 1).is_some_and(|next| {
            next.kind == Kind::Word && next.case != Case::Lower && !next.sentence && !next.line
        });
        if !led || !name || continued || start < floor {
            return None;
        }
    } else if reading.tongue == Tongue::French {
        // With a capital inside a sentence, or before another one, it is a name: Mars, Avril Lavigne.
        let piece = reading.get(start)?;
        let named = reading.get(start + 1).is_some_and(|next| {
            next.kind == Kind::Word && next.case == Case::Title && !next.line && !next.sentence
        });
        if piece.case != Case::Lower && (!piece.sentence || named) {
            return None;
        }
    } else if reading.get(start)?.case == Case::Lower
        && !matches!(before, "in" | "the" | "of" | "this" | "last" | "next")
    {
        return None;
    } else if matches!(reading.form(start), "april" | "june" | "august" | "juli" | "abril")
        && reading.get(start + 1).is_some_and(|next| {
            next.kind == Kind::Word && next.case == Case::Title && next.spaced && !next.sentence
        })
    {
        // April Ryan is a person.
        return None;
    }
    if !matches!(reading.tongue, Tongue::French | Tongue::English) {
        return None;
    }
    Read::one(Date::new(Year::Unknown, Part::Month(month)), start + 1)
}
