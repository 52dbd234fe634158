use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use document::Outcome;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};

use crate::folder::read::{Answer, Reader, Readers};
use crate::folder::ready::{Ready, Sign};
use crate::folder::refusal::Refusal;
use crate::folder::walk::{Met, walk};
use crate::folder::{drain, patience, wait};
use crate::{Config, Error, Line, Summary};

/// Name of the source that documents have which were named on the command line.
pub const INGEST: &str = "ingest";

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

/// Offers every document under `paths`, files and folders, once, and returns when all their receipts are back.
///
/// A file is read as it is now, whatever its name; in a folder the files are read that watching the folder would
/// read. No position is looked up or committed: to name a file is to want it read. A document that the store cannot
/// take is offered again with growing pauses, at last counted as lost. Cancelling `stop` ends it early, after the
/// receipts of what is in flight.
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
    let (finder, mut findings) = mpsc::channel(256);
    let finding = {
        let stop = stop.clone();
        move || find(&paths, &finder, &stop)
    };
    thread::Builder::new().name("ingest-find".to_owned()).spawn(finding).map_err(Error::Thread)?;

    let reader = Reader {
        source: Arc::from(INGEST),
        remembers: false,
        document_bytes_max: config.document_bytes_max,
        patience: patience(&config),
        line,
        stop: stop.clone(),
        runtime: tokio::runtime::Handle::current(),
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

fn find(paths: &[PathBuf], finder: &mpsc::Sender<Found>, stop: &CancellationToken) {
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
