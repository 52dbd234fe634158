//! XML documents: items of news (NITF, `NewsML`) are read as articles. Lists of articles, which other sources open, and
//! all other XML are named and refused, for no article is text between tags.

mod item;
mod markup;
mod news;

use document::{Article, Basis, Published, Text};

use crate::lexicon::Lexicon;
use crate::{ExplainedBlock, ParseError, html, plain};
use item::Item;

/// What an XML document is, by its first element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An item of news: NITF, NewsML-G2 or `NewsML` 1.
    News,
    /// A list of articles, and the kind of source that reads such.
    List(&'static str, &'static str),
    /// Something else.
    Other,
}

/// What a document is that begins with an element; `None` where nothing says that it is XML.
pub(crate) fn kind(text: &str) -> Option<Kind> {
    let (element, is_declared) = first_element(text)?;
    let name_end = element.find(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '-' | '_' | '.'));
    let (name, rest) = element.split_at(name_end?);
    let rest = &rest[..rest.floor_char_boundary(HEAD_BYTES)];
    let attributes = rest.split('>').next().unwrap_or_default();
    Some(match name.rsplit(':').next().unwrap_or(name) {
        "nitf" | "newsItem" | "newsMessage" | "NewsML" | "NewsItem" => Kind::News,
        "rss" => Kind::List("an RSS feed", "feed"),
        "feed" => Kind::List("an Atom feed", "feed"),
        "RDF" if attributes.contains("purl.org/rss/") || attributes.contains("netscape.com/rdf/") => {
            Kind::List("an RSS feed", "feed")
        }
        "urlset" | "sitemapindex" => Kind::List("a sitemap", "sitemap"),
        _ if is_declared || attributes.contains("xmlns") => Kind::Other,
        _ => return None,
    })
}

/// Bytes of a first element in which its attributes are looked for.
const HEAD_BYTES: usize = 2_000;

/// The first element from its name on, and whether an XML declaration stands above it.
fn first_element(text: &str) -> Option<(&str, bool)> {
    let mut rest = text.trim_start();
    let mut is_declared = false;
    // Declarations, comments and processing instructions are few.
    for _ in 0..64 {
        let end = if rest.starts_with("<?") {
            is_declared |= rest.starts_with("<?xml");
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!") {
            // Entities may be declared in brackets.
            let (bracket, sign) = (rest.find('['), rest.find('>'));
            if bracket.zip(sign).is_some_and(|(bracket, sign)| bracket < sign) { "]>" } else { ">" }
        } else {
            break;
        };
        rest = rest[rest.find(end)? + end.len()..].trim_start();
    }
    let element = rest.strip_prefix('<')?;
    element.starts_with(char::is_alphabetic).then_some((element, is_declared))
}

/// Reads an item of news as an article.
pub(crate) fn read(text: &str, kind: Kind, lexicon: &Lexicon) -> Result<Article, ParseError> {
    let item = item(text, kind)?;
    let mut article = if item.has_markup() {
        let inside = html::read_inside(&item.body, item.url().as_deref(), lexicon);
        let (text, blocks) = inside.body().finish().ok_or(ParseError::NoText)?;
        let mut article = Article::of_blocks("application/xml", text, blocks);
        (article.references, article.images) = (inside.references, inside.images);
        article
    } else {
        plain::read_below(&html::words(&item.body), item.title().as_deref(), lexicon)?
    };
    article.title = item.title().and_then(Text::new);
    article.description = item.description.first().cloned().and_then(Text::new);
    let authors = item.authors(lexicon);
    if !authors.is_empty() {
        article.authors = authors;
    }
    article.publisher = item.publisher().and_then(Text::new);
    let of_metadata = |edtf| Published { edtf, basis: Basis::Metadata };
    let (published, modified) = item.dates();
    article.published = published.map(of_metadata).or(article.published);
    article.modified = modified.map(of_metadata).or(article.modified);
    article.declared_language = item.language.first().cloned();
    article.url = item.url();
    if !item.tags.is_empty() {
        article.tags = item.tags;
    }
    Ok(article)
}

/// Tells of each field of an item of news, and of each block of its text.
pub(crate) fn explain(text: &str, kind: Kind, lexicon: &Lexicon) -> Result<Vec<ExplainedBlock>, ParseError> {
    let item = item(text, kind)?;
    let mut told = item.explain();
    told.extend(if item.has_markup() {
        html::explain_inside(&item.body, lexicon)
    } else {
        plain::explain_below(&html::words(&item.body), item.title().as_deref(), lexicon)?
    });
    Ok(told)
}

/// The one item with a text that a document holds.
fn item(text: &str, kind: Kind) -> Result<Item, ParseError> {
    match kind {
        Kind::News => {}
        Kind::List(what, source) => return Err(ParseError::List(what, source)),
        Kind::Other => {
            return Err(ParseError::UnsupportedFormat(
                "an XML document of another kind than news",
                "make HTML, JSON or NITF of it first",
            ));
        }
    }
    let mut items = news::items(text)?.into_iter();
    let item = items.next().ok_or(ParseError::NoText)?;
    if items.next().is_some() {
        return Err(ParseError::Several("items of news", "save each as a file of its own"));
    }
    Ok(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_is_told_by_its_first_element() {
        for (text, expected) in [
            (
                "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel>",
                Some(Kind::List("an RSS feed", "feed")),
            ),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\">", Some(Kind::List("an Atom feed", "feed"))),
            ("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">", Some(Kind::List("an RSS feed", "feed"))),
            ("<!-- x --><urlset>", Some(Kind::List("a sitemap", "sitemap"))),
            ("<!DOCTYPE nitf SYSTEM \"nitf.dtd\" [<!ENTITY a \"b\">]>\n<nitf>", Some(Kind::News)),
            ("<newsItem guid=\"a\">", Some(Kind::News)),
            ("<?xml version=\"1.0\"?><depeche><titre>", Some(Kind::Other)),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\">", Some(Kind::Other)),
            ("<center>Le lac", None),
            ("<3 le lac", None),
            ("<?xml", None),
            ("Le lac", None),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }

    fn check(xml: &str, expected: Result<&str, ParseError>) {
        let article = read(xml, Kind::News, &Lexicon::load(None).unwrap());
        assert_eq!(
            article.map(|article| article.text.as_str().to_owned()),
            expected.map(str::to_owned),
            "{xml}"
        );
    }

    #[test]
    fn an_item_holds_one_text() {
        let item = |content: &str| format!("<newsItem><contentSet>{content}</contentSet></newsItem>");
        let inline = "<inlineXML><nitf><body><body.head><hl1>Lac</hl1></body.head><body.content><p>Le lac &lt;gel&eacute;&gt;.\
            </p><media media-type=\"video\"><media-caption>Film</media-caption></media><p>Le vent.</body.content></body></nitf></inlineXML>";
        check(&item(inline), Ok("Le lac <gelé>.\n\nLe vent."));
        check(
            &item(
                "<inlineData>Le lac a gel&#233; cette nuit, dit le garde du port de Holm.\n\nLe vent est tomb\u{e9} avant minuit, et le ciel s'est vite dégagé.</inlineData>",
            ),
            Ok(
                "Le lac a gelé cette nuit, dit le garde du port de Holm.\n\nLe vent est tombé avant minuit, et le ciel s'est vite dégagé.",
            ),
        );
        // The same text in two formats.
        check(&item(&format!("{inline}<inlineData>Le lac</inlineData>")), Ok("Le lac <gelé>.\n\nLe vent."));
        check(&item("<remoteContent href=\"a.jpg\"/>"), Err(ParseError::NoText));
        assert!(matches!(
            read(&"<nitf>".repeat(300), Kind::News, &Lexicon::default()),
            Err(ParseError::Malformed(_))
        ));
    }

    proptest::proptest! {
        #[test]
        fn any_xml_is_read(elements in proptest::collection::vec("</?(nitf|html|body|body.content|p|byline|media|newsItem|date.issue norm=\"2026é\")/?>|&x;|<!\\[CDATA\\[é<]]>|é", 0..30)) {
            let xml = elements.concat();
            let _ = read(&xml, Kind::News, &Lexicon::default());
            let _ = kind(&xml);
        }
    }
}
