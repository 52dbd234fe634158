use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn base() -> Url {
    Url::parse("https://base.example/feed").unwrap()
}

/// What was read, a line for each item.
fn told(body: &[u8]) -> String {
    let feed = match read(body, None, &base(), now()) {
        Ok(feed) => feed,
        Err(error) => return format!("{error}\n"),
    };
    let mut told = format!("{:?}, asked {:?}, {} unread\n", feed.title, feed.asked, feed.unread);
    for item in feed.items {
        let _ = writeln!(
            told,
            "guid {:?}\n  link {:?}\n  title {:?}\n  published {:?} updated {:?} language {:?}\n  content {:?}",
            item.guid,
            item.link.map(String::from),
            item.title,
            item.published.map(|date| date.to_string()),
            item.updated.map(|date| date.to_string()),
            item.language,
            item.content
        );
    }
    told
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/feeds");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending != "told"));
    files.sort();
    files
}

/// Each feed of `testdata/feeds` beside what is read from it; `DEPECHE_ACCEPT=1` writes that anew.
#[test]
fn feeds_are_read_as_told() {
    let mut wrong = Vec::new();
    for path in files() {
        let found = told(&std::fs::read(&path).unwrap());
        let expected = path.with_extension(format!("{}.told", path.extension().unwrap().to_string_lossy()));
        if std::env::var_os("DEPECHE_ACCEPT").is_some() {
            std::fs::write(&expected, &found).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_prefix_of_a_feed_is_read_or_refused() {
    for path in files() {
        let body = std::fs::read(&path).unwrap();
        for end in (0..body.len()).step_by(7) {
            let _ = read(&body[..end], Some("utf-8"), &base(), now());
        }
    }
}

#[test]
fn deep_and_long_ones_end() {
    let deep = format!("<rss version='2.0'><channel><item>{}</item></channel></rss>", "<a>".repeat(50_000));
    let _ = read(deep.as_bytes(), None, &base(), now());
    let items = "<item><title>x</title><link>https://a.example</link></item>".repeat(20_000);
    let long = format!("<rss version='2.0'><channel><title>x</title>{items}</channel>");
    assert_eq!(read(long.as_bytes(), None, &base(), now()).unwrap().items.len(), ITEMS_MAX);
    // Items that never end must not be read again and again.
    let open = format!("<rss version='2.0'><channel>{}", "<item><title>x".repeat(50_000));
    let _ = read(open.as_bytes(), None, &base(), now());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, None, &base(), now());
    }

    #[test]
    fn anything_like_a_feed_is_read_or_refused(words in proptest::collection::vec(
        prop::sample::select(vec!["<rss", " version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "é", "&",
            "&amp;", "<![CDATA[", "]]>", "<link>", "https://a.example/", "</link>", "<guid>", "</guid>", "<?xml", "?>", "<!--", ">"]),
        0..40)) {
        let _ = read(words.concat().as_bytes(), None, &base(), now());
    }
}
