//! Is it so at all? What is denied, came to nothing, is made up or depends on an *if* is no fact.

use document::EntityKind;

use super::agents::is_infinite;
use super::frames::Role;
use super::patterns::Found;
use super::reader::{Reader, is_organization};
use super::sentence::{Mention, Part, Sentence};
use crate::tokens::{Case, Kind};

/// How far before a trigger a word may stand that denies it, in words.
const DENIAL: usize = 8;
/// How far before a trigger a word may stand that announces it, in tokens.
const ANNOUNCED: usize = 10;
/// How far behind the comma that ends a statement the words may stand that say whose it is: *…, it said*.
const SAID: usize = 4;

impl Reader<'_, '_> {
    /// Whether the words around the trigger, or its own form, say that it is not so or only may be.
    pub(super) fn is_denied(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let from = (clause.start..trigger.start)
            .rev()
            .filter(|&at| sentence.article.tokens[at].kind == Kind::Word)
            .nth(DENIAL - 1)
            .unwrap_or(clause.start);
        let denied = sentence.phrases.iter().any(|phrase| {
            let before = phrase.start >= from && phrase.end <= trigger.start;
            match phrase.meaning {
                // *übernimmt X nicht*
                Role::Negation if sentence.article.small.is_verb_final => {
                    phrase.start >= clause.start && phrase.end <= clause.end
                }
                Role::Negation | Role::Doubt => {
                    before || (phrase.start >= trigger.end && phrase.start < trigger.end + 2)
                }
                Role::Nearly => is_verb && phrase.end == trigger.start,
                Role::Conditional => before && !self.is_announced(trigger),
                Role::Denial => phrase.start >= clause.start && phrase.end <= trigger.start,
                _ => false,
            }
        });
        denied
            || is_verb && self.is_hypothetical(trigger) && !self.is_announced(trigger)
            || self.is_refused(trigger, is_verb)
            || self.is_conditional(trigger, is_verb)
    }

    /// Whether a verb's form is the French conditional: *investirait*.
    pub(super) fn is_hypothetical(&self, trigger: Found<Role>) -> bool {
        let form = self.sentence.form(trigger.start);
        form.ends_with("rait") || form.ends_with("raient")
    }

    /// Whether what a noun or an infinitive names was refused or came to nothing: *turned down an offer to buy X*, *le
    /// rachat de X a été rejeté*. What a finite verb states came about, whatever was refused besides.
    fn is_refused(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        let is_deed = match trigger.meaning {
            Role::Verb(frame) | Role::Noun(frame) => self.frame(frame).is_deed,
            _ => false,
        };
        if !is_deed || is_verb && !self.is_bare(trigger) {
            return false;
        }
        let clause = sentence.clause(trigger.start);
        let comma = |from: usize, to: usize| (from..to).any(|at| sentence.form(at) == ",");
        let is_auxiliary = |at: usize| sentence.role_at(at, |role| role == Role::Auxiliary).is_some();
        // Another verb between a noun and what became of it has the noun for its subject or object.
        let acts = |from: usize, to: usize| {
            let to = (from..to).rev().find(|&at| !is_auxiliary(at)).map_or(from, |at| at + 1);
            (from..to).any(|at| {
                let links = |role| matches!(role, Role::Relative | Role::Embedding);
                is_auxiliary(at) || sentence.role_at(at, links).is_some()
            })
        };
        sentence.phrases.iter().any(|phrase| match phrase.meaning {
            Role::Refusal => {
                phrase.start >= clause.start
                    && phrase.end <= trigger.start
                    && !comma(phrase.end, trigger.start)
            }
            Role::Failure => {
                phrase.start >= trigger.end && phrase.end <= clause.end && !acts(trigger.end, phrase.start)
            }
            _ => false,
        })
    }

    /// Whether a verb stands in the infinitive, or behind the English *to*.
    fn is_bare(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        is_infinite(sentence.form(trigger.start))
            || (trigger.start.saturating_sub(1).max(sentence.range.start)..trigger.end)
                .any(|at| sentence.form(at) == "to")
    }

    /// Whether something has to come about first: *will buy X if …*, *rachètera X à condition que …*.
    fn is_conditional(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let conditions = || {
            sentence.phrases.iter().filter(|phrase| {
                phrase.meaning == Role::Condition
                    && phrase.start >= clause.start
                    && phrase.end <= clause.end
                    && sentence.role_at(phrase.start, |role| role == Role::Approval).is_none()
            })
        };
        if conditions().next().is_none() {
            return false;
        }
        let acts = |from: usize, to: usize| {
            (from..to).any(|at| {
                sentence
                    .role_at(at, |role| {
                        matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Plan | Role::Conditional)
                    })
                    .is_some()
            })
        };
        let open = self.is_ahead(trigger, is_verb) || is_verb && self.is_bare(trigger);
        conditions().any(|condition| {
            if condition.end <= trigger.start {
                open
            } else {
                condition.start >= trigger.end && (open || !acts(trigger.end, condition.start))
            }
        })
    }

    /// Whether others still have to agree to it: *sous réserve du feu vert de …*.
    pub(super) fn awaits_approval(&self, trigger: Found<Role>) -> bool {
        let clause = self.sentence.clause(trigger.start);
        self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Approval && phrase.start >= clause.start && phrase.end <= clause.end
        })
    }

    /// Whether whoever acts said so: *X said it would build*, *X a annoncé qu'il investirait*, *…, it said*. Of others, it
    /// is hearsay, unless somebody says it who speaks for them: *le directeur général a confirmé que X investirait*.
    pub(super) fn is_announced(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let own = |from: usize, to: usize| {
            sentence
                .mentions
                .iter()
                .any(|mention| mention.entity.is_none() && mention.start >= from && mention.end <= to)
        };
        let said = sentence
            .phrases
            .iter()
            .rfind(|phrase| phrase.meaning == Role::Announcement && phrase.end <= trigger.start);
        if let Some(said) = said
            && trigger.start - said.end <= ANNOUNCED
        {
            let other = |mention: &&Mention| {
                mention.entity.is_some()
                    && mention.start >= said.end
                    && mention.end <= trigger.start
                    && mention.part == Part::Subject
            };
            return match sentence.mentions.iter().find(other) {
                None => own(said.end, trigger.start),
                Some(_) => self.is_said_for(said.start),
            };
        }
        let behind = sentence.phrases.iter().find(|phrase| {
            phrase.meaning == Role::Announcement
                && phrase.start >= trigger.end
                && (phrase.start.saturating_sub(SAID)..phrase.start).any(|at| sentence.form(at) == ",")
        });
        behind.is_some_and(|said| own(said.start.saturating_sub(SAID), said.end + SAID))
    }

    /// Whether somebody speaks before `end` who speaks for whoever acts, and no other organization.
    fn is_said_for(&self, end: usize) -> bool {
        let sentence = self.sentence;
        let before = |mention: &&Mention| mention.end <= end && mention.part == Part::Subject;
        let mut speakers = sentence.mentions.iter().filter(before);
        let of_person = |mention: &Mention| mention.kind == EntityKind::Person;
        let spokesman =
            sentence.phrases.iter().any(|phrase| phrase.meaning == Role::Spokesman && phrase.end <= end);
        let person = sentence.mentions.iter().any(|mention| mention.end <= end && of_person(mention));
        (spokesman || person) && !speakers.any(|mention| is_organization(mention.kind))
    }
}

impl Sentence<'_> {
    /// Whether it says of what was told before that it came to nothing: *The deal collapsed*, *Les discussions ont échoué*.
    pub(super) fn comes_to_nothing(&self) -> bool {
        let first = self.range.start;
        let definite = self.is_article(first) && !matches!(self.form(first), "a" | "an" | "un" | "une");
        self.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Failure
                && self.phrases.iter().any(|noun| {
                    matches!(noun.meaning, Role::Noun(_) | Role::Doubt)
                        && (definite && noun.start <= first + 2 || noun.start == first)
                        && noun.end <= phrase.start
                        && phrase.start - noun.end <= 3
                })
        })
    }

    /// Whether it tells what somebody has made up: *dans le roman, …*, *in the film about …*. In *le film plastique* and
    /// *the film industry* another noun follows; *200 millions dans la série* are spent on it.
    pub(super) fn is_fiction(&self) -> bool {
        self.phrases.iter().filter(|phrase| phrase.meaning == Role::Fiction).any(|phrase| {
            let spent = self
                .amounts
                .iter()
                .any(|(tokens, _)| tokens.end <= phrase.start && tokens.end + 2 > phrase.start)
                || self
                    .phrases
                    .iter()
                    .any(|verb| matches!(verb.meaning, Role::Verb(_)) && verb.end == phrase.start);
            let Some(next) = self.article.tokens.get(phrase.end).filter(|_| phrase.end < self.range.end)
            else {
                return !spent;
            };
            let leads = |role| {
                matches!(
                    role,
                    Role::Preposition
                        | Role::Locative
                        | Role::Genitive
                        | Role::Agentive
                        | Role::Companion
                        | Role::Relative
                        | Role::Embedding
                )
            };
            let whole = next.kind != Kind::Word
                || next.case == Case::Title && self.form(phrase.end).len() > 1
                || self.role_at(phrase.end, leads).is_some();
            whole && !spent
        })
    }

    /// Whether that begins with its first words, so that what the paragraph goes on to tell is made up as well.
    pub(super) fn opens_fiction(&self) -> bool {
        let first = self.range.start;
        self.phrases.iter().any(|phrase| phrase.meaning == Role::Fiction && phrase.start <= first + 2)
    }
}
