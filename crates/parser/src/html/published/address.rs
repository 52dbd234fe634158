//! The date that an address carries.

use super::YEAR_MAX;
use crate::date::{self, Date, Order};

/// The date that an address carries: `/2019/06/27/`, `/2019-06-27-`, `/20190627/`, `/27-06-2019`.
pub(crate) fn in_url(url: &str) -> Option<Date> {
    let path = url.split("://").nth(1).unwrap_or(url);
    let bytes = path.as_bytes();
    let digits = |from: usize, length: usize| -> Option<u16> {
        let part = bytes.get(from..from + length)?;
        part.iter()
            .all(u8::is_ascii_digit)
            .then(|| part.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0')))
    };
    let mut month_only = None;
    for start in 1..bytes.len() {
        if bytes[start - 1].is_ascii_digit() {
            continue;
        }
        // A day past the twelfth is no month.
        if let (Some(day @ 13..=31), Some(b'-' | b'.' | b'_')) = (digits(start, 2), bytes.get(start + 2))
            && bytes.get(start + 5) == bytes.get(start + 2)
            && let (Some(month), Some(1995..=YEAR_MAX)) = (digits(start + 3, 2), digits(start + 6, 4))
            && bytes.get(start + 10).is_none_or(|byte| !byte.is_ascii_digit())
            && let Some((date, _)) =
                date::prefix(&format!("{}-{month:02}-{day:02}", &path[start + 6..start + 10]), Order::Unknown)
        {
            return Some(date);
        }
        let Some(year) = digits(start, 4).filter(|year| (1995..=YEAR_MAX).contains(year)) else { continue };
        for (separator, width) in
            [(Some(b'/'), 3), (Some(b'-'), 3), (Some(b'_'), 3), (Some(b'.'), 3), (None, 2)]
        {
            let gap = usize::from(separator.is_some());
            let is_separator =
                |at: usize| separator.is_none_or(|separator| bytes.get(at) == Some(&separator));
            let Some(month) = digits(start + 4 + gap, 2).filter(|_| is_separator(start + 4)) else {
                continue;
            };
            let after_month = start + 4 + width;
            let day = digits(after_month + gap, 2).filter(|_| is_separator(after_month));
            let stop = after_month + width;
            if let Some(day) = day
                && bytes.get(stop).is_none_or(|byte| !byte.is_ascii_digit())
                && let Some((date, _)) =
                    date::prefix(&format!("{year:04}-{month:02}-{day:02}"), Order::Unknown)
            {
                return Some(date);
            }
            if separator == Some(b'/')
                && bytes.get(after_month) == Some(&b'/')
                && (1..=12).contains(&month)
                && month_only.is_none()
            {
                month_only = Some(Date { year: Some(year), month: Some(month as u8), day: None, time: None });
            }
        }
    }
    month_only
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: &str) {
        let found = in_url(url).map(|date| date.edtf());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{url}");
    }

    #[test]
    fn an_address_carries_a_date() {
        check("https://journal.example/2019/06/27/lac", "2019-06-27");
        check("https://journal.example/lac-2019-06-27-gel", "2019-06-27");
        check("https://journal.example/20190627/lac", "2019-06-27");
        check("https://journal.example/news/27-06-2019", "2019-06-27");
        check("https://journal.example/2019/06/lac", "2019-06");
        check("https://journal.example/lac-123456789", "none");
        check("https://journal.example/2019/31/12/lac", "none");
        check("https://journal.example/06-07-2019", "none");
    }
}
