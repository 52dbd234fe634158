//! Dates with unknown parts, and how EDTF (ISO 8601-2, levels 0 and 1) writes them.

use std::fmt;

/// A date of which parts may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: Year,
    pub(crate) part: Part,
    /// The words say *vers*, *circa*.
    pub(crate) approximate: bool,
}

/// The year of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    /// Up to 9999; 1 BC is the year 0, as ISO 8601 counts.
    Known(i16),
    /// The tens of years: 199 for the nineties.
    Decade(i16),
    /// The hundreds of years: 18 for the nineteenth century.
    Century(i16),
    Unknown,
}

/// What is known inside the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Month(u8),
    /// Month and day.
    Day(u8, u8),
    /// A day of an unknown month.
    DayAlone(u8),
    /// EDTF code: seasons 21 to 24, quarters 33 to 36, halves 40 and 41.
    Season(u8),
}

impl Date {
    pub(crate) const fn new(year: Year, part: Part) -> Self {
        Self { year, part, approximate: false }
    }

    pub(crate) const fn of_year(year: i16) -> Self {
        Self::new(Year::Known(year), Part::Whole)
    }

    /// A day of a known year.
    pub(crate) fn of_day(day: jiff::civil::Date) -> Self {
        Self::new(Year::Known(day.year()), Part::Day(day.month() as u8, day.day() as u8))
    }

    /// The day, when all of it is known.
    pub(crate) fn day(self) -> Option<jiff::civil::Date> {
        match (self.year, self.part) {
            (Year::Known(year), Part::Day(month, day)) => {
                jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
            }
            _ => None,
        }
    }

    pub(crate) fn in_year(self, year: i16) -> Self {
        Self { year: Year::Known(year), ..self }
    }

    pub(crate) fn has_year(self) -> bool {
        self.year != Year::Unknown
    }

    /// Whether the calendar has such a day.
    pub(crate) fn exists(self) -> bool {
        match (self.year, self.part) {
            (_, Part::Month(month)) => (1..=12).contains(&month),
            (Year::Known(_), Part::Day(..)) => self.day().is_some(),
            // 29 February is a day of some years.
            (_, Part::Day(..)) => self.in_year(2000).day().is_some(),
            (_, Part::DayAlone(day)) => (1..=31).contains(&day),
            _ => true,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Year::Known(year @ ..0) => write!(f, "-{:04}", year.unsigned_abs())?,
            Year::Known(year) => write!(f, "{year:04}")?,
            Year::Decade(tens) => write!(f, "{tens:03}X")?,
            Year::Century(hundreds) => write!(f, "{hundreds:02}XX")?,
            Year::Unknown => f.write_str("XXXX")?,
        }
        match self.part {
            Part::Whole => {}
            Part::Month(month) => write!(f, "-{month:02}")?,
            Part::Day(month, day) => write!(f, "-{month:02}-{day:02}")?,
            Part::DayAlone(day) => write!(f, "-XX-{day:02}")?,
            Part::Season(code) => write!(f, "-{code}")?,
        }
        if self.approximate { f.write_str("~") } else { Ok(()) }
    }
}

/// A date, or the first and the last of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stated {
    One(Date),
    Range(Date, Date),
}

impl Stated {
    /// Applies a change to each date of it; `None` when the change fails for one.
    pub(crate) fn map(self, mut change: impl FnMut(Date) -> Option<Date>) -> Option<Self> {
        Some(match self {
            Self::One(date) => Self::One(change(date)?),
            Self::Range(first, last) => Self::Range(change(first)?, change(last)?),
        })
    }

    pub(crate) fn first(self) -> Date {
        match self {
            Self::One(date) | Self::Range(date, _) => date,
        }
    }
}

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(date) => date.fmt(f),
            Self::Range(first, last) => write!(f, "{first}/{last}"),
        }
    }
}
