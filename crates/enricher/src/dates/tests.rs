//! Dates as sentences have them, against what each means.

use std::sync::LazyLock;

use document::Basis;
use proptest::prelude::*;

use super::*;
use crate::reading::Vocabulary;
use crate::tokens::Tokens;

mod worded;

static FINDERS: LazyLock<(Vocabulary, Finder)> =
    LazyLock::new(|| (Vocabulary::new(None).unwrap(), Finder::built_in()));

fn find(tongue: Tongue, published: &str, text: &str) -> Vec<DateMention> {
    let (vocabulary, dates) = &*FINDERS;
    let tokens = Tokens::new(text);
    let reading = Reading::new(&tokens, tongue, vocabulary);
    let published = Published { edtf: published.to_owned(), basis: Basis::Metadata };
    dates.find(&reading, Some(&published).filter(|published| !published.edtf.is_empty()))
}

/// Each expected date is its words, `=`, what they say and, behind an arrow, what they come to; `-` for unknown.
#[track_caller]
fn check(tongue: Tongue, published: &str, text: &str, expected: &[&str]) {
    let found = find(tongue, published, text).into_iter().map(|date| {
        let unknown = || "-".to_owned();
        for edtf in date.edtf.iter().chain(&date.resolved) {
            assert!(edtf_core::Edtf::parse(edtf).is_ok(), "{edtf}");
        }
        format!(
            "{} = {} > {}",
            date.span.of(text).unwrap(),
            date.edtf.unwrap_or_else(unknown),
            date.resolved.unwrap_or_else(unknown)
        )
    });
    assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
}

/// Against Friday, 21 November 2025.
fn french(text: &str, expected: &[&str]) {
    check(Tongue::French, "2025-11-21", text, expected);
}

fn english(text: &str, expected: &[&str]) {
    check(Tongue::English, "2025-11-21T10:00:00Z", text, expected);
}

#[test]
fn whole_dates_need_no_publication() {
    for (text, date) in [
        ("Ce 8 février 2026,", "8 février 2026 = 2026-02-08 > 2026-02-08"),
        ("le samedi 1er mai 2021", "samedi 1er mai 2021 = 2021-05-01 > 2021-05-01"),
        ("le 1 er mai 2021", "1 er mai 2021 = 2021-05-01 > 2021-05-01"),
        ("date 2025-11-21", "2025-11-21 = 2025-11-21 > 2025-11-21"),
        ("né le 08/02/2026", "08/02/2026 = 2026-02-08 > 2026-02-08"),
        ("avant le 15.05.99", "15.05.99 = 1999-05-15 > 1999-05-15"),
        ("en février 2026", "février 2026 = 2026-02 > 2026-02"),
        ("en 2023, à Taiwan", "2023 = 2023 > 2023"),
        ("fin novembre 2025", "novembre 2025 = 2025-11 > 2025-11"),
    ] {
        check(Tongue::French, "", text, &[date]);
    }
    for (text, date) in [
        ("on Feb. 8th, 2026", "Feb. 8th, 2026 = 2026-02-08 > 2026-02-08"),
        ("the 4th of July of 1995", "4th of July of 1995 = 1995-07-04 > 1995-07-04"),
        ("May 3-5, 2026", "May 3-5, 2026 = 2026-05-03/2026-05-05 > 2026-05-03/2026-05-05"),
        ("on 12/31/2020", "12/31/2020 = 2020-12-31 > 2020-12-31"),
        ("on 08/02/2026", "08/02/2026 = 2026 > 2026"),
        ("on Easter 2018", "Easter 2018 = 2018-04-01 > 2018-04-01"),
        ("in nineteen ninety-six", "nineteen ninety-six = 1996 > 1996"),
    ] {
        check(Tongue::English, "", text, &[date]);
    }
    check(Tongue::German, "", "Am 8. Februar 2026", &["8. Februar 2026 = 2026-02-08 > 2026-02-08"]);
    check(
        Tongue::Spanish,
        "",
        "el 8 de febrero de 2026",
        &["8 de febrero de 2026 = 2026-02-08 > 2026-02-08"],
    );
}

#[test]
fn what_the_words_leave_out_stays_out() {
    check(Tongue::French, "", "Le 14 avril", &["14 avril = XXXX-04-14 > -"]);
    check(Tongue::French, "2025", "Le 14 avril", &["14 avril = XXXX-04-14 > -"]);
    // In November, 14 April may be the one before or the one after.
    french("Le 14 avril", &["14 avril = XXXX-04-14 > -"]);
    french("le 31 décembre dernier a été froid", &["31 décembre dernier = XXXX-12-31 > 2024-12-31"]);
    check(
        Tongue::French,
        "2026-03-11",
        "Le 31 décembre, ce sera fini.",
        &["31 décembre = XXXX-12-31 > 2026-12-31"],
    );
    french("le 14 octobre", &["14 octobre = XXXX-10-14 > 2025-10-14"]);
    french("le 14 avril dernier", &["14 avril dernier = XXXX-04-14 > 2025-04-14"]);
    french("le 14 avril prochain", &["14 avril prochain = XXXX-04-14 > 2026-04-14"]);
    // A weekday tells the year.
    french("mardi 14 avril", &["mardi 14 avril = XXXX-04-14 > 2026-04-14"]);
    french("le 30 février", &[]);
    french("au troisième trimestre", &["troisième trimestre = XXXX-35 > -"]);
}

#[test]
fn days_are_told_from_the_day_of_publication() {
    french("Il a annoncé vendredi un accord.", &["vendredi = - > 2025-11-21"]);
    french("Il a annoncé mercredi un accord.", &["mercredi = - > 2025-11-19"]);
    french("Il se réunira mercredi.", &["mercredi = - > 2025-11-26"]);
    french(
        "jeudi dernier et lundi prochain",
        &["jeudi dernier = - > 2025-11-20", "lundi prochain = - > 2025-11-24"],
    );
    french("hier soir et demain", &["hier soir = - > 2025-11-20", "demain = - > 2025-11-22"]);
    french("il y a trois jours", &["il y a trois jours = - > 2025-11-18"]);
    french("il y a deux ans", &["il y a deux ans = - > 2023"]);
    french("cette année, l'an dernier", &["cette année = - > 2025", "l'an dernier = - > 2024"]);
    french("la semaine prochaine", &["la semaine prochaine = - > 2025-11-24/2025-11-30"]);
    french("ce mois-ci", &["ce mois-ci = - > 2025-11"]);
    english("last Friday he left", &["last Friday = - > 2025-11-14"]);
    english("it will open on Monday", &["Monday = - > 2025-11-24"]);
    english("three days ago", &["three days ago = - > 2025-11-18"]);
    english("two weeks after Easter", &["two weeks after Easter = - > 2026-04-19"]);
    english("earlier this month", &["earlier this month = - > 2025-11"]);
    english("the day before yesterday", &["the day before yesterday = - > 2025-11-19"]);
    english("in December", &["December = XXXX-12 > 2025-12"]);
}

#[test]
fn what_nothing_places_is_left_out() {
    check(Tongue::French, "", "Il a annoncé vendredi, en décembre, l'été dernier.", &[]);
}

#[test]
fn a_day_without_a_year_tells_what_is_true_in_every_year() {
    let check = |text, expected| check(Tongue::French, "XXXX-10-08T16:33", text, expected);
    check("Il est venu hier.", &["hier = - > XXXX-10-07"]);
    check("Samedi, c'est fini.", &[]);
    check("Samedi, il avait gagné.", &["Samedi = - > XXXX-10"]);
    check("cette année", &[]);
}

#[test]
fn periods_have_their_edtf_codes() {
    french("au premier semestre 2026", &["2026 = 2026-40 > 2026-40"]);
    french("au T3 2025", &["T3 2025 = 2025-35 > 2025-35"]);
    french("au T3, contre 3", &["T3 = XXXX-35 > -"]);
    english("Between January and March it", &["January = XXXX-01 > -", "March = XXXX-03 > -"]);
    french("dans les années 1990", &["1990 = 199X > 199X"]);
    french("au XIXe siècle", &["XIXe siècle = 18XX > 18XX"]);
    french("à l'été 2011", &["2011 = 2011-22 > 2011-22"]);
    french("vers 1850", &["1850 = 1850~ > 1850~"]);
    english("the first quarter of 2025", &["2025 = 2025-33 > 2025-33"]);
    english("in the 1990s", &["1990s = 199X > 199X"]);
}

#[test]
fn last_tuesday_is_the_one_that_is_over() {
    english("he left last Tuesday", &["last Tuesday = - > 2025-11-18"]);
    english("he left last Sunday", &["last Sunday = - > 2025-11-16"]);
    // Yesterday is called so.
    english("he left last Thursday", &["last Thursday = - > 2025-11-13"]);
}

#[test]
fn a_part_of_a_told_year_is_one_date() {
    french(
        "au second semestre de l'année dernière, en mars de l'an dernier, le 14 avril de cette année",
        &[
            "second semestre de l'année dernière = XXXX-41 > 2024-41",
            "mars de l'an dernier = XXXX-03 > 2024-03",
            "14 avril de cette année = XXXX-04-14 > 2025-04-14",
        ],
    );
    french("l'été de l'année prochaine", &["été de l'année prochaine = XXXX-22 > 2026-22"]);
    english(
        "in the first half of last year and on April 14 this year",
        &["first half of last year = XXXX-40 > 2024-40", "April 14 this year = XXXX-04-14 > 2025-04-14"],
    );
    check(Tongue::French, "2025", "en mars de l'an dernier", &["mars de l'an dernier = XXXX-03 > 2024-03"]);
    french("au second semestre de cette année-là", &["second semestre = XXXX-41 > -"]);
}

#[test]
fn weeks_before_a_feast_follow_the_verb() {
    french(
        "Le ministre avait été nommé trois semaines avant Noël.",
        &["trois semaines avant Noël = - > 2024-12-04"],
    );
    french("Il sera nommé trois semaines avant Noël.", &["trois semaines avant Noël = - > 2025-12-04"]);
}

#[test]
fn the_verb_of_the_days_own_clause_decides() {
    french("Le procès, ouvert lundi, doit durer un mois.", &["lundi = - > 2025-11-17"]);
    french("Le rapport sera publié lundi.", &["lundi = - > 2025-11-24"]);
    french("Le texte pourrait être voté lundi.", &["lundi = - > 2025-11-24"]);
    french("Le vote, prévu lundi, a été reporté.", &["lundi = - > 2025-11-24"]);
    english("The trial, which opened on Monday, is due to last.", &["Monday = - > 2025-11-17"]);
    english("Nice beat Lens on Sunday to move up.", &["Sunday = - > 2025-11-16"]);
    english("It will cut jobs on Monday.", &["Monday = - > 2025-11-24"]);
    english("The funeral will be held this Saturday.", &["this Saturday = - > 2025-11-22"]);
    english("It is to be held on Tuesday night.", &["Tuesday night = - > 2025-11-25"]);
    french("À la Pentecôte, les automobilistes ont pris la route.", &["Pentecôte = - > 2025-06-08"]);
    french("Il vaut 6 points de plus que vendredi.", &["vendredi = - > 2025-11-21"]);
    french("Il vaut 6 points de plus que lundi.", &["lundi = - > 2025-11-17"]);
    english("It is worth more than on Monday.", &["Monday = - > 2025-11-17"]);
    english("a crowd is expected on Boxing Day", &["Boxing Day = XXXX-12-26 > 2025-12-26"]);
    french("Les prévisions publiées le 20 mai, qu'il corrigera.", &["20 mai = XXXX-05-20 > -"]);
    french("Il restera fermé depuis le mois de mai.", &["mai = XXXX-05 > -"]);
    french("Le départ était prévu lundi.", &["lundi = - > 2025-11-17"]);
    french("le commissaire Noël Fayet a dit", &[]);
    french("Le vote a été reporté au 12 décembre.", &["12 décembre = XXXX-12-12 > 2025-12-12"]);
    english("The vote was moved to Monday.", &["Monday = - > 2025-11-24"]);
    check(Tongue::French, "2026-03-11", "Fermé jusqu'en décembre.", &["décembre = XXXX-12 > -"]);
    french("La saison reprendra en août.", &["août = XXXX-08 > 2026-08"]);
}

#[test]
fn weekdays_follow_pasts_with_etre_too() {
    french("Le club s'est imposé mardi.", &["mardi = - > 2025-11-18"]);
    french("La pluie est tombée mardi.", &["mardi = - > 2025-11-18"]);
    french("Il fera entre 18 et 21 degrés mardi.", &["mardi = - > 2025-11-25"]);
    french("Il fera beau mardi.", &["mardi = - > 2025-11-25"]);
}

#[test]
fn years_stand_before_nouns_and_behind_hyphens_in_english() {
    english("the 2018 results and its 2024 sales", &["2018 = 2018 > 2018", "2024 = 2024 > 2024"]);
    english("in mid-2024", &["2024 = 2024 > 2024"]);
    english("in the third month of 2021", &["third month of 2021 = 2021-03 > 2021-03"]);
    french("d'ici à mi-2026", &["2026 = 2026 > 2026"]);
}

#[test]
fn years_before_our_era_count_backwards() {
    french(
        "au IIIe siècle avant J.-C., en 52 av. J.-C., en 1200 avant notre ère",
        &[
            "IIIe siècle avant J.-C. = -0299/-0200 > -0299/-0200",
            "52 av. J.-C. = -0051 > -0051",
            "1200 avant notre ère = -1199 > -1199",
        ],
    );
    french("le 15 mars 44 av. J.-C.", &["44 av. J.-C. = -0043 > -0043"]);
    french("une villa du IIIe siècle", &["IIIe siècle = 02XX > 02XX"]);
    french("dans son deuxième siècle d'existence", &[]);
    english(
        "in the 12th century BC, in 1200 B.C. and in 44 BCE",
        &[
            "12th century BC = -1199/-1100 > -1199/-1100",
            "1200 B.C. = -1199 > -1199",
            "44 BCE = -0043 > -0043",
        ],
    );
}

#[test]
fn a_weekday_of_a_feast_is_the_feast() {
    french("le lundi de Pâques 2026", &["lundi de Pâques 2026 = 2026-04-06 > 2026-04-06"]);
    french("le jour de l'An 2026", &["jour de l'An 2026 = 2026-01-01 > 2026-01-01"]);
}

#[test]
fn ends_of_a_range_are_dates_of_their_own() {
    french("du 3 au 5 mai 2026", &["3 = 2026-05-03 > 2026-05-03", "5 mai 2026 = 2026-05-05 > 2026-05-05"]);
    french("de 2012 à 2014", &["2012 = 2012 > 2012", "2014 = 2014 > 2014"]);
    french("la saison 2015-2016", &["2015 = 2015 > 2015", "2016 = 2016 > 2016"]);
}

#[test]
fn until_a_weekday_is_not_over_for_what_was_done() {
    french("Il a jusqu'à lundi pour répondre.", &[]);
    french("Le site restera fermé jusqu'à lundi.", &["lundi = - > 2025-11-24"]);
    english("He was given until Tuesday to answer.", &[]);
    french("Le syndicat a annoncé une grève pour lundi.", &[]);
    french("La reprise a été annoncée à partir de lundi.", &[]);
    french("Le site a rouvert dès lundi.", &["lundi = - > 2025-11-17"]);
    french("Elle a annoncé lundi une grève.", &["lundi = - > 2025-11-17"]);
    english("The union called a strike from Monday.", &[]);
    english("It will last until Tuesday.", &["Tuesday = - > 2025-11-25"]);
}

#[test]
fn a_verb_of_beginning_looks_ahead() {
    english("The new tariffs start April 1.", &["April 1 = XXXX-04-01 > 2026-04-01"]);
    english("Sales start on April 1.", &["April 1 = XXXX-04-01 > 2026-04-01"]);
    english("It all starts on April 1.", &["April 1 = XXXX-04-01 > -"]);
    english("It started on April 1.", &["April 1 = XXXX-04-01 > -"]);
    check(Tongue::English, "2026-03-12", "The show opens March 3.", &["March 3 = XXXX-03-03 > 2026-03-03"]);
    check(Tongue::English, "2026-03-12", "It expires Dec. 31.", &["Dec. 31 = XXXX-12-31 > 2026-12-31"]);
}

#[test]
fn a_day_that_does_not_exist_leaves_no_month() {
    for text in ["le 30 février 2026", "le 31 juin", "le 30/2", "le 31/04/2026", "le 30/02"] {
        french(text, &[]);
    }
    for text in [
        "on Feb. 30, 2026",
        "nor is April 31, he said",
        "on 31/4/2020",
        "the 31st of June 2025",
        "the 29th of February 2025",
        "on February 29, 2025",
    ] {
        english(text, &[]);
    }
    check(Tongue::German, "", "Am 30. Februar 2026 und am 31.04.2026", &[]);
    check(Tongue::Spanish, "", "el 31 de abril de 2026", &[]);
    english("In April 31 people died.", &["April = XXXX-04 > -"]);
}

#[test]
fn numbers_and_names_are_no_dates() {
    for text in [
        "le roman 1984",
        "au 12, rue du 4 septembre, et place du 8 mai 1945",
        "son album 1989",
        "2 000 exemplaires de 1984",
        "la directive 2014/65",
        "plus de 2000 blessés",
        "le Tour de France 2016",
        "1500 mètres",
        "marché de Noël",
        "la version 2.0.1",
        "un ratio de 3/4",
    ] {
        french(text, &[]);
    }
    for text in ["it may rain", "Black Friday", "they march on", "a 24/7 service", "2000 people"] {
        english(text, &[]);
    }
}

/// Ten times the text takes about ten times as long, whatever the text; a hundred times would time out here.
#[test]
fn hostile_texts_take_linear_time() {
    for unit in [
        "9", "1/", "1-", "mai ", "lundi ", "le 3 ", "il y a ", "semaine ", "2016 ", "1.", "X", "de 2016 ",
        "last ",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let started = std::time::Instant::now();
        find(Tongue::French, "2025-11-21", &text);
        find(Tongue::English, "2025-11-21", &text);
        assert!(started.elapsed().as_secs() < 5, "{unit:?} took {:?}", started.elapsed());
    }
    for unit in [
        "vor ",
        "am Montag ",
        "letzte ",
        "zwei Jahren ",
        "heute ",
        "hat heute ",
        "im ersten ",
        "3. ",
        "3. bis 5. ",
        "Mai ",
        "vergangenen 3. Mai ",
        "hace dos años ",
        "el viernes ",
        "de la semana ",
        "siglo ",
        "XIX secolo ",
        "vorige week ",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let started = std::time::Instant::now();
        for tongue in Tongue::ALL {
            find(tongue, "2025-11-21", &text);
        }
        assert!(started.elapsed().as_secs() < 5, "{unit:?} took {:?}", started.elapsed());
    }
}

proptest! {
    #[test]
    fn spans_are_in_order_and_edtf_is_valid(
        text in r"([0-9]{1,4}|am |vor|zwei|Jahren|Freitag|heute|letzten|hace|el|viernes|pasado|fa|secolo|vorig|jaar|mai|May|février|lundi|Monday|hier|il y a|ans|ago|last|dernier|Easter|siècle|XIXe|trimestre|été|/|-|\.|,|du|au|le|the|of| |\n|\PC){0,60}",
        published in "(2025-11-21|XXXX-02-29|2025-02|2024|[0-9X-]{0,10})",
        tongue in proptest::sample::select(Tongue::ALL.to_vec()),
    ) {
        let mut end = 0;
        for date in find(tongue, &published, &text) {
            let words = date.span.of(&text);
            prop_assert!(words.is_some_and(|words| !words.is_empty() && words.trim() == words));
            prop_assert!(date.span.start >= end);
            end = date.span.end;
            for edtf in date.edtf.iter().chain(&date.resolved) {
                prop_assert!(edtf_core::Edtf::parse(edtf).is_ok(), "{}", edtf);
            }
        }
    }
}

#[test]
fn a_clause_behind_the_day_leaves_it_to_the_verb_before() {
    english("Ford said on Monday that it would invest.", &["Monday = - > 2025-11-17"]);
    english("The union said on Sunday it will strike.", &["Sunday = - > 2025-11-16"]);
    french("Renault a annoncé lundi qu'il fermera son usine.", &["lundi = - > 2025-11-17"]);
}

#[test]
fn what_is_of_another_year_or_month_is_not_placed_in_this_one() {
    french("Le 5 mars de la même année, il est parti.", &["5 mars = XXXX-03-05 > -"]);
    english("It closed on March 5 of the same year.", &["March 5 = XXXX-03-05 > -"]);
    french(
        "Du 3 au 5 mai, puis le 21, le festival aura lieu.",
        &["3 = XXXX-05-03 > -", "5 mai = XXXX-05-05 > -", "21 = XXXX-XX-21 > -"],
    );
}
