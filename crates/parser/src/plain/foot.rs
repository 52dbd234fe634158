//! Whether the text goes on below a line that reads as a credit or as the foot of a page.

use super::line::{Line, Opening};
use super::{Page, caption};
use crate::lexicon::{Chrome, Label, WordSet};

/// A sentence of running text has at least so many words.
const SENTENCE_WORDS: usize = 8;

/// A sentence below a credit has at least so many words.
const SHORT_WORDS: usize = 5;

/// Paragraphs that are counted below a line.
const COUNTED: u8 = 2;

/// Words of a credit or an agency's name.
const CREDIT_WORDS_MAX: usize = 12;

/// Words of an agency's name, and of "with" before it.
const AGENCY_WORDS_MAX: usize = 4;

/// How many paragraphs stand from each line on, above the comments: counted once for all the feet of a page.
#[derive(Debug, Default)]
pub(super) struct Below(Vec<u8>);

impl Page<'_> {
    /// Whether paragraphs stand right below a line and go on: one under a credit, two under a foot of a page, whose own
    /// words may end in a sentence.
    pub(super) fn text_goes_on(&self, index: usize, below: &mut Below) -> bool {
        if below.0.is_empty() {
            below.0 = self.paragraphs_below();
        }
        let mut near = self.lines[index + 1..].iter().filter(|line| line.is_open()).take(2);
        if self.is_credit_line(&self.lines[index]) {
            return near.any(|line| is_sentence(line, SHORT_WORDS) && !self.is_paragraph_of_site(line));
        }
        below.0[index + 1] >= COUNTED && near.any(|line| is_sentence(line, SENTENCE_WORDS))
    }

    fn paragraphs_below(&self) -> Vec<u8> {
        let mut below = vec![0; self.lines.len() + 1];
        for (index, line) in self.lines.iter().enumerate().rev() {
            let count = below[index + 1];
            below[index] = match line.chrome {
                Some((Chrome::Comments | Chrome::Avatar | Chrome::CommentFrame, _)) => 0,
                _ if count < COUNTED && self.is_paragraph(line) => count + 1,
                _ => count,
            };
        }
        below
    }

    fn is_paragraph(&self, line: &Line<'_>) -> bool {
        line.is_open()
            && is_sentence(line, SENTENCE_WORDS)
            && !self.is_paragraph_of_site(line)
            && caption::read(line, self.lexicon).is_none()
    }

    /// Whether a sentence says how to reach the site, or who the author is.
    pub(super) fn is_paragraph_of_site(&self, line: &Line<'_>) -> bool {
        ["@", "www.", "://"].iter().any(|sign| line.text.contains(sign))
            || self.found.authors.iter().any(|name| line.text.contains(name.as_str()))
    }

    /// "© Ann Lee", "AFP", "Source: Insee": what stands below an image or a figure.
    fn is_credit_line(&self, line: &Line<'_>) -> bool {
        let signed =
            line.text.strip_prefix('©').is_some_and(|rest| !rest.contains(|c: char| c.is_ascii_digit()));
        let labelled = || matches!(line.label, Some((Label::Sources | Label::Credit, _)));
        let is_agency = || {
            let mut words = line.text.split(|c: char| !c.is_alphanumeric());
            line.words <= AGENCY_WORDS_MAX
                && words.any(|word| self.lexicon.has(WordSet::Agencies, &crate::lexicon::fold(word)))
        };
        line.words <= CREDIT_WORDS_MAX && (signed || labelled() || is_agency())
    }
}

/// Whether a line is a sentence of so many words at least, in running text.
fn is_sentence(line: &Line<'_>, words: usize) -> bool {
    line.sentence && line.words >= words && line.chrome.is_none() && line.opening == Opening::Words
}

/// Whether a line that is left out might have been text.
pub(super) fn may_be_text(line: &Line<'_>) -> bool {
    is_sentence(line, SENTENCE_WORDS)
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";
    const THIRD: &str = "Les loueurs espèrent retrouver dès l'été prochain le nombre de clients d'avant.";

    fn read(below: &str) -> document::Article {
        let lexicon = Lexicon::load(None).unwrap();
        let head = "Le canal rouvre aux barques\n\nPar Zoé Lam\nPublié le 4 novembre 2025";
        crate::plain::read(&format!("{head}\n\n{FIRST}\n\n{below}\n"), &lexicon).unwrap()
    }

    #[test]
    fn text_below_a_credit_or_a_foot_is_kept() {
        for line in [
            "© Getty Images",
            "AFP",
            "© AFP",
            "Avec AFP",
            "Reuters",
            "Copyright Ann Lee",
            "Source : Insee",
            "SOURCE Insee",
            "Sources : Insee, Banque de Holm",
            "Tous droits réservés",
            "All rights reserved",
            "Mentions légales",
            "Legal notice",
            "© 2025 Le Courrier du lac",
        ] {
            let article = read(&format!("{line}\n\n{SECOND}\n\n{THIRD}"));
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}\n\n{THIRD}"), "{line}");
            assert_eq!(article.authors, ["Zoé Lam"], "{line}");
        }
    }

    #[test]
    fn a_short_sentence_below_a_credit_is_text() {
        let article = read("© Getty Images\n\nLe meunier moudra dès septembre, dit-il.\n\nFin.");
        assert_eq!(
            article.text.as_str(),
            format!("{FIRST}\n\nLe meunier moudra dès septembre, dit-il.\n\nFin.")
        );
        assert_eq!(article.images.len(), 1);
    }

    #[test]
    fn a_credit_in_the_text_is_an_image_s() {
        for (line, credit) in
            [("© Getty Images", "Getty Images"), ("© AFP", "AFP"), ("© Ann Lee / AFP", "Ann Lee / AFP")]
        {
            let article = read(&format!("{line}\n\n{SECOND}\n\n{THIRD}"));
            let credits: Vec<_> = article.images.iter().map(|image| image.credit.as_deref()).collect();
            assert_eq!(credits, [Some(credit)], "{line}");
        }
    }

    #[test]
    fn a_foot_ends_the_text() {
        for foot in [
            "Tous droits réservés\nContact\nPlan du site\nNous écrire",
            "Mentions légales\nContact\nPublicité\nLe Courrier du lac paraît tous les jours sauf le dimanche.",
            "À propos de l'auteur\nZoé Lam écrit sur le lac depuis dix ans pour ce journal.\nElle vit à Holm.",
            "© 2025 Le Courrier du lac\nÉcrivez-nous à lac@holm.example pour toute question sur le journal.",
        ] {
            assert_eq!(read(foot).text.as_str(), FIRST, "{foot}");
        }
    }
}
