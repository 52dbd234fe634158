//! Pages that hold no article and say so: errors, checks of who is asking, walls in front of everything.

use super::blocks::{Blocks, Kind};
use super::body::asks_for_consent;
use super::metadata::Metadata;
use crate::ParseError;
use crate::lexicon::{Lexicon, PageKind, fold};

/// Words of text from which on a page holds an article, whatever it is called.
const WORDS_MAX: usize = 120;

/// Bytes of text that are no longer counted.
const BYTES_MAX: usize = WORDS_MAX * 16;

/// Headings that are looked at, and bytes of a title that may say what the page is.
const HEADINGS_MAX: usize = 4;
const TITLE_BYTES_MAX: usize = 300;

/// Words beside what a page says it is: a site's name.
const NAME_WORDS_MAX: usize = 4;

/// Signs that part a title from the site's name, and a sentence from the next.
const SIGNS: [char; 13] = ['|', '–', '—', '·', '•', '/', '»', ':', '!', '?', ',', '.', '…'];

/// What a page is instead of an article, where it has next to no `text` and its title, its heading, or most of that text says
/// so in a phrase of such pages.
pub(super) fn instead_of_article(
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    title: Option<&str>,
    text: &str,
    lexicon: &Lexicon,
) -> Option<ParseError> {
    if text.len() > BYTES_MAX || words(text) > WORDS_MAX || metadata.jsonld.is_article {
        return None;
    }
    let of_level = |level| {
        let headings = blocks.list.iter().filter(move |block| block.kind == Kind::Heading(level));
        headings.take(HEADINGS_MAX).map(|block| blocks.text_of(block))
    };
    // Below a heading of the first level another one may head a box.
    let is_headed = of_level(1).next().is_some();
    let headings = of_level(if is_headed { 1 } else { 2 });
    let mut titles = title.into_iter().chain(metadata.page_title.as_deref()).chain(headings);
    let by_title = titles.find_map(|title| Some((kind_of(title, lexicon)?, title)));
    // Where nothing is text, all that the page shows may say so.
    let shown = if text.is_empty() { all_of(blocks) } else { String::new() };
    let text = if text.is_empty() { shown.as_str() } else { text };
    let by_cookies = || (!is_headed && speaks_of_cookies(text, lexicon)).then_some((PageKind::Consent, text));
    let (kind, said) = by_title.or_else(|| by_text(text, lexicon)).or_else(by_cookies)?;
    Some(ParseError::NoArticle { what: kind.told(), said: said.chars().take(SAID_CHARS).collect() })
}

/// What a page shows, block by block, where that is short.
fn all_of(blocks: &Blocks) -> String {
    if blocks.text.len() > BYTES_MAX {
        return String::new();
    }
    blocks.list.iter().map(|block| blocks.text_of(block)).collect::<Vec<_>>().join("\n")
}

/// Characters of what a page says of itself that are told.
const SAID_CHARS: usize = 80;

/// What most of a text says that the page is.
fn by_text<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(PageKind, &'t str)> {
    let said_by = |line: &'t str| Some((kind_of(line, lexicon)?, line));
    let first = text.lines().find_map(said_by)?;
    let said: usize = text.lines().filter(|line| said_by(line).is_some()).map(words).sum();
    (said * 2 >= words(text)).then_some(first)
}

/// Whether a text is what a site says of its cookies, paragraph by paragraph.
fn speaks_of_cookies(text: &str, lexicon: &Lexicon) -> bool {
    let mut sentences = text.lines().filter(|line| words(line) >= SENTENCE_WORDS_MIN).peekable();
    sentences.peek().is_some() && sentences.all(|line| asks_for_consent(line, lexicon))
}

/// Words of a line that says more than a button.
const SENTENCE_WORDS_MIN: usize = 8;

/// What a page is that bears this title, beside the name of its site.
fn kind_of(title: &str, lexicon: &Lexicon) -> Option<PageKind> {
    if title.len() > TITLE_BYTES_MAX {
        return None;
    }
    if let Some(kind) = lexicon.page(&fold(title)) {
        return Some(kind);
    }
    let title = title.replace(" - ", "|");
    let mut found = None;
    for part in title.split(SIGNS).filter(|part| !part.trim().is_empty()) {
        match lexicon.page(&fold(part)) {
            Some(kind) => found = found.or(Some(kind)),
            None if words(part) <= NAME_WORDS_MAX => {}
            None => return None,
        }
    }
    found
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::html::read;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(None).unwrap());

    fn is_refused(title: &str, body: &str) -> bool {
        let page = format!("<html><head><title>{title}</title></head><body>{body}</body></html>");
        matches!(read(&page, None, &LEXICON), Err(ParseError::NoArticle { .. }))
    }

    const HINT: &str =
        "<p>The page that you were looking for may have been moved or deleted. Try the search.</p>";

    #[test]
    fn pages_of_errors_are_no_articles() {
        for (title, body) in [
            (
                "Access Denied",
                "<h1>Access Denied</h1><p>You do not have permission to see this on this server.</p>",
            ),
            (
                "Holm Courier",
                "<h1>Oups, cette page est introuvable</h1><p>Elle a peut-être été déplacée ou supprimée.</p>",
            ),
            ("Page not found / 404", HINT),
            ("404 Not Found", HINT),
            ("Page not found | Holm Courier", HINT),
            (
                "Holm Courier - Seite nicht gefunden",
                "<p>Die Seite, die Sie suchen, gibt es hier nicht mehr.</p>",
            ),
            (
                "Just a moment...",
                "<h1>lake.example</h1><p>Checking your browser before you enter the site of the lake.</p>",
            ),
            (
                "Holm Courier",
                "<h1>Verify you are human</h1><p>Complete the action below, and you will be let in.</p>",
            ),
            ("Holm Courier", "<div id=root>You need to enable JavaScript to run this app.</div>"),
            ("Página no encontrada", "<p>La página que busca no existe o ha cambiado de dirección.</p>"),
            ("Pagina non trovata", "<p>La pagina che cerchi non esiste o ha cambiato indirizzo.</p>"),
            ("Pagina niet gevonden", "<p>De pagina die u zoekt bestaat niet of is verplaatst.</p>"),
            ("Página não encontrada", "<p>A página que procura não existe ou mudou de endereço.</p>"),
            (
                "Before you continue",
                "<p>We use cookies and similar technologies to measure how the site is used.</p>",
            ),
            (
                "503 Service Unavailable",
                "<p>The server cannot answer at the moment. Come back later, please.</p>",
            ),
            ("Page introuvable", ""),
        ] {
            assert!(is_refused(title, body), "{title}: {body}");
        }
    }

    #[test]
    fn an_article_about_such_pages_is_one() {
        let prose = "<p>Every third link in the old catalogue leads nowhere, as a count by the library of Holm shows, \
            and nobody there has the time to mend what others broke years ago when they moved the files.</p>";
        let long = prose.repeat(5);
        assert!(!is_refused("Page not found", &format!("<article><h1>Page not found</h1>{long}</article>")));
        let brief = format!(
            "<article><h1>Access denied: reporters kept out of the council of Holm</h1>{prose}</article>"
        );
        assert!(!is_refused("Access denied: reporters kept out of the council of Holm", &brief));
        let signed =
            format!("<article><h1>Access denied</h1><p class=author>By Anna Lam</p>{prose}</article>");
        assert!(!is_refused("Access denied", &signed));
        let player = format!(
            "<article><h1>Ice on the lake</h1>{prose}<p>Please enable JavaScript to watch this film.</p></article>"
        );
        assert!(!is_refused("Ice on the lake", &player));
    }

    #[test]
    fn the_date_in_an_address_is_not_the_page_s() {
        let page = format!("<html><head><title>Page not found</title></head><body>{HINT}</body></html>");
        let at = |page: &str| read(page, Some("https://holm.example/2026/03/03/ice"), &LEXICON);
        assert!(at(&page).is_err());
        let dated = page.replace("<body>", "<body><time datetime=2026-03-03>3 March 2026</time>");
        assert!(at(&dated).is_ok());
    }

    #[test]
    fn the_error_tells_what_the_page_is() {
        let page = "<html><head><title>Access Denied</title></head><body><p>Reference 18.2</p></body></html>";
        let error = read(page, None, &LEXICON).unwrap_err();
        let told = error.to_string();
        assert!(
            told.starts_with("the page holds no article, it refuses access: \"Access Denied\"; open "),
            "{told}"
        );
        assert_eq!(error.reason().as_str(), "no_text");
    }
}
