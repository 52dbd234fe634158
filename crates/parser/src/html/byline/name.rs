//! Whether words have the form of a person's name.

use super::people::{Cleaner, Trust};
use crate::byline;
use crate::letters::is_ideograph;
use crate::lexicon::{Lexicon, WordSet, fold};

impl Cleaner<'_> {
    /// Whether it is a person's name as far as form tells.
    pub(super) fn is_name(&self, name: &str, trust: Trust) -> bool {
        let count = name.chars().count();
        let words: Vec<&str> = name.split_whitespace().collect();
        let particles = words.iter().filter(|word| byline::is_particle(word, self.lexicon)).count();
        if !(2..=60).contains(&count)
            || words.len() - particles > byline::NAME_WORDS
            || particles > byline::PARTICLES
            || words.is_empty()
            || !name.chars().any(char::is_alphabetic)
        {
            return false;
        }
        let folded = fold(name);
        let tight: String = folded.chars().filter(|c| *c != ' ').collect();
        // People call sites by their own names.
        if byline::is_outlet_name(name, self.lexicon)
            || self.lexicon.is_outlet(&folded)
            || self.is_site(name)
            || self.lexicon.has(WordSet::Nobody, &tight)
            || byline::is_firm(&words, self.lexicon)
        {
            return false;
        }
        // Initials and log-in names say nobody's name.
        let initials = count <= 3 && name.chars().all(char::is_uppercase) && name.is_ascii();
        // "J.-M. D.", "N.C.".
        let only_initials = || {
            name.contains('.')
                && name.split(|c: char| !c.is_alphabetic()).all(|letters| letters.chars().count() < 2)
        };
        if words.len() == 1 && (count <= 2 && name.is_ascii() || initials)
            || only_initials()
            || tight.contains("admin")
        {
            return false;
        }
        // "AFP", "AFP Paris"; but AA Gill is a person.
        let is_agency = |word: &str| {
            (words.len() == 1 || word.len() >= 3 && word.chars().all(char::is_uppercase))
                && self.lexicon.has(WordSet::Agencies, &fold(word))
        };
        if words.iter().any(|word| self.is_no_name(word) || is_agency(word)) {
            return false;
        }
        // A label without what it labels is no name.
        if self.labelled(name).is_some_and(str::is_empty) || words.len() == 1 && self.dated(name) {
            return false;
        }
        // "Die Fischer", "NTV Sport" on NTV, "Powered by", "works in Calgary": what begins with an article or the site's name,
        // what ends small, or begins so and does not end so.
        let first = fold(words[0]);
        let led = words.len() > 1
            && (first.len() > 2 && self.lexicon.has(WordSet::Articles, &first)
                || matches!(first.as_str(), "le" | "la" | "el" | "il")
                || self.sites.contains(&first) && !self.is_person(name));
        let small = |word: &str| word.chars().all(char::is_lowercase);
        let ends = [words[0], words[words.len() - 1]].map(small);
        let uneven = ends[0] != ends[1] && (ends[1] || !self.lexicon.has(WordSet::Particles, &first));
        if led || words.len() > 1 && (uneven || words.iter().any(|word| word.eq_ignore_ascii_case("by"))) {
            return false;
        }
        // "Holm D" is who writes for Holm News.
        let is_letter = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() == 1;
        let begins_site = |site: &String| site.split(' ').next() == Some(first.as_str());
        if words.len() == 2
            && is_letter(words[1])
            && self.sites.iter().any(begins_site)
            && !byline::is_given_name(words[0], self.lexicon)
        {
            return false;
        }
        // A name in ideographs has two to four of them, foreigners' in syllables more.
        let ideographs = name.chars().filter(|c| is_ideograph(*c)).count();
        if ideographs > 0 {
            return ideographs <= 8 && words.len() <= 2 && (trust != Trust::Line || ideographs <= 4);
        }
        // "Radio-Canada", "April"; but Marie-France is a person.
        if words.len() == 1
            && (folded.split(' ').any(|part| self.is_no_name(part)) || crate::date::is_month(name))
        {
            return false;
        }
        if words.last().is_some_and(|word| is_domain(word)) {
            return false;
        }
        let capitals = words
            .iter()
            .filter(|word| {
                word.chars()
                    .find(|c| c.is_alphabetic())
                    .is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
                    || is_joined_name(word, self.lexicon)
            })
            .count();
        match trust {
            Trust::Field => words.len() - particles <= 5 && (capitals > 0 || words.len() <= 2),
            Trust::Link => capitals >= 1 && capitals + particles >= words.len(),
            Trust::Line => {
                words.len() >= 2 && capitals >= 2.min(words.len()) && capitals + particles >= words.len()
            }
        }
    }
}

/// Whether a word is the name of a site: it ends in a suffix under which names are registered.
fn is_domain(word: &str) -> bool {
    let Some((name, _)) = word.rsplit_once('.') else { return false };
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    let is_even = !word.contains(|c: char| c.is_ascii_lowercase()) || !name.contains(char::is_uppercase);
    name.len() >= 2
        && is_plain
        && is_even
        && psl::suffix(word.to_ascii_lowercase().as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// Whether a word is a name behind a small particle that has lost its vowel, or that a hyphen joins to it: "d'Ormesson",
/// "dell'Orso", "al-Masri".
fn is_joined_name(word: &str, lexicon: &Lexicon) -> bool {
    let parts = word.split_once(['\'', '’', '-']);
    parts.is_some_and(|(particle, name)| {
        name.starts_with(char::is_uppercase)
            && (particle.len() <= 2 && !word[particle.len()..].starts_with('-')
                || byline::is_particle(particle, lexicon))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_page;

    #[test]
    fn names_are_whole_with_their_particles() {
        for name in [
            "Ludovica de’ Medici-Bruni",
            "Ludovica de' Medici",
            "Gabriele D'Annunzio",
            "Carlo dell'Orso",
            "Khalid bin Salman al-Harbi",
            "Yusuf al-Masri",
            "Abd al-Rahman Saleh",
            "Pieter van der Velde",
            "João dos Santos",
            "María José de la Cruz y Ortega",
            "J. K. Rowley",
            "J.K. Rowley",
            "ANNE KERVELLA",
            "Jean-Marc LE GUEN",
            "Marie-Ève L'Écuyer",
            "Tom McAllister Jr.",
        ] {
            for byline in [
                format!("<p class=byline>By {name}</p>"),
                format!("<p>By {name}</p><p>3 March 2026</p>"),
                format!("<meta name=author content=\"{name}\">"),
            ] {
                check_page(&format!("<h1>Ice on the lake</h1>{byline}<p>The lake froze.</p>"), &[name]);
            }
        }
    }

    #[test]
    fn words_with_a_hyphen_or_an_apostrophe_are_no_names() {
        for line in ["By co-Founder of Holm", "By mid-March", "By o'clock"] {
            check_page(&format!("<h1>Ice on the lake</h1><p>{line}</p><p>The lake froze.</p>"), &[]);
        }
    }

    #[test]
    fn the_site_with_a_letter_is_no_person() {
        let page = "<meta property=og:site_name content='Holm News'><h1>Ice on the lake</h1>";
        check_page(&format!("{page}<p class=byline>by <a href=/author/admin rel=author>Holm D</a></p>"), &[]);
        check_page(
            &format!("{page}<p class=byline>by <a href=/author/d rel=author>Berg D</a></p>"),
            &["Berg D"],
        );
        let own = "<meta property=og:site_name content='Anna News'><h1>Ice on the lake</h1>";
        check_page(
            &format!("{own}<p class=byline>by <a href=/author/a rel=author>Anna D</a></p>"),
            &["Anna D"],
        );
    }

    #[test]
    fn a_box_of_facts_beside_the_text_may_be_called_a_card() {
        let page = |label: &str, name: &str| {
            format!(
                "<h1>Ice on the lake</h1><p>The lake froze.</p><aside class='facts card'><div><h3>Published</h3><p>8 March 2026</p></div>\
                 <div><h3>{label}</h3><p>{name}</p></div></aside>"
            )
        };
        check_page(&page("Author", "Anna Lam"), &["Anna Lam"]);
        check_page(&page("Author", "<a href=/b>Anna Lam</a>"), &[]);
        check_page(&page("Keeper", "Anna Lam"), &[]);
    }

    #[test]
    fn who_reviews_is_no_author_beside_another() {
        let page = |line: &str| format!("<h1>Ice on the lake</h1><div class=byline>{line}</div>");
        let author = "By <a href=/author/anna>Anna Lam, DVM</a>";
        check_page(
            &page(&format!("{author}. Reviewed by <a href=/author/bo>Bo Ekman, DVM</a>")),
            &["Anna Lam"],
        );
        check_page(
            &page(&format!("{author} and <a href=/author/bo>Bo Ekman</a>")),
            &["Anna Lam", "Bo Ekman"],
        );
        check_page(&page("Reviewed by <a href=/author/bo>Bo Ekman</a>"), &["Bo Ekman"]);
        let lines = |lines: &str| format!("<h1>Ice on the lake</h1>{lines}<p>The lake froze.</p>");
        let (review, text) = ("<p>Reviewed by Bo Ekman</p>", "<p>Written by Anna Lam</p>");
        check_page(&lines(&format!("{review}{text}")), &["Anna Lam"]);
        check_page(&lines(&format!("{text}{review}")), &["Anna Lam"]);
        check_page(&lines(review), &["Bo Ekman"]);
        check_page(
            &lines(&format!("<div>{author}. Reviewed by <a href=/author/bo>Bo Ekman</a></div>")),
            &["Anna Lam"],
        );
    }
}
