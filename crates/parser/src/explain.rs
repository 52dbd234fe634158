//! What became of each block of a document, for people who want to know why.

use document::{Article, Basis, Published, Text};

/// One block of a page or of Markdown, one line of scraped text, one part or field of a message, or one field of JSON:
/// kept or left out.
#[derive(Debug, Clone)]
pub struct ExplainedBlock {
    /// Its words.
    pub text: String,
    /// What became of it: `text` and `standfirst` are kept; `headline`, `metadata`, `caption`, `comment`, `reference`
    /// and `tags` went to fields of their own; `part` is what the blocks after it were read from; `repeat` stands
    /// elsewhere already; `out` is left out.
    pub verdict: &'static str,
    /// Why, in words.
    pub reason: String,
    /// How likely its words are the article's, as log-odds; `None` where rules decided and nothing was weighed.
    pub log_odds: Option<f32>,
    /// What was known of it when it was weighed, in the order of [`crate::feature_names`]; else empty.
    pub features: Vec<f32>,
    /// The field of an article, or the part of a message, that it is told for, where it is no block: its value, or one that
    /// was passed over.
    pub field: Option<&'static str>,
}

impl ExplainedBlock {
    /// A block that rules decided about.
    pub(crate) fn of_rules(
        text: impl Into<String>,
        verdict: &'static str,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            text: text.into(),
            verdict,
            reason: reason.into(),
            log_odds: None,
            features: Vec::new(),
            field: None,
        }
    }

    /// A value of a field, or one that was passed over, or a part of a message.
    pub(crate) fn of_field(
        field: &'static str,
        value: impl Into<String>,
        verdict: &'static str,
        reason: impl Into<String>,
    ) -> Self {
        Self { field: Some(field), ..Self::of_rules(value, verdict, reason) }
    }

    /// Whether it is in the article's text.
    pub fn is_kept(&self) -> bool {
        matches!(self.verdict, "text" | "standfirst")
    }
}

/// What stands for the author of a comment that names none.
pub(crate) const UNNAMED: &str = "(no name)";

/// Things of a field that are named.
const SHOWN: usize = 10;

/// Each field of an article but its text with its value and what it rests on, for formats whose fields are told by lines.
pub(crate) fn fields_of(article: &Article) -> Vec<ExplainedBlock> {
    let of_dates = |date: &Option<Published>| {
        let reason = match date.as_ref().map(|date| date.basis) {
            Some(Basis::Dateline) => "a line that gives a date",
            Some(Basis::Body) => "a day that the text calls its own",
            Some(Basis::Url) => "the address",
            _ => "a field of the document",
        };
        (date.as_ref().map(|date| date.edtf.clone()).unwrap_or_default(), reason)
    };
    let text = |text: &Option<Text>| text.as_deref().map(str::to_owned).unwrap_or_default();
    let (published, modified) = (of_dates(&article.published), of_dates(&article.modified));
    let single = [
        ("title", text(&article.title), "the line marked as headline below"),
        ("authors", article.authors.join(", "), "people in a byline, a signature or beside a date"),
        ("published", published.0, published.1),
        ("modified", modified.0, modified.1),
        ("publisher", text(&article.publisher), "a label, or the name of a paper above the headline"),
        ("description", text(&article.description), "a label before it"),
        ("url", article.url.clone().unwrap_or_default(), "an address above the text"),
    ];
    let single = single.into_iter().map(|(field, value, reason)| {
        let verdict = if field == "title" { "headline" } else { "metadata" };
        if value.is_empty() {
            ExplainedBlock::of_field(field, "", "out", "no line gives it")
        } else {
            ExplainedBlock::of_field(field, value, verdict, format!("from {reason}"))
        }
    });
    let joined = |parts: [Option<&str>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let images = article
        .images
        .iter()
        .map(|image| joined([image.caption.as_deref().or(image.url.as_deref()), image.credit.as_deref()]));
    let references = article
        .references
        .iter()
        .map(|reference| joined([reference.title.as_deref(), reference.url.as_deref()]));
    let comments =
        article.comments.iter().map(|comment| comment.author.as_deref().unwrap_or(UNNAMED).to_owned());
    let several = [
        ("tags", "tags", article.tags.len(), shown(article.tags.iter().cloned())),
        ("images", "metadata", article.images.len(), shown(images)),
        ("references", "reference", article.references.len(), shown(references)),
        ("comments", "comment", article.comments.len(), shown(comments)),
    ];
    let several = several.into_iter().map(|(field, verdict, count, shown)| match count {
        0 => ExplainedBlock::of_field(field, "", "out", "no line gives any"),
        count if count > SHOWN => ExplainedBlock::of_field(
            field,
            shown,
            verdict,
            format!("{count} in all, the first {SHOWN} of them"),
        ),
        count => ExplainedBlock::of_field(field, shown, verdict, format!("{count} in all")),
    });
    single.chain(several).collect()
}

fn shown(values: impl Iterator<Item = String>) -> String {
    values.take(SHOWN).collect::<Vec<_>>().join("\n")
}
