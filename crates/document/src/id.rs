use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Identity of an article's content: the same headline and text give the same id, wherever and whenever they were
/// read and however they were spaced or composed.
///
/// It is the first 128 bits of BLAKE3 (key derivation mode, context below) over the normalised title, a zero byte
/// and the normalised text. Normalised: words are separated by any Unicode white space and joined by one space,
/// each word in NFKC (UAX #15) without default-ignorable format characters (soft hyphen, zero-width characters,
/// byte order mark).
///
/// This is a promise to everybody who stored an id: it never changes under the same context string.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId([u8; 16]);

const CONTEXT: &str = "depeche 2026-11 article content id, version 1";

impl ContentId {
    /// The id of an article with this title (empty when it has none) and text.
    pub fn of(title: &str, text: &str) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
        let mut normalised = String::with_capacity(title.len() + text.len() + 1);
        normalise(title, &mut normalised);
        normalised.push('\0');
        normalise(text, &mut normalised);
        hasher.update(normalised.as_bytes());
        let mut id = [0; 16];
        hasher.finalize_xof().fill(&mut id);
        Self(id)
    }

    /// The id as bytes, the form it is indexed by.
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// The id with these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

/// Appends `text` to `out`, normalised as [`ContentId`] says.
fn normalise(text: &str, out: &mut String) {
    let from = out.len();
    for word in text.split_whitespace() {
        let before = out.len();
        if before > from {
            out.push(' ');
        }
        let start = out.len();
        if is_normalised(word) {
            out.push_str(word);
        } else {
            out.extend(word.chars().filter(|c| !is_ignorable(*c)).nfkc());
        }
        if out.len() == start {
            out.truncate(before); // The word was made of ignorable characters alone.
        }
    }
}

/// Whether a word can be taken as it is. Nearly all words can, and the letters of nearly all western ones are known to
/// be in NFKC and not ignorable without asking the tables.
fn is_normalised(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\0'..='\x7f' | 'À'..='ÿ' | '«' | '»' | '’'))
        || (!word.contains(is_ignorable) && is_nfkc_quick(word.chars()) == IsNormalized::Yes)
}

/// Format characters that show nothing and that copies of a text gain and lose.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

impl fmt::Display for ContentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, formatter)
    }
}

impl fmt::Debug for ContentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ContentId({self})")
    }
}

impl FromStr for ContentId {
    type Err = NotHex;

    fn from_str(hex: &str) -> Result<Self, NotHex> {
        read_hex(hex).map(Self)
    }
}

/// BLAKE3 digest of a document's bytes, written `blake3:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The 64 hexadecimal digits alone, for a file name.
    pub fn hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }
}

/// Digests bytes that come in pieces.
#[derive(Debug, Default)]
pub struct Digester(blake3::Hasher);

impl Digester {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all pieces so far.
    pub fn digest(&self) -> Digest {
        Digest(*self.0.finalize().as_bytes())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("blake3:")?;
        write_hex(&self.0, formatter)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        read_hex(text.strip_prefix("blake3:").unwrap_or(text)).map(Self)
    }
}

/// The text is not the hexadecimal form of what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotHex;

impl fmt::Display for NotHex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not the expected number of hexadecimal digits")
    }
}

impl std::error::Error for NotHex {}

fn write_hex(bytes: &[u8], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
}

fn read_hex<const N: usize>(hex: &str) -> Result<[u8; N], NotHex> {
    let digits = hex.as_bytes();
    if digits.len() != 2 * N {
        return Err(NotHex);
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = [pair[0], pair[1]].map(|digit| (digit as char).to_digit(16));
        *byte = (high.ok_or(NotHex)? << 4 | low.ok_or(NotHex)?) as u8;
    }
    Ok(bytes)
}

macro_rules! serde_as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

serde_as_text!(ContentId);
serde_as_text!(Digest);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_never_changes() {
        // If this fails, every stored id is orphaned: give the context string a new version instead.
        assert_eq!(ContentId::of("Titre", "Le texte.").to_string(), "0fce060f35f7db7d8541e353803a52be");
    }

    #[test]
    fn spacing_and_composition_do_not_matter() {
        let id = ContentId::of("L’été à 40 %", "Déjà vu.\n\nFin…");
        assert_eq!(
            id,
            ContentId::of(
                " L’e\u{301}te\u{301} a\u{300}  40\u{a0}% ",
                "De\u{301}ja\u{300} vu.\u{200b} Fin..."
            )
        );
        assert_eq!(id, ContentId::of("L’é\u{ad}té à 40\u{202f}%", "\u{feff}Déjà\tvu.\r\nFin…\n"));
        assert_ne!(id, ContentId::of("L’été à 40 % Déjà", "vu. Fin…"));
        assert_ne!(id, ContentId::of("L’été à 41 %", "Déjà vu. Fin…"));
    }

    #[test]
    fn what_is_taken_without_asking_is_normalised() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_normalised(&c.to_string())) {
            assert!(!is_ignorable(c) && std::iter::once(c).nfkc().eq([c]), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn an_id_reads_back(title in ".*", text in ".*") {
            let id = ContentId::of(&title, &text);
            prop_assert_eq!(id.to_string().parse::<ContentId>(), Ok(id));
        }

        #[test]
        fn any_text_is_read_as_an_id_or_refused(text in ".*") {
            let _ = text.parse::<ContentId>();
            let _ = text.parse::<Digest>();
        }
    }
}
