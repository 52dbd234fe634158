//! In which part is somebody named?

use std::ops::Range;

use document::EntityKind;

use super::frames::Role;
use super::patterns::Found;
use super::sentence::{COMPANY, Mention, Part, Sentence};
use crate::tokens::{Case, Kind};

/// How far before a name in a row the word may stand that joins it, in tokens.
const ROW: usize = 5;
/// How far before a name a noun may stand that it is the name of: *la société japonaise Kerlane*.
const APPOSED: usize = 4;

impl Sentence<'_> {
    /// The part of the name at `tokens`.
    pub(super) fn part(&self, tokens: &Range<usize>) -> Part {
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
        // *with Germany's Kerlane*: as without its country.
        if before > self.range.start + 1 && self.form(before - 1) == "'s" {
            let country = |mention: &&Mention| mention.end == before - 1 && mention.kind == EntityKind::Place;
            if let Some(country) = self.mentions.iter().find(country) {
                before = country.start;
            }
        }
        if before > self.range.start
            && let Some(part) = self.part_of_row(before - 1)
        {
            return part;
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
                let apart = |role| {
                    matches!(
                        role,
                        Role::Relative | Role::Embedding | Role::Verb(_) | Role::Auxiliary | Role::Plan
                    )
                };
                self.article.tokens[at].kind == Kind::Word
                    && self.article.tokens[at].case == Case::Lower
                    && !self.separates(at)
                    && (self.is_of(at, Role::StandIn) || self.role_at(at, apart).is_none())
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
                if let Some(part) = self.part_of_row(before) {
                    return part;
                }
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
            while before > self.range.start && self.is_article(before - 1) {
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
            .find(|&at| self.is_joint(at) && self.is_article(at + 1))
            .unwrap_or(last);
        if (self.form(joint) == ","
            || self.is_joint(joint)
            || self.article.small.alternatives.contains(&self.article.tokens[joint].hash))
            && let Some(neighbour) = self.mentions.last().filter(|mention| {
                // *…, most of them at Felixstowe, and X has …*: not in a row with a place.
                let alike = mention.kind != EntityKind::Place
                    || self.role_at(tokens.end, acts).is_none()
                        && !(self.form(joint) == "," && self.may_act(tokens.end));
                mention.entity.is_some()
                    && alike
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

    /// Whether a word stands at `at` that may be a verb: in small letters, and none of those that lead to another name.
    fn may_act(&self, at: usize) -> bool {
        at < self.range.end
            && self.article.tokens[at].kind == Kind::Word
            && self.article.tokens[at].case == Case::Lower
            && !self.is_joint(at)
            && !self.is_article(at)
            && self.role_at(at, Role::links).is_none()
    }

    /// The part of the name before in a row that repeats its preposition, which stands at `at`: *auprès de X et de Y*, *à X
    /// et au groupe Y*.
    fn part_of_row(&self, at: usize) -> Option<Part> {
        let joint = at.checked_sub(1).filter(|&joint| joint > self.range.start)?;
        if self.form(joint) != "," && !self.is_joint(joint) {
            return None;
        }
        let neighbour = self.mentions.iter().rfind(|mention| mention.end <= joint)?;
        let led = |at: usize| preposition(self.form(at)) == preposition(self.form(joint + 1));
        let same = led(neighbour.start) || neighbour.start > self.range.start && led(neighbour.start - 1);
        let beside = matches!(neighbour.part, Part::Companion | Part::Agentive);
        (neighbour.end == joint && same && beside).then_some(neighbour.part)
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

    /// Whether a phrase of this role ends at `at`.
    fn is_behind(&self, at: usize, role: Role) -> bool {
        self.phrases.iter().any(|phrase| phrase.meaning == role && phrase.end == at)
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
                        !self.is_genitive(phrase.end)
                            && !matches!(self.form(phrase.end), "quelques" | "some")
                            && self.article.tokens[phrase.end].kind == Kind::Word
                    }
                    Role::Agentive => self.is_article(phrase.end),
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

    /// Whether the name at `tokens` only tells: *selon X*, *rapporte X*, *X reports*.
    fn tells(&self, tokens: &Range<usize>) -> bool {
        self.phrases.iter().filter(|phrase| phrase.meaning == Role::Source && !self.gives(phrase)).any(
            |phrase| {
                // *Puts X's share at 8%*: X tells nothing.
                let owns = self.article.tokens.get(tokens.end).is_some()
                    && self.article.tokens.form(tokens.end).starts_with('\'');
                let before = phrase.end <= tokens.start
                    && !owns
                    && tokens.start - phrase.end <= 2
                    && self.is_small(phrase.end..tokens.start);
                let after = phrase.start >= tokens.end
                    && phrase.start - tokens.end <= 1
                    && self.form(phrase.start.saturating_sub(1)) != ","
                    && !self.follows_preposition(phrase.start);
                before || (after && self.is_at_edge(tokens.start))
            },
        )
    }

    /// Whether a word for telling is one for giving here: *X a confié à Y un marché*.
    fn gives(&self, tells: &Found<Role>) -> bool {
        let is_verb = |verb: &Found<Role>| {
            matches!(verb.meaning, Role::Verb(_)) && verb.start <= tells.start && verb.end == tells.end
        };
        let name = (tells.end..self.range.end)
            .take_while(|&at| self.article.tokens[at].case != Case::Lower && self.form(at) != ",");
        name.last().is_some_and(|last| last + 1 < self.range.end && self.is_article(last + 1))
            && self.phrases.iter().any(is_verb)
    }

    /// Whether only articles and small words stand in `range`.
    fn is_small(&self, range: Range<usize>) -> bool {
        range.into_iter().all(|at| self.article.tokens[at].case == Case::Lower)
    }

    /// Whether a mark, or the sentence, begins right before `at`: *…, X reports*.
    fn is_at_edge(&self, at: usize) -> bool {
        let mut at = at;
        while at > self.range.start && self.is_article(at - 1) {
            at -= 1;
        }
        at > self.range.start && self.form(at - 1) == ","
    }
}

/// A preposition without the article that is contracted with it.
fn preposition(form: &str) -> &str {
    match form {
        "au" | "aux" => "à",
        "du" | "des" | "d'" => "de",
        form => form,
    }
}
