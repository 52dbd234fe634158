//! A sentence as the frames see it: who is named in it and in which part, and what the words between them are.

use std::ops::Range;

use document::{Amount, DateMention, Entity, EntityKind, Span};

use super::frames::Role;
use super::names::Names;
use super::patterns::Found;
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
const COMPANY: usize = 14;
/// How far behind *la société* a name may stand that nobody knows, in tokens.
const UNKNOWN: usize = 3;
/// How far before a name in a row the word may stand that joins it, in tokens.
const ROW: usize = 5;
/// How far before a name a noun may stand that it is the name of: *la société japonaise Kerlane*.
const APPOSED: usize = 4;

impl<'a> Sentence<'a> {
    pub(super) fn new(
        article: Article<'a>,
        range: Range<usize>,
        phrases: Vec<Found<Role>>,
        named: &[(Range<usize>, usize)],
    ) -> Self {
        let amounts = within(article, &range, article.amounts.iter().map(|amount| amount.span));
        let mut sentence = Self { article, range, phrases, mentions: Vec::new(), amounts };
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
        for phrase in
            self.phrases.iter().filter(|phrase| matches!(phrase.meaning, Role::StandIn | Role::Pronoun))
        {
            // In *le groupe japonais Kerlane* the name itself follows.
            let of =
                phrase.end < self.range.end && matches!(self.form(phrase.end), "de" | "d'" | "des" | "of");
            let far = if of || self.follows_preposition(phrase.start) { COMPANY } else { 3 };
            let named = self.mentions.iter().any(|mention| {
                mention.kind == EntityKind::Organization
                    && mention.end > phrase.start
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
                && after.is_some_and(|at| {
                    at == phrase.end || !named_here.iter().any(|(tokens, _)| tokens.contains(&at))
                });
            if named || unknown || found.last().is_some_and(|last| last.end > phrase.start) {
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

    /// Whether the sentence begins, before `at`, with a noun that stands for no organization: *ce plat*, *the law*.
    pub(super) fn opens_with_a_noun(&self, at: usize) -> bool {
        const DETERMINERS: [&str; 14] =
            ["le", "la", "les", "l'", "ce", "cet", "cette", "ces", "un", "une", "the", "this", "these", "a"];
        let first = self.range.start;
        first + 1 < at
            && DETERMINERS.contains(&self.form(first))
            && self.article.tokens[first + 1].case == Case::Lower
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
    fn separates(&self, at: usize) -> bool {
        let apart =
            |role| matches!(role, Role::Companion | Role::Agentive | Role::Locative | Role::Preposition);
        self.role_at(at, apart).is_some()
    }

    /// The part of the name at `tokens`.
    fn part(&self, tokens: &Range<usize>) -> Part {
        if self.tells(tokens) {
            return Part::Source;
        }
        let mut before = tokens.start;
        match self.form(before) {
            "du" => return Part::Genitive,
            "au" => return Part::Other,
            _ => {}
        }
        if before > self.range.start && self.form(before - 1) == "(" {
            return Part::Alias;
        }
        // *the maker of Dove*: its name is another.
        if self.is_behind(before, Role::Genitive) {
            return self.part_behind(before).unwrap_or(Part::Genitive);
        }
        // What stands right before it, past its article and the noun that it is the name of.
        if let Some(noun) = (self.range.start..before)
            .rev()
            .take(APPOSED)
            .take_while(|&at| {
                self.article.tokens[at].kind == Kind::Word
                    && self.article.tokens[at].case == Case::Lower
                    && !self.separates(at)
            })
            .find(|&at| {
                self.role_at(at, |role| role == Role::StandIn).is_some() || self.is_of(at, Role::StandIn)
            })
        {
            before = self
                .phrases
                .iter()
                .find(|phrase| phrase.meaning == Role::StandIn && (phrase.start..phrase.end).contains(&noun))
                .map_or(noun, |phrase| phrase.start);
            if matches!(self.form(before), "du" | "au") {
                let with =
                    |phrase: &Found<Role>| phrase.meaning == Role::Companion && phrase.end == before + 1;
                return match self.form(before) {
                    _ if self.phrases.iter().any(with) => Part::Companion,
                    "du" => Part::Genitive,
                    _ => Part::Other,
                };
            }
        } else {
            // *à l'américain Kerlane*: a word that says of which kind it is.
            let kind = before.checked_sub(2).filter(|&at| at >= self.range.start).is_some_and(|article| {
                let token = self.article.tokens[before - 1];
                token.kind == Kind::Word
                    && token.case == Case::Lower
                    && matches!(self.form(article), "le" | "la" | "l'" | "au" | "du" | "the")
                    && self.role_at(before - 1, |_| true).is_none()
            });
            if kind {
                before -= 1;
                match self.form(before - 1) {
                    "du" => return Part::Genitive,
                    "au" => return Part::Other,
                    _ => {}
                }
            }
            while before > self.range.start && is_article(self.form(before - 1)) {
                before -= 1;
            }
        }
        if let Some(part) = self.part_behind(before) {
            return part;
        }
        // An English possessive.
        if self.article.tokens.get(tokens.end).is_some()
            && matches!(self.article.tokens.form(tokens.end), "'s" | "'")
            && tokens.end < self.range.end
            && !self.article.tokens[tokens.end].spaced
        {
            return Part::Genitive;
        }
        let Some(last) = before.checked_sub(1).filter(|&last| last >= self.range.start) else {
            return Part::Subject;
        };
        // *…, X a annoncé*: behind a comma it may begin the clause.
        let acts = |role| matches!(role, Role::Auxiliary | Role::Verb(_) | Role::Plan | Role::Announcement);
        if self.form(last) == "," && self.role_at(tokens.end, acts).is_some() {
            return Part::Subject;
        }
        // A name in a row of names has the part of the one before it, also behind what it is: *X and the fund Y*.
        let joint = (self.range.start..=last)
            .rev()
            .take(ROW)
            .take_while(|&at| self.article.tokens[at].kind == Kind::Word)
            .find(|&at| matches!(self.form(at), "et" | "and") && is_article(self.form(at + 1)))
            .unwrap_or(last);
        if matches!(self.form(joint), "," | "et" | "and" | "&" | "ou" | "or")
            && let Some(neighbour) = self.mentions.last().filter(|mention| {
                mention.entity.is_some()
                    && (mention.end == joint
                        || (mention.end + 1 == joint && matches!(self.form(mention.end), "," | ")")))
            })
        {
            return if matches!(neighbour.part, Part::Alias | Part::Source) {
                Part::Subject
            } else {
                neighbour.part
            };
        }
        self.part_far_behind(before).unwrap_or(Part::Subject)
    }

    /// The part that a word gives that stands farther on: *avec le géant des systèmes d'information Oracle*, *par le fonds
    /// d'investissement Kerlane*.
    fn part_far_behind(&self, before: usize) -> Option<Part> {
        let token = self.article.tokens[before.checked_sub(1)?];
        if token.kind != Kind::Word || token.case != Case::Lower {
            return None;
        }
        let open = |at: &usize| !matches!(self.form(*at), "," | ";" | ":" | "(" | ")" | "«" | "»" | "\"");
        let from = (self.range.start..before).rev().take(COMPANY).take_while(open).last().unwrap_or(before);
        let leads = |phrase: &&Found<Role>| {
            phrase.start >= from
                && phrase.end < before
                && match phrase.meaning {
                    // *avec des pâtes Kerlane*: some of what it makes, and not itself.
                    Role::Companion => {
                        !matches!(self.form(phrase.end), "des" | "du" | "de" | "d'" | "quelques" | "some")
                            && self.article.tokens[phrase.end].kind == Kind::Word
                    }
                    Role::Agentive => is_article(self.form(phrase.end)),
                    _ => false,
                }
        };
        let lead = self.phrases.iter().rfind(leads)?;
        let clause = |at: usize| {
            self.role_at(at, |role| {
                matches!(role, Role::Relative | Role::Embedding | Role::Verb(_) | Role::Auxiliary)
            })
        };
        if (lead.end..before).any(|at| clause(at).is_some())
            || self.mentions.iter().any(|mention| mention.start >= lead.end)
        {
            return None;
        }
        Some(if lead.meaning == Role::Agentive { Part::Agentive } else { Part::Companion })
    }

    /// Whether a phrase of this role ends at `at`.
    fn is_behind(&self, at: usize, role: Role) -> bool {
        self.phrases.iter().any(|phrase| phrase.meaning == role && phrase.end == at)
    }

    /// The part that the phrase gives that ends at `at`.
    fn part_behind(&self, at: usize) -> Option<Part> {
        let leads = |role: Role| match role {
            Role::Companion => Some((0, Part::Companion)),
            Role::Agentive => Some((1, Part::Agentive)),
            // *met la main sur X*: the preposition is the verb's own.
            Role::Verb(_) => Some((2, Part::Object)),
            Role::Genitive => Some((3, Part::Genitive)),
            Role::Locative | Role::Preposition => Some((4, Part::Other)),
            _ => None,
        };
        let here = self.phrases.iter().filter(|phrase| phrase.end == at);
        here.filter_map(|phrase| leads(phrase.meaning)).min_by_key(|(rank, _)| *rank).map(|(_, part)| part)
    }

    /// Whether the name at `tokens` only tells: *selon X*, *rapporte X*, *X reports*.
    fn tells(&self, tokens: &Range<usize>) -> bool {
        self.phrases.iter().filter(|phrase| phrase.meaning == Role::Source).any(|phrase| {
            let before = phrase.end <= tokens.start
                && tokens.start - phrase.end <= 2
                && self.is_small(phrase.end..tokens.start);
            let after = phrase.start >= tokens.end
                && phrase.start - tokens.end <= 1
                && self.form(phrase.start.saturating_sub(1)) != ","
                && !self.follows_preposition(phrase.start);
            before || (after && self.is_at_edge(tokens.start))
        })
    }

    /// Whether only articles and small words stand in `range`.
    fn is_small(&self, range: Range<usize>) -> bool {
        range.into_iter().all(|at| self.article.tokens[at].case == Case::Lower)
    }

    fn follows_preposition(&self, at: usize) -> bool {
        self.phrases.iter().any(|phrase| {
            phrase.end == at && matches!(phrase.meaning, Role::Genitive | Role::Preposition | Role::Companion)
        })
    }

    /// Whether a mark, or the sentence, begins right before `at`: *…, X reports*.
    fn is_at_edge(&self, at: usize) -> bool {
        let mut at = at;
        while at > self.range.start && is_article(self.form(at - 1)) {
            at -= 1;
        }
        at > self.range.start && self.form(at - 1) == ","
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
            && self.phrases.iter().any(|phrase| phrase.meaning == Role::StandIn && phrase.start == comma + 1)
    }

    /// Whether it is the first of its paragraph.
    pub(super) fn begins_paragraph(&self) -> bool {
        self.article.tokens[self.range.start].line
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

    /// The dates in it, in order.
    pub(super) fn dates(&self) -> impl Iterator<Item = (Range<usize>, &'a DateMention)> {
        let dates = self.article.dates;
        within(self.article, &self.range, dates.iter().map(|date| date.span))
            .into_iter()
            .map(move |(tokens, number)| (tokens, &dates[number]))
    }
}

fn is_article(form: &str) -> bool {
    matches!(
        form,
        "le" | "la"
            | "les"
            | "l'"
            | "un"
            | "une"
            | "the"
            | "a"
            | "an"
            | "son"
            | "sa"
            | "ses"
            | "its"
            | "leur"
            | "their"
    )
}

/// Those of these spans, which are in order, that lie in the tokens `range`: their tokens and their numbers.
pub(super) fn within(
    article: Article<'_>,
    range: &Range<usize>,
    spans: impl Iterator<Item = Span>,
) -> Vec<(Range<usize>, usize)> {
    let Some(whole) = article.tokens.span(range.clone()) else { return Vec::new() };
    spans
        .enumerate()
        .filter(|(_, span)| span.start >= whole.start && span.end <= whole.end)
        .map(|(number, span)| (tokens_of(article.tokens, span), number))
        .collect()
}

/// The tokens that a span covers, wholly or in part.
pub(super) fn tokens_of(tokens: &Tokens<'_>, span: Span) -> Range<usize> {
    let list = tokens.as_slice();
    let start = list.partition_point(|token| token.end as usize <= span.start);
    let end = list.partition_point(|token| (token.start as usize) < span.end);
    start..end.max(start)
}
