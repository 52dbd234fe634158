//! Whether bytes contradict the charset that is declared for them, though it has a character for each: a server that
//! calls all its pages ISO-8859-1 sends Japanese and Russian ones as well.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, KOI8_R, KOI8_U, SHIFT_JIS};

/// Bytes past ASCII from which on their look says something.
const HIGH_MIN: usize = 40;

/// Bytes that are looked at.
const SEEN: usize = 1 << 16;

/// The charset that text is in for sure, where it is declared to be in another one with a byte for each character.
///
/// `read` is the text in the declared charset. Only Japanese and Russian are told: the one by its hiragana, which no bytes of
/// other scripts give, the other by its capitals, which begin words.
pub(super) fn by_another(bytes: &[u8], declared: &'static Encoding, read: &str) -> Option<&'static Encoding> {
    let seen = &bytes[..bytes.len().min(SEEN)];
    if !declared.is_single_byte() || !stands_in_runs(seen) || is_cyrillic_prose(read) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(seen, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let is_japanese = guess == SHIFT_JIS || guess == EUC_JP;
    if !is_japanese && guess != KOI8_R && guess != KOI8_U {
        return None;
    }
    let text = guess.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_sure = if is_japanese { is_japanese_prose(&text) } else { is_cyrillic_prose(&text) };
    is_sure.then_some(guess)
}

/// Whether most bytes past ASCII stand beside each other. Those of Latin text are single letters among others.
fn stands_in_runs(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let beside = bytes.windows(2).filter(|pair| pair[0] >= 0x80 && pair[1] >= 0x80).count();
    high >= HIGH_MIN && beside * 2 >= high
}

/// Characters of a text that are looked at.
const CHARS_SEEN: usize = 1 << 15;

fn is_japanese_prose(text: &str) -> bool {
    let (mut all, mut hiragana) = (0_usize, 0_usize);
    for c in text.chars().take(CHARS_SEEN).filter(|c| !c.is_ascii()) {
        all += 1;
        hiragana += usize::from(matches!(c, 'ぁ'..='ん'));
    }
    hiragana * 5 >= all && hiragana > 0
}

/// Whether a text is in Cyrillic letters, most of them small, with capitals at the beginning of words or in a row.
fn is_cyrillic_prose(text: &str) -> bool {
    let (mut other, mut small, mut capital, mut inside) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut before = ' ';
    for c in text.chars().take(CHARS_SEEN) {
        match c {
            'а'..='я' | 'ё' | 'є' | 'і' | 'ї' | 'ґ' | 'ў' => small += 1,
            'А'..='Я' | 'Ё' | 'Є' | 'І' | 'Ї' | 'Ґ' | 'Ў' => {
                capital += 1;
                inside += usize::from(before.is_lowercase() && !before.is_ascii());
            }
            _ => other += usize::from(!c.is_ascii() && c.is_alphabetic()),
        }
        before = c;
    }
    small >= HIGH_MIN / 2 && small >= capital * 4 && small >= other * 20 && inside * 50 <= small
}

#[cfg(test)]
mod tests {
    use encoding_rs::{
        GBK, ISO_8859_2, ISO_8859_5, ISO_8859_7, ISO_8859_15, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
        WINDOWS_1253, WINDOWS_1256,
    };

    use super::*;
    use crate::encoding::decode;

    const RUSSIAN: &str = "Озеро замёрзло этой ночью, и никто этого не ждал. Дети не пошли в школу, сказала Анна Петрова, \
        а порт Хольма закрыли до весны.";
    const UKRAINIAN: &str =
        "Озеро замерзло цієї ночі, і ніхто цього не чекав. Діти не пішли до школи, сказала Ганна.";
    const JAPANESE: &str = "湖は昨夜凍った。だれもそれを予想していなかった。子供たちは学校へ行かなかったと、市長が月曜日に述べた。";

    fn bytes(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn a_false_label_is_passed_over() {
        for (encoding, text) in
            [(SHIFT_JIS, JAPANESE), (EUC_JP, JAPANESE), (KOI8_R, RUSSIAN), (KOI8_U, UKRAINIAN)]
        {
            for label in ["iso-8859-1", "windows-1252", "iso-8859-15", "windows-1250", "windows-1251"] {
                let page = format!("<html><body><h1 class=title>{text}</h1><p class=text>{text}</p>");
                let decoded = decode(&bytes(encoding, &page), Some(label)).text.into_owned();
                assert_eq!(decoded, page, "{} as {label}", encoding.name());
            }
        }
    }

    #[test]
    fn a_true_label_stays() {
        for (encoding, text) in [
            (
                WINDOWS_1252,
                "Été à Évry : « là-bas, déjà », a répété l'élève âgée, créée à Noël, près de la forêt où gît le chêne.",
            ),
            (ISO_8859_15, "Ääni öljyä, pöytä päällä yö; Töölö, Äänekoski ja Ylöjärvi häätyö määrää sääolöt."),
            (
                WINDOWS_1250,
                "Příliš žluťoučký kůň úpěl ďábelské ódy; řeka už zamrzla a děti šly domů přes most.",
            ),
            (ISO_8859_2, "Zażółć gęślą jaźń; jezioro zamarzło tej nocy, a dzieci nie poszły do szkoły."),
            (WINDOWS_1251, RUSSIAN),
            (ISO_8859_5, RUSSIAN),
            (KOI8_R, RUSSIAN),
            (WINDOWS_1251, "ОЗЕРО ЗАМЁРЗЛО ЭТОЙ НОЧЬЮ, И НИКТО ЭТОГО НЕ ЖДАЛ. ДЕТИ НЕ ПОШЛИ В ШКОЛУ."),
            (ISO_8859_7, "Η λίμνη πάγωσε χθες το βράδυ και κανείς δεν το περίμενε, είπε ο δήμαρχος."),
            (WINDOWS_1253, "Η λίμνη πάγωσε χθες το βράδυ και κανείς δεν το περίμενε, είπε ο δήμαρχος."),
            (WINDOWS_1256, "تجمدت البحيرة الليلة الماضية ولم يكن أحد يتوقع ذلك، وقال رئيس البلدية."),
            (GBK, "湖昨晚结冰了，谁也没有料到。孩子们没有去上学，市长星期一说。"),
        ] {
            let decoded = decode(&bytes(encoding, text), Some(encoding.name())).text.into_owned();
            assert_eq!(decoded, text, "{}", encoding.name());
        }
    }
}
