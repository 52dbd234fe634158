//! Reads the items of NITF 3, NewsML-G2 and `NewsML` 1: one pass over the source, and nothing that recurses.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::item::{FIELD_BYTES_MAX, Field, Item};
use super::markup::{self, Element};
use crate::ParseError;

/// Deeper elements are in no news.
const DEPTH_MAX: usize = 256;

/// Items with a text that are looked at; two are too many.
const ITEMS_MAX: usize = 2;

/// The items of a document that hold a text, two at most.
pub(super) fn items(text: &str) -> Result<Vec<Item>, ParseError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut news = News::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => news.start(&tag)?,
            Ok(Event::End(tag)) => news.end(tag.local_name().as_ref()),
            Ok(Event::Text(words)) => news.words(&words.xml10_content()),
            Ok(Event::CData(words)) => {
                news.words(&words.xml10_content().replace('&', "&amp;").replace('<', "&lt;"));
            }
            Ok(Event::GeneralRef(reference)) => news.words(&format!("&{};", reference.xml10_content())),
            Ok(_) => {}
            Err(error) => {
                return Err(ParseError::Malformed(format!("the xml is broken: {error}; fetch it once more")));
            }
        }
        if news.items.len() >= ITEMS_MAX {
            break;
        }
    }
    news.close_item();
    Ok(news.items)
}

/// A document while it is read.
#[derive(Default)]
struct News {
    items: Vec<Item>,
    item: Item,
    /// The open elements.
    path: Vec<Box<str>>,
    /// The field that is open, how many elements are, and its words.
    field: Option<(Field, usize, String)>,
    /// How many elements are open where the text began.
    body: Option<usize>,
    /// How many are where something began that is left out.
    out: Option<usize>,
}

impl News {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), ParseError> {
        let local = tag.local_name();
        let name = local.as_ref();
        let parent = self.path.last().cloned().unwrap_or_default();
        self.path.push(name.into());
        if self.path.len() > DEPTH_MAX {
            return Err(ParseError::Malformed(format!(
                "the xml nests deeper than {DEPTH_MAX} elements: save the article as HTML or as plain text"
            )));
        }
        if self.out.is_some() {
            return Ok(());
        }
        if let Some((_, _, words)) = &mut self.field {
            // "By Ann Lee", and then her office.
            words.push_str(if name == "byttl" { ", " } else { " " });
            return Ok(());
        }
        // A whole document of its own may stand where the text is.
        if matches!(name, "nitf" | "html") && self.item.body.trim().is_empty() {
            self.body = None;
        }
        self.attributes(name, tag);
        if self.body.is_some() {
            self.start_in_body(name, tag);
        } else if is_body(name, &parent) {
            let again = !self.item.body.trim().is_empty();
            *(if again { &mut self.out } else { &mut self.body }) = Some(self.path.len());
        } else if let Some(field) = field(name, &parent) {
            self.field = Some((field, self.path.len(), String::new()));
        }
        Ok(())
    }

    fn start_in_body(&mut self, name: &str, tag: &BytesStart<'_>) {
        let is_picture = |kind: &str| matches!(kind, "image" | "photo" | "picture" | "graphic");
        let is_other_media =
            name == "media" && markup::attribute(tag, "media-type").is_some_and(|kind| !is_picture(&kind));
        match markup::element(name) {
            _ if name == "byline" => self.field = Some((Field::Byline, self.path.len(), String::new())),
            _ if is_other_media => self.out = Some(self.path.len()),
            Element::Out => self.out = Some(self.path.len()),
            Element::As(html) | Element::Void(html) => markup::push_start(&mut self.item.body, html, tag),
            Element::Through => self.item.body.push(' '),
        }
    }

    fn end(&mut self, name: &str) {
        // An end tag closes the elements that were left open in its own.
        let Some(at) = self.path.iter().rposition(|open| **open == *name) else { return };
        let depth = at + 1;
        if self.out.is_some_and(|out| depth <= out) {
            self.out = None;
        } else if self.field.as_ref().is_some_and(|(_, field, _)| depth <= *field) {
            if let Some((field, _, words)) = self.field.take() {
                self.item.add(field, &words);
            }
        } else if let Some((_, _, words)) = &mut self.field {
            words.push(' ');
        } else if self.out.is_none()
            && self.body.is_some_and(|body| depth > body)
            && let Element::As(html) = markup::element(name)
        {
            self.item.body.push_str("</");
            self.item.body.push_str(html);
            self.item.body.push('>');
        }
        if self.body.is_some_and(|body| depth <= body) {
            self.body = None;
        }
        self.path.truncate(at);
        if matches!(name, "newsItem" | "NewsItem") {
            self.close_item();
        }
    }

    fn words(&mut self, words: &str) {
        if self.out.is_some() {
            return;
        }
        if let Some((_, _, field)) = &mut self.field {
            if field.len() < FIELD_BYTES_MAX {
                field.push_str(words);
            }
        } else if self.body.is_some() {
            self.item.body.push_str(words);
        }
    }

    fn close_item(&mut self) {
        let item = std::mem::take(&mut self.item);
        if !item.body.trim().is_empty() {
            self.items.push(item);
        }
    }

    /// Takes what stands in attributes.
    fn attributes(&mut self, name: &str, tag: &BytesStart<'_>) {
        let wanted: &[(&str, Field)] = match name {
            "date.issue" | "date.release" | "story.date" => &[("norm", Field::Issued)],
            "pubdata" => &[
                ("date.publication", Field::Issued),
                ("name", Field::Owner),
                ("ex-ref", Field::Address),
                ("position.section", Field::Tag),
            ],
            "doc.copyright" => &[("holder", Field::Owner)],
            "keyword" => &[("key", Field::Tag)],
            "tobject.subject" => &[
                ("tobject.subject.type", Field::Tag),
                ("tobject.subject.matter", Field::Tag),
                ("tobject.subject.detail", Field::Tag),
            ],
            "language" => &[("tag", Field::Language)],
            "Language" => &[("FormalName", Field::Language)],
            "nitf" | "newsItem" | "html" => &[("xml:lang", Field::Language)],
            _ => return,
        };
        for (attribute, field) in wanted {
            if let Some(value) = markup::attribute(tag, attribute) {
                self.item.add(*field, &value);
            }
        }
    }
}

/// Whether the text of an item is in an element.
fn is_body(name: &str, parent: &str) -> bool {
    match name {
        "body.content" | "inlineXML" | "inlineData" | "DataContent" => true,
        "body" => parent == "html",
        _ => false,
    }
}

/// The field whose words an element holds.
fn field(name: &str, parent: &str) -> Option<Field> {
    Some(match (name, parent) {
        ("hl1" | "headline" | "HeadLine", _) => Field::Title,
        ("title", "head") => Field::DocumentTitle,
        ("abstract" | "hl2" | "SubHeadLine", _) | ("description", "contentMeta") => Field::Description,
        ("byline" | "by" | "ByLine", _) => Field::Byline,
        ("distributor" | "creditline" | "CreditLine", _) => Field::Outlet,
        ("name", "provider" | "copyrightHolder" | "infoSource") => Field::Owner,
        ("name", "subject") | ("keyword", _) => Field::Tag,
        ("contentCreated" | "firstCreated" | "FirstCreated", _) => Field::Created,
        ("contentModified" | "ThisRevisionCreated", _) => Field::Changed,
        ("versionCreated", _) => Field::Version,
        _ => return None,
    })
}
