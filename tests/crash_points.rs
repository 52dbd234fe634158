//! A daemon that dies between any two steps of a commit, a seal or a start leaves a store in which every document is
//! once.

use crate::harness::{Place, article_with_fact};

const DOCUMENTS: usize = 24;

#[test]
fn every_step_can_be_the_last() {
    for point in sink::CRASH_POINTS {
        // Small enough that each group of documents seals a segment and starts a ledger.
        let config = "[watcher]\ncomplete-wait-max-s = 0.1\n[sink]\nsegment-bytes-max = 1000\nledger-bytes-max = 1000\nbatch-documents-max = 4\nstory-articles-max = 8";
        let place = Place::with_config(config);
        for number in 0..DOCUMENTS {
            place.drop_in(&format!("{number}.txt"), article_with_fact(number));
        }
        place.drop_in("empty.txt", "");
        place.drop_in("again.txt", article_with_fact(0));
        // A start passes its own points once, the others come again and again.
        let passages = if point.starts_with("open:") || *point == "commit:body-written" { 1 } else { 2 };
        for passage in 1..=passages {
            let mut daemon = place.start_to_crash_at(&format!("{point}:{passage}"));
            let ended = daemon.wait();
            assert!(!ended.success(), "{point}, passage {passage}, was not reached:\n{}", daemon.log());
        }
        let daemon = place.start().ready();
        place.follow().take(DOCUMENTS);
        place.wait_for_sightings(1);
        assert!(daemon.stop().success(), "{point}");
        let verdict = place.verify();
        assert_eq!(
            (&verdict["articles"], &verdict["quarantined"], &verdict["sightings"]),
            (&DOCUMENTS.into(), &1.into(), &1.into()),
            "{point}"
        );
        assert_eq!(verdict["facts"], DOCUMENTS, "{point}");
    }
}
