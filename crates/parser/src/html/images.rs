//! The images of an article with their captions and credits.

mod apart;
mod candidates;
mod captioned;
mod lead;
mod other;

use document::Image;

use self::candidates::source;
use super::blocks::Blocks;
use super::body::Verdict;
use super::links::Base;
use super::metadata::Metadata;
use super::role::Roles;
use super::tables;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::lexicon::{Label, Lexicon};
use crate::plain::{credit_first, label_of_image};

/// Images kept: a page with more is a gallery.
const IMAGES_MAX: usize = 100;

/// The figures of the article, in order, and images that have a caption; the page's own image when there is none.
pub(super) fn images(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    metadata: &Metadata<'_>,
    headline: Option<NodeId>,
    base: &Base,
    lexicon: &Lexicon,
) -> Vec<Image> {
    let kept = || blocks.list.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_kept());
    // From the top of the element that holds the first words to the last words: the lead image stands above them. The parts
    // of a piece of an article stand in none.
    let (around, end) = match (kept().next(), kept().next_back()) {
        (Some((first, _)), Some((last, _))) => {
            let holds_last = |id: &NodeId| tree.contains(*id, last.first);
            (tree.ancestors(first.node).find(holds_last).unwrap_or(0), last.last)
        }
        // A piece of an article may be nothing but its picture.
        _ if metadata.is_fragment => (0, tree.len()),
        _ => return Vec::new(),
    };
    // The element may begin below the lead image; the article then begins with its headline, or above it.
    let of_article = |outer: &NodeId| matches!(tree.tag(*outer), Tag::Article | Tag::Main);
    let above = headline.filter(|headline| *headline < around).and_then(|headline| {
        let outer =
            tree.ancestors(around).filter(of_article).find(|outer| tree.contains(*outer, headline))?;
        Some(if tree.tag(outer) == Tag::Article { outer } else { headline })
    });
    // Where no such element holds both, what figures show between them is the article's too.
    let is_between = |headline: &NodeId| *headline < around && around - headline <= apart::BETWEEN_NODES;
    let apart = headline.filter(|headline| above.is_none() && is_between(headline));
    let inside = above.or(apart).unwrap_or(around)..tree.node(around).end;
    let mut images: Vec<Image> = Vec::new();
    // Where each stands.
    let mut places: Vec<NodeId> = Vec::new();
    let mut id = inside.start;
    while id < inside.end && images.len() < IMAGES_MAX {
        let own = tree.tag(id);
        // A portrait of the author stands above the text as well.
        let away = if id < around { AWAY | Roles::BYLINE } else { AWAY };
        // A class of an image may say that it is there to be shared.
        let roles = if is_image(own) {
            blocks.roles[tree.parent(id) as usize] | blocks.own_roles[id as usize] & !Roles::SHARE
        } else {
            blocks.roles[id as usize]
        };
        let known = roles.any(away)
            || (own == Tag::Figure || is_image(own)) && other::is_portrait(tree, blocks, id)
            || apart.is_some() && id < around && !apart::may_stand(tree, blocks, id);
        if own == Tag::Figure && !known && !is_gallery(tree, id) {
            let (caption, credit) = captioned::of_figure(tree, id, lexicon);
            let image = Image { url: in_figure(tree, id, base), caption, credit };
            let is_there = image.url.is_some() || image.caption.is_some() && is_of_picture(tree, blocks, id);
            if is_there {
                images.push(image);
                places.push(id);
            }
            id = tree.node(id).end;
            continue;
        }
        if is_image(own)
            && !known
            && id < end
            && let Some(url) = address(tree, id, base)
            && is_large(&url)
            && !other::is_of_page(tree, blocks, id)
            // The words below a picture for pages without scripts are those of the picture that scripts load.
            && !(is_fallback(tree, id) && images.last().is_some_and(|last| last.url.as_ref() == Some(&url)))
        {
            images.push(Image { url: Some(url), caption: None, credit: None });
            places.push(id);
        }
        id += 1;
    }
    // Captions outside of figures belong to the image before them.
    for (block, verdict) in blocks.list.iter().zip(verdicts) {
        if *verdict == Verdict::Caption
            && inside.contains(&block.first)
            // A line of rights below a caption is called a foot.
            && !block.roles.any(AWAY & !Roles::FOOTER)
            && !tree.ancestors(block.node).any(|id| tree.tag(id) == Tag::Figure)
            && tree.tag(block.node) != Tag::Figure
            && !tables::is_caption(tree, block)
            && images.len() < IMAGES_MAX
        {
            let text = blocks.text_of(block);
            let text = match label_of_image(text, false, lexicon) {
                Some((Label::Caption, rest)) if !rest.is_empty() => rest,
                _ => text,
            };
            let (caption, credit) = credit_first(text, lexicon).map_or_else(
                || captioned::read(tree, block.node, block.first..block.last, lexicon),
                |image| (image.caption, image.credit),
            );
            let before = places.partition_point(|place| *place < block.last);
            let is_apart = |place: NodeId| {
                verdicts[blocks.between(place, block.first)].iter().any(|verdict| verdict.is_kept())
            };
            match before.checked_sub(1) {
                Some(at)
                    if images[at].caption.is_none()
                        && images[at].credit.is_none()
                        && !is_apart(places[at]) =>
                {
                    (images[at].caption, images[at].credit) = (caption, credit);
                }
                // Its credit may stand below its caption.
                Some(at)
                    if images[at].credit.is_none()
                        && caption.is_none()
                        && credit.is_some()
                        && !is_apart(places[at]) =>
                {
                    images[at].credit = credit;
                }
                // Above the text other lines are called captions too, and credits may be those of the text.
                _ if block.first < around || caption.is_none() && credit.is_none() => {}
                _ if matches!(lexicon.label_of(text), Some((Label::Byline, _))) => {}
                _ => images.push(Image { url: None, caption, credit }),
            }
        }
    }
    if images.iter().all(|image| image.url.is_none())
        && let Some(image) = lead::stated(tree, blocks, metadata, base, lexicon)
    {
        images.insert(0, image);
    }
    images
}

/// Whether a figure holds several figures of their own.
fn is_gallery(tree: &Tree<'_>, figure: NodeId) -> bool {
    tree.descendants(figure).filter(|id| tree.tag(*id) == Tag::Figure).nth(1).is_some()
}

/// Parts of a page whose images are of other things.
const AWAY: Roles = Roles(
    Roles::RELATED.0
        | Roles::SIDEBAR.0
        | Roles::NAVIGATION.0
        | Roles::FOOTER.0
        | Roles::COMMENT.0
        | Roles::ADVERT.0
        | Roles::TEASER.0
        | Roles::BIOGRAPHY.0
        | Roles::SHARE.0,
);

fn is_image(tag: Tag) -> bool {
    matches!(tag, Tag::Img | Tag::AmpImg)
}

/// Whether a node is an image that shows something: no icon, and nothing that only counts readers.
pub(super) fn is_picture(tree: &Tree<'_>, id: NodeId) -> bool {
    is_image(tree.tag(id)) && source(tree, id).is_some_and(|url| is_large(&url))
}

/// Whether a figure without an image's address shows a picture: it has something to hold its place, or a caption and nothing
/// else that it might show, as a table, a quotation or a player.
fn is_of_picture(tree: &Tree<'_>, blocks: &Blocks, figure: NodeId) -> bool {
    let has = |of: fn(Tag) -> bool| tree.descendants(figure).any(|id| of(tree.tag(id)));
    let is_other = |tag| {
        matches!(
            tag,
            Tag::Table
                | Tag::Blockquote
                | Tag::Pre
                | Tag::Iframe
                | Tag::Video
                | Tag::Audio
                | Tag::Object
                | Tag::Embed
                | Tag::Canvas
        )
    };
    if has(|tag| is_image(tag) || tag == Tag::Picture) {
        return true;
    }
    !has(is_other)
        && !blocks.own_roles[figure as usize].any(Roles::INSET | Roles::EMBED)
        && tree.descendants(figure).any(|id| blocks.own_roles[id as usize].any(Roles::CAPTION))
}

/// The address of the first image in a figure that has one, else of what is there in its place.
fn in_figure(tree: &Tree<'_>, figure: NodeId, base: &Base) -> Option<String> {
    let images = tree.descendants(figure).filter(|id| is_image(tree.tag(*id)));
    let sources = tree.descendants(figure).filter(|id| tree.tag(*id) == Tag::Source);
    images.chain(sources).find_map(|id| address(tree, id, base))
}

/// Whether an image stands there for pages without scripts.
fn is_fallback(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.ancestors(id).take(3).any(|outer| tree.tag(outer) == Tag::Noscript)
}

/// An image's address, absolute where the page tells how.
fn address(tree: &Tree<'_>, id: NodeId, base: &Base) -> Option<String> {
    base.link(&source(tree, id)?)
}

/// Whether an address is not that of an icon or of a counter.
fn is_large(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    !path.to_ascii_lowercase().ends_with(".svg")
        && !["icon", "logo", "pixel", "avatar", "spacer", "blank.gif", "/cgi-bin/count"]
            .iter()
            .any(|word| path.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    /// The images of an article with these between its paragraphs, as "address: caption".
    fn check(between: &str, expected: &[&str]) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{PROSE}{between}{PROSE}\
             <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></article></body></html>"
        );
        let article = read(&page, Some("https://lac.example/a/gel"), &Lexicon::load(None).unwrap()).unwrap();
        let told: Vec<String> = article
            .images
            .iter()
            .map(|image| {
                let caption = image.caption.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
                image.url.clone().unwrap_or_default() + &caption
            })
            .collect();
        assert_eq!(told, expected, "{between}");
    }

    #[test]
    fn a_piece_of_an_article_has_its_images() {
        let figure = "<figure><img src=/lac.jpg><figcaption>Le lac</figcaption></figure>";
        let lexicon = Lexicon::load(None).unwrap();
        for piece in [
            format!("{figure}{PROSE}{PROSE}"),
            format!("{PROSE}{figure}{PROSE}"),
            format!("<div>{PROSE}{figure}{PROSE}</div>"),
        ] {
            let article = read(&piece, Some("https://lac.example/a/gel"), &lexicon).unwrap();
            let urls: Vec<_> = article.images.iter().filter_map(|image| image.url.as_deref()).collect();
            assert_eq!(urls, ["https://lac.example/lac.jpg"], "{piece}");
        }
    }

    #[test]
    fn images_that_are_loaded_late_have_their_address() {
        let late = "https://lac.example/a/port.jpg";
        for image in [
            "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src=port.jpg>",
            "<img src=/img/1x1.gif data-original=port.jpg>",
            "<img class=lazy data-lazy-src=/a/port.jpg src=/blank.png>",
            "<img src=/placeholder.svg srcset='port-s.jpg 400w, port.jpg 1200w, port-m.jpg 800w'>",
            "<img src='data:,' data-srcset='port-s.jpg, port.jpg 2x'>",
            "<img data-lazy-srcset='/a/port.jpg 1200w,/a/port-s.jpg 400w'>",
            "<img src='data:,'><noscript><img src=port.jpg></noscript>",
            "<img src=/spacer.gif data-src=port.jpg><noscript><img src=port.jpg></noscript>",
            "<picture><source srcset='port.jpg 900w, port-s.jpg 300w'><img src='data:,' alt=Port></picture>",
            "<picture><source data-srcset='port.jpg'><img></picture>",
            "<picture><source srcset='port-s.jpg 300w'><source srcset='port.jpg 900w'><img src=port-s.jpg></picture>",
            "<img src=port-s.jpg srcset='port-m.jpg 600w, port.jpg 900w'>",
        ] {
            check(image, &[late]);
            check(
                &format!(
                    "<div class=photo>{image}<div class=photo-caption>Le port</div></div><p><img src=/b.jpg></p>"
                ),
                &["https://lac.example/a/port.jpg: Le port", "https://lac.example/b.jpg"],
            );
            check(
                &format!(
                    "<figure>{image}<figcaption>Le port</figcaption></figure><figure><img src=/b.jpg></figure>"
                ),
                &["https://lac.example/a/port.jpg: Le port", "https://lac.example/b.jpg"],
            );
        }
        check("<img src=/spacer.gif>", &[]);
        check(
            "<img src='https://cdn.example/w=800,h=400/port.jpg'>",
            &["https://cdn.example/w=800,h=400/port.jpg"],
        );
        check(
            "<img srcset='https://cdn.example/w=400,h=2/p.jpg 400w, https://cdn.example/w=800,h=4/p.jpg 800w'>",
            &["https://cdn.example/w=800,h=4/p.jpg"],
        );
    }

    #[test]
    fn an_image_between_headline_and_text_is_the_article_s() {
        for (open, close) in [
            ("<article>", "</article>"),
            ("<main><div>", "</div></main>"),
            ("<article><div>", "</div></article>"),
        ] {
            let page = format!(
                "<html><head><title>Le lac a gelé</title></head><body><img src=/banner.jpg>{open}<header><h1>Le lac a gelé</h1></header>\
                 <figure><img src=https://lac.example/port.jpg><figcaption>Le port</figcaption></figure>\
                 <div class=text>{PROSE}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></div>\
                 <ul><li><figure><img src=https://lac.example/b.jpg></figure><a href=/x>La gare</a></ul>{close}</body></html>"
            );
            let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            let images: Vec<_> =
                article.images.iter().map(|image| (image.url.as_deref(), image.caption.as_deref())).collect();
            assert_eq!(images, [(Some("https://lac.example/port.jpg"), Some("Le port"))], "{open}");
        }
    }

    #[test]
    fn what_a_picture_is_for_makes_it_no_button() {
        let image = "<img class='border img-share' src=/a.jpg>";
        check(&format!("<div class=wrap>{image}</div>"), &["https://lac.example/a.jpg"]);
        check(&format!("<div class=share-bar>{image}</div>"), &[]);
    }

    #[test]
    fn each_figure_of_a_gallery_has_its_caption() {
        let figure = |name: &str| {
            format!("<figure><img src=/{name}.jpg><figcaption>Le port {name}</figcaption></figure>")
        };
        check(
            &format!("<figure class=gallery-block>{}{}</figure>", figure("a"), figure("b")),
            &["https://lac.example/a.jpg: Le port a", "https://lac.example/b.jpg: Le port b"],
        );
        check(
            "<figure><figure><img src=/a.jpg></figure><figcaption>Le port</figcaption></figure>",
            &["https://lac.example/a.jpg: Le port"],
        );
    }

    #[test]
    fn a_table_is_no_image() {
        let rows = "<tr><td>Port</td><td>12 cm</td></tr><tr><td>Midi</td><td>3 cm</td></tr>";
        check(&format!("<table><caption>Glace au port</caption>{rows}</table>"), &[]);
        check(&format!("<figure><table>{rows}</table></figure>"), &[]);
        check(&format!("<figure><table>{rows}</table><figcaption>Glace</figcaption></figure>"), &[]);
    }

    #[test]
    fn what_else_a_figure_shows_is_no_image() {
        for figure in [
            "<figure class=wp-block-pullquote><blockquote><p>On repousse tout.</p><cite>Zoé Lam</cite></blockquote></figure>",
            "<figure class=quote><blockquote>On repousse tout.</blockquote><figcaption>Zoé Lam</figcaption></figure>",
            "<figure class=pullquote><p>On repousse tout.</p></figure>",
            "<figure><div><iframe src=https://v.example/1></iframe></div><figcaption>En direct</figcaption></figure>",
            "<figure><video src=/v.mp4></video><figcaption>En direct</figcaption></figure>",
            "<figure><pre>let ice = 12;</pre><figcaption>Le code</figcaption></figure>",
        ] {
            check(figure, &[]);
        }
        check("<figure><div data-src=x></div><figcaption>Le port</figcaption></figure>", &[": Le port"]);
        check("<figure><img src=data:,><figcaption>Le port</figcaption></figure>", &[": Le port"]);
        check("<figure><video></video><img src=/a.jpg></figure>", &["https://lac.example/a.jpg"]);
    }

    #[test]
    fn an_image_that_may_be_shared_is_one() {
        check("<p><img class=img-share src=/a.jpg></p>", &["https://lac.example/a.jpg"]);
        check("<p class=share><img src=/a.jpg></p>", &[]);
    }

    #[test]
    fn a_portrait_beside_the_name_of_its_person_is_none() {
        let portrait = "<figure><img src=/z.jpg alt='Portrait de Zoé Lam'></figure>";
        check(&format!("<div>{portrait}<a href=/equipe/zoe>Zoé Lam</a></div>"), &[]);
        check(
            &format!("<div>{portrait}<p>Zoé Lam a gardé le port pendant vingt ans.</p></div>"),
            &["https://lac.example/z.jpg"],
        );
    }

    #[test]
    fn elements_of_amp_are_images() {
        check("<amp-img src=/a.jpg width=3 height=2></amp-img>", &["https://lac.example/a.jpg"]);
        check(
            "<figure><amp-img src=/a.jpg><noscript><img src=/a.jpg></noscript></amp-img><figcaption>Le port</figcaption></figure>",
            &["https://lac.example/a.jpg: Le port"],
        );
        check(
            "<amp-img src=/a.jpg><noscript><img src=/a.jpg></noscript></amp-img>",
            &["https://lac.example/a.jpg"],
        );
        check("<img src=/px.gif>", &[]);
    }
}
