//! The texts to learn from: annotated texts as JSON lines, and our own sentences with names marked inline.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail};
use document::EntityKind;
use serde::Deserialize;

/// An annotated text.
#[derive(Debug, Default, Clone)]
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) mentions: Vec<Mention>,
}

/// A mention in bytes of its text. `None` is a name of a kind that we do not tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) span: Range<usize>,
    pub(crate) kind: Option<EntityKind>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    entities: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    start: usize,
    end: usize,
    r#type: String,
}

/// Reads JSON lines, packed when the file's name ends in `.zst`: `text` and `entities` with `start`, `end` (code
/// points) and `type`.
pub(crate) fn read(path: &Path) -> Result<Vec<Document>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let packed = path.extension().is_some_and(|extension| extension == "zst");
    let bytes = if packed { zstd::decode_all(&bytes[..])? } else { bytes };
    let text = String::from_utf8(bytes).with_context(|| format!("{} is no text", path.display()))?;
    text.lines().map(document).collect()
}

fn document(line: &str) -> Result<Document> {
    let Line { text, entities } = serde_json::from_str(line)?;
    let mut bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    bytes.push(text.len());
    let mut mentions = Vec::new();
    for Annotation { start, end, r#type } in entities {
        let (Some(&start), Some(&end)) = (bytes.get(start), bytes.get(end)) else {
            bail!("a mention outside the text {text:?}");
        };
        mentions.push(Mention { span: start..end, kind: kind(&r#type)? });
    }
    Ok(Document { text, mentions })
}

/// The kind of this name; `None` for one that the guidelines of a data set lump together.
pub(crate) fn kind(name: &str) -> Result<Option<EntityKind>> {
    Ok(Some(match name {
        "person" => EntityKind::Person,
        "organization" => EntityKind::Organization,
        "place" => EntityKind::Place,
        "product" => EntityKind::Product,
        "event" => EntityKind::Event,
        "misc" => return Ok(None),
        _ => bail!("no such kind of entity: {name}"),
    }))
}
