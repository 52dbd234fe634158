//! Where dates and times of day end in a line, and times that say no day.

use crate::date;
use crate::lexicon::{Folded, Label, Lexicon, WordSet, fold};

use super::meta::is_separator;

/// Whether a part may end here: a date inside a word or a sentence is none.
pub(super) fn ends_part(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '%'))
}

/// Whether a date may end here: [`ends_part`], or the next label is glued to it ("19:30Updated on").
pub(super) fn ends_date(rest: &str, lexicon: &Lexicon) -> bool {
    ends_part(rest)
        || rest.starts_with(char::is_uppercase)
            && matches!(lexicon.label_of(rest), Some((Label::Published | Label::Modified, _)))
}

/// Where the half of the day and the zone behind a time end: " PM PT", " ET".
pub(super) fn zone(rest: &str) -> usize {
    let mut end = 0;
    for word in rest.split_whitespace().take(2) {
        let at = word.as_ptr() as usize - rest.as_ptr() as usize;
        let bare = word.trim_end_matches([',', ';', ')', '|']);
        let is_half = matches!(bare, "AM" | "PM" | "am" | "pm" | "a.m." | "p.m.") && end == 0;
        let is_zone = matches!(bare, "ET" | "CT" | "MT" | "PT" | "AT" | "IST" | "AEST" | "AEDT");
        if at == 0 || !rest[end..at].chars().all(char::is_whitespace) || !(is_half || is_zone) {
            break;
        }
        end = at + bare.len();
    }
    end
}

/// "il y a 3 heures", "3 hours ago", "hier à 16h33": says when, and not which day.
pub(super) fn relative_time(rest: &str, folded: &Folded, lexicon: &Lexicon) -> Option<usize> {
    let end = rest.find(['|', '·', '•', '-', '–', '—', '(', ';', ',']).unwrap_or(rest.len());
    let words = rest[..end].split_whitespace().count();
    let counted = rest.contains(|c: char| c.is_ascii_digit());
    let ago = folded.words().take(words).any(|word| lexicon.has(WordSet::Ago, word))
        || folded.beginnings().any(|(words, _)| words.contains(' ') && lexicon.has(WordSet::Ago, words));
    (ago && words <= 6 && (counted || words <= 2)).then_some(end)
}

/// A time of day with no date, as live blogs have.
pub(super) fn clock(rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let after = rest[digits..].strip_prefix(['h', 'H', ':'])?;
    let minutes = after.bytes().take_while(u8::is_ascii_digit).count();
    (minutes == 2 && ends_part(&after[2..])).then_some(digits + 1 + minutes)
}

/// Where a date ends that has the form of one but that no calendar has: "31 février 2026", "32/13/2026", "February 31, 2026".
/// Without a year it is one behind a label alone. To be asked where the text begins with no date that has a day.
pub(super) fn impossible_date(text: &str, is_labelled: bool) -> Option<usize> {
    // Most words begin no date.
    let near = &text.as_bytes()[..text.len().min(NUMBER_BYTES)];
    if !near.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let lead =
        ["le ", "Le ", "am ", "Am ", "den ", "el ", "il "].into_iter().find(|lead| text.starts_with(lead));
    let from = lead.map_or(0, str::len);
    let end = in_figures(&text[from..]).or_else(|| with_month(&text[from..], is_labelled))?;
    ends_part(&text[from + end..]).then_some(from + end)
}

/// Bytes of a date within which its first number stands.
const NUMBER_BYTES: usize = 16;

/// "32/13/2026", "2026-13-01".
fn in_figures(text: &str) -> Option<usize> {
    let (first, end) = number(text, 4)?;
    let sign = text[end..].chars().next().filter(|sign| matches!(sign, '/' | '.' | '-'))?;
    let rest = &text[first.len() + 1..];
    let (second, end) = number(rest, 2)?;
    let rest = rest[end..].strip_prefix(sign)?;
    let (third, _) = number(rest, 4)?;
    let is_date = matches!((first.len(), third.len()), (4, 1 | 2) | (1 | 2, 4));
    is_date.then_some(first.len() + second.len() + third.len() + 2)
}

/// "31 février 2026", "31 de febrero de 2026", "February 31, 2026".
fn with_month(text: &str, is_labelled: bool) -> Option<usize> {
    let year = |from: usize| {
        let rest = text[from..].trim_start_matches([' ', ',', '.']);
        let rest = rest.strip_prefix("de ").or_else(|| rest.strip_prefix("del ")).unwrap_or(rest);
        let (year, _) = number(rest, 4)?;
        (year.len() == 4).then(|| text.len() - rest.len() + 4)
    };
    let month = |from: usize| {
        let rest = text[from..].trim_start_matches([' ', '.']);
        let rest = rest.strip_prefix("de ").unwrap_or(rest);
        let word = rest.split(|c: char| !c.is_alphabetic()).next().filter(|word| !word.is_empty())?;
        date::is_month(word).then(|| text.len() - rest.len() + word.len())
    };
    let end = if let Some((_, end)) = number(text, 2) {
        month(end)?
    } else {
        let end = month(0)?;
        let rest = text[end..].trim_start();
        let (_, length) = number(rest, 2)?;
        text.len() - rest.len() + length
    };
    year(end).or(is_labelled.then_some(end))
}

/// A number of so many digits at most that a text begins with, and its length.
fn number(text: &str, digits_max: usize) -> Option<(&str, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=digits_max).contains(&digits).then(|| (&text[..digits], digits))
}
/// Whether a label without its accents is a given name, with a name behind it: "Signe Larsen", but not "Signé Zoé Lam".
pub(super) fn is_given_name_at(text: &str, end: usize, lexicon: &Lexicon) -> bool {
    let word = text[..end].trim();
    let behind = text[end..].strip_prefix(' ').unwrap_or_default();
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
        && behind.starts_with(char::is_uppercase)
        && lexicon.has(WordSet::GivenNames, &fold(word))
}

/// What stands behind a number of minutes, or of minutes and seconds in words.
pub(super) fn behind_minutes(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || is_separator(c) || c == '~');
    let unit = rest.split_whitespace().next().filter(|unit| unit.starts_with(['m', 'M', '\'']));
    &rest[unit.map_or(0, str::len)..]
}

/// Whether a text is a number of minutes, behind a colon.
pub(super) fn is_duration(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < rest.len() && unit.trim_start().starts_with("min")
}
