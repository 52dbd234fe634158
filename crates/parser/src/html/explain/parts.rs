//! What a page gives to the fields that hold several things: tags, images, references and comments.

use super::super::body::Judged;
use super::super::published::Page as Dated;
use super::super::{comments, images, links, topics};
use super::Page;
use crate::ExplainedBlock;
use crate::explain::UNNAMED;
use crate::lexicon::Lexicon;

/// Things of a field that are named.
const SHOWN: usize = 10;

/// Tells how many of each were found, and the first of them.
pub(super) fn parts(
    page: &Page<'_, '_>,
    judged: &Judged,
    dated: &Dated<'_, '_>,
    base: &links::Base,
    lexicon: &Lexicon,
) -> [ExplainedBlock; 4] {
    let Page { tree, blocks, metadata, .. } = page;
    let verdicts = &judged.verdicts;
    let images = images::images(tree, blocks, verdicts, metadata, judged.headline, base, lexicon);
    let references = links::references(tree, blocks, verdicts, base, lexicon);
    let comments = comments::comments(tree, blocks, verdicts, dated.order, lexicon);
    let joined = |parts: [Option<&str>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    [
        told(
            "tags",
            "tags",
            &topics::tags(tree, blocks, &judged.topics, metadata, judged.headline),
            Clone::clone,
        ),
        told("images", "metadata", &images, |image| joined([image.url.as_deref(), image.caption.as_deref()])),
        told("references", "reference", &references, |reference| {
            joined([reference.title.as_deref(), reference.url.as_deref()])
        }),
        told("comments", "comment", &comments, |comment| {
            comment.author.as_deref().unwrap_or(UNNAMED).to_owned()
        }),
    ]
}

fn told<T>(
    field: &'static str,
    verdict: &'static str,
    all: &[T],
    value: impl Fn(&T) -> String,
) -> ExplainedBlock {
    if all.is_empty() {
        return ExplainedBlock::of_field(field, "", "out", "no place gives any");
    }
    let shown: Vec<String> = all.iter().take(SHOWN).map(value).collect();
    let reason = match all.len() {
        count if count > SHOWN => format!("{count} in all, the first {SHOWN} of them"),
        count => format!("{count} in all"),
    };
    ExplainedBlock::of_field(field, shown.join("\n"), verdict, reason)
}

#[cfg(test)]
mod tests {
    use super::super::explain;
    use crate::lexicon::Lexicon;

    #[test]
    fn fields_of_several_things_are_told() {
        let page = "<html lang=fr><head><title>Le lac a gelé</title><meta name=keywords content='lac, gel'></head><body><article>\
            <h1>Le lac a gelé</h1><p>Le lac a gelé cette nuit, dit <a href=https://port.example/>le garde du port</a> à qui veut \
            l'entendre, et personne ne l'avait prévu.</p><p>Le vent est tombé avant minuit, puis le ciel s'est dégagé.</p>\
            <img src=/a.jpg></article></body></html>";
        let told = explain(page, Some("https://lac.example/gel"), None, &Lexicon::load(None).unwrap());
        let told: Vec<String> = ["tags", "images", "references", "comments"]
            .into_iter()
            .flat_map(|field| told.iter().filter(move |told| told.field == Some(field)))
            .map(|told| format!("{} {}: {}", told.verdict, told.text, told.reason))
            .collect();
        assert_eq!(
            told,
            [
                "tags lac\ngel: 2 in all",
                "out : no place gives any",
                "reference le garde du port, https://port.example/: 1 in all",
                "out : no place gives any",
            ]
        );
    }
}
