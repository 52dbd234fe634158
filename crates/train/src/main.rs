//! Trains the models of the enricher from the data beside this crate and writes them to `crates/enricher/model`.
//!
//! usage: `cargo run --release -p train [-- LANGUAGE …] [--mistakes] [--measure] [--words]`
//!
//! `--words` writes only the tables of common words.
//!
//! The same data give the same bytes. Then it prints how many mentions the models find in texts that they have not
//! seen, where those are there (`../shared/enrich`, relative to the repository root). `--measure` measures the
//! committed models and trains nothing.

mod background;
mod clusters;
mod corpus;
mod crf;
mod score;
mod sentences;
mod training;

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use enricher::entities::model::Model;
use enricher::lexicon::Lexicon;

use crate::clusters::Words;
use crate::score::Score;
use crate::sentences::Names;

/// A model: its language, what it learns from, and what it is measured on.
struct Plan {
    language: &'static str,
    train: &'static [&'static str],
    /// Our own sentences, and how often each is filled with names.
    sentences: (&'static str, usize),
    /// Weight of the first look's penalty: texts of few kinds ask for more of it.
    penalty: f32,
    measure: &'static [&'static str],
}

const PLANS: &[Plan] = &[
    Plan {
        language: "fr",
        train: &["winer_fr_train.jsonl.zst"],
        sentences: ("business_fr.txt", 6),
        penalty: 7.0,
        measure: &["winer_fr_dev.jsonl", "seeds_fr.jsonl"],
    },
    Plan {
        language: "en",
        train: &["wikigold_en_train.jsonl.zst"],
        sentences: ("business_en.txt", 9),
        penalty: 2.5,
        measure: &["uner_en_dev.jsonl"],
    },
];

fn main() -> Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (data, models) = (here.join("data"), here.join("../enricher/model"));
    let shared = here.join("../../../shared/enrich");
    let mut wanted: Vec<String> = std::env::args().skip(1).collect();
    let mistakes = wanted.iter().any(|argument| argument == "--mistakes");
    let measure_only = wanted.iter().any(|argument| argument == "--measure");
    let words_only = wanted.iter().any(|argument| argument == "--words");
    wanted.retain(|argument| !argument.starts_with("--"));
    if let Some(unknown) =
        wanted.iter().find(|wanted| PLANS.iter().all(|plan| plan.language != wanted.as_str()))
    {
        anyhow::bail!("there is no language {unknown:?} to train");
    }
    let lexicon = Lexicon::new(None)?;
    let names = Names::read(&data.join("names.txt"), &here.join("../../config/lexicon"))?;
    for plan in PLANS.iter().filter(|plan| wanted.is_empty() || wanted.iter().any(|one| one == plan.language))
    {
        let path = models.join(format!("{}.model", plan.language));
        if measure_only {
            let packed = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            measure(plan, &Model::unpack(&packed)?, &shared, &lexicon, mistakes)?;
            continue;
        }
        let start = Instant::now();
        let mut documents = Vec::new();
        for file in plan.train {
            documents.extend(corpus::read(&data.join(file))?);
        }
        let (file, times) = plan.sentences;
        // Our own sentences count once: what they speak of is no news.
        let mut texts = documents.clone();
        texts.extend(sentences::expand(&data.join(file), &names, 1)?);
        let words = background::background(&texts)?;
        write(&models.join(format!("{}.words", plan.language)), &words)?;
        if words_only {
            continue;
        }
        documents.extend(sentences::expand(&data.join(file), &names, times)?);
        let mut words = Words::read(&data.join(format!("clusters_{}.tsv.zst", plan.language)))?;
        let packed = training::train(&documents, plan.penalty, &mut words, &lexicon)?;
        write(&path, &packed)?;
        println!("{}: {} kB, {:.0} s", plan.language, packed.len() / 1000, start.elapsed().as_secs_f32());
        measure(plan, &Model::unpack(&packed)?, &shared, &lexicon, mistakes)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn measure(plan: &Plan, model: &Model, shared: &Path, lexicon: &Lexicon, mistakes: bool) -> Result<()> {
    for file in plan.measure {
        let path = shared.join(file);
        if !path.exists() {
            println!("{file} is not here: not measured");
            continue;
        }
        let mut score = Score::default();
        for document in corpus::read(&path)? {
            let found = training::find(model, &document, lexicon);
            score.add(&document.mentions, &found);
            if mistakes {
                score::print_mistakes(&document, &found);
            }
        }
        print!("{file}\n{score}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The committed model finds at least this share (F1) of the people, organizations and places of a file.
    #[track_caller]
    fn check(language: &str, file: &str, least: f64) {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = here.join("../../../shared/enrich").join(file);
        if !path.exists() {
            println!("skipped: {file} is not here");
            return;
        }
        let packed = fs::read(here.join("../enricher/model").join(language).with_extension("model")).unwrap();
        let (model, lexicon) = (Model::unpack(&packed).unwrap(), Lexicon::new(None).unwrap());
        let mut score = Score::default();
        for document in corpus::read(&path).unwrap() {
            score.add(&document.mentions, &training::find(&model, &document, &lexicon));
        }
        assert!(score.common() >= least, "{file}\n{score}");
    }

    #[test]
    fn the_committed_models_keep_their_scores() {
        check("fr", "winer_fr_dev.jsonl", 0.89);
        check("fr", "seeds_fr.jsonl", 0.95);
        check("en", "uner_en_dev.jsonl", 0.66);
    }
}
