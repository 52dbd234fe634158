//! The small words around quotations, by language: what each can do.

use super::grammar::{
    ACCORDING, ADVERB, AND, ARTICLE, AUXILIARY, BEING, CLITIC, HE, INDEFINITE, INVERTED, LEARN, MADAM, MAKE,
    MISTER, NAMING, NOBODY, PREPOSITION, REFLEXIVE, RELATIVE, SHE, SOMEBODY, SPOKEN, THAT, THEY, TITLED,
    VIEW, WORDS,
};

/// One pronoun of the inverted order is a token of its own: `-t-il`.
pub(super) const FRENCH: &[(u32, &str)] = &[
    (AUXILIARY, "a ont avait avaient aura auront aurait auraient eut eurent"),
    (
        BEING,
        "est sont était étaient fut furent sera seront serait seraient été être soit soient suis sommes étant",
    ),
    (
        PREPOSITION,
        "à au aux de du des d' dans en sur sous par pour avec sans chez vers devant derrière avant après depuis \
         pendant contre entre parmi lors auprès face via dès jusqu' outre hors envers malgré selon comme",
    ),
    (ARTICLE, "le la les l' un une des du ce cet cette ces son sa ses leur leurs notre nos mon ma au aux"),
    (INDEFINITE, "un une des plusieurs certains certaines quelques"),
    (HE, "il lui"),
    (SHE, "elle"),
    (THEY, "ils elles eux"),
    (NOBODY, "on je j' nous vous tu ça cela ceci c' ce personne tout rien"),
    (HE | INVERTED, "-il -t-il"),
    (SHE | INVERTED, "-elle -t-elle"),
    (THEY | INVERTED, "-ils -elles -t-ils -t-elles"),
    (NOBODY | INVERTED, "-on -t-on -je -tu -nous -vous -ce"),
    (CLITIC, "ne n' lui leur l' y en nous m' me vous le la les se s' même eux"),
    (REFLEXIVE, "se s'"),
    (RELATIVE, "qui"),
    (THAT, "que qu' dont où lorsque lorsqu' quand si car puisque puisqu' tandis alors donc"),
    (AND, "et ou mais puis ni"),
    (
        ADVERB,
        "aussi également encore ainsi déjà notamment hier aujourd'hui demain ensuite enfin toutefois cependant \
         pourtant pas plus bien très mieux tout même donc alors toujours jamais souvent surtout lundi mardi \
         mercredi jeudi vendredi samedi dimanche matin soir après-midi alors peu plutôt d'abord par ailleurs",
    ),
    (ACCORDING, "selon suivant"),
    (VIEW, "pour"),
    (
        NAMING,
        "intitulé intitulée intitulés intitulées surnommé surnommée surnommés surnommées nommé nommée nommés \
         nommées baptisé baptisée baptisés baptisées dénommé dénommée rebaptisé rebaptisée appelé appelée appelés \
         appelées nomme nomment appelle appellent baptise surnomme surnomment titré titrée estampillé labellisé \
         dite dits dites alias intitule sobriquet surnom",
    ),
    (
        TITLED,
        "livre roman film album chanson titre article ouvrage essai rapport série émission documentaire pièce opéra \
         tableau poème journal magazine revue loi opération projet plan programme mouvement parti groupe liste \
         émissions exposition spectacle festival concours prix trophée navire bateau cheval slogan devise devises \
         surnom rubrique chronique podcast blog site campagne collectif hashtag mot-clé mot terme expression \
         label marque concept notion formule catégorie affaire statut mention nom politique logiciel version \
         collection vidéo clip single morceau hymne",
    ),
    (
        SPOKEN,
        "je j' nous on vous tu m' mon ma mes notre nos votre vos c' ça est sont était sera a ont avons sommes suis ai \
         avez faut doit peut peuvent va vont veut fait font n' ne qu' que qui il elle ils ici serait seront aura \
         -il -elle -nous -je -vous pas",
    ),
    (
        SOMEBODY,
        "homme femme personne témoin témoins ouvrier ouvrière habitant habitante riverain riveraine voisin voisine \
         passager passagère victime rescapé rescapée employé employée salarié salariée source sources officier soldat \
         policier policière étudiant étudiante élève client cliente manifestant manifestante militant militante \
         porte-parole responsable expert experte spécialiste proche proches ami amie internaute lecteur lectrice élu \
         élue diplomate fonctionnaire enquêteur avocat avocate médecin chercheur chercheuse collaborateur conseiller \
         analyste agent cadre délégué syndicaliste professeur enseignant chauffeur agriculteur",
    ),
    (
        WORDS,
        "propos mots déclaration déclarations dires aveux confidences témoignage tweet communiqué lettre",
    ),
    (MAKE, "fait font faisait faisaient fit"),
    (LEARN, "savoir valoir"),
    (MISTER, "m. monsieur mr"),
    (MADAM, "mme mme. mlle madame mademoiselle"),
];

pub(super) const ENGLISH: &[(u32, &str)] = &[
    (AUXILIARY, "has have had"),
    (BEING, "is are was were be been being am"),
    (
        PREPOSITION,
        "to of in on at by for with from about into over under during after before against between among through \
         since until via as like near than without within toward towards upon per",
    ),
    (ARTICLE, "the a an this that these those his her its their our my"),
    (INDEFINITE, "a an some many several one another"),
    (HE, "he"),
    (SHE, "she"),
    (THEY, "they"),
    (NOBODY, "i we you it there nobody everyone someone this"),
    (CLITIC, "not never"),
    (RELATIVE, "who which"),
    (THAT, "that where when whether because if while although though"),
    (AND, "and or but then"),
    (
        ADVERB,
        "also later then earlier again already still just recently yesterday today once now previously monday \
         tuesday wednesday thursday friday saturday sunday have",
    ),
    (
        NAMING,
        "dubbed called entitled titled nicknamed named labelled labeled so-called termed known named aka",
    ),
    (
        TITLED,
        "book novel film movie album song article essay report series show documentary play opera painting poem \
         magazine act operation project plan program programme movement party slogan motto nickname column podcast \
         blog campaign hashtag word term phrase concept notion brand label category affair single track title",
    ),
    (
        SPOKEN,
        "i we you my our your me us it's that's is are was were will would can can't don't have has do not i'm we're \
         they he she it there going be this",
    ),
    (
        SOMEBODY,
        "man woman witness worker resident neighbor neighbour passenger victim survivor employee source sources \
         officer soldier policeman policewoman student customer protester activist spokesperson spokesman \
         spokeswoman official expert specialist friend diplomat investigator lawyer doctor researcher adviser \
         advisor analyst agent teacher driver farmer",
    ),
    (WORDS, "words statement remarks testimony tweet letter"),
    (MISTER, "mr mr. sir lord"),
    (MADAM, "mrs mrs. ms ms. lady miss madam"),
];

pub(super) const GERMAN: &[(u32, &str)] = &[
    (AUXILIARY, "hat hatte habe hätte haben hatten"),
    (BEING, "ist sind war waren wird werden wurde wurden sei seien wäre wären worden sein"),
    (
        PREPOSITION,
        "in an auf aus bei mit nach von vor zu zum zur im am vom beim ins ans für gegen über unter zwischen während wegen \
         ohne durch um seit bis ab des gegenüber laut trotz neben hinter als",
    ),
    (
        ARTICLE,
        "der die das den dem des ein eine einen einem einer eines sein seine ihr ihre unser unsere dieser diese dieses",
    ),
    (INDEFINITE, "ein eine einen einem einer eines mehrere einige viele"),
    (HE, "er"),
    // Its verb tells it from *they*: the forms of the list are singular.
    (SHE, "sie"),
    (NOBODY, "ich wir man es ihr du das dies niemand jemand alle"),
    (CLITIC, "sich ihm ihnen ihn nicht"),
    (THAT, "dass daß ob wenn weil während wo als nachdem bevor obwohl damit"),
    (AND, "und oder aber sondern"),
    (
        ADVERB,
        "auch dann weiter später zudem außerdem gestern heute nun jetzt ferner noch einst bereits wiederum montag dienstag \
         mittwoch donnerstag freitag samstag sonntag abend morgen zuletzt kürzlich dazu daraufhin jedoch allerdings hingegen \
         dagegen selbst schließlich weiterhin",
    ),
    (ACCORDING, "laut"),
    (
        NAMING,
        "genannt genannte genannten namens sogenannte sogenannten nannte nennt nennen heißt heißen betitelt titelt titelte \
         bezeichnete bezeichnet tauft getauft",
    ),
    (
        TITLED,
        "buch roman film album lied titel artikel bericht studie serie sendung dokumentation stück oper gedicht zeitung \
         magazin zeitschrift projekt programm plan partei gruppe liste ausstellung festival preis schiff slogan motto \
         kolumne podcast blog seite kampagne hashtag wort begriff ausdruck marke konzept name namen stichwort thema spiel \
         formel kategorie nachrichtenmagazin boulevardzeitung tageszeitung wochenzeitung blatt reihe initiative aktion",
    ),
    (
        SPOKEN,
        "ich wir uns unser unsere unseren mein meine mir mich sie du ihr euch ist sind war waren wird werden hat haben \
         kann können muss müssen will wollen soll sollen darf dürfen nicht kein keine dass das es man wenn",
    ),
    (
        SOMEBODY,
        "mann frau person zeuge zeugin anwohner anwohnerin sprecher sprecherin experte expertin analyst analystin",
    ),
    (WORDS, "worte worten aussage aussagen angaben erklärung mitteilung"),
    (MISTER, "herr herrn"),
    (MADAM, "frau"),
];

pub(super) const SPANISH: &[(u32, &str)] = &[
    (AUXILIARY, "ha han había habían habrá"),
    (BEING, "es son era eran fue fueron será está están estaba siendo sido ser"),
    (
        PREPOSITION,
        "a al de del en con por para sin sobre entre desde hasta hacia ante bajo contra durante mediante según tras como",
    ),
    (
        ARTICLE,
        "el la los las lo un una unos unas este esta estos estas ese esa su sus mi nuestro nuestra al del",
    ),
    (INDEFINITE, "un una unos unas varios varias algunos algunas"),
    (HE, "él"),
    (SHE, "ella"),
    (THEY, "ellos ellas"),
    (NOBODY, "yo nosotros tú usted ustedes ello esto eso nadie alguien se"),
    (CLITIC, "no le les lo la se me nos"),
    (REFLEXIVE, "se"),
    (RELATIVE, "quien quienes"),
    (THAT, "que donde cuando si porque mientras aunque"),
    (AND, "y e o u pero sino ni"),
    (
        ADVERB,
        "también además ayer hoy luego después asimismo igualmente ahora ya así entonces lunes martes miércoles jueves viernes \
         sábado domingo aún todavía finalmente posteriormente",
    ),
    (ACCORDING, "según"),
    (
        NAMING,
        "titulado titulada titulados llamado llamada llamados denominado denominada bautizado bautizada apodado apodada",
    ),
    (
        TITLED,
        "libro novela película álbum canción título artículo informe estudio serie programa documental obra ópera poema revista \
         diario periódico proyecto plan partido grupo lista exposición festival premio barco lema eslogan columna podcast blog \
         campaña término palabra expresión marca concepto nombre operación movimiento disco sección",
    ),
    (
        SPOKEN,
        "yo nosotros nuestro nuestra nuestros nuestras mi mis me nos es son era está están estamos somos hay tenemos vamos \
         debe puede hemos he no que se le lo",
    ),
    (
        SOMEBODY,
        "hombre mujer persona testigo vecino vecina portavoz experto experta analista fuente fuentes trabajador",
    ),
    (WORDS, "palabras declaraciones declaración comunicado carta"),
    (MISTER, "señor sr. don"),
    (MADAM, "señora sra. doña"),
];

pub(super) const ITALIAN: &[(u32, &str)] = &[
    (AUXILIARY, "ha hanno aveva avevano avrebbe avrà"),
    (BEING, "è sono era erano fu furono sarà sarebbe essere stato stata stati"),
    (
        PREPOSITION,
        "a ad al allo alla ai agli alle all' di del dello della dei degli delle dell' d' in nel nello nella nei negli nelle nell' \
         con su sul sulla sui per tra fra da dal dalla dai dagli dalle dall' senza contro verso durante come",
    ),
    (
        ARTICLE,
        "il lo la i gli le l' un uno una un' questo questa questi queste quel quella suo sua suoi sue nostro nostra",
    ),
    (INDEFINITE, "un uno una un' alcuni alcune diversi diverse"),
    (HE, "lui egli"),
    (SHE, "lei ella"),
    (THEY, "loro essi"),
    (NOBODY, "io noi tu voi ciò questo nessuno qualcuno si"),
    (CLITIC, "non gli le lo la si ci mi ne"),
    (REFLEXIVE, "si"),
    (RELATIVE, "chi"),
    (THAT, "che dove quando se perché mentre sebbene"),
    (AND, "e ed o ma né"),
    (
        ADVERB,
        "anche poi inoltre ieri oggi ora ancora così quindi allora lunedì martedì mercoledì giovedì venerdì sabato domenica \
         infine successivamente già",
    ),
    (ACCORDING, "secondo"),
    (
        NAMING,
        "intitolato intitolata intitolati chiamato chiamata denominato denominata soprannominato soprannominata detto battezzato",
    ),
    (
        TITLED,
        "libro romanzo film album canzone titolo articolo rapporto studio serie programma documentario opera poesia rivista \
         quotidiano giornale progetto piano partito gruppo lista mostra festival premio nave slogan motto rubrica podcast blog \
         campagna termine parola espressione marchio concetto nome operazione movimento disco",
    ),
    (
        SPOKEN,
        "io noi nostro nostra nostri nostre mio mia mi ci è sono era siamo abbiamo ho dobbiamo possiamo vogliamo non che si lo \
         deve può",
    ),
    (SOMEBODY, "uomo donna persona testimone portavoce esperto esperta analista fonte fonti lavoratore"),
    (WORDS, "parole dichiarazioni dichiarazione comunicato lettera nota"),
    (MISTER, "signor sig. dottor"),
    (MADAM, "signora sig.ra dottoressa"),
];

pub(super) const PORTUGUESE: &[(u32, &str)] = &[
    (AUXILIARY, "tinha tinham havia"),
    (BEING, "é são era eram foi foram será está estão estava ser sido sendo"),
    (
        PREPOSITION,
        "a ao à aos às de do da dos das em no na nos nas num numa com por pelo pela para sem sobre entre desde até contra durante \
         após como perante",
    ),
    (
        ARTICLE,
        "o a os as um uma uns umas este esta esse essa seu sua seus suas nosso nossa ao à do da no na pelo pela",
    ),
    (INDEFINITE, "um uma uns umas vários várias alguns algumas"),
    (HE, "ele"),
    (SHE, "ela"),
    (THEY, "eles elas"),
    (NOBODY, "eu nós tu você vocês isso isto ninguém alguém se"),
    (CLITIC, "não lhe lhes se me nos"),
    (REFLEXIVE, "se"),
    (RELATIVE, "quem"),
    (THAT, "que onde quando se porque enquanto embora"),
    (AND, "e ou mas nem"),
    (
        ADVERB,
        "também ainda ontem hoje depois agora já assim então segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado \
         domingo finalmente",
    ),
    (ACCORDING, "segundo conforme"),
    (
        NAMING,
        "intitulado intitulada chamado chamada denominado denominada apelidado apelidada batizado batizada",
    ),
    (
        TITLED,
        "livro romance filme álbum canção título artigo relatório estudo série programa documentário peça ópera poema revista \
         jornal projeto projecto plano partido grupo lista exposição festival prémio prêmio navio lema slogan coluna podcast blog \
         campanha termo palavra expressão marca conceito nome operação movimento disco",
    ),
    (
        SPOKEN,
        "eu nós nosso nossa nossos nossas meu minha me é são era está estão estamos somos temos vamos deve pode não que se há \
         queremos",
    ),
    (SOMEBODY, "homem mulher pessoa testemunha porta-voz especialista analista fonte fontes trabalhador"),
    (WORDS, "palavras declarações declaração comunicado carta nota"),
    (MISTER, "senhor sr."),
    (MADAM, "senhora sra."),
];

pub(super) const DUTCH: &[(u32, &str)] = &[
    (AUXILIARY, "heeft had hebben hadden"),
    (BEING, "is zijn was waren wordt worden werd werden geweest"),
    (
        PREPOSITION,
        "in op aan bij met naar van voor te uit over onder tussen tijdens zonder door om sinds tot vanaf tegen namens als",
    ),
    (ARTICLE, "de het een deze dit die dat zijn haar hun ons onze"),
    (INDEFINITE, "een enkele meerdere sommige"),
    (HE, "hij"),
    (SHE, "zij ze"),
    (NOBODY, "ik wij we men het je jij u jullie dat dit niemand iemand"),
    (CLITIC, "niet zich hem haar"),
    (THAT, "dat of als omdat terwijl waar toen nadat hoewel"),
    (AND, "en maar"),
    (
        ADVERB,
        "ook dan verder later bovendien gisteren vandaag nu nog eerder maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
         daarnaast echter overigens tegenover",
    ),
    (ACCORDING, "volgens"),
    (NAMING, "genaamd genoemd genoemde noemt noemde getiteld zogeheten zogenoemde gedoopt heet heette"),
    (
        TITLED,
        "boek roman film album lied titel artikel rapport studie serie programma documentaire stuk opera gedicht krant tijdschrift \
         project plan partij groep lijst tentoonstelling festival prijs schip slogan motto column podcast blog site campagne \
         hashtag woord term begrip uitdrukking merk concept naam thema",
    ),
    (
        SPOKEN,
        "ik wij we ons onze mijn mij je jij is zijn was waren wordt worden heeft hebben kan kunnen moet moeten wil willen zal \
         zullen mag niet geen dat het er",
    ),
    (SOMEBODY, "man vrouw persoon getuige woordvoerder woordvoerster deskundige analist bron bronnen"),
    (WORDS, "woorden verklaring uitspraken brief"),
    (MISTER, "meneer dhr."),
    (MADAM, "mevrouw mevr."),
];

/// What names the speaker in several words before the name, as [`ACCORDING`] does in one.
pub(super) fn according(language: &str) -> &'static [&'static [&'static str]] {
    match language {
        "de" => &[
            &["nach", "angaben", "von"],
            &["nach", "aussage", "von"],
            &["nach", "aussagen", "von"],
            &["nach", "worten", "von"],
            &["nach", "den", "worten", "von"],
        ],
        "es" => &[&["de", "acuerdo", "con"], &["a", "juicio", "de"], &["en", "palabras", "de"]],
        "it" => &[&["stando", "a"], &["a", "detta", "di"], &["nelle", "parole", "di"]],
        "pt" => &[&["de", "acordo", "com"], &["nas", "palavras", "de"]],
        _ => &[],
    }
}
