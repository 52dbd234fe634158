//! What is denied, was tried, is made up or depends on an *if* is no fact.

use document::{Article as Document, Text};

use super::{ENRICHER, check, check_named};

#[test]
fn what_is_denied_or_only_possible_is_no_fact() {
    check("fr", "Renault n'a pas racheté Valeo. Renault pourrait racheter Valeo.", &[]);
    check("fr", "Airbus a démenti avoir signé un accord avec Boeing.", &[]);
    check("en", "Microsoft did not acquire Nokia. Intel could buy Qualcomm.", &[]);
    check("en", "Toyota denied that it had signed an agreement with Honda.", &[]);
}

#[test]
fn what_others_expect_is_no_fact() {
    check("en", "Analysts at Citi expect Ford to spend $3 billion.", &[]);
    check("en", "Jefferies reckons that spending on data centres could top $1 trillion.", &[]);
    check("fr", "Le marché devrait atteindre 30 milliards d'euros, selon Gartner.", &[]);
    check(
        "fr",
        "Renault n'a pas non plus, « à ce stade », l'intention de construire une usine en Espagne.",
        &[],
    );
}

#[test]
fn what_nearly_came_about_did_not() {
    check("fr", "Microsoft a failli acheter Oracle pour 2 milliards de dollars en 2019.", &[]);
    check("fr", "Free a échoué à racheter SFR.", &[]);
    check("en", "Nobody expects Tesla to open a plant in Lyon.", &[]);
}

#[test]
fn a_day_may_stand_between_an_announcement_and_its_que() {
    check(
        "fr",
        "Renault a annoncé jeudi qu'il investirait 300 millions d'euros à Lyon.",
        &["investment: Renault @ Lyon = 300000000, announced"],
    );
}

#[test]
fn what_nearly_happened_did_not() {
    check("en", "Microsoft nearly bought Nokia in 2013. Intel almost acquired Qualcomm.", &[]);
    check("en", "Intel came close to buying Qualcomm for $3 billion.", &[]);
    check("fr", "Danone a presque racheté Alpro. Renault a été à deux doigts de racheter Valeo.", &[]);
    // Of a figure it says that it is less.
    check("en", "Intel invested nearly $3 billion in Ohio.", &["investment: Intel @ Ohio = 3000000000"]);
}

#[test]
fn what_was_refused_or_came_to_nothing_is_no_fact() {
    check("en", "Qualcomm turned down an offer from Intel to acquire it for $3 billion.", &[]);
    check("en", "Intel walked away from the acquisition of Qualcomm.", &[]);
    check("en", "The acquisition of Nokia by Microsoft fell through in June.", &[]);
    check("en", "The acquisition of Nokia by Microsoft has been blocked.", &[]);
    check("fr", "Le rachat de Valeo par Renault a capoté. Le rachat d'Alpro par Danone n'a pas abouti.", &[]);
    check("fr", "L'offre de rachat de Valeo par Renault a été rejetée.", &[]);
    check("fr", "Valeo a refusé une proposition de rachat de Renault.", &[]);
    // What came about is a fact, whatever else was refused; and a profit that collapses is one.
    check(
        "en",
        "Microsoft turned down a loan and acquired Nokia in 2013.",
        &["acquisition: Microsoft > Nokia"],
    );
    check("en", "Net profit at Siemens collapsed to 300 million euros.", &["result: Siemens = 300000000"]);
}

#[test]
fn what_is_made_up_is_no_fact() {
    check("fr", "Dans le roman, Danone rachète Alpro. Renault s'associe à Valeo.", &[]);
    check("en", "In the film about the war, Intel acquires Qualcomm.", &[]);
    check(
        "en",
        "In the film, Intel acquires Qualcomm.\n\nMicrosoft acquired Nokia.",
        &["acquisition: Microsoft > Nokia"],
    );
    check("fr", "Dans le film plastique, Arkema détient 20 % du marché.", &["market_share: Arkema = 20"]);
    check("en", "Netflix invested $200 million in the series Dark.", &["investment: Netflix = 200000000"]);
}

#[test]
fn what_depends_on_an_if_is_no_fact() {
    check("en", "Intel will buy Qualcomm for $3 billion if prices fall.", &[]);
    check(
        "en",
        "If the subsidies come that were promised to all of them in May, Intel will build a plant in Ohio.",
        &[],
    );
    check("fr", "Renault rachètera Valeo à condition que le prix baisse.", &[]);
    check("fr", "Renault va investir 300 millions d'euros à Lyon si Bruxelles paie sa part.", &[]);
    // What has come about does not wait for what the same sentence leaves open of something else.
    check(
        "en",
        "Microsoft acquired Nokia in 2013 and will sell it if prices rise.",
        &["acquisition: Microsoft > Nokia"],
    );
    // Others have to agree to every merger: it is announced.
    check(
        "fr",
        "Renault a racheté Valeo, sous réserve du feu vert de Bruxelles.",
        &["acquisition: Renault > Valeo, announced"],
    );
    check(
        "en",
        "Microsoft will acquire Nokia, subject to regulatory approval.",
        &["acquisition: Microsoft > Nokia, announced"],
    );
}

#[test]
fn what_is_announced_in_the_conditional_is_announced() {
    check(
        "fr",
        "Le directeur général a confirmé que Danone allait investir 70 millions d'euros à Lyon.",
        &["investment: Danone @ Lyon = 70000000, announced"],
    );
    check(
        "fr",
        "Danone est prudent. Le groupe a annoncé que l'entreprise investirait 70 millions d'euros à Lyon.",
        &["investment: Danone @ Lyon = 70000000, announced"],
    );
    check(
        "en",
        "Intel is careful. It would invest $3 billion in Ohio, the company said on Tuesday.",
        &["investment: Intel @ Ohio = 3000000000, announced"],
    );
    check("fr", "Selon la presse, Danone allait investir 70 millions d'euros à Lyon.", &[]);
    check("en", "Sources said Intel would invest $3 billion in Ohio.", &[]);
}

#[test]
fn a_later_sentence_takes_back_what_came_to_nothing() {
    check("en", "Intel agreed to buy Qualcomm for $3 billion. The deal collapsed in June.", &[]);
    check(
        "fr",
        "Danone a racheté Alpro. Renault va racheter Valeo. L'opération plaît.",
        &["acquisition: Danone > Alpro", "acquisition: Renault > Valeo, announced"],
    );
}

#[test]
fn what_was_only_tried_is_no_fact() {
    let check_en = |text: &str, expected: &[&str]| {
        check_named(
            "en",
            text,
            &["Ford", "Nokia", "Oracle", "Boeing", "Acme Federation"],
            &["Dayton"],
            expected,
        );
    };
    for verb in [
        "failed to acquire",
        "tried to acquire",
        "tried for years to acquire",
        "was close to acquiring",
        "was unable to buy",
        "had hoped to acquire",
        "offered to acquire",
        "wanted to acquire",
        "had planned to acquire",
    ] {
        check_en(&format!("Ford {verb} Nokia for $3 billion."), &[]);
    }
    check_en("Ford struggled to open a new plant in Dayton.", &[]);
    check_en("Ford had promised to invest $3 billion in Dayton.", &[]);
    check_en("Ford behaves as if Nokia had acquired Oracle for $3 billion.", &[]);
    check_en("Ford intends to acquire Nokia.", &["acquisition: Ford > Nokia, announced"]);
    check_en("Ford wants to acquire Nokia.", &["acquisition: Ford > Nokia, announced"]);
    // What a try is followed by is none.
    check_en(
        "Ford tried to sell its cars and won a contract worth $3 billion from Boeing.",
        &["contract: Ford + Boeing = 3000000000"],
    );
    let check_fr = |text: &str, expected: &[&str]| {
        check_named("fr", text, &["Renault", "Valeo", "Carrefour"], &["Lyon"], expected);
    };
    for verb in [
        "a tenté de racheter",
        "a tenté en vain de racheter",
        "a cherché à racheter",
        "espérait racheter",
        "avait prévu de racheter",
    ] {
        check_fr(&format!("Renault {verb} Valeo pour 3 milliards d'euros."), &[]);
    }
    check_fr("Renault avait promis d'investir 3 milliards d'euros à Lyon.", &[]);
    check_fr("Renault a tenté d'ouvrir une nouvelle usine à Lyon.", &[]);
    check_fr("Comme si Renault avait racheté Valeo.", &[]);
    check_fr("Renault prévoit de racheter Valeo.", &["acquisition: Renault > Valeo, announced"]);
    check_fr("L'accord entre Renault et Valeo, signé en mai, a été rompu.", &[]);
    check_fr("L'accord entre Renault et Valeo, signé en mai, a été dénoncé.", &[]);
    check_fr("L'accord entre Renault et Valeo, signé en mai, a été annulé.", &[]);
}

#[test]
fn a_conditional_leaves_open_what_its_object_is() {
    check("fr", "Carrefour détiendrait 20 % du marché.", &[]);
    check("fr", "Renault construirait une nouvelle usine à Lyon.", &[]);
    check("fr", "Carrefour détient 20 % du marché.", &["market_share: Carrefour = 20"]);
    check("fr", "L'étude montrait que Carrefour détient 20 % du marché.", &["market_share: Carrefour = 20"]);
    check(
        "fr",
        "Renault a annoncé qu'il construirait une nouvelle usine à Lyon.",
        &["site: Renault @ Lyon, announced"],
    );
}

#[test]
fn a_fine_is_no_contract() {
    check("en", "Boeing was fined $3 billion over its contract with Airbus.", &[]);
    check("en", "Boeing paid a $2 billion fine over a contract with Airbus.", &[]);
    check("fr", "Airbus a été condamné à 30 millions d'euros d'amende pour un contrat avec Boeing.", &[]);
    check("en", "Boeing won a $3 billion contract from Airbus.", &["contract: Boeing + Airbus = 3000000000"]);
}

#[test]
fn a_result_hoped_for_is_none() {
    check("fr", "Renault espérait un chiffre d'affaires de 3 milliards d'euros.", &[]);
    check("en", "Ford had hoped for a profit of $3 billion.", &[]);
}

#[test]
fn the_day_and_place_of_another_clause_are_of_something_else() {
    let when = |language: &str, text: &str| {
        let mut article = Document::bare("text/plain", Text::new(text).unwrap());
        article.declared_language = Some(language.to_owned());
        let facts = ENRICHER.enrich(&article).facts;
        facts.into_iter().map(|fact| (fact.when, fact.place)).collect::<Vec<_>>()
    };
    let is = |when: Option<&str>, place: Option<&str>| (when.map(str::to_owned), place.map(str::to_owned));
    assert_eq!(
        when("fr", "Renault, fondé en 1899, va investir 2 milliards d'euros au Texas."),
        [is(None, Some("Texas"))]
    );
    assert_eq!(
        when("fr", "Michelin a fermé en 2025 son usine de Vannes, ouverte en 1963."),
        [is(Some("2025"), Some("Vannes"))]
    );
    assert_eq!(
        when(
            "en",
            "Google, which bought Intel for $2.1 billion in 2021, plans to invest $9 billion in Virginia."
        ),
        [is(Some("2021"), None), is(None, Some("Virginia"))]
    );
}

#[test]
fn what_went_from_one_figure_to_another_is_the_other() {
    check("en", "Intel's market share rose from 12% to 14%.", &["market_share: Intel = 14"]);
    check(
        "en",
        "Boeing said its net profit rose $200 million to $1.3 billion.",
        &["result: Boeing = 1300000000"],
    );
    check(
        "fr",
        "Renault a vu ses ventes passer de 2 à 3 milliards d'euros.",
        &["result: Renault = 3000000000"],
    );
}

#[test]
fn what_is_lost_feared_offered_or_sued_for_is_no_fact() {
    for (language, text) in [
        ("fr", "Renault a perdu 12 % de part de marché en Europe."),
        ("fr", "Renault a perdu un contrat de 2 milliards d'euros au profit d'Airbus."),
        (
            "fr",
            "Renault a déposé une offre de 3 milliards d'euros pour racheter Valeo, rejetée par Michelin.",
        ),
        ("fr", "Les syndicats accusent Renault de vouloir fermer son usine de Cholet."),
        ("fr", "Renault menace de fermer son usine de Cholet."),
        ("fr", "Renault maintient sa prévision de marge à 6 %."),
        ("en", "Boeing lost a $2 billion contract to Airbus."),
        ("en", "Unions fear that Boeing will close its plant in Dresden."),
        ("en", "Activists urged Boeing to invest $5 billion in wind power."),
        ("en", "Boeing's profit fell short of expectations by $12 million."),
        ("en", "Boeing sued Intel for $50 million over a broken contract."),
        ("en", "Boeing acquired 200 acres of land in Texas for $20 million."),
    ] {
        check(language, text, &[]);
    }
}

#[test]
fn who_buys_and_what_is_bought_are_told_by_the_clause() {
    check(
        "en",
        "Boeing outbid Airbus to buy Intel for $72 billion.",
        &["acquisition: Boeing > Intel = 72000000000"],
    );
    check(
        "fr",
        "Valeo, que Renault a racheté en 2020 pour 40 millions d'euros, recrute.",
        &["acquisition: Renault > Valeo = 40000000"],
    );
}
