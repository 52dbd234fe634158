//! Dates that running text says of its own news: datelines of dispatches, and "this 14 April".

use crate::date::{self, Date, Order};
use crate::lexicon::{Folded, Label, Lexicon, WordSet};

/// A dateline stands within so many bytes.
const DATELINE_MAX: usize = 120;

/// The day of writing is said near the start; later dates are those of other events.
const BODY_MAX: usize = 1500;

/// The date in the dateline that opens a dispatch: `OSLO, 8 Feb (Reuters) - …`, `Oslo, le 8 février 2026 – …`.
pub(crate) fn of_dispatch(text: &str, order: Order) -> Option<Date> {
    let head = &text[..text.floor_char_boundary(DATELINE_MAX)];
    // Where the dispatch itself begins.
    let opening = [" - ", " – ", " — ", " -- ", "--", "—", "(", "/", ": "]
        .iter()
        .filter_map(|sign| head.find(sign))
        .filter(|at| *at > 0)
        .min();
    let bracketed = head.starts_with('(') || head.starts_with('[');
    // "OSLO, Norway, Feb 8": the place may have a comma in it.
    let place = head.trim_start_matches(['(', '[']).starts_with(char::is_uppercase);
    let places_end = head.match_indices([',', '(']).take(3).map(|(at, _)| at + 1).filter(|_| place);
    for start in std::iter::once(0).chain(places_end) {
        if start > 0 && head[..start].split_whitespace().count() > 5 {
            continue;
        }
        let rest = head[start..].trim_start_matches(['(', '[', ' ', ',', '\u{a0}']);
        let skipped = start + (head[start..].len() - rest.len());
        let Some((date, end)) = date::prefix(rest, order) else { continue };
        let after = rest[end..].trim_start();
        let closes = after.starts_with(['-', '–', '—', '/', '('])
            || (after.starts_with(')') && (bracketed || start > 0));
        if date.day.is_some()
            && closes
            && opening.is_none_or(|at| at >= skipped || at < start + 1 || bracketed)
        {
            return Some(date);
        }
    }
    None
}

/// The day that the text calls its own: "ce 14 avril", "today, April 14", "este martes, 14 de abril".
pub(crate) fn of_own_news<'a>(
    paragraphs: impl Iterator<Item = &'a str>,
    lexicon: &Lexicon,
    order: Order,
) -> Option<Date> {
    let mut left = BODY_MAX;
    for paragraph in paragraphs {
        let text = &paragraph[..paragraph.floor_char_boundary(left)];
        if let Some(date) = own_day(text, lexicon, order) {
            return Some(date);
        }
        left -= text.len();
        if left == 0 {
            break;
        }
    }
    None
}

fn own_day(text: &str, lexicon: &Lexicon, order: Order) -> Option<Date> {
    let mut folded = Folded::default();
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in text.split_whitespace() {
        words.push((word.as_ptr() as usize - text.as_ptr() as usize, word));
    }
    for (index, (_, word)) in words.iter().enumerate() {
        let digits = word.trim_start_matches(['(', '[']);
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        // The month may come first ("April 14").
        for first in [index, index.saturating_sub(1)] {
            let start =
                words[first].0 + (words[first].1.len() - words[first].1.trim_start_matches(['(', '[']).len());
            let Some((date, end)) = date::prefix(&text[start..], order) else { continue };
            if date.day.is_some()
                && start + end > words[index].0
                && is_own(text, &words[..first], lexicon, &mut folded)
            {
                return Some(date);
            }
        }
    }
    None
}

/// Whether the words before a date say that it is the day of writing, and not one ahead or behind.
fn is_own(text: &str, before: &[(usize, &str)], lexicon: &Lexicon, folded: &mut Folded) -> bool {
    // The label may be two words ("en ce") and a weekday may follow it ("este martes,").
    for back in 1..=3_usize.min(before.len()) {
        let (at, word) = before[before.len() - back];
        if word.contains(['«', '"', '“', '.']) {
            return false;
        }
        folded.fold(&text[at..]);
        let Some((Label::Today, end)) = lexicon.label(folded) else { continue };
        let label_words = text[at..at + end].split_whitespace().count();
        // Between the label and the date there may be a weekday and nothing else.
        let between: Vec<&str> =
            before[before.len() - back..].iter().skip(label_words).map(|(_, word)| *word).collect();
        let weekday_only = between.len() <= 1 && between.iter().all(|word| date::is_weekday(word));
        let sentence_start = before[..before.len() - back]
            .iter()
            .rposition(|(_, word)| super::line::ends_sentence(word))
            .map_or(0, |at| at + 1);
        let ahead = before[sentence_start..before.len() - back].iter().rev().take(6).any(|(_, word)| {
            folded.fold(word);
            lexicon.has(WordSet::Ahead, folded.as_str())
        });
        return weekday_only && !ahead;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str, expected: Option<&str>) {
        let lexicon = Lexicon::load(None).unwrap();
        let date = of_own_news([text].into_iter(), &lexicon, Order::Unknown);
        assert_eq!(date.map(|date| date.edtf()).as_deref(), expected, "{text}");
    }

    fn dispatch(text: &str, expected: Option<&str>) {
        assert_eq!(of_dispatch(text, Order::Unknown).map(|date| date.edtf()).as_deref(), expected, "{text}");
    }

    #[test]
    fn the_day_of_writing() {
        own("Le port a rouvert ce 12 mars après la tempête.", Some("XXXX-03-12"));
        own("Ce 12 mars 2024, le port a rouvert.", Some("2024-03-12"));
        own("Le port a rouvert ce mardi 12 mars 2024.", Some("2024-03-12"));
        own("The port reopened today, March 12, after the storm.", Some("XXXX-03-12"));
        own("El puerto reabrió este martes, 12 de marzo.", Some("XXXX-03-12"));
        own("Der Hafen hat heute, 12. März 2024, wieder geöffnet.", Some("2024-03-12"));
        own("Il porto ha riaperto oggi, 12 marzo.", Some("XXXX-03-12"));
        own("De haven ging vandaag, 12 maart, weer open.", Some("XXXX-03-12"));
    }

    #[test]
    fn other_days() {
        own("Le port avait fermé le 12 mars 2024.", None);
        own("Le port rouvrira d'ici ce 12 mars.", None);
        own("Une réunion sera organisée ce 12 mars.", None);
        own("Ce sont 12 mars qui ont été bus.", None);
        own("Ce 12e jour de grève", None);
        own("The port will reopen this Tuesday, March 12.", None);
        own("Dans ce contexte, 12 mars ou avril, peu importe.", None);
    }

    #[test]
    fn dispatches() {
        dispatch("OSLO, Feb 8 (Reuters) - The port reopened.", Some("XXXX-02-08"));
        dispatch("Oslo, le 8 février 2026 – Le port a rouvert.", Some("2026-02-08"));
        dispatch("(Oslo, le 8 février 2026) – Le port a rouvert.", Some("2026-02-08"));
        dispatch("OSLO, Feb. 8, 2026 /PRNewswire/ -- The port reopened.", Some("2026-02-08"));
        dispatch("OSLO, Norway, Feb 8 (Reuters) - The port reopened.", Some("XXXX-02-08"));
        dispatch("8 février 2026 - Le port a rouvert.", Some("2026-02-08"));
        dispatch("Oslo (ots) 08.02.2026 - Der Hafen", None);
        dispatch("Le 8 février 2026, le port a rouvert.", None);
        dispatch("OSLO (AFP) - The port reopened.", None);
    }
}
