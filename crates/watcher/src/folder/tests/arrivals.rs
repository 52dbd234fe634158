//! Every way in which a file arrives ends in one document with its last content.

use std::fs::{self, File, FileTimes};
use std::io::Write;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::time::SystemTime;

use document::{Outcome, Reason};

use super::*;

fn yesterday() -> SystemTime {
    (jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24)).into()
}

/// Sets both times, as `cp -p`, `tar` and `touch` do. To set the later one alone is told as a write, which is waited
/// for to be closed.
fn set_times(file: &File, time: SystemTime) {
    file.set_times(FileTimes::new().set_accessed(time).set_modified(time)).unwrap();
}

/// Runs a test by events and by polling.
macro_rules! both_ways {
    ($($(#[$meta:meta])* async fn $name:ident($bench:ident: &mut Bench) $body:block)*) => {$(
        mod $name {
            use super::*;

            $(#[$meta])*
            async fn arrive($bench: &mut Bench) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn by_events() {
                let mut bench = Bench::watched(Watch::Events).await;
                arrive(&mut bench).await;
                bench.barrier().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn by_polling() {
                let mut bench = Bench::watched(Watch::Poll).await;
                arrive(&mut bench).await;
                bench.barrier().await;
            }
        }
    )*};
}

both_ways! {
    async fn a_file_that_is_written(bench: &mut Bench) {
        fs::write(bench.path("a b.txt"), "un").unwrap();
        bench.expect(&[("a%20b.txt", "un")]).await;
    }

    async fn a_file_that_is_copied(bench: &mut Bench) {
        fs::write(bench.beside("a"), "un").unwrap();
        fs::copy(bench.beside("a"), bench.path("a")).unwrap();
        bench.expect(&[("a", "un")]).await;
    }

    async fn a_file_that_is_moved_in(bench: &mut Bench) {
        fs::write(bench.beside("a"), "un").unwrap();
        fs::rename(bench.beside("a"), bench.path("a")).unwrap();
        bench.expect(&[("a", "un")]).await;
    }

    async fn a_file_that_is_linked_to(bench: &mut Bench) {
        fs::write(bench.beside("a"), "un").unwrap();
        fs::hard_link(bench.beside("a"), bench.path("a")).unwrap();
        bench.expect(&[("a", "un")]).await;
    }

    async fn a_file_that_an_editor_saves_by_rename(bench: &mut Bench) {
        for text in ["un", "deux", "trois"] {
            fs::write(bench.path(".a.swp"), text).unwrap();
            fs::rename(bench.path(".a.swp"), bench.path("a")).unwrap();
            bench.expect(&[("a", text)]).await;
        }
    }

    async fn a_tree_that_is_moved_in(bench: &mut Bench) {
        fs::create_dir_all(bench.beside("t/u/v")).unwrap();
        fs::create_dir_all(bench.beside("t/.git")).unwrap();
        for name in ["t/a", "t/u/b", "t/u/v/c", "t/.git/d", "t/e.tmp", "t/u/.f"] {
            fs::write(bench.beside(name), name).unwrap();
        }
        fs::rename(bench.beside("t"), bench.path("t")).unwrap();
        bench.expect(&[("t/a", "t/a"), ("t/u/b", "t/u/b"), ("t/u/v/c", "t/u/v/c")]).await;
        // The folders in it are watched by now.
        fs::write(bench.path("t/u/v/g"), "g").unwrap();
        bench.expect(&[("t/u/v/g", "g")]).await;
        // Renamed, all of it has other names.
        fs::rename(bench.path("t/u"), bench.path("u")).unwrap();
        bench.expect(&[("u/b", "t/u/b"), ("u/v/c", "t/u/v/c"), ("u/v/g", "g")]).await;
        fs::write(bench.path("u/v/h"), "h").unwrap();
        bench.expect(&[("u/v/h", "h")]).await;
    }

    async fn a_file_in_a_folder_just_made(bench: &mut Bench) {
        for i in 0..50 {
            let folder = bench.path(format!("{i}/x"));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("a"), format!("{i}")).unwrap();
        }
        let expected: Vec<_> = (0..50).map(|i| (format!("{i}/x/a"), format!("{i}"))).collect();
        let expected: Vec<_> = expected.iter().map(|(uri, text)| (&**uri, &**text)).collect();
        bench.expect(&expected).await;
    }

    async fn a_file_that_is_written_again(bench: &mut Bench) {
        fs::write(bench.path("a"), "un").unwrap();
        bench.expect(&[("a", "un")]).await;
        fs::write(bench.path("a"), "deux").unwrap();
        bench.expect(&[("a", "deux")]).await;
        // As long as before, and only the time tells.
        fs::write(bench.path("a"), "cinq").unwrap();
        bench.expect(&[("a", "cinq")]).await;
    }

    async fn a_file_that_is_written_while_it_is_in_flight(bench: &mut Bench) {
        fs::write(bench.path("a"), "un").unwrap();
        let (raw, ticket) = bench.receive().await;
        assert_eq!(raw.body, "un");
        fs::write(bench.path("a"), "deux").unwrap();
        bench.barrier().await;
        bench.commit(ticket, Outcome::Stored);
        bench.expect(&[("a", "deux")]).await;
    }

    async fn a_document_that_is_lost_is_offered_until_it_is_stored(bench: &mut Bench) {
        fs::write(bench.path("a"), "un").unwrap();
        for _ in 0..4 {
            let (raw, ticket) = bench.receive().await;
            assert_eq!(raw.body, "un");
            bench.commit(ticket, Outcome::Lost);
        }
        let (_, ticket) = bench.receive().await;
        drop(ticket);
        bench.expect(&[("a", "un")]).await;
    }

    async fn a_file_with_another_time_is_read_again_and_with_another_mode_is_not(bench: &mut Bench) {
        fs::write(bench.path("a"), "un").unwrap();
        bench.expect(&[("a", "un")]).await;
        fs::set_permissions(bench.path("a"), fs::Permissions::from_mode(0o600)).unwrap();
        bench.barrier().await;
        set_times(&File::open(bench.path("a")).unwrap(), yesterday());
        bench.expect(&[("a", "un")]).await;
    }

    async fn an_empty_file_that_is_closed_is_a_document(bench: &mut Bench) {
        // Polling hears no close: there the file has to be old enough.
        let file = File::create(bench.path("a")).unwrap();
        set_times(&file, yesterday());
        drop(file);
        bench.expect(&[("a", "")]).await;
    }

    async fn a_name_that_is_not_utf8(bench: &mut Bench) {
        let name = std::ffi::OsString::from_vec(b"caf\xe9".to_vec());
        fs::write(bench.path(&name), "un").unwrap();
        bench.expect(&[("caf%E9", "un")]).await;
        assert!(bench.positions.lock().unwrap().contains_key("caf%E9"));
    }

    async fn a_file_that_is_too_large_is_rejected_with_its_head(bench: &mut Bench) {
        let mut file = File::create(bench.path("a")).unwrap();
        file.write_all(b"head").unwrap();
        file.set_len(100 << 20).unwrap();
        drop(file);
        let (rejected, ticket) = within(bench.rejects.recv()).await.unwrap().split();
        assert_eq!((rejected.reason, rejected.bytes), (Reason::TooLarge, 100 << 20));
        assert_eq!(rejected.raw.body.len(), 1 << 20);
        assert!(rejected.raw.body.starts_with(b"head"));
        // Whoever reads it in quarantine is told which setting to raise.
        assert!(rejected.message.ends_with("the limit is 1048576 (document-bytes-max)"), "{}", rejected.message);
        bench.commit(ticket, Outcome::Quarantined);
    }

    async fn unfinished_and_hidden_files_are_ignored(bench: &mut Bench) {
        for name in [".a", "a.tmp", "a.part", "a.swp", "a~", "a.crdownload"] {
            fs::write(bench.path(name), "un").unwrap();
        }
        fs::create_dir(bench.path(".b")).unwrap();
        fs::write(bench.path(".b/c"), "un").unwrap();
    }

    async fn what_is_no_file_is_not_opened(bench: &mut Bench) {
        let fifo = bench.path("fifo");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &fifo,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(bench.path("socket")).unwrap();
        assert!(fifo.metadata().unwrap().file_type().is_fifo());
        fs::create_dir(bench.beside("outside")).unwrap();
        fs::write(bench.beside("outside/secret"), "secret").unwrap();
        symlink(bench.beside("outside/secret"), bench.path("link")).unwrap();
        symlink(bench.beside("outside"), bench.path("linked")).unwrap();
        symlink("loop", bench.path("loop")).unwrap();
        symlink("..", bench.path("up")).unwrap();
        symlink(".", bench.path("here")).unwrap();
        symlink("nowhere", bench.path("broken")).unwrap();
        fs::write(bench.path("a"), "un").unwrap();
        symlink("a", bench.path("b")).unwrap();
        bench.expect(&[("a", "un")]).await;
        bench.barrier().await;
        let summary = bench.stop().await;
        assert_eq!(summary.unread, 7, "{summary:?}");
        // For the barrier that follows.
        *bench = Bench::watched(Watch::Events).await;
    }

    async fn a_folder_that_goes_and_comes_back(bench: &mut Bench) {
        fs::rename(bench.path(""), bench.beside("gone")).unwrap();
        fs::create_dir(bench.path("")).unwrap();
        fs::write(bench.path("a"), "un").unwrap();
        bench.expect(&[("a", "un")]).await;
        fs::remove_dir_all(bench.path("")).unwrap();
        fs::create_dir(bench.path("")).unwrap();
        fs::write(bench.path("b"), "deux").unwrap();
        bench.expect(&[("b", "deux")]).await;
    }

    async fn a_burst(bench: &mut Bench) {
        const FILES: usize = 5000;
        let folder = bench.path("");
        let writing = tokio::task::spawn_blocking(move || {
            for i in 0..FILES {
                fs::write(folder.join(format!("{i}")), format!("{i}")).unwrap();
            }
        });
        let mut stored = std::collections::HashSet::new();
        for _ in 0..FILES {
            let (uri, text) = bench.store().await;
            assert_eq!(uri, text);
            assert!(stored.insert(uri));
        }
        writing.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_known_is_not_read_again_after_a_restart() {
    let mut bench = Bench::new().watch(config());
    for name in ["same", "changed", "restored", "replaced"] {
        fs::write(bench.path(name), "un").unwrap();
    }
    bench.expect(&[("same", "un"), ("changed", "un"), ("restored", "un"), ("replaced", "un")]).await;
    let bench = bench.again().await;

    fs::write(bench.path("changed"), "deux").unwrap();
    for (name, text) in [("restored", "un"), ("replaced", "xx")] {
        // Another file with the same size and time: only its head tells.
        let path = bench.path(name);
        let time = path.metadata().unwrap().modified().unwrap();
        fs::rename(&path, bench.beside("old")).unwrap();
        fs::write(&path, text).unwrap();
        set_times(&File::open(&path).unwrap(), time);
    }
    let mut bench = bench.watch(config());
    bench.expect(&[("changed", "deux"), ("replaced", "xx")]).await;
    bench.barrier().await;
    assert_eq!(bench.stop().await.stored, 3);
}
