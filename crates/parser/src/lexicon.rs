//! The phrase lists that people edit, under `config/lexicon/`: what sites write around their articles.
//!
//! A phrase is compared folded: lower case, no accents, punctuation as space, every number as `#`. `*` at the end
//! of a phrase stands for any words that follow, at its start for any words that come before.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Error;

mod file;
mod fold;
mod frames;
mod kinds;
mod known;
mod pages;
mod plain;

use frames::Frames;

pub(crate) use fold::{Folded, fold, fold_word};
pub(crate) use kinds::{Chrome, Label, WordSet};
pub(crate) use pages::PageKind;

/// The lists that are built in, by file name.
const BUILT_IN: &[(&str, &str)] = &[
    ("site-phrases.any.toml", include_str!("../../../config/lexicon/site-phrases.any.toml")),
    ("site-phrases.cs.toml", include_str!("../../../config/lexicon/site-phrases.cs.toml")),
    ("site-phrases.da.toml", include_str!("../../../config/lexicon/site-phrases.da.toml")),
    ("site-phrases.de.toml", include_str!("../../../config/lexicon/site-phrases.de.toml")),
    ("site-phrases.el.toml", include_str!("../../../config/lexicon/site-phrases.el.toml")),
    ("site-phrases.en.toml", include_str!("../../../config/lexicon/site-phrases.en.toml")),
    ("site-phrases.es.toml", include_str!("../../../config/lexicon/site-phrases.es.toml")),
    ("site-phrases.fi.toml", include_str!("../../../config/lexicon/site-phrases.fi.toml")),
    ("site-phrases.fr.toml", include_str!("../../../config/lexicon/site-phrases.fr.toml")),
    ("site-phrases.hu.toml", include_str!("../../../config/lexicon/site-phrases.hu.toml")),
    ("site-phrases.it.toml", include_str!("../../../config/lexicon/site-phrases.it.toml")),
    ("site-phrases.ja.toml", include_str!("../../../config/lexicon/site-phrases.ja.toml")),
    ("site-phrases.nl.toml", include_str!("../../../config/lexicon/site-phrases.nl.toml")),
    ("site-phrases.no.toml", include_str!("../../../config/lexicon/site-phrases.no.toml")),
    ("site-phrases.pl.toml", include_str!("../../../config/lexicon/site-phrases.pl.toml")),
    ("site-phrases.pt.toml", include_str!("../../../config/lexicon/site-phrases.pt.toml")),
    ("site-phrases.ro.toml", include_str!("../../../config/lexicon/site-phrases.ro.toml")),
    ("site-phrases.ru.toml", include_str!("../../../config/lexicon/site-phrases.ru.toml")),
    ("site-phrases.sv.toml", include_str!("../../../config/lexicon/site-phrases.sv.toml")),
    ("site-phrases.tr.toml", include_str!("../../../config/lexicon/site-phrases.tr.toml")),
    ("site-phrases.uk.toml", include_str!("../../../config/lexicon/site-phrases.uk.toml")),
];

/// Given names of French texts, one a line; `#` starts a comment. The enricher's list: what names people in texts
/// names them in bylines.
const GIVEN_NAMES: (&str, &str) =
    ("given-names.txt", include_str!("../../../config/lexicon/given-names.txt"));

/// The names of the files that a folder of lists can hold for the parser.
pub fn lexicon_files() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(file, _)| *file).chain([GIVEN_NAMES.0])
}

/// The phrase lists, compiled.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    whole: FxHashMap<Box<str>, Chrome>,
    beginnings: FxHashMap<Box<str>, Chrome>,
    endings: FxHashMap<Box<str>, Chrome>,
    labels: FxHashMap<Box<str>, Label>,
    /// What lines end with that begin with a phrase and have any words between, by the latter ("Add * as a preferred source").
    framed: Frames,
    /// Those of `beginnings` that are written with a sign behind them ("Follow @*").
    signed: FxHashSet<Box<str>>,
    /// For each word that a phrase begins with, how long such phrases are. Most lines begin with another word, and need no
    /// more looking up.
    reach: FxHashMap<Box<[u8]>, Reach>,
    /// The same for the words that endings end with.
    reach_back: FxHashMap<Box<[u8]>, usize>,
    /// The words that labels of a date of change begin with.
    changes: FxHashSet<Box<str>>,
    /// The letters of ASCII that these words begin with, as bits.
    change_initials: u32,
    words: FxHashMap<Box<str>, Vec<WordSet>>,
    /// Like `words`, for entries of several words (`agence france presse`, `il y a`).
    names: FxHashMap<Box<str>, Vec<WordSet>>,
    /// Ends of words that are institutions.
    compounds: Vec<Box<str>>,
    /// What links tell those who hear them, as it is written.
    hints: Vec<Box<str>>,
    /// For each common word, the languages that have it, as bits by their index in `languages`.
    common: FxHashMap<Box<str>, u32>,
    languages: Vec<String>,
    /// Titles of pages that hold no article.
    pages: pages::Pages,
}

/// How many words the longest phrases have that begin with a word.
#[derive(Debug, Default, Clone, Copy)]
struct Reach {
    /// Of beginnings of lines and of labels.
    beginning: usize,
    /// Of these and of whole lines.
    any: usize,
}

impl Lexicon {
    /// Compiles the built-in lists. Files in `folder` that are named like them take their place; others that are
    /// named `site-phrases.CODE.toml` add a language.
    pub(crate) fn load(folder: Option<&Path>) -> Result<Self, Error> {
        let mut files: BTreeMap<String, (PathBuf, Cow<'static, str>)> = BUILT_IN
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (PathBuf::from(name), Cow::Borrowed(*text))))
            .collect();
        let mut given_names = vec![Cow::Borrowed(GIVEN_NAMES.1)];
        if let Some(folder) = folder {
            let unreadable = |path: &Path| {
                let path = path.to_owned();
                |source| Error::ReadLexicon { path, source }
            };
            for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
                let path = entry.map_err(unreadable(folder))?.path();
                let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
                if code_of(name).is_some() {
                    let text = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
                    files.insert(name.to_owned(), (path.clone(), Cow::Owned(text)));
                } else if name == GIVEN_NAMES.0 {
                    given_names.push(Cow::Owned(std::fs::read_to_string(&path).map_err(unreadable(&path))?));
                }
            }
        }
        let mut lexicon = Self::default();
        for line in given_names.iter().flat_map(|list| list.lines()) {
            lexicon.add_word(line.split('#').next().unwrap_or_default(), WordSet::GivenNames);
        }
        for (name, (path, text)) in files {
            let code = code_of(&name).unwrap_or_default();
            let file = toml::from_str(&text)
                .map_err(|error| Error::BadLexicon { path: path.clone(), message: error.to_string() })?;
            lexicon.add(code, file);
        }
        Ok(lexicon)
    }

    fn add(&mut self, code: &str, file: file::File) {
        let (lines, labels, words, mail) = (file.lines, file.labels, file.words, file.mail);
        for (phrases, chrome) in [
            (lines.navigation, Chrome::Navigation),
            (lines.subscription, Chrome::Subscription),
            (lines.share, Chrome::Share),
            (lines.advertising, Chrome::Advertising),
            (lines.footer, Chrome::Footer),
            (lines.related, Chrome::Related),
            (lines.comments, Chrome::Comments),
            (lines.avatars, Chrome::Avatar),
            (lines.comment_frame, Chrome::CommentFrame),
            (lines.sources, Chrome::Sources),
        ] {
            for phrase in phrases {
                self.add_line(&phrase, chrome);
            }
        }
        for (phrases, label) in [
            (labels.byline, Label::Byline),
            (labels.published, Label::Published),
            (labels.modified, Label::Modified),
            (labels.tags, Label::Tags),
            (labels.caption, Label::Caption),
            (labels.credit, Label::Credit),
            (labels.sources, Label::Sources),
            (labels.title, Label::Title),
            (labels.description, Label::Description),
            (labels.body, Label::Body),
            (labels.url, Label::Url),
            (labels.publisher, Label::Publisher),
            (labels.reading_time, Label::ReadingTime),
            (labels.contact, Label::Contact),
            (labels.today, Label::Today),
        ] {
            for phrase in phrases {
                let folded = fold(&phrase);
                self.reach_for(&folded);
                if label == Label::Modified {
                    self.change_initials |= folded.bytes().next().map_or(0, |first| 1 << (first & 31));
                    self.changes.insert(folded.split(' ').next().unwrap_or_default().into());
                }
                self.labels.insert(folded.into(), label);
            }
        }
        for (list, set) in [
            (words.not_people, WordSet::NotPeople),
            (words.subjects, WordSet::NotPeople),
            (words.bodies, WordSet::Bodies),
            (words.roles, WordSet::Roles),
            (words.particles, WordSet::Particles),
            (words.articles, WordSet::Articles),
            (words.and, WordSet::And),
            (words.on_behalf, WordSet::OnBehalf),
            (words.agencies, WordSet::Agencies),
            (words.ahead, WordSet::Ahead),
            (words.says, WordSet::Says),
            (words.ago, WordSet::Ago),
            (words.given_names, WordSet::GivenNames),
            (words.sections, WordSet::Sections),
            (words.topics, WordSet::Topics),
            (words.nobody, WordSet::Nobody),
            (words.firms, WordSet::Firms),
            (words.outlets, WordSet::Outlets),
            (words.degrees, WordSet::Degrees),
            (words.surnames, WordSet::Surnames),
            (words.towns, WordSet::Towns),
            (words.editing, WordSet::Editing),
            (words.genres, WordSet::Genres),
            (words.home, WordSet::Home),
            (words.reports, WordSet::Reports),
            (words.rights, WordSet::Rights),
            (words.openers, WordSet::Openers),
            (words.attributing, WordSet::Attributing),
            (words.narrating, WordSet::Narrating),
            (words.addressing, WordSet::Addressing),
            (words.counted, WordSet::Counted),
            (words.pages, WordSet::Pages),
            (words.hyphenated, WordSet::Hyphenated),
            (words.consent, WordSet::Consent),
            (words.no_tags, WordSet::NoTags),
            (words.corrections, WordSet::Corrections),
            (words.amendments, WordSet::Amendments),
            (words.answers, WordSet::Answers),
            (words.briefs, WordSet::Briefs),
            (words.summaries, WordSet::Summaries),
            (words.polls, WordSet::Polls),
            (words.ends, WordSet::Ends),
            (words.biographies, WordSet::Biographies),
            (mail.forwarded, WordSet::Forwarded),
            (mail.sender, WordSet::Sender),
            (mail.writes_for, WordSet::WritesFor),
            (mail.sent, WordSet::Sent),
            (mail.addressed, WordSet::Addressed),
            (mail.forward_marks, WordSet::ForwardMarks),
            (mail.answer_marks, WordSet::AnswerMarks),
        ] {
            for word in list {
                self.add_word(&word, set);
            }
        }
        self.pages.add(file.pages);
        self.compounds.extend(words.compounds.iter().map(|end| fold(end).into()));
        self.hints.extend(words.hints.into_iter().filter(|hint| !hint.is_empty()).map(Box::from));
        // Thirty-two languages fit; a thirty-third is read, but not told from the others.
        if !words.common.is_empty() && self.languages.len() < 32 {
            let bit = 1 << self.languages.len();
            self.languages.push(code.to_owned());
            for word in words.common {
                *self.common.entry(fold(&word).into()).or_default() |= bit;
            }
        }
    }

    fn add_word(&mut self, word: &str, set: WordSet) {
        let folded = fold(word);
        if folded.contains(' ') {
            self.names.entry(folded.into()).or_default().push(set);
        } else if !folded.is_empty() {
            self.words.entry(folded.into()).or_default().push(set);
        }
    }

    fn add_line(&mut self, phrase: &str, chrome: Chrome) {
        let folded = fold(phrase);
        if folded.is_empty() {
            return;
        }
        let phrase = phrase.trim();
        if let Some((begin, end)) = phrase.trim_end_matches('*').split_once(" * ") {
            let (begin, end) = (fold(begin), fold(end));
            self.reach_for(&begin);
            let words = begin.split(' ').count() + frames::WORDS_MAX + end.split(' ').count();
            let reach = self.reach.entry(first_and_count(&begin).0.as_bytes().into()).or_default();
            reach.any = words.max(reach.any);
            self.framed.add(&begin, end, phrase.ends_with('*'), chrome);
        } else if phrase.ends_with('*') {
            self.reach_for(&folded);
            if phrase.trim_end_matches('*').trim_end().ends_with(['@', ':', '?']) {
                self.signed.insert(folded.as_str().into());
            }
            self.beginnings.insert(folded.into(), chrome);
        } else if phrase.starts_with('*') {
            let last = folded.rsplit(' ').next().unwrap_or_default();
            let reach = self.reach_back.entry(last.as_bytes().into()).or_default();
            *reach = folded.split(' ').count().max(*reach);
            self.endings.insert(folded.into(), chrome);
        } else {
            let (first, words) = first_and_count(&folded);
            let reach = self.reach.entry(first.as_bytes().into()).or_default();
            reach.any = words.max(reach.any);
            self.whole.insert(folded.into(), chrome);
        }
    }

    fn reach_for(&mut self, folded: &str) {
        let (first, words) = first_and_count(folded);
        let reach = self.reach.entry(first.as_bytes().into()).or_default();
        *reach = Reach { beginning: words.max(reach.beginning), any: words.max(reach.any) };
    }

    /// What the folded line is when it is all a site's and none the article's, and whether the phrase is the
    /// whole of it.
    pub(crate) fn chrome(&self, line: &Folded) -> Option<(Chrome, bool)> {
        self.phrase(line).map(|(chrome, _, whole)| (chrome, whole))
    }

    /// [`Self::chrome`] with the words that say so, folded.
    pub(crate) fn phrase<'l>(&self, line: &'l Folded) -> Option<(Chrome, &'l str, bool)> {
        if line.is_whole()
            && let Some(chrome) = self.whole.get(line.as_str())
        {
            return Some((*chrome, line.as_str(), true));
        }
        let begins = self.shortened(line).find_map(|(words, _)| {
            let begun = self.beginnings.get(words).copied();
            Some((begun.or_else(|| self.framed.of(words, line.as_str()))?, words))
        });
        let (chrome, words) = begins.or_else(|| {
            let reach = *self.reach_back.get(line.endings().last()?.as_bytes())?;
            line.endings()
                .skip(line.len().saturating_sub(reach))
                .find_map(|words| Some((*self.endings.get(words)?, words)))
        })?;
        Some((chrome, words, false))
    }

    /// Whether a folded phrase that begins lines is written with a sign behind it.
    pub(crate) fn is_signed(&self, phrase: &str) -> bool {
        self.signed.contains(phrase)
    }

    /// What lines are that begin with a folded line as a whole.
    pub(crate) fn begun_by(&self, line: &Folded) -> Option<Chrome> {
        self.beginnings.get(line.as_str()).copied()
    }

    /// The label that the folded line begins with, and where it ends in the line as written.
    pub(crate) fn label(&self, line: &Folded) -> Option<(Label, usize)> {
        self.shortened(line).find_map(|(words, end)| Some((*self.labels.get(words)?, end)))
    }

    /// Whether a label of a date of change may begin with a word of which this is the first byte.
    pub(crate) fn may_begin_change(&self, first: u8) -> bool {
        !first.is_ascii_alphabetic() || self.change_initials & 1 << (first & 31) != 0
    }

    /// Whether a label of a date of change may begin with a word: told in less time than looking for one takes.
    pub(crate) fn may_call_change(&self, word: &str) -> bool {
        fold_word(word, &mut [0; 32]).is_some_and(|word| self.changes.contains(word))
    }

    /// The beginnings of a line that are short enough to be in a list, longest first.
    fn shortened<'a>(&self, line: &'a Folded) -> impl Iterator<Item = (&'a str, usize)> {
        let reach = line
            .words()
            .next()
            .and_then(|first| self.reach.get(first.as_bytes()))
            .copied()
            .unwrap_or_default();
        line.beginnings().skip(line.len().saturating_sub(reach.beginning))
    }

    /// Whether a folded word, or a few of them, are in a set.
    pub(crate) fn has(&self, set: WordSet, folded: &str) -> bool {
        let is_in = |sets: &Vec<WordSet>| sets.contains(&set);
        self.words.get(folded).is_some_and(is_in) || self.names.get(folded).is_some_and(is_in)
    }

    /// Whether a folded word is a compound for an institution, as some languages form them without end.
    pub(crate) fn is_compound(&self, folded: &str) -> bool {
        self.compounds.iter().any(|end| folded.len() > end.len() && folded.ends_with(end.as_ref()))
    }

    /// A line without what its links tell those who hear them: "… (TLVN.O), opens new tab said on Thursday". `None` if it has
    /// no such hint.
    pub(crate) fn without_hints(&self, line: &str) -> Option<String> {
        let mut found = self.hints.iter().filter(|hint| line.contains(&***hint)).peekable();
        found.peek()?;
        Some(found.fold(line.to_owned(), |line, hint| line.replace(&**hint, "")))
    }

    /// Whether a folded word is one of the small words of a language, and no part of names.
    pub(crate) fn is_small(&self, folded: &str) -> bool {
        self.common.contains_key(folded) && !self.has(WordSet::Particles, folded)
    }

    /// Whether words begin with one for a public body: "Mairie de Holm", "Stadt Köln".
    pub(crate) fn is_body(&self, words: &[&str]) -> bool {
        let Some(first) = words.first() else { return false };
        let first = fold(first.trim_start_matches(['l', 'L']).strip_prefix(['\'', '’']).unwrap_or(first));
        let is_in = |words: &str| self.has(WordSet::Bodies, words);
        // "Ville de Holm", "Ville d'Oslo": by itself the word is a name of people, too.
        let with_next = |next: &&str| {
            let next = fold(next.split(['\'', '’']).next().unwrap_or_default());
            is_in(&format!("{first} {next}"))
        };
        is_in(&first) || words.get(1).is_some_and(with_next)
    }

    /// Whether these folded words are the name of an agency or of an outlet.
    pub(crate) fn is_outlet(&self, folded: &str) -> bool {
        self.has(WordSet::Agencies, folded) || self.has(WordSet::NotPeople, folded)
    }

    /// What a page is that holds no article, by its title folded.
    pub(crate) fn page(&self, title: &str) -> Option<PageKind> {
        self.pages.kind(title)
    }

    /// The language whose small words the text is full of, and those that are close behind it; none where there are few
    /// such words. Enough to read a date with; finding the language is the enricher's work.
    pub(crate) fn languages_like(&self, text: &str) -> Vec<&str> {
        let mut counts = [0_u32; 32];
        let mut folded = Folded::default();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(300) {
            folded.fold(word);
            let Some(bits) = self.common.get(folded.as_str()) else { continue };
            for (index, count) in counts.iter_mut().enumerate() {
                *count += bits >> index & 1;
            }
        }
        let best = counts.into_iter().max().unwrap_or(0);
        // Close relatives share small words; a lead of a third is clear among them too.
        let like = self.languages.iter().zip(counts).filter(|(_, count)| best >= 4 && count * 4 > best * 3);
        like.map(|(language, _)| language.as_str()).collect()
    }
}

/// The first word of a folded phrase, and how many it has.
fn first_and_count(folded: &str) -> (&str, usize) {
    let mut words = folded.split(' ');
    (words.next().unwrap_or_default(), 1 + words.count())
}

/// The language that a phrase list is for, from its file's name; `None` when the file is no phrase list.
fn code_of(name: &str) -> Option<&str> {
    name.strip_prefix("site-phrases.")?.strip_suffix(".toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(Chrome, bool)>) {
        let mut folded = Folded::default();
        folded.fold(line);
        assert_eq!(Lexicon::load(None).unwrap().chrome(&folded), expected, "{line}");
    }

    #[test]
    fn phrases_are_found() {
        check("SE CONNECTER", Some((Chrome::Navigation, true)));
        check("Lire aussi : Le lac a gelé en une nuit", Some((Chrome::Related, false)));
        check("37 commentaires", Some((Chrome::Comments, true)));
        check("Le lac a gelé en une nuit.", None);
        check("", None);
    }

    #[test]
    fn bodies_are_told_from_people() {
        let lexicon = Lexicon::load(None).unwrap();
        let is_body = |name: &str| lexicon.is_body(&name.split(' ').collect::<Vec<_>>());
        for name in [
            "Mairie de Holm",
            "Ville de Holm",
            "Ville d'Oslo",
            "Préfecture du Lac",
            "Région Lac",
            "Stadt Holm",
            "Ayuntamiento de Holm",
            "Comune di Holm",
            "Gemeente Holm",
            "Câmara Municipal de Holm",
            "City of Holm",
            "L'Office de tourisme",
            "Police nationale",
            "Police Department Holm",
            "Land Nordrhein-Westfalen",
            "Camera dei deputati",
            "Cámara de Comercio",
            "Junta de Holm",
            "Kamer van Koophandel",
        ] {
            assert!(is_body(name), "{name}");
        }
        for name in [
            "Ville Ekman",
            "Anna Lam",
            "Luc Stadt",
            "Lil",
            "",
            "Edwin Land",
            "Land Ek",
            "Camera Obscura",
            "Police Ekman",
            "Câmara Lam",
            "Giunta Marco",
            "Junta Lam",
            "Office Ek",
        ] {
            assert!(!is_body(name), "{name}");
        }
    }

    #[test]
    fn labels_lead_to_their_values() {
        let mut folded = Folded::default();
        let line = "Propos recueillis par : Zoé Lam";
        folded.fold(line);
        let (label, end) = Lexicon::load(None).unwrap().label(&folded).unwrap();
        assert_eq!((label, &line[end..]), (Label::Byline, " : Zoé Lam"));
    }

    #[test]
    fn small_words_tell_the_language() {
        let lexicon = Lexicon::load(None).unwrap();
        assert_eq!(
            lexicon.languages_like("Le vent est tombé dans la nuit et les bateaux sont restés au port."),
            ["fr"]
        );
        assert_eq!(
            lexicon.languages_like("The wind fell in the night and the boats have not left the port."),
            ["en"]
        );
        assert!(lexicon.languages_like("Oslo 3, Bergen 2").is_empty());
    }

    #[test]
    fn a_folder_overrides_and_adds() {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path();
        std::fs::write(path.join("site-phrases.fr.toml"), "[lines]\nnavigation = [\"Vers la mer\"]\n")
            .unwrap();
        std::fs::write(path.join("site-phrases.is.toml"), "[lines]\nshare = [\"Deila\"]\n").unwrap();
        let lexicon = Lexicon::load(Some(path)).unwrap();
        let mut folded = Folded::default();
        for (phrase, expected) in [
            ("Vers la mer", Some((Chrome::Navigation, true))),
            ("Se connecter", None),
            ("Deila", Some((Chrome::Share, true))),
        ] {
            folded.fold(phrase);
            assert_eq!(lexicon.chrome(&folded), expected, "{phrase}");
        }
        std::fs::write(path.join("site-phrases.is.toml"), "[lines]\nsharing = []\n").unwrap();
        let error = Lexicon::load(Some(path)).unwrap_err().to_string();
        assert!(error.contains("site-phrases.is.toml") && error.contains("sharing"), "{error}");
    }
}
