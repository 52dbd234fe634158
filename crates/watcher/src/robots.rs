//! May we fetch this? The rules of a site's robots.txt (RFC 9309), as far as they are meant for us.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A longer file is read this far (RFC 9309, 2.5: at least 500 KiB).
pub(crate) const BYTES_MAX: usize = 500 << 10;
/// More rules for us than this are not kept.
const RULES_MAX: usize = 10_000;
const SITEMAPS_MAX: usize = 100;

/// What a robots.txt says to us.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// Pause that it asks for between two requests, in seconds.
    delay_s: Option<f64>,
    /// The sitemaps that it names.
    pub(crate) sitemaps: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Rule {
    allow: bool,
    /// Normalised; `*` stands for anything, `$` at the end for the end.
    pattern: String,
}

impl Robots {
    /// Reads a robots.txt as the crawler whose product token is `token`.
    ///
    /// The groups that name the token are taken together; where there is none, those for `*`.
    pub(crate) fn read(body: &[u8], token: &str) -> Self {
        let body = &body[..body.len().min(BYTES_MAX)];
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let mut own = Self::default();
        let mut any = Self::default();
        let mut sitemaps = Vec::new();
        let (mut for_own, mut for_any, mut named) = (false, false, false);
        // Whether the last line was a `user-agent`: several in a row begin one group.
        let mut beginning = false;
        for line in body.split(|byte| matches!(byte, b'\n' | b'\r')) {
            let line = line.split(|byte| *byte == b'#').next().unwrap_or_default();
            let line = String::from_utf8_lossy(line);
            let Some((field, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match field.trim().to_ascii_lowercase().as_str() {
                "user-agent" | "useragent" | "user agent" => {
                    if !beginning {
                        (for_own, for_any) = (false, false);
                    }
                    beginning = true;
                    // The token is the part of letters, `_` and `-`; what follows is no part of it.
                    let end = value.find(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '-');
                    let agent = &value[..end.unwrap_or(value.len())];
                    for_any |= value.starts_with('*');
                    for_own |= agent.eq_ignore_ascii_case(token);
                    named |= for_own;
                }
                field @ ("allow" | "disallow") => {
                    beginning = false;
                    for robots in [(for_own, &mut own), (for_any, &mut any)] {
                        // An empty pattern matches nothing.
                        if let (true, robots) = robots
                            && !value.is_empty()
                            && robots.rules.len() < RULES_MAX
                        {
                            robots.rules.push(Rule { allow: field == "allow", pattern: normalise(value) });
                        }
                    }
                }
                "crawl-delay" => {
                    beginning = false;
                    let delay = value.parse::<f64>().ok().filter(|delay| delay.is_finite() && *delay >= 0.0);
                    for robots in [(for_own, &mut own), (for_any, &mut any)] {
                        if let (true, robots) = robots {
                            robots.delay_s = delay.or(robots.delay_s);
                        }
                    }
                }
                // It belongs to no group.
                "sitemap" if sitemaps.len() < SITEMAPS_MAX => sitemaps.push(value.to_owned()),
                // Other records neither begin nor end a group.
                _ => {}
            }
        }
        let mut robots = if named { own } else { any };
        robots.sitemaps = sitemaps;
        robots
    }

    /// Whether a path with its query may be fetched: the rule with the longest pattern decides, and of two equally long
    /// ones the one that allows.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let path = normalise(path);
        if path == "/robots.txt" {
            return true;
        }
        let decisive = self
            .rules
            .iter()
            .filter(|rule| matches(&rule.pattern, &path))
            .max_by_key(|rule| (rule.pattern.len(), rule.allow));
        decisive.is_none_or(|rule| rule.allow)
    }

    /// The pause that it asks for, at most `longest`.
    pub(crate) fn delay(&self, longest: Duration) -> Option<Duration> {
        let seconds = self.delay_s?;
        Some(Duration::try_from_secs_f64(seconds).map_or(longest, |delay| delay.min(longest)))
    }
}

/// Whether a pattern matches the beginning of a path. Linear in practice and never worse than the product of the two:
/// a `*` that fails is only ever retried at the last one met.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.as_bytes(), path.as_bytes());
    let (pattern, anchored) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let (mut at, mut met) = (0, 0);
    // Where the last `*` stands in the pattern, and how far the path was when it was met.
    let mut star = None;
    loop {
        if at == pattern.len() && (!anchored || met == path.len()) {
            return true;
        }
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, met));
            at += 1;
        } else if at < pattern.len() && met < path.len() && pattern[at] == path[met] {
            at += 1;
            met += 1;
        } else if let Some((star_at, star_met)) = star
            && star_met < path.len()
        {
            star = Some((star_at, star_met + 1));
            at = star_at + 1;
            met = star_met + 1;
        } else {
            return false;
        }
    }
}

/// Percent-encodings in one form (RFC 9309, 2.2.2): characters beyond ASCII encoded, unreserved ones as themselves.
fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let encoded = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        let (byte, was_encoded) = encoded.map_or((bytes[at], false), |byte| (byte, true));
        at += if was_encoded { 3 } else { 1 };
        let plain = if was_encoded {
            byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
        } else {
            byte.is_ascii()
        };
        if plain {
            normal.push(byte as char);
        } else {
            push_encoded(&mut normal, byte);
        }
    }
    normal
}

fn push_encoded(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(DIGITS[usize::from(byte >> 4)] as char);
    out.push(DIGITS[usize::from(byte & 15)] as char);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether a path may be fetched under these rules.
    fn check(robots: &str, path: &str, expected: bool) {
        assert_eq!(
            Robots::read(robots.as_bytes(), "depeche").allows(path),
            expected,
            "{path} under {robots:?}"
        );
    }

    #[test]
    fn the_group_with_our_name_counts_alone() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-agent: Depeche/1.0\nDisallow: /private\n";
        check(robots, "/a", true);
        check(robots, "/private/a", false);
        check("User-agent: depeche-other\nDisallow: /\n", "/a", true);
        check("User-agent: other\nUser-agent: DEPECHE\nDisallow: /a\n", "/a", false);
    }

    #[test]
    fn groups_with_our_name_are_taken_together() {
        let robots = "user-agent: depeche\ndisallow: /a\n\nuser-agent: x\ndisallow: /\n\nuser-agent: depeche\ndisallow: /b\n";
        check(robots, "/a", false);
        check(robots, "/b", false);
        check(robots, "/c", true);
    }

    #[test]
    fn other_records_do_not_end_a_group() {
        let robots = "User-agent: depeche\nSitemap: https://a.example/s.xml\nFoo: bar\nDisallow: /x\n";
        check(robots, "/x", false);
        assert_eq!(Robots::read(robots.as_bytes(), "depeche").sitemaps, ["https://a.example/s.xml"]);
        // A blank line does not end one either (RFC 9309, 2.1).
        check("User-agent: depeche\n\nDisallow: /x\n", "/x", false);
    }

    #[test]
    fn the_longest_match_decides() {
        let robots = "User-agent: *\nAllow: /p\nDisallow: /\n";
        check(robots, "/page", true);
        check(robots, "/other", false);
        let robots = "User-agent: *\nAllow: /folder\nDisallow: /folder\n";
        check(robots, "/folder/page", true);
        let robots = "User-agent: *\nAllow: /page\nDisallow: /*.htm\n";
        check(robots, "/page.htm", false);
        let robots = "User-agent: *\nAllow: /$\nDisallow: /\n";
        check(robots, "/", true);
        check(robots, "/page", false);
    }

    #[test]
    fn stars_and_ends() {
        let one = |pattern: &str| format!("User-agent: *\nDisallow: {pattern}\n");
        check(&one("/fish"), "/fishheads/yummy.html", false);
        check(&one("/fish"), "/Fish.asp", true);
        check(&one("/fish*"), "/fish", false);
        check(&one("/fish/"), "/fish", true);
        check(&one("/*.php"), "/folder/any.php.file.html", false);
        check(&one("/*.php$"), "/filename.php?parameters", true);
        check(&one("/*.php$"), "/a.php/b.php", false);
        check(&one("/fish*.php"), "/fishheads/catfish.php?parameters", false);
        check(&one("*"), "/", false);
        check(&one(""), "/", true);
        check(&one("/"), "/robots.txt", true);
    }

    #[test]
    fn encodings_are_compared_in_one_form() {
        let robots = "User-agent: *\nDisallow: /foo/bar/ツ\nDisallow: /a%3cd\nDisallow: /%7ejoe\n";
        check(robots, "/foo/bar/%E3%83%84", false);
        check(robots, "/a%3Cd.html", false);
        check(robots, "/~joe/index.html", false);
        check("User-agent: *\nDisallow: /a%2fb\n", "/a/b", true);
    }

    #[test]
    fn a_delay_is_capped() {
        let read = |text: &str| Robots::read(text.as_bytes(), "depeche").delay(Duration::from_mins(1));
        assert_eq!(read("User-agent: *\nCrawl-delay: 2.5\n"), Some(Duration::from_millis(2500)));
        assert_eq!(read("User-agent: *\nCrawl-delay: 86400\n"), Some(Duration::from_mins(1)));
        assert_eq!(read("User-agent: *\nCrawl-delay: 1e300\n"), Some(Duration::from_mins(1)));
        assert_eq!(read("User-agent: *\nCrawl-delay: soon\n"), None);
        assert_eq!(read("User-agent: *\nCrawl-delay: -1\nDisallow:\n"), None);
    }

    #[test]
    fn what_is_no_robots_file_forbids_nothing() {
        check("<!DOCTYPE html><title>404</title><p>Disallow: /", "/a", true);
        check("", "/a", true);
        check("Disallow: /\n", "/a", true);
        check("\u{feff}User-agent: *\r\nDisallow: /x # why\r\n", "/x", false);
    }

    #[test]
    fn only_the_head_of_an_endless_file_is_read() {
        let mut robots = "#".repeat(BYTES_MAX);
        robots.push_str("\nUser-agent: *\nDisallow: /\n");
        check(&robots, "/a", true);
    }

    #[test]
    fn stars_do_not_make_it_slow() {
        let robots = format!("User-agent: *\nDisallow: /{}$\n", "a*".repeat(500) + "c");
        check(&robots, &format!("/{}b", "a".repeat(4000)), true);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300), path in ".*") {
            Robots::read(&bytes, "depeche").allows(&path);
        }
    }
}
