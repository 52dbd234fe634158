//! The one place of this crate that touches files, so that its own tests can run on a simulated disk that loses
//! what was not synced, tears blocks, fills up and fails.

use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

#[cfg(not(test))]
use std::fs;
#[cfg(test)]
use turmoil_fs::shim::std::fs;

pub(crate) use fs::File;

/// Opens for reading and writing; the file must exist.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().read(true).write(true).open(path)
}

/// Opens for reading.
pub(crate) fn open_read(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().read(true).open(path)
}

/// Makes an empty file, over an old one if there is one.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path)
}

/// Opens for reading and writing, made empty if absent.
pub(crate) fn open_or_create(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Writes all of `bytes` at `offset`.
pub(crate) fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    let mut written = 0;
    while written < bytes.len() {
        match file.write_at(&bytes[written..], offset + written as u64) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => written += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Fills `buffer` from `offset`; an error when the file ends before.
pub(crate) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read_at(&mut buffer[filled..], offset + filled as u64) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A whole file.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_read(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes a whole new file and syncs it; its name is durable after a [`sync_dir`].
pub(crate) fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.sync_data()
}

/// Syncs the data of several files at once, so that the disk is waited for once and not for each; how each ended, in
/// order.
#[cfg(not(test))]
pub(crate) fn sync_data(files: &[&File]) -> Vec<io::Result<()>> {
    let Some((here, others)) = files.split_last() else { return Vec::new() };
    std::thread::scope(|scope| {
        let others: Vec<_> = others
            .iter()
            .map(|file| (file, std::thread::Builder::new().spawn_scoped(scope, || file.sync_data())))
            .collect();
        let here = here.sync_data();
        let ended = others.into_iter().map(|(file, started)| match started {
            Ok(thread) => {
                thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread that syncs ended")))
            }
            // Where there can be no more threads, one after the other will do.
            Err(_) => file.sync_data(),
        });
        ended.chain([here]).collect()
    })
}

/// The simulated disk belongs to one thread.
#[cfg(test)]
pub(crate) fn sync_data(files: &[&File]) -> Vec<io::Result<()>> {
    files.iter().map(|file| file.sync_data()).collect()
}

/// Makes the names in a folder durable.
pub(crate) fn sync_dir(path: &Path) -> io::Result<()> {
    #[cfg(test)]
    return fs::sync_dir(path);
    #[cfg(not(test))]
    File::open(path)?.sync_all()
}

/// Makes a folder and those above it, and makes their names durable.
pub(crate) fn create_dirs(path: &Path) -> io::Result<()> {
    if exists(path) {
        return Ok(());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        create_dirs(parent)?;
    }
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_dir(parent.unwrap_or(Path::new("."))),
    }
}

/// Takes the lock that says who writes here; `None` when another process holds it. Dropping the file gives it back.
#[cfg(not(test))]
pub(crate) fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = open_or_create(path)?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0)?;
            write_at(&file, format!("process {}\n", std::process::id()).as_bytes(), 0)?;
            Ok(Some(file))
        }
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

/// The simulated disk has one process.
#[cfg(test)]
pub(crate) fn lock(path: &Path) -> io::Result<Option<File>> {
    open_or_create(path).map(Some)
}

pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Removes a file; one that is not there is removed already.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Length of a file in bytes; `None` when it is not there.
pub(crate) fn len(path: &Path) -> io::Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

pub(crate) fn exists(path: &Path) -> bool {
    fs::metadata(path).is_ok()
}

/// The entries of a folder in the order of their names; none when the folder is not there.
pub(crate) fn entries(path: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
