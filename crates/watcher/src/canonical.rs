//! Which addresses are the same article? Links to one article differ in scheme, in parameters that trace the reader,
//! and in fragments.

use url::{Host, Url};

use crate::address::masked_pair;
use crate::html_links;

/// Parameters that tell where a reader came from, and nothing of what is read. Names that end in `*` are prefixes.
const TRACKING: &[&str] = &[
    "utm_*",
    "at_*",
    "mtm_*",
    "matomo_*",
    "pk_*",
    "piwik_*",
    "ns_*",
    "hsa_*",
    "guce_*",
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "cmpid",
    "cmp",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "s_cid",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "wickedid",
    "wt_mc",
    "xtor",
    "yclid",
];

/// The key under which an address is known: two addresses with one key are one article.
///
/// It leaves out the scheme, a leading `www.`, credentials, tracking parameters, the fragment (unless it begins with
/// `!`, which some sites use as a path) and a slash at the end, and sorts the parameters. Where a parameter looks like a
/// secret, a stand-in for its value tells articles apart: keys stand in records. It is made to be compared and never to
/// be fetched.
pub(crate) fn key(url: &Url) -> String {
    let mut key = String::with_capacity(url.as_str().len());
    key.push_str("//");
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    // A name is left without its `www.` only while something with a dot remains.
    let bare = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host);
    key.push_str(bare);
    if let Some(port) = url.port() {
        key.push(':');
        key.push_str(&port.to_string());
    }
    push_normalised(&mut key, url.path());
    while key.ends_with('/') {
        key.pop();
    }
    let mut pairs: Vec<_> = url.query().unwrap_or_default().split('&').collect();
    pairs.retain(|pair| !pair.is_empty() && !is_tracking(pair.split('=').next().unwrap_or_default()));
    pairs.sort_unstable();
    for (number, pair) in pairs.into_iter().enumerate() {
        key.push(if number == 0 { '?' } else { '&' });
        push_normalised(&mut key, &masked_pair(pair));
    }
    if let Some(fragment) = url.fragment().filter(|fragment| fragment.starts_with('!')) {
        key.push('#');
        key.push_str(fragment);
    }
    key
}

/// The address by which an article is told to others: without credentials, tracking parameters and fragment.
pub(crate) fn address(url: &Url) -> Url {
    let mut address = url.clone();
    // An address of the web has a host, so both can be set.
    let _ = address.set_username("");
    let _ = address.set_password(None);
    if address.fragment().is_some_and(|fragment| !fragment.starts_with('!')) {
        address.set_fragment(None);
    }
    if let Some(query) = url.query() {
        let kept: Vec<_> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_tracking(pair.split('=').next().unwrap_or_default()))
            .collect();
        let kept = kept.join("&");
        address.set_query((!kept.is_empty()).then_some(&kept));
    }
    address
}

fn is_tracking(name: &str) -> bool {
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(prefix) => name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)),
        None => name.eq_ignore_ascii_case(known),
    })
}

/// Appends `text` with its percent-encodings in one form (RFC 3986, 6.2.2): unreserved characters as themselves, the
/// rest with capital digits.
fn push_normalised(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let Some(code) = rest.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()) else {
            out.push('%');
            rest = &rest[at + 1..];
            continue;
        };
        if code.is_ascii_alphanumeric() || b"-._~".contains(&code) {
            out.push(code as char);
        } else {
            out.push_str(&rest[at..at + 3].to_ascii_uppercase());
        }
        rest = &rest[at + 3..];
    }
    out.push_str(rest);
}

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

fn is_front(url: &Url) -> bool {
    matches!(url.path(), "" | "/") && url.query().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn check(one: &str, other: &str, expected: bool) {
        let (one_key, other_key) = (key(&parse(one)), key(&parse(other)));
        assert_eq!(one_key == other_key, expected, "{one} is {one_key}, {other} is {other_key}");
    }

    #[test]
    fn one_article_has_one_key() {
        check("http://www.Example.org/a/", "https://example.org/a", true);
        check("https://example.org/a?utm_source=rss&id=3", "https://example.org/a?id=3#suite", true);
        check("https://example.org/a?b=1&a=2&fbclid=x", "https://example.org/a?a=2&b=1", true);
        check("https://example.org/%7Ejean/caf%c3%a9", "https://example.org/~jean/café", true);
        check("https://me:pw@example.org:443/a?xtor=RSS-1", "https://example.org./a", true);
        check("https://example.org/a?key=%41b", "https://example.org/a?key=Ab", true);
    }

    #[test]
    fn a_key_tells_no_secret() {
        let key = key(&parse("https://me:pw@example.org/a?access_token=HUSH&id=3"));
        assert!(key.starts_with("//example.org/a?access_token=~") && key.ends_with("&id=3"), "{key}");
        assert!(!key.contains("HUSH"), "{key}");
        check("https://example.org/a?key=1", "https://example.org/a?key=2", false);
    }

    #[test]
    fn two_articles_have_two() {
        check("https://example.org/a", "https://example.org/A", false);
        check("https://example.org/a?id=1", "https://example.org/a?id=2", false);
        check("https://example.org/a?page=2", "https://example.org/a", false);
        check("https://blog.example.org/a", "https://example.org/a", false);
        check("https://example.org:8080/a", "https://example.org/a", false);
        check("https://example.org/#!/a", "https://example.org/#!/b", false);
        check("https://example.org/a%2Fb", "https://example.org/a/b", false);
        check("https://www.com/a", "https://com/a", false);
    }

    #[test]
    fn an_address_is_told_without_what_traces() {
        let check = |given: &str, expected: &str| assert_eq!(address(&parse(given)).as_str(), expected);
        check("http://www.example.org/a/?utm_source=x#b", "http://www.example.org/a/");
        check("https://u:p@example.org/a?b=1&gclid=2&c=3", "https://example.org/a?b=1&c=3");
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
