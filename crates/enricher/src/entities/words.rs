//! The words of a name, folded so that its ways to be written become one.

use document::EntityKind;
use unicode_normalization::UnicodeNormalization;

/// The words of a name in small letters without accents and marks.
pub(super) fn words(written: &str, kind: EntityKind) -> Vec<String> {
    let mut words: Vec<String> = written
        .split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'))
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect();
    // L'Oréal and The Guardian are also Oréal and Guardian; the English possessive is no part of a name.
    if words.len() > 1 && is_article(&words[0]) {
        words.remove(0);
    }
    if words.len() > 1 && written.ends_with(['s', 'S']) && words.last().is_some_and(|word| word == "s") {
        words.pop();
    }
    if kind == EntityKind::Product
        && let Some(last) = words.last_mut()
        && last.len() > 4
        && last.ends_with('s')
    {
        last.pop();
    }
    words
}

fn fold(word: &str) -> String {
    word.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a folded word stands behind a company's name and tells that it is one.
pub(super) fn is_legal_form(folded: &str) -> bool {
    matches!(
        folded,
        "ag" | "se"
            | "sa"
            | "sas"
            | "sarl"
            | "spa"
            | "srl"
            | "sl"
            | "sau"
            | "nv"
            | "bv"
            | "gmbh"
            | "kg"
            | "kgaa"
            | "plc"
            | "inc"
            | "corp"
            | "ltd"
            | "ltda"
            | "lda"
            | "llc"
            | "ab"
            | "asa"
            | "oy"
            | "oyj"
    )
}

/// An article that may stand before a name or not.
pub(super) fn is_article(folded: &str) -> bool {
    matches!(folded, "l" | "the")
}
