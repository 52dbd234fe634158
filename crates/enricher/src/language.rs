//! In which language is it?
//!
//! Two witnesses look at a bounded sample of the text: a linear model over letter n-grams (whichlang), which knows
//! only sixteen languages and always names one of them, and the text's own function words, which every language
//! has and which scraps, code and lists of names lack. Seven languages are told; whatever is none of them, or
//! cannot be told, is undetermined.

mod words;

use document::Language;
use rustc_hash::FxHashMap;
use whichlang::{Lang, detect_language};

use words::{LANGUAGES, TOLD};

/// The sample is at most this many stretches of the text, of this many bytes each: its start, middle and end.
const STRETCHES: usize = 3;
const STRETCH_BYTES: usize = 320;

/// The languages that are told, by code.
pub(crate) const CODES: [&str; TOLD] = {
    let mut codes = [""; TOLD];
    let mut index = 0;
    while index < TOLD {
        codes[index] = LANGUAGES[index].code;
        index += 1;
    }
    codes
};

/// The languages that articles are told in, by code.
pub fn codes() -> &'static [&'static str] {
    &CODES
}

/// Whether a BCP 47 tag names a language that articles are told in.
pub fn is_told(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    CODES.into_iter().any(|code| code.eq_ignore_ascii_case(primary))
}

/// Tells languages. Built once.
#[derive(Debug)]
pub struct Detector {
    /// The set of languages a function word belongs to, as bits in the order of [`LANGUAGES`].
    languages: FxHashMap<&'static str, u32>,
    /// See [`spellings`].
    spellings: FxHashMap<char, u32>,
}

/// The function words of a language; none of one that is not told.
pub(crate) fn small_words(code: &str) -> impl Iterator<Item = &'static str> {
    LANGUAGES[..TOLD]
        .iter()
        .filter(move |language| language.code == code)
        .flat_map(|language| language.words.split_whitespace())
}

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}

impl Detector {
    /// Builds the table of function words.
    pub fn new() -> Self {
        let mut languages = FxHashMap::default();
        for (index, language) in LANGUAGES.iter().enumerate() {
            for word in language.words.split_whitespace() {
                *languages.entry(word).or_default() |= 1 << index;
            }
        }
        Self { languages, spellings: spellings() }
    }

    /// The language of a text, whatever its length, at the cost of about a kilobyte of it.
    pub fn detect(&self, text: &str) -> Language {
        let sample = sample(text);
        let evidence = self.evidence(&sample);
        if evidence.words < 2
            || evidence.foreign * 3 > evidence.letters
            || evidence.symbols * 8 > evidence.letters
        {
            return Language::Undetermined;
        }
        let (best, score, second) = evidence.ranking();
        let words = evidence.words as f32;
        // In running text of any of these languages, a third to a half of all words are function words.
        let coverage = evidence.covered[best] as f32 / words;
        let margin = (score - second) / words;
        // Where so many words speak for one language and hardly any for another, nobody else need be asked.
        let plain = best < TOLD && words >= 40.0 && coverage >= 0.3 && margin >= 0.15;
        let guess = if plain { Some(best) } else { told(detect_language(evidence.running.trim_end())) };
        // A text of few function words with letters that the language does not have is in another one.
        let spelt =
            |language: usize| coverage >= 0.25 || evidence.spelt.is_none_or(|set| set >> language & 1 == 1);
        // Neighbours that share its small words are told by their letters: Catalan from Spanish.
        let misspelt = |language: usize| {
            let misspelt = evidence.misspelt[language];
            misspelt >= 2 && misspelt * 12 >= evidence.words
        };
        let guess = guess.filter(|guess| spelt(*guess) && !misspelt(*guess));
        // Dutch and Afrikaans share more than the n-grams tell apart; *de* and *een* are Dutch alone.
        let twin = place("af").filter(|_| best < TOLD && LANGUAGES[best].code == "nl");
        let matched = evidence.covered[best] >= 5 && twin.is_some_and(|twin| evidence.scores[twin] >= score);
        let best = if best < TOLD && (misspelt(best) || matched) { TOLD } else { best };
        let guess = guess.filter(|_| !matched);
        if score > 0.0 && best < TOLD && coverage >= 0.12 {
            if guess == Some(best) {
                // Both say so: what is left is how much there was to see.
                let confidence = 1.0 - 0.5 * (-0.35 * words * coverage.min(0.5)).exp();
                return known(best, confidence);
            }
            if margin >= 0.08 && score >= 2.0 {
                return known(best, 0.5 + margin.min(0.4));
            }
        }
        // Headlines and tables hold few function words; the n-grams of several words in a row still tell, unless
        // the function words of another language stand against them.
        match guess {
            Some(guess)
                if evidence.words >= 4
                    && evidence.covered[guess] >= 1
                    && score - evidence.scores[guess] < 0.5
                    && (best < TOLD || evidence.scores[guess] >= 0.8 * score) =>
            {
                known(guess, 0.5)
            }
            Some(guess) if evidence.words >= 6 && evidence.words <= 14 && score == 0.0 && guess != 1 => {
                known(guess, 0.4)
            }
            _ => Language::Undetermined,
        }
    }

    fn evidence(&self, sample: &str) -> Evidence {
        let mut evidence = Evidence { running: String::with_capacity(sample.len()), ..Evidence::default() };
        let mut lower = String::with_capacity(32);
        let mut rest = sample;
        while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
            rest = &rest[start..];
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            self.weigh(&rest[..end], &mut lower, &mut evidence);
            rest = &rest[end..];
        }
        evidence
    }

    /// Adds what stands between two white spaces to the evidence.
    fn weigh(&self, chunk: &str, lower: &mut String, evidence: &mut Evidence) {
        lower.clear();
        let has_digit = chunk.bytes().any(|byte| byte.is_ascii_digit());
        // One slash parts units and alternatives: €/kg, et/ou.
        let slashes = chunk.bytes().filter(|&byte| byte == b'/').count();
        let mut word = Word::default();
        for c in chunk.chars() {
            // Most of all letters, told without asking the tables of Unicode.
            if c.is_ascii_alphabetic() {
                word.letter(c.is_ascii_uppercase());
                evidence.letters += 1;
                lower.push(c.to_ascii_lowercase());
            } else if c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}') {
                word.letter(c.is_uppercase());
                evidence.letters += 1;
                evidence.foreign += u32::from(!is_latin(c));
                let small = c.to_lowercase().next().unwrap_or(c);
                let set = self.spellings.get(&small).copied().unwrap_or_default();
                evidence.spelt = Some(evidence.spelt.map_or(set, |spelt| spelt & set));
                word.spelt &= set;
                lower.extend(c.to_lowercase());
            } else if matches!(c, '\'' | '’') && word.letters > 0 {
                lower.push('\'');
                // Elided words come glued to what they stand before.
                if let Some(&languages) = self.languages.get(lower.as_str()) {
                    evidence.add(languages);
                    lower.clear();
                    word = Word::default();
                }
            } else {
                // A parenthesis that touches a word is a call: f(a).
                let symbol = match c {
                    '/' => slashes > 1,
                    '$' => !has_digit && chunk.len() > 2,
                    '{' | '}' | '[' | ']' | '<' | '>' | '=' | ';' | '_' | '|' | '\\' | '#' | '*' | '@'
                    | '`' | '~' | '^' | '+' => true,
                    '(' => word.letters > 0,
                    _ => false,
                };
                evidence.symbols += u32::from(symbol);
                self.close(lower, &mut word, has_digit, evidence);
            }
        }
        self.close(lower, &mut word, has_digit, evidence);
        evidence.after_number = has_digit;
        if !(has_digit || chunk.contains(['€', '$', '%'])) {
            evidence.running.push_str(chunk);
            evidence.running.push(' ');
        }
    }

    /// Adds the word that has been read, and begins the next one.
    fn close(&self, lower: &mut String, word: &mut Word, has_digit: bool, evidence: &mut Evidence) {
        let read = std::mem::take(word);
        if read.letters > 0 {
            let languages = self.languages.get(lower.as_str()).copied().unwrap_or_default();
            // Units and codes are of no language: kWh, 20 mm, MdsEUR, 5G.
            let unit = languages == 0
                && (has_digit || read.capital_inside || (evidence.after_number && read.letters <= 4));
            if !unit {
                evidence.add(languages);
                if !read.capital {
                    for (language, misspelt) in evidence.misspelt.iter_mut().enumerate() {
                        *misspelt += u32::from(read.spelt >> language & 1 == 0);
                    }
                }
            }
        }
        lower.clear();
    }
}

/// What is known of a word while it is read.
#[derive(Debug)]
struct Word {
    letters: u32,
    /// Whether it begins with a capital.
    capital: bool,
    /// Whether a capital follows a small letter.
    capital_inside: bool,
    after_small: bool,
    /// The told languages that have all its letters, as bits in their order.
    spelt: u32,
}

impl Default for Word {
    fn default() -> Self {
        Self { letters: 0, capital: false, capital_inside: false, after_small: false, spelt: u32::MAX }
    }
}

impl Word {
    fn letter(&mut self, upper: bool) {
        self.capital |= upper && self.letters == 0;
        self.capital_inside |= upper && self.after_small;
        self.after_small = !upper;
        self.letters += 1;
    }
}

#[derive(Debug, Default)]
struct Evidence {
    words: u32,
    letters: u32,
    /// Letters of another script than Latin.
    foreign: u32,
    /// The told languages that are written with all the letters that came, as bits in their order; `None` where all of
    /// them were plain.
    spelt: Option<u32>,
    /// Symbols that programs and listings are full of.
    symbols: u32,
    /// Words in small letters with a letter that a told language does not have, by language.
    misspelt: [u32; TOLD],
    /// Whether the stretch before this one holds figures.
    after_number: bool,
    /// The sample without figures and what touches them.
    running: String,
    /// Words by the language they are function words of.
    covered: [u32; 32],
    /// The same, a word that many languages share counting less for each.
    scores: [f32; 32],
}

impl Evidence {
    fn add(&mut self, mut languages: u32) {
        self.words += 1;
        // However many neighbours have a word of a told language, they count as one: their lists are long to be told
        // apart by.
        let told = languages & ((1 << TOLD) - 1);
        let sharing =
            if told == 0 { languages.count_ones() } else { told.count_ones() + u32::from(languages != told) };
        let weight = match sharing {
            0 => return,
            1 => 1.0,
            2 => 0.6,
            3 => 0.4,
            _ => 0.2,
        };
        while languages != 0 {
            let index = languages.trailing_zeros() as usize;
            languages &= languages - 1;
            self.covered[index] += 1;
            self.scores[index] += weight;
        }
    }

    /// The best language, its score and the next one's.
    fn ranking(&self) -> (usize, f32, f32) {
        let mut best = (0, 0.0, 0.0);
        for (index, &score) in self.scores.iter().enumerate() {
            if score > best.1 {
                best = (index, score, best.1);
            } else if score > best.2 {
                best.2 = score;
            }
        }
        best
    }
}

/// At most [`STRETCHES`] stretches of the text, cut at white space where there is some.
fn sample(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= STRETCHES * STRETCH_BYTES {
        return text.into();
    }
    let mut sample = String::with_capacity(STRETCHES * (STRETCH_BYTES + 1));
    for part in 0..STRETCHES {
        let start = text.floor_char_boundary((text.len() - STRETCH_BYTES) / (STRETCHES - 1) * part);
        let end = text.floor_char_boundary(start + STRETCH_BYTES);
        let stretch = &text[start..end];
        let from = if start == 0 { 0 } else { stretch.find(char::is_whitespace).unwrap_or(0) };
        let to = if end == text.len() {
            stretch.len()
        } else {
            stretch.rfind(char::is_whitespace).unwrap_or(stretch.len())
        };
        sample.push_str(stretch.get(from..to).unwrap_or(stretch));
        sample.push(' ');
    }
    sample.into()
}

/// The told languages that are written with each of the letters that only some of them have, as bits in the order of
/// [`LANGUAGES`].
fn spellings() -> FxHashMap<char, u32> {
    const LETTERS: [(&str, &str); TOLD] = [
        ("fr", "àâæçéèêëîïôœùûüÿ"),
        ("en", "éèïöñçê"),
        ("de", "äöüßéè"),
        ("es", "áéíñóúü"),
        ("it", "àèéìíîòóùú"),
        ("pt", "áâãàçéêíóôõúü"),
        ("nl", "éëïóöüèêáí"),
    ];
    let mut spellings = FxHashMap::default();
    for (code, letters) in LETTERS {
        let set = place(code).map_or(0, |index| 1 << index);
        for letter in letters.chars() {
            *spellings.entry(letter).or_default() |= set;
        }
    }
    spellings
}

/// Where a language stands in [`LANGUAGES`].
fn place(code: &str) -> Option<usize> {
    LANGUAGES.iter().position(|known| known.code == code)
}

fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}' | '\u{2c60}'..='\u{2c7f}' | '\u{fb00}'..='\u{fb06}')
}

fn known(index: usize, confidence: f32) -> Language {
    Language::Known { code: LANGUAGES[index].code, confidence: confidence.clamp(0.01, 1.0) }
}

/// The place in [`LANGUAGES`] of what the n-gram model said; `None` for a language that is not told.
fn told(language: Lang) -> Option<usize> {
    let code = match language {
        Lang::Fra => "fr",
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        _ => return None,
    };
    place(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let language = Detector::new().detect(text);
        assert_eq!(language.code(), expected, "{text:?}: {language:?}");
    }

    #[test]
    fn sentences_are_told() {
        check("Le groupe a annoncé hier qu'il allait ouvrir une usine dans le nord du pays.", "fr");
        check("The group said on Monday that it would open a plant in the north of the country.", "en");
        check("Der Konzern hat gestern angekündigt, dass er im Norden des Landes ein Werk eröffnet.", "de");
        check("El grupo anunció ayer que abrirá una fábrica en el norte del país.", "es");
        check("Il gruppo ha annunciato ieri che aprirà una fabbrica nel nord del paese.", "it");
        check("O grupo anunciou ontem que vai abrir uma fábrica no norte do país.", "pt");
        check(
            "De groep heeft gisteren aangekondigd dat hij een fabriek in het noorden van het land opent.",
            "nl",
        );
    }

    #[test]
    fn headlines_are_told() {
        check("Foxconn transforme ses usines japonaises", "fr");
        check("Oil prices rise as the strike goes on", "en");
    }

    #[test]
    fn a_foreign_name_does_not_change_the_language() {
        check(
            "Le film « The Return of the King » est ressorti dans les salles, a dit la direction du cinéma.",
            "fr",
        );
        check("The mayor of Saint-Germain-des-Prés said that the Tour de France would pass there.", "en");
    }

    #[test]
    fn what_cannot_be_told_is_undetermined() {
        check("", "und");
        check("OK", "und");
        check("12 : 30 — 45 %", "und");
        check("Jean Dupont", "und");
        check("fn main() { let x = vec![1, 2]; for i in x.iter() { println!(\"{}\", i); } }", "und");
        check("import os\nfor name in os.listdir(path):\n    print(name, os.stat(name).st_size)", "und");
    }

    #[test]
    fn other_languages_and_scripts_are_undetermined() {
        check("Компания объявила вчера, что откроет завод на севере страны.", "und");
        check("公司昨天宣布将在该国北部开设工厂。", "und");
        check("El grup va anunciar ahir que obrirà una fàbrica al nord del país amb els seus socis.", "und");
        check(
            "Grupul a anunțat ieri că va deschide o fabrică în nordul țării, pentru că este nevoie.",
            "und",
        );
        check("Koncernen meddelade i går, at den vil åbne en fabrik i den nordlige del af landet.", "und");
        check(
            "Grupa ogłosiła wczoraj, że otworzy fabrykę na północy kraju, która będzie bardzo duża.",
            "und",
        );
    }

    #[test]
    fn neighbours_are_undetermined() {
        for text in [
            "El president ha dit que el govern no té previst apujar els impostos aquest any.",
            "La companyia obrirà una nova planta a Tarragona amb una inversió de deu milions d'euros.",
            "O presidente da Xunta anunciou onte que o goberno vai investir dez millóns de euros na nova estrada.",
            "A empresa galega pechou o ano cunhas vendas moi superiores ás do exercicio anterior.",
            "Lo president de la region a dich que la novèla escòla dubrirà sas pòrtas al mes de setembre.",
            "Die maatskappy het gister aangekondig dat hy 'n nuwe fabriek in die noorde van die land gaan oopmaak.",
            "Die brandweer het die hele nag gewerk om die vuur te blus wat Dinsdag begin het.",
            "D'Regierung huet gëschter matgedeelt, datt si en neit Gesetz fir d'Schoulen ausschaffe wëll.",
            "Președintele a declarat că guvernul nu va majora taxele în acest an.",
        ] {
            check(text, "und");
        }
    }

    #[test]
    fn units_and_codes_speak_for_no_language() {
        check("Le moteur de 150 ch (110 kW) consomme 5,2 l/100 km et émet 120 g/km.", "fr");
        check("Une obligation de 3 Mds€, 4 MdsEUR, 5 Mds USD, 3 MEUR, 200 kEUR et 1,5 Mds de dollars.", "fr");
        check("Le mandat de cinq ans du président s'achèvera en mai 2027.", "fr");
        check("The 5 kW unit costs $300/kW, weighs 12 kg and needs 20 m2 at 400 V.", "en");
    }

    proptest! {
        #[test]
        fn any_text_has_a_confidence_in_range(text in ".*") {
            let language = Detector::new().detect(&text);
            prop_assert!((0.0..=1.0).contains(&language.confidence()));
            prop_assert_eq!(language.code() == "und", language.confidence() == 0.0);
        }
    }
}
