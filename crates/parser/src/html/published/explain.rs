//! The places of a date that were passed over, for people who want to know why.

use super::address::in_url;
use super::changed::has_class_of_change;
use super::scripts::in_scripts;
use super::shown::{AWAY, Page};
use super::{DATED, Dated, PUBLISHED, changes, fields, is_past, machine_date, read};
use crate::date::Date;
use crate::html::source::{PassedOver, Source, element_of};
use crate::html::tag::Tag;
use crate::html::tree::NodeId;

/// Elements of one kind that are told of.
const ELEMENTS_MAX: usize = 12;

/// Bytes of an element's words that are shown.
const SHOWN_BYTES: usize = 80;

/// What might have been the date of publication besides the one that was found, and why it is not.
pub(in crate::html) fn passed_over_of_publication(
    page: &Page<'_, '_>,
    url: Option<&str>,
    found: Option<&Dated>,
) -> Vec<PassedOver> {
    let mut told = Told { page, found, passed_over: Vec::new() };
    for (source, text) in fields(page, PUBLISHED, true) {
        told.field(source, text);
    }
    for property in ["datePublished", "dateCreated"] {
        for id in page.with_property(property).take(ELEMENTS_MAX) {
            told.element(id);
        }
    }
    for id in times(page) {
        told.element(id);
    }
    told.date(page.shown().map(|(id, date)| (Source::Element(id), date)));
    for (source, text) in fields(page, DATED, false) {
        told.field(source, text);
    }
    let in_address = page.metadata.url().and_then(in_url).or_else(|| url.and_then(in_url));
    told.date(in_address.map(|date| (Source::Address, date)));
    told.date(in_scripts(page.tree, page.order).map(|date| (Source::Script, date)));
    told.date(page.shown_in_part().map(|(id, date)| (Source::Element(id), date)));
    told.date(page.dispatched().or_else(|| page.own_day()).map(|date| (Source::Text, date)));
    told.passed_over
}

/// What might have been the date of the last change besides the one that was found, and why it is not.
pub(in crate::html) fn passed_over_of_change(page: &Page<'_, '_>, found: Option<&Dated>) -> Vec<PassedOver> {
    let mut told = Told { page, found, passed_over: Vec::new() };
    for (source, text) in changes(page) {
        told.field(source, text);
    }
    for id in page.with_property("dateModified").take(ELEMENTS_MAX) {
        told.element(id);
    }
    told.date(page.changed_time().map(|(id, date)| (Source::Element(id), date)));
    told.date(page.shown_change(None).map(|(id, date)| (Source::Element(id), date)));
    told.passed_over
}

fn times(page: &Page<'_, '_>) -> impl Iterator<Item = NodeId> {
    (1..page.tree.len()).filter(|id| page.tree.tag(*id) == Tag::Time).take(ELEMENTS_MAX)
}

struct Told<'p, 'a> {
    page: &'p Page<'p, 'a>,
    found: Option<&'p Dated>,
    passed_over: Vec<PassedOver>,
}

impl Told<'_, '_> {
    /// A field of the metadata.
    fn field(&mut self, source: Source, text: &str) {
        let why = match read(text, self.page.order) {
            None => "no date that can be".to_owned(),
            Some(date) => self.why_not(&date),
        };
        self.add(source, text, why);
    }

    /// An element that may hold a date.
    fn element(&mut self, id: NodeId) {
        let page = self.page;
        let why = match machine_date(page.tree, id, page.order) {
            _ if page.blocks.roles[id as usize].any(AWAY) => {
                "in a part of the page that is of other things".to_owned()
            }
            _ if has_class_of_change(page.tree, id) || page.is_called_change(id) => {
                "called a date of change".to_owned()
            }
            None => "no date that can be".to_owned(),
            Some(date) => self.why_not(&date),
        };
        self.add(Source::Element(id), &page.tree.short_text(id, SHOWN_BYTES).unwrap_or_default(), why);
    }

    /// A date that a place gives.
    fn date(&mut self, date: Option<(Source, Date)>) {
        if let Some((source, date)) = date {
            let why = self.why_not(&date);
            self.add(source, &date.edtf(), why);
        }
    }

    fn why_not(&self, date: &Date) -> String {
        match self.found {
            _ if !is_past(date, self.page.latest) => "later than the day on which it was read".to_owned(),
            Some(found) if found.date.edtf.starts_with(&date.edtf()) => {
                format!("{} says the same", found.source.told(self.page.tree))
            }
            Some(found) => format!("{} comes before it", found.source.told(self.page.tree)),
            None => "not believed".to_owned(),
        }
    }

    /// Adds a place, unless it is the one that gave the date, or is told of already.
    fn add(&mut self, source: Source, value: &str, why: String) {
        let is_of = |found: Source| match (found, source) {
            // A line holds the element that gives its date.
            (Source::Element(found), Source::Element(id)) => {
                let [found, id] = [found, id].map(|id| element_of(self.page.tree, id));
                self.page.tree.contains(found, id) || self.page.tree.contains(id, found)
            }
            _ => found == source,
        };
        let is_known = self.found.is_some_and(|found| is_of(found.source))
            || self.passed_over.iter().any(|other| {
                is_of(other.source) && (other.value == value || matches!(source, Source::Element(_)))
            });
        if !is_known {
            self.passed_over.push(PassedOver::new(source, value, why));
        }
    }
}
