//! What is a page known as, by what it says itself?

use document::address::is_front;
use url::{Host, Url};

use crate::html_links;

/// The site of an address: its registrable domain by the public suffix list, or its host where it has none.
pub(crate) fn site(url: &Url) -> String {
    match url.host() {
        Some(Host::Domain(domain)) => {
            let domain = domain.trim_end_matches('.');
            psl::domain_str(domain).unwrap_or(domain).to_owned()
        }
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Ipv6(address)) => address.to_string(),
        None => String::new(),
    }
}

/// What a page that was found at `url` is known as, by what it says itself.
pub(crate) fn named(url: &Url, page: &[u8]) -> Url {
    believed(url, html_links::canonical(page).as_deref())
}

/// What a page at `url` that names `canonical` as its address is known as: that address where it is of the same site,
/// and not the site's front page, which some sites name on every page.
fn believed(url: &Url, canonical: Option<&str>) -> Url {
    let named = canonical
        .and_then(|named| url.join(named.trim()).ok())
        .filter(|named| matches!(named.scheme(), "http" | "https"))
        .filter(|named| site(named) == site(url))
        .filter(|named| !is_front(named) || is_front(url));
    named.unwrap_or_else(|| url.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_site_is_a_registrable_domain() {
        let check = |given: &str, expected: &str| assert_eq!(site(&parse(given)), expected);
        check("https://rss.lemonde.fr/a", "lemonde.fr");
        check("https://www.bbc.co.uk/a", "bbc.co.uk");
        check("https://someone.github.io/a", "someone.github.io");
        check("http://127.0.0.1:81/a", "127.0.0.1");
        check("http://localhost/a", "localhost");
    }

    #[test]
    fn a_page_is_believed_within_its_site() {
        let check = |url: &str, named: Option<&str>, expected: &str| {
            assert_eq!(believed(&parse(url), named).as_str(), expected);
        };
        check("https://m.example.org/a", Some("https://www.example.org/a"), "https://www.example.org/a");
        check("https://example.org/amp/a", Some("/a"), "https://example.org/a");
        check("https://example.org/a", Some("https://evil.example.com/a"), "https://example.org/a");
        check("https://example.org/a", Some("https://example.org/"), "https://example.org/a");
        check("https://example.org/a", Some("javascript:alert(1)"), "https://example.org/a");
        check("https://example.org/a", None, "https://example.org/a");
    }
}
