//! Where the fields of an article may be in structured data, as JSON Pointers (RFC 6901), the likeliest first.

pub(super) const TITLE: &[&str] =
    &["/headline", "/title", "/title/rendered", "/headlines/0/value", "/headlineText", "/name"];
pub(super) const TEXT: &[&str] = &[
    "/articleBody",
    "/maintext",
    "/text",
    "/body_text",
    "/content_text",
    "/cleaned_text",
    "/content",
    "/body",
    "/raw_text",
    "/markdown",
    "/content_markdown",
    "/body_markdown",
    "/bodyMarkdown",
    "/contentMarkdown",
    "/bodies/0/value",
];
pub(super) const HTML: &[&str] =
    &["/body_xhtml", "/body_html", "/content_html", "/content/rendered", "/bodyHtml", "/html"];
pub(super) const DESCRIPTION: &[&str] = &[
    "/description",
    "/description_text",
    "/summary",
    "/excerpt",
    "/excerpt/rendered",
    "/abstract",
    "/descriptions/0/value",
    "/standfirst",
    "/lead",
];
pub(super) const AUTHORS: &[&str] = &[
    "/author",
    "/authors",
    "/byline",
    "/bylines",
    "/creator",
    "/by",
    "/extra/author",
    "/extra/authors",
    "/params/author",
    "/taxonomies/authors",
];
pub(super) const PUBLISHED: &[&str] = &[
    "/datePublished",
    "/date_publish",
    "/date_published",
    "/firstPublished",
    "/firstpublished",
    "/published",
    "/firstcreated",
    "/firstCreated",
    "/contentcreated",
    "/contentCreated",
    "/published_at",
    "/publishedAt",
    "/publish_date",
    "/publishDate",
    "/pubDate",
    "/pub_date",
    "/pubdate",
    "/date",
    "/date_gmt",
    "/dateCreated",
    "/created_at",
    "/versioncreated",
    "/versionCreated",
    "/timestamp",
];
/// When a version was made; the first one was published then, and a later one changed.
pub(super) const OF_VERSION: &[&str] = &["/versioncreated", "/versionCreated"];
pub(super) const MODIFIED: &[&str] = &[
    "/dateModified",
    "/date_modify",
    "/date_modified",
    "/updated",
    "/updated_at",
    "/updatedAt",
    "/modified",
    "/modified_gmt",
    "/lastmod",
    "/last_modified",
    "/versioncreated",
    "/versionCreated",
];
pub(super) const URL: &[&str] = &[
    "/canonical_url",
    "/canonicalUrl",
    "/canonical",
    "/mainEntityOfPage",
    "/mainEntityOfPage/@id",
    "/url",
    "/link",
    "/permalink",
    "/source",
    "/@id",
    "/uri",
];
pub(super) const PUBLISHER: &[&str] = &[
    "/publisher",
    "/sitename",
    "/site_name",
    "/siteName",
    "/provider",
    "/source/name",
    "/source-hostname",
    "/source_domain",
    "/hostname",
    "/copyrightHolder",
    "/copyrightholder",
];
pub(super) const LANGUAGE: &[&str] = &["/inLanguage", "/language", "/lang"];
pub(super) const TAGS: &[&str] = &[
    "/keywords",
    "/tags",
    "/articleSection",
    "/categories",
    "/category",
    "/section",
    "/subject",
    "/subjects",
    "/topics",
    "/taxonomies/tags",
    "/taxonomies/categories",
];
