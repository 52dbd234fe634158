//! Finds articles whose signatures are alike, without comparing with all of them.
//!
//! Locality-sensitive hashing by bands (Indyk and Motwani 1998; Leskovec, Rajaraman and Ullman, *Mining of Massive
//! Datasets*, chapter 3): 63 of the 64 numbers of a signature make 21 bands of 3. Two texts that share the part *s* of
//! their word pairs have at least one band in common with probability 1 - (1 - s³)²¹: 94 % at 0.5, 99.9 % at two thirds.
//! A band has three bytes, so that in a window of 50,000 one of 300 bands is held by an unrelated article.
//!
//! One flat table with open addressing. The first article that has a band holds its slot; a later one with the same
//! band finds it there and takes no slot, so that a text told a thousand times costs what it costs once.

use document::SKETCH_BINS;

use crate::words::mix;

const BANDS: usize = 21;
const WIDTH: usize = 3;

/// Number of an article, as the table keeps it: the low 27 bits.
pub(crate) const NUMBER_MASK: u64 = (1 << 27) - 1;

pub(crate) type Signature = [u8; SKETCH_BINS];

/// Which article holds which band. Whoever asks lends the signatures, by number.
#[derive(Debug, Clone)]
pub(crate) struct Bands {
    /// The article's number, shifted left by 5, and the band's.
    slots: Vec<u32>,
}

const EMPTY: u32 = u32::MAX;

impl Bands {
    /// A table for this many articles. At most five of eight slots are ever taken.
    pub(crate) fn new(articles_max: usize) -> Self {
        Self { slots: vec![EMPTY; articles_max.max(1) * BANDS / 5 * 8 + 64] }
    }

    /// Bytes that the table takes.
    pub(crate) fn bytes(&self) -> usize {
        self.slots.len() * size_of::<u32>()
    }

    /// Numbers of the articles that hold a band of this signature, each as often as it does.
    pub(crate) fn alike<'a>(
        &self,
        signature: &Signature,
        lend: impl Fn(u64) -> &'a Signature,
        found: &mut Vec<u64>,
    ) {
        for band in 0..BANDS {
            if let Ok(slot) = self.find(band, signature, &lend) {
                found.push(u64::from(self.slots[slot] >> 5));
            }
        }
    }

    /// Lets an article hold the bands that nobody holds yet, and says which those are, a bit for each.
    pub(crate) fn hold<'a>(
        &mut self,
        number: u64,
        signature: &Signature,
        lend: impl Fn(u64) -> &'a Signature,
    ) -> u32 {
        let mut held = 0;
        for band in 0..BANDS {
            if let Err(slot) = self.find(band, signature, &lend) {
                self.slots[slot] = ((number & NUMBER_MASK) as u32) << 5 | band as u32;
                held |= 1 << band;
            }
        }
        held
    }

    /// Lets an article hold the bands that it held before.
    pub(crate) fn hold_again<'a>(
        &mut self,
        number: u64,
        held: u32,
        signature: &Signature,
        lend: impl Fn(u64) -> &'a Signature,
    ) {
        for band in (0..BANDS).filter(|band| held & 1 << band != 0) {
            if let Err(slot) = self.find(band, signature, &lend) {
                self.slots[slot] = ((number & NUMBER_MASK) as u32) << 5 | band as u32;
            }
        }
    }

    /// Gives back the bands that an article held.
    pub(crate) fn release<'a>(
        &mut self,
        number: u64,
        held: u32,
        signature: &Signature,
        lend: impl Fn(u64) -> &'a Signature,
    ) {
        for band in (0..BANDS).filter(|band| held & 1 << band != 0) {
            if let Ok(slot) = self.find(band, signature, &lend)
                && u64::from(self.slots[slot] >> 5) == number & NUMBER_MASK
            {
                self.empty(slot, &lend);
            }
        }
    }

    /// The slot of the article that holds this band, or the empty one where it would stand.
    fn find<'a>(
        &self,
        band: usize,
        signature: &Signature,
        lend: &impl Fn(u64) -> &'a Signature,
    ) -> Result<usize, usize> {
        let wanted = numbers(band, signature);
        let mut slot = self.home(band, signature);
        loop {
            let held = self.slots[slot];
            if held == EMPTY {
                return Err(slot);
            }
            if (held & 31) as usize == band && numbers(band, lend(u64::from(held >> 5))) == wanted {
                return Ok(slot);
            }
            slot = self.after(slot);
        }
    }

    /// Empties a slot and moves up what had to step aside for it (Knuth, TAOCP volume 3, 6.4, algorithm R).
    fn empty<'a>(&mut self, mut gap: usize, lend: &impl Fn(u64) -> &'a Signature) {
        let mut slot = gap;
        loop {
            slot = self.after(slot);
            let held = self.slots[slot];
            if held == EMPTY {
                break;
            }
            let home = self.home((held & 31) as usize, lend(u64::from(held >> 5)));
            let between = if gap < slot { gap < home && home <= slot } else { gap < home || home <= slot };
            if !between {
                self.slots[gap] = held;
                gap = slot;
            }
        }
        self.slots[gap] = EMPTY;
    }

    fn home(&self, band: usize, signature: &Signature) -> usize {
        let numbers =
            numbers(band, signature).iter().fold(band as u64, |all, part| all << 8 | u64::from(*part));
        // The high half of the product is evenly spread over the slots (Lemire 2019).
        ((u128::from(mix(numbers)) * self.slots.len() as u128) >> 64) as usize
    }

    fn after(&self, slot: usize) -> usize {
        if slot + 1 == self.slots.len() { 0 } else { slot + 1 }
    }
}

fn numbers(band: usize, signature: &Signature) -> &[u8] {
    &signature[band * WIDTH..(band + 1) * WIDTH]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Against a plain map, over any order of coming and going, in a table that is small enough to collide.
        #[test]
        fn the_first_with_a_band_holds_it(steps in prop::collection::vec((any::<bool>(), 0u8..4, 0u8..3), 1..60)) {
            let mut bands = Bands::new(4);
            let mut signatures: Vec<Signature> = Vec::new();
            let mut live: Vec<(u64, u32)> = Vec::new();
            let mut model: BTreeMap<(usize, Vec<u8>), u64> = BTreeMap::new();
            for (leave, base, odd) in steps {
                if leave || live.len() == 4 {
                    if !live.is_empty() {
                        let (number, held) = live.remove(0);
                        let signature = signatures[number as usize];
                        bands.release(number, held, &signature, |number| &signatures[number as usize]);
                        model.retain(|_, holder| *holder != number);
                    }
                    continue;
                }
                let number = signatures.len() as u64;
                let mut signature = [base; SKETCH_BINS];
                signature[..usize::from(odd) * 20].fill(100 + base);
                signatures.push(signature);
                let held = bands.hold(number, &signature, |number| &signatures[number as usize]);
                live.push((number, held));
                for band in 0..BANDS {
                    let key = (band, numbers(band, &signature).to_vec());
                    prop_assert_eq!(held & 1 << band != 0, !model.contains_key(&key));
                    model.entry(key).or_insert(number);
                }
                let mut found = Vec::new();
                bands.alike(&signature, |number| &signatures[number as usize], &mut found);
                let expected: Vec<_> =
                    (0..BANDS).map(|band| model[&(band, numbers(band, &signature).to_vec())]).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
