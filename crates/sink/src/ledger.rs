//! The ledger: an append-only file of checksummed records. A document is committed when the record that speaks of it
//! is synced, and not before.
//!
//! A record is one line: eight hexadecimal digits of CRC-32 (IEEE), a space, JSON, a line feed. The CRC covers the
//! JSON. Each file, `ledger/<epoch>.ledger`, begins with a snapshot, so that an older file is never needed.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{self, File};
use crate::error::{Error, IoContext};
use crate::failpoint;
use crate::state::{Record, State};

/// The ledger's folder in a store.
pub(crate) fn folder(store: &Path) -> PathBuf {
    store.join("ledger")
}

fn path_of(store: &Path, epoch: u64) -> PathBuf {
    folder(store).join(format!("{epoch:06}.ledger"))
}

/// The ledger, open for appending.
pub(crate) struct Ledger {
    path: PathBuf,
    file: File,
    len: u64,
    line: Vec<u8>,
}

impl Ledger {
    /// Starts a new file, numbered by the state's epoch, and makes it durable before it gets its name. The older
    /// files can be removed afterwards.
    pub(crate) fn start(store: &Path, state: &State, points: [&str; 2]) -> Result<Self, Error> {
        let path = path_of(store, state.epoch);
        let temporary = path.with_extension("ledger.tmp");
        let mut line = Vec::new();
        encode(&Record::Snapshot(state.clone()), &mut line);
        disk::write_synced(&temporary, &line).on("write", &temporary)?;
        failpoint::hit(points[0]).on("write", &temporary)?;
        disk::rename(&temporary, &path).on("rename", &temporary)?;
        disk::sync_dir(&folder(store)).on("sync", &folder(store))?;
        failpoint::hit(points[1]).on("rename", &temporary)?;
        let file = disk::open(&path).on("open", &path)?;
        Ok(Self { path, file, len: line.len() as u64, line })
    }

    /// Length in bytes.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// Appends a record and syncs it. After an error the file must not be used again.
    pub(crate) fn append(&mut self, record: &Record, points: [&str; 2]) -> Result<(), Error> {
        self.line.clear();
        encode(record, &mut self.line);
        disk::write_at(&self.file, &self.line, self.len).on("write", &self.path)?;
        failpoint::hit(points[0]).on("write", &self.path)?;
        self.file.sync_data().on("sync", &self.path)?;
        failpoint::hit(points[1]).on("sync", &self.path)?;
        self.len += self.line.len() as u64;
        Ok(())
    }
}

/// What a ledger says.
pub(crate) struct Replay {
    /// The state after the last whole record.
    pub(crate) state: State,
    /// The records after the snapshot, for whoever has to catch up.
    pub(crate) records: Vec<Record>,
    /// Bytes after the last whole record: a torn write of a commit that nobody was told of.
    pub(crate) torn: u64,
    /// Bytes up to the end of the last whole record.
    pub(crate) whole: u64,
    /// The file that was read.
    pub(crate) path: PathBuf,
}

/// Reads the newest ledger; `None` when the store has none.
pub(crate) fn replay(store: &Path) -> Result<Option<Replay>, Error> {
    let Some((_, path)) = files(store)?.pop() else {
        return Ok(None);
    };
    let bytes = disk::read(&path).on("read", &path)?;
    let corrupt = |offset: usize, what: String| Error::LedgerCorrupt { path: path.clone(), offset, what };

    let mut decoder = Decoder::new(&bytes);
    let Some(Record::Snapshot(mut state)) = decoder.next() else {
        return Err(corrupt(0, "the first record is not a whole snapshot".to_owned()));
    };
    if state.format != crate::state::FORMAT {
        return Err(Error::Format { path, found: state.format });
    }
    let mut records = Vec::new();
    let mut offset = decoder.offset;
    while let Some(record) = decoder.next() {
        state.apply(&record).map_err(|what| corrupt(offset, what))?;
        records.push(record);
        offset = decoder.offset;
    }
    // Only the last write can be torn, since each is synced before the next. Whole records after a broken one mean
    // that something else broke it, and cutting there would take back what was promised.
    if let Some(later) = decoder.whole_record_after_the_break() {
        return Err(corrupt(offset, format!("a broken record, and a whole one after it at byte {later}")));
    }
    let torn = (bytes.len() - offset) as u64;
    Ok(Some(Replay { state, records, torn, whole: offset as u64, path }))
}

/// The ledger files by epoch, oldest first.
pub(crate) fn files(store: &Path) -> Result<Vec<(u64, PathBuf)>, Error> {
    let folder = folder(store);
    let mut files: Vec<_> = disk::entries(&folder)
        .on("list", &folder)?
        .into_iter()
        .filter_map(|path| {
            let epoch = path.file_name()?.to_str()?.strip_suffix(".ledger")?.parse().ok()?;
            Some((epoch, path))
        })
        .collect();
    files.sort();
    Ok(files)
}

/// Removes every file of the ledger's folder but the one of this epoch.
pub(crate) fn remove_older(store: &Path, epoch: u64) -> io::Result<()> {
    let keep = path_of(store, epoch);
    for path in disk::entries(&folder(store))? {
        if path != keep {
            disk::remove(&path)?;
        }
    }
    Ok(())
}

/// Appends a record's line to `out`.
pub(crate) fn encode(record: &Record, out: &mut Vec<u8>) {
    const CRC: usize = 9; // Eight digits and a space.
    let start = out.len();
    out.extend_from_slice(b"00000000 ");
    // Numbers, strings and lists of them: there is nothing in a record that JSON could refuse.
    let _ = serde_json::to_writer(&mut *out, record);
    let crc = format!("{:08x}", crc32fast::hash(&out[start + CRC..]));
    out[start..start + 8].copy_from_slice(crc.as_bytes());
    out.push(b'\n');
}

/// Reads whole records one after another, until the first that is not whole.
pub(crate) struct Decoder<'a> {
    bytes: &'a [u8],
    /// End of the last whole record.
    pub(crate) offset: usize,
}

impl<'a> Decoder<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0 }
    }

    /// Offset of a whole record somewhere after the first broken one.
    fn whole_record_after_the_break(&self) -> Option<usize> {
        let mut offset = self.offset;
        while let Some(feed) = self.bytes[offset..].iter().position(|byte| *byte == b'\n') {
            if offset > self.offset && decode(&self.bytes[offset..offset + feed]).is_some() {
                return Some(offset);
            }
            offset += feed + 1;
        }
        None
    }
}

impl Iterator for Decoder<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let rest = &self.bytes[self.offset..];
        let feed = rest.iter().position(|byte| *byte == b'\n')?;
        let record = decode(&rest[..feed])?;
        self.offset += feed + 1;
        Some(record)
    }
}

/// A record from its line, without the line feed; `None` when it is not whole.
fn decode(line: &[u8]) -> Option<Record> {
    let (crc, json) = line.split_at_checked(9)?;
    let crc = std::str::from_utf8(crc).ok()?.strip_suffix(' ')?;
    let crc = u32::from_str_radix(crc, 16).ok()?;
    if crc32fast::hash(json) != crc {
        return None;
    }
    serde_json::from_slice(json).ok()
}
