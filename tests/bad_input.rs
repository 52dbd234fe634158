//! Whatever is dropped, the daemon goes on: a bad document ends in quarantine or in one clear log line, and nothing
//! else is lost.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::time::Duration;

use rustix::process::Signal;

use crate::harness::{Place, article, file_name, json_lines};

#[test]
fn all_of_it_at_once() {
    let place = Place::with_config("[watcher]\nrescan-interval-s = 1\ncomplete-wait-max-s = 1");
    let mut daemon = place.start().ready();
    let follower = place.follow();
    let inbox = place.inbox();

    fs::write(inbox.join("empty.txt"), "").unwrap();
    File::create(inbox.join("huge.txt")).unwrap().set_len(100 << 20).unwrap();
    place.drop_in("picture.html", [b"\xff\xd8\xff\xe0\0\x10JFIF".as_slice(), &[0x80; 5000]].concat());
    place.drop_in("latin1.txt", latin1(&article(1)));
    place.drop_in("noise.txt", noise());
    fs::write(inbox.join("secret.txt"), article(2)).unwrap();
    fs::set_permissions(inbox.join("secret.txt"), Permissions::from_mode(0o000)).unwrap();
    for number in 0..50 {
        fs::write(inbox.join("vanishing.txt"), article(1000 + number)).unwrap();
        fs::remove_file(inbox.join("vanishing.txt")).unwrap();
    }
    let (cwd, kind, mode) = (rustix::fs::CWD, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
    rustix::fs::mknodat(cwd, inbox.join("pipe.txt"), kind, mode, 0).unwrap();
    symlink(&inbox, inbox.join("loop")).unwrap();
    symlink("/etc/hostname", inbox.join("outside.txt")).unwrap();
    symlink("itself.txt", inbox.join("itself.txt")).unwrap();
    place.drop_in("last.txt", article(3));

    while file_name(&follower.next()) != "last.txt" {}
    // The large one takes longest, and an empty one is given time to be written.
    let reasons = loop {
        let reasons = reasons(&place);
        if ["huge.txt", "empty.txt"].iter().all(|slow| reasons.iter().any(|(name, _)| name == slow)) {
            break reasons;
        }
        follower.next_within(Duration::from_millis(100));
    };
    for expected in
        [("empty.txt", "empty"), ("huge.txt", "too_large"), ("picture.html", "unsupported_format")]
    {
        let found = reasons.iter().any(|(name, reason)| (name.as_str(), reason.as_str()) == expected);
        assert!(found, "{expected:?} is not among {reasons:?}");
    }
    daemon.signal(Signal::TERM);
    assert!(daemon.wait().success());
    let log = daemon.log();
    for odd in ["pipe.txt", "outside.txt"] {
        assert_eq!(log.lines().filter(|line| line.contains(odd)).count(), 1, "one line about {odd}:\n{log}");
    }
    let records = place.records();
    let latin1 =
        records.iter().find(|record| file_name(record) == "latin1.txt").expect("latin1.txt is stored");
    assert!(latin1["text"].as_str().unwrap().contains("présenté"), "its charset was told: {latin1}");
    assert!(!records.iter().any(|record| ["outside.txt", "pipe.txt"].contains(&file_name(record))));
    place.verify();
}

/// File names and reasons of what is in quarantine.
fn reasons(place: &Place) -> Vec<(String, String)> {
    json_lines(&place.run(["quarantine", "list", "--json"]).stdout)
        .iter()
        .map(|entry| {
            let name = entry["uri"].as_str().unwrap().rsplit('/').next().unwrap();
            (name.to_owned(), entry["reason"].as_str().unwrap().to_owned())
        })
        .collect()
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// Bytes that are no text in any charset.
fn noise() -> Vec<u8> {
    (0..4000u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}
