//! Names as catalogues file them: "Lam, Zoé".

use super::is_given_name;
use crate::lexicon::{Lexicon, WordSet, fold};

/// Words of a surname, and of given names, at most.
const WORDS_MAX: usize = 3;

/// A name that is filed by its surname, the other way round; `None` where a value is none such. In a field that `files`
/// names so, as those of catalogues do, the given name need not be a known one.
pub(crate) fn turned(value: &str, files: bool, lexicon: &Lexicon) -> Option<String> {
    let (surname, given) = value.split_once(',')?;
    let (surname, given) = (surname.trim(), given.trim());
    let count = |text: &str| text.split_whitespace().count();
    let is_single = |text: &str| !text.contains([',', ';', '&', '|', '/']);
    let first = given.split_whitespace().next()?;
    // "Anne Kervella, Oslo": a whole name, and a place.
    let is_whole = count(surname) > 1 && is_given_name(surname.split_whitespace().next()?, lexicon);
    let is_no_name = |word: &str| {
        let folded = fold(word);
        lexicon.has(WordSet::NotPeople, &folded)
            || lexicon.has(WordSet::Agencies, &folded)
            || lexicon.is_compound(&folded)
    };
    let is_name = |text: &str| !text.split_whitespace().any(is_no_name);
    let may_be = (1..=WORDS_MAX).contains(&count(surname))
        && count(given) <= WORDS_MAX
        && is_single(given)
        && !is_whole
        && is_name(surname)
        && (is_given_name(first, lexicon) || files && count(surname) == 1 && is_name(given));
    may_be.then(|| format!("{given} {surname}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_filed_by_its_surname_is_turned() {
        let lexicon = Lexicon::load(None).unwrap();
        for (value, field, filed) in [
            ("Morel, Jean", Some("Jean Morel"), Some("Jean Morel")),
            ("Morel, Jean-Marc", Some("Jean-Marc Morel"), Some("Jean-Marc Morel")),
            ("García Lorca, Anna", Some("Anna García Lorca"), Some("Anna García Lorca")),
            ("Kervella, Azenor", None, Some("Azenor Kervella")),
            ("Anne Kervella, Oslo", None, None),
            ("Jean Morel, Anna Lam", None, None),
            ("Reuters, Oslo", None, None),
            ("Rédaction, Anna", None, None),
            ("Kervella, Rédaction", None, None),
            ("Morel, Jean, Oslo", None, None),
            ("Morel", None, None),
        ] {
            assert_eq!(turned(value, false, &lexicon).as_deref(), field, "{value}");
            assert_eq!(turned(value, true, &lexicon).as_deref(), filed, "{value}");
        }
    }
}
