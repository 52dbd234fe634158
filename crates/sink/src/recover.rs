//! Bringing a store back to what is committed: after a crash, after a failed write, and at every start, which is the
//! same thing.
//!
//! In this order, so that dying anywhere leaves a store that the next start brings to the same state: check that
//! nothing committed is missing; bring the index up to the ledger; start a new ledger file from a snapshot; only then
//! cut segments to their committed length and finish interrupted seals.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::error::{Error, IoContext};
use crate::failpoint;
use crate::index::{self, Index};
use crate::ledger::{self, Ledger};
use crate::read::SegmentReader;
use crate::seal;
use crate::state::{Commit, Record, Segment, SegmentId, State, Stream};
use crate::store::Writer;
use crate::stories::Stories;
use crate::{Compression, Config};

/// Opens the files of a store from what its ledger says.
pub(crate) fn open(config: &Config) -> Result<(State, Writer), Error> {
    let (mut state, records) = match ledger::replay(&config.store)? {
        None => {
            check_known(&config.store, &State::empty(), |_| true)?;
            (State::empty(), Vec::new())
        }
        Some(replay) => {
            check_known(&config.store, &replay.state, is_finished)?;
            if replay.torn > 0 {
                tracing::info!(ledger = %replay.path.display(), bytes = replay.torn, "unfinished commit discarded");
            }
            (replay.state, replay.records)
        }
    };
    for (id, segment) in &state.segments {
        check(&config.store, *id, segment)?;
    }
    let writer = resume(config, &mut state, &records)?;
    Ok((state, writer))
}

/// Opens the files again after a failure. `state` is what was committed; the ledger may hold one record more, of the
/// commit that failed, and the new ledger takes it back.
pub(crate) fn reopen(config: &Config, state: &mut State) -> Result<Writer, Error> {
    let records = ledger::replay(&config.store)?.map(|replay| replay.records).unwrap_or_default();
    let committed = state.record;
    let records: Vec<_> = records.into_iter().filter(|record| number(record) <= committed).collect();
    resume(config, state, &records)
}

fn resume(config: &Config, state: &mut State, records: &[Record]) -> Result<Writer, Error> {
    let store = &config.store;
    let mut index = up_to_date_index(config, state, records)?;
    index.sync(state.record)?;
    disk::sync_dir(store).on("sync", store)?;
    failpoint::hit("open:recovered").on("open", store)?;
    let mut next = state.clone();
    next.epoch += 1;
    let ledger = Ledger::start(store, &next, ["open:ledger-written", "open:ledger-renamed"])?;
    *state = next;
    let folder = ledger::folder(store);
    ledger::remove_older(store, state.epoch).on("clean", &folder)?;
    for (id, segment) in &state.segments {
        settle_segment(store, *id, segment)?;
    }
    remove_unknown(store, state)?;
    let stories = Stories::open(config, state)?;
    Writer::new(config, state, ledger, index, stories)
}

fn number(record: &Record) -> u64 {
    match record {
        Record::Snapshot(state) => state.record,
        Record::Commit(commit) => commit.n,
        Record::Seal(seal) => seal.n,
    }
}

/// Fails when a segment's file does not hold what was committed. Reads lengths alone; `store verify` reads bytes.
fn check(store: &Path, id: SegmentId, segment: &Segment) -> Result<(), Error> {
    let length = |path: &Path| disk::len(path).on("stat", path);
    let short = |path: &Path, found: u64, committed: u64| {
        if found < committed {
            return Err(Error::SegmentShort { path: path.to_owned(), found, committed });
        }
        Ok(())
    };
    let open = segment.open_path(store, id);
    let Some(sealed) = &segment.sealed else {
        return short(&open, length(&open)?.unwrap_or(0), segment.len);
    };
    let last = segment.final_path(store, id, sealed.compression);
    let ready = match sealed.compression {
        Compression::Zstd => segment.temporary_path(store, id),
        Compression::None => open,
    };
    match (length(&last)?, length(&ready)?) {
        (Some(found), _) => short(&last, found, sealed.bytes),
        (None, Some(found)) => short(&ready, found, sealed.bytes),
        (None, None) => {
            // Whoever deletes old segments may: their articles stay known.
            tracing::warn!(segment = %last.display(), "sealed segment is gone");
            Ok(())
        }
    }
}

/// Brings a segment's file to what the ledger says of it.
fn settle_segment(store: &Path, id: SegmentId, segment: &Segment) -> Result<(), Error> {
    if segment.sealed.is_some() {
        return seal::finish(store, id, segment);
    }
    let path = segment.open_path(store, id);
    let file = disk::open(&path).on("open", &path)?;
    seal::cut(&file, &path, segment.len)
}

/// Fails when a segment is there that the ledger does not know, among the files that `counts`: the ledger was lost, or is
/// an old one, and going on would write over what was committed.
fn check_known(store: &Path, state: &State, counts: impl Fn(&str) -> bool) -> Result<(), Error> {
    let finished = |(id, segment): (&SegmentId, &Segment)| {
        let sealed = segment.sealed.as_ref()?;
        Some(segment.final_path(store, *id, sealed.compression))
    };
    let known: HashSet<_> = state.segments.iter().filter_map(finished).collect();
    for day in days(store)? {
        for path in disk::entries(&day).on("list", &day)? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if is_segment(name) && counts(name) && !known.contains(&path) {
                return Err(Error::SegmentUnknown { path, ledger: ledger::folder(store) });
            }
        }
    }
    Ok(())
}

/// Whether a file has a name that segments have, finished or not.
fn is_segment(name: &str) -> bool {
    name.split_once('.').is_some_and(|(number, ending)| {
        number.len() >= 6
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(ending, "jsonl" | "jsonl.zst" | "jsonl.open")
    })
}

/// Whether a segment's name is one of a finished segment.
fn is_finished(name: &str) -> bool {
    !name.ends_with(".jsonl.open")
}

/// The folders that segments stand in, one a stream and day.
fn days(store: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut days = Vec::new();
    for stream in Stream::ALL {
        let folder = store.join(stream.folder());
        // Kept documents lie beside the days, and whatever else somebody put there.
        days.extend(disk::entries(&folder).on("list", &folder)?.into_iter().filter(|day| {
            let name = day.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.parse::<jiff::civil::Date>().is_ok())
        }));
    }
    Ok(days)
}

/// Removes open and temporary files that the ledger does not know: what a batch wrote before it failed. Finished files
/// are never removed.
fn remove_unknown(store: &Path, state: &State) -> Result<(), Error> {
    let known: HashSet<_> = state
        .segments
        .iter()
        .filter(|(_, segment)| segment.sealed.is_none())
        .map(|(id, segment)| segment.open_path(store, *id))
        .collect();
    for day in days(store)? {
        let mut removed = false;
        for path in disk::entries(&day).on("list", &day)? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let ours = name.ends_with(".jsonl.open") || name.ends_with(".jsonl.zst.tmp");
            if ours && !known.contains(&path) {
                disk::remove(&path).on("remove", &path)?;
                removed = true;
            }
        }
        if removed {
            // The same names are used again: the old files must not come back under them.
            disk::sync_dir(&day).on("sync", &day)?;
        }
    }
    Ok(())
}

/// Opens the index and brings it to the ledger's last record; makes it anew when it is damaged or too old.
fn up_to_date_index(config: &Config, state: &State, records: &[Record]) -> Result<Index, Error> {
    let store = &config.store;
    let first = records.first().map_or(state.record, |record| number(record) - 1);
    let opened = match Index::open(store, config.index_cache_bytes) {
        Ok(index) if (first..=state.record).contains(&index.record()) => Some(index),
        Ok(index) => {
            if index.record() > 0 {
                tracing::warn!(
                    index = %index::path_of(store).display(),
                    index_record = index.record(),
                    ledger_record = state.record,
                    "index does not belong to this ledger"
                );
            }
            None
        }
        Err(error) if index::is_damaged(&error) => {
            tracing::warn!(%error, "index is damaged");
            None
        }
        Err(error) => return Err(error),
    };
    let mut index = match opened {
        Some(index) => index,
        None => rebuild(config, state, records)?,
    };
    let behind = index.record();
    for record in records {
        if let Record::Commit(commit) = record
            && commit.n > behind
        {
            index.apply(commit)?;
        }
    }
    Ok(index)
}

/// Makes the index anew from the ids in the segments. Positions older than the ledger are lost with the old index:
/// their sources offer the documents again, and they end as duplicates.
fn rebuild(config: &Config, state: &State, records: &[Record]) -> Result<Index, Error> {
    const GROUP: usize = 16 << 10;
    let store = &config.store;
    Index::remove(store)?;
    let mut index = Index::open(store, config.index_cache_bytes)?;
    if state.segments.is_empty() {
        return Ok(index);
    }
    tracing::info!(segments = state.segments.len(), "making the index anew");
    // At record 0: what is applied under it is applied again after a crash.
    let mut commit = Commit::empty(0);
    for (id, segment) in &state.segments {
        let Some(mut reader) = SegmentReader::open(store, *id, segment)? else { continue };
        while let Some(line) = reader.next_line()? {
            let Some(line_id) = crate::read::id_of(line) else { continue };
            let ids = match segment.stream {
                Stream::Articles => {
                    commit.origins.push(crate::read::origin_of(line));
                    &mut commit.ids
                }
                Stream::Quarantine => &mut commit.quarantined,
                Stream::Sightings => &mut commit.sightings,
                Stream::Stories | Stream::Facts => continue, // Nobody asks for one by its id.
            };
            ids.push(line_id);
            let full = ids.len() >= GROUP;
            if segment.stream == Stream::Articles {
                commit.identities.extend(crate::read::identity_of(line));
            }
            if full {
                index.apply(&commit)?;
                commit = Commit::empty(0);
            }
        }
    }
    index.apply(&commit)?;
    for record in records {
        if let Record::Commit(commit) = record {
            index.apply(commit)?;
        }
    }
    Ok(index)
}
