//! The bar above the article in which a site shows what day it is: its dates are none of the article's.

use crate::html::blocks::Blocks;
use crate::html::links::is_front_page;
use crate::html::role::Roles;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Chrome, Folded, Lexicon};

/// Words of classes and ids of elements that show what day it is, or how the weather is.
const TODAY: [&str; 16] = [
    "today",
    "currentdate",
    "current-date",
    "todaydate",
    "today-date",
    "date-today",
    "datetoday",
    "server-date",
    "clock",
    "horloge",
    "weather",
    "meteo",
    "wetter",
    "fecha-actual",
    "fecha-hoy",
    "tagesdatum",
];

/// Bytes of the longest word for the front page.
const HOME_BYTES: usize = 40;

/// Elements around a date that may say that it is today's.
const AROUND: usize = 4;

/// The node at which the head of the site ends, which stands above the article: the menu, the search, the link to the front
/// page, and the parts of the page that these stand in. What stands at the headline is below it. `start` is where the article
/// begins, by its headline or its text.
pub(super) fn site_head_end(
    tree: &Tree<'_>,
    blocks: &Blocks,
    host: Option<&str>,
    start: NodeId,
    lexicon: &Lexicon,
) -> NodeId {
    let mut end = 0;
    let mut id = 1;
    while id < start {
        if tree.contains(id, start) {
            id += 1;
        } else if is_breadcrumb(tree, id) {
            id = tree.node(id).end;
        } else if is_sign_of_site(tree, blocks, host, id, lexicon) {
            let around = std::iter::once(id).chain(tree.ancestors(id));
            let part = around.take_while(|outer| !tree.contains(*outer, start)).last().unwrap_or(id);
            end = end.max(tree.node(part).end);
            id = end;
        } else {
            id += 1;
        }
    }
    end
}

/// Whether an element stands in a site's head and in no article's.
fn is_sign_of_site(
    tree: &Tree<'_>,
    blocks: &Blocks,
    host: Option<&str>,
    id: NodeId,
    lexicon: &Lexicon,
) -> bool {
    match tree.tag(id) {
        Tag::Text => false,
        Tag::Nav | Tag::Form => true,
        Tag::A => {
            let leads_home = |href: &str| !href.trim().is_empty() && is_own_front_page(href.trim(), host);
            tree.raw_attribute(id, Name::Href).is_some_and(leads_home)
                && !blocks.roles[id as usize].any(Roles::DATE | Roles::BYLINE)
                && !leads_back(tree, id, lexicon)
        }
        _ => blocks.own_roles[id as usize].any(Roles::NAVIGATION),
    }
}

/// Whether an address is that of the site's front page. Other people's sites, which an article is from, have front pages too.
fn is_own_front_page(href: &str, host: Option<&str>) -> bool {
    let own = |rest: &str| {
        let of_link = rest.split(['/', '?']).next().unwrap_or_default().trim_start_matches("www.");
        host.is_none_or(|host| of_link == host)
    };
    is_front_page(href) && href.split_once("://").is_none_or(|(_, rest)| own(rest))
}

/// Whether a link to the front page is the first step to the article ("Home"), which stands at many headlines, and no logo.
fn leads_back(tree: &Tree<'_>, link: NodeId, lexicon: &Lexicon) -> bool {
    let mut folded = Folded::default();
    folded.fold(&tree.short_text(link, HOME_BYTES).unwrap_or_default());
    matches!(lexicon.chrome(&folded), Some((Chrome::Navigation, _)))
}

/// Whether an element shows where in the site the article stands, beside which its date may stand.
fn is_breadcrumb(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.raw_attributes(id).any(|(name, value)| {
        matches!(name, Name::Class | Name::Id | Name::AriaLabel | Name::Itemtype)
            && ["breadcrumb", "Breadcrumb", "ariane", "crumbs"].iter().any(|word| value.contains(word))
    })
}

/// Whether an element around a node is called one that shows what day it is.
pub(super) fn shows_today(tree: &Tree<'_>, id: NodeId) -> bool {
    let is_called = |id: NodeId| {
        tree.raw_attributes(id).any(|(name, value)| {
            matches!(name, Name::Class | Name::Id)
                && value
                    .split_ascii_whitespace()
                    .any(|word| TODAY.iter().any(|today| word.eq_ignore_ascii_case(today)))
        })
    };
    std::iter::once(id).chain(tree.ancestors(id)).take(AROUND).any(is_called)
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>\
        <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris jusqu'au milieu.</p>";
    const TITLE: &str = "<h1>Le lac a gelé cette nuit</h1>";

    fn check(body: &str, expected: Option<&str>) {
        let body = body.replace("TITLE", TITLE).replace("PROSE", PROSE);
        let page =
            format!("<html><head><title>Le lac a gelé cette nuit</title></head><body>{body}</body></html>");
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.published.map(|date| date.edtf).as_deref(), expected, "{body}");
    }

    #[test]
    fn the_day_in_the_head_of_a_site_is_none_of_the_article() {
        for head in [
            "<div><span>Samedi 28 novembre 2026</span> <span>12°C</span></div><nav><a href=/a>Région</a></nav>",
            "<div id=top>Saturday, November 28, 2026</div><div id=logo><a href=/>The Lake Post</a></div>",
            "<p>Heute ist Samstag, 28. November 2026</p><div><a href=/><img src=/logo.png></a></div>",
            "<header><time datetime=2026-11-28>sabato 28 novembre 2026</time><a href=/>La Valle</a></header>",
            "<table><tr><td><a href=/><img src=logo.gif></a></td><td>Sábado, 28 de novembro de 2026</td></tr></table>",
            "<div><p class=fecha>sábado, 28 de noviembre de 2026</p><p>Actualizado a las 10:32</p><form action=/buscar></form></div>",
            "<nav><a href=/a>Région</a></nav><div class=current-date>Samedi 28 novembre 2026</div>",
        ] {
            check(&format!("{head}<main>TITLE PROSE</main>"), None);
            check(&format!("{head}<main>TITLE<p>3 mars 2026</p>PROSE</main>"), Some("2026-03-03"));
            check(&format!("{head}<main>TITLE PROSE<p>Publié le 3 mars 2026</p></main>"), Some("2026-03-03"));
        }
    }

    #[test]
    fn a_date_above_the_headline_is_the_article_s() {
        for body in [
            "<nav><a href=/a>Région</a></nav><article><header><time datetime=2026-03-03>3 mars</time>TITLE</header>PROSE</article>",
            "<header><a href=/><img src=/logo.png></a></header><p class=date>3 mars 2026</p>TITLE PROSE",
            "<main><div><div class=breadcrumb><a href=/>Le Lac</a> › <a href=/a>Région</a></div><p>3 mars 2026</p></div>TITLE PROSE</main>",
            "<main><div><a href=/>Accueil</a> | Par Zoé Lam | 3 mars 2026</div>TITLE PROSE</main>",
            "<header><a href=/>Carnet</a></header><h2 class=date-header>mardi 3 mars 2026</h2><h3>Le lac a gelé cette nuit</h3>PROSE",
        ] {
            check(body, Some("2026-03-03"));
        }
    }
}
