//! The trained model: what each key says for and against each label, and which label follows which.

use std::io::{self, Read};

use crate::entities::clusters::Clusters;
use crate::entities::label::{LABELS, WIDTH};

/// Scores for each label, in steps of the model's own unit.
pub type Scores = [i32; WIDTH];

/// A linear sequence model over hashed keys.
#[derive(Debug, Default)]
pub struct Model {
    /// Open addressing by the low half of the key; the high half tells rows apart. The length is a power of two.
    rows: Vec<Row>,
    /// One bit for each key that has a row, of few enough bits to stay in the cache: most keys have no row, and the
    /// table itself is slow to ask.
    filter: Vec<u64>,
    /// Of the first look and of the second one: what each label adds to the label after it.
    pub transitions: [[Scores; WIDTH]; 2],
    /// The words that stand in for each other.
    pub clusters: Clusters,
}

#[derive(Debug, Clone, Copy, Default)]
struct Row {
    /// High half of the key; 0 for a free row.
    key: u32,
    weights: [i8; WIDTH],
}

/// What a model that cannot be read is.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Its compressed form is damaged.
    #[error("the model cannot be unpacked")]
    Packed(#[from] io::Error),
    /// It ends too early, or was written by another version.
    #[error("the model is of another version or cut short")]
    Format,
}

/// The first bytes of a model: what it is and the version of its form.
const MAGIC: &[u8; 8] = b"depeNER1";

impl Model {
    /// Adds what the rows of these keys say to `scores`. Leaves only the keys that may have a row in `keys`.
    #[inline]
    pub fn add(&self, keys: &mut Vec<u64>, scores: &mut Scores) {
        if self.rows.is_empty() {
            return;
        }
        keys.retain(|&key| self.may_have(key));
        for row in keys.iter().filter_map(|&key| self.row(key)) {
            for (score, weight) in scores.iter_mut().zip(row.weights) {
                *score += i32::from(weight);
            }
        }
    }

    /// How much more the row of `key` speaks for being part of a name than against it, in the model's unit; `None`
    /// where it has none.
    pub fn leaning(&self, key: u64) -> Option<i32> {
        if self.rows.is_empty() || !self.may_have(key) {
            return None;
        }
        let (outside, names) = self.row(key)?.weights[..LABELS].split_first()?;
        Some(i32::from(*names.iter().max()?) - i32::from(*outside))
    }

    #[inline]
    fn may_have(&self, key: u64) -> bool {
        self.filter[filter_word(key)] >> (key >> 58) & 1 == 1
    }

    #[inline]
    fn row(&self, key: u64) -> Option<&Row> {
        let mask = self.rows.len() - 1;
        let high = (key >> 32) as u32 | 1;
        let mut place = key as usize & mask;
        loop {
            let row = &self.rows[place & mask];
            if row.key == high {
                return Some(row);
            }
            if row.key == 0 {
                return None;
            }
            place += 1;
        }
    }

    /// A model of these rows of keys with their weights.
    pub fn new(rows: &[(u64, [i8; LABELS])], transitions: [[Scores; WIDTH]; 2], clusters: Clusters) -> Self {
        let mut model = Self { transitions, clusters, ..Self::default() };
        model.fill(rows.len(), |index| rows[index]);
        model
    }

    fn fill(&mut self, count: usize, mut row: impl FnMut(usize) -> (u64, [i8; LABELS])) {
        self.rows = vec![Row::default(); (count * 3 / 2 + 1).next_power_of_two()];
        self.filter = vec![0; FILTER_WORDS];
        let mask = self.rows.len() - 1;
        for index in 0..count {
            let (key, weights) = row(index);
            let mut place = key as usize & mask;
            while self.rows[place].key != 0 {
                place = (place + 1) & mask;
            }
            self.filter[filter_word(key)] |= 1 << (key >> 58);
            self.rows[place].key = (key >> 32) as u32 | 1;
            self.rows[place].weights[..LABELS].copy_from_slice(&weights);
        }
    }

    /// Unpacks a model that [`pack`] wrote.
    pub fn unpack(packed: &[u8]) -> Result<Self, Unreadable> {
        let mut bytes = Vec::new();
        zstd::Decoder::new(packed)?.read_to_end(&mut bytes)?;
        let mut bytes = Reader(&bytes);
        if bytes.take(MAGIC.len())? != MAGIC {
            return Err(Unreadable::Format);
        }
        let mut model = Self::default();
        for look in &mut model.transitions {
            for score in look.iter_mut().flatten() {
                *score = i32::from(i16::from_le_bytes(bytes.array()?));
            }
        }
        let count = bytes.count()?;
        let keys = bytes.column(count)?;
        let lows = bytes.column(count)?;
        let weights = bytes.take(count * LABELS)?;
        let mut high = 0_u32;
        model.fill(count, |index| {
            high = high.wrapping_add(at32(keys, index, count));
            let key = u64::from(high) << 32 | u64::from(at32(lows, index, count));
            (key, std::array::from_fn(|label| weights[label * count + index].cast_signed()))
        });
        let count = bytes.count()?;
        let keys = bytes.column(count)?;
        let fine = bytes.take(count * 2)?;
        let mut key = 0_u32;
        let words: Vec<_> = (0..count)
            .map(|index| {
                key = key.wrapping_add(at32(keys, index, count));
                (key, u16::from_le_bytes([fine[index], fine[count + index]]))
            })
            .collect();
        let count = bytes.count()?;
        let coarse =
            bytes.take(count * 2)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        model.clusters = Clusters::new(&words, coarse.collect());
        Ok(model)
    }
}

/// Packs a model: rows of keys with their weights, the transitions of both looks, and the clusters (words by key with
/// their fine cluster, and the coarse cluster of each fine one). Columns of bytes compress best.
pub fn pack(
    rows: &mut [(u64, [i8; LABELS])],
    transitions: &[[Scores; WIDTH]; 2],
    words: &mut Vec<(u32, u16)>,
    coarse: &[u16],
) -> io::Result<Vec<u8>> {
    let mut bytes = MAGIC.to_vec();
    for score in transitions.iter().flatten().flatten() {
        let score = i16::try_from(*score).unwrap_or(if *score < 0 { i16::MIN } else { i16::MAX });
        bytes.extend_from_slice(&score.to_le_bytes());
    }
    rows.sort_unstable_by_key(|(key, _)| *key);
    bytes.extend_from_slice(&(rows.len() as u32).to_le_bytes());
    column(&mut bytes, &differences(rows.iter().map(|(key, _)| (key >> 32) as u32)));
    column(&mut bytes, &rows.iter().map(|(key, _)| *key as u32 & LOW).collect::<Vec<_>>());
    for label in 0..LABELS {
        bytes.extend(rows.iter().map(|(_, weights)| weights[label].cast_unsigned()));
    }
    words.sort_unstable();
    words.dedup_by_key(|(key, _)| *key);
    bytes.extend_from_slice(&(words.len() as u32).to_le_bytes());
    column(&mut bytes, &differences(words.iter().map(|(key, _)| *key)));
    for byte in 0..2 {
        bytes.extend(words.iter().map(|(_, fine)| fine.to_le_bytes()[byte]));
    }
    bytes.extend_from_slice(&(coarse.len() as u32).to_le_bytes());
    bytes.extend(coarse.iter().flat_map(|coarse| coarse.to_le_bytes()));
    zstd::encode_all(&bytes[..], 19)
}

/// Half a megabyte of bits.
const FILTER_WORDS: usize = 1 << 16;

/// The word of the filter that holds the key's bit; the bit is given by the key's highest bits.
#[inline]
fn filter_word(key: u64) -> usize {
    (key >> 32) as usize % FILTER_WORDS
}

/// As much of the low half of a key as the largest table needs.
const LOW: u32 = (1 << 22) - 1;

fn differences(values: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut before = 0;
    values.map(|value| value.wrapping_sub(std::mem::replace(&mut before, value))).collect()
}

/// Appends 32-bit values as four columns of bytes.
fn column(bytes: &mut Vec<u8>, values: &[u32]) {
    for byte in 0..4 {
        bytes.extend(values.iter().map(|value| value.to_le_bytes()[byte]));
    }
}

fn at32(column: &[u8], index: usize, count: usize) -> u32 {
    u32::from_le_bytes([0, 1, 2, 3].map(|byte| column[byte * count + index]))
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], Unreadable> {
        let (head, rest) = self.0.split_at_checked(count).ok_or(Unreadable::Format)?;
        self.0 = rest;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        self.take(N)?.try_into().map_err(|_| Unreadable::Format)
    }

    /// A count of entries, none of which takes less than two bytes.
    fn count(&mut self) -> Result<usize, Unreadable> {
        let count = u32::from_le_bytes(self.array()?) as usize;
        if count > self.0.len() { Err(Unreadable::Format) } else { Ok(count) }
    }

    fn column(&mut self, count: usize) -> Result<&'b [u8], Unreadable> {
        self.take(count * 4)
    }
}
