//! From a date as people and machines write it to EDTF (ISO 8601-2): ISO 8601, RFC 2822, numbers, and words in
//! French, English, German, Spanish, Italian, Portuguese and Dutch. What is not said stays unknown.

mod words;

use crate::lexicon::{fold, fold_word};

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

/// A date of which the day or at least the month is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    /// Proleptic Gregorian year, 1000 to 2999.
    pub(crate) year: Option<u16>,
    /// 1 to 12.
    pub(crate) month: u8,
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
        let mut out = match self.year {
            Some(year) => format!("{year:04}-{:02}", self.month),
            None => format!("XXXX-{:02}", self.month),
        };
        // Writing to a string cannot fail.
        if let Some(day) = self.day {
            let _ = write!(out, "-{day:02}");
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

    /// The date, if such a day exists. The year of a date without one may be a leap year.
    fn checked(self) -> Option<Self> {
        let leap = self.year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
        let days = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => return None,
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

fn is_edge(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '·' | '•' | '–' | '—')
}

/// Reads the date that `text` begins with, with its weekday before and its time before or after; gives it with
/// its length in bytes.
pub(crate) fn prefix(text: &str, order: Order) -> Option<(Date, usize)> {
    let mut scan = Scan { text, at: 0 };
    scan.skip_leads();
    let early = scan.attempt(Scan::clock_before_date);
    scan.skip_leads();
    while scan.word_if(words::is_weekday).is_some() {
        scan.skip_any(&['.', ',', '-']);
    }
    scan.skip_leads();
    let mut date = scan
        .attempt(Scan::year_month_day)
        .or_else(|| scan.attempt(|scan| scan.numbers(order)))
        .or_else(|| scan.attempt(Scan::day_month))
        .or_else(|| scan.attempt(Scan::month_day))?
        .checked()?;
    date.time = scan.attempt(Scan::clock_after_date).or(early);
    Some((date, scan.at))
}

/// Whether a word is a day of the week in one of the languages, whatever punctuation is around it.
pub(crate) fn is_weekday(word: &str) -> bool {
    fold(word).split(' ').all(words::is_weekday)
}

/// Whether a word is the name of a month.
pub(crate) fn is_month(word: &str) -> bool {
    words::month(&fold(word)).is_some()
}

/// Reads numbers and words one after another. Every step either moves on or gives up, so reading is linear.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Takes a step, or stays where it was.
    fn attempt<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let result = step(self);
        if result.is_none() {
            self.at = start;
        }
        result
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Skips white space and these signs, a few of them at most.
    fn skip_any(&mut self, signs: &[char]) -> bool {
        let start = self.at;
        for _ in 0..4 {
            self.skip_blanks();
            match self.rest().chars().next() {
                Some(c) if signs.contains(&c) => self.at += c.len_utf8(),
                _ => break,
            }
        }
        self.at > start
    }

    fn skip_leads(&mut self) {
        while self.word_if(words::leads).is_some() {}
        self.skip_blanks();
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.rest().starts_with(sign).then(|| self.at += sign.len_utf8())
    }

    /// A number of one to four digits that no digit follows, with how many digits it has.
    fn number(&mut self) -> Option<(u16, usize)> {
        let digits = self.rest().bytes().take(5).take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&digits) {
            return None;
        }
        let value = self.rest()[..digits].parse().ok()?;
        self.at += digits;
        Some((value, digits))
    }

    /// A number of exactly so many digits, up to `max`.
    fn exactly(&mut self, digits: usize, max: u16) -> Option<u8> {
        let (value, length) = self.number()?;
        if length == digits && value <= max { u8::try_from(value).ok() } else { None }
    }

    /// The next word, when it folds to one that is wanted; with white space before it skipped.
    fn word_if(&mut self, wanted: impl FnOnce(&str) -> bool) -> Option<()> {
        self.word_as(|word| wanted(word).then_some(()))
    }

    fn word_as<T>(&mut self, reading: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let rest = self.rest();
        let word = rest.trim_start();
        // The longest word of a date has twelve letters, some of two bytes; a longer one is not folded.
        let mut length = 0;
        for c in word.chars() {
            if !c.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&c) {
                break;
            }
            length += c.len_utf8();
            if length > 24 {
                return None;
            }
        }
        if length == 0 {
            return None;
        }
        let read = reading(fold_word(&word[..length], &mut [0; 32])?)?;
        self.at += rest.len() - word.len() + length;
        Some(read)
    }

    /// `2026-02-08`, `2026/02/08`, `2026.02.08`, `2026年2月8日`; the time may follow after a `T`.
    fn year_month_day(&mut self) -> Option<Date> {
        let (year, 4) = self.number()? else { return None };
        let separator = self.rest().chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年' | '년'))?;
        self.sign(separator)?;
        self.skip_blanks();
        let (month, 1..=2) = self.number()? else { return None };
        self.sign(match separator {
            '年' => '月',
            '년' => '월',
            other => other,
        })?;
        self.skip_blanks();
        let (day, 1..=2) = self.number()? else { return None };
        match separator {
            '年' => self.sign('日')?,
            '년' => self.sign('일')?,
            _ => self.ends_number()?,
        }
        date(Some(year), month, Some(day))
    }

    /// `08/02/2026`, `8.2.26`.
    fn numbers(&mut self, order: Order) -> Option<Date> {
        let (first, 1..=2) = self.number()? else { return None };
        self.skip_blanks();
        let separator = self.rest().chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
        self.sign(separator)?;
        self.skip_blanks();
        let (second, 1..=2) = self.number()? else { return None };
        self.skip_blanks();
        self.sign(separator)?;
        self.skip_blanks();
        let year = match self.number()? {
            (year, 4) => year,
            (year @ 0..70, 2) if separator != '-' => 2000 + year,
            _ => return None,
        };
        self.ends_number()?;
        // Nobody puts the month first between full stops.
        let order = if separator == '.' { Order::DayFirst } else { order };
        let (day, month) = match order {
            _ if first == second || first > 12 => (first, second),
            _ if second > 12 => (second, first),
            Order::DayFirst => (first, second),
            Order::MonthFirst => (second, first),
            Order::Unknown => return None,
        };
        date(Some(year), month, Some(day))
    }

    /// A number ends here, and is not the beginning of `2026-02-08-article` or `1.2.2026.5`.
    fn ends_number(&self) -> Option<()> {
        let mut rest = self.rest().chars();
        let goes_on = match rest.next() {
            Some('-' | '.' | '/') => rest.next().is_some_and(char::is_alphanumeric),
            Some(c) => c != 'T' && c.is_alphanumeric(),
            None => false,
        };
        (!goes_on).then_some(())
    }

    /// `8 février 2026`, `1er mai`, `8. Februar 2026`, `8 de febrero de 2026`, `8th of February, 2026`.
    fn day_month(&mut self) -> Option<Date> {
        let (day, 1..=2) = self.number()? else { return None };
        if !self.rest().starts_with(char::is_whitespace) {
            // `8de febrero` is no ordinal, but no harm either.
            self.attempt(|scan| scan.word_if(words::is_ordinal));
        }
        self.skip_any(&['.', 'º', 'ª', '°', '-', '/']);
        self.attempt(|scan| {
            scan.word_if(words::joins)?;
            scan.skip_any(&['\'', '’']);
            Some(())
        });
        let month = self.word_as(words::month)?;
        let year = self.attempt(Self::year_after);
        date(year, month.into(), Some(day))
    }

    /// `February 8, 2026`, `Feb. 8`, `février 2026`.
    fn month_day(&mut self) -> Option<Date> {
        let month = self.word_as(words::month)?;
        if let Some(year) = self.attempt(Self::year_after) {
            return date(Some(year), month.into(), None);
        }
        self.skip_any(&['.', '-']);
        let (day, 1..=2) = self.number()? else { return None };
        self.attempt(|scan| scan.word_if(words::is_ordinal));
        if self.rest().starts_with(['h', ':', '%']) {
            return None; // An hour or a share.
        }
        let year = self.attempt(Self::year_after);
        date(year, month.into(), Some(day))
    }

    /// A year of four digits after a month or a day, which is not itself the beginning of something else.
    fn year_after(&mut self) -> Option<u16> {
        self.skip_any(&['.', ',', '-', '/']);
        self.attempt(|scan| scan.word_if(words::joins));
        self.skip_blanks();
        let (year @ 1000..3000, 4) = self.number()? else { return None };
        (!self.rest().starts_with(['%', '€', '$'])).then_some(year)
    }

    fn clock_before_date(&mut self) -> Option<Time> {
        let time = self.clock(false, false)?;
        self.skip_any(&[',', '-', '–', '—', '|', '·', '•']);
        Some(time)
    }

    fn clock_after_date(&mut self) -> Option<Time> {
        if self.rest().starts_with('T') {
            self.at += 1;
            return self.clock(false, true);
        }
        self.skip_any(&[',', '.', '-', '–', '—', '|', '·', '•', '/', '(', '@', ':']).then_some(())?;
        let mut led = false;
        while self.word_if(words::leads_clock).is_some() {
            led = true;
        }
        self.skip_blanks();
        let time = self.clock(led, false)?;
        self.attempt(|scan| scan.sign(')'));
        Some(time)
    }

    /// `16h33`, `16 h`, `16:33:05+01:00`, `4.33 p.m. EST`, `16.33 Uhr`. A full stop separates hours and minutes
    /// only where a word says that this is a time.
    fn clock(&mut self, led: bool, iso: bool) -> Option<Time> {
        let (hour, 1..=2) = self.number()? else { return None };
        let mut hour = u8::try_from(hour).ok()?;
        let (mut minute, mut second, mut certain) = (0, None, led);
        if self.attempt(|scan| scan.word_if(|word| matches!(word, "h" | "hs" | "hrs"))).is_some() {
            certain = true;
            self.attempt(|scan| scan.sign('.'));
            if let Some(value) = self.attempt(|scan| {
                scan.skip_blanks();
                scan.exactly(2, 59)
            }) {
                minute = value;
                self.attempt(|scan| scan.word_if(|word| matches!(word, "min" | "m")));
            }
        } else if let Some(value) = self.attempt(|scan| {
            scan.sign(':')?;
            scan.exactly(2, 59)
        }) {
            (minute, certain) = (value, true);
            second = self.attempt(|scan| {
                scan.sign(':')?;
                scan.exactly(2, 59)
            });
            if second.is_some() && self.rest().starts_with(['.', ',']) {
                // A fraction of a second says nothing to a reader.
                let digits = self.rest()[1..].bytes().take_while(u8::is_ascii_digit).count();
                self.at += if digits > 0 { 1 + digits } else { 0 };
            }
        } else if let Some(value) = self.attempt(|scan| {
            scan.sign('.')?;
            scan.exactly(2, 59)
        }) {
            minute = value;
        } else {
            certain = false; // A number alone is not an hour, whatever came before.
        }
        if let Some(half) = self.attempt(Self::half_of_day) {
            certain = true;
            hour = match (hour, half) {
                (12, Half::Morning) => 0,
                (1..12, Half::Afternoon) => hour + 12,
                (1..=12, _) => hour,
                _ => return None,
            };
        } else if self
            .attempt(|scan| scan.word_if(|word| matches!(word, "uhr" | "uur" | "horas" | "u")))
            .is_some()
        {
            certain = true;
        }
        // "10:00-11:30" is from then to then; an offset of that form follows a whole time or a space.
        let range = second.is_none() && !iso && self.rest().starts_with(['-', '–', '−']);
        let offset = if range { None } else { self.attempt(Self::offset) };
        (certain && hour < 24).then_some(Time { hour, minute, second, offset })
    }

    fn half_of_day(&mut self) -> Option<Half> {
        self.skip_blanks();
        let half = match self.rest().bytes().next()? {
            b'a' | b'A' => Half::Morning,
            b'p' | b'P' => Half::Afternoon,
            _ => return None,
        };
        self.at += 1;
        self.attempt(|scan| scan.sign('.'));
        if !self.rest().starts_with(['m', 'M']) {
            return None;
        }
        self.at += 1;
        self.attempt(|scan| scan.sign('.'));
        (!self.rest().starts_with(char::is_alphanumeric)).then_some(half)
    }

    /// `Z`, `+02:00`, `-0500`, `CET`, `(UTC)`.
    fn offset(&mut self) -> Option<i16> {
        self.skip_any(&['(']);
        let sign = match self.rest().chars().next()? {
            '+' => 1,
            '-' | '−' => -1,
            _ => {
                let minutes = self.word_as(words::zone)?;
                self.attempt(|scan| scan.sign(')'));
                return Some(minutes);
            }
        };
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        let (hours, minutes) = match self.number()? {
            (both, 4) => (both / 100, both % 100),
            (hours, 2) => {
                let minutes = self.attempt(|scan| {
                    scan.sign(':')?;
                    scan.exactly(2, 59)
                });
                (hours, minutes.unwrap_or(0).into())
            }
            _ => return None,
        };
        // The line of date change has offsets up to fourteen hours.
        let minutes = (hours <= 14 && minutes < 60).then_some(hours * 60 + minutes)?;
        i16::try_from(minutes).ok().map(|minutes| sign * minutes)
    }
}

#[derive(Debug, Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn date(year: Option<u16>, month: u16, day: Option<u16>) -> Option<Date> {
    let day = day.map(u8::try_from).transpose().ok()?;
    Some(Date { year, month: u8::try_from(month).ok()?, day, time: None })
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
    }

    #[test]
    fn english() {
        check("Feb. 8, 2026", "2026-02-08");
        check("February 8th, 2026 at 4:33 p.m. EST", "2026-02-08T16:33-05:00");
        check("Sunday, 8 February 2026 12:05 am", "2026-02-08T00:05");
        check("4:33 PM · Feb 8, 2026", "2026-02-08T16:33");
        check("the 8th of February 2026", "2026-02-08");
    }

    #[test]
    fn other_languages() {
        check("Sonntag, 8. Februar 2026, 16.33 Uhr", "2026-02-08T16:33");
        check("am 8. März 2026 um 7:05 Uhr", "2026-03-08T07:05");
        check("8.2.2026", "2026-02-08");
        check("8 de febrero de 2026 a las 16:33", "2026-02-08T16:33");
        check("domenica 8 febbraio 2026 alle ore 16.33", "2026-02-08T16:33");
        check("8 de fevereiro de 2026, às 16h33", "2026-02-08T16:33");
        check("zo 8 feb. 2026 om 16:33 uur", "2026-02-08T16:33");
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
