//! What the first weighing said of a block and of those around it, as features of the second.

use rustc_hash::FxHashMap;

use super::{F, Row, is_plain_chrome};
use crate::html::blocks::{Blocks, Kind};
use crate::html::tag::Tag;
use crate::html::tree::{NodeId, Tree};

/// Log-odds are cut here: past it a block is as sure as can be.
const SURE: f32 = 6.0;

/// Blocks on either side that are near, and those that are still looked at.
const NEAR: usize = 4;
const FAR: usize = 12;

/// Adds to the rows what the first weighing says of each block and of those around it.
pub(in crate::html) fn add_context(
    tree: &Tree<'_>,
    blocks: &Blocks,
    rows: &mut [Row],
    class_keys: &[u64],
    log_odds: &[f32],
) {
    let list = &blocks.list;
    let odds: Vec<f32> = log_odds.iter().map(|odds| odds.clamp(-SURE, SURE)).collect();
    // How likely each is in the text.
    let shares: Vec<f32> = odds.iter().map(|odds| 1.0 / (1.0 + (-odds).exp())).collect();
    // Characters in the text and in all, below each node, as the first weighing has it.
    let mut kept = vec![0.0_f32; tree.len() as usize];
    let mut all = vec![0.0_f32; tree.len() as usize];
    let mut worth = vec![0.0_f32; tree.len() as usize];
    let chars = |index: usize| list[index].chars.min(2_000) as f32;
    let mut by_class: FxHashMap<u64, (f32, f32)> = FxHashMap::default();
    for (index, block) in list.iter().enumerate() {
        let share = shares[index];
        kept[block.node as usize] += share * chars(index);
        all[block.node as usize] += chars(index);
        worth[block.node as usize] += (share - 0.5) * chars(index);
        let sum = by_class.entry(class_keys[index]).or_default();
        sum.0 += odds[index];
        sum.1 += 1.0;
    }
    for id in blocks.holders.iter().rev() {
        let (id, parent) = (*id as usize, tree.parent(*id) as usize);
        kept[parent] += kept[id];
        all[parent] += all[id];
        worth[parent] += worth[id];
    }
    let better =
        |best: NodeId, id: NodeId| if worth[id as usize] >= worth[best as usize] { id } else { best };
    let container = blocks.holders.iter().copied().fold(0, better);
    // Of elements without blocks one can be better only where nothing is worth anything.
    let container = if worth[container as usize] > 0.0 {
        container
    } else {
        (1..tree.len()).filter(|id| tree.tag(*id) != Tag::Text).fold(0, better)
    };
    let mass = kept[0].max(1.0);
    let mean = |id: NodeId| kept[id as usize] / all[id as usize].max(1.0);
    let mut before = 0.0;
    let mut since = 100.0_f32;
    let mut gap = 2_000.0_f32;
    let mut heading = 0.0;
    let (mut until, mut gaps_after) = (vec![0.0; list.len()], vec![0.0; list.len()]);
    let (mut next, mut next_gap) = (100.0_f32, 2_000.0_f32);
    for index in (0..list.len()).rev() {
        until[index] = next;
        gaps_after[index] = next_gap;
        if odds[index] > 0.0 && list[index].chars > 60 {
            (next, next_gap) = (0.0, 0.0);
        } else {
            next = (next + 1.0).min(100.0);
            next_gap = (next_gap + chars(index)).min(2_000.0);
        }
    }
    let roots: Vec<f32> = (0..list.len()).map(|index| chars(index).sqrt()).collect();
    let distances: [f32; FAR + 1] = std::array::from_fn(|distance| (1.0 + distance as f32).sqrt());
    let around = |index: usize, reach: usize| {
        let from = index.saturating_sub(reach);
        let to = (index + reach + 1).min(list.len());
        let before =
            odds[from..index].iter().zip(&roots[from..index]).zip(distances[1..=index - from].iter().rev());
        let behind = odds[index + 1..to].iter().zip(&roots[index + 1..to]).zip(&distances[1..]);
        let (sum, weight) =
            before.chain(behind).fold((0.0, 0.0), |(sum, weight), ((odds, root), distance)| {
                let w = root / distance;
                (sum + odds * w, weight + w)
            });
        if weight > 0.0 { sum / weight } else { 0.0 }
    };
    for index in 0..list.len() {
        let block = &list[index];
        if is_plain_chrome(block) {
            before += shares[index] * chars(index);
            since = (since + 1.0).min(100.0);
            gap = (gap + chars(index)).min(2_000.0);
            continue;
        }
        let row = &mut rows[index];
        let mut set = |feature: F, value: f32| row[feature as usize] = value;
        let at = |index: Option<usize>| index.and_then(|index| odds.get(index)).copied().unwrap_or(-SURE);
        set(F::first, odds[index]);
        set(F::first_previous, at(index.checked_sub(1)));
        set(F::first_previous2, at(index.checked_sub(2)));
        set(F::first_previous3, at(index.checked_sub(3)));
        set(F::first_next, at(Some(index + 1)));
        set(F::first_next2, at(Some(index + 2)));
        set(F::first_next3, at(Some(index + 3)));
        set(F::first_near, around(index, NEAR));
        set(F::first_far, around(index, FAR));
        let mut ancestors = tree.ancestors(block.node);
        set(F::first_parent, mean(block.node));
        set(F::first_grand, ancestors.next().map_or(0.0, mean));
        set(F::first_great, ancestors.next().map_or(0.0, mean));
        set(F::first_class, by_class.get(&class_keys[index]).map_or(0.0, |(sum, count)| sum / count));
        set(F::first_container, f32::from(tree.contains(container, block.first)));
        set(F::first_container_mean, mean(container));
        set(F::first_container_share, kept[container as usize] / mass);
        let share = shares[index] * chars(index);
        set(F::first_before, before / mass);
        set(F::first_after, (mass - before - share).max(0.0) / mass);
        set(F::first_since, since);
        set(F::first_until, until[index]);
        set(F::first_gap_before, gap);
        set(F::first_gap_after, gaps_after[index]);
        set(F::first_mass, mass.ln_1p());
        set(F::first_heading, heading);
        // Under a heading: what follows it up to the next one.
        if matches!(block.kind, Kind::Heading(_)) {
            let under =
                (index + 1..list.len()).take(8).take_while(|at| !matches!(list[*at].kind, Kind::Heading(_)));
            set(F::first_under, under.map(|at| odds[at]).fold(-SURE, f32::max));
        }
        let article = tree.ancestors(block.node).filter(|id| tree.tag(*id) == Tag::Article).last();
        set(F::first_article_share, article.map_or(0.0, |id| kept[id as usize] / mass));
        before += share;
        if odds[index] > 0.0 && block.chars > 60 {
            (since, gap) = (0.0, 0.0);
        } else {
            since = (since + 1.0).min(100.0);
            gap = (gap + chars(index)).min(2_000.0);
        }
        if matches!(block.kind, Kind::Heading(_)) {
            heading = odds[index];
        }
    }
}
