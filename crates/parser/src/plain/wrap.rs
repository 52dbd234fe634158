//! Text that was broken at a margin: a short one, as a mail is, and a narrow column; and words that were parted there.

use std::ops::RangeInclusive;

use super::line::{ends_sentence, strip_quote};
use crate::lexicon::{Label, Lexicon, WordSet, fold};

/// Lines that are looked at.
const LINES_MAX: usize = 2000;

/// Lines past the margin that end the search for one: most texts have a paragraph a line.
const WIDE_MAX: usize = 2;

/// Wrapped lines to one past the margin.
const WRAPPED_TO_WIDE: usize = 4;

/// Pairs of lines that a narrow column has at least.
const NARROW_PAIRS_MIN: usize = 6;

/// Words of a line that a label begins, not a sentence that goes on with the same word.
const LABELLED_WORDS_MAX: usize = 6;

/// What the lines of paragraphs say of a margin.
#[derive(Default)]
struct Margin {
    widest: usize,
    pairs: usize,
    /// Pairs of which the first line ends in the middle of a sentence.
    full: usize,
    /// The lengths of those lines that the next one goes on in lower case.
    continued: Vec<usize>,
    /// Whether a line that goes on so ends its sentence.
    is_closed: bool,
    wide: usize,
}

/// The width, in characters, at which a text with few lines, or one in a narrow column, was broken.
pub(super) fn width(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let few = measure(text, 50..=100, lexicon).filter(|margin| {
        let continued = margin.continued.len();
        continued >= 2 || continued == 1 && margin.is_closed
    });
    let margin = few.or_else(|| {
        measure(text, 20..=60, lexicon).filter(|margin| {
            // The lines of a list are of any length, those of a column are not.
            let long = margin.continued.iter().filter(|length| *length * 3 >= margin.widest * 2).count();
            margin.pairs >= NARROW_PAIRS_MIN && long * 4 >= margin.continued.len() * 3
        })
    })?;
    Some(margin.widest)
}

/// What lines of these lengths say, where they were broken at a margin: most end in the middle of a sentence, and most of the
/// next ones go on in lower case.
fn measure(text: &str, lengths: RangeInclusive<usize>, lexicon: &Lexicon) -> Option<Margin> {
    let mut margin = Margin::default();
    let mut above: Option<(&str, usize)> = None;
    for raw in text.split('\n').take(LINES_MAX) {
        let (_, line) = strip_quote(raw.trim());
        if !line.contains(char::is_alphanumeric) {
            above = None;
            continue;
        }
        let length = raw.trim_end().chars().count();
        if length > *lengths.end() {
            // An address is not broken.
            margin.wide += usize::from(line.contains(' '));
            if margin.wide > WIDE_MAX {
                return None;
            }
            above = None;
            continue;
        }
        if let Some((above, above_length)) = above {
            margin.widest = margin.widest.max(above_length).max(length);
            margin.pairs += 1;
            margin.full += usize::from(!ends_sentence(above));
            if goes_on(above, line, lexicon) {
                margin.continued.push(above_length);
                margin.is_closed |= ends_sentence(line);
            }
        }
        above = Some((line, length)).filter(|_| length >= *lengths.start());
    }
    let continued = margin.continued.len();
    let is_wrapped = margin.full * 2 > margin.pairs
        && continued * 2 >= margin.full
        && margin.wide * WRAPPED_TO_WIDE <= continued;
    (is_wrapped && continued > 0).then_some(margin)
}

/// Whether a line that follows goes on with the sentence of the one above it: in lower case, and not with a label ("par Zoé
/// Lam").
pub(super) fn goes_on(above: &str, line: &str, lexicon: &Lexicon) -> bool {
    let is_labelled = || {
        line.split_whitespace().count() <= LABELLED_WORDS_MAX
            && matches!(lexicon.label_of(line), Some((Label::Byline | Label::Published | Label::Modified, _)))
    };
    !ends_sentence(above) && line.starts_with(char::is_lowercase) && !is_labelled()
}

/// Joins the line that follows to the one above it: a word that was parted at the margin without its hyphen, a compound with it.
/// `is_parted` says that the line above ended in a soft hyphen.
pub(super) fn join(above: &mut String, next: &str, is_parted: bool, lexicon: &Lexicon) {
    if !is_parted {
        let word = above.rsplit(char::is_whitespace).next().unwrap_or_default();
        match word.strip_suffix(['-', '\u{2010}']).filter(|head| head.ends_with(char::is_alphanumeric)) {
            Some(head) if is_one_word(head, next, lexicon) => {
                above.pop();
            }
            // "Haupt- und Nebenwege": the hyphen stands for the rest of the word.
            Some(_) if !lexicon.has(WordSet::And, &fold(first_word(next))) => {}
            _ => above.push(' '),
        }
    }
    above.push_str(next);
}

/// Whether the head of a word and the line that follows are one word that has no hyphen: both in lower case, and neither of
/// them a part that compounds have.
fn is_one_word(head: &str, next: &str, lexicon: &Lexicon) -> bool {
    let head = head.rsplit(['\'', '’', '«', '“', '"', '(']).next().unwrap_or_default();
    let is_part = |word: &str| {
        let key = fold(word);
        lexicon.has(WordSet::Hyphenated, &key) || lexicon.has(WordSet::And, &key)
    };
    next.starts_with(char::is_lowercase)
        && head.ends_with(char::is_lowercase)
        && head.chars().all(char::is_alphabetic)
        && !is_part(head)
        && !is_part(first_word(next))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal rouvre aux barques";

    fn check(below: &str, expected: &[&str]) {
        let lexicon = Lexicon::load(None).unwrap();
        let page = format!("{TITLE}\n\n{below}\n");
        let article = crate::plain::read(&page, &lexicon).unwrap();
        assert_eq!(article.title.as_deref(), Some(TITLE), "{page}");
        assert_eq!(article.text.as_str(), expected.join("\n\n"), "{page}");
        let article = crate::plain::read_below(below, Some(TITLE), &lexicon).unwrap();
        assert_eq!(article.text.as_str(), expected.join("\n\n"), "{page}");
    }

    #[test]
    fn a_short_text_is_joined() {
        check(
            "Les barques ont franchi lundi l'écluse de Holm, après vingt mois. Des\nbadauds attendaient depuis l'aube \
             sur les deux quais de la ville, et\nune fanfare a joué.\n\nLes loueurs espèrent retrouver dès l'été leurs \
             clients d'avant.",
            &[
                "Les barques ont franchi lundi l'écluse de Holm, après vingt mois. Des badauds attendaient depuis \
                 l'aube sur les deux quais de la ville, et une fanfare a joué.",
                "Les loueurs espèrent retrouver dès l'été leurs clients d'avant.",
            ],
        );
        check(
            "The first boats passed the lock of Holm on Monday, after works that had\nlasted for twenty months.",
            &[
                "The first boats passed the lock of Holm on Monday, after works that had lasted for twenty months.",
            ],
        );
    }

    #[test]
    fn a_narrow_column_is_joined() {
        check(
            "Les barques ont franchi lundi\nl'écluse de Holm, devant une\nfoule de curieux venus dès\nl'aube.\n\nLe \
             chantier a coûté neuf\nmillions d'euros, dont la moitié\npayée par la région.\n\nUn été attendu\n\nLes \
             loueurs espèrent retrouver\ndès l'été prochain le nombre\nde clients d'avant.",
            &[
                "Les barques ont franchi lundi l'écluse de Holm, devant une foule de curieux venus dès l'aube.",
                "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.",
                "Un été attendu",
                "Les loueurs espèrent retrouver dès l'été prochain le nombre de clients d'avant.",
            ],
        );
    }

    #[test]
    fn words_parted_at_the_margin_are_joined() {
        check(
            "Les premières barques ont franchi lundi l'écluse de Holm, selon la cham-\nbre d'agriculture et le maire de la \
             petite commune voisine de Saint-\nAubin. Des élus du lac y étaient, avec une vingtaine de demi-\n\
             pensionnaires du lycée, et le port de Holm n'avait pas vu, dit-\nil, autant de monde depuis la fin de \
             la guerre, pour fêter l'évé\u{ad}\nnement jusqu'au soir sur les deux quais du canal.",
            &[
                "Les premières barques ont franchi lundi l'écluse de Holm, selon la chambre d'agriculture et le maire \
               de la petite commune voisine de Saint-Aubin. Des élus du lac y étaient, avec une vingtaine de \
               demi-pensionnaires du lycée, et le port de Holm n'avait pas vu, dit-il, autant de monde depuis la \
               fin de la guerre, pour fêter l'événement jusqu'au soir sur les deux quais du canal.",
            ],
        );
        check(
            "Die ersten Boote haben am Montag die Schleuse von Holm passiert, auf Haupt-\nund Nebenwegen kamen viele \
             Leute aus dem ganzen Kreis an den neuen Ka-\nnal, um sie zu sehen.",
            &[
                "Die ersten Boote haben am Montag die Schleuse von Holm passiert, auf Haupt- und Nebenwegen kamen viele \
               Leute aus dem ganzen Kreis an den neuen Kanal, um sie zu sehen.",
            ],
        );
    }

    #[test]
    fn lines_of_their_own_are_not_joined() {
        let lexicon = Lexicon::load(None).unwrap();
        // A byline may begin in lower case, below a long headline.
        let title = "Le canal de Holm rouvre aux barques de loisir après vingt mois";
        let text = "Les premières barques ont franchi lundi l'écluse, devant des curieux.";
        let article = crate::plain::read(&format!("{title}\npar Zoé Lamant\n\n{text}\n"), &lexicon).unwrap();
        assert_eq!(article.title.as_deref(), Some(title));
        assert_eq!(article.authors, ["Zoé Lamant"]);
        let list = "le meunier de la colline\nles enfants de la ville\nle garde du pont de Holm";
        let article =
            crate::plain::read(&format!("{TITLE}\n\n{text} On y a vu :\n{list}\n\n{text} Oui.\n"), &lexicon)
                .unwrap();
        assert!(article.text.contains("les enfants de la ville\n"), "{}", article.text.as_str());
    }
}
