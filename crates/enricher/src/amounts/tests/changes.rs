//! What something changed by, and what it became.

use super::{Tongue, check, english};

#[test]
fn what_something_changed_by_and_to_is_no_range() {
    english("Oil fell $2 to $71.30.", &["$2 = money 2 USD", "$71.30 = money 71.3 USD"]);
    english(
        "Net profit rose €200 million to €1.3 billion.",
        &["€200 million = money 200000000 EUR", "€1.3 billion = money 1300000000 EUR"],
    );
    english(
        "Sales rose by $2 billion to $3 billion.",
        &["$2 billion = money 2000000000 USD", "$3 billion = money 3000000000 USD"],
    );
    english(
        "Its deficit widened by nearly $2 to $21 billion.",
        &["nearly $2 = money 2000000000 USD ~", "$21 billion = money 21000000000 USD"],
    );
    english("climbed 9% to £2.1bn", &["9% = percent 9 %", "£2.1bn = money 2100000000 GBP"]);
    english("increased 3 points to 45%", &["45% = percent 45 %"]);
    english("The shares were up $2 to $71.30.", &["$2 = money 2 USD", "$71.30 = money 71.3 USD"]);
    english(
        "It raised its forecast by $2 million to $21 million.",
        &["$2 million = money 2000000 USD", "$21 million = money 21000000 USD"],
    );
    english(
        "The workforce shrank by 500 to 4,500 employees.",
        &["500 = count 500 employees", "4,500 employees = count 4500 employees"],
    );
    english(
        "Debt grew by 2 to 21 billion euros.",
        &["2 = money 2000000000 EUR", "21 billion euros = money 21000000000 EUR"],
    );
}

#[test]
fn a_range_of_what_something_may_change_by_stays_one() {
    english("It costs $2 to $3 a day.", &["$2 to $3 a day = money 2..3 USD /d"]);
    english("Fares could rise $2 to $3.", &["$2 to $3 = money 2..3 USD"]);
    english("Sales grew 2 to 50 percent.", &["2 to 50 percent = percent 2..50 %"]);
    english("Prices rose 2 to 3 percent.", &["2 to 3 percent = percent 2..3 %"]);
    english("It rose between $2 and $3.", &["between $2 and $3 = money 2..3 USD"]);
    english("The start-up raised $2 to $3 million.", &["$2 to $3 million = money 2000000..3000000 USD"]);
    english(
        "They lost $2 million to $3 million.",
        &["$2 million to $3 million = money 2000000..3000000 USD"],
    );
    check(
        Tongue::German,
        "Der Umsatz stieg um 2 bis 3 Milliarden Euro.",
        &["2 bis 3 Milliarden Euro = money 2000000000..3000000000 EUR"],
    );
}

#[test]
fn other_languages_tell_changes_from_ranges() {
    check(
        Tongue::German,
        "Der Umsatz stieg um 2 auf 21 Milliarden Euro.",
        &["2 = money 2000000000 EUR", "21 Milliarden Euro = money 21000000000 EUR"],
    );
    check(Tongue::German, "Der Anteil stieg um 2 auf 21 Prozent.", &["21 Prozent = percent 21 %"]);
    check(
        Tongue::German,
        "von 10 auf 12 Prozent gestiegen",
        &["10 = percent 10 %", "12 Prozent = percent 12 %"],
    );
    check(Tongue::Spanish, "La acción cayó $2 a $71,30.", &["$2 = money 2 USD", "$71,30 = money 71.3 USD"]);
    check(
        Tongue::Spanish,
        "La deuda subió de 10 a 12 millones de euros.",
        &["10 = money 10000000 EUR", "12 millones de euros = money 12000000 EUR"],
    );
    check(Tongue::Spanish, "un aumento de 10 a 12 %", &["10 a 12 % = percent 10..12 %"]);
    check(
        Tongue::Italian,
        "Il debito è salito da 10 a 12 milioni di euro.",
        &["10 = money 10000000 EUR", "12 milioni di euro = money 12000000 EUR"],
    );
    check(
        Tongue::Portuguese,
        "A dívida subiu 2 para 21 milhões de euros.",
        &["2 = money 2000000 EUR", "21 milhões de euros = money 21000000 EUR"],
    );
    check(
        Tongue::Dutch,
        "De omzet steeg met 2 naar 21 miljard euro.",
        &["2 = money 2000000000 EUR", "21 miljard euro = money 21000000000 EUR"],
    );
}
