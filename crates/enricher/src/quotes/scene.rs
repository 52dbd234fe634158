//! Who is there to speak: the names of a text by their tokens, what is known of the people, and who a pronoun or a
//! function means.

use std::ops::Range;

use document::{Entity, EntityKind};

use super::grammar::{self, Grammar};
use super::marks::Quotation;
use crate::given_names::{Gender, GivenNames};
use crate::lexicon::{Class, Lexicon};
use crate::tokens::{Case, Kind, Tokens, hash};

/// One mention of an entity, by its tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub(super) start: usize,
    /// One past the last token.
    pub(super) end: usize,
    /// Its place among the entities.
    pub(super) entity: usize,
    pub(super) kind: EntityKind,
}

/// A text with the names and the quotations in it.
pub(super) struct Scene<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) grammar: &'a Grammar,
    pub(super) lexicon: &'a Lexicon,
    pub(super) given: &'a GivenNames,
    pub(super) entities: &'a [Entity],
    pub(super) quotations: &'a [Quotation],
    /// In the order of the text.
    mentions: Vec<Mention>,
    /// Per entity, what is known of its gender.
    genders: Vec<Option<Gender>>,
    /// Functions that the text gives people: the hash of the word, and the entity.
    functions: Vec<(u64, usize)>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        tokens: &'a Tokens<'a>,
        grammar: &'a Grammar,
        lexicon: &'a Lexicon,
        given: &'a GivenNames,
        entities: &'a [Entity],
        quotations: &'a [Quotation],
    ) -> Self {
        let list = tokens.as_slice();
        let mut mentions: Vec<Mention> = Vec::new();
        for (place, entity) in entities.iter().enumerate() {
            for span in &entity.mentions {
                let Range { start, end } = tokens.within(*span);
                // Siemens in « Siemens-Chef » does not speak.
                let whole = end.checked_sub(1).is_some_and(|last| list[last].end as usize == span.end);
                if start < end && whole {
                    mentions.push(Mention { start, end, entity: place, kind: entity.kind });
                }
            }
        }
        mentions.sort_unstable_by_key(|mention| mention.start);
        let mut scene = Self {
            tokens,
            grammar,
            lexicon,
            given,
            entities,
            quotations,
            mentions,
            genders: vec![None; entities.len()],
            functions: Vec::new(),
        };
        scene.meet();
        scene
    }

    /// The mention that this token is part of.
    pub(super) fn mention(&self, index: usize) -> Option<Mention> {
        let place = self.mentions.partition_point(|mention| mention.start <= index).checked_sub(1)?;
        self.mentions.get(place).copied().filter(|mention| index < mention.end)
    }

    /// The mentions that begin in a range of tokens.
    pub(super) fn mentions_in(&self, start: usize, end: usize) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.start < start);
        let to = self.mentions.partition_point(|mention| mention.start < end);
        self.mentions.get(from..to).unwrap_or_default()
    }

    /// What this token can do in its sentence.
    pub(super) fn role(&self, index: usize) -> u32 {
        self.grammar.role(self.tokens, index)
    }

    pub(super) fn is(&self, index: usize, roles: u32) -> bool {
        self.role(index) & roles != 0
    }

    /// Whether this token says what somebody is: *président*, *analyste*.
    pub(super) fn is_function(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| {
            token.kind == Kind::Word
                && (self.lexicon.has(Class::Function, token.hash)
                    // Co-founder, vice-president, porte-parole adjoint: the last part tells.
                    || self.tokens.form(index).rsplit_once('-').is_some_and(|(_, last)| {
                        self.lexicon.has(Class::Function, hash(last))
                    }))
        })
    }

    /// The quotation that this token is part of, marks included.
    pub(super) fn quotation(&self, index: usize) -> Option<usize> {
        let place = self.quotations.partition_point(|quotation| quotation.open <= index).checked_sub(1)?;
        (index <= self.quotations[place].close).then_some(place)
    }

    /// Whether this token stands behind a preposition: *de Foxconn*, *à l'AFP*.
    pub(super) fn is_governed(&self, mention: Mention) -> bool {
        let mut index = mention.start;
        for _ in 0..4 {
            let Some(before) = index.checked_sub(1) else { return false };
            let role = self.role(before);
            if role & grammar::PREPOSITION != 0 {
                return true;
            }
            let small = self.tokens[before].kind == Kind::Word && self.tokens[before].case == Case::Lower;
            if !(role & (grammar::ARTICLE | grammar::MISTER | grammar::MADAM) != 0
                || (self.is_function(before) && small))
            {
                return false;
            }
            index = before;
        }
        false
    }

    /// Whether a quotation begins a sentence. A mark that closes in other languages (»So«) is not told by the tokens: what
    /// stands before it is asked.
    pub(super) fn begins_sentence(&self, open: usize) -> bool {
        let behind_end = |before: usize| matches!(self.tokens.word(before), "." | "!" | "?" | "…");
        self.tokens[open].sentence
            || (!self.grammar.measured
                && self.tokens[open].spaced
                && open.checked_sub(1).is_some_and(behind_end))
    }

    /// Where the sentence of a token begins.
    pub(super) fn sentence_start(&self, index: usize) -> usize {
        let opens = self.quotation(index).is_some_and(|place| self.quotations[place].open == index);
        if opens && self.begins_sentence(index) {
            return index;
        }
        let from = index.saturating_sub(SENTENCE);
        (from..=index)
            .rev()
            .find(|&index| self.tokens.get(index).is_some_and(|token| token.sentence))
            .unwrap_or(from)
    }

    /// One past the last token of the sentence that goes on from `index`.
    pub(super) fn sentence_end(&self, index: usize) -> usize {
        let to = self.tokens.len().min(index + SENTENCE);
        (index..to).find(|&index| self.tokens[index].sentence).unwrap_or(to)
    }

    /// Where the paragraph of a token begins.
    pub(super) fn paragraph_start(&self, index: usize) -> usize {
        let from = index.saturating_sub(PARAGRAPH);
        (from..=index)
            .rev()
            .find(|&index| self.tokens.get(index).is_some_and(|token| token.line))
            .unwrap_or(from)
    }

    /// What the text says of its people: functions, titles, given names.
    fn meet(&mut self) {
        for place in 0..self.mentions.len() {
            let mention = self.mentions[place];
            if mention.kind != EntityKind::Person {
                continue;
            }
            let mut gender = self.given.of(self.tokens[mention.start].hash);
            let mut seen = |scene: &mut Self, index: usize| {
                let hash = scene.tokens[index].hash;
                scene.functions.push((hash, mention.entity));
                if gender.is_none() {
                    gender = scene.gender_of_function(index);
                }
            };
            for index in self.apposition_behind(mention).into_iter().chain(self.apposition_before(mention)) {
                seen(self, index);
            }
            for index in mention.start.saturating_sub(1)..=mention.start {
                let role = self.role(index);
                if role & grammar::MISTER != 0 {
                    gender = Some(Gender::Masculine);
                } else if role & grammar::MADAM != 0 {
                    gender = Some(Gender::Feminine);
                }
            }
            if gender.is_some() {
                self.genders[mention.entity] = gender;
            }
        }
        self.functions.sort_unstable();
        self.functions.dedup();
    }

    /// The functions of *Young Liu, président de Foxconn* and *Sam Altman, le PDG*.
    fn apposition_behind(&self, mention: Mention) -> Vec<usize> {
        let opens =
            self.tokens.get(mention.end).is_some_and(|_| matches!(self.tokens.word(mention.end), "," | "("));
        if !opens {
            return Vec::new();
        }
        (mention.end + 1..self.tokens.len().min(mention.end + 6))
            .take_while(|&index| {
                self.tokens[index].kind == Kind::Word
                    && !self.is(index, grammar::PREPOSITION | grammar::AUXILIARY | grammar::RELATIVE)
            })
            .filter(|&index| self.is_function(index))
            .collect()
    }

    /// The functions of *le président de Foxconn, Young Liu* and *le ministre Jean Dupont*.
    fn apposition_before(&self, mention: Mention) -> Vec<usize> {
        let mut found = Vec::new();
        let comma = mention.start.checked_sub(1).filter(|&before| self.tokens.word(before) == ",");
        let mut index = comma.unwrap_or(mention.start);
        for _ in 0..9 {
            let Some(before) = index.checked_sub(1) else { break };
            let role = self.role(before);
            let token = self.tokens[before];
            let other = self.mention(before).is_some_and(|other| other.kind == EntityKind::Person);
            // The judge told Trump, their lawyer wrote to Tim Cook: the function is not the listener's.
            let governs = index == mention.start && role & grammar::PREPOSITION != 0;
            let verb = !self.is_function(before) && self.verb(before).is_some();
            if token.kind == Kind::Mark
                || other
                || governs
                || verb
                || role & (grammar::AUXILIARY | grammar::BEING | grammar::RELATIVE | grammar::AND) != 0
            {
                break;
            }
            if self.is_function(before) {
                found.push(before);
            }
            // What stands before a function's article is another matter.
            if role & grammar::ARTICLE != 0 && role & grammar::PREPOSITION == 0 && !found.is_empty() {
                break;
            }
            index = before;
        }
        // In « le frère du ministre, Jean » nobody can tell whose function it is.
        if found.len() > 2 { Vec::new() } else { found }
    }

    /// The gender that a function's form, or its article, tells.
    fn gender_of_function(&self, index: usize) -> Option<Gender> {
        if !self.grammar.measured {
            return None;
        }
        if !self.grammar.french {
            return match self.tokens.form(index) {
                "chairman" | "spokesman" | "businessman" | "king" | "prince" => Some(Gender::Masculine),
                "chairwoman" | "spokeswoman" | "businesswoman" | "queen" | "princess" | "actress" => {
                    Some(Gender::Feminine)
                }
                _ => None,
            };
        }
        let form = self.tokens.form(index);
        let ends = |endings: &[&str]| endings.iter().any(|ending| form.ends_with(ending));
        match index.checked_sub(1).map(|before| self.tokens.form(before)) {
            Some("la" | "une" | "cette") => return Some(Gender::Feminine),
            Some("le" | "un" | "ce" | "du" | "au") => return Some(Gender::Masculine),
            _ => {}
        }
        if ends(&["trice", "euse", "dente", "geante", "nante", "ière", "ienne", "onne", "ée", "enne", "esse"])
        {
            Some(Gender::Feminine)
        } else if ends(&["teur", "eur", "dent", "geant", "nant", "ier", "ien", "tron", "é", "éen"]) {
            Some(Gender::Masculine)
        } else {
            None
        }
    }

    /// The one person of the text who bears the function at this token; `None` for nobody or several.
    pub(super) fn holder(&self, function: usize) -> Option<usize> {
        let hash = self.tokens.get(function)?.hash;
        let from = self.functions.partition_point(|(other, _)| *other < hash);
        let mut holders = self.functions[from..].iter().take_while(|(other, _)| *other == hash);
        let (_, holder) = holders.next()?;
        holders.next().is_none().then_some(*holder)
    }

    /// The nearest mention of an entity up to a token, or its first one.
    pub(super) fn nearest(&self, entity: usize, index: usize) -> Option<Mention> {
        let spans = &self.entities.get(entity)?.mentions;
        let end = self.tokens.get(index).map_or(usize::MAX, |token| token.start as usize);
        let place = spans.partition_point(|span| span.start <= end).saturating_sub(1);
        let start = spans.get(place)?.start;
        self.mention(self.tokens.as_slice().partition_point(|token| (token.start as usize) < start))
    }

    /// Whether anybody is named in the paragraphs before this token.
    pub(super) fn names_people(&self, index: usize) -> bool {
        self.mentions_in(self.near(index), index).iter().any(|mention| mention.kind == EntityKind::Person)
    }

    /// Where the paragraphs begin that a pronoun at this token can look back to.
    fn near(&self, index: usize) -> usize {
        (0..3).fold(index, |from, _| self.paragraph_start(from.saturating_sub(1)))
    }

    /// Whether the sentence of this token begins with the pronoun: then the pronoun goes on meaning whom it meant there.
    fn is_after_pronoun(&self, index: usize, gender: Gender) -> bool {
        let role = match gender {
            Gender::Feminine => grammar::SHE,
            Gender::Masculine => grammar::HE,
        };
        self.is(self.sentence_start(index), role)
    }

    /// Whether this token is somebody without a name: *un ouvrier du chantier*.
    fn is_somebody(&self, index: usize) -> bool {
        self.is(index, grammar::SOMEBODY)
            && self.quotation(index).is_none()
            && (1..=2).any(|back| {
                // X, un soldat de 58 ans, is no second person.
                let apposed = index > back + 1
                    && self.tokens.word(index - back - 1) == ","
                    && self.mention(index - back - 2).is_some();
                index >= back
                    && !apposed
                    && self.is(index - back, grammar::INDEFINITE)
                    && (back == 1 || self.tokens[index - 1].kind == Kind::Word)
            })
    }

    fn fits(&self, entity: usize, pronoun: Gender) -> bool {
        self.genders[entity].is_none_or(|gender| gender == pronoun)
    }

    /// Whom *il* or *elle* at this token means: the last person who fits, given who was quoted last, close by.
    ///
    /// Where several people who fit were named in these paragraphs, it is whoever was quoted last and named last; or who is
    /// known to be of the pronoun's gender and named alone, in the pronoun's sentence or, where that names nobody, its
    /// paragraph. Otherwise it is nobody.
    pub(super) fn referent(&self, pronoun: usize, gender: Gender, quoted: Option<usize>) -> Option<usize> {
        let from = self.near(pronoun);
        let persons = || {
            self.mentions_in(from, pronoun).iter().rev().filter(|mention| {
                mention.kind == EntityKind::Person
                    && self.fits(mention.entity, gender)
                    && self.quotation(mention.start).is_none()
                    && !self.is_after_pronoun(mention.start, gender)
            })
        };
        let mut candidates: Vec<usize> = persons().map(|mention| mention.entity).collect();
        candidates.extend(
            quoted.filter(|&quoted| {
                self.entities[quoted].kind == EntityKind::Person && self.fits(quoted, gender)
            }),
        );
        let first = *candidates.first()?;
        // Somebody without a name who came since may be meant.
        let since = self.nearest(first, pronoun).map_or(from, |mention| mention.end);
        if (since..pronoun).any(|index| self.is_somebody(index)) {
            return None;
        }
        if candidates.iter().all(|&other| other == first) {
            return Some(first);
        }
        // Somebody who is only spoken of does not take the word: *a-t-il dit à Paul*.
        let subjects = || persons().filter(|mention| !self.is_governed(**mention));
        let last = subjects().next().map(|mention| mention.entity);
        let chosen = last.or(quoted.filter(|quoted| candidates.contains(quoted)))?;
        if quoted == Some(chosen) {
            return Some(chosen);
        }
        // Of several, the one whom the sentence names alone; or the paragraph, where the sentence names none.
        let narrowest = [self.sentence_start(pronoun), self.paragraph_start(pronoun), from]
            .into_iter()
            .find(|&begin| subjects().any(|mention| mention.start >= begin))?;
        let mut named = subjects().filter(|mention| mention.start >= narrowest);
        (self.genders[chosen] == Some(gender) && named.all(|mention| mention.entity == chosen))
            .then_some(chosen)
    }
}

/// How far a sentence or a paragraph is looked through.
const SENTENCE: usize = 160;
const PARAGRAPH: usize = 600;
