//! Where a page bears the name of its site, which tells that name from the headline in its title.

use super::folded;
use super::site::{tight, title_parts, without_article};
use crate::html::blocks::Blocks;
use crate::html::links;
use crate::html::metadata::Metadata;
use crate::html::publisher::Place;
use crate::html::role::Roles;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Lexicon, WordSet, fold};

/// The outer part of the title element that the page bears as the name of its site, folded and without an article: in a
/// link to the front page, be it in words or as a picture, in the title of its feed, or as the holder of the rights.
pub(super) fn in_page(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    lexicon: &Lexicon,
) -> Option<String> {
    let title = metadata.page_title.as_deref()?;
    let parts = outer_parts(title);
    let bare = |text: &str| without_article(&folded(text), lexicon).to_owned();
    if parts.is_empty() {
        // All pages of some sites have one title.
        let own = bare(title);
        let is_headed = metadata.headings.iter().any(|(id, _)| bare(&tree.inner_text(*id)) != own);
        return of_front_page(tree, |text| Some(bare(text)).filter(|text| *text == own && is_headed));
    }
    let parts: Vec<String> = parts.into_iter().map(bare).collect();
    let part_of = |text: &str| Some(bare(text)).filter(|text| !text.is_empty() && parts.contains(text));
    of_front_page(tree, part_of)
        .or_else(|| of_feed(tree, part_of))
        .or_else(|| of_rights(blocks, lexicon, part_of))
}

/// Tells each name that a page may give its site: where it stands, as it is written, and folded without spaces and the article
/// that it begins with.
pub(in crate::html) fn names_of_site(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    lexicon: &Lexicon,
    tell: impl Fn(Place, &str, String),
) {
    let tell = &tell;
    let at = |place: Place| {
        move |name: &str| -> Option<String> {
            let key = tight(without_article(&folded(name), lexicon).to_owned());
            if !key.is_empty() {
                tell(place, name, key);
            }
            None
        }
    };
    let title = metadata.page_title.as_deref().unwrap_or_default();
    if let [first, .., last] = title_parts(title).as_slice() {
        for part in [last, first].into_iter().filter(|part| part.len() * 3 < title.len() * 2) {
            at(Place::Title)(part);
        }
    }
    of_feed(tree, at(Place::Feed));
    of_rights(blocks, lexicon, at(Place::Rights));
    of_front_page(tree, at(Place::FrontPage));
    if let Some((_, name)) = metadata.host() {
        at(Place::Host)(name.rsplit('.').next().unwrap_or(name));
    }
}

/// The first and the last part of a title, and what a colon sets off at either end, where they are short beside the rest.
fn outer_parts(title: &str) -> Vec<&str> {
    let mut parts = match title_parts(title).as_slice() {
        [first, .., last] => vec![*first, *last],
        _ => Vec::new(),
    };
    let by_colon =
        [title.split_once(": ").map(|(head, _)| head), title.rsplit_once(": ").map(|(_, tail)| tail)];
    parts.extend(by_colon.into_iter().flatten().map(str::trim));
    parts.retain(|part| part.len() * 3 < title.len() * 2 && part.split_whitespace().count() <= SITE_WORDS);
    parts
}

/// The part that one of the first links to the front page bears.
fn of_front_page(tree: &Tree<'_>, part_of: impl Fn(&str) -> Option<String>) -> Option<String> {
    let leads_home = |id: &NodeId| tree.raw_attribute(*id, Name::Href).is_some_and(links::is_front_page);
    let told_by = |id: NodeId, name: Name| tree.attribute(id, name).and_then(|text| part_of(&text));
    (tree.links.iter().copied()).filter(leads_home).take(LINKS_HOME).find_map(|id| {
        let picture = || {
            let mut inner = tree.descendants(id).take(LOGO_NODES);
            inner.find_map(|inner| if tree.tag(inner) == Tag::Img { told_by(inner, Name::Alt) } else { None })
        };
        (tree.short_text(id, SITE_BYTES).and_then(|text| part_of(&text)))
            .or_else(picture)
            .or_else(|| told_by(id, Name::Title))
            .or_else(|| told_by(id, Name::AriaLabel))
    })
}

/// The part that the page's feed is called by: "The Holm Courier » Feed".
fn of_feed(tree: &Tree<'_>, part_of: impl Fn(&str) -> Option<String>) -> Option<String> {
    let is_feed = |id: &NodeId| {
        tree.tag(*id) == Tag::Link
            && tree.raw_attribute(*id, Name::Type).is_some_and(|kind| {
                ["application/rss+xml", "application/atom+xml"]
                    .iter()
                    .any(|feed| kind.eq_ignore_ascii_case(feed))
            })
    };
    tree.marked.iter().copied().filter(is_feed).take(FEEDS).find_map(|id| {
        let title = tree.attribute(id, Name::Title)?;
        let name = title.split_once('»').map_or(title.as_ref(), |(name, _)| name);
        let is_kind = |word: &str| FEED_WORDS.iter().any(|kind| word.eq_ignore_ascii_case(kind));
        let words: Vec<&str> = name.split_whitespace().filter(|word| !is_kind(word)).collect();
        part_of(&words.join(" "))
    })
}

/// The part that the foot of the page names as the holder of the rights: "© 2026 The Holm Courier. All rights reserved."
fn of_rights(blocks: &Blocks, lexicon: &Lexicon, part_of: impl Fn(&str) -> Option<String>) -> Option<String> {
    blocks.list.iter().rev().enumerate().take(FOOT_BLOCKS).find_map(|(from_end, block)| {
        if block.chars > FOOT_CHARS || from_end >= LAST_BLOCKS && !block.roles.any(Roles::FOOTER) {
            return None;
        }
        let text = blocks.text_of(block);
        let at = ["©", "(c)", "(C)", "opyright"]
            .iter()
            .filter_map(|sign| text.find(sign).map(|at| at + sign.len()))
            .max()?;
        let rest = text[at..].trim_start_matches(|c: char| !c.is_alphabetic());
        let end =
            rest.find(['.', ',', '|', '•', '·', '–', '—', '/', '(', '\n', ';', ':']).unwrap_or(rest.len());
        let is_name = |word: &&str| {
            !word.starts_with(|c: char| c.is_ascii_digit()) && !lexicon.has(WordSet::Rights, &fold(word))
        };
        let holder: Vec<&str> = rest[..end].split_whitespace().take_while(is_name).collect();
        part_of(&holder.join(" "))
    })
}

/// Links to the front page that are looked at, nodes of one among which its picture is, and feeds.
const LINKS_HOME: usize = 10;
const LOGO_NODES: usize = 20;
const FEEDS: usize = 6;

/// Bytes and words of the longest name of a site.
const SITE_BYTES: usize = 60;
const SITE_WORDS: usize = 6;

/// What stands beside the name in the title of a feed.
const FEED_WORDS: [&str; 5] = ["RSS", "Feed", "Atom", "RSS-Feed", "2.0"];

/// Blocks at the foot of a page among which that of the rights is, those of them that need not be called a foot, and its
/// characters.
const FOOT_BLOCKS: usize = 40;
const LAST_BLOCKS: usize = 8;
const FOOT_CHARS: u32 = 200;

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    const PROSE: &str =
        "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port.</p>";

    #[test]
    fn a_site_before_a_colon_is_cut_off_where_the_page_bears_its_name() {
        for (title, headline) in [
            ("The Holm Courier: Harbour to close for a year", "Harbour to close for a year"),
            ("Le Courrier de Holm : le port ferme", "le port ferme"),
            ("Le Courrier de Holm&nbsp;: le port ferme", "le port ferme"),
        ] {
            let site = title.split(['&', ':']).next().unwrap().trim();
            for (head, foot) in [
                (format!("<meta property=og:site_name content='{site}'>"), String::new()),
                (format!("<meta name=application-name content='{site}'>"), String::new()),
                (
                    format!(
                        "<script type=application/ld+json>{{\"@type\": \"NewsArticle\", \"publisher\": {{\"name\": \"{site}\"}}}}</script>"
                    ),
                    String::new(),
                ),
                (
                    format!(
                        "<script type=application/ld+json>{{\"@type\": \"WebSite\", \"name\": \"{site}\"}}</script>"
                    ),
                    String::new(),
                ),
                (
                    format!(
                        "<link rel=alternate type=application/rss+xml title='{site} &raquo; Feed' href=/feed>"
                    ),
                    String::new(),
                ),
                (String::new(), format!("<a href=/><img alt='{site}' src=/l.png></a>")),
                (String::new(), format!("<a href=https://www.paper.example/>{site}</a>")),
                (String::new(), format!("<footer>© 2026 {site}. All rights reserved.</footer>")),
                (String::new(), format!("<footer>Copyright 2019-2026 {site} All rights reserved</footer>")),
            ] {
                check(&format!("<title>{title}</title>{head}{PROSE}{foot}"), headline);
            }
        }
        for host in ["holmcourier.example", "www.the-holm-courier.example"] {
            let address = format!("<link rel=canonical href=https://{host}/ice>");
            check(&format!("<title>The Holm Courier: Ice at last</title>{address}{PROSE}"), "Ice at last");
        }
    }

    #[test]
    fn the_address_where_a_page_was_found_tells_its_site() {
        let page = format!("<html><head><title>The Holm Courier: Ice at last</title><body>{PROSE}{PROSE}");
        for (url, expected) in [
            ("https://holmcourier.example/ice", "Ice at last"),
            ("https://lake.example/ice", "The Holm Courier: Ice at last"),
        ] {
            let article =
                crate::html::read(&page, Some(url), &crate::lexicon::Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.title.as_deref(), Some(expected), "{url}");
        }
    }

    #[test]
    fn one_title_for_all_pages_is_the_site_s() {
        let page = |inside: &str| {
            format!(
                "<title>The Holm Courier</title><a href=/>The Holm Courier</a><article>{inside}{PROSE}</article>"
            )
        };
        check(&page("<h2>Ice at last on the lake</h2>"), "Ice at last on the lake");
        check(&page(""), "The Holm Courier");
    }

    #[test]
    fn what_the_headline_is_about_stays_before_its_colon() {
        for title in ["Budget: what changes for fishermen", "Holm: Harbour to close for a year"] {
            for rest in [
                "<meta property=og:site_name content='Holm Courier'>",
                "<a href=/>Holm Courier</a><a href=/budget>Budget</a>",
                "<footer>© 2026 Holm Courier. All rights reserved.</footer>",
                "<footer>Budget, Sport, Holm</footer>",
                "<link rel=canonical href=https://holmcourier.example/budget/holm>",
            ] {
                check(&format!("<title>{title}</title>{PROSE}{rest}"), title);
            }
        }
    }

    #[test]
    fn a_headline_where_the_site_s_name_belongs_is_none() {
        let headline = "The man whose duvet nearly killed him: how this riddle of doctors was solved at last";
        check(
            &format!(
                "<title>{headline}</title><meta name=application-name content='{headline}'><meta property=og:site_name content=Post>\
                 <div class=title>Other news of the port</div><h1>{headline}</h1>"
            ),
            headline,
        );
    }

    #[test]
    fn a_headline_may_be_the_last_part_of_the_title() {
        let title = "<title>Lake Anglers e.V. - News » The events of last summer</title>";
        check(&format!("{title}<h2>The events of last summer</h2><p>Text.</p>"), "The events of last summer");
        let headline = "Ice closes all of the harbour of Holm";
        check(
            &format!("<title>{headline} » The Lake Post</title><h2>The Lake Post</h2><p>Text.</p>"),
            &format!("{headline} » The Lake Post"),
        );
    }
}
