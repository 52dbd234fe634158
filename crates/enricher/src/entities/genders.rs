//! Is a person a man or a woman? The given name tells, or the title before the name.

use std::ops::Range;

use document::{EntityKind, Span};

use crate::given_names::Gender::{self, Feminine, Masculine};
use crate::given_names::GivenNames;
use crate::lexicon::{Class, Lexicon};
use crate::tokens::Tokens;

/// What each mention tells of the gender of its person, in their order.
pub(super) fn genders(
    tokens: &Tokens<'_>,
    mentions: &[(Span, EntityKind)],
    given: &GivenNames,
    lexicon: &Lexicon,
) -> Vec<Option<Gender>> {
    let told: Vec<_> =
        mentions.iter().map(|&(span, kind)| told(tokens, span, kind, given, lexicon)).collect();
    // *Le juge Claire Petit*: in this text the article of *juge* tells nothing.
    let mut loose: Vec<u64> = told
        .iter()
        .filter(|told| told.named.is_some() && told.article.is_some() && told.named != told.article)
        .map(|told| told.function)
        .collect();
    loose.sort_unstable();
    let article = |told: &Told| told.article.filter(|_| loose.binary_search(&told.function).is_err());
    told.iter().map(|told| told.named.or(told.title).or_else(|| article(told))).collect()
}

/// What the words of a mention and those before it tell.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    named: Option<Gender>,
    title: Option<Gender>,
    /// By the article of this function.
    article: Option<Gender>,
    function: u64,
}

fn told(tokens: &Tokens<'_>, span: Span, kind: EntityKind, given: &GivenNames, lexicon: &Lexicon) -> Told {
    if kind != EntityKind::Person {
        return Told::default();
    }
    let Range { start, end } = tokens.within(span);
    // One word is a surname as a rule, even if it is a given name too.
    let named = if end > start + 1 { given.of(tokens[start].hash) } else { None };
    let Some(before) =
        start.checked_sub(1).filter(|_| tokens.get(start).is_some_and(|first| !first.sentence))
    else {
        return Told { named, ..Told::default() };
    };
    let function = tokens[before].hash;
    let article = before
        .checked_sub(1)
        .filter(|_| lexicon.has(Class::Function, function) || lexicon.has(Class::Title, function))
        .and_then(|article| of_article(tokens.form(article)));
    Told { named, title: of_title(tokens.form(before)), article, function }
}

/// The gender that a title tells: *Mme*, *Mr*.
fn of_title(form: &str) -> Option<Gender> {
    match form {
        "mme" | "mme." | "mlle" | "madame" | "mademoiselle" | "mrs" | "mrs." | "ms" | "ms." | "miss"
        | "lady" | "dame" | "queen" | "princess" | "frau" | "señora" | "sra." | "signora" | "senhora"
        | "mevrouw" => Some(Feminine),
        "m." | "m" | "monsieur" | "mr" | "mr." | "sir" | "lord" | "king" | "prince" | "herr" | "herrn"
        | "señor" | "sr." | "signor" | "senhor" | "meneer" => Some(Masculine),
        _ => None,
    }
}

/// The gender that the article of a function tells: *le président*, *la ministre*.
fn of_article(form: &str) -> Option<Gender> {
    match form {
        "la" | "une" | "una" => Some(Feminine),
        "le" | "du" | "au" | "un" | "el" | "il" | "del" | "al" => Some(Masculine),
        _ => None,
    }
}
