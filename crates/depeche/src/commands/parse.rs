mod explain;

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use document::{ContentId, Origin, RawDocument, SourceKind};
use jiff::Timestamp;

use crate::{Done, Failure, Settings};

/// Read files as articles and print them as JSON lines, without storing anything
///
/// A line has the fields that the parser answers for. Those of a stored record that only the enricher adds are not there:
/// language, entities, amounts, dates, quotes, keywords, facts, story, and the models under pipeline.
/// A file that is no article is told on standard error. Archives and files of JSON lines hold many documents, and are opened
/// by `depeche ingest` alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche parse page.html | jq -r .text
  depeche parse seeds/*.txt | jq '{title, published, authors}'
  depeche parse --explain page.html | less -R
  curl -s https://www.example.org/article | depeche parse -
Exits 4 when a file could not be read as an article, 3 when one could not be opened.")]
pub struct Arguments {
    /// Print each field and block of a page, block of Markdown, line of scraped text, part of a message and field of JSON,
    /// with where it came from, or why it was left out; exits as without it
    #[arg(long)]
    explain: bool,
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    crate::readers::lists(&config).map_err(Failure::Usage)?;
    let parser = parser::Parser::new(&config.parser)?;
    let mut output = super::output();
    let mut line = Vec::new();
    let mut done = Done::Whole;
    let mut unread = 0;
    for path in &arguments.files {
        let raw = match read(path, config.watcher.document_bytes_max) {
            Ok(raw) => raw,
            Err(error) => {
                super::tell(format_args!("depeche: {}", crate::told(&error)));
                if error.is::<TooLong>() {
                    done = Done::WithQuarantined;
                } else {
                    unread += 1;
                }
                continue;
            }
        };
        let read = if arguments.explain {
            explain::print(&parser, path, &raw, &mut output)?
        } else {
            parser.parse(&raw).map(Some)
        };
        match read {
            Ok(None) => {}
            Ok(Some(article)) => {
                let title = article.title.as_deref().unwrap_or_default();
                let id = ContentId::of(title, &article.text);
                line.clear();
                sink::append(&sink::Record::of_parsed(&raw, &article, id), &mut line);
                output.write_all(&line)?;
            }
            Err(error) => {
                let (shown, reason) = (path.display(), error.reason().as_str());
                // The parser sees what a container is written in, and not what it is.
                if watcher::holds_several(&config.watcher, &raw.body, &path.to_string_lossy()) {
                    super::tell(format_args!(
                        "depeche: {shown}: {reason}: the file holds several documents: `depeche ingest FILE` reads them"
                    ));
                } else {
                    super::tell(format_args!("depeche: {shown}: {reason}: {error}"));
                }
                done = Done::WithQuarantined;
            }
        }
    }
    output.flush()?;
    if unread > 0 {
        let unread = super::counted(unread, "file was", "files were");
        return Err(Failure::Work(anyhow::anyhow!("{unread} not read")));
    }
    Ok(done)
}

/// A file has more bytes than a document may have.
#[derive(Debug)]
struct TooLong {
    path: PathBuf,
    bytes_max: usize,
}

impl std::error::Error for TooLong {}

impl std::fmt::Display for TooLong {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { path, bytes_max } = self;
        write!(
            formatter,
            "{}: too_large: longer than {bytes_max} bytes; raise document-bytes-max in [watcher] of the configuration \
             (--config FILE)",
            path.display()
        )
    }
}

/// A file as a document; `-` is standard input.
pub fn read(path: &Path, bytes_max: usize) -> anyhow::Result<RawDocument> {
    let mut body = Vec::new();
    let is_stdin = path == Path::new("-");
    let input: Box<dyn Read> = if is_stdin {
        Box::new(std::io::stdin().lock())
    } else {
        // Opening a FIFO would wait for whoever writes it.
        if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            anyhow::bail!("{} is not a regular file", path.display());
        }
        Box::new(File::open(path).with_context(|| format!("cannot open {}", path.display()))?)
    };
    input
        .take(bytes_max as u64 + 1)
        .read_to_end(&mut body)
        .with_context(|| format!("cannot read {}", path.display()))?;
    if body.len() > bytes_max {
        return Err(TooLong { path: path.to_owned(), bytes_max }.into());
    }
    let origin = Origin {
        kind: SourceKind::File,
        name: "parse".to_owned(),
        uri: if is_stdin {
            watcher::STANDARD_INPUT.to_owned()
        } else {
            watcher::file_uri(&std::path::absolute(path)?)
        },
        media_type: None,
        charset: None,
        observed_at: Timestamp::now(),
        http: None,
    };
    Ok(RawDocument::new(origin, body.into()))
}
