//! What the story index costs: a million synthetic articles with the repetition of a busy feed.
//!
//! `just bench-stories`. Names and words follow Zipf's law; two articles of three tell a story that others tell, the
//! newest ones most; of those a third are edited copies. Printed for each size of the window: the time to place an
//! article, the slowest thousandth, the memory, and what a restart takes.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use document::{ContentId, Sketch};
use jiff::Timestamp;
use story::{Arrival, Index, Limits, Name, Telling};

const ARTICLES: usize = 1_000_000;
/// Articles a day: a window of seven days has fifty thousand.
const PER_DAY: usize = 7150;

fn main() {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ARTICLES);
    let (sketches, sketching) = sketches(count);
    println!("{count} articles; a sketch takes {:.1} µs", micros(sketching, count));
    println!(
        "| articles in the window | place, mean | place, 99.9 % | memory | an article | stories | snapshot | written in | read in |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for window in [10_000, 50_000, 200_000, 1_000_000] {
        measure(&sketches, window);
    }
    replay(&sketches);
}

fn micros(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e6 / count as f64
}

fn arrival(number: usize, sketch: &Sketch) -> Arrival<'_> {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&(number as u64).to_le_bytes());
    let seen = second(number * 86_400 / PER_DAY);
    Arrival { id: ContentId::from_bytes(id), seen, sketch }
}

fn second(second: usize) -> Timestamp {
    Timestamp::from_second(i64::try_from(second).unwrap()).unwrap()
}

/// Places all of them, and reads the index back.
fn measure(sketches: &[Sketch], window: usize) {
    let limits = Limits { window_days: 1000, articles_max: window };
    let mut index = Index::new(limits);
    let mut times = Vec::with_capacity(sketches.len());
    for (number, sketch) in sketches.iter().enumerate() {
        let began = Instant::now();
        index.place(&arrival(number, sketch));
        times.push(began.elapsed());
    }
    let mean = times.iter().sum::<Duration>();
    times.sort_unstable();
    let slow = times[times.len() - 1 - times.len() / 1000];
    let began = Instant::now();
    let mut bytes = Vec::new();
    index.encode(&mut |piece| bytes.extend_from_slice(piece));
    let written = began.elapsed();
    let began = Instant::now();
    let read = Index::decode(&bytes, limits).unwrap();
    println!(
        "| {} | {:.1} µs | {:.0} µs | {:.1} MB | {} B | {} | {:.1} MB | {:.0} ms | {:.0} ms |",
        read.articles(),
        micros(mean, sketches.len()),
        slow.as_secs_f64() * 1e6,
        index.bytes() as f64 / 1e6,
        index.bytes() / index.articles(),
        index.stories(),
        bytes.len() as f64 / 1e6,
        written.as_secs_f64() * 1e3,
        began.elapsed().as_secs_f64() * 1e3
    );
}

/// The worst restart: everything since the last snapshot, half a window, is taken in again.
fn replay(sketches: &[Sketch]) {
    let limits = Limits { window_days: 1000, articles_max: 50_000 };
    let mut index = Index::new(limits);
    let places: Vec<_> = sketches[..75_000.min(sketches.len())]
        .iter()
        .enumerate()
        .map(|(number, sketch)| index.place(&arrival(number, sketch)))
        .collect();
    let mut again = Index::new(limits);
    let mut taking = again.replay();
    let mut last = Duration::ZERO;
    for (number, (sketch, place)) in sketches.iter().zip(&places).enumerate() {
        let began = Instant::now();
        taking.take(&arrival(number, sketch), place.story, place.join);
        if number >= 50_000 {
            last += began.elapsed();
        }
    }
    println!(
        "replaying 25,000 articles into a full window: {:.0} ms, without reading their lines",
        last.as_secs_f64() * 1e3
    );
}

/// An article that can be told again.
#[derive(Clone)]
struct Told {
    words: Vec<usize>,
    names: Vec<usize>,
    title: Vec<usize>,
    language: &'static str,
}

struct Story {
    names: Vec<usize>,
    topic: Vec<usize>,
    last: Told,
}

fn sketches(count: usize) -> (Vec<Sketch>, Duration) {
    let mut dice = Dice(11);
    let mut stories: VecDeque<Story> = VecDeque::new();
    let mut sketching = Duration::ZERO;
    let sketches = (0..count).map(|number| {
        let told = next(&mut dice, &mut stories);
        let day = number / PER_DAY;
        let text = spelt(&told.words);
        let title = spelt(&told.title);
        let names: Vec<_> = told.names.iter().map(|name| format!("Nom{name}")).collect();
        let terms: Vec<_> = told.title.iter().map(|word| format!("mot{word}")).collect();
        let edtf = second(day * 86_400).strftime("%Y-%m-%d").to_string();
        let telling = Telling {
            title: &title,
            text: &text,
            language: told.language,
            published: Some(&edtf),
            names: names
                .iter()
                .enumerate()
                .map(|(rank, name)| Name {
                    is_place: rank % 4 == 3,
                    name,
                    reference: None,
                    mentions: 1 + 6 / (rank + 1),
                })
                .collect(),
            quantities: Vec::new(),
            dates: vec![&edtf],
            keywords: terms.iter().map(String::as_str).collect(),
        };
        let began = Instant::now();
        let sketch = telling.sketch();
        sketching += began.elapsed();
        sketch
    });
    (sketches.collect(), sketching)
}

fn spelt(words: &[usize]) -> String {
    words.iter().map(|word| format!("mot{word}")).collect::<Vec<_>>().join(" ")
}

fn next(dice: &mut Dice, stories: &mut VecDeque<Story>) -> Told {
    let known = dice.zipf(400);
    if known >= stories.len() || dice.roll(3) == 0 {
        let names: Vec<_> = (0..7).map(|_| dice.zipf(200_000)).collect();
        let topic: Vec<_> = (0..12).map(|_| dice.zipf(50_000)).collect();
        let last = tell(dice, &names, &topic);
        stories.push_front(Story { names, topic, last: last.clone() });
        stories.truncate(400);
        return last;
    }
    if dice.roll(3) == 0 {
        // An edited copy: a few words changed, a paragraph more.
        let mut copy = stories[known].last.clone();
        for _ in 0..6 {
            let at = dice.roll(copy.words.len());
            copy.words[at] = dice.zipf(50_000);
        }
        let more = dice.roll(40);
        copy.words.extend((0..more).map(|_| dice.zipf(50_000)));
        return copy;
    }
    let (names, topic) = (stories[known].names.clone(), stories[known].topic.clone());
    let told = tell(dice, &names, &topic);
    stories[known].last = told.clone();
    told
}

/// Three of four of the story's names and words, and some of its own.
fn tell(dice: &mut Dice, names: &[usize], topic: &[usize]) -> Told {
    let mut names: Vec<_> = names.iter().copied().filter(|_| dice.roll(4) > 0).collect();
    names.extend((0..dice.roll(8)).map(|_| dice.zipf(200_000)));
    let mut title: Vec<_> = topic.iter().copied().filter(|_| dice.roll(4) > 0).collect();
    title.push(dice.zipf(50_000));
    let words = (0..150 + dice.roll(400)).map(|_| dice.zipf(50_000)).collect();
    Told { words, names, title, language: if dice.roll(3) == 0 { "en" } else { "fr" } }
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64 (Steele, Lea, Flood 2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    /// A rank of Zipf's law with exponent 1 over so many ranks.
    fn zipf(&mut self, ranks: usize) -> usize {
        let part = self.roll(1 << 53) as f64 / (1u64 << 53) as f64;
        (((ranks as f64 + 1.0).ln() * part).exp() - 1.0) as usize
    }
}
