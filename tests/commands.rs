//! Every command explains itself, does what it says, and fails clearly.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::harness::{Place, article, json_lines, stderr};

#[test]
fn every_command_has_help() {
    let place = Place::new();
    let top = String::from_utf8(place.run(["--help"]).stdout).unwrap();
    for command in [
        "run",
        "ingest",
        "parse",
        "enrich",
        "tail",
        "stories",
        "facts",
        "store",
        "quarantine",
        "status",
        "check",
        "schema",
    ] {
        assert!(top.contains(command), "{top}");
        let help = place.run([command, "--help"]);
        assert!(help.status.success());
        assert!(String::from_utf8(help.stdout).unwrap().contains("Examples:"), "{command}");
    }
    assert!(top.contains("Exit codes"));
}

#[test]
fn a_wrong_configuration_exits_2_and_names_the_line() {
    let place = Place::with_config("[sink]\nbatch-wait = 3");
    for command in [vec!["check"], vec!["run"], vec!["ingest", "inbox"]] {
        let output = place.run(&command);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains("depeche.toml, line 2") && said.contains("did you mean `batch-wait-ms`?"),
            "{said}"
        );
    }
    assert!(Place::new().run(["check"]).status.success());
    assert_eq!(place.run(["no-such-command"]).status.code(), Some(2));
}

#[test]
fn the_printed_defaults_are_a_configuration() {
    let place = Place::new();
    let printed = place.run(["check", "--print"]).stdout;
    fs::write(place.path("depeche.toml"), printed).unwrap();
    assert!(place.run(["check"]).status.success());
}

#[test]
fn there_is_no_store_yet() {
    let place = Place::new();
    for command in [
        vec!["tail"],
        vec!["stories"],
        vec!["facts"],
        vec!["store", "verify"],
        vec!["store", "stats"],
        vec!["quarantine", "list"],
    ] {
        let output = place.run(&command);
        assert_eq!(output.status.code(), Some(3));
        assert!(stderr(&output).contains("there is no store"), "{}", stderr(&output));
    }
    assert_eq!(place.run(["ingest", "nowhere"]).status.code(), Some(2));
}

#[test]
fn parse_and_enrich_are_filters() {
    let place = Place::new();
    fs::write(place.path("a.txt"), article(1)).unwrap();
    fs::write(place.path("b.txt"), "").unwrap();
    let parsed = place.run(["parse", "a.txt", "b.txt"]);
    assert_eq!(parsed.status.code(), Some(4));
    assert!(stderr(&parsed).contains("b.txt: empty"), "{}", stderr(&parsed));
    let record = &json_lines(&parsed.stdout)[0];
    assert_eq!(record["title"], "Le conseil municipal vote le budget numéro 1");
    assert!(!place.store().exists(), "nothing is stored");

    // What holds many documents, or more than one may have, says what to do.
    fs::write(place.path("c.jsonl"), "{\"title\": \"a\"}\n{\"title\": \"b\"}\n").unwrap();
    fs::write(
        place.path("d.zip"),
        b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.txt",
    )
    .unwrap();
    let containers = place.run(["parse", "c.jsonl", "d.zip"]);
    let said = stderr(&containers);
    assert_eq!(containers.status.code(), Some(4));
    assert_eq!(
        said.matches(": the file holds several documents: `depeche ingest FILE` reads them\n").count(),
        2,
        "{said}"
    );
    assert_eq!(said.matches("ingest").count(), 2, "said once: {said}");
    fs::write(place.path("long.txt"), vec![b'a'; (16 << 20) + 1]).unwrap();
    let long = place.run(["parse", "long.txt"]);
    assert_eq!(long.status.code(), Some(4));
    assert!(stderr(&long).contains("raise document-bytes-max in [watcher]"), "{}", stderr(&long));
    assert_eq!(place.run(["parse", "nowhere.txt"]).status.code(), Some(3));

    let mut piped =
        place.depeche(["parse", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    piped.stdin.take().unwrap().write_all(article(1).as_bytes()).unwrap();
    let read = json_lines(&piped.wait_with_output().unwrap().stdout);
    assert_eq!(read[0]["source"]["uri"], "file:///dev/stdin");

    let question = serde_json::json!({
        "id": "a", "text": record["text"], "title": record["title"], "published": "2026-11-22"
    });
    let mut enrich = place.depeche(["enrich"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = enrich.stdin.take().unwrap();
    writeln!(input, "{question}\n\n{{\"id\": 7, \"text\": \"  \"}}").unwrap();
    drop(input);
    let answers = json_lines(&enrich.wait_with_output().unwrap().stdout);
    assert_eq!((&answers[0]["id"], &answers[0]["language"]["code"]), (&"a".into(), &"fr".into()));
    assert_eq!((&answers[1]["id"], &answers[1]["language"]["code"]), (&7.into(), &"und".into()));
}

#[test]
fn enrich_says_what_it_was_unsure_of() {
    let place = Place::new();
    let text = "Die Regierung hat gestern in Berlin gesagt, dass sie das Gesetz ändern wird.";
    fs::write(place.path("texts.jsonl"), serde_json::json!({"id": 1, "text": text}).to_string()).unwrap();
    let answers = json_lines(&place.run(["enrich", "texts.jsonl"]).stdout);
    assert_eq!(answers[0]["pipeline"]["warnings"][0]["code"], "entities_from_lexicon");
}

#[test]
fn enrich_says_which_hints_mean_nothing() {
    let place = Place::new();
    let line = |language: &str, published: &str| {
        let text = "Le maire de Nantes a dit vendredi que la ville allait ouvrir une école.";
        serde_json::json!({"id": 1, "text": text, "language": language, "published": published}).to_string()
    };
    let lines =
        [line("french", "yesterday"), line("fr-FR", "2026-02-08T10:00:00Z"), line("zz", "2026-02-30")];
    fs::write(place.path("texts.jsonl"), lines.join("\n")).unwrap();
    let answers = json_lines(&place.run(["enrich", "texts.jsonl"]).stdout);
    let codes = |answer: &Value| {
        let warnings = answer["pipeline"]["warnings"].as_array().unwrap();
        warnings.iter().map(|warning| warning["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&answers[0]), ["language_ignored", "published_ignored"]);
    assert_eq!(codes(&answers[1]), [] as [&str; 0]);
    assert_eq!(codes(&answers[2]), ["language_ignored", "published_ignored"]);
}

#[test]
fn a_wrong_folder_of_lists_is_refused_at_once() {
    let place = Place::with_config("[enricher]\nlexicon = 'lists'");
    let refused = |said: &[&str]| {
        for command in [vec!["check"], vec!["run"], vec!["ingest", "inbox"], vec!["enrich", "texts.jsonl"]] {
            let output = place.run(&command);
            let told = stderr(&output);
            assert!(!output.status.success(), "{command:?}");
            assert!(said.iter().all(|said| told.contains(said)), "{command:?}: {told}");
        }
    };
    refused(&["the folder", "lists of enricher.lexicon cannot be read"]);
    let list = |name: &str, text: &str| fs::write(place.path("lists").join(name), text).unwrap();
    fs::create_dir(place.path("lists")).unwrap();
    for (name, text) in
        [("README.md", "ours"), (".hidden", ""), ("companies.txt", "Zorvanyx"), ("site-phrases.fr.toml", "")]
    {
        list(name, text);
    }
    assert!(place.run(["check"]).status.success());
    list("compagnies.txt", "Zorvanyx");
    refused(&["compagnies.txt", "did you mean companies.txt?", "config/lexicon"]);
    fs::remove_file(place.path("lists/compagnies.txt")).unwrap();
    for (name, text, said) in [
        ("identities.tsv", "-\tplace\tA\n-\tplaces\tB\n", "identities.tsv, line 2"),
        ("identities.tsv", "-\tplace\tzz:Peking\n", "identities.tsv, line 1: \"zz\" is no language"),
        ("speech-verbs.fr.txt", "zorvaniser\n12345\n", "line 2: \"12345\" is no infinitive"),
        ("companies.txt", "Zorvanyx\n\n!!!\n", "line 3: \"!!!\" has no letter"),
        ("dates.de.toml", "[phrases]\nday = ['{dai}']", "line 2: \"{dai}\": there is no slot"),
        ("units.toml", "[length]\nkg = { fr = ['kilo'] }", "line 2: \"kg\": this is a unit of mass already"),
        ("facts.fr.toml", "x = [", "facts.fr.toml"),
        ("units.toml", "[nope]", "units.toml"),
        ("names.de.toml", "wrds = []", "unknown field `wrds`"),
    ] {
        list(name, text);
        refused(&[said]);
        fs::remove_file(place.path("lists").join(name)).unwrap();
    }
}

#[test]
fn enrich_answers_a_bad_line_and_goes_on() {
    let place = Place::new();
    let lines = b"{\"id\": 1, \"text\": \"Le lac a gel\xc3\xa9.\"}\n{\"id\": \"x\", \"text\": 3}\n\nnot json\n\xff\n{\"id\": 4, \"text\": \"Fin.\"}";
    fs::write(place.path("texts.jsonl"), lines).unwrap();
    let output = place.run(["enrich", "texts.jsonl"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("3 of 5 lines"), "{}", stderr(&output));
    let answers = json_lines(&output.stdout);
    assert_eq!(answers.len(), 5, "a line for a line");
    assert_eq!((&answers[0]["id"], &answers[4]["id"]), (&1.into(), &4.into()));
    assert!(answers[0]["error"].is_null() && answers[4]["language"].is_object());
    let said = |answer: &Value| (answer["id"].clone(), answer["line"].clone(), answer["error"].is_string());
    assert_eq!(said(&answers[1]), ("x".into(), 2.into(), true));
    assert_eq!(said(&answers[2]), (Value::Null, 4.into(), true));
    assert_eq!(said(&answers[3]), (Value::Null, 5.into(), true));
}

#[test]
fn a_daemon_answers_however_deep_its_store_stands() {
    let place = Place::new();
    // A socket's path may have some hundred bytes; a folder's may have thousands.
    let store = place.path(&["a-folder-with-a-long-name"; 8].join("/"));
    fs::create_dir_all(&store).unwrap();
    let place = place.with_store(&store);
    let daemon = place.start().ready();
    let status = place.run(["status", "--json"]);
    assert!(status.status.success(), "{}", stderr(&status));
    assert!(daemon.stop().success());
    assert_eq!(place.run(["status"]).status.code(), Some(3));
}

#[test]
fn tail_prints_the_newest_and_verify_sees_damage() {
    let place = Place::with_config("[sink]\ncompression = \"none\"");
    for number in 0..12 {
        let name = format!("{number:02}.txt");
        place.drop_in(&name, article(number));
        assert!(place.run(["ingest", &format!("inbox/{name}")]).status.success());
    }
    let newest = json_lines(&place.run(["tail", "-n", "3"]).stdout);
    let titles: Vec<_> = newest.iter().map(|record| record["title"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), 3);
    assert!(titles[2].ends_with("11"), "{titles:?}");
    let stats: Value = serde_json::from_slice(&place.run(["store", "stats", "--json"]).stdout).unwrap();
    assert_eq!((&stats["articles"], &stats["open_segments"]), (&12.into(), &0.into()));

    let day = fs::read_dir(place.store().join("articles")).unwrap().next().unwrap().unwrap().path();
    let segment = day.join("000003.jsonl");
    let sound = fs::read(&segment).unwrap();
    let damages = [
        String::from_utf8(sound.clone()).unwrap().replace("budget", "budjet").into_bytes(),
        sound[..sound.len() - 5].to_vec(),
        [sound.as_slice(), b"{}\n"].concat(),
    ];
    for damage in damages {
        fs::write(&segment, damage).unwrap();
        let verdict = place.run(["store", "verify"]);
        assert_eq!(verdict.status.code(), Some(3));
        assert!(String::from_utf8_lossy(&verdict.stdout).contains("000003.jsonl"));
    }
    fs::write(&segment, sound).unwrap();
    place.verify();
}

#[test]
fn a_damaged_file_is_told_before_its_lines() {
    let place = Place::new();
    for number in 0..30 {
        place.drop_in(&format!("{number}.txt"), article(number));
    }
    assert!(place.run(["ingest", "inbox"]).status.success());
    let day = fs::read_dir(place.store().join("articles")).unwrap().next().unwrap().unwrap().path();
    let segment = fs::read_dir(&day).unwrap().next().unwrap().unwrap().path();
    let lines = zstd::decode_all(fs::File::open(&segment).unwrap()).unwrap();
    let lines = String::from_utf8(lines).unwrap().replace("budget", "budjet");
    fs::write(&segment, zstd::encode_all(lines.as_bytes(), 1).unwrap()).unwrap();
    let output = place.run(["store", "verify"]);
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stdout);
    let name = segment.file_name().unwrap().to_str().unwrap();
    let told: Vec<_> = told.lines().filter(|line| line.contains("articles") && line.contains(name)).collect();
    assert!(told[0].contains("checksum") && told[1].contains("digest"), "{told:#?}");
    assert_eq!(told.len(), 2 + 10 + 1, "{told:#?}");
    assert!(told[12].ends_with("and 20 more"), "{told:#?}");
    // The ledger counts thirty articles as well, and none is right.
    assert!(stderr(&output).contains("33 faults"), "{}", stderr(&output));
}

#[test]
fn a_cause_is_told_once_and_one_is_not_many() {
    let place = Place::new();
    fs::write(place.path("file"), "").unwrap();
    let output = place.run(["parse", "file/a.txt"]);
    assert_eq!(stderr(&output).matches("os error").count(), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("1 file was not read"), "{}", stderr(&output));
    let place = place.with_store(std::path::Path::new("file"));
    let output = place.run(["store", "stats"]);
    assert!(stderr(&output).matches("os error").count() <= 1, "{}", stderr(&output));
}

#[test]
fn wrong_directives_for_the_log_are_refused() {
    let place = Place::new();
    for (directives, code) in [("depeche=loud", 2), ("debug", 0), ("", 0)] {
        place.drop_in("a.txt", article(1));
        let output = place.depeche(["ingest", "inbox"]).env("RUST_LOG", directives).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{directives:?}: {}", stderr(&output));
        assert_eq!(stderr(&output).contains("RUST_LOG"), code == 2, "{}", stderr(&output));
    }
}
