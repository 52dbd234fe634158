//! What the gold of a page says of its blocks.

use std::collections::HashMap;

use parser::ExplainedBlock;

/// What a block should be, and how much that counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lesson {
    pub positive: bool,
    pub weight: f32,
}

/// The lessons of one page, a block each; none where the gold does not say.
pub(crate) fn lessons(gold: &serde_json::Value, blocks: &[ExplainedBlock]) -> Vec<Option<Lesson>> {
    let strings = |key: &str| -> Vec<String> {
        gold[key].as_array().into_iter().flatten().filter_map(|value| value.as_str()).map(squeezed).collect()
    };
    let mut lessons = vec![None; blocks.len()];
    if let Some(body) = gold["body"].as_str() {
        // Words of the gold in order; each may be matched once by blocks in order, so that repeats count once.
        let body = words(body);
        let mut runs: HashMap<Vec<String>, i32> = HashMap::new();
        for size in 1..=4 {
            for run in body.windows(size) {
                *runs.entry(run.to_vec()).or_default() += 1;
            }
        }
        for (block, lesson) in blocks.iter().zip(&mut lessons) {
            let own: Vec<String> = words(&block.text);
            if own.is_empty() || block.features.is_empty() {
                continue;
            }
            let size = own.len().min(4);
            let (mut found, mut total) = (0, 0);
            for run in own.windows(size) {
                total += 1;

                if let Some(left) = runs.get_mut(run)
                    && *left > 0
                {
                    *left -= i32::from(size == 4);
                    found += 1;
                }
            }
            let share = found as f32 / total as f32;
            // A short line may be in the text by chance; one in the middle is worth no lesson.
            let sure = if size < 3 { 0.3 } else { 1.0 } * (2.0 * share - 1.0).abs();
            let weight = sure * (own.len() as f32).sqrt().min(12.0);
            *lesson = Some(Lesson { positive: share > 0.5, weight });
        }
    } else {
        let (with, without) = (strings("with"), strings("without"));
        for (block, lesson) in blocks.iter().zip(&mut lessons) {
            if block.features.is_empty() {
                continue;
            }
            let text = squeezed(&block.text);
            let chars = text.chars().count().max(1) as f32;
            let wanted = with
                .iter()
                .any(|segment| text.contains(segment.as_str()) || segment.contains(&text) && chars > 20.0);
            let unwanted: f32 = without
                .iter()
                .filter(|segment| text.contains(segment.as_str()) || (segment.contains(&text) && chars > 3.0))
                .map(|segment| (segment.chars().count() as f32 / chars).min(1.0))
                .fold(0.0, f32::max);
            if wanted && unwanted == 0.0 {
                *lesson = Some(Lesson { positive: true, weight: 5.0 });
            } else if unwanted > 0.4 && !wanted {
                *lesson = Some(Lesson { positive: false, weight: 5.0 });
            }
        }
    }
    // Long pages say more, but not in proportion.
    let total: f32 = lessons.iter().flatten().map(|lesson| lesson.weight).sum();
    let scale = 12.0 / (total + 60.0).sqrt();
    for lesson in lessons.iter_mut().flatten() {
        lesson.weight *= scale;
    }
    lessons
}

/// `text` with white space folded, as the scorer compares it.
pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of `text`, as the scorer cuts it.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}
