//! A sentence as the frames see it: who is named in it and in which part, and what the words between them are.

use std::ops::Range;

use document::{Amount, DateMention, Entity, EntityKind, Span};

use super::frames::{Frames, Need, Role};
use super::names::Names;
use super::patterns::Found;
use super::small::Small;
use crate::tokens::{Case, Kind, Tokens};

/// An article, as far as its facts rest on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Article<'a> {
    pub tokens: &'a Tokens<'a>,
    pub entities: &'a [Entity],
    pub amounts: &'a [Amount],
    pub dates: &'a [DateMention],
    /// Which names are organizations.
    pub names: &'a Names,
    /// The small words of its language.
    pub small: &'a Small,
}

/// The part that a name has in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing before it says otherwise: it may act.
    Subject,
    /// With it something is done.
    Companion,
    /// Something is its own.
    Genitive,
    /// By it something is done.
    Agentive,
    /// It stands right behind a verb of a frame.
    Object,
    /// It is where, what for or whereto.
    Other,
    /// It only tells.
    Source,
    /// Another name, in parentheses, of what was named right before.
    Alias,
}

/// A name in a sentence, or a word that stands for one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    /// Its first token.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// Whom it names; `None` for a word that stands for whoever was spoken of.
    pub entity: Option<usize>,
    /// What is named.
    pub kind: EntityKind,
    /// Its part.
    pub part: Part,
}

/// A sentence with its names and the phrases that the frames know.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    pub article: Article<'a>,
    pub range: Range<usize>,
    pub phrases: Vec<Found<Role>>,
    /// Names and words that stand for names, in order.
    pub mentions: Vec<Mention>,
    /// Amounts by their number in the article, with their tokens.
    pub amounts: Vec<(Range<usize>, usize)>,
}

/// How far before a name the word may stand that gives it its part: *avec le géant des systèmes d'information Oracle*.
pub(super) const COMPANY: usize = 14;
/// How far an opening without a subject reaches, in tokens.
pub(super) const OPENING: usize = 16;
/// How far one reaches that says no more than when, in tokens.
const SHORT: usize = 6;
/// How far behind *la société* a name may stand that nobody knows, in tokens.
const UNKNOWN: usize = 3;

impl<'a> Sentence<'a> {
    pub(super) fn new(
        article: Article<'a>,
        range: Range<usize>,
        phrases: Vec<Found<Role>>,
        named: &[(Range<usize>, usize)],
    ) -> Self {
        let amounts = within(article, &range, article.amounts, |amount| amount.span);
        let mut sentence = Self { article, range, phrases, mentions: Vec::new(), amounts };
        // *In May* leaves nothing open.
        sentence.phrases.retain(|phrase| {
            let token = article.tokens[phrase.start];
            phrase.meaning != Role::Doubt
                || token.case != Case::Title
                || token.sentence
                || article.small.is_verb_final
        });
        for (tokens, entity) in named {
            let part = sentence.part(tokens);
            sentence.mentions.push(Mention {
                start: tokens.start,
                end: tokens.end,
                entity: Some(article.names.whom(*entity)),
                kind: article.names.kind(*entity),
                part,
            });
        }
        sentence.add_stand_ins(named);
        sentence
    }

    /// Words for organizations that were spoken of take part like names.
    fn add_stand_ins(&mut self, named_here: &[(Range<usize>, usize)]) {
        let mut found: Vec<Mention> = Vec::new();
        for phrase in self.phrases.iter().filter(|phrase| match phrase.meaning {
            Role::StandIn | Role::Pronoun | Role::Buyer | Role::Target => true,
            // *The former has …*, and not *the former chairman*.
            Role::Former | Role::Latter => self.is_followed_by_verb(phrase.end),
            _ => false,
        }) {
            // In *le groupe japonais Kerlane* the name itself follows.
            let of = phrase.end < self.range.end && self.is_genitive(phrase.end);
            // *La filiale de Kerlane* is another than Kerlane.
            let owner = if of { self.owner_behind(phrase.end) } else { usize::MAX };
            let far = if of || self.follows_preposition(phrase.start) { COMPANY } else { 3 };
            let named = self.mentions.iter().any(|mention| {
                mention.kind == EntityKind::Organization
                    && mention.end > phrase.start
                    && mention.start != owner
                    && mention.start < phrase.end + far
                    && self.is_plain(phrase.end..mention.start)
                    && (far > 3 || !(phrase.end..mention.start).any(|at| self.separates(at)))
            });
            // Or a name that nobody knows: *the start-up Kerlane*, *la société nantaise Kerlane*.
            let after = (phrase.end..self.range.end)
                .take(UNKNOWN)
                .take_while(|&at| self.article.tokens[at].kind == Kind::Word)
                .take_while(|&at| {
                    self.article.tokens[at].case != Case::Lower || self.role_at(at, |_| true).is_none()
                })
                .find(|&at| self.article.tokens[at].case != Case::Lower);
            let unknown = phrase.meaning == Role::StandIn
                && after.filter(|&at| at == phrase.end || !self.article.small.is_verb_final).is_some_and(
                    |at| at == phrase.end || !named_here.iter().any(|(tokens, _)| tokens.contains(&at)),
                );
            // *Kerlane, the bus maker*: of a name that nobody knows.
            let apposed = !self.article.small.is_verb_final
                && phrase.start >= self.range.start + 2
                && self.form(phrase.start - 1) == ","
                && self.is_unknown_name(phrase.start - 2, named_here)
                && !self.acts_at(phrase.end);
            // *The Kerlane Group* is a name.
            let is_name = !self.article.small.is_verb_final
                && phrase.end - phrase.start > 2
                && self.article.tokens[phrase.end - 1].case != Case::Lower;
            if named
                || unknown
                || apposed
                || is_name
                || found.last().is_some_and(|last| last.end > phrase.start)
            {
                continue;
            }
            found.push(Mention {
                start: phrase.start,
                end: phrase.end,
                entity: self.article.names.called(self.form(phrase.end - 1)),
                kind: EntityKind::Organization,
                part: self.part(&(phrase.start..phrase.end)),
            });
        }
        self.mentions.extend(found);
        self.mentions.sort_by_key(|mention| mention.start);
    }

    /// Where the name begins that a genitive at `at` leads to: right behind it, or, where an article stands before it,
    /// farther on: *la filiale du chinois Kerlane*.
    fn owner_behind(&self, at: usize) -> usize {
        let definite = self.form(at) == "du" || self.is_article(at + 1);
        let named = self.mentions.iter().find(|mention| mention.start > at);
        named
            .filter(|mention| definite && self.is_plain(at..mention.start))
            .map_or(at + 1, |mention| mention.start)
    }

    /// Whether a verb stands at `at`, or a comma.
    fn is_followed_by_verb(&self, at: usize) -> bool {
        at < self.range.end && (self.form(at) == "," || self.acts_at(at))
    }

    /// Whether a verb that the frames know begins at `at`.
    fn acts_at(&self, at: usize) -> bool {
        let acts = |role| matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Plan | Role::Announcement);
        self.role_at(at, acts).is_some()
    }

    /// Whether the sentence begins, before `at`, with a noun that stands for no organization: *ce plat*, *the law*.
    pub(super) fn opens_with_a_noun(&self, at: usize) -> bool {
        let first = self.range.start;
        first + 1 < at
            && self.article.small.determiners.contains(&self.article.tokens[first].hash)
            && (self.article.small.is_verb_final || self.article.tokens[first + 1].case == Case::Lower)
            && !self.is_of(first, Role::StandIn)
            && !self.is_of(first, Role::Both)
    }

    /// Whether only words in small letters stand in `range`.
    fn is_plain(&self, range: Range<usize>) -> bool {
        range.start <= range.end
            && range.clone().all(|at| {
                let token = self.article.tokens[at];
                token.kind == Kind::Word
                    && token.case == Case::Lower
                    && self
                        .role_at(at, |role| matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Plan))
                        .is_none()
            })
    }

    /// Whether the word at `at` keeps apart what stands on both sides: *le fabricant à Kerlane*.
    pub(super) fn separates(&self, at: usize) -> bool {
        let apart =
            |role| matches!(role, Role::Companion | Role::Agentive | Role::Locative | Role::Preposition);
        self.role_at(at, apart).is_some()
    }

    pub(super) fn follows_preposition(&self, at: usize) -> bool {
        self.phrases.iter().any(|phrase| {
            phrase.end == at && matches!(phrase.meaning, Role::Genitive | Role::Preposition | Role::Companion)
        })
    }

    /// Whether it begins with a company that nobody recognised: *Kerlane, the British group that …*.
    pub(super) fn opens_with_a_stranger(&self) -> bool {
        let first = self.range.start;
        let comma = (first..self.range.end.min(first + 4)).find(|&at| self.form(at) == ",");
        let Some(comma) = comma.filter(|&comma| comma > first) else { return false };
        let names = |at: usize| {
            self.article.tokens[at].kind == Kind::Word && self.article.tokens[at].case != Case::Lower
        };
        (first..comma).all(names)
            && !self.mentions.iter().any(|mention| mention.start <= comma)
            && comma + 2 < self.range.end
            && self.phrases.iter().any(|phrase| {
                // *Separately, the group is …*: it acts itself.
                phrase.meaning == Role::StandIn && phrase.start == comma + 1 && !self.acts_at(phrase.end)
            })
    }

    /// Whether the word at `at` looks like a name that is none of those `named`.
    fn is_unknown_name(&self, at: usize, named: &[(Range<usize>, usize)]) -> bool {
        let token = self.article.tokens[at];
        matches!(token.kind, Kind::Word | Kind::Mixed)
            && matches!(token.case, Case::Title | Case::Upper | Case::Mixed)
            && !named.iter().any(|(tokens, _)| tokens.contains(&at))
    }

    /// Whether its first words look like a name that nobody recognised and acts: *Kerlane has …*, *Kerlane, de son côté, …*.
    pub(super) fn opens_with_an_unknown(&self) -> bool {
        let first = self.range.start;
        let (tokens, small) = (self.article.tokens, self.article.small);
        let acts = |role| matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Plan | Role::Announcement);
        let second = (first + 1..self.range.end.min(first + 3))
            .find(|&at| tokens[at].case == Case::Lower || tokens[at].kind == Kind::Mark)
            .unwrap_or(self.range.end);
        let goes_on = second < self.range.end
            && (self.role_at(second, acts).is_some() && !small.plurals.contains(&tokens[second].hash)
                || self.form(second) == ","
                    && self.role_at(second + 1, |role| role == Role::Aside).is_some());
        goes_on
            && self.form(first).len() > 2
            && matches!(tokens[first].kind, Kind::Word | Kind::Mixed)
            && !small.indefinites.contains(&tokens[first].hash)
            && !self.mentions.iter().any(|mention| mention.start < second)
            && self.role_at(first, |_| true).is_none()
            && !self.is_article(first)
    }

    /// Whether its first words name somebody or something that is no organization, and that acts or is acted on.
    pub(super) fn opens_with_another(&self) -> bool {
        self.mentions.first().is_some_and(|mention| {
            mention.start <= self.range.start + 1
                && mention.part == Part::Subject
                && mention.kind != EntityKind::Organization
        })
    }

    /// Whether it is about something that is no organization, so that a pronoun in the next one stands for that: *The city
    /// council has …*, *Ohio a …*. What stands in a place is its owner's.
    pub(super) fn is_of_a_thing(&self, frames: &Frames) -> bool {
        let acts = |role| matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Plan);
        let Some(verb) = (self.range.start..self.range.end).find(|&at| self.role_at(at, acts).is_some())
        else {
            return false;
        };
        let first = self.range.start;
        let named = self.mentions.iter().find(|mention| mention.end <= verb);
        match named {
            Some(mention) => {
                mention.kind == EntityKind::Place && mention.start <= first + 1 && mention.end == verb
            }
            None => {
                self.opens_with_a_noun(verb)
                    && !(first..verb).any(|at| self.is_noun_of_place(at, frames) || self.form(at) == ",")
            }
        }
    }

    /// Where the main clause begins before `at`: behind the comma after an opening *Au premier semestre*.
    pub(super) fn main_clause(&self, at: usize) -> usize {
        let start = self.range.start;
        let comma = (start..at).rev().find(|&at| self.form(at) == ",");
        let acts = |mention: &Mention| mention.part == Part::Subject && mention.kind != EntityKind::Place;
        match comma {
            Some(comma)
                if comma < start + OPENING
                    && self.opens_with_a_preposition()
                    && !self.mentions.iter().any(|mention| mention.end <= comma && acts(mention)) =>
            {
                comma + 1
            }
            _ => start,
        }
    }

    /// Where an opening without a subject ends, if there is one: behind the comma of *Au premier semestre, …*.
    pub(super) fn opening_end(&self) -> usize {
        let start = self.range.start;
        let comma = (start..self.range.end.min(start + SHORT)).find(|&at| self.form(at) == ",");
        match comma {
            Some(comma)
                if self.opens_with_a_preposition()
                    && !self.mentions.iter().any(|mention| mention.start <= comma) =>
            {
                comma + 1
            }
            _ => start,
        }
    }

    /// Whether it begins with a word for when, where or with whom.
    pub(super) fn opens_with_a_preposition(&self) -> bool {
        let prepositions = |role| {
            matches!(
                role,
                Role::Companion
                    | Role::Preposition
                    | Role::Locative
                    | Role::Agentive
                    | Role::Genitive
                    | Role::Example
            )
        };
        self.role_at(self.range.start, prepositions).is_some()
            || matches!(self.form(self.range.start), "au" | "du")
    }

    /// Whether it is the first of its paragraph.
    pub(super) fn begins_paragraph(&self) -> bool {
        self.article.tokens[self.range.start].line
    }

    /// Whether the word at `at` is an article, or stands for one: *the*, *its*.
    pub(super) fn is_article(&self, at: usize) -> bool {
        self.article.tokens.get(at).is_some_and(|token| self.article.small.articles.contains(&token.hash))
    }

    /// Whether the word at `at` is *and*.
    pub(super) fn is_joint(&self, at: usize) -> bool {
        self.article.tokens.get(at).is_some_and(|token| self.article.small.joints.contains(&token.hash))
    }

    /// Whether the word at `at` is *of*.
    pub(super) fn is_genitive(&self, at: usize) -> bool {
        self.article.tokens.get(at).is_some_and(|token| self.article.small.genitives.contains(&token.hash))
    }

    /// The form of the token at `at`.
    pub(super) fn form(&self, at: usize) -> &str {
        self.article.tokens.form(at)
    }

    /// The phrase of a role that begins at `at`.
    pub(super) fn role_at(&self, at: usize, is: impl Fn(Role) -> bool) -> Option<&Found<Role>> {
        self.phrases.iter().find(|phrase| phrase.start == at && is(phrase.meaning))
    }

    pub(super) fn is_of(&self, at: usize, role: Role) -> bool {
        self.phrases.iter().any(|phrase| phrase.meaning == role && (phrase.start..phrase.end).contains(&at))
    }

    /// Whether a noun at `at` names something that stands in a place: a plant, a mine.
    pub(super) fn is_noun_of_place(&self, at: usize, frames: &Frames) -> bool {
        let stands = |frame: u16| frames.all[usize::from(frame)].needs.contains(&Need::Place);
        self.role_at(at, |role| matches!(role, Role::Noun(frame) if stands(frame))).is_some()
    }

    /// The tokens around `at` up to the next words or marks that end a clause.
    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        let mut clause = self.range.clone();
        for phrase in self.phrases.iter().filter(|phrase| phrase.meaning == Role::Clause) {
            if phrase.end <= at {
                clause.start = clause.start.max(phrase.end);
            } else if phrase.start > at {
                clause.end = clause.end.min(phrase.start);
            }
        }
        clause
    }

    /// The tokens of the amount of this number, if it lies here.
    pub(super) fn tokens_of_amount(&self, number: usize) -> Option<&Range<usize>> {
        self.amounts.iter().find(|(_, known)| *known == number).map(|(tokens, _)| tokens)
    }

    /// The dates in it, in order.
    pub(super) fn dates(&self) -> impl Iterator<Item = (Range<usize>, &'a DateMention)> {
        let dates = self.article.dates;
        within(self.article, &self.range, dates, |date| date.span)
            .into_iter()
            .map(move |(tokens, number)| (tokens, &dates[number]))
    }
}

/// Those of these spans, which are in order, that lie in the tokens `range`: their tokens and their numbers.
pub(super) fn within<One>(
    article: Article<'_>,
    range: &Range<usize>,
    spans: &[One],
    span: impl Fn(&One) -> Span,
) -> Vec<(Range<usize>, usize)> {
    let Some(whole) = article.tokens.span(range.clone()) else { return Vec::new() };
    let first = spans.partition_point(|one| span(one).start < whole.start);
    spans[first..]
        .iter()
        .zip(first..)
        .take_while(|(one, _)| span(one).start < whole.end)
        .filter(|(one, _)| span(one).end <= whole.end)
        .map(|(one, number)| (article.tokens.covering(span(one)), number))
        .collect()
}
