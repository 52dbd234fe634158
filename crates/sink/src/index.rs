//! The index: which articles, identities, sightings, quarantine entries and source positions are committed.
//!
//! It is a cache of what the ledger and the segments say, in an embedded database, so that memory stays bounded and
//! a start is quick. Each change carries the number of the ledger record it comes from; whatever the index missed in
//! a crash is applied again from the ledger, and an index that is lost or damaged is made anew from the segments.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use document::ContentId;
use redb::{Builder, Database, Durability, ReadableDatabase, TableDefinition};

use crate::error::{Error, IoContext};
use crate::state::Commit;
use crate::{disk, failpoint};

/// The id of an article, and where it was first seen.
const ARTICLES: TableDefinition<&[u8; 16], u64> = TableDefinition::new("origins");
const SIGHTINGS: TableDefinition<&[u8; 16], ()> = TableDefinition::new("sightings");
const QUARANTINE: TableDefinition<&[u8; 16], ()> = TableDefinition::new("quarantine");
/// The key of an identity, the newest article under it, and which revision that is.
const IDENTITIES: TableDefinition<&[u8; 16], (&[u8; 16], u32)> = TableDefinition::new("identities");
const POSITIONS: TableDefinition<(&str, &str), &str> = TableDefinition::new("positions");
const META: TableDefinition<&str, u64> = TableDefinition::new("meta");
/// The name tells an index with other tables apart: to it, no record is in the index.
const RECORD: &str = "record 2";

/// Commits between two that are synced. Those between are redone from the ledger after a crash.
const COMMITS_PER_SYNC: u32 = 64;

pub(crate) fn path_of(store: &Path) -> PathBuf {
    store.join("index.redb")
}

/// Whether the index has to be made anew; other errors may go away by themselves.
pub(crate) fn is_damaged(error: &Error) -> bool {
    let Error::Index { source, .. } = error else { return false };
    match source.as_ref() {
        redb::Error::Corrupted(_) | redb::Error::UpgradeRequired(_) => true,
        redb::Error::Io(error) => {
            matches!(error.kind(), std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof)
        }
        _ => false,
    }
}

/// The index, open for writing.
pub(crate) struct Index {
    database: Arc<Database>,
    path: PathBuf,
    /// Number of the last ledger record applied.
    record: u64,
    since_sync: u32,
}

impl Index {
    /// Opens the index, or makes an empty one.
    pub(crate) fn open(store: &Path, cache_bytes: usize) -> Result<Self, Error> {
        let path = path_of(store);
        let context = |error: redb::Error| Error::Index { path: path.clone(), source: Box::new(error) };
        let mut builder = Builder::new();
        builder.set_cache_size(cache_bytes);
        #[cfg(not(test))]
        let database = builder.create(&path);
        #[cfg(test)]
        let database =
            builder.create_with_backend(simulated::Backend(disk::open_or_create(&path).on("open", &path)?));
        let database = database.map_err(|error| context(error.into()))?;
        let record = last_record(&database).map_err(context)?;
        Ok(Self { database: Arc::new(database), path, record, since_sync: 0 })
    }

    /// Removes the index's file, so that the next [`Index::open`] makes an empty one.
    pub(crate) fn remove(store: &Path) -> Result<(), Error> {
        let path = path_of(store);
        disk::remove(&path).on("remove", &path)
    }

    /// Number of the last ledger record that is in the index.
    pub(crate) fn record(&self) -> u64 {
        self.record
    }

    /// The database, for look-ups from other threads.
    pub(crate) fn share(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// Tells of each id, in order, where its article was first seen; `None` when it is not committed.
    pub(crate) fn known_articles(&self, ids: &[ContentId]) -> Result<Vec<Option<u64>>, Error> {
        let known = look_up(&self.database, ARTICLES, ids, |origin| origin);
        known.map_err(|error| self.context(error))
    }

    /// Tells of each id, in order, whether its sighting is committed.
    pub(crate) fn known_sightings(&self, ids: &[ContentId]) -> Result<Vec<bool>, Error> {
        self.known(SIGHTINGS, ids)
    }

    /// Tells of each id, in order, whether its quarantine entry is committed.
    pub(crate) fn known_quarantine(&self, ids: &[ContentId]) -> Result<Vec<bool>, Error> {
        self.known(QUARANTINE, ids)
    }

    fn known(
        &self,
        table: TableDefinition<'static, &'static [u8; 16], ()>,
        ids: &[ContentId],
    ) -> Result<Vec<bool>, Error> {
        let known = look_up(&self.database, table, ids, |()| ());
        Ok(known.map_err(|error| self.context(error))?.iter().map(Option::is_some).collect())
    }

    /// The newest article under the identity with this key, and which revision it is.
    pub(crate) fn newest(&self, key: ContentId) -> Result<Option<(ContentId, u32)>, Error> {
        let look_up = || -> Result<Option<(ContentId, u32)>, redb::Error> {
            match self.database.begin_read()?.open_table(IDENTITIES) {
                Ok(table) => Ok(table.get(&key.bytes())?.map(|entry| {
                    let (article, revision) = entry.value();
                    (ContentId::from_bytes(*article), revision)
                })),
                Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
                Err(error) => Err(error.into()),
            }
        };
        look_up().map_err(|error| self.context(error))
    }

    /// Adds what a commit record says. Whether it is synced is the index's own affair.
    pub(crate) fn apply(&mut self, commit: &Commit) -> Result<(), Error> {
        self.since_sync += 1;
        let sync = self.since_sync >= COMMITS_PER_SYNC;
        self.write(commit, commit.n, sync)?;
        failpoint::hit("commit:indexed").on("index", &self.path)
    }

    /// Syncs everything applied so far and takes note that it stands at ledger record `record`.
    pub(crate) fn sync(&mut self, record: u64) -> Result<(), Error> {
        self.write(&Commit::empty(record), record, true)
    }

    fn write(&mut self, commit: &Commit, record: u64, sync: bool) -> Result<(), Error> {
        let written = self.try_write(commit, record, sync);
        written.map_err(|error| self.context(error))?;
        self.record = record;
        if sync {
            self.since_sync = 0;
        }
        Ok(())
    }

    fn try_write(&self, commit: &Commit, record: u64, sync: bool) -> Result<(), redb::Error> {
        let mut transaction = self.database.begin_write()?;
        transaction.set_durability(if sync { Durability::Immediate } else { Durability::None })?;
        // A start after a kill must not scan the whole file.
        transaction.set_quick_repair(sync);
        {
            // A ledger of an older version does not say where its articles came from.
            let origins = commit.origins.iter().copied().chain(std::iter::repeat(0));
            insert(&mut transaction.open_table(ARTICLES)?, commit.ids.iter().zip(origins))?;
            insert(&mut transaction.open_table(SIGHTINGS)?, commit.sightings.iter().map(|id| (id, ())))?;
            insert(&mut transaction.open_table(QUARANTINE)?, commit.quarantined.iter().map(|id| (id, ())))?;
            let mut identities = transaction.open_table(IDENTITIES)?;
            for (key, article, revision) in &commit.identities {
                identities.insert(&key.bytes(), (&article.bytes(), *revision))?;
            }
            let mut positions = transaction.open_table(POSITIONS)?;
            for (source, key, value) in &commit.positions {
                positions.insert((source.as_str(), key.as_str()), value.as_str())?;
            }
            transaction.open_table(META)?.insert(RECORD, record)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn context(&self, error: redb::Error) -> Error {
        Error::Index { path: self.path.clone(), source: Box::new(error) }
    }
}

/// Sorted keys go into neighbouring pages, which is most of the cost of an insertion.
fn insert<'a, V>(
    table: &mut redb::Table<'_, &'static [u8; 16], V>,
    entries: impl IntoIterator<Item = (&'a ContentId, V)>,
) -> Result<(), redb::Error>
where
    V: for<'v> redb::Value<SelfType<'v> = V> + 'static,
{
    let mut entries: Vec<_> = entries.into_iter().map(|(id, value)| (id.bytes(), value)).collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    for (key, value) in &entries {
        table.insert(key, value)?;
    }
    Ok(())
}

fn last_record(database: &Database) -> Result<u64, redb::Error> {
    match database.begin_read()?.open_table(META) {
        Ok(meta) => Ok(meta.get(RECORD)?.map_or(0, |record| record.value())),
        Err(redb::TableError::TableDoesNotExist(_)) => Ok(0),
        Err(error) => Err(error.into()),
    }
}

/// What a table holds for each id, in order.
fn look_up<V, T: Clone>(
    database: &Database,
    table: TableDefinition<'static, &'static [u8; 16], V>,
    ids: &[ContentId],
    read: impl Fn(V) -> T,
) -> Result<Vec<Option<T>>, redb::Error>
where
    V: for<'v> redb::Value<SelfType<'v> = V> + 'static,
{
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    match database.begin_read()?.open_table(table) {
        Ok(table) => {
            ids.iter().map(|id| Ok(table.get(&id.bytes())?.map(|value| read(value.value())))).collect()
        }
        Err(redb::TableError::TableDoesNotExist(_)) => Ok(vec![None; ids.len()]),
        Err(error) => Err(error.into()),
    }
}

/// Looks up source positions, from any thread, while the store is written.
#[derive(Clone, Default)]
pub struct Positions(Arc<RwLock<Option<Arc<Database>>>>);

impl Positions {
    /// The committed value of a source's key; `None` when there is none, or when the index cannot be read now, which
    /// means no more than that the source will offer the document again.
    pub fn get(&self, source: &str, key: &str) -> Option<String> {
        let database = self.0.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        let look_up = || -> Result<Option<String>, redb::Error> {
            match database.begin_read()?.open_table(POSITIONS) {
                Ok(table) => Ok(table.get((source, key))?.map(|value| value.value().to_owned())),
                Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
                Err(error) => Err(error.into()),
            }
        };
        look_up().unwrap_or_else(|error| {
            tracing::warn!(source, key, %error, "position not readable");
            None
        })
    }

    /// From now on look-ups go to this database, or nowhere.
    pub(crate) fn point_to(&self, database: Option<Arc<Database>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = database;
    }
}

#[cfg(test)]
mod simulated {
    use std::io;

    use crate::disk::{self, File};

    /// The index's file on the simulated disk.
    #[derive(Debug)]
    pub(super) struct Backend(pub(super) File);

    impl redb::StorageBackend for Backend {
        fn len(&self) -> io::Result<u64> {
            Ok(self.0.metadata()?.len())
        }

        fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
            disk::read_at(&self.0, out, offset)
        }

        fn set_len(&self, len: u64) -> io::Result<()> {
            self.0.set_len(len)
        }

        fn sync_data(&self) -> io::Result<()> {
            self.0.sync_data()
        }

        fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
            disk::write_at(&self.0, data, offset)
        }
    }
}
