//! A text that its publisher hands out by itself: all of it is the article's, but for what is a site's beyond doubt.

use super::line::{Line, Role};
use super::{Page, caption, meta};
use crate::ParseError;
use crate::lexicon::{Chrome, Label, Lexicon};

/// Words of a line that begins as a phrase of sites does, and is one; a longer one may be a sentence of the article.
const PHRASE_WORDS_MAX: usize = 12;

/// Words of a pointer to another article behind its label.
const POINTER_WORDS_MAX: usize = 25;

impl<'a> Page<'a> {
    /// Decides on every line of such a text.
    pub(super) fn read_own(
        text: &'a str,
        title: Option<&str>,
        lexicon: &'a Lexicon,
    ) -> Result<Self, ParseError> {
        let mut page = Self::new(text, lexicon)?;
        if let Some(title) = title {
            page.drop_title(title);
        }
        let body = page.body_start();
        let all = page.lines.len();
        for index in 0..all {
            if !page.lines[index].is_open() {
                continue;
            }
            if let Some(meta) = page.meta_of_own(index, body) {
                page.take_meta(meta, index);
            } else if is_of_site(&page.lines[index]) {
                page.lines[index].role = Role::Chrome;
            } else if let Some(image) = caption::signed(&page.lines[index].text, lexicon) {
                page.found.images.push(image);
                page.lines[index].role = Role::Caption;
            } else {
                // Nothing is read as what stands below a text.
                page.read_text(index, body, Some(all), false);
            }
        }
        Ok(page)
    }

    /// What a line above the text says of authors and dates, or one anywhere behind the label of a byline.
    fn meta_of_own(&self, index: usize, body: usize) -> Option<meta::Meta> {
        let line = &self.lines[index];
        let is_labelled = matches!(line.label, Some((Label::Byline | Label::Published | Label::Modified, _)))
            && !line.sentence;
        if index >= body && !is_labelled {
            return None;
        }
        meta::read_line(line, None, self.lexicon, self.order)
    }
}

/// Whether a line is a site's beyond doubt: a phrase of theirs as a whole, a short line that begins as one, or a pointer to
/// another article behind its label and a colon.
fn is_of_site(line: &Line<'_>) -> bool {
    match line.chrome {
        // In the publisher's own text these may be headings.
        Some((Chrome::Sources | Chrome::Comments, _)) | None => false,
        Some((_, true)) => true,
        Some((Chrome::Related, false)) => {
            line.words <= POINTER_WORDS_MAX && line.text.contains(':') && !line.sentence
        }
        Some((Chrome::Subscription | Chrome::Share | Chrome::Advertising | Chrome::Footer, false)) => {
            line.words <= PHRASE_WORDS_MAX
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: &str) {
        let lexicon = Lexicon::load(None).unwrap();
        let article = super::super::read_own(text, Some("Le lac a gelé"), &lexicon).unwrap();
        assert_eq!(article.text.as_str(), expected, "{text}");
    }

    const FIRST: &str =
        "Le lac de Holm a gelé dans la nuit de lundi à mardi, une première depuis trente ans.";

    #[test]
    fn the_publisher_s_own_text_is_kept_whole() {
        for last in [
            "Un froid durable",
            "La suite mercredi",
            "Abonnez-vous au lac, disait l'affiche de la mairie, et le lac vous le rendra chaque hiver sans faute.",
            "Les commentaires de la mairie n'ont pas tardé : trois lignes, publiées le soir même sur son site internet.",
            "Contact : mairie de Holm, 12 rue du Port.",
            "Anna Lam est garde du port depuis dix ans.",
            "12 mars 2024",
        ] {
            check(&format!("{FIRST}\n\n{last}"), &format!("{FIRST}\n\n{last}"));
            check(
                &format!("{FIRST}\n\n{last}\n\n{FIRST} Oui."),
                &format!("{FIRST}\n\n{last}\n\n{FIRST} Oui."),
            );
        }
    }

    #[test]
    fn what_is_a_site_s_beyond_doubt_is_out() {
        for line in [
            "Le lac a gelé",
            "Partager",
            "Lire aussi : Le port ferme",
            "Abonnez-vous pour lire la suite",
            "Publicité",
            "© Zoé Lam / AFP",
            "Tous droits réservés",
        ] {
            check(&format!("{FIRST}\n\n{line}\n\n{FIRST} Oui."), &format!("{FIRST}\n\n{FIRST} Oui."));
        }
        check(&format!("Par Zoé Lam\n12 mars 2024\n{FIRST}"), FIRST);
    }
}
