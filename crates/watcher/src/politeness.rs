//! How often may a site be asked? One budget for each registrable domain, whatever its hosts and whoever asks.
//!
//! A request waits for its turn without holding anything but its place in the queue. A domain that said "not now" is
//! not waited for: whoever wants it is told when to come back. What a domain asked for outlives a restart.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tracing::{info, warn};

use crate::clock;
use crate::config::Fetch;
use crate::memory::Memory;
use crate::schedule::jittered;

/// A pause up to this long is waited for in the queue.
const WAITED_FOR: Duration = Duration::from_secs(5);
/// First pause after a refusal that does not say how long.
const REFUSED_FIRST: Duration = Duration::from_secs(30);
/// So many answers 403 in a row mean that we ask too often.
const FORBIDDEN_BURST: u32 = 3;
/// An interval is doubled at most this many times.
const SLOWED_MAX: u32 = 6;
/// Interval that is doubled where none is configured.
const SLOWED_FIRST: Duration = Duration::from_millis(500);
/// Good answers in a row after which one doubling is taken back.
const FORGIVEN_AFTER: u32 = 20;

/// The budgets of all domains.
#[derive(Debug)]
pub(crate) struct Politeness {
    config: Fetch,
    memory: Memory,
    domains: Mutex<HashMap<String, Arc<Domain>>>,
    /// Requests at the same time, over all domains.
    connections: Arc<Semaphore>,
}

/// The budget of one registrable domain.
#[derive(Debug)]
struct Domain {
    interval: Duration,
    connections: Arc<Semaphore>,
    /// When the next request may be made. Whoever holds it waits until then, and the others behind.
    next: tokio::sync::Mutex<Instant>,
    /// Pauses that the robots.txt of its hosts ask for.
    crawl_delays: Mutex<HashMap<String, Duration>>,
    good: AtomicU32,
}

/// A request's turn, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _domain: OwnedSemaphorePermit,
    all: OwnedSemaphorePermit,
}

impl Turn {
    /// The domain may be asked again; of the requests at the same time, this stays one until the rest is dropped.
    pub(crate) fn into_connection(self) -> OwnedSemaphorePermit {
        self.all
    }
}

/// A domain wants to be left alone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Blocked {
    pub(crate) until: Timestamp,
    pub(crate) reason: String,
}

/// A site wants to be left alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Complaint {
    status: u16,
    /// Whether it was not left alone already.
    is_first: bool,
}

impl Politeness {
    pub(crate) fn new(config: Fetch, memory: Memory) -> Self {
        let connections = Arc::new(Semaphore::new(config.connections_max.clamp(1, Semaphore::MAX_PERMITS)));
        Self { config, memory, domains: Mutex::default(), connections }
    }

    /// Waits until a request may be made to `site`.
    ///
    /// # Errors
    ///
    /// When the site asked for a pause that is not worth waiting for here.
    pub(crate) async fn turn(&self, site: &str) -> Result<Turn, Blocked> {
        let domain = self.domain(site);
        self.check(site)?;
        let connections = Arc::clone(&domain.connections);
        let (Ok(permit), mut next) = (connections.acquire_owned().await, domain.next.lock().await) else {
            return Err(closed());
        };
        let all = loop {
            // It may have been blocked meanwhile, by the answer to the one before.
            let pause = self.check(site)?;
            let until = (*next).max(Instant::now() + pause);
            if until > Instant::now() {
                tokio::time::sleep_until(until).await;
                continue;
            }
            // Last, so that no domain that waits for its own turn keeps another from its.
            let Ok(all) = Arc::clone(&self.connections).acquire_owned().await else { return Err(closed()) };
            if self.check(site)?.is_zero() {
                break all;
            }
        };
        // Counted from when the request is made, however long it waited for a connection.
        *next = Instant::now() + self.interval(site, &domain);
        drop(next);
        Ok(Turn { _domain: permit, all })
    }

    /// Takes note of an answer's status, and of the pause that it asks for, by which the site wants to be left
    /// alone from now on.
    pub(crate) fn heard(&self, site: &str, status: u16, retry_after: Option<Duration>) -> Option<Complaint> {
        let domain = self.domain(site);
        let now = clock::now();
        if (200..400).contains(&status) {
            let good = domain.good.fetch_add(1, Ordering::Relaxed) + 1;
            self.memory.change_domain(site, |record| {
                record.refusals = 0;
                record.forbidden = 0;
                if good.is_multiple_of(FORGIVEN_AFTER) {
                    record.slowed = record.slowed.saturating_sub(1);
                }
                if record.blocked_until.is_some_and(|until| until <= now) {
                    record.blocked_until = None;
                    record.reason.clear();
                }
            });
            return None;
        }
        let refused = match status {
            429 | 503 => true,
            403 => {
                self.memory.change_domain(site, |record| record.forbidden += 1);
                self.memory.domain(site).forbidden >= FORBIDDEN_BURST
            }
            _ => return None,
        };
        if !refused {
            return None;
        }
        domain.good.store(0, Ordering::Relaxed);
        let longest = self.config.retry_after_max;
        let mut is_first = false;
        self.memory.change_domain(site, |record| {
            record.forbidden = 0;
            // Requests that were on their way together are refused together, and that is one refusal.
            let news = record.blocked_until.is_none_or(|until| until <= now);
            if news {
                record.refusals += 1;
                record.slowed = (record.slowed + 1).min(SLOWED_MAX);
            }
            let doubled = REFUSED_FIRST.saturating_mul(1 << (record.refusals.saturating_sub(1)).min(20));
            let pause = retry_after.unwrap_or_else(|| jittered(doubled)).min(longest);
            let until = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
            is_first = news;
            if news || record.blocked_until.is_none_or(|before| until > before) {
                record.blocked_until = Some(until);
                record.reason = match retry_after {
                    Some(_) => format!("it answered {status} and asks for a pause"),
                    None => format!("it answered {status}"),
                };
            }
        });
        Some(Complaint { status, is_first })
    }

    /// Tells of a complaint that was noted, once for all requests that met it.
    pub(crate) fn tell(&self, site: &str, complaint: Complaint) {
        let Complaint { status, is_first } = complaint;
        let record = self.memory.domain(site);
        if let Some(until) = record.blocked_until.filter(|_| is_first) {
            warn!(site, status, %until, slowed = record.slowed, "site wants to be asked less often");
        }
    }

    /// Takes note of the pause that the robots.txt of a host of the site asks for now.
    pub(crate) fn set_crawl_delay(&self, site: &str, host: &str, delay: Option<Duration>) {
        let domain = self.domain(site);
        let mut delays = domain.crawl_delays.lock().unwrap_or_else(PoisonError::into_inner);
        if delays.get(host).copied() == delay {
            return;
        }
        if let Some(delay) = delay {
            info!(host, delay_s = delay.as_secs_f64(), "host asks for a crawl delay");
            delays.insert(host.to_owned(), delay);
        } else {
            info!(host, "host asks for no crawl delay any more");
            delays.remove(host);
        }
    }

    /// Whether the robots.txt of a site is obeyed.
    pub(crate) fn obeys_robots(&self, site: &str) -> bool {
        self.rules(site).and_then(|rules| rules.robots).unwrap_or(self.config.robots)
    }

    /// How long a site is to be left alone; an error when that is longer than a request waits.
    fn check(&self, site: &str) -> Result<Duration, Blocked> {
        let record = self.memory.domain(site);
        let Some(until) = record.blocked_until else { return Ok(Duration::ZERO) };
        let left: Duration = until.duration_since(clock::now()).try_into().unwrap_or_default();
        if left > WAITED_FOR { Err(Blocked { until, reason: record.reason }) } else { Ok(left) }
    }

    fn interval(&self, site: &str, domain: &Domain) -> Duration {
        let crawl_delays = domain.crawl_delays.lock().unwrap_or_else(PoisonError::into_inner);
        let interval = crawl_delays.values().copied().fold(domain.interval, Duration::max);
        drop(crawl_delays);
        match self.memory.domain(site).slowed {
            0 => interval,
            slowed => interval.max(SLOWED_FIRST).saturating_mul(1 << slowed.min(SLOWED_MAX)),
        }
    }

    fn rules(&self, site: &str) -> Option<&crate::config::Domain> {
        self.config.domains.iter().find(|rules| rules.name.eq_ignore_ascii_case(site))
    }

    fn domain(&self, site: &str) -> Arc<Domain> {
        let mut domains = self.domains.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(domain) = domains.get(site) {
            return Arc::clone(domain);
        }
        let rules = self.rules(site);
        let connections =
            rules.and_then(|rules| rules.connections_max).unwrap_or(self.config.domain_connections_max);
        let mut domain = Domain {
            interval: rules.and_then(|rules| rules.interval).unwrap_or(self.config.domain_interval),
            connections: Arc::new(Semaphore::new(connections.clamp(1, Semaphore::MAX_PERMITS))),
            next: tokio::sync::Mutex::new(Instant::now()),
            crawl_delays: Mutex::default(),
            good: AtomicU32::new(0),
        };
        if self.memory.domain(site).slowed > 0 {
            // It complained before the restart, and may have been asked just before it.
            domain.next = tokio::sync::Mutex::new(Instant::now() + self.interval(site, &domain));
        }
        let domain = Arc::new(domain);
        domains.insert(site.to_owned(), Arc::clone(&domain));
        domain
    }
}

/// The semaphores are never closed.
fn closed() -> Blocked {
    Blocked { until: clock::now(), reason: "the fetcher is closed".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::defaults;

    fn politeness(change: impl FnOnce(&mut Fetch)) -> Politeness {
        let mut config = defaults().fetch;
        config.domain_interval = Duration::from_secs(2);
        change(&mut config);
        Politeness::new(config, Memory::at("/nowhere".into()))
    }

    #[tokio::test(start_paused = true)]
    async fn a_domain_is_asked_once_an_interval_and_others_meanwhile() {
        let politeness = politeness(|config| config.domain_connections_max = 8);
        let began = Instant::now();
        for _ in 0..3 {
            drop(politeness.turn("a.example").await.unwrap());
        }
        assert_eq!(began.elapsed().as_secs(), 4);
        drop(politeness.turn("b.example").await.unwrap());
        assert_eq!(began.elapsed().as_secs(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn the_interval_counts_from_the_request_however_long_it_waited() {
        let politeness = Arc::new(politeness(|config| config.connections_max = 1));
        let busy = politeness.turn("b.example").await.unwrap();
        let waiting = tokio::spawn({
            let politeness = Arc::clone(&politeness);
            async move { politeness.turn("a.example").await.map(drop) }
        });
        tokio::time::sleep(Duration::from_secs(10)).await;
        drop(busy);
        waiting.await.unwrap().unwrap();
        let began = Instant::now();
        drop(politeness.turn("a.example").await.unwrap());
        assert_eq!(began.elapsed().as_secs(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_at_the_same_time_are_bounded() {
        let politeness = Arc::new(politeness(|config| {
            config.domain_interval = Duration::ZERO;
            config.domain_connections_max = 2;
        }));
        let turns =
            [politeness.turn("a.example").await.unwrap(), politeness.turn("a.example").await.unwrap()];
        let third = politeness.turn("a.example");
        tokio::pin!(third);
        assert!(tokio::time::timeout(Duration::from_hours(1), &mut third).await.is_err());
        drop(turns);
        assert!(third.await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_that_was_asked_for_is_kept_by_the_whole_domain() {
        let politeness = politeness(|_| {});
        assert!(politeness.heard("a.example", 429, Some(Duration::from_secs(3))).is_some());
        let began = Instant::now();
        drop(politeness.turn("a.example").await.unwrap());
        assert!(began.elapsed() >= Duration::from_secs(3), "a short pause is waited for");
        assert!(politeness.heard("a.example", 503, Some(Duration::from_mins(10))).is_some());
        let blocked = politeness.turn("a.example").await.unwrap_err();
        assert!(blocked.reason.contains("503"), "{blocked:?}");
        assert!(politeness.turn("b.example").await.is_ok());
        tokio::time::advance(Duration::from_mins(10)).await;
        assert!(politeness.turn("a.example").await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_double_the_pause_and_the_interval() {
        let politeness = politeness(|_| {});
        let mut last = Duration::ZERO;
        for _ in 0..4 {
            politeness.heard("a.example", 429, None);
            // One that was on its way at the same time.
            politeness.heard("a.example", 429, None);
            let until = politeness.memory.domain("a.example").blocked_until.unwrap();
            let pause: Duration = until.duration_since(clock::now()).try_into().unwrap();
            assert!(pause > last, "{pause:?} after {last:?}");
            last = pause;
            tokio::time::advance(pause).await;
        }
        assert!((200.0..300.0).contains(&last.as_secs_f64()), "{last:?}");
        let domain = politeness.domain("a.example");
        assert_eq!(politeness.interval("a.example", &domain), Duration::from_secs(32));
        for _ in 0..100 {
            politeness.heard("a.example", 200, None);
        }
        assert_eq!(politeness.interval("a.example", &domain), Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_retry_after_is_capped() {
        let politeness = politeness(|config| config.retry_after_max = Duration::from_hours(1));
        politeness.heard("a.example", 429, Some(Duration::from_hours(10_000)));
        tokio::time::advance(Duration::from_hours(1)).await;
        assert!(politeness.turn("a.example").await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_of_403_means_slower_and_a_single_one_does_not() {
        let politeness = politeness(|_| {});
        assert!(politeness.heard("a.example", 403, None).is_none());
        assert!(politeness.heard("a.example", 200, None).is_none());
        assert!(politeness.heard("a.example", 403, None).is_none());
        assert!(politeness.heard("a.example", 403, None).is_none());
        assert!(politeness.heard("a.example", 403, None).is_some());
        assert!(politeness.turn("a.example").await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_restart_does_not_forget() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.redb");
        let memory = Memory::at(path.clone());
        memory.open().unwrap();
        let config = defaults().fetch;
        let politeness = Politeness::new(config.clone(), memory.clone());
        politeness.heard("a.example", 429, Some(Duration::from_hours(2)));
        memory.save();
        drop((politeness, memory));
        let memory = Memory::at(path);
        memory.open().unwrap();
        assert!(Politeness::new(config, memory).turn("a.example").await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn the_longest_crawl_delay_of_its_hosts_is_the_interval_where_it_is_longer() {
        let politeness = politeness(|_| {});
        let delay = |host, seconds: Option<u64>| {
            politeness.set_crawl_delay("a.example", host, seconds.map(Duration::from_secs));
        };
        let check = async |expected: u64| {
            drop(politeness.turn("a.example").await.unwrap());
            let began = Instant::now();
            drop(politeness.turn("a.example").await.unwrap());
            assert_eq!(began.elapsed().as_secs(), expected);
        };
        delay("www.a.example", Some(10));
        delay("m.a.example", Some(3));
        check(10).await;
        // What a robots.txt does not ask for any more is not kept.
        delay("www.a.example", Some(5));
        check(5).await;
        delay("www.a.example", None);
        check(3).await;
    }
}
