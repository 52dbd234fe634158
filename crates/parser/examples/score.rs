//! Reads every page of a gold set and prints one prediction a line, for the extraction scorer.
//!
//! usage: `score SET_FOLDER…`, where a folder holds `gold.jsonl` and `pages/<id>.html.gz`.

use std::io::{BufWriter, Read, Write};
use std::path::Path;

use bytes::Bytes;
use document::{Origin, RawDocument, SourceKind};
use parser::{Config, Parser};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parser = Parser::new(&Config::built_in())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for folder in std::env::args().skip(1) {
        let pages = Path::new(&folder).join("pages");
        let mut paths: Vec<_> = std::fs::read_dir(pages)?.collect::<Result<Vec<_>, _>>()?;
        paths.sort_by_key(std::fs::DirEntry::path);
        for entry in paths {
            let name = entry.file_name().to_string_lossy().into_owned();
            let id = name.trim_end_matches(".gz").trim_end_matches(".html").to_owned();
            let mut bytes = Vec::new();
            flate2::read::MultiGzDecoder::new(std::fs::File::open(entry.path())?).read_to_end(&mut bytes)?;
            let raw = RawDocument::new(origin(&name), Bytes::from(bytes));
            let line = match parser.parse(&raw) {
                Ok(article) => serde_json::json!({
                    "id": id,
                    "title": article.title.as_deref(),
                    "authors": article.authors,
                    "published": article.published.as_ref().map(|date| date.edtf.as_str()),
                    "basis": article.published.as_ref().map(|date| format!("{:?}", date.basis)),
                    "text": article.text.as_str(),
                }),
                Err(error) => serde_json::json!({ "id": id, "error": error.to_string() }),
            };
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn origin(name: &str) -> Origin {
    Origin {
        kind: SourceKind::File,
        name: "gold".to_owned(),
        uri: format!("file:///{name}"),
        media_type: None,
        charset: None,
        observed_at: jiff::Timestamp::now(),
        http: None,
    }
}
