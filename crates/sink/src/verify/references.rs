//! Whether what lines say of other lines is true: stories, copies, joins, sightings and facts speak of committed
//! articles.

use std::collections::HashMap;

use document::ContentId;

use crate::line::{self, FactLine, Record, Sighting, StoryJoin};

/// The articles read so far, and what was said of them.
#[derive(Debug, Default)]
pub(super) struct References {
    articles: HashMap<ContentId, Article>,
    /// Stories that joined others, by the number of their first article, with the number of the article that showed it.
    joined: HashMap<u32, u32>,
    /// The facts that articles state and that no line has told yet.
    facts: HashMap<ContentId, Stated>,
    /// Number of the first article whose facts have lines: those before it are of a version that wrote none.
    first_with_facts: Option<u32>,
    /// Some facts cannot be read.
    pub(super) facts_incomplete: bool,
    /// Some articles cannot be read: what is said of unknown ones may be true.
    pub(super) incomplete: bool,
}

#[derive(Debug, Clone, Copy)]
struct Article {
    /// In the order of commits.
    number: u32,
    /// Number of its story's first article.
    story: u32,
    origin: u64,
}

#[derive(Debug, Clone, Copy)]
struct Stated {
    /// Number of the article.
    article: u32,
    /// CRC-32 (IEEE) of what the line has to say.
    crc: u32,
}

impl References {
    /// Takes an article's line. An error says what it claims of others that is not so.
    pub(super) fn article(&mut self, record: &Record<'_>) -> Result<(), String> {
        let number = self.articles.len() as u32;
        let sighting = line::sighting_id(record.id, &record.source.name, &record.source.uri);
        let Some(told) = &record.story else { return Ok(()) };
        let first = if told.id == record.id { Some(number) } else { self.story(told.id) };
        let article = Article { number, story: first.unwrap_or(number), origin: line::origin_of(sighting) };
        self.articles.insert(record.id, article);
        for fact in FactLine::of(record) {
            self.facts.insert(fact.id, Stated { article: number, crc: crc_of(&fact) });
        }
        if first.is_none() && !self.incomplete {
            return Err(format!("its story {} began with no article before it", told.id));
        }
        match told.duplicate_of {
            Some(other)
                if other == record.id || (!self.articles.contains_key(&other) && !self.incomplete) =>
            {
                Err(format!("it repeats {other}, which is no article before it"))
            }
            _ => Ok(()),
        }
    }

    /// Takes the line of a join.
    pub(super) fn join(&mut self, join: &StoryJoin) -> Result<ContentId, String> {
        let (story, into) = (self.story(join.id), self.story(join.into));
        let (Some(story), Some(into), Some(article)) = (story, into, self.articles.get(&join.article)) else {
            if self.incomplete {
                return Ok(join.id);
            }
            return Err("it speaks of stories or of an article that are not there".to_owned());
        };
        if story <= into {
            return Err(format!("the story {} joins the younger {}", join.id, join.into));
        }
        if self.joined.contains_key(&into) {
            return Err(format!("the story {} is joined after it joined another", join.into));
        }
        if article.story != into {
            return Err(format!("the article {} tells another story than {}", join.article, join.into));
        }
        self.joined.insert(story, article.number);
        Ok(join.id)
    }

    /// Takes the line of a sighting.
    pub(super) fn sighting(&self, sighting: &Sighting<'_>) -> Result<ContentId, String> {
        if line::sighting_id(sighting.article, &sighting.source, &sighting.uri) != sighting.id {
            return Err("the id is not the hash of article and place".to_owned());
        }
        match self.articles.get(&sighting.article) {
            None if !self.incomplete => Err(format!("the article {} is not there", sighting.article)),
            Some(article) if article.origin == line::origin_of(sighting.id) => {
                Err(format!("the article {} was first seen there", sighting.article))
            }
            _ => Ok(sighting.id),
        }
    }

    /// Takes the line of a fact.
    pub(super) fn fact(&mut self, fact: &FactLine<'_>) -> Result<ContentId, String> {
        match self.facts.remove(&fact.id) {
            Some(stated) => {
                self.first_with_facts.get_or_insert(stated.article);
                if stated.crc != crc_of(fact) {
                    return Err(format!("it says something else than the article {}", fact.article));
                }
            }
            None if !self.incomplete => {
                return Err(format!("the article {} does not state it, or is not there", fact.article));
            }
            None => {}
        }
        Ok(fact.id)
    }

    /// How many facts articles state that no line tells.
    pub(super) fn untold_facts(&self) -> usize {
        let Some(first) = self.first_with_facts.filter(|_| !self.facts_incomplete) else { return 0 };
        self.facts.values().filter(|stated| stated.article >= first).count()
    }

    /// The articles that tell a story after it joined another.
    pub(super) fn told_too_late(&self) -> Vec<ContentId> {
        let late = |article: &Article| self.joined.get(&article.story).is_some_and(|at| article.number > *at);
        let mut late: Vec<_> =
            self.articles.iter().filter(|(_, article)| late(article)).map(|(id, _)| *id).collect();
        late.sort_unstable();
        late
    }

    /// Number of the story that begins with this article, if one does.
    fn story(&self, id: ContentId) -> Option<u32> {
        let article = self.articles.get(&id)?;
        (article.story == article.number).then_some(article.number)
    }
}

fn crc_of(fact: &FactLine<'_>) -> u32 {
    let mut line = Vec::new();
    line::append(fact, &mut line);
    crc32fast::hash(&line)
}
