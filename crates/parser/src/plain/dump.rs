//! What text browsers print of a page (`lynx -dump`): numbers of links in the text, and their addresses below it.

/// The addresses of links, by their numbers, and where the list of them begins, its head included.
pub(super) struct Addresses<'a> {
    pub(super) start: usize,
    list: Vec<&'a str>,
}

/// Words of the head of the list, and of one inside of it ("Hidden links:").
const HEAD_WORDS_MAX: usize = 4;

/// Digits of the number of a link.
const NUMBER_DIGITS_MAX: usize = 5;

/// Reads the list of addresses that a text ends in; `None` where it ends otherwise, or has none of their numbers in it.
pub(super) fn addresses(text: &str) -> Option<Addresses<'_>> {
    let mut list = Vec::new();
    for line in text.trim_end().rsplit('\n').take(super::LINES_MAX) {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        match numbered_address(line) {
            Some((number, address)) if list.last().is_none_or(|(above, _)| number + 1 == *above) => {
                list.push((number, address));
            }
            _ if list.is_empty() => return None,
            _ if line.trim().is_empty() => {}
            None if line.split_whitespace().count() <= HEAD_WORDS_MAX => {
                if list.last().is_some_and(|(number, _)| *number == 1) {
                    let list = list.into_iter().rev().map(|(_, address)| address).collect();
                    return Some(Addresses { start, list }).filter(|_| text[..start].contains("[1]"));
                }
            }
            _ => return None,
        }
    }
    None
}

/// `   3. https://lake.example/ice`.
fn numbered_address(line: &str) -> Option<(usize, &str)> {
    let (number, address) = line.trim().split_once(". ")?;
    let is_address = address.split_once(':').is_some_and(|(scheme, rest)| {
        !rest.is_empty() && !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    (is_address && !address.contains(' ')).then(|| Some((number.parse().ok()?, address)))?
}

impl<'a> Addresses<'a> {
    /// A line without the numbers of links, and their addresses.
    pub(super) fn taken_from(&self, line: &str) -> Option<(String, Vec<&'a str>)> {
        let mut out = String::with_capacity(line.len());
        let (mut rest, mut found) = (line, Vec::new());
        while let Some(at) = rest.find('[') {
            let digits =
                rest[at + 1..].bytes().take(NUMBER_DIGITS_MAX).take_while(u8::is_ascii_digit).count();
            let inside = &rest[at + 1..=at + digits];
            let is_closed = rest[at + 1 + digits..].starts_with(']');
            let number: Option<usize> = inside.parse().ok().filter(|_| is_closed);
            let address = number.and_then(|number| self.list.get(number.checked_sub(1)?));
            out.push_str(&rest[..at]);
            if let Some(address) = address {
                found.push(*address);
                rest = &rest[at + inside.len() + 2..];
            } else {
                out.push('[');
                rest = &rest[at + 1..];
            }
        }
        out.push_str(rest);
        (!found.is_empty()).then_some((out, found))
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const DUMP: &str = "   #[1]Lake Post RSS [2]alternate

   [3]Skip to content
   [4]Lake Post
     * [5]News
     * [6]Sport

Holm council votes to double harbour quays

   By [7]Ann Lee
   3 March 2026

   The council of Holm voted on Monday night to double the length of its
   quays, in a plan worth 240 million euros that its [8]opponents call far
   too dear [sic] for a town of that size, and said so in the street last
   week.

   Last year 3.2 million tonnes passed through the port, a record, but its
   ships wait two days at anchor on average before they can come in.

References

   1. https://lake.example/rss
   2. https://lake.example/amp/quays
   3. https://lake.example/quays#content
   4. https://lake.example/
   5. https://lake.example/news
   6. https://lake.example/sport
   7. https://lake.example/authors/ann-lee
   8. https://lake.example/opponents
";

    #[test]
    fn what_a_text_browser_prints_is_read_without_its_numbers() {
        let lexicon = Lexicon::load(None).unwrap();
        for dump in [DUMP.to_owned(), DUMP.replace("   7. https", "\n   Hidden links:\n   7. https")] {
            let article = crate::plain::read(&dump, &lexicon).unwrap();
            assert_eq!(article.title.as_deref(), Some("Holm council votes to double harbour quays"));
            assert_eq!(article.authors, ["Ann Lee"]);
            assert_eq!(
                article.text.as_str(),
                "The council of Holm voted on Monday night to double the length of its quays, in a plan worth 240 million \
                 euros that its opponents call far too dear [sic] for a town of that size, and said so in the street last \
                 week.\n\nLast year 3.2 million tonnes passed through the port, a record, but its ships wait two days at \
                 anchor on average before they can come in."
            );
            let links: Vec<_> = article.references.iter().map(|link| link.url.as_deref()).collect();
            assert_eq!(links, [Some("https://lake.example/opponents")]);
        }
    }

    #[test]
    fn a_text_may_end_in_numbered_sources() {
        let text =
            "Le lac a gelé cette nuit, et personne dans la ville ne s'y attendait si tôt dans l'hiver.";
        let page = format!(
            "Le lac a gelé\n\n{text}\n\nSources\n1. https://lac.example/a\n2. https://lac.example/b\n"
        );
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!((article.text.as_str(), article.references.len()), (text, 2));
    }
}
