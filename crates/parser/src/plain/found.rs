//! What is found in scraped text besides its words, and the article that it makes.

use document::{Article, Basis, BlockKind, Comment, Image, Published, Reference, Text, Warning};

use super::line::{Line, Role};
use super::listed::sources_in;
use super::{NAMES_MAX, Page, SIGHT, dateline, tags};
use crate::ParseError;
use crate::body::Body;
use crate::date::{Date, Time};
use crate::lexicon::{Label, WordSet, fold};

/// Lines between those of a head that speak of publication and of change.
const HEAD_LINES: usize = 2;

/// Signs before the name of the site behind a headline, and words of the name.
const SITE_SIGNS: [&str; 4] = [" - ", " | ", " – ", " — "];
const SITE_WORDS_MAX: usize = 5;

/// What the lines other than text say.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) title: Option<String>,
    pub(super) title_key: Option<u64>,
    pub(super) title_line: Option<usize>,
    /// Whether the date stands above the headline and has no label: a newspaper's head has the day of reading.
    pub(super) is_masthead: bool,
    pub(super) published: Option<(Date, Basis)>,
    pub(super) modified: Option<Date>,
    /// The time of a change whose day no line says, and its line; and the line with the date of publication.
    pub(super) changed_at: Option<(Time, usize)>,
    pub(super) published_line: usize,
    pub(super) authors: Vec<String>,
    /// Who edited or translated it, and is its author where nobody else is named.
    pub(super) editors: Vec<String>,
    pub(super) description: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) comments: Vec<Comment>,
    pub(super) references: Vec<Reference>,
    pub(super) images: Vec<Image>,
    /// The line that told of the last image.
    pub(super) image_line: Option<usize>,
    pub(super) tags: Vec<String>,
    /// Whether the headline was labelled, as in an export of fields.
    pub(super) labelled_head: bool,
    /// Whether what stands above the text is read.
    pub(super) is_head_read: bool,
    /// Unlabelled names that were considered as authors.
    pub(super) candidates: usize,
    /// Heads of threads that turned out to be none.
    pub(super) false_threads: usize,
    /// Blocks of notes.
    pub(super) notes: usize,
    /// Lines after the text that no rule could name.
    pub(super) left_out: usize,
    /// Sentences that were left out below a foot of the page.
    pub(super) foot_sentences: usize,
}

/// The minutes of a date since the year 0, each month as long as the longest, so that later dates have more; a day without its
/// time is before all of its times.
fn when(date: &Date) -> u32 {
    let (year, month, day) = (date.year.unwrap_or(0), date.month.unwrap_or(0), date.day.unwrap_or(0));
    let time = date.time.map_or(0, |time| u32::from(time.hour) * 60 + u32::from(time.minute));
    ((u32::from(year) * 13 + u32::from(month)) * 32 + u32::from(day)) * (24 * 60) + time
}

impl Page<'_> {
    /// Takes the name of the site off the headline where the foot of the page says who holds the rights: "… - Le Courrier"
    /// above "© 2026 Le Courrier".
    fn take_site_off_title(&mut self) {
        let Some(found) = self.found.title.as_deref() else { return };
        // The site's name may be off already, and still tells the publisher.
        let line = self.found.title_line.map(|line| &*self.lines[line].text);
        let whole = line.filter(|line| line.starts_with(found)).unwrap_or(found);
        let cuts = SITE_SIGNS.iter().filter_map(|sign| whole.rsplit_once(sign));
        let Some((title, site)) = cuts.min_by_key(|(_, site)| site.len()) else { return };
        let is_name = site.split_whitespace().count() <= SITE_WORDS_MAX
            && site.len() > 2
            && site.starts_with(char::is_uppercase)
            && title.split_whitespace().count() > 2;
        let is_notice = |line: &Line<'_>| {
            let rest = line.text.strip_prefix("Copyright ").unwrap_or(&line.text);
            let rest = rest.strip_prefix('©').map(|rest| {
                rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '-' | '–'))
            });
            rest.and_then(|rest| rest.strip_prefix(site))
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        if is_name && self.lines.iter().rev().take(SIGHT).any(is_notice) {
            let (title, site) = (title.trim().to_owned(), site.to_owned());
            if found.len() > title.len() {
                self.found.title = Some(title);
            }
            self.found.publisher.get_or_insert(site);
        }
    }

    pub(super) fn into_article(mut self) -> Result<Article, ParseError> {
        self.take_site_off_title();
        let texts = || self.lines.iter().filter(|line| matches!(line.role, Role::Text(_)));
        if self.found.published.is_none() {
            let first = texts().find(|line| line.is_running());
            self.found.published = first
                .and_then(|line| dateline::of_dispatch(&line.text, self.order))
                .map(|date| (date, Basis::Dateline))
                .or_else(|| {
                    let paragraphs = texts().filter(|line| line.is_running()).map(|line| line.text.as_ref());
                    let date = dateline::of_own_news(paragraphs, self.lexicon, self.order)?;
                    Some((date, Basis::Body))
                })
                .or_else(|| {
                    let date = crate::html::date_in_address(self.found.url.as_deref()?)?;
                    date.day.is_some().then_some((date, Basis::Url))
                });
        }
        // What stands above the headline is the clock of the site where the text was changed before.
        if let (Some((published, _)), Some(modified)) = (self.found.published, self.found.modified)
            && self.found.is_masthead
            && published.year.is_some()
            && when(&published) > when(&modified)
        {
            self.found.published = None;
        }
        if self.found.modified.is_none() {
            self.found.modified = self.found.change_on_day_of_publication();
        }
        let mut body = Body::with_capacity(texts().map(|line| line.text.len() + 2).sum());
        for line in &self.lines {
            if let Role::Text(kind) = line.role {
                body.push(kind, &line.text);
            }
        }
        let found = self.found;
        // A text that is one line long is its own headline, and has no other text.
        let (text, blocks) = match (body.finish(), &found.title) {
            (Some(body), _) => body,
            (None, Some(title))
                if self.lines.iter().all(|line| matches!(line.role, Role::Title | Role::Repeat)) =>
            {
                let mut body = Body::default();
                body.push(BlockKind::Paragraph, title);
                body.finish().ok_or(ParseError::NoText)?
            }
            (None, _) => return Err(ParseError::NoText),
        };
        let mut article = Article::bare("text/plain", text);
        article.blocks = blocks;
        article.title = found.title.and_then(Text::new);
        article.description = found.description.and_then(Text::new);
        article.publisher = found.publisher.and_then(Text::new);
        article.url = found.url;
        article.authors = if found.authors.is_empty() { found.editors } else { found.authors };
        article.published = found.published.map(|(date, basis)| Published { edtf: date.edtf(), basis });
        article.modified = found.modified.map(|date| Published { edtf: date.edtf(), basis: Basis::Dateline });
        article.comments = found.comments;
        article.references = found.references;
        article.images = found.images;
        article.tags = found.tags;
        article.tags.retain(|tag| !self.lexicon.has(WordSet::NoTags, &fold(tag)));
        // One sentence is the foot's own ("We read every letter.").
        let sentences = Some(found.foot_sentences).filter(|count| *count > 1).unwrap_or(0);
        let left_out = found.left_out + sentences;
        if left_out > 0 {
            let message = format!("{left_out} lines after the text were left out as no part of it");
            article.warnings.push(Warning { code: "tail_left_out", message });
        }
        Ok(article)
    }
}

/// Whether a value is an address and nothing else.
fn is_address(value: &str) -> bool {
    value.starts_with("http") && value.contains("://") && !value.contains(' ')
}

impl Found {
    /// "Publié le 3 mars" above "Mis à jour à 14h": lines of one head speak of one day.
    fn change_on_day_of_publication(&self) -> Option<Date> {
        let (time, line) = self.changed_at?;
        let (day, basis) = self.published?;
        (basis == Basis::Dateline && line.abs_diff(self.published_line) <= HEAD_LINES)
            .then(|| day.changed_at(time))?
    }

    /// Takes the value of a label; gives the role of its line, or nothing when the label does not fit its value.
    pub(super) fn take_labelled(&mut self, label: Label, value: &str, words: usize) -> Option<Role> {
        let set = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| value.to_owned());
        };
        match label {
            // "Source: https://…" at the head of a text that somebody saved.
            Label::Sources
                if (self.labelled_head || !self.is_head_read) && self.url.is_none() && is_address(value) =>
            {
                set(&mut self.url);
                Some(Role::Meta)
            }
            // Under a head of labelled fields the source is the outlet.
            Label::Sources if self.labelled_head && self.publisher.is_none() && words <= 10 => {
                set(&mut self.publisher);
                Some(Role::Meta)
            }
            Label::Title if self.title.as_deref() == Some(value) => Some(Role::Repeat),
            Label::Tags if words <= 40 && !value.is_empty() => {
                self.add_tags(tags::split(value).map(str::to_owned).collect());
                Some(Role::Tags)
            }
            Label::Url if value.starts_with("http") => {
                set(&mut self.url);
                Some(Role::Meta)
            }
            Label::Publisher if words <= 10 && !value.is_empty() => {
                set(&mut self.publisher);
                Some(Role::Meta)
            }
            Label::Description if !value.is_empty() => {
                set(&mut self.description);
                Some(Role::Meta)
            }
            Label::Sources => {
                self.references.extend(sources_in(value, words)?);
                Some(Role::Source)
            }
            _ => None,
        }
    }

    pub(super) fn add_tags(&mut self, tags: Vec<String>) {
        for tag in tags {
            let tag = tag.trim().trim_end_matches('.').to_owned();
            let is_again = || self.tags.iter().any(|other| other.to_lowercase() == tag.to_lowercase());
            if !tag.is_empty() && tag.len() <= 80 && self.tags.len() < NAMES_MAX && !is_again() {
                self.tags.push(tag);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn the_foot_says_which_name_behind_the_headline_is_the_site_s() {
        let text = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux.";
        let lexicon = Lexicon::load(None).unwrap();
        let head = "Le canal rouvre aux barques";
        for (behind, foot, is_site) in [
            (" - Le Quotidien de Holm", "© 2026 Le Quotidien de Holm. Tous droits réservés.", true),
            (" – Le Quotidien de Holm", "Copyright © 2026 Le Quotidien de Holm", true),
            (" - Le Quotidien de Holm", "© 2026 Le Quotidien de Holmby", false),
            (" - Une reprise très attendue", "© 2026 Le Quotidien de Holm", false),
        ] {
            let page = format!("{head}{behind}\n\nPar Zoé Lam\n\n{text}\n\n{text} Oui.\n\n{foot}\n");
            let article = crate::plain::read(&page, &lexicon).unwrap();
            let title = if is_site { head.to_owned() } else { format!("{head}{behind}") };
            assert_eq!(article.title.as_deref(), Some(title.as_str()), "{foot}");
            assert_eq!(article.publisher.is_some(), is_site, "{foot}");
        }
    }
}
