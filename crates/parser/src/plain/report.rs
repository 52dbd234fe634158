//! Sentences of a report that begin with a phrase of sites: "Sign up for the draft began on Monday, the mayor said."
//!
//! A phrase with `*` says how a line begins, and news may begin a sentence so. Two things tell news from a prompt: it says
//! who said so, or it narrates and speaks neither to its reader nor of the page.

use super::line::ends_sentence;
use crate::lexicon::{Chrome, Folded, Lexicon, WordSet, fold_word};

/// Words of a sentence that says who said so.
const SAID_WORDS_MIN: usize = 8;

/// Words of a sentence that narrates.
const TOLD_WORDS_MIN: usize = 10;

/// Words behind a comma among which the verb of speech is: ", the keeper of the lock said".
const ATTRIBUTION_WORDS: usize = 7;

/// Whether a line that begins with a phrase of sites is a sentence of a report all the same.
pub(crate) fn is_report(text: &str, folded: &Folded, lexicon: &Lexicon) -> bool {
    let Some((chrome, phrase, false)) = lexicon.phrase(folded) else { return false };
    let begins = folded.beginnings().find(|(words, _)| *words == phrase);
    let behind = match (begins, chrome) {
        (Some((_, end)), _) => &text[end..],
        // "…, with AFP": what it ends with names the agency.
        (None, Chrome::Footer) => text,
        _ => return false,
    };
    let words = text.split_whitespace().count();
    let is_signed = begins.is_some() && lexicon.is_signed(phrase);
    if words < SAID_WORDS_MIN || !ends_sentence(text) || !goes_on(behind) {
        return false;
    }
    if is_signed && behind.trim_start().starts_with(char::is_lowercase) {
        return true;
    }
    // Behind the words of a pointer stands a title, which may narrate as well.
    let is_pointer = chrome == Chrome::Related;
    if is_pointer && !behind.starts_with(',') && !behind.trim_start().starts_with(char::is_lowercase) {
        return false;
    }
    is_attributed(behind, lexicon)
        || words >= TOLD_WORDS_MIN
            && (!is_pointer || behind.starts_with(','))
            && narrates(text, behind, lexicon)
}

/// Whether a phrase is followed by more of its sentence, and not by what a sign sets apart.
fn goes_on(behind: &str) -> bool {
    let next = behind.strip_prefix(',').unwrap_or(behind).trim_start();
    next.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '«' | '"' | '“'))
        && !behind.contains(['@', '©', '|', '>'])
        && !behind.contains("://")
}

/// Whether a clause says who said so: ", said the mayor.", ", a rappelé la mairie.", ", selon la région."
fn is_attributed(behind: &str, lexicon: &Lexicon) -> bool {
    let says = |clause: &str| {
        words(clause).take(ATTRIBUTION_WORDS).any(|word| has(WordSet::Attributing, word, lexicon))
            && !words(clause).any(|word| has(WordSet::Addressing, word, lexicon))
    };
    behind.split([',', '»', '”']).skip(1).any(says)
}

/// Whether the words behind a phrase tell what was, in a line that neither speaks to its reader nor of the page.
fn narrates(line: &str, behind: &str, lexicon: &Lexicon) -> bool {
    let is_any =
        |text, sets: &[WordSet]| words(text).any(|word| sets.iter().any(|set| has(*set, word, lexicon)));
    is_any(behind, &[WordSet::Narrating, WordSet::Attributing]) && !is_any(line, &[WordSet::Addressing])
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn has(set: WordSet, word: &str, lexicon: &Lexicon) -> bool {
    fold_word(word, &mut [0; 32]).is_some_and(|word| lexicon.has(set, word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{html, plain};

    /// The phrases of a list that lines begin with, without those that a sign follows.
    fn beginnings(list: &str) -> Vec<String> {
        let list: toml::Table = toml::from_str(list).unwrap();
        let lines = list["lines"].as_table().unwrap();
        let phrases =
            lines.values().flat_map(|phrases| phrases.as_array().unwrap()).filter_map(|it| it.as_str());
        let begin = phrases.filter_map(|phrase| phrase.strip_suffix(" *"));
        begin
            .filter(|begin| !begin.contains('*') && begin.ends_with(char::is_alphanumeric))
            .map(|it| it.replace('#', "12"))
            .collect()
    }

    const FR: &str =
        "Les premiers bateaux ont passé lundi l'écluse de Holm, après vingt mois de travaux sur le canal.";
    const EN: &str =
        "The first boats passed the lock of Holm on Monday, after twenty months of works on the canal.";

    /// The phrases of a list behind which `rest` is no text, in scraped text and in a page.
    fn lost(list: &str, prose: &str, rest: &str) -> Vec<String> {
        let lexicon = Lexicon::load(None).unwrap();
        let mut missing = Vec::new();
        let beginnings = beginnings(list);
        assert!(beginnings.len() > 200, "{}", beginnings.len());
        for begin in beginnings {
            let line = format!("{begin} {rest}");
            let text = format!("Holm, le canal rouvert\n\n{prose}\n\n{line}\n\n{prose} Bo.\n\n{prose} Ek.\n");
            let page = format!(
                "<html><body><main><h1>Holm, le canal rouvert</h1><p>{prose}</p><p>{line}</p><p>{prose} Bo.</p>\
                 <p>{prose} Ek.</p></main></body></html>"
            );
            if !plain::read(&text, &lexicon).unwrap().text.contains(&line) {
                missing.push(format!("text: {line}"));
            }
            if !html::read(&page, None, &lexicon).unwrap().text.contains(&line) {
                missing.push(format!("page: {line}"));
            }
        }
        missing
    }

    const FR_LIST: &str = include_str!("../../../../config/lexicon/site-phrases.fr.toml");
    const EN_LIST: &str = include_str!("../../../../config/lexicon/site-phrases.en.toml");

    #[test]
    fn a_sentence_that_narrates_is_a_report() {
        let lexicon = Lexicon::load(None).unwrap();
        let mut folded = Folded::default();
        for line in [
            "Toute reproduction du tableau avait été détruite dans l'incendie de 1944.",
            "Sign up for the draft began on Monday in the old harbour of Holm.",
            "Join thousands of sailors was the motto that had brought them to Holm.",
            "Faites un don était le mot d'ordre des pêcheurs de Holm en 1907.",
            "Sur le même sujet, le maire avait déjà été interrogé par le conseil en mars.",
            "Reporting by radio was what had saved the crew of the tug in January.",
        ] {
            folded.fold(line);
            assert!(lexicon.phrase(&folded).is_some(), "{line}");
            assert!(is_report(line, &folded, &lexicon), "{line}");
        }
    }

    #[test]
    fn prompts_of_sites_are_no_reports() {
        let lexicon = Lexicon::load(None).unwrap();
        let mut folded = Folded::default();
        for line in [
            "Sign up for the Nature Briefing newsletter — what matters in science, free to your inbox daily.",
            "This story was originally published by The Holm Courier and was shared with us as part of a project.",
            "You received this email because you signed up, or somebody did, for emails from Holm.",
            "By signing up you consent to receive the above newsletter from Holm Media, which was founded in 1987.",
            "This article was originally published by The Holm Courier, which was founded in 1987.",
            "Have a tip? Ann Lee may be reached at ann@holm.example. She was born in Holm.",
            "Cet article est réservé aux abonnés, selon votre formule d'abonnement.",
            "Lire aussi Le canal de Holm a été rouvert, selon la mairie.",
            "An dieser Stelle finden Sie externe Inhalte, die von der Redaktion ausgewählt wurden.",
        ] {
            folded.fold(line);
            assert!(lexicon.phrase(&folded).is_some(), "{line}");
            assert!(!is_report(line, &folded, &lexicon), "{line}");
        }
    }

    #[test]
    fn a_sentence_that_says_who_said_so_is_text_whatever_it_begins_with() {
        assert_eq!(
            lost(FR_LIST, FR, "le vieux port et ses quais depuis lundi, a rappelé la mairie de Holm."),
            [""; 0]
        );
        assert_eq!(
            lost(EN_LIST, EN, "the old port and its quays since Monday, said the mayor of Holm."),
            [""; 0]
        );
    }
}
