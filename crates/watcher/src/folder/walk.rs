//! Walks a tree of folders: every file in it that a document may be in.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::fingerprint::Stat;
use super::ignore;
use super::refusal::Refusal;

/// What a walk meets.
#[derive(Debug)]
pub(crate) enum Met {
    /// A folder whose contents come next, by its path in the walked root. Told before it is listed, so that a watch
    /// set on it now misses nothing that the listing does not show.
    Folder(PathBuf),
    /// A file.
    File(PathBuf, Stat),
    /// A path that is not read.
    Refused(PathBuf, Refusal),
}

/// Walks the tree below `start`, a path in `root`, and tells `meet` all it meets until that breaks.
///
/// The folders still to be listed are kept in a list, so a deep tree does not deepen the stack; links are not
/// followed, so the walk ends.
pub(crate) fn walk(
    root: &Path,
    start: &Path,
    meet: &mut dyn FnMut(Met) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut folders = vec![start.to_owned()];
    while let Some(folder) = folders.pop() {
        let path = if folder.as_os_str().is_empty() { root.to_owned() } else { root.join(&folder) };
        // What was a folder a moment ago may be a link by now.
        if folder != *start || !folder.as_os_str().is_empty() {
            match path.symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => (),
                _ => continue,
            }
        }
        meet(Met::Folder(folder.clone()))?;
        if let Err(error) = list(root, &path, &folder, &mut folders, meet)? {
            match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => (),
                _ => meet(Met::Refused(folder, Refusal::of_error(&error)))?,
            }
        }
    }
    ControlFlow::Continue(())
}

fn list(
    root: &Path,
    path: &Path,
    folder: &Path,
    folders: &mut Vec<PathBuf>,
    meet: &mut dyn FnMut(Met) -> ControlFlow<()>,
) -> ControlFlow<(), io::Result<()>> {
    let entries = match path.read_dir() {
        Ok(entries) => entries,
        Err(error) => return ControlFlow::Continue(Err(error)),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return ControlFlow::Continue(Err(error)),
        };
        let name = entry.file_name();
        if ignore::is_ignored(&name) {
            continue;
        }
        // An entry that vanishes now is none.
        let Ok(kind) = entry.file_type() else { continue };
        let relative = folder.join(name);
        if kind.is_dir() {
            folders.push(relative);
        } else if let Some(refusal) = Refusal::of_kind(kind, root, &entry.path()) {
            meet(Met::Refused(relative, refusal))?;
        } else if let Ok(metadata) = entry.metadata() {
            meet(Met::File(relative, Stat::of(&metadata)))?;
        }
    }
    ControlFlow::Continue(Ok(()))
}
