//! How much? Sums, shares, measures and counts, each read from its number outwards.
//!
//! One scan over the pieces of a text stops at numbers only. From there it looks right for a second number, a scale,
//! a unit and a rate, and left for a currency and for what bounds the number. Without a unit or a counted noun a
//! number is no amount. Values are decimal numbers until the end, when they become `f64` once.

use document::{Amount, DateMention, Measure};

use crate::decimal::Decimal;
use crate::numbers::{self, Number, Written};
use crate::reading::words::NumberWord;
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

mod belongs;
mod bounds;
mod change;
mod compound;
mod count;
mod measured;
mod range;
mod rate;
mod shared;
mod units;

pub(crate) use count::follows as counts;
pub(crate) use units::list_files;

use belongs::{fits, is_multiplied, is_ordinal, stands_alone};
use bounds::{BoundPhrases, Bounds, Role};
use measured::{Measured, speed};
use range::{Other, changed_scale, other, shared_scale, step_scale};
use rate::rate;
use shared::shared_currency;
use units::Units;

/// Finds amounts. Loaded once, shared by all workers.
#[derive(Debug)]
pub struct Finder {
    units: Units,
    bounds: BoundPhrases,
}

impl Finder {
    /// Loads the units and the currencies, with those of a folder added.
    pub fn new(folder: Option<&std::path::Path>) -> Result<Self, crate::lexicon::UnreadableList> {
        Ok(Self { units: Units::new(folder)?, bounds: BoundPhrases::new() })
    }

    /// The amounts of a text in order, none of which overlaps another or a date.
    pub fn find(&self, reading: &Reading<'_>, dates: &[DateMention]) -> Vec<Amount> {
        let mut amounts = Vec::new();
        let mut dates = dates.iter().peekable();
        // Nothing before the first belongs to the next amount; before the second no number begins.
        let (mut floor, mut next) = (0, 0);
        for &hot in &reading.hot {
            let start = hot as usize;
            if start < next {
                continue;
            }
            let at = reading.pieces()[start].start as usize;
            while let Some(date) = dates.next_if(|date| date.span.end <= at) {
                floor = floor.max(piece_at(reading, start, date.span.end));
            }
            if dates.peek().is_some_and(|date| date.span.start <= at) {
                continue;
            }
            let stop = dates.peek().map_or(usize::MAX, |date| date.span.start);
            let Some(number) = numbers::number(reading, start) else { continue };
            next = number.end;
            // *Un*, *une* and *a* are everywhere: without a unit right behind they are articles.
            if number.written == Written::Article
                && number.value == Some(Decimal::ONE)
                && number.end == start + 1
                && (reading.tongue == Tongue::English || self.units.at(reading, number.end).is_none())
                // Entre un et deux millions.
                && !(reading.form_before(start, 1) == "entre" && reading.form(number.end) == "et")
            {
                continue;
            }
            let end = number.end;
            let amount = self.amount(reading, start, number, floor).or_else(|| {
                shared_currency(&self.units, reading, start, &number, &amounts).map(|amount| (amount, end))
            });
            if let Some((amount, end)) = amount
                && amount.span.end <= stop
            {
                amounts.push(amount);
                (floor, next) = (end, end);
            }
        }
        amounts
    }

    /// The amount of the number at `start`, and one past its last piece.
    fn amount(
        &self,
        reading: &Reading<'_>,
        start: usize,
        first: Number,
        floor: usize,
    ) -> Option<(Amount, usize)> {
        let prefix = self.units.before(reading, start, floor);
        let from = prefix.map_or(start, |(_, from)| from);
        let sum = prefix.is_some() && first.scale > 0;
        if prefix.is_some() && first.written == Written::Article {
            return None;
        }
        if !stands_alone(reading, from, start, floor) || (!sum && is_ordinal(reading, first.end)) {
            return None;
        }
        if is_multiplied(reading, from) {
            return None;
        }
        let (bounds, from) = self.bounds_before(reading, from, floor);
        let currency = prefix.map(|(unit, _)| unit);
        let begin = prefix.map_or(start, |(_, begin)| begin);
        let between = bounds.role == Role::Open;
        let mut other = other(&self.units, reading, (begin, start), &first, currency, between);
        let mut last = other.map_or(first, |other| *other.number());
        let mut measured = self.measured(reading, &last, currency)?;
        let mut shared = None;
        if let Some(Other::Change(second)) = other {
            shared = changed_scale(&first, &second, measured.power);
            if shared.is_none() {
                (other, last) = (None, first);
                measured = self.measured(reading, &last, currency)?;
            }
        }
        if let Some(Other::Step(second)) = other {
            // A share that rose by 2 to 21 percent rose by two points.
            if measured.measure == Measure::Percent {
                return None;
            }
            shared = Some(step_scale(&first, &second, measured.power)?);
        }
        if !fits(reading, start, from, &first, &last, &measured) {
            return None;
        }
        if let Some(power) = shared {
            return changed(reading, from, &first, power, &measured, bounds);
        }
        let second = other.map(|other| *other.number());
        let (mut bounds, mut from) = (bounds, from);
        // *Spread over five years* is during them.
        if measured.measure == Measure::Duration && reading.form(from) == "over" {
            (bounds, from) = (Bounds::default(), begin);
        }
        // Nothing shares this unit: *entre deux immeubles* opens no range.
        let goes_on =
            second.is_some() || matches!(reading.form(measured.end), "et" | "and" | "und" | "y" | "e" | "en");
        if bounds.role == Role::Open && !goes_on {
            (bounds, from) = (Bounds::default(), prefix.map_or(start, |(_, from)| from));
        }
        if from == start && from > floor && is_minus(reading, from, measured.measure) {
            (bounds.role, from) = (Role::Negate, from - 1);
        }
        let shift = |value: Option<Decimal>| match value {
            Some(value) => value.shifted(measured.power).map(Some),
            None => Some(None),
        };
        let (mut value, mut low, mut high) = (shift(first.value)?, shift(first.low)?, shift(first.high)?);
        if value.is_none() && measured.measure == Measure::Money {
            // *des milliards de dollars*: nothing that could be summed or compared is stated.
            return None;
        }
        let mut end = measured.end;
        let mut approximate = first.approximate || last.approximate;
        let mut ambiguous = first.ambiguous || last.ambiguous;
        if let Some(second) = second {
            let scaled = value?.shifted(shared_scale(&first, &second))?;
            (low, high) = (Some(scaled), shift(second.value)?);
        } else if let Some(stated) = value {
            // Hours have minutes, and these have seconds.
            let mut whole = stated;
            for _ in 0..2 {
                let sum = compound::sum(&self.units, reading, whole, measured.measure, measured.code, end);
                let Some((sum, after)) = sum else { break };
                (whole, end) = (sum, after);
                if measured.code != Some("h") {
                    break;
                }
            }
            value = Some(whole);
            (low, high) = (value, value);
            let tight = currency.is_some()
                && matches!(reading.form(end), "-" | "–" | "—")
                && reading.joined(end, true)
                && reading.joined(end + 1, true);
            if (bounds.role == Role::Open || tight)
                && let Some((other, after)) = self.other_end(reading, end, &measured)
            {
                high = Some(other.value?.shifted(other.power)?);
                ambiguous |= other.ambiguous;
                end = after;
            }
        }
        if low != high && first.value.is_some() {
            let (bottom, top) = (low?, high?);
            if bottom > top {
                return None;
            }
            value = Some(bottom.plus(top)?.times(Decimal::new(5, -1))?);
        }
        let (per, after) = match measured.per {
            Some(per) => (Some(per), end),
            // *7 000 tonnes d'uranium par an*: what is measured may stand between.
            None => count::rate_after_complements(reading, end)
                .map_or((None, end), |(per, after)| (Some(per), after)),
        };
        end = after;
        if let Some((after, behind)) = self.bounds.after(reading, end) {
            bounds.open_low |= after.open_low;
            bounds.open_high |= after.open_high;
            bounds.approximate |= after.approximate;
            end = behind;
        }
        if bounds.role == Role::Negate {
            let negated = |value: Option<Decimal>| value.map(Decimal::negated);
            (value, low, high) = (negated(value), negated(high), negated(low));
        }
        approximate |= bounds.approximate;
        let mut span = reading.span(from, end);
        // The full stop behind °C is the sentence's.
        let initial =
            |word: &str| word.len() == 2 && word.ends_with('.') && word.starts_with(char::is_uppercase);
        if initial(reading.word(end - 1)) {
            span.end -= 1;
        }
        let (mut measure, mut unit, per) = speed(&measured, per);
        if matches!(unit.as_deref(), Some("degrés" | "degrees" | "°"))
            && belongs::speaks_of_heat(reading, from, end)
        {
            // Which degrees, nobody says.
            (measure, unit) = (Measure::Temperature, None);
        }
        Some((
            Amount {
                span,
                measure,
                value: value.map(Decimal::to_f64),
                low: low.filter(|_| !bounds.open_low).map(Decimal::to_f64),
                high: high.filter(|_| !bounds.open_high).map(Decimal::to_f64),
                unit,
                per,
                approximate,
                scale_ambiguous: ambiguous,
            },
            end,
        ))
    }

    /// What the words before a number say of it, and where the amount begins.
    fn bounds_before(&self, reading: &Reading<'_>, from: usize, floor: usize) -> (Bounds, usize) {
        let previous = from.checked_sub(1).filter(|&previous| previous >= floor);
        // A hyphen that only the number touches is a sign, and so is a dash that opens a bracket.
        if let Some(sign) = previous
            && !reading.pieces()[from].spaced
            && match reading.form(sign) {
                "-" => reading.pieces()[sign].spaced || opens(reading, sign),
                "–" => opens(reading, sign),
                _ => false,
            }
        {
            return (Bounds { role: Role::Negate, ..Bounds::default() }, sign);
        }
        match self.bounds.before(reading, from, floor) {
            Some((bounds, start)) => (bounds, start),
            None if matches!(
                previous.map(|previous| reading.form(previous)),
                Some("plusieurs" | "quelques" | "several" | "des" | "many")
            ) && matches!(
                reading.number_word(from),
                Some(NumberWord::Scale { .. } | NumberWord::Collective { .. })
            ) =>
            {
                (Bounds::default(), from - 1)
            }
            None => (Bounds::default(), from),
        }
    }

    /// The other end of *entre 2 % et 3 %*, *between $2bn and $3bn*, `$2m-$3m`, in the measure of the first.
    fn other_end(&self, reading: &Reading<'_>, at: usize, first: &Measured<'_>) -> Option<(OtherEnd, usize)> {
        if !matches!(reading.form(at), "et" | "and" | "und" | "y" | "e" | "en" | "-" | "–" | "—")
            || !reading.joined(at, false)
        {
            return None;
        }
        let start = (at + 1..at + 4)
            .find(|&index| reading.is_kind(index, Kind::Number) || reading.number_word(index).is_some())?;
        let prefix = self.units.before(reading, start, at + 1);
        if prefix.map_or(start, |(_, from)| from) != at + 1 {
            return None;
        }
        let number = numbers::number(reading, start)?;
        let measured = self.measured(reading, &number, prefix.map(|(unit, _)| unit))?;
        (measured.measure == first.measure && measured.code == first.code && measured.noun == first.noun)
            .then_some((
                OtherEnd { value: number.value, power: measured.power, ambiguous: number.ambiguous },
                measured.end,
            ))
    }
}

/// The first amount of a change, whose unit stands behind the second: *passé de 10 à 12 %*.
fn changed(
    reading: &Reading<'_>,
    from: usize,
    first: &Number,
    power: i32,
    measured: &Measured<'_>,
    bounds: Bounds,
) -> Option<(Amount, usize)> {
    let value = first.value?.shifted(power)?;
    let value = if bounds.role == Role::Negate { value.negated() } else { value }.to_f64();
    let per = measured.per.or_else(|| rate(reading, measured.end).map(|(per, _)| per));
    let (measure, unit, per) = speed(measured, per);
    let amount = Amount {
        span: reading.span(from, first.end),
        measure,
        value: Some(value),
        low: Some(value).filter(|_| !bounds.open_low),
        high: Some(value).filter(|_| !bounds.open_high),
        unit,
        per,
        approximate: first.approximate || bounds.approximate,
        scale_ambiguous: first.ambiguous,
    };
    Some((amount, first.end))
}

/// Whether the mark before a number, with a space between, is a sign: a hyphen before a temperature; a dash that opens a
/// bracket or follows *à* or *de*. A dash between words and one that begins a line are none.
fn is_minus(reading: &Reading<'_>, from: usize, measure: Measure) -> bool {
    let Some(sign) = from.checked_sub(1).filter(|&sign| !reading.pieces()[sign].line) else { return false };
    match reading.form(sign) {
        "-" | "−" if measure == Measure::Temperature => true,
        "-" | "−" | "–" if measure != Measure::Count => {
            opens(reading, sign)
                || (reading.tongue == Tongue::French
                    && matches!(reading.form_before(sign, 1), "à" | "de")
                    && reading.joined(sign, false))
        }
        _ => false,
    }
}

/// Whether this mark is the first in a bracket.
fn opens(reading: &Reading<'_>, mark: usize) -> bool {
    matches!(reading.form_before(mark, 1), "(" | "[") && reading.joined(mark, true)
}

struct OtherEnd {
    value: Option<Decimal>,
    power: i32,
    ambiguous: bool,
}

/// The first piece at or before `below` that begins at or behind this byte.
fn piece_at(reading: &Reading<'_>, below: usize, byte: usize) -> usize {
    let pieces = &reading.pieces()[..=below];
    (0..=below).rev().take_while(|&index| pieces[index].start as usize >= byte).last().unwrap_or(below)
}

#[cfg(test)]
mod tests;
