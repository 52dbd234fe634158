mod stream;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use document::Outcome;
use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};

use crate::archive::Limits;
use crate::archive::unpack::Ended;
use crate::folder::read::{Answer, Reader, Readers};
use crate::folder::ready::{DEBOUNCE, Evidence, Ready, Sign};
use crate::folder::refusal::Refusal;
use crate::folder::walk::{Met, walk};
use crate::folder::{drain, patience, wait};
use crate::{Config, Error, Line, Summary, raw_archive};

pub use self::stream::{STANDARD_INPUT, ingest_stream};

/// Name of the source that documents have which were named on the command line.
pub const INGEST: &str = "ingest";

/// Name of the source that documents have which are replayed.
pub const REPLAY: &str = "replay";

/// How often a document is offered that the store cannot take: with growing pauses, about half a minute in all.
const OFFERS_MAX: u32 = 9;
/// Files that may wait before the walk has to wait too.
const WAITING_MAX: usize = 1 << 12;

/// How far an ingest is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Documents found so far.
    pub found: u64,
    /// Documents found whose fate is known.
    pub settled: u64,
    /// Whether all documents are found.
    pub complete: bool,
}

/// Tells a progress of documents that are found in others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meter(Option<watch::Sender<Progress>>);

impl Meter {
    /// A progress that is shown.
    pub(crate) fn new(progress: watch::Sender<Progress>) -> Self {
        Self(Some(progress))
    }

    /// Takes note of documents that were found, and of some whose fate is known.
    pub(crate) fn count(&self, found: u64, settled: u64) {
        if let Self(Some(progress)) = self {
            progress.send_modify(|progress| {
                progress.found += found;
                progress.settled += settled;
            });
        }
    }
}

/// Offers every document under `paths`, files and folders, once, and returns when all their receipts are back.
///
/// A file is read as it is now, whatever its name; in a folder the files are read that watching the folder would
/// read. No position is looked up or committed: to name a file is to want it read. An archive that was read in part is
/// the exception: it is read on from where its members are settled. A document that the store cannot take is offered
/// again with growing pauses, at last counted as lost. Cancelling `stop` ends it early, after the receipts of what is in
/// flight.
///
/// # Errors
///
/// When the work cannot begin. A path that cannot be read is told in the log and counted in [`Summary::unread`];
/// one met in a folder that is nothing to read, in [`Summary::refused`].
pub async fn ingest(
    config: Config,
    paths: Vec<PathBuf>,
    line: Line,
    stop: CancellationToken,
    progress: watch::Sender<Progress>,
) -> Result<Summary, Error> {
    offer(config, Job { source: INGEST, paths, since: None }, line, stop, progress).await
}

/// [`ingest`] for what was fetched and kept, at `since` or later: the web archives under `paths`.
///
/// What a crash left of the folders among `paths` is mended first. A file that was last written before `since` is not
/// opened.
///
/// # Errors
///
/// When the work cannot begin.
pub async fn replay(
    config: Config,
    paths: Vec<PathBuf>,
    since: Option<Timestamp>,
    line: Line,
    stop: CancellationToken,
    progress: watch::Sender<Progress>,
) -> Result<Summary, Error> {
    for folder in paths.iter().filter(|path| path.is_dir()) {
        let mended = raw_archive::mend(folder);
        mended.map_err(|error| Error::RawArchive { folder: folder.clone(), error })?;
    }
    offer(config, Job { source: REPLAY, paths, since }, line, stop, progress).await
}

/// What is to be offered.
struct Job {
    /// Name of the source that the documents get.
    source: &'static str,
    paths: Vec<PathBuf>,
    /// What was seen earlier is left out.
    since: Option<Timestamp>,
}

async fn offer(
    config: Config,
    job: Job,
    line: Line,
    stop: CancellationToken,
    progress: watch::Sender<Progress>,
) -> Result<Summary, Error> {
    let Job { source, paths, since } = job;
    let (finder, mut findings) = mpsc::channel(256);
    let finding = {
        let stop = stop.clone();
        move || find(&paths, since, &finder, &stop)
    };
    thread::Builder::new().name("ingest-find".to_owned()).spawn(finding).map_err(Error::Thread)?;

    let reader = Reader {
        source: Arc::from(source),
        remembers: false,
        since,
        limits: Limits::of(&config),
        patience: patience(&config),
        line,
        stop: stop.clone(),
        runtime: tokio::runtime::Handle::current(),
        meter: Meter::new(progress.clone()),
    };
    let mut readers = Readers::start(reader, config.readers)?;
    let root: Arc<Path> = Arc::from(Path::new("/"));
    let mut ready = Ready::new(patience(&config));
    let mut receipts = JoinSet::<(Arc<Path>, Outcome)>::new();
    let mut summary = Summary::default();
    let began = Instant::now();
    let mut finding = true;

    while finding || ready.waiting() > 0 || ready.taken() > 0 {
        while readers.have_room()
            && let Some(task) = ready.take(began.elapsed())
        {
            readers.hand(Arc::clone(&root), task);
        }
        let wake = ready.next_due().filter(|_| readers.have_room());
        let ended = tokio::select! {
            () = stop.cancelled() => break,
            found = findings.recv(), if finding && ready.waiting() < WAITING_MAX => {
                match found {
                    Some(Found::File(path)) => {
                        progress.send_modify(|progress| progress.found += 1);
                        ready.sign(&path, Sign::Arrived, began.elapsed());
                    }
                    Some(Found::Unread) => summary.unread += 1,
                    Some(Found::Refused) => summary.refused += 1,
                    None => {
                        finding = false;
                        progress.send_modify(|progress| progress.complete = true);
                    }
                }
                continue;
            }
            Some((path, answer)) = readers.answers.recv() => match answer {
                Answer::Sent(delivery) => {
                    receipts.spawn(async move { (path, delivery.outcome().await) });
                    continue;
                }
                // Another thread has it; it answers again.
                Answer::Archive => continue,
                Answer::Unpacked(members, ended) => {
                    summary += members;
                    match ended {
                        Ended::Whole => {}
                        Ended::Lost if ready.lost_before(&path) + 1 < OFFERS_MAX => {
                            ready.release_lost(&path, began.elapsed());
                            continue;
                        }
                        Ended::Lost => summary.lost += 1,
                        Ended::As(answer) => match *answer {
                            Answer::Stopped => break,
                            Answer::Refused(refusal) => {
                                warn!(path = %path.display(), reason = refusal.reason(), "archive is read in part");
                                summary.unread += 1;
                            }
                            // It was written while it was read.
                            _ => {
                                ready.release_for(&path, Evidence::Noticed, DEBOUNCE, began.elapsed());
                                continue;
                            }
                        },
                    }
                    path
                }
                Answer::Soon(evidence, pause) => {
                    ready.release_for(&path, evidence, pause, began.elapsed());
                    continue;
                }
                Answer::Unsettled(seen) => {
                    ready.release_unsettled(&path, &seen, began.elapsed());
                    continue;
                }
                Answer::Overtaken => {
                    ready.release(&path);
                    continue;
                }
                Answer::Stopped => break,
                Answer::Refused(refusal) => {
                    let named = root.join(&path);
                    warn!(path = %named.display(), reason = refusal.reason(), "path is not read");
                    summary.unread += 1;
                    path
                }
                Answer::Gone | Answer::Folder | Answer::Known => {
                    warn!(path = %root.join(&path).display(), "file vanished before it was read");
                    summary.unread += 1;
                    path
                }
            },
            Some(Ok((path, outcome))) = receipts.join_next() => {
                if outcome == Outcome::Lost && ready.lost_before(&path) + 1 < OFFERS_MAX {
                    ready.release_lost(&path, began.elapsed());
                    continue;
                }
                summary.count(outcome);
                path
            }
            () = wait(began, wake) => continue,
        };
        ready.release(&ended);
        progress.send_modify(|progress| progress.settled += 1);
    }
    drop(findings);
    drain(readers, &mut receipts, &mut summary).await;
    Ok(summary)
}

/// What the finding thread tells.
enum Found {
    /// A file, by its path below `/`.
    File(PathBuf),
    /// A path that cannot be read.
    Unread,
    /// A path that is nothing to read, met in a folder.
    Refused,
}

fn find(paths: &[PathBuf], since: Option<Timestamp>, finder: &mpsc::Sender<Found>, stop: &CancellationToken) {
    for path in paths {
        // A link that somebody names is one that they mean.
        let found = path.canonicalize().and_then(|path| Ok((path.metadata()?.is_dir(), path)));
        let told = match found {
            Ok((true, folder)) => walk(&folder, Path::new(""), &mut |met| {
                if stop.is_cancelled() {
                    return ControlFlow::Break(());
                }
                let found = match met {
                    Met::Folder(_) | Met::Refused(_, Refusal::LinkInside) => return ControlFlow::Continue(()),
                    Met::File(_, stat)
                        if since.is_some_and(|since| stat.modified_ns < since.as_nanosecond()) =>
                    {
                        return ControlFlow::Continue(());
                    }
                    Met::File(path, _) => Found::File(below_root(&folder.join(path))),
                    Met::Refused(path, refusal) => {
                        let path = folder.join(path);
                        warn!(path = %path.display(), reason = refusal.reason(), "path is not read");
                        if refusal.is_failure() { Found::Unread } else { Found::Refused }
                    }
                };
                tell(finder, found)
            }),
            Ok((false, file)) => tell(finder, Found::File(below_root(&file))),
            Err(error) => {
                warn!(path = %path.display(), %error, "path is not read");
                tell(finder, Found::Unread)
            }
        };
        if told.is_break() {
            debug!("finding documents ended early");
            return;
        }
    }
}

fn below_root(path: &Path) -> PathBuf {
    path.strip_prefix("/").unwrap_or(path).to_owned()
}

fn tell(finder: &mpsc::Sender<Found>, found: Found) -> ControlFlow<()> {
    match finder.blocking_send(found) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}

#[cfg(test)]
mod tests;
