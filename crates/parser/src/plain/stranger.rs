//! What may stand in a line of dates and names though no list has it, and what makes such a line one of text.

use crate::date;
use crate::lexicon::{Label, Lexicon, WordSet, fold};

use super::caption;
use super::meta::is_separator;

/// Whether a line is an image's: one with the sign of a credit, and no label that says whose the article is or when.
pub(super) fn is_credit(text: &str, lexicon: &Lexicon) -> bool {
    caption::has_sign(text)
        && !matches!(
            lexicon.label_of(text),
            Some((Label::Byline | Label::Published | Label::Modified | Label::ReadingTime, _))
        )
}

/// Whether a part that no list has may name where a line was written, or under which head: "Paris", "Le Courrier du
/// lac |". Words of a sentence stand before a date without a sign between them, a label before a colon.
pub(super) fn is_place_or_section(part: &str, after: &str, lexicon: &Lexicon) -> bool {
    let name = part.trim_end_matches(is_separator);
    let sign = part[name.len()..].trim_start();
    if name.ends_with(['?', '!', '…']) || sign.starts_with([':', '.']) {
        return false;
    }
    let is_set_off =
        !sign.is_empty() || after.is_empty() || after.starts_with(|c: char| !c.is_alphanumeric());
    // "le 3 mai", "on May 3": the date is said in the sentence.
    let is_led = after.split_whitespace().next().is_some_and(|word| {
        word.starts_with(char::is_lowercase) && !date::is_month(word) && !date::is_weekday(word)
    });
    let is_barred = sign.starts_with(['|', '·', '•', '-', '–', '—', '>'])
        || after.starts_with(['|', '·', '•', '-', '–', '—']);
    is_barred || (is_set_off || !is_led) && are_names(name, lexicon)
}

/// "Décès de Jean Morel": what befell a person, written as a name is.
pub(super) fn tells_of_person(part: &str, lexicon: &Lexicon) -> bool {
    let mut words = part.split_whitespace().map(fold);
    let Some(first) = words.next() else { return false };
    let is_given = |word: &String| lexicon.has(WordSet::GivenNames, word);
    let mut rest = words.skip_while(|word| !lexicon.has(WordSet::Particles, word));
    !is_given(&first)
        && rest.next().is_some()
        && rest.next().as_ref().is_some_and(is_given)
        && rest.next().is_some()
}

/// Whether the words of a part are names, and small words inside of names: "Holm nach Kassel" has another.
pub(super) fn are_names(part: &str, lexicon: &Lexicon) -> bool {
    part.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).all(|word| {
        let key = fold(word);
        [WordSet::Particles, WordSet::And, WordSet::Articles].iter().any(|set| lexicon.has(*set, &key))
    })
}

/// Whether a label of a date stands behind a part: "La rédaction, publié le …".
pub(super) fn is_date_label(after: &str, lexicon: &Lexicon) -> bool {
    let label = lexicon.label_of(after.trim_start_matches(is_separator));
    matches!(label, Some((Label::Published | Label::Modified, _)))
}
