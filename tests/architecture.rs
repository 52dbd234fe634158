//! The crates keep to the drawing in ARCHITECTURE.md: who may import whom, and who keeps which door.

use std::collections::BTreeSet;
use std::fs;

use crate::harness::root;

/// The dependencies of a crate, without those of its tests.
fn dependencies(member: &str) -> BTreeSet<String> {
    let path = root().join("crates").join(member).join("Cargo.toml");
    let manifest: toml::Table = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    table.map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

fn members() -> Vec<String> {
    let entries = fs::read_dir(root().join("crates")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_stage_never_imports_another() {
    let stages = ["watcher", "parser", "enricher", "sink"];
    for stage in stages {
        let imported: Vec<_> =
            dependencies(stage).into_iter().filter(|name| stages.contains(&name.as_str())).collect();
        assert!(imported.is_empty(), "{stage} imports {imported:?}");
    }
    let members_of_ours = members();
    let imported: Vec<_> =
        dependencies("story").into_iter().filter(|name| members_of_ours.contains(name)).collect();
    assert_eq!(imported, ["document"], "what the enricher and the sink share knows neither");
    for member in members() {
        assert!(!dependencies(&member).contains("depeche"), "{member} imports the program");
    }
}

#[test]
fn every_door_has_one_keeper() {
    let keepers = [
        ("notify", &["watcher"][..]),
        ("reqwest", &["watcher"]),
        ("rustls", &["watcher"]),
        ("axum", &["watcher"]),
        // Each has a file of its own: the index of the store, and the memory of sources.
        ("redb", &["sink", "watcher"]),
        ("anyhow", &["depeche"]),
        ("clap", &["depeche"]),
    ];
    for (door, keepers) in keepers {
        // The training program and the benchmark against peers are no part of the daemon.
        let others = |member: &&String| {
            !keepers.contains(&member.as_str()) && !["train", "bench-parse"].contains(&member.as_str())
        };
        for member in members().iter().filter(others) {
            assert!(
                !dependencies(member).contains(door),
                "{member} opens {door}, which is kept by {keepers:?}"
            );
        }
    }
    let outside = ["notify", "redb", "reqwest", "tempfile", "walkdir", "tracing", "rustix", "tokio"];
    for (pure, allowed) in [("document", &["tokio"][..]), ("story", &[])] {
        let opened: Vec<_> = dependencies(pure)
            .into_iter()
            .filter(|name| outside.contains(&name.as_str()) && !allowed.contains(&name.as_str()))
            .collect();
        assert!(opened.is_empty(), "{pure} does no I/O, and imports {opened:?}");
    }
}

/// `just run` and a newcomer's `cargo run` name no package.
#[test]
fn what_runs_is_the_daemon() {
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let default = manifest["workspace"]["default-members"].as_array().unwrap();
    assert_eq!(default.as_slice(), ["crates/depeche".into()]);
}
