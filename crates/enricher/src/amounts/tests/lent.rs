//! Bare millions that share the currency of a sum before them, and those that do not.

use super::{english, french};

#[test]
fn a_sum_shares_the_currency_named_before_it() {
    french(
        "un bénéfice de 2 milliards de dollars, pour un chiffre d'affaires de 53,1 milliards, en retrait",
        &["2 milliards de dollars = money 2000000000 USD", "53,1 milliards = money 53100000000 USD"],
    );
    english(
        "sales of 2 billion euros and a loss of 61 million, its second",
        &["2 billion euros = money 2000000000 EUR", "61 million = money 61000000 EUR"],
    );
    // Not in another sentence, and not what goes on with a noun.
    english("It paid $2 billion. It has 61 million.", &["$2 billion = money 2000000000 USD"]);
    english(
        "It paid $2 billion for 61 million new users.",
        &["$2 billion = money 2000000000 USD", "61 million new users = count 61000000 users"],
    );
}

#[test]
fn a_currency_is_lent_only_where_nothing_else_can_be_meant() {
    english("a budget of $4 billion and a population of 3 million", &["$4 billion = money 4000000000 USD"]);
    english(
        "a budget of $4 billion, up from 3 billion",
        &["$4 billion = money 4000000000 USD", "3 billion = money 3000000000 USD"],
    );
    french(
        "il a reçu 5 millions d'euros pour 12 millions de voitures, contre 11 millions",
        &["5 millions d'euros = money 5000000 EUR", "12 millions de voitures = count 12000000 voitures"],
    );
    french(
        "3 milliards de dollars, puis des dizaines de millions d'euros, enfin 5 milliards",
        &["3 milliards de dollars = money 3000000000 USD"],
    );
    french(
        "un déficit de 3 milliards d'euros, contre près de 2 milliards",
        &["3 milliards d'euros = money 3000000000 EUR", "2 milliards = money 2000000000 EUR"],
    );
}

#[test]
fn people_and_things_are_not_lent_a_currency() {
    let five = "$5 million = money 5000000 USD";
    for text in [
        "The company raised $5 million in March and its user base tripled to 9 million.",
        "The company raised $5 million in funding and its user base tripled to 9 million.",
        "It raised $5 million in funding, tripling its flock to 9 million.",
        "Revenue rose to $5 million while the number of visitors rose to 3 million.",
        "Revenue rose to $5 million and the flock, which fell last year, to 3 million.",
        "It spent $5 million for a fund serving 3 million.",
        "It paid $5 million for the shop, with the budget of a city of 3 million.",
        "The user base grew on a budget of $5 million in its home market, up from 3 million.",
        "It made a profit of $5 million, while sales rose to 3 million.",
        "It spent $5 million on the app, which has been downloaded more than 90 million times, up from 60 million.",
        "It spent $5 million on the app that reached a record, up from 60 million.",
        "The campaign cost $5 million after investors grew to 9 million.",
    ] {
        english(text, &[five]);
    }
    let forty = "40 millions d'euros = money 40000000 EUR";
    for text in [
        "Spotify a dépensé 40 millions d'euros et son audience est passée à 9 millions.",
        "Le site a coûté 40 millions d'euros, le nombre de visiteurs est revenu à 9 millions.",
        "Il a coûté 40 millions d'euros à la région, qui compte 3 millions, contre 2 millions en 1990.",
        "La ville a un budget de 40 millions d'euros et sa capitale compte 3 millions.",
    ] {
        french(text, &[forty]);
    }
}

#[test]
fn a_sum_that_is_compared_or_named_is_lent_one() {
    let twelve = "$12 million = money 12000000 USD";
    let nine = "9 million = money 9000000 USD";
    english("Revenue rose to $12 million in its home market, compared with 9 million a year ago.", &[twelve]);
    english("Revenue rose to $12 million in its home market, compared with 9 million.", &[twelve, nine]);
    english("Revenue was $12 million in 2024, up from 9 million in 2023.", &[twelve, nine]);
    english("Revenue rose from $12 million last year to 9 million.", &[twelve, nine]);
    english("It spent $12 million and its net loss widened to 9 million.", &[twelve, nine]);
    let douze = "12 millions d'euros = money 12000000 EUR";
    let neuf = "9 millions = money 9000000 EUR";
    french("un bénéfice de 12 millions d'euros l'an dernier, contre 9 millions", &[douze, neuf]);
    french(
        "12 millions d'euros sur le marché français, contre environ 9 millions",
        &[douze, "9 millions = money 9000000 EUR"],
    );
    french("il a dépensé 12 millions d'euros, pour une perte nette de 9 millions.", &[douze, neuf]);
}
