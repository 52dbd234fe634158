//! The people that a value or a line names.

use crate::byline;
use crate::letters::is_ideograph;
use crate::lexicon::{Label, Lexicon, WordSet, fold};

/// Where a value stands, and so how much it must look like a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// In a field that is for authors: a nickname may be all there is.
    Field,
    /// In a link to an author's page, or all of a short line after "by".
    Link,
    /// In a line of the page.
    Line,
}

/// Words of a line among which the label of an editor is.
const LABELS_MAX: usize = 24;

/// Words of the longest place behind a dash.
const PLACE_WORDS: usize = 4;

/// Letters of a word before a place, letters and full stop of a word that is shortened, and words of a name with its place.
const PREPOSITION_CHARS: usize = 3;
const SHORTENED_CHARS: usize = 3;
const WHERE_WORDS: usize = 12;

/// Tells people from what else a byline holds.
pub(super) struct Cleaner<'l> {
    pub lexicon: &'l Lexicon,
    /// Names the site goes by, folded.
    pub sites: Vec<String>,
}

impl Cleaner<'_> {
    /// What follows the words that begin a byline.
    pub(super) fn labelled<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self.lexicon.label_of(text) {
            Some((Label::Byline, end)) => {
                Some(text[end..].trim_start_matches(|c: char| !c.is_alphanumeric()))
            }
            _ => None,
        }
    }

    /// Whether a line begins with a label of authors and a colon.
    pub(super) fn is_labelled_as_field(&self, text: &str) -> bool {
        matches!(self.lexicon.label_of(text), Some((Label::Byline, end)) if text[end..].trim_start().starts_with(':'))
    }

    /// Whether a line begins with a label of who edited or reviewed an article.
    pub(super) fn is_labelled_as_editing(&self, text: &str) -> bool {
        matches!(self.lexicon.label_of(text), Some((Label::Byline, end)) if self.lexicon.has(WordSet::Editing, &fold(&text[..end])))
    }

    /// Whether a word begins a statement of when: "Published".
    pub(super) fn dated(&self, word: &str) -> bool {
        word.len() > 3
            && word.chars().next().is_some_and(char::is_uppercase)
            && matches!(self.lexicon.label_of(word), Some((Label::Published | Label::Modified, _)))
    }

    /// Adds the people that a line names: those after "by", wherever that stands, else those of the whole line.
    pub(super) fn add_line(&self, text: &str, names: &mut Vec<String>) {
        if self.labelled(text).is_none() {
            self.add_after_label(text, names);
        }
        if names.is_empty() {
            self.add(text, Trust::Line, names);
        }
    }

    /// Adds the people named after a "by" inside a line.
    pub(super) fn add_after_label(&self, text: &str, names: &mut Vec<String>) {
        let mut of_images = 0;
        for (start, _) in text.match_indices([' ', '|', '·']).take(24) {
            let rest = text[start..].trim_start_matches([' ', '|', '·']);
            let at = text.len() - rest.len();
            let label = self.lexicon.label_of(rest);
            // The "by" of "photo by" is none of a byline.
            if let Some((Label::Credit, end)) = label {
                of_images = at + end;
            }
            if at >= of_images
                && let Some((Label::Byline, end)) = label
            {
                let name = rest[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
                // "Zoé Lam – Édité par Bo Ek": who edited is no author beside another.
                let before = text[..start].trim();
                let is_editor = self.lexicon.has(WordSet::Editing, &fold(&rest[..rest.len() - name.len()]));
                if is_editor && self.begins_with_given_name(before) {
                    self.add(before, Trust::Line, names);
                }
                if names.is_empty() {
                    self.add(name, Trust::Line, names);
                }
                if !names.is_empty() {
                    return;
                }
            }
        }
    }

    /// Adds the people that `text` names.
    pub(super) fn add(&self, text: &str, trust: Trust, names: &mut Vec<String>) {
        let mut text = text.trim();
        if text.contains("://") || text.starts_with("www.") {
            return;
        }
        if self.is_advertising(text) {
            return;
        }
        // "Lam, Zoé" is one person, where both are one word.
        let are_single = || text.split(',').all(|part| !part.trim().is_empty() && !part.trim().contains(' '));
        if trust == Trust::Field
            && are_single()
            && let Some(turned) = byline::turned(text, false, self.lexicon)
        {
            add_new(turned, names);
            return;
        }
        while let Some(rest) = self.labelled(text)
            && !rest.is_empty()
        {
            // "Rédaction Lyon" is a desk; "Rédaction : Zoe Lam" is a label.
            let label = &text[..text.len() - rest.len()];
            // "De notre correspondante à Vannes, Zoe Lam": the place comes first.
            let is_led = || {
                label.split_whitespace().nth(1).is_some()
                    && rest.split(',').skip(1).any(|part| self.begins_with_given_name(part))
            };
            if self.names_desk(label) && !self.begins_with_given_name(rest) && !is_led() {
                return;
            }
            text = rest;
        }
        // "All posts by Zoe Lam"; but "Source: Zoe Lam" tells something else.
        if let Some(first) = text.split_whitespace().next().filter(|word| self.is_no_name(word)) {
            let mut starts = text.match_indices(' ').take(4);
            let by = starts.find_map(|(at, _)| self.labelled(&text[at..]).filter(|rest| !rest.is_empty()));
            if by.is_none() && first.ends_with(':') {
                return;
            }
            text = by.unwrap_or(text);
        }
        let text = self.behind_role(text);
        let text = self.before_place(text);
        let text = self.before_editor(text);
        let text = &*byline::with_whole_forms(self.without_button(text), self.lexicon);
        let (from, mut whole) = (names.len(), false);
        let parts = || {
            text.split([
                ',', ';', '|', '/', '\n', '·', '•', '●', '∙', '▪', '■', '»', '›', '&', '+', '、', '–', '—',
            ])
            .flat_map(|part| part.split(" - "))
        };
        let desk = parts().any(|part| {
            part.split_whitespace()
                .any(|word| self.is_no_name(word) || self.lexicon.has(WordSet::Agencies, &fold(word)))
                || self.is_site(part)
        });
        let mut is_behind_role = false;
        for (index, part) in parts().enumerate() {
            // "Zoe Lam; Foto: Bo Ek".
            if index > 0
                && part.split_whitespace().next().is_some_and(|first| first.ends_with(':'))
                && self.labelled(part).is_none()
            {
                break;
            }
            // "Ann Lee, Staff Reporter, Port Harrow": behind what a person does stands where.
            if trust != Trust::Field
                && is_behind_role
                && whole
                && !self.begins_with_given_name(self.without_and(part))
            {
                continue;
            }
            is_behind_role |= whole && self.names_role(part);
            // Beside an office or an agency, or after a whole name, a single word is a place or a log-in name: "Zoe Lam, Oslo",
            // "zl/AFP".
            let bare = part.split('(').next().unwrap_or_default().trim();
            let single = bare.split_whitespace().nth(1).is_none() && !part.contains(is_ideograph);
            // "Ana Ruiz, do UOL": so does what begins small.
            let is_small = || {
                bare.starts_with(char::is_lowercase)
                    && self.without_and(bare).starts_with(char::is_lowercase)
                    && !bare.split_whitespace().any(|word| self.is_given_name(word))
            };
            // "Zoe Lam, g1 SP": behind a whole name nobody is called by a number.
            let is_numbered = || {
                part.split_whitespace()
                    .next()
                    .is_some_and(|first| first.contains(|c: char| c.is_ascii_digit()))
            };
            if single && (desk || whole) || whole && (is_numbered() || is_small()) {
                continue;
            }
            let part = self.without_where(part);
            let all: Vec<&str> = part.split_whitespace().collect();
            let mut words: Vec<&str> = Vec::new();
            for (at, word) in all.iter().enumerate() {
                if self.joins_people(words.len(), word, &all[at + 1..]) {
                    self.add_name(self.without_place(&words), trust, names);
                    words.clear();
                } else {
                    words.push(word);
                }
            }
            self.add_name(self.without_place(&words), trust, names);
            whole |= names[from..].iter().any(|name| name.contains(' '));
        }
    }

    /// The name behind what its bearer is and where: "notre correspondante à Holm Zoé Lam".
    fn behind_role<'t>(&self, text: &'t str) -> &'t str {
        if !text.starts_with(char::is_lowercase) {
            return text;
        }
        let mut words = text.split_whitespace().take(WHERE_WORDS);
        if !words.by_ref().any(|word| self.lexicon.has(WordSet::Roles, &fold(word))) {
            return text;
        }
        let name = words.find(|word| word.starts_with(char::is_uppercase) && self.is_given_name(word));
        name.map_or(text, |name| &text[name.as_ptr() as usize - text.as_ptr() as usize..])
    }

    /// A part of a byline without the "and" that it begins with.
    fn without_and<'t>(&self, part: &'t str) -> &'t str {
        let part = part.trim();
        match part.split_once(' ') {
            Some((first, rest)) if self.lexicon.has(WordSet::And, &fold(first)) => rest,
            _ => part,
        }
    }

    /// A name without where its bearer works: "Zoe Lam in Oslo", "Zoé Lam à Holm", "Ana Ruiz. Madrid", "Ana Ruiz (corresponsal en
    /// Madrid)".
    fn without_where<'t>(&self, part: &'t str) -> &'t str {
        let part = part.trim();
        let words: Vec<&str> = part.split_whitespace().take(WHERE_WORDS).collect();
        let before = |word: &str| part[..word.as_ptr() as usize - part.as_ptr() as usize].trim_end();
        if let Some(preposition) = self.place_in(&words) {
            return before(words[preposition]);
        }
        if words.len() < 3 || !self.is_given_name(words[0]) {
            return part;
        }
        for (at, word) in words.iter().enumerate().skip(2) {
            let behind = &words[at + 1..];
            let is_role = || {
                word.starts_with('(')
                    && behind.len() > 1
                    && self.lexicon.has(WordSet::Roles, &fold(word))
                    && part.ends_with(')')
            };
            // "Zoé Lam pour Le Courrier", "Zoé Lam is a columnist".
            let is_else = || {
                let key = fold(word);
                word.chars().all(char::is_lowercase)
                    && !self.lexicon.has(WordSet::Particles, &key)
                    && (self.lexicon.has(WordSet::OnBehalf, &key)
                        || self.lexicon.is_small(&key)
                            && behind.first().is_some_and(|next| next.starts_with(char::is_lowercase)))
            };
            if is_role() || is_else() {
                return before(word);
            }
            let ends_name = words[at - 1].ends_with('.') && words[at - 1].chars().count() > SHORTENED_CHARS;
            if ends_name && at + 1 == words.len() && self.is_place(&words[at..]) {
                return before(word);
            }
        }
        part
    }

    /// The words of a name without where its bearer works.
    fn without_place<'w, 't>(&self, words: &'w [&'t str]) -> &'w [&'t str] {
        &words[..self.place_in(words).unwrap_or(words.len())]
    }

    /// At which word of a name that ends in a place the preposition before that stands.
    fn place_in(&self, words: &[&str]) -> Option<usize> {
        let is_preposition = |at: &usize| {
            let (word, behind) = (words[*at], &words[at + 1..]);
            let key = fold(word);
            word.chars().all(char::is_lowercase)
                && word.chars().count() <= PREPOSITION_CHARS
                && self.is_place(behind)
                // What is "and" in one language is "in" in another.
                && !self.is_given_name(behind[0])
                && !self.lexicon.has(WordSet::Particles, &key)
                && (behind.len() == 1 || !self.lexicon.has(WordSet::And, &key))
        };
        let names = words.get(..2)?;
        let at = (2..words.len()).find(is_preposition)?;
        let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !self.is_no_name(word);
        (self.is_given_name(names[0]) || at == 2 && names.iter().all(is_name) && !self.lexicon.is_body(names))
            .then_some(at)
    }

    /// Whether words may be the name of a place, and are not the site's.
    fn is_place(&self, words: &[&str]) -> bool {
        (1..=PLACE_WORDS).contains(&words.len())
            && words.iter().all(|word| word.starts_with(char::is_uppercase))
            && !self.sites.iter().any(|site| site.ends_with(&fold(&words.join(" "))))
    }

    /// What stands before the label of an editor in a line that names an author first: "Zoe Lam, DVM. Reviewed by Bo Ek".
    fn before_editor<'t>(&self, text: &'t str) -> &'t str {
        let mut words = text.match_indices(' ').skip(1).take(LABELS_MAX);
        let end = words.find(|(at, _)| self.is_labelled_as_editing(&text[at + 1..])).map(|(at, _)| at);
        end.map(|end| text[..end].trim_end())
            .filter(|before| self.begins_with_given_name(before))
            .unwrap_or(text)
    }

    /// A line up to the dash behind which stands where somebody works: "Zoe Lam, The Lake — Port Harrow".
    fn before_place<'t>(&self, text: &'t str) -> &'t str {
        let Some((before, place)) = text.rsplit_once(" — ") else { return text };
        let is_place = before.contains(',')
            && place.split_whitespace().count() <= PLACE_WORDS
            && !self.begins_with_given_name(place)
            && self.labelled(place).is_none();
        if is_place { before } else { text }
    }

    /// Whether a label without a colon is a word for a desk.
    fn names_desk(&self, label: &str) -> bool {
        !label.contains(':') && label.split_whitespace().any(|word| self.is_no_name(word))
    }

    fn begins_with_given_name(&self, text: &str) -> bool {
        let mut words = text.split_whitespace();
        words.next().is_some_and(|first| self.is_given_name(first)) && words.next().is_some()
    }

    pub(super) fn is_given_name(&self, word: &str) -> bool {
        byline::is_given_name(word, self.lexicon)
    }

    fn add_name(&self, words: &[&str], trust: Trust, names: &mut Vec<String>) {
        if self.lexicon.is_body(words) {
            return;
        }
        let mut kept: Vec<&str> = Vec::new();
        for word in words {
            // What follows a bracket, an address or a number is not the name any more.
            if word.starts_with(['(', '[', '@', '<', '|']) || word.contains('@') {
                // "Bo Ek (photos)" took the pictures.
                if word.len() > "(c)".len()
                    && word.ends_with([')', ']'])
                    && matches!(self.lexicon.label_of(word), Some((Label::Credit, _)))
                {
                    return;
                }
                break;
            }
            if trust != Trust::Field && word.chars().any(|c| c.is_ascii_digit()) {
                break;
            }
            // A small word that is no particle is no part of a name: "Zoe Lam am Montag".
            if trust != Trust::Field
                && !kept.is_empty()
                && word.chars().all(char::is_lowercase)
                && !self.lexicon.has(WordSet::Particles, &fold(word))
            {
                break;
            }
            // "Zoe LamStaff Writer".
            if let Some(name) = self.without_glued_role(word) {
                kept.push(name);
                break;
            }
            // "Zoe Lam USA TODAY"; but "Marie Claire DUPONT" is a name.
            if kept.len() >= 2
                && is_shout(word)
                && !kept.iter().any(|word| is_shout(word))
                && !kept[1..]
                    .iter()
                    .any(|word| self.is_given_name(word) || self.lexicon.has(WordSet::Particles, &fold(word)))
                && kept.iter().any(|word| word.contains(char::is_lowercase))
            {
                break;
            }
            // After two words "d'Enquête" is where somebody works; after one it is a surname.
            let elided = word.starts_with("d'") || word.starts_with("d’");
            if !kept.is_empty() && self.dated(word) || trust != Trust::Field && elided && kept.len() >= 2 {
                break;
            }
            kept.push(word.trim_matches(|c: char| {
                matches!(
                    c,
                    '"' | '“'
                        | '”'
                        | '«'
                        | '»'
                        | ':'
                        | '*'
                        | ')'
                        | ']'
                        | '（'
                        | '）'
                        | '「'
                        | '」'
                        | '【'
                        | '】'
                )
            }));
        }
        // Letters stand in for a picture: "ZL Zoe Lam".
        if kept.len() > 2 && is_initials_of(kept[0], &kept[1..3]) {
            kept.remove(0);
        }
        // "Holm Courier Zoe Lam" at the Holm Courier.
        if kept.len() > 3
            && let Some(end) = (2..=kept.len() - 2).find(|end| self.is_name_of_site(&kept[..*end]))
        {
            kept.drain(..end);
        }
        if let Some(rest) = kept.first().filter(|_| kept.len() > 2).and_then(|_| self.labelled_words(&kept)) {
            kept.drain(..rest);
        }
        kept.drain(..byline::titles_before(&kept, self.lexicon));
        if let Some(name) = byline::with_surname_of_outlet(&kept, self.lexicon) {
            add_new(name.join(" "), names);
            return;
        }
        // In a field a known given name and one word more are a person, whatever that word is in some language: "Emma Staff".
        if trust == Trust::Field
            && let [first, surname] = kept[..]
            && self.may_have_any_surname(first, surname)
        {
            add_new(format!("{first} {}", surname.trim_end_matches('.')), names);
            return;
        }
        // Whom somebody writes for ends the name: "Zoe Lam Associated Press", "Zoe Lam Times Staff Writer".
        if kept.len() > 3 && self.is_given_name(kept[0]) && !self.is_no_name(kept[1]) {
            let is_outlet = |from: usize| {
                kept[from..].iter().any(|word| self.is_no_name(word))
                    || self.lexicon.has(WordSet::Agencies, &fold(&kept[from..].join(" ")))
            };
            let is_part = |word: &str| {
                self.is_given_name(word) || word.ends_with('.') || byline::is_particle(word, self.lexicon)
            };
            if !is_part(kept[1]) && !is_part(kept[2]) && is_outlet(2) {
                kept.truncate(2);
            }
        }
        // What a person does may come first: "Editor Zoe Lam". The title of one who is told by a surname alone stays.
        let titles = kept.iter().take_while(|word| self.lexicon.has(WordSet::Degrees, &fold(word))).count();
        while kept.len() > titles + 2 && self.lexicon.has(WordSet::Roles, &fold(kept[titles])) {
            kept.remove(titles);
        }
        // The label of another field ends the name: "Zoe Lam Source: AFP"; so does a letter that is no initial.
        let other = |word: &&str| {
            // A letter is an initial, not the one in the sign of rights: "Juan Ruiz C."
            let is_initial =
                word.chars().filter(|c| c.is_alphabetic()).count() == 1 && !word.starts_with('(');
            word.ends_with(':')
                || !is_initial
                    && matches!(self.lexicon.label_of(word), Some((Label::Credit | Label::Caption, _)))
        };
        if let Some(at) = words.iter().take(kept.len()).position(other).filter(|at| *at >= 2) {
            kept.truncate(at);
        }
        if trust != Trust::Field
            && kept.len() > 2
            && kept.last().is_some_and(|word| word.chars().count() == 1)
        {
            kept.pop();
        }
        // A role ends the name.
        if let Some(at) =
            kept.iter().skip(titles).position(|word| self.lexicon.has(WordSet::Roles, &fold(word)))
        {
            kept.truncate(titles + at);
            // "AP Auto Writer": whom somebody writes for.
            let is_agency = |word: &&str| {
                word.chars().all(char::is_uppercase) && self.lexicon.has(WordSet::Agencies, &fold(word))
            };
            if kept.first().is_some_and(is_agency) {
                return;
            }
            // "Roving Reporter" is nobody's name.
            if kept.len() == 1
                && !self.lexicon.has(WordSet::GivenNames, &fold(kept[0]))
                && !kept[0].contains(is_ideograph)
            {
                return;
            }
        }
        let name = kept.join(" ");
        // The full stop of an initial is a part of the name, and of what is shortened behind it: "Juan Ruiz C.", "Bo Ek Jr."
        let is_initial = kept.len() > 2
            && kept.last().is_some_and(|word| word.chars().count() == 2 || matches!(*word, "Jr." | "Sr."));
        let name = if is_initial { name.trim() } else { name.trim().trim_end_matches('.').trim() };
        if self.is_name(name, trust) {
            add_new(name.to_owned(), names);
        }
    }

    /// Whether a word of outlets or roles is a surname behind a given name that no town or outlet has.
    fn may_have_any_surname(&self, first: &str, surname: &str) -> bool {
        let (given, key) = (fold(first), fold(surname));
        let has = |set| self.lexicon.has(set, &key);
        self.lexicon.has(WordSet::GivenNames, given.split(' ').next().unwrap_or_default())
            && !self.lexicon.has(WordSet::Towns, &given)
            && !self.is_no_name(first)
            && surname.starts_with(char::is_uppercase)
            && surname.chars().all(|c| c.is_alphabetic() || c == '-')
            && surname.contains(char::is_lowercase)
            && (has(WordSet::NotPeople) || has(WordSet::Roles))
            && !has(WordSet::Outlets)
            && !has(WordSet::Firms)
            && !has(WordSet::Agencies)
            && !self.is_name_of_site(&[first, surname])
            && !self.is_site(&format!("{first} {surname}"))
    }

    /// Whether words are a name that the site goes by, to the letter.
    fn is_name_of_site(&self, words: &[&str]) -> bool {
        self.sites.contains(&fold(&words.join(" ")))
    }

    fn labelled_words(&self, words: &[&str]) -> Option<usize> {
        let text = words.join(" ");
        let rest = self.labelled(&text)?;
        let count = rest.split_whitespace().count();
        (count > 0).then(|| words.len() - count)
    }
}

/// Whether a word has three letters or more, all of them capitals.
fn is_shout(word: &str) -> bool {
    word.chars().count() >= 3 && word.chars().all(|c| c.is_uppercase() || c == '-')
}

/// Adds a name that is not among the names yet.
fn add_new(name: String, names: &mut Vec<String>) {
    let folded = fold(&name);
    if !names.iter().any(|other| fold(other) == folded) {
        names.push(name);
    }
}

/// Whether a word is the first letters of others.
fn is_initials_of(word: &str, words: &[&str]) -> bool {
    word.chars().all(char::is_uppercase)
        && word.chars().map(Some).eq(words.iter().map(|word| word.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(trust: Trust, value: &str, expected: &[&str]) {
        let lexicon = Lexicon::load(None).unwrap();
        let cleaner = Cleaner { lexicon: &lexicon, sites: vec!["le quotidien".to_owned()] };
        let mut names = Vec::new();
        cleaner.add(value, trust, &mut names);
        assert_eq!(names, expected, "{value}");
    }

    fn check_line(line: &str, expected: &[&str]) {
        let lexicon = Lexicon::load(None).unwrap();
        let cleaner = Cleaner { lexicon: &lexicon, sites: Vec::new() };
        let mut names = Vec::new();
        cleaner.add_line(line, &mut names);
        assert_eq!(names, expected, "{line}");
    }

    #[test]
    fn a_field_names_people() {
        check(Trust::Field, "Par Zoé Lam et Bo Ek", &["Zoé Lam", "Bo Ek"]);
        check(Trust::Field, "Zoé Lam og Bo Ek", &["Zoé Lam", "Bo Ek"]);
        check(Trust::Line, "Le Quotidien Loïc KERVAREC", &["Loïc KERVAREC"]);
        check(Trust::Line, "By Mary-Jane O’Neil & Siân ap Rhys", &["Mary-Jane O’Neil", "Siân ap Rhys"]);
        check(Trust::Field, "Dr. Ann Lee, Oslo", &["Ann Lee"]);
        check(Trust::Line, "Par Mme Zoé Lam et M. Jean Morel", &["Zoé Lam", "Jean Morel"]);
        check(Trust::Field, "Dr. Lee", &["Dr. Lee"]);
        for value in [
            "Anna Lam in Oslo",
            "Anna Lam à Holm",
            "Anna Lam aus Rostock",
            "Anna Lam. Madrid",
            "Anna Lam (corresponsal en Madrid)",
            "Anna Lam, g1 SP",
            "Anna Lam, g1 SP e TV Lago — São Paulo",
        ] {
            check(Trust::Field, value, &["Anna Lam"]);
        }
        for value in [
            "Anna Lam pour Le Courrier",
            "Anna Lam is a columnist.",
            "Anna Lam, Ingénieure (Holm)",
            "Anna Lam Times Staff Writer",
            "Anna Lam Associated Press",
            "Lam, Anna",
            "dalla nostra corrispondente Anna Lam",
            "notre correspondante à Pékin Anna Lam",
            "Anna Lam, do UOL, em São Paulo",
        ] {
            check(Trust::Field, value, &["Anna Lam"]);
        }
        for surname in ["Staff", "Gast", "Spiegel"] {
            check(Trust::Field, &format!("Emma {surname}"), &[&format!("Emma {surname}")]);
        }
        check(Trust::Field, "Anna Editor", &["Anna Editor"]);
        check(
            Trust::Field,
            "Anna Lam in Holm, Omar Said in Cairo and Lee Mann in Seoul",
            &["Anna Lam", "Omar Said", "Lee Mann"],
        );
        check(
            Trust::Line,
            "Anna Lam, professeure à Holm, et Marc Gallois, chercheur au CNRS",
            &["Anna Lam", "Marc Gallois"],
        );
        check(Trust::Field, "Anna Lam en Bo Ek", &["Anna Lam", "Bo Ek"]);
        check(Trust::Field, "José Ortega y Gasset", &["José Ortega y Gasset"]);
        check(Trust::Field, "Anna van der Berg", &["Anna van der Berg"]);
        check(Trust::Field, "Juan Ruiz Jr. Lam", &["Juan Ruiz Jr. Lam"]);
        check(Trust::Field, "N.C. avec AFP", &[]);
        check(Trust::Field, "J.-M. D.", &[]);
        check(Trust::Field, "J. K. Rowley", &["J. K. Rowley"]);
        check(Trust::Line, "Par Zoé Lam (texte) et Bo Ekman (photos)", &["Zoé Lam"]);
        check_line("Zoé Lam – Édité par Bo Ekman", &["Zoé Lam"]);
        check_line("3 May 2026 by Zoé Lam", &["Zoé Lam"]);
        check_line("The bridge in May. (Courier photo by Bo Ekman)", &[]);
        check_line("Lac en direct – édité par Bo Ekman", &["Bo Ekman"]);
        check(Trust::Field, "zlam", &["zlam"]);
        check(Trust::Field, "Le Quotidien", &[]);
        check(Trust::Field, "Seeverband, Kiel, Germany", &[]);
        check(Trust::Field, "Foto Bo Ek", &[]);
        check(Trust::Field, "Zoé Lam Illustration von Bo Ek", &["Zoé Lam"]);
    }

    #[test]
    fn a_field_may_hold_what_is_no_name() {
        check(Trust::Field, "Zoé Lam And Bo Ek For The Lake Post", &["Zoé Lam", "Bo Ek"]);
        check(Trust::Field, "Die FISCHER", &[]);
        check(Trust::Field, "zl/dpa", &[]);
        check(Trust::Field, "AFP Oslo", &[]);
        check(Trust::Field, "Zoé Lam, AFP Oslo", &["Zoé Lam"]);
        check(Trust::Field, "AA Gilling", &["AA Gilling"]);
        check(Trust::Field, "Powered by", &[]);
        check(Trust::Field, "lives in Oslo", &[]);
        check(Trust::Field, "Roving Reporter", &[]);
        check(Trust::Field, "Zoé Lam (Le Quotidien)", &["Zoé Lam"]);
        check(Trust::Field, "渡辺洋介", &["渡辺洋介"]);
        check(Trust::Field, "この記事を書いた人 渡辺洋介 東京社会部", &[]);
        check(Trust::Line, "Un texte de Zoé Lam d'Enquête", &["Zoé Lam"]);
    }

    #[test]
    fn names_are_told_from_each_other() {
        check(Trust::Field, "Anna Lam + Bo Ek", &["Anna Lam", "Bo Ek"]);
        check(
            Trust::Line,
            "Por María de los Ángeles Ruiz y José Ortega y Gasset",
            &["María de los Ángeles Ruiz", "José Ortega y Gasset"],
        );
        check(Trust::Field, "María Ruiz y José", &["María Ruiz", "José"]);
        check(Trust::Line, "María Ruiz y EFE", &["María Ruiz"]);
        check(
            Trust::Line,
            "Par Jean d'Ormesson et Anne-Sophie L'Hénoret",
            &["Jean d'Ormesson", "Anne-Sophie L'Hénoret"],
        );
        check(Trust::Line, "By John v. Berenberg-Consbruch", &["John v. Berenberg-Consbruch"]);
        check(Trust::Line, "By Zoe LamStaff Writer", &["Zoe Lam"]);
        check(Trust::Line, "By Ian McReporter", &["Ian McReporter"]);
        check(Trust::Line, "김민수 기자", &["김민수"]);
        check(Trust::Line, "記者 王小明", &["王小明"]);
    }

    #[test]
    fn initials_are_a_part_of_names() {
        check(Trust::Line, "Juan Carlos Ruiz C.", &["Juan Carlos Ruiz C."]);
        check(Trust::Field, "Anna C. Lam", &["Anna C. Lam"]);
        check(Trust::Field, "Anna Lam.", &["Anna Lam"]);
        check(Trust::Line, "Anna Lam (c) Lake Post", &["Anna Lam"]);
    }

    #[test]
    fn whom_somebody_writes_for_is_nobody() {
        check(Trust::Line, "Kevin Lam and Anna Ek USA TODAY", &["Kevin Lam", "Anna Ek"]);
        check(Trust::Field, "Marie Claire DUPONT", &["Marie Claire DUPONT"]);
        check(Trust::Field, "Anna van der BERG", &["Anna van der BERG"]);
        check(Trust::Field, "ANNA LAM EKMAN", &["ANNA LAM EKMAN"]);
        check(Trust::Field, "TOM LAM, AP Auto Writer", &["TOM LAM"]);
        check(Trust::Field, "AA Gilling", &["AA Gilling"]);
        check(Trust::Field, "LAKE.PL", &[]);
        check(Trust::Field, "symple.ch", &[]);
        check(Trust::Field, "A.Lam", &["A.Lam"]);
        check(Trust::Line, "Autor: Fabian Lam; Ilustrator: Adrian Ek", &["Fabian Lam"]);
        check(Trust::Field, "publisher", &[]);
    }

    #[test]
    fn sources_and_firms_are_no_people() {
        check(Trust::Line, "Quelle: Fachinformation Lakosan Tabletten", &[]);
        check(Trust::Line, "Lake GmbH & Co. KG", &[]);
        check(Trust::Line, "By Anna Lam and Bo Ek / Holm Shimbun Staff Writers", &["Anna Lam", "Bo Ek"]);
    }

    #[test]
    fn bodies_and_desks_are_no_people() {
        check(Trust::Field, "Rédaction Holm", &[]);
        check(Trust::Field, "Redaktion Holm", &[]);
        check(Trust::Line, "La rédaction de Holm", &[]);
        check(Trust::Field, "Rédaction Anna Lam", &["Anna Lam"]);
        check(Trust::Field, "Rédaction : Kim Adjei", &["Kim Adjei"]);
        check(Trust::Field, "Sponsored by Acme", &[]);
        check(Trust::Field, "Patrocinado por Acme", &[]);
        check(Trust::Field, "Mairie de Holm", &[]);
        check(Trust::Line, "Région Lac, Anna Lam", &["Anna Lam"]);
        check(Trust::Field, "Ville Ekman", &["Ville Ekman"]);
        check(Trust::Line, "Par Edwin Land et Anna Camera", &["Edwin Land", "Anna Camera"]);
        check(
            Trust::Line,
            "By Jane White, Della Street and Tom House",
            &["Jane White", "Della Street", "Tom House"],
        );
        check(Trust::Field, "White House", &[]);
        check(Trust::Field, "Camera Obscura", &["Camera Obscura"]);
        check(Trust::Field, "Police nationale, Zoé Lam", &["Zoé Lam"]);
    }

    #[test]
    fn a_surname_may_be_a_word_of_outlets_or_roles() {
        check(Trust::Line, "By Emily Post and Bill Press", &["Emily Post", "Bill Press"]);
        check(Trust::Link, "By Peter Chef", &["Peter Chef"]);
        check(Trust::Field, "Emily Post, Staff Writer", &["Emily Post"]);
        check(Trust::Line, "By New York Post", &[]);
        check(Trust::Field, "Charlotte Post", &[]);
    }

    #[test]
    fn people_call_sites_by_their_names() {
        let lexicon = Lexicon::load(None).unwrap();
        let sites = vec!["anna lam".to_owned(), "lake post".to_owned()];
        let cleaner = Cleaner { lexicon: &lexicon, sites };
        let mut names = Vec::new();
        cleaner.add("Anna Lam", Trust::Field, &mut names);
        cleaner.add("Lake Post", Trust::Field, &mut names);
        assert_eq!(names, ["Anna Lam"]);
        assert!(!cleaner.is_person("Victoria Advocate"));
    }

    #[test]
    fn a_line_names_people_only_by_whole_names() {
        check(Trust::Line, "Von Zoé Lam am Montag", &["Zoé Lam"]);
        check(Trust::Line, "Por Zoé Lam, N1 AC — Belo Horizonte", &["Zoé Lam"]);
        check(Trust::Line, "Von Windrädern", &[]);
        check(Trust::Line, "Alle Beiträge von Zoé Lam", &["Zoé Lam"]);
        check(Trust::Link, "Von Konstantin", &["Konstantin"]);
        check(Trust::Link, "April", &[]);
    }
}
