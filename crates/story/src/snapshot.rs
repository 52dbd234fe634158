//! An index as bytes, so that a restart goes on where the last run ended.
//!
//! Little endian throughout, the parts in the order of [`Index::encode`]. Whoever keeps the bytes guards them with a
//! checksum; bytes that are not an index all the same are refused, whatever they are.

use std::collections::VecDeque;

use document::{ContentId, Feature};
use rustc_hash::FxHashMap;

use crate::band::Bands;
use crate::index::{Index, Limits, Row, row_of};
use crate::plot::{NEWEST, NOWHERE, Newest, Plots, Posting, Story};

const MAGIC: &[u8; 8] = b"depstry2";

impl Index {
    /// Hands out the index, piece by piece: it can be as large as the memory that it takes.
    pub fn encode(&self, put: &mut impl FnMut(&[u8])) {
        put(MAGIC);
        put(&self.clock.to_le_bytes());
        put(&self.first.to_le_bytes());
        put_count(put, self.rows.len());
        for row in &self.rows {
            put(&row.id.bytes());
            put(&row.seen.to_le_bytes());
            for number in [row.pairs, row.held, row.story] {
                put(&number.to_le_bytes());
            }
            put(&row.signature);
        }
        let Plots { slots, free, postings, .. } = &self.plots;
        put_count(put, slots.len());
        for story in slots {
            let Some(story) = story else {
                put(&[0]);
                continue;
            };
            put(&[1]);
            put(&story.id.bytes());
            put(&story.age.to_le_bytes());
            for number in [story.live, story.told, story.into] {
                put(&number.to_le_bytes());
            }
            put(&story.days.0.to_le_bytes());
            put(&story.days.1.to_le_bytes());
            put_count(put, story.features.len());
            for feature in &story.features {
                put(&feature.key.to_le_bytes());
                put(&[feature.family]);
                put(&feature.weight.to_le_bytes());
            }
        }
        put_count(put, free.len());
        for slot in free {
            put(&slot.to_le_bytes());
        }
        // In the order of their keys, so that equal indexes are equal bytes.
        let mut sorted: Vec<_> = postings.iter().collect();
        sorted.sort_unstable_by_key(|(key, _)| **key);
        put_count(put, sorted.len());
        for (key, posting) in sorted {
            put(&key.to_le_bytes());
            put(&posting.stories.to_le_bytes());
            let newest = self.plots.newest(posting);
            put(&[newest.len() as u8]);
            for slot in newest {
                put(&slot.to_le_bytes());
            }
        }
    }

    /// Reads an index back; `None` when these bytes are not one. `limits` may have changed meanwhile: they hold from
    /// the next article on.
    pub fn decode(bytes: &[u8], limits: Limits) -> Option<Self> {
        let mut input = Input(bytes);
        if input.take::<8>()? != *MAGIC {
            return None;
        }
        let mut index = Self::new(limits);
        index.clock = i64::from_le_bytes(input.take()?);
        index.first = u64::from_le_bytes(input.take()?);
        let rows = input.count(16 + 8 + 12 + 64)?;
        index.rows = VecDeque::with_capacity(rows);
        for _ in 0..rows {
            let id = ContentId::from_bytes(input.take()?);
            let seen = i64::from_le_bytes(input.take()?);
            let (pairs, held, story) = (input.u32()?, input.u32()?, input.u32()?);
            let signature = input.take()?;
            index.rows.push_back(Row { id, seen, pairs, held, story, signature });
        }
        index.plots = input.plots()?;
        if !input.0.is_empty() || index.rows.iter().any(|row| index.plots.story(row.story).is_none()) {
            return None;
        }
        // The table is made for the limits of now, and for what was read, whichever is more.
        index.bands = Bands::new(index.limits.articles_max.max(rows));
        let (first, held_by) = (index.first, &index.rows);
        for (number, row) in (first..).zip(held_by) {
            let lend = |number| &held_by[row_of(number, first)].signature;
            index.bands.hold_again(number, row.held, &row.signature, lend);
        }
        Some(index)
    }
}

fn put_count(put: &mut impl FnMut(&[u8]), count: usize) {
    put(&(count as u32).to_le_bytes());
}

/// Bytes that are read from the front.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    /// A count of things of at least so many bytes each: no count makes more room than its bytes could fill.
    fn count(&mut self, bytes_each: usize) -> Option<usize> {
        let count = self.u32()? as usize;
        (count.checked_mul(bytes_each)? <= self.0.len()).then_some(count)
    }

    fn plots(&mut self) -> Option<Plots> {
        let count = self.count(1)?;
        let mut slots = Vec::with_capacity(count);
        for _ in 0..count {
            let there = self.take::<1>()? == [1];
            slots.push(if there { Some(self.story()?) } else { None });
        }
        let free = (0..self.count(4)?).map(|_| self.u32()).collect::<Option<Vec<_>>>()?;
        if free.iter().any(|slot| !matches!(slots.get(*slot as usize), Some(None))) {
            return None;
        }
        // A chain of joins leads from the younger to the older, so it has an end.
        let leads_back = |story: &Story| match slots.get(story.into as usize) {
            Some(Some(older)) => older.age < story.age,
            Some(None) => false,
            None => story.into == NOWHERE,
        };
        if !slots.iter().flatten().all(leads_back) {
            return None;
        }
        let count = self.count(9)?;
        let mut postings = FxHashMap::with_capacity_and_hasher(count, rustc_hash::FxBuildHasher);
        let mut lists = Vec::new();
        for _ in 0..count {
            let (key, stories) = (self.u32()?, self.u32()?);
            let mut list = [NOWHERE; NEWEST];
            let length = usize::from(self.take::<1>()?[0]);
            for slot in list.get_mut(..length)? {
                *slot = self.u32()?;
            }
            let newest = if (stories, length) == (1, 1) {
                Newest::One(list[0])
            } else {
                lists.push(list);
                Newest::List(lists.len() as u32 - 1)
            };
            postings.insert(key, Posting { stories, newest });
        }
        Some(Plots { slots, free, postings, lists, free_lists: Vec::new() })
    }

    fn story(&mut self) -> Option<Story> {
        let id = ContentId::from_bytes(self.take()?);
        let age = u64::from_le_bytes(self.take()?);
        let (live, told, into) = (self.u32()?, self.u32()?, self.u32()?);
        let days = (i32::from_le_bytes(self.take()?), i32::from_le_bytes(self.take()?));
        let count = self.count(7)?;
        let mut features = Vec::with_capacity(count);
        for _ in 0..count {
            let (key, family) = (self.u32()?, self.take::<1>()?[0]);
            features.push(Feature { key, family, weight: u16::from_le_bytes(self.take()?) });
        }
        Some(Story { id, age, live, told, into, days, features })
    }
}
