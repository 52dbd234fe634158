//! Names of firms and institutions that begin as a person's does: "Holm Offshore A/S", "Anna Lam Hospital".

use std::borrow::Cow;

use crate::lexicon::{Lexicon, WordSet, fold};

/// Whether the last of several words is one that ends the names of firms or institutions. Behind a small word the name is
/// that of another thing than the first words are: "Anna Lam at Holm College".
pub(crate) fn is_firm(words: &[&str], lexicon: &Lexicon) -> bool {
    words.len() > 1
        && !words.iter().any(|word| word.starts_with(char::is_lowercase))
        && words
            .last()
            .is_some_and(|last| !is_short_surname(last) && lexicon.has(WordSet::Firms, &fold(last)))
}

/// Whether a word is a surname that without its accent would be the abbreviation of a legal form: "Ana Sá" is no SA.
pub(crate) fn is_short_surname(word: &str) -> bool {
    !word.is_ascii()
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().count() <= FORM_CHARS
}

/// Letters of the longest abbreviation of a legal form that is taken for one.
const FORM_CHARS: usize = 3;

/// A byline in which the slash of a legal form parts no names any more.
pub(crate) fn with_whole_forms<'b>(byline: &'b str, lexicon: &Lexicon) -> Cow<'b, str> {
    let is_form = |word: &&str| {
        word.len() <= FORM_BYTES_MAX && word.contains('/') && lexicon.has(WordSet::Firms, &fold(word))
    };
    // Most have no slash.
    if !byline.contains('/') {
        return Cow::Borrowed(byline);
    }
    match byline.split_whitespace().find(is_form) {
        Some(form) => Cow::Owned(byline.replace(form, &form.replace('/', DIVISION))),
        None => Cow::Borrowed(byline),
    }
}

/// Bytes of a legal form with a slash.
const FORM_BYTES_MAX: usize = 6;

/// A slash that no byline has.
const DIVISION: &str = "\u{2215}";

#[cfg(test)]
mod tests {
    use crate::byline::people;
    use crate::lexicon::Lexicon;

    fn check(byline: &str, expected: &[&str]) {
        assert_eq!(people(byline, &Lexicon::load(None).unwrap()), expected, "{byline}");
    }

    #[test]
    fn firms_and_accounts_are_nobody() {
        for nobody in [
            "Nordwiek Offshore A/S",
            "Nordwiek Offshore Energi A/S",
            "Ribera Marina S/A",
            "Holm Marine Energy GmbH",
            "Anna Lam Hospital",
            "Anna Lam Klinik",
            "Super User",
            "Site Administrator",
        ] {
            check(nobody, &[]);
        }
        check("Anna Lam/Bo Ek", &["Anna Lam", "Bo Ek"]);
        check("Anna Lam, Nordwiek Offshore A/S", &["Anna Lam"]);
        check("Anna Lam at Holm College", &["Anna Lam"]);
        check("Charlotte Church", &["Charlotte Church"]);
    }
}
