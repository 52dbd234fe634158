//! What the fuzz targets share: they read a document, and hold the article to what every article promises.

use std::sync::LazyLock;

use document::{Origin, RawDocument, SourceKind};
use parser::{Config, Parser};

static PARSER: LazyLock<Parser> =
    LazyLock::new(|| Parser::new(&Config::built_in()).expect("the built-in phrase lists are sound"));

/// Reads `bytes` as a file of this name. Panics where the article breaks a promise.
pub fn read(name: &str, bytes: &[u8]) {
    let origin = Origin {
        kind: SourceKind::File,
        name: "fuzz".to_owned(),
        uri: format!("file:///{name}"),
        media_type: None,
        charset: None,
        observed_at: jiff::Timestamp::UNIX_EPOCH,
        http: None,
    };
    let raw = RawDocument::new(origin, bytes.to_vec().into());
    let _ = PARSER.explain(&raw, None);
    let Ok(article) = PARSER.parse(&raw) else { return };
    let blocks: Vec<&str> = article
        .blocks
        .iter()
        .map(|block| block.span.of(&article.text).expect("a block lies in the text"))
        .collect();
    assert_eq!(blocks.join("\n\n"), article.text.as_str(), "blocks cover the text");
    assert!(blocks.iter().all(|block| !block.trim().is_empty()), "no block is blank");
    assert!(article.authors.iter().all(|name| !name.trim().is_empty()), "no author is blank");
    for date in article.published.iter().chain(&article.modified) {
        assert!(date.edtf.len() >= 7, "a date has a month: {date:?}");
    }
}
