use super::*;

const STABLE: u64 = 500;
const QUIET: u64 = 60_000;

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn ready() -> Ready {
    Ready::new(Patience { stable: ms(STABLE), quiet_max: ms(QUIET), retry: (ms(100), ms(1000)) })
}

/// A look at a file of `bytes`, written `age` milliseconds ago, that was last written at `modified_ns`.
fn seen(bytes: u64, modified_ns: i128, age: u64) -> Seen {
    Seen { stat: Stat { device: 1, inode: 1, bytes, modified_ns, links: 1 }, age: Some(ms(age)) }
}

/// Tells the signs with their times in milliseconds, then asks when the file is due, and on what evidence.
fn check(signs: &[(u64, Sign)], expected: Option<(u64, Evidence)>) {
    let mut ready = ready();
    for (at, sign) in signs {
        ready.sign(Path::new("a"), *sign, ms(*at));
    }
    let due = ready.next_due();
    let found = due.map(|due| {
        assert!(ready.take(due.saturating_sub(Duration::from_nanos(1))).is_none(), "{signs:?}");
        (due.as_millis() as u64, ready.take(due).unwrap().evidence)
    });
    assert_eq!(found, expected, "{signs:?}");
}

#[test]
fn a_closed_file_is_due_at_once() {
    use Sign::{Arrived, Closed, Created, Modified};
    let at = |at| Some((at, Evidence::Closed));
    check(&[(0, Created), (1, Modified), (2, Closed)], at(17));
    check(&[(5, Arrived)], at(20));
    // Closed over and over, it is still due.
    check(&[(0, Closed), (10, Closed), (14, Closed)], at(15));
    check(&[(0, Closed), (10, Modified), (14, Closed)], at(29));
}

#[test]
fn a_file_being_written_waits_for_its_close() {
    use Sign::{Created, Modified, Touched};
    let at = |at| Some((at, Evidence::Closed));
    check(&[(0, Created), (1, Modified)], at(1 + QUIET));
    check(&[(0, Modified), (50_000, Modified)], at(50_000 + QUIET));
    check(&[(0, Modified), (10, Touched)], at(QUIET));
    // A scan that finds it still for long knows less than the events do.
    check(&[(0, Modified), (9000, Sign::Seen(seen(5, 1, 9000)))], at(QUIET));
}

#[test]
fn a_file_that_a_scan_finds_is_due_when_it_stood_still() {
    let check_seen = |looks: &[(u64, Seen)], due, last: Seen| {
        let signs: Vec<_> = looks.iter().map(|(at, seen)| (*at, Sign::Seen(*seen))).collect();
        check(&signs, Some((due, Evidence::Stable(last.stat))));
    };
    let old = seen(5, 1, 10_000);
    check_seen(&[(7, old)], 7, old);
    let young = seen(5, 1, 100);
    check_seen(&[(7, young)], 7 + STABLE - 100, young);
    check_seen(&[(7, young), (107, seen(5, 1, 200))], 7 + STABLE - 100, young);
    let grown = seen(6, 2, 10);
    check_seen(&[(7, young), (107, grown)], 107 + STABLE - 10, grown);
    let future = Seen { age: None, ..young };
    check_seen(&[(7, future)], 7 + STABLE, future);
    let empty = seen(0, 1, 10_000);
    check_seen(&[(7, empty)], 7 + QUIET - 10_000, empty);
}

#[test]
fn a_file_that_is_gone_is_forgotten() {
    check(&[(0, Sign::Closed), (3, Sign::Gone)], None);
    check(&[(0, Sign::Gone)], None);
}

/// Weighs evidence against a look.
fn check_weigh(evidence: Evidence, seen: Seen, expected: Verdict) {
    assert_eq!(evidence.weigh(&seen, &ready().patience), expected, "{evidence:?} {seen:?}");
}

#[test]
fn evidence_is_weighed_against_the_file() {
    let young = seen(5, 1, 100);
    let linked = Seen { stat: Stat { links: 2, ..young.stat }, ..young };
    check_weigh(Evidence::Closed, young, Verdict::Complete);
    check_weigh(Evidence::Closed, seen(0, 1, 100), Verdict::Soon(ms(STABLE - 100)));
    check_weigh(Evidence::Closed, seen(0, 1, STABLE), Verdict::Complete);
    check_weigh(Evidence::Appeared, young, Verdict::Unsettled);
    check_weigh(Evidence::Appeared, linked, Verdict::Complete);
    check_weigh(Evidence::Appeared, seen(5, 1, STABLE), Verdict::Complete);
    check_weigh(Evidence::Appeared, seen(0, 1, STABLE), Verdict::Unsettled);
    check_weigh(Evidence::Noticed, linked, Verdict::Unsettled);
    check_weigh(Evidence::Stable(young.stat), young, Verdict::Complete);
    check_weigh(Evidence::Stable(young.stat), seen(6, 1, 100), Verdict::Unsettled);
    check_weigh(Evidence::Stable(young.stat), seen(5, 2, 100), Verdict::Unsettled);
    check_weigh(Evidence::Stable(young.stat), seen(5, 2, 10_000), Verdict::Unsettled);
}

#[test]
fn no_file_is_read_while_its_time_could_hide_a_later_write() {
    check_weigh(Evidence::Closed, seen(5, 1, 4), Verdict::Soon(ms(6)));
    check_weigh(Evidence::Closed, seen(5, 3_000_000_000, 500), Verdict::Soon(ms(1500)));
    check_weigh(Evidence::Closed, seen(5, 3_000_000_000, 2000), Verdict::Complete);
    let future = Seen { age: None, ..seen(5, 3_000_000_000, 0) };
    check_weigh(Evidence::Closed, future, Verdict::Complete);
}

#[test]
fn what_is_heard_of_a_file_on_its_way_is_kept_for_then() {
    let mut ready = ready();
    let path = Path::new("a");
    ready.sign(path, Sign::Closed, ms(0));
    let task = ready.take(ms(15)).unwrap();
    assert!(!task.overtaken.load(Ordering::Acquire));
    ready.sign(path, Sign::Modified, ms(20));
    assert!(task.overtaken.load(Ordering::Acquire));
    ready.sign(path, Sign::Closed, ms(30));
    assert!(ready.take(ms(1000)).is_none());
    assert_eq!(ready.next_due(), None);
    ready.release(path);
    assert_eq!(ready.take(ms(1000)).unwrap().evidence, Evidence::Closed);
    ready.release(path);
    assert_eq!((ready.taken(), ready.waiting()), (0, 0));
}

#[test]
fn a_lost_file_is_due_again_after_a_growing_pause() {
    let mut ready = ready();
    let path = Path::new("a");
    ready.sign(path, Sign::Closed, ms(0));
    let mut now = ms(15);
    let mut pauses = Vec::new();
    for _ in 0..6 {
        assert!(ready.take(now).is_some());
        ready.release_lost(path, now);
        let due = ready.next_due().unwrap();
        pauses.push(due.saturating_sub(now).as_millis());
        now = due;
    }
    assert_eq!(pauses, [100, 200, 400, 800, 1000, 1000]);
    // Not even a look in between forgets how often it was lost.
    assert!(ready.take(now).is_some());
    ready.release_for(path, Evidence::Closed, ms(5), now);
    now += ms(5);
    assert!(ready.take(now).is_some());
    assert_eq!(ready.lost_before(path), 6);
}

#[test]
fn files_are_taken_in_the_order_found() {
    let mut ready = ready();
    let names: Vec<_> = (0..100).map(|i| format!("{}", (i * 37) % 100)).collect();
    for name in &names {
        ready.sign(Path::new(name), Sign::Seen(seen(1, 1, 10_000)), ms(3));
    }
    let taken: Vec<_> =
        std::iter::from_fn(|| ready.take(ms(3))).map(|task| task.path.to_str().unwrap().to_owned()).collect();
    assert_eq!(taken, names);
}
