//! The fetcher against nginx: certificates are checked, what is compressed is unpacked, limits and rates are kept.
//!
//! Skipped, saying so, where nginx is not installed (`apt install nginx-light`).

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;

use crate::harness::{Place, article, json_lines};

/// nginx in a folder of its own.
struct Nginx {
    child: Child,
    folder: TempDir,
    plain: u16,
    tls: u16,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Nginx {
    /// Starts it with files to serve, over HTTP and over TLS; `None` where there is no nginx.
    fn start(files: &[(&str, impl AsRef<[u8]>)]) -> Option<Self> {
        if Command::new("nginx").arg("-v").stderr(Stdio::null()).status().is_err() {
            eprintln!("skipped: nginx is not installed");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("www")).unwrap();
        for (name, content) in files {
            fs::write(root.join("www").join(name), content).unwrap();
        }
        certificates(root);
        let deadline = std::time::Instant::now() + crate::harness::PATIENCE;
        loop {
            let (plain, tls) = (free_port(), free_port());
            fs::write(root.join("nginx.conf"), configuration(root, plain, tls)).unwrap();
            let mut child = Command::new("nginx")
                .arg("-c")
                .arg(root.join("nginx.conf"))
                .arg("-p")
                .arg(root)
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // It writes its number once it listens, and ends where somebody was quicker to take a port.
            loop {
                if fs::metadata(root.join("pid")).is_ok_and(|pid| pid.len() > 0) {
                    return Some(Self { child, folder, plain, tls });
                }
                assert!(std::time::Instant::now() < deadline, "nginx does not listen");
                if child.try_wait().unwrap().is_some() {
                    break;
                }
                std::thread::yield_now();
            }
        }
    }

    fn authority(&self) -> String {
        self.folder.path().join("authority.pem").display().to_string()
    }
}

/// A test authority, and a certificate of it for loopback.
fn certificates(folder: &Path) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &authority).unwrap();
    fs::write(folder.join("authority.pem"), authority.pem()).unwrap();
    fs::write(folder.join("site.pem"), certificate.pem()).unwrap();
    fs::write(folder.join("site.key"), key.serialize_pem()).unwrap();
}

fn configuration(root: &Path, plain: u16, tls: u16) -> String {
    let root = root.display();
    format!(
        "daemon off; master_process off; worker_processes 1; pid {root}/pid; error_log {root}/error.log;\n\
         events {{ worker_connections 256; }}\n\
         http {{ access_log {root}/access.log; client_body_temp_path {root}/b; proxy_temp_path {root}/p;\n\
         fastcgi_temp_path {root}/f; uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;\n\
         types {{ text/html html; application/xml xml; }} charset utf-8;\n\
         gzip on; gzip_min_length 1; gzip_types application/xml;\n\
         limit_req_zone $binary_remote_addr zone=one:1m rate=1r/m; limit_req_status 429;\n\
         server {{ listen 127.0.0.1:{plain}; root {root}/www;\n\
           location /limited {{ limit_req zone=one; alias {root}/www; }}\n\
           location /zstd {{ gzip off; add_header Content-Encoding zstd; alias {root}/www; }}\n\
           location /slow {{ limit_rate 10; alias {root}/www; }} }}\n\
         server {{ listen 127.0.0.1:{tls} ssl http2; root {root}/www;\n\
           ssl_certificate {root}/site.pem; ssl_certificate_key {root}/site.key;\n\
           location /down {{ return 301 http://127.0.0.1:{plain}/1.html; }} }} }}\n"
    )
}

fn page(number: usize) -> String {
    let paragraphs = article(number).trim().replace("\n\n", "</p><p>");
    format!(
        "<html><head><title>Le budget {number}</title></head><body><article><p>{paragraphs}</p></article></body></html>"
    )
}

const FETCH: &str = "[watcher.fetch]\ncontact = \"desk@example.org\"\nallow-addresses = [\"127.0.0.0/8\"]\n\
    domain-interval-s = 0\nsilence-max-s = 2\nanswer-wait-max-s = 4\ninterval-min-s = 0.2\ninterval-max-s = 0.2\n";

fn source(name: &str, url: &str) -> String {
    format!("[[source]]\nname = \"{name}\"\nkind = \"page\"\nurls = [\"{url}\"]\n")
}

/// How the source `name` stands, once it says why it waits.
fn waits(place: &Place, name: &str) -> String {
    let deadline = std::time::Instant::now() + crate::harness::PATIENCE;
    loop {
        let told = json_lines(&place.run(["sources", "--json"]).stdout);
        let standing = told.iter().find(|standing| standing["name"] == name).unwrap();
        if let Some(why) = standing["waits"].as_str() {
            return why.to_owned();
        }
        assert!(std::time::Instant::now() < deadline, "{standing}");
    }
}

#[test]
fn over_tls_with_an_authority_that_is_trusted_and_not_without() {
    let Some(nginx) = Nginx::start(&[("1.html", page(1))]) else { return };
    let url = format!("https://localhost:{}/1.html", nginx.tls);
    let stranger = Place::with_config(&format!("{FETCH}{}", source("page", &url)));
    let daemon = stranger.start().ready();
    let why = waits(&stranger, "page");
    assert!(why.contains("certificate"), "{why}");
    assert!(daemon.stop().success());

    let trusted = format!("{FETCH}authorities = [\"{}\"]\n", nginx.authority());
    let place = Place::with_config(&format!("{trusted}{}", source("page", &url)));
    let daemon = place.start().ready();
    let record = place.follow().next();
    assert!(record["text"].as_str().unwrap().contains("large majorité"));
    assert!(record["source"]["etag"].is_string() && record["source"]["last_modified"].is_string());
    // An unchanged page costs a 304.
    let log = nginx.folder.path().join("access.log");
    let deadline = std::time::Instant::now() + crate::harness::PATIENCE;
    while !fs::read_to_string(&log).unwrap().contains("\" 304 ") {
        assert!(std::time::Instant::now() < deadline, "{}", fs::read_to_string(&log).unwrap());
        std::thread::yield_now();
    }
    assert!(fs::read_to_string(&log).unwrap().contains("HTTP/2.0"));
    assert!(daemon.stop().success());
    assert_eq!(place.records().len(), 1);
}

#[test]
fn no_way_leads_from_tls_to_plain() {
    let Some(nginx) = Nginx::start(&[("1.html", page(1))]) else { return };
    let trusted = format!("{FETCH}authorities = [\"{}\"]\n", nginx.authority());
    let url = format!("https://localhost:{}/down", nginx.tls);
    let place = Place::with_config(&format!("{trusted}{}", source("page", &url)));
    let daemon = place.start().ready();
    assert_eq!(waits(&place, "page"), "its redirect leads from https to http");
    assert!(daemon.stop().success());
    assert!(place.records().is_empty());
}

#[test]
fn a_compressed_feed_is_unpacked_and_its_limits_are_kept() {
    let item = |number| format!("<item><title>B</title><link>/{number}.html</link></item>");
    let items = [1, 2, 3].map(item).concat();
    let long = format!("<rss version=\"2.0\"><channel><!-- {} --></channel></rss>", "x".repeat(300_000));
    let whole =
        |items: &str| format!("<rss version=\"2.0\"><channel><title>A</title>{items}</channel></rss>");
    let zstd = |text: &str| zstd::encode_all(text.as_bytes(), 3).unwrap();
    let Some(nginx) = Nginx::start(&[
        ("1.html", page(1).into_bytes()),
        ("2.html", page(2).into_bytes()),
        ("3.html", page(3).into_bytes()),
        ("4.html", page(4).into_bytes()),
        ("feed.xml", whole(&items).into_bytes()),
        ("long.xml", long.clone().into_bytes()),
        ("packed.xml", zstd(&whole(&item(4)))),
        ("packed-long.xml", zstd(&long)),
    ]) else {
        return;
    };
    let feed = |name: &str, folder: &str| {
        let url = format!("http://127.0.0.1:{}{folder}/{name}.xml", nginx.plain);
        format!("[[source]]\nname = \"{name}\"\nkind = \"feed\"\nurl = \"{url}\"\n")
    };
    let place = Place::with_config(&format!(
        "{FETCH}feed-bytes-max = 100_000\n{}{}{}{}",
        feed("feed", ""),
        feed("long", ""),
        feed("packed", "/zstd"),
        feed("packed-long", "/zstd")
    ));
    let daemon = place.start().ready();
    place.follow().take(4);
    for name in ["long", "packed-long"] {
        assert_eq!(waits(&place, name), "it has more than 100000 bytes");
    }
    assert!(daemon.stop().success());
    assert_eq!(place.records().len(), 4);
}

#[test]
fn a_rate_limit_is_respected() {
    let files: Vec<_> = (1..=4).map(|number| (format!("{number}.html"), page(number))).collect();
    let files: Vec<_> = files.iter().map(|(name, page)| (name.as_str(), page.clone())).collect();
    let Some(nginx) = Nginx::start(&files) else { return };
    let pages: String = (1..=4)
        .map(|number| {
            source(
                &format!("page{number}"),
                &format!("http://127.0.0.1:{}/limited/{number}.html", nginx.plain),
            )
        })
        .collect();
    let place = Place::with_config(&format!("{FETCH}{pages}"));
    let mut daemon = place.start();
    daemon.wait_for(&["site wants to be asked less often", "429"]);
    assert!(daemon.stop().success());
    let log = fs::read_to_string(nginx.folder.path().join("access.log")).unwrap();
    let refused = log.matches("\" 429 ").count();
    // Those that were on their way at the same time, and none after.
    assert!((1..=2).contains(&refused), "{log}");
}

#[test]
fn a_slow_sender_is_cut_off() {
    let Some(nginx) = Nginx::start(&[("1.html", page(1))]) else { return };
    let url = format!("http://127.0.0.1:{}/slow/1.html", nginx.plain);
    let place = Place::with_config(&format!("{FETCH}{}", source("page", &url)));
    let daemon = place.start().ready();
    assert!(waits(&place, "page").starts_with("too slow"));
    assert!(daemon.stop().success());
    assert!(place.records().is_empty());
}
