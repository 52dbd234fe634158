//! Phrases that people write into word lists, found in a row of tokens.
//!
//! A phrase is one or more words; `*` at a word's end stands for any ending: `centre* de données` is *centre de
//! données* and *centres de données*; at its head for any beginning: `*werk` is *Halbleiterwerk*, and not *Werk*. A `*` by itself stands for up to three words: `the * company` is *the company* and
//! *the South Korean company*. Words are compared by their normalised form, so in any case.

use rustc_hash::FxHashMap;

use crate::tokens::{Kind, Tokens, hash};

/// Phrases with what each of them means.
#[derive(Debug)]
pub(super) struct Patterns<Meaning> {
    phrases: Vec<(Vec<Word>, Meaning)>,
    /// Phrases by the hash of their first word.
    whole: FxHashMap<u64, Vec<u32>>,
    /// Phrases by the hash of the beginning of their first word.
    beginnings: FxHashMap<u64, Vec<u32>>,
    /// Lengths in bytes of those beginnings, each once.
    lengths: Vec<usize>,
    /// Phrases by the hash of the end of their first word.
    ends: FxHashMap<u64, Vec<u32>>,
    /// Lengths in bytes of those ends, each once.
    end_lengths: Vec<usize>,
    /// One bit for each first pair of letters that a phrase begins with: nearly all words are told by it to begin none.
    pairs: Box<[u64; 1024]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Whole(u64),
    Beginning(String),
    /// A word that ends so and is longer.
    End(String),
    /// Up to [`GAP`] words, whatever they are.
    Gap,
}

/// How many words a `*` by itself stands for, at most.
const GAP: usize = 3;

/// Where a phrase stands, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<Meaning> {
    /// Its first token.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// What it means.
    pub meaning: Meaning,
}

impl<Meaning: Copy> Patterns<Meaning> {
    pub(super) fn new(phrases: impl IntoIterator<Item = (String, Meaning)>) -> Self {
        let mut all = Self {
            phrases: Vec::new(),
            whole: FxHashMap::default(),
            beginnings: FxHashMap::default(),
            lengths: Vec::new(),
            ends: FxHashMap::default(),
            end_lengths: Vec::new(),
            pairs: Box::new([0; 1024]),
        };
        for (phrase, meaning) in phrases {
            all.add(&phrase, meaning);
        }
        all.lengths.sort_unstable();
        all.lengths.dedup();
        all.end_lengths.sort_unstable();
        all.end_lengths.dedup();
        all
    }

    fn add(&mut self, phrase: &str, meaning: Meaning) {
        let number = self.phrases.len() as u32;
        let words: Vec<_> = phrase.split_whitespace().flat_map(words).collect();
        let Some(first) = words.first() else { return };
        match first {
            Word::Whole(hash) => self.whole.entry(*hash).or_default().push(number),
            Word::Beginning(beginning) => {
                self.lengths.push(beginning.len());
                self.beginnings.entry(hash(beginning)).or_default().push(number);
            }
            Word::End(end) => {
                self.end_lengths.push(end.len());
                self.ends.entry(hash(end)).or_default().push(number);
            }
            // A phrase has to begin with a word.
            Word::Gap => return,
        }
        let start = phrase.to_lowercase();
        let bit = pair(start.as_bytes());
        self.pairs[bit / 64] |= 1 << (bit % 64);
        self.phrases.push((words, meaning));
    }

    /// The phrases among the tokens `range`, in order; of several that begin at one token, all.
    pub(super) fn find(&self, tokens: &Tokens<'_>, range: std::ops::Range<usize>) -> Vec<Found<Meaning>> {
        let mut found = Vec::new();
        for start in range.clone() {
            let form = tokens.form(start);
            let bit = pair(form.as_bytes());
            let ends = self
                .end_lengths
                .iter()
                .filter_map(|&length| form.get(form.len().checked_sub(length).filter(|&at| at > 0)?..))
                .filter_map(|end| self.ends.get(&hash(end)));
            for &number in ends.flatten() {
                self.push_found(number, tokens, start..range.end, &mut found);
            }
            if self.pairs[bit / 64] >> (bit % 64) & 1 == 0 {
                continue;
            }
            let whole = self.whole.get(&tokens[start].hash);
            let beginnings = self
                .lengths
                .iter()
                .filter_map(|&length| form.get(..length))
                .filter_map(|beginning| self.beginnings.get(&hash(beginning)));
            for &number in whole.into_iter().chain(beginnings).flatten() {
                self.push_found(number, tokens, start..range.end, &mut found);
            }
        }
        found
    }

    /// Adds the phrase of this number, if it stands at the head of `range`.
    fn push_found(
        &self,
        number: u32,
        tokens: &Tokens<'_>,
        range: std::ops::Range<usize>,
        found: &mut Vec<Found<Meaning>>,
    ) {
        let (words, meaning) = &self.phrases[number as usize];
        let start = range.start;
        if let Some(end) = matched(words, tokens, range) {
            found.push(Found { start, end, meaning: *meaning });
        }
    }
}

/// Where these words end that begin with the first token of `range`; `None` when they do not stand there.
fn matched(words: &[Word], tokens: &Tokens<'_>, range: std::ops::Range<usize>) -> Option<usize> {
    let mut at = range.start;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let word = match word {
            Word::Gap => {
                let next = words.next()?;
                at = (at..range.end.min(at + GAP + 1))
                    .find(|&at| next.is(tokens, at) || tokens[at].kind == Kind::Mark)?;
                next
            }
            word => word,
        };
        if at >= range.end || !word.is(tokens, at) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

impl Word {
    fn is(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        match self {
            Self::Whole(hash) => tokens[at].hash == *hash,
            Self::Beginning(beginning) => tokens.form(at).starts_with(beginning.as_str()),
            Self::End(end) => {
                let form = tokens.form(at);
                form.len() > end.len() && form.ends_with(end.as_str())
            }
            Self::Gap => true,
        }
    }
}

/// The words of what stands between two spaces of a phrase: `l'entreprise` is two, as in texts.
fn words(part: &str) -> Vec<Word> {
    if part == "*" {
        return vec![Word::Gap];
    }
    if let Some(end) = part.strip_prefix('*') {
        return vec![Word::End(end.to_lowercase())];
    }
    let (part, open) = part.strip_suffix('*').map_or((part, false), |part| (part, true));
    if part.ends_with('\'') && part.matches('\'').count() == 1 {
        // An elided word by itself, which in a text has something behind it.
        return vec![Word::Whole(hash(&part.to_lowercase()))];
    }
    let tokens = Tokens::new(part);
    let last = tokens.len().saturating_sub(1);
    (0..tokens.len())
        .map(|index| {
            if open && index == last {
                Word::Beginning(tokens.form(index).to_owned())
            } else {
                Word::Whole(tokens[index].hash)
            }
        })
        .collect()
}

fn pair(form: &[u8]) -> usize {
    let byte = |at: usize| usize::from(form.get(at).copied().unwrap_or_default());
    byte(0) << 8 | byte(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is each phrase's words in the text and its number.
    #[track_caller]
    fn check(phrases: &[&str], text: &str, expected: &[(&str, usize)]) {
        let phrases = Patterns::new(phrases.iter().map(|phrase| (*phrase).to_owned()).zip(0..));
        let tokens = Tokens::new(text);
        let found: Vec<_> = phrases
            .find(&tokens, 0..tokens.len())
            .into_iter()
            .map(|found| (&text[tokens.span(found.start..found.end).unwrap().range()], found.meaning))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_star_is_any_ending() {
        check(
            &["centre* de données", "invest*"],
            "Deux Centres de données : il investira.",
            &[("Centres de données", 0), ("investira", 1)],
        );
    }

    #[test]
    fn elided_words_match_as_they_stand_in_texts() {
        check(&["l'entreprise", "d'après"], "D’après l’entreprise", &[("D’après", 1), ("l’entreprise", 0)]);
    }

    #[test]
    fn a_star_by_itself_is_up_to_three_words() {
        let text = "The company, the South Korean company, the, company";
        check(&["the * company"], text, &[("The company", 0), ("the South Korean company", 0)]);
    }

    #[test]
    fn a_star_at_the_head_is_any_beginning() {
        check(&["*werk", "werk"], "Das Halbleiterwerk, ein Werk", &[("Halbleiterwerk", 0), ("Werk", 1)]);
    }

    #[test]
    fn one_word_may_begin_several_phrases() {
        check(&["part*", "part* de marché"], "sa part de marché", &[("part", 0), ("part de marché", 1)]);
    }
}
