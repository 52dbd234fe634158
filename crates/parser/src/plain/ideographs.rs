//! Names in ideographs, which have neither capitals nor spaces: they are people's only behind a label.

use crate::letters::is_ideograph;
use crate::lexicon::{Lexicon, WordSet, fold};

/// Ideographs and syllables of a name; words for bodies and sentences have more.
const NAME_MAX: usize = 5;

/// Ideographs of a role behind a name, or of a word for an outlet that a name ends in.
const ENDINGS: [usize; 3] = [2, 3, 4];

/// The people that a part behind "by" names: "水野かな、岡部 進記者"; none if any of it is something else.
pub(super) fn people(part: &str, lexicon: &Lexicon) -> Vec<String> {
    let pieces = part.split(['、', '，', ',', '/', '／', '&', '＆']).map(str::trim);
    let names: Option<Vec<_>> = pieces.map(|piece| person(piece, lexicon)).collect();
    names.unwrap_or_default()
}

fn person(piece: &str, lexicon: &Lexicon) -> Option<String> {
    let piece = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_role = |end: &&str| lexicon.has(WordSet::Roles, &fold(end));
    let role = endings(piece).find(is_role).unwrap_or_default();
    let name = piece.strip_suffix(role)?.trim_end();
    let signs = name.chars().filter(|c| is_of_name(*c)).count();
    let is_name = (2..=NAME_MAX).contains(&signs)
        && name.chars().all(|c| is_of_name(c) || c.is_whitespace())
        && name.split_whitespace().count() <= 2
        && !endings(name).any(|end| lexicon.is_outlet(&fold(end)));
    is_name.then(|| name.to_owned())
}

/// The last signs of a text.
fn endings(text: &str) -> impl Iterator<Item = &str> {
    ENDINGS.into_iter().filter_map(|signs| {
        let (at, _) = text.char_indices().rev().nth(signs - 1)?;
        Some(&text[at..])
    })
}

/// Whether a character may be of a name: a repeated sign ('々') is, the dot between two words is not.
fn is_of_name(c: char) -> bool {
    c == '々' || is_ideograph(c) && c != '・'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_desks_and_sentences() {
        let lexicon = Lexicon::load(None).unwrap();
        for (part, expected) in [
            ("水野かな", &["水野かな"][..]),
            ("水野 かな、岡部進記者", &["水野 かな", "岡部進"]),
            ("佐々木進", &["佐々木進"]),
            ("・水野かな", &["水野かな"]),
            ("王小明", &["王小明"]),
        ] {
            assert_eq!(people(part, &lexicon), expected, "{part}");
        }
        for part in [
            "",
            "記者",
            "編集部",
            "緑沢編集部",
            "船体は古いが機関は新しい",
            "緑沢町の漁業協同組合",
            "岡部進。",
            "Ann Lee",
        ] {
            assert!(people(part, &lexicon).is_empty(), "{part}");
        }
    }
}
