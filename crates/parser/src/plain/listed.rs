//! Sources that a text lists.

use document::Reference;

use super::line;

/// The sources after their label, in a line of so many words; `None` where a sentence follows instead.
pub(crate) fn sources_in(value: &str, words: usize) -> Option<Vec<Reference>> {
    if words > 40 || value.is_empty() || line::ends_sentence(value) && words > 15 {
        return None;
    }
    let value = value.trim_end_matches('.');
    // "(Source: Holm Cloud)".
    let value = value.strip_suffix(')').filter(|value| !value.contains('(')).unwrap_or(value);
    let many = !value.contains("http");
    let parts = value.split(|c: char| many && matches!(c, ',' | ';' | '|' | '/'));
    Some(parts.filter(|part| !part.trim().is_empty()).map(reference).collect())
}

/// A listed source: its words, and its address when it has one.
pub(crate) fn reference(text: &str) -> Reference {
    // Notes lead back to their mark.
    let text = text.trim_start_matches(['↑', '^', ' ']);
    let numbered = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match numbered.strip_prefix(['.', ')']) {
        Some(rest) if numbered.len() < text.len() && rest.starts_with(' ') => rest.trim(),
        _ => text.trim(),
    };
    let Some(at) = text.find("http://").or_else(|| text.find("https://")) else {
        return Reference { title: Some(text.to_owned()), url: None };
    };
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |end| at + end);
    let url = text[at..end].trim_end_matches([')', ']', '.', ',', ';', '>']).to_owned();
    let title = format!("{}{}", &text[..at], &text[end..]);
    let title = title.trim().trim_end_matches(['(', '[', '<', ':', '-', '–', '—', ',']).trim().to_owned();
    Reference { title: (!title.is_empty()).then_some(title), url: Some(url) }
}
