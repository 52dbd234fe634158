//! How near a text comes to the gold of its page, by the measures of the extraction scorer.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::lesson::{squeezed, words};

/// Runs of four words, counted; of a text of fewer words, all of it.
type Shingles = HashMap<u64, i32>;

/// The gold of a page, ready to be compared with.
pub(crate) struct Gold {
    /// The body, and the body without its stand-first, where the gold has them.
    bodies: Vec<Shingles>,
    with: Vec<String>,
    without: Vec<String>,
}

/// Sums over the pages of one set.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Marks {
    precision: f64,
    precision_pages: f64,
    recall: f64,
    page_f1: f64,
    pages: f64,
    hits: f64,
    misses: f64,
    false_hits: f64,
}

impl Gold {
    pub(crate) fn of(gold: &serde_json::Value) -> Self {
        let strings = |key: &str| -> Vec<String> {
            let values = gold[key].as_array().into_iter().flatten();
            values.filter_map(|value| value.as_str()).map(squeezed).collect()
        };
        let bodies = ["body", "body_alt"]
            .iter()
            .filter_map(|key| gold[*key].as_str())
            .filter(|text| !text.is_empty())
            .map(shingles)
            .collect();
        Self { bodies, with: strings("with"), without: strings("without") }
    }

    /// Compares a text with the gold; gives its F1, of segments where there is no body.
    pub(crate) fn mark(&self, text: &str, marks: &mut Marks) -> f64 {
        let mut own = Marks::default();
        if !self.bodies.is_empty() {
            let found = shingles(text);
            let predicted: i32 = found.values().sum();
            let best = self
                .bodies
                .iter()
                .map(|gold| {
                    let wanted: i32 = gold.values().sum();
                    let shared: i32 = gold
                        .iter()
                        .map(|(run, count)| (*count).min(found.get(run).copied().unwrap_or(0)))
                        .sum();
                    let (shared, wanted, predicted) =
                        (f64::from(shared), f64::from(wanted), f64::from(predicted));
                    (2.0 * shared / (wanted + predicted), shared / predicted, shared / wanted)
                })
                .max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((f1, precision, recall)) = best {
                if predicted > 0 {
                    own.precision = precision;
                    own.precision_pages = 1.0;
                }
                own.recall = recall;
                own.page_f1 = f1;
                own.pages = 1.0;
            }
        }
        if !self.with.is_empty() {
            let text = squeezed(text);
            own.hits = self.with.iter().filter(|segment| text.contains(segment.as_str())).count() as f64;
            own.misses = self.with.len() as f64 - own.hits;
            own.false_hits =
                self.without.iter().filter(|segment| text.contains(segment.as_str())).count() as f64;
        }
        marks.add(&own);
        if own.pages > 0.0 { own.page_f1 } else { own.segment_f1() }
    }
}

impl Marks {
    /// Adds the sums of other pages.
    pub(crate) fn add(&mut self, other: &Self) {
        self.precision += other.precision;
        self.precision_pages += other.precision_pages;
        self.recall += other.recall;
        self.page_f1 += other.page_f1;
        self.pages += other.pages;
        self.hits += other.hits;
        self.misses += other.misses;
        self.false_hits += other.false_hits;
    }

    fn segment_f1(&self) -> f64 {
        2.0 * self.hits / (2.0 * self.hits + self.false_hits + self.misses).max(1.0)
    }

    /// F1, precision, recall, and mean F1 of the pages; of segments where the set has no bodies.
    pub(crate) fn figures(&self) -> [f64; 4] {
        if self.pages > 0.0 {
            let (p, r) = (self.precision / self.precision_pages.max(1.0), self.recall / self.pages);
            [2.0 * p * r / (p + r), p, r, self.page_f1 / self.pages]
        } else {
            let p = self.hits / (self.hits + self.false_hits).max(1.0);
            let r = self.hits / (self.hits + self.misses).max(1.0);
            [self.segment_f1(), p, r, self.segment_f1()]
        }
    }
}

fn shingles(text: &str) -> Shingles {
    let words = words(text);
    let mut shingles = Shingles::new();
    for run in words.windows(words.len().clamp(1, 4)) {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        *shingles.entry(hasher.finish()).or_default() += 1;
    }
    shingles
}
