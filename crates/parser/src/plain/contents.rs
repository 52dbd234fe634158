//! Lines between headline and text that are neither dates nor names: a table of contents, the points that the text makes, and
//! the names of sections.

use document::BlockKind;

use super::line::{Line, Role};
use super::{Page, SIGHT};
use crate::byline;

/// Lines below a heading among which its text begins.
const CONTENTS_BELOW: usize = 3;

/// Points that a text makes, listed above it, and words of one.
const POINTS_MIN: usize = 3;
const POINT_WORDS_MIN: usize = 4;

/// Words of the name of a section or a site, and lines around the headline where it stands.
const SECTION_WORDS_MAX: usize = 3;
const SECTION_LINES: usize = 8;

/// Words of the head of a table of contents, and lines of that.
const HEAD_WORDS_MAX: usize = 3;
const ENTRIES_MAX: usize = 20;

impl Page<'_> {
    /// Leaves out the name of a section or a site that a page shows once more around the headline: a few words that stand
    /// above the text, and again there or within its first lines.
    pub(super) fn leave_sections_out(&mut self, title: Option<usize>, body: usize) {
        let body = body.min(self.lines.len());
        // Near the headline and the text: a head of many lines is no article's.
        let near = body.saturating_sub(SIGHT);
        let from = title.map_or(0, |title| title.saturating_sub(SECTION_LINES)).max(near);
        let is_short = |line: &Line<'_>| {
            (1..=SECTION_WORDS_MAX).contains(&line.words)
                && !line.sentence
                && !line.text.ends_with(':')
                && !byline::is_people(&line.text, self.lexicon)
                && matches!(
                    line.role,
                    Role::Open | Role::Chrome | Role::Meta | Role::Text(BlockKind::Heading)
                )
        };
        let to = (body + SECTION_LINES).min(self.lines.len());
        let is_again = |index: usize| {
            (from..body).any(|other| {
                let line = &self.lines[other];
                other != index && line.key == self.lines[index].key && is_short(line)
            })
        };
        let again: Vec<usize> = (title.map_or(0, |title| title + 1).max(near)..to)
            .filter(|index| is_short(&self.lines[*index]) && is_again(*index))
            .collect();
        for index in again {
            if self.lines[index].role != Role::Meta {
                self.lines[index].role = Role::Chrome;
            }
        }
    }

    /// Leaves out a table of contents below the headline or the first paragraph: two or more lines that stand in the text once more.
    pub(super) fn leave_contents_out(&mut self, title: Option<usize>, body: usize) {
        let Some(title) = title.filter(|title| *title < body) else { return };
        // Each heads running text further down.
        let heads_text = |index: usize| {
            self.lines[index + 1..]
                .iter()
                .take(CONTENTS_BELOW)
                .any(|below| below.is_open() && below.is_running())
        };
        let is_again = |index: &usize| {
            let line = &self.lines[*index];
            line.is_open()
                && line.words >= 2
                && !line.is_running()
                && !byline::is_people(&line.text, self.lexicon)
                && (body..self.lines.len())
                    .any(|other| self.lines[other].key == line.key && heads_text(other))
        };
        let above: Vec<usize> =
            (title + 1..body.min(self.lines.len())).take(SIGHT).filter(is_again).collect();
        let contents = if above.len() < 2 { self.contents_below(body) } else { above };
        if let [_, .., last] = contents[..] {
            // "Verdict" may be the last of them.
            let is_short = self.lines.get(last + 1).is_some_and(|line| {
                last + 1 < body
                    && line.is_open()
                    && line.words == 1
                    && (body..self.lines.len())
                        .any(|other| self.lines[other].key == line.key && heads_text(other))
            });
            for index in contents.into_iter().chain(is_short.then_some(last + 1)) {
                self.lines[index].role = Role::Repeat;
            }
        }
    }

    /// The lines of a table of contents that stands below the first paragraph: two or more in a row, below its head, that head text
    /// further down, in their order.
    fn contents_below(&self, body: usize) -> Vec<usize> {
        let is_entry = |index: usize| {
            let line = &self.lines[index];
            line.is_open() && !line.is_running() && line.chrome.is_none()
        };
        let again = |index: usize, from: usize| {
            let line = &self.lines[index];
            let mut others = self.lines.iter().enumerate().skip(from);
            others.find(|(_, other)| other.key == line.key && *other.text == *line.text).map(|(at, _)| at)
        };
        for head in (body + 1..self.lines.len()).take(SIGHT) {
            if self.lines[head].words > HEAD_WORDS_MAX || !self.lines[head].is_open() {
                continue;
            }
            let end = (head + 1..self.lines.len()).take(ENTRIES_MAX).find(|index| !is_entry(*index));
            let entries = head + 1..end.unwrap_or(head + 1);
            let mut below = entries.end;
            let are_entries =
                entries.clone().all(|index| again(index, below).map(|at| below = at + 1).is_some());
            if entries.len() >= 2 && are_entries {
                return (head..entries.end).collect();
            }
        }
        Vec::new()
    }

    /// Three or more lines right above the text that read as headings are the points that it makes; a label of one to three
    /// words heads them.
    pub(super) fn list_points_above(&mut self, body: usize) {
        let is_heading = |index: &usize| self.lines[*index].role == Role::Text(BlockKind::Heading);
        let start = body.min(self.lines.len());
        let above: Vec<usize> = (0..start).rev().take_while(is_heading).collect();
        let points = above.iter().take_while(|index| self.lines[**index].words >= POINT_WORDS_MIN).count();
        if points < POINTS_MIN {
            return;
        }
        for (at, index) in above.into_iter().enumerate() {
            self.lines[index].role = if at < points { Role::Text(BlockKind::ListItem) } else { Role::Chrome };
        }
    }
}

#[cfg(test)]
mod tests {
    use document::Article;

    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal rouvre aux barques de loisir";
    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn read(head: &str) -> Article {
        crate::plain::read(&format!("{head}\n{TEXT}\n"), &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn the_points_of_a_text_are_a_list() {
        let points =
            "Plant to employ 1,200 people\nState to provide 900 million euros\nProduction to start in 2029";
        let article = read(&format!("{TITLE}\n12 March 2024\nSummary\n{points}"));
        let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds[..3], [document::BlockKind::ListItem; 3]);
        assert_eq!(article.text.as_str(), format!("{}\n\n{TEXT}", points.replace('\n', "\n\n")));
    }

    #[test]
    fn a_table_of_contents_is_no_text_and_no_headline() {
        for (one, two) in [
            ("1. Arroser le soir", "2. Pailler tous les massifs"),
            ("Arroser les plantes le soir", "Pailler tous les massifs"),
        ] {
            let parts = format!("{one}\n\n{TEXT}\n\n{two}\n\n{TEXT} Oui.");
            let page = format!("{TITLE}\n12 mars 2024\nSommaire\n{one}\n{two}\n\n{TEXT} Non.\n\n{parts}\n");
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.title.as_deref(), Some(TITLE), "{page}");
            assert_eq!(article.text.as_str(), format!("{TEXT} Non.\n\n{parts}"));
        }
    }

    #[test]
    fn the_name_of_a_section_may_stand_there_twice() {
        for head in [
            format!("Logiciel\n{TITLE}\n12 mars 2024\nLogiciel\nLogiciel"),
            format!("{TITLE}\nPar Zoé Lam, Lac Info\nLac Info\nRadio Lac"),
        ] {
            assert_eq!(read(&head).text.as_str(), TEXT, "{head}");
        }
        // Once, it is a heading; and one with a colon is of the text.
        let article = read(&format!("{TITLE}\n12 mars 2024\n\nUn long chantier difficile"));
        assert!(article.text.starts_with("Un long chantier"));
        let page = format!("Le point :\n{TITLE}\n12 mars 2024\n{TEXT}\nLe point :\n{TEXT} Oui.\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert!(article.text.contains("Le point :"));
    }

    #[test]
    fn a_table_of_contents_may_stand_below_the_stand_first() {
        let first = "Le canal de Holm rouvre lundi, vingt mois après sa fermeture. Les loueurs y comptent.";
        let page = |between: &str| {
            let body = format!("Un long chantier\n{TEXT}\nEt après ?\n{TEXT} Oui.\n");
            let page = format!("{TITLE}\n3 mars 2026\n{first}\n{between}{TEXT} Enfin.\n{body}");
            crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap().text
        };
        assert_eq!(page("Sommaire\nUn long chantier\nEt après ?\n"), page(""));
    }
}
