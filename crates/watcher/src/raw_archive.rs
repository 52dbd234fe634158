//! Keeps what was fetched, as it came, to be read again when the parser has learnt something (`depeche replay`).
//!
//! Files are WARC 1.1 (ISO 28500:2017), a gzip member a record, so that any tool reads them and a record can be found by
//! its offset. A file that grows ends in `.open`; it gets its final name when it is full, when the day (UTC) is over, and
//! at a clean stop. What a crash left is cut to its last whole record at the next start.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};
use axum::http::{HeaderMap, StatusCode};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tracing::{info, warn};

use crate::{Config, Error};

/// Ending of a file that grows.
const OPEN: &str = ".warc.gz.open";

/// A folder of web archives, of which one grows.
#[derive(Debug)]
pub(crate) struct RawArchive {
    folder: PathBuf,
    /// A file is finished once it has so many bytes.
    file_bytes_max: u64,
    growing: Mutex<Option<Growing>>,
}

/// The file that takes records now; locked, so that another daemon on the folder leaves it alone.
#[derive(Debug)]
struct Growing {
    path: PathBuf,
    file: File,
    bytes: u64,
    day: Date,
}

impl RawArchive {
    /// The archive that is configured, if one is; its folder is made if absent, and what a crash left in it is mended.
    pub(crate) fn open(config: &Config) -> Result<Option<Self>, Error> {
        let Some(folder) = config.raw_archive.folder.clone() else { return Ok(None) };
        let made = fs::create_dir_all(&folder).and_then(|()| mend(&folder));
        made.map_err(|error| Error::RawArchive { folder: folder.clone(), error })?;
        Ok(Some(Self {
            folder,
            file_bytes_max: config.raw_archive.file_bytes_max,
            growing: Mutex::new(None),
        }))
    }

    /// Keeps one answer: the URL where it was found, when it was asked for, and the answer's status, fields and body.
    ///
    /// `body` is what the document is read from, decoded; `fields` are those of the answer as they came. Those that speak
    /// of the transfer are kept under other names (`X-Archive-Orig-…`), because they are not true of what is kept. Only
    /// answers that hold a document belong here, since each of them is read as one when it is replayed.
    ///
    /// Blocks on the disk: call it from a thread that may. It returns when the record is written; a record is synced with
    /// its file, so a power cut may take the last ones. After an error the next record goes into a new file.
    pub(crate) fn keep(
        &self,
        url: &str,
        requested_at: Timestamp,
        status: StatusCode,
        fields: &HeaderMap,
        body: &[u8],
    ) -> io::Result<()> {
        self.append(&record(url, requested_at, status, fields, body), requested_at)
    }

    /// Keeps a document that was made of something fetched, as a `resource` record.
    pub(crate) fn keep_made(&self, url: &str, made_at: Timestamp, kind: &str, body: &[u8]) -> io::Result<()> {
        let digest = format!("blake3:{}", blake3::hash(body).to_hex());
        let head = [
            ("WARC-Type", "resource"),
            ("WARC-Target-URI", url),
            ("WARC-Payload-Digest", &digest),
            ("Content-Type", kind),
        ];
        self.append(&warc(&head, made_at, body), made_at)
    }

    fn append(&self, record: &[u8], at: Timestamp) -> io::Result<()> {
        let record = packed(record)?;
        let today = at.to_zoned(TimeZone::UTC).date();
        let mut growing = self.growing.lock().unwrap_or_else(PoisonError::into_inner);
        if growing.as_ref().is_some_and(|file| file.bytes >= self.file_bytes_max || file.day != today)
            && let Some(full) = growing.take()
        {
            full.finish()?;
        }
        let file = match &mut *growing {
            Some(file) => file,
            none => none.insert(Growing::begin(&self.folder, at, today)?),
        };
        if let Err(error) = file.append(&record) {
            // What was written of it is cut off when the file is finished.
            *growing = None;
            return Err(error);
        }
        Ok(())
    }
}

impl Growing {
    fn begin(folder: &Path, now: Timestamp, day: Date) -> io::Result<Self> {
        let stamp = now.strftime("%Y%m%d%H%M%S");
        let (path, file) = (0..1_000_000_u32)
            .map(|number| folder.join(format!("depeche-{stamp}-{number:06}{OPEN}")))
            .filter(|path| !finished(path).exists())
            .find_map(|path| match OpenOptions::new().append(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => None,
                opened => Some(opened.map(|file| (path, file))),
            })
            .unwrap_or_else(|| Err(io::ErrorKind::AlreadyExists.into()))?;
        // Whoever has the lock of a file that was made this instant is about to see that it is ours.
        let _ = file.try_lock();
        let mut growing = Self { path, file, bytes: 0, day };
        let software = format!(
            "software: depeche/{}\r\nformat: WARC File Format 1.1\r\nconformsTo: \
             https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
            env!("CARGO_PKG_VERSION")
        );
        let head = [("WARC-Type", "warcinfo"), ("Content-Type", "application/warc-fields")];
        growing.append(&packed(&warc(&head, now, software.as_bytes()))?)?;
        Ok(growing)
    }

    fn append(&mut self, record: &[u8]) -> io::Result<()> {
        let written = self.file.write_all(record);
        match &written {
            Ok(()) => self.bytes += record.len() as u64,
            // What is left of it is cut off, now or at the next start.
            Err(_) => drop(self.file.set_len(self.bytes)),
        }
        written
    }

    /// Gives the file its final name.
    fn finish(&self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, finished(&self.path))?;
        self.path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    }
}

impl Drop for RawArchive {
    fn drop(&mut self) {
        let growing = self.growing.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(file) = growing
            && let Err(error) = file.finish()
        {
            warn!(path = %file.path.display(), %error, "raw archive is finished at the next start");
        }
    }
}

/// The final name of a file that grows.
fn finished(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(name.strip_suffix(".open").unwrap_or(&name))
}

/// Finishes the files of `folder` that nobody writes any more: each is cut to its last whole record.
pub(crate) fn mend(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.to_string_lossy().ends_with(OPEN) {
            continue;
        }
        let file = OpenOptions::new().read(true).append(true).open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => continue,
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let (whole, length) = (whole_members(&file)?, file.metadata()?.len());
        if whole == 0 {
            fs::remove_file(&path)?;
            continue;
        }
        file.set_len(whole)?;
        info!(path = %path.display(), cut_bytes = length - whole, "raw archive mended");
        Growing { path, file, bytes: whole, day: Date::default() }.finish()?;
    }
    Ok(())
}

/// Bytes of a file up to the end of its last whole gzip member.
fn whole_members(file: &File) -> io::Result<u64> {
    let mut whole = 0;
    let length = file.metadata()?.len();
    let mut packed = BufReader::with_capacity(64 << 10, Counted { file, passed: 0 });
    while whole < length {
        let mut member = GzDecoder::new(packed);
        if io::copy(&mut member, &mut io::sink()).is_err() {
            break;
        }
        packed = member.into_inner();
        whole = packed.get_ref().passed - packed.buffer().len() as u64;
    }
    Ok(whole)
}

struct Counted<'a> {
    file: &'a File,
    passed: u64,
}

impl io::Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file;
        let count = file.read(out)?;
        self.passed += count as u64;
        Ok(count)
    }
}

fn record(
    url: &str,
    requested_at: Timestamp,
    status: StatusCode,
    fields: &HeaderMap,
    body: &[u8],
) -> Vec<u8> {
    let mut block =
        format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or("Unknown"))
            .into_bytes();
    for (name, value) in fields {
        if [CONTENT_ENCODING, TRANSFER_ENCODING, CONTENT_LENGTH].contains(name) {
            block.extend_from_slice(b"X-Archive-Orig-");
        }
        block.extend_from_slice(name.as_str().as_bytes());
        block.extend_from_slice(b": ");
        block.extend_from_slice(value.as_bytes());
        block.extend_from_slice(b"\r\n");
    }
    block.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
    block.extend_from_slice(body);
    let digest = format!("blake3:{}", blake3::hash(body).to_hex());
    let head = [
        ("WARC-Type", "response"),
        ("WARC-Target-URI", url),
        ("WARC-Payload-Digest", &digest),
        ("Content-Type", "application/http;msgtype=response"),
    ];
    warc(&head, requested_at, &block)
}

/// A record of a web archive.
fn warc(head: &[(&str, &str)], date: Timestamp, block: &[u8]) -> Vec<u8> {
    let mut record = b"WARC/1.1\r\n".to_vec();
    for (name, value) in head {
        // A line end in a value would begin a field of its own.
        let value = value.replace(['\r', '\n'], "");
        record.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(&record).update(date.to_string().as_bytes()).update(block);
    let id = uuid(hasher.finalize().as_bytes());
    let rest = format!(
        "WARC-Date: {}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nContent-Length: {}\r\n\r\n",
        date.strftime("%Y-%m-%dT%H:%M:%S%.6fZ"),
        block.len()
    );
    record.extend_from_slice(rest.as_bytes());
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// A UUID made of a digest (RFC 9562, version 8).
fn uuid(digest: &[u8; 32]) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn packed(record: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(record.len() / 3), Compression::default());
    encoder.write_all(record)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, SeekFrom};

    use super::*;
    use crate::archive::{self, Limits, Mark, Member, Trouble};
    use crate::config::RawArchive as Settings;
    use crate::folder::tests::config;

    fn opened(folder: &Path, file_bytes_max: u64) -> RawArchive {
        let raw_archive = Settings { folder: Some(folder.to_owned()), file_bytes_max };
        RawArchive::open(&Config { raw_archive, ..config() }).unwrap().unwrap()
    }

    fn keep(archive: &RawArchive, number: u32) {
        let mut fields = HeaderMap::new();
        fields.insert("content-type", "text/html; charset=utf-8".parse().unwrap());
        fields.insert("content-encoding", "br".parse().unwrap());
        fields.insert("etag", "\"e\"".parse().unwrap());
        let at = "2026-11-22T10:11:12.5Z".parse().unwrap();
        let body = format!("<p>{number}");
        let url = format!("https://a.example/{number}");
        archive.keep(&url, at, StatusCode::OK, &fields, body.as_bytes()).unwrap();
    }

    /// The names of the files of a folder, in order.
    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The members of all files of a folder, in order, read as any web archive.
    fn members(folder: &Path) -> Vec<Member> {
        let mut members = Vec::new();
        for name in names(folder) {
            let mut file = File::open(folder.join(&name)).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            file.seek(SeekFrom::Start(0)).unwrap();
            let limits = Limits::of(&config());
            let format = archive::sniff(&bytes, &name).unwrap();
            let read =
                archive::read(file, bytes.len() as u64, format, Mark::default(), &limits, &mut |member| {
                    members.push(member);
                    Ok(())
                });
            assert!(!matches!(read, Err(Trouble::Damaged(_) | Trouble::TooLarge(_))), "{name}: {read:?}");
        }
        members
    }

    #[test]
    fn what_is_kept_is_read_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let archive = opened(folder.path(), 1000);
        for number in 0..20 {
            keep(&archive, number);
        }
        drop(archive);
        let files = names(folder.path());
        assert!(files.len() > 3 && files.iter().all(|name| name.ends_with(".warc.gz")), "{files:?}");
        let members = members(folder.path());
        assert_eq!(members.len(), 20);
        for (number, member) in members.iter().enumerate() {
            assert_eq!(member.fragment, format!("https://a.example/{number}"));
            assert_eq!(member.body, format!("<p>{number}").as_bytes());
            assert_eq!(member.media_type.as_deref(), Some("text/html"));
            assert_eq!(member.http.as_ref().and_then(|http| http.etag.as_deref()), Some("\"e\""));
            assert_eq!(member.observed_at, Some("2026-11-22T10:11:12.5Z".parse().unwrap()));
        }
    }

    #[test]
    fn what_a_crash_left_is_mended() {
        let folder = tempfile::tempdir().unwrap();
        let archive = opened(folder.path(), u64::MAX);
        for number in 0..3 {
            keep(&archive, number);
        }
        // While it is written, another daemon leaves it alone.
        mend(folder.path()).unwrap();
        let name = names(folder.path()).remove(0);
        assert!(name.ends_with(OPEN));
        let bytes = fs::read(folder.path().join(&name)).unwrap();
        for cut in [bytes.len(), bytes.len() - 1, bytes.len() - 100, 20, 0] {
            let crashed = tempfile::tempdir().unwrap();
            fs::write(crashed.path().join(&name), &bytes[..cut]).unwrap();
            let archive = opened(crashed.path(), u64::MAX);
            let whole = members(crashed.path()).len();
            keep(&archive, 7);
            drop(archive);
            let members = members(crashed.path());
            assert_eq!(members.last().unwrap().body, b"<p>7");
            assert_eq!(members.len(), whole + 1);
            assert_eq!(
                whole,
                if cut == bytes.len() {
                    3
                } else if cut == bytes.len() - 1 {
                    2
                } else {
                    whole.min(2)
                }
            );
        }
    }

    #[test]
    fn a_day_has_its_own_file() {
        let folder = tempfile::tempdir().unwrap();
        let archive = opened(folder.path(), u64::MAX);
        for at in ["2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"] {
            let at = at.parse().unwrap();
            archive.keep("https://a.example/", at, StatusCode::OK, &HeaderMap::new(), b"<p>x").unwrap();
        }
        drop(archive);
        let expected = ["depeche-20261122235959-000000.warc.gz", "depeche-20261123000000-000000.warc.gz"];
        assert_eq!(names(folder.path()), expected);
    }
}
