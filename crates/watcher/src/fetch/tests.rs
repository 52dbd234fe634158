//! The fetcher against real servers on loopback that behave badly.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::*;
use crate::config::tests::defaults;
use crate::site::{Reply, Site};

/// Settings for a site on loopback. They are as patient as ever: a busy machine must not fail a test.
fn config() -> Fetch {
    Fetch {
        contact: "https://desk.example/bot".to_owned(),
        domain_interval: Duration::ZERO,
        domain_connections_max: 8,
        allow_addresses: vec!["127.0.0.0/8".parse().unwrap()],
        ..defaults().fetch
    }
}

fn fetcher() -> Fetcher {
    Fetcher::new(config(), Memory::at("/nowhere".into())).unwrap()
}

fn request(url: &Url) -> Request<'_> {
    Request { url, etag: None, last_modified: None, accept: ACCEPT_PAGE, bytes_max: 1 << 20 }
}

async fn get(fetcher: &Fetcher, url: &str) -> Result<Answer, Failure> {
    match fetcher.fetch(request(&Url::parse(url).unwrap())).await? {
        Fetched::Whole(answer) => Ok(*answer),
        Fetched::Unchanged { .. } => panic!("nothing was known of {url}"),
    }
}

/// Fetches `/` of a site that answers by `handler`.
async fn ask(
    handler: impl Fn(&crate::site::Asked, &mut std::net::TcpStream) + Send + Sync + 'static,
) -> Result<Answer, Failure> {
    let site = Site::start();
    site.on("/", handler);
    get(&fetcher(), &site.url("/")).await
}

/// The same in a hurry, of a site whose answer never ends.
async fn ask_in_a_hurry(
    handler: impl Fn(&crate::site::Asked, &mut std::net::TcpStream) + Send + Sync + 'static,
) -> Result<Answer, Failure> {
    let site = Site::start();
    site.on("/", handler);
    let config = Fetch {
        robots: false,
        silence_max: Duration::from_secs(1),
        connect_wait_max: Duration::from_secs(1),
        answer_wait_max: Duration::from_secs(3),
        ..config()
    };
    let fetcher = Fetcher::new(config, Memory::at("/nowhere".into())).unwrap();
    get(&fetcher, &site.url("/")).await
}

/// Fetches a page that is sent as these bytes, head and all; then the connection is closed.
async fn sent(bytes: impl Into<Vec<u8>>) -> Result<Answer, Failure> {
    let bytes = bytes.into();
    ask(move |_, stream| {
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Both);
    })
    .await
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A head with a content encoding, before these bytes.
fn encoded(encoding: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {}\r\n\r\n", body.len())
            .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

#[tokio::test]
async fn a_page_comes_with_what_is_said_of_it() {
    let site = Site::start();
    let page = Reply::html("<p>Bonjour")
        .with("ETag", "\"1\"")
        .with("Last-Modified", "Sun, 22 Nov 2026 08:00:00 GMT");
    site.page("/a?b=1", page);
    let fetcher = fetcher();
    let answer = get(&fetcher, &site.url("/a?b=1#c")).await.unwrap();
    assert_eq!(
        (answer.status, &answer.body[..], answer.cut, answer.length),
        (200, &b"<p>Bonjour"[..], false, 10)
    );
    assert_eq!((answer.media_type.as_deref(), answer.charset.as_deref()), (Some("text/html"), Some("utf-8")));
    assert_eq!(answer.etag.as_deref(), Some("\"1\""));
    let asked = &site.asked()[1].headers;
    assert_eq!(
        asked["user-agent"],
        format!("depeche/{} (+https://desk.example/bot)", env!("CARGO_PKG_VERSION"))
    );
    for encoding in ["gzip", "br", "zstd", "deflate"] {
        assert!(asked["accept-encoding"].contains(encoding), "{asked:?}");
    }
    let url = Url::parse(&site.url("/a?b=1")).unwrap();
    for again in [
        Request { etag: answer.etag.as_deref(), ..request(&url) },
        Request { last_modified: answer.last_modified.as_deref(), ..request(&url) },
    ] {
        assert!(matches!(fetcher.fetch(again).await, Ok(Fetched::Unchanged { moved: None })));
    }
}

#[tokio::test]
async fn redirects_are_followed_five_times() {
    let site = Site::start();
    for hop in 0..7 {
        site.page(&format!("/{hop}"), Reply::redirect(302, &format!("/{}", hop + 1)));
    }
    site.page("/7", Reply::html("there"));
    site.page("/loop", Reply::redirect(301, "/loop"));
    site.page("/lost", Reply::new(302, ""));
    let fetcher = fetcher();
    assert_eq!(get(&fetcher, &site.url("/2")).await.unwrap().url.path(), "/7");
    assert_eq!(get(&fetcher, &site.url("/1")).await.unwrap_err(), Failure::Redirect("is one of too many"));
    assert!(matches!(get(&fetcher, &site.url("/loop")).await, Err(Failure::Redirect(_))));
    assert_eq!(get(&fetcher, &site.url("/lost")).await.unwrap_err(), Failure::Redirect("leads nowhere"));
}

#[tokio::test]
async fn a_move_for_good_is_told_as_far_as_it_is_for_good() {
    let site = Site::start();
    site.page("/a", Reply::redirect(301, "/b"));
    site.page("/b", Reply::redirect(308, "/c"));
    site.page("/c", Reply::redirect(302, "/d"));
    site.page("/d", Reply::html("there"));
    let answer = get(&fetcher(), &site.url("/a")).await.unwrap();
    assert_eq!(answer.moved.unwrap().path(), "/c");
    assert_eq!(get(&fetcher(), &site.url("/c")).await.unwrap().moved, None);
}

#[tokio::test]
async fn no_redirect_leads_inside() {
    let site = Site::start();
    let fetcher = fetcher();
    for inside in [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.1/",
        "http://0xa9fea9fe/",
        "http://2852039166/",
        "http://0/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1:70/_x",
    ] {
        site.page("/", Reply::redirect(302, inside));
        let failure = get(&fetcher, &site.url("/")).await.unwrap_err();
        assert!(matches!(failure, Failure::Address(_)), "{inside}: {failure}");
    }
    site.page("/", Reply::redirect(302, "http:///"));
    assert!(get(&fetcher, &site.url("/")).await.is_err());
}

#[tokio::test]
async fn loopback_is_inside_unless_somebody_means_it() {
    let site = Site::start();
    site.page("/", Reply::html("secret"));
    let strict =
        Fetcher::new(Fetch { allow_addresses: Vec::new(), ..config() }, Memory::at("/nowhere".into()))
            .unwrap();
    for host in ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "localhost", "[::ffff:7f00:1]"] {
        let failure = get(&strict, &format!("http://{host}:{}/", site.port())).await.unwrap_err();
        assert!(matches!(failure, Failure::Address(_)), "{host}: {failure}");
    }
    assert!(site.asked().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn an_answer_of_the_name_server_that_changes_gains_nothing() {
    let site = Site::start();
    site.page("/", Reply::html("a").with("Connection", "close"));
    let looks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&looks);
    // A name that is ours at first, and leads inside from the second look on.
    let lookup = move |name: &str| -> Vec<IpAddr> {
        assert_eq!(name, "rebinding.example");
        match counted.fetch_add(1, Ordering::SeqCst) {
            0 => vec![[10, 0, 0, 1].into(), Ipv4Addr::LOCALHOST.into()],
            _ => vec![[169, 254, 169, 254].into()],
        }
    };
    let config = Fetch { robots: false, ..config() };
    let fetcher =
        Fetcher::with_lookup(config, Memory::at("/nowhere".into()), Lookup::Scripted(Arc::new(lookup)))
            .unwrap();
    let url = format!("http://rebinding.example:{}/", site.port());
    assert_eq!(
        get(&fetcher, &url).await.unwrap().body,
        "a",
        "of two addresses, the one that may be asked is"
    );
    assert_eq!(looks.load(Ordering::SeqCst), 1, "what was checked is what was connected to");
    // Another host name, another connection.
    let failure = loop {
        // The connection before may not be closed yet.
        if let Err(failure) = get(&fetcher, &url).await {
            break failure;
        }
    };
    assert!(failure.to_string().contains("169.254.169.254"), "{failure}");
}

#[tokio::test]
async fn silence_is_cut_off() {
    let hold =
        |_: &crate::site::Asked, _: &mut std::net::TcpStream| thread::park_timeout(Duration::from_mins(1));
    assert!(matches!(ask_in_a_hurry(hold).await, Err(Failure::Slow(_))));
    let half = |_: &crate::site::Asked, stream: &mut std::net::TcpStream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        thread::park_timeout(Duration::from_mins(1));
    };
    assert_eq!(ask_in_a_hurry(half).await.unwrap_err(), Failure::Slow("it stopped after 4 bytes".to_owned()));
}

#[tokio::test]
async fn a_sender_that_drips_is_cut_off() {
    let drip = |head: &'static [u8]| {
        move |_: &crate::site::Asked, stream: &mut std::net::TcpStream| {
            let _ = stream.write_all(head);
            while stream.write_all(b"x").is_ok() {
                thread::park_timeout(Duration::from_millis(20));
            }
        }
    };
    // Each would go on for good.
    assert!(matches!(ask_in_a_hurry(drip(b"HTTP/1.1 200 OK\r\nX-Endless: ")).await, Err(Failure::Slow(_))));
    assert!(matches!(ask_in_a_hurry(drip(b"HTTP/1.1 200 OK\r\n\r\n")).await, Err(Failure::Slow(_))));
}

#[tokio::test]
async fn an_endless_body_is_cut() {
    let endless = |_: &crate::site::Asked, stream: &mut std::net::TcpStream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        while stream.write_all(&[b'x'; 8192]).is_ok() {}
    };
    let answer = ask(endless).await.unwrap();
    assert_eq!((answer.body.len(), answer.cut, answer.length), (1 << 20, true, (1 << 20) + 1));
    let answer =
        sent(format!("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n{}", "x".repeat(2_000_000))).await;
    let answer = answer.unwrap();
    assert_eq!((answer.body.len(), answer.length), (1 << 20, 5_000_000));
}

#[tokio::test]
async fn lengths_are_held_against_what_comes() {
    let short = sent("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf").await;
    assert!(matches!(short, Err(Failure::Body(_))), "{short:?}");
    let long = sent("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf and more").await.unwrap();
    assert_eq!(long.body, "half");
    let chunked = sent("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf").await;
    assert!(matches!(chunked, Err(Failure::Body(_))), "{chunked:?}");
    let both = sent("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nhalf").await;
    assert!(both.is_err(), "{both:?}");
}

#[tokio::test]
async fn compressed_bodies_are_unpacked_and_bounded() {
    let zstd = zstd::encode_all(&b"hello"[..], 1).unwrap();
    for (encoding, body) in [
        ("gzip", gzip(b"hello")),
        ("br", b"\x0b\x02\x80hello\x03".to_vec()),
        ("zstd", zstd),
        ("identity", b"hello".to_vec()),
    ] {
        assert_eq!(sent(encoded(encoding, &body)).await.unwrap().body, "hello", "{encoding}");
    }
    let packed = gzip(&vec![b'x'; 100_000]);
    let torn = sent(encoded("gzip", &packed[..packed.len() / 2])).await;
    assert!(matches!(torn, Err(Failure::Body(_))), "{torn:?}");
    let lie = sent(encoded("gzip", b"not compressed at all")).await;
    assert!(matches!(lie, Err(Failure::Body(_))), "{lie:?}");
    let bomb = sent(encoded("gzip", &gzip(&vec![0; 200 << 20]))).await.unwrap();
    assert_eq!((bomb.body.len(), bomb.cut), (1 << 20, true));
}

#[tokio::test]
async fn what_is_not_http_is_no_answer() {
    for wrong in [
        "SSH-2.0-OpenSSH_9.6\r\n".to_owned(),
        String::new(),
        "HTTP/1.1 abc\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\nX-Large: {}\r\n\r\n", "x".repeat(2 << 20)),
        format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Many: 1\r\n".repeat(10_000)),
    ] {
        let answer = sent(wrong.clone()).await;
        assert!(
            matches!(answer, Err(Failure::Connection(_))),
            "{}: {answer:?}",
            &wrong[..wrong.len().min(40)]
        );
    }
    // A port at which nobody listens.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(matches!(get(&fetcher(), &format!("http://{closed}/")).await, Err(Failure::Postponed(_))));
}

#[tokio::test]
async fn statuses_mean_what_they_say() {
    let site = Site::start();
    let fetcher = fetcher();
    for (status, lasting) in
        [(404, true), (401, true), (451, true), (500, false), (502, false), (408, false), (204, false)]
    {
        site.page("/", Reply::new(status, ""));
        let failure = get(&fetcher, &site.url("/")).await.unwrap_err();
        assert_eq!((&failure, failure.is_lasting()), (&Failure::Status(status), lasting));
    }
    site.page("/", Reply::new(410, ""));
    assert_eq!(get(&fetcher, &site.url("/")).await.unwrap_err(), Failure::Gone);
    site.page("/", Reply::new(304, ""));
    assert_eq!(get(&fetcher, &site.url("/")).await.unwrap_err(), Failure::Status(304), "nothing was known");
}

#[tokio::test]
async fn a_site_that_asks_for_a_pause_is_left_alone() {
    let (site, other) = (Site::start(), Site::at("127.0.0.2"));
    let fetcher = fetcher();
    other.page("/", Reply::html("a"));
    site.page("/", Reply::html("a"));
    site.page("/busy", Reply::new(429, "").with("Retry-After", "3600"));
    let Err(Failure::Postponed(blocked)) = get(&fetcher, &site.url("/busy")).await else {
        panic!("it is postponed")
    };
    let pause = blocked.until.duration_since(clock::now()).as_secs();
    assert!((3590..=3600).contains(&pause), "{pause}");
    let before = site.asked().len();
    assert!(matches!(get(&fetcher, &site.url("/")).await, Err(Failure::Postponed(_))));
    assert_eq!(site.asked().len(), before, "nothing more was sent");
    assert!(get(&fetcher, &other.url("/")).await.is_ok());
}

/// What becomes of `/a` under a robots.txt that is answered so, and how often that was asked for by two requests.
async fn under_robots(robots: Option<Reply>) -> (Result<Answer, Failure>, usize) {
    let site = Site::start();
    site.page("/a", Reply::html("a"));
    if let Some(robots) = robots {
        site.page("/robots.txt", robots);
    }
    let fetcher = fetcher();
    let _ = get(&fetcher, &site.url("/a")).await;
    (get(&fetcher, &site.url("/a")).await, site.count("/robots.txt"))
}

#[tokio::test]
async fn robots_in_every_state() {
    let rules = |text: &str| Some(Reply::new(200, text).with("Content-Type", "text/plain"));
    let (allowed, asked) = under_robots(rules("User-agent: *\nDisallow: /b")).await;
    assert!(allowed.is_ok());
    assert_eq!(asked, 1, "it is kept");
    assert_eq!(under_robots(rules("User-agent: *\nDisallow: /")).await.0.unwrap_err(), Failure::Disallowed);
    assert_eq!(
        under_robots(rules("User-agent: depeche\nDisallow: /a$")).await.0.unwrap_err(),
        Failure::Disallowed
    );
    for absent in [
        None,
        Some(Reply::new(403, "")),
        Some(Reply::new(410, "")),
        Some(Reply::redirect(302, "/robots.txt")),
    ] {
        assert!(under_robots(absent.clone()).await.0.is_ok(), "{absent:?}");
    }
    assert!(under_robots(Some(Reply::redirect(302, "http://169.254.169.254/"))).await.0.is_ok());
    for failing in [500, 503] {
        let (answer, asked) = under_robots(Some(Reply::new(failing, ""))).await;
        assert!(matches!(answer, Err(Failure::Postponed(_))), "{failing}: {answer:?}");
        assert_eq!(asked, 1, "{failing}");
    }
    // Redirects within the site are followed, and so are those to another.
    let elsewhere = Site::at("127.0.0.3");
    elsewhere.page("/rules", Reply::new(200, "User-agent: *\nDisallow: /"));
    let (answer, _) = under_robots(Some(Reply::redirect(301, &elsewhere.url("/rules")))).await;
    assert_eq!(answer.unwrap_err(), Failure::Disallowed);
}

#[tokio::test]
async fn robots_of_each_host_on_the_way_are_obeyed() {
    let (site, elsewhere) = (Site::start(), Site::at("127.0.0.4"));
    site.page("/a", Reply::redirect(302, &elsewhere.url("/b")));
    elsewhere.page("/b", Reply::html("b"));
    elsewhere.page("/robots.txt", Reply::new(200, "User-agent: *\nDisallow: /"));
    assert_eq!(get(&fetcher(), &site.url("/a")).await.unwrap_err(), Failure::Disallowed);
    assert_eq!(elsewhere.count("/b"), 0);
}

#[tokio::test]
async fn robots_that_were_known_stand_while_they_cannot_be_had() {
    let site = Site::start();
    site.page("/robots.txt", Reply::new(500, ""));
    site.page("/a", Reply::html("a"));
    let memory = Memory::at("/nowhere".into());
    let host = Url::parse(&site.url("/")).unwrap().origin().ascii_serialization();
    let long_ago = clock::now() - jiff::SignedDuration::from_hours(48);
    let robots = Robots::read(b"User-agent: *\nDisallow: /private", "depeche");
    memory.keep_robots(
        &host,
        RobotsRecord { fetched_at: long_ago, robots: Some(robots), unreachable_since: None, error: None },
    );
    let fetcher = Fetcher::new(config(), memory).unwrap();
    assert!(get(&fetcher, &site.url("/a")).await.is_ok());
    assert_eq!(get(&fetcher, &site.url("/private")).await.unwrap_err(), Failure::Disallowed);
    assert_eq!(site.count("/robots.txt"), 1);
}

#[tokio::test]
async fn one_domain_can_be_asked_without_its_robots() {
    let site = Site::start();
    site.page("/robots.txt", Reply::new(200, "User-agent: *\nDisallow: /"));
    site.page("/a", Reply::html("a"));
    let own = crate::config::Domain {
        name: "127.0.0.1".to_owned(),
        interval: None,
        connections_max: None,
        robots: Some(false),
    };
    let fetcher =
        Fetcher::new(Fetch { domains: vec![own], ..config() }, Memory::at("/nowhere".into())).unwrap();
    assert!(get(&fetcher, &site.url("/a")).await.is_ok());
    assert_eq!(site.count("/robots.txt"), 0);
}

#[test]
fn what_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, "nothing").unwrap();
    let check = |change: &dyn Fn(&mut Fetch), expected: &str| {
        let mut config = config();
        change(&mut config);
        let error = Fetcher::new(config, Memory::at("/nowhere".into())).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    check(&|config| config.contact = "a\nb".to_owned(), "header");
    check(&|config| config.authorities = vec!["/nowhere/ca.pem".into()], "/nowhere/ca.pem");
    check(&|config| config.authorities = vec![file.clone()], "there are none");
}
