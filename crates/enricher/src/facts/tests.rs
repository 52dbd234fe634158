mod told;
mod truth;

use std::sync::LazyLock;

use document::{Article as Document, Enrichment, Entity, EntityKind, Span, Text};

use super::FactFinder;
use crate::tokens::Tokens;
use crate::{Config, Enricher};

/// An article of our own writing with the facts that it states.
#[derive(Debug, serde::Deserialize)]
struct Case {
    id: String,
    language: String,
    text: String,
    facts: Vec<Gold>,
}

#[derive(Debug, serde::Deserialize)]
struct Gold {
    kind: String,
    agents: Vec<String>,
    /// Any of these.
    place: Option<Vec<String>>,
    status: Option<String>,
    value: Option<f64>,
}

static ENRICHER: LazyLock<Enricher> = LazyLock::new(|| Enricher::new(&Config::built_in()).unwrap());

/// `expected` is each fact on a line: kind, agents, and what else there is of objects, place, value and status.
#[track_caller]
fn check(language: &str, text: &str, expected: &[&str]) {
    let mut article = Document::bare("text/plain", Text::new(text).unwrap());
    article.declared_language = Some(language.to_owned());
    let found = ENRICHER.enrich(&article);
    check_facts(&found, expected);
}

#[track_caller]
fn check_facts(found: &Enrichment, expected: &[&str]) {
    let facts: Vec<String> = found
        .facts
        .iter()
        .map(|fact| {
            let mut line = format!("{}: {}", fact.kind, fact.agents.join(" + "));
            if !fact.objects.is_empty() {
                line.extend([" > ", &fact.objects.join(" + ")]);
            }
            if let Some(place) = &fact.place {
                line.extend([" @ ", place]);
            }
            if let Some(value) = fact.amount.and_then(|number| found.amounts[number].value) {
                line.extend([" = ", &value.to_string()]);
            }
            if let Some(status) = fact.status {
                line.extend([", ", status]);
            }
            line
        })
        .collect();
    let names: Vec<_> =
        found.entities.iter().map(|entity| (entity.kind.as_str(), entity.name.as_str())).collect();
    assert_eq!(facts, expected, "the names are {names:?}");
}

#[test]
fn partners_act_together() {
    check(
        "fr",
        "Renault et Airbus ont annoncé mardi avoir signé un accord pour concevoir des batteries.",
        &["partnership: Renault + Airbus"],
    );
    check(
        "fr",
        "Renault s'est associé à Valeo. Le groupe a signé un partenariat avec Michelin.",
        &["partnership: Renault + Valeo", "partnership: Renault + Michelin"],
    );
    check(
        "en",
        "Microsoft has signed an agreement with the French operator Orange to share its network.",
        &["partnership: Microsoft + Orange"],
    );
    check(
        "en",
        "Toyota and Panasonic have formed a joint venture in Japan, the company said.",
        &["partnership: Toyota + Panasonic @ Japan"],
    );
}

#[test]
fn a_passive_names_its_partners_behind_it_and_an_end_is_none() {
    check("fr", "Un partenariat a été noué entre Airbus et Valeo.", &["partnership: Airbus + Valeo"]);
    check("fr", "Renault et Valeo mettent fin à leur partenariat.", &[]);
}

#[test]
fn what_a_company_makes_does_not_act_for_it() {
    check(
        "en",
        "Unilever, the maker of Dove, reported sales of 30.1 billion euros.",
        &["result: Unilever = 30100000000"],
    );
    check(
        "fr",
        "Ce nouveau site permettra à Sanofi de produire 300 millions de doses par an.",
        &["capacity: Sanofi = 300000000"],
    );
    check(
        "fr",
        "Chez Michelin, l'année s'est soldée par un bénéfice de 1,7 milliard d'euros.",
        &["result: Michelin = 1700000000"],
    );
}

#[test]
fn a_site_has_an_owner_a_place_and_a_status() {
    check(
        "fr",
        "Renault construit à Douai la plus grande usine de batteries du pays.",
        &["site: Renault @ Douai, under_construction"],
    );
    check(
        "fr",
        "Le constructeur prévoit d'ouvrir une usine à Valence, a dit Renault.",
        &["site: Renault @ Valence, announced"],
    );
    check(
        "fr",
        "Airbus a inauguré en mai son usine de Toulouse. Michelin va construire un centre de données à Lyon.",
        &["site: Airbus @ Toulouse, operating", "site: Michelin @ Lyon, announced"],
    );
    check(
        "fr",
        "Airbus a ouvert une nouvelle usine à Toulouse. Michelin a inauguré un nouveau site à Lyon.",
        &["site: Airbus @ Toulouse, operating", "site: Michelin @ Lyon, operating"],
    );
    check("en", "Samsung opened a new plant in Texas last week.", &["site: Samsung @ Texas, operating"]);
    check(
        "en",
        "Intel will build two factories in Ohio. Samsung has opened a plant in Texas.",
        &["site: Intel @ Ohio, announced", "site: Samsung @ Texas, operating"],
    );
    check(
        "fr",
        "Deux usines sont en construction au Texas : l'une à Houston avec Samsung, l'autre à Dallas avec Intel.",
        &["site: Samsung @ Houston, under_construction", "site: Intel @ Dallas, under_construction"],
    );
    check(
        "en",
        "General Motors closed its plant in Detroit last year.",
        &["site: General Motors @ Detroit, closed"],
    );
}

#[test]
fn who_buys_and_what_is_bought() {
    check("fr", "Danone a racheté Alpro. Alpro a été racheté par Danone.", &["acquisition: Danone > Alpro"]);
    check("en", "Microsoft acquired Nokia in 2013.", &["acquisition: Microsoft > Nokia"]);
    check(
        "en",
        "The acquisition of Nokia by Microsoft was announced in 2013.",
        &["acquisition: Microsoft > Nokia"],
    );
    check("fr", "L'usine rachetée à Sharp emploie cent personnes.", &[]);
    check(
        "fr",
        "Valeo a été racheté par le groupe agroalimentaire français Danone.",
        &["acquisition: Danone > Valeo"],
    );
}

#[test]
fn who_only_tells_does_not_act() {
    check("fr", "Selon Reuters, Renault et Valeo ont signé un accord.", &["partnership: Renault + Valeo"]);
    check("fr", "Renault a racheté Valeo, rapporte Reuters.", &["acquisition: Renault > Valeo"]);
}

#[test]
fn the_company_is_whom_the_article_is_about() {
    // A paragraph that begins with *le groupe* speaks of the main organization, not of who was named last.
    check(
        "fr",
        "Michelin a dévoilé ses comptes. Ses concurrents souffrent. Continental a perdu du terrain. \
         Ils restent prudents.\n\nLe groupe Michelin reste serein.\n\n\
         À Vannes, le groupe va investir 30 millions d'euros.",
        &["investment: Michelin @ Vannes = 30000000, announced"],
    );
    check(
        "fr",
        "« Nous allons investir 50 millions d'euros à Lyon », a déclaré le patron de Michelin.",
        &["investment: Michelin @ Lyon = 50000000, announced"],
    );
    check(
        "en",
        "Sales at Siemens rose 12% to 2.1 billion euros. Its net profit was 300 million euros.",
        &["result: Siemens = 2100000000", "result: Siemens = 300000000"],
    );
}

#[test]
fn a_clause_about_a_noun_says_whose_it_is() {
    check(
        "fr",
        "Au Havre, une usine dont Engie a lancé le chantier emploiera cent personnes.",
        &["site: Engie @ Havre, under_construction"],
    );
    check(
        "en",
        "The factory, which Volkswagen opened in 2021, is in Sweden.",
        &["site: Volkswagen @ Sweden, operating"],
    );
    check(
        "fr",
        "La production sera assurée par Valeo, avec lequel Renault vient de nouer un partenariat.",
        &["partnership: Renault + Valeo"],
    );
}

#[test]
fn an_opening_without_a_subject_has_that_of_the_main_clause() {
    check(
        "fr",
        "Avec 86 % du marché des semences, Bayer laisse peu d'air à ses rivaux.",
        &["market_share: Bayer = 86"],
    );
    check(
        "fr",
        "En mettant la main sur Alpro, Danone débourse 610 millions d'euros.",
        &["acquisition: Danone > Alpro = 610000000"],
    );
}

#[test]
fn who_is_compared_has_a_share_too() {
    check(
        "fr",
        "Selon Gartner, Samsung détient 23 % du marché, contre 19 % pour Apple et devant Xiaomi (13 %).",
        &["market_share: Samsung = 23", "market_share: Apple = 19", "market_share: Xiaomi = 13"],
    );
    check(
        "fr",
        "La part de marché de Carrefour a atteint 21 %, tandis que celle de Lidl s'érodait à 8 %.",
        &["market_share: Carrefour = 21", "market_share: Lidl = 8"],
    );
}

#[test]
fn a_contract_has_two_parties() {
    check(
        "fr",
        "La signature d'un contrat de 400 millions d'euros entre Alstom et la SNCF a été annoncée lundi.",
        &["contract: Alstom + SNCF = 400000000"],
    );
    check("fr", "Airbus a passé commande à Safran de 300 moteurs.", &["contract: Airbus + Safran"]);
    check(
        "en",
        "Rolls-Royce clinched a $2 billion deal to supply engines to Emirates.",
        &["contract: Rolls-Royce + Emirates = 2000000000"],
    );
    // Who was beaten takes no part.
    check(
        "fr",
        "Le contrat, d'un montant de 120 millions d'euros, a été remporté par Vinci face à Eiffage.",
        &["contract: Vinci = 120000000"],
    );
    // What was booked in a quarter is a result.
    check(
        "en",
        "Siemens booked orders of 5.5 billion euros in the quarter.",
        &["result: Siemens = 5500000000"],
    );
    // Made under contract is no contract.
    check("fr", "Foxconn, leader de la fabrication sous contrat, emploie avec Apple des ingénieurs.", &[]);
}

#[test]
fn what_is_sold_is_bought_by_whom_it_goes_to() {
    check(
        "fr",
        "Danone a finalisé la cession de sa filiale Alpro à Nestlé pour 900 millions d'euros.",
        &["acquisition: Nestlé > Alpro = 900000000"],
    );
}

#[test]
fn the_price_of_what_is_bought_is_no_investment() {
    check(
        "fr",
        "Danone débourse 610 millions d'euros pour racheter Alpro.",
        &["acquisition: Danone > Alpro = 610000000"],
    );
}

#[test]
fn a_name_that_the_article_calls_a_company_is_one() {
    check(
        "en",
        "Marlowe Denton, the British maker of pumps, said it would close its plant in Bristol.",
        &["site: Marlowe Denton @ Bristol, closed"],
    );
}

/// Whether the model knows the name or not, what is said of it must not be of who was named before.
#[test]
fn a_company_that_nobody_knows_is_not_the_one_before() {
    for (language, known, text) in [
        (
            "en",
            "Ford",
            "Ford is doing well. Deliveroo, the British group that carries meals, made a loss of $300 million.",
        ),
        ("fr", "Renault", "Renault souffre. La société nantaise Zorvanel rachète un fabricant de pompes."),
    ] {
        let mut article = Document::bare("text/plain", Text::new(text).unwrap());
        article.declared_language = Some(language.to_owned());
        let facts = ENRICHER.enrich(&article).facts;
        assert!(!facts.iter().any(|fact| fact.agents.iter().any(|agent| agent == known)), "{facts:?}");
    }
}

#[test]
fn a_noun_of_its_name_stands_for_a_company() {
    check(
        "fr",
        "Michelin souffre avec la Banque Postale. Le bénéfice de la banque a atteint 300 millions d'euros.",
        &["result: Banque Postale = 300000000"],
    );
}

#[test]
fn what_is_bought_may_be_a_company_without_a_name() {
    check("en", "Intel has bought a maker of drones.", &["acquisition: Intel"]);
    check("en", "Intel has bought new furniture.", &[]);
}

#[test]
fn those_who_put_the_money_in_are_named_behind_it() {
    check(
        "en",
        "Mistral AI raised $800 million from Blackstone and the American fund BlackRock.",
        &["investment: Mistral AI + Blackstone + BlackRock = 800000000"],
    );
    check(
        "fr",
        "Mistral AI a bouclé un tour de table de 85 millions d'euros mené par Eurazeo, auquel a participé Bpifrance.",
        &["investment: Eurazeo + Bpifrance = 85000000"],
    );
}

#[test]
fn a_price_in_a_shop_is_no_fact() {
    check("en", "Apple has a deal: the purchase price is $299, after an investment of $40.", &[]);
}

#[test]
fn a_contract_without_a_sum_names_both_parties() {
    check("en", "Boeing is doing well. Boeing hires. Intel renewed the contract in 2018.", &[]);
    check(
        "en",
        "Boeing is doing well. Boeing hires. Intel has won a contract worth $300 million.",
        &["contract: Intel = 300000000"],
    );
}

#[test]
fn articles_of_many_trades_state_their_facts() {
    let (mut right, mut found, mut there) = (0, 0, 0);
    for line in include_str!("../../testdata/facts.jsonl").lines() {
        let Case { id, language, text, facts } = serde_json::from_str(line).unwrap();
        let mut article = Document::bare("text/plain", Text::new(text).unwrap());
        article.declared_language = Some(language);
        let enrichment = ENRICHER.enrich(&article);
        let mut left = enrichment.facts;
        found += left.len();
        there += facts.len();
        for gold in facts {
            let is_it = |fact: &document::Fact| {
                let value = fact.amount.and_then(|number| enrichment.amounts[number].value);
                *fact.kind == *gold.kind
                    && gold.agents.iter().all(|agent| fact.agents.contains(agent))
                    && gold
                        .place
                        .as_ref()
                        .is_none_or(|names| fact.place.as_ref().is_some_and(|place| names.contains(place)))
                    && gold.status.as_deref().is_none_or(|status| fact.status == Some(status))
                    && gold.value.is_none_or(|gold| value == Some(gold))
            };
            match left.iter().position(is_it) {
                Some(place) => {
                    left.remove(place);
                    right += 1;
                }
                None => eprintln!("{id}: missing {gold:?}"),
            }
        }
        for fact in left {
            eprintln!("{id}: not there: {fact:?}");
        }
    }
    let f1 = 2.0 * f64::from(right) / (found + there) as f64;
    eprintln!("{right} right of {found} found and {there} there: F1 {f1:.3}");
    assert!(f1 >= 0.85, "F1 {f1:.3}");
}

#[test]
fn who_measures_a_share_does_not_have_it() {
    check(
        "fr",
        "Le groupe Kerlane SA a ouvert un magasin. Le cabinet Gartner lui attribue 14 % des livraisons mondiales de pompes.",
        &["market_share: Kerlane SA = 14"],
    );
    check(
        "en",
        "According to Gartner, Siemens held 9.5% of worldwide pump shipments last year.",
        &["market_share: Siemens = 9.5"],
    );
}

#[test]
fn a_subsidiary_is_not_its_parent() {
    check(
        "fr",
        "Siemens se développe. La filiale de Bosch fait construire à Lyon une usine de pompes refroidies par liquide.",
        &["site: Siemens @ Lyon, under_construction"],
    );
}

#[test]
fn parties_of_a_contract_stand_elsewhere() {
    check(
        "fr",
        "Siemens lance une pompe. La fabrication sera assurée par Bosch dans le cadre d'un contrat de cinq ans.",
        &["contract: Siemens + Bosch"],
    );
    check(
        "fr",
        "Siemens grandit. Airbus s'est engagé à lui acheter des pompes.",
        &["contract: Airbus + Siemens"],
    );
    check(
        "en",
        "Siemens has won a contract worth $2 billion to supply Airbus with Nvidia chips.",
        &["contract: Siemens + Airbus = 2000000000"],
    );
}

#[test]
fn sites_and_partnerships_in_other_words() {
    check(
        "en",
        "In Texas, Siemens' plant has been in volume production for a year.",
        &["site: Siemens @ Texas, operating"],
    );
    check(
        "en",
        "Siemens and Airbus agreed in March to develop new engines.",
        &["partnership: Siemens + Airbus"],
    );
    check("fr", "Siemens a créé avec Airbus un laboratoire commun.", &["partnership: Siemens + Airbus"]);
    check(
        "fr",
        "Siemens agrandit son usine. Pour cela, son conseil d'administration a débloqué 300 millions d'euros.",
        &["investment: Siemens = 300000000"],
    );
}

#[test]
fn what_is_given_is_not_told() {
    check(
        "fr",
        "Pour la mise sous tension, Siemens a confié à Bosch un marché de 190 millions d'euros portant sur les tableaux.",
        &["contract: Siemens + Bosch = 190000000"],
    );
    check(
        "fr",
        "Siemens grandit. La fabrication, elle, sera assurée par Bosch dans le cadre d'un contrat de cinq ans.",
        &["contract: Siemens + Bosch"],
    );
    check(
        "fr",
        "Siemens, moins connu que Bosch, grandit. L'entreprise fait construire à Lyon une usine.",
        &["site: Siemens @ Lyon, under_construction"],
    );
}

#[test]
fn goods_are_sold_under_a_contract() {
    check("en", "Boeing clinched a deal to sell 90 planes to Emirates.", &["contract: Boeing + Emirates"]);
    check(
        "en",
        "Airbus has sold 90 planes to Emirates for $12 billion.",
        &["contract: Airbus + Emirates = 12000000000"],
    );
    check("fr", "Danone a vendu 300 tonnes de lait à Lactalis.", &["contract: Danone + Lactalis"]);
    check("en", "Boeing sold three plants to Airbus for $300 million.", &["acquisition: Airbus = 300000000"]);
}

#[test]
fn a_result_is_of_whom_it_is_at() {
    check("en", "Alphabet is doing well. Net profit at Apple fell 3%.", &["result: Apple = 3"]);
    check(
        "fr",
        "Alphabet se porte bien. Le bénéfice net chez Apple a reculé de 3 %.",
        &["result: Apple = 3"],
    );
}

#[test]
fn what_shares_lose_is_no_result() {
    check("fr", "Renault a perdu plus de 3 milliards d'euros en Bourse.", &[]);
    check("fr", "Renault a perdu 3 milliards d'euros de capitalisation.", &[]);
    check("en", "Intel lost $3 billion in a single day.", &[]);
    check("en", "Intel lost $3 billion last year.", &["result: Intel = 3000000000"]);
}

#[test]
fn a_target_is_no_result() {
    check("fr", "Renault vise 50 milliards d'euros de ventes en 2030.", &[]);
    check("en", "Intel expects revenue of $50 billion in 2030.", &[]);
}

#[test]
fn whom_money_goes_into_is_an_object() {
    check(
        "fr",
        "Amazon a investi 4 milliards de dollars dans la start-up Anthropic.",
        &["investment: Amazon > Anthropic = 4000000000"],
    );
    check("en", "Google invested $2 billion in OpenAI.", &["investment: Google > OpenAI = 2000000000"]);
}

#[test]
fn a_row_may_repeat_its_preposition() {
    check(
        "fr",
        "Renault s'est associé à Valeo et au groupe Michelin.",
        &["partnership: Renault + Valeo + Michelin"],
    );
    check(
        "fr",
        "Mistral AI a levé 100 millions d'euros auprès de Bpifrance et de BNP Paribas.",
        &["investment: Mistral AI + Bpifrance + BNP Paribas = 100000000"],
    );
    check(
        "en",
        "Intel has signed a partnership with Microsoft and with Oracle.",
        &["partnership: Intel + Microsoft + Oracle"],
    );
}

#[test]
fn one_round_is_one_investment() {
    check(
        "fr",
        "Mistral AI a levé 100 millions d'euros lors d'un tour de table mené par Nvidia et Samsung.",
        &["investment: Mistral AI + NVIDIA + Samsung = 100000000"],
    );
    check(
        "en",
        "Mistral AI raised $100 million. The round was led by Nvidia.",
        &["investment: Mistral AI + NVIDIA = 100000000"],
    );
}

/// `expected` is when the first fact happens.
#[track_caller]
fn check_when(language: &str, text: &str, expected: Option<&str>) {
    let mut article = Document::bare("text/plain", Text::new(text).unwrap());
    article.declared_language = Some(language.to_owned());
    let facts = ENRICHER.enrich(&article).facts;
    assert_eq!(facts[0].when.as_deref(), expected, "{facts:?}");
}

#[test]
fn the_day_is_that_of_the_event() {
    check_when(
        "en",
        "Intel said on 3 March 2026 it would open a plant in Ohio in March 2027.",
        Some("2027-03"),
    );
    check_when(
        "en",
        "Intel will open in March 2027 a plant in Ohio, it said on 3 March 2026.",
        Some("2027-03"),
    );
    check_when("fr", "Renault a annoncé le 3 mars 2026 avoir signé un accord avec Valeo.", None);
    check_when("fr", "Le 3 mars 2026, Renault a annoncé qu'il ouvrira une usine à Lyon.", None);
    check_when("fr", "Renault détient 23 % du marché européen, deux points de mieux qu'en 2022.", None);
    check_when("en", "Microsoft acquired Nokia, and Intel invested $3 billion in Ohio in 2021.", None);
    check_when(
        "fr",
        "En 2025, Renault a réalisé un chiffre d'affaires de 4 milliards d'euros.",
        Some("2025"),
    );
}

static FINDER: LazyLock<FactFinder> = LazyLock::new(|| FactFinder::new(None).unwrap());

/// Like [`check`], where these names are known and no others.
#[track_caller]
fn check_named(language: &str, text: &str, organizations: &[&str], places: &[&str], expected: &[&str]) {
    let mut article = Document::bare("text/plain", Text::new(text).unwrap());
    article.declared_language = Some(language.to_owned());
    let mut found = ENRICHER.enrich(&article);
    let of = |names: &[&str], kind: EntityKind| -> Vec<Entity> {
        names
            .iter()
            .map(|name| Entity {
                kind,
                name: (*name).to_owned(),
                reference: None,
                mentions: text.match_indices(name).map(|(at, _)| Span::new(at, at + name.len())).collect(),
            })
            .collect()
    };
    found.entities = of(organizations, EntityKind::Organization);
    found.entities.extend(of(places, EntityKind::Place));
    let tokens = Tokens::new(text);
    found.facts = FINDER.find(&tokens, "", language, &found.entities, &found.amounts, &found.dates);
    check_facts(&found, expected);
}

#[test]
fn german_has_its_verbs_at_the_end() {
    let companies = ["Nestlé", "Danone", "Volkswagen", "Microsoft"];
    let check = |text, expected| check_named("de", text, &companies, &["Dresden", "Berlin"], expected);
    check(
        "Nestlé hat im Mai Danone für 900 Millionen Euro übernommen.",
        &["acquisition: Nestlé > Danone = 900000000"],
    );
    check("Im Mai hat Nestlé Danone übernommen.", &["acquisition: Nestlé > Danone"]);
    // Which of them bought the other is open.
    check("Übernommen hat es Nestlé. Danone wächst.", &[]);
    check("Im Mai übernahm Nestlé den Konzern Danone.", &["acquisition: Nestlé > Danone"]);
    check("Danone wurde im Mai von Nestlé übernommen.", &["acquisition: Nestlé > Danone"]);
    check("Nestlé übernimmt Danone nicht. Nestlé könnte Danone übernehmen.", &[]);
    check("Die Übernahme von Danone durch Nestlé ist gescheitert.", &[]);
    check(
        "Volkswagen will bis 2029 rund 800 Millionen Euro in sein Werk in Dresden investieren.",
        &["investment: Volkswagen @ Dresden = 800000000, announced"],
    );
    check(
        "Volkswagen schließt sein Motorenwerk in Dresden. In Berlin eröffnete der Konzern eine Chipfabrik.",
        &["site: Volkswagen @ Dresden, closed", "site: Volkswagen @ Berlin, operating"],
    );
    check(
        "Microsoft und Volkswagen haben eine Partnerschaft vereinbart.",
        &["partnership: Microsoft + Volkswagen"],
    );
    check("Der Umsatz von Volkswagen stieg auf 90,3 Milliarden Euro.", &["result: Volkswagen = 90300000000"]);
}

#[test]
fn what_an_unknown_company_does_is_not_of_the_topic() {
    let check = |text, expected| check_named("en", text, &["Ford", "Nokia", "Oracle"], &[], expected);
    check(
        "Ford is well. Talks with Zorvanel, the bus maker, will end as it has bought Nokia for $3 billion.",
        &[],
    );
    check("Ford is well. Net profit at Zorvanel fell 3%.", &[]);
    check(
        "Ford is well. Zorvanel has a contract worth $5 billion with Oracle.",
        &["contract: Oracle = 5000000000"],
    );
}

#[test]
fn and_joins_clauses_too() {
    check_named(
        "en",
        "Siemens won a $2.4 billion contract from Intel for engines and maintenance, and Boeing ordered pumps from Airbus.",
        &["Siemens", "Intel", "Boeing", "Airbus"],
        &[],
        &["contract: Siemens + Intel = 2400000000", "contract: Boeing + Airbus"],
    );
}

#[test]
fn a_pronoun_is_not_the_company_before_the_last_sentence() {
    check(
        "en",
        "Ford is well. The city council has its own wheels. It has awarded a contract worth $3 billion to Boeing.",
        &["contract: Boeing = 3000000000"],
    );
    check_named(
        "fr",
        "Renault souffre. Zorvanel, de son côté, a grandi. Le groupe détient 6 % du marché européen.",
        &["Renault"],
        &[],
        &[],
    );
    check(
        "fr",
        "Michelin souffre. Valeo, de son côté, a acheté des pompes à Airbus. Le groupe a perdu 3 milliards d'euros.\n\n\
         La société a perdu 2 milliards d'euros en 2020.",
        &["result: Valeo = 3000000000", "result: Michelin = 2000000000"],
    );
}

#[test]
fn who_is_beaten_has_a_share_too() {
    check(
        "en",
        "Siemens has 22% of the pump market, behind Bosch with 27%.",
        &["market_share: Siemens = 22", "market_share: Bosch = 27"],
    );
    check(
        "fr",
        "Siemens détient 6 % du marché européen, loin derrière Bosch, à 31 %.",
        &["market_share: Siemens = 6", "market_share: Bosch = 31"],
    );
}

#[test]
fn there_is_where_the_sentence_before_was() {
    check(
        "fr",
        "À Douai, Renault recrute. Le groupe y a investi 300 millions d'euros.",
        &["investment: Renault @ Douai = 300000000"],
    );
}

#[test]
fn an_amount_is_not_that_of_the_next_clause() {
    check(
        "fr",
        "Bpifrance a apporté 15 millions d'euros, Airbus a signé un contrat avec Valeo.",
        &["investment: Bpifrance = 15000000", "contract: Airbus + Valeo"],
    );
    check_named(
        "en",
        "Intel has acquired Altera for $5 billion and sold its plants to Sanmina.",
        &["Intel", "Altera", "Sanmina"],
        &[],
        &["acquisition: Intel > Altera = 5000000000"],
    );
}

#[test]
fn a_federation_is_not_the_company() {
    let check = |text: &str, expected: &[&str]| {
        check_named("en", text, &["Ford", "Acme Federation"], &[], expected);
    };
    check("Acme Federation is well. The company lost $3 billion in 2020.", &[]);
    check("Ford is well. The company lost $3 billion in 2020.", &["result: Ford = 3000000000"]);
}

#[test]
fn a_plan_is_not_that_of_the_next_clause() {
    check(
        "fr",
        "Une visite est prévue jeudi à Blagnac, où Airbus exploite une usine.",
        &["site: Airbus @ Blagnac, operating"],
    );
}

#[test]
fn a_person_is_not_the_company() {
    let text = "Ford is well. The company's chief executive Bongrain was there. The company lost $3 billion in 2020.";
    check_kinds(
        text,
        &[("Ford", EntityKind::Organization), ("Bongrain", EntityKind::Person)],
        &["result: Ford = 3000000000"],
    );
    let text = "The French company's boss Bongrain was there. The company lost $3 billion in 2020.";
    check_kinds(text, &[("Bongrain", EntityKind::Person)], &[]);
}

/// Like [`check`] in English, where these names are known, of these kinds.
#[track_caller]
fn check_kinds(text: &str, names: &[(&str, EntityKind)], expected: &[&str]) {
    let mut article = Document::bare("text/plain", Text::new(text).unwrap());
    article.declared_language = Some("en".to_owned());
    let mut found = ENRICHER.enrich(&article);
    let entity = |&(name, kind): &(&str, EntityKind)| Entity {
        kind,
        name: name.to_owned(),
        reference: None,
        mentions: text.match_indices(name).map(|(at, _)| Span::new(at, at + name.len())).collect(),
    };
    found.entities = names.iter().map(entity).collect();
    let tokens = Tokens::new(text);
    found.facts = FINDER.find(&tokens, "", "en", &found.entities, &found.amounts, &found.dates);
    check_facts(&found, expected);
}

#[test]
fn several_plants_are_in_several_places() {
    let check = |language: &str, text: &str, expected: &[&str]| {
        check_named(language, text, &["Renault"], &["Cholet", "Vannes"], expected);
    };
    let both = ["site: Renault @ Cholet, closed", "site: Renault @ Vannes, closed"];
    check("fr", "Renault ferme ses usines de Cholet et de Vannes.", &both);
    check("en", "Renault closed its plants in Cholet and Vannes.", &both);
    check("fr", "Renault ferme son usine de Cholet et Vannes respire.", &both[..1]);
}
