//! Which words say numbers and dates, by language.

use serde::Deserialize;

use super::Tongue;

/// A word that says a number, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// 0 to 19.
    Small(u8),
    /// 20 to 90.
    Ten(u8),
    /// A hundred.
    Hundred,
    /// A thousand and more.
    Scale {
        /// Of ten.
        power: u8,
        /// `millions`, `milliers`.
        plural: bool,
        /// Whether languages disagree on it: French *trillion*.
        ambiguous: bool,
    },
    /// A noun for so many: *douzaine*, *trentaine*, *centaine*.
    Collective {
        /// How many.
        count: u8,
        plural: bool,
    },
    /// *un*, *une*, *a*, *an*: one, when a measure follows.
    Article,
    /// *demi*, *half*.
    Half,
    /// *quart*, *quarter*, and their plurals.
    Quarter,
    /// *½*: so many hundredths.
    Part(u8),
    /// *premier*, *third*; no amount.
    Ordinal(u8),
}

/// A word that says a date, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CalendarWord {
    /// 1 to 12.
    Month {
        number: u8,
        /// Whether it is an abbreviation or looks like a common word, and so needs a number beside it.
        weak: bool,
    },
    /// 1 (Monday) to 7.
    Weekday { number: u8, weak: bool },
    /// *hier*, *today*: days from the day of writing.
    Day(i8),
    /// *semaine*, *year*.
    Unit(Period),
    /// EDTF season: 21 (spring) to 24 (winter).
    Season(u8),
    /// The first word of a feast's name.
    Feast,
    /// *il*, *voici*, *in*, *last*: words that a date may begin with.
    Opening,
}

impl CalendarWord {
    /// Whether it says a date for itself: a month or a day of the week by its full name.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self, Self::Month { weak: false, .. } | Self::Weekday { weak: false, .. } | Self::Day(_))
    }
}

/// The parts that time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Period {
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Decades,
    Century,
}

use NumberWord::{Article, Collective, Half, Hundred, Ordinal, Part, Quarter, Scale, Small, Ten};

const fn scale(power: u8, plural: bool) -> NumberWord {
    Scale { power, plural, ambiguous: false }
}

const fn doubtful(power: u8, plural: bool) -> NumberWord {
    Scale { power, plural, ambiguous: true }
}

const fn collective(count: u8, plural: bool) -> NumberWord {
    Collective { count, plural }
}

#[rustfmt::skip]
const FRENCH: &[(&str, NumberWord)] = &[
    ("zéro", Small(0)), ("un", Article), ("une", Article), ("deux", Small(2)), ("trois", Small(3)),
    ("quatre", Small(4)), ("cinq", Small(5)), ("six", Small(6)), ("sept", Small(7)), ("huit", Small(8)),
    ("neuf", Small(9)), ("dix", Small(10)), ("onze", Small(11)), ("douze", Small(12)), ("treize", Small(13)),
    ("quatorze", Small(14)), ("quinze", Small(15)), ("seize", Small(16)), ("vingt", Ten(20)),
    ("vingts", Ten(20)), ("trente", Ten(30)), ("quarante", Ten(40)), ("cinquante", Ten(50)),
    ("soixante", Ten(60)), ("septante", Ten(70)), ("huitante", Ten(80)), ("octante", Ten(80)),
    ("nonante", Ten(90)), ("cent", Hundred), ("cents", Hundred), ("mille", scale(3, false)),
    ("millier", scale(3, false)), ("milliers", scale(3, true)), ("million", scale(6, false)),
    ("millions", scale(6, true)), ("milliard", scale(9, false)), ("milliards", scale(9, true)),
    ("billion", doubtful(12, false)), ("billions", doubtful(12, true)), ("trillion", doubtful(12, false)),
    ("trillions", doubtful(12, true)), ("quadrillion", doubtful(15, false)),
    ("quadrillions", doubtful(15, true)), ("dizaine", collective(10, false)),
    ("dizaines", collective(10, true)), ("douzaine", collective(12, false)),
    ("douzaines", collective(12, true)), ("quinzaine", collective(15, false)),
    ("vingtaine", collective(20, false)), ("vingtaines", collective(20, true)),
    ("trentaine", collective(30, false)), ("quarantaine", collective(40, false)),
    ("cinquantaine", collective(50, false)), ("soixantaine", collective(60, false)),
    ("centaine", collective(100, false)), ("centaines", collective(100, true)), ("demi", Half),
    ("demie", Half), ("demis", Half), ("quart", Quarter), ("quarts", Quarter), ("premier", Ordinal(1)),
    ("première", Ordinal(1)), ("deuxième", Ordinal(2)), ("second", Ordinal(2)), ("seconde", Ordinal(2)),
    ("troisième", Ordinal(3)), ("quatrième", Ordinal(4)), ("cinquième", Ordinal(5)),
    ("sixième", Ordinal(6)), ("septième", Ordinal(7)), ("huitième", Ordinal(8)), ("neuvième", Ordinal(9)),
    ("dixième", Ordinal(10)),
];

#[rustfmt::skip]
const ENGLISH: &[(&str, NumberWord)] = &[
    ("zero", Small(0)), ("one", Small(1)), ("two", Small(2)), ("three", Small(3)), ("four", Small(4)),
    ("five", Small(5)), ("six", Small(6)), ("seven", Small(7)), ("eight", Small(8)), ("nine", Small(9)),
    ("ten", Small(10)), ("eleven", Small(11)), ("twelve", Small(12)), ("thirteen", Small(13)),
    ("fourteen", Small(14)), ("fifteen", Small(15)), ("sixteen", Small(16)), ("seventeen", Small(17)),
    ("eighteen", Small(18)), ("nineteen", Small(19)), ("twenty", Ten(20)), ("thirty", Ten(30)),
    ("forty", Ten(40)), ("fifty", Ten(50)), ("sixty", Ten(60)), ("seventy", Ten(70)), ("eighty", Ten(80)),
    ("ninety", Ten(90)), ("a", Article), ("an", Article), ("hundred", Hundred),
    ("hundreds", collective(100, true)), ("thousand", scale(3, false)), ("thousands", scale(3, true)),
    ("million", scale(6, false)), ("millions", scale(6, true)), ("billion", scale(9, false)),
    ("billions", scale(9, true)), ("trillion", scale(12, false)), ("trillions", scale(12, true)),
    ("quadrillion", scale(15, false)), ("quadrillions", scale(15, true)), ("lakh", scale(5, false)),
    ("lakhs", scale(5, true)), ("crore", scale(7, false)), ("crores", scale(7, true)),
    ("dozen", collective(12, false)), ("dozens", collective(12, true)), ("tens", collective(10, true)),
    ("half", Half), ("quarter", Quarter), ("quarters", Quarter), ("first", Ordinal(1)),
    ("second", Ordinal(2)), ("third", Ordinal(3)), ("fourth", Ordinal(4)), ("fifth", Ordinal(5)),
    ("sixth", Ordinal(6)), ("seventh", Ordinal(7)), ("eighth", Ordinal(8)), ("ninth", Ordinal(9)),
    ("tenth", Ordinal(10)), ("eleventh", Ordinal(11)), ("twelfth", Ordinal(12)),
    ("thirteenth", Ordinal(13)), ("fourteenth", Ordinal(14)), ("fifteenth", Ordinal(15)),
    ("sixteenth", Ordinal(16)), ("seventeenth", Ordinal(17)), ("eighteenth", Ordinal(18)),
    ("nineteenth", Ordinal(19)), ("twentieth", Ordinal(20)), ("thirtieth", Ordinal(30)),
];

/// In the other languages only the words that a figure stands before.
#[rustfmt::skip]
const GERMAN: &[(&str, NumberWord)] = &[
    ("tausend", scale(3, false)), ("million", scale(6, false)), ("millionen", scale(6, false)),
    ("mio", scale(6, false)), ("milliarde", scale(9, false)), ("milliarden", scale(9, false)),
    ("mrd", scale(9, false)), ("billion", scale(12, false)), ("billionen", scale(12, false)),
];
#[rustfmt::skip]
const SPANISH: &[(&str, NumberWord)] = &[
    ("mil", scale(3, false)), ("millón", scale(6, false)), ("millones", scale(6, false)),
    ("billón", scale(12, false)), ("billones", scale(12, false)),
];
#[rustfmt::skip]
const ITALIAN: &[(&str, NumberWord)] = &[
    ("mila", scale(3, false)), ("milione", scale(6, false)), ("milioni", scale(6, false)),
    ("mln", scale(6, false)), ("miliardo", scale(9, false)), ("miliardi", scale(9, false)),
    ("mld", scale(9, false)),
];
#[rustfmt::skip]
const PORTUGUESE: &[(&str, NumberWord)] = &[
    ("mil", scale(3, false)), ("milhão", scale(6, false)), ("milhões", scale(6, false)),
    // Brazil counts by thousands; Portugal says mil milhões.
    ("bilhão", scale(9, false)), ("bilhões", scale(9, false)), ("trilhão", scale(12, false)),
    ("trilhões", scale(12, false)),
];
#[rustfmt::skip]
const DUTCH: &[(&str, NumberWord)] = &[
    ("duizend", scale(3, false)), ("miljoen", scale(6, false)), ("mln", scale(6, false)),
    ("miljard", scale(9, false)), ("mld", scale(9, false)), ("biljoen", scale(12, false)),
];
const PARTS: &[(&str, NumberWord)] = &[("½", Part(50)), ("¼", Part(25)), ("¾", Part(75))];

/// Calls `add` with each number word of a language.
pub(super) fn numbers(tongue: Tongue, mut add: impl FnMut(&str, NumberWord)) {
    let words = match tongue {
        Tongue::French => FRENCH,
        Tongue::English => ENGLISH,
        Tongue::German => GERMAN,
        Tongue::Spanish => SPANISH,
        Tongue::Italian => ITALIAN,
        Tongue::Portuguese => PORTUGUESE,
        Tongue::Dutch => DUTCH,
        Tongue::Unknown => &[],
    };
    for &(word, number) in words.iter().chain(PARTS) {
        add(word, number);
    }
}

/// The months by their full names, January first.
#[rustfmt::skip]
fn months(tongue: Tongue) -> &'static [&'static str] {
    match tongue {
        Tongue::French => &[
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
            "novembre", "décembre",
        ],
        Tongue::English => &[
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ],
        Tongue::German => &[
            "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
            "november", "dezember",
        ],
        Tongue::Spanish => &[
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre",
        ],
        Tongue::Italian => &[
            "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
            "ottobre", "novembre", "dicembre",
        ],
        Tongue::Portuguese => &[
            "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
            "outubro", "novembro", "dezembro",
        ],
        Tongue::Dutch => &[
            "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
            "oktober", "november", "december",
        ],
        Tongue::Unknown => &[],
    }
}

/// The days of the week by their full names, Monday first.
fn weekdays(tongue: Tongue) -> &'static [&'static str] {
    match tongue {
        Tongue::French => &["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        Tongue::English => &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        _ => &[],
    }
}

/// Short names of months that stand beside a number, with the number of the month.
#[rustfmt::skip]
fn short_months(tongue: Tongue) -> &'static [(&'static str, u8)] {
    match tongue {
        Tongue::French => &[
            ("janv", 1), ("jan", 1), ("févr", 2), ("fév", 2), ("avr", 4), ("juil", 7), ("sept.", 9),
            ("sep", 9), ("oct", 10), ("nov", 11), ("déc", 12), ("fevrier", 2), ("aout", 8), ("decembre", 12),
        ],
        Tongue::English => &[
            ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9),
            ("sept", 9), ("oct", 10), ("nov", 11), ("dec", 12),
        ],
        Tongue::German => &[("jänner", 1)],
        _ => &[],
    }
}

fn short_weekdays(tongue: Tongue) -> &'static [(&'static str, u8)] {
    match tongue {
        Tongue::French => {
            &[("lun", 1), ("mar", 2), ("mer", 3), ("jeu", 4), ("ven", 5), ("sam", 6), ("dim", 7)]
        }
        Tongue::English => &[
            ("mon", 1),
            ("tue", 2),
            ("tues", 2),
            ("wed", 3),
            ("thu", 4),
            ("thur", 4),
            ("thurs", 4),
            ("fri", 5),
            ("sat", 6),
            ("sun", 7),
        ],
        _ => &[],
    }
}

use CalendarWord::{Day, Feast, Month, Opening, Season, Unit, Weekday};

#[rustfmt::skip]
const FRENCH_CALENDAR: &[(&str, CalendarWord)] = &[
    ("hier", Day(-1)), ("avant-hier", Day(-2)), ("aujourd'hui", Day(0)), ("demain", Day(1)),
    ("lendemain", Day(1)), ("après-demain", Day(2)), ("jour", Unit(Period::Day)),
    ("jours", Unit(Period::Day)), ("journée", Unit(Period::Day)), ("matin", Unit(Period::Day)),
    ("soir", Unit(Period::Day)), ("après-midi", Unit(Period::Day)), ("nuit", Unit(Period::Day)),
    ("matinée", Unit(Period::Day)), ("soirée", Unit(Period::Day)), ("semaine", Unit(Period::Week)),
    ("semaines", Unit(Period::Week)), ("week-end", Unit(Period::Weekend)),
    ("weekend", Unit(Period::Weekend)), ("mois", Unit(Period::Month)),
    ("trimestre", Unit(Period::Quarter)), ("semestre", Unit(Period::Half)), ("année", Unit(Period::Year)),
    ("années", Unit(Period::Decades)), ("an", Unit(Period::Year)), ("ans", Unit(Period::Year)),
    ("décennie", Unit(Period::Decade)), ("siècle", Unit(Period::Century)),
    ("siècles", Unit(Period::Century)), ("printemps", Season(21)), ("été", Season(22)),
    ("automne", Season(23)), ("hiver", Season(24)), ("il", Opening), ("voici", Opening), ("dans", Opening),
    ("noël", Feast), ("pâques", Feast), ("toussaint", Feast), ("armistice", Feast), ("ascension", Feast),
    ("pentecôte", Feast), ("nouvel", Feast), ("saint-sylvestre", Feast), ("saint-valentin", Feast),
    ("épiphanie", Feast), ("assomption", Feast), ("chandeleur", Feast), ("réveillon", Feast),
    ("mardi-gras", Feast), ("halloween", Feast), ("rameaux", Feast), ("veille", Feast),
];

#[rustfmt::skip]
const ENGLISH_CALENDAR: &[(&str, CalendarWord)] = &[
    ("yesterday", Day(-1)), ("today", Day(0)), ("tonight", Day(0)), ("tomorrow", Day(1)),
    ("tmrw", Day(1)), ("tmr", Day(1)), ("day", Unit(Period::Day)), ("days", Unit(Period::Day)),
    ("morning", Unit(Period::Day)), ("afternoon", Unit(Period::Day)), ("evening", Unit(Period::Day)),
    ("night", Unit(Period::Day)), ("week", Unit(Period::Week)), ("weeks", Unit(Period::Week)),
    ("fortnight", Unit(Period::Fortnight)), ("fortnights", Unit(Period::Fortnight)),
    ("weekend", Unit(Period::Weekend)), ("month", Unit(Period::Month)), ("months", Unit(Period::Month)),
    ("quarter", Unit(Period::Quarter)), ("half", Unit(Period::Half)), ("year", Unit(Period::Year)),
    ("years", Unit(Period::Year)), ("decade", Unit(Period::Decade)), ("century", Unit(Period::Century)),
    ("spring", Season(21)), ("summer", Season(22)), ("autumn", Season(23)), ("fall", Season(23)),
    ("winter", Season(24)), ("christmas", Feast), ("easter", Feast), ("thanksgiving", Feast),
    ("halloween", Feast), ("independence", Feast), ("new", Feast), ("valentine", Feast), ("labor", Feast),
    ("labour", Feast), ("good", Feast), ("boxing", Feast), ("veterans", Feast), ("memorial", Feast),
    ("earth", Feast), ("ash", Feast), ("palm", Feast), ("martin", Feast), ("mlk", Feast),
    ("columbus", Feast), ("juneteenth", Feast), ("epiphany", Feast), ("pentecost", Feast), ("maundy", Feast),
    ("whit", Feast), ("ascension", Feast), ("in", Opening),
];

/// Calls `add` with each word of a language that says a date.
pub(super) fn calendar(tongue: Tongue, mut add: impl FnMut(&str, CalendarWord)) {
    // Later entries win: a short name never hides a full one.
    for &(name, number) in short_weekdays(tongue) {
        add(name, Weekday { number, weak: true });
    }
    for &(name, number) in short_months(tongue) {
        add(name, Month { number, weak: true });
    }
    for (number, name) in (1..).zip(weekdays(tongue)) {
        add(name, Weekday { number, weak: false });
    }
    for (number, name) in (1..).zip(months(tongue)) {
        let weak = matches!((tongue, *name), (Tongue::English, "may" | "march"));
        add(name, Month { number, weak });
    }
    let words = match tongue {
        Tongue::French => FRENCH_CALENDAR,
        Tongue::English => ENGLISH_CALENDAR,
        _ => &[],
    };
    for &(word, meaning) in words {
        add(word, meaning);
    }
}
