use std::sync::LazyLock;

use document::{Article, Text};

use crate::{Config, Enricher};

static ENRICHER: LazyLock<Enricher> = LazyLock::new(|| Enricher::new(&Config::built_in()).unwrap());

/// `expected` is each quote with its speaker; `-` for nobody.
#[track_caller]
fn check(language: &str, text: &str, expected: &[(&str, &str)]) {
    let mut article = Article::bare("text/plain", Text::new(text).unwrap());
    article.declared_language = Some(language.to_owned());
    let quotes = ENRICHER.enrich(&article).quotes;
    let found: Vec<_> =
        quotes.iter().map(|quote| (quote.text.as_str(), quote.speaker.as_deref().unwrap_or("-"))).collect();
    assert_eq!(found, expected);
    for quote in &quotes {
        assert!(quote.span.of(text).is_some());
        let named = quote.speaker_span.map(|span| span.of(text).unwrap());
        assert_eq!(named.is_some(), quote.speaker.is_some());
    }
}

#[test]
fn the_verb_behind_tells_who_speaks() {
    check(
        "fr",
        "« Nous ouvrirons l'usine en mars », a déclaré mardi à Nantes Paul Morel.",
        &[("Nous ouvrirons l'usine en mars", "Paul Morel")],
    );
    check(
        "fr",
        "\"Nous ouvrirons l'usine en mars\", précise Renault dans un communiqué.",
        &[("Nous ouvrirons l'usine en mars", "Renault")],
    );
    check(
        "fr",
        "La demande est « folle », a expliqué à la presse le patron de Renault, Paul Morel.",
        &[("folle", "Paul Morel")],
    );
    check(
        "fr",
        "« C'est une erreur », s'est indignée la ministre Anna Lund devant les députés.",
        &[("C'est une erreur", "Anna Lund")],
    );
    check(
        "en",
        "“We will open the plant in March,” said Paul Miller, the chief executive of Ford.",
        &[("We will open the plant in March,", "Paul Miller")],
    );
    check(
        "en",
        "\"We will open the plant in March,\" Paul Miller told reporters in Berlin.",
        &[("We will open the plant in March,", "Paul Miller")],
    );
    check(
        "en",
        "“Why would we close the plant?” Paul Miller asked.",
        &[("Why would we close the plant?", "Paul Miller")],
    );
}

#[test]
fn the_verb_before_tells_who_speaks() {
    check(
        "fr",
        "Paul Morel, maire de Nantes, a déclaré mardi : « Les travaux seront finis en mars. »",
        &[("Les travaux seront finis en mars.", "Paul Morel")],
    );
    check(
        "fr",
        "Le directeur de l'usine, Paul Morel, dénonce « une décision prise sans les salariés ».",
        &[("une décision prise sans les salariés", "Paul Morel")],
    );
    check(
        "fr",
        "Selon Paul Morel, la ville a « perdu la moitié de ses commerces » en dix ans.",
        &[("perdu la moitié de ses commerces", "Paul Morel")],
    );
    check(
        "fr",
        "Paul Morel est formel : « Personne ne nous a consultés avant la vente. »",
        &[("Personne ne nous a consultés avant la vente.", "Paul Morel")],
    );
    check(
        "en",
        "On Monday, Paul Miller said that the plan was “a very bad deal for the workers”.",
        &[("a very bad deal for the workers", "Paul Miller")],
    );
    check(
        "en",
        "According to Paul Miller, the city “lost half of its shops” in ten years.",
        &[("lost half of its shops", "Paul Miller")],
    );
}

#[test]
fn the_person_behind_an_english_title_speaks() {
    for (words, speaker) in [
        ("said Google chief executive Sundar Pichai", "Sundar Pichai"),
        ("wrote Jefferies analyst Owen Burke", "Owen Burke"),
        ("said Ohio Governor Mike DeWine", "Mike DeWine"),
        ("said Arsenal manager Mikel Arteta", "Mikel Arteta"),
        ("a Google spokesperson said", "-"),
        ("said Google", "Google"),
        ("Google said", "Google"),
    ] {
        let text = format!("\"It is over for everybody here,\" {words}.");
        check("en", &text, &[("It is over for everybody here,", speaker)]);
    }
}

#[test]
fn a_body_that_does_something_to_a_person_speaks_itself() {
    check(
        "en",
        "Google hired Sundar Pichai and said: \"We will build this for everybody.\"",
        &[("We will build this for everybody.", "Google")],
    );
    check(
        "en",
        "Google chief executive Sundar Pichai said: \"We will build this for everybody.\"",
        &[("We will build this for everybody.", "Sundar Pichai")],
    );
}

#[test]
fn a_listener_is_no_speaker() {
    check(
        "en",
        "The judge told Donald Trump: \"You will sit down right now.\"",
        &[("You will sit down right now.", "-")],
    );
    check(
        "en",
        "Their lawyer wrote to Tim Cook: \"You will pay us this year.\"",
        &[("You will pay us this year.", "-")],
    );
    check(
        "en",
        "Joe Biden left the hall. \"He was never ready for this,\" she said of Joe Biden.",
        &[("He was never ready for this,", "-")],
    );
    check(
        "fr",
        "Le Parisien cite une source : « Nous ne savons rien du tout. »",
        &[("Nous ne savons rien du tout.", "-")],
    );
}

#[test]
fn a_quotation_that_goes_on_keeps_its_speaker() {
    let both = [("Nous sommes prêts", "Paul Morel"), ("Il ne manque que l'argent.", "Paul Morel")];
    check("fr", "« Nous sommes prêts », a dit Paul Morel à Nantes. « Il ne manque que l'argent. »", &both);
    check("fr", "« Nous sommes prêts », a dit Paul Morel, « Il ne manque que l'argent. »", &both);
    check(
        "fr",
        "« Nous sommes prêts, a dit Paul Morel, et nous ne reculerons pas. »",
        &[("Nous sommes prêts, a dit Paul Morel, et nous ne reculerons pas.", "Paul Morel")],
    );
    check(
        "fr",
        "« Nous sommes prêts.\n\n« Il ne manque que l'argent », a dit Paul Morel.",
        &[("Nous sommes prêts.\n\nIl ne manque que l'argent", "Paul Morel")],
    );
}

#[test]
fn a_pronoun_is_the_last_person_who_fits() {
    check(
        "fr",
        "Paul Morel dirige l'usine. Son adjointe est Anna Lund. « Nous sommes prêts pour mars », a-t-il dit.",
        &[("Nous sommes prêts pour mars", "Paul Morel")],
    );
    check(
        "fr",
        "Paul Morel a reçu Marc Dupont à la mairie. « Nous sommes prêts pour mars », a-t-elle dit.",
        &[("Nous sommes prêts pour mars", "-")],
    );
    check(
        "fr",
        "Paul Morel dirige l'usine. Un ouvrier est inquiet. « Nous ne savons rien du tout », a-t-il dit.",
        &[("Nous ne savons rien du tout", "-")],
    );
    let two = "Paul Morel et Marc Dupont dirigent l'usine. « Nous sommes prêts pour mars », a-t-il dit.";
    check("fr", two, &[("Nous sommes prêts pour mars", "-")]);
    let two =
        "Paul Morel dirige l'usine. Marc Dupont la visite. « Nous sommes prêts pour mars », a-t-il dit.";
    check("fr", two, &[("Nous sommes prêts pour mars", "-")]);
    check(
        "fr",
        "Marc Dupont dirige l'usine.\n\nPaul Morel la visite. « Nous sommes prêts pour mars », a-t-il dit.",
        &[("Nous sommes prêts pour mars", "Paul Morel")],
    );
    check(
        "de",
        "Paul Morel und Marc Dupont reden. „Wir sind für alles bereit“, sagte er.",
        &[("Wir sind für alles bereit", "-")],
    );
    check(
        "en",
        "Anna Miller runs the plant. “We are ready for March,” she said.",
        &[("We are ready for March,", "Anna Miller")],
    );
}

#[test]
fn a_function_is_whoever_bears_it() {
    check(
        "fr",
        "Paul Morel, maire de Nantes, a visité l'école. « Les travaux commencent demain », a promis le maire.",
        &[("Les travaux commencent demain", "Paul Morel")],
    );
    check(
        "fr",
        "Paul Morel a visité l'école. « Les travaux commencent demain », a promis le préfet.",
        &[("Les travaux commencent demain", "-")],
    );
}

#[test]
fn who_is_not_told_for_certain_is_nobody() {
    check(
        "fr",
        "« Je n'ai rien vu venir », raconte un habitant de Nantes.",
        &[("Je n'ai rien vu venir", "-")],
    );
    check("fr", "« Nous restons unis », ont affirmé Paul Morel et Anna Lund.", &[("Nous restons unis", "-")]);
    check(
        "fr",
        "Renault et Bosch vont construire ensemble « des moteurs électriques plus légers que prévu ».",
        &[("des moteurs électriques plus légers que prévu", "-")],
    );
}

#[test]
fn titles_and_words_at_arm_s_length_are_no_speech() {
    check("fr", "Le film « Les Enfants du paradis » est montré à Nantes.", &[]);
    check("fr", "Renault veut des « usines d'avenir » et mise sur l'« intelligence » des machines.", &[]);
    check("fr", "Ce que Renault nomme des « usines d'avenir du monde entier » ouvrira en mars.", &[]);
    check("fr", "Surnommé « le roi de la montagne », Paul Morel a gagné l'étape.", &[]);
    check("fr", "Paul Morel, auteur du livre « La Ville et le Fleuve », a dit qu'il viendrait.", &[]);
    check("en", "He wrote the book “The City and the River” in Berlin.", &[]);
    check("en", "The so-called “smart factory” opens in March.", &[]);
}

#[test]
fn dialogue_behind_a_dash_needs_its_speaker() {
    check(
        "fr",
        "Paul Morel entra.\n\n— Nous partons demain, dit Paul Morel.\n\n— Un point de la liste.",
        &[("Nous partons demain", "Paul Morel")],
    );
}

#[test]
fn german_quotations_have_their_speaker() {
    check(
        "de",
        "„Wir bauen das Werk in diesem Jahr“, sagte Siemens-Chef Roland Busch am Montag in München.",
        &[("Wir bauen das Werk in diesem Jahr", "Roland Busch")],
    );
    check("de", "»Das ist gut«, erklärte Anna Lund. Lund geht.", &[("Das ist gut", "Anna Lund")]);
    check("de", "\"Das Rennen war eng\", erklärte Alstom in Paris.", &[("Das Rennen war eng", "Alstom")]);
    check("de", "Am Montag sagte Anna Lund: „Der Umsatz steigt.\"", &[("Der Umsatz steigt.", "Anna Lund")]);
    check(
        "de",
        "„Der Markt wächst weiter“, so Anna Lund von BASF.",
        &[("Der Markt wächst weiter", "Anna Lund")],
    );
    check("de", "„Wir wissen es nicht“, sagte ein Sprecher der BASF.", &[("Wir wissen es nicht", "-")]);
    check(
        "de",
        "Der Minister sagte am Montag in Berlin: „Wir werden das Gesetz noch in diesem Jahr ändern.“ Das ist „gut“.",
        &[("Wir werden das Gesetz noch in diesem Jahr ändern.", "-")],
    );
}

#[test]
fn a_verb_of_the_sentence_before_says_nothing_of_a_german_quotation() {
    for (open, close) in [('„', '“'), ('»', '«')] {
        let text = format!("Paul Morel sagte nichts. {open}Wir wachsen weiter stark.{close} Das ist alles.");
        check("de", &text, &[]);
        let text =
            format!("Paul Morel sagte nichts. {open}Wir wachsen weiter stark{close}, sagte Anna Lund.");
        check("de", &text, &[("Wir wachsen weiter stark", "Anna Lund")]);
    }
}

#[test]
fn quotations_of_the_romance_languages_have_their_speaker() {
    check(
        "es",
        "«Vamos a abrir la planta en marzo», dijo el presidente de Iberdrola, Ignacio Galán.",
        &[("Vamos a abrir la planta en marzo", "Ignacio Galán")],
    );
    check(
        "es",
        "Según Ana Botín, “el crédito crece con fuerza”.",
        &[("el crédito crece con fuerza", "Ana Botín")],
    );
    check(
        "it",
        "«Siamo pronti a investire», ha dichiarato Marco Rossi.",
        &[("Siamo pronti a investire", "Marco Rossi")],
    );
    check(
        "it",
        "Marco Rossi ha detto: «Il mercato cresce e noi ci siamo».",
        &[("Il mercato cresce e noi ci siamo", "Marco Rossi")],
    );
    check(
        "pt",
        "“Vamos contratar mil pessoas”, afirmou o presidente da Petrobras, Pedro Lima.",
        &[("Vamos contratar mil pessoas", "Pedro Lima")],
    );
}

#[test]
fn dutch_quotations_have_their_speaker() {
    check(
        "nl",
        "'We bouwen de fabriek dit jaar nog', zegt topman Peter Wennink van ASML.",
        &[("We bouwen de fabriek dit jaar nog", "Peter Wennink")],
    );
    check("nl", "“De vraag blijft groot”, aldus Anna Lund.", &[("De vraag blijft groot", "Anna Lund")]);
}

#[test]
fn titles_of_works_are_no_speech_in_other_languages() {
    check(
        "de",
        "Das Magazin „Der Spiegel“ berichtet, das Buch „Die Kunst des Krieges“ ist alt, sagte Anna Lund.",
        &[],
    );
    check("de", "Der Konzern nannte das Projekt „Werk der Zukunft in Bayern“, sagte Anna Lund.", &[]);
    check("es", "La novela «Cien años de soledad» se vende bien, dijo Ana Botín.", &[]);
    check("it", "Il film «La vita è bella» piace, ha detto Marco Rossi.", &[]);
}

#[test]
fn she_is_told_from_they_by_the_verb() {
    check(
        "de",
        "„Wir bauen das Werk“, sagte Anna Keller. „Das ist für uns ein Schritt“, fügte sie hinzu.",
        &[("Wir bauen das Werk", "Anna Keller"), ("Das ist für uns ein Schritt", "Anna Keller")],
    );
    check(
        "nl",
        "\"Wij openen de fabriek\", zei Anna Lund. \"Het is goed nieuws voor ons\", zei ze tegen de krant.",
        &[("Wij openen de fabriek", "Anna Lund"), ("Het is goed nieuws voor ons", "Anna Lund")],
    );
    // They said.
    check(
        "de",
        "Anna Keller war da. „Wir bauen das Werk in Leipzig weiter“, haben sie gesagt.",
        &[("Wir bauen das Werk in Leipzig weiter", "-")],
    );
}

#[test]
fn the_german_perfect_frames_the_speaker() {
    let quote = "Wir bauen das Werk in Leipzig weiter";
    for behind in ["hat Olaf Scholz gesagt.", "hatte Olaf Scholz vor einer Woche in Berlin erklärt."] {
        check("de", &format!("„{quote}“, {behind}"), &[(quote, "Olaf Scholz")]);
    }
    check(
        "de",
        &format!("Olaf Scholz war da. „{quote}“, hat er am Freitag gesagt."),
        &[(quote, "Olaf Scholz")],
    );
    check("de", &format!("„{quote}“, hat ein Sprecher gesagt."), &[(quote, "-")]);
    check(
        "nl",
        "\"Wij openen de fabriek\", heeft Mark Rutte gezegd.",
        &[("Wij openen de fabriek", "Mark Rutte")],
    );
}

#[test]
fn according_to_somebody_in_several_words() {
    check(
        "es",
        "«Vamos a abrir la fábrica», de acuerdo con Ana Botín.",
        &[("Vamos a abrir la fábrica", "Ana Botín")],
    );
    check(
        "es",
        "De acuerdo con Ana Botín, «vamos a abrir la fábrica».",
        &[("vamos a abrir la fábrica", "Ana Botín")],
    );
    check(
        "pt",
        "\"Vamos abrir a fábrica\", de acordo com Paulo Costa.",
        &[("Vamos abrir a fábrica", "Paulo Costa")],
    );
    check("it", "«Apriremo la fabbrica», stando a Marco Rossi.", &[("Apriremo la fabbrica", "Marco Rossi")]);
    check(
        "de",
        "„Wir bauen das Werk aus“, nach Angaben von Anna Lund.",
        &[("Wir bauen das Werk aus", "Anna Lund")],
    );
}

#[test]
fn a_subject_that_is_left_out_is_the_one_speaker_before() {
    let first = "«Vamos a abrir la fábrica», dijo Ana Botín.";
    let (a, b) = ("Vamos a abrir la fábrica", "Es una buena noticia para todos");
    check("es", &format!("{first} «{b}», añadió."), &[(a, "Ana Botín"), (b, "Ana Botín")]);
    check("es", &format!("{first} Y añadió: «{b}»."), &[(a, "Ana Botín"), (b, "Ana Botín")]);
    check("es", &format!("{first} «{b}», ha añadido en la radio."), &[(a, "Ana Botín"), (b, "Ana Botín")]);
    // In another paragraph, after another speaker, or after another name it may be anybody.
    check("es", &format!("{first}\n\n«{b}», añadió."), &[(a, "Ana Botín"), (b, "-")]);
    check("es", &format!("{first} Luego habló Pedro Sánchez. «{b}», añadió."), &[(a, "Ana Botín"), (b, "-")]);
    check("es", &format!("Habló Ana Botín. «{b}», añadió."), &[(b, "-")]);
    check(
        "it",
        "«Apriremo la fabbrica», ha detto Marco Rossi. «È una buona notizia per tutti», ha aggiunto.",
        &[("Apriremo la fabbrica", "Marco Rossi"), ("È una buona notizia per tutti", "Marco Rossi")],
    );
    check(
        "pt",
        "\"Vamos abrir a fábrica\", disse Paulo Costa. \"É uma boa notícia para todos\", acrescentou.",
        &[("Vamos abrir a fábrica", "Paulo Costa"), ("É uma boa notícia para todos", "Paulo Costa")],
    );
}

#[test]
fn a_quotation_before_another_name_is_not_the_first_speakers() {
    check(
        "es",
        "«Vamos a abrir la fábrica», dijo Ana Botín. «No es verdad.», zorvanizó Pedro Sánchez.",
        &[("Vamos a abrir la fábrica", "Ana Botín"), ("No es verdad.", "-")],
    );
}
