//! Any bytes at all: reading them ends soon, in bounded memory, with an article or a reason, never with a panic.

#![allow(clippy::format_collect, reason = "hostile input is written once, in the plainest words")]
#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use document::{Article, Origin, RawDocument, SourceKind};
use parser::{Config, ParseError, Parser};
use proptest::prelude::*;

fn parse_named(parser: &Parser, name: &str, bytes: Vec<u8>) -> Result<Article, ParseError> {
    let origin = Origin {
        kind: SourceKind::File,
        name: "test".to_owned(),
        uri: format!("file:///{name}"),
        media_type: None,
        charset: None,
        observed_at: "2026-11-22T00:00:00Z".parse().unwrap(),
        http: None,
    };
    let read = parser.parse(&RawDocument::new(origin, bytes.into()));
    if let Ok(article) = &read {
        assert_lawful(article);
    }
    read
}

/// What holds for every article, whatever it was read from.
fn assert_lawful(article: &Article) {
    let blocks: Vec<&str> =
        article.blocks.iter().map(|block| block.span.of(&article.text).unwrap()).collect();
    assert_eq!(blocks.join("\n\n"), article.text.as_str());
    // A table may begin with an empty cell.
    assert!(
        blocks.iter().all(|block| !block.trim().is_empty() && block.trim() == block.trim_start_matches('\t'))
    );
    for date in article.published.iter().chain(&article.modified) {
        assert!(
            date.edtf.len() >= 7 && date.edtf.starts_with(|c: char| c.is_ascii_digit() || c == 'X'),
            "{date:?}"
        );
    }
    assert!(article.references.iter().all(|reference| reference.title.is_some() || reference.url.is_some()));
    assert!(article.authors.iter().all(|name| !name.trim().is_empty()));
}

fn built_in() -> Parser {
    Parser::new(&Config::built_in()).unwrap()
}

/// Names under which any bytes may come.
const NAMES: [&str; 5] = ["a.txt", "a.md", "a.eml", "a.json", "a"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, name in prop::sample::select(&NAMES[..])) {
        let _ = parse_named(&PARSER, name, bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(?s).{0,300}", name in prop::sample::select(&NAMES[..])) {
        let _ = parse_named(&PARSER, name, text.into_bytes());
    }

    #[test]
    fn lines_of_articles_in_any_order_are_read(
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..60),
        name in prop::sample::select(&NAMES[..]),
    ) {
        let mut text = String::new();
        for (pick, gap) in picks {
            text.push_str(&LINES[pick.index(LINES.len())]);
            text.push_str(if gap { "\n\n" } else { "\n" });
        }
        let _ = parse_named(&PARSER, name, text.into_bytes());
    }

    #[test]
    fn damaged_documents_are_read_or_refused(
        pick: prop::sample::Index,
        damages in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut: prop::sample::Index,
    ) {
        let (name, bytes) = &DOCUMENTS[pick.index(DOCUMENTS.len())];
        let mut bytes = bytes.clone();
        for (at, byte) in damages {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = parse_named(&PARSER, name, bytes);
    }
}

static PARSER: std::sync::LazyLock<Parser> = std::sync::LazyLock::new(built_in);

static DOCUMENTS: std::sync::LazyLock<Vec<(String, Vec<u8>)>> = std::sync::LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ok");
    let mut documents: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "json"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    documents.sort();
    documents
});

static LINES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
    let texts = DOCUMENTS.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
});

/// Each of these once made some reader slow, deep or large. The bound is far above what the slowest machine
/// needs for linear work on them, and far below what quadratic work takes.
#[test]
fn hostile_documents_end_soon() {
    let nested_mail = "Content-Type: message/rfc822\nSubject: a\n\n".repeat(20_000);
    let mut parts = String::from(
        "From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n",
    );
    for _ in 0..10_000 {
        parts
            .push_str("--x\nContent-Type: text/plain\n\nUne ligne de texte, puis rien d'autre à lire ici.\n");
    }
    let nested_parts: String =
        (0..20_000).fold("Subject: s\nMIME-Version: 1.0\n".to_owned(), |mut text, level| {
            let _ = write!(text, "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
            text
        });
    let hostile: Vec<(&str, &str, Vec<u8>)> = vec![
        ("one line of 10 MB", "a.txt", b"mot et encore ".repeat(700_000)),
        ("one word of 10 MB", "a.txt", vec![b'a'; 10 << 20]),
        ("one line of commas", "a.txt", b"a,".repeat(2 << 20)),
        (
            "blank lines",
            "a.txt",
            [b"Titre ici\n".to_vec(), vec![b'\n'; 1_000_000], b"Fin.".to_vec()].concat(),
        ),
        ("short lines", "a.txt", b"a\n".repeat(1_000_000)),
        ("headlines", "a.txt", b"Une ligne sans point\n".repeat(90_000)),
        (
            "numbered lines",
            "a.txt",
            (0..90_000).map(|n| format!("Ligne {n} sans point\n")).collect::<String>().into_bytes(),
        ),
        (
            "names",
            "a.txt",
            (0..50_000).map(|n| format!("Zoé Lam{n}\n12 mars 2024\n")).collect::<String>().into_bytes(),
        ),
        (
            "heads of threads",
            "a.txt",
            b"Commentaires\nUne phrase assez longue pour \xc3\xaatre du texte courant ici.\n".repeat(40_000),
        ),
        (
            "read also",
            "a.txt",
            b"Lire aussi\nUn autre titre ici\nUne phrase assez longue pour \xc3\xaatre du texte courant.\n"
                .repeat(30_000),
        ),
        ("sources", "a.txt", b"Sources\n".repeat(90_000)),
        ("avatars", "a.txt", b"Avatar\nzoe\nOui.\n".repeat(30_000)),
        ("digits", "a.txt", b"1/2/3 12:30 ".repeat(500_000)),
        ("brackets", "a.txt", b"(((((((((( AFP / ".repeat(300_000)),
        ("deep json", "a.json", [b"{\"a\":".repeat(100_000), b"1".to_vec()].concat()),
        (
            "wide json",
            "a.json",
            format!("{{\"title\": \"t\", \"text\": \"x\", \"tags\": \"{}\"}}", "a,".repeat(1 << 20))
                .into_bytes(),
        ),
        ("deep markdown quotes", "a.md", [vec![b'>'; 100_000], b" a".to_vec()].concat()),
        (
            "deep markdown lists",
            "a.md",
            (0..2_000).map(|n| format!("{}- a\n", " ".repeat(2 * n))).collect::<String>().into_bytes(),
        ),
        ("markdown brackets", "a.md", vec![b'['; 200_000]),
        ("markdown stars", "a.md", b"*a **b ".repeat(100_000)),
        ("yaml aliases", "a.md", yaml_bomb().into_bytes()),
        ("mail of 10,000 parts", "a.eml", parts.into_bytes()),
        ("mail in mail", "a.eml", format!("MIME-Version: 1.0\n{nested_mail}fin").into_bytes()),
        ("parts in parts", "a.eml", nested_parts.into_bytes()),
        (
            "a header of 10 MB",
            "a.eml",
            [b"MIME-Version: 1.0\nSubject: ".to_vec(), b"=?utf-8?q?a?= ".repeat(700_000), b"\n\nx".to_vec()]
                .concat(),
        ),
        ("gzip bomb", "a.txt.gz", gzip(&vec![b' '; 300 << 20])),
    ];
    let parser = built_in();
    for (what, name, bytes) in hostile {
        let (length, start) = (bytes.len(), Instant::now());
        let _ = parse_named(&parser, name, bytes);
        let taken = start.elapsed();
        println!("{what}: {length} bytes in {taken:?}");
        assert!(taken < Duration::from_secs(20), "{what} took {taken:?}");
    }
}

fn yaml_bomb() -> String {
    let mut text = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..40 {
        let alias = format!("*a{}", level - 1);
        let _ = writeln!(text, "a{level}: &a{level} [{}]", [alias.as_str(); 9].join(", "));
    }
    text + "---\nUn paragraphe."
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
