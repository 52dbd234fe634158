//! The markup of an item's text as HTML: NITF has most of its elements, and some under other names.

use quick_xml::events::BytesStart;

/// How an element of an item's text is written in HTML.
pub(super) enum Element {
    /// As this one.
    As(&'static str),
    /// As this one, which has no end.
    Void(&'static str),
    /// Its words stand in what is around it.
    Through,
    /// Not at all, with all that is in it.
    Out,
}

/// How the element of a local name is written.
pub(super) fn element(name: &str) -> Element {
    use Element::{As, Out, Through, Void};
    match name {
        "p" => As("p"),
        "hl1" | "hl2" | "h1" | "h2" => As("h2"),
        "h3" => As("h3"),
        "h4" | "h5" | "h6" => As("h4"),
        "ul" => As("ul"),
        "ol" => As("ol"),
        "li" => As("li"),
        "dl" => As("dl"),
        "dt" => As("dt"),
        "dd" => As("dd"),
        "bq" | "blockquote" => As("blockquote"),
        "pre" => As("pre"),
        "table" => As("table"),
        "tr" => As("tr"),
        "td" => As("td"),
        "th" => As("th"),
        "block" | "div" | "section" => As("div"),
        "media" | "figure" => As("figure"),
        "media-caption" | "media-producer" | "figcaption" => As("figcaption"),
        "a" => As("a"),
        "em" | "i" => As("em"),
        "strong" | "b" => As("strong"),
        "br" => Void("br"),
        "img" | "media-reference" => Void("img"),
        "head" | "script" | "style" | "media-metadata" | "media-object" | "dateline" | "copyrite" => Out,
        _ => Through,
    }
}

/// Writes a start tag with what matters of its attributes.
pub(super) fn push_start(out: &mut String, name: &str, tag: &BytesStart<'_>) {
    out.push('<');
    out.push_str(name);
    let wanted: &[(&str, &str)] = match name {
        "a" => &[("href", "href")],
        "img" => &[("src", "src"), ("source", "src"), ("alt", "alt")],
        _ => &[],
    };
    for (from, to) in wanted {
        if let Some(value) = attribute(tag, from) {
            out.push(' ');
            out.push_str(to);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
    }
    if tag.local_name().as_ref() == "media-producer" {
        out.push_str(" class=credit");
    }
    out.push('>');
}

/// The value of an attribute, as it stands in the source.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.into_owned())
}
