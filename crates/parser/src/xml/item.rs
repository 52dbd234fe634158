//! What an item of news says of itself.

use document::address::is_web;

use crate::date::{self, Order};
use crate::lexicon::Lexicon;
use crate::{ExplainedBlock, byline, fields, html};

/// Values of one field that are kept.
const VALUES_MAX: usize = 100;

/// Bytes of a field that is no text.
pub(super) const FIELD_BYTES_MAX: usize = 20_000;

/// A field of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// The title of the document, which headlines come before.
    DocumentTitle,
    Description,
    Byline,
    Outlet,
    /// Whose the rights are, or who provides it.
    Owner,
    Tag,
    Language,
    Address,
    /// When it was issued or released, or else when it was written.
    Issued,
    /// When the first version was made.
    Created,
    /// When it was changed.
    Changed,
    /// When this version was made.
    Version,
}

/// An item of news: its fields in the order in which they stand there, and the markup of its text.
#[derive(Debug, Default)]
pub(super) struct Item {
    titles: Vec<String>,
    document_titles: Vec<String>,
    pub(super) description: Vec<String>,
    bylines: Vec<String>,
    outlets: Vec<String>,
    owners: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Vec<String>,
    addresses: Vec<String>,
    issued: Vec<String>,
    created: Vec<String>,
    changed: Vec<String>,
    version: Vec<String>,
    /// The text, as HTML that says no more than the item does.
    pub(super) body: String,
}

impl Item {
    /// Adds a value, as it stands in the source.
    pub(super) fn add(&mut self, field: Field, value: &str) {
        let value = &value[..value.floor_char_boundary(FIELD_BYTES_MAX)];
        let value = html::words(value).split_whitespace().collect::<Vec<_>>().join(" ");
        let values = match field {
            Field::Title => &mut self.titles,
            Field::DocumentTitle => &mut self.document_titles,
            Field::Description => &mut self.description,
            Field::Byline => &mut self.bylines,
            Field::Outlet => &mut self.outlets,
            Field::Owner => &mut self.owners,
            Field::Tag => &mut self.tags,
            Field::Language => &mut self.language,
            Field::Address => &mut self.addresses,
            Field::Issued => &mut self.issued,
            Field::Created => &mut self.created,
            Field::Changed => &mut self.changed,
            Field::Version => &mut self.version,
        };
        if !value.is_empty() && values.len() < VALUES_MAX && !values.contains(&value) {
            values.push(value);
        }
    }

    /// Whether its text is cut into paragraphs by elements, and not by lines.
    pub(super) fn has_markup(&self) -> bool {
        self.body.contains("<p>") || self.body.contains("</")
    }

    pub(super) fn title(&self) -> Option<String> {
        self.titles.first().or(self.document_titles.first()).cloned()
    }

    pub(super) fn publisher(&self) -> Option<String> {
        self.outlets.first().or(self.owners.first()).cloned()
    }

    pub(super) fn url(&self) -> Option<String> {
        self.addresses.iter().find(|url| is_web(url)).cloned()
    }

    pub(super) fn authors(&self, lexicon: &Lexicon) -> Vec<String> {
        let mut authors = Vec::new();
        for name in self.bylines.iter().flat_map(|line| byline::people(fields::without_by(line), lexicon)) {
            if !authors.contains(&name) {
                authors.push(name);
            }
        }
        authors
    }

    /// When it was published and, where that is another time, changed, in EDTF.
    pub(super) fn dates(&self) -> (Option<String>, Option<String>) {
        let first = |values: &[&Vec<String>]| {
            values.iter().flat_map(|values| values.iter()).find_map(|value| edtf(value))
        };
        let published = first(&[&self.issued, &self.created, &self.version]);
        let modified = first(&[&self.changed, &self.version]).filter(|date| published.as_ref() != Some(date));
        (published, modified)
    }

    pub(super) fn explain(&self) -> Vec<ExplainedBlock> {
        let (published, modified) = self.dates();
        let of = |value: &Option<String>, verdict, what: &'static str| {
            let value = value.clone()?;
            Some(ExplainedBlock::of_field(what, value, verdict, format!("the {what} of the item")))
        };
        let told = [
            of(&self.title(), "headline", "headline"),
            of(&self.description.first().cloned(), "metadata", "summary"),
            of(&Some(self.bylines.join("; ")).filter(|line| !line.is_empty()), "metadata", "byline"),
            of(&self.publisher(), "metadata", "publisher"),
            of(&published, "metadata", "date of publication"),
            of(&modified, "metadata", "date of change"),
            of(&self.url(), "metadata", "address"),
            of(&Some(self.tags.join(", ")).filter(|tags| !tags.is_empty()), "tags", "tags"),
        ];
        told.into_iter().flatten().collect()
    }
}

/// A date in EDTF, also where it is written in the basic format of ISO 8601: `20260303T101500+0100`.
fn edtf(text: &str) -> Option<String> {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let digits =
        |text: &str, count| text.len() >= count && text.as_bytes()[..count].iter().all(u8::is_ascii_digit);
    if day.len() != 8 || !digits(day, 8) || !time.is_empty() && !digits(time, 6) {
        return Some(date::of_field(text, Order::Unknown)?.edtf());
    }
    let mut extended = [&day[..4], &day[4..6], &day[6..]].join("-");
    if !time.is_empty() {
        let zone = match time[6..].split_at_checked(3) {
            Some((hours, minutes)) if hours.starts_with(['+', '-']) && digits(minutes, 2) => {
                [hours, minutes].join(":")
            }
            _ => time[6..].to_owned(),
        };
        extended = [extended, [&time[..2], &time[2..4], &time[4..6]].join(":")].join("T") + &zone;
    }
    Some(date::of_field(&extended, Order::Unknown)?.edtf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_be_in_the_basic_format() {
        for (text, expected) in [
            ("20260303T101500Z", Some("2026-03-03T10:15:00Z")),
            ("20260303T101500+0100", Some("2026-03-03T10:15:00+01:00")),
            ("20260303", Some("2026-03-03")),
            ("2026-03-03T10:15:00+01:00", Some("2026-03-03T10:15:00+01:00")),
            ("20261303", None),
            ("20260303Té", None),
            ("soon", None),
        ] {
            assert_eq!(edtf(text).as_deref(), expected, "{text}");
        }
    }
}
