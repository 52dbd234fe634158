use document::Span;

/// Converts byte offsets of a text into code point offsets.
pub(super) struct CodePoints {
    /// Code points before every [`Self::STEP`]-th byte; empty when the text is ASCII and the two are the same.
    before: Vec<u32>,
    /// The text's bytes that begin a code point, asked again between two steps.
    starts: Vec<u64>,
}

impl CodePoints {
    const STEP: usize = 64;

    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new(), starts: Vec::new() };
        }
        let mut count = 0;
        let mut before = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut starts = Vec::with_capacity(text.len() / Self::STEP + 1);
        for chunk in text.as_bytes().chunks(Self::STEP) {
            let bits = chunk
                .iter()
                .enumerate()
                .fold(0u64, |bits, (at, byte)| bits | u64::from(byte & 0xc0 != 0x80) << at);
            before.push(count);
            starts.push(bits);
            count += bits.count_ones();
        }
        before.push(count);
        starts.push(0);
        Self { before, starts }
    }

    fn offset(&self, byte: usize) -> u32 {
        match self.before.get(byte / Self::STEP) {
            None => byte as u32,
            Some(before) => {
                let earlier = (1u64 << (byte % Self::STEP)) - 1;
                before + (self.starts[byte / Self::STEP] & earlier).count_ones()
            }
        }
    }

    pub(super) fn span(&self, span: Span) -> [u32; 2] {
        [self.offset(span.start), self.offset(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn offsets_count_code_points(text in ".{0,300}") {
            let points = CodePoints::of(&text);
            let boundaries = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for (count, byte) in boundaries.enumerate() {
                prop_assert_eq!(points.offset(byte), count as u32, "byte {} of {:?}", byte, text);
            }
        }
    }
}
