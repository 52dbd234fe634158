//! The headline of a page, without the site's name.

use super::blocks::{Blocks, Kind};
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::Tag;
use super::tree::Tree;

/// Letters and digits in lower case, everything between them one space: what two spellings of a headline share.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The headline.
///
/// The heading that readers see is preferred where the metadata bears it out, because metadata are often written for
/// search engines; where several headings or none are there, the metadata decide.
pub(super) fn headline(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>) -> Option<String> {
    let site: Vec<String> = metadata
        .site_names()
        .map(folded)
        .chain(host_name(metadata))
        .filter(|name| !name.is_empty())
        .collect();
    let clean = |text: &str| without_site(text, &site);
    let meta: Vec<String> = [
        metadata.jsonld.headline.as_deref().filter(|_| metadata.jsonld.is_article),
        metadata.meta(&["og:title"]),
        metadata.meta(&["twitter:title"]),
        metadata.meta(&[
            "dc.title",
            "dcterms.title",
            "citation_title",
            "sailthru.title",
            "parsely-title",
            "title",
            "headline",
        ]),
        metadata.page_title.as_deref(),
    ]
    .into_iter()
    .flatten()
    .map(clean)
    .filter(|title| !title.is_empty() && !site.contains(&folded(title)))
    .collect();
    let mut best: Option<(f32, &str)> = None;
    for (index, (id, text)) in metadata.headings.iter().enumerate() {
        let roles = blocks.roles[*id as usize];
        let mut score = 1.0 - 0.05 * index as f32;
        if roles.any(Roles::TITLE) || tree.raw_attribute(*id, super::tag::Name::Itemprop) == Some("headline")
        {
            score += 0.5;
        }
        if roles.any(Roles::NAVIGATION | Roles::FOOTER | Roles::SIDEBAR | Roles::RELATED | Roles::HIDDEN) {
            score -= 1.0;
        }
        if tree.ancestors(*id).any(|ancestor| matches!(tree.tag(ancestor), Tag::Article | Tag::Main)) {
            score += 0.2;
        }
        let likeness = meta.iter().map(|title| likeness(text, title)).fold(0.0, f32::max);
        score += 2.0 * likeness;
        if site.contains(&folded(text)) {
            score -= 2.0;
        }
        let words = text.split_whitespace().count();
        if words <= 2 && likeness < 0.5 {
            score -= 0.7;
        }
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, text));
        }
    }
    let heading = best
        .filter(|(score, _)| *score > 0.6 || (meta.is_empty() && *score > 0.0))
        .map(|(_, text)| clean(text));
    heading
        .filter(|text| !text.is_empty())
        .or_else(|| marked_title(tree, blocks, &meta))
        .or_else(|| {
            // Without a heading of level 1: a lesser one that says what the metadata say, else the metadata.
            blocks
                .list
                .iter()
                .filter(|block| matches!(block.kind, Kind::Heading(2..=4)))
                .map(|block| blocks.text_of(block))
                .find(|text| meta.iter().any(|title| likeness(text, title) > 0.8))
                .map(ToOwned::to_owned)
        })
        .or_else(|| meta.into_iter().next())
        .map(|title| title.trim().to_owned())
        .filter(|title| !title.is_empty())
}

/// A block that is called the headline and says what the metadata say.
fn marked_title(_tree: &Tree<'_>, blocks: &Blocks, meta: &[String]) -> Option<String> {
    blocks
        .list
        .iter()
        .filter(|block| block.roles.any(Roles::TITLE) && block.chars < 300)
        .map(|block| blocks.text_of(block))
        .find(|text| meta.iter().any(|title| likeness(text, title) > 0.8))
        .map(ToOwned::to_owned)
}

/// Share of words that two titles have in common, in [0, 1].
fn likeness(a: &str, b: &str) -> f32 {
    let (a, b) = (folded(a), folded(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let left: Vec<&str> = a.split(' ').collect();
    let right: Vec<&str> = b.split(' ').collect();
    let shared = left.iter().filter(|word| right.contains(word)).count();
    2.0 * shared as f32 / (left.len() + right.len()) as f32
}

/// The host of the article's address without its suffix, as a name the site goes by.
fn host_name(metadata: &Metadata<'_>) -> Vec<String> {
    let Some(host) = metadata
        .url()
        .and_then(|url| url.split("://").nth(1))
        .and_then(|rest| rest.split(['/', ':', '?']).next())
    else {
        return Vec::new();
    };
    let host = host.trim_start_matches("www.");
    let mut names = vec![folded(host)];
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop();
    if let Some(name) = labels.last() {
        names.push(folded(name));
    }
    names
}

/// A title without the parts that name the site. They stand at its end, seldom at its start, set off by a bar, a
/// dash or the like.
fn without_site(title: &str, site: &[String]) -> String {
    let mut title = title.trim();
    'again: loop {
        for separator in [
            " | ", " - ", " – ", " — ", " · ", " » ", " « ", " :: ", " • ", " / ", " : ", "｜", "|", ": ",
            " > ", " // ",
        ] {
            if let Some((head, tail)) = title.rsplit_once(separator)
                && head.trim().len() >= 3
                && is_site(tail, site)
            {
                title = head.trim();
                continue 'again;
            }
            if let Some((head, tail)) = title.split_once(separator)
                && tail.trim().len() >= 3
                && is_site(head, site)
            {
                title = tail.trim();
                continue 'again;
            }
        }
        return title.to_owned();
    }
}

/// Whether part of a title names the site: the same but for spacing and suffix.
fn is_site(part: &str, site: &[String]) -> bool {
    let part = folded(part);
    let tight: String = part.chars().filter(|c| *c != ' ').collect();
    !part.is_empty()
        && site.iter().any(|name| {
            let name: String = name.chars().filter(|c| *c != ' ').collect();
            tight == name
                || (tight.len() >= 4
                    && name.len() >= 4
                    && (name.starts_with(&tight) || tight.starts_with(&name))
                    && tight.len().abs_diff(name.len()) <= 8)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, site: &[&str], expected: &str) {
        let site: Vec<String> = site.iter().map(|name| folded(name)).collect();
        assert_eq!(without_site(title, &site), expected);
    }

    #[test]
    fn the_site_s_name_is_cut_off() {
        check("Le lac a gelé - Le Quotidien", &["Le Quotidien"], "Le lac a gelé");
        check("Le lac a gelé | lequotidien.example | Le Quotidien", &["Le Quotidien"], "Le lac a gelé");
        check("Le Quotidien : le lac a gelé", &["Le Quotidien"], "le lac a gelé");
        check("Lac - gel et dégel", &["Le Quotidien"], "Lac - gel et dégel");
    }
}
