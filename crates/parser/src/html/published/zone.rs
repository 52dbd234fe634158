//! An instant that machines give in UTC, on the day on which readers saw it.

use crate::date::{Date, Time};

/// Offsets in minutes that are no multiple of half an hour: Nepal, Eucla, the Chatham Islands in winter and summer.
const QUARTERS: [i64; 4] = [345, 525, 765, 825];

/// The day of `shown`, if it can be that of an instant given in UTC somewhere on earth; with the instant told in that
/// zone's time where the page shows the time of day.
pub(super) fn in_zone_of(stated: &Date, shown: &Date) -> Option<Date> {
    let (from, to) = (minutes(stated)?, minutes(shown)?);
    // Zones reach from twelve hours behind UTC to fourteen ahead of it.
    let zones = -720..=840;
    match shown.time {
        Some(Time { offset: Some(offset), .. }) => {
            ((to - i64::from(offset) - from).abs() <= 5).then_some(*shown)
        }
        Some(_) => {
            // Two clocks of one page differ by a few minutes at most.
            let offset = (to - from + 7).div_euclid(15) * 15;
            let is_zone = offset % 30 == 0 || QUARTERS.contains(&offset);
            if (to - from - offset).abs() > 5 || !is_zone || !zones.contains(&offset) {
                return None;
            }
            let second = stated.time.and_then(|time| time.second);
            let local = from + offset;
            let time = Time {
                hour: u8::try_from(local.rem_euclid(1440) / 60).ok()?,
                minute: u8::try_from(local.rem_euclid(60)).ok()?,
                second,
                offset: i16::try_from(offset).ok(),
            };
            (local.div_euclid(1440) == to.div_euclid(1440)).then_some(Date { time: Some(time), ..*shown })
        }
        // Some zone has that day at that instant.
        None => (from + zones.start() < to + 1440 && from + zones.end() >= to).then_some(*shown),
    }
}

/// The day that begins at an instant given in UTC by the clocks of central Europe, where the page's language is spoken:
/// what writes a day alone as an instant takes its midnight.
pub(super) fn begun_in_zone_of(stated: &Date, language: &str) -> Option<Date> {
    let (language, region) = language.split_once(['-', '_']).unwrap_or((language, ""));
    let central = match language.to_ascii_lowercase().as_str() {
        "de" | "it" | "nl" | "fr" | "pl" | "cs" | "da" | "sv" | "no" | "nb" => {
            matches!(
                region.to_ascii_uppercase().as_str(),
                "" | "DE"
                    | "AT"
                    | "CH"
                    | "LI"
                    | "LU"
                    | "IT"
                    | "NL"
                    | "BE"
                    | "FR"
                    | "PL"
                    | "CZ"
                    | "DK"
                    | "SE"
                    | "NO"
            )
        }
        "es" => region.eq_ignore_ascii_case("ES"),
        _ => false,
    };
    let time = stated.time.filter(|time| central && time.minute == 0 && time.second == Some(0))?;
    (time.hour == if is_summer(stated)? { 22 } else { 23 }).then(|| stated.days_later(1))?
}

/// Whether summer time is in force in Europe on the evening of a day: from the last Sunday of March on, until the last of
/// October.
fn is_summer(date: &Date) -> Option<bool> {
    let day = date.day?;
    let first = Date { day: Some(1), time: None, ..*date };
    // 1 January 1970 was a Thursday.
    let weekday_of_first = (minutes(&first)? / 1440 + 4).rem_euclid(7);
    let last_sunday = (25..=31).find(|day| (weekday_of_first + day - 1) % 7 == 0)?;
    Some(match date.month? {
        4..=9 => true,
        3 => i64::from(day) >= last_sunday,
        10 => i64::from(day) < last_sunday,
        _ => false,
    })
}

/// Minutes since a fixed day, by the clock that the date is told by.
fn minutes(date: &Date) -> Option<i64> {
    let day = jiff::civil::Date::new(
        i16::try_from(date.year?).ok()?,
        i8::try_from(date.month?).ok()?,
        i8::try_from(date.day?).ok()?,
    )
    .ok()?;
    let days = i64::from(day.since(jiff::civil::Date::constant(1970, 1, 1)).ok()?.get_days());
    let time = date.time.map_or(0, |time| i64::from(time.hour) * 60 + i64::from(time.minute));
    Some(days * 1440 + time)
}

/// Whether an instant is noon to the second: what has to have a time and knows the day alone takes that.
pub(super) fn is_noon(stated: &Date) -> bool {
    stated
        .time
        .is_some_and(|time| time.hour == 12 && time.minute == 0 && time.second.unwrap_or_default() == 0)
}

/// The other reading of a date written as two numbers and a year.
pub(super) fn swapped(written: &str, date: &Date) -> Option<Date> {
    let day = date.day.filter(|day| (1..=12).contains(day) && Some(*day) != date.month)?;
    let start = written.trim_start().split(|c: char| !c.is_ascii_digit() && c != '/').next()?;
    let mut numbers = start.split('/').map(str::len);
    let in_figures = numbers.next()? <= 2 && numbers.next()? <= 2 && numbers.next()? == 4;
    in_figures.then_some(Date { month: Some(day), day: date.month, ..*date })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Order, read};

    fn check(stated: &str, shown: &str, expected: &str) {
        let date = |text| read(text, Order::MonthFirst).unwrap();
        let found = in_zone_of(&date(stated), &date(shown)).map(|date| date.edtf());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{stated}, {shown}");
    }

    #[test]
    fn an_evening_in_the_west_is_a_morning_in_utc() {
        check("2026-02-09T01:49:09Z", "February 8, 2026 at 5:49 p.m.", "2026-02-08T17:49:09-08:00");
        check("2026-02-09T01:49:09Z", "February 8, 2026", "2026-02-08");
        check("2026-02-08T23:11:59Z", "9. Februar 2026", "2026-02-09");
    }

    #[test]
    fn noon_stands_for_a_day() {
        let lexicon = crate::lexicon::Lexicon::load(None).unwrap();
        let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";
        let published = |at: &str, shown: &str| {
            let page = format!(
                "<html lang=fr><head><title>Le lac a gelé</title><meta property=article:published_time content={at}></head>\
                 <body><main><h1>Le lac a gelé</h1><time datetime={at}>{shown}</time>{prose}{prose}</main></body></html>"
            );
            let article = crate::html::read(&page, None, &lexicon).unwrap();
            article.published.map(|date| date.edtf).unwrap_or_default()
        };
        assert_eq!(published("2026-05-06T12:00:00Z", "06/05/2026"), "2026-05-06");
        assert_eq!(published("2026-05-06T12:00:00Z", "6 mai 2026"), "2026-05-06");
        // The time that readers see is meant, and so is any other one.
        for (at, shown) in [
            ("2026-05-06T12:00:00Z", "06/05/2026 à 12h00"),
            ("2026-05-06T12:00:00Z", "mercredi"),
            ("2026-05-06T12:01:00Z", "06/05/2026"),
        ] {
            assert_eq!(published(at, shown), at, "{shown}");
        }
    }

    #[test]
    fn a_day_written_as_an_instant_begins_at_midnight() {
        let check = |stated: &str, language: &str, expected: &str| {
            let found = begun_in_zone_of(&read(stated, Order::DayFirst).unwrap(), language);
            assert_eq!(
                found.map(|date| date.edtf()).as_deref().unwrap_or("none"),
                expected,
                "{stated} {language}"
            );
        };
        check("2026-02-08T23:00:00Z", "de", "2026-02-09");
        check("2026-07-31T22:00:00Z", "it-IT", "2026-08-01");
        check("2026-03-29T22:00:00Z", "fr", "2026-03-30");
        check("2026-03-28T22:00:00Z", "fr", "none");
        check("2026-10-25T23:00:00Z", "nl-NL", "2026-10-26");
        check("2026-10-24T23:00:00Z", "nl-NL", "none");
        check("2026-02-08T23:00:00Z", "fr-CA", "none");
        check("2026-02-08T23:00:00Z", "es", "none");
        check("2026-02-08T22:59:00Z", "de", "none");
    }

    #[test]
    fn another_day_is_another_day() {
        check("2026-02-09T14:49:09Z", "February 8, 2026", "none");
        check("2026-02-09T01:49:09Z", "February 6, 2026", "none");
        check("2026-02-09T01:49:09Z", "February 8, 2026 at 5:32 p.m.", "none");
    }
}
