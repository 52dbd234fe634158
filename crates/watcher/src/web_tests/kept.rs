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
