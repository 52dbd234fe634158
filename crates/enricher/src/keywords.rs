//! What is a text about?
//!
//! Candidates are the names that were found, nouns, and terms of several words that come back (*centre de données*,
//! *data centre*). Each counts as often as it comes, weighed by how rare its words are in news at large
//! ([`background`]). A word that is only ever seen inside a longer term is no term of its own. In a short text, where little
//! comes back, a term of several words may stand alone if its form leaves no doubt (`keywords/compound.rs`).

pub mod background;
mod compound;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use document::{Entity, EntityKind, Keyword, Span};

use crate::entities::model::Unreadable;
use crate::language::small_words;
use crate::lexicon::Hashed;
use crate::tokens::{Case, Kind, Tokens, hash};
use background::{Background, key, key_of, singular};

/// Finds what texts are about. Loaded once.
#[derive(Debug)]
pub struct Finder {
    languages: Vec<Words>,
}

/// Words, separated by spaces, with what they all do.
type Listed = [(u8, &'static str)];

/// What is known of the words of one language.
#[derive(Debug)]
struct Words {
    code: &'static str,
    background: Option<Background>,
    roles: HashMap<u64, u8, BuildHasherDefault<Hashed>>,
}

/// Is no part of a term, but may stand inside one where it is [`JOINT`] too.
const SMALL: u8 = 1;
/// Stands before a noun.
const DETERMINER: u8 = 1 << 1;
/// Joins the words of a term: *de*, *à*, *of*.
const JOINT: u8 = 1 << 2;
/// Stands before nouns and before infinitives.
const BEFORE: u8 = 1 << 3;

/// Words that say little by themselves.
const FRENCH: &Listed = &[
    (
        DETERMINER,
        "le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes \
         plusieurs quelques chaque deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize \
         vingt trente quarante cinquante soixante cent mille certains certaines",
    ),
    (BEFORE, "de d' en par pour sur sans avec dans entre sous vers contre"),
    (JOINT, "de d' du des à en la l' les aux au"),
    (
        SMALL,
        "an ans année années mois jour jours semaine semaines heure heures minute minutes lundi mardi mercredi jeudi \
         vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre \
         décembre matin soir nuit fois part cas fait faits lieu cours suite fin début point points partie parties \
         nombre plupart moitié reste ensemble sorte type façon manière mise titre niveau terme termes effet \
         exemple raison rapport chose choses grand grande grands grandes petit petite petits petites nouveau \
         nouvel nouvelle nouveaux nouvelles premier première premiers premières dernier dernière derniers \
         dernières prochain prochaine prochains prochaines autre autres même mêmes bon bonne bons bonnes seul \
         seule vrai million millions milliard milliards millier milliers centaine centaines dizaine dizaines \
         trillion euro euros dollar dollars pourcent environ moins plus très trop bien mieux notamment également \
         afin lors selon face grâce dont ainsi aussi encore toujours jamais déjà ici là hier demain aujourd'hui \
         monsieur madame m. mme personne personnes gens façons côté côtés sein cadre place tout toute tous toutes \
         est sont a ont été être avoir fait faire peut doit va vont sera seront serait pourrait avait étaient était \
         permettra permet devrait nécessaire possible important importante principal principale second seconde \
         troisième quatrième meilleur meilleure haut haute longue long propre ancien ancienne jeune travers \
         auprès davantage tiers quart quarts quatre cinq dessus dessous gros grosse forte fort largement ailleurs quant",
    ),
];
const ENGLISH: &Listed = &[
    (
        DETERMINER,
        "the a an this that these those its their his her our your my some any each every no two three four five six \
         seven eight nine ten eleven twelve fifteen twenty thirty forty fifty several many few more most other new lower \
         higher better larger greater smaller bigger longer shorter stronger weaker faster main own former popular",
    ),
    (BEFORE, "of in on at for by with from into about as under over between against and or"),
    (JOINT, "of"),
    (
        SMALL,
        "year years month months week weeks day days hour hours minute minutes monday tuesday wednesday thursday \
         friday saturday sunday january february march april may june july august september october november \
         december time times way ways thing things people person part parts end start lot lots number rest kind \
         sort case fact point place side case one two three million millions billion billions trillion percent \
         cent dollar dollars new old big small large great good bad first second third last next own same such \
         per many much more most less least other another several said says say told added mr mrs ms dr",
    ),
];

/// How many keywords a text has at most.
const TERMS: usize = 12;

/// How many a text of fewer than [`BRIEF`] tokens has at most.
const TERMS_OF_BRIEF: usize = 8;

/// In a text of fewer tokens little comes back.
const BRIEF: usize = 250;

/// How many words a term has at most, joints included.
const LONG: usize = 5;

impl Finder {
    /// Unpacks the tables of common words that are built into the binary.
    pub fn new() -> Result<Self, Unreadable> {
        let languages = [
            ("fr", FRENCH, Some(&include_bytes!("../model/fr.words")[..])),
            ("en", ENGLISH, Some(&include_bytes!("../model/en.words")[..])),
            ("de", &[], None),
            ("es", &[], None),
            ("it", &[], None),
            ("pt", &[], None),
            ("nl", &[], None),
        ];
        let words = |(code, lists, packed): (&'static str, &Listed, Option<&[u8]>)| {
            let mut roles: HashMap<u64, u8, BuildHasherDefault<Hashed>> = HashMap::default();
            let small = small_words(code).map(|word| (SMALL, word));
            let listed = lists
                .iter()
                .flat_map(|(role, words)| words.split_whitespace().map(move |word| (*role | SMALL, word)));
            for (role, word) in small.chain(listed) {
                *roles.entry(hash(word)).or_default() |= role;
            }
            let background = packed.map(Background::unpack).transpose()?;
            Ok::<_, Unreadable>(Words { code, background, roles })
        };
        Ok(Self { languages: languages.into_iter().map(words).collect::<Result<_, _>>()? })
    }

    /// What a text in the language of this code is about, best first; nothing in a language that is not known. No term is
    /// a part of `values`, the dates and measures of the text.
    pub fn find(
        &self,
        tokens: &Tokens<'_>,
        title: &str,
        language: &str,
        entities: &[Entity],
        values: &[Span],
    ) -> Vec<Keyword> {
        let Some(words) = self.languages.iter().find(|words| words.code == language) else {
            return Vec::new();
        };
        let seen = (0..tokens.len()).map(|index| words.look(tokens, index)).collect();
        let inside = vec![false; tokens.len()];
        let mut terms = Terms { tokens, words, seen, found: HashMap::default(), inside };
        terms.name(entities);
        terms.pass_over(values);
        terms.gather();
        terms.rank(title)
    }
}

/// A candidate.
#[derive(Debug)]
struct Term {
    /// How it is written where it first stands, as tokens; its end is one past the last.
    first: (usize, usize),
    often: f32,
    /// How rare its words are.
    rarity: f32,
    /// Whether something before it showed that it is a noun.
    noun: bool,
    /// Whether it stood somewhere as a term of several words stands, and as nothing else.
    compound: bool,
    /// Whether a longer term that is kept has it.
    shared: bool,
    words: usize,
    /// A name that was found, as it is written most often.
    name: Option<String>,
    /// The keys of its words, for those that are not small.
    parts: Vec<u32>,
}

/// What a token is to terms. Each is part of several candidates, and looked at once.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// What the lists say of it.
    role: u8,
    /// Whether it can be a word of a term.
    content: bool,
    /// Hash of its form without the ending of a plural; see [`key`].
    hash: u64,
}

impl Seen {
    /// [`key`] of its form.
    fn key(self) -> u32 {
        key_of(self.hash)
    }
}

impl Words {
    fn look(&self, tokens: &Tokens<'_>, index: usize) -> Seen {
        let (token, form) = (&tokens[index], tokens.form(index));
        let role = self.roles.get(&token.hash).copied().unwrap_or_default();
        let content = matches!(token.kind, Kind::Word | Kind::Mixed)
            && role & SMALL == 0
            && form.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
            && !form.ends_with(['\'', '.'])
            && !form.starts_with('-');
        let singular = singular(form);
        let hash = if singular.len() == form.len() { token.hash } else { hash(singular) };
        Seen { role, content, hash }
    }
}

struct Terms<'a> {
    tokens: &'a Tokens<'a>,
    words: &'a Words,
    /// By token.
    seen: Vec<Seen>,
    found: HashMap<u64, Term, BuildHasherDefault<Hashed>>,
    /// Tokens that are part of a name.
    inside: Vec<bool>,
}

impl Terms<'_> {
    fn rarity(&self, part: u32) -> f32 {
        self.words.background.as_ref().map_or(1.0, |background| background.rarity(part))
    }

    /// Takes the names as terms.
    fn name(&mut self, entities: &[Entity]) {
        for (place, entity) in entities.iter().enumerate() {
            let mut first = None;
            let mut parts = Vec::new();
            for span in &entity.mentions {
                let Range { start, end } = self.tokens.within(*span);
                self.inside[start..end].iter_mut().for_each(|inside| *inside = true);
                if first.is_none() {
                    parts = (start..end)
                        .map(|index| self.seen[index])
                        .filter(|seen| seen.content)
                        .map(Seen::key)
                        .collect();
                    first = Some((start, end));
                }
            }
            let Some(first) = first else { continue };
            let rarity = parts.iter().map(|part| self.rarity(*part)).fold(1.0, f32::max);
            // Where something is told happens to be a country more often than the country is what it is about.
            let weight = if entity.kind == EntityKind::Place { 0.7 } else { 1.0 };
            self.found.insert(
                hash(&entity.name).rotate_left(7) ^ place as u64,
                Term {
                    first,
                    often: entity.mentions.len() as f32 * weight,
                    rarity,
                    noun: true,
                    compound: false,
                    shared: false,
                    words: parts.len(),
                    name: Some(entity.name.clone()),
                    parts,
                },
            );
        }
    }

    /// Lets no term reach into a date or a measure.
    fn pass_over(&mut self, values: &[Span]) {
        for value in values {
            self.inside[self.tokens.within(*value)].iter_mut().for_each(|inside| *inside = true);
        }
    }

    /// Takes nouns, and runs of words that small words do not break.
    fn gather(&mut self) {
        for start in 0..self.tokens.len() {
            if self.inside[start] || !self.seen[start].content {
                continue;
            }
            let noun = self.is_noun(start);
            let mut combined = 0_u64;
            let mut parts = Vec::new();
            for end in start + 1..=self.tokens.len().min(start + LONG) {
                let last = end - 1;
                let token = self.tokens[last];
                if last > start && (token.sentence || token.line || token.kind == Kind::Mark) {
                    break;
                }
                let seen = self.seen[last];
                if !seen.content && seen.role & JOINT == 0 || self.inside[last] {
                    break;
                }
                combined = combined.rotate_left(19) ^ seen.hash;
                if !seen.content {
                    continue;
                }
                parts.push(seen.key());
                if last > start && self.seen[last - 1].role & JOINT != 0 && self.is_infinitive(last) {
                    // « un projet de construire » is no term.
                    break;
                }
                let compound =
                    parts.len() > 1 && (noun || self.is_counted(start)) && self.is_compound(start, last);
                let term = self.found.entry(combined).or_insert_with(|| Term {
                    first: (start, end),
                    often: 0.0,
                    rarity: 0.0,
                    noun: false,
                    compound: false,
                    shared: false,
                    words: parts.len(),
                    name: None,
                    parts: parts.clone(),
                });
                term.often += 1.0;
                term.noun |= noun || compound;
                term.compound |= compound;
            }
        }
    }

    /// Whether a number stands before this token in a French text.
    fn is_counted(&self, index: usize) -> bool {
        self.words.code == "fr"
            && index.checked_sub(1).is_some_and(|before| self.tokens[before].kind == Kind::Number)
    }

    /// Whether what stands before this token shows that it is a noun, and its ending does not speak against it.
    fn is_noun(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else { return false };
        let role = self.seen[before].role;
        if self.tokens[index].line || self.tokens[before].kind == Kind::Number && self.words.code != "en" {
            return self.tokens[index].case != Case::Lower;
        }
        let form = self.tokens.form(index);
        let ends = |endings: &[&str]| endings.iter().any(|ending| form.ends_with(ending));
        match self.words.code {
            "fr" if ends(&["er", "ir", "oir", "re", "ant", "é", "ée", "és", "ées", "ment"]) => {
                // Le marché, un employé, la puissance; de construire, en annonçant.
                role & DETERMINER != 0
            }
            "en" if ends(&["ing", "ed", "ly"]) => {
                matches!(self.tokens.form(before), "the" | "a" | "an" | "of")
            }
            "fr" => role & (DETERMINER | BEFORE) != 0,
            _ => role & (DETERMINER | BEFORE | SMALL) != 0,
        }
    }

    /// Whether this word looks like a French infinitive or participle of the present: what *de*, *à*, *en* stand before
    /// besides nouns.
    fn is_infinitive(&self, index: usize) -> bool {
        let form = self.tokens.form(index);
        self.words.code == "fr"
            && ["er", "ir", "oir", "re", "ant"].iter().any(|ending| form.ends_with(ending))
    }

    /// The best terms with their scores, the best one's being 1.
    fn rank(self, title: &str) -> Vec<Keyword> {
        let Self { tokens, words, found: mut terms, .. } = self;
        let headline = Tokens::new(title);
        let mut in_title: Vec<u32> = (0..headline.len()).map(|index| key(headline.form(index))).collect();
        in_title.sort_unstable();
        let (short, brief) = (tokens.len() < 150, tokens.len() < BRIEF);
        let rare = |part: &u32| words.background.as_ref().map_or(1.0, |background| background.rarity(*part));
        for term in terms.values_mut() {
            if term.name.is_none() {
                // A term is as telling as its words are on the average, and a little more for each word.
                let sum: f32 = term.parts.iter().map(rare).sum();
                term.rarity = sum / term.parts.len().max(1) as f32 * (1.0 + 0.35 * (term.words as f32 - 1.0));
            }
        }
        let mut list: Vec<Term> = terms.into_values().collect();
        list.retain(|term| {
            let titled =
                !term.parts.is_empty() && term.parts.iter().all(|part| in_title.binary_search(part).is_ok());
            let again = term.often >= 2.0
                || (term.words == 1 && titled)
                || (term.name.is_some() && (titled || short))
                || (brief && term.compound);
            // Without a table of common words, only what comes often can be told from what any text says.
            let enough = words.background.is_some() || term.name.is_some() || term.often >= 3.0;
            term.noun && term.words > 0 && again && enough
        });
        // The longest first, so that what a longer term uses up is known; then the order is the text's.
        list.sort_by_key(|term| (std::cmp::Reverse(term.first.1 - term.first.0), term.first));
        list.truncate(CANDIDATES);
        for longer in 0..list.len() {
            let (head, tail) = list.split_at_mut(longer + 1);
            let longer = &head[longer];
            if longer.words < 2 || longer.name.is_some() {
                continue;
            }
            for shorter in
                tail.iter_mut().filter(|shorter| shorter.name.is_none() && shorter.words < longer.words)
            {
                if longer.parts.windows(shorter.parts.len()).any(|parts| parts == shorter.parts) {
                    shorter.often -= longer.often;
                    shorter.shared = true;
                }
            }
        }
        let mut scored: Vec<(f32, Term)> = list
            .into_iter()
            .filter(|term| {
                // What is left of a word beside its compounds has to come back too.
                let titled = term.parts.iter().all(|part| in_title.binary_search(part).is_ok());
                let alone = brief && term.words == 1 && term.name.is_none() && (term.shared || !titled);
                term.often >= if alone { 1.7 } else { 0.7 }
            })
            .map(|term| {
                let titled = term.parts.iter().any(|part| in_title.binary_search(part).is_ok());
                let early = term.first.0 < 60;
                let place = if titled {
                    1.6
                } else if early {
                    1.2
                } else {
                    1.0
                };
                ((1.0 + term.often).ln() * term.rarity * place, term)
            })
            .collect();
        scored.sort_by(|(left, one), (right, other)| right.total_cmp(left).then(one.first.cmp(&other.first)));
        let best = scored.first().map_or(1.0, |(score, _)| *score);
        scored.truncate(match words.background {
            Some(_) if brief => TERMS_OF_BRIEF,
            Some(_) => TERMS,
            None => TERMS / 2,
        });
        let mut seen = Vec::new();
        scored
            .into_iter()
            .filter(|(score, _)| *score > 0.0)
            .filter_map(|(score, term)| {
                let term = term.name.or_else(|| written(tokens, term.first))?;
                // One name can stand for two things, and a word for its own plural.
                let folded = singular(&term).to_lowercase();
                if seen.contains(&folded) {
                    return None;
                }
                seen.push(folded);
                Some(Keyword { term, score: (score / best).clamp(f32::MIN_POSITIVE, 1.0) })
            })
            .collect()
    }
}

/// How many candidates are weighed against each other.
const CANDIDATES: usize = 400;

/// A term as the text first writes it: a capital that only begins the sentence is made small.
fn written(tokens: &Tokens<'_>, (start, end): (usize, usize)) -> Option<String> {
    let words = tokens.span(start..end)?.of(tokens.text())?;
    let one_line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = &tokens[start];
    if first.case == Case::Title && (first.sentence || first.line) {
        let mut chars = one_line.chars();
        let capital = chars.next()?;
        return Some(capital.to_lowercase().chain(chars).collect());
    }
    Some(one_line)
}

#[cfg(test)]
mod tests;
