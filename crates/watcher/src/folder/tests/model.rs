//! Whatever is done to a folder, in whatever order: in the end the last content of every file was delivered, and where
//! there are events, nothing half-written ever was.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::sync::LazyLock;

use document::Outcome;
use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::*;

const FOLDERS: [&str; 4] = ["", "d", "d/e", "f"];
const NAMES: [&str; 3] = ["a", "b", "c"];

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A path, by numbers of its folder and its name.
type Place = (usize, usize);

#[derive(Debug, Clone)]
enum Op {
    /// Opens a file, cuts it, writes one half, and leaves it open.
    Open(Place),
    /// Writes some more into an open file.
    Append(Place),
    /// Writes the other half of an open file and closes it.
    Close(Place),
    /// Writes a file at once.
    Write(Place),
    /// Writes a hidden file and renames it.
    Save(Place),
    Rename(Place, Place),
    Link(Place, Place),
    Delete(Place),
    Chmod(Place),
    RenameFolder(usize, usize),
    DeleteFolder(usize),
    /// The system says that it lost events.
    Overflow,
    /// Takes what has been delivered until a file written now comes out.
    CatchUp,
    /// Takes a document and keeps it in flight.
    Hold,
    /// Ends the oldest document in flight.
    Settle(bool),
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let place = || (0..FOLDERS.len(), 0..NAMES.len());
    let folder = || 1..FOLDERS.len();
    prop::collection::vec(
        prop_oneof![
            4 => place().prop_map(Op::Open),
            3 => place().prop_map(Op::Append),
            4 => place().prop_map(Op::Close),
            4 => place().prop_map(Op::Write),
            3 => place().prop_map(Op::Save),
            3 => (place(), place()).prop_map(|(from, to)| Op::Rename(from, to)),
            2 => (place(), place()).prop_map(|(from, to)| Op::Link(from, to)),
            2 => place().prop_map(Op::Delete),
            1 => place().prop_map(Op::Chmod),
            2 => (folder(), folder()).prop_map(|(from, to)| Op::RenameFolder(from, to)),
            1 => folder().prop_map(Op::DeleteFolder),
            1 => Just(Op::Overflow),
            3 => Just(Op::CatchUp),
            2 => Just(Op::Hold),
            2 => any::<bool>().prop_map(Op::Settle),
        ],
        1..40,
    )
}

/// A folder under random treatment, and what must come of it.
struct Model {
    bench: Bench,
    heard: Arc<Heard>,
    /// Whether half a file may be delivered.
    polled: bool,
    /// Files that are being written, with their version.
    open: HashMap<PathBuf, (File, u32)>,
    version: u32,
    barriers: u32,
    /// The last content delivered of each path.
    delivered: HashMap<String, String>,
    in_flight: VecDeque<Ticket>,
    /// Folders that are watched for certain.
    watched: HashSet<PathBuf>,
}

impl Model {
    fn path(&self, (folder, name): Place) -> PathBuf {
        let folder = self.bench.path(FOLDERS[folder]);
        fs::create_dir_all(&folder).unwrap();
        folder.join(NAMES[name])
    }

    /// A path that nobody writes to, at which there is a file or may be one.
    fn closed(&self, place: Place) -> Option<PathBuf> {
        let path = self.path(place);
        (!self.open.contains_key(&path)).then_some(path)
    }

    fn next_version(&mut self) -> u32 {
        self.version += 1;
        self.version
    }

    async fn apply(&mut self, op: Op) {
        match op {
            Op::Open(place) => {
                let Some(path) = self.closed(place) else { return };
                // To write under one name of two is an event of that name alone.
                if path.metadata().is_ok_and(|metadata| metadata.nlink() > 1) {
                    return;
                }
                // What is opened in a folder just made, before the folder is watched, is heard of too late: a writer
                // that then falls silent is not told from one that is done.
                let folder = path.parent().unwrap().to_owned();
                if !self.polled && !self.watched.contains(&folder) {
                    self.catch_up_in(&folder).await;
                    self.watched.insert(folder);
                }
                let version = self.next_version();
                let mut file =
                    OpenOptions::new().write(true).create(true).truncate(true).open(&path).unwrap();
                write!(file, "<{version}> ").unwrap();
                self.open.insert(path, (file, version));
            }
            Op::Append(place) => {
                let path = self.path(place);
                if let Some((file, _)) = self.open.get_mut(&path) {
                    write!(file, "more ").unwrap();
                }
            }
            Op::Close(place) => {
                let path = self.path(place);
                if let Some((mut file, version)) = self.open.remove(&path) {
                    write!(file, "</{version}>").unwrap();
                }
            }
            Op::Write(place) => {
                let Some(path) = self.closed(place) else { return };
                if path.metadata().is_ok_and(|metadata| metadata.nlink() > 1) {
                    return;
                }
                let version = self.next_version();
                fs::write(path, format!("<{version}> at once </{version}>")).unwrap();
            }
            Op::Save(place) => {
                let Some(path) = self.closed(place) else { return };
                let version = self.next_version();
                let hidden = path.with_file_name(".hidden");
                fs::write(&hidden, format!("<{version}> saved </{version}>")).unwrap();
                fs::rename(hidden, path).unwrap();
            }
            Op::Rename(from, to) => {
                if let (Some(from), Some(to)) = (self.closed(from), self.closed(to)) {
                    let _ = fs::rename(from, to);
                }
            }
            Op::Link(from, to) => {
                if let (Some(from), Some(to)) = (self.closed(from), self.closed(to)) {
                    let _ = fs::hard_link(from, to);
                }
            }
            Op::Delete(place) => {
                if let Some(path) = self.closed(place) {
                    let _ = fs::remove_file(path);
                }
            }
            Op::Chmod(place) => {
                if let Some(path) = self.closed(place) {
                    let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o640));
                }
            }
            Op::RenameFolder(from, to) => {
                let (from, to) = (self.bench.path(FOLDERS[from]), self.bench.path(FOLDERS[to]));
                if !self.open.keys().any(|path| path.starts_with(&from)) && !to.exists() {
                    self.watched.retain(|folder| !folder.starts_with(&from));
                    let _ = fs::rename(from, to);
                }
            }
            Op::DeleteFolder(folder) => {
                let folder = self.bench.path(FOLDERS[folder]);
                if !self.open.keys().any(|path| path.starts_with(&folder)) {
                    self.watched.retain(|watched| !watched.starts_with(&folder));
                    let _ = fs::remove_dir_all(folder);
                }
            }
            Op::Overflow => self.overflow(),
            Op::CatchUp => self.catch_up().await,
            Op::Hold => {
                if let Some(envelope) = self.bench.documents.try_recv() {
                    let (raw, ticket) = envelope.split();
                    self.look(&raw);
                    self.in_flight.push_back(ticket);
                }
            }
            Op::Settle(stored) => {
                if let Some(ticket) = self.in_flight.pop_front() {
                    self.bench.commit(ticket, if stored { Outcome::Stored } else { Outcome::Lost });
                }
            }
        }
    }

    fn overflow(&self) {
        // As it comes from notify: without a path.
        let event = notify::Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan);
        self.heard.hear(&self.bench.path(""), Ok(event));
    }

    fn look(&mut self, raw: &RawDocument) -> String {
        let relative = self.bench.relative(raw);
        let text = String::from_utf8(raw.body.to_vec()).unwrap();
        let version = text.strip_prefix('<').and_then(|rest| Some(rest.split_once('>')?.0.to_owned()));
        let whole = version.is_some_and(|version| text.ends_with(&format!("</{version}>")));
        assert!(
            whole || self.polled || relative.starts_with('z'),
            "half of {relative} was delivered: {text:?}"
        );
        self.delivered.insert(relative.clone(), text);
        relative
    }

    /// Stores the next document.
    async fn store(&mut self) -> String {
        let (raw, ticket) = self.bench.receive().await;
        self.bench.commit(ticket, Outcome::Stored);
        self.look(&raw)
    }

    async fn catch_up(&mut self) {
        self.catch_up_in(&self.bench.path("")).await;
    }

    /// Writes a file into a folder and stores documents until that one comes.
    async fn catch_up_in(&mut self, folder: &Path) {
        self.barriers += 1;
        let path = folder.join(format!("z{}", self.barriers));
        fs::write(&path, format!("<0> {} </0>", self.barriers)).unwrap();
        let relative = path.strip_prefix(self.bench.path("")).unwrap().to_str().unwrap().to_owned();
        while self.store().await != relative {}
        fs::remove_file(path).unwrap();
    }

    /// Ends what is under way; then all that is there must have been delivered.
    async fn finish(mut self) {
        for (_, (mut file, version)) in std::mem::take(&mut self.open) {
            write!(file, "</{version}>").unwrap();
        }
        for ticket in std::mem::take(&mut self.in_flight) {
            self.bench.commit(ticket, Outcome::Lost);
        }
        let mut there = HashMap::new();
        for folder in FOLDERS {
            for name in NAMES {
                let path = self.bench.path(folder).join(name);
                if let Ok(text) = fs::read_to_string(&path) {
                    let relative =
                        path.strip_prefix(self.bench.path("")).unwrap().to_str().unwrap().to_owned();
                    there.insert(relative, text);
                }
            }
        }
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while let Some((path, text)) =
            there.iter().find(|(path, text)| self.delivered.get(*path) != Some(text))
        {
            let missing = format!("{path} with {text:?}, had {:?}", self.delivered.get(path));
            let stored = tokio::time::timeout_at(deadline, self.store()).await;
            assert!(stored.is_ok(), "never delivered: {missing}");
        }
        // Nothing that comes later takes it back.
        self.catch_up().await;
        for (path, text) in &there {
            assert_eq!(self.delivered.get(path), Some(text), "{path}");
        }
        self.bench.stop().await;
    }
}

fn run(ops: Vec<Op>, watch: Watch) {
    RUNTIME.block_on(async {
        let heard = Arc::<Heard>::default();
        let config = Config {
            watch,
            poll_interval: Duration::from_millis(5),
            // An empty file is complete after this, so events must be heard within it: where they count, it is longer
            // than a thread waits for its turn on a busy machine.
            stable: Duration::from_millis(if watch == Watch::Events { 500 } else { 30 }),
            complete_wait_max: Duration::from_hours(1),
            ..config()
        };
        let polled = watch == Watch::Poll;
        let bench = Bench::new().watch_told(config, &heard);
        let mut model = Model {
            bench,
            heard,
            polled,
            open: HashMap::new(),
            version: 0,
            barriers: 0,
            delivered: HashMap::new(),
            in_flight: VecDeque::new(),
            watched: HashSet::new(),
        };
        model.catch_up().await;
        for op in ops {
            model.apply(op).await;
        }
        model.finish().await;
    });
}

proptest! {
    #![proptest_config(ProptestConfig {
        // Few by default, because each takes real time; PROPTEST_CASES asks for more.
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 48 },
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn by_events_every_last_content_is_delivered_and_nothing_half_written(ops in ops()) {
        run(ops, Watch::Events);
    }

    #[test]
    fn by_polling_every_last_content_is_delivered(ops in ops()) {
        run(ops, Watch::Poll);
    }
}
