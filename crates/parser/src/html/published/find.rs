//! The first date in a line, and how it stands there.

use super::is_plausible;
use crate::date::{self, Date, Order};
use crate::letters::is_letter_or_digit;
use crate::lexicon::{Label, Lexicon};

/// A date in a line.
pub(super) struct Found {
    pub date: Date,
    /// Whether the line begins with it.
    pub at_start: bool,
    /// Whether the line is nothing else.
    pub alone: bool,
    /// Whether a second time or date follows it: "from 10 to 11 o'clock" is when something takes place.
    pub ranges: bool,
}

impl Found {
    /// How much less it counts for being of something else.
    pub(super) fn penalty(&self) -> i64 {
        if self.ranges { 30 } else { 0 }
    }
}

/// The first date in a short line: tried at the start of each word.
pub(super) fn find_date(text: &str, order: Order) -> Option<Found> {
    // No date is without digits.
    let last_digit = text.bytes().rposition(|byte| byte.is_ascii_digit())?;
    let mut at_word = true;
    for (index, c) in text.char_indices().take(160).take_while(|(index, _)| *index <= last_digit) {
        let word = is_letter_or_digit(c);
        if word
            && at_word
            && let Some((date, length)) = date::prefix(&text[index..], order)
            && is_plausible(&date)
            && date.day.is_some()
        {
            let rest = text[index + length..].trim_start();
            let line = text[..index].rfind('\n').map_or(0, |at| at + 1);
            let at_start = !text[line..index].contains(char::is_alphanumeric);
            let joined = ["bis", "to", "à", "-", "–", "al", "until"]
                .iter()
                .find_map(|join| rest.strip_prefix(join))
                .map(str::trim_start);
            return Some(Found {
                date,
                at_start,
                alone: at_start && line == 0 && !rest.contains(char::is_alphanumeric),
                ranges: joined.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())),
            });
        }
        at_word = !word;
    }
    None
}

/// The earliest date of a line that a label calls that of publication: the other one is of a change, as where a German line
/// says "Stand: 5.2.2026 | Veröffentlicht: 4.2.2026". `first` is the first of them.
pub(super) fn earliest_labelled(first: Found, line: &str, lexicon: &Lexicon, order: Order) -> Found {
    let labelled = |part: &str| {
        let part = part.trim();
        let Some((Label::Published, end)) = lexicon.label_of(part) else { return None };
        find_date(&part[end..], order)
    };
    let others = line.split(['|', '·', '•']).skip(1).filter_map(labelled);
    others.fold(first, |first, other| {
        let are_whole = first.date.is_whole() && other.date.is_whole();
        if are_whole && other.date.edtf() < first.date.edtf() { other } else { first }
    })
}
