//! The shape of a stored line; the only file that knows it. See `docs/record.md`.
//!
//! In memory a span counts bytes; in a line it counts Unicode code points. The one converter is here.

use std::borrow::Cow;

use document::{
    Article, Basis, BlockKind, ContentId, Digest, EnrichedArticle, Enrichment, EntityKind, Http, Origin,
    RawDocument, Reason, Rejected, SourceKind, Span, Stage,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

/// What the enricher found in a text, with spans in code points of that text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Findings<'a> {
    /// Language of the text.
    pub language: Language<'a>,
    /// Who and what it names.
    pub entities: Vec<Entity<'a>>,
}

impl<'a> Findings<'a> {
    /// The findings in `text`.
    pub fn of(text: &str, enrichment: &'a Enrichment) -> Self {
        let points = CodePoints::of(text);
        Self {
            language: Language::of(enrichment.language),
            entities: enrichment.entities.iter().map(|entity| Entity::of(entity, &points)).collect(),
        }
    }
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
    /// The record of an article.
    pub fn of(enriched: &'a EnrichedArticle) -> Self {
        let EnrichedArticle { raw, article, enrichment } = enriched;
        let Findings { language, entities } = Findings::of(&article.text, enrichment);
        let mut record = Self::of_parsed(raw, article, enrichment.id);
        record.language = Some(language);
        record.entities = Some(entities);
        record.pipeline.models = enrichment.models.iter().map(|model| Cow::Borrowed(&**model)).collect();
        record.pipeline.warnings.extend(enrichment.warnings.iter().map(Warning::of));
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
        let (Some(_), Some(entities)) = (&self.language, &self.entities) else {
            return Some("what the enricher adds is missing".to_owned());
        };
        let length = self.text.chars().count() as u32;
        let mut end = 0;
        for Block { span: [from, to], .. } in &self.blocks {
            if *from < end || from >= to || *to > length {
                return Some(format!("block [{from}, {to}) does not follow {end} in a text of {length}"));
            }
            end = *to;
        }
        let outside = |[from, to]: &&[u32; 2]| from >= to || *to > length;
        let mention = entities.iter().flat_map(|entity| &entity.mentions).find(outside);
        mention.map(|[from, to]| format!("mention [{from}, {to}) is not in a text of {length}"))
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

impl Language<'_> {
    /// A language as lines name it.
    pub fn of(language: document::Language) -> Self {
        Self { code: Cow::Borrowed(language.code()), confidence: language.confidence() }
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

/// A document in quarantine: one line of the quarantine's own segments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuarantineLine<'a> {
    /// Identity of the entry: the same document from the same place has one entry.
    pub id: ContentId,
    /// The stage that rejected the document.
    pub stage: Stage,
    /// Short fixed reason.
    pub reason: Reason,
    /// What was wrong, in words.
    #[serde(borrow)]
    pub message: Cow<'a, str>,
    /// Where the document came from; `bytes` is its full length.
    #[serde(borrow)]
    pub source: Source<'a>,
    /// Bytes kept: fewer than `source.bytes` when the document was longer than the limit.
    pub kept_bytes: u64,
    /// When it went into quarantine.
    pub quarantined_at: Timestamp,
}

/// A quarantined document was given to the line again and came out as an article: a line of the quarantine's own
/// segments, after the entry's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// The entry.
    pub resolves: ContentId,
    /// The article it is now.
    pub article: ContentId,
    /// When that was committed.
    pub resolved_at: Timestamp,
}

/// Any line of the quarantine's segments.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "read one at a time")]
pub enum QuarantineEvent<'a> {
    /// A document went in.
    #[serde(borrow)]
    Entry(QuarantineLine<'a>),
    /// A document came out.
    Resolution(Resolution),
}

impl<'a> QuarantineLine<'a> {
    /// The entry of a rejected document.
    pub fn of(rejected: &'a Rejected, now: Timestamp) -> Self {
        let raw = &rejected.raw;
        Self {
            id: quarantine_id(rejected),
            stage: rejected.stage,
            reason: rejected.reason,
            message: Cow::Borrowed(&rejected.message),
            source: Source {
                identity: borrowed(raw.identity.as_ref()),
                ..Source::of(&raw.origin, raw.digest, rejected.bytes)
            },
            kept_bytes: raw.body.len() as u64,
            quarantined_at: now,
        }
    }
}

fn first_revision() -> u32 {
    1
}

/// The key under which an identity is indexed.
pub(crate) fn identity_key(identity: &str) -> ContentId {
    ContentId::of("", identity)
}

/// Identity of a quarantine entry: the same bytes from the same place are one entry.
pub(crate) fn quarantine_id(rejected: &Rejected) -> ContentId {
    ContentId::of(&rejected.raw.origin.uri, &rejected.raw.digest.to_string())
}

/// Appends `line`, a [`Record`] or a [`QuarantineLine`], as one line of JSON.
pub fn append(line: &impl Serialize, out: &mut Vec<u8>) {
    // Strings, numbers and lists of them: there is nothing in a line that JSON could refuse.
    let _ = serde_json::to_writer(&mut *out, line);
    out.push(b'\n');
}

/// Converts byte offsets of a text into code point offsets.
struct CodePoints {
    /// Code points before every [`Self::STEP`]-th byte; empty when the text is ASCII and the two are the same.
    before: Vec<u32>,
    /// The text's bytes that begin a code point, asked again between two steps.
    starts: Vec<u64>,
}

impl CodePoints {
    const STEP: usize = 64;

    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new(), starts: Vec::new() };
        }
        let mut count = 0;
        let mut before = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut starts = Vec::with_capacity(text.len() / Self::STEP + 1);
        for chunk in text.as_bytes().chunks(Self::STEP) {
            let bits = chunk
                .iter()
                .enumerate()
                .fold(0u64, |bits, (at, byte)| bits | u64::from(byte & 0xc0 != 0x80) << at);
            before.push(count);
            starts.push(bits);
            count += bits.count_ones();
        }
        before.push(count);
        starts.push(0);
        Self { before, starts }
    }

    fn offset(&self, byte: usize) -> u32 {
        match self.before.get(byte / Self::STEP) {
            None => byte as u32,
            Some(before) => {
                let earlier = (1u64 << (byte % Self::STEP)) - 1;
                before + (self.starts[byte / Self::STEP] & earlier).count_ones()
            }
        }
    }

    fn span(&self, span: Span) -> [u32; 2] {
        [self.offset(span.start), self.offset(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn offsets_count_code_points(text in ".{0,300}") {
            let points = CodePoints::of(&text);
            let boundaries = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for (count, byte) in boundaries.enumerate() {
                prop_assert_eq!(points.offset(byte), count as u32, "byte {} of {:?}", byte, text);
            }
        }
    }
}
