//! The walk over the lines from the first of the text on: what each of them is.

use document::{Basis, Reference};

use super::line::{Line, Role};
use super::{NAMES_MAX, Page, caption, comments, foot, meta, tags};
use crate::byline;
use crate::lexicon::{Chrome, Label};

impl Page<'_> {
    pub(super) fn read_body(&mut self, body: usize) {
        let end = self.last_running(body);
        let mut tail = false;
        let mut below = foot::Below::default();
        let mut pending = None;
        let mut index = body;
        while index < self.lines.len() {
            if let Some(text_end) = end
                && index > body
                && self.lines[index].is_open()
                && self.thread_starts(index, text_end)
            {
                let from = index + usize::from(self.starts_with_head(index));
                for line in &mut self.lines[index..from] {
                    line.role = Role::Thread;
                }
                let (found, taken) =
                    comments::read(&mut self.lines[from..], self.found.title_key, self.lexicon, self.order);
                self.found.comments.extend(found);
                index = from + taken;
                tail = true;
                continue;
            }
            let line = &self.lines[index];
            if !line.is_open() {
                index += 1;
                continue;
            }
            if let Some(next) = self.read_tags(index, end) {
                tail |= end.is_none_or(|end| index > end);
                index = next;
                continue;
            }
            let line = &self.lines[index];
            match line.chrome {
                Some((Chrome::Sources, true)) if self.source_list(index + 1) > 0 => {
                    self.lines[index].role = Role::Chrome;
                    index = self.read_sources(index + 1);
                    tail |= !self.text_goes_on(index - 1, &mut below);
                    continue;
                }
                Some((Chrome::Related, true)) => {
                    self.lines[index].role = Role::Chrome;
                    index = self.skip_teasers(index + 1, end);
                    tail |= end.is_none_or(|end| index > end);
                    continue;
                }
                Some((Chrome::Footer, _)) => tail |= !self.text_goes_on(index, &mut below),
                // Nothing of the article stands below its comment button, when it is below the article.
                Some((Chrome::Comments, _)) => tail |= end.is_none_or(|end| index > end),
                _ if self.is_author_card(index) => {
                    self.lines[index].role = Role::Meta;
                    if let Some(card) = self.lines.get_mut(index + 1) {
                        card.role = Role::Chrome;
                    }
                }
                _ => {}
            }
            if !self.read_aside(index, !tail, &mut pending) {
                self.read_text(index, body, end, tail);
            }
            index += 1;
        }
    }

    /// The last line of running text, comments and asides included: after it nothing is a heading.
    fn last_running(&self, body: usize) -> Option<usize> {
        (body..self.lines.len()).rev().find(|index| {
            let line = &self.lines[*index];
            line.is_running() && !self.is_aside(line)
        })
    }

    /// Reads a line that is not text by itself: metadata, a caption, tags, a label's value, chrome. `pending` is
    /// what the line before announced; `in_text` says that the text has not ended. Gives whether it was one.
    pub(super) fn read_aside(&mut self, index: usize, in_text: bool, pending: &mut Option<Label>) -> bool {
        let line = &self.lines[index];
        let announced = pending.take();
        if let Some((label, value)) = line.labelled_with_colon()
            && let Some(role) = self.found.take_labelled(label, value, line.words)
        {
            self.lines[index].role = role;
            return true;
        }
        if tags::are_hashtags(&line.text) {
            let tags = tags::split(&line.text).map(str::to_owned).collect();
            self.found.add_tags(tags);
            self.lines[index].role = Role::Tags;
            return true;
        }
        if let Some(meta) = meta::read_byline(line, self.lexicon, self.order) {
            *pending = meta.pending;
            self.take_meta(meta, index);
            return true;
        }
        if in_text
            && matches!(line.chrome, Some((Chrome::Footer, _)))
            && let Some(image) = caption::signed(&line.text, self.lexicon)
        {
            self.found.images.push(image);
            self.lines[index].role = Role::Caption;
            return true;
        }
        if line.chrome.is_some_and(|(chrome, _)| chrome != Chrome::Sources) {
            // "(Reporting by Ann Lee; Editing by Bo Ek)" is a footer that names the author.
            if let Some((Label::Byline, at)) = line.label.filter(|_| self.found.authors.is_empty()) {
                let names = line.text[at..].split(';').next().unwrap_or_default();
                let names = byline::people(names, self.lexicon);
                self.add_authors(names);
            }
            self.lines[index].role = Role::Chrome;
            return true;
        }
        if let Some(image) = caption::read(line, self.lexicon) {
            self.found.images.push(image);
            self.lines[index].role = Role::Caption;
            return true;
        }
        if line.is_ticker() {
            self.lines[index].role = Role::Chrome;
            return true;
        }
        if line.text.starts_with("http") && !line.text.contains(' ') {
            let url = line.text.clone().into_owned();
            self.found.references.push(Reference { title: None, url: Some(url) });
            self.lines[index].role = Role::Source;
            return true;
        }
        match meta::read_line(line, announced, self.lexicon, self.order) {
            Some(meta) => {
                *pending = meta.pending;
                self.take_meta(meta, index);
                true
            }
            None => false,
        }
    }

    /// Takes what a line of metadata says.
    pub(super) fn take_meta(&mut self, meta: meta::Meta, index: usize) {
        if let Some(date) = meta.published
            && (self.found.published.is_none() || self.found.is_masthead && meta.is_labelled)
        {
            self.found.published = Some((date, Basis::Dateline));
            self.found.is_masthead = !meta.is_labelled && self.found.title_line.is_some_and(|at| index < at);
        }
        self.found.modified = self.found.modified.or(meta.modified);
        self.lines[index].role = Role::Meta;
        self.add_authors(meta.authors);
        self.add_candidates(meta.candidates);
    }

    pub(super) fn add_authors(&mut self, names: Vec<String>) {
        for name in names {
            if !self.found.authors.contains(&name) {
                self.found.authors.push(name);
            }
        }
    }

    /// Names that no label calls authors. One that the text speaks of is a place, or whom the text is about.
    pub(super) fn add_candidates(&mut self, mut names: Vec<String>) {
        self.found.candidates += names.len();
        if self.found.candidates > NAMES_MAX {
            return; // A list of names is no byline.
        }
        names.retain(|name| {
            let may_speak = |line: &&Line<'_>| line.words > 8 && line.role != Role::Meta;
            !self.lines.iter().filter(may_speak).any(|line| line.text.contains(name.as_str()))
        });
        self.add_authors(names);
    }
}
