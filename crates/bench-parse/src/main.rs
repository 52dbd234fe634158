//! Reads the pages of a folder with our parser and with its peers, and tells how many a second each reads on one core.
//!
//! usage: `bench-parse [--predictions FOLDER] SET_FOLDER…`, where a folder holds `pages/<id>.html.gz`. With
//! `--predictions`, what each peer reads is written there, one JSON object a line, for the extraction scorer.

use std::hint::black_box;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use bytes::Bytes;
use document::{Origin, RawDocument, SourceKind};
use html5ever::tendril::TendrilSink;
use parser::{Config, Parser};

/// A page in memory, as bytes and as text.
struct Page {
    id: String,
    raw: RawDocument,
    text: String,
}

/// What a system read of a page, in the fields that the scorer compares.
#[derive(Default)]
struct Reading {
    title: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    text: String,
}

/// Something that reads pages.
type System = Box<dyn Fn(&Page) -> Reading>;

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut predictions: Option<PathBuf> = None;
    if arguments.first().is_some_and(|argument| argument == "--predictions") {
        arguments.remove(0);
        predictions = Some(arguments.remove(0).into());
    }
    let mut pages = Vec::new();
    for folder in &arguments {
        read_pages(Path::new(folder), &mut pages)?;
    }
    let bytes: usize = pages.iter().map(|page| page.raw.body.len()).sum();
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    let parser = Parser::new(&Config::built_in())?;
    let systems: [(&str, System); 5] = [
        ("depeche", Box::new(move |page| ours(&parser, page))),
        ("html5ever parse alone", Box::new(html5ever_alone)),
        ("dom_smoothie", Box::new(dom_smoothie_reads)),
        ("trafilatura", Box::new(trafilatura_reads)),
        ("rs-trafilatura", Box::new(rs_trafilatura_reads)),
    ];
    let mut first: Option<f64> = None;
    for (name, read) in &systems {
        let time = best_of(3, || {
            for page in &pages {
                black_box(read(black_box(page)));
            }
        });
        let rate = pages.len() as f64 / time.as_secs_f64();
        let ratio = *first.get_or_insert(rate) / rate;
        println!(
            "{name:24} {rate:8.1} pages/s {:8.1} MB/s   depeche is {ratio:.1} times as fast",
            bytes as f64 / 1e6 / time.as_secs_f64()
        );
        if let Some(folder) = &predictions {
            write_predictions(&folder.join(format!("{name}.jsonl")), &pages, read)?;
        }
    }
    Ok(())
}

fn read_pages(folder: &Path, pages: &mut Vec<Page>) -> Result<()> {
    let folder = folder.join("pages");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    paths.sort();
    for path in paths {
        let mut bytes = Vec::new();
        flate2::read::MultiGzDecoder::new(std::fs::File::open(&path)?).read_to_end(&mut bytes)?;
        let id = path.file_name().unwrap_or_default().to_string_lossy().replace(".html.gz", "");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let origin = Origin {
            kind: SourceKind::File,
            name: "bench".to_owned(),
            uri: format!("file:///{id}.html"),
            media_type: None,
            charset: None,
            observed_at: jiff::Timestamp::now(),
            http: None,
        };
        pages.push(Page { id, raw: RawDocument::new(origin, Bytes::from(bytes)), text });
    }
    Ok(())
}

/// The shortest of several runs: what else runs on the machine only ever adds to it.
fn best_of(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..runs {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed());
    }
    best
}

fn ours(parser: &Parser, page: &Page) -> Reading {
    parser.parse(&page.raw).map_or_else(
        |_| Reading::default(),
        |article| Reading {
            title: article.title.map(document::Text::into_string),
            authors: article.authors,
            published: article.published.map(|published| published.edtf),
            text: article.text.into_string(),
        },
    )
}

fn html5ever_alone(page: &Page) -> Reading {
    let dom = html5ever::parse_document(markup5ever_rcdom::RcDom::default(), html5ever::ParseOpts::default())
        .one(page.text.as_str());
    black_box(&dom);
    Reading::default()
}

fn dom_smoothie_reads(page: &Page) -> Reading {
    let article =
        dom_smoothie::Readability::new(page.text.as_str(), None, None).and_then(|mut page| page.parse());
    article.map_or_else(
        |_| Reading::default(),
        |article| Reading {
            title: Some(article.title),
            authors: article.byline.into_iter().collect(),
            published: article.published_time,
            text: article.text_content.to_string(),
        },
    )
}

/// The options that its authors' own measurements favour: precision, with the fallback.
fn trafilatura_reads(page: &Page) -> Reading {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
    trafilatura::extract(&page.text, &options).map_or_else(
        |_| Reading::default(),
        |result| Reading {
            title: Some(result.metadata.title),
            authors: vec![result.metadata.author],
            published: result.metadata.date.map(|date| date.to_string()),
            text: result.content_text,
        },
    )
}

fn rs_trafilatura_reads(page: &Page) -> Reading {
    rs_trafilatura::extract(&page.text).map_or_else(
        |_| Reading::default(),
        |result| Reading {
            title: result.metadata.title,
            authors: result.metadata.author.into_iter().collect(),
            published: result.metadata.date.map(|date| date.date_naive().to_string()),
            text: result.content_text,
        },
    )
}

fn write_predictions(path: &Path, pages: &[Page], read: &dyn Fn(&Page) -> Reading) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for page in pages {
        let read = read(page);
        let line = serde_json::json!({
            "id": page.id, "title": read.title, "authors": read.authors, "published": read.published, "text": read.text,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
