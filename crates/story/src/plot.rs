//! Stories: articles gathered by what they speak of, one at a time, as they come.
//!
//! A story is the weighted mean of its articles' features (a centroid), cut to the heaviest. An article belongs to the
//! story whose centroid makes the smallest angle with it, when that is small enough and what they share is telling
//! enough; else it begins one. What is telling is learnt: a feature weighs less the more stories have it. Stories are
//! counted, and not articles, so that what one story repeats forty times does not become common by it.

use document::{ContentId, Feature, Sketch};
use rustc_hash::FxHashMap;

/// Cosine from which an article can belong to a story.
const JOIN: f32 = 0.40;
/// What the shared features must add up to, in weight times nats: two short texts that name one company are not yet
/// one story.
const EVIDENCE: f32 = 6.0;
/// Features that must be shared, at the least.
const SHARED: u32 = 2;
/// Cosine with an article from which a second story is clearly its story too …
const BRIDGE: f32 = 0.55;
/// … and of the two stories with each other, from which they are one.
const MERGE: f32 = 0.55;

/// A centroid keeps this many features, the heaviest.
const CENTROID: usize = 24;
/// A story is the mean of this many articles; from then on an older one counts for less with each new one.
const MEMORY: u32 = 16;
/// A feature remembers this many stories that have it, the most recently told.
pub(crate) const NEWEST: usize = 8;
/// Stories that are compared with an article as a whole.
const CANDIDATES: usize = 12;
/// Stories that are thought to have been before the first one: what is rare is not known from five articles.
const IMAGINED: f32 = 20.0;

/// No slot.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// A story of the window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Story {
    /// Id of its first article.
    pub(crate) id: ContentId,
    /// The lower, the older.
    pub(crate) age: u64,
    /// Articles of the window that tell it, those of the stories that joined it included.
    pub(crate) live: u32,
    /// Articles that told it so far.
    pub(crate) told: u32,
    /// The story that it joined.
    pub(crate) into: u32,
    /// First and last day of publication; empty (first after last) when no article said.
    pub(crate) days: (i32, i32),
    /// In the order of their keys.
    pub(crate) features: Vec<Feature>,
}

/// Which stories have a feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Posting {
    pub(crate) stories: u32,
    pub(crate) newest: Newest,
}

/// The stories that have a feature, the most recently told first. Most features have one story, and take no room but
/// for that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Newest {
    /// This one alone.
    One(u32),
    /// Those in this list of [`Plots::lists`].
    List(u32),
}

/// All stories of the window.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plots {
    pub(crate) slots: Vec<Option<Story>>,
    pub(crate) free: Vec<u32>,
    pub(crate) postings: FxHashMap<u32, Posting>,
    /// Stories of features that several have, [`NOWHERE`] behind the last.
    pub(crate) lists: Vec<[u32; NEWEST]>,
    pub(crate) free_lists: Vec<u32>,
}

/// The story of an article, and the story that is thereby seen to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) story: u32,
    /// The younger of the two, which joins `story`.
    pub(crate) joins: Option<u32>,
}

impl Plots {
    /// The story that an article tells, if it is one of these. `window` is in days.
    pub(crate) fn find(&self, sketch: &Sketch, window: u32) -> Option<Match> {
        let article = self.weigh(&sketch.features);
        let family = family_of(&sketch.features);
        let days = sketch.day.map_or(NO_DAYS, |day| (day, day));
        let mut fitting: Vec<(f32, u64, u32)> = self
            .candidates(&article)
            .into_iter()
            .filter_map(|slot| {
                let story = self.story(slot)?;
                let fit = self.compare(&article, family, &story.features)?;
                let fit = fit * nearness(days, story.days, window)?;
                (fit >= JOIN).then_some((fit, story.age, slot))
            })
            .collect();
        fitting.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let (_, age, best) = *fitting.first()?;
        let second = fitting.get(1).filter(|second| second.0 >= BRIDGE && fitting[0].0 >= BRIDGE);
        let second = second.filter(|second| self.are_one(best, second.2, window));
        Some(match second {
            Some((_, other, slot)) if *other < age => Match { story: *slot, joins: Some(best) },
            Some((_, _, slot)) => Match { story: best, joins: Some(*slot) },
            None => Match { story: best, joins: None },
        })
    }

    /// Whether two stories tell the same.
    fn are_one(&self, one: u32, other: u32, window: u32) -> bool {
        let (Some(one), Some(other)) = (self.story(one), self.story(other)) else { return false };
        let weighed = self.weigh(&one.features);
        // Stories may be told in several languages, words of any shared one count.
        let fit = self.compare(&weighed, Family::Any, &other.features);
        fit.zip(nearness(one.days, other.days, window)).is_some_and(|(fit, near)| fit * near >= MERGE)
    }

    /// Begins a story, which no article tells yet.
    pub(crate) fn begin(&mut self, id: ContentId, age: u64) -> u32 {
        let story = Story { id, age, live: 0, told: 0, into: NOWHERE, days: NO_DAYS, features: Vec::new() };
        if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = Some(story);
            return slot;
        }
        self.slots.push(Some(story));
        self.slots.len() as u32 - 1
    }

    /// Lets an article tell a story.
    pub(crate) fn tell(&mut self, slot: u32, sketch: &Sketch) {
        let Some(story) = self.slots.get_mut(slot as usize).and_then(Option::as_mut) else { return };
        story.live += 1;
        story.told += 1;
        if let Some(day) = sketch.day {
            story.days = union(story.days, (day, day));
        }
        let before = std::mem::take(&mut story.features);
        let weight = 1.0 / story.told.min(MEMORY) as f32;
        self.change(slot, &before, &sketch.features, weight);
    }

    /// Lets the story `younger` join the story `older`.
    pub(crate) fn join(&mut self, younger: u32, older: u32) {
        let Some(joining) = self.slots.get_mut(younger as usize).and_then(Option::as_mut) else { return };
        joining.into = older;
        let (live, told, days) = (joining.live, joining.told, joining.days);
        let features = std::mem::take(&mut joining.features);
        for feature in &features {
            self.forget(feature.key, younger);
        }
        let Some(story) = self.slots.get_mut(older as usize).and_then(Option::as_mut) else { return };
        story.live += live;
        story.told += told;
        story.days = union(story.days, days);
        let before = std::mem::take(&mut story.features);
        let weight = told as f32 / story.told.max(1) as f32;
        self.change(older, &before, &features, weight);
    }

    /// An article that told the story `slot` leaves the window, and a story with its last article.
    pub(crate) fn leave(&mut self, mut slot: u32) {
        while let Some(story) = self.slots.get_mut(slot as usize).and_then(Option::as_mut) {
            story.live = story.live.saturating_sub(1);
            let into = story.into;
            if story.live == 0 {
                let features = std::mem::take(&mut story.features);
                for feature in &features {
                    self.forget(feature.key, slot);
                }
                self.slots[slot as usize] = None;
                self.free.push(slot);
            }
            slot = into;
        }
    }

    /// The story that `slot` belongs to now, after all joining.
    pub(crate) fn root(&self, mut slot: u32) -> u32 {
        while let Some(story) = self.story(slot)
            && story.into != NOWHERE
        {
            slot = story.into;
        }
        slot
    }

    pub(crate) fn story(&self, slot: u32) -> Option<&Story> {
        self.slots.get(slot as usize)?.as_ref()
    }

    pub(crate) fn count(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Sets a story's features to the mean of what it had and `new`, which counts for `weight`.
    fn change(&mut self, slot: u32, before: &[Feature], new: &[Feature], weight: f32) {
        let mut mean = Vec::with_capacity(before.len() + new.len());
        merge(before, new, |old, new| {
            let (Some(&some), old) = (old.or(new), old.map_or(0, |feature| feature.weight)) else { return };
            let new = new.map_or(0, |feature| feature.weight);
            let value = f32::from(old) * (1.0 - weight) + f32::from(new) * weight;
            mean.push(Feature { weight: value as u16, ..some });
        });
        mean.retain(|feature| feature.weight > 0);
        if mean.len() > CENTROID {
            mean.sort_by_cached_key(|feature| {
                let telling = f32::from(feature.weight) * self.rarity(feature.key);
                (std::cmp::Reverse(telling.to_bits()), feature.key) // No weight is negative: bits keep their order.
            });
            mean.truncate(CENTROID);
            mean.sort_unstable_by_key(|feature| feature.key);
        }
        mean.shrink_to_fit();
        for feature in before.iter().filter(|old| !has(&mean, old.key)) {
            self.forget(feature.key, slot);
        }
        for feature in &mean {
            if !has(before, feature.key) {
                self.remember(feature.key, slot);
            } else if has(new, feature.key) {
                self.touch(feature.key, slot);
            }
        }
        if let Some(story) = self.slots.get_mut(slot as usize).and_then(Option::as_mut) {
            story.features = mean;
        }
    }

    fn remember(&mut self, key: u32, slot: u32) {
        let empty = || Posting { stories: 0, newest: Newest::One(slot) };
        self.postings.entry(key).or_insert_with(empty).stories += 1;
        self.touch(key, slot);
    }

    /// Puts a story to the front of those that have a feature.
    fn touch(&mut self, key: u32, slot: u32) {
        let Some(posting) = self.postings.get_mut(&key) else { return };
        let number = match posting.newest {
            Newest::One(only) if only == slot => return,
            Newest::One(only) => {
                let mut list = [NOWHERE; NEWEST];
                list[0] = only;
                let number = put(&mut self.lists, &mut self.free_lists, list);
                posting.newest = Newest::List(number);
                number
            }
            Newest::List(number) => number,
        };
        let Some(list) = self.lists.get_mut(number as usize) else { return };
        let held = list.iter().position(|held| *held == slot).unwrap_or(NEWEST - 1);
        list[..=held].rotate_right(1);
        list[0] = slot;
    }

    fn forget(&mut self, key: u32, slot: u32) {
        let Some(posting) = self.postings.get_mut(&key) else { return };
        posting.stories = posting.stories.saturating_sub(1);
        let (left, newest) = (posting.stories, posting.newest);
        if left == 0 {
            self.postings.remove(&key);
            if let Newest::List(number) = newest {
                self.free_lists.push(number);
            }
            return;
        }
        let Newest::List(number) = newest else { return };
        let Some(list) = self.lists.get_mut(number as usize) else { return };
        if let Some(held) = list.iter().position(|held| *held == slot) {
            list[held..].rotate_left(1);
            list[NEWEST - 1] = NOWHERE;
        }
    }

    /// The stories that a feature remembers.
    pub(crate) fn newest<'a>(&'a self, posting: &'a Posting) -> &'a [u32] {
        match &posting.newest {
            Newest::One(slot) => std::slice::from_ref(slot),
            Newest::List(number) => {
                let list = self.lists.get(*number as usize).map_or(&[][..], |list| list);
                &list[..list.iter().position(|slot| *slot == NOWHERE).unwrap_or(list.len())]
            }
        }
    }

    /// How much a feature tells, in nats: its inverse frequency over stories.
    fn rarity(&self, key: u32) -> f32 {
        let having = self.postings.get(&key).map_or(0, |posting| posting.stories);
        ((self.count() as f32 + IMAGINED) / (having as f32 + 1.0)).ln().max(0.0)
    }

    fn weigh(&self, features: &[Feature]) -> Vec<Weighed> {
        let weigh = |feature: &Feature| {
            let rarity = self.rarity(feature.key);
            let weight = f32::from(feature.weight) / 1024.0;
            Weighed { key: feature.key, family: feature.family, weight, telling: weight * rarity }
        };
        features.iter().map(weigh).collect()
    }

    /// The stories that share most with an article, as far as the newest of each feature show.
    fn candidates(&self, article: &[Weighed]) -> Vec<u32> {
        let mut shared: Vec<(u32, f32)> = Vec::new();
        for feature in article {
            let Some(posting) = self.postings.get(&feature.key) else { continue };
            shared.extend(self.newest(posting).iter().map(|slot| (*slot, feature.telling)));
        }
        shared.sort_by_key(|(slot, _)| *slot);
        let mut summed: Vec<(u32, f32)> = Vec::with_capacity(shared.len());
        for (slot, telling) in shared {
            match summed.last_mut() {
                Some(last) if last.0 == slot => last.1 += telling,
                _ => summed.push((slot, telling)),
            }
        }
        summed.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        summed.truncate(CANDIDATES);
        summed.into_iter().map(|(slot, _)| slot).collect()
    }

    /// The cosine of an article and a story over what can be compared; `None` where what they share tells too little.
    ///
    /// Names, sums, dates and places can be compared always. Words can be where both have words of one language: an
    /// article is no worse told for being told in another one.
    fn compare(&self, article: &[Weighed], family: Family, story: &[Feature]) -> Option<f32> {
        let in_story = |family: u8| story.iter().any(|feature| feature.family == family);
        let comparable = |other: u8| match family {
            _ if other == 0 => true,
            Family::One(own) => other == own && in_story(own),
            Family::Any => in_story(other) && article.iter().any(|feature| feature.family == other),
        };
        let (mut dot, mut own, mut its, mut evidence) = (0.0, 0.0, 0.0, 0.0);
        let mut shared = 0;
        let mut of_article = article.iter().filter(|feature| comparable(feature.family)).peekable();
        for feature in story.iter().filter(|feature| comparable(feature.family)) {
            while let Some(passed) = of_article.next_if(|mine| mine.key < feature.key) {
                own += passed.telling * passed.telling;
            }
            let weight = f32::from(feature.weight) / 1024.0;
            if let Some(mine) = of_article.next_if(|mine| mine.key == feature.key) {
                own += mine.telling * mine.telling;
                let rarity = if mine.weight > 0.0 { mine.telling / mine.weight } else { 0.0 };
                dot += mine.telling * weight * rarity;
                its += (weight * rarity) * (weight * rarity);
                evidence += mine.weight.min(weight) * rarity;
                shared += 1;
            } else {
                its += (weight * self.rarity(feature.key)).powi(2);
            }
        }
        own += of_article.map(|rest| rest.telling * rest.telling).sum::<f32>();
        (shared >= SHARED && evidence >= EVIDENCE).then(|| dot / (own * its).sqrt().max(f32::MIN_POSITIVE))
    }
}

/// A feature with what it tells among these stories.
#[derive(Debug, Clone, Copy)]
struct Weighed {
    key: u32,
    family: u8,
    weight: f32,
    telling: f32,
}

/// Whose words are compared.
#[derive(Debug, Clone, Copy)]
enum Family {
    /// Those of the article's language.
    One(u8),
    /// Those of every language that both sides have.
    Any,
}

fn family_of(features: &[Feature]) -> Family {
    features
        .iter()
        .find(|feature| feature.family != 0)
        .map_or(Family::Any, |feature| Family::One(feature.family))
}

pub(crate) const NO_DAYS: (i32, i32) = (i32::MAX, i32::MIN);

fn union(one: (i32, i32), other: (i32, i32)) -> (i32, i32) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// What nearness in time leaves of a similarity: all on the same day, half at the window's width, `None` beyond.
/// Where one side does not say when it was published, there is nothing to hold against it.
fn nearness(one: (i32, i32), other: (i32, i32), window: u32) -> Option<f32> {
    if one == NO_DAYS || other == NO_DAYS {
        return Some(1.0);
    }
    let gap = i64::from(one.0).max(other.0.into()) - i64::from(one.1).min(other.1.into());
    let gap = gap.max(0);
    let window = i64::from(window.max(1));
    (gap <= window).then(|| 1.0 - 0.5 * gap as f32 / window as f32)
}

/// Puts a list where one was given back, or behind the last; its number.
fn put(lists: &mut Vec<[u32; NEWEST]>, free: &mut Vec<u32>, list: [u32; NEWEST]) -> u32 {
    if let Some(number) = free.pop()
        && let Some(place) = lists.get_mut(number as usize)
    {
        *place = list;
        return number;
    }
    lists.push(list);
    lists.len() as u32 - 1
}

fn has(features: &[Feature], key: u32) -> bool {
    features.binary_search_by_key(&key, |feature| feature.key).is_ok()
}

/// Calls `each` with the features of either side, key by key.
fn merge<'a>(
    one: &'a [Feature],
    other: &'a [Feature],
    mut each: impl FnMut(Option<&'a Feature>, Option<&'a Feature>),
) {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    loop {
        match (one.peek(), other.peek()) {
            (None, None) => return,
            (Some(_), None) => each(one.next(), None),
            (None, Some(_)) => each(None, other.next()),
            (Some(a), Some(b)) if a.key < b.key => each(one.next(), None),
            (Some(a), Some(b)) if a.key > b.key => each(None, other.next()),
            (Some(_), Some(_)) => each(one.next(), other.next()),
        }
    }
}
