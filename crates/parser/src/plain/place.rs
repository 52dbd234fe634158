//! Places that have the form of a person's name and stand where a line says from where and when.

use super::Page;
use super::meta::is_separator;
use crate::byline;
use crate::date::{self, Order};
use crate::lexicon::{Lexicon, fold};

/// Whether a name that no label calls an author's is the place of a dateline: nobody is called by its first word, and a comma
/// and a date follow ("Grand Rapids, September 3, 2026").
pub(super) fn is_before_date(part: &str, behind: &str, lexicon: &Lexicon, order: Order) -> bool {
    let name = part.trim_end_matches(is_separator);
    let has_comma = part[name.len()..].contains(',') || behind.starts_with(',');
    let is_day = |text: &str| date::prefix(text, order).is_some_and(|(date, _)| date.day.is_some());
    has_comma
        && !may_be_person(name, lexicon)
        && byline::is_people(name, lexicon)
        && is_day(behind.trim_start_matches(is_separator))
}

/// Whether words behind a name are where that person writes from: "à Bamako", "in Holm".
pub(super) fn is_behind_preposition(part: &str) -> bool {
    part.trim_end_matches(is_separator).split_once(' ').is_some_and(|(preposition, place)| {
        preposition.len() <= PREPOSITION_BYTES_MAX
            && preposition.chars().all(char::is_lowercase)
            && place.split(' ').count() <= PLACE_WORDS_MAX
            && place.split(' ').all(|word| word.starts_with(char::is_uppercase))
    })
}

/// Bytes of a word before a place, and words of that.
const PREPOSITION_BYTES_MAX: usize = 3;
const PLACE_WORDS_MAX: usize = 3;

/// Whether a name begins with a given name or an initial.
fn may_be_person(name: &str, lexicon: &Lexicon) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    byline::is_given_name(first, lexicon) || first.chars().filter(|c| c.is_alphabetic()).count() == 1
}

impl Page<'_> {
    /// Whether a name on a line with a date is where somebody writes from whom the line above names: "Anna Barroso", "San
    /// Cosme - 9 jul 2026".
    pub(super) fn is_place_below_name(&self, index: usize, name: &str) -> bool {
        let is_person =
            |text: &str| may_be_person(text, self.lexicon) && byline::is_people(text, self.lexicon);
        let above = index.checked_sub(1).map(|above| &self.lines[above]);
        self.lines[index].text.starts_with(name)
            && !may_be_person(name, self.lexicon)
            && fold(name).contains(' ')
            && above.is_some_and(|above| !above.sentence && is_person(&above.text))
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TITLE: &str = "Last turbine stands off the coast";
    const TEXT: &str =
        "The last of the turbines was put up on Tuesday, two years after the works began at sea.";

    fn check(head: &str, authors: &[&str]) {
        let page = format!("{TITLE}\n\n{head}\n\n{TEXT}\n\n{TEXT} Yes.\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.authors, authors, "{head}");
        assert!(article.published.is_some(), "{head}");
        assert_eq!(article.text.as_str(), format!("{TEXT}\n\n{TEXT} Yes."), "{head}");
    }

    #[test]
    fn a_place_before_the_date_is_nobody() {
        for place in
            ["Cedar Rapids", "San Cosme", "Villa del Prado", "Bad Nordheim", "Mount Holm", "St. Olaf"]
        {
            check(&format!("{place}, September 3, 2026"), &[]);
            check(&format!("{place}, 3 September 2026"), &[]);
        }
        check("Consuelo Lamant\nSan Cosme - 06 MAY 2026 - 12:00 CEST", &["Consuelo Lamant"]);
    }

    #[test]
    fn a_person_before_the_date_is_the_author() {
        for name in ["Anna Lamant", "Zoé Ekman", "J. K. Lamant"] {
            check(&format!("{name}, September 3, 2026"), &[name]);
            check(&format!("By {name}, September 3, 2026"), &[name]);
        }
        check("By Cedar Lamant, September 3, 2026", &["Cedar Lamant"]);
        check("Anna Lamant\nZoé Ekman - 06 MAY 2026 - 12:00 CEST", &["Zoé Ekman", "Anna Lamant"]);
    }
}
