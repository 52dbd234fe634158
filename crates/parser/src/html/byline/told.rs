//! What words of a byline are: a person beyond doubt, the site, a button, advertising.

use super::people::Cleaner;
use crate::byline;
use crate::lexicon::{Chrome, Folded, WordSet, fold};
use crate::plain;

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

    /// Whether what follows a label says that somebody helped with the article: "Staff writer Zoe Lam contributed to this
    /// report." It is of the foot, and ends in a phrase of that.
    pub(super) fn only_helped(&self, rest: &str) -> bool {
        plain::ends_sentence(rest)
            && matches!(self.lexicon.chrome_of(rest, &mut Folded::default()), Some((Chrome::Footer, _)))
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

    /// Whether a line says with its first word and a colon that it is of something else: "Source: …".
    pub(super) fn is_of_something_else(&self, line: &str) -> bool {
        let first = line.split_whitespace().next().unwrap_or_default();
        first.ends_with(':') && self.is_no_name(first) && self.labelled(line).is_none()
    }

    /// Whether a word of a line is for what a person does.
    pub(super) fn names_role(&self, line: &str) -> bool {
        line.split_whitespace().any(|word| self.lexicon.has(WordSet::Roles, &fold(word)))
    }

    /// Whether a word is in no person's name.
    pub(super) fn is_no_name(&self, word: &str) -> bool {
        let folded = fold(word);
        self.lexicon.has(WordSet::NotPeople, &folded) && !byline::is_short_surname(word)
            || self.lexicon.is_compound(&folded)
    }

    /// Whether a word joins two people. `before` words stand between it and the one before it.
    pub(super) fn joins_people(&self, before: usize, word: &str, after: &[&str]) -> bool {
        let folded = fold(word);
        let is_and =
            self.lexicon.has(WordSet::And, &folded) && !self.lexicon.has(WordSet::Particles, &folded);
        if !word.chars().all(char::is_lowercase) {
            // "Ann Lee And Bo Ek".
            return is_and && before >= 2 && word.chars().count() > 1 && !word.ends_with('.');
        }
        // "y" is a particle too: "José Ortega y Gasset"; but an agency has one word.
        let is_surname = |word: &&str| {
            !self.is_no_name(word)
                && !self.is_given_name(word)
                && !self.lexicon.has(WordSet::Agencies, &fold(word))
        };
        let is_one_name = || before >= 2 && after.len() == 1 && after.iter().all(is_surname);
        is_and || matches!(folded.as_str(), "y" | "e") && !is_one_name()
    }

    /// A name without the role that is glued to it, as in "Zoe Lam" and "Staff" without a space.
    pub(super) fn without_glued_role<'w>(&self, word: &'w str) -> Option<&'w str> {
        let is_joint = |(at, c): &(usize, char)| {
            c.is_uppercase() && word[..*at].chars().next_back().is_some_and(char::is_lowercase)
        };
        let (at, _) = word.char_indices().skip(3).find(is_joint)?;
        let role = fold(&word[at..]);
        let is_role = self.lexicon.has(WordSet::Roles, &role) || self.lexicon.has(WordSet::NotPeople, &role);
        is_role.then(|| &word[..at])
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
