//! Dates in the data that the scripts of a page carry.

use super::read;
use crate::date::{Date, Order};
use crate::html::tree::Tree;

/// The day of an instant given in UTC as the data of the page's scripts have it, where they tell the day alone and it is
/// that before or after: `"creationDate": "2026-02-08"`.
pub(super) fn day_in_scripts(tree: &Tree<'_>, stated: &Date) -> Option<Date> {
    let scripts = || tree.scripts.iter().map(|id| tree.raw_text(*id));
    let told = |day: &Date| {
        let day = format!("\"{:04}-{:02}-{:02}\"", day.year?, day.month?, day.day?);
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
pub(super) fn in_scripts(tree: &Tree<'_>, order: Order) -> Option<Date> {
    const KEYS: [&[u8]; 7] = [
        b"\"datePublished\"",
        b"\"published_at\"",
        b"\"publishedAt\"",
        b"\"publishDate\"",
        b"\"publish_date\"",
        b"\"publicationDate\"",
        b"\"first_publication_date\"",
    ];
    for id in &tree.scripts {
        let script = tree.raw_text(*id);
        for key in KEYS {
            if let Some(found) = memchr::memmem::find(script.as_bytes(), key) {
                let rest = script[found + key.len()..].trim_start().strip_prefix(':').map(str::trim_start);
                if let Some(value) =
                    rest.and_then(|rest| rest.strip_prefix('"')).and_then(|rest| rest.split('"').next())
                    && value.len() < 40
                    && let Some(date) = read(value, order).filter(Date::is_whole)
                {
                    return Some(date);
                }
            }
        }
    }
    None
}
