//! A line of an article's head by itself, wherever it stands.

use std::borrow::Cow;

use super::meta::{self, Meta};
use crate::date::{self, Date, Order};
use crate::lexicon::{Label, Lexicon};

/// What a line says that tells nothing but who wrote an article, and when.
#[derive(Debug, Default)]
pub(crate) struct HeadLine {
    pub(crate) authors: Vec<String>,
    /// How many of the authors, the first ones, stand under a label.
    pub(crate) labelled: usize,
    pub(crate) published: Option<Date>,
    /// Whether a label calls that date the one of publication.
    pub(crate) is_labelled: bool,
    pub(crate) modified: Option<Date>,
}

/// Reads a line of an article's head; `None` when any part of it says something else.
pub(crate) fn head_line(text: &str, lexicon: &Lexicon, order: Order) -> Option<HeadLine> {
    let text = &*parted(text, lexicon);
    let words = text.split_whitespace().count();
    if !meta::may_be(text, words, lexicon) {
        return None;
    }
    let meta = meta::read(text, words, None, lexicon, order)?;
    let mut authors =
        if meta.authors.is_empty() && meta.candidates.is_empty() { meta.editors } else { meta.authors };
    let labelled = authors.len();
    authors.extend(meta.candidates);
    let Meta { published, is_labelled, modified, .. } = meta;
    Some(HeadLine { authors, labelled, published, is_labelled, modified })
}

/// Whether a line may tell nothing but who and when: in most cases its length and its end say that it does not.
pub(crate) fn may_be_head_line(line: &str, lexicon: &Lexicon) -> bool {
    meta::may_be(line, line.split_whitespace().count(), lexicon)
}

/// A line with a space where a page's style alone sets a word off from what stands before it: a label behind a time
/// ("16h40Temps de lecture") or a name, a date in figures behind a name.
pub(crate) fn parted<'t>(line: &'t str, lexicon: &Lexicon) -> Cow<'t, str> {
    let bytes = line.as_bytes();
    let is_joint = |at: &usize| match bytes[*at..] {
        // "3 March 20266:30 AM".
        [digit, next, ..] if digit.is_ascii_digit() && next.is_ascii_digit() => is_end_of_year(line, *at),
        [digit, capital, small, ..] if digit.is_ascii_digit() => {
            capital.is_ascii_uppercase() && small.is_ascii_lowercase()
        }
        [letter, digit, next, ..] if digit.is_ascii_digit() && !letter.is_ascii_whitespace() => {
            let rest = &line[at + 1..];
            // An instant as machines write it is none that readers see.
            (next.is_ascii_digit() || matches!(next, b'/' | b'.'))
                && !rest.bytes().take(4).all(|byte| byte.is_ascii_digit())
                && line[..=*at].ends_with(char::is_lowercase)
                && date::prefix(rest, Order::DayFirst).is_some_and(|(date, _)| date.day.is_some())
        }
        [_, capital, small, ..] if capital.is_ascii_uppercase() && small.is_ascii_lowercase() => {
            line.is_char_boundary(at + 1)
                && line[..=*at].ends_with(char::is_lowercase)
                && matches!(lexicon.label_of(&line[at + 1..]), Some((Label::Published | Label::Modified, _)))
        }
        _ => false,
    };
    // A capital or a digit follows each, which few bytes of a text are.
    let begins = |byte: &u8| byte.is_ascii_uppercase() | byte.is_ascii_digit();
    let mut joints = bytes
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, byte)| begins(byte))
        .map(|(at, _)| at - 1)
        .filter(is_joint);
    let Some(first) = joints.next() else { return Cow::Borrowed(line) };
    let mut out = String::with_capacity(line.len() + 4);
    let mut from = 0;
    for at in std::iter::once(first).chain(joints) {
        out.push_str(&line[from..=at]);
        out.push(' ');
        from = at + 1;
    }
    out.push_str(&line[from..]);
    Cow::Owned(out)
}

/// Whether a year ends at a digit, and a time of day follows without a space.
fn is_end_of_year(line: &str, at: usize) -> bool {
    let bytes = line.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let behind = digits(at + 1);
    at >= 4
        && bytes[at - 3..].starts_with(b"20")
        && bytes[at - 4] == b' '
        && bytes[at - 3..=at].iter().all(u8::is_ascii_digit)
        && (1..=2).contains(&behind)
        && bytes.get(at + 1 + behind) == Some(&b':')
        && digits((at + 2 + behind).min(bytes.len())) == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_style_sets_apart_are_parted() {
        let lexicon = Lexicon::load(None).unwrap();
        for (line, expected) in [
            ("modifié à 16h40Temps de lecture", "modifié à 16h40 Temps de lecture"),
            ("Zoé LamPublié le 3 mars 2026", "Zoé Lam Publié le 3 mars 2026"),
            ("Ann LeeUpdated March 3, 2026", "Ann Lee Updated March 3, 2026"),
            ("Rita Sousa03/03/2026 10h05", "Rita Sousa 03/03/2026 10h05"),
            ("André03.03.2026", "André 03.03.2026"),
            (
                "March 3, 20266:30 AM GMT+1Updated 2 hours ago",
                "March 3, 2026 6:30 AM GMT+1 Updated 2 hours ago",
            ),
        ] {
            assert_eq!(parted(line, &lexicon), expected, "{line}");
        }
        for line in
            ["McLane", "A380 landet", "Covid19 und H5N1", "abc12", "iPhone16", "Ann Lee, 3 March 2026"]
        {
            assert_eq!(parted(line, &lexicon), line);
        }
    }
}
