//! What became of each block of a document, for people who want to know why.

/// One block of a page, or one line of scraped text, kept or left out.
#[derive(Debug, Clone)]
pub struct ExplainedBlock {
    /// Its words.
    pub text: String,
    /// What became of it: `text` and `standfirst` are kept; `headline`, `metadata`, `caption`, `comment`, `reference`
    /// and `tags` went to fields of their own; `repeat` stands elsewhere already; `out` is left out.
    pub verdict: &'static str,
    /// Why, in words.
    pub reason: String,
    /// How likely its words are the article's, as log-odds; `None` where rules decided and nothing was weighed.
    pub log_odds: Option<f32>,
    /// What was known of it when it was weighed, in the order of [`crate::feature_names`]; else empty.
    pub features: Vec<f32>,
}

impl ExplainedBlock {
    /// Whether it is in the article's text.
    pub fn is_kept(&self) -> bool {
        matches!(self.verdict, "text" | "standfirst")
    }
}
