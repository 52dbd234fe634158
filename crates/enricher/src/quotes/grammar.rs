//! What the words around a quotation do: the small words of a language, and its verbs of speech.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::path::Path;

use super::{small_words, verbs};
use crate::lexicon::{Hashed, UnreadableList, checked_entries};
use crate::tokens::{Kind, Tokens, hash};

/// Bits that say what a word can do, above those of [`verbs`].
pub(super) const AUXILIARY: u32 = 1 << 8;
/// A form of *être*, *to be*: what follows is no act of speech, but for a reflexive verb.
pub(super) const BEING: u32 = 1 << 9;
pub(super) const PREPOSITION: u32 = 1 << 10;
pub(super) const ARTICLE: u32 = 1 << 11;
/// *un*, *une*, *a*: names nobody in particular.
pub(super) const INDEFINITE: u32 = 1 << 12;
/// A subject pronoun of the third person; one that is inverted too.
pub(super) const HE: u32 = 1 << 13;
pub(super) const SHE: u32 = 1 << 14;
pub(super) const THEY: u32 = 1 << 15;
/// A pronoun that stands for nobody whom the text names: *on*, *je*, *cela*, *I*.
pub(super) const NOBODY: u32 = 1 << 16;
pub(super) const INVERTED: u32 = 1 << 17;
/// Stands between the subject and its verb: *ne*, *se*, *lui*.
pub(super) const CLITIC: u32 = 1 << 18;
pub(super) const REFLEXIVE: u32 = 1 << 19;
/// *qui*, *who*: its verb belongs to what stands before it.
pub(super) const RELATIVE: u32 = 1 << 20;
/// *que*, *that*: another clause begins.
pub(super) const THAT: u32 = 1 << 21;
pub(super) const AND: u32 = 1 << 22;
pub(super) const ADVERB: u32 = 1 << 23;
/// *selon*, *according*.
pub(super) const ACCORDING: u32 = 1 << 24;
/// A word that only a title or a name follows: *intitulé*, *surnommé*, *dubbed*.
pub(super) const NAMING: u32 = 1 << 25;
/// What bears a title: *livre*, *film*, *operation*.
pub(super) const TITLED: u32 = 1 << 26;
/// A word of a speaker or a listener, or a verb of every day: what is said, not what something is called.
pub(super) const SPOKEN: u32 = 1 << 27;
/// *Mme*, *M.*
pub(super) const MISTER: u32 = 1 << 28;
pub(super) const MADAM: u32 = 1 << 29;
/// *pour*: a view, where it begins a sentence.
pub(super) const VIEW: u32 = 1 << 30;
/// Somebody without a name: *témoin*, *ouvrier*.
pub(super) const SOMEBODY: u32 = 1 << 31;
/// What somebody says, as a noun: *les propos de*, *the words of*.
pub(super) const WORDS: u32 = 1 << 5;
/// *fait* and *savoir*, *valoir*, which together are a verb of speech.
pub(super) const MAKE: u32 = 1 << 6;
pub(super) const LEARN: u32 = 1 << 7;

/// What the enricher knows of speech in one language.
#[derive(Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one property of a language, and any of them can go together"
)]
pub(super) struct Grammar {
    pub(super) language: &'static str,
    roles: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    pub(super) french: bool,
    /// Who speaks stands behind the verb that follows a quotation: *« … », dit X*; not so in English.
    pub(super) inverts: bool,
    /// The order of its words was learnt from French and English news, and not only written down from grammar: it is
    /// believed where less stands beside the quotation.
    pub(super) measured: bool,
    /// Every noun has a capital.
    pub(super) nouns_capital: bool,
    /// The verb is second, so that its subject follows it where something else begins the sentence.
    pub(super) verb_second: bool,
    /// A verb may go without its subject, where that is who spoke before: *añadió*, *ha detto*.
    pub(super) drops_subject: bool,
    /// What names the speaker right behind a quotation, without a verb: *so X*, *aldus X*.
    pub(super) thus: &'static str,
}

/// Verbs of speech by language: the file and what the program brings along.
pub(super) const FILES: [(&str, &str, &str); 7] = [
    ("fr", "speech-verbs.fr.txt", include_str!("../../../../config/lexicon/speech-verbs.fr.txt")),
    ("en", "speech-verbs.en.txt", include_str!("../../../../config/lexicon/speech-verbs.en.txt")),
    ("de", "speech-verbs.de.txt", include_str!("../../../../config/lexicon/speech-verbs.de.txt")),
    ("es", "speech-verbs.es.txt", include_str!("../../../../config/lexicon/speech-verbs.es.txt")),
    ("it", "speech-verbs.it.txt", include_str!("../../../../config/lexicon/speech-verbs.it.txt")),
    ("pt", "speech-verbs.pt.txt", include_str!("../../../../config/lexicon/speech-verbs.pt.txt")),
    ("nl", "speech-verbs.nl.txt", include_str!("../../../../config/lexicon/speech-verbs.nl.txt")),
];

impl Grammar {
    /// The words of the language of one of the files, with those of the file of the same name in `folder`.
    pub(super) fn new(
        (language, file, verbs): (&'static str, &str, &str),
        folder: Option<&Path>,
    ) -> Result<Self, UnreadableList> {
        let words = match language {
            "fr" => small_words::FRENCH,
            "en" => small_words::ENGLISH,
            "de" => small_words::GERMAN,
            "es" => small_words::SPANISH,
            "it" => small_words::ITALIAN,
            "pt" => small_words::PORTUGUESE,
            "nl" => small_words::DUTCH,
            _ => &[],
        };
        let mut roles: HashMap<u64, u32, BuildHasherDefault<Hashed>> = HashMap::default();
        for (role, words) in words {
            for word in words.split_whitespace() {
                *roles.entry(hash(word)).or_default() |= role;
            }
        }
        checked_entries(folder, file, verbs, |line| {
            verbs::check(language, line)?;
            verbs::forms(language, line, |form, kind| *roles.entry(hash(form)).or_default() |= kind);
            Ok(())
        })?;
        if language == "en" {
            roles.insert(hash("according"), ACCORDING);
        }
        Ok(Self {
            language,
            roles,
            french: language == "fr",
            inverts: language != "en",
            measured: matches!(language, "fr" | "en"),
            nouns_capital: language == "de",
            verb_second: matches!(language, "de" | "nl"),
            drops_subject: matches!(language, "es" | "it" | "pt"),
            thus: match language {
                "de" => "so",
                "nl" => "aldus",
                _ => "",
            },
        })
    }

    /// What the token at this place can do; nothing past the end.
    pub(super) fn role(&self, tokens: &Tokens<'_>, index: usize) -> u32 {
        let Some(token) = tokens.get(index) else { return 0 };
        let role = self.roles.get(&token.hash).copied().unwrap_or_default();
        if role == 0 && token.kind == Kind::Word {
            let form = tokens.form(index);
            // Only a long word is sure to be an adverb by its ending.
            if form.len() > 6 && self.adverbs().iter().any(|ending| form.ends_with(ending)) {
                return ADVERB;
            }
        }
        role
    }

    fn adverbs(&self) -> &'static [&'static str] {
        match self.language {
            "fr" => &["ment"],
            "en" => &["ly"],
            "es" | "it" | "pt" => &["mente"],
            _ => &[],
        }
    }
}
