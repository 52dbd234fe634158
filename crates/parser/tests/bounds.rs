//! Reading the worst that anybody sends takes two seconds at most in release, and at most ten times the input in
//! memory beside what any document takes. Each document is read in a process of its own, whose peak is the kernel's.

#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use std::process::Command;

use document::{Origin, RawDocument, SourceKind};
use parser::{Config, Parser};

/// What reading takes whatever the length of the document: tables with a size of their own, 64 MiB.
const ANY_KIB: u64 = 64 << 10;

const CASES: &[(&str, &str)] = &[
    ("a page of 20 MB", "html"),
    ("nested tags", "html"),
    ("a million attributes", "html"),
    ("entities", "html"),
    ("cdata", "html"),
    ("links", "html"),
    ("short paragraphs", "html"),
    ("dates in one run of words", "html"),
    ("names in one run of words", "html"),
    ("pictures with captions", "html"),
    ("a table of figures", "html"),
    ("json-ld", "html"),
    ("json-ld in many scripts", "html"),
    ("data in scripts", "html"),
    ("broken data in scripts", "html"),
    ("one line of text", "txt"),
    ("short lines", "txt"),
    ("dates", "txt"),
    ("titles below a text", "txt"),
    ("labels of images below a text", "txt"),
    ("lines that stand twice below a text", "txt"),
    ("pointers below a text", "txt"),
    ("different lines with names", "txt"),
    ("different paragraphs with names", "txt"),
    ("different paragraphs of a page", "html"),
    ("parts", "eml"),
    ("header fields", "eml"),
    ("groups of addresses", "eml"),
    ("senders", "eml"),
    ("recipients", "eml"),
    ("parameters of a type", "eml"),
    ("fields with spaces in their names", "eml"),
    ("mail in mail", "eml"),
    ("digests in digests", "eml"),
    ("values", "json"),
    ("deep json", "json"),
    ("markdown stars", "md"),
    ("markdown brackets", "md"),
];

/// A text with nearly as many lines below it as one may have.
fn below_text(line: impl Fn(usize) -> String) -> Vec<u8> {
    let text = "Le lac a gelé\nPar Zoé Lam\n3 mars 2026\nLe lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde.\n";
    (0..99_000).fold(text.to_owned(), |text, number| text + &line(number)).into_bytes()
}

/// A long report of which no two sentences are the same.
fn paragraphs(open: &str, close: &str) -> Vec<u8> {
    let paragraph = |number: usize| {
        let (day, year) = (number % 28 + 1, 2000 + number % 26);
        format!(
            "{open}Zoé Lam {number} dit que le lac est gelé, selon Bo Ekman, et « le port {} aussi », a rappelé Anna Holm le \
             {day} mars {year}, devant le conseil de la ville qui en a pris acte.{close}\n\n",
            number / 3
        )
    };
    (0..45_000).map(paragraph).collect::<String>().into_bytes()
}

fn document(what: &str) -> Vec<u8> {
    let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port.</p>\n";
    match what {
        "a page of 20 MB" => prose.repeat((20 << 20) / prose.len()).into_bytes(),
        "nested tags" => format!("{}{prose}", "<div><b>".repeat(100_000)).into_bytes(),
        "a million attributes" => format!("<p {}>{prose}", "a=b ".repeat(1_000_000)).into_bytes(),
        "entities" => format!("<html><body><p>{}", "&#x10ffff;&notin;&lt".repeat(500_000)).into_bytes(),
        "cdata" => format!("<html><body>{prose}{}", "<svg><![CDATA[".repeat(500_000)).into_bytes(),
        "links" => format!("<html><body>{prose}{}", "<a>".repeat(3_000_000)).into_bytes(),
        "short paragraphs" => format!("<html><body>{}", "<p>a".repeat(2_500_000)).into_bytes(),
        "dates in one run of words" => {
            format!("<html><body><h1>Lac</h1>{}{prose}", "<time>1 May 2025</time>".repeat(400_000))
                .into_bytes()
        }
        "names in one run of words" => {
            let names = "<a rel=author class=byline href=/author/a>By Zoe</a> ".repeat(180_000);
            format!("<html><body><h1>Lac</h1>{names}{prose}").into_bytes()
        }
        "pictures with captions" => {
            let figure = "<figure><img src=a.jpg><figcaption>Le lac. © AFP</figcaption></figure>";
            format!("<html><body><h1>Lac</h1>{}{prose}", figure.repeat(140_000)).into_bytes()
        }
        "a table of figures" => {
            format!("<html><body><table>{}", "<tr><td>1<td>2".repeat(700_000)).into_bytes()
        }
        "json-ld" => {
            let data = "[0],".repeat(2_500_000);
            format!("<html><script type='application/ld+json'>[{data}0]</script><body>{prose}").into_bytes()
        }
        "json-ld in many scripts" => {
            let node = r##"{"@type":"NewsArticle","author":{"@id":"#1"}},"##.repeat(1000);
            let script = format!("<script type='application/ld+json'>{{\"@graph\":[{node}0]}}</script>");
            format!("<html>{}<body>{prose}", script.repeat(350)).into_bytes()
        }
        "data in scripts" => {
            let parts = r#"{"a":"Le lac a gelé."},"#.repeat(20_000);
            let script = format!("<script>x={{\"t\":\"Lac de Brume\",\"b\":[{parts}0]}}</script>");
            format!("<html><title>Lac de Brume</title>{}<body><p>Le lac.", script.repeat(20)).into_bytes()
        }
        "broken data in scripts" => {
            let calls = r#"f({"a":undefined,"b":[" "#.repeat(400_000);
            format!("<html><title>Lac de Brume</title><script>{calls}</script><body><p>Le lac.").into_bytes()
        }
        "one line of text" => b"mot et encore, ".repeat(700_000),
        "short lines" => b"a\n".repeat(5_000_000),
        "dates" => b"1/2/3 12:30 8 mars ".repeat(500_000),
        "titles below a text" => below_text(|line| format!("Un titre court {line}\n")),
        "labels of images below a text" => below_text(|_| "Photo d'illustration\n".to_owned()),
        "lines that stand twice below a text" => below_text(|line| format!("Une légende {}\n", line / 2)),
        "pointers below a text" => below_text(|line| match line % 2 {
            0 => "Lire aussi\n".to_owned(),
            _ => format!("Le port rouvre, et de {line}\n"),
        }),
        "different lines with names" => below_text(|line| {
            format!("Zoé Lam {line} dit que le lac, selon Bo Ekman, et le port de {}\n", line / 7)
        }),
        "different paragraphs with names" => paragraphs("", ""),
        "different paragraphs of a page" => paragraphs("<p>", "</p>"),
        "parts" => {
            let head = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n";
            [head.as_bytes(), &b"--x\n\na\n".repeat(1_000_000)].concat()
        }
        "header fields" => {
            [b"MIME-Version: 1.0\n".to_vec(), b"a:b\n".repeat(3_000_000), b"\nx".to_vec()].concat()
        }
        "groups of addresses" => {
            format!("Subject: x\nFrom: {}\n\nfin", "g:a;".repeat(3_500_000)).into_bytes()
        }
        "senders" => format!("Subject: x\nFrom: {}\n\nfin", "a,".repeat(5_000_000)).into_bytes(),
        "recipients" => format!("Subject: x\nFrom: a\nTo: {}\n\nfin", "a,".repeat(7_000_000)).into_bytes(),
        "parameters of a type" => {
            format!("Subject: x\nFrom: a\nContent-Type: a/b{}\n\nfin", ";a=b".repeat(2_500_000)).into_bytes()
        }
        "fields with spaces in their names" => {
            [b"MIME-Version: 1.0\n".to_vec(), b"a b:\n".repeat(2_000_000), b"\nx".to_vec()].concat()
        }
        "digests in digests" => {
            let digest = "Content-Type: multipart/digest; boundary=x\n\n--x\n\n";
            format!("MIME-Version: 1.0\n{}fin", digest.repeat(200_000)).into_bytes()
        }
        "mail in mail" => {
            format!("MIME-Version: 1.0\n{}fin", "Content-Type: message/rfc822\n\n".repeat(200_000))
                .into_bytes()
        }
        "values" => format!("{{\"title\": \"t\", \"text\": \"x\", \"more\": [{}0]}}", "0,".repeat(5_000_000))
            .into_bytes(),
        "deep json" => [b"{\"a\":".repeat(2_000_000), b"1".to_vec()].concat(),
        "markdown stars" => b"*a **b ".repeat(500_000),
        "markdown brackets" => b"[a](b) ![".repeat(400_000),
        _ => Vec::new(),
    }
}

fn read(parser: &Parser, name: &str, bytes: Vec<u8>) {
    let origin = Origin {
        kind: SourceKind::File,
        name: "test".to_owned(),
        uri: format!("file:///{name}"),
        media_type: None,
        charset: None,
        observed_at: "2026-11-22T00:00:00Z".parse().unwrap(),
        http: None,
    };
    let _ = parser.parse(&RawDocument::new(origin, bytes.into()));
}

/// Peak of this process's memory in KiB, and its time of computation in hundredths of a second, as Linux counts them.
fn used() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold spaces; user and system time are the twelfth and thirteenth fields after it.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let time = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some((peak.trim().strip_suffix("kB")?.trim().parse().ok()?, time))
}

/// The case that a process of its own is to read.
const CASE: &str = "PARSER_BOUNDS_CASE";

#[test]
fn hostile_documents_stay_within_bounds() {
    if let Ok(case) = std::env::var(CASE) {
        let (what, suffix) = CASES[case.parse::<usize>().unwrap()];
        let parser = Parser::new(&Config::built_in()).unwrap();
        // What is built on first use belongs to no document.
        read(&parser, "a.html", document("nested tags"));
        let bytes = document(what);
        let length = bytes.len();
        let (before, start) = used().unwrap();
        read(&parser, &format!("a.{suffix}"), bytes);
        let (after, end) = used().unwrap();
        println!("\nBOUNDS {length} {} {}", after - before, (end - start) * 10);
        return;
    }
    if used().is_none() {
        eprintln!("skipped: this system does not tell what a process has used");
        return;
    }
    let milliseconds_max = if cfg!(debug_assertions) { 20_000 } else { 2_000 };
    for (index, (what, _)) in CASES.iter().enumerate() {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "hostile_documents_stay_within_bounds", "--nocapture", "--test-threads=1"])
            .env(CASE, index.to_string())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stdout).into_owned();
        let line = said.lines().find_map(|line| line.strip_prefix("BOUNDS "));
        let numbers: Vec<u64> = line
            .unwrap_or_else(|| panic!("{what}: {}\n{said}", String::from_utf8_lossy(&child.stderr)))
            .split(' ')
            .map(|number| number.parse().unwrap())
            .collect();
        let (length, kib, milliseconds) = (numbers[0], numbers[1], numbers[2]);
        println!("{what}: {length} bytes, {kib} KiB more at the peak, {milliseconds} ms");
        assert!(kib <= ANY_KIB + 10 * length / 1024, "{what}: {length} bytes took {kib} KiB");
        assert!(milliseconds <= milliseconds_max, "{what}: {length} bytes took {milliseconds} ms");
    }
}
