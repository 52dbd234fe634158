//! JSON documents that hold one article each.

mod shell;
mod unread;

pub(crate) use self::unread::TITLE_UNREAD;

use std::borrow::Cow;

use document::{Article, Text, Warning};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::config::JsonFields;
use crate::date::Date;
use crate::error::INGEST;
use crate::fields::Fields;
use crate::lexicon::Lexicon;
use crate::{ExplainedBlock, ParseError, format, html, markdown, plain};

/// Reads a JSON document as an article: an object, an array of one, or a JSONL file of one line.
///
/// Data nested deeper than 128 levels, files of several articles, and what is no object are refused as malformed.
pub(crate) fn read(
    text: &str,
    configured: &JsonFields,
    url: Option<&str>,
    latest: Option<Date>,
    lexicon: &Lexicon,
) -> Result<Article, ParseError> {
    let data = document(text)?;
    let data = article_in(&data, configured);
    let fields = Fields::new(&data, configured).until(latest);
    let (body, is_html) = fields.text().ok_or_else(|| unread::error(&data))?;
    let (body, is_cut) = without_count(body);
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
    article.warnings.extend(article.title.is_none().then(|| unread::title(&data, &fields)).flatten());
    if is_cut {
        let message = "the document says that it holds the beginning of the text alone".to_owned();
        article.warnings.push(Warning { code: "text_truncated", message });
    }
    Ok(article)
}

/// A text without the count of what was cut off behind it: `… [+2143 chars]`. Whether there was one.
fn without_count(text: Cow<'_, str>) -> (Cow<'_, str>, bool) {
    let told = text.trim_end();
    let cut = told.strip_suffix(" chars]").and_then(|rest| rest.rsplit_once("[+"));
    let Some((kept, _)) = cut.filter(|(_, count)| count.bytes().all(|byte| byte.is_ascii_digit())) else {
        return (text, false);
    };
    let kept = kept.trim_end().len();
    (Cow::Owned(text[..kept].to_owned()), true)
}

/// Tells at which place each field was found, and of each block of the text what it was taken for.
pub(crate) fn explain(
    text: &str,
    configured: &JsonFields,
    lexicon: &Lexicon,
) -> Result<Vec<ExplainedBlock>, ParseError> {
    let data = document(text)?;
    let data = article_in(&data, configured);
    let fields = Fields::new(&data, configured);
    let mut told = fields.explain(lexicon);
    let Some((body, is_html)) = fields.text() else {
        told.extend(unread::explain(&data));
        return Ok(told);
    };
    let (body, _) = without_count(body);
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
        return Err(ParseError::TooLarge(
            "the json holds more values than an article has words: cut it into files of one article each"
                .to_owned(),
        ));
    }
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let data = match documents.next() {
        Some(Ok(data)) => data,
        Some(Err(error)) => return Err(broken(&error)),
        None => return Err(ParseError::Empty),
    };
    match documents.next() {
        None => {}
        Some(Ok(_)) => {
            return Err(ParseError::Several(
                "JSON documents",
                "with one a line `depeche ingest FILE` reads them",
            ));
        }
        Some(Err(error)) => return Err(broken(&error)),
    }
    let data = match data {
        Value::Array(mut items) if items.len() == 1 => items.swap_remove(0),
        Value::Array(items) if items.len() > 1 && items.iter().any(Value::is_object) => {
            return Err(ParseError::Several("JSON documents", INGEST));
        }
        data => data,
    };
    if data.is_object() {
        return Ok(data);
    }
    Err(ParseError::Malformed(
        "the json is no object, and so has no fields of an article: put the text in one, as in {\"title\": …, \"text\": …}"
            .to_owned(),
    ))
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

fn broken(error: &serde_json::Error) -> ParseError {
    let told = error.to_string();
    // The library has no name for this kind of error.
    if told.starts_with("recursion limit") {
        return ParseError::Malformed(
            "the json is nested deeper than 128 levels: take the article out of what stands around it"
                .to_owned(),
        );
    }
    let remedy = if error.is_eof() {
        ", so the file may have been cut off on its way: fetch it once more"
    } else {
        "; mend it there, or have it written anew"
    };
    ParseError::Malformed(format!("the json is broken: {told}{remedy}"))
}

/// The article in linked data: the node of the `@graph` whose type is one of article, with the people and pictures that
/// it points to in their places. Else what stands inside of what an interface puts around it.
fn article_in<'d>(data: &'d Value, configured: &JsonFields) -> Cow<'d, Value> {
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
    let Some(nodes) = data["@graph"].as_array() else {
        let inner = || shell::without_shell(data, configured);
        let has_text = Fields::new(data, configured).has_text();
        return Cow::Borrowed(if has_text { data } else { inner().unwrap_or(data) });
    };
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
    fn what_is_wrong_with_json_is_told() {
        let told = |json: &str| {
            read(json, &JsonFields::default(), None, None, &Lexicon::default()).unwrap_err().to_string()
        };
        assert!(
            told(r#"{"title": "Le lac", "text": "Le lac a ge"#)
                .ends_with("cut off on its way: fetch it once more")
        );
        assert!(!told(r#"{"title": "Le lac", text}"#).contains("cut off"));
        assert!(
            told("[1, 2, 3]").starts_with("the json is no object, and so has no fields of an article: put ")
        );
        assert!(told(&"[".repeat(200)).starts_with("the json is nested deeper than 128 levels: take "));
        assert!(
            told(r#"[{"title": "Le lac"}, {"title": "Le vent"}]"#)
                .contains("several JSON documents: `depeche ingest FILE`")
        );
        assert!(told(r#"{"kopf": "Le lac"}"#).contains("[parser.json-fields]"));
    }

    #[test]
    fn fields_of_an_unknown_shape_are_told_of() {
        let json = r#"{"stueck": {"kopf": "Der See", "inhalt_roh": "Der See ist zugefroren."}}"#;
        let told = explain(json, &JsonFields::default(), &Lexicon::load(None).unwrap()).unwrap();
        let told: Vec<&str> = told.iter().map(|told| told.reason.split(' ').next().unwrap()).collect();
        assert_eq!(told, ["/stueck", "/stueck/inhalt_roh", "/stueck/kopf"]);
    }

    /// Title, text, authors, date, publisher, tags and images of JSON.
    fn told(json: &str) -> String {
        let lexicon = Lexicon::load(None).unwrap();
        let article = read(json, &JsonFields::default(), None, None, &lexicon).unwrap();
        let image = |image: &document::Image| {
            let parts = [image.url.as_deref(), image.caption.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let parts = [
            article.title.as_deref().unwrap_or_default().to_owned(),
            article.text.as_str().to_owned(),
            article.authors.join(", "),
            article.published.map(|date| date.edtf).unwrap_or_default(),
            article.publisher.as_deref().unwrap_or_default().to_owned(),
            article.tags.join(", "),
            article.description.as_deref().unwrap_or_default().to_owned(),
            article.url.unwrap_or_default(),
            article.images.iter().map(image).collect::<Vec<_>>().join("; "),
            article.warnings.iter().map(|warning| warning.code).collect(),
        ];
        parts.join(" | ")
    }

    #[test]
    fn shapes_of_interfaces_are_read() {
        assert_eq!(
            told(
                r#"{"response": {"status": "ok", "content": {"webTitle": "Ice closes the harbour | Coast",
                "webUrl": "https://tide.example/ice", "webPublicationDate": "2026-03-03T10:00:00Z", "sectionName": "Coast",
                "fields": {"headline": "Ice closes the harbour", "body": "<p>The harbour froze last night.</p>",
                "byline": "Anna Lam", "trailText": "No boat left.", "publication": "The Tide",
                "thumbnail": "https://tide.example/i.jpg"}}}}"#
            ),
            "Ice closes the harbour | The harbour froze last night. | Anna Lam | 2026-03-03T10:00:00Z | The Tide | Coast | \
             No boat left. | https://tide.example/ice | https://tide.example/i.jpg | "
        );
        assert_eq!(
            told(
                r#"{"title": "Le port ferme", "link": "https://lac.example/port", "dc:creator": "Zo\u00e9 Lam",
                "pubDate": "Tue, 03 Mar 2026 10:00:00 GMT", "description": "Le port en bref.", "category": ["Port", "Gel"],
                "content:encoded": "<p>Le port a ferm\u00e9 cette nuit.</p>",
                "enclosure": {"url": "https://lac.example/p.jpg", "type": "image/jpeg"}}"#
            ),
            "Le port ferme | Le port a fermé cette nuit. | Zoé Lam | 2026-03-03T10:00:00Z |  | Port, Gel | Le port en bref. | \
             https://lac.example/port | https://lac.example/p.jpg | "
        );
        assert_eq!(
            told(
                r#"{"date": "2026-03-03T10:00:00", "link": "https://lac.example/port", "title": {"rendered": "Le port ferme"},
                "content": {"rendered": "<p>Le port a ferm\u00e9 cette nuit.</p>"}, "author": 7, "categories": [3], "tags": [9],
                "featured_media": 12, "_embedded": {"author": [{"id": 7, "name": "Zo\u00e9 Lam"}],
                "wp:term": [[{"id": 3, "name": "Port"}], [{"id": 9, "name": "Gel"}]], "wp:featuredmedia": [{"type": "attachment",
                "media_type": "image", "source_url": "https://lac.example/p.jpg", "caption": {"rendered": "<p>Le port.</p>"}}]}}"#
            ),
            "Le port ferme | Le port a fermé cette nuit. | Zoé Lam | 2026-03-03T10:00:00 |  | Port, Gel |  | \
             https://lac.example/port | https://lac.example/p.jpg Le port. | "
        );
        assert_eq!(
            told(
                r#"{"source": {"id": null, "name": "Calder Sentinel"}, "author": "Anna Lam",
                "title": "Ice closes the harbour - Calder Sentinel", "url": "https://calder.example/ice",
                "urlToImage": "https://calder.example/i.jpg", "publishedAt": "2026-03-03T10:00:00Z",
                "content": "The harbour froze last night, and the boats\u2026 [+2143 chars]"}"#
            ),
            "Ice closes the harbour | The harbour froze last night, and the boats… | Anna Lam | 2026-03-03T10:00:00Z | \
             Calder Sentinel |  |  | https://calder.example/ice | https://calder.example/i.jpg | text_truncated"
        );
        assert_eq!(
            told(
                r#"{"titre": "Le port ferme", "chapo": "Le port en bref.", "contenu": "Le port a ferm\u00e9 cette nuit.",
                "auteur": "Zo\u00e9 Lam", "date_publication": "3 mars 2026", "article_url": "https://lac.example/port",
                "top_image": "https://lac.example/p.jpg"}"#
            ),
            "Le port ferme | Le port a fermé cette nuit. | Zoé Lam | 2026-03-03 |  |  | Le port en bref. | \
             https://lac.example/port | https://lac.example/p.jpg | "
        );
    }

    #[test]
    fn of_several_articles_inside_none_is_taken() {
        let one = r#"{"title": "Le lac", "text": "Le lac a gel\u00e9."}"#;
        let inside =
            |json: &str| read(json, &JsonFields::default(), None, None, &Lexicon::load(None).unwrap());
        assert!(inside(&format!(r#"{{"data": {{"post": {one}}}}}"#)).is_ok());
        assert!(inside(&format!(r#"{{"data": {{"post": {one}, "next": {one}}}}}"#)).is_err());
        // What is said of a part of the title is none of the site's.
        check(
            r#"{"title": "Le lac - La suite", "site_name": "Le Lac", "text": "Le lac."}"#,
            "Le lac - La suite",
            "Le lac.",
        );
    }

    #[test]
    fn a_count_in_the_text_is_the_text_s_own() {
        for text in ["Le lac [+12 chars] a gel\u{e9}.", "Le lac [12 chars]", "Le lac [+x chars]"] {
            check(&format!(r#"{{"title": "Le lac", "text": "{text}"}}"#), "Le lac", text);
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
