//! Gradient boosting on the logistic loss: trees grown leaf by leaf on binned features.

use std::fmt::Write as _;

/// Bins that the values of a feature are cut into.
const BINS: usize = 64;

/// How trees are grown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Growth {
    /// How many.
    pub trees: usize,
    /// Leaves of each.
    pub leaves: usize,
    /// Share of a tree's answer that is taken.
    pub rate: f32,
    /// Least weight of a leaf.
    pub leaf_weight_min: f32,
    /// Strength of the L2 penalty.
    pub l2: f32,
}

/// One block with what it should be.
#[derive(Clone)]
pub(crate) struct Sample<'a> {
    pub row: &'a [f32],
    pub positive: bool,
    pub weight: f32,
}

/// Sums of gradients and of second derivatives, for each feature and bin.
type Histogram = Vec<[f32; 2]>;

struct Leaf {
    samples: Vec<u32>,
    histogram: Histogram,
    slot: usize,
    gain: f32,
    feature: usize,
    bin: usize,
    value: f32,
}

/// Samples with their features cut into bins, sample by sample.
struct Binned {
    growth: Growth,
    features: usize,
    cuts: Vec<Vec<f32>>,
    bins: Vec<u8>,
}

impl Binned {
    fn of(samples: &[Sample<'_>], features: usize, growth: Growth) -> Self {
        let cuts: Vec<Vec<f32>> = (0..features)
            .map(|feature| {
                let mut values: Vec<f32> = samples.iter().map(|sample| sample.row[feature]).collect();
                values.sort_by(f32::total_cmp);
                let mut cuts: Vec<f32> =
                    (1..BINS).map(|bin| values[bin * (values.len() - 1) / BINS]).collect();
                let mut distinct = values;
                distinct.dedup();
                if distinct.len() < BINS {
                    cuts = distinct.windows(2).map(|pair| f32::midpoint(pair[0], pair[1])).collect();
                }
                cuts.dedup();
                cuts
            })
            .collect();
        let bins = samples
            .iter()
            .flat_map(|sample| {
                cuts.iter().zip(sample.row).map(|(cuts, value)| cuts.partition_point(|cut| cut < value) as u8)
            })
            .collect();
        Self { growth, features, cuts, bins }
    }

    fn row(&self, sample: u32) -> &[u8] {
        let from = sample as usize * self.features;
        &self.bins[from..from + self.features]
    }

    fn histogram(&self, samples: &[u32], gradients: &[[f32; 2]]) -> Histogram {
        let mut histogram = vec![[0.0; 2]; self.features * BINS];
        for sample in samples {
            let [g, h] = gradients[*sample as usize];
            for (bins, bin) in histogram.chunks_exact_mut(BINS).zip(self.row(*sample)) {
                let slot = &mut bins[usize::from(*bin) & (BINS - 1)];
                slot[0] += g;
                slot[1] += h;
            }
        }
        histogram
    }

    /// The leaf with its best split.
    fn leaf(&self, samples: Vec<u32>, slot: usize, histogram: Histogram, round: usize) -> Leaf {
        let Growth { rate, l2, leaf_weight_min, .. } = self.growth;
        let [g, h] =
            histogram[..BINS].iter().fold([0.0, 0.0], |sum, slot| [sum[0] + slot[0], sum[1] + slot[1]]);
        let score = |g: f32, h: f32| g * g / (h + l2);
        let mut best =
            Leaf { slot, gain: 0.0, feature: 0, bin: 0, value: rate * g / (h + l2), samples, histogram };
        for feature in 0..self.features {
            // A different third of the features sits out each round, so that trees do not all lean on the same.
            if (feature * 7 + round * 13).is_multiple_of(3) {
                continue;
            }
            let bins = &best.histogram[feature * BINS..(feature + 1) * BINS];
            let (mut left_g, mut left_h) = (0.0, 0.0);
            let mut found = None;
            for (bin, slot) in bins.iter().enumerate().take(self.cuts[feature].len()) {
                left_g += slot[0];
                left_h += slot[1];
                if left_h < leaf_weight_min || h - left_h < leaf_weight_min {
                    continue;
                }
                let gain = score(left_g, left_h) + score(g - left_g, h - left_h) - score(g, h);
                if gain > found.map_or(best.gain, |(gain, _)| gain) {
                    found = Some((gain, bin));
                }
            }
            if let Some((gain, bin)) = found {
                (best.gain, best.feature, best.bin) = (gain, feature, bin);
            }
        }
        best
    }
}

/// Fits trees on the first so many features of the samples.
pub(crate) fn fit(samples: &[Sample<'_>], features: usize, growth: Growth) -> Trees {
    let binned = Binned::of(samples, features, growth);
    let (positive, total) = samples.iter().fold((0.0_f32, 0.0_f32), |(positive, total), sample| {
        (positive + if sample.positive { sample.weight } else { 0.0 }, total + sample.weight)
    });
    let bias = (positive / (total - positive)).ln();
    let mut scores = vec![bias; samples.len()];
    let mut trees: Vec<Vec<Node>> = Vec::with_capacity(growth.trees);
    for round in 0..growth.trees {
        let gradients: Vec<[f32; 2]> = samples
            .iter()
            .zip(&scores)
            .map(|(sample, score)| {
                let p = 1.0 / (1.0 + (-score).exp());
                [
                    (f32::from(u8::from(sample.positive)) - p) * sample.weight,
                    (p * (1.0 - p) * sample.weight).max(1e-6),
                ]
            })
            .collect();
        // Each tree sees another half of the samples.
        let seen: Vec<u32> = (0..samples.len() as u32)
            .filter(|sample| (sample ^ round as u32).wrapping_mul(0x9e37_79b1) >> 31 == 0)
            .collect();
        let histogram = binned.histogram(&seen, &gradients);
        let mut leaves = vec![binned.leaf(seen, 0, histogram, round)];
        let mut nodes = vec![Node { test: None, left: 0, value: leaves[0].value }];
        while leaves.len() < growth.leaves {
            let best = leaves
                .iter()
                .enumerate()
                .filter(|(_, leaf)| leaf.gain > 1e-3)
                .max_by(|a, b| a.1.gain.total_cmp(&b.1.gain));
            let Some((index, _)) = best else { break };
            let leaf = leaves.swap_remove(index);
            let (left, right): (Vec<u32>, Vec<u32>) = leaf
                .samples
                .iter()
                .partition(|sample| usize::from(binned.row(**sample)[leaf.feature]) <= leaf.bin);
            // The larger side is what the smaller leaves of the whole.
            let less = binned.histogram(if left.len() < right.len() { &left } else { &right }, &gradients);
            let mut more = leaf.histogram;
            for (more, less) in more.iter_mut().zip(&less) {
                more[0] -= less[0];
                more[1] -= less[1];
            }
            let (left_histogram, right_histogram) =
                if left.len() < right.len() { (less, more) } else { (more, less) };
            let slot = nodes.len();
            nodes[leaf.slot].test = Some((leaf.feature, binned.cuts[leaf.feature][leaf.bin]));
            nodes[leaf.slot].left = slot;
            for (offset, (side, histogram)) in
                [(left, left_histogram), (right, right_histogram)].into_iter().enumerate()
            {
                let child = binned.leaf(side, slot + offset, histogram, round);
                nodes.push(Node { test: None, left: 0, value: child.value });
                leaves.push(child);
            }
        }
        for (sample, score) in samples.iter().zip(&mut scores) {
            *score += leaf_value(&nodes, sample.row);
        }
        trees.push(nodes);
    }
    Trees { bias, trees }
}

fn leaf_value(tree: &[Node], row: &[f32]) -> f32 {
    let mut at = 0;
    while let Some((feature, threshold)) = tree[at].test {
        at = tree[at].left + usize::from(row[feature] > threshold);
    }
    tree[at].value
}

/// A node of a tree; without a test, a leaf.
struct Node {
    /// The feature, and up to which value it leads to the left.
    test: Option<(usize, f32)>,
    left: usize,
    value: f32,
}

/// Trees whose answers add up to log-odds.
pub(crate) struct Trees {
    bias: f32,
    trees: Vec<Vec<Node>>,
}

impl Trees {
    /// How likely a block with these features is the article's.
    pub(crate) fn log_odds(&self, row: &[f32]) -> f32 {
        self.bias + self.trees.iter().map(|tree| leaf_value(tree, row)).sum::<f32>()
    }

    /// The form that the program reads.
    pub(crate) fn to_text(&self) -> String {
        let mut out = format!("bias {:.4}\n", self.bias);
        for tree in &self.trees {
            out.push_str("tree\n");
            for node in tree {
                // Writing to a string cannot fail.
                let _ = match node.test {
                    Some((feature, threshold)) => {
                        let name = parser::feature_names()[feature];
                        writeln!(out, "test {name} {threshold} {} {:.4}", node.left, node.value)
                    }
                    None => writeln!(out, "leaf {:.4}", node.value),
                };
            }
        }
        out
    }
}
