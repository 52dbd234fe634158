//! The site's name in titles.

use super::{AWAY, folded};
use crate::html::blocks::{Block, Blocks};
use crate::html::links;
use crate::html::metadata::Metadata;
use crate::html::tag::Name;
use crate::html::tree::{NodeId, Tree};

/// What sets the parts of a title off.
const SEPARATORS: [&str; 16] = [
    " | ", " - ", " – ", " — ", " · ", " » ", " « ", " :: ", " • ", " / ", " : ", "｜", "|", ": ", " > ",
    " // ",
];

/// The signs of [`SEPARATORS`]: most titles have none of them.
const SIGNS: [char; 12] = ['|', '-', '–', '—', '·', '»', '«', ':', '•', '/', '｜', '>'];

/// Which of them each of [`SEPARATORS`] has.
const SIGN_OF: [usize; SEPARATORS.len()] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 7, 10, 0, 7, 11, 9];

/// A title without the section that it begins or ends with, if that is shorter than the rest.
pub(super) fn without_section(
    title: &str,
    at_start: bool,
    is_section: impl Fn(&str) -> bool,
) -> Option<&str> {
    // A colon sets off more than sections.
    let separators = SEPARATORS.iter().filter(|separator| !separator.contains(": ") && **separator != " : ");
    separators.copied().find_map(|separator| {
        let (section, rest) = if at_start {
            title.split_once(separator)?
        } else {
            let (rest, section) = title.rsplit_once(separator)?;
            (section, rest)
        };
        (section.len() < rest.len() && is_section(section)).then(|| rest.trim())
    })
}

/// The headline in a title that goes on with sections and with a site whose name nothing else tells: what stands before
/// sections that are not the last part. The headline is the longest part, and the site has a name of a few words.
pub(super) fn before_sections(title: &str, is_section: impl Fn(&str) -> bool) -> &str {
    let parts = title_parts(title);
    let words = |part: &str| part.split_whitespace().count();
    let [first, between @ .., last] = parts.as_slice() else { return title };
    let is_headline = !between.is_empty()
        && between.iter().all(|part| is_section(part))
        && words(first) >= HEADLINE_WORDS
        && words(last) <= SITE_WORDS
        && last.len() < first.len();
    if is_headline { first } else { title }
}

/// The heads and tails of a title at its signs.
fn cuts(title: &str) -> impl Iterator<Item = &str> {
    let separators = if title.contains(SIGNS) { &SEPARATORS[..] } else { &[] };
    separators.iter().flat_map(move |separator| {
        let at = title.match_indices(separator).take(PARTS_MAX);
        at.flat_map(move |(at, _)| [&title[..at], &title[at + separator.len()..]])
    })
}

/// Signs of each kind in a title that are looked at.
const PARTS_MAX: usize = 6;

/// The part of the title element that a link to the front page bears.
pub(super) fn of_front_page(tree: &Tree<'_>, metadata: &Metadata<'_>) -> Option<String> {
    let title = metadata.page_title.as_deref()?;
    let parts: Vec<String> = match title_parts(title).as_slice() {
        [first, .., last] => [first, last].map(|part| folded(part)).to_vec(),
        _ => return None,
    };
    let leads_home = |id: &NodeId| tree.raw_attribute(*id, Name::Href).is_some_and(links::is_front_page);
    (tree.links.iter().copied())
        .filter(leads_home)
        .take(LINKS_HOME)
        .filter_map(|id| tree.short_text(id, SITE_BYTES))
        .map(|text| folded(&text))
        .find(|text| !text.is_empty() && parts.contains(text))
}

/// Links to the front page that are looked at, and bytes of the longest name of a site.
const LINKS_HOME: usize = 10;
const SITE_BYTES: usize = 60;

/// A title without what stands beside the longest part of it that is a line of its own on the page. A line that is the
/// lesser part of the title names the site.
pub(super) fn alone_on_page(tree: &Tree<'_>, blocks: &Blocks, title: String) -> String {
    let mut parts: Vec<(&str, String)> = cuts(&title)
        .map(|part| (part, folded(part)))
        .filter(|(part, folded)| part.len() * 5 >= title.len() * 2 && folded.split(' ').count() >= LINE_WORDS)
        .collect();
    if parts.is_empty() {
        return title;
    }
    parts.sort_by_key(|(_, folded)| std::cmp::Reverse(folded.len()));
    let is_line = |block: &&Block| {
        block.chars as usize <= title.len() && !block.roles.any(AWAY) && tree.node(block.first).link == 0
    };
    let lines: Vec<String> = blocks
        .list
        .iter()
        .filter(is_line)
        .take(LINES_MAX)
        .map(|block| folded(blocks.text_of(block)))
        .collect();
    let found = parts.iter().find(|(_, folded)| lines.contains(folded)).map(|(part, _)| (*part).to_owned());
    found.unwrap_or(title)
}

/// Words of the shortest headline that stands in no heading.
const LINE_WORDS: usize = 3;

/// Short lines of a page among which its headline is.
const LINES_MAX: usize = 200;

/// Words of the shortest headline that is told from a section by its length.
const HEADLINE_WORDS: usize = 3;
/// Words of the longest name of a site.
const SITE_WORDS: usize = 4;

/// A title without the parts that name the site. They stand at its end, seldom at its start, set off by a bar, a
/// dash or the like.
pub(super) fn without_site(title: &str, site: &[String]) -> String {
    let mut title = title.trim();
    // A title has few of the signs, and what is cut off adds none.
    let signs = SIGNS.map(|sign| title.contains(sign));
    'again: loop {
        for (separator, _) in SEPARATORS.into_iter().zip(SIGN_OF).filter(|(_, sign)| signs[*sign]) {
            if let Some((head, tail)) = title.rsplit_once(separator)
                && head.trim().len() >= 3
                && is_site(tail, site)
            {
                title = head.trim();
                continue 'again;
            }
            if let Some((head, tail)) = title.split_once(separator)
                && tail.trim().len() >= 3
                && is_site(head, site)
            {
                title = tail.trim();
                continue 'again;
            }
        }
        return title.to_owned();
    }
}

/// A folded name without its spaces, as names of sites are compared.
pub(super) fn tight(mut folded: String) -> String {
    folded.retain(|c| c != ' ');
    folded
}

/// Whether part of a title names the site, by one of its tight names: the same but for suffix.
pub(super) fn is_site(part: &str, site: &[String]) -> bool {
    let tight = tight(folded(part));
    !tight.is_empty()
        && site.iter().any(|name| {
            // A suffix is shorter than the name it follows.
            let spare = if tight.len() > name.len() { name.len().saturating_sub(1).min(8) } else { 8 };
            tight == *name
                || (tight.len() >= 4
                    && name.len() >= 4
                    && (name.starts_with(&tight) || tight.starts_with(name))
                    && tight.len().abs_diff(name.len()) <= spare)
        })
}

/// The parts of a page's title between bars, dashes and the like.
pub(super) fn title_parts(title: &str) -> Vec<&str> {
    for separator in [" | ", " « ", " » ", " – ", " — ", " - ", " :: ", " · ", " • "] {
        if title.contains(separator) {
            return title.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        }
    }
    vec![title]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_separator_has_its_sign() {
        for (separator, sign) in SEPARATORS.into_iter().zip(SIGN_OF) {
            assert_eq!(separator.trim().chars().next(), Some(SIGNS[sign]), "{separator}");
        }
    }

    fn check(title: &str, site: &[&str], expected: &str) {
        let site: Vec<String> = site.iter().map(|name| tight(folded(name))).collect();
        assert_eq!(without_site(title, &site), expected);
    }

    #[test]
    fn the_site_s_name_is_cut_off() {
        check("Le lac a gelé - Le Quotidien", &["Le Quotidien"], "Le lac a gelé");
        check("Le lac a gelé | lequotidien.example | Le Quotidien", &["Le Quotidien"], "Le lac a gelé");
        check("Le Quotidien : le lac a gelé", &["Le Quotidien"], "le lac a gelé");
        check("Lac gelé - comment marcher", &["Lac"], "Lac gelé - comment marcher");
        check("Lac - gel et dégel", &["Le Quotidien"], "Lac - gel et dégel");
    }
}
