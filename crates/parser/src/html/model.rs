//! Boosted regression trees: from a row of features to how likely a block is the article's.
//!
//! The model is text, one node a line, written by `examples/train.rs` from pages with gold. Friedman (2001), "Greedy
//! function approximation: a gradient boosting machine".

use std::sync::LazyLock;

use fearless_simd::{Level, Simd, dispatch, f32x16, prelude::*, u32x16};

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

/// Rows that are weighed side by side: as many as the widest processors compare at once; others take them in parts.
const LANES: usize = 16;

/// Log-odds of a block that is not weighed.
pub(super) const NEVER: f32 = -9.0;

/// Trees whose values add up to log-odds.
#[derive(Debug, Default)]
pub(super) struct Model {
    bias: f32,
    trees: Vec<Tree>,
    /// The trees, laid out for weighing.
    forest: Forest,
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
        model.forest = Forest::of(&model.trees);
        model
    }

    /// Log-odds of the rows with these indices; [`NEVER`] for the others.
    pub(super) fn log_odds(&self, rows: &[Row], weighed: &[usize]) -> Vec<f32> {
        let mut odds = vec![NEVER; rows.len()];
        dispatch!(Level::new(), simd => self.weigh(simd, rows, weighed, &mut odds));
        odds
    }

    // Inlined, like all below it, into code that may use what the processor at hand has.
    #[inline(always)]
    fn weigh<S: Simd>(&self, simd: S, rows: &[Row], weighed: &[usize], odds: &mut [f32]) {
        const NO_ROW: &Row = &[0.0; features::COUNT];
        let mut open = Vec::new();
        for indices in weighed.chunks(LANES) {
            let mut lanes = [NO_ROW; LANES];
            for (lane, index) in lanes.iter_mut().zip(indices) {
                *lane = &rows[*index];
            }
            let mut sums = [self.bias; LANES];
            self.forest.add(simd, &lanes, &mut sums, &mut open);
            for (sum, index) in sums.iter().zip(indices) {
                odds[*index] = *sum;
            }
        }
    }

    /// The features that moved the log-odds of a row most, with how far, the strongest first.
    pub(super) fn reasons(&self, row: &Row) -> Vec<(usize, f32)> {
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
            shares.into_iter().enumerate().filter(|(_, share)| share.abs() > 0.05).collect();
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

    /// Lays out the tests and ends below a node; gives the ends, as bits by their place from left to right.
    fn lay_out(&self, at: usize, tree: u16, laid: &mut Laid) -> u32 {
        let node = self.nodes[at];
        let left = usize::from(node.left);
        if left <= at || left + 1 >= NODES {
            let end = laid.ends;
            laid.ends += 1;
            laid.values[end % ENDS] = self.values[at];
            return 1 << (end % ENDS);
        }
        let on_the_left = self.lay_out(left, tree, laid);
        let on_the_right = self.lay_out(left + 1, tree, laid);
        laid.tests.push((node.feature, Test { threshold: node.threshold, tree, keeps: !on_the_left }));
        on_the_left | on_the_right
    }
}

/// Ends of a tree at most.
const ENDS: usize = NODES / 2;

/// A tree as it is being laid out.
struct Laid {
    tests: Vec<(u16, Test)>,
    values: [f32; ENDS],
    ends: usize,
}

/// Trees laid out by the features that they test, for many rows at once: the tests of one feature in rising order, so that
/// those that a row passes stand together; each takes from its tree the ends to which the row cannot come any more, and
/// the first that is left is where it comes to. Lucchese et al. (2015), "`QuickScorer`: a fast algorithm to rank documents
/// with additive ensembles of regression trees".
#[derive(Debug, Default)]
struct Forest {
    /// The features tested, each with where its tests end; they begin where those before end.
    features: Vec<(usize, usize)>,
    tests: Vec<Test>,
    /// What each tree says at each of its ends, from left to right.
    values: Vec<[f32; ENDS]>,
}

/// A test of one tree.
#[derive(Debug, Clone, Copy)]
struct Test {
    threshold: f32,
    tree: u16,
    /// The ends that a row above the threshold can still come to. As wide as the threshold, so that as many of either fit a
    /// register of the processor.
    keeps: u32,
}

impl Forest {
    fn of(trees: &[Tree]) -> Self {
        let mut forest = Self::default();
        let mut laid = Laid { tests: Vec::new(), values: [0.0; ENDS], ends: 0 };
        for (index, tree) in trees.iter().enumerate() {
            (laid.values, laid.ends) = ([0.0; ENDS], 0);
            tree.lay_out(0, index as u16, &mut laid);
            forest.values.push(laid.values);
        }
        laid.tests.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.threshold.total_cmp(&other.threshold)));
        for (feature, test) in laid.tests {
            if forest.features.last().is_none_or(|(last, _)| *last != usize::from(feature)) {
                forest.features.push((usize::from(feature), forest.tests.len()));
            }
            forest.tests.push(test);
            if let Some((_, end)) = forest.features.last_mut() {
                *end = forest.tests.len();
            }
        }
        forest
    }

    /// Adds what the trees say of each row, in their order. `open` is room for the ends that are left.
    #[expect(
        clippy::inline_always,
        reason = "instructions of a processor are inlined into callers that have them alone"
    )]
    #[inline(always)]
    fn add<S: Simd>(
        &self,
        simd: S,
        rows: &[&Row; LANES],
        sums: &mut [f32; LANES],
        open: &mut Vec<[u32; LANES]>,
    ) {
        open.clear();
        open.resize(self.values.len(), [u32::MAX; LANES]);
        let mut start = 0;
        for (feature, end) in &self.features {
            let values = rows.map(|row| row[*feature]).simd_into(simd);
            take_ends(simd, &self.tests[start..*end], values, open);
            start = *end;
        }
        for (values, left) in self.values.iter().zip(open) {
            for (sum, left) in sums.iter_mut().zip(left) {
                *sum += values[left.trailing_zeros() as usize % ENDS];
            }
        }
    }
}

/// Takes from the trees the ends to which rows with these values of a feature cannot come, by the tests of that feature.
#[expect(
    clippy::inline_always,
    reason = "instructions of a processor are inlined into callers that have them alone"
)]
#[inline(always)]
fn take_ends<S: Simd>(simd: S, tests: &[Test], values: f32x16<S>, open: &mut [[u32; LANES]]) {
    let most = values.reduce_max();
    let all = u32x16::splat(simd, u32::MAX);
    for Test { threshold, tree, keeps } in tests {
        if most <= *threshold {
            break;
        }
        let passes = values.simd_gt(f32x16::splat(simd, *threshold));
        let left = &mut open[usize::from(*tree)];
        let kept = u32x16::simd_from(simd, *left) & passes.select(u32x16::splat(simd, *keeps), all);
        kept.store_slice(left);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the trees say of a row, walked one by one.
    fn walked(model: &Model, row: &Row) -> f32 {
        model.trees.iter().fold(model.bias, |sum, tree| {
            let end = (0..tree.depth).fold(0, |at, _| tree.step(at, row));
            sum + tree.values[end]
        })
    }

    proptest! {
        #[test]
        fn weighing_many_at_once_is_weighing_each(numbers in prop::collection::vec(-2.0_f32..40.0, 1..30), zeros in 1_usize..9) {
            // Numbers of all sizes, and zeros among them as in real rows.
            let rows: Vec<Row> = (0..11)
                .map(|row| {
                    let number = |at: usize| numbers[(row + at) % numbers.len()] * [1.0, 0.02, 10.0][(row * at) % 3];
                    std::array::from_fn(|at| if at % zeros == 0 { 0.0 } else { number(at) })
                })
                .collect();
            let weighed: Vec<usize> = (1..11).collect();
            for model in [&*FIRST, &*SECOND] {
                let odds = model.log_odds(&rows, &weighed);
                prop_assert_eq!(odds[0].to_bits(), NEVER.to_bits());
                for index in &weighed {
                    let expected = walked(model, &rows[*index]);
                    prop_assert_eq!(odds[*index].to_bits(), expected.to_bits());
                }
            }
        }
    }
}
