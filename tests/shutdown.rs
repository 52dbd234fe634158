//! A stop lets what is on its way be committed and exits 0; a second one stops at once; both leave a store that
//! verifies.

use std::fs;

use rustix::process::Signal;

use crate::harness::{Place, article, stderr};

#[test]
fn a_stop_commits_what_is_on_its_way() {
    for signal in [Signal::TERM, Signal::INT] {
        let place = Place::new();
        let mut daemon = place.start().ready();
        let follower = place.follow();
        for number in 0..500 {
            place.drop_in(&format!("{number}.txt"), article(number));
        }
        follower.next();
        daemon.signal(signal);
        assert!(daemon.wait().success(), "{}", daemon.log());
        let said = daemon.seen.last().unwrap();
        assert!(said.contains("\"stopped\"") && said.contains("\"lost\":0"), "{said}");
        let stored = place.verify()["articles"].as_u64().unwrap();
        assert!(said.contains(&format!("\"stored\":{stored},")), "{said} but {stored} are there");
        // A clean stop leaves finished files alone.
        let days = fs::read_dir(place.store().join("articles")).unwrap();
        let files = days.flat_map(|day| fs::read_dir(day.unwrap().path()).unwrap());
        let open: Vec<_> = files
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "open"))
            .collect();
        assert!(open.is_empty(), "{open:?}");
        // The rest is taken up at the next start.
        let daemon = place.start().ready();
        place.follow().take(500);
        assert!(daemon.stop().success());
        assert_eq!(place.verify()["articles"], 500);
    }
}

#[test]
fn a_second_signal_stops_at_once() {
    let place = Place::new();
    for number in 0..2000 {
        place.drop_in(&format!("{number}.txt"), article(number));
    }
    let mut daemon = place.start().ready();
    place.follow().next();
    daemon.signal(Signal::TERM);
    daemon.signal(Signal::INT);
    let ended = daemon.wait();
    // It may have been done before the second one arrived.
    assert!(matches!(ended.code(), Some(0 | 3)), "{ended}");
    place.verify();
    let daemon = place.start().ready();
    place.follow().take(2000);
    assert!(daemon.stop().success());
    assert_eq!(place.verify()["articles"], 2000);
}

#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    use std::fs::File;
    use std::process::Stdio;

    let place = Place::new();
    for number in 0..20 {
        place.drop_in(&format!("{number}.txt"), article(number));
    }
    place.run(["ingest", "inbox/0.txt"]);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut daemon = place.depeche(["run"]).stderr(Stdio::from(full)).spawn().unwrap();
    place.follow().take(20);
    let pid = rustix::process::Pid::from_raw(i32::try_from(daemon.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, Signal::TERM).unwrap();
    assert!(daemon.wait().unwrap().success());
    assert_eq!(place.verify()["articles"], 20);
}

#[test]
fn a_store_among_the_documents_is_refused() {
    let place = Place::new();
    let inside = place.inbox().join("data");
    let place = place.with_store(&inside);
    for command in [vec!["check"], vec!["run"], vec!["ingest", "inbox"]] {
        let refused = place.run(&command);
        assert_eq!(refused.status.code(), Some(2), "{command:?}: {}", stderr(&refused));
        assert!(stderr(&refused).contains("lie in one another"), "{}", stderr(&refused));
    }
}

#[test]
fn one_store_has_one_writer() {
    let place = Place::new();
    let daemon = place.start().ready();
    let second = place.run(["ingest", "inbox"]);
    let said = stderr(&second);
    assert_eq!(second.status.code(), Some(3), "{said}");
    assert!(said.contains("in use") && said.contains(&daemon.pid().to_string()), "{said}");
    assert!(place.run(["status"]).status.success());
    assert!(daemon.stop().success());
    assert_eq!(place.run(["status"]).status.code(), Some(3));
}
