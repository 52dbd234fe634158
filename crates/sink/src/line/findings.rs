//! What the enricher found, as lines say it.

use std::borrow::Cow;

use document::{Enrichment, EntityKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::code_points::CodePoints;
use super::{Pipeline, Warning, borrowed};

/// What the enricher found in a text, with spans in code points of that text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Findings<'a> {
    /// Language of the text.
    pub language: Language<'a>,
    /// Who and what it names.
    pub entities: Vec<Entity<'a>>,
    /// Sums, quantities and shares.
    pub amounts: Vec<Amount<'a>>,
    /// Dates and periods.
    pub dates: Vec<Date<'a>>,
    /// Direct speech.
    pub quotes: Vec<Quote<'a>>,
    /// What it is about.
    pub keywords: Vec<Keyword<'a>>,
    /// What it states.
    pub facts: Vec<Fact<'a>>,
    /// What found it, and what that was unsure of.
    pub pipeline: Pipeline<'a>,
}

impl<'a> Findings<'a> {
    /// The findings in `text`.
    pub fn of(text: &str, enrichment: &'a Enrichment) -> Self {
        let points = CodePoints::of(text);
        Self {
            language: Language::of(enrichment.language),
            entities: enrichment.entities.iter().map(|entity| Entity::of(entity, &points)).collect(),
            amounts: enrichment.amounts.iter().map(|amount| Amount::of(amount, &points)).collect(),
            dates: enrichment.dates.iter().map(|date| Date::of(date, &points)).collect(),
            quotes: enrichment.quotes.iter().map(|quote| Quote::of(quote, &points)).collect(),
            keywords: enrichment.keywords.iter().map(Keyword::of).collect(),
            facts: enrichment.facts.iter().map(|fact| Fact::of(fact, &points)).collect(),
            pipeline: Pipeline {
                version: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
                models: enrichment.models.iter().map(|model| Cow::Borrowed(&**model)).collect(),
                warnings: enrichment.warnings.iter().map(Warning::of).collect(),
            },
        }
    }
}

/// The language of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Language<'a> {
    /// BCP 47 code; `und` when it cannot be told.
    #[serde(borrow)]
    pub code: Cow<'a, str>,
    /// How sure, in [0, 1].
    #[schemars(range(min = 0, max = 1))]
    pub confidence: f32,
}

/// Somebody or something that the text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entity<'a> {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityName,
    /// Canonical name.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// Identifier; null when it is not known.
    #[serde(borrow, rename = "ref")]
    pub reference: Option<Cow<'a, str>>,
    /// `[start, end)` in code points of `text`, in order.
    pub mentions: Vec<[u32; 2]>,
}

/// The kinds of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum EntityName {
    Person,
    Organization,
    Place,
    Product,
    Event,
}

impl<'a> Entity<'a> {
    fn of(entity: &'a document::Entity, points: &CodePoints) -> Self {
        Self {
            kind: entity.kind.into(),
            name: Cow::Borrowed(&entity.name),
            reference: borrowed(entity.reference.as_ref()),
            mentions: entity.mentions.iter().map(|span| points.span(*span)).collect(),
        }
    }
}

impl From<EntityKind> for EntityName {
    fn from(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Organization => Self::Organization,
            EntityKind::Place => Self::Place,
            EntityKind::Product => Self::Product,
            EntityKind::Event => Self::Event,
        }
    }
}

impl Language<'_> {
    /// A language as lines name it.
    pub fn of(language: document::Language) -> Self {
        Self { code: Cow::Borrowed(language.code()), confidence: language.confidence() }
    }
}

/// A sum, a quantity or a share that the text states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount<'a> {
    /// `[start, end)` in code points of `text`.
    pub span: [u32; 2],
    /// What is measured: `money`, `percent`, `length`, `power`, `duration`, `count` …
    #[serde(borrow)]
    pub measure: Cow<'a, str>,
    /// The stated number; the middle of a range; null when no number is stated (*des centaines d'emplois*).
    pub value: Option<f64>,
    /// The least it can be; null when that is open.
    pub low: Option<f64>,
    /// The most it can be; null when that is open.
    pub high: Option<f64>,
    /// ISO 4217 for money, UCUM else, or the counted noun; null when none is named.
    #[serde(borrow)]
    pub unit: Option<Cow<'a, str>>,
    /// UCUM unit of time of a rate (`wk`, `a`); null when it is no rate.
    #[serde(borrow)]
    pub per: Option<Cow<'a, str>>,
    /// Whether the text says that it is not exact.
    pub approximate: bool,
    /// Whether the scale word means different powers of ten in different languages (*1,4 trillion* in French).
    pub scale_ambiguous: bool,
}

impl<'a> Amount<'a> {
    fn of(amount: &'a document::Amount, points: &CodePoints) -> Self {
        Self {
            span: points.span(amount.span),
            measure: Cow::Borrowed(amount.measure.as_str()),
            value: amount.value,
            low: amount.low,
            high: amount.high,
            unit: borrowed(amount.unit.as_ref()),
            per: amount.per.map(Cow::Borrowed),
            approximate: amount.approximate,
            scale_ambiguous: amount.scale_ambiguous,
        }
    }
}

/// A date or a period that the text states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Date<'a> {
    /// `[start, end)` in code points of `text`.
    pub span: [u32; 2],
    /// What the words alone say, in EDTF; null when they say it only relative to another day.
    #[serde(borrow)]
    pub edtf: Option<Cow<'a, str>>,
    /// The date placed against `published`, in EDTF; null when that is not known.
    #[serde(borrow)]
    pub resolved: Option<Cow<'a, str>>,
}

impl<'a> Date<'a> {
    fn of(date: &'a document::DateMention, points: &CodePoints) -> Self {
        Self {
            span: points.span(date.span),
            edtf: borrowed(date.edtf.as_ref()),
            resolved: borrowed(date.resolved.as_ref()),
        }
    }
}

/// Direct speech, with whom it is attributed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quote<'a> {
    /// `[start, end)` in code points of `text`, quotation marks included.
    pub span: [u32; 2],
    /// The words said, without the quotation marks.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// Canonical name of who said it; null when the text does not tell.
    #[serde(borrow)]
    pub speaker: Option<Cow<'a, str>>,
    /// Where the text names the speaker of this quote, in code points; null when it does not.
    pub speaker_span: Option<[u32; 2]>,
}

impl<'a> Quote<'a> {
    fn of(quote: &'a document::Quote, points: &CodePoints) -> Self {
        Self {
            span: points.span(quote.span),
            text: Cow::Borrowed(&quote.text),
            speaker: borrowed(quote.speaker.as_ref()),
            speaker_span: quote.speaker_span.map(|span| points.span(span)),
        }
    }
}

/// A word or a compound term that the text is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Keyword<'a> {
    /// The term, as the text writes it most often.
    #[serde(borrow)]
    pub term: Cow<'a, str>,
    /// How much the text is about it, in (0, 1]; the best term comes first.
    #[schemars(range(min = 0, max = 1))]
    pub score: f32,
}

impl<'a> Keyword<'a> {
    fn of(keyword: &'a document::Keyword) -> Self {
        Self { term: Cow::Borrowed(&keyword.term), score: keyword.score }
    }
}

/// Something that the text states to be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fact<'a> {
    /// What kind of fact it is: `investment`, `partnership`, `contract`, `acquisition`, `site`, `capacity`,
    /// `market_share`, `result`, or a kind of one's own.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// Canonical names of those who act.
    pub agents: Cow<'a, [String]>,
    /// Canonical names of what is acted upon.
    pub objects: Cow<'a, [String]>,
    /// Canonical name of the place; null when the text does not tell.
    #[serde(borrow)]
    pub place: Option<Cow<'a, str>>,
    /// When, in EDTF; null when the text does not tell.
    #[serde(borrow)]
    pub when: Option<Cow<'a, str>>,
    /// Index into `amounts`; null when no amount belongs to it.
    pub amount: Option<u32>,
    /// How far it has come: `announced`, `under_construction`, `operating`, `closed`; null when nothing tells.
    #[serde(borrow)]
    pub status: Option<Cow<'a, str>>,
    /// The sentence that it rests on: `[start, end)` in code points of `text`.
    pub evidence: [u32; 2],
}

impl<'a> Fact<'a> {
    fn of(fact: &'a document::Fact, points: &CodePoints) -> Self {
        Self {
            kind: Cow::Borrowed(&fact.kind),
            agents: Cow::Borrowed(&fact.agents),
            objects: Cow::Borrowed(&fact.objects),
            place: borrowed(fact.place.as_ref()),
            when: borrowed(fact.when.as_ref()),
            amount: fact.amount.map(|number| number as u32),
            status: fact.status.map(Cow::Borrowed),
            evidence: points.span(fact.evidence),
        }
    }
}
