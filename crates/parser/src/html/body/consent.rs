//! What a page says of its own cookies, where no name tells that it is a dialogue.

use memchr::memmem;

use super::{Verdict, kept_chars, leave_out_kept};
use crate::html::blocks::Blocks;
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Folded, Lexicon, WordSet};

/// Why it is left out.
const CONSENT: &str = "of a dialogue about cookies";

/// Bytes before and behind the word among which the phrase stands.
const BYTES: usize = 60;

/// Words of the longest phrase.
const WORDS: usize = 5;

/// Elements around the phrase of which one is the dialogue.
const AROUND: usize = 12;

/// A dialogue has less than one in so many of the characters of the text.
const SHARE: u32 = 3;

/// Takes dialogues about cookies out of the text: the largest element around a phrase of theirs that neither holds the
/// headline nor much of the text. A phrase between the paragraphs of the text is the article's own.
pub(super) fn leave_out(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: Option<NodeId>,
    lexicon: &Lexicon,
    verdicts: &mut [Verdict],
) {
    let Some(headline) = headline else { return };
    let mut all = None;
    for index in 0..blocks.list.len() {
        let block = &blocks.list[index];
        if !verdicts[index].is_kept() || !asks_for_consent(blocks.text_of(block), lexicon) {
            continue;
        }
        let all = *all.get_or_insert_with(|| kept_chars(blocks, verdicts, 0..verdicts.len()));
        let inside = |id: NodeId| blocks.between(id, tree.node(id).end);
        let is_apart = |id: &NodeId| {
            !tree.contains(*id, headline)
                && kept_chars(blocks, verdicts, inside(*id)).saturating_mul(SHARE) < all
        };
        let dialogue = tree.ancestors(block.node).take(AROUND).take_while(is_apart).last();
        leave_out_kept(&mut verdicts[dialogue.map(inside).unwrap_or_default()], CONSENT);
    }
}

/// Whether a text has a phrase in which sites speak of their own cookies.
pub(crate) fn asks_for_consent(text: &str, lexicon: &Lexicon) -> bool {
    let mut folded = Folded::default();
    memmem::find_iter(text.as_bytes(), "ookie").take(WORDS).any(|at| {
        let start = text.floor_char_boundary(at.saturating_sub(BYTES));
        let stop = text.ceil_char_boundary((at + BYTES).min(text.len()));
        folded.fold(&text[start..stop]);
        let words: Vec<&str> = folded.words().collect();
        (2..=WORDS)
            .any(|size| words.windows(size).any(|phrase| lexicon.has(WordSet::Consent, &phrase.join(" "))))
    })
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn text(inside: &str, below: &str) -> String {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><div><div class=z><h1>Le lac a gelé cette nuit</h1><div>\
             {PROSE}{PROSE}{PROSE}{PROSE}{inside}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, \
             et l'eau a pris jusqu'au milieu.</p></div></div>{below}</div></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn what_a_site_says_of_its_cookies_is_no_text() {
        let without = text("", "");
        for told in [
            "Pour que ce site soit à votre disposition, nous utilisons des cookies, dont certains sont nécessaires au service du lac.",
            "When you come to our site, we store cookies on your browser, and what they hold may be about you or the lake you like.",
            "Damit Sie den See sehen, verwenden wir Cookies und ähnliche Technologien, von denen einige für den Dienst nötig sind.",
        ] {
            let dialogue = format!(
                "<div class=q><div><p>{told}</p><p>Vous pouvez refuser, et lire la suite du lac ici.</p></div></div>"
            );
            assert_eq!(text("", &dialogue), without, "{told}");
        }
    }

    #[test]
    fn an_article_may_speak_of_cookies() {
        let said = "<p>« Nous utilisons des cookies sur le site du port, comme tout le monde », dit le garde, qui n'y voit pas de mal.</p>";
        assert!(text(said, "").contains("cookies"));
        let baked = "<div class=q><div><p>Le garde fait des cookies aux noix pour tout le village, et les vend au port le dimanche.</p></div></div>";
        assert_eq!(
            text("", baked).contains("cookies"),
            text("", &baked.replace("cookies", "gâteaux")).contains("gâteaux")
        );
    }
}
