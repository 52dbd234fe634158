//! How far has it come?

use super::frames::{Role, Status};
use super::patterns::Found;
use super::reader::{Reader, is_organization};
use super::sentence::Part;

/// How far before a trigger a word may stand that plans it, in tokens.
const PLAN: usize = 8;
/// How far before *a new plant* the verb may stand that it is the object of, in tokens.
const OPENED: usize = 8;
/// How far from a noun its event may stand, in tokens.
const EVENT: usize = 30;

impl Reader<'_, '_> {
    /// How far it has come: what the nearest of the frame's words says, unless it is only planned.
    pub(super) fn status(
        &self,
        trigger: Found<Role>,
        number: u16,
        is_verb: bool,
        of_frame: bool,
    ) -> Option<Status> {
        let sentence = self.sentence;
        if !of_frame {
            return self.is_ahead(trigger, is_verb).then_some(Status::Announced);
        }
        let distance = |phrase: &Found<Role>| {
            let away = if phrase.start >= trigger.end {
                phrase.start - trigger.end
            } else {
                trigger.start.saturating_sub(phrase.end)
            };
            (away, phrase.start)
        };
        let of_frame = |phrase: &&Found<Role>| match phrase.meaning {
            Role::Status(frame, _) | Role::New(frame) => frame == number,
            _ => false,
        };
        let nearest = sentence.phrases.iter().filter(of_frame).min_by_key(|phrase| distance(phrase))?;
        let (start, status) = match nearest.meaning {
            Role::Status(_, status) => (nearest.start, status),
            _ => self.opened(*nearest, number).unwrap_or((nearest.start, Status::Announced)),
        };
        if self.is_denied(Found { start, end: start + 1, meaning: trigger.meaning }, true) {
            return None;
        }
        if status != Status::Closed && self.is_planned(start) {
            return Some(Status::Announced);
        }
        Some(status)
    }

    /// What the verb says of something new that is its object, and where: *opened in May a new plant*.
    fn opened(&self, new: Found<Role>, number: u16) -> Option<(usize, Status)> {
        let sentence = self.sentence;
        let goes_on = |at: usize| {
            sentence.is_joint(at) || sentence.role_at(at, |role| role == Role::Relative).is_some()
        };
        sentence.phrases.iter().rev().find_map(|phrase| match phrase.meaning {
            Role::Status(frame, status)
                if frame == number
                    && phrase.end <= new.start
                    && phrase.end + OPENED >= new.start
                    && !(phrase.end..new.start).any(goes_on) =>
            {
                Some((phrase.start, status))
            }
            _ => None,
        })
    }

    /// Whether it is still to come: planned, in the future tense, announced in the conditional (*a annoncé qu'il
    /// investirait*), or waiting for others to agree.
    pub(super) fn is_ahead(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        self.is_planned(trigger.start)
            || is_verb && (self.is_future(trigger) || self.is_hypothetical(trigger))
            || self.awaits_approval(trigger)
    }

    /// Whether a verb's form is the French future: *investira*.
    pub(super) fn is_future(&self, trigger: Found<Role>) -> bool {
        (trigger.start..trigger.end).any(|at| {
            let form = self.sentence.form(at);
            form.len() > 4 && (form.ends_with("ra") || form.ends_with("ront"))
        })
    }

    pub(super) fn is_planned(&self, at: usize) -> bool {
        let clause = self.sentence.clause(at);
        self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Plan
                && phrase.start >= clause.start
                && phrase.start <= at
                && (at < phrase.end + PLAN || self.sentence.article.small.is_verb_final)
                && !self.is_embedded_behind(phrase.end, at)
        })
    }

    /// Whether another clause begins behind `from` and goes on to `at`: *est prévue à X, où Y exploite une usine*.
    fn is_embedded_behind(&self, from: usize, at: usize) -> bool {
        (from..at).any(|comma| {
            self.sentence.form(comma) == ","
                && self.sentence.role_at(comma + 1, |role| role == Role::Embedding).is_some()
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
