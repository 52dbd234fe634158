//! Word lists and phrase lists are taken up while the daemon runs; wrong ones change nothing.

use std::fs;

use rustix::process::Signal;
use serde_json::Value;

use crate::harness::Place;

/// An article in which a word list decides who Quellmatic is, and a phrase list what its second line is.
fn drop_article(place: &Place, number: usize) {
    let text = format!(
        "Quellmatic ouvre sa {number}e usine\n\nQuellmatic a annoncé mardi l'ouverture de sa {number}e usine de pompes.\n\n\
         Glouglou, dit la pompe à qui veut l'entendre dans la vallée.\n\nLe groupe emploiera 200 personnes.\n"
    );
    place.drop_in(&format!("{number}.txt"), text);
}

fn reference(record: &Value) -> Option<&str> {
    let entities = record["entities"].as_array().unwrap();
    entities.iter().find(|entity| entity["name"] == "Quellmatic").and_then(|entity| entity["ref"].as_str())
}

#[test]
fn lists_are_taken_up_while_the_daemon_runs() {
    let place = Place::with_config("[parser]\nlexicon = \"phrases\"\n[enricher]\nlexicon = \"words\"\n");
    let words = place.path("words");
    let phrases = place.path("phrases");
    fs::create_dir(&words).unwrap();
    fs::create_dir(&phrases).unwrap();
    let mut daemon = place.start().ready();
    let follower = place.follow();
    let read = |number| {
        drop_article(&place, number);
        let record = follower.next();
        let keeps = record["text"].as_str().unwrap().contains("Glouglou");
        (reference(&record).map(str::to_owned), keeps)
    };
    assert_eq!(read(1), (None, true));

    fs::write(words.join("identities.tsv"), "ours:7\torganization\tQuellmatic\n").unwrap();
    fs::write(
        phrases.join("site-phrases.fr.toml"),
        "[lines]\nnavigation = [\"Glouglou, dit la pompe à qui veut l'entendre dans la vallée\"]\n",
    )
    .unwrap();
    daemon.signal(Signal::HUP);
    daemon.wait_for(&["configuration and lists read anew"]);
    assert_eq!(read(2), (Some("ours:7".to_owned()), false));

    fs::write(words.join("identities.tsv"), "ours:8\tcompany\tQuellmatic\n").unwrap();
    fs::remove_file(phrases.join("site-phrases.fr.toml")).unwrap();
    daemon.signal(Signal::HUP);
    let said = daemon.wait_for(&["stay as they were"]);
    assert!(said.contains("identities.tsv, line 1"), "{said}");
    assert_eq!(read(3), (Some("ours:7".to_owned()), false), "all or nothing");
    assert!(daemon.stop().success());
    place.verify();
}
