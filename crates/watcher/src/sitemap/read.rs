//! What does a sitemap list? Pages with when they were changed, or other sitemaps (sitemaps.org 0.9, with the
//! extension for news).

use std::io::Read;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

/// A sitemap lists at most so many (sitemaps.org); what follows is not read.
const ENTRIES_MAX: usize = 50_000;
/// No element of a sitemap is longer.
const TEXT_BYTES_MAX: usize = 4096;

/// What a sitemap lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sitemap {
    pub(crate) pages: Vec<Entry>,
    /// Other sitemaps.
    pub(crate) sitemaps: Vec<Entry>,
}

/// One address of a sitemap.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) url: Url,
    pub(crate) changed: Option<Timestamp>,
    pub(crate) published: Option<Timestamp>,
    pub(crate) title: Option<String>,
    pub(crate) language: Option<String>,
}

/// The bytes are no sitemap.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoSitemap {
    #[error("it grows beyond {0} bytes when decompressed")]
    TooLarge(usize),
    #[error("its compression is broken")]
    Compression,
    #[error("it is no sitemap: neither a list of addresses nor an index of sitemaps")]
    Other,
}

/// Reads a sitemap that was found at `base`. A list in plain text is one as well. What is broken in the middle is
/// read up to there.
pub(crate) fn read(body: &[u8], base: &Url, bytes_max: usize) -> Result<Sitemap, NoSitemap> {
    let mut unpacked = Vec::new();
    let body = if body.starts_with(b"\x1f\x8b") {
        let mut decoder = MultiGzDecoder::new(body).take(bytes_max as u64 + 1);
        decoder.read_to_end(&mut unpacked).map_err(|_| NoSitemap::Compression)?;
        if unpacked.len() > bytes_max {
            return Err(NoSitemap::TooLarge(bytes_max));
        }
        &unpacked[..]
    } else {
        body
    };
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') { xml(text, base) } else { plain(text) }
}

/// A list of addresses, one a line.
fn plain(text: &str) -> Result<Sitemap, NoSitemap> {
    let urls = text.lines().take(ENTRIES_MAX).filter_map(|line| web(&Url::parse(line.trim()).ok()?));
    let pages: Vec<_> = urls.map(entry).collect();
    if pages.is_empty() { Err(NoSitemap::Other) } else { Ok(Sitemap { pages, sitemaps: Vec::new() }) }
}

fn entry(url: Url) -> Entry {
    Entry { url, changed: None, published: None, title: None, language: None }
}

/// Where a text belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Loc,
    Changed,
    Published,
    Title,
    Language,
}

fn xml(text: &str, base: &Url) -> Result<Sitemap, NoSitemap> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut sitemap = Sitemap::default();
    let mut rooted = false;
    // The entry that is being read, and whether it is a sitemap.
    let mut open: Option<(Draft, bool)> = None;
    let mut field = None;
    // What was read before an error is as good as it was.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let prefixed = tag.name().prefix().map(|prefix| prefix.as_ref().to_owned());
                match tag.local_name().as_ref() {
                    "urlset" | "sitemapindex" => rooted = true,
                    name @ ("url" | "sitemap") if open.is_none() => {
                        open = Some((Draft::default(), name == "sitemap"));
                    }
                    // `image:loc` and `video:title` are others' affairs.
                    "loc" if prefixed.is_none() => field = Some(Field::Loc),
                    "lastmod" => field = Some(Field::Changed),
                    "publication_date" => field = Some(Field::Published),
                    "title" if is_news(prefixed.as_ref()) => field = Some(Field::Title),
                    "language" if is_news(prefixed.as_ref()) => field = Some(Field::Language),
                    _ => field = None,
                }
            }
            Event::Text(words) => push(&mut open, field, &words.xml10_content()),
            Event::CData(words) => push(&mut open, field, &words.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = format!("&{};", reference.xml10_content());
                push(&mut open, field, &htmlize::unescape(name));
            }
            Event::End(tag) => {
                field = None;
                let name = tag.local_name();
                let ends = |is_sitemap: bool| name.as_ref() == if is_sitemap { "sitemap" } else { "url" };
                if open.as_ref().is_some_and(|(_, is_sitemap)| ends(*is_sitemap))
                    && let Some((draft, is_sitemap)) = open.take()
                    && let Some(entry) = draft.finish(base)
                {
                    let list = if is_sitemap { &mut sitemap.sitemaps } else { &mut sitemap.pages };
                    list.push(entry);
                    if list.len() >= ENTRIES_MAX {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    if rooted { Ok(sitemap) } else { Err(NoSitemap::Other) }
}

fn is_news(prefix: Option<&String>) -> bool {
    prefix.is_some_and(|prefix| prefix == "news" || prefix == "n")
}

#[derive(Debug, Default)]
struct Draft {
    texts: [String; 5],
}

fn push(open: &mut Option<(Draft, bool)>, field: Option<Field>, words: &str) {
    if let (Some((draft, _)), Some(field)) = (open, field) {
        let text = &mut draft.texts[field as usize];
        if text.len() + words.len() <= TEXT_BYTES_MAX {
            text.push_str(words);
        }
    }
}

impl Draft {
    fn finish(mut self, base: &Url) -> Option<Entry> {
        let mut text = |field: Field| {
            let text = std::mem::take(&mut self.texts[field as usize]);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then_some(text)
        };
        let url = web(&base.join(&text(Field::Loc)?).ok()?)?;
        let changed = text(Field::Changed).and_then(|text| date(&text));
        let published = text(Field::Published).and_then(|text| date(&text));
        Some(Entry { url, changed, published, title: text(Field::Title), language: text(Field::Language) })
    }
}

fn web(url: &Url) -> Option<Url> {
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.clone())
}

/// A date of W3C's profile of ISO 8601. A day stands for its end, in UTC, so that it is not older than it says.
fn date(text: &str) -> Option<Timestamp> {
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp);
    }
    if let Ok(date) = text.parse::<DateTime>()
        && text.contains(['T', ':'])
    {
        return date.to_zoned(TimeZone::UTC).ok().map(|date| date.timestamp());
    }
    let mut parts = text.splitn(3, '-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: i8 = parts.next().map_or(Some(12), |part| part.parse().ok())?;
    let day = parts.next();
    let last = Date::new(year, month, 1).ok()?.last_of_month();
    let date = match day {
        None => last,
        Some(day) => Date::new(year, month, day.parse().ok()?).ok()?,
    };
    date.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok().map(|date| date.timestamp())
}

#[cfg(test)]
mod tests;
