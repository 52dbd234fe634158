//! Who acts, with whom, and to whom it is done.

use document::EntityKind;

use super::frames::Role;
use super::patterns::Found;
use super::reader::{Reader, is_organization, is_thing};
use super::sentence::{Mention, Part};
use super::topic::antecedent;

impl Reader<'_, '_> {
    /// Who acts: of a noun, whose it is, when that stands beside it; else the subject.
    pub(super) fn actors(&self, trigger: Found<Role>, is_verb: bool, of_noun: bool) -> Vec<usize> {
        if of_noun && let Some(owner) = self.owner(trigger) {
            return vec![owner];
        }
        let end = (trigger.end + 8).min(self.sentence.range.end);
        let agentive = self.after(trigger, end, &[Part::Agentive], is_organization);
        if !agentive.is_empty() {
            return agentive;
        }
        let subjects = self.subjects(trigger, is_verb, is_organization);
        if subjects.is_empty() && of_noun && self.is_of_topic(trigger) {
            return self.topic.into_iter().collect();
        }
        subjects
    }

    /// Whether a noun is of whom the sentences before were about: *Son bénéfice net*, or where it opens the sentence.
    pub(super) fn is_of_topic(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let before = trigger.start.saturating_sub(3).max(sentence.range.start);
        trigger.start <= sentence.range.start + 2
            || (before..trigger.start)
                .any(|at| sentence.role_at(at, |role| role == Role::Possessive).is_some())
    }

    /// The two organizations that *les deux groupes* stands for, where it acts.
    pub(super) fn both(&self, trigger: Found<Role>) -> Option<Vec<usize>> {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let both = sentence.phrases.iter().rfind(|phrase| {
            phrase.meaning == Role::Both && phrase.start >= clause.start && phrase.end <= trigger.start
        })?;
        let another = sentence.mentions.iter().any(|mention| {
            mention.start >= both.end
                && mention.end <= trigger.start
                && mention.part == Part::Subject
                && is_organization(mention.kind)
        });
        let [Some(one), Some(other)] = self.pair else { return None };
        (!another).then(|| vec![one, other])
    }

    /// The organization at the head of the sentence with which its subject acts.
    pub(super) fn companion_before(&self, trigger: Found<Role>) -> Option<usize> {
        let mentions = &self.sentence.mentions;
        let first = mentions.iter().find(|mention| is_organization(mention.kind))?;
        let acts = |mention: &Mention| mention.part == Part::Subject && is_organization(mention.kind);
        let subject = mentions
            .iter()
            .any(|mention| acts(mention) && mention.start >= first.end && mention.end <= trigger.start);
        first.entity.filter(|_| first.part == Part::Companion && subject)
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

    pub(super) fn actors_and_objects(
        &self,
        trigger: Found<Role>,
        is_verb: bool,
        has_amount: bool,
        next: usize,
    ) -> (Vec<usize>, Vec<usize>) {
        let agentive = self.after(trigger, next, &[Part::Agentive], is_organization);
        let parts: &[Part] = if is_verb { &[Part::Subject, Part::Object] } else { &[Part::Genitive] };
        let behind = || self.after(trigger, next, parts, is_thing);
        let (agents, objects) = match (agentive.is_empty(), is_verb) {
            // *X est racheté par Y*
            (false, true) => (agentive, self.subjects(trigger, true, is_thing)),
            // *le rachat de X par Y*
            (false, false) => (agentive, behind()),
            (true, _) => (self.subjects(trigger, is_verb, is_organization), behind()),
        };
        if objects.is_empty() && !(is_verb && has_amount) {
            return (Vec::new(), Vec::new());
        }
        (agents.into_iter().filter(|agent| !objects.contains(agent)).collect(), objects)
    }

    /// The organization whose the thing is that a noun names: *les installations de TSMC*, *Kerlane's plant*.
    pub(super) fn owner(&self, trigger: Found<Role>) -> Option<usize> {
        let organization =
            |mention: &&Mention| mention.kind == EntityKind::Organization && mention.part == Part::Genitive;
        let mentions = &self.sentence.mentions;
        let behind = mentions.iter().filter(organization).find(|mention| {
            mention.start >= trigger.end
                && mention.start <= trigger.end + 5
                && !(trigger.end..mention.start)
                    .any(|at| matches!(self.sentence.form(at), "," | "(" | ":" | ";"))
                && !mentions.iter().any(|other| other.start >= trigger.end && other.start < mention.start)
        });
        let before = || {
            mentions.iter().filter(organization).find(|mention| {
                mention.end < trigger.start
                    && mention.end + 3 > trigger.start
                    && self.sentence.form(mention.end).starts_with('\'')
            })
        };
        behind.or_else(before).and_then(|mention| self.identity(mention))
    }

    /// Who acts before the trigger.
    pub(super) fn subjects(
        &self,
        trigger: Found<Role>,
        is_verb: bool,
        is: fn(EntityKind) -> bool,
    ) -> Vec<usize> {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        // An infinitive or a participle has its subject where the clause before has it, a noun too.
        if let Some(antecedent) = self.antecedent(trigger, is) {
            return vec![antecedent];
        }
        let finite = is_verb && !is_infinite(sentence.form(trigger.start));
        let from = if finite { clause.start } else { sentence.range.start };
        let candidates: Vec<&Mention> = sentence
            .mentions
            .iter()
            .filter(|mention| {
                mention.start >= from
                    && mention.end <= trigger.start
                    && is(mention.kind)
                    && mention.part == Part::Subject
                    && !self.is_embedded(mention, trigger)
            })
            .collect();
        let Some(nearest) = candidates.last() else { return Vec::new() };
        let generic = sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Generic && phrase.start >= nearest.end && phrase.end <= trigger.start
        });
        if generic {
            return Vec::new();
        }
        let Some(first) = self.identity(nearest) else { return Vec::new() };
        let mut agents = vec![first];
        // All that act together: *X et Y*, also with what is said of X between them.
        if nearest.entity.is_some() {
            for mention in candidates.iter().rev().skip(1) {
                let joined = sentence.range.start <= mention.end
                    && (mention.end..nearest.start).any(|at| matches!(sentence.form(at), "et" | "and" | "&"))
                    && !(mention.end..nearest.start).any(|at| {
                        sentence
                            .role_at(at, |role| {
                                matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Clause | Role::Plan)
                            })
                            .is_some()
                    });
                let entity = if joined { self.identity(mention) } else { None };
                let Some(entity) = entity.filter(|entity| !agents.contains(entity)) else { break };
                agents.insert(0, entity);
            }
        }
        agents
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

    /// The organizations behind a trigger, before `end`, that have one of these parts.
    pub(super) fn after(
        &self,
        trigger: Found<Role>,
        end: usize,
        parts: &[Part],
        is: fn(EntityKind) -> bool,
    ) -> Vec<usize> {
        let sentence = self.sentence;
        let end = sentence.clause(trigger.start).end.min(end);
        let mut agents: Vec<usize> = Vec::new();
        let mut last: Option<usize> = None;
        for mention in &sentence.mentions {
            if mention.start < trigger.end
                || mention.end > end
                || !is(mention.kind)
                || !parts.contains(&mention.part)
            {
                continue;
            }
            let from = last.unwrap_or(trigger.end);
            if last.is_some_and(|last| mention.start > last + 3) {
                break;
            }
            let examples = sentence.phrases.iter().any(|phrase| {
                phrase.meaning == Role::Example && phrase.start >= from && phrase.end <= mention.start
            });
            let generic = sentence.phrases.iter().any(|phrase| {
                phrase.meaning == Role::Generic && phrase.start >= from && phrase.end <= mention.start
            });
            let verb = trigger.start < trigger.end
                && (from..mention.start)
                    .any(|at| sentence.role_at(at, |role| role == Role::Auxiliary).is_some());
            if examples || generic || verb {
                break;
            }
            let Some(entity) = self.identity(mention) else { continue };
            if !agents.contains(&entity) {
                agents.push(entity);
            }
            last = Some(mention.end);
        }
        agents
    }

    /// Whom a mention names, or stands for: the organization before it in the sentence, else the topic.
    pub(super) fn identity(&self, mention: &Mention) -> Option<usize> {
        let sentence = self.sentence;
        mention.entity.or_else(|| antecedent(sentence, mention)).or_else(|| {
            // *Ce plat est bon : il s'allie …*: a pronoun is of its own sentence's subject, if that has one.
            let is_pronoun = sentence.role_at(mention.start, |role| role == Role::Pronoun).is_some();
            self.topic.filter(|_| !(is_pronoun && sentence.opens_with_a_noun(mention.start)))
        })
    }
}

/// Whether a verb's form has no subject of its own: an infinitive or a present participle, French or English.
fn is_infinite(form: &str) -> bool {
    ["er", "ir", "re", "ant", "ing"].iter().any(|ending| form.ends_with(ending))
}
