//! The publisher's tags below a text: under a head or behind a label, or as hashtags.

use super::line::{Line, Role};
use super::{Page, prompts};
use crate::lexicon::{Chrome, Label};

/// Words of a tag on a line of its own.
const WORDS_MAX: usize = 5;

/// Words of the name of a section that is a tag.
const SECTION_WORDS_MAX: usize = 2;

/// Longer lists are those of a site's menu.
const ITEMS_MAX: usize = 15;

/// Longer lines, in words, list no tags.
const LINE_WORDS_MAX: usize = 40;

/// Signs between tags on one line.
const SEPARATORS: [char; 7] = [',', ';', '|', '•', '·', '#', '/'];

impl Page<'_> {
    /// Takes the tags below the head at `index`, or behind the label there; gives the line after them.
    pub(super) fn read_tags(&mut self, index: usize, text_end: Option<usize>) -> Option<usize> {
        let line = &self.lines[index];
        let (Label::Tags, at) = line.label? else { return None };
        let is_below_text = text_end.is_none_or(|end| index > end);
        // "Topics" may head a part of a text; a site's phrase does not.
        if line.words > LINE_WORDS_MAX || !is_below_text && line.chrome.is_none() {
            return None;
        }
        let behind = line.text[at..].trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        let (found, end) = if behind.is_empty() {
            let end = index + 1 + self.tags_from(index + 1);
            (self.lines[index + 1..end].iter().flat_map(|line| listed(&line.text)).collect(), end)
        } else {
            (listed_in_capitals(behind).filter(|_| is_below_text && !line.sentence)?, index + 1)
        };
        if found.is_empty() {
            return None;
        }
        for line in &mut self.lines[index..end] {
            line.role = Role::Tags;
        }
        self.found.add_tags(found);
        Some(end)
    }

    /// How many lines from `index` on are tags, under a head of them.
    fn tags_from(&self, index: usize) -> usize {
        // Items may all stand apart; else they end where something else stands apart from them.
        let is_apart = self.lines.get(index + 1).is_some_and(|second| second.gap);
        let is_tag = |(at, line): &(usize, &Line<'_>)| {
            let goes_on = *at == 0 || is_apart || !line.gap;
            let is_of_site = match line.chrome {
                None => false,
                // The name of a section is a tag as well.
                Some((Chrome::Navigation, true)) => *at == 0 || line.gap || line.words > SECTION_WORDS_MAX,
                Some(_) => true,
            };
            let is_list = line.words <= LINE_WORDS_MAX && listed(&line.text).len() > 1;
            // A list on one line is all of them.
            let first = &self.lines[index].text;
            let has_bar = *at > 0 && line.text.contains('|') && !first.contains('|');
            let is_over = has_bar || *at > 0 && !is_list && listed(first).len() > 2;
            line.is_open()
                && !is_over
                && !prompts::names_letter(line)
                && !self.is_known_name(index + at)
                && goes_on
                && !is_of_site
                && !line.sentence
                && line.label.is_none_or(|(label, end)| label == Label::Tags || end < line.text.len())
                && (line.words <= WORDS_MAX || is_list)
        };
        let count = self.lines[index..].iter().enumerate().take(ITEMS_MAX + 1).take_while(is_tag).count();
        if count > ITEMS_MAX { 0 } else { count }
    }
}

/// The tags of a line; none where a part of it is too long for one.
fn listed(line: &str) -> Vec<String> {
    let tags: Vec<String> = split(line).map(str::to_owned).collect();
    if tags.iter().all(|tag| tag.split_whitespace().count() <= WORDS_MAX) { tags } else { Vec::new() }
}

/// The tags behind a label that no colon sets off: two or more, each with a capital.
fn listed_in_capitals(line: &str) -> Option<Vec<String>> {
    let tags = listed(line);
    let is_capital = |tag: &String| tag.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (tags.len() > 1 && tags.iter().all(is_capital)).then_some(tags)
}

/// The parts of a line between the signs that stand between tags.
pub(super) fn split(line: &str) -> impl Iterator<Item = &str> {
    // "['lake', 'winter']": a list as programs write it.
    let inner = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    let quotes: &[char] = if inner.is_some() { &['\'', '"', ' '] } else { &[' '] };
    let line = inner.unwrap_or(line);
    // Dashes join words of a tag, too.
    let dash = if line.contains(SEPARATORS) { "\n" } else { " – " };
    line.split(SEPARATORS)
        .flat_map(move |part| part.split(dash))
        .map(move |tag| tag.trim().trim_matches(quotes))
        .filter(|tag| !tag.is_empty())
}

/// "#economy #ports".
pub(super) fn are_hashtags(text: &str) -> bool {
    text.starts_with('#')
        && text
            .split_whitespace()
            .all(|word| word.len() > 1 && word.starts_with('#') && !word[1..].starts_with('#'))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    fn check(below: &str, expected: &[&str]) {
        let text = "The lake froze last night, and nobody in the town had expected it to come so early.";
        let lexicon = Lexicon::load(None).unwrap();
        let article =
            crate::plain::read(&format!("The lake of Holm froze\n\n{text}\n\n{below}\n"), &lexicon).unwrap();
        assert_eq!(article.tags, expected, "{below}");
        assert_eq!(article.text.as_str(), text, "{below}");
        assert!(article.references.len() <= 2, "{below}");
    }

    #[test]
    fn tags_stand_below_a_head() {
        check("Tags\nHolm\nHard winters\n\nAnna Berg writes of lakes", &["Holm", "Hard winters"]);
        check("Topics:\n\nHolm\n\nWinter\n\nShare", &["Holm", "Winter"]);
        check(
            "Sujets associés\nLac de Holm\nMétéo\n\nÀ lire aussi\nLe lac dégèle",
            &["Lac de Holm", "Météo"],
        );
        check("Thèmes associés\n- Lac de Holm\n- Hiver", &["Lac de Holm", "Hiver"]);
        check("Classé dans\n#lac #hiver", &["lac", "hiver"]);
        check("Related topics\nHolm | Winter", &["Holm", "Winter"]);
        check("Sujets associés\nLac\nHiver\nNewsletter du lac\nVotre e-mail", &["Lac", "Hiver"]);
        check(
            "Mots-clés\nlac, Holm, hiver\nSuivre le site | Plan du site | Espace privé | Lac",
            &["lac", "Holm", "hiver"],
        );
        check("Mots-clés : lac – ports – étude d'impact", &["lac", "ports", "étude d'impact"]);
        check("Filed under Lakes, Winter", &["Lakes", "Winter"]);
        check("Themen\nHolm\nWinter", &["Holm", "Winter"]);
        check("Temas relacionados\nHolm\nInvierno", &["Holm", "Invierno"]);
        check("Argomenti\nHolm, Inverno", &["Holm", "Inverno"]);
        check("Onderwerpen\nHolm\nWinter", &["Holm", "Winter"]);
        check("Assuntos\nHolm\nInverno", &["Holm", "Inverno"]);
    }

    #[test]
    fn tags_may_be_a_list_of_a_program() {
        check("Tags: ['Lac de Holm', \"L'hiver\"]", &["Lac de Holm", "L'hiver"]);
        check("Tags: l'hiver, Holm [Nord]", &["l'hiver", "Holm [Nord]"]);
    }

    #[test]
    fn tags_end_a_list_of_sources() {
        for tags in [
            "Mots-clés : lac, Holm",
            "Tags: lac, Holm",
            "Schlagwörter: lac, Holm",
            "Tags\nlac\nHolm",
            "#lac #Holm",
        ] {
            check(
                &format!("Sources :\nInstitut du lac, rapport 2025\nMétéo de Holm\n{tags}"),
                &["lac", "Holm"],
            );
        }
    }

    #[test]
    fn other_articles_and_menus_are_no_tags() {
        check(
            "Sujets associés\nLe lac de Holm a dégelé en une nuit\nLa commune cherche un nouveau garde de port",
            &[],
        );
        let menu: Vec<String> = ('a'..'t').map(|letter| format!("Section {letter}")).collect();
        check(&format!("Categories\n{}", menu.join("\n")), &[]);
    }
}
