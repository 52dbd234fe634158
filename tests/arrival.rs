//! A document dropped into a watched folder is committed within a second of being complete, once, however it arrives.

use std::fs::{self, File};
use std::io::Write;
use std::time::{Duration, Instant};

use crate::harness::{Place, article, by_file, file_name, let_pass};

/// The promise is a second; a busy machine may be late itself, so the test allows five.
const SOON: Duration = Duration::from_secs(5);

/// Lets a document arrive, and expects it whole.
fn arrives(name: &str, arrive: impl FnOnce(&Place)) {
    let place = Place::new();
    let daemon = place.start().ready();
    let follower = place.follow();
    arrive(&place);
    let complete = Instant::now();
    let record = follower.next_within(SOON).unwrap_or_else(|| panic!("{name} was not committed in time"));
    eprintln!("{name}: committed and seen after {:?}", complete.elapsed());
    assert_eq!(file_name(&record), name);
    assert!(record["text"].as_str().unwrap().contains("large majorité"), "half of it was read: {record}");
    assert!(daemon.stop().success());
    assert_eq!(place.records().len(), 1);
    place.verify();
}

#[test]
fn copied() {
    arrives("copied.txt", |place| {
        fs::write(place.path("original.txt"), article(1)).unwrap();
        fs::copy(place.path("original.txt"), place.inbox().join("copied.txt")).unwrap();
    });
}

#[test]
fn moved() {
    arrives("moved.txt", |place| place.drop_in("moved.txt", article(1)));
}

#[test]
fn written_slowly() {
    arrives("slow.txt", |place| {
        let mut file = File::create(place.inbox().join("slow.txt")).unwrap();
        for piece in article(1).as_bytes().chunks(150) {
            file.write_all(piece).unwrap();
            file.sync_all().unwrap();
            // Longer than a file has to stand still when nobody was seen to write it.
            let_pass(Duration::from_millis(400));
        }
    });
}

#[test]
fn saved_by_an_editor() {
    arrives("note.txt", |place| {
        // As vim does: a swap file, a backup, a new file under the old name.
        let inbox = place.inbox();
        fs::write(inbox.join(".note.txt.swp"), "b0VIM 9.1").unwrap();
        fs::write(inbox.join("note.txt~"), article(2)).unwrap();
        fs::write(inbox.join(".note.txt.new"), article(1)).unwrap();
        fs::rename(inbox.join(".note.txt.new"), inbox.join("note.txt")).unwrap();
        fs::remove_file(inbox.join(".note.txt.swp")).unwrap();
    });
}

#[test]
fn linked() {
    arrives("linked.txt", |place| {
        fs::write(place.path("original.txt"), article(1)).unwrap();
        fs::hard_link(place.path("original.txt"), place.inbox().join("linked.txt")).unwrap();
    });
}

#[test]
fn a_folder_moved_in() {
    let place = Place::new();
    let daemon = place.start().ready();
    let follower = place.follow();
    for number in 0..50 {
        let folder = place.path(&format!("press/2026/{}", number % 5));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number}.txt")), article(number)).unwrap();
    }
    fs::rename(place.path("press"), place.inbox().join("press")).unwrap();
    follower.take(50);
    // And what comes later into a folder that came later.
    place.drop_in("press/2026/4/later.txt", article(50));
    assert_eq!(file_name(&follower.next()), "later.txt");
    assert!(daemon.stop().success());
    assert_eq!(by_file(&place.records()).len(), 51);
}

#[test]
fn thousands_at_a_burst() {
    const COUNT: usize = 4000;
    let place = Place::new();
    let daemon = place.start().ready();
    let follower = place.follow();
    for number in 0..COUNT {
        fs::write(place.inbox().join(format!("{number}.txt")), article(number)).unwrap();
    }
    follower.take(COUNT);
    assert!(daemon.stop().success());
    let records = place.records();
    assert_eq!((records.len(), by_file(&records).len()), (COUNT, COUNT));
    place.verify();
}
