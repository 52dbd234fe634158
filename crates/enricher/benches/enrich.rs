//! How fast is it? Tokens and articles a second on one core, step by step and as a whole.
//!
//! `cargo bench -p enricher [-- FILE.jsonl]`: the texts are the `text` of each line; by default the French
//! development texts of `../shared/enrich`, and without them the sample articles of the repository.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use document::{Article, Entity, Text};
use enricher::entities::features::Facts;
use enricher::entities::model::Model;
use enricher::entities::tagger;
use enricher::language::Detector;
use enricher::lexicon::Lexicon;
use enricher::reading::{Reading, Tongue, Vocabulary};
use enricher::tokens::Tokens;
use enricher::{Config, Enricher, amounts, dates, entities, facts, keywords, quotes};

fn main() -> Result<(), enricher::Error> {
    let articles = articles();
    let tokens: usize = articles.iter().map(|article| Tokens::new(&article.text).len()).sum();
    println!("{} articles, {tokens} tokens", articles.len());

    let load = || Enricher::new(&Config::built_in());
    println!("{:<28}{:>9.1} ms", "loading", best(|| drop(black_box(load()))).as_secs_f64() * 1e3);
    let lists = || Lexicon::new(None);
    println!(
        "{:<28}{:>9.1} ms",
        "  of it the lexicons",
        best(|| drop(black_box(lists()))).as_secs_f64() * 1e3
    );
    let values = || (Vocabulary::new(None), dates::Finder::built_in(), amounts::Finder::new(None));
    println!(
        "{:<28}{:>9.1} ms",
        "  of it units and calendar",
        best(|| drop(black_box(values()))).as_secs_f64() * 1e3
    );
    let enricher = load()?;

    let report = |name: &str, time: Duration| {
        let seconds = time.as_secs_f64();
        println!(
            "{name:<28}{:>9.0} tokens/s{:>9.0} articles/s",
            tokens as f64 / seconds,
            articles.len() as f64 / seconds
        );
    };
    report("tokens", each(&articles, |article| drop(black_box(Tokens::new(&article.text)))));

    let detector = Detector::new();
    report("language", each(&articles, |article| detector.detect(&article.text)));

    let model = Model::unpack(include_bytes!("../model/fr.model"))?;
    let lexicon = lists()?;
    let cut: Vec<_> = articles.iter().map(|article| Tokens::new(&article.text)).collect();
    let look = |tokens: &Tokens<'_>| Facts::new(tokens, &model.clusters, &lexicon);
    report("  of entities the facts", each(&cut, look));
    report("  of entities the tagging", each(&cut, |tokens| tagger::tag(&model, tokens, &look(tokens))));
    let finder = entities::Finder::new(|| entities::Names::new(None).map_err(enricher::Error::from))?;
    let find = |tokens: &Tokens<'_>| finder.find(tokens, "fr", &lexicon, &[]);
    report("entities", each(&cut, find));
    let found: Vec<_> = articles
        .iter()
        .zip(&cut)
        .map(|(article, tokens)| (article.title.as_deref().unwrap_or_default(), tokens, find(tokens)))
        .collect();
    let quotes = quotes::Finder::new(None, Arc::clone(finder.given_names()))?;
    report("quotes", each(&found, |(_, tokens, names)| quotes.find(tokens, "fr", names, &lexicon)));
    let keywords = keywords::Finder::new()?;
    report("keywords", each(&found, |(title, tokens, names)| keywords.find(tokens, title, "fr", names, &[])));
    let vocabulary = Vocabulary::new(None)?;
    let read = |tokens: &Tokens<'_>| drop(black_box(Reading::new(tokens, Tongue::French, &vocabulary)));
    report("reading for values", each(&cut, read));
    let readings: Vec<_> =
        cut.iter().map(|tokens| Reading::new(tokens, Tongue::French, &vocabulary)).collect();
    let (when, how_much) = (dates::Finder::built_in(), amounts::Finder::new(None)?);
    report("dates", each(&readings, |reading| when.find(reading, None)));
    report("amounts", each(&readings, |reading| how_much.find(reading, &[])));
    let stated = facts::FactFinder::new(None)?;
    let state = |(title, tokens, names): &(&str, &Tokens<'_>, Vec<Entity>)| {
        stated.find(tokens, title, "fr", names, &[], &[])
    };
    report("facts", each(&found, state));
    report("all of it", each(&articles, |article| enricher.enrich(article)));
    Ok(())
}

/// One pass over all items.
fn each<T, R>(items: &[T], work: impl Fn(&T) -> R) -> Duration {
    best(|| items.iter().for_each(|item| drop(black_box(work(item)))))
}

/// The shortest of several runs: what the machine can do when nobody disturbs it.
fn best(work: impl Fn()) -> Duration {
    let run = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..40).map(|_| run()).min().unwrap_or_default()
}

fn articles() -> Vec<Article> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let file = given.map_or_else(|| root.join("../shared/enrich/winer_fr_dev.jsonl"), Into::into);
    let texts: Vec<String> = match fs::read_to_string(&file) {
        Ok(lines) => lines
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter_map(|line| Some(line.get("text")?.as_str()?.to_owned()))
            .collect(),
        Err(_) => fs::read_dir(root.join("seeds"))
            .into_iter()
            .flatten()
            .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok())
            .collect(),
    };
    texts.into_iter().filter_map(|text| Some(Article::bare("text/plain", Text::new(text)?))).collect()
}
