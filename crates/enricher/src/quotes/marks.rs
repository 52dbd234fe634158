//! Where do quotation marks open, and where do they close?

use crate::tokens::{Case, Kind, Tokens};

/// A stretch between quotation marks that lies in no other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The token that opens it.
    pub(super) open: usize,
    /// The token that closes it.
    pub(super) close: usize,
    /// The marks that open it again at later paragraphs.
    pub(super) resumed: Vec<usize>,
}

/// Pairs the quotation marks of a text; those that open nothing or are never closed are passed over.
///
/// A quotation ends with its paragraph, unless the next one opens with the same mark again, or the next mark of its
/// kind closes it within a few paragraphs. One pass: a mark is pushed and popped once, and looks ahead are bounded.
pub(super) fn quotations(tokens: &Tokens<'_>, language: &str) -> Vec<Quotation> {
    let marks: Vec<(usize, Mark)> =
        (0..tokens.len()).filter_map(|index| Some((index, mark(tokens, index)?))).collect();
    let mut pairing = Pairing {
        tokens,
        straight_single: matches!(language, "en" | "nl"),
        single: language != "de",
        // »German« or «French»: as the first one stands.
        swapped: marks.iter().map(|(_, mark)| *mark).find(|mark| matches!(mark, Mark::Left | Mark::Right))
            == Some(Mark::Right)
            && language == "de",
        marks: &marks,
        open: Vec::new(),
        held: [0; 5],
        closed: Vec::new(),
    };
    for place in 0..marks.len() {
        pairing.step(place);
    }
    outermost(pairing.closed)
}

/// Keeps the quotations that lie in no other one, in order.
fn outermost(mut closed: Vec<Quotation>) -> Vec<Quotation> {
    closed.sort_by_key(|quotation| quotation.open);
    let mut end = None;
    closed.retain(|quotation| {
        let outside = end.is_none_or(|end| quotation.open > end);
        if outside {
            end = Some(quotation.close);
        }
        outside
    });
    closed
}

/// The marks in use. What a mark does can depend on what is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `«`
    Left,
    /// `»`
    Right,
    /// `“`, which closes `„`
    High,
    /// `”`
    Closing,
    /// `„`
    Low,
    /// `"`
    Straight,
    /// `‘`
    SingleOpen,
    /// `’`, which is an apostrophe too
    SingleClose,
    /// `'`, which is an apostrophe too
    StraightSingle,
}

fn mark(tokens: &Tokens<'_>, index: usize) -> Option<Mark> {
    if tokens[index].kind != Kind::Mark {
        return None;
    }
    Some(match tokens.word(index) {
        "«" => Mark::Left,
        "»" => Mark::Right,
        "“" => Mark::High,
        "”" => Mark::Closing,
        "„" => Mark::Low,
        "\"" => Mark::Straight,
        "‘" => Mark::SingleOpen,
        "’" => Mark::SingleClose,
        "'" => Mark::StraightSingle,
        _ => return None,
    })
}

/// What kind of pair is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Angle,
    Double,
    Low,
    Straight,
    Single,
}

#[derive(Debug)]
struct Open {
    pair: Pair,
    token: usize,
    /// The paragraph up to which it is known to go on: its first token.
    checked: usize,
    resumed: Vec<usize>,
}

struct Pairing<'a, 't> {
    tokens: &'a Tokens<'t>,
    straight_single: bool,
    /// `‘` opens; in German it closes `‚`, which only stands inside other marks.
    single: bool,
    swapped: bool,
    marks: &'a [(usize, Mark)],
    open: Vec<Open>,
    /// How many of each pair are open.
    held: [usize; 5],
    closed: Vec<Quotation>,
}

/// How many paragraphs a quotation runs over without opening again.
const PARAGRAPHS: usize = 6;

/// How many tokens are looked at to tell where a quotation ends.
const AHEAD: usize = 800;

impl Pairing<'_, '_> {
    fn step(&mut self, place: usize) {
        let (index, mark) = self.marks[place];
        if self.cross_paragraphs(place) {
            return;
        }
        let token = &self.tokens[index];
        let next = self.tokens.get(index + 1);
        let tight = next.is_some_and(|next| !next.spaced);
        match mark {
            Mark::Left if self.swapped => self.close(index, Pair::Angle),
            Mark::Right if self.swapped => self.push(index, Pair::Angle),
            Mark::Left => self.push(index, Pair::Angle),
            Mark::Right => self.close(index, Pair::Angle),
            Mark::Low => self.push(index, Pair::Low),
            Mark::High if self.open.last().is_some_and(|open| open.pair == Pair::Low) => {
                self.close(index, Pair::Low);
            }
            Mark::High => self.push(index, Pair::Double),
            Mark::Closing if self.held[Pair::Double as usize] > 0 => self.close(index, Pair::Double),
            Mark::Closing => self.close(index, Pair::Low),
            // „…", as keyboards have it.
            Mark::Straight
                if !token.spaced && self.open.last().is_some_and(|open| open.pair == Pair::Low) =>
            {
                self.close(index, Pair::Low);
            }
            Mark::Straight => {
                let inch = index > 0 && !token.spaced && self.tokens[index - 1].kind == Kind::Number;
                if self.held[Pair::Straight as usize] == 0 {
                    if next.is_some() && !inch {
                        self.push(index, Pair::Straight);
                    }
                } else if token.spaced && tight {
                    // It can only open: the one before was never closed.
                    self.drop_down_to(Pair::Straight);
                    self.push(index, Pair::Straight);
                } else {
                    self.close(index, Pair::Straight);
                }
            }
            Mark::SingleOpen if self.single => self.push(index, Pair::Single),
            Mark::SingleClose => {
                if !self.is_apostrophe(index) {
                    self.close(index, Pair::Single);
                }
            }
            Mark::StraightSingle if self.straight_single => {
                let word = next.is_some_and(|next| matches!(next.kind, Kind::Word));
                if token.spaced && tight && word {
                    self.push(index, Pair::Single);
                } else if !token.spaced && !self.is_apostrophe(index) {
                    self.close(index, Pair::Single);
                }
            }
            Mark::SingleOpen | Mark::StraightSingle => {}
        }
    }

    fn push(&mut self, token: usize, pair: Pair) {
        self.held[pair as usize] += 1;
        self.open.push(Open { pair, token, checked: token, resumed: Vec::new() });
    }

    /// Closes the nearest open pair of this kind; what was left open inside it is forgotten.
    fn close(&mut self, token: usize, pair: Pair) {
        if let Some(open) = self.drop_down_to(pair)
            && token > open.token + 1
        {
            self.closed.push(Quotation { open: open.token, close: token, resumed: open.resumed });
        }
    }

    fn drop_down_to(&mut self, pair: Pair) -> Option<Open> {
        if self.held[pair as usize] == 0 {
            return None;
        }
        while let Some(open) = self.open.pop() {
            self.held[open.pair as usize] -= 1;
            if open.pair == pair {
                return Some(open);
            }
        }
        None
    }

    /// Forgets what is open and does not run on to the paragraph of this mark; whether the mark opens again what runs
    /// on.
    fn cross_paragraphs(&mut self, place: usize) -> bool {
        let (index, mark) = self.marks[place];
        let Some(outer) = self.open.first() else { return false };
        // The first tokens of the paragraphs between, the nearest last; a long way back is too far.
        let from = outer.checked.max(index.saturating_sub(AHEAD));
        let starts: Vec<usize> =
            (from + 1..=index).filter(|&index| self.tokens[index].line).take(PARAGRAPHS + 1).collect();
        let Some(&last) = starts.last() else {
            if let Some(outer) = self.open.first_mut() {
                outer.checked = index;
            }
            return false;
        };
        let (pair, token) = (outer.pair, outer.token);
        // Nested marks end with their paragraph.
        while self.open.len() > 1 {
            if let Some(open) = self.open.pop() {
                self.held[open.pair as usize] -= 1;
            }
        }
        let same = match pair {
            Pair::Angle => matches!(mark, Mark::Left | Mark::Right),
            Pair::Double => mark == Mark::High,
            Pair::Low => mark == Mark::Low,
            Pair::Straight => mark == Mark::Straight && self.tokens[token].line,
            Pair::Single => mark == Mark::SingleOpen,
        };
        if last == index && same && starts.len() == 1 {
            if let Some(outer) = self.open.first_mut() {
                outer.resumed.push(index);
                outer.checked = index;
            }
            return true;
        }
        let closes = match pair {
            Pair::Angle => Mark::Right,
            Pair::Double | Pair::Low => Mark::Closing,
            Pair::Straight | Pair::Single => Mark::StraightSingle,
        };
        let next = self.marks[place..].iter().take(PARAGRAPHS).find(|(_, mark)| {
            matches!(
                (pair, mark),
                (Pair::Angle, Mark::Left | Mark::Right)
                    | (Pair::Double, Mark::High | Mark::Closing)
                    | (Pair::Low, Mark::Low | Mark::Closing)
            )
        });
        let goes_on = starts.len() <= PARAGRAPHS
            && self.open.first().is_some_and(|outer| index - outer.checked < AHEAD)
            && next.is_some_and(|(_, mark)| *mark == closes);
        if goes_on && let Some(outer) = self.open.first_mut() {
            outer.checked = index;
        } else {
            self.open.clear();
            self.held = [0; 5];
        }
        false
    }

    /// Whether a single closing mark is the apostrophe of a plural (the players’ rights) in an open quotation.
    fn is_apostrophe(&self, index: usize) -> bool {
        let own = mark(self.tokens, index);
        let spoken_on =
            self.tokens.get(index + 1).is_some_and(|next| next.spaced && next.case == Case::Lower);
        index > 0
            && spoken_on
            && self.tokens.form(index - 1).ends_with('s')
            && (index + 1..self.tokens.len().min(index + 60))
                .take_while(|&ahead| !self.tokens[ahead].line)
                .find_map(|ahead| match mark(self.tokens, ahead)? {
                    Mark::SingleOpen => Some(false),
                    mark if Some(mark) == own => Some(!self.tokens[ahead].spaced),
                    _ => None,
                })
                .unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is what stands between the marks, for each quotation.
    #[track_caller]
    fn check(language: &str, text: &str, expected: &[&str]) {
        let tokens = Tokens::new(text);
        let found: Vec<_> = quotations(&tokens, language)
            .into_iter()
            .map(|quotation| {
                &text[tokens[quotation.open].end as usize..tokens[quotation.close].start as usize]
            })
            .map(str::trim)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn all_marks_are_paired() {
        check("fr", "Il dit « oui » et \"non\", “si” ou „ja“.", &["oui", "non", "si", "ja"]);
        check("de", "Er sagt »ja« und „nein“ und „doch” und „gut\".", &["ja", "nein", "doch", "gut"]);
        check("de", "Er sagt „das ‚Werk‘ kommt“ und „gut“.", &["das ‚Werk‘ kommt", "gut"]);
        check("nl", "Hij zegt 'goed zo' en ‘mooi’.", &["goed zo", "mooi"]);
        check(
            "en",
            "He says ‘the players’ rights’ and 'so it is', not don't.",
            &["the players’ rights", "so it is"],
        );
    }

    #[test]
    fn the_outermost_pair_counts() {
        check("fr", "« un \"serveur\" de « nom » et “rien” »", &["un \"serveur\" de « nom » et “rien”"]);
        check("en", "“It was ‘good’,” she said.", &["It was ‘good’,"]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_quotation_marks() {
        check("fr", "l'usine d'hier, aujourd’hui, qu’on dit 'belle'", &[]);
        check("en", "a 27\" screen, the players’ bus, don’t", &[]);
        check("fr", "d'\"opportunité\" et l'« avenir »", &["opportunité", "avenir"]);
    }

    #[test]
    fn a_quotation_runs_over_paragraphs() {
        check("fr", "« Un.\n\n« Deux.\n\n« Trois. » Fin.", &["Un.\n\n« Deux.\n\n« Trois."]);
        check("fr", "« Un.\n\n» Deux. »", &["Un.\n\n» Deux."]);
        check("fr", "« Un.\n\nDeux. » Fin.", &["Un.\n\nDeux."]);
        check("en", "“One.\n\n“Two.” End.", &["One.\n\n“Two."]);
        check("en", "\"One.\n\n\"Two.\" End.", &["One.\n\n\"Two."]);
    }

    #[test]
    fn what_is_never_closed_is_passed_over() {
        check("fr", "« Un, dit-il.\n\nDeux « trois ».", &["trois"]);
        check("fr", "Un \"deux.\n\nTrois \"quatre\".", &["quatre"]);
        check("fr", "Un » et « deux", &[]);
        check("fr", "« »", &[]);
    }
}
