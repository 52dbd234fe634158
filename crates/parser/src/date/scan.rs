//! The parts of a date, read from left to right.

use super::{Date, Order, Time, words};
use crate::letters::is_letter;
use crate::lexicon::fold_word;

/// Reads numbers and words one after another. Every step either moves on or gives up, so reading is linear.
pub(super) struct Scan<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Takes a step, or stays where it was.
    pub(super) fn attempt<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
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
    pub(super) fn skip_any(&mut self, signs: &[char]) -> bool {
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

    /// Whether a number comes next, or a word that dates begin with.
    pub(super) fn may_begin_date(&self) -> bool {
        let mut ahead = Scan { text: self.text, at: self.at };
        ahead.skip_blanks();
        ahead.rest().starts_with(|c: char| c.is_ascii_digit())
            || ahead.word_if(|word| words::meaning(word) != words::Meaning::default()).is_some()
    }

    pub(super) fn skip_leads(&mut self) {
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
    pub(super) fn word_if(&mut self, wanted: impl FnOnce(&str) -> bool) -> Option<()> {
        self.word_as(|word| wanted(word).then_some(()))
    }

    fn word_as<T>(&mut self, reading: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let rest = self.rest();
        let word = rest.trim_start();
        // The longest word of a date has twelve letters, some of two bytes; a longer one is not folded.
        let mut length = word.bytes().take(25).take_while(u8::is_ascii_alphabetic).count();
        if length > 24 {
            return None;
        }
        // Most words are ASCII to their end.
        let rest_of_word =
            if word.as_bytes().get(length).is_none_or(u8::is_ascii) { "" } else { &word[length..] };
        for c in rest_of_word.chars() {
            if !is_letter(c) && !('\u{300}'..='\u{36f}').contains(&c) {
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
    pub(super) fn year_month_day(&mut self) -> Option<Date> {
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
    pub(super) fn numbers(&mut self, order: Order) -> Option<Date> {
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

    /// `mar. 4 nov. 2025`: before a whole date the word is Tuesday's in French, Spanish and Italian, and no month.
    pub(super) fn tuesday(&mut self, order: Order) -> Option<Date> {
        self.word_if(|word| word == "mar")?;
        self.skip_any(&['.', ',']);
        self.attempt(Self::day_month).or_else(|| self.numbers(order))
    }

    /// `8 février 2026`, `1er mai`, `8. Februar 2026`, `8 de febrero de 2026`, `8th of February, 2026`.
    pub(super) fn day_month(&mut self) -> Option<Date> {
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
    pub(super) fn month_day(&mut self) -> Option<Date> {
        let (month, month_leads) = self.word_as(words::month_and_whether_it_leads)?;
        if let Some(year) = self.attempt(Self::year_after) {
            return date(Some(year), month.into(), None);
        }
        if !month_leads {
            return None;
        }
        self.skip_any(&['.', '-']);
        let (day, 1..=2) = self.number()? else { return None };
        self.attempt(|scan| scan.word_if(words::is_ordinal));
        if self.rest().starts_with(['h', ':', '%']) {
            return None; // An hour or a share.
        }
        // "MAJ 3 mars 2026": the number is the day of the month behind it, and the word before it another one.
        if self.attempt(|scan| scan.word_as(words::month)).is_some() {
            return None;
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

    /// A year that stands behind the time.
    pub(super) fn year_after_clock(&mut self) -> Option<u16> {
        self.skip_blanks();
        let (year @ 1000..3000, 4) = self.number()? else { return None };
        (!self.rest().starts_with(|c: char| c.is_alphanumeric() || c == ':')).then_some(year)
    }

    pub(super) fn clock_before_date(&mut self) -> Option<Time> {
        let time = self.clock(false, false)?;
        self.skip_any(&[',', '-', '–', '—', '|', '·', '•']);
        Some(time)
    }

    /// A time behind the words that lead to it, if there are any.
    pub(super) fn led_clock(&mut self) -> Option<Time> {
        let mut led = false;
        while self.word_if(words::leads_clock).is_some() {
            led = true;
        }
        // "kl. 07.15", "godz. 10:15": the word is shortened.
        if led && ["kl", "godz"].iter().any(|word| self.text[..self.at].ends_with(word)) {
            self.attempt(|scan| scan.sign('.'));
        }
        self.skip_blanks();
        self.clock(led, false)
    }

    pub(super) fn clock_after_date(&mut self) -> Option<Time> {
        if self.rest().starts_with('T') {
            self.at += 1;
            return self.clock(false, true);
        }
        self.skip_any(&[',', '.', '-', '–', '—', '|', '·', '•', '/', '(', '@', ':']).then_some(())?;
        let time = self.led_clock()?;
        self.attempt(|scan| scan.sign(')'));
        Some(time)
    }

    /// `16h33`, `16 h`, `16:33:05+01:00`, `4.33 p.m. EST`, `16.33 Uhr`, `16.33 GMT`. A full stop separates hours and minutes
    /// only where a word says that this is a time.
    fn clock(&mut self, led: bool, iso: bool) -> Option<Time> {
        let (hour, 1..=2) = self.number()? else { return None };
        let mut hour = u8::try_from(hour).ok()?;
        let (mut minute, mut second, mut certain) = (0, None, led);
        let mut is_dotted = false;
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
            (minute, is_dotted) = (value, true);
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
            .attempt(|scan| {
                scan.word_if(|word| matches!(word, "uhr" | "uur" | "horas" | "u" | "h" | "hs" | "hrs"))
            })
            .is_some()
        {
            certain = true;
        }
        // "10:00-11:30" is from then to then; an offset of that form follows a whole time or a space.
        let range = second.is_none() && !iso && self.rest().starts_with(['-', '–', '−']);
        let is_named = self.rest().trim_start().starts_with(char::is_alphabetic);
        let offset = if range { None } else { self.attempt(Self::offset) };
        // "18.30 GMT"
        certain |= is_dotted && is_named && offset.is_some();
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

    /// `Z`, `+02:00`, `-0500`, `CET`, `(UTC)`, `UTC+2`, `GMT -5:30`.
    fn offset(&mut self) -> Option<i16> {
        self.skip_any(&['(']);
        if self.rest().starts_with(['+', '-', '−']) {
            return self.hours_east(false);
        }
        let (minutes, is_utc) =
            self.word_as(|word| Some((words::zone(word)?, matches!(word, "utc" | "gmt"))))?;
        let from_utc = if is_utc {
            self.attempt(|scan| {
                scan.skip_blanks();
                scan.hours_east(true)
            })
        } else {
            None
        };
        self.attempt(|scan| scan.sign(')'));
        Some(from_utc.unwrap_or(minutes))
    }

    /// `+02:00`, `-0500`, `+02`; `+2` and `-5:30` where a name says what they are counted from.
    fn hours_east(&mut self, is_named: bool) -> Option<i16> {
        let sign = match self.rest().chars().next()? {
            '+' => 1,
            '-' | '−' => -1,
            _ => return None,
        };
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        let (hours, minutes) = match self.number()? {
            (both, 4) => (both / 100, both % 100),
            (hours, digits) if digits == 2 || digits == 1 && is_named => {
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
    Some(Date { year, month: Some(u8::try_from(month).ok()?), day, time: None })
}
