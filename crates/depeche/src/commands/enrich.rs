mod show;

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use document::{Article, Basis, Published, Text, Warning};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::config::Config;
use crate::{Done, Failure, Settings};

/// Enrich texts given as JSON lines and print what was found, a line for a line
///
/// In: {"id", "text", "title"?, "language"?, "published"?}. Out: the same `id`, and the enricher's fields of the
/// record, with spans in code points into the text exactly as given. Blank lines are passed over; a line that is not
/// such an object is answered with {"error", "line"}, and its `id` where it has one, and the command exits 3 in the end.
/// A language or a day of publication that means nothing is told in the `pipeline`'s warnings.
///
/// With --show, an article is shown in the terminal instead, with its findings coloured; FILE is then a document of any
/// kind that can be read as an article (a page, a text, a feed entry), or JSON lines as above, stored records included.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche enrich texts.jsonl > found.jsonl
  jq -c '{id, text, title}' articles.jsonl | depeche enrich
  depeche enrich --show page.html
  depeche tail | head -n 1 | depeche enrich --show -")]
pub struct Arguments {
    /// A file of JSON lines; `-` is standard input
    #[arg(default_value = "-", value_name = "FILE")]
    file: PathBuf,
    /// Show the article with its findings coloured; in brackets where there is no terminal or no colour is wanted
    #[arg(long)]
    show: bool,
}

/// A text to enrich.
#[derive(Debug, Deserialize)]
struct Question<'a> {
    id: Value,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default)]
    title: Option<Cow<'a, str>>,
    /// Hints; a text is believed before them.
    #[serde(default)]
    language: Option<Hint>,
    #[serde(default)]
    published: Option<Hint>,
}

/// A language or a date as a question gives it, or as a stored record does.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Hint {
    Given(String),
    Stored {
        #[serde(alias = "code")]
        edtf: String,
    },
}

impl Hint {
    fn as_str(&self) -> &str {
        match self {
            Self::Given(hint) | Self::Stored { edtf: hint } => hint,
        }
    }
}

/// The part of a line that can be told of it although it is no question.
#[derive(Debug, Deserialize)]
struct Named {
    id: Value,
}

/// What is said in place of an answer to a line that is no question.
#[derive(Debug, Serialize)]
struct Refusal {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    error: String,
    line: u64,
}

/// What was found in it.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    id: &'a Value,
    #[serde(flatten)]
    findings: sink::Findings<'a>,
}

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    crate::readers::lists(&config).map_err(Failure::Usage)?;
    let enricher = enricher::Enricher::new(&config.enricher)?;
    if arguments.show {
        return show(&config, &enricher, &arguments.file);
    }
    let mut input = open(&arguments.file)?;
    let mut output = super::output();
    let mut line = Vec::new();
    let (mut lines, mut refused) = (0_u64, 0_u64);
    for number in 1_u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line).with_context(|| format!("cannot read line {number}"))? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        lines += 1;
        match serde_json::from_slice(line.trim_ascii()) {
            Ok(question) => answer(&enricher, &question, &mut output)?,
            Err(error) => {
                refused += 1;
                refuse(&line, number, &error, &mut output)?;
            }
        }
        if input.buffer().is_empty() {
            // Whoever waits for this answer before the next question must get it.
            output.flush()?;
        }
    }
    output.flush()?;
    if refused > 0 {
        return Err(Failure::Work(anyhow!(
            "{refused} of {lines} lines could not be read as {{\"id\", \"text\", …}}; the answer to each says what is wrong \
             (`error`) and which it is (`line`): mend them and give them again"
        )));
    }
    Ok(Done::Whole)
}

fn refuse(
    line: &[u8],
    number: u64,
    error: &serde_json::Error,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    // To the reader of one line it is always the first.
    let place = format!(" at line {} column {}", error.line(), error.column());
    let told = error.to_string();
    let error = match told.strip_suffix(&place) {
        Some(what) => format!("{what} at column {}", error.column()),
        None => told,
    };
    let id = serde_json::from_slice::<Named>(line).ok().map(|named| named.id);
    serde_json::to_writer(&mut *output, &Refusal { id, error, line: number })?;
    Ok(output.write_all(b"\n")?)
}

fn answer(
    enricher: &enricher::Enricher,
    question: &Question<'_>,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    let mut warnings = Vec::new();
    let mut enrichment = match Text::new(question.text.as_ref()) {
        Some(text) => {
            let article = article(question, text);
            warnings = unused_hints(&article);
            enricher.enrich(&article)
        }
        // Blank text has nothing to find and no language.
        None => document::Enrichment::nothing(document::ContentId::of("", "")),
    };
    enrichment.warnings.append(&mut warnings);
    let findings = sink::Findings::of(&question.text, &enrichment);
    serde_json::to_writer(&mut *output, &Answer { id: &question.id, findings })?;
    Ok(output.write_all(b"\n")?)
}

/// What was given beside a text and means nothing to the enricher.
fn unused_hints(article: &Article) -> Vec<Warning> {
    let language = article.declared_language.as_deref().filter(|tag| !enricher::language::is_told(tag));
    let language = language.map(|tag| Warning {
        code: "language_ignored",
        message: format!(
            "the given language {tag:?} is none that is told ({}); the text alone was asked",
            enricher::language::codes().join(", ")
        ),
    });
    let published = article.published.as_ref().filter(|published| !enricher::dates::places(published));
    let published = published.map(|published| Warning {
        code: "published_ignored",
        message: format!(
            "the given day of publication {:?} is no date that others can be placed against (2026-02-08, 2026-02, 2026); \
             dates were read by their words alone",
            published.edtf
        ),
    });
    language.into_iter().chain(published).collect()
}

fn article(question: &Question<'_>, text: Text) -> Article {
    let mut article = Article::bare("text/plain", text);
    article.title = question.title.as_deref().and_then(Text::new);
    article.declared_language = question.language.as_ref().map(|hint| hint.as_str().to_owned());
    article.published = question
        .published
        .as_ref()
        .map(|hint| Published { edtf: hint.as_str().to_owned(), basis: Basis::Metadata });
    article
}

/// Shows what a file holds: JSON lines, or a document that is read as an article.
fn show(config: &Config, enricher: &enricher::Enricher, path: &Path) -> Result<Done, Failure> {
    let colour = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let raw = super::parse::read(path, config.watcher.document_bytes_max)?;
    let mut output = super::output();
    let questions: Result<Vec<Question<'_>>, _> =
        serde_json::Deserializer::from_slice(&raw.body).into_iter().collect();
    if let Ok(questions) = questions {
        for question in &questions {
            if let Some(text) = Text::new(question.text.as_ref()) {
                let article = article(question, text);
                output.write_all(show::page(&article, &enricher.enrich(&article), colour).as_bytes())?;
            }
        }
    } else {
        let article = parser::Parser::new(&config.parser)?
            .parse(&raw)
            .with_context(|| format!("cannot read {} as an article", path.display()))?;
        output.write_all(show::page(&article, &enricher.enrich(&article), colour).as_bytes())?;
    }
    output.flush()?;
    Ok(Done::Whole)
}

fn open(path: &Path) -> anyhow::Result<BufReader<Box<dyn Read>>> {
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot open {}", path.display()))?)
    };
    Ok(BufReader::with_capacity(64 << 10, input))
}
