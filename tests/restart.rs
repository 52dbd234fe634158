//! Files that were read are not read again after a restart, changed ones are; an index that is lost is made anew.

use std::fs;

use rustix::process::Signal;

use crate::harness::{Place, article, file_name};

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
