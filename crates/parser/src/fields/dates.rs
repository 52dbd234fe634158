//! A date as structured data hold it: a string, a number, or an object around one.

use jiff::Timestamp;
use serde_json::Value;

use crate::date::{self, Date, Order};

/// Reads a value as a date.
pub(super) fn date_of(value: &Value, order: Order) -> Option<Date> {
    match value {
        Value::String(text) => date::of_field(text, order).or_else(|| of_figures(text.trim())),
        Value::Number(number) => of_unix(number.as_f64()?),
        // MongoDB's extended JSON, and what APIs put around a date.
        Value::Object(object) => ["$date", "$numberLong", "iso", "date", "value", "rendered"]
            .iter()
            .find_map(|key| match object.get(*key)? {
                Value::String(text) => date::of_field(text, order).or_else(|| of_figures(text.trim())),
                Value::Number(number) => of_unix(number.as_f64()?),
                Value::Object(inner) => of_figures(inner.get("$numberLong")?.as_str()?),
                _ => None,
            }),
        _ => None,
    }
}

/// Unix time that is written as a string: ten figures or more, which no date has.
fn of_figures(text: &str) -> Option<Date> {
    let is_unix = (10..=13).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    of_unix(text.parse().ok().filter(|_| is_unix)?)
}

/// Unix time in seconds or milliseconds.
fn of_unix(number: f64) -> Option<Date> {
    let seconds = if number.abs() > 1e11 { number / 1000.0 } else { number };
    // Small numbers are years, counters, anything.
    if !(1e8..1e11).contains(&seconds) {
        return None;
    }
    let instant = Timestamp::from_second(seconds as i64).ok()?;
    date::read(&instant.to_string(), Order::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_all_sorts() {
        for (json, expected) in [
            ("1772956800", Some("2026-03-08T08:00:00Z")),
            ("1772956800000", Some("2026-03-08T08:00:00Z")),
            ("1772956800.5", Some("2026-03-08T08:00:00Z")),
            ("\"1772956800\"", Some("2026-03-08T08:00:00Z")),
            ("\"1772956800000\"", Some("2026-03-08T08:00:00Z")),
            (r#"{"$date": "2026-03-08T08:00:00Z"}"#, Some("2026-03-08T08:00:00Z")),
            (r#"{"$date": 1772956800000}"#, Some("2026-03-08T08:00:00Z")),
            (r#"{"$date": {"$numberLong": "1772956800000"}}"#, Some("2026-03-08T08:00:00Z")),
            (r#"{"iso": "2026-03-08"}"#, Some("2026-03-08")),
            ("\"2026-03-08\"", Some("2026-03-08")),
            ("2026", None),
            ("\"20260308\"", Some("2026-03-08")),
            ("null", None),
            ("[1772956800]", None),
        ] {
            let value: Value = serde_json::from_str(json).unwrap();
            let found = date_of(&value, Order::Unknown).map(|date| date.edtf());
            assert_eq!(found.as_deref(), expected, "{json}");
        }
    }
}
