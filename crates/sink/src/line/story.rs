use std::borrow::Cow;

use document::ContentId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which story an article tells, and which article it repeats.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// The story: the id of the first article that told it. Stories that turned out to be one are told by `stories/`.
    #[schemars(with = "String", regex(pattern = r"^[0-9a-f]{32}$"))]
    pub id: ContentId,
    /// The article that this one repeats nearly word for word; null when there is none.
    #[schemars(with = "Option<String>", regex(pattern = r"^[0-9a-f]{32}$"))]
    pub duplicate_of: Option<ContentId>,
    /// The part of their word pairs that the two share, estimated; null when there is no other.
    #[schemars(range(min = 0, max = 1))]
    pub similarity: Option<f32>,
}

impl Story {
    /// The place of an article.
    pub(crate) fn of(place: &story::Place) -> Self {
        Self {
            id: place.story,
            duplicate_of: place.repeats.map(|repeat| repeat.of),
            similarity: place.repeats.map(|repeat| repeat.similarity),
        }
    }
}

/// A story turned out to be another: one line of the stories' segments. Articles committed before it keep the id of
/// the story that they were committed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryJoin {
    /// The younger story. No article that is committed later has its id.
    pub id: ContentId,
    /// The older story, which the younger one is part of from now on.
    pub into: ContentId,
    /// The article that showed it.
    pub article: ContentId,
    /// When that was committed.
    pub joined_at: Timestamp,
}

/// An article that is in the store arrived from elsewhere: one line of the sightings' segments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting<'a> {
    /// Identity of the sighting: the same article at the same place is sighted once.
    pub id: ContentId,
    /// The article.
    pub article: ContentId,
    /// The configured source's name.
    #[serde(borrow)]
    pub source: Cow<'a, str>,
    /// URI of the document.
    #[serde(borrow)]
    pub uri: Cow<'a, str>,
    /// When the source saw it.
    pub observed_at: Timestamp,
}

impl<'a> Sighting<'a> {
    /// The sighting of an article in a document from `origin`.
    pub fn of(article: ContentId, origin: &'a document::Origin) -> Self {
        Self {
            id: sighting_id(article, &origin.name, &origin.uri),
            article,
            source: Cow::Borrowed(&origin.name),
            uri: Cow::Borrowed(&origin.uri),
            observed_at: origin.observed_at,
        }
    }
}

/// Identity of a sighting.
pub(crate) fn sighting_id(article: ContentId, source: &str, uri: &str) -> ContentId {
    ContentId::of(&article.to_string(), &format!("{source}\n{uri}"))
}

/// The part of the identity by which an article knows where it was first seen. Zero means that it does not.
pub(crate) fn origin_of(sighting: ContentId) -> u64 {
    let bytes = sighting.bytes();
    bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
