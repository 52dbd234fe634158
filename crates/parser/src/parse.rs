use document::{Article, RawDocument};

use crate::compression::{self, Limits};
use crate::encoding;
use crate::format::{self, Format};
use crate::lexicon::Lexicon;
use crate::{Config, Error, ExplainedBlock, ParseError, html, plain};

/// Reads documents as articles. Built once, it is shared by all threads: reading changes nothing in it.
#[derive(Debug)]
pub struct Parser {
    lexicon: Lexicon,
    limits: Limits,
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
        })
    }

    /// Reads one document: the same bytes from the same origin always give the same article.
    pub fn parse(&self, raw: &RawDocument) -> Result<Article, ParseError> {
        let bytes = compression::unpack(&raw.body, self.limits)?;
        format::refuse_binary(&bytes)?;
        let decoded = encoding::decode(&bytes, raw.origin.charset.as_deref());
        let text = decoded.text.as_ref();
        let format = format::of_text(text, &raw.origin);
        let mut article = match format {
            Format::Html => html::read(text, web_url(&raw.origin.uri), &self.lexicon)?,
            _ => plain::read(text, &self.lexicon)?,
        };
        format.media_type().clone_into(&mut article.media_type);
        article.charset = Some(decoded.charset);
        Ok(article)
    }

    /// Tells of each block of a page what became of it, and why. Only pages have blocks to tell of: any other
    /// format gives none.
    ///
    /// `first` takes the place of the first of the two weighings, for fitting the second on the answers of a first
    /// that has not seen the page.
    pub fn explain(
        &self,
        raw: &RawDocument,
        first: Option<&dyn Fn(&[f32]) -> f32>,
    ) -> Result<Vec<ExplainedBlock>, ParseError> {
        let bytes = compression::unpack(&raw.body, self.limits)?;
        format::refuse_binary(&bytes)?;
        let decoded = encoding::decode(&bytes, raw.origin.charset.as_deref());
        let text = decoded.text.as_ref();
        Ok(match format::of_text(text, &raw.origin) {
            Format::Html => html::explain(text, &self.lexicon, first),
            _ => Vec::new(),
        })
    }
}

/// The origin's URI when it is one of the web, against which a page's links resolve.
fn web_url(uri: &str) -> Option<&str> {
    (uri.starts_with("http://") || uri.starts_with("https://")).then_some(uri)
}
