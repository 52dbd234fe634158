//! Dates that the files of German, Spanish, Italian, Portuguese and Dutch word.

use super::{Tongue, check};

/// Against Friday, 21 November 2025.
#[track_caller]
fn all(tongue: Tongue, cases: &[(&str, &str)]) {
    for (text, date) in cases {
        check(tongue, "2025-11-21", text, &[date]);
    }
}

#[track_caller]
fn none(tongue: Tongue, texts: &[&str]) {
    for text in texts {
        check(tongue, "2025-11-21", text, &[]);
    }
}

#[test]
fn german_words_say_dates() {
    all(
        Tongue::German,
        &[
            ("Der Konzern hat gestern Abend zugesagt.", "gestern Abend = - > 2025-11-20"),
            ("Wie er heute Morgen mitteilte, ist alles gut.", "heute Morgen = - > 2025-11-21"),
            ("Das soll morgen geschehen.", "morgen = - > 2025-11-22"),
            ("Übermorgen wird gewählt.", "Übermorgen = - > 2025-11-23"),
            ("Der Konzern teilte am Mittwoch mit, dass er baut.", "Mittwoch = - > 2025-11-19"),
            ("Am Montagabend wird der Rat tagen.", "Montagabend = - > 2025-11-24"),
            ("Er starb am vergangenen Dienstag.", "vergangenen Dienstag = - > 2025-11-18"),
            ("am Freitag vergangener Woche", "Freitag vergangener Woche = - > 2025-11-14"),
            ("Nächste Woche geht es los.", "Nächste Woche = - > 2025-11-24/2025-11-30"),
            ("im vergangenen Jahr verlor er Geld", "vergangenen Jahr = - > 2024"),
            ("Ende dieses Monats", "dieses Monats = - > 2025-11"),
            ("im Mai vergangenen Jahres", "Mai vergangenen Jahres = XXXX-05 > 2024-05"),
            ("Er kaufte das Werk vor zwei Jahren.", "vor zwei Jahren = - > 2023"),
            ("vor etwa drei Wochen", "vor etwa drei Wochen = - > 2025-10-31"),
            ("In zwei Monaten soll es fertig sein.", "In zwei Monaten = - > 2026-01"),
            ("im dritten Quartal 2025", "2025 = 2025-35 > 2025-35"),
            ("im 3. Quartal des Jahres 2025", "2025 = 2025-35 > 2025-35"),
            ("im ersten Halbjahr", "ersten Halbjahr = XXXX-40 > -"),
            ("in der zweiten Hälfte 2024", "2024 = 2024-41 > 2024-41"),
            ("im Sommer 2024 fiel er", "2024 = 2024-22 > 2024-22"),
            ("diesen Sommer", "diesen Sommer = XXXX-22 > 2025-22"),
            ("in den 1990er Jahren", "1990er = 199X > 199X"),
            ("in den 90er-Jahren", "90 = 199X > 199X"),
            ("in den neunziger Jahren", "neunziger Jahren = 199X > 199X"),
            ("im 19. Jahrhundert", "19. Jahrhundert = 18XX > 18XX"),
            ("im Dezember", "Dezember = XXXX-12 > 2025-12"),
            ("am vergangenen 3. Mai", "vergangenen 3. Mai = XXXX-05-03 > 2025-05-03"),
            ("am Freitag, dem 3. Mai 2024", "Freitag, dem 3. Mai 2024 = 2024-05-03 > 2024-05-03"),
            ("ab 2026 wird gebaut", "2026 = 2026 > 2026"),
            ("Seit 2019 leitet er das Werk.", "2019 = 2019 > 2019"),
        ],
    );
    check(
        Tongue::German,
        "",
        "vom 3. bis 5. Mai 2026",
        &["3. = 2026-05-03 > 2026-05-03", "5. Mai 2026 = 2026-05-05 > 2026-05-05"],
    );
}

#[test]
fn the_verb_of_another_clause_tells_nothing() {
    let german = |text, expected| check(Tongue::German, "2025-11-21", text, expected);
    german("Am Samstag hatte er gewonnen, am Sonntag folgt das Spiel.", &["Samstag = - > 2025-11-15"]);
    german("Am Montag, sagte er, ist es vorbei.", &[]);
    let spanish = |text, expected| check(Tongue::Spanish, "2025-11-21", text, expected);
    spanish("Desde el lunes están en huelga; hasta enero durará.", &["enero = XXXX-01 > 2026-01"]);
    german("In der Nacht zum Dienstag kam es zum Streit.", &["Dienstag = - > 2025-11-18"]);
    german("Er hat bis Dienstag Zeit.", &[]);
    german("Der Chef hat für Montag eine Sitzung einberufen.", &[]);
    german("Bis Dienstag soll er antworten.", &["Dienstag = - > 2025-11-25"]);
    spanish("Ha dado un plazo hasta el martes.", &[]);
    german("Heute vor zehn Jahren starb er.", &["vor zehn Jahren = - > 2015"]);
}

#[test]
fn german_words_that_mean_something_else_say_none() {
    none(
        Tongue::German,
        &[
            "Am Morgen regnete es, guten Morgen.",
            "Morgen ist die schönste Zeit des Tages.",
            "Er ist heute Weltmeister und lebt bis heute dort.",
            "Die Welt von morgen, über Nacht, von heute auf morgen.",
            "Karl May und Herr Mai trafen Frau März.",
            "Martin Sonntag sagte das der Welt am Sonntag.",
            "Jeden Freitag gibt es Fisch, freitags auch.",
            "Er traf in der zweiten Hälfte, nach zwei Jahren Haft.",
            "Vor Jahren, in den letzten Jahren, seit einem Jahr.",
            "im letzten Jahr des Krieges",
            "Sommer, Sonne und der Herbst des Lebens",
            "ab 2000 Menschen, bis 1900 Meter",
            "Sie wurde in zwei Jahren gebaut.",
            "die Straße des 17. Juni",
        ],
    );
}

#[test]
fn spanish_words_say_dates() {
    all(
        Tongue::Spanish,
        &[
            ("El ministro anunció ayer un plan.", "ayer = - > 2025-11-20"),
            ("Lo dijo ayer por la tarde.", "ayer por la tarde = - > 2025-11-20"),
            ("El presidente viajará mañana a Lima.", "mañana = - > 2025-11-22"),
            ("La empresa ha presentado hoy sus cuentas.", "hoy = - > 2025-11-21"),
            ("Esta mañana se reunieron.", "Esta mañana = - > 2025-11-21"),
            ("La compañía anunció el miércoles la venta.", "miércoles = - > 2025-11-19"),
            ("Se reunirán el lunes.", "lunes = - > 2025-11-24"),
            ("El pasado martes cerró la planta.", "pasado martes = - > 2025-11-18"),
            ("el viernes de la semana pasada", "viernes de la semana pasada = - > 2025-11-14"),
            ("la semana que viene", "la semana que viene = - > 2025-11-24/2025-11-30"),
            ("el año pasado", "el año pasado = - > 2024"),
            ("el próximo mes", "el próximo mes = - > 2025-12"),
            ("en marzo del año pasado", "marzo del año pasado = XXXX-03 > 2024-03"),
            ("Se fundó hace tres meses.", "hace tres meses = - > 2025-08"),
            ("dentro de dos semanas", "dentro de dos semanas = - > 2025-12-05"),
            ("en el segundo semestre de 2024", "2024 = 2024-41 > 2024-41"),
            ("en el tercer trimestre", "tercer trimestre = XXXX-35 > -"),
            ("en el verano de 2024", "2024 = 2024-22 > 2024-22"),
            ("los años noventa", "años noventa = 199X > 199X"),
            ("en la década de 1990", "1990 = 199X > 199X"),
            ("en el siglo XIX", "siglo XIX = 18XX > 18XX"),
            ("en diciembre", "diciembre = XXXX-12 > 2025-12"),
            ("a finales de 2024", "2024 = 2024 > 2024"),
            ("Desde 2019 dirige el grupo.", "2019 = 2019 > 2019"),
            ("el pasado 3 de mayo", "pasado 3 de mayo = XXXX-05-03 > 2025-05-03"),
        ],
    );
    check(
        Tongue::Spanish,
        "",
        "del 3 al 5 de mayo de 2026",
        &["3 = 2026-05-03 > 2026-05-03", "5 de mayo de 2026 = 2026-05-05 > 2026-05-05"],
    );
}

#[test]
fn spanish_words_that_mean_something_else_say_none() {
    none(
        Tongue::Spanish,
        &[
            "Por la mañana llovió; la mañana fue fría, a las ocho de la mañana.",
            "Hoy en día todos leen, hasta hoy.",
            "Plácido Domingo cantó y Domingo Cavallo habló.",
            "Los viernes cierra; el Viernes Santo también.",
            "Vive allí desde hace tres años.",
            "Hace dos años que espera.",
            "Plaza de Mayo, los Juegos de Invierno de 2026",
            "los últimos años, en primavera",
            "desde 2000 personas",
        ],
    );
}

#[test]
fn italian_words_say_dates() {
    all(
        Tongue::Italian,
        &[
            ("Il ministro ha annunciato ieri sera un piano.", "ieri sera = - > 2025-11-20"),
            ("Domani si terrà il vertice.", "Domani = - > 2025-11-22"),
            ("La società ha presentato oggi i conti.", "oggi = - > 2025-11-21"),
            ("Ha parlato ieri alle 15 in aula.", "ieri = - > 2025-11-20"),
            ("Sabato si è votato in Umbria.", "Sabato = - > 2025-11-15"),
            ("Il vertice sarà concluso lunedì.", "lunedì = - > 2025-11-24"),
            ("Stasera parlerà.", "Stasera = - > 2025-11-21"),
            ("Il gruppo ha comunicato mercoledì la vendita.", "mercoledì = - > 2025-11-19"),
            ("venerdì scorso", "venerdì scorso = - > 2025-11-14"),
            ("Lo scorso martedì", "scorso martedì = - > 2025-11-18"),
            ("la settimana prossima", "la settimana prossima = - > 2025-11-24/2025-11-30"),
            ("l'anno scorso", "l'anno scorso = - > 2024"),
            ("quest'anno", "quest'anno = - > 2025"),
            ("nel marzo dell'anno scorso", "marzo dell'anno scorso = XXXX-03 > 2024-03"),
            ("È nato tre anni fa.", "tre anni fa = - > 2022"),
            ("un mese fa", "un mese fa = - > 2025-10"),
            ("Aprirà tra due settimane.", "tra due settimane = - > 2025-12-05"),
            ("nel terzo trimestre del 2025", "2025 = 2025-35 > 2025-35"),
            ("nella prima metà del 2024", "2024 = 2024-40 > 2024-40"),
            ("nell'estate del 2024", "2024 = 2024-22 > 2024-22"),
            ("negli anni Novanta", "anni Novanta = 199X > 199X"),
            ("negli anni '90", "90 = 199X > 199X"),
            ("nel XIX secolo", "XIX secolo = 18XX > 18XX"),
            ("a dicembre", "dicembre = XXXX-12 > 2025-12"),
            ("il 3 maggio scorso", "3 maggio scorso = XXXX-05-03 > 2025-05-03"),
            ("entro il 2030", "2030 = 2030 > 2030"),
        ],
    );
    check(
        Tongue::Italian,
        "",
        "dal 27 novembre al 2 dicembre 2018",
        &["27 novembre = 2018-11-27 > 2018-11-27", "2 dicembre 2018 = 2018-12-02 > 2018-12-02"],
    );
}

#[test]
fn italian_words_that_mean_something_else_say_none() {
    none(
        Tongue::Italian,
        &[
            "Al giorno d'oggi, fino a oggi; oggi l'azienda è leader.",
            "Il quotidiano Domani e il settimanale Oggi",
            "Ernesto Sabato e Domenica Rossi",
            "Il venerdì è chiuso; ogni lunedì; Venerdì Santo",
            "più di due anni fa",
            "in primavera, gli ultimi anni, anni 30",
        ],
    );
}

#[test]
fn portuguese_words_say_dates() {
    all(
        Tongue::Portuguese,
        &[
            ("O ministro anunciou ontem um plano.", "ontem = - > 2025-11-20"),
            ("A empresa vai apresentar amanhã as contas.", "amanhã = - > 2025-11-22"),
            ("No sábado votou-se na Galiza.", "sábado = - > 2025-11-15"),
            ("O grupo comunicou hoje a venda.", "hoje = - > 2025-11-21"),
            ("O grupo comunicou na quarta-feira a venda.", "quarta-feira = - > 2025-11-19"),
            ("A reunião será nesta sexta-feira.", "nesta sexta-feira = - > 2025-11-21"),
            ("na próxima segunda-feira", "próxima segunda-feira = - > 2025-11-24"),
            ("na semana passada", "semana passada = - > 2025-11-10/2025-11-16"),
            ("no ano passado", "ano passado = - > 2024"),
            ("no mês que vem", "mês que vem = - > 2025-12"),
            ("neste ano", "neste ano = - > 2025"),
            ("em março do ano passado", "março do ano passado = XXXX-03 > 2024-03"),
            ("A fábrica fechou há dois anos.", "há dois anos = - > 2023"),
            ("três semanas atrás", "três semanas atrás = - > 2025-10-31"),
            ("daqui a dois meses", "daqui a dois meses = - > 2026-01"),
            ("no terceiro trimestre de 2025", "2025 = 2025-35 > 2025-35"),
            ("no verão de 2024", "2024 = 2024-22 > 2024-22"),
            ("na década de 90", "90 = 199X > 199X"),
            ("no século XIX", "século XIX = 18XX > 18XX"),
            ("em dezembro", "dezembro = XXXX-12 > 2025-12"),
            ("em meados de 2024", "2024 = 2024 > 2024"),
        ],
    );
    check(
        Tongue::Portuguese,
        "",
        "de 3 a 5 de maio de 2026",
        &["3 = 2026-05-03 > 2026-05-03", "5 de maio de 2026 = 2026-05-05 > 2026-05-05"],
    );
}

#[test]
fn portuguese_words_that_mean_something_else_say_none() {
    none(
        Tongue::Portuguese,
        &[
            "Ficou na segunda posição, na sexta fila; a segunda vez.",
            "Hoje em dia, até hoje; a empresa é hoje líder.",
            "Há dois anos que espera. Há dois anos sem emprego.",
            "Domingos Paciência, às segundas-feiras, toda sexta-feira",
            "nos últimos anos, no último mês, na primavera",
        ],
    );
}

#[test]
fn dutch_words_say_dates() {
    all(
        Tongue::Dutch,
        &[
            ("Het bedrijf heeft gisteren een plan gepresenteerd.", "gisteren = - > 2025-11-20"),
            ("De minister zal morgen spreken.", "morgen = - > 2025-11-22"),
            ("Het bedrijf maakte vandaag de cijfers bekend.", "vandaag = - > 2025-11-21"),
            ("Vanavond wordt er gestemd.", "Vanavond = - > 2025-11-21"),
            ("Het bedrijf meldde woensdag verlies.", "woensdag = - > 2025-11-19"),
            ("afgelopen vrijdag", "afgelopen vrijdag = - > 2025-11-14"),
            ("vorige week vrijdag", "vorige week vrijdag = - > 2025-11-14"),
            ("volgende week", "volgende week = - > 2025-11-24/2025-11-30"),
            ("vorig jaar", "vorig jaar = - > 2024"),
            ("deze maand", "deze maand = - > 2025-11"),
            ("in mei vorig jaar", "mei vorig jaar = XXXX-05 > 2024-05"),
            ("Dat was twee jaar geleden.", "twee jaar geleden = - > 2023"),
            ("drie weken geleden", "drie weken geleden = - > 2025-10-31"),
            ("in het derde kwartaal van 2025", "2025 = 2025-35 > 2025-35"),
            ("in de zomer van 2024", "2024 = 2024-22 > 2024-22"),
            ("in de jaren negentig", "jaren negentig = 199X > 199X"),
            ("in de jaren '90", "90 = 199X > 199X"),
            ("in de 19e eeuw", "19e eeuw = 18XX > 18XX"),
            ("in december", "december = XXXX-12 > 2025-12"),
            ("eind 2024", "2024 = 2024 > 2024"),
        ],
    );
    check(
        Tongue::Dutch,
        "",
        "van 3 tot en met 5 mei 2026",
        &["3 = 2026-05-03 > 2026-05-03", "5 mei 2026 = 2026-05-05 > 2026-05-05"],
    );
}

#[test]
fn dutch_words_that_mean_something_else_say_none() {
    none(
        Tongue::Dutch,
        &[
            "In de morgen, goede morgen, De Morgen",
            "Op Goede Vrijdag; elke vrijdag; de zondag",
            "Meer dan twee jaar geleden.",
            "het volgende jaar, de afgelopen jaren, in het voorjaar",
            "Tot vandaag; de mensen van vandaag; het is vandaag druk",
        ],
    );
}

#[test]
fn words_of_other_languages_too_are_left_out_where_nothing_places_them() {
    check(Tongue::German, "", "Am Freitag hat er gestern im Mai verloren.", &[]);
    check(Tongue::Spanish, "2025", "El año pasado, ayer", &["El año pasado = - > 2024"]);
}
