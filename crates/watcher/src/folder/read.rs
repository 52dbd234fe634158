//! Reads the files that are complete: opens, checks, and sends.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use document::{Delivery, Envelope, Origin, Position, RawDocument, Reason, Rejected, SourceKind, Stage};
use jiff::Timestamp;
use rustix::fs::{Mode, OFlags, ResolveFlags};
use rustix::io::Errno;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::debug;

use super::fingerprint::{Change, Fingerprint, HEAD_BYTES, Head, Stat};
use super::name;
use super::ready::{Evidence, Patience, Seen, Task, Verdict};
use super::refusal::Refusal;
use crate::archive::unpack::Ended;
use crate::archive::{self, Format};
use crate::ingest::Meter;
use crate::{Error, Line, Summary};

/// What a reader needs to know of the place whose files it reads.
pub(crate) struct Reader {
    /// The configured source's name.
    pub(crate) source: Arc<str>,
    /// Whether a file that the store remembers is left alone, and a file that was read is remembered. How far an archive
    /// is read is remembered in any case.
    pub(crate) remembers: bool,
    /// Members of archives that were seen before this are left out.
    pub(crate) since: Option<Timestamp>,
    /// A longer document is rejected, and so on.
    pub(crate) limits: archive::Limits,
    pub(crate) patience: Patience,
    pub(crate) line: Line,
    pub(crate) stop: CancellationToken,
    pub(crate) runtime: tokio::runtime::Handle,
    /// Told of the members of archives.
    pub(crate) meter: Meter,
}

/// What became of a file that was to be read.
#[derive(Debug)]
pub(crate) enum Answer {
    /// It is on its way.
    Sent(Delivery),
    /// It is an archive, which another thread opens; that one answers again.
    Archive,
    /// It was an archive: how its members ended, and then how it did.
    Unpacked(Summary, Ended),
    /// It is the one that the store remembers.
    Known,
    /// It can be read after a pause, on the same evidence.
    Soon(Evidence, Duration),
    /// It is being written.
    Unsettled(Seen),
    /// It was heard to be written meanwhile, and that is to be waited for.
    Overtaken,
    /// It is a folder.
    Folder,
    /// It is not there any more.
    Gone,
    /// It is nothing to read.
    Refused(Refusal),
    /// The line closed, or the watcher is to stop.
    Stopped,
}

/// Files that may wait for a reader: enough that none has to be woken for each.
const JOBS_MAX: usize = 64;

/// A file to be read, in the folder at this path.
type Job = (Arc<Path>, Task);

/// Archives of one folder that are open at the same time: at its end each waits for a commit or two.
const ARCHIVES_OPEN: usize = 4;

/// The reading threads of one folder. They read a few files at a time, in the order these are handed to them. Archives
/// are opened on threads of their own, so that a long one keeps no file waiting.
pub(crate) struct Readers {
    jobs: async_channel::Sender<Job>,
    /// What became of the files, by path.
    pub(crate) answers: mpsc::Receiver<(Arc<Path>, Answer)>,
}

impl Readers {
    /// Starts `count` threads, at least one.
    pub(crate) fn start(reader: Reader, count: usize) -> Result<Self, Error> {
        let (jobs, inbox) = async_channel::bounded::<Job>(JOBS_MAX);
        let (answer, answers) = mpsc::channel(JOBS_MAX);
        let reader = Arc::new(reader);
        // No more archives wait than files are taken, so this queue has a bound.
        let (archives, archives_in) = async_channel::unbounded::<Job>();
        for _ in 0..count.max(1) {
            let (reader, inbox, answer) = (Arc::clone(&reader), inbox.clone(), answer.clone());
            let archives = archives.clone();
            let work = move || {
                while let Ok((root, task)) = inbox.recv_blocking() {
                    let path = Arc::clone(&task.path);
                    let found = reader.read(&root, &task);
                    let is_archive = matches!(found, Answer::Archive);
                    if answer.blocking_send((path, found)).is_err()
                        || (is_archive && archives.send_blocking((root, task)).is_err())
                    {
                        break;
                    }
                }
            };
            thread::Builder::new().name("watch-read".to_owned()).spawn(work).map_err(Error::Thread)?;
        }
        for _ in 0..ARCHIVES_OPEN {
            let (reader, archives, answer) = (Arc::clone(&reader), archives_in.clone(), answer.clone());
            let work = move || {
                while let Ok((root, task)) = archives.recv_blocking() {
                    let found = reader.unpack(&root, &task);
                    if answer.blocking_send((task.path, found)).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new().name("watch-unpack".to_owned()).spawn(work).map_err(Error::Thread)?;
        }
        Ok(Self { jobs, answers })
    }

    /// Whether a file can be handed over without waiting.
    pub(crate) fn have_room(&self) -> bool {
        !self.jobs.is_full()
    }

    /// Hands over a file, when there is room.
    pub(crate) fn hand(&self, root: Arc<Path>, task: Task) {
        // There is room, because nobody else hands over files.
        let _ = self.jobs.try_send((root, task));
    }

    /// Hands over no more files. The answers end when the last thread has gone, and with it our end of the line.
    pub(crate) fn finish(self) -> mpsc::Receiver<(Arc<Path>, Answer)> {
        self.answers
    }
}

/// How long ago `modified_ns` was.
pub(crate) fn age(modified_ns: i128, now: Timestamp) -> Option<Duration> {
    let nanoseconds = u64::try_from(now.as_nanosecond().checked_sub(modified_ns)?).ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

impl Seen {
    /// A look at a file now.
    pub(crate) fn now(stat: Stat) -> Self {
        Self { stat, age: age(stat.modified_ns, Timestamp::now()) }
    }
}

/// A complete file that the store does not remember.
pub(crate) struct Opened {
    pub(crate) path: PathBuf,
    pub(crate) file: File,
    pub(crate) stat: Stat,
    /// The archive that it is, if it is one.
    pub(crate) format: Option<Format>,
}

impl Reader {
    /// Reads a file of the folder `root` and sends it, if the evidence holds and the file is not known.
    pub(crate) fn read(&self, root: &Path, task: &Task) -> Answer {
        self.attempt(root, task, |opened| self.read_document(opened, task))
    }

    /// [`Reader::read`] for an archive.
    pub(crate) fn unpack(&self, root: &Path, task: &Task) -> Answer {
        self.attempt(root, task, |opened| match opened.format {
            Some(format) => self.unpack_archive(opened, format, task),
            // What is at the path now is something else.
            None => self.read_document(opened, task),
        })
    }

    fn attempt(&self, root: &Path, task: &Task, work: impl FnOnce(Opened) -> io::Result<Answer>) -> Answer {
        if self.stop.is_cancelled() {
            return Answer::Stopped;
        }
        if task.overtaken.load(Ordering::Acquire) {
            return Answer::Overtaken;
        }
        let answer = match self.open(root, task) {
            Ok(Ok(opened)) => work(opened),
            Ok(Err(answer)) => Ok(answer),
            Err(error) => Err(error),
        };
        answer.unwrap_or_else(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Answer::Gone,
            _ => Answer::Refused(Refusal::of_error(&error)),
        })
    }

    /// Opens a file, if the evidence holds and the file is not known.
    fn open(&self, root: &Path, task: &Task) -> io::Result<Result<Opened, Answer>> {
        let path = root.join(&task.path);
        let evidence = task.evidence;
        // The kind is asked before opening: to open a device can be to use it.
        let metadata = path.symlink_metadata()?;
        if metadata.is_dir() {
            return Ok(Err(Answer::Folder));
        }
        if let Some(refusal) = Refusal::of_kind(metadata.file_type(), root, &path) {
            return Ok(Err(Answer::Refused(refusal)));
        }
        let file = open(&path)?;
        let metadata = file.metadata()?;
        if let Some(refusal) = Refusal::of_kind(metadata.file_type(), root, &path) {
            return Ok(Err(Answer::Refused(refusal)));
        }
        let stat = Stat::of(&metadata);
        let seen = Seen::now(stat);
        match evidence.weigh(&seen, &self.patience) {
            Verdict::Complete => (),
            Verdict::Soon(pause) => return Ok(Err(Answer::Soon(evidence, pause))),
            Verdict::Unsettled => return Ok(Err(Answer::Unsettled(seen))),
        }
        if self.remembers && self.is_known(&name::key(&task.path), &stat, &file)? {
            return Ok(Err(Answer::Known));
        }
        let format = format(&file, &path)?;
        Ok(Ok(Opened { path, file, stat, format }))
    }

    fn read_document(&self, opened: Opened, task: &Task) -> io::Result<Answer> {
        let Opened { path, mut file, stat, format } = opened;
        if format.is_some() {
            return Ok(Answer::Archive);
        }
        let limit = self.limits.document_bytes;
        let wanted = usize::try_from(stat.bytes).map_or(limit, |bytes| bytes.min(limit));
        let Some(reservation) = self.unless_stopped(self.line.budget.reserve(wanted)) else {
            return Ok(Answer::Stopped);
        };
        // One byte more than the file should hold, so that one read says both that all is there and that no more is.
        let mut body = Vec::with_capacity(wanted + 1);
        Read::by_ref(&mut file).take(wanted as u64 + 1).read_to_end(&mut body)?;
        let after = Stat::of(&file.metadata()?);
        if !after.is_unwritten_since(&stat) || (body.len() as u64) < stat.bytes.min(wanted as u64) {
            return Ok(Answer::Unsettled(Seen::now(after)));
        }
        if body.len() as u64 > stat.bytes {
            // Longer than it says it is: the file grew after the last look.
            return Ok(Answer::Unsettled(Seen::now(Stat::of(&file.metadata()?))));
        }
        if task.overtaken.load(Ordering::Acquire) {
            return Ok(Answer::Overtaken);
        }
        body.truncate(wanted);
        drop(file);

        let position = self.remembers.then(|| Position {
            source: Arc::clone(&self.source),
            key: name::key(&task.path),
            value: Fingerprint::new(&stat, Head::of(&body)).to_string(),
        });
        let raw = RawDocument::new(self.origin(&path), Bytes::from(body));
        let sent = if stat.bytes > limit as u64 {
            let message =
                format!("the file has {} bytes, the limit is {limit} (document-bytes-max)", stat.bytes);
            let rejected =
                Rejected { raw, bytes: stat.bytes, stage: Stage::Watcher, reason: Reason::TooLarge, message };
            let (envelope, delivery) = Envelope::new(rejected, position, reservation);
            self.unless_stopped(self.line.rejects.send(envelope)).map(|sent| sent.map(|()| delivery))
        } else {
            let (envelope, delivery) = Envelope::new(raw, position, reservation);
            self.unless_stopped(self.line.documents.send(envelope)).map(|sent| sent.map(|()| delivery))
        };
        debug!(path = %path.display(), bytes = stat.bytes, "document offered");
        Ok(match sent {
            Some(Ok(delivery)) => Answer::Sent(delivery),
            Some(Err(document::Closed)) | None => Answer::Stopped,
        })
    }

    /// Whether the file is the one that the store remembers under `key`.
    fn is_known(&self, key: &str, stat: &Stat, file: &File) -> io::Result<bool> {
        let remembered = self.line.positions.value(&self.source, key);
        let Some(fingerprint) = remembered.as_deref().and_then(Fingerprint::parse) else { return Ok(false) };
        Ok(match fingerprint.change(stat) {
            Change::Same => true,
            Change::Changed => false,
            Change::AskHead => fingerprint.head() == head(file)?,
        })
    }

    fn origin(&self, path: &Path) -> Origin {
        Origin {
            kind: SourceKind::File,
            name: self.source.to_string(),
            uri: name::file_uri(path),
            media_type: None,
            charset: None,
            observed_at: Timestamp::now(),
            http: None,
        }
    }

    /// Waits for `work` on this thread; `None` when the watcher is to stop first.
    pub(crate) fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        self.runtime.block_on(async {
            tokio::select! {
                biased;
                () = self.stop.cancelled() => None,
                done = work => Some(done),
            }
        })
    }
}

/// Opens a file without ever waiting for a writer, following no link, not even in the folders on the way.
fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
    match rustix::fs::openat2(rustix::fs::CWD, path, flags, Mode::empty(), ResolveFlags::NO_SYMLINKS) {
        // Older kernels do not have the call, and some sandboxes refuse it.
        Err(Errno::NOSYS | Errno::PERM) => Ok(rustix::fs::open(path, flags, Mode::empty())?.into()),
        opened => Ok(opened?.into()),
    }
}

/// The head of a file, wherever the file is read next.
pub(crate) fn head(file: &File) -> io::Result<Head> {
    let mut head = [0; HEAD_BYTES];
    let filled = read_head(file, &mut head)?;
    Ok(Head::of(&head[..filled]))
}

/// The archive that a file is, if it is one.
fn format(file: &File, path: &Path) -> io::Result<Option<Format>> {
    let mut head = [0; archive::HEAD_BYTES];
    let filled = read_head(file, &mut head)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if filled == head.len() && archive::wants_more(&head) {
        let mut more = vec![0; archive::MORE_BYTES];
        let filled = read_head(file, &mut more)?;
        return Ok(archive::sniff(&more[..filled], &name));
    }
    Ok(archive::sniff(&head[..filled], &name))
}

/// Fills `head` with the first bytes of a file, as far as it has them.
fn read_head(file: &File, head: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < head.len() {
        match file.read_at(&mut head[filled..], filled as u64)? {
            0 => break,
            more => filled += more,
        }
    }
    Ok(filled)
}
