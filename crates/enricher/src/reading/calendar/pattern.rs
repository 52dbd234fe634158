//! A phrase that says a date, as the files of the languages write it: `am [{weekday}]`, `[hace {number} {periods}] !que`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::tokens::hash;

/// What a phrase means, and so which of its slots count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Group {
    /// A day that is told from today.
    Day,
    /// A part of today: *stamattina*.
    Today,
    /// A day of the week, perhaps with its side or its week.
    Weekday,
    /// *Heuer*, *quest'anno*.
    ThisYear,
    /// A week, month or year that is told from today's.
    Period,
    /// So many periods ago.
    Ago,
    /// The same, where a verb of the past says so: *há dois anos*.
    AgoIfPast,
    /// In so many periods.
    Ahead,
    /// The same, where a verb that looks ahead says so: *in zwei Jahren*.
    AheadIfFuture,
    /// A quarter or a half of a year.
    PartOfYear,
    /// A season, with its year or its side.
    Season,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A month without a year.
    Month,
    /// A day of a month with the side that it lies on.
    Date,
    /// What stands behind a date and tells its year: *vergangenen Jahres*.
    ToldYear,
}

/// What stands at one place of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// One of the words of a table of the file.
    Words(usize),
    /// A number in figures, or one of the words of a table.
    Number(Option<usize>),
    /// An ordinal, likewise.
    Ordinal(Option<usize>),
    /// The tens of years in figures.
    Decade,
    /// The name of a month.
    Month,
    /// A year in figures.
    Year,
    /// A day and its month, as [`absolute`](crate::dates) reads them.
    Date,
    /// A Roman numeral.
    Roman,
}

/// One step of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// One of these words, by their hashes.
    Word {
        any: Vec<u64>,
        optional: bool,
    },
    Slot {
        slot: Slot,
        optional: bool,
    },
    /// What has to hold there, without a word of its own.
    Guard(Guard),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Guard {
    /// None of these words stands next.
    Not(Vec<u64>),
    /// A sentence or a line begins.
    Start,
    /// A clause ends.
    End,
}

/// A phrase: what stands before its first slot is read backwards, the rest forwards.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub(crate) group: Group,
    /// What stands before the anchor, the nearest first.
    pub(crate) before: Vec<Step>,
    /// The anchor, which is a slot, and what follows.
    pub(crate) from_anchor: Vec<Step>,
    /// How many of the steps before the anchor, the nearest first, and of the others belong to the date.
    pub(crate) inside: (usize, usize),
}

impl Pattern {
    /// Reads a phrase; the error says what is wrong with it.
    pub(super) fn parse(group: Group, phrase: &str, slots: &BTreeMap<String, usize>) -> Result<Self, String> {
        let mut steps = Vec::new();
        let (mut open, mut close) = (0, None);
        for mut word in phrase.split_whitespace() {
            if let Some(rest) = word.strip_prefix('[') {
                (open, word) = (steps.len(), rest);
            }
            let closes = word.strip_suffix(']');
            steps.push(step(closes.unwrap_or(word), slots)?);
            if closes.is_some() {
                close = Some(steps.len());
            }
        }
        let is_anchor = |step: &Step| matches!(step, Step::Slot { optional: false, .. });
        let anchor = if group == Group::ToldYear { Some(0) } else { steps.iter().position(is_anchor) };
        let anchor = anchor.ok_or("a phrase needs a slot that is not optional")?;
        if group != Group::ToldYear && !matches!(steps[anchor], Step::Slot { slot, .. } if can_anchor(slot)) {
            return Err("the first slot of a phrase cannot be a year, a date or a Roman numeral".to_owned());
        }
        let close = close.unwrap_or(steps.len());
        if open > anchor || close <= anchor {
            return Err("the brackets do not hold the first slot".to_owned());
        }
        let from_anchor = steps.split_off(anchor);
        steps.reverse();
        Ok(Self { group, before: steps, from_anchor, inside: (anchor - open, close - anchor) })
    }

    /// The slot that the phrase is found by.
    pub(crate) fn anchor(&self) -> Slot {
        match self.from_anchor.first() {
            Some(Step::Slot { slot, .. }) => *slot,
            _ => Slot::Year,
        }
    }
}

fn can_anchor(slot: Slot) -> bool {
    !matches!(slot, Slot::Year | Slot::Date | Slot::Roman)
}

fn step(word: &str, slots: &BTreeMap<String, usize>) -> Result<Step, String> {
    let hashes = |words: &str| words.split('|').map(hash).collect();
    match word {
        "^" => return Ok(Step::Guard(Guard::Start)),
        "$" => return Ok(Step::Guard(Guard::End)),
        _ => {}
    }
    if let Some(words) = word.strip_prefix('!') {
        return Ok(Step::Guard(Guard::Not(hashes(words))));
    }
    let (word, optional) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
    let Some(name) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) else {
        return Ok(Step::Word { any: hashes(word), optional });
    };
    let slot = match name {
        "number" => Slot::Number(slots.get(name).copied()),
        "ordinal" => Slot::Ordinal(slots.get(name).copied()),
        "decade" => Slot::Decade,
        "month" => Slot::Month,
        "year" => Slot::Year,
        "date" => Slot::Date,
        "roman" => Slot::Roman,
        _ => Slot::Words(*slots.get(name).ok_or_else(|| format!("there is no slot {{{name}}}"))?),
    };
    Ok(Step::Slot { slot, optional })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_cut_at_its_first_slot() {
        let slots = BTreeMap::from([("weekday".to_owned(), 0)]);
        let pattern = Pattern::parse(Group::Weekday, "!jeden am [frühen {weekday}] !des", &slots).unwrap();
        assert_eq!((pattern.before.len(), pattern.from_anchor.len(), pattern.inside), (3, 2, (1, 1)));
        assert_eq!(pattern.before[0], Step::Word { any: vec![hash("frühen")], optional: false });
        assert_eq!(pattern.anchor(), Slot::Words(0));
        assert!(Pattern::parse(Group::Weekday, "[am] {weekday}", &slots).is_err());
        assert!(Pattern::parse(Group::Weekday, "{year}", &slots).is_err());
    }
}
