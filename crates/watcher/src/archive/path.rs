//! What a member's path says: where it is in the archive, and whether it is to be read.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;

use document::Reason;

use crate::folder::ignore;

/// Folder that macOS puts into zip archives for what other systems do not know.
const MAC_FOLDER: &[u8] = b"__MACOSX";

/// Whether a member is hidden, temporary or unfinished by its name, as a file of a watched folder would be.
pub(super) fn is_ignored(path: &[u8]) -> bool {
    parts(path)
        .any(|part| part == MAC_FOLDER || (part != b".." && ignore::is_ignored(OsStr::from_bytes(part))))
}

/// Refuses a path that would lead out of the folder where somebody unpacks the archive. Nothing is unpacked here, but a
/// name like that has one purpose, and it is not to be passed on.
pub(super) fn leads_out(path: &[u8]) -> Option<(Reason, String)> {
    parts(path)
        .any(|part| part == b"..")
        .then(|| (Reason::Malformed, "the member's path leads out of the archive".to_owned()))
}

fn parts(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| *byte == b'/').filter(|part| !part.is_empty() && *part != b".")
}

/// A member's path as the fragment of a URI (RFC 3986): without a slash or `./` at its beginning, every byte that may
/// not stand there percent-encoded.
pub(super) fn fragment(path: &[u8]) -> String {
    let mut fragment = String::with_capacity(path.len());
    for part in parts(path) {
        if !fragment.is_empty() {
            fragment.push('/');
        }
        encode(part, b"-._~!$&'()*+,;=:@?", &mut fragment);
    }
    fragment
}

/// The URL of a page as the fragment of a URI: what is percent-encoded stays so, and a fragment of its own is cut off.
pub(super) fn url_fragment(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let mut fragment = String::with_capacity(url.len());
    encode(url.as_bytes(), b"-._~!$&'()*+,;=:@?/%", &mut fragment);
    fragment
}

/// A name as one segment of the path of a URI.
pub(crate) fn encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    encode(name.as_bytes(), b"-._~!$&'()*+,;=:@", &mut encoded);
    encoded
}

fn encode(bytes: &[u8], allowed: &[u8], out: &mut String) {
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || allowed.contains(byte) {
            out.push(*byte as char);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &[u8], expected: &str, ignored: bool, out: bool) {
        assert_eq!(fragment(path), expected);
        assert_eq!((is_ignored(path), leads_out(path).is_some()), (ignored, out), "{expected}");
    }

    #[test]
    fn what_a_path_says() {
        check("à la une/100 %.html".as_bytes(), "%C3%A0%20la%20une/100%20%25.html", false, false);
        check(b"./a//b?.txt", "a/b?.txt", false, false);
        check(b"/etc/passwd", "etc/passwd", false, false);
        check(b"../../etc/passwd", "../../etc/passwd", false, true);
        check(b"a/../b", "a/../b", false, true);
        check(b"a..b", "a..b", false, false);
        check(b"caf\xe9#1", "caf%E9%231", false, false);
        check(b".git/config", ".git/config", true, false);
        check(b"a/b.tmp", "a/b.tmp", true, false);
        check(b"__MACOSX/a.txt", "__MACOSX/a.txt", true, false);
    }

    #[test]
    fn a_url_stays_what_it_is() {
        let url = "https://example.org/d%C3%A9j%C3%A0?a=b&c";
        assert_eq!(url_fragment(url), url);
        assert_eq!(url_fragment("https://example.org/é à#top"), "https://example.org/%C3%A9%20%C3%A0");
    }
}
