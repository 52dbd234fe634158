//! What does the article state? Facts, each with the sentence that it rests on.
//!
//! A frame (`config/lexicon/facts.*.toml`) says which words state a kind of fact and what has to stand beside them. The
//! rules here say who acts, with whom, where, when and how much, from the order of names, prepositions and clauses in a
//! sentence, and just across sentences: *le groupe* is the organization that the sentence before was about. What is
//! denied, asked or only possible is no fact. After the frame semantics of Fillmore (1982), without a syntax tree.

mod agents;
mod clauses;
mod figures;
mod frames;
mod names;
mod parties;
mod parts;
mod patterns;
mod places;
mod predicates;
mod reader;
mod sentence;
mod small;
mod standing;
mod topic;
mod truth;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use document::{Amount, DateMention, Entity, Fact};

use crate::Config;
use crate::lexicon::{Class, Lexicon};
use crate::tokens::Tokens;
use frames::{Agents, Frames, Role, Status};
use names::Names;
use reader::{Deal, Reader};
use sentence::{Article, Sentence};
use topic::{opening_topic, pair_of, place_of, topic_of, turned_to, two_of};

/// Finds facts, in the languages that there are frames for.
#[derive(Debug)]
pub struct FactFinder {
    languages: HashMap<&'static str, Frames>,
}

/// The frames that are built into the binary, by language.
const BUILT_IN: [(&str, &str, &str); 3] = [
    ("fr", "facts.fr.toml", include_str!("../../../config/lexicon/facts.fr.toml")),
    ("en", "facts.en.toml", include_str!("../../../config/lexicon/facts.en.toml")),
    ("de", "facts.de.toml", include_str!("../../../config/lexicon/facts.de.toml")),
];

/// The files of frames that a folder of lists can hold.
pub(crate) fn list_files() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(_, file, _)| *file)
}

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
        source: toml::de::Error,
    },
}

/// A sentence of more tokens is a list, or no sentence: nothing is read in it. What is read in one takes time that grows
/// faster than its length.
const SENTENCE_MAX: usize = 256;

/// Of a document with more, the first so many sentences that state something are read.
const FACTS_MAX: usize = 200;

/// The kinds of fact that are found with the built-in frames, and those of a configuration.
pub fn fact_kinds(config: &Config) -> Result<BTreeSet<String>, UnusableFrames> {
    Ok(FactFinder::new(config.lexicon.as_deref())?.kinds())
}

impl FactFinder {
    /// The built-in frames, with the files of the same names in `folder` added.
    pub fn new(folder: Option<&Path>) -> Result<Self, UnusableFrames> {
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

    /// The kinds of fact that the frames state.
    fn kinds(&self) -> BTreeSet<String> {
        let frames = self.languages.values().flat_map(|frames| &frames.all);
        frames.map(|frame| frame.kind.to_string()).collect()
    }

    /// Makes organizations of those that the article itself calls one (*le fabricant Kerlane*), whatever they were taken for.
    pub(crate) fn correct(
        &self,
        tokens: &Tokens<'_>,
        language: &str,
        entities: &mut Vec<Entity>,
        lexicon: &Lexicon,
    ) {
        if let Some(frames) = self.languages.get(language) {
            let is_given_name = |word| lexicon.has(Class::GivenName, word);
            names::correct(tokens, entities, frames, is_given_name);
        }
    }

    /// The facts that a text in the language of this code states, in order.
    ///
    /// `title` tells of whom the first sentence speaks when it names nobody.
    pub fn find(
        &self,
        tokens: &Tokens<'_>,
        title: &str,
        language: &str,
        entities: &[Entity],
        amounts: &[Amount],
        dates: &[DateMention],
    ) -> Vec<Fact> {
        let Some(frames) = self.languages.get(language) else { return Vec::new() };
        let who = Names::new(tokens, entities, frames);
        if !who.any() {
            return Vec::new();
        }
        let article = Article { tokens, entities, amounts, dates, names: &who, small: &frames.small };
        let mut named: Vec<(Range<usize>, usize)> = entities
            .iter()
            .enumerate()
            .flat_map(|(number, entity)| {
                entity.mentions.iter().map(move |span| (tokens.covering(*span), number))
            })
            .collect();
        named.sort_by_key(|(tokens, _)| tokens.start);
        let mut named = named.as_slice();
        let mut statements: Vec<Statement> = Vec::new();
        let main = who.main(entities, title, frames);
        let mut topic = main;
        let mut pair = [topic, None];
        let mut two = [None, None];
        let mut deal = None;
        let mut goes_on = false;
        // What a paragraph tells behind *in the novel* is made up to its end.
        let mut made_up = false;
        // Whom the paragraph was about before it turned aside.
        let mut held = None;
        let mut behind_a_thing = false;
        let mut there = None;
        for range in tokens.sentences() {
            let here = named.partition_point(|(tokens, _)| tokens.start < range.end);
            let (inside, after) = named.split_at(here);
            named = after;
            if range.len() > SENTENCE_MAX {
                continue;
            }
            let phrases = frames.phrases.find(tokens, range.clone());
            let states = phrases.iter().any(|phrase| matches!(phrase.meaning, Role::Verb(_) | Role::Noun(_)));
            made_up &= !tokens[range.start].line;
            let speaks = phrases.iter().any(|phrase| phrase.meaning == Role::StandIn);
            let invents = phrases.iter().any(|phrase| phrase.meaning == Role::Fiction);
            if !states && !speaks && !invents && inside.is_empty() {
                let sentence = Sentence::new(article, range, phrases, inside);
                behind_a_thing = sentence.is_of_a_thing(frames);
                if sentence.opens_with_an_unknown() {
                    held.get_or_insert(topic);
                    topic = None;
                }
                continue;
            }
            let sentence = Sentence::new(article, range, phrases, inside);
            let is_fiction = invents && sentence.is_fiction();
            made_up |= is_fiction && sentence.opens_fiction();
            if sentence.begins_paragraph()
                && let Some(before) = held.take()
            {
                topic = before;
            }
            let spoken_of = if sentence.opens_with_a_stranger() || sentence.opens_with_an_unknown() {
                held.get_or_insert(topic);
                None
            } else {
                opening_topic(&sentence, main, goes_on).or(topic)
            };
            if states && !made_up && !is_fiction && statements.len() < FACTS_MAX {
                let reader = Reader {
                    frames,
                    sentence: &sentence,
                    topic: spoken_of,
                    pair,
                    two,
                    deal,
                    main,
                    behind_a_thing,
                    there,
                };
                for statement in reader.statements() {
                    deal = statement.deal(frames).or(deal);
                    merge(&mut statements, statement, frames, article);
                }
            }
            if sentence.comes_to_nothing() {
                // What the sentence before stated as done between two.
                let end = sentence.range.start;
                statements.retain(|statement| {
                    statement.evidence.end != end
                        || frames.all[usize::from(statement.frame)].agents == Agents::Subject
                });
            }
            let subject = topic_of(&sentence);
            goes_on = subject.is_some() && sentence.begins_paragraph();
            topic = subject.or(spoken_of);
            if let Some(other) = turned_to(&sentence) {
                held.get_or_insert(topic);
                topic = Some(other);
            }
            behind_a_thing = sentence.is_of_a_thing(frames);
            there = place_of(&sentence).or(there.filter(|_| !sentence.begins_paragraph()));
            pair = pair_of(&sentence, pair, spoken_of);
            two = two_of(&sentence).unwrap_or(two);
        }
        statements.into_iter().map(|statement| statement.fact(frames, article)).collect()
    }
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
fn merge(statements: &mut Vec<Statement>, new: Statement, frames: &Frames, article: Article<'_>) {
    let kind = |statement: &Statement| &frames.all[usize::from(statement.frame)].kind;
    let value = |amount: Option<usize>| {
        amount.map(|number| (article.amounts[number].value, article.amounts[number].unit.as_deref()))
    };
    let backed = |statement: &Statement| frames.all[usize::from(statement.frame)].agents == Agents::Backers;
    if new.amount.is_none() && backed(&new) {
        // *The round was led by X*: the one that was told of last.
        if let Some(round) = statements.iter_mut().rfind(|old| backed(old)) {
            round.agents.extend(
                new.agents.iter().filter(|agent| !round.agents.contains(agent)).copied().collect::<Vec<_>>(),
            );
        }
        return;
    }
    let same = |old: &&mut Statement| {
        let agrees = new.agents.iter().all(|agent| old.agents.contains(agent))
            || old.agents.iter().all(|agent| new.agents.contains(agent));
        let round = backed(old) && backed(&new) && value(old.amount) == value(new.amount);
        // Two companies are bought one by one.
        let bought = old.objects.is_empty()
            || new.objects.is_empty()
            || old.objects.iter().any(|object| new.objects.contains(object));
        kind(old) == kind(&new)
            && (agrees || round)
            && bought
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
    /// Who takes over whom, if that is what it states.
    fn deal(&self, frames: &Frames) -> Option<Deal> {
        let takes_over = matches!(
            frames.all[usize::from(self.frame)].agents,
            Agents::SubjectAndObject | Agents::Receiver | Agents::Payer
        );
        let &buyer = self.agents.first().filter(|_| takes_over)?;
        Some(Deal { buyer, target: self.objects.first().copied() })
    }

    fn fact(self, frames: &Frames, article: Article<'_>) -> Fact {
        let name = |entity: usize| article.entities[entity].name.clone();
        let evidence = article.tokens.span(self.evidence).unwrap_or(document::Span { start: 0, end: 0 });
        Fact {
            kind: frames.all[usize::from(self.frame)].kind.clone(),
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

#[cfg(test)]
mod tests;
