//! Who does what in a sentence, where, when and how much.

use document::EntityKind;

use super::Statement;
use super::frames::{Agents, Frame, Frames, Need, Role};
use super::patterns::Found;
use super::sentence::{Part, Sentence};

/// Reads the statements of a sentence.
pub(super) struct Reader<'r, 'a> {
    pub frames: &'r Frames,
    pub sentence: &'r Sentence<'a>,
    /// Whom the sentences before were about.
    pub topic: Option<usize>,
    /// The two organizations that were named last, in order.
    pub pair: [Option<usize>; 2],
}

/// How far behind a trigger a word may stand that makes it something else, in tokens.
const UNLESS: usize = 6;
/// More agents than these are a list of examples.
const AGENTS_MAX: usize = 4;

impl Reader<'_, '_> {
    /// What the sentence states.
    pub(super) fn statements(&self) -> Vec<Statement> {
        let triggers: Vec<_> = self
            .sentence
            .phrases
            .iter()
            .filter_map(|phrase| match phrase.meaning {
                Role::Verb(frame) => Some((*phrase, frame, true)),
                Role::Noun(frame) => Some((*phrase, frame, false)),
                _ => None,
            })
            .collect();
        let mut statements = Vec::new();
        for (index, &(trigger, frame, is_verb)) in triggers.iter().enumerate() {
            // Of phrases that begin together the longest is the one; inside another, none.
            let covered = triggers.iter().enumerate().any(|(other, (phrase, of, _))| {
                other != index
                    && *of == frame
                    && phrase.start <= trigger.start
                    && phrase.end >= trigger.end
                    && (phrase.end - phrase.start > trigger.end - trigger.start || other < index)
            });
            if covered || self.is_denied(trigger, is_verb) {
                continue;
            }
            let next = triggers[index + 1..]
                .iter()
                .find(|(phrase, of, _)| *of == frame && phrase.start >= trigger.end)
                .map_or(self.sentence.range.end, |(phrase, ..)| phrase.start);
            statements.extend(self.read(trigger, frame, is_verb, next));
        }
        statements
    }

    fn frame(&self, number: u16) -> &Frame {
        &self.frames.frames[usize::from(number)]
    }

    /// What a trigger states; `next` is where the next one of its frame begins.
    fn read(&self, trigger: Found<Role>, number: u16, is_verb: bool, next: usize) -> Vec<Statement> {
        let frame = self.frame(number);
        if is_verb && self.is_adjective(trigger) {
            return Vec::new();
        }
        if !is_verb && frame.has_events && !self.has_event(trigger, number) {
            return Vec::new();
        }
        let unless = self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Unless(number)
                && phrase.start >= trigger.end
                && phrase.start < trigger.end + UNLESS
        });
        if unless {
            return Vec::new();
        }
        let amount = self.amount(trigger, frame, is_verb, next);
        if frame.needs.contains(&Need::Amount) && amount.is_none() {
            return Vec::new();
        }
        let status = self.status(trigger, number, frame.needs.contains(&Need::Status));
        if frame.needs.contains(&Need::Status) && status.is_none() {
            return Vec::new();
        }
        let statement = |agents: Vec<usize>, objects: Vec<usize>, place: Option<usize>| Statement {
            frame: number,
            agents,
            objects,
            place,
            when: self.when(trigger),
            amount,
            status,
            evidence: self.sentence.range.clone(),
        };
        if frame.needs.contains(&Need::Place) {
            let pairs = self.distributed(trigger);
            if pairs.len() > 1
                || (pairs.len() == 1 && self.subjects(trigger, is_verb, is_organization).is_empty())
            {
                return pairs
                    .into_iter()
                    .map(|(place, agent)| statement(vec![agent], Vec::new(), Some(place)))
                    .collect();
            }
        }
        let place = self.place(trigger, frame.needs.contains(&Need::Place));
        if frame.needs.contains(&Need::Place) && place.is_none() {
            return Vec::new();
        }
        let (agents, objects) = match frame.agents {
            Agents::Subject => (self.actors(trigger, is_verb, !is_verb), Vec::new()),
            Agents::Parties | Agents::Pair => {
                let mut agents = self.both(trigger).unwrap_or_else(|| self.actors(trigger, is_verb, false));
                if agents.is_empty() && !is_verb && self.is_of_topic(trigger) {
                    // *Le contrat, de 3 milliards, …*
                    agents.extend(self.topic);
                }
                let from = self
                    .sentence
                    .mentions
                    .iter()
                    .rfind(|mention| {
                        mention.end <= trigger.start
                            && mention.part == Part::Subject
                            && is_organization(mention.kind)
                    })
                    .map_or(trigger.start, |subject| subject.end);
                let before = Found { start: from, end: from, meaning: trigger.meaning };
                for companion in self.after(before, trigger.start, &[Part::Companion], is_organization) {
                    if !agents.is_empty() && !agents.contains(&companion) {
                        agents.push(companion);
                    }
                }
                for companion in self.after(trigger, next, &[Part::Companion], is_organization) {
                    if !agents.contains(&companion) {
                        agents.push(companion);
                    }
                }
                if let &[only] = &agents[..] {
                    // *Avec X, Y a …*
                    agents.extend(self.companion_before(trigger).filter(|companion| *companion != only));
                }
                (agents, Vec::new())
            }
            Agents::SubjectAndObject => self.actors_and_objects(trigger, is_verb, amount.is_some(), next),
        };
        let least = if frame.agents == Agents::Pair { 2 } else { 1 };
        if !(least..=AGENTS_MAX).contains(&agents.len()) {
            return Vec::new();
        }
        vec![statement(agents, objects, place)]
    }
}

pub(super) fn is_organization(kind: EntityKind) -> bool {
    kind == EntityKind::Organization
}

/// Whether it can be bought.
pub(super) fn is_thing(kind: EntityKind) -> bool {
    kind != EntityKind::Place
}
