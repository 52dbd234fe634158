//! What interfaces put around the one article that they answer with.

use serde_json::Value;

use crate::config::JsonFields;
use crate::fields::Fields;

/// Levels of objects around an article.
const DEPTH_MAX: usize = 4;

/// Objects that are looked at.
const OBJECTS_MAX: usize = 200;

/// The only object inside the data that has a title and a text of its own: `{"status": "ok", "response": {"content": {…}}}`.
/// Of several nobody knows which is the article, and lists hold several.
pub(super) fn without_shell<'d>(data: &'d Value, configured: &JsonFields) -> Option<&'d Value> {
    let mut level = vec![data];
    let mut looked_at = 0;
    for _ in 0..DEPTH_MAX {
        let inner = level.iter().filter_map(|object| object.as_object()).flat_map(|object| object.values());
        let objects: Vec<&Value> = inner.filter(|value| value.is_object()).take(OBJECTS_MAX).collect();
        looked_at += objects.len();
        if looked_at > OBJECTS_MAX {
            return None;
        }
        let is_article = |object: &&&Value| {
            let fields = Fields::new(object, configured);
            fields.has_text() && fields.title().is_some()
        };
        let mut articles = objects.iter().filter(is_article);
        if let Some(article) = articles.next() {
            return articles.next().is_none().then_some(*article);
        }
        level = objects;
    }
    None
}
