//! Tables: which of a page's tables hold data, and what such a table says, a row a line.

use super::blocks::{Block, Blocks, Kind};
use super::body::Verdict;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};

/// Characters of a cell past which it is running text, set in a table for its place on the page.
const CELL_CHARS_MAX: u32 = 400;
/// Characters of a table's cells on average past which it is a page's layout.
const CELL_CHARS_MEAN_MAX: u32 = 120;

/// A table of data, and the blocks that are its cells.
pub(super) struct Table {
    /// The table element.
    node: NodeId,
    /// The first and one past the last of its blocks.
    pub blocks: std::ops::Range<usize>,
}

impl Table {
    /// The tables of data among the blocks of a page, in document order.
    pub(super) fn all_of(tree: &Tree<'_>, blocks: &Blocks) -> Vec<Self> {
        let list = &blocks.list;
        let mut tables = Vec::new();
        let mut at = 0;
        while at < list.len() {
            let innermost =
                if is_of_table(tree, &list[at]) { table_around(tree, list[at].node) } else { None };
            let Some(node) = innermost else {
                at += 1;
                continue;
            };
            let from = at;
            let end = tree.node(node).end;
            while at < list.len() && list[at].first < end {
                at += 1;
            }
            let mut table = Self { node, blocks: from..at };
            if table.holds_data(tree, blocks) {
                table.take_caption(tree, blocks);
                at = table.blocks.end;
                tables.push(table);
            } else {
                // A table in a cell of a layout may hold data.
                at = from + 1;
                while at < list.len()
                    && list[at].first < end
                    && (!is_of_table(tree, &list[at]) || table_around(tree, list[at].node) == Some(node))
                {
                    at += 1;
                }
            }
        }
        tables
    }

    /// Takes the caption of a figure that shows the table alone.
    fn take_caption(&mut self, tree: &Tree<'_>, blocks: &Blocks) {
        let around = tree.ancestors(self.node).take(4).find(|id| tree.tag(*id) == Tag::Figure);
        let Some(figure) = around else { return };
        let range = &mut self.blocks;
        let is_caption = |index: usize| {
            blocks
                .list
                .get(index)
                .is_some_and(|block| is_of_figure(tree, block) && tree.contains(figure, block.node))
        };
        if is_caption(range.end) {
            range.end += 1;
        } else if range.start > 0 && is_caption(range.start - 1) {
            range.start -= 1;
        }
    }

    /// Whether it is a grid of short cells, and not a way to set a page in columns.
    fn holds_data(&self, tree: &Tree<'_>, blocks: &Blocks) -> bool {
        if tree.raw_attribute(self.node, Name::Role) == Some("presentation") {
            return false;
        }
        let (mut rows, mut cells, mut cells_in_row) = (0_u32, 0_u32, 0_u32);
        for id in tree.descendants(self.node) {
            match tree.tag(id) {
                Tag::Tr => {
                    rows += u32::from(cells_in_row > 1);
                    cells_in_row = 0;
                }
                Tag::Td | Tag::Th => {
                    cells += 1;
                    cells_in_row += 1;
                }
                Tag::Table | Tag::H1 | Tag::H2 | Tag::H3 | Tag::Figure | Tag::Form => return false,
                _ => {}
            }
        }
        rows += u32::from(cells_in_row > 1);
        let list = &blocks.list[self.blocks.clone()];
        let chars: u32 = list.iter().map(|block| block.chars).sum();
        rows >= 2
            && chars / cells.max(1) <= CELL_CHARS_MEAN_MAX
            && list.iter().all(|block| block.chars <= CELL_CHARS_MAX && is_of_table(tree, block))
    }

    /// Gives all its cells the verdict of most of their words: half a table says nothing.
    pub(super) fn settle(&self, blocks: &Blocks, verdicts: &mut [Verdict]) {
        let (mut kept, mut all) = (0, 0);
        for (block, verdict) in blocks.list[self.blocks.clone()].iter().zip(&verdicts[self.blocks.clone()]) {
            all += block.chars;
            kept += if verdict.is_kept() { block.chars } else { 0 };
        }
        for verdict in &mut verdicts[self.blocks.clone()] {
            let is_text = verdict.is_kept();
            if kept * 2 >= all {
                *verdict = Verdict::Text;
            } else if is_text {
                *verdict = Verdict::Out("in a table that is left out");
            }
        }
    }

    /// What it says: its caption, then a row a line, cells joined by a tab, an empty cell between two tabs.
    pub(super) fn write(&self, tree: &Tree<'_>, blocks: &Blocks, out: &mut String) {
        let mut blocks_left = blocks.list[self.blocks.clone()].iter().peekable();
        let mut first_row = true;
        let own = &blocks.list[self.blocks.clone()];
        if let Some(last) = own.last().filter(|block| is_of_figure(tree, block)) {
            first_row = false;
            push_line(out, blocks.text_of(last));
        }
        while let Some(block) =
            blocks_left.next_if(|block| is_caption(tree, block) || is_of_figure(tree, block))
        {
            if !first_row {
                out.push('\n');
            }
            first_row = false;
            push_line(out, blocks.text_of(block));
        }
        let mut at = self.node + 1;
        let end = tree.node(self.node).end;
        let mut row = String::new();
        while at < end {
            if tree.tag(at) != Tag::Tr {
                at += 1;
                continue;
            }
            row.clear();
            let row_end = tree.node(at).end;
            let mut cells = 0;
            let mut cell = at + 1;
            while cell < row_end {
                let cell_end = tree.node(cell).end;
                if matches!(tree.tag(cell), Tag::Td | Tag::Th) {
                    if cells > 0 {
                        row.push('\t');
                    }
                    cells += 1;
                    let start = row.len();
                    while let Some(block) = blocks_left.next_if(|block| block.first < cell_end) {
                        if row.len() > start {
                            row.push(' ');
                        }
                        push_line(&mut row, blocks.text_of(block));
                    }
                }
                cell = cell_end;
            }
            // A row of empty cells is a rule or a space.
            if !row.trim().is_empty() {
                if !first_row {
                    out.push('\n');
                }
                first_row = false;
                out.push_str(row.trim_end());
            }
            at = row_end;
        }
    }
}

/// Appends a text as one line.
fn push_line(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
}

/// Whether a block is a cell or a caption of a table, or stands in one.
fn is_of_table(tree: &Tree<'_>, block: &Block) -> bool {
    block.kind == Kind::Cell || is_caption(tree, block)
}

/// Whether a block is the caption of a table, or stands in it.
pub(super) fn is_caption(tree: &Tree<'_>, block: &Block) -> bool {
    if !block.roles.any(Roles::CAPTION) {
        return false;
    }
    let own = std::iter::once(block.node).chain(tree.ancestors(block.node));
    let mut inner = own.take_while(|id| !matches!(tree.tag(*id), Tag::Table | Tag::Td | Tag::Th));
    inner.any(|id| tree.tag(id) == Tag::Caption)
}

/// Whether a block is the caption of a figure, or stands in it.
fn is_of_figure(tree: &Tree<'_>, block: &Block) -> bool {
    let own = std::iter::once(block.node).chain(tree.ancestors(block.node));
    let mut inner = own.take(4).take_while(|id| !matches!(tree.tag(*id), Tag::Table | Tag::Figure));
    inner.any(|id| tree.tag(id) == Tag::Figcaption)
}

/// The innermost table that a node stands in.
fn table_around(tree: &Tree<'_>, id: NodeId) -> Option<NodeId> {
    if tree.tag(id) == Tag::Table {
        return Some(id);
    }
    tree.ancestors(id).find(|ancestor| tree.tag(*ancestor) == Tag::Table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[&str]) {
        let tree = Tree::parse(page);
        let blocks = Blocks::of(&tree);
        let tables: Vec<String> = Table::all_of(&tree, &blocks)
            .iter()
            .map(|table| {
                let mut out = String::new();
                table.write(&tree, &blocks, &mut out);
                out
            })
            .collect();
        assert_eq!(tables, expected, "{page}");
    }

    #[test]
    fn a_row_is_a_line_and_cells_stand_between_tabs() {
        check(
            "<table><thead><tr><th>Lac</th><th>Glace</th></tr></thead>
             <tr><td>Oslo</td><td>12 <b>cm</b></td></tr><tr><td><p>Bergen</p><p>Nord</p></td><td></td></tr>
             <tr><td></td><td>3 cm</td></tr></table>",
            &["Lac\tGlace\nOslo\t12 cm\nBergen Nord\n\t3 cm"],
        );
    }

    #[test]
    fn a_caption_is_the_first_line() {
        let rows = "<tr><td>1<td>2<tr><td>3<td>4";
        check(
            &format!("<table><caption>Glace, en cm</caption>{rows}</table>"),
            &["Glace, en cm\n1\t2\n3\t4"],
        );
        check(
            &format!(
                "<table><caption><p><b>Glace</b><br>en cm</p><p>Le 3 mars</p></caption><tbody>{rows}</table>"
            ),
            &["Glace en cm\nLe 3 mars\n1\t2\n3\t4"],
        );
        check(
            "<table><caption>Menu</caption><tr><td>Un mot</td></tr><tr><td>Un autre</td></tr></table>",
            &[],
        );
    }

    #[test]
    fn a_layout_is_no_table_but_may_hold_one() {
        let prose =
            "Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port. ".repeat(6);
        check(
            &format!(
                "<table><tr><td>Menu</td><td><p>{prose}</p><table><tr><td>1</td><td>2</td></tr>
                 <tr><td>3</td><td>4</td></tr></table></td></tr><tr><td>a</td><td>b</td></tr></table>"
            ),
            &["1\t2\n3\t4"],
        );
        check("<table><tr><td>Un mot</td></tr><tr><td>Un autre</td></tr></table>", &[]);
        check("<table role=presentation><tr><td>1<td>2<tr><td>3<td>4</table>", &[]);
    }
}
