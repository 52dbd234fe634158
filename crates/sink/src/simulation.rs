//! The store on a simulated disk that loses what was not synced, tears writes into blocks, runs full, fails and reads
//! short. Each seed is one history of commits, seals, failures and crashes; after every crash the store must hold
//! exactly what it told somebody it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use document::{
    Amount, Article, ContentId, EnrichedArticle, Enrichment, Entity, EntityKind, Fact, Measure, Origin,
    Outcome, Position, RawDocument, Reason, Rejected, SourceKind, Span, Stage, Text,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use turmoil_fs::{Fs, FsConfig, FsContext};

use crate::ledger::{Decoder, encode};
use crate::state::{Commit, Record as LedgerRecord, Seal, Sealed, Segment, State};
use crate::store::{Entry, Store};
use crate::{
    Compression, Config, FactLine, Record, Sighting, Story, StoryJoin, Stream, Totals, View, verify,
};
use crate::{disk, failpoint};

const SEEDS_IN_THE_ORDINARY_RUN: u64 = 1000;

/// Bytes on the simulated disk: room for everything, but for what [`fill`] takes away.
const CAPACITY: u64 = 16 << 20;

#[test]
fn what_was_promised_is_there_after_every_crash() {
    let (first, count) = match std::env::var("DEPECHE_SEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => (seed, 1),
        None => (0, seeds()),
    };
    let mut failed = Vec::new();
    let mut crashes = 0;
    for seed in first..first + count {
        let history = std::panic::catch_unwind(|| History::new(seed).run());
        failpoint::arm(None);
        match history {
            Ok(seen) => crashes += seen,
            Err(_) => failed.push(seed),
        }
    }
    assert!(failed.is_empty(), "failing seeds: {failed:?}; run one alone with DEPECHE_SEED=<seed>");
    assert!(crashes >= count, "{crashes} crashes in {count} histories test little");
}

fn seeds() -> u64 {
    std::env::var("DEPECHE_SEEDS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(SEEDS_IN_THE_ORDINARY_RUN)
}

/// A small generator of our own for the script, so that a seed means the same history on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        // SplitMix64 (Steele, Lea, Flood 2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}

/// A document of the history: which content, whether it is one that is rejected, and in which of several places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Document {
    number: u64,
    rejected: bool,
    place: u64,
}

struct History {
    dice: Dice,
    disk: Fs,
    config: Config,
    now: Timestamp,
    /// What somebody was told.
    told: BTreeMap<Document, Outcome>,
    crashes: u64,
}

impl History {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let mut disk = FsConfig::default();
        disk.sync_probability([0.0, 0.1, 0.5][dice.roll(3) as usize]);
        disk.block_size([64, 512, 4096][dice.roll(3) as usize]);
        disk.short_read_probability([0.0, 0.2][dice.roll(2) as usize]);
        disk.capacity(CAPACITY);
        let config = Config {
            store: PathBuf::from("/store"),
            batch_documents_max: 256,
            batch_bytes_max: 1 << 20,
            batch_wait_ms: 20,
            segment_bytes_max: 500 + dice.roll(6000),
            compression: if dice.one_in(3) { Compression::None } else { Compression::Zstd },
            compression_level: 1,
            ledger_bytes_max: 2000 + dice.roll(20_000),
            index_cache_bytes: 1 << 20,
            story_window_days: 3,
            // Fewer than the articles that there are, so that some leave; two windows hold them all.
            story_articles_max: 30 + dice.roll(40) as usize,
            retry_wait_s_max: 1,
        };
        Self {
            disk: Fs::builder().config(disk).seed(seed).build(),
            dice,
            config,
            now: "2026-11-22T10:00:00Z".parse().unwrap(),
            told: BTreeMap::new(),
            crashes: 0,
        }
    }

    /// Plays the history and returns how often it crashed.
    fn run(mut self) -> u64 {
        let disk = self.disk.clone();
        let _entered = disk.enter();
        for _ in 0..=self.dice.roll(4) {
            self.live();
            self.crash();
            self.check();
        }
        self.finish();
        self.crashes
    }

    /// One life of the process: opens the store and works until it ends by itself or dies.
    fn live(&mut self) {
        if self.dice.one_in(3) {
            fill(self.dice.roll(60_000));
        }
        failpoint::arm(self.dice.one_in(2).then(|| self.dice.roll(60)));
        set_io_errors(if self.dice.one_in(3) { 0.02 } else { 0.0 });
        let Ok(mut store) = Store::open(self.config.clone()) else { return };
        // Prepared on another thread, sealed whenever that is ready: groups are committed, or fail, in between.
        let mut late = Vec::new();
        for _ in 0..self.dice.roll(12) {
            self.now =
                self.now.saturating_add(SignedDuration::from_hours(self.dice.roll(9).cast_signed())).unwrap();
            let group: Vec<_> = (0..=self.dice.roll(8)).map(|_| self.document()).collect();
            let entries: Vec<_> = group.iter().map(|document| entry(*document)).collect();
            // A failed group is given again, as the stage does, or is lost with the process.
            for _ in 0..3 {
                let told = &mut self.told;
                let committed = store.commit(&entries, self.now, |outcomes| {
                    assert_eq!(outcomes.len(), group.len());
                    for (document, outcome) in group.iter().zip(outcomes) {
                        let earlier = told.insert(*document, *outcome);
                        // In the same place it is new once; in another it may be known.
                        let ends = match (document.rejected, outcome) {
                            (false, Outcome::Stored) => earlier.is_none(),
                            (rejected, Outcome::Quarantined) => rejected,
                            (rejected, Outcome::Duplicate) => !rejected,
                            (_, _) => false,
                        };
                        assert!(ends, "{document:?} was told {earlier:?}, then {outcome:?}");
                    }
                });
                if committed.is_ok() {
                    break;
                }
                if self.dice.one_in(2) {
                    return; // It dies of it.
                }
                failpoint::arm(None);
                if self.dice.one_in(2) {
                    make_room();
                }
            }
            for ready in late.drain(..) {
                if store.seal(ready).is_err() && self.dice.one_in(2) {
                    return;
                }
            }
            if self.dice.one_in(2) {
                let all = self.dice.one_in(4);
                late.extend(store.to_seal(all).into_iter().filter_map(|job| job.prepare().ok()));
            }
        }
        if self.dice.one_in(4) {
            let _ = store.close();
        }
    }

    /// One of few documents, so that duplicates are frequent.
    fn document(&mut self) -> Document {
        let rejected = self.dice.one_in(6);
        let place = if rejected { 0 } else { self.dice.roll(3) };
        Document { number: self.dice.roll(60), rejected, place }
    }

    fn crash(&mut self) {
        failpoint::arm(None);
        set_io_errors(0.0);
        self.disk.crash();
        self.crashes += 1;
    }

    /// Opens the store after a crash, on a disk that works, and holds it against what was told.
    fn check(&self) {
        make_room();
        let store = Store::open(self.config.clone()).expect("a crash must leave a store that opens");
        let verdict = verify(&self.config.store).expect("a store that opens can be read");
        assert!(verdict.faults.is_empty(), "{:?}", verdict.faults);
        check_stories(&self.config);
        check_facts(&self.config.store);
        let (articles, entries) = stored(&self.config.store);
        let seen = places(&self.config.store);
        for (document, outcome) in &self.told {
            let there = if document.rejected { &entries } else { &articles };
            let id = id_of(*document);
            assert!(there.contains(&id), "{document:?} was told {outcome:?} and is not there");
            let place = (id, raw(*document).origin.uri);
            assert!(document.rejected || seen.contains(&place), "{document:?} was not sighted");
            let value = store.positions().get("source", &key_of(*document));
            assert_eq!(value.as_deref(), Some("done"), "position of {document:?}");
        }
    }

    /// Gives everything again that was not told to be stored; then all of it is there once.
    fn finish(&mut self) {
        let mut store = Store::open(self.config.clone()).unwrap();
        for rejected in [false, true] {
            let all: Vec<_> = (0..60).map(|number| entry(Document { number, rejected, place: 0 })).collect();
            store.commit(&all, self.now, |_| ()).unwrap();
        }
        for job in store.to_seal(true) {
            store.seal(job.prepare().unwrap()).unwrap();
        }
        store.close().unwrap();
        self.disk.crash();
        let verdict = verify(&self.config.store).unwrap();
        assert!(verdict.faults.is_empty(), "{:?}", verdict.faults);
        assert_eq!((verdict.articles, verdict.quarantined), (60, 60));
        assert_eq!(verdict.facts, (0..60).map(facts_of).sum::<u64>());
        check_stories(&self.config);
        check_facts(&self.config.store);
        check_revisions(&self.config.store);
        let view = View::open(&self.config.store).unwrap();
        let unsealed: Vec<_> = Stream::ALL
            .into_iter()
            .flat_map(|stream| view.segments(stream))
            .filter(|segment| !segment.sealed)
            .collect();
        assert!(unsealed.is_empty(), "{unsealed:?}");
    }
}

fn set_io_errors(probability: f64) {
    FsContext::current(|context| context.fs.io_error_probability = probability);
}

/// Lets `left` bytes of the disk be free, and something else have the rest.
fn fill(left: u64) {
    let used = FsContext::current(|context| used_bytes(context.fs));
    let taken = CAPACITY.saturating_sub(used).saturating_sub(left);
    if let Ok(filler) = disk::create(Path::new(FILLER)) {
        let _ = filler.set_len(taken);
    }
}

const FILLER: &str = "/filler";

fn used_bytes(fs: &turmoil_fs::FsState) -> u64 {
    // The simulation says whether a number of bytes would fit, and not how many are used.
    let (mut fits, mut does_not) = (0, CAPACITY + 1);
    while does_not - fits > 1 {
        let tried = u64::midpoint(fits, does_not);
        if fs.check_space(tried).is_ok() { fits = tried } else { does_not = tried }
    }
    CAPACITY - fits
}

/// Whoever took the rest of the disk gives it back.
fn make_room() {
    let _ = disk::remove(Path::new(FILLER)).and_then(|()| disk::sync_dir(Path::new("/")));
}

/// The ids of the committed articles and quarantine entries, each of which must be there once.
fn stored(store: &Path) -> (Vec<ContentId>, Vec<ContentId>) {
    let view = View::open(store).unwrap();
    let ids = |stream| {
        let mut ids = Vec::new();
        for segment in view.segments(stream) {
            let mut reader = segment.reader().unwrap().expect("the segment's file is there");
            while let Some(line) = reader.next_line().unwrap() {
                if stream == Stream::Articles {
                    let record: Record<'_> = serde_json::from_slice(line).unwrap();
                    assert!(record.text.starts_with("Texte numéro"), "{}", record.text);
                }
                ids.push(crate::read::id_of(line).unwrap());
            }
        }
        let mut unique = ids.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "an id of {stream:?} is there twice");
        ids
    };
    (ids(Stream::Articles), ids(Stream::Quarantine))
}

/// Where each article was seen: the places of the articles' own lines and of their sightings, none of them twice.
fn places(store: &Path) -> BTreeSet<(ContentId, String)> {
    let mut places = BTreeSet::new();
    each_line(store, Stream::Articles, |line| {
        let record: Record<'_> = serde_json::from_slice(line).unwrap();
        assert!(places.insert((record.id, record.source.uri.to_string())));
    });
    each_line(store, Stream::Sightings, |line| {
        let sighting: Sighting<'_> = serde_json::from_slice(line).unwrap();
        assert!(places.insert((sighting.article, sighting.uri.to_string())), "{sighting:?} is there twice");
    });
    places
}

/// Without any crash, restart or snapshot the committed articles get the very places that they were committed with.
fn check_stories(config: &Config) {
    let limits =
        story::Limits { window_days: config.story_window_days, articles_max: config.story_articles_max };
    let mut index = story::Index::new(limits);
    let mut expected = Vec::new();
    each_line(&config.store, Stream::Articles, |line| {
        let record: Record<'_> = serde_json::from_slice(line).unwrap();
        let sketch = record.telling().sketch();
        let seen = record.source.observed_at;
        let place = index.place(&story::Arrival { id: record.id, seen, sketch: &sketch });
        assert_eq!(record.story, Some(Story::of(&place)), "{}", record.text);
        expected.extend(place.join.map(|join| (join.story, join.into, record.id)));
    });
    let mut joins = Vec::new();
    each_line(&config.store, Stream::Stories, |line| {
        let join: StoryJoin = serde_json::from_slice(line).unwrap();
        joins.push((join.id, join.into, join.article));
    });
    assert_eq!(joins, expected);
}

/// The facts' segments hold the facts of the committed articles, one after the other, each once.
fn check_facts(store: &Path) {
    let mut expected = Vec::new();
    each_line(store, Stream::Articles, |line| {
        let record: Record<'_> = serde_json::from_slice(line).unwrap();
        expected.extend(FactLine::of(&record).iter().map(|fact| serde_json::to_string(fact).unwrap()));
    });
    let mut lines = Vec::new();
    each_line(store, Stream::Facts, |line| {
        let fact: FactLine<'_> = serde_json::from_slice(line).unwrap();
        assert_eq!(fact.evidence, "Texte numéro");
        assert!(fact.amount.as_ref().is_some_and(|amount| amount.value.is_some()), "{fact:?}");
        lines.push(String::from_utf8(line.to_vec()).unwrap());
    });
    assert_eq!(lines, expected);
}

fn each_line(store: &Path, stream: Stream, mut each: impl FnMut(&[u8])) {
    for segment in View::open(store).unwrap().segments(stream) {
        let mut reader = segment.reader().unwrap().expect("the segment's file is there");
        while let Some(line) = reader.next_line().unwrap() {
            each(line);
        }
    }
}

fn raw(document: Document) -> RawDocument {
    let origin = Origin {
        kind: SourceKind::File,
        name: "source".to_owned(),
        uri: format!("file:///{}", key_of(document)),
        media_type: None,
        charset: None,
        observed_at: Timestamp::from_second((document.number % 5 * 24 * 60 * 60).cast_signed()).unwrap(),
        http: None,
    };
    let mut raw = RawDocument::new(origin, Bytes::from(text_of(document)));
    raw.identity = Some(format!("//example.org/{}", document.number % IDENTITIES));
    raw
}

/// The articles of the simulation are revisions of so many.
const IDENTITIES: u64 = 20;

/// Fails unless the articles of each identity are its revisions from the first on, each of the one before.
fn check_revisions(store: &Path) {
    let view = View::open(store).unwrap();
    let mut newest = BTreeMap::<String, (ContentId, u32)>::new();
    for segment in view.segments(Stream::Articles) {
        let mut reader = segment.reader().unwrap().unwrap();
        while let Some(line) = reader.next_line().unwrap() {
            let record: Record<'_> = serde_json::from_slice(line).unwrap();
            let identity = record.source.identity.as_deref().unwrap().to_owned();
            let before = newest.insert(identity, (record.id, record.revision));
            assert_eq!(record.revises, before.map(|(id, _)| id));
            assert_eq!(record.revision, before.map_or(1, |(_, revision)| revision + 1));
        }
    }
    assert_eq!(newest.len() as u64, IDENTITIES);
}

fn key_of(document: Document) -> String {
    let kind = if document.rejected { "rejected" } else { "article" };
    format!("{}-{kind}-{}", document.number, document.place)
}

fn text_of(document: Document) -> String {
    let long = "Le même mot. ".repeat((document.number % 7) as usize * 9);
    format!("Texte numéro {}. {long}", document.number)
}

fn rejected(document: Document) -> Rejected {
    Rejected::new(raw(document), Stage::Parser, Reason::NoText, "no text")
}

fn id_of(document: Document) -> ContentId {
    if document.rejected {
        crate::line::quarantine_id(&rejected(document))
    } else {
        ContentId::of("", &text_of(document))
    }
}

fn entry(document: Document) -> (Entry, Vec<Position>) {
    let entry = if document.rejected {
        Entry::Rejected(rejected(document))
    } else {
        let article = Article::bare("text/plain", Text::new(text_of(document)).unwrap());
        let entities = entities_of(document);
        let facts = (0..facts_of(document.number)).map(|_| fact()).collect();
        let amounts = vec![amount_of(document.number)];
        let enrichment = Enrichment { entities, amounts, facts, ..Enrichment::nothing(id_of(document)) };
        let sketch = story::sketch(&article, &enrichment);
        Entry::Article(EnrichedArticle { raw: raw(document), article, enrichment, sketch })
    };
    let position = Position { source: Arc::from("source"), key: key_of(document), value: "done".to_owned() };
    (entry, vec![position])
}

/// How many facts an article states.
fn facts_of(number: u64) -> u64 {
    number % 4
}

fn fact() -> Fact {
    Fact {
        kind: Arc::from("investment"),
        agents: vec!["Un0".to_owned()],
        objects: Vec::new(),
        place: None,
        when: None,
        amount: Some(0),
        status: Some("announced"),
        evidence: Span::new(0, "Texte numéro".len()),
    }
}

/// Another one in each article, so that no two tell one story for it.
fn amount_of(number: u64) -> Amount {
    Amount {
        span: Span::new(0, 5),
        measure: Measure::Money,
        value: Some(number as f64 + 0.1),
        low: None,
        high: None,
        unit: None,
        per: None,
        approximate: false,
        scale_ambiguous: false,
    }
}

/// Names of which articles have several in common, so that they tell stories, some of which turn out to be one.
fn entities_of(document: Document) -> Vec<Entity> {
    let (two, three) = (document.number % 2, document.number / 2 % 3);
    let names = match document.number % 7 {
        0 => vec![format!("Un{two}"), format!("Deux{two}"), format!("Trois{three}")],
        1..4 => vec![format!("Un{two}"), format!("Deux{two}"), format!("Trois{two}")],
        4 => (0..2)
            .flat_map(|side| [format!("Un{side}"), format!("Deux{side}"), format!("Trois{side}")])
            .collect(),
        _ => vec![format!("Nom{}", document.number)],
    };
    let mentions = vec![Span::new(0, 5), Span::new(6, 13)];
    let entity =
        |name| Entity { kind: EntityKind::Organization, name, reference: None, mentions: mentions.clone() };
    names.into_iter().map(entity).collect()
}

#[test]
fn every_named_point_is_passed() {
    // A point that no history reaches is a step that no crash test covers.
    let disk = Fs::builder().build();
    let _entered = disk.enter();
    failpoint::record(true);
    let config = Config {
        store: PathBuf::from("/store"),
        batch_documents_max: 1,
        batch_bytes_max: 1,
        batch_wait_ms: 1,
        segment_bytes_max: 1,
        compression: Compression::Zstd,
        compression_level: 1,
        ledger_bytes_max: 1,
        index_cache_bytes: 1 << 20,
        story_window_days: 3,
        story_articles_max: 1,
        retry_wait_s_max: 1,
    };
    let mut store = Store::open(config).unwrap();
    for rejected in [false, true] {
        let now = Timestamp::UNIX_EPOCH;
        store.commit(&[entry(Document { number: 1, rejected, place: 0 })], now, |_| ()).unwrap();
    }
    for job in store.to_seal(true) {
        store.seal(job.prepare().unwrap()).unwrap();
    }
    let passed = failpoint::record(false);
    let missed: Vec<_> = failpoint::POINTS.iter().filter(|point| !passed.contains(**point)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

/// Any ledger record that can follow the state.
fn records() -> impl Strategy<Value = Vec<(u8, u64, u64)>> {
    prop::collection::vec((0u8..4, 1u64..6, 0u64..1000), 0..40)
}

proptest! {
    /// The ledger against a simple model: whatever is appended reads back, up to any cut, and a cut anywhere, or any
    /// damage to the last record, leaves a whole prefix.
    #[test]
    fn a_cut_ledger_is_a_prefix(steps in records(), cut in 0.0f64..1.0, flip in 0u8..8) {
        let mut state = State::empty();
        let mut bytes = Vec::new();
        encode(&LedgerRecord::Snapshot(state.clone()), &mut bytes);
        let mut ends = vec![bytes.len()];
        let mut states = vec![state.clone()];
        for (kind, segment, grow) in steps {
            let n = state.record + 1;
            let record = match (kind, state.segments.get(&segment)) {
                (0, Some(open)) if open.sealed.is_none() => LedgerRecord::Seal(Seal {
                    n,
                    segment,
                    sealed: Sealed {
                        compression: Compression::Zstd,
                        bytes: grow,
                        digest: document::Digest::of(&grow.to_le_bytes()),
                    },
                }),
                (_, Some(sealed)) if sealed.sealed.is_some() => continue,
                (_, open) => {
                    let day = jiff::civil::date(2026, 11, 22);
                    let mut grown = open.cloned().unwrap_or_else(|| Segment::new(Stream::Articles, day));
                    grown.len += grow;
                    grown.lines += 1;
                    LedgerRecord::Commit(Commit {
                        n,
                        at: Timestamp::UNIX_EPOCH,
                        segments: vec![(segment, grown)],
                        ids: vec![ContentId::of("", &grow.to_string())],
                        origins: vec![grow],
                        sightings: Vec::new(),
                        quarantined: Vec::new(),
                        identities: vec![(ContentId::from_bytes([grow as u8; 16]), ContentId::from_bytes([1; 16]), 2)],
                        positions: vec![("source".to_owned(), format!("clé\n{grow}"), "valeur".to_owned())],
                        totals: Totals { stored: n, ..Totals::default() },
                    })
                }
            };
            state.apply(&record).unwrap();
            encode(&record, &mut bytes);
            ends.push(bytes.len());
            states.push(state.clone());
        }

        let kept = (bytes.len() as f64 * cut) as usize;
        let whole = ends.iter().filter(|end| **end <= kept).count();
        let mut damaged = bytes[..kept].to_vec();
        if let Some(last) = damaged.last_mut() && whole > 0 && kept > ends[whole - 1] {
            *last ^= 1 << flip; // In the torn part: the prefix must not mind.
        }
        let mut decoder = Decoder::new(&damaged);
        let mut read = State::empty();
        let mut count = 0;
        for record in decoder.by_ref() {
            match record {
                LedgerRecord::Snapshot(snapshot) => read = snapshot,
                record => read.apply(&record).unwrap(),
            }
            count += 1;
        }
        prop_assert_eq!(count, whole);
        if whole > 0 {
            prop_assert_eq!(decoder.offset, ends[whole - 1]);
            prop_assert_eq!(&read, &states[whole - 1]);
        }
    }

    #[test]
    fn any_bytes_are_no_ledger(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(Decoder::new(&bytes).count(), 0);
    }
}
