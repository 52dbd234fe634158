//! Which feeds and sitemaps does a site have? Asked once, by hand, as politely as ever.

use std::collections::BTreeSet;

use jiff::Timestamp;
use url::Url;

use crate::fetch::{ACCEPT_FEED, ACCEPT_PAGE, Answer, Failure, Fetched, Fetcher, Request};
use crate::memory::Memory;
use crate::source::WebUrl;
use crate::web::fetcher;
use crate::{Config, Error, clock, feed, html_links, sitemap};

/// Where sites have their feeds and sitemaps when they do not say.
const USUAL: &[&str] =
    &["/feed", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/sitemap.xml", "/news-sitemap.xml"];
/// Candidates that are looked at, at most.
const CANDIDATES_MAX: usize = 24;

/// A feed or a sitemap that was found, and read.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// `feed` or `sitemap`, the kind of its source.
    pub kind: &'static str,
    /// Where it is.
    pub url: WebUrl,
    /// What it calls itself.
    pub title: Option<String>,
    /// Articles, or for an index the sitemaps, that it lists.
    pub entries: usize,
    /// Date of the newest article.
    pub newest: Option<Timestamp>,
    /// Whether its articles stand in the feed in full, as far as their length tells.
    pub full_text: bool,
}

/// Looks for the feeds and sitemaps of the site that `url` is a page of: those that the page names, those that its
/// robots.txt names, and where there are none, those at the usual places. Only what was read as one is told.
///
/// # Errors
///
/// When the page itself cannot be fetched.
pub async fn discover(config: &Config, url: &WebUrl) -> Result<Vec<Found>, Error> {
    // Its own memory, and no raw archive: what is looked at here is no article, and another process may run.
    let fetcher = fetcher(config, Memory::at("".into()))?;
    let fetch = |url: Url, accept| {
        let fetcher = &fetcher;
        async move { get(fetcher, &url, accept, config.fetch.feed_bytes_max).await }
    };
    let page = fetch(url.0.clone(), ACCEPT_PAGE)
        .await
        .map_err(|failure| Error::NotFetched { url: url.clone(), what: failure.to_string() })?;
    let base = page.url.clone();
    let mut found = Vec::new();
    let mut met = BTreeSet::from([base.to_string()]);
    found.extend(read(&page));
    let mut candidates: Vec<Url> = html_links::links(&page.body)
        .into_iter()
        .filter(html_links::Link::is_feed)
        .filter_map(|link| base.join(&link.href).ok())
        .collect();
    if let Ok(robots) = fetcher.robots(&base).await {
        candidates.extend(robots.sitemaps.iter().filter_map(|address| base.join(address).ok()));
    }
    if found.is_empty() && candidates.is_empty() {
        candidates.extend(USUAL.iter().filter_map(|path| base.join(path).ok()));
    }
    for candidate in candidates.into_iter().take(CANDIDATES_MAX) {
        if !met.insert(candidate.to_string()) {
            continue;
        }
        // What is named and not there is the site's affair.
        let Ok(answer) = fetch(candidate, ACCEPT_FEED).await else { continue };
        if answer.url.as_str() == base.as_str() {
            continue;
        }
        found.extend(read(&answer));
    }
    Ok(found)
}

async fn get(
    fetcher: &Fetcher,
    url: &Url,
    accept: &'static str,
    bytes_max: usize,
) -> Result<Answer, Failure> {
    let request = Request { url, etag: None, last_modified: None, accept, bytes_max };
    match fetcher.fetch(request).await? {
        Fetched::Whole(answer) => Ok(*answer),
        // Nothing was known, so nothing can be unchanged.
        Fetched::Unchanged { .. } => Err(Failure::Status(304)),
    }
}

/// What an answer is, when it is a feed or a sitemap.
fn read(answer: &Answer) -> Option<Found> {
    /// An article in full is longer than a summary.
    const FULL_TEXT_BYTES: usize = 1500;
    let url = WebUrl(answer.url.clone());
    let now = clock::now();
    if let Ok(feed) = feed::read::read(&answer.body, answer.charset.as_deref(), &answer.url, now)
        && !feed.items.is_empty()
    {
        let lengths = feed.items.iter().map(|item| item.content.as_deref().map_or(0, str::len));
        let full = lengths.filter(|length| *length > FULL_TEXT_BYTES).count();
        return Some(Found {
            kind: "feed",
            url,
            title: feed.title,
            entries: feed.items.len(),
            newest: feed.items.iter().filter_map(|item| item.published.max(item.updated)).max(),
            full_text: full * 2 > feed.items.len(),
        });
    }
    let sitemap =
        sitemap::read::read(&answer.body, &answer.url, answer.body.len().saturating_mul(64)).ok()?;
    let entries = sitemap.pages.len() + sitemap.sitemaps.len();
    let newest = sitemap
        .pages
        .iter()
        .chain(&sitemap.sitemaps)
        .filter_map(|entry| entry.published.max(entry.changed))
        .max();
    (entries > 0).then_some(Found { kind: "sitemap", url, title: None, entries, newest, full_text: false })
}
