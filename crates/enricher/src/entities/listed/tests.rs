use std::sync::LazyLock;

use super::*;

static LISTED: LazyLock<(Listed, Lexicon)> = LazyLock::new(|| {
    let identities = Identities::new(None).unwrap();
    (Listed::new(None, &identities).unwrap(), Lexicon::new(None).unwrap())
});

/// `expected` is each mention with the first letter of its kind: `o:Siemens p:Deutschland`.
#[track_caller]
fn check(language: &str, text: &str, expected: &str) {
    let (listed, lexicon) = &*LISTED;
    let found: Vec<_> = listed
        .find(&Tokens::new(text), language, lexicon)
        .into_iter()
        .map(|(span, kind)| {
            let sign = match kind {
                EntityKind::Person => "P",
                EntityKind::Place => "p",
                EntityKind::Organization => "o",
                EntityKind::Product => "d",
                EntityKind::Event => "e",
            };
            format!("{sign}:{}", span.of(text).unwrap())
        })
        .collect();
    assert_eq!(found.join(", "), expected);
}

#[test]
fn companies_states_and_cities_are_found() {
    check(
        "de",
        "Foxconn und Nvidia bauen in München, wie Siemens am Montag mitteilte. Airbus geht in die Vereinigten Staaten, OpenAI nach Peking.",
        "o:Foxconn, o:Nvidia, p:München, o:Siemens, o:Airbus, p:Vereinigten Staaten, o:OpenAI, p:Peking",
    );
    check(
        "es",
        "La empresa Siemens invertirá en Alemania y en Estados Unidos, según Airbus. Pekín y Múnich callan.",
        "o:Siemens, p:Alemania, p:Estados Unidos, o:Airbus, p:Pekín, p:Múnich",
    );
    check(
        "it",
        "Stellantis costruirà un impianto a Torino, mentre l'Unione europea e gli Stati Uniti trattano con Pechino.",
        "o:Stellantis, p:Torino, o:Unione europea, p:Stati Uniti, p:Pechino",
    );
    check(
        "pt",
        "A Petrobras vai investir no Brasil e na Alemanha; a Nvidia abre em Lisboa.",
        "o:Petrobras, p:Brasil, p:Alemanha, o:Nvidia, p:Lisboa",
    );
    check(
        "nl",
        "Volgens ASML gaat Philips naar Duitsland en de Verenigde Staten, en Shell naar Londen.",
        "o:ASML, o:Philips, p:Duitsland, p:Verenigde Staten, o:Shell, p:Londen",
    );
}

#[test]
fn a_common_word_is_no_name() {
    check(
        "de",
        "Das Ziel ist erreicht. Orange Farben und das Essen in der Halle sind gut, die Post kam mit Gewalt.",
        "",
    );
    check(
        "de",
        "Nach den Tours ging es total schief. Man sah den Weg, ein Arm war gebrochen, das Visa fehlte.",
        "",
    );
    check(
        "de",
        "Die Zeit drängt, und die Welt schaut auf den Spiegel. In Halle 7 der Messe steht der Jaguar.",
        "",
    );
    check("de", "Die Polen und die Bayern feiern, ein Puma im Zoo, April und August waren warm.", "");
    check(
        "es",
        "Meta lejana. Total, nadie vino. Visa caducada y metro cerrado; el Capital y la Reforma.",
        "",
    );
    check("it", "Per Natale tutti a casa. Meta raggiunta, al mare. Free entrance, vale poco.", "");
    check("pt", "Vale a pena. Vivo aqui. Gana dinheiro quem pode. Porto seguro.", "");
    check("nl", "Leiden is lastig. Per jaar zoom je in. Het casino is free.", "");
}

#[test]
fn a_common_word_is_a_name_where_the_text_says_so() {
    check(
        "de",
        "Der Telekomkonzern Orange und die Visa Inc. streiten, ein Werk in Essen schließt.",
        "o:Orange, o:Visa, p:Essen",
    );
    check(
        "es",
        "La operadora francesa Orange y la tecnológica Meta crecen, dijo Visa.",
        "o:Orange, o:Meta, o:Visa",
    );
    check("nl", "Het telecombedrijf Orange opent in Essen.", "o:Orange, p:Essen");
}

#[test]
fn a_part_of_another_name_is_not_taken_alone() {
    check("es", "El Deportivo Valencia juega; habló Henry Ford y la Fundación Ford Mayor.", "P:Henry Ford");
    check("it", "Si parla del Teatro Milano Nuovo e di Paris Hilton.", "");
    check(
        "de",
        "Eintracht Frankfurt gewinnt, Henry Ford und Nikola Tesla nicht.",
        "P:Henry Ford, P:Nikola Tesla",
    );
}

#[test]
fn people_are_known_by_their_given_names() {
    check(
        "de",
        "Olaf Scholz und Ursula von der Leyen reden. Scholz geht, der Koch Klaus Koch bleibt; der Koch kocht.",
        "P:Olaf Scholz, P:Ursula von der Leyen, P:Scholz, P:Klaus Koch",
    );
    check("es", "Lo dijo Pedro Sánchez Pérez en Madrid. Sánchez volverá.", "P:Pedro Sánchez Pérez, p:Madrid");
    check("nl", "Mark Rutte sprak met Peter van der Meer.", "P:Mark Rutte, P:Peter van der Meer");
}

#[test]
fn inflected_and_compound_names_are_found_without_what_is_added() {
    check(
        "de",
        "Deutschlands Wirtschaft und Chinas Pläne, so ein Siemens-Chef. US-Dollar und Apples Aktie.",
        "p:Deutschland, p:China, o:Siemens, o:Apple",
    );
    check("nl", "De ASML-topman en de Philips-aandelen.", "o:ASML, o:Philips");
}

#[test]
fn a_legal_form_tells_a_company() {
    check(
        "de",
        "Die Kerlane Maschinenbau GmbH aus Ulm klagt gegen die Siemens AG.",
        "o:Kerlane Maschinenbau GmbH, p:Ulm, o:Siemens",
    );
    check("it", "La Zorvani Impianti S.p.A. di Modena cresce.", "o:Zorvani Impianti S.p.A., p:Modena");
}

#[test]
fn a_name_is_found_with_other_spaces() {
    check(
        "de",
        "Mercedes Benz und Open AI reden mit Total Energies.",
        "o:Mercedes Benz, o:Open AI, o:Total Energies",
    );
    check("es", "Vendió acciones de Coca Cola en Tel-Aviv.", "o:Coca Cola, p:Tel-Aviv");
}

#[test]
fn what_goes_on_is_no_name_by_itself() {
    check(
        "de",
        "Allianz pro Schiene klagt. Allianz wächst, sagte der Versicherer Allianz.",
        "o:Allianz, o:Allianz",
    );
    check(
        "it",
        "Per Mediobanca va bene. «L'Italia cresce», dice Vera Bianchi.",
        "o:Mediobanca, p:Italia, P:Vera Bianchi",
    );
    check("pt", "Falou Pedro Soares dos Santos.", "P:Pedro Soares dos Santos");
}

#[test]
fn capitals_tell_nothing_in_a_line_of_capitals() {
    check("de", "DIE WELT SCHAUT AUF META UND VISA\n\nSiemens wächst.", "o:Siemens");
}

#[test]
fn a_body_of_a_place_is_no_place() {
    check(
        "es",
        "Metro de Madrid crece en Madrid con el Banco de España.",
        "o:Metro de Madrid, p:Madrid, o:Banco de España",
    );
    check("it", "La Banca d'Italia lavora a Milano.", "o:Banca d'Italia, p:Milano");
    check("de", "Die Universität Leipzig sucht in Leipzig.", "o:Universität Leipzig, p:Leipzig");
    check(
        "nl",
        "De Universiteit van Amsterdam ligt in Amsterdam.",
        "o:Universiteit van Amsterdam, p:Amsterdam",
    );
    check("es", "El metro de Madrid crece.", "p:Madrid");
}

#[test]
fn a_company_before_its_product_is_the_product() {
    check("de", "Die Stadt nutzt Microsoft Copilot, sagt Microsoft.", "d:Microsoft Copilot, o:Microsoft");
}

#[test]
fn names_of_the_text_are_known_in_a_headline_of_capitals() {
    let text = "SIEMENS BAUT WERK IN LEIPZIG AUS\n\nSiemens baut in Leipzig.";
    let (listed, lexicon) = &*LISTED;
    let tokens = Tokens::new(text);
    let mut found = listed.find(&tokens, "de", lexicon);
    crate::entities::capitals::add_shouted(&mut found, &tokens);
    let names: Vec<_> = found.iter().map(|(span, _)| span.of(text).unwrap()).collect();
    assert_eq!(names, ["SIEMENS", "LEIPZIG", "Siemens", "Leipzig"]);
}
