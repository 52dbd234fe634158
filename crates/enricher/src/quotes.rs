//! Who says what?
//!
//! Quotation marks are paired (`marks`), and for each quotation the words around it are asked who speaks
//! (`attribution`), and whom a pronoun or a function means (`scene`). A title, a nickname or a word held at arm's
//! length is no speech: that is told by its length, its form and by whether a verb of speech claims it. A speaker that
//! the text does not tell for certain is none.

mod attribution;
mod dialogue;
mod grammar;
mod marks;
mod predicate;
mod scene;
mod small_words;
mod subject;
mod verbs;

use std::path::Path;
use std::sync::Arc;

use document::{Entity, EntityKind, Quote, Span};

use crate::given_names::GivenNames;
use crate::lexicon::{Lexicon, UnreadableList};
use crate::tokens::{Case, Kind, Tokens};
use attribution::Attribution;
use grammar::{ARTICLE, FILES, Grammar, NAMING, SPOKEN, TITLED};
use marks::Quotation;
use scene::{Mention, Scene};
use subject::Subject;

/// Finds direct speech and who speaks. Loaded once.
#[derive(Debug)]
pub struct Finder {
    grammars: Vec<Grammar>,
    given: Arc<GivenNames>,
}

impl Finder {
    /// Reads the lists of verbs, with the files of the same names in `folder` added.
    pub fn new(folder: Option<&Path>, given: Arc<GivenNames>) -> Result<Self, UnreadableList> {
        let grammars = FILES.into_iter().map(|file| Grammar::new(file, folder)).collect::<Result<_, _>>()?;
        Ok(Self { grammars, given })
    }

    /// The direct speech of a text in the language of this code, in order.
    pub fn find(
        &self,
        tokens: &Tokens<'_>,
        language: &str,
        entities: &[Entity],
        lexicon: &Lexicon,
    ) -> Vec<Quote> {
        let Some(grammar) = self.grammars.iter().find(|grammar| grammar.language == language) else {
            return Vec::new();
        };
        let quotations = marks::quotations(tokens, language);
        if quotations.is_empty() && !dialogue::has_dashes(tokens) {
            return Vec::new();
        }
        let scene = Scene::new(tokens, grammar, lexicon, &self.given, entities, &quotations);
        let mut quotes = speech(&scene);
        quotes.extend(dialogue::find(&scene));
        quotes.sort_by_key(|quote| quote.span);
        quotes
    }
}

/// The files of verbs that a folder of lists can hold.
pub(crate) fn list_files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(_, file, _)| *file)
}

/// How far behind a pronoun the object of its verb stands at most.
const OBJECT: usize = 7;

/// Who was found to speak a quotation.
#[derive(Debug, Clone, Copy)]
struct Spoken {
    attributed: bool,
    speaker: Option<Mention>,
}

fn speech(scene: &Scene<'_>) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut spoken: Vec<Spoken> = Vec::with_capacity(scene.quotations.len());
    // The last quotation that was taken for speech.
    let mut last: Option<usize> = None;
    for (place, quotation) in scene.quotations.iter().enumerate() {
        let attribution = scene.attribution(place);
        let shape = Shape::of(scene, quotation);
        let mut found = Spoken { attributed: false, speaker: None };
        let taken = if let Some(Attribution { subject, close }) = attribution {
            found = Spoken { attributed: true, speaker: scene.speaker(subject, quotation, &spoken, last) };
            if let Subject::SameAs(other) = subject {
                found.attributed = spoken[other].attributed;
            }
            shape.is_speech(close)
        } else if let Some(before) = last.filter(|&before| scene.goes_on(before, place))
            && shape.is_sentence()
        {
            if !scene.is_followed_by_another(place, spoken[before].speaker) {
                found = spoken[before];
            }
            true
        } else {
            shape.is_speech_by_itself()
        };
        spoken.push(found);
        if taken {
            last = Some(place);
            quotes.push(quote(
                scene.tokens,
                quotation,
                found
                    .speaker
                    .map(|mention| (scene.entities[mention.entity].name.clone(), scene.span(mention))),
            ));
        }
    }
    quotes
}

fn quote(tokens: &Tokens<'_>, quotation: &Quotation, speaker: Option<(String, Option<Span>)>) -> Quote {
    let text = tokens.text();
    let (open, close) = (tokens[quotation.open], tokens[quotation.close]);
    let mut said = String::new();
    let mut from = open.end as usize;
    for &mark in &quotation.resumed {
        let mark = tokens[mark];
        said.push_str(text[from..mark.start as usize].trim_end());
        said.push_str("\n\n");
        from = mark.end as usize + text[mark.end as usize..].len()
            - text[mark.end as usize..].trim_start_matches(char::is_whitespace).len();
    }
    said.push_str(text[from..close.start as usize].trim());
    let (speaker, speaker_span) = speaker.map_or((None, None), |(name, span)| (Some(name), span));
    Quote {
        span: Span::new(open.start as usize, close.end as usize),
        text: said.trim().to_owned(),
        speaker,
        speaker_span,
    }
}

impl Scene<'_> {
    fn span(&self, mention: Mention) -> Option<Span> {
        self.tokens.span(mention.start..mention.end)
    }

    /// The mention that tells who the subject of an attribution is.
    fn speaker(
        &self,
        subject: Subject,
        quotation: &Quotation,
        spoken: &[Spoken],
        last: Option<usize>,
    ) -> Option<Mention> {
        match subject {
            Subject::Named(mention) => Some(mention),
            Subject::SameAs(other) => spoken[other].speaker,
            Subject::Function(index) => self.nearest(self.holder(index)?, index),
            Subject::Pronoun(index, gender) => {
                // Whoever spoke last, in this paragraph or the one before.
                let quoted = last.filter(|&last| {
                    let near = self.paragraph_start(quotation.open);
                    self.quotations[last].close >= self.paragraph_start(near.saturating_sub(1))
                });
                let quoted = quoted.and_then(|last| spoken[last].speaker).map(|mention| mention.entity);
                let referent = self.referent(index, gender, quoted).or_else(|| {
                    let body = quoted.filter(|&body| self.entities[body].kind == EntityKind::Organization)?;
                    (!self.names_people(index)).then_some(body)
                })?;
                // She said of X: the pronoun is somebody else.
                let object = (index + 1..self.tokens.len().min(index + OBJECT))
                    .take_while(|&at| self.tokens[at].kind != Kind::Mark && !self.tokens[at].sentence)
                    .any(|at| self.mention(at).is_some_and(|mention| mention.entity == referent));
                self.nearest(referent, index).filter(|_| !object)
            }
            Subject::Omitted => self.only_speaker_before(quotation, spoken),
            Subject::Nobody => None,
        }
    }

    /// The one who was quoted before in this paragraph, where nobody else was and no other person has been named since.
    fn only_speaker_before(&self, quotation: &Quotation, spoken: &[Spoken]) -> Option<Mention> {
        let from = self.paragraph_start(quotation.open);
        let mut before = (0..spoken.len())
            .rev()
            .filter(|&place| self.quotations[place].open >= from && spoken[place].attributed);
        let last = before.next()?;
        let speaker = spoken[last].speaker?;
        let since = self.quotations[last].close;
        let others = self.mentions_in(since, quotation.open).iter().any(|mention| {
            mention.entity != speaker.entity
                && matches!(mention.kind, EntityKind::Person | EntityKind::Organization)
                // Whoever is spoken to or of does not take the word.
                && !self.is_governed(*mention)
        });
        let same =
            before.all(|place| spoken[place].speaker.is_some_and(|other| other.entity == speaker.entity));
        (same && !others).then_some(speaker)
    }

    /// Whether a word right behind this quotation, which may be a verb that no list has, stands before somebody else's name:
    /// *« … », ironise X*.
    fn is_followed_by_another(&self, place: usize, speaker: Option<Mention>) -> bool {
        let close = self.quotations[place].close;
        let comma = self.tokens.word(close + 1) == ",";
        let verb = self.tokens.get(close + 2).is_some_and(|word| {
            word.kind == Kind::Word && word.case == Case::Lower && !word.line && !word.sentence
        });
        comma
            && verb
            && !self.is(close + 2, grammar::PREPOSITION)
            && self.mention(close + 3).is_some_and(|mention| {
                mention.kind == EntityKind::Person
                    && speaker.is_none_or(|speaker| speaker.entity != mention.entity)
            })
    }

    /// Whether a quotation goes on with what the one before it said: it is the next sentence of its paragraph, and
    /// nothing but who said it stands between them. In the next paragraph it may be somebody else's.
    fn goes_on(&self, before: usize, place: usize) -> bool {
        let (from, to) = (self.quotations[before].close + 1, self.quotations[place].open);
        if before + 1 != place || !self.begins_sentence(to) {
            return false;
        }
        let between = from..to;
        if between.len() > 60 {
            return false;
        }
        let sentences = between.clone().filter(|&index| self.tokens[index].sentence).count();
        sentences == 0 && !self.tokens[to].line
    }
}

/// What the words between two quotation marks look like.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is one observation, and any of them can go together")]
struct Shape {
    /// How many words and numbers.
    words: usize,
    /// How many of them are longer than small words are.
    content: usize,
    /// How many of them begin with a capital.
    capitals: usize,
    /// The first word begins with a capital.
    begins: bool,
    /// It ends like a sentence, between the marks.
    ends: bool,
    /// It begins a sentence, or follows a colon.
    independent: bool,
    /// It speaks to or of somebody: *nous*, *c'est*.
    spoken: bool,
    /// It follows a word that only a title or a name follows.
    titled: bool,
    /// It stands in parentheses or brackets.
    aside: bool,
    /// Its language gives every noun a capital.
    nouns_capital: bool,
    /// See [`Grammar::measured`].
    measured: bool,
}

/// A quotation's shape is told by its first words.
const LOOKED_AT: usize = 200;

impl Shape {
    fn of(scene: &Scene<'_>, quotation: &Quotation) -> Self {
        let tokens = scene.tokens;
        let Quotation { open, close, .. } = *quotation;
        let mut shape = Self {
            words: 0,
            content: 0,
            capitals: 0,
            begins: false,
            ends: matches!(tokens.word(close - 1), "." | "!" | "?" | "…" | "..." | ","),
            independent: scene.begins_sentence(open) || (open > 0 && tokens.word(open - 1) == ":"),
            spoken: false,
            titled: false,
            aside: open > 0 && matches!(tokens.word(open - 1), "(" | "["),
            nouns_capital: scene.grammar.nouns_capital,
            measured: scene.grammar.measured,
        };
        for index in open + 1..close.min(open + LOOKED_AT) {
            let token = tokens[index];
            if matches!(token.kind, Kind::Mark) {
                continue;
            }
            let capital = !matches!(token.case, Case::Lower | Case::None);
            if shape.words == 0 {
                shape.begins = capital;
            }
            shape.words += 1;
            let long = tokens.form(index).chars().count() > 3;
            shape.content += usize::from(long);
            shape.capitals += usize::from(capital && long);
            shape.spoken |= scene.is(index, SPOKEN);
        }
        let before = |back: usize| open.checked_sub(back).map_or(0, |index| scene.role(index));
        let article = before(1) & ARTICLE != 0;
        shape.titled = before(1 + usize::from(article)) & NAMING != 0
            || (!article && before(1) & TITLED != 0)
            // Le film britannique « … ».
            || (!article && before(2) & TITLED != 0 && before(1) == 0 && open > 0 && tokens[open - 1].kind == Kind::Word);
        shape
    }

    /// Most of its long words begin with a capital, as in an English title or a name.
    fn is_name(self) -> bool {
        let sentence = self.words > 4 && (self.spoken || (self.ends && self.independent));
        if self.nouns_capital {
            return self.content > 0 && self.capitals == self.content && self.words <= 4 && !self.spoken;
        }
        self.content > 0 && self.capitals * 2 > self.content && self.words <= 12 && !sentence
    }

    /// A sentence of its own.
    fn is_sentence(self) -> bool {
        self.words >= 3 && self.begins && !self.titled && (self.independent || self.ends) && !self.aside
    }

    /// Whether it is speech, given that the text says whose; `close` when it says so right beside it.
    fn is_speech(self, close: bool) -> bool {
        if self.words == 0 {
            return false;
        }
        if self.titled || self.is_name() {
            return self.words >= 5 && self.spoken && (self.ends || self.independent);
        }
        // A title begins with a capital, and ends nowhere.
        let titled = self.begins && !(self.words >= 5 && (self.spoken || self.ends));
        if !close && !self.measured && titled {
            return false;
        }
        // A capital inside a sentence begins a title: dans le rapport « Horizons ».
        let name = self.begins && !self.independent && self.words < 4;
        self.content >= 3 || self.words >= 5 || (close && !name)
    }

    /// Whether it is speech though the text does not say whose.
    fn is_speech_by_itself(self) -> bool {
        // A capital inside a sentence that ends nowhere begins a title.
        let title = self.titled || self.is_name() || (self.begins && !self.independent && !self.ends);
        if title || self.aside || self.words < 5 {
            return false;
        }
        if !self.measured {
            return self.words >= 6 && self.spoken && self.ends;
        }
        self.words >= 8 || (self.begins && self.independent && self.ends) || (self.spoken && self.words >= 6)
    }
}

#[cfg(test)]
mod tests;
