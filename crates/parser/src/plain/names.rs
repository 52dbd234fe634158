//! Which lines of an article's head name its authors though no label says so.

use document::BlockKind;

use super::line::{Line, Role};
use super::{Page, caption, meta};
use crate::byline;
use crate::lexicon::{Label, Lexicon, WordSet, fold};

/// Words of a line of names.
pub(super) const NAMES_WORDS_MAX: usize = 20;

/// Words of a person's name.
const NAME_WORDS_MAX: usize = 4;

/// Words of the name of an outlet that no list knows.
const OUTLET_WORDS_MAX: usize = 5;

/// Words of the name of a place.
const PLACE_WORDS_MAX: usize = 3;

/// Words of a line in which the text may speak of somebody.
const SPOKEN_WORDS_MIN: usize = 8;

impl Page<'_> {
    /// Whether a line above the headline is a person's name beyond doubt, right above a date: "Zoé Lam", "18 juin".
    pub(super) fn is_byline_above(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_dated = |next: &Line<'_>| {
            meta::read_line(next, None, self.lexicon, self.order).is_some_and(|meta| meta.published.is_some())
        };
        line.words <= NAME_WORDS_MAX
            && line.chrome.is_none()
            && line
                .text
                .split_whitespace()
                .next()
                .is_some_and(|word| byline::is_given_name(word, self.lexicon))
            && byline::is_people(&line.text, self.lexicon)
            && self.lines.get(index + 1).is_some_and(is_dated)
    }

    /// Whether a line names people and their outlet as a credit does, and stands beside a date as a byline does.
    pub(super) fn is_byline_for_outlet(&self, index: usize) -> bool {
        let is_dated = |line: Option<&Line<'_>>| {
            let meta = line.and_then(|line| meta::read_line(line, None, self.lexicon, self.order));
            meta.is_some_and(|meta| meta.published.is_some() || meta.modified.is_some())
        };
        let line = &self.lines[index];
        if line.words > NAMES_WORDS_MAX
            // Behind the bar stands the date.
            || is_dated(Some(line))
            || caption::has_sign(&line.text)
            || matches!(line.label, Some((Label::Byline, _)))
        {
            return false;
        }
        let is_beside_date =
            || is_dated(self.lines.get(index + 1)) || index > 0 && is_dated(self.lines.get(index - 1));
        if byline::is_people_of_outlet(&line.text, self.lexicon) {
            return is_beside_date() || self.is_right_below_title(index) && self.is_of_newspaper(index);
        }
        line.text.contains('|') && self.is_name_at_bar(&line.text) && is_beside_date()
            || self.is_name_before_word(&line.text) && is_beside_date() && self.is_right_below_title(index)
    }

    /// "Zoé Lam, Lacustra": a person beyond doubt, and a word for whom that person writes.
    fn is_name_before_word(&self, text: &str) -> bool {
        text.split_once(", ").is_some_and(|(name, outlet)| {
            let first = name.split_whitespace().next().unwrap_or_default();
            let is_word = |c: char| c.is_alphabetic() || c == '-';
            byline::is_given_name(first, self.lexicon)
                && byline::is_people(name, self.lexicon)
                && outlet.starts_with(char::is_uppercase)
                && outlet.chars().all(is_word)
        })
    }

    /// Whether a name in capitals stands above the place that somebody writes from, right above the text: "ANN LEE", "Holm".
    pub(super) fn is_name_above_place(&self, index: usize, body: usize) -> bool {
        let is_dated = self.found.published.is_some() || self.found.modified.is_some();
        index + 2 == body
            && is_dated
            && self.found.authors.is_empty()
            && caption::is_person_in_capitals(&self.lines[index].text, self.lexicon)
            && self.lines.get(index + 1).is_some_and(|place| {
                place.words <= PLACE_WORDS_MAX
                    && place.is_open()
                    && place.chrome.is_none()
                    && place.text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | ','))
            })
    }

    /// Whether a person beyond doubt is named above the outlet that this person works for: "Ann Lee", "BBC News, Holm".
    pub(super) fn is_name_above_outlet(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let first = line.text.split_whitespace().next().unwrap_or_default();
        let is_outlet = |next: &Line<'_>| {
            let name = next.text.split(',').next().unwrap_or_default();
            next.is_open()
                && !next.gap
                && !next.sentence
                && next.words <= OUTLET_WORDS_MAX
                && !self.lexicon.has(WordSet::Agencies, &fold(name))
                && name.contains(' ')
                && fold(name).split(' ').any(|word| self.lexicon.is_outlet(word))
        };
        line.words <= NAME_WORDS_MAX
            && byline::is_given_name(first, self.lexicon)
            && byline::is_people(&line.text, self.lexicon)
            && self.lines.get(index + 1).is_some_and(is_outlet)
    }

    /// Whether the stand-first alone speaks of people: it says whose opinion the text is.
    pub(super) fn is_only_in_standfirst(&self, names: &[String]) -> bool {
        let is_standfirst = |line: &&Line<'_>| line.role == Role::Text(BlockKind::Standfirst);
        let speaks = |line: &Line<'_>| names.iter().any(|name| line.text.contains(name.as_str()));
        self.lines.iter().filter(is_standfirst).any(speaks)
            && !names.iter().any(|name| {
                let surname = name.rsplit(' ').next().unwrap_or(name);
                let is_long = |line: &&Line<'_>| line.words > SPOKEN_WORDS_MIN && !is_standfirst(line);
                self.lines.iter().filter(is_long).any(|line| line.text.contains(surname))
            })
    }

    fn is_right_below_title(&self, index: usize) -> bool {
        self.found.title_line.is_some_and(|title| title + 1 == index)
    }

    /// Whether a line begins with a known given name and ends in an outlet that is no agency: that of an agency is a credit.
    fn is_of_newspaper(&self, index: usize) -> bool {
        let text = &self.lines[index].text;
        let is_agency = |word: &str| self.lexicon.has(WordSet::Agencies, &fold(word));
        let first = text.split_whitespace().next().unwrap_or_default();
        byline::is_given_name(first, self.lexicon)
            && !text.split(|c: char| !c.is_alphanumeric()).any(is_agency)
            && byline::people(text, self.lexicon).iter().all(|name| !self.is_spoken_of(name, index))
    }

    /// "Zoé Lam | Lac en direct", "Le Courrier du lac | Zoé Lam": a person beyond doubt at a bar, and a few words at the other
    /// side of it.
    fn is_name_at_bar(&self, text: &str) -> bool {
        let is_name = |part: &str| {
            let first = part.split_whitespace().next().unwrap_or_default();
            byline::is_given_name(first, self.lexicon) && byline::is_people(part, self.lexicon)
        };
        text.split_once('|').map(|(left, right)| (left.trim(), right.trim())).is_some_and(|(left, right)| {
            let is_short = |part: &str| (1..=OUTLET_WORDS_MAX).contains(&part.split_whitespace().count());
            is_name(left) && is_short(right) || is_name(right) && byline::is_outlet_name(left, self.lexicon)
        })
    }

    /// The people that a line by itself names as the authors, be it below the headline or below the text: one with what that
    /// person does, or those who held the interview, or stand before the editor. Of whom the headline or the text speaks is none.
    pub(super) fn signers(&self, index: usize) -> Vec<String> {
        let line = &self.lines[index];
        let is_long = line.words > NAMES_WORDS_MAX;
        if !line.is_open() || is_long || line.is_item() || matches!(line.label, Some((Label::Byline, _))) {
            return Vec::new();
        }
        let names = byline::name_before_role(&line.text, self.lexicon)
            .or_else(|| interviewers(&line.text, self.lexicon))
            .or_else(|| before_editor(&line.text, self.lexicon))
            .or_else(|| behind_place(&line.text, self.lexicon))
            .or_else(|| behind_particle(&line.text, self.lexicon))
            .or_else(|| self.behind_outlet(&line.text))
            .unwrap_or_default();
        let mut people = byline::people(names, self.lexicon);
        people.retain(|name| !self.is_spoken_of(name, index));
        people
    }

    /// The names behind that of the outlet: "Le Phare de Holm Zoé LAM.", where the page has the outlet's name on a line of its own
    /// or above its headline. The first name is a known given one.
    fn behind_outlet<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = text.trim_end_matches('.');
        let mut ends = text.match_indices(' ').map(|(at, _)| at).take(OUTLET_WORDS_MAX);
        ends.find_map(|at| {
            let (outlet, names) = (&text[..at], text[at + 1..].trim());
            let first = names.split_whitespace().next().unwrap_or_default();
            let is_one = byline::is_given_name(first, self.lexicon) && byline::is_people(names, self.lexicon);
            (is_one && self.is_outlet_of_page(outlet)).then_some(names)
        })
    }

    fn is_outlet_of_page(&self, name: &str) -> bool {
        // "Follow Ann Lee": one word is no name of an outlet, but "Ouest-France" has two parts.
        let is_whole = name.contains([' ', '-']) && name.starts_with(char::is_uppercase);
        is_whole
            && (self.found.publisher.as_deref() == Some(name)
                || self.lexicon.has(WordSet::NotPeople, &fold(name))
                || self.lines.iter().any(|line| *line.text == *name && line.chrome.is_none()))
    }

    /// Whether the headline or a longer line, but for the one at `index`, has the surname of somebody. Words about an author
    /// below the text begin with the name.
    fn is_spoken_of(&self, name: &str, index: usize) -> bool {
        let surname = name.rsplit(' ').next().unwrap_or(name);
        let has_it =
            |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == surname);
        self.found.title.as_deref().is_some_and(has_it)
            || self.lines.iter().enumerate().any(|(other, line)| {
                other != index
                    && line.words > SPOKEN_WORDS_MIN
                    && !line.text.contains('@')
                    && !line.text.starts_with(name)
                    && line.text.contains(surname)
                    && has_it(&line.text)
            })
    }

    pub(super) fn is_agency(&self, line: &Line<'_>) -> bool {
        line.words <= 4 && self.lexicon.has(WordSet::Agencies, &fold(&line.text))
    }

    pub(super) fn is_byline_in_small(&self, line: &Line<'_>) -> bool {
        line.text.contains(char::is_lowercase)
            && (byline::is_people(&line.text, self.lexicon) || matches!(line.label, Some((Label::Byline, _))))
    }
}

/// The names behind the word for an interview and a colon: "Interview: Jörg Ahl".
pub(super) fn interviewers<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let (genre, names) = text.split_once(':')?;
    let is_genre = genre.len() <= GENRE_BYTES_MAX && lexicon.has(WordSet::Genres, &fold(genre));
    (is_genre && byline::is_people(names.trim(), lexicon)).then(|| names.trim())
}

/// The names before who edited: "Zoé Lam – Édité par Bo Ek".
fn before_editor<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let signs = [" – ", " — ", " - ", "|", ",", "·", "•"];
    let (at, sign) = signs.iter().filter_map(|sign| Some((text.find(sign)?, sign))).min()?;
    let (names, behind) = (text[..at].trim(), text[at + sign.len()..].trim_start());
    let (Label::Byline, end) = lexicon.label_of(behind)? else { return None };
    let is_editor = lexicon.has(WordSet::Editing, &fold(&behind[..end])) && byline::is_people(names, lexicon);
    is_editor.then_some(names)
}

/// The names behind a place and a verb: "Aus Holm berichtet Anna Lam".
fn behind_place<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let mut words = text.split_whitespace().skip(2).take(PLACE_WORDS_MAX);
    let verb = words.find(|word| lexicon.has(WordSet::Reports, &fold(word)))?;
    let names = text[verb.as_ptr() as usize - text.as_ptr() as usize + verb.len()..].trim();
    byline::is_people(names, lexicon).then_some(names)
}

/// The name behind a small word that says whose a text is: "De Manon Lefort". The given name is a known one.
fn behind_particle<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let (particle, name) = text.split_once(' ')?;
    let first = name.split_whitespace().next()?;
    let is_one = particle.starts_with(char::is_uppercase)
        && lexicon.has(WordSet::Particles, &fold(particle))
        && name.split_whitespace().count() <= NAME_WORDS_MAX
        && byline::is_given_name(first, lexicon)
        && byline::is_people(name, lexicon);
    is_one.then_some(name)
}

/// Bytes of the longest word for an interview.
const GENRE_BYTES_MAX: usize = 24;

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal rouvre aux barques de loisir";
    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn check(head: &str, text: &str, foot: &str, expected: &[&str]) {
        let page = format!("{TITLE}\n{head}\n\n{text}\n\n{foot}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.title.as_deref(), Some(TITLE), "{page}");
        assert_eq!(article.authors, expected, "{page}");
        if !expected.is_empty() {
            assert_eq!(article.text.as_str(), text, "{page}");
        }
    }

    #[test]
    fn a_line_may_name_the_author_without_a_label() {
        for line in [
            "Zoé Lamant, journaliste au service économie",
            "Zoé Lamant – Édité par Bo Ekman",
            "Zoé Lamant | Le Courrier de Holm",
            "Interview: Zoé Lamant",
            "Aus Holm berichtet Zoé Lamant",
        ] {
            check(line, TEXT, "", &["Zoé Lamant"]);
            check(&format!("{line}\n3 mars 2026"), TEXT, "", &["Zoé Lamant"]);
        }
        for line in ["Interview: Zoé Lamant", "Zoé Lamant, journaliste", "Zoé Lamant - Édité par Bo Ekman"]
        {
            check("3 mars 2026", TEXT, line, &["Zoé Lamant"]);
        }
    }

    #[test]
    fn an_outlet_at_a_bar_beside_a_date_is_no_author() {
        for line in [
            "Zoé Lamant | Lac en direct",
            "Le Courrier de Holm | Zoé Lamant",
            "Zoé Lamant, Le Courrier de Holm",
            "Zoé Lamant | Holmse Courant",
        ] {
            check(&format!("{line}\n3 mars 2026"), TEXT, "", &["Zoé Lamant"]);
        }
    }

    #[test]
    fn an_opinion_is_signed_above_it() {
        let standfirst =
            "Ada Lamant, présidente de l'association Nord-Quai, appelle à revoir le plan des quais.";
        let page = |text: &str| {
            let page = format!(
                "TRIBUNE. « Un port à taille humaine »\n{standfirst}\n\nAda Lamant\nPrésidente de l'association Nord-Quai\n\n{text}\n"
            );
            crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
        };
        let article = page(TEXT);
        assert_eq!(article.authors, ["Ada Lamant"]);
        assert_eq!(article.text.as_str(), format!("{standfirst}\n\n{TEXT}"));
        assert_eq!(page(&format!("{TEXT} Pour Mme Lamant, c'est trop.")).authors, [""; 0]);
    }

    #[test]
    fn a_place_may_stand_behind_the_name() {
        check("Ann Lee in Holm\n3 mars 2026", TEXT, "", &["Ann Lee"]);
        check("Zoé Lamant, à Holm\nPublié le 3 mars 2026", TEXT, "", &["Zoé Lamant"]);
        check("Zoé Lamant (à Holm) et Bo Ekman (à Oslo)\n3 mars 2026", TEXT, "", &["Zoé Lamant", "Bo Ekman"]);
        check("Zoé Lamant (@zoe)\n3 mars 2026", TEXT, "", &["Zoé Lamant"]);
        check("Zoé Lamant\nzoe.lamant@lac.example\n3 mars 2026", TEXT, "", &["Zoé Lamant"]);
    }

    #[test]
    fn a_small_word_may_stand_before_the_name() {
        check("De Manon Lefort\n3 mars 2026", TEXT, "", &["Manon Lefort"]);
        check("De Holm Kervella\n3 mars 2026", TEXT, "", &[]);
    }

    #[test]
    fn an_outlet_may_stand_before_the_name() {
        check("Le Phare de Holm Anne LE GOFF.\n3 mars 2026", TEXT, "Le Phare de Holm", &["Anne LE GOFF"]);
        // Nothing says that those words are an outlet.
        check("Port de Holm Anne LE GOFF.\n3 mars 2026", TEXT, "", &[]);
    }

    #[test]
    fn an_outlet_may_stand_below_the_name() {
        check("3 hours ago\nShare\nZoé Lamant\nHolm News, Oslo", TEXT, "", &["Zoé Lamant"]);
    }

    #[test]
    fn of_whom_the_text_speaks_is_no_author() {
        let text = format!("{TEXT} Pour Anna Lamant, le chantier fut trop long.");
        check("Anna Lamant, directrice du port", &text, "", &[]);
        check("Entretien : Anna Lamant", &text, "", &[]);
    }

    #[test]
    fn an_editor_is_an_author_where_nobody_else_is_named() {
        check("Édité par : Bo Ekman", TEXT, "", &["Bo Ekman"]);
        check("Par Zoé Lamant\nÉdité par Bo Ekman", TEXT, "", &["Zoé Lamant"]);
        check("Édité par Bo Ekman\nPar Zoé Lamant", TEXT, "", &["Zoé Lamant"]);
        check("Ann Lee\nTraduit de l'anglais par Bo Ekman\n3 mars 2026", TEXT, "", &["Ann Lee"]);
    }
}
