//! Starting the program, and waiting for what it does by its own signs, never by the clock.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take before a test gives up on it: far longer than it should.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A folder with an inbox, a store and a configuration.
pub struct Place {
    folder: TempDir,
    store: PathBuf,
}

impl Place {
    pub fn new() -> Self {
        Self::with_config("")
    }

    /// `config` is laid over the defaults, with the inbox as the only source.
    pub fn with_config(config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("inbox")).unwrap();
        let source = "[[source]]\nname = \"inbox\"\nkind = \"folder\"\npath = \"inbox\"\ncreate = true\n";
        fs::write(folder.path().join("depeche.toml"), format!("{config}\n{source}")).unwrap();
        let store = folder.path().join("data");
        Self { folder, store }
    }

    /// Puts the store somewhere else.
    pub fn with_store(mut self, store: &Path) -> Self {
        store.clone_into(&mut self.store);
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn inbox(&self) -> PathBuf {
        self.path("inbox")
    }

    pub fn store(&self) -> &Path {
        &self.store
    }

    /// Puts a file into the inbox as a careful program does: written elsewhere, then renamed.
    pub fn drop_in(&self, name: &str, content: impl AsRef<[u8]>) {
        let aside = self.path(&format!("aside-{}", name.replace('/', "-")));
        fs::write(&aside, content).unwrap();
        fs::rename(aside, self.inbox().join(name)).unwrap();
    }

    /// The program with these arguments, in this place.
    pub fn depeche<Argument: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = Argument>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command.args(arguments).args(["--config", "depeche.toml"]).arg("--store").arg(&self.store);
        command.current_dir(self.folder.path()).env_remove("RUST_LOG").env_remove("DEPECHE_CRASH_AT");
        command.stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn run<Argument: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = Argument>) -> Output {
        self.depeche(arguments).output().unwrap()
    }

    /// Starts the daemon; it may still be recovering.
    pub fn start(&self) -> Daemon {
        Daemon::spawn(self.depeche(["run", "--json"]))
    }

    /// Starts the daemon with a point at which it has to die.
    pub fn start_to_crash_at(&self, point: &str) -> Daemon {
        let mut command = self.depeche(["run", "--json"]);
        command.env("DEPECHE_CRASH_AT", point);
        Daemon::spawn(command)
    }

    /// Follows what is committed. There has to be a store, which a daemon that is ready has made.
    pub fn follow(&self) -> Follower {
        let mut child = self.depeche(["tail", "--all", "--follow"]).stdout(Stdio::piped()).spawn().unwrap();
        let lines = lines_of(child.stdout.take().unwrap());
        Follower { child, lines }
    }

    /// Everything that is committed.
    pub fn records(&self) -> Vec<Value> {
        let output = self.run(["tail", "--all"]);
        assert!(output.status.success(), "{}", stderr(&output));
        json_lines(&output.stdout)
    }

    /// Waits until this many sightings are committed: nothing is printed for a duplicate.
    pub fn wait_for_sightings(&self, count: usize) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = parse(&self.run(["store", "stats", "--json"]).stdout)["sightings"].clone();
            if found == count {
                return;
            }
            assert!(Instant::now() < deadline, "{found} sightings, and {count} are due");
            let_pass(Duration::from_millis(20));
        }
    }

    /// Fails unless the store verifies; returns the verdict.
    pub fn verify(&self) -> Value {
        let output = self.run(["store", "verify", "--json"]);
        let verdict = parse(&output.stdout);
        assert!(output.status.success(), "{verdict:#} {}", stderr(&output));
        verdict
    }
}

/// What a command said on standard error.
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The values of JSON lines.
pub fn json_lines(bytes: &[u8]) -> Vec<Value> {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(parse).collect()
}

fn parse(line: &[u8]) -> Value {
    serde_json::from_slice(line)
        .unwrap_or_else(|error| panic!("{error} in {:?}", String::from_utf8_lossy(line)))
}

/// The last part of a record's `source.uri`.
pub fn file_name(record: &Value) -> &str {
    record["source"]["uri"].as_str().unwrap().rsplit('/').next().unwrap()
}

/// How often each file is among the records.
pub fn by_file(records: &[Value]) -> BTreeMap<&str, usize> {
    records.iter().fold(BTreeMap::new(), |mut counts, record| {
        *counts.entry(file_name(record)).or_default() += 1;
        counts
    })
}

/// An article that reads like one, different for each number.
pub fn article(number: usize) -> String {
    format!(
        "Le conseil municipal vote le budget numéro {number}\n\nLa mairie a présenté mardi son budget annuel, \
         le numéro {number} de la série. Les élus ont longuement débattu des dépenses prévues pour les écoles.\n\n\
         Le texte a finalement été adopté par une large majorité, selon le compte rendu de la séance.\n"
    )
}

/// The same, and it states one fact.
pub fn article_with_fact(number: usize) -> String {
    format!("{}\nRenault a investi {} millions d'euros à Douai.\n", article(number), number + 2)
}

/// Lets some time pass where time itself is what a test is about: a slow writer, a kill at a random moment.
pub fn let_pass(time: Duration) {
    let until = Instant::now() + time;
    while let left = until.saturating_duration_since(Instant::now())
        && !left.is_zero()
    {
        thread::park_timeout(left);
    }
}

/// The running daemon. It is killed when a test drops it.
pub struct Daemon {
    child: Child,
    log: Receiver<String>,
    /// Log lines seen so far.
    pub seen: Vec<String>,
}

impl Daemon {
    fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = lines_of(child.stderr.take().unwrap());
        Self { child, log, seen: Vec::new() }
    }

    /// Waits for a log line that contains all of `words`.
    pub fn wait_for(&mut self, words: &[&str]) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.log.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    self.seen.push(line.clone());
                    if words.iter().all(|word| line.contains(word)) {
                        return line;
                    }
                }
                Err(error) => panic!("{error} before a log line with {words:?}; the log:\n{}", self.log()),
            }
        }
    }

    /// The log so far.
    pub fn log(&self) -> String {
        self.seen.join("\n")
    }

    /// Waits until it watches its sources.
    pub fn ready(mut self) -> Self {
        self.wait_for(&["\"folder is watched\""]);
        self
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// kill -9.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and its end.
    pub fn stop(mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.wait()
    }

    /// Waits for its end, which is also the end of its log.
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.log.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => self.seen.push(line),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap(),
                Err(RecvTimeoutError::Timeout) => panic!("still running; the log:\n{}", self.log()),
            }
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Committed records as they come.
pub struct Follower {
    child: Child,
    lines: Receiver<String>,
}

impl Follower {
    /// The next record.
    pub fn next(&self) -> Value {
        self.next_within(PATIENCE).expect("nothing was committed in time")
    }

    /// The next record, if it is committed in time.
    pub fn next_within(&self, patience: Duration) -> Option<Value> {
        self.lines.recv_timeout(patience).ok().map(|line| parse(line.as_bytes()))
    }

    /// The next records, this many.
    pub fn take(&self, count: usize) -> Vec<Value> {
        (0..count).map(|_| self.next()).collect()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines of a pipe, until it closes.
fn lines_of(pipe: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The folder with gold and scorers beside the repository, where there is one.
pub fn shared() -> Option<PathBuf> {
    let shared = root().join("../shared");
    if shared.is_dir() {
        return Some(shared);
    }
    eprintln!("skipped: {} is not there", shared.display());
    None
}
