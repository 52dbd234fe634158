//! The one place that speaks HTTP: one document asked for, within limits, politely, and of nobody who must not be asked.
//!
//! Redirects are followed here and not by the client, because every hop is a request of its own: it waits for the turn
//! of its site, obeys the robots.txt of its host, and is held against the address guard. The guard is asked again by
//! the resolver for the very addresses that are then connected to.

mod answer;
mod client;
mod failure;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use document::address::shown;
use jiff::Timestamp;
use reqwest::header::{ACCEPT, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION};
use reqwest::{Client, Response, StatusCode};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;
use tracing::{debug, info};
use url::{Host, Url};

use self::answer::{header, media_type, retry_after};
pub use self::client::ClientError;
pub(crate) use self::client::Lookup;
pub(crate) use self::failure::Failure;
use crate::canonical::site;
use crate::config::Fetch;
use crate::guard::Guard;
use crate::memory::{Memory, RobotsRecord};
use crate::politeness::{Blocked, Politeness};
use crate::robots::{self, Robots};
use crate::{Error, clock};

/// Redirects that are followed for one document.
const REDIRECTS_MAX: usize = 5;
/// A robots.txt is asked for again after this time (RFC 9309, 2.4).
const ROBOTS_KEPT: Duration = Duration::from_hours(24);
/// The same for one that could not be reached.
const ROBOTS_RETRY: Duration = Duration::from_mins(10);
/// After this time one that cannot be reached counts as absent (RFC 9309, 2.3.1.4).
const ROBOTS_UNREACHABLE_MAX: Duration = Duration::from_hours(24 * 30);
/// A sender's speed is looked at after this time.
const SPEED_AFTER: Duration = Duration::from_secs(10);

pub(crate) const ACCEPT_PAGE: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
pub(crate) const ACCEPT_FEED: &str = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5";
const ACCEPT_ROBOTS: &str = "text/plain,*/*;q=0.5";

/// Fetches documents.
#[derive(Debug)]
pub(crate) struct Fetcher {
    client: Client,
    guard: Guard,
    config: Fetch,
    pub(crate) politeness: Politeness,
    memory: Memory,
    /// One robots.txt is asked for by one request at a time.
    robots: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) url: &'a Url,
    /// Validators of what is known already; with one of them, an unchanged document costs a 304.
    pub(crate) etag: Option<&'a str>,
    pub(crate) last_modified: Option<&'a str>,
    pub(crate) accept: &'static str,
    /// A longer document is cut, after decompression.
    pub(crate) bytes_max: usize,
}

/// What was answered.
#[derive(Debug, Clone)]
pub(crate) enum Fetched {
    /// It is what is known already.
    Unchanged {
        /// Where it moved for good.
        moved: Option<Url>,
    },
    /// A document.
    Whole(Box<Answer>),
}

/// A document, as it was answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Where it was found, after redirects.
    pub(crate) url: Url,
    /// Where it moved for good, when the first redirects said so.
    pub(crate) moved: Option<Url>,
    pub(crate) status: u16,
    /// Its header fields as they came.
    pub(crate) fields: HeaderMap,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) body: Bytes,
    /// Its length where the server declares it, which is more than `body` holds when it was cut.
    pub(crate) length: u64,
    /// Whether only the head of it was read.
    pub(crate) cut: bool,
    pub(crate) observed_at: Timestamp,
    /// Held by who wants no more to be fetched than the line takes.
    pub(crate) connection: Option<Arc<OwnedSemaphorePermit>>,
}

impl Fetcher {
    pub(crate) fn new(config: Fetch, memory: Memory) -> Result<Self, ClientError> {
        Self::with_lookup(config, memory, Lookup::System)
    }

    /// Whether a fetcher can be made under these settings.
    pub(crate) fn check(config: &Fetch) -> Result<(), Error> {
        if config.contact.trim().is_empty() {
            return Err(Error::NoContact);
        }
        client::build(config, Guard::new(config.allow_addresses.clone()), Lookup::System)
            .map(drop)
            .map_err(Error::Client)
    }

    /// A fetcher that asks `lookup` for the addresses of names.
    pub(crate) fn with_lookup(config: Fetch, memory: Memory, lookup: Lookup) -> Result<Self, ClientError> {
        let guard = Guard::new(config.allow_addresses.clone());
        Ok(Self {
            client: client::build(&config, guard.clone(), lookup)?,
            guard,
            politeness: Politeness::new(config.clone(), memory.clone()),
            config,
            memory,
            robots: Mutex::default(),
        })
    }

    /// Fetches a document, following its redirects.
    pub(crate) async fn fetch(&self, request: Request<'_>) -> Result<Fetched, Failure> {
        let mut fetched = self.fetch_held(request).await;
        if let Ok(Fetched::Whole(answer)) = &mut fetched {
            answer.connection = None;
        }
        fetched
    }

    /// The same; the document counts among the requests at the same time until its connection is dropped.
    pub(crate) async fn fetch_held(&self, request: Request<'_>) -> Result<Fetched, Failure> {
        let fetched = self.follow(request, true).await;
        match &fetched {
            Ok(Fetched::Unchanged { .. }) => debug!(url = shown(request.url), "unchanged"),
            Ok(Fetched::Whole(answer)) => {
                debug!(url = shown(request.url), bytes = answer.body.len(), "fetched");
            }
            // Told once, when its site asked for it, and not of each of its articles.
            Err(failure @ Failure::Postponed(_)) => debug!(url = shown(request.url), %failure, "not asked"),
            Err(failure) => info!(url = shown(request.url), %failure, "not fetched"),
        }
        fetched
    }

    /// What the robots.txt of an address's host says, asking for it when it is not known.
    pub(crate) async fn robots(&self, url: &Url) -> Result<Robots, Failure> {
        let host = url.origin().ascii_serialization();
        if let Some(known) = self.known_robots(&host) {
            return known;
        }
        let turn = {
            let mut turns = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            Arc::clone(turns.entry(host.clone()).or_default())
        };
        let _turn = turn.lock().await;
        // Whoever had the turn before has asked.
        if let Some(known) = self.known_robots(&host) {
            return known;
        }
        self.ask_robots(url, &host).await
    }

    /// What is known of a robots.txt, while it is fresh.
    fn known_robots(&self, host: &str) -> Option<Result<Robots, Failure>> {
        let record = self.memory.robots(host)?;
        let age: Duration = clock::now().duration_since(record.fetched_at).try_into().unwrap_or_default();
        let kept = if record.error.is_some() { ROBOTS_RETRY } else { ROBOTS_KEPT };
        (age < kept).then(|| judge(&record))
    }

    async fn ask_robots(&self, url: &Url, host: &str) -> Result<Robots, Failure> {
        let Ok(address) = url.join("/robots.txt") else { return Ok(Robots::default()) };
        let request = Request {
            url: &address,
            etag: None,
            last_modified: None,
            accept: ACCEPT_ROBOTS,
            bytes_max: robots::BYTES_MAX,
        };
        let now = clock::now();
        let known = |robots| RobotsRecord {
            fetched_at: now,
            robots: Some(robots),
            unreachable_since: None,
            error: None,
        };
        let record = match Box::pin(self.follow(request, false)).await {
            Ok(Fetched::Whole(answer)) => known(Robots::read(&answer.body, &self.config.agent)),
            Ok(Fetched::Unchanged { .. }) => known(Robots::default()),
            // The site is to be left alone, and has not said for how long as far as its rules go.
            Err(failure @ Failure::Postponed(_)) => return Err(failure),
            // There is none (RFC 9309, 2.3.1.3), or it leads nowhere that may be asked.
            Err(failure) if failure.is_absence() => known(Robots::default()),
            Err(failure) => {
                info!(host, %failure, "robots.txt not read");
                let before = self.memory.robots(host);
                RobotsRecord {
                    fetched_at: now,
                    unreachable_since: before
                        .as_ref()
                        .and_then(|before| before.unreachable_since)
                        .or(Some(now)),
                    robots: before.and_then(|before| before.robots),
                    error: Some(failure.to_string()),
                }
            }
        };
        let judged = judge(&record);
        self.memory.keep_robots(host, record);
        judged
    }

    /// Asks, hop by hop.
    async fn follow(&self, request: Request<'_>, obey: bool) -> Result<Fetched, Failure> {
        let mut url = request.url.clone();
        let mut moved = None;
        let mut for_good = true;
        // What the answers take, without the waiting for turns.
        let mut left = self.config.answer_wait_max;
        for _ in 0..=REDIRECTS_MAX {
            self.check_address(&url)?;
            let site = site(&url);
            if obey && self.politeness.obeys_robots(&site) {
                let robots = self.robots(&url).await?;
                let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
                if !robots.allows(path) {
                    return Err(Failure::Disallowed);
                }
                let delay = robots.delay(self.config.crawl_delay_max);
                self.politeness.set_crawl_delay(&site, &url.origin().ascii_serialization(), delay);
            }
            let turn = self.politeness.turn(&site).await.map_err(Failure::Postponed)?;
            let began = Instant::now();
            let deadline = began + left;
            // Boxed from here on, so that the thousands that wait for their turn are small.
            let response = Box::pin(self.send(&request, &url, deadline)).await?;
            let status = response.status();
            let retry_after = retry_after(response.headers(), clock::now());
            if let Some(complaint) = self.politeness.heard(&site, status.as_u16(), retry_after) {
                self.memory.save_soon().await;
                self.politeness.tell(&site, complaint);
            }
            match status {
                StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {
                    let reading = Box::pin(self.read(response, url, moved, request.bytes_max, deadline));
                    let mut answer = reading.await?;
                    answer.connection = Some(Arc::new(turn.into_connection()));
                    return Ok(Fetched::Whole(Box::new(answer)));
                }
                StatusCode::NOT_MODIFIED if request.etag.is_some() || request.last_modified.is_some() => {
                    return Ok(Fetched::Unchanged { moved });
                }
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT => {
                    let location =
                        header(response.headers(), LOCATION).ok_or(Failure::Redirect("leads nowhere"))?;
                    let mut target = url.join(&location).map_err(|_| Failure::Redirect("leads nowhere"))?;
                    if target.fragment().is_none() {
                        target.set_fragment(url.fragment());
                    }
                    if url.scheme() == "https" && target.scheme() == "http" {
                        return Err(Failure::Redirect("leads from https to http"));
                    }
                    for_good &=
                        matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
                    if for_good {
                        moved = Some(target.clone());
                    }
                    url = target;
                    left = left.saturating_sub(began.elapsed());
                }
                StatusCode::GONE => return Err(Failure::Gone),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                    let record = self.memory.domain(&site);
                    let until = record.blocked_until.unwrap_or_else(clock::now);
                    return Err(Failure::Postponed(Blocked { until, reason: record.reason }));
                }
                status => return Err(Failure::Status(status.as_u16())),
            }
        }
        Err(Failure::Redirect("is one of too many"))
    }

    /// Holds an address against the guard, as far as it can be told before names are looked up.
    fn check_address(&self, url: &Url) -> Result<(), Failure> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Failure::Address(format!("{} is no scheme of the web", url.scheme())));
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err(Failure::Address("it has no host".to_owned())),
        };
        if self.guard.admits(address) { Ok(()) } else { Err(Failure::refused(&[address])) }
    }

    /// Sends one request and waits for the head of its answer.
    async fn send(&self, request: &Request<'_>, url: &Url, deadline: Instant) -> Result<Response, Failure> {
        let mut sending = self.client.get(url.clone()).header(ACCEPT, request.accept);
        if let Some(etag) = request.etag {
            sending = sending.header(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = request.last_modified {
            sending = sending.header(IF_MODIFIED_SINCE, last_modified);
        }
        let wait = self.config.connect_wait_max + self.config.silence_max;
        let until = deadline.min(Instant::now() + wait);
        match tokio::time::timeout_at(until, sending.send()).await {
            Ok(sent) => sent.map_err(|error| Failure::of(&error)),
            Err(_) => Err(Failure::Slow("the head of its answer did not come in time".to_owned())),
        }
    }

    /// Reads a body, decompressed, as long as it comes fast enough.
    async fn read(
        &self,
        mut response: Response,
        url: Url,
        moved: Option<Url>,
        bytes_max: usize,
        deadline: Instant,
    ) -> Result<Answer, Failure> {
        let headers = response.headers();
        let (media_type, charset) = media_type(headers);
        let (etag, last_modified) = answer::validators(headers);
        let status = response.status().as_u16();
        let fields = headers.clone();
        // Of a compressed body the length is not known; the client takes the header away then.
        let declared = response.content_length();
        let mut body =
            Vec::with_capacity(declared.map_or(0, |length| bytes_max.min(length as usize).min(1 << 20)));
        let began = Instant::now();
        let mut cut = false;
        while !cut {
            let until = deadline.min(Instant::now() + self.config.silence_max);
            let chunk = match tokio::time::timeout_at(until, response.chunk()).await {
                Ok(Ok(Some(chunk))) => chunk,
                Ok(Ok(None)) => break,
                Ok(Err(error)) => return Err(Failure::of(&error)),
                Err(_) => return Err(Failure::Slow(format!("it stopped after {} bytes", body.len()))),
            };
            let room = bytes_max - body.len();
            cut = chunk.len() > room;
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            let took = began.elapsed();
            if took > SPEED_AFTER && (body.len() as u64) < self.config.bytes_per_second_min * took.as_secs() {
                return Err(Failure::Slow(format!("it sent {} bytes in {} s", body.len(), took.as_secs())));
            }
        }
        let read = body.len() as u64;
        Ok(Answer {
            url,
            moved,
            status,
            fields,
            etag,
            last_modified,
            media_type,
            charset,
            body: Bytes::from(body),
            length: if cut { declared.unwrap_or(0).max(read + 1) } else { read },
            cut,
            observed_at: clock::now(),
            connection: None,
        })
    }
}

/// What a record of a robots.txt means now.
fn judge(record: &RobotsRecord) -> Result<Robots, Failure> {
    if let Some(robots) = &record.robots {
        return Ok(robots.clone());
    }
    let now = clock::now();
    let since = record.unreachable_since.unwrap_or(now);
    let unreachable: Duration = now.duration_since(since).try_into().unwrap_or_default();
    if unreachable > ROBOTS_UNREACHABLE_MAX {
        return Ok(Robots::default());
    }
    let until = record.fetched_at.saturating_add(ROBOTS_RETRY).unwrap_or(now);
    let error = record.error.as_deref().unwrap_or("no answer");
    Err(Failure::Postponed(Blocked { until, reason: format!("its robots.txt cannot be had: {error}") }))
}

#[cfg(test)]
mod tests;
