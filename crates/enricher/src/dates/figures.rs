//! Dates in figures: `2026-02-08`, `08/02/2026`, `15.05.99`, `20260208`, `02 04 2009`.

use super::absolute::{Read, day, month, short_year};
use super::edtf::{Date, Part, Stated, Year};
use super::tight;
use crate::reading::words::CalendarWord;
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

/// Dates in figures alone: `2026-02-08`, `08/02/2026`, `15.05.99`, `22/04`, `20260208`, `2015-12`.
pub(super) fn numeric(reading: &Reading<'_>, start: usize) -> Option<Read> {
    if !reading.is_kind(start, Kind::Number) {
        return None;
    }
    let word = reading.word(start);
    // What the number is glued to makes it part of something else.
    if start > 0
        && reading.joined(start, true)
        && !matches!(
            reading.form_before(start, 1),
            "(" | "\"" | "«" | "“" | "[" | "'" | "=" | ":" | "-" | "l'"
        )
    {
        return None;
    }
    if word.contains('.') {
        let mut parts = word.split('.');
        let (first, second, third, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next());
        return (rest.is_none()).then(|| three(reading.tongue, [first, second, third], start + 1)).flatten();
    }
    if word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, month, day) = (word[..4].parse().ok()?, word[4..6].parse().ok()?, word[6..].parse().ok()?);
        let date = Date::new(Year::Known(year), Part::Day(month, day));
        let free = (1900..2100).contains(&year) && !crate::amounts::counts(reading, start + 1);
        return free.then(|| Read::one(date, start + 1)).flatten();
    }
    let slash = tight(reading, start + 1, &["/"]);
    let hyphen = tight(reading, start + 1, &["-"]);
    if !slash && !hyphen {
        return None;
    }
    // 2020/Sep/23.
    if let (Some(year), Some((month, _, end))) = (year_figures(word), month(reading, start + 2))
        && tight(reading, end, &["/", "-"])
        && let Some((day, end)) = day(reading, end + 1)
    {
        return Read::one(Date::new(Year::Known(year), Part::Day(month, day)), end);
    }
    if !reading.is_kind(start + 2, Kind::Number) {
        return None;
    }
    let second = reading.word(start + 2);
    let mark = if slash { "/" } else { "-" };
    if tight(reading, start + 3, &[mark]) {
        // 2020/23/Sep.
        if let (Some(year), Some((day, _)), Some((month, _, end))) =
            (year_figures(word), day(reading, start + 2), month(reading, start + 4))
        {
            return Read::one(Date::new(Year::Known(year), Part::Day(month, day)), end);
        }
        let third = reading.is_kind(start + 4, Kind::Number).then(|| reading.word(start + 4))?;
        if tight(reading, start + 5, &[mark]) && reading.is_kind(start + 6, Kind::Number) {
            return None;
        }
        return three(reading.tongue, [word, second, third], start + 5);
    }
    two(reading, start, word, second, slash)
}

fn year_figures(word: &str) -> Option<i16> {
    let year = (word.len() == 4).then(|| word.parse::<i16>().ok()).flatten()?;
    (1000..2200).contains(&year).then_some(year)
}

/// Three numbers as a date, in the order that the language writes; where that leaves day and month open, the year.
fn three(tongue: Tongue, words: [&str; 3], end: usize) -> Option<Read> {
    let number = |word: &str| (word.len() <= 2).then(|| word.parse::<u8>().ok()).flatten();
    if let Some(year) = year_figures(words[0]) {
        let (month, day) = (number(words[1])?, number(words[2])?);
        return Read::one(Date::new(Year::Known(year), Part::Day(month, day)), end);
    }
    let (first, second) = (number(words[0])?, number(words[1])?);
    let year = year_figures(words[2]).or_else(|| short_year(words[2]))?;
    let year = Year::Known(year);
    match order(tongue, first, second) {
        Some((day, month)) => Read::one(Date::new(year, Part::Day(month, day)), end),
        None if first <= 12 && second <= 12 && words[2].len() == 4 => {
            Read::one(Date::new(year, Part::Whole), end)
        }
        None => None,
    }
}

/// Day and month of two numbers; `None` where the language leaves the order open.
fn order(tongue: Tongue, first: u8, second: u8) -> Option<(u8, u8)> {
    match tongue {
        // 08/02 is February in London and August in New York.
        Tongue::English | Tongue::Unknown => match (first, second) {
            (13..=31, 1..=12) => Some((first, second)),
            (1..=12, 13..=31) => Some((second, first)),
            _ if first == second => Some((first, second)),
            _ => None,
        },
        _ => Some((first, second)),
    }
    .filter(|&(day, month)| (1..=31).contains(&day) && (1..=12).contains(&month))
}

/// Two numbers: `22/04`, `2015-12`, `12-2015`, `2015-16`.
fn two(reading: &Reading<'_>, start: usize, first: &str, second: &str, slash: bool) -> Option<Read> {
    let end = start + 3;
    let number = |word: &str| (word.len() <= 2).then(|| word.parse::<u8>().ok()).flatten();
    let touched = reading.joined(end, true)
        && reading
            .get(end)
            .is_some_and(|piece| piece.kind != Kind::Mark || matches!(reading.form(end), "%" | "/" | "-"));
    if touched {
        return None;
    }
    // Two years that touch are two dates, which are read apart.
    match (year_figures(first), year_figures(second)) {
        (Some(year), None) if (1800..2100).contains(&year) => {
            let number = number(second)?;
            if i16::from(number) == (year + 1) % 100 && second.len() == 2 {
                return Some(Read { date: Stated::Range(Date::of_year(year), Date::of_year(year + 1)), end });
            }
            Read::one(Date::new(Year::Known(year), Part::Month(number)), end)
        }
        (None, Some(year)) if (1800..2100).contains(&year) => {
            Read::one(Date::new(Year::Known(year), Part::Month(number(first)?)), end)
        }
        (None, None) if slash => {
            let (day, month) = order(reading.tongue, number(first)?, number(second)?)?;
            let padded =
                first.len() == 2 && second.len() == 2 && (first.starts_with('0') || second.starts_with('0'));
            let led = matches!(
                reading.form_before(start, 1),
                "le" | "du"
                    | "au"
                    | "on"
                    | "since"
                    | "until"
                    | "dès"
                    | "depuis"
                    | "by"
                    | "next"
                    | "am"
                    | "vom"
            ) || matches!(
                reading.calendar_word(start.wrapping_sub(1)),
                Some(CalendarWord::Weekday { .. })
            );
            let alone = start == 0 && reading.ends_before(end) && (day, month) != (24, 7);
            (padded || led || alone)
                .then(|| Read::one(Date::new(Year::Unknown, Part::Day(month, day)), end))
                .flatten()
        }
        _ => None,
    }
}

/// `02 04 2009`, `2016 10 16`: three numbers that only spaces part.
pub(super) fn spaced_numbers(reading: &Reading<'_>, start: usize) -> Option<Read> {
    let number = |at: usize| {
        let piece = reading.get(at)?;
        (piece.kind == Kind::Number && piece.spaced && (at == start || !piece.line)).then(|| reading.word(at))
    };
    let words = [number(start)?, number(start + 1)?, number(start + 2)?];
    let beside =
        reading.is_kind(start + 3, Kind::Number) || (start > 0 && reading.is_kind(start - 1, Kind::Number));
    let alone = !beside && !crate::amounts::counts(reading, start + 3);
    let short = |word: &str| word.len() <= 2;
    let dated = (words[0].len() == 4 && short(words[1]) && short(words[2]))
        || (short(words[0]) && short(words[1]) && words[2].len() == 4)
        // Two figures of a year need the zero that only dates and telephones write.
        || (words.iter().all(|word| word.len() == 2) && words[1].starts_with('0') && reading.tongue == Tongue::French);
    (alone && dated)
        .then(|| three(reading.tongue, words, start + 3))
        .flatten()
        .filter(|read| matches!(read.date.first().part, Part::Day(..)))
}
