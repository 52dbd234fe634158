//! What stands above the running text: the headline, dates, authors, the stand-first, and a site's menus.

use std::borrow::Cow;

use document::{Basis, BlockKind};

use super::line::{Line, Opening, Role};
use super::{NAMES_MAX, Page, SIGHT, caption, headline, line, meta};
use crate::byline;
use crate::lexicon::{Label, WordSet, fold};

/// Words of the first paragraph behind the label of the text.
const BODY_WORDS_MIN: usize = 8;

/// Figures of a counter.
const COUNTER_WORDS_MAX: usize = 2;

/// Words of a button.
const BUTTON_WORDS_MAX: usize = 5;

/// Lines above and below the headline that are read as its head. Menus have some hundreds.
const HEAD_LINES: usize = 1000;

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
        let running = |index: &usize| {
            let line = &self.lines[*index];
            line.is_running()
                && line.role != Role::Chrome
                && !self.is_aside(line)
                && !self.is_shown_twice(*index)
        };
        let first = (0..self.lines.len()).find(running).unwrap_or(self.lines.len());
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
        if let Some(headline) = headline::find(&self.lines, body, self.lexicon, self.order) {
            self.take_headline(headline);
        }
    }

    /// Takes a line for the headline, and those that repeat it.
    pub(super) fn take_headline(&mut self, mut headline: headline::Headline) {
        let mut key = self.lines[headline.line].key;
        if let Some(rest) = self.rest_of_headline(&headline) {
            headline.text = format!("{} {}", headline.text, self.lines[rest].text);
            self.lines[rest].role = Role::Repeat;
            key = line::key_of(&headline.text);
        }
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

    /// Takes the label off the text of an export of fields, where it stands on one line with the first paragraph.
    pub(super) fn unlabel_text(&mut self, body: usize) {
        let Some(line) = self.lines.get_mut(body).filter(|_| self.found.labelled_head) else { return };
        // "Text" stands before authors as well.
        let Some((Label::Body | Label::Byline, rest)) = line.labelled_with_colon() else { return };
        if line.sentence && rest.split_whitespace().count() >= BODY_WORDS_MIN {
            line.text = Cow::Owned(rest.to_owned());
            line.label = None;
        }
    }

    /// Reads what stands before the running text; gives the line where the text starts, stand-first included.
    pub(super) fn read_head(&mut self, body: usize) -> usize {
        let title = self.lines.iter().position(|line| line.role == Role::Title);
        let (running, body) = (body, self.head_end(body));
        if body > running && self.lines[running].is_open() {
            self.lines[running].role = Role::Text(BlockKind::Standfirst);
        }
        self.leave_contents_out(title, body);
        let mut pending = None;
        let mut last_meta = title.unwrap_or(0);
        let near = title.unwrap_or(0).saturating_sub(HEAD_LINES)..body.min(title.unwrap_or(0) + HEAD_LINES);
        for index in near.clone() {
            if !self.lines[index].is_open() {
                continue;
            }
            let is_below_title = title.is_some_and(|title| index > title);
            if self.read_path(index, title) || is_below_title && self.skip_pointers_above(index, body) {
                continue;
            }
            if is_below_title && self.is_alternative_text(index) {
                self.lines[index].role = Role::Caption;
                continue;
            }
            // "Ann Lee / AFP" below a byline is whose the image is.
            if is_below_title
                && !self.found.authors.is_empty()
                && caption::is_credit_of_person(&self.lines[index].text, self.lexicon)
                && let Some(image) = caption::read(&self.lines[index], self.lexicon)
            {
                self.add_image(index, image);
                continue;
            }
            if is_below_title
                && (self.takes_caption_below_credit(index) || self.takes_agency_in_head(index, body))
            {
                continue;
            }
            if is_below_title && (self.reads_image_in(index) || self.read_tags(index, None).is_some()) {
                continue;
            }
            if !is_below_title && self.is_byline_above(index) {
                let names = byline::people(&self.lines[index].text, self.lexicon);
                self.lines[index].role = Role::Meta;
                self.add_candidates(names);
                continue;
            }
            let is_near = title.is_some_and(|title| (title + 1..=title + SIGHT).contains(&index));
            let mut signers = if is_near { self.signers(index) } else { Vec::new() };
            if signers.is_empty() {
                signers = self.lone_names(index, body);
            }
            if !signers.is_empty() {
                self.lines[index].role = Role::Meta;
                self.add_authors(signers);
                last_meta = index;
            } else if is_below_title && self.is_byline_for_outlet(index) {
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
        for index in title.map_or(0, |title| title + 1)..near.end {
            let line = &self.lines[index];
            let is_meta = |index: usize| self.lines.get(index).is_some_and(|line| line.role == Role::Meta);
            // "Ann Lee", "Associated Press", "March 3".
            let is_between = |next: &Line<'_>| self.is_agency(next) || is_mail(&next.text);
            let below = if self.lines.get(index + 1).is_some_and(is_between) { 2 } else { 1 };
            let has_role = self.is_role(index + 1) && self.lines[index + 1].is_open()
                || self.is_name_above_place(index, body)
                || self.is_name_above_outlet(index);
            if line.is_open()
                && (is_meta(index + below) || index > 0 && is_meta(index - 1) || has_role)
                && (byline::is_people(&line.text, self.lexicon)
                    || byline::is_people_in_place(&line.text, self.lexicon)
                    || byline::is_people(&without_brackets(&line.text), self.lexicon)
                    || byline::is_name_with_role(&line.text, self.lexicon))
            {
                let at = line.label.filter(|(label, _)| *label == Label::Byline).map_or(0, |(_, at)| at);
                let names = byline::people(&line.text[at..], self.lexicon);
                self.lines[index].role = Role::Meta;
                if has_role && self.found.candidates < NAMES_MAX && self.is_only_in_standfirst(&names) {
                    self.add_authors(names);
                } else {
                    self.add_candidates(names);
                }
                last_meta = last_meta.max(index);
                if has_role {
                    self.lines[index + 1].role = Role::Meta;
                }
            }
        }
        // Running text above the metadata is the stand-first.
        let after_title = title.map_or(0, |title| title + 1);
        for index in after_title..body.min(self.lines.len()) {
            let line = &self.lines[index];
            if !line.is_open() {
                continue;
            }
            let words =
                line.text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
            // A counter has no words; "1" may be the number of the first part.
            let is_counter = words == 0 && line.words <= COUNTER_WORDS_MAX && *line.text != *"1";
            self.lines[index].role = if is_counter || self.is_among_buttons(index) || self.is_handle(index) {
                Role::Chrome
            } else if line.is_item() && self.is_in_run_of_items(index) {
                Role::Text(BlockKind::ListItem)
            } else if self.is_numbered_heading(index) {
                Role::Text(BlockKind::Heading)
            } else if words >= 5 && (index < last_meta || line.sentence) {
                Role::Text(BlockKind::Standfirst)
            } else if self.is_heading(index) && (line.words >= 4 || self.has_short_headings(body)) {
                Role::Text(BlockKind::Heading)
            } else if line.words >= 5 {
                Role::Text(BlockKind::Standfirst)
            } else if self.is_short_beginning(index, body) {
                Role::Text(BlockKind::Paragraph)
            } else {
                Role::Chrome
            };
        }
        self.list_points_above(body);
        self.leave_sections_out(title, body);
        body
    }

    /// Where the head ends: before the running text, or below a stand-first that has dates or authors under it.
    pub(super) fn head_end(&self, body: usize) -> usize {
        let Some(first) = self.lines.get(body).filter(|line| line.is_open() && line.words < 90) else {
            return body;
        };
        if caption::read(first, self.lexicon).is_some() {
            return body;
        }
        // Below a byline such a line heads what that person says.
        let is_byline = |line: &Line<'_>| matches!(line.label, Some((Label::Byline, _)));
        let is_unsigned = !self.lines[..body].iter().any(is_byline);
        let mut pending = None;
        let mut metas = 0;
        for index in body + 1..(body + 12).min(self.lines.len()) {
            let line = &self.lines[index];
            let is_text = matches!(line.role, Role::Text(_)) || line.is_running() && !self.is_aside(line);
            if is_text && self.is_alternative_text(index) {
                continue;
            }
            if is_text {
                return if metas > 0 { index } else { body };
            }
            let is_above_role = || self.is_role(index + 1) && byline::is_people(&line.text, self.lexicon);
            if is_unsigned && (!self.signers(index).is_empty() || is_above_role()) {
                metas += 1;
                continue;
            }
            let said = meta::read_line(line, pending, self.lexicon, self.order);
            pending = None;
            if let Some(meta) = said {
                // Below a byline, one of other people with a date is that of another article.
                let is_named =
                    |name: &String| self.lines[..body].iter().any(|line| line.text.contains(name.as_str()));
                let is_dated = meta.published.is_some() && !meta.authors.is_empty();
                if !is_unsigned && is_dated && !meta.authors.iter().any(is_named) {
                    return body;
                }
                pending = meta.pending;
                metas += 1;
            }
        }
        body
    }

    /// Whether a few words right above the text, below its byline or its date, are a sentence of it: "C'est faux."
    fn is_short_beginning(&self, index: usize, body: usize) -> bool {
        let line = &self.lines[index];
        index + 1 == body
            && line.words > 1
            && line.text.ends_with(['.', '»'])
            && line.text.starts_with(|c: char| c.is_uppercase() || c == '«')
            && line.chrome.is_none()
            && line.label.is_none()
            && line.opening == Opening::Words
            && index > 0
            && self.lines[index - 1].role == Role::Meta
    }

    /// Whether a few words stand right beside a button, as another one does: "Copy link", "Add us", "Share".
    fn is_among_buttons(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_button = |line: &Line<'_>| line.chrome.is_some() && line.words <= 4;
        let above = index > 0 && !line.gap && is_button(&self.lines[index - 1]);
        let below = self.lines.get(index + 1).is_some_and(|next| !next.gap && is_button(next));
        line.words <= BUTTON_WORDS_MAX && !line.sentence && (above || below)
    }

    /// Whether headings of one to three words stand in the text, so that one more above it is likely.
    pub(super) fn has_short_headings(&self, body: usize) -> bool {
        (body + 1..self.lines.len())
            .take(SIGHT)
            .any(|index| self.lines[index].words <= 3 && self.is_heading(index))
    }

    /// A line above the headline that nothing else is told of is a menu's, or the outlet's name.
    fn read_above_title(&mut self, index: usize) {
        self.lines[index].role = Role::Chrome;
        if self.found.publisher.is_none() && self.is_masthead(index) {
            self.found.publisher = Some(self.lines[index].text.to_string());
        }
    }

    /// Takes the sections of a line that is the path to the page ("Home > Economy > Ports"): above the headline, or below it
    /// where the path begins with the front page or ends in the headline.
    fn read_path(&mut self, index: usize, title: Option<usize>) -> bool {
        let text = self.lines[index].text.to_string();
        if !headline::is_breadcrumb(&text, self.lexicon) {
            return false;
        }
        let mut parts = headline::parts_of_path(&text);
        let is_home = parts.first().is_some_and(|part| self.lexicon.has(WordSet::Home, &fold(part)));
        let is_title = |part: &&str| Some(line::key_of(part)) == self.found.title_key;
        let ends_in_title = parts.last().is_some_and(is_title);
        if title.is_some_and(|title| index > title) && !is_home && !ends_in_title {
            return false;
        }
        if ends_in_title {
            parts.pop();
        }
        // The first part is the site's, unless it is a section as all sites have them.
        let is_section = |part: &&str| self.lexicon.has(WordSet::Sections, &fold(part));
        let from = usize::from(!parts.first().is_some_and(is_section));
        let sections = parts.into_iter().skip(from).map(str::to_owned).collect();
        self.found.add_tags(sections);
        self.lines[index].role = Role::Chrome;
        true
    }
}

/// An address to write to: "zoe.lam@lake.example".
fn is_mail(text: &str) -> bool {
    !text.contains(' ') && text.contains('@') && text.contains('.')
}

/// A line without what stands in brackets, which is where somebody is, or what somebody goes by: "Zoé Lam (à Holm)".
fn without_brackets(text: &str) -> Cow<'_, str> {
    // "Zoé Lam @zoelam".
    if let Some((name, handle)) = text.rsplit_once(" @")
        && !handle.contains([' ', '.'])
    {
        return Cow::Borrowed(name);
    }
    if !text.contains('(') || text.len() > BRACKETS_BYTES_MAX {
        return Cow::Borrowed(text);
    }
    let outside = text.split('(').enumerate().map(|(at, part)| match (at, part.split_once(')')) {
        (0, _) => part,
        (_, Some((_, behind))) => behind,
        (_, None) => "",
    });
    Cow::Owned(outside.map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Bytes of a line of names with places in brackets.
const BRACKETS_BYTES_MAX: usize = 120;

#[cfg(test)]
mod tests {
    use document::Article;

    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal rouvre aux barques de loisir";
    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn read(head: &str) -> Article {
        crate::plain::read(&format!("{head}\n{TEXT}\n"), &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn a_name_stands_above_a_role_or_a_date() {
        for head in [
            "Zoé Lam\nJournaliste\n12 mars 2024",
            "Zoé Lam\nGrand reporter au service lacs\nPublié le 12 mars 2024",
            "Zoé Lam Journaliste Lac Info\nLe 12/03/2024 à 14:52",
            "12 mars 2024\nZoé Lam\nCorrespondante",
        ] {
            let article = read(&format!("{TITLE}\n{head}"));
            assert_eq!(article.authors, ["Zoé Lam"], "{head}");
            assert_eq!(article.text.as_str(), TEXT, "{head}");
        }
        let article = read(&format!("Anna Lam\n12 mars 2024\n{TITLE}"));
        assert_eq!(
            (article.authors.as_slice(), article.title.as_deref()),
            (&["Anna Lam".to_owned()][..], Some(TITLE))
        );
        // No known given name: a place, or a section.
        assert_eq!(read(&format!("Holm Nord\n12 mars 2024\n{TITLE}")).authors, [""; 0]);
    }

    #[test]
    fn buttons_stand_beside_buttons() {
        let article = read(&format!("{TITLE}\n12 mars 2024\nPartager\nVoir la carte en grand\nImprimer"));
        assert_eq!(article.text.as_str(), TEXT);
        let article = read(&format!("{TITLE}\n12 mars 2024\nPartager\n\nUn chantier hors norme"));
        assert_eq!(article.text.as_str(), format!("Un chantier hors norme\n\n{TEXT}"));
    }

    #[test]
    fn an_image_may_take_several_lines() {
        let caption = |head: &str| {
            let article = read(&format!("{TITLE}\n{head}"));
            assert_eq!(article.text.as_str(), TEXT, "{head}");
            let image = article.images.into_iter().next().unwrap();
            (image.caption.unwrap_or_default(), image.credit.unwrap_or_default())
        };
        let told = |caption: &str, credit: &str| (caption.to_owned(), credit.to_owned());
        assert_eq!(
            caption("El embalse de Holm, casi vacío.\nJAVIER QUINTELA\nAnna Barroso\n9 jul 2026"),
            told("El embalse de Holm, casi vacío.", "JAVIER QUINTELA")
        );
        assert_eq!(
            caption(
                "12 March 2024\nGetty Images A long white boat moored beside a harbour wall\nBoats call at Holm in summer"
            ),
            told("Boats call at Holm in summer", "Getty Images")
        );
        // The byline may be in capitals.
        let article = read(&format!("{TITLE}\nJAVIER QUINTELA\nHolm - 9 jul 2026"));
        assert_eq!((article.authors.len(), article.images.len()), (1, 0));
    }

    #[test]
    fn an_image_may_be_told_of_to_those_who_do_not_see_it() {
        let standfirst = "Les loueurs de barques attendent beaucoup de monde cet été, dit le maire.";
        let shown = "Une barque blanche devant une écluse de pierre, avec des curieux au bord.";
        let article = read(&format!(
            "{TITLE}\n{standfirst}\n{shown}\nL'écluse de Holm, lundi. © Bo Ekman / AFP\nPar Zoé Lam\n12 mars 2024"
        ));
        assert_eq!(article.text.as_str(), format!("{standfirst}\n\n{TEXT}"));
        assert_eq!(article.authors, ["Zoé Lam"]);
        // One sentence above a caption is the stand-first.
        let article =
            read(&format!("{TITLE}\n{standfirst}\nL'écluse de Holm, lundi. © Bo Ekman / AFP\nPar Zoé Lam"));
        assert_eq!(article.text.as_str(), format!("{standfirst}\n\n{TEXT}"));
        let caption = "Des barques devant l'écluse de Holm";
        let article = read(&format!(
            "{TITLE}\nPar Zoé Lam\n12 mars 2024\nGetty Images\nUne barque devant une écluse\n{caption}"
        ));
        assert_eq!(article.text.as_str(), TEXT);
        assert_eq!(article.images[0].caption.as_deref(), Some(caption));
    }

    #[test]
    fn the_path_to_the_page_gives_sections() {
        for path in [
            "Accueil > Lacs > Navigation fluviale",
            "Home / Lacs / Navigation fluviale",
            "Accueil | Lacs | Navigation fluviale",
            "Home→Lacs→Navigation fluviale",
        ] {
            for head in [format!("{path}\n{TITLE}"), format!("{TITLE} - Le Courrier\n{path}\n{TITLE}")] {
                let article = read(&format!("{head}\nPar Zoé Lam\n"));
                assert_eq!(article.tags, ["Lacs", "Navigation fluviale"], "{head}");
                assert_eq!((article.images.len(), article.text.as_str()), (0, TEXT), "{head}");
            }
        }
        assert_eq!(read(&format!("Économie > Ports > {TITLE}\n{TITLE}\n")).tags, ["Économie", "Ports"]);
    }

    #[test]
    fn a_name_in_capitals_below_a_caption_is_a_credit() {
        for byline in ["Par Zoé Lam\n12 mars 2024", "Zoé Lam\nHolm - 12 mars 2024"] {
            let article = read(&format!("{TITLE}\n{byline}\nLe port de Holm, en février.\nBO EKMAN"));
            assert_eq!(article.images[0].credit.as_deref(), Some("BO EKMAN"), "{byline}");
            assert_eq!(article.text.as_str(), TEXT, "{byline}");
            assert_eq!(article.authors, ["Zoé Lam"], "{byline}");
        }
    }

    #[test]
    fn tags_may_stand_above_the_text() {
        let article = read(&format!("{TITLE}\nPar Zoé Lam\nSujets\nLac de Holm\nNavigation fluviale\n"));
        assert_eq!(article.tags, ["Lac de Holm", "Navigation fluviale"]);
        assert_eq!(article.text.as_str(), TEXT);
    }

    #[test]
    fn the_label_of_the_text_is_no_part_of_it() {
        for label in ["Contenu", "Body", "Text", "Inhalt", "Contenido", "Testo", "Conteúdo", "Inhoud"] {
            let page = format!("Title: {TITLE}\nDate: 2026-03-12\n{label}: {TEXT}\n");
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.text.as_str(), TEXT, "{label}");
        }
        let text = TEXT.replacen("Les", "Contenu : les", 1);
        let article =
            crate::plain::read(&format!("{TITLE}\n\n{text}\n"), &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.text.as_str(), text);
    }
}
