//! Trains the models of the enricher from the data beside this crate and writes them to `crates/enricher/model`.
//!
//! usage: `cargo run --release -p train [-- LANGUAGE …] [--mistakes] [--measure] [--words] [--check]`
//!
//! `--words` writes only the tables of common words. `--check` writes nothing: it learns from four fifths of the
//! annotated texts, without the names of the sample articles in any list, and measures the last fifth too, which is
//! what to choose features and settings by.
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
mod vary;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use document::EntityKind;
use enricher::entities::model::Model;
use enricher::lexicon::Lexicon;

use crate::clusters::Words;
use crate::corpus::Document;
use crate::score::Score;
use crate::sentences::Names;
use crate::training::Manner;

/// A model: its language, what it learns from, and what it is measured on.
struct Plan {
    language: &'static str,
    train: &'static [&'static str],
    /// Our own sentences, and how often each is filled with names.
    sentences: &'static [(&'static str, usize)],
    /// The files of names that fill their slots.
    names: &'static [&'static str],
    /// Whether the annotated texts are learnt a second time with other names in them.
    vary: bool,
    manner: Manner,
    measure: &'static [&'static str],
    /// Files whose names, but for places, `--check` takes out of all lists.
    strike: &'static [&'static str],
}

impl Plan {
    /// The annotated texts.
    fn texts(&self, folders: &Folders) -> Result<Vec<Document>> {
        let mut documents = Vec::new();
        for file in self.train {
            documents.extend(corpus::read(&folders.data.join(file))?);
        }
        Ok(documents)
    }

    /// Our own sentences, filled `times` of the number that the plan says.
    fn sentences(
        &self,
        folders: &Folders,
        names: &Names,
        times: impl Fn(usize) -> usize,
    ) -> Result<Vec<Document>> {
        let mut documents = Vec::new();
        for (file, often) in self.sentences {
            documents.extend(sentences::expand(&folders.data.join(file), names, times(*often))?);
        }
        Ok(documents)
    }

    fn vary(&self, documents: &mut Vec<Document>, names: &Names) -> Result<()> {
        if self.vary {
            let varied = vary::vary(documents, names)?;
            documents.extend(varied);
        }
        Ok(())
    }

    fn names(&self, folders: &Folders) -> Result<Names> {
        let files: Vec<PathBuf> = self.names.iter().map(|file| folders.data.join(file)).collect();
        Names::read(&files, &folders.lexicon)
    }

    fn words(&self, folders: &Folders) -> Result<Words> {
        Words::read(&folders.data.join(format!("clusters_{}.tsv.zst", self.language)))
    }
}

const PLANS: &[Plan] = &[
    Plan {
        language: "fr",
        train: &["winer_fr_train.jsonl.zst"],
        sentences: &[("business_fr.txt", 6), ("business_fr_more.txt", 2), ("business_fr_press.txt", 1)],
        names: &["names.txt"],
        vary: true,
        manner: Manner {
            rounds: 14,
            penalty: 9.0,
            hide: [40, 25, 40],
            far: true,
            caution: &[(EntityKind::Product, 0.6)],
        },
        measure: &["winer_fr_dev.jsonl", "seeds_fr.jsonl"],
        strike: &["seeds_fr.jsonl"],
    },
    Plan {
        language: "en",
        train: &["wikigold_en_train.jsonl.zst"],
        sentences: &[("business_en.txt", 9), ("business_en_more.txt", 3), ("business_en_press.txt", 1)],
        names: &["names.txt", "names_press.txt"],
        vary: false,
        manner: Manner {
            rounds: 10,
            penalty: 2.5,
            hide: [0; 3],
            far: false,
            caution: &[(EntityKind::Organization, 1.25)],
        },
        measure: &["uner_en_dev.jsonl"],
        strike: &[],
    },
];

/// What is done for each language.
#[derive(PartialEq)]
enum Task {
    /// Tables of words and models are made.
    Train,
    /// Only the tables of words are made.
    Words,
    /// The committed models are measured.
    Measure,
    /// A part of the texts is held back to measure on.
    Check,
}

/// What the command line asks for.
struct Options {
    task: Task,
    mistakes: bool,
    languages: Vec<String>,
}

impl Options {
    fn read(mut arguments: Vec<String>) -> Result<Self> {
        let mut asked = |flag: &str| {
            let count = arguments.len();
            arguments.retain(|argument| argument != flag);
            arguments.len() < count
        };
        let mistakes = asked("--mistakes");
        let task = match (asked("--check"), asked("--measure"), asked("--words")) {
            (true, ..) => Task::Check,
            (_, true, _) => Task::Measure,
            (.., true) => Task::Words,
            _ => Task::Train,
        };
        if let Some(unknown) =
            arguments.iter().find(|wanted| PLANS.iter().all(|plan| plan.language != wanted.as_str()))
        {
            anyhow::bail!("there is no language {unknown:?} to train");
        }
        Ok(Self { task, mistakes, languages: arguments })
    }

    fn wants(&self, plan: &Plan) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|language| language == plan.language)
    }
}

/// The folders that are read and written.
struct Folders {
    data: PathBuf,
    models: PathBuf,
    lexicon: PathBuf,
    /// Texts to measure on, which are not part of the repository.
    shared: PathBuf,
}

fn main() -> Result<()> {
    let options = Options::read(std::env::args().skip(1).collect())?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = Folders {
        data: here.join("data"),
        models: here.join("../enricher/model"),
        lexicon: here.join("../../config/lexicon"),
        shared: here.join("../../../shared/enrich"),
    };
    for plan in PLANS.iter().filter(|plan| options.wants(plan)) {
        if options.task == Task::Check {
            check(plan, &folders, &options)?;
        } else if options.task == Task::Measure {
            let path = folders.models.join(format!("{}.model", plan.language));
            let packed = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            measure(plan, &Model::unpack(&packed)?, &folders, &Lexicon::new(None)?, &options)?;
        } else {
            build(plan, &folders, &options)?;
        }
    }
    Ok(())
}

/// Learns what the plan says, and writes it.
fn build(plan: &Plan, folders: &Folders, options: &Options) -> Result<()> {
    let start = Instant::now();
    let names = plan.names(folders)?;
    let mut documents = plan.texts(folders)?;
    // Our own sentences count once: what they speak of is no news.
    let mut texts = documents.clone();
    texts.extend(plan.sentences(folders, &names, |_| 1)?);
    let words = background::background(&texts)?;
    write(&folders.models.join(format!("{}.words", plan.language)), &words)?;
    if options.task == Task::Words {
        return Ok(());
    }
    let lexicon = Lexicon::new(None)?;
    plan.vary(&mut documents, &names)?;
    documents.extend(plan.sentences(folders, &names, |times| times)?);
    let packed = training::train(&documents, plan.manner, &mut plan.words(folders)?, &lexicon)?;
    write(&folders.models.join(format!("{}.model", plan.language)), &packed)?;
    println!("{}: {} kB, {:.0} s", plan.language, packed.len() / 1000, start.elapsed().as_secs_f32());
    measure(plan, &Model::unpack(&packed)?, folders, &lexicon, options)
}

/// Every how many texts one is held back by `--check`.
const HELD_BACK: usize = 5;

/// Learns from a part of the texts, without the names of the texts it is measured on in any list.
fn check(plan: &Plan, folders: &Folders, options: &Options) -> Result<()> {
    let start = Instant::now();
    let mut names = plan.names(folders)?;
    let mut lexicon = Lexicon::new(None)?;
    for file in plan.strike {
        let path = folders.shared.join(file);
        if !path.exists() {
            println!("{file} is not here: its names stay in the lists");
            continue;
        }
        for document in corpus::read(&path)? {
            for mention in document.mentions {
                let name = &document.text[mention.span];
                if mention.kind != Some(EntityKind::Place) {
                    names.strike(name);
                    lexicon.strike(name);
                }
            }
        }
    }
    let (mut documents, mut held_back) = (Vec::new(), Vec::new());
    for (place, document) in plan.texts(folders)?.into_iter().enumerate() {
        if place % HELD_BACK == 0 { held_back.push(document) } else { documents.push(document) }
    }
    plan.vary(&mut documents, &names)?;
    documents.extend(plan.sentences(folders, &names, |times| times)?);
    let packed = training::train(&documents, plan.manner, &mut plan.words(folders)?, &lexicon)?;
    println!("{}: {} kB, {:.0} s", plan.language, packed.len() / 1000, start.elapsed().as_secs_f32());
    let model = Model::unpack(&packed)?;
    print!("a fifth of the texts, held back\n{}", score(&model, &held_back, &lexicon, options));
    measure(plan, &model, folders, &lexicon, options)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn measure(
    plan: &Plan,
    model: &Model,
    folders: &Folders,
    lexicon: &Lexicon,
    options: &Options,
) -> Result<()> {
    for file in plan.measure {
        let path = folders.shared.join(file);
        if path.exists() {
            print!("{file}\n{}", score(model, &corpus::read(&path)?, lexicon, options));
        } else {
            println!("{file} is not here: not measured");
        }
    }
    Ok(())
}

fn score(model: &Model, documents: &[Document], lexicon: &Lexicon, options: &Options) -> Score {
    let mut score = Score::default();
    for document in documents {
        let found = training::find(model, document, lexicon);
        score.add(&document.mentions, &found);
        if options.mistakes {
            score::print_mistakes(document, &found);
        }
    }
    score
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
        check("en", "uner_en_dev.jsonl", 0.68);
    }
}
