/// How many numbers the signature of a text has.
pub const SKETCH_BINS: usize = 64;

/// What an article is compared by: a few hundred bytes, made of its text and of what was found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// How many pairs of neighbouring words the signature was made of.
    pub pairs: u32,
    /// `MinHash` signature of the text's word pairs: two texts share about the share of its numbers that they share of
    /// their pairs.
    pub signature: [u8; SKETCH_BINS],
    /// Who, what, where, how much and when, the heaviest ones, in the order of their keys, each key once.
    pub features: Vec<Feature>,
    /// Day of publication, counted from 1970-01-01; `None` when the article does not say the whole date.
    pub day: Option<i32>,
}

impl Sketch {
    /// The sketch of an article that says nothing.
    pub fn empty() -> Self {
        Self { pairs: 0, signature: [0; SKETCH_BINS], features: Vec::new(), day: None }
    }
}

/// One thing that an article speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Hash of what it is.
    pub key: u32,
    /// Which articles can have it: 0 all, others those of one language.
    pub family: u8,
    /// How much the article is about it, in 1/1024.
    pub weight: u16,
}
