//! Texts with the keywords that they must have, and those that they must not.

use std::sync::LazyLock;

use document::{Article, Text};

use crate::{Config, Enricher};

static ENRICHER: LazyLock<Enricher> = LazyLock::new(|| Enricher::new(&Config::built_in()).unwrap());

fn keywords(language: &str, title: &str, text: &str) -> Vec<String> {
    let mut article = Article::bare("text/plain", Text::new(text).unwrap());
    article.title = Text::new(title);
    article.declared_language = Some(language.to_owned());
    let keywords = ENRICHER.enrich(&article).keywords;
    assert!(keywords.iter().all(|keyword| keyword.score > 0.0 && keyword.score <= 1.0));
    assert!(keywords.is_sorted_by(|one, next| one.score >= next.score));
    keywords.into_iter().map(|keyword| keyword.term).collect()
}

/// `expected` are keywords that there must be, `never` are some that there must not be.
#[track_caller]
fn check(language: &str, title: &str, text: &str, expected: &[&str], never: &[&str]) {
    let found = keywords(language, title, text);
    for term in expected {
        assert!(found.iter().any(|other| other == term), "{term} is not in {found:?}");
    }
    for term in never {
        assert!(!found.iter().any(|other| other == term), "{term} is in {found:?}");
    }
}

const FRENCH: &str = "La ville de Nantes veut construire un centre de données près du fleuve. Le centre de données \
    sera refroidi par l'eau du fleuve. Des riverains craignent le bruit des pompes, et la ville promet de mesurer \
    le bruit. Selon la mairie, un tel centre de données consomme autant qu'un quartier. Les pompes viennent de \
    Kerlane, et Kerlane assure que le bruit restera faible.";

#[test]
fn terms_that_come_back_are_what_a_text_is_about() {
    check(
        "fr",
        "Un centre de données contesté",
        FRENCH,
        &["centre de données", "bruit", "pompes"],
        &["données", "centre", "construire", "de", "ville de", "tel"],
    );
}

#[test]
fn english_compounds_are_one_term() {
    check(
        "en",
        "",
        "The city wants a data centre near the river. The data centre will use the river for cooling. People fear \
         the noise of the pumps, and the city will measure the noise. A data centre uses a lot of power.",
        &["data centre", "noise"],
        &["data", "centre", "lot", "use"],
    );
}

const BRIEF: &str = "La sécheresse frappe de nouveau le sud. Dans l'Aude, les viticulteurs ont perdu un tiers de leur récolte, et \
    les nappes phréatiques sont au plus bas. La préfecture a pris des restrictions d'eau dans une vingtaine de communes et posé 30 compteurs électriques. La chambre \
    demande une aide, un projet que le maire explique. Le changement climatique rend ces épisodes plus fréquents, et un \
    prêt à taux zéro est promis. La baisse de revenu des exploitations agricoles inquiète l'État.";

#[test]
fn a_short_text_has_terms_of_several_words() {
    check(
        "fr",
        "Sécheresse dans l'Aude",
        BRIEF,
        &[
            "sécheresse",
            "nappes phréatiques",
            "restrictions d'eau",
            "changement climatique",
            "exploitations agricoles",
        ],
        &["prêt à taux", "maire explique", "baisse de revenu", "sud", "projet", "vingtaine de communes"],
    );
    let found = keywords("fr", "Sécheresse dans l'Aude", BRIEF);
    assert!((4..=8).contains(&found.len()), "{found:?}");
}

#[test]
fn a_short_english_text_has_no_verbs_among_its_terms() {
    check(
        "en",
        "",
        "Lower interest rates gave households more hope. The project includes a road, and its software detects attacks \
         with artificial intelligence. The health ministry promised an emergency plan.",
        &["interest rates", "artificial intelligence", "health ministry", "emergency plan"],
        &[
            "project includes",
            "software detects",
            "software detects attacks",
            "rates gave",
            "ministry promised",
        ],
    );
}

#[test]
fn other_languages_have_what_comes_often() {
    let text = "Die Pumpe steht am Fluss. Die Pumpe ist laut. Wer eine Pumpe will, der kauft die Pumpe in der Stadt.";
    check("de", "", text, &["Pumpe"], &["Die", "der"]);
}

#[test]
fn the_same_text_has_the_same_keywords() {
    assert_eq!(keywords("fr", "Titre", FRENCH), keywords("fr", "Titre", FRENCH));
    assert_eq!(keywords("und", "", "12 34"), [] as [&str; 0]);
}
