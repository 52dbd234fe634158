//! Reads every page of a gold set and prints one prediction a line, for the extraction scorer.
//!
//! usage: `score SET_FOLDER…`, where a folder holds `gold.jsonl` and `pages/<id>.html.gz`.

mod gold;

use std::io::{BufWriter, Write};
use std::path::Path;

use parser::{Config, Parser};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parser = Parser::new(&Config::built_in())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for folder in std::env::args().skip(1) {
        for (id, raw) in gold::pages(Path::new(&folder))? {
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
