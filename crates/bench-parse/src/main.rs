//! Reads the pages of a folder with our parser and with its peers, and tells how many a second each reads on one core.
//! Where the kernel tells it, the time is that which this thread had a core for: what else runs on the machine does not count.
//!
//! usage: `bench-parse [--predictions FOLDER | --alone] SET_FOLDER…`, where a folder holds `pages/<id>.html.gz`. With
//! `--predictions`, what each peer reads is written there, one JSON object a line, for the extraction scorer. With
//! `--alone`, our parser reads the pages a hundred times and nothing else runs, for a profiler.

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

/// A way to read a page.
type Reader = Box<dyn Fn(&Page) -> Reading>;

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut predictions: Option<PathBuf> = None;
    if arguments.first().is_some_and(|argument| argument == "--predictions") {
        arguments.remove(0);
        predictions = Some(arguments.remove(0).into());
    }
    let alone = arguments.first().is_some_and(|argument| argument == "--alone");
    if alone {
        arguments.remove(0);
    }
    let mut pages = Vec::new();
    for folder in &arguments {
        read_pages(Path::new(folder), &mut pages)?;
    }
    let bytes: usize = pages.iter().map(|page| page.raw.body.len()).sum();
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    let parser = Parser::new(&Config::built_in())?;
    if alone {
        let time = time_of(|| {
            for page in pages.iter().cycle().take(100 * pages.len()) {
                black_box(ours(&parser, black_box(page)));
            }
        });
        println!("depeche {:.1} pages/s", 100.0 * pages.len() as f64 / time.as_secs_f64());
        return Ok(());
    }
    let systems: [(&str, Reader); 5] = [
        ("depeche", Box::new(move |page| ours(&parser, page))),
        ("html5ever parse alone", Box::new(html5ever_alone)),
        ("dom_smoothie", Box::new(dom_smoothie_reads)),
        ("trafilatura", Box::new(trafilatura_reads)),
        ("rs-trafilatura", Box::new(rs_trafilatura_reads)),
    ];
    // Turn by turn, so that a disturbance meets all of them.
    let pass = |read: &Reader, times: u32| {
        let time = time_of(|| {
            for page in pages.iter().cycle().take(pages.len() * times as usize) {
                black_box(read(black_box(page)));
            }
        });
        time / times
    };
    // The kernel tells the time on a core by its ticks of some milliseconds, so each pass is as long as many of them.
    let times = systems.each_ref().map(|(_, read)| {
        let once = pass(read, 1).max(Duration::from_millis(1));
        u32::try_from(PASS.as_millis() / once.as_millis().max(1)).unwrap_or(1).clamp(1, 64)
    });
    let mut best = [Duration::MAX; 5];
    for _ in 0..ROUNDS {
        for (((_, read), times), best) in systems.iter().zip(times).zip(&mut best) {
            *best = pass(read, times).min(*best);
        }
    }
    for ((name, read), time) in systems.iter().zip(best) {
        println!(
            "{name:24} {:8.1} pages/s {:8.1} MB/s   depeche is {:.1} times as fast",
            pages.len() as f64 / time.as_secs_f64(),
            bytes as f64 / 1e6 / time.as_secs_f64(),
            time.as_secs_f64() / best[0].as_secs_f64()
        );
        if let Some(folder) = &predictions {
            write_predictions(&folder.join(format!("{name}.jsonl")), &pages, read)?;
        }
    }
    Ok(())
}

/// How long each pass of a system is at least, with all pages read as often as that takes.
const PASS: Duration = Duration::from_millis(800);

/// Passes of each system; the shortest counts, for what else runs on the machine only ever adds to it.
const ROUNDS: usize = 4;

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

fn time_of(run: impl FnOnce()) -> Duration {
    let (start, start_on_core) = (Instant::now(), time_on_core());
    run();
    let on_core = start_on_core.zip(time_on_core()).map(|(start, stop)| stop.saturating_sub(start));
    on_core.unwrap_or_else(|| start.elapsed())
}

/// How long this thread had a core (Linux, proc(5): the first number of `schedstat`, in nanoseconds).
fn time_on_core() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
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
