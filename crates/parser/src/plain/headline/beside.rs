//! What stands on the line of a headline beside it: a date, the name of the site.

use crate::date::{self, Date, Order};
use crate::plain::line::Line;

/// Whether `long` is `title` with a site's name after it.
pub(in crate::plain) fn is_with_site(long: &str, title: &str) -> bool {
    long.strip_prefix(title).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with(['|', '-', '–', '—', '·', '•', ':']) && rest.split_whitespace().count() <= 7
    })
}

/// Takes a date off the front of a headline, when its form or what surrounds it shows that it is not a part of
/// it: "11 septembre 2001 : …" is a headline, "date 2001-09-11 …" and "[11/09/2001] …" are not.
pub(super) fn without_date(text: &str, order: Order) -> (Option<Date>, &str) {
    let (labelled, bare) = match text.split_once(char::is_whitespace) {
        Some((first, rest))
            if matches!(crate::lexicon::fold(first).as_str(), "date" | "datum" | "fecha" | "data") =>
        {
            (true, rest)
        }
        _ => (false, text),
    };
    let bare = bare.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    let bracketed = bare.starts_with(['[', '(']);
    let bare = bare.trim_start_matches(['[', '(']);
    let Some((date, end)) = date::prefix(bare, order) else { return (None, text) };
    let rest = &bare[end..];
    let machine =
        bare.starts_with(|c: char| c.is_ascii_digit()) && !bare[..end].contains(char::is_alphabetic);
    let set_off = rest.trim_start().starts_with(['|', '-', '–', '—', ':', '·']);
    let closed = bracketed && rest.starts_with([']', ')']);
    let title = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—' | ':' | ']' | ')' | '·')
    });
    let whole = date.day.is_some() && date.year.is_some();
    if title.split_whitespace().count() >= 3
        && whole
        && (labelled || closed || machine && (set_off || rest.starts_with(' ')))
    {
        (Some(date), title)
    } else {
        (None, text)
    }
}

/// Takes a whole date in brackets off the end of a headline: "The lake froze (3 March 2026)".
pub(super) fn without_date_behind(text: &str, order: Order) -> (Option<Date>, &str) {
    let parts = text.strip_suffix(')').and_then(|inner| inner.rsplit_once(" ("));
    let Some((title, inside)) = parts.filter(|(title, _)| title.split_whitespace().count() >= 3) else {
        return (None, text);
    };
    match date::prefix(inside, order) {
        Some((date, end)) if end == inside.len() && date.day.is_some() && date.year.is_some() => {
            (Some(date), title.trim_end())
        }
        _ => (None, text),
    }
}

/// Takes the site's name off the end of a headline: after a bar, or where the text names the site elsewhere.
pub(super) fn without_site<'a>(text: &'a str, lines: &[Line<'_>], index: usize) -> &'a str {
    let Some((at, width)) = [" | ", " - ", " – ", " — ", " :: "]
        .iter()
        .filter_map(|cut| text.rfind(cut).map(|at| (at, cut.len())))
        .max()
    else {
        return text;
    };
    let (title, site) = (text[..at].trim_end(), text[at + width..].trim());
    let words = site.split_whitespace().count();
    let bar = text[at..].starts_with(" | ") || text[at..].starts_with(" :: ");
    let names = |line: &str| {
        let behind = line.find(site).map(|at| &line[at + site.len()..]);
        behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
    };
    let named_elsewhere = || {
        lines.iter().enumerate().any(|(other, line)| {
            other != index
                && line.words <= words + 6
                && line.words < 12
                && names(&line.text)
                && !line.sentence
        })
    };
    let repeated_without = || lines.iter().any(|line| line.text == title);
    if title.split_whitespace().count() >= 3 && words <= 5 && (bar || repeated_without() || named_elsewhere())
    {
        title
    } else {
        text
    }
}
