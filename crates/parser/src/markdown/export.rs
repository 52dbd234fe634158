//! What programs that save pages as Markdown put around them, beside front matter.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::front_matter::reader_name;
use super::parted;
use crate::ParseError;

/// Lines of an export's head.
const HEAD_LINES: usize = 30;

/// The fields that stand above a file, be they front matter or what a program that saved a page put there, and the text.
pub(super) fn whole(text: &str) -> Result<(Option<Value>, Cow<'_, str>), ParseError> {
    let (front_matter, markdown) = parted(text)?;
    let Some(mut data) = front_matter else {
        return Ok(listed_fields(markdown)
            .map_or((None, Cow::Borrowed(markdown)), |(data, markdown)| (Some(data), markdown)));
    };
    let Some((excerpt, markdown)) = without_excerpt(markdown) else {
        return Ok((Some(data), Cow::Borrowed(markdown)));
    };
    if let Some(fields) = data.as_object_mut().filter(|_| !excerpt.is_empty()) {
        fields.entry("description").or_insert_with(|| excerpt.into());
    }
    Ok((Some(data), markdown))
}

/// The headline and the site's name of a title that a program took from a page, where the text has the former as a heading:
/// "Canal opens - Lake Post" above "# Canal opens".
pub(super) fn without_site<'t>(title: &'t str, markdown: &str) -> Option<(&'t str, &'t str)> {
    let is_heading = |headline: &str| {
        markdown.lines().take(TITLE_LINES).any(|line| line.trim_start_matches('#').trim() == headline)
    };
    [" - ", " | ", " – ", " — "].iter().find_map(|sign| {
        let (headline, site) = title.rsplit_once(sign)?;
        (site.split_whitespace().count() <= SITE_WORDS && is_heading(headline.trim()))
            .then(|| (headline.trim(), site.trim()))
    })
}

/// Words of a site's name in a title.
const SITE_WORDS: usize = 6;

/// Lines of a text among which its headline stands.
const TITLE_LINES: usize = 40;

/// The Markdown of a reader's export without the lists of all images and links of the page at its end.
pub(super) fn without_lists(markdown: &str) -> &str {
    let is_head =
        |line: &str| matches!(line.trim().trim_start_matches('#').trim(), "Images:" | "Links/Buttons:");
    let (mut at, mut cut) = (0, None);
    for line in markdown.split_inclusive('\n') {
        let bare = line.trim();
        if is_head(bare) {
            cut = cut.or(Some(at));
        } else if !bare.is_empty() && !bare.starts_with(['-', '*', '!', '[']) {
            cut = None;
        }
        at += line.len();
    }
    cut.map_or(markdown, |cut| &markdown[..cut])
}

/// The fields of an export that gives them as a list under a heading ("## Metadata", as Readwise has it), and the text below.
pub(super) fn listed_fields(markdown: &str) -> Option<(Value, Cow<'_, str>)> {
    let mut fields = Map::new();
    let (mut at, mut head_start, mut is_listed) = (0, 0, false);
    for line in markdown.split_inclusive('\n').take(HEAD_LINES) {
        let bare = line.trim();
        let start = at;
        at += line.len();
        if is_listed {
            match bare.strip_prefix(['-', '*']).and_then(|item| item.split_once(':')) {
                Some((name, value)) => {
                    let (name, value) = (reader_name(name.trim()), unlinked(value.trim()));
                    if !name.is_empty() && !value.is_empty() {
                        fields.insert(name.to_owned(), value.into());
                    }
                }
                None if bare.is_empty() => {}
                None => {
                    let is_text = bare.eq_ignore_ascii_case("## full document");
                    let below = &markdown[if is_text { at } else { start }..];
                    let above = markdown[..head_start].lines().filter(|line| !line.starts_with("![rw-"));
                    let above = above.collect::<Vec<_>>().join("\n");
                    return (!fields.is_empty())
                        .then(|| (Value::Object(fields), Cow::Owned(format!("{above}\n\n{below}"))));
                }
            }
        } else if bare.eq_ignore_ascii_case("## metadata") {
            (is_listed, head_start) = (true, start);
        }
    }
    None
}

/// A value without the brackets of a link to a note: "[[Ann Lee]]".
fn unlinked(value: &str) -> String {
    value.replace("[[", "").replace("]]", "")
}

/// The text below the excerpt that `MarkDownload` quotes under a heading, and its words.
pub(super) fn without_excerpt(markdown: &str) -> Option<(String, Cow<'_, str>)> {
    let mut lines = markdown.split_inclusive('\n').take(HEAD_LINES);
    let mut at = 0;
    let heading = lines.by_ref().find(|line| {
        at += line.len();
        line.trim_start().starts_with('>') || !line.trim().is_empty() && !line.starts_with('#')
    })?;
    let start = at - heading.len();
    if !heading.trim_start_matches(['>', '#', ' ']).trim().eq_ignore_ascii_case("excerpt") {
        return None;
    }
    let mut words = String::new();
    for line in lines {
        let Some(quoted) = line.trim_start().strip_prefix('>') else { break };
        at += line.len();
        words.push_str(quoted.trim());
        words.push(' ');
    }
    Some((words.trim().to_owned(), Cow::Owned(format!("{}{}", &markdown[..start], &markdown[at..]))))
}

/// What stands at an image without the number that readers count it by: "Image 3: The port".
pub(super) fn without_number(words: &str) -> &str {
    let Some(rest) = words.strip_prefix("Image ") else { return words };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    match behind.strip_prefix(':') {
        Some(words) if behind.len() < rest.len() => words.trim(),
        None if behind.is_empty() => "",
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TITLE: &str = "Canal of Holm opens to boats";
    const TEXT: &str = "The first boats passed the lock of Holm on Monday, after twenty months of works.\n\nThe next part of the \
                        works begins in the autumn, and the lock will close again.";
    const URL: &str = "https://courier.example/canal-of-holm";

    fn read(markdown: &str) -> document::Article {
        super::super::read(markdown, &Lexicon::load(None).unwrap()).unwrap()
    }

    fn check(markdown: &str) -> document::Article {
        let article = read(markdown);
        assert_eq!(article.title.as_deref(), Some(TITLE), "{markdown}");
        assert_eq!(article.url.as_deref(), Some(URL), "{markdown}");
        assert_eq!(article.authors, ["Ann Lee"], "{markdown}");
        assert_eq!(article.text.as_str(), TEXT, "{markdown}");
        article
    }

    #[test]
    fn lists_of_a_page_s_links_are_no_text() {
        let lists = "Images:\n- ![Image 1: A boat](https://courier.example/1.jpg)\n\nLinks/Buttons:\n- [Sport](https://courier.example/sport)\n";
        let article = check(&format!(
            "Title: {TITLE} - Lake Courier\n\nURL Source: {URL}\n\nPublished Time: 2026-03-12T09:00:00Z\n\nMarkdown Content:\n# {TITLE}\n\n\
             By Ann Lee\n\n![Image 1: A boat](https://courier.example/1.jpg)\n\n{TEXT}\n\n{lists}"
        ));
        assert_eq!(article.publisher.as_deref(), Some("Lake Courier"));
        assert_eq!(article.images.len(), 1);
        assert_eq!(article.images[0].caption.as_deref(), Some("A boat"));
        assert_eq!(article.references, []);
        // In a text of somebody's own, such a heading is one.
        let article = read(&format!("# {TITLE}\n\n{TEXT}\n\n## Images:\n\n- A boat\n"));
        assert!(article.text.ends_with("A boat"));
    }

    #[test]
    fn fields_may_stand_in_a_list() {
        let article = check(&format!(
            "# {TITLE}\n\n![rw-book-cover](https://readwise.example/a.png)\n\n## Metadata\n- Author: [[Ann Lee]]\n- Full Title: {TITLE}\n\
             - Category: #articles\n- Summary: Boats pass again.\n- URL: {URL}\n\n## Full Document\n{TEXT}\n"
        ));
        assert_eq!(article.description.as_deref(), Some("Boats pass again."));
        assert_eq!(article.images, []);
        let article =
            read(&format!("# {TITLE}\n\n## Metadata\n\nWhat libraries keep of a book.\n\n{TEXT}\n"));
        assert!(article.text.starts_with("Metadata"));
    }

    #[test]
    fn an_excerpt_is_a_description() {
        let article = check(&format!(
            "---\nsource: {URL}\nauthor: Ann Lee\n---\n\n# {TITLE}\n\n> ## Excerpt\n> Boats pass again.\n\n---\n{TEXT}\n"
        ));
        assert_eq!(article.description.as_deref(), Some("Boats pass again."));
        let article = read(&format!("# {TITLE}\n\n> Boats pass again.\n\n{TEXT}\n"));
        assert!(article.text.starts_with("Boats pass again."));
    }
}
