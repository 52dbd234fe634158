//! Learns the weights of a linear-chain conditional random field (Lafferty et al. 2001) by stochastic gradient
//! descent with an L2 penalty (Bottou 2010).
//!
//! The order of all sums is fixed and the exponential is our own, so that the same data give the same weights on
//! every machine.

use enricher::entities::label::{LABELS, WIDTH, follows};

/// A value for each label.
pub(crate) type Row = [f32; WIDTH];

/// One stretch of tokens to learn from.
#[derive(Debug)]
pub(crate) struct Example {
    /// What the weights that are learnt here are added to, token by token; empty for nothing.
    pub(crate) base: Vec<Row>,
    /// The features of each token, one after the other, as [`feature`] makes them.
    pub(crate) features: Vec<u32>,
    /// Where the features of each token end.
    pub(crate) ends: Vec<u32>,
    /// The labels that each token may have, as bits; one bit where the annotation leaves no doubt.
    pub(crate) gold: Vec<u16>,
}

/// Learnt weights.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// By feature.
    pub(crate) features: Vec<Row>,
    /// By the label before.
    pub(crate) transitions: [Row; WIDTH],
}

/// A feature by its number, with what it is of.
pub(crate) fn feature(number: u32, group: u32) -> u32 {
    group << SHIFT | number
}

/// How many groups of features there are.
pub(crate) const GROUPS: usize = 4;

/// Numbers of features take this many bits.
const SHIFT: u32 = 29;

fn number(feature: u32) -> usize {
    (feature & ((1 << SHIFT) - 1)) as usize
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// How often, of 256, a token is seen without the features of each group, so that none is relied on alone.
    pub(crate) hide: [u8; GROUPS],
    /// Labels, as bits, whose tokens have nothing hidden: too rare to be told by what remains.
    pub(crate) whole: u16,
    /// The weights are the mean of those after each of so many last rounds.
    pub(crate) mean: u32,
    /// How many times every example is seen.
    pub(crate) rounds: u32,
    /// Weight of the L2 penalty against one example.
    pub(crate) penalty: f32,
    /// The first step's length.
    pub(crate) rate: f32,
}

const NEVER: f32 = -1e4;

/// Learns from the examples, starting from these transitions.
pub(crate) fn learn(
    examples: &[Example],
    features: usize,
    start: Option<&[Row; WIDTH]>,
    settings: Settings,
) -> Weights {
    let mut weights =
        Weights { features: vec![[0.0; WIDTH]; features], transitions: start.copied().unwrap_or_default() };
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = Random(0x2026_1122);
    let lambda = settings.penalty / examples.len() as f32;
    // The weights are `scale` times what is stored, so that the penalty is one multiplication a step.
    let (mut scale, mut step) = (1.0_f32, 0_u32);
    let mut chain = Chain::default();
    let mut mean = Mean::default();
    for round in 0..settings.rounds {
        random.shuffle(&mut order);
        for &index in &order {
            let example = &examples[index as usize];
            let rate = settings.rate / (1.0 + settings.rate * lambda * step as f32);
            step += 1;
            scale *= 1.0 - rate * lambda;
            chain.see(example, settings, &mut random);
            chain.run(example, &weights, scale);
            let gain = rate / scale;
            let mut from = 0;
            for (token, &end) in chain.ends.iter().enumerate() {
                let gradient = chain.gradient[token].map(|value| value * gain);
                for &feature in &chain.seen[from..end as usize] {
                    for (weight, value) in weights.features[number(feature)].iter_mut().zip(gradient) {
                        *weight += value;
                    }
                }
                from = end as usize;
            }
            for (row, gradient) in weights.transitions.iter_mut().zip(&chain.transitions) {
                for (weight, value) in row.iter_mut().zip(gradient) {
                    *weight += value * rate;
                }
            }
            if scale < 1e-3 {
                weights.features.iter_mut().flatten().for_each(|weight| *weight *= scale);
                scale = 1.0;
            }
        }
        if round + settings.mean >= settings.rounds {
            mean.add(&weights, scale);
        }
    }
    let mut weights = mean.weights();
    // What was seen less often in learning than it will be counts less.
    let mut groups = vec![0; features];
    for &feature in examples.iter().flat_map(|example| &example.features) {
        groups[number(feature)] = feature >> SHIFT;
    }
    for (row, group) in weights.features.iter_mut().zip(groups) {
        let share = 1.0 - f32::from(settings.hide[group as usize]) / 256.0;
        for weight in row {
            *weight *= share;
        }
    }
    weights
}

/// The mean of several sets of weights.
#[derive(Default)]
struct Mean {
    sum: Option<Weights>,
    count: u32,
}

impl Mean {
    fn add(&mut self, weights: &Weights, scale: f32) {
        self.count += 1;
        let sum = self.sum.get_or_insert_with(|| Weights {
            features: vec![Row::default(); weights.features.len()],
            transitions: [Row::default(); WIDTH],
        });
        for (sum, weight) in sum.features.iter_mut().flatten().zip(weights.features.iter().flatten()) {
            *sum += weight * scale;
        }
        for (sum, weight) in sum.transitions.iter_mut().flatten().zip(weights.transitions.iter().flatten()) {
            *sum += weight;
        }
    }

    fn weights(self) -> Weights {
        let mut weights = self
            .sum
            .unwrap_or_else(|| Weights { features: Vec::new(), transitions: [Row::default(); WIDTH] });
        let share = 1.0 / self.count.max(1) as f32;
        weights.features.iter_mut().flatten().for_each(|weight| *weight *= share);
        weights.transitions.iter_mut().flatten().for_each(|weight| *weight *= share);
        weights
    }
}

/// What one example says, in buffers that are used again.
#[derive(Default)]
struct Chain {
    /// The features that are not hidden this time, and where those of each token end.
    seen: Vec<u32>,
    ends: Vec<u32>,
    /// Exponentials of the scores of each token, each row divided by its highest.
    scores: Vec<Row>,
    forward: Vec<Row>,
    /// What remains to be learnt of each token: expected by the annotation less expected by the weights.
    gradient: Vec<Row>,
    transitions: [Row; WIDTH],
}

impl Chain {
    /// Chooses what of the example is seen this time.
    fn see(&mut self, example: &Example, settings: Settings, random: &mut Random) {
        self.seen.clear();
        self.ends.clear();
        let mut from = 0;
        for (&end, gold) in example.ends.iter().zip(&example.gold) {
            let whole = gold & !settings.whole == 0;
            let hidden =
                settings.hide.map(|often| often > 0 && random.below(256) < usize::from(often) && !whole);
            let features = &example.features[from..end as usize];
            self.seen.extend(features.iter().filter(|feature| !hidden[(**feature >> SHIFT) as usize]));
            self.ends.push(self.seen.len() as u32);
            from = end as usize;
        }
    }

    fn run(&mut self, example: &Example, weights: &Weights, scale: f32) {
        self.scores.clear();
        let mut from = 0;
        for (token, &end) in self.ends.iter().enumerate() {
            let mut sum = Row::default();
            for &feature in &self.seen[from..end as usize] {
                for (sum, weight) in sum.iter_mut().zip(&weights.features[number(feature)]) {
                    *sum += weight;
                }
            }
            from = end as usize;
            let mut row = sum.map(|value| value * scale);
            if let Some(base) = example.base.get(token) {
                row.iter_mut().zip(base).for_each(|(value, base)| *value += base);
            }
            let highest = row[..LABELS].iter().copied().fold(f32::NEG_INFINITY, f32::max);
            self.scores.push(std::array::from_fn(|label| {
                if label < LABELS { exp(row[label] - highest) } else { 0.0 }
            }));
        }
        let mut next = [Row::default(); WIDTH];
        for (before, (row, learnt)) in next.iter_mut().zip(&weights.transitions).enumerate().take(LABELS) {
            for label in 0..LABELS {
                if follows(before as u8, label as u8) {
                    row[label] = exp(learnt[label].max(NEVER));
                }
            }
        }
        self.gradient.clear();
        self.gradient.resize(example.gold.len(), Row::default());
        self.transitions = [Row::default(); WIDTH];
        self.expect(&next, Some(&example.gold), 1.0);
        self.expect(&next, None, -1.0);
    }

    /// Adds `sign` times the expected labels and transitions, over all sequences or those that `gold` allows.
    fn expect(&mut self, next: &[Row; WIDTH], gold: Option<&[u16]>, sign: f32) {
        let count = self.scores.len();
        let score = |token: usize| -> Row {
            match gold {
                Some(gold) => std::array::from_fn(|label| {
                    if gold[token] >> label & 1 == 1 { self.scores[token][label] } else { 0.0 }
                }),
                None => self.scores[token],
            }
        };
        self.forward.clear();
        let mut before = Row::default();
        before[0] = 1.0;
        let start = before;
        for token in 0..count {
            let scores = score(token);
            let mut row = Row::default();
            for (value, added) in before.iter().zip(next).take(LABELS) {
                for (sum, added) in row.iter_mut().zip(added) {
                    *sum += value * added;
                }
            }
            row.iter_mut().zip(&scores).for_each(|(value, score)| *value *= score);
            before = normalised(row);
            self.forward.push(before);
        }
        let mut backward: Row = std::array::from_fn(|label| if label < LABELS { 1.0 } else { 0.0 });
        for token in (0..count).rev() {
            let here: Row = std::array::from_fn(|label| self.forward[token][label] * backward[label]);
            let here = normalised(here);
            self.gradient[token].iter_mut().zip(here).for_each(|(sum, value)| *sum += sign * value);
            let scores = score(token);
            let weighted: Row = std::array::from_fn(|label| scores[label] * backward[label]);
            let before = if token == 0 { &start } else { &self.forward[token - 1] };
            let mut total = 0.0;
            let mut pairs = [Row::default(); WIDTH];
            let mut sums = Row::default();
            for label in 0..LABELS {
                for after in 0..LABELS {
                    let added = next[label][after] * weighted[after];
                    sums[label] += added;
                    pairs[label][after] = before[label] * added;
                    total += pairs[label][after];
                }
            }
            if total > 0.0 {
                let share = sign / total;
                for (row, pairs) in self.transitions.iter_mut().zip(&pairs) {
                    row.iter_mut().zip(pairs).for_each(|(sum, pair)| *sum += share * pair);
                }
            }
            backward = normalised(sums);
        }
    }
}

fn normalised(mut row: Row) -> Row {
    let sum: f32 = row[..LABELS].iter().sum();
    if sum > 0.0 {
        for value in &mut row {
            *value /= sum;
        }
    }
    row
}

/// The exponential, by range reduction and a polynomial: additions and multiplications alone, which every machine
/// rounds alike. Relative error below 1e-6.
fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let x = x.min(80.0);
    let power = (x * std::f32::consts::LOG2_E).round();
    let rest = x - power * std::f32::consts::LN_2;
    let polynomial = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5
                        + rest
                            * (0.166_666_67
                                + rest * (0.041_666_668 + rest * (0.008_333_334 + rest * 0.001_388_889)))));
    polynomial * f32::from_bits(((power as i32 + 127) as u32) << 23)
}

/// A small generator of fixed seed (xorshift64*).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}
