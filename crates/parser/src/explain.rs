//! What became of each block of a document, for people who want to know why.

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
