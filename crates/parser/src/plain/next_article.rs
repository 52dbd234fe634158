//! The next article, which a site appends to the one that is read.

use super::line::{Line, Role};
use super::{Page, SIGHT, meta};
use crate::lexicon::{Chrome, Label};

/// Words of a headline.
const HEADLINE_WORDS_MIN: usize = 4;
const HEADLINE_WORDS_MAX: usize = 40;

/// Paragraphs that stand above the next article.
const PARAGRAPHS_MIN: usize = 2;

impl Page<'_> {
    /// Leaves out the next article from its headline on: right below that stand a byline and a date, other than those of the
    /// head, and a text. `body` is where the text begins.
    pub(super) fn leave_next_article_out(&mut self, body: usize) {
        if self.found.published.is_none() || self.found.authors.is_empty() {
            return;
        }
        let mut paragraphs = 0;
        for index in body..self.lines.len() {
            let line = &self.lines[index];
            if matches!(line.chrome, Some((Chrome::Comments, true))) {
                return;
            }
            paragraphs += usize::from(line.is_open() && line.is_running());
            if paragraphs >= PARAGRAPHS_MIN
                && matches!(line.label, Some((Label::Byline, _)))
                && let Some(headline) = self.headline_of_next(index)
            {
                for line in &mut self.lines[headline..] {
                    if line.is_open() {
                        line.role = Role::Chrome;
                    }
                }
                return;
            }
        }
    }

    /// The headline above a byline in the text that is that of another article.
    fn headline_of_next(&self, index: usize) -> Option<usize> {
        let read = |index: usize| {
            let line = self.lines.get(index).filter(|line| line.is_open())?;
            meta::read_line(line, None, self.lexicon, self.order)
        };
        let meta = read(index).filter(|meta| !meta.authors.is_empty())?;
        let dated = |index: usize| read(index).and_then(|meta| meta.published);
        let above = index.checked_sub(1).and_then(dated);
        let date = meta.published.or_else(|| dated(index + 1)).or(above)?;
        let is_own = self.found.published.is_some_and(|(own, _)| own == date)
            || meta.authors.iter().any(|name| self.found.authors.contains(name)) && date.year.is_none();
        let is_same = is_own && meta.authors.iter().all(|name| self.found.authors.contains(name));
        let headline = index.checked_sub(1 + usize::from(above.is_some()))?;
        let line = &self.lines[headline];
        let is_headline = line.is_open()
            && !line.sentence
            && (HEADLINE_WORDS_MIN..=HEADLINE_WORDS_MAX).contains(&line.words)
            && line.label.is_none()
            && !line.is_item()
            && matches!(line.chrome, None | Some((Chrome::Related, false)));
        let has_text = || self.lines[index + 1..].iter().take(SIGHT).any(Line::is_running);
        (!is_same && is_headline && has_text()).then_some(headline)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";
    const OTHER: &str = "Un phare de plus doit éclairer la baie de Nordby dès l'an prochain, a dit le maire.";

    fn check(below: &str, text: &str, authors: &[&str]) {
        let page = format!(
            "Le canal rouvre\n\nPar Zoé Lam\nPublié le 3 mars 2026\n\n{FIRST}\n\n{SECOND}\n\n{below}\n"
        );
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.text.as_str(), text, "{below}");
        assert_eq!(article.authors, authors, "{below}");
    }

    #[test]
    fn the_next_article_is_no_part_of_this_one() {
        for lead in ["Article suivant\n", "", "Partager\n", "Lire la suite\n\n", "* * *\n\n"] {
            for byline in [
                "Par Anne Petit\nPublié le 2 mars 2026",
                "Publié le 2 mars 2026\nPar Anne Petit",
                "Par Anne Petit, le 2 mars 2026",
            ] {
                let below = format!("{lead}Un phare de plus à Nordby\n{byline}\n{OTHER}");
                check(&below, &format!("{FIRST}\n\n{SECOND}"), &["Zoé Lam"]);
            }
        }
    }

    #[test]
    fn a_byline_in_the_text_may_be_its_own() {
        // Once more at the foot; without a date; without a headline above.
        check(
            &format!("Un long chantier attendu\nPar Zoé Lam\nPublié le 3 mars 2026\n{OTHER}"),
            &format!("{FIRST}\n\n{SECOND}\n\nUn long chantier attendu\n\n{OTHER}"),
            &["Zoé Lam"],
        );
        check(
            &format!("{OTHER}\n\nPropos recueillis par Anne Petit"),
            &format!("{FIRST}\n\n{SECOND}\n\n{OTHER}"),
            &["Zoé Lam", "Anne Petit"],
        );
    }

    #[test]
    fn bylines_of_listed_articles_are_no_authors() {
        let lines = "By Maurizio Ekman 11.14.2025\nBy Nitin Holm 11.12.2025";
        let page = format!(
            "Le canal rouvre\n\nPar Zoé Lam\nPublié le 3 mars 2026\n\n{FIRST}\n\n{lines}\n\n{SECOND}\n"
        );
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.authors, ["Zoé Lam"]);
        assert_eq!(article.blocks[0].kind, document::BlockKind::Paragraph);
    }
}
