//! What does a caller ask? The head of a request, read and checked before its body.

use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, Uri};
use url::Url;

use super::answer::Refused;
use crate::archive::media_type;

/// draft-ietf-httpapi-idempotency-key-header.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Longest key, in bytes.
const KEY_BYTES_MAX: usize = 255;

/// What a request asks.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    /// What its body is.
    pub(super) form: Form,
    /// Whether the answer waits for the commit.
    pub(super) waits: bool,
    /// Under which key the answer is remembered.
    pub(super) key: Option<String>,
    /// Where the document is on the web, by what the caller says.
    pub(super) location: Option<Url>,
    /// Length of the body, where it is said in front.
    pub(super) length: Option<u64>,
}

/// What a body is.
#[derive(Debug, PartialEq)]
pub(super) enum Form {
    /// One document.
    Document {
        /// Its media type; `None` when the caller leaves that to its bytes.
        media_type: Option<String>,
        /// Its charset, where the caller says it.
        charset: Option<String>,
    },
    /// One JSON document a line.
    Lines,
}

/// Reads the head of a request.
pub(super) fn read(uri: &Uri, headers: &HeaderMap) -> Result<Asked, Refused> {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let form = form_of(text(&CONTENT_TYPE).unwrap_or_default())?;
    let coding = text(&CONTENT_ENCODING).unwrap_or("identity").trim().to_ascii_lowercase();
    let unpacked_later = form != Form::Lines && matches!(coding.as_str(), "gzip" | "x-gzip" | "zstd");
    if coding != "identity" && !unpacked_later {
        return Err(Refused::media(format!("the content-encoding {coding:?} is not read here")));
    }
    let key = match headers.get(&IDEMPOTENCY_KEY) {
        None => None,
        Some(value) => {
            let key = value.to_str().unwrap_or_default();
            if key.is_empty() || key.len() > KEY_BYTES_MAX {
                let most = format!("an idempotency-key has 1 to {KEY_BYTES_MAX} printable characters");
                return Err(Refused::bad(most));
            }
            Some(key.to_owned())
        }
    };
    let mut waits = true;
    for pair in uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        match pair {
            "ack=queued" => waits = false,
            "ack=committed" => waits = true,
            other => {
                return Err(Refused::bad(format!("there is no parameter {other:?}; there is ack=queued")));
            }
        }
    }
    let location = match text(&CONTENT_LOCATION).map(Url::parse) {
        None => None,
        Some(Ok(location)) if matches!(location.scheme(), "http" | "https") => Some(location),
        Some(_) => return Err(Refused::bad("content-location is no address on the web, with http or https")),
    };
    Ok(Asked {
        form,
        waits,
        key,
        location,
        length: text(&CONTENT_LENGTH).and_then(|length| length.parse().ok()),
    })
}

fn form_of(content_type: &str) -> Result<Form, Refused> {
    let (media_type, charset) = media_type(content_type);
    let Some(kind) = media_type.as_deref() else {
        return Ok(Form::Document { media_type: None, charset: None });
    };
    match kind {
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/x-jsonlines" => {
            Ok(Form::Lines)
        }
        "application/octet-stream" => Ok(Form::Document { media_type: None, charset }),
        "text/html"
        | "application/xhtml+xml"
        | "text/plain"
        | "text/markdown"
        | "text/x-markdown"
        | "message/rfc822"
        | "application/json" => Ok(Form::Document { media_type, charset }),
        kind if kind.ends_with("+json") => Ok(Form::Document { media_type, charset }),
        // What curl says of any body that it is not told about.
        "application/x-www-form-urlencoded" | "multipart/form-data" => Err(Refused::media(format!(
            "{kind} is a form; say what the document is, as in `content-type: text/html`"
        ))),
        kind => Err(Refused::media(format!(
            "{kind} is not read; text/html, text/plain, text/markdown, message/rfc822, application/json and \
             application/x-ndjson are"
        ))),
    }
}

/// The token of `authorization: Bearer …` (RFC 6750, section 2.1).
pub(super) fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    let value = headers.get(AUTHORIZATION)?.as_bytes();
    let (scheme, token) = value.split_at_checked("bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| token.trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, fields: &[(&str, &str)], expected: &Result<(Form, bool), u16>) {
        let uri: Uri = format!("/v1/articles{query}").parse().unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.insert(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        let asked = read(&uri, &headers).map(|asked| (asked.form, asked.waits));
        assert_eq!(&asked.map_err(|refused| refused.status.as_u16()), expected, "{query} {fields:?}");
    }

    fn document(media_type: Option<&str>, charset: Option<&str>) -> Form {
        Form::Document { media_type: media_type.map(str::to_owned), charset: charset.map(str::to_owned) }
    }

    #[test]
    fn what_a_caller_asks() {
        let html = [("content-type", "Text/HTML; charset=iso-8859-1")];
        check("", &html, &Ok((document(Some("text/html"), Some("iso-8859-1")), true)));
        check("?ack=queued", &html, &Ok((document(Some("text/html"), Some("iso-8859-1")), false)));
        check("?ack=soon", &html, &Err(400));
        check("", &[], &Ok((document(None, None), true)));
        check("", &[("content-type", "application/x-ndjson")], &Ok((Form::Lines, true)));
        check(
            "",
            &[("content-type", "application/ld+json")],
            &Ok((document(Some("application/ld+json"), None), true)),
        );
        check("", &[("content-type", "image/png")], &Err(415));
        check("", &[("content-type", "application/x-www-form-urlencoded")], &Err(415));
        check("", &[("content-encoding", "gzip")], &Ok((document(None, None), true)));
        check("", &[("content-encoding", "br")], &Err(415));
        check("", &[("content-type", "application/jsonl"), ("content-encoding", "gzip")], &Err(415));
        check("", &[("content-location", "/1")], &Err(400));
        check("", &[("content-location", "file:///etc/passwd")], &Err(400));
        check("", &[("idempotency-key", "")], &Err(400));
        check("", &[("idempotency-key", &"k".repeat(256))], &Err(400));
    }

    #[test]
    fn a_token_is_read_from_its_field() {
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, value.parse().unwrap());
            bearer(&headers).map(<[u8]>::to_vec)
        };
        assert_eq!(with("Bearer abc"), Some(b"abc".to_vec()));
        assert_eq!(with("bearer  abc "), Some(b"abc".to_vec()));
        assert_eq!((with("Basic abc"), with("Bear")), (None, None));
    }
}
