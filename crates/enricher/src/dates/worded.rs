//! Dates as the files of a language word them: *gestern*, *el viernes pasado*, *tre anni fa*, *no terceiro trimestre de 2025*.
//!
//! Each phrase is found by its first slot; what stands before that is read backwards.

use super::edtf::{Date, Part, Stated, Year};
use super::{Found, Meaning, Toward, absolute, periods, tense};
use crate::reading::Reading;
use crate::reading::calendar::{Calendar, Group, Guard, Pattern, Slot, Step, Value};
use crate::reading::words::{CalendarWord, Period};
use crate::tokens::{Case, Kind};

/// The phrase that is found by this piece, the longest of them.
pub(super) fn read(reading: &Reading<'_>, start: usize, floor: usize) -> Option<Found> {
    let calendar = reading.calendar?;
    patterns(reading, calendar, start)
        .filter_map(|pattern| {
            matched(reading, calendar, pattern, start, floor)?.found(reading, pattern.group)
        })
        .max_by_key(|found| (found.end, std::cmp::Reverse(found.start)))
}

/// The patterns that may be found by a piece.
fn patterns<'c>(
    reading: &Reading<'_>,
    calendar: &'c Calendar,
    start: usize,
) -> impl Iterator<Item = &'c Pattern> {
    let hash = reading.get(start).map(|piece| piece.hash);
    let at_figure = reading.is_kind(start, Kind::Number).then(|| calendar.at_figure());
    let month = matches!(reading.calendar_word(start), Some(CalendarWord::Month { .. }));
    let at_month = month.then(|| calendar.at_month());
    let at_word = hash.map(|hash| calendar.at_word(hash));
    at_word.into_iter().flatten().chain(at_figure.into_iter().flatten()).chain(at_month.into_iter().flatten())
}

/// Whether so many periods ago are told right from this piece on.
fn tells_ago(reading: &Reading<'_>, calendar: &Calendar, from: usize) -> bool {
    (from..from + 3).any(|at| {
        patterns(reading, calendar, at)
            .filter(|pattern| matches!(pattern.group, Group::Ago | Group::AgoIfPast))
            .any(|pattern| {
                matched(reading, calendar, pattern, at, from).is_some_and(|caught| caught.start == from)
            })
    })
}

/// How many years away the year is that stands behind a date, and one past it: *vergangenen Jahres*, *del año pasado*.
pub(super) fn year_told(reading: &Reading<'_>, at: usize) -> Option<(i8, usize)> {
    let calendar = reading.calendar?;
    calendar.told_years().find_map(|pattern| {
        let mut caught = Caught::at(at);
        let end = forward(reading, calendar, &pattern.from_anchor, at, &mut caught)?;
        Some((caught.side?.offset(), end))
    })
}

/// One past a name that a date is a part of: *Welt am Sonntag* is no Sunday.
pub(super) fn name_around(reading: &Reading<'_>, floor: usize, found: &Found) -> Option<usize> {
    let names = &reading.calendar?.names;
    (floor.max(found.start.saturating_sub(NAME_LENGTH))..found.end).find_map(|start| {
        let pieces = reading.pieces().get(start..)?;
        let (length, ()) = names.longest(pieces.iter().map(|piece| piece.hash))?;
        (start + length > found.start).then_some(start + length)
    })
}

/// How far before its date a name may begin, in pieces.
const NAME_LENGTH: usize = 4;

/// What the slots of a phrase say.
#[derive(Debug, Default)]
struct Caught {
    start: usize,
    end: usize,
    anchor: usize,
    day: Option<i8>,
    part: bool,
    weekday: Option<u8>,
    number: Option<i32>,
    season: Option<u8>,
    decade: Option<i16>,
    century: Option<u8>,
    month: Option<u8>,
    year: Option<(i16, usize)>,
    period: Option<Period>,
    side: Option<Toward>,
    /// Where a date of day and month stands.
    date: Option<(usize, usize)>,
}

impl Caught {
    fn at(anchor: usize) -> Self {
        Self { anchor, start: anchor, ..Self::default() }
    }

    fn take(&mut self, value: Value) {
        match value {
            Value::Day(days) => self.day = Some(days),
            Value::Weekday(number) => self.weekday = Some(number),
            Value::Number(number) => self.number = Some(i32::from(number)),
            Value::Ordinal(number) => self.number = Some(i32::from(number)),
            Value::Season(code) => self.season = Some(code),
            Value::Decade(tens) => self.decade = Some(tens),
            Value::Period(period) => self.period = Some(period),
            Value::Part => self.part = true,
            Value::Side(side) => self.side = Some(side),
        }
    }

    /// The date that the phrase says.
    fn found(mut self, reading: &Reading<'_>, group: Group) -> Option<Found> {
        let meaning = match group {
            Group::Day => self.day(reading)?,
            Group::Today => Meaning::Days(0),
            Group::Weekday => self.weekday(reading)?,
            Group::ThisYear => Meaning::Period { period: Period::Year, offset: 0 },
            // This day may be any.
            Group::Period => {
                let period = self.period.filter(|period| *period != Period::Day)?;
                Meaning::Period { period, offset: i32::from(self.side?.offset()) }
            }
            Group::Ago => self.away(-1)?,
            Group::AgoIfPast => self.away(-1).filter(|_| self.tense(reading) == Some(Toward::Past))?,
            Group::Ahead => self.away(1).filter(|_| self.tense(reading) != Some(Toward::Past))?,
            Group::AheadIfFuture => self.away(1).filter(|_| self.tense(reading) == Some(Toward::Future))?,
            Group::PartOfYear => {
                let part = u8::try_from(self.number?).ok()?;
                let code = match self.period? {
                    Period::Quarter => Some(32 + part).filter(|_| (1..=4).contains(&part)),
                    Period::Half => Some(39 + part).filter(|_| (1..=2).contains(&part)),
                    _ => None,
                };
                self.part_of_year(Part::Season(code?))
            }
            Group::Season => self.part_of_year(Part::Season(self.season?)),
            Group::Decade => Meaning::date(Date::new(Year::Decade(self.decade?), Part::Whole)),
            Group::Century => {
                let number = self.century.or(self.number.and_then(|number| u8::try_from(number).ok()))?;
                // *Its second century* is told from another beginning.
                let words = self.century.is_none() && !reading.is_kind(self.anchor, Kind::Number);
                let least = if words { 10 } else { 1 };
                self.period.filter(|period| *period == Period::Century)?;
                let hundreds = i16::from(number) - 1;
                if !(least..=22).contains(&number) {
                    return None;
                }
                Meaning::date(Date::new(Year::Century(hundreds), Part::Whole))
            }
            Group::Month => self.part_of_year(Part::Month(self.month?)),
            Group::Date => {
                let (at, end) = self.date?;
                let date = absolute::read(reading, at, at).filter(|found| found.end == end)?;
                let Meaning::Stated { date, weekday, .. } = date.meaning else { return None };
                Meaning::Stated { date, weekday, toward: self.side }
            }
            Group::ToldYear => return None,
        };
        Some(Found { start: self.start, end: self.end, meaning })
    }

    /// *gestern*, *domani mattina*.
    fn day(&self, reading: &Reading<'_>) -> Option<Meaning> {
        let days = i32::from(self.day?);
        // Der Standard, Hoy, Il Domani: a capital inside a sentence makes a name.
        if is_capital(reading, self.anchor) && !reading.get(self.anchor)?.sentence {
            return None;
        }
        // *Heute* alone may be these days, and *Morgen* at the head of a sentence the morning; a verb in the past or the
        // future makes it the day.
        let doubtful = days == 0 || (days == 1 && is_capital(reading, self.anchor));
        if doubtful && !self.part && self.tense(reading).is_none() {
            return None;
        }
        // Heute vor zehn Jahren, hoy hace un año.
        if days == 0 && tells_ago(reading, reading.calendar?, self.end) {
            return None;
        }
        Some(Meaning::Days(days))
    }

    fn weekday(&self, reading: &Reading<'_>) -> Option<Meaning> {
        let number = self.weekday?;
        if let Some(period) = self.period {
            let weeks = self.side?.offset();
            return (period == Period::Week).then_some(Meaning::WeekdayOf { number, weeks });
        }
        let onward = (1..=2).any(|back| {
            let before = self.start.checked_sub(back).and_then(|before| reading.get(before));
            before.zip(reading.calendar).is_some_and(|(before, calendar)| calendar.is_onward(before.hash))
        });
        // *Hat bis Freitag Zeit*: what was done tells nothing of a day that is to come.
        let tense = tense::tense(reading, self.start, self.end)
            .filter(|(side, _)| !(onward && *side == Toward::Past));
        Some(Meaning::Weekday { number, toward: self.side, tense, of_week: false })
    }

    fn away(&self, sign: i32) -> Option<Meaning> {
        let period = self.period?;
        let known =
            matches!(period, Period::Day | Period::Week | Period::Fortnight | Period::Month | Period::Year);
        let count = sign * self.number?;
        known.then_some(Meaning::Away { count, period, from: None })
    }

    /// A part of a year, its year in figures, or its side of today; the span of a part with a year is the year's.
    fn part_of_year(&mut self, part: Part) -> Meaning {
        let year = self.year.map_or(Year::Unknown, |(year, _)| Year::Known(year));
        if let Some((_, end)) = self.year
            && !matches!(part, Part::Month(_))
        {
            (self.start, self.end) = (end - 1, end);
        }
        Meaning::Stated { date: Stated::One(Date::new(year, part)), weekday: None, toward: self.side }
    }

    fn tense(&self, reading: &Reading<'_>) -> Option<Toward> {
        tense::tense(reading, self.start, self.end).map(|(side, _)| side)
    }
}

fn is_capital(reading: &Reading<'_>, at: usize) -> bool {
    reading.get(at).is_some_and(|piece| piece.case != Case::Lower && piece.case != Case::None)
}

/// What a phrase catches where its anchor is this piece.
fn matched(
    reading: &Reading<'_>,
    calendar: &Calendar,
    pattern: &Pattern,
    anchor: usize,
    floor: usize,
) -> Option<Caught> {
    let mut caught = Caught::at(anchor);
    let (before, after) = pattern.inside;
    let (inside, behind) = pattern.from_anchor.split_at_checked(after)?;
    caught.end = forward(reading, calendar, inside, anchor, &mut caught)?;
    // What stands behind is asked for, and says nothing.
    forward(reading, calendar, behind, caught.end, &mut Caught::at(anchor))?;
    let (inside, context) = pattern.before.split_at_checked(before)?;
    caught.start = backward(reading, inside, anchor)?;
    backward(reading, context, caught.start)?;
    (caught.start >= floor).then_some(caught)
}

/// One past what these steps take from a piece on.
fn forward(
    reading: &Reading<'_>,
    calendar: &Calendar,
    steps: &[Step],
    at: usize,
    caught: &mut Caught,
) -> Option<usize> {
    let mut at = at;
    for step in steps {
        let joined = at == caught.anchor || reading.joined(at, false);
        match step {
            Step::Guard(guard) => {
                let holds = match guard {
                    Guard::Not(words) => !(joined && is_one_of(reading, at, words)),
                    Guard::Start => false,
                    Guard::End => reading.ends_before(at),
                };
                if !holds {
                    return None;
                }
            }
            Step::Word { any, optional } => {
                if joined && is_one_of(reading, at, any) {
                    at += 1;
                } else if !optional {
                    return None;
                }
            }
            Step::Slot { slot, optional } => {
                match joined.then(|| fill(reading, calendar, *slot, at, caught)).flatten() {
                    Some(end) => at = end,
                    None if *optional => {}
                    None => return None,
                }
            }
        }
    }
    Some(at)
}

/// The first piece of what these steps, the nearest first, take before a piece.
fn backward(reading: &Reading<'_>, steps: &[Step], end: usize) -> Option<usize> {
    let mut start = end;
    for step in steps {
        // What stands before is on the same line.
        let before = start.checked_sub(1).filter(|_| reading.joined(start, false));
        match step {
            Step::Guard(Guard::Not(words)) => {
                if before.is_some_and(|before| is_one_of(reading, before, words)) {
                    return None;
                }
            }
            Step::Guard(Guard::Start) => {
                let starts = reading.get(start).is_some_and(|piece| piece.sentence || piece.line);
                if !starts {
                    return None;
                }
            }
            Step::Guard(Guard::End) | Step::Slot { .. } => return None,
            Step::Word { any, optional } => match before.filter(|before| is_one_of(reading, *before, any)) {
                Some(before) => start = before,
                None if *optional => {}
                None => return None,
            },
        }
    }
    Some(start)
}

fn is_one_of(reading: &Reading<'_>, at: usize, words: &[u64]) -> bool {
    reading.get(at).is_some_and(|piece| words.contains(&piece.hash))
}

/// Reads a slot at a piece, and says where it ends.
fn fill(
    reading: &Reading<'_>,
    calendar: &Calendar,
    slot: Slot,
    at: usize,
    caught: &mut Caught,
) -> Option<usize> {
    let pieces = reading.pieces().get(at..)?;
    let words = |table: usize| calendar.longest(table, pieces.iter().map(|piece| piece.hash));
    let figures = |digits: usize| {
        let word = reading.word(at);
        (reading.is_kind(at, Kind::Number) && word.len() <= digits)
            .then(|| word.parse::<i16>().ok())
            .flatten()
    };
    match slot {
        Slot::Words(table) => {
            let (length, value) = words(table)?;
            if matches!(value, Value::Weekday(_)) && !is_weekday(reading, calendar, at) {
                return None;
            }
            caught.take(value);
            Some(at + length)
        }
        Slot::Number(table) => match (figures(3), table.and_then(words)) {
            (Some(number), _) => {
                caught.number = Some(i32::from(number));
                Some(at + 1)
            }
            (None, found) => {
                let (length, value) = found?;
                caught.take(value);
                Some(at + length)
            }
        },
        Slot::Ordinal(table) => match (figures(2), table.and_then(words)) {
            (Some(number), _) => {
                caught.number = Some(i32::from(number));
                let marked =
                    matches!(reading.form(at + 1), "." | "º" | "°" | "ª" | "e" | "er" | "o" | "ste" | "de");
                (marked && reading.joined(at + 1, true)).then_some(at + 2)
            }
            (None, found) => {
                let (length, value) = found?;
                caught.take(value);
                Some(at + length)
            }
        },
        Slot::Decade => {
            let number = figures(4)?;
            caught.decade = Some(match reading.word(at).len() {
                2 if number >= 20 && number % 10 == 0 => 190 + number / 10,
                4 if (1500..2100).contains(&number) && number % 10 == 0 => number / 10,
                _ => return None,
            });
            Some(at + 1)
        }
        Slot::Month => {
            let (month, _, end) = absolute::month(reading, at).filter(|(_, weak, _)| !weak)?;
            if !calendar.nouns_have_capitals && is_capital(reading, at) {
                return None;
            }
            caught.month = Some(month);
            Some(end)
        }
        Slot::Year => {
            let (year, end) = absolute::year(reading, at).filter(|_| reading.is_kind(at, Kind::Number))?;
            caught.year = Some((year, end));
            Some(end)
        }
        Slot::Date => {
            let found = absolute::read(reading, at, at)?;
            let Meaning::Stated { date: Stated::One(date), .. } = &found.meaning else { return None };
            if date.has_year() || !matches!(date.part, Part::Day(..)) {
                return None;
            }
            caught.date = Some((at, found.end));
            Some(found.end)
        }
        Slot::Roman => {
            caught.century = Some(periods::roman(reading.word(at))?);
            Some(at + 1)
        }
    }
}

/// Whether a day of the week is written as the language writes it: *Plácido Domingo* and *Martin Sonntag* are names.
fn is_weekday(reading: &Reading<'_>, calendar: &Calendar, at: usize) -> bool {
    let Some(piece) = reading.get(at) else { return false };
    if calendar.nouns_have_capitals {
        return piece.case == Case::Title;
    }
    // At the head of a sentence a capital before another one is a given name: *Domingo Cavallo*.
    let named = reading.get(at + 1).is_some_and(|next| next.kind == Kind::Word && next.case == Case::Title);
    piece.case == Case::Lower || ((piece.sentence || piece.line) && !named)
}
