//! Names between the headline and the text, with neither label nor date.

use super::Page;
use super::line::{Line, Opening};
use crate::byline;
use crate::lexicon::{Chrome, Lexicon};

/// Words of such a line.
const WORDS_MAX: usize = 10;

/// Words of a line in which the text may speak of somebody.
const SPOKEN_WORDS_MIN: usize = 8;

/// Bytes of a word before a place, and words of both.
const PREPOSITION_BYTES_MAX: usize = 3;
const PLACE_WORDS_MAX: usize = 4;

impl Page<'_> {
    /// The people whom the one line between the headline and the text names, each by a known given name, and of whom neither
    /// speaks: they wrote it.
    pub(super) fn lone_names(&self, index: usize, body: usize) -> Vec<String> {
        let line = &self.lines[index];
        let is_alone = self.found.title_line.is_some_and(|title| title + 1 == index) && index + 1 == body;
        if !is_alone || !self.found.authors.is_empty() || !is_short(line) {
            return Vec::new();
        }
        let text = without_place(&line.text);
        let is_names =
            byline::is_people(text, self.lexicon) || byline::is_people_of_outlet(text, self.lexicon);
        let names = if is_names { byline::people(text, self.lexicon) } else { Vec::new() };
        let wrote = |name: &String| is_known(name, self.lexicon) && !self.speaks_of(name, index);
        if names.iter().all(wrote) { names } else { Vec::new() }
    }

    /// Whether a long line or the headline has the surname of somebody.
    fn speaks_of(&self, name: &str, index: usize) -> bool {
        let surname = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
        let has_it = |text: &str| text.to_lowercase().contains(&surname);
        self.found.title.as_deref().is_some_and(has_it)
            || self
                .lines
                .iter()
                .enumerate()
                .any(|(other, line)| other != index && line.words > SPOKEN_WORDS_MIN && has_it(&line.text))
    }
}

fn is_short(line: &Line<'_>) -> bool {
    line.is_open()
        && (2..=WORDS_MAX).contains(&line.words)
        && line.opening == Opening::Words
        && !line.sentence
        && line.label.is_none()
        && matches!(line.chrome, None | Some((Chrome::Footer, false)))
        && !line.text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '©'))
}

fn is_known(name: &str, lexicon: &Lexicon) -> bool {
    name.split(' ').next().is_some_and(|first| byline::is_given_name(first, lexicon))
}

/// Names without where those people write from: "Zoé Lam, à Holm".
fn without_place(text: &str) -> &str {
    let Some((names, place)) = text.split_once(", ") else { return text };
    let (preposition, town) = place.split_once(' ').unwrap_or_default();
    let is_place = preposition.len() <= PREPOSITION_BYTES_MAX
        && preposition.starts_with(char::is_lowercase)
        && town.starts_with(char::is_uppercase)
        && place.split(' ').count() <= PLACE_WORDS_MAX;
    if is_place { names } else { text }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn check(line: &str, text: &str, expected: &[&str]) {
        let page = format!("Le canal rouvre aux barques\n{line}\n\n{text}\n\n{text} Oui.\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.authors, expected, "{line}");
        if !expected.is_empty() {
            assert_eq!(article.text.as_str(), format!("{text}\n\n{text} Oui."), "{line}");
        }
    }

    #[test]
    fn names_alone_above_the_text_are_its_authors() {
        check("Anna Lamant", TEXT, &["Anna Lamant"]);
        check("Anna Lamant / Bernard Ekman", TEXT, &["Anna Lamant", "Bernard Ekman"]);
        check("Anna Lamant (avec AFP)", TEXT, &["Anna Lamant"]);
        check("Anna Lamant et l'AFP", TEXT, &["Anna Lamant"]);
        check("Anna Lamant, à Nordby", TEXT, &["Anna Lamant"]);
        check("Enquête de Zoé Ekman", TEXT, &["Zoé Ekman"]);
        // Of whom the text speaks did not write it; a place has no given name.
        check("Anna Lamant", &format!("{TEXT} Mme Lamant en est ravie."), &[]);
        check("Villa Nordby", TEXT, &[]);
        check("© Anna Lamant", TEXT, &[]);
    }
}
