//! Lines that are nothing but links of a site: "Terms of use | Privacy | Contact".

use crate::lexicon::{Chrome, Folded, Lexicon};

/// Longer lines, in words, are no bar of links.
const WORDS_MAX: usize = 24;

/// What a line is whose parts between signs are phrases of sites as a whole: all of two, two thirds of more. With a phrase of
/// feet of pages among them it is a foot, else a menu.
pub(super) fn chrome(text: &str, words: usize, lexicon: &Lexicon, folded: &mut Folded) -> Option<Chrome> {
    if words > WORDS_MAX || !text.contains(['|', '·', '•', '–', '-']) {
        return None;
    }
    let (mut parts, mut phrases, mut feet) = (0, 0, 0);
    for part in text.split(['|', '·', '•', '–']).flat_map(|part| part.split(" - ")).map(str::trim) {
        if part.is_empty() {
            continue;
        }
        parts += 1;
        match lexicon.chrome_of(part, folded) {
            Some((Chrome::Footer, true)) => (phrases, feet) = (phrases + 1, feet + 1),
            Some((Chrome::Navigation | Chrome::Subscription | Chrome::Share | Chrome::Advertising, true)) => {
                phrases += 1;
            }
            _ => {}
        }
    }
    let is_bar = parts == 2 && phrases == 2 || parts > 2 && feet > 0 && phrases * 3 >= parts * 2;
    (is_bar && feet > 0).then_some(Chrome::Footer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_foot_are_told() {
        let lexicon = Lexicon::load(None).unwrap();
        let is_foot = |text: &str| {
            chrome(text, text.split_whitespace().count(), &lexicon, &mut Folded::default()).is_some()
        };
        for text in [
            "Terms of use | Privacy | Contact",
            "Mentions légales | CGU",
            "Mentions légales - CGU - Contact",
            "Impressum | Datenschutz | AGB",
            "Aviso legal | Política de privacidad | Contacto",
            "Note legali | Privacy | Contatti",
            "Termos de uso | Privacidade | Contato",
            "Colofon | Privacy | Contact",
            "Qui sommes-nous · Publicité · Contact",
            "Terms • Privacy • Lake shop",
        ] {
            assert!(is_foot(text), "{text}");
        }
        for text in [
            "Privacy | The Lake Post",
            "Terms of use | What the new law says | The Lake Post",
            "Home | News | Sport",
            "Le lac gèle - Le Courrier",
            "Contact",
        ] {
            assert!(!is_foot(text), "{text}");
        }
    }
}
