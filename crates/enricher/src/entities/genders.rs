//! Is a person a man or a woman? The given name tells, or the title before the name.

use std::path::Path;

use document::{EntityKind, Span};

use crate::lexicon::{Class, Lexicon, UnreadableList, entries};
use crate::tokens::{Tokens, hash};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Gender {
    Feminine,
    Masculine,
}

use Gender::{Feminine, Masculine};

/// Given names by the gender of those who bear them, as sorted hashes; one of both stands in both.
#[derive(Debug, Default)]
pub(super) struct GivenNames {
    feminine: Vec<u64>,
    masculine: Vec<u64>,
}

const FEMININE: (&str, &str) =
    ("given-names.feminine.txt", include_str!("../../../../config/lexicon/given-names.feminine.txt"));
const MASCULINE: (&str, &str) =
    ("given-names.masculine.txt", include_str!("../../../../config/lexicon/given-names.masculine.txt"));

impl GivenNames {
    /// The built-in lists, with the files of the same names in `folder` added.
    pub(super) fn new(folder: Option<&Path>) -> Result<Self, UnreadableList> {
        let list = |(file, built_in)| {
            let mut names = Vec::new();
            entries(folder, file, built_in, |name| names.push(hash(&name.to_lowercase())))?;
            names.sort_unstable();
            Ok::<_, UnreadableList>(names)
        };
        Ok(Self { feminine: list(FEMININE)?, masculine: list(MASCULINE)? })
    }

    fn of(&self, name: u64) -> Option<Gender> {
        match (self.feminine.binary_search(&name).is_ok(), self.masculine.binary_search(&name).is_ok()) {
            (true, false) => Some(Feminine),
            (false, true) => Some(Masculine),
            _ => None,
        }
    }
}

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
    let list = tokens.as_slice();
    let start = list.partition_point(|token| (token.start as usize) < span.start);
    let end = list.partition_point(|token| (token.start as usize) < span.end);
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
