//! When? Dates and periods as the text states them, and where they lie against the day of publication.
//!
//! One scan over the pieces of a text stops at numbers and at words of the calendar. What stands there is read by the
//! longest form that fits; what is found is placed afterwards. A mention that neither its words nor the day of
//! publication places is left out: *vendredi* of an article without a date says nothing.
//!
//! The span covers the names and figures of the calendar, as the corpora of French news annotate them: with the weekday
//! and *dernier*, without the time of day, and where a year has figures, without the words before it that say which
//! part of it or how many (*fin 2025*, *premier semestre 2025*, *années 1990*). The meaning has all of it.

use document::{DateMention, Published};

use crate::reading::words::{CalendarWord, NumberWord, Period};
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

mod absolute;
mod edtf;
mod feasts;
mod figures;
mod months;
mod periods;
mod place;
mod relative;
mod tense;
mod worded;
mod years;

use edtf::{Part, Stated};
use feasts::{Feast, Feasts};
use place::{Anchor, place};

/// Finds dates. Built once, shared by all workers.
#[derive(Debug)]
pub struct Finder {
    feasts: Feasts,
}

/// Whether dates of a text can be placed against this day of publication, wholly or in part.
pub fn places(published: &Published) -> bool {
    Anchor::of(Some(published)) != Anchor::Unknown
}

/// What a date says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    /// A date, its year or its month perhaps unknown; its weekday, and on which side of today it lies, if said.
    Stated { date: Stated, weekday: Option<u8>, toward: Option<Toward> },
    /// *hier*: days from the day of publication.
    Days(i32),
    /// *vendredi*, *last Friday*.
    Weekday {
        number: u8,
        /// As the words say.
        toward: Option<Toward>,
        /// As the verbs around it suggest, and whether they surely do.
        tense: Option<(Toward, bool)>,
        /// Whether the side is counted by weeks, as English does.
        of_week: bool,
    },
    /// *tuesday of last week*.
    WeekdayOf { number: u8, weeks: i8 },
    /// *the 15th day of next month*.
    DayOf { day: u8, months: i8 },
    /// *cette année*, *le mois dernier*.
    Period { period: Period, offset: i32 },
    /// *il y a trois jours*, *two weeks after Easter*.
    Away { count: i32, period: Period, from: Option<Box<Meaning>> },
    /// *Noël*, *next Easter*.
    Feast { feast: Feast, toward: Option<Toward> },
}

/// On which side of the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toward {
    Past,
    /// The same year, week or day.
    Now,
    Future,
    /// In the year that is so many years away: *mars de l'an dernier*.
    InYear(i8),
}

impl Toward {
    /// How many weeks, months or years away it is.
    fn offset(self) -> i8 {
        match self {
            Self::Past => -1,
            Self::Now => 0,
            Self::Future => 1,
            Self::InYear(years) => years,
        }
    }
}

impl Meaning {
    fn date(date: edtf::Date) -> Self {
        Self::Stated { date: Stated::One(date), weekday: None, toward: None }
    }

    /// What the words alone say.
    fn edtf(&self) -> Option<Stated> {
        match *self {
            Self::Stated { date, .. } => Some(date),
            Self::Feast { feast: Feast::Fixed(month, day), .. } => {
                Some(Stated::One(edtf::Date::new(edtf::Year::Unknown, Part::Day(month, day))))
            }
            _ => None,
        }
    }

    /// Whether the words alone only say a time of the year (*en décembre*), which some year gives a meaning to.
    fn recurs(&self) -> bool {
        match self {
            Self::Stated { date, weekday, .. } => {
                let date = date.first();
                let part = match date.part {
                    Part::Month(_) | Part::Season(21..=24) => true,
                    Part::DayAlone(_) => weekday.is_none(),
                    _ => false,
                };
                part && !date.has_year()
            }
            _ => false,
        }
    }
}

/// A date that was read: where it begins and ends, in pieces, and what it says.
#[derive(Debug)]
struct Found {
    start: usize,
    end: usize,
    meaning: Meaning,
}

impl Finder {
    /// The finder with the feasts of each language.
    pub fn built_in() -> Self {
        Self { feasts: Feasts::new() }
    }

    /// The dates of a text in order, none of which overlaps another.
    pub fn find(&self, reading: &Reading<'_>, published: Option<&Published>) -> Vec<DateMention> {
        let anchor = Anchor::of(published);
        let mut dates = Vec::new();
        // Nothing before this piece belongs to the next date.
        let mut floor = 0;
        // Where the last year was read, for lists and ranges of years.
        let mut last_year = None;
        for &hot in &reading.hot {
            let start = hot as usize;
            if start < floor {
                continue;
            }
            let Some(found) = self.read(reading, start, floor, last_year) else { continue };
            if let Some(end) = worded::name_around(reading, floor, &found) {
                floor = end;
                continue;
            }
            if names_a_street(reading, found.start) {
                floor = found.end;
                continue;
            }
            let found = in_told_year(reading, found);
            floor = found.end;
            // Le 15 mars 44 av. J.-C.: the year is read next, and this day is not of our calendar.
            if periods::before_christ(reading, found.end).is_some() {
                continue;
            }
            if found.meaning.edtf().is_some_and(|date| date.first().has_year()) {
                last_year = Some(found.end);
            }
            let mention = mention(reading, &found, anchor);
            dates.extend(mention);
        }
        dates
    }

    /// The longest date at this piece.
    fn read(
        &self,
        reading: &Reading<'_>,
        start: usize,
        floor: usize,
        last_year: Option<usize>,
    ) -> Option<Found> {
        let word = reading.calendar_word(start);
        // A number in words says a date only before a word of the calendar, or as a year.
        if let (None, Some(number)) = (word, reading.number_word(start)) {
            let near = (start + 1..start + 5).any(|index| reading.calendar_word(index).is_some());
            let year = reading.tongue == Tongue::English
                && matches!(number, NumberWord::Small(_) | NumberWord::Ten(_));
            if !near && !year {
                return None;
            }
        }
        let told = match reading.calendar {
            Some(_) => [worded::read(reading, start, floor), None],
            None => [relative::read(reading, start, floor, &self.feasts), self.feast(reading, start, word)],
        };
        let named = [absolute::read(reading, start, floor), periods::read(reading, start, floor, last_year)];
        let candidates = named.into_iter().chain(told);
        candidates.flatten().max_by_key(|found| (found.end, std::cmp::Reverse(found.start)))
    }

    /// A feast, with its year or its side of today.
    fn feast(&self, reading: &Reading<'_>, start: usize, word: Option<CalendarWord>) -> Option<Found> {
        word?;
        let (feast, end) = self.feasts.at(reading, start)?;
        let of = usize::from(matches!(reading.form(end), "of" | "de" | "in"));
        if let Some((year, end)) = absolute::year(reading, end + of)
            && let Some(day) = feast.day(year)
        {
            return Some(Found { start, end, meaning: Meaning::date(edtf::Date::of_day(day)) });
        }
        if reading.form(end) == "of"
            && matches!(reading.form(end + 1), "this" | "last" | "next")
            && reading.form(end + 2) == "year"
        {
            let toward = relative::side(reading.form(end + 1)).filter(|side| *side == Toward::Now);
            return toward.map(|_| Found { start, end: end + 3, meaning: Meaning::Feast { feast, toward } });
        }
        let (toward, end) =
            relative::toward_after(reading, end).map_or((None, end), |(side, end)| (Some(side), end));
        let before = relative::side(reading.form_before(start, 1)).filter(|_| toward.is_none());
        let start = start - usize::from(before.is_some());
        let told = || tense::tense(reading, start, end).and_then(|(side, sure)| sure.then_some(side));
        let toward = toward.or(before).or_else(told);
        Some(Found { start, end, meaning: Meaning::Feast { feast, toward } })
    }
}

/// A date with the year that words behind it tell from today's: *premier trimestre de cette année*, *March last year*.
fn in_told_year(reading: &Reading<'_>, mut found: Found) -> Found {
    let toward = match &mut found.meaning {
        Meaning::Stated { date: Stated::One(date), toward, .. }
            if !date.has_year() && !matches!(date.part, Part::DayAlone(_)) =>
        {
            toward
        }
        Meaning::Feast { toward, .. } => toward,
        _ => return found,
    };
    if toward.is_none()
        && let Some((years, end)) = relative::year_told(reading, found.end)
    {
        *toward = Some(Toward::InYear(years));
        found.end = end;
    }
    found
}

/// The mention in the record; `None` where nothing places it.
fn mention(reading: &Reading<'_>, found: &Found, anchor: Anchor) -> Option<DateMention> {
    let edtf = found.meaning.edtf();
    if let Some(date) = edtf {
        let exists = |date: edtf::Date| date.exists();
        let whole = match date {
            Stated::One(date) => exists(date),
            Stated::Range(first, last) => exists(first) && exists(last),
        };
        if !whole {
            return None;
        }
    }
    if found.meaning.recurs() && !anchor.has_year() {
        return None;
    }
    let resolved = if is_of_another(reading, found) {
        None
    } else {
        place(&found.meaning, anchor)
            .filter(|date| !contradicts(reading, found, anchor, *date))
            .or_else(|| ahead(reading, found, anchor))
    };
    if edtf.is_none() && resolved.is_none() {
        return None;
    }
    Some(DateMention {
        span: reading.span(found.start, found.end),
        edtf: edtf.map(|date| date.to_string()),
        resolved: resolved.map(|date| date.to_string()),
    })
}

/// How far before a day alone the month may stand that it is of, in words.
const LISTED: usize = 14;

/// Whether a date without its year or month is of one that was told of, and not of today's: *le 5 mars de la même année*,
/// *du 3 au 5 mai, puis le 12*.
fn is_of_another(reading: &Reading<'_>, found: &Found) -> bool {
    let Meaning::Stated { date: Stated::One(date), toward: None, .. } = found.meaning else { return false };
    if date.has_year() {
        return false;
    }
    let behind: [&str; 4] = std::array::from_fn(|place| reading.form(found.end + place));
    let of_year = match (reading.tongue, behind) {
        (Tongue::French, ["de", "la", "même", "année"] | ["de", "cette", "année", ..]) => {
            behind[1] == "la"
        }
        (Tongue::French, ["de", "l'", "année", word]) => {
            word.starts_with("suivant") || word.starts_with("précédent")
        }
        (
            Tongue::English,
            ["of", "the", "same", "year"]
            | ["of", "that", "year", _]
            | ["the", "same" | "following", "year", _]
            | ["that", "year", ..],
        ) => true,
        _ => false,
    };
    let of_month = || {
        matches!(date.part, Part::DayAlone(_))
            && (found.start.saturating_sub(LISTED)..found.start)
                .rev()
                .take_while(|&index| reading.get(index).is_some_and(|piece| !piece.sentence))
                .any(|index| {
                    reading.get(index).is_some_and(|piece| {
                        matches!(piece.meaning.calendar, Some(CalendarWord::Month { weak: false, .. }))
                    })
                })
    };
    of_year || of_month()
}

/// The next such day or month, where the verb beside it says that it is to come: *la saison reprendra en août*.
fn ahead(reading: &Reading<'_>, found: &Found, anchor: Anchor) -> Option<Stated> {
    let Meaning::Stated { date: Stated::One(date), weekday: None, toward: None } = found.meaning else {
        return None;
    };
    let since = (1..5).any(|back| matches!(reading.form_before(found.start, back), "depuis" | "since"));
    let near = !since
        && (is_scheduled(reading, found.start)
            || matches!(tense::tense(reading, found.start, found.end), Some((Toward::Future, true))));
    let whole = matches!(date.part, Part::Month(_) | Part::Day(..)) && !date.has_year();
    let toward = Some(Toward::Future);
    (near && whole)
        .then(|| place(&Meaning::Stated { date: Stated::One(date), weekday: None, toward }, anchor))?
}

/// Whether what stands before a date makes it the name of a street: *rue du 4 septembre*, *Straße des 17. Juni*.
fn names_a_street(reading: &Reading<'_>, start: usize) -> bool {
    let is_street = |back: usize| {
        matches!(
            reading.form_before(start, back),
            "rue"
                | "avenue"
                | "boulevard"
                | "place"
                | "square"
                | "quai"
                | "pont"
                | "straße"
                | "strasse"
                | "platz"
                | "allee"
                | "calle"
                | "plaza"
                | "avenida"
                | "via"
                | "piazza"
                | "viale"
                | "corso"
                | "rua"
                | "praça"
                | "ponte"
                | "straat"
                | "plein"
        )
    };
    let joint = matches!(reading.form_before(start, 1), "du" | "des" | "del" | "de" | "der" | "van");
    reading.joined(start, false) && (is_street(1) || (joint && is_street(2)))
}

/// Whether a verb of beginning or ending stands right before the day, in the present: *tariffs start April 1*.
fn is_scheduled(reading: &Reading<'_>, start: usize) -> bool {
    let back = 1 + usize::from(reading.form_before(start, 1) == "on");
    reading.tongue == Tongue::English
        && matches!(
            reading.form_before(start, back),
            "start"
                | "starts"
                | "begin"
                | "begins"
                | "open"
                | "opens"
                | "end"
                | "ends"
                | "expire"
                | "expires"
                | "launches"
                | "resume"
                | "resumes"
        )
        && !matches!(reading.form_before(start, back + 1), "the" | "a" | "its" | "all" | "this")
}

/// Whether the verbs speak of the other side of today than where a date without a year was placed: *le 31 décembre, ce
/// sera fini*, in March, is not last December's.
fn contradicts(reading: &Reading<'_>, found: &Found, anchor: Anchor, placed: Stated) -> bool {
    let (Anchor::Day(today), Meaning::Stated { date, weekday: None, toward: None }) =
        (anchor, &found.meaning)
    else {
        return false;
    };
    if date.first().has_year() {
        return false;
    }
    // What began last week may still be told in the present.
    let long_over = match placed.first().day() {
        Some(day) => day.until(today).is_ok_and(|span| span.get_days() > LATELY),
        None => true,
    };
    let today = edtf::Date::of_day(today);
    let ahead = match (placed.first().part, today.part) {
        (Part::Day(month, day), Part::Day(this_month, this_day)) => (month, day).cmp(&(this_month, this_day)),
        (Part::Month(month), Part::Day(this_month, _)) => month.cmp(&this_month),
        _ => return false,
    };
    let ahead = match (placed.first().year, today.year) {
        (edtf::Year::Known(year), edtf::Year::Known(this_year)) => year.cmp(&this_year).then(ahead),
        _ => return false,
    };
    // *Fermé jusqu'en décembre* is no December that is over, unless the verb says so.
    let until = (1..=2).any(|back| is_until(reading.form_before(found.start, back)));
    match tense::tense(reading, found.start, found.end) {
        _ if is_scheduled(reading, found.start) => ahead.is_lt() && long_over,
        Some((Toward::Future, _)) => ahead.is_lt(),
        None if until => ahead.is_lt(),
        Some((Toward::Past, sure)) => sure && ahead.is_gt(),
        _ => false,
    }
}

/// How many days back the present tense of a report reaches.
const LATELY: i32 = 30;

fn is_until(form: &str) -> bool {
    matches!(form, "jusqu'" | "until" | "till" | "bis" | "hasta" | "fino" | "até" | "tot")
}

/// Whether a hyphen, a dash or a slash touches the pieces on both sides.
fn tight(reading: &Reading<'_>, at: usize, marks: &[&str]) -> bool {
    marks.contains(&reading.form(at))
        && reading.is_kind(at, Kind::Mark)
        && reading.joined(at, true)
        && reading.joined(at + 1, true)
}

#[cfg(test)]
mod tests;
