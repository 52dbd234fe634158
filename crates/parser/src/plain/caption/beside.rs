//! Captions that stand at their image, so that whose it is needs fewer signs than in a text.

use document::Image;

use super::{
    CAPTION_BYTES_MAX, CREDIT_WORDS_MAX, Kind, after_last_stop, after_sign, behind_dots, behind_slashes,
    credit_first, credit_kind, ends_in_initial, folded_words, image, in_brackets,
};
use crate::byline;
use crate::lexicon::{Label, Lexicon, WordSet, fold};

/// A caption that stands at its image, apart from the credit that it ends with; and a credit without its label.
pub(crate) fn split(
    caption: Option<String>,
    credit: Option<String>,
    lexicon: &Lexicon,
) -> (Option<String>, Option<String>) {
    match (caption, credit) {
        (caption, Some(credit)) => {
            let caption = caption.and_then(|caption| without_joint(&caption, lexicon));
            (caption, image("", bare(&credit), lexicon).credit.or(Some(credit)))
        }
        (Some(caption), None) if caption.len() <= CAPTION_BYTES_MAX => {
            let text = caption.as_str();
            let parted = behind_dots(text, lexicon)
                .or_else(|| credit_first(text, lexicon))
                .or_else(|| behind_slashes(text, lexicon))
                .or_else(|| named_behind_label(text, lexicon))
                .or_else(|| sourced(text, lexicon))
                .or_else(|| several_in_brackets(text, lexicon))
                .or_else(|| labelled_at_end(text, lexicon))
                .or_else(|| for_outlet_behind_stop(text, lexicon))
                .or_else(|| named_before_brackets(text, lexicon))
                .or_else(|| in_brackets(text, lexicon))
                .or_else(|| after_sign(text, lexicon))
                .or_else(|| after_last_stop(text, lexicon))
                .filter(|image| image.credit.is_some());
            parted.map_or((Some(caption), None), |image| (image.caption, image.credit))
        }
        whole => whole,
    }
}

/// A caption without what joins it to a credit that is an element of its own: "The port. -", "The port ()", "The port. Photo:".
fn without_joint(caption: &str, lexicon: &Lexicon) -> Option<String> {
    let is_joint = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '/' | '•' | '·' | '©');
    let mut text = caption.trim_matches(is_joint);
    let bare = text.trim_end_matches('.');
    for pair in ["()", "( )", "[]", "[ ]", "(", "["] {
        if let Some(before) = bare.strip_suffix(pair) {
            text = before.trim_end_matches(is_joint);
            break;
        }
    }
    if let Some(before) = text.strip_suffix(':') {
        let starts = before.rmatch_indices(' ').map(|(at, _)| at + 1).take(LABEL_WORDS).chain([0]);
        let is_label = |at: &usize| {
            let label = before[*at..].trim_end();
            let is_set_off = !before[..*at].trim_end().ends_with(char::is_alphanumeric);
            is_set_off && matches!(lexicon.label_of(label), Some((Label::Credit, end)) if end == label.len())
        };
        if let Some(at) = starts.into_iter().find(is_label) {
            text = before[..at].trim_end_matches(is_joint);
        }
    }
    (!text.is_empty()).then(|| text.to_owned())
}

/// A credit without the brackets around all of it, or one that closes where none opens, and without a dash before it.
pub(super) fn bare(credit: &str) -> &str {
    let credit = credit.trim().trim_start_matches(['–', '—', '-', '/', ' ']);
    for (open, close) in [('(', ')'), ('[', ']')] {
        let inner = credit.strip_prefix(open).unwrap_or(credit);
        let inner = inner.trim_end_matches('.').strip_suffix(close).unwrap_or(inner);
        if !inner.contains([open, close]) {
            return inner;
        }
    }
    credit
}

/// Words of the longest label of a credit.
const LABEL_WORDS: usize = 3;

/// `Photo Ann Lee`, and no more.
fn named_behind_label(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let (Label::Credit, end) = lexicon.label_of(text)? else { return None };
    let name = text[end..].trim();
    (begins_with_person(name, lexicon) && byline::is_people(name, lexicon)).then(|| image("", name, lexicon))
}

/// `The port. (Ann Lee. The Agency)`, `… (Ann Lee/The Agency for The Post)`: in the brackets that end a caption stand several
/// who have a part in the image, a person first.
fn several_in_brackets(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let inner = text.trim_end_matches('.').strip_suffix([')', ']'])?;
    let open = inner.rfind(['(', '['])?;
    let (caption, credit) = (inner[..open].trim(), inner[open + 1..].trim());
    // "(Photo DR)": rights reserved.
    let is_labelled = || match lexicon.label_of(credit) {
        Some((Label::Credit, end)) => {
            let rest = credit[end..].trim_start_matches([':', ' ']);
            rest.len() > 1 && rest.len() <= LETTERS && rest.bytes().all(|byte| byte.is_ascii_uppercase())
        }
        _ => false,
    };
    let is_credit = is_for_outlet(credit, lexicon)
        || is_labelled()
        || (credit.contains('/') || credit.contains(". ")) && names_several(credit, lexicon);
    (!caption.is_empty() && is_credit).then(|| image(caption, credit, lexicon))
}

/// Letters of the longest credit behind a label that has no sign.
const LETTERS: usize = 5;

/// `The port in 1962. Photo: county archive.`, `The port / Photo by Ann Lee / Agency`: behind the end of a sentence or a sign the
/// label of a credit leads to the end of the caption.
fn labelled_at_end(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let cuts = [". ", ") ", "… ", " / ", " | "];
    let mut starts =
        cuts.iter().flat_map(|cut| text.match_indices(cut).map(|(at, cut)| (at, at + cut.len())));
    starts.find_map(|(at, start)| {
        let (Label::Credit, end) = lexicon.label_of(&text[start..])? else { return None };
        let (label, rest) = text[start..].split_at(end);
        let behind = rest.trim_start_matches([' ', '\u{a0}']);
        let is_led = label.trim().contains(' ') && behind.starts_with(char::is_uppercase);
        let credit = behind.strip_prefix(':').or(Some(behind).filter(|_| is_led))?.trim();
        let credit = credit.strip_suffix('.').unwrap_or(credit);
        let is_short = (1..=LABELLED_WORDS).contains(&credit.split_whitespace().count());
        let sign =
            if text[at..].starts_with([')', '.', '…']) { text[at..].chars().next()?.len_utf8() } else { 0 };
        (is_short && !credit.contains(". ")).then(|| image(&text[..at + sign], credit, lexicon))
    })
}

/// Words of the longest credit behind a label at the end of a caption.
const LABELLED_WORDS: usize = 8;

/// `The port on Monday. Ann Lee for The Post`.
fn for_outlet_behind_stop(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let (caption, credit) = text.rsplit_once(". ")?;
    let is_credit = !ends_in_initial(caption) && is_for_outlet(credit, lexicon);
    is_credit.then(|| image(&text[..=caption.len()], credit, lexicon))
}

/// `Ann Lee for The Post`, `Ann Lee/The Agency for The Post`.
fn is_for_outlet(credit: &str, lexicon: &Lexicon) -> bool {
    let mut cuts = credit.match_indices(' ').map(|(at, _)| at).take(CREDIT_WORDS_MAX);
    let is_short = credit.split_whitespace().count() <= CREDIT_WORDS_MAX;
    is_short
        && cuts.any(|at| {
            let (word, outlet) = credit[at + 1..].split_once(' ').unwrap_or_default();
            lexicon.has(WordSet::OnBehalf, &fold(word))
                && outlet.trim_start_matches(['«', '“', '"', ' ']).starts_with(char::is_uppercase)
                && names_several(&credit[..at], lexicon)
        })
}

/// Whether words are names, of a person first, behind each other: "Ann Lee/The Agency", "Ann Lee. The Agency".
fn names_several(credit: &str, lexicon: &Lexicon) -> bool {
    let is_named = |part: &str| {
        byline::is_people(part, lexicon)
            || byline::is_outlet_name(part, lexicon)
            || lexicon.has(WordSet::Agencies, &fold(part))
            || folded_words(part).any(|word| lexicon.has(WordSet::Agencies, &word))
    };
    // "CP Photo/Ann Lee": the agency stands before a label.
    if let Some((agency, name)) = credit.split_once('/')
        && agency.split_whitespace().count() <= 3
        && agency.starts_with(char::is_uppercase)
        && let Some((_, label)) = agency.rsplit_once(' ')
        && matches!(lexicon.label_of(label), Some((Label::Credit, end)) if end == label.len())
    {
        return begins_with_person(name, lexicon) && byline::is_people(name, lexicon);
    }
    let mut parts = credit.split('/').flat_map(|part| part.split(". ")).map(str::trim);
    begins_with_person(credit, lexicon) && parts.all(is_named)
}

fn begins_with_person(name: &str, lexicon: &Lexicon) -> bool {
    let mut words = name.split_whitespace();
    words.next().is_some_and(|first| byline::is_given_name(first, lexicon)) && words.next().is_some()
}

/// `The bridge in May. (Source: Ann Lee / dpa)`: at an image a source is whose it is, where it reads as a credit.
fn sourced(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let inner = text.trim_end_matches('.').strip_suffix([')', ']'])?;
    let open = inner.rfind(['(', '['])?;
    let label = inner[open + 1..].trim_start();
    let (Label::Sources, end) = lexicon.label_of(label)? else { return None };
    let credit = label[end..].trim_start().strip_prefix(':')?.trim();
    let is_part = |part: &str| {
        lexicon.has(WordSet::Agencies, &crate::lexicon::fold(part)) || byline::is_people(part, lexicon)
    };
    let is_short = credit.split_whitespace().count() <= CREDIT_WORDS_MAX;
    (is_short && credit.split(['/', '|', ',']).any(is_part)).then(|| image(&inner[..open], credit, lexicon))
}

/// `The bridge in May. Ann Lee (AFP)`: who took it stands before the agency in brackets.
fn named_before_brackets(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let inner = text.trim_end_matches('.').strip_suffix([')', ']'])?;
    let open = inner.rfind(['(', '['])?;
    let (caption, name) = inner[..open].trim_end().rsplit_once(". ")?;
    let is_credit = credit_kind(inner[open + 1..].trim(), lexicon) == Some(Kind::Agency)
        && byline::is_people(name, lexicon)
        && !ends_in_initial(caption);
    let at = caption.len() + 1;
    is_credit.then(|| image(&text[..at], text[at..].trim_end_matches('.'), lexicon))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(caption: &str, credit: &str, expected: (&str, &str)) {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let found = split(given(caption), given(credit), &Lexicon::load(None).unwrap());
        assert_eq!(found, (given(expected.0), given(expected.1)), "{caption} {credit}");
    }

    #[test]
    fn a_credit_is_told_from_its_caption() {
        check("The port in Oslo. ANN LEE / AFP", "", ("The port in Oslo.", "ANN LEE / AFP"));
        check("The port in Oslo. A. B. LEE / AFP", "", ("The port in Oslo.", "A. B. LEE / AFP"));
        check("The port in Oslo (Photo: Ann Lee)", "", ("The port in Oslo", "Ann Lee"));
        check("The port in Oslo. © Ann Lee", "", ("The port in Oslo.", "Ann Lee"));
        check("Stary młyn w Zarzeczu. Fot. Jan Bem", "", ("Stary młyn w Zarzeczu.", "Jan Bem"));
        check("Anna Lam takes a photo. ANN LEE / AFP", "", ("Anna Lam takes a photo.", "ANN LEE / AFP"));
        check("Han tappade sin fot. Jan Bem såg på", "", ("Han tappade sin fot. Jan Bem såg på", ""));
        check("Il porto di Oslo (foto Ansa)", "", ("Il porto di Oslo", "Ansa"));
        check("Il porto di Oslo (foto storica)", "", ("Il porto di Oslo (foto storica)", ""));
        check("© Ann Lee", "", ("", "Ann Lee"));
        check("The port in Oslo. Ann Lee (AFP)", "", ("The port in Oslo.", "Ann Lee (AFP)"));
        check(
            "Der Hafen. (Quelle: picture alliance/dpa | Ann Lee)",
            "",
            ("Der Hafen.", "picture alliance/dpa | Ann Lee"),
        );
        check("Der Hafen. (Quelle: eigene Erhebung)", "", ("Der Hafen. (Quelle: eigene Erhebung)", ""));
        check("The port in Oslo. • © Ann Lee", "", ("The port in Oslo.", "Ann Lee"));
        check("The port (Courier photo by Ann Lee)", "", ("The port", "Courier photo by Ann Lee"));
        check("The port", "| COURIER", ("The port", "COURIER"));
        check("« Crédit : AFP »", "", ("", "AFP"));
        check("The port in Oslo, on Monday.", "", ("The port in Oslo, on Monday.", ""));
        check("The port in Oslo", "Photo : Ann Lee", ("The port in Oslo", "Ann Lee"));
        check("Le port. // Source : Jules Ek", "", ("Le port.", "Jules Ek"));
        check("Photo Anne Lam", "", ("", "Anne Lam"));
        check("Photo de famille", "", ("Photo de famille", ""));
    }

    #[test]
    fn a_photographer_s_name_may_be_in_capitals() {
        check("The port in Oslo, in May. ANN LEE", "", ("The port in Oslo, in May.", "ANN LEE"));
        check(
            "Le port d'Oslo, en mai. ANNE LAM POUR « LE COURRIER DU LAC »",
            "",
            ("Le port d'Oslo, en mai.", "ANNE LAM POUR « LE COURRIER DU LAC »"),
        );
        check("LE PORT D'OSLO. ANNE LAM", "", ("LE PORT D'OSLO. ANNE LAM", ""));
        check("The port in Oslo. It is 9 AM", "", ("The port in Oslo. It is 9 AM", ""));
    }

    #[test]
    fn a_credit_of_its_own_leaves_no_sign_in_its_caption() {
        for caption in
            ["The port. -", "The port. |", "The port. ()", "The port. (", "– The port.", "The port. Photo:"]
        {
            check(caption, "Ann Lee", ("The port.", "Ann Lee"));
        }
        check("The port", "(Ann Lee)", ("The port", "Ann Lee"));
        check("The port", "– Ann Lee (AFP)", ("The port", "Ann Lee (AFP)"));
        check("The port (left) –", "Ann Lee", ("The port (left)", "Ann Lee"));
        check("Photo :", "Ann Lee", ("", "Ann Lee"));
    }

    #[test]
    fn several_may_have_a_part_in_an_image() {
        check(
            "Le port, lundi. (Anne Lam/Hans Lucas pour Le Phare)",
            "",
            ("Le port, lundi.", "Anne Lam/Hans Lucas pour Le Phare"),
        );
        check("Le port, lundi. ANNE LAM POUR LE PHARE", "", ("Le port, lundi.", "ANNE LAM POUR LE PHARE"));
        check(
            "The port, on Monday. Ann Lee for The Lake",
            "",
            ("The port, on Monday.", "Ann Lee for The Lake"),
        );
        check("The port (Ann Lee for The Lake)", "", ("The port", "Ann Lee for The Lake"));
        check("Le port rouvert. (Anne Lam. Hans Lucas)", "", ("Le port rouvert.", "Anne Lam. Hans Lucas"));
        check("Le port rouvert (à gauche. Hans Lucas)", "", ("Le port rouvert (à gauche. Hans Lucas)", ""));
        check("The port (open for all)", "", ("The port (open for all)", ""));
        check("Le port (Photo DR)", "", ("Le port", "DR"));
        check("The port (CP Photo/Ann Lee)", "", ("The port", "CP Photo/Ann Lee"));
        check("The port in 1962. Photo: county archive.", "", ("The port in 1962.", "county archive"));
        check("Der Hafen. (Symbolbild) Bild: Ann Lee", "", ("Der Hafen. (Symbolbild)", "Ann Lee"));
        check("The port / Photo by Ann Lee / Unsplash", "", ("The port", "Ann Lee / Unsplash"));
        check("The port. Photo of the year", "", ("The port. Photo of the year", ""));
        check("The keeper (Ann Lee)", "", ("The keeper (Ann Lee)", ""));
    }
}
