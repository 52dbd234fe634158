//! The images of an article with their captions and credits.

use document::Image;

use super::blocks::Blocks;
use super::body::Verdict;
use super::links::Base;
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree, push_folded};
use crate::lexicon::Lexicon;
use crate::plain::{credit_first, split_caption};

/// Images kept: a page with more is a gallery.
const IMAGES_MAX: usize = 100;
/// Captions longer than this are text that stands in a figure.
const CAPTION_BYTES_MAX: usize = 1500;

/// The figures of the article, in order, and images that have a caption; the page's own image when there is none.
pub(super) fn images(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    metadata: &Metadata<'_>,
    base: &Base,
    lexicon: &Lexicon,
) -> Vec<Image> {
    let kept = || {
        blocks
            .list
            .iter()
            .zip(verdicts)
            .filter(|(_, verdict)| matches!(verdict, Verdict::Text | Verdict::Standfirst))
    };
    // From the top of the element that holds the first words to the last words: the lead image stands above them.
    let (around, end) = match (kept().next(), kept().next_back()) {
        (Some((first, _)), Some((last, _))) => {
            let holds_last = |id: &NodeId| tree.contains(*id, last.first);
            (tree.ancestors(first.node).find(holds_last).unwrap_or(first.node), last.last)
        }
        // A piece of an article may be nothing but its picture.
        _ if metadata.is_fragment => (0, tree.len()),
        _ => return Vec::new(),
    };
    let away = Roles(
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
    let mut images: Vec<Image> = Vec::new();
    // Where each stands.
    let mut places: Vec<NodeId> = Vec::new();
    let mut id = around;
    while id < tree.node(around).end && images.len() < IMAGES_MAX {
        let own = tree.tag(id);
        let known = blocks.roles[id as usize].any(away);
        if own == Tag::Figure && !known {
            let image = figure(tree, id, base, lexicon);
            if image.url.is_some() || image.caption.is_some() {
                images.push(image);
                places.push(id);
            }
            id = tree.node(id).end;
            continue;
        }
        if own == Tag::Img
            && !known
            && id < end
            && let Some(url) = address(tree, id, base)
            && tree.contains(around, id)
            && is_large(&url)
        {
            images.push(Image { url: Some(url), caption: None, credit: None });
            places.push(id);
        }
        id += 1;
    }
    // Captions outside of figures belong to the image before them.
    for (block, verdict) in blocks.list.iter().zip(verdicts) {
        if *verdict == Verdict::Caption
            && tree.contains(around, block.first)
            && !block.roles.any(away)
            && !tree.ancestors(block.node).any(|id| tree.tag(id) == Tag::Figure)
            && tree.tag(block.node) != Tag::Figure
            && images.len() < IMAGES_MAX
        {
            let text = blocks.text_of(block);
            let (caption, credit) = credit_first(text, lexicon).map_or_else(
                || split_caption(Some(text.to_owned()), None, lexicon),
                |image| (image.caption, image.credit),
            );
            let before = places.partition_point(|place| *place < block.last);
            let is_apart = |place: NodeId| kept().any(|(text, _)| (place..block.first).contains(&text.first));
            match before.checked_sub(1) {
                Some(at)
                    if images[at].caption.is_none()
                        && images[at].credit.is_none()
                        && !is_apart(places[at]) =>
                {
                    (images[at].caption, images[at].credit) = (caption, credit);
                }
                _ => images.push(Image { url: None, caption, credit }),
            }
        }
    }
    if let Some(url) = metadata
        .meta(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"])
        .and_then(|url| base.resolve(url))
        && images.iter().all(|image| image.url.is_none())
    {
        images.insert(0, Image { url: Some(url), caption: None, credit: None });
    }
    images
}

fn figure(tree: &Tree<'_>, figure: NodeId, base: &Base, lexicon: &Lexicon) -> Image {
    let mut url = None;
    let mut caption = String::new();
    let mut credit = String::new();
    let mut id = figure + 1;
    while id < tree.node(figure).end {
        match tree.tag(id) {
            Tag::Img | Tag::Source if url.is_none() => url = address(tree, id, base),
            Tag::Script | Tag::Style | Tag::Button => {
                id = tree.node(id).end;
                continue;
            }
            Tag::Text if !matches!(tree.tag(tree.parent(id)), Tag::Noscript) => {
                let is_credit =
                    tree.ancestors(id).take_while(|ancestor| *ancestor != figure).any(|ancestor| {
                        tree.raw_attribute(ancestor, Name::Class).is_some_and(|class| {
                            let class = class.to_ascii_lowercase();
                            ["credit", "copyright", "source", "photographer"]
                                .iter()
                                .any(|word| class.contains(word))
                        })
                    });
                push_folded(if is_credit { &mut credit } else { &mut caption }, &tree.text(id));
            }
            tag if !tag.is_inline() || tag == Tag::Br => {
                push_folded(&mut caption, " ");
                push_folded(&mut credit, " ");
            }
            _ => {}
        }
        id += 1;
    }
    let told = |text: String| {
        Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text.len() <= CAPTION_BYTES_MAX)
    };
    let (caption, credit) = split_caption(told(caption), told(credit), lexicon);
    Image { url, caption, credit }
}

/// An image's address. Pages that load images late keep it in attributes of their own.
fn address(tree: &Tree<'_>, id: NodeId, base: &Base) -> Option<String> {
    let real = |name| {
        tree.attribute(id, name).filter(|value| !value.starts_with("data:") && !value.trim().is_empty())
    };
    let single = [Name::DataSrc, Name::DataLazySrc, Name::DataOriginal, Name::Src].into_iter().find_map(real);
    if let Some(url) = single.and_then(|url| base.resolve(&url)) {
        return Some(url);
    }
    [Name::Srcset, Name::DataSrcset].into_iter().find_map(real).and_then(|set| {
        set.split_ascii_whitespace().next().and_then(|url| base.resolve(url.trim_end_matches(',')))
    })
}

/// Whether an address is not that of an icon or of a counter.
fn is_large(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    !path.to_ascii_lowercase().ends_with(".svg")
        && !["icon", "logo", "pixel", "avatar", "spacer", "blank.gif"].iter().any(|word| path.contains(word))
}
