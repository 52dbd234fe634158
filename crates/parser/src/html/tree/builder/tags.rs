//! The inside of a tag: its name and its attributes, in any quotes (WHATWG HTML §13.2.5).

use memchr::{memchr2, memchr3};

use super::{Builder, find_near};
use crate::html::tag::{Name, NameAt, OF_ATTRIBUTES};
use crate::html::tree::Attribute;

/// Attributes of one element after this many are not kept.
pub(super) const ATTRIBUTES_MAX: usize = 64;

impl Builder<'_> {
    /// Reads attributes up to the end of the tag; gives the position after it, and whether it ended in `/>`.
    pub(super) fn read_attributes(&mut self, mut at: usize) -> (usize, bool) {
        let bytes = self.bytes;
        let first = self.attributes.len();
        let mut slash = false;
        loop {
            match bytes.get(at) {
                None => return (bytes.len(), slash),
                Some(b'>') => return (at + 1, slash),
                Some(b'/') => {
                    slash = true;
                    at += 1;
                    continue;
                }
                Some(byte) if byte.is_ascii_whitespace() => {
                    at += 1;
                    continue;
                }
                Some(_) => slash = false,
            }
            // An "=" that begins a name belongs to it, and no name with one is looked for.
            let is_led = bytes[at] == b'=';
            let name = NameAt::read(bytes, at + usize::from(is_led), &OF_ATTRIBUTES);
            at += usize::from(is_led) + name.name.len();
            let mut equals = at;
            while bytes.get(equals).is_some_and(u8::is_ascii_whitespace) {
                equals += 1;
            }
            let mut value = (at, at);
            if bytes.get(equals) == Some(&b'=') {
                at = equals + 1;
                while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                    at += 1;
                }
                match bytes.get(at) {
                    Some(quote @ (b'"' | b'\'')) => {
                        let from = at + 1;
                        let stop =
                            find_near(*quote, &bytes[from..]).map_or(bytes.len(), |found| from + found);
                        value = (from.min(bytes.len()), stop);
                        at = (stop + 1).min(bytes.len());
                    }
                    Some(_) => {
                        let from = at;
                        while let Some(byte) = bytes.get(at)
                            && !matches!(byte, b'>' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
                        {
                            at += 1;
                        }
                        value = (from, at);
                    }
                    None => {}
                }
            }
            if self.attributes.len() - first < ATTRIBUTES_MAX
                && let Some(name) = Name::of(name).filter(|_| !is_led)
            {
                self.attributes.push(Attribute { name, start: value.0 as u32, stop: value.1 as u32 });
            }
        }
    }

    /// The position after the `>` that ends a tag, quoted attribute values skipped.
    pub(super) fn skip_to_tag_end(&self, mut at: usize) -> usize {
        // Nearly all end tags end where their name does.
        if self.bytes.get(at) == Some(&b'>') {
            return at + 1;
        }
        loop {
            match memchr3(b'>', b'"', b'\'', &self.bytes[at.min(self.bytes.len())..]) {
                None => return self.bytes.len(),
                Some(found) => {
                    at += found;
                    match self.bytes[at] {
                        b'>' => return at + 1,
                        // Only a value is quoted: a stray quote in an end tag is not worth the rest of the page.
                        quote => match memchr2(quote, b'>', &self.bytes[at + 1..]) {
                            Some(found) if self.bytes[at + 1 + found] == quote => at += found + 2,
                            Some(found) => return at + found + 2,
                            None => return self.bytes.len(),
                        },
                    }
                }
            }
        }
    }
}
