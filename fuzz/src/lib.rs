//! What the fuzz targets share: they read a document or enrich an article, and hold what comes out to what every article
//! promises.

use std::sync::LazyLock;

use document::{Article, Origin, RawDocument, SourceKind, Span, Text};
use enricher::Enricher;
use parser::{Config, Parser};

static PARSER: LazyLock<Parser> =
    LazyLock::new(|| Parser::new(&Config::built_in()).expect("the built-in phrase lists are sound"));

/// Loads the phrase lists and models of pages, whose time is no document's.
pub fn load_parser() {
    LazyLock::force(&PARSER);
}

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

static ENRICHER: LazyLock<Enricher> = LazyLock::new(|| {
    Enricher::new(&enricher::Config::built_in()).expect("the built-in models and lists are sound")
});

/// Loads the models and lists of names, whose time is no article's.
pub fn load_enricher() {
    LazyLock::force(&ENRICHER);
}

/// Enriches `text` as an article that declares this language, or none. Panics where a finding is not in the text, or
/// does not read there as claimed.
pub fn enrich(language: &str, text: &str) {
    let Some(words) = Text::new(text) else { return };
    let mut article = Article::bare("text/plain", words);
    article.declared_language = Some(language.to_owned()).filter(|language| !language.is_empty());
    let found = ENRICHER.enrich(&article);
    let read = |span: Span| {
        let words = span.of(text).expect("a span lies in the text, on character boundaries");
        assert!(
            !words.is_empty() && words.trim() == words,
            "a span begins and ends with what shows: {words:?}"
        );
        words
    };
    for entity in &found.entities {
        assert!(!entity.name.trim().is_empty(), "an entity has a name");
        assert!(!entity.mentions.is_empty() && entity.mentions.is_sorted(), "mentions are in order");
        for span in &entity.mentions {
            read(*span);
        }
    }
    for quote in &found.quotes {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        assert_eq!(letters(read(quote.span)), letters(&quote.text), "a quote is what stands there");
        assert_eq!(quote.speaker.is_some(), quote.speaker_span.is_some(), "a speaker is named somewhere");
        if let Some(span) = quote.speaker_span {
            let speaker = found.entities.iter().find(|entity| entity.mentions.contains(&span));
            assert_eq!(speaker.map(|entity| &entity.name), quote.speaker.as_ref(), "a speaker is an entity");
        }
    }
    for amount in &found.amounts {
        read(amount.span);
        let numbers = [amount.value, amount.low, amount.high];
        assert!(numbers.into_iter().flatten().all(f64::is_finite), "numbers are finite: {numbers:?}");
        assert!(amount.low.zip(amount.high).is_none_or(|(low, high)| low <= high), "bounds are in order");
    }
    for date in &found.dates {
        read(date.span);
    }
    for fact in &found.facts {
        read(fact.evidence);
        assert!(fact.amount.is_none_or(|place| place < found.amounts.len()), "a fact's amount is there");
    }
    for keyword in &found.keywords {
        assert!(keyword.score > 0.0 && keyword.score <= 1.0, "a score is a share: {keyword:?}");
    }
}
