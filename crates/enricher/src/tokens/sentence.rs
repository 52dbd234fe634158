//! Where does a sentence begin?

use super::{Case, Kind, Token, Tokens};

/// Marks the tokens that begin a sentence: the first one of a line, and one that follows the end of a sentence and
/// looks like a beginning. Abbreviations hold their own full stop, so a full stop that is a token ends a sentence.
pub(super) fn mark(table: &mut Tokens<'_>) {
    let text = table.text;
    // The sentence ended; only marks that close it came since.
    let mut ended = true;
    for token in &mut table.list {
        let first = text[token.start as usize..].chars().next().unwrap_or(' ');
        if ended && !token.line && closes(*token, first) {
            continue;
        }
        if token.line || (ended && token.spaced && begins(*token, first)) {
            token.sentence = true;
        }
        ended = token.kind == Kind::Mark && matches!(first, '.' | '!' | '?' | '…' | '。' | '！' | '？');
    }
}

/// Whether this mark closes what the sentence opened.
fn closes(token: Token, first: char) -> bool {
    token.kind == Kind::Mark
        && (matches!(first, '»' | '”' | ')' | ']' | '.' | '!' | '?' | '…')
            // A straight quotation mark closes when it touches what stands before it.
            || (matches!(first, '"' | '\'' | '’') && !token.spaced))
}

fn begins(token: Token, first: char) -> bool {
    match token.kind {
        Kind::Mark => {
            matches!(
                first,
                '«' | '“' | '„' | '"' | '‘' | '\'' | '(' | '[' | '–' | '—' | '-' | '•' | '¿' | '¡'
            )
        }
        Kind::Number => true,
        // iPhone and eBay begin sentences in spite of their small letter.
        _ => token.case != Case::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` has a bar between two sentences.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tokens = Tokens::new(text);
        let sentences: Vec<_> =
            tokens.sentences().map(|range| &text[tokens.span(range).unwrap().range()]).collect();
        assert_eq!(sentences.join("|"), expected);
    }

    #[test]
    fn sentences_end_where_the_next_begins() {
        check("Il part. Elle reste ! 3 jours ?", "Il part.|Elle reste !|3 jours ?");
        check("« C'est fini. » Il part.", "« C'est fini. »|Il part.");
        check("\"It is over.\" He left. \"Good.\"", "\"It is over.\"|He left.|\"Good.\"");
        check("Er geht. „Sie bleibt.“ Gut.", "Er geht.|„Sie bleibt.“ Gut.");
        check("Titre\nTexte d'ici", "Titre|Texte d'ici");
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        check("M. Dupont et Mme. Li. Ils partent.", "M. Dupont et Mme. Li.|Ils partent.");
        check("The U.S. Senate voted. Apple Inc. said so.", "The U.S. Senate voted.|Apple Inc. said so.");
        check("Il a dit... puis rien.", "Il a dit... puis rien.");
    }
}
