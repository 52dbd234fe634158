//! Dates that head parts of a text: a day in its middle, years of a life at its end.

use document::BlockKind;

use super::Page;
use super::line::{Line, Opening, Role};
use crate::date;
use crate::lexicon::{Chrome, Label};

/// Years with what happened in them that make a chronology.
const YEARS_MIN: usize = 2;

/// Words of what happened in a year, those of them with letters, and of a sentence beside a day.
const EVENT_WORDS_MAX: usize = 40;
const EVENT_WORDS_MIN: usize = 2;
const SENTENCE_WORDS_MIN: usize = 8;

/// Paragraphs above a day in the middle of a text, and below one with its year.
const ABOVE_MIN: usize = 2;
const BELOW_MIN: usize = 2;

impl Page<'_> {
    /// Marks the lines of dates that head the parts of a chronology: two or more, each right above a paragraph and below
    /// another. One date alone is that of the article or of an image, but in the middle of the text.
    pub(super) fn keep_dated_headings(&mut self, body: usize) {
        let is_paragraph = |line: Option<&Line<'_>>| {
            line.is_some_and(|line| {
                line.is_open() && line.chrome.is_none() && (line.is_running() || line.sentence)
            })
        };
        let is_date = |line: &Line<'_>| {
            line.is_open()
                && line.words <= DATE_WORDS_MAX
                && line.label.is_none()
                && date::read(&line.text, self.order)
                    .is_some_and(|date| date.day.is_some() && date.time.is_none())
        };
        // Dates in a thread are those of comments.
        let is_thread = |line: &Line<'_>| matches!(line.chrome, Some((Chrome::Comments | Chrome::Avatar, _)));
        let heads: Vec<usize> = (body + 1..self.lines.len())
            .take_while(|index| !is_thread(&self.lines[*index]))
            .filter(|index| {
                is_date(&self.lines[*index])
                    && is_paragraph(self.lines.get(index + 1))
                    && is_paragraph(self.lines.get(index - 1))
            })
            .collect();
        let is_alone = |heads: &[usize]| heads.len() == 1 && self.is_day_in_text(heads[0], body);
        if heads.len() >= 2 || is_alone(&heads) {
            for index in heads {
                self.lines[index].role = Role::Text(BlockKind::Heading);
            }
        }
    }

    /// Whether the line of a day, alone in a text, heads what stands below it: two paragraphs or more stand above, and it begins
    /// with the day of the week. With its year it may be the article's date, unless the text goes on for long.
    pub(super) fn is_day_in_text(&self, index: usize, body: usize) -> bool {
        let line = &self.lines[index];
        let first = line.text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let is_paragraph = |line: &&Line<'_>| line.is_open() && line.is_running() && !self.is_aside(line);
        let above = self.lines[body..index].iter();
        let has_year = date::read(&line.text, self.order).is_some_and(|date| date.year.is_some());
        let below = if has_year { BELOW_MIN } else { 1 };
        let is_text = |line: &&Line<'_>| {
            line.is_open() && line.chrome.is_none() && line.sentence && line.words >= SENTENCE_WORDS_MIN
        };
        date::is_weekday(first)
            && above.clone().all(|line| !matches!(line.label, Some((Label::Byline, _))))
            && above.filter(is_paragraph).take(ABOVE_MIN).count() == ABOVE_MIN
            && self.lines[index - 1].is_running()
            && self.lines[index + 1..].iter().take(below).filter(is_text).count() == below
    }

    /// Marks the years and what happened in them where two or more follow each other right below a paragraph.
    pub(super) fn keep_years(&mut self, body: usize) {
        let mut index = body + 1;
        while index < self.lines.len() {
            let years = if self.is_paragraph_above(index) { self.years_from(index) } else { 0 };
            if years >= YEARS_MIN {
                for at in 0..years {
                    self.lines[index + 2 * at].role = Role::Text(BlockKind::Heading);
                    self.lines[index + 2 * at + 1].role = Role::Text(BlockKind::Paragraph);
                }
            }
            index += 1.max(2 * years);
        }
    }

    fn is_paragraph_above(&self, index: usize) -> bool {
        // A heading may stand between them.
        let above = |back: usize| index.checked_sub(back).is_some_and(|above| self.lines[above].is_running());
        year(&self.lines[index]).is_some() && (above(1) || above(2))
    }

    /// How many years in order stand from a line on, each with a line of what happened in it.
    fn years_from(&self, index: usize) -> usize {
        let mut last = 0;
        self.lines[index..]
            .chunks_exact(2)
            .take_while(|pair| {
                let Some(year) = year(&pair[0]).filter(|year| *year >= last) else { return false };
                last = year;
                is_event(&pair[1])
            })
            .count()
    }
}

/// The year that a line is.
fn year(line: &Line<'_>) -> Option<u16> {
    let is_year = line.text.len() == 4 && line.text.bytes().all(|byte| byte.is_ascii_digit());
    line.text.parse().ok().filter(|year| is_year && line.is_open() && (1000..2100).contains(year))
}

fn is_event(line: &Line<'_>) -> bool {
    let words = line.text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    line.is_open()
        && line.chrome.is_none()
        && line.label.is_none()
        && line.opening == Opening::Words
        && line.words <= EVENT_WORDS_MAX
        && words >= EVENT_WORDS_MIN
}

/// Words of a line that is a date: "mardi 12 mars 2024".
const DATE_WORDS_MAX: usize = 6;

#[cfg(test)]
mod tests {
    use document::{Article, BlockKind};

    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";

    fn read(below: &str) -> Article {
        let page = format!("Le canal rouvre aux barques\n\n{FIRST}\n\n{below}\n");
        crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
    }

    fn headings(article: &Article) -> Vec<&str> {
        let headings = article.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
        headings.filter_map(|block| block.span.of(&article.text)).collect()
    }

    #[test]
    fn a_day_in_the_text_heads_what_follows() {
        for day in ["Mardi 3 mars 2026", "Mardi 3 mars", "Tuesday, March 3", "Dienstag, 3. März"] {
            let article = read(&format!("{SECOND}\n\n{day}\n\n{FIRST} Oui.\n\n{SECOND} Oui."));
            assert_eq!(headings(&article), [day]);
            assert_eq!(article.published, None, "{day}");
        }
        // Below the stand-first it is the article's, and so it is without its day of the week.
        for day in [
            format!("Mardi 3 mars 2026\n\n{SECOND}"),
            format!("{SECOND}\n\n3 mars 2026\n\n{FIRST} Oui.\n\n{SECOND} Oui."),
            format!("{SECOND}\n\nPar Zoé Lam\nMardi 3 mars 2026\n\n{FIRST} Oui.\n\n{SECOND} Oui."),
        ] {
            let article = read(&day);
            assert_eq!(headings(&article), [""; 0], "{day}");
            assert!(article.published.is_some(), "{day}");
        }
    }

    #[test]
    fn the_years_of_a_life_are_text() {
        let years = "1944\n\nNaissance à Nordby\n\n1979\n\nS'installe à Holm\n\n2026\n\nMort à Holm";
        let article = read(&format!("{SECOND}\n\n{years}\n\nAnna Lamant"));
        assert_eq!(headings(&article), ["1944", "1979", "2026"]);
        assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}\n\n{years}"));
        assert_eq!(article.authors, ["Anna Lamant"]);
        // The archive of a site is none of it.
        let article = read(&format!("{SECOND}\n\n2025\nAvril (3)\n2026\nMars (12)"));
        assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"));
    }

    fn read_below(head: &str, below: &str) -> Article {
        let text = format!("{head}\n\n{FIRST}\n\n{below}\n");
        crate::plain::read(&text, &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn dates_that_head_the_parts_of_a_chronology_are_text() {
        for (one, other) in [
            ("12 mars 2024", "28 juin 2024"),
            ("Mardi 12 mars 2024", "Vendredi 28 juin"),
            ("March 12, 2024", "June 28, 2024"),
            ("12. März 2024", "28. Juni 2024"),
            ("12 de marzo de 2024", "28 de junio de 2024"),
        ] {
            let article = read_below(
                "Le canal : les dates\n\nPar Zoé Lam",
                &format!("{one}\n{SECOND}\n\n{other}\n{FIRST} Oui."),
            );
            assert_eq!(headings(&article), [one, other]);
        }
        // One date is that of the article, and dates in a thread are its comments'.
        for below in [
            format!("12 mars 2024\n\n{SECOND}"),
            format!(
                "{SECOND}\n\n2 commentaires\nEnfin, il était temps !\n12 mars 2024\nOui, vraiment.\n13 mars 2024\nBravo à tous."
            ),
        ] {
            assert_eq!(
                headings(&read_below("Le canal rouvre aux barques\n\nPar Zoé Lam", &below)),
                [""; 0],
                "{below}"
            );
        }
    }
}
