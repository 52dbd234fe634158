//! Whose site it is: that person wrote the pages that name nobody.

use super::people::Cleaner;
use crate::html::blocks::{Block, Blocks};
use crate::html::links;
use crate::html::metadata::Metadata;
use crate::html::role::Roles;
use crate::html::source::Source;
use crate::html::tag::Name;
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{WordSet, fold};

/// The person whose site it is, if it is one's and the page names no author: the site goes by that name, a link to its
/// front page bears it, or the foot of the page says that the rights are that person's.
pub(super) fn owner(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    cleaner: &Cleaner<'_>,
) -> Option<(String, Source)> {
    let of_rights = || {
        let last_prose = blocks.list.iter().rev().position(Block::is_prose).unwrap_or(usize::MAX);
        blocks
            .list
            .iter()
            .rev()
            .enumerate()
            .take(RIGHTS_BLOCKS)
            .filter(|(_, block)| block.chars <= 200 && !block.roles.any(Roles::CAPTION | Roles::MEDIA))
            .filter(|(from_end, block)| *from_end < 60 || block.words <= RIGHTS_WORDS)
            .find_map(|(from_end, block)| {
                let text = blocks.text_of(block);
                // A sign without a year may stand at a picture, and above the last paragraph it does.
                let years = text.bytes().filter(u8::is_ascii_digit).count() >= 4;
                let is_below = || from_end < last_prose || !text.contains(['©', '(']);
                let foot = block.roles.any(Roles::FOOTER) || from_end < 12 && is_below();
                let holder = if years || foot { holder_of_rights(text, cleaner) } else { None };
                holder.map(|name| (name, Source::Element(block.first)))
            })
    };
    let mut sites = metadata.site_names();
    sites
        .find(|name| cleaner.is_person(name))
        .map(|name| (name.to_owned(), Source::Site))
        .or_else(|| bearer_of_front_page(tree, blocks, metadata, cleaner))
        .or_else(of_rights)
}

/// Blocks from the end of a page that may say who holds the rights, and words of those that stand further up and say no more:
/// "© 2026 Zoe Lam" below a text.
const RIGHTS_BLOCKS: usize = 400;
const RIGHTS_WORDS: u32 = 4;

/// The person whose name is a link to the site's own front page.
fn bearer_of_front_page(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    cleaner: &Cleaner<'_>,
) -> Option<(String, Source)> {
    let host = metadata.host().map(|(host, _)| host);
    let leads_home = |id: &NodeId| {
        !blocks.roles[*id as usize].any(Roles::COMMENT)
            && tree.raw_attribute(*id, Name::Href).is_some_and(|href| {
                // Other people's sites have front pages too.
                let own = href.split_once("://").is_none_or(|(_, rest)| {
                    host.is_some_and(|host| rest.trim_start_matches("www.").trim_end_matches('/') == host)
                });
                own && links::is_front_page(href)
            })
    };
    tree.links.iter().copied().filter(leads_home).take(10).find_map(|id| {
        let name = tree.short_text(id, 60).filter(|text| cleaner.is_person(text))?;
        Some((name, Source::Element(id)))
    })
}

/// The person after a copyright sign and its years: "© 2019-2026 Zoe Lam. All rights reserved."
fn holder_of_rights(text: &str, cleaner: &Cleaner<'_>) -> Option<String> {
    let at = ["©", "(c)", "(C)", "Copyright", "copyright", "COPYRIGHT"]
        .iter()
        .filter_map(|sign| text.find(sign).map(|at| at + sign.len()))
        .min()?;
    let rest = text[at..].trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = ["c)", "C)", "Copyright", "copyright", "by "].iter().fold(rest, |rest, word| {
        rest.strip_prefix(word).map_or(rest, |rest| rest.trim_start_matches(|c: char| !c.is_alphabetic()))
    });
    let end = rest.find(['.', ',', '|', '•', '·', '-', '–', '—', '/', '(', '\n', '©', '&', ';', ':']);
    let name = rest[..end.unwrap_or(rest.len())].trim();
    // "Zoe Lam All rights reserved", "Zoe Lam 2026".
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = |word: &str| {
        word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
            && !cleaner.lexicon.has(WordSet::Particles, &fold(word))
            || cleaner.lexicon.has(WordSet::Rights, &fold(word))
    };
    let stop = words.iter().position(|word| ends(word)).unwrap_or(words.len());
    let name = words[..stop].join(" ");
    cleaner.is_person(&name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_page;
    use super::*;
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: Option<&str>) {
        let lexicon = Lexicon::load(None).unwrap();
        let cleaner = Cleaner { lexicon: &lexicon, sites: Vec::new() };
        assert_eq!(holder_of_rights(text, &cleaner).as_deref(), expected, "{text}");
    }

    #[test]
    fn rights_are_a_person_s_or_a_firm_s() {
        check("© 2019-2026 Anna Lam. All rights reserved.", Some("Anna Lam"));
        check("Copyright (c) 2026 Anna Lam | Impressum", Some("Anna Lam"));
        check("2006-2008 by Anna Lam", None);
        check("© Anna Lam All rights reserved", Some("Anna Lam"));
        check("© 2026 Anna Lam Media GmbH", None);
        check("© 2026 Anna LAM SpA", None);
        check("© 2026 Le Quotidien", None);
        check("Copyright Agency of the Lake", None);
    }

    #[test]
    fn a_link_to_the_site_s_own_front_page_may_bear_its_author_s_name() {
        check_page("<a href=/>Anna Lam</a><h1>Ice</h1><p>The lake froze.</p>", &["Anna Lam"]);
        check_page("<a href='https://lam.example/'>Anna Lam</a><h1>Ice</h1><p>The lake froze.</p>", &[]);
    }

    #[test]
    fn a_sign_without_a_year_names_an_owner_below_the_text_alone() {
        let prose =
            "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port.</p>";
        let picture = "<div><img src=/a.jpg><p>© Anna Lam</p></div>";
        check_page(&format!("<h1>Ice</h1>{picture}{prose}"), &[]);
        check_page(&format!("<h1>Ice</h1>{prose}<p>© Anna Lam</p>"), &["Anna Lam"]);
    }

    #[test]
    fn a_line_of_rights_below_the_text_names_its_author() {
        let links = "<p><a href=/x>More of the lake and of its port</a></p>".repeat(80);
        check_page(&format!("<h1>Ice</h1><p>It froze.</p><p>© 2019 Anna Lam</p>{links}"), &["Anna Lam"]);
        check_page(&format!("<h1>Ice</h1><p>It froze.</p><p>© 2019 Lee Enterprises</p>{links}"), &[]);
        check_page(
            &format!("<h1>Ice</h1><p>It froze.</p><p>© 2019 Anna Lam for the port of Holm</p>{links}"),
            &[],
        );
    }
}
