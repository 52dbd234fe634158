use std::fs::FileType;
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

/// Why a path is not read. Said once in the log for each path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is a FIFO.
    Fifo,
    /// It is a socket.
    Socket,
    /// It is a block or character device.
    Device,
    /// It is a symbolic link; what it leads to inside the folder is read there anyway.
    LinkInside,
    /// It is a symbolic link that leads out of the folder.
    LinkOutside(PathBuf),
    /// It is a symbolic link that leads to itself by one way or another.
    LinkLoop,
    /// It is a symbolic link that leads nowhere.
    LinkBroken,
    /// We are not allowed to read it.
    Denied,
    /// The system fails to read it.
    Failed(String),
}

impl Refusal {
    /// Why the thing of this type at `path`, in the folder `root`, is not read; `None` for a file or a folder.
    pub(crate) fn of_kind(kind: FileType, root: &Path, path: &Path) -> Option<Self> {
        if kind.is_file() || kind.is_dir() {
            None
        } else if kind.is_symlink() {
            Some(Self::of_link(root, path))
        } else if kind.is_fifo() {
            Some(Self::Fifo)
        } else if kind.is_socket() {
            Some(Self::Socket)
        } else {
            Some(Self::Device)
        }
    }

    fn of_link(root: &Path, path: &Path) -> Self {
        match path.canonicalize() {
            Ok(target) if target.starts_with(root) => Self::LinkInside,
            Ok(target) => Self::LinkOutside(target),
            Err(error) if is_loop(&error) => Self::LinkLoop,
            Err(_) => Self::LinkBroken,
        }
    }

    /// Why a path is not read that the system would not open.
    pub(crate) fn of_error(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::PermissionDenied {
            Self::Denied
        } else if is_loop(error) {
            // A folder on the way became a link after the scan.
            Self::LinkInside
        } else {
            Self::Failed(error.to_string())
        }
    }

    /// Whether there is a document that we fail to read, rather than nothing to read.
    pub(crate) fn is_failure(&self) -> bool {
        matches!(self, Self::Denied | Self::Failed(_))
    }

    /// The reason, in words.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Fifo => "it is a fifo".to_owned(),
            Self::Socket => "it is a socket".to_owned(),
            Self::Device => "it is a device".to_owned(),
            Self::LinkInside => "it is a symbolic link into the same folder".to_owned(),
            Self::LinkOutside(target) => {
                format!("it is a symbolic link that leads out of the folder, to {}", target.display())
            }
            Self::LinkLoop => "it is a symbolic link that leads back to itself".to_owned(),
            Self::LinkBroken => "it is a symbolic link that leads nowhere".to_owned(),
            Self::Denied => "reading it is not permitted".to_owned(),
            Self::Failed(error) => error.clone(),
        }
    }
}

fn is_loop(error: &io::Error) -> bool {
    Errno::from_io_error(error) == Some(Errno::LOOP)
}
