//! A text that was edited is recognised, and one that was not is left alone.
//!
//! From the articles of WiNER-fr beside the repository a generator makes pairs with stated edits: another headline,
//! changed figures, paragraphs added or cut, other chrome around it, other typography, and all of these together. The
//! strength of an edit is the part of the original's words that it adds, cuts or changes. `cargo test -p story --test
//! repeats -- --nocapture` prints the tables of `docs/stories.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use document::ContentId;
use jiff::Timestamp;
use story::{Arrival, Index, Limits, Telling};

const RELATED: usize = 2000;
const UNRELATED: usize = 20_000;

#[test]
fn edited_copies_are_told_from_other_articles() {
    let Some(articles) = articles() else { return };
    let mut dice = Dice(7);

    // By edit, and by strength in twentieths: how many, and how many were recognised.
    let mut found: BTreeMap<(&str, usize), (usize, usize)> = BTreeMap::new();
    let mut right = 0;
    for pair in 0..RELATED {
        let original = &articles[dice.roll(articles.len())];
        let (edit, change) = EDITS[pair % EDITS.len()];
        let twentieths = STRENGTHS[dice.roll(STRENGTHS.len())];
        let other = &articles[dice.roll(articles.len())];
        let edited = change(original, other, twentieths as f32 / 20.0, &mut dice);
        // Another headline is as strong an edit as it is long.
        let twentieths = match edit {
            "headline" => words(original.lines().next().unwrap_or_default()) * 20 / words(original).max(1),
            _ => twentieths,
        };
        let twentieths = *STRENGTHS.iter().rev().find(|strength| **strength <= twentieths).unwrap_or(&0);
        let recognised = repeats(original, &edited);
        right += usize::from(recognised);
        let cell = found.entry((edit, twentieths)).or_default();
        cell.0 += 1;
        cell.1 += usize::from(recognised);
    }
    let wrong = (0..UNRELATED)
        .filter(|_| {
            let (one, other) = (dice.roll(articles.len()), dice.roll(articles.len() - 1));
            let other = if other >= one { other + 1 } else { other };
            let taken = repeats(&articles[one], &articles[other]);
            if taken {
                println!("taken for a copy:\n{:.300}\n--\n{:.300}\n", articles[one], articles[other]);
            }
            taken
        })
        .count();

    print(&found);
    let (asked, recognised) = found
        .iter()
        .filter(|((_, twentieths), _)| *twentieths <= 4)
        .fold((0, 0), |sum, (_, cell)| (sum.0 + cell.0, sum.1 + cell.1));
    let recall = recognised as f64 / asked as f64;
    let precision = right as f64 / (right + wrong) as f64;
    println!(
        "precision {precision:.4} ({wrong} of {UNRELATED} unrelated pairs), recall {recall:.4} up to a fifth ({asked} pairs)"
    );
    assert!(precision >= 0.999, "{wrong} unrelated pairs are taken for copies");
    assert!(recall >= 0.98, "{recognised} of {asked} copies are recognised");
}

/// In twentieths of the original's words.
const STRENGTHS: [usize; 8] = [0, 1, 2, 3, 4, 6, 8, 10];

type Change = fn(&str, &str, f32, &mut Dice) -> String;

const EDITS: [(&str, Change); 7] = [
    ("headline", headline),
    ("figures", figures),
    ("paragraph added", added),
    ("paragraph cut", cut),
    ("chrome", chrome),
    ("typography", typography),
    ("all together", together),
];

/// Whether the second is placed as a copy of the first.
fn repeats(one: &str, other: &str) -> bool {
    let mut index = Index::new(Limits { window_days: 7, articles_max: 4 });
    let mut place = |id, text| {
        let sketch = Telling { text, ..Telling::default() }.sketch();
        index.place(&Arrival { id, seen: Timestamp::UNIX_EPOCH, sketch: &sketch }).repeats.is_some()
    };
    place(ContentId::of("", "one"), one);
    place(ContentId::of("", "other"), other)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Paragraphs of `source`, sentences where they are too long, of about `budget` words in all.
fn pieces(source: &str, budget: usize, dice: &mut Dice) -> Vec<String> {
    let parts: Vec<_> = source.split_inclusive(". ").flat_map(|part| part.split('\n')).collect();
    let mut left = budget;
    let mut taken = Vec::new();
    let mut at = dice.roll(parts.len());
    while left > 0 {
        let part: Vec<_> = parts[at % parts.len()].split_whitespace().take(left).collect();
        left -= part.len();
        taken.push(part.join(" "));
        at += 1;
        if at > 10 * parts.len() {
            break;
        }
    }
    taken
}

fn budget(text: &str, strength: f32) -> usize {
    (words(text) as f32 * strength) as usize
}

/// The first line is the headline in this corpus.
fn headline(text: &str, other: &str, _: f32, _: &mut Dice) -> String {
    let body = text.split_once('\n').map_or(text, |(_, body)| body);
    format!("{}\n{body}", other.lines().next().unwrap_or_default())
}

/// Numbers get other digits, until the strength is used up; and where there are no more numbers, that is all.
fn figures(text: &str, _: &str, strength: f32, dice: &mut Dice) -> String {
    let mut left = budget(text, strength).max(1);
    let changed = text.split(' ').map(|word| {
        if left == 0 || !word.contains(|c: char| c.is_ascii_digit()) {
            return word.to_owned();
        }
        left -= 1;
        word.chars()
            .map(|c| if c.is_ascii_digit() { (b'0' + dice.roll(10) as u8) as char } else { c })
            .collect()
    });
    changed.collect::<Vec<_>>().join(" ")
}

fn added(text: &str, other: &str, strength: f32, dice: &mut Dice) -> String {
    let mut paragraphs: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
    let new = pieces(other, budget(text, strength), dice).join(" ");
    let at = dice.roll(paragraphs.len() + 1);
    paragraphs.insert(at, new);
    paragraphs.join("\n\n")
}

fn cut(text: &str, _: &str, strength: f32, dice: &mut Dice) -> String {
    let words: Vec<_> = text.split(' ').collect();
    let gone = (words.len() as f32 * strength) as usize;
    let from = dice.roll(words.len() - gone + 1);
    [&words[..from], &words[from + gone..]].concat().join(" ")
}

/// What sites put around an article, as long as the strength allows: on half of it before, on half behind.
fn chrome(text: &str, _: &str, strength: f32, dice: &mut Dice) -> String {
    const LINES: &[&str] = &[
        "Accueil > Actualités > International",
        "Publié le lundi à 10 h 42, mis à jour à 11 h 05",
        "Temps de lecture : 3 min",
        "Réservé aux abonnés. Déjà inscrit ? Identifiez-vous pour continuer votre lecture",
        "Partager sur les réseaux, envoyer à un ami, imprimer cette page",
        "À lire aussi : notre dossier complet et toutes les réactions de la journée",
        "Recevez chaque matin notre lettre et l'essentiel de l'information",
        "Tous droits réservés, reproduction interdite sans accord de la rédaction",
        "Les plus lus de la semaine dans cette rubrique",
        "Nos journalistes répondent à vos questions, écrivez-nous",
    ];
    let budget = budget(text, strength);
    let mut around = [String::new(), String::new()];
    let mut used = 0;
    while used < budget {
        let line = LINES[dice.roll(LINES.len())];
        let line: Vec<_> = line.split(' ').take(budget - used).collect();
        used += line.len();
        let side = &mut around[dice.roll(2)];
        side.push_str(&line.join(" "));
        side.push('\n');
    }
    format!("{}\n{text}\n\n{}", around[0], around[1])
}

/// Another house's typography, which changes no word.
fn typography(text: &str, _: &str, _: f32, dice: &mut Dice) -> String {
    let mut set = text.replace('\'', "’").replace(" :", "\u{a0}:").replace(" ;", "\u{202f};");
    if dice.roll(2) == 0 {
        set = set.replace("« ", "\"").replace(" »", "\"").replace("oe", "œ");
    }
    if dice.roll(2) == 0 {
        set = set.replace('é', "e\u{301}").replace('à', "a\u{300}");
    }
    if dice.roll(2) == 0 {
        set = set.replace('É', "E").replace("tion", "ti\u{ad}on").replace('-', "\u{2011}");
    }
    set
}

fn together(text: &str, other: &str, strength: f32, dice: &mut Dice) -> String {
    let text = headline(text, other, 0.0, dice);
    let text = figures(&text, other, strength / 4.0, dice);
    let text = added(&text, other, strength / 4.0, dice);
    let text = cut(&text, other, strength / 4.0, dice);
    let text = chrome(&text, other, strength / 4.0, dice);
    typography(&text, other, 0.0, dice)
}

fn print(found: &BTreeMap<(&str, usize), (usize, usize)>) {
    print!("| edit |");
    for twentieths in STRENGTHS {
        print!(" {} % |", twentieths * 5);
    }
    println!("\n| --- |{}", " --- |".repeat(STRENGTHS.len()));
    for (edit, _) in EDITS {
        print!("| {edit} |");
        for twentieths in STRENGTHS {
            match found.get(&(edit, twentieths)) {
                Some((asked, right)) => print!(" {:.2} |", *right as f32 / *asked as f32),
                None => print!(" – |"),
            }
        }
        println!();
    }
}

fn articles() -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/enrich");
    let mut articles = Vec::new();
    for file in ["winer_fr_train.jsonl", "winer_fr_dev.jsonl"] {
        let path = folder.join(file);
        let Ok(lines) = fs::read_to_string(&path) else {
            eprintln!("skipped: {} is not there", path.display());
            return None;
        };
        articles.extend(lines.lines().map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            line["text"].as_str().unwrap().to_owned()
        }));
    }
    Some(articles)
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
}
