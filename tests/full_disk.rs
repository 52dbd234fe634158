//! On a full disk nothing is acknowledged and nothing is lost: the sources wait, `status` says why, and the work goes
//! on when there is room.

use std::fs;
use std::process::Command;

use crate::harness::{Place, article, stderr};

/// A small file system of its own, unmounted when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// `None`, with the reason told, where this machine does not allow it.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let arguments = ["-t", "tmpfs", "-o", "size=8m", "tmpfs"];
        let why = match Command::new("mount").args(arguments).arg(folder.path()).output() {
            Ok(output) if output.status.success() => return Some(Self(folder)),
            Ok(output) => stderr(&output),
            Err(error) => error.to_string(),
        };
        eprintln!("skipped: no small disk can be mounted here: {}", why.trim());
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

#[test]
fn it_waits_says_why_and_goes_on() {
    check("none");
}

#[test]
fn it_does_so_where_sealing_compresses() {
    check("zstd");
}

fn check(compression: &str) {
    let Some(disk) = SmallDisk::mount() else { return };
    let store = disk.0.path().join("data");
    // Short segments, so that some are being sealed when the disk fills.
    let config =
        format!("[sink]\nretry-wait-s-max = 1\nsegment-bytes-max = 300000\ncompression = \"{compression}\"");
    let place = Place::with_config(&config).with_store(&store);
    let mut daemon = place.start().ready();
    place.drop_in("first.txt", article(0));
    place.follow().take(1);

    let filler = disk.0.path().join("filler");
    let mut taken = 8 << 20;
    while fs::write(&filler, vec![0; taken]).is_err() {
        taken -= 64 << 10;
    }
    let long = "Une phrase de plus pour remplir le disque jusqu'au bord. ".repeat(2000);
    for number in 1..40 {
        place.drop_in(&format!("{number}.txt"), format!("{}\n{long}", article(number)));
    }
    daemon.wait_for(&["store cannot be written", "No space left"]);
    let status = place.run(["status"]);
    assert_eq!(status.status.code(), Some(3));
    assert!(stderr(&status).contains("No space left on device"), "{}", stderr(&status));
    assert!(place.verify()["articles"].as_u64().unwrap() >= 1, "reading goes on");

    fs::remove_file(&filler).unwrap();
    daemon.wait_for(&["store can be written again"]);
    place.follow().take(40);
    assert!(place.run(["status"]).status.success());
    assert!(daemon.stop().success());
    assert_eq!(place.verify()["articles"], 40);
}
