//! JSON documents that hold one article each.

use document::{Article, Text};
use serde_json::Value;

use crate::config::JsonFields;
use crate::fields::Fields;
use crate::lexicon::Lexicon;
use crate::{ParseError, html, plain};

/// Reads a JSON document as an article: an object, an array of one, or a JSONL file of one line.
///
/// Data nested deeper than 128 levels, and files of several articles, are [`ParseError::Malformed`].
pub(crate) fn read(
    text: &str,
    configured: &JsonFields,
    url: Option<&str>,
    lexicon: &Lexicon,
) -> Result<Article, ParseError> {
    if is_too_dense(text) {
        return Err(ParseError::TooLarge("the json holds more values than an article has words".to_owned()));
    }
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let data = match documents.next() {
        Some(Ok(data)) => data,
        Some(Err(error)) => return Err(ParseError::Malformed(format!("the json is broken: {error}"))),
        None => return Err(ParseError::Empty),
    };
    match documents.next() {
        None => {}
        Some(Ok(_)) => {
            return Err(several("several JSON documents"));
        }
        Some(Err(error)) => return Err(ParseError::Malformed(format!("the json is broken: {error}"))),
    }
    let data = match &data {
        Value::Array(items) if items.len() == 1 => &items[0],
        Value::Array(items) if items.len() > 1 => return Err(several("an array of documents")),
        data => data,
    };
    let fields = Fields::new(article_in(data), configured);
    let (body, is_html) = fields.text().ok_or(ParseError::NoText)?;
    let title = fields.title();
    let mut article = if is_html {
        html::read(body, url, lexicon)?
    } else {
        plain::read_below(body, title.as_deref(), lexicon)?
    };
    // A title taken from the body of a document that has none of its own would be a guess.
    article.title = title.and_then(Text::new);
    fields.fill(&mut article, lexicon);
    Ok(article)
}

/// Values that any JSON document may have, however short it is.
const VALUES_MIN: usize = 250_000;

/// Whether JSON has so many values for its length that they would take many times its bytes in memory.
pub(crate) fn is_too_dense(text: &str) -> bool {
    let most = (text.len() / 12).max(VALUES_MIN);
    text.len() > VALUES_MIN
        && memchr::memchr3_iter(b',', b'[', b'{', text.as_bytes()).take(most + 1).count() > most
}

fn several(what: &str) -> ParseError {
    ParseError::Malformed(format!(
        "the file holds {what}; a container of articles is not read as one article"
    ))
}

/// The article in linked data: the node of the `@graph` whose type is one of article.
fn article_in(data: &Value) -> &Value {
    let is_article = |node: &&Value| {
        let types = &node["@type"];
        let named = |name: &Value| {
            name.as_str()
                .is_some_and(|name| name.contains("Article") || name.contains("Posting") || name == "Report")
        };
        named(types) || types.as_array().is_some_and(|types| types.iter().any(named))
    };
    data["@graph"].as_array().and_then(|nodes| nodes.iter().find(is_article)).unwrap_or(data)
}
