//! The titles of other articles that a site puts between the lines of a text, or below it, and where the text goes on.

use super::Page;
use super::line::{Line, Role};
use crate::byline;
use crate::lexicon::{Chrome, Label};

/// Titles of other articles above a text.
const POINTERS_MAX: usize = 3;

/// Words of a heading below pointers.
const HEADING_WORDS_MAX: usize = 6;

/// Words of the shortest sentence with what somebody said.
const QUOTE_WORDS_MIN: usize = 3;

/// Words of a sentence below pointers.
const SENTENCE_WORDS_MIN: usize = 5;

/// Bytes of a heading below the title of another article; most titles are longer.
const HEADING_BYTES_MAX: usize = 50;

impl Page<'_> {
    /// Leaves out the head of pointers above the text and the titles that stand right below it.
    pub(super) fn skip_pointers_above(&mut self, index: usize, body: usize) -> bool {
        if self.lines[index].chrome != Some((Chrome::Related, true)) {
            return false;
        }
        let titles =
            self.lines[index + 1..body.min(self.lines.len()).max(index + 1)].iter().take(POINTERS_MAX);
        let count = titles
            .take_while(|line| line.is_open() && !line.gap && !line.sentence && line.label.is_none())
            .count();
        for line in &mut self.lines[index..=index + count] {
            line.role = Role::Chrome;
        }
        true
    }

    /// The last sentence of a text below the titles of other articles that stand at its end: apart from them, and with nothing
    /// but a name below it.
    pub(super) fn last_sentence(&self, teasers: std::ops::Range<usize>) -> Option<usize> {
        let lines = &self.lines[teasers.clone()];
        let at = lines.iter().position(|line| line.sentence)?;
        let line = &lines[at];
        let is_one = at > 0
            && line.gap
            && !line.is_item()
            && line.text.ends_with('.')
            && line.words >= SENTENCE_WORDS_MIN
            && lines[at + 1..].iter().all(|line| byline::is_people(&line.text, self.lexicon));
        is_one.then_some(teasers.start + at)
    }

    /// Whether a line ends as a sentence of the text does, and a title hardly: "Der Minister wollte sich nicht äußern."
    pub(super) fn is_sentence_below_title(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(|line| {
            line.is_open()
                && line.chrome.is_none()
                && line.label.is_none()
                && !line.is_item()
                && line.words >= QUOTE_WORDS_MIN
                && line.text.ends_with('.')
                && !line.text.ends_with("...")
        })
    }

    /// Whether a short sentence below a pointer is one of the text, which goes on right below it.
    fn is_sentence_above_text(&self, index: usize) -> bool {
        let line = &self.lines[index];
        line.is_open()
            && line.chrome.is_none()
            && line.label.is_none()
            && !line.is_item()
            && line.words >= SENTENCE_WORDS_MIN
            && line.text.ends_with('.')
            && self.lines.get(index + 1).is_some_and(|next| next.is_open() && next.is_running())
    }

    /// Whether the line below titles of other articles heads the text below it: it is shorter than each of them.
    fn is_heading_below_teasers(&self, first: usize, index: usize) -> bool {
        let words = self.lines[index].words;
        words <= HEADING_WORDS_MAX
            && self.is_heading(index)
            && self.lines[first..index].iter().all(|title| title.words > words)
    }

    /// Whether the line below the title of another article heads the text below it: it is shorter, and short for a title.
    fn is_heading_below_title(&self, title: usize, index: usize) -> bool {
        let (title, line) = (&self.lines[title].text, &self.lines[index].text);
        line.len() < title.len().min(HEADING_BYTES_MAX) && self.is_heading(index)
    }

    /// Skips the other articles that a "read also" head lists; gives the line after them.
    pub(super) fn skip_teasers(&mut self, index: usize, text_end: Option<usize>) -> usize {
        if let Some(end) = self.cards_to_end(index) {
            for line in &mut self.lines[index..end] {
                line.role = Role::Chrome;
            }
            return end;
        }
        let text_after = text_end.is_some_and(|end| index <= end);
        let mut end = index;
        while let Some(line) = self.lines.get(end) {
            let group_goes_on = end == index || !line.gap || line.is_item();
            if self.is_author_card(end) {
                end = self.author_card_end(end);
                continue;
            }
            if end > index && text_after && self.is_sentence_above_text(end) {
                end -= usize::from(end > index + 1 && self.is_heading_below_teasers(index, end - 1));
                break;
            }
            // Below one title a short sentence is the text's, be it the last one.
            if end == index + 1 && self.is_sentence_below_title(end) {
                break;
            }
            // Right above the text a few words below one longer title head what follows.
            if text_after && line.is_open() && line.is_running() && end == index + 2 {
                end -= usize::from(self.is_heading_below_title(index, end - 1));
                break;
            }
            let has_tags =
                matches!(line.labelled_with_colon(), Some((Label::Tags, tags)) if !tags.is_empty());
            if has_tags
                || !line.is_open()
                || line.is_running() && !(end > index && is_rank(&self.lines[end - 1]))
                || line.chrome.is_some()
                || text_after && !group_goes_on
            {
                break;
            }
            end += 1;
        }
        for line in &mut self.lines[index..end] {
            line.role = Role::Chrome;
        }
        end
    }
}

/// "1", "2": the place of the title below it among those that are read most.
fn is_rank(line: &Line<'_>) -> bool {
    line.words == 1 && line.text.len() <= 2 && line.text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";

    fn check(below: &str, kept: &[&str]) {
        let page = format!("Le canal rouvre aux barques\nPar Zoé Lam\n3 mars 2026\n{FIRST}\n{below}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.text.as_str(), [&[FIRST], kept].concat().join("\n\n"), "{below}");
    }

    #[test]
    fn the_last_sentence_below_a_pointer_is_text() {
        for head in ["Lire aussi", "À lire aussi", "Read also", "Lesen Sie auch", "Lees ook", "Leggi anche"]
        {
            for last in ["Le maire attend l'étude.", "The company declined to comment."] {
                check(&format!("{head}\nLe moulin de Nordby moudra de nouveau\n{last}"), &[last]);
                check(
                    &format!("{head}\nLe moulin de Nordby moudra de nouveau\n{last}\n{SECOND}"),
                    &[last, SECOND],
                );
            }
        }
    }

    #[test]
    fn a_heading_below_one_pointer_is_text() {
        for head in ["Sélectionné pour vous", "Lees ook:", "Mehr zum Thema"] {
            let below = format!("{head}\nLe moulin de Nordby moudra de nouveau\nUn long chantier\n{SECOND}");
            check(&below, &["Un long chantier", SECOND]);
        }
        // Titles of other articles are longer.
        let titles =
            "Le moulin de Nordby moudra de nouveau\nLe phare de Nordby va s'éteindre dès l'an prochain";
        check(&format!("Lire aussi\n{titles}\n{SECOND}"), &[SECOND]);
    }

    #[test]
    fn the_head_of_a_pointer_may_touch_its_title() {
        check(&format!("Lire aussiLe moulin de Nordby moudra\n{SECOND}"), &[SECOND]);
        check(&format!("Read alsoThe mill of Nordby grinds again\n{SECOND}"), &[SECOND]);
    }
}
