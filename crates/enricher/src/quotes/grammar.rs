//! What the words around a quotation do: the small words of French and English, and the verbs of speech.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::path::Path;

use super::verbs;
use crate::lexicon::{Hashed, UnreadableList, entries};
use crate::tokens::{Kind, Tokens, hash};

/// Bits that say what a word can do, above those of [`verbs`].
pub(super) const AUXILIARY: u32 = 1 << 8;
/// A form of *être*, *to be*: what follows is no act of speech, but for a reflexive verb.
pub(super) const BEING: u32 = 1 << 9;
pub(super) const PREPOSITION: u32 = 1 << 10;
pub(super) const ARTICLE: u32 = 1 << 11;
/// *un*, *une*, *a*: names nobody in particular.
pub(super) const INDEFINITE: u32 = 1 << 12;
/// A subject pronoun of the third person; one that is inverted too.
pub(super) const HE: u32 = 1 << 13;
pub(super) const SHE: u32 = 1 << 14;
pub(super) const THEY: u32 = 1 << 15;
/// A pronoun that stands for nobody whom the text names: *on*, *je*, *cela*, *I*.
pub(super) const NOBODY: u32 = 1 << 16;
pub(super) const INVERTED: u32 = 1 << 17;
/// Stands between the subject and its verb: *ne*, *se*, *lui*.
pub(super) const CLITIC: u32 = 1 << 18;
pub(super) const REFLEXIVE: u32 = 1 << 19;
/// *qui*, *who*: its verb belongs to what stands before it.
pub(super) const RELATIVE: u32 = 1 << 20;
/// *que*, *that*: another clause begins.
pub(super) const THAT: u32 = 1 << 21;
pub(super) const AND: u32 = 1 << 22;
pub(super) const ADVERB: u32 = 1 << 23;
/// *selon*, *according*.
pub(super) const ACCORDING: u32 = 1 << 24;
/// A word that only a title or a name follows: *intitulé*, *surnommé*, *dubbed*.
pub(super) const NAMING: u32 = 1 << 25;
/// What bears a title: *livre*, *film*, *operation*.
pub(super) const TITLED: u32 = 1 << 26;
/// A word of a speaker or a listener, or a verb of every day: what is said, not what something is called.
pub(super) const SPOKEN: u32 = 1 << 27;
/// *Mme*, *M.*
pub(super) const MISTER: u32 = 1 << 28;
pub(super) const MADAM: u32 = 1 << 29;
/// *pour*: a view, where it begins a sentence.
pub(super) const VIEW: u32 = 1 << 30;
/// Somebody without a name: *témoin*, *ouvrier*.
pub(super) const SOMEBODY: u32 = 1 << 31;
/// What somebody says, as a noun: *les propos de*, *the words of*.
pub(super) const WORDS: u32 = 1 << 5;
/// *fait* and *savoir*, *valoir*, which together are a verb of speech.
pub(super) const MAKE: u32 = 1 << 6;
pub(super) const LEARN: u32 = 1 << 7;

/// One pronoun of the inverted order is a token of its own: `-t-il`.
const FRENCH: &[(u32, &str)] = &[
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

const ENGLISH: &[(u32, &str)] = &[
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

/// What the enricher knows of speech in one language.
#[derive(Debug)]
pub(super) struct Grammar {
    roles: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    pub(super) french: bool,
}

impl Grammar {
    /// The words of a language; `None` for one that is not known.
    pub(super) fn new(language: &str, folder: Option<&Path>) -> Result<Option<Self>, UnreadableList> {
        let (words, verbs, file) = match language {
            "fr" => (
                FRENCH,
                include_str!("../../../../config/lexicon/speech-verbs.fr.txt"),
                "speech-verbs.fr.txt",
            ),
            "en" => (
                ENGLISH,
                include_str!("../../../../config/lexicon/speech-verbs.en.txt"),
                "speech-verbs.en.txt",
            ),
            _ => return Ok(None),
        };
        let mut roles: HashMap<u64, u32, BuildHasherDefault<Hashed>> = HashMap::default();
        for (role, words) in words {
            for word in words.split_whitespace() {
                *roles.entry(hash(word)).or_default() |= role;
            }
        }
        entries(folder, file, verbs, |line| {
            verbs::forms(language, line, |form, kind| *roles.entry(hash(form)).or_default() |= kind);
        })?;
        if language == "en" {
            roles.insert(hash("according"), ACCORDING);
        }
        Ok(Some(Self { roles, french: language == "fr" }))
    }

    /// What the token at this place can do; nothing past the end.
    pub(super) fn role(&self, tokens: &Tokens<'_>, index: usize) -> u32 {
        let Some(token) = tokens.get(index) else { return 0 };
        let role = self.roles.get(&token.hash).copied().unwrap_or_default();
        if role == 0 && token.kind == Kind::Word {
            let form = tokens.form(index);
            let ending = if self.french { "ment" } else { "ly" };
            // Only a long word is sure to be an adverb by its ending.
            if form.len() > 6 && form.ends_with(ending) {
                return ADVERB;
            }
        }
        role
    }
}
