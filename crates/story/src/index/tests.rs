use document::Feature;
use proptest::prelude::*;

use super::*;
use crate::plot::Newest;
use crate::sketch::{Name, Telling};

const LIMITS: Limits = Limits { window_days: 7, articles_max: 100 };

fn id(number: usize) -> ContentId {
    ContentId::of("", &number.to_string())
}

fn at(day: usize) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + i64::try_from(day).unwrap() * 86_400).unwrap()
}

/// An article that names these, with a text of its own.
fn naming(number: usize, names: &[&str]) -> Sketch {
    let text = (0..60).map(|word| format!("mot{number}x{word}")).collect::<Vec<_>>().join(" ");
    let name = |name| Name { is_place: false, name, reference: None, mentions: 3 };
    let names = names.iter().copied().map(name).collect();
    Telling { text: &text, language: "fr", names, ..Telling::default() }.sketch()
}

/// Places articles that name these, a day apart, and says the story of each by the number of its first article.
#[track_caller]
fn check(articles: &[&[&str]], expected: &[usize]) {
    let mut index = Index::new(LIMITS);
    let stories: Vec<_> = articles
        .iter()
        .enumerate()
        .map(|(number, names)| {
            let sketch = naming(number, names);
            let place = index.place(&Arrival { id: id(number), seen: at(number / 10), sketch: &sketch });
            (0..articles.len()).find(|first| id(*first) == place.story).unwrap()
        })
        .collect();
    assert_eq!(stories, expected);
}

#[test]
fn articles_that_name_the_same_tell_one_story() {
    check(
        &[&["Bonnefoy", "Aurelec", "Tarn"], &["Kessel", "Orbia"], &["Aurelec", "Tarn", "Bonnefoy"]],
        &[0, 1, 0],
    );
}

#[test]
fn one_common_name_is_no_story() {
    check(&[&["Aurelec"], &["Aurelec"], &["Aurelec", "Kessel", "Orbia", "Lumet"]], &[0, 1, 2]);
}

#[test]
fn an_article_that_tells_nothing_is_its_own_story() {
    check(&[&[], &[], &[]], &[0, 1, 2]);
}

#[test]
fn what_left_the_window_begins_anew() {
    let mut index = Index::new(LIMITS);
    let sketch = naming(1, &["Bonnefoy", "Aurelec", "Tarn"]);
    let mut place = |number, day| index.place(&Arrival { id: id(number), seen: at(day), sketch: &sketch });
    assert_eq!(place(1, 0), Place { story: id(1), repeats: None, join: None });
    let again = place(2, 7);
    assert_eq!((again.story, again.repeats.map(|repeat| repeat.of)), (id(1), Some(id(1))));
    // A clock that was set back does not shorten the window.
    assert_eq!(place(3, 3).repeats.map(|repeat| repeat.of), Some(id(1)));
    // Every band of the first is held by nobody now, those of its copies by no one else either.
    assert_eq!(place(4, 15), Place { story: id(4), repeats: None, join: None });
    assert_eq!((index.articles(), index.stories()), (1, 1));
}

#[test]
fn copies_point_to_the_first() {
    let mut index = Index::new(LIMITS);
    let words: Vec<_> = (0..200).map(|word| format!("mot{word}")).collect();
    for number in 0..5 {
        let mut words = words.clone();
        words[number * 7] = "40".to_owned();
        words.truncate(200 - number);
        let sketch = Telling { text: &words.join(" "), ..Telling::default() }.sketch();
        let place = index.place(&Arrival { id: id(number), seen: at(0), sketch: &sketch });
        assert_eq!(place.repeats.map(|repeat| repeat.of), (number > 0).then(|| id(0)), "{place:?}");
        assert_eq!(place.story, id(0));
    }
}

#[test]
fn an_article_can_show_two_stories_to_be_one() {
    let mut index = Index::new(LIMITS);
    let mut place = |number: usize, names: &[&str]| {
        let sketch = naming(number, names);
        index.place(&Arrival { id: id(number), seen: at(0), sketch: &sketch })
    };
    let (one, other) = (["Aurelec", "Tarn", "Orbia"], ["Bonnefoy", "Kessel", "Lumet"]);
    assert_eq!(place(0, &one).story, id(0));
    assert_eq!(place(1, &other).story, id(1));
    // Each of these is told as one of the two, until their centroids name the same.
    let all = ["Aurelec", "Tarn", "Orbia", "Bonnefoy", "Kessel", "Lumet"];
    let joined = (2..8).find_map(|number| place(number, &all).join);
    assert_eq!(joined, Some(Join { story: id(1), into: id(0) }));
    assert_eq!(place(8, &other).story, id(0), "whoever tells the younger one tells the older one now");
}

/// Articles of a small world, so that stories grow, join, and leave.
fn arrivals() -> impl Strategy<Value = Vec<(Vec<u8>, u8, u8)>> {
    prop::collection::vec((prop::collection::vec(0u8..9, 0..5), 0u8..6, 0u8..3), 1..80)
}

fn sketch_of(number: usize, names: &[u8], text: u8) -> Sketch {
    let words: Vec<_> = names.iter().map(|name| format!("Nom{name}")).collect();
    let names: Vec<_> = words.iter().map(String::as_str).collect();
    // Some texts are told again and again, others once.
    let text = if text < 3 { usize::from(text) } else { 1000 + number };
    let mut sketch = naming(text, &names);
    sketch.day = (!number.is_multiple_of(3)).then_some(i32::try_from(number).unwrap() / 10);
    sketch
}

const SMALL: Limits = Limits { window_days: 5, articles_max: 12 };

fn bytes_of(index: &Index) -> Vec<u8> {
    let mut bytes = Vec::new();
    index.encode(&mut |piece| bytes.extend_from_slice(piece));
    bytes
}

/// What has to hold between the parts of an index.
fn check_invariants(index: &Index) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for story in index.plots.slots.iter().flatten() {
        assert!(story.features.is_sorted_by_key(|feature| feature.key));
        for Feature { key, .. } in &story.features {
            *counts.entry(*key).or_default() += 1;
        }
    }
    let found: FxHashMap<u32, u32> =
        index.plots.postings.iter().map(|(key, posting)| (*key, posting.stories)).collect();
    assert_eq!(found, counts, "every feature knows how many stories have it");
    for (key, posting) in &index.plots.postings {
        for slot in index.plots.newest(posting) {
            let story = index.plots.story(*slot).expect("a posting leads to a story of the window");
            assert!(story.features.iter().any(|feature| feature.key == *key));
        }
    }
    let lists = index.plots.postings.values().filter(|posting| matches!(posting.newest, Newest::List(_)));
    assert_eq!(lists.count() + index.plots.free_lists.len(), index.plots.lists.len(), "no list is lost");
    let mut live: FxHashMap<u32, u32> = FxHashMap::default();
    for row in &index.rows {
        let mut slot = row.story;
        while let Some(story) = index.plots.story(slot) {
            *live.entry(slot).or_default() += 1;
            slot = story.into;
        }
    }
    for (slot, story) in index.plots.slots.iter().enumerate() {
        let counted = live.get(&(slot as u32)).copied();
        assert_eq!(story.as_ref().map(|story| story.live), counted, "a story lives as long as its articles");
    }
}

proptest! {
    /// However often it is written and read back in between, and whatever is replayed instead of placed: the places
    /// and the index are the same.
    #[test]
    fn a_restart_changes_nothing(articles in arrivals(), restart in 0usize..80, snapshot in 0usize..80) {
        let mut through = Index::new(SMALL);
        let mut kept = bytes_of(&through);
        let mut since: Vec<(ContentId, Timestamp, Sketch, Place)> = Vec::new();
        let mut restarted: Option<Index> = None;
        let mut day = 0;
        for (number, (names, text, later)) in articles.iter().enumerate() {
            day += usize::from(*later);
            let sketch = sketch_of(number, names, *text);
            let arrival = Arrival { id: id(number), seen: at(day), sketch: &sketch };
            let place = through.place(&arrival);
            check_invariants(&through);
            if let Some(restarted) = &mut restarted {
                prop_assert_eq!(restarted.place(&arrival), place);
                continue;
            }
            since.push((id(number), at(day), sketch, place));
            if number == snapshot {
                kept = bytes_of(&through);
                since.clear();
            }
            if number == restart {
                let mut read = Index::decode(&kept, SMALL).expect("what was written reads back");
                let mut replay = read.replay();
                for (id, seen, sketch, place) in &since {
                    replay.take(&Arrival { id: *id, seen: *seen, sketch }, place.story, place.join);
                }
                prop_assert!(bytes_of(&read) == bytes_of(&through), "replayed is not what it was");
                restarted = Some(read);
            }
        }
    }

    /// An index that begins in the middle, as after its snapshot was lost, keeps the stories' ids.
    #[test]
    fn a_late_start_keeps_the_ids(articles in arrivals(), from in 0usize..80) {
        let mut through = Index::new(SMALL);
        let mut late = Index::new(SMALL);
        let mut replay = late.replay();
        let mut day = 0;
        let mut known = std::collections::BTreeSet::new();
        for (number, (names, text, later)) in articles.iter().enumerate() {
            day += usize::from(*later);
            let sketch = sketch_of(number, names, *text);
            let arrival = Arrival { id: id(number), seen: at(day), sketch: &sketch };
            let place = through.place(&arrival);
            if number >= from {
                replay.take(&arrival, place.story, place.join);
                known.insert(place.story);
            }
        }
        check_invariants(&late);
        for story in late.plots.slots.iter().flatten() {
            prop_assert!(known.contains(&story.id));
        }
    }

    #[test]
    fn any_bytes_are_an_index_or_none(mut bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0usize..2000) {
        prop_assert!(Index::decode(&bytes, SMALL).is_none());
        let mut index = Index::new(SMALL);
        for number in 0..6 {
            let sketch = sketch_of(number, &[1, 2, number as u8], 5);
            index.place(&Arrival { id: id(number), seen: at(0), sketch: &sketch });
        }
        let mut written = bytes_of(&index);
        let cut = cut % written.len();
        prop_assert!(Index::decode(&written[..cut], SMALL).is_none());
        // Damage may make another index, which must be one that can be used.
        written[cut] ^= bytes.pop().unwrap_or(1);
        if let Some(mut damaged) = Index::decode(&written, SMALL) {
            let sketch = sketch_of(9, &[1, 2], 5);
            for number in 20..40 {
                damaged.place(&Arrival { id: id(number), seen: at(number), sketch: &sketch });
            }
        }
    }
}
