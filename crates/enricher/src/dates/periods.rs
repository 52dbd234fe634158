//! Years and what is larger or smaller than a month: *en 2026*, *années 1990*, `XIXe siècle`, *troisième trimestre*,
//! `Q3 2025`, *été 2011*.

use super::edtf::{Date, Part, Stated, Year};
use super::relative::{toward_after, year_told};
use super::{Found, Meaning, Toward, absolute, tight};
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
            .or_else(|| year(reading, start, last_year)),
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

/// A year by itself, where something says that the figures are one.
fn year(reading: &Reading<'_>, start: usize, last_year: Option<usize>) -> Option<Found> {
    let (year, end) = absolute::year(reading, start)?;
    let figures = reading.is_kind(start, Kind::Number);
    let touched = start > 0 && reading.joined(start, true) && !reading.pieces()[start].line;
    let dashed = last_year.is_some_and(|last| last + 1 == start)
        && matches!(reading.form_before(start, 1), "-" | "–" | "/");
    if touched
        && !dashed
        && !matches!(
            reading.form_before(start, 1),
            "(" | "[" | "d'" | "l'" | "'" | "\"" | "«" | "=" | ">" | "<" | "mid" | "mi" | "early" | "late"
        )
    {
        return None;
    }
    // 2019-123 is the number of a decree.
    let numbered = tight(reading, end, &["-", "/"])
        && reading.is_kind(end + 1, Kind::Number)
        && !matches!(reading.word(end + 1).len(), 2 | 4);
    // So is 2014/65 that of a directive.
    let law = tight(reading, end, &["/", "-"])
        && matches!(
            reading.form_before(start, 1),
            "directive"
                | "règlement"
                | "décret"
                | "loi"
                | "ordonnance"
                | "arrêté"
                | "décision"
                | "résolution"
                | "regulation"
        );
    if numbered || law {
        return None;
    }
    let before = reading.form_before(start, 1);
    // A year that a list, a range or a comparison goes on with: *2007 and 2009*, *de 2012 à 2014*.
    let listed = last_year.is_some_and(|last| start >= last && start - last <= 3)
        && (dashed
            || matches!(
                before,
                "et" | "à"
                    | "ou"
                    | "and"
                    | "to"
                    | "or"
                    | ","
                    | "y"
                    | "e"
                    | "und"
                    | "bis"
                    | "a"
                    | "en"
                    | "but"
                    | "not"
                    | "puis"
            ));
    let cue = cue(reading, start, before);
    let strong = matches!(cue, Some(Cue::Strong)) || listed;
    let in_range = if strong { (1000..2200).contains(&year) } else { (1800..2100).contains(&year) };
    if !in_range || (cue.is_none() && !listed) || (!figures && !strong) {
        return None;
    }
    // 2000 mètres, 1900 domiciles: what is counted is no year.
    let next = reading.form(end);
    let measured = reading.joined(end, false)
        && (matches!(
            next,
            "%" | "€"
                | "$"
                | "£"
                | "m"
                | "km"
                | "kg"
                | "g"
                | "ha"
                | "mw"
                | "w"
                | "°"
                | "people"
                | "°c"
                | "personnes"
                | "euros"
                | "dollars"
        ) || matches!(reading.number_word(end), Some(NumberWord::Scale { .. })));
    // En 2000 exemplaires; but *in 2019 sales fell* goes on without a comma.
    let counts = crate::amounts::counts(reading, end);
    let counted = match reading.tongue {
        Tongue::French => counts && !matches!(before, "année" | "an" | "saison" | "exercice" | "édition"),
        // The 2024 elections are held in it; the 2000 people are not.
        Tongue::English => {
            let before_noun = matches!(before, "the" | "its" | "their" | "our" | "his" | "her");
            counts && !strong && (!before_noun || reading.word(start).ends_with("00"))
        }
        _ => reading.get(end).is_some_and(|next| {
            next.kind == Kind::Word && !next.line && !next.sentence && may_be_counted(reading, end)
        }),
    };
    if measured || counted {
        return None;
    }
    let approximate = matches!(before, "vers" | "circa" | "ca");
    Some(one(start, end, Date { approximate, ..Date::of_year(year) }))
}

/// Whether a word behind figures can be a noun that they count, in a language whose nouns are not told from other words.
fn may_be_counted(reading: &Reading<'_>, at: usize) -> bool {
    let form = reading.form(at);
    if is_grammar(form) || reading.calendar.is_some_and(|calendar| calendar.tense(form).is_some()) {
        return false;
    }
    match reading.tongue {
        Tongue::German => reading.get(at).is_some_and(|next| next.case != Case::Lower),
        // What is counted has its plural.
        Tongue::Spanish | Tongue::Portuguese => form.ends_with('s'),
        Tongue::Dutch => form.ends_with('s') || form.ends_with("en"),
        _ => true,
    }
}

/// Articles, prepositions and auxiliaries of German, Spanish, Italian, Portuguese and Dutch.
#[rustfmt::skip]
fn is_grammar(form: &str) -> bool {
    matches!(form,
        "der" | "die" | "das" | "den" | "dem" | "ein" | "eine" | "und" | "in" | "im" | "mit" | "von" | "für" | "auf" | "bei" | "als"
        | "wurde" | "wurden" | "wird" | "war" | "waren" | "hat" | "hatte" | "ist" | "sind" | "dort" | "gab" | "el" | "la" | "los" | "las"
        | "un" | "una" | "y" | "o" | "de" | "del" | "en" | "con" | "por" | "para" | "se" | "fue" | "ha" | "que" | "il" | "lo" | "gli" | "le"
        | "e" | "di" | "da" | "a" | "al" | "che" | "per" | "erano" | "era" | "os" | "as" | "um" | "uma" | "do" | "em" | "com" | "foi"
        | "no" | "na" | "het" | "een" | "van" | "op" | "met" | "door" | "voor" | "werd" | "werden" | "is" | "zijn" | "had" | "om" | "er")
}

/// How sure the words before four figures make it that they are a year.
enum Cue {
    /// Only a year goes there, or hardly anything else.
    Strong,
    /// A number could go there too.
    Weak,
}

#[rustfmt::skip]
fn cue(reading: &Reading<'_>, start: usize, before: &str) -> Option<Cue> {
    let before_that = reading.form_before(start, 2);
    match reading.tongue {
        Tongue::French => match before {
            "en" | "depuis" | "dès" | "année" | "l'année" | "an" | "saison" | "exercice" | "édition" | "période" | "horizon"
            | "fin" | "début" | "mi" | "courant" | "avant" | "après" | "millésime" | "rentrée" | "campagne" | "ici" => Some(Cue::Strong),
            // D'ici à 2030, jusqu'à 2030.
            "à" if matches!(before_that, "ici" | "jusqu'") => Some(Cue::Strong),
            "entre" | "vers" | "pour" | "budget" | "circa" | "éditions" => Some(Cue::Weak),
            "de" | "du" | "d'" if !names_event(reading, start) => {
                let counted = matches!(before_that, "plus" | "moins" | "près" | "loin" | "bilan" | "état" | "total" | "autour" | "nombre" | "ordre"
                    // Of the book of that name.
                    | "exemplaires" | "lecture" | "adaptation" | "auteur");
                (!counted).then_some(Cue::Weak)
            }
            "(" => closes(reading, start + 1),
            _ => follows_noun(reading, start).then_some(Cue::Weak),
        },
        Tongue::English => match before {
            "in" | "since" | "year" | "fiscal" | "late" | "early" | "mid" | "during" | "until" | "till" | "through" | "cy" | "fy"
            | "election" | "season" => Some(Cue::Strong),
            "by" | "before" | "after" | "from" | "between" | "circa" | "on" | "than" | "=" | ">" | "<" => Some(Cue::Weak),
            "of" if matches!(before_that, "year" | "end" | "middle" | "beginning" | "start" | "sales" | "summer" | "fall" | "autumn" | "spring" | "winter"
                | "crisis" | "half" | "quarter" | "rest" | "class" | "months") => Some(Cue::Weak),
            "the" | "its" | "their" | "our" | "his" | "her" => (reading.get(start + 1).is_some_and(|next| next.kind == Kind::Word && next.case == Case::Lower)).then_some(Cue::Weak),
            "(" => closes(reading, start + 1),
            _ => None,
        },
        _ => {
            let before = (1..=3).filter_map(|back| Some(reading.get(start.checked_sub(back)?)?.hash));
            reading.calendar?.leads_year(before).then_some(Cue::Strong)
        }
    }
}

/// Whether the word before can be the noun that a year belongs to: *le circuit 2016*, *les résultats 2018*; the year of
/// a named event belongs to its name.
fn follows_noun(reading: &Reading<'_>, start: usize) -> bool {
    let recent = matches!(reading.word(start).as_bytes(), [b'1', b'9', ..] | [b'2', b'0', b'0'..=b'4', _]);
    let round = reading.word(start).ends_with("00");
    let noun = start.checked_sub(1).and_then(|before| reading.get(before)).is_some_and(|piece| {
        piece.kind == Kind::Word
            && piece.case == Case::Lower
            && piece.end - piece.start > 4
            && piece.meaning.number.is_none()
    });
    let form = reading.form_before(start, 1);
    let other = form.ends_with("er")
        || form.ends_with("ent")
        || form.ends_with("ait")
        || matches!(
            form,
            "environ"
                | "quelque"
                | "quelques"
                | "compte"
                | "dont"
                | "avec"
                | "seront"
                | "étaient"
                | "moins"
                | "jusqu'"
                | "parmi"
                | "contre"
                | "encore"
                | "toutes"
                | "autres"
                | "premiers"
                | "premières"
                | "derniers"
                | "dernières"
                | "article"
                | "numéro"
                | "route"
                | "ligne"
                | "modèle"
                | "presque"
                | "quasi"
                | "soit"
                | "recense"
                | "accueille"
                | "chaque"
                | "depuis"
                | "leurs"
                | "notre"
                | "votre"
                | "comme"
                | "entre"
                | "après"
                | "avant"
                | "pendant"
                | "durant"
                // The title of a work: *le roman 1984*.
                | "roman"
                | "romans"
                | "livre"
                | "album"
                | "série"
                | "essai"
                | "ouvrage"
                | "chanson"
                | "pièce"
                | "manga"
                | "comédie"
                | "sous"
                | "chez"
                | "vers"
        );
    recent && !round && noun && !other && !names_event(reading, start)
}

fn closes(reading: &Reading<'_>, at: usize) -> Option<Cue> {
    matches!(reading.form(at), ")" | "-" | "–" | "," | ";").then_some(Cue::Weak)
}

/// Whether *de 2018* belongs to the name of an event: *Jeux olympiques d'hiver de 2018*, *Festival d'Avignon de 2016*.
fn names_event(reading: &Reading<'_>, start: usize) -> bool {
    (1..=7)
        .map_while(|back| start.checked_sub(back))
        .map_while(|index| {
            let piece = reading.get(index)?;
            let link = matches!(reading.form(index), "de" | "d'" | "du" | "des" | "la" | "l'");
            let named = piece.case != Case::Lower && piece.case != Case::None && !piece.sentence;
            let word = piece.kind == Kind::Word && !piece.line;
            // A verb or a preposition ends the name.
            let inside = link
                || named
                || !matches!(
                    reading.form(index),
                    "à" | "en" | "pour" | "dans" | "par" | "est" | "a" | "et" | "qui" | "que"
                );
            (word && inside).then_some(named)
        })
        .any(|named| named)
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
