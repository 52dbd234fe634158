//! Who is meant and what is stated where it is told by part, place or pronoun.

use super::check;
use crate::facts::FactFinder;

#[test]
fn a_word_for_a_part_in_the_deal_stands_for_whoever_had_it() {
    check(
        "en",
        "Airbus is doing well. Intel has acquired Broadcom. The buyer holds 29% of the market.",
        &["acquisition: Intel > Broadcom", "market_share: Intel = 29"],
    );
    check(
        "fr",
        "Airbus recrute. Michelin a racheté Valeo. La cible détient 31 % du marché.",
        &["acquisition: Michelin > Valeo", "market_share: Valeo = 31"],
    );
    check(
        "en",
        "Intel and Broadcom are rivals. The former has teamed up with Airbus. The latter has invested $16.5 billion.",
        &["partnership: Intel + Airbus", "investment: Broadcom = 16500000000"],
    );
}

#[test]
fn who_pays_for_a_company_buys_it() {
    check(
        "en",
        "Intel paid $3.25 billion for Broadcom, a chipmaker.",
        &["acquisition: Intel > Broadcom = 3250000000"],
    );
    check("en", "Intel paid $3.25 billion for a licence from Broadcom.", &[]);
    check("en", "Intel paid $3.25 billion for Broadcom chips.", &[]);
    check("en", "Intel paid $3.25 billion for Broadcom's patents.", &[]);
}

#[test]
fn something_new_is_no_plan_once_it_is_opened() {
    check(
        "fr",
        "Renault a ouvert en mai, après deux ans, une nouvelle usine à Cholet.",
        &["site: Renault @ Cholet, operating"],
    );
    check("fr", "Renault mise sur une nouvelle usine à Cholet.", &["site: Renault @ Cholet, announced"]);
    check(
        "en",
        "Intel opened in May, on schedule, a new plant in Dresden.",
        &["site: Intel @ Dresden, operating"],
    );
}

#[test]
fn a_plant_that_was_told_of_stands_where_it_did() {
    check(
        "fr",
        "Renault a un site à Cholet. L'usine est désormais fermée.",
        &["site: Renault @ Cholet, closed"],
    );
    check("fr", "Renault recrute à Cholet. Des salariés manifestent près de l'usine fermée.", &[]);
}

#[test]
fn what_a_plant_makes_by_the_day_is_its_capacity() {
    check(
        "fr",
        "Renault va bien. L'atelier sèche 320 tonnes de lait par jour.",
        &["capacity: Renault = 320"],
    );
    check("fr", "Renault va bien. L'atelier consomme 320 tonnes de bois par jour.", &[]);
}

#[test]
fn a_contract_may_be_with_whom_a_pronoun_means() {
    check(
        "fr",
        "Renault va bien. Michelin, qui livre des pneus, a signé avec elle un contrat de sept ans.",
        &["contract: Michelin + Renault"],
    );
    check(
        "en",
        "Boeing was awarded a five-year contract by Intel for spare parts.",
        &["contract: Intel + Boeing"],
    );
}

#[test]
fn a_ministry_reports_no_result_of_its_own() {
    check("fr", "La Fédération bancaire française chiffre les pertes à 2 milliards d'euros.", &[]);
}

#[test]
fn what_was_only_looked_at_or_is_no_more_is_no_site() {
    check("en", "Boeing said it had looked at building a data center in Norway.", &[]);
    check(
        "fr",
        "Renault va bien. Le campus sera sur le terrain d'une ancienne centrale de Michelin à Lyon.",
        &[],
    );
    check(
        "en",
        "Boeing is fine. The hub in Dresden will handle parcels once it opens.",
        &["site: Boeing @ Dresden, announced"],
    );
    check("fr", "L'alliance un temps envisagée entre Renault et Airbus ne verra pas le jour.", &[]);
    check(
        "en",
        "Intel closed its plant at Dresden on Thursday, after efforts to find a buyer failed.",
        &["site: Intel @ Dresden, closed"],
    );
}

#[test]
fn whoever_tells_of_a_share_has_none_of_it() {
    check("en", "Forrester puts Intel's share of the European market at 8%.", &["market_share: Intel = 8"]);
    check(
        "en",
        "Intel is doing well. Separately, the startup is partnering with Boeing.",
        &["partnership: Intel + Boeing"],
    );
    check(
        "de",
        "Siemens wächst. Im zweiten Quartal stieg der Umsatz auf 10,4 Milliarden Euro.",
        &["result: Siemens = 10400000000"],
    );
}

#[test]
fn a_frame_that_could_state_nothing_is_refused() {
    for (file, said) in [
        ("[[frame]]\nkind = \"fine\"\nagents = \"subject\"", "neither `verbs` nor `nouns`"),
        ("[[frame]]\nkind = \"fine\"\nagents = \"subject\"\nverbs = [\"*\"]", "does not begin with a word"),
        (
            "[[frame]]\nkind = \"fine\"\nagents = \"subject\"\nverbs = [\"pays\"]\nyields = [\"nope\"]",
            "no frame has for its kind",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("facts.en.toml"), file).unwrap();
        let error = FactFinder::new(Some(folder.path())).unwrap_err();
        let told = std::error::Error::source(&error).unwrap().to_string();
        assert!(told.contains(said), "{told}");
    }
}

/// Read like a sentence, these words would take hours.
#[test]
fn a_sentence_without_an_end_is_passed_over() {
    let list = "que Renault a racheté Valeo pour 3 millions d'euros, ".repeat(5_000);
    check(
        "fr",
        &format!("{list}fin. Airbus va bien. Renault a racheté Michelin."),
        &["acquisition: Renault > Michelin"],
    );
}
