//! Which words are a verb of speech, with its auxiliary and its inverted pronoun?

use super::grammar::{
    ADVERB, ARTICLE, AUXILIARY, BEING, CLITIC, INVERTED, LEARN, MAKE, PREPOSITION, REFLEXIVE,
};
use super::scene::Scene;
use super::verbs::{FINITE, GERUND, INFINITIVE, PARTICIPLE, PLURAL};
use crate::tokens::Case;

/// A verb of speech with its auxiliary and its inverted pronoun, as tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verb {
    pub(super) start: usize,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) pronoun: Option<usize>,
    pub(super) finite: bool,
    pub(super) plural: bool,
}

impl Scene<'_> {
    /// The verb of speech whose main word is this token.
    pub(super) fn verb(&self, index: usize) -> Option<Verb> {
        let role = self.role(index);
        if role & (FINITE | PARTICIPLE | GERUND | INFINITIVE | LEARN) == 0
            || self.tokens[index].case != Case::Lower
            || self.mention(index).is_some()
        {
            return None;
        }
        let mut start = index;
        if role & LEARN != 0 {
            // A fait savoir, font valoir.
            let made = index.checked_sub(1).filter(|&before| self.is(before, MAKE))?;
            let plural = self.tokens.form(made) == "font";
            let helper = made.checked_sub(1).filter(|&before| self.is(before, AUXILIARY)).unwrap_or(made);
            return Some(Verb { start: helper, end: index + 1, pronoun: None, finite: true, plural });
        }
        let (mut pronoun, mut helper) = (None, 0);
        for _ in 0..4 {
            let Some(before) = start.checked_sub(1) else { break };
            let role = self.role(before);
            if role & INVERTED != 0 {
                pronoun = Some(before);
            } else if role & (AUXILIARY | BEING) != 0 {
                start = before;
                helper = role;
                break;
            } else if role & ADVERB == 0 || self.tokens[before].line {
                break;
            }
            start = before;
        }
        let before = |index: usize| index.checked_sub(1).map_or(0, |before| self.role(before));
        if helper & AUXILIARY != 0 && role & (PARTICIPLE | GERUND) != 0 {
            let plural = self.is_plural_auxiliary(start);
            return Some(Verb { start, end: index + 1, pronoun, finite: true, plural });
        }
        if helper & BEING != 0 {
            let reflexive = before(start) & REFLEXIVE != 0 && role & PARTICIPLE != 0;
            let plural = matches!(
                self.tokens.form(start),
                "sont" | "étaient" | "seront" | "seraient" | "are" | "were"
            );
            let progressive = self.grammar.language == "en" && role & GERUND != 0;
            return (reflexive || progressive).then_some(Verb {
                start: start - usize::from(reflexive),
                end: index + 1,
                pronoun,
                finite: true,
                plural,
            });
        }
        // After an article or a preposition it is a noun: une demande, the report.
        let noun = before(index) & (ARTICLE | PREPOSITION) != 0 && before(index) & REFLEXIVE == 0;
        if role & FINITE != 0 && !noun {
            let pronoun = Some(index + 1).filter(|&next| self.is(next, INVERTED));
            let mut start = index;
            while start > 0
                && !self.tokens[start].line
                && self.is(start - 1, CLITIC)
                && !self.is(start - 1, INVERTED)
            {
                start -= 1;
            }
            let end = pronoun.unwrap_or(index) + 1;
            return Some(Verb { start, end, pronoun, finite: true, plural: role & PLURAL != 0 });
        }
        let loose = role & GERUND != 0 && before(index) & ARTICLE == 0
            || role & INFINITIVE != 0 && before(index) & PREPOSITION != 0;
        loose.then_some(Verb { start: index, end: index + 1, pronoun: None, finite: false, plural: false })
    }

    /// Whether the auxiliary at this token is the plural's.
    pub(super) fn is_plural_auxiliary(&self, index: usize) -> bool {
        matches!(
            self.tokens.form(index),
            "ont"
                | "avaient"
                | "auront"
                | "auraient"
                | "eurent"
                | "haben"
                | "hatten"
                | "hebben"
                | "hadden"
                | "han"
                | "habían"
                | "hanno"
                | "avevano"
                | "tinham"
        )
    }

    /// The first verb of speech of a range, which holds no quotation.
    pub(super) fn first_verb(&self, from: usize, end: usize) -> Option<Verb> {
        (from..end)
            .take_while(|&index| self.quotation(index).is_none())
            .find_map(|index| self.verb(index).filter(|verb| verb.start >= from))
    }
}
