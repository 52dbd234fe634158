//! The five sample articles are in the store, right by their hand-made gold and by the schema.

use std::process::Command;

use crate::harness::{Place, by_file, root, shared, stderr};

fn stored_seeds() -> Place {
    let place = Place::new();
    let output = place.run(["ingest".into(), root().join("seeds")]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("5 stored, 0 duplicates, 0 quarantined"), "{}", stderr(&output));
    place
}

#[test]
fn every_seed_is_a_record_once() {
    let place = stored_seeds();
    assert!(by_file(&place.records()).values().all(|count| *count == 1));
    let again = place.run(["ingest".into(), root().join("seeds")]);
    assert!(stderr(&again).contains("0 stored, 5 duplicates"), "{}", stderr(&again));
    assert_eq!(place.verify()["articles"], 5);
}

#[test]
fn records_are_of_the_schema() {
    let place = stored_seeds();
    let schema = serde_json::from_slice(&place.run(["schema"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut records = place.records();
    for record in &records {
        let errors: Vec<_> = validator.iter_errors(record).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    // And the schema is one that can say no.
    records[0].as_object_mut().unwrap().remove("language");
    assert!(!validator.is_valid(&records[0]));
}

#[test]
fn they_agree_with_the_gold() {
    let Some(shared) = shared() else { return };
    let place = stored_seeds();
    let scored = Command::new("python3")
        .arg(shared.join("score/score_articles.py"))
        .arg(shared.join("gold/seeds.json"))
        .arg(place.store())
        .output()
        .expect("python3 runs the scorer");
    let table = String::from_utf8_lossy(&scored.stdout);
    for row in ["record", "title", "language", "text kept", "same story"] {
        let line = table.lines().find(|line| line.starts_with(row)).expect(row);
        assert!(line.contains("F1 1.000"), "{table}");
    }
}
