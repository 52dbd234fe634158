//! What number stands here? Figures in the notations of seven languages, words in French and English, scale words.

use crate::decimal::Decimal;
use crate::reading::words::NumberWord;
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

/// A number of a text.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something else of the words, and any of them go together"
)]
pub(crate) struct Number {
    /// One past its last piece.
    pub(crate) end: usize,
    /// `None` where the words only say how large it is (*des milliards*).
    pub(crate) value: Option<Decimal>,
    /// Of a number without a value: the least that the words mean, and the most where they say it (*centaines*).
    pub(crate) low: Option<Decimal>,
    pub(crate) high: Option<Decimal>,
    /// The power of ten of its last scale word; 0 when there is none.
    pub(crate) scale: i32,
    /// Whether the words round it: *une trentaine*.
    pub(crate) approximate: bool,
    /// Whether a scale word means different powers in different languages.
    pub(crate) ambiguous: bool,
    /// Whether it ends with a noun (*millions*, *douzaine*), so that *de* joins what is counted.
    pub(crate) noun: bool,
    /// Whether it is a share of one (*three quarters*, `3/4`), which counts nothing.
    pub(crate) share: bool,
    /// How it is written.
    pub(crate) written: Written,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// `1 000`, `3 millions`.
    Figures,
    /// `trente-deux`.
    Words,
    /// *un*, *half*: says a number only where a measure follows.
    Article,
}

impl Number {
    fn of(end: usize, value: Decimal, written: Written) -> Self {
        Self {
            end,
            value: Some(value),
            low: None,
            high: None,
            scale: 0,
            approximate: false,
            ambiguous: false,
            noun: false,
            share: false,
            written,
        }
    }

    /// Whether it is a whole number written in figures or words, at most `most`.
    pub(crate) fn small(&self, most: i32) -> Option<i32> {
        self.value?.to_integer().filter(|value| (0..=most).contains(value))
    }
}

/// The number that starts at this piece. Reads no piece twice, and none behind the number but two.
pub(crate) fn number(reading: &Reading<'_>, start: usize) -> Option<Number> {
    let piece = reading.get(start)?;
    let mut number = if piece.kind == Kind::Number {
        let value = figures(reading.word(start), reading.tongue)?;
        fraction(reading, start, value).unwrap_or(Number::of(start + 1, value, Written::Figures))
    } else {
        words(reading, start)?
    };
    scales(reading, &mut number);
    halves(reading, &mut number);
    smaller_parts(reading, &mut number);
    number.share &= number.scale == 0;
    Some(number)
}

/// What figures say; `None` where they say no number (a date, a version) or the language leaves it open.
pub(crate) fn figures(word: &str, tongue: Tongue) -> Option<Decimal> {
    let bytes = word.as_bytes();
    let is_mark = |byte: &u8| matches!(byte, b'.' | b',');
    let Some(last) = bytes.iter().rposition(is_mark) else {
        return Decimal::of_digits(bytes.iter().copied().filter(u8::is_ascii_digit), b"");
    };
    let (head, tail) = (&bytes[..last], &bytes[last + 1..]);
    let mark = bytes[last];
    let marks_before = head.iter().filter(|byte| is_mark(byte)).count();
    let spaced = !bytes.is_ascii() || bytes.contains(&b' ');
    let decimal = || Decimal::of_digits(head.iter().copied().filter(u8::is_ascii_digit), tail);
    let whole = || Decimal::of_digits(bytes.iter().copied().filter(u8::is_ascii_digit), b"");
    if spaced {
        // 12 500,5: the spaces part the thousands.
        return if marks_before == 0 { decimal() } else { None };
    }
    if marks_before == 0 {
        let looks_grouped = tail.len() == 3 && (1..=3).contains(&head.len()) && head[0] != b'0';
        return match tongue.decimal_mark() {
            Some(decimal_mark) if decimal_mark == mark || !looks_grouped => decimal(),
            Some(_) => whole(),
            None if looks_grouped => None,
            None => decimal(),
        };
    }
    let same_before = head.iter().filter(|byte| is_mark(byte)).all(|&byte| byte == mark);
    if same_before {
        return if grouped(bytes, mark) { whole() } else { None };
    }
    // 1.000,5 and 1,000.5: the last mark is the decimal one when the others part groups.
    let other = if mark == b'.' { b',' } else { b'.' };
    if head.contains(&mark) || !grouped(head, other) { None } else { decimal() }
}

/// Whether a mark parts thousands, or lakhs and crores as in India.
fn grouped(bytes: &[u8], mark: u8) -> bool {
    let mut groups = bytes.split(|&byte| byte == mark);
    let first = groups.next().map_or(0, <[u8]>::len);
    let lengths = || bytes.split(|&byte| byte == mark).skip(1).map(<[u8]>::len);
    let count = lengths().count();
    let thousands = (1..=3).contains(&first) && lengths().all(|length| length == 3);
    let indian = mark == b','
        && (1..=2).contains(&first)
        && lengths().last() == Some(3)
        && lengths().take(count.saturating_sub(1)).all(|length| length == 2);
    thousands || indian
}

/// `1/4`, `10 1/2`: a fraction of small numbers, alone or behind a whole one.
fn fraction(reading: &Reading<'_>, start: usize, whole: Decimal) -> Option<Number> {
    let small = |index: usize| {
        let word = reading.word(index);
        (reading.is_kind(index, Kind::Number) && word.len() <= 2).then(|| word.parse::<i128>().ok()).flatten()
    };
    let at = |index: usize| {
        let (above, below) = (small(index)?, small(index + 2)?);
        let exact = match below {
            2 => Decimal::new(5, -1),
            4 => Decimal::new(25, -2),
            8 => Decimal::new(125, -3),
            5 => Decimal::new(2, -1),
            16 => Decimal::new(625, -4),
            _ => return None,
        };
        let joined = reading.joined(index + 1, true) && reading.joined(index + 2, true);
        (joined && reading.form(index + 1) == "/" && above < below)
            .then(|| exact.times(Decimal::new(above, 0)))
            .flatten()
            // 1/4/2026 is a date.
            .filter(|_| reading.form(index + 3) != "/" || !reading.joined(index + 3, true))
    };
    if let Some(part) = at(start) {
        return Some(Number { share: true, ..Number::of(start + 3, part, Written::Figures) });
    }
    // The whole number and the fraction: 10 1/2, 10½.
    if reading.joined(start + 1, false)
        && let Some(part) = at(start + 1)
    {
        return Some(Number::of(start + 4, whole.plus(part)?, Written::Figures));
    }
    match reading.number_word(start + 1) {
        Some(NumberWord::Part(hundredths)) => {
            let part = Decimal::new(i128::from(hundredths), -2);
            Some(Number::of(start + 2, whole.plus(part)?, Written::Figures))
        }
        _ => None,
    }
}

/// A number in words.
fn words(reading: &Reading<'_>, start: usize) -> Option<Number> {
    match reading.number_word(start)? {
        NumberWord::Ordinal(_) => None,
        NumberWord::Part(hundredths) => {
            Some(Number::of(start + 1, Decimal::new(i128::from(hundredths), -2), Written::Figures))
        }
        NumberWord::Half => Some(half(reading, start)),
        NumberWord::Quarter => {
            let quarter = Number::of(start + 1, Decimal::new(25, -2), Written::Article);
            takes_scale(reading, start + 1).then_some(Number { noun: true, ..quarter })
        }
        NumberWord::Article => article(reading, start),
        NumberWord::Scale { plural: true, .. } | NumberWord::Collective { plural: true, .. } => {
            vague(reading, start)
        }
        NumberWord::Collective { count, .. } => Some(Number {
            approximate: true,
            noun: true,
            ..Number::of(start + 1, Decimal::new(i128::from(count), 0), Written::Article)
        }),
        // Only *mille* goes without a numeral: *million* alone is part of something else.
        NumberWord::Scale { power, .. } if power > 3 || reading.tongue != Tongue::French => None,
        NumberWord::Hundred if reading.tongue == Tongue::English => None,
        _ => cardinal(reading, start),
    }
}

/// *half a million*, *un demi-million*, *half an hour*.
fn half(reading: &Reading<'_>, start: usize) -> Number {
    let article = usize::from(reading.number_word(start + 1) == Some(NumberWord::Article));
    let end = start + 1 + article;
    Number::of(end, Decimal::new(5, -1), Written::Article)
}

/// *un*, *une*, *a*, *an*, with what they count.
fn article(reading: &Reading<'_>, start: usize) -> Option<Number> {
    let next = start + 1;
    let one = Number::of(next, Decimal::ONE, Written::Article);
    if !reading.joined(next, false) {
        return (reading.tongue == Tongue::French).then_some(one);
    }
    match reading.number_word(next) {
        Some(NumberWord::Half) => Some(half(reading, next)),
        Some(NumberWord::Quarter) => {
            Some(Number { noun: true, ..Number::of(next + 1, Decimal::new(25, -2), Written::Article) })
        }
        Some(NumberWord::Collective { count, .. }) => Some(Number {
            approximate: reading.tongue == Tongue::French,
            noun: true,
            ..Number::of(next + 1, Decimal::new(i128::from(count), 0), Written::Words)
        }),
        Some(NumberWord::Hundred) if reading.tongue == Tongue::English => cardinal(reading, start),
        // *a 100 meters*, *a five-mile walk*.
        Some(NumberWord::Small(_) | NumberWord::Ten(_)) if reading.tongue == Tongue::English => None,
        _ => Some(one),
    }
}

/// Whether a scale word stands here, *de* or *a* before it counted in.
fn takes_scale(reading: &Reading<'_>, index: usize) -> bool {
    let index = index + usize::from(matches!(reading.form(index), "de" | "of" | "a" | "d'"));
    matches!(reading.number_word(index), Some(NumberWord::Scale { .. }))
}

/// *des milliards*, *hundreds of millions*: no numeral, so no value.
fn vague(reading: &Reading<'_>, start: usize) -> Option<Number> {
    let (low, factor, ambiguous) = match reading.number_word(start)? {
        NumberWord::Scale { power, ambiguous, .. } => (Decimal::new(1, i32::from(power)), None, ambiguous),
        // The next larger noun would have been said.
        NumberWord::Collective { count, .. } => (Decimal::new(i128::from(count), 0), Some(10), false),
        _ => return None,
    };
    let high = factor.and_then(|factor| low.times(Decimal::new(factor, 0)));
    Some(Number {
        value: None,
        low: Some(low),
        high,
        approximate: true,
        ambiguous,
        noun: true,
        ..Number::of(start + 1, low, Written::Words)
    })
}

/// A numeral below a thousand, or several with *mille* between.
fn cardinal(reading: &Reading<'_>, start: usize) -> Option<Number> {
    let french = reading.tongue == Tongue::French;
    // What stands before *mille*, and the hundreds since.
    let (mut thousands, mut group) = (0_i128, 0_i128);
    let (mut any, mut zero) = (false, false);
    let mut at = start;
    loop {
        let Some(word) = reading.number_word(at).filter(|_| at == start || reading.joined(at, false)) else {
            let Some(after) = connected(reading, at, group, thousands).filter(|_| any) else { break };
            at = after;
            continue;
        };
        let rest = group % 100;
        match word {
            _ if zero => break,
            NumberWord::Small(0) if !any => zero = true,
            NumberWord::Small(small) if small > 0 && fits(rest, small) => group += i128::from(small),
            NumberWord::Ten(20) if french && rest == 4 => group += 76,
            NumberWord::Ten(ten) if rest == 0 => group += i128::from(ten),
            NumberWord::Article if !any && !french => group = 1,
            NumberWord::Article if french && any && rest >= 20 && fits(rest, 1) => group += 1,
            NumberWord::Hundred if french && group == 0 => group = 100,
            NumberWord::Hundred if french && (2..10).contains(&group) => group *= 100,
            NumberWord::Hundred if !french && (1..100).contains(&group) => group *= 100,
            NumberWord::Scale { power: 3, plural: false, .. }
                if thousands == 0 && reading.form(at) != "millier" =>
            {
                thousands = group.max(1) * 1000;
                group = 0;
            }
            _ => break,
        }
        any = true;
        at += 1;
    }
    if !any {
        return None;
    }
    let value = Decimal::new(thousands + group, 0);
    // Trois quarts d'heure, three quarters of a million.
    if (2..=3).contains(&(thousands + group))
        && reading.joined(at, false)
        && reading.number_word(at) == Some(NumberWord::Quarter)
    {
        let quarters = value.times(Decimal::new(25, -2))?;
        return Some(Number { noun: true, share: true, ..Number::of(at + 1, quarters, Written::Words) });
    }
    Some(Number::of(at, value, Written::Words))
}

/// Whether a number below twenty goes behind these tens: *vingt deux*, *soixante-dix*, *dix-sept*.
fn fits(rest: i128, small: u8) -> bool {
    match rest {
        0 => true,
        10 => (7..=9).contains(&small),
        60 | 80 => small < 20,
        20..=90 if rest % 10 == 0 => small < 10,
        _ => false,
    }
}

/// The place behind *et* or *and*, when the numeral goes on there: *vingt et un*, *a hundred and five*.
fn connected(reading: &Reading<'_>, at: usize, group: i128, thousands: i128) -> Option<usize> {
    let goes_on = match (reading.form(at), reading.number_word(at + 1)?) {
        ("et", NumberWord::Article | NumberWord::Small(11)) => {
            group % 10 == 0 && (20..=60).contains(&(group % 100))
        }
        ("and", NumberWord::Small(_) | NumberWord::Ten(_)) => {
            (group > 0 && group % 100 == 0) || (group == 0 && thousands > 0)
        }
        _ => return None,
    };
    (goes_on && reading.joined(at, false) && reading.joined(at + 1, false)).then_some(at + 1)
}

/// Applies the scale words that follow: *mille milliards*, *2 millions de milliards*.
fn scales(reading: &Reading<'_>, number: &mut Number) {
    let mut noun_before = number.noun;
    for _ in 0..3 {
        let mut at = number.end;
        if noun_before && matches!(reading.form(at), "de" | "d'" | "of") {
            at += 1;
            at += usize::from(reading.form(at) == "a");
        }
        // A $2-million house.
        if reading.form(at) == "-" && reading.joined(at, true) && reading.joined(at + 1, true) {
            at += 1;
        }
        if !reading.joined(at, false) {
            return;
        }
        let (power, ambiguous) = match reading.number_word(at) {
            Some(NumberWord::Scale { power, ambiguous, .. }) => (i32::from(power), ambiguous),
            Some(NumberWord::Collective { count: 12, .. }) if number.scale == 0 && !noun_before => {
                let dozen = Decimal::new(12, 0);
                number.value = number.value.and_then(|value| value.times(dozen));
                number.end = at + 1;
                number.noun = true;
                noun_before = true;
                continue;
            }
            _ => return,
        };
        let shift = |value: Option<Decimal>| value.and_then(|value| value.shifted(power));
        (number.value, number.low, number.high) =
            (shift(number.value), shift(number.low), shift(number.high));
        number.end = at + 1;
        // Mrd. and Mio. have a full stop of their own.
        let short = matches!(reading.form(at), "mrd" | "mio" | "mln" | "mld");
        number.end += usize::from(short && reading.form(at + 1) == "." && reading.joined(at + 1, true));
        number.scale += power;
        number.ambiguous |= ambiguous;
        number.noun = power > 3 || matches!(reading.form(at), "millier" | "milliers" | "thousands");
        number.approximate |= reading.form(at) == "millier";
        if number.written == Written::Article {
            number.written = Written::Words;
        }
        noun_before = number.noun;
    }
}

/// *un million et demi*, *three and a half*.
fn halves(reading: &Reading<'_>, number: &mut Number) {
    let at = number.end;
    let joined = |from: usize, to: usize| (from..to).all(|index| reading.joined(index, false));
    let end = match (reading.form(at), reading.number_word(at + 1), reading.number_word(at + 2)) {
        ("et", Some(NumberWord::Half), _) if number.noun => at + 2,
        ("and", Some(NumberWord::Article), Some(NumberWord::Half)) => at + 3,
        ("and", Some(NumberWord::Half), _) => at + 2,
        _ => return,
    };
    if joined(at, end)
        && let Some(sum) =
            number.value.and_then(|value| value.plus(Decimal::new(5, -1).shifted(number.scale)?))
    {
        number.value = Some(sum);
        number.end = end;
        if number.scale == 0 {
            scales(reading, number);
        }
    }
}

/// Adds what a number in words goes on with behind its scale word: *deux milliards cinq cents millions*, *a million two
/// hundred thousand*, *1 million 200 000*.
fn smaller_parts(reading: &Reading<'_>, number: &mut Number) {
    let mut scale = number.scale;
    while scale >= 6 {
        let at = number.end;
        let figures_here = reading.is_kind(at, Kind::Number);
        let part = if figures_here {
            figures(reading.word(at), reading.tongue).map(|value| Number::of(at + 1, value, Written::Figures))
        } else if matches!(
            reading.number_word(at),
            Some(NumberWord::Small(_) | NumberWord::Ten(_) | NumberWord::Hundred)
        ) {
            cardinal(reading, at)
        } else {
            None
        };
        let Some(mut part) = part.filter(|_| reading.joined(at, false)) else { return };
        scales(reading, &mut part);
        // Two hundred are said behind a million; *2 millions trois ans plus tôt* are two numbers, and so are two figures.
        let least = Decimal::new(if figures_here { 1000 } else { 100 }, 0);
        let fits = part.value.is_some_and(|value| {
            (part.scale > 0 || value >= least) && value < Decimal::new(1, scale) && part.scale < scale
        });
        let Some(sum) = number.value.and_then(|value| value.plus(part.value?)).filter(|_| fits) else {
            return;
        };
        number.value = Some(sum);
        (number.end, number.noun, scale) = (part.end, part.noun, part.scale);
        number.ambiguous |= part.ambiguous;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Vocabulary;
    use crate::tokens::Tokens;

    /// The value of the number that a text begins with, and how much of the text it takes.
    #[track_caller]
    fn check(tongue: Tongue, text: &str, expected: Option<(f64, &str)>) {
        let tokens = Tokens::new(text);
        let vocabulary = Vocabulary::new(None).unwrap();
        let reading = Reading::new(&tokens, tongue, &vocabulary);
        let found = number(&reading, 0)
            .and_then(|found| Some((found.value?.to_f64(), reading.span(0, found.end).of(text)?)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn figures_are_read_as_the_language_writes_them() {
        use Tongue::{English, French, German, Unknown};
        for text in ["1 000", "1\u{a0}000", "1\u{202f}000", "1.000"] {
            check(French, text, Some((1000.0, text)));
        }
        check(French, "1,4", Some((1.4, "1,4")));
        check(French, "12,345", Some((12.345, "12,345")));
        check(French, "125.000,50", Some((125_000.5, "125.000,50")));
        check(French, "9.2", Some((9.2, "9.2")));
        check(French, "0.750", Some((0.75, "0.750")));
        check(English, "12,345", Some((12_345.0, "12,345")));
        check(English, "1.500", Some((1.5, "1.500")));
        check(English, "12,34,567.89", Some((1_234_567.89, "12,34,567.89")));
        check(German, "1.234.567,8", Some((1_234_567.8, "1.234.567,8")));
        check(Unknown, "1.234", None);
        check(Unknown, "1,4", Some((1.4, "1,4")));
        check(French, "12.05.2026", None);
        check(English, "10.0.0.1", None);
    }

    #[test]
    fn words_are_counted_in_french() {
        let check = |text, value| check(Tongue::French, text, Some((value, text)));
        check("soixante-dix", 70.0);
        check("soixante et onze", 71.0);
        check("quatre-vingt-onze", 91.0);
        check("quatre-vingts", 80.0);
        check("vingt et un", 21.0);
        check("deux cents", 200.0);
        check("cinq cent trente cinq", 535.0);
        check("mille neuf cent quatre-vingt-dix-sept", 1997.0);
        check("deux cent mille", 200_000.0);
        check("une trentaine", 30.0);
        check("un millier", 1000.0);
        check("mille milliards", 1e12);
        check("3 millions et demi", 3.5e6);
        check("un demi-million", 5e5);
        check("trois cents millions", 3e8);
        check("une centaine de millions", 1e8);
        check("1,4 trillion", 1.4e12);
        check("septante-deux", 72.0);
        check("deux milliards cinq cents millions", 2.5e9);
        check("un million deux cent mille", 1.2e6);
        check("3 milliards 200 millions", 3.2e9);
        check("1 million 200 000", 1.2e6);
    }

    #[test]
    fn words_are_counted_in_english() {
        let check = |text, value| check(Tongue::English, text, Some((value, text)));
        check("one hundred and five", 105.0);
        check("twenty-one", 21.0);
        check("two thousand and thirty two", 2032.0);
        check("a hundred", 100.0);
        check("a dozen", 12.0);
        check("two dozen", 24.0);
        check("three and a half", 3.5);
        check("half a million", 5e5);
        check("a quarter million", 25e4);
        check("three quarters of a billion", 75e7);
        check("three and a half million", 3.5e6);
        check("1.5 billion", 1.5e9);
        check("25 lakh", 25e5);
        check("10 1/2", 10.5);
        check("1/4", 0.25);
        check("½", 0.5);
        check("two billion five hundred million", 2.5e9);
        check("a hundred million two hundred thousand", 100.2e6);
    }

    #[test]
    fn a_number_ends_where_the_next_begins() {
        check(Tongue::French, "deux trois", Some((2.0, "deux")));
        check(Tongue::French, "quinze cents", Some((15.0, "quinze")));
        check(Tongue::English, "fifty 50", Some((50.0, "fifty")));
        check(Tongue::French, "1/4/2026", Some((1.0, "1")));
        check(Tongue::French, "million", None);
        check(Tongue::English, "second", None);
        check(Tongue::French, "2 millions trois", Some((2e6, "2 millions")));
        check(Tongue::French, "2 millions 3 milliards", Some((2e6, "2 millions")));
    }
}
