//! Where dates and times of day end in a line, and times that say no day.

use crate::lexicon::{Folded, Label, Lexicon, WordSet};

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
    let end = rest.find(['|', '·', '•', '-', '–', '—', '(', ';']).unwrap_or(rest.len());
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
