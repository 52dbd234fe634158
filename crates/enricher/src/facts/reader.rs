//! Who does what in a sentence, where, when and how much.

use document::{EntityKind, Measure};

use super::Statement;
use super::frames::{Agents, Frame, Frames, Need, Role, Status};
use super::patterns::Found;
use super::sentence::{Part, Sentence};
use crate::tokens::Kind;

/// Reads the statements of a sentence.
pub(super) struct Reader<'r, 'a> {
    pub frames: &'r Frames,
    pub sentence: &'r Sentence<'a>,
    /// Whom the sentences before were about.
    pub topic: Option<usize>,
    /// The two organizations that were named last, in order.
    pub pair: [Option<usize>; 2],
    /// The two organizations that a sentence named side by side last, in order.
    pub two: [Option<usize>; 2],
    /// Who took over whom in the deal that was told of last.
    pub deal: Option<Deal>,
    /// Whom the article is about.
    pub main: Option<usize>,
    /// Whether the sentence before was about something that is no organization.
    pub behind_a_thing: bool,
    /// The place that the sentence before told of.
    pub there: Option<usize>,
}

/// Who took over whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deal {
    pub buyer: usize,
    pub target: Option<usize>,
}

/// How far behind a trigger a word may stand that makes it something else, in tokens.
const UNLESS: usize = 6;
/// How far behind a verb the noun may stand that says what is bought, in tokens.
const OBJECT: usize = 6;
/// More agents than these are a list of examples.
const AGENTS_MAX: usize = 4;

impl Reader<'_, '_> {
    /// What the sentence states.
    pub(super) fn statements(&self) -> Vec<Statement> {
        let mut noun = None;
        let mut triggers = Vec::new();
        for phrase in &self.sentence.phrases {
            match phrase.meaning {
                Role::Verb(frame) => triggers.push((*phrase, frame, true)),
                Role::Noun(frame) => {
                    noun = Some(frame);
                    triggers.push((*phrase, frame, false));
                }
                // *La part de marché de X …, celle de Y …*
                Role::Same => triggers.extend(noun.map(|frame| (*phrase, frame, false))),
                _ => {}
            }
        }
        let mut statements: Vec<Statement> = Vec::new();
        for (index, &(trigger, frame, is_verb)) in triggers.iter().enumerate() {
            // Of phrases that begin together the longest is the one; inside another, none.
            let covered = triggers.iter().enumerate().any(|(other, (phrase, of, _))| {
                other != index
                    && phrase.start <= trigger.start
                    && phrase.end >= trigger.end
                    && (phrase.end - phrase.start > trigger.end - trigger.start
                        && (*of == frame
                            || self.frame(*of).kind != self.frame(frame).kind && !self.frame(*of).is_besides)
                        || *of == frame && other < index)
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
        // The price of what is bought is no investment besides.
        let prices: Vec<_> = statements
            .iter()
            .filter_map(|statement| Some((&self.frame(statement.frame).kind, statement.amount?)))
            .map(|(kind, amount)| (kind.clone(), amount))
            .collect();
        statements.retain(|statement| {
            let yields = &self.frame(statement.frame).yields;
            !prices.iter().any(|(kind, amount)| {
                statement.amount == Some(*amount) && yields.iter().any(|other| **other == **kind)
            })
        });
        statements
    }

    /// Whether the object is a company or a plant, though none that is known: *rachète un fabricant de pompes*, *le rachat de
    /// l'usine*.
    fn names_a_company(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        if !is_verb && !sentence.is_genitive(trigger.end) && sentence.form(trigger.end) != "du" {
            return false;
        }
        let end = (trigger.end + OBJECT).min(sentence.clause(trigger.start).end);
        (trigger.end..end).take_while(|&at| sentence.article.tokens[at].kind == Kind::Word).any(|at| {
            self.frames.is_company(sentence.form(at), sentence.article.tokens[at].hash)
                || !is_verb
                    && (sentence.is_noun_of_place(at, self.frames)
                        || sentence.article.small.branches.contains(&sentence.article.tokens[at].hash))
        })
    }

    pub(super) fn frame(&self, number: u16) -> &Frame {
        &self.frames.all[usize::from(number)]
    }

    /// What a trigger states; `next` is where the next one of its frame begins.
    fn read(&self, trigger: Found<Role>, number: u16, is_verb: bool, next: usize) -> Vec<Statement> {
        let frame = self.frame(number);
        let of_nobody = trigger.meaning == Role::Same && self.owner(trigger).is_none();
        // *X et Y, associés depuis 2023*: two take part in it.
        if is_verb && frame.agents != Agents::Pair && self.is_adjective(trigger) || of_nobody {
            return Vec::new();
        }
        if !is_verb && frame.needs.contains(&Need::Event) && !self.has_event(trigger, number) {
            return Vec::new();
        }
        // Past an amount right behind it: *a perdu plus de 3 milliards d'euros en Bourse*.
        let reach = self
            .sentence
            .amounts
            .iter()
            .find(|(tokens, _)| tokens.start >= trigger.end && tokens.start <= trigger.end + 2)
            .map_or(trigger.end, |(tokens, _)| tokens.end);
        let unless = self.sentence.phrases.iter().any(|phrase| {
            let behind = phrase.start >= trigger.end && phrase.start < reach + UNLESS;
            let around = phrase.start <= trigger.start && phrase.end >= trigger.end;
            phrase.meaning == Role::Unless(number) && (behind || around)
        });
        if unless
            || frame.is_reached && self.is_ahead(trigger, is_verb)
            || frame.needs.contains(&Need::Goods) && !self.sells_goods(trigger)
        {
            return Vec::new();
        }
        let amount = self.amount(trigger, frame, is_verb, next);
        if frame.needs.contains(&Need::Amount) && amount.is_none() && frame.agents != Agents::Backers
            || amount.is_some_and(|amount| {
                self.is_doubted_before(trigger, amount)
                    || self.is_fine(trigger, amount)
                    || self.is_excluded(number, amount)
            })
        {
            return Vec::new();
        }
        let status = self.status(trigger, number, is_verb, frame.needs.contains(&Need::Status));
        // *Sur le terrain d'une ancienne centrale*
        let is_past = frame.needs.contains(&Need::Place)
            && trigger.start > self.sentence.range.start
            && self
                .sentence
                .article
                .small
                .pasts
                .contains(&self.sentence.article.tokens[trigger.start - 1].hash)
            && status != Some(Status::Closed);
        if is_past || frame.needs.contains(&Need::Status) && status.is_none() {
            return Vec::new();
        }
        let statement = |agents: Vec<usize>, objects: Vec<usize>, place: Option<usize>| Statement {
            frame: number,
            agents,
            objects,
            place,
            when: self.when(trigger, frame),
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
            Agents::Subject => {
                let agents = self.actors(trigger, is_verb, !is_verb);
                let into =
                    self.recipients(amount).into_iter().filter(|entity| !agents.contains(entity)).collect();
                (agents, into)
            }
            Agents::Parties => (self.parties(trigger, is_verb, next, true), Vec::new()),
            Agents::Backers | Agents::Pair => (self.parties(trigger, is_verb, next, false), Vec::new()),
            // *Sells 90 planes to X*: nobody buys a company.
            Agents::Receiver | Agents::SubjectAndObject if is_verb && self.sells_goods(trigger) => {
                return Vec::new();
            }
            Agents::Receiver => self.receivers(trigger, next),
            Agents::Payer => match self.paid_for(trigger, amount) {
                Some(target) => (self.actors(trigger, is_verb, false), vec![target]),
                None => return Vec::new(),
            },
            Agents::SubjectAndObject => self.actors_and_objects(trigger, is_verb, next),
        };
        // What a ministry or a federation reports is not its own: *la fédération chiffre les pertes à …*.
        let agents: Vec<usize> =
            agents.into_iter().filter(|&agent| frame.is_deed || !self.is_public(agent)).collect();
        let least = if frame.agents == Agents::Pair { 2 } else { 1 };
        if !(least..=AGENTS_MAX).contains(&agents.len()) {
            return Vec::new();
        }
        if frame.needs.contains(&Need::AmountOrParties) && amount.is_none() && agents.len() < 2
            || frame.needs.contains(&Need::Object)
                && objects.is_empty()
                && !(is_verb && amount.is_some() || self.names_a_company(trigger, is_verb))
        {
            return Vec::new();
        }
        if frame.agents == Agents::Backers && amount.is_none() {
            // *The round was led by X*, behind the sentence that has the sum.
            let backers = self.after(trigger, next, &[Part::Agentive], is_organization);
            return if backers.is_empty() { Vec::new() } else { vec![statement(backers, Vec::new(), None)] };
        }
        let mut agents = agents;
        if is_verb && frame.agents == Agents::Parties && agents.len() == 1 {
            // *X a commandé … pour 31 millions*, in an article about Y: from Y. *X has a contract* may be with anybody.
            let main = self.main.filter(|main| *main != agents[0]);
            let another = self.behind_a_thing
                || self.sentence.opens_with_an_unknown()
                || self.sentence.opens_with_another();
            agents.extend(main.filter(|_| !another));
        }
        let others = place.filter(|_| frame.needs.contains(&Need::Place));
        let others = others.map_or_else(Vec::new, |place| self.joined_places(trigger, place));
        let of_others: Vec<_> =
            others.into_iter().map(|other| statement(agents.clone(), Vec::new(), Some(other))).collect();
        let mut statements = vec![statement(agents, objects, place)];
        statements.extend(of_others);
        if frame.measures == [Measure::Percent] {
            for (agent, amount) in self.compared(trigger, next) {
                let first = &statements[0];
                if !first.agents.contains(&agent) && first.amount != Some(amount) {
                    statements
                        .push(Statement { amount: Some(amount), ..statement(vec![agent], Vec::new(), None) });
                }
            }
        }
        statements
    }
}

pub(super) fn is_organization(kind: EntityKind) -> bool {
    kind == EntityKind::Organization
}

/// Whether it can be bought.
pub(super) fn is_thing(kind: EntityKind) -> bool {
    kind != EntityKind::Place
}
