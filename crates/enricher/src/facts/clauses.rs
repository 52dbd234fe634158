//! Who acts in the clauses around a trigger, and whose the thing is that it names.

use document::EntityKind;

use super::frames::Role;
use super::patterns::Found;
use super::reader::{Reader, is_organization};
use super::sentence::{Mention, OPENING, Part};

/// How far behind a noun a clause may begin that goes on about it, in tokens.
const PURSUED: usize = 12;

impl Reader<'_, '_> {
    /// Who acts in a clause that goes on about a noun: *une usine que X construit*, *a plant that X is building*.
    pub(super) fn pursuer(&self, trigger: Found<Role>) -> Option<usize> {
        let sentence = self.sentence;
        let link = sentence.phrases.iter().find(|phrase| {
            matches!(phrase.meaning, Role::Embedding | Role::Relative)
                && phrase.start >= trigger.end
                && phrase.start < trigger.end + PURSUED
        })?;
        let acts = |role| {
            matches!(
                role,
                Role::Verb(_)
                    | Role::Auxiliary
                    | Role::Plan
                    | Role::Announcement
                    | Role::Source
                    | Role::Clause
            )
        };
        if (trigger.end..link.start).any(|at| sentence.role_at(at, acts).is_some()) {
            return None;
        }
        let mention = sentence.mentions.iter().find(|mention| mention.start >= trigger.end)?;
        let follows = mention.start >= link.end && mention.start < link.end + 3;
        if follows && mention.part == Part::Subject && is_organization(mention.kind) {
            self.identity(mention)
        } else {
            None
        }
    }

    /// Whom a relative clause around the trigger goes on about: *auprès de X, qui est devenu …*.
    pub(super) fn antecedent(&self, trigger: Found<Role>, is: fn(EntityKind) -> bool) -> Option<usize> {
        let sentence = self.sentence;
        let relative = sentence
            .phrases
            .iter()
            .rfind(|phrase| phrase.meaning == Role::Relative && phrase.end <= trigger.start)?;
        let before = if relative.start > sentence.range.start && sentence.form(relative.start - 1) == "," {
            relative.start - 1
        } else {
            relative.start
        };
        // A comma ends it, or another who acts.
        let ended = (relative.end..trigger.start).any(|at| sentence.form(at) == ",")
            || sentence.mentions.iter().any(|mention| {
                mention.start >= relative.end && mention.end <= trigger.start && mention.part == Part::Subject
            });
        let named = sentence.mentions.iter().find(|mention| mention.end == before && is(mention.kind))?;
        if ended { None } else { named.entity }
    }

    /// Who acts behind an opening that has no subject: *Avec 40 % du marché, X …*, *En rachetant X, Y …*.
    pub(super) fn fronted(&self, trigger: Found<Role>, is: fn(EntityKind) -> bool) -> Option<usize> {
        let sentence = self.sentence;
        // *Capable d'assembler …, X …*
        let opens = trigger.start == sentence.range.start || self.sentence.opens_with_a_preposition();
        if trigger.start > sentence.range.start + OPENING || !opens {
            return None;
        }
        sentence
            .mentions
            .iter()
            .filter(|mention| mention.part == Part::Subject && is(mention.kind))
            .find(|mention| {
                let at = (sentence.range.start..mention.start)
                    .rev()
                    .take_while(|&at| self.is_beside_a_name(at))
                    .last()
                    .unwrap_or(mention.start);
                at > trigger.end
                    && sentence.form(at - 1) == ","
                    && sentence.role_at(mention.end, |role| role == Role::Clause).is_none()
            })
            .and_then(|mention| self.identity(mention))
    }

    /// Whether a mention stands in a clause between commas that ends before the trigger.
    pub(super) fn is_embedded(&self, mention: &Mention, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let opens = |phrase: &&Found<Role>| {
            matches!(phrase.meaning, Role::Relative | Role::Embedding)
                && phrase.end <= mention.start
                && phrase.start > sentence.range.start
                && sentence.form(phrase.start - 1) == ","
        };
        let Some(opening) = sentence.phrases.iter().rfind(opens) else { return false };
        let comma = |at: &usize| sentence.form(*at) == ",";
        !(opening.end..mention.start).any(|at| comma(&at))
            && (mention.end..trigger.start).any(|at| comma(&at))
    }

    /// The organization whose the thing is that a noun names: *les installations de TSMC*, *Kerlane's plant*.
    pub(super) fn owner(&self, trigger: Found<Role>) -> Option<usize> {
        let organization = |mention: &&Mention| {
            mention.kind == EntityKind::Organization
                && (mention.part == Part::Genitive
                    || mention.part == Part::Other && self.is_led_by(mention.start, Role::Host))
        };
        let mentions = &self.sentence.mentions;
        let behind = mentions.iter().filter(organization).find(|mention| {
            mention.start >= trigger.end
                && mention.start <= trigger.end + 5
                && !(trigger.end..mention.start)
                    .any(|at| matches!(self.sentence.form(at), "," | "(" | ":" | ";"))
                && !mentions.iter().any(|other| other.start >= trigger.end && other.start < mention.start)
        });
        behind.and_then(|mention| self.identity(mention)).or_else(|| self.possessor(trigger))
    }

    /// Whose a noun is by what stands right before it: *Kerlane's plant*.
    pub(super) fn possessor(&self, trigger: Found<Role>) -> Option<usize> {
        let sentence = self.sentence;
        let mention = sentence.mentions.iter().find(|mention| {
            is_organization(mention.kind)
                && mention.part == Part::Genitive
                && mention.end < trigger.start
                && mention.end + 5 > trigger.start
                && sentence.form(mention.end).starts_with('\'')
                && (mention.end + 1..trigger.start).all(|at| self.is_beside_a_name(at))
        })?;
        self.identity(mention)
    }

    /// Whose a thing is that bears its name: *l'usine Kerlane*, *the Kerlane plant*.
    pub(super) fn bearer(&self, trigger: Found<Role>) -> Option<usize> {
        let beside = |mention: &&Mention| {
            is_organization(mention.kind)
                && mention.entity.is_some()
                && (mention.start == trigger.end || mention.end == trigger.start)
        };
        self.sentence.mentions.iter().find(beside).and_then(|mention| mention.entity)
    }
}
