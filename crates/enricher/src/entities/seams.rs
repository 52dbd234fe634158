//! Where may a name be parted? `OpenAI` is also written *Open AI*, *Hon Hai* also *Hon-Hai* and `HonHai`; but *Micro
//! soft* is not Microsoft.

use super::words::is_article;

/// The seams of a name, as bits by how many of its letters and digits stand before them: white space and hyphens, and
/// with `humps` also full stops, ampersands, capitals behind small letters, and where letters meet digits. An article
/// before the name does not count. Seams behind the sixty-third letter are not told.
pub(super) fn seams(written: &str, humps: bool) -> u64 {
    let mut seams = 0_u64;
    let mut count = 0_u32;
    let mut last: Option<char> = None;
    let mut first_word = String::new();
    let mut words = 0;
    for c in written.chars() {
        if c.is_alphanumeric() {
            let hump = last.is_some_and(|last| {
                (last.is_lowercase() && c.is_uppercase()) || last.is_numeric() != c.is_numeric()
            });
            if humps && hump {
                seams |= bit(count);
            }
            if words == 0 {
                first_word.extend(c.to_lowercase());
            }
            count += 1;
            last = Some(c);
            continue;
        }
        let space = c.is_whitespace() || matches!(c, '\'' | '’');
        if (space && !matches!(c, '\'' | '’')) || c == '-' || (humps && matches!(c, '.' | '&' | '\'' | '’'))
        {
            seams |= bit(count);
        }
        if space && words == 0 && is_article(&first_word) {
            (seams, count) = (0, 0);
        }
        words += usize::from(space);
        last = None;
    }
    // What stands behind the last letter parts nothing.
    seams & !bit(count) & !1
}

fn bit(place: u32) -> u64 {
    1_u64.checked_shl(place).unwrap_or_default()
}

/// Whether a name is parted only where it may be.
pub(super) fn has_only(seams: u64, allowed: u64) -> bool {
    seams & !allowed == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, listed: &str, fits: bool) {
        assert_eq!(has_only(seams(written, false), seams(listed, true)), fits, "{written} as {listed}");
    }

    #[test]
    fn names_are_parted_at_spaces_hyphens_and_humps() {
        check("Open AI", "OpenAI", true);
        check("Open-AI", "OpenAI", true);
        check("HonHai", "Hon Hai", true);
        check("Micro soft", "Microsoft", false);
        check("The New York-Times", "New York Times", true);
        check("L'Or éal", "L'Oréal", false);
        check("États - Unis", "États-Unis", true);
        check("AT & T", "AT&T", true);
    }
}
