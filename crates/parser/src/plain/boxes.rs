//! Boxes of a site between the lines of an article: a summary that a machine made, a poll among readers.

use super::Page;
use super::line::{Line, Role};
use crate::lexicon::{WordSet, fold};

/// Words of the head of a summary.
const HEAD_WORDS_MAX: usize = 8;

/// Lines of a summary, and of the answers of a poll; words of an answer, and of the head of a poll.
const SUMMARY_LINES_MAX: usize = 12;
const ANSWERS_MAX: usize = 8;
const ANSWER_WORDS_MAX: usize = 6;
const POLL_HEAD_WORDS_MAX: usize = 3;

/// Words of the head of a box that says at its end who made it, and of a point in it.
const BOX_HEAD_WORDS_MAX: usize = 4;
const POINT_WORDS_MAX: usize = 40;

/// Lines of a player above its length.
const PLAYER_LINES: usize = 2;

impl Page<'_> {
    /// Leaves out summaries that a machine made, below their head, and polls, above their button.
    pub(super) fn leave_machine_boxes_out(&mut self) {
        for index in 0..self.lines.len() {
            let line = &self.lines[index];
            if line.words > HEAD_WORDS_MAX || line.sentence {
                if let Some(head) = self.machine_summary_start(index) {
                    for line in self.lines[head..=index].iter_mut().filter(|line| line.is_open()) {
                        line.role = Role::Chrome;
                    }
                }
                continue;
            }
            let key = fold(&line.text);
            let out = if self.lexicon.has(WordSet::Summaries, &key) {
                index..self.summary_end(index)
            } else if self.lexicon.has(WordSet::Polls, &key) {
                self.poll_start(index).unwrap_or(index)..index + 1
            } else if let Some(question) = self.counted_votes(&key).then(|| self.poll_start(index)).flatten()
            {
                question..index + 1
            } else {
                continue;
            };
            for line in self.lines[out].iter_mut().filter(|line| line.is_open()) {
                line.role = Role::Chrome;
            }
        }
    }

    /// Where the summary ends whose head stands here: below the line that says once more who made it, else before the first
    /// paragraph, or what stands apart from its points.
    fn summary_end(&self, head: usize) -> usize {
        let below = || self.lines.iter().enumerate().skip(head + 1).take(SUMMARY_LINES_MAX);
        if let Some((last, _)) = below().find(|(_, line)| names_machine(line)) {
            return last + 1;
        }
        let is_point = |at: usize, line: &Line<'_>| {
            line.is_item() || !line.is_running() && line.sentence && (at == head + 1 || !line.gap)
        };
        head + 1 + below().take_while(|(at, line)| is_point(*at, line)).count()
    }

    /// The head of the box that ends in a line which says that a machine made it: a few words above short sentences.
    fn machine_summary_start(&self, end: usize) -> Option<usize> {
        if !names_machine(&self.lines[end]) {
            return None;
        }
        let is_head = |line: &Line<'_>| line.words <= BOX_HEAD_WORDS_MAX && !line.sentence;
        let is_point = |line: &Line<'_>| line.is_open() && line.sentence && line.words <= POINT_WORDS_MAX;
        let above = self.lines[..end].iter().rev().take(SUMMARY_LINES_MAX);
        let points = above.take_while(|line| is_point(line)).count();
        let head = end.checked_sub(points + 1).filter(|_| points > 0)?;
        (self.lines[head].is_open() && is_head(&self.lines[head])).then_some(head)
    }

    /// Whether a line is a time that a player shows: from its beginning on, or what it lasts below that.
    pub(super) fn is_player(&self, index: usize) -> bool {
        let is_start = |line: &Line<'_>| line.text.starts_with("0:00") || line.text.starts_with("00:00");
        self.lines[index].is_time_of_player()
            && self.lines[index.saturating_sub(PLAYER_LINES)..=index]
                .iter()
                .any(|line| is_start(line) && line.is_time_of_player())
    }

    /// Whether words count those who voted: "1 204 votes".
    fn counted_votes(&self, key: &str) -> bool {
        let counted = key.trim_start_matches(['#', ' ']);
        counted.len() < key.len() && self.lexicon.has(WordSet::Polls, counted)
    }

    /// The question of a poll, above its answers, or the head above that: "Sondage".
    fn poll_start(&self, button: usize) -> Option<usize> {
        let asks = |line: &Line<'_>| line.text.ends_with('?');
        let is_answer = |line: &Line<'_>| {
            line.is_open() && line.words <= ANSWER_WORDS_MAX && !line.sentence && !asks(line)
        };
        let answers =
            self.lines[..button].iter().rev().take(ANSWERS_MAX).take_while(|line| is_answer(line)).count();
        let question = button.checked_sub(answers + 1).filter(|_| answers >= 2)?;
        let head = question.checked_sub(1).filter(|head| {
            let line = &self.lines[*head];
            line.is_open() && line.words <= POLL_HEAD_WORDS_MAX && !line.sentence
        });
        asks(&self.lines[question]).then_some(head.unwrap_or(question))
    }
}

/// Whether a line is a phrase of sites that names a machine.
fn names_machine(line: &Line<'_>) -> bool {
    line.chrome.is_some() && fold(&line.text).split(' ').any(|word| MACHINES.contains(&word))
}

/// What makes such a summary, in short.
const MACHINES: [&str; 5] = ["ia", "ai", "ki", "intelligence", "inteligencia"];

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const LAST: &str = "Les loueurs espèrent retrouver dès l'été prochain le nombre de clients d'avant.";

    fn check(between: &str, kept: &[&str]) {
        let page = format!("Le canal rouvre aux barques\nPar Zoé Lam\n{FIRST}\n{between}\n{LAST}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        let expected = [&[FIRST], kept, &[LAST]].concat().join("\n\n");
        assert_eq!(article.text.as_str(), expected, "{between}");
    }

    #[test]
    fn a_summary_of_a_machine_is_no_text() {
        check(
            "Résumé généré par IA\nLe canal rouvre.\nLes barques passent.\nCe résumé a été généré par une intelligence artificielle et relu.",
            &[],
        );
        check("AI summary\n- The canal opens again\n- Boats pass the lock", &[]);
        check(
            "L'essentiel\nLe canal rouvre enfin.\nLes barques passent de nouveau.\nCet encadré a été généré par une intelligence artificielle et relu.",
            &[],
        );
        // A part of the article that is called a summary is one.
        check(
            "Résumé du chantier\nLe canal rouvre enfin.",
            &["Résumé du chantier", "Le canal rouvre enfin."],
        );
    }

    #[test]
    fn what_a_player_shows_is_no_text() {
        check("0:00\n/\n1:32", &[]);
        check("00:00 / 01:32", &[]);
        check(
            "12:45\nLe canal rouvre, et les barques passent.",
            &["12:45", "Le canal rouvre, et les barques passent."],
        );
    }

    #[test]
    fn a_poll_is_no_text() {
        check("Sondage\nFaut-il fermer l'écluse ?\nOui\n62%\nNon\n31%\n1 204 votes", &[]);
        check("Faut-il fermer l'écluse ?\nOui\n62%\nNon\n31%\n412 votants", &[]);
        check(
            "Le maire l'emporte, avec neuf voix d'avance.\n1 204 votes",
            &["Le maire l'emporte, avec neuf voix d'avance.", "1 204 votes"],
        );
        check("Sondage : faut-il fermer l'écluse en hiver ?\nOui\nNon\nSans opinion\nVoter", &[]);
        check(
            "Faut-il fermer l'écluse ?\nLe maire en doute, et il l'a dit.",
            &["Faut-il fermer l'écluse ?", "Le maire en doute, et il l'a dit."],
        );
    }
}
