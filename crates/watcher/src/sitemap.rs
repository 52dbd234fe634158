//! Follows one sitemap, with those that it lists: offers what is new, and again what was changed.

pub(crate) mod read;

use std::collections::{BTreeMap, HashSet, VecDeque};

use document::{Announced, address};
use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};
use url::Url;

use crate::article::{Desk, Lead, Mode};
use crate::fetch::{ACCEPT_FEED, Fetched, Request};
use crate::poll::{Poll, Seen};
use crate::round::{Entry, Round, short};
use crate::source::{Sitemap, WebUrl};
use crate::{Summary, canonical, clock};

/// Sitemaps below sitemaps, at most.
const DEPTH_MAX: usize = 3;
/// Sitemaps of one look, at most.
const SITEMAPS_MAX: usize = 200;
/// Articles of one look, the newest; the others come with the next one.
const PAGES_MAX: usize = 5000;
/// Articles of one source that are on their way at the same time.
const VISITS_MAX: usize = 8;

/// Follows the sitemap until the watcher is to stop.
pub(crate) async fn run(desk: Desk, settings: Sitemap) -> Summary {
    let poll = Poll::new(&desk, &settings.url, settings.interval);
    let site = canonical::site(&settings.url.0);
    desk.web.memory.forget_looks(&desk.source, |known| {
        Url::parse(known).is_ok_and(|known| canonical::site(&known) == site)
    });
    poll.begin();
    info!(source = %desk.source, url = %settings.url, "sitemap is followed");
    let mut summary = Summary::default();
    while poll.until_due().await {
        if look(&desk, &settings, &poll, &mut summary).await.is_none() {
            break;
        }
    }
    info!(source = %desk.source, "sitemap is no longer followed");
    summary
}

/// What the sitemaps of one look list.
#[derive(Debug, Default)]
struct Listed {
    pages: Vec<read::Entry>,
    /// Validators of the sitemaps below, to be kept when all they list is done.
    below: Vec<(WebUrl, Option<String>, Option<String>)>,
    root: Option<(Option<String>, Option<String>)>,
    unread: usize,
}

/// One look; `None` when the watcher is to stop.
async fn look(desk: &Desk, settings: &Sitemap, poll: &Poll<'_>, summary: &mut Summary) -> Option<()> {
    let before = poll.look();
    let undone = before.trouble.values().any(|trouble| !trouble.is_final());
    let age_max = settings.age_max_days.unwrap_or(desk.web.config.fetch.age_max_days);
    let age_max = SignedDuration::from_hours(24 * i64::from(age_max));
    let earliest = clock::now().saturating_sub(age_max).unwrap_or(Timestamp::MIN);
    let Some(mut listed) = list(desk, settings, poll, undone, earliest).await? else { return Some(()) };
    listed.pages.sort_by_key(|entry| std::cmp::Reverse(entry.changed.max(entry.published)));
    let round = Round::new(desk, poll, &before.trouble, VISITS_MAX);
    let round = visit(round, desk, &listed.pages, &before.seen, earliest).await;
    *summary += round.summary;
    let failed = round.troubles.len();
    let all = !round.undone && listed.unread == 0;
    poll.change(|look| {
        look.seen = round.seen;
        look.trouble = round.troubles;
        (look.etag, look.last_modified) = listed.root.filter(|_| all).unwrap_or_default();
    });
    for (url, etag, last_modified) in listed.below {
        let (etag, last_modified) = if all { (etag, last_modified) } else { (None, None) };
        Poll::new(desk, &url, settings.interval).change(|look| {
            look.succeeded_at = Some(clock::now());
            (look.etag, look.last_modified) = (etag, last_modified);
        });
    }
    if desk.stop.is_cancelled() {
        return None;
    }
    let mut dates: Vec<_> =
        listed.pages.iter().filter_map(|entry| entry.published.or(entry.changed)).collect();
    dates.truncate(20);
    let news = round.summary.stored > 0;
    poll.succeeded(&Seen { news, dates, asked: None, again_at: round.again_at });
    info!(source = %desk.source, pages = listed.pages.len(), stored = round.summary.stored,
        duplicates = round.summary.duplicates, failed, unread = listed.unread, "sitemap was read");
    Some(())
}

/// Reads the sitemap and those below it. `None` for a stop, `Some(None)` when the first of them could not be read or
/// nothing changed.
async fn list(
    desk: &Desk,
    settings: &Sitemap,
    poll: &Poll<'_>,
    undone: bool,
    earliest: Timestamp,
) -> Option<Option<Listed>> {
    let bytes_max = desk.web.config.fetch.sitemap_bytes_max;
    let root = poll.address();
    let site = canonical::site(&root);
    let mut listed = Listed::default();
    let mut met = HashSet::new();
    let mut waiting = VecDeque::from([(root.clone(), 0)]);
    while let Some((url, depth)) = waiting.pop_front() {
        if !met.insert(url.clone()) {
            continue;
        }
        if met.len() > SITEMAPS_MAX {
            warn!(source = %desk.source, "sitemap lists more sitemaps than are read");
            break;
        }
        let below = WebUrl(url.clone());
        let known = if depth == 0 { poll.look() } else { Poll::new(desk, &below, settings.interval).look() };
        // An index may stay the same while what it lists changes, so it is always read whole.
        let request = Request {
            url: &url,
            etag: known.etag.as_deref().filter(|_| !undone),
            last_modified: known.last_modified.as_deref().filter(|_| !undone),
            accept: ACCEPT_FEED,
            bytes_max,
        };
        let answer = match desk.unless_stopped(desk.web.fetcher.fetch(request)).await? {
            Ok(Fetched::Whole(answer)) => answer,
            Ok(Fetched::Unchanged { moved }) => {
                if depth == 0 {
                    poll.note_moved(&root, moved.as_ref());
                    poll.succeeded(&Seen::default());
                    return Some(None);
                }
                listed.below.push((below, known.etag, known.last_modified));
                continue;
            }
            Err(failure) if depth == 0 => {
                poll.failed(&root, &failure);
                return Some(None);
            }
            Err(failure) => {
                warn!(source = %desk.source, url = %below, %failure, "sitemap not read");
                listed.unread += 1;
                continue;
            }
        };
        let (body, base) = (answer.body.clone(), answer.url.clone());
        let read = if answer.cut {
            Err(format!("it has more than {bytes_max} bytes"))
        } else {
            desk.read(move || read::read(&body, &base, bytes_max)).await?
        };
        let sitemap = match read {
            Ok(sitemap) => sitemap,
            Err(error) if depth == 0 => {
                poll.broken(&error);
                return Some(None);
            }
            Err(error) => {
                warn!(source = %desk.source, url = %below, error, "sitemap not read");
                listed.unread += 1;
                continue;
            }
        };
        let is_index = !sitemap.sitemaps.is_empty();
        if depth < DEPTH_MAX {
            // A sitemap speaks for its own site alone, and what did not change for long lists nothing new.
            let fresh = |entry: &read::Entry| entry.changed.is_none_or(|changed| changed >= earliest);
            let (own, others): (Vec<_>, Vec<_>) =
                sitemap.sitemaps.into_iter().partition(|entry| canonical::site(&entry.url) == site);
            if !others.is_empty() {
                warn!(source = %desk.source, url = %below, others = others.len(),
                    "sitemap lists sitemaps of other sites than its own, which are left out");
            }
            waiting.extend(own.into_iter().filter(fresh).map(|entry| (entry.url, depth + 1)));
        }
        let pages = sitemap.pages.len();
        let own = listed.pages.len();
        listed.pages.extend(sitemap.pages.into_iter().filter(|entry| canonical::site(&entry.url) == site));
        let others = pages - (listed.pages.len() - own);
        if others > 0 {
            warn!(source = %desk.source, url = %below, others,
                "sitemap lists pages of other sites than its own, which are left out");
        }
        match depth {
            0 => {
                poll.note_moved(&root, answer.moved.as_ref());
                listed.root = Some((answer.etag, answer.last_modified)).filter(|_| !is_index);
            }
            _ => listed.below.push((
                below,
                answer.etag.filter(|_| !is_index),
                answer.last_modified.filter(|_| !is_index),
            )),
        }
    }
    Some(Some(listed))
}

/// Sends for the articles that are new, or changed since they were fetched.
async fn visit<'a>(
    mut round: Round<'a>,
    desk: &Desk,
    pages: &[read::Entry],
    seen: &BTreeMap<String, String>,
    earliest: Timestamp,
) -> Round<'a> {
    let mut sent = 0;
    for page in pages {
        if round.is_over() {
            break;
        }
        let date = page.changed.max(page.published);
        if date.is_some_and(|date| date < earliest) {
            continue;
        }
        let key = address::key(&page.url);
        let state = page.changed.map(|date| date.to_string()).unwrap_or_default();
        let entry = Entry { key: short(&key), state };
        // Changed after it was fetched, as far as this entry was not looked at since.
        let mode = match page.changed {
            Some(changed) if changed <= clock::now() => Mode::Since(changed),
            _ => Mode::New,
        };
        if let Some(known) = desk.known(&key) {
            let was_seen = seen.get(&entry.key) == Some(&entry.state);
            if was_seen {
                round.saw(entry.clone());
            }
            if was_seen || mode.is_content_with(&known) {
                continue;
            }
        }
        if round.holds_back(&entry) {
            continue;
        }
        if sent >= PAGES_MAX {
            round.undone = true;
            break;
        }
        sent += 1;
        round.room().await;
        let announced = Announced {
            title: page.title.clone(),
            published: page.published,
            updated: None,
            language: page.language.clone(),
        };
        let lead =
            Lead { url: page.url.clone(), own: None, announced: Some(Box::new(announced)), identity: None };
        let desk = desk.clone();
        round.send(entry, async move { desk.visit(lead, mode).await });
    }
    round.finish().await;
    round
}
