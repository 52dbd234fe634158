//! What kind of block a line of text is: a heading, an item, a paragraph, or nothing of the article's.

use document::BlockKind;

use super::line::{Line, Opening, Role};
use super::{Page, SIGHT, foot};
use crate::byline;
use crate::lexicon::{WordSet, fold};

/// Headings are shorter than this, in words.
const HEADING_WORDS_MAX: usize = 20;

/// After a mark of the end (a correction form, a source list) text goes on only with so many words in a line.
const TAIL_RUNNING_WORDS: usize = 25;

/// Words of a heading above the last sentence of a text, and of that sentence.
const LAST_HEADING_WORDS_MAX: usize = 6;
const LAST_WORDS_MIN: usize = 4;

/// Lines of a list without bullets that stands apart, and words of one.
const TIGHT_LINES_MIN: usize = 3;
const TIGHT_WORDS_MAX: usize = 12;

/// Words of a topic in small letters.
const TOPIC_WORDS_MAX: usize = 2;

/// Words of a name in a network.
const HANDLE_WORDS_MAX: usize = 6;

impl Page<'_> {
    /// Whether a line with the sign of a quotation is alone below the text and no sentence: ">> Our guide to the canal".
    fn is_marked_pointer(&self, index: usize, is_below: bool) -> bool {
        let is_quote = |at: usize| self.lines.get(at).is_some_and(|line| line.opening == Opening::Quote);
        is_below
            && !self.lines[index].sentence
            && !is_quote(index + 1)
            && (index == 0 || !is_quote(index - 1))
    }

    /// Decides on a line that may be text.
    pub(super) fn read_text(&mut self, index: usize, body: usize, end: Option<usize>, tail: bool) {
        if let Some(names) = self.signature(index, end) {
            self.add_authors(names);
            self.lines[index].role = Role::Meta;
            return;
        }
        let line = &self.lines[index];
        let is_below = end.is_none_or(|end| index > end);
        let is_and = || line.words == 1 && self.lexicon.has(WordSet::And, &fold(&line.text));
        // "204" below "Share".
        let is_counter = || {
            line.words == 1
                && (line.text.bytes().all(|byte| byte.is_ascii_digit()) || line.is_time_of_player())
                && index > 0
                && self.lines[index - 1].chrome.is_some()
        };
        let role =
            if is_below && (is_initials(&line.text) || is_and()) || is_counter() || self.is_handle(index) {
                Role::Chrome
            } else if tail && line.words < TAIL_RUNNING_WORDS {
                self.found.foot_sentences += usize::from(foot::may_be_text(line));
                Role::Chrome
            } else if line.opening == Opening::Quote && !self.is_marked_pointer(index, is_below) {
                Role::Text(BlockKind::Quote)
            } else if line.opening == Opening::Hashes
                || self.is_numbered_heading(index)
                || self.heads_table(index)
            {
                Role::Text(BlockKind::Heading)
            } else if line.is_item() || self.in_announced_list(index, is_below) {
                Role::Text(BlockKind::ListItem)
            } else if line.is_running() || line.sentence && !line.text.ends_with('?') {
                Role::Text(BlockKind::Paragraph)
            } else if is_below && !line.sentence {
                self.read_after_text(index, body)
            } else if self.in_tight_list(index) || self.is_of_three_facts(index) {
                Role::Text(BlockKind::ListItem)
            } else if self.is_heading(index) {
                Role::Text(BlockKind::Heading)
            } else if line.sentence {
                Role::Text(BlockKind::Paragraph)
            } else if line.text.ends_with(':') {
                let list = self.lines.get(index + 1).is_some_and(|next| !next.sentence);
                Role::Text(if list && line.words <= 6 { BlockKind::Heading } else { BlockKind::Paragraph })
            } else if self.in_bare_list(index) {
                Role::Text(BlockKind::ListItem)
            } else {
                Role::Text(BlockKind::Paragraph)
            };
        self.lines[index].role = role;
    }

    /// The people of a line of names right below the text, or below its sources or tags, where nothing else names authors.
    fn signature(&self, index: usize, end: Option<usize>) -> Option<Vec<String>> {
        let line = &self.lines[index];
        let is_below = || match self.lines[index - 1].role {
            Role::Text(BlockKind::Paragraph) => true,
            Role::Source | Role::Tags => line.gap,
            _ => false,
        };
        let is_signature = index > 0
            && end.is_none_or(|end| index > end)
            && !line.sentence
            && self.found.authors.is_empty()
            && is_below();
        // "Zoé Lam (avec AFP)".
        let is_signed = byline::is_people(&line.text, self.lexicon)
            || self.found.published.is_some() && byline::is_people_of_outlet(&line.text, self.lexicon);
        if is_signature && is_signed {
            return Some(byline::people(&line.text, self.lexicon));
        }
        let is_near = end.is_some_and(|end| index <= end + SIGHT);
        (is_signature && is_near).then(|| self.signers(index)).filter(|names| !names.is_empty())
    }

    /// A line after the last running text that is no sentence: a list the text ends with, or the
    /// first of what a site puts below its articles.
    pub(super) fn read_after_text(&mut self, index: usize, body: usize) -> Role {
        let line = &self.lines[index];
        if index <= body || self.found.title.is_none() && self.lines.len() < 3 {
            return Role::Text(BlockKind::Paragraph);
        }
        // Quantities without bullets are a list when there are two of them.
        let counted = |index: usize| {
            let starts = |line: &Line<'_>| line.text.starts_with(|c: char| c.is_ascii_digit());
            self.lines.get(index).is_some_and(starts) && self.lines.get(index + 1).is_some_and(starts)
        };
        let in_list = self.lines[index - 1].role == Role::Text(BlockKind::ListItem);
        let listed = |at: usize| {
            self.lines.get(at).is_some_and(|line| {
                line.is_open()
                    && (line.is_item()
                        || counted(at)
                        || in_list && line.text.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        if self.is_of_facts(index) {
            return Role::Text(BlockKind::ListItem);
        }
        let list_follows = listed(index + 1) || self.is_of_facts(index + 1);
        if listed(index)
            && (in_list || list_follows || self.lines[index - 1].role == Role::Text(BlockKind::Heading))
        {
            return Role::Text(BlockKind::ListItem);
        }
        if list_follows && line.words <= HEADING_WORDS_MAX {
            return Role::Text(BlockKind::Heading);
        }
        if is_address(&line.text) {
            return Role::Chrome;
        }
        if self.is_above_last_sentence(index) {
            return Role::Text(BlockKind::Heading);
        }
        // "strike", "nurses": topics as some sites write them.
        let above = &self.lines[index - 1];
        if line.words <= TOPIC_WORDS_MAX
            && line.text.starts_with(char::is_lowercase)
            && !line.text.ends_with([':', ',', ';'])
            && (above.sentence || above.role == Role::Chrome)
        {
            if !is_desk_mark(&line.text) {
                self.found.left_out += 1;
            }
            return Role::Chrome;
        }
        if line.text.ends_with([':', ',', ';'])
            || line.words > HEADING_WORDS_MAX
            || !(is_capital(&line.text) || is_desk_mark(&line.text))
        {
            return Role::Text(BlockKind::Paragraph);
        }
        if !is_desk_mark(&line.text) {
            self.found.left_out += 1;
        }
        Role::Chrome
    }

    /// Whether a few words right below the text stand apart, above the one sentence that is left of it.
    fn is_above_last_sentence(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_sentence = |line: &Line<'_>| {
            line.is_open()
                && line.sentence
                && line.words >= LAST_WORDS_MIN
                && line.text.ends_with(['.', '!'])
                && line.opening == Opening::Words
                && line.chrome.is_none()
                && line.label.is_none()
                && !self.is_aside(line)
                && !self.is_paragraph_of_site(line)
        };
        let above = || {
            let mut near = self.lines[..index].iter().rev().take(SIGHT);
            near.find(|line| line.role != Role::Chrome && line.role != Role::Caption)
        };
        // Without blank lines the text shows by other headings that this is one.
        let is_apart =
            || line.gap || self.lines[..index].iter().any(|line| line.role == Role::Text(BlockKind::Heading));
        line.words <= LAST_HEADING_WORDS_MAX
            && line.label.is_none()
            && is_capital(&line.text)
            && !line.text.ends_with([':', ',', ';', '…'])
            && !byline::is_people(&line.text, self.lexicon)
            && above().is_some_and(|above| above.role == Role::Text(BlockKind::Paragraph))
            && self.lines.get(index + 1).is_some_and(is_sentence)
            && !self.lines[index + 2..].iter().take(SIGHT).any(is_sentence)
            && is_apart()
    }

    /// Whether a line is one of two or more in a row that give a figure behind a colon: "Tarif : 6 euros", "Horaires : 10 h à
    /// 18 h". What sites put below their articles has none.
    fn is_of_facts(&self, index: usize) -> bool {
        self.is_fact(index) && (self.is_fact(index + 1) || index > 0 && self.is_fact(index - 1))
    }

    fn is_fact(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(|line| {
            let value = line.text.split_once(": ").map_or("", |(_, value)| value);
            matches!(line.role, Role::Open | Role::Text(BlockKind::ListItem))
                && line.chrome.is_none()
                && line.label.is_none()
                && line.words <= HEADING_WORDS_MAX
                && value.contains(|c: char| c.is_ascii_digit())
                && !value.contains('@')
        })
    }

    /// Whether a line is one of three such in a row, as they stand in the text too.
    fn is_of_three_facts(&self, index: usize) -> bool {
        let above = (0..index).rev().take(2).take_while(|above| self.is_fact(*above)).count();
        let below = (index + 1..).take(2).take_while(|below| self.is_fact(*below)).count();
        self.is_fact(index) && above + below >= 2
    }

    /// Whether a line reads as a heading: short, no sentence, with text below it.
    pub(super) fn is_heading(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let question = line.text.ends_with('?');
        let ends = line.sentence && !question || line.text.ends_with([',', ';', '…']);
        let announces = line.text.ends_with(':');
        if ends
            || line.chrome.is_some()
            || line.is_item()
            || line.words > HEADING_WORDS_MAX
            || !is_capital(&line.text)
        {
            return false;
        }
        if question && line.words > 14 {
            return false;
        }
        // Another heading may stand between it and the text.
        let below = self.lines[index + 1..]
            .iter()
            .take(SIGHT)
            .filter(|next| next.role != Role::Repeat && next.chrome.is_none())
            .find(|next| {
                !next.is_open()
                    || next.is_running()
                    || next.is_item()
                    || next.sentence
                    || next.words > HEADING_WORDS_MAX
            });
        match below {
            Some(next) if next.is_item() => line.words <= 8,
            Some(next) if !next.is_open() => next.role == Role::Caption || matches!(next.role, Role::Text(_)),
            Some(next) => {
                next.words > line.words && !announces && (!question || next.words >= 2 * line.words)
            }
            None => false,
        }
    }

    /// Whether an item of a list stands right above a numbered line.
    fn is_below_item(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|above| self.is_numbered_item(above))
    }

    fn is_numbered_item(&self, index: usize) -> bool {
        let line = &self.lines[index];
        line.is_item()
            && line.text.starts_with(|c: char| c.is_ascii_digit())
            && matches!(line.role, Role::Open | Role::Text(BlockKind::ListItem))
    }

    /// Whether an item has another one right above or below it.
    pub(super) fn is_in_run_of_items(&self, index: usize) -> bool {
        let is_item = |index: usize| self.lines.get(index).is_some_and(Line::is_item);
        index.checked_sub(1).is_some_and(is_item) || is_item(index + 1)
    }

    /// "2. A cost still high" with text below it: a heading with a number, not an item of a list.
    pub(super) fn is_numbered_heading(&self, index: usize) -> bool {
        let line = &self.lines[index];
        // Behind a bullet a figure is no number: "• 650 posts".
        let behind = line.text.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_set_off =
            behind.starts_with(['.', ')', '/']) || behind.starts_with(" -") || behind.starts_with(" –");
        let numbered = line.is_item() && behind.len() < line.text.len() && is_set_off;
        let below = self.lines.get(index + 1);
        numbered
            && !self.is_below_item(index)
            && !line.sentence
            && line.words <= HEADING_WORDS_MAX
            && below.is_some_and(|next| next.is_open() && next.is_running() && !next.is_item())
    }

    /// Whether a line belongs to a list without bullets that a line with a colon announced. The last line before
    /// running text is the next heading.
    pub(super) fn in_announced_list(&self, index: usize, is_below: bool) -> bool {
        let line = &self.lines[index];
        let before = index.checked_sub(1).map(|before| &self.lines[before]);
        let announced = before.is_some_and(|before| {
            matches!(before.role, Role::Text(kind) if before.text.ends_with(':') || kind == BlockKind::ListItem && !before.is_item())
        });
        let before_text = self.lines.get(index + 1).is_none_or(Line::is_running);
        // Above text a list whose items stand together ends where something stands apart.
        let is_apart =
            !is_below && line.gap && before.is_some_and(|before| !before.gap && !before.text.ends_with(':'));
        // "a latency that is low;", "tools that last.": the last one ends as a sentence does.
        let is_last = before.is_some_and(|before| before.text.ends_with(';'))
            && line.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        announced
            && !is_apart
            && (is_last || !line.sentence && (!before_text || self.is_of_facts(index)))
            && line.words <= HEADING_WORDS_MAX
            && !line.text.ends_with(':')
    }

    /// Whether a line is one of three short ones or more that stand together, apart from what is around them.
    fn in_tight_list(&self, index: usize) -> bool {
        let is_short = |line: &Line<'_>| {
            line.words <= TIGHT_WORDS_MAX
                && !line.sentence
                && line.chrome.is_none()
                && line.opening == Opening::Words
                && !line.text.ends_with(':')
        };
        if !is_short(&self.lines[index]) {
            return false;
        }
        let first = (0..=index).rev().take(SIGHT).find(|above| self.lines[*above].gap).unwrap_or(index);
        let below = self.lines[first + 1..].iter().take(SIGHT).take_while(|line| !line.gap).count();
        let lines = &self.lines[first..=first + below];
        lines.len() >= TIGHT_LINES_MIN
            && lines.iter().all(is_short)
            && !(index == first && heads_figures(lines))
    }

    /// Whether a line is what somebody goes by in a network, or the name right above it: "@holm".
    pub(super) fn is_handle(&self, index: usize) -> bool {
        let is_handle = |line: &Line<'_>| {
            line.text.strip_prefix('@').is_some_and(|name| {
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '/'))
            })
        };
        let is_name = |line: &Line<'_>| {
            line.words <= HANDLE_WORDS_MAX
                && is_capital(&line.text)
                && line.opening == Opening::Words
                && line.text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'))
        };
        let line = &self.lines[index];
        let above =
            || index > 0 && !line.gap && [is_name, is_handle].iter().any(|is| is(&self.lines[index - 1]));
        let below = || self.lines.get(index + 1).is_some_and(|next| !next.gap && is_handle(next));
        is_handle(line) && above() || is_name(line) && below()
    }

    /// Whether a line is one of several short ones in a row, as list items without bullets are.
    pub(super) fn in_bare_list(&self, index: usize) -> bool {
        let short = |line: Option<&Line<'_>>| {
            line.is_some_and(|line| line.words <= HEADING_WORDS_MAX && !line.sentence && !line.gap)
        };
        short(self.lines.get(index)) || short(self.lines.get(index + 1))
    }
}

/// Whether the first of several lines alone has no figure: it heads the others.
fn heads_figures(lines: &[Line<'_>]) -> bool {
    let has_figure = |line: &Line<'_>| line.text.contains(|c: char| c.is_ascii_digit());
    lines.split_first().is_some_and(|(first, rest)| !has_figure(first) && rest.iter().all(has_figure))
}

/// "Z. L.", "J.-M.L.": the initials of whoever wrote the text.
fn is_initials(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let is_sign = |c: char| matches!(c, '.' | '-' | ' ' | '(' | ')');
    (2..=4).contains(&letters.clone().count())
        && letters.clone().all(char::is_uppercase)
        && text.matches('.').count() >= (letters.count() - 1).max(1)
        && text.chars().all(|c| c.is_alphabetic() || is_sign(c))
}

/// "press@lake.example", "www.lake.example": an address and nothing else.
fn is_address(text: &str) -> bool {
    !text.contains(' ') && (text.contains('@') || text.starts_with("www.")) && text.contains('.')
}

/// "abc/de/fg": the initials of those who handled a dispatch.
fn is_desk_mark(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    // "(foto) (vídeo)": what else the agency has.
    if let Some(marks) = inner.filter(|marks| marks.contains(") (")) {
        return marks.split(") (").all(|mark| mark.chars().all(char::is_lowercase));
    }
    if let Some(mark) = inner.filter(|mark| !mark.contains(['/', '-'])) {
        // "(skü)": those of whoever wrote it.
        return (2..=4).contains(&mark.chars().count()) && mark.chars().all(char::is_lowercase);
    }
    let text = inner.unwrap_or(text);
    let mut marks = text.split(['/', '-']);
    text.contains(['/', '-'])
        && marks
            .all(|mark| (1..=4).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_lowercase()))
}

fn is_capital(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use document::BlockKind;

    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const SECOND: &str = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";

    fn check(lines: &str, expected: BlockKind) {
        let page = format!("Le canal rouvre aux barques\n\nPar Zoé Lam\n\n{lines}");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        let is_numbered = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let kinds: Vec<_> = (article.blocks.iter())
            .filter(|block| block.span.of(&article.text).is_some_and(is_numbered))
            .map(|block| block.kind)
            .collect();
        assert_eq!(kinds, [expected; 3], "{page}");
    }

    fn blocks(lines: &str) -> Vec<(BlockKind, String)> {
        let page = format!("Le canal rouvre aux barques\n\nPar Zoé Lam\n\n{lines}");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        let words = |block: &document::Block| block.span.of(&article.text).unwrap_or_default().to_owned();
        article.blocks.iter().map(|block| (block.kind, words(block))).collect()
    }

    #[test]
    fn short_lines_that_stand_together_are_a_list() {
        let list = "1 poisson d'un kilo\n2 citrons\n1 bouquet d'aneth\nDu sel";
        let read = blocks(&format!("{FIRST}\n\nIngrédients\n\n{list}\n\nPréparation\n\n{SECOND}"));
        let kinds: Vec<_> = read.iter().map(|(kind, _)| *kind).collect();
        let item = BlockKind::ListItem;
        let (heading, paragraph) = (BlockKind::Heading, BlockKind::Paragraph);
        assert_eq!(kinds, [paragraph, heading, item, item, item, item, heading, paragraph]);
        // Headings stand above text, or apart from each other.
        let read =
            blocks(&format!("{FIRST}\n\nUn chantier\nDes retards\n{SECOND}\n\nLa suite\n{FIRST} Oui."));
        assert!(read.iter().all(|(kind, _)| *kind != item));
    }

    #[test]
    fn figures_behind_colons_end_a_text() {
        let read =
            blocks(&format!("{FIRST}\n\n{SECOND}\n\nPratique\n\nTarif : 6 euros\nHoraires : 10 h à 18 h"));
        let kinds: Vec<_> = read.iter().skip(2).map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [BlockKind::Heading, BlockKind::ListItem, BlockKind::ListItem]);
        assert_eq!(blocks(&format!("{FIRST}\n\n{SECOND}\n\nNos offres : dès 1 euro\nContact")).len(), 2);
    }

    #[test]
    fn initials_handles_and_marks_are_no_text() {
        for line in ["Z. L.", "J.-M. L.", "(Z.L.)", "(foto) (vídeo)", "ms/jl", "Ville de Holm\n@holm"] {
            assert_eq!(blocks(&format!("{FIRST}\n\n{SECOND}\n\n{line}")).len(), 2, "{line}");
        }
        let read = blocks(&format!("{FIRST}\n\nVille de Holm\n@holm\n{SECOND}\n\n{FIRST} Oui."));
        assert_eq!(read.len(), 3);
        assert_eq!(blocks(&format!("{FIRST}\n\n{SECOND}\n\nC'est la S.N.C.F.")).len(), 3);
        let code = "super().set_up()\n@classmethod\ndef tear_down(cls):";
        assert_eq!(blocks(&format!("{FIRST}\n\n{code}\n\n{SECOND}")).len(), 5);
    }

    #[test]
    fn numbered_lines_in_a_row_are_a_list() {
        for (one, two, three) in [
            ("1. Le prix des péages", "2. La place des barques", "3. Les horaires de l'écluse"),
            ("1) Le prix des péages", "2) La place des barques", "3) Les horaires de l'écluse"),
            ("1/ Le prix des péages", "2/ La place des barques", "3/ Les horaires de l'écluse"),
            ("1 - Le prix des péages", "2 - La place des barques", "3 - Les horaires de l'écluse"),
            ("1. Le prix va baisser.", "2. La place des barques", "3. Les horaires"),
        ] {
            for apart in ["\n", "\n\n"] {
                let list = [one, two, three].join(apart);
                check(&format!("{FIRST}\n\n{list}\n\n{SECOND}"), BlockKind::ListItem);
                check(&format!("{list}\n\n{FIRST}\n\n{SECOND}"), BlockKind::ListItem);
            }
            // With text below each they are headings.
            if !one.ends_with('.') {
                let parts = [one, FIRST, two, SECOND, three].join("\n\n");
                check(&format!("{FIRST} Oui.\n\n{parts}\n\n{FIRST} Non."), BlockKind::Heading);
                check(&format!("{parts}\n\n{FIRST} Non."), BlockKind::Heading);
            }
        }
    }

    #[test]
    fn the_last_item_of_a_list_may_end_as_a_sentence_does() {
        let read = blocks(&format!(
            "{FIRST}\nVoici ce qui change :\n3 écluses neuves ;\nune halte de plus ;\ndes quais éclairés.\n{SECOND}"
        ));
        let items = read.iter().filter(|(kind, _)| *kind == BlockKind::ListItem).count();
        assert_eq!(items, 3, "{read:?}");
        let read = blocks(&format!(
            "{FIRST}\nLes chiffres :\nPassages : 120, contre 90\nRecettes : 12 millions, contre 9\n{SECOND}"
        ));
        assert_eq!(read.iter().filter(|(kind, _)| *kind == BlockKind::ListItem).count(), 2, "{read:?}");
    }

    #[test]
    fn hints_and_glued_counters_are_no_text() {
        let read = blocks(&format!(
            "{FIRST}\n23PARTAGES\nLe port (HOLM.O), opens new tab, a gagné neuf millions d'euros.\n{SECOND}"
        ));
        assert_eq!(read.len(), 3, "{read:?}");
        assert_eq!(read[1].1, "Le port (HOLM.O), a gagné neuf millions d'euros.");
    }

    #[test]
    fn bullets_and_facts_in_the_text_are_lists() {
        let kinds = |lines: &str| {
            let read = blocks(&format!("{FIRST}\n{lines}\n{SECOND}\n{FIRST} Oui."));
            read.iter().filter(|(kind, _)| *kind == BlockKind::ListItem).count()
        };
        assert_eq!(kinds("• un quai de bois\n• 650 mètres de berge"), 2);
        assert_eq!(kinds("•\nun quai de bois\n•\nune halte de plus"), 2);
        assert_eq!(kinds("Longueur : 14 mètres\nProfondeur : 2 mètres\nÉcluses : 6"), 3);
        assert_eq!(kinds("Holm : 3 écluses de plus"), 0);
    }

    #[test]
    fn a_heading_above_the_last_short_sentence_is_kept() {
        let read =
            blocks(&format!("{FIRST}\nUn long chantier\n{SECOND}\nEt ensuite\nLe maire attend l'étude."));
        let kinds: Vec<_> = read.iter().map(|(kind, _)| *kind).collect();
        let (heading, paragraph) = (BlockKind::Heading, BlockKind::Paragraph);
        assert_eq!(kinds, [paragraph, heading, paragraph, heading, paragraph]);
    }
}
