//! The words of classes and ids that tell the part of an element.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Roles;

/// Words that classes and ids of dialogues about cookies have, most of them their makers' names.
pub(super) const CONSENT: &str = "onetrust ot-pc-content ot-main-content didomi tarteaucitron usercentrics iubenda truste \
                                  cookie-consent";

/// Words of classes and ids, by the part they tell. A pair of words stands with a hyphen.
const WORDS: &[(Roles, &str)] = &[
    (
        Roles::NAVIGATION,
        "nav navi navbar navigation menu menus menubar submenu topnav subnav mainnav breadcrumb breadcrumbs \
         breadcrumblist pagination pager paging paginate pagenav sitemap masthead skip-link skip-links skiplink \
         hamburger ariane fil-ariane post-navigation post-nav nav-links nav-previous nav-next prev-next prevnext \
         previous-post next-post",
    ),
    (
        Roles::FOOTER,
        "footer foot bottom-bar pagefooter sitefooter site-footer colophon copyright copyrights imprint impressum legal \
         disclaimer mentions-legales pied fusszeile",
    ),
    (
        Roles::SIDEBAR,
        "sidebar side-bar sidebars aside rail right-rail left-rail rightrail sidecol side-col side-column sidecolumn \
         rightcol right-col right-column leftcol left-col left-column rightcolumn leftcolumn widget widgets \
         widgetarea complementary seitenleiste marginalspalte",
    ),
    (
        Roles::RELATED,
        "related relateds relatedposts relatedarticles recommend recommended recommendation recommendations recommends \
         recommandations recirc recirculation readmore read-more readalso read-also read-next readnext see-also \
         seealso more-from more-news more-on more-stories morestories more-in more-articles similar popular most-popular \
         mostpopular mostread most-read trending latest latest-news latestnews recent recent-posts recentposts \
         yarpp jp-relatedposts crp outbrain taboola zergnet plista ligatus nativo lire-aussi alire a-lire-aussi \
         voir-aussi a-lire meme-sujet sur-le-meme autres-articles articles-lies mehr-zum-thema mehrzumthema verwandt \
         verwandte weitere weiterlesen lesen-sie-auch auch-interessant siehe-auch relacionadas relacionados relacionado \
         relacionada te-puede le-puede correlati articoli-correlati leggi-anche leia-mais leia-tambem lees-ook \
         next-up up-next nextup next-article also-on you-may youmaylike may-like suggested suggestions suggestion \
         upnext whats-next whatsnext top-stories topstories further-reading related-links",
    ),
    (
        Roles::SHARE,
        "share shares sharing sharebar share-bar sharer sharedaddy sharethis socialshare social-share social socials \
         socialbar social-bar social-links sociallinks social-media socialmedia addthis addtoany a2a shareaholic \
         follow follow-us followus partage partager partages teilen reseaux-sociaux sd-sharing ssba heateor \
         compartir condividi delen likes jp-post-flair sharing-buttons",
    ),
    (
        Roles::COMMENT,
        "comment comments commentlist comment-list commentaire commentaires kommentar kommentare comentario comentarios \
         commenti reacties disqus livefyre respond comment-respond reply replies discussion discussions forum-thread \
         user-comments usercomments readercomments commentform comment-form commentarea coral-talk opinary \
         hyvor reaction reactions avis-lecteurs avis-internautes liste-avis fb-comments facebook-comments trackback trackbacks pingback pingbacks pinglist forums",
    ),
    (
        Roles::ADVERT,
        "ad ads adv advert advertisement advertisements advertising advertorial adbox adslot ad-slot adunit adwrap \
         adwrapper adcontainer adplace adsbygoogle banner banners sponsor sponsored sponsors sponsoring dfp gpt \
         publicite publicites pub werbung anzeige anzeigen reklame publicidad pubblicita advertentie commercial promo \
         promos promotion promotions promobox affiliate affiliates affiliation deals dianomi mpu leaderboard skyscraper",
    ),
    (
        Roles::PROMPT,
        "newsletter newsletters subscribe subscription subscriptions subscriber subscribers signup sign-up signin \
         sign-in login log-in logon register registration paywall pay-wall piano abo abonnement abonnements abonnes \
         abonne abonnez inscription cta call-to-action calltoaction donate donation donations don optin opt-in \
         mailchimp mailpoet leadgen lead-form membership regwall meter notification notifications alerte alertes \
         push-notification app-promo download-app support-us supportus suscripcion suscribete boletin",
    ),
    (
        Roles::CAPTION,
        "caption captions figcaption figure-caption wp-caption-text imgcaption image-caption photo-caption \
         photocaption legend legende credit credits photocredit photo-credit image-credit imagecredit bildunterschrift \
         bildtext bildnachweis bildquelle img-legend image-legend mediacaption media-caption didascalia pie-de-foto \
         piefoto epigrafe photographer cutline crédit copyright-image image-copyright picture-caption \
         slide-caption gallery-caption thumbcaption",
    ),
    (
        Roles::BYLINE,
        "byline bylines by-line author authors auteur auteurs autor autoren autores autore writer writers signature \
         contributor contributors creator vcard article-author authorname author-name authorinfo journalist journaliste \
         redacteur verfasser reporter firma firmante firmas byauthor post-author entry-author submitted auteurice",
    ),
    (
        Roles::BIOGRAPHY,
        "bio biography author-bio authorbio author-box authorbox author-info author-description about-author \
         aboutauthor about-the-author author-about author-profile author-card authorcard",
    ),
    (
        Roles::DATE,
        "date dates datetime timestamp time-stamp published pubdate publish-date publishdate pub-date posted-on postdate \
         post-date entry-date article-date dateline datum fecha heure horodatage publication-date byline-date updated \
         lastupdated last-updated modified entry-meta post-meta article-meta postmeta entrymeta articlemeta postmetadata meta \
         metadata metas meta-info post-info entry-info article-info articleinfo postinfo infos-article reading-time readtime \
         read-time",
    ),
    (
        Roles::TAGS,
        "tags taglist tag-list tagcloud tag-cloud post-tags article-tags entry-tags tags-links keywords topics topic-list \
         categories category-list cat-links post-categories mots-cles schlagworte schlagwort etiquetas filed-under \
         tags-list themes",
    ),
    (Roles::OVERLAY, CONSENT),
    (
        Roles::OVERLAY,
        "cookie cookies cookiebanner consent gdpr rgpd dsgvo ccpa modal popup pop-up popin overlay lightbox dialog \
         tooltip interstitial ot-category-desc toast snackbar cookie-notice",
    ),
    (
        Roles::HIDDEN,
        "hidden sr-only screen-reader screen-reader-text screenreader screenreader-text visually-hidden visuallyhidden \
         visuallyhide offscreen off-screen noprint no-print print-none d-none printonly print-only hide is-hidden \
         u-hidden assistive-text a11y-hidden element-invisible unsichtbar",
    ),
    (
        Roles::STANDFIRST,
        "standfirst stand-first chapo chapeau chapô lead lede leadtext lead-text article-lead dek deck intro introduction \
         introtext intro-text article-intro subtitle sub-title subheadline sub-headline subhead subheading sub-heading \
         subline summary article-summary excerpt entry-summary post-excerpt abstract accroche heading-sub vorspann anriss \
         einleitung teasertext entradilla bajada copete sumario sommario occhiello catenaccio sottotitolo subtitulo \
         sous-titre soustitre untertitel ingress manchet article-description post-subtitle article-subtitle \
         article-subhead tagline article-dek article-standfirst resume storyline linha-fina",
    ),
    (
        Roles::BODY,
        "articlebody article-body article-text articletext article-content articlecontent article-copy article-main \
         storybody story-body story-content storycontent story-text storytext storycopy story-copy entry-content \
         entrycontent entry-body post-content postcontent post-body postbody post-text post-entry body-copy bodycopy \
         body-text bodytext body-content news-body newsbody news-content newscontent news-text newstext artikeltext \
         artikel-text artikel-body artikelbody article-paragraph paragraph-text texte-article corps-article \
         corps-texte article-texte texte-content content-article content-body contentbody blog-content blog-body \
         blog-post-content blogpost-body single-content richtext rich-text wysiwyg maincontent-text cuerpo \
         cuerpo-noticia cuerpo-articulo texto-noticia testo-articolo article-wysiwyg field-body field-name-body \
         formatted-body main-text article-section story-section detail-text detail-content detail-body \
         content-text contenttext contenu-article article-contenu news-detail newsdetail e-content article-page-content \
         art-text art-body artbody single-post-content td-post-content theiapostslider page-content prose \
         text-content textcontent content-inner document-body texte",
    ),
    (
        Roles::CONTENT,
        "article articles story post entry content contents main maincontent main-content hentry single article-wrap \
         article-container body text page contenu inhalt artikel noticia articolo news blog blogpost blog-post hnews \
         detail document texto testo tekst column center primary copy container",
    ),
    (
        Roles::TITLE,
        "title headline titre titel heading entry-title post-title article-title articletitle page-title pagetitle \
         story-title article-headline story-headline hed titulo titolo article-heading",
    ),
    (
        Roles::MEDIA,
        "gallery galerie slideshow carousel slider swiper slick diaporama player video videos videoplayer jwplayer \
         brightcove audio podcast media photo photos image images figure picture illustration slide lightgallery thumbnail thumb \
         wp-caption infographic",
    ),
    (
        Roles::TEASER,
        "teaser teasers card cards tile tiles headlines listing article-list articlelist post-list postlist storylist \
         story-list news-list newslist thumbnails grid-item collection feed archive-list teaser-list item-list \
         articles-list posts-list liste-articles ticker newsticker en-continu flux river",
    ),
    (
        Roles::EMBED,
        "embed embeds tweet twitter-tweet twitter instagram instagram-media fb-post tiktok-embed oembed social-embed \
         embedded",
    ),
    (
        Roles::INSET,
        "infobox info-box factbox fact-box encadre encart inset keyfacts key-facts callout keypoints key-points \
         key-takeaways highlights sidenote box pullquote pull-quote blockquote-pull exergue kasten faktenbox",
    ),
    (
        Roles::HEADER,
        "header head heading-group topbar top-bar page-header site-header siteheader hero entry-header",
    ),
    (
        Roles::CONTENTS,
        "toc table-of-contents tableofcontents sommaire inhaltsverzeichnis toc-container ez-toc anchor-links jump-links",
    ),
    (
        Roles::KICKER,
        "kicker overline eyebrow rubric rubrique surtitre sur-titre section-name section-label category cat dachzeile \
         topline spitzmarke antetitulo channel surtitle supertitle roofline",
    ),
    (
        Roles::NOTES,
        "footnote footnotes notes endnotes references reference sources bibliography bibliographie fussnoten reflist \
         easy-footnotes citations",
    ),
    (
        Roles::TOOLS,
        "tools toolbar toolbox article-tools print printer font-size fontsize textsize text-size search searchform \
         search-form recherche suche bookmark bookmarks save favorite favourites actions action action-bar utility \
         utilities rating ratings vote votes voting poll quiz feedback survey correction corrections report-error",
    ),
];

/// Longest word or pair that is in [`WORDS`], in bytes.
const WORD_BYTES_MAX: usize = 28;

/// What bytes of a class or an id are to the words in it: what stands between words, and between classes.
const BREAK: u8 = 1;
const SPACE: u8 = 2;
/// Letters of ASCII. All else that is no break is part of a word, too.
const SMALL: u8 = 4;
const CAPITAL: u8 = SMALL << 1;

const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        signs[byte as usize] = match byte {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => 0,
            _ if byte.is_ascii_whitespace() => SPACE,
            _ => BREAK,
        };
        byte += 1;
    }
    signs
};

/// The parts told by the words of a class, an id or the like. Words end at anything but a letter or digit and where
/// a capital follows a small letter; two neighbours are looked up together too.
pub(super) fn roles_in_words(value: &str) -> Roles {
    let bytes = value.as_bytes();
    let vocabulary = &*VOCABULARY;
    let mut roles = Roles::NONE;
    let mut previous = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let sign = SIGNS[usize::from(*byte)];
        if sign & (BREAK | SPACE) != 0 {
            previous = previous.filter(|_| sign == BREAK);
            at += 1;
            continue;
        }
        let word = &bytes[at..word_end(bytes, at)];
        at += word.len();
        roles |= vocabulary.look_up(word, None);
        if let Some(previous) = previous {
            roles |= vocabulary.look_up(previous, Some(word));
        }
        // A longer word is in no pair.
        previous = Some(word).filter(|word| word.len() <= WORD_BYTES_MAX);
    }
    roles
}

/// Where the word ends that begins here.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut ends = BREAK | SPACE;
    while let Some(sign) = bytes.get(at).map(|byte| SIGNS[usize::from(*byte)])
        && sign & ends == 0
    {
        // Behind a small letter a capital ends it.
        ends = BREAK | SPACE | (sign & SMALL) << 1;
        at += 1;
    }
    at
}

/// The words of [`WORDS`] with the parts that they tell.
struct Vocabulary {
    roles: FxHashMap<&'static [u8], Roles>,
    /// How long the words are that begin and end alike, as bits: it tells of most words without looking them up that they are
    /// none of them.
    lengths: [u32; 1024],
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary { roles: FxHashMap::default(), lengths: [0; 1024] };
    for (role, list) in WORDS {
        for word in list.split_ascii_whitespace().map(str::as_bytes) {
            *vocabulary.roles.entry(word).or_default() |= *role;
            vocabulary.lengths[place(word, None)] |= 1 << word.len();
        }
    }
    vocabulary
});

impl Vocabulary {
    /// The parts that a word tells in any letter case, or a pair of words.
    fn look_up(&self, word: &[u8], second: Option<&[u8]>) -> Roles {
        let length = word.len() + second.map_or(0, |second| 1 + second.len());
        if length > WORD_BYTES_MAX || self.lengths[place(word, second)] & 1 << length == 0 {
            return Roles::NONE;
        }
        self.look_up_whole(word, second, length)
    }

    #[inline(never)]
    fn look_up_whole(&self, word: &[u8], second: Option<&[u8]>, length: usize) -> Roles {
        let mut small = [b'-'; WORD_BYTES_MAX];
        small[..word.len()].copy_from_slice(word);
        if let Some(second) = second {
            small[word.len() + 1..length].copy_from_slice(second);
        }
        small.make_ascii_lowercase();
        self.roles.get(&small[..length]).copied().unwrap_or_default()
    }
}

/// A place for the first two bytes and the last one of a word or of a pair, in any letter case.
fn place(word: &[u8], second: Option<&[u8]>) -> usize {
    let (first, next) = match *word {
        [first, next, ..] => (first, next),
        [first] => (first, if second.is_some() { b'-' } else { 0 }),
        [] => (0, 0),
    };
    let last = second.unwrap_or(word).last().copied().unwrap_or(0);
    (usize::from(first & 31) * 32 + usize::from(next & 31)) ^ (usize::from(last & 31) * 37 % 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_class_tell_the_part() {
        assert_eq!(roles_in_words("articleBody"), Roles::BODY | Roles::CONTENT);
        assert_eq!(roles_in_words("td-read-more"), Roles::RELATED);
        assert!(roles_in_words("c-Byline__date").any(Roles::BYLINE));
        assert_eq!(roles_in_words("padding-adapter unread"), Roles::NONE);
        let long = "wrapper-of-one-more-wrapper--".repeat(20);
        assert_eq!(roles_in_words(&format!("{long}_readMore")), Roles::RELATED);
        assert_eq!(roles_in_words(&format!("{}-read-more", "x".repeat(29))), Roles::RELATED);
    }
}
