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
