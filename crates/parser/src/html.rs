use document::{Article, Text};

use crate::ParseError;
use crate::lexicon::Lexicon;

/// Reads a page. `url` is where it came from, if that is on the web; it resolves relative links.
pub(crate) fn read(page: &str, url: Option<&str>, _lexicon: &Lexicon) -> Result<Article, ParseError> {
    let read = dom_smoothie::Readability::new(page, url, None)
        .and_then(|mut page| page.parse())
        .map_err(|_| ParseError::NoText)?;
    let paragraphs: Vec<&str> =
        read.text_content.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let text = Text::new(paragraphs.join("\n\n")).ok_or(ParseError::NoText)?;
    let mut article = Article::bare("text/html", text);
    article.title = Text::new(read.title.trim());
    article.url = read.url;
    article.declared_language = read.lang;
    Ok(article)
}
