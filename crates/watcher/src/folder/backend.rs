//! Do events work in this folder? If not, it is polled.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::events::{CANARY, Heard, listen};
use crate::Watch;

/// How long the self-test waits for the event of its canary.
const SELF_TEST: Duration = Duration::from_secs(1);

/// How a folder is watched, and why.
pub(crate) struct Backend {
    /// The events; `None` when the folder is polled.
    pub(crate) events: Option<RecommendedWatcher>,
    /// Why so.
    pub(crate) reason: String,
    /// Whether the reason is one that an operator can do something about.
    pub(crate) limited: bool,
}

impl Backend {
    /// Chooses for the folder `root`.
    pub(crate) fn choose(root: &Path, watch: Watch, heard: &Arc<Heard>) -> Self {
        let remote = shared_file_system(root);
        match (watch, remote) {
            (Watch::Poll, _) => Self::poll("configured".to_owned()),
            (Watch::Auto, Some(name)) => {
                Self::poll(format!("{name} does not tell of changes that are made elsewhere"))
            }
            (Watch::Auto | Watch::Events, _) => match listen(root, heard) {
                Ok((events, canary)) => Self::tested(root, watch, events, &canary),
                Err(error) => Self::limited(&error),
            },
        }
    }

    fn tested(root: &Path, watch: Watch, mut events: RecommendedWatcher, canary: &Receiver<()>) -> Self {
        if let Err(error) = events.watch(root, RecursiveMode::NonRecursive) {
            return Self::limited(&error);
        }
        let reason = match watch {
            Watch::Events => "configured",
            _ => match sing(root) {
                Ok(()) if canary.recv_timeout(SELF_TEST).is_ok() => "self-test passed",
                Ok(()) => return Self::poll("self-test failed: no event came".to_owned()),
                Err(_) => "local file system; not tested, because the folder cannot be written",
            },
        };
        Self { events: Some(events), reason: reason.to_owned(), limited: false }
    }

    fn poll(reason: String) -> Self {
        Self { events: None, reason, limited: false }
    }

    fn limited(error: &notify::Error) -> Self {
        Self { events: None, reason: explain(error), limited: true }
    }
}

/// Makes the event that the self-test waits for, and leaves nothing behind.
fn sing(root: &Path) -> std::io::Result<()> {
    let path = root.join(CANARY);
    let written =
        OpenOptions::new().write(true).create(true).truncate(true).open(&path)?.write_all(b"depeche\n");
    std::fs::remove_file(&path)?;
    written
}

/// What a failure to watch comes from and what to do about it.
pub(crate) fn explain(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => limit("max_user_watches", "watch"),
        ErrorKind::Io(error) if error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error()) => {
            limit("max_user_instances", "instance")
        }
        _ => format!("events cannot be had: {error}"),
    }
}

fn limit(name: &str, what: &str) -> String {
    let value = std::fs::read_to_string(format!("/proc/sys/fs/inotify/{name}"))
        .ok()
        .and_then(|text| text.trim().parse::<u64>().ok());
    match value {
        Some(value) => {
            let more = value.saturating_mul(4).max(8192);
            format!(
                "no inotify {what} is left (fs.inotify.{name} is {value}, shared by all programs of this user); \
                 raise it with: sysctl -w fs.inotify.{name}={more}"
            )
        }
        None => format!("no inotify {what} is left; raise fs.inotify.{name} with sysctl"),
    }
}

/// The name of the file system that `path` is on, if others may change it without our system hearing of it.
fn shared_file_system(path: &Path) -> Option<&'static str> {
    let kind = rustix::fs::statfs(path).ok()?.f_type;
    // The numbers are `statfs(2)`'s and `linux/magic.h`'s.
    Some(match kind as u32 {
        0x6969 => "NFS",
        0x517B => "SMB",
        0xFF53_4D42 => "CIFS",
        0xFE53_4D42 => "SMB2",
        0x6573_5546 => "FUSE",
        0x0102_1997 => "9p",
        0x00C3_6400 => "Ceph",
        0x5346_414F | 0x6B41_4653 => "AFS",
        0x7375_7245 => "Coda",
        0x0BD0_0BD0 => "Lustre",
        0x4750_4653 => "GPFS",
        0x0116_1970 => "GFS2",
        0x7461_636F => "OCFS2",
        0x1983_0326 => "BeeGFS",
        0x786F_4256 => "VirtualBox shared folders",
        0xBACB_ACBC => "VMware shared folders",
        0x7C7C_6673 => "Parallels shared folders",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(root: &Path, watch: Watch, events: bool, reason: &str) {
        let backend = Backend::choose(root, watch, &Arc::default());
        assert_eq!((backend.events.is_some(), backend.reason.as_str()), (events, reason));
    }

    #[test]
    fn a_local_folder_is_watched_by_events_after_a_test_that_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        check(home.path(), Watch::Auto, true, "self-test passed");
        check(home.path(), Watch::Events, true, "configured");
        check(home.path(), Watch::Poll, false, "configured");
        assert_eq!(home.path().read_dir().unwrap().count(), 0);
        // Nobody can write there, and it is no shared file system.
        let untested = "local file system; not tested, because the folder cannot be written";
        check(Path::new("/proc/self"), Watch::Auto, true, untested);
    }

    #[test]
    fn a_limit_is_told_with_its_value_and_what_to_do() {
        let message = explain(&notify::Error::new(ErrorKind::MaxFilesWatch));
        let value = std::fs::read_to_string("/proc/sys/fs/inotify/max_user_watches").unwrap();
        assert!(message.contains(&format!("fs.inotify.max_user_watches is {}", value.trim())), "{message}");
        assert!(message.contains("sysctl -w fs.inotify.max_user_watches="), "{message}");
    }
}
