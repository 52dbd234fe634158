//! What words of a byline are: a person beyond doubt, the site, a button, advertising.

use super::people::Cleaner;
use crate::byline;
use crate::lexicon::{Chrome, Folded, WordSet, fold};

/// Words of a line behind which a button is looked for.
const BUTTON_WORDS: usize = 12;

impl Cleaner<'_> {
    /// A line of names without the button at its end: "Ann Lee Leave a Comment".
    pub(super) fn without_button<'t>(&self, text: &'t str) -> &'t str {
        let mut folded = Folded::default();
        let mut is_button = |at: &usize| {
            let rest = &text[*at..];
            folded.fold(rest);
            rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && rest.contains(' ')
                && matches!(
                    self.lexicon.chrome(&folded),
                    Some((
                        Chrome::Comments | Chrome::CommentFrame | Chrome::Share | Chrome::Navigation,
                        true
                    ))
                )
        };
        let mut starts = text.match_indices(' ').map(|(at, _)| at + 1).skip(1).take(BUTTON_WORDS);
        starts.find(|at| is_button(at)).map_or(text, |at| text[..at].trim_end())
    }

    /// "Sponsored by Acme".
    pub(super) fn is_advertising(&self, text: &str) -> bool {
        let mut folded = Folded::default();
        folded.fold(text);
        matches!(self.lexicon.chrome(&folded), Some((Chrome::Advertising, _)))
    }

    /// Whether it is a person's name beyond doubt: a known given name, and one to three more words as names have them.
    pub(super) fn is_person(&self, name: &str) -> bool {
        let words: Vec<&str> = name.split_whitespace().collect();
        let Some(first) = words.first().filter(|_| (2..=4).contains(&words.len())) else { return false };
        let known = self.is_given_name(first) && !self.lexicon.is_body(&words);
        let shaped = |word: &&str| {
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
                && (word.starts_with(char::is_uppercase)
                    || self.lexicon.has(WordSet::Particles, &fold(word))
                    || word.chars().skip(1).any(char::is_uppercase))
        };
        if byline::with_surname_of_outlet(&words, self.lexicon).is_some_and(|name| name.len() == words.len())
        {
            return true;
        }
        let last = words[words.len() - 1];
        known
            && words.iter().all(shaped)
            && last.chars().count() > 1
            && !words.iter().any(|word| {
                let folded = fold(word);
                self.is_no_name(word)
                    || self.lexicon.has(WordSet::Roles, &folded)
                    || self.lexicon.has(WordSet::Agencies, &folded)
                    || self.lexicon.has(WordSet::Outlets, &folded)
            })
    }

    /// Whether a word of a line is for what a person does.
    pub(super) fn names_role(&self, line: &str) -> bool {
        line.split_whitespace().any(|word| self.lexicon.has(WordSet::Roles, &fold(word)))
    }

    /// Whether a word is in no person's name.
    pub(super) fn is_no_name(&self, word: &str) -> bool {
        let folded = fold(word);
        self.lexicon.has(WordSet::NotPeople, &folded) || self.lexicon.is_compound(&folded)
    }

    /// Whether a part of a line is a name the site goes by.
    pub(super) fn is_site(&self, part: &str) -> bool {
        let tight: String = fold(part).chars().filter(|c| *c != ' ').collect();
        !tight.is_empty()
            && self.sites.iter().any(|site| is_site(site, &tight))
            && !self.is_person(part.trim())
    }
}

/// Whether a name without its spaces is a site's, but for what its address adds.
fn is_site(site: &str, tight: &str) -> bool {
    let site: String = site.chars().filter(|c| *c != ' ').collect();
    site == tight
        || site.len().min(tight.len()) >= 5
            && site.len().abs_diff(tight.len()) <= 4
            && (site.starts_with(tight) || tight.starts_with(site.as_str()))
}
