//! Turns the system's events into signs, bounded: what would be too many becomes "scan again".

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, RecommendedWatcher};
use tokio::sync::Notify;
use tracing::warn;

use super::ignore;
use super::ready::Sign;

/// Signs that are kept until the folder takes them; more of them than that, and a scan is the shorter way.
const SIGNS_MAX: usize = 1 << 16;

/// Name of the file whose event shows that events work.
pub(crate) const CANARY: &str = ".depeche-canary";

/// What the events said since it was last asked.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// What was heard, in order, by path in the folder.
    pub(crate) signs: Vec<(PathBuf, Sign)>,
    /// Folders that came, or of which it is not sure that their watch is still the right one.
    pub(crate) folders: Vec<PathBuf>,
    /// Whether events were lost, so that only a scan can tell.
    pub(crate) lost: bool,
    /// Whether the watched folder itself was removed or renamed.
    pub(crate) root_gone: bool,
}

/// Where the thread of the events and the folder meet.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    news: Mutex<News>,
    /// Told when there is something in `news`.
    pub(crate) changed: Notify,
}

impl Heard {
    /// Takes the news.
    pub(crate) fn take(&self) -> News {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, News> {
        // A list of signs is whole after any panic between two pushes.
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in one event about the folder `root`.
    pub(crate) fn hear(&self, root: &Path, event: notify::Result<Event>) {
        let mut news = self.lock();
        match event {
            // Asked first: an event that says so may have no path at all.
            Ok(event) if event.need_rescan() => news.lost = true,
            Ok(event) => event.paths.into_iter().for_each(|path| news.add(root, &path, event.kind)),
            Err(error) => {
                warn!(folder = %root.display(), %error, "events failed");
                news.lost = true;
            }
        }
        if news.signs.len() + news.folders.len() > SIGNS_MAX {
            news.signs.clear();
            news.folders.clear();
            news.lost = true;
        }
        drop(news);
        self.changed.notify_one();
    }
}

impl News {
    fn add(&mut self, root: &Path, path: &Path, kind: EventKind) {
        let Ok(relative) = path.strip_prefix(root) else { return };
        if relative.as_os_str().is_empty() {
            self.root_gone |=
                matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)));
            return;
        }
        if ignore::is_ignored_path(relative) {
            return;
        }
        let sign = match kind {
            EventKind::Create(CreateKind::Folder) => return self.folders.push(relative.to_owned()),
            EventKind::Create(_) => Sign::Created,
            EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Sign::Arrived,
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) => Sign::Gone,
            // Told as well by the two halves.
            EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return,
            EventKind::Modify(ModifyKind::Name(_) | ModifyKind::Metadata(_)) => Sign::Touched,
            EventKind::Modify(_) => Sign::Modified,
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => Sign::Closed,
            EventKind::Remove(kind) => {
                if kind != RemoveKind::File {
                    // When another folder took its place meanwhile, the watch that was removed may be the new one's.
                    self.folders.push(relative.to_owned());
                }
                Sign::Gone
            }
            EventKind::Access(_) | EventKind::Any | EventKind::Other => return,
        };
        // A slow writer writes often.
        if sign == Sign::Modified
            && self.signs.last().is_some_and(|(last, sign)| last == relative && *sign == Sign::Modified)
        {
            return;
        }
        self.signs.push((relative.to_owned(), sign));
    }
}

/// Begins to listen to events about the folder `root`, of which none come before a folder is watched. The receiver
/// gets a unit for each event about the canary.
pub(crate) fn listen(
    root: &Path,
    heard: &Arc<Heard>,
) -> notify::Result<(RecommendedWatcher, mpsc::Receiver<()>)> {
    let (sender, canary) = mpsc::channel();
    let heard = Arc::clone(heard);
    let root = root.to_owned();
    let canary_path = root.join(CANARY);
    let handler = move |event: notify::Result<Event>| {
        if let Ok(event) = &event {
            // Most events are about files being opened, not least by us.
            if matches!(event.kind, EventKind::Access(AccessKind::Open(_))) && !event.need_rescan() {
                return;
            }
            if event.paths.contains(&canary_path) {
                // Nobody waits for it after the self-test.
                let _ = sender.send(());
                return;
            }
        }
        heard.hear(&root, event);
    };
    let config = notify::Config::default().with_follow_symlinks(false);
    Ok((notify::Watcher::new(handler, config)?, canary))
}
