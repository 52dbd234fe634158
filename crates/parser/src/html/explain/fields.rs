//! Where each field of a page was found, and what was passed over for it.

use super::super::body::Judged;
use super::super::byline::Bylines;
use super::super::links::Base;
use super::super::metadata::{self, Metadata};
use super::super::source::{self, PassedOver, Source};
use super::super::tree::Tree;
use super::super::{address, headline, published, publisher};
use super::Page;
use super::parts::parts;
use crate::ExplainedBlock;
use crate::date::Date;
use crate::lexicon::Lexicon;

/// Tells of each field of a page but its text where it was found, and what else might have been it. `url` is where the
/// page came from, `latest` the latest day that a date of it can be.
pub(super) fn fields(
    page: &Page<'_, '_>,
    judged: &Judged,
    url: Option<&str>,
    latest: Option<Date>,
    lexicon: &Lexicon,
) -> Vec<ExplainedBlock> {
    let Page { tree, blocks, metadata, title } = page;
    let mut told = Vec::new();
    let mut tell = |field: &'static str, found: Option<(Source, String)>, passed_over: Vec<PassedOver>| {
        let verdict = if field == "title" { "headline" } else { "metadata" };
        let is_there = found.is_some();
        told.extend(found.map(|(source, value)| {
            let reason = format!("from {}{}", source.told(tree), words_of(tree, source, &value));
            ExplainedBlock::of_field(field, value, verdict, reason)
        }));
        if !is_there && passed_over.is_empty() {
            told.push(ExplainedBlock::of_field(field, "", "out", "no place gives it"));
        }
        told.extend(passed_over.into_iter().map(|other| {
            let reason = format!("{}: {}", other.source.told(tree), other.why);
            ExplainedBlock::of_field(field, shown(&other.value), "out", reason)
        }));
    };
    let passed_over = headline::passed_over(tree, blocks, metadata, title.as_ref(), lexicon);
    tell("title", title.as_ref().map(|title| (title.source, title.text.clone())), passed_over);

    let bylines = Bylines::new(tree, blocks, metadata, judged.headline, lexicon);
    let bylines = bylines.of_judged(judged);
    let authors = bylines.authors();
    let passed_over = bylines.passed_over(&authors);
    tell("authors", authors.source.map(|source| (source, authors.names.join(", "))), passed_over);

    let dated =
        published::Page::new(tree, blocks, &judged.verdicts, metadata, judged.headline, latest, lexicon);
    let (published, modified) = published::dates(&dated, url);
    let passed_over = published::passed_over_of_publication(&dated, url, published.as_ref());
    let date = |found: &published::Dated| (found.source, found.date.edtf.clone());
    tell("published", published.as_ref().map(date), passed_over);
    let passed_over = published::passed_over_of_change(&dated, modified.as_ref());
    tell("modified", modified.as_ref().map(date), passed_over);

    let (found, passed_over) = first(tree, metadata.publishers(), |name| {
        (!metadata::is_name_of_outlet(name)).then_some("too long for a name, or an address")
    });
    let found = found.or_else(|| publisher::publisher(tree, blocks, metadata, lexicon));
    tell("publisher", found, passed_over);
    let (found, passed_over) = first(tree, metadata.descriptions(), |_| None);
    let found = found.and_then(|(source, _)| Some((source, metadata.description()?)));
    tell("description", found, passed_over);
    let (found, passed_over) = own_address(metadata, url);
    tell("url", found, passed_over);
    tell(
        "language",
        metadata.language.as_deref().map(|code| (Source::Page, code.to_owned())),
        languages(metadata),
    );
    told.extend(parts(page, judged, &dated, &Base::of(metadata, url), lexicon));
    told
}

/// The first of several values that may be a field's, and the others.
fn first<'v>(
    tree: &Tree<'_>,
    places: impl Iterator<Item = (Source, &'v str)>,
    why_not: impl Fn(&str) -> Option<&'static str>,
) -> (Option<(Source, String)>, Vec<PassedOver>) {
    let mut found: Option<(Source, String)> = None;
    let mut passed_over = Vec::new();
    for (source, value) in places {
        let why = match (why_not(value), &found) {
            (Some(why), _) => why.to_owned(),
            (None, Some((_, found))) if found == value => "says the same".to_owned(),
            (None, Some((before, _))) => format!("{} comes before it", before.told(tree)),
            (None, None) => {
                found = Some((source, value.to_owned()));
                continue;
            }
        };
        passed_over.push(PassedOver::new(source, value, why));
    }
    (found, passed_over)
}

/// The address of the article, with the addresses that the page names and that are not it.
fn own_address(metadata: &Metadata<'_>, url: Option<&str>) -> (Option<(Source, String)>, Vec<PassedOver>) {
    let base = Base::of(metadata, url);
    let own = address::own(metadata, &base, url);
    let mut found = None;
    let mut passed_over = Vec::new();
    for (source, href) in metadata.urls() {
        let resolved = base.resolve(href);
        let why = match (&resolved, &own) {
            (None, _) => "no web address, or relative to one that is not known",
            (Some(resolved), Some(own)) if resolved == own && found.is_none() => {
                found = Some((source, own.clone()));
                continue;
            }
            (Some(resolved), Some(own)) if resolved == own => "says the same",
            _ if found.is_some() => "comes after it",
            _ => "of another site, or of its front page",
        };
        passed_over.push(PassedOver::new(source, href, why));
    }
    (found.or_else(|| Some((Source::Fetched, own?))), passed_over)
}

/// What else says something of the language.
fn languages(metadata: &Metadata<'_>) -> Vec<PassedOver> {
    let linked_data = metadata.jsonld.language.as_deref().map(|code| (Source::LinkedData, code));
    let locale = metadata.meta(&["og:locale"]).map(|code| (Source::Meta("og:locale"), code));
    let others = linked_data.into_iter().chain(locale);
    let why = "tells the order of day and month only; without the attribute the text tells the language";
    others.map(|(source, code)| PassedOver::new(source, code, why)).collect()
}

/// The words of the element that gave a field, where they are not the value itself.
fn words_of(tree: &Tree<'_>, source: Source, value: &str) -> String {
    let Source::Element(id) = source else { return String::new() };
    let words = tree.short_text(source::element_of(tree, id), WORDS_BYTES_MAX).unwrap_or_default();
    if words.is_empty() || words == value { String::new() } else { format!(", \"{words}\"") }
}

/// Bytes of an element whose words are shown.
const WORDS_BYTES_MAX: usize = 160;

/// Characters of a value that are shown.
const SHOWN_CHARS: usize = 300;

fn shown(value: &str) -> String {
    value.chars().take(SHOWN_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::super::explain;
    use crate::date::{self, Order};
    use crate::lexicon::Lexicon;

    /// What is told of one field of a page in French that was read on 20 March 2026.
    fn check(field: &str, head: &str, body: &str, expected: &[&str]) {
        let page = format!(
            "<html lang=fr><head><title>Le lac a gelé - Le Journal</title>{head}</head><body><article>\
             <h1 class=title>Le lac a gelé</h1>{body}<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde \
             du port à qui veut l'entendre.</p></article></body></html>"
        );
        let latest = date::read("2026-03-20", Order::DayFirst);
        let told = explain(&page, Some("https://lac.example/gel"), latest, &Lexicon::load(None).unwrap());
        let told: Vec<String> = told
            .iter()
            .filter(|told| told.field == Some(field))
            .map(|told| format!("{} {}: {}", told.verdict, told.text, told.reason))
            .collect();
        assert_eq!(told, expected, "{head} {body}");
    }

    #[test]
    fn the_headline_is_told_with_what_it_was_preferred_to() {
        check(
            "title",
            "<meta property=og:title content='Gel : tout savoir'>",
            "<h2>La nuit</h2>",
            &[
                "headline Le lac a gelé: from <h1 class=\"title\">",
                "out Gel : tout savoir: <meta og:title>: <h1 class=\"title\"> comes before it",
                "out Le lac a gelé - Le Journal: <title>: says the same, and more",
                "out La nuit: <h2>: less likely a headline (-0.5) than the one found (3.7)",
            ],
        );
    }

    #[test]
    fn authors_are_told_with_what_named_nobody() {
        check(
            "authors",
            "<meta name=author content='Mairie de Holm'>",
            "<p class=byline>Par Zoé Lam</p><aside><p class=author>Bo Ek</p></aside>",
            &[
                "metadata Zoé Lam: from <p class=\"byline\">, \"Par Zoé Lam\"",
                "out Mairie de Holm: <meta author>: begins as public bodies do",
                "out Bo Ek: <p class=\"author\">: in a part of the page that is of other things",
            ],
        );
        check("authors", "", "", &["out : no place gives it"]);
    }

    #[test]
    fn dates_are_told_with_what_is_none() {
        check(
            "published",
            "<meta property=article:published_time content=2026-04-01><meta name=pubdate content=hier>",
            "<p>Publié le <time datetime=2026-03-08>8 mars</time></p>\
             <p>Mis à jour le <time datetime=2026-03-09>9 mars</time></p>",
            &[
                "metadata 2026-03-08: from <time datetime=\"2026-03-08\">, \"8 mars\"",
                "out 2026-04-01: <meta article:published_time>: later than the day on which it was read",
                "out hier: <meta pubdate>: no date that can be",
                "out 9 mars: <time datetime=\"2026-03-09\">: called a date of change",
            ],
        );
        check(
            "modified",
            "",
            "<p>Mis à jour le 9 mars 2026</p>",
            &["metadata 2026-03-09: from <p>, \"Mis à jour le 9 mars 2026\""],
        );
    }

    #[test]
    fn the_other_fields_are_told() {
        let head = "<meta property=og:site_name content='Le Journal'><meta name=publisher content=Journal>\
            <link rel=canonical href=/gel/lac><meta property=og:url content=https://autre.example/>";
        check(
            "publisher",
            head,
            "",
            &[
                "metadata Le Journal: from <meta og:site_name>",
                "out Journal: <meta publisher>: <meta og:site_name> comes before it",
            ],
        );
        check(
            "url",
            head,
            "",
            &[
                "metadata https://lac.example/gel/lac: from <link rel=\"canonical\">",
                "out https://autre.example/: <meta og:url>: comes after it",
            ],
        );
        check("url", "", "", &["metadata https://lac.example/gel: from where it was found"]);
        check("language", "", "", &["metadata fr: from the lang of <html>"]);
        check("description", "", "", &["out : no place gives it"]);
    }
}
