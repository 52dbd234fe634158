//! Files that were read are not read again after a restart, changed ones are; an index that is lost is made anew.

use std::fs;

use rustix::process::Signal;

use crate::harness::{Place, article, file_name, stderr};

fn with_a_hundred_stored() -> Place {
    let place = Place::new();
    for number in 0..100 {
        place.drop_in(&format!("{number}.txt"), article(number));
    }
    let daemon = place.start().ready();
    place.follow().take(100);
    assert!(daemon.stop().success());
    place
}

#[test]
fn unchanged_files_are_not_read_again() {
    let place = with_a_hundred_stored();
    fs::write(place.inbox().join("7.txt"), article(1007)).unwrap();
    let mut daemon = place.start().ready();
    place.follow().take(101);
    daemon.signal(Signal::TERM);
    assert!(daemon.wait().success());
    let said = daemon.seen.last().unwrap();
    assert!(said.contains("\"stored\":1,\"duplicates\":0"), "only the changed one was read: {said}");
}

#[test]
fn a_lost_index_is_made_anew() {
    let place = with_a_hundred_stored();
    let index = place.store().join("index.redb");
    for (number, damage) in [(101, "gone"), (102, "garbage"), (103, "torn")] {
        match damage {
            "gone" => fs::remove_file(&index).unwrap(),
            "garbage" => fs::write(&index, "not a database at all").unwrap(),
            _ => fs::File::options().write(true).open(&index).unwrap().set_len(10_000).unwrap(),
        }
        // Everything is offered again, and known.
        let daemon = place.start().ready();
        let name = format!("after-{damage}.txt");
        place.drop_in(&name, article(number));
        let follower = place.follow();
        while file_name(&follower.next()) != name {}
        assert!(daemon.stop().success(), "{damage}");
        place.verify();
    }
    assert_eq!(place.verify()["articles"], 103);
}

#[test]
fn a_store_without_its_ledger_is_not_written_over() {
    let place = with_a_hundred_stored();
    let (ledger, aside) = (place.store().join("ledger"), place.path("aside"));
    let stored = place.verify();
    let newest = fs::read_dir(&ledger).unwrap().next().unwrap().unwrap().path();
    let old = fs::read(&newest).unwrap();
    place.drop_in("later.txt", article(101));
    assert!(place.run(["ingest", "inbox"]).status.success());

    fs::rename(&ledger, &aside).unwrap();
    let refused = place.run(["ingest", "inbox"]);
    assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("is not in the ledger"), "{}", stderr(&refused));

    // An older ledger knows less than is there.
    let _ = fs::remove_dir_all(&ledger);
    fs::create_dir(&ledger).unwrap();
    fs::write(ledger.join(newest.file_name().unwrap()), old).unwrap();
    let refused = place.run(["ingest", "inbox"]);
    assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));

    fs::remove_dir_all(&ledger).unwrap();
    fs::rename(&aside, &ledger).unwrap();
    place.drop_in("last.txt", article(102));
    assert!(place.run(["ingest", "inbox"]).status.success());
    assert_eq!(place.verify()["articles"].as_u64().unwrap(), stored["articles"].as_u64().unwrap() + 2);
}
