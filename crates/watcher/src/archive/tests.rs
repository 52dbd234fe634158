//! Containers made by the libraries that everybody uses, and damaged in every way.

use std::io::{Cursor, Seek, SeekFrom, Write};

use ::zip::CompressionMethod;
use ::zip::write::SimpleFileOptions;
use flate2::Compression;
use proptest::prelude::*;

use super::*;

const LIMITS: Limits = Limits { document_bytes: 2000, members: 100, ratio: 50 };

/// What is asked of a member: its fragment, its body, and why it is refused.
type Seen = (String, String, Option<Reason>);

/// The members of an archive after a mark, their marks, and how its reading ended.
fn members(bytes: &[u8], name: &str, from: Mark) -> (Vec<Seen>, Vec<Mark>, String) {
    let (members, ended) = read_all(bytes, name, from);
    let marks = members.iter().map(|member| member.next).collect();
    let seen = members.into_iter().map(|member| {
        let body = String::from_utf8_lossy(&member.body).into_owned();
        (member.fragment, body, member.refused.map(|(reason, _)| reason))
    });
    (seen.collect(), marks, ended)
}

fn read_all(bytes: &[u8], name: &str, from: Mark) -> (Vec<Member>, String) {
    let Some(format) = sniff(bytes, name) else { return (Vec::new(), "a document".to_owned()) };
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    let mut members = Vec::new();
    let read = read(file, bytes.len() as u64, format, from, &LIMITS, &mut |member| {
        members.push(member);
        Ok(())
    });
    let ended = match read {
        Ok(()) => String::new(),
        Err(Trouble::Damaged(what) | Trouble::TooLarge(what)) => what,
        Err(trouble) => panic!("{trouble:?}"),
    };
    (members, ended)
}

fn seen(fragment: &str, body: &str) -> Seen {
    (fragment.to_owned(), body.to_owned(), None)
}

/// The archive has these members, read from its start and from every mark in it, and nothing is wrong with it.
fn check(bytes: &[u8], name: &str, expected: &[Seen]) {
    let (whole, marks, ended) = members(bytes, name, Mark::default());
    assert_eq!((whole.as_slice(), ended.as_str()), (expected, ""));
    for (at, mark) in marks.into_iter().enumerate() {
        let (rest, _, ended) = members(bytes, name, mark);
        assert_eq!((rest.as_slice(), ended.as_str()), (&expected[at + 1..], ""), "after {mark:?}");
    }
}

fn tar_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (path, body) in files {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(body.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, path, body.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip_of(files: &[(&str, &str)], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, body) in files {
        writer.start_file(*path, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(body.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!("WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n");
    let mut block =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n{head}\r\n").into_bytes();
    block.extend_from_slice(body);
    record("response", &fields, &block)
}

#[test]
fn a_tar_gives_its_files() {
    let long = format!("{}ville.txt", "arrondissement/".repeat(12));
    let mut tar =
        tar_of(&[("./a.txt", "un"), ("b/été #1.html", "deux"), (&long, "trois"), (".hidden", "non")]);
    let expected = [seen("a.txt", "un"), seen("b/%C3%A9t%C3%A9%20%231.html", "deux"), seen(&long, "trois")];
    for packed in [tar.clone(), gzip(&tar), zst(&tar)] {
        check(&packed, "anything", &expected);
    }
    // Without the two blocks of its end.
    tar.truncate(tar.len() - 1024);
    check(&tar, "anything", &expected);
}

#[test]
fn a_zip_gives_its_files() {
    let files = [("a.txt", "un"), ("b/é.html", "deux"), ("b/.DS_Store", "x"), ("__MACOSX/a.txt", "x")];
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated, CompressionMethod::Zstd] {
        check(&zip_of(&files, method), "anything", &[seen("a.txt", "un"), seen("b/%C3%A9.html", "deux")]);
    }
}

#[test]
fn json_lines_give_their_lines() {
    let lines = "\u{feff}{\"title\": \"un\"}\r\n\n{\"title\": \"deux\"}\nTexte\n{\"title\": \"trois\"}";
    let expected = [
        seen("L1", "{\"title\": \"un\"}"),
        seen("L3", "{\"title\": \"deux\"}"),
        ("L4".to_owned(), "Texte".to_owned(), Some(Reason::Malformed)),
        seen("L5", "{\"title\": \"trois\"}"),
    ];
    for packed in [lines.as_bytes().to_vec(), gzip(lines.as_bytes()), zst(lines.as_bytes())] {
        check(&packed, "anything", &expected);
    }
    check(b"{\"a\": 1}", "a.jsonl", &[seen("L1", "{\"a\": 1}")]);
    check(&gzip(b"{\"a\": 1}\n"), "a.NDJSON.gz", &[seen("L1", "{\"a\": 1}")]);
}

#[test]
fn a_list_of_documents_gives_its_items() {
    let (one, two) = (r#"{"title": "un, [\"deux\"] }", "n": [1, {}]}"#, "{\n  \"title\": \"trois\"\n}");
    let expected = [seen("I1", one), seen("I2", two)];
    for list in [
        format!("[{one},{two}]"),
        format!("\u{feff} [\n {one} ,\n {two}\n]\n"),
        format!("{{\"status\": \"ok\", \"articles\": [{one}, {two}], \"next\": null}}"),
        format!("{{\"took\": 5, \"hits\": {{\"total\": {{\"value\": 2}}, \"hits\": [{one}, {two}]}}}}"),
        format!("{{\"response\": {{\"results\": [{one}, {two}]}}}}"),
    ] {
        for packed in [list.as_bytes().to_vec(), gzip(list.as_bytes()), zst(list.as_bytes())] {
            check(&packed, "anything", &expected);
        }
        let (whole, marks, ended) = members(list.as_bytes(), "", Mark::default());
        assert_eq!(ended, "");
        for (at, mark) in marks.into_iter().enumerate() {
            assert_eq!(members(list.as_bytes(), "", mark).0, whole[at + 1..]);
        }
    }
    let mixed = format!("[{one}, 3, {two}]");
    assert_eq!(members(mixed.as_bytes(), "", Mark::default()).0[1].2, Some(Reason::Malformed));
    for (cut, count, words) in [
        (format!("[{one}, {{\"a\": "), 1, "too early"),
        (format!("[{one}"), 1, "too early"),
        (format!("[{one} {two}]"), 1, "no comma"),
    ] {
        let (read, ended) = read_all(cut.as_bytes(), "", Mark::default());
        assert_eq!((read.len(), ended.contains(words)), (count, true), "{ended}");
    }
}

#[test]
fn a_mail_folder_gives_its_messages() {
    let (one, two) = ("Subject: un\n\nLe vent.\n>From là, rien.\n\n", "Subject: deux\n\nLa pluie.\n");
    let folder = format!(
        "From ann@lake.example Tue Mar  3 21:14:00 2026\n{one}From - Wed Mar 04 08:00:00 2026\n{two}"
    );
    let expected = [seen("M1", &one.replace(">From", "From")), seen("M2", two)];
    for packed in [folder.as_bytes().to_vec(), gzip(folder.as_bytes())] {
        check(&packed, "anything", &expected);
    }
    let (whole, marks, _) = members(folder.as_bytes(), "", Mark::default());
    assert_eq!(members(folder.as_bytes(), "", marks[0]).0, whole[1..]);
    let single = format!("From ann@lake.example Tue Mar  3 21:14:00 2026\n{one}");
    check(single.as_bytes(), "lac.mbox", &expected[..1]);
}

#[test]
fn a_web_archive_gives_its_answers() {
    let mut records = vec![
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
        record("request", "Content-Type: application/http\r\n", b"GET / HTTP/1.1\r\n\r\n"),
        response("https://example.org/a?b=1#top", "ETag: \"e\"\r\n", b"<p>Un"),
        response(
            "https://example.org/c",
            "Transfer-Encoding: chunked\r\n",
            b"3\r\n<p>\r\n4;x=y\r\nDeux\r\n0\r\n\r\n",
        ),
        response("https://example.org/u", "Transfer-Encoding: chunked\r\n", b"<p>Sans morceaux"),
        response("https://example.org/g", "Content-Encoding: gzip\r\n", &gzip(b"<p>Trois")),
        response("https://example.org/z", "Content-Encoding: zstd\r\n", &zst(b"<p>Quatre")),
        response("https://example.org/d", "Content-Encoding: gzip\r\n", b"<p>Cinq, en clair"),
        record(
            "response",
            "Content-Type: application/http\r\n",
            b"HTTP/1.1 404 Not Found\r\n\r\nPas de page",
        ),
        record("response", "Content-Type: text/dns\r\n", b"20240506070809\nexample.org. 300 IN A 192.0.2.1"),
        record("revisit", "Content-Type: application/http\r\n", b"HTTP/1.1 200 OK\r\n\r\n"),
    ];
    let resource = "WARC-Target-URI: <file:///a.txt>\r\nContent-Type: text/plain\r\n";
    records.push(record("resource", resource, b"Six"));
    records.push(record("resource", "Content-Type: image/png\r\n", b"\x89PNG"));
    let expected = [
        seen("https://example.org/a?b=1", "<p>Un"),
        seen("https://example.org/c", "<p>Deux"),
        seen("https://example.org/u", "<p>Sans morceaux"),
        seen("https://example.org/g", "<p>Trois"),
        seen("https://example.org/z", "<p>Quatre"),
        seen("https://example.org/d", "<p>Cinq, en clair"),
        seen("file:///a.txt", "Six"),
    ];
    let by_record: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let plain = records.concat();
    for bytes in [plain.clone(), gzip(&plain), zst(&plain), by_record.clone()] {
        check(&bytes, "anything", &expected);
    }
    // A gzip member a record: reading goes on at the start of one, with nothing to be decompressed again.
    let (_, marks, _) = members(&by_record, "", Mark::default());
    assert!(marks[..6].iter().all(|mark| mark.skip == 0 && mark.offset > 0), "{marks:?}");

    let (members, _) = read_all(&plain, "", Mark::default());
    let first = &members[0];
    assert_eq!(
        (first.media_type.as_deref(), first.charset.as_deref()),
        (Some("text/html"), Some("ISO-8859-1"))
    );
    let etag = first.http.as_ref().and_then(|http| http.etag.as_deref());
    assert_eq!((etag, first.observed_at), (Some("\"e\""), Some("2024-05-06T07:08:09Z".parse().unwrap())));
}

#[test]
fn brotli_and_deflate_come_off() {
    // "<p>Sept" by brotli(1), and by zlib with and without its head.
    let brotli = [0x0b, 0x03, 0x80, 0x3c, 0x70, 0x3e, 0x53, 0x65, 0x70, 0x74, 0x03];
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(b"<p>Sept").unwrap();
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), Compression::best());
    raw.write_all(b"<p>Sept").unwrap();
    for (coding, body) in
        [("br", brotli.to_vec()), ("deflate", zlib.finish().unwrap()), ("deflate", raw.finish().unwrap())]
    {
        let record = response("https://example.org/", &format!("Content-Encoding: {coding}\r\n"), &body);
        check(&record, "", &[seen("https://example.org/", "<p>Sept")]);
    }
    let record = response("https://example.org/", "Content-Encoding: br\r\n", &[0x11, 0x1e, 0x03]);
    refused(&record, Reason::Malformed, "large window");
    let record = response("https://example.org/", "Content-Encoding: gzip\r\n", &gzip(b"<p>Huit")[..20]);
    let (refused, ..) = members(&record, "", Mark::default());
    assert_eq!(refused[0].2, Some(Reason::Malformed));
}

#[test]
fn what_is_no_archive_of_documents_is_left_to_the_parser() {
    let document = |bytes: &[u8], name: &str| assert_eq!(sniff(bytes, name), None, "{name}");
    document(b"<html><p>x", "page.html");
    document(b"{\"title\": \"x\"}\n", "a.json");
    document(b"{\n \"title\": \"x\"\n}\n{", "a.json");
    document(&gzip(b"<html><p>x"), "page.html.gz");
    document(b"{\"articleBody\": \"x\", \"items\": [{\"a\": 1}]}", "a.json");
    document(b"{\"title\": \"x\", \"tags\": [{\"name\": \"y\"}], \"n\": {\"items\": [{}]}}", "a.json");
    document(b"{\"items\": [\"a\", \"b\"]}", "a.json");
    document(b"[Photo] {Le ministre}", "a.txt");
    document(b"From ann@lake.example Tue Mar  3 21:14:00 2026\nSubject: un\n\nLe vent.\n", "a.eml");
    document(b"From here on, the wind fell.\nSubject: none", "a.mbox");
    document(b"", "a.jsonl");
    document(b"\x89PNG\r\n\x1a\n\0\0", "a.jsonl");
    document(
        &zip_of(&[("[Content_Types].xml", ""), ("word/document.xml", "")], CompressionMethod::Stored),
        "a.docx",
    );
    document(&zip_of(&[("mimetype", "application/epub+zip")], CompressionMethod::Stored), "a.epub");
    document(&zip_of(&[("META-INF/MANIFEST.MF", "")], CompressionMethod::Stored), "a.jar");
}

/// One archive of one member that is refused.
fn refused(bytes: &[u8], expected: Reason, words: &str) {
    let (members, ended) = read_all(bytes, "", Mark::default());
    let (reason, message) = members.last().unwrap().refused.clone().unwrap();
    assert_eq!((reason, message.contains(words), ended.as_str()), (expected, true, ""), "{message}");
}

#[test]
fn what_is_not_read_is_said() {
    let long = "x".repeat(2001);
    let lines = format!("{{}}\n{{\"text\": \"{long}\"}}\n{{}}");
    let (three, ..) = members(lines.as_bytes(), "", Mark::default());
    assert_eq!(three.iter().map(|(_, body, _)| body.len()).collect::<Vec<_>>(), [2, 2000, 2]);
    assert_eq!(three[1].2, Some(Reason::TooLarge));
    refused(&tar_of(&[("a", &long)]), Reason::TooLarge, "2001 bytes, the limit is 2000 (document-bytes-max)");
    refused(&zip_of(&[("a", &long)], CompressionMethod::Stored), Reason::TooLarge, "2001 bytes");
    let inner = zip_of(&[("a", "un")], CompressionMethod::Stored);
    let mut tar = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_gnu();
    header.set_size(inner.len() as u64);
    tar.append_data(&mut header, "a.zip", inner.as_slice()).unwrap();
    refused(&tar.into_inner().unwrap(), Reason::UnsupportedFormat, "itself a zip archive");
    refused(&zip_of(&[("../../a", "un")], CompressionMethod::Stored), Reason::Malformed, "leads out");
    let mut encrypted = zip_of(&[("a", "un")], CompressionMethod::Stored);
    let directory = encrypted.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    encrypted[directory + 8] |= 1;
    refused(&encrypted, Reason::UnsupportedFormat, "encrypted");
    let mut broken = zip_of(&[("a", "un deux trois")], CompressionMethod::Stored);
    broken[31 + 4] ^= 1;
    refused(&broken, Reason::Malformed, "damaged");
    let mut strange = zip_of(&[("a", "un")], CompressionMethod::Stored);
    strange[directory + 10] = 12;
    refused(&strange, Reason::UnsupportedFormat, "method");
}

/// The archive ends early, for a reason with these words.
fn ends(bytes: &[u8], count: usize, words: &str) {
    let (members, ended) = read_all(bytes, "a.jsonl", Mark::default());
    assert_eq!((members.len(), ended.contains(words)), (count, true), "{ended}");
}

#[test]
fn a_damaged_archive_gives_what_can_be_read() {
    let files = [("a", "un"), ("b", "deux"), ("c", "trois")];
    let tar = tar_of(&files);
    ends(&tar[..1538], 1, "in the middle of a member");
    ends(&tar[..1100], 1, "too early");
    let mut rotten = tar.clone();
    rotten[1024] ^= 1;
    ends(&rotten, 1, "checksum");
    let packed = gzip(&tar);
    ends(&packed[..packed.len() - 10], 3, "too early");
    let zip = zip_of(&files, CompressionMethod::Deflated);
    let directory = zip.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    ends(&zip[..directory + 10], 3, "");
    let records = [response("u:1", "", b"un"), response("u:2", "", b"deux")];
    ends(&records.concat()[..records[0].len() + 100], 1, "too early");
    ends(&[records[0].as_slice(), b"garbage\r\n\r\n"].concat(), 1, "does not begin with its version");
    ends(&[gzip(&records[0]), gzip(&records[1])[..40].to_vec()].concat(), 1, "too early");
}

#[test]
fn absurd_lengths_are_bounded() {
    let mut tar = tar_of(&[("a", "un")]);
    let mut header = ::tar::Header::new_gnu();
    header.set_path("././@LongLink").unwrap();
    header.set_entry_type(::tar::EntryType::GNULongName);
    header.set_size(1 << 40);
    header.set_cksum();
    let long_name: Vec<u8> = header.as_bytes().iter().chain(&tar).copied().collect();
    ends(&long_name, 0, "a member's name or attributes have 1099511627776 bytes");
    header.set_entry_type(::tar::EntryType::Regular);
    header.as_mut_bytes()[124..136].copy_from_slice(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
    header.set_cksum();
    tar.splice(..512, header.as_bytes().iter().copied());
    let (members, ended) = read_all(&tar, "", Mark::default());
    assert_eq!((members.len(), ended.is_empty()), (0, false), "{ended}");
    ends(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nx", 0, "too early");
    ends(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999999\r\n\r\nx",
        0,
        "no length",
    );
}

#[test]
fn bombs_are_bounded() {
    let line = format!("{{\"text\": \"{}\"}}\n", "x".repeat(1000));
    let bomb = line.repeat(60_000);
    ends(&gzip(bomb.as_bytes()), 100, "more than 100 members");
    let zeros = [b"{}\n".to_vec(), vec![b' '; 60 << 20]].concat();
    ends(&gzip(&zeros), 1, "decompresses to more than 50 times its length");
    ends(&zst(&zeros), 1, "decompresses to more than 50 times its length");
    let zeros = String::from_utf8(vec![b'0'; 30 << 20]).unwrap();
    let many = Limits { document_bytes: 40 << 20, ..LIMITS };
    let zip = zip_of(&[("a", &zeros)], CompressionMethod::Deflated);
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&zip).unwrap();
    let mut seen = Vec::new();
    let format = sniff(&zip, "").unwrap();
    let ended = read(file, zip.len() as u64, format, Mark::default(), &many, &mut |member| {
        seen.push((member.body.len() as u64, member.refused));
        Ok(())
    });
    assert!(matches!(ended, Err(Trouble::TooLarge(_)) | Ok(())), "{ended:?}");
    assert!(seen.iter().all(|(bytes, _)| *bytes <= many.unpacked_max(zip.len() as u64) + 1));
    let record = response("u:1", "Content-Encoding: gzip\r\n", &gzip(zeros.as_bytes()));
    refused(&record, Reason::Malformed, "more than 50 times");
}

fn line(text: &str) -> String {
    format!("{{\"a\": \"{text}\"}}\n")
}

fn archives() -> impl Strategy<Value = Vec<u8>> {
    // A map, because a zip is not written with two files of one name.
    let files = prop::collection::btree_map("[a-z]{1,8}", "[a-zé \n]{0,300}", 1..6);
    (files, 0..7).prop_map(|(files, kind)| {
        let files: Vec<_> = files.iter().map(|(path, body)| (path.as_str(), body.as_str())).collect();
        match kind {
            0 => tar_of(&files),
            1 => gzip(&tar_of(&files)),
            2 => zip_of(&files, CompressionMethod::Deflated),
            3 => zst(files.iter().map(|(path, _)| line(path)).collect::<String>().as_bytes()),
            4 => files.iter().flat_map(|(path, body)| response(path, "", body.as_bytes())).collect(),
            5 => files
                .iter()
                .flat_map(|(path, body)| {
                    let packed = gzip(body.as_bytes());
                    let mut chunks = format!("{:x}\r\n", packed.len()).into_bytes();
                    chunks.extend_from_slice(&packed);
                    chunks.extend_from_slice(b"\r\n0\r\n\r\n");
                    response(path, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", &chunks)
                })
                .collect(),
            _ => files.iter().flat_map(|(path, body)| gzip(&response(path, "", body.as_bytes()))).collect(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn reading_goes_on_from_any_mark(bytes in archives()) {
        let (whole, marks, ended) = members(&bytes, "a.jsonl", Mark::default());
        prop_assert_eq!(ended, "");
        for (at, mark) in marks.into_iter().enumerate() {
            prop_assert_eq!(&members(&bytes, "a.jsonl", mark).0, &whole[at + 1..]);
        }
    }

    #[test]
    fn an_archive_that_is_cut_off_gives_its_first_members(bytes in archives(), cut: prop::sample::Index) {
        let (whole, ..) = members(&bytes, "a.jsonl", Mark::default());
        let (part, ..) = members(&bytes[..cut.index(bytes.len())], "a.jsonl", Mark::default());
        // The line in which the cut lies is a line too.
        let sound = part.iter().zip(&whole).take_while(|(one, other)| one == other).count();
        prop_assert!(sound + 1 >= part.len(), "{:?} of {:?}", part, whole);
    }

    #[test]
    fn any_damage_is_survived(bytes in archives(), hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), mark: (u8, u16, u16)) {
        let mut bytes = bytes;
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let from = Mark { members: mark.0.into(), offset: mark.1.into(), skip: mark.2.into() };
        read_all(&bytes, "a.jsonl", Mark::default());
        read_all(&bytes, "a.jsonl", from);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..2000), start in 0..8_usize) {
        let start: &[u8] = [&b""[..], b"PK\x03\x04", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"{}\n{", b"[{", b"{\"items\": [{"][start];
        read_all(&[start, &bytes].concat(), "a.jsonl", Mark::default());
    }
}
