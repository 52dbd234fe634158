//! What the stored articles state is a row for each fact, once, whatever happens; and the rows can be asked for.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Place, article_with_fact, json_lines, root, stderr};

fn facts(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let output = place.run([&["facts", "--json"], arguments].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    json_lines(&output.stdout)
}

fn ingest(place: &Place) {
    let output = place.run(["ingest", "inbox"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn every_fact_of_an_article_has_its_own_line() {
    let place = Place::new();
    let seeds = root().join("seeds");
    assert!(place.run(["ingest", seeds.to_str().unwrap()]).status.success());
    let mut expected = Vec::new();
    for record in place.records() {
        let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
        for fact in record["facts"].as_array().unwrap() {
            let end = |side: usize| usize::try_from(fact["evidence"][side].as_u64().unwrap()).unwrap();
            let amount = fact["amount"].as_u64().map(|number| record["amounts"][number as usize].clone());
            let sentence: String = text[end(0)..end(1)].iter().collect();
            let row =
                json!([record["id"], record["story"]["id"], fact["kind"], fact["agents"], amount, sentence]);
            expected.push(row.to_string());
        }
    }
    let found = facts(&place, &["--since", "2000-01-01"]);
    let mut found: Vec<_> = found
        .iter()
        .map(|fact| {
            let row = json!([
                fact["article"],
                fact["story"],
                fact["kind"],
                fact["agents"],
                fact["amount"],
                fact["evidence"]
            ]);
            row.to_string()
        })
        .collect();
    found.sort();
    expected.sort();
    assert!(expected.len() > 10, "{expected:?}");
    assert_eq!(found, expected);
    assert_eq!(place.verify()["facts"], expected.len());
}

#[test]
fn facts_are_asked_for() {
    let place = Place::new();
    place.drop_in("1.txt", article_with_fact(1));
    ingest(&place);
    // A copy of it, which states it again.
    place.drop_in("2.txt", article_with_fact(1).replace("mardi", "mercredi"));
    ingest(&place);
    let found = facts(&place, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["kind"], "investment");
    assert_eq!(found[0]["agents"], json!(["Renault"]));
    assert_eq!(found[0]["agent_refs"], json!(["EURONEXT:RNO"]));
    assert_eq!((&found[0]["amount"]["value"], &found[0]["amount"]["unit"]), (&3e6.into(), &"EUR".into()));
    let all = facts(&place, &["--all"]);
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|fact| fact["story"] == found[0]["story"]), "{all:?}");
    for (arguments, count) in [
        (["--kind", "investment"], 1),
        (["--kind", "acquisition"], 0),
        (["--agent", "RENAULT"], 1),
        (["--agent", "euronext:rno"], 1),
        (["--agent", "Valeo"], 0),
        (["--since", "2999-01-01"], 0),
    ] {
        assert_eq!(facts(&place, &arguments).len(), count, "{arguments:?}");
    }
    let unknown = place.run(["facts", "--kind", "investment", "--kind", "investmnt"]);
    assert_eq!((unknown.status.code(), unknown.stdout.len()), (Some(2), 0));
    let told = stderr(&unknown);
    assert!(told.contains("did you mean `investment`?") && told.contains("acquisition, "), "{told}");
    let table = String::from_utf8(place.run(["facts"]).stdout).unwrap();
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(table.contains("3 M EUR") && table.contains("Renault a investi"), "{table}");
    let stats = json_lines(&place.run(["store", "stats", "--json"]).stdout);
    assert_eq!(stats[0]["facts"], 2);
}

#[test]
fn verify_holds_facts_against_articles() {
    let place = Place::with_config("[sink]\ncompression = \"none\"");
    for number in 0..2 {
        place.drop_in(&format!("{number}.txt"), article_with_fact(number));
        ingest(&place);
    }
    place.verify();
    let day = fs::read_dir(place.store().join("facts")).unwrap().next().unwrap().unwrap().path();
    let mut segments: Vec<_> = fs::read_dir(day).unwrap().map(|entry| entry.unwrap().path()).collect();
    segments.sort();
    let [first, second] = &segments[..] else { panic!("{segments:?}") };
    let one = fs::read_to_string(first).unwrap();
    // Another id of the same length: that of no fact.
    let mut unknown = one.clone();
    let digit = one.find("\"id\":\"").unwrap() + 6;
    unknown.replace_range(digit..=digit, if unknown[digit..].starts_with('0') { "1" } else { "0" });
    let damages = [
        (first, one.replace("Renault", "Peugeot"), "says something else"),
        (first, unknown, "does not state it"),
        (second, String::new(), "no line of their own"),
    ];
    for (segment, damage, finding) in damages {
        let before = fs::read_to_string(segment).unwrap();
        fs::write(segment, damage).unwrap();
        let verdict = place.run(["store", "verify"]);
        assert_eq!(verdict.status.code(), Some(3));
        let said = String::from_utf8_lossy(&verdict.stdout).into_owned();
        assert!(said.contains(finding), "{finding:?} is not in {said}");
        fs::write(segment, before).unwrap();
    }
    place.verify();
}
