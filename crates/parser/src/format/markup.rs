//! HTML told from its elements, where the first one leaves it open, and text that has none.

/// Bytes that are looked at.
const HEAD: usize = 1 << 16;

/// Bytes of the longest tag.
const TAG_BYTES_MAX: usize = 4_000;

/// Elements that stand open at a time and are remembered.
const DEPTH_MAX: usize = 64;

/// Elements that hold paragraphs or are some. `br` parts lines.
const BLOCKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "noscript",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements within lines, or around none.
const OTHERS: [&str; 49] = [
    "a", "abbr", "acronym", "audio", "b", "big", "button", "canvas", "caption", "cite", "code", "del", "dfn",
    "em", "embed", "font", "head", "i", "iframe", "img", "input", "ins", "kbd", "label", "link", "mark",
    "meta", "object", "option", "picture", "q", "s", "script", "select", "small", "source", "span", "strike",
    "strong", "style", "sub", "sup", "svg", "template", "thead", "time", "title", "u", "video",
];

/// A start or end tag of an element of HTML.
struct Tag {
    /// Place in [`BLOCKS`], or past it in [`OTHERS`].
    element: usize,
    is_end: bool,
    length: usize,
}

impl Tag {
    /// The tag that begins with the `<` at the start of a text.
    fn at_start(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
        let name = &inner[..name_end];
        let element = BLOCKS.iter().chain(&OTHERS).position(|element| element.eq_ignore_ascii_case(name))?;
        let after = &inner.as_bytes()[name_end..];
        if !matches!(after[0], b'>' | b'/') && !after[0].is_ascii_whitespace() {
            return None;
        }
        // Attributes end with the tag; what begins another one first is none.
        let end = memchr::memchr2(b'>', b'<', &after[..after.len().min(TAG_BYTES_MAX)])?;
        let length = text.len() - after.len() + end + 1;
        (after[end] == b'>').then_some(Self { element, is_end, length })
    }

    fn is_block(&self) -> bool {
        self.element < BLOCKS.len()
    }
}

/// Whether a text is the inside of a page: it begins with an element and has blocks, or most of it stands in blocks that
/// begin and end.
///
/// A text that speaks of elements, or shows some code, has nearly all of its words outside of them.
pub(super) fn is_marked_up(text: &str) -> bool {
    let text = &text[..text.floor_char_boundary(HEAD)];
    let begins = Tag::at_start(text.trim_start()).is_some_and(|tag| !tag.is_end);
    let mut open: Vec<(usize, usize)> = Vec::new();
    let (mut blocks, mut ended, mut inside, mut all) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(tag) = Tag::at_start(rest) else {
            // What is no tag is words, up to what may be one.
            let end = memchr::memchr(b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |end| end + 1);
            let words = rest.as_bytes()[..end].iter().filter(|byte| !byte.is_ascii_whitespace()).count();
            all += words;
            if let Some((_, held)) = open.last_mut() {
                *held += words;
            }
            at += end;
            continue;
        };
        at += tag.length;
        if !tag.is_block() {
            continue;
        }
        blocks += 1;
        if tag.is_end {
            // The end of an element is that of those which it holds.
            if let Some(depth) = open.iter().rposition(|(element, _)| *element == tag.element) {
                inside += open.drain(depth..).map(|(_, held)| held).sum::<usize>();
                ended += 1;
            }
        } else if open.len() < DEPTH_MAX && !matches!(BLOCKS[tag.element], "br" | "hr") {
            open.push((tag.element, 0));
        }
    }
    begins && blocks >= 2 || ended >= 1 && blocks >= 4 && inside * 4 >= all * 3
}

/// Whether an element of HTML goes by this name.
pub(super) fn is_element(name: &str) -> bool {
    BLOCKS.iter().chain(&OTHERS).any(|element| element.eq_ignore_ascii_case(name))
}

/// Whether a text has nothing of a page: no tag, declaration, comment or character reference.
pub(super) fn has_no_markup(text: &str) -> bool {
    let is_markup = |at: usize| {
        let rest = &text[at..];
        Tag::at_start(rest).is_some() || rest.starts_with("<!") || rest.starts_with("<?") || is_custom(rest)
    };
    !memchr::memchr_iter(b'<', text.as_bytes()).any(is_markup)
        && !memchr::memchr_iter(b'&', text.as_bytes()).any(|at| is_reference(&text[at + 1..]))
}

/// Whether a text begins with the tag of an element of the page's own, whose name has a hyphen: `<site-head>`.
fn is_custom(text: &str) -> bool {
    let name = text.strip_prefix('<').unwrap_or(text);
    let name = name.strip_prefix('/').unwrap_or(name);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len())];
    name.contains('-') && name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a text begins as a character reference does behind its `&`.
fn is_reference(text: &str) -> bool {
    let text = text.strip_prefix('#').unwrap_or(text).as_bytes();
    let name = text.iter().take(32).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    name > 1 && text.get(name) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port.";

    #[test]
    fn blocks_make_a_page() {
        let paragraphs = format!("<p>{PROSE}</p>\n<p>{PROSE}</p>\n");
        for first in [
            "strong", "center", "aside", "footer", "form", "noscript", "b", "i", "em", "font", "h5", "small",
            "svg", "iframe", "time", "details", "address", "abbr", "q", "u", "video", "template",
        ] {
            for page in [
                format!("<{first}>Un mot</{first}>\n<h1>Le lac</h1>\n{paragraphs}"),
                format!("<{} class=a>Un mot</{first}>{PROSE}<br><br>{PROSE}", first.to_uppercase()),
            ] {
                assert!(is_marked_up(&page), "{page}");
            }
        }
        for page in [
            format!("Der See ist zugefroren\n{paragraphs}"),
            format!("Lac - Le Courrier de Holm\n\n<h1>Le lac</h1>{paragraphs}"),
            format!("3 mars 2026\n<ul><li>{PROSE}<li>{PROSE}</ul>"),
            format!("Le lac\n<TABLE><TR><TD>{PROSE}</TD></TR></TABLE>"),
            format!("Le lac <b>gelé</b>\n<div>{PROSE}<br>{PROSE}</div><div>{PROSE}</div>"),
        ] {
            assert!(is_marked_up(&page), "{page}");
        }
    }

    #[test]
    fn text_that_speaks_of_elements_is_no_page() {
        let tutorial = format!(
            "{PROSE}\n\nUn paragraphe commence par <p> et finit par </p> :\n\n    <div>\n    <p>Bonjour</p>\n    </div>\n\n{PROSE}\n"
        );
        for text in [
            tutorial.as_str(),
            "La balise <p> ouvre un paragraphe, <div> un bloc ; ni <p> ni <div> ne sont obligatoires.",
            "The tag <p> opens a paragraph, and </p> ends it. So do <li> and </li> for items of a list in a page.",
            "<b>Le lac</b> a gelé cette nuit.\n\nLe vent est tombé.",
            "<lien> <p",
            "3 < 5, et 7 > 2",
            "<strong>",
            "",
        ] {
            assert!(!is_marked_up(text), "{text}");
        }
    }

    #[test]
    fn text_without_markup_is_told() {
        for text in [
            "Le lac a gelé.\n\n<https://lac.example> & Cie; 3 < 5; A&B; R&D",
            "Zoé <zoe@lac.example>",
            "# Le lac\n\n[Le port](/port)",
        ] {
            assert!(has_no_markup(text), "{text}");
        }
        for text in
            ["Le lac<br>a gelé", "L&rsquo;été", "L&#39;été", "<!-- c -->", "Un </p>", "<site-head>Lac"]
        {
            assert!(!has_no_markup(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_told(parts in proptest::collection::vec("</?(p|b|div|x-y)( a=é)?>?|&[a-z]{0,3};?|[{};:é/* \n]|[<>]", 0..40)) {
            let text = parts.concat();
            let _ = (is_marked_up(&text), has_no_markup(&text));
        }
    }
}
