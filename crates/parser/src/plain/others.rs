//! Other articles below the text, as a page lists or appends them: cards with a date or a rank, the next article.

use document::BlockKind;

use super::line::{Line, Role};
use super::{Page, meta};
use crate::lexicon::{Chrome, Label};

/// Words of a title, of a summary, and of the line that says how old an article is.
const TITLE_WORDS: std::ops::RangeInclusive<usize> = 3..=25;
const SUMMARY_WORDS_MAX: usize = 45;
const DATE_WORDS_MAX: usize = 8;

/// Cards of a list, at least and at most.
const CARDS_MIN: usize = 2;
const CARDS_MAX: usize = 40;

/// Words of a byline, and lines below one among which its article begins.
const BYLINE_WORDS_MAX: usize = 12;
const HEAD_LINES: usize = 5;

/// Paragraphs of a text that may have another article below it.
const PARAGRAPHS_MIN: usize = 2;

impl Page<'_> {
    /// Where cards of other articles end that begin here: each has a title, a summary or none, and says how old it is; or
    /// each has its rank above its title.
    pub(super) fn cards_end(&self, from: usize) -> Option<usize> {
        let (mut end, mut count) = (from, 0);
        while count < CARDS_MAX
            && let Some(next) = self.dated_card_end(end).or_else(|| self.ranked_card_end(end, count + 1))
        {
            end = next;
            count += 1;
        }
        (count >= CARDS_MIN).then_some(end)
    }

    fn is_title_of_card(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(|line| {
            line.is_open()
                && TITLE_WORDS.contains(&line.words)
                && line.chrome.is_none()
                && !line.text.ends_with('.')
        })
    }

    fn dated_card_end(&self, index: usize) -> Option<usize> {
        if !self.is_title_of_card(index) {
            return None;
        }
        let below = self.lines.get(index + 1)?;
        let has_summary =
            below.sentence && below.words <= SUMMARY_WORDS_MAX && !below.gap && below.chrome.is_none();
        let at = index + 1 + usize::from(has_summary);
        let date = self.lines.get(at)?;
        let is_date = date.words <= DATE_WORDS_MAX
            && !date.gap
            && !date.sentence
            && meta::read_line(date, None, self.lexicon, self.order)
                .is_some_and(|meta| meta.authors.is_empty() && meta.pending.is_none());
        is_date.then_some(at + 1)
    }

    fn ranked_card_end(&self, index: usize, rank: usize) -> Option<usize> {
        let line = self.lines.get(index)?;
        let title = self.lines.get(index + 1)?;
        let is_ranked = line.text.trim_end_matches('.').parse() == Ok(rank)
            && title.is_open()
            && title.chrome.is_none()
            && TITLE_WORDS.contains(&title.words);
        is_ranked.then_some(index + 2)
    }

    /// Where the next article begins whose byline stands here: a title above, the date above, beside or below, and a paragraph;
    /// the head names other authors, and a date of its own.
    pub(super) fn next_article(&self, index: usize, body: usize) -> Option<usize> {
        let line = &self.lines[index];
        let is_labelled = matches!(line.label, Some((Label::Byline, _))) && line.words <= BYLINE_WORDS_MAX;
        if !is_labelled
            || line.sentence
            || self.found.authors.is_empty()
            || self.found.published.is_none()
            || self.found.published_line >= body
        {
            return None;
        }
        let read = |line: &Line<'_>| meta::read_line(line, None, self.lexicon, self.order);
        let date_at = |at: usize| self.lines.get(at).and_then(read).and_then(|meta| meta.published);
        let byline = read(line)?;
        // A byline in the text may be the article's own, once more, or that of who helped.
        if byline.authors.is_empty() || byline.authors.iter().any(|name| self.found.authors.contains(name)) {
            return None;
        }
        let above = index.checked_sub(1).and_then(date_at);
        byline.published.or(above).or_else(|| date_at(index + 1))?;
        let title = index.checked_sub(1 + usize::from(above.is_some())).filter(|title| *title > body)?;
        let line = &self.lines[title];
        let is_title = TITLE_WORDS.contains(&line.words)
            && !line.sentence
            && !line.is_item()
            && (line.chrome.is_none() || line.role == Role::Chrome)
            && (line.gap || self.lines[title - 1].role == Role::Chrome);
        let is_paragraph =
            |line: &&Line<'_>| line.role == Role::Text(BlockKind::Paragraph) && line.is_running();
        let goes_on = || self.lines[index + 1..].iter().take(HEAD_LINES).any(Line::is_running);
        let has_text = || {
            self.lines[body..title].iter().filter(is_paragraph).take(PARAGRAPHS_MIN).count() == PARAGRAPHS_MIN
        };
        (is_title && goes_on() && has_text()).then_some(title)
    }

    /// Leaves out the next article, from its title on; gives the line below it, where the comments begin or the page ends.
    pub(super) fn leave_next_article_out(&mut self, title: usize) -> usize {
        let below = &self.lines[title..];
        let is_head = |line: &Line<'_>| matches!(line.chrome, Some((Chrome::Comments, true)));
        let end = title + below.iter().position(is_head).unwrap_or(below.len());
        for line in &mut self.lines[title..end] {
            self.found.left_out += usize::from(line.is_running());
            line.role = Role::Chrome;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";
    const OTHER: &str = "Le moulin de Nordby va moudre dès septembre, a indiqué dimanche le président de la société \
                         des meuniers.";

    fn read(below: &str) -> document::Article {
        let head = "Le canal rouvre aux barques\n\nPar Zoé Lam\nPublié le 4 novembre 2025";
        crate::plain::read(
            &format!("{head}\n\n{FIRST}\n\n{SECOND}\n\n{below}\n"),
            &Lexicon::load(None).unwrap(),
        )
        .unwrap()
    }

    #[test]
    fn the_next_article_is_another() {
        let next = format!(
            "Le moulin de Nordby moudra de nouveau\nPar Anne Petit\nPublié le 3 novembre 2025\n{OTHER}"
        );
        for byline in [
            "Par Anne Petit\nPublié le 2 novembre 2025",
            "Publié le 2 novembre 2025\nPar Anne Petit",
            "Par Anne Petit, le 2 novembre 2025",
        ] {
            for between in ["Article suivant\n", "", "Partager\n", "Lire la suite\n\n", "* * *\n\n"] {
                let below = format!("{between}Le moulin de Nordby moudra de nouveau\n{byline}\n{OTHER}");
                let article = read(&below);
                assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{below}");
                assert_eq!(article.authors, ["Zoé Lam"], "{below}");
            }
        }
        for between in ["Article suivant\n", "", "À lire aussi\n"] {
            let article = read(&format!("{between}{next}"));
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{between}");
            assert_eq!(article.authors, ["Zoé Lam"], "{between}");
            assert_eq!(article.published.unwrap().edtf, "2025-11-04");
        }
        // Without a date it is a part of the article, as is one of the same author.
        let article = read(&next.replace("Publié le 3 novembre 2025\n", ""));
        assert!(article.text.ends_with(OTHER));
        let article = read(&next.replace("Anne Petit", "Zoé Lam"));
        assert!(article.text.ends_with(OTHER));
    }

    #[test]
    fn cards_of_other_articles_are_no_text() {
        let dated = format!(
            "À lire aussi\n\nLe moulin de Nordby moudra\n{OTHER}\nIl y a 2 heures\n\nLe lac gèle encore à Holm\nLe lac a \
             gelé lundi matin, dans un grand silence, sous les yeux des enfants.\nIl y a 3 heures"
        );
        let ranked = "Les plus lus\n1\nLe moulin de Nordby moudra\n2\nLe lac : la glace tient à Holm, et ce n'est pas fini \
                      pour cette année."
            .to_owned();
        let own = "Un quai de plus pour le canal".to_owned();
        for cards in [dated, ranked] {
            assert_eq!(read(&cards).text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{cards}");
            let article = read(&format!("{cards}\n\n{own}\n\n{FIRST} Oui."));
            assert_eq!(
                article.text.as_str(),
                format!("{FIRST}\n\n{SECOND}\n\n{own}\n\n{FIRST} Oui."),
                "{cards}"
            );
        }
        // A part of the text below a pointer says not how old it is.
        let article = read(&format!("À lire aussi\nLe moulin de Nordby moudra\n\n{own}\n\n{OTHER}"));
        assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}\n\n{own}\n\n{OTHER}"));
    }

    #[test]
    fn bylines_of_listed_articles_are_no_authors() {
        let article = read(&format!("By Maurizio Ekman 11.14.2025\nBy Nitin Holm 11.12.2025\n\n{OTHER}"));
        assert_eq!(article.authors, ["Zoé Lam"]);
        assert_eq!(article.blocks[0].kind, document::BlockKind::Paragraph);
        let article = read(&format!("{OTHER}\n\nPropos recueillis par Anne Petit"));
        assert_eq!(article.authors, ["Zoé Lam", "Anne Petit"]);
    }
}
