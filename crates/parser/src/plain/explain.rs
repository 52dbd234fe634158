//! What a line was taken for, in words.

use document::BlockKind;

use super::line::{Line, Role};
use crate::ExplainedBlock;
use crate::lexicon::Lexicon;

/// What became of a line, and why.
pub(super) fn line(line: &Line<'_>, lexicon: &Lexicon) -> ExplainedBlock {
    if let (Role::Chrome, Some((chrome, _))) = (line.role, line.chrome) {
        return ExplainedBlock::of_rules(line.text.as_ref(), "out", chrome.told_of(&line.text, lexicon));
    }
    let (verdict, reason) = match line.role {
        Role::Title => ("headline", "the headline"),
        Role::Repeat => ("repeat", "the headline or a paragraph, once more"),
        Role::Meta => ("metadata", "who wrote it, or when"),
        Role::Caption => ("caption", "a caption or a credit"),
        Role::Thread => ("comment", "a part of the comment thread"),
        Role::Source => ("reference", "a listed source"),
        Role::Tags => ("tags", "the publisher's tags"),
        Role::Chrome => ("out", "short and apart from the text"),
        Role::Open => ("out", "nothing that an article has"),
        Role::Text(BlockKind::Standfirst) => ("standfirst", "the summary under the headline"),
        Role::Text(BlockKind::Heading) => ("text", "a heading: short, with text below it"),
        Role::Text(BlockKind::ListItem) => ("text", "an item of a list"),
        Role::Text(BlockKind::Quote) => ("text", "a quotation"),
        Role::Text(_) if line.is_running() => ("text", "running text"),
        Role::Text(_) => ("text", "a line between lines of text"),
    };
    ExplainedBlock::of_rules(line.text.as_ref(), verdict, reason)
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn each_line_is_told() {
        let text = "Se connecter\nLe lac a gelé\nPar Zoé Lam\n\nLe lac a gelé cette nuit, et personne ne l'avait prévu, \
                    dit le garde du port.\n\nLe vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.\n\n37 commentaires\n";
        let told = super::super::explain(text, &Lexicon::load(None).unwrap()).unwrap();
        let fields: Vec<(&str, &str, &str)> = told
            .iter()
            .filter_map(|told| Some((told.field?, told.text.as_str(), told.reason.as_str())))
            .take(3)
            .collect();
        let by = "from people in a byline, a signature or beside a date";
        let expected = [
            ("title", "Le lac a gelé", "from the line marked as headline below"),
            ("authors", "Zoé Lam", by),
            ("published", "", "no line gives it"),
        ];
        assert_eq!(fields, expected);
        let told: Vec<_> = told.into_iter().filter(|told| told.field.is_none()).collect();
        let verdicts: Vec<&str> = told.iter().map(|line| line.verdict).collect();
        assert_eq!(verdicts[..5], ["out", "headline", "metadata", "text", "text"]);
        assert!(!told[5].is_kept());
        assert_eq!(told[0].reason, "\"se connecter\" is a phrase of menus");
    }
}
