//! Where a list or a thread that is no text begins and ends: sources, other articles, comments, author cards.

use super::line::{Line, Role};
use super::{Page, SIGHT, comments, meta, reference, tags};
use crate::byline;
use crate::lexicon::{Chrome, Label, WordSet, fold};

/// Lines of an author card: the name, a role, and words about the author.
pub(super) const CARD_LINES: usize = 2;

/// Words about an author.
const CARD_WORDS_MAX: usize = 70;

/// Words of a sentence about an author.
const SENTENCE_WORDS_MIN: usize = 5;

/// Words of a role.
const ROLE_WORDS_MAX: usize = 7;

/// Lines below the head of a contact for journalists, and words of one.
const CONTACT_LINES_MAX: usize = 6;
const CONTACT_WORDS_MAX: usize = 14;

/// Digits of a number to call.
const NUMBER_DIGITS_MIN: usize = 8;

impl Page<'_> {
    pub(super) fn starts_with_head(&self, index: usize) -> bool {
        matches!(self.lines[index].chrome, Some((Chrome::Comments, _)))
    }

    /// Whether a thread starts here: under its head, when what follows is a thread or at least not the article; or
    /// at the first of several readers' pictures.
    pub(super) fn thread_starts(&mut self, index: usize, end: usize) -> bool {
        let rest = &self.lines[index + 1..];
        match self.lines[index].chrome {
            Some((Chrome::Comments, _)) => {
                if self.found.false_threads > 3 {
                    return false; // A word of the article's own, it seems.
                }
                let words = |lines: &[Line<'_>]| -> usize {
                    lines.iter().filter(|line| line.is_running()).map(|line| line.words).sum()
                };
                // "Comment" is a button too; "0 comments" has none.
                let promises = comments::promised(&self.lines[index].text);
                if promises == Some(0)
                    || promises.is_none() && !comments::may_be_thread(rest, self.lexicon, self.order)
                {
                    return false;
                }
                let before = words(&self.lines[..index]);
                // A button may stand above the last paragraph.
                let is_button =
                    || rest.first().is_some_and(Line::is_running) && !rest[1..].iter().any(Line::is_running);
                let starts = comments::is_thread(rest, self.lexicon, self.order)
                    || index > end
                    || words(rest) * 2 < before && !is_button();
                self.found.false_threads += usize::from(!starts);
                starts
            }
            Some((Chrome::Avatar, _)) => {
                rest.iter().any(|line| matches!(line.chrome, Some((Chrome::Avatar, _))))
            }
            None => comments::starts_bare(&self.lines[index..], self.lexicon, self.order),
            _ => false,
        }
    }

    /// Whether a known author's name stands here over a few words about that author.
    pub(super) fn is_author_card(&self, index: usize) -> bool {
        let is_about =
            |index: usize| self.lines.get(index).is_some_and(Line::is_open) && self.is_in_author_card(index);
        self.is_known_name(index) && (is_about(index + 1) || self.is_role(index + 1) && is_about(index + 2))
    }

    /// Where the words about an author end whose name stands here.
    pub(super) fn author_card_end(&self, index: usize) -> usize {
        let end = index + if self.is_role(index + 1) { 3 } else { 2 };
        end.min(self.lines.len())
    }

    /// Whether a line says something of a known author whose name stands right above it, or above the author's role.
    pub(super) fn is_in_author_card(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let first = line.text.split_whitespace().next().unwrap_or_default();
        // "Journaliste passionné par les lacs."
        let is_of_role = line.sentence
            && index > 0
            && self.is_known_name(index - 1)
            && self.lexicon.has(WordSet::Roles, &fold(first));
        line.words <= CARD_WORDS_MAX
            && (is_of_role
                || self.is_last_below_name(index)
                || (index.saturating_sub(CARD_LINES)..index).any(|above| {
                    self.is_known_name(above)
                        && (above + 1 == index || self.is_role(above + 1))
                        && self.lines[above].text.split_whitespace().any(|word| line.text.contains(word))
                }))
    }

    /// Whether a paragraph right below the name of a known author, which stands below the text, is the last one: what somebody
    /// says of himself.
    fn is_last_below_name(&self, index: usize) -> bool {
        let Some(name) = index.checked_sub(1).filter(|name| self.is_known_name(*name)) else { return false };
        let is_over = |line: &&Line<'_>| !matches!(line.chrome, Some((Chrome::Comments, _)));
        self.found.is_head_read
            && self.lines[name].is_open()
            && self.lines[index].sentence
            && self.lines[..name].iter().any(|line| line.is_running() && line.role != Role::Chrome)
            && !self.lines[index + 1..].iter().take_while(is_over).any(Line::is_running)
    }

    /// Whether a sentence that the whole name of a known author begins is one about that author, as it is below the text.
    pub(super) fn is_about_author(&self, line: &Line<'_>) -> bool {
        let begins = |name: &String| {
            line.text.strip_prefix(name.as_str()).is_some_and(|rest| {
                rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase))
            })
        };
        line.sentence && line.words <= CARD_WORDS_MAX && self.found.authors.iter().any(begins)
    }

    /// Whether a sentence goes on that the name of a known author right above it begins: "Ann Lee", "is a senior editor."
    pub(super) fn goes_on_about_author(&self, index: usize) -> bool {
        let line = &self.lines[index];
        index > 0
            && line.is_open()
            && line.sentence
            && (SENTENCE_WORDS_MIN..=CARD_WORDS_MAX).contains(&line.words)
            && line.text.starts_with(char::is_lowercase)
            && self.is_known_name(index - 1)
            && self.lines[index - 1]
                .text
                .split_whitespace()
                .next()
                .is_some_and(|first| byline::is_given_name(first, self.lexicon))
    }

    pub(super) fn is_known_name(&self, index: usize) -> bool {
        let line = &self.lines[index];
        line.words <= 6 && self.found.authors.iter().any(|name| *name == *line.text)
    }

    /// Whether a short line says what somebody does: "Transport correspondent", "Journaliste".
    pub(super) fn is_role(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(|line| {
            line.words <= ROLE_WORDS_MAX
                && !line.sentence
                && !line.text.contains(':')
                && line
                    .text
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| !word.is_empty() && self.lexicon.has(WordSet::Roles, &fold(word)))
        })
    }

    /// How many lines of a source list start at `index`.
    pub(super) fn source_list(&self, index: usize) -> usize {
        let items = self.lines[index..].iter().take(SIGHT).any(Line::is_item);
        let is_apart = self.lines.get(index + 1).is_some_and(|second| second.gap);
        self.lines[index..]
            .iter()
            .enumerate()
            .take_while(|(at, line)| {
                let listed = if items {
                    line.is_item()
                } else {
                    line.words <= 25 && !(line.sentence && line.words > 8 && !line.text.contains("http"))
                };
                line.is_open()
                    && !is_of_tags(line)
                    && line.chrome.is_none_or(|(chrome, _)| line.is_item() && chrome != Chrome::Related)
                    && listed
                    && !(line.gap && *at > 0 && self.is_byline_below(line, is_apart))
            })
            .count()
    }

    /// Whether a line below a list of sources says who wrote the article: behind a label, or with a name alone where the
    /// sources do not stand apart as well.
    fn is_byline_below(&self, line: &Line<'_>, is_apart: bool) -> bool {
        line.words <= 20
            && (self.found.authors.iter().any(|name| *name == *line.text)
                || match line.label {
                    Some((Label::Byline, _)) => meta::read_line(line, None, self.lexicon, self.order)
                        .is_some_and(|meta| !meta.authors.is_empty()),
                    _ => !is_apart && byline::is_people(&line.text, self.lexicon),
                })
    }

    pub(super) fn read_sources(&mut self, index: usize) -> usize {
        let end = index + self.source_list(index);
        for line in &mut self.lines[index..end] {
            line.role = Role::Source;
            self.found.references.push(reference(&line.text));
        }
        end
    }

    /// Where the lines end that say whom journalists are to ask, from their head on; it has an address or a number.
    pub(super) fn press_contact_end(&self, index: usize) -> Option<usize> {
        let line = &self.lines[index];
        let (Label::Contact, end) = line.label? else { return None };
        let behind = line.text[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        if !behind.is_empty() {
            let is_one = line.labelled_with_colon().is_some() && tells_how_to_reach(behind);
            return is_one.then_some(index + 1);
        }
        // Lines may all stand apart; else they end where something else stands apart from them.
        let is_apart = self.lines.get(index + 2).is_some_and(|second| second.gap);
        let is_of_contact = |(at, line): &(usize, &Line<'_>)| {
            let is_short = line.words <= CONTACT_WORDS_MAX && !line.is_running() && line.chrome.is_none();
            line.is_open()
                && is_short
                && (*at == 0 || !line.gap || is_apart && tells_how_to_reach(&line.text))
        };
        let below = self.lines[index + 1..].iter().enumerate().take(CONTACT_LINES_MAX);
        let count = below.take_while(is_of_contact).count();
        let lines = &self.lines[index + 1..=index + count];
        lines.iter().any(|line| tells_how_to_reach(&line.text)).then_some(index + 1 + count)
    }
}

/// Whether a line is the publisher's tags behind their label, the head of them, or tags with their signs.
fn is_of_tags(line: &Line<'_>) -> bool {
    let is_head = |(label, end): (Label, usize)| label == Label::Tags && line.text[end..].trim().is_empty();
    matches!(line.labelled_with_colon(), Some((Label::Tags, _)))
        || line.label.is_some_and(is_head)
        || tags::are_hashtags(&line.text)
}

/// Whether words hold an address or a number to call.
fn tells_how_to_reach(text: &str) -> bool {
    text.contains('@')
        || text.contains("www.")
        || text.bytes().filter(u8::is_ascii_digit).count() >= NUMBER_DIGITS_MIN
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Holm Énergie annonce la mise en service du parc éolien flottant de Nordby, situé à vingt kilomètres \
                         de la côte.";
    const ABOUT: &str = "À propos de Holm Énergie\n\nFondée en 2011, Holm Énergie exploite quarante parcs éoliens et emploie \
                         trois cents personnes.";

    fn check(below: &str, expected: &str) {
        let page = format!("Holm Énergie ouvre un parc\n\n{FIRST}\n\n{below}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.text.as_str(), expected, "{below}");
        assert_eq!(article.authors, [""; 0], "{below}");
    }

    #[test]
    fn whom_journalists_ask_is_no_text() {
        for contact in [
            "Contact presse\nZoé Lamant\nTél. : +33 1 02 03 04 05\npresse@holm.example\nwww.holm.example",
            "Contact presse : Zoé Lamant, presse@holm.example, 01 02 03 04 05",
            "Media Contact:\nZoé Lamant\npress@holm.example",
            "Pressekontakt\n\nZoé Lamant\n\npresse@holm.example",
        ] {
            check(&format!("{ABOUT}\n\n{contact}"), &format!("{FIRST}\n\n{ABOUT}"));
            check(&format!("{contact}\n\n{ABOUT}"), &format!("{FIRST}\n\n{ABOUT}"));
        }
    }

    #[test]
    fn words_about_the_press_are_text() {
        for line in
            ["Contact presse : le maire n'en veut plus.", "Press contacts were lost in the fire, he said."]
        {
            check(&format!("{line}\n\n{ABOUT}"), &format!("{FIRST}\n\n{line}\n\n{ABOUT}"));
        }
    }

    #[test]
    fn pointers_and_words_about_the_author_may_stand_above_the_text() {
        let lexicon = Lexicon::load(None).unwrap();
        for above in [
            "À lire aussi\nHolm : les dockers en grève",
            "Zoé Lam\nis a senior editor who has covered harbours for more than ten years.",
        ] {
            let page = format!("Holm ouvre un parc\nPar Zoé Lam\n3 mars 2026\n\n{above}\n\n{FIRST}\n");
            let article = crate::plain::read(&page, &lexicon).unwrap();
            assert_eq!(article.text.as_str(), FIRST, "{above}");
            assert_eq!(article.authors, ["Zoé Lam"], "{above}");
        }
    }

    #[test]
    fn the_text_goes_on_below_pointers() {
        let last = "Le parc doit fournir trente mille foyers, à partir de l'été prochain.";
        for (below, text) in [
            (
                "À lire aussi\nLes pêcheurs de Nordby en colère contre le parc\nUn chantier difficile\nLes travaux ont duré \
                 deux ans.",
                "Un chantier difficile\n\nLes travaux ont duré deux ans.",
            ),
            (
                "Lire aussi\nLes pêcheurs en colère\nLes travaux ont duré deux ans.",
                "Les travaux ont duré deux ans.",
            ),
            ("À lire aussi\nLes pêcheurs en colère\nHolm : les dockers en grève\nLe port en images", ""),
        ] {
            let page = format!("Holm ouvre un parc\nPar Zoé Lam\n{FIRST}\n{below}\n{last}\n{last} Oui.\n");
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            let text = if text.is_empty() { String::new() } else { format!("{text}\n\n") };
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{text}{last}\n\n{last} Oui."), "{below}");
        }
    }

    #[test]
    fn a_title_may_stand_behind_the_head_of_pointers() {
        let read = |line: &str| {
            let page = format!("Holm ouvre un parc\n\n{FIRST}\n{line}\n{FIRST} Oui.\n");
            crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap().text.to_string()
        };
        assert_eq!(read("RELATED: Park in Nordby opens next year"), format!("{FIRST}\n\n{FIRST} Oui."));
        assert!(read("Related: the park in Nordby, which opens.").contains("Related"));
    }

    #[test]
    fn a_button_with_a_colon_heads_pointers() {
        for head in ["LEIA MAIS:", "Read more:"] {
            let page =
                format!("Holm ouvre un parc\n\n{FIRST}\n{head}\nUm parque a mais em Nordby\n{FIRST} Oui.\n");
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{FIRST} Oui."), "{head}");
        }
    }

    #[test]
    fn the_last_sentence_may_stand_below_pointers() {
        let pointers = "À lire aussi\nUn parc éolien de plus à Nordby\nHolm Énergie recrute";
        let last = "Le chantier doit commencer à l'automne.";
        check(&format!("{pointers}\n\n{last}"), &format!("{FIRST}\n\n{last}"));
        check(pointers, FIRST);
        check(&format!("{pointers}\n{last}"), FIRST);
    }

    #[test]
    fn who_wrote_another_article_is_no_author() {
        let read = |below: &str| {
            let page = format!(
                "Holm Énergie ouvre un parc\nPar Zoé Lam\n3 mars 2026\n{FIRST}\n{FIRST} Oui.\n{below}\n"
            );
            crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
        };
        let text = format!("{FIRST}\n\n{FIRST} Oui.");
        for below in [
            "Comment choisir un parc éolien\nPar : Anne Petit",
            "Par : Zoé Lam\n- ANNONCES GOOGLE",
            "Zoé Lam\nPassionnée de voile depuis l'enfance, je suis tombée dans le vent. Depuis, j'écris.",
        ] {
            let article = read(below);
            assert_eq!(article.authors, ["Zoé Lam"], "{below}");
            assert_eq!(article.text.as_str(), text, "{below}");
        }
        assert_eq!(read("Propos recueillis par Anne Petit").authors, ["Zoé Lam", "Anne Petit"]);
        // A button to the comments above the last paragraph.
        let last =
            "Le maire de Nordby, lui, n'en veut pas, et il l'a redit lundi soir devant deux cents personnes.";
        assert!(read(&format!("5 commentaires\n{last}")).text.ends_with(last));
    }
}
