//! The headline of a page, without the site's name.

use super::blocks::Blocks;
use super::links;
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree, push_folded};

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
        .chain(
            metadata
                .host()
                .into_iter()
                .flat_map(|(host, name)| [folded(host), folded(name.rsplit('.').next().unwrap_or(name))]),
        )
        .filter(|name| !name.is_empty())
        .collect();
    let clean = |text: &str| without_site(text, &site);
    let mut meta: Vec<String> = [
        metadata.meta(&["og:title"]),
        metadata.jsonld.headline.as_deref().filter(|_| metadata.jsonld.is_article),
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
    // Parts of the page's title: the last of them may be the site, whatever its name.
    let parts: Vec<&str> = metadata.page_title.as_deref().map(title_parts).unwrap_or_default();
    let last_part = parts.last().filter(|_| parts.len() > 1).map(|part| folded(part));
    let first_part = parts.first().filter(|_| parts.len() > 1).copied().unwrap_or_default();

    let folded_meta: Vec<String> = meta.iter().map(|title| folded(title)).collect();
    let first_part = folded(first_part);
    let mut best: Option<(f32, String)> = None;
    for (index, (id, level)) in metadata.headings.iter().enumerate() {
        let whole = tree.inner_text(*id);
        let bare = heading_text(tree, blocks, *id);
        let bare = if bare.chars().next().is_some_and(char::is_alphanumeric)
            || bare.starts_with(['"', '«', '„', '“', '‘', '\'', '¿', '¡', '[', '('])
        {
            bare
        } else {
            whole.clone()
        };
        // The metadata may say whether what stands before the headline proper belongs to it.
        let (same_whole, same_bare) = (folded(&whole), folded(&bare));
        let in_whole = folded_meta.iter().find(|title| **title == same_whole || **title == same_bare);
        let (text, same) = if in_whole.is_some_and(|title| *title == same_whole) {
            (whole, same_whole)
        } else {
            (bare, same_bare)
        };
        if text.is_empty() {
            continue;
        }
        let roles = blocks.roles[*id as usize];
        let mut score = match level {
            1 => 1.0,
            2 => 0.0,
            _ => -0.2,
        } - 0.02 * index.min(10) as f32;
        if roles.any(Roles::TITLE) || tree.raw_attribute(*id, Name::Itemprop) == Some("headline") {
            score += 0.5;
        }
        if roles.any(AWAY) {
            score -= 1.0;
        }
        if tree.ancestors(*id).any(|ancestor| matches!(tree.tag(ancestor), Tag::Article | Tag::Main)) {
            score += 0.2;
        }
        let alike = folded_meta.iter().map(|title| likeness(&same, title)).fold(0.0, f32::max);
        let alike = alike.max(likeness(&same, &first_part));
        score += 2.0 * alike;
        if site.contains(&same) || leads_home(tree, *id) {
            score -= 2.0;
        } else if last_part.as_deref() == Some(same.as_str()) && alike < 0.9 {
            score -= 1.5;
        }
        if text.split_whitespace().count() <= 2 && alike < 0.5 {
            score -= 0.7;
        }
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((score, text));
        }
    }
    let heading = best
        .filter(|(score, _)| *score > 0.6 || (meta.is_empty() && *score > 0.0))
        .map(|(_, text)| without_kicker(&clean(&text), &meta));
    heading
        .filter(|text| !text.is_empty())
        .or_else(|| marked_title(blocks, &meta))
        .or_else(|| (!meta.is_empty()).then(|| meta.swap_remove(0)))
        .map(|title| title.trim().to_owned())
        .filter(|title| !title.is_empty())
}

/// Parts of a page whose headings are of other things.
const AWAY: Roles = Roles(
    Roles::NAVIGATION.0
        | Roles::FOOTER.0
        | Roles::SIDEBAR.0
        | Roles::RELATED.0
        | Roles::HIDDEN.0
        | Roles::TEASER.0
        | Roles::OVERLAY.0,
);

/// A heading's words without kickers, dates and marks that stand in it as elements of their own.
fn heading_text(tree: &Tree<'_>, blocks: &Blocks, id: NodeId) -> String {
    let away = Roles::KICKER
        | Roles::DATE
        | Roles::PROMPT
        | Roles::HIDDEN
        | Roles::SHARE
        | Roles::TAGS
        | Roles::TOOLS
        | Roles::BYLINE;
    let mut out = String::new();
    let mut at = id + 1;
    while at < tree.node(id).end {
        let node = tree.node(at);
        if node.tag == Tag::Text {
            let words = tree.text(at);
            // A small letter and a capital that touch where an element begins or ends are two lines by their style.
            if at > id + 1 && out.ends_with(char::is_lowercase) && words.starts_with(char::is_uppercase) {
                out.push(' ');
            }
            push_folded(&mut out, &words);
        } else if matches!(node.tag, Tag::Script | Tag::Style | Tag::Noscript | Tag::Svg | Tag::Button)
            || blocks.own_roles[at as usize].any(away)
        {
            at = node.end;
            continue;
        } else if node.tag == Tag::Br || !node.tag.is_inline() {
            push_folded(&mut out, " ");
        }
        at += 1;
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a heading is a link to the front page, as the name of a site is.
fn leads_home(tree: &Tree<'_>, id: NodeId) -> bool {
    let link = tree.descendants(id).find(|inner| tree.tag(*inner) == Tag::A).or_else(|| {
        let parent = tree.parent(id);
        (tree.tag(parent) == Tag::A).then_some(parent)
    });
    link.and_then(|link| tree.raw_attribute(link, Name::Href)).is_some_and(links::is_front_page)
}

/// The parts of a page's title between bars, dashes and the like.
fn title_parts(title: &str) -> Vec<&str> {
    for separator in [" | ", " « ", " » ", " – ", " — ", " - ", " :: ", " · ", " • "] {
        if title.contains(separator) {
            return title.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        }
    }
    vec![title]
}

/// A heading without the words before what the metadata give as the headline: "Blog » The lake froze".
fn without_kicker(text: &str, meta: &[String]) -> String {
    let heading = folded(text);
    for title in meta.iter().take(3) {
        let tail = folded(title);
        // The kicker is the lesser part.
        if tail.len() * 2 >= heading.len()
            && tail.len() < heading.len()
            && heading.ends_with(&tail)
            && heading[..heading.len() - tail.len()].ends_with(' ')
        {
            return title.clone();
        }
    }
    text.to_owned()
}

/// A block that is called the headline and says what the metadata say.
fn marked_title(blocks: &Blocks, meta: &[String]) -> Option<String> {
    blocks
        .list
        .iter()
        .filter(|block| block.roles.any(Roles::TITLE) && block.chars < 300)
        .map(|block| blocks.text_of(block))
        .find(|text| {
            let text = folded(text);
            meta.iter().any(|title| likeness(&text, &folded(title)) > 0.8)
        })
        .map(ToOwned::to_owned)
}

/// Share of words that two folded titles have in common, in [0, 1].
fn likeness(a: &str, b: &str) -> f32 {
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
