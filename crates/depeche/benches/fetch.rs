//! The fetcher, measured on the real program: a thousand feeds with twenty articles each, on loopback.
//!
//! `just bench-fetch` runs it. Politeness is relaxed for the one host that serves the feeds; another host, asked by
//! sources of its own with the rules as they are built in, shows that nobody else is asked more often than that.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark fails by panicking")]
#![allow(unreachable_pub, reason = "the site is shared with the tests")]

#[path = "../../../tests/site.rs"]
mod site;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use site::{Reply, Site};

const DEPECHE: &str = env!("CARGO_BIN_EXE_depeche");
const FEEDS: usize = 1000;
const ARTICLES: usize = 20;
/// Pause between two requests to a domain that is built in.
const BUDGET: Duration = Duration::from_secs(2);

fn main() {
    let wanted: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let feeds = wanted.first().copied().unwrap_or(FEEDS);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-fetch");
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    let relaxed = Site::start();
    for feed in 0..feeds {
        serve(&relaxed, feed);
    }
    let strict = Site::at("127.0.0.2");
    serve(&strict, 0);
    serve(&strict, 1);
    fs::write(place.join("depeche.toml"), config(&relaxed, &strict, feeds)).unwrap();

    let began = Instant::now();
    let mut daemon = Command::new(DEPECHE)
        .args(["run", "--config", "depeche.toml", "--store", "data"])
        .current_dir(&place)
        .env("RUST_LOG", "warn")
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let data = place.join("data");
    let mut view = None;
    let mut peak = 0;
    loop {
        // The store is another process's, so there is nothing to wait on but the time.
        thread::park_timeout(Duration::from_millis(50));
        peak = peak.max(resident_kib(daemon.id()));
        if view.is_none() {
            view = sink::View::open(&data).ok();
        }
        let Some(view) = &mut view else { continue };
        view.refresh().unwrap();
        let stored = view.totals().stored as usize;
        if stored >= feeds * ARTICLES {
            break;
        }
        assert!(began.elapsed() < Duration::from_mins(30), "{stored} articles in half an hour");
        assert!(daemon.try_wait().unwrap().is_none(), "the daemon ended");
    }
    let took = began.elapsed().as_secs_f64();
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    println!("cores: {}", thread::available_parallelism().map_or(1, usize::from));
    println!(
        "fetch: {:.0} articles/s, {} articles of {feeds} feeds in {took:.1} s, each fetched, enriched and committed",
        (feeds * ARTICLES) as f64 / took,
        feeds * ARTICLES,
    );
    println!("memory: {:.0} MB at the peak", peak as f64 / 1000.0);
    let asked = strict.asked();
    let shortest = asked.windows(2).map(|pair| pair[1].at - pair[0].at).min().unwrap_or(BUDGET);
    println!(
        "the other host: {} requests, the shortest pause between two {:.2} s, its budget is one in {} s",
        asked.len(),
        shortest.as_secs_f64(),
        BUDGET.as_secs()
    );
    // The pause is kept where a request is sent; where it arrives, the network has its say.
    assert!(shortest + Duration::from_millis(200) >= BUDGET, "the other host was asked too often");
}

fn serve(site: &Site, feed: usize) {
    let mut items = String::new();
    for article in 0..ARTICLES {
        let path = format!("/{feed}/{article}");
        let _ =
            write!(items, "<item><title>A</title><link>{}</link><guid>{path}</guid></item>", site.url(&path));
        let number = feed * ARTICLES + article;
        site.page(&path, Reply::html(page(number, site.port())).with("ETag", &format!("\"{number}\"")));
    }
    let feed_text = format!("<rss version=\"2.0\"><channel><title>A</title>{items}</channel></rss>");
    site.page(&format!("/{feed}"), Reply::xml(feed_text).with("ETag", "\"1\""));
}

fn config(relaxed: &Site, strict: &Site, feeds: usize) -> String {
    let mut config = String::from(
        "[watcher.fetch]\ncontact = \"desk@example.org\"\nallow-addresses = [\"127.0.0.0/8\"]\nconnections-max = 64\n\
         [[watcher.fetch.domain]]\nname = \"127.0.0.1\"\ninterval-s = 0\nconnections-max = 48\n",
    );
    let sites = (0..feeds).map(|feed| (relaxed, feed)).chain([(strict, 0), (strict, 1)]);
    for (number, (site, feed)) in sites.enumerate() {
        let url = site.url(&format!("/{feed}"));
        let _ = write!(config, "[[source]]\nname = \"feed-{number}\"\nkind = \"feed\"\nurl = \"{url}\"\n");
    }
    config
}

/// A page of some 8 kB with an article of some 3 kB in it.
fn page(number: usize, salt: u16) -> String {
    let mut page = format!(
        "<html lang=\"fr\"><head><title>Le budget numéro {number} est adopté</title></head><body><nav>{}</nav>\
         <article><h1>Le budget numéro {number} est adopté</h1>",
        "<a href=\"/rubrique\">Rubrique</a>".repeat(100)
    );
    for paragraph in 0..8 {
        let _ = write!(
            page,
            "<p>La mairie a présenté mardi son budget annuel, le numéro {number} de la série {salt}, au chapitre \
             {paragraph}. Les élus ont longuement débattu des dépenses prévues pour les écoles, et Jean Martin, \
             maire de Lyon, a rappelé que la ville avait investi {paragraph} millions d'euros l'an dernier.</p>"
        );
    }
    page.push_str("</article></body></html>");
    page
}

fn resident_kib(pid: u32) -> u64 {
    let status = fs::read_to_string(PathBuf::from(format!("/proc/{pid}/status"))).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
