//! When the page was published and changed, with what that rests on.

mod address;
mod bar;
mod changed;
mod explain;
mod find;
mod own;
mod part;
mod scripts;
mod seen;
mod shown;
mod zone;

use document::{Basis, Published};

pub(crate) use self::address::in_url;
pub(super) use self::explain::{passed_over_of_change, passed_over_of_publication};
use self::scripts::in_scripts;
pub(super) use self::shown::Page;
use super::blocks::Blocks;
use super::metadata::Metadata;
use super::source::Source;
use super::tag::Name;
use super::tree::{NodeId, Tree};
use crate::date::{self, Date, Order};

/// The year of the oldest page that a date is believed for: digitised archives reach back, slips of the hand further.
const YEAR_MIN: u16 = 1850;
/// The year past which a date is a slip of the hand.
const YEAR_MAX: u16 = 2099;

/// Names of meta elements that hold nothing but the date of publication, the most exact first: those of Open Graph
/// (`article:`, also below `og:` by mistake), schema.org, Parse.ly, Sailthru, Piano (`cxenseparse:`), Highwire Press
/// (`citation_`, for Google Scholar), Dublin Core and Shareaholic; the others are plain words that templates of all makers
/// use.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish_date",
    "publish-date",
    "published",
    "pubdate",
    "published_time",
    "publication_date",
    "publicationdate",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "cxenseparse:publishtime",
    "shareaholic:article_published_time",
    "pub_date",
];

/// Names of meta elements that hold a date of the page, most often but not always that of publication: those of Dublin Core,
/// and plain words.
const DATED: &[&str] = &["dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "created"];

/// Names of meta elements that hold the date of the last change: those of Open Graph, schema.org and Dublin Core, the header of
/// HTTP, and a plain word.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
];

/// A date of the article, and where it was found.
pub(super) struct Dated {
    pub date: Published,
    pub source: Source,
}

impl Dated {
    fn new(date: Date, basis: Basis, source: Source) -> Self {
        Self { date: Published { edtf: date.edtf(), basis }, source }
    }
}

/// When it was published, and when it was last changed.
pub(super) fn dates(page: &Page<'_, '_>, url: Option<&str>) -> (Option<Dated>, Option<Dated>) {
    let published = published(page, url).or_else(|| {
        // Whoever reads the page is told of a date that is still to come.
        let Stated { whole, .. } = Stated::of(fields(page, PUBLISHED, true), None, page, None);
        whole.map(|(source, _, date)| Dated::new(date, Basis::Metadata, source))
    });
    let modified = modified(page, published.as_ref());
    (published, modified)
}

/// The fields in which a page states a date: those of JSON-LD, of an article or of anything, before or after the meta
/// elements of these names.
fn fields<'p>(
    page: &'p Page<'_, '_>,
    names: &'static [&'static str],
    of_article: bool,
) -> impl Iterator<Item = (Source, &'p str)> {
    let metadata = page.metadata;
    let linked_data = || metadata.jsonld.published.iter().map(|text| (Source::LinkedData, text.as_str()));
    let before = of_article && metadata.jsonld.is_article;
    linked_data()
        .filter(move |_| before)
        .chain(metadata.metas_of(names))
        .chain(linked_data().filter(move |_| !of_article))
}

/// When it was published: what is known to the day at the highest place, unless a higher one states a part of the date
/// that it does not agree with.
fn published(page: &Page<'_, '_>, url: Option<&str>) -> Option<Dated> {
    let (metadata, order, latest) = (page.metadata, page.order, page.latest);
    let Stated { whole, part } = Stated::of(fields(page, PUBLISHED, true), None, page, latest);
    let fits = |date: &Date| is_past(date, latest) && part.is_none_or(|(_, part)| date.completes(&part));
    let known = |date: &Date| date.is_whole() && fits(date);
    let url_date = || metadata.url().and_then(in_url).or_else(|| url.and_then(in_url)).filter(fits);
    let whole = whole.or_else(|| {
        let (id, date) = page.in_microdata(known).or_else(|| page.first_time(known))?;
        Some((Source::Element(id), "", date))
    });
    if let Some((source, written, date)) = whole {
        return Some(Dated { date: page.as_readers_saw(written, date, url_date()), source });
    }
    let in_microdata = || page.in_microdata(|date| is_past(date, latest));
    let part = part.or_else(|| in_microdata().map(|(id, date)| (Source::Element(id), date)));
    let fits = |date: &Date| is_past(date, latest) && part.is_none_or(|(_, part)| date.completes(&part));
    let shown = page.shown().filter(|(_, date)| fits(date));
    let as_shown = |(id, date)| Dated::new(date, Basis::Dateline, Source::Element(id));
    // A date of the page may be that of a change; what readers are told is not.
    let of_page = Stated::of(fields(page, DATED, false), part, page, latest);
    if let Some((source, written, date)) = of_page.whole {
        return Some(match shown {
            Some(shown) if !page.shows(&date) && !is_same_instant(&date, &shown.1) => as_shown(shown),
            _ => Dated { date: page.as_readers_saw(written, date, url_date()), source },
        });
    }
    match (url_date().filter(fits), shown) {
        (Some(url_date), Some(shown)) if same_day(&shown.1, &url_date) => Some(as_shown(shown)),
        (Some(url_date), _) if url_date.day.is_some() => {
            Some(Dated::new(url_date, Basis::Url, Source::Address))
        }
        (_, Some(shown)) => Some(as_shown(shown)),
        (url_date, None) => {
            let metadata =
                |part: Option<(Source, Date)>| part.map(|(source, date)| (source, date, Basis::Metadata));
            let line = |line: Option<(NodeId, Date)>| {
                line.map(|(id, date)| (Source::Element(id), date, Basis::Dateline))
            };
            let places = [
                metadata(part),
                metadata(in_scripts(page.tree, order).map(|date| (Source::Script, date))),
                url_date.map(|date| (Source::Address, date, Basis::Url)),
                metadata(of_page.part),
                line(page.shown_in_part()),
                page.dispatched().map(|date| (Source::Text, date, Basis::Dateline)),
                page.own_day().map(|date| (Source::Text, date, Basis::Body)),
            ];
            let dates = places.into_iter().flatten().filter(|(_, date, _)| is_past(date, latest));
            let dates = dates.map(|(source, date, basis)| (date, (basis, source)));
            date::fullest(dates).map(|(date, (basis, source))| Dated::new(date, basis, source))
        }
    }
}

/// When it was last changed. No place is believed whose date lies before that of publication.
fn modified(page: &Page<'_, '_>, published: Option<&Dated>) -> Option<Dated> {
    let stated = Stated::of(changes(page), None, page, page.latest);
    let past = |date: &Date| is_past(date, page.latest);
    let in_microdata = || {
        page.with_property("dateModified").find_map(|id| {
            let date = machine_date(page.tree, id, page.order).filter(past)?;
            Some((Source::Element(id), date))
        })
    };
    let whole = stated.whole.map(|(source, _, date)| (source, date));
    let stated = whole.or_else(in_microdata).or(stated.part);
    let day = published.and_then(|published| date::read(&published.date.edtf, Order::DayFirst));
    let may_be = |date: &Date| day.is_none_or(|day| !is_before(date, &day));
    let stated = stated.filter(|(_, date)| may_be(date));
    let shown = || {
        let time = page.changed_time().map(|(id, date)| (date, Basis::Metadata, id));
        let line = || page.shown_change(day.as_ref()).map(|(id, date)| (date, Basis::Dateline, id));
        time.or_else(line)
            .or_else(|| page.revised_above(published?).map(|(id, date)| (date, Basis::Dateline, id)))
    };
    let as_shown = |(date, basis, id)| Dated::new(date, basis, Source::Element(id));
    stated
        .map(|(source, date)| Dated::new(date, Basis::Metadata, source))
        .or_else(|| shown().filter(|(date, ..)| may_be(date)).map(as_shown))
}

/// Whether a date lies before another: by the instant where both have a zone or neither does, else by the day.
fn is_before(date: &Date, other: &Date) -> bool {
    let (day, other_day) = ((date.year, date.month, date.day), (other.year, other.month, other.day));
    if !date.is_whole() || !other.is_whole() {
        return false;
    }
    let minutes = |date: &Date| {
        date.time.map(|time| (i32::from(time.hour) * 60 + i32::from(time.minute), time.offset.map(i32::from)))
    };
    match (minutes(date), minutes(other)) {
        (Some((own, None)), Some((before, None))) => (day, own) < (other_day, before),
        (Some((own, Some(zone))), Some((before, Some(other_zone)))) => {
            let apart = own - zone - (before - other_zone);
            match day.cmp(&other_day) {
                std::cmp::Ordering::Equal => apart < 0,
                // Zones may set a day apart what is the same instant.
                std::cmp::Ordering::Less => apart < DAY_MINUTES,
                std::cmp::Ordering::Greater => false,
            }
        }
        _ => day < other_day,
    }
}

/// Minutes of a day.
const DAY_MINUTES: i32 = 24 * 60;

/// The fields in which a page states when it was last changed.
fn changes<'p>(page: &'p Page<'_, '_>) -> impl Iterator<Item = (Source, &'p str)> {
    let linked_data = page.metadata.jsonld.modified.as_deref();
    linked_data.into_iter().map(|text| (Source::LinkedData, text)).chain(page.metadata.metas_of(MODIFIED))
}

/// What fields state: a date, as it is written, and a part of one, which only a date that agrees with it completes.
struct Stated<'t> {
    whole: Option<(Source, &'t str, Date)>,
    part: Option<(Source, Date)>,
}

impl<'t> Stated<'t> {
    /// Reads fields in their order, below one that states a `part`. What is no date, or none that can be, is passed over.
    fn of(
        fields: impl Iterator<Item = (Source, &'t str)>,
        mut part: Option<(Source, Date)>,
        page: &Page<'_, '_>,
        latest: Option<Date>,
    ) -> Self {
        for (source, text) in fields {
            let Some(date) = read(text, page.order).filter(|date| is_past(date, latest)) else { continue };
            if part.is_some_and(|(_, part)| !date.completes(&part)) {
                continue;
            }
            if date.is_whole() {
                return Self { whole: Some((source, text, date)), part };
            }
            part = Some((source, date));
        }
        Self { whole: None, part }
    }
}

/// The order of numbers in the page's dates: that of its language, else that of the dates in it that can only be read
/// in one way.
fn order(blocks: &Blocks, metadata: &Metadata<'_>) -> Order {
    let declared =
        [metadata.language.as_deref(), metadata.jsonld.language.as_deref(), metadata.meta(&["og:locale"])];
    declared
        .into_iter()
        .map(Order::of_language)
        .find(|order| *order != Order::Unknown)
        .unwrap_or_else(|| Order::of_examples(&blocks.text))
}

/// Whether a date given in UTC is the instant of one that readers see with its time of day, in some zone.
fn is_same_instant(stated: &Date, shown: &Date) -> bool {
    stated.time.is_some_and(|time| time.offset == Some(0))
        && shown.time.is_some()
        && zone::in_zone_of(stated, shown).is_some()
}

/// Whether a date is not after the latest day that can be.
fn is_past(date: &Date, latest: Option<Date>) -> bool {
    latest.is_none_or(|latest| !date.is_after(&latest))
}

fn same_day(a: &Date, b: &Date) -> bool {
    (a.year, a.month, a.day) == (b.year, b.month, b.day)
}

/// Reads a date that stands in a field for one: as people write it, or in seconds or milliseconds since 1970.
fn read(text: &str, order: Order) -> Option<Date> {
    let text = text.trim();
    if (10..=13).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.len() != 11
        && text.len() != 12
    {
        let number: i64 = text.parse().ok()?;
        let seconds = if text.len() == 13 { number / 1000 } else { number };
        let time = jiff::Timestamp::from_second(seconds).ok()?.to_string();
        return date::prefix(&time, order).map(|(date, _)| date).filter(is_plausible);
    }
    let day = date::prefix(text, order).map(|(date, _)| date).filter(Date::is_whole);
    day.or_else(|| date::of_field(text, order)).filter(is_plausible_in_part)
}

/// Whether a page can be of this date. The first day of 1970 is what an empty field becomes.
fn is_plausible(date: &Date) -> bool {
    date.year.is_some_and(|year| (YEAR_MIN..=YEAR_MAX).contains(&year))
        && !(date.year == Some(1970) && date.month == Some(1) && date.day == Some(1))
}

/// [`is_plausible`] for a date that may lack its year.
fn is_plausible_in_part(date: &Date) -> bool {
    date.year.is_none() || is_plausible(date)
}

/// The date in an element's attributes or, failing that, its words.
fn machine_date(tree: &Tree<'_>, id: NodeId, order: Order) -> Option<Date> {
    [
        Name::Datetime,
        Name::Content,
        Name::DataDatetime,
        Name::DataTimestamp,
        Name::DataTime,
        Name::DataDate,
        Name::Title,
    ]
    .into_iter()
    .filter_map(|name| tree.attribute(id, name))
    .find_map(|value| read(&value, order))
    .or_else(|| {
        let text = tree.inner_text(id);
        if text.len() < 100 { read(&text, order) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>\
        <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris jusqu'au milieu.</p>";

    /// The dates of a page with something in its head, below its headline and below its text.
    fn check((head, byline, foot): (&str, &str, &str), published: &str, modified: &str) {
        let page = format!(
            "<html lang=fr><head><title>Le lac a gelé cette nuit</title>{head}</head><body><article>\
             <h1>Le lac a gelé cette nuit</h1>{byline}{PROSE}{foot}</article></body></html>"
        );
        let article = crate::html::read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        let told = |date: Option<Published>| {
            date.map_or("none".to_owned(), |date| format!("{} {:?}", date.edtf, date.basis))
        };
        assert_eq!(told(article.published), published, "{head} {byline} {foot}");
        assert_eq!(told(article.modified), modified, "{head} {byline} {foot}");
    }

    fn in_head(head: &str, byline: &str, published: &str) {
        check((head, byline, ""), published, "none");
    }

    #[test]
    fn a_time_element_tells_the_instant_in_the_zone_of_readers() {
        let head = "<meta property=article:published_time content=2026-05-05T03:30:00Z>";
        let time = |datetime: &str| format!("<time datetime={datetime}>4 mai 2026</time>");
        check((head, &time("2026-05-04T23:30:00-04:00"), ""), "2026-05-04T23:30:00-04:00 Metadata", "none");
        check((head, &time("2026-05-04T20:30:00-04:00"), ""), "2026-05-04 Dateline", "none");
    }

    #[test]
    fn a_foot_above_the_text_is_the_head_of_the_article() {
        let lexicon = Lexicon::load(None).unwrap();
        let time = "<footer class=meta>Par <span>Zoé Lam</span>, <time datetime=2026-03-09T11:40:00+01:00>9 mars 2026</time></footer>";
        let published = |above: &str, below: &str| {
            let page = format!("<div><h1>Le lac a gelé</h1></div><article>{above}{PROSE}{below}</article>");
            crate::html::read(&page, None, &lexicon).unwrap().published.map(|date| date.edtf)
        };
        assert_eq!(published(time, "").as_deref(), Some("2026-03-09T11:40:00+01:00"));
    }

    #[test]
    fn a_date_that_is_known_in_part_is_told_in_part() {
        in_head("", "<p>Par Zoé Lam, le 8 octobre</p>", "XXXX-10-08 Dateline");
        in_head("", "<p>Publié le 8 octobre à 16h33</p>", "XXXX-10-08 Dateline");
        in_head("", "<p class=date>mars 2026</p>", "2026-03 Dateline");
        in_head("", "<p>8 octobre</p>", "XXXX-10-08 Dateline");
        in_head("", "<div><span>Le 8 octobre à 16h33</span></div>", "XXXX-10-08 Dateline");
        in_head("", "<p>8 octobre</p><p>Zoé Lam</p>", "XXXX-10-08 Dateline");
        in_head("", "<p>Oct. 8</p>", "XXXX-10-08 Dateline");
        in_head("", "<p>Le port, 8 octobre, fête</p>", "none");
        in_head("", "<p>Météo du lac</p><p>8 octobre</p>", "none");
        in_head("", "<p>octobre</p>", "none");
        check(("", "", "<p>8 octobre</p>"), "none", "none");
        in_head("", "<p>Publié le</p><p>8 octobre</p>", "XXXX-10-08 Dateline");
        in_head("", "<p>Par Zoé Lam</p><p>8 octobre</p>", "XXXX-10-08 Dateline");
        let linked = |date: &str| {
            format!(
                "<script type=application/ld+json>{{\"@type\": \"NewsArticle\", \"datePublished\": \"{date}\"}}</script>"
            )
        };
        in_head(&linked("2026-03"), "", "2026-03 Metadata");
        in_head(&linked("2026"), "", "2026 Metadata");
        in_head("<meta name=date content=2026-03>", "", "2026-03 Metadata");
        in_head("<meta name=pubdate content='8 octobre'>", "", "XXXX-10-08 Metadata");
        in_head(
            "",
            "<p><span itemprop=datePublished content=2026-03>Ce printemps</span></p>",
            "2026-03 Metadata",
        );
    }

    #[test]
    fn a_byline_that_is_called_an_embed_is_dated() {
        let line = "<strong>Par <a href=/equipe/zoe>Zoé Lam</a></strong> - 8 mars 2026";
        in_head("", &format!("<div class=w-embed>{line}</div>"), "2026-03-08 Dateline");
        check(("", "", "<div class=w-embed><p>Zoé Lam - 8 mars 2026</p></div>"), "none", "none");
    }

    #[test]
    fn a_box_of_facts_beside_the_text_may_be_called_a_card() {
        let facts = |label: &str, date: &str| {
            format!(
                "<aside class='x card'><div><h3>{label}</h3><p>{date}</p></div><div><h3>Auteur</h3><p>Anna Lam</p></div></aside>"
            )
        };
        let far = "<p>Le garde du port n'a rien dit.</p>".repeat(120);
        let check_far =
            |aside: String, published: &str| check(("", "", &format!("{far}{aside}")), published, "none");
        check_far(facts("Publié le", "8 mars 2026"), "2026-03-08 Dateline");
        check_far(facts("Publié le", "<a href=/b>8 mars 2026</a>"), "none");
        check_far(facts("Fondé le", "8 mars 2026"), "none");
    }

    #[test]
    fn a_date_further_down_completes_one_in_part() {
        let month = "<meta property=article:published_time content=2026-03>";
        in_head(month, "<p>Publié le 8 mars 2026</p>", "2026-03-08 Dateline");
        in_head(month, "<p>Publié le 8 avril 2026</p>", "2026-03 Metadata");
        in_head(&format!("{month}<meta name=pubdate content=2026-03-09>"), "", "2026-03-09 Metadata");
        let address = "<link rel=canonical href=https://lac.example/2026/03/08/gel>";
        in_head(&format!("{address}<meta name=pubdate content=2026>"), "", "2026-03-08 Url");
        in_head(address, "<p>Par Zoé Lam, le 8 mars</p>", "2026-03-08 Url");
    }

    #[test]
    fn an_impossible_date_does_not_end_the_ladder() {
        for wrong in ["2026-13-45", "2026-02-30", "30 février 2026", "0000-00-00"] {
            let head = format!("<meta property=article:published_time content='{wrong}'>");
            in_head(
                &format!("{head}<meta property=article:published_time content=2026-03-07>"),
                "",
                "2026-03-07 Metadata",
            );
            in_head(&head, "<p>Publié le 8 mars 2026</p>", "2026-03-08 Dateline");
            in_head(&head, "", "none");
        }
    }

    #[test]
    fn a_date_to_come_leaves_its_place_to_the_next_one() {
        let head = "<meta property=article:published_time content=2026-04-01>";
        let latest = Some(date::read("2026-03-20", Order::DayFirst).unwrap());
        let check = |byline: &str, published: &str| {
            let page =
                format!("<html><head>{head}</head><body><h1>Le lac a gelé</h1>{byline}{PROSE}</body></html>");
            let article =
                crate::html::read_until(&page, None, latest, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.published.map(|date| date.edtf).as_deref(), Some(published));
        };
        check("<p>Publié le 8 mars 2026</p>", "2026-03-08");
        check("", "2026-04-01");
    }

    #[test]
    fn a_shown_date_of_change_is_no_date_of_publication() {
        check(("", "<p>Mis à jour le 4 mars 2026</p>", ""), "none", "2026-03-04 Dateline");
        check(
            ("", "<p>Mis à jour le <time datetime=2026-03-04>4 mars</time></p>", ""),
            "none",
            "2026-03-04 Metadata",
        );
        check(
            ("", "<p>Updated</p><p><time datetime=2026-03-04>March 4, 2026</time></p>", ""),
            "none",
            "2026-03-04 Metadata",
        );
        check(
            ("", "<p>Par Zoé Lam | Publié le 3 mars 2026 à 8h00 | Mis à jour le 4 mars 2026 à 10h12</p>", ""),
            "2026-03-03T08:00 Dateline",
            "2026-03-04T10:12 Dateline",
        );
        check(("", "<p>Par Zoé Lam | Mis à jour le 4 mars 2026</p>", ""), "none", "2026-03-04 Dateline");
        check(
            ("", "<p>Publié le 3 mars 2026</p>", "<p>Article mis à jour le 5 mars 2026.</p>"),
            "2026-03-03 Dateline",
            "2026-03-05 Dateline",
        );
        check(
            ("", "", "<p>Cet article a été mis à jour le 5 mars 2026 à 10h12.</p>"),
            "none",
            "2026-03-05T10:12 Dateline",
        );
        check(("", "", "<p>Le règlement a été mis à jour le 5 mars 2026.</p>"), "none", "none");
        let head = "<meta property=article:modified_time content=2026-03-06>";
        check((head, "<p>Mis à jour le 4 mars 2026</p>", ""), "none", "2026-03-06 Metadata");
        check(
            ("", "<p>Publié le 3 mars 2026</p><p>Mis à jour le 2 mars 2026</p>", ""),
            "2026-03-03 Dateline",
            "none",
        );
    }
}
