//! The shape of a phrase list file.

use serde::Deserialize;

/// One file of phrases. The comments in `config/lexicon/site-phrases.fr.toml` say what belongs where.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) lines: Lines,
    #[serde(default)]
    pub(super) labels: Labels,
    #[serde(default)]
    pub(super) words: Words,
    #[serde(default)]
    pub(super) mail: Mail,
    #[serde(default)]
    pub(super) pages: Pages,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Lines {
    pub(super) navigation: Vec<String>,
    pub(super) subscription: Vec<String>,
    pub(super) share: Vec<String>,
    pub(super) advertising: Vec<String>,
    pub(super) footer: Vec<String>,
    pub(super) related: Vec<String>,
    pub(super) comments: Vec<String>,
    pub(super) avatars: Vec<String>,
    pub(super) comment_frame: Vec<String>,
    pub(super) sources: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Labels {
    pub(super) byline: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) modified: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) caption: Vec<String>,
    pub(super) credit: Vec<String>,
    pub(super) sources: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) description: Vec<String>,
    pub(super) body: Vec<String>,
    pub(super) url: Vec<String>,
    pub(super) publisher: Vec<String>,
    pub(super) reading_time: Vec<String>,
    pub(super) contact: Vec<String>,
    pub(super) today: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Words {
    pub(super) not_people: Vec<String>,
    pub(super) subjects: Vec<String>,
    pub(super) bodies: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) particles: Vec<String>,
    pub(super) articles: Vec<String>,
    pub(super) and: Vec<String>,
    pub(super) agencies: Vec<String>,
    pub(super) ahead: Vec<String>,
    pub(super) says: Vec<String>,
    pub(super) on_behalf: Vec<String>,
    pub(super) ago: Vec<String>,
    pub(super) given_names: Vec<String>,
    pub(super) sections: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) nobody: Vec<String>,
    pub(super) firms: Vec<String>,
    pub(super) outlets: Vec<String>,
    pub(super) degrees: Vec<String>,
    pub(super) surnames: Vec<String>,
    pub(super) towns: Vec<String>,
    pub(super) editing: Vec<String>,
    pub(super) genres: Vec<String>,
    pub(super) home: Vec<String>,
    pub(super) reports: Vec<String>,
    pub(super) rights: Vec<String>,
    pub(super) openers: Vec<String>,
    pub(super) attributing: Vec<String>,
    pub(super) narrating: Vec<String>,
    pub(super) addressing: Vec<String>,
    pub(super) counted: Vec<String>,
    pub(super) pages: Vec<String>,
    pub(super) hyphenated: Vec<String>,
    pub(super) consent: Vec<String>,
    pub(super) no_tags: Vec<String>,
    pub(super) corrections: Vec<String>,
    pub(super) amendments: Vec<String>,
    pub(super) answers: Vec<String>,
    pub(super) briefs: Vec<String>,
    pub(super) summaries: Vec<String>,
    pub(super) polls: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) biographies: Vec<String>,
    pub(super) compounds: Vec<String>,
    pub(super) hints: Vec<String>,
    pub(super) common: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Mail {
    pub(super) forwarded: Vec<String>,
    pub(super) sender: Vec<String>,
    pub(super) writes_for: Vec<String>,
    pub(super) sent: Vec<String>,
    pub(super) addressed: Vec<String>,
    pub(super) forward_marks: Vec<String>,
    pub(super) answer_marks: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Pages {
    pub(super) missing: Vec<String>,
    pub(super) denied: Vec<String>,
    pub(super) checked: Vec<String>,
    pub(super) scripted: Vec<String>,
    pub(super) consent: Vec<String>,
    pub(super) broken: Vec<String>,
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use crate::lexicon::fold;

    /// Signs that are lost in folding, and decide where a phrase may stand.
    fn key(section: &str, list: &str, phrase: &str) -> String {
        let folded = fold(phrase);
        // Lines tell how sites write them, and hints are taken out as they stand.
        if section == "lines" || list == "hints" || folded.is_empty() {
            return phrase.to_owned();
        }
        format!("{} {folded} {}", phrase.starts_with('*'), phrase.ends_with('*'))
    }

    #[test]
    fn no_list_holds_a_phrase_twice() {
        let mut twice = Vec::new();
        for (file, text) in crate::lexicon::BUILT_IN {
            let sections: HashMap<String, HashMap<String, Vec<String>>> = toml::from_str(text).unwrap();
            for (section, lists) in &sections {
                for (list, phrases) in lists {
                    let mut seen = HashMap::new();
                    for phrase in phrases {
                        if let Some(first) = seen.insert(key(section, list, phrase), phrase) {
                            twice.push(format!("{file} [{section}] {list}: {first:?}, {phrase:?}"));
                        }
                    }
                }
            }
        }
        assert!(twice.is_empty(), "{}", twice.join("\n"));
    }
}
