//! Every finding lies in the text, on character boundaries, and reads there as claimed, whatever the text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its data has failed")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use document::{Article, Enrichment, Span, Text};
use enricher::{Config, Enricher};
use proptest::prelude::*;

static ENRICHER: LazyLock<Enricher> = LazyLock::new(|| Enricher::new(&Config::built_in()).unwrap());

/// Real texts, to be mutated.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/quotes_fr_dev.jsonl");
    let text = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().map(str::to_owned)
    };
    fs::read_to_string(file).unwrap().lines().filter_map(text).collect()
});

fn enrich(language: &str, text: &str) -> Option<Enrichment> {
    let mut article = Article::bare("text/plain", Text::new(text)?);
    article.title = Text::new(text.chars().take(60).collect::<String>());
    article.declared_language = Some(language.to_owned());
    Some(ENRICHER.enrich(&article))
}

/// The words of a stretch without quotation marks and white space.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[track_caller]
fn check(language: &str, text: &str) {
    let Some(found) = enrich(language, text) else { return };
    let read = |span: Span| {
        let words = span.of(text).unwrap_or_else(|| panic!("{span:?} is not in {text:?}"));
        assert_eq!(words.trim(), words, "{text:?}");
        assert!(!words.is_empty());
        words
    };
    for entity in &found.entities {
        assert!(!entity.mentions.is_empty() && entity.mentions.is_sorted());
        entity.mentions.iter().for_each(|span| {
            read(*span);
        });
    }
    for quote in &found.quotes {
        // What was said stands between the marks, all of it.
        assert_eq!(letters(read(quote.span)), letters(&quote.text));
        assert_eq!(quote.speaker.is_some(), quote.speaker_span.is_some());
        if let (Some(speaker), Some(span)) = (&quote.speaker, quote.speaker_span) {
            let named = found.entities.iter().find(|entity| entity.mentions.contains(&span));
            assert_eq!(named.map(|entity| &entity.name), Some(speaker), "{}", read(span));
        }
    }
    assert!(found.quotes.is_sorted_by_key(|quote| quote.span.start));
    found.amounts.iter().for_each(|amount| {
        read(amount.span);
    });
    found.dates.iter().for_each(|date| {
        read(date.span);
    });
    assert!(found.keywords.iter().all(|keyword| keyword.score > 0.0 && keyword.score <= 1.0));
    assert!(found.keywords.iter().all(|keyword| !keyword.term.trim().is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_at_all(
        text in r#"(\PC|[ \n\t\u{a0}\u{202f}\u{ad}\u{301}«»“”„‘’"'()–—.,:;?!0-9]|[A-Z][a-zé]{0,7}|a déclaré|said|selon|« |[a-z’'-]{1,6} ){0,160}"#,
        language in "fr|en|de|xx",
    ) {
        check(&language, &text);
    }

    #[test]
    fn real_text_with_stretches_moved_about(
        place in 0_usize..1000,
        cuts in prop::collection::vec((0_usize..5000, 0_usize..400, 0_usize..5000), 1..12),
        english: bool,
    ) {
        let mut text = TEXTS[place % TEXTS.len()].clone();
        for (from, length, to) in cuts {
            let from = text.floor_char_boundary(from.min(text.len()));
            let end = text.floor_char_boundary((from + length).min(text.len()));
            let stretch: String = text.drain(from..end).collect();
            let to = text.floor_char_boundary(to.min(text.len()));
            if to % 3 != 0 {
                text.insert_str(to, &stretch);
            }
        }
        check(if english { "en" } else { "fr" }, &text);
    }
}

/// Each of these would take hours if anything looked through the whole text for each mark or word.
#[test]
fn hostile_texts_take_no_longer_than_their_length() {
    for (piece, times) in [
        ("« ", 200_000),
        ("\"", 200_000),
        ("‘a’ ", 50_000),
        ("“a\n", 50_000),
        ("«\n", 100_000),
        ("» « a ", 50_000),
        ("« Non », a-t-il dit. ", 20_000),
        ("Anna Lund, ministre, ", 20_000),
        ("— Oui, dit-il.\n", 20_000),
        ("A", 200_000),
        ("A ", 100_000),
        ("mot ", 100_000),
        ("a", 1_000_000),
        ("1 000 ", 100_000),
        ("(, ", 100_000),
    ] {
        let text = piece.repeat(times);
        let found = enrich("fr", &text).unwrap();
        assert!(found.quotes.iter().all(|quote| quote.span.of(&text).is_some()), "{piece}");
    }
}
