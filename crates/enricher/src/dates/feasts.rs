//! Feasts and memorial days, fixed and movable.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::phrases::Phrases;
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind, Tokens};

/// When a feast is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feast {
    /// Month and day, the same each year.
    Fixed(u8, u8),
    /// Days from Easter Sunday.
    Easter(i8),
    /// The nth such weekday (Monday is 1) of a month; −1 is the last one.
    Weekday { nth: i8, weekday: i8, month: i8 },
}

impl Feast {
    /// The day in a year; `None` outside of the Gregorian calendar of our era.
    pub(crate) fn day(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => {
                Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
            }
            Self::Easter(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
            Self::Weekday { nth, weekday, month } => Date::new(year, month, 1)
                .ok()?
                .nth_weekday_of_month(nth, Weekday::from_monday_one_offset(weekday).ok()?)
                .ok(),
        }
    }
}

/// Easter Sunday of the Western churches: the Gregorian computus (Meeus, *Astronomical Algorithms*, chapter 8).
fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    Date::new(i16::try_from(year).ok()?, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?)
        .ok()
}

use Feast::{Easter, Fixed};

const FRENCH: &[(&str, Feast)] = &[
    ("noël", Fixed(12, 25)),
    ("réveillon de noël", Fixed(12, 24)),
    ("nouvel an", Fixed(1, 1)),
    ("saint-sylvestre", Fixed(12, 31)),
    ("épiphanie", Fixed(1, 6)),
    ("chandeleur", Fixed(2, 2)),
    ("saint-valentin", Fixed(2, 14)),
    ("assomption", Fixed(8, 15)),
    ("toussaint", Fixed(11, 1)),
    ("halloween", Fixed(10, 31)),
    ("jour de l'an", Fixed(1, 1)),
    ("veille de noël", Fixed(12, 24)),
    ("lendemain de noël", Fixed(12, 26)),
    ("mardi gras", Easter(-47)),
    ("mercredi des cendres", Easter(-46)),
    ("jeudi saint", Easter(-3)),
    ("vendredi saint", Easter(-2)),
    ("dimanche de pâques", Easter(0)),
    ("lundi de pâques", Easter(1)),
    ("jeudi de l'ascension", Easter(39)),
    ("dimanche de pentecôte", Easter(49)),
    ("lundi de pentecôte", Easter(50)),
    ("pâques", Easter(0)),
    ("rameaux", Easter(-7)),
    ("ascension", Easter(39)),
    ("pentecôte", Easter(49)),
];

const ENGLISH: &[(&str, Feast)] = &[
    ("christmas", Fixed(12, 25)),
    ("christmas day", Fixed(12, 25)),
    ("christmas eve", Fixed(12, 24)),
    ("boxing day", Fixed(12, 26)),
    ("new year's day", Fixed(1, 1)),
    ("new years day", Fixed(1, 1)),
    ("new year day", Fixed(1, 1)),
    ("new year's eve", Fixed(12, 31)),
    ("new years eve", Fixed(12, 31)),
    ("valentine's day", Fixed(2, 14)),
    ("earth day", Fixed(4, 22)),
    ("juneteenth", Fixed(6, 19)),
    ("independence day", Fixed(7, 4)),
    ("halloween", Fixed(10, 31)),
    ("veterans day", Fixed(11, 11)),
    ("epiphany", Fixed(1, 6)),
    ("martin luther king day", Feast::Weekday { nth: 3, weekday: 1, month: 1 }),
    ("mlk day", Feast::Weekday { nth: 3, weekday: 1, month: 1 }),
    ("memorial day", Feast::Weekday { nth: -1, weekday: 1, month: 5 }),
    ("labor day", Feast::Weekday { nth: 1, weekday: 1, month: 9 }),
    ("columbus day", Feast::Weekday { nth: 2, weekday: 1, month: 10 }),
    ("thanksgiving", Feast::Weekday { nth: 4, weekday: 4, month: 11 }),
    ("thanksgiving day", Feast::Weekday { nth: 4, weekday: 4, month: 11 }),
    ("ash wednesday", Easter(-46)),
    ("maundy thursday", Easter(-3)),
    ("whit monday", Easter(50)),
    ("ascension day", Easter(39)),
    ("palm sunday", Easter(-7)),
    ("good friday", Easter(-2)),
    ("easter", Easter(0)),
    ("easter sunday", Easter(0)),
    ("easter monday", Easter(1)),
    ("pentecost", Easter(49)),
];

/// The names of the feasts of each language.
#[derive(Debug)]
pub(crate) struct Feasts {
    names: [Phrases<Feast>; Tongue::ALL.len()],
}

impl Feasts {
    pub(crate) fn new() -> Self {
        Self {
            names: Tongue::ALL.map(|tongue| {
                let mut names = Phrases::new();
                let feasts: &[_] = match tongue {
                    Tongue::French => FRENCH,
                    Tongue::English => ENGLISH,
                    _ => &[],
                };
                for (name, feast) in feasts {
                    names.insert(Tokens::new(name).as_slice().iter().map(|token| token.hash), *feast);
                }
                names
            }),
        }
    }

    /// The feast whose name begins at this piece, and one past its last piece; not where the name only says what
    /// kind of thing something is (*marché de Noël*, *Christmas tree*).
    pub(crate) fn at(&self, reading: &Reading<'_>, start: usize) -> Option<(Feast, usize)> {
        let pieces = reading.pieces().get(start..)?;
        let (length, feast) =
            self.names[reading.tongue as usize].longest(pieces.iter().map(|piece| piece.hash))?;
        let end = start + length;
        let before = reading.form_before(start, 1);
        let led = matches!(
            before,
            "on" | "at"
                | "before"
                | "after"
                | "by"
                | "since"
                | "until"
                | "this"
                | "last"
                | "next"
                | "previous"
                | "following"
                | "for"
                | "around"
                | "the"
                | "of"
        );
        let kind = if reading.tongue == Tongue::French {
            matches!(before, "de" | "père" | "d'" | "mère" | "île" | "joyeux")
        } else {
            matches!(before, "merry" | "happy" | "'s") || (length == 1 && !led)
        };
        // Noël Fayet is a person.
        let named = length == 1
            && reading.get(end).is_some_and(|next| {
                next.kind == Kind::Word && next.case == Case::Title && !next.line && !next.sentence
            });
        let kind =
            kind || named || reading.get(start).is_some_and(|piece| length == 1 && piece.case == Case::Upper);
        (!kind && (start + 1..end).all(|index| reading.joined(index, false))).then_some((feast, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(feast: Feast, year: i16, expected: &str) {
        assert_eq!(feast.day(year).map(|day| day.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn movable_feasts_are_computed() {
        // From the tables of the U.S. Naval Observatory.
        check(Easter(0), 2000, "2000-04-23");
        check(Easter(0), 2018, "2018-04-01");
        check(Easter(0), 2024, "2024-03-31");
        check(Easter(0), 2026, "2026-04-05");
        check(Easter(0), 2038, "2038-04-25");
        check(Easter(39), 2026, "2026-05-14");
        check(Easter(49), 2026, "2026-05-24");
        check(Feast::Weekday { nth: 4, weekday: 4, month: 11 }, 2026, "2026-11-26");
        check(Feast::Weekday { nth: -1, weekday: 1, month: 5 }, 2026, "2026-05-25");
        assert_eq!(Easter(0).day(1200), None);
    }
}
