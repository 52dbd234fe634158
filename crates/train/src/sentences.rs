//! Our own sentences: templates with names marked inline and slots that are filled with names.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use document::EntityKind;

use crate::corpus::{Document, Mention, kind};
use crate::crf::Random;

/// Real names are taken from the built-in lexicons for this share of the slots, in percent.
const KNOWN: usize = 30;

/// The names that fill slots, by list.
pub(crate) struct Names {
    lists: HashMap<String, Vec<String>>,
}

impl Names {
    /// Reads the lists of these files and of the lexicons in `lexicon`.
    pub(crate) fn read(files: &[PathBuf], lexicon: &Path) -> Result<Self> {
        let mut lists: HashMap<String, Vec<String>> = HashMap::new();
        for file in files {
            let mut list = String::new();
            for line in read(file)?.lines().filter(|line| !line.starts_with('#')) {
                if let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                    heading.clone_into(&mut list);
                } else {
                    lists.entry(list.clone()).or_default().extend(line.split(", ").map(str::to_owned));
                }
            }
        }
        for list in ["companies", "cities", "given-names", "products", "media"] {
            let entries = read(&lexicon.join(list).with_extension("txt"))?;
            let entries = entries.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            lists.entry(list.to_owned()).or_default().extend(entries.map(str::to_owned));
        }
        Ok(Self { lists })
    }

    /// Takes a name out of all lists.
    pub(crate) fn strike(&mut self, name: &str) {
        self.lists.values_mut().for_each(|names| names.retain(|known| known != name));
    }

    pub(crate) fn pick(&self, list: &str, random: &mut Random) -> Result<&str> {
        let names = self.lists.get(list).with_context(|| format!("no list of names {list:?}"))?;
        Ok(&names[random.below(names.len())])
    }

    /// A name for a slot of this kind.
    fn name(&self, slot: &str, random: &mut Random) -> Result<String> {
        let known = random.below(100) < KNOWN;
        let mut pick = |list: &str| self.pick(list, random).map(str::to_owned);
        Ok(match slot {
            "org" if known => pick("companies")?,
            "org" => {
                let base = pick("organization")?;
                match random.below(20) {
                    0..=4 if !base.contains(' ') => format!("{base} {}", self.pick("suffix", random)?),
                    5 if !base.contains(' ') => format!("{} {base}", self.pick("prefix", random)?),
                    6 => base.to_uppercase(),
                    7 => initials(random),
                    8 if !base.contains(' ') => format!("{base}{}", self.pick("suffix", random)?),
                    _ => base,
                }
            }
            "long" => {
                let (word, noun, tail) = (pick("word")?, pick("noun")?, pick("tail")?);
                let first = if known { pick("cities")? } else { word };
                format!("{first} {noun} {tail}")
            }
            "medium" if known => pick("media")?,
            "person" => {
                let list = if known { "first" } else { "given-names" };
                format!("{} {}", pick(list)?, pick("last")?)
            }
            "product" if known => pick("products")?,
            "product" => {
                let base = pick("product")?;
                match random.below(10) {
                    0 | 1 => format!("{base} {}", 1 + random.below(9)),
                    2 => format!("{base} {}", self.pick("product-suffix", random)?),
                    3..=5 => code(random),
                    6 => format!("{} {base}", code(random)),
                    _ => base,
                }
            }
            "city" => pick("cities")?,
            _ => pick(slot)?,
        })
    }
}

fn initials(random: &mut Random) -> String {
    (0..3 + random.below(2)).map(|_| char::from(b'A' + random.below(26) as u8)).collect()
}

/// A model number: `GX200`, `H40`, `MX-7`.
fn code(random: &mut Random) -> String {
    let letters: String = initials(random).chars().take(1 + random.below(2)).collect();
    let number = [7, 9, 10, 20, 40, 100, 200, 300, 500, 900][random.below(10)] + random.below(5);
    let dash = if random.below(4) == 0 { "-" } else { "" };
    format!("{letters}{dash}{number}")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The texts of a file of templates, each filled `times` times.
pub(crate) fn expand(path: &Path, names: &Names, times: usize) -> Result<Vec<Document>> {
    let file = read(path)?;
    let mut random = Random(0x5eed_2026);
    let mut documents = Vec::new();
    for template in file.split("\n\n") {
        let lines: Vec<&str> = template.lines().filter(|line| !line.starts_with('#')).collect();
        for _ in 0..times {
            let mut filled =
                Filled { names, random: &mut random, chosen: HashMap::new(), document: Document::default() };
            for (index, line) in lines.iter().enumerate() {
                if index > 0 {
                    filled.document.text.push_str("\n\n");
                }
                filled.fill(line).with_context(|| format!("in {}: {line}", path.display()))?;
            }
            if !filled.document.text.is_empty() {
                documents.push(filled.document);
            }
        }
    }
    Ok(documents)
}

/// A template on the way to a text.
struct Filled<'n> {
    names: &'n Names,
    random: &'n mut Random,
    /// The names of the slots so far, by list and number.
    chosen: HashMap<(String, String), String>,
    document: Document,
}

impl Filled<'_> {
    fn fill(&mut self, line: &str) -> Result<()> {
        let mut rest = line;
        while let Some(place) = rest.find(['[', '{']) {
            self.document.text.push_str(&rest[..place]);
            rest = &rest[place..];
            if let Some(marked) = rest.strip_prefix('[') {
                let (name, after) = marked.split_once("](").context("an open [")?;
                let (name_kind, after) = after.split_once(')').context("an open (")?;
                self.mention(name, kind(name_kind)?);
                rest = after;
            } else {
                let (slot, after) = rest[1..].split_once('}').context("an open {")?;
                let (list, number) = slot.split_once(':').context("a slot without a number")?;
                self.slot(list, number)?;
                rest = after;
            }
        }
        self.document.text.push_str(rest);
        Ok(())
    }

    fn slot(&mut self, list: &str, number: &str) -> Result<()> {
        use EntityKind::{Organization, Person, Place, Product};
        for prefix in ["lower-", "caps-"] {
            let Some(list) = list.strip_prefix(prefix) else { continue };
            let start = self.document.text.len();
            self.slot(list, number)?;
            let name = &self.document.text[start..];
            let name = if prefix == "caps-" { name.to_uppercase() } else { name.to_lowercase() };
            self.document.text.truncate(start);
            self.document.text.push_str(&name);
            // What stands before the name, an article, keeps its length.
            if let Some(mention) = self.document.mentions.last_mut() {
                mention.span.end = self.document.text.len();
            }
            return Ok(());
        }
        match list {
            "org" | "long" | "medium" | "body" | "union" => {
                let name = self.name(list, number)?;
                self.named(&name, Some(Organization));
            }
            "acr" => {
                let name: String =
                    self.name("long", number)?.split(' ').filter_map(|word| word.chars().next()).collect();
                self.named(&name, Some(Organization));
            }
            "person" => {
                let name = self.name(list, number)?;
                self.named(&name, Some(Person));
            }
            "caps" => {
                let name = self.name("person", number)?.to_uppercase();
                self.named(&name, Some(Person));
            }
            "first" => {
                let name = self.name("person", number)?;
                let first = name.split(' ').next().unwrap_or(&name);
                self.named(first, Some(Person));
            }
            "last" | "surname" => {
                let name = self.name("person", number)?;
                let given = if name.as_bytes().get(1) == Some(&b'.') {
                    name.rfind(". ").map(|dot| dot + 1)
                } else {
                    name.find(' ')
                };
                self.named(name[given.unwrap_or(0)..].trim_start(), Some(Person));
            }
            "city" | "region" | "country_en" => {
                let name = self.name(list, number)?;
                // The annotated texts leave the article out.
                let name = name.strip_prefix("the ").map_or(name.as_str(), |name| {
                    self.document.text.push_str("the ");
                    name
                });
                self.named(name, Some(Place));
            }
            "country" => {
                let name = self.name(list, number)?;
                self.named(&name, Some(Place));
            }
            "le" => {
                let name = self.name("country", number)?;
                let article = match name.split_once('=') {
                    Some((_, "m")) => "le ",
                    Some((_, "f")) => "la ",
                    Some((_, "p")) => "les ",
                    _ => "l'",
                };
                let begins = self.document.text.is_empty()
                    || self.document.text.ends_with(['\n'])
                    || self.document.text.ends_with(". ");
                let article = if begins { format!("L{}", &article[1..]) } else { article.to_owned() };
                self.document.text.push_str(&article);
                self.named(&name, Some(Place));
            }
            "product" => {
                let name = self.name(list, number)?;
                self.named(&name, Some(Product));
            }
            "orgproduct" => {
                let name = format!("{} {}", self.name("org", number)?, self.name("product", number)?);
                self.named(&name, Some(Product));
            }
            "adjective" | "adjective2" => {
                let name = self.name(list, number)?;
                self.document.text.push_str(&name);
            }
            _ => bail!("no such slot: {list}"),
        }
        Ok(())
    }

    /// The name of a slot, the same one wherever its number is the same.
    fn name(&mut self, list: &str, number: &str) -> Result<String> {
        let slot = (list.to_owned(), number.to_owned());
        if let Some(name) = self.chosen.get(&slot) {
            return Ok(name.clone());
        }
        let name = self.names.name(list, self.random)?;
        self.chosen.insert(slot, name.clone());
        Ok(name)
    }

    /// Appends a name whose gender may stand behind `=`, after the preposition that it asks for.
    fn named(&mut self, name: &str, kind: Option<EntityKind>) {
        let (name, gender) = name.split_once('=').unwrap_or((name, ""));
        let vowel = name.starts_with(|c: char| "AEIOUYÉÈÊÎÂaeiouyéè".contains(c));
        let text = &mut self.document.text;
        for (preposition, words) in [
            ("de+", ["du ", "de la ", "des ", "de l'", "d'", "de "]),
            ("en+", ["au ", "en ", "aux ", "en ", "à ", "à "]),
        ] {
            if text.ends_with(preposition) {
                text.truncate(text.len() - preposition.len());
                text.push_str(match gender {
                    "m" => words[0],
                    "f" => words[1],
                    "p" => words[2],
                    "v" => words[3],
                    _ if vowel => words[4],
                    _ => words[5],
                });
            }
        }
        self.mention(name, kind);
    }

    fn mention(&mut self, name: &str, kind: Option<EntityKind>) {
        let start = self.document.text.len();
        self.document.text.push_str(name);
        self.document.mentions.push(Mention { span: start..self.document.text.len(), kind });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` has each mention in `[…]`.
    #[track_caller]
    fn check(template: &str, expected: &str) {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut names =
            Names::read(&[here.join("data/names.txt")], &here.join("../../config/lexicon")).unwrap();
        for list in ["companies", "organization", "cities"] {
            names.lists.insert(list.to_owned(), vec!["Orvento SA".to_owned()]);
        }
        names.lists.insert("country".to_owned(), vec!["Japon=m".to_owned()]);
        let mut random = Random(1);
        let mut filled = Filled {
            names: &names,
            random: &mut random,
            chosen: HashMap::new(),
            document: Document::default(),
        };
        filled.fill(template).unwrap();
        let mut marked = filled.document.text;
        for mention in filled.document.mentions.iter().rev() {
            marked.insert(mention.span.end, ']');
            marked.insert(mention.span.start, '[');
        }
        assert_eq!(marked, expected);
    }

    #[test]
    fn slots_bend_the_words_before_them() {
        check("Le prix de+{city:1} monte en+{country:1}.", "Le prix d'[Orvento SA] monte au [Japon].");
        check("{le:1} et le sud de+{country:1}", "Le [Japon] et le sud du [Japon]");
        check("à la [rue Haute](place), dit-on", "à la [rue Haute], dit-on");
    }
}
