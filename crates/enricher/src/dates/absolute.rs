//! Dates that name their day, their month or both: *samedi 9 avril 2016*, `Feb. 8th, 2026`, `2026-02-08`, `22/04`.

use super::edtf::{Date, Part, Stated, Year};
use super::{Found, Meaning, figures, months, relative, tight};
use crate::numbers;
use crate::reading::words::{CalendarWord, NumberWord};
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind};

/// The date with a day or a month that begins at this piece.
pub(super) fn read(reading: &Reading<'_>, start: usize, floor: usize) -> Option<Found> {
    match reading.calendar_word(start) {
        Some(CalendarWord::Weekday { number, weak }) => weekday_first(reading, start, number, weak),
        Some(CalendarWord::Month { number, weak }) => {
            months::read(reading, start, number, weak, floor).map(|read| read.found(reading, start, None))
        }
        _ => day_first(reading, start)
            .or_else(|| figures::numeric(reading, start))
            .or_else(|| year_first(reading, start))
            .or_else(|| figures::spaced_numbers(reading, start))
            .map(|read| read.found(reading, start, None))
            .or_else(|| day_alone(reading, start)),
    }
}

/// *2017 april*.
fn year_first(reading: &Reading<'_>, start: usize) -> Option<Read> {
    let (year, at) = year(reading, start).filter(|_| reading.is_kind(start, Kind::Number))?;
    let (month, weak, end) = month(reading, at)?;
    // En 2016 mars 2017: the month has a year of its own.
    let own = year_after(reading, end).is_some() || (weak && reading.get(at)?.case == Case::Lower);
    let day = day(reading, end).is_some();
    (!own && !day && reading.tongue == Tongue::English)
        .then(|| Read::one(Date::new(Year::Known(year), Part::Month(month)), end))
        .flatten()
}

/// *le 23*, *on the 4th*, *le 25 mardi*, where a clause ends behind it.
fn day_alone(reading: &Reading<'_>, start: usize) -> Option<Found> {
    let (day, end) = day(reading, start).filter(|_| reading.is_kind(start, Kind::Number))?;
    let led = match reading.tongue {
        Tongue::French => reading.form_before(start, 1) == "le",
        Tongue::English => {
            reading.form_before(start, 1) == "the" && reading.form_before(start, 2) == "on" && end > start + 1
        }
        _ => false,
    };
    if !led || !reading.joined(start, false) {
        return None;
    }
    let date = Stated::One(Date::new(Year::Unknown, Part::DayAlone(day)));
    if let Some(CalendarWord::Weekday { number, weak: false }) = reading.calendar_word(end)
        && reading.joined(end, false)
        && reading.ends_before(end + 1)
    {
        let weekday = Some(number);
        return Some(Found { start, end: end + 1, meaning: Meaning::Stated { date, weekday, toward: None } });
    }
    let closed = reading.ends_before(end)
        && !matches!(reading.form(end), "/" | "-" | ":" | "." | ",")
            | (reading.joined(end, true) && !reading.joined(end + 1, true));
    closed.then_some(Found { start, end, meaning: Meaning::Stated { date, weekday: None, toward: None } })
}

/// A date that was read, and one past its last piece.
pub(super) struct Read {
    pub(super) date: Stated,
    pub(super) end: usize,
}

impl Read {
    pub(super) fn one(date: Date, end: usize) -> Option<Self> {
        date.exists().then_some(Self { date: Stated::One(date), end })
    }

    /// With the words that say on which side of today it lies: *14 avril dernier*.
    fn found(self, reading: &Reading<'_>, start: usize, weekday: Option<u8>) -> Found {
        let date = self.date;
        let side = if date.first().has_year() { None } else { relative::toward_after(reading, self.end) };
        let (after, end) = side.map_or((None, self.end), |(side, end)| (Some(side), end));
        let side_before = relative::side(reading.form_before(start, 1))
            .filter(|_| after.is_none() && !date.first().has_year() && reading.tongue == Tongue::English);
        let start = start - usize::from(side_before.is_some());
        Found { start, end, meaning: Meaning::Stated { date, weekday, toward: after.or(side_before) } }
    }
}

/// *samedi 9 avril 2016*, `Sat, Feb. 8`, *jeudi 26*, *tuesday the eleventh*.
fn weekday_first(reading: &Reading<'_>, start: usize, weekday: u8, weak: bool) -> Option<Found> {
    let mut at = start + 1;
    // Only a short name has a full stop of its own.
    let stop = weak && reading.form(at) == "." && reading.joined(at, true);
    at += usize::from(stop);
    at += usize::from(reading.form(at) == ",");
    at += usize::from(matches!(reading.form(at), "the" | "le" | "den" | "dem" | "dia" | "día"));
    let open = reading.form(at) == "(";
    at += usize::from(open);
    if !reading.joined(at, false) || (weak && !stop && reading.get(start)?.case == Case::Lower) {
        return None;
    }
    let dated = match reading.calendar_word(at) {
        Some(CalendarWord::Month { number, weak }) => months::read(reading, at, number, weak, at)
            .filter(|read| matches!(read.date.first().part, Part::Day(..))),
        _ => day_first(reading, at).or_else(|| figures::numeric(reading, at)),
    };
    if let Some(mut read) = dated {
        read.end += usize::from(open && reading.form(read.end) == ")");
        return Some(read.found(reading, start, Some(weekday)));
    }
    // A day alone: nothing that it could count may follow.
    let (day, end) = day(reading, at)?;
    let closed = reading.form(end) == ")";
    let ends = reading.ends_before(end)
        || matches!(
            reading.form(end),
            "à" | "au"
                | "aux"
                | "dans"
                | "en"
                | "par"
                | "pour"
                | "et"
                | "lors"
                | "sur"
                | "devant"
                | "contre"
                | "at"
                | "in"
                | "and"
                | "by"
                | "for"
                | "with"
                | "from"
                | "avec"
                | "puis"
                | "pendant"
                | "chez"
                | "près"
                | "avant"
                | "après"
        );
    let numeric = matches!(reading.form(end), "/" | "-" | "." | ",") && reading.joined(end + 1, true);
    if weak || numeric || !(ends || (open && closed)) || reading.tongue == Tongue::Unknown {
        return None;
    }
    let date = Stated::One(Date::new(Year::Unknown, Part::DayAlone(day)));
    let end = end + usize::from(open && closed);
    Some(Found { start, end, meaning: Meaning::Stated { date, weekday: Some(weekday), toward: None } })
}

/// The day of a month, in figures or words, its ordinal ending counted in: `8`, `1er`, `8th`, *twenty-third*.
pub(super) fn day(reading: &Reading<'_>, start: usize) -> Option<(u8, usize)> {
    let piece = reading.get(start)?;
    let valid = |day: u8| (1..=31).contains(&day).then_some(day);
    if piece.kind == Kind::Number {
        let word = reading.word(start);
        let day = valid((word.len() <= 2).then(|| word.parse().ok()).flatten()?)?;
        let next = start + 1;
        let suffix = match reading.form(next) {
            "er" | "re" => reading.joined(next, false),
            "st" | "nd" | "rd" | "th" | "e" | "º" | "°" => reading.joined(next, true),
            _ => false,
        };
        return Some((day, next + usize::from(suffix)));
    }
    match reading.number_word(start)? {
        NumberWord::Ordinal(day) if reading.tongue == Tongue::English || day == 1 => {
            Some((valid(day)?, start + 1))
        }
        NumberWord::Ten(ten) if reading.tongue == Tongue::English => match reading.number_word(start + 1) {
            Some(NumberWord::Ordinal(ones @ 1..=9)) => Some((valid(ten + ones)?, start + 2)),
            _ => number_word_day(reading, start),
        },
        NumberWord::Small(_) | NumberWord::Ten(_) => number_word_day(reading, start),
        _ => None,
    }
}

fn number_word_day(reading: &Reading<'_>, start: usize) -> Option<(u8, usize)> {
    let number = numbers::number(reading, start)?;
    let day = u8::try_from(number.small(31)?).ok().filter(|day| *day > 0)?;
    Some((day, number.end))
}

/// The month at this piece, a full stop after its short name counted in.
pub(super) fn month(reading: &Reading<'_>, at: usize) -> Option<(u8, bool, usize)> {
    match reading.calendar_word(at)? {
        CalendarWord::Month { number, weak } if !reading.get(at)?.line => Some((number, weak, at + 1)),
        _ => None,
    }
}

/// A year in figures or words: `2026`, `'98`, *nineteen ninety-six*.
pub(super) fn year(reading: &Reading<'_>, start: usize) -> Option<(i16, usize)> {
    let piece = reading.get(start)?;
    if piece.line && start > 0 {
        return None;
    }
    if piece.kind == Kind::Number {
        let word = reading.word(start);
        let year = (word.len() == 4).then(|| word.parse::<i16>().ok()).flatten()?;
        let touched = reading.joined(start + 1, true)
            && (matches!(reading.get(start + 1)?.kind, Kind::Word | Kind::Mixed)
                || matches!(reading.form(start + 1), "%" | "€" | "$" | "£" | "°"));
        return ((1000..2200).contains(&year) && !touched).then_some((year, start + 1));
    }
    if reading.tongue == Tongue::English { spoken_year(reading, start) } else { None }
}

/// *nineteen ninety-six*, *nineteen hundred ninety three*, *two thousand and fifteen*.
fn spoken_year(reading: &Reading<'_>, start: usize) -> Option<(i16, usize)> {
    let below_hundred = |at: usize| match (reading.number_word(at)?, reading.number_word(at + 1)) {
        (NumberWord::Small(small @ 10..=19), _) => Some((small, at + 1)),
        (NumberWord::Ten(ten), Some(NumberWord::Small(small @ 1..=9))) => Some((ten + small, at + 2)),
        (NumberWord::Ten(ten), _) => Some((ten, at + 1)),
        _ => None,
    };
    let century = match reading.number_word(start)? {
        NumberWord::Small(century @ 15..=19) => century,
        NumberWord::Ten(20) => 20,
        NumberWord::Small(2) if reading.form(start + 1) == "thousand" => {
            let number = numbers::number(reading, start)?;
            let year = number.value?.to_integer().filter(|year| (2000..2100).contains(year))?;
            return Some((i16::try_from(year).ok()?, number.end));
        }
        _ => return None,
    };
    let rest = start + 1 + usize::from(reading.number_word(start + 1) == Some(NumberWord::Hundred));
    let (rest, end) = below_hundred(rest)?;
    Some((i16::from(century) * 100 + i16::from(rest), end))
}

/// Two figures of a year, which stand behind a month or a full date only.
pub(super) fn short_year(word: &str) -> Option<i16> {
    let year = (word.len() == 2).then(|| word.parse::<i16>().ok()).flatten()?;
    Some(if year < 40 { 2000 + year } else { 1900 + year })
}

/// The year behind a day and a month, with what joins it: `, 2026`, *de 1987*, `-2026`.
pub(super) fn year_after(reading: &Reading<'_>, at: usize) -> Option<(i16, usize)> {
    if !reading.joined(at, false) {
        return None;
    }
    let joint = match reading.form(at) {
        "," | "de" | "of" | "del" | "-" | "/" | "." | "in" => 1,
        _ => 0,
    };
    let apostrophe = usize::from(matches!(reading.form(at + joint), "'"));
    let at = at + joint + apostrophe;
    if let Some(found) = year(reading, at).filter(|_| apostrophe == 0) {
        return Some(found);
    }
    let two = reading.is_kind(at, Kind::Number).then(|| short_year(reading.word(at))).flatten()?;
    // Two figures alone could be anything: they need an apostrophe, a joint that says so, or to be past 31.
    let joined =
        apostrophe == 1 || matches!(reading.form_before(at, 1), "of" | "-" | "/") || two > 1931 && two < 2000;
    (joined && reading.ends_before(at + 1)).then_some((two, at + 1))
}

/// *8 février 2026*, `8. Februar`, *the 4th of July*, *3-5 mai*, *du 3 au 5 mai*, `23-2020-septembre`.
fn day_first(reading: &Reading<'_>, start: usize) -> Option<Read> {
    let (first, mut at) = day(reading, start)?;
    // Vom 3. bis 5. Mai.
    let stop = reading.form(at) == "." && reading.joined(at, true) && is_range_word(reading.form(at + 1));
    at += usize::from(stop);
    // A sum is no day: $12 December 27.
    if matches!(reading.form_before(start, 1), "$" | "€" | "£") {
        return None;
    }
    let mut last = None;
    // Days that share their month: du 3 au 5 mai, les 19 et 20 octobre. Each is a date of its own; only where a dash
    // joins them are they one.
    let word = is_range_word(reading.form(at));
    let dash = tight(reading, at, &["-", "–", "/"]);
    if (word || dash) && reading.joined(at, false) {
        // Entre le 3 et le 5 mai; de samedi 18 à dimanche 19 mars.
        let mut second = behind_article(reading, at + 1);
        second += usize::from(matches!(reading.calendar_word(second), Some(CalendarWord::Weekday { .. })));
        if let Some((later, end)) = day(reading, second)
            && later > first
            && let Some((number, _, after)) = month(reading, behind_joint(reading, end))
            && !is_modal_may(reading, after - 1)
        {
            if dash {
                (last, at) = (Some(later), end);
            } else {
                let year = year_after(reading, after).map_or(Year::Unknown, |(year, _)| Year::Known(year));
                return Read::one(Date::new(year, Part::Day(number, first)), at);
            }
        }
    }
    // 23-2020-septembre.
    let middle = (tight(reading, at, &["-", "/"]) && tight(reading, at + 2, &["-", "/"]))
        .then(|| year(reading, at + 1))
        .flatten();
    if let Some((year, _)) = middle
        && let Some((month, _, end)) = month(reading, at + 3)
    {
        return Read::one(Date::new(Year::Known(year), Part::Day(month, first)), end);
    }
    let at = behind_joint(reading, at);
    let (month, _, mut end) = month(reading, at).filter(|(_, _, end)| !is_modal_may(reading, end - 1))?;
    end += usize::from(
        reading.form(end) == "." && reading.joined(end, true) && year(reading, end + 1).is_some(),
    );
    let (year, end) = match year_after(reading, end) {
        Some((year, end)) => (Year::Known(year), end),
        None => (year_of_end(reading, end, (month, first)).map_or(Year::Unknown, Year::Known), end),
    };
    let date = |day| Date::new(year, Part::Day(month, day));
    match last {
        Some(last) => {
            let range = Stated::Range(date(first), date(last));
            (date(first).exists() && date(last).exists()).then_some(Read { date: range, end })
        }
        None => Read::one(date(first), end),
    }
}

/// The year of a date that is the first of two, when only the second has it: *du 27 novembre au 2 décembre 2018*.
fn year_of_end(reading: &Reading<'_>, at: usize, first: (u8, u8)) -> Option<i16> {
    if !is_range_word(reading.form(at)) || !reading.joined(at, false) {
        return None;
    }
    let mut second = behind_article(reading, at + 1);
    second += usize::from(matches!(reading.calendar_word(second), Some(CalendarWord::Weekday { .. })));
    let (day, end) = day(reading, second)?;
    let (month, _, end) = month(reading, behind_joint(reading, end))?;
    let (year, _) = year_after(reading, end)?;
    Some(year - i16::from((month, day) < first))
}

/// Whether a word stands between the two ends of a range: *du 3 au 5 mai*, *vom 3. bis 5. Mai*, *e il 5 maggio*.
fn is_range_word(form: &str) -> bool {
    matches!(
        form,
        "au" | "to" | "through" | "bis" | "al" | "a" | "tot" | "à" | "and" | "et" | "e" | "y" | "und" | "en"
    )
}

/// The place behind an article, and behind Dutch *tot en met*.
fn behind_article(reading: &Reading<'_>, at: usize) -> usize {
    match reading.form(at) {
        "en" if reading.form(at + 1) == "met" => at + 2,
        "le" | "the" | "au" | "du" | "el" | "il" | "zum" | "dem" | "den" | "l'" => at + 1,
        _ => at,
    }
}

/// The place behind what joins a day and its month: *de*, *of*, *day of*, a full stop, a hyphen.
fn behind_joint(reading: &Reading<'_>, at: usize) -> usize {
    match reading.form(at) {
        "day" if reading.form(at + 1) == "of" => at + 2,
        "de" | "of" | "d'" => at + 1,
        "." if reading.joined(at, true) => at + 1,
        "-" | "/" if tight(reading, at, &["-", "/"]) => at + 1,
        _ => at,
    }
}

/// Whether *may* or *march* is a verb here: behind a number it is a month only with its capital or before a year.
fn is_modal_may(reading: &Reading<'_>, at: usize) -> bool {
    reading.tongue == Tongue::English
        && matches!(reading.form(at), "may" | "march")
        && reading.get(at).is_some_and(|piece| piece.case == Case::Lower)
        && year_after(reading, at + 1).is_none()
}
