//! The heads of answers.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{AsHeaderName, CONTENT_TYPE, ETAG, HeaderMap, LAST_MODIFIED, RETRY_AFTER};

/// A longer validator is not kept.
const VALIDATOR_BYTES_MAX: usize = 512;

/// A header as text.
pub(super) fn header(headers: &HeaderMap, name: impl AsHeaderName) -> Option<String> {
    let value = headers.get(name)?;
    // An address may hold raw UTF-8, which is no visible ASCII.
    let text = std::str::from_utf8(value.as_bytes()).ok()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// `ETag` and `Last-Modified`, as sent.
pub(super) fn validators(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let short = |text: &String| text.len() <= VALIDATOR_BYTES_MAX && text.is_ascii();
    (header(headers, ETAG).filter(short), header(headers, LAST_MODIFIED).filter(short))
}

/// The media type that is declared, and the charset.
pub(super) fn media_type(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let Some(declared) = header(headers, CONTENT_TYPE) else { return (None, None) };
    let mut parts = declared.split(';').map(str::trim);
    let media_type = parts.next().filter(|kind| kind.contains('/')).map(str::to_ascii_lowercase);
    let charset = parts
        .filter_map(|part| part.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
        .filter(|charset| !charset.is_empty());
    (media_type, charset)
}

/// The pause that `Retry-After` asks for, in seconds or until a date (RFC 9110, 10.2.3); `None` where it asks for none.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = header(headers, RETRY_AFTER)?;
    let pause = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than can be counted are very many.
        Duration::from_secs(value.parse().unwrap_or(u64::MAX))
    } else {
        let date = Timestamp::try_from(httpdate::parse_http_date(&value).ok()?).ok()?;
        date.duration_since(now).try_into().unwrap_or_default()
    };
    Some(pause).filter(|pause| !pause.is_zero())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn head(name: &'static str, value: &str) -> HeaderMap {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        HeaderMap::from_iter([(name.parse().unwrap(), value)])
    }

    #[test]
    fn a_pause_is_read_in_seconds_and_as_a_date() {
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
        let check = |value: &str, seconds: Option<u64>| {
            assert_eq!(
                retry_after(&head("retry-after", value), now),
                seconds.map(Duration::from_secs),
                "{value}"
            );
        };
        check("120", Some(120));
        check(" 0 ", None);
        check("Sun, 22 Nov 2026 08:02:00 GMT", Some(120));
        check("Sunday, 22-Nov-26 08:02:00 GMT", Some(120));
        check("Sun Nov 22 08:02:00 2026", Some(120));
        check("Sun, 22 Nov 2026 07:00:00 GMT", None);
        check("99999999999999999999", Some(u64::MAX));
        check("-5", None);
        check("soon", None);
    }

    #[test]
    fn a_media_type_is_read_with_its_charset() {
        let check = |value: &str, kind: Option<&str>, charset: Option<&str>| {
            let (found, declared) = media_type(&head("content-type", value));
            assert_eq!((found.as_deref(), declared.as_deref()), (kind, charset), "{value}");
        };
        check("text/HTML; Charset=\"ISO-8859-1\"", Some("text/html"), Some("iso-8859-1"));
        check("text/html;charset=", Some("text/html"), None);
        check("html", None, None);
    }
}
