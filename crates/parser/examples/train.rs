//! Fits the trees that tell the blocks of an article from the rest of its page, from pages with gold.
//!
//! usage: `train [--half a|b] crates/parser/src/html SET_FOLDER…`, where a folder holds `gold.jsonl` and
//! `pages/<id>.html.gz`; writes `first.model` and `second.model`. With `--half`, only the sites of that half (by a hash
//! of their name) are learnt from.

mod gold;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use document::RawDocument;
use parser::{Config, Parser};

const TREES: usize = 120;
const LEAVES: usize = 10;
const RATE: f32 = 0.15;
const BINS: usize = 64;
/// Least weight of a leaf and strength of the L2 penalty: so much that no leaf is about one site. Measured on sites unseen.
const LEAF_WEIGHT_MIN: f32 = 15.0;
const L2: f32 = 15.0;

/// One block with what it should be.
struct Sample {
    row: Vec<f32>,
    positive: bool,
    weight: f32,
}

/// A page with its gold.
struct Page {
    raw: RawDocument,
    gold: serde_json::Value,
    fold: usize,
}

/// Parts that the pages are cut into, so that the second model learns from what a first model says of pages that it
/// has not seen.
const FOLDS: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parser = Parser::new(&Config::built_in())?;
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut half = None;
    if arguments.first().is_some_and(|argument| argument == "--half") {
        half = arguments.get(1).map(|half| u32::from(half == "b"));
        arguments.drain(..2);
    }
    let out = std::path::PathBuf::from(arguments.remove(0));
    let mut pages = Vec::new();
    for folder in &arguments {
        let folder = Path::new(folder);
        let mut golds = HashMap::new();
        for line in std::fs::read_to_string(folder.join("gold.jsonl"))?.lines() {
            // A date that is no number is of no concern here.
            if let Ok(gold) = serde_json::from_str::<serde_json::Value>(&line.replace("NaN", "null")) {
                golds.insert(gold["id"].as_str().unwrap_or_default().to_owned(), gold);
            }
        }
        for (id, raw) in gold::pages(folder)? {
            let Some(gold) = golds.remove(&id) else { continue };
            let site = gold["site"].as_str().unwrap_or(&id);
            if half.is_none_or(|half| half_of(site) == half) {
                let fold = pages.len() % FOLDS;
                pages.push(Page { raw, gold, fold });
            }
        }
    }
    let first_features = parser::feature_names().iter().position(|name| *name == "first").unwrap_or(0);
    let samples = |kept: &dyn Fn(&Page) -> bool, first: &dyn Fn(&[f32]) -> f32| {
        let mut samples = Vec::new();
        for page in pages.iter().filter(|page| kept(page)) {
            if let Ok(blocks) = parser.explain(&page.raw, Some(first)) {
                label(&page.gold, &blocks, &mut samples);
            }
        }
        samples
    };
    let all = samples(&|_| true, &|_| 0.0);
    let positives = all.iter().filter(|sample| sample.positive).count();
    eprintln!("{} blocks, {positives} of them article", all.len());
    let mut second = Vec::new();
    let (answers, first) = std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS)
            .map(|fold| {
                let samples = &samples;
                scope.spawn(move || {
                    let model = fit(&samples(&|page| page.fold != fold, &|_| 0.0), first_features);
                    samples(&|page| page.fold == fold, &|row| model.log_odds(row))
                })
            })
            .collect();
        let first = fit(&all, first_features);
        (folds.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>(), first)
    });
    for answers in answers {
        second.extend(answers.map_err(|_| "a fold could not be fitted")?);
    }
    std::fs::write(out.join("first.model"), first.to_text())?;
    std::fs::write(out.join("second.model"), fit(&second, parser::feature_names().len()).to_text())?;
    Ok(())
}

/// The half of the development pages that a site falls into, by FNV-1a.
fn half_of(site: &str) -> u32 {
    (site.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) >> 8)
        & 1
}

/// Adds the blocks of one page that the gold decides about.
fn label(gold: &serde_json::Value, blocks: &[parser::ExplainedBlock], samples: &mut Vec<Sample>) {
    let strings = |key: &str| -> Vec<String> {
        gold[key].as_array().into_iter().flatten().filter_map(|value| value.as_str()).map(squeezed).collect()
    };
    let first = samples.len();
    if let Some(body) = gold["body"].as_str() {
        // Words of the gold in order; each may be matched once by blocks in order, so that repeats count once.
        let body = words(body);
        let mut runs: HashMap<Vec<String>, i32> = HashMap::new();
        for size in 1..=4 {
            for run in body.windows(size) {
                *runs.entry(run.to_vec()).or_default() += 1;
            }
        }
        for block in blocks {
            let own: Vec<String> = words(&block.text);
            if own.is_empty() || block.features.is_empty() {
                continue;
            }
            let size = own.len().min(4);
            let (mut found, mut total) = (0, 0);
            for run in own.windows(size) {
                total += 1;

                if let Some(left) = runs.get_mut(run)
                    && *left > 0
                {
                    *left -= i32::from(size == 4);
                    found += 1;
                }
            }
            let share = found as f32 / total as f32;
            // A short line may be in the text by chance; one in the middle is worth no lesson.
            let sure = if size < 3 { 0.3 } else { 1.0 } * (2.0 * share - 1.0).abs();
            let weight = sure * (own.len() as f32).sqrt().min(12.0);
            samples.push(Sample { row: block.features.clone(), positive: share > 0.5, weight });
        }
    } else {
        let (with, without) = (strings("with"), strings("without"));
        for block in blocks.iter().filter(|block| !block.features.is_empty()) {
            let text = squeezed(&block.text);
            let chars = text.chars().count().max(1) as f32;
            let wanted = with
                .iter()
                .any(|segment| text.contains(segment.as_str()) || segment.contains(&text) && chars > 20.0);
            let unwanted: f32 = without
                .iter()
                .filter(|segment| text.contains(segment.as_str()) || (segment.contains(&text) && chars > 3.0))
                .map(|segment| (segment.chars().count() as f32 / chars).min(1.0))
                .fold(0.0, f32::max);
            if wanted && unwanted == 0.0 {
                samples.push(Sample { row: block.features.clone(), positive: true, weight: 5.0 });
            } else if unwanted > 0.4 && !wanted {
                samples.push(Sample { row: block.features.clone(), positive: false, weight: 5.0 });
            }
        }
    }
    // Long pages say more, but not in proportion.
    let total: f32 = samples[first..].iter().map(|sample| sample.weight).sum();
    let scale = 12.0 / (total + 60.0).sqrt();
    for sample in &mut samples[first..] {
        sample.weight *= scale;
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
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
    features: usize,
    cuts: Vec<Vec<f32>>,
    bins: Vec<u8>,
}

impl Binned {
    fn of(samples: &[Sample], features: usize) -> Self {
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
                cuts.iter()
                    .zip(&sample.row)
                    .map(|(cuts, value)| cuts.partition_point(|cut| cut < value) as u8)
            })
            .collect();
        Self { features, cuts, bins }
    }

    fn row(&self, sample: u32) -> &[u8] {
        let from = sample as usize * self.features;
        &self.bins[from..from + self.features]
    }

    fn histogram(&self, samples: &[u32], gradients: &[[f32; 2]]) -> Histogram {
        let mut histogram = vec![[0.0; 2]; self.features * BINS];
        for sample in samples {
            let [g, h] = gradients[*sample as usize];
            for (feature, bin) in self.row(*sample).iter().enumerate() {
                let slot = &mut histogram[feature * BINS + usize::from(*bin)];
                slot[0] += g;
                slot[1] += h;
            }
        }
        histogram
    }

    /// The leaf with its best split.
    fn leaf(&self, samples: Vec<u32>, slot: usize, histogram: Histogram, round: usize) -> Leaf {
        let [g, h] =
            histogram[..BINS].iter().fold([0.0, 0.0], |sum, slot| [sum[0] + slot[0], sum[1] + slot[1]]);
        let score = |g: f32, h: f32| g * g / (h + L2);
        let mut best =
            Leaf { slot, gain: 0.0, feature: 0, bin: 0, value: RATE * g / (h + L2), samples, histogram };
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
                if left_h < LEAF_WEIGHT_MIN || h - left_h < LEAF_WEIGHT_MIN {
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

/// Gradient boosting on the logistic loss, trees grown leaf by leaf on binned features.
fn fit(samples: &[Sample], features: usize) -> Trees {
    let binned = Binned::of(samples, features);
    let (positive, total) = samples.iter().fold((0.0_f32, 0.0_f32), |(positive, total), sample| {
        (positive + if sample.positive { sample.weight } else { 0.0 }, total + sample.weight)
    });
    let bias = (positive / (total - positive)).ln();
    let mut scores = vec![bias; samples.len()];
    let mut trees: Vec<Vec<Node>> = Vec::with_capacity(TREES);
    for round in 0..TREES {
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
        while leaves.len() < LEAVES {
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
            *score += leaf_value(&nodes, &sample.row);
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

struct Trees {
    bias: f32,
    trees: Vec<Vec<Node>>,
}

impl Trees {
    fn log_odds(&self, row: &[f32]) -> f32 {
        self.bias + self.trees.iter().map(|tree| leaf_value(tree, row)).sum::<f32>()
    }

    /// The form that the program reads.
    fn to_text(&self) -> String {
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
