//! JSON documents that hold one article each.

use std::borrow::Cow;

use document::{Article, Text};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::config::JsonFields;
use crate::date::Date;
use crate::fields::Fields;
use crate::lexicon::Lexicon;
use crate::{ExplainedBlock, ParseError, format, html, markdown, plain};

/// Reads a JSON document as an article: an object, an array of one, or a JSONL file of one line.
///
/// Data nested deeper than 128 levels, files of several articles, and what is no object are [`ParseError::Malformed`].
pub(crate) fn read(
    text: &str,
    configured: &JsonFields,
    url: Option<&str>,
    latest: Option<Date>,
    lexicon: &Lexicon,
) -> Result<Article, ParseError> {
    let data = document(text)?;
    let data = article_in(&data);
    let fields = Fields::new(&data, configured).until(latest);
    let (body, is_html) = fields.text().ok_or(ParseError::NoText)?;
    let title = fields.title();
    let mut article = if is_html {
        // Its links are relative to its own address.
        let own = fields.address();
        html::read_until(&body, own.as_deref().or(url), latest, lexicon)?
    } else if format::looks_like_markdown(&body) {
        markdown::read_below(&body, title.clone(), lexicon)?
    } else {
        plain::read_own(&body, title.as_deref(), lexicon)?
    };
    // A title taken from the body of a document that has none of its own would be a guess.
    article.title = title.and_then(Text::new);
    fields.fill(&mut article, lexicon);
    Ok(article)
}

/// Tells at which place each field was found, and of each block of the text what it was taken for.
pub(crate) fn explain(
    text: &str,
    configured: &JsonFields,
    lexicon: &Lexicon,
) -> Result<Vec<ExplainedBlock>, ParseError> {
    let data = document(text)?;
    let data = article_in(&data);
    let fields = Fields::new(&data, configured);
    let (body, is_html) = fields.text().ok_or(ParseError::NoText)?;
    let mut told = fields.explain(lexicon);
    told.extend(if is_html {
        html::explain_blocks(&body, lexicon, None)
    } else if format::looks_like_markdown(&body) {
        markdown::explain_below(&body, fields.title(), lexicon)?
    } else {
        plain::explain_own(&body, fields.title().as_deref(), lexicon)?
    });
    Ok(told)
}

/// The one document that a file holds.
fn document(text: &str) -> Result<Value, ParseError> {
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
        Some(Ok(_)) => return Err(several("several JSON documents")),
        Some(Err(error)) => return Err(ParseError::Malformed(format!("the json is broken: {error}"))),
    }
    let data = match data {
        Value::Array(mut items) if items.len() == 1 => items.swap_remove(0),
        Value::Array(items) if items.len() > 1 => return Err(several("an array of documents")),
        data => data,
    };
    if data.is_object() {
        return Ok(data);
    }
    Err(ParseError::Malformed("the json is no object, and so has no fields of an article".to_owned()))
}

/// Values that any JSON document may have, however short it is.
const VALUES_MIN: usize = 250_000;

/// Whether JSON has so many values for its length that they would take many times its bytes in memory.
fn is_too_dense(text: &str) -> bool {
    let most = (text.len() / 12).max(VALUES_MIN);
    text.len() > VALUES_MIN && values(text, most) > most
}

/// How many values JSON has, or one more than `most`.
pub(crate) fn values(text: &str, most: usize) -> usize {
    memchr::memchr3_iter(b',', b'[', b'{', text.as_bytes()).take(most + 1).count()
}

fn several(what: &str) -> ParseError {
    ParseError::Malformed(format!(
        "the file holds {what}; a container of articles is not read as one article"
    ))
}

/// The article in linked data: the node of the `@graph` whose type is one of article, with the people and pictures that
/// it points to in their places.
fn article_in(data: &Value) -> Cow<'_, Value> {
    let is_article = |node: &&Value| {
        let types = &node["@type"];
        let named = |name: &Value| {
            name.as_str()
                .is_some_and(|name| name.contains("Article") || name.contains("Posting") || name == "Report")
        };
        named(types) || types.as_array().is_some_and(|types| types.iter().any(named))
    };
    // What search engines store stands beside what they know of it.
    let data = if data["_source"].is_object() { &data["_source"] } else { data };
    let Some(nodes) = data["@graph"].as_array() else { return Cow::Borrowed(data) };
    let Some(article) = nodes.iter().find(is_article) else { return Cow::Borrowed(data) };
    let by_id: FxHashMap<&str, &Map<String, Value>> =
        nodes.iter().filter_map(|node| Some((node["@id"].as_str()?, node.as_object()?))).collect();
    let mut article = article.clone();
    for key in ["author", "creator", "publisher", "image"] {
        let items = match article.get_mut(key) {
            Some(Value::Array(items)) => items.as_mut_slice(),
            Some(item) => std::slice::from_mut(item),
            None => continue,
        };
        for item in items.iter_mut().take(REFERENTS_MAX) {
            let referent = item["@id"].as_str().and_then(|id| by_id.get(id));
            if let (Some(item), Some(referent)) = (item.as_object_mut(), referent) {
                for key in REFERENT_FIELDS {
                    if let Some(value) = referent.get(key).filter(|value| is_short(value)) {
                        item.entry(key).or_insert_with(|| value.clone());
                    }
                }
            }
        }
    }
    Cow::Owned(article)
}

/// What is taken over from a person, a publisher or a picture.
const REFERENT_FIELDS: [&str; 7] =
    ["@type", "name", "url", "contentUrl", "caption", "creditText", "copyrightNotice"];

/// Things that one property of an article may point to.
const REFERENTS_MAX: usize = 64;

/// Whether a value is a string as short as names, addresses and captions are. Many things may point to one.
fn is_short(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() <= 2_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_to_come_leaves_its_place_to_the_next_one() {
        let lexicon = Lexicon::load(None).unwrap();
        let latest = crate::date::read("2026-03-20", crate::date::Order::DayFirst);
        let check = |dates: &str, published: &str| {
            let text = format!(
                "{{\"headline\": \"Le lac\", \"articleBody\": \"Le lac a gelé cette nuit.\", {dates}}}"
            );
            let article = read(&text, &JsonFields::default(), None, latest, &lexicon).unwrap();
            assert_eq!(article.published.map(|date| date.edtf).as_deref(), Some(published), "{dates}");
        };
        check(r#""datePublished": "2026-04-01", "date": "2026-03-08""#, "2026-03-08");
        check(r#""datePublished": "2026-04-01""#, "2026-04-01");
    }

    #[test]
    fn links_are_relative_to_the_article_s_address() {
        let text = r#"{"title": "Le lac", "url": "https://lac.example/a/gel", "content_html":
            "<p>Le lac a gelé, <a href=\"../port\">dit le port</a>.</p><figure><img src=\"lac.jpg\"></figure><p>Le vent est tombé.</p>"}"#;
        let article = read(text, &JsonFields::default(), None, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.references[0].url.as_deref(), Some("https://lac.example/port"));
        assert_eq!(article.images[0].url.as_deref(), Some("https://lac.example/a/lac.jpg"));
    }

    #[test]
    fn json_without_fields_is_no_article() {
        for json in ["null", "3", "true", "\"Le lac a gelé.\"", "[]", "[\"Le lac\"]", "[[{}]]"] {
            let read = read(json, &JsonFields::default(), None, None, &Lexicon::default());
            assert!(matches!(read, Err(ParseError::Malformed(_))), "{json}");
        }
    }

    #[test]
    fn an_article_in_a_graph_has_what_it_points_to() {
        let graph = r##"{"@graph": [{"@type": "Person", "@id": "#zl", "name": "Zo\u00e9 Lam"},
            {"@type": "ImageObject", "@id": "#i", "url": "https://lake.example/i.jpg", "caption": "Le lac"},
            {"@type": "NewsArticle", "headline": "Le lac a gel\u00e9", "articleBody": "Le lac a gel\u00e9 cette nuit.",
             "author": [{"@id": "#zl"}, {"@id": "#nobody"}], "image": {"@id": "#i"}}]}"##;
        let lexicon = Lexicon::load(None).unwrap();
        let article = read(graph, &JsonFields::default(), None, None, &lexicon).unwrap();
        assert_eq!(article.authors, ["Zoé Lam"]);
        assert_eq!(article.images[0].caption.as_deref(), Some("Le lac"));
    }

    fn check(json: &str, title: &str, text: &str) {
        let lexicon = Lexicon::load(None).unwrap();
        let article = read(json, &JsonFields::default(), None, None, &lexicon).unwrap();
        assert_eq!((article.title.as_deref(), article.text.as_str()), (Some(title), text), "{json}");
    }

    #[test]
    fn a_text_may_be_markdown() {
        check(
            r##"{"title": "Le lac", "content": "# Le lac\n\nLe lac a [gel\u00e9](https://lac.example/a).\n\n## La suite\n\nLe **vent**."}"##,
            "Le lac",
            "Le lac a gel\u{e9}.\n\nLa suite\n\nLe vent.",
        );
    }

    #[test]
    fn the_text_of_a_document_is_kept_whole() {
        let first = "Le lac de Holm a gelé dans la nuit de lundi à mardi, une première depuis trente ans.";
        check(
            &format!(
                r#"{{"title": "Le lac", "articleBody": "{first}\n\nContact : mairie de Holm\n\nUn froid durable"}}"#
            ),
            "Le lac",
            &format!("{first}\n\nContact : mairie de Holm\n\nUn froid durable"),
        );
    }

    #[test]
    fn what_a_search_engine_stores_is_the_document() {
        check(
            r#"{"_index": "news", "_id": "7", "_source": {"title": "Le lac", "body": "Le lac a gel\u00e9 cette nuit."}}"#,
            "Le lac",
            "Le lac a gel\u{e9} cette nuit.",
        );
    }
}
