//! Prints the records of the files named on the command line, one JSON object a line, as far as the parser fills
//! them: `cargo run -p parser --example records -- seeds/*.txt`.

use document::{Article, BlockKind, Origin, Published, RawDocument, SourceKind, Span};
use serde_json::{Value, json};

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
            Ok(article) => println!("{}", record(&raw.origin.uri, &article)),
            Err(error) => eprintln!("{path}: {}: {error}", error.reason().as_str()),
        }
    }
    Ok(())
}

/// The part of a record that the parser fills.
fn record(uri: &str, article: &Article) -> Value {
    json!({
        "source": {"uri": uri, "media_type": article.media_type, "charset": article.charset},
        "url": article.url,
        "publisher": article.publisher.as_deref(),
        "title": article.title.as_deref(),
        "description": article.description.as_deref(),
        "authors": article.authors,
        "published": article.published.as_ref().map(date),
        "modified": article.modified.as_ref().map(date),
        "language": article.declared_language,
        "text": article.text.as_str(),
        "blocks": article.blocks.iter().map(|block| {
            json!({"kind": kind(block.kind), "span": code_points(&article.text, block.span)})
        }).collect::<Vec<_>>(),
        "comments": article.comments.iter().map(|comment| {
            json!({"author": comment.author, "text": comment.text.as_str()})
        }).collect::<Vec<_>>(),
        "references": article.references.iter().map(|reference| {
            json!({"title": reference.title, "url": reference.url})
        }).collect::<Vec<_>>(),
        "images": article.images.iter().map(|image| {
            json!({"url": image.url, "caption": image.caption, "credit": image.credit})
        }).collect::<Vec<_>>(),
        "tags": article.tags,
        "warnings": article.warnings.iter().map(|warning| {
            json!({"code": warning.code, "message": warning.message})
        }).collect::<Vec<_>>(),
    })
}

fn date(published: &Published) -> Value {
    json!({"edtf": published.edtf, "basis": format!("{:?}", published.basis).to_lowercase()})
}

fn code_points(text: &str, span: Span) -> [usize; 2] {
    let start = text[..span.start].chars().count();
    [start, start + text[span.range()].chars().count()]
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Standfirst => "standfirst",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading => "heading",
        BlockKind::ListItem => "list_item",
        BlockKind::Quote => "quote",
        BlockKind::Table => "table",
        BlockKind::Preformatted => "preformatted",
    }
}
