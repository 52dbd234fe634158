//! The store, open for writing: one writer that commits groups of documents.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use document::{ContentId, EnrichedArticle, Outcome, Position, RawDocument, Rejected};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::disk::{self, File};
use crate::error::{Error, IoContext};
use crate::index::{Index, Positions};
use crate::ledger::Ledger;
use crate::line::{self, FactLine, QuarantineLine, Resolution, Sighting, StoryJoin};
use crate::quarantine;
use crate::seal::Ready;
use crate::state::{Commit, Record, Segment, SegmentId, State, Stream, Totals};
use crate::stories::Stories;
use crate::{Config, failpoint, recover};

/// The store, open for writing. There is one in a process, and a lock lets one process have it.
///
/// After a failed write nothing is written to the same files again: they are dropped, and the next
/// [`Store::commit`] opens the store anew from what is known to be committed.
pub struct Store {
    config: Config,
    positions: Positions,
    /// What is committed.
    state: State,
    /// `None` after a failure.
    writer: Option<Writer>,
    /// Grows with every reopening.
    generation: u64,
    _lock: File,
}

/// The open files of a store.
pub(crate) struct Writer {
    pub(crate) ledger: Ledger,
    pub(crate) index: Index,
    /// Ahead of what is committed while a group is written; a failure drops it with the files.
    stories: Stories,
    live: BTreeMap<Stream, Live>,
}

/// The segment of a stream that takes lines now.
struct Live {
    id: SegmentId,
    file: File,
    /// As it is on disk, the uncommitted lines of the current batch included.
    segment: Segment,
}

/// A document whose fate is to be committed.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all are articles")]
pub enum Entry {
    /// An article to store.
    Article(EnrichedArticle),
    /// A document to put in quarantine.
    Rejected(Rejected),
}

impl Entry {
    /// The document itself.
    pub fn raw(&self) -> &RawDocument {
        match self {
            Self::Article(article) => &article.raw,
            Self::Rejected(rejected) => &rejected.raw,
        }
    }

    /// The id of what is committed for it: of the article, or of the entry in quarantine.
    pub fn id(&self) -> ContentId {
        match self {
            Self::Article(article) => article.enrichment.id,
            Self::Rejected(rejected) => line::quarantine_id(rejected),
        }
    }
}

impl Store {
    /// Opens the store for writing, making it if absent, and brings it back to what is committed.
    pub fn open(config: Config) -> Result<Self, Error> {
        let path = &config.store;
        for folder in [path.clone(), crate::ledger::folder(path)] {
            disk::create_dirs(&folder).on("make", &folder)?;
        }
        let lock_path = path.join("LOCK");
        let lock = disk::lock(&lock_path).on("lock", &lock_path)?;
        let Some(lock) = lock else {
            let holder = disk::read(&lock_path).unwrap_or_default();
            let holder = String::from_utf8_lossy(&holder).trim().to_owned();
            return Err(Error::InUse { path: path.clone(), holder });
        };
        let positions = Positions::default();
        let (state, writer) = recover::open(&config)?;
        positions.point_to(Some(writer.index.share()));
        Ok(Self { config, positions, state, writer: Some(writer), generation: 0, _lock: lock })
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.config.store
    }

    /// The settings the store was opened with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How many documents ended how, since the store was made.
    pub fn totals(&self) -> Totals {
        self.state.totals
    }

    /// A handle for looking up committed source positions from other threads.
    pub fn positions(&self) -> Positions {
        self.positions.clone()
    }

    /// Commits a group of documents.
    ///
    /// `settle` is called with how each ended, in order, as soon as that is durable. It is not called when this
    /// returns an error: then nothing of the group is committed, and the same group may be given again.
    pub fn commit(
        &mut self,
        entries: &[(Entry, Vec<Position>)],
        now: Timestamp,
        settle: impl FnOnce(&[Outcome]),
    ) -> Result<(), Error> {
        self.reopen()?;
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        let (commit, outcomes) = writer.write(&self.config, &self.state, entries, now)?;
        let record = Record::Commit(commit);
        writer.ledger.append(&record, ["commit:ledger-written", "commit:ledger-synced"])?;
        // Committed. What fails from here on is repaired from the ledger when the store is opened again.
        self.apply(&record);
        let Record::Commit(commit) = &record else { return Ok(()) };
        // Indexed before it is settled: a source that hears of its document may look its position up at once.
        let indexed = writer.index.apply(commit);
        settle(&outcomes);
        match indexed.and_then(|()| writer.after_commit(&self.config, &mut self.state)) {
            Ok(()) => self.writer = Some(writer),
            Err(error) => tracing::warn!(%error, "store closed after a commit, to be opened again"),
        }
        Ok(())
    }

    /// Opens the files again after a failure, from what is committed.
    pub fn reopen(&mut self) -> Result<(), Error> {
        if self.writer.is_none() {
            self.positions.point_to(None);
            self.generation += 1;
            let writer = recover::reopen(&self.config, &mut self.state)?;
            self.positions.point_to(Some(writer.index.share()));
            self.writer = Some(writer);
        }
        Ok(())
    }

    /// The segments that take no more lines and wait to be sealed. `all` includes those that still take lines: from
    /// then on they do not.
    pub fn to_seal(&mut self, all: bool) -> Vec<SealJob> {
        // Without a writer nobody knows which segments take lines: the newest ones will again.
        let Some(writer) = &mut self.writer else { return Vec::new() };
        if all {
            writer.live.clear();
        }
        let live: Vec<_> = writer.live.values().map(|live| live.id).collect();
        let open =
            self.state.segments.iter().filter(|(id, segment)| segment.sealed.is_none() && !live.contains(id));
        open.map(|(id, segment)| SealJob {
            id: *id,
            segment: segment.clone(),
            generation: self.generation,
            store: self.config.store.clone(),
            compression: self.config.compression,
            level: self.config.compression_level,
        })
        .collect()
    }

    /// Ends the segments that were begun on another day (UTC) than this: they wait to be sealed.
    pub fn end_days_before(&mut self, now: Timestamp) {
        let today = now.to_zoned(TimeZone::UTC).date();
        if let Some(writer) = &mut self.writer {
            writer.live.retain(|_, live| live.segment.day == today);
        }
    }

    /// Makes the final form of a segment the committed one. One that was prepared before the store was opened again
    /// is left, and comes back with [`Store::to_seal`]: opening removes files that the ledger does not know.
    pub fn seal(&mut self, ready: Ready) -> Result<(), Error> {
        self.reopen()?;
        if ready.generation() != self.generation {
            return Ok(());
        }
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        let record = ready.record(self.state.record + 1);
        writer.ledger.append(&record, ["seal:ledger-written", "seal:ledger-synced"])?;
        self.apply(&record);
        ready.finish()?;
        self.writer = Some(writer);
        Ok(())
    }

    /// Syncs what can be redone, so that the next start has nothing to redo.
    pub fn close(mut self) -> Result<(), Error> {
        self.positions.point_to(None);
        match self.writer.take() {
            Some(mut writer) => {
                writer.stories.save(&self.config.store, &self.state);
                writer.index.sync(self.state.record)
            }
            None => Ok(()),
        }
    }

    fn apply(&mut self, record: &Record) {
        if let Err(what) = self.state.apply(record) {
            // A record of our own making always follows. Should it not, the ledger says so at the next start.
            tracing::error!(what, "ledger record does not follow");
        }
    }
}

impl Writer {
    pub(crate) fn new(
        config: &Config,
        state: &State,
        ledger: Ledger,
        index: Index,
        stories: Stories,
    ) -> Result<Self, Error> {
        let mut live = BTreeMap::new();
        // The newest segment of each stream goes on taking lines, if it can; older ones wait to be sealed. None of these
        // may take another line, or the order of the segments would not be that of the commits.
        for (id, segment) in &state.segments {
            live.remove(&segment.stream);
            if segment.sealed.is_none() && segment.len < config.segment_bytes_max {
                let path = segment.open_path(&config.store, *id);
                let file = disk::open(&path).on("open", &path)?;
                live.insert(segment.stream, Live { id: *id, file, segment: segment.clone() });
            }
        }
        Ok(Self { ledger, index, stories, live })
    }

    /// Writes and syncs everything of a group but its ledger record, which it returns.
    fn write(
        &mut self,
        config: &Config,
        state: &State,
        entries: &[(Entry, Vec<Position>)],
        now: Timestamp,
    ) -> Result<(Commit, Vec<Outcome>), Error> {
        let mut outcomes = Vec::with_capacity(entries.len());
        let mut totals = state.totals;
        let mut lines = Lines::default();
        let (known_articles, known_rejects) = self.known(entries)?;
        let (mut known_articles, mut known_rejects) = (known_articles.into_iter(), known_rejects.into_iter());
        let mut origins_here = HashMap::new();
        let mut new_here = HashSet::new();
        let (mut ids, mut origins) = (Vec::new(), Vec::new());
        let mut sightings = Vec::new();
        // As they are after the entries so far.
        let mut identities = BTreeMap::<ContentId, (ContentId, u32)>::new();
        let mut quarantined = Vec::new();
        for (entry, positions) in entries {
            outcomes.push(match entry {
                Entry::Article(article) => {
                    let id = article.enrichment.id;
                    if let Some(entry) = positions.iter().find_map(quarantine::entry_of) {
                        let line = Resolution { resolves: entry, article: id, resolved_at: now };
                        lines.push(Stream::Quarantine, &line);
                    }
                    let sighting = Sighting::of(id, &article.raw.origin);
                    let origin = line::origin_of(sighting.id);
                    let known = known_articles.next().flatten();
                    let identity = article.raw.identity.as_deref().map(line::identity_key);
                    let newest = match identity {
                        None => None,
                        Some(key) => match identities.get(&key) {
                            Some(newest) => Some(*newest),
                            None => self.index.newest(key)?,
                        },
                    };
                    if let Some(first) = known.or_else(|| origins_here.get(&id).copied()) {
                        // Whatever brought the article first, its next text is a revision.
                        if let (Some(key), None) = (identity, newest) {
                            identities.insert(key, (id, 1));
                        }
                        totals.duplicates += 1;
                        // Seen elsewhere, unless it is where it was seen first, or another time already.
                        let elsewhere = first != 0 && first != origin;
                        if elsewhere && !self.is_sighted(sighting.id)? && new_here.insert(sighting.id) {
                            lines.push(Stream::Sightings, &sighting);
                            sightings.push(sighting.id);
                            totals.sightings += 1;
                        }
                        Outcome::Duplicate
                    } else {
                        let place = self.stories.place(article);
                        let mut record = line::Record::of(article, &place);
                        if let Some((revised, revision)) = newest {
                            record.revision = revision.saturating_add(1);
                            record.revises = Some(revised);
                        }
                        lines.push(Stream::Articles, &record);
                        for fact in FactLine::of(&record) {
                            lines.push(Stream::Facts, &fact);
                            totals.facts += 1;
                        }
                        if let Some(key) = identity {
                            identities.insert(key, (id, record.revision));
                        }
                        if let Some(join) = place.join {
                            let (story, into) = (join.story, join.into);
                            let join = StoryJoin { id: story, into, article: id, joined_at: now };
                            lines.push(Stream::Stories, &join);
                            totals.joins += 1;
                        }
                        ids.push(id);
                        origins.push(origin);
                        origins_here.insert(id, origin);
                        totals.stored += 1;
                        Outcome::Stored
                    }
                }
                Entry::Rejected(rejected) => {
                    let id = line::quarantine_id(rejected);
                    let known = known_rejects.next().unwrap_or(false);
                    if !known && new_here.insert(id) {
                        quarantine::keep_body(&config.store, rejected)?;
                        lines.push(Stream::Quarantine, &QuarantineLine::of(rejected, now));
                        tracing::info!(
                            %id,
                            uri = rejected.raw.origin.uri,
                            stage = rejected.stage.as_str(),
                            reason = rejected.reason.as_str(),
                            message = rejected.message,
                            "document quarantined"
                        );
                        quarantined.push(id);
                        totals.quarantined += 1;
                    }
                    Outcome::Quarantined
                }
            });
        }
        let segments = self.append(config, state, &lines, now)?;
        let positions = entries
            .iter()
            .zip(&outcomes)
            .flat_map(|((entry, positions), outcome)| {
                positions.iter().map(move |position| (entry, position, outcome))
            })
            .map(|(entry, position, outcome)| {
                let value = position.committed(*outcome, entry.id());
                (position.source.to_string(), position.key.clone(), value)
            })
            .collect();
        let identities = identities.into_iter().map(|(key, (id, revision))| (key, id, revision)).collect();
        let n = state.record + 1;
        Ok((
            Commit {
                n,
                at: now,
                segments,
                ids,
                origins,
                sightings,
                quarantined,
                identities,
                positions,
                totals,
            },
            outcomes,
        ))
    }

    /// Whether an article was seen in this place before.
    fn is_sighted(&self, sighting: ContentId) -> Result<bool, Error> {
        Ok(self.index.known_sightings(&[sighting])?.contains(&true))
    }

    /// Tells of the articles where they were first seen, when they are committed already, and of the rejected documents
    /// whether they are.
    fn known(&self, entries: &[(Entry, Vec<Position>)]) -> Result<(Vec<Option<u64>>, Vec<bool>), Error> {
        let mut articles = Vec::with_capacity(entries.len());
        let mut rejects = Vec::new();
        for (entry, _) in entries {
            match entry {
                Entry::Article(article) => articles.push(article.enrichment.id),
                Entry::Rejected(rejected) => rejects.push(line::quarantine_id(rejected)),
            }
        }
        Ok((self.index.known_articles(&articles)?, self.index.known_quarantine(&rejects)?))
    }

    /// Appends lines to the live segments of their streams and syncs them; these segments, as they are then.
    fn append(
        &mut self,
        config: &Config,
        state: &State,
        lines: &Lines,
        now: Timestamp,
    ) -> Result<Vec<(SegmentId, Segment)>, Error> {
        let day = now.to_zoned(TimeZone::UTC).date();
        for (stream, (bytes, count)) in &lines.0 {
            let begun = self.live.get(stream);
            if begun
                .is_none_or(|live| live.segment.day != day || live.segment.len >= config.segment_bytes_max)
            {
                let newest = self.live.values().map(|live| live.id + 1).max().unwrap_or(0);
                let id = state.next_segment().max(newest);
                self.live.insert(*stream, Live::create(&config.store, id, *stream, day)?);
            }
            if let Some(live) = self.live.get_mut(stream) {
                live.write(&config.store, bytes, *count)?;
            }
        }
        let grown: Vec<_> = lines.0.keys().filter_map(|stream| self.live.get(stream)).collect();
        let files: Vec<_> = grown.iter().map(|live| &live.file).collect();
        for (live, synced) in grown.iter().zip(disk::sync_data(&files)) {
            let path = live.segment.open_path(&config.store, live.id);
            synced.on("sync", &path)?;
            failpoint::hit("commit:data-synced").on("sync", &path)?;
        }
        Ok(grown.into_iter().map(|live| (live.id, live.segment.clone())).collect())
    }

    /// Starts a new ledger when the old one is long.
    fn after_commit(&mut self, config: &Config, state: &mut State) -> Result<(), Error> {
        failpoint::hit("commit:settled").on("settle", &config.store)?;
        self.stories.save_when_due(&config.store, state);
        if self.ledger.len() >= config.ledger_bytes_max {
            self.index.sync(state.record)?;
            state.epoch += 1;
            self.ledger = Ledger::start(&config.store, state, ["rotate:snapshot-written", "rotate:renamed"])?;
            let folder = crate::ledger::folder(&config.store);
            crate::ledger::remove_older(&config.store, state.epoch).on("clean", &folder)?;
            failpoint::hit("rotate:removed").on("clean", &folder)?;
        }
        Ok(())
    }
}

impl Live {
    fn create(store: &Path, id: SegmentId, stream: Stream, day: Date) -> Result<Self, Error> {
        let segment = Segment::new(stream, day);
        let folder = segment.folder(store);
        disk::create_dirs(&folder).on("make", &folder)?;
        let path = segment.open_path(store, id);
        let file = disk::create(&path).on("make", &path)?;
        disk::sync_dir(&folder).on("sync", &folder)?;
        failpoint::hit("commit:segment-created").on("make", &path)?;
        Ok(Self { id, file, segment })
    }

    /// Writes lines behind those that are there. They are on disk after a sync.
    fn write(&mut self, store: &Path, lines: &[u8], count: u64) -> Result<(), Error> {
        let path = self.segment.open_path(store, self.id);
        disk::write_at(&self.file, lines, self.segment.len).on("write", &path)?;
        failpoint::hit("commit:data-written").on("write", &path)?;
        let mut crc = crc32fast::Hasher::new_with_initial_len(self.segment.crc, self.segment.len);
        crc.update(lines);
        self.segment.crc = crc.finalize();
        self.segment.len += lines.len() as u64;
        self.segment.lines += count;
        Ok(())
    }
}

/// The lines of a group by the stream that they go to: their bytes, and how many they are.
#[derive(Default)]
struct Lines(BTreeMap<Stream, (Vec<u8>, u64)>);

impl Lines {
    fn push(&mut self, stream: Stream, line: &impl serde::Serialize) {
        let (bytes, count) = self.0.entry(stream).or_default();
        line::append(line, bytes);
        *count += 1;
    }
}

/// A segment that takes no more lines and waits for its final form.
#[derive(Debug, Clone)]
pub struct SealJob {
    pub(crate) id: SegmentId,
    pub(crate) segment: Segment,
    pub(crate) generation: u64,
    pub(crate) store: PathBuf,
    pub(crate) compression: crate::Compression,
    pub(crate) level: i32,
}
