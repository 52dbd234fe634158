//! The text in the data that a page's scripts carry: frameworks send an article as JSON (Next.js `__NEXT_DATA__`, Arc's
//! `Fusion.globalContent`, `__PRELOADED_STATE__` and the like) and put it into the page when that is shown.
//!
//! No framework is known by name. In any JSON that bears the page's own title, the longest prose near it is taken: the
//! strings under one key of the objects of an array, in order, or one string of markup or of paragraphs.

mod found;
mod prose;

use serde_json::Value;

use self::prose::Prose;
use super::headline::folded;
use super::metadata::Metadata;
use super::tag::Name;
use super::tree::Tree;
use crate::json::values;

/// A page that shows more words has its text.
const SHOWN_WORDS_MAX: usize = 150;

/// Bytes of a word of a text, more than they are on average in any script with spaces.
const BYTES_OF_WORD_MAX: usize = 24;

/// Words that a text in scripts has at least; shorter ones are summaries.
const WORDS_MIN: usize = 60;

/// A page that shows less than one in so many of the words does not show the article.
const SHARE: usize = 3;

/// Bytes and values of JSON that are read of one page.
const BYTES_MAX: usize = 8 << 20;
const VALUES_MAX: usize = 200_000;

/// Containers between the object that bears the title and the text.
const LEVELS_MAX: u8 = 4;

/// The text in the page's scripts as markup, where the page shows next to nothing of it. `shown` is what it shows.
pub(super) fn markup(tree: &Tree<'_>, metadata: &Metadata<'_>, title: &str, shown: &str) -> Option<String> {
    // Words of scripts without spaces are as long as sentences.
    if shown.len() > SHOWN_WORDS_MAX * BYTES_OF_WORD_MAX {
        return None;
    }
    let shown_words = shown.split_whitespace().take(SHOWN_WORDS_MAX + 1).count();
    if shown_words > SHOWN_WORDS_MAX {
        return None;
    }
    let titles = titles(metadata, title);
    let mut best: Option<(usize, String)> = None;
    let mut bytes_left = BYTES_MAX;
    let mut values_left = VALUES_MAX;
    for id in tree.scripts.iter().copied() {
        let is_linked_data =
            tree.raw_attribute(id, Name::Type).is_some_and(|kind| kind.trim().ends_with("ld+json"));
        let script = tree.raw_text(id);
        // What is too short has no text in it.
        if is_linked_data || script.len() < 6 * WORDS_MIN || titles.is_empty() {
            continue;
        }
        let Some(left) = values_left.checked_sub(values(script, values_left)) else { continue };
        values_left = left;
        found::each(script, &mut bytes_left, |data| {
            if let Some(prose) = longest(data, &titles)
                && best.as_ref().is_none_or(|(words, _)| prose.words > *words)
            {
                best = Some((prose.words, prose.markup()));
            }
        });
    }
    best.filter(|(words, _)| *words >= WORDS_MIN && *words >= shown_words * SHARE).map(|(_, markup)| markup)
}

/// The page's own titles, folded, as far as they tell it from others.
fn titles(metadata: &Metadata<'_>, title: &str) -> Vec<String> {
    let stated = [metadata.meta(&["og:title"]), metadata.page_title.as_deref()];
    let titles = [Some(title)].into_iter().chain(stated).flatten().map(folded);
    titles.filter(|title| title.contains(' ')).collect()
}

/// The longest prose at or below an object that bears the page's title.
fn longest<'v>(data: &'v Value, titles: &[String]) -> Option<Prose<'v>> {
    let mut best: Option<Prose<'v>> = None;
    // Each with the containers between it and the object that bears the title, if one above it does.
    let mut stack: Vec<(&Value, Option<u8>)> = vec![(data, None)];
    while let Some((value, level)) = stack.pop() {
        let level = match value {
            _ if is_titled(value, titles) => Some(0),
            // What has another title is another article.
            Value::Object(fields)
                if OWN_TITLES.iter().any(|key| fields.get(*key).is_some_and(Value::is_string)) =>
            {
                None
            }
            _ => level,
        };
        if level.is_some_and(|level| level <= LEVELS_MAX)
            && let Some(prose) = Prose::of(value)
            && best.as_ref().is_none_or(|best| prose.words > best.words)
        {
            best = Some(prose);
        }
        let below = level.map(|level| level.saturating_add(1));
        match value {
            Value::Array(items) => stack.extend(items.iter().map(|item| (item, below))),
            Value::Object(fields) => stack.extend(fields.values().map(|item| (item, below))),
            _ => {}
        }
    }
    best
}

/// Keys of titles.
const OWN_TITLES: [&str; 2] = ["title", "headline"];

/// Fields of an object among which its title is, and bytes of the longest.
const FIELDS_MAX: usize = 120;
const TITLE_BYTES: usize = 300;

/// Whether an object bears one of the titles, by itself or in an object below it (`"headlines": {"basic": …}`), or an array
/// that holds all values of its data side by side (Nuxt 3).
fn is_titled(value: &Value, titles: &[String]) -> bool {
    let is_title =
        |text: &str| text.len() <= TITLE_BYTES && titles.iter().any(|title| *title == folded(text));
    match value {
        Value::Object(fields) => fields.values().take(FIELDS_MAX).any(|field| match field {
            Value::String(text) => is_title(text),
            Value::Object(inner) => inner.values().take(8).filter_map(Value::as_str).any(is_title),
            _ => false,
        }),
        Value::Array(items) => items.len() > FLAT_MIN && items.iter().filter_map(Value::as_str).any(is_title),
        _ => false,
    }
}

/// Values of the shortest data that are held side by side.
const FLAT_MIN: usize = 4;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::html::read;
    use crate::lexicon::Lexicon;

    const FIRST: &str =
        "The lake froze over night, and nobody had seen that coming, said the keeper of the port of Holm.";
    const SECOND: &str = "The wind fell before midnight, then the sky cleared all at once, and the ice reached the islands by dawn.";
    const THIRD: &str = "People in the town hope that the harbour will be open again before Easter, so said the mayor on Monday.";
    const FOURTH: &str = "Until then the ferries stay where they are, and whoever has to go to the islands takes the post helicopter.";

    fn page(scripts: &str, shown: &str) -> Option<String> {
        let page = format!(
            "<html><head><title>Ice closes the harbour | Holm Courier</title><meta property=og:title content='Ice closes the harbour'>\
             </head><body><div id=root>{shown}</div>{scripts}</body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).ok().map(|article| article.text.as_str().to_owned())
    }

    fn check(script: &str, expected: &str) {
        assert_eq!(page(script, "").as_deref(), Some(expected), "{script}");
    }

    fn text() -> String {
        [FIRST, SECOND, THIRD, FOURTH].join("\n\n")
    }

    fn next(page_props: &Value) -> String {
        let data = json!({"props": {"pageProps": page_props}, "page": "/[slug]", "buildId": "x1"});
        format!("<script id=__NEXT_DATA__ type='application/json'>{data}</script>")
    }

    #[test]
    fn the_text_is_read_from_the_objects_of_an_array() {
        let elements = json!([
            {"_id": "a", "type": "text", "content": FIRST},
            {"_id": "b", "type": "image", "caption": "The harbour at noon", "url": "https://holm.example/a.jpg"},
            {"_id": "c", "type": "text", "content": SECOND},
            {"_id": "d", "type": "interstitial_link", "content": "Read more: the port", "url": "https://holm.example/port"},
            {"_id": "e", "type": "header", "level": 2, "content": "What comes next"},
            {"_id": "f", "type": "text", "content": THIRD},
            {"_id": "g", "type": "text", "content": FOURTH},
        ]);
        let article = json!({"headlines": {"basic": "Ice closes the harbour"}, "content_elements": elements});
        let expected = [FIRST, SECOND, "What comes next", THIRD, FOURTH].join("\n\n");
        check(
            &format!(
                "<script>window.Fusion=window.Fusion||{{}};Fusion.arcSite=\"holm\";Fusion.globalContent={article};Fusion.x=1;</script>"
            ),
            &expected,
        );
        check(&next(&json!({"article": article})), &expected);
        let state = json!({"posts": {"byId": {"17": {"title": "Ice closes the harbour", "body": elements}}}});
        check(&format!("<script>window.__PRELOADED_STATE__ = {state}</script>"), &expected);
        let parsed = json!(state.to_string());
        check(&format!("<script>window.__INITIAL_STATE__ = JSON.parse({parsed});</script>"), &expected);
    }

    #[test]
    fn the_text_is_read_from_one_string_or_from_spans() {
        let paragraphs = [FIRST, SECOND, THIRD, FOURTH].map(|text| format!("<p>{text}</p>")).join("");
        let article = |body: Value| json!({"article": {"title": "Ice closes the harbour", "body": body}});
        check(&next(&article(json!(paragraphs))), &text());
        check(&next(&article(json!(text()))), &text());
        check(&next(&article(json!([FIRST, SECOND, THIRD, FOURTH]))), &text());
        let spans = |text: &str| {
            let (head, tail) = text.split_at(20);
            json!({"_type": "block", "style": "normal", "children": [{"text": head}, {"text": tail, "marks": ["strong"]}]})
        };
        check(&next(&article(json!([spans(FIRST), spans(SECOND), spans(THIRD), spans(FOURTH)]))), &text());
        let block = |text: &str| json!({"type": "paragraph", "data": {"text": text, "level": 1}});
        check(&next(&article(json!([block(FIRST), block(SECOND), block(THIRD), block(FOURTH)]))), &text());
        let flat = json!([["Reactive", 1], {"article": 2}, {"title": 3, "body": 4}, "Ice closes the harbour", paragraphs]);
        check(&format!("<script type='application/json' id=__NUXT_DATA__>{flat}</script>"), &text());
        // A script of a page may have values that JSON has not.
        let state =
            article(json!(paragraphs)).to_string().replace("\"title\"", "\"lead\":undefined,\"title\"");
        check(&format!("<script>window.__STATE__={state}</script>"), &text());
    }

    #[test]
    fn what_is_not_the_page_s_own_text_is_left_alone() {
        let paragraphs = [FIRST, SECOND, THIRD, FOURTH].map(|text| format!("<p>{text}</p>")).join("");
        let others = |key: &str| {
            let items = [FIRST, SECOND, THIRD, FOURTH]
                .map(|text| json!({"title": "Other news of the port", "url": "/port", key: text}));
            json!({"title": "Ice closes the harbour", "items": items})
        };
        for data in [
            // Another article, teasers, comments, a short text.
            json!({"article": {"title": "Port open again", "body": paragraphs}}),
            others("description"),
            json!({"article": {"title": "Ice closes the harbour"}, "more": [{"title": "Port", "html": paragraphs}]}),
            others("text"),
            json!({"title": "Ice closes the harbour", "comments": [
                {"author": "zoe42", "text": FIRST}, {"author": "bo", "text": SECOND}, {"author": "ann", "text": THIRD}]}),
            json!({"title": "Ice closes the harbour", "body": format!("<p>{FIRST}</p><p>{SECOND}</p>")}),
            // Far from the title.
            json!({"title": "Ice closes the harbour", "a": {"b": {"c": {"d": {"e": {"f": paragraphs}}}}}}),
        ] {
            assert_eq!(page(&next(&data), ""), None, "{data}");
        }
        let shown = [(FIRST, SECOND), (THIRD, FOURTH), (SECOND, THIRD), (FOURTH, FIRST)]
            .map(|(one, other)| format!("{one} {other}"));
        let own = format!("<article><p>{}</p></article>", shown.join("</p><p>"));
        let longer = json!({"title": "Ice closes the harbour", "body": paragraphs.repeat(9)});
        assert_eq!(page(&next(&longer), &own), Some(shown.join("\n\n")));
        assert_eq!(
            page("<script>window.__STATE__={\"title\": \"Ice closes the harbour\", </script>", ""),
            None
        );
    }
}
