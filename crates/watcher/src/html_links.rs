//! The `link` elements in the head of a page: its canonical address, and the feeds that it names.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// A page names its links early; what follows is not looked at.
const HEAD_BYTES_MAX: usize = 256 << 10;
/// More links than this in a head are not news.
const LINKS_MAX: usize = 200;

/// One `link` element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Link {
    /// Its relations, in lower case.
    pub(crate) rel: String,
    pub(crate) href: String,
    /// Media type, in lower case.
    pub(crate) media_type: String,
    pub(crate) title: String,
}

impl Link {
    fn is(&self, relation: &str) -> bool {
        self.rel.split_ascii_whitespace().any(|rel| rel == relation)
    }

    /// Whether it leads to a feed of this page.
    pub(crate) fn is_feed(&self) -> bool {
        let kinds =
            ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];
        self.is("alternate") && kinds.contains(&self.media_type.split(';').next().unwrap_or_default().trim())
    }
}

/// The links in the head of a page. `page` may be in any encoding that agrees with ASCII on markup.
pub(crate) fn links(page: &[u8]) -> Vec<Link> {
    let head = &page[..page.len().min(HEAD_BYTES_MAX)];
    // A tokenizer reads bytes beyond UTF-8 as they are; an address is ASCII.
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut links = Vec::new();
    for token in Tokenizer::new_with_emitter(head, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => match &tag.name[..] {
                b"link" => {
                    let attribute = |name: &[u8]| {
                        tag.attributes
                            .get(name)
                            .map(|value| String::from_utf8_lossy(value).trim().to_owned())
                            .unwrap_or_default()
                    };
                    links.push(Link {
                        rel: attribute(b"rel").to_ascii_lowercase(),
                        href: attribute(b"href"),
                        media_type: attribute(b"type").to_ascii_lowercase(),
                        title: attribute(b"title"),
                    });
                    if links.len() >= LINKS_MAX {
                        break;
                    }
                }
                // Links in the body are the readers' affair.
                b"body" => break,
                _ => {}
            },
            Ok(Token::EndTag(tag)) if &tag.name[..] == b"head" => break,
            Ok(_) => {}
            // Reading a slice does not fail.
            Err(never) => match never {},
        }
    }
    links
}

/// The address that a page names as its own.
pub(crate) fn canonical(page: &[u8]) -> Option<String> {
    links(page).into_iter().find(|link| link.is("canonical") && !link.href.is_empty()).map(|link| link.href)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_names_its_address() {
        let check = |page: &str, expected: Option<&str>| {
            assert_eq!(canonical(page.as_bytes()).as_deref(), expected, "{page}");
        };
        check("<head><LINK href='/a?x=1&amp;y=2' rel=\"Canonical\"></head>", Some("/a?x=1&y=2"));
        check("<link rel='shortlink canonical' href=b>", Some("b"));
        check("<script>'<link rel=canonical href=no>'</script><link rel=canonical href=yes>", Some("yes"));
        check("<!-- <link rel=canonical href=no> --><title>x</title>", None);
        check("<head></head><link rel=canonical href=no>", None);
        check("<body><link rel=canonical href=no>", None);
        check("<link rel=canonical><link rel=canonical href=second>", Some("second"));
    }

    #[test]
    fn a_page_names_its_feeds() {
        let page = "<link rel=alternate type='application/rss+xml' title='Une' href=/rss><link rel=alternate \
                    hreflang=en href=/en><link rel=stylesheet type=text/css href=x>";
        let feeds: Vec<_> = links(page.as_bytes()).into_iter().filter(Link::is_feed).collect();
        assert_eq!(feeds.len(), 1);
        assert_eq!((feeds[0].href.as_str(), feeds[0].title.as_str()), ("/rss", "Une"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(page in proptest::collection::vec(any::<u8>(), 0..300)) {
            links(&page);
        }
    }
}
