//! Direct speech in real news is found, nothing else is, and it is given to whoever said it.
//!
//! The texts are Wikinews articles with every quotation marked by hand; see `testdata/NOTICE`.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::fs;
use std::path::Path;

use document::{Article, Text};
use enricher::{Config, Enricher};
use serde::Deserialize;

/// A text with what stands between its quotation marks.
#[derive(Debug, Deserialize)]
struct Case {
    id: String,
    text: String,
    quotations: Vec<Quotation>,
}

#[derive(Debug, Deserialize)]
struct Quotation {
    /// Code points, quotation marks included.
    start: usize,
    end: usize,
    /// Whether it is direct speech; `None` where people may differ.
    speech: Option<bool>,
    /// Who said it; several where the name can be told in more than one way, null where nobody is named.
    #[serde(default)]
    speakers: Vec<Option<String>>,
}

#[derive(Debug, Default)]
struct Score {
    found: usize,
    missed: usize,
    invented: usize,
    speaker_right: usize,
    speaker_left_open: usize,
    speaker_wrong: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.found as f64 / (2 * self.found + self.missed + self.invented) as f64
    }

    fn speakers(&self) -> f64 {
        self.speaker_right as f64
            / (self.speaker_right + self.speaker_left_open + self.speaker_wrong).max(1) as f64
    }

    fn add(&mut self, enricher: &Enricher, case: &Case) {
        let mut article = Article::bare("text/plain", Text::new(case.text.as_str()).unwrap());
        article.declared_language = Some("fr".to_owned());
        let found = enricher.enrich(&article).quotes;
        let byte =
            |point: usize| case.text.char_indices().nth(point).map_or(case.text.len(), |(byte, _)| byte);
        for quotation in &case.quotations {
            let (start, end) = (byte(quotation.start), byte(quotation.end));
            let quote = found.iter().find(|quote| quote.span.start < end && start < quote.span.end);
            let words = &case.text[start..end];
            match (quotation.speech, quote) {
                (Some(true), None) => {
                    self.missed += 1;
                    println!("{}: missed {words}", case.id);
                }
                (Some(false), Some(_)) => {
                    self.invented += 1;
                    println!("{}: invented {words}", case.id);
                }
                (Some(true), Some(quote)) => {
                    self.found += 1;
                    if quotation.speakers.contains(&quote.speaker) {
                        self.speaker_right += 1;
                    } else if quote.speaker.is_none() {
                        self.speaker_left_open += 1;
                        println!("{}: not {:?} but left open {words}", case.id, quotation.speakers);
                    } else {
                        self.speaker_wrong += 1;
                        println!("{}: not {:?} but {:?} {words}", case.id, quotation.speakers, quote.speaker);
                    }
                }
                (None, Some(quote)) if quote.speaker.is_some() => {
                    println!("{}: {:?} may have said {words}", case.id, quote.speaker);
                }
                _ => {}
            }
        }
    }
}

/// The quotes of a file are found with at least this F1, and at least this share of their speakers is right.
#[track_caller]
fn check(file: &str, quotes: f64, speakers: f64, wrong_max: usize) {
    let enricher = Enricher::new(&Config::built_in()).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(file);
    let mut score = Score::default();
    for line in fs::read_to_string(path).unwrap().lines() {
        score.add(&enricher, &serde_json::from_str(line).unwrap());
    }
    println!("{file}: quotes F1 {:.3}, speakers {:.3}, {score:?}", score.f1(), score.speakers());
    assert!(score.f1() >= quotes && score.speakers() >= speakers, "{score:?}");
    assert!(score.speaker_wrong <= wrong_max, "{score:?}");
}

#[test]
fn quotes_of_french_news_are_found_with_their_speakers() {
    check("quotes_fr_dev.jsonl", 0.97, 0.94, 0);
    check("quotes_fr_test.jsonl", 0.97, 0.92, 0);
}
