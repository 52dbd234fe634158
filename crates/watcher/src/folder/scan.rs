//! Scans a folder on a thread of its own, keeps its watches, and finds it again when it was gone.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use notify::{ErrorKind, RecursiveMode, Watcher};
use tokio::sync::mpsc::{Receiver, Sender};
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use super::backend::{Backend, explain};
use super::events::Heard;
use super::fingerprint::{Change, Fingerprint, Stat};
use super::name;
use super::ready::Seen;
use super::refusal::Refusal;
use super::walk::{Met, walk};
use crate::{Error, Positions, Watch};

/// Findings that are told together.
const BATCH: usize = 64;

/// What is to be scanned.
#[derive(Debug)]
pub(crate) enum Request {
    /// The whole folder. After `renew`, its watches are made anew.
    Whole { renew: bool },
    /// What is below a path in it.
    Below(PathBuf),
    /// What could not be watched.
    Unwatched,
}

/// What a scan tells.
#[derive(Debug)]
pub(crate) enum Report {
    /// The folder was found, at this path.
    Root(Arc<Path>),
    /// Files that the store does not remember as they are now, and paths that are not read.
    Found(Vec<Found>),
    /// One request is done.
    Done(Done),
}

/// One finding, by path in the folder.
#[derive(Debug)]
pub(crate) enum Found {
    File(PathBuf, Seen),
    Refused(PathBuf, Refusal),
}

/// How a folder stands after a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done {
    /// Whether the whole folder was scanned.
    pub(crate) whole: bool,
    /// How it is watched now.
    pub(crate) standing: Standing,
    /// How long it took, waiting for room included.
    pub(crate) took: Duration,
}

/// How a folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is not there.
    Away,
    /// By scans alone.
    Polled,
    /// By events.
    Heard,
    /// By events, but for a part that could not be watched.
    PartlyHeard,
}

/// The scanning thread of one folder.
pub(crate) struct Scanner {
    source: Arc<str>,
    /// The folder as configured.
    path: PathBuf,
    watch: Watch,
    positions: Positions,
    heard: Arc<Heard>,
    requests: mpsc::Receiver<Request>,
    reports: Sender<Report>,
    stop: CancellationToken,
    place: Option<Place>,
    /// Whether the folder was away when it was last looked for.
    missing: bool,
    /// Whether a scan is interrupted by another one now.
    interrupted: bool,
    /// Whether the time of a file tells its age. Where it is polled, a folder is likely on another machine with
    /// another clock, so that what comes after the first scan is looked at twice.
    trusts_times: bool,
    batch: Vec<Found>,
}

/// Where the folder was found.
pub(crate) struct Place {
    root: Arc<Path>,
    /// Device and inode: another folder under the same name is another place.
    identity: (u64, u64),
    backend: Backend,
    /// The uppermost folders that could not be watched.
    unwatched: BTreeSet<PathBuf>,
    /// Whether that was said in the log.
    warned: bool,
}

impl Scanner {
    /// Starts the scanner of the folder at `path`, which it looks for at the first request.
    pub(crate) fn start(
        source: Arc<str>,
        path: PathBuf,
        watch: Watch,
        positions: Positions,
        heard: Arc<Heard>,
        stop: CancellationToken,
    ) -> Result<(mpsc::Sender<Request>, Receiver<Report>), Error> {
        let (asker, requests) = mpsc::channel();
        let (reports, reported) = tokio::sync::mpsc::channel(4);
        let scanner = Self {
            source,
            path,
            watch,
            positions,
            heard,
            requests,
            reports,
            stop,
            place: None,
            missing: false,
            interrupted: false,
            trusts_times: true,
            batch: Vec::new(),
        };
        let name = "watch-scan".to_owned();
        thread::Builder::new().name(name).spawn(|| scanner.run()).map_err(Error::Thread)?;
        Ok((asker, reported))
    }

    /// Works until there is nobody to ask or to tell.
    pub(crate) fn run(mut self) {
        while let Ok(request) = self.requests.recv() {
            if self.answer(request).is_break() {
                break;
            }
        }
    }

    fn answer(&mut self, request: Request) -> ControlFlow<()> {
        let started = Instant::now();
        let whole = matches!(request, Request::Whole { .. });
        match request {
            Request::Whole { renew } => {
                self.find_place(renew)?;
                self.scan(Path::new(""))?;
                self.trusts_times = self.standing() != Standing::Polled;
            }
            Request::Below(path) => self.scan(&path)?,
            Request::Unwatched => {
                let unwatched = self.place.as_mut().map(|place| std::mem::take(&mut place.unwatched));
                for path in unwatched.into_iter().flatten() {
                    self.scan(&path)?;
                }
            }
        }
        let done = Done { whole, standing: self.standing(), took: started.elapsed() };
        debug!(source = %self.source, ?done, "folder scanned");
        self.tell(Report::Done(done))
    }

    fn standing(&self) -> Standing {
        match &self.place {
            None => Standing::Away,
            Some(place) if place.backend.events.is_none() => Standing::Polled,
            Some(place) if place.unwatched.is_empty() => Standing::Heard,
            Some(_) => Standing::PartlyHeard,
        }
    }

    /// Looks where the folder is, and how it is to be watched if that is not known yet.
    fn find_place(&mut self, renew: bool) -> ControlFlow<()> {
        let found = self.path.canonicalize().and_then(|root| {
            let metadata = root.metadata()?;
            // Asked here so that a folder that may not be listed counts as one that is away.
            root.read_dir()?;
            Ok((root, (metadata.dev(), metadata.ino())))
        });
        let (root, identity) = match found {
            Ok(found) => found,
            Err(error) => {
                self.place = None;
                if !self.missing {
                    self.missing = true;
                    warn!(source = %self.source, path = %self.path.display(), %error,
                        "folder is away; waiting for it to come back");
                }
                return ControlFlow::Continue(());
            }
        };
        if std::mem::take(&mut self.missing) {
            info!(source = %self.source, path = %root.display(), "folder is back");
        }
        let same =
            self.place.as_ref().is_some_and(|place| *place.root == *root && place.identity == identity);
        if same && !renew {
            return ControlFlow::Continue(());
        }
        // The old watches go first: they count against the limit.
        self.place = None;
        self.trusts_times = true;
        let backend = Backend::choose(&root, self.watch, &self.heard);
        let watch = if backend.events.is_some() { "events" } else { "poll" };
        if backend.limited {
            warn!(source = %self.source, path = %root.display(), watch, reason = %backend.reason, "folder is watched");
        } else {
            info!(source = %self.source, path = %root.display(), watch, reason = %backend.reason, "folder is watched");
        }
        let root: Arc<Path> = Arc::from(root);
        let place =
            Place { root: Arc::clone(&root), identity, backend, unwatched: BTreeSet::new(), warned: false };
        self.place = Some(place);
        self.tell(Report::Root(root))
    }

    /// Scans what is below a path in the folder.
    fn scan(&mut self, start: &Path) -> ControlFlow<()> {
        let Some(root) = self.place.as_ref().map(|place| Arc::clone(&place.root)) else {
            return ControlFlow::Continue(());
        };
        walk(&root, start, &mut |met| self.meet(&root, met))?;
        self.flush()
    }

    fn meet(&mut self, root: &Path, met: Met) -> ControlFlow<()> {
        if self.stop.is_cancelled() {
            return ControlFlow::Break(());
        }
        match met {
            Met::Folder(path) => {
                self.flush()?;
                // A folder that came while a long scan is under way is not to wait for its end.
                while !self.interrupted
                    && let Ok(request) = self.requests.try_recv()
                {
                    self.interrupted = true;
                    self.answer(request)?;
                    self.interrupted = false;
                }
                self.keep_watch(root, path);
                return ControlFlow::Continue(());
            }
            Met::File(path, stat) if self.is_known(&path, &stat) => return ControlFlow::Continue(()),
            Met::File(path, stat) => {
                let seen = if self.trusts_times { Seen::now(stat) } else { Seen { stat, age: None } };
                self.batch.push(Found::File(path, seen));
            }
            Met::Refused(path, refusal) => self.batch.push(Found::Refused(path, refusal)),
        }
        if self.batch.len() < BATCH { ControlFlow::Continue(()) } else { self.flush() }
    }

    /// Sets the watch of a folder, again if need be: a watch costs some microseconds, and a scan repairs what a
    /// lost event left undone.
    fn keep_watch(&mut self, root: &Path, path: PathBuf) {
        let Some(Place { backend, unwatched, warned, .. }) = &mut self.place else { return };
        let Some(events) = &mut backend.events else { return };
        let absolute = if path.as_os_str().is_empty() { root.to_owned() } else { root.join(&path) };
        let Err(error) = events.watch(&absolute, RecursiveMode::NonRecursive) else {
            unwatched.remove(&path);
            return;
        };
        // A folder that has gone meanwhile needs no watch.
        if matches!(error.kind, ErrorKind::PathNotFound)
            || unwatched.iter().any(|above| path.starts_with(above))
        {
            return;
        }
        if !std::mem::replace(warned, true) {
            warn!(source = %self.source, path = %absolute.display(), watch = "poll", reason = %explain(&error),
                "part of the folder cannot be watched");
        }
        unwatched.insert(path);
    }

    /// Whether the store remembers the file as it is. Most files of most scans are known, so this opens nothing.
    fn is_known(&self, path: &Path, stat: &Stat) -> bool {
        self.positions
            .value(&self.source, &name::key(path))
            .and_then(|value| Fingerprint::parse(&value))
            .is_some_and(|fingerprint| fingerprint.change(stat) == Change::Same)
    }

    fn flush(&mut self) -> ControlFlow<()> {
        if self.batch.is_empty() {
            return ControlFlow::Continue(());
        }
        let batch = std::mem::take(&mut self.batch);
        self.tell(Report::Found(batch))
    }

    fn tell(&self, report: Report) -> ControlFlow<()> {
        // Waits for room: a folder of millions must not be in memory at once.
        match self.reports.blocking_send(report) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}
