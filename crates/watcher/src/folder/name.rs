use std::fmt::Write as _;
use std::path::Path;

/// The key of a file of a folder: its path in it, with `/` between the parts.
///
/// A name need not be UTF-8. Bytes that are not, and `%` itself, are written as `%` and two hexadecimal digits, so
/// that no two paths share a key.
pub(crate) fn key(relative: &Path) -> String {
    let bytes = relative.as_os_str().as_encoded_bytes();
    let mut key = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let mut parts = chunk.valid().split('%');
        key.push_str(parts.next().unwrap_or_default());
        for part in parts {
            key.push_str("%25");
            key.push_str(part);
        }
        chunk.invalid().iter().for_each(|byte| percent(*byte, &mut key));
    }
    key
}

/// The URI of a file (RFC 8089), from its absolute path.
pub fn file_uri(absolute: &Path) -> String {
    let bytes = absolute.as_os_str().as_encoded_bytes();
    let mut uri = String::with_capacity("file://".len() + bytes.len());
    uri.push_str("file://");
    for byte in bytes {
        // The characters of a path segment (RFC 3986, pchar) and the slash between two stand for themselves.
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(byte) {
            uri.push(*byte as char);
        } else {
            percent(*byte, &mut uri);
        }
    }
    uri
}

fn percent(byte: u8, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "%{byte:02X}");
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;

    fn path(bytes: &[u8]) -> PathBuf {
        OsString::from_vec(bytes.to_vec()).into()
    }

    fn decoded(key: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = key.as_bytes();
        while let [first, tail @ ..] = rest {
            if *first == b'%' {
                bytes.push(u8::from_str_radix(str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
                rest = &tail[2..];
            } else {
                bytes.push(*first);
                rest = tail;
            }
        }
        bytes
    }

    #[test]
    fn a_key_reads_like_the_path() {
        assert_eq!(key(Path::new("à la une/100 %.html")), "à la une/100 %25.html");
        assert_eq!(key(&path(b"caf\xe9.txt")), "caf%E9.txt");
    }

    #[test]
    fn a_uri_has_no_byte_that_a_uri_may_not_have() {
        assert_eq!(
            file_uri(&path("/in box/été #1?.html".as_bytes())),
            "file:///in%20box/%C3%A9t%C3%A9%20%231%3F.html"
        );
        assert_eq!(file_uri(&path(b"/a/caf\xe9%.txt")), "file:///a/caf%E9%25.txt");
    }

    proptest! {
        #[test]
        fn a_key_leads_back_to_its_path(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(decoded(&key(&path(&bytes))), bytes.clone());
            let uri = file_uri(&path(&bytes));
            prop_assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert_eq!(decoded(uri.strip_prefix("file://").unwrap()), bytes);
        }
    }
}
