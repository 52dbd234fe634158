//! What the phrase lists tell of a line, of its beginning and of a word.

use super::{Folded, Lexicon};

/// What a whole line is when it is no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Chrome {
    /// Menus, log-in, search, "close", "back to top".
    Navigation,
    /// Subscription prompts, paywall counters, newsletter sign-up.
    Subscription,
    /// Share bars, follow-us lines, print and copy buttons.
    Share,
    /// Advertising marks and cookie notices.
    Advertising,
    /// Correction forms, agency and copyright footers, legal notes.
    Footer,
    /// Heads of lists of other articles, and whole pointers to one.
    Related,
    /// Head of a comment thread.
    Comments,
    /// A reader's picture; a comment begins there.
    Avatar,
    /// A part of a comment's frame: reply button, counter.
    CommentFrame,
    /// Head of a list of sources.
    Sources,
}

/// What the rest of a line is, told by the words it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Label {
    /// Authors.
    Byline,
    /// The date of publication.
    Published,
    /// The date of the last change.
    Modified,
    /// The publisher's tags.
    Tags,
    /// A caption.
    Caption,
    /// Whose an image is.
    Credit,
    /// Sources.
    Sources,
    /// The headline.
    Title,
    /// The stand-first.
    Description,
    /// The text, in an export of fields.
    Body,
    /// The article's address.
    Url,
    /// The outlet.
    Publisher,
    /// How long reading takes.
    ReadingTime,
    /// Whom journalists are to ask.
    Contact,
    /// The day on which the text was written ("this", "today").
    Today,
}

/// Sets of single words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum WordSet {
    /// Words in the names of outlets, desks and offices, or for what papers write about, and in no person's name.
    NotPeople,
    /// Words for a public body, which its name follows.
    Bodies,
    /// Words for what a person does; they end a name.
    Roles,
    /// Words inside names that are written small.
    Particles,
    /// Articles, which begin the name of an outlet, not of a person.
    Articles,
    /// Words between two authors.
    And,
    /// Words between a photographer and the outlet that sent them ("for").
    OnBehalf,
    /// Agencies and photo libraries, as they stand in credits.
    Agencies,
    /// Words before a date that is not the day of writing ("until", "will").
    Ahead,
    /// Words between a reader's name and the comment.
    Says,
    /// Words that make a time relative ("ago", "yesterday").
    Ago,
    /// Given names, which tell a person from an outlet where nothing else does.
    GivenNames,
    /// Names of sections that sites of all kinds have ("News", "World").
    Sections,
    /// Heads of lists of what an article is about.
    Topics,
    /// What fields for authors hold where nobody is named.
    Nobody,
    /// Words that end the names of firms and institutions, whoever they are called after.
    Firms,
    /// Words that end the names of outlets which begin like a person's.
    Outlets,
    /// Titles that stand before a name and are no part of it.
    Degrees,
    /// Words of outlets and roles that are people's surnames as well.
    Surnames,
    /// Given names that towns have as well, whose papers are called by them.
    Towns,
    /// Labels of who edited or translated an article, and is its author only where nobody else is named.
    Editing,
    /// What stands before the name of who held an interview.
    Genres,
    /// Verbs between a place and the name of who reports from there.
    Reports,
    /// The first part of the path to a page: "Home".
    Home,
    /// Words behind the name of who holds the rights.
    Rights,
    /// Phrases of feet that a name, a figure or a sign follows; with another word behind them they begin a sentence.
    Openers,
    /// Words that say, behind a comma, whose words or knowledge a sentence is: "said", "selon".
    Attributing,
    /// Words in which news tell what was: "was", "était".
    Narrating,
    /// Words in which a page speaks to its reader or of itself: "your", "cookies", "cet article".
    Addressing,
    /// What press databases count of an article: "words".
    Counted,
    /// Words and marks before the number of a page.
    Pages,
    /// Parts of compounds that have a hyphen, which stays where a line ends there.
    Hyphenated,
    /// Phrases in which sites speak of their own cookies.
    Consent,
    /// What stands among tags where there are none.
    NoTags,
    /// What a correction or an editor's note begins with.
    Corrections,
    /// How a sentence begins that tells of a correction.
    Amendments,
    /// Words between a reader's name and that of whom the comment answers.
    Answers,
    /// Heads of short pieces of other news.
    Briefs,
    /// Heads of summaries that a machine made.
    Summaries,
    /// Buttons of polls among readers.
    Polls,
    /// Lines that end a press release.
    Ends,
    /// Heads of what is said of the author.
    Biographies,
    /// The line above a message that a mail program forwards.
    Forwarded,
    /// The field of a message's header for who sent it.
    Sender,
    /// Words between the name of a sender and the outlet that they write for.
    WritesFor,
    /// The field for when it was sent.
    Sent,
    /// The fields for to whom it was sent, and about what.
    Addressed,
    /// What a mail program sets before the subject of a message that it forwards.
    ForwardMarks,
    /// What it sets before the subject of an answer.
    AnswerMarks,
}

impl Chrome {
    /// What its phrases stand in, in words.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::Navigation => "menus",
            Self::Subscription => "subscription prompts",
            Self::Share => "share bars",
            Self::Advertising => "advertising",
            Self::Footer => "feet of pages",
            Self::Related => "pointers to other articles",
            Self::Comments | Self::Avatar | Self::CommentFrame => "comment threads",
            Self::Sources => "lists of sources",
        }
    }

    /// Why a line was taken for this: the words that say so.
    pub(crate) fn told_of(self, line: &str, lexicon: &Lexicon) -> String {
        let mut folded = Folded::default();
        folded.fold(line);
        let phrase = lexicon.phrase(&folded).map_or("", |(_, phrase, _)| phrase);
        if phrase.is_empty() {
            return format!("a bar of {}", self.told());
        }
        format!("\"{phrase}\" is a phrase of {}", self.told())
    }
}
