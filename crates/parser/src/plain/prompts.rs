//! Boxes that ask for an address or an account: what stands in them beside the phrases that the lists know.

use super::Page;
use super::line::{Line, Role};
use crate::lexicon::{Chrome, fold};

/// Lines between two phrases of one box.
const LINES_MAX: usize = 4;

/// Words of the line that a box begins with.
const PITCH_WORDS_MAX: usize = 22;

/// Words of a field that asks for an address.
const FIELD_WORDS_MAX: usize = 6;

impl Page<'_> {
    /// Leaves out the lines of boxes from `start` on, which is below the headline: those between two prompts that are near
    /// each other and no running text, and one that stands right above a field for an address.
    pub(super) fn leave_boxes_out(&mut self, start: usize) {
        let prompts: Vec<usize> =
            (start..self.lines.len()).filter(|index| is_prompt(&self.lines[*index])).collect();
        for pair in prompts.windows(2) {
            let inside = pair[0] + 1..pair[1];
            let is_box = (1..=LINES_MAX).contains(&inside.len())
                && pair.iter().any(|prompt| asks_for_address(&self.lines[*prompt]))
                && self.lines[inside.clone()].iter().all(is_boxed);
            if is_box {
                for line in &mut self.lines[inside] {
                    line.role = Role::Chrome;
                }
            }
        }
        for prompt in &prompts {
            if let Some(end) = self.box_end(*prompt) {
                for line in &mut self.lines[prompt + 1..end] {
                    line.role = Role::Chrome;
                }
            }
            if let Some(promotion) = self.promotion(*prompt, start) {
                for line in &mut self.lines[promotion] {
                    line.role = Role::Chrome;
                }
            }
        }
        for head in start..self.lines.len() {
            if self.is_letter_box(head) {
                for line in &mut self.lines[head..head + 2] {
                    line.role = Role::Chrome;
                }
            }
        }
        for prompt in &prompts {
            // "Holm Newsletter" above "Sign up for …".
            if *prompt > start && is_head(&self.lines[prompt - 1]) {
                self.lines[prompt - 1].role = Role::Chrome;
            }
        }
        for field in prompts {
            if field > start && is_field(&self.lines[field]) && is_pitch(&self.lines[field - 1]) {
                self.lines[field - 1].role = Role::Chrome;
            }
        }
    }
}

impl Page<'_> {
    /// Whether a line stands right above a field for an address.
    pub(super) fn is_above_field(&self, index: usize) -> bool {
        self.lines.get(index + 1).is_some_and(|below| is_prompt(below) && is_field(below))
    }

    /// The button that ends a box which a letter's name begins: "Newsletter", "The Port", "Every Friday", "Sign up". Nothing in
    /// it stands apart.
    fn box_end(&self, head: usize) -> Option<usize> {
        if self.lines[head].words > HEAD_WORDS_MAX || !has_word(&self.lines[head], &LETTER) {
            return None;
        }
        let is_button =
            |line: &Line<'_>| matches!(line.chrome, Some((Chrome::Navigation | Chrome::Subscription, true)));
        let below = self.lines[head + 1..].iter().take(LINES_MAX + 1).take_while(|line| !line.gap);
        let count = below.clone().position(is_button)?;
        let is_box = count > 0 && below.take(count).all(is_boxed);
        is_box.then_some(head + 1 + count)
    }

    /// Whether a box stands here that names a letter and says in a line what is in it, above a button: "Newsletter Lac", "Every
    /// Friday, the news of the lake. It tells all.", "Sign up".
    fn is_letter_box(&self, head: usize) -> bool {
        let [name, says, button, ..] = &self.lines[head..] else { return false };
        let is_button = matches!(button.chrome, Some((Chrome::Subscription | Chrome::Navigation, true)))
            && button.words <= BUTTON_WORDS_MAX;
        name.words <= HEAD_WORDS_MAX
            && is_button
            && says.is_open()
            && says.words <= SAYS_WORDS_MAX
            && says.label.is_none()
            && says.opening == super::line::Opening::Words
            && !says.text.contains(QUOTES)
            && is_head(name)
    }

    /// The lines of a box in the text that a button of its own ends: "Boat Summit", "Save $300 on your pass", "Oslo | October
    /// 13-15", "Register now". They stand together, apart from the paragraphs around them, and most are no sentence.
    fn promotion(&self, button: usize, start: usize) -> Option<std::ops::Range<usize>> {
        let line = &self.lines[button];
        let is_button =
            matches!(line.chrome, Some((Chrome::Subscription, true))) && line.words <= BUTTON_WORDS_MAX;
        let is_followed = self.lines.get(button + 1).is_some_and(Line::is_running);
        if !is_button || !is_followed || line.gap {
            return None;
        }
        let mut above = (start..button).rev().take(PROMOTION_LINES_MAX);
        // A text without blank lines has a paragraph above the box.
        let is_below_text =
            |index: &usize| index.checked_sub(1).is_some_and(|above| self.lines[above].is_running());
        let first =
            above.clone().find(|index| self.lines[*index].gap).or_else(|| above.find(is_below_text))?;
        let lines = &self.lines[first..button];
        let is_of_box = |line: &Line<'_>| {
            line.is_open()
                && line.words <= PITCH_WORDS_MAX
                && line.label.is_none()
                && line.opening == super::line::Opening::Words
                && !line.text.contains(QUOTES)
        };
        let sentences = lines.iter().filter(|line| line.sentence).count();
        let has_figure = lines.iter().any(|line| line.text.contains(|c: char| c.is_ascii_digit()));
        let is_box = lines.len() >= PROMOTION_LINES_MIN
            && !lines[0].sentence
            && lines[0].words <= FIELD_WORDS_MAX
            && sentences * 2 < lines.len()
            && has_figure
            && lines.iter().all(is_of_box);
        is_box.then_some(first..button)
    }
}

/// Signs of words that somebody said.
const QUOTES: [char; 6] = ['«', '»', '"', '“', '”', '„'];

/// Words of the line that says what is in a letter.
const SAYS_WORDS_MAX: usize = 45;

/// Words of the name of a letter that a box begins with.
const HEAD_WORDS_MAX: usize = 4;

/// Lines of a box above its button, and words of that.
const PROMOTION_LINES_MIN: usize = 3;
const PROMOTION_LINES_MAX: usize = 7;
const BUTTON_WORDS_MAX: usize = 3;

/// Words of such a line at least; a heading or a name may be shorter.
const PITCH_WORDS_MIN: usize = 6;

fn is_prompt(line: &Line<'_>) -> bool {
    matches!(line.chrome, Some((Chrome::Subscription, _)))
}

/// Whether a line in a box is none of the article's: no running text, heading or item by its marks, or metadata by its label.
fn is_boxed(line: &Line<'_>) -> bool {
    line.is_open()
        && !line.is_running()
        && line.label.is_none()
        && line.opening == super::line::Opening::Words
}

fn is_head(line: &Line<'_>) -> bool {
    is_boxed(line) && line.words <= FIELD_WORDS_MAX && has_word(line, &LETTER)
}

/// Whether a line may be what a box begins with: neither a heading nor words that somebody said.
fn is_pitch(line: &Line<'_>) -> bool {
    line.is_open()
        && line.chrome.is_none()
        && (PITCH_WORDS_MIN..=PITCH_WORDS_MAX).contains(&line.words)
        && !line.text.contains(QUOTES)
}

/// Whether a prompt is a field for an address.
fn is_field(line: &Line<'_>) -> bool {
    line.words <= FIELD_WORDS_MAX && has_word(line, &MAIL)
}

fn asks_for_address(line: &Line<'_>) -> bool {
    has_word(line, &MAIL) || has_word(line, &LETTER)
}

/// What all seven languages call mail, and a letter to readers.
const MAIL: [&str; 4] = ["mail", "email", "courriel", "correo"];
const LETTER: [&str; 4] = ["newsletter", "newsletters", "nieuwsbrief", "boletin"];

/// Whether a line names a letter to readers.
pub(super) fn names_letter(line: &Line<'_>) -> bool {
    has_word(line, &LETTER)
}

fn has_word(line: &Line<'_>, wanted: &[&str]) -> bool {
    fold(&line.text).split(' ').any(|word| wanted.contains(&word))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const LAST: &str = "Les loueurs espèrent retrouver dès l'été prochain le nombre de clients d'avant.";

    fn check(between: &str, kept: &[&str]) {
        let lexicon = Lexicon::load(None).unwrap();
        let head = "Le canal rouvre aux barques\n\nPar Zoé Lam\nPublié le 4 novembre 2025";
        for apart in ["\n", "\n\n"] {
            let between = between.replace('\n', apart);
            let text = [head, FIRST, &between, LAST].join(&format!("\n{apart}"));
            let article = crate::plain::read(&text, &lexicon).unwrap();
            let expected = [&[FIRST], kept, &[LAST]].concat().join("\n\n");
            assert_eq!(article.text.as_str(), expected, "{text}");
        }
    }

    #[test]
    fn a_box_is_no_text() {
        check(
            "Newsletter\nLe lac en cinq minutes\nChaque matin, le meilleur du lac\nVotre e-mail\nS'inscrire",
            &[],
        );
        check(
            "Nos journalistes choisissent pour vous les nouvelles essentielles du lac.\nVotre e-mail\nJe m'inscris",
            &[],
        );
        check(
            "Sign up for The Tide\nFree weekly newsletter\nThe best of the lake. Every Friday\nEnter your email address",
            &[],
        );
        check("Newsletter abonnieren\nDer See am Morgen\nIhre E-Mail-Adresse", &[]);
    }

    #[test]
    fn a_box_may_end_in_the_button_of_a_menu() {
        let lexicon = Lexicon::load(None).unwrap();
        let head = "Le canal rouvre aux barques\n\nPar Zoé Lam\nPublié le 4 novembre 2025";
        let letter =
            "Newsletter\n« Le lac »\nChaque semaine, l'actualité du lac vue par la rédaction\nS'inscrire";
        let text = [head, FIRST, letter, LAST].join("\n\n");
        let article = crate::plain::read(&text, &lexicon).unwrap();
        assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{LAST}"));
    }

    #[test]
    fn a_box_may_promote_an_event() {
        let lexicon = Lexicon::load(None).unwrap();
        let read = |between: &str| {
            let page = format!("Le canal rouvre\n\nPar Zoé Lam\n\n{FIRST}\n\n{between}\n\n{LAST}\n");
            crate::plain::read(&page, &lexicon).unwrap().text.to_string()
        };
        let event = "Boat Summit\nSave up to $300 on your pass\nJoin 5,000 founders in Oslo before May 8, and meet them all.\n\
                     Oslo | October 13-15, 2026\nREGISTER NOW";
        assert_eq!(read(event), format!("{FIRST}\n\n{LAST}"));
        let page = format!(
            "Le canal rouvre\nPar Zoé Lam\n{FIRST}\nBoat Summit\nSave up to $300\nOslo | October 13-15, 2026\nREGISTER NOW\n{LAST}\n"
        );
        assert_eq!(crate::plain::read(&page, &lexicon).unwrap().text.as_str(), format!("{FIRST}\n\n{LAST}"));
        // A box of the article's own has no button, or sentences.
        let own = "Pratique\nOuvert de 10 h à 18 h.\nEntrée : 6 euros.\nS'inscrire";
        assert!(read(own).contains("Entrée"));
    }

    #[test]
    fn text_between_two_prompts_is_kept() {
        let text = "Le chantier a coûté neuf millions d'euros, dont la moitié payée par la région.";
        check(&format!("Abonnez-vous\n{text}\nS'abonner"), &[text]);
        let quote = "« Nous avons attendu ce jour pendant vingt longs mois », dit le garde.";
        check(&format!("{quote}\nAbonnez-vous"), &[quote]);
    }

    #[test]
    fn a_box_of_a_letter_may_have_sentences() {
        let pitch = "Chaque vendredi, recevez le meilleur du lac et de ses ports, et tout ce que vous devez savoir de la pêche. \
                     Une lettre indispensable.";
        check(&format!("Newsletter Lac-Ports\n{pitch}\nS'inscrire"), &[]);
    }
}
