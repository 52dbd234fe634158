//! The image that a page states as its own, where its text shows none.

use document::Image;

use super::candidates::holds_place;
use super::{AWAY, Base, Blocks, Metadata, Tree, address, is_picture};
use crate::html::tag::{Name, Tag};
use crate::html::tree::NodeId;
use crate::lexicon::Lexicon;
use crate::plain::split_caption;

/// Meta elements that hold it, before and after JSON-LD: those of Open Graph and Twitter; those of schema.org, Parse.ly and
/// Sailthru, and plain words.
const SHARED: &[&str] =
    &["og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"];
const OTHERS: &[&str] = &["image", "thumbnailurl", "thumbnail", "parsely-image-url", "sailthru.image.full"];

/// The first address that meta elements, JSON-LD, links or microdata give.
pub(super) fn stated(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    base: &Base,
    lexicon: &Lexicon,
) -> Option<Image> {
    let resolve = |url: &str| if holds_place(url) { None } else { base.link(url) };
    let alone = |url: String| Image { url: Some(url), caption: None, credit: None };
    let meta = |names| metadata.metas_of(names).find_map(|(_, url)| resolve(url)).map(alone);
    let linked_data = || {
        metadata.jsonld.images.iter().find_map(|(url, caption)| {
            let url = resolve(url.as_deref()?)?;
            let (caption, credit) = split_caption(caption.clone(), None, lexicon);
            Some(Image { url: Some(url), caption, credit })
        })
    };
    let linked = |id: NodeId| {
        let has = |name, word: &str| {
            tree.raw_attribute(id, name).is_some_and(|value| {
                value.split_ascii_whitespace().any(|other| other.eq_ignore_ascii_case(word))
            })
        };
        let is_own = has(Name::Itemprop, "image") || has(Name::Itemprop, "thumbnailUrl");
        match tree.tag(id) {
            Tag::Link if is_own || has(Name::Rel, "image_src") => {
                tree.attribute(id, Name::Href).and_then(|url| resolve(&url))
            }
            Tag::Img | Tag::AmpImg
                if is_own && is_picture(tree, id) && !blocks.roles[id as usize].any(AWAY) =>
            {
                address(tree, id, base)
            }
            _ => None,
        }
    };
    meta(SHARED)
        .or_else(linked_data)
        .or_else(|| meta(OTHERS))
        .or_else(|| (1..tree.len()).find_map(linked).map(alone))
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    fn check(head: &str, above: &str, expected: Option<&str>) {
        let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";
        let page = format!(
            "<html><head><title>Le lac a gelé</title>{head}</head><body>{above}<div><h1>Le lac a gelé</h1>{prose}{prose}</div></body></html>"
        );
        let article = read(&page, Some("https://lac.example/a/gel"), &Lexicon::load(None).unwrap()).unwrap();
        let url = article.images.first().and_then(|image| image.url.as_deref());
        assert_eq!(url, expected, "{head}{above}");
    }

    fn linked_data(rest: &str) -> String {
        format!(
            "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"Le lac a gelé\", {rest}}}</script>"
        )
    }

    #[test]
    fn the_page_states_its_own_image() {
        let port = Some("https://lac.example/port.jpg");
        for head in [
            "<meta property=og:image content=/port.jpg>".to_owned(),
            "<meta property=og:image content=/px.gif><meta name=twitter:image content=/port.jpg>".to_owned(),
            linked_data(r#""image": "/port.jpg""#),
            linked_data(r#""image": ["/port.jpg", "/b.jpg"]"#),
            linked_data(r#""image": {"@type": "ImageObject", "url": "/port.jpg"}"#),
            linked_data(r#""image": [{"@type": "ImageObject", "contentUrl": "/port.jpg"}]"#),
            linked_data(r#""thumbnailUrl": "/port.jpg""#),
            r##"<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "Le lac a gelé",
                "image": {"@id": "#i"}}, {"@type": "ImageObject", "@id": "#i", "url": "/port.jpg"}]}</script>"##.to_owned(),
            "<link rel=image_src href=/port.jpg>".to_owned(),
            "<meta itemprop=image content=/port.jpg>".to_owned(),
            "<link itemprop=thumbnailUrl href=/port.jpg>".to_owned(),
        ] {
            check(&head, "", port);
        }
        check("", "<div><img itemprop=image src=/port.jpg></div>", port);
        check("", "<footer><img itemprop=image src=/port.jpg></footer>", None);
        check("", "<div><img src=/port.jpg></div>", None);
    }
}
