//! What a page says about its article in JSON-LD (schema.org `Article` and the types below it).

mod salvage;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use self::salvage::salvage;
use super::tag::Name;
use super::tree::{Tree, decode};
use crate::encoding::without_controls;
use crate::json::values;

/// An author as JSON-LD names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Author {
    /// The name as it stands there.
    pub name: String,
    /// Whether it is said to be an organisation.
    pub organization: bool,
}

/// The properties of one article object.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub headline: Option<String>,
    pub description: Option<String>,
    pub body: Option<String>,
    pub authors: Vec<Author>,
    /// When it was published, and when it was made, as they stand there.
    pub published: Vec<String>,
    pub modified: Option<String>,
    pub publisher: Option<String>,
    /// Whether the publisher is a person, whose name the site may bear.
    pub publisher_is_person: bool,
    pub url: Option<String>,
    pub language: Option<String>,
    pub keywords: Vec<String>,
    /// Addresses and captions of its images, the most exact first.
    pub images: Vec<(Option<String>, Option<String>)>,
    /// Whether an object of an article's type was there; else the values are those of the page as a whole.
    pub is_article: bool,
    /// Name of the site, whatever the article's publisher.
    pub site: Option<String>,
    /// The sections that the article stands in, and the steps of breadcrumbs.
    pub sections: Vec<String>,
}

/// Objects looked at in all scripts of a page.
const OBJECTS_MAX: usize = 5_000;
/// Values kept of all scripts of a page: each takes many times its bytes in memory.
const VALUES_MAX: usize = 100_000;

/// Reads all JSON-LD of a page. `is_headline` tells the page's own headline from those of other articles.
pub(super) fn read(tree: &Tree<'_>, is_headline: impl Fn(&str) -> bool) -> JsonLd {
    let mut documents = Vec::new();
    let mut values_left = VALUES_MAX;
    for id in tree.scripts.iter().copied() {
        let is_linked_data = tree
            .raw_attribute(id, Name::Type)
            .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json"));
        if !is_linked_data {
            continue;
        }
        let json = &without_controls(tree.raw_text(id).into());
        // What does not fit is left out; the article's own data are seldom the last.
        let Some(left) = values_left.checked_sub(values(json, values_left)) else { continue };
        values_left = left;
        documents.extend(parse(json, &mut values_left));
    }
    let mut objects = Vec::new();
    let mut by_id: FxHashMap<&str, &Map<String, Value>> = FxHashMap::default();
    let mut stack: Vec<(&Value, bool)> = documents.iter().rev().map(|value| (value, false)).collect();
    while let Some((value, listed)) = stack.pop() {
        if objects.len() >= OBJECTS_MAX {
            break;
        }
        match value {
            Value::Array(values) => stack.extend(values.iter().rev().map(|value| (value, listed))),
            Value::Object(object) => {
                if let Some(Value::String(id)) = object.get("@id")
                    && object.len() > 1
                {
                    by_id.entry(id).or_insert(object);
                }
                objects.push((object, listed));
                for (key, value) in object.iter().rev() {
                    let inner = matches!(
                        key.as_str(),
                        "itemListElement"
                            | "hasPart"
                            | "isPartOf"
                            | "relatedLink"
                            | "mentions"
                            | "citation"
                            | "comment"
                            | "isBasedOn"
                            | "blogPost"
                            | "itemReviewed"
                    );
                    if value.is_object() || value.is_array() {
                        stack.push((value, listed || inner));
                    }
                }
            }
            _ => {}
        }
    }
    let mut best: Option<(i32, &Map<String, Value>)> = None;
    let mut site = None;
    let mut sections = Vec::new();
    for (object, listed) in &objects {
        let rank = rank(object);
        if types(object).any(|kind| kind == "BreadcrumbList") {
            sections.extend(many(object.get("itemListElement")).take(STEPS_MAX).filter_map(step));
        }
        if types(object).any(|kind| matches!(kind, "WebSite" | "NewsMediaOrganization")) && site.is_none() {
            site = text(object.get("name"));
        }
        if rank == 0 {
            continue;
        }
        let named = object
            .get("headline")
            .or_else(|| object.get("name"))
            .and_then(Value::as_str)
            .is_some_and(&is_headline);
        let score = rank * 2 - i32::from(*listed) * 6 + i32::from(named) * 5;
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, object));
        }
    }
    let Some((_, article)) = best else { return JsonLd { site, sections, ..JsonLd::default() } };
    sections.extend(many(article.get("articleSection")).take(STEPS_MAX).filter_map(|name| text(Some(name))));
    let resolve = |value: &'_ Value| -> Option<Map<String, Value>> {
        let object = value.as_object()?;
        if object.contains_key("name") || object.contains_key("familyName") {
            return Some(object.clone());
        }
        object.get("@id").and_then(Value::as_str).and_then(|id| by_id.get(id)).map(|found| (*found).clone())
    };
    let mut out = JsonLd {
        headline: text(article.get("headline")).or_else(|| text(article.get("name"))),
        description: text(article.get("description")),
        body: text(article.get("articleBody")),
        published: ["datePublished", "dateCreated"]
            .iter()
            .filter_map(|key| text(article.get(*key)))
            .collect(),
        modified: text(article.get("dateModified")),
        publisher: article
            .get("publisher")
            .and_then(|value| match value {
                Value::Array(values) => values.first().and_then(resolve),
                value => resolve(value),
            })
            .and_then(|object| text(object.get("name")))
            .or_else(|| article.get("publisher").and_then(Value::as_str).map(ToOwned::to_owned)),
        url: text(article.get("url")).or_else(|| match article.get("mainEntityOfPage") {
            Some(Value::Object(page)) => text(page.get("@id")),
            other => text(other),
        }),
        language: text(article.get("inLanguage")).or_else(|| {
            article
                .get("inLanguage")
                .and_then(Value::as_object)
                .and_then(|language| text(language.get("name")))
        }),
        publisher_is_person: many(article.get("publisher"))
            .filter_map(&resolve)
            .any(|object| types(&object).any(|kind| kind == "Person")),
        is_article: rank(article) > 1,
        site,
        sections,
        ..JsonLd::default()
    };
    for key in ["author", "creator"] {
        if !out.authors.is_empty() {
            break;
        }
        for value in many(article.get(key)) {
            match value {
                Value::String(name) => {
                    out.authors.push(Author { name: unescaped(name), organization: false });
                }
                value => {
                    if let Some(object) = resolve(value) {
                        let organization = types(&object)
                            .any(|kind| kind.ends_with("Organization") || kind == "Corporation");
                        let in_parts = || {
                            let parts = ["givenName", "familyName"].map(|key| text(object.get(key)));
                            parts.into_iter().collect::<Option<Vec<_>>>().map(|parts| parts.join(" "))
                        };
                        let mut names: Vec<String> =
                            many(object.get("name")).filter_map(|name| text(Some(name))).collect();
                        if names.is_empty() {
                            names.extend(in_parts());
                        }
                        out.authors.extend(names.into_iter().map(|name| Author { name, organization }));
                    }
                }
            }
        }
    }
    for key in ["keywords", "articleSection"] {
        for value in many(article.get(key)) {
            // A term of a vocabulary (schema.org `DefinedTerm`) has a name.
            let name = || value.as_object().and_then(|term| text(term.get("name")));
            if let Some(words) = text(Some(value)).or_else(name) {
                out.keywords.extend(
                    words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(ToOwned::to_owned),
                );
            }
        }
    }
    let images = ["image", "primaryImageOfPage", "thumbnailUrl"];
    for value in images.iter().flat_map(|key| many(article.get(*key))).take(IMAGES_MAX) {
        match value {
            Value::String(url) => out.images.push((Some(unescaped(url)), None)),
            Value::Object(object) => {
                let known = object.get("@id").and_then(Value::as_str).and_then(|id| by_id.get(id));
                let object = if object.len() > 1 { object } else { known.copied().unwrap_or(object) };
                let url = text(object.get("url")).or_else(|| text(object.get("contentUrl")));
                out.images.push((url, text(object.get("caption"))));
            }
            _ => {}
        }
    }
    out
}

/// Images that are kept.
const IMAGES_MAX: usize = 20;

/// Steps of breadcrumbs, and sections, that are kept.
const STEPS_MAX: usize = 20;

/// The name of a step of breadcrumbs.
fn step(item: &Value) -> Option<String> {
    let item = item.as_object()?;
    text(item.get("name")).or_else(|| text(item.get("item")?.as_object()?.get("name")))
}

/// How likely an object of this type is the page's article: 0 for no chance.
fn rank(object: &Map<String, Value>) -> i32 {
    types(object)
        .map(|kind| match kind {
            "NewsArticle"
            | "ReportageNewsArticle"
            | "AnalysisNewsArticle"
            | "OpinionNewsArticle"
            | "BackgroundNewsArticle"
            | "ReviewNewsArticle"
            | "AskPublicNewsArticle"
            | "LiveBlogPosting" => 5,
            "Article"
            | "BlogPosting"
            | "Report"
            | "TechArticle"
            | "ScholarlyArticle"
            | "AdvertiserContentArticle"
            | "SatiricalArticle"
            | "MedicalScholarlyArticle"
            | "SocialMediaPosting"
            | "DiscussionForumPosting"
            | "Blog" => 4,
            "CreativeWork" | "Review" | "Recipe" | "HowTo" | "VideoObject" | "PodcastEpisode" | "Event"
                if object.contains_key("headline") =>
            {
                2
            }
            "WebPage" | "ItemPage" | "AboutPage" | "MedicalWebPage" | "Recipe" => 1,
            _ => 0,
        })
        .max()
        .unwrap_or(0)
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    many(object.get("@type"))
        .filter_map(Value::as_str)
        .map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

/// One value, each of an array, or nothing.
fn many(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(values)) => values.as_slice(),
        Some(Value::Null) | None => &[],
        Some(value) => std::slice::from_ref(value),
    }
    .iter()
}

/// A value as text; the first of an array.
fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(unescaped(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => text(values.first()),
        Value::Object(object) => text(object.get("@value")),
        _ => None,
    }
}

/// Many writers of JSON-LD escape for HTML what a script element takes as it is.
fn unescaped(text: &str) -> String {
    let twice = decode(&decode(text)).into_owned();
    without_controls(twice.into()).trim().to_owned()
}

/// Reads JSON, as far as it can be read where it is broken; what of that is kept counts `values_left` down.
fn parse(raw: &str, values_left: &mut usize) -> Option<Value> {
    let mut json = raw.trim();
    for prefix in ["<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"] {
        json = json.strip_prefix(prefix).unwrap_or(json).trim_start();
    }
    for suffix in ["-->", "//]]>", "]]>", "/*]]>*/", ";"] {
        json = json.strip_suffix(suffix).unwrap_or(json).trim_end();
    }
    if json.is_empty() {
        return None;
    }
    serde_json::from_str(json).ok().or_else(|| {
        // Some escape all of it as if it stood in the page.
        if json.contains("&quot;") && !json.contains('"') {
            return salvage(&decode(json), values_left);
        }
        salvage(json, values_left)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, headline: &str) -> JsonLd {
        let article = read(&Tree::parse(page), |name| name == "Le lac a gelé");
        assert_eq!(article.headline.as_deref(), Some(headline));
        article
    }

    #[test]
    fn an_article_in_a_graph_is_read_with_what_it_points_to() {
        let article = check(
            r#"<script type="application/ld+json">{"@graph": [
                {"@type": "Person", "@id": "about:zl", "name": "Zoé Lam"},
                {"@type": ["NewsArticle"], "headline": "Le lac a gel&eacute;", "author": {"@id": "about:zl"},
                 "datePublished": "2026-01-05", "keywords": "lac, gel"}]}</script>"#,
            "Le lac a gelé",
        );
        assert_eq!(article.authors, [Author { name: "Zoé Lam".to_owned(), organization: false }]);
        assert_eq!(article.published, ["2026-01-05"]);
        assert_eq!(article.keywords, ["lac", "gel"]);
    }

    #[test]
    fn broken_json_is_mended() {
        check(
            "<script type='application/ld+json'>/*<![CDATA[*/{\"@type\": \"Article\", \"headline\": \"Le lac\n a \\gelé\",}/*]]>*/</script>",
            "Le lac\n a \\gelé",
        );
    }

    #[test]
    fn the_fields_of_json_that_is_cut_off_are_kept() {
        let article = check(
            "<script type='application/ld+json'>{'@type': 'NewsArticle', 'headline': 'L'eau dit \"non\"', 'datePublished': \
             '2026-01-05', 'author': {'name': 'Zoé Lam'}, 'articleBody': 'Le lac a</script>",
            "L'eau dit \"non\"",
        );
        assert_eq!(article.authors, [Author { name: "Zoé Lam".to_owned(), organization: false }]);
        assert_eq!((article.published.len(), article.body), (1, None));
    }

    #[test]
    fn the_page_s_own_article_is_told_from_those_it_lists() {
        check(
            r#"<script type="application/ld+json">[{"@type": "ItemList", "itemListElement":
                [{"@type": "NewsArticle", "headline": "Le port"}]}, {"@type": "Article", "headline": "Le lac a gelé"}]</script>"#,
            "Le lac a gelé",
        );
    }
}
