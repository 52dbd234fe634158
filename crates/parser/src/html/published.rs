//! When the page was published and changed, with what that rests on.

use document::{Basis, Published};

use super::blocks::Blocks;
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};
use crate::date::{self, Date, Order};
use crate::lexicon::{Folded, Label, Lexicon};

/// The year of the oldest page that a date is believed for: digitised archives reach back, slips of the hand further.
const YEAR_MIN: u16 = 1850;
/// The year past which a date is a slip of the hand.
const YEAR_MAX: u16 = 2099;

/// When it was published.
pub(super) fn published(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    url: Option<&str>,
    lexicon: &Lexicon,
) -> Option<Published> {
    let order = order(metadata);
    let known =
        |text: Option<&str>| text.and_then(|text| read(text, order)).filter(|date| date.day.is_some());
    let metadata_date = known(metadata.jsonld.published.as_deref().filter(|_| metadata.jsonld.is_article))
        .or_else(|| {
            known(metadata.meta(&[
                "article:published_time",
                "article:published",
                "og:published_time",
                "og:article:published_time",
                "og:pubdate",
                "datepublished",
                "parsely-pub-date",
                "sailthru.date",
                "publishdate",
                "publish_date",
                "publish-date",
                "published",
                "pubdate",
                "published_time",
                "article:publication_date",
                "publication_date",
                "publicationdate",
                "cxenseparse:recs:publishtime",
                "citation_publication_date",
                "citation_date",
                "dc.date.issued",
                "dcterms.issued",
                "dcterms.created",
                "dc.date.created",
                "dcterms.date",
                "dc.date",
                "date.issued",
                "article.published",
                "article.created",
                "displaydate",
                "firstpublished",
                "originalpublicationdate",
                "article_date_original",
                "cdate",
                "ptime",
                "bt:pubdate",
                "cxenseparse:publishtime",
                "vr:published_time",
                "iso-8601-publish-date",
                "shareaholic:article_published_time",
                "pub_date",
                "analyticsattributes.articledate",
                "date",
                "dc:date",
                "created",
            ]))
        })
        .or_else(|| known(metadata.jsonld.published.as_deref()));
    if let Some(date) = metadata_date {
        return Some(Published { edtf: date.edtf(), basis: Basis::Metadata });
    }
    let url_date = metadata.url().and_then(in_url).or_else(|| url.and_then(in_url));
    if let Some(date) = marked(tree, blocks, order) {
        return Some(Published { edtf: date.edtf(), basis: Basis::Metadata });
    }
    let shown = shown(tree, blocks, metadata, order, lexicon);
    match (url_date, shown) {
        (Some(url_date), Some(shown))
            if (shown.year, shown.month, shown.day) == (url_date.year, url_date.month, url_date.day) =>
        {
            Some(Published { edtf: shown.edtf(), basis: Basis::Dateline })
        }
        (Some(url_date), _) if url_date.day.is_some() => {
            Some(Published { edtf: url_date.edtf(), basis: Basis::Url })
        }
        (_, Some(shown)) => Some(Published { edtf: shown.edtf(), basis: Basis::Dateline }),
        (url_date, None) => in_scripts(tree, order)
            .map(|date| Published { edtf: date.edtf(), basis: Basis::Metadata })
            .or_else(|| url_date.map(|date| Published { edtf: date.edtf(), basis: Basis::Url })),
    }
}

/// When it was last changed.
pub(super) fn modified(tree: &Tree<'_>, metadata: &Metadata<'_>) -> Option<Published> {
    let order = order(metadata);
    let known =
        |text: Option<&str>| text.and_then(|text| read(text, order)).filter(|date| date.day.is_some());
    known(metadata.jsonld.modified.as_deref())
        .or_else(|| {
            known(metadata.meta(&[
                "article:modified_time",
                "og:modified_time",
                "og:updated_time",
                "article:modified",
                "datemodified",
                "dcterms.modified",
                "dc.date.modified",
                "last-modified",
                "lastmod",
                "revised",
                "article.updated",
                "updated_time",
            ]))
        })
        .or_else(|| {
            (1..tree.len())
                .filter(|id| {
                    tree.raw_attribute(*id, Name::Itemprop)
                        .is_some_and(|prop| prop.split_ascii_whitespace().any(|word| word == "dateModified"))
                })
                .find_map(|id| machine_date(tree, id, order))
        })
        .map(|date| Published { edtf: date.edtf(), basis: Basis::Metadata })
}

fn order(metadata: &Metadata<'_>) -> Order {
    Order::of_language(metadata.language.as_deref().or(metadata.jsonld.language.as_deref()))
}

/// Reads a date that stands in a field for one: as people write it, or in seconds or milliseconds since 1970.
fn read(text: &str, order: Order) -> Option<Date> {
    let text = text.trim();
    if (10..=13).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.len() != 11
        && text.len() != 12
    {
        let number: i64 = text.parse().ok()?;
        let seconds = if text.len() == 13 { number / 1000 } else { number };
        let time = jiff::Timestamp::from_second(seconds).ok()?.to_string();
        return date::prefix(&time, order).map(|(date, _)| date).filter(is_plausible);
    }
    date::prefix(text, order).map(|(date, _)| date).filter(is_plausible)
}

/// Whether a page can be of this date. The first day of 1970 is what an empty field becomes.
fn is_plausible(date: &Date) -> bool {
    date.year.is_some_and(|year| (YEAR_MIN..=YEAR_MAX).contains(&year))
        && !(date.year == Some(1970) && date.month == 1 && date.day == Some(1))
}

/// The date in an element's attributes or, failing that, its words.
fn machine_date(tree: &Tree<'_>, id: NodeId, order: Order) -> Option<Date> {
    [Name::Datetime, Name::Content, Name::DataDatetime, Name::DataTimestamp, Name::DataTime, Name::DataDate]
        .into_iter()
        .filter_map(|name| tree.attribute(id, name))
        .find_map(|value| read(&value, order))
        .or_else(|| {
            let text = tree.inner_text(id);
            if text.len() < 100 { read(&text, order) } else { None }
        })
        .filter(|date| date.day.is_some())
}

/// A date that the page's markup calls that of publication, or a time element of the article.
fn marked(tree: &Tree<'_>, blocks: &Blocks, order: Order) -> Option<Date> {
    let away = Roles(
        Roles::COMMENT.0
            | Roles::RELATED.0
            | Roles::SIDEBAR.0
            | Roles::NAVIGATION.0
            | Roles::FOOTER.0
            | Roles::TEASER.0
            | Roles::HIDDEN.0
            | Roles::EMBED.0,
    );
    let mut first_time = None;
    for id in 1..tree.len() {
        let tag = tree.tag(id);
        if tag == Tag::Text {
            continue;
        }
        if let Some(prop) = tree.raw_attribute(id, Name::Itemprop)
            && prop.split_ascii_whitespace().any(|word| word == "datePublished" || word == "dateCreated")
            && !blocks.roles[id as usize].any(Roles::COMMENT | Roles::RELATED)
            && let Some(date) = machine_date(tree, id, order)
        {
            return Some(date);
        }
        if tag == Tag::Time && first_time.is_none() && !blocks.roles[id as usize].any(away) {
            let class = tree.raw_attribute(id, Name::Class).unwrap_or_default();
            if !class.contains("updated") && !class.contains("modified") || class.contains("published") {
                first_time = machine_date(tree, id, order);
            }
        }
    }
    first_time
}

/// A date that readers see: labelled "published", or alone in an element called date, nearest to the headline.
fn shown(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    order: Order,
    lexicon: &Lexicon,
) -> Option<Date> {
    let away = Roles(
        Roles::COMMENT.0
            | Roles::RELATED.0
            | Roles::SIDEBAR.0
            | Roles::NAVIGATION.0
            | Roles::FOOTER.0
            | Roles::TEASER.0
            | Roles::HIDDEN.0
            | Roles::EMBED.0,
    );
    let headline = metadata.headings.iter().find(|(_, level)| *level == 1).map_or(0, |(id, _)| *id);
    let mut best: Option<(i64, Date)> = None;
    let mut folded = Folded::default();
    for (index, block) in blocks.list.iter().enumerate() {
        if block.chars > 160
            || block.roles.any(away) && !block.roles.any(Roles::DATE)
            || block.roles.any(Roles::COMMENT | Roles::RELATED)
        {
            continue;
        }
        let text = blocks.text_of(block);
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        folded.fold(text);
        let label = lexicon.label(&folded);
        let (date, labelled) = match label {
            Some((Label::Published, end)) => (find_date(&text[end..], order), true),
            Some((Label::Modified, _)) => continue,
            _ => (find_date(text, order), false),
        };
        let Some(date) = date.filter(|date| date.day.is_some() && is_plausible(date)) else { continue };
        let away_by = i64::from(block.first.abs_diff(headline)) / 20;
        let mut score = 100 - away_by.min(60);
        if labelled {
            score += 60;
        }
        if block.roles.any(Roles::DATE) {
            score += 50;
        }
        if block.roles.any(Roles::BYLINE) {
            score += 20;
        }
        if block.chars > 60 {
            score -= 60;
        }
        if index > blocks.list.len() / 2 {
            score -= 20;
        }
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, date));
        }
    }
    let _ = tree;
    best.filter(|(score, _)| *score >= 60).map(|(_, date)| date)
}

/// The first date in a short line: tried at the start of each word.
fn find_date(text: &str, order: Order) -> Option<Date> {
    let mut at_word = true;
    for (index, c) in text.char_indices().take(160) {
        let word = c.is_alphanumeric();
        if word
            && at_word
            && let Some((date, _)) = date::prefix(&text[index..], order)
            && is_plausible(&date)
        {
            return Some(date);
        }
        at_word = !word;
    }
    None
}

/// The date that an address carries: `/2019/06/27/`, `/2019-06-27-`, `/20190627/`.
fn in_url(url: &str) -> Option<Date> {
    let path = url.split("://").nth(1).unwrap_or(url);
    let bytes = path.as_bytes();
    let digits = |from: usize, length: usize| -> Option<u16> {
        let part = bytes.get(from..from + length)?;
        part.iter()
            .all(u8::is_ascii_digit)
            .then(|| part.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0')))
    };
    let mut month_only = None;
    for start in 1..bytes.len() {
        if bytes[start - 1].is_ascii_digit() {
            continue;
        }
        let Some(year) = digits(start, 4).filter(|year| (1995..=YEAR_MAX).contains(year)) else { continue };
        for (separator, width) in
            [(Some(b'/'), 3), (Some(b'-'), 3), (Some(b'_'), 3), (Some(b'.'), 3), (None, 2)]
        {
            let gap = usize::from(separator.is_some());
            let is_separator =
                |at: usize| separator.is_none_or(|separator| bytes.get(at) == Some(&separator));
            let Some(month) = digits(start + 4 + gap, 2).filter(|_| is_separator(start + 4)) else {
                continue;
            };
            let after_month = start + 4 + width;
            let day = digits(after_month + gap, 2).filter(|_| is_separator(after_month));
            let stop = after_month + width;
            if let Some(day) = day
                && bytes.get(stop).is_none_or(|byte| !byte.is_ascii_digit())
                && let Some((date, _)) =
                    date::prefix(&format!("{year:04}-{month:02}-{day:02}"), Order::Unknown)
            {
                return Some(date);
            }
            if separator == Some(b'/')
                && bytes.get(after_month) == Some(&b'/')
                && (1..=12).contains(&month)
                && month_only.is_none()
            {
                month_only = Some(Date { year: Some(year), month: month as u8, day: None, time: None });
            }
        }
    }
    month_only
}

/// A date of publication in the data that a page's scripts carry.
fn in_scripts(tree: &Tree<'_>, order: Order) -> Option<Date> {
    const KEYS: [&[u8]; 6] = [
        b"\"datePublished\"",
        b"\"published_at\"",
        b"\"publishedAt\"",
        b"\"publishDate\"",
        b"\"publish_date\"",
        b"\"publicationDate\"",
    ];
    for id in 1..tree.len() {
        if tree.tag(id) != Tag::Script {
            continue;
        }
        let script = tree.raw_text(id);
        for key in KEYS {
            if let Some(found) = memchr::memmem::find(script.as_bytes(), key) {
                let rest = script[found + key.len()..].trim_start().strip_prefix(':').map(str::trim_start);
                if let Some(value) =
                    rest.and_then(|rest| rest.strip_prefix('"')).and_then(|rest| rest.split('"').next())
                    && value.len() < 40
                    && let Some(date) = read(value, order).filter(|date| date.day.is_some())
                {
                    return Some(date);
                }
            }
        }
    }
    None
}
