//! Which line of scraped text is the headline.

mod about;
mod beside;

use crate::byline;
use crate::date::{Date, Order};
use crate::lexicon::{Chrome, Label, Lexicon, WordSet, fold};

use self::about::About;
pub(super) use self::beside::is_with_site;
use self::beside::{without_date, without_date_behind, without_site};
use super::line::Line;
use super::slug::is_slug;
use super::{SIGHT, caption, front, masthead, meta, names, times};

/// A headline that was found.
#[derive(Debug)]
pub(super) struct Headline {
    /// The line it stands on.
    pub(super) line: usize,
    /// Its words, without a label, a date or the site's name.
    pub(super) text: String,
    /// The date that stood before it on its line.
    pub(super) date: Option<Date>,
}

/// Headlines are shorter than this, in words.
const WORDS_MAX: usize = 40;

/// Lines of dates and names between a headline and its text.
const META_LINES: usize = 5;

/// A headline that stands below so many lines that might be one is none.
const CANDIDATES_MAX: usize = 60;

/// Finds the headline among the lines before the running text, which starts at line `body`.
pub(super) fn find(lines: &[Line<'_>], body: usize, lexicon: &Lexicon, order: Order) -> Option<Headline> {
    if let Some((line, text)) = labelled(lines, body) {
        return Some(Headline { line, text: text.to_owned(), date: None });
    }
    let head = &lines[..body.min(lines.len())];
    let open: Vec<usize> = (0..head.len())
        .filter(|index| {
            may_be(&head[*index], lexicon, order)
                && !is_menu(lines, *index, lexicon, order)
                && !is_in_feed(head, *index)
        })
        .take(CANDIDATES_MAX)
        .collect();
    let open = without_signatures(open, lines, lexicon);
    let open = masthead::without(open, lines, lexicon, order);
    let open = front::without(open, lines, lexicon, order);
    let about = About::of(lines, body);
    let open = about.without_strangers(open, lexicon, order);
    let line = repeated_pointer(head, lexicon, order)
        .or_else(|| repeated(lines, &open, &about, lexicon))
        .or_else(|| {
            // A line among a menu's may be as long as a headline; one that stands by itself is preferred.
            let like = || open.iter().copied().filter(|index| is_headline_like(head, *index));
            like().find(|index| !is_among_chrome(lines, *index)).or_else(|| like().next())
        })
        .or_else(|| pointer_headline(head, lexicon, order))
        .or_else(|| sentences_below_menu(lines, &open, body, lexicon, order))
        .or_else(|| open.iter().copied().find(|index| head[*index].words >= 2))
        .or_else(|| open.first().copied())
        .or_else(|| sentence_headline(lines, body, lexicon, order))?;
    Some(at(lines, line, order))
}

/// The lines that may be headlines without those that name an author with what that person does, or who held an interview,
/// below another one: "Zoé Lam, journaliste au service économie". What has a byline of its own is none.
fn without_signatures(open: Vec<usize>, lines: &[Line<'_>], lexicon: &Lexicon) -> Vec<usize> {
    let is_signature = |index: usize| {
        let text = &lines[index].text;
        let has_byline = || {
            let below = lines[index + 1..].iter().take(META_LINES).take_while(|line| !line.is_running());
            below.into_iter().any(|line| matches!(line.label, Some((Label::Byline, _))))
        };
        (byline::name_before_role(text, lexicon).is_some() || names::interviewers(text, lexicon).is_some())
            && !has_byline()
    };
    let Some(first) = open.iter().copied().find(|index| lines[*index].words >= 2) else { return open };
    if is_signature(first) {
        return open;
    }
    open.into_iter().filter(|index| *index <= first || !is_signature(*index)).collect()
}

/// The headline that a line is, without a date before it and the site's name behind it.
pub(super) fn at(lines: &[Line<'_>], line: usize, order: Order) -> Headline {
    let (date, text) = without_date(&lines[line].text, order);
    let (date, text) = if date.is_some() { (date, text) } else { without_date_behind(text, order) };
    Headline { line, text: without_site(text, lines, line).to_owned(), date }
}

/// A line that says of itself that it is the headline.
fn labelled<'a>(lines: &'a [Line<'_>], body: usize) -> Option<(usize, &'a str)> {
    lines.iter().enumerate().take(body.max(12)).find_map(|(index, line)| match line.labelled_with_colon() {
        Some((Label::Title, text)) if !text.is_empty() => Some((index, text)),
        _ => None,
    })
}

/// Whether a line may be a headline by itself: no phrase of sites, address, breadcrumb, date or byline.
pub(super) fn may_be(line: &Line<'_>, lexicon: &Lexicon, order: Order) -> bool {
    line.is_open()
        && line.chrome.is_none()
        && line.words <= WORDS_MAX
        && !(line.is_item() && line.text.starts_with(|c: char| !c.is_ascii_digit()))
        && !line.text.starts_with("http")
        && !line.is_ticker()
        && !is_slug(&line.text)
        // "Dear readers,"; columns of a newspaper's head.
        && !line.text.ends_with([',', ';'])
        && !line.text.contains("    ")
        && !(line.words <= 4 && lexicon.has(WordSet::Agencies, &fold(&line.text)))
        && !matches!(line.labelled_with_colon(), Some((Label::ReadingTime, _)))
        && line.text.split_whitespace().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        && !is_breadcrumb(&line.text, lexicon)
        && !front::is_row_of_sections(&line.text, lexicon)
        && !is_weather(&line.text)
        && !caption::is_person_of_agency(&line.text, lexicon)
        && !(caption::has_sign(&line.text) && caption::read(line, lexicon).is_some())
        && meta::read_line(line, None, lexicon, order).is_none()
}

/// "Météo Holm : 12°": a few words and how warm it is.
fn is_weather(text: &str) -> bool {
    let bare = text.trim_end_matches(['C', 'F', ' ']).strip_suffix('°').unwrap_or_default();
    bare.ends_with(|c: char| c.is_ascii_digit() || c == ' ')
        && text.split_whitespace().count() <= WEATHER_WORDS_MAX
}

const WEATHER_WORDS_MAX: usize = 6;

/// "World | Business | Sport": three short parts or more, above a line that looks like a headline.
fn is_menu(lines: &[Line<'_>], index: usize, lexicon: &Lexicon, order: Order) -> bool {
    let below = || lines[index + 1..].iter().take(SIGHT).find(|line| line.is_open() && !is_bar(&line.text));
    let is_headline = |line: &Line<'_>| {
        (4..=WORDS_MAX).contains(&line.words)
            && !line.is_running()
            && !line.sentence
            && may_be(line, lexicon, order)
    };
    is_bar(&lines[index].text) && below().is_some_and(is_headline)
}

/// Whether a line is one of several in a row that begin with the time: the latest news above the headline.
fn is_in_feed(head: &[Line<'_>], index: usize) -> bool {
    let is_timed = |line: &Line<'_>| times::clock(&line.text).is_some();
    is_timed(&head[index])
        && (head.get(index + 1).is_some_and(is_timed) || index > 0 && is_timed(&head[index - 1]))
}

/// Whether a line is nothing but three short parts or more between separators. Of a headline with its section and site
/// the first part is longer.
fn is_bar(text: &str) -> bool {
    let parts = || text.split(['|', '·', '•']).map(str::trim).filter(|part| !part.is_empty());
    let is_short =
        |part: &str| part.split_whitespace().count() <= BAR_WORDS && !part.ends_with(['.', '?', '!']);
    parts().count() >= 3 && parts().all(is_short)
}

/// Words of an entry of a menu.
const BAR_WORDS: usize = 3;

/// "Home > Economy > Ports".
pub(super) fn is_breadcrumb(text: &str, lexicon: &Lexicon) -> bool {
    if !text.contains(['>', '›', '»', '/', '→', '|', '-', '–', '•', '·']) {
        return false;
    }
    let parts = |sign: &str| text.split(sign).count();
    let count = parts(" > ").max(parts(" › ")).max(parts(" » ")).max(parts(" / "));
    if count >= 3 || count == 2 && text.contains(['>', '›']) && text.split_whitespace().count() <= 6 {
        return true;
    }
    // With other signs, or none around them, the front page comes first: "Home→News", "Accueil - Économie - Ports".
    let parts = parts_of_path(text);
    let is_short = |part: &&str| part.split_whitespace().count() <= PATH_WORDS_MAX;
    // "Faits divers – Justice".
    if (2..=3).contains(&parts.len()) && parts.iter().all(|part| lexicon.has(WordSet::Sections, &fold(part)))
    {
        return true;
    }
    parts.len() >= 2
        && lexicon.has(WordSet::Home, &fold(parts[0]))
        && (parts.len() > 2 || !text.contains([':', '-', '–', '|']))
        && parts[..parts.len() - 1].iter().all(is_short)
}

/// Words of a section in the path to a page.
const PATH_WORDS_MAX: usize = 4;

/// The parts of the path to a page.
pub(super) fn parts_of_path(text: &str) -> Vec<&str> {
    let is_strong = text.contains(['>', '›', '»', '→']);
    let strong: &[&str] = &[">", "›", "»", "→"];
    let weak: &[&str] = &[" / ", " | ", " - ", " – ", " • ", " · "];
    let signs = if is_strong { strong } else { weak };
    let mut parts = vec![text];
    for sign in signs {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The first line of the head that stands in the text once more, alone or followed by the site's name.
fn repeated(lines: &[Line<'_>], open: &[usize], about: &About<'_, '_>, lexicon: &Lexicon) -> Option<usize> {
    let below = open.last().map_or(0, |last| last + 1);
    // Two or more that stand in the text below as well are a table of contents.
    let is_below = |index: &usize| lines[below..].iter().any(|line| line.key == lines[*index].key);
    let entries: Vec<usize> = open.iter().skip(1).copied().filter(is_below).collect();
    let is_entry = |index: usize| {
        entries.contains(&index) && entries.iter().any(|other| lines[*other].key != lines[index].key)
    };
    // What a picture shows stands there twice in a row, below a headline that shares words with the text.
    let is_shown_twice = |index: usize, other: usize| {
        let above = open.iter().copied().find(|above| lines[*above].words >= 4);
        index.abs_diff(other) == 1
            && above.is_some_and(|above| above < index.min(other) && about.is_said_in(above))
    };
    open.iter().copied().find_map(|index| {
        let line = &lines[index];
        // What a picture shows stands there twice, too.
        let is_credited = || caption::read(line, lexicon).is_some_and(|image| image.credit.is_some());
        if line.words < 4 || line.text.ends_with('.') && index != open[0] || is_credited() {
            return None;
        }
        // A button may stand above the text and below it: what the text is about is another line.
        let is_about = |index: usize| about.is_said_in(index);
        if open.len() > 1 && !is_about(index) && open.iter().any(|other| *other != index && is_about(*other))
        {
            return None;
        }
        // Of "Title - Site" and "Title", the shorter is the headline.
        let shorter = open.iter().copied().find(|other| {
            let other = &lines[*other];
            other.words >= 4 && other.text.len() < line.text.len() && is_with_site(&line.text, &other.text)
        });
        let is_again = || {
            let mut others =
                (0..lines.len()).filter(|other| *other != index && lines[*other].key == line.key);
            others.any(|other| !is_shown_twice(index, other))
        };
        shorter.or((!is_entry(index) && is_again()).then_some(index))
    })
}

/// Long enough for a headline, and not one of the entries of a menu.
fn is_headline_like(head: &[Line<'_>], index: usize) -> bool {
    let line = &head[index];
    // Below a headline the comments are counted.
    let is_counter = |line: &Line<'_>| {
        matches!(line.chrome, Some((Chrome::Comments, _))) && line.text.contains(|c: char| c.is_ascii_digit())
    };
    let short = |line: Option<&Line<'_>>| line.is_some_and(|line| line.words <= 3 && !is_counter(line));
    let in_menu = line.words <= 4
        && short(index.checked_sub(1).and_then(|before| head.get(before)))
        && short(head.get(index + 1));
    line.words >= 4 && !in_menu
}

/// Whether a line stands in one block with buttons and menus, and has fewer words than most headlines.
fn is_among_chrome(lines: &[Line<'_>], index: usize) -> bool {
    let buttons = |line: &Line<'_>| line.chrome.is_some() || line.words <= 2;
    let above = index > 0 && !lines[index].gap && buttons(&lines[index - 1]);
    let below = lines.get(index + 1).is_some_and(|next| !next.gap && buttons(next));
    lines[index].words <= 6 && above && below
}

/// "VIDÉO. The lake froze": a line that begins as a pointer to something else does, but stands first, or above the date
/// and the authors.
fn pointer_headline(head: &[Line<'_>], lexicon: &Lexicon, order: Order) -> Option<usize> {
    let is_meta = |line: &Line<'_>| meta::read_line(line, None, lexicon, order).is_some();
    (0..head.len()).take(CANDIDATES_MAX).find(|index| {
        let line = &head[*index];
        line.is_open()
            && matches!(line.chrome, Some((Chrome::Related, false)))
            && (4..=WORDS_MAX).contains(&line.words)
            && (*index == 0 || head.get(index + 1).is_some_and(is_meta))
    })
}

/// [`pointer_headline`] for a line that stands in the head twice, and above a date or a byline there: nothing else is said so.
fn repeated_pointer(head: &[Line<'_>], lexicon: &Lexicon, order: Order) -> Option<usize> {
    let tells = |line: &Line<'_>| {
        meta::read_line(line, None, lexicon, order)
            .is_some_and(|meta| meta.published.is_some() || !meta.authors.is_empty())
    };
    let is_pointer = |line: &Line<'_>| {
        line.is_open()
            && matches!(line.chrome, Some((Chrome::Related, false)))
            && (4..=WORDS_MAX).contains(&line.words)
    };
    let head = &head[..head.len().min(CANDIDATES_MAX)];
    head.iter().enumerate().find_map(|(index, line)| {
        let again = || head[index + 1..].iter().position(|other| other.key == line.key);
        let again = is_pointer(line).then(again)?? + index + 1;
        [index, again].iter().any(|at| head.get(at + 1).is_some_and(tells)).then_some(index)
    })
}

/// A headline of whole sentences, where a menu stands above it and a date or a byline right below: what else there is has three
/// words at most.
fn sentences_below_menu(
    lines: &[Line<'_>],
    open: &[usize],
    body: usize,
    lexicon: &Lexicon,
    order: Order,
) -> Option<usize> {
    let line = lines.get(body).filter(|line| line.words <= SENTENCES_WORDS_MAX && line.is_open())?;
    let above = open.last().map_or(0, |last| last + 1);
    let has_menu =
        || lines[open.first().copied().unwrap_or(above)..body].iter().any(|line| line.chrome.is_some());
    let is_told = || {
        lines[body + 1..].iter().take(SENTENCE_META_LINES).any(|line| {
            meta::read_line(line, None, lexicon, order)
                .is_some_and(|meta| meta.published.is_some() || !meta.authors.is_empty())
        })
    };
    (line.label.is_none() && !open.is_empty() && has_menu() && is_told()).then_some(body)
}

/// Words of a headline of sentences, and lines below it among which its date stands.
const SENTENCES_WORDS_MAX: usize = 18;
const SENTENCE_META_LINES: usize = 2;

/// A first line that reads as a short sentence, with longer text below it. Dates and names may stand between them.
fn sentence_headline(lines: &[Line<'_>], body: usize, lexicon: &Lexicon, order: Order) -> Option<usize> {
    let first = lines.get(body)?;
    let is_text = |line: &&Line<'_>| meta::read_line(line, None, lexicon, order).is_none();
    let second = lines[body + 1..].iter().take(META_LINES).find(is_text)?;
    let short = first.words <= 22 && first.chrome.is_none() && first.is_open();
    (short && second.words * 2 >= first.words * 3 && second.sentence && (second.gap || first.words <= 14))
        .then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: &str) {
        let lexicon = Lexicon::load(None).unwrap();
        let text = "The lake froze last night, and nobody in the town had expected it. Many people came to see the ice.";
        let article = crate::plain::read(&format!("{head}\n\n{text}\n"), &lexicon).unwrap();
        assert_eq!(article.title.as_deref(), Some(expected), "{head}");
        assert_eq!(article.text.as_str(), text, "{head}");
    }

    #[test]
    fn a_headline_may_be_two_sentences_below_a_menu() {
        let lexicon = Lexicon::load(None).unwrap();
        let title = "A data center wants to drink a lake. The lake has lawyers.";
        let text =
            "When the notice went up at the boat launch, nobody read it. Then the retired judge of Holm did.";
        let read = |head: &str| {
            let page = format!("{head}\n{title}\nZoé Lam – Mar 4, 2026\n{text}\n{text} Yes.\n");
            crate::plain::read(&page, &lexicon).unwrap()
        };
        assert_eq!(read("Ars Lacustris\nSubscribe\nWATER WORKS").title.as_deref(), Some(title));
        // Right above a sentence, a few words are the headline.
        assert_eq!(read("Lakes and lawyers").title.as_deref(), Some("Lakes and lawyers"));
    }

    #[test]
    fn a_headline_may_name_its_medium() {
        for title in [
            "VIDÉO. Le lac de Holm a gelé cette nuit",
            "Vidéo : le lac de Holm a gelé cette nuit",
            "Podcast. Le lac de Holm raconté par ses pêcheurs",
            "Watch: the lake of Holm froze last night",
            "Watch the lake of Holm freeze at night",
            "Video: Der See von Holm ist zugefroren",
            "Von Holm nach Kassel",
        ] {
            check(title, title);
            check(
                &format!(
                    "{title}

Par Zoé Lam\n4 novembre 2025"
                ),
                title,
            );
        }
    }

    #[test]
    fn who_wrote_it_is_no_headline() {
        for title in ["Le lac gèle", "Le lac de Holm a gelé cette nuit"] {
            for byline in [
                "Zoé Lamant, journaliste au service économie",
                "Zoé Lamant | Correspondante à Holm",
                "Interview: Jörg Ahl und Anna Lam",
            ] {
                check(&format!("{title}\n{byline}"), title);
            }
        }
        let title = "Anna Lam, journaliste au Courrier";
        check(&format!("Médias\n{title}\nPar Zoé Lamant"), title);
        check(title, title);
    }

    #[test]
    fn a_caption_that_stands_twice_is_no_headline() {
        let lexicon = Lexicon::load(None).unwrap();
        let title = "El lago de Holm se heló esta noche";
        let text = "The lake froze last night, and nobody in the town had expected it. Many people came to see the ice.";
        let caption = "El lago de Holm, en febrero.";
        let page =
            format!("{title}\n{caption}\n{caption}\nBo Ekman (EFE)\nAnna Lam\nHolm - 3 mar 2026\n{text}\n");
        let article = crate::plain::read(&page, &lexicon).unwrap();
        assert_eq!(article.title.as_deref(), Some(title));
        assert_eq!(article.authors, ["Anna Lam"]);
        assert_eq!(article.text.as_str(), text);
        assert_eq!(article.images[0].caption.as_deref(), Some(caption));
        let foot = "Sobre la firma\nAnna Lam\nAnna Lam\nRedactora de Economía.";
        let page = page.replace("Anna Lam\n", "Anna Lam\nAnna Lam\n") + foot;
        assert_eq!(crate::plain::read(&page, &lexicon).unwrap().authors, ["Anna Lam"]);
    }

    #[test]
    fn a_headline_may_stand_twice_below_sections() {
        let title = "Le lac de Holm a gelé cette nuit";
        check(
            &format!(
                "Le Courrier de Holm\n\nÉconomie\n\nCulture\n\nAccueil\n\nÉconomie\n\n{title}\n\n{title}"
            ),
            title,
        );
    }

    #[test]
    fn columns_and_greetings_are_no_headline() {
        let title = "Le lac de Holm a gelé";
        check(&format!("Le Courrier de Holm            Mardi 3 mars 2026           Page 4\n{title}"), title);
        check(&format!("Chères lectrices et chers lecteurs,\n{title}"), title);
    }

    #[test]
    fn the_path_to_the_page_is_no_headline() {
        let title = "Le lac de Holm a gelé cette nuit";
        for path in [
            "Accueil > Lacs > Holm",
            "Home / News / Lakes",
            "Accueil - Lacs - Holm",
            "Home→News→Lakes",
            "Accueil » Lacs",
            "Home / World",
            "Faits divers – Justice",
        ] {
            check(&format!("{path}\n{title}"), title);
        }
        let title = "Home improvement: what the lake costs";
        check(title, title);
        let title = "Accueil - le lac reçoit";
        check(title, title);
    }

    #[test]
    fn the_latest_news_above_are_no_headline() {
        let headline = "Le lac de Holm a gelé cette nuit";
        for feed in [
            "14:05 Météo : le lac en vigilance orange\n13:50 Tennis : Lam éliminée à Oslo",
            "14h05 Grève : un train sur deux\n13h50 Le port de Holm fermé\n13h22 Du vent lundi",
        ] {
            check(&format!("{feed}\n\n{headline}\n\nPar Zoé Lam"), headline);
        }
    }

    #[test]
    fn a_labelled_date_comes_before_that_of_a_newspaper_s_head() {
        let lexicon = Lexicon::load(None).unwrap();
        let text =
            "Le lac a gelé cette nuit, et personne dans la ville ne s'y attendait si tôt dans l'hiver.";
        for (above, below, expected) in [
            ("Samedi 8 novembre 2025", "Publié le 6 novembre 2025", "2025-11-06"),
            ("Saturday, November 8, 2025", "Published November 6, 2025", "2025-11-06"),
            ("Samedi 8 novembre 2025", "Par Zoé Lam", "2025-11-08"),
        ] {
            let page = format!("{above}\n\nLe lac de Holm a gelé\n\n{below}\n\n{text}\n");
            let published = crate::plain::read(&page, &lexicon).unwrap().published;
            assert_eq!(published.map(|date| date.edtf).as_deref(), Some(expected), "{above} {below}");
        }
    }

    #[test]
    fn a_headline_may_end_in_a_date() {
        for title in [
            "Ce qu'il faut retenir du 3 mai 2021",
            "Décès de Jean Morel le 3 mai 2021",
            "What we know of May 3, 2021",
        ] {
            check(
                &format!(
                    "{title}

Par Zoé Lam"
                ),
                title,
            );
        }
    }

    #[test]
    fn a_menu_is_no_headline() {
        check(
            "World | Business | Opinion | Sport\n\nThe lake of Holm froze last night",
            "The lake of Holm froze last night",
        );
        check("Home | Lake News | Sport\nThe lake of Holm froze", "The lake of Holm froze");
        check("Accueil · Monde · Économie · Sport\n\nLe lac de Holm a gelé", "Le lac de Holm a gelé");
        check("The lake of Holm froze | Climate | The Lake Post", "The lake of Holm froze | Climate");
        check("Ice | Snow | Frost", "Ice | Snow");
        check("Ice | Snow | Frost\n\nBy Anna Lam, 8 March 2026", "Ice | Snow");
    }

    #[test]
    fn what_a_picture_shows_twice_is_no_headline() {
        let lexicon = Lexicon::load(None).unwrap();
        let (title, caption) = ("The lake froze last night", "The new site lies by the old canal of Nordby");
        let text = "The lake froze last night, and nobody in the town had expected it. Many people came to see the ice.";
        for below in ["", "By Zoé Lam\n", "4 March 2026\n"] {
            let page = format!("{title}\n{caption}\n{caption}\n{below}{text}\n{text} Yes.\n");
            let article = crate::plain::read(&page, &lexicon).unwrap();
            assert_eq!(article.title.as_deref(), Some(title), "{below}");
        }
        let page = format!("Home\n{title}\n{title}\nBy Zoé Lam\n{text}\n");
        assert_eq!(crate::plain::read(&page, &lexicon).unwrap().title.as_deref(), Some(title));
    }
}
