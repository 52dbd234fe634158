//! The whole line, measured on the real program: documents a second, latency, memory and start-up.
//!
//! `just bench` runs all of it; `just bench throughput`, `latency` or `million` one part. Figures are printed with the
//! machine's core count. The store is made in the target folder, so on the disk that the project is on.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

const DEPECHE: &str = env!("CARGO_BIN_EXE_depeche");

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    println!("cores: {}", thread::available_parallelism().map_or(1, usize::from));
    if is_wanted("throughput") {
        throughput();
    }
    if is_wanted("latency") {
        latency();
    }
    if is_wanted("million") {
        million();
    }
}

/// Documents a second: 20,000 text files of 3 kB already on disk, with every guarantee on.
fn throughput() {
    const DOCUMENTS: usize = 20_000;
    const RUNS: usize = 5;
    let place = Place::new("throughput");
    for number in 0..DOCUMENTS {
        let folder = place.path(&format!("corpus/{:03}", number / 100));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number}.txt")), article(number, 3000)).unwrap();
    }
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let _ = fs::remove_dir_all(place.path("data"));
            let began = Instant::now();
            let status = place.depeche(&["ingest", "corpus"]).stderr(Stdio::null()).status().unwrap();
            assert!(status.success());
            began.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let rate = |seconds: f64| DOCUMENTS as f64 / seconds;
    println!(
        "throughput: {:.0} documents/s, median of {RUNS} runs over {DOCUMENTS} files of 3 kB (slowest {:.0}, fastest {:.0})",
        rate(seconds[RUNS / 2]),
        rate(seconds[RUNS - 1]),
        rate(seconds[0])
    );
}

/// From a complete file (renamed into the folder) to its committed line (seen in the store by another process).
fn latency() {
    const DOCUMENTS: usize = 1000;
    let place = Place::new("latency");
    let daemon = place.daemon();
    let mut view = None;
    let mut milliseconds: Vec<f64> = (0..DOCUMENTS)
        .map(|number| {
            fs::write(place.path("aside"), article(number, 3000)).unwrap();
            let complete = Instant::now();
            fs::rename(place.path("aside"), place.path(&format!("inbox/{number}.txt"))).unwrap();
            let view = view.get_or_insert_with(|| sink::View::open(&place.path("data")).unwrap());
            while view.totals().stored <= number as u64 {
                // Looking again and again is the measurement: any pause would be in it.
                view.refresh().unwrap();
                thread::yield_now();
            }
            complete.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    drop(daemon);
    milliseconds.sort_by(f64::total_cmp);
    println!(
        "latency: p50 {:.0} ms, p99 {:.0} ms, largest {:.0} ms, from complete file to committed line, over {DOCUMENTS} \
         files one at a time",
        milliseconds[DOCUMENTS / 2],
        milliseconds[DOCUMENTS * 99 / 100],
        milliseconds[DOCUMENTS - 1]
    );
}

/// Memory and start-up of a daemon on a store of a million lines.
fn million() {
    const LINES: usize = 1_000_000;
    const FILES: usize = 100_000;
    let place = Place::new("million");
    // Short documents in rounds over the same files: a million of them at once would only measure the folder.
    let began = Instant::now();
    let mut peak = 0;
    for round in 0..LINES / FILES {
        for number in 0..FILES {
            let folder = place.path(&format!("corpus/{:03}", number / 1000));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("{number}.txt")), article(round * FILES + number, 300)).unwrap();
        }
        let mut ingest = place.depeche(&["ingest", "corpus"]).stderr(Stdio::null()).spawn().unwrap();
        peak = peak.max(peak_of(&mut ingest));
    }
    println!(
        "million: {LINES} lines stored in {:.0} s, files written included",
        began.elapsed().as_secs_f64()
    );
    println!("million: ingest used at most {} MB", peak / 1000);
    for how in ["after a clean stop", "after a kill -9"] {
        let began = Instant::now();
        let mut daemon = place.daemon();
        let ready = began.elapsed().as_secs_f64() * 1e3;
        let memory = resident(&daemon.child, "VmRSS").unwrap() / 1000;
        println!("million: start-up {how}: {ready:.0} ms to watching, {memory} MB resident");
        daemon.child.kill().unwrap();
        daemon.child.wait().unwrap();
    }
}

/// Peak memory of a process in kB, asked until it ends.
fn peak_of(child: &mut Child) -> u64 {
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(resident(child, "VmHWM").unwrap_or(0));
        thread::park_timeout(Duration::from_millis(20));
    }
    peak
}

/// A memory figure of a process in kB, from `/proc`.
fn resident(child: &Child, figure: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with(figure))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// An article of about `bytes` bytes, different for each number.
fn article(number: usize, bytes: usize) -> String {
    const SENTENCES: [&str; 6] = [
        "Le conseil a présenté mardi un plan pour les écoles du canton, après des mois de débats. ",
        "Selon la directrice, les travaux coûteront moins que prévu et finiront avant l'été. ",
        "Les riverains demandent depuis longtemps une meilleure desserte de la gare. ",
        "« Nous avons entendu les critiques », a déclaré le maire à la sortie de la séance. ",
        "L'opposition regrette un calendrier trop court et un financement fragile. ",
        "Une nouvelle réunion publique est annoncée pour la fin du mois de novembre. ",
    ];
    let mut text = format!("Le plan numéro {number} pour les écoles du canton\n\n");
    for sentence in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(SENTENCES[(number + sentence * (1 + number % 5)) % SENTENCES.len()]);
        if sentence % 4 == 3 {
            text.push_str("\n\n");
        }
    }
    text
}

/// A folder under the target folder, emptied at the start.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("inbox")).unwrap();
        let source = "[[source]]\nname = \"inbox\"\nkind = \"folder\"\npath = \"inbox\"\n";
        File::create(folder.join("depeche.toml")).unwrap().write_all(source.as_bytes()).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn depeche(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(DEPECHE);
        command.args(arguments).args(["--config", "depeche.toml"]).current_dir(&self.0);
        command
    }

    /// A daemon that watches.
    fn daemon(&self) -> Daemon {
        let mut child = self.depeche(&["run"]).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines): (_, Receiver<String>) = channel();
        thread::spawn(move || log.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        while !lines.recv().expect("the daemon starts").contains("folder is watched") {}
        Daemon { child, _log: lines }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A gigabyte that nobody needs afterwards; a failure leaves it to `cargo clean`.
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Daemon {
    child: Child,
    /// Held, so that the daemon can go on logging.
    _log: Receiver<String>,
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
