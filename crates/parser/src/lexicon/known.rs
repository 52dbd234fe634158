//! Which lines the phrase lists may know, told by their first and last words: most are folded in part, or not at all.

use super::plain::PlainWord;
use super::{Chrome, Folded, Label, Lexicon, Reach};

impl Lexicon {
    /// Folds as much of a line as tells its phrase and its label. Its first and its last word tell of most lines that the
    /// lists have none for them: then nothing is folded.
    pub(crate) fn fold_known(&self, line: &str, folded: &mut Folded) -> bool {
        let reach = self.reach_of(line, folded);
        let ends = if let Some(last) = PlainWord::last_of(line) {
            self.reach_back.contains_key(last.letters())
        } else {
            let end = &line[line.floor_char_boundary(line.len().saturating_sub(LAST_WORD_BYTES))..];
            folded.fold(&end[end.rfind(' ').map_or(0, |space| space + 1)..]);
            if folded.len() == 0 {
                folded.fold(end);
            }
            folded.words().last().is_some_and(|last| self.reach_back.contains_key(last.as_bytes()))
        };
        match reach {
            _ if ends => folded.fold(line),
            // One word more tells that the line is longer than all phrases.
            Some(reach) => folded.fold_words(line, reach.any + 1),
            None => return false,
        }
        true
    }

    /// [`Self::chrome`] of a line that is not folded yet. `folded` is room for it.
    pub(crate) fn chrome_of(&self, line: &str, folded: &mut Folded) -> Option<(Chrome, bool)> {
        if self.fold_known(line, folded) { self.chrome(folded) } else { None }
    }

    /// How long the phrases are that begin with the first word of a line. `folded` is room for it.
    fn reach_of(&self, line: &str, folded: &mut Folded) -> Option<Reach> {
        if let Some(first) = PlainWord::first_of(line) {
            return self.reach.get(first.letters()).copied();
        }
        folded.fold_words(line, 1);
        self.reach.get(folded.as_str().as_bytes()).copied()
    }

    /// [`Self::label`] of a line that is not folded yet.
    pub(crate) fn label_of(&self, line: &str) -> Option<(Label, usize)> {
        let mut folded = Folded::default();
        let reach = self.reach_of(line, &mut folded).filter(|reach| reach.beginning > 0)?;
        folded.fold_words(line, reach.beginning);
        self.label(&folded)
    }
}

/// Bytes at the end of a line in which its last word stands; one that is longer is in no list.
const LAST_WORD_BYTES: usize = 48;

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(None).unwrap());

    proptest! {
        #[test]
        fn what_is_folded_tells_what_the_whole_line_does(words in prop::collection::vec(prop::sample::select(vec![
            "Lire", "aussi", "Lesen", "Sie", "auch", "se", "connecter", "Tous", "droits", "réservés", "©", "AFP", "par", "Écrit",
            "propos", "recueillis", "12", "1.234", "commentaires", "l’eau", "d'été", "read", "more", "mis", "à", "jour", ":", "!",
        ]), 0..8)) {
            let line = words.join(" ");
            let (mut whole, mut folded) = (Folded::default(), Folded::default());
            whole.fold(&line);
            let expected = (LEXICON.chrome(&whole), LEXICON.label(&whole));
            let is_known = LEXICON.fold_known(&line, &mut folded);
            let told = if is_known { (LEXICON.chrome(&folded), LEXICON.label(&folded)) } else { (None, None) };
            prop_assert_eq!(told, expected, "{}", &line);
            prop_assert_eq!(LEXICON.label_of(&line), expected.1, "{}", &line);
        }
    }

    #[test]
    fn what_the_lists_know_is_not_passed_over() {
        let lexicon = Lexicon::load(None).unwrap();
        let mut folded = Folded::default();
        for line in [
            "SE CONNECTER",
            "Lire aussi : Le lac a gelé en une nuit",
            "37 commentaires",
            "Propos recueillis par Zoé Lam",
            "Barques du lac et de ses deux rives, avec leurs ports, tous droits réservés",
        ] {
            folded.fold(line);
            assert!(lexicon.chrome(&folded).is_some() || lexicon.label(&folded).is_some(), "{line}");
            let whole = (lexicon.chrome(&folded), lexicon.label(&folded));
            assert!(lexicon.fold_known(line, &mut folded), "{line}");
            assert_eq!((lexicon.chrome(&folded), lexicon.label(&folded)), whole, "{line}");
        }
        assert!(!lexicon.fold_known("Bateaux et barques sont restés au port", &mut folded));
    }

    /// What the phrases of all languages say of a line.
    fn chrome(line: &str) -> Option<Chrome> {
        let mut folded = Folded::default();
        LEXICON.chrome_of(line, &mut folded).map(|(chrome, _)| chrome)
    }

    #[test]
    fn phrases_of_many_languages_are_known() {
        for line in [
            "Läs också: Så målas en fyr",
            "Les også: Slik males et fyr",
            "LÆS OGSÅ Sådan males et fyr",
            "Czytaj też: Jak maluje się latarnię",
            "Čtěte také: Jak se maluje maják",
            "İLGİNİZİ ÇEKEBİLİR",
            "Читайте также: Как красят маяк",
            "Читайте також: Як фарбують маяк",
            "【関連記事】灯台はこう塗り替える",
            "Lue myös: Näin majakka maalataan",
            "Olvassa el ezt is: Így festik a tornyot",
            "Citește și: Cum se vopsește farul",
            "Διαβάστε επίσης: Πώς βάφεται ο φάρος",
        ] {
            assert_eq!(chrome(line), Some(Chrome::Related), "{line}");
        }
        for line in [
            "12 kommentarer",
            "12 komentarzy",
            "12 komentářů",
            "12 yorum",
            "1 комментарий",
            "12 коментарів",
            "12件のコメント",
            "12 kommenttia",
            "12 hozzászólás",
            "12 comentarii",
            "12 σχόλια",
        ] {
            assert_eq!(chrome(line), Some(Chrome::Comments), "{line}");
        }
        for line in
            ["ANNONS", "Annonse", "REKLAMA", "REKLAM", "РЕКЛАМА", "広告", "Mainos", "Hirdetés", "Διαφήμιση"]
        {
            assert_eq!(chrome(line), Some(Chrome::Advertising), "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_like_phrases_of_any_language_are_none() {
        for line in [
            "Läs inte för mycket i siffrorna, varnar kommunen.",
            "I samarbete med skolan ritas en ny karta.",
            "Les aldri isen uten bor.",
            "Del av løypa gikk over grunt vann.",
            "Saken fortsetter under ankeforhandlingen i høst.",
            "Les mers montent plus vite qu'on ne le dit.",
            "Del Toro sale del puerto.",
            "Historien fortsætter under jorden.",
            "Czytaj uważnie umowę, radzi młynarz.",
            "Reklama młyna kosztowała dwa tysiące złotych.",
            "Čtěte pozorně návštěvní řád.",
            "Diskuse o ceně trvala celý rok.",
            "İlgili haber sitesi dün kapandı.",
            "Yorum yapmak isteyen çıkmadı.",
            "При использовании материалов низкого качества мост простоит год.",
            "Поделиться опытом приехали мастера.",
            "За темою зібрали тисячу підписів.",
            "関連記事を読んで集まった人もいた。",
            "コメント",
            "広告を出さずに客を集めた。",
            "Jaa Anna kertoi tästä.",
            "Megosztás nélkül is sokan látták.",
            "Publicitate nu s-a făcut.",
            "Σχόλια για το νερό άκουσε ο δήμαρχος.",
        ] {
            assert_eq!(chrome(line), None, "{line}");
        }
    }
}
