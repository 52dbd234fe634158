//! What order the parts of comments have: names below what they said, a thread without a head.

use super::super::line::Line;
use super::{Dated, Mark, dated, is_nickname};
use crate::byline;
use crate::date::{self, Order};
use crate::lexicon::{Chrome, Lexicon};

/// Whether a name stands above each date, both below the comment that they are of.
pub(super) fn names_stand_below(lines: &[Line<'_>], marks: &[Mark], lexicon: &Lexicon) -> bool {
    let dates = || (0..lines.len()).filter(|index| matches!(marks[*index], Mark::Dated(None)));
    let says = |index: Option<usize>| index.filter(|index| marks[*index] == Mark::Says);
    dates().count() > 1
        && dates().all(|date| {
            says(date.checked_sub(1)).is_some_and(|name| byline::is_people(&lines[name].text, lexicon))
                && says(date.checked_sub(2)).is_some()
        })
}

/// Whether two short lines stand above each date: who wrote the comment, and the rank of that reader.
pub(super) fn ranks_stand_below_names(lines: &[Line<'_>], marks: &[Mark]) -> bool {
    let dates = || (0..lines.len()).filter(|index| matches!(marks[*index], Mark::Dated(None)));
    let is_short = |index: Option<usize>| {
        index.is_some_and(|index| marks[index] == Mark::Says && is_nickname(&lines[index].text))
    };
    // A reader's words stand above the name; or there are none yet.
    dates().count() > 1
        && dates().all(|date| is_short(date.checked_sub(1)) && is_short(date.checked_sub(2)))
        && dates().next().is_some_and(|first| marks[..first - 2].iter().all(|mark| *mark != Mark::Says))
}

/// Whether the first comment of a thread without a head begins: a name, the day and the time on a line of their own, what
/// somebody says, and a button to answer.
pub(in crate::plain) fn starts_bare(lines: &[Line<'_>], lexicon: &Lexicon, order: Order) -> bool {
    let [name, date, says @ ..] = lines else { return false };
    let is_plain = |line: &Line<'_>| line.chrome.is_none() && line.label.is_none() && line.is_open();
    if !is_plain(name) || !is_nickname(&name.text) || !date.is_open() || date.sentence {
        return false;
    }
    let has_time =
        || date.text.split_whitespace().any(|word| date::clock_prefix(word).is_some_and(|(_, end)| end > 2));
    let is_date = || matches!(dated(date, lexicon, order), Some(Dated { name: None }));
    let said = says.iter().take(BARE_LINES_MAX).take_while(|line| is_plain(line)).count();
    says.get(said).is_some_and(|line| matches!(line.chrome, Some((Chrome::CommentFrame, true))))
        && said > 0
        && has_time()
        && is_date()
}

/// Lines of a comment in a thread without a head.
const BARE_LINES_MAX: usize = 8;

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";

    fn check(below: &str, expected: &[(Option<&str>, &str)]) {
        let page =
            format!("Le canal rouvre aux barques\n\nPar Zoé Lam\n\n{FIRST}\n\n{FIRST} Oui.\n\n{below}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        let comments: Vec<_> = article
            .comments
            .iter()
            .map(|comment| (comment.author.as_deref(), comment.text.as_str()))
            .collect();
        assert_eq!(comments, expected, "{below}");
        if !expected.is_empty() {
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{FIRST} Oui."), "{below}");
        }
    }

    #[test]
    fn a_name_may_stand_below_a_comment() {
        check(
            "Commentaires (2)\nTrop c'est trop !\nAnne Petit\n20 h 12, le 18 novembre 2025\nOn verra bien.\nJean Morel\n\
             21 h 02, le 18 novembre 2025",
            &[(Some("Anne Petit"), "Trop c'est trop !"), (Some("Jean Morel"), "On verra bien.")],
        );
    }

    #[test]
    fn a_reader_may_ask_for_the_source() {
        check(
            "Commentaires (2)\nvotre avatar\nzoe42\nLe 14/10/2025 à 12h15\nBonne nouvelle.\nvotre avatar\nbo7\n\
             Le 15/10/2025 à 11h00\nSource ?\nSignaler un commentaire",
            &[(Some("zoe42"), "Bonne nouvelle."), (Some("bo7"), "Source ?")],
        );
        check(
            "Commentaires (2)\nzoe42\nPosté le 14/10/2025 à 12:15\nBonne nouvelle.\nbo7\nPosté le 14/10/2025 à 12:40\nBof.",
            &[(Some("zoe42"), "Bonne nouvelle."), (Some("bo7"), "Bof.")],
        );
    }

    #[test]
    fn a_thread_may_have_no_head() {
        for head in ["Contributions\n", "Réagir\nPseudo\nVotre message\nEnvoyer\n", ""] {
            check(
                &format!("{head}zoe42\nle 14/10/2025 à 12:15\nBonne nouvelle pour le lac.\nRépondre"),
                &[(Some("zoe42"), "Bonne nouvelle pour le lac.")],
            );
        }
        // A name and a day are no comment without its button.
        check("Nordby\nle 14/10/2025 à 12:15\nLe canal ferme pour la nuit.", &[]);
    }
}
