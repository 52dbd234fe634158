//! Text that is written for machines alone: style sheets, scripts, bare data.

use super::markup::is_element;

/// Bytes that are looked at for signs of code.
const HEAD: usize = 1 << 16;

/// What a text is that holds code and nothing to read; `None` for all others.
pub(super) fn kind(text: &str) -> Option<&'static str> {
    if is_style_sheet(text) {
        Some("a style sheet (CSS)")
    } else if is_script(text) {
        Some("a script or bare data")
    } else {
        None
    }
}

/// Whether a text is a style sheet (CSS): rules with declarations, and nothing else. Where they are few, each has to begin
/// with a selector that can be one.
fn is_style_sheet(text: &str) -> bool {
    if !text.trim_end().ends_with(['}', '/']) {
        return false;
    }
    let (mut rules, mut selectors, mut right, mut wrong) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("/*") {
            let Some(end) = comment.find("*/") else { break };
            rest = &comment[end + 2..];
            continue;
        }
        let Some(end) = rest.find(['{', '}', ';']) else { break };
        let piece = rest[..end].trim();
        match rest.as_bytes()[end] {
            b'{' => {
                rules += 1;
                wrong += usize::from(piece.is_empty() || piece.len() > 2_000);
                selectors += usize::from(piece.len() <= 2_000 && is_selector(piece));
            }
            // The last declaration of a rule needs no semicolon; the end of a group of rules has none before it.
            _ if piece.is_empty() => {}
            _ if is_declaration(piece) => right += 1,
            _ => wrong += 1,
        }
        rest = &rest[end + 1..];
    }
    let are_many = rules >= 2 && right >= 3 && wrong * 10 <= right;
    let are_sure = right >= 1 && wrong == 0 && selectors == rules;
    rest.is_empty() && rules >= 1 && (are_many || are_sure)
}

/// `font-size: 12px`, or a statement like `@import "a.css"`.
fn is_declaration(piece: &str) -> bool {
    piece.starts_with('@')
        || piece.split_once(':').is_some_and(|(name, value)| {
            let name = name.trim();
            name.len() <= 60
                && !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                && !value.trim().is_empty()
        })
}

/// Whether all of a list of selectors name elements, classes, identifiers or states: `a:hover, .lac > p`. What stands around
/// rules may be one too: `@media print`.
fn is_selector(piece: &str) -> bool {
    let is_simple = |word: &str| {
        let name = &word[..word.find(['.', '#', ':', '[']).unwrap_or(word.len())];
        word.starts_with(['.', '#', ':', '[', '*', '>', '+', '~'])
            || is_element(name)
            || matches!(name, "from" | "to")
            || name.ends_with('%')
    };
    piece.starts_with('@')
        || piece.split(',').all(|one| !one.trim().is_empty() && one.split_whitespace().all(is_simple))
}

/// Signs next to each other as code and data have them, and no prose.
const SURE: [&[u8; 2]; 14] =
    [b"){", b"};", b"={", b";}", b"},", b"]}", b"}}", b"({", b"})", b"[{", b"[\"", b"{\"", b"&&", b"=\""];

/// The same, where lists of results, rules drawn with signs and quoted titles may have them as well.
const LIKELY: [&[u8; 2]; 9] = [b"()", b");", b"):", b"],", b"=>", b"==", b"!=", b"||", b"\":"];

/// Words in a row without such signs, as people read them and a script says them at most in a message of its own.
const PROSE_WORDS_MIN: usize = 10;

/// Whether a text is a script, or data cut out of one: a tenth of its signs and letters are brackets, operators and
/// semicolons, many of them next to each other, and nothing in it is prose, its comments aside.
fn is_script(text: &str) -> bool {
    let text = &text[..text.floor_char_boundary(HEAD)];
    if !text.contains(['{', '(', '[']) {
        return false;
    }
    let text = without_comments(text);
    let (mut words, mut run, mut signs, mut others) = (0_usize, 0_usize, 0_usize, 0_usize);
    for word in text.split_whitespace() {
        let told = word.bytes().filter(|byte| is_sign(*byte)).count();
        run = if told == 0 { run + 1 } else { 0 };
        if run >= PROSE_WORDS_MIN {
            return false;
        }
        words += 1;
        signs += told;
        others += word.len() - told;
    }
    let count_of = |pairs: &[&[u8; 2]]| {
        text.as_bytes().windows(2).filter(|pair| pairs.iter().any(|known| known == pair)).count()
    };
    let sure = count_of(&SURE);
    if sure == 0 {
        return false;
    }
    let all = sure + count_of(&LIKELY);
    all >= 2 && all * 10 >= words && signs * 9 >= others
}

fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b'{' | b'}'
            | b'('
            | b')'
            | b'['
            | b']'
            | b';'
            | b'='
            | b'<'
            | b'>'
            | b'&'
            | b'|'
            | b'+'
            | b'*'
            | b'\\'
            | b'$'
            | b'_'
            | b'"'
            | b':'
            | b'!'
            | b'/'
    )
}

/// A script without what it says to those who read it.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        kept.push_str(&rest[..start]);
        rest = rest[start..].split_once("*/").map_or("", |(_, rest)| rest);
    }
    kept.push_str(rest);
    let lines = kept.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_is_told() {
        for sheet in [
            "@charset \"utf-8\";\nbody { margin: 0; color: #333 }\n/* Le lac */\n.lac a:hover,\n.port { font-size: 12px; }\n",
            "@media (min-width: 40em){p{margin:0;padding:1em}}a{color:red}",
            "a { --gap: 3px; background: url(\"data:image/png;base64,AA==\"); color: red; margin: 0; padding: 1px;\n\
             top: 0; left: 0; right: 0; width: 1px; height: 2px; border: 0 }\nb { color: blue }\n/* fin */",
            "body{color:red}",
            ".lac > p, #port a:hover { color: red }",
            ":root { --gap: 3px }\n",
            "@keyframes a { from { top: 0 } 50% { top: 3px } to { top: 0 } }",
        ] {
            assert!(is_style_sheet(sheet), "{sheet}");
        }
        for text in [
            "Le lac a gelé {photo}\nLe vent {vidéo}",
            "Le lac a gelé {photo: Anne}",
            "Règles : a { couleur : rouge } et b { taille : 3 }\nLe lac a gelé.",
            "Le lac a gelé cette nuit ; personne ne l'avait prévu ; le port {a: b; c: d; e: f} a fermé {g: h}",
            "function a() { return 1; }\nfunction b() { if (a) { c(); } }",
            "a { }",
            "}",
        ] {
            assert!(!is_style_sheet(text), "{text}");
        }
    }

    #[test]
    fn scripts_and_bare_data_are_told() {
        for code in [
            "function a(){return b(1)}",
            "!function(e,t){\"object\"==typeof exports?module.exports=t():e.lac=t()}(this,function(){return 3});",
            "/* The lake froze over night, and nobody had seen that coming, said the keeper of the port. */\n\
             // Moves the boats.\nconst port = () => {\n  if (lac.gel && !vent) {\n    boats.move('quai');\n  }\n};\n",
            "window.dataLayer = window.dataLayer || [];\nfunction gtag(){dataLayer.push(arguments);}\ngtag('js', new Date());\n",
            "\"lac\":{\"gel\":true,\"vent\":[1,2,3]},\"port\":{\"quai\":null}}",
        ] {
            assert!(is_script(code), "{code}");
        }
        for text in [
            "",
            "Le lac (gelé) [photo] {vidéo}",
            "Le lac a gelé :-) (oui !) ;)",
            "Contact : +33 (0)1 23 45 67 89 / zoe@lac.example / https://lac.example/?a=1&b=2",
            "Le lac\n\nfunction a(){return b(1)}\n\nCette fonction rend ce que la fonction b fait de un, et rien de plus pour le moment.",
            "H(2)O + CO(2) => H(2)CO(3) (le lac se trouble)",
            "3 < 5 && 7 > 2",
            "Oslo - Bergen 3:2 (1:0); Holm - Lam 1:1 (0:0); Port - Quai 2:0 (1:0);",
            "AGENDA\n=========\nLundi : Oslo (18:00)\nMardi : Holm (19:00)",
            "\"Le lac\": trois étoiles (3/5)\n\"Le vent\": deux étoiles (2/5)",
            "\"text\": \"Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port.\", \"a\": {\"b\": []}}",
        ] {
            assert!(!is_script(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_told(parts in proptest::collection::vec("/\\*|\\*/|//|[{};:é/* \n]|[a-z]{1,6}|[<>()]", 0..40)) {
            let _ = kind(&parts.concat());
        }
    }
}
