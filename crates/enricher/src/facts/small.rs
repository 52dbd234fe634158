//! The small words of a language, and how it orders and writes its words.

use rustc_hash::FxHashSet;

use super::frames::Words;
use crate::tokens::hash;

/// Words that are looked up one by one, by the hash of their form.
#[derive(Debug, Default)]
pub(super) struct Small {
    /// *the*, *son*: between a preposition and its noun.
    pub articles: FxHashSet<u64>,
    /// What a sentence begins with that begins with a noun: *ce*, *the*.
    pub determiners: FxHashSet<u64>,
    /// *and*.
    pub joints: FxHashSet<u64>,
    /// *or*.
    pub alternatives: FxHashSet<u64>,
    /// What makes a participle a passive.
    pub passives: FxHashSet<u64>,
    /// Finite verbs of more than one: *are*.
    pub plurals: FxHashSet<u64>,
    /// What begins a sentence like a name and is none: *cela*, *there*.
    pub indefinites: FxHashSet<u64>,
    /// Where was said before: *y*, *there*.
    pub theres: FxHashSet<u64>,
    /// *we*: whoever speaks for an organization.
    pub first_persons: FxHashSet<u64>,
    /// Before what something comes to: *to*.
    pub tos: FxHashSet<u64>,
    /// What is no more what its noun says: *ancien*, *disused*.
    pub pasts: FxHashSet<u64>,
    /// What a company is made of, and may sell: *division*.
    pub branches: FxHashSet<u64>,
    /// *of*.
    pub genitives: FxHashSet<u64>,
    /// *in*.
    pub locatives: FxHashSet<u64>,
    /// What is in the names of organizations that are no companies: *association*, *ministry*.
    pub bodies: FxHashSet<u64>,
    /// What people are at a company: *chief executive*, by its last word.
    pub offices: FxHashSet<u64>,
    /// What keeps a name apart from the noun before it: prepositions, *and*, *that*.
    pub apart: FxHashSet<u64>,
    /// What such phrases begin with: behind a noun it is the head of what stands before.
    pub openers: FxHashSet<u64>,
    /// Adjectives follow their noun: *le fabricant français*.
    pub is_head_first: bool,
    /// Participles and infinitives end their clause, whose second part is the finite verb; nouns have capitals and are
    /// written in one word with what says of which kind they are: *hat das Halbleiterwerk übernommen*.
    pub is_verb_final: bool,
    /// What company nouns end in, where nouns are written in one word.
    pub endings: Vec<String>,
}

impl Small {
    /// Adds those of a file.
    pub(super) fn add(&mut self, words: &Words) {
        let apart = || {
            [
                &words.companion,
                &words.agentive,
                &words.locative,
                &words.preposition,
                &words.embedding,
                &words.joint,
            ]
            .into_iter()
            .flatten()
        };
        let all: [(&mut FxHashSet<u64>, Vec<&String>); 16] = [
            (&mut self.articles, words.article.iter().collect()),
            (&mut self.determiners, words.determiner.iter().collect()),
            (&mut self.joints, words.joint.iter().collect()),
            (&mut self.alternatives, words.alternative.iter().collect()),
            (&mut self.passives, words.passive.iter().collect()),
            (&mut self.plurals, words.plural.iter().collect()),
            (&mut self.indefinites, words.indefinite.iter().collect()),
            (&mut self.theres, words.there.iter().collect()),
            (&mut self.first_persons, words.first_person.iter().collect()),
            (&mut self.tos, words.to.iter().collect()),
            (&mut self.pasts, words.past.iter().collect()),
            (&mut self.branches, words.branch.iter().collect()),
            (&mut self.genitives, words.genitive.iter().collect()),
            (&mut self.locatives, words.locative.iter().collect()),
            (&mut self.bodies, words.body.iter().collect()),
            (&mut self.apart, apart().collect()),
        ];
        for (set, words) in all {
            set.extend(
                words.into_iter().filter(|word| !word.contains(' ')).map(|word| hash(&word.to_lowercase())),
            );
        }
        let office = |phrase: &String| phrase.rsplit(' ').next().map(hash);
        self.offices.extend(words.spokesman.iter().filter_map(office));
        let openers = apart().chain(&words.genitive).chain(&words.relative);
        self.openers.extend(openers.filter_map(|phrase| phrase.split(' ').next()).map(hash));
        self.is_head_first |= words.head_first;
        self.is_verb_final |= words.verb_final;
        if self.is_verb_final {
            self.endings.extend(words.company.iter().map(|noun| noun.to_lowercase()));
        }
    }
}
