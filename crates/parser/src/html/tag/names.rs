//! The names in tags: read once, byte by byte, and found in a table by the number that their letters make.

/// What each byte adds to a name: itself, as a small letter; 0 for one that ends the name.
pub(in crate::html) type NameBytes = [u8; 256];

/// The bytes of the names of elements.
pub(in crate::html) static OF_TAGS: NameBytes = name_bytes(b">/ \t\n\r\x0c");
/// The bytes of the names of attributes.
pub(in crate::html) static OF_ATTRIBUTES: NameBytes = name_bytes(b"=>/ \t\n\r\x0c");

const fn name_bytes(ends: &[u8]) -> NameBytes {
    let mut bytes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[byte] = (byte as u8).to_ascii_lowercase();
        byte += 1;
    }
    // No name that is known has a control in it, so one may stand for another.
    bytes[0] = 1;
    let mut at = 0;
    while at < ends.len() {
        bytes[ends[at] as usize] = 0;
        at += 1;
    }
    bytes
}

/// A name in a source.
#[derive(Clone, Copy)]
pub(in crate::html) struct NameAt<'a> {
    /// The name as it stands there.
    pub name: &'a [u8],
    /// Its bytes in small letters, side by side; of a longer name those after the eighth are laid over them.
    key: u64,
}

impl<'a> NameAt<'a> {
    /// The name that begins at `start` and goes on up to a byte that ends it.
    pub(in crate::html) fn read(source: &'a [u8], start: usize, bytes: &NameBytes) -> Self {
        let mut key = 0;
        let mut at = start;
        while let Some(byte) = source.get(at).map(|byte| bytes[usize::from(*byte)])
            && byte != 0
        {
            key = added(key, byte);
            at += 1;
        }
        Self { name: &source[start.min(at)..at], key }
    }
}

/// Names with what they stand for. Each has the place that its key tells, or the first free one behind that.
pub(super) struct Names<T, const PLACES: usize>([Option<(u64, &'static str, T)>; PLACES]);

impl<T: Copy, const PLACES: usize> Names<T, PLACES> {
    /// Lays out names in small letters, fewer than there are places.
    pub(super) const fn of(names: &[(&'static str, T)]) -> Self {
        let mut places = [None; PLACES];
        let mut at = 0;
        while at < names.len() {
            let (name, what) = names[at];
            let key = key(name.as_bytes());
            let mut place = Self::place(key);
            while places[place].is_some() {
                place = (place + 1) % PLACES;
            }
            places[place] = Some((key, name, what));
            at += 1;
        }
        Self(places)
    }

    /// What a name stands for, in any letter case.
    pub(super) fn get(&self, NameAt { name, key }: NameAt<'_>) -> Option<T> {
        let mut place = Self::place(key);
        while let Some((known_key, known, what)) = &self.0[place] {
            // The key is all of a short name.
            if *known_key == key
                && known.len() == name.len()
                && (name.len() <= 8 || name.eq_ignore_ascii_case(known.as_bytes()))
            {
                return Some(*what);
            }
            place = (place + 1) % PLACES;
        }
        None
    }

    const fn place(key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % PLACES
    }
}

const fn key(name: &[u8]) -> u64 {
    let mut key = 0;
    let mut at = 0;
    while at < name.len() {
        key = added(key, name[at]);
        at += 1;
    }
    key
}

const fn added(key: u64, byte: u8) -> u64 {
    key.rotate_left(8) ^ byte as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tag::{Name, Tag};

    fn tag(source: &str) -> (Tag, usize) {
        let name = NameAt::read(source.as_bytes(), 0, &OF_TAGS);
        (Tag::of(name), name.name.len())
    }

    fn attribute(source: &str) -> (Option<Name>, usize) {
        let name = NameAt::read(source.as_bytes(), 0, &OF_ATTRIBUTES);
        (Name::of(name), name.name.len())
    }

    #[test]
    fn names_are_known_in_any_letter_case() {
        assert_eq!(tag("DiV class"), (Tag::Div, 3));
        assert_eq!(tag("h1>"), (Tag::H1, 2));
        assert_eq!(tag("blockquote/"), (Tag::Blockquote, 10));
        assert_eq!(attribute("CLASS=a"), (Some(Name::Class), 5));
        assert_eq!(attribute("data-Component-name"), (Some(Name::DataComponentName), 19));
        for tag in [Tag::A, Tag::Figcaption, Tag::Plaintext, Tag::AmpImg] {
            assert_eq!(Tag::of(NameAt::read(tag.name().as_bytes(), 0, &OF_TAGS)), tag);
        }
    }

    #[test]
    fn other_names_are_unknown() {
        for other in ["", "h", "h\x11", "h7", "divs", "\0div", "di\0v", "x-div", "\u{e9}"] {
            assert_eq!(tag(other), (Tag::Other, other.len()), "{other}");
        }
        assert_eq!(tag("a=b"), (Tag::Other, 3));
        for other in ["=class", "xxxxxtracking-label", "data-tracking-labels", "id\0", "clas"] {
            let name = NameAt { name: other.as_bytes(), key: key(other.as_bytes()) };
            assert_eq!(Name::of(name), None, "{other}");
        }
    }
}
