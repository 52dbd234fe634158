//! The titles of pages that hold no article: errors, checks of who is asking, walls in front of everything.

use super::file;
use super::fold;

/// What a page is that holds no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageKind {
    /// What was asked for is not there.
    Missing,
    /// The site does not let whoever asks in.
    Denied,
    /// The site checks whether a person asks.
    Checked,
    /// A script would put the article there.
    Scripted,
    /// The site asks for consent first.
    Consent,
    /// The site, or what stands behind it, is out of order.
    Broken,
}

impl PageKind {
    /// What the page is, in words.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::Missing => "tells that a page was not found",
            Self::Denied => "refuses access",
            Self::Checked => "checks whether a person asks for it",
            Self::Scripted => "asks for JavaScript",
            Self::Consent => "asks for consent",
            Self::Broken => "tells of a fault of the site",
        }
    }
}

/// The titles, compiled. They are looked at where a page has next to no text, so that a list of them is fast enough.
#[derive(Debug, Default)]
pub(super) struct Pages(Vec<Title>);

#[derive(Debug)]
struct Title {
    folded: Box<str>,
    /// Whether any words may come before or follow.
    begins_any: bool,
    ends_any: bool,
    kind: PageKind,
}

impl Pages {
    pub(super) fn add(&mut self, pages: file::Pages) {
        for (titles, kind) in [
            (pages.missing, PageKind::Missing),
            (pages.denied, PageKind::Denied),
            (pages.checked, PageKind::Checked),
            (pages.scripted, PageKind::Scripted),
            (pages.consent, PageKind::Consent),
            (pages.broken, PageKind::Broken),
        ] {
            self.0.extend(titles.iter().filter_map(|title| Title::of(title.trim(), kind)));
        }
    }

    /// What a page is that bears this folded title.
    pub(super) fn kind(&self, folded: &str) -> Option<PageKind> {
        self.0.iter().find(|title| title.is(folded)).map(|title| title.kind)
    }
}

impl Title {
    fn of(title: &str, kind: PageKind) -> Option<Self> {
        let folded = fold(title);
        let (begins_any, ends_any) = (title.starts_with('*'), title.ends_with('*'));
        (!folded.is_empty()).then(|| Self { folded: folded.into(), begins_any, ends_any, kind })
    }

    fn is(&self, folded: &str) -> bool {
        let own = &*self.folded;
        let ends = folded
            .strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || self.ends_any && rest.starts_with(' '));
        ends || self.begins_any && folded.strip_suffix(own).is_some_and(|rest| rest.ends_with(' '))
    }
}
