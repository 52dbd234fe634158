//! How far it has come, and whether it is so at all.

use super::frames::{Role, Status};
use super::patterns::Found;
use super::reader::{Reader, is_organization};
use super::sentence::Part;
use crate::tokens::Kind;

/// How far before a trigger a word may stand that denies it, in words.
const DENIAL: usize = 8;
/// How far before a trigger a word may stand that plans it, in tokens.
const PLAN: usize = 8;
/// How far from a noun its event may stand, in tokens.
const EVENT: usize = 30;
/// How far before a trigger a word may stand that announces it, in tokens.
const ANNOUNCED: usize = 10;

impl Reader<'_, '_> {
    /// How far it has come: what the nearest of the frame's words says, unless it is only planned.
    pub(super) fn status(&self, trigger: Found<Role>, number: u16, of_frame: bool) -> Option<Status> {
        let sentence = self.sentence;
        if !of_frame {
            return self.is_planned(trigger.start).then_some(Status::Announced);
        }
        let nearest = sentence
            .phrases
            .iter()
            .filter_map(|phrase| match phrase.meaning {
                Role::Status(frame, status) if frame == number => {
                    let distance = if phrase.start >= trigger.end {
                        phrase.start - trigger.end
                    } else {
                        trigger.start.saturating_sub(phrase.end)
                    };
                    Some((distance, phrase.start, status))
                }
                _ => None,
            })
            .min_by_key(|(distance, start, _)| (*distance, *start));
        let (_, start, status) = nearest?;
        if self.is_denied(Found { start, end: start + 1, meaning: trigger.meaning }, true) {
            return None;
        }
        if status != Status::Closed && self.is_planned(start) {
            return Some(Status::Announced);
        }
        Some(status)
    }

    pub(super) fn is_planned(&self, at: usize) -> bool {
        let clause = self.sentence.clause(at);
        self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Plan
                && phrase.start >= clause.start
                && phrase.start <= at
                && at < phrase.end + PLAN
        })
    }

    /// Whether something right before the trigger in its clause, or its own form, says that it is not so or only may be.
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
                Role::Negation | Role::Doubt => {
                    before || (phrase.start >= trigger.end && phrase.start < trigger.end + 2)
                }
                Role::Conditional => before && !self.is_announced(trigger),
                Role::Denial => phrase.start >= clause.start && phrase.end <= trigger.start,
                _ => false,
            }
        });
        let form = sentence.form(trigger.start);
        let conditional = form.ends_with("rait") || form.ends_with("raient");
        denied || (is_verb && conditional && !self.is_announced(trigger))
    }

    /// Whether whoever acts said so: *X said it would build*, *X a annoncé qu'il investirait*. Of others, it is hearsay.
    pub(super) fn is_announced(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let said = sentence
            .phrases
            .iter()
            .rfind(|phrase| phrase.meaning == Role::Announcement && phrase.end <= trigger.start);
        said.is_some_and(|said| {
            trigger.start - said.end <= ANNOUNCED
                && sentence.phrases.iter().any(|phrase| {
                    phrase.meaning == Role::Pronoun && phrase.start >= said.end && phrase.end <= trigger.start
                })
                && !sentence.mentions.iter().any(|mention| {
                    mention.entity.is_some()
                        && mention.start >= said.end
                        && mention.end <= trigger.start
                        && mention.part == Part::Subject
                })
        })
    }

    /// Whether a French participle stands without what would make it a verb: *l'usine rachetée à Kerlane*.
    pub(super) fn is_adjective(&self, trigger: Found<Role>) -> bool {
        let form = self.sentence.form(trigger.start);
        let participle = ["é", "ée", "és", "ées"].iter().any(|ending| form.ends_with(ending));
        let from = trigger.start.saturating_sub(5).max(self.sentence.range.start);
        participle
            && !(from..trigger.start)
                .any(|at| self.sentence.role_at(at, |role| role == Role::Auxiliary).is_some())
            && self.after(trigger, trigger.end + 4, &[Part::Agentive], is_organization).is_empty()
    }

    pub(super) fn has_event(&self, trigger: Found<Role>, number: u16) -> bool {
        self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Event(number)
                && (phrase.end <= trigger.start || phrase.start >= trigger.end)
                && phrase.end + EVENT > trigger.start
                && phrase.start < trigger.end + EVENT
                && !self.is_denied(*phrase, true)
        })
    }
}
