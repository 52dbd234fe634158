//! The shape of a stored line; the only file that knows it. See `docs/record.md`.
//!
//! In memory a span counts bytes; in a line it counts Unicode code points. The one converter is here.

use std::borrow::Cow;

use document::{
    Article, Basis, BlockKind, ContentId, Digest, EnrichedArticle, Http, Origin, RawDocument, SourceKind,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use code_points::CodePoints;
pub use fact::FactLine;
pub use findings::Findings;
use findings::{Amount, Date, Entity, Fact, Keyword, Language, Quote};
pub(crate) use quarantine::quarantine_id;
pub use quarantine::{QuarantineEvent, QuarantineLine, Resolution};
pub use story::{Sighting, Story, StoryJoin};
pub(crate) use story::{origin_of, sighting_id};

mod code_points;
mod fact;
mod findings;
mod quarantine;
mod story;
mod telling;

/// Version of the record, raised when a field changes its meaning.
pub const RECORD_VERSION: u32 = 1;

/// One article: one line of the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "depeche article record")]
pub struct Record<'a> {
    /// Hash of the normalised title and text: the same article has the same id wherever and whenever it is read.
    #[schemars(with = "String", regex(pattern = r"^[0-9a-f]{32}$"))]
    pub id: ContentId,
    /// Version of this contract.
    #[schemars(range(min = 1, max = 1))]
    pub record_version: u32,
    /// 1 for an article as it was first stored; one more each time its source showed another text of it.
    #[serde(default = "first_revision")]
    #[schemars(range(min = 1))]
    pub revision: u32,
    /// Id of the text that this one took the place of; null in a first revision.
    #[serde(default)]
    #[schemars(with = "Option<String>", regex(pattern = r"^[0-9a-f]{32}$"))]
    pub revises: Option<ContentId>,
    /// Where the bytes came from.
    #[serde(borrow)]
    pub source: Source<'a>,
    /// Canonical URL of the article.
    #[serde(borrow)]
    pub url: Option<Cow<'a, str>>,
    /// Name of the outlet.
    #[serde(borrow)]
    pub publisher: Option<Cow<'a, str>>,
    /// Headline, without the site's name; empty when the document has none.
    #[serde(borrow)]
    pub title: Cow<'a, str>,
    /// Stand-first or metadata summary.
    #[serde(borrow)]
    pub description: Option<Cow<'a, str>>,
    /// Bylines, people's names only.
    pub authors: Cow<'a, [String]>,
    /// When the article was published.
    #[serde(borrow)]
    pub published: Option<Published<'a>>,
    /// When the article was last changed.
    #[serde(borrow)]
    pub modified: Option<Published<'a>>,
    /// Language of the text. Every stored record has it; what the parser alone prints has not.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub language: Option<Language<'a>>,
    /// The article's own words and nothing else, its parts joined by a blank line.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// The parts of the text, covering it.
    pub blocks: Vec<Block>,
    /// Readers' comments.
    #[serde(borrow)]
    pub comments: Vec<Comment<'a>>,
    /// Listed sources and in-text links.
    #[serde(borrow)]
    pub references: Vec<Reference<'a>>,
    /// Images with caption and credit.
    #[serde(borrow)]
    pub images: Vec<Image<'a>>,
    /// The publisher's own tags, sections, topics.
    pub tags: Cow<'a, [String]>,
    /// Who and what the text names, one entry for each. Every stored record has it.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub entities: Option<Vec<Entity<'a>>>,
    /// Sums, quantities and shares that the text states, in order. Every stored record has it.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub amounts: Option<Vec<Amount<'a>>>,
    /// Dates and periods that the text states, in order. Every stored record has it.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub dates: Option<Vec<Date<'a>>>,
    /// Direct speech, in order. Every stored record has it.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub quotes: Option<Vec<Quote<'a>>>,
    /// What the text is about, best first. Every stored record has it.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub keywords: Option<Vec<Keyword<'a>>>,
    /// What the text states, in order. Every stored record has it.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub facts: Option<Vec<Fact<'a>>>,
    /// Which story it tells, and which article it repeats. Every stored record has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub story: Option<Story>,
    /// What made this record, and what it was unsure of.
    #[serde(borrow)]
    pub pipeline: Pipeline<'a>,
}

/// Where the bytes of a document came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source<'a> {
    /// Kind of source.
    #[schemars(with = "SourceKindName")]
    pub kind: SourceKind,
    /// The configured source's name.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// URI of the document.
    #[serde(borrow)]
    pub uri: Cow<'a, str>,
    /// Media type that the bytes turned out to have, or that the source declared.
    #[serde(borrow)]
    pub media_type: Option<Cow<'a, str>>,
    /// Charset that the bytes turned out to have, or that the source declared.
    #[serde(borrow)]
    pub charset: Option<Cow<'a, str>>,
    /// Length of the document in bytes.
    pub bytes: u64,
    /// BLAKE3 digest of the bytes.
    #[schemars(with = "String", regex(pattern = r"^blake3:[0-9a-f]{64}$"))]
    pub digest: Digest,
    /// When the source saw the document (RFC 3339, UTC).
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub observed_at: Timestamp,
    /// What tells the article from others, whatever its text says now: its address without what traces a reader
    /// (`//example.org/article`), or the identifier that its feed gives it.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Cow<'a, str>>,
    /// HTTP status, when the document came over HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// HTTP `ETag`, as sent.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<Cow<'a, str>>,
    /// HTTP `Last-Modified`, as sent.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<Cow<'a, str>>,
}

/// The names of `source.kind`, for the schema.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case", inline)]
#[expect(dead_code, reason = "a schema needs the names alone")]
enum SourceKindName {
    File,
    Feed,
    Page,
    Sitemap,
    Push,
    Archive,
}

/// A date with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Published<'a> {
    /// EDTF (ISO 8601-2, levels 0 and 1).
    #[serde(borrow)]
    pub edtf: Cow<'a, str>,
    /// What it rests on.
    pub basis: BasisName,
}

/// What a date rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum BasisName {
    Metadata,
    Feed,
    Url,
    Dateline,
    Body,
    Http,
}

/// One part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What part it is.
    pub kind: BlockName,
    /// `[start, end)` in code points of `text`.
    pub span: [u32; 2],
}

/// The kinds of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum BlockName {
    Standfirst,
    Paragraph,
    Heading,
    ListItem,
    Quote,
    Table,
    Preformatted,
}

/// A reader's comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Comment<'a> {
    /// Who wrote it.
    #[serde(borrow)]
    pub author: Option<Cow<'a, str>>,
    /// What it says.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

/// A listed source or a link in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reference<'a> {
    /// The words it is given in.
    #[serde(borrow)]
    pub title: Option<Cow<'a, str>>,
    /// Where it leads.
    #[serde(borrow)]
    pub url: Option<Cow<'a, str>>,
}

/// An image of the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Image<'a> {
    /// Where it is.
    #[serde(borrow)]
    pub url: Option<Cow<'a, str>>,
    /// What stands under it.
    #[serde(borrow)]
    pub caption: Option<Cow<'a, str>>,
    /// Whose it is.
    #[serde(borrow)]
    pub credit: Option<Cow<'a, str>>,
}

/// What made a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pipeline<'a> {
    /// Version of the program.
    #[serde(borrow)]
    pub version: Cow<'a, str>,
    /// Models that took part: what each does, and the first digits of its digest.
    #[serde(borrow)]
    pub models: Vec<Cow<'a, str>>,
    /// What it was unsure of.
    #[serde(borrow)]
    pub warnings: Vec<Warning<'a>>,
}

/// Something a stage was unsure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning<'a> {
    /// Short fixed code.
    #[serde(borrow)]
    pub code: Cow<'a, str>,
    /// What it was, in words.
    #[serde(borrow)]
    pub message: Cow<'a, str>,
}

impl<'a> Record<'a> {
    /// The record of an article, with its place among the others.
    pub fn of(enriched: &'a EnrichedArticle, place: &::story::Place) -> Self {
        let EnrichedArticle { raw, article, enrichment, sketch: _ } = enriched;
        let Findings { language, entities, amounts, dates, quotes, keywords, facts, pipeline } =
            Findings::of(&article.text, enrichment);
        let mut record = Self::of_parsed(raw, article, enrichment.id);
        record.language = Some(language);
        record.entities = Some(entities);
        record.amounts = Some(amounts);
        record.dates = Some(dates);
        record.quotes = Some(quotes);
        record.keywords = Some(keywords);
        record.facts = Some(facts);
        record.story = Some(Story::of(place));
        record.pipeline.models = pipeline.models;
        record.pipeline.warnings.extend(pipeline.warnings);
        record
    }

    /// The part of a record that the parser answers for.
    pub fn of_parsed(raw: &'a RawDocument, article: &'a Article, id: ContentId) -> Self {
        let points = CodePoints::of(&article.text);
        Self {
            id,
            record_version: RECORD_VERSION,
            revision: first_revision(),
            revises: None,
            source: Source {
                media_type: Some(Cow::Borrowed(&article.media_type)),
                charset: article.charset.as_deref().map(Cow::Borrowed),
                identity: borrowed(raw.identity.as_ref()),
                ..Source::of(&raw.origin, raw.digest, raw.body.len() as u64)
            },
            url: borrowed(article.url.as_ref()),
            publisher: article.publisher.as_deref().map(Cow::Borrowed),
            title: Cow::Borrowed(article.title.as_deref().unwrap_or_default()),
            description: article.description.as_deref().map(Cow::Borrowed),
            authors: Cow::Borrowed(&article.authors),
            published: article.published.as_ref().map(Published::of),
            modified: article.modified.as_ref().map(Published::of),
            language: None,
            text: Cow::Borrowed(&article.text),
            blocks: article
                .blocks
                .iter()
                .map(|block| Block { kind: block.kind.into(), span: points.span(block.span) })
                .collect(),
            comments: article
                .comments
                .iter()
                .map(|comment| Comment {
                    author: borrowed(comment.author.as_ref()),
                    text: Cow::Borrowed(&comment.text),
                })
                .collect(),
            references: article
                .references
                .iter()
                .map(|reference| Reference {
                    title: borrowed(reference.title.as_ref()),
                    url: borrowed(reference.url.as_ref()),
                })
                .collect(),
            images: article
                .images
                .iter()
                .map(|image| Image {
                    url: borrowed(image.url.as_ref()),
                    caption: borrowed(image.caption.as_ref()),
                    credit: borrowed(image.credit.as_ref()),
                })
                .collect(),
            tags: Cow::Borrowed(&article.tags),
            entities: None,
            amounts: None,
            dates: None,
            quotes: None,
            keywords: None,
            facts: None,
            story: None,
            pipeline: Pipeline {
                version: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
                models: Vec::new(),
                warnings: article.warnings.iter().map(Warning::of).collect(),
            },
        }
    }

    /// What in the record contradicts itself; `None` when nothing does.
    pub fn contradiction(&self) -> Option<String> {
        if self.record_version != RECORD_VERSION {
            return Some(format!("record_version is {}", self.record_version));
        }
        if ContentId::of(&self.title, &self.text) != self.id {
            return Some("the id is not the hash of title and text".to_owned());
        }
        if (self.revision == 1) != self.revises.is_none() || self.revision == 0 {
            return Some(format!("revision {} revises {:?}", self.revision, self.revises));
        }
        let (Some(_), Some(entities), Some(amounts), Some(dates)) =
            (&self.language, &self.entities, &self.amounts, &self.dates)
        else {
            return Some("what the enricher adds is missing".to_owned());
        };
        let (Some(quotes), Some(_), Some(facts)) = (&self.quotes, &self.keywords, &self.facts) else {
            return Some("what the enricher adds is missing".to_owned());
        };
        let Some(story) = &self.story else { return Some("its story is missing".to_owned()) };
        if story.duplicate_of.is_some() != story.similarity.is_some_and(|part| part > 0.0 && part <= 1.0) {
            return Some("duplicate_of and similarity do not go together".to_owned());
        }
        let length = self.text.chars().count() as u32;
        let mut end = 0;
        for Block { span: [from, to], .. } in &self.blocks {
            if *from < end || from >= to || *to > length {
                return Some(format!("block [{from}, {to}) does not follow {end} in a text of {length}"));
            }
            end = *to;
        }
        let mentions = entities.iter().flat_map(|entity| &entity.mentions).map(|span| ("mention", *span));
        let dates = dates.iter().map(|date| ("date", date.span));
        let quotes = quotes.iter().flat_map(|quote| {
            [("quote", quote.span)].into_iter().chain(quote.speaker_span.map(|span| ("speaker", span)))
        });
        if facts.iter().any(|fact| fact.amount.is_some_and(|number| number as usize >= amounts.len())) {
            return Some("a fact names an amount that is not there".to_owned());
        }
        let evidence = facts.iter().map(|fact| ("evidence", fact.evidence));
        let amounts = amounts.iter().map(|amount| ("amount", amount.span));
        let outside = |(_, [from, to]): &(&str, [u32; 2])| from >= to || *to > length;
        let found = mentions.chain(amounts).chain(dates).chain(quotes).chain(evidence).find(outside);
        found.map(|(what, [from, to])| format!("{what} [{from}, {to}) is not in a text of {length}"))
    }
}

impl<'a> Source<'a> {
    fn of(origin: &'a Origin, digest: Digest, bytes: u64) -> Self {
        let http = origin.http.as_ref();
        Self {
            kind: origin.kind,
            name: Cow::Borrowed(&origin.name),
            uri: Cow::Borrowed(&origin.uri),
            media_type: borrowed(origin.media_type.as_ref()),
            charset: borrowed(origin.charset.as_ref()),
            bytes,
            digest,
            observed_at: origin.observed_at,
            identity: None,
            status: http.map(|http| http.status),
            etag: http.and_then(|http| borrowed(http.etag.as_ref())),
            last_modified: http.and_then(|http| borrowed(http.last_modified.as_ref())),
        }
    }

    /// The origin that this was made from.
    pub fn origin(&self) -> Origin {
        let owned = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
        Origin {
            kind: self.kind,
            name: self.name.to_string(),
            uri: self.uri.to_string(),
            media_type: owned(&self.media_type),
            charset: owned(&self.charset),
            observed_at: self.observed_at,
            http: self.status.map(|status| Http {
                status,
                etag: owned(&self.etag),
                last_modified: owned(&self.last_modified),
            }),
        }
    }
}

impl<'a> Warning<'a> {
    fn of(warning: &'a document::Warning) -> Self {
        Self { code: Cow::Borrowed(warning.code), message: Cow::Borrowed(&warning.message) }
    }
}

impl<'a> Published<'a> {
    fn of(published: &'a document::Published) -> Self {
        Self { edtf: Cow::Borrowed(&published.edtf), basis: published.basis.into() }
    }
}

impl From<Basis> for BasisName {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Metadata => Self::Metadata,
            Basis::Feed => Self::Feed,
            Basis::Url => Self::Url,
            Basis::Dateline => Self::Dateline,
            Basis::Body => Self::Body,
            Basis::Http => Self::Http,
        }
    }
}

impl From<BlockKind> for BlockName {
    fn from(kind: BlockKind) -> Self {
        match kind {
            BlockKind::Standfirst => Self::Standfirst,
            BlockKind::Paragraph => Self::Paragraph,
            BlockKind::Heading => Self::Heading,
            BlockKind::ListItem => Self::ListItem,
            BlockKind::Quote => Self::Quote,
            BlockKind::Table => Self::Table,
            BlockKind::Preformatted => Self::Preformatted,
        }
    }
}

fn borrowed(text: Option<&String>) -> Option<Cow<'_, str>> {
    text.map(|text| Cow::Borrowed(text.as_str()))
}

fn first_revision() -> u32 {
    1
}

/// The key under which an identity is indexed.
pub(crate) fn identity_key(identity: &str) -> ContentId {
    ContentId::of("", identity)
}

/// Appends `line`, a [`Record`] or a line of another stream, as one line of JSON.
pub fn append(line: &impl Serialize, out: &mut Vec<u8>) {
    // Strings, numbers and lists of them: there is nothing in a line that JSON could refuse.
    let _ = serde_json::to_writer(&mut *out, line);
    out.push(b'\n');
}
