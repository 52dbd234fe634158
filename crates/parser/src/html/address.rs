//! Which address is the article's own?

use url::{Host, Url};

use super::links::Base;
use super::metadata::Metadata;

/// The address that the page names as its own, else the one where it was found. Where that is known, a page speaks for
/// its own site alone: an article must not pass for that of another publisher because its page says so. Nor is it the
/// front page of the site, which some sites name on every page.
pub(super) fn own(metadata: &Metadata<'_>, base: &Base, found_at: Option<&str>) -> Option<String> {
    let named = [
        metadata.canonical.as_deref().and_then(|href| base.resolve(href)),
        metadata.url().map(ToOwned::to_owned),
    ];
    let mut named = named.into_iter().flatten();
    let Some(found_at) = found_at else { return named.next() };
    let Ok(found) = Url::parse(found_at) else { return Some(found_at.to_owned()) };
    let believed = named.find(|url| Url::parse(url).is_ok_and(|url| is_believed(&url, &found)));
    believed.or_else(|| Some(found_at.to_owned()))
}

fn is_believed(named: &Url, found: &Url) -> bool {
    site(named) == site(found) && (!is_front(named) || is_front(found))
}

/// The registrable domain by the public suffix list, or the host where it has none.
fn site(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Domain(domain) => {
            let domain = domain.trim_end_matches('.');
            Some(psl::domain_str(domain).unwrap_or(domain).to_owned())
        }
        address => Some(address.to_string()),
    }
}

fn is_front(url: &Url) -> bool {
    matches!(url.path(), "" | "/") && url.query().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;

    fn check(head: &str, found_at: Option<&str>, expected: Option<&str>) {
        let tree = Tree::parse(head);
        let metadata = Metadata::of(&tree);
        let base = Base::of(&metadata, found_at);
        assert_eq!(own(&metadata, &base, found_at).as_deref(), expected, "{head} at {found_at:?}");
    }

    #[test]
    fn a_page_speaks_for_its_own_site() {
        let at = |url| Some(url);
        let canonical = |url: &str| format!("<link rel=canonical href='{url}'>");
        let found = at("https://m.example.co.uk/a?x=1");
        check(&canonical("https://www.example.co.uk/a"), found, at("https://www.example.co.uk/a"));
        check(&canonical("/a"), found, at("https://m.example.co.uk/a"));
        check(&canonical("https://other.co.uk/a"), found, found);
        check(&canonical("https://www.example.co.uk/"), found, found);
        check(&canonical("javascript:alert(1)"), found, found);
        check("", found, found);
        let og = "<meta property='og:url' content='https://www.example.co.uk/b'>";
        check(og, found, at("https://www.example.co.uk/b"));
        check("<meta property='og:url' content='https://other.co.uk/b'>", found, found);
        // One address of an internal network is not another.
        check(&canonical("http://127.0.0.2/a"), at("http://127.0.0.1/a"), at("http://127.0.0.1/a"));
    }

    #[test]
    fn a_page_from_nowhere_is_believed() {
        let other = Some("https://other.example/a");
        check("<link rel=canonical href='https://other.example/a'>", None, other);
        check("<link rel=canonical href=/a>", None, None);
    }
}
