//! What stands inside gzip (RFC 1952) and Zstandard (RFC 8878).

use std::borrow::Cow;
use std::io::{self, Read};

use crate::ParseError;

/// How far compressed bytes may grow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes after decompression.
    pub(crate) bytes_max: usize,
    /// Bytes after decompression for each byte before, once past [`RATIO_FREE_BYTES`].
    pub(crate) ratio_max: usize,
}

/// Up to here any ratio is honest: a page of one repeated character harms nobody.
const RATIO_FREE_BYTES: usize = 1 << 20;

/// Compression around compression is read this deep; a real document has one layer, a quine has no end.
const LAYERS_MAX: usize = 3;

/// Takes the compression off `body`, also when there is more than one layer. Bytes that are not compressed are
/// borrowed as they are.
pub(crate) fn unpack(body: &[u8], limits: Limits) -> Result<Cow<'_, [u8]>, ParseError> {
    let mut bytes = Cow::Borrowed(body);
    for _ in 0..LAYERS_MAX {
        let unpacked = if bytes.starts_with(&[0x1f, 0x8b, 8]) {
            read_all(flate2::bufread::MultiGzDecoder::new(bytes.as_ref()), "gzip", body.len(), limits)?
        } else if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            let decoder =
                zstd::Decoder::with_buffer(bytes.as_ref()).map_err(|error| malformed("zstd", &error))?;
            read_all(decoder, "zstd", body.len(), limits)?
        } else {
            return Ok(bytes);
        };
        bytes = Cow::Owned(unpacked);
    }
    Err(ParseError::UnsupportedFormat("compressed many times over", "unpack it first"))
}

fn read_all(decoder: impl Read, format: &str, packed: usize, limits: Limits) -> Result<Vec<u8>, ParseError> {
    let by_ratio = packed.saturating_mul(limits.ratio_max).max(RATIO_FREE_BYTES);
    let allowed = limits.bytes_max.min(by_ratio);
    let mut unpacked = Vec::new();
    let read = decoder.take(allowed as u64 + 1).read_to_end(&mut unpacked);
    if unpacked.len() > allowed {
        let key =
            if allowed < limits.bytes_max { "decompression-ratio-max" } else { "decompressed-bytes-max" };
        return Err(ParseError::TooLarge(format!(
            "decompressing the document gave more than {allowed} bytes from {packed}: if it is no bomb, raise {key} in \
             [parser] of the configuration"
        )));
    }
    match read {
        Ok(_) => Ok(unpacked),
        Err(error) => Err(malformed(format, &error)),
    }
}

fn malformed(format: &str, error: &io::Error) -> ParseError {
    let cut = if error.kind() == io::ErrorKind::UnexpectedEof {
        ", so the file may have been cut off on its way: fetch it once more"
    } else {
        ""
    };
    ParseError::Malformed(format!("the {format} data is broken: {error}{cut}"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const LIMITS: Limits = Limits { bytes_max: 4 << 20, ratio_max: 100 };

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn check(body: &[u8], expected: Result<&[u8], &str>) {
        let unpacked = unpack(body, LIMITS);
        match expected {
            Ok(bytes) => assert_eq!(unpacked.unwrap().as_ref(), bytes),
            Err(reason) => assert_eq!(unpacked.unwrap_err().reason().as_str(), reason),
        }
    }

    #[test]
    fn layers_come_off() {
        let plain = b"Une ligne de texte.";
        check(plain, Ok(plain));
        check(&gzip(plain), Ok(plain));
        check(&zstd::encode_all(&plain[..], 3).unwrap(), Ok(plain));
        check(&gzip(&zstd::encode_all(&plain[..], 3).unwrap()), Ok(plain));
    }

    #[test]
    fn members_and_frames_are_joined() {
        let mut twice = gzip(b"un, ");
        twice.extend(gzip(b"deux"));
        check(&twice, Ok(b"un, deux"));
    }

    #[test]
    fn bombs_are_too_large() {
        check(&gzip(&vec![b' '; 3 << 20]), Err("too_large"));
        check(&zstd::encode_all(&vec![b' '; 64 << 20][..], 3).unwrap(), Err("too_large"));
        check(&gzip(&vec![b'a'; 1 << 20]), Ok(&vec![b'a'; 1 << 20]));
        // The limit that was met is named, for whoever has to raise it.
        let told = |bytes_max| {
            unpack(&gzip(&vec![b' '; 3 << 20]), Limits { bytes_max, ..LIMITS }).unwrap_err().to_string()
        };
        assert!(told(4 << 20).contains("decompression-ratio-max in [parser]"), "{}", told(4 << 20));
        assert!(told(1 << 10).contains("decompressed-bytes-max in [parser]"), "{}", told(1 << 10));
    }

    #[test]
    fn broken_data_is_malformed() {
        let whole = gzip(&[7; 5000]);
        check(&whole[..whole.len() / 2], Err("malformed"));
        // What may have come in part is told from what is wrong inside.
        let told = |body: &[u8]| unpack(body, LIMITS).unwrap_err().to_string();
        assert!(told(&whole[..whole.len() / 2]).contains("cut off"), "{}", told(&whole[..whole.len() / 2]));
        let zstd = zstd::encode_all(&[7; 5000][..], 3).unwrap();
        assert!(told(&zstd[..zstd.len() - 3]).contains("cut off"), "{}", told(&zstd[..zstd.len() - 3]));
        let mut wrong = whole.clone();
        let checksum = wrong.len() - 6;
        wrong[checksum] ^= 0xff;
        assert!(!told(&wrong).contains("cut off"), "{}", told(&wrong));
        check(&[0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3], Err("malformed"));
    }

    #[test]
    fn a_tower_of_layers_is_not_climbed() {
        let mut tower = b"text".to_vec();
        for _ in 0..4 {
            tower = gzip(&tower);
        }
        check(&tower, Err("unsupported_format"));
    }
}
