//! The sections of a site in titles.

use super::site::{Site, before_sections, without_section, without_site};
use crate::html::blocks::Blocks;
use crate::html::metadata::Metadata;
use crate::html::role::Roles;
use crate::html::tree::Tree;
use crate::lexicon::{Lexicon, WordSet, fold};

/// The title element without the site's name, and without the sections between that and the headline: those that the page
/// says are its sections, and those that sites of all kinds have.
pub(super) fn without_chain(
    title: &str,
    site: &Site<'_>,
    is_own_section: impl Fn(&str) -> bool,
    lexicon: &Lexicon,
) -> String {
    let title = title.trim();
    let bare = without_site(title, site);
    let is_common = |part: &str| lexicon.has(WordSet::Sections, &fold(part));
    let mut left = if bare == title { before_sections(title, is_common).to_owned() } else { bare };
    // Sections stand between the headline and the site's name.
    let at_start = left.len() < title.len() && title.ends_with(&left);
    let is_cut = left.len() < title.len();
    // "Holm Courier > Weather > Ice at last": what such signs set off is the way to the page.
    if let Some((_, last)) = left.rsplit_once(" > ").filter(|_| at_start && is_cut)
        && last.split_whitespace().count() >= 3
    {
        return last.trim().to_owned();
    }
    for _ in 0..SECTIONS_MAX {
        let section = |part: &str| is_cut && is_common(part) || is_own_section(part);
        let Some(shorter) = without_section(&left, at_start, section) else { break };
        left = without_site(shorter, site);
    }
    left
}

/// Whether the page says of itself that it stands in this section: in its metadata, its breadcrumbs or menus, or the path
/// of its address.
pub(super) fn is_section(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>, part: &str) -> bool {
    let part = fold(part);
    let is_part = |section: &str| !part.is_empty() && fold(section) == part;
    let in_metadata = || {
        let named =
            ["article:section", "og:article:section"].iter().flat_map(|name| metadata.metas_named(name));
        named.chain(metadata.jsonld.sections.iter().map(String::as_str)).any(is_part)
    };
    let in_address = || {
        let path = metadata.address().and_then(|url| url.split("://").nth(1)?.split(['?', '#']).next());
        // The last step is the article's own.
        let (steps, _) = path.unwrap_or_default().rsplit_once('/').unwrap_or_default();
        steps.split('/').skip(1).any(is_part)
    };
    let in_menu = || {
        tree.links.iter().any(|id| {
            blocks.roles[*id as usize].any(Roles::NAVIGATION)
                && tree.short_text(*id, SECTION_BYTES_MAX).is_some_and(|text| is_part(&text))
        })
    };
    part.len() <= SECTION_BYTES_MAX && (in_metadata() || in_address() || in_menu())
}

/// Sections inside one another that a title names.
const SECTIONS_MAX: usize = 4;

/// Bytes of the longest name of a section.
const SECTION_BYTES_MAX: usize = 60;

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_chain_of_sections_is_cut_off_where_the_page_names_them() {
        let site = "<meta property=og:site_name content='Le Journal'>";
        let title = "<title>Le lac a gelé cette nuit - Pêche - Le Journal</title>";
        let (whole, cut) = ("Le lac a gelé cette nuit - Pêche", "Le lac a gelé cette nuit");
        check(&format!("{title}{site}"), whole);
        for evidence in [
            "<meta property=article:section content=peche>",
            "<link rel=canonical href=https://journal.example/peche/le-lac>",
            "<nav><a href=/eco>Pêche</a></nav>",
            "<script type=application/ld+json>{\"@type\": \"BreadcrumbList\", \"itemListElement\": [{\"@type\": \"ListItem\", \
             \"position\": 1, \"item\": {\"@id\": \"/eco\", \"name\": \"Pêche\"}}]}</script>",
        ] {
            check(&format!("{title}{site}{evidence}"), cut);
        }
        let menu = "<nav><a href=/eco>Pêche</a></nav>";
        check(&format!("<title>Le Journal | Pêche | {cut}</title>{site}{menu}"), cut);
        check(&format!("<title>Pêche | {cut}</title>{site}{menu}"), &format!("Pêche | {cut}"));
        check(&format!("<title>Lac | Pêche</title>{site}{menu}"), "Lac | Pêche");
    }

    #[test]
    fn sections_that_all_sites_have_are_cut_off() {
        for title in [
            "Le lac a gelé cette nuit - Actualités - Le Journal",
            "Le lac a gelé cette nuit | Monde | Le Journal",
            "Le lac a gelé cette nuit – Économie – Entreprises – Le Journal",
            "Le lac a gelé cette nuit « News « Blog du port",
        ] {
            check(&format!("<title>{title}</title>"), "Le lac a gelé cette nuit");
        }
        check("<title>The lake froze last night | World News | BBN</title>", "The lake froze last night");
        check("<title>Der See ist zugefroren - Panorama - Seebote</title>", "Der See ist zugefroren");
        let site = "<meta property=og:site_name content='Le Journal'>";
        check(&format!("<title>Le Journal | Monde | Le lac gèle</title>{site}"), "Le lac gèle");
        check(&format!("<title>Le lac gèle - Sport - Le Journal</title>{site}"), "Le lac gèle");
        check(
            &format!("<title>Le Journal &gt; Port &gt; Le lac gèle enfin</title>{site}"),
            "Le lac gèle enfin",
        );
        let compared = "Glace &gt; eau dans le port en mars";
        check(&format!("<title>{compared} - Le Journal</title>{site}"), "Glace > eau dans le port en mars");
        // What the headline itself may say.
        for whole in [
            "Le lac a gelé cette nuit - Monde",
            "Le lac gèle - Monde - et la ville avec lui, dit le maire",
            "Lac - Monde - Le Journal",
            "Le lac a gelé : monde et demi au port",
            "Monde - Le lac a gelé cette nuit - Le Journal",
        ] {
            check(&format!("<title>{whole}</title>"), whole);
        }
    }
}
