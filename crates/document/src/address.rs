//! Which addresses are the same article, and what of an address may be told? Links to one article differ in scheme, in
//! parameters that trace the reader, and in fragments; and some hold secrets.

use std::borrow::Cow;

use url::{Url, form_urlencoded};

/// Enough to tell the articles of a site apart, and far too few to have a key back.
const STAND_IN_DIGITS: usize = 12;

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
pub fn key(url: &Url) -> String {
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

/// An address as an article is told by it to others: without credentials, tracking parameters and fragment.
pub fn without_tracking(url: &Url) -> Url {
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

/// Whether a text is an address of the web, as far as its scheme tells.
pub fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Whether an address is a site's front page, which some sites name on every page of theirs.
pub fn is_front(url: &Url) -> bool {
    matches!(url.path(), "" | "/") && url.query().is_none()
}

/// An address for logs and records: without user name and password, and with the values of parameters that look like
/// keys taken out.
pub fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // An address without a host has neither; then there is nothing to take out.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if url.query_pairs().any(|(name, _)| is_key(&name)) {
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        url.query_pairs_mut().clear().extend_pairs(
            pairs.iter().map(|(name, value)| (name, if is_key(name) { "…" } else { value.as_str() })),
        );
    }
    url.into()
}

/// The same for what has to tell one address from another: a value that is taken out leaves a stand-in, which is made of
/// it and tells nothing of it. An address that went through this stays as it is.
pub fn masked(url: &Url) -> Url {
    let mut masked = url.clone();
    let _ = masked.set_username("");
    let _ = masked.set_password(None);
    if let Some(query) = url.query() {
        let pairs: Vec<_> = query.split('&').map(masked_pair).collect();
        masked.set_query(Some(&pairs.join("&")));
    }
    masked
}

/// A `name=value` of a query, with a stand-in where the value is likely to be a secret.
pub fn masked_pair(pair: &str) -> Cow<'_, str> {
    let Some((name, value)) = form_urlencoded::parse(pair.as_bytes()).next() else { return pair.into() };
    if !is_key(&name) || value.is_empty() || is_stand_in(&value) {
        return pair.into();
    }
    let written = pair.split('=').next().unwrap_or_default();
    let digest = blake3::hash(value.as_bytes()).to_hex();
    format!("{written}=~{}", &digest[..STAND_IN_DIGITS]).into()
}

fn is_stand_in(value: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    value
        .strip_prefix('~')
        .is_some_and(|digits| digits.len() == STAND_IN_DIGITS && digits.bytes().all(is_digit))
}

/// Whether a query parameter of this name is likely to hold a secret.
fn is_key(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "token",
        "secret",
        "password",
        "passwd",
        "apikey",
        "api_key",
        "api-key",
        "access_key",
        "signature",
        "auth",
    ]
    .iter()
    .any(|word| name.contains(word))
        || name == "key"
        || name == "sig"
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
        let check =
            |given: &str, expected: &str| assert_eq!(without_tracking(&parse(given)).as_str(), expected);
        check("http://www.example.org/a/?utm_source=x#b", "http://www.example.org/a/");
        check("https://u:p@example.org/a?b=1&gclid=2&c=3", "https://example.org/a?b=1&c=3");
    }

    #[test]
    fn secrets_are_not_shown() {
        let shown = |text: &str| shown(&Url::parse(text).unwrap());
        assert_eq!(shown("https://me:pw@a.example/f?x=1"), "https://a.example/f?x=1");
        assert_eq!(
            shown("https://a.example/f?x=1&api_key=hunter2"),
            "https://a.example/f?x=1&api_key=%E2%80%A6"
        );
        assert_eq!(shown("https://a.example/keyboards?q=key"), "https://a.example/keyboards?q=key");
    }

    #[test]
    fn a_stand_in_tells_secrets_apart_and_none_of_them() {
        let masked = |text: &str| masked(&Url::parse(text).unwrap());
        let [one, other] = ["HUSH", "HUSH2"]
            .map(|token| masked(&format!("https://me:pw@a.example/f?x=%20[1]&access%5Ftoken={token}&y")));
        assert_ne!(one, other);
        assert!(one.as_str().starts_with("https://a.example/f?x=%20[1]&access%5Ftoken=~"), "{one}");
        assert!(one.as_str().ends_with("&y") && !one.as_str().contains("HUSH"), "{one}");
        assert_eq!(masked(one.as_str()), one, "it stays");
        assert_eq!(masked("https://a.example/f?token=%48USH"), masked("https://a.example/f?token=HUSH"));
        for plain in ["https://a.example/f", "https://a.example/f?token=&q=key#x"] {
            assert_eq!(masked(plain).as_str(), plain);
        }
    }
}
