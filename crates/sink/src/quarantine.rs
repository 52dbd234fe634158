//! Documents that could not become articles, kept whole.
//!
//! The entry is a line of the quarantine's own segments, committed like an article. The bytes are a file of their
//! own, named by their digest and written before the line that speaks of them, so that they can be looked at with any
//! tool, and a large one does not bloat the lines.

use std::path::{Path, PathBuf};

use document::{Digest, Rejected};

use crate::disk;
use crate::error::{Error, IoContext};
use crate::failpoint;

/// The file that keeps a body with this digest.
pub fn body_path(store: &Path, digest: &Digest) -> PathBuf {
    let hex = digest.hex();
    store.join("quarantine").join("bodies").join(&hex[..2]).join(hex)
}

/// Keeps a rejected document's bytes. Writing them again is harmless.
pub(crate) fn keep_body(store: &Path, rejected: &Rejected) -> Result<(), Error> {
    let body = &rejected.raw.body;
    let path = body_path(store, &rejected.raw.digest);
    let Some(folder) = path.parent() else { return Ok(()) };
    disk::create_dirs(folder).on("make", folder)?;
    disk::write_synced(&path, body).on("write", &path)?;
    disk::sync_dir(folder).on("sync", folder)?;
    failpoint::hit("commit:body-written").on("write", &path)
}
