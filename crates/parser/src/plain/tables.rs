//! Tables: rows of cells with tabs or bars between them.

use std::borrow::Cow;

use document::BlockKind;

use super::Page;
use super::line::{Line, Role};

/// Rows of a table, and cells of a row.
const ROWS_MIN: usize = 2;
const CELLS_MIN: usize = 2;

/// Cells of a row that bars set apart.
const BARRED_CELLS_MIN: usize = 3;

/// Words of the line above a table that says what is in it.
const HEADING_WORDS_MAX: usize = 20;

impl Page<'_> {
    /// How many rows of a table begin at a line: they stand together, and have as many cells, but for one that the first lacks in
    /// its corner.
    pub(super) fn rows_from(&self, index: usize) -> usize {
        self.rows_up_to(index, usize::MAX)
    }

    fn rows_up_to(&self, index: usize, max: usize) -> usize {
        let Some(first) = self.lines.get(index).and_then(cells) else { return 0 };
        let is_row = |(at, line): &(usize, &Line<'_>)| {
            line.is_open()
                && (*at == 0 || !line.gap)
                && cells(line).is_some_and(|count| count == first || *at > 0 && count == first + 1)
        };
        let rows = self.lines[index..].iter().enumerate().take(max).take_while(is_row).count();
        if rows >= ROWS_MIN { rows } else { 0 }
    }

    /// Takes so many rows for one table.
    pub(super) fn take_table(&mut self, index: usize, rows: usize) {
        let mut text = String::new();
        for line in &mut self.lines[index..index + rows] {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line.text);
            line.role = Role::Repeat;
        }
        self.lines[index].text = Cow::Owned(text);
        self.lines[index].role = Role::Text(BlockKind::Table);
    }

    /// Whether a line says what is in the table below it.
    pub(super) fn heads_table(&self, index: usize) -> bool {
        let line = &self.lines[index];
        line.words <= HEADING_WORDS_MAX
            && !line.sentence
            && !line.text.contains('\t')
            && self.rows_up_to(index + 1, ROWS_MIN) > 0
    }
}

fn cells(line: &Line<'_>) -> Option<usize> {
    if !line.text.contains('\t') {
        let count = line.text.split(" | ").count();
        return (count >= BARRED_CELLS_MIN).then_some(count);
    }
    let count = line.text.split('\t').count();
    (count >= CELLS_MIN).then_some(count)
}

#[cfg(test)]
mod tests {
    use document::BlockKind;

    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";

    fn blocks(below: &str) -> Vec<(BlockKind, String)> {
        let page = format!("Le canal rouvre\n\nPar Zoé Lam\n3 mars 2026\n\n{FIRST}\n\n{below}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        let text = article.text.as_str();
        article
            .blocks
            .iter()
            .skip(1)
            .map(|block| (block.kind, text[block.span.start..block.span.end].to_owned()))
            .collect()
    }

    #[test]
    fn rows_with_tabs_are_one_table() {
        let table = "En millions d'euros\tT1 2026\tT1 2025\nFreins\t268\t249\nServices\t144\t139";
        let heading = (BlockKind::Heading, "Chiffre d'affaires par activité".to_owned());
        let told = (BlockKind::Table, table.to_owned());
        for gap in ["\n", "\n\n"] {
            let below = format!("{}{gap}{table}", heading.1);
            assert_eq!(blocks(&below), [heading.clone(), told.clone()], "{below}");
            let text = (BlockKind::Paragraph, format!("{FIRST} Oui."));
            assert_eq!(blocks(&format!("{below}\n\n{}", text.1)), [heading.clone(), told.clone(), text]);
        }
        // The corner is empty.
        let table = "T1 2026\tT1 2025\nFreins\t268\t249\nServices\t144\t139";
        assert_eq!(blocks(table), [(BlockKind::Table, table.to_owned())]);
    }

    #[test]
    fn one_line_with_a_tab_is_no_table() {
        assert!(
            blocks(&format!("Freins\t268\n\n{FIRST} Oui.")).iter().all(|(kind, _)| *kind != BlockKind::Table)
        );
        // Nor are the rows of what stands below the text.
        let below =
            "Dernières actualités\n10:15\tHolm rouvre son canal\tCF\n11:11\tNordby éteint son phare\tZM";
        assert_eq!(blocks(below), []);
    }

    #[test]
    fn rows_with_bars_are_one_table() {
        let table = "Port | Passages | Recettes\nHolm | 120 | 12\nNordby | 90 | 9";
        let read = blocks(&format!("{table}\n{FIRST} Oui."));
        assert_eq!(read[0], (BlockKind::Table, table.to_owned()));
    }
}
