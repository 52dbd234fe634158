//! Follows one sitemap, with those that it lists: offers what is new, and again what was changed.

pub(crate) mod read;

use std::collections::{BTreeMap, HashSet, VecDeque};

use document::{Announced, Outcome};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tracing::{info, warn};
use url::Url;

use self::read::Entry;
use crate::article::{Desk, Lead, Mode, Visited};
use crate::feed::short;
use crate::fetch::{ACCEPT_FEED, Fetched, Request};
use crate::poll::{Poll, Seen};
use crate::source::{Sitemap, WebUrl};
use crate::trouble::{Trouble, Troubles};
use crate::{Summary, canonical, clock};

/// Sitemaps below sitemaps, at most.
const DEPTH_MAX: usize = 3;
/// Sitemaps of one look, at most.
const SITEMAPS_MAX: usize = 200;
/// Articles of one look, the newest; the others come with the next one.
const PAGES_MAX: usize = 5000;
/// Articles of one source that are on their way at the same time.
const VISITS_MAX: usize = 8;
/// Entries of which it is remembered that they are known, beside what the store knows.
const SEEN_MAX: usize = 10_000;

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
    pages: Vec<Entry>,
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
    let round = visit(desk, &listed.pages, &before.seen, &before.trouble, earliest).await;
    *summary += round.summary;
    let failed = round.trouble.len();
    let all = !round.undone && listed.unread == 0;
    poll.change(|look| {
        look.seen = round.seen;
        look.trouble = round.trouble;
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
            let fresh = |entry: &Entry| entry.changed.is_none_or(|changed| changed >= earliest);
            let own = sitemap
                .sitemaps
                .into_iter()
                .filter(|entry| canonical::site(&entry.url) == site && fresh(entry));
            waiting.extend(own.map(|entry| (entry.url, depth + 1)));
        }
        listed.pages.extend(sitemap.pages.into_iter().filter(|entry| canonical::site(&entry.url) == site));
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

/// What the articles of one look came to.
#[derive(Debug, Default)]
struct Round {
    summary: Summary,
    seen: BTreeMap<String, String>,
    trouble: Troubles,
    undone: bool,
    again_at: Option<Timestamp>,
}

async fn visit(
    desk: &Desk,
    pages: &[Entry],
    seen: &BTreeMap<String, String>,
    troubles: &Troubles,
    earliest: Timestamp,
) -> Round {
    let mut round = Round::default();
    let mut visits = JoinSet::<(String, String, Visited)>::new();
    let mut sent = 0;
    for entry in pages {
        if desk.stop.is_cancelled() {
            round.undone = true;
            break;
        }
        let date = entry.changed.max(entry.published);
        if date.is_some_and(|date| date < earliest) {
            continue;
        }
        let key = canonical::key(&entry.url);
        let (short, state) = (short(&key), entry.changed.map(|date| date.to_string()).unwrap_or_default());
        // Changed after it was fetched, as far as this entry was not looked at since.
        let mode = match entry.changed {
            Some(changed) if changed <= clock::now() => Mode::Since(changed),
            _ => Mode::New,
        };
        if let Some(known) = desk.known(&key) {
            let was_seen = seen.get(&short) == Some(&state);
            if was_seen && round.seen.len() < SEEN_MAX {
                round.seen.insert(short.clone(), state.clone());
            }
            if mode.is_content_with(&known) || was_seen {
                continue;
            }
        }
        if let Some(trouble) = troubles.get(&short)
            && trouble.holds(&state, clock::now())
        {
            if !trouble.is_final() {
                round.again(trouble.retry_at);
            }
            round.trouble.insert(short, trouble.clone());
            continue;
        }
        if sent >= PAGES_MAX {
            round.undone = true;
            break;
        }
        sent += 1;
        while visits.len() >= VISITS_MAX {
            round.take_one(desk, &mut visits, troubles).await;
        }
        let announced = Announced {
            title: entry.title.clone(),
            published: entry.published,
            updated: None,
            language: entry.language.clone(),
        };
        let lead =
            Lead { url: entry.url.clone(), own: None, announced: Some(Box::new(announced)), identity: None };
        let desk = desk.clone();
        visits.spawn(async move { (short, state, desk.visit(lead, mode).await) });
    }
    while !visits.is_empty() {
        round.take_one(desk, &mut visits, troubles).await;
    }
    round
}

impl Round {
    async fn take_one(
        &mut self,
        desk: &Desk,
        visits: &mut JoinSet<(String, String, Visited)>,
        troubles: &Troubles,
    ) {
        let Some(Ok((short, state, visited))) = visits.join_next().await else { return };
        match visited {
            Visited::Settled(outcome) => self.summary.count(outcome),
            Visited::Known | Visited::Unchanged => {
                if self.seen.len() < SEEN_MAX {
                    self.seen.insert(short, state);
                }
            }
            Visited::Stopped => self.undone = true,
            Visited::Lost => {
                self.summary.count(Outcome::Lost);
                let pause = desk.web.config.retry_wait_max;
                self.again(clock::now().saturating_add(pause).unwrap_or(Timestamp::MAX));
            }
            Visited::Failed(failure) => {
                let trouble = Trouble::after(troubles.get(&short), &state, &failure, clock::now());
                if !trouble.is_final() {
                    self.again(trouble.retry_at);
                }
                self.trouble.insert(short, trouble);
            }
        }
    }

    fn again(&mut self, at: Timestamp) {
        self.undone = true;
        self.again_at = Some(self.again_at.map_or(at, |before| before.min(at)));
    }
}
