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

/// Whether the part behind a label goes on as a sentence does: "Author Ann Lee lives in Oslo.", "Published data of 3 May 2026."
/// A sign behind the label makes it one all the same.
pub(super) fn says_more(label: Option<Label>, text: &str, part: &str, lexicon: &Lexicon) -> bool {
    let words = match label {
        Some(Label::Byline) => 2,
        Some(Label::Published | Label::Modified) => 1,
        _ => return false,
    };
    let before = text[..part.as_ptr() as usize - text.as_ptr() as usize].trim_end();
    let sets = [WordSet::Particles, WordSet::And, WordSet::Articles, WordSet::Roles];
    let says = |word: &&str| {
        word.starts_with(char::is_lowercase) && !sets.iter().any(|set| lexicon.has(*set, &fold(word)))
    };
    text.ends_with('.')
        && before.ends_with(char::is_alphanumeric)
        && part.split_whitespace().filter(says).count() >= words
}

/// Whether a label of a date stands behind a part: "La rédaction, publié le …".
pub(super) fn is_date_label(after: &str, lexicon: &Lexicon) -> bool {
    let label = lexicon.label_of(after.trim_start_matches(is_separator));
    matches!(label, Some((Label::Published | Label::Modified, _)))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str =
        "Efter nio månader i docka lade färjan åter ut från kajen i Ekvik på onsdagsmorgonen.";

    #[test]
    fn sentences_that_begin_with_a_label_are_text() {
        let lexicon = Lexicon::load(None).unwrap();
        for sentence in [
            "Author Ann Lee lives in a small house in Oslo.",
            "Published data of 3 May 2025.",
            "Udgivet blev bogen 3. maj 2025.",
            "Opublikowano raport o powodzi 3 maja 2025.",
            "Aktualizacja planu ruszy 3 maja 2025.",
            "Autoři zprávy varují před suchem.",
            "Vydáno bylo 30 povolení 3. května 2025.",
            "Röportaj Ayşe Kaya ile yapıldı.",
            "Автор Иван Петров живёт в Риге.",
            "Обновлено 30 домов 3 мая 2025.",
            "Змінено розклад 3 травня 2025.",
            "Skrivet av is och vind blev det 3 maj 2025.",
            "Γράφει ο Γιάννης Παπάς για το νερό.",
        ] {
            let text = format!("Färjan går igen\n\n{FIRST}\n\n{sentence}\n\n{FIRST} Den var full.");
            let article = crate::plain::read(&text, &lexicon).unwrap();
            assert!(article.text.as_str().contains(sentence), "{sentence}");
            assert!(article.authors.is_empty() && article.published.is_none(), "{sentence}");
        }
    }

    #[test]
    fn bylines_that_end_in_a_full_stop_are_read() {
        let lexicon = Lexicon::load(None).unwrap();
        for line in ["By Ann Lee in Oslo.", "Par Ann Lee, envoyée spéciale à Holm.", "Автор: Ann Lee, Рига."]
        {
            let text = format!("Färjan går igen\n\n{line}\n\n{FIRST}\n\n{FIRST} Den var full.");
            let article = crate::plain::read(&text, &lexicon).unwrap();
            assert_eq!(article.authors, ["Ann Lee"], "{line}");
        }
    }
}
