use std::sync::Arc;

use serde::Deserialize;

use crate::{Article, ContentId, RawDocument, Sketch, Span, Warning};

/// An article with what the enricher found in it: what the sink stores.
#[derive(Debug, Clone)]
pub struct EnrichedArticle {
    /// What was read.
    pub raw: RawDocument,
    /// What it says.
    pub article: Article,
    /// What was found in it.
    pub enrichment: Enrichment,
    /// What it is compared with others by.
    pub sketch: Sketch,
}

/// What the enricher found in an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Enrichment {
    /// Identity of the article's content.
    pub id: ContentId,
    /// Language of the text.
    pub language: Language,
    /// Who and what the text names, each once, in the order of their first mentions.
    pub entities: Vec<Entity>,
    /// Sums, quantities and shares that the text states, in order.
    pub amounts: Vec<Amount>,
    /// Dates and periods that the text states, in order.
    pub dates: Vec<DateMention>,
    /// Direct speech, in order.
    pub quotes: Vec<Quote>,
    /// What the text is about, best first.
    pub keywords: Vec<Keyword>,
    /// What the text states, in the order of the sentences that state it.
    pub facts: Vec<Fact>,
    /// The models that took part: what each does, and the first digits of its digest.
    pub models: Vec<Arc<str>>,
    /// What the enricher was unsure of.
    pub warnings: Vec<Warning>,
}

impl Enrichment {
    /// Nothing found, in a text of unknown language.
    pub fn nothing(id: ContentId) -> Self {
        Self {
            id,
            language: Language::Undetermined,
            entities: Vec::new(),
            amounts: Vec::new(),
            dates: Vec::new(),
            quotes: Vec::new(),
            keywords: Vec::new(),
            facts: Vec::new(),
            models: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// Somebody or something that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name in the text, without title or function.
    pub name: String,
    /// Identifier of who or what it is; `None` when it is not known.
    pub reference: Option<String>,
    /// Where the text names it, in order; at least once.
    pub mentions: Vec<Span>,
}

/// The kinds of entity, by the names of the record's `entities[].type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A human being, a family, a character.
    Person,
    /// A company, a body, a party, a club, a medium.
    Organization,
    /// A country, a city, a region, a road, a building.
    Place,
    /// Something made: a device, a vehicle, a program, a work.
    Product,
    /// Something that happens under a name: a competition, a summit, a storm.
    Event,
}

impl EntityKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Person, Self::Organization, Self::Place, Self::Product, Self::Event];

    /// The name it has in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Product => "product",
            Self::Event => "event",
        }
    }
}

/// A sum, a quantity or a share that a text states.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// Where it stands: the number with its modifier, scale, unit and rate.
    pub span: Span,
    /// What is measured.
    pub measure: Measure,
    /// The stated number; the middle of a range; `None` when no number is stated (*des centaines d'emplois*).
    pub value: Option<f64>,
    /// The least it can be; `None` when that is open (*jusqu'à 500*).
    pub low: Option<f64>,
    /// The most it can be; `None` when that is open (*plus de 500*).
    pub high: Option<f64>,
    /// ISO 4217 code for money, UCUM unit else, or the counted noun; `None` when none is named.
    pub unit: Option<String>,
    /// UCUM unit of time of a rate (`wk`, `a`); `None` when it is no rate.
    pub per: Option<&'static str>,
    /// Whether the text says that it is not exact (*environ*, *une trentaine*).
    pub approximate: bool,
    /// Whether the scale word means different powers of ten in different languages (*1,4 trillion* in French, which
    /// is read as 1.4e12).
    pub scale_ambiguous: bool,
}

/// What an [`Amount`] measures, by the names of the record's `amounts[].measure`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A sum of money.
    Money,
    /// A share of a hundred.
    Percent,
    /// Length, height, distance.
    Length,
    /// Area.
    Area,
    /// Volume.
    Volume,
    /// Mass.
    Mass,
    /// Power.
    Power,
    /// Energy.
    Energy,
    /// Temperature.
    Temperature,
    /// Amount of data.
    Data,
    /// Speed.
    Speed,
    /// Frequency.
    Frequency,
    /// Length of time.
    Duration,
    /// A number of things.
    Count,
}

impl Measure {
    /// The name it has in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Length => "length",
            Self::Area => "area",
            Self::Volume => "volume",
            Self::Mass => "mass",
            Self::Power => "power",
            Self::Energy => "energy",
            Self::Temperature => "temperature",
            Self::Data => "data",
            Self::Speed => "speed",
            Self::Frequency => "frequency",
            Self::Duration => "duration",
            Self::Count => "count",
        }
    }
}

/// A date or a period that a text states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands.
    pub span: Span,
    /// What the words alone say, in EDTF (ISO 8601-2, levels 0 and 1); `None` when they say it only relative to
    /// another day.
    pub edtf: Option<String>,
    /// The date placed against the day of publication, in EDTF; `None` when that day is not known.
    pub resolved: Option<String>,
}

/// Direct speech, with whom it is attributed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Where it stands, quotation marks included.
    pub span: Span,
    /// The words said, without the quotation marks.
    pub text: String,
    /// Canonical name of who said it; `None` when the text does not tell, never a guess.
    pub speaker: Option<String>,
    /// Where the text names the speaker of this quote.
    pub speaker_span: Option<Span>,
}

/// A word or a compound term that a text is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// The term, as the text writes it most often.
    pub term: String,
    /// How much the text is about it, in (0, 1].
    pub score: f32,
}

/// Something that a text states to be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What kind of fact it is: `investment`, `site` …, a name of a frame in `config/lexicon/facts.*.toml`.
    pub kind: Arc<str>,
    /// Canonical names of those who act; at least one.
    pub agents: Vec<String>,
    /// Canonical names of what is acted upon.
    pub objects: Vec<String>,
    /// Canonical name of the place.
    pub place: Option<String>,
    /// When, in EDTF; placed against the day of publication where that is known.
    pub when: Option<String>,
    /// Place of its amount in [`Enrichment::amounts`].
    pub amount: Option<usize>,
    /// How far it has come: `announced`, `under_construction`, `operating`, `closed`; `None` when nothing tells.
    pub status: Option<&'static str>,
    /// The sentence that it rests on.
    pub evidence: Span,
}

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Language {
    /// It is this language.
    Known {
        /// BCP 47 code: the two-letter code where ISO 639-1 has one.
        code: &'static str,
        /// How sure, in (0, 1].
        confidence: f32,
    },
    /// It cannot be told from this text.
    Undetermined,
}

impl Language {
    /// BCP 47 code; `und` when it cannot be told.
    pub fn code(self) -> &'static str {
        match self {
            Self::Known { code, .. } => code,
            Self::Undetermined => "und",
        }
    }

    /// How sure, in [0, 1]; 0 when it cannot be told.
    pub fn confidence(self) -> f32 {
        match self {
            Self::Known { confidence, .. } => confidence,
            Self::Undetermined => 0.0,
        }
    }
}
