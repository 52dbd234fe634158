//! What lines say of the text below them: a headline shares words with it, a slogan or a button does not.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::date::Order;
use crate::lexicon::{Lexicon, fold};
use crate::plain::line::Line;
use crate::plain::meta;

/// Characters by which words are compared, words that a headline shares with its text, and words of a line that shares none.
const STEM_CHARS: usize = 5;
const SHARED_MIN: usize = 2;
const STRANGER_WORDS_MIN: usize = 3;

/// Lines above a headline that are none, and lines below a headline with its date.
const STRANGERS_MAX: usize = 2;
const META_LINES: usize = 4;

/// Lines of the text, and words of one, that are compared.
const TEXT_LINES_MAX: usize = 100;
const LINE_STEMS_MAX: usize = 100;

/// A text by its longer words, which are gathered when they are asked for.
pub(super) struct About<'l, 'a> {
    lines: &'l [Line<'a>],
    body: usize,
    words: OnceCell<HashSet<String>>,
}

impl<'l, 'a> About<'l, 'a> {
    /// The text that begins at line `body`.
    pub(super) fn of(lines: &'l [Line<'a>], body: usize) -> Self {
        Self { lines, body, words: OnceCell::new() }
    }

    /// How many words a line has that are the text's too, by their beginnings.
    fn shared(&self, index: usize) -> usize {
        let words = self.words.get_or_init(|| {
            let running = self.lines.iter().skip(self.body).filter(|line| line.is_running());
            running.take(TEXT_LINES_MAX).flat_map(|line| stems(&line.text).take(LINE_STEMS_MAX)).collect()
        });
        stems(&self.lines[index].text).take(LINE_STEMS_MAX).filter(|stem| words.contains(stem)).count()
    }

    /// Whether a line shares words with the text.
    pub(super) fn is_said_in(&self, index: usize) -> bool {
        self.shared(index) >= SHARED_MIN
    }

    /// The lines that may be headlines without those above the first that shares words with the text, where they share none of it
    /// and that one stands over its date or its byline: what a site says of itself, the name of an icon.
    pub(super) fn without_strangers(&self, open: Vec<usize>, lexicon: &Lexicon, order: Order) -> Vec<usize> {
        if open.len() < 2 {
            return open;
        }
        let tells = |line: &Line<'_>| meta::tells_who_or_when(line, lexicon, order);
        let Some(at) = open.iter().position(|index| self.is_said_in(*index)) else { return open };
        let has_meta = || self.lines[open[at] + 1..].iter().take(META_LINES).any(tells);
        let are_strangers = || {
            open[..at].iter().all(|index| {
                self.shared(*index) == 0 && !tells(&self.lines[index + 1]) && !tells(&self.lines[*index])
            })
        };
        let long = open[..at].iter().filter(|index| self.lines[**index].words >= STRANGER_WORDS_MIN).count();
        let is_below = (1..=STRANGERS_MAX).contains(&long) && are_strangers() && has_meta();
        if is_below { open[at..].to_vec() } else { open }
    }
}

/// The beginnings of the longer words of a text.
fn stems(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().nth(STEM_CHARS - 1).is_some())
        .map(|word| fold(word).chars().take(STEM_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal rouvre aux barques de loisir";
    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn title(head: &str) -> String {
        let page = format!("{head}\n\n{TEXT}\n\n{TEXT} Oui.\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        article.title.map(|title| title.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_shares_nothing_with_the_text_is_no_headline() {
        let headline = "L'écluse de Holm rouvre aux premières barques";
        for first in [
            "Exclusive news, data and analytics for professionals",
            "3 comment bubble on white",
            "Le média de référence sur la société numérique",
        ] {
            assert_eq!(
                title(&format!("{first}\n{headline}\nPar Zoé Lam\nPublié le 3 mars 2026")),
                headline,
                "{first}"
            );
        }
        assert_eq!(title(&format!("Anne Petit - stock.adobe.com\n{TITLE}\nPar Zoé Lam")), TITLE);
        // A headline may share nothing with its text where nothing else may be one.
        assert_eq!(title("Une grande fête\nPar Zoé Lam\nPublié le 3 mars 2026"), "Une grande fête");
    }
}
