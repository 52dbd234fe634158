//! From annotated texts to a model.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::anyhow;
use document::{EntityKind, Span};
use enricher::entities::clusters::Clusters;
use enricher::entities::features::{FARTHER, Facts, mix};
use enricher::entities::label::{LABELS, OUTSIDE, WIDTH, begin, inside};
use enricher::entities::model::{Model, Scores, pack};
use enricher::entities::second_look::SecondLook;
use enricher::entities::tagger::{allowed, first_look, stretches};
use enricher::lexicon::Lexicon;
use enricher::tokens::Tokens;

use crate::clusters::Words;
use crate::corpus::{Document, Mention};
use crate::crf::{Example, GROUPS, Settings, Weights, feature, learn};

/// Weights of a model, by key, in its unit.
type Rows = Vec<(u64, [i8; LABELS])>;

/// One step of a stored weight. A weight is at most 127 of them, and few weights come near.
const UNIT: f32 = 1.0 / 24.0;

/// Weights of which none reaches this many steps are left out.
const LEAST: i8 = 1;

/// A key that fewer tokens have is not learnt.
const RARE: u32 = 2;

/// The first look's labels in training come from models that have not seen the text: as many as this.
const FOLDS: usize = 5;

/// Without the penalty and the rounds, which each language has its own of.
const FIRST: Settings =
    Settings { rounds: 0, penalty: 0.0, rate: 0.06, mean: 6, hide: [0; GROUPS], whole: 0 };
const SECOND: Settings =
    Settings { rounds: 12, penalty: 1.0, rate: 0.05, mean: 6, hide: [0; GROUPS], whole: 0 };

/// How a language is learnt: what depends on how much there is to learn from, and of how many kinds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    /// How many times the first look sees every example.
    pub(crate) rounds: u32,
    /// Weight of the first look's penalty.
    pub(crate) penalty: f32,
    /// How often, of 256, the word itself, its clusters, or its lists are hidden.
    pub(crate) hide: [u8; 3],
    /// Whether templates that look far are learnt.
    pub(crate) far: bool,
    /// By how many nats mentions of a kind have to be likelier than what was learnt asks for: where other texts than the
    /// learnt ones name fewer of them.
    pub(crate) caution: &'static [(EntityKind, f32)],
}

impl Manner {
    fn settings(self) -> Settings {
        let [word, clusters, lists] = self.hide;
        Settings {
            rounds: self.rounds,
            penalty: self.penalty,
            hide: [0, word, clusters, lists],
            whole: 1 << begin(EntityKind::Product) | 1 << inside(EntityKind::Product),
            ..FIRST
        }
    }

    fn learns(self, template: u64) -> bool {
        self.far || template < FARTHER
    }
}

/// The place of a template in the settings' `hide`.
fn group(template: u64) -> u32 {
    match template {
        1 | 6 | 7 => 1,
        26..=38 => 2,
        39..=48 => 3,
        _ => 0,
    }
}

/// A text, cut and looked at.
pub(crate) struct Prepared<'d> {
    tokens: Tokens<'d>,
    facts: Facts,
    gold: Vec<u16>,
}

impl<'d> Prepared<'d> {
    pub(crate) fn new(document: &'d Document, clusters: &Clusters, lexicon: &Lexicon) -> Self {
        let tokens = Tokens::new(&document.text);
        let facts = Facts::new(&tokens, clusters, lexicon);
        let gold = gold(&tokens, &document.mentions);
        Self { tokens, facts, gold }
    }
}

/// The labels that the annotation allows each token, as bits.
fn gold(tokens: &Tokens<'_>, mentions: &[Mention]) -> Vec<u16> {
    let mut labels = vec![1 << OUTSIDE; tokens.len()];
    for Mention { span, kind } in mentions {
        let Range { start: first, end: last } = tokens.covering(Span::new(span.start, span.end));
        let exact = first < last
            && tokens[first].start as usize == span.start
            && tokens[last - 1].end as usize == span.end;
        for (index, label) in labels.iter_mut().enumerate().take(last).skip(first) {
            *label = match kind {
                // The mention ends inside a token, so that no labels say what the annotation says.
                _ if !exact => (1 << LABELS) - 1,
                Some(kind) if index == first => 1 << begin(*kind),
                Some(kind) => 1 << inside(*kind),
                None => [EntityKind::Product, EntityKind::Event]
                    .iter()
                    .fold(1 << OUTSIDE, |set, kind| set | 1 << begin(*kind) | 1 << inside(*kind)),
            };
        }
    }
    labels
}

/// The numbers of the keys that are worth learning.
struct Numbers(HashMap<u64, u32>);

impl Numbers {
    fn new(documents: &[&Prepared<'_>], keys: impl Fn(&Prepared<'_>, &mut dyn FnMut(u64))) -> Self {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        let mut order = Vec::new();
        for document in documents {
            keys(document, &mut |key| {
                let count = counts.entry(key).or_default();
                *count += 1;
                if *count == RARE {
                    order.push(key);
                }
            });
        }
        Self(order.into_iter().zip(0..).collect())
    }

    /// The rows of these weights.
    fn rows(&self, weights: &Weights) -> Rows {
        let mut rows: Rows = self
            .0
            .iter()
            .map(|(&key, &number)| {
                let row = &weights.features[number as usize];
                (key, std::array::from_fn(|label| steps(row[label]).clamp(-127, 127) as i8))
            })
            .filter(|(_, row)| row.iter().any(|weight| weight.unsigned_abs() >= LEAST.unsigned_abs()))
            .collect();
        rows.sort_unstable();
        rows
    }
}

fn steps(weight: f32) -> i32 {
    (weight / UNIT).round() as i32
}

fn transitions(weights: &Weights, caution: &[(EntityKind, f32)]) -> [Scores; WIDTH] {
    let mut transitions = weights.transitions.map(|row| row.map(steps));
    for row in &mut transitions {
        for &(kind, nats) in caution {
            row[usize::from(begin(kind))] -= steps(nats);
        }
    }
    allowed(transitions)
}

/// Learns the first look from these texts.
fn learn_first(documents: &[&Prepared<'_>], manner: Manner) -> (Rows, Weights) {
    let numbers = Numbers::new(documents, |document, see| {
        for stretch in stretches(&document.tokens) {
            for index in stretch.clone() {
                document.facts.each(stretch.start, stretch.end, index, |template, value| {
                    if manner.learns(template) {
                        see(mix(template, value));
                    }
                });
            }
        }
    });
    let mut examples = Vec::new();
    for document in documents {
        for stretch in stretches(&document.tokens) {
            let mut example = Example::new(&document.gold[stretch.clone()]);
            for index in stretch.clone() {
                document.facts.each(stretch.start, stretch.end, index, |template, value| {
                    let number = numbers.0.get(&mix(template, value));
                    example.features.extend(number.map(|number| feature(*number, group(template))));
                });
                example.ends.push(example.features.len() as u32);
            }
            examples.push(example);
        }
    }
    let weights = learn(&examples, numbers.0.len(), None, manner.settings());
    (numbers.rows(&weights), weights)
}

impl Example {
    fn new(gold: &[u16]) -> Self {
        Self { base: Vec::new(), features: Vec::new(), ends: Vec::new(), gold: gold.to_vec() }
    }
}

/// What a first look that has not seen the text makes of it.
struct Looked<'p, 'd> {
    document: &'p Prepared<'d>,
    scores: Vec<Scores>,
    labels: Vec<u8>,
    look: SecondLook,
}

/// Learns a model, packed.
pub(crate) fn train(
    documents: &[Document],
    manner: Manner,
    words: &mut Words,
    lexicon: &Lexicon,
) -> anyhow::Result<Vec<u8>> {
    let clusters = words.clusters();
    let prepared: Vec<_> =
        documents.iter().map(|document| Prepared::new(document, &clusters, lexicon)).collect();
    let fold = &|fold: usize| {
        let seen: Vec<_> = every(&prepared, fold, false).collect();
        let (rows, weights) = learn_first(&seen, manner);
        let model = Model::new(&rows, [transitions(&weights, manner.caution); 2], Clusters::default());
        let mut looked = Vec::new();
        for document in every(&prepared, fold, true) {
            let (scores, labels) = first_look(&model, &document.tokens, &document.facts);
            let look = SecondLook::new(&document.tokens, &labels);
            looked.push(Looked { document, scores, labels, look });
        }
        looked
    };
    let all: Vec<_> = prepared.iter().collect();
    // Nothing that one thread does depends on another, so that the order they end in changes nothing.
    let ((mut rows, weights), looked) = std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS).map(|part| scope.spawn(move || fold(part))).collect();
        let whole = learn_first(&all, manner);
        let mut looked = Vec::new();
        for fold in folds {
            looked.extend(fold.join().map_err(|_| anyhow!("a thread that learnt a part has died"))?);
        }
        Ok::<_, anyhow::Error>((whole, looked))
    })?;
    let first = transitions(&weights, manner.caution);
    let (more, second) = learn_second(&looked, &weights);
    rows.extend(more);
    Ok(pack(&mut rows, &[first, transitions(&second, manner.caution)], &mut words.words, &words.coarse)?)
}

/// The texts that are, or are not, in this fold.
fn every<'p, 'd>(
    all: &'p [Prepared<'d>],
    fold: usize,
    inside: bool,
) -> impl Iterator<Item = &'p Prepared<'d>> {
    all.iter()
        .enumerate()
        .filter(move |(place, _)| (place % FOLDS == fold) == inside)
        .map(|(_, document)| document)
}

fn learn_second(looked: &[Looked<'_, '_>], first: &Weights) -> (Rows, Weights) {
    let mut numbers = HashMap::new();
    let mut examples = Vec::new();
    for Looked { document, scores, labels, look } in looked {
        for stretch in stretches(&document.tokens) {
            let mut example = Example::new(&document.gold[stretch.clone()]);
            for index in stretch {
                example.base.push(scores[index].map(|score| score as f32 * UNIT));
                look.keys(&document.tokens, index, labels[index], |key| {
                    let next = numbers.len() as u32;
                    example.features.push(*numbers.entry(key).or_insert(next));
                });
                example.ends.push(example.features.len() as u32);
            }
            examples.push(example);
        }
    }
    let weights = learn(&examples, numbers.len(), Some(&first.transitions), SECOND);
    (Numbers(numbers).rows(&weights), weights)
}

/// The mentions that a model finds in a text.
pub(crate) fn find(model: &Model, document: &Document, lexicon: &Lexicon) -> Vec<(Range<usize>, EntityKind)> {
    let tokens = Tokens::new(&document.text);
    enricher::entities::mentions(model, &tokens, lexicon)
        .into_iter()
        .map(|(span, kind)| (span.range(), kind))
        .collect()
}
