//! Reading what is committed, from any process, while the store is written or not.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use document::ContentId;
use jiff::Timestamp;
use serde::Deserialize;

use crate::Compression;
use crate::disk::{self, File};
use crate::error::{Error, IoContext};
use crate::ledger;
use crate::line;
use crate::state::{Segment, SegmentId, State, Stream, Totals};

/// What was committed when the view was taken. It takes no lock and changes nothing.
#[derive(Debug, Clone)]
pub struct View {
    store: PathBuf,
    state: State,
    torn: u64,
    ledger: PathBuf,
    /// Bytes of the ledger that are in `state`.
    read: u64,
}

impl View {
    /// Takes a view of the store.
    pub fn open(store: &Path) -> Result<Self, Error> {
        // The ledger may be replaced between listing its folder and reading it; the next listing has the new one.
        const ATTEMPTS: usize = 8;
        let mut attempt = 0;
        loop {
            match ledger::replay(store) {
                Ok(Some(replay)) => {
                    return Ok(Self {
                        store: store.to_owned(),
                        state: replay.state,
                        torn: replay.torn,
                        ledger: replay.path,
                        read: replay.whole,
                    });
                }
                Ok(None) => return Err(Error::Missing { path: store.to_owned() }),
                Err(Error::Io { source, .. })
                    if source.kind() == std::io::ErrorKind::NotFound && attempt < ATTEMPTS =>
                {
                    attempt += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes the view forward to what is committed now; tells whether there is anything new. Only what was appended to
    /// the ledger since is read.
    pub fn refresh(&mut self) -> Result<bool, Error> {
        let before = self.state.record;
        let newest = ledger::files(&self.store)?.pop().map(|(_, path)| path);
        let appended = match newest {
            Some(path) if path == self.ledger => self.read_appended(),
            _ => None,
        };
        if appended.is_none() {
            *self = Self::open(&self.store)?;
        }
        Ok(self.state.record != before)
    }

    /// Applies the records appended to the ledger; `None` when it has to be read anew.
    fn read_appended(&mut self) -> Option<()> {
        let file = disk::open_read(&self.ledger).ok()?;
        let length = file.metadata().ok()?.len();
        let mut bytes = vec![0; usize::try_from(length.checked_sub(self.read)?).ok()?];
        disk::read_at(&file, &mut bytes, self.read).ok()?;
        let mut decoder = ledger::Decoder::new(&bytes);
        for record in decoder.by_ref() {
            self.state.apply(&record).ok()?;
        }
        self.torn = bytes.len() as u64 - decoder.offset as u64;
        self.read += decoder.offset as u64;
        Some(())
    }

    /// How many documents ended how, since the store was made.
    pub fn totals(&self) -> Totals {
        self.state.totals
    }

    /// When the last commit was made.
    pub fn committed_at(&self) -> Option<Timestamp> {
        self.state.committed_at
    }

    /// Bytes of an unfinished commit at the ledger's end, while the store is not open for writing.
    pub fn unfinished_bytes(&self) -> u64 {
        self.torn
    }

    /// Number of the last ledger record.
    pub fn record(&self) -> u64 {
        self.state.record
    }

    /// The segments of a stream, oldest first.
    pub fn segments(&self, stream: Stream) -> impl Iterator<Item = SegmentView> {
        let segments = self.state.segments.iter().filter(move |(_, segment)| segment.stream == stream);
        segments.map(|(id, segment)| SegmentView {
            id: *id,
            path: segment.path(&self.store, *id),
            lines: segment.lines,
            bytes: segment.len,
            file_bytes: segment.sealed.as_ref().map_or(segment.len, |sealed| sealed.bytes),
            sealed: segment.sealed.is_some(),
            segment: segment.clone(),
            store: self.store.clone(),
        })
    }
}

/// One segment as a view has it.
#[derive(Debug, Clone)]
pub struct SegmentView {
    /// Its number in the store.
    pub id: u64,
    /// Its file.
    pub path: PathBuf,
    /// Committed lines.
    pub lines: u64,
    /// Committed bytes of lines.
    pub bytes: u64,
    /// Bytes of its file that are committed.
    pub file_bytes: u64,
    /// Whether it is in its final form.
    pub sealed: bool,
    segment: Segment,
    store: PathBuf,
}

impl SegmentView {
    /// Its committed lines; `None` when its file is gone.
    pub fn reader(&self) -> Result<Option<SegmentReader>, Error> {
        SegmentReader::open(&self.store, self.id, &self.segment)
    }

    /// CRC-32 (IEEE) of its committed lines.
    pub fn crc(&self) -> u32 {
        self.segment.crc
    }

    /// Digest of its final file, when it has one.
    pub fn digest(&self) -> Option<document::Digest> {
        self.segment.sealed.as_ref().map(|sealed| sealed.digest)
    }
}

/// Hands out the committed lines of one segment.
pub struct SegmentReader {
    path: PathBuf,
    input: Input,
    /// Committed bytes not read yet.
    left: u64,
    crc: crc32fast::Hasher,
    line: Vec<u8>,
}

enum Input {
    Plain(BufReader<File>),
    Zstd(Box<BufReader<zstd::Decoder<'static, BufReader<File>>>>),
}

impl SegmentReader {
    pub(crate) fn open(store: &Path, id: SegmentId, segment: &Segment) -> Result<Option<Self>, Error> {
        let zstd = segment.final_path(store, id, Compression::Zstd);
        let plain = segment.final_path(store, id, Compression::None);
        let open = segment.open_path(store, id);
        // The file may get its next name at any moment, and an old name may outlive a crash: the name that the ledger
        // gives comes first, then those that follow it.
        let names = match segment.sealed.as_ref().map(|sealed| sealed.compression) {
            Some(Compression::Zstd) => vec![(zstd, true), (segment.temporary_path(store, id), true)],
            Some(Compression::None) => vec![(plain, false), (open, false)],
            None => vec![(open, false), (zstd, true), (plain, false)],
        };
        // Twice: what was renamed between two looks has its new name at the next.
        for _ in 0..2 {
            for (path, is_zstd) in &names {
                let file = match disk::open_read(path) {
                    Ok(file) => BufReader::with_capacity(128 << 10, file),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                    Err(error) => return Err(error).on("open", path),
                };
                let input = if *is_zstd {
                    let decoder = zstd::Decoder::with_buffer(file).on("decompress", path)?;
                    Input::Zstd(Box::new(BufReader::with_capacity(128 << 10, decoder)))
                } else {
                    Input::Plain(file)
                };
                let crc = crc32fast::Hasher::new();
                return Ok(Some(Self {
                    path: path.clone(),
                    input,
                    left: segment.len,
                    crc,
                    line: Vec::new(),
                }));
            }
        }
        Ok(None)
    }

    /// The file that is read.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The next committed line, without its line feed. An error when the file ends before the committed length.
    pub fn next_line(&mut self) -> Result<Option<&[u8]>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.line.clear();
        let read = match &mut self.input {
            Input::Plain(input) => input.by_ref().take(self.left).read_until(b'\n', &mut self.line),
            Input::Zstd(input) => input.by_ref().take(self.left).read_until(b'\n', &mut self.line),
        };
        let read = read.on("read", &self.path)?;
        if self.line.pop() != Some(b'\n') {
            return Err(Error::SegmentCorrupt { path: self.path.clone() });
        }
        self.left -= read as u64;
        self.crc.update(&self.line);
        self.crc.update(b"\n");
        Ok(Some(&self.line))
    }

    /// Skips committed bytes, which must end at the end of a line.
    pub fn skip(&mut self, mut bytes: u64) -> Result<(), Error> {
        while bytes > 0 {
            let Some(line) = self.next_line()? else { return Ok(()) };
            bytes = bytes.saturating_sub(line.len() as u64 + 1);
        }
        Ok(())
    }

    /// CRC-32 (IEEE) of the lines handed out so far.
    pub fn crc(&self) -> u32 {
        self.crc.clone().finalize()
    }
}

/// Where the article of a stored line came from, as [`line::origin_of`] has it; 0 when the line does not say.
pub(crate) fn origin_of(line: &[u8]) -> u64 {
    #[derive(Deserialize)]
    struct Place<'a> {
        #[serde(borrow)]
        name: std::borrow::Cow<'a, str>,
        #[serde(borrow)]
        uri: std::borrow::Cow<'a, str>,
    }
    // The source stands near the front; of the rest, which may be long, nothing has to be read.
    const FIELD: &[u8] = b"\"source\":";
    let front = &line[..line.len().min(128)];
    let Some(at) = front.windows(FIELD.len()).position(|window| window == FIELD) else { return 0 };
    let mut input = serde_json::Deserializer::from_slice(&line[at + FIELD.len()..]);
    match (id_of(line), Place::deserialize(&mut input)) {
        (Some(id), Ok(place)) => line::origin_of(line::sighting_id(id, &place.name, &place.uri)),
        _ => 0,
    }
}

/// The key of the identity that an article was stored under, with its id and its revision; `None` when it has none.
pub(crate) fn identity_of(line: &[u8]) -> Option<(ContentId, ContentId, u32)> {
    #[derive(Deserialize)]
    struct Head<'a> {
        id: ContentId,
        #[serde(default)]
        revision: u32,
        #[serde(borrow)]
        source: Source<'a>,
    }
    #[derive(Deserialize)]
    struct Source<'a> {
        #[serde(borrow)]
        identity: Option<Cow<'a, str>>,
    }
    // Most of a line is text, which need not be read where nothing is said.
    memchr::memmem::find(line, b"\"identity\":")?;
    let Head { id, revision, source } = serde_json::from_slice(line).ok()?;
    Some((crate::line::identity_key(&source.identity?), id, revision.max(1)))
}

/// The `id` of a stored line; `None` when it is not a line of ours.
pub(crate) fn id_of(line: &[u8]) -> Option<ContentId> {
    #[derive(Deserialize)]
    struct Id {
        id: ContentId,
    }
    // Every line of ours begins with its id, so that nothing else of it has to be read.
    let prefix = line.strip_prefix(b"{\"id\":\"").and_then(|rest| rest.get(..32));
    match prefix.and_then(|hex| std::str::from_utf8(hex).ok()) {
        Some(hex) => hex.parse().ok(),
        None => serde_json::from_slice::<Id>(line).ok().map(|line| line.id),
    }
}
