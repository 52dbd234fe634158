//! Where does the token end that starts here? Numbers, words with their abbreviations and elisions, and addresses.

use std::ops::Range;

use super::letters::{is_apostrophe, is_group_space, is_hyphen, is_ideograph, is_invisible, is_letter};

/// The end of the number that starts at `at`.
pub(super) fn number(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = at + digits(at);
    if end - at <= 3 {
        // Groups of three, each behind one of the spaces in use.
        while let Some(space) = text[end..].chars().next().filter(|c| is_group_space(*c)) {
            let group = end + space.len_utf8();
            if digits(group) != 3 {
                break;
            }
            end = group + 3;
        }
    }
    while matches!(bytes.get(end), Some(b'.' | b',')) {
        let more = digits(end + 1);
        if more == 0 {
            break;
        }
        end += 1 + more;
    }
    end
}

/// The end of the word that starts at `at`.
pub(super) fn word(text: &str, at: usize) -> usize {
    let mut end = at;
    // Where the part since the last joint starts.
    let mut part = at;
    while let Some(c) = text[end..].chars().next() {
        if c.is_ascii_alphabetic() {
            // Most of all words is plain letters, whatever follows each.
            end += text.as_bytes()[end..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            continue;
        }
        let after = end + c.len_utf8();
        let next = text[after..].chars().next();
        if is_ideograph(c) {
            // A script without spaces: a character is a token.
            return if end == at { after } else { end };
        }
        if is_letter(c) || c.is_numeric() || c == '_' {
            end = after;
        } else if is_invisible(c) {
            if !next.is_some_and(is_letter) {
                break;
            }
            end = after;
        } else if is_apostrophe(c) {
            if part == at && is_elided(&text[at..end], next) {
                return after;
            }
            if possessive(&text[after..]) || !next.is_some_and(is_letter) {
                break;
            }
            end = after;
            part = end;
        } else if is_hyphen(c) {
            if !next.is_some_and(|c| (is_letter(c) && !is_ideograph(c)) || c.is_ascii_digit())
                || inverted(&text[after..]).is_some()
                || (is_stance(&text[part..end]) && next.is_some_and(char::is_uppercase))
            {
                break;
            }
            end = after;
            part = end;
        } else if c == '&' {
            let letter = next.is_some_and(char::is_uppercase);
            if !(letter && text[part..end].chars().all(char::is_uppercase)) {
                break;
            }
            end = after;
            part = end;
        } else if c == '.' {
            match full_stop(text, part, end) {
                FullStop::Outside => break,
                FullStop::Last => return after,
                FullStop::Joint => {
                    end = after;
                    part = end;
                }
            }
        } else {
            break;
        }
    }
    end
}

enum FullStop {
    /// It ends the sentence.
    Outside,
    /// It is the abbreviation's own, and its end.
    Last,
    /// The word goes on behind it.
    Joint,
}

/// What the full stop behind the part `start..end` of a word is.
fn full_stop(text: &str, start: usize, end: usize) -> FullStop {
    let part = &text[start..end];
    let mut rest = text[end + 1..].chars();
    let next = rest.next();
    let single = part.chars().nth(1).is_none() && part.chars().all(char::is_alphabetic);
    let initials =
        single && (start == 0 || !text[..start].ends_with('-') || part.chars().all(char::is_uppercase));
    if initials {
        // U.S. and S.A.R.L., J.-P.; but M.Dupont is two words that lack a space.
        match next {
            Some(c) if is_letter(c) && !rest.clone().next().is_some_and(is_letter) => return FullStop::Joint,
            Some('-')
                if rest.clone().next().is_some_and(char::is_uppercase)
                    && rest.clone().nth(1) == Some('.') =>
            {
                return FullStop::Joint;
            }
            _ => {}
        }
        if text[..start].ends_with(['.', '-']) && part.chars().all(char::is_uppercase) {
            return FullStop::Last;
        }
    } else if let Some(c) = next
        && c.is_ascii_lowercase()
        && part.is_ascii()
        && !abbreviated(part, Some(c))
    {
        // A domain or a file name: omondo.info, node.js. A sentence that lacks its space starts with a capital.
        let label = text[end + 1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        if (2..=6).contains(&label) && !text[end + 1 + label..].chars().next().is_some_and(is_letter) {
            return FullStop::Joint;
        }
    }
    let following = text[end + 1..].trim_start_matches([' ', '\u{a0}', '\u{202f}']).chars().next();
    let capital = part.chars().all(char::is_uppercase);
    if abbreviated(part, following) || (single && capital && following.is_some_and(char::is_uppercase)) {
        return FullStop::Last;
    }
    FullStop::Outside
}

/// Whether a word that a full stop follows is an abbreviation, given what comes behind the stop.
fn abbreviated(word: &str, following: Option<char>) -> bool {
    const TITLES: &[&str] = &[
        "M", "MM", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Drs", "Pr", "Me", "St", "Ste", "Mgr", "Mr", "Mrs",
        "Ms", "Prof", "Sen", "Rep", "Gov", "Gen", "Col", "Lt", "Capt", "Sgt", "Cmdr", "Adm", "Rev", "Hon",
        "Messrs", "Gén",
    ];
    const INSIDE: &[&str] = &[
        "Inc", "Corp", "Ltd", "Co", "Bros", "Cie", "Jr", "Sr", "vs", "cf", "env", "av", "apr", "éd", "dir",
        "trad", "coll", "al", "approx", "dept", "dép", "hab", "janv", "fév", "févr", "avr", "juil", "sept",
        "oct", "nov", "déc", "Jan", "Feb", "Apr", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Univ",
        "Assn", "Dept", "Mt",
    ];
    const BEFORE_NUMBER: &[&str] =
        &["no", "No", "art", "Art", "p", "pp", "vol", "chap", "fig", "al", "tél", "Tél", "n"];
    let following_digit = following.is_some_and(|c| c.is_ascii_digit());
    let goes_on =
        following.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, ',' | ';' | ')'));
    let legal = matches!(word, "Inc" | "Corp" | "Ltd" | "Bros");
    (following.is_some_and(char::is_alphabetic) && TITLES.contains(&word))
        || ((goes_on || (legal && following.is_some())) && (INSIDE.contains(&word) || word == "etc"))
        || (following_digit && BEFORE_NUMBER.contains(&word))
}

/// Whether these letters, before an apostrophe, are an elided word.
fn is_elided(letters: &str, next: Option<char>) -> bool {
    let mut lower = [0_u8; 8];
    let bytes = letters.as_bytes();
    if bytes.len() > lower.len() {
        return false;
    }
    for (small, byte) in lower.iter_mut().zip(bytes) {
        *small = byte.to_ascii_lowercase();
    }
    match &lower[..bytes.len()] {
        // N'Djamena and M'Bappé are names, N'est is not.
        b"n" | b"m" | b"t" => {
            !(bytes[0].is_ascii_uppercase() && next.is_some_and(char::is_uppercase)) && next != Some(' ')
        }
        b"l" | b"d" | b"j" | b"s" | b"c" | b"qu" | b"jusqu" | b"lorsqu" | b"puisqu" | b"quoiqu"
        | b"presqu" | b"quelqu" | b"dell" | b"nell" | b"dall" | b"sull" | b"all" | b"un" | b"quest"
        | b"entr" => next.is_some_and(|c| !c.is_whitespace()),
        _ => false,
    }
}

/// Whether what follows an apostrophe is the English possessive.
pub(super) fn possessive(rest: &str) -> bool {
    let mut rest = rest.chars();
    matches!(rest.next(), Some('s' | 'S'))
        && !rest.next().is_some_and(|c| is_letter(c) || c.is_numeric() || is_apostrophe(c))
}

/// Whether a prefix, before a hyphen and a capital, stands apart from the name behind it: anti-Brexit, pro-Assad.
fn is_stance(letters: &str) -> bool {
    matches!(letters, "anti" | "Anti" | "pro" | "Pro" | "ex" | "Ex" | "non" | "post" | "pré")
}

/// The length of the inverted French pronoun that follows a hyphen, if one does: a-t-il, dit-elle, celui-ci.
pub(super) fn inverted(rest: &str) -> Option<usize> {
    const PRONOUNS: &[&str] = &[
        "t-il", "t-elle", "t-on", "t-ils", "t-elles", "il", "elle", "on", "ils", "elles", "je", "tu", "nous",
        "vous", "ce", "ci", "là",
    ];
    let pronoun = PRONOUNS.iter().find(|pronoun| {
        rest.strip_prefix(**pronoun).is_some_and(|rest| {
            !rest.chars().next().is_some_and(|c| is_letter(c) || c.is_numeric() || is_hyphen(c))
        })
    })?;
    Some(pronoun.len())
}

/// The URL or e-mail address in a stretch without white space.
pub(super) fn address(stretch: &str) -> Option<Range<usize>> {
    let bytes = stretch.as_bytes();
    // One look tells nearly every word from an address.
    if !bytes.iter().any(|byte| matches!(byte, b':' | b'.' | b'@')) {
        return None;
    }
    let trimmed =
        |end: usize| stretch[..end].trim_end_matches(|c: char| ".,;:!?)]}>\"'’»”…".contains(c)).len();
    if let Some(colon) = stretch.find("://") {
        let scheme = bytes[..colon].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let end = trimmed(stretch.len());
        return (scheme > 0 && end > colon + 3).then(|| colon - scheme..end);
    }
    if let Some(start) = stretch.find("www.")
        && !stretch[..start].chars().next_back().is_some_and(char::is_alphanumeric)
    {
        let end = trimmed(stretch.len());
        return (end > start + 4).then_some(start..end);
    }
    let at = stretch.find('@')?;
    let name =
        bytes[..at].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte));
    let start = at - name.count();
    let host = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte));
    let end = trimmed(at + 1 + host.count());
    (start < at && stretch.get(at + 1..end)?.contains('.')).then_some(start..end)
}
