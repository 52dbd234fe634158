//! The seven languages are told from one sentence, and scraps are told to be none.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::fs;
use std::path::Path;

use enricher::language::Detector;

#[test]
fn sentences_are_told_and_scraps_are_not() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/languages.txt");
    let detector = Detector::new();
    // Of sentences and of scraps: how many there are, how many are told right, how many are told wrong.
    let (mut sentences, mut scraps) = ([0_u32; 3], [0_u32; 3]);
    for line in fs::read_to_string(path).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let (code, text) = line.split_once('\t').unwrap();
        let told = detector.detect(text).code();
        let counts = if code == "und" { &mut scraps } else { &mut sentences };
        counts[0] += 1;
        counts[1] += u32::from(told == code);
        counts[2] += u32::from(told != code && told != "und");
        if told != code {
            println!("{code} told as {told}: {text}");
        }
    }
    let share = f64::from(sentences[1]) / f64::from(sentences[0]);
    println!("sentences: {sentences:?}, {share:.3} right; scraps: {scraps:?}");
    assert!(share >= 0.986, "{sentences:?}");
    assert!(sentences[2] == 0, "{sentences:?}");
    assert!(scraps[2] == 0, "{scraps:?}");
}
