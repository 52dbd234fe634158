//! Teasers with summaries, below the head of other articles, down to where the page ends.

use super::line::{Line, Role};
use super::{Page, meta};
use crate::lexicon::Chrome;

/// Lines of a teaser: its title, its summary, its age.
const LINES_MAX: usize = 4;

/// Words of a title.
const TITLE_WORDS_MIN: usize = 3;
const TITLE_WORDS_MAX: usize = 25;

/// Teasers with a summary that show what they are; one with its age does as well.
const TEASERS_MIN: usize = 2;

/// Lines that are looked through.
const SIGHT: usize = 200;

impl Page<'_> {
    /// Where the teasers end that begin at `index`, when they go on until the page or its text ends: each is a title with a
    /// summary right below it, and stands apart from the next. `None` where the text goes on in between, or sets its own
    /// headings right above its paragraphs as well.
    pub(super) fn cards_to_end(&self, index: usize) -> Option<usize> {
        let is_tight = |at: usize| {
            at + 1 < index
                && self.lines[at].gap
                && !self.lines[at + 1].gap
                && self.lines[at].role == Role::Text(document::BlockKind::Heading)
        };
        let ends = |line: &Line<'_>| {
            matches!(
                line.chrome,
                Some((
                    Chrome::Comments
                        | Chrome::Footer
                        | Chrome::Share
                        | Chrome::Subscription
                        | Chrome::Related,
                    true
                ))
            )
        };
        let (mut at, mut cards, mut aged) = (index, 0, 0);
        while let Some(first) = self.lines.get(at) {
            if at - index > SIGHT {
                return None;
            }
            if ends(first) {
                break;
            }
            let below = self.lines[at + 1..]
                .iter()
                .take(LINES_MAX)
                .take_while(|line| !line.gap && !ends(line))
                .count();
            let rest = &self.lines[at + 1..=at + below];
            let is_title = first.is_open()
                && !first.sentence
                && first.chrome.is_none()
                && first.label.is_none()
                && (TITLE_WORDS_MIN..=TITLE_WORDS_MAX).contains(&first.words);
            let summaries = rest.iter().filter(|line| line.is_running()).count();
            // Two teasers may have one summary.
            let is_other = |line: &Line<'_>| !line.is_open() && line.role != Role::Repeat;
            if !is_title || below >= LINES_MAX || summaries > 1 || rest.iter().any(is_other) {
                return None;
            }
            cards += summaries;
            let is_age = |line: &Line<'_>| meta::read_line(line, None, self.lexicon, self.order).is_some();
            aged += usize::from(summaries > 0 && rest.iter().any(is_age));
            at += 1 + below;
        }
        ((cards >= TEASERS_MIN || aged > 0) && !(0..index).any(is_tight)).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";

    fn text(below: &str) -> String {
        let page = format!("Le canal rouvre\n\nPar Zoé Lam\n3 mars 2026\n\n{FIRST}\n\n{below}\n");
        crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap().text.to_string()
    }

    #[test]
    fn summaries_of_other_articles_are_no_text() {
        for teasers in [
            format!(
                "À lire aussi\n\nUn phare de plus à Nordby\n{SECOND}\n\nHolm : les dockers en grève\n{SECOND}"
            ),
            format!("À lire aussi\n\nUn phare de plus à Nordby\n{SECOND}\nIl y a 2 heures"),
            format!("Les plus lus\n1\nUn phare de plus à Nordby\n2\n{SECOND}"),
            "La rédaction vous conseille\nUn phare de plus à Nordby\nComment éclaire un phare ?".to_owned(),
        ] {
            assert_eq!(text(&teasers), FIRST, "{teasers}");
        }
    }

    #[test]
    fn text_below_other_articles_is_kept() {
        let below =
            format!("À lire aussi\nUn phare de plus à Nordby\n\n{SECOND}\n\nUn quai neuf\n{FIRST} Oui.");
        assert_eq!(text(&below), format!("{FIRST}\n\n{SECOND}\n\nUn quai neuf\n\n{FIRST} Oui."));
        // The text has headings of this form.
        let below = format!(
            "Un quai neuf\n{SECOND}\n\nÀ lire aussi\nUn phare de plus\n\nUn long chantier\n{FIRST} Oui.\n\nUn grand pont\n{SECOND} Oui."
        );
        assert!(text(&below).ends_with("Oui."));
    }
}
