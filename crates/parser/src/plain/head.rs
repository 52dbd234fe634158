//! What stands above the running text: the headline, dates, authors, the stand-first, and a site's menus.

use document::{Basis, BlockKind};

use super::line::{Line, Role};
use super::{Page, SIGHT, caption, headline, line, meta};
use crate::byline;
use crate::lexicon::{Label, WordSet, fold};

/// Words of a line of names.
const HEAD_WORDS_MAX: usize = 20;

impl Page<'_> {
    /// Marks the lines that say a headline which is known already.
    pub(super) fn drop_title(&mut self, title: &str) {
        let key = line::key_of(title);
        for line in &mut self.lines {
            if line.key == key {
                line.role = Role::Repeat;
            }
        }
        self.found.title_key = Some(key);
    }

    /// The first line of running text; past the end when there is none.
    pub(super) fn body_start(&self) -> usize {
        let running = |line: &Line<'_>| line.is_running() && !self.is_aside(line);
        let first = self.lines.iter().position(running).unwrap_or(self.lines.len());
        // A long headline may end as a sentence does; what repeats it, or stands below it, shows what it is.
        match self.lines.get(first) {
            Some(line)
                if line.words <= 25
                    && !self.lines[..first].iter().any(|line| line.is_open() && line.words >= 4) =>
            {
                let again = self.lines.iter().skip(first + 1).any(|other| other.key == line.key);
                if again { first + 1 } else { first }
            }
            _ => first,
        }
    }

    /// Whether a long line is a caption, metadata or a label's value rather than text.
    pub(super) fn is_aside(&self, line: &Line<'_>) -> bool {
        caption::read(line, self.lexicon).is_some()
            || meta::read_line(line, None, self.lexicon, self.order).is_some()
            || matches!(
                line.labelled_with_colon(),
                Some((Label::Title | Label::Description | Label::Url | Label::Publisher | Label::Tags, _))
            )
    }

    pub(super) fn read_headline(&mut self, body: usize) {
        let Some(headline) = headline::find(&self.lines, body, self.lexicon, self.order) else { return };
        let key = self.lines[headline.line].key;
        self.lines[headline.line].role = Role::Title;
        for line in &mut self.lines {
            let same = line.key == key
                || *line.text == headline.text
                || headline::is_with_site(&line.text, &headline.text);
            if line.is_open() && same {
                line.role = Role::Repeat;
            }
        }
        self.found.labelled_head =
            self.lines[headline.line].labelled_with_colon().is_some_and(|(label, _)| label == Label::Title);
        if let Some(date) = headline.date {
            self.found.published = Some((date, Basis::Dateline));
        }
        self.found.title_key = Some(key);
        self.found.title_line = Some(headline.line);
        self.found.title = Some(headline.text);
    }

    /// Reads what stands before the running text; gives the line where the text starts, stand-first included.
    pub(super) fn read_head(&mut self, body: usize) -> usize {
        let title = self.lines.iter().position(|line| line.role == Role::Title);
        let (running, body) = (body, self.head_end(body));
        if body > running && self.lines[running].is_open() {
            self.lines[running].role = Role::Text(BlockKind::Standfirst);
        }
        let mut pending = None;
        let mut last_meta = title.unwrap_or(0);
        for index in 0..body {
            if !self.lines[index].is_open() {
                continue;
            }
            if title.is_some_and(|title| index > title) && self.is_byline_for_outlet(index) {
                let names = byline::people(&self.lines[index].text, self.lexicon);
                self.lines[index].role = Role::Meta;
                self.add_candidates(names);
                last_meta = index;
            } else if self.read_aside(index, true, &mut pending) {
                if self.lines[index].role == Role::Meta {
                    last_meta = index;
                }
            } else if title.is_some_and(|title| index < title) {
                self.read_above_title(index);
            }
        }
        // A line of names is a byline only beside other signs of one.
        for index in title.map_or(0, |title| title + 1)..body {
            let line = &self.lines[index];
            let is_meta = |index: usize| self.lines.get(index).is_some_and(|line| line.role == Role::Meta);
            // "Ann Lee", "Associated Press", "March 3".
            let below =
                if self.lines.get(index + 1).is_some_and(|next| self.is_agency(next)) { 2 } else { 1 };
            if line.is_open()
                && (is_meta(index + below) || index > 0 && is_meta(index - 1))
                && (byline::is_people(&line.text, self.lexicon)
                    || byline::is_name_with_role(&line.text, self.lexicon))
            {
                let at = line.label.filter(|(label, _)| *label == Label::Byline).map_or(0, |(_, at)| at);
                let names = byline::people(&line.text[at..], self.lexicon);
                self.add_candidates(names);
                self.lines[index].role = Role::Meta;
                last_meta = last_meta.max(index);
            }
        }
        // Running text above the metadata is the stand-first.
        let after_title = title.map_or(0, |title| title + 1);
        for index in after_title..body.min(self.lines.len()) {
            let line = &self.lines[index];
            if !line.is_open() {
                continue;
            }
            self.lines[index].role = if line.words >= 5 && (index < last_meta || line.sentence) {
                Role::Text(BlockKind::Standfirst)
            } else if self.is_heading(index) && (line.words >= 4 || self.has_short_headings(body)) {
                Role::Text(BlockKind::Heading)
            } else if line.words >= 5 {
                Role::Text(BlockKind::Standfirst)
            } else {
                Role::Chrome
            };
        }
        body
    }

    /// Whether a line names people and their outlet as a credit does, and stands beside a date as a byline does.
    fn is_byline_for_outlet(&self, index: usize) -> bool {
        let is_dated = |line: Option<&Line<'_>>| {
            let meta = line.and_then(|line| meta::read_line(line, None, self.lexicon, self.order));
            meta.is_some_and(|meta| meta.published.is_some() || meta.modified.is_some())
        };
        let line = &self.lines[index];
        line.words <= HEAD_WORDS_MAX
            && !caption::has_sign(&line.text)
            && !matches!(line.label, Some((Label::Byline, _)))
            && byline::is_people_of_outlet(&line.text, self.lexicon)
            && (is_dated(self.lines.get(index + 1)) || index > 0 && is_dated(self.lines.get(index - 1)))
    }

    fn is_agency(&self, line: &Line<'_>) -> bool {
        line.words <= 4 && self.lexicon.has(WordSet::Agencies, &fold(&line.text))
    }

    /// Where the head ends: before the running text, or below a stand-first that has dates or authors under it.
    pub(super) fn head_end(&self, body: usize) -> usize {
        let Some(first) = self.lines.get(body).filter(|line| line.is_open() && line.words < 90) else {
            return body;
        };
        if caption::read(first, self.lexicon).is_some() {
            return body;
        }
        let mut pending = None;
        let mut metas = 0;
        for index in body + 1..(body + 12).min(self.lines.len()) {
            let line = &self.lines[index];
            if line.is_running() && !self.is_aside(line) {
                return if metas > 0 { index } else { body };
            }
            let said = meta::read_line(line, pending, self.lexicon, self.order);
            pending = None;
            if let Some(meta) = said {
                pending = meta.pending;
                metas += 1;
            }
        }
        body
    }

    /// Whether headings of one to three words stand in the text, so that one more above it is likely.
    pub(super) fn has_short_headings(&self, body: usize) -> bool {
        (body + 1..self.lines.len())
            .take(SIGHT)
            .any(|index| self.lines[index].words <= 3 && self.is_heading(index))
    }

    /// A line above the headline: a breadcrumb gives sections, anything else is a menu's.
    pub(super) fn read_above_title(&mut self, index: usize) {
        let line = &self.lines[index];
        if headline::is_breadcrumb(&line.text) {
            let parts: Vec<String> =
                line.text.split(['>', '›', '»', '/']).skip(1).map(|part| part.trim().to_owned()).collect();
            self.found.add_tags(parts);
        }
        self.lines[index].role = Role::Chrome;
    }
}
