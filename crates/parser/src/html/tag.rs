//! Elements and attributes by their names.

mod names;

use self::names::Names;
pub(super) use self::names::{NameAt, OF_ATTRIBUTES, OF_TAGS};

/// Declares the elements that reading an article tells apart, with their names.
macro_rules! tags {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// An element by its name (WHATWG HTML, "Elements of HTML"), or a text node.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub(super) enum Tag { $($variant),+, Other, Text }

        impl Tag {
            /// The element with this name, in any letter case; `Other` for one that has no part in reading.
            pub(super) fn of(name: NameAt<'_>) -> Self {
                static NAMES: Names<Tag, 256> = Names::of(&[$(($name, Tag::$variant)),+]);
                NAMES.get(name).unwrap_or(Self::Other)
            }

            /// Its name; `*` for an element that has no part in reading, `#text` for a text node.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Other => "*",
                    Self::Text => "#text",
                }
            }
        }
    };
}

tags! {
    Div "div", Span "span", A "a", Li "li", P "p", Script "script", Img "img", Ul "ul", Meta "meta", Link "link",
    Svg "svg", Path "path", I "i", Button "button", H2 "h2", H3 "h3", Strong "strong", Br "br", Input "input",
    Option "option", Section "section", Article "article", Header "header", Footer "footer", Nav "nav", Figure "figure",
    Figcaption "figcaption", Picture "picture", Source "source", Style "style", Td "td", Tr "tr", Em "em", B "b",
    Time "time", Form "form", Label "label", Noscript "noscript", Aside "aside", H1 "h1", H4 "h4", H5 "h5", H6 "h6",
    Main "main", Iframe "iframe", Title "title", Html "html", Head "head", Body "body", Table "table", Tbody "tbody",
    Thead "thead", Tfoot "tfoot", Th "th", Ol "ol", Dl "dl", Dt "dt", Dd "dd", Blockquote "blockquote", Pre "pre",
    Code "code", Q "q", Cite "cite", Small "small", Sup "sup", Sub "sub", U "u", S "s", Abbr "abbr", Mark "mark",
    Font "font", Center "center", Hr "hr", Wbr "wbr", Select "select", Textarea "textarea", Optgroup "optgroup",
    Video "video", Audio "audio", Object "object", Embed "embed", Param "param", Canvas "canvas", Template "template",
    Base "base", Address "address", Hgroup "hgroup", Details "details", Summary "summary", Dialog "dialog",
    Fieldset "fieldset", Legend "legend", Caption "caption", Col "col", Colgroup "colgroup", Area "area", Map "map",
    Math "math", Menu "menu", Track "track", Noembed "noembed", Noframes "noframes", Frame "frame",
    Frameset "frameset", Xmp "xmp", Plaintext "plaintext", Del "del", Ins "ins", Strike "strike", Tt "tt", Big "big",
    Kbd "kbd", Samp "samp", Var "var", Dfn "dfn", Ruby "ruby", Rt "rt", Rp "rp", Nobr "nobr", Search "search",
    AmpImg "amp-img", ForeignObject "foreignobject", Annotation "annotation", AnnotationXml "annotation-xml",
}

impl Tag {
    /// Whether the element is looked for all over a page: those of its head, its upper headings, its parts, and what may say
    /// who wrote it, and when.
    pub(super) fn is_sought(self) -> bool {
        matches!(
            self,
            Self::Html
                | Self::Head
                | Self::Title
                | Self::Base
                | Self::Meta
                | Self::Link
                | Self::Body
                | Self::Frameset
                | Self::Nav
                | Self::Main
                | Self::Footer
                | Self::Aside
                | Self::Article
                | Self::Form
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::Address
                | Self::Time
                | Self::Abbr
        )
    }

    /// Whether the element never has content, nor an end tag (WHATWG HTML §13.1.2, void elements).
    pub(super) fn is_void(self) -> bool {
        matches!(
            self,
            Self::Img
                | Self::Meta
                | Self::Link
                | Self::Br
                | Self::Input
                | Self::Source
                | Self::Hr
                | Self::Wbr
                | Self::Embed
                | Self::Param
                | Self::Base
                | Self::Col
                | Self::Area
                | Self::Track
                | Self::Frame
        )
    }

    /// Whether everything up to its own end tag is text (raw text and escapable raw text elements).
    pub(super) fn is_raw_text(self) -> bool {
        matches!(
            self,
            Self::Script
                | Self::Style
                | Self::Title
                | Self::Textarea
                | Self::Iframe
                | Self::Noembed
                | Self::Noframes
                | Self::Xmp
                | Self::Plaintext
        )
    }

    /// Whether it flows with the words around it instead of beginning a line of its own.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Span
                | Self::A
                | Self::Img
                | Self::I
                | Self::Strong
                | Self::Em
                | Self::B
                | Self::Time
                | Self::Label
                | Self::Code
                | Self::Q
                | Self::Cite
                | Self::Small
                | Self::Sup
                | Self::Sub
                | Self::U
                | Self::S
                | Self::Abbr
                | Self::Mark
                | Self::Font
                | Self::Wbr
                | Self::Del
                | Self::Ins
                | Self::Strike
                | Self::Tt
                | Self::Big
                | Self::Kbd
                | Self::Samp
                | Self::Var
                | Self::Dfn
                | Self::Ruby
                | Self::Rt
                | Self::Rp
                | Self::Nobr
                | Self::Svg
                | Self::Path
                | Self::Math
                | Self::Annotation
                | Self::AnnotationXml
                | Self::Button
                | Self::Input
                | Self::Script
                | Self::Style
                | Self::Noscript
                | Self::Template
                | Self::Picture
                | Self::Source
                | Self::Map
                | Self::Area
                | Self::Meta
                | Self::Link
                | Self::AmpImg
                | Self::Other
                | Self::Text
        )
    }

    /// Whether its start tag ends an open paragraph (WHATWG HTML §13.2.6.4.7).
    pub(super) fn ends_paragraph(self) -> bool {
        matches!(
            self,
            Self::P
                | Self::Div
                | Self::Ul
                | Self::Ol
                | Self::Li
                | Self::Dl
                | Self::Dt
                | Self::Dd
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::H4
                | Self::H5
                | Self::H6
                | Self::Section
                | Self::Article
                | Self::Header
                | Self::Footer
                | Self::Nav
                | Self::Aside
                | Self::Main
                | Self::Figure
                | Self::Figcaption
                | Self::Table
                | Self::Form
                | Self::Blockquote
                | Self::Pre
                | Self::Address
                | Self::Hgroup
                | Self::Details
                | Self::Summary
                | Self::Dialog
                | Self::Fieldset
                | Self::Center
                | Self::Menu
                | Self::Hr
                | Self::Xmp
                | Self::Plaintext
                | Self::Search
        )
    }

    /// The level of a heading, 1 to 6.
    pub(super) fn heading_level(self) -> Option<u8> {
        Some(match self {
            Self::H1 => 1,
            Self::H2 => 2,
            Self::H3 => 3,
            Self::H4 => 4,
            Self::H5 => 5,
            Self::H6 => 6,
            _ => return None,
        })
    }

    /// Whether an end tag inside it never reaches an element outside it ("has an element in scope").
    pub(super) fn is_scope(self) -> bool {
        matches!(
            self,
            Self::Table
                | Self::Td
                | Self::Th
                | Self::Caption
                | Self::Html
                | Self::Object
                | Self::Template
                | Self::ForeignObject
        )
    }

    /// Whether its start tag ends drawings and formulas, which cannot hold it (WHATWG HTML §13.2.6.5; browsers let them hold
    /// sections, whose first paragraph ends them then).
    pub(super) fn ends_foreign(self) -> bool {
        self.ends_paragraph() && !matches!(self, Self::Form)
            || matches!(
                self,
                Self::Table
                    | Self::Span
                    | Self::Img
                    | Self::Br
                    | Self::Em
                    | Self::Strong
                    | Self::B
                    | Self::I
                    | Self::Code
                    | Self::Small
                    | Self::Sub
                    | Self::Sup
            )
    }

    /// Whether it may stand in the head of a page.
    pub(super) fn belongs_in_head(self) -> bool {
        matches!(
            self,
            Self::Meta
                | Self::Link
                | Self::Title
                | Self::Script
                | Self::Style
                | Self::Base
                | Self::Noscript
                | Self::Template
                | Self::Head
                | Self::Html
        )
    }
}

/// Declares the attributes that reading an article looks at, with their names.
macro_rules! attributes {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// An attribute that reading an article looks at.
        // "name" is an attribute like the others.
        #[allow(clippy::enum_variant_names)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Name { $($variant),+ }

        impl Name {
            /// The attribute with this name, in any letter case; `None` for one that has no part in reading.
            pub(super) fn of(name: NameAt<'_>) -> Option<Self> {
                static NAMES: Names<Name, 128> = Names::of(&[$(($name, Name::$variant)),+]);
                NAMES.get(name)
            }
        }
    };
}

attributes! {
    Class "class", Id "id", Href "href", Src "src", Alt "alt", Style "style", Rel "rel", Type "type", Content "content",
    Property "property", Name "name", Itemprop "itemprop", Itemtype "itemtype", Itemscope "itemscope", Srcset "srcset",
    DataSrc "data-src", DataSrcset "data-srcset", DataLazySrc "data-lazy-src", DataOriginal "data-original",
    DataLazySrcset "data-lazy-srcset",
    Datetime "datetime", Role "role", Hidden "hidden", AriaHidden "aria-hidden", AriaLabel "aria-label", Lang "lang",
    XmlLang "xml:lang", Title "title", DataTestid "data-testid", DataComponent "data-component", DataType "data-type",
    DataModule "data-module", Charset "charset", HttpEquiv "http-equiv", DataTrackLabel "data-tracking-label",
    DataBlock "data-block", DataQa "data-qa", DataTimestamp "data-timestamp", DataTime "data-time",
    DataDatetime "data-datetime", DataDate "data-date", Value "value", DataName "data-name",
    DataComponentName "data-component-name", Width "width", Media "media", DataCaption "data-caption",
    DataCCaption "data-c-caption", DataCredit "data-credit", DataCCredit "data-c-credit",
}
