//! The small words that a text of some length cannot do without.
//!
//! The first seven lists are the languages that are told; the others are their neighbours, which they would be
//! taken for if nobody looked.

/// A language and its function words, in lower case, separated by spaces.
pub(super) struct Language {
    pub(super) code: &'static str,
    pub(super) words: &'static str,
}

/// How many of [`LANGUAGES`], from the first, are told. The rest only speak against them.
pub(super) const TOLD: usize = 7;

/// At most 32: the languages of a word are a bit set.
pub(super) const LANGUAGES: &[Language] = &[
    Language {
        code: "fr",
        words: "le la les l' un une des du de d' à au aux et ou où mais donc car ni que qu' qui quoi dont ce cet \
                cette ces c' ceux celui celle son sa ses leur leurs notre nos votre vos mon ma mes il elle ils \
                elles on nous vous je j' tu se s' ne n' pas plus moins très est sont était étaient été être a \
                ont avait avaient avoir sera seront fait faire peut peuvent doit dans sur sous avec sans pour \
                par en vers chez entre depuis pendant après avant contre selon lors lorsque puis ainsi aussi \
                alors comme si même tout tous toute toutes autre autres encore déjà toujours jamais aujourd'hui \
                hier deux trois premier première y lui eux soit dit jusqu'à jusqu' parce afin quatre cinq six \
                sept huit neuf dix deuxième troisième dernier dernière an ans année années janvier février mars \
                avril mai juin juillet août septembre octobre novembre décembre",
    },
    Language {
        code: "en",
        words: "the a an of and or but nor to in on at by for with without from into about over under after before \
                between against during through as if than that this these those which who whom whose what when \
                where why how there here is are was were be been being am has have had having do does did will \
                would can could should may might must shall not no it its he she they we you i his her their our \
                your my him them us me said says also more most other some such only own same so very just one two \
                first new up out off down all any both each few because while until since it's don't i'm born then \
                january february march april june july august september october november december",
    },
    Language {
        code: "de",
        words: "der die das den dem des ein eine einen einem einer eines und oder aber sondern denn weil dass daß \
                wenn als wie ob zu zum zur im in am an auf aus bei beim mit nach seit von vom vor für durch gegen \
                ohne um über unter zwischen ist sind war waren wird werden wurde wurden worden sein hat haben hatte \
                hatten kann können konnte soll sollen muss müssen nicht kein keine auch noch nur schon sehr mehr \
                so es er sie wir ihr ich du man sich seine seiner ihre ihrer ihren dieser diese dieses diesem \
                diesen jetzt hier dort bis wegen während zwei drei ersten nun dann doch bereits habe",
    },
    Language {
        code: "es",
        words: "el la los las lo un una unos unas y e o u pero sino ni que quien quienes cual cuyo cuando donde \
                como porque aunque si de del al a en con sin por para sobre entre desde hasta hacia según durante \
                contra tras ante es son era eran fue fueron ser sido está están estaba ha han había haber hay tiene \
                tienen puede pueden hace se su sus le les me te nos mi tu este esta estos estas ese esa eso esto \
                aquel no sí más menos muy ya también además así todo toda todos todas otro otra otros otras él \
                ella ellos yo uno dos tres años año primer primera sólo solo",
    },
    Language {
        code: "it",
        words: "il lo la i gli le l' un uno una un' e ed o ma anche né che chi cui quale quando dove come perché se \
                di del dello della dell' dei degli delle d' a al allo alla all' ai agli alle da dal dalla dall' dai \
                dalle in nel nello nella nell' nei nelle con su sul sulla sull' sui sulle per tra fra è sono era \
                erano sia stato stata stati state essere ha hanno aveva avere può possono deve fa non più meno molto \
                già ancora sempre così questo questa questi queste quello quella quelli si suo sua suoi loro lui lei \
                ci vi ne mi ti dopo prima contro secondo durante due tre anni primo c' com' quest' nostro poi",
    },
    Language {
        code: "pt",
        words: "o a os as um uma uns umas e ou mas nem que quem qual quais cujo quando onde como porque embora se de \
                do da dos das ao aos à às em no na nos nas num numa com sem por pelo pela pelos pelas para sobre \
                entre desde até após durante contra é são era eram foi foram ser sido está estão estava há tem têm \
                tinha ter pode podem não sim mais menos muito já também ainda assim só isso isto este esta estes \
                estas esse essa aquele aquela seu sua seus suas lhe lhes me nós eu você ele ela eles elas dele dela \
                todo toda todos todas outro outra outros outras dois duas três anos ano primeiro primeira",
    },
    Language {
        code: "nl",
        words: "de het een en of maar want dat die dit deze wie wat waar wanneer hoe waarom omdat als dan toen van \
                voor met zonder door over onder tussen tegen naar bij uit aan op in om tot sinds tijdens na te is \
                zijn was waren ben wordt worden werd werden geworden heeft hebben had hadden kan kunnen kon moet \
                moeten zal zullen zou zouden mag niet geen ook nog al wel meer zeer heel zo er hier daar hij zij ze \
                wij we ik je jij u men zich haar hun ons onze mijn jullie hem twee drie eerste nu toch alleen \
                volgens veel andere weer jaar",
    },
    Language {
        code: "ca",
        words: "el la els les l' un una uns unes i o però que qui amb per als dels del al en és són era eren va \
                van ha han havia ser estat no més molt també aquest aquesta aquests aquestes seu seva seus seves \
                on quan com perquè fins des entre sobre després abans hi ho li nosaltres tot tots tota totes dos \
                dues pel pels d' s' n' de a sense segons mentre ja així doncs això allò cada quina quines quins \
                cap tan està estan té tenen pot poden fa fer fet feia diu fou hem ens us li'n ha'n s'ha s'han \
                n'hi d'aquest d'aquesta ahir avui demà any anys tres quatre altres \
                altre seua seues només gairebé encara sota",
    },
    Language {
        code: "gl",
        words: "o a os as un unha uns unhas e ou pero que quen cando onde como porque do da dos das ao á aos ás \
                no na nos nas cun cunha con sen por polo pola para sobre entre dende ata é son era eran foi \
                foron ser está están hai ten teñen non máis moi xa tamén aínda así este esta isto seu súa seus \
                súas lle eu el ela eles elas todo toda dous dúas tres anos nunha dunha coa coas co cos dun neste \
                nesta deste desta onte hoxe despois segundo fixo houbo fai debe deben será serán nin si \
                pode poden lles meu noso nosa outro outra outros outras mesmo cada só estes estas ese esa aquel \
                aquela ano dicir di dixo tras polos polas",
    },
    Language {
        code: "ro",
        words: "și sau dar nici că care cine ce când unde cum pentru cu fără la în din de pe prin despre după \
                până între este sunt era erau fost fi a au am ai avea poate nu mai foarte și-a s-a într-o într- \
                un un o unei unui acest această acesta aceasta acești lui ei lor său sale noi voi eu el ea ele \
                toate tot cel cea cei cele al ale acum doar deja iar însă deși deoarece astfel către sub \
                potrivit cât mult mulți fiecare alte alți doi două trei primul prima fiind asupra \
                împotriva fie n-a s-au l-a le-a și-au vor va",
    },
    Language {
        code: "sv",
        words: "och att det som en ett den de är var har hade inte på av för med till från om eller men så när där \
                hur vad vi jag du han hon sig sin sitt sina kan ska skulle vara varit blir blev också efter under \
                mot över mellan alla mycket mer två denna detta dessa sedan vid",
    },
    Language {
        code: "da",
        words: "og at det som en et den de er var har havde ikke på af for med til fra om eller men så når hvor \
                hvad vi jeg du han hun sig sin sit sine kan skal skulle være været bliver blev også efter under mod \
                over mellem alle meget mere to denne dette disse siden ved blevet",
    },
    Language {
        code: "no",
        words: "og å det som en et ei den de er var har hadde ikke på av for med til fra om eller men så når hvor \
                hva vi jeg du han hun seg sin sitt sine kan skal skulle være vært blir ble også etter under mot \
                over mellom alle mye mer to denne dette disse siden ved blitt",
    },
    Language {
        code: "pl",
        words: "i w z na do nie się że to jest są był była było były być o po od dla przez przed za przy oraz lub \
                ale czy jak gdy kiedy gdzie który która które którzy jego jej ich tym tego ten ta tej te także już \
                tylko może bardzo dwa lat roku",
    },
    Language {
        code: "cs",
        words: "a v ve z ze na do s se že to je jsou byl byla bylo byli být o po od pro při před za ale nebo když \
                kde jak který která které kteří jeho její jejich tím toho ten ta tak také již už jen může velmi \
                jako podle mezi dva let roce si jsem",
    },
    Language {
        code: "af",
        words: "die 'n en of maar dat wat wie waar wanneer hoe omdat as van vir met sonder deur oor onder tussen \
                teen na by uit aan op in om tot is was het sal sou kan moet nie geen ook nog baie hy sy ons \
                hulle ek jy hom haar hul my word n se dit hierdie daardie ná gaan sê gesê wees toe \
                ander alle vanaf volgens wil kon sodat terwyl jaar self weer reeds steeds te drie twee nou \
                vyf ses eerste",
    },
    Language {
        code: "la",
        words: "et in est non ad cum ut sed quod qui quae ex ab de per si aut nec enim etiam hoc esse sunt erat \
                fuit atque autem pro quam eius haec sit quo inter quidem post ante apud vel",
    },
    Language {
        code: "eo",
        words: "la kaj de en estas al ne ke por kun oni estis ĝi mi vi li ŝi ni ili kiu kiuj kio kiel el sed aŭ ankaŭ \
                pli da ĉi tiu tiuj tio per sur post antaŭ inter dum se povas sia",
    },
    Language {
        code: "tr",
        words: "ve bir bu da de için ile olarak olan daha çok en gibi kadar sonra ancak ama değil var yok ne her o \
                şu ise mi mı ya ki oldu olduğu tarafından göre iki",
    },
    Language {
        code: "fi",
        words: "ja on ei se että oli ovat hän ne joka mutta myös kun kuin tai jos niin sen hänen ole olla mukaan \
                jälkeen sekä vuonna vielä nyt vain kanssa tämä tämän sitä siitä",
    },
    Language {
        code: "hu",
        words: "a az és hogy nem is egy meg már csak még de ez azt van volt lesz vagy mint ha ki mi aki ami el után \
                szerint között által azonban pedig lehet kell",
    },
    Language {
        code: "id",
        words: "yang dan di ke dari untuk dengan pada ini itu adalah tidak akan juga oleh sebagai dalam telah lebih \
                karena atau bisa ada mereka dia kami kita saya tersebut tahun satu dua sudah",
    },
    Language {
        code: "hr",
        words: "i u na je se da su za od s sa o do iz koji koja koje nije ili ali kako što bi bio bila bilo kao po \
                te već samo biti može prije nakon između svoj ovaj taj to jer godine",
    },
    Language {
        code: "sq",
        words: "dhe në të një për me nga që është janë ka kanë si por nuk më se kjo ky ai ajo ishte në mund duke \
                pas edhe tyre tij saj",
    },
    Language {
        code: "vi",
        words: "và của là có trong cho không được với các một những này đã người khi đến từ để cũng về như nhưng \
                sẽ vào ra tại theo năm",
    },
    Language {
        code: "br",
        words: "ar an al ur un ul ha hag e a zo eo gant da eus evit war met pe ne ket oa bet ez en he he he o int \
                gwelet etre dre ma hon ho",
    },
    Language {
        code: "oc",
        words: "lo la los las un una e o mas que qui de del dels al als en dins amb sens per sus entre es son \
                èra èran foguèt an aver pas mai tanben aquel aquela aquesta sa sos sas nòstre dempuèi fins quand \
                ont coma d' l' s' qu' aqueste estat estada pòt pòdon deu faire tot tota totes totas autre autra \
                plan ara uèi ièr jorn segon abans foguèron aqueles aquelas dos tres primièr primièra \
                cada jos i ne aicí aquí pr'aquò tanplan que's ",
    },
    Language {
        code: "lb",
        words: "d' den dem der eng e op ass sinn war gouf goufen huet hunn hat net och awer fir vun vum \
                mat bei no iwwer ënner tëscht duerch wéi wann datt dës dëser dësen dëst si hien ech mir \
                hire hir säin seng sengem sengen keng méi ganz nach elo hei aner zwee dräi joer éischt éischte \
                gëtt ginn kann kënnen muss mussen soll sollen wäert wier um am zum beim zënter virun nom nei \
                neit neie géif géint",
    },
    Language {
        code: "ast",
        words: "el la los les un una unos unes y o pero que qui nun nuna del de al a en con ensin por pa pela \
                pol pelos peles ente hasta dende yera yeren foi fueron ta tán hai tien tienen puen l'añu esti \
                esta estos estes esi esa eso tamién yá más mui cuando onde porque so sos dos dúes tres \
                otru otra otros otres tola tol toos toes ye son",
    },
    Language {
        code: "ht",
        words: "nan yo li mwen nou ou pou ak ki sa se te ap pa gen yon sou avèk epi men lè kote kòm anpil tout \
                lòt menm jodi a ta kapab fè di ba pral ka konsa apre avan depi jiska",
    },
];
