//! What the first look made of the same words elsewhere in the text: a name that was clear once is clear everywhere.

use crate::entities::features::mix;
use crate::entities::label::{LABELS, begin, mentions};
use crate::tokens::{Case, Kind, Tokens};

/// The decisions of the first look, by word.
#[derive(Debug)]
pub struct SecondLook {
    /// Open addressing by the word's hash.
    slots: Vec<Votes>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    hash: u64,
    /// How often the word got each label, where it was not written in small letters.
    labels: [u8; LABELS],
    /// How often it was the first, or the last, of several words of a mention, by kind.
    first: [u8; 5],
    last: [u8; 5],
}

impl SecondLook {
    /// Counts the labels of a text.
    pub fn new(tokens: &Tokens<'_>, labels: &[u8]) -> Self {
        let mut look = Self { slots: vec![Votes::default(); (tokens.len() / 2).next_power_of_two().max(64)] };
        let mut taken = 0;
        for (index, &label) in labels.iter().enumerate() {
            if !is_counted(tokens, index) {
                continue;
            }
            // The table is sized for ordinary text; in a text of capitals alone the later words go uncounted.
            if taken * 4 > look.slots.len() * 3 {
                break;
            }
            let hash = tokens[index].hash;
            let votes = look.slot(hash);
            let votes = &mut look.slots[votes];
            taken += usize::from(votes.hash == 0);
            votes.hash = hash;
            let count = &mut votes.labels[usize::from(label)];
            *count = count.saturating_add(1);
        }
        for (range, kind) in mentions(labels) {
            if range.len() > 1 {
                let place = begin(kind) as usize / 2;
                for (index, first) in [(range.start, true), (range.end - 1, false)] {
                    let slot = look.slot(tokens[index].hash);
                    let votes = &mut look.slots[slot];
                    if votes.hash != 0 {
                        let count = if first { &mut votes.first[place] } else { &mut votes.last[place] };
                        *count = count.saturating_add(1);
                    }
                }
            }
        }
        look
    }

    /// Calls `see` with each key of the token at `index`, which the first look gave `label`.
    #[inline]
    pub fn keys(&self, tokens: &Tokens<'_>, index: usize, label: u8, mut see: impl FnMut(u64)) {
        if !is_counted(tokens, index) {
            return;
        }
        let votes = &self.slots[self.slot(tokens[index].hash)];
        if votes.hash == 0 {
            return;
        }
        let total: u32 = votes.labels.iter().map(|count| u32::from(*count)).sum();
        // What the other occurrences got: one's own label says nothing new.
        let mut others = votes.labels;
        others[usize::from(label)] = others[usize::from(label)].saturating_sub(1);
        let mut kinds = [0_u32; 6];
        for (label, count) in others.iter().enumerate() {
            kinds[label.div_ceil(2)] += u32::from(*count);
        }
        let rest = total.saturating_sub(1);
        if rest > 0 {
            let (best, count) = highest(&kinds);
            let share = if count == rest { 3 } else { u64::from(count * 3 > rest * 2) };
            let often = u64::from(rest >= 3);
            see(mix(60, (best as u64) << 8 | share << 4 | often));
            see(mix(61, (best as u64) << 8 | share << 4 | u64::from(label)));
        }
        let (first, count) = highest(&votes.first.map(u32::from));
        if count > 0 {
            see(mix(62, (first as u64) << 4 | u64::from(label)));
        }
        let (last, count) = highest(&votes.last.map(u32::from));
        if count > 0 {
            see(mix(63, (last as u64) << 4 | u64::from(label)));
        }
        see(mix(64, u64::from(label)));
    }

    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> 9) as usize & mask;
        while self.slots[slot].hash != 0 && self.slots[slot].hash != hash {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// Whether the word at `index` may be a name: it has a capital or a digit among letters.
fn is_counted(tokens: &Tokens<'_>, index: usize) -> bool {
    let token = &tokens[index];
    matches!(token.kind, Kind::Word | Kind::Mixed) && !matches!(token.case, Case::Lower | Case::None)
}

/// The place of the highest count, the first of several, and the count.
fn highest(counts: &[u32]) -> (usize, u32) {
    let mut best = (0, 0);
    for (place, &count) in counts.iter().enumerate() {
        if count > best.1 {
            best = (place, count);
        }
    }
    best
}
