//! What the tagger sees of a token: some sixty keys for the word, its neighbours, their shapes, clusters and lists, and the
//! name that it seems to be part of.

use crate::entities::clusters::Clusters;
use crate::lexicon::Lexicon;
use crate::tokens::{Case, Kind, Token, Tokens};

/// What is known of each token of a text before anything is tagged.
#[derive(Debug)]
pub struct Facts {
    facts: Vec<Fact>,
    /// For each token, the run of capitalised words that it is part of; empty for none.
    runs: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Fact {
    form: u64,
    /// Hashes of the first 3 and 4 letters and of the last 1 to 4.
    affixes: [u64; 6],
    /// The word with its letters replaced by their case and its digits by one, runs shortened.
    shape: u64,
    fine: u64,
    coarse: u64,
    /// Bits of the lexicon's classes.
    lists: u64,
    /// How the same word is written elsewhere in the text, and where it stands here.
    place: u64,
}

/// What stands before the first token and behind the last one of a sentence.
const EDGE: Fact =
    Fact { form: 1, affixes: [1; 6], shape: 1, fine: 0xffff, coarse: 0xffff, lists: 0, place: 0 };

impl Facts {
    /// Looks at each token of a text.
    pub fn new(tokens: &Tokens<'_>, clusters: &Clusters, lexicon: &Lexicon) -> Self {
        let mut lists = Vec::new();
        lexicon.mark(tokens, &mut lists);
        let seen = Seen::new(tokens);
        let mut capitals = 0;
        let facts = (0..tokens.len())
            .map(|index| {
                let token = &tokens[index];
                if token.line {
                    capitals = u64::from(is_capitals(tokens, index));
                }
                let (fine, coarse) = clusters.of(token);
                let form = tokens.form(index);
                Fact {
                    form: token.hash,
                    affixes: affixes(form),
                    shape: if token.case == Case::Lower && token.kind == Kind::Word {
                        2 + form.len().min(4) as u64
                    } else {
                        shape(tokens.word(index))
                    },
                    fine: u64::from(fine),
                    coarse: u64::from(coarse),
                    lists: lists[index],
                    place: u64::from(token.sentence) | capitals << 1 | u64::from(seen.of(token.hash)) << 2,
                }
            })
            .collect();
        Self { facts, runs: runs(tokens, lexicon) }
    }

    /// Calls `see` with each key of the token at `index` of the sentence `start..end`.
    #[inline]
    pub fn keys(&self, start: usize, end: usize, index: usize, mut see: impl FnMut(u64)) {
        self.each(start, end, index, |template, value| see(mix(template, value)));
    }

    /// Calls `emit` with the template and the value that make each key.
    #[inline]
    pub fn each(&self, start: usize, end: usize, index: usize, mut emit: impl FnMut(u64, u64)) {
        let at = |offset: isize| match index.checked_add_signed(offset) {
            Some(place) if (start..end).contains(&place) => &self.facts[place],
            _ => &EDGE,
        };
        let (before2, before, here, after, after2) = (at(-2), at(-1), at(0), at(1), at(2));

        emit(WORD, here.form);
        emit(2, before.form);
        emit(3, after.form);
        emit(4, before2.form);
        emit(5, after2.form);
        emit(6, both(before.form, here.form));
        emit(7, both(here.form, after.form));
        emit(8, both(before2.form, before.form));
        emit(9, both(after.form, after2.form));
        emit(10, both(before.form, here.shape));
        emit(11, both(after.form, here.shape));

        emit(12, both(here.shape, here.place));
        emit(13, both(before.shape, here.shape));
        emit(14, both(here.shape, after.shape));
        emit(15, both(both(before.shape, here.shape), after.shape));
        emit(16, both(both(before2.shape, before.shape), here.shape));
        emit(17, both(both(here.shape, after.shape), after2.shape));

        for (template, affix) in (18..).zip(here.affixes) {
            emit(template, affix);
        }
        emit(24, before.affixes[4]);
        emit(25, after.affixes[4]);

        emit(26, here.fine);
        emit(27, before.fine);
        emit(28, after.fine);
        emit(29, before2.fine);
        emit(30, after2.fine);
        emit(31, both(here.coarse, here.shape));
        emit(32, both(before.coarse, here.coarse));
        emit(33, both(here.coarse, after.coarse));
        emit(34, both(both(before.coarse, here.coarse), after.coarse));
        emit(35, both(before.fine, here.shape));
        emit(36, both(after.fine, here.shape));
        emit(37, both(before2.coarse, before.coarse));
        emit(38, both(after.coarse, after2.coarse));

        emit(39, both(here.lists, here.shape));
        emit(40, both(before.lists, here.lists));
        emit(41, both(here.lists, after.lists));
        emit(42, both(before.lists, here.shape));
        emit(43, both(after.lists, here.shape));
        for (template, lists) in
            [(44, here.lists), (45, before.lists), (46, after.lists), (47, before2.lists), (48, after2.lists)]
        {
            let mut lists = lists;
            while lists != 0 {
                emit(template, u64::from(lists.trailing_zeros()));
                lists &= lists - 1;
            }
        }

        let (before3, after3) = (at(-3), at(3));
        emit(FARTHER, before3.form);
        emit(71, after3.form);
        emit(72, before3.fine);
        emit(73, after3.fine);
        self.of_run(start, end, index, emit);
    }

    /// What the token's run of capitalised words begins and ends with, and what stands around the run.
    #[inline]
    fn of_run(&self, start: usize, end: usize, index: usize, mut emit: impl FnMut(u64, u64)) {
        let (first, past) = self.runs[index];
        let (first, past) = (first as usize, past as usize);
        if first == past {
            return;
        }
        let at = |place: Option<usize>| match place {
            Some(place) if (start..end).contains(&place) => &self.facts[place],
            _ => &EDGE,
        };
        let (left2, left) = (at(first.checked_sub(2)), at(first.checked_sub(1)));
        let (right, right2) = (at(Some(past)), at(Some(past + 1)));
        let (head, tail) = (&self.facts[first], &self.facts[past - 1]);
        let place = ((index - first).min(2) as u64) << 2 | (past - 1 - index).min(2) as u64;
        let several = past - first > 1;
        emit(74, place);
        emit(75, both(left.form, place));
        emit(76, both(right.form, place));
        emit(77, both(left.fine, place));
        emit(78, both(right.fine, place));
        emit(79, both(left2.fine, place));
        emit(80, both(right2.fine, place));
        emit(81, both(both(left2.form, left.form), u64::from(several)));
        emit(82, both(both(right.form, right2.form), u64::from(several)));
        emit(83, both(left.coarse, right.coarse));
        if several {
            emit(84, both(head.form, place));
            emit(85, both(tail.form, place));
            emit(86, both(head.fine, place));
            emit(87, both(tail.fine, place));
            emit(88, both(head.lists, place));
            emit(89, both(tail.lists, place));
        }
    }
}

fn both(left: u64, right: u64) -> u64 {
    left.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ right
}

/// The templates from here on look farther than two words. They take many texts to learn from: a language with few is
/// better off without them.
pub const FARTHER: u64 = 70;

/// The runs of capitalised words, over the small words that join them.
fn runs(tokens: &Tokens<'_>, lexicon: &Lexicon) -> Vec<(u32, u32)> {
    let mut runs = vec![(0, 0); tokens.len()];
    let list = tokens.as_slice();
    let is_name = |index: usize| {
        let token = &list[index];
        matches!(token.kind, Kind::Word | Kind::Mixed)
            && !matches!(token.case, Case::Lower | Case::None)
            && !(token.sentence && lexicon.is_small(token.hash))
    };
    let mut start = 0;
    while start < list.len() {
        if !is_name(start) {
            start += 1;
            continue;
        }
        let mut past = start + 1;
        let mut at = past;
        while at < list.len() && !list[at].sentence && at - past < 3 {
            if is_name(at) {
                past = at + 1;
            } else if !JOINS.contains(&tokens.form(at)) {
                break;
            }
            at += 1;
        }
        runs[start..past].fill((start as u32, past as u32));
        start = past;
    }
    runs
}

/// Small words inside names.
const JOINS: [&str; 22] = [
    "de", "du", "des", "d'", "la", "le", "les", "l'", "of", "the", "for", "&", "van", "von", "der", "den",
    "al", "el", "ben", "bin", "da", "dos",
];

/// The template of a word by itself.
const WORD: u64 = 1;

/// The key of the word at `index` alone, the first that [`Facts::keys`] gives.
pub(super) fn key_of_word(token: &Token) -> u64 {
    mix(WORD, token.hash)
}

/// The key of a template and its value.
pub fn mix(template: u64, value: u64) -> u64 {
    let key = (value ^ template.wrapping_mul(0xa076_1d64_78bd_642f)).wrapping_mul(0xe703_7ed1_a0b4_28db);
    key ^ (key >> 32)
}

fn affixes(form: &str) -> [u64; 6] {
    let hash = |part: &[u8]| {
        part.iter()
            .fold(part.len() as u64, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    let prefix = |letters: usize| form.char_indices().nth(letters).map_or(form.len(), |(end, _)| end);
    let suffix = |letters: usize| form.char_indices().nth_back(letters - 1).map_or(0, |(start, _)| start);
    let bytes = form.as_bytes();
    [
        hash(&bytes[..prefix(3)]),
        hash(&bytes[..prefix(4)]),
        hash(&bytes[suffix(1)..]),
        hash(&bytes[suffix(2)..]),
        hash(&bytes[suffix(3)..]),
        hash(&bytes[suffix(4)..]),
    ]
}

/// `OpenAI` is `XxX`, `GB300` is `X9`, `Jean-Yves` is `Xx-Xx`; a single capital differs from several.
fn shape(word: &str) -> u64 {
    let (mut hash, mut last, mut run) = (7_u64, '\0', 0);
    for c in word.chars() {
        let class = match c {
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => '9',
            '’' => '\'',
            c => c,
        };
        run = if class == last { run + 1 } else { 0 };
        if run < 2 {
            hash = (hash ^ class as u64).wrapping_mul(0x0100_0000_01b3);
        }
        last = class;
    }
    hash
}

/// Whether the line that starts here is a headline in capitals, or with a capital on nearly every word.
fn is_capitals(tokens: &Tokens<'_>, start: usize) -> bool {
    let (mut small, mut capital) = (0, 0);
    for (index, token) in tokens.as_slice()[start..].iter().enumerate().take(60) {
        if index > 0 && token.line {
            break;
        }
        if token.end - token.start > 3 {
            match token.case {
                Case::Lower => small += 1,
                Case::None => {}
                _ => capital += 1,
            }
        }
    }
    capital > 3 && small * 3 < capital
}

/// How each word of a text is written in it.
struct Seen {
    /// Open addressing; a slot is the word's hash and its bits.
    slots: Vec<(u64, u8)>,
}

const IN_SMALL: u8 = 1;
const CAPITAL_INSIDE: u8 = 2;
const TWICE: u8 = 4;

impl Seen {
    fn new(tokens: &Tokens<'_>) -> Self {
        let mut seen = Self { slots: vec![(0, 0); (tokens.len() * 2).next_power_of_two().max(16)] };
        for token in tokens.as_slice() {
            if !matches!(token.kind, Kind::Word | Kind::Mixed) {
                continue;
            }
            let slot = seen.slot(token.hash);
            let (hash, bits) = &mut seen.slots[slot];
            if *hash == token.hash {
                *bits |= TWICE;
            }
            *hash = token.hash;
            *bits |= match token.case {
                Case::Lower => IN_SMALL,
                Case::None => 0,
                _ if token.sentence => 0,
                _ => CAPITAL_INSIDE,
            };
        }
        seen
    }

    fn of(&self, hash: u64) -> u8 {
        self.slots[self.slot(hash)].1
    }

    /// The word's slot, or the free one that it would take.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> 7) as usize & mask;
        while self.slots[slot].0 != 0 && self.slots[slot].0 != hash {
            slot = (slot + 1) & mask;
        }
        slot
    }
}
