//! Who does what in a sentence, where, when and how much.

use document::{EntityKind, Measure};

use super::Statement;
use super::frames::{Agents, Frame, Frames, Need, Role, Status};
use super::patterns::Found;
use super::sentence::{Mention, Part, Sentence};

/// Reads the statements of a sentence.
pub(super) struct Reader<'r, 'a> {
    pub frames: &'r Frames,
    pub sentence: &'r Sentence<'a>,
    /// Whom the sentences before were about.
    pub topic: Option<usize>,
    /// The two organizations that were named last, in order.
    pub pair: [Option<usize>; 2],
}

/// How far before a trigger a word may stand that denies it, in tokens.
const DENIAL: usize = 8;
/// How far before a trigger a word may stand that plans it, in tokens.
const PLAN: usize = 8;
/// How far from a noun its event may stand, in tokens.
const EVENT: usize = 30;
/// How far before a trigger a word may stand that announces it, in tokens.
const ANNOUNCED: usize = 10;
/// How far behind a trigger a word may stand that makes it something else, in tokens.
const UNLESS: usize = 6;
/// How far from a trigger a place may stand, in tokens.
const PLACE: usize = 22;
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

    /// Who acts: of a noun, whose it is, when that stands beside it; else the subject.
    fn actors(&self, trigger: Found<Role>, is_verb: bool, of_noun: bool) -> Vec<usize> {
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
    fn is_of_topic(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let before = trigger.start.saturating_sub(3).max(sentence.range.start);
        trigger.start <= sentence.range.start + 2
            || (before..trigger.start)
                .any(|at| sentence.role_at(at, |role| role == Role::Possessive).is_some())
    }

    /// The two organizations that *les deux groupes* stands for, where it acts.
    fn both(&self, trigger: Found<Role>) -> Option<Vec<usize>> {
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
    fn companion_before(&self, trigger: Found<Role>) -> Option<usize> {
        let mentions = &self.sentence.mentions;
        let first = mentions.iter().find(|mention| is_organization(mention.kind))?;
        let acts = |mention: &Mention| mention.part == Part::Subject && is_organization(mention.kind);
        let subject = mentions
            .iter()
            .any(|mention| acts(mention) && mention.start >= first.end && mention.end <= trigger.start);
        first.entity.filter(|_| first.part == Part::Companion && subject)
    }

    /// Whom a relative clause around the trigger goes on about: *auprès de X, qui est devenu …*.
    fn antecedent(&self, trigger: Found<Role>, is: fn(EntityKind) -> bool) -> Option<usize> {
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

    fn actors_and_objects(
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
    fn owner(&self, trigger: Found<Role>) -> Option<usize> {
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
    fn subjects(&self, trigger: Found<Role>, is_verb: bool, is: fn(EntityKind) -> bool) -> Vec<usize> {
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
    fn is_embedded(&self, mention: &Mention, trigger: Found<Role>) -> bool {
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
    fn after(
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
    fn identity(&self, mention: &Mention) -> Option<usize> {
        let sentence = self.sentence;
        mention.entity.or_else(|| antecedent(sentence, mention)).or_else(|| {
            // *Ce plat est bon : il s'allie …*: a pronoun is of its own sentence's subject, if that has one.
            let is_pronoun = sentence.role_at(mention.start, |role| role == Role::Pronoun).is_some();
            self.topic.filter(|_| !(is_pronoun && sentence.opens_with_a_noun(mention.start)))
        })
    }

    /// The amount that belongs to a trigger: the nearest of the first of the frame's measures that is there, in the same
    /// clause and before the next trigger of the frame.
    fn amount(&self, trigger: Found<Role>, frame: &Frame, is_verb: bool, next: usize) -> Option<usize> {
        if frame.measures.is_empty() {
            return None;
        }
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let reach = frame.amount_reach;
        sentence
            .amounts
            .iter()
            .filter(|(tokens, number)| {
                let amount = &sentence.article.amounts[*number];
                frame.measures.contains(&amount.measure)
                    && (!frame.needs.contains(&Need::Rate)
                        || amount.per.is_some()
                        || amount.measure == Measure::Power)
                    && amount.value.is_some()
                    && tokens.start >= clause.start
                    && tokens.end <= clause.end.min(next)
            })
            .filter_map(|(tokens, number)| {
                let distance = if tokens.start >= trigger.end {
                    tokens.start - trigger.end
                } else if tokens.end <= trigger.start {
                    // Before it an amount belongs to it only as its quantity: *300 milliards de contrats*.
                    (trigger.start - tokens.end) * if is_verb { 4 } else { 2 }
                } else {
                    0
                };
                let measure = sentence.article.amounts[*number].measure;
                let rank = frame.measures.iter().position(|known| *known == measure);
                (distance <= reach).then_some((rank, distance, *number))
            })
            .min()
            .map(|(.., number)| number)
    }

    /// Where it happens.
    fn place(&self, trigger: Found<Role>, of_thing: bool) -> Option<usize> {
        let sentence = self.sentence;
        let located = |mention: &&Mention| {
            mention.kind == EntityKind::Place
                && self.is_located(
                    mention.start,
                    of_thing && mention.start >= trigger.end && mention.start < trigger.end + 6,
                )
        };
        let examples = |from: usize, to: usize| {
            sentence
                .phrases
                .iter()
                .any(|phrase| phrase.meaning == Role::Example && phrase.start >= from && phrase.end <= to)
        };
        // Somebody else acts from here on: *X a fermé son usine, et Y ouvre la sienne à Z*.
        let turns = |from: usize, to: usize| {
            sentence.mentions.iter().any(|mention| {
                mention.start > from
                    && mention.end <= to
                    && is_organization(mention.kind)
                    && mention.part == Part::Subject
                    && matches!(sentence.form(mention.start - 1), "," | "et" | "and" | "while")
            })
        };
        let behind = sentence
            .mentions
            .iter()
            .filter(located)
            .find(|mention| mention.start >= trigger.end && mention.start - trigger.end <= PLACE)
            .filter(|mention| !examples(trigger.end, mention.start) && !turns(trigger.end, mention.start));
        let before = || {
            sentence
                .mentions
                .iter()
                .rev()
                .filter(located)
                .find(|mention| mention.end <= trigger.start && trigger.start - mention.end <= PLACE)
                .filter(|mention| !examples(mention.end, trigger.start))
        };
        behind.or_else(before).and_then(|mention| mention.entity)
    }

    /// Whether a word for where stands before the name at `start`: *à*, *dans l'État de*, *au centre du*.
    fn is_located(&self, start: usize, genitive: bool) -> bool {
        let sentence = self.sentence;
        let from = start.saturating_sub(5).max(sentence.range.start);
        let mut at = start;
        while at > from {
            let before = at - 1;
            if matches!(sentence.form(before), "," | ";" | ":" | "(" | ")")
                || sentence.mentions.iter().any(|mention| (mention.start..mention.end).contains(&before))
            {
                return false;
            }
            for phrase in sentence.phrases.iter().filter(|phrase| phrase.end == at) {
                match phrase.meaning {
                    Role::Locative => return true,
                    Role::Genitive if genitive => return true,
                    _ => {}
                }
            }
            at = before;
        }
        false
    }

    /// Places that are each given with who is there: *l'une à Houston avec Kerlane, l'autre à Dallas avec Zorane*.
    fn distributed(&self, trigger: Found<Role>) -> Vec<(usize, usize)> {
        let sentence = self.sentence;
        let mentions = &sentence.mentions;
        mentions
            .iter()
            .zip(mentions.iter().skip(1))
            .filter(|(place, agent)| {
                place.start >= trigger.start
                    && place.kind == EntityKind::Place
                    && agent.kind == EntityKind::Organization
                    && matches!(agent.part, Part::Companion | Part::Agentive)
                    && agent.start <= place.end + 3
                    && self.is_located(place.start, false)
            })
            .filter_map(|(place, agent)| Some((place.entity?, agent.entity?)))
            .collect()
    }

    /// How far it has come: what the nearest of the frame's words says, unless it is only planned.
    fn status(&self, trigger: Found<Role>, number: u16, of_frame: bool) -> Option<Status> {
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
        if status != Status::Closed && self.is_planned(start) {
            return Some(Status::Announced);
        }
        Some(status)
    }

    fn is_planned(&self, at: usize) -> bool {
        let clause = self.sentence.clause(at);
        self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Plan
                && phrase.start >= clause.start
                && phrase.start <= at
                && at < phrase.end + PLAN
        })
    }

    /// The date that stands in the sentence: the first behind the trigger, else the last before it.
    fn when(&self, trigger: Found<Role>) -> Option<String> {
        let dates: Vec<_> = self.sentence.dates().collect();
        let date = dates
            .iter()
            .find(|(tokens, _)| tokens.start >= trigger.end)
            .or_else(|| dates.iter().rfind(|(tokens, _)| tokens.end <= trigger.start));
        date.and_then(|(_, date)| date.resolved.clone().or_else(|| date.edtf.clone()))
    }

    /// Whether something right before the trigger in its clause, or its own form, says that it is not so or only may be.
    fn is_denied(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let from = trigger.start.saturating_sub(DENIAL).max(clause.start);
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
    fn is_announced(&self, trigger: Found<Role>) -> bool {
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
    fn is_adjective(&self, trigger: Found<Role>) -> bool {
        let form = self.sentence.form(trigger.start);
        let participle = ["é", "ée", "és", "ées"].iter().any(|ending| form.ends_with(ending));
        let from = trigger.start.saturating_sub(5).max(self.sentence.range.start);
        participle
            && !(from..trigger.start)
                .any(|at| self.sentence.role_at(at, |role| role == Role::Auxiliary).is_some())
            && self.after(trigger, trigger.end + 4, &[Part::Agentive], is_organization).is_empty()
    }

    fn has_event(&self, trigger: Found<Role>, number: u16) -> bool {
        self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Event(number)
                && (phrase.end <= trigger.start || phrase.start >= trigger.end)
                && phrase.end + EVENT > trigger.start
                && phrase.start < trigger.end + EVENT
                && !self.is_denied(*phrase, true)
        })
    }
}

fn is_organization(kind: EntityKind) -> bool {
    kind == EntityKind::Organization
}

/// Whether it can be bought.
fn is_thing(kind: EntityKind) -> bool {
    kind != EntityKind::Place
}

/// Whether a verb's form has no subject of its own: an infinitive or a present participle, French or English.
fn is_infinite(form: &str) -> bool {
    ["er", "ir", "re", "ant", "ing"].iter().any(|ending| form.ends_with(ending))
}

/// The organization that a sentence is about: the first that acts, else the first that is named and does not only tell.
/// `None` where that is whom the one before was about.
pub(super) fn topic_of(sentence: &Sentence<'_>) -> Option<usize> {
    if sentence.phrases.iter().any(|phrase| phrase.meaning == Role::Aside) {
        return None;
    }
    let organizations = || sentence.mentions.iter().filter(|mention| is_organization(mention.kind));
    let first = organizations()
        .find(|mention| mention.part == Part::Subject)
        .or_else(|| organizations().find(|mention| !matches!(mention.part, Part::Source | Part::Alias)))?;
    first.entity.or_else(|| antecedent(sentence, first))
}

/// The two organizations that were named last, after this sentence.
pub(super) fn pair_of(sentence: &Sentence<'_>, before: [Option<usize>; 2]) -> [Option<usize>; 2] {
    let acts = |mention: &&Mention| {
        is_organization(mention.kind)
            && !matches!(mention.part, Part::Source | Part::Alias | Part::Other | Part::Agentive)
    };
    sentence.mentions.iter().filter(acts).filter_map(|mention| mention.entity).fold(before, |pair, entity| {
        match pair {
            [_, Some(last)] if last == entity => pair,
            [first, None] if first == Some(entity) => pair,
            [first, None] => [first, Some(entity)],
            [_, last] => [last, Some(entity)],
        }
    })
}

/// The organization that is named before a word that stands for one, in the same sentence.
fn antecedent(sentence: &Sentence<'_>, stand_in: &Mention) -> Option<usize> {
    let is_one = |mention: &&Mention| {
        mention.end <= stand_in.start
            && mention.entity.is_some()
            && is_organization(mention.kind)
            && matches!(mention.part, Part::Subject | Part::Genitive)
    };
    sentence.mentions.iter().rfind(is_one).and_then(|mention| mention.entity)
}
