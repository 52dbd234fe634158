//! Lines of codes that agencies set above a dispatch.

/// Words of such a line, and letters of a mark in it.
const WORDS_MIN: usize = 3;
const MARK_LETTERS_MAX: usize = 3;

/// Whether a line is nothing but numbers, marks in capitals and codes of both: "FRA0231 4 FS 0412 F/AFP-XY21". "USA 2 : 1 UK"
/// has no code.
pub(super) fn is_slug(text: &str) -> bool {
    let has_digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let is_code = |word: &str| has_digit(word) && letters(word) > 1 && letters(word) + 1 < word.len();
    let is_of_slug = |word: &str| {
        word.contains(char::is_alphanumeric) && (has_digit(word) || letters(word) <= MARK_LETTERS_MAX)
    };
    // Few lines are in capitals.
    !text.contains(char::is_lowercase)
        && has_digit(text)
        && text.split_whitespace().count() >= WORDS_MIN
        && text.split_whitespace().all(is_of_slug)
        && text.split_whitespace().filter(|word| is_code(word)).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn codes_of_agencies_are_told() {
        for line in ["FRA0231 4 FS 0412 F/AFP-XY21", "BC0042 3 GL 0210 LAM-AB12 7"] {
            assert!(is_slug(line), "{line}");
        }
        for line in
            ["USA 2 : 1 UK", "COVID-19 : 5 MORTS", "A380, B747", "G7 ET G20 À NICE", "2026", "Lac 2026 A12"]
        {
            assert!(!is_slug(line), "{line}");
        }
    }

    #[test]
    fn codes_of_agencies_are_no_headline() {
        let text = "The first boats passed the lock of Holm on Monday, after twenty months of works.";
        for slug in
            ["FRA0231 4 FS 0412 F/AFP-XY21", "Eds: UPDATES with quotes from the master of the harbour."]
        {
            let page = format!("{slug}\nCanal of Holm opens to boats\n\n{text}\n\n{text} Yes.\n");
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.title.as_deref(), Some("Canal of Holm opens to boats"), "{slug}");
            assert_eq!(article.text.as_str(), format!("{text}\n\n{text} Yes."), "{slug}");
        }
    }
}
