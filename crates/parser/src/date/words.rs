//! The words of dates in the seven languages, and the months of some more, folded: lower case and without accents.

/// The month that a word names, in full or shortened. No word means different months in two of the languages.
pub(super) fn month(word: &str) -> Option<u8> {
    western_month(word).or_else(|| other_month(word))
}

/// The same, with whether it may stand before its day, as in English: nobody writes so in the languages beyond the seven.
pub(super) fn month_and_whether_it_leads(word: &str) -> Option<(u8, bool)> {
    western_month(word).map(|month| (month, true)).or_else(|| Some((other_month(word)?, false)))
}

/// Months in Danish, Norwegian, Swedish, Polish, Czech, Romanian, Turkish, Finnish, Russian, Ukrainian, Greek and
/// Arabic, in the form that stands in a date.
fn other_month(word: &str) -> Option<u8> {
    Some(match word {
        "stycznia"
        | "ledna"
        | "ianuarie"
        | "ocak"
        | "tammikuuta"
        | "января"
        | "січня"
        | "ιανουαριου"
        | "يناير" => 1,
        "lutego"
        | "unora"
        | "februarie"
        | "subat"
        | "helmikuuta"
        | "февраля"
        | "лютого"
        | "φεβρουαριου"
        | "فبراير" => 2,
        "marts" | "marca" | "brezna" | "martie" | "mart" | "maaliskuuta" | "марта" | "березня"
        | "μαρτιου" | "مارس" => 3,
        "kwietnia" | "dubna" | "aprilie" | "nisan" | "huhtikuuta" | "апреля" | "квітня" | "απριλιου"
        | "ابريل" => 4,
        "maj" | "maja" | "kvetna" | "mayıs" | "mayis" | "toukokuuta" | "мая" | "травня" | "μαιου"
        | "مايو" => 5,
        "czerwca" | "cervna" | "iunie" | "haziran" | "kesakuuta" | "июня" | "червня" | "ιουνιου"
        | "يونيو" => 6,
        "lipca" | "cervence" | "iulie" | "temmuz" | "heinakuuta" | "июля" | "липня" | "ιουλιου" | "يوليو" => {
            7
        }
        "augusti" | "sierpnia" | "srpna" | "agustos" | "elokuuta" | "августа" | "серпня" | "αυγουστου"
        | "اغسطس" => 8,
        "wrzesnia"
        | "zari"
        | "septembrie"
        | "eylul"
        | "syyskuuta"
        | "сентября"
        | "вересня"
        | "σεπτεμβριου"
        | "سبتمبر" => 9,
        "pazdziernika" | "rijna" | "octombrie" | "ekim" | "lokakuuta" | "октября" | "жовтня"
        | "οκτωβριου" | "اكتوبر" => 10,
        "listopada" | "listopadu" | "noiembrie" | "kasım" | "kasim" | "marraskuuta" | "ноября"
        | "листопада" | "νοεμβριου" | "نوفمبر" => 11,
        "grudnia"
        | "prosince"
        | "decembrie"
        | "aralık"
        | "aralik"
        | "joulukuuta"
        | "декабря"
        | "грудня"
        | "δεκεμβριου"
        | "ديسمبر" => 12,
        _ => return None,
    })
}

fn western_month(word: &str) -> Option<u8> {
    Some(match word {
        "jan" | "janv" | "january" | "janvier" | "januar" | "janner" | "janeiro" | "januari" | "ene"
        | "enero" | "gen" | "gennaio" => 1,
        "feb" | "febr" | "february" | "fev" | "fevr" | "fevrier" | "februar" | "feber" | "febrero"
        | "febbraio" | "fevereiro" | "februari" => 2,
        "mar" | "march" | "mars" | "marz" | "maerz" | "mrz" | "marzo" | "marco" | "maart" | "mrt" => 3,
        "apr" | "april" | "avr" | "avril" | "abr" | "abril" | "aprile" => 4,
        "may" | "mai" | "mayo" | "mag" | "maggio" | "maio" | "mei" => 5,
        "jun" | "june" | "juin" | "juni" | "junio" | "giu" | "giugno" | "junho" => 6,
        "jul" | "july" | "juil" | "juillet" | "juli" | "julio" | "lug" | "luglio" | "julho" => 7,
        "aug" | "august" | "aout" | "ago" | "agosto" | "augustus" => 8,
        "sep" | "sept" | "september" | "septembre" | "septiembre" | "setiembre" | "set" | "sett"
        | "settembre" | "setembro" => 9,
        "oct" | "october" | "octobre" | "okt" | "oktober" | "octubre" | "ott" | "ottobre" | "out"
        | "outubro" => 10,
        "nov" | "november" | "novembre" | "noviembre" | "novembro" => 11,
        "dec" | "december" | "decembre" | "dez" | "dezember" | "dic" | "diciembre" | "dicembre"
        | "dezembro" => 12,
        _ => return None,
    })
}

/// Whether a word names a day of the week, in full or shortened.
pub(super) fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "mon"
            | "monday"
            | "tue"
            | "tues"
            | "tuesday"
            | "wed"
            | "weds"
            | "wednesday"
            | "thu"
            | "thur"
            | "thurs"
            | "thursday"
            | "fri"
            | "friday"
            | "sat"
            | "saturday"
            | "sun"
            | "sunday"
            | "lundi"
            | "lun"
            | "mardi"
            | "mercredi"
            | "mer"
            | "jeudi"
            | "jeu"
            | "vendredi"
            | "ven"
            | "samedi"
            | "sam"
            | "dimanche"
            | "dim"
            | "montag"
            | "mo"
            | "dienstag"
            | "di"
            | "mittwoch"
            | "mi"
            | "donnerstag"
            | "do"
            | "freitag"
            | "fr"
            | "samstag"
            | "sonnabend"
            | "sa"
            | "sonntag"
            | "so"
            | "lunes"
            | "martes"
            | "miercoles"
            | "mie"
            | "jueves"
            | "jue"
            | "viernes"
            | "vie"
            | "sabado"
            | "sab"
            | "domingo"
            | "dom"
            | "lunedi"
            | "martedi"
            | "mercoledi"
            | "giovedi"
            | "gio"
            | "venerdi"
            | "sabato"
            | "domenica"
            | "segunda"
            | "feira"
            | "seg"
            | "terca"
            | "ter"
            | "quarta"
            | "qua"
            | "quinta"
            | "qui"
            | "sexta"
            | "sex"
            | "maandag"
            | "ma"
            | "dinsdag"
            | "woensdag"
            | "wo"
            | "donderdag"
            | "vrijdag"
            | "vr"
            | "zaterdag"
            | "za"
            | "zondag"
            | "zo"
    )
}

/// Words that stand before a date and say nothing of it.
pub(super) fn leads(word: &str) -> bool {
    matches!(
        word,
        "le" | "on" | "the" | "am" | "den" | "dem" | "der" | "el" | "il" | "op" | "em" | "du" | "del" | "vom"
    )
}

/// Words between the parts of a date.
pub(super) fn joins(word: &str) -> bool {
    matches!(word, "of" | "de" | "del" | "d" | "do" | "den")
}

/// What follows a day's number when it is written as an ordinal.
pub(super) fn is_ordinal(word: &str) -> bool {
    matches!(word, "er" | "ere" | "e" | "st" | "nd" | "rd" | "th" | "ste" | "de" | "o" | "a")
}

/// Words before a time of day.
pub(super) fn leads_clock(word: &str) -> bool {
    matches!(
        word,
        "a" | "at"
            | "um"
            | "gegen"
            | "alle"
            | "ore"
            | "om"
            | "as"
            | "las"
            | "vers"
            | "kl"
            | "klo"
            | "godz"
            | "le"
            | "pelas"
    )
}

/// Minutes east of UTC that a zone's name stands for. Names with more than one meaning are not here.
pub(super) fn zone(word: &str) -> Option<i16> {
    Some(match word {
        "z" | "utc" | "gmt" | "wet" => 0,
        "cet" | "mez" | "bst" | "west" => 60,
        "cest" | "mesz" | "eet" => 120,
        "eest" | "msk" => 180,
        "edt" => -4 * 60,
        "est" | "cdt" => -5 * 60,
        "mdt" => -6 * 60,
        "pdt" => -7 * 60,
        "pst" => -8 * 60,
        "brt" => -3 * 60,
        "jst" => 9 * 60,
        _ => return None,
    })
}
