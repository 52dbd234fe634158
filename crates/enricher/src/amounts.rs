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
mod compound;
mod count;
mod range;
mod rate;
mod units;

pub(crate) use count::follows as counts;

use belongs::{fits, is_ordinal, stands_alone};
use bounds::{BoundPhrases, Bounds, Role};
use range::{second, shared_scale};
use rate::rate;
use units::{Unit, Units};

/// Finds amounts. Loaded once, shared by all workers.
#[derive(Debug)]
pub struct Finder {
    units: Units,
    bounds: BoundPhrases,
}

/// What a number is of.
struct Measured<'u> {
    measure: Measure,
    /// As the record has it.
    code: Option<&'u str>,
    /// Instead of a code: the noun.
    noun: Option<String>,
    /// What scale symbols and scaled codes add.
    power: i32,
    per: Option<&'static str>,
    end: usize,
}

impl<'u> Measured<'u> {
    fn of(unit: &'u Unit, end: usize) -> Self {
        Self {
            measure: unit.measure,
            code: unit.code.as_deref(),
            noun: None,
            power: unit.power,
            per: None,
            end,
        }
    }

    fn count(end: usize) -> Self {
        Self { measure: Measure::Count, code: None, noun: None, power: 0, per: None, end }
    }
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
            {
                continue;
            }
            if let Some((amount, end)) = self.amount(reading, start, number, floor)
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
        let (bounds, from) = self.bounds_before(reading, from, floor);
        let second = second(reading, start, first, bounds.role == Role::Open);
        let last = second.unwrap_or(first);
        let measured = self.measured(reading, &last, prefix.map(|(unit, _)| unit))?;
        if !fits(reading, start, from, &first, &last, &measured) {
            return None;
        }
        let (mut bounds, mut from) = (bounds, from);
        // Nothing shares this unit: *entre deux immeubles* opens no range.
        let goes_on =
            second.is_some() || matches!(reading.form(measured.end), "et" | "and" | "und" | "y" | "e" | "en");
        if bounds.role == Role::Open && !goes_on {
            (bounds, from) = (Bounds::default(), prefix.map_or(start, |(_, from)| from));
        }
        // In front of a temperature, and in brackets before a percentage, a hyphen between spaces is a sign.
        let signed = match measured.measure {
            Measure::Temperature => true,
            Measure::Percent => reading.form_before(from, 2) == "(",
            _ => false,
        };
        if signed && from == start && from > floor && matches!(reading.form(from - 1), "-" | "−") {
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
            let sum = compound::sum(&self.units, reading, stated, measured.measure, measured.code, end);
            if let Some((sum, after)) = sum {
                value = Some(sum);
                end = after;
            }
            (low, high) = (value, value);
            if bounds.role == Role::Open
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
            None if matches!(reading.form(end), "de" | "d'" | "of") => {
                count::rate_after_complements(reading, end)
                    .map_or((None, end), |(per, after)| (Some(per), after))
            }
            None => rate(reading, end).map_or((None, end), |(per, after)| (Some(per), after)),
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
        // A hyphen that only the number touches is a sign.
        if let Some(sign) = previous
            && matches!(reading.form(sign), "-")
            && !reading.pieces()[from].spaced
            && reading.pieces()[sign].spaced
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

    /// What a number is of: the currency before it, or the unit or the counted noun behind it.
    fn measured<'u>(
        &'u self,
        reading: &Reading<'_>,
        number: &Number,
        prefix: Option<&'u Unit>,
    ) -> Option<Measured<'u>> {
        let mut at = number.end;
        if let Some(unit) = prefix {
            let mut measured = Measured::of(unit, at);
            if let Some((power, end)) = scale_symbol(reading, at).filter(|_| number.scale == 0) {
                measured.power += power;
                measured.end = end;
            } else if unknown_scale(reading, at) {
                return None;
            }
            return Some(measured);
        }
        // 3-inch, 10-gallon.
        if reading.form(at) == "-" && reading.joined(at, true) && reading.joined(at + 1, true) {
            at += 1;
        }
        if !reading.joined(at, false) {
            return (number.value.is_none()).then(|| Measured::count(number.end));
        }
        // 5 M€, 3 Mds d'euros, 2bn euros.
        if let Some((power, end)) = scale_symbol(reading, at).filter(|_| number.scale == 0) {
            let end = end + usize::from(matches!(reading.form(end), "de" | "d'"));
            if let Some((unit, end)) = self.units.at(reading, end)
                && unit.measure == Measure::Money
                && !unit.scaled
            {
                let mut measured = Measured::of(unit, end);
                measured.power += power;
                return Some(measured);
            }
        }
        let of = match reading.tongue {
            Tongue::English => reading.form(at) == "of" && number.noun,
            Tongue::French => matches!(reading.form(at), "de" | "d'") && (number.noun || is_round(number)),
            Tongue::Spanish | Tongue::Portuguese => reading.form(at) == "de" && number.scale >= 6,
            Tongue::Italian => matches!(reading.form(at), "di") && number.scale >= 6,
            _ => false,
        };
        let noun = at + usize::from(of);
        let touching = |index| reading.joined(index, true);
        let unit = self
            .units
            .at(reading, noun)
            .or_else(|| self.units.at(reading, behind_adjective(reading, noun)?))
            .filter(|(unit, _)| !unit.scaled || number.scale >= 6);
        if let Some((unit, end)) = unit {
            // 3 USD50 cards: the code belongs to the number it touches.
            if reading.is_kind(end, Kind::Number) && touching(end) && !touching_symbol(reading, end - 1) {
                return None;
            }
            let mut measured = Measured::of(unit, end);
            // 75 USD million.
            if unit.measure == Measure::Money
                && number.scale == 0
                && let Some(NumberWord::Scale { power, plural: false, .. }) = reading.number_word(end)
            {
                measured.power += i32::from(power);
                measured.end = end + 1;
            }
            return Some(measured);
        }
        if number.written == Written::Article {
            return None;
        }
        if let Some(counted) = count::counted(reading, noun) {
            let noun = reading.text_of(counted.noun).to_owned();
            return Some(Measured { noun: Some(noun), per: counted.per, ..Measured::count(counted.end) });
        }
        number.value.is_none().then(|| Measured::count(number.end))
    }

    /// The other end of *entre 2 % et 3 %*, *between $2bn and $3bn*, in the measure of the first.
    fn other_end(&self, reading: &Reading<'_>, at: usize, first: &Measured<'_>) -> Option<(OtherEnd, usize)> {
        if !matches!(reading.form(at), "et" | "and" | "und" | "y" | "e" | "en") || !reading.joined(at, false)
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

/// The power of ten of a scale symbol behind a sum of money (`5 M€`, `$3bn`, `100k`), and one past it.
fn scale_symbol(reading: &Reading<'_>, at: usize) -> Option<(i32, usize)> {
    let power = match reading.word(at) {
        "k" | "K" => 3,
        "M" | "m" | "mn" | "mln" | "mio" | "Mio" | "Mio." => 6,
        "Md" | "Mds" | "Mrd" | "Mrd." | "mds" | "md" | "bn" | "Bn" | "B" | "b" | "mld" => 9,
        "tn" | "trn" | "T" => 12,
        _ => return None,
    };
    reading.joined(at, false).then_some((power, at + 1))
}

/// Whether a word that may well be a scale of a language that we do not know follows.
fn unknown_scale(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.tongue, Tongue::Unknown) && reading.joined(at, false) && reading.is_kind(at, Kind::Word)
}

/// Whether figures end in six zeros, so that French says *de* behind them.
fn is_round(number: &Number) -> bool {
    number
        .value
        .and_then(|value| value.shifted(-6))
        .is_some_and(|value| value.to_integer().is_some_and(|value| value > 0))
}

/// The place behind an adjective that stands before units: *quatre prochaines années*.
fn behind_adjective(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let adjective = match reading.tongue {
        Tongue::French => matches!(
            reading.form(at),
            "prochains"
                | "prochaines"
                | "derniers"
                | "dernières"
                | "premiers"
                | "premières"
                | "longs"
                | "longues"
                | "petits"
                | "petites"
                | "bons"
                | "bonnes"
                | "dernieres"
        ),
        Tongue::English => matches!(
            reading.form(at),
            "more"
                | "additional"
                | "extra"
                | "full"
                | "consecutive"
                | "straight"
                | "long"
                | "short"
                | "whole"
        ),
        _ => false,
    };
    (adjective && reading.joined(at + 1, false)).then_some(at + 1)
}

fn touching_symbol(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_kind(at, Kind::Mark)
}

/// Length by hour, minute or second is speed; else as measured.
fn speed(
    measured: &Measured<'_>,
    per: Option<&'static str>,
) -> (Measure, Option<String>, Option<&'static str>) {
    let unit = measured.noun.clone().or_else(|| measured.code.map(str::to_owned));
    match (measured.measure, per, unit) {
        (Measure::Length, Some(per @ ("h" | "min" | "s")), Some(unit)) => {
            (Measure::Speed, Some(format!("{unit}/{per}")), None)
        }
        (measure, per, unit) => (measure, unit, per),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::dates;
    use crate::reading::Vocabulary;
    use crate::tokens::Tokens;

    static FINDERS: LazyLock<(Vocabulary, dates::Finder, Finder)> =
        LazyLock::new(|| (Vocabulary::built_in(), dates::Finder::built_in(), Finder::new(None).unwrap()));

    fn find(tongue: Tongue, text: &str) -> Vec<Amount> {
        let (vocabulary, dates, amounts) = &*FINDERS;
        let tokens = Tokens::new(text);
        let reading = Reading::new(&tokens, tongue, vocabulary);
        let dates = dates.find(&reading, None);
        amounts.find(&reading, &dates)
    }

    /// Each expected amount is its words, `=`, its measure, its value or its bounds, its unit and its rate; `~` for
    /// approximate, `?` for an ambiguous scale.
    #[track_caller]
    fn check(tongue: Tongue, text: &str, expected: &[&str]) {
        let found = find(tongue, text).into_iter().map(|amount| {
            let mut line = format!("{} = {} ", amount.span.of(text).unwrap(), amount.measure.as_str());
            let bound = |bound: Option<f64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
            if amount.low == amount.high && amount.low.is_some() {
                write!(line, "{}", bound(amount.value)).unwrap();
            } else {
                write!(line, "{}..{}", bound(amount.low), bound(amount.high)).unwrap();
            }
            line.extend(amount.unit.map(|unit| format!(" {unit}")));
            line.extend(amount.per.map(|per| format!(" /{per}")));
            line.push_str(if amount.approximate { " ~" } else { "" });
            line.push_str(if amount.scale_ambiguous { " ?" } else { "" });
            line
        });
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
    }

    fn french(text: &str, expected: &[&str]) {
        check(Tongue::French, text, expected);
    }

    fn english(text: &str, expected: &[&str]) {
        check(Tongue::English, text, expected);
    }

    #[test]
    fn sums_have_their_currency() {
        french("un prêt de 12,5 millions d'euros", &["12,5 millions d'euros = money 12500000 EUR"]);
        french("pour 3 Md€ et 45 M$", &["3 Md€ = money 3000000000 EUR", "45 M$ = money 45000000 USD"]);
        french(
            "2 milliards de dollars taïwanais",
            &["2 milliards de dollars taïwanais = money 2000000000 TWD"],
        );
        french("il coûte 15 dollars et 20 cents", &["15 dollars et 20 cents = money 15.2 USD"]);
        french("une amende de 40 000 francs", &["40 000 francs = money 40000"]);
        french("une dette de 3 millions de livres", &["3 millions de livres = money 3000000 GBP"]);
        french("il a lu 30 livres", &["30 livres = count 30 livres"]);
        english(
            "NT$120 billion, US$3.5bn and A$4m",
            &[
                "NT$120 billion = money 120000000000 TWD",
                "US$3.5bn = money 3500000000 USD",
                "A$4m = money 4000000 AUD",
            ],
        );
        english(
            "sales of MSEK 60, or 5 USD million",
            &["MSEK 60 = money 60000000 SEK", "5 USD million = money 5000000 USD"],
        );
        english("a $2-million house", &["$2-million = money 2000000 USD"]);
        english("it was half a million pounds", &["half a million pounds = money 500000 GBP"]);
        english("ALL 5 answers at COP 26", &["5 answers = count 5 answers"]);
    }

    #[test]
    fn french_trillions_are_flagged() {
        french(
            "jusqu'à 1,4 trillion de dollars",
            &["jusqu'à 1,4 trillion de dollars = money ..1400000000000 USD ?"],
        );
        english("up to $1.4 trillion", &["up to $1.4 trillion = money ..1400000000000 USD"]);
    }

    #[test]
    fn words_around_a_number_bound_it() {
        french("plus de 500 emplois", &["plus de 500 emplois = count 500.. emplois"]);
        french("un peu plus de 70 %", &["un peu plus de 70 % = percent 70.. % ~"]);
        french(
            "au moins 2 km, environ 3 kg",
            &["au moins 2 km = length 2.. km", "environ 3 kg = mass 3 kg ~"],
        );
        french("une trentaine de mètres", &["une trentaine de mètres = length 30 m ~"]);
        english("at least 20 people", &["at least 20 people = count 20.. people"]);
        english("10% or more", &["10% or more = percent 10.. %"]);
        english("it fell to -5 °C", &["-5 °C = temperature -5 Cel"]);
    }

    #[test]
    fn ranges_share_their_unit() {
        french(
            "entre 2 et 3 milliards de dollars",
            &["entre 2 et 3 milliards de dollars = money 2000000000..3000000000 USD"],
        );
        french("d'ici 12 à 15 mois", &["12 à 15 mois = duration 12..15 mo"]);
        french("une hausse de 2-3 %", &["2-3 % = percent 2..3 %"]);
        french("entre 5 % et 7 %", &["entre 5 % et 7 % = percent 5..7 %"]);
        english("from $5 to $6 million", &["$5 = money 5 USD", "$6 million = money 6000000 USD"]);
        french("passé de 10 à 12 %", &["12 % = percent 12 %"]);
        english("between $2bn and $3bn", &["between $2bn and $3bn = money 2000000000..3000000000 USD"]);
        english("eight to 10 feet", &["eight to 10 feet = length 8..10 [ft_i]"]);
    }

    #[test]
    fn quantities_without_a_numeral_have_no_value_and_sums_are_none() {
        french("des milliards de dollars", &[]);
        french(
            "centaines de milliers d’emplois",
            &["centaines de milliers d’emplois = count 100000..1000000 emplois ~"],
        );
        english("hundreds of millions of euros", &[]);
    }

    #[test]
    fn counts_have_their_noun_and_rate() {
        french(
            "1 000 baies de serveurs IA par semaine",
            &["1 000 baies de serveurs IA par semaine = count 1000 baies /wk"],
        );
        french("trois nouvelles usines", &["trois nouvelles usines = count 3 usines"]);
        french("les deux pays", &[]);
        french("il en faut 12 pour gagner", &[]);
        english("1,200 new jobs a year", &["1,200 new jobs a year = count 1200 jobs /a"]);
        english("he called 3 times", &[]);
    }

    #[test]
    fn measures_have_ucum_units() {
        french(
            "200 g de farine, 20 minutes à 180 °C",
            &["200 g = mass 200 g", "20 minutes = duration 20 min", "180 °C = temperature 180 Cel"],
        );
        french("à 130 km/h sur 9 hectares", &["130 km/h = speed 130 km/h", "9 hectares = area 9 har"]);
        french("188 kilomètres à l'heure", &["188 kilomètres à l'heure = speed 188 km/h"]);
        french(
            "30 gigawatts et 12 TWh par an",
            &["30 gigawatts = power 30 GW", "12 TWh par an = energy 12 TW.h /a"],
        );
        french("préchauffez le four à 180 degrés", &["180 degrés = temperature 180"]);
        french("un angle de 45 degrés", &["45 degrés = count 45 degrés"]);
        french("deux heures et demie", &["deux heures et demie = duration 2.5 h"]);
        french("660 mètres carrés", &["660 mètres carrés = area 660 m2"]);
        english(
            "a 3-inch pipe and a six-mile trip",
            &["3-inch = length 3 [in_i]", "six-mile = length 6 [mi_i]"],
        );
        english("5 feet 6 inches", &["5 feet 6 inches = length 5.5 [ft_i]"]);
        english("half mile from here", &["half mile = length 0.5 [mi_i]"]);
        english("a 16 GB module", &["16 GB = data 16 GBy"]);
        check(
            Tongue::German,
            "500 g Mehl, 1,5 Mrd. Euro und 20 Prozent",
            &["500 g = mass 500 g", "1,5 Mrd. Euro = money 1500000000 EUR", "20 Prozent = percent 20 %"],
        );
        check(
            Tongue::German,
            "zwischen 2 und 3 Millionen Euro",
            &["zwischen 2 und 3 Millionen Euro = money 2000000..3000000 EUR"],
        );
        check(
            Tongue::Spanish,
            "más de 1.200 millones de euros",
            &["más de 1.200 millones de euros = money 1200000000.. EUR"],
        );
        check(Tongue::Unknown, "5 kg, $5 Xilyon", &["5 kg = mass 5 kg"]);
    }

    #[test]
    fn names_dates_and_times_are_no_amounts() {
        for text in [
            "le GPT-4, la H100, le Boeing 737",
            "le 8 février 2026 à 16h33",
            "à 20 heures, vers 18 h",
            "au 06 12 34 56 78",
            "une victoire 3-2",
            "la 5G et la 3D",
            "la version 1.2.3 et l'article 5",
            "en 2016 et dans les années 1990",
            "le 3e étage, le 20ème siècle",
            "Commentaires (4)",
        ] {
            french(text, &[]);
        }
        english("the 2nd floor at 2 pm, the 1990s", &[]);
    }

    /// Ten times the text takes about ten times as long, whatever the text; a hundred times would time out here.
    #[test]
    fn hostile_texts_take_linear_time() {
        for unit in
            ["9", "mille ", "un ", "1 ", "1-", "1/", "a ", "entre 2 et ", "$", "million de ", "trente-", "(1"]
        {
            let text = unit.repeat(200_000 / unit.len());
            let started = std::time::Instant::now();
            find(Tongue::French, &text);
            find(Tongue::English, &text);
            assert!(started.elapsed().as_secs() < 5, "{unit:?} took {:?}", started.elapsed());
        }
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_hold_a_number(
            text in r"([0-9]{1,4}|[0-9],[0-9]|deux|mille|millions|une|trentaine|de|entre|et|à|plus|euros|\$|€|%|km|/|h|a|year|dozen|half|-| |\n|\u{a0}|\PC){0,60}",
            tongue in proptest::sample::select(Tongue::ALL.to_vec()),
        ) {
            let mut end = 0;
            for amount in find(tongue, &text) {
                let words = amount.span.of(&text);
                let tokens = Tokens::new(words.unwrap_or_default());
                let reading = Reading::new(&tokens, tongue, &FINDERS.0);
                let numbers = (0..tokens.len()).filter(|&index| numbers::number(&reading, index).is_some());
                prop_assert!(numbers.count() > 0, "{:?}", words);
                prop_assert!(words.is_some_and(|words| !words.is_empty() && words.trim() == words));
                prop_assert!(amount.span.start >= end);
                end = amount.span.end;
                if let (Some(low), Some(high)) = (amount.low, amount.high) {
                    prop_assert!(low <= high);
                }
                prop_assert!(amount.value.is_none_or(f64::is_finite));
            }
        }
    }
}
