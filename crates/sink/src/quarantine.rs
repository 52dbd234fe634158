//! Documents that could not become articles, kept whole.
//!
//! The entry is a line of the quarantine's own segments, committed like an article. The bytes are a file of their
//! own, named by their digest and written before the line that speaks of them, so that they can be looked at with any
//! tool, and a large one does not bloat the lines.

use std::path::{Path, PathBuf};

use std::collections::HashSet;
use std::sync::Arc;

use bytes::Bytes;
use document::{ContentId, Digest, Position, RawDocument, Rejected};

use crate::error::{Error, IoContext};
use crate::line::{QuarantineEvent, QuarantineLine};
use crate::read::View;
use crate::{Stream, disk, failpoint};

/// Name of the source that quarantined documents have when they are given to the line again.
pub const QUARANTINE: &str = "quarantine";

/// The position of a quarantined document that is given to the line again: committed with an article, it resolves the
/// entry.
pub fn retry_position(entry: ContentId) -> Position {
    Position { source: Arc::from(QUARANTINE), key: entry.to_string(), value: "retried".to_owned() }
}

/// The quarantine entry that a position belongs to, if it is one.
pub(crate) fn entry_of(position: &Position) -> Option<ContentId> {
    (&*position.source == QUARANTINE).then(|| position.key.parse().ok())?
}

/// Hands out the entries that are not resolved, oldest first, until `each` returns an error.
pub fn unresolved<E: From<Error>>(
    view: &View,
    mut each: impl FnMut(QuarantineLine<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut resolved = HashSet::new();
    events(view, |event| {
        if let QuarantineEvent::Resolution(resolution) = event {
            resolved.insert(resolution.resolves);
        }
        Ok::<_, E>(())
    })?;
    events(view, |event| match event {
        QuarantineEvent::Entry(entry) if !resolved.contains(&entry.id) => each(entry),
        _ => Ok(()),
    })
}

fn events<E: From<Error>>(
    view: &View,
    mut each: impl FnMut(QuarantineEvent<'_>) -> Result<(), E>,
) -> Result<(), E> {
    for segment in view.segments(Stream::Quarantine) {
        let Some(mut reader) = segment.reader()? else { continue };
        while let Some(line) = reader.next_line()? {
            match serde_json::from_slice(line) {
                Ok(event) => each(event)?,
                Err(_) => return Err(Error::SegmentCorrupt { path: segment.path.clone() }.into()),
            }
        }
    }
    Ok(())
}

/// A quarantined document as it was, read from its kept bytes.
pub fn document(store: &Path, entry: &QuarantineLine<'_>) -> Result<RawDocument, Error> {
    let path = body_path(store, &entry.source.digest);
    let body = disk::read(&path).on("read", &path)?;
    let mut raw = RawDocument::new(entry.source.origin(), Bytes::from(body));
    raw.identity = entry.source.identity.as_deref().map(str::to_owned);
    raw.announced = entry.announced.as_deref().cloned().map(Box::new);
    Ok(raw)
}

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
