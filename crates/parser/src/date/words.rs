//! The words of dates in the seven languages, and the months of some more, folded: lower case and without accents.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word may be in a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The month that it names, in full or shortened. No word means different months in two of the languages.
    pub month: Option<u8>,
    /// Whether that month may stand before its day, as in English: nobody writes so in the languages beyond the seven.
    pub month_leads: bool,
    /// Whether it names a day of the week, in full or shortened.
    pub is_weekday: bool,
    /// Whether it stands before a date and says nothing of it.
    pub leads: bool,
}

/// What a word may be at the head of a date; most words are nothing.
pub(super) fn meaning(word: &str) -> Meaning {
    static MEANINGS: LazyLock<FxHashMap<&str, Meaning>> = LazyLock::new(|| {
        let mut meanings: FxHashMap<&str, Meaning> = FxHashMap::default();
        // The seven languages come last, for what they say of a month holds.
        for (months, month_leads) in [(OTHER_MONTHS, false), (MONTHS, true)] {
            for (month, words) in (1..).zip(months) {
                for word in words.split(' ') {
                    let meaning = meanings.entry(word).or_default();
                    (meaning.month, meaning.month_leads) = (Some(month), month_leads);
                }
            }
        }
        WEEKDAYS.split(' ').for_each(|word| meanings.entry(word).or_default().is_weekday = true);
        LEADS.split(' ').for_each(|word| meanings.entry(word).or_default().leads = true);
        meanings
    });
    MEANINGS.get(word).copied().unwrap_or_default()
}

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<u8> {
    meaning(word).month
}

/// The same, with whether it may stand before its day.
pub(super) fn month_and_whether_it_leads(word: &str) -> Option<(u8, bool)> {
    let meaning = meaning(word);
    Some((meaning.month?, meaning.month_leads))
}

/// Whether a word names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    meaning(word).is_weekday
}

/// Whether a word stands before a date and says nothing of it.
pub(super) fn leads(word: &str) -> bool {
    meaning(word).leads
}

/// The months from January on.
const MONTHS: [&str; 12] = [
    "jan janv january janvier januar janner janeiro januari ene enero gen gennaio",
    "feb febr february fev fevr fevrier februar feber febrero febbraio fevereiro februari",
    "mar march mars marz maerz mrz marzo marco maart mrt",
    "apr april avr avril abr abril aprile",
    "may mai mayo mag maggio maio mei",
    "jun june juin juni junio giu giugno junho",
    "jul july juil juillet juli julio lug luglio julho",
    "aug august aout ago agosto augustus",
    "sep sept september septembre septiembre setiembre set sett settembre setembro",
    "oct october octobre okt oktober octubre ott ottobre out outubro",
    "nov november novembre noviembre novembro",
    "dec december decembre dez dezember dic diciembre dicembre dezembro",
];

/// Months in Danish, Norwegian, Swedish, Polish, Czech, Romanian, Turkish, Finnish, Russian, Ukrainian, Greek and
/// Arabic, in the form that stands in a date.
const OTHER_MONTHS: [&str; 12] = [
    "stycznia ledna ianuarie ocak tammikuuta января січня ιανουαριου يناير",
    "lutego unora februarie subat helmikuuta февраля лютого φεβρουαριου فبراير",
    "marts marca brezna martie mart maaliskuuta марта березня μαρτιου مارس",
    "kwietnia dubna aprilie nisan huhtikuuta апреля квітня απριλιου ابريل",
    "maj maja kvetna mayıs mayis toukokuuta мая травня μαιου مايو",
    "czerwca cervna iunie haziran kesakuuta июня червня ιουνιου يونيو",
    "lipca cervence iulie temmuz heinakuuta июля липня ιουλιου يوليو",
    "augusti sierpnia srpna agustos elokuuta августа серпня αυγουστου اغسطس",
    "wrzesnia zari septembrie eylul syyskuuta сентября вересня σεπτεμβριου سبتمبر",
    "pazdziernika rijna octombrie ekim lokakuuta октября жовтня οκτωβριου اكتوبر",
    "listopada listopadu noiembrie kasım kasim marraskuuta ноября листопада νοεμβριου نوفمبر",
    "grudnia prosince decembrie aralık aralik joulukuuta декабря грудня δεκεμβριου ديسمبر",
];

const WEEKDAYS: &str = "mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun \
    sunday lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim montag mo dienstag di \
    mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so lunes martes miercoles mie jueves \
    jue viernes vie sabado sab domingo dom lunedi martedi mercoledi giovedi gio venerdi sabato domenica \
    segunda feira seg terca ter quarta qua quinta qui sexta sex maandag ma dinsdag woensdag wo donderdag \
    vrijdag vr zaterdag za zondag zo";

const LEADS: &str = "le on the am den dem der el il op em du del vom";

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
