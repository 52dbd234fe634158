//! Which addresses are those of authors' pages.

/// Whether an address has a part that says "author", and one after it that says which.
pub(super) fn leads_to_author(href: &str) -> bool {
    // Asked of every link of a page, so bytes are looked at, not characters.
    let mut parts =
        href.as_bytes().split(|byte| matches!(byte, b'/' | b'?' | b'&')).filter(|part| !part.is_empty());
    let says = |part: &[u8]| {
        matches!(
            part,
            b"author"
                | b"authors"
                | b"auteur"
                | b"auteurs"
                | b"autor"
                | b"autoren"
                | b"autores"
                | b"autore"
                | b"autori"
                | b"journalist"
                | b"journalists"
                | b"journaliste"
                | b"journalistes"
                | b"contributor"
                | b"contributors"
                | b"redacteur"
                | b"redaktion"
                | b"redaction"
                | b"staff"
                | b"profil"
                | b"reporter"
                | b"reporters"
                | b"writers"
                | b"byline"
                | b"columnists"
                | b"firmas"
                | b"signature"
        )
    };
    parts.by_ref().any(says) && parts.next().is_some()
        || memchr::memchr(b'=', href.as_bytes()).is_some()
            && href.split(['?', '&']).skip(1).any(|field| field.starts_with("author="))
}
