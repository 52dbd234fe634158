//! What a page that was printed leaves in its text: a running head on each page, a headline on two lines.

use std::collections::HashMap;

use super::headline::Headline;
use super::line::{Line, Opening, Role};
use super::{Page, meta};
use crate::date;

/// Words of a running head, and of the second line of a headline.
const HEAD_WORDS_MAX: usize = 14;
const REST_WORDS_MIN: usize = 2;
const REST_WORDS_MAX: usize = 12;

/// Characters of the first line of a headline that is full.
const FULL_MIN: usize = 24;

impl Page<'_> {
    /// Leaves out the running head of a paper, with its day behind a dash, which stands apart on several pages.
    pub(super) fn leave_running_heads_out(&mut self) {
        let mut seen: HashMap<u64, usize> = HashMap::new();
        let is_head = |page: &Self, line: &Line<'_>| {
            line.gap
                && line.words <= HEAD_WORDS_MAX
                && line.is_open()
                && !line.sentence
                && page.has_day_at_sign(&line.text)
        };
        for line in self.lines.iter().filter(|line| is_head(self, line)) {
            *seen.entry(line.key).or_default() += 1;
        }
        seen.retain(|_, count| *count > 1);
        if seen.is_empty() {
            return;
        }
        for line in &mut self.lines {
            if line.gap && seen.contains_key(&line.key) {
                line.role = Role::Chrome;
            }
        }
    }

    /// Whether one of several parts between signs is a day.
    fn has_day_at_sign(&self, text: &str) -> bool {
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let mut parts = text.split(['–', '—', '|', '·']).flat_map(|part| part.split(" - ")).map(str::trim);
        let is_day = |part: &str| {
            date::prefix(part, self.order)
                .is_some_and(|(date, end)| end == part.len() && date.day.is_some() && date.year.is_some())
        };
        parts.by_ref().next().is_some() && parts.any(is_day)
    }

    /// The line on which a headline goes on: right below its first one, in small letters, with a blank line or the date below it.
    pub(super) fn rest_of_headline(&self, headline: &Headline) -> Option<usize> {
        let (first, rest) = (&self.lines[headline.line], headline.line + 1);
        let next = self.lines.get(rest)?;
        let is_meta = |line: &Line<'_>| meta::read_line(line, None, self.lexicon, self.order).is_some();
        let is_over = || self.lines.get(rest + 1).is_some_and(|below| below.gap || is_meta(below));
        let goes_on = first.text.len() >= FULL_MIN
            && first.text.ends_with(char::is_alphanumeric)
            && *first.text == headline.text
            && first.opening == Opening::Words
            && next.is_open()
            && !next.gap
            && !next.sentence
            && next.opening == Opening::Words
            && (REST_WORDS_MIN..=REST_WORDS_MAX).contains(&next.words)
            && next.text.starts_with(char::is_lowercase)
            && next.chrome.is_none()
            && next.label.is_none()
            && !is_meta(next)
            && is_over();
        goes_on.then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn check(head: &str, between: &str, title: &str, text: &str) {
        let page = format!("{head}\n\n{TEXT}\n\n{between}\n\n{TEXT} Oui.\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.title.as_deref(), Some(title), "{page}");
        assert_eq!(article.text.as_str(), text, "{page}");
    }

    #[test]
    fn running_heads_are_no_text() {
        let head = "LE COURRIER DE HOLM – n° 6312 – 12 décembre 2025";
        let title = "Canal : l'écluse de Holm inaugurée";
        let text = format!("{TEXT}\n\n{TEXT} Oui.");
        check(&format!("{head}\n\n{title}"), &format!("{head}\n\nPage 2 sur 2"), title, &text);
        check(&format!("Page 1 of 2\n\n{head}\n\n{title}"), &format!("{head}\n\nPage 2 of 2"), title, &text);
        // A headline that ends in a day may stand there twice.
        let title = "Ce qu'il faut retenir du 3 mai 2021";
        check(&format!("{title}\n\n{title}"), "", title, &text);
    }

    #[test]
    fn a_headline_may_take_two_lines() {
        let text = format!("{TEXT}\n\n{TEXT} Oui.");
        let title = "Le canal de Holm rouvre aux barques de loisir et aux péniches";
        let two = title.replace(" barques de", " barques\nde");
        for byline in ["\n\nPar Zoé Lam", "\nPar Zoé Lam\n3 mars 2026", ""] {
            check(&format!("{two}{byline}"), "", title, &text);
        }
        // A section in small letters, a stand-first.
        let title = "Le canal de Holm rouvre aux barques";
        check(&format!("{title}\néconomie\n\nPar Zoé Lam"), "", title, &text);
        let standfirst = "Les loueurs attendent beaucoup de monde cet été";
        check(
            &format!("{title}\n{standfirst}\n\nPar Zoé Lam"),
            "",
            title,
            &format!("{standfirst}\n\n{text}"),
        );
    }
}
