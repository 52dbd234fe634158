//! The lead image between a headline and a text that no element of an article holds together.

use crate::html::blocks::Blocks;
use crate::html::role::Roles;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// Nodes between the headline and the element that holds the text among which the lead image stands.
pub(super) const BETWEEN_NODES: NodeId = 200;

/// Whether an image between headline and text is the article's where no element of its own holds both: a figure, or what is
/// called a picture, that is no link and has none but to pictures.
pub(super) fn may_stand(tree: &Tree<'_>, blocks: &Blocks, id: NodeId) -> bool {
    let is_called = tree.tag(id) == Tag::Figure || blocks.roles[id as usize].any(Roles::MEDIA);
    let leads_on = |id: NodeId| {
        let href = tree.raw_attribute(id, Name::Href).unwrap_or_default();
        let path = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        !path.is_empty() && !PICTURES.iter().any(|end| path.ends_with(end))
    };
    let has_link = || tree.descendants(id).any(|inner| tree.tag(inner) == Tag::A && leads_on(inner));
    let has_caption = || tree.descendants(id).any(|inner| tree.tag(inner) == Tag::Figcaption);
    let link = tree.node(id).link;
    is_called && (link == 0 || !leads_on(link)) && (has_caption() || !has_link())
}

/// How the addresses of pictures end.
const PICTURES: [&str; 6] = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"];

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    #[test]
    fn a_figure_between_headline_and_text_needs_no_element_around_both() {
        let text = format!(
            "{PROSE}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p>"
        );
        let figure = "<figure><img src=https://lac.example/port.jpg><figcaption>Le port. (Léa Martin/AFP)</figcaption></figure>";
        let teaser = "<figure><a href=/gare><img src=https://lac.example/gare.jpg></a></figure>";
        for (body, expected) in [
            (format!("<div><h1>Le lac a gelé</h1>{figure}<div>{text}</div></div>"), 1),
            (format!("<div><h1>Le lac a gelé</h1>{figure}</div><article>{text}</article>"), 1),
            (format!("<section><h1>Le lac a gelé</h1>{figure}<section>{text}</section></section>"), 1),
            (format!("<header><h1>Le lac a gelé</h1>{figure}</header><div>{text}</div>"), 1),
            (format!("{figure}<div><h1>Le lac a gelé</h1><div>{text}</div></div>"), 0),
            (format!("<div><h1>Le lac a gelé</h1>{teaser}<div>{text}</div></div>"), 0),
            (format!("<div><h1>Le lac a gelé</h1><img src=/b.jpg><div>{text}</div></div>"), 0),
        ] {
            let page = format!("<title>Le lac a gelé</title><body>{body}</body>");
            let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.images.len(), expected, "{body}");
            for image in article.images {
                let told = (image.url.as_deref(), image.caption.as_deref(), image.credit.as_deref());
                let port = "https://lac.example/port.jpg";
                assert_eq!(told, (Some(port), Some("Le port."), Some("Léa Martin/AFP")), "{body}");
            }
        }
    }
}
