//! What part an element plays in its page, told from its name and from the words of its class, id and the like.
//!
//! The words are those that templates of all makers share. None belongs to one site.

use std::ops::{BitAnd, BitOr, BitOrAssign, Not};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};

/// A set of parts that an element may play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(pub u32);

impl Roles {
    pub(super) const NONE: Self = Self(0);
    /// Navigation, menus, breadcrumbs, pagers.
    pub(super) const NAVIGATION: Self = Self(1);
    /// Foot of the page: imprint, copyright.
    pub(super) const FOOTER: Self = Self(1 << 1);
    /// What stands beside the article.
    pub(super) const SIDEBAR: Self = Self(1 << 2);
    /// Other articles: related, recommended, most read.
    pub(super) const RELATED: Self = Self(1 << 3);
    /// Share bars and follow buttons.
    pub(super) const SHARE: Self = Self(1 << 4);
    /// Readers' comments.
    pub(super) const COMMENT: Self = Self(1 << 5);
    /// Advertising.
    pub(super) const ADVERT: Self = Self(1 << 6);
    /// Newsletter, subscription, log-in and donation prompts.
    pub(super) const PROMPT: Self = Self(1 << 7);
    /// Captions and credits of images.
    pub(super) const CAPTION: Self = Self(1 << 8);
    /// Who wrote it.
    pub(super) const BYLINE: Self = Self(1 << 9);
    /// A portrait of who wrote it.
    pub(super) const BIOGRAPHY: Self = Self(1 << 10);
    /// When it was written, and what else stands beside the byline.
    pub(super) const DATE: Self = Self(1 << 11);
    /// Tags, topics and categories.
    pub(super) const TAGS: Self = Self(1 << 12);
    /// Cookie notices, dialogs.
    pub(super) const OVERLAY: Self = Self(1 << 13);
    /// Not shown.
    pub(super) const HIDDEN: Self = Self(1 << 14);
    /// Stand-first.
    pub(super) const STANDFIRST: Self = Self(1 << 15);
    /// The text of the article, by a name that hardly means anything else.
    pub(super) const BODY: Self = Self(1 << 16);
    /// The article or what it stands in, by a name that may mean more.
    pub(super) const CONTENT: Self = Self(1 << 17);
    /// The headline.
    pub(super) const TITLE: Self = Self(1 << 18);
    /// Pictures, galleries, players.
    pub(super) const MEDIA: Self = Self(1 << 19);
    /// Teasers, cards and other lists of articles.
    pub(super) const TEASER: Self = Self(1 << 20);
    /// An embedded post of a social network.
    pub(super) const EMBED: Self = Self(1 << 21);
    /// A box beside the text that belongs to it: key facts, information.
    pub(super) const INSET: Self = Self(1 << 22);
    /// The head of the page or of the article.
    pub(super) const HEADER: Self = Self(1 << 23);
    /// Table of contents.
    pub(super) const CONTENTS: Self = Self(1 << 24);
    /// Kicker, overline, section name.
    pub(super) const KICKER: Self = Self(1 << 25);
    /// Notes and list of sources.
    pub(super) const NOTES: Self = Self(1 << 26);
    /// Tools of a page: print, font size, search.
    pub(super) const TOOLS: Self = Self(1 << 27);

    /// The parts that are never the article's own words, whatever they say.
    pub(super) const CHROME: Self = Self(
        Self::NAVIGATION.0
            | Self::FOOTER.0
            | Self::SIDEBAR.0
            | Self::RELATED.0
            | Self::SHARE.0
            | Self::COMMENT.0
            | Self::ADVERT.0
            | Self::PROMPT.0
            | Self::OVERLAY.0
            | Self::HIDDEN.0
            | Self::TAGS.0
            | Self::BIOGRAPHY.0
            | Self::TOOLS.0
            | Self::TEASER.0,
    );

    /// Whether any of `other` is in it.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Roles {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for Roles {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Not for Roles {
    type Output = Self;
    fn not(self) -> Self {
        Self(!self.0)
    }
}

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
         compartir condividi delen reactions likes jp-post-flair sharing-buttons",
    ),
    (
        Roles::COMMENT,
        "comment comments commentlist comment-list commentaire commentaires kommentar kommentare comentario comentarios \
         commenti reacties disqus livefyre respond comment-respond reply replies discussion discussions forum-thread \
         user-comments usercomments readercomments commentform comment-form commentarea coral-talk opinary \
         hyvor fb-comments facebook-comments trackback trackbacks pingback pingbacks pinglist forums",
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
         redacteur verfasser reporter byauthor post-author entry-author submitted auteurice",
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
    (
        Roles::OVERLAY,
        "cookie cookies cookiebanner consent gdpr rgpd dsgvo ccpa modal popup pop-up popin overlay lightbox dialog \
         tooltip interstitial onetrust didomi tarteaucitron toast snackbar cookie-notice",
    ),
    (
        Roles::HIDDEN,
        "hidden sr-only screen-reader screen-reader-text screenreader screenreader-text visually-hidden visuallyhidden \
         visuallyhide offscreen off-screen noprint no-print print-none d-none printonly print-only hide is-hidden \
         u-hidden assistive-text a11y-hidden element-invisible",
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

static VOCABULARY: LazyLock<FxHashMap<&'static [u8], Roles>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static [u8], Roles> = FxHashMap::default();
    for (role, list) in WORDS {
        for word in list.split_ascii_whitespace() {
            *words.entry(word.as_bytes()).or_default() |= *role;
        }
    }
    words
});

/// Tells the parts of elements, and remembers what the classes met so far say: a page repeats its classes.
#[derive(Default)]
pub(super) struct RoleReader<'a> {
    told: FxHashMap<&'a str, Roles>,
}

impl<'a> RoleReader<'a> {
    /// The parts an element plays by its name and its own attributes.
    pub(super) fn roles_of(&mut self, tree: &Tree<'a>, id: NodeId) -> Roles {
        let told = &mut self.told;
        roles_of(tree, id, |value| {
            if let Some(roles) = told.get(value) {
                return *roles;
            }
            let roles = roles_in_words(value);
            if told.len() < CLASSES_MAX {
                told.insert(value, roles);
            }
            roles
        })
    }
}

/// Classes that are remembered: a page with more of them repeats none.
const CLASSES_MAX: usize = 1 << 12;

fn roles_of<'a>(tree: &Tree<'a>, id: NodeId, mut told_by: impl FnMut(&'a str) -> Roles) -> Roles {
    let tag = tree.tag(id);
    let mut roles = match tag {
        Tag::Text | Tag::Html | Tag::Body => return Roles::NONE,
        Tag::Nav | Tag::Menu => Roles::NAVIGATION,
        Tag::Footer => Roles::FOOTER,
        Tag::Aside => Roles::SIDEBAR,
        Tag::Figcaption | Tag::Caption => Roles::CAPTION,
        Tag::Dialog => Roles::OVERLAY,
        Tag::Time => Roles::DATE,
        Tag::Article | Tag::Main => Roles::CONTENT,
        Tag::Header => Roles::HEADER,
        Tag::Figure => Roles::MEDIA,
        _ => Roles::NONE,
    };
    // One look at each attribute: this is asked of every element of a page.
    for (name, value) in tree.raw_attributes(id) {
        roles |= match name {
            Name::Class
            | Name::Id
            | Name::DataTestid
            | Name::DataComponent
            | Name::DataQa
            | Name::DataComponentName => {
                let told = told_by(value);
                if told.any(Roles::HIDDEN) && is_hidden_somewhere(value) {
                    told & !Roles::HIDDEN
                } else {
                    told
                }
            }
            Name::Role => role_of_aria(value),
            Name::Itemprop => {
                value.split_ascii_whitespace().fold(Roles::NONE, |roles, word| roles | role_of_property(word))
            }
            Name::Hidden => Roles::HIDDEN,
            Name::AriaHidden if value == "true" => Roles::HIDDEN,
            Name::Style if is_hidden_style(value) => Roles::HIDDEN,
            _ => Roles::NONE,
        };
    }
    roles
}

/// The part that a landmark of WAI-ARIA tells.
fn role_of_aria(value: &str) -> Roles {
    match value {
        "navigation" | "menu" | "menubar" | "tablist" => Roles::NAVIGATION,
        "contentinfo" => Roles::FOOTER,
        "complementary" => Roles::SIDEBAR,
        "dialog" | "alertdialog" | "alert" => Roles::OVERLAY,
        "search" | "toolbar" => Roles::TOOLS,
        "main" | "article" => Roles::CONTENT,
        "banner" => Roles::HEADER,
        _ => Roles::NONE,
    }
}

/// The part that a property of schema.org tells.
fn role_of_property(word: &str) -> Roles {
    match word {
        "articleBody" | "reviewBody" | "text" => Roles::BODY,
        "headline" => Roles::TITLE,
        "author" | "creator" => Roles::BYLINE,
        "datePublished" | "dateModified" | "dateCreated" => Roles::DATE,
        "description" | "alternativeHeadline" => Roles::STANDFIRST,
        "caption" | "copyrightHolder" => Roles::CAPTION,
        "keywords" => Roles::TAGS,
        "comment" => Roles::COMMENT,
        _ => Roles::NONE,
    }
}

/// Whether classes that hide an element do so on screens of some widths only: "hidden-xs", "d-none d-md-block",
/// "hidden lg:flex".
fn is_hidden_somewhere(classes: &str) -> bool {
    let widths = [
        "xs", "sm", "md", "lg", "xl", "xxl", "mobile", "phone", "tablet", "desktop", "small", "medium",
        "large",
    ];
    classes.split([' ', '-', ':', '_', '@', '\t', '\n']).any(|word| widths.contains(&word))
}

/// Whether a style attribute takes an element off the page.
fn is_hidden_style(style: &str) -> bool {
    let compact =
        || style.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| byte.to_ascii_lowercase());
    let has = |what: &[u8]| {
        let mut matched = 0;
        for byte in compact() {
            matched = if byte == what[matched] { matched + 1 } else { usize::from(byte == what[0]) };
            if matched == what.len() {
                return true;
            }
        }
        false
    };
    memchr::memchr(b':', style.as_bytes()).is_some() && (has(b"display:none") || has(b"visibility:hidden"))
}

/// The parts told by the words of a class, an id or the like. Words end at anything but a letter or digit and where
/// a capital follows a small letter; two neighbours are looked up together too.
fn roles_in_words(value: &str) -> Roles {
    let mut roles = Roles::NONE;
    // The words of a token in small letters with hyphens between, the last two of them at least.
    let mut words = [0_u8; 4 * WORD_BYTES_MAX];
    for token in value.split_ascii_whitespace() {
        // Where the word before begins and where it ends.
        let (mut previous, mut end) = (None, 0);
        let bytes = token.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            while at < bytes.len() && is_break(bytes[at]) {
                at += 1;
            }
            let start = at;
            while at < bytes.len()
                && !is_break(bytes[at])
                && !(at > start && bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase())
            {
                at += 1;
            }
            let length = at - start;
            if length == 0 {
                break;
            }
            if length > WORD_BYTES_MAX {
                (previous, end) = (None, 0);
                continue;
            }
            if end + 1 + length > words.len() {
                let kept = previous.unwrap_or(end);
                words.copy_within(kept..end, 0);
                (previous, end) = (previous.map(|_| 0), end - kept);
            }
            if previous.is_some() {
                words[end] = b'-';
                end += 1;
            }
            let from = end;
            for (slot, byte) in words[from..].iter_mut().zip(&bytes[start..at]) {
                *slot = byte.to_ascii_lowercase();
            }
            end += length;
            roles |= look_up(&words[from..end]);
            if let Some(pair) = previous.filter(|previous| end - previous <= WORD_BYTES_MAX) {
                roles |= look_up(&words[pair..end]);
            }
            previous = Some(from);
        }
    }
    roles
}

fn is_break(byte: u8) -> bool {
    !(byte.is_ascii_alphanumeric() || byte >= 0x80)
}

fn look_up(word: &[u8]) -> Roles {
    let known = LENGTHS[place(word)] & 1 << word.len() != 0;
    if known { VOCABULARY.get(word).copied().unwrap_or_default() } else { Roles::NONE }
}

/// How long the words of [`VOCABULARY`] are that begin with two letters, as bits: it tells of most words without looking
/// them up that they are none of them.
static LENGTHS: LazyLock<Box<[u32; 1024]>> = LazyLock::new(|| {
    let mut lengths = Box::new([0; 1024]);
    for word in VOCABULARY.keys() {
        lengths[place(word)] |= 1 << word.len();
    }
    lengths
});

/// A place for the first two bytes of a word.
fn place(word: &[u8]) -> usize {
    let letter = |at: usize| usize::from(word.get(at).copied().unwrap_or(0) & 31);
    letter(0) * 32 + letter(1)
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

    #[test]
    fn hidden_on_some_screens_is_shown_on_others() {
        for (classes, expected) in [
            ("hidden-xs", true),
            ("d-none d-md-block", true),
            ("hidden lg:flex", true),
            ("is-hidden", false),
            ("visually-hidden", false),
        ] {
            assert_eq!(is_hidden_somewhere(classes), expected, "{classes}");
        }
    }

    #[test]
    fn a_style_hides() {
        assert!(is_hidden_style("color:red; Display : none"));
        assert!(!is_hidden_style("display:block"));
        assert!(!is_hidden_style("none"));
    }
}
