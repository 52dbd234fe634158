//! The raw archive: what is kept of what is fetched, and what a replay makes of it.

use std::fs::{self, File};
use std::io::Read;

use super::*;

impl Scene {
    /// Watches `text`, and keeps what is fetched.
    fn keep(&self, text: &str) -> Bench {
        let mut config = config();
        config.raw_archive.folder = Some(self.folder.path().join("raw"));
        self.watch_with(config, text)
    }

    /// All that was kept, as text.
    fn kept(&self) -> String {
        let mut kept = String::new();
        for entry in fs::read_dir(self.folder.path().join("raw")).unwrap() {
            let file = File::open(entry.unwrap().path()).unwrap();
            flate2::read::MultiGzDecoder::new(file).read_to_string(&mut kept).unwrap();
        }
        kept
    }
}

/// What a replay of the raw archive in `folder` offers.
async fn replayed(folder: &std::path::Path) -> Vec<RawDocument> {
    let (documents_out, documents) = channel(8);
    let (rejects, _rejects_in) = channel(8);
    let line = Line {
        documents: documents_out,
        rejects,
        budget: ByteBudget::new(8 << 20),
        positions: Positions::new(|_, _| None),
        writable: Writable::new(|| None),
    };
    let (progress, _) = watch::channel(crate::Progress::default());
    let paths = vec![folder.join("raw")];
    let running =
        tokio::spawn(crate::replay(config(), paths, None, line, CancellationToken::new(), progress));
    let mut replayed = Vec::new();
    while let Ok(envelope) = within(documents.recv()).await {
        let (raw, ticket) = envelope.split();
        replayed.push(raw);
        ticket.settle(Outcome::Stored);
    }
    within(running).await.unwrap().unwrap();
    replayed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replay_tells_of_an_article_what_was_told_of_it_first() {
    let scene = Scene::new();
    scene.site.page("/short", Reply::redirect(302, "/moved?utm_source=x&id=3&token=HUSH#top"));
    scene.site.page("/moved?utm_source=x&id=3&token=HUSH", Reply::html("<p>moved"));
    let link = "<link rel=canonical href='/named?utm_medium=y&id=4'>";
    scene.site.page("/named?id=4&utm_source=x&mode=amp", Reply::html(format!("{link}<p>named")));
    let items = [("/short", "A"), ("/named?id=4&amp;utm_source=x&amp;mode=amp", "B")];
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &items)));
    let bench = scene.keep(&feed(&scene.site, "feed"));
    let mut first = [bench.commit(Outcome::Stored).await, bench.commit(Outcome::Stored).await];
    bench.stop().await;
    let mut again = replayed(scene.folder.path()).await;
    first.sort_by(|one, other| one.body.cmp(&other.body));
    again.sort_by(|one, other| one.body.cmp(&other.body));
    let port = scene.site.port();
    assert_eq!(first[1].origin.uri, scene.site.url("/moved?id=3&token=%E2%80%A6"));
    assert_eq!(first[0].identity.as_deref(), Some(&*format!("//127.0.0.1:{port}/named?id=4")));
    assert_eq!((first.len(), again.len()), (2, 2));
    for (first, again) in first.iter().zip(&again) {
        assert_eq!(first.identity, again.identity);
        assert_eq!(first.origin.web_url(), again.origin.web_url());
        let target = again.origin.uri.split_once(".warc.gz#").unwrap().1;
        assert_eq!(first.origin.uri, target);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_in_a_link_is_in_no_record_no_position_and_not_kept() {
    let scene = Scene::new();
    let paths = ["/1?access_token=HUSH", "/1?access_token=HUSH2"];
    scene.site.page(paths[0], Reply::html("<p>un"));
    scene.site.page(paths[1], Reply::html("<p>deux"));
    let items = paths.map(|path| (path, "A"));
    // The identifiers are the addresses.
    let text = rss(&scene.site, &items).replace("\">/1", &format!("\">{}", scene.site.url("/1")));
    scene.site.page("/feed", Reply::xml(text));
    let bench = scene.keep(&feed(&scene.site, "feed"));
    let one = bench.commit(Outcome::Stored).await;
    let other = bench.commit(Outcome::Stored).await;
    assert_ne!(one.identity, other.identity, "only the secret tells them apart");
    for raw in [one, other] {
        assert!(!format!("{:?} {:?}", raw.identity, raw.origin.uri).contains("HUSH"), "{raw:?}");
    }
    bench.stop().await;
    let committed = format!("{:?}", scene.committed.lock().unwrap());
    assert!(committed.contains("guid:http") && !committed.contains("HUSH"), "{committed}");
    let kept = scene.kept();
    let targets: Vec<_> = kept.lines().filter(|line| line.starts_with("WARC-Target-URI")).collect();
    assert_eq!(targets.len(), 2);
    assert!(!targets.concat().contains("HUSH"), "{targets:?}");
}
