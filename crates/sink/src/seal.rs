//! Giving a segment its final form: compressed as a new file, recorded, renamed.
//!
//! The order is what makes it safe to die anywhere: the new file is synced before the ledger speaks of it, and the
//! ledger is synced before the name changes. Whoever finds a sealed segment without its final name finishes the
//! rename, after cutting the file to the recorded length.

use std::io::Write;
use std::path::Path;

use document::Digester;

use crate::Compression;
use crate::disk::{self, File};
use crate::error::{Error, IoContext};
use crate::failpoint;
use crate::state::{Record, Seal, Sealed, Segment, SegmentId};
use crate::store::SealJob;

/// A segment whose final form is on disk and synced, under a temporary name.
#[derive(Debug)]
pub struct Ready {
    job: SealJob,
    sealed: Sealed,
}

impl SealJob {
    /// Makes the final form. This is the long part, and needs nothing of the store but the segment's file.
    pub fn prepare(self) -> Result<Ready, Error> {
        let open = self.segment.open_path(&self.store, self.id);
        let sealed = match self.compression {
            Compression::Zstd => {
                let temporary = self.segment.temporary_path(&self.store, self.id);
                let sealed = compress(&open, &self.segment, &temporary, self.level)?;
                let folder = self.segment.folder(&self.store);
                disk::sync_dir(&folder).on("sync", &folder)?;
                sealed
            }
            Compression::None => {
                let mut digester = Digester::default();
                copy_committed(&open, &self.segment, |bytes| {
                    digester.update(bytes);
                    Ok(())
                })?;
                Sealed { compression: Compression::None, bytes: self.segment.len, digest: digester.digest() }
            }
        };
        failpoint::hit("seal:synced").on("seal", &open)?;
        Ok(Ready { job: self, sealed })
    }
}

impl Ready {
    /// The store's generation that the segment was prepared for.
    pub(crate) fn generation(&self) -> u64 {
        self.job.generation
    }

    pub(crate) fn record(&self, n: u64) -> Record {
        Record::Seal(Seal { n, segment: self.job.id, sealed: self.sealed.clone() })
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        let segment = Segment { sealed: Some(self.sealed), ..self.job.segment };
        let path = segment.path(&self.job.store, self.job.id);
        tracing::info!(segment = %path.display(), lines = segment.lines, bytes = segment.len, "segment sealed");
        finish(&self.job.store, self.job.id, &segment)
    }
}

/// Gives a sealed segment its final name, however much of that was done before.
pub(crate) fn finish(store: &Path, id: SegmentId, segment: &Segment) -> Result<(), Error> {
    let Some(sealed) = &segment.sealed else { return Ok(()) };
    let open = segment.open_path(store, id);
    let last = segment.final_path(store, id, sealed.compression);
    let ready = match sealed.compression {
        Compression::Zstd => segment.temporary_path(store, id),
        Compression::None => open.clone(),
    };
    let folder = segment.folder(store);
    if disk::exists(&ready) {
        let file = disk::open(&ready).on("open", &ready)?;
        cut(&file, &ready, sealed.bytes)?;
        disk::rename(&ready, &last).on("rename", &ready)?;
        disk::sync_dir(&folder).on("sync", &folder)?;
        failpoint::hit("seal:renamed").on("rename", &ready)?;
    }
    if disk::exists(&last) {
        disk::remove(&open).on("remove", &open)?;
        failpoint::hit("seal:removed").on("remove", &open)?;
    }
    Ok(())
}

/// Cuts a file to its committed length, when it is longer, and syncs it.
pub(crate) fn cut(file: &File, path: &Path, len: u64) -> Result<(), Error> {
    let found = file.metadata().on("stat", path)?.len();
    if found > len {
        file.set_len(len).on("truncate", path)?;
        file.sync_all().on("sync", path)?;
    }
    Ok(())
}

/// Compresses the committed part of a segment into a new file and syncs it.
fn compress(open: &Path, segment: &Segment, temporary: &Path, level: i32) -> Result<Sealed, Error> {
    let file = disk::create(temporary).on("make", temporary)?;
    let counted = Counted { file, bytes: 0, digester: Digester::default() };
    let mut encoder = zstd::Encoder::new(counted, level).on("compress", temporary)?;
    encoder.include_checksum(true).on("compress", temporary)?;
    encoder.set_pledged_src_size(Some(segment.len)).on("compress", temporary)?;
    copy_committed(open, segment, |bytes| encoder.write_all(bytes).on("write", temporary))?;
    let counted = encoder.finish().on("write", temporary)?;
    failpoint::hit("seal:compressed").on("write", temporary)?;
    counted.file.sync_all().on("sync", temporary)?;
    Ok(Sealed { compression: Compression::Zstd, bytes: counted.bytes, digest: counted.digester.digest() })
}

/// Hands out the committed part of a segment, and fails when it is not what was committed.
fn copy_committed(
    open: &Path,
    segment: &Segment,
    mut take: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = disk::open_read(open).on("open", open)?;
    let mut buffer = vec![0; 256 << 10];
    let mut crc = crc32fast::Hasher::new();
    let mut offset = 0;
    while offset < segment.len {
        let count = (segment.len - offset).min(buffer.len() as u64) as usize;
        let piece = &mut buffer[..count];
        disk::read_at(&file, piece, offset).on("read", open)?;
        crc.update(piece);
        take(piece)?;
        offset += count as u64;
    }
    if crc.finalize() != segment.crc {
        return Err(Error::SegmentCorrupt { path: open.to_owned() });
    }
    Ok(())
}

/// A file that is counted and digested as it is written.
struct Counted {
    file: File,
    bytes: u64,
    digester: Digester,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.bytes += count as u64;
        self.digester.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
