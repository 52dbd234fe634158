//! Who wrote the page: people's names only.

mod address;
mod beside;
mod commenter;
mod element;
mod explain;
mod lines;
mod name;
mod owner;
mod people;
mod shown;
mod told;

use self::owner::owner;
use self::people::{Cleaner, Trust};
use self::shown::{AWAY, Page};
pub(super) use self::shown::{is_marked, is_title_of_another};
use super::blocks::Blocks;
use super::body::{Judged, Verdict};
use super::metadata::{Metadata, without_tags};
use super::place::Place;
use super::role::Roles;
use super::source::Source;
use super::tree::{NodeId, Tree};
use crate::byline;
use crate::lexicon::{Lexicon, fold};

/// Authors kept: a longer byline is a list of something else.
const AUTHORS_MAX: usize = 12;

/// Names of meta elements that hold authors, the most exact first, with whether they are of the article alone. Templates
/// put the site's owner or their own maker into the others too. They come from HTML (`author`), Open Graph (`article:`, also
/// below `og:` by mistake), the analytics of Parse.ly, Sailthru and Piano (`cxenseparse:`), Dublin Core (`dc.`, `dcterms.`, a
/// bare `creator`) and Highwire Press, whose fields Google Scholar reads (`citation_`).
const AUTHORS: &[(&str, bool)] = &[
    ("author", false),
    ("article:author", true),
    ("og:article:author", true),
    ("parsely-author", true),
    ("sailthru.author", true),
    ("dc.creator", false),
    ("dcterms.creator", false),
    ("citation_author", true),
    ("cxenseparse:author", true),
    ("creator", false),
    ("og:author", true),
];

/// The names that meta elements begin with in which names are filed by the surname.
const FILED: [&str; 3] = ["dc.", "dcterms.", "citation_"];

/// The authors of a page, and where the first of them was found.
#[derive(Default)]
pub(super) struct Authors {
    pub names: Vec<String>,
    pub source: Option<Source>,
}

impl Authors {
    /// Notes where names come from, if these are the first.
    fn come_from(&mut self, source: Source) {
        if self.source.is_none() && !self.names.is_empty() {
            self.source = Some(source);
        }
    }
}

/// A page whose authors are looked for.
pub(super) struct Bylines<'p, 'a> {
    pub place: Place<'p, 'a>,
    metadata: &'p Metadata<'a>,
    cleaner: Cleaner<'p>,
    signatures: &'p [usize],
    verdicts: &'p [Verdict],
}

impl<'p, 'a> Bylines<'p, 'a> {
    pub(super) fn new(
        tree: &'p Tree<'a>,
        blocks: &'p Blocks,
        metadata: &'p Metadata<'a>,
        headline: Option<NodeId>,
        lexicon: &'p Lexicon,
    ) -> Self {
        let hosts = metadata.host().into_iter().flat_map(|(host, name)| [fold(host), fold(name)]);
        let sites = metadata.names_of_no_person().map(fold).chain(hosts).collect();
        Self {
            place: Place { tree, blocks, headline },
            metadata,
            cleaner: Cleaner { lexicon, sites },
            signatures: &[],
            verdicts: &[],
        }
    }

    /// The same with what became of the blocks, and with those of them that sign the text at its foot.
    pub(super) fn of_judged(self, judged: &'p Judged) -> Self {
        Self { signatures: &judged.signatures, verdicts: &judged.verdicts, ..self }
    }

    /// The authors, in the order of the first source that names any.
    pub(super) fn authors(&self) -> Authors {
        let (cleaner, page) = (&self.cleaner, self.page());
        let (mut authors, of_the_article) = self.stated();
        if authors.names.iter().all(|name| !name.contains(' ')) {
            // A field may hold what the author logs in by; the page may show the name.
            let mut shown = page.names(AWAY);
            if shown.names.is_empty() {
                // Some pages set the byline beside the text.
                shown = page.names(AWAY & !Roles::SIDEBAR);
            }
            if authors.names.is_empty() || shown.names.iter().any(|name| name.contains(' ')) {
                authors = shown;
            }
        } else {
            authors = self.believed(authors, of_the_article);
        }
        if authors.names.is_empty() {
            authors = page.signed(self.signatures);
        }
        if authors.names.is_empty()
            && let Some((name, source)) = owner(self.place.tree, self.place.blocks, self.metadata, cleaner)
        {
            authors = Authors { names: vec![name], source: Some(source) };
        }
        if authors.names.is_empty()
            && let Some((name, id)) = commenter::author(self.place.tree, cleaner)
        {
            authors = Authors { names: vec![name], source: Some(Source::Element(id)) };
        }
        authors.names.truncate(AUTHORS_MAX);
        self.write_out(&mut authors.names);
        authors
    }

    /// Takes the whole form of a name that a field has shortened, where the byline of the page has it: "S. Lam" and "Sarah Lam".
    fn write_out(&self, names: &mut [String]) {
        let is_short = |name: &String| shortened(name).is_some();
        if !names.iter().any(is_short) {
            return;
        }
        let shown = self.page().names(AWAY).names;
        for name in names.iter_mut() {
            let Some((initial, surname)) = shortened(name) else { continue };
            let is_whole = |other: &&String| {
                let mut words = other.split_whitespace();
                let (given, last) = (words.next().unwrap_or_default(), words.last().unwrap_or_default());
                given.chars().count() > 2
                    && given.starts_with(initial)
                    && fold(last).starts_with(&fold(surname))
            };
            let mut whole = shown.iter().filter(is_whole);
            if let (Some(other), None) = (whole.next(), whole.next()) {
                *name = other.clone();
            }
        }
    }

    /// The authors of fields, or those of the byline at the headline: fields may name the first of several authors only, or
    /// who owns the site.
    fn believed(&self, stated: Authors, of_the_article: bool) -> Authors {
        let (cleaner, page) = (&self.cleaner, self.page());
        let mut shown = page.names_at_headline();
        let is_linked = shown.names.is_empty() && !of_the_article;
        if is_linked {
            shown = page.linked_behind_label();
        }
        let known = |name: &String| shown.names.contains(name);
        let is_more = shown.names.len() > stated.names.len() && stated.names.iter().all(known);
        let is_other = !shown.names.is_empty() && !stated.names.iter().any(known);
        let is_outvoted = is_other && of_the_article && self.is_outvoted(&shown.names);
        let is_person = |name: &String| {
            if name.contains(' ') {
                is_linked || is_outvoted || cleaner.is_person(name)
            } else {
                cleaner.is_given_name(name)
            }
        };
        let is_believed = is_more || is_other && (!of_the_article || is_outvoted);
        if is_believed && shown.names.iter().all(|name| stated.names.contains(name) || is_person(name)) {
            return shown;
        }
        stated
    }

    fn page(&self) -> Page<'_, 'a> {
        Page { place: self.place, cleaner: &self.cleaner, verdicts: self.verdicts }
    }

    /// Whether a field of the article's authors names all the people of a byline: then JSON-LD that names others has whoever
    /// put the article into the system.
    fn is_outvoted(&self, shown: &[String]) -> bool {
        let fields = AUTHORS.iter().filter(|(_, of_the_article)| *of_the_article);
        let mut fields = fields.map(|(key, _)| {
            let mut names = Vec::new();
            for value in self.metadata.metas_named(key) {
                self.cleaner.add(value, Trust::Field, &mut names);
            }
            names
        });
        fields.any(|names| shown.iter().all(|name| names.contains(name)))
    }

    /// The names that the metadata give, and whether as those of this article's authors.
    fn stated(&self) -> (Authors, bool) {
        let (metadata, cleaner) = (self.metadata, &self.cleaner);
        let mut authors = Authors::default();
        for author in &metadata.jsonld.authors {
            let name = without_tags(&author.name);
            if author.organization {
                // An organisation by its type may be a person all the same: many templates know one type only.
                let mut names = Vec::new();
                cleaner.add(&name, Trust::Line, &mut names);
                authors.names.extend(names.into_iter().filter(|name| cleaner.is_person(name)));
            } else {
                cleaner.add(&name, Trust::Field, &mut authors.names);
            }
        }
        authors.come_from(Source::LinkedData);
        if !authors.names.is_empty() {
            // Whoever made the page as such is often the one who runs the site.
            return (authors, metadata.jsonld.is_article);
        }
        for (key, of_the_article) in AUTHORS {
            let is_of_catalogue = FILED.iter().any(|start| key.starts_with(start));
            for value in metadata.metas_named(key) {
                if is_of_catalogue {
                    for name in value.split(';') {
                        let turned = byline::turned(name, true, cleaner.lexicon);
                        cleaner.add(turned.as_deref().unwrap_or(name), Trust::Field, &mut authors.names);
                    }
                } else {
                    cleaner.add(value, Trust::Field, &mut authors.names);
                }
            }
            authors.come_from(Source::Meta(key));
            if !authors.names.is_empty() {
                return (authors, *of_the_article);
            }
        }
        for (label, value) in LABELLED {
            if let (Some(label), Some(text)) = (metadata.meta(&[label]), metadata.meta(&[value]))
                && cleaner.labelled(label).is_some()
            {
                cleaner.add(text, Trust::Field, &mut authors.names);
                authors.come_from(Source::Meta(value));
            }
        }
        (authors, true)
    }
}

/// The initial and the surname of a name with no more than these, of which the surname may be cut: "S. Vanhees", "M. Rivo."
fn shortened(name: &str) -> Option<(char, &str)> {
    let (initial, surname) = name.split_once(' ')?;
    let mut letters = initial.chars();
    let first = letters.next().filter(|first| first.is_uppercase())?;
    let surname = surname.trim_end_matches('.');
    (letters.as_str() == "." && surname.chars().count() >= SURNAME_MIN && !surname.contains(' '))
        .then_some((first, surname))
}

/// Letters of a surname that is cut, or whole.
const SURNAME_MIN: usize = 3;

/// Twitter cards carry labelled values: "Written by", "Zoe Lam".
const LABELLED: [(&str, &str); 2] =
    [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn check_page(page: &str, expected: &[&str]) {
        check_page_titled(page, None, expected);
    }

    fn check_page_titled(page: &str, title: Option<&str>, expected: &[&str]) {
        let tree = Tree::parse(page);
        let metadata = Metadata::of(&tree);
        let headline = metadata.headline(&tree, title);
        let lexicon = Lexicon::load(None).unwrap();
        let blocks = Blocks::of(&tree);
        let authors = Bylines::new(&tree, &blocks, &metadata, headline, &lexicon).authors();
        assert_eq!(authors.names, expected, "{page}");
    }

    #[test]
    fn what_stands_beside_the_site_in_a_field_is_its_place() {
        let page = "<meta property=og:site_name content='lake.example'><h1>Ice</h1>";
        check_page(&format!("<meta name=author content='lake.example, Oslo, Norway'>{page}"), &[]);
        check_page(&format!("<meta name=author content='Anna Lam, Oslo'>{page}"), &["Anna Lam"]);
    }

    #[test]
    fn not_all_authors_of_a_byline_are_links() {
        let head = "<h1>Ice on the lake</h1>";
        check_page(
            &format!("{head}<div class=byline>By <a href=/author/anna>Anna Lam</a> and Bo Ekman</div>"),
            &["Anna Lam", "Bo Ekman"],
        );
        check_page(
            &format!(
                "{head}<div class=byline><span>By <span class=n>Anna Lam</span></span><span>and <span class=n>Bo Ekman</span></span></div>"
            ),
            &["Anna Lam", "Bo Ekman"],
        );
    }

    #[test]
    fn who_is_linked_as_photographer_is_no_author() {
        let anna = "<a href=/author/anna>Anna Lam</a>";
        let lena = "<a href=/author/lena>Lena Ekman</a>";
        for byline in [
            format!("By {anna} and photos {lena}"),
            format!("By {anna}, photos: {lena}"),
            format!("By {anna} and {lena} (photos)"),
            format!("Par {anna}, envoyée spéciale à Holm et photos {lena}"),
        ] {
            for kind in ["byline", "x"] {
                check_page(
                    &format!("<h1>Ice</h1><div class={kind}>{byline}</div><p>The lake froze.</p>"),
                    &["Anna Lam"],
                );
            }
        }
        check_page(&format!("<h1>Ice</h1><div class=byline>Texte et photos : {anna}</div>"), &["Anna Lam"]);
        check_page(
            &format!("<h1>Ice</h1><div class=byline>By {anna} and {lena}</div>"),
            &["Anna Lam", "Lena Ekman"],
        );
    }

    #[test]
    fn each_author_may_have_a_card() {
        let card = |name: &str, role: &str| {
            format!(
                "<div class=author><span class=author-name>{name}</span><span class=author-title>{role}</span></div>"
            )
        };
        let cards = |first: &str, second: &str| {
            format!(
                "<h1>Ice on the lake</h1><div class=authors>{}{}</div>",
                card("Anna Lam", first),
                card("Bo Ekman", second)
            )
        };
        check_page(&cards("Port reporter", "Lake reporter"), &["Anna Lam", "Bo Ekman"]);
        let translated = "<div class=post><span class=author>Anna Lam</span></div><div class=post><span class=author>Translated by: Bo Ekman</span></div>";
        check_page(&format!("<h1>Ice on the lake</h1>{translated}"), &["Anna Lam"]);
    }

    #[test]
    fn who_is_named_in_a_sentence_beside_a_date_did_not_write_it() {
        let said = "The keeper of the port, Anna Lam, hopes that the ice will hold until the end of the week at least.";
        check_page(
            &format!("<h1>Ice on the lake</h1><p>{said}</p><h2>2 March 2026</h2><p>It broke.</p>"),
            &[],
        );
    }

    #[test]
    fn the_byline_writes_out_what_a_field_shortens() {
        let field = |name: &str| format!("<meta name=author content='{name}'><h1>Ice on the lake</h1>");
        let byline = "<div class=byline>By Sarah Lamant</div>";
        for name in ["S. Lamant", "S. Lam."] {
            check_page(&format!("{}{byline}", field(name)), &["Sarah Lamant"]);
        }
        let other = "<meta property=article:author content='B. Lamant'><h1>Ice on the lake</h1>";
        check_page(&format!("{other}{byline}"), &["B. Lamant"]);
        check_page(&field("S. Lamant"), &["S. Lamant"]);
    }

    #[test]
    fn json_ld_names_people_in_many_ways() {
        for (author, expected) in [
            (r#"["Anna Lam", {"@type": "Person", "name": "Bo Ek"}]"#, &["Anna Lam", "Bo Ek"][..]),
            (r#""Anna Lam and Bo Ek""#, &["Anna Lam", "Bo Ek"]),
            (r#"{"@type": "Person", "name": ["Anna Lam", "Bo Ek"]}"#, &["Anna Lam", "Bo Ek"]),
            (r#"{"@type": "Person", "givenName": "Anna", "familyName": "Lam"}"#, &["Anna Lam"]),
            (r#"{"@type": "Person", "familyName": "Lam"}"#, &[]),
            (r#"{"@type": "Person", "name": "<a href=\"/anna\">Anna Lam</a>"}"#, &["Anna Lam"]),
            (r#"{"@type": "Organization", "name": "Anna Lam"}"#, &["Anna Lam"]),
            (r#"{"@type": "Organization", "name": "Holm Courier"}"#, &[]),
        ] {
            let data = format!(r#"{{"@type": "NewsArticle", "headline": "Ice", "author": {author}}}"#);
            check_page(&format!("<script type=application/ld+json>{data}</script><h1>Ice</h1>"), expected);
        }
    }

    #[test]
    fn a_byline_at_the_headline_may_know_better_than_fields() {
        let of = |kind: &str, name: &str| {
            format!(
                r#"<script type="application/ld+json">{{"@type": "{kind}", "headline": "Ice", "name": "Ice", "author":
                {{"@type": "Person", "name": "{name}"}}}}</script>"#
            )
        };
        let byline = "<h1>Ice</h1><p class=byline>By Anna Lam and Lena Ek</p><p>The lake froze.</p>";
        // Whoever made the page is not who wrote the article.
        check_page(&format!("{}{byline}", of("WebPage", "Zoe Lund")), &["Anna Lam", "Lena Ek"]);
        check_page(&format!("{}{byline}", of("NewsArticle", "Zoe Lund")), &["Zoe Lund"]);
        // Two places that agree outvote one.
        let field =
            "<meta name=parsely-author content='Anna Lam'><meta name=parsely-author content='Lena Ek'>";
        check_page(&format!("{field}{}{byline}", of("NewsArticle", "Zoe Lund")), &["Anna Lam", "Lena Ek"]);
        let other = "<meta name=parsely-author content='Olga Ek'>";
        check_page(&format!("{other}{}{byline}", of("NewsArticle", "Zoe Lund")), &["Zoe Lund"]);
    }

    #[test]
    fn a_link_behind_a_label_names_the_author_of_a_post() {
        let page = |line: &str| {
            format!("<meta name=author content='Lena Ek - Bo Lund'><h1>Ice</h1>{line}<p>The lake froze.</p>")
        };
        check_page(&page("<p class=date>Posted by <a href=/author/anna/>Anna</a> on Monday</p>"), &["Anna"]);
        check_page(&page("<dl><dt>Author</dt><dd><a href=/staff/anna>Anna Lam</a></dd></dl>"), &["Anna Lam"]);
        check_page(&page("<p>Read more in <a href=/author/anna/>Anna</a></p>"), &["Lena Ek", "Bo Lund"]);
        check_page(&page("<p>Posted by <a href=/author/x/>icewatcher</a></p>"), &["Lena Ek", "Bo Lund"]);
    }

    #[test]
    fn authors_in_boxes_of_their_own_are_all_named() {
        let author = |given: &str, name: &str| {
            format!(
                "<div class=byline itemscope><div><address><a rel=author href='mailto:{given}@lake.example'><span>{given}</span> \
                 <span>{name}</span></a></address></div></div>"
            )
        };
        let both = format!("{}{}", author("Anna", "Lam"), author("Bo", "Ek"));
        check_page(
            &format!("<h1>Ice</h1><div class=bylines>{both}</div><p>It froze.</p>"),
            &["Anna Lam", "Bo Ek"],
        );
    }

    #[test]
    fn what_an_author_s_link_shows_besides_is_no_name() {
        check_page(
            "<h1>Ice</h1><a href=/autoren/anna-lam-1><span>© Anna Lam</span><b itemprop=name>Anna Lam</b></a><p>It froze.</p>",
            &["Anna Lam"],
        );
    }

    #[test]
    fn a_card_that_is_a_link_names_nobody_here() {
        let card = |rest: &str| {
            format!(
                "<a class=author href=/x>By Bo Ek {rest}<p>The port of Holm will be closed for a year, because the ice has broken its \
                 walls in three places, and nobody knows who is going to pay for mending them before the winter, or when the ferries to the islands will be back.</p></a>"
            )
        };
        check_page(
            &format!("<h1>Ice</h1><p>It froze.</p><ul><li>{}</li></ul>", card("<b>Port closed</b>")),
            &[],
        );
    }

    #[test]
    fn who_comments_as_the_author_of_the_post_is_its_author() {
        let page = |head: &str, class: &str, name: &str| {
            format!(
                "<h1>Ice</h1>{head}<p>The lake froze.</p><ol><li class='comment byuser comment-author-bo'><cite class=fn>Bo Ek</cite>\
                 <p>How?</p><ul><li class='comment byuser comment-author-lam {class}'><div class='comment-author vcard'>{name}</div>\
                 <p>Over night.</p></ul></ol>"
            )
        };
        check_page(&page("", "bypostauthor", "<b class=fn>Anna Lam</b> says:"), &["Anna Lam"]);
        check_page(&page("", "bypostauthor", "<a class=fn href=/>icewatcher</a>"), &["icewatcher"]);
        check_page(&page("", "bypostauthor", "<b class=fn>admin</b>"), &[]);
        check_page(&page("", "odd", "<b class=fn>Anna Lam</b>"), &[]);
        check_page(
            &page("<p class=byline>By Zoe Lund</p>", "bypostauthor", "<b class=fn>icewatcher</b>"),
            &["Zoe Lund"],
        );
    }

    #[test]
    fn authors_of_other_articles_are_not_the_page_s() {
        let page =
            "<main><article><h1>Ice</h1><p class=byline>AFP</p><p>The lake froze.</p></article></main>";
        for other in [
            "<aside><article><h3><a href=/x>Why I love winter</a></h3><i class=author>By Lena Ek</i></article></aside>",
            "<aside><h3><a href=/x>Winter</a></h3><a rel=author href=/lena>Lena Ek</a></aside>",
            "<aside><ul><li><a href=/x>Why I love winter</a> <i class=author>Lena Ek</i></ul></aside>",
            "<section><article><a href=/x><h3>Winter</h3></a><p class=author>Lena Ek</p></article></section>",
        ] {
            check_page_titled(&format!("{page}{other}"), Some("Ice"), &[]);
            check_page_titled(&format!("{other}{page}"), Some("Ice"), &[]);
        }
        check_page_titled(
            &format!("{page}<aside><h3>The author</h3><p class=author>By Lena Ek</p></aside>"),
            Some("Ice"),
            &["Lena Ek"],
        );
        let blog = "<aside><h1><a href=/>Lake notes and more</a></h1><p>by Lena Ek</p></aside><h2>Ice</h2><p>It froze.</p>";
        check_page_titled(blog, Some("Ice"), &["Lena Ek"]);
        let own = "<h1>Ice</h1><article><p class=byline>By Lena Ek</p><p>The lake froze.</p></article>";
        check_page_titled(own, Some("Ice"), &["Lena Ek"]);
    }

    #[test]
    fn a_name_that_is_filed_by_its_surname_is_turned() {
        for (name, value, expected) in [
            ("DC.creator", "Kervella, Anne", &["Anne Kervella"][..]),
            ("citation_author", "García Lorca, Anna", &["Anna García Lorca"]),
            ("citation_author", "Kervella, Anne; Madec, Bo", &["Anne Kervella", "Bo Madec"]),
            ("dcterms.creator", "Anne Kervella, Anna Lam", &["Anne Kervella", "Anna Lam"]),
            ("dc.creator", "Anne Kervella, Oslo", &["Anne Kervella"]),
            ("DC.creator", "Anne Kervella", &["Anne Kervella"]),
        ] {
            check_page(&format!("<meta name='{name}' content='{value}'><h1>Ice</h1>"), expected);
        }
    }

    #[test]
    fn roles_and_places_beside_names_are_none() {
        let prose = "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port to all who asked.</p>";
        let page = |line: &str| format!("<html lang=fr><h1>Ice</h1>{line}{prose}{prose}{prose}");
        check_page(
            &page(
                "<p class=author>Anne Kervella, envoyée spéciale à Kiev, et Anna Madec (avec Zoé Ménard à Paris)</p>",
            ),
            &["Anne Kervella", "Anna Madec", "Zoé Ménard"],
        );
        check_page(
            &page("<p class=byline>De notre correspondante à Vannes, Anne Kervella</p>"),
            &["Anne Kervella"],
        );
        check_page(
            &page("<p class=byline>De notre envoyé spécial à Kiev, Bruno Madec</p>"),
            &["Bruno Madec"],
        );
        check_page(&page("<p class=byline>De notre correspondante à Vannes</p>"), &[]);
        check_page(&page("<p class=by>（記者・田中直子）</p>"), &["田中直子"]);
        check_page(
            &page("<address>Anna Lam <span>Consumer affairs correspondent</span></address>"),
            &["Anna Lam"],
        );
        check_page(&page("<address>Gasthaus Lam Familie Rieder</address>"), &[]);
        check_page(&page("<address>Lake House, 12 Port Road, Oslo</address>"), &[]);
        check_page(&page("<p>The port.</p><footer><address>Anna Lam, 12 Port Road</address></footer>"), &[]);
    }

    #[test]
    fn by_in_a_headline_names_no_author() {
        check_page(
            "<div class=post-meta>Lakes Loved by Anna Lam and Others</div><h1>Lakes Loved by Anna Lam and Others</h1>\
             <p>Written by: Bo Ekman</p>",
            &["Bo Ekman"],
        );
    }

    #[test]
    fn an_author_s_card_names_the_author_alone() {
        check_page(
            "<h1>Ice</h1><div class=author-container><a href=/ice><span>AL</span><div><span>Anna Lam</span><p>As founder of the \
             lake she has frozen many a time, and says so here.</p></div></a></div>",
            &["Anna Lam"],
        );
        check_page("<h1>Ice</h1><p class=byline>AL Anna Lam</p>", &["Anna Lam"]);
        check_page(
            "<h1>Ice</h1><div class='author vcard'><b class=fn>Editorial team</b><ul class=breadcrumbs>\
             <li><a href=/a><span itemprop=name>Lake Reviews</span></a></ul></div>",
            &[],
        );
    }

    #[test]
    fn a_label_below_the_text_names_the_author() {
        check_page(
            "<h1>Ice</h1><p>The lake froze.</p><p><strong>Autorin: Uta Lam, Projektleiterin der XYZ in Oslo.</strong></p>",
            &["Uta Lam"],
        );
        let page = "<h1>Ice</h1><p>The lake froze.</p><div class=media><p>";
        check_page(&format!("{page}Autorin: Uta Lam, Projektleiterin"), &["Uta Lam"]);
        check_page(&format!("{page}Von Uta Lam"), &[]);
        check_page(&format!("{page}</p><figure><figcaption>Autorin: Uta Lam"), &[]);
    }
}
