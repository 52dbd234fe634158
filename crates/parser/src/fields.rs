//! An article's fields in structured data: a JSON document, or the front matter of a Markdown file. Knows the
//! names that schema.org (NewsArticle), news-please, trafilatura, ninjs (1.x and 2.x), JSON Feed, `WordPress` and
//! static site generators give them.

mod parts;

use std::borrow::Cow;

use document::address::is_web;
use document::{Article, Basis, Published, Text};
use jiff::Timestamp;
use serde_json::Value;

use crate::config::JsonFields;
use crate::date::{self, Order};
use crate::lexicon::Lexicon;
use crate::{byline, html};

const TITLE: &[&str] =
    &["/headline", "/title", "/title/rendered", "/headlines/0/value", "/headlineText", "/name"];
const TEXT: &[&str] = &[
    "/articleBody",
    "/maintext",
    "/text",
    "/body_text",
    "/content_text",
    "/cleaned_text",
    "/content",
    "/body",
    "/raw_text",
    "/bodies/0/value",
];
const HTML: &[&str] =
    &["/body_xhtml", "/body_html", "/content_html", "/content/rendered", "/bodyHtml", "/html"];
const DESCRIPTION: &[&str] = &[
    "/description",
    "/description_text",
    "/summary",
    "/excerpt",
    "/excerpt/rendered",
    "/abstract",
    "/descriptions/0/value",
    "/standfirst",
    "/lead",
];
const AUTHORS: &[&str] = &[
    "/author",
    "/authors",
    "/byline",
    "/bylines",
    "/creator",
    "/by",
    "/extra/author",
    "/extra/authors",
    "/params/author",
    "/taxonomies/authors",
];
const PUBLISHED: &[&str] = &[
    "/datePublished",
    "/date_publish",
    "/date_published",
    "/firstcreated",
    "/firstCreated",
    "/published",
    "/published_at",
    "/publishedAt",
    "/publish_date",
    "/publishDate",
    "/pubDate",
    "/pub_date",
    "/pubdate",
    "/date",
    "/date_gmt",
    "/dateCreated",
    "/created_at",
    "/versioncreated",
    "/versionCreated",
    "/timestamp",
];
const MODIFIED: &[&str] = &[
    "/dateModified",
    "/date_modify",
    "/date_modified",
    "/updated",
    "/updated_at",
    "/updatedAt",
    "/modified",
    "/modified_gmt",
    "/lastmod",
    "/last_modified",
    "/versioncreated",
    "/versionCreated",
];
const URL: &[&str] = &[
    "/canonical_url",
    "/canonicalUrl",
    "/canonical",
    "/mainEntityOfPage",
    "/mainEntityOfPage/@id",
    "/url",
    "/link",
    "/permalink",
    "/source",
    "/@id",
    "/uri",
];
const PUBLISHER: &[&str] = &[
    "/publisher",
    "/sitename",
    "/site_name",
    "/siteName",
    "/provider",
    "/source/name",
    "/source-hostname",
    "/source_domain",
    "/hostname",
    "/copyrightHolder",
    "/copyrightholder",
];
const LANGUAGE: &[&str] = &["/inLanguage", "/language", "/lang"];
const TAGS: &[&str] = &[
    "/keywords",
    "/tags",
    "/articleSection",
    "/categories",
    "/category",
    "/section",
    "/subject",
    "/subjects",
    "/topics",
    "/taxonomies/tags",
    "/taxonomies/categories",
];

/// Strings of one value that are looked at; more are a list of something else.
const VALUES_MAX: usize = 64;

/// Tags that are kept; more are no help to anybody.
const TAGS_MAX: usize = 100;

/// Structured data with where its fields may be: the user's places first, then the well-known ones.
pub(crate) struct Fields<'a> {
    data: &'a Value,
    configured: &'a JsonFields,
}

impl<'a> Fields<'a> {
    /// Looks for fields in `data`.
    pub(crate) fn new(data: &'a Value, configured: &'a JsonFields) -> Self {
        Self { data, configured }
    }

    /// The text, with whether it is HTML.
    pub(crate) fn text(&self) -> Option<(Cow<'a, str>, bool)> {
        let found = |pointers: &mut dyn Iterator<Item = &str>| {
            pointers
                .filter_map(|pointer| parts::parts_joined(self.data.pointer(pointer)?))
                .find(|text| !text.trim().is_empty())
        };
        let html = found(&mut places(&self.configured.html, HTML)).map(|text| (text, true));
        let text = found(&mut places(&self.configured.text, TEXT)).map(|text| {
            if is_html(&text) {
                (text, true)
            } else if has_inline_markup(&text) {
                (Cow::Owned(lines_marked(&text)), true)
            } else {
                (html::without_references(text), false)
            }
        });
        // HTML says more: headings, lists, links.
        html.or(text)
    }

    /// The headline.
    pub(crate) fn title(&self) -> Option<String> {
        self.first(&self.configured.title, TITLE)
    }

    /// Lays the fields over an article; what the data does not say stays as it was.
    pub(crate) fn fill(&self, article: &mut Article, lexicon: &Lexicon) {
        let configured = self.configured;
        if let Some(title) = self.title().and_then(Text::new) {
            article.title = Some(title);
        }
        if let Some(description) = self.first(&configured.description, DESCRIPTION).and_then(Text::new) {
            article.description = Some(description);
        }
        if let Some(language) = self.first(&configured.language, LANGUAGE) {
            article.declared_language = Some(language);
        }
        if let Some(publisher) = self.first(&configured.publisher, PUBLISHER).and_then(Text::new) {
            article.publisher = Some(publisher);
        }
        let order = Order::of_language(article.declared_language.as_deref());
        if let Some(edtf) = self.date(&configured.published, PUBLISHED, order) {
            article.published = Some(Published { edtf, basis: Basis::Metadata });
        }
        if let Some(edtf) = self.date(&configured.modified, MODIFIED, order) {
            article.modified = Some(Published { edtf, basis: Basis::Metadata });
        }
        let mut urls = places(&configured.url, URL)
            .filter_map(|pointer| self.data.pointer(pointer))
            .flat_map(strings_of);
        if let Some(url) = urls.find(|url| is_web(url)) {
            article.url = Some(url);
        }
        let authors = self.authors(lexicon);
        if !authors.is_empty() {
            article.authors = authors;
        }
        let tags = self.tags();
        if !tags.is_empty() {
            article.tags = tags;
        }
        if article.images.is_empty() {
            article.images = parts::images(self.data);
        }
        if article.comments.is_empty() {
            article.comments = parts::comments(self.data);
        }
    }

    fn authors(&self, lexicon: &Lexicon) -> Vec<String> {
        let mut authors: Vec<String> = Vec::new();
        for pointer in places(&self.configured.authors, AUTHORS) {
            let Some(value) = self.data.pointer(pointer) else { continue };
            for name in strings_of(&without_organizations(value))
                .iter()
                .flat_map(|byline| byline::people(without_by(byline), lexicon))
            {
                if !authors.contains(&name) {
                    authors.push(name);
                }
            }
            if !authors.is_empty() {
                break;
            }
        }
        authors
    }

    fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for pointer in places(&self.configured.tags, TAGS) {
            let Some(value) = self.data.pointer(pointer) else { continue };
            for text in strings_of(value) {
                for tag in
                    text.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty() && tag.len() <= 100)
                {
                    if tags.len() < TAGS_MAX && !tags.iter().any(|known| known == tag) {
                        tags.push(tag.to_owned());
                    }
                }
            }
        }
        tags
    }

    fn date(&self, configured: &[String], known: &[&str], order: Order) -> Option<String> {
        places(configured, known).find_map(|pointer| match self.data.pointer(pointer)? {
            Value::String(text) => date::read(text, order).map(|date| date.edtf()),
            Value::Number(number) => of_unix(number.as_f64()?),
            _ => None,
        })
    }

    fn first(&self, configured: &[String], known: &[&str]) -> Option<String> {
        self.strings(configured, known).into_iter().next()
    }

    /// The strings at the first place that has any.
    fn strings(&self, configured: &[String], known: &[&str]) -> Vec<String> {
        places(configured, known)
            .filter_map(|pointer| self.data.pointer(pointer))
            .map(strings_of)
            .find(|strings| !strings.is_empty())
            .unwrap_or_default()
    }
}

fn places<'p>(configured: &'p [String], known: &'p [&'p str]) -> impl Iterator<Item = &'p str> {
    configured.iter().map(String::as_str).chain(known.iter().copied())
}

/// The string that a value is, or the names or addresses of the things in it.
fn strings_of(value: &Value) -> Vec<String> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    let text = |item: &Value| match item {
        Value::String(text) => Some(plain(text)),
        Value::Object(object) => ["name", "value", "url", "rendered", "byline"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str())
            .map(plain),
        _ => None,
    };
    items.iter().take(VALUES_MAX).filter_map(text).filter(|text| !text.is_empty()).collect()
}

/// An author's field without the things in it that say of themselves that they are organizations.
fn without_organizations(value: &Value) -> Cow<'_, Value> {
    let organization =
        |item: &Value| item["@type"].as_str().is_some_and(|name| name.ends_with("Organization"));
    match value {
        Value::Array(items) if items.iter().any(organization) => {
            Cow::Owned(Value::Array(items.iter().filter(|item| !organization(item)).cloned().collect()))
        }
        item if organization(item) => Cow::Owned(Value::Null),
        value => Cow::Borrowed(value),
    }
}

/// One line, without markup, character references and white space around it: what writes a field escapes it for pages.
fn plain(text: &str) -> String {
    html::words(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names in metadata may still carry the "By" of the page.
fn without_by(byline: &str) -> &str {
    ["By ", "by ", "BY ", "Par ", "par ", "Von ", "Por ", "Di ", "Door "]
        .iter()
        .find_map(|by| byline.strip_prefix(by))
        .unwrap_or(byline)
}

fn is_html(text: &str) -> bool {
    ["</p>", "<p>", "<br", "</div>", "</h2>"].iter().any(|tag| text.contains(tag))
}

/// Whether text that is cut into lines has links or the like in it, as editors keep it.
fn has_inline_markup(text: &str) -> bool {
    ["</a>", "</b>", "</strong>", "</i>", "</em>", "</span>", "</li>"].iter().any(|tag| text.contains(tag))
}

/// Such text as HTML: a line is a paragraph.
fn lines_marked(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.fold(String::with_capacity(text.len() + 64), |out, line| out + "<p>" + line)
}

/// Unix time in seconds or milliseconds.
fn of_unix(number: f64) -> Option<String> {
    let seconds = if number.abs() > 1e11 { number / 1000.0 } else { number };
    // Small numbers are years, counters, anything.
    if !(1e8..1e11).contains(&seconds) {
        return None;
    }
    Timestamp::from_second(seconds as i64).ok().map(|instant| instant.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &str) {
        let data: Value = serde_json::from_str(json).unwrap();
        let configured = JsonFields::default();
        let fields = Fields::new(&data, &configured);
        let mut article = Article::bare("application/json", Text::new("Le lac.".to_owned()).unwrap());
        fields.fill(&mut article, &Lexicon::default());
        let mut found: Vec<String> = article.title.iter().map(|title| title.as_str().to_owned()).collect();
        found.extend(fields.text().map(|(text, _)| text.into_owned()));
        found.extend(article.url);
        found.extend(article.publisher.iter().map(|name| name.as_str().to_owned()));
        found.extend(article.images.iter().map(|image| format!("{image:?}")));
        found.extend(
            article.comments.iter().map(|comment| format!("{:?}: {}", comment.author, comment.text.as_str())),
        );
        assert_eq!(found.join("\n"), expected, "{json}");
    }

    #[test]
    fn a_field_escaped_for_a_page_is_read_as_words() {
        check(r#"{"title": {"rendered": "L&#8217;été <em>ici</em>"}}"#, "L’été ici");
        check(r#"{"articleBody": "L&rsquo;été, A&B & C."}"#, "L’été, A&B & C.");
    }

    #[test]
    fn a_text_may_be_a_list_of_its_paragraphs() {
        check(r#"{"body": ["Un.", "Deux."]}"#, "Un.\n\nDeux.");
        check(r#"{"body": [{"type": "text", "content": "Un."}, {"type": "rule"}]}"#, "Un.");
        check(r#"{"text": "Un <a href=/x>lien</a>.\nDeux."}"#, "<p>Un <a href=/x>lien</a>.<p>Deux.");
    }

    #[test]
    fn an_address_is_looked_for_in_every_place() {
        check(r#"{"mainEntityOfPage": "page", "url": "https://lake.example/a"}"#, "https://lake.example/a");
        check(
            r#"{"source": "https://lake.example/a", "hostname": "lake.example", "source-hostname": "Lake"}"#,
            "https://lake.example/a\nLake",
        );
    }

    #[test]
    fn images_keep_what_is_said_of_them() {
        let expected = r#"Image { url: Some("https://lake.example/i.jpg"), caption: Some("Le lac"), credit: Some("Z. Lam") }"#;
        check(
            r#"{"image": [{"url": "https://lake.example/i.jpg", "caption": "Le lac", "creditText": "Z. Lam"}]}"#,
            expected,
        );
        check(
            r#"{"associations": {"main": {"type": "picture", "description_text": "Le lac", "byline": "Z. Lam",
                "renditions": {"hd": {"href": "https://lake.example/i.jpg"}}}, "more": {"type": "text"}}}"#,
            expected,
        );
    }

    #[test]
    fn comments_go_to_their_own_field() {
        check(r#"{"comments": "Enfin !\nBravo."}"#, "None: Enfin !\nNone: Bravo.");
        check(r#"{"comment": [{"text": "Enfin !", "author": {"name": "Bo"}}]}"#, "Some(\"Bo\"): Enfin !");
        check(r#"{"comments": 3}"#, "");
    }
}
