//! Prints the records of the files named on the command line, one JSON object a line, as far as the parser fills
//! them: `cargo run -p parser --example records -- seeds/*.txt`.

#[path = "../tests/shape/mod.rs"]
mod shape;

use document::{Origin, RawDocument, SourceKind};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parser = parser::Parser::new(&parser::Config::built_in())?;
    for path in std::env::args().skip(1) {
        let origin = Origin {
            kind: SourceKind::File,
            name: "command line".to_owned(),
            uri: format!("file:///{}", path.trim_start_matches('/')),
            media_type: None,
            charset: None,
            observed_at: "2026-11-22T00:00:00Z".parse()?,
            http: None,
        };
        let raw = RawDocument::new(origin, std::fs::read(&path)?.into());
        match parser.parse(&raw) {
            Ok(article) => println!("{}", shape::record(&raw.origin.uri, &article)),
            Err(error) => eprintln!("{path}: {}: {error}", error.reason().as_str()),
        }
    }
    Ok(())
}
