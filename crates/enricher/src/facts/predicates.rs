//! Who acts, and on whom, where the finite verb comes second and the rest of it ends the clause: *Kerlane hat im Mai
//! Zorane übernommen*, *im Mai übernimmt Kerlane Zorane*.

use document::EntityKind;

use super::frames::Role;
use super::parties::add;
use super::patterns::Found;
use super::reader::{Reader, is_organization, is_thing};
use super::sentence::{Mention, Part};

/// A finite verb, and what belongs to it.
#[derive(Debug)]
pub(super) struct Predicate {
    /// The first token of its clause.
    start: usize,
    /// The tokens of the finite verb.
    finite: (usize, usize),
    /// One past the last token of its clause.
    end: usize,
}

/// How far behind the finite verb its subject may stand, in tokens.
const INVERTED: usize = 8;

impl Reader<'_, '_> {
    /// The predicate that a verb trigger is, or ends.
    pub(super) fn predicate(&self, trigger: Found<Role>) -> Option<Predicate> {
        let sentence = self.sentence;
        if !sentence.article.small.is_verb_final {
            return None;
        }
        let clause = sentence.clause(trigger.start);
        // *Übernommen hat es X*: *es* may be either.
        let is_auxiliary = |at| sentence.role_at(at, |role| role == Role::Auxiliary).is_some();
        if trigger.start == clause.start && is_auxiliary(trigger.end) {
            return Some(Predicate {
                start: clause.start,
                finite: (clause.start, clause.start),
                end: clause.start,
            });
        }
        let second = sentence.phrases.iter().rfind(|phrase| {
            matches!(phrase.meaning, Role::Auxiliary | Role::Plan)
                && phrase.start >= clause.start
                && phrase.end <= trigger.start
        });
        let finite = second.map_or((trigger.start, trigger.end), |second| (second.start, second.end));
        Some(Predicate { start: clause.start, finite, end: clause.end })
    }

    /// The subjects of a predicate: those before the finite verb, else the first behind it.
    pub(super) fn subjects_of(&self, predicate: &Predicate, is: fn(EntityKind) -> bool) -> Vec<usize> {
        let mentions = &self.sentence.mentions;
        let acts = |mention: &&Mention| mention.part == Part::Subject && is(mention.kind);
        let (first, last) = predicate.finite;
        if predicate.start == predicate.end {
            return Vec::new();
        }
        let mut subjects: Vec<&Mention> = mentions
            .iter()
            .filter(|mention| mention.start >= predicate.start && mention.end <= first)
            .filter(acts)
            .collect();
        if subjects.is_empty() {
            // Right behind the verb it is no object: *im Mai übernimmt X*.
            let behind = |mention: &&Mention| {
                mention.start >= last
                    && mention.start < last + INVERTED
                    && (acts(mention) || mention.part == Part::Object && is(mention.kind))
            };
            subjects.extend(mentions.iter().find(behind));
        }
        let mut entities = Vec::new();
        add(&mut entities, subjects.into_iter().filter_map(|mention| self.identity(mention)).collect());
        entities
    }

    /// Who does what stands in the passive: *wurde von X übernommen*; `None` where it is no passive.
    pub(super) fn doers(&self, trigger: Found<Role>, predicate: &Predicate) -> Option<Vec<usize>> {
        let sentence = self.sentence;
        let (first, last) = predicate.finite;
        let is_passive = (first..last)
            .any(|at| sentence.article.small.passives.contains(&sentence.article.tokens[at].hash))
            && is_participle(sentence.form(trigger.start));
        let doers = sentence.mentions.iter().filter(|mention| {
            mention.start >= last
                && mention.end <= trigger.start
                && matches!(mention.part, Part::Agentive | Part::Genitive)
                && is_organization(mention.kind)
        });
        is_passive.then(|| doers.filter_map(|mention| self.identity(mention)).take(1).collect())
    }

    /// What a predicate is done to: who is named behind its finite verb, besides its subject.
    pub(super) fn objects_of(&self, predicate: &Predicate) -> Vec<usize> {
        let subjects = self.subjects_of(predicate, is_organization);
        let mentions = self.sentence.mentions.iter().filter(|mention| {
            mention.start >= predicate.finite.1
                && mention.end <= predicate.end
                && mention.entity.is_some()
                && matches!(mention.part, Part::Subject | Part::Object)
                && is_thing(mention.kind)
        });
        let objects = mentions.filter_map(|mention| self.identity(mention));
        objects.filter(|entity| !subjects.contains(entity)).take(1).collect()
    }
}

/// Whether a German form is a participle and no infinitive: *gekauft*, *übernommen*.
fn is_participle(form: &str) -> bool {
    !form.ends_with("en") || form.contains("ge") || form.ends_with("ommen") || form.ends_with("orben")
}
