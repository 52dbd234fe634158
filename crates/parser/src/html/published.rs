//! When the page was published and changed, with what that rests on.

mod address;
mod shown;
mod zone;

use document::{Basis, Published};

use self::address::in_url;
use self::shown::Page;
use super::blocks::Blocks;
use super::body::Verdict;
use super::metadata::Metadata;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};
use crate::date::{self, Date, Order};
use crate::lexicon::Lexicon;

/// The year of the oldest page that a date is believed for: digitised archives reach back, slips of the hand further.
const YEAR_MIN: u16 = 1850;
/// The year past which a date is a slip of the hand.
const YEAR_MAX: u16 = 2099;

/// Names of meta elements that hold nothing but the date of publication, the most exact first.
const PUBLISHED: &[&str] = &[
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
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "date.issued",
    "article.published",
    "displaydate",
    "firstpublished",
    "originalpublicationdate",
    "article_date_original",
    "ptime",
    "bt:pubdate",
    "cxenseparse:publishtime",
    "vr:published_time",
    "iso-8601-publish-date",
    "shareaholic:article_published_time",
    "pub_date",
    "analyticsattributes.articledate",
];

/// Names of meta elements that hold a date of the page, most often but not always that of publication.
const DATED: &[&str] = &[
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "article.created",
    "cdate",
    "date",
    "dc:date",
    "created",
];

/// When it was published.
pub(super) fn published(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    metadata: &Metadata<'_>,
    headline: Option<NodeId>,
    url: Option<&str>,
    lexicon: &Lexicon,
) -> Option<Published> {
    let order = order(blocks, metadata);
    let known = |text: Option<&str>| {
        let text = text?;
        Some((text.to_owned(), read(text, order).filter(|date| date.day.is_some())?))
    };
    let named = |names: &[&str]| names.iter().find_map(|name| known(metadata.meta(&[name])));
    let page =
        Page { tree, blocks, verdicts, metadata, headline: headline.unwrap_or_default(), order, lexicon };
    let url_date = || metadata.url().and_then(in_url).or_else(|| url.and_then(in_url));
    let stated = known(metadata.jsonld.published.as_deref().filter(|_| metadata.jsonld.is_article))
        .or_else(|| named(PUBLISHED))
        .or_else(|| Some((String::new(), page.in_microdata().or_else(|| page.first_time())?)));
    if let Some((written, date)) = stated {
        return Some(page.as_readers_saw(&written, date, url_date()));
    }
    let shown = page.shown();
    if let Some((written, date)) = named(DATED).or_else(|| known(metadata.jsonld.published.as_deref())) {
        // A date of the page may be that of a change; what readers are told is not.
        return Some(match shown {
            Some(shown) if !page.shows(&date) => Published { edtf: shown.edtf(), basis: Basis::Dateline },
            _ => page.as_readers_saw(&written, date, url_date()),
        });
    }
    match (url_date(), shown) {
        (Some(url_date), Some(shown)) if same_day(&shown, &url_date) => {
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
pub(super) fn modified(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>) -> Option<Published> {
    let order = order(blocks, metadata);
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

/// The order of numbers in the page's dates: that of its language, else that of the dates in it that can only be read
/// in one way.
fn order(blocks: &Blocks, metadata: &Metadata<'_>) -> Order {
    let declared =
        [metadata.language.as_deref(), metadata.jsonld.language.as_deref(), metadata.meta(&["og:locale"])];
    declared
        .into_iter()
        .map(Order::of_language)
        .find(|order| *order != Order::Unknown)
        .unwrap_or_else(|| Order::of_examples(&blocks.text))
}

fn same_day(a: &Date, b: &Date) -> bool {
    (a.year, a.month, a.day) == (b.year, b.month, b.day)
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

/// The day of an instant given in UTC as the data of the page's scripts have it, where they tell the day alone and it is
/// that before or after: `"creationDate": "2026-02-08"`.
fn day_in_scripts(tree: &Tree<'_>, stated: &Date) -> Option<Date> {
    let scripts = || (1..tree.len()).filter(|id| tree.tag(*id) == Tag::Script).map(|id| tree.raw_text(id));
    let told = |day: &Date| {
        let day = format!("\"{:04}-{:02}-{:02}\"", day.year?, day.month, day.day?);
        scripts()
            .any(|script| {
                memchr::memmem::find_iter(script.as_bytes(), &day).any(|at| {
                    let before = script[..at].trim_end().strip_suffix(':').map(str::trim_end);
                    let key = before.and_then(|before| before.strip_suffix('"')?.rsplit('"').next());
                    key.filter(|key| key.len() <= 40).map(str::to_ascii_lowercase).is_some_and(|key| {
                        (key.contains("publi") || key.contains("creat")) && key.contains("dat")
                    })
                })
            })
            .then_some(())
    };
    let hour = stated.time?.hour;
    // Few live further than twelve hours from UTC.
    let day = stated.days_later(if hour < 12 { -1 } else { 1 })?;
    (told(&day).is_some() && told(stated).is_none()).then_some(day)
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
