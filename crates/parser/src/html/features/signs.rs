//! The kinds of signs that a block is written in.

use crate::letters::is_letter;

/// How many signs of each kind stand among the first characters of a text.
pub(super) struct Signs {
    pub digits: u32,
    pub letters: u32,
    pub capitals: u32,
    /// Bars, slashes, dots and arrows that set the parts of a line off.
    pub slashes: u32,
    /// Double quotation marks, but for the closing ones of French.
    pub quotes: u32,
    pub copyright: bool,
}

/// Five counts in one number, so that a character takes one addition: each has room for all characters.
const LETTER: u64 = 1;
const CAPITAL: u64 = 1 << 12;
const DIGIT: u64 = 1 << 24;
const SLASH: u64 = 1 << 36;
const QUOTE: u64 = 1 << 48;

/// What a character of ASCII adds to the counts; nothing for other bytes.
const ADDED: [u64; 256] = {
    let mut added = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        added[byte as usize] = match byte {
            b'a'..=b'z' => LETTER,
            b'A'..=b'Z' => LETTER | CAPITAL,
            b'0'..=b'9' => DIGIT,
            b'|' | b'/' | b'>' => SLASH,
            b'"' => QUOTE,
            _ => 0,
        };
        byte += 1;
    }
    added
};

impl Signs {
    /// Characters that are counted: the first ones tell enough.
    pub(super) const CHARACTERS: u32 = 400;

    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut counts, mut copyright) = (0, false);
        // What is all of ASCII needs no look at where its characters end.
        let head = &bytes[..bytes.len().min(Self::CHARACTERS as usize)];
        let (characters, mut at) = if head.is_ascii() {
            counts = head.iter().map(|byte| ADDED[usize::from(*byte)]).sum();
            (0, head.len())
        } else {
            (Self::CHARACTERS, 0)
        };
        for _ in 0..characters {
            let Some(byte) = bytes.get(at) else { break };
            if byte.is_ascii() {
                counts += ADDED[usize::from(*byte)];
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            copyright |= c == '©';
            counts += match c {
                '•' | '·' | '›' | '»' => SLASH,
                '“' | '”' | '«' => QUOTE,
                _ if !is_letter(c) => 0,
                _ if c.is_uppercase() => LETTER | CAPITAL,
                _ => LETTER,
            };
        }
        let count = |unit: u64| (counts / unit % CAPITAL) as u32;
        Self {
            digits: count(DIGIT),
            letters: count(LETTER),
            capitals: count(CAPITAL),
            slashes: count(SLASH),
            quotes: count(QUOTE),
            copyright: copyright
                || memchr::memchr_iter(b'(', &bytes[..at])
                    .any(|bracket| bytes[..at].get(bracket + 1) == Some(&b'c')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_counted_by_kind() {
        let signs = Signs::of("L’ÉTÉ 2026 | « oui » · \"non\" (c) Zoé");
        assert_eq!((signs.digits, signs.letters, signs.capitals), (4, 14, 5));
        assert_eq!((signs.slashes, signs.quotes, signs.copyright), (3, 3, true));
        assert!(Signs::of("© Zoé").copyright && !Signs::of("(Zoé) c").copyright);
        assert_eq!(Signs::of(&"é".repeat(1_000)).letters, Signs::CHARACTERS);
    }
}
