//! The authors that lines name which say no more than who wrote the article, and when.

use super::Authors;
use super::people::Trust;
use super::shown::{AWAY, LINE_BYTES_MAX, Page};
use crate::byline;
use crate::date;
use crate::html::blocks::{Block, Kind};
use crate::html::body::Verdict;
use crate::html::joints;
use crate::html::role::Roles;
use crate::html::source::Source;
use crate::lexicon::{Label, WordSet, fold};
use crate::plain;

/// Characters of the longest block of lines at the headline among which a byline is looked for.
const LINES_CHARS: u32 = 400;

impl Page<'_, '_> {
    /// Names in a line that begins with "By", or says so further on and stands with the date: "3 May 2010 by Zoe Lam";
    /// or in the line after one that says "Author" and no more.
    pub(super) fn in_lines(&self, chrome: Roles) -> Authors {
        let mut names = Vec::new();
        // Whoever edited or reviewed it, where nobody else is named.
        let mut editors = Authors::default();
        let list = &self.place.blocks.list;
        let headline =
            self.place.headline.and_then(|headline| list.iter().position(|block| block.first >= headline));
        let title = self.place.headline.map(|id| self.place.tree.inner_text(id)).unwrap_or_default();
        for (index, block) in list.iter().enumerate() {
            let text = self.place.blocks.text_of(block);
            let near = headline.is_some_and(|headline| index.abs_diff(headline) <= 5);
            let is_of_lines = near && block.chars <= LINES_CHARS && text.contains('\n');
            // "Par Zoé Lam • Publié le 3 mars à 10h • Mis à jour le 4 mars à 9h".
            let is_long_line = near && block.chars <= LONG_LINE_CHARS && block.words <= LONG_LINE_WORDS;
            if !is_line(block) && !is_of_lines && !is_long_line
                || self.verdicts.get(index) == Some(&Verdict::Caption)
            {
                continue;
            }
            // Where the line says what it is, a box called "media" does not make it a picture's: "Author: Zoe Lam, Oslo".
            let is_box = block.roles.any(Roles::MEDIA) && self.cleaner.is_labelled_as_field(text);
            // Beside the text a box of facts may be called a card: "Author" above a name that is no link.
            let is_fact = chrome != AWAY
                && block.roles.any(Roles::TEASER)
                && block.links == 0
                && list.get(index + 1).is_some_and(|next| next.links == 0 && self.is_person_in(next))
                && self.cleaner.labelled(text) == Some("");
            let mut chrome = if is_box { chrome & !Roles::MEDIA } else { chrome };
            if is_fact {
                chrome = chrome & !Roles::TEASER;
            }
            if self.is_block_away(block, chrome) {
                continue;
            }
            let marked = block.roles.any(Roles::DATE | Roles::BYLINE);
            // Beside the text only what is marked or stands under the headline counts.
            if chrome != AWAY && !near && !marked && !text.starts_with(char::is_uppercase) {
                continue;
            }
            if (near || marked)
                && self.add_head_lines(
                    &joints::parted(self.place.tree, self.place.blocks, block),
                    &title,
                    &mut names,
                )
            {
                return Authors { names, source: Some(Source::Element(block.first)) };
            }
            if !is_line(block) {
                self.add_labelled_lines(text, &mut names);
                if names.is_empty() {
                    continue;
                }
                return Authors { names, source: Some(Source::Element(block.first)) };
            }
            match self.cleaner.labelled(text) {
                Some("") => {
                    let next = list.get(index + 1).filter(|next| next.words <= 4);
                    if let Some(next) = next.filter(|next| !self.is_block_away(next, chrome)) {
                        self.cleaner.add(self.place.blocks.text_of(next), Trust::Line, &mut names);
                    }
                }
                Some(rest) if self.cleaner.only_helped(rest) => {}
                Some(_) => {
                    // A short line near the headline may name an author by one word.
                    let before_digits = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
                    let alone = (near || marked) && before_digits.split_whitespace().count() <= 4;
                    self.cleaner.add(text, if alone { Trust::Link } else { Trust::Line }, &mut names);
                    // "Text Size": a word for what somebody does stands before what it is done to as well.
                    if matches!(block.kind, Kind::Heading(_)) {
                        names.retain(|name| name.contains(' ') || self.cleaner.is_given_name(name));
                    }
                    if self.cleaner.is_labelled_as_editing(text) {
                        let found = std::mem::take(&mut names);
                        if editors.names.is_empty() && !found.is_empty() {
                            editors = Authors { names: found, source: Some(Source::Element(block.first)) };
                        }
                    }
                }
                None if (near || marked) && !matches!(block.kind, Kind::Heading(_)) => {
                    self.cleaner.add_after_label(text, &mut names);
                    // "Lakes loved by Bo Ek": the headline, or a part of it, repeated.
                    names.retain(|name| !title.contains(name.as_str()));
                    if names.is_empty() && near && headline < Some(index) {
                        self.add_beside_date(index, &mut names);
                    }
                }
                None => {}
            }
            if !names.is_empty() {
                return Authors { names, source: Some(Source::Element(block.first)) };
            }
        }
        editors
    }

    fn is_person_in(&self, block: &Block) -> bool {
        self.cleaner.is_person(self.place.blocks.text_of(block))
    }

    /// Adds the people of the first of several lines that begins with "by" and names anybody.
    fn add_labelled_lines(&self, text: &str, names: &mut Vec<String>) {
        for line in text.split('\n').filter(|line| line.len() <= LINE_BYTES_MAX) {
            if self.cleaner.labelled(line).is_some_and(|rest| !rest.is_empty()) {
                self.cleaner.add(line, Trust::Line, names);
            }
            if !names.is_empty() {
                return;
            }
        }
    }

    /// The names of the lines that sign the text at its foot.
    pub(super) fn signed(&self, lines: &[usize]) -> Authors {
        let mut names = Vec::new();
        for index in lines {
            let Some(block) = self.place.blocks.list.get(*index) else { continue };
            let text = self.place.blocks.text_of(block);
            let head = plain::head_line(text, self.cleaner.lexicon, date::Order::DayFirst);
            let people = head.map_or_else(|| byline::people(text, self.cleaner.lexicon), |head| head.authors);
            for name in people.iter().filter(|name| self.cleaner.is_person(name)) {
                self.cleaner.add(name, Trust::Line, &mut names);
            }
            if !names.is_empty() {
                return Authors { names, source: Some(Source::Element(block.first)) };
            }
        }
        Authors::default()
    }

    /// Adds the people that lines name which say nothing but who wrote the article and when: under a label, or beside a date
    /// and beyond doubt. Whom the headline names is written about.
    pub(super) fn add_head_lines(&self, text: &str, title: &str, names: &mut Vec<String>) -> bool {
        for line in text.split('\n').filter(|line| line.bytes().any(|byte| byte.is_ascii_digit())) {
            let line = self.cleaner.without_button(line);
            let head = plain::head_line(line, self.cleaner.lexicon, date::Order::DayFirst);
            let Some(head) = head.filter(|head| head.published.is_some() || head.modified.is_some()) else {
                continue;
            };
            // In brackets stands what somebody does, or with whom.
            let bracket = line.find('(').unwrap_or(line.len());
            let outside = |name: &String| line.find(name.as_str()).is_none_or(|at| at < bracket);
            for (at, name) in head.authors.iter().enumerate().filter(|(_, name)| outside(name)) {
                if !title.contains(name.as_str()) && (at < head.labelled || self.cleaner.is_person(name)) {
                    self.cleaner.add(name, Trust::Line, names);
                }
            }
        }
        !names.is_empty()
    }

    /// Adds the person whose name stands beside the date under the headline: "Anna Lam | Senior Writer | 3 May 2010".
    fn add_beside_date(&self, index: usize, names: &mut Vec<String>) {
        let list = &self.place.blocks.list;
        let dated = |index: usize| {
            list.get(index).is_some_and(|block| {
                let text = self.place.blocks.text_of(block);
                block.words <= 18
                    && (parts_of(text).any(is_dated)
                        || text.lines().any(is_dated)
                        || self.is_labelled_date(text))
            })
        };
        let text = self.place.blocks.text_of(&list[index]);
        // A sentence says what somebody does, not who wrote it.
        if list[index].is_prose() && plain::ends_sentence(text) {
            return;
        }
        if !dated(index) && !dated(index + 1) && !dated(index - 1) {
            return;
        }
        // Whom the headline names is written about.
        let headline = self.place.headline.map(|id| self.place.tree.inner_text(id)).unwrap_or_default();
        for part in parts_of(text) {
            let part = self.behind_genre(part);
            let people = self.people_of(part);
            if people.is_empty() && !names.is_empty() {
                break;
            }
            for name in people.iter().filter(|name| !headline.contains(name.as_str())) {
                self.cleaner.add(name, Trust::Line, names);
            }
        }
    }

    /// The people beyond doubt who are all that a part of a line names: one, several, or one with a place.
    fn people_of(&self, part: &str) -> Vec<String> {
        let lexicon = self.cleaner.lexicon;
        if self.cleaner.is_person(part) {
            return vec![part.to_owned()];
        }
        if part.split_whitespace().count() < SEVERAL_WORDS
            || !byline::is_people(part, lexicon) && !byline::is_people_in_place(part, lexicon)
        {
            return Vec::new();
        }
        let people = byline::people(part, lexicon);
        if people.iter().all(|name| self.cleaner.is_person(name)) { people } else { Vec::new() }
    }

    /// What stands behind the word for a kind of text and a colon: "Interview: Zoé Lam".
    fn behind_genre<'t>(&self, part: &'t str) -> &'t str {
        let is_genre = |word: &str| self.cleaner.lexicon.has(WordSet::Genres, &fold(word));
        part.split_once(':').filter(|(genre, _)| is_genre(genre)).map_or(part, |(_, name)| name.trim())
    }

    /// Whether a line begins with the label of a date, and says no more than it: "Publié le 3 mars 2026 à 10h".
    fn is_labelled_date(&self, text: &str) -> bool {
        let lexicon = self.cleaner.lexicon;
        text.bytes().any(|byte| byte.is_ascii_digit())
            && matches!(lexicon.label_of(text), Some((Label::Published | Label::Modified, _)))
            && plain::head_line(text, lexicon, date::Order::DayFirst)
                .is_some_and(|head| head.published.or(head.modified).is_some())
    }
}

/// Words of the shortest line that names two people, or one with a place: "Rui Melo e Ana Sá", "Ann Lee in Oslo".
const SEVERAL_WORDS: usize = 4;

/// Characters and words of the longest line of names and dates.
const LONG_LINE_CHARS: u32 = 200;
const LONG_LINE_WORDS: u32 = 32;

/// Whether a block is short enough for a byline.
fn is_line(block: &Block) -> bool {
    block.chars <= 140 && block.words <= 18
}

/// The parts of a line between signs that set things off.
fn parts_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '·', '•', '–', '—', ',', '/', '●', '\n'])
        .flat_map(|part| part.split(" - "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Whether a part of a line is a date: with its day and month at least, whatever follows.
fn is_dated(part: &str) -> bool {
    part.len() < 60
        && part.bytes().any(|byte| byte.is_ascii_digit())
        && date::prefix(part, date::Order::DayFirst).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_page;

    const PROSE: &str =
        "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port.</p>";

    /// The authors of a page with these lines below its headline.
    fn check(lines: &[&str], expected: &[&str]) {
        let lines: Vec<_> = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
        let lines = lines.concat();
        check_page(&format!("<h1>Ice on the lake</h1>{lines}{PROSE}{PROSE}"), expected);
    }

    #[test]
    fn a_line_of_names_stands_above_a_labelled_date() {
        let date = "Publié le 4 mai 2026 à 10h";
        check(&["Zoé Lam", date], &["Zoé Lam"]);
        check(&["Ana Ruiz", "Publicado: 04/05/2026 18:30", "Actualizado: 05/05/2026 09:00"], &["Ana Ruiz"]);
        check(&["Zoé Lam, Marc Petit", date], &["Zoé Lam", "Marc Petit"]);
        check(&["Rui Melo e Ana Sá", "04 mai 2026"], &["Rui Melo", "Ana Sá"]);
        check(&["Zoé Lam, à Holm", date], &["Zoé Lam"]);
        check(&["Zoé Lam, envoyée spéciale à Holm", date], &["Zoé Lam"]);
        check(&["Ann Lee in Holm", "Published May 4, 2026"], &["Ann Lee"]);
        check(&["Ann Lee, The Holm Post", "Published May 4, 2026"], &["Ann Lee"]);
        check(&["Interview: Lena Voss", "4. Mai 2026"], &["Lena Voss"]);
        check(&["Von unserer Redakteurin Lena Voss", "04.05.2026"], &["Lena Voss"]);
    }

    #[test]
    fn a_line_that_is_no_byline_names_nobody() {
        let date = "Publié le 4 mai 2026 à 10h";
        check(&["Zoé Lam"], &[]);
        check(&["Holm, Oslo", date], &[]);
        check(&["Marie de Holm", "Le lac a gelé le 4 mai"], &[]);
        check(&["Interview: the lake", date], &[]);
    }

    #[test]
    fn a_line_of_who_and_when_may_be_long() {
        let dates = "Publié le 04/05/2026 à 18h30 • Mis à jour le 05/05/2026 à 09h00";
        check(&[&format!("Par Zoé Lam • {dates}")], &["Zoé Lam"]);
        check(&[&format!("{dates} • Écrit par Zoé Lam")], &["Zoé Lam"]);
        check(&[&format!("Le conseil où siège Zoé Lam • {dates}")], &[]);
    }
}
