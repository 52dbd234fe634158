//! What several lines together tell of one image: a label above its caption, a caption and a credit apart.

use document::Image;

use super::line::{Line, Opening, Role};
use super::names::NAMES_WORDS_MAX;
use super::{Page, caption, meta};
use crate::byline;
use crate::lexicon::{Label, WordSet, fold};

/// Words of a caption below the label of an image that may be a heading as well.
const CAPTION_WORDS_MIN: usize = 5;
const CAPTION_WORDS_MAX: usize = 40;

/// Words of a caption above the name of a photographer.
const HEAD_CAPTION_WORDS_MAX: usize = 30;

/// Words of what an image shows below its credit, and of the paragraph below that.
const SHOWN_WORDS_MAX: usize = 15;
const TEXT_WORDS_MIN: usize = 18;

/// Words of a sentence that may be a stand-first.
const HEAD_SENTENCE_WORDS: usize = 10;

/// Words of the name of an agency.
const AGENCY_WORDS_MAX: usize = 3;

/// Images among which one that comes again is looked for.
const NEAR_IMAGES: usize = 8;

impl Page<'_> {
    /// Adds what the line at `index` says of an image: to that of the line above, where each says what the other does not.
    pub(super) fn add_image(&mut self, index: usize, image: Image) {
        self.lines[index].role = Role::Caption;
        if image.caption.is_none()
            && let Some(above) = self.caption_in_head(index)
        {
            self.lines[above].role = Role::Caption;
            let caption = Some(self.lines[above].text.to_string());
            self.found.image_line = Some(index);
            self.found.images.push(Image { caption, ..image });
            return;
        }
        let above = index.checked_sub(1).filter(|above| self.found.image_line == Some(*above));
        self.found.image_line = Some(index);
        if above.is_some()
            && let Some(last) = self.found.images.last_mut()
            && (last.caption.is_none() && image.credit.is_none()
                || last.credit.is_none() && image.caption.is_none())
        {
            last.caption = last.caption.take().or(image.caption);
            last.credit = last.credit.take().or(image.credit);
            return;
        }
        // A picture may tell of itself a second time, to those who do not see it.
        let is_again = |other: &Image| (&other.caption, &other.credit) == (&image.caption, &image.credit);
        if !self.found.images.iter().rev().take(NEAR_IMAGES).any(is_again) {
            self.found.images.push(image);
        }
    }

    /// The caption right above a credit of an image between the headline and the text: no running text, and below a line of
    /// dates, names or buttons, where no stand-first begins.
    fn caption_in_head(&self, index: usize) -> Option<usize> {
        let above = index.checked_sub(1).filter(|_| !self.found.is_head_read)?;
        let line = &self.lines[above];
        let before = &self.lines[above.checked_sub(1)?];
        let is_caption = self.found.title_line.is_some_and(|title| title + 1 < above)
            && line.is_open()
            && !self.lines[index].gap
            && matches!(before.role, Role::Meta | Role::Chrome | Role::Caption)
            && (3..=HEAD_CAPTION_WORDS_MAX).contains(&line.words)
            && !(line.sentence && line.words >= HEAD_SENTENCE_WORDS)
            && !line.text.ends_with(['?', '!', ':'])
            && line.chrome.is_none()
            && line.label.is_none()
            && line.opening == Opening::Words;
        is_caption.then_some(above)
    }

    /// Whether a line tells what a picture shows, as the next one does once more, above a credit.
    pub(super) fn is_shown_twice(&self, index: usize) -> bool {
        let [line, next, credit, ..] = &self.lines[index..] else { return false };
        line.key == next.key
            && (caption::is_person_in_capitals(&credit.text, self.lexicon)
                || caption::read(credit, self.lexicon).is_some_and(|image| image.caption.is_none()))
    }

    /// Whether a line stands right above a credit that has no caption of its own.
    pub(super) fn is_above_credit(&self, index: usize) -> bool {
        let credit = self.lines.get(index + 1).and_then(|next| caption::read(next, self.lexicon));
        credit.is_some_and(|image| image.caption.is_none() && image.credit.is_some())
    }

    /// Takes a line right above one with nothing but the label of a credit and a name for the caption of that image. It is no
    /// sentence, and stands apart from what is above it, as the credit does not.
    pub(super) fn takes_caption_above(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let Some(next) = self.lines.get(index + 1) else { return false };
        // What a picture shows stands there twice, the second time with its credit.
        if line.words >= CAPTION_WORDS_MIN
            && next.is_open()
            && next.text.len() > line.text.len()
            && next.text.starts_with(line.text.as_ref())
            && caption::read(next, self.lexicon).is_some()
        {
            self.lines[index].role = Role::Repeat;
            return true;
        }
        let is_bare = line.gap
            && !next.gap
            && next.is_open()
            && !line.sentence
            && !line.text.ends_with(':')
            && (CAPTION_WORDS_MIN..=CAPTION_WORDS_MAX).contains(&line.words)
            && line.opening == Opening::Words
            && line.label.is_none()
            && matches!(next.labelled_with_colon(), Some((Label::Credit, _)));
        if !is_bare {
            return false;
        }
        let Some(credit) = caption::read(next, self.lexicon).filter(|image| image.caption.is_none()) else {
            return false;
        };
        let image = Image { caption: Some(line.text.to_string()), ..credit };
        self.lines[index].role = Role::Caption;
        self.add_image(index + 1, image);
        true
    }

    /// Takes an agency on a line of its own for the credit of an image, and the line below it for what that shows. Both stand
    /// together, apart from the paragraphs.
    pub(super) fn takes_agency_above(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_agency = line.gap
            && line.words <= AGENCY_WORDS_MAX
            && self.lexicon.has(WordSet::Agencies, &fold(&line.text));
        let is_caption = |next: &&Line<'_>| {
            next.is_open()
                && !next.gap
                && !next.is_running()
                && next.chrome.is_none()
                && next.label.is_none()
                && (CAPTION_WORDS_MIN..=HEAD_CAPTION_WORDS_MAX).contains(&next.words)
        };
        let is_apart = self.lines.get(index + 2).is_some_and(|after| after.gap);
        let Some(next) = self.lines.get(index + 1).filter(|next| is_agency && is_apart && is_caption(next))
        else {
            return false;
        };
        let (caption, credit) = (Some(next.text.to_string()), Some(line.text.to_string()));
        self.lines[index].role = Role::Caption;
        self.add_image(index + 1, Image { url: None, caption, credit });
        true
    }

    /// Takes a line for the caption of the image of which the line above said whose it is: "Bildunterschrift, Der Kai".
    pub(super) fn takes_caption_of_image(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_of_image = index.checked_sub(1).is_some_and(|above| self.found.image_line == Some(above));
        let Some((Label::Caption | Label::Credit, end)) = line.label.filter(|_| is_of_image) else {
            return false;
        };
        let Some(caption) = line.text[end..].trim_start().strip_prefix(',') else { return false };
        let image = Image { url: None, caption: Some(caption.trim().to_owned()), credit: None };
        self.add_image(index, image);
        true
    }

    /// Whether a sentence of the head tells what an image shows to those who do not see it: it stands right above a caption,
    /// below a sentence that is the stand-first.
    pub(super) fn is_alternative_text(&self, index: usize) -> bool {
        let is_sentence =
            |line: &Line<'_>| line.sentence && line.words >= CAPTION_WORDS_MIN && line.chrome.is_none();
        let Some(title) = self.found.title_line.filter(|title| *title < index) else { return false };
        let is_above_caption = || {
            self.lines.get(index + 1).is_some_and(|next| {
                caption::read(next, self.lexicon)
                    .is_some_and(|image| image.caption.is_some() && image.credit.is_some())
            })
        };
        !self.found.is_head_read
            && is_sentence(&self.lines[index])
            && self.lines[index].words <= HEAD_CAPTION_WORDS_MAX
            && self.lines[title + 1..index].iter().any(is_sentence)
            && is_above_caption()
    }

    /// Takes a credit on a line of its own in the head, right below a date or a byline, with the few words below it that the image
    /// shows: a name or a longer paragraph follows.
    pub(super) fn takes_caption_below_credit(&mut self, index: usize) -> bool {
        let is_below_meta = index.checked_sub(1).is_some_and(|above| self.lines[above].role == Role::Meta);
        let [line, next, after, ..] = &self.lines[index..] else { return false };
        let is_shown = next.is_open()
            && next.sentence
            && (CAPTION_WORDS_MIN - 1..=SHOWN_WORDS_MAX).contains(&next.words)
            && next.chrome.is_none()
            && next.label.is_none()
            && next.opening == Opening::Words
            && !next.text.contains(['«', '»', '"', '“', '”', '?', '!']);
        let goes_on = || {
            byline::is_people(&after.text, self.lexicon)
                || after.is_running() && after.words >= TEXT_WORDS_MIN && after.words > next.words
        };
        if !is_below_meta || !is_shown || !goes_on() {
            return false;
        }
        let Some(image) = caption::read(line, self.lexicon).filter(|image| image.caption.is_none()) else {
            return false;
        };
        let image = Image { caption: Some(next.text.to_string()), ..image };
        self.lines[index].role = Role::Caption;
        self.add_image(index + 1, image);
        true
    }

    /// Takes an agency on a line of its own in the head for the credit of an image, and the one or two lines below it for what
    /// that shows.
    pub(super) fn takes_agency_in_head(&mut self, index: usize, body: usize) -> bool {
        let line = &self.lines[index];
        let is_agency =
            line.words <= AGENCY_WORDS_MAX && self.lexicon.has(WordSet::Agencies, &fold(&line.text));
        let is_shown = |line: &Line<'_>| {
            line.is_open()
                && meta::read_line(line, None, self.lexicon, self.order).is_none()
                && !line.is_running()
                && line.chrome.is_none()
                && line.label.is_none()
                && (CAPTION_WORDS_MIN..=HEAD_CAPTION_WORDS_MAX).contains(&line.words)
        };
        if !is_agency || body > self.lines.len() {
            return false;
        }
        let count = self.lines[index + 1..body].iter().take(2).take_while(|line| is_shown(line)).count();
        // They stand right above the text, where no stand-first is left.
        if count == 0 || index + 1 + count != body {
            return false;
        }
        let (caption, credit) = (self.lines[index + count].text.to_string(), line.text.to_string());
        for line in &mut self.lines[index..=index + count] {
            line.role = Role::Caption;
        }
        self.found.images.push(Image { url: None, caption: Some(caption), credit: Some(credit) });
        true
    }

    /// Reads what an image is told with in several lines: a caption above a photographer's name in capitals, over the
    /// byline; or an agency's name and what the image shows, above its caption.
    pub(super) fn reads_image_in(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let next = self.lines.get(index + 1);
        if line.words <= NAMES_WORDS_MAX
            && line.label.is_none()
            && (caption::is_person_in_capitals(&line.text, self.lexicon)
                || caption::is_credit_of_person(&line.text, self.lexicon))
            && next.is_some_and(|next| self.is_byline_in_small(next) || self.is_below_byline(next, index))
            && let Some(above) = index.checked_sub(1).filter(|above| {
                let above = &self.lines[*above];
                above.is_open()
                    && (4..=HEAD_CAPTION_WORDS_MAX).contains(&above.words)
                    && above.chrome.is_none()
            })
        {
            let (caption, credit) = (self.lines[above].text.to_string(), line.text.to_string());
            self.found.images.push(Image { url: None, caption: Some(caption), credit: Some(credit) });
            (self.lines[above].role, self.lines[index].role) = (Role::Caption, Role::Caption);
            return true;
        }
        // What a picture shows, twice, above its credit.
        let is_same = |next: &&Line<'_>| {
            matches!(next.role, Role::Open | Role::Repeat) && next.key == line.key && line.words >= 4
        };
        if let Some(next) = next.filter(is_same)
            && let Some(credit) = self.lines.get(index + 2).and_then(|credit| {
                let in_capitals = caption::is_person_in_capitals(&credit.text, self.lexicon);
                let name = || Image { url: None, caption: None, credit: Some(credit.text.to_string()) };
                caption::read(credit, self.lexicon).or_else(|| in_capitals.then(name))
            })
            && credit.caption.is_none()
        {
            let image = Image { caption: Some(next.text.to_string()), ..credit };
            self.lines[index].role = Role::Repeat;
            self.lines[index + 1].role = Role::Caption;
            self.add_image(index + 2, image);
            return true;
        }
        // A few words below the date, right above the line of a credit.
        if line.sentence
            && (CAPTION_WORDS_MIN..=SHOWN_WORDS_MAX).contains(&line.words)
            && (self.found.published.is_some() || self.found.modified.is_some())
            && line.label.is_none()
            && let Some(next) = next.filter(|next| next.is_open() && !next.gap)
            && matches!(next.labelled_with_colon(), Some((Label::Credit, _)))
            && let Some(credit) = caption::read(next, self.lexicon).filter(|image| image.caption.is_none())
        {
            let image = Image { caption: Some(line.text.to_string()), ..credit };
            self.lines[index].role = Role::Caption;
            self.add_image(index + 1, image);
            return true;
        }
        let Some((agency, _)) = caption::alternative_text(line, self.lexicon) else { return false };
        let credit = Some(agency.to_owned());
        let caption = next
            .filter(|next| next.is_open() && !next.is_running() && next.words >= 4 && next.label.is_none())
            .map(|next| next.text.to_string());
        self.lines[index].role = Role::Caption;
        if caption.is_some() {
            self.lines[index + 1].role = Role::Caption;
        }
        self.found.images.push(Image { url: None, caption, credit });
        true
    }

    /// Whether the text begins with a line, and somebody else is the author: a name above it is none.
    fn is_below_byline(&self, line: &Line<'_>, index: usize) -> bool {
        let title = self.found.title_line.map_or(0, |title| title + 1);
        line.is_running()
            && (self.found.published.is_some() || self.found.modified.is_some())
            && (!self.found.authors.is_empty()
                || self.lines[title.min(index)..index].iter().any(|above| self.is_byline_in_small(above)))
    }

    /// Whether a line has a blank line above it, and one below.
    fn is_apart(&self, index: usize) -> bool {
        self.lines[index].gap && self.lines.get(index + 1).is_none_or(|next| next.gap)
    }

    /// Takes the line below one that is nothing but the label of an image for what the label says: "Foto", and what it shows;
    /// "Image source,", and whose it is.
    pub(super) fn takes_caption_below(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_bare = |end: usize| !line.text[end..].contains(char::is_alphanumeric);
        let Some((label @ (Label::Caption | Label::Credit), end)) =
            line.label.filter(|(_, end)| is_bare(*end))
        else {
            return false;
        };
        // One word may head a part of the text as well.
        let is_whole = line.text[..end].trim().contains(' ') || line.text[end..].trim() == ",";
        let has_comma = line.text[end..].trim() == ",";
        // "Photo d'illustration" tells all that there is to tell.
        let has_sign = line.text[end..].contains([',', ':']);
        let least = if is_whole { 1 } else { CAPTION_WORDS_MIN };
        let is_value = |next: &&Line<'_>| {
            next.is_open()
                && (!next.gap || is_whole)
                && (!next.is_running() || is_whole && has_sign && (!next.gap || has_comma))
                && (next.chrome.is_none() || is_whole && label == Label::Credit)
                && next.label.is_none()
                && (least..=CAPTION_WORDS_MAX).contains(&next.words)
        };
        let Some(value) = self.lines.get(index + 1).filter(is_value).map(|next| next.text.to_string()) else {
            // Apart from what is around it, or above a paragraph, it says of an image no more than that.
            let is_above_text = || self.lines.get(index + 1).is_some_and(Line::is_running);
            let is_alone = line.text[..end].trim().contains(' ')
                && (self.is_apart(index) || !has_sign && is_above_text());
            if is_alone {
                self.lines[index].role = Role::Caption;
            }
            return is_alone;
        };
        let image = if label == Label::Credit && is_whole {
            Image { url: None, caption: None, credit: Some(value) }
        } else {
            let (caption, credit) = caption::split(Some(value), None, self.lexicon);
            Image { url: None, caption, credit }
        };
        self.lines[index].role = Role::Caption;
        if self.found.image_line.is_some_and(|last| last + 1 == index) {
            self.found.image_line = Some(index);
        }
        self.add_image(index + 1, image);
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";

    fn check(lines: &str, caption: Option<&str>, credit: Option<&str>) {
        let page = format!("Le canal rouvre aux barques\n\nPar Zoé Lam\n\n{FIRST}\n\n{lines}\n\n{SECOND}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{lines}");
        let images: Vec<_> =
            article.images.iter().map(|image| (image.caption.as_deref(), image.credit.as_deref())).collect();
        assert_eq!(images, [(caption, credit)], "{lines}");
    }

    #[test]
    fn the_label_of_an_image_stands_above_its_caption() {
        for (label, caption) in [
            ("Foto", "Holm recebe meio milhão de turistas por ano"),
            ("Photo", "L'écluse de Holm vue depuis le vieux pont"),
            ("Bild:", "Die Schleuse von Holm nach dem Umbau"),
        ] {
            check(&format!("{label}\n{caption}"), Some(caption), None);
        }
    }

    #[test]
    fn a_comma_may_stand_behind_the_label() {
        for (lines, caption) in [
            ("Image source, Getty Images\nImage caption, The quay at night", "The quay at night"),
            ("Image source, Getty Images\n\nImage caption,\n\nThe quay at night", "The quay at night"),
            ("Image source,\nGetty Images\nImage caption\nThe quay at night", "The quay at night"),
            ("Crédit photo, Getty Images\nLégende image, Le quai, la nuit", "Le quai, la nuit"),
            ("Fuente de la imagen, Getty Images\nPie de foto, El muelle de noche", "El muelle de noche"),
            ("Crédito, Getty Images\nLegenda da foto, O cais à noite", "O cais à noite"),
            ("Bildquelle, Getty Images\nBildunterschrift, Der Kai bei Nacht", "Der Kai bei Nacht"),
        ] {
            check(lines, Some(caption), Some("Getty Images"));
        }
        check("Légende image, Le quai de Holm", Some("Le quai de Holm"), None);
        check("Image source, Ann Lee", None, Some("Ann Lee"));
    }

    #[test]
    fn whose_an_image_is_may_stand_in_capitals_behind_it() {
        let caption = "La passerelle du port, fermée depuis lundi 9 février 2026.";
        check(&format!("{caption} | LE PHARE DE HOLM"), Some(caption), Some("LE PHARE DE HOLM"));
        check(
            &format!("{caption} // Source : Bo Ekman - Lac Tech"),
            Some(caption),
            Some("Bo Ekman - Lac Tech"),
        );
        check(&format!("{caption} - OFB"), Some(caption), Some("OFB"));
        check("Quelle: dpa/Lars Ekman", None, Some("dpa/Lars Ekman"));
        check(
            &format!("{caption} Photo d'archives Le Progrès du Lac/Bo Ekman"),
            Some(caption),
            Some("Photo d'archives Le Progrès du Lac/Bo Ekman"),
        );
        check(
            &format!("{caption}Credit...Bo Ekman for The Lake"),
            Some(caption),
            Some("Bo Ekman for The Lake"),
        );
    }

    #[test]
    fn a_caption_in_the_head_stands_above_its_credit() {
        let caption = "Zoé Lam, patronne du port de Holm.";
        let read = |head: &str| {
            let page = format!("Le canal rouvre aux barques\n{head}\n{FIRST}\n{SECOND}\n");
            crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
        };
        let article = read(&format!("17 février 2026\n{caption}\n© Nordsucre"));
        assert_eq!(article.images[0].caption.as_deref(), Some(caption));
        assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"));
        // Below the headline a stand-first begins.
        let article = read(&format!("{caption}\n© Nordsucre"));
        assert!(article.text.starts_with(caption));
    }

    #[test]
    fn a_caption_may_stand_above_the_line_of_its_credit() {
        let caption = "Le phare de Holm et sa lanterne";
        check(&format!("{caption}\nPhoto : Bo Ekman"), Some(caption), Some("Bo Ekman"));
        check(
            &format!("{caption} (Bo Ekman/Le Courrier de Holm)"),
            Some(caption),
            Some("Bo Ekman/Le Courrier de Holm"),
        );
        check("Quelle: Bo Ekman/dpa", None, Some("Bo Ekman/dpa"));
        check("Bo Ekman (EFE)", None, Some("Bo Ekman (EFE)"));
        check(&format!("Getty Images\n{caption}"), Some(caption), Some("Getty Images"));
    }

    #[test]
    fn a_word_for_pictures_may_begin_a_sentence() {
        for line in [
            "Image, un mot qui revient souvent dans la bouche du maire.",
            "Légende, rumeur et vérité",
            "Crédit photo, crédit auto : les chiffres",
        ] {
            let page =
                format!("Le canal rouvre aux barques\n\nPar Zoé Lam\n\n{FIRST}\n\n{line}\n\n{SECOND}\n");
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{line}\n\n{SECOND}"));
        }
    }

    #[test]
    fn what_an_image_shows_may_stand_below_its_credit() {
        let read = |lines: &str| {
            let page = format!(
                "Le canal rouvre aux barques\nPar Zoé Lam\n3 mars 2026\n{lines}\n{FIRST}\n{SECOND}\n"
            );
            crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
        };
        for credit in ["© Office du lac", "PHOTO ANNE PETIT, ARCHIVES LE LAC"] {
            let article = read(&format!("{credit}\nL'écluse est fermée depuis 2024."));
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{credit}");
            assert_eq!(article.images[0].caption.as_deref(), Some("L'écluse est fermée depuis 2024."));
            assert_eq!(article.authors, ["Zoé Lam"]);
        }
        let said = read("© Office du lac\n« L'écluse est fermée », dit le garde.");
        assert!(said.text.starts_with('«'));
    }

    #[test]
    fn the_kind_of_an_image_takes_no_paragraph() {
        for label in
            ["Photo d'illustration", "Image d'illustration", "Photo d'archives", "File photo", "FILE PHOTO"]
        {
            for page in [format!("{label}\n{FIRST}\n{SECOND}"), format!("{FIRST}\n{label}\n{SECOND}")] {
                let page = format!("Le canal rouvre aux barques\nPar Zoé Lam\n3 mars 2026\n{page}\n");
                let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
                assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{page}");
            }
        }
    }

    #[test]
    fn what_stands_twice_above_a_credit_is_a_caption() {
        let caption = "Des barques devant l'écluse de Holm, le 2 mars 2026.";
        for credit in ["ANNE PETIT", "Anne Petit | Bloomberg | Getty Images"] {
            let page = format!(
                "Le canal rouvre aux barques\nPar Zoé Lam\n3 mars 2026\n{caption}\n{caption}\n{credit}\n{FIRST}\n{SECOND}\n"
            );
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{SECOND}"), "{credit}");
            assert_eq!(article.images[0].caption.as_deref(), Some(caption));
            assert_eq!(article.images[0].credit.as_deref(), Some(credit));
        }
    }
}
