//! Lines that begin with a phrase of sites and are a sentence of the text all the same.

use super::line::{Line, Opening, ends_sentence};
use super::report::is_report;
use super::{Page, foot};
use crate::lexicon::{Chrome, Folded, Lexicon, WordSet, fold};

/// Words of a sentence behind a phrase that a name or a sign follows in the feet of pages.
const BEHIND_FOOT_MIN: usize = 3;

/// Words of a sentence behind the words of a pointer, and of those words.
const BEHIND_POINTER_MIN: usize = 4;
const POINTER_WORDS_MAX: usize = 2;

/// Lines below a sentence among which the text goes on.
const NEAR: usize = 2;

impl Page<'_> {
    /// Takes the lines for text that a phrase of sites begins, but that go on as a sentence does, with running text below
    /// them: "Copyright or not, the song is known." in the text, "Copyright 2026 The Holm Courier" at its foot.
    pub(super) fn keep_sentences(&mut self) {
        for index in 0..self.lines.len() {
            if self.is_sentence_of_text(index) || self.is_report_of_text(index) {
                let line = &mut self.lines[index];
                (line.chrome, line.label) = (None, None);
            }
        }
    }

    /// Whether a line is a sentence of a report though a phrase begins it, with running text above or below.
    fn is_report_of_text(&self, index: usize) -> bool {
        let line = &self.lines[index];
        if !matches!(line.chrome, Some((_, false)))
            || !line.sentence
            || !line.is_open()
            || line.opening != Opening::Words
        {
            return false;
        }
        let mut folded = Folded::default();
        folded.fold(&line.text);
        let (above, below) = (self.lines[..index].iter().rev(), self.lines[index + 1..].iter());
        is_report(&line.text, &folded, self.lexicon)
            && (above.take(NEAR).any(Line::is_running) || below.take(NEAR).any(Line::is_running))
    }

    fn is_sentence_of_text(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let Some((chrome @ (Chrome::Footer | Chrome::Related), false)) = line.chrome else { return false };
        if !line.sentence || !line.is_open() || line.opening != Opening::Words {
            return false;
        }
        let mut folded = Folded::default();
        folded.fold(&line.text);
        let Some((_, phrase, _)) = self.lexicon.phrase(&folded) else { return false };
        let Some(behind) = goes_on_behind(&line.text, &folded, phrase) else { return false };
        let is_sentence = if chrome == Chrome::Footer {
            opens_sentence(&line.text, &folded, self.lexicon)
        } else {
            phrase.split(' ').count() <= POINTER_WORDS_MAX
                && is_clause(behind, self.lexicon)
                && index > 0
                && self.lines[index - 1].sentence
        };
        let is_text = |line: &Line<'_>| foot::may_be_text(line) && !self.is_paragraph_of_site(line);
        is_sentence && self.lines[index + 1..].iter().take(NEAR).any(is_text)
    }
}

/// Whether a line begins with a phrase that a name or a sign follows in the feet of pages, and goes on as a sentence does.
pub(crate) fn opens_sentence(text: &str, folded: &Folded, lexicon: &Lexicon) -> bool {
    let Some((Chrome::Footer, phrase, false)) = lexicon.phrase(folded) else { return false };
    goes_on_behind(text, folded, phrase).is_some_and(|behind| {
        ends_sentence(text)
            && behind.split_whitespace().count() >= BEHIND_FOOT_MIN
            && lexicon.has(WordSet::Openers, phrase)
    })
}

/// What stands behind the phrase that a line begins with, where a word in lower case does.
fn goes_on_behind<'t>(text: &'t str, folded: &Folded, phrase: &str) -> Option<&'t str> {
    let (_, end) = folded.beginnings().find(|(words, _)| *words == phrase)?;
    Some(&text[end..]).filter(|behind| goes_on_in_small(behind))
}

/// Whether words behind those of a pointer are those of a sentence with a second clause, and no title: "books, said the
/// minister.", but not "the story of the lake." or "our list, with all prices: it is long."
fn is_clause(behind: &str, lexicon: &Lexicon) -> bool {
    let first = fold(behind.split_whitespace().next().unwrap_or_default());
    let is_article = first.split(' ').next().is_some_and(|word| lexicon.has(WordSet::Articles, word));
    let has_clause =
        behind.match_indices(", ").any(|(at, comma)| goes_on_in_small(&behind[at + comma.len() - 1..]));
    !is_article
        && has_clause
        && behind.split_whitespace().count() >= BEHIND_POINTER_MIN
        && !behind.contains([':', '«', '"', '“', '„', '>', '|'])
}

/// Whether a word in lower case follows right away.
fn goes_on_in_small(behind: &str) -> bool {
    behind.starts_with(char::is_whitespace) && behind.trim_start().starts_with(char::is_lowercase)
}

/// Whether a line begins with the words of a button that a sign or a name follows, and goes on with another word: "Follow the
/// money", but not "Follow @lake" or "Follow Ann Lee".
pub(super) fn goes_on_without_sign(text: &str, folded: &Folded, lexicon: &Lexicon) -> bool {
    lexicon.phrase(folded).is_some_and(|(_, phrase, _)| {
        lexicon.is_signed(phrase) && goes_on_behind(text, folded, phrase).is_some()
    })
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "The first boats passed the lock of Holm on Monday, after twenty months of works.";
    const SECOND: &str = "The works cost nine million euros, half of which the region has paid.";

    /// What stands between two paragraphs, and whether it is text.
    fn check(line: &str, is_text: bool) {
        let lexicon = Lexicon::load(None).unwrap();
        let page =
            format!("Canal of Holm opens to boats\n\n{FIRST}\n\n{line}\n\n{SECOND}\n\n{SECOND} Yes.\n");
        let article = crate::plain::read(&page, &lexicon).unwrap();
        let between = if is_text { format!("{line}\n\n") } else { String::new() };
        assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{between}{SECOND}\n\n{SECOND} Yes."), "{line}");
        assert_eq!(article.authors, [""; 0], "{line}");
    }

    #[test]
    fn a_sentence_that_begins_like_a_foot_is_text() {
        for line in [
            "Copyright or not, every child on the quay knew the song by heart.",
            "Copyright ist hier kein Thema, sagt der Kapitän.",
            "Reporting by radio, the crew sounded calm.",
            "About the author nothing more was ever heard.",
            "Tous droits réservés aux riverains, le quai restera fermé.",
            "Derechos reservados a los vecinos, el muelle seguirá cerrado.",
        ] {
            check(line, true);
        }
        for line in [
            "Copyright 2026 The Holm Courier. All rights reserved.",
            "Copyright The Holm Courier.",
            "Tous droits réservés.",
            "The views expressed in this article are those of its author.",
        ] {
            check(line, false);
        }
    }

    #[test]
    fn a_sentence_that_begins_like_a_foot_is_one_at_the_foot() {
        let lexicon = Lexicon::load(None).unwrap();
        for foot in [
            "Reporting by Ann Lee; editing by Bo Ek",
            "Reporting by our man in Holm.",
            "Copyright is held by the Courier, all rights reserved.",
        ] {
            let page = format!("Canal of Holm opens to boats\n\n{FIRST}\n\n{SECOND}\n\n{foot}\n");
            let article = crate::plain::read(&page, &lexicon).unwrap();
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{foot}");
        }
    }

    #[test]
    fn a_sentence_that_begins_like_a_pointer_is_text() {
        for line in [
            "Read more maps, said the harbour master.",
            "Read more maps, said the mayor.",
            "Voir aussi du côté de Nordby, où le même chantier a duré un an.",
            "Follow the money",
            "Partager les richesses",
        ] {
            check(line, true);
        }
        for line in [
            "Read more: how the canal was built",
            "Read more about the canal here.",
            "Voir aussi : le canal en images",
            "Voir aussi le canal en images, par Zoé Lamant.",
            "Lire aussi notre dossier sur le canal.",
            "Follow @holmcourier",
            "Follow Ann Lee",
        ] {
            check(line, false);
        }
    }

    #[test]
    fn a_sentence_may_begin_like_a_prompt_of_a_site() {
        for line in [
            "Nous étudierons toutes les offres avant la fin du mois, a promis le maire devant le conseil.",
            "La newsletter du port compte désormais douze mille lecteurs, selon la mairie.",
            "En cliquant sur un lien frauduleux, plus de trois cents habitants ont perdu leurs économies.",
            "Cet espace est réservé aux piétons depuis lundi, a rappelé la mairie.",
            "Une correction à la baisse des prévisions est attendue mardi, selon la région.",
            "Support our troops, the president said on Monday in front of the port.",
            "Get the latest vaccine before winter, doctors told the people of Holm.",
            "Let us know what you are hiding, the judge told the keeper of the port.",
        ] {
            check(line, true);
        }
    }
}
