//! Watches one folder: events and scans say what there may be to read, [`Ready`] says when, the readers read, and
//! the receipts say what is to be offered again.
//!
//! ```text
//! events ──┐            ┌──► readers ──► line
//!          ├──► Ready ──┤        │          │
//! scanner ─┘      ▲     └────────┴─ answers ┴─ receipts ─┐
//!                 └──────────────────────────────────────┘
//! ```
//!
//! Each folder is watched before it is listed, one by one, so no file falls between the two. Symbolic links are not
//! followed: what one leads to in the folder is read there, and what is outside is refused.
//!
//! Three things cannot be told, and are read when they stood still for the time that is configured: a file opened in a
//! folder that was made an instant before, and so before that one is watched; a file that is written under another of
//! its names; and any half-written file where there are no events. Who renames files into place is never misread.

pub(crate) mod backend;
pub(crate) mod events;
pub(crate) mod fingerprint;
pub(crate) mod ignore;
pub(crate) mod name;
pub(crate) mod read;
pub(crate) mod ready;
pub(crate) mod refusal;
pub(crate) mod scan;
pub(crate) mod walk;

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use document::Outcome;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use self::events::Heard;
use self::read::{Answer, Reader, Readers};
use self::ready::{Moment, Patience, Ready, Sign};
use self::refusal::Refusal;
use self::scan::{Done, Found, Report, Request, Scanner, Standing};
use crate::archive::Limits;
use crate::archive::unpack::Ended;
use crate::ingest::Meter;
use crate::source;
use crate::{Config, Error, Line, Source, Summary};

/// First pause before a document that was lost is offered again.
const RETRY_FIRST: Duration = Duration::from_millis(100);
/// Files that may wait to be complete; beyond that, events are dropped and a scan finds the files again.
const WAITING_MAX: usize = 1 << 16;
/// Files that may wait before a scan has to wait too.
const WAITING_FOR_SCAN: usize = 1 << 14;
/// Requests that the scanner may have before it.
const REQUESTS_MAX: usize = 64;
/// Paths whose refusal is remembered, so that it is said once.
const REFUSED_MAX: usize = 10_000;
/// A polled folder is scanned for at most one part in so many of the time.
const POLL_SHARE: u32 = 5;

/// How long files are waited for under these settings.
pub(crate) fn patience(config: &Config) -> Patience {
    Patience {
        stable: config.stable,
        quiet_max: config.complete_wait_max,
        retry: (RETRY_FIRST, config.retry_wait_max),
    }
}

/// Makes the folder of a source if it is to be made, and looks whether it can be read.
pub(crate) fn open(source_name: &str, folder: &source::Folder) -> Result<(), Error> {
    let (source_name, path) = (source_name.to_owned(), folder.path.clone());
    if folder.create
        && let Err(error) = std::fs::create_dir_all(&folder.path)
        && error.kind() != std::io::ErrorKind::AlreadyExists
    {
        return Err(Error::Folder { source_name, path, error });
    }
    match folder.path.metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::FolderMissing { source_name, path })
        }
        Ok(metadata) if !metadata.is_dir() => Err(Error::NotAFolder { source_name, path }),
        Ok(_) => match folder.path.read_dir() {
            Ok(_) => Ok(()),
            Err(error) => Err(Error::Folder { source_name, path, error }),
        },
        Err(error) => Err(Error::Folder { source_name, path, error }),
    }
}

/// Watches the folder of `source` until `stop`, then waits for the receipts of what is in flight.
pub(crate) async fn run(
    config: &Config,
    source: &Source,
    folder: &source::Folder,
    line: Line,
    stop: CancellationToken,
) -> Result<Summary, Error> {
    watch(config, source, folder, line, stop, Arc::default()).await
}

/// [`run`], hearing what is put into `heard`.
async fn watch(
    config: &Config,
    source: &Source,
    folder: &source::Folder,
    line: Line,
    stop: CancellationToken,
    heard: Arc<Heard>,
) -> Result<Summary, Error> {
    let config = config.of(source);
    let name: Arc<str> = Arc::from(source.name.as_str());
    let (requests, mut reports) = Scanner::start(
        Arc::clone(&name),
        folder.path.clone(),
        config.watch,
        line.positions.clone(),
        Arc::clone(&heard),
        stop.clone(),
    )?;
    let reader = Reader {
        source: Arc::clone(&name),
        remembers: true,
        since: None,
        limits: Limits::of(&config),
        patience: patience(&config),
        line,
        stop: stop.clone(),
        runtime: tokio::runtime::Handle::current(),
        meter: Meter::default(),
    };
    let mut readers = Readers::start(reader, config.readers)?;

    let mut folder = Folder {
        name,
        ready: Ready::new(patience(&config)),
        config,
        began: Instant::now(),
        root: None,
        requests,
        outstanding: 0,
        wanted: BTreeSet::new(),
        whole_wanted: Some(false),
        unwatched_wanted: false,
        next_whole: None,
        next_unwatched: None,
        missed: false,
        refused: HashMap::new(),
        paused_until: Moment::ZERO,
        pauses: 0,
        receipts: JoinSet::new(),
        summary: Summary::default(),
    };
    let mut closed = false;
    while !closed {
        folder.request_scans();
        let wake = folder.hand_out(&readers);
        tokio::select! {
            () = stop.cancelled() => break,
            () = heard.changed.notified() => folder.take_news(&heard),
            Some(report) = reports.recv(), if folder.ready.waiting() < WAITING_FOR_SCAN => {
                folder.take_report(report);
            }
            Some(first) = readers.answers.recv() => {
                // What else has come is taken in as well before the next round.
                let mut next = Some(first);
                while let Some((path, answer)) = next {
                    closed |= folder.take_answer(&path, answer).is_break();
                    next = readers.answers.try_recv().ok();
                }
            }
            Some(first) = folder.receipts.join_next() => {
                let mut next = Some(first);
                while let Some(receipt) = next {
                    if let Ok((path, outcome)) = receipt {
                        folder.take_receipt(&path, outcome);
                    }
                    next = folder.receipts.try_join_next();
                }
            }
            () = wait(folder.began, wake) => folder.note_time(),
        }
    }
    let (waiting, in_flight) = (folder.ready.waiting(), folder.ready.taken());
    info!(source = %folder.name, waiting, in_flight, "folder is no longer watched");

    drop(reports);
    drain(readers, &mut folder.receipts, &mut folder.summary).await;
    Ok(folder.summary)
}

/// Offers nothing more, and counts the outcomes of what is in flight as their receipts come back.
pub(crate) async fn drain(
    readers: Readers,
    receipts: &mut JoinSet<(Arc<Path>, Outcome)>,
    summary: &mut Summary,
) {
    // The readers hold our last ends of the queues; when they have gone, the line is closed on our side.
    let mut answers = readers.finish();
    while let Some((path, answer)) = answers.recv().await {
        match answer {
            Answer::Sent(delivery) => {
                receipts.spawn(async move { (path, delivery.outcome().await) });
            }
            Answer::Unpacked(members, _) => *summary += members,
            _ => {}
        }
    }
    while let Some(receipt) = receipts.join_next().await {
        if let Ok((_, outcome)) = receipt {
            summary.count(outcome);
        }
    }
}

/// Waits until `until`, or for ever.
pub(crate) async fn wait(began: Instant, until: Option<Moment>) {
    match until {
        Some(until) => tokio::time::sleep_until(began + until).await,
        None => std::future::pending().await,
    }
}

struct Folder {
    name: Arc<str>,
    config: Config,
    began: Instant,
    /// Where the folder is, once it was found.
    root: Option<Arc<Path>>,
    ready: Ready,

    requests: mpsc::Sender<Request>,
    /// Requests that are not done.
    outstanding: usize,
    /// Paths to be scanned below.
    wanted: BTreeSet<PathBuf>,
    /// Whether the whole folder is to be scanned, and then whether its watches are to be made anew.
    whole_wanted: Option<bool>,
    unwatched_wanted: bool,
    next_whole: Option<Moment>,
    next_unwatched: Option<Moment>,
    /// Whether events were dropped for want of room.
    missed: bool,

    refused: HashMap<PathBuf, Refusal>,
    paused_until: Moment,
    /// Pauses in a row because documents were lost.
    pauses: u32,
    receipts: JoinSet<(Arc<Path>, Outcome)>,
    summary: Summary,
}

impl Folder {
    fn now(&self) -> Moment {
        self.began.elapsed()
    }

    /// Gives the readers what is ready, as far as they have room; gives back when to look again.
    fn hand_out(&mut self, readers: &Readers) -> Option<Moment> {
        let now = self.now();
        let mut wake = [self.next_whole, self.next_unwatched].into_iter().flatten().min();
        let Some(root) = &self.root else { return wake };
        if now >= self.paused_until {
            while readers.have_room()
                && let Some(task) = self.ready.take(now)
            {
                readers.hand(Arc::clone(root), task);
            }
        }
        // With no room, it is an answer that wakes.
        if readers.have_room() {
            let due = self.ready.next_due().map(|due| due.max(self.paused_until));
            wake = [wake, due].into_iter().flatten().min();
        }
        wake
    }

    /// Asks the scanner for what is wanted, as far as it has room.
    fn request_scans(&mut self) {
        if self.missed && self.ready.waiting() < WAITING_MAX / 2 {
            self.missed = false;
            self.whole_wanted.get_or_insert(false);
        }
        if self.whole_wanted.is_some() && self.outstanding > 0 {
            return;
        }
        if let Some(renew) = self.whole_wanted.take() {
            self.wanted.clear();
            self.unwatched_wanted = false;
            self.next_whole = None;
            self.next_unwatched = None;
            return self.request(Request::Whole { renew });
        }
        if std::mem::take(&mut self.unwatched_wanted) {
            self.request(Request::Unwatched);
        }
        while self.outstanding < REQUESTS_MAX
            && let Some(path) = self.wanted.pop_first()
        {
            // In this order, what lies below a path follows it.
            while self.wanted.first().is_some_and(|below| below.starts_with(&path)) {
                self.wanted.pop_first();
            }
            self.request(Request::Below(path));
        }
    }

    fn request(&mut self, request: Request) {
        self.outstanding += 1;
        // The scanner ends only after us.
        let _ = self.requests.send(request);
    }

    fn note_time(&mut self) {
        let now = self.now();
        if self.next_whole.is_some_and(|due| due <= now) {
            self.next_whole = None;
            self.whole_wanted.get_or_insert(false);
        }
        if self.next_unwatched.is_some_and(|due| due <= now) {
            self.next_unwatched = None;
            self.unwatched_wanted = true;
        }
    }

    fn take_news(&mut self, heard: &Heard) {
        let now = self.now();
        let news = heard.take();
        if news.lost {
            warn!(source = %self.name, "events were lost; the folder is scanned");
            self.whole_wanted.get_or_insert(false);
        }
        if news.root_gone {
            self.whole_wanted = Some(true);
        }
        for (path, sign) in news.signs {
            self.sign(&path, sign, now);
        }
        self.wanted.extend(news.folders);
        if self.wanted.len() > WAITING_MAX {
            self.whole_wanted.get_or_insert(false);
        }
    }

    fn sign(&mut self, path: &Path, sign: Sign, now: Moment) {
        if self.ready.waiting() >= WAITING_MAX && !self.ready.knows(path) {
            self.missed = true;
        } else {
            self.ready.sign(path, sign, now);
        }
    }

    fn take_report(&mut self, report: Report) {
        let now = self.now();
        match report {
            Report::Root(root) => self.root = Some(root),
            Report::Found(found) => {
                for found in found {
                    match found {
                        Found::File(path, seen) => self.ready.sign(&path, Sign::Seen(seen), now),
                        Found::Refused(path, refusal) => self.refuse(&path, refusal),
                    }
                }
            }
            Report::Done(done) => {
                self.outstanding = self.outstanding.saturating_sub(1);
                self.plan(done, now);
            }
        }
    }

    /// When to scan again.
    fn plan(&mut self, done: Done, now: Moment) {
        if done.standing == Standing::Away {
            self.root = None;
        }
        let poll = self.config.poll_interval.max(done.took.saturating_mul(POLL_SHARE));
        if done.whole {
            let events = matches!(done.standing, Standing::Heard | Standing::PartlyHeard);
            self.next_whole = Some(now + if events { self.config.rescan_interval } else { poll });
        }
        if done.standing == Standing::PartlyHeard && self.next_unwatched.is_none() {
            self.next_unwatched = Some(now + poll);
        }
    }

    /// Takes in what a reader says; breaks when the line has closed.
    fn take_answer(&mut self, path: &Arc<Path>, answer: Answer) -> ControlFlow<()> {
        let now = self.now();
        match answer {
            Answer::Sent(delivery) => {
                self.refused.remove(&**path);
                let path = Arc::clone(path);
                self.receipts.spawn(async move { (path, delivery.outcome().await) });
            }
            // Another thread has it; it answers again.
            Answer::Archive => {}
            Answer::Unpacked(summary, ended) => {
                self.summary += summary;
                self.refused.remove(&**path);
                match ended {
                    Ended::Whole => {
                        self.pauses = 0;
                        self.ready.release(path);
                    }
                    Ended::Lost => self.take_loss(path),
                    Ended::As(answer) => return self.take_answer(path, *answer),
                }
            }
            Answer::Known => {
                self.refused.remove(&**path);
                self.ready.release(path);
            }
            Answer::Soon(evidence, pause) => self.ready.release_for(path, evidence, pause, now),
            Answer::Unsettled(seen) => self.ready.release_unsettled(path, &seen, now),
            Answer::Overtaken => self.ready.release(path),
            Answer::Folder => {
                self.ready.release(path);
                self.wanted.insert(path.to_path_buf());
            }
            Answer::Gone => {
                info!(source = %self.name, path = %path.display(), "file vanished before it was read");
                self.ready.release(path);
            }
            Answer::Refused(refusal) => {
                self.refuse(path, refusal);
                self.ready.release(path);
            }
            Answer::Stopped => {
                self.ready.release(path);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }

    fn take_receipt(&mut self, path: &Path, outcome: Outcome) {
        if outcome != Outcome::Lost {
            self.summary.count(outcome);
            self.pauses = 0;
            return self.ready.release(path);
        }
        self.take_loss(path);
    }

    fn take_loss(&mut self, path: &Path) {
        let now = self.now();
        self.ready.release_lost(path, now);
        // Documents that were on their way together are lost together, and that is one failure.
        if now >= self.paused_until {
            let pause = patience(&self.config).retry_pause(self.pauses);
            self.pauses += 1;
            self.paused_until = now + pause;
            warn!(source = %self.name, path = %path.display(), pause_ms = pause.as_millis() as u64,
                "document was not stored; it is offered again");
        }
    }

    /// Says once why a path is not read.
    fn refuse(&mut self, path: &Path, refusal: Refusal) {
        if self.refused.get(path) == Some(&refusal) {
            return;
        }
        let reason = refusal.reason();
        if refusal == Refusal::LinkInside || self.refused.len() >= REFUSED_MAX {
            debug!(source = %self.name, path = %path.display(), reason, "path is not read");
        } else {
            warn!(source = %self.name, path = %path.display(), reason, "path is not read");
            self.summary.unread += 1;
        }
        if self.refused.len() < REFUSED_MAX {
            self.refused.insert(path.to_owned(), refusal);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
