//! The story index beside the store: a fold over the committed articles in their order.
//!
//! A snapshot of it is a file of its own, written anew now and then and at a clean stop. It says which ledger record
//! and which line it stands at; opening reads it and replays the lines after that with the places that they were
//! committed with, so that the index is what it would be without the restart. It is a cache: one that is lost or
//! damaged is made anew from the lines of the window.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use document::{ContentId, EnrichedArticle};
use story::{Arrival, Index, Join, Limits, Place};

use crate::disk::{self, File};
use crate::error::{Error, IoContext};
use crate::line::{Record, StoryJoin};
use crate::read::SegmentReader;
use crate::state::{Segment, SegmentId, State, Stream};
use crate::{Config, failpoint};

/// The index, with what its snapshot needs.
pub(crate) struct Stories {
    index: Index,
    /// Articles placed since the last snapshot.
    since: usize,
    /// From so many on, the next is due.
    due: usize,
}

/// How far an index is: everything up to this line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    /// Number of the ledger record.
    record: u64,
    /// The segment of articles, 0 before the first.
    segment: SegmentId,
    /// Bytes of it.
    bytes: u64,
}

impl Stories {
    /// Reads the snapshot, and takes in what was committed after it.
    pub(crate) fn open(config: &Config, state: &State) -> Result<Self, Error> {
        let limits =
            Limits { window_days: config.story_window_days, articles_max: config.story_articles_max };
        let (mut index, standing) = match read(&config.store, state, limits)? {
            Some((index, standing)) => (index, standing),
            None => (Index::new(limits), begin_of_window(state, limits)),
        };
        let since = replay(&config.store, state, standing, &mut index)?;
        Ok(Self { index, since, due: (limits.articles_max / 2).max(1) })
    }

    /// Gives a new article its place.
    pub(crate) fn place(&mut self, article: &EnrichedArticle) -> Place {
        self.since += 1;
        let (id, seen) = (article.enrichment.id, article.raw.origin.observed_at);
        self.index.place(&Arrival { id, seen, sketch: &article.sketch })
    }

    /// Writes a snapshot when many articles came since the last.
    pub(crate) fn save_when_due(&mut self, store: &Path, state: &State) -> Result<(), Error> {
        if self.since >= self.due { self.save(store, state) } else { Ok(()) }
    }

    /// Writes a snapshot. Everything that was placed must be committed, as `state` has it.
    pub(crate) fn save(&mut self, store: &Path, state: &State) -> Result<(), Error> {
        if self.since == 0 {
            return Ok(());
        }
        let (path, temporary) = (path_of(store), path_of(store).with_extension("index.tmp"));
        // A new file each time: nothing is written to one again after a write to it failed.
        disk::remove(&temporary).on("remove", &temporary)?;
        write(&self.index, standing(state), &temporary).on("write", &temporary)?;
        failpoint::hit("stories:written").on("write", &temporary)?;
        disk::rename(&temporary, &path).on("rename", &temporary)?;
        disk::sync_dir(store).on("sync", store)?;
        failpoint::hit("stories:renamed").on("rename", &temporary)?;
        self.since = 0;
        Ok(())
    }
}

fn path_of(store: &Path) -> PathBuf {
    store.join("stories.index")
}

fn articles(state: &State) -> impl DoubleEndedIterator<Item = (SegmentId, &Segment)> {
    let segments = state.segments.iter().filter(|(_, segment)| segment.stream == Stream::Articles);
    segments.map(|(id, segment)| (*id, segment))
}

/// After the last committed article.
fn standing(state: &State) -> Standing {
    let (segment, bytes) = articles(state).next_back().map_or((0, 0), |(id, segment)| (id, segment.len));
    Standing { record: state.record, segment, bytes }
}

/// Before the first article that matters still: two windows back, since what left the window is in the means of the
/// stories that go on.
fn begin_of_window(state: &State, limits: Limits) -> Standing {
    let mut begin = Standing { record: 0, segment: 0, bytes: 0 };
    let mut lines = 0;
    let newest = articles(state).next_back().map(|(_, segment)| segment.day);
    for (id, segment) in articles(state).rev() {
        let days = newest.and_then(|newest| newest.since(segment.day).ok()).map_or(0, |span| span.get_days());
        if lines >= 2 * limits.articles_max as u64 || i64::from(days) > 2 * i64::from(limits.window_days) {
            break;
        }
        begin.segment = id;
        lines += segment.lines;
    }
    begin
}

/// Takes the committed articles after `standing` into the index, and says how many those were.
fn replay(store: &Path, state: &State, standing: Standing, index: &mut Index) -> Result<usize, Error> {
    let after = |id: SegmentId, segment: &Segment| match id {
        _ if id < standing.segment => false,
        _ if id == standing.segment => segment.len > standing.bytes,
        _ => true,
    };
    let segments: Vec<_> = articles(state).filter(|(id, segment)| after(*id, segment)).collect();
    let Some((_, first)) = segments.first() else { return Ok(0) };
    let joins = joins_since(store, state, first.day)?;
    let mut replay = index.replay();
    let mut taken = 0;
    for (id, segment) in segments {
        // Whoever deleted an old segment took its articles out of the window.
        let Some(mut reader) = SegmentReader::open(store, id, segment)? else { continue };
        if id == standing.segment {
            reader.skip(standing.bytes)?;
        }
        loop {
            let path = reader.path().to_owned();
            let Some(line) = reader.next_line()? else { break };
            let record: Record<'_> =
                serde_json::from_slice(line).map_err(|_| Error::SegmentCorrupt { path })?;
            // Lines of a version that knew no stories have none.
            let Some(told) = record.story else { continue };
            let sketch = record.telling().sketch();
            let arrival = Arrival { id: record.id, seen: record.source.observed_at, sketch: &sketch };
            replay.take(&arrival, told.id, joins.get(&record.id).copied());
            taken += 1;
        }
    }
    if taken > 0 {
        tracing::info!(articles = taken, "story index brought up to date");
    }
    Ok(taken)
}

/// The joins that were committed on this day or later, by the article that caused each.
fn joins_since(
    store: &Path,
    state: &State,
    day: jiff::civil::Date,
) -> Result<HashMap<ContentId, Join>, Error> {
    let mut joins = HashMap::new();
    for (id, segment) in &state.segments {
        if segment.stream != Stream::Stories || segment.day < day {
            continue;
        }
        let Some(mut reader) = SegmentReader::open(store, *id, segment)? else { continue };
        loop {
            let path = reader.path().to_owned();
            let Some(line) = reader.next_line()? else { break };
            let join: StoryJoin = serde_json::from_slice(line).map_err(|_| Error::SegmentCorrupt { path })?;
            joins.insert(join.article, Join { story: join.id, into: join.into });
        }
    }
    Ok(joins)
}

/// Writes a whole snapshot and syncs it: three numbers of eight bytes, the index, and the CRC-32 (IEEE) of it all.
fn write(index: &Index, standing: Standing, path: &Path) -> std::io::Result<()> {
    let file = disk::create(path)?;
    let mut output =
        Checked { file: std::io::BufWriter::with_capacity(256 << 10, file), crc: crc32fast::Hasher::new() };
    for number in [standing.record, standing.segment, standing.bytes] {
        output.put(&number.to_le_bytes())?;
    }
    let mut written = Ok(());
    index.encode(&mut |bytes| {
        if written.is_ok() {
            written = output.put(bytes);
        }
    });
    written?;
    let crc = output.crc.finalize();
    output.file.write_all(&crc.to_le_bytes())?;
    output.file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
}

struct Checked {
    file: std::io::BufWriter<File>,
    crc: crc32fast::Hasher,
}

impl Checked {
    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.crc.update(bytes);
        self.file.write_all(bytes)
    }
}

/// Reads the snapshot; `None` when there is none that belongs to this ledger.
fn read(store: &Path, state: &State, limits: Limits) -> Result<Option<(Index, Standing)>, Error> {
    let path = path_of(store);
    let bytes = match disk::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).on("read", &path),
    };
    let read = decode(&bytes, limits);
    let read = read.filter(|(_, standing)| is_past(*standing, state));
    if read.is_none() {
        tracing::warn!(snapshot = %path.display(), "story index is damaged or of another ledger, made anew");
    }
    Ok(read)
}

fn decode(bytes: &[u8], limits: Limits) -> Option<(Index, Standing)> {
    let (whole, crc) = bytes.split_last_chunk::<4>()?;
    if crc32fast::hash(whole) != u32::from_le_bytes(*crc) {
        return None;
    }
    let number = |at: usize| Some(u64::from_le_bytes(*whole.get(at..)?.first_chunk::<8>()?));
    let standing = Standing { record: number(0)?, segment: number(8)?, bytes: number(16)? };
    Some((Index::decode(&whole[24..], limits)?, standing))
}

/// Whether the committed articles went through this standing.
fn is_past(standing: Standing, state: &State) -> bool {
    let reached = match state.segments.get(&standing.segment) {
        Some(segment) => segment.stream == Stream::Articles && segment.len >= standing.bytes,
        None => standing.segment == 0 && standing.bytes == 0,
    };
    reached && standing.record <= state.record
}
