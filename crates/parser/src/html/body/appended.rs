//! Another article that is appended whole below the page's own, as pages that go on when readers come to their end do: it
//! reads like the article, and stands like it.

use std::ops::Range;

use super::Verdict;
use crate::date::Order;
use crate::html::blocks::Blocks;
use crate::html::headline::folded;
use crate::html::metadata::Metadata;
use crate::html::role::Roles;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::Lexicon;
use crate::plain;

/// Why a block of it is left out.
const APPENDED: &str = "of another article below";

/// Characters of running text that an article has at least.
const PROSE_MIN: u32 = 200;

/// Characters of running text that one has at least which says in its own element who wrote it, and when.
const SHORT_PROSE_MIN: u32 = 100;

/// Blocks and characters of lines below a headline that say who wrote the article, and when.
const LINES: usize = 4;
const LINE_CHARS: u32 = 160;

/// Nodes of a heading among which its link is.
const LINK_NODES: usize = 12;

/// Nodes at a headline among which its author and date stand.
const NEAR: NodeId = 60;

/// Leaves out what stands in another article below the page's own, and tells where it stands: under a heading that is set
/// like the headline of the page, or in an `article` element beside that of the page, that says something else and has a
/// byline or a date, is a link, or is the first of an element like that of the page's own article.
pub(super) fn leave_out(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    headline: Option<NodeId>,
    title: Option<&str>,
    lexicon: &Lexicon,
    verdicts: &mut [Verdict],
) -> Vec<Range<NodeId>> {
    let mut left_out: Vec<Range<NodeId>> = Vec::new();
    let may_head = |(_, level): &&(NodeId, u8)| *level <= 2;
    let (Some(title), Some(_)) = (title, metadata.headings.iter().filter(may_head).nth(1)) else {
        return left_out;
    };
    let Some(headline) = headline else { return left_out };
    let own = folded(&tree.inner_text(headline));
    if !own.ends_with(&folded(title)) {
        return left_out;
    }
    for (id, _) in metadata.headings.iter().filter(may_head) {
        if *id <= headline
            || blocks.roles[*id as usize].any(Roles::COMMENT)
            || left_out.last().is_some_and(|last| *id < last.end)
        {
            continue;
        }
        let parts = (part_without(tree, headline, *id), part_without(tree, *id, headline));
        let (Some(of_page), Some(of_other)) = parts else { continue };
        let is_beside = is_in_article(tree, headline, *id) && is_in_article(tree, *id, headline);
        // Parts of one kind of which each has its byline and its date.
        let is_repeated = || {
            is_alike(tree, of_page, of_other)
                && class(tree, of_page).is_some()
                && is_called(tree, blocks, headline, of_page, Roles::BYLINE)
                && is_called(tree, blocks, *id, of_other, Roles::BYLINE)
                && is_called(tree, blocks, *id, of_other, Roles::DATE)
        };
        if !is_beside && !is_alike(tree, headline, *id) && !is_repeated() {
            continue;
        }
        let other = folded(&tree.inner_text(*id));
        if other.is_empty() || own.ends_with(&other) || other.ends_with(&own) {
            continue;
        }
        let prose = |from: NodeId, to: NodeId| -> u32 {
            let inside = blocks.between(from, to);
            let blocks = blocks.list[inside.clone()].iter().zip(&verdicts[inside]);
            let text = blocks.filter(|(block, verdict)| block.is_prose() && **verdict == Verdict::Text);
            text.map(|(block, _)| block.chars).sum()
        };
        let end = tree.node(of_other).end;
        // Where each is an element of its own with who wrote it, and the other one with its day, a few lines are a text.
        let is_whole = is_beside
            && is_called(tree, blocks, headline, of_page, Roles::BYLINE)
            && has_time(tree, *id, of_other);
        let prose_min = if is_whole { SHORT_PROSE_MIN } else { PROSE_MIN };
        let is_apart = prose(of_other, end) >= prose_min;
        // What follows a headline in the element around both goes on to its end, if both are signed.
        let end = if is_apart { end } else { tree.node(tree.parent(of_other)).end };
        let is_told = is_apart
            || is_head(tree, of_page)
                && is_head(tree, of_other)
                && is_signed(tree, blocks, headline, of_page);
        // What goes on above a heading is no article that begins with it.
        if !is_told
            || prose(of_other, *id) > 0
            || prose(headline, of_other) < prose_min
            || prose(of_other, end) < prose_min
            || !(is_signed(tree, blocks, *id, of_other)
                || says_who_and_when(tree, blocks, *id, end, lexicon)
                || is_apart && is_of_another(tree, blocks, metadata, (*id, of_page, of_other)))
        {
            continue;
        }
        for verdict in &mut verdicts[blocks.between(of_other, end)] {
            if !matches!(verdict, Verdict::Out(_)) {
                *verdict = Verdict::Out(APPENDED);
            }
        }
        left_out.push(of_other..end);
    }
    left_out
}

/// Whether a node stands in an `article` element that does not hold another one.
fn is_in_article(tree: &Tree<'_>, id: NodeId, other: NodeId) -> bool {
    let mut around = tree.ancestors(id).take_while(|outer| !tree.contains(*outer, other));
    around.any(|outer| tree.tag(outer) == Tag::Article)
}

/// Whether an element is no more than the head of an article.
fn is_head(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.tag(id) == Tag::Header || tree.tag(id).heading_level().is_some()
}

/// The largest part of the page around a node that does not hold another one.
fn part_without(tree: &Tree<'_>, id: NodeId, other: NodeId) -> Option<NodeId> {
    std::iter::once(id).chain(tree.ancestors(id)).take_while(|outer| !tree.contains(*outer, other)).last()
}

/// Whether a line below a headline says who wrote an article, and when.
fn says_who_and_when(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: NodeId,
    end: NodeId,
    lexicon: &Lexicon,
) -> bool {
    let below = blocks.between(tree.node(headline).end, end);
    blocks.list[below].iter().take(LINES).any(|block| {
        let text = blocks.text_of(block);
        block.chars <= LINE_CHARS
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && plain::head_line(text, lexicon, Order::DayFirst)
                .is_some_and(|head| head.published.is_some_and(|date| date.is_whole()))
    })
}

/// Whether a heading without a signature is that of another article: a link to it, or the first one of an element of the kind
/// that holds the page's own article, called an article as well.
fn is_of_another(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    (heading, of_page, of_other): (NodeId, NodeId, NodeId),
) -> bool {
    let leads_elsewhere = |id: NodeId| {
        let href = tree.raw_attribute(id, Name::Href).unwrap_or_default().trim();
        let path = href.split(['#', '?']).next().unwrap_or_default();
        tree.tag(id) == Tag::A
            && !path.is_empty()
            && !href.starts_with("javascript:")
            && !metadata.url().is_some_and(|own| own.ends_with(path))
    };
    let parts = std::iter::once(tree.parent(heading)).chain(tree.descendants(heading).take(LINK_NODES));
    let is_called = |id: NodeId| {
        tree.tag(id) == Tag::Article || blocks.own_roles[id as usize].any(Roles::CONTENT | Roles::BODY)
    };
    parts.clone().any(leads_elsewhere)
        || tree.tag(heading) == Tag::H1 && is_alike(tree, of_page, of_other) && is_called(of_other)
}

/// The class of an element that has one.
fn class<'a>(tree: &Tree<'a>, id: NodeId) -> Option<&'a str> {
    tree.raw_attribute(id, Name::Class).map(str::trim).filter(|class| !class.is_empty())
}

/// Whether two elements are of one kind and have the same class.
fn is_alike(tree: &Tree<'_>, one: NodeId, other: NodeId) -> bool {
    tree.tag(one) == tree.tag(other) && class(tree, one) == class(tree, other)
}

/// The nodes at a headline, inside of its part of the page, among which its author and date stand.
fn near(tree: &Tree<'_>, headline: NodeId, part: NodeId) -> Range<NodeId> {
    headline.saturating_sub(NEAR / 2).max(part)
        ..tree.node(headline).end.saturating_add(NEAR).min(tree.node(part).end)
}

/// Whether an element at a headline is called by one of these roles.
fn is_called(tree: &Tree<'_>, blocks: &Blocks, headline: NodeId, part: NodeId, roles: Roles) -> bool {
    near(tree, headline, part).any(|id| tree.tag(id) != Tag::Text && blocks.own_roles[id as usize].any(roles))
}

/// Whether a time element stands at a headline.
fn has_time(tree: &Tree<'_>, headline: NodeId, part: NodeId) -> bool {
    near(tree, headline, part).any(|id| tree.tag(id) == Tag::Time)
}

/// Whether a byline or a date stands at a headline.
fn is_signed(tree: &Tree<'_>, blocks: &Blocks, headline: NodeId, part: NodeId) -> bool {
    let from = headline.saturating_sub(NEAR / 2).max(part);
    let to = tree.node(headline).end.saturating_add(NEAR).min(tree.len());
    (from..to)
        .any(|id| tree.tag(id) != Tag::Text && blocks.own_roles[id as usize].any(Roles::BYLINE | Roles::DATE))
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const LAKE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>\
        <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris jusqu'au milieu.</p>\
        <p>Il faudra attendre la fin de la semaine, prévient la mairie, avant de marcher sur la glace sans danger.</p>";
    const BAKER: &str = "<p>La boulangerie de la gare fermera ses portes à la fin du mois, faute de repreneur, a dit sa patronne.</p>\
        <p>Elle cherchait depuis deux ans, mais les banques, selon elle, ne prêtent plus à ceux qui se lèvent tôt.</p>\
        <p>Les clients, eux, ont lancé une collecte : elle a réuni mille euros en trois jours, et ce n'est pas fini.</p>";

    fn check(body: &str, expected: bool) {
        let body = body.replace("LAC", LAKE).replace("PAIN", BAKER);
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><main>{body}</main></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert!(article.text.contains("sans danger"), "{body}: {}", article.text.as_str());
        assert_eq!(article.text.contains("mille euros"), expected, "{body}: {}", article.text.as_str());
        assert!(!article.authors.iter().any(|name| name == "Bo Ek"), "{body}");
        assert!(article.published.is_none_or(|date| date.edtf.starts_with("2026-03-08")), "{body}");
    }

    #[test]
    fn an_article_below_the_page_s_own_is_left_out() {
        for body in [
            "<article><h1>Le lac a gelé cette nuit</h1><p class=byline>Par Zoé Lam</p>LAC</article>\
             <article><h1>La boulangerie ferme</h1><p class=byline>Par Bo Ek</p>PAIN</article>",
            "<div><article><h1 class='t a72'>Le lac a gelé cette nuit</h1><p class=byline>Par Zoé Lam</p>LAC</article></div>\
             <div class=next><article><h1 class='t a96'>La boulangerie ferme</h1><p class=byline>Par Bo Ek</p>PAIN</article></div>",
            "<article><header><h1>Le lac a gelé cette nuit</h1><time datetime=2026-03-08>8 mars</time></header><div>LAC</div></article>\
             <article><header><h2><a href=/pain>La boulangerie ferme</a></h2><time datetime=2026-03-07>7 mars</time></header>\
             <div>PAIN</div></article>",
            "<div class=post><h2 class=post-title>Le lac a gelé cette nuit</h2><div class=post-meta>8 mars 2026</div>LAC</div>\
             <div class=post><h2 class=post-title>La boulangerie ferme</h2><div class=post-meta>7 mars 2026</div>PAIN</div>",
            "<article class=post><h1>Le lac a gelé cette nuit</h1>LAC</article>\
             <article class=post><h1>La boulangerie ferme</h1><p class=byline>Par Bo Ek, 7 mars 2026</p>PAIN</article>",
            "<h1>Le lac a gelé cette nuit</h1><p class=author>Zoé Lam</p>LAC\
             <h1>La boulangerie ferme</h1><p class=author>Bo Ek</p>PAIN",
            "<div class=post-wrap><h1 class=hl>Le lac a gelé cette nuit</h1>LAC</div>\
             <div class=post-wrap><h1 class=hl>La boulangerie ferme</h1>PAIN</div>",
            "<div class=s><h2>Le lac a gelé cette nuit</h2><div>LAC</div></div>\
             <div class=s><h2><a href=/pain>La boulangerie ferme</a></h2><div>PAIN</div></div>",
            "<div class=s><h2>Le lac a gelé cette nuit</h2><div>LAC</div></div>\
             <div class=s><h2>La boulangerie ferme</h2><div>Par Bo Ek | 7 mars 2026</div><div>PAIN</div></div>",
            "<div class=story><h1>Le lac a gelé cette nuit</h1><p class=byline>Par Zoé Lam</p>LAC</div>\
             <div class=story><h2>La boulangerie ferme</h2><p class=byline>Par Bo Ek</p>\
             <time datetime=2026-03-07>7 mars</time>PAIN</div>",
        ] {
            check(body, false);
        }
    }

    #[test]
    fn a_few_lines_that_are_signed_and_dated_are_an_article() {
        let page = |line: &str, time: &str| {
            format!(
                "<title>Le lac a gelé</title><article><h1>Le lac a gelé</h1><p class=byline>Par Zoé Lam</p><p>Le lac a gelé cette \
                 nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre. Le vent est tombé avant minuit.</p>\
                 </article><div><article><h2>La gare ferme</h2><p>{line}</p>{time}{BAKER}</article></div>"
            )
        };
        let lexicon = Lexicon::load(None).unwrap();
        let other = read(&page("Par Bo Ek", "<time datetime=2026-06-29>29 juin 2026</time>"), None, &lexicon)
            .unwrap();
        assert!(!other.text.contains("boulangerie"), "{}", other.text.as_str());
        assert!(other.published.is_none());
        let same = read(&page("La suite :", ""), None, &lexicon).unwrap();
        assert!(same.text.contains("boulangerie"), "{}", same.text.as_str());
    }

    #[test]
    fn what_goes_on_under_a_heading_is_kept() {
        for body in [
            // Without a byline or a date the heading is one of a section.
            "<h1>Le lac a gelé cette nuit</h1><p class=author>Zoé Lam</p>LAC<h1>À la gare</h1>PAIN",
            "<article><h1>Le lac a gelé cette nuit</h1><p class=author>Zoé Lam</p>LAC\
             <section><h2>14 h 30</h2><time datetime=2026-03-08T14:30>14:30</time>PAIN</section></article>",
            "<h1>Le lac a gelé cette nuit</h1><p class=author>Zoé Lam</p>LAC<h1 id=comments>Commentaires</h1>\
             <p class=author>Ann Lee</p><div class=text>PAIN</div>",
            "<div class=part><h1>Le lac a gelé cette nuit</h1>LAC</div><div class=part><h1>À la gare</h1>PAIN</div>",
            "<div class=part><h1>Le lac a gelé cette nuit</h1><p class=byline>Par Zoé Lam</p>LAC</div>\
             <div class=part><h2>À la gare</h2>PAIN</div>",
            "<div class=s><h2>Le lac a gelé cette nuit</h2>LAC</div><div class=s><h2><a href='#gare'>À la gare</a></h2>PAIN</div>",
            "<article><h1>Le lac a gelé cette nuit</h1><p>Par Zoé Lam</p>LAC</article>\
             <div><article><h2>À la gare</h2><p>Il a gelé là aussi, dit la mairie.</p></article>PAIN</div>",
            // A card between two paragraphs has no text of its own.
            "<div><h2 class=head>Le lac a gelé cette nuit</h2><p class=author>Zoé Lam</p>LAC</div>\
             <div><h2 class=head><a href=/x>La gare</a></h2><p class=author>Bo Ek</p></div><div>PAIN</div>",
        ] {
            check(body, true);
        }
    }
}
