//! Which names are organizations here: those that were recognised as such, and those that the article calls one.
//!
//! The model of names knows a name by its looks and its neighbours, mention by mention. What an article says outright is
//! surer: *Kerlane, the Dutch maker of pumps, …* is a company, and *Kerlane* is *Kerlane Pumps*. Names whose identity is
//! known are left alone.

use std::cmp::Reverse;
use std::ops::Range;

use document::{Entity, EntityKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::frames::Frames;
use crate::tokens::{Case, Kind, Tokens, hash};

/// For each entity, whom it is and of what kind, as far as facts are concerned.
#[derive(Debug)]
pub(super) struct Names {
    of: Vec<(usize, EntityKind)>,
    /// Organizations by the first word of their names, where that is a noun: *Fonderie Kerlane*.
    nouns: Vec<(String, usize)>,
}

/// How far before a name the noun may stand that says what it is: *le fabricant français de batteries Kerlane*.
const BEFORE: usize = 4;
/// How far behind an article the noun may stand that it belongs to: *the Dutch-American maker*.
const ARTICLE: usize = 3;

impl Names {
    pub(super) fn new(tokens: &Tokens<'_>, entities: &[Entity], frames: &Frames) -> Self {
        let organizations: Vec<usize> = (0..entities.len())
            .filter(|&number| {
                let entity = &entities[number];
                entity.kind == EntityKind::Organization
                    || is_open(entity)
                        && (entity
                            .mentions
                            .iter()
                            .any(|span| is_called_one(tokens, frames, tokens.covering(*span)))
                            || acts_as_one(tokens, frames, entity))
            })
            .collect();
        let of = (0..entities.len()).map(|number| {
            let entity = &entities[number];
            if organizations.contains(&number) {
                return (number, EntityKind::Organization);
            }
            let whole = organizations.iter().copied().find(|&whole| {
                is_open(entity)
                    && (entities[whole].name == entity.name
                        || begins(&entities[whole].name, &entity.name)
                        || entity.kind == EntityKind::Person && ends(&entities[whole].name, &entity.name)
                        || begins(&entity.name, &entities[whole].name))
            });
            whole.map_or((number, entity.kind), |whole| (whole, EntityKind::Organization))
        });
        let nouns = organizations.iter().filter_map(|&number| {
            let (noun, _) = entities[number].name.split_once(' ')?;
            let noun = noun.to_lowercase();
            frames.companies.contains(&hash(&noun)).then_some((noun, number))
        });
        Self { of: of.collect(), nouns: nouns.collect() }
    }

    /// Whom the entity of this number is.
    pub(super) fn whom(&self, entity: usize) -> usize {
        self.of[entity].0
    }

    /// Of what kind the entity of this number is.
    pub(super) fn kind(&self, entity: usize) -> EntityKind {
        self.of[entity].1
    }

    /// The organization that a noun stands for by its name: *la fonderie* for *Fonderie Kerlane*.
    pub(super) fn called(&self, noun: &str) -> Option<usize> {
        self.nouns.iter().find(|(known, _)| known == noun).map(|(_, number)| *number)
    }

    /// Whether there are any organizations.
    pub(super) fn any(&self) -> bool {
        self.of.iter().any(|(_, kind)| *kind == EntityKind::Organization)
    }

    /// The organization that the article is about: named most often, above all in the title.
    pub(super) fn main(&self, entities: &[Entity], title: &str, frames: &Frames) -> Option<usize> {
        const TITLE: usize = 4;
        const FIRST: usize = 2;
        let place = |number: usize| title.find(entities[number].name.as_str());
        let organizations =
            || (0..entities.len()).filter(|&number| self.of[number] == (number, EntityKind::Organization));
        let first = organizations().filter_map(place).min();
        organizations()
            .map(|number| {
                let mentions: usize = (0..entities.len())
                    .filter(|&other| self.of[other].0 == number)
                    .map(|other| entities[other].mentions.len())
                    .sum();
                let titled = place(number).map_or(0, |place| {
                    TITLE + if Some(place) == first && acts(&title[..place], frames) { FIRST } else { 0 }
                });
                (mentions + titled, Reverse(place(number).unwrap_or(usize::MAX)), Reverse(number))
            })
            .max()
            .map(|(_, _, number)| number.0)
    }
}

/// Makes organizations of the names that the article itself calls one, and joins those that are then the same; a person of
/// a known given name stays one (*l'industriel Marcel Morel*).
pub(super) fn correct(
    tokens: &Tokens<'_>,
    entities: &mut Vec<Entity>,
    frames: &Frames,
    is_given_name: impl Fn(u64) -> bool,
) {
    let is_called = |entity: &Entity| {
        let words = || entity.name.split([' ', '-']);
        let is_person = entity.kind == EntityKind::Person
            && words().nth(1).is_some()
            && words().next().is_some_and(|first| is_given_name(hash(&first.to_lowercase())));
        is_open(entity)
            && !is_person
            && entity.mentions.iter().any(|span| is_called_one(tokens, frames, tokens.covering(*span)))
    };
    let called: FxHashSet<String> =
        entities.iter().filter(|entity| is_called(entity)).map(|entity| entity.name.clone()).collect();
    if called.is_empty() {
        return;
    }
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut joined: Vec<Entity> = Vec::with_capacity(entities.len());
    for mut entity in entities.drain(..) {
        if !called.contains(&entity.name) {
            joined.push(entity);
        } else if let Some(first) = places.get(&entity.name).map(|&place| &mut joined[place]) {
            first.mentions.append(&mut entity.mentions);
            first.mentions.sort_unstable_by_key(|span| span.start);
            first.reference = first.reference.take().or(entity.reference);
        } else {
            places.insert(entity.name.clone(), joined.len());
            entity.kind = EntityKind::Organization;
            joined.push(entity);
        }
    }
    *entities = joined;
}

/// Whether a name behind these words of a title may act: not in *Rachat de Kerlane*.
fn acts(before: &str, frames: &Frames) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(' ').next().unwrap_or_default();
    let word = hash(&word.to_lowercase().replace('’', "'"));
    !frames.small.apart.contains(&word) && !frames.small.genitives.contains(&word)
}

/// Whether the article may say of this name that it is an organization.
fn is_open(entity: &Entity) -> bool {
    entity.reference.is_none()
        && matches!(entity.kind, EntityKind::Person | EntityKind::Place | EntityKind::Product)
}

/// Whether a name of several words begins with this one word.
fn begins(whole: &str, first: &str) -> bool {
    first.len() > 3 && whole.strip_prefix(first).is_some_and(|rest| rest.starts_with(' '))
}

/// Whether a name of several words ends with this one word: *Lilly* of *Eli Lilly*.
fn ends(whole: &str, last: &str) -> bool {
    last.len() > 3 && whole.strip_suffix(last).is_some_and(|rest| rest.ends_with(' '))
}

/// Whether what was taken for a place acts like an organization, and nothing is said to be in it: *Kerlane a racheté …*.
fn acts_as_one(tokens: &Tokens<'_>, frames: &Frames, entity: &Entity) -> bool {
    let small = &frames.small;
    let names = || entity.mentions.iter().map(|span| tokens.covering(*span));
    let is_located = |name: Range<usize>| {
        (name.start.saturating_sub(ARTICLE)..name.start)
            .rev()
            .take_while(|&at| tokens[at].kind == Kind::Word)
            .any(|at| small.locatives.contains(&tokens[at].hash))
    };
    let acts = |name: Range<usize>| {
        let Some(next) = tokens.get(name.end).filter(|next| !next.sentence) else { return false };
        let is_verb = next.kind == Kind::Word
            && next.case == Case::Lower
            && !small.joints.contains(&next.hash)
            && !small.alternatives.contains(&next.hash)
            && !small.articles.contains(&next.hash);
        is_verb
            && (tokens[name.start].sentence || name.start > 0 && tokens.form(name.start - 1) == ",")
            && !frames
                .phrases
                .find(tokens, name.end..tokens.len().min(name.end + 2))
                .iter()
                .any(|phrase| phrase.start == name.end && phrase.meaning.links())
    };
    entity.kind == EntityKind::Place && names().any(acts) && !names().any(is_located)
}

/// Whether a noun at `noun` is of the name that begins at `name`: right behind it, and in French also behind adjectives
/// (*le géant taïwanais Kerlane*) and what is joined by *de*. In *le groupe utilise Kerlane* it is not.
fn describes(tokens: &Tokens<'_>, frames: &Frames, noun: usize, name: usize) -> bool {
    if !frames.small.is_head_first {
        return noun + 1 == name;
    }
    let is_genitive = |at: usize| frames.small.genitives.contains(&tokens[at].hash);
    let joined = (noun + 1..name).find(|&at| is_genitive(at)).unwrap_or(name);
    (noun + 1..joined).all(|at| {
        let form = tokens.form(at);
        ADJECTIVES.iter().any(|ending| form.ends_with(ending))
    })
}

/// What French adjectives of origin and trade end in, and verbs in the present seldom.
const ADJECTIVES: [&str; 30] = [
    "ais", "aise", "ois", "oise", "ien", "ienne", "ain", "aine", "ol", "ole", "and", "ande", "ique", "éen",
    "éenne", "al", "er", "ier", "ière", "eux", "euse", "if", "ive", "el", "lge", "isse", "usse", "rc",
    "rque", "ton",
];

/// Whether the words around a name call it an organization: *le fabricant Kerlane*, *Kerlane, a maker of pumps*.
fn is_called_one(tokens: &Tokens<'_>, frames: &Frames, name: Range<usize>) -> bool {
    let small = &frames.small;
    let is_word = |at: usize| {
        tokens[at].kind == Kind::Word
            && (tokens[at].case == Case::Lower || small.is_verb_final)
            && !tokens[at].sentence
    };
    let is_company = |at: usize| frames.is_company(tokens.form(at), tokens[at].hash);
    let behind = name.start.checked_sub(1).map(|at| tokens[at].hash);
    // *the company's chief executive Paul Morel* is nobody's name but his.
    let is_of_person =
        |at: usize| small.offices.contains(&tokens[at].hash) || matches!(tokens.form(at), "s" | "'s");
    // *la société de Paul Morel* is his, and *à Sedan, le fabricant …* goes on with another.
    if behind.is_some_and(|word| small.genitives.contains(&word)) {
        return false;
    }
    let before = (name.start.saturating_sub(BEFORE)..name.start)
        .rev()
        .take_while(|&at| is_word(at) && !small.apart.contains(&tokens[at].hash) && !is_of_person(at))
        .any(|at| is_company(at) && describes(tokens, frames, at, name.start));
    if !before && behind.is_some_and(|word| small.locatives.contains(&word)) {
        return false;
    }
    before || {
        let Some(comma) = Some(name.end).filter(|&at| at + 1 < tokens.len() && tokens.form(at) == ",") else {
            return false;
        };
        let article = comma + 1;
        small.articles.contains(&tokens[article].hash)
            && (article + 1..tokens.len().min(article + 1 + ARTICLE))
                .take_while(|&at| tokens[at].kind == Kind::Word)
                .find(|&at| is_company(at))
                .is_some_and(|noun| {
                    // In *a company founder*, *le patron du groupe* it is no head.
                    let next = noun + 1;
                    next >= tokens.len()
                        || small.is_head_first && noun <= article + 2
                        || !small.is_head_first
                            && (tokens[next].kind != Kind::Word || small.openers.contains(&tokens[next].hash))
                })
    }
}
