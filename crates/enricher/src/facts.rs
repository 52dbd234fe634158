//! What does the article state? Facts, each with the sentence that it rests on.
//!
//! A frame (`config/lexicon/facts.*.toml`) says which words state a kind of fact and what has to stand beside them. The
//! rules here say who acts, with whom, where, when and how much, from the order of names, prepositions and clauses in a
//! sentence, and just across sentences: *le groupe* is the organization that the sentence before was about. What is
//! denied, asked or only possible is no fact. After the frame semantics of Fillmore (1982), without a syntax tree.

mod frames;
mod phrases;
mod sentence;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use document::{Amount, DateMention, Entity, EntityKind, Fact, Measure};

use crate::tokens::Tokens;
pub use frames::WrongFrames;
use frames::{Agents, Frame, Frames, Role, Status};
use phrases::Found;
use sentence::{Article, Mention, Part, Sentence, tokens_of};

/// Finds facts, in the languages that there are frames for.
#[derive(Debug)]
pub(crate) struct FactFinder {
    languages: HashMap<&'static str, Frames>,
}

/// The frames that are built into the binary, by language.
const BUILT_IN: [(&str, &str, &str); 2] = [
    ("fr", "facts.fr.toml", include_str!("../../../config/lexicon/facts.fr.toml")),
    ("en", "facts.en.toml", include_str!("../../../config/lexicon/facts.en.toml")),
];

/// A file of frames that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UnusableFrames {
    /// It is there and cannot be read.
    #[error("cannot read the frames of facts in {}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It says nothing that can be used.
    #[error("the frames of facts in {} are wrong", path.display())]
    Wrong {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        source: WrongFrames,
    },
}

/// Of a document with more, the first so many sentences that state something are read.
const FACTS_MAX: usize = 200;

impl FactFinder {
    /// The built-in frames, with the files of the same names in `folder` added.
    pub(crate) fn new(folder: Option<&Path>) -> Result<Self, UnusableFrames> {
        let mut languages = HashMap::new();
        for (language, name, built_in) in BUILT_IN {
            let path = folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
            let added = match folder.map(|_| fs::read_to_string(&path)) {
                None => None,
                Some(Ok(file)) => Some(file),
                Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => None,
                Some(Err(source)) => return Err(UnusableFrames::Unreadable { path, source }),
            };
            let frames = Frames::read([built_in].into_iter().chain(added.as_deref()))
                .map_err(|source| UnusableFrames::Wrong { path, source })?;
            languages.insert(language, frames);
        }
        Ok(Self { languages })
    }

    /// The facts that a text in the language of this code states, in order.
    ///
    /// `title` tells of whom the first sentence speaks when it names nobody.
    pub(crate) fn find(
        &self,
        tokens: &Tokens<'_>,
        title: &str,
        language: &str,
        entities: &[Entity],
        amounts: &[Amount],
        dates: &[DateMention],
    ) -> Vec<Fact> {
        let Some(frames) = self.languages.get(language) else { return Vec::new() };
        if !entities.iter().any(|entity| entity.kind == EntityKind::Organization) {
            return Vec::new();
        }
        let article = Article { tokens, entities, amounts, dates };
        let mut named: Vec<(Range<usize>, usize)> = entities
            .iter()
            .enumerate()
            .flat_map(|(number, entity)| {
                entity.mentions.iter().map(move |span| (tokens_of(tokens, *span), number))
            })
            .collect();
        named.sort_by_key(|(tokens, _)| tokens.start);
        let mut named = named.as_slice();
        let mut statements: Vec<Statement> = Vec::new();
        let mut topic = entities.iter().position(|entity| {
            entity.kind == EntityKind::Organization && title.contains(entity.name.as_str())
        });
        for range in tokens.sentences() {
            let here = named.partition_point(|(tokens, _)| tokens.start < range.end);
            let (inside, after) = named.split_at(here);
            named = after;
            let phrases = frames.phrases.find(tokens, range.clone());
            let states = phrases.iter().any(|phrase| matches!(phrase.meaning, Role::Verb(_) | Role::Noun(_)));
            if !states && inside.is_empty() {
                continue;
            }
            let sentence = Sentence::new(article, range, phrases, inside);
            if states && statements.len() < FACTS_MAX {
                let reader = Reader { frames, sentence: &sentence, topic };
                for statement in reader.statements() {
                    merge(&mut statements, statement, article);
                }
            }
            topic = topic_of(&sentence).or(topic);
        }
        statements.into_iter().map(|statement| statement.fact(frames, article)).collect()
    }
}

/// The organization that a sentence is about: the first that acts, else the first that is named and does not only tell.
/// `None` where that is whom the one before was about.
fn topic_of(sentence: &Sentence<'_>) -> Option<usize> {
    if sentence.phrases.iter().any(|phrase| phrase.meaning == Role::Aside) {
        return None;
    }
    let organizations = || sentence.mentions.iter().filter(|mention| is_organization(mention.kind));
    let first = organizations()
        .find(|mention| mention.part == Part::Subject)
        .or_else(|| organizations().find(|mention| !matches!(mention.part, Part::Source | Part::Alias)))?;
    first.entity.or_else(|| antecedent(sentence, first))
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

/// A fact before it is put into words.
#[derive(Debug, Clone)]
struct Statement {
    frame: u16,
    agents: Vec<usize>,
    objects: Vec<usize>,
    place: Option<usize>,
    when: Option<String>,
    amount: Option<usize>,
    status: Option<Status>,
    evidence: Range<usize>,
}

/// Adds a statement, or what it adds to one that is there already.
fn merge(statements: &mut Vec<Statement>, new: Statement, article: Article<'_>) {
    let value = |amount: Option<usize>| {
        amount.map(|number| (article.amounts[number].value, article.amounts[number].unit.as_deref()))
    };
    let same = |old: &&mut Statement| {
        old.frame == new.frame
            && (new.agents.iter().all(|agent| old.agents.contains(agent))
                || old.agents.iter().all(|agent| new.agents.contains(agent)))
            && (old.amount.is_none() || new.amount.is_none() || value(old.amount) == value(new.amount))
            && (old.place.is_none()
                || new.place.is_none()
                || old.place == new.place
                || old.amount.is_some() && value(old.amount) == value(new.amount))
            && (old.status.is_none()
                || new.status.is_none()
                || old.status == new.status
                || old.amount.is_some())
    };
    let Some(old) = statements.iter_mut().find(same) else {
        statements.push(new);
        return;
    };
    for agent in new.agents {
        if !old.agents.contains(&agent) {
            old.agents.push(agent);
        }
    }
    for object in new.objects {
        if !old.objects.contains(&object) {
            old.objects.push(object);
        }
    }
    old.place = old.place.or(new.place);
    old.when = old.when.take().or(new.when);
    old.status = old.status.or(new.status);
    if old.amount.is_none() {
        // The sentence with the figure is the better evidence.
        old.amount = new.amount;
        if new.amount.is_some() {
            old.evidence = new.evidence;
        }
    }
}

impl Statement {
    fn fact(self, frames: &Frames, article: Article<'_>) -> Fact {
        let name = |entity: usize| article.entities[entity].name.clone();
        let evidence = article.tokens.span(self.evidence).unwrap_or(document::Span { start: 0, end: 0 });
        Fact {
            kind: frames.frames[usize::from(self.frame)].kind.clone(),
            agents: self.agents.into_iter().map(name).collect(),
            objects: self.objects.into_iter().map(name).collect(),
            place: self.place.map(name),
            when: self.when,
            amount: self.amount,
            status: self.status.map(Status::as_str),
            evidence,
        }
    }
}

/// Reads the statements of a sentence.
struct Reader<'r, 'a> {
    frames: &'r Frames,
    sentence: &'r Sentence<'a>,
    /// Whom the sentences before were about.
    topic: Option<usize>,
}

/// How far before a trigger a word may stand that denies it, in tokens.
const DENIAL: usize = 8;
/// How far before a trigger a word may stand that plans it, in tokens.
const PLAN: usize = 8;
/// How far from a noun its event may stand, in tokens.
const EVENT: usize = 30;
/// How far from a trigger a place may stand, in tokens.
const PLACE: usize = 22;
/// More agents than these are a list of examples.
const AGENTS_MAX: usize = 4;

impl Reader<'_, '_> {
    fn statements(&self) -> Vec<Statement> {
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
        let amount = self.amount(trigger, frame, is_verb, next);
        if frame.needs_amount && amount.is_none() {
            return Vec::new();
        }
        let status = self.status(trigger, number, frame.needs_status);
        if frame.needs_status && status.is_none() {
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
        if frame.needs_place {
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
        let place = self.place(trigger, frame.needs_place);
        if frame.needs_place && place.is_none() {
            return Vec::new();
        }
        let (agents, objects) = match frame.agents {
            Agents::Subject => (self.actors(trigger, is_verb, !is_verb), Vec::new()),
            Agents::Parties | Agents::Pair => {
                let mut agents = self.actors(trigger, is_verb, false);
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
                (agents, Vec::new())
            }
            Agents::SubjectAndObject => self.actors_and_objects(trigger, is_verb, next),
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
        trigger.start <= sentence.range.start + 1
            || (before..trigger.start)
                .any(|at| sentence.role_at(at, |role| role == Role::Possessive).is_some())
    }

    fn actors_and_objects(
        &self,
        trigger: Found<Role>,
        is_verb: bool,
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
        if objects.is_empty() {
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
                let Some(entity) = mention.entity.filter(|entity| joined && !agents.contains(entity)) else {
                    break;
                };
                agents.insert(0, entity);
            }
        }
        agents
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
        mention.entity.or_else(|| antecedent(self.sentence, mention)).or(self.topic)
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
                    && (!frame.needs_rate || amount.per.is_some() || amount.measure == Measure::Power)
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
        let behind = sentence
            .mentions
            .iter()
            .filter(located)
            .find(|mention| mention.start >= trigger.end && mention.start - trigger.end <= PLACE)
            .filter(|mention| !examples(trigger.end, mention.start));
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
                _ => false,
            }
        });
        let form = sentence.form(trigger.start);
        denied || (is_verb && (form.ends_with("rait") || form.ends_with("raient")))
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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use document::{Article as Document, Text};

    use crate::{Config, Enricher};

    static ENRICHER: LazyLock<Enricher> = LazyLock::new(|| Enricher::new(&Config::built_in()).unwrap());

    /// `expected` is each fact on a line: kind, agents, and what else there is of objects, place, value and status.
    #[track_caller]
    fn check(language: &str, text: &str, expected: &[&str]) {
        let mut article = Document::bare("text/plain", Text::new(text).unwrap());
        article.declared_language = Some(language.to_owned());
        let found = ENRICHER.enrich(&article);
        let facts: Vec<String> = found
            .facts
            .iter()
            .map(|fact| {
                let mut line = format!("{}: {}", fact.kind, fact.agents.join(" + "));
                if !fact.objects.is_empty() {
                    line += &format!(" > {}", fact.objects.join(" + "));
                }
                if let Some(place) = &fact.place {
                    line += &format!(" @ {place}");
                }
                if let Some(value) = fact.amount.and_then(|number| found.amounts[number].value) {
                    line += &format!(" = {value}");
                }
                if let Some(status) = fact.status {
                    line += &format!(", {status}");
                }
                line
            })
            .collect();
        let names: Vec<_> =
            found.entities.iter().map(|entity| (entity.kind.as_str(), entity.name.as_str())).collect();
        assert_eq!(facts, expected, "the names are {names:?}");
    }

    #[test]
    fn partners_act_together() {
        check(
            "fr",
            "Renault et Airbus ont annoncé mardi avoir signé un accord pour concevoir des batteries.",
            &["partnership: Renault + Airbus"],
        );
        check(
            "fr",
            "Renault s'est associé à Valeo. Le groupe a signé un partenariat avec Michelin.",
            &["partnership: Renault + Valeo", "partnership: Renault + Michelin"],
        );
        check(
            "en",
            "Microsoft has signed an agreement with the French operator Orange to share its network.",
            &["partnership: Microsoft + Orange"],
        );
        check(
            "en",
            "Toyota and Panasonic have formed a joint venture in Japan, the company said.",
            &["partnership: Toyota + Panasonic @ Japan"],
        );
    }

    #[test]
    fn a_site_has_an_owner_a_place_and_a_status() {
        check(
            "fr",
            "Renault construit à Douai la plus grande usine de batteries du pays.",
            &["site: Renault @ Douai, under_construction"],
        );
        check("fr", "Le constructeur prévoit d'ouvrir une usine à Valence, a dit Renault.", &[]);
        check(
            "fr",
            "Airbus a inauguré en mai son usine de Toulouse. Michelin va construire un centre de données à Lyon.",
            &["site: Airbus @ Toulouse, operating", "site: Michelin @ Lyon, announced"],
        );
        check(
            "en",
            "Intel will build two factories in Ohio. Samsung has opened a plant in Texas.",
            &["site: Intel @ Ohio, announced", "site: Samsung @ Texas, operating"],
        );
        check(
            "fr",
            "Deux usines sont en construction au Texas : l'une à Houston avec Samsung, l'autre à Dallas avec Intel.",
            &["site: Samsung @ Houston, under_construction", "site: Intel @ Dallas, under_construction"],
        );
        check(
            "en",
            "General Motors closed its plant in Detroit last year.",
            &["site: General Motors @ Detroit, closed"],
        );
    }

    #[test]
    fn who_buys_and_what_is_bought() {
        check(
            "fr",
            "Danone a racheté Alpro. Alpro a été racheté par Danone.",
            &["acquisition: Danone > Alpro"],
        );
        check("en", "Microsoft acquired Nokia in 2013.", &["acquisition: Microsoft > Nokia"]);
        check(
            "en",
            "The acquisition of Nokia by Microsoft was announced in 2013.",
            &["acquisition: Microsoft > Nokia"],
        );
        check("fr", "L'usine rachetée à Sharp emploie cent personnes.", &[]);
    }

    #[test]
    fn what_is_denied_or_only_possible_is_no_fact() {
        check("fr", "Renault n'a pas racheté Valeo. Renault pourrait racheter Valeo.", &[]);
        check("fr", "Airbus a démenti avoir signé un accord avec Boeing.", &[]);
        check("en", "Microsoft did not acquire Nokia. Intel could buy Qualcomm.", &[]);
        check("en", "Toyota denied that it had signed an agreement with Honda.", &[]);
    }

    #[test]
    fn who_only_tells_does_not_act() {
        check(
            "fr",
            "Selon Reuters, Renault et Valeo ont signé un accord.",
            &["partnership: Renault + Valeo"],
        );
        check("fr", "Renault a racheté Valeo, rapporte Reuters.", &["acquisition: Renault > Valeo"]);
    }
}
