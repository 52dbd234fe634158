//! The heads of a digest: a letter of several short articles has one above each, and reads as a page with one headline.

use std::collections::HashSet;

use document::{Article, Block, BlockKind};

use crate::body::Body;
use crate::html;
use crate::lexicon::{Lexicon, fold};

/// Heads that are put back are so many at least; a single one is the headline.
const HEADS_MIN: usize = 2;

/// Words of a head.
const HEAD_WORDS_MAX: usize = 30;

/// Puts back the heads of a digest that the reading of its page took for headlines of its own or of other articles: headings
/// right above a block that was kept. Gives them. The one that is the subject is the headline, and stays out.
pub(super) fn put_heads_back(
    article: &mut Article,
    page: &str,
    subject: Option<&str>,
    lexicon: &Lexicon,
) -> HashSet<String> {
    let all = html::read_inside(page, None, lexicon).blocks;
    let text_of = |block: &Block| block.span.of(&article.text).unwrap_or_default();
    let kept: Vec<&str> = article.blocks.iter().map(text_of).collect();
    // For each block that was kept, the headings right above it that were not.
    let mut above: Vec<Vec<&str>> = vec![Vec::new(); kept.len()];
    let (mut at, mut missing) = (0, Vec::new());
    for (kind, text) in &all {
        if let Some(ahead) = kept[at..].iter().take(SIGHT).position(|next| next == text) {
            at += ahead;
            above[at] = std::mem::take(&mut missing);
            at += 1;
        } else if *kind == BlockKind::Heading && text.split_whitespace().count() <= HEAD_WORDS_MAX {
            missing.push(text.as_str());
        } else {
            missing.clear();
        }
        if at == kept.len() {
            break;
        }
    }
    let count: usize = above.iter().map(|heads| usize::from(!heads.is_empty())).sum();
    if count < HEADS_MIN {
        return HashSet::new();
    }
    let subject = subject.map(fold);
    let mut body = Body::with_capacity(article.text.len());
    let mut heads = HashSet::new();
    for (block, missing) in article.blocks.iter().zip(&above) {
        // Of several headings the last is the article's, the others those of its section.
        if let Some(head) = missing.last().filter(|head| subject.as_deref() != Some(fold(head).as_str())) {
            body.push(BlockKind::Heading, head);
            heads.insert((*head).to_owned());
        }
        body.push(block.kind, text_of(block));
    }
    if let Some((text, blocks)) = body.finish() {
        (article.text, article.blocks) = (text, blocks);
    }
    heads
}

/// Blocks ahead among which the next that was kept is looked for.
const SIGHT: usize = 8;

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const STORIES: [(&str, &str); 3] = [
        (
            "Le port de Holm rouvre après deux ans de travaux",
            "Les premiers ferries ont accosté lundi matin au nouveau quai, devant quelques centaines de curieux.",
        ),
        (
            "La bibliothèque passe au prêt gratuit",
            "Dès janvier, plus personne ne paiera pour emprunter un livre à Holm, annonce la mairie de la ville.",
        ),
        (
            "Un loup aperçu dans la vallée",
            "Deux randonneurs ont filmé l'animal samedi près du col, à la tombée de la nuit, avant de rentrer.",
        ),
    ];

    fn read(subject: &str, page: &str) -> String {
        let message = format!(
            "From: La Lettre du lac <lettre@lac.example>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n\
             List-Id: <lac.example>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}"
        );
        let article = super::super::read(message.as_bytes(), &Lexicon::load(None).unwrap()).unwrap().article;
        article.text.as_str().to_owned()
    }

    fn digest(head: &str, before: &str) -> String {
        let items = STORIES.map(|(title, text)| {
            format!(
                "<tr><td><{head}><a href='https://lac.example/a'>{title}</a></{head}><p>{text}</p></td></tr>"
            )
        });
        format!("<html><body><table>{before}{}</table></body></html>", items.concat())
    }

    #[test]
    fn a_digest_keeps_the_heads_of_its_articles() {
        let all = STORIES.map(|(title, text)| format!("{title}\n\n{text}")).join("\n\n");
        for head in ["h1", "h2", "h3"] {
            assert_eq!(read("Les nouvelles de la semaine", &digest(head, "")), all, "{head}");
        }
        // The first is the headline.
        let without_first = all.split_once("\n\n").unwrap().1;
        assert_eq!(read(STORIES[0].0, &digest("h2", "")), without_first);
    }

    #[test]
    fn a_letter_of_one_article_has_one_headline() {
        let [(title, text), (_, more), _] = STORIES;
        let page = format!("<html><body><div><h1>{title}</h1><p>{text}</p><p>{more}</p></div></body></html>");
        assert_eq!(read(title, &page), format!("{text}\n\n{more}"));
        assert_eq!(read("La lettre du lac", &page), format!("{text}\n\n{more}"));
    }
}
