//! The pages of a gold set, as the examples read them: a folder with `pages/<id>.html.gz` and `gold.jsonl`.

use std::io::Read;
use std::path::Path;

use document::{Origin, RawDocument, SourceKind};

/// The pages of a set by their ids, in the order of the ids.
pub(crate) fn pages(folder: &Path) -> Result<Vec<(String, RawDocument)>, Box<dyn std::error::Error>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder.join("pages"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    paths.sort();
    let mut pages = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let id = name.trim_end_matches(".gz").trim_end_matches(".html").to_owned();
        let mut bytes = Vec::new();
        flate2::read::MultiGzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut bytes)?;
        let origin = Origin {
            kind: SourceKind::File,
            name: "gold".to_owned(),
            uri: format!("file:///{name}"),
            media_type: None,
            charset: None,
            observed_at: jiff::Timestamp::now(),
            http: None,
        };
        pages.push((id, RawDocument::new(origin, bytes.into())));
    }
    Ok(pages)
}
