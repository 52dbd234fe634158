//! Fits the trees that tell the blocks of an article from the rest of its page, from pages with gold.
//!
//! usage: `train [--half a|b] SET_FOLDER… > crates/parser/src/html/body.model`, where a folder holds `gold.jsonl` and
//! `pages/<id>.html.gz`. With `--half`, only the pages of that half (by a hash of their id) are learnt from.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

use bytes::Bytes;
use document::{Origin, RawDocument, SourceKind};
use parser::{Config, Parser};

const TREES: usize = 120;
const LEAVES: usize = 16;
const RATE: f32 = 0.12;
const BINS: usize = 64;
const LEAF_WEIGHT_MIN: f32 = 6.0;
const L2: f32 = 4.0;

/// One block with what it should be.
struct Sample {
    row: Vec<f32>,
    positive: bool,
    weight: f32,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parser = Parser::new(&Config::built_in())?;
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut half = None;
    if arguments.first().is_some_and(|argument| argument == "--half") {
        half = arguments.get(1).map(|half| u32::from(half == "b"));
        arguments.drain(..2);
    }
    let mut samples = Vec::new();
    for folder in &arguments {
        let folder = Path::new(folder);
        for line in std::fs::read_to_string(folder.join("gold.jsonl"))?.lines() {
            // A date that is no number is of no concern here.
            let gold: serde_json::Value = match serde_json::from_str(&line.replace("NaN", "null")) {
                Ok(gold) => gold,
                Err(_) => continue,
            };
            let id = gold["id"].as_str().unwrap_or_default();
            if half.is_some_and(|half| half_of(id) != half) {
                continue;
            }
            let path = folder.join("pages").join(format!("{id}.html.gz"));
            let mut bytes = Vec::new();
            flate2::read::MultiGzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut bytes)?;
            let raw = RawDocument::new(origin(id), Bytes::from(bytes));
            let Ok(blocks) = parser.explain(&raw) else { continue };
            label(&gold, &blocks, &mut samples);
        }
    }
    let positives = samples.iter().filter(|sample| sample.positive).count();
    eprintln!("{} blocks, {positives} of them article", samples.len());
    print!("{}", fit(&samples));
    Ok(())
}

/// The half of the development pages that an id falls into, by FNV-1a.
fn half_of(id: &str) -> u32 {
    (id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) >> 8)
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
            if own.is_empty() {
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
        for block in blocks {
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

struct Leaf {
    samples: Vec<u32>,
    depth_slot: usize,
    gain: f32,
    feature: usize,
    bin: usize,
    value: f32,
}

/// Gradient boosting on the logistic loss, trees grown leaf by leaf on binned features.
fn fit(samples: &[Sample]) -> String {
    let features = samples.first().map_or(0, |sample| sample.row.len());
    let cuts: Vec<Vec<f32>> = (0..features)
        .map(|feature| {
            let mut values: Vec<f32> = samples.iter().map(|sample| sample.row[feature]).collect();
            values.sort_by(f32::total_cmp);
            let mut cuts: Vec<f32> = (1..BINS).map(|bin| values[bin * (values.len() - 1) / BINS]).collect();
            // Rare values get cuts of their own.
            let mut distinct = values.clone();
            distinct.dedup();
            if distinct.len() < BINS {
                cuts = distinct.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect();
            }
            cuts.dedup();
            cuts
        })
        .collect();
    let bins: Vec<Vec<u8>> = (0..features)
        .map(|feature| {
            samples
                .iter()
                .map(|sample| cuts[feature].partition_point(|cut| *cut < sample.row[feature]) as u8)
                .collect()
        })
        .collect();
    let (positive, total) = samples.iter().fold((0.0_f32, 0.0_f32), |(positive, total), sample| {
        (positive + if sample.positive { sample.weight } else { 0.0 }, total + sample.weight)
    });
    let bias = (positive / (total - positive)).ln();
    let mut scores = vec![bias; samples.len()];
    let mut out = format!("bias {bias:.4}\n");
    for round in 0..TREES {
        let gradients: Vec<(f32, f32)> = samples
            .iter()
            .zip(&scores)
            .map(|(sample, score)| {
                let p = 1.0 / (1.0 + (-score).exp());
                (
                    (f32::from(u8::from(sample.positive)) - p) * sample.weight,
                    (p * (1.0 - p) * sample.weight).max(1e-6),
                )
            })
            .collect();
        // A different fourth of the features sits out each round, so that trees do not all lean on the same.
        let used: Vec<usize> = (0..features).filter(|feature| (feature * 7 + round * 13) % 4 != 0).collect();
        let mut nodes: Vec<(Option<(usize, usize)>, usize, f32)> = Vec::new(); // test, left child, value
        let mut leaves =
            vec![best_split((0..samples.len() as u32).collect(), 0, &gradients, &bins, &cuts, &used)];
        nodes.push((None, 0, leaves[0].value));
        while leaves.len() < LEAVES {
            let Some((index, _)) = leaves
                .iter()
                .enumerate()
                .filter(|(_, leaf)| leaf.gain > 1e-3)
                .max_by(|a, b| a.1.gain.total_cmp(&b.1.gain))
            else {
                break;
            };
            let leaf = leaves.swap_remove(index);
            let (left, right): (Vec<u32>, Vec<u32>) = leaf
                .samples
                .iter()
                .partition(|sample| usize::from(bins[leaf.feature][**sample as usize]) <= leaf.bin);
            let slot = nodes.len();
            nodes[leaf.depth_slot] = (Some((leaf.feature, leaf.bin)), slot, leaf.value);
            for (offset, side) in [left, right].into_iter().enumerate() {
                let child = best_split(side, slot + offset, &gradients, &bins, &cuts, &used);
                nodes.push((None, 0, child.value));
                leaves.push(child);
            }
        }
        for leaf in &leaves {
            for sample in &leaf.samples {
                scores[*sample as usize] += leaf.value;
            }
        }
        out.push_str("tree\n");
        for (test, left, value) in &nodes {
            // Writing to a string cannot fail.
            let _ = match test {
                Some((feature, bin)) => {
                    writeln!(
                        out,
                        "test {} {} {left} {value:.4}",
                        parser::feature_names()[*feature],
                        cuts[*feature][*bin]
                    )
                }
                None => writeln!(out, "leaf {value:.4}"),
            };
        }
    }
    out
}

fn best_split(
    samples: Vec<u32>,
    depth_slot: usize,
    gradients: &[(f32, f32)],
    bins: &[Vec<u8>],
    cuts: &[Vec<f32>],
    used: &[usize],
) -> Leaf {
    let (g, h) = samples.iter().fold((0.0, 0.0), |(g, h), sample| {
        let (dg, dh) = gradients[*sample as usize];
        (g + dg, h + dh)
    });
    let score = |g: f32, h: f32| g * g / (h + L2);
    let mut best =
        Leaf { depth_slot, gain: 0.0, feature: 0, bin: 0, value: RATE * g / (h + L2), samples: Vec::new() };
    for feature in used {
        let mut histogram = [(0.0_f32, 0.0_f32); BINS + 1];
        for sample in &samples {
            let slot = &mut histogram[usize::from(bins[*feature][*sample as usize])];
            let (dg, dh) = gradients[*sample as usize];
            slot.0 += dg;
            slot.1 += dh;
        }
        let (mut left_g, mut left_h) = (0.0, 0.0);
        for bin in 0..cuts[*feature].len() {
            left_g += histogram[bin].0;
            left_h += histogram[bin].1;
            if left_h < LEAF_WEIGHT_MIN || h - left_h < LEAF_WEIGHT_MIN {
                continue;
            }
            let gain = score(left_g, left_h) + score(g - left_g, h - left_h) - score(g, h);
            if gain > best.gain {
                best.gain = gain;
                best.feature = *feature;
                best.bin = bin;
            }
        }
    }
    best.samples = samples;
    best
}

fn origin(id: &str) -> Origin {
    Origin {
        kind: SourceKind::File,
        name: "gold".to_owned(),
        uri: format!("file:///{id}.html"),
        media_type: None,
        charset: None,
        observed_at: jiff::Timestamp::UNIX_EPOCH,
        http: None,
    }
}
