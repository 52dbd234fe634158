use document::{Article, Published, RawDocument, Warning};
use jiff::{SignedDuration, Timestamp};

use crate::compression::{self, Limits};
use crate::encoding;
use crate::format::{self, Format};
use crate::lexicon::Lexicon;
use crate::{Config, Error, ExplainedBlock, JsonFields, ParseError, html, json, mail, markdown, plain};

/// Reads documents as articles. Built once, it is shared by all threads: reading changes nothing in it.
#[derive(Debug)]
pub struct Parser {
    lexicon: Lexicon,
    limits: Limits,
    json_fields: JsonFields,
}

impl Parser {
    /// Compiles the phrase lists. Fails when the configured folder, or a list in it, cannot be read.
    pub fn new(config: &Config) -> Result<Self, Error> {
        Ok(Self {
            lexicon: Lexicon::load(config.lexicon.as_deref())?,
            limits: Limits {
                bytes_max: config.decompressed_bytes_max,
                ratio_max: config.decompression_ratio_max,
            },
            json_fields: config.json_fields.clone(),
        })
    }

    /// Reads one document: the same bytes from the same origin always give the same article.
    pub fn parse(&self, raw: &RawDocument) -> Result<Article, ParseError> {
        let bytes = compression::unpack(&raw.body, self.limits)?;
        format::refuse_binary(&bytes)?;
        let decoded = encoding::decode(&bytes, raw.origin.charset.as_deref());
        let text = decoded.text.as_ref();
        let url = web_url(&raw.origin.uri);
        let format = format::of_text(text, &raw.origin);
        let mut charset = Some(decoded.charset);
        let mut article = match format {
            Format::Html => html::read(text, url, &self.lexicon)?,
            Format::Plain => plain::read(text, &self.lexicon)?,
            Format::Markdown => markdown::read(text, &self.lexicon)?,
            Format::Json => json::read(text, &self.json_fields, url, &self.lexicon)?,
            Format::Mail => {
                // Each part of a message has its own charset, so it is read from its bytes.
                let (article, part_charset) = mail::read(&bytes, &self.lexicon)?;
                charset = part_charset.or(charset);
                article
            }
        };
        format.media_type().clone_into(&mut article.media_type);
        article.charset = charset;
        drop_impossible_dates(&mut article, raw.origin.observed_at);
        Ok(article)
    }

    /// Tells of each block of a page, or of each line of scraped text, what became of it, and why. The other formats
    /// say themselves what is text, and give none.
    ///
    /// `first` takes the place of the first of the two weighings, for fitting the second on the answers of a first
    /// that has not seen the page.
    pub fn explain(
        &self,
        raw: &RawDocument,
        first: Option<&html::Weigh<'_>>,
    ) -> Result<Vec<ExplainedBlock>, ParseError> {
        let bytes = compression::unpack(&raw.body, self.limits)?;
        format::refuse_binary(&bytes)?;
        let decoded = encoding::decode(&bytes, raw.origin.charset.as_deref());
        let text = decoded.text.as_ref();
        Ok(match format::of_text(text, &raw.origin) {
            Format::Html => html::explain(text, &self.lexicon, first),
            Format::Plain => plain::explain(text, &self.lexicon)?,
            Format::Markdown | Format::Mail | Format::Json => Vec::new(),
        })
    }
}

/// Takes back dates that cannot be: nobody reads an article more than a day before it is published (a day, for
/// zones and wrong clocks). A date without a year stays.
fn drop_impossible_dates(article: &mut Article, observed_at: Timestamp) {
    let latest = observed_at
        .checked_add(SignedDuration::from_hours(24))
        .unwrap_or(observed_at)
        .strftime("%Y-%m-%d")
        .to_string();
    let mut warnings = Vec::new();
    for (what, date) in [("published", &mut article.published), ("modified", &mut article.modified)] {
        // Dates of four-digit years in EDTF sort as they read.
        let impossible = |date: &Published| {
            let shown = &date.edtf[..date.edtf.len().min(10)];
            date.edtf.starts_with(|c: char| c.is_ascii_digit())
                && shown > &latest[..shown.len().min(latest.len())]
        };
        if let Some(date) = date.take_if(|date| impossible(date)) {
            let message = format!("{what} {} is later than the day it was read", date.edtf);
            warnings.push(Warning { code: "date_in_the_future", message });
        }
    }
    article.warnings.extend(warnings);
}

/// The origin's URI when it is one of the web, against which a page's links resolve.
fn web_url(uri: &str) -> Option<&str> {
    (uri.starts_with("http://") || uri.starts_with("https://")).then_some(uri)
}
