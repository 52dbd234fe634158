//! When is a file complete? A pure state machine: it is told signs with their times, and asked with a time.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::fingerprint::Stat;

/// A time, as what has passed since the folder began to be watched.
pub(crate) type Moment = Duration;

/// Pause between the close of a file and its reading, for a writer that sets times and modes afterwards, or that
/// opens the file once more.
pub(crate) const DEBOUNCE: Duration = Duration::from_millis(15);
/// Within this time two writes can bear the same time stamp: the tick of a kernel at 100 Hz.
const TICK: Duration = Duration::from_millis(10);
/// The same for file systems that keep whole or even seconds only (FAT, ext3, some servers).
const COARSE_TICK: Duration = Duration::from_secs(2);

/// How long to wait for what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// A file that nobody was heard to write or close is complete once size and time stood still for this long.
    pub(crate) stable: Duration,
    /// A file that is being written, or is empty, is waited for until nothing happened for this long.
    pub(crate) quiet_max: Duration,
    /// First and longest pause before a document that was lost is offered again.
    pub(crate) retry: (Duration, Duration),
}

/// A look at a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// What the system said.
    pub(crate) stat: Stat,
    /// How long ago the file was last written, by our clock; `None` when its time lies in the future, or is told by
    /// a clock that may not agree with ours.
    pub(crate) age: Option<Duration>,
}

/// What can be heard about a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// It appeared: created, or linked to.
    Created,
    /// Bytes of it were written or cut.
    Modified,
    /// A writer closed it.
    Closed,
    /// It was renamed to this path.
    Arrived,
    /// Its mode, owner, times or number of names changed.
    Touched,
    /// A scan saw it.
    Seen(Seen),
    /// It was removed, or renamed to another path.
    Gone,
}

/// What speaks for a file being complete. It is weighed against a look at the file before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// Its writer closed it, or gave it its name, or was silent for the longest wait.
    Closed,
    /// It appeared, and nothing more was heard: complete at once if it is a link to a file that has another name.
    Appeared,
    /// It is there; only its age can tell.
    Noticed,
    /// It was seen so, and is complete if it still is so now.
    Stable(Stat),
}

/// What evidence and a look at the file come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It can be read now.
    Complete,
    /// It can be read after this pause, on the same evidence.
    Soon(Duration),
    /// It must stand still first.
    Unsettled,
}

impl Evidence {
    /// Weighs the evidence against a look at the file.
    ///
    /// No file is read while its time stamp could still hide a later write. That is what allows equal size and time
    /// to mean "unchanged" ever after. It also leaves the event of a write that began just now the time to be heard.
    pub(crate) fn weigh(self, seen: &Seen, patience: &Patience) -> Verdict {
        let tick = if seen.stat.modified_ns % 1_000_000_000 == 0 { COARSE_TICK } else { TICK };
        match seen.age {
            Some(age) if age < tick => return Verdict::Soon(tick.saturating_sub(age)),
            _ => (),
        }
        let complete = match self {
            // A file that is written anew is cut to nothing first, and what is heard of that may come late.
            Self::Closed if seen.stat.bytes == 0 => {
                let left = patience.stable.saturating_sub(seen.age.unwrap_or(patience.stable));
                return if left.is_zero() { Verdict::Complete } else { Verdict::Soon(left) };
            }
            Self::Closed => true,
            Self::Stable(before) => seen.stat.is_unwritten_since(&before),
            Self::Appeared if seen.stat.links > 1 && seen.stat.bytes > 0 => true,
            Self::Appeared | Self::Noticed => patience.remaining(seen).is_zero(),
        };
        if complete { Verdict::Complete } else { Verdict::Unsettled }
    }
}

impl Patience {
    /// How long a file has to stand still.
    fn wait(&self, seen: &Seen) -> Duration {
        if seen.stat.bytes == 0 { self.quiet_max } else { self.stable }
    }

    /// How much longer a file has to stand still, counting what its age says it did already.
    fn remaining(&self, seen: &Seen) -> Duration {
        self.wait(seen).saturating_sub(seen.age.unwrap_or_default())
    }

    /// Pause before a document is offered again that was lost this many times before.
    pub(crate) fn retry_pause(&self, lost_before: u32) -> Duration {
        let (first, longest) = self.retry;
        first.saturating_mul(1 << lost_before.min(20)).min(longest)
    }
}

/// The files that wait to be complete, and those that were taken to be read and are on their way.
///
/// A file that is taken is not handed out again until it is released; what is heard meanwhile is kept for then.
#[derive(Debug)]
pub(crate) struct Ready {
    patience: Patience,
    waiting: HashMap<Arc<Path>, Waiting>,
    /// Those of `waiting` that are not taken, by when they are due and then by when they were found.
    queue: BTreeSet<(Moment, u64, Arc<Path>)>,
    taken: HashMap<Arc<Path>, Taken>,
    found: u64,
}

/// A file that is handed out to be read.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    /// Its path in the folder.
    pub(crate) path: Arc<Path>,
    /// What speaks for it being complete.
    pub(crate) evidence: Evidence,
    /// Set when the file is heard to be written or replaced: the evidence is not worth anything then, and what may
    /// have been read of the file is to be dropped if it is not yet sent.
    pub(crate) overtaken: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Taken {
    /// How often the file was lost before.
    lost_before: u32,
    overtaken: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Waiting {
    evidence: Evidence,
    due: Moment,
    order: u64,
    lost_before: u32,
    /// Whether it was heard to be written and not yet to be closed, so that a scan knows less than we do.
    open: bool,
}

impl Ready {
    /// No file waits.
    pub(crate) fn new(patience: Patience) -> Self {
        Self { patience, waiting: HashMap::new(), queue: BTreeSet::new(), taken: HashMap::new(), found: 0 }
    }

    /// How many files wait, those aside that are on their way.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many files are on their way.
    pub(crate) fn taken(&self) -> usize {
        self.taken.len()
    }

    /// How often a file that is on its way was lost before.
    pub(crate) fn lost_before(&self, path: &Path) -> u32 {
        self.taken.get(path).map_or(0, |taken| taken.lost_before)
    }

    /// Whether something is known of this path already.
    pub(crate) fn knows(&self, path: &Path) -> bool {
        self.waiting.contains_key(path)
    }

    /// Takes in what was heard about a path.
    pub(crate) fn sign(&mut self, path: &Path, sign: Sign, now: Moment) {
        if matches!(sign, Sign::Created | Sign::Modified | Sign::Arrived)
            && let Some(taken) = self.taken.get(path)
        {
            taken.overtaken.store(true, Ordering::Release);
        }
        let before = self.waiting.get(path);
        let soon = now + DEBOUNCE;
        let (evidence, due, open) = match sign {
            Sign::Gone => {
                self.forget(path);
                return;
            }
            Sign::Created => (Evidence::Appeared, soon, false),
            // Silence is told by the time when this is due: each write puts it off.
            Sign::Modified => (Evidence::Closed, now + self.patience.quiet_max, true),
            Sign::Closed | Sign::Arrived => match before {
                // Closing again does not put the reading off, or a file that is opened often is never read.
                Some(before) if before.evidence == Evidence::Closed && !before.open => return,
                _ => (Evidence::Closed, soon, false),
            },
            Sign::Touched if before.is_some() => return,
            Sign::Touched => (Evidence::Noticed, soon, false),
            Sign::Seen(seen) => match before.map(|before| before.evidence) {
                None => (Evidence::Stable(seen.stat), now + self.patience.remaining(&seen), false),
                Some(Evidence::Stable(stat)) if !seen.stat.is_unwritten_since(&stat) => {
                    (Evidence::Stable(seen.stat), now + self.patience.remaining(&seen), false)
                }
                Some(_) => return,
            },
        };
        self.put(path, evidence, due, open);
    }

    /// Takes the file that is due first, if one is; to be given back by [`Ready::release`] or one of its kind.
    pub(crate) fn take(&mut self, now: Moment) -> Option<Task> {
        let (due, ..) = self.queue.first()?;
        if *due > now {
            return None;
        }
        let (.., path) = self.queue.pop_first()?;
        let waiting = self.waiting.remove(&path)?;
        let overtaken = Arc::<AtomicBool>::default();
        let taken = Taken { lost_before: waiting.lost_before, overtaken: Arc::clone(&overtaken) };
        self.taken.insert(Arc::clone(&path), taken);
        Some(Task { path, evidence: waiting.evidence, overtaken })
    }

    /// When the next file is due.
    pub(crate) fn next_due(&self) -> Option<Moment> {
        self.queue.first().map(|(due, ..)| *due)
    }

    /// Gives a file back that needs nothing more than what was heard meanwhile: it was settled, is known, or is gone.
    pub(crate) fn release(&mut self, path: &Path) {
        self.taken.remove(path);
        self.queue_again(path);
    }

    /// Gives a file back that can be read after a pause.
    pub(crate) fn release_for(&mut self, path: &Path, evidence: Evidence, pause: Duration, now: Moment) {
        let lost_before = self.taken.remove(path).map_or(0, |taken| taken.lost_before);
        if self.waiting.contains_key(path) {
            self.queue_again(path);
        } else {
            self.put(path, evidence, now + pause, false);
        }
        if let Some(waiting) = self.waiting.get_mut(path) {
            waiting.lost_before = lost_before;
        }
    }

    /// Gives a file back that was still being written when it was looked at.
    pub(crate) fn release_unsettled(&mut self, path: &Path, seen: &Seen, now: Moment) {
        // Its age does not count: it may have been set, or be told by another clock.
        self.release_for(path, Evidence::Stable(seen.stat), self.patience.wait(seen), now);
    }

    /// Gives a file back of which nothing was committed; it is due again after a pause that grows.
    pub(crate) fn release_lost(&mut self, path: &Path, now: Moment) {
        let lost_before = self.lost_before(path);
        self.release_for(path, Evidence::Closed, self.patience.retry_pause(lost_before), now);
        if let Some(waiting) = self.waiting.get_mut(path) {
            waiting.lost_before = lost_before.saturating_add(1);
        }
    }

    fn forget(&mut self, path: &Path) {
        if let Some((path, waiting)) = self.waiting.remove_entry(path) {
            self.queue.remove(&(waiting.due, waiting.order, path));
        }
    }

    /// Puts a path among the waiting, in place of what was known of it.
    fn put(&mut self, path: &Path, evidence: Evidence, due: Moment, open: bool) {
        let (path, order, lost_before) = if let Some((path, before)) = self.waiting.remove_entry(path) {
            let queued = (before.due, before.order, path);
            self.queue.remove(&queued);
            (queued.2, before.order, before.lost_before)
        } else {
            self.found += 1;
            (Arc::from(path), self.found, 0)
        };
        if !self.taken.contains_key(&path) {
            self.queue.insert((due, order, Arc::clone(&path)));
        }
        self.waiting.insert(path, Waiting { evidence, due, order, lost_before, open });
    }

    /// Queues what was heard of a path while it was taken.
    fn queue_again(&mut self, path: &Path) {
        if let Some((path, waiting)) = self.waiting.get_key_value(path) {
            self.queue.insert((waiting.due, waiting.order, Arc::clone(path)));
        }
    }
}

#[cfg(test)]
mod tests;
