//! One address that is looked at again and again: when it is due, and what a look comes to.

use std::time::Duration;

use document::address::shown;
use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};
use url::Url;

use crate::article::Desk;
use crate::clock;
use crate::fetch::Failure;
use crate::memory::{Look, Moved};
use crate::schedule::{Bounds, jittered, jittered_up};
use crate::source::{Interval, WebUrl};

/// A permanent redirect is believed when it was met so often …
const MOVED_TIMES: u32 = 5;
/// … over so long: a site that is being rebuilt changes its mind.
const MOVED_SINCE: SignedDuration = SignedDuration::from_hours(3 * 24);
/// The clock is looked at so often while something is not due: it may be set.
const LOOK_AT_CLOCK: Duration = Duration::from_mins(1);

/// An address of a source.
#[derive(Debug)]
pub(crate) struct Poll<'a> {
    desk: &'a Desk,
    url: &'a Url,
    pub(crate) bounds: Bounds,
}

/// What a look that succeeded brought.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Whether there was something new.
    pub(crate) news: bool,
    /// Dates of the newest items.
    pub(crate) dates: Vec<Timestamp>,
    /// How rarely the publisher wants to be asked.
    pub(crate) asked: Option<Duration>,
    /// When what was left undone can be taken up.
    pub(crate) again_at: Option<Timestamp>,
}

impl<'a> Poll<'a> {
    pub(crate) fn new(desk: &'a Desk, url: &'a WebUrl, interval: Interval) -> Self {
        let fetch = &desk.web.config.fetch;
        let bounds = Bounds {
            min: interval.min.unwrap_or(fetch.interval_min),
            max: interval.max.unwrap_or(fetch.interval_max),
        };
        Self { desk, url: &url.0, bounds }
    }

    /// What is known of it.
    pub(crate) fn look(&self) -> Look {
        self.desk.web.memory.look(&self.desk.source, self.url.as_str())
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Look)) {
        self.desk.web.memory.change_look(&self.desk.source, self.url.as_str(), change);
    }

    /// Takes note that a look ended, and how.
    pub(crate) fn ended(&self, change: impl FnOnce(&mut Look)) {
        self.change(|look| {
            look.reading_since = None;
            change(look);
        });
    }

    /// Called once, before the first wait. Where our own rules forbade the last look, they may be others now.
    pub(crate) fn begin(&self) {
        let refused = self.look().refused;
        // A source that was stopped in the middle of a look, and is taken up anew, is not being looked at.
        self.ended(|look| {
            if refused {
                (look.refused, look.due_at) = (false, None);
            }
        });
    }

    /// Waits until a look is due; false when the watcher is to stop first.
    pub(crate) async fn until_due(&self) -> bool {
        let due = async {
            loop {
                let look = self.look();
                if let Some(since) = look.gone_at {
                    warn!(source = %self.desk.source, url = %WebUrl(self.url.clone()), %since,
                        "source is gone for good (410) and not asked any more; change its url or remove it");
                    std::future::pending::<()>().await;
                }
                let left: Duration = look
                    .due_at
                    .map(|due| due.duration_since(clock::now()).try_into().unwrap_or_default())
                    .unwrap_or_default();
                if left.is_zero() {
                    break;
                }
                tokio::time::sleep(left.min(LOOK_AT_CLOCK)).await;
            }
        };
        let is_due = self.desk.unless_stopped(due).await.is_some();
        if is_due {
            self.change(|look| look.reading_since = Some(clock::now()));
        }
        is_due
    }

    /// Where to ask: the address itself, or where it moved for good.
    pub(crate) fn address(&self) -> Url {
        let moved = self.look().moved.filter(|moved| {
            moved.times >= MOVED_TIMES && clock::now().duration_since(moved.since) >= MOVED_SINCE
        });
        moved.and_then(|moved| Url::parse(&moved.to).ok()).unwrap_or_else(|| self.url.clone())
    }

    /// Takes note of a permanent redirect, or that there was none.
    pub(crate) fn note_moved(&self, asked: &Url, to: Option<&Url>) {
        if asked != self.url {
            return;
        }
        let now = clock::now();
        self.change(|look| {
            look.moved = to.map(|to| match look.moved.take() {
                Some(moved) if moved.to == to.as_str() => {
                    Moved { times: moved.times.saturating_add(1), ..moved }
                }
                _ => Moved { to: to.to_string(), since: now, times: 1 },
            });
        });
        if let Some(moved) = self.look().moved
            && moved.times == MOVED_TIMES
        {
            let to = to.map(shown);
            info!(source = %self.desk.source, url = %WebUrl(self.url.clone()), to,
                "address moved for good; change the configuration");
        }
    }

    /// Takes note of a look that succeeded, and sets the next one.
    pub(crate) fn succeeded(&self, seen: &Seen) {
        let now = clock::now();
        self.ended(|look| {
            let last = look.interval_s.map(Duration::from_secs);
            let interval = self.bounds.next(last, seen.news, &seen.dates, seen.asked, now);
            look.interval_s = Some(interval.as_secs());
            look.succeeded_at = Some(now);
            if seen.news {
                look.changed_at = Some(now);
            }
            look.failures = 0;
            look.error = None;
            look.refused = false;
            look.due_at = Some(self.bounds.due(interval, seen.asked, seen.again_at, now));
        });
    }

    /// Takes note of a look that failed, and sets the next one.
    pub(crate) fn failed(&self, asked: &Url, failure: &Failure) {
        if let Failure::Postponed(blocked) = failure {
            // Nobody's fault: it comes when its site is ready, and not all sources of the site at once.
            let least = jittered(Duration::from_secs(5));
            let until = blocked.until.max(clock::now()).saturating_add(least).unwrap_or(blocked.until);
            return self.ended(|look| {
                look.due_at = Some(until);
                look.error = Some(failure.to_string());
            });
        }
        if *failure == Failure::Gone && asked == self.url {
            return self.ended(|look| {
                look.gone_at = Some(clock::now());
                look.error = Some(failure.to_string());
            });
        }
        self.broken(&failure.to_string());
        self.change(|look| look.refused = matches!(failure, Failure::Address(_)));
        if asked != self.url {
            // Where it moved to is no place to stay.
            self.change(|look| look.moved = None);
        }
    }

    /// Takes note of a look that brought nothing usable.
    pub(crate) fn broken(&self, what: &str) {
        let now = clock::now();
        let mut failures = 0;
        self.ended(|look| {
            look.failures = look.failures.saturating_add(1);
            failures = look.failures;
            let pause = jittered_up(self.bounds.after_failures(look.failures));
            look.due_at = Some(now.saturating_add(pause).unwrap_or(Timestamp::MAX));
            look.error = Some(what.to_owned());
        });
        warn!(source = %self.desk.source, url = %WebUrl(self.url.clone()), failures, what, "source not read");
    }
}
