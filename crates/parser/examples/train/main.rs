//! Fits the trees that tell the blocks of an article from the rest of its page, from pages with gold.
//!
//! usage: `train [--half a|b] crates/parser/src/html SET_FOLDER…`, where a folder holds `gold.jsonl` and
//! `pages/<id>.html.gz`; writes `first.model` and `second.model`. With `--half`, only the sites of that half (by a hash
//! of their name) are learnt from.
//!
//! `train --unseen PARTS SPLITS WORST_FILE SET_FOLDER…` tells what to expect on other sites: the sites are cut into so many
//! parts, each is read by trees fitted on the others, and all that with so many different cuts. All pages, the worst first,
//! are written to the file with the blocks that were decided wrongly.

#[path = "../gold/mod.rs"]
mod gold;

mod boost;
mod lesson;
mod marks;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use boost::{Growth, Sample, Trees, fit};
use document::RawDocument;
use lesson::{Lesson, lessons};
use marks::{Gold, Marks};
use parser::{Config, ExplainedBlock, Parser, Weighing};

/// How the trees are grown: so penalised that no leaf is about one site. Measured on sites unseen.
const GROWTH: Growth = Growth { trees: 120, leaves: 10, rate: 0.15, leaf_weight_min: 15.0, l2: 15.0 };

/// Parts that the pages are cut into, so that the second model learns from what a first model says of pages that it
/// has not seen.
const FOLDS: usize = 3;

/// A page with what its gold says.
struct Page {
    id: String,
    set: String,
    site: String,
    raw: RawDocument,
    gold: Gold,
    /// What each block should be, where the gold says it.
    lessons: Vec<Option<Lesson>>,
    /// What is known of each block before anything is weighed; empty where nothing is.
    rows: Vec<Vec<f32>>,
}

/// The two models, one after the other.
struct Models {
    first: Trees,
    second: Trees,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parser = Parser::new(&Config::built_in())?;
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|argument| argument == "--unseen") {
        let (parts, splits) = (arguments[1].parse()?, arguments[2].parse()?);
        let pages = read(&parser, &arguments[4..])?;
        std::fs::write(&arguments[3], unseen(&parser, &pages, parts, splits))?;
        return Ok(());
    }
    let mut half = None;
    if arguments.first().is_some_and(|argument| argument == "--half") {
        half = arguments.get(1).map(|half| u64::from(half == "b"));
        arguments.drain(..2);
    }
    let out = std::path::PathBuf::from(arguments.remove(0));
    let pages = read(&parser, &arguments)?;
    let seen: Vec<&Page> =
        pages.iter().filter(|page| half.is_none_or(|half| part_of(&page.site, 0, 2) == half)).collect();
    let models = learn(&parser, &seen);
    std::fs::write(out.join("first.model"), models.first.to_text())?;
    std::fs::write(out.join("second.model"), models.second.to_text())?;
    Ok(())
}

/// Reads the pages of the sets, with the lessons of their gold.
fn read(parser: &Parser, folders: &[String]) -> Result<Vec<Page>, Box<dyn std::error::Error>> {
    let mut pages = Vec::new();
    for folder in folders {
        let folder = Path::new(folder);
        let set = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut golds = HashMap::new();
        for line in std::fs::read_to_string(folder.join("gold.jsonl"))?.lines() {
            // A date that is no number is of no concern here.
            if let Ok(gold) = serde_json::from_str::<serde_json::Value>(&line.replace("NaN", "null")) {
                golds.insert(gold["id"].as_str().unwrap_or_default().to_owned(), gold);
            }
        }
        for (id, raw) in gold::pages(folder)? {
            let Some(gold) = golds.remove(&id) else { continue };
            let site = gold["site"].as_str().unwrap_or(&id).to_owned();
            let weighing = Weighing { first: &|_| 0.0, second: None };
            let blocks = parser.explain(&raw, Some(&weighing)).unwrap_or_default();
            pages.push(Page {
                lessons: lessons(&gold, &blocks),
                rows: blocks.into_iter().map(|block| block.features).collect(),
                gold: Gold::of(&gold),
                set: set.clone(),
                id,
                site,
                raw,
            });
        }
    }
    Ok(pages)
}

/// Fits both models on these pages.
fn learn(parser: &Parser, pages: &[&Page]) -> Models {
    let first_features = parser::feature_names().iter().position(|name| *name == "first").unwrap_or(0);
    let (first, second_rows) = std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS)
            .map(|fold| {
                scope.spawn(move || {
                    let part = |held: bool| -> Vec<&Page> {
                        let numbered = pages.iter().enumerate();
                        numbered
                            .filter(|(index, _)| (index % FOLDS == fold) == held)
                            .map(|(_, page)| *page)
                            .collect()
                    };
                    let (held, others) = (part(true), part(false));
                    let first = fit(&samples(&others), first_features, GROWTH);
                    held.iter()
                        .map(|page| {
                            let weighing = Weighing { first: &|row| first.log_odds(row), second: None };
                            let blocks = parser.explain(&page.raw, Some(&weighing)).unwrap_or_default();
                            (*page, blocks.into_iter().map(|block| block.features).collect())
                        })
                        .collect::<Vec<(&Page, Vec<Vec<f32>>)>>()
                })
            })
            .collect();
        let first = fit(&samples(pages), first_features, GROWTH);
        let rows: Vec<_> = folds.into_iter().filter_map(|fold| fold.join().ok()).flatten().collect();
        (first, rows)
    });
    let second: Vec<Sample<'_>> =
        second_rows.iter().flat_map(|(page, rows)| samples_of(rows, &page.lessons)).collect();
    Models { first, second: fit(&second, parser::feature_names().len(), GROWTH) }
}

fn samples<'a>(pages: &[&'a Page]) -> Vec<Sample<'a>> {
    pages.iter().flat_map(|page| samples_of(&page.rows, &page.lessons)).collect()
}

fn samples_of<'a>(rows: &'a [Vec<f32>], lessons: &'a [Option<Lesson>]) -> impl Iterator<Item = Sample<'a>> {
    rows.iter().zip(lessons).filter(|(row, _)| !row.is_empty()).filter_map(|(row, lesson)| {
        let lesson = (*lesson)?;
        Some(Sample { row, positive: lesson.positive, weight: lesson.weight })
    })
}

/// The part that a site falls into, by FNV-1a.
fn part_of(site: &str, cut: u32, parts: u64) -> u64 {
    let basis = 0x811c_9dc5_u32 ^ cut.wrapping_mul(0x9e37_79b1);
    let hash = site.bytes().fold(basis, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) >> 8;
    u64::from(hash) % parts
}

/// Tells what the models make of sites that they have not seen; gives what they decided wrongly, the worst page first.
fn unseen(parser: &Parser, pages: &[Page], parts: u64, splits: u32) -> String {
    let mut by_page: BTreeMap<(&str, &str), Vec<(f64, String)>> = BTreeMap::new();
    let mut all: BTreeMap<&str, Vec<[f64; 4]>> = BTreeMap::new();
    for cut in 0..splits {
        let mut marks: BTreeMap<&str, Marks> = BTreeMap::new();
        let models: Vec<Models> = std::thread::scope(|scope| {
            let fits: Vec<_> = (0..parts)
                .map(|part| {
                    scope.spawn(move || {
                        let others: Vec<&Page> =
                            pages.iter().filter(|page| part_of(&page.site, cut, parts) != part).collect();
                        learn(parser, &others)
                    })
                })
                .collect();
            fits.into_iter().filter_map(|fit| fit.join().ok()).collect()
        });
        for (part, models) in models.iter().enumerate() {
            for page in pages.iter().filter(|page| part_of(&page.site, cut, parts) == part as u64) {
                let weighing = Weighing {
                    first: &|row| models.first.log_odds(row),
                    second: Some(&|row| models.second.log_odds(row)),
                };
                let blocks = parser.explain(&page.raw, Some(&weighing)).unwrap_or_default();
                let f1 = page.gold.mark(&text_of(&blocks), marks.entry(&page.set).or_default());
                by_page.entry((&page.set, &page.id)).or_default().push((f1, told(page, &blocks)));
            }
        }
        for (set, marks) in marks {
            all.entry(set).or_default().push(marks.figures());
        }
    }
    for (set, cuts) in &all {
        let mean = |at: usize| cuts.iter().map(|figures| figures[at]).sum::<f64>() / cuts.len() as f64;
        let each: Vec<String> = cuts.iter().map(|figures| format!("{:.4}", figures[0])).collect();
        println!(
            "{set:7} F1 {:.4}  P {:.4}  R {:.4}  page F1 {:.4}   each F1 {}",
            mean(0),
            mean(1),
            mean(2),
            mean(3),
            each.join(" ")
        );
    }
    let mut pages: Vec<_> = by_page.into_iter().collect();
    let mean = |cuts: &[(f64, String)]| cuts.iter().map(|cut| cut.0).sum::<f64>() / cuts.len() as f64;
    pages.sort_by(|a, b| mean(&a.1).total_cmp(&mean(&b.1)));
    let mut out = String::new();
    for ((set, id), cuts) in &pages {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "== {set} {id} {:.3}\n{}", mean(cuts), cuts[0].1);
    }
    out
}

/// What was decided wrongly on a page.
fn told(page: &Page, blocks: &[ExplainedBlock]) -> String {
    let mut out = String::new();
    for (block, lesson) in blocks.iter().zip(&page.lessons) {
        let kept = block.is_kept();
        if lesson.is_some_and(|lesson| lesson.positive != kept && lesson.weight > 0.0) {
            let text: String = block.text.replace('\n', " ").chars().take(100).collect();
            let (what, odds) = (if kept { "kept" } else { "lost" }, block.log_odds.unwrap_or(0.0));
            let _ = writeln!(out, "  {what}, log-odds {odds:.1}: {text}");
        }
    }
    out
}

fn text_of(blocks: &[ExplainedBlock]) -> String {
    let kept: Vec<&str> =
        blocks.iter().filter(|block| block.is_kept()).map(|block| block.text.as_str()).collect();
    kept.join("\n\n")
}
