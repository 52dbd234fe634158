use std::io::Write;

use proptest::prelude::*;

use super::*;

fn base() -> Url {
    Url::parse("https://a.example/sitemap.xml").unwrap()
}

/// The addresses with their dates; those of sitemaps behind a `+`.
fn check(body: impl AsRef<[u8]>, expected: &[&str]) {
    let sitemap = read(body.as_ref(), &base(), 1 << 20).unwrap();
    let told = |entry: &Entry| {
        let dates = [entry.changed, entry.published].into_iter().flatten().map(|date| format!(" {date}"));
        format!("{}{}", entry.url, dates.collect::<String>())
    };
    let pages = sitemap.pages.iter().map(told);
    let found: Vec<_> =
        pages.chain(sitemap.sitemaps.iter().map(|entry| format!("+{}", told(entry)))).collect();
    assert_eq!(found, expected);
}

const NEWS: &str = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' \
    xmlns:news='http://www.google.com/schemas/sitemap-news/0.9' xmlns:image='x'>\
    <url><loc> https://a.example/1?a=1&amp;b=2 </loc><image:image><image:loc>https://a.example/i.jpg</image:loc>\
    <image:title>no</image:title></image:image><news:news><news:publication><news:name>A</news:name>\
    <news:language>fr</news:language></news:publication><news:publication_date>2026-11-22T08:00:00+01:00\
    </news:publication_date><news:title><![CDATA[L'eau & le feu]]></news:title></news:news></url>\
    <url><loc>/2</loc><lastmod>2026-11-21</lastmod></url><url><lastmod>2026</lastmod></url></urlset>";

#[test]
fn pages_are_listed_with_their_dates() {
    check(
        NEWS,
        &["https://a.example/1?a=1&b=2 2026-11-22T07:00:00Z", "https://a.example/2 2026-11-21T23:59:59Z"],
    );
    let first = &read(NEWS.as_bytes(), &base(), 1 << 20).unwrap().pages[0];
    assert_eq!((first.title.as_deref(), first.language.as_deref()), (Some("L'eau & le feu"), Some("fr")));
}

#[test]
fn an_index_lists_sitemaps() {
    check(
        "<sitemapindex><sitemap><loc>https://a.example/s1.xml.gz</loc><lastmod>2026-11-22T08:00:00Z</lastmod></sitemap>\
         <sitemap><loc>s2.xml</loc></sitemap></sitemapindex>",
        &["+https://a.example/s1.xml.gz 2026-11-22T08:00:00Z", "+https://a.example/s2.xml"],
    );
}

#[test]
fn lists_in_text_and_compressed_ones_are_read() {
    check(
        "https://a.example/1\n\nftp://a.example/no\nhttps://a.example/2\n",
        &["https://a.example/1", "https://a.example/2"],
    );
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(b"<urlset><url><loc>https://a.example/1</loc></url></urlset>").unwrap();
    check(encoder.finish().unwrap(), &["https://a.example/1"]);
}

#[test]
fn what_is_broken_in_the_middle_is_read_up_to_there() {
    check(
        "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.ex",
        &["https://a.example/1"],
    );
    check(
        "<urlset><url><loc>https://a.example/1</url><url><loc>https://a.example/2?a&b</loc></url></urlset>",
        &["https://a.example/1", "https://a.example/2?a&b"],
    );
    check("<urlset><url><loc>javascript:x</loc></url></urlset>", &[]);
}

#[test]
fn what_is_no_sitemap_says_so() {
    let check =
        |body: &[u8], expected: NoSitemap| assert_eq!(read(body, &base(), 1 << 20).unwrap_err(), expected);
    check(b"<!DOCTYPE html><html><body>404</body></html>", NoSitemap::Other);
    check(b"", NoSitemap::Other);
    check(b"\x1f\x8b\x08\x00garbage", NoSitemap::Compression);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 50 << 20]).unwrap();
    check(&encoder.finish().unwrap(), NoSitemap::TooLarge(1 << 20));
}

#[test]
fn dates_are_not_older_than_they_say() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(date(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
    };
    check("2026", Some("2026-12-31T23:59:59Z"));
    check("2026-02", Some("2026-02-28T23:59:59Z"));
    check("2026-11-22", Some("2026-11-22T23:59:59Z"));
    check("2026-11-22T08:00+01:00", Some("2026-11-22T07:00:00Z"));
    check("2026-11-22T08:00:00.5Z", Some("2026-11-22T08:00:00.5Z"));
    check("2026-11-22T08:00:00", Some("2026-11-22T08:00:00Z"));
    check("2026-13-01", None);
    check("hier", None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &base(), 1 << 16);
    }

    #[test]
    fn any_markup_is_read_or_refused(text in "(<urlset>)?(<(/?(url|loc|lastmod|sitemap)>)|[a-z&;]{0,9}|<!\\[CDATA\\[|\\]\\]>|<!--){0,30}") {
        let _ = read(text.as_bytes(), &base(), 1 << 16);
    }
}
