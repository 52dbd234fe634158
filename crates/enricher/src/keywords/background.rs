//! How common a word is in news at large, so that what an article repeats can be told from what all articles say.

use std::io::{self, Read};

/// In how many texts of a collection each word stands.
#[derive(Debug, Default)]
pub struct Background {
    /// How many texts there were.
    texts: u32,
    /// Keys of words, in order, and in how many texts each stands.
    words: Vec<(u32, u16)>,
}

/// The first bytes of a packed table: what it is and the version of its form.
const MAGIC: &[u8; 8] = b"depeBGR1";

/// A table of so few words is damaged beyond use, one of so many is none of ours.
const WORDS_MAX: u32 = 1 << 20;

impl Background {
    /// Reads what [`pack`] wrote. The error says that the table is damaged.
    pub fn unpack(packed: &[u8]) -> io::Result<Self> {
        let mut bytes = Vec::new();
        zstd::Decoder::new(packed)?.take(u64::from(WORDS_MAX) * 6 + 16).read_to_end(&mut bytes)?;
        let mut rest = &bytes[..];
        let mut magic = [0; 8];
        rest.read_exact(&mut magic)?;
        let mut number = || -> io::Result<u32> {
            let mut four = [0; 4];
            rest.read_exact(&mut four)?;
            Ok(u32::from_le_bytes(four))
        };
        let (texts, count) = (number()?, number()?);
        if &magic != MAGIC || count > WORDS_MAX {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not a table of common words"));
        }
        let mut words = Vec::with_capacity(count as usize);
        let mut key = 0_u32;
        for _ in 0..count {
            key = key.wrapping_add(number()?);
            words.push((key, 0));
        }
        for (_, often) in &mut words {
            let mut two = [0; 2];
            rest.read_exact(&mut two)?;
            *often = u16::from_le_bytes(two);
        }
        Ok(Self { texts, words })
    }

    /// How rare a word is: the logarithm of the share of texts that it stands in, inverted; 1 and more. A word that no
    /// text has is as rare as one of a single text.
    pub(super) fn rarity(&self, key: u32) -> f32 {
        let place = self.words.partition_point(|(other, _)| *other < key);
        let often = self.words.get(place).filter(|(other, _)| *other == key).map_or(0, |(_, often)| *often);
        ((self.texts as f32 + 1.0) / (f32::from(often).max(1.0))).ln().max(0.0) + 1.0
    }
}

/// The packed form of a table: how many texts there were, and in how many of them each word stands, by its [`key`].
pub fn pack(texts: u32, mut words: Vec<(u32, u16)>) -> io::Result<Vec<u8>> {
    words.sort_unstable();
    words.dedup_by_key(|(key, _)| *key);
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&texts.to_le_bytes());
    bytes.extend_from_slice(&(words.len() as u32).to_le_bytes());
    let mut before = 0;
    for (key, _) in &words {
        bytes.extend_from_slice(&(key - before).to_le_bytes());
        before = *key;
    }
    for (_, often) in &words {
        bytes.extend_from_slice(&often.to_le_bytes());
    }
    zstd::encode_all(&bytes[..], 19)
}

/// The key of a word, given its normalised form: its plural is the same word.
pub fn key(form: &str) -> u32 {
    key_of(crate::tokens::hash(singular(form)))
}

/// The key of a word, given the hash of its form without the ending of a plural.
pub(super) fn key_of(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// A form without the ending of a plural.
pub(super) fn singular(form: &str) -> &str {
    let long = form.len() > 4 && !form.ends_with("ss") && !form.ends_with("us") && !form.ends_with("is");
    form.strip_suffix(['s', 'x']).filter(|_| long).unwrap_or(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_table_reads_back() {
        let words = vec![(key("usine"), 3), (key("le"), 90)];
        let table = Background::unpack(&pack(100, words).unwrap()).unwrap();
        let (rare, common, unseen) =
            (table.rarity(key("usines")), table.rarity(key("le")), table.rarity(key("zorvanyx")));
        assert!(common < rare && rare < unseen, "{common} {rare} {unseen}");
    }

    #[test]
    fn a_damaged_table_is_an_error() {
        let packed = pack(1, vec![(1, 1)]).unwrap();
        assert!(Background::unpack(&packed[..packed.len() - 4]).is_err());
        assert!(Background::unpack(&zstd::encode_all(&b"depeBGR0"[..], 1).unwrap()).is_err());
        assert!(Background::unpack(b"").is_err());
    }
}
