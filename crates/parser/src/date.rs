//! From a date as people and machines write it to EDTF (ISO 8601-2): ISO 8601, RFC 2822, numbers, and words in
//! French, English, German, Spanish, Italian, Portuguese and Dutch. What is not said stays unknown.

mod scan;
mod words;

use self::scan::Scan;
use crate::lexicon::fold;

/// Which of the first two numbers of `03/04/2025` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The day comes first, as nearly everywhere.
    DayFirst,
    /// The month comes first, as in the United States.
    MonthFirst,
    /// It cannot be told; a date that could be either is refused.
    Unknown,
}

impl Order {
    /// The order of the dates in a text that can be read in one way only; unknown where there are none or they differ.
    pub(crate) fn of_examples(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut found = Self::Unknown;
        for slash in memchr::memchr_iter(b'/', bytes) {
            let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let before = bytes[..slash].iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
            let middle = digits(slash + 1);
            let second = slash + 1 + middle;
            if !(1..=2).contains(&before)
                || !(1..=2).contains(&middle)
                || bytes.get(second) != Some(&b'/')
                || digits(second + 1) != 4
            {
                continue;
            }
            let number = |part: &str| part.parse::<u8>().unwrap_or(0);
            let example = match (number(&text[slash - before..slash]), number(&text[slash + 1..second])) {
                (13..=31, 1..=12) => Self::DayFirst,
                (1..=12, 13..=31) => Self::MonthFirst,
                _ => continue,
            };
            if found != Self::Unknown && found != example {
                return Self::Unknown;
            }
            found = example;
        }
        found
    }

    /// The order that writers of all these languages have; unknown where there are none or they differ.
    pub(crate) fn of_languages(codes: &[&str]) -> Self {
        let mut orders = codes.iter().map(|code| Self::of_language(Some(code)));
        let first = orders.next().unwrap_or(Self::Unknown);
        if orders.all(|order| order == first) { first } else { Self::Unknown }
    }

    /// The order in which writers of a language (a BCP 47 code) put numbers. English is written both ways.
    pub(crate) fn of_language(code: Option<&str>) -> Self {
        let Some(code) = code else { return Self::Unknown };
        let (language, rest) = code.split_once(['-', '_']).unwrap_or((code, ""));
        match (language.to_ascii_lowercase().as_str(), rest.to_ascii_uppercase().as_str()) {
            ("en", "US") => Self::MonthFirst,
            ("en", "GB" | "IE" | "AU" | "NZ" | "IN") | ("fr" | "de" | "es" | "it" | "pt" | "nl", _) => {
                Self::DayFirst
            }
            _ => Self::Unknown,
        }
    }
}

/// A date, as far as it is known: the day with or without its year, the month, or the year alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    /// Proleptic Gregorian year, 1000 to 2999.
    pub(crate) year: Option<u16>,
    /// 1 to 12; only a year can stand without one.
    pub(crate) month: Option<u8>,
    /// 1 to 31, and in its month.
    pub(crate) day: Option<u8>,
    /// Time of day, when it is said.
    pub(crate) time: Option<Time>,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    /// 0 to 23.
    pub(crate) hour: u8,
    /// 0 to 59.
    pub(crate) minute: u8,
    /// 0 to 59, when they are said.
    pub(crate) second: Option<u8>,
    /// Minutes east of UTC, when the zone is said by its offset or by a name that has one offset.
    pub(crate) offset: Option<i16>,
}

impl Date {
    /// The date in EDTF. A time is given only with a whole date, as ISO 8601 has it: `XXXX-10-08` stays alone.
    pub(crate) fn edtf(&self) -> String {
        use std::fmt::Write;
        let mut out = self.year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
        // Writing to a string cannot fail.
        for part in [self.month, self.day].into_iter().flatten() {
            let _ = write!(out, "-{part:02}");
        }
        if let (Some(_), Some(_), Some(time)) = (self.year, self.day, self.time) {
            let _ = write!(out, "T{:02}:{:02}", time.hour, time.minute);
            if let Some(second) = time.second {
                let _ = write!(out, ":{second:02}");
            }
            match time.offset {
                Some(0) => out.push('Z'),
                Some(offset) => {
                    let sign = if offset < 0 { '-' } else { '+' };
                    let _ = write!(out, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60);
                }
                None => {}
            }
        }
        out
    }

    /// Whether year, month and day are known.
    pub(crate) fn is_whole(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Whether it says all that another date does, and more: the 8th of March 2026 completes March 2026, and the 8th of
    /// March.
    pub(crate) fn completes(&self, other: &Self) -> bool {
        let agrees = |own: Option<u16>, other: Option<u16>| other.is_none() || own == other;
        let parts = |date: &Self| [date.year, date.month.map(Into::into), date.day.map(Into::into)];
        let known = |date: &Self| parts(date).into_iter().flatten().count();
        parts(self).into_iter().zip(parts(other)).all(|(own, other)| agrees(own, other))
            && known(self) > known(other)
    }

    /// The same day at a time at which it was changed; `None` where that lies before the time that is known.
    pub(crate) fn changed_at(&self, time: Time) -> Option<Self> {
        self.day?;
        let minutes = |time: Time| u16::from(time.hour) * 60 + u16::from(time.minute);
        let is_earlier =
            self.time.is_some_and(|known| known.offset == time.offset && minutes(time) < minutes(known));
        let offset = time.offset.or(self.time.and_then(|known| known.offset));
        (!is_earlier).then_some(Self { time: Some(Time { offset, ..time }), ..*self })
    }

    /// Whether all of it is later than a day. A date without its year never is.
    pub(crate) fn is_after(&self, day: &Self) -> bool {
        let parts = |date: &Self| (date.year, date.month.unwrap_or(0), date.day.unwrap_or(0));
        self.year.is_some() && parts(self) > parts(day)
    }

    /// The day that is so many days later, without the time.
    pub(crate) fn days_later(&self, days: i64) -> Option<Self> {
        let day = jiff::civil::Date::new(
            i16::try_from(self.year?).ok()?,
            i8::try_from(self.month?).ok()?,
            i8::try_from(self.day?).ok()?,
        )
        .ok()?;
        let day = day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Self {
            year: u16::try_from(day.year()).ok(),
            month: Some(u8::try_from(day.month()).ok()?),
            day: u8::try_from(day.day()).ok(),
            time: None,
        })
    }

    /// The date, if such a day exists. The year of a date without one may be a leap year.
    fn checked(self) -> Option<Self> {
        let leap = self.year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
        let days = match self.month {
            Some(1 | 3 | 5 | 7 | 8 | 10 | 12) => 31,
            Some(4 | 6 | 9 | 11) => 30,
            Some(2) => 28 + u8::from(leap),
            None => 0,
            Some(_) => return None,
        };
        let year_fits = self.year.is_none_or(|year| (1000..3000).contains(&year));
        (year_fits && self.day.is_none_or(|day| (1..=days).contains(&day))).then_some(self)
    }
}

/// Reads `text` as a date and nothing else, but for punctuation around it.
pub(crate) fn read(text: &str, order: Order) -> Option<Date> {
    let text = text.trim_matches(is_edge);
    let (date, end) = prefix(text, order)?;
    text[end..].chars().all(is_edge).then_some(date)
}

/// Reads a field for a date, which may state no more than the month or the year: `2026-03`, `03/2026`, `2026`.
pub(crate) fn of_field(text: &str, order: Order) -> Option<Date> {
    let text = text.trim();
    read(text, order).or_else(|| in_part(text)).or_else(|| read(&extended(text)?, order))
}

/// The basic format of ISO 8601 in the extended one: `20260208T103005+0100` as `2026-02-08T10:30:05+0100`.
fn extended(text: &str) -> Option<String> {
    let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
    let in_figures = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if day.len() != 8 || !in_figures(day) {
        return None;
    }
    let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    let Some(time) = time else { return Some(day) };
    let (clock, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    if !matches!(clock.len(), 4 | 6) || !in_figures(clock) {
        return None;
    }
    let seconds = if clock.len() == 6 { format!(":{}", &clock[4..]) } else { String::new() };
    Some(format!("{day}T{}:{}{seconds}{zone}", &clock[..2], &clock[2..4]))
}

/// A year, or a year and its month, in figures.
fn in_part(text: &str) -> Option<Date> {
    let (year, month) = match text.split_once(['-', '/', '.']) {
        None => (text, None),
        Some((year, month)) if year.len() == 4 => (year, Some(month)),
        Some((month, year)) => (year, Some(month)),
    };
    let in_figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4
        || !in_figures(year)
        || month.is_some_and(|month| month.len() > 2 || !in_figures(month))
    {
        return None;
    }
    let month = month.map(str::parse).transpose().ok()?;
    Date { year: year.parse().ok(), month, day: None, time: None }.checked()
}

/// The first of the dates that several places give, unless it is known in part and a date of a later place completes it.
pub(crate) fn fullest<T>(dates: impl IntoIterator<Item = (Date, T)>) -> Option<(Date, T)> {
    let mut best: Option<(Date, T)> = None;
    for (date, place) in dates {
        if best.as_ref().is_none_or(|(known, _)| date.completes(known)) {
            let is_whole = date.is_whole();
            best = Some((date, place));
            if is_whole {
                break;
            }
        }
    }
    best
}

/// Whether a date in EDTF says all that another does, and more.
pub(crate) fn edtf_completes(edtf: &str, other: &str) -> bool {
    let day = "YYYY-MM-DD".len();
    let (own, other) = (&edtf[..edtf.len().min(day)], &other[..other.len().min(day)]);
    own != other
        && own.len() >= other.len()
        && own.bytes().zip(other.bytes()).all(|(own, other)| own == other || other == b'X')
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '·' | '•' | '–' | '—')
}

/// Reads the date that `text` begins with, with its weekday before and its time before or after; gives it with
/// its length in bytes.
pub(crate) fn prefix(text: &str, order: Order) -> Option<(Date, usize)> {
    let mut scan = Scan { text, at: 0 };
    // Most words that a date is looked for at begin none.
    if !scan.may_begin_date() {
        return None;
    }
    scan.skip_leads();
    let early = scan.attempt(Scan::clock_before_date);
    scan.skip_leads();
    while scan.word_if(words::is_weekday).is_some() {
        scan.skip_any(&['.', ',', '-']);
    }
    scan.skip_leads();
    let mut date = scan
        .attempt(|scan| scan.tuesday(order))
        .or_else(|| scan.attempt(Scan::year_month_day))
        .or_else(|| scan.attempt(|scan| scan.numbers(order)))
        .or_else(|| scan.attempt(Scan::day_month))
        .or_else(|| scan.attempt(Scan::month_day))?
        .checked()?;
    date.time = scan.attempt(Scan::clock_after_date).or(early);
    if date.year.is_none() && date.time.is_some_and(|time| time.second.is_some()) {
        // The C library and Java put the year last: "Fri Apr 28 19:20:36 CEST 2023".
        date.year = scan.attempt(Scan::year_after_clock);
        date = date.checked()?;
    }
    Some((date, scan.at))
}

/// Reads the time of day that `text` begins with, behind words and signs that lead to it: " à 11h20".
pub(crate) fn clock(text: &str) -> Option<Time> {
    Scan { text, at: 0 }.clock_after_date()
}

/// The time of day that `text` begins with, behind words that lead to it ("à 14h"), and where it ends.
pub(crate) fn clock_prefix(text: &str) -> Option<(Time, usize)> {
    let mut scan = Scan { text, at: 0 };
    let time = scan.led_clock()?;
    Some((time, scan.at))
}

/// Whether a word is a day of the week in one of the languages, whatever punctuation is around it.
pub(crate) fn is_weekday(word: &str) -> bool {
    fold(word).split(' ').all(words::is_weekday)
}

/// Whether a word is the name of a month.
pub(crate) fn is_month(word: &str) -> bool {
    words::month(&fold(word)).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let found = read(text, Order::DayFirst).map(|date| date.edtf());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn machines_write() {
        check("2026-02-08", "2026-02-08");
        check("2026-02-08T10:30:05Z", "2026-02-08T10:30:05Z");
        check("2026-02-08T10:30:05.123+01:00", "2026-02-08T10:30:05+01:00");
        check("2026-02-08 10:30", "2026-02-08T10:30");
        check("Sun, 08 Feb 2026 10:30:05 +0100", "2026-02-08T10:30:05+01:00");
        check("Sun, 8 Feb 2026 10:30:05 GMT", "2026-02-08T10:30:05Z");
        check("2026/2/8", "2026-02-08");
        check("Sun Feb 08 10:30:05 CET 2026", "2026-02-08T10:30:05+01:00");
        check("Sun Feb  8 10:30:05 2026", "2026-02-08T10:30:05");
        check("Sun Feb 29 10:30:05 2026", "none");
    }

    #[test]
    fn fields_may_hold_the_basic_format() {
        let of = |text: &str| of_field(text, Order::DayFirst).map(|date| date.edtf());
        assert_eq!(of("20260208T103005+0100").as_deref(), Some("2026-02-08T10:30:05+01:00"));
        assert_eq!(of("20260208T1030Z").as_deref(), Some("2026-02-08T10:30Z"));
        assert_eq!(of(" 20260208").as_deref(), Some("2026-02-08"));
        for none in ["20261308", "2026020", "20260208T10", "20260208Tété", "20260208T10h30m", "99999999"] {
            assert_eq!(of(none), None, "{none}");
        }
    }

    #[test]
    fn french() {
        check("Le 08 octobre à 16h33", "XXXX-10-08");
        check("le 8 octobre 2025 à 16h33", "2025-10-08T16:33");
        check("Dimanche 8 février 2026, 9 h 05", "2026-02-08T09:05");
        check("1er mai 2024 - 18:00", "2024-05-01T18:00");
        check("lundi 1er août", "XXXX-08-01");
        check("08/02/2026 à 10:30", "2026-02-08T10:30");
        check("févr. 2026", "2026-02");
        check("mer. 3 déc. 2025", "2025-12-03");
        check("mar. 4 nov. 2025 à 10h12", "2025-11-04T10:12");
        check("mar. 4 mars 2025 à 18:12", "2025-03-04T18:12");
        check("le mar 4 novembre", "XXXX-11-04");
        check("mar. 04/11/2025", "2025-11-04");
        check("4 mar. 2025", "2025-03-04");
        check("MAJ 3 mars 2026", "none");
        check("31 mai 2025 à 07:30:12 UTC+2", "2025-05-31T07:30:12+02:00");
        check("31 mai 2025 à 07:30 (UTC+02:00)", "2025-05-31T07:30+02:00");
    }

    #[test]
    fn english() {
        check("Feb. 8, 2026", "2026-02-08");
        check("February 8th, 2026 at 4:33 p.m. EST", "2026-02-08T16:33-05:00");
        check("Sunday, 8 February 2026 12:05 am", "2026-02-08T00:05");
        check("4:33 PM · Feb 8, 2026", "2026-02-08T16:33");
        check("the 8th of February 2026", "2026-02-08");
        check("Mar 4, 2025", "2025-03-04");
        check("Mar. 4 2025", "2025-03-04");
        check("Mar 4", "XXXX-03-04");
        check("May 31, 2025 at 7:30 GMT+1", "2025-05-31T07:30+01:00");
        check("May 31, 2025, 7:30 pm GMT -5:30", "2025-05-31T19:30-05:30");
        check("May 31, 2025 7:30 UTC-0400", "2025-05-31T07:30-04:00");
        check("May 31, 2025 7:30 UTC", "2025-05-31T07:30Z");
    }

    #[test]
    fn other_languages() {
        check("Sonntag, 8. Februar 2026, 16.33 Uhr", "2026-02-08T16:33");
        check("am 8. März 2026 um 7:05 Uhr", "2026-03-08T07:05");
        check("12. mar. 2026 kl. 07.15", "2026-03-12T07:15");
        check("8 kwietnia 2026, godz. 10:15", "2026-04-08T10:15");
        check("8.2.2026", "2026-02-08");
        check("8 de febrero de 2026 a las 16:33", "2026-02-08T16:33");
        check("domenica 8 febbraio 2026 alle ore 16.33", "2026-02-08T16:33");
        check("8 de fevereiro de 2026, às 16h33", "2026-02-08T16:33");
        check("zo 8 feb. 2026 om 16:33 uur", "2026-02-08T16:33");
        check("mar 4 mar 2025 alle ore 18:12", "2025-03-04T18:12");
        check("mar, 4 mar 2025 a las 18:12", "2025-03-04T18:12");
        check("mar 4 de noviembre de 2025", "2025-11-04");
        check("terça-feira, 10 de março de 2026", "2026-03-10");
        check("1º de maio de 2026", "2026-05-01");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        check("31/04/2026", "none");
        check("29/02/2025", "none");
        check("29 février", "XXXX-02-29");
        check("8", "none");
        check("mars", "none");
        check("8-10 mars 2026", "none");
        check("le 8 mars 2026, le vent tombe", "none");
        check("12,5 %", "none");
        check("192.168.10.20", "none");
        check("19.1.23, 10:00-11:30 Uhr", "none");
    }

    #[test]
    fn dates_that_read_in_one_way_tell_the_order() {
        for (text, expected) in [
            ("le 21/02/2026", Order::DayFirst),
            ("on 2/21/2026 and 1/2/2026", Order::MonthFirst),
            ("21/02/2026, 2/21/2026", Order::Unknown),
            ("1/2/2026, 1/2, a/b/c, //", Order::Unknown),
        ] {
            assert_eq!(Order::of_examples(text), expected, "{text}");
        }
    }

    #[test]
    fn a_field_may_state_a_part_of_a_date() {
        let check = |text: &str, expected: &str| {
            let found = of_field(text, Order::DayFirst).map(|date| date.edtf());
            assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
        };
        check("2026-03", "2026-03");
        check(" 03/2026 ", "2026-03");
        check("2026", "2026");
        check("mars 2026", "2026-03");
        check("2026-03-08", "2026-03-08");
        for wrong in
            ["2026-13", "2026-00", "0026", "202", "26-03", "2026-03-45", "-2026", "+026", "2026-+3", "-"]
        {
            check(wrong, "none");
        }
    }

    #[test]
    fn a_date_in_part_is_completed_by_one_that_agrees() {
        let check = |dates: &[&str], expected: &str| {
            let dates = dates.iter().map(|text| (of_field(text, Order::DayFirst).unwrap(), ()));
            assert_eq!(fullest(dates).unwrap().0.edtf(), expected);
        };
        check(&["2026-03", "2026", "2025-03-08", "2026-03-08"], "2026-03-08");
        check(&["2026", "2026-03", "2026-04-08"], "2026-03");
        check(&["8 mars", "2026-03", "2026-03-09"], "XXXX-03-08");
        check(&["8 mars", "2026-03-08T10:00:00Z"], "2026-03-08T10:00:00Z");
        check(&["2026-03-09", "2026-03-08"], "2026-03-09");
        for (edtf, other, completes) in [
            ("2026-03-08T10:00Z", "2026-03", true),
            ("2026-03-08", "XXXX-03-08", true),
            ("2026-03-08", "2026-03-08T10:00Z", false),
            ("2026-03-08", "2026-04", false),
            ("2026", "2026-03", false),
        ] {
            assert_eq!(edtf_completes(edtf, other), completes, "{edtf} {other}");
        }
    }

    #[test]
    fn an_order_that_cannot_be_told_is_refused() {
        let with = |text, order| read(text, order).map(|date| date.edtf());
        assert_eq!(with("03/04/2025", Order::Unknown), None);
        assert_eq!(with("03/04/2025", Order::DayFirst).as_deref(), Some("2025-04-03"));
        assert_eq!(with("03/04/2025", Order::MonthFirst).as_deref(), Some("2025-03-04"));
        assert_eq!(with("03/14/2025", Order::DayFirst).as_deref(), Some("2025-03-14"));
        assert_eq!(with("14/03/2025", Order::Unknown).as_deref(), Some("2025-03-14"));
        assert_eq!(with("03.04.2025", Order::Unknown).as_deref(), Some("2025-04-03"));
    }

    #[test]
    fn a_date_is_found_at_the_start() {
        let (date, end) = prefix("2025-11-21 Le titre", Order::Unknown).unwrap();
        assert_eq!((date.edtf().as_str(), end), ("2025-11-21", 10));
        let text = "8 octobre 2025 à 16h33 - Mis à jour";
        let (date, end) = prefix(text, Order::Unknown).unwrap();
        assert_eq!((date.edtf().as_str(), &text[end..]), ("2025-10-08T16:33", " - Mis à jour"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_not(text in ".*") {
            let _ = read(&text, Order::Unknown);
        }

        #[test]
        fn anything_like_a_date_is_a_real_day_or_refused(text in "[0-9]{1,4}[-/. ]([0-9]{1,2}|mai|Feb|août)[-/. ][0-9]{1,4}[ T]?[0-9:hZ+]{0,8}") {
            if let Some((date, end)) = prefix(&text, Order::DayFirst) {
                prop_assert!(date.checked().is_some());
                prop_assert!(text.is_char_boundary(end));
                let again = read(&date.edtf(), Order::Unknown);
                prop_assert!(date.year.is_none() || date.day.is_none() || again == Some(date));
            }
        }
    }
}
