//! The headline of a page, without the site's name.

mod above;
mod explain;
mod heading;
mod kicker;
mod named;
mod sections;
mod site;

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

pub(super) use self::explain::passed_over;
use self::heading::Heading;
use self::kicker::{joined, without_kicker};
pub(super) use self::named::names_of_site;
use self::sections::{is_section, without_chain};
use self::site::{SITE_WORDS, Site, alone_on_page, leads_home, title_parts, without_site};
use super::blocks::Blocks;
use super::metadata::Metadata;
use super::role::Roles;
use super::source::Source;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree, decode};
use crate::letters::is_letter_or_digit;
use crate::lexicon::Lexicon;

/// Letters and digits in lower case, everything between them one space: what two spellings of a headline share.
pub(super) fn folded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        // Plain letters and digits, which most are, go over together.
        let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        out.push_str(&text[at..at + run]);
        at += run;
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if is_letter_or_digit(c) {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out.make_ascii_lowercase();
    out
}

/// The headline of a page, and where it was found.
pub(super) struct Headline {
    pub text: String,
    pub source: Source,
}

/// The headline.
///
/// The heading that readers see is preferred where the metadata bears it out, because metadata are often written for
/// search engines; where several headings or none are there, the metadata decide.
pub(super) fn headline(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    lexicon: &Lexicon,
) -> Option<Headline> {
    let mut titles = Titles::of(tree, blocks, metadata, lexicon);
    let best = titles.best_heading(tree, blocks, metadata);
    let best = best.filter(|(_, id, heading)| !titles.is_hidden_site(blocks, metadata, *id, heading));
    let best = match best {
        Some((score, id, heading)) => match titles.below_section(tree, blocks, metadata, id, &heading) {
            Some((other, below)) => Some((score, other, below)),
            None => Some((score, id, heading)),
        },
        None => None,
    };
    let heading = best.filter(|(score, ..)| titles.suffices(*score)).map(|(_, id, heading)| {
        let text = without_site(&heading.text, &titles.site);
        let text = without_kicker(&text, &titles.meta, heading.borne_out);
        let text = if heading::is_parted(tree, id) { joined(&text, &titles.meta) } else { text };
        Headline { text, source: Source::Element(id) }
    });
    heading
        .filter(|headline| !headline.text.is_empty())
        .or_else(|| {
            let is_site = |title: &str| titles.site.is(&without_site(title, &titles.site));
            let is_site = metadata.page_title.as_deref().is_none_or(is_site);
            marked_title(blocks, &titles.meta, is_site)
        })
        .or_else(|| {
            let title = metadata.page_title.as_deref()?;
            // Nothing but the title element says it.
            let is_alone = match titles.meta.as_slice() {
                [] => true,
                [(_, only)] => *only == without_site(title, &titles.site),
                _ => false,
            };
            let is_section = |part: &str| is_section(tree, blocks, metadata, part);
            let text = || without_chain(title, &titles.site, is_section, lexicon);
            is_alone.then(|| Headline { text: text(), source: Source::PageTitle })
        })
        .or_else(|| {
            let (source, text) = (!titles.meta.is_empty()).then(|| titles.meta.swap_remove(0))?;
            Some(Headline { text, source })
        })
        .map(|headline| match headline.source {
            Source::Element(_) => headline,
            source => Headline { text: alone_on_page(tree, blocks, headline.text), source },
        })
        .map(|headline| Headline { text: decode(headline.text.trim()).into_owned(), ..headline })
        .filter(|headline| !headline.text.is_empty())
}

/// The meta elements that name the headline where `og:title` and `twitter:title` do not: those of Dublin Core, Highwire Press,
/// Sailthru and Parse.ly, and schema.org's and plain words.
const TITLES: &[&str] =
    &["dc.title", "dcterms.title", "citation_title", "sailthru.title", "parsely-title", "title", "headline"];

/// What the metadata give for the headline, as they write it, in the order in which it is believed.
fn stated<'m>(metadata: &'m Metadata<'_>) -> impl Iterator<Item = (Source, &'m str)> {
    let meta = |name| Some((Source::Meta(name), metadata.meta(&[name])?));
    let linked_data = metadata.jsonld.headline.as_deref().filter(|_| metadata.jsonld.is_article);
    [
        meta("og:title"),
        linked_data.map(|text| (Source::LinkedData, text)),
        meta("twitter:title"),
        TITLES.iter().find_map(|name| meta(name)),
        metadata.page_title.as_deref().map(|text| (Source::PageTitle, text)),
    ]
    .into_iter()
    .flatten()
}

/// What the metadata give for a headline and for the site's name.
struct Titles<'l> {
    /// The titles without the site's name.
    meta: Vec<(Source, String)>,
    /// The same, folded, and the first part of a page title of several, if it may be a headline.
    borne: Vec<String>,
    /// The words of each of them, and of the first part of a page title of several, if it has more than one.
    words: Vec<Vec<u64>>,
    /// First part of that title, folded like what follows.
    first_part: String,
    /// Last part of it.
    last_part: Option<String>,
    site: Site<'l>,
    description: String,
    /// Whether the page has several headings of level 1, which then head its sections.
    several: bool,
}

impl<'l> Titles<'l> {
    fn of(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>, lexicon: &'l Lexicon) -> Self {
        let site = Site::of(tree, blocks, metadata, lexicon);
        // Most pages say the same in several fields.
        let mut read: Vec<(&str, Option<String>)> = Vec::new();
        let mut bare = |text| {
            let known = read.iter().find(|(known, _)| *known == text).map(|(_, title)| title.clone());
            known.unwrap_or_else(|| {
                let title =
                    Some(without_site(text, &site)).filter(|title| !title.is_empty() && !site.is(title));
                read.push((text, title.clone()));
                title
            })
        };
        let meta: Vec<(Source, String)> =
            stated(metadata).filter_map(|(source, text)| Some((source, bare(text)?))).collect();
        // Parts of the page's title: the last of them may be the site, whatever its name, unless the first is.
        let mut parts: Vec<&str> = metadata.page_title.as_deref().map(title_parts).unwrap_or_default();
        if parts.len() > 1 && site.is(parts[0]) {
            parts.reverse();
        }
        let several_parts = parts.len() > 1;
        let last_part = parts.last().filter(|part| several_parts && !site.is(part)).map(|part| folded(part));
        let first_part = parts.first().filter(|_| several_parts).copied().unwrap_or_default();
        let first_part = folded(first_part);
        let part_alone = Some(first_part.clone()).filter(|part| part.split(' ').count() >= 3);
        // A single word is in too many headings.
        let part_in_words = Some(first_part.as_str()).filter(|part| part.contains(' '));
        let folded_titles: Vec<String> = meta.iter().map(|(_, title)| folded(title)).collect();
        Self {
            words: (folded_titles.iter().map(String::as_str).chain(part_in_words)).map(numbers).collect(),
            borne: folded_titles.into_iter().chain(part_alone).collect(),
            meta,
            first_part,
            last_part,
            site,
            description: metadata.description().map(|text| folded(&text)).unwrap_or_default(),
            several: is_cut_by_headings(tree, blocks, metadata),
        }
    }

    /// The heading that is the likeliest, with how likely it is; the first of equals.
    fn best_heading(
        &self,
        tree: &Tree<'_>,
        blocks: &Blocks,
        metadata: &Metadata<'_>,
    ) -> Option<(f32, NodeId, Heading)> {
        let mut headings: Vec<(f32, usize)> = (0..metadata.headings.len())
            .map(|index| (standing(tree, blocks, metadata, index), index))
            .collect();
        headings.sort_by(|(left, _), (right, _)| right.total_cmp(left));
        let mut best: Option<(f32, usize, Heading)> = None;
        for (standing, index) in headings {
            // Most headings of a page could not be likelier, whatever they say.
            if best.as_ref().is_some_and(|(score, ..)| standing + ALIKE + SHARED < score - ROUNDING) {
                break;
            }
            let (id, level) = metadata.headings[index];
            let heading = self.heading(tree, blocks, (id, level));
            if heading.text.is_empty() {
                continue;
            }
            let score = standing + self.likelihood(tree, blocks, (id, level), &heading);
            let is_better = |(other, at, _): &(f32, usize, Heading)| {
                score > *other || score.total_cmp(other).is_eq() && index < *at
            };
            if best.as_ref().is_none_or(is_better) {
                best = Some((score, index, heading));
            }
        }
        best.map(|(score, index, heading)| (score, metadata.headings[index].0, heading))
    }

    /// The words of a heading, as far as they are the headline.
    fn heading(&self, tree: &Tree<'_>, blocks: &Blocks, (id, level): (NodeId, u8)) -> Heading {
        // The title element may name a part of the page as well: its first part speaks of the largest heading alone.
        let borne = if level == 1 { &self.borne[..] } else { &self.borne[..self.meta.len()] };
        Heading::of(tree, blocks, id, borne)
    }

    /// The headings that say something, with how likely each is the headline.
    fn headings(
        &self,
        tree: &Tree<'_>,
        blocks: &Blocks,
        metadata: &Metadata<'_>,
    ) -> impl Iterator<Item = (f32, NodeId, Heading)> {
        metadata.headings.iter().enumerate().filter_map(move |(index, (id, level))| {
            let heading = self.heading(tree, blocks, (*id, *level));
            let score = || {
                standing(tree, blocks, metadata, index)
                    + self.likelihood(tree, blocks, (*id, *level), &heading)
            };
            (!heading.text.is_empty()).then(score).map(|score| (score, *id, heading))
        })
    }

    /// Whether a heading that is this likely is the headline, if none is likelier.
    fn suffices(&self, score: f32) -> bool {
        score > 0.6 || self.meta.is_empty() && score > 0.0
    }

    /// How likely a heading is the headline by what it says: [`ALIKE`] and [`SHARED`] at most.
    fn likelihood(
        &self,
        tree: &Tree<'_>,
        blocks: &Blocks,
        (id, level): (NodeId, u8),
        heading: &Heading,
    ) -> f32 {
        let same = &heading.folded;
        let mut score = 0.0;
        let own = numbers(same);
        // What a page is shared as is what it shows, where titles for search engines say something else.
        let is_shared = |at| self.meta.get(at).is_some_and(|(source, _)| is_shared(*source));
        if heading.borne_out.is_some_and(is_shared) && !blocks.roles[id as usize].any(AWAY) {
            score += SHARED;
        }
        let is_first = *same == self.first_part && !self.is_section(heading);
        let mut alike = self
            .words
            .iter()
            .map(|title| likeness(&own, title))
            .fold(f32::from(u8::from(is_first)), f32::max);
        if self.site.is_folded(same) || leads_home(tree, id) {
            score -= 4.0;
        } else if self.last_part.as_deref() == Some(same.as_str()) && alike < 0.9 {
            // A headline may lead to its own page, or have more words than the name of a site that heads the page.
            if leads_on(tree, id) || level > 1 && own.len() > SITE_WORDS {
                alike = 1.0;
            } else {
                score -= 1.5;
            }
        }
        score += ALIKE * alike;
        let words = heading.text.split_whitespace().count();
        if words <= 2 && alike < 0.5 {
            score -= 0.7;
        }
        // A stand-first set as a heading.
        if words > WORDS_MAX || words > 12 && *same == self.description {
            score -= 1.5;
        }
        if level == 1 && self.several && alike < 0.5 {
            score -= 1.2;
        }
        score
    }
}

/// Whether a title is the one that the page is shared by.
fn is_shared(source: Source) -> bool {
    matches!(source, Source::Meta("og:title"))
}

/// How much likelier a heading is the headline that says just what the metadata say.
const ALIKE: f32 = 2.0;

/// What it adds to a heading that `og:title` gives in full.
const SHARED: f32 = 0.3;

/// By how much sums of the same numbers may differ.
const ROUNDING: f32 = 0.001;

/// How likely a heading is the headline by where it stands and what it is called.
fn standing(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>, index: usize) -> f32 {
    let (id, level) = metadata.headings[index];
    let roles = blocks.roles[id as usize];
    let mut score = match level {
        1 => 1.0,
        2 => 0.0,
        _ => -0.2,
    };
    if roles.any(Roles::TITLE) || tree.raw_attribute(id, Name::Itemprop) == Some("headline") {
        score += 0.5;
    }
    if roles.any(AWAY) {
        score -= 1.0;
    }
    if tree.ancestors(id).any(|ancestor| matches!(tree.tag(ancestor), Tag::Article | Tag::Main)) {
        score += 0.2;
    }
    score - 0.02 * index.min(10) as f32
}

/// Words of the longest headline.
const WORDS_MAX: usize = 40;

/// Whether a heading is a link to a page inside the site that says so, as headlines in blogs are.
fn leads_on(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.descendants(id)
        .any(|inner| tree.tag(inner) == Tag::A && tree.raw_attribute(inner, Name::Rel) == Some("bookmark"))
}

/// Whether several headings of level 1 that lead nowhere stand in the text.
fn is_cut_by_headings(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>) -> bool {
    let heads = |(id, level): &&(NodeId, u8)| {
        *level == 1
            && !blocks.roles[*id as usize].any(AWAY)
            && !tree.descendants(*id).any(|inner| tree.tag(inner) == Tag::A)
            && !tree.inner_text(*id).is_empty()
    };
    metadata.headings.iter().filter(heads).nth(1).is_some()
}

/// Parts of a page whose headings are of other things.
const AWAY: Roles = Roles(
    Roles::NAVIGATION.0
        | Roles::FOOTER.0
        | Roles::SIDEBAR.0
        | Roles::RELATED.0
        | Roles::HIDDEN.0
        | Roles::TEASER.0
        | Roles::OVERLAY.0,
);

/// A block that is called the headline and says what the metadata say, or where these give nothing but the site's name.
fn marked_title(blocks: &Blocks, meta: &[(Source, String)], is_site_alone: bool) -> Option<Headline> {
    let says_nothing = meta.is_empty() && is_site_alone;
    blocks
        .list
        .iter()
        .filter(|block| block.roles.any(Roles::TITLE) && block.chars < 300)
        .filter(|block| !says_nothing || block.words >= 3 && !block.roles.any(AWAY))
        .map(|block| (block.first, blocks.text_of(block)))
        .find(|(_, text)| {
            let words = numbers(&folded(text));
            says_nothing || meta.iter().any(|(_, title)| likeness(&words, &numbers(&folded(title))) > 0.8)
        })
        .map(|(first, text)| Headline { text: text.to_owned(), source: Source::Element(first) })
}

/// The words of a folded title as numbers, which are compared faster.
fn numbers(folded: &str) -> Vec<u64> {
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words.map(|word| FxBuildHasher.hash_one(word)).collect()
}

/// Share of words that two titles have in common, by the [`numbers`] of their words, in [0, 1].
fn likeness(left: &[u64], right: &[u64]) -> f32 {
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    let shared = left.iter().filter(|word| right.contains(word)).count();
    2.0 * shared as f32 / (left.len() + right.len()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn check(page: &str, expected: &str) {
        let tree = Tree::parse(page);
        let lexicon = Lexicon::load(None).unwrap();
        let title = headline(&tree, &Blocks::of(&tree), &Metadata::of(&tree), &lexicon);
        assert_eq!(title.map(|title| title.text).as_deref(), Some(expected), "{page}");
    }

    #[test]
    fn the_page_tells_the_site_s_name_in_its_title() {
        let text =
            "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port.</p>";
        for page in [
            format!("<title>The lake froze at last | Port Infos</title><a href=/>Port Infos</a>{text}"),
            format!(
                "<title>Port Infos - The lake froze at last</title><a href='https://port.example/'>Port Infos</a>{text}"
            ),
            format!(
                "<title>The lake froze at last | Port Infos</title><div>The lake froze at last</div>{text}"
            ),
            format!(
                "<title>The Gazette of Holm - The lake froze at last</title><font><b>The lake froze at last</b></font>{text}"
            ),
        ] {
            check(&page, "The lake froze at last");
        }
        let page = "<title>The lake froze - nobody knew</title><a href=/port>nobody knew</a><p>The lake froze over night.</p>";
        check(page, "The lake froze - nobody knew");
    }

    #[test]
    fn a_heading_that_leads_home_names_the_site() {
        check(
            "<title>Lake News » Archive » Ice on the lake</title><h1><a href=/>Lake News</a></h1><h2>Ice on the lake</h2>",
            "Ice on the lake",
        );
        check(
            "<title>Ann's Home | Ice on the lake</title><h2><a rel=bookmark href=/ice>Ice on the lake</a></h2>\
             <h2>The lake froze</h2>",
            "Ice on the lake",
        );
    }

    #[test]
    fn several_headings_of_level_one_head_sections() {
        check(
            "<title>All about lakes, ice and harbours</title><h1>Lakes</h1><p>Text.</p><h1>Ice here</h1><p>Text.</p>",
            "All about lakes, ice and harbours",
        );
    }

    #[test]
    fn a_stand_first_set_as_a_heading_is_no_headline() {
        let text = "Learn how a lake freezes from the shore to its midst, and when you may walk on it";
        check(
            &format!(
                "<title>How lakes freeze</title><meta name=description content='{text}'><h1>{text}</h1>"
            ),
            "How lakes freeze",
        );
    }

    #[test]
    fn the_heading_that_a_page_is_shared_by_is_the_headline() {
        let page = |shared: &str| {
            format!(
                "<title>Lake Holm: ice closes the harbour</title><meta property=og:title content='{shared}'><ol class=breadcrumb>\
                 <li><h1>Lake Holm: ice closes the harbour</h1></ol><article><h2 class=title><span>Winter</span> \
                 <span>Skaters rejoice as the harbour closes</span></h2><p>It froze.</p></article>"
            )
        };
        check(&page("Skaters rejoice as the harbour closes"), "Skaters rejoice as the harbour closes");
        check(&page("Lake Holm: ice closes the harbour"), "Lake Holm: ice closes the harbour");
    }

    #[test]
    fn what_is_called_the_headline_is_one_where_the_title_names_the_site() {
        check(
            "<title>Holm Courier</title><meta property=og:site_name content='Holm Courier'><aside><p class=headline>Other news of \
             the port</p></aside><p class=headline>Ice closes the harbour</p><p>Text.</p>",
            "Ice closes the harbour",
        );
    }

    #[test]
    fn a_single_word_of_the_title_makes_no_heading_the_headline() {
        let title = "Lakes - ice, harbours, skaters";
        check(
            &format!(
                "<title>{title}</title><meta property=og:title content='{title}'><h1>Lakes – North</h1><p>Text.</p><h1>Lakes – South</h1>"
            ),
            title,
        );
        check("<title>Lakes | Port Infos</title><h1>Lakes</h1><p>Text.</p>", "Lakes");
    }

    #[test]
    fn references_written_twice_are_resolved() {
        check("<h1>Ice &amp;amp; water</h1>", "Ice & water");
    }
}
