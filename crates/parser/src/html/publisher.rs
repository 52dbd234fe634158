//! The outlet: what the metadata call it, else what several places of the page call its site.

use std::cell::RefCell;

use super::blocks::Blocks;
use super::headline::names_of_site;
use super::metadata::{Metadata, is_name_of_outlet};
use super::source::Source;
use super::tree::Tree;
use crate::lexicon::{Folded, Lexicon, WordSet, fold};

/// Where a page may bear the name of its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// An outer part of the title element.
    Title,
    /// The title of its feed.
    Feed,
    /// A link to the front page, in words or as a picture.
    FrontPage,
    /// The holder of the rights, at its foot.
    Rights,
    /// The host of its address.
    Host,
}

/// Names that are looked at.
const NAMES_MAX: usize = 64;

/// Signs that stand between a name and what is said beside it.
const SIGNS: [char; 6] = ['-', '–', '—', '|', '»', ':'];

/// Words of the longest name.
const WORDS_MAX: usize = 6;

/// The name of the outlet, and where it stands.
pub(super) fn publisher(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    lexicon: &Lexicon,
) -> Option<(Source, String)> {
    let stated = metadata.publishers().find(|(_, name)| is_name_of_outlet(name));
    stated
        .map(|(source, name)| (source, name.to_owned()))
        .or_else(|| Some((Source::Site, of_site(tree, blocks, metadata, lexicon)?)))
}

/// The name that most places of a page give its site: two at least, and more than give it another one.
fn of_site(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>, lexicon: &Lexicon) -> Option<String> {
    let named: RefCell<Vec<Named>> = RefCell::new(Vec::new());
    names_of_site(tree, blocks, metadata, lexicon, |place, name, key| {
        let mut named = named.borrow_mut();
        if let Some(known) = named.iter_mut().find(|known| known.key == key) {
            if !known.places.contains(&place) {
                known.places.push(place);
            }
        } else if named.len() < NAMES_MAX && may_be_name(name, lexicon) {
            let name = name.trim_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c)).to_owned();
            named.push(Named { name, key, places: vec![place] });
        }
    });
    let named = named.into_inner();
    let most = named.iter().map(|name| name.places.len()).max().filter(|most| *most >= 2)?;
    let mut best = named.into_iter().filter(|name| name.places.len() == most);
    let found = best.next()?;
    best.next().is_none().then_some(found.name)
}

struct Named {
    /// As it was written first.
    name: String,
    /// Folded, without spaces and the article that it begins with.
    key: String,
    places: Vec<Place>,
}

/// Whether words may name an outlet: a few, and no section or phrase that all sites have.
fn may_be_name(name: &str, lexicon: &Lexicon) -> bool {
    let folded = fold(name);
    is_name_of_outlet(name)
        && name.chars().any(char::is_alphabetic)
        && name.split_whitespace().count() <= WORDS_MAX
        && ![WordSet::Sections, WordSet::Home, WordSet::Topics].iter().any(|set| lexicon.has(*set, &folded))
        && !lexicon.chrome_of(name, &mut Folded::default()).is_some_and(|(_, whole)| whole)
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str =
        "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port.</p>";

    fn check(title: &str, head: &str, above: &str, below: &str, expected: Option<&str>) {
        let page = format!(
            "<html><head><title>{title}</title>{head}</head><body>{above}<article><h1>Ice closes the harbour</h1>{PROSE}{PROSE}</article>\
             {below}</body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.publisher.as_deref(), expected, "{title} {head} {above} {below}");
    }

    const BOTH: &str = "Ice closes the harbour | Holm Courier";
    const FEED: &str =
        "<link rel=alternate type=application/rss+xml title='Holm Courier &raquo; Feed' href=/f>";
    const RIGHTS: &str = "<footer>© 2026 Holm Courier. All rights reserved.</footer>";

    #[test]
    fn two_places_that_agree_name_the_publisher() {
        let alone = "Ice closes the harbour";
        let name = Some("Holm Courier");
        check(BOTH, FEED, "", "", name);
        check(BOTH, "", "<a href=/>Holm Courier</a>", "", name);
        check(BOTH, "", "<a href=/><img src=/l.png alt='The Holm Courier'></a>", "", name);
        check(BOTH, "", "", RIGHTS, name);
        check(BOTH, "<link rel=canonical href=https://www.holmcourier.example/ice>", "", "", name);
        check(alone, FEED, "", RIGHTS, name);
        check(alone, "", "<a href=/>Holm Courier</a>", RIGHTS, name);
        check(BOTH, "<meta property=og:site_name content='Holm Today'>", "", RIGHTS, Some("Holm Today"));
    }

    #[test]
    fn one_place_alone_and_two_that_differ_name_nobody() {
        let alone = "Ice closes the harbour";
        check(BOTH, "", "", "", None);
        check(alone, FEED, "", "", None);
        check(alone, "", "", RIGHTS, None);
        check("Ice closes the harbour | Sport", "", "<a href=/>Sport</a>", "", None);
        check("Ice closes the harbour | Privacy policy", "", "<a href=/>Privacy policy</a>", "", None);
        let others = "<a href=/>Lake Post</a>";
        let feed = "<link rel=alternate type=application/rss+xml title='Lake Post' href=/f>";
        check(BOTH, feed, others, RIGHTS, None);
    }
}
