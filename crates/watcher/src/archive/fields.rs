//! The head of a WARC record or of an HTTP answer: a first line and fields, up to an empty line.

use std::io::{self, BufRead, Read};

/// A longer head is none.
const HEAD_BYTES_MAX: u64 = 256 << 10;

/// A head that was read.
#[derive(Debug)]
pub(super) struct Head {
    /// The first line, without its end.
    pub(super) first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// Reads a head; an error when it has no end, or no end in time.
    ///
    /// Bytes that are not UTF-8 are replaced; lines may end in a line feed alone, and a field may go on in a line that
    /// begins with a space (RFC 9112, section 5.2).
    pub(super) fn read(input: &mut impl BufRead) -> io::Result<Self> {
        let mut input = input.take(HEAD_BYTES_MAX);
        let mut line = Vec::new();
        let first = read_line(&mut input, &mut line)?;
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            let text = read_line(&mut input, &mut line)?;
            if text.is_empty() {
                return Ok(Self { first, fields });
            }
            if text.starts_with([' ', '\t'])
                && let Some((_, value)) = fields.last_mut()
            {
                value.push(' ');
                value.push_str(text.trim());
            } else if let Some((name, value)) = text.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }

    /// The value of a field, by its name in lower case; of several the first.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The media type and the charset of its `content-type`.
    pub(super) fn content_type(&self) -> (Option<String>, Option<String>) {
        self.get("content-type").map_or((None, None), media_type)
    }
}

/// A `Content-Type` (RFC 9110, section 8.3): the media type in lower case, and the charset.
pub(crate) fn media_type(value: &str) -> (Option<String>, Option<String>) {
    let mut parts = value.split(';').map(str::trim);
    let essence = parts.next().filter(|essence| !essence.is_empty()).map(str::to_ascii_lowercase);
    let charset = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (essence, charset)
}

fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<String> {
    line.clear();
    input.read_until(b'\n', line)?;
    if line.pop() != Some(b'\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(String::from_utf8_lossy(line).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_leniently() {
        let head =
            Head::read(&mut &b"HTTP/1.1 200 OK\r\nA: b\nC : d\r\n e\r\nno field\r\n\r\nbody"[..]).unwrap();
        assert_eq!(head.first, "HTTP/1.1 200 OK");
        assert_eq!((head.get("a"), head.get("c"), head.get("no field")), (Some("b"), Some("d e"), None));
        assert!(Head::read(&mut &b"HTTP/1.1 200 OK\r\nA: b\r\n"[..]).is_err());
        assert!(Head::read(&mut io::BufReader::new(io::repeat(b'a'))).is_err());
    }

    #[test]
    fn a_media_type_is_told_from_its_parameters() {
        let owned = |text: &str| Some(text.to_owned());
        assert_eq!(media_type("Text/HTML; Charset=\"UTF-8\""), (owned("text/html"), owned("UTF-8")));
        assert_eq!(media_type("text/plain;charset="), (owned("text/plain"), None));
        assert_eq!(media_type(""), (None, None));
    }
}
