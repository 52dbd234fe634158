//! Lines of a Markdown file that are for whatever makes a page of it: tags of templates, attributes, boxes, imports.

use std::borrow::Cow;

/// A text without such lines; their places stay blank, as they part paragraphs. Nothing between fences of code is one.
pub(super) fn left_out(markdown: &str) -> Cow<'_, str> {
    // Most texts have none.
    if !["{%", "{{", "{:", ":::", "import ", "export "].iter().any(|mark| markdown.contains(mark)) {
        return Cow::Borrowed(markdown);
    }
    let mut out = String::with_capacity(markdown.len());
    let mut fence: Option<&str> = None;
    // Whether the line before was blank, and whether the block of a module goes on.
    let (mut is_blank, mut in_module) = (true, false);
    // Where the last item of a list stands that a table of contents may take the place of.
    let mut item = None;
    for line in markdown.split_inclusive('\n') {
        let bare = line.trim();
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark)) {
            match fence {
                None => fence = Some(mark),
                Some(open) if open == mark => fence = None,
                Some(_) => {}
            }
        }
        in_module =
            fence.is_none() && !bare.is_empty() && (in_module || is_blank && is_module(line.trim_end()));
        let is_out =
            fence.is_none() && (in_module || is_template(bare) || is_attribute(bare) || is_box(bare));
        if is_out {
            if bare.starts_with("{:")
                && bare.contains("toc}")
                && let Some(start) = item.take()
            {
                out.truncate(start);
            }
            out.push('\n');
        } else {
            item = is_item(bare).then_some(out.len());
            out.push_str(line);
        }
        is_blank = bare.is_empty() || is_out;
    }
    Cow::Owned(out)
}

/// A tag of Liquid, Jinja or Hugo that is a line of its own: `{% include chart.html %}`, `{{< figure >}}`.
fn is_template(line: &str) -> bool {
    [("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}")].iter().any(|(open, close)| {
        line.len() > open.len() + close.len() && line.starts_with(open) && line.ends_with(close)
    })
}

/// A list of attributes, as kramdown has them: `{:toc}`, `{: .no_toc}`.
fn is_attribute(line: &str) -> bool {
    line.starts_with("{:") && line.ends_with('}') && !line.contains(' ')
        || line.starts_with("{: ") && line.ends_with('}')
}

/// The fence of a box: `:::note`, `::: warning Ice`, `:::`.
fn is_box(line: &str) -> bool {
    let rest = line.trim_start_matches(':');
    line.len() - rest.len() >= BOX_COLONS_MIN
        && (rest.is_empty() || rest.trim_start().starts_with(|c: char| c.is_ascii_lowercase() || c == '{'))
}

/// Colons of the fence of a box.
const BOX_COLONS_MIN: usize = 3;

/// The first line of a module of MDX, which goes on to the next blank line: `import Chart from '../chart'`, `export const a = 1`.
fn is_module(line: &str) -> bool {
    let line = line.trim_end_matches(';');
    if let Some(rest) = line.strip_prefix("import ") {
        let path = rest.rsplit_once(' ').map_or(rest, |(_, path)| path);
        let is_quoted = ['\'', '"']
            .iter()
            .any(|quote| path.len() > 2 && path.starts_with(*quote) && path.ends_with(*quote));
        return is_quoted && (path.len() == rest.len() || rest.contains(" from ")) || rest == "{";
    }
    let Some(rest) = line.strip_prefix("export ") else { return false };
    let is_value = |kind: &str| rest.strip_prefix(kind).is_some_and(|rest| rest.contains('='));
    ["const ", "let ", "var "].into_iter().any(is_value)
        || rest.starts_with('{')
        || ["default ", "function "].iter().any(|kind| rest.starts_with(kind)) && rest.contains(['(', '{'])
}

/// Whether a line is an item of a list.
fn is_item(line: &str) -> bool {
    ["* ", "- ", "+ ", "1. "].iter().any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &str) {
        let left = left_out(markdown);
        let lines: Vec<&str> = left.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.join("|"), expected, "{markdown}");
    }

    #[test]
    fn lines_for_the_maker_of_the_page_are_out() {
        check("Le lac.\n\n{% include carte.html id=\"3\" %}\n\nLe vent.", "Le lac.|Le vent.");
        check("{{< figure src=\"lac.jpg\" >}}\nLe lac.", "Le lac.");
        check("* Sommaire\n{:toc}\n\n## La suite\n{: .no_toc}\n\nLe vent.", "## La suite|Le vent.");
        check(":::note\nLe port est fermé.\n:::\n\n::: warning\nGel.\n:::", "Le port est fermé.|Gel.");
        check(
            "import Carte from '../carte'\nimport './lac.css';\n\nexport const meta = {\n  a: 1,\n}\n\nLe lac.",
            "Le lac.",
        );
        check("export default function Page(props) {\n  return props\n}\n\nLe lac.", "Le lac.");
    }

    #[test]
    fn what_looks_alike_is_text() {
        for text in [
            "import duties rose, said the port.",
            "import duties rose from nine to \"ten\" percent",
            "export default rates rose, said the port.",
            "Le lac.|import Carte from '../carte'",
            "Le taux est {: élevé.",
            "Il a dit ::: rien.",
            "::: Le lac",
            "On écrit {% include %} pour cela.",
            "```|{% include carte.html %}|import a from 'b'|```",
        ] {
            check(&text.replace('|', "\n"), text);
        }
    }
}
