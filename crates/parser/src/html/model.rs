//! Boosted regression trees: from a row of features to how likely a block is the article's.
//!
//! The model is text, one node a line, written by `examples/train.rs` from pages with gold. Friedman (2001), "Greedy
//! function approximation: a gradient boosting machine".

use std::sync::LazyLock;

use super::features::{self, Row};

/// A node of a tree: a test that leads to one of two nodes. An end is a test that leads to itself whatever the row.
#[derive(Debug, Clone, Copy)]
struct Node {
    feature: u16,
    /// Index in its tree of the node to go to when the feature is at most `threshold`; the other one follows it.
    left: u16,
    threshold: f32,
}

/// An end that adds nothing.
const NOTHING: Node = Node { feature: 0, left: 0, threshold: f32::INFINITY };

/// Nodes of a tree at most: so few that it has sixteen leaves and needs no bounds.
const NODES: usize = 32;

/// A tree.
#[derive(Debug, Clone, Copy)]
struct Tree {
    nodes: [Node; NODES],
    /// Log-odds that each node stands for: of an end, what the tree adds; what a step changes it by is the share of the
    /// feature tested.
    values: [f32; NODES],
    len: usize,
    /// Tests on the longest way from its root to an end.
    depth: u16,
}

/// Rows that go down a tree side by side: the processor has time for them while it waits for the first.
const LANES: usize = 8;

/// Log-odds of a block that is not weighed.
pub(super) const NEVER: f32 = -9.0;

/// Log-odds after half of the trees below which the other half is not asked: surer than anything makes a difference.
const HOPELESS: f32 = -6.5;

/// Trees whose values add up to log-odds.
#[derive(Debug, Default)]
pub(super) struct Model {
    bias: f32,
    trees: Vec<Tree>,
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
            let mut number = || words.next().and_then(|word| word.parse::<f32>().ok()).unwrap_or(0.0);
            if line.starts_with("bias ") {
                number();
                model.bias = number();
            } else if line == "tree" {
                model.trees.push(Tree::NEW);
            } else if let Some(tree) = model.trees.last_mut() {
                tree.read_node(line);
            }
        }
        for tree in &mut model.trees {
            tree.depth = tree.depth();
        }
        model
    }

    /// Log-odds of the rows with these indices; [`NEVER`] for the others.
    pub(super) fn log_odds(&self, rows: &[Row], weighed: &[usize]) -> Vec<f32> {
        const NO_ROW: &Row = &[0.0; features::COUNT];
        let mut odds = vec![NEVER; rows.len()];
        let (first_half, second_half) = self.trees.split_at(self.trees.len() / 2);
        for indices in weighed.chunks(LANES) {
            let mut lanes = [NO_ROW; LANES];
            for (lane, index) in lanes.iter_mut().zip(indices) {
                *lane = &rows[*index];
            }
            let mut sums = [self.bias; LANES];
            for tree in first_half {
                tree.add(&lanes, &mut sums);
            }
            // Rows that half of the trees are sure to leave out are left out.
            if sums[..indices.len()].iter().any(|sum| *sum > HOPELESS) {
                for tree in second_half {
                    tree.add(&lanes, &mut sums);
                }
            }
            for (sum, index) in sums.iter().zip(indices) {
                odds[*index] = *sum;
            }
        }
        odds
    }

    /// The features that moved the log-odds of a row most, with how far, the strongest first.
    pub(super) fn reasons(&self, row: &Row) -> Vec<(&'static str, f32)> {
        let mut shares = [0.0_f32; features::COUNT];
        for tree in &self.trees {
            let mut at = 0;
            for _ in 0..tree.depth {
                let (before, feature) = (tree.values[at], tree.nodes[at].feature);
                at = tree.step(at, row);
                shares[usize::from(feature)] += tree.values[at] - before;
            }
        }
        let mut reasons: Vec<_> =
            features::NAMES.iter().copied().zip(shares).filter(|(_, share)| share.abs() > 0.05).collect();
        reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        reasons
    }
}

impl Tree {
    const NEW: Self = Self { nodes: [NOTHING; NODES], values: [0.0; NODES], len: 0, depth: 0 };

    /// Adds the node that a line tells.
    fn read_node(&mut self, line: &str) {
        let mut words = line.split(' ');
        let at = self.len;
        if at >= NODES {
            return;
        }
        let leaf = |value| (Node { left: at as u16, ..NOTHING }, value);
        let node = match words.next() {
            Some("leaf") => words.next().and_then(|word| word.parse().ok()).map(leaf),
            Some("test") => (|| {
                let name = words.next()?;
                let feature = features::NAMES.iter().position(|known| *known == name)? as u16;
                let threshold = words.next()?.parse().ok()?;
                let left = words.next()?.parse().ok().filter(|left| usize::from(*left) + 1 < NODES)?;
                Some((Node { feature, left, threshold }, words.next()?.parse().ok()?))
            })(),
            _ => None,
        };
        if let Some((node, value)) = node {
            self.nodes[at] = node;
            self.values[at] = value;
            self.len += 1;
        }
    }

    /// Tests on the longest way from the root to an end. Nodes stand behind those that lead to them.
    fn depth(&self) -> u16 {
        let mut depths = [0_u16; NODES];
        for (index, node) in self.nodes.iter().enumerate() {
            let left = usize::from(node.left);
            if left > index && left + 1 < NODES {
                depths[left] = depths[index] + 1;
                depths[left + 1] = depths[index] + 1;
            }
        }
        depths.into_iter().max().unwrap_or(0)
    }

    /// The node to which a row goes from this one.
    fn step(&self, at: usize, row: &Row) -> usize {
        let node = self.nodes[at % NODES];
        usize::from(node.left) + usize::from(row[usize::from(node.feature)] > node.threshold)
    }

    /// Adds what the tree says of each row.
    fn add(&self, rows: &[&Row; LANES], sums: &mut [f32; LANES]) {
        let mut at = [0; LANES];
        for _ in 0..self.depth {
            for lane in 0..LANES {
                at[lane] = self.step(at[lane], rows[lane]);
            }
        }
        for (sum, at) in sums.iter_mut().zip(at) {
            *sum += self.values[at % NODES];
        }
    }
}
