use std::fmt;
use std::ops::{Deref, Range};

/// Text that is not blank: it holds at least one character that is not white space.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

impl Text {
    /// Keeps `text` as it is; `None` when it is empty or only white space.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        if text.trim().is_empty() { None } else { Some(Self(text)) }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Gives the string back.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A stretch of an article's text: `[start, end)` in **bytes** of its UTF-8 form, on character boundaries.
///
/// In memory bytes are what slices; the stored record counts code points, and the sink converts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `[start, end)`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The bytes it covers, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// What it covers in `text`; `None` when it does not lie inside `text` on character boundaries.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_text_is_no_text() {
        assert_eq!(Text::new(" \u{a0}\n\t"), None);
        assert_eq!(Text::new(" a ").unwrap().as_str(), " a ");
    }

    #[test]
    fn a_span_off_a_character_boundary_covers_nothing() {
        assert_eq!(Span::new(0, 2).of("été"), Some("é"));
        assert_eq!(Span::new(0, 1).of("été"), None);
        assert_eq!(Span::new(0, 9).of("été"), None);
    }
}
