//! When is a source due again? Pure functions of what was seen.

use std::time::Duration;

use jiff::Timestamp;

/// The bounds that an interval keeps to, whatever a publisher asks or a rhythm suggests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) min: Duration,
    pub(crate) max: Duration,
}

/// Items whose rhythm is looked at.
const RHYTHM_ITEMS: usize = 12;

impl Bounds {
    /// `interval`, within the bounds. Where they contradict each other, the pause that is longer is kept.
    pub(crate) fn hold(self, interval: Duration) -> Duration {
        interval.min(self.max).max(self.min)
    }

    /// The interval after a look that brought something new, or did not.
    ///
    /// `dates` are those of the newest items, in any order: half their usual distance is the interval, and it grows
    /// with the silence since the last one. Without dates the last interval is halved by news and grows by half
    /// without. `asked` is what the publisher asks for (`ttl`, `sy:updatePeriod`): never more often than that.
    pub(crate) fn next(
        self,
        last: Option<Duration>,
        news: bool,
        dates: &[Timestamp],
        asked: Option<Duration>,
        now: Timestamp,
    ) -> Duration {
        let observed = rhythm(dates, now).unwrap_or_else(|| match last {
            None => self.min,
            Some(last) if news => last / 2,
            Some(last) => last + last / 2,
        });
        self.hold(observed.max(asked.unwrap_or_default()))
    }

    /// When the next look is due, after a look at `now`. `again_at`, when something that was left undone can be taken up,
    /// makes it earlier than `interval` would; never than the least interval and the publisher's wish allow.
    pub(crate) fn due(
        self,
        interval: Duration,
        asked: Option<Duration>,
        again_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Timestamp {
        let after = |pause| now.saturating_add(jittered_up(pause)).unwrap_or(Timestamp::MAX);
        let (least, due) = (after(self.hold(asked.unwrap_or_default())), after(interval));
        again_at.map_or(due, |again| again.max(least).min(due))
    }

    /// The pause after a failure: it doubles with each in a row.
    pub(crate) fn after_failures(self, failures: u32) -> Duration {
        let doubled = self.min.saturating_mul(1 << failures.saturating_sub(1).min(16));
        self.hold(doubled)
    }
}

/// Half the median distance of the newest items; or a quarter of the silence since the newest, where that is longer.
fn rhythm(dates: &[Timestamp], now: Timestamp) -> Option<Duration> {
    let mut dates: Vec<_> = dates.iter().copied().filter(|date| *date <= now).collect();
    dates.sort_unstable();
    dates.reverse();
    dates.truncate(RHYTHM_ITEMS);
    let mut gaps: Vec<_> = dates.windows(2).map(|pair| between(pair[1], pair[0])).collect();
    if gaps.len() < 2 {
        return None;
    }
    gaps.sort_unstable();
    let usual = gaps[gaps.len() / 2] / 2;
    Some(usual.max(between(*dates.first()?, now) / 4))
}

fn between(earlier: Timestamp, later: Timestamp) -> Duration {
    later.duration_since(earlier).try_into().unwrap_or_default()
}

/// `pause`, longer or shorter by up to a tenth: sources that fail together must not come back together.
pub(crate) fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.9 + 0.2 * fastrand::f64())
}

/// `pause`, longer by up to a tenth: where it is the least that was promised.
pub(crate) fn jittered_up(pause: Duration) -> Duration {
    pause.mul_f64(1.0 + 0.1 * fastrand::f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { min: Duration::from_mins(5), max: Duration::from_hours(12) };

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    /// The interval, in minutes, of a feed whose items are so many minutes old.
    fn check(ages_min: &[i64], asked_min: Option<u64>, expected_min: u64) {
        let dates: Vec<_> =
            ages_min.iter().map(|age| now() - jiff::SignedDuration::from_mins(*age)).collect();
        let next = BOUNDS.next(None, false, &dates, asked_min.map(Duration::from_mins), now());
        assert_eq!(next, Duration::from_mins(expected_min), "{ages_min:?}, asked {asked_min:?}");
    }

    #[test]
    fn a_feed_is_asked_as_often_as_it_speaks() {
        check(&[0, 60, 120, 180], None, 30);
        check(&[0, 1, 2, 3, 4], None, 5);
        check(&[0, 1440, 2880, 4320], None, 720);
        // Silent for ten hours, whatever it did before.
        check(&[600, 610, 620, 630], None, 150);
        // Dates in the future are no rhythm.
        check(&[-600, -60, -6000], None, 5);
        check(&[], None, 5);
    }

    #[test]
    fn what_the_publisher_asks_is_kept_within_the_bounds() {
        check(&[0, 60, 120, 180], Some(60), 60);
        check(&[0, 60, 120, 180], Some(10), 30);
        check(&[0, 60, 120, 180], Some(100_000), 720);
    }

    #[test]
    fn without_dates_news_decide() {
        let next = |last, news| BOUNDS.next(Some(Duration::from_mins(last)), news, &[], None, now());
        assert_eq!(next(60, true), Duration::from_mins(30));
        assert_eq!(next(60, false), Duration::from_mins(90));
        assert_eq!(next(6, true), Duration::from_mins(5));
        assert_eq!(next(700, false), Duration::from_hours(12));
    }

    #[test]
    fn failures_make_it_rarer() {
        assert_eq!(BOUNDS.after_failures(1), Duration::from_mins(5));
        assert_eq!(BOUNDS.after_failures(3), Duration::from_mins(20));
        assert_eq!(BOUNDS.after_failures(1000), Duration::from_hours(12));
    }

    #[test]
    fn no_look_comes_earlier_than_was_promised() {
        let check = |interval: u64, asked: Option<u64>, again: Option<i64>, from: f64, to: f64| {
            for _ in 0..100 {
                let again = again.map(|minutes| now() + jiff::SignedDuration::from_mins(minutes));
                let (interval, asked) = (Duration::from_mins(interval), asked.map(Duration::from_mins));
                let due =
                    BOUNDS.due(interval, asked, again, now()).duration_since(now()).as_secs_f64() / 60.0;
                assert!((from..=to).contains(&due), "{interval:?} {asked:?} {again:?}: {due}");
            }
        };
        check(5, None, None, 5.0, 5.5);
        check(60, Some(60), None, 60.0, 66.0);
        check(60, None, Some(1), 5.0, 5.5);
        check(60, None, Some(20), 20.0, 20.0);
        check(60, Some(30), Some(1), 30.0, 33.0);
        check(60, None, Some(90), 60.0, 66.0);
    }

    #[test]
    fn jitter_is_a_tenth() {
        for _ in 0..100 {
            let pause = jittered(Duration::from_secs(100));
            assert!((90.0..=110.0).contains(&pause.as_secs_f64()));
            let pause = jittered_up(Duration::from_secs(100));
            assert!((100.0..=110.0).contains(&pause.as_secs_f64()));
        }
    }
}
