//! What a folder does over time: it starts, waits, falls back, retries, and stops.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::Instant;

use document::Outcome;

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_writer_is_waited_for() {
    let mut bench = Bench::watched(Watch::Events).await;
    let mut file = File::create(bench.path("a")).unwrap();
    for part in ["un", " deux", " trois"] {
        // Longer than a file has to stand still when nobody is heard writing it.
        let paused = Instant::now();
        while paused.elapsed() < 2 * config().stable {
            bench.barrier().await;
        }
        file.write_all(part.as_bytes()).unwrap();
    }
    drop(file);
    bench.expect(&[("a", "un deux trois")]).await;
    bench.barrier().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_never_closed_is_read_once_its_writer_is_silent() {
    let quiet = Duration::from_millis(300);
    let mut bench = Bench::new().watch(Config { complete_wait_max: quiet, ..config() });
    bench.barrier().await;
    let began = Instant::now();
    let mut file = File::create(bench.path("a")).unwrap();
    file.write_all(b"un").unwrap();
    bench.expect(&[("a", "un")]).await;
    assert!(began.elapsed() >= quiet);
    file.write_all(b" deux").unwrap();
    drop(file);
    bench.expect(&[("a", "un deux")]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_events_are_made_up_for_by_a_scan() {
    let heard = Arc::<Heard>::default();
    // By polling once an hour nothing is heard but what the test says.
    let config = Config { watch: Watch::Poll, poll_interval: Duration::from_hours(1), ..config() };
    let bench = Bench::new();
    fs::write(bench.path("a"), "un").unwrap();
    let mut bench = bench.watch_told(config, &heard);
    bench.expect(&[("a", "un")]).await;
    fs::create_dir(bench.path("d")).unwrap();
    fs::write(bench.path("d/b"), "deux").unwrap();
    // As it comes from notify: without a path.
    let event = notify::Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan);
    heard.hear(&bench.path(""), Ok(event));
    bench.expect(&[("d/b", "deux")]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_event_tells_is_found_by_the_next_scan() {
    let mut bench = Bench::new().watch(Config { rescan_interval: Duration::from_millis(50), ..config() });
    fs::write(bench.beside("a"), "un").unwrap();
    fs::hard_link(bench.beside("a"), bench.path("a")).unwrap();
    bench.expect(&[("a", "un")]).await;
    // Written under its other name.
    fs::write(bench.beside("a"), "deux").unwrap();
    bench.expect(&[("a", "deux")]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_vanishes_is_forgotten() {
    for watch in [Watch::Events, Watch::Poll] {
        let mut bench = Bench::watched(watch).await;
        for i in 0..100 {
            let path = bench.path(format!("{i}"));
            fs::write(&path, "un").unwrap();
            fs::remove_file(&path).unwrap();
        }
        bench.barrier().await;
        assert_eq!(bench.stop().await.unread, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_is_bounded_by_the_budget_and_the_queue() {
    const FILES: usize = 300;
    let mut bench = Bench::new();
    let budget = ByteBudget::new(64 << 10);
    bench.line.as_mut().unwrap().budget = budget.clone();
    for i in 0..FILES {
        fs::write(bench.path(format!("{i}")), vec![b'x'; 8 << 10]).unwrap();
    }
    let mut bench = bench.watch(config());
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(bench.receive().await);
    }
    assert_eq!(budget.in_flight(), 64 << 10);
    let mut left = FILES;
    while left > 0 {
        let (_, ticket) = held.pop().unwrap();
        bench.commit(ticket, Outcome::Stored);
        left -= 1;
        if left >= 8 {
            held.push(bench.receive().await);
        }
        assert!(budget.in_flight() <= 64 << 10);
    }
    bench.barrier().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_closes_the_line_and_waits_for_the_receipts() {
    let mut bench = Bench::watched(Watch::Events).await;
    for i in 0..100 {
        fs::write(bench.path(format!("{i}")), "un").unwrap();
    }
    let (_, first) = bench.receive().await;
    bench.stop.cancel();
    // The line is closed while its receipts are still out.
    let mut tickets = vec![first];
    while let Ok(envelope) = within(bench.documents.recv()).await {
        tickets.push(envelope.split().1);
    }
    assert!(within(bench.rejects.recv()).await.is_err());
    assert!(!bench.running.as_ref().unwrap().is_finished());
    let in_flight = tickets.len() as u64;
    for (i, ticket) in tickets.into_iter().enumerate() {
        bench.commit(ticket, if i == 0 { Outcome::Lost } else { Outcome::Quarantined });
    }
    let summary = bench.stop().await;
    // The barrier is the one that was stored.
    assert_eq!(summary, Summary { stored: 1, quarantined: in_flight - 1, lost: 1, ..Summary::default() });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_closes_ends_the_watch() {
    let mut bench = Bench::watched(Watch::Events).await;
    bench.documents = channel(1).1;
    fs::write(bench.path("a"), "un").unwrap();
    let summary = within(bench.running.take().unwrap()).await.unwrap().unwrap();
    assert_eq!(summary.stored, 1);
}

#[tokio::test]
async fn what_cannot_be_watched_is_an_error_at_the_start() {
    async fn check(change: impl FnOnce(&Bench, &mut Vec<Source>), expected: &str) {
        let mut bench = Bench::new();
        let mut sources = vec![bench.source()];
        change(&bench, &mut sources);
        let line = bench.line.take().unwrap();
        let ended = within(run(config(), sources, line, CancellationToken::new())).await;
        let message = ended.unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
    let at = |bench: &Bench, path| Kind::Folder(Folder { path, ..bench.settings() });
    check(|bench, sources| sources[0].kind = at(bench, bench.beside("nowhere")), "does not exist").await;
    check(|bench, sources| sources[0].kind = at(bench, "/proc/self/stat".into()), "is not a folder").await;
    check(|_, sources| sources.push(sources[0].clone()), "two sources are named \"inbox\"").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_is_made_where_the_source_says_so() {
    let mut bench = Bench::new();
    let path = bench.path("new/inbox");
    let folder = Folder { path: path.clone(), create: true, ..bench.settings() };
    let source = Source { kind: Kind::Folder(folder), ..bench.source() };
    let line = bench.line.take().unwrap();
    bench.running = Some(tokio::spawn(run(config(), vec![source], line, bench.stop.clone())));
    while !path.is_dir() {
        tokio::task::yield_now().await;
    }
    fs::write(path.join("a"), "un").unwrap();
    bench.expect(&[("new/inbox/a", "un")]).await;
    bench.stop().await;
}

/// What is logged, in a test that has its process to itself.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn start() -> Self {
        let log = Self::default();
        let writer = log.clone();
        tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).init();
        log
    }

    /// There is one warning, and it says so.
    fn warned_once(&self, expected: &str) {
        let log = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let warnings: Vec<_> = log.lines().filter(|line| line.contains(" WARN watcher::")).collect();
        assert!(matches!(warnings[..], [warning] if warning.contains(expected)), "{log}");
        println!("{}", warnings[0]);
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs an ignored test of this file in a user namespace of its own, where `setting` is done before; says so and
/// gives up where that is not allowed.
fn in_namespace(options: &str, setting: &str, test: &str) {
    let probe = Command::new("unshare").args([options, "sh", "-c", setting]).status();
    if !probe.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no user namespace can be made here");
        return;
    }
    let script = format!("{setting} && exec \"$0\" --exact --ignored --nocapture \"$1\"");
    let test = format!("folder::tests::service::{test}");
    let program = std::env::current_exe().unwrap();
    let ran =
        Command::new("unshare").args([options, "sh", "-c", &script]).arg(program).arg(test).output().unwrap();
    let output = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && output.contains("1 passed"), "{output}");
}

#[test]
fn a_file_that_may_not_be_read_is_read_once_it_may() {
    if rustix::process::geteuid().is_root() {
        // Root may read everything, but for a root that is nobody.
        in_namespace("-U", "true", "denied");
    } else {
        denied();
    }
}

#[test]
#[ignore = "run by a_file_that_may_not_be_read_is_read_once_it_may"]
fn denied() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut bench = Bench::watched(Watch::Events).await;
        fs::write(bench.beside("a"), "un").unwrap();
        fs::set_permissions(bench.beside("a"), fs::Permissions::from_mode(0o000)).unwrap();
        assert!(fs::read(bench.beside("a")).is_err());
        fs::rename(bench.beside("a"), bench.path("a")).unwrap();
        fs::create_dir(bench.beside("d")).unwrap();
        fs::write(bench.beside("d/b"), "deux").unwrap();
        fs::set_permissions(bench.beside("d"), fs::Permissions::from_mode(0o300)).unwrap();
        fs::rename(bench.beside("d"), bench.path("d")).unwrap();
        bench.barrier().await;
        fs::set_permissions(bench.path("a"), fs::Permissions::from_mode(0o600)).unwrap();
        bench.expect(&[("a", "un")]).await;
        fs::set_permissions(bench.path("d"), fs::Permissions::from_mode(0o700)).unwrap();
        bench.expect(&[("d/b", "deux")]).await;
        fs::write(bench.path("d/c"), "trois").unwrap();
        bench.expect(&[("d/c", "trois")]).await;
        bench.barrier().await;
        assert_eq!(bench.stop().await.unread, 2);
    });
}

#[test]
fn a_folder_with_more_folders_than_may_be_watched_is_polled_where_it_is_not() {
    in_namespace("-Ur", "echo 4 > /proc/sys/user/max_inotify_watches", "few_watches");
}

#[test]
#[ignore = "run by a_folder_with_more_folders_than_may_be_watched_is_polled_where_it_is_not"]
fn few_watches() {
    let log = Log::start();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut bench = Bench::new();
        for i in 0..8 {
            fs::create_dir_all(bench.path(format!("{i}/x"))).unwrap();
        }
        bench = bench.watch(config());
        bench.barrier().await;
        for i in 0..8 {
            for folder in [format!("{i}"), format!("{i}/x"), format!("{i}/y")] {
                fs::create_dir_all(bench.path(&folder)).unwrap();
                fs::write(bench.path(&folder).join("a"), "un").unwrap();
                bench.expect(&[(&format!("{folder}/a"), "un")]).await;
            }
        }
        bench.stop().await;
    });
    log.warned_once("sysctl -w fs.inotify.max_user_watches=");
}

#[test]
fn a_folder_that_may_not_be_watched_at_all_is_polled() {
    in_namespace("-Ur", "echo 0 > /proc/sys/user/max_inotify_instances", "no_instance");
}

#[test]
#[ignore = "run by a_folder_that_may_not_be_watched_at_all_is_polled"]
fn no_instance() {
    let log = Log::start();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut bench = Bench::new().watch(config());
        bench.barrier().await;
        fs::write(bench.path("a"), "un").unwrap();
        bench.expect(&[("a", "un")]).await;
        bench.stop().await;
    });
    log.warned_once("sysctl -w fs.inotify.max_user_instances=");
}
