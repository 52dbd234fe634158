//! The site's name in titles.

use super::{AWAY, folded, named};
use crate::html::blocks::{Block, Blocks};
use crate::html::links;
use crate::html::metadata::Metadata;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Lexicon, WordSet, fold};

/// The names that a site goes by.
pub(super) struct Site<'l> {
    /// Folded and without spaces, with the article they begin with and without it.
    names: Vec<String>,
    /// As they are written.
    written: Vec<String>,
    /// What the page bears as its name of a part of its title, like `names`: just that part.
    borne: Option<String>,
    lexicon: &'l Lexicon,
}

impl<'l> Site<'l> {
    /// A site by its names as they are written.
    pub(super) fn new(written: Vec<String>, lexicon: &'l Lexicon) -> Self {
        let mut names = Vec::with_capacity(2 * written.len());
        for name in &written {
            let whole = folded(name);
            // "holm.example" is Holm, too.
            let host = name.rsplit_once('.').filter(|(rest, end)| !rest.is_empty() && !end.contains(' '));
            let bare = without_article(&whole, lexicon).to_owned();
            names.extend([whole, bare].into_iter().chain(host.map(|(rest, _)| folded(rest))).map(tight));
        }
        names.retain(|name| !name.is_empty());
        Self { names, written, borne: None, lexicon }
    }

    /// The names that a page gives its site.
    pub(super) fn of(
        tree: &Tree<'_>,
        blocks: &Blocks,
        metadata: &Metadata<'_>,
        lexicon: &'l Lexicon,
    ) -> Self {
        let others = NAMES.iter().filter_map(|name| metadata.meta(&[name]));
        let host = metadata.host().map(|(host, name)| [host, name.rsplit('.').next().unwrap_or(name)]);
        let written = (metadata.site_names().chain(others).chain(host.into_iter().flatten()))
            .map(|name| name.trim_start_matches('@').to_owned())
            .chain(banner(tree, metadata))
            .filter(|name| name.split_whitespace().count() <= NAME_WORDS)
            .collect();
        let borne = named::in_page(tree, blocks, metadata, lexicon);
        Self { borne: borne.map(tight), ..Self::new(written, lexicon) }
    }

    /// Whether part of a title names the site, by one of its names: the same but for an article and a suffix.
    pub(super) fn is(&self, part: &str) -> bool {
        let folded = folded(part);
        let bare = tight(without_article(&folded, self.lexicon).to_owned());
        let tight = tight(folded);
        !tight.is_empty()
            && (self.borne.as_ref() == Some(&bare)
                || self.names.iter().any(|name| *name == bare || is_like(&tight, name)))
    }

    /// Whether what a colon sets off at the start or the end of a title names the site: with a colon headlines set off what
    /// they are about, so that nothing of the name may be missing. "Le point : ce que l'on sait" is none of *Le Point*.
    pub(super) fn is_beside_colon(&self, part: &str) -> bool {
        let part = part.trim();
        let folded = folded(part);
        let bare = tight(without_article(&folded, self.lexicon).to_owned());
        let is_named = || {
            self.borne.as_ref() == Some(&bare)
                || self.names.contains(&bare)
                || self.names.contains(&tight(folded.clone()))
        };
        let words = || part.split_whitespace().skip(1).filter(|word| word.chars().count() > 3);
        let is_written = || self.written.iter().any(|name| name == part);
        !bare.is_empty()
            && is_named()
            && (words().all(|word| !word.starts_with(char::is_lowercase)) || is_written())
    }

    /// Whether a text is a section that sites of all kinds have.
    pub(super) fn is_common_section(&self, text: &str) -> bool {
        self.lexicon.has(WordSet::Sections, &fold(text))
    }

    /// Whether a folded text is one of the names.
    pub(super) fn is_folded(&self, text: &str) -> bool {
        self.names.iter().any(|name| name.bytes().eq(text.bytes().filter(|byte| *byte != b' ')))
    }
}

/// Meta elements that name the site to telephones and networks.
const NAMES: [&str; 3] = ["apple-mobile-web-app-title", "og:sitename", "twitter:site"];

/// The names in headings of level 1 that lead to the front page.
fn banner(tree: &Tree<'_>, metadata: &Metadata<'_>) -> Vec<String> {
    let names =
        |(id, level): &(NodeId, u8)| (*level == 1 && leads_home(tree, *id)).then(|| tree.inner_text(*id));
    metadata.headings.iter().filter_map(names).collect()
}

/// Words of the longest name: some templates put the headline where the site's name belongs.
const NAME_WORDS: usize = 10;

/// Whether a heading is a link to the front page, as the name of a site is.
pub(super) fn leads_home(tree: &Tree<'_>, id: NodeId) -> bool {
    let link = tree.descendants(id).find(|inner| tree.tag(*inner) == Tag::A).or_else(|| {
        let parent = tree.parent(id);
        (tree.tag(parent) == Tag::A).then_some(parent)
    });
    link.and_then(|link| tree.raw_attribute(link, Name::Href)).is_some_and(links::is_front_page)
}

/// A folded name without the article that it begins with.
pub(super) fn without_article<'n>(folded: &'n str, lexicon: &Lexicon) -> &'n str {
    match folded.split_once(' ') {
        Some((first, rest)) if lexicon.has(WordSet::Articles, &fold(first)) => rest,
        _ => folded,
    }
}

/// What sets the parts of a title off.
const SEPARATORS: [&str; 22] = [
    " | ", " - ", " – ", " — ", " · ", " » ", " « ", " :: ", " • ", " / ", " : ", "｜", "|", ": ", " > ",
    " // ", " › ", " ‹ ", " ~ ", " │ ", " ¦ ", " ★ ",
];

/// The signs of [`SEPARATORS`]: most titles have none of them.
const SIGNS: [char; 18] =
    ['|', '-', '–', '—', '·', '»', '«', ':', '•', '/', '｜', '>', '›', '‹', '~', '│', '¦', '★'];

/// Which of them each of [`SEPARATORS`] has.
const SIGN_OF: [usize; SEPARATORS.len()] =
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 7, 10, 0, 7, 11, 9, 12, 13, 14, 15, 16, 17];

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
pub(super) const SITE_WORDS: usize = 4;

/// A title without the parts that name the site. They stand at its end, seldom at its start, set off by a bar, a
/// dash or the like.
pub(super) fn without_site(title: &str, site: &Site<'_>) -> String {
    let mut title = title.trim();
    // A title has few of the signs, and what is cut off adds none.
    let mut signs = [false; SIGNS.len()];
    for sign in title.chars().filter(|c| !c.is_ascii_alphanumeric()) {
        if let Some(at) = SIGNS.iter().position(|known| *known == sign) {
            signs[at] = true;
        }
    }
    'again: loop {
        for (separator, _) in SEPARATORS.into_iter().zip(SIGN_OF).filter(|(_, sign)| signs[*sign]) {
            let is_site = |part| {
                if separator.contains(':') && separator != " :: " {
                    site.is_beside_colon(part)
                } else {
                    site.is(part)
                }
            };
            if let Some((head, tail)) = title.rsplit_once(separator)
                && head.trim().len() >= 3
                && is_site(tail)
            {
                title = head.trim();
                continue 'again;
            }
            if let Some((head, tail)) = title.split_once(separator)
                && tail.trim().len() >= 3
                && is_site(head)
            {
                title = tail.trim();
                continue 'again;
            }
        }
        // "Ice closes the harbour (Holm Courier)", "…, Holm Courier".
        if let Some((head, tail)) = last_aside(title)
            && head.split_whitespace().count() >= HEADLINE_WORDS
            && site.is_beside_colon(tail)
        {
            title = head.trim();
            continue;
        }
        return title.to_owned();
    }
}

/// What stands before and in the brackets that end a title, or behind its last comma.
fn last_aside(title: &str) -> Option<(&str, &str)> {
    let in_brackets = |open: &str, close: char| title.strip_suffix(close)?.rsplit_once(open);
    in_brackets(" (", ')').or_else(|| in_brackets(" [", ']')).or_else(|| title.rsplit_once(", "))
}

/// A folded name without its spaces, as names of sites are compared.
pub(super) fn tight(mut folded: String) -> String {
    folded.retain(|c| c != ' ');
    folded
}

/// Whether two tight names are the same but for a suffix.
fn is_like(part: &str, name: &str) -> bool {
    // A suffix is shorter than the name it follows.
    let spare = if part.len() > name.len() { name.len().saturating_sub(1).min(8) } else { 8 };
    part == name
        || (part.len() >= 4
            && name.len() >= 4
            && (name.starts_with(part) || part.starts_with(name))
            && part.len().abs_diff(name.len()) <= spare)
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
        let lexicon = Lexicon::load(None).unwrap();
        let site = Site::new(site.iter().map(|name| (*name).to_owned()).collect(), &lexicon);
        assert_eq!(without_site(title, &site), expected, "{title}");
    }

    #[test]
    fn the_site_s_name_is_cut_off() {
        check("Le lac a gelé - Le Quotidien", &["Le Quotidien"], "Le lac a gelé");
        check("Le lac a gelé | lequotidien.example | Le Quotidien", &["Le Quotidien"], "Le lac a gelé");
        check("Le Quotidien : le lac a gelé", &["Le Quotidien"], "le lac a gelé");
        check("Lac gelé - comment marcher", &["Lac"], "Lac gelé - comment marcher");
        check("Lac - gel et dégel", &["Le Quotidien"], "Lac - gel et dégel");
        check("The Holm Courier | Ice", &["Holm Courier"], "Ice");
        check("Ice at last | Holm Courier", &["The Holm Courier"], "Ice at last");
        for sign in [" ~ ", " › ", " ★ ", " │ "] {
            check(&format!("Ice at last{sign}Holm Courier"), &["Holm Courier"], "Ice at last");
        }
        for title in [
            "Ice on Holm Lake (Holm Courier)",
            "Ice on Holm Lake [Holm Courier]",
            "Ice on Holm Lake, Holm Courier",
        ] {
            check(title, &["Holm Courier"], "Ice on Holm Lake");
        }
        for title in ["Ice on Holm Lake (Holm)", "Ice, Holm Courier", "Ice on the lake, Holm"] {
            check(title, &["Holm Courier"], title);
        }
    }

    #[test]
    fn a_colon_sets_the_site_s_name_off_where_nothing_of_it_is_missing() {
        let ice = "Harbour to close for a year";
        for site in
            ["The Holm Courier", "Holm Courier", "holmcourier.example", "holmcourier", "theholmcourier"]
        {
            check(&format!("The Holm Courier: {ice}"), &[site], ice);
            check(&format!("{ice}: The Holm Courier"), &[site], ice);
        }
        check("Le Courrier de Holm : le port ferme", &["courrierdeholm.example"], "le port ferme");
        check("Courrier picard : le port ferme", &["Courrier picard"], "le port ferme");
        for headline in ["Holm: harbour to close", "Budget: what changes", "The Holm Courier's view: ice"] {
            check(headline, &["The Holm Courier"], headline);
        }
        let point = "Le point : ce que l'on sait du gel";
        check(point, &["Le Point"], point);
    }
}
