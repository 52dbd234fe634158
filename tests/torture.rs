//! Whatever kills the daemon, and whenever: nothing that was dropped is lost, nothing is there twice, nothing is torn.
//!
//! Thirty kills in the ordinary run; `just torture` makes it five hundred.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::harness::{Place, article_with_fact, by_file, let_pass};

const CONFIG: &str = "[sink]\nsegment-bytes-max = 60000\nledger-bytes-max = 30000\nbatch-documents-max = 20\nstory-articles-max = 300";

#[test]
fn killed_again_and_again() {
    let kills = number_of("DEPECHE_KILLS").unwrap_or(30);
    let seed = number_of("DEPECHE_SEED").unwrap_or_else(|| std::process::id() as usize);
    eprintln!("DEPECHE_SEED={seed} DEPECHE_KILLS={kills}");
    let mut dice = Dice(seed as u64);
    let place = Place::with_config(CONFIG);
    let (dropped, enough) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (mut early, mut torn) = (0, 0);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !enough.load(Ordering::SeqCst) {
                let number = dropped.load(Ordering::SeqCst);
                place.drop_in(&format!("{number}.txt"), article_with_fact(content(number)));
                dropped.store(number + 1, Ordering::SeqCst);
                let_pass(Duration::from_millis(1));
            }
        });
        for _ in 0..kills {
            let mut daemon = place.start();
            if dice.roll(3) == 0 {
                // Somewhere in its recovery.
                daemon.wait_for(&["opening the store"]);
                let_pass(Duration::from_micros(dice.roll(20_000)));
                early += 1;
            } else {
                daemon = daemon.ready();
                let_pass(Duration::from_millis(dice.roll(250)));
            }
            daemon.kill();
            torn += tear(place.store(), &mut dice);
        }
        enough.store(true, Ordering::SeqCst);
    });
    let dropped = dropped.load(Ordering::SeqCst);
    eprintln!("{kills} kills, {early} of them as it recovered, {torn} torn tails, over {dropped} documents");

    // Left alone it takes up everything.
    let unique: BTreeSet<_> = (0..dropped).map(content).collect();
    let daemon = place.start().ready();
    place.follow().take(unique.len());
    place.wait_for_sightings(dropped - unique.len());
    assert!(daemon.stop().success());

    // That stories, joins, sightings and facts agree with the articles is part of the verdict.
    let verdict = place.verify();
    assert_eq!(verdict["facts"], unique.len(), "the fact of every article once");
    // The third of three files has the text of the second, and is another file.
    assert_eq!(verdict["sightings"], dropped - unique.len(), "every other place once");
    let records = place.records();
    assert_eq!(records.len(), unique.len(), "every article once; the verdict: {verdict}");
    let twice: Vec<_> = by_file(&records).into_iter().filter(|(_, count)| *count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for record in &records {
        let text = record["text"].as_str().unwrap();
        assert!(text.contains("large majorité"), "torn: {text}");
    }
    assert_eq!(verdict["quarantined"], 0, "half a document was read");
}

/// The content of a file: every third one has that of the one before it, so that duplicates are on their way too.
fn content(number: usize) -> usize {
    if number % 3 == 2 { number - 1 } else { number }
}

/// What a power cut can leave behind a kill: bytes after the last committed one, in any file that grows.
fn tear(store: &Path, dice: &mut Dice) -> usize {
    let mut growing = walk(store);
    growing.retain(|path| path.extension().is_some_and(|ending| ending == "open" || ending == "ledger"));
    growing.sort();
    growing.retain(|_| dice.roll(2) == 0);
    for path in &growing {
        let torn: Vec<u8> = match dice.roll(3) {
            0 => b"{\"id\":\"0123".to_vec(),
            1 => vec![0; 1 + dice.roll(5000) as usize],
            _ => b"deadbeef {\"commit\":{\"n\":1,".to_vec(),
        };
        OpenOptions::new().append(true).open(path).unwrap().write_all(&torn).unwrap();
    }
    growing.len()
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path) } else { vec![path] }
        })
        .collect()
}

fn number_of(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Random numbers that a seed brings back.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        // xorshift64* (Vigna 2016).
        self.0 = self.0.max(1);
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides
    }
}
