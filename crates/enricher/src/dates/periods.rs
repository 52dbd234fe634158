//! Years and what is larger or smaller than a month: *en 2026*, *années 1990*, `XIXe siècle`, *troisième trimestre*,
//! `Q3 2025`, *été 2011*.

use super::edtf::{Date, Part, Stated, Year};
use super::relative::{toward_after, year_told};
use super::{Found, Meaning, Toward, absolute, years};
use crate::numbers::{self, Written};
use crate::reading::words::{CalendarWord, NumberWord, Period};
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind};

/// The period that is read from this piece.
pub(super) fn read(
    reading: &Reading<'_>,
    start: usize,
    floor: usize,
    last_year: Option<usize>,
) -> Option<Found> {
    match reading.calendar_word(start) {
        Some(CalendarWord::Unit(Period::Decades)) => decade_after(reading, start),
        Some(CalendarWord::Unit(Period::Century)) => century(reading, start, floor),
        Some(CalendarWord::Unit(period @ (Period::Quarter | Period::Half))) => {
            part_of_year(reading, start, floor, period)
        }
        Some(CalendarWord::Season(code)) => season(reading, start, floor, code),
        Some(CalendarWord::Unit(Period::Month)) => month_by_number(reading, start, floor),
        _ if reading.is_kind(start, Kind::Mixed) => period_code(reading, start),
        _ => decade(reading, start)
            .or_else(|| before_christ(reading, start))
            .or_else(|| years::read(reading, start, last_year)),
    }
}

/// *52 avant J.-C.*, `1200 BC`.
pub(super) fn before_christ(reading: &Reading<'_>, start: usize) -> Option<Found> {
    let word = reading.word(start);
    let figures = reading.is_kind(start, Kind::Number) && word.len() <= 4 && reading.joined(start, false);
    let year = figures.then(|| word.parse::<i16>().ok()).flatten().filter(|year| *year > 0)?;
    let end = era_before(reading, start + 1)?;
    Some(one(start, end, Date::of_year(1 - year)))
}

/// One past the words that count years backwards: *avant J.-C.*, `av. J.-C.`, *avant notre ère*, `BC`, `B.C.E.`
fn era_before(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if !reading.joined(at, false) {
        return None;
    }
    match (reading.form(at), reading.form(at + 1)) {
        ("bc" | "bce" | "b.c." | "b.c.e." | "b.c" | "b.c.e", _) if reading.get(at)?.case == Case::Upper => {
            Some(at + 1)
        }
        ("avant" | "av" | "av.", _) => {
            let at = at + 1;
            let at = at + usize::from(reading.form(at) == ".");
            match (reading.form(at), reading.form(at + 1)) {
                ("notre", "ère") => Some(at + 2),
                (christ, _)
                    if christ.starts_with("j.-c")
                        || matches!(christ, "jc" | "j.c." | "j.c" | "jésus-christ") =>
                {
                    Some(at + 1)
                }
                ("jésus", "christ") => Some(at + 2),
                // J.-C. may be cut in two.
                ("j." | "j", "-") if reading.form(at + 2).starts_with('c') => Some(at + 3),
                ("j." | "j", christ) if christ.starts_with("-c") => Some(at + 2),
                _ => None,
            }
        }
        _ => None,
    }
}

fn one(start: usize, end: usize, date: Date) -> Found {
    Found { start, end, meaning: Meaning::date(date) }
}

/// *années 1990*, *années 80*, *années quatre-vingt-dix*.
fn decade_after(reading: &Reading<'_>, start: usize) -> Option<Found> {
    let number = numbers::number(reading, start + 1).filter(|_| reading.joined(start + 1, false))?;
    let value = number.small(2190).filter(|value| value % 10 == 0)?;
    let tens = match value {
        20..=90 => 190 + value / 10,
        1000.. => value / 10,
        _ => return None,
    };
    let start = if number.written == Written::Figures { start + 1 } else { start };
    let decade = Year::Decade(i16::try_from(tens).ok()?);
    Some(one(start, number.end, Date::new(decade, Part::Whole)))
}

/// `1990s`, `the '80s`.
fn decade(reading: &Reading<'_>, start: usize) -> Option<Found> {
    if !reading.is_kind(start, Kind::Number) || reading.tongue != Tongue::English {
        return None;
    }
    let touches = reading.joined(start + 1, true) && matches!(reading.form(start + 1), "s" | "'s");
    let word = reading.word(start);
    let value = word.parse::<i16>().ok().filter(|value| value % 10 == 0 && touches)?;
    let tens = match (value, word.len()) {
        (30..=90, 2) => 190 + value / 10,
        (1000..=2190, 4) => value / 10,
        _ => return None,
    };
    Some(one(start, start + 2, Date::new(Year::Decade(tens), Part::Whole)))
}

/// `XIXe siècle`, `XXI e siècle`, *19th century*, `IIIe siècle av. J.-C.`
fn century(reading: &Reading<'_>, at: usize, floor: usize) -> Option<Found> {
    if at <= floor || !reading.joined(at, false) {
        return None;
    }
    let (number, start) = ordinal_before(reading, at, floor)?;
    let hundreds = i16::from(number).checked_sub(1).filter(|hundreds| (0..=29).contains(hundreds))?;
    if let Some(end) = era_before(reading, at + 1) {
        // EDTF has unknown digits for years of our era only.
        let years = Stated::Range(Date::of_year(-hundreds * 100 - 99), Date::of_year(-hundreds * 100));
        let meaning = Meaning::Stated { date: years, weekday: None, toward: None };
        return Some(Found { start, end, meaning });
    }
    // *Its second century*, *deuxième siècle d'existence* are told from another beginning.
    let told = hundreds >= 9 || !matches!(reading.number_word(start), Some(NumberWord::Ordinal(_)));
    let bc = matches!(reading.form(at + 1), "av" | "av." | "avant" | "bc");
    (told && !bc && hundreds <= 21)
        .then(|| one(start, at + 1, Date::new(Year::Century(hundreds), Part::Whole)))
}

/// The ordinal that ends before a piece, in words, figures or Roman numerals, and its first piece.
fn ordinal_before(reading: &Reading<'_>, at: usize, floor: usize) -> Option<(u8, usize)> {
    let last = at.checked_sub(1).filter(|&last| last >= floor)?;
    if let Some(NumberWord::Ordinal(number)) = reading.number_word(last) {
        let tens = last.checked_sub(1).filter(|&tens| tens >= floor);
        return match tens.and_then(|tens| Some((reading.number_word(tens)?, tens))) {
            Some((NumberWord::Ten(ten), tens)) if number < 10 => Some((ten + number, tens)),
            _ => Some((number, last)),
        };
    }
    let form = reading.form(last);
    if matches!(form, "e" | "er" | "re" | "ème" | "ème." | "st" | "nd" | "rd" | "th") && last > floor {
        let number = last - 1;
        let value = if reading.is_kind(number, Kind::Number) {
            reading.word(number).parse().ok()
        } else {
            roman(reading.word(number))
        };
        return Some((value?, number));
    }
    let word = reading.word(last);
    // XIX secolo.
    if reading.tongue == Tongue::Italian && reading.is_kind(last, Kind::Word) {
        return Some((roman(word)?, last));
    }
    let numeral = word.trim_end_matches(|c: char| c.is_lowercase() || c == 'è');
    let ending = &word[numeral.len()..];
    matches!(ending, "e" | "er" | "ème" | "ᵉ").then(|| Some((roman(numeral)?, last))).flatten()
}

pub(super) fn roman(numeral: &str) -> Option<u8> {
    let digit = |byte: &u8| match byte {
        b'I' => Some(1_u8),
        b'V' => Some(5),
        b'X' => Some(10),
        _ => None,
    };
    let digits: Vec<u8> = numeral.as_bytes().iter().take(6).map(digit).collect::<Option<_>>()?;
    let (mut sum, mut largest) = (0_u8, 0_u8);
    for digit in digits.into_iter().rev() {
        sum = if digit < largest { sum.checked_sub(digit)? } else { sum.checked_add(digit)? };
        largest = largest.max(digit);
    }
    (sum > 0 && numeral.len() <= 6).then_some(sum)
}

/// *troisième trimestre 2025*, *premier semestre*, *first quarter of 2025*.
fn part_of_year(reading: &Reading<'_>, at: usize, floor: usize, period: Period) -> Option<Found> {
    let parts = if period == Period::Quarter { 4 } else { 2 };
    let dernier = at > floor && matches!(reading.form_before(at, 1), "dernier" | "last" | "final");
    let (number, start) = match ordinal_before(reading, at, floor) {
        Some(found) => found,
        None if dernier => (parts, at - 1),
        None => return None,
    };
    if number == 0 || number > parts {
        return None;
    }
    let found_year = year_behind(reading, at + 1);
    let told = year_told(reading, at + 1).is_some();
    let sure = (reading.tongue == Tongue::French && !dernier) || told;
    if found_year.is_none() && !sure {
        return None;
    }
    let part = Part::Season(if period == Period::Quarter { 32 } else { 39 } + number);
    let (year, start, end) =
        found_year.map_or((Year::Unknown, start, at + 1), |(year, end)| (Year::Known(year), end - 1, end));
    Some(one(start, end, Date::new(year, part)))
}

/// *the third month of 2021*.
fn month_by_number(reading: &Reading<'_>, at: usize, floor: usize) -> Option<Found> {
    let (number, start) =
        ordinal_before(reading, at, floor).filter(|(number, _)| (1..=12).contains(number))?;
    let (year, end) = year_behind(reading, at + 1)?;
    Some(one(start, end, Date::new(Year::Known(year), Part::Month(number))))
}

/// A year behind a part of it: `2025`, *de 2025*, *of fiscal 2025*, *de l'année 2025*.
fn year_behind(reading: &Reading<'_>, at: usize) -> Option<(i16, usize)> {
    for at in at..at + 4 {
        if !reading.joined(at, false) {
            return None;
        }
        if let Some(found) = absolute::year(reading, at) {
            return reading.is_kind(at, Kind::Number).then_some(found);
        }
        if !matches!(
            reading.form(at),
            "de" | "l'" | "of" | "the" | "year" | "année" | "exercice" | "fiscal" | "in" | "d'" | ","
        ) {
            return None;
        }
    }
    None
}

/// `T3 2025`, `Q3`, `S1 2026`, `H1 2026`.
fn period_code(reading: &Reading<'_>, start: usize) -> Option<Found> {
    let [letter, number] = reading.form(start).as_bytes() else { return None };
    let number = number - b'0';
    let base = match (letter, reading.tongue) {
        (b'q', _) | (b't', Tongue::French) => 32,
        (b's', Tongue::French) | (b'h', _) if number <= 2 => 39,
        _ => return None,
    };
    let part = Part::Season(base + number);
    if let Some((year, end)) = year_behind(reading, start + 1) {
        return Some(one(start, end, Date::new(Year::Known(year), part)));
    }
    let led =
        matches!(reading.form_before(start, 1), "au" | "du" | "le" | "in" | "for" | "the" | "en" | "of");
    let led = (base == 32 && led) || year_told(reading, start + 1).is_some();
    (led && reading.get(start)?.case != Case::Lower)
        .then(|| one(start, start + 1, Date::new(Year::Unknown, part)))
}

/// *été 2011*, *l'hiver 2015-2016*, *summer of 2020*, *l'été dernier*, *this winter*.
fn season(reading: &Reading<'_>, start: usize, floor: usize, code: u8) -> Option<Found> {
    let before = reading.form_before(start, 1);
    let part = Part::Season(code);
    let of = usize::from(matches!(reading.form(start + 1), "of" | "de"));
    // Jeux olympiques d'été de 2016.
    if before == "d'" {
        return None;
    }
    if let Some((year, end)) = absolute::year(reading, start + 1 + of)
        && !(reading.form(start) == "fall" && crate::amounts::counts(reading, end))
        && reading.is_kind(start + 1 + of, Kind::Number)
    {
        return Some(one(end - 1, end, Date::new(Year::Known(year), part)));
    }
    let date = Stated::One(Date::new(Year::Unknown, part));
    // The year is joined to it afterwards.
    if year_told(reading, start + 1).is_some() && reading.form(start) != "fall" {
        return Some(Found {
            start,
            end: start + 1,
            meaning: Meaning::Stated { date, weekday: None, toward: None },
        });
    }
    let led = matches!(before, "l'" | "le" | "cet") && start > floor;
    if let Some((toward, end)) = toward_after(reading, start + 1).filter(|_| led) {
        return Some(Found {
            start,
            end,
            meaning: Meaning::Stated { date, weekday: None, toward: Some(toward) },
        });
    }
    let toward = match (reading.tongue, before) {
        (Tongue::French, "cet") | (Tongue::English, "this") => Toward::Now,
        (Tongue::English, "last") => Toward::Past,
        (Tongue::English, "next") => Toward::Future,
        _ => return None,
    };
    (start > floor).then_some(Found {
        start: start - 1,
        end: start + 1,
        meaning: Meaning::Stated { date, weekday: None, toward: Some(toward) },
    })
}
