//! An article's fields in structured data: a JSON document, or the front matter of a Markdown file. Knows the
//! names that schema.org (NewsArticle), news-please, trafilatura, ninjs (1.x and 2.x), JSON Feed, `WordPress` and
//! static site generators give them.

mod dates;
mod explain;
mod parts;
mod places;

use std::borrow::Cow;

use document::address::is_web;
use document::{Article, Basis, Published, Text};
use serde_json::{Map, Value};

use crate::config::JsonFields;
use crate::date::{self, Date, Order};
use crate::encoding::without_controls;
use crate::lexicon::Lexicon;
use crate::{byline, html};
use dates::date_of;
use places::{
    AUTHORS, DESCRIPTION, HTML, LANGUAGE, MODIFIED, OF_VERSION, PUBLISHED, PUBLISHER, TAGS, TEXT, TITLE, URL,
};

/// Strings of one value that are looked at; more are a list of something else.
const VALUES_MAX: usize = 64;

/// Tags that are kept; more are no help to anybody.
const TAGS_MAX: usize = 100;

/// Structured data with where its fields may be: the user's places first, then the well-known ones.
pub(crate) struct Fields<'a> {
    data: &'a Value,
    configured: &'a JsonFields,
    /// The latest day that a date can be, where it is known when the data were read.
    latest: Option<Date>,
}

impl<'a> Fields<'a> {
    /// Looks for fields in `data`.
    pub(crate) fn new(data: &'a Value, configured: &'a JsonFields) -> Self {
        Self { data, configured, latest: None }
    }

    /// The same fields, where no date can be later than a day.
    pub(crate) fn until(self, latest: Option<Date>) -> Self {
        Self { latest, ..self }
    }

    /// The text, with whether it is HTML.
    pub(crate) fn text(&self) -> Option<(Cow<'a, str>, bool)> {
        let (_, text, is_html) = self.text_at()?;
        let text = without_controls(text);
        Some(if is_html || parts::is_html_text(&text) {
            (text, true)
        } else if parts::has_inline_markup(&text) {
            (Cow::Owned(parts::lines_marked(&text)), true)
        } else {
            (html::without_references(text), false)
        })
    }

    /// The text as it stands there, with its place and whether that is one for HTML.
    fn text_at(&self) -> Option<(&'a str, Cow<'a, str>, bool)> {
        let found = |configured: &'a [String], known: &'static [&'static str]| {
            places(configured, known)
                .filter_map(|pointer| Some((pointer, parts::parts_joined(self.data.pointer(pointer)?)?)))
                .find(|(_, text)| !text.trim().is_empty())
        };
        // HTML says more: headings, lists, links.
        let html = found(&self.configured.html, HTML).map(|(at, text)| (at, text, true));
        html.or_else(|| found(&self.configured.text, TEXT).map(|(at, text)| (at, text, false)))
    }

    /// Whether there is a text.
    pub(crate) fn has_text(&self) -> bool {
        self.text_at().is_some()
    }

    /// Whether a string at this place belongs to a field other than the headline.
    pub(crate) fn is_known(&self, pointer: &str) -> bool {
        let of = self.configured;
        let stands_at = |place: &str| {
            pointer.strip_prefix(place).is_some_and(|below| below.is_empty() || below.starts_with('/'))
        };
        let all: [(&[String], &[&str]); 11] = [
            (&of.text, TEXT),
            (&of.html, HTML),
            (&of.description, DESCRIPTION),
            (&of.authors, AUTHORS),
            (&of.published, PUBLISHED),
            (&of.modified, MODIFIED),
            (&of.language, LANGUAGE),
            (&of.publisher, PUBLISHER),
            (&of.url, URL),
            (&of.tags, TAGS),
            (&[], parts::IMAGE),
        ];
        all.iter().any(|(configured, known)| places(configured, known).any(stands_at))
            || parts::COMMENTS.iter().any(|place| stands_at(place))
    }

    /// The headline, without the name of the outlet behind it.
    pub(crate) fn title(&self) -> Option<String> {
        let title = self.first(&self.configured.title, TITLE)?;
        let publisher = self.first(&self.configured.publisher, PUBLISHER);
        Some(byline::without_outlet(&title, publisher.as_deref()).to_owned())
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
        let order = order(article.declared_language.as_deref(), article.text.as_str(), lexicon);
        lay(&mut article.published, self.date(&configured.published, PUBLISHED, order));
        lay(&mut article.modified, self.date(&configured.modified, MODIFIED, order));
        if let Some((_, url)) = self.url() {
            article.url = Some(url);
        }
        if let Some((_, authors)) = self.authors(lexicon) {
            article.authors = authors;
        }
        let tags = self.tags();
        if !tags.is_empty() {
            article.tags = tags;
        }
        if article.images.is_empty() {
            article.images = parts::images(self.data).map(|(_, images)| images).unwrap_or_default();
        }
        if article.comments.is_empty() {
            article.comments = parts::comments(self.data).map(|(_, comments)| comments).unwrap_or_default();
        }
    }

    /// The article's address.
    pub(crate) fn address(&self) -> Option<String> {
        self.url().map(|(_, url)| url)
    }

    /// The article's address, with its place.
    fn url(&self) -> Option<(&'a str, String)> {
        places(&self.configured.url, URL).find_map(|pointer| {
            let url = strings_of(self.data.pointer(pointer)?).into_iter().find(|url| is_web(url))?;
            Some((pointer, url))
        })
    }

    /// The people at the first place that names any, and that place.
    fn authors(&self, lexicon: &Lexicon) -> Option<(&'a str, Vec<String>)> {
        let publisher = self.first(&self.configured.publisher, PUBLISHER);
        let url = self.url().map(|(_, url)| url);
        let host = url.as_deref().and_then(|url| url.split('/').nth(2));
        places(&self.configured.authors, AUTHORS).find_map(|pointer| {
            let bylines = strings_of(&without_organizations(self.data.pointer(pointer)?));
            let mut authors: Vec<String> = Vec::new();
            for name in bylines.iter().flat_map(|byline| people(without_by(byline), lexicon)) {
                if !byline::is_site_name(&name, publisher.as_deref(), host) && !authors.contains(&name) {
                    authors.push(name);
                }
            }
            (!authors.is_empty()).then_some((pointer, authors))
        })
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

    /// A date with its place. One that cannot be or is still to come, or that is none, does not end the search.
    fn date(
        &self,
        configured: &'a [String],
        known: &'static [&'static str],
        order: Order,
    ) -> Option<(Date, &'a str)> {
        let dates = || {
            places(configured, known)
                .filter_map(|pointer| Some((date_of(self.data.pointer(pointer)?, order)?, pointer)))
        };
        let is_past = |(date, _): &(Date, _)| self.latest.is_none_or(|latest| !date.is_after(&latest));
        let is_of_article = |(_, at): &(Date, &str)| {
            !OF_VERSION.contains(at) || configured.iter().any(|configured| configured == at)
        };
        // A date that is still to come is given where there is no other, so that somebody is told of it.
        date::fullest(dates().filter(is_past).filter(is_of_article))
            .or_else(|| date::fullest(dates().filter(is_past)))
            .or_else(|| date::fullest(dates()))
    }

    fn first(&self, configured: &'a [String], known: &'static [&'static str]) -> Option<String> {
        self.strings(configured, known)?.1.into_iter().next()
    }

    /// The strings at the first place that has any, and that place.
    fn strings(
        &self,
        configured: &'a [String],
        known: &'static [&'static str],
    ) -> Option<(&'a str, Vec<String>)> {
        places(configured, known)
            .filter_map(|pointer| Some((pointer, strings_of(self.data.pointer(pointer)?))))
            .find(|(_, strings)| !strings.is_empty())
    }
}

/// Puts a date of the data in the place of another one, unless that is the same and known to the day.
fn lay(place: &mut Option<Published>, date: Option<(Date, &str)>) {
    let Some(edtf) = date.map(|(date, _)| date.edtf()) else { return };
    if place.as_ref().is_none_or(|known| !date::edtf_completes(&known.edtf, &edtf)) {
        *place = Some(Published { edtf, basis: Basis::Metadata });
    }
}

fn places<'p>(configured: &'p [String], known: &'p [&'p str]) -> impl Iterator<Item = &'p str> {
    configured.iter().map(String::as_str).chain(known.iter().copied())
}

/// The string that a value is, or the names or addresses of the things in it.
fn strings_of(value: &Value) -> Vec<String> {
    let text = |item: &Value| match item {
        Value::String(text) => Some(plain(text)),
        Value::Object(object) => name_in(object).map(|name| plain(&name)),
        _ => None,
    };
    // Lists in lists are lists of the same.
    let items = items_of(value).iter().take(VALUES_MAX).flat_map(items_of).take(VALUES_MAX);
    items.filter_map(text).filter(|text| !text.is_empty()).collect()
}

/// The items of a list, or the one thing that a value is.
fn items_of(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// What a thing is called: in one field, or by given name and surname.
fn name_in(object: &Map<String, Value>) -> Option<Cow<'_, str>> {
    let string = |key: &&str| object.get(*key)?.as_str().filter(|text| !text.trim().is_empty());
    let whole =
        ["name", "fullName", "full_name", "displayName", "display_name", "fullname"].iter().find_map(string);
    let parted =
        || GIVEN_AND_SURNAME.iter().find_map(|(given, surname)| Some((string(given)?, string(surname)?)));
    let other = || ["title", "label", "value", "url", "rendered", "byline"].iter().find_map(string);
    whole
        .map(Cow::Borrowed)
        .or_else(|| parted().map(|(given, surname)| Cow::Owned(format!("{given} {surname}"))))
        .or_else(|| other().map(Cow::Borrowed))
}

/// The fields that hold the parts of a person's name.
const GIVEN_AND_SURNAME: [(&str, &str); 5] = [
    ("givenName", "familyName"),
    ("given_name", "family_name"),
    ("firstName", "lastName"),
    ("first_name", "last_name"),
    ("first", "last"),
];

/// The order of day and month in the numbers of a document: that of its language, which its text tells where no field does.
fn order(language: Option<&str>, text: &str, lexicon: &Lexicon) -> Order {
    match (Order::of_language(language), language) {
        (Order::Unknown, None) => Order::of_languages(&lexicon.languages_like(text)),
        (order, _) => order,
    }
}

/// The people of an author's field, which may hold one name as libraries write it: "Lam, Zoé". Outlets are none.
fn people(byline: &str, lexicon: &Lexicon) -> Vec<String> {
    let turned = byline::turned(byline, false, lexicon);
    let mut names = byline::people(turned.as_deref().unwrap_or(byline), lexicon);
    names.retain(|name| !byline::is_outlet_name(name, lexicon));
    names
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
pub(crate) fn without_by(byline: &str) -> &str {
    ["By ", "by ", "BY ", "Par ", "par ", "Von ", "Por ", "Di ", "Door "]
        .iter()
        .find_map(|by| byline.strip_prefix(by))
        .unwrap_or(byline)
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
        check(r#"{"title": "L'é\u00adté&#27;", "content_html": "<p>I\u200bci&shy;"}"#, "L'été\n<p>Ici&shy;");
    }

    #[test]
    fn a_date_may_be_known_in_part() {
        let check = |json: &str, expected: &str| {
            let data: Value = serde_json::from_str(json).unwrap();
            let mut article = Article::bare("application/json", Text::new("Le lac.".to_owned()).unwrap());
            let shown = Published { edtf: "2026-03-08".to_owned(), basis: Basis::Dateline };
            (article.published, article.modified) = (Some(shown), None);
            Fields::new(&data, &JsonFields::default()).fill(&mut article, &Lexicon::default());
            let edtf = |date: Option<Published>| date.map_or("none".to_owned(), |date| date.edtf);
            assert_eq!([edtf(article.published), edtf(article.modified)].join(" "), expected, "{json}");
        };
        check(r#"{"datePublished": "2026-02", "dateModified": "2026"}"#, "2026-02 2026");
        check(r#"{"datePublished": "2026-03"}"#, "2026-03-08 none");
        check(
            r#"{"datePublished": "2026", "date": "2026-04-01", "pubDate": "2025-01-02"}"#,
            "2026-04-01 none",
        );
        check(
            r#"{"datePublished": "2026-13-45", "dateCreated": "30 février 2026", "date": "2026-05-01"}"#,
            "2026-05-01 none",
        );
        check(r#"{"datePublished": 1772956800, "dateModified": 2026}"#, "2026-03-08T08:00:00Z none");
    }

    #[test]
    fn the_text_tells_the_order_of_a_date_in_figures() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |text: &str, json: &str, expected: Option<&str>| {
            let data: Value = serde_json::from_str(json).unwrap();
            let mut article = Article::bare("application/json", Text::new(text.to_owned()).unwrap());
            Fields::new(&data, &JsonFields::default()).fill(&mut article, &lexicon);
            assert_eq!(article.published.map(|date| date.edtf).as_deref(), expected, "{json}");
        };
        let french = "Le vent est tombé dans la nuit et les bateaux sont restés au port.";
        let english = "The wind fell in the night and the boats have not left the port.";
        check(french, r#"{"datePublished": "04/11/2025"}"#, Some("2025-11-04"));
        check(english, r#"{"datePublished": "04/11/2025"}"#, None);
        check(english, r#"{"datePublished": "04/11/2025", "inLanguage": "en-US"}"#, Some("2025-04-11"));
    }

    #[test]
    fn an_author_may_be_named_as_libraries_do() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |byline: &str, expected: &[&str]| {
            assert_eq!(people(byline, &lexicon), expected, "{byline}");
        };
        check("Morel, Jean", &["Jean Morel"]);
        check("Morel, Jean-Marc", &["Jean-Marc Morel"]);
        check("Jean Morel, Anna Lam", &["Jean Morel", "Anna Lam"]);
        check("Reuters, Oslo", &[]);
        check("Rédaction, Web", &[]);
        check("García Lorca, Anna", &["Anna García Lorca"]);
    }

    #[test]
    fn a_name_may_stand_in_fields_of_all_sorts() {
        let lexicon = Lexicon::load(None).unwrap();
        for json in [
            r#"{"author": {"first_name": "Anna", "last_name": "Lam"}}"#,
            r#"{"authors": [[{"displayName": "Anna Lam"}]]}"#,
            r#"{"authors": [["Anna Lam"], []]}"#,
            r#"{"author": {"givenName": "Anna", "familyName": "Lam", "url": "https://lac.example/a"}}"#,
            r#"{"byline": "By Anna Lam"}"#,
        ] {
            let data: Value = serde_json::from_str(json).unwrap();
            let configured = JsonFields::default();
            let found = Fields::new(&data, &configured).authors(&lexicon);
            assert_eq!(found.map(|(_, names)| names), Some(vec!["Anna Lam".to_owned()]), "{json}");
        }
    }

    #[test]
    fn outlets_are_no_authors() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |json: &str, expected: &[&str]| {
            let data: Value = serde_json::from_str(json).unwrap();
            let mut article = Article::bare("application/json", Text::new("Le lac.".to_owned()).unwrap());
            Fields::new(&data, &JsonFields::default()).fill(&mut article, &lexicon);
            assert_eq!(article.authors, expected, "{json}");
        };
        check(r#"{"author": "Hessischer Bote"}"#, &[]);
        check(r#"{"author": ["The Daily Bugle Newsletter", "Ann Lee"]}"#, &["Ann Lee"]);
        check(r#"{"author": {"name": "Riva Notte"}, "publisher": {"name": "Riva Notte"}}"#, &[]);
        check(r#"{"author": "Riva Notte", "url": "https://www.riva-notte.example/a"}"#, &[]);
        check(r#"{"author": "Riva Notte", "url": "https://lago.example/a"}"#, &["Riva Notte"]);
        check(r#"{"author": "Kofi Mensah"}"#, &["Kofi Mensah"]);
    }

    #[test]
    fn a_version_is_no_first_publication() {
        let check = |json: &str, expected: &str| {
            let data: Value = serde_json::from_str(json).unwrap();
            let mut article = Article::bare("application/json", Text::new("Le lac.".to_owned()).unwrap());
            Fields::new(&data, &JsonFields::default()).fill(&mut article, &Lexicon::default());
            let edtf = |date: Option<Published>| date.map_or("none".to_owned(), |date| date.edtf);
            assert_eq!([edtf(article.published), edtf(article.modified)].join(" "), expected, "{json}");
        };
        check(
            r#"{"versioncreated": "2026-03-04T09:00:00Z", "contentcreated": "2026-03-03T10:00:00Z"}"#,
            "2026-03-03T10:00:00Z 2026-03-04T09:00:00Z",
        );
        check(
            r#"{"versionCreated": "2026-03-04T09:00:00Z", "contentCreated": "2026-03-02T10:00:00Z",
                "firstCreated": "2026-03-03T10:00:00Z"}"#,
            "2026-03-03T10:00:00Z 2026-03-04T09:00:00Z",
        );
        // The day of the first version is not completed by the hour of a later one.
        check(
            r#"{"firstcreated": "2026-03-04", "versioncreated": "2026-03-04T19:00:00Z"}"#,
            "2026-03-04 2026-03-04T19:00:00Z",
        );
        check(
            r#"{"published": "2026-03-05T08:00:00Z", "firstcreated": "2026-03-03T10:00:00Z",
                "versioncreated": "2026-03-06T08:00:00Z"}"#,
            "2026-03-05T08:00:00Z 2026-03-06T08:00:00Z",
        );
        check(r#"{"versioncreated": "2026-03-04T09:00:00Z"}"#, "2026-03-04T09:00:00Z 2026-03-04T09:00:00Z");
    }

    #[test]
    fn a_text_may_be_a_list_of_its_paragraphs() {
        check(r#"{"body": ["Un.", "Deux."]}"#, "Un.\n\nDeux.");
        check(r#"{"body": [{"type": "text", "content": "Un."}, {"type": "rule"}]}"#, "Un.");
        check(
            r#"{"body": [{"content": "Un."}, {"type": "list", "items": ["Deux", {"content": "Trois"}]}, "Fin."]}"#,
            "Un.\n\n- Deux\n- Trois\n\nFin.",
        );
        check(r#"{"text": "<dl><dt>Bise<dd>Vent du nord.</dl>"}"#, "<dl><dt>Bise<dd>Vent du nord.</dl>");
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
