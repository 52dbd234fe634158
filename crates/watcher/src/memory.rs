//! What is remembered of the web between two looks: when each source is due, what it said last, and what each domain
//! asked for. It outlives a restart in one database file.
//!
//! It saves requests and keeps promises of politeness; it decides nothing about articles. Those that arrived are known
//! by the positions that the store commits with them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use redb::backends::FileBackend;
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tracing::warn;

use crate::robots::Robots;
use crate::trouble::Troubles;

const LOOKS: TableDefinition<(&str, &str), &str> = TableDefinition::new("looks");
const DOMAINS: TableDefinition<&str, &str> = TableDefinition::new("domains");
const ROBOTS: TableDefinition<&str, &str> = TableDefinition::new("robots");

/// Memory for pages of the database.
const CACHE_BYTES: usize = 4 << 20;

/// What is known of one address that a source looks at again and again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Look {
    /// What the last whole look can be repeated with at the cost of a 304.
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    /// Since when it is being looked at. Not kept: a process that has ended looks at nothing.
    #[serde(skip)]
    pub(crate) reading_since: Option<Timestamp>,
    /// The last look that succeeded.
    pub(crate) succeeded_at: Option<Timestamp>,
    /// The last look that brought something new.
    pub(crate) changed_at: Option<Timestamp>,
    pub(crate) due_at: Option<Timestamp>,
    /// Pause before `due_at`, in seconds.
    pub(crate) interval_s: Option<u64>,
    /// Looks in a row that failed, and what the last of them said.
    pub(crate) failures: u32,
    pub(crate) error: Option<String>,
    /// Since when it is gone for good (HTTP 410), and is not looked at any more.
    pub(crate) gone_at: Option<Timestamp>,
    pub(crate) moved: Option<Moved>,
    /// Whether the last look failed by our own rules, before anything was sent.
    pub(crate) refused: bool,
    /// The items of the last look that were known already, by the key of each, with what they said of themselves.
    pub(crate) seen: BTreeMap<String, String>,
    /// Items that could not be fetched.
    pub(crate) trouble: Troubles,
}

/// A permanent redirect, followed for good once it was met often enough.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Moved {
    pub(crate) to: String,
    pub(crate) since: Timestamp,
    pub(crate) times: u32,
}

/// What a registrable domain asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct DomainRecord {
    /// Nothing is asked of it until then, and why.
    pub(crate) blocked_until: Option<Timestamp>,
    pub(crate) reason: String,
    /// Refusals in a row, which make the pauses longer.
    pub(crate) refusals: u32,
    /// How many times its interval is doubled, because it refused before.
    pub(crate) slowed: u32,
    /// Answers 403 in a row.
    pub(crate) forbidden: u32,
}

/// What is known of a host's robots.txt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RobotsRecord {
    pub(crate) fetched_at: Timestamp,
    /// `None` when it cannot be reached, which forbids everything (RFC 9309, 2.3.1.4).
    pub(crate) robots: Option<Robots>,
    /// Since when it cannot be reached, and why.
    pub(crate) unreachable_since: Option<Timestamp>,
    pub(crate) error: Option<String>,
}

/// Remembers what sources on the web said, in a file of its own.
#[derive(Debug, Clone)]
pub struct Memory(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    records: Mutex<Records>,
    database: Mutex<Option<Database>>,
}

#[derive(Debug, Default)]
struct Records {
    looks: HashMap<(String, String), Look>,
    domains: HashMap<String, DomainRecord>,
    robots: HashMap<String, RobotsRecord>,
    dirty: HashSet<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Look(String, String),
    Domain(String),
    Robots(String),
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {path}")]
pub struct MemoryError {
    action: &'static str,
    path: PathBuf,
    #[source]
    source: Box<redb::Error>,
}

impl Memory {
    /// A memory that will be kept in the file at `path`. Nothing is read or made yet.
    pub fn at(path: PathBuf) -> Self {
        Self(Arc::new(Shared { path, records: Mutex::default(), database: Mutex::default() }))
    }

    /// Reads what was remembered, making the file if it is not there. A damaged file is put aside under another name:
    /// what it knew is asked of the web again.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened for another reason than damage.
    pub fn open(&self) -> Result<(), MemoryError> {
        if self.database().is_some() {
            return Ok(());
        }
        let path = &self.0.path;
        let opened = open_and_read(path);
        let (database, records) = match opened {
            Err(error) if is_damaged(&error) => {
                let aside = path.with_extension("redb.damaged");
                warn!(path = %path.display(), %error, aside = %aside.display(),
                    "what was remembered of sources is damaged; it is put aside and asked of the web again");
                fs::rename(path, &aside).map_err(|error| self.error("put aside", error.into()))?;
                open_and_read(path)
            }
            opened => opened,
        }
        .map_err(|error| self.error("open", error))?;
        *self.records() = records;
        *self.database() = Some(database);
        Ok(())
    }

    /// Reads what a process that has ended remembered; nothing where there is no file.
    pub fn read(path: &Path) -> Result<Self, MemoryError> {
        let memory = Self::at(path.to_owned());
        if path.exists() {
            let (_, records) = open_and_read(path).map_err(|error| memory.error("read", error))?;
            *memory.records() = records;
        }
        Ok(memory)
    }

    /// Writes what changed since the last time, and syncs it.
    pub(crate) fn save(&self) {
        // The writer's turn first: whoever saves later must not write older records.
        let mut database = self.database();
        let Some(database) = database.as_mut() else { return };
        let (looks, domains, robots) = {
            let mut records = self.records();
            let dirty = std::mem::take(&mut records.dirty);
            let (mut looks, mut domains, mut robots) = (Vec::new(), Vec::new(), Vec::new());
            for key in dirty {
                match key {
                    Key::Look(source, url) => {
                        let key = (source, url);
                        let text = records.looks.get(&key).map(text);
                        looks.push((key, text));
                    }
                    Key::Domain(name) => domains.push((records.domains.get(&name).map(text), name)),
                    Key::Robots(host) => robots.push((records.robots.get(&host).map(text), host)),
                }
            }
            (looks, domains, robots)
        };
        if looks.is_empty() && domains.is_empty() && robots.is_empty() {
            return;
        }
        let write = || -> Result<(), redb::Error> {
            let mut transaction = database.begin_write()?;
            transaction.set_quick_repair(true);
            {
                let mut table = transaction.open_table(LOOKS)?;
                for ((source, url), text) in &looks {
                    match text {
                        Some(text) => table.insert((source.as_str(), url.as_str()), text.as_str())?,
                        None => table.remove((source.as_str(), url.as_str()))?,
                    };
                }
                let mut table = transaction.open_table(DOMAINS)?;
                for (text, name) in &domains {
                    match text {
                        Some(text) => table.insert(name.as_str(), text.as_str())?,
                        None => table.remove(name.as_str())?,
                    };
                }
                let mut table = transaction.open_table(ROBOTS)?;
                for (text, host) in &robots {
                    match text {
                        Some(text) => table.insert(host.as_str(), text.as_str())?,
                        None => table.remove(host.as_str())?,
                    };
                }
            }
            transaction.commit()?;
            Ok(())
        };
        if let Err(error) = write() {
            warn!(path = %self.0.path.display(), %error, "what is known of sources cannot be kept; it is tried again");
            let mut records = self.records();
            records.dirty.extend(looks.into_iter().map(|((source, url), _)| Key::Look(source, url)));
            records.dirty.extend(domains.into_iter().map(|(_, name)| Key::Domain(name)));
            records.dirty.extend(robots.into_iter().map(|(_, host)| Key::Robots(host)));
        }
    }

    /// [`Memory::save`] on a thread that may block.
    pub(crate) async fn save_soon(&self) {
        let memory = self.clone();
        // The runtime may be going down; then the last save comes from there.
        let _ = tokio::task::spawn_blocking(move || memory.save()).await;
    }

    /// Saves, and lets go of the file: another process may open it, whoever still holds this.
    pub(crate) async fn close(&self) {
        let memory = self.clone();
        let closing = move || {
            memory.save();
            *memory.database() = None;
        };
        // The runtime may be going down, and the file with it.
        let _ = tokio::task::spawn_blocking(closing).await;
    }

    /// What is known of an address that a source looks at.
    pub(crate) fn look(&self, source: &str, url: &str) -> Look {
        self.records().looks.get(&(source.to_owned(), url.to_owned())).cloned().unwrap_or_default()
    }

    /// Changes what is known of an address that a source looks at.
    pub(crate) fn change_look(&self, source: &str, url: &str, change: impl FnOnce(&mut Look)) {
        let mut records = self.records();
        let key = (source.to_owned(), url.to_owned());
        change(records.looks.entry(key.clone()).or_default());
        records.dirty.insert(Key::Look(key.0, key.1));
    }

    /// Forgets the addresses of a source but for those that `keep`.
    pub(crate) fn forget_looks(&self, source: &str, keep: impl Fn(&str) -> bool) {
        let mut records = self.records();
        let gone: Vec<_> =
            records.looks.keys().filter(|(name, url)| name == source && !keep(url)).cloned().collect();
        for key in gone {
            records.looks.remove(&key);
            records.dirty.insert(Key::Look(key.0, key.1));
        }
    }

    pub(crate) fn domain(&self, name: &str) -> DomainRecord {
        self.records().domains.get(name).cloned().unwrap_or_default()
    }

    /// Changes what is known of a domain. What is as if it had never been met is forgotten.
    pub(crate) fn change_domain(&self, name: &str, change: impl FnOnce(&mut DomainRecord)) {
        let mut records = self.records();
        let before = records.domains.get(name).cloned().unwrap_or_default();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return;
        }
        if after == DomainRecord::default() {
            records.domains.remove(name);
        } else {
            records.domains.insert(name.to_owned(), after);
        }
        records.dirty.insert(Key::Domain(name.to_owned()));
    }

    pub(crate) fn robots(&self, host: &str) -> Option<RobotsRecord> {
        self.records().robots.get(host).cloned()
    }

    pub(crate) fn keep_robots(&self, host: &str, record: RobotsRecord) {
        let mut records = self.records();
        records.robots.insert(host.to_owned(), record);
        records.dirty.insert(Key::Robots(host.to_owned()));
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        self.0.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn database(&self) -> MutexGuard<'_, Option<Database>> {
        self.0.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn error(&self, action: &'static str, source: redb::Error) -> MemoryError {
        MemoryError { action, path: self.0.path.clone(), source: Box::new(source) }
    }
}

fn text(record: &impl Serialize) -> String {
    // Records are maps with text keys, which JSON can always hold.
    serde_json::to_string(record).unwrap_or_default()
}

fn is_damaged(error: &redb::Error) -> bool {
    match error {
        redb::Error::Corrupted(_) | redb::Error::UpgradeRequired(_) => true,
        redb::Error::Io(error) => {
            matches!(error.kind(), std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof)
        }
        _ => false,
    }
}

/// Opens the file, made if it is not there, for nobody else to read: addresses of sources may hold secrets.
fn open_and_read(path: &Path) -> Result<(Database, Records), redb::Error> {
    let file = File::options().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    // The library panics on some pages that were changed behind its back. Nothing outlives the attempt.
    catch_unwind(|| read_file(file))
        .unwrap_or_else(|_| Err(redb::Error::Corrupted("its pages do not hold together".to_owned())))
}

fn read_file(file: File) -> Result<(Database, Records), redb::Error> {
    let mut builder = redb::Builder::new();
    builder.set_cache_size(CACHE_BYTES);
    let database = builder.create_with_backend(FileBackend::new(file)?)?;
    let mut records = Records::default();
    let transaction = database.begin_read()?;
    if let Some(table) = existing(transaction.open_table(LOOKS))? {
        for entry in table.iter()? {
            let (key, value) = entry?;
            let (source, url) = key.value();
            if let Some(look) = parse(value.value()) {
                records.looks.insert((source.to_owned(), url.to_owned()), look);
            }
        }
    }
    if let Some(table) = existing(transaction.open_table(DOMAINS))? {
        for entry in table.iter()? {
            let (key, value) = entry?;
            if let Some(record) = parse(value.value()) {
                records.domains.insert(key.value().to_owned(), record);
            }
        }
    }
    if let Some(table) = existing(transaction.open_table(ROBOTS))? {
        for entry in table.iter()? {
            let (key, value) = entry?;
            if let Some(record) = parse(value.value()) {
                records.robots.insert(key.value().to_owned(), record);
            }
        }
    }
    drop(transaction);
    Ok((database, records))
}

fn existing<T>(opened: Result<T, redb::TableError>) -> Result<Option<T>, redb::Error> {
    match opened {
        Ok(table) => Ok(Some(table)),
        Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A record as it was kept; one that cannot be read (of a later version, say) is as good as none.
fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.redb");
        let memory = Memory::at(path.clone());
        memory.open().unwrap();
        memory.change_look("a", "https://a.example/rss", |look| {
            (look.failures, look.reading_since) = (3, Some(Timestamp::UNIX_EPOCH));
        });
        memory.change_look("a", "https://a.example/old", |look| look.failures = 1);
        memory.change_domain("a.example", |domain| domain.refusals = 2);
        memory.change_domain("b.example", |domain| domain.refusals = 2);
        memory.save();
        memory.change_domain("b.example", |domain| domain.refusals = 0);
        memory.forget_looks("a", |url| url.ends_with("rss"));
        memory.save();
        drop(memory);

        let memory = Memory::at(path);
        memory.open().unwrap();
        assert_eq!(memory.look("a", "https://a.example/rss").failures, 3);
        assert_eq!(memory.look("a", "https://a.example/rss").reading_since, None, "that process has ended");
        assert_eq!(memory.look("a", "https://a.example/old"), Look::default());
        assert_eq!(memory.domain("a.example").refusals, 2);
        assert!(!memory.records().domains.contains_key("b.example"));
    }

    #[test]
    fn a_damaged_file_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.redb");
        fs::write(&path, "not a database at all").unwrap();
        let memory = Memory::at(path);
        memory.open().unwrap();
        memory.change_domain("a.example", |domain| domain.refusals = 2);
        memory.save();
        assert_eq!(fs::read(folder.path().join("sources.redb.damaged")).unwrap(), b"not a database at all");
    }

    #[test]
    fn a_file_that_was_damaged_inside_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.redb");
        let memory = Memory::at(path.clone());
        memory.open().unwrap();
        memory.change_domain("a.example", |domain| domain.reason = "Schlüsselwort".to_owned());
        memory.save();
        drop(memory);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let mut bytes = fs::read(&path).unwrap();
        let found = memchr::memmem::find_iter(&bytes, "Schlüsselwort").collect::<Vec<_>>();
        assert!(!found.is_empty());
        for at in found {
            bytes[at] = 0xff;
        }
        fs::write(&path, &bytes).unwrap();
        assert!(Memory::read(&path).unwrap_err().to_string().contains("cannot read"));
        let memory = Memory::at(path);
        memory.open().unwrap();
        assert_eq!(memory.domain("a.example"), DomainRecord::default());
        let aside = fs::read(folder.path().join("sources.redb.damaged")).unwrap();
        assert!(memchr::memmem::find(&aside, "chlüsselwort".as_bytes()).is_some());
    }

    #[test]
    fn what_is_not_open_keeps_nothing() {
        let memory = Memory::at("/nowhere/sources.redb".into());
        memory.change_domain("a.example", |domain| domain.refusals = 2);
        memory.save();
        assert_eq!(memory.domain("a.example").refusals, 2);
        assert!(Memory::read(Path::new("/nowhere/sources.redb")).is_ok());
        assert!(memory.open().unwrap_err().to_string().contains("cannot open"));
    }
}
