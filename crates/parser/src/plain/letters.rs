//! Pages of letters to the editor: each letter is signed below it, and none of the readers is the author of the page.

use document::BlockKind;

use super::Page;
use super::line::{Line, Opening, Role};
use crate::byline;

/// Words of a signature: a name, and a town behind a comma or in brackets.
const WORDS_MAX: usize = 7;
const TOWN_WORDS_MAX: usize = 4;

/// Signatures of a page of letters.
const LETTERS_MIN: usize = 2;

impl Page<'_> {
    /// Takes the lines for text that sign letters: two or more, each right below a sentence, with another letter or the end of
    /// the page below it. What signs one letter alone may be the author's name.
    pub(super) fn keep_signatures_of_letters(&mut self, body: usize) {
        let signatures: Vec<usize> =
            (body + 1..self.lines.len()).filter(|index| self.is_signature_of_letter(*index)).collect();
        if signatures.len() < LETTERS_MIN {
            return;
        }
        for index in signatures {
            self.lines[index].role = Role::Text(BlockKind::Paragraph);
        }
    }

    fn is_signature_of_letter(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_short = line.is_open()
            && (2..=WORDS_MAX).contains(&line.words)
            && !line.sentence
            && line.opening == Opening::Words
            && line.chrome.is_none()
            && line.label.is_none();
        let above = &self.lines[index - 1];
        is_short
            && above.is_open()
            && above.chrome.is_none()
            && above.sentence
            && above.words > WORDS_MAX
            && parted(line).is_some_and(|(name, town)| {
                let is_town = (1..=TOWN_WORDS_MAX).contains(&town.split_whitespace().count())
                    && town.starts_with(char::is_uppercase)
                    && !town.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | ':' | '/'));
                is_town && byline::is_people(name, self.lexicon)
            })
    }
}

/// The name and the town of a signature: "Yves Morel, Holm", "P. Morel (Nordby)", "Yves Morel – Holm".
fn parted<'t>(line: &'t Line<'_>) -> Option<(&'t str, &'t str)> {
    let text = line.text.as_ref();
    if let Some((name, town)) = text.strip_suffix(')').and_then(|text| text.split_once(" (")) {
        return Some((name, town));
    }
    text.split_once(", ").or_else(|| text.split_once(" – ")).or_else(|| text.split_once(" - "))
}

#[cfg(test)]
mod tests {
    use document::BlockKind;

    use crate::lexicon::Lexicon;

    const FIRST: &str =
        "Je lis dans vos colonnes que la passerelle du port restera fermée jusqu'à l'été, et je m'en étonne.";
    const SECOND: &str =
        "Chaque matin, rue des Tanneurs, des cyclistes roulent sur le trottoir, et j'ai failli tomber.";
    const TITLE: &str = "La passerelle, les vélos et le pain : vos lettres";

    #[test]
    fn readers_who_sign_letters_are_no_authors() {
        for (one, two) in
            [("Yves Morel, Holm", "Marie-Thérèse Lam (Nordby)"), ("Ann Lee – Holm", "P. Morvan, Kervella")]
        {
            let page = format!(
                "La Gazette de Holm\n{TITLE}\n6 mars 2026\n\nLa passerelle\n{FIRST}\n{one}\n\nLes vélos\n{SECOND}\n{two}\n"
            );
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.title.as_deref(), Some(TITLE));
            assert_eq!(article.publisher.as_deref(), Some("La Gazette de Holm"));
            assert_eq!(article.authors, [""; 0]);
            let text = format!("La passerelle\n\n{FIRST}\n\n{one}\n\nLes vélos\n\n{SECOND}\n\n{two}");
            assert_eq!(article.text.as_str(), text);
            let headings = article.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
            assert_eq!(headings.count(), 2);
        }
    }

    #[test]
    fn one_signature_may_be_the_author_s() {
        let page = format!("{TITLE}\n6 mars 2026\n\n{FIRST}\n\n{SECOND}\n\nZoé Lam, journaliste\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.authors, ["Zoé Lam"]);
    }
}
