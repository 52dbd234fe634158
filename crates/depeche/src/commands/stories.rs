use std::collections::HashMap;
use std::io::Write;

use anyhow::{Context, anyhow};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sink::{Stream, View};

use crate::{Done, Failure, Settings};

/// Print the stories that stored articles tell, those told last first
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche stories                          # the last seven days, told more than once
  depeche stories --since 2026-11-01 --all # also what only one article tells
  depeche stories --lang fr --json | jq -r '[.articles, .title] | @tsv'

A story has the id of the first article that told it. Where two stories turned out to be one, they are printed as one,
under the id of the older. Copies are counted as articles; `copies` says how many repeat another nearly word for word.")]
pub struct Arguments {
    /// Only stories that were told on this day (UTC) or later; the default is seven days ago
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Date>,
    /// Only stories told in this language (BCP 47)
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Also stories that only one article tells
    #[arg(long)]
    all: bool,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// A story, as it is printed.
#[derive(Debug, Serialize)]
struct Story {
    id: String,
    articles: u64,
    copies: u64,
    languages: Vec<String>,
    sources: Vec<String>,
    first_seen: Timestamp,
    last_seen: Timestamp,
    title: String,
    /// Ids of stories that turned out to be this one.
    joined: Vec<String>,
}

/// What a listing needs of a line.
#[derive(Debug, Deserialize)]
struct Line {
    source: Source,
    publisher: Option<String>,
    title: String,
    language: Option<Language>,
    story: Option<Told>,
}

#[derive(Debug, Deserialize)]
struct Source {
    name: String,
    observed_at: Timestamp,
}

#[derive(Debug, Deserialize)]
struct Language {
    code: String,
}

#[derive(Debug, Deserialize)]
struct Told {
    id: String,
    duplicate_of: Option<String>,
}

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    let view = View::open(&config.sink.store)?;
    let begin = beginning_of(arguments.since)?;
    let mut stories = gather(&view)?;
    stories.retain(|story| {
        story.last_seen >= begin
            && (arguments.all || story.articles > 1)
            && arguments.lang.as_ref().is_none_or(|lang| story.languages.contains(lang))
    });
    stories.sort_by(|one, other| other.last_seen.cmp(&one.last_seen).then(one.id.cmp(&other.id)));
    let mut output = super::output();
    if arguments.json {
        for story in &stories {
            serde_json::to_writer(&mut output, story)?;
            writeln!(output)?;
        }
    } else {
        print_table(&stories, &mut output)?;
    }
    output.flush()?;
    Ok(Done::Whole)
}

/// When a listing begins: at the start of the day that was asked for (UTC), else of the one seven days ago.
pub(super) fn beginning_of(since: Option<Date>) -> anyhow::Result<Timestamp> {
    let since = match since {
        Some(day) => day,
        None => Timestamp::now().to_zoned(TimeZone::UTC).date().saturating_sub(jiff::Span::new().days(7)),
    };
    Ok(since.to_zoned(TimeZone::UTC).context("the day is out of range")?.timestamp())
}

/// All stories of the store, with those that turned out to be others under these.
fn gather(view: &View) -> anyhow::Result<Vec<Story>> {
    let joins = joins(view)?;
    let mut stories: HashMap<String, Story> = HashMap::new();
    for segment in view.segments(Stream::Articles) {
        // A deleted segment's articles are not there to be listed.
        let Some(mut reader) = segment.reader()? else { continue };
        while let Some(line) = reader.next_line()? {
            let line: Line = read(line, &segment)?;
            let Some(told) = line.story else { continue };
            let root = root(&joins, &told.id);
            let seen = line.source.observed_at;
            let story = stories.entry(root.to_owned()).or_insert_with(|| Story {
                id: root.to_owned(),
                articles: 0,
                copies: 0,
                languages: Vec::new(),
                sources: Vec::new(),
                first_seen: seen,
                last_seen: seen,
                title: line.title,
                joined: Vec::new(),
            });
            story.articles += 1;
            story.copies += u64::from(told.duplicate_of.is_some());
            story.first_seen = story.first_seen.min(seen);
            story.last_seen = story.last_seen.max(seen);
            add(&mut story.languages, line.language.map(|language| language.code));
            // The outlet says more than the folder that it came from.
            add(&mut story.sources, Some(line.publisher.unwrap_or(line.source.name)));
            add(&mut story.joined, (told.id != root).then_some(told.id));
        }
    }
    Ok(stories.into_values().collect())
}

/// The stories that turned out to be others, with what they turned out to be.
pub(super) fn joins(view: &View) -> anyhow::Result<HashMap<String, String>> {
    let mut joins = HashMap::new();
    for segment in view.segments(Stream::Stories) {
        let Some(mut reader) = segment.reader()? else { continue };
        while let Some(line) = reader.next_line()? {
            let join: sink::StoryJoin = read(line, &segment)?;
            joins.insert(join.id.to_string(), join.into.to_string());
        }
    }
    Ok(joins)
}

pub(super) fn read<'a, T: Deserialize<'a>>(line: &'a [u8], segment: &sink::SegmentView) -> anyhow::Result<T> {
    serde_json::from_slice(line).map_err(|error| anyhow!("{}: {error}", segment.path.display()))
}

/// The story that a story is part of, after all joins. A join leads to an older story, so this ends.
pub(super) fn root<'a>(joins: &'a HashMap<String, String>, mut story: &'a str) -> &'a str {
    for _ in 0..joins.len() {
        match joins.get(story) {
            Some(into) => story = into,
            None => break,
        }
    }
    story
}

fn add(list: &mut Vec<String>, new: Option<String>) {
    if let Some(new) = new
        && !list.contains(&new)
    {
        list.push(new);
    }
}

fn print_table(stories: &[Story], output: &mut impl Write) -> anyhow::Result<()> {
    const SOURCES: usize = 24;
    const TITLE: usize = 70;
    let head = ["story", "articles", "languages", "first seen (UTC)", "last seen (UTC)", "sources", "title"];
    writeln!(
        output,
        "{:<32}  {:>8}  {:<9}  {:<16}  {:<16}  {:<SOURCES$}  {}",
        head[0], head[1], head[2], head[3], head[4], head[5], head[6]
    )?;
    for story in stories {
        writeln!(
            output,
            "{}  {:>8}  {:<9}  {}  {}  {:<SOURCES$}  {}",
            story.id,
            story.articles,
            story.languages.join(" "),
            story.first_seen.strftime("%Y-%m-%d %H:%M"),
            story.last_seen.strftime("%Y-%m-%d %H:%M"),
            shortened(&story.sources.join(", "), SOURCES),
            shortened(&story.title, TITLE)
        )?;
    }
    Ok(())
}

/// The text on one line of at most so many characters.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // What a stranger wrote must not steer the terminal.
    line.retain(|c| !c.is_control());
    if let Some((cut, _)) = line.char_indices().nth(characters) {
        let before = line[..cut].char_indices().next_back().map_or(0, |(at, _)| at);
        line.truncate(before);
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_cut_between_characters() {
        assert_eq!(shortened("été comme hiver", 20), "été comme hiver");
        assert_eq!(shortened("été comme\n hiver\u{1b}", 5), "été …");
    }

    #[test]
    fn a_story_is_part_of_what_its_story_joined() {
        let joins = [("c", "b"), ("b", "a")].map(|(one, other)| (one.to_owned(), other.to_owned())).into();
        assert_eq!([root(&joins, "c"), root(&joins, "a"), root(&joins, "x")], ["a", "a", "x"]);
    }
}
