use document::{Article, Text};

use crate::ParseError;
use crate::lexicon::Lexicon;

/// Reads text that somebody scraped or typed: one line a paragraph, the headline first.
pub(crate) fn read(text: &str, _lexicon: &Lexicon) -> Result<Article, ParseError> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let rest: Vec<&str> = lines.collect();
    let (title, body) =
        if rest.is_empty() { (None, first.to_owned()) } else { (Text::new(first), rest.join("\n\n")) };
    let mut article = Article::bare("text/plain", Text::new(body).ok_or(ParseError::NoText)?);
    article.title = title;
    Ok(article)
}
