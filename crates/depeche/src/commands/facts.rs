use std::fmt::Write as _;
use std::io::Write;

use anyhow::anyhow;
use jiff::Timestamp;
use jiff::civil::Date;
use sink::{FactLine, Stream, View};

use super::stories::{beginning_of, joins, read, root, shortened};
use crate::config::nearest;
use crate::{Done, Failure, Settings};

/// Print the facts that stored articles state, the newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche facts                                    # of the last seven days
  depeche facts --kind investment --kind acquisition --since 2026-01-01
  depeche facts --agent foxconn --json | jq -r '[.kind, .amount.value, .amount.unit, .evidence] | @tsv'
  depeche facts --agent EURONEXT:AIR               # by identifier, whatever the article calls it

A fact is what one article states; articles that tell one story state it again, and have the same `story` (after all
joins). Articles that repeat another nearly word for word state nothing new: their facts are printed with --all.")]
pub struct Arguments {
    /// Only facts of this kind (investment, partnership, site …); may be given several times
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Only facts with an agent whose name has this in it, in any case, or whose identifier this is
    #[arg(long, value_name = "NAME")]
    agent: Option<String>,
    /// Only facts of articles that were seen on this day (UTC) or later; the default is seven days ago
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Date>,
    /// Also facts of articles that repeat another
    #[arg(long)]
    all: bool,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    let view = View::open(&config.sink.store)?;
    let begin = beginning_of(arguments.since)?;
    let wanted = Wanted { begin, agent: arguments.agent.as_deref().map(str::to_lowercase), arguments };
    let joins = joins(&view)?;
    // Lines as they are stored: few of many are wanted, and those are read again when they are printed.
    let mut lines: Vec<(Timestamp, Vec<u8>)> = Vec::new();
    let mut unseen: Vec<&str> = arguments.kind.iter().map(String::as_str).collect();
    for segment in view.segments(Stream::Facts) {
        // A deleted segment's facts are not there to be listed.
        let Some(mut reader) = segment.reader()? else { continue };
        while let Some(line) = reader.next_line()? {
            let fact: FactLine<'_> = read(line, &segment)?;
            unseen.retain(|kind| *kind != fact.kind);
            if wanted.has(&fact) {
                lines.push((fact.observed_at, line.to_vec()));
            }
        }
    }
    known(&unseen, &config.enricher)?;
    lines.sort_by_key(|(seen, _)| std::cmp::Reverse(*seen));
    let mut output = super::output();
    if !arguments.json {
        writeln!(output, "{}", laid_out(HEAD))?;
    }
    for (_, line) in &lines {
        let mut fact: FactLine<'_> = serde_json::from_slice(line)?;
        if let Ok(joined) = root(&joins, &fact.story.to_string()).parse() {
            fact.story = joined;
        }
        if arguments.json {
            serde_json::to_writer(&mut output, &fact)?;
            writeln!(output)?;
        } else {
            writeln!(output, "{}", laid_out(cells(&fact).each_ref().map(String::as_str)))?;
        }
    }
    output.flush()?;
    Ok(Done::Whole)
}

/// Fails for a kind that is not even looked for. One that the store has is right, whatever lists were read since.
fn known(unseen: &[&str], config: &enricher::Config) -> Result<(), Failure> {
    if unseen.is_empty() {
        return Ok(());
    }
    let kinds = enricher::fact_kinds(config)?;
    let Some(unknown) = unseen.iter().find(|kind| !kinds.contains(**kind)) else { return Ok(()) };
    let list = kinds.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let meant = nearest(unknown, kinds.iter().map(String::as_str))
        .map(|kind| format!("did you mean `{kind}`? "))
        .unwrap_or_default();
    Err(Failure::Usage(anyhow!("there are no facts of the kind {unknown:?}; {meant}The kinds are {list}")))
}

/// Which facts are asked for.
struct Wanted<'a> {
    begin: Timestamp,
    /// In small letters.
    agent: Option<String>,
    arguments: &'a Arguments,
}

impl Wanted<'_> {
    fn has(&self, fact: &FactLine<'_>) -> bool {
        let Arguments { kind, all, .. } = self.arguments;
        fact.observed_at >= self.begin
            && (*all || fact.duplicate_of.is_none())
            && (kind.is_empty() || kind.iter().any(|kind| *kind == fact.kind))
            && self.agent.as_ref().is_none_or(|wanted| {
                let named = |name: &String| name.to_lowercase().contains(wanted);
                let known = |reference: &str| reference.to_lowercase() == *wanted;
                fact.agents.iter().any(named) || fact.agent_refs.iter().flatten().any(|name| known(name))
            })
    }
}

const HEAD: [&str; 8] = ["seen (UTC)", "kind", "agents", "objects", "place", "amount", "status", "evidence"];

/// Widest text of each column.
const WIDTHS: [usize; 8] = [10, 12, 28, 20, 16, 24, 18, 70];

fn cells(fact: &FactLine<'_>) -> [String; 8] {
    [
        fact.observed_at.strftime("%Y-%m-%d").to_string(),
        fact.kind.to_string(),
        fact.agents.join(", "),
        fact.objects.join(", "),
        fact.place.as_deref().unwrap_or_default().to_owned(),
        amount(fact),
        fact.status.as_deref().unwrap_or_default().to_owned(),
        fact.evidence.to_string(),
    ]
}

fn laid_out(cells: [&str; 8]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.into_iter().zip(WIDTHS) {
        let _ = write!(line, "{:<width$}  ", shortened(cell, width));
    }
    line.truncate(line.trim_end().len());
    line
}

/// The amount in a few characters: `> 500 M USD`, `2 – 3 bn EUR`, `~ 1000 baies/wk`.
fn amount(fact: &FactLine<'_>) -> String {
    let Some(amount) = &fact.amount else { return String::new() };
    let number = match (amount.low, amount.high, amount.value) {
        (Some(low), Some(high), _) if low < high => format!("{} – {}", short(low), short(high)),
        (Some(low), None, _) => format!("> {}", short(low)),
        (None, Some(high), _) => format!("< {}", short(high)),
        (_, _, Some(value)) => short(value),
        (_, _, None) => "?".to_owned(),
    };
    let about = if amount.approximate { "~ " } else { "" };
    let unit = amount.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let per = amount.per.as_deref().map(|per| format!("/{per}")).unwrap_or_default();
    format!("{about}{number}{unit}{per}")
}

/// A number to four digits: `500 M`, `2.5 bn`, `1.4 tn`.
fn short(number: f64) -> String {
    let scales = [(1e12, " tn"), (1e9, " bn"), (1e6, " M")];
    let (scale, name) = scales.into_iter().find(|(scale, _)| number.abs() >= *scale).unwrap_or((1.0, ""));
    let digits = format!("{:.3}", number / scale);
    format!("{}{name}", digits.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_short() {
        let numbers = [0.0, 40.0, 1000.0, 0.25, 500e6, 2.5e9, 1.4e12, -3e6, 1_234_567.0];
        let written = ["0", "40", "1000", "0.25", "500 M", "2.5 bn", "1.4 tn", "-3 M", "1.235 M"];
        assert_eq!(numbers.map(short), written);
    }
}
