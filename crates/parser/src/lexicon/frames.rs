//! Phrases with any words in their middle: "Add * as a preferred source".

use rustc_hash::FxHashMap;

use super::Chrome;

/// Words in the middle of such a phrase: the name of a site.
pub(super) const WORDS_MAX: usize = 6;

/// What such phrases end with, by what they begin with.
#[derive(Debug, Default)]
pub(super) struct Frames(FxHashMap<Box<str>, Vec<End>>);

#[derive(Debug)]
struct End {
    phrase: Box<str>,
    /// Whether more may follow.
    may_go_on: bool,
    chrome: Chrome,
}

impl Frames {
    pub(super) fn add(&mut self, begin: &str, end: String, may_go_on: bool, chrome: Chrome) {
        self.0.entry(begin.into()).or_default().push(End { phrase: end.into(), may_go_on, chrome });
    }

    /// What a folded line is that begins with `words`.
    pub(super) fn of(&self, words: &str, line: &str) -> Option<Chrome> {
        let ends = self.0.get(words)?;
        let behind = line.get(words.len()..)?;
        let is_one = |end: &&End| {
            behind.match_indices(&*end.phrase).any(|(at, _)| {
                let after = &behind[at + end.phrase.len()..];
                let is_over = after.is_empty() || end.may_go_on && after.starts_with(' ');
                let between =
                    behind[..at].split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX + 1).count();
                is_over && behind[..at].ends_with(' ') && (1..=WORDS_MAX).contains(&between)
            })
        };
        ends.iter().find(is_one).map(|end| end.chrome)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::{Chrome, Folded, Lexicon};

    #[test]
    fn a_phrase_may_have_a_name_in_its_middle() {
        let lexicon = Lexicon::load(None).unwrap();
        let of = |line: &str| lexicon.chrome_of(line, &mut Folded::default()).map(|(chrome, _)| chrome);
        for line in [
            "Ajouter Le Courrier du Lac comme source préférée",
            "Add Lake Courier as a preferred source on Google",
            "Ajoutez Le Phare de Kervella à vos sources préférées sur Google",
        ] {
            assert_eq!(of(line), Some(Chrome::Share), "{line}");
        }
        for line in [
            "Ajouter comme source",
            "Add salt, stir, and keep it as a preferred meal",
            "Prefer the boats on Google Earth, he said, and you will see them all",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
