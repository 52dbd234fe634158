//! Boosted regression trees: from a row of features to how likely a block is the article's.
//!
//! The model is text, one node a line, written by `examples/train.rs` from pages with gold. Friedman (2001), "Greedy
//! function approximation: a gradient boosting machine".

use std::sync::LazyLock;

use super::features::{self, Row};

/// A node of a tree: a test that leads to one of two nodes, or, with `feature` == [`LEAF`], an end.
#[derive(Debug, Clone, Copy)]
struct Node {
    feature: u16,
    /// Index of the node to go to when the feature is at most `threshold`; the other one follows it.
    left: u16,
    /// Of a test: its threshold. Of a leaf: the log-odds it adds.
    threshold: f32,
}

const LEAF: u16 = u16::MAX;

/// Log-odds of a block that is not weighed.
pub(super) const NEVER: f32 = -9.0;

/// Log-odds after half of the trees below which the other half is not asked: surer than anything makes a difference.
const HOPELESS: f32 = -6.5;

/// Trees whose values add up to log-odds.
#[derive(Debug, Default)]
pub(super) struct Model {
    bias: f32,
    nodes: Vec<Node>,
    /// Log-odds that each node stands for; what a step changes it by is the share of the feature tested.
    values: Vec<f32>,
    roots: Vec<u32>,
}

/// Weighs each block by itself.
pub(super) static FIRST: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("first.model")));
/// Weighs each block by what the first model says of it and of those around it.
pub(super) static SECOND: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("second.model")));

impl Model {
    /// Reads a model. Lines that are none are passed over: the file is part of the program, and a test reads it whole.
    fn read(text: &str) -> Self {
        let mut model = Self::default();
        for line in text.lines() {
            let mut words = line.split(' ');
            match words.next() {
                Some("bias") => model.bias = words.next().and_then(|word| word.parse().ok()).unwrap_or(0.0),
                Some("tree") => model.roots.push(model.nodes.len() as u32),
                Some("leaf") => {
                    let value = words.next().and_then(|word| word.parse().ok()).unwrap_or(0.0);
                    model.nodes.push(Node { feature: LEAF, left: 0, threshold: value });
                    model.values.push(value);
                }
                Some("test") => {
                    let feature =
                        words.next().and_then(|name| features::NAMES.iter().position(|known| *known == name));
                    let threshold = words.next().and_then(|word| word.parse().ok());
                    let left = words.next().and_then(|word| word.parse().ok());
                    let value = words.next().and_then(|word| word.parse().ok());
                    if let (Some(feature), Some(threshold), Some(left), Some(value)) =
                        (feature, threshold, left, value)
                    {
                        model.nodes.push(Node { feature: feature as u16, left, threshold });
                        model.values.push(value);
                    }
                }
                _ => {}
            }
        }
        model
    }

    /// Log-odds of the rows with these indices; [`NEVER`] for the others.
    pub(super) fn log_odds(&self, rows: &[Row], weighed: &[usize]) -> Vec<f32> {
        let mut odds = vec![NEVER; rows.len()];
        for index in weighed {
            odds[*index] = self.bias;
        }
        let mut open = weighed.to_vec();
        // Tree by tree, so that a tree stays in the nearest cache while all rows go down it.
        for (tree, root) in self.roots.iter().enumerate() {
            // A row that half of the trees are sure to leave out is left out.
            if tree == self.roots.len() / 2 {
                open.retain(|index| odds[*index] > HOPELESS);
            }
            let end = self.roots.get(tree + 1).map_or(self.nodes.len(), |next| *next as usize);
            let nodes = &self.nodes[*root as usize..end];
            for index in &open {
                let row = &rows[*index];
                let mut node = nodes[0];
                while node.feature != LEAF {
                    node =
                        nodes[node.left as usize + usize::from(row[node.feature as usize] > node.threshold)];
                }
                odds[*index] += node.threshold;
            }
        }
        odds
    }

    /// The features that moved the log-odds of a row most, with how far, the strongest first.
    pub(super) fn reasons(&self, row: &Row) -> Vec<(&'static str, f32)> {
        let mut shares = [0.0_f32; features::COUNT];
        for root in &self.roots {
            let base = *root as usize;
            let mut at = base;
            while self.nodes[at].feature != LEAF {
                let node = self.nodes[at];
                let before = self.values[at];
                at = base + node.left as usize + usize::from(row[node.feature as usize] > node.threshold);
                shares[node.feature as usize] += self.values[at] - before;
            }
        }
        let mut reasons: Vec<_> =
            features::NAMES.iter().copied().zip(shares).filter(|(_, share)| share.abs() > 0.05).collect();
        reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        reasons
    }
}
