use document::address;
use document::{Announced, Article, Basis, Origin, Published, RawDocument, Text, Warning};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::compression::{self, Limits};
use crate::date::{self, Order};
use crate::encoding::{self, Decoded, Doubt};
use crate::format::{self, Format};
use crate::lexicon::Lexicon;
use crate::{Config, Error, ExplainedBlock, JsonFields, ParseError, html, json, mail, markdown, plain, xml};

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
        let (decoded, format) = read_text(&bytes, &raw.origin);
        let text = decoded.text.as_ref();
        let url = raw.origin.web_url();
        let latest = latest_day(raw.origin.observed_at);
        let latest_date = date::read(&latest, Order::Unknown);
        let mut doubt = decoded.doubt;
        let mut charset = Some(decoded.charset);
        let mut article = match format {
            Format::Html => html::read_until(text, url, latest_date, &self.lexicon)?,
            Format::Plain => plain::read(&html::without_references(text.into()), &self.lexicon)?,
            Format::Markdown => markdown::read(text, &self.lexicon)?,
            Format::Json => json::read(text, &self.json_fields, url, latest_date, &self.lexicon)?,
            Format::Xml(kind) => xml::read(text, kind, &self.lexicon)?,
            Format::Code(what) => return Err(ParseError::UnsupportedFormat(what, format::LEAVE_OUT)),
            Format::Mail => {
                // Each part of a message has its own charset, so it is read from its bytes.
                let read = mail::read(&bytes, &self.lexicon)?;
                charset = read.charset.or(charset);
                doubt = read.doubt;
                read.article
            }
        };
        format.media_type().clone_into(&mut article.media_type);
        article.warnings.extend(doubt.map(|doubt| warning(doubt, charset.as_deref().unwrap_or_default())));
        article.charset = charset;
        // An impossible date leaves its place to the one that was announced, which may be impossible too.
        drop_impossible_dates(&mut article, &latest);
        if let Some(announced) = &raw.announced {
            complete(&mut article, announced);
            drop_impossible_dates(&mut article, &latest);
        }
        article.url = article.url.map(without_secrets);
        Ok(article)
    }

    /// Tells of each block of a page or of Markdown, each line of scraped text, each part and field of a message and each
    /// field of JSON or of an item of news what became of it, and why; and of each field of a page where it was found.
    ///
    /// With `weighing` the blocks of pages alone are told of. It takes the place of the models that ship, for fitting the
    /// second on the answers of a first that has not seen the page, and for measuring both on such pages.
    pub fn explain(
        &self,
        raw: &RawDocument,
        weighing: Option<&html::Weighing<'_>>,
    ) -> Result<Vec<ExplainedBlock>, ParseError> {
        let bytes = compression::unpack(&raw.body, self.limits)?;
        format::refuse_binary(&bytes)?;
        let (decoded, format) = read_text(&bytes, &raw.origin);
        let text = decoded.text.as_ref();
        Ok(match format {
            Format::Html if weighing.is_some() => html::explain_blocks(text, &self.lexicon, weighing),
            Format::Html => {
                let latest = date::read(&latest_day(raw.origin.observed_at), Order::Unknown);
                html::explain(text, raw.origin.web_url(), latest, &self.lexicon)
            }
            Format::Plain => plain::explain(&html::without_references(text.into()), &self.lexicon)?,
            Format::Markdown => markdown::explain(text, &self.lexicon)?,
            Format::Json => json::explain(text, &self.json_fields, &self.lexicon)?,
            Format::Mail => mail::explain(&bytes, &self.lexicon)?,
            Format::Xml(kind) => xml::explain(text, kind, &self.lexicon)?,
            Format::Code(what) => return Err(ParseError::UnsupportedFormat(what, format::LEAVE_OUT)),
        })
    }
}

/// The text of a document, and what it is. What looks like a page keeps its controls: most of it is no text, and its tree takes them out of
/// what is.
fn read_text<'a>(bytes: &'a [u8], origin: &Origin) -> (Decoded<'a>, Format) {
    let decoded = encoding::decode(bytes, origin.charset.as_deref());
    if format::looks_like_html(decoded.text.trim_start()) {
        return (decoded, Format::Html);
    }
    let decoded = decoded.without_controls();
    let format = format::of_text(&decoded.text, origin);
    (decoded, format)
}

/// An address that a document names as its own, with a stand-in for what in it looks like a secret.
fn without_secrets(text: String) -> String {
    match Url::parse(&text) {
        Ok(url) => Some(address::masked(&url)).filter(|masked| *masked != url).map_or(text, String::from),
        Err(_) => text,
    }
}

/// Tells that a text may not read as it was written.
fn warning(doubt: Doubt, charset: &str) -> Warning {
    match doubt {
        Doubt::Damaged => Warning {
            code: "charset_damaged",
            message: format!("bytes that mean nothing in {charset} were replaced by U+FFFD"),
        },
        Doubt::Twice => Warning {
            code: "charset_twice",
            message: "the text was encoded as UTF-8 twice, and was repaired".to_owned(),
        },
        Doubt::Guessed => Warning {
            code: "charset_guessed",
            message: format!("read as {charset} by the looks of its bytes: nothing that fits them says so"),
        },
    }
}

/// Fills in what a document does not say of itself from what the feed or sitemap that led to it says.
fn complete(article: &mut Article, announced: &Announced) {
    for (place, at) in
        [(&mut article.published, announced.published), (&mut article.modified, announced.updated)]
    {
        if let Some(at) = at
            && place.as_ref().is_none_or(|known| is_told_whole_by(at, &known.edtf))
        {
            *place = Some(Published { edtf: edtf(at), basis: Basis::Feed });
        }
    }
    if article.title.is_none() {
        let title = announced.title.as_deref().map(|title| encoding::without_controls(title.into()));
        article.title = title.and_then(|title| Text::new(title.into_owned()));
        if article.title.is_some() {
            article.warnings.retain(|warning| warning.code != json::TITLE_UNREAD);
        }
    }
    if article.declared_language.is_none() {
        article.declared_language.clone_from(&announced.language);
    }
}

/// Whether an instant is a date that is known in part, by the clocks of some zone.
fn is_told_whole_by(at: Timestamp, edtf: &str) -> bool {
    [-12, 0, 14].into_iter().any(|hours| {
        let local = at.checked_add(SignedDuration::from_hours(hours)).unwrap_or(at);
        date::edtf_completes(&local.strftime("%Y-%m-%d").to_string(), edtf)
    })
}

/// An instant in EDTF. Midnight in UTC is what a date without a time becomes on its way, and is told as a date.
fn edtf(at: Timestamp) -> String {
    let midnight = at.as_nanosecond() % (24 * 3600 * 1_000_000_000) == 0;
    at.strftime(if midnight { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%SZ" }).to_string()
}

/// The latest day that an article can be of: nobody reads one more than a day before it is published (a day, for zones
/// and wrong clocks).
fn latest_day(observed_at: Timestamp) -> String {
    let latest = observed_at.checked_add(SignedDuration::from_hours(24)).unwrap_or(observed_at);
    latest.strftime("%Y-%m-%d").to_string()
}

/// Takes back dates that cannot be. A date without a year stays.
fn drop_impossible_dates(article: &mut Article, latest: &str) {
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

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use document::SourceKind;

    use super::*;

    fn parser() -> Parser {
        let config = Config {
            workers: 1,
            decompressed_bytes_max: 1 << 20,
            decompression_ratio_max: 100,
            lexicon: None,
            json_fields: JsonFields::default(),
        };
        Parser::new(&config).unwrap()
    }

    fn origin() -> Origin {
        Origin {
            kind: SourceKind::Feed,
            name: "feed".to_owned(),
            uri: "https://example.org/article".to_owned(),
            media_type: Some("text/html".to_owned()),
            charset: None,
            observed_at: "2026-11-22T12:00:00Z".parse().unwrap(),
            http: None,
        }
    }

    /// The title and the dates of a page to which a feed led.
    fn check(page: &str, (title, published, modified): (&str, (&str, Basis), (&str, Basis))) {
        let mut raw = RawDocument::new(origin(), Bytes::from(page.to_owned()));
        raw.announced = Some(Box::new(Announced {
            title: Some("Le ti\u{ad}tre du flux".to_owned()),
            published: "2026-11-21T08:30:00Z".parse().ok(),
            updated: "2026-11-22T00:00:00Z".parse().ok(),
            language: Some("fr".to_owned()),
        }));
        let article = parser().parse(&raw).unwrap();
        let is = |found: Option<&Published>, (edtf, basis): (&str, Basis)| {
            assert_eq!(found.map(|date| (date.edtf.as_str(), date.basis)), Some((edtf, basis)), "{page}");
        };
        assert_eq!(article.title.as_deref(), Some(title), "{page}");
        is(article.published.as_ref(), published);
        is(article.modified.as_ref(), modified);
    }

    #[test]
    fn controls_of_a_page_reach_no_field() {
        let prose = "Le conseil mu\u{ad}nicipal a adop\0té mardi le bud\u{200b}get de la ville,\r\naprès un long débat.";
        let page = format!(
            "<html><head><title>Le bud\u{ad}get\u{7f}</title><script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\",\r\n\
             \"headline\": \"Le bud\u{ad}get\u{7f}\", \"author\": {{\"name\": \"Zo\u{feff}é Lam\"}}}}</script>\
             <meta name=description content=\"Un long\u{200b} dé\u{ad}bat\"></head><body><article><h1>Le bud&shy;get</h1>\
             <p>{prose}</p><p>{prose}</p><pre>un\r\ndeux\rtrois</pre><p>{prose}</p></article></body></html>"
        );
        let raw = RawDocument::new(origin(), Bytes::from(page));
        let article = parser().parse(&raw).unwrap();
        assert_eq!(article.title.as_deref(), Some("Le budget"));
        assert_eq!(article.description.as_deref(), Some("Un long débat"));
        assert_eq!(article.authors, ["Zoé Lam"]);
        let clean = "Le conseil municipal a adopté mardi le budget de la ville, après un long débat.";
        assert_eq!(article.text.as_str(), [clean, clean, "un\ndeux\ntrois", clean].join("\n\n"));
    }

    #[test]
    fn an_address_is_told_without_its_secrets() {
        let told = |text: &str| without_secrets(text.to_owned());
        let [one, other] =
            ["X", "Y"].map(|token| told(&format!("https://u:p@a.example/1?access_token={token}&b")));
        assert!(one.starts_with("https://a.example/1?access_token=~") && one.ends_with("&b"), "{one}");
        assert_ne!(one, other);
        for plain in ["https://a.example", "http://a.example/é?x=Y z", "//a.example/1", "no address"] {
            assert_eq!(told(plain), plain);
        }
    }

    #[test]
    fn a_feed_says_what_the_page_does_not() {
        let text = "<p>Le conseil municipal a adopté mardi le budget de la ville, après un long débat.</p>\
                    <p>Les élus ont voté les dépenses prévues pour les écoles à une large majorité.</p>";
        check(text, ("Le titre du flux", ("2026-11-21T08:30:00Z", Basis::Feed), ("2026-11-22", Basis::Feed)));
        let page = format!(
            "<html><head><title>Le budget est adopté</title><meta property=\"article:published_time\" \
             content=\"2026-11-20\"></head><body><article><h1>Le budget est adopté</h1>{text}</article></body></html>"
        );
        check(&page, ("Le budget est adopté", ("2026-11-20", Basis::Metadata), ("2026-11-22", Basis::Feed)));
        // A date of next year is none, and a feed's completes the one that it agrees with.
        let feed = ("2026-11-21T08:30:00Z", Basis::Feed);
        for (stated, published) in [
            ("2027-11-20", feed),
            ("2026-11", feed),
            ("2026", feed),
            ("2026-10", ("2026-10", Basis::Metadata)),
        ] {
            let page = page.replace("2026-11-20", stated);
            check(&page, ("Le budget est adopté", published, ("2026-11-22", Basis::Feed)));
        }
    }
}
