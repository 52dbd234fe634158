//! One event told by several outlets is one story, in every language, through every restart; what was seen elsewhere
//! is said to have been.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::harness::{Place, article, file_name, json_lines, root, stderr};

/// One worker a stage, so that articles are committed in the order of their names.
const IN_ORDER: &str = "[watcher]\nreaders = 1\n[parser]\nworkers = 1\n[enricher]\nworkers = 1";

/// Invented events, told by invented outlets in French and English; some are about the same company, club or person
/// as another one.
fn tellings() -> Vec<Value> {
    let lines = fs::read(root().join("tests/testdata/stories.jsonl")).unwrap();
    json_lines(&lines)
}

fn drop_in(place: &Place, number: usize, telling: &Value) {
    let document = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": telling["title"],
        "articleBody": telling["text"],
        "datePublished": telling["published"],
        "inLanguage": telling["language"],
        "publisher": {"@type": "Organization", "name": telling["outlet"]},
    });
    fs::write(place.inbox().join(format!("{number:03}.json")), document.to_string()).unwrap();
}

fn ingest(place: &Place) {
    let output = place.run(["ingest", "inbox"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

/// Every article's story, by file, after all joins.
fn stories(place: &Place) -> BTreeMap<String, String> {
    let listed = json_lines(&place.run(["stories", "--since", "2000-01-01", "--all", "--json"]).stdout);
    let joined: BTreeMap<&str, &str> = listed
        .iter()
        .flat_map(|story| story["joined"].as_array().unwrap().iter().map(move |joined| (joined, story)))
        .map(|(joined, story)| (joined.as_str().unwrap(), story["story"].as_str().unwrap()))
        .collect();
    let records = place.records();
    let stories = records.iter().map(|record| {
        let story = record["story"]["id"].as_str().unwrap();
        (file_name(record).to_owned(), joined.get(story).copied().unwrap_or(story).to_owned())
    });
    stories.collect()
}

#[test]
fn one_event_is_one_story() {
    let place = Place::with_config(IN_ORDER);
    let tellings = tellings();
    for (number, telling) in tellings.iter().enumerate() {
        drop_in(&place, number, telling);
    }
    ingest(&place);
    let stories: Vec<_> = stories(&place).into_values().collect();
    assert_eq!(stories.len(), tellings.len());
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for one in 0..tellings.len() {
        for other in 0..one {
            let event = tellings[one]["event"] == tellings[other]["event"];
            match (event, stories[one] == stories[other]) {
                (true, true) => right += 1,
                (false, false) => {}
                (same, _) => {
                    *if same { &mut missed } else { &mut wrong } += 1;
                    let what = if same { "missed" } else { "wrong " };
                    println!("{what} {} | {}", tellings[one]["title"], tellings[other]["title"]);
                }
            }
        }
    }
    let precision = f64::from(right) / f64::from(right + wrong);
    let recall = f64::from(right) / f64::from(right + missed);
    println!(
        "pairs: precision {precision:.3}, recall {recall:.3} ({right} right, {wrong} wrong, {missed} missed)"
    );
    assert!(precision >= 0.95 && recall >= 0.75, "precision {precision}, recall {recall}");
}

#[test]
fn two_of_the_seeds_tell_one_story() {
    let place = Place::new();
    let seeds = root().join("seeds");
    let output = place.run(["ingest", seeds.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let stories = stories(&place);
    let of = |number: &str| &stories.iter().find(|(file, _)| file.starts_with(number)).unwrap().1;
    assert_eq!(of("002"), of("003"));
    let different: std::collections::BTreeSet<_> = stories.values().collect();
    assert_eq!(different.len(), 4, "{stories:?}");
}

#[test]
fn a_restart_changes_no_story() {
    let tellings = tellings();
    let (through, restarted, robbed) =
        (Place::with_config(IN_ORDER), Place::with_config(IN_ORDER), Place::with_config(IN_ORDER));
    for (number, telling) in tellings.iter().enumerate() {
        for place in [&through, &restarted, &robbed] {
            drop_in(place, number, telling);
        }
        if number % 10 == 9 {
            ingest(&restarted);
            ingest(&robbed);
            // A cache: whoever loses it loses nothing that can still be read.
            fs::remove_file(robbed.store().join("stories.index")).unwrap();
        }
    }
    for place in [&through, &restarted, &robbed] {
        ingest(place);
        place.verify();
    }
    assert_eq!(stories(&restarted), stories(&through));
    assert_eq!(stories(&robbed), stories(&through));
}

#[test]
fn a_copy_is_kept_and_marked() {
    let place = Place::with_config(IN_ORDER);
    let original: String = (0..12).map(|number| article(number) + "\n").collect();
    place.drop_in("1.txt", &original);
    place.drop_in("2.txt", original.replacen("mardi", "mercredi", 3));
    ingest(&place);
    let records = place.records();
    assert_eq!(records.len(), 2, "both are kept");
    assert_eq!(records[0]["story"]["duplicate_of"], Value::Null);
    assert_eq!(records[1]["story"]["duplicate_of"], records[0]["id"]);
    assert_eq!(records[1]["story"]["id"], records[0]["id"]);
    assert!(records[1]["story"]["similarity"].as_f64().unwrap() > 0.8);
}

#[test]
fn what_arrives_elsewhere_is_sighted_once() {
    let place = Place::with_config(IN_ORDER);
    place.drop_in("first.txt", article(1));
    place.drop_in("second.txt", article(1));
    place.drop_in("third.txt", article(1));
    ingest(&place);
    // The same files again, as after a restart that lost its positions, are no new sightings.
    fs::remove_file(place.store().join("index.redb")).unwrap();
    ingest(&place);
    let verdict = place.verify();
    assert_eq!((&verdict["articles"], &verdict["sightings"]), (&1.into(), &2.into()));
    let segments = fs::read_dir(place.store().join("sightings")).unwrap();
    assert_eq!(segments.count(), 1, "a folder for the day");
}

#[test]
fn stories_are_listed() {
    let place = Place::with_config(IN_ORDER);
    for (number, telling) in tellings().iter().take(4).enumerate() {
        drop_in(&place, number, telling);
    }
    ingest(&place);
    let table = String::from_utf8(place.run(["stories"]).stdout).unwrap();
    assert_eq!(table.lines().count(), 2, "one story is told more than once:\n{table}");
    assert!(table.contains("en fr") || table.contains("fr en"), "{table}");
    assert!(table.contains("Aurelec va construire une usine"), "{table}");
    let german = place.run(["stories", "--lang", "de", "--json"]).stdout;
    assert!(german.is_empty());
    let later = place.run(["stories", "--since", "2999-01-01", "--all", "--json"]).stdout;
    assert!(later.is_empty());
}
