//! When is that? A date of the text, placed against the day of publication.

use document::Published;
use jiff::civil::{Date as Day, Weekday};
use jiff::{Span, ToSpan};

use super::edtf::{Date, Part, Stated, Year};
use super::{Meaning, Toward};
use crate::reading::words::Period;

/// What is known of the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Day(Day),
    Month(i16, u8),
    Year(i16),
    /// The day, but not the year.
    DayOfYear(u8, u8),
    Unknown,
}

impl Anchor {
    /// What a date of publication in EDTF, or an RFC 3339 instant, says for certain.
    pub(crate) fn of(published: Option<&Published>) -> Self {
        let Some(text) = published.map(|published| published.edtf.as_str()) else { return Self::Unknown };
        let date = text.split(['T', ' ']).next().unwrap_or_default();
        let mut parts = date.split('-');
        let year = parts.next().filter(|year| year.len() == 4).map(str::parse::<i16>);
        let mut number = || parts.next().and_then(|part| part.parse::<u8>().ok());
        let (month, day) = (number(), number());
        if date.contains(['~', '?', '%', '/', '.']) {
            return Self::Unknown;
        }
        match (year, month, day) {
            (Some(Ok(year)), Some(month), Some(day)) => {
                Date::new(Year::Known(year), Part::Day(month, day)).day().map_or(Self::Unknown, Self::Day)
            }
            (Some(Ok(year)), Some(month @ 1..=12), None) => Self::Month(year, month),
            (Some(Ok(year)), None, _) => Self::Year(year),
            (Some(Err(_)), Some(month), Some(day)) if date.starts_with("XXXX") => Self::DayOfYear(month, day),
            _ => Self::Unknown,
        }
    }

    /// Whether the year is known.
    pub(crate) fn has_year(self) -> bool {
        matches!(self, Self::Day(_) | Self::Month(..) | Self::Year(_))
    }
}

/// How many years it takes until dates and weekdays meet again.
const CYCLE: std::ops::Range<i16> = 2000..2028;

/// The date that is meant; `None` where it cannot be told.
pub(crate) fn place(meaning: &Meaning, anchor: Anchor) -> Option<Stated> {
    match anchor {
        Anchor::Day(day) => on(meaning, day),
        Anchor::Month(year, month) => in_period(meaning, year, Some(month)),
        Anchor::Year(year) => in_period(meaning, year, None),
        Anchor::DayOfYear(month, day) => match meaning {
            Meaning::Stated { .. } => complete(meaning),
            // What is true in every year is true in this one.
            _ => CYCLE
                .filter_map(|year| Date::new(Year::Known(year), Part::Day(month, day)).day())
                .map(|day| on(meaning, day))
                .reduce(|one, other| agree(one?, other?))
                .flatten()
                .and_then(|agreed| agreed.map(|date| (date.part != Part::Whole).then_some(date))),
        },
        Anchor::Unknown => complete(meaning),
    }
}

/// A date that is whole by its words alone.
fn complete(meaning: &Meaning) -> Option<Stated> {
    match meaning {
        Meaning::Stated { date, .. } => date.first().has_year().then_some(*date),
        _ => None,
    }
}

/// What two placings have in common, their years apart.
fn agree(one: Stated, other: Stated) -> Option<Stated> {
    let (Stated::One(one), Stated::One(other)) = (one, other) else { return None };
    let month = |part| match part {
        Part::Month(month) | Part::Day(month, _) => Some(month),
        _ => None,
    };
    let part = if one.part == other.part {
        one.part
    } else if month(one.part).is_some() && month(one.part) == month(other.part) {
        Part::Month(month(one.part)?)
    } else {
        return None;
    };
    Some(Stated::One(Date::new(Year::Unknown, part)))
}

/// Against a year, or a month of it: only what holds for every day of it.
fn in_period(meaning: &Meaning, year: i16, month: Option<u8>) -> Option<Stated> {
    match *meaning {
        Meaning::Period { period: Period::Year, offset } => {
            Some(Stated::One(Date::of_year(year.checked_add(i16::try_from(offset).ok()?)?)))
        }
        Meaning::Period { period: Period::Month, offset } => {
            let first = Day::new(year, i8::try_from(month?).ok()?, 1).ok()?;
            let moved = first.checked_add(i64::from(offset).months()).ok()?;
            Some(Stated::One(Date::new(Year::Known(moved.year()), Part::Month(moved.month() as u8))))
        }
        Meaning::Stated { date, toward: Some(Toward::InYear(years)), .. } if !date.first().has_year() => {
            let year = year.checked_add(i16::from(years))?;
            date.map(|date| Some(date.in_year(year)).filter(|date| date.exists()))
        }
        _ => complete(meaning),
    }
}

/// Against a day.
fn on(meaning: &Meaning, today: Day) -> Option<Stated> {
    let day = |day: Day| Some(Stated::One(Date::of_day(day)));
    let later = |base: Day, span: Span| base.checked_add(span).ok();
    match *meaning {
        Meaning::Stated { date, weekday, toward } => stated(date, weekday, toward, today),
        Meaning::Days(days) => day(later(today, i64::from(days).days())?),
        Meaning::Weekday { number, toward, tense, of_week } => {
            let weekday = Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()?;
            day(weekday_near(weekday, toward, tense, of_week, today)?)
        }
        Meaning::WeekdayOf { number, weeks } => {
            let monday = monday(today)?;
            day(later(monday, (i64::from(weeks) * 7 + i64::from(number) - 1).days())?)
        }
        Meaning::DayOf { day: number, months } => {
            let first = later(today.first_of_month(), i64::from(months).months())?;
            day(Day::new(first.year(), first.month(), i8::try_from(number).ok()?).ok()?)
        }
        Meaning::Period { period, offset } => period_near(period, offset, today),
        Meaning::Away { count, period, ref from } => {
            let base = match from {
                Some(base) => on(base, today)?.first().day()?,
                None => today,
            };
            away(count, period, base, from.is_some())
        }
        Meaning::Feast { feast, toward } => {
            let year = today.year();
            let days = [year - 1, year, year + 1].map(|year| feast.day(year));
            let mut days = days.into_iter().flatten();
            match toward {
                Some(Toward::InYear(years)) => day(feast.day(year.checked_add(i16::from(years))?)?),
                Some(Toward::Past) => day(days.rfind(|day| *day < today)?),
                Some(Toward::Future) => day(days.find(|day| *day > today)?),
                Some(Toward::Now) => day(days.find(|day| day.year() == year)?),
                None => day(days.find(|day| is_near(*day, today))?),
            }
        }
    }
}

/// The weekday that is meant.
fn weekday_near(
    weekday: Weekday,
    toward: Option<Toward>,
    tense: Option<(Toward, bool)>,
    of_week: bool,
    today: Day,
) -> Option<Day> {
    let nth = |nth| today.nth_weekday(nth, weekday).ok();
    match toward {
        // Yesterday is called so; any other day is *last Tuesday* as soon as it is over.
        Some(Toward::Past) if of_week => {
            let recent = nth(-1)?;
            let yesterday = today.yesterday().ok()? == recent && recent >= monday(today)?;
            if yesterday { week_day(today, -1, weekday) } else { Some(recent) }
        }
        // English counts by weeks: *next Friday* is the one of next week.
        Some(Toward::Future) if of_week => week_day(today, 1, weekday),
        Some(Toward::Past) => nth(-1),
        Some(Toward::Future) => nth(1),
        Some(Toward::Now) | None if today.weekday() == weekday => Some(today),
        // *This Saturday* is the one of this week, unless it fell before.
        Some(Toward::Now)
            if of_week
                && !matches!(tense, Some((Toward::Past, _)))
                && week_day(today, 0, weekday).is_some_and(|day| day > today) =>
        {
            week_day(today, 0, weekday)
        }
        Some(Toward::Now | Toward::InYear(_)) | None => {
            let (side, sure) = tense?;
            let day = nth(if side == Toward::Past { -1 } else { 1 })?;
            // Where the other side is a day or two away, the verb must leave no doubt.
            let far = today.until(day).ok()?.get_days().abs() >= 5;
            (sure || !far).then_some(day)
        }
    }
}

fn monday(day: Day) -> Option<Day> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn week_day(today: Day, weeks: i64, weekday: Weekday) -> Option<Day> {
    monday(today)?.checked_add((weeks * 7 + i64::from(weekday.to_monday_zero_offset())).days()).ok()
}

/// A period that is so many periods away: *cette année*, *le mois dernier*.
fn period_near(period: Period, offset: i32, today: Day) -> Option<Stated> {
    let offset = i64::from(offset);
    let month = |day: Day, part| Some(Stated::One(Date::new(Year::Known(day.year()), part)));
    match period {
        Period::Day => Some(Stated::One(Date::of_day(today.checked_add(offset.days()).ok()?))),
        Period::Week | Period::Weekend | Period::Fortnight => {
            // On a Monday, *ce week-end* is the one that is over or the one to come.
            if period == Period::Weekend && today.weekday().to_monday_one_offset() < 4 {
                return None;
            }
            let monday = monday(today)?.checked_add((offset * 7).days()).ok()?;
            let first = if period == Period::Weekend { monday.checked_add(5.days()).ok()? } else { monday };
            let last = monday.checked_add(6.days()).ok()?;
            Some(Stated::Range(Date::of_day(first), Date::of_day(last)))
        }
        Period::Month => {
            let moved = today.first_of_month().checked_add(offset.months()).ok()?;
            month(moved, Part::Month(moved.month() as u8))
        }
        Period::Quarter => {
            let moved = today.first_of_month().checked_add((offset * 3).months()).ok()?;
            month(moved, Part::Season(33 + (moved.month() as u8 - 1) / 3))
        }
        Period::Half => {
            let moved = today.first_of_month().checked_add((offset * 6).months()).ok()?;
            month(moved, Part::Season(40 + (moved.month() as u8 - 1) / 6))
        }
        Period::Year => {
            let year = i64::from(today.year()) + offset;
            Some(Stated::One(Date::of_year(i16::try_from(year).ok().filter(|year| *year > 0)?)))
        }
        Period::Decade | Period::Decades | Period::Century => None,
    }
}

/// So many periods away from a day, as precisely as the period says: *il y a deux ans* is a year, not a day. From a
/// named day (*two months after Easter*) it is a day.
fn away(count: i32, period: Period, base: Day, exact: bool) -> Option<Stated> {
    let count = i64::from(count);
    let day = |span: Span| Some(Stated::One(Date::of_day(base.checked_add(span).ok()?)));
    match period {
        Period::Day => day(count.days()),
        Period::Week => day(count.checked_mul(7)?.days()),
        Period::Fortnight => day(count.checked_mul(14)?.days()),
        Period::Month if exact => day(count.months()),
        Period::Year if exact => day(count.years()),
        Period::Month | Period::Year => period_near(period, i32::try_from(count).ok()?, base),
        _ => None,
    }
}

/// Whether a day without a year is so near that no other year is meant: news look back some months, ahead some weeks.
fn is_near(day: Day, today: Day) -> bool {
    let days = today.until(day).map_or(i32::MAX, |span| span.get_days());
    (-120..=45).contains(&days)
}

/// A date by its words, its year found where they leave it out.
fn stated(date: Stated, weekday: Option<u8>, toward: Option<Toward>, today: Day) -> Option<Stated> {
    let first = date.first();
    if first.has_year() {
        return Some(date);
    }
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let in_year = |year| date.map(|date| Some(date.in_year(year)).filter(|date| date.exists()));
    if let Part::DayAlone(number) = first.part {
        return day_alone(number, weekday, today);
    }
    if let Some(Toward::InYear(years)) = toward {
        return in_year(today.year().checked_add(i16::from(years))?);
    }
    // A weekday settles the year: it falls on the same date every five or six years.
    if let (Some(weekday), Part::Day(..)) = (weekday, first.part) {
        let falls = |year: i16| {
            first
                .in_year(year)
                .day()
                .is_some_and(|day| day.weekday().to_monday_one_offset().unsigned_abs() == weekday)
        };
        let mut fitting = years.into_iter().filter(|year| falls(*year));
        if let (Some(year), None) = (fitting.next(), fitting.next()) {
            return in_year(year);
        }
    }
    match first.part {
        Part::Day(..) => {
            let day_in = |year: i16| first.in_year(year).day();
            let year = match toward {
                Some(Toward::Past) => {
                    years.into_iter().rev().find(|year| day_in(*year).is_some_and(|day| day < today))
                }
                Some(Toward::Future) => {
                    years.into_iter().find(|year| day_in(*year).is_some_and(|day| day > today))
                }
                Some(Toward::Now | Toward::InYear(_)) => Some(today.year()),
                None => years.into_iter().find(|year| day_in(*year).is_some_and(|day| is_near(day, today))),
            };
            in_year(year?)
        }
        Part::Month(month) => {
            let ahead = i32::from(month) - i32::from(today.month());
            let year = match toward {
                Some(Toward::Past) => today.year() - i16::from(ahead >= 0),
                Some(Toward::Future) => today.year() + i16::from(ahead <= 0),
                Some(Toward::Now | Toward::InYear(_)) => today.year(),
                None => match ahead {
                    -4..=1 => today.year(),
                    // January speaks of last December.
                    9.. => today.year() - 1,
                    // December speaks of next January.
                    -11 => today.year() + 1,
                    _ => return None,
                },
            };
            in_year(year)
        }
        // Winter lies in two years.
        Part::Season(21..=23) => match toward? {
            Toward::Now => in_year(today.year()),
            Toward::Past | Toward::Future | Toward::InYear(_) => None,
        },
        _ => None,
    }
}

/// *Le 23*, *jeudi 26*: the nearest month that has such a day, when only one fits.
fn day_alone(number: u8, weekday: Option<u8>, today: Day) -> Option<Stated> {
    let mut fitting = (-1..=1).filter_map(|months| {
        let first = today.first_of_month().checked_add(i64::from(months).months()).ok()?;
        let day = Day::new(first.year(), first.month(), i8::try_from(number).ok()?).ok()?;
        let falls =
            weekday.is_none_or(|weekday| day.weekday().to_monday_one_offset().unsigned_abs() == weekday);
        let days = today.until(day).ok()?.get_days();
        (falls && (-20..=20).contains(&days)).then_some(day)
    });
    match (fitting.next(), fitting.next(), weekday) {
        (Some(day), None, Some(_)) => Some(Stated::One(Date::of_day(day))),
        // Without a weekday only the present month's day is sure, when it is today's.
        (Some(day), None, None) if day == today => Some(Stated::One(Date::of_day(day))),
        _ => None,
    }
}
