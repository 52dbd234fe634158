//! Follows one feed: looks at it when it is due, and offers each article of it once, and again when it was edited.

mod clean;
pub(crate) mod read;

use std::borrow::Cow;
use std::collections::BTreeMap;

use document::Announced;
use document::address::{self, masked};
use tracing::{info, warn};
use url::Url;

use self::read::Item;
use crate::article::{Desk, Lead, Mode};
use crate::fetch::{ACCEPT_FEED, Answer, Fetched, Request};
use crate::poll::{Poll, Seen};
use crate::round::{Entry, Round, short};
use crate::source::{Feed, Follow};
use crate::{Summary, clock};

/// Articles of one feed that are on their way at the same time.
const VISITS_MAX: usize = 4;

/// Follows the feed until the watcher is to stop.
pub(crate) async fn run(desk: Desk, settings: Feed) -> Summary {
    let poll = Poll::new(&desk, &settings.url, settings.interval);
    desk.web.memory.forget_looks(&desk.source, |url| url == settings.url.0.as_str());
    poll.begin();
    info!(source = %desk.source, url = %settings.url, "feed is followed");
    let mut summary = Summary::default();
    while poll.until_due().await {
        if look(&desk, &settings, &poll, &mut summary).await.is_none() {
            break;
        }
    }
    info!(source = %desk.source, "feed is no longer followed");
    summary
}

/// One look at the feed; `None` when the watcher is to stop.
async fn look(desk: &Desk, settings: &Feed, poll: &Poll<'_>, summary: &mut Summary) -> Option<()> {
    let before = poll.look();
    let address = poll.address();
    // What is left to do has to be seen again.
    let undone = before.trouble.values().any(|trouble| !trouble.is_final());
    let request = Request {
        url: &address,
        etag: before.etag.as_deref().filter(|_| !undone),
        last_modified: before.last_modified.as_deref().filter(|_| !undone),
        accept: ACCEPT_FEED,
        bytes_max: desk.web.config.fetch.feed_bytes_max,
    };
    let answer = match desk.unless_stopped(desk.web.fetcher.fetch(request)).await? {
        Err(failure) => {
            poll.failed(&address, &failure);
            return Some(());
        }
        Ok(Fetched::Unchanged { moved }) => {
            poll.note_moved(&address, moved.as_ref());
            poll.succeeded(&Seen::default());
            return Some(());
        }
        Ok(Fetched::Whole(answer)) => answer,
    };
    poll.note_moved(&address, answer.moved.as_ref());
    if answer.cut {
        poll.broken(&format!("it has more than {} bytes", answer.body.len()));
        return Some(());
    }
    // The articles may take hours to come, in which nothing of the answer is kept but what is needed.
    let Answer { body, charset, url: base, etag, last_modified, .. } = *answer;
    let found_at = base.clone();
    let read = desk.read(move || read::read(&body, charset.as_deref(), &base, clock::now())).await?;
    let feed = match read {
        Ok(feed) => feed,
        Err(error) => {
            poll.broken(&error);
            return Some(());
        }
    };
    if feed.unread > 0 {
        warn!(source = %desk.source, unread = feed.unread, "items of the feed cannot be read");
    }
    let round = Round::new(desk, poll, &before.trouble, VISITS_MAX);
    let round = visit(round, desk, settings.follow, &feed.items, &found_at, &before.seen).await;
    *summary += round.summary;
    let failed = round.troubles.len();
    poll.change(|look| {
        look.seen = round.seen;
        look.trouble = round.troubles;
        (look.etag, look.last_modified) = if round.undone { (None, None) } else { (etag, last_modified) };
    });
    if desk.stop.is_cancelled() {
        return None;
    }
    let dates = feed.items.iter().filter_map(|item| item.published.or(item.updated)).collect();
    let news = round.summary.stored > 0;
    poll.succeeded(&Seen { news, dates, asked: feed.asked, again_at: round.again_at });
    info!(source = %desk.source, items = feed.items.len(), stored = round.summary.stored,
        duplicates = round.summary.duplicates, failed, "feed was read");
    Some(())
}

/// Sends for the articles of the items that are new or edited.
async fn visit<'a>(
    mut round: Round<'a>,
    desk: &Desk,
    follow: Follow,
    items: &[Item],
    base: &Url,
    seen: &BTreeMap<String, String>,
) -> Round<'a> {
    // The oldest first, so that the store has them in their order.
    for item in items.iter().rev() {
        if round.is_over() {
            break;
        }
        round.room().await;
        take(&mut round, desk, follow, item, base, seen);
    }
    round.finish().await;
    round
}

/// Looks at one item, and sends for its article when it is new or edited.
fn take(
    round: &mut Round<'_>,
    desk: &Desk,
    follow: Follow,
    item: &Item,
    base: &Url,
    seen: &BTreeMap<String, String>,
) {
    let Some(key) = key(item) else { return };
    let entry = Entry { key: short(&key), state: state(item) };
    let remembered = desk.remembered(&key);
    let last = seen.get(&entry.key).or(remembered.as_ref().map(|(state, _)| state));
    if last == Some(&entry.state) {
        if seen.contains_key(&entry.key) {
            round.saw(entry);
        }
        return;
    }
    let edited = last.is_some();
    let link_key = item.link.as_ref().map(address::key);
    if !edited && link_key.as_deref().is_some_and(|key| desk.known(key).is_some()) {
        // Another source brought it, or this one under another identifier.
        round.saw(entry);
        return;
    }
    if round.holds_back(&entry) {
        return;
    }
    let announced = Announced {
        title: item.title.clone(),
        published: item.published,
        updated: item.updated,
        language: item.language.clone(),
    };
    let lead = Lead {
        url: item.link.clone().unwrap_or_else(|| base.clone()),
        own: Some((key.clone(), entry.state.clone())),
        announced: Some(Box::new(announced)),
        identity: remembered.map(|(_, identity)| identity),
    };
    let desk = desk.clone();
    let mode = if edited { Mode::Again } else { Mode::New };
    match (follow, &item.content) {
        (Follow::Page, _) if item.link.is_some() => {
            round.send(entry, async move { desk.visit(lead, mode).await });
        }
        (_, Some(content)) => {
            let page = page(item, content);
            // An identifier tells items of this feed apart, and not from those of others.
            let identity = lead.identity.clone().or_else(|| link_key.clone());
            let identity = identity.unwrap_or_else(|| format!("{}#{key}", address::key(base)));
            round.send(entry, async move { desk.offer_content(lead, link_key, identity, page, mode).await });
        }
        // It leads nowhere and says nothing.
        _ => {}
    }
}

/// What an item is remembered by: the identifier that its feed gives it, else its address, else its text.
fn key(item: &Item) -> Option<String> {
    let key = match (&item.guid, &item.link) {
        (Some(guid), _) => format!("guid:{}", identifier(guid)),
        (None, Some(link)) => format!("link:{}", address::key(link)),
        (None, None) => format!("text:{}", short(item.content.as_deref().or(item.title.as_deref())?)),
    };
    // Keys stand in the ledger; some feeds put half a page into an identifier.
    Some(if key.len() > 300 {
        format!("{}:{}", &key[..4], blake3::hash(key.as_bytes()).to_hex())
    } else {
        key
    })
}

/// An identifier, which may be an address with secrets.
fn identifier(guid: &str) -> Cow<'_, str> {
    let masked = Url::parse(guid).ok().filter(Url::has_host).map(|url| (masked(&url), url));
    match masked {
        Some((masked, url)) if masked != url => String::from(masked).into(),
        _ => guid.into(),
    }
}

/// What an item says of itself. Where it states when it was changed, that tells an edit, and else its words do.
fn state(item: &Item) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut part = |text: &str| {
        hasher.update(text.as_bytes());
        hasher.update(b"\0");
    };
    part(item.title.as_deref().unwrap_or_default());
    if let Some(updated) = item.updated {
        part(&updated.to_string());
    } else {
        part(&item.published.map(|date| date.to_string()).unwrap_or_default());
        part(item.content.as_deref().unwrap_or_default());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// A page of an item's own text.
fn page(item: &Item, content: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let language = item.language.as_deref().map(escaped).unwrap_or_default();
    let title = item.title.as_deref().map(escaped).unwrap_or_default();
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body><article><h1>{title}</h1>{content}</article></body></html>"
    )
}
