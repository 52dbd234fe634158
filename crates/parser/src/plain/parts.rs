//! The parts of a line of metadata that are neither a date nor a label.

use crate::byline;
use crate::date::{self, Order};
use crate::lexicon::{Chrome, Folded, Label, Lexicon, WordSet, fold};

use super::stranger::are_names;
use super::times::{ends_date, impossible_date};

/// Words of a label inside a line ("mis à jour le").
const PART_LABEL_WORDS: usize = 4;

/// Where the part of a line ends that is not a date or a label: at a separator, or before the next date or label.
pub(super) fn part_end(rest: &str, lexicon: &Lexicon, order: Order) -> usize {
    let mut folded = Folded::default();
    let mut start = 0;
    let mut word_start = true;
    for (at, c) in rest.char_indices() {
        if matches!(c, '|' | '·' | '•' | ';' | '─' | '｜') || matches!(c, '–' | '—') && at > 0 {
            return at.max(1);
        }
        // "3 mars 2026 / Zoé Lam / 7 commentaires".
        let is_slash = c == '/' && rest[at + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        if (c == '-' || is_slash) && rest[..at].ends_with(' ') {
            return at.max(1);
        }
        let blank = c.is_whitespace() || matches!(c, ',' | '(');
        if word_start && !blank && at > start {
            let ahead = &rest[at..];
            if date::prefix(ahead, order).is_some_and(|(_, end)| ends_date(&ahead[end..], lexicon))
                || impossible_date(ahead, false).is_some()
            {
                return at;
            }
            folded.fold_words(ahead, PART_LABEL_WORDS);
            if let Some((label, end)) = lexicon.label(&folded)
                && c.is_alphanumeric()
                && ends_before(label, ahead, end, lexicon)
            {
                return at;
            }
        }
        word_start = blank;
        start = 0;
    }
    rest.len()
}

/// Whether a part is names, and for whom they write.
pub(super) fn is_names(part: &str, lexicon: &Lexicon) -> bool {
    byline::is_people(part, lexicon) || byline::is_people_of_outlet(part, lexicon)
}

pub(super) fn is_outlet(part: &str, lexicon: &Lexicon) -> bool {
    let mut folded = Folded::default();
    folded.fold(part);
    let starts_as_name = part.trim_start().starts_with(char::is_uppercase);
    lexicon.is_outlet(folded.as_str())
        || folded.len() <= 6
            && folded.words().any(|word| lexicon.is_outlet(word))
            && !is_clause(part, lexicon)
        || folded.len() <= 3
            && starts_as_name
            && are_names(part, lexicon)
            && !super::line::ends_sentence(part)
}

/// "May, all was over.": a sentence with a comma that no word for "and" follows.
fn is_clause(part: &str, lexicon: &Lexicon) -> bool {
    let behind = part.split_once(", ").map_or("", |(_, behind)| behind);
    let next = behind.split_whitespace().next().unwrap_or_default();
    super::line::ends_sentence(part)
        && next.starts_with(char::is_lowercase)
        && !lexicon.has(WordSet::And, &fold(next))
}

/// Whether a part says nothing of who and when by a name or a date: it counts comments or shares ("2 commentaires"), is an
/// address to write to, or an age in one letter ("2d").
pub(super) fn is_button(part: &str, lexicon: &Lexicon) -> bool {
    let mut folded = Folded::default();
    let word = part.trim();
    if !word.contains(' ') && (word.contains('@') && word.contains('.') || is_age(word)) {
        return true;
    }
    part.starts_with(|c: char| c.is_ascii_digit())
        && matches!(
            lexicon.chrome_of(part.trim(), &mut folded),
            Some((Chrome::Comments | Chrome::Share, true))
        )
}

/// "2d", "15m", "3 h" without its space.
fn is_age(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && matches!(&word[digits..], "d" | "h" | "m" | "w" | "j" | "min")
}

/// Whether a word for pictures stands in brackets behind a name: "Bo Ek (photos)".
pub(super) fn is_credited(part: &str, name: &str, lexicon: &Lexicon) -> bool {
    let Some((_, behind)) = part.split_once(name) else { return false };
    let inside = behind.trim_start().strip_prefix(['(', '[']).and_then(|rest| rest.split([')', ']']).next());
    inside.is_some_and(|inside| {
        matches!(lexicon.label_of(inside), Some((Label::Credit, end)) if inside[end..].trim().is_empty())
    })
}

/// Whether a part ends before a label inside a line: one of dates, of who edited, or of whose the pictures are, with names
/// behind it. "Photo Editor" is what somebody does.
fn ends_before(label: Label, ahead: &str, end: usize, lexicon: &Lexicon) -> bool {
    let names_people = || {
        let after = ahead[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        after.starts_with(char::is_uppercase) && !byline::people(after, lexicon).is_empty()
    };
    match label {
        Label::Published | Label::Modified | Label::ReadingTime => true,
        Label::Byline => lexicon.has(WordSet::Editing, &fold(&ahead[..end])) && names_people(),
        Label::Credit => names_people(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_no_outlet() {
        let lexicon = Lexicon::load(None).unwrap();
        assert!(is_outlet("BBC News, with agencies.", &lexicon));
        assert!(!is_outlet("May, all was over.", &lexicon));
    }

    #[test]
    fn a_byline_may_have_an_address_an_age_or_a_date() {
        let lexicon = Lexicon::load(None).unwrap();
        let text = "The first boats passed the lock of Holm on Monday, after twenty months of works.";
        for (byline, date) in [
            (
                "By Anna Lamant | alamant@courier.example | The Holm Courier\nPublished: April 16, 2026",
                Some("2026-04-16"),
            ),
            ("By Anna Lamant • 2d", None),
            ("Anna Lamant | Le 4 février 2026", Some("2026-02-04")),
        ] {
            let page = format!("Canal of Holm opens to boats\n{byline}\n\n{text}\n\n{text} Yes.\n");
            let article = crate::plain::read(&page, &lexicon).unwrap();
            assert_eq!(article.authors, ["Anna Lamant"], "{byline}");
            assert_eq!(article.published.map(|date| date.edtf).as_deref(), date, "{byline}");
            assert_eq!(article.text.as_str(), format!("{text}\n\n{text} Yes."), "{byline}");
        }
    }
}
