//! The walk over the lines from the first of the text on: what each of them is.

use document::{Basis, BlockKind, Image, Reference};

use super::aside::CARD_LINES;
use super::line::{Line, Role};
use super::{NAMES_MAX, Page, caption, comments, foot, meta, tags};
use crate::byline;
use crate::lexicon::{Chrome, Label, WordSet, fold};

/// Words of the title of another article above its byline.
const CARD_TITLE_WORDS_MIN: usize = 4;

/// Lines below the last running text that are read one by one. Comments are read wherever they begin.
const TAIL_LINES: usize = 10_000;

impl Page<'_> {
    pub(super) fn read_body(&mut self, body: usize) {
        self.found.is_head_read = true;
        let mut end = self.last_running(body);
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
            let is_far = end.is_some_and(|end| index > end + TAIL_LINES);
            if is_far && self.lines[index].is_open() {
                self.lines[index].role = Role::Chrome;
            }
            if !self.lines[index].is_open() {
                index += 1;
                continue;
            }
            let rows = if tail { 0 } else { self.rows_from(index) };
            if rows > 0 {
                self.take_table(index, rows);
                index += rows;
                continue;
            }
            if let Some(title) = self.next_article(index, body) {
                index = self.leave_next_article_out(title);
                tail = true;
                end = end.filter(|end| *end < title).or_else(|| self.last_text(body, title));
                continue;
            }
            if let Some(next) = self.read_tags(index, end) {
                tail |= end.is_none_or(|end| index > end);
                index = next;
                continue;
            }
            if self.goes_on_about_author(index) {
                self.lines[index].role = Role::Chrome;
                index += 1;
                continue;
            }
            if let Some(contact_end) = self.press_contact_end(index) {
                for line in &mut self.lines[index..contact_end] {
                    line.role = Role::Chrome;
                }
                tail |= end.is_none_or(|end| index > end);
                index = contact_end;
                continue;
            }
            if let Some(notes) = self.notes_from(index) {
                index = self.take_notes(index, &notes);
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
                    if let Some(cards) = self.cards_end(index + 1) {
                        for line in &mut self.lines[index + 1..cards] {
                            line.role = Role::Chrome;
                        }
                        if !self.lines[cards..].iter().any(Line::is_running) {
                            end = self.last_text(body, index);
                            tail = true;
                        }
                        index = cards;
                        continue;
                    }
                    let teasers = index + 1..self.skip_teasers(index + 1, end);
                    let teased = teasers.len();
                    index = teasers.end;
                    if let Some(last) = self.last_sentence(teasers) {
                        self.lines[last].role = Role::Text(BlockKind::Paragraph);
                        end = end.max(Some(last));
                    }
                    // The text ends in a few words below the title of another article.
                    if !tail && teased == 1 && self.is_sentence_below_title(index) {
                        end = end.max(Some(index));
                    }
                    tail |= end.is_none_or(|end| index > end);
                    continue;
                }
                Some((Chrome::Footer, _)) => tail |= !self.text_goes_on(index, &mut below),
                // Nothing of the article stands below its comment button, when it is below the article.
                Some((Chrome::Comments, _)) => tail |= end.is_none_or(|end| index > end),
                _ if self.is_author_card(index) => {
                    self.lines[index].role = Role::Meta;
                    let end = self.author_card_end(index);
                    for card in &mut self.lines[index + 1..end] {
                        card.role = Role::Chrome;
                    }
                }
                _ if end.is_none_or(|end| index > end)
                    && index > body
                    && (self.is_contact(line) || self.is_about_author(line)) =>
                {
                    self.lines[index].role = Role::Chrome;
                    tail = true;
                    index += 1;
                    continue;
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
            line.is_running()
                && !self.is_aside(line)
                && !self.is_in_author_card(*index)
                && !self.is_about_author(line)
                && !self.is_contact(line)
        })
    }

    /// The last line of running text before `index`.
    fn last_text(&self, body: usize, index: usize) -> Option<usize> {
        (body..index).rev().find(|at| self.lines[*at].is_running())
    }

    /// Reads a line that is not text by itself: metadata, a caption, tags, a label's value, chrome. `pending` is
    /// what the line before announced; `in_text` says that the text has not ended. Gives whether it was one.
    pub(super) fn read_aside(&mut self, index: usize, in_text: bool, pending: &mut Option<Label>) -> bool {
        let line = &self.lines[index];
        let announced = pending.take();
        if let Some((Label::Sources, value)) = line.labelled_with_colon()
            && caption::is_credit_of_person(value, self.lexicon)
        {
            let image = Image { url: None, caption: None, credit: Some(value.to_owned()) };
            self.add_image(index, image);
            return true;
        }
        if let Some((label, value)) = line.labelled_with_colon()
            && let Some(role) = self.found.take_labelled(label, value, line.words)
        {
            self.lines[index].role = role;
            return true;
        }
        // "Saved from https://…".
        if let Some((Label::Url, at)) = line.label
            && let Some(url) = line.text.get(at..).map(|rest| rest.trim_start_matches([':', ' ']))
            && self.found.take_labelled(Label::Url, url, line.words).is_some()
        {
            self.lines[index].role = Role::Meta;
            return true;
        }
        if tags::are_hashtags(&line.text) {
            let tags = tags::split(&line.text).map(str::to_owned).collect();
            self.found.add_tags(tags);
            self.lines[index].role = Role::Tags;
            return true;
        }
        let is_listed = self.is_unlabelled_item(index);
        if !is_listed && let Some(meta) = meta::read_byline(line, self.lexicon, self.order) {
            *pending = meta.pending;
            self.take_meta(meta, index);
            return true;
        }
        // "Originally published March 3, 2026" stands at the foot of other pages.
        if !self.found.is_head_read
            && matches!(line.chrome, Some((Chrome::Footer, false)))
            && matches!(line.label, Some((Label::Published | Label::Modified, _)))
            && let Some(meta) = meta::read_line(line, None, self.lexicon, self.order)
                .filter(|meta| meta.published.is_some() || meta.modified.is_some())
        {
            self.take_meta(meta, index);
            return true;
        }
        if in_text
            && matches!(line.chrome, Some((Chrome::Footer, _)))
            && let Some(image) = caption::signed(&line.text, self.lexicon)
        {
            self.add_image(index, image);
            return true;
        }
        if in_text && self.takes_agency_above(index) {
            return true;
        }
        let line = &self.lines[index];
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
        if self.takes_caption_below(index)
            || self.takes_caption_of_image(index)
            || self.takes_caption_above(index)
        {
            return true;
        }
        let line = &self.lines[index];
        if self.is_end_of_dispatch(index) {
            self.lines[index].role = Role::Text(BlockKind::Paragraph);
            return true;
        }
        if let Some(image) = caption::read(line, self.lexicon) {
            self.add_image(index, image);
            return true;
        }
        if line.is_ticker() || self.found.is_head_read && !line.is_item() && self.is_player(index) {
            self.lines[index].role = Role::Chrome;
            return true;
        }
        if line.text.starts_with("http") && !line.text.contains(' ') {
            let url = line.text.clone().into_owned();
            // Above the text of a scraped article stands its own address.
            if !self.found.is_head_read
                && self.found.title_line.is_some()
                && self.found.url.is_none()
                && is_page(&url)
            {
                self.found.url = Some(url);
                self.lines[index].role = Role::Meta;
                return true;
            }
            self.found.references.push(Reference { title: None, url: Some(url) });
            self.lines[index].role = Role::Source;
            return true;
        }
        match meta::read_line(line, announced, self.lexicon, self.order).filter(|_| !is_listed) {
            Some(meta) => {
                *pending = meta.pending;
                self.take_meta(meta, index);
                true
            }
            // "Shutterstock" between two paragraphs.
            None if in_text
                && self.found.is_head_read
                && caption::is_agency(&self.lines[index], self.lexicon) =>
            {
                let credit = Some(self.lines[index].text.to_string());
                self.add_image(index, Image { url: None, caption: None, credit });
                true
            }
            None => false,
        }
    }

    /// Whether a line is one of several items of a list in the text, without the label of a date or a byline: "Snapdragon 8 Gen 3".
    fn is_unlabelled_item(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_labelled = matches!(
            line.label,
            Some((Label::Byline | Label::Published | Label::Modified | Label::ReadingTime, _))
        );
        self.found.is_head_read && line.is_item() && !is_labelled && self.is_in_run_of_items(index)
    }

    /// Takes what a line of metadata says.
    pub(super) fn take_meta(&mut self, meta: meta::Meta, index: usize) {
        if let Some(date) = meta.published
            && self.found.published.is_none_or(|(known, _)| {
                self.found.is_masthead && meta.is_labelled || known.year.is_none() && date.completes(&known)
            })
        {
            self.found.published = Some((date, Basis::Dateline));
            self.found.published_line = index;
            self.found.is_masthead = !meta.is_labelled && self.found.title_line.is_some_and(|at| index < at);
        }
        self.found.modified = match (self.found.modified, meta.modified) {
            (Some(known), Some(date)) if known.year.is_none() && date.completes(&known) => Some(date),
            (known, date) => known.or(date),
        };
        self.found.changed_at = self.found.changed_at.or(meta.changed_at.map(|time| (time, index)));
        self.lines[index].role = Role::Meta;
        // "By Ann Lee 3 March 2026" in the text of somebody else tells of another article.
        let is_of_other =
            self.found.is_head_read && !self.found.authors.is_empty() && meta.published.is_some();
        // "By Bo Ek" right below the title of another article, which stands below the text.
        let is_of_card = || {
            index.checked_sub(1).map(|above| &self.lines[above]).is_some_and(|above| {
                above.role == Role::Chrome
                    && above.chrome.is_none()
                    && !above.sentence
                    && above.words >= CARD_TITLE_WORDS_MIN
            })
        };
        if !is_of_other && (self.found.authors.is_empty() || !is_of_card()) {
            self.add_authors(meta.authors);
        }
        self.found.editors.extend(meta.editors);
        let mut candidates = meta.candidates;
        candidates.retain(|name| !self.is_place_below_name(index, name));
        self.add_candidates(candidates);
        if !meta.credits.is_empty() {
            let credit = Some(meta.credits.join(", "));
            self.found.images.push(Image { url: None, caption: None, credit });
        }
    }

    pub(super) fn add_authors(&mut self, names: Vec<String>) {
        for name in names {
            // "Zoé Lam" and "ZOÉ LAM" are one person, who is written with small letters.
            let key = fold(&name);
            match self.found.authors.iter_mut().find(|author| fold(author) == key) {
                Some(author) if !author.contains(char::is_lowercase) => *author = name,
                Some(_) => {}
                None => self.found.authors.push(name),
            }
        }
    }

    /// Names that no label calls authors. One that the text speaks of is a place, or whom the text is about.
    pub(super) fn add_candidates(&mut self, mut names: Vec<String>) {
        self.found.candidates += names.len();
        if self.found.candidates > NAMES_MAX {
            return; // A list of names is no byline.
        }
        if self.found.is_head_read {
            let is_person = |name: &str| {
                name.split(' ').next().is_some_and(|word| byline::is_given_name(word, self.lexicon))
            };
            // In the text a name beside a date may be anything: a person is one only beyond doubt.
            names.retain(|name| self.found.authors.is_empty() && is_person(name));
        }
        names.retain(|name| {
            if byline::is_outlet_name(name, self.lexicon) {
                return false;
            }
            let is_card = |index: usize| {
                let above = &self.lines[index.saturating_sub(CARD_LINES)..index];
                above.iter().any(|line| *line.text == *name)
            };
            let speaks = |(index, line): (usize, &Line<'_>)| {
                line.words > 8
                    && line.role != Role::Meta
                    && !line.text.contains('@')
                    && line.text.contains(name.as_str())
                    && !(line.text.starts_with(name.as_str()) && is_card(index))
            };
            !self.lines.iter().enumerate().any(speaks)
        });
        self.add_authors(names);
    }

    /// Whether a paragraph ends in the name of the agency whose dispatch the text is, as its first line says: "HOLM, 20 ene
    /// (EFE).- El puerto …", "… del puerto. EFE".
    fn is_end_of_dispatch(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let last =
            line.text.rsplit(' ').next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        let before = line.text.rsplit_once(' ').map_or("", |(before, _)| before);
        let is_agency = || {
            line.words >= DISPATCH_WORDS_MIN
                && super::ends_sentence(before)
                && self.lexicon.has(WordSet::Agencies, &fold(last))
        };
        let names_it = |first: &Line<'_>| {
            let head = &first.text[..first.text.floor_char_boundary(DISPATCH_HEAD_BYTES)];
            head.contains(&format!("({last})"))
        };
        last.len() >= 2
            && is_agency()
            && self.lines[..index].iter().find(|line| line.is_running()).is_some_and(names_it)
    }

    /// Whether a line says how to reach an author whom the head names.
    fn is_contact(&self, line: &Line<'_>) -> bool {
        if line.words > CONTACT_WORDS_MAX || !line.text.contains('@') {
            return false;
        }
        let text = fold(&line.text);
        self.found.authors.iter().any(|name| text.contains(&fold(name)))
    }
}

/// Words of a paragraph that ends in the name of an agency.
const DISPATCH_WORDS_MIN: usize = 8;

/// Bytes of a dispatch within which its agency is named.
const DISPATCH_HEAD_BYTES: usize = 100;

/// Words of a line with an address to write to.
const CONTACT_WORDS_MAX: usize = 40;

/// Whether an address is that of a page, not of a site.
fn is_page(url: &str) -> bool {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    path.len() > 1
}

#[cfg(test)]
mod tests {
    use document::Article;

    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";

    fn read(head: &str, below: &str) -> Article {
        let text = format!("{head}\n\n{FIRST}\n\n{below}\n");
        crate::plain::read(&text, &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn an_address_at_the_head_is_the_article_s() {
        let url = "https://courrier.example/canal-de-holm";
        let title = "Le canal rouvre aux barques";
        for head in
            [format!("{url}\n{title}"), format!("{title}\n{url}"), format!("{title}\n\nPar Zoé Lam\n{url}")]
        {
            let article = read(&head, SECOND);
            assert_eq!((article.url.as_deref(), article.references.len()), (Some(url), 0), "{head}");
            assert_eq!(article.title.as_deref(), Some(title));
        }
        // That of a site is no article's, and one below the text is a source.
        assert_eq!(read(&format!("https://courrier.example/\n{title}"), SECOND).url, None);
        let article = read(title, &format!("{SECOND}\n\n{url}"));
        assert_eq!((article.url, article.references.len()), (None, 1));
    }

    #[test]
    fn a_saved_text_says_where_it_is_from() {
        let url = "https://courrier.example/canal-de-holm";
        let title = "Le canal rouvre aux barques";
        for line in ["Clipped from: ", "Saved from: ", "Source URL: ", "Source: ", "URL : ", "Saved from "] {
            let told = format!("{line}{url}");
            for head in [
                format!("{told}\n{title}"),
                format!("{title}\n{told}\nAccessed: March 20, 2026\nPar Zoé Lam"),
            ] {
                let article = read(&head, SECOND);
                assert_eq!((article.url.as_deref(), article.references.len()), (Some(url), 0), "{head}");
                assert_eq!(article.title.as_deref(), Some(title), "{head}");
                assert!(article.text.starts_with(FIRST), "{head}");
                assert_eq!(article.published, None, "{head}");
            }
        }
        // A source below the text is one.
        let article = read(title, &format!("{SECOND}\n\nSource: {url}"));
        assert_eq!((article.url, article.references.len()), (None, 1));
    }

    #[test]
    fn a_time_of_change_is_of_the_day_of_publication() {
        let title = "Le canal rouvre aux barques";
        for (lines, expected) in [
            ("Publié le 12 mars 2024 à 9h05\nMis à jour à 14h", Some("2024-03-12T14:00")),
            ("Mis à jour à 14h\nPublié le 12 mars 2024", Some("2024-03-12T14:00")),
            ("Updated March 13, 2024\nOriginally published March 12, 2024", Some("2024-03-13")),
            ("Published March 12, 2024\nUpdated at 2:30 p.m.", Some("2024-03-12T14:30")),
            ("12.03.2024, 9:05 Uhr\nAktualisiert um 14:30 Uhr", Some("2024-03-12T14:30")),
            ("Publié le 12 mars 2024 à 23h05\nMis à jour à 0h10", None),
            ("Par Zoé Lam\nMis à jour à 14h", None),
        ] {
            let article = read(&format!("{title}\n{lines}"), SECOND);
            assert_eq!(article.modified.map(|date| date.edtf).as_deref(), expected, "{lines}");
            assert!(article.text.starts_with(FIRST), "{lines}");
        }
    }

    #[test]
    fn a_fuller_date_further_down_completes_the_first() {
        let title = "Le canal rouvre aux barques";
        let article =
            read(&format!("{title}\nPublié le 12 mars\nPar Zoé Lam\nPublié le 12 mars 2024 à 9h05"), SECOND);
        assert_eq!(article.published.map(|date| date.edtf).as_deref(), Some("2024-03-12T09:05"));
        let article =
            read(&format!("{title}\nMis à jour le 12 mars\nPar Zoé Lam\nMis à jour le 12 mars 2024"), SECOND);
        assert_eq!(article.modified.map(|date| date.edtf).as_deref(), Some("2024-03-12"));
        let article = read(&format!("{title}\nPublié le 12 mars\nPar Zoé Lam\n13 mars 2024"), SECOND);
        assert_eq!(article.published.map(|date| date.edtf).as_deref(), Some("XXXX-03-12"));
    }

    #[test]
    fn words_about_the_author_are_no_text() {
        let head = "Le canal rouvre aux barques\n\nZoé Lam\nJournaliste\n12 mars 2024";
        for card in [
            "Zoé Lam\nZoé Lam écrit sur le lac et ses ports depuis dix ans pour ce journal.",
            "Zoé Lam\nJournaliste, service lacs\nZoé Lam écrit sur le lac et ses ports depuis dix ans. Elle vit à Holm.",
            "Zoé Lam\nJournaliste passionnée par les lacs, les ports et les gens qui en vivent.",
            "Pour joindre Zoé Lam, écrivez à zoe.lam@courrier.example ou suivez-la sur @zoelam.",
        ] {
            let article = read(head, &format!("{SECOND}\n\n{card}"));
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{card}");
            assert_eq!(article.authors, ["Zoé Lam"]);
        }
    }

    #[test]
    fn a_sentence_about_the_author_ends_a_text() {
        let head = "Le canal rouvre aux barques\n\nPar Zoé Lam\n12 mars 2024";
        let about = "Zoé Lam écrit sur le lac et ses ports depuis dix ans pour ce journal.";
        assert_eq!(read(head, &format!("{SECOND}\n\n{about}")).text.as_str(), format!("{FIRST}\n\n{SECOND}"));
        // In the text somebody speaks.
        let article = read(head, &format!("{about}\n\n{SECOND}"));
        assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{about}\n\n{SECOND}"));
    }

    #[test]
    fn a_dispatch_may_end_in_its_agency() {
        let text = "Holm, 20 ene (EFE).- El puerto de Holm movió el año pasado más contenedores que nunca en su historia.";
        let last = "Para este año prevé un crecimiento de entre el 2 y el 3 %. EFE";
        let lexicon = Lexicon::load(None).unwrap();
        let article =
            crate::plain::read(&format!("El puerto bate su récord\n\n{text}\n\n{last}\n"), &lexicon).unwrap();
        assert!(article.text.ends_with(last));
        let caption = "El puerto de Holm visto desde la colina. EFE";
        // A credit is no end of one.
        let page = format!(
            "El puerto bate su récord\n\n{text}\n\nEl puerto de Holm, visto el 20 de enero © Bo Ekman / EFE\n\n{text} Sí.\n"
        );
        assert_eq!(crate::plain::read(&page, &lexicon).unwrap().images.len(), 1);
        let text = text.replace(" (EFE)", "");
        let article = crate::plain::read(
            &format!("El puerto bate su récord\n\n{text}\n\n{caption}\n\n{text} Sí.\n"),
            &lexicon,
        )
        .unwrap();
        assert_eq!(article.images.len(), 1);
    }
}
