//! Running text in JSON.

use serde_json::{Map, Value};

/// Words of the strings of an array on average, at least: shorter ones are labels.
const WORDS_MEAN: usize = 8;

/// Objects of an array that are read, and fields of an object.
const ITEMS_MAX: usize = 2_000;
const FIELDS_MAX: usize = 60;

/// Keys of what tells something else than a part of a text: another page, a reader.
const OTHERS: [&str; 14] = [
    "url",
    "href",
    "link",
    "slug",
    "permalink",
    "canonical_url",
    "canonicalUrl",
    "title",
    "headline",
    "headlines",
    "author",
    "user",
    "username",
    "email",
];

/// What a part of a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Paragraph,
    Heading,
    Item,
}

/// A text in parts.
pub(super) struct Prose<'v> {
    pub words: usize,
    parts: Vec<(Part, Vec<&'v str>)>,
}

impl<'v> Prose<'v> {
    /// The text that a value is: a string, or the strings of an array of strings or objects.
    pub(super) fn of(value: &'v Value) -> Option<Self> {
        let parts = match value {
            Value::String(text) => vec![(Part::Paragraph, vec![text.as_str()])],
            Value::Array(items) => of_array(items)?,
            _ => return None,
        };
        let words = parts.iter().flat_map(|(_, texts)| texts).map(|text| words(text)).sum();
        let is_prose = words >= parts.len() * WORDS_MEAN;
        is_prose.then_some(Self { words, parts })
    }

    /// The same as markup: strings may hold some themselves, or lines.
    pub(super) fn markup(&self) -> String {
        let mut out = String::with_capacity(self.parts.len() * 200);
        for (part, texts) in &self.parts {
            let text = texts.concat();
            let is_markup = ["<p", "<div", "<h2"].iter().any(|tag| text.contains(tag));
            if is_markup {
                out.push_str(&text);
                continue;
            }
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                out.push_str(match part {
                    Part::Paragraph => "<p>",
                    Part::Heading => "<h2>",
                    Part::Item => "<li>",
                });
                out.push_str(line);
                out.push_str(match part {
                    Part::Paragraph => "</p>",
                    Part::Heading => "</h2>",
                    Part::Item => "</li>",
                });
            }
        }
        out
    }
}

/// The parts of a text in an array.
fn of_array(items: &[Value]) -> Option<Vec<(Part, Vec<&str>)>> {
    let items = &items[..items.len().min(ITEMS_MAX)];
    if items.len() > 1 && items.iter().all(Value::is_string) {
        return Some(
            items.iter().filter_map(Value::as_str).map(|text| (Part::Paragraph, vec![text])).collect(),
        );
    }
    let objects = || items.iter().filter_map(Value::as_object).filter(|object| !is_other(object));
    let key = key_of(objects())?;
    let mut parts = Vec::new();
    for object in objects() {
        let part = part_of(object);
        match object.get(key) {
            Some(Value::String(text)) => parts.push((part, vec![text.as_str()])),
            // Spans of one paragraph.
            Some(Value::Array(spans)) => {
                let spans = || spans.iter().take(ITEMS_MAX).filter_map(Value::as_object);
                if let Some(inner) = key_of(spans()) {
                    let texts = spans().filter_map(|span| span.get(inner)?.as_str()).collect();
                    parts.push((part, texts));
                }
            }
            Some(Value::Object(inner)) => {
                let text = key_of([inner].into_iter()).and_then(|key| inner.get(key)?.as_str());
                parts.extend(text.map(|text| (part, vec![text])));
            }
            // Points of a list, under another key.
            _ => {
                let lists = object.values().take(FIELDS_MAX).filter_map(Value::as_array);
                let points = lists.flatten().take(ITEMS_MAX).filter_map(|point| point.get(key)?.as_str());
                parts.extend(points.map(|text| (Part::Item, vec![text])));
            }
        }
    }
    (parts.len() > 1).then_some(parts)
}

/// The key under which objects have the most words, in a string or in the strings of an object or of several.
fn key_of<'v>(objects: impl Iterator<Item = &'v Map<String, Value>>) -> Option<&'v str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for object in objects {
        for (key, value) in object.iter().take(FIELDS_MAX) {
            let count = match value {
                Value::String(text) => words(text),
                Value::Array(spans) => spans
                    .iter()
                    .take(ITEMS_MAX)
                    .filter_map(Value::as_object)
                    .flat_map(|span| span.values().take(FIELDS_MAX).filter_map(Value::as_str))
                    .map(words)
                    .sum(),
                Value::Object(inner) => {
                    inner.values().take(FIELDS_MAX).filter_map(Value::as_str).map(words).sum()
                }
                _ => 0,
            };
            if let Some((_, sum)) = counts.iter_mut().find(|(known, _)| *known == key) {
                *sum += count;
            } else if counts.len() < FIELDS_MAX {
                counts.push((key, count));
            }
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map(|(key, _)| key)
}

/// Whether an object tells of something else than a part of a text.
fn is_other(object: &Map<String, Value>) -> bool {
    OTHERS.iter().any(|key| object.get(*key).is_some_and(|value| !value.is_null()))
}

/// What an object calls itself: a heading, a point of a list, or anything else.
fn part_of(object: &Map<String, Value>) -> Part {
    let kinds = ["type", "_type", "kind", "tag", "style", "name", "__typename"];
    let mut kinds = kinds.iter().filter_map(|key| object.get(*key)?.as_str()).map(str::to_ascii_lowercase);
    let is_heading = |kind: String| {
        kind.contains("head") || matches!(kind.as_str(), "h2" | "h3" | "h4" | "h5" | "h6" | "subtitle")
    };
    if kinds.any(is_heading) { Part::Heading } else { Part::Paragraph }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
