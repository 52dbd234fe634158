//! Where each field of structured data was found, and what the rest of the data is to it.

use std::collections::HashSet;

use serde_json::Value;

use super::places::{
    AUTHORS, DESCRIPTION, HTML, LANGUAGE, MODIFIED, PUBLISHED, PUBLISHER, TAGS, TEXT, TITLE, URL,
};
use super::{Fields, parts, places, strings_of};
use crate::ExplainedBlock;
use crate::lexicon::Lexicon;

/// A field of an article with the places where it is looked for.
struct Field<'a> {
    name: &'static str,
    configured: &'a [String],
    known: &'static [&'static str],
    /// The places that gave it, what they gave, and where that went.
    found: Vec<(&'a str, String, &'static str)>,
}

impl<'a> Fields<'a> {
    /// Tells of each value of the data which field it gave, or why none.
    pub(crate) fn explain(&self, lexicon: &Lexicon) -> Vec<ExplainedBlock> {
        let fields = self.fields(lexicon);
        let mut told = Vec::new();
        for field in &fields {
            for pointer in places(field.configured, field.known) {
                let value = self.data.pointer(pointer).filter(|value| !value.is_null());
                told.extend(value.map(|value| field.told(pointer, value)));
            }
        }
        let first_step =
            |pointer: &str| Some(pointer.split('/').nth(1)?.replace("~1", "/").replace("~0", "~"));
        let all_places = fields.iter().flat_map(|field| places(field.configured, field.known));
        let known: HashSet<String> = all_places.filter_map(first_step).collect();
        for (key, value) in self.data.as_object().into_iter().flatten() {
            if !known.contains(key.as_str()) {
                told.push(ExplainedBlock::of_field(
                    "unknown",
                    shown(value),
                    "out",
                    format!("/{key} is no place of a field"),
                ));
            }
        }
        told
    }

    fn fields(&self, lexicon: &Lexicon) -> Vec<Field<'a>> {
        let of = self.configured;
        let text = self.text_at();
        let words = text.as_ref().map_or("", |(_, text, _)| text.as_ref());
        let order = super::order(self.first(&of.language, LANGUAGE).as_deref(), words, lexicon);
        let text = text.as_ref().map(|(at, text, _)| (*at, format!("{} bytes", text.len()), "part"));
        let first = |configured, known, verdict| {
            let (at, strings) = self.strings(configured, known)?;
            Some((at, strings.into_iter().next()?, verdict))
        };
        let date = |configured, known| {
            self.date(configured, known, order).map(|(date, at)| (at, date.edtf(), "metadata"))
        };
        let tags = places(&of.tags, TAGS).filter_map(|at| {
            let tags = strings_of(self.data.pointer(at)?);
            (!tags.is_empty()).then(|| (at, tags.join(", "), "tags"))
        });
        let captions = parts::images(self.data).map(|(at, images)| {
            let told = images.iter().map(|image| {
                let of_image = [&image.url, &image.caption, &image.credit];
                of_image.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
            });
            (at, told.collect::<Vec<_>>().join("\n"), "caption")
        });
        let comments = parts::comments(self.data)
            .map(|(at, comments)| (at, format!("{} in all", comments.len()), "comment"));
        let authors = self.authors(lexicon).map(|(at, authors)| (at, authors.join(", "), "metadata"));
        let url = self.url().map(|(at, url)| (at, url, "metadata"));
        let one = |name, configured, known, found: Option<_>| Field {
            name,
            configured,
            known,
            found: found.into_iter().collect(),
        };
        vec![
            one("headline", &of.title, TITLE, first(&of.title, TITLE, "headline")),
            one("description", &of.description, DESCRIPTION, first(&of.description, DESCRIPTION, "metadata")),
            one("authors", &of.authors, AUTHORS, authors),
            one("date of publication", &of.published, PUBLISHED, date(&of.published, PUBLISHED)),
            one("date of change", &of.modified, MODIFIED, date(&of.modified, MODIFIED)),
            one("language", &of.language, LANGUAGE, first(&of.language, LANGUAGE, "metadata")),
            one("publisher", &of.publisher, PUBLISHER, first(&of.publisher, PUBLISHER, "metadata")),
            one("address", &of.url, URL, url),
            Field { name: "tags", configured: &of.tags, known: TAGS, found: tags.collect() },
            one("images", &[], parts::IMAGE, captions),
            one("comments", &[], parts::COMMENTS, comments),
            one("text", &of.html, HTML, text.clone()),
            one("text", &of.text, TEXT, text),
        ]
    }
}

impl Field<'_> {
    fn told(&self, pointer: &str, value: &Value) -> ExplainedBlock {
        let name = self.name;
        if let Some((_, found, verdict)) = self.found.iter().find(|(at, ..)| *at == pointer) {
            let what = if *verdict == "part" { "; its blocks follow" } else { "" };
            return ExplainedBlock::of_field(
                name,
                found,
                verdict,
                format!("the {name}, from {pointer}{what}"),
            );
        }
        let reason = match self.found.first() {
            Some((at, ..)) => format!("{pointer} is a place of the {name}, which comes from {at}"),
            None => format!("{pointer} is a place of the {name}, and does not read as such"),
        };
        ExplainedBlock::of_field(name, shown(value), "out", reason)
    }
}

/// Characters of a value that are shown.
const SHOWN_CHARS: usize = 300;

/// A value in short.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().take(SHOWN_CHARS).collect(),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(members) => format!("an object of {}", members.len()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::JsonFields;

    #[test]
    fn each_value_is_told_with_its_place() {
        let json = r#"{"headline": "Le lac", "title": "Lac", "datePublished": "2026-13-01", "date": "2026-03-08",
            "content_html": "<p>Le lac.</p>", "text": "Le lac.", "score": 3}"#;
        let data: Value = serde_json::from_str(json).unwrap();
        let configured = JsonFields::default();
        let told = Fields::new(&data, &configured).explain(&Lexicon::load(None).unwrap());
        let told: Vec<String> =
            told.iter().map(|told| format!("{} {}: {}", told.verdict, told.text, told.reason)).collect();
        assert_eq!(
            told,
            [
                "headline Le lac: the headline, from /headline",
                "out Lac: /title is a place of the headline, which comes from /headline",
                "out 2026-13-01: /datePublished is a place of the date of publication, which comes from /date",
                "metadata 2026-03-08: the date of publication, from /date",
                "part 14 bytes: the text, from /content_html; its blocks follow",
                "out Le lac.: /text is a place of the text, which comes from /content_html",
                "out 3: /score is no place of a field",
            ]
        );
    }
}
