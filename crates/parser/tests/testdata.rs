//! Every file in `testdata/ok` reads as the article in the `.json` file beside it, and every file in
//! `testdata/rejected` is refused for the reason there. `DEPECHE_ACCEPT=1` rewrites the expected files.

#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use document::{Article, BlockKind, Origin, RawDocument, SourceKind};
use parser::{Config, Parser};
use serde_json::{Map, Value, json};

#[test]
fn documents_read_as_expected() {
    check("ok", |parser, raw| match parser.parse(raw) {
        Ok(article) => {
            assert_blocks_cover_the_text(&article);
            shown(&article)
        }
        Err(error) => json!({"rejected": error.reason().as_str(), "message": error.to_string()}),
    });
}

#[test]
fn documents_are_rejected_as_expected() {
    check("rejected", |parser, raw| match parser.parse(raw) {
        Ok(article) => shown(&article),
        Err(error) => json!({"reason": error.reason().as_str(), "message": error.to_string()}),
    });
}

fn check(folder: &str, read: impl Fn(&Parser, &RawDocument) -> Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(folder);
    let parser = Parser::new(&Config::built_in()).unwrap();
    let accept = std::env::var_os("DEPECHE_ACCEPT").is_some();
    let mut differing = Vec::new();
    for path in documents(&folder) {
        let found = serde_json::to_string_pretty(&read(&parser, &raw(&path))).unwrap() + "\n";
        let expected_path = path.with_extension("json");
        if accept {
            fs::write(&expected_path, found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if found != expected {
            let at = found.lines().zip(expected.lines()).take_while(|(a, b)| a == b).count();
            differing.push(format!(
                "{}: line {}\n  expected {:?}\n  found    {:?}",
                path.display(),
                at + 1,
                expected.lines().nth(at),
                found.lines().nth(at)
            ));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn documents(folder: &Path) -> BTreeSet<PathBuf> {
    let documents: BTreeSet<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "json"))
        .collect();
    assert!(!documents.is_empty(), "no documents in {}", folder.display());
    documents
}

fn raw(path: &Path) -> RawDocument {
    let origin = Origin {
        kind: SourceKind::File,
        name: "testdata".to_owned(),
        uri: format!("file:///{}", path.file_name().unwrap().to_str().unwrap()),
        media_type: None,
        charset: None,
        observed_at: "2026-11-22T00:00:00Z".parse().unwrap(),
        http: None,
    };
    RawDocument::new(origin, fs::read(path).unwrap().into())
}

fn assert_blocks_cover_the_text(article: &Article) {
    let blocks: Vec<&str> =
        article.blocks.iter().map(|block| block.span.of(&article.text).unwrap()).collect();
    assert_eq!(blocks.join("\n\n"), article.text.as_str());
}

/// An article as a person checks it: blocks with their words, and nothing that is empty.
fn shown(article: &Article) -> Value {
    let mut shown = Map::new();
    let mut add = |key: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            shown.insert(key.to_owned(), value);
        }
    };
    add("media_type", json!(article.media_type));
    add("charset", json!(article.charset));
    add("url", json!(article.url));
    add("publisher", json!(article.publisher.as_deref()));
    add("title", json!(article.title.as_deref()));
    add("description", json!(article.description.as_deref()));
    add("authors", json!(article.authors));
    for (key, date) in [("published", &article.published), ("modified", &article.modified)] {
        add(key, json!(date.as_ref().map(|date| format!("{} ({:?})", date.edtf, date.basis))));
    }
    add("declared_language", json!(article.declared_language));
    let blocks = article.blocks.iter().map(|block| {
        let text = block.span.of(&article.text).unwrap();
        match block.kind {
            BlockKind::Paragraph => json!(text),
            kind => json!({format!("{kind:?}").to_lowercase(): text}),
        }
    });
    add("blocks", blocks.collect());
    let comments = article
        .comments
        .iter()
        .map(|comment| json!({"author": comment.author, "text": comment.text.as_str()}));
    add("comments", comments.collect());
    let references =
        article.references.iter().map(|reference| json!({"title": reference.title, "url": reference.url}));
    add("references", references.collect());
    let images = article
        .images
        .iter()
        .map(|image| json!({"url": image.url, "caption": image.caption, "credit": image.credit}));
    add("images", images.collect());
    add("tags", json!(article.tags));
    add("warnings", article.warnings.iter().map(|warning| json!(warning.code)).collect());
    Value::Object(shown)
}
