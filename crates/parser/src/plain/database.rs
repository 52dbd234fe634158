//! The head that press databases set above an article: section, day, number of words and page.

use document::Basis;

use super::line::{Line, Role};
use super::{Page, line};
use crate::date::{self, Date};
use crate::lexicon::{WordSet, fold};

/// Lines among which such a head stands, and words of one.
const LINES_MAX: usize = 14;
const WORDS_MAX: usize = 14;

/// Words of a count by itself, with its label: "Length: 652 words".
const COUNT_WORDS_MAX: usize = 3;

/// Words of the outlet above the head, and of a line that ends in its page.
const OUTLET_WORDS_MAX: usize = 6;
const PAGED_WORDS_MAX: usize = 8;

impl Page<'_> {
    /// Reads the head of a press database, which says of how many words the article is: "Society, 4 February 2026 652 words, p.
    /// 7". Beside such a count, a line that ends in a page is of the head as well.
    pub(super) fn read_database_head(&mut self) {
        let end = self.lines.len().min(LINES_MAX);
        let Some(count) = (0..end).find(|index| self.counts_words(&self.lines[*index])) else { return };
        self.lines[count].role = Role::Meta;
        if let Some(date) = self.date_in(&self.lines[count].text) {
            self.found.published = Some((date, Basis::Dateline));
            self.found.published_line = count;
            if count == 1 && self.lines[0].words <= OUTLET_WORDS_MAX && !self.lines[0].sentence {
                self.lines[0].role = Role::Meta;
                self.found.publisher = Some(self.lines[0].text.to_string());
            }
        }
        for index in 0..end {
            if self.lines[index].is_open() && self.ends_in_page(&self.lines[index]) {
                self.lines[index].role = Role::Meta;
            }
        }
    }

    /// Whether a line says of how many words a text is: by itself, or behind a day.
    fn counts_words(&self, line: &Line<'_>) -> bool {
        let is_short = line.words <= WORDS_MAX && !line::ends_sentence(&line.text);
        let words: Vec<&str> = if is_short { line.text.split_whitespace().collect() } else { Vec::new() };
        let is_count = |pair: &[&str]| {
            pair[0].bytes().all(|byte| byte.is_ascii_digit())
                && self.lexicon.has(WordSet::Counted, &fold(pair[1]))
        };
        words.windows(2).any(is_count)
            && (words.len() <= COUNT_WORDS_MAX || self.date_in(&line.text).is_some())
    }

    /// The day with its year that a line says.
    fn date_in(&self, text: &str) -> Option<Date> {
        let starts = text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize);
        starts
            .filter_map(|at| date::prefix(&text[at..], self.order))
            .map(|(date, _)| date)
            .find(|date| date.day.is_some() && date.year.is_some())
    }

    fn ends_in_page(&self, line: &Line<'_>) -> bool {
        let mut words = line.text.split_whitespace().rev();
        let (Some(number), Some(page)) = (words.next(), words.next()) else { return false };
        line.words <= PAGED_WORDS_MAX
            && number.bytes().any(|byte| byte.is_ascii_digit())
            && self.lexicon.has(WordSet::Pages, &fold(page))
    }
}

#[cfg(test)]
mod tests {
    use document::Article;

    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal rouvre aux barques";
    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn read(page: &str) -> Article {
        crate::plain::read(page, &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn the_head_of_a_press_database_is_no_headline() {
        for head in [
            "Société, mercredi 4 février 2026 652 mots, p. 7",
            "Le Courrier de Holm\nSociété, mercredi 4 février 2026 652 mots, p. 7",
        ] {
            let article = read(&format!("{head}\n\n{TITLE}\n\n{TEXT}\n\n{TEXT} Oui.\n"));
            assert_eq!(article.title.as_deref(), Some(TITLE), "{head}");
            assert_eq!(article.published.unwrap().edtf, "2026-02-04", "{head}");
            assert_eq!(article.text.as_str(), format!("{TEXT}\n\n{TEXT} Oui."), "{head}");
            assert_eq!(article.publisher.is_some(), head.contains("Courrier"), "{head}");
        }
        for head in [
            "Zoé Lamant; Anna Ekman\n652 words\n16 April 2026\nThe Holm Courier",
            "The Holm Courier\nApril 16, 2026 Thursday\n\nSection: NEWS; Pg. 7\nLength: 652 words\nByline: Zoé Lamant and Anna \
             Ekman\n\nBody",
        ] {
            let article = read(&format!("{TITLE}\n{head}\n\n{TEXT}\n\n{TEXT} Oui.\n"));
            assert_eq!(article.title.as_deref(), Some(TITLE), "{head}");
            assert_eq!(article.authors, ["Zoé Lamant", "Anna Ekman"], "{head}");
            assert_eq!(article.published.unwrap().edtf, "2026-04-16", "{head}");
            assert_eq!(article.text.as_str(), format!("{TEXT}\n\n{TEXT} Oui."), "{head}");
        }
    }

    #[test]
    fn a_count_of_words_in_a_headline_is_none() {
        for title in ["Un discours de 652 mots sur le canal", "En 300 mots, le canal"] {
            let article = read(&format!("{title}\n\nPar Zoé Lamant\n\n{TEXT}\n\n{TEXT} Oui.\n"));
            assert_eq!(article.title.as_deref(), Some(title));
        }
    }
}
