//! What part an element plays in its page, told from its name and from the words of its class, id and the like.
//!
//! The words are those that templates of all makers share. None belongs to one site.

mod words;

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

use self::words::{CONSENT, roles_in_words};
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};

/// A set of parts that an element may play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(pub u32);

impl Roles {
    pub(super) const NONE: Self = Self(0);
    /// Navigation, menus, breadcrumbs, pagers.
    pub(super) const NAVIGATION: Self = Self(1);
    /// Foot of the page: imprint, copyright.
    pub(super) const FOOTER: Self = Self(1 << 1);
    /// What stands beside the article.
    pub(super) const SIDEBAR: Self = Self(1 << 2);
    /// Other articles: related, recommended, most read.
    pub(super) const RELATED: Self = Self(1 << 3);
    /// Share bars and follow buttons.
    pub(super) const SHARE: Self = Self(1 << 4);
    /// Readers' comments.
    pub(super) const COMMENT: Self = Self(1 << 5);
    /// Advertising.
    pub(super) const ADVERT: Self = Self(1 << 6);
    /// Newsletter, subscription, log-in and donation prompts.
    pub(super) const PROMPT: Self = Self(1 << 7);
    /// Captions and credits of images.
    pub(super) const CAPTION: Self = Self(1 << 8);
    /// Who wrote it.
    pub(super) const BYLINE: Self = Self(1 << 9);
    /// A portrait of who wrote it.
    pub(super) const BIOGRAPHY: Self = Self(1 << 10);
    /// When it was written, and what else stands beside the byline.
    pub(super) const DATE: Self = Self(1 << 11);
    /// Tags, topics and categories.
    pub(super) const TAGS: Self = Self(1 << 12);
    /// Cookie notices, dialogs.
    pub(super) const OVERLAY: Self = Self(1 << 13);
    /// Not shown.
    pub(super) const HIDDEN: Self = Self(1 << 14);
    /// Stand-first.
    pub(super) const STANDFIRST: Self = Self(1 << 15);
    /// The text of the article, by a name that hardly means anything else.
    pub(super) const BODY: Self = Self(1 << 16);
    /// The article or what it stands in, by a name that may mean more.
    pub(super) const CONTENT: Self = Self(1 << 17);
    /// The headline.
    pub(super) const TITLE: Self = Self(1 << 18);
    /// Pictures, galleries, players.
    pub(super) const MEDIA: Self = Self(1 << 19);
    /// Teasers, cards and other lists of articles.
    pub(super) const TEASER: Self = Self(1 << 20);
    /// An embedded post of a social network.
    pub(super) const EMBED: Self = Self(1 << 21);
    /// A box beside the text that belongs to it: key facts, information.
    pub(super) const INSET: Self = Self(1 << 22);
    /// The head of the page or of the article.
    pub(super) const HEADER: Self = Self(1 << 23);
    /// Table of contents.
    pub(super) const CONTENTS: Self = Self(1 << 24);
    /// Kicker, overline, section name.
    pub(super) const KICKER: Self = Self(1 << 25);
    /// Notes and list of sources.
    pub(super) const NOTES: Self = Self(1 << 26);
    /// Tools of a page: print, font size, search.
    pub(super) const TOOLS: Self = Self(1 << 27);

    /// The parts that are never the article's own words, whatever they say.
    pub(super) const CHROME: Self = Self(
        Self::NAVIGATION.0
            | Self::FOOTER.0
            | Self::SIDEBAR.0
            | Self::RELATED.0
            | Self::SHARE.0
            | Self::COMMENT.0
            | Self::ADVERT.0
            | Self::PROMPT.0
            | Self::OVERLAY.0
            | Self::HIDDEN.0
            | Self::TAGS.0
            | Self::BIOGRAPHY.0
            | Self::TOOLS.0
            | Self::TEASER.0,
    );

    /// Whether any of `other` is in it.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Roles {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for Roles {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Not for Roles {
    type Output = Self;
    fn not(self) -> Self {
        Self(!self.0)
    }
}

/// Tells the parts of elements, and remembers what the classes met so far say: a page repeats its classes, and no id.
pub(super) struct RoleReader<'a> {
    told: FxHashMap<&'a str, Roles>,
}

impl<'a> RoleReader<'a> {
    pub(super) fn new() -> Self {
        Self { told: FxHashMap::with_capacity_and_hasher(CLASSES, FxBuildHasher) }
    }

    /// The parts an element plays by its name and its own attributes.
    pub(super) fn roles_of(&mut self, tree: &Tree<'a>, id: NodeId) -> Roles {
        let told = &mut self.told;
        roles_of(tree, id, |name, value| {
            if name == Name::Id {
                return roles_in_words(value);
            }
            if let Some(roles) = told.get(value) {
                return *roles;
            }
            let roles = roles_in_words(value);
            if told.len() < CLASSES_MAX {
                told.insert(value, roles);
            }
            roles
        })
    }
}

/// Classes that most pages have fewer of.
const CLASSES: usize = 400;
/// Classes that are remembered: a page with more of them repeats none.
const CLASSES_MAX: usize = 1 << 12;

fn roles_of<'a>(tree: &Tree<'a>, id: NodeId, mut told_by: impl FnMut(Name, &'a str) -> Roles) -> Roles {
    let tag = tree.tag(id);
    let mut roles = match tag {
        Tag::Text | Tag::Html | Tag::Body => return Roles::NONE,
        Tag::Nav | Tag::Menu => Roles::NAVIGATION,
        Tag::Footer => Roles::FOOTER,
        Tag::Aside => Roles::SIDEBAR,
        Tag::Figcaption | Tag::Caption => Roles::CAPTION,
        Tag::Dialog => Roles::OVERLAY,
        Tag::Time => Roles::DATE,
        Tag::Article | Tag::Main => Roles::CONTENT,
        Tag::Header => Roles::HEADER,
        Tag::Figure => Roles::MEDIA,
        _ => Roles::NONE,
    };
    // One look at each attribute: this is asked of every element of a page.
    for (name, value) in tree.raw_attributes(id) {
        roles |= match name {
            Name::Class
            | Name::Id
            | Name::DataTestid
            | Name::DataComponent
            | Name::DataQa
            | Name::DataComponentName => {
                let mut told = told_by(name, value);
                if told.any(Roles::HIDDEN) && is_hidden_somewhere(value) {
                    told = told & !Roles::HIDDEN;
                }
                if told.any(Roles::BYLINE) && told.any(Roles::COMMENT) && is_whole_comment(value) {
                    told = told & !Roles::BYLINE;
                }
                told
            }
            Name::Role => role_of_aria(value),
            Name::Itemprop => {
                value.split_ascii_whitespace().fold(Roles::NONE, |roles, word| roles | role_of_property(word))
            }
            Name::Hidden => Roles::HIDDEN,
            Name::AriaHidden if value == "true" => Roles::HIDDEN,
            Name::Style if is_hidden_style(value) => Roles::HIDDEN,
            _ => Roles::NONE,
        };
    }
    roles
}

/// The part that a landmark of WAI-ARIA tells.
fn role_of_aria(value: &str) -> Roles {
    match value {
        "navigation" | "menu" | "menubar" | "tablist" => Roles::NAVIGATION,
        "contentinfo" => Roles::FOOTER,
        "complementary" => Roles::SIDEBAR,
        "dialog" | "alertdialog" | "alert" => Roles::OVERLAY,
        "search" | "toolbar" => Roles::TOOLS,
        "main" | "article" => Roles::CONTENT,
        "banner" => Roles::HEADER,
        _ => Roles::NONE,
    }
}

/// The part that a property of schema.org tells.
fn role_of_property(word: &str) -> Roles {
    match word {
        "articleBody" | "reviewBody" | "text" => Roles::BODY,
        "headline" => Roles::TITLE,
        "author" | "creator" => Roles::BYLINE,
        "datePublished" | "dateModified" | "dateCreated" => Roles::DATE,
        "description" | "alternativeHeadline" => Roles::STANDFIRST,
        "caption" | "copyrightHolder" => Roles::CAPTION,
        "keywords" => Roles::TAGS,
        "comment" => Roles::COMMENT,
        _ => Roles::NONE,
    }
}

/// Whether classes that hide an element do so on screens of some widths only: "hidden-xs", "d-none d-md-block",
/// "hidden lg:flex".
fn is_hidden_somewhere(classes: &str) -> bool {
    let widths = [
        "xs", "sm", "md", "lg", "xl", "xxl", "mobile", "phone", "tablet", "desktop", "small", "medium",
        "large",
    ];
    classes.split([' ', '-', ':', '_', '@', '\t', '\n']).any(|word| widths.contains(&word))
}

/// Whether classes are those that `WordPress` gives to a whole comment (`get_comment_class`), with its author's among them:
/// "comment byuser comment-author-zoe depth-1".
fn is_whole_comment(classes: &str) -> bool {
    let mut words = classes.split_ascii_whitespace();
    words.clone().any(|word| word == "comment") && words.any(|word| word.starts_with("comment-author-"))
}

/// Whether an element is called by the name of a maker of dialogues about cookies, and holds no headline.
pub(super) fn is_consent_dialogue(tree: &Tree<'_>, id: NodeId) -> bool {
    let is_called = |name| {
        tree.raw_attribute(id, name).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            CONSENT.split_ascii_whitespace().any(|maker| value.contains(maker))
        })
    };
    (is_called(Name::Id) || is_called(Name::Class))
        && !tree.all(Tag::H1).any(|heading| tree.contains(id, heading))
}

/// Whether a style attribute takes an element off the page.
fn is_hidden_style(style: &str) -> bool {
    let compact =
        || style.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| byte.to_ascii_lowercase());
    let has = |what: &[u8]| {
        let mut matched = 0;
        for byte in compact() {
            matched = if byte == what[matched] { matched + 1 } else { usize::from(byte == what[0]) };
            if matched == what.len() {
                return true;
            }
        }
        false
    };
    memchr::memchr(b':', style.as_bytes()).is_some() && (has(b"display:none") || has(b"visibility:hidden"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_on_some_screens_is_shown_on_others() {
        for (classes, expected) in [
            ("hidden-xs", true),
            ("d-none d-md-block", true),
            ("hidden lg:flex", true),
            ("is-hidden", false),
            ("visually-hidden", false),
        ] {
            assert_eq!(is_hidden_somewhere(classes), expected, "{classes}");
        }
    }

    #[test]
    fn a_comment_is_not_the_name_of_its_author() {
        assert!(is_whole_comment("comment byuser comment-author-zoe even depth-1"));
        assert!(!is_whole_comment("comment-author vcard"));
    }

    #[test]
    fn a_dialogue_about_cookies_may_be_longer_than_the_article() {
        use crate::html::blocks::Blocks;
        use crate::html::tree::Tree;

        let said = "<p>We store cookies, of which some are needed for the lake to be shown to you, and others are not, as we know.</p>";
        let check = |inside: &str, expected: bool| {
            let page = format!("<div id=onetrust-consent-sdk>{inside}{said}{said}</div><p>{said}</p>");
            let blocks = Blocks::of(&Tree::parse(&page));
            assert_eq!(blocks.list[0].roles.any(Roles::OVERLAY), expected, "{inside}");
        };
        check("", true);
        check("<h1>Ice on the lake</h1>", false);
    }

    #[test]
    fn a_style_hides() {
        assert!(is_hidden_style("color:red; Display : none"));
        assert!(!is_hidden_style("display:block"));
        assert!(!is_hidden_style("none"));
    }
}
