//! What does a feed say? RSS of all versions, Atom and JSON Feed, well-formed or nearly.

use std::collections::HashMap;
use std::time::Duration;

use feed_rs::model;
use feed_rs::parser::{Builder, Parser};
use jiff::{SignedDuration, Timestamp};
use memchr::memmem;
use url::Url;

use super::clean;

/// More items than this of one feed are not looked at; the first ones are the newest.
const ITEMS_MAX: usize = 1000;
/// What stands before the first item is short.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// Dates before this are mistakes: there was no web to speak of.
const EARLIEST: Timestamp = Timestamp::constant(788_918_400, 0);

/// RSS 0.90 is RSS 1.0 under another name, as far as we read it.
const RSS_0_90: &str = "http://my.netscape.com/rdf/simple/0.9/";
const RSS_1_0: &str = "http://purl.org/rss/1.0/";

/// A feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Feed {
    pub(crate) title: Option<String>,
    /// How rarely its publisher wants to be asked.
    pub(crate) asked: Option<Duration>,
    /// In the order of the feed.
    pub(crate) items: Vec<Item>,
    /// Items that could not be read.
    pub(crate) unread: usize,
}

/// An item of a feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Item {
    /// The identifier that the feed gives it; `None` where it gives none, or the same to several items.
    pub(crate) guid: Option<String>,
    pub(crate) link: Option<Url>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
    pub(crate) language: Option<String>,
    /// HTML of the item's full text, or of its summary where there is no more.
    pub(crate) content: Option<String>,
}

/// The bytes are no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoFeed {
    #[error("it is a web page, not a feed")]
    Page,
    #[error("it is empty")]
    Empty,
    #[error("it is not readable as a feed: {0}")]
    Unreadable(String),
}

/// Reads a feed that was found at `base`, whose charset HTTP may have `declared`.
pub(crate) fn read(body: &[u8], declared: Option<&str>, base: &Url, now: Timestamp) -> Result<Feed, NoFeed> {
    let text = clean::text(body, declared);
    if text.is_empty() {
        return Err(NoFeed::Empty);
    }
    if is_page(&text) {
        return Err(NoFeed::Page);
    }
    let text = with_known_version(text.replace(RSS_0_90, RSS_1_0));
    let (parsed, unread) = match parser(base).parse(text.as_bytes()) {
        Ok(parsed) => (parsed, 0),
        Err(error) => piecewise(base, &text).ok_or_else(|| NoFeed::Unreadable(error.to_string()))?,
    };
    let asked = parsed.ttl.map(|minutes| Duration::from_mins(minutes.into())).max(update_period(&text));
    let mut items: Vec<_> = parsed
        .entries
        .into_iter()
        .take(ITEMS_MAX)
        .map(|entry| item(entry, parsed.language.as_deref(), base, now))
        .collect();
    // Collected in place, they would keep the room of what was read, which is four times theirs.
    items.shrink_to_fit();
    demote_repeated(&mut items);
    Ok(Feed { title: parsed.title.map(|title| plain(&title.content)), asked, items, unread })
}

fn parser(base: &Url) -> Parser {
    // An item without an identifier has none; made-up ones would pass for real.
    Builder::new()
        .base_uri(Some(base.as_str()))
        .id_generator(|_, _, _| String::new())
        .sanitize_content(false)
        .build()
}

/// Whether the text is a page of HTML, which sites serve in place of a feed that is gone.
fn is_page(text: &str) -> bool {
    let head: String = text.chars().take(200).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<html ")
}

/// Versions of RSS differ in little; a reader that knows 2.0 reads those that nobody wrote down as well.
fn with_known_version(text: String) -> String {
    let Some(at) = memmem::find(text.as_bytes(), b"<rss") else { return text };
    let Some(end) = text[at..].find('>').map(|end| at + end) else { return text };
    let tag = &text[at..end];
    let known = ["\"2.0\"", "'2.0'", "0.91", "0.92"];
    if known.iter().any(|version| tag.contains(version)) {
        return text;
    }
    let rest: String = match tag.find("version") {
        None => tag["<rss".len()..].to_owned(),
        Some(version) => {
            // The attribute is taken out with its value.
            let after = &tag[version..];
            let quote = after.find(['"', '\'']);
            let value_end = quote.and_then(|from| {
                let mark = after[from..].chars().next()?;
                after[from + 1..].find(mark).map(|to| from + 1 + to + 1)
            });
            format!("{}{}", &tag["<rss".len()..version], &after[value_end.unwrap_or(after.len())..])
        }
    };
    format!("{}<rss version=\"2.0\"{}{}", &text[..at], rest, &text[end..])
}

/// Reads a feed that is broken somewhere item by item; `None` when nothing of it can be read.
fn piecewise(base: &Url, text: &str) -> Option<(model::Feed, usize)> {
    let (open, close) = ["item", "entry"]
        .iter()
        .map(|name| (format!("<{name}"), format!("</{name}>")))
        .find(|(open, _)| starts(text, open).next().is_some())?;
    let starts: Vec<_> = starts(text, &open).take(ITEMS_MAX).collect();
    let head = &text[..*starts.first()?];
    if head.len() > HEAD_BYTES_MAX {
        return None;
    }
    let mut tags = head.match_indices('<').map(|(at, _)| at);
    let root_at = tags.find(|at| !head[at + 1..].starts_with(['?', '!']))?;
    let root: String = head[root_at + 1..].chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
    // In RSS 1.0 items stand beside the channel, else in it.
    let channel_open = head.contains("<channel") && !head.contains("</channel>");
    let tail = if channel_open { format!("</channel></{root}>") } else { format!("</{root}>") };
    let mut whole = None::<model::Feed>;
    let mut unread = 0;
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(text.len());
        let item = &text[*start..end];
        let Some(end) = item.find(&close) else {
            unread += 1;
            continue;
        };
        let one = format!("{head}{}{tail}", &item[..end + close.len()]);
        // A reader that met an error is in no state to go on.
        match (parser(base).parse(one.as_bytes()), &mut whole) {
            (Ok(feed), None) => whole = Some(feed),
            (Ok(feed), Some(whole)) => whole.entries.extend(feed.entries),
            (Err(_), _) => unread += 1,
        }
    }
    whole.map(|feed| (feed, unread))
}

/// Where elements begin whose tag begins with `open` (`<item`): it must end there (`<items` is another one).
fn starts<'a>(text: &'a str, open: &'a str) -> impl Iterator<Item = usize> + 'a {
    memmem::find_iter(text.as_bytes(), open.as_bytes())
        .filter(move |at| text[at + open.len()..].starts_with(|c: char| c.is_whitespace() || c == '>'))
}

/// The pause between updates that the syndication module of RSS 1.0 states.
fn update_period(text: &str) -> Option<Duration> {
    let value = |name: &str| {
        let at = text.find(&format!("{name}>"))?;
        text[at + name.len() + 1..].split('<').next().map(str::trim)
    };
    let period = match value("updatePeriod")?.to_ascii_lowercase().as_str() {
        "hourly" => Duration::from_hours(1),
        "daily" => Duration::from_hours(24),
        "weekly" => Duration::from_hours(24 * 7),
        "monthly" => Duration::from_hours(24 * 30),
        "yearly" => Duration::from_hours(24 * 365),
        _ => return None,
    };
    let frequency = value("updateFrequency").and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
    Some(period / frequency.max(1))
}

fn item(entry: model::Entry, feed_language: Option<&str>, base: &Url, now: Timestamp) -> Item {
    let alternate = entry.links.iter().find(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
    let link = alternate.or(entry.links.first()).and_then(|link| web(base, &link.href));
    let guid = Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty());
    // An identifier may be the address, where there is no link.
    let link = link.or_else(|| guid.as_deref().and_then(web_absolute));
    let content = entry.content.and_then(html).filter(|body| !body.trim().is_empty());
    let date = |milliseconds: Option<i64>| plausible(milliseconds?, now);
    let published = date(entry.published.map(|date| date.timestamp_millis()));
    let updated = date(entry.updated.map(|date| date.timestamp_millis()));
    Item {
        guid,
        link,
        title: entry.title.map(|title| plain(&title.content)).filter(|title| !title.is_empty()),
        published,
        // The feed reader repeats the one for the other where a feed says it once.
        updated: updated.filter(|updated| Some(*updated) != published),
        language: entry
            .language
            .or_else(|| feed_language.map(str::to_owned))
            .map(|code| code.trim().to_owned()),
        content: content.or_else(|| entry.summary.map(|summary| summary.content)),
    }
}

/// The HTML of a content; plain text becomes paragraphs.
fn html(content: model::Content) -> Option<String> {
    let body = content.body?;
    if content.content_type.to_string() != "text/plain" {
        return Some(body);
    }
    let escaped = body.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs = escaped.split("\n\n").filter(|part| !part.trim().is_empty());
    Some(paragraphs.fold(String::new(), |html, part| html + "<p>" + part.trim() + "</p>"))
}

/// A date that can be meant: not before the web, and not in the future by more than a day.
fn plausible(milliseconds: i64, now: Timestamp) -> Option<Timestamp> {
    let date = Timestamp::from_millisecond(milliseconds).ok()?;
    let latest = now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now);
    (date >= EARLIEST && date <= latest).then_some(date)
}

fn web(base: &Url, href: &str) -> Option<Url> {
    base.join(href.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn web_absolute(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// A headline without markup and with its entities resolved.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let tag = rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match rest[at..].find('>') {
            Some(end) if tag => rest = &rest[at + end + 1..],
            _ => {
                text.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    text.push_str(rest);
    let text = htmlize::unescape(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes identifiers away that several items share: they tell nothing apart.
fn demote_repeated(items: &mut [Item]) {
    let mut counts = HashMap::<&str, usize>::new();
    for guid in items.iter().filter_map(|item| item.guid.as_deref()) {
        *counts.entry(guid).or_default() += 1;
    }
    let repeated: Vec<_> =
        items.iter().map(|item| item.guid.as_deref().is_some_and(|guid| counts[guid] > 1)).collect();
    for (item, repeated) in items.iter_mut().zip(repeated) {
        if repeated {
            item.guid = None;
        }
    }
}

#[cfg(test)]
mod tests;
