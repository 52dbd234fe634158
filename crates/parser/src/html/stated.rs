//! The text that the metadata of a page state (schema.org `articleBody`), or the data in its scripts, for pages that show next
//! to nothing of it: a script puts it there, or readers see its beginning only.

use std::borrow::Cow;

use super::links::Base;
use super::metadata::Metadata;
use super::tree::Tree;
use super::{Inside, inside, state, words};
use crate::lexicon::Lexicon;

/// Words that a stated text has at least; shorter ones are summaries.
const WORDS_MIN: usize = 60;

/// A page that shows less than one in so many of the stated words does not show the article.
const SHARE: usize = 3;

/// The stated text where the page shows no more than a beginning of it. `shown` is what it shows.
pub(super) fn beyond(
    tree: &Tree<'_>,
    metadata: &Metadata<'_>,
    title: Option<&str>,
    shown: &str,
    base: &Base,
    lexicon: &Lexicon,
) -> Option<Inside> {
    let (_, markup) = anywhere(tree, metadata, title, shown)?;
    Some(inside(&markup, base, lexicon)).filter(|inside| !inside.blocks.is_empty())
}

/// The same as markup, and where it stands.
pub(super) fn anywhere<'m>(
    tree: &Tree<'_>,
    metadata: &'m Metadata<'_>,
    title: Option<&str>,
    shown: &str,
) -> Option<(&'static str, Cow<'m, str>)> {
    let in_scripts = || state::markup(tree, metadata, title.unwrap_or_default(), shown).map(Cow::Owned);
    let stated = markup(metadata, shown).map(|markup| ("JSON-LD", markup));
    stated.or_else(|| in_scripts().map(|markup| ("its scripts", markup)))
}

/// What JSON-LD states, as markup.
fn markup<'m>(metadata: &'m Metadata<'_>, shown: &str) -> Option<Cow<'m, str>> {
    let stated = metadata.jsonld.body.as_deref()?;
    if shown.len() * SHARE > stated.len() || ["…", "..."].iter().any(|cut| stated.ends_with(cut)) {
        return None;
    }
    let count = |text: &str| text.split_whitespace().count();
    let stated_words = count(&words(stated));
    if stated_words < WORDS_MIN || count(shown) * SHARE > stated_words {
        return None;
    }
    if stated.contains("</") || stated.contains("<br") {
        return Some(Cow::Borrowed(stated));
    }
    let mut lines = String::with_capacity(stated.len() + 64);
    for line in stated.lines().filter(|line| !line.trim().is_empty()) {
        lines.push_str("<p>");
        lines.push_str(line);
    }
    Some(Cow::Owned(lines))
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const SENTENCES: &str =
        "Le lac a gelé cette nuit, et personne ne l’avait prévu, dit le garde du port de Brume. ";

    fn text_of(body: &str, page: &str) -> Option<String> {
        let stated =
            serde_json::json!({"@type": "NewsArticle", "headline": "Le lac a gelé", "articleBody": body});
        let page = format!(
            "<html><head><title>Le lac a gelé</title><script type='application/ld+json'>{stated}</script></head><body>\
             <h1>Le lac a gelé</h1>{page}</body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).ok().map(|article| article.text.as_str().to_owned())
    }

    #[test]
    fn a_page_without_its_text_is_read_from_its_metadata() {
        let sentences = SENTENCES.repeat(5);
        let sentences = sentences.trim();
        let stated = format!("{sentences}\n\nLe vent est tombé.");
        assert_eq!(text_of(&stated, "<div id=root></div>"), Some(stated.clone()));
        let marked = format!("<p>{sentences}</p><h2>Après</h2><p>Le vent est tombé.</p>");
        let expected = format!("{sentences}\n\nAprès\n\nLe vent est tombé.");
        assert_eq!(text_of(&marked, "<div id=root></div>"), Some(expected.clone()));
        let escaped = marked.replace('<', "&lt;").replace('>', "&gt;");
        assert_eq!(text_of(&escaped, ""), Some(expected));
        // The page shows the first sentence.
        let beginning = format!("<article><p>{SENTENCES}</p></article>");
        assert_eq!(text_of(&stated, &beginning), Some(stated.clone()));
    }

    #[test]
    fn a_page_with_its_text_is_read_as_it_stands() {
        let shown = format!("<article><p>{SENTENCES}</p><p>{}</p></article>", SENTENCES.repeat(2));
        let text = format!("{}\n\n{}", SENTENCES.trim(), SENTENCES.repeat(2).trim());
        assert_eq!(text_of(&SENTENCES.repeat(5), &shown), Some(text));
        // What is short or cut off is a summary.
        assert_eq!(text_of(SENTENCES, "<div id=root></div>"), None);
        assert_eq!(text_of(&format!("{}Le vent…", SENTENCES.repeat(5)), "<div id=root></div>"), None);
    }
}
