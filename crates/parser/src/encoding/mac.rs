//! Whether bytes are Mac Roman, which the detector does not know: old exports and archives of Western text are.

/// Letters and signs of French, English, Spanish, Italian and Portuguese texts that Mac Roman has where other charsets have other things.
const SIGNS: [u8; 45] = [
    0x83, // É
    0x88, 0x89, 0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x94, 0x95, 0x99, 0x9d,
    0x9e, // à â ç é è ê ë î ï ô ù û
    0x82, 0x85, 0x8a, 0x9a, 0x9f, 0x96, // Ç Ö ä ö ü ñ
    0x87, 0x8b, 0x92, 0x93, 0x97, 0x98, 0x9b, 0x9c, // á ã í ì ó ò õ ú
    0xbb, 0xbc, 0xc0, 0xc1, // ª º ¿ ¡
    0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcf, // « » … no-break space À œ
    0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, // – — “ ” ‘ ’
    0xdb, 0xa5, // € •
];

/// Signs of Mac Roman in words, as many as make sure.
const WITNESSES_MIN: usize = 3;

/// Whether text that is neither UTF-8 nor declared is in Mac Roman.
///
/// The witnesses are signs inside words where no other charset has any: in windows-1252 and its neighbours they are capitals,
/// a circumflex by itself, or nothing. Nearly all that is no ASCII has to be a sign that such text has, and text
/// in other scripts is full of such bytes, which stand beside each other there. A `Ç` behind a small letter is the `é` of DOS.
pub(super) fn is_mac_roman(bytes: &[u8]) -> bool {
    let (mut high, mut known, mut witnesses) = (0_usize, 0_usize, 0_usize);
    let (mut beside, mut of_dos) = (0_usize, 0_usize);
    let mut before = b' ';
    for (at, byte) in bytes.iter().copied().enumerate() {
        if byte >= 0x80 {
            high += 1;
            known += usize::from(SIGNS.contains(&byte));
            beside += usize::from(before >= 0x80);
            of_dos += usize::from(byte == 0x82 && before.is_ascii_lowercase());
            let is_inside = || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
            witnesses += usize::from(
                before.is_ascii_lowercase()
                    && (matches!(byte, 0x88 | 0x8d | 0x8e | 0x8f | 0x90) || byte == 0xd5 && is_inside()),
            );
        }
        before = byte;
    }
    // A short text may have an accent in every second word.
    let is_latin = high * 6 <= bytes.len() || high * 3 <= bytes.len() && beside * 3 <= high;
    witnesses >= WITNESSES_MIN && of_dos < witnesses && known * 20 >= high * 19 && is_latin
}

#[cfg(test)]
mod tests {
    use encoding_rs::{
        Encoding, GBK, IBM866, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
    };

    use super::*;

    const FRENCH: &str = "Le lac a gelé cette nuit, et personne ne l’avait prévu : « C’était très beau », a répété la garde du \
        port, déjà levée. Les élèves ont été renvoyés à la maison.";
    const ENGLISH: &str = "The lake froze last night, and nobody’d expected it. “It wasn’t there, and then it was,” she said – \
        it’s the town’s first ice since 1987.";

    fn mac(text: &str) -> Vec<u8> {
        let of = |c: char| {
            let all: Vec<u8> = (0x80..=0xff).collect();
            let (table, _) = encoding_rs::MACINTOSH.decode_without_bom_handling(&all);
            match table.chars().position(|other| other == c) {
                Some(at) => 0x80 + u8::try_from(at).unwrap(),
                None => u8::try_from(u32::from(c)).unwrap(),
            }
        };
        text.chars().map(of).collect()
    }

    #[test]
    fn mac_roman_is_told() {
        assert!(is_mac_roman(&mac(FRENCH)));
        assert!(is_mac_roman(&mac(ENGLISH)));
        for short in [
            FRENCH,
            "Été très gâté à Orléans",
            "Né à Évry, décédé à Sète, fêté là-bas",
            "« Créée, levée, rêvée »",
            "El lago se heló anoche, ¿qué pasó? También el café cerró, y el bebé duerme, según José Muñoz.",
            "O lago congelou, então o café não abriu; você já viu? A estação está fechada até três de março, disse João.",
            "Il lago è gelato: perché? La città dormì, e ciò è più bello così, là; il caffè è già chiuso.",
        ] {
            let decoded = crate::encoding::decode(&mac(short), None).text.into_owned();
            assert_eq!(decoded, short);
        }
    }

    #[test]
    fn other_charsets_are_none() {
        let names = "Slavoj Žižek, Ivan Ž., Õnne Pärn™ and Šárka said: “it’s cold”… • The lake’s ice – 3 ˆ 4 — isn’t thick.";
        let czech =
            "Žluťoučký kůň úpěl ďábelské ódy, příliš žlutý; řeka už zamrzla a děti šly domů přes most.";
        let check = |encoding: &'static Encoding, text: &str| {
            let (bytes, _, _) = encoding.encode(text);
            assert!(!is_mac_roman(&bytes), "{} {text}", encoding.name());
        };
        for text in [FRENCH, ENGLISH, names] {
            check(WINDOWS_1252, text);
            check(WINDOWS_1254, text);
        }
        check(WINDOWS_1250, czech);
        check(WINDOWS_1257, "Ežeras užšalo šiąnakt, ir niekas to nelaukė: „Žuvys miega“, sako žvejys.");
        check(IBM866, "Озеро замёрзло этой ночью, и никто этого не ждал.");
        check(SHIFT_JIS, "湖は昨夜凍った。時計の針は三時を指していた。子供たちは学校へ行かなかった。");
        check(GBK, "湖昨晚结冰了，谁也没有料到。孩子们没有去上学。");
        check(SHIFT_JIS, "湖の氷、東京");
        check(WINDOWS_1250, "Žluťoučký kůň pěl ódy");
        check(WINDOWS_1250, "Łódź, Żółć, gęśl, jaźń");
        check(IBM866, "Озеро a замёрзло e");
        // French and German as DOS wrote them.
        assert!(!is_mac_roman(
            b"\x90t\x82 : la for\x88t, la t\x88te, la f\x88te, cr\x82\x82e et lev\x82e, r\x82p\x82t\x82e"
        ));
        assert!(!is_mac_roman(
            b"Der See fror \x81ber Nacht zu. \x8epfel und B\x84ume, sch\x94n wei\xe1, f\x81r alle."
        ));
    }
}
