//! The things that an article in structured data holds: paragraphs, pictures, readers' comments.

use std::borrow::Cow;

use document::address::is_web;
use document::{Comment, Image, Text};
use serde_json::Value;

use super::{VALUES_MAX, plain};

pub(super) const IMAGE: &[&str] = &[
    "/image",
    "/image_url",
    "/imageUrl",
    "/urlToImage",
    "/lead_image",
    "/lead_image_url",
    "/leadImage",
    "/top_image",
    "/topImage",
    "/_embedded/wp:featuredmedia",
    "/featured_image",
    "/featuredImage",
    "/associations",
    "/enclosure",
    "/media:content",
    "/fields/thumbnail",
    "/thumbnailUrl",
    "/thumbnail",
    "/cover",
];
pub(super) const COMMENTS: &[&str] = &["/comments", "/comment"];

// Where the things that an article holds say what they say.
const TEXT_OF_PART: &[&str] = &["/text", "/content", "/value", "/html", "/body"];
const IMAGE_URL: &[&str] = &["/url", "/contentUrl", "/href", "/src", "/source_url"];
const CAPTION: &[&str] = &[
    "/caption",
    "/legende",
    "/caption/rendered",
    "/description_text",
    "/descriptions/0/value",
    "/body_text",
];
const CREDIT: &[&str] = &[
    "/creditText",
    "/credit",
    "/byline",
    "/bylines/0/byline",
    "/author/name",
    "/creator/name",
    "/copyrightNotice",
    "/copyrightholder",
];
const COMMENT_TEXT: &[&str] = &["/text", "/articleBody", "/body", "/content", "/content/rendered"];
const COMMENT_AUTHOR: &[&str] = &["/author/name", "/author", "/author_name", "/creator/name", "/name"];

/// Images that are kept.
const IMAGES_MAX: usize = 8;

/// Comments that are kept.
const COMMENTS_MAX: usize = 1000;

/// The images at the first place that has any, and that place: addresses, or things with address, caption and credit.
pub(super) fn images(data: &Value) -> Option<(&'static str, Vec<Image>)> {
    let at = |pointer: &&'static str| {
        let value = data.pointer(pointer)?;
        let items: Vec<&Value> = match value {
            Value::Array(items) => items.iter().collect(),
            // ninjs names what is associated with an article.
            Value::Object(named) if *pointer == "/associations" => named.values().collect(),
            single => vec![single],
        };
        let images = items.into_iter().take(VALUES_MAX).filter_map(image).take(IMAGES_MAX);
        Some((*pointer, images.collect())).filter(|(_, images): &(_, Vec<_>)| !images.is_empty())
    };
    IMAGE.iter().find_map(at)
}

/// The readers' comments and their place: a line each where they are one string.
pub(super) fn comments(data: &Value) -> Option<(&'static str, Vec<Comment>)> {
    let comment = |item: &Value| {
        let (text, author) = match item {
            Value::String(text) => (text.as_str(), None),
            item => (string_at(item, COMMENT_TEXT)?, string_at(item, COMMENT_AUTHOR)),
        };
        let author = author.map(plain).filter(|name| !name.is_empty());
        Some(Comment { author, text: Text::new(plain(text))? })
    };
    let at = |pointer: &&'static str| {
        let comments: Vec<Comment> = match data.pointer(pointer)? {
            Value::String(lines) => lines
                .lines()
                .filter_map(|line| Some(Comment { author: None, text: Text::new(plain(line))? }))
                .take(COMMENTS_MAX)
                .collect(),
            Value::Array(items) => items.iter().filter_map(comment).take(COMMENTS_MAX).collect(),
            single => comment(single).into_iter().collect(),
        };
        (!comments.is_empty()).then_some((*pointer, comments))
    };
    COMMENTS.iter().find_map(at)
}

/// The string at the first of some places that has one.
fn string_at<'v>(value: &'v Value, pointers: &[&str]) -> Option<&'v str> {
    pointers
        .iter()
        .find_map(|pointer| value.pointer(pointer)?.as_str())
        .filter(|text| !text.trim().is_empty())
}

/// Where a list among the parts of a text has its items.
const ITEMS_OF_PART: &[&str] = &["/items", "/list_items", "/listItems", "/data/items"];

/// A text, or the paragraphs of a list of strings or of things that hold some.
pub(super) fn parts_joined(value: &Value) -> Option<Cow<'_, str>> {
    let said = |item: &'_ Value| match item {
        Value::String(text) => Some(text.clone()),
        item => string_at(item, TEXT_OF_PART).map(ToOwned::to_owned),
    };
    // A list holds its items in a list of its own.
    let listed = |item: &'_ Value| {
        let items = ITEMS_OF_PART.iter().find_map(|pointer| item.pointer(pointer)?.as_array())?;
        let lines: Vec<String> = items.iter().filter_map(said).map(|text| format!("- {text}")).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    };
    let part = |item: &'_ Value| said(item).or_else(|| listed(item));
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().filter_map(part).collect();
            (!parts.is_empty()).then(|| Cow::Owned(parts.join("\n\n")))
        }
        _ => None,
    }
}

/// An image that a value tells of: its address alone, or a thing with address, caption and credit.
fn image(item: &Value) -> Option<Image> {
    if let Value::String(url) = item {
        let url = url.trim().to_owned();
        return is_web(&url).then_some(Image { url: Some(url), caption: None, credit: None });
    }
    let rendition = || {
        let renditions: Box<dyn Iterator<Item = &Value>> = match item.get("renditions")? {
            Value::Array(items) => Box::new(items.iter()),
            Value::Object(named) => Box::new(named.values()),
            _ => return None,
        };
        renditions.take(VALUES_MAX).find_map(|rendition| string_at(rendition, IMAGE_URL))
    };
    // `WordPress` calls what is attached so, and says beside it what it is.
    let kind = if item["type"] == "attachment" { &item["media_type"] } else { &item["type"] };
    let is_of_image =
        |kind: &str| matches!(kind, "picture" | "image" | "graphic") || kind.starts_with("image/");
    let is_image = kind.as_str().is_none_or(is_of_image);
    let url = string_at(item, IMAGE_URL)
        .or_else(rendition)
        .map(|url| url.trim().to_owned())
        .filter(|url| is_web(url));
    let told = |pointers| string_at(item, pointers).map(plain).filter(|text| !text.is_empty());
    let (caption, credit) = (told(CAPTION), told(CREDIT));
    (is_image && (url.is_some() || caption.is_some())).then_some(Image { url, caption, credit })
}

/// Whether a text is HTML, by the elements that begin or end its paragraphs.
pub(super) fn is_html_text(text: &str) -> bool {
    ["</p>", "<p>", "<br", "</div>", "</h2>", "<li>", "<dt>", "<dd>", "</blockquote>"]
        .iter()
        .any(|tag| text.contains(tag))
}

/// Whether text that is cut into lines has links or the like in it, as editors keep it.
pub(super) fn has_inline_markup(text: &str) -> bool {
    ["</a>", "</b>", "</strong>", "</i>", "</em>", "</span>", "</li>"].iter().any(|tag| text.contains(tag))
}

/// Such text as HTML: a line is a paragraph.
pub(super) fn lines_marked(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.fold(String::with_capacity(text.len() + 64), |out, line| out + "<p>" + line)
}
