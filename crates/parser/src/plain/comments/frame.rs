//! What stands around a comment besides names and dates: counters, buttons, its age in short.

use crate::date;
use crate::lexicon::{Chrome, Folded, Lexicon};

/// A line around a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// How many like a comment, or answered it: `12`, `▲ 4 ▼`, `1,2 K`.
    Count,
    /// A row of buttons and counters that ends a comment: `J'aime · 3 · Répondre`.
    Button,
    /// How old it is, in a figure and a letter: `2h`, `5 min`.
    Age,
}

/// Longer lines, in bytes, are no frame.
const BYTES_MAX: usize = 80;

/// Reads a line as a part of a comment's frame.
pub(super) fn read(line: &str, lexicon: &Lexicon) -> Option<Frame> {
    if line.len() > BYTES_MAX {
        return None;
    }
    if is_count(line) {
        return Some(Frame::Count);
    }
    if is_age(line) {
        return Some(Frame::Age);
    }
    let mut folded = Folded::default();
    let (mut buttons, mut frames) = (0, 0);
    let parts = line.split(['·', '•', '|', '–', '—']).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        buttons += 1;
        folded.fold(part);
        match lexicon.chrome(&folded) {
            Some((Chrome::CommentFrame, true)) => frames += 1,
            Some((Chrome::Share, true)) => {}
            _ if is_count(part) || is_age(part) => {}
            _ => return None,
        }
    }
    (buttons > 1 && frames > 0).then_some(Frame::Button)
}

/// Where a day without its year and a time end that a text begins with, both in figures: "Le 03/03 à 11h40", "3.4. 11:40".
pub(super) fn day_and_time(text: &str) -> Option<usize> {
    let number = |text: &str, most: u8| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let fits = (1..=2).contains(&digits)
            && text[..digits].parse().is_ok_and(|number: u8| (1..=most).contains(&number));
        fits.then_some(digits)
    };
    let lead = text.len() - text.trim_start_matches("Le ").trim_start_matches("le ").len();
    let rest = &text[lead..];
    let day = number(rest, 31)?;
    let after = rest[day..].strip_prefix(['/', '.', '-'])?;
    let month = number(after, 12)?;
    let after = after[month..].strip_prefix('.').unwrap_or(&after[month..]);
    let after = after.strip_prefix([',', ' '])?;
    let at = text.len() - after.len();
    let (_, end) = date::clock_prefix(after.trim_start())?;
    Some(at + (after.len() - after.trim_start().len()) + end)
}

/// Whether a line is numbers and signs. What sentences have in them ("10/10 !") makes it somebody's words.
fn is_count(line: &str) -> bool {
    let bare = line.trim_end();
    let bare = bare.strip_suffix(['k', 'K', 'M']).map_or(bare, |rest| {
        if rest.trim_end().ends_with(|c: char| c.is_ascii_digit()) { rest } else { bare }
    });
    let is_sign = |c: char| {
        c.is_whitespace()
            || matches!(c, '+' | '-' | '(' | ')' | '.' | ',' | '^' | '#')
            || !c.is_ascii() && !c.is_alphanumeric()
    };
    bare.contains(|c: char| c.is_ascii_digit()) && bare.chars().all(|c| c.is_ascii_digit() || is_sign(c))
}

/// Whether a line is a figure and the first letter of a unit of time.
fn is_age(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let unit = line[digits..].trim();
    (1..=2).contains(&digits)
        && (unit.chars().count() == 1 && unit.chars().all(char::is_lowercase) || unit == "min")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_and_buttons_are_no_words() {
        let lexicon = Lexicon::load(None).unwrap();
        for (line, expected) in [
            ("12", Some(Frame::Count)),
            ("▲ 4 ▼", Some(Frame::Count)),
            ("👍 12", Some(Frame::Count)),
            ("+12 -3", Some(Frame::Count)),
            ("1,2 K", Some(Frame::Count)),
            ("J'aime · 3 · Répondre", Some(Frame::Button)),
            ("Like | Reply | 2", Some(Frame::Button)),
            ("2h", Some(Frame::Age)),
            ("5 min", Some(Frame::Age)),
            ("10/10 !", None),
            ("42 ?", None),
            ("12 bateaux", None),
            ("#2.1", Some(Frame::Count)),
            ("Bof", None),
            ("Like | Enfin", None),
            ("", None),
        ] {
            assert_eq!(read(line, &lexicon), expected, "{line}");
        }
    }

    #[test]
    fn a_day_without_a_year_has_a_time() {
        for (text, end) in [
            ("Le 03/03 à 11h40", Some(17)),
            ("03/03 à 11h40", Some(14)),
            ("3.4. 11:40", Some(10)),
            ("3.4, 11:40 Uhr", Some(14)),
            ("03/03", None),
            ("33/03 à 11h40", None),
            ("3/13 à 11h40", None),
            ("3.5 11 points", None),
            ("le vent", None),
        ] {
            assert_eq!(day_and_time(text), end, "{text}");
        }
    }
}
