//! The day on which readers saw the page, where the metadata give an instant in UTC.

use document::{Basis, Published};

use super::find::Found;
use super::same_day;
use super::scripts::day_in_scripts;
use super::shown::{AWAY, Page, is_near};
use super::zone::{begun_in_zone_of, in_zone_of, is_noon, swapped};
use crate::date::Date;
use crate::html::body::Verdict;
use crate::html::role::Roles;

impl Page<'_, '_> {
    /// A date of the metadata as the page shows it. Machines write times in UTC, whose day is not always the day on
    /// which readers saw the page; and dates in figures whose order only the page tells.
    pub(super) fn as_readers_saw(&self, written: &str, stated: Date, url_date: Option<Date>) -> Published {
        let as_stated = || Published { edtf: stated.edtf(), basis: Basis::Metadata };
        let in_utc = stated.time.is_some_and(|time| time.offset == Some(0));
        let swapped = swapped(written, &stated);
        if !in_utc && swapped.is_none() {
            return as_stated();
        }
        let mut local = None;
        let mut bare = None;
        let headline = self.headline;
        for (index, block) in self.blocks.list.iter().enumerate() {
            if block.chars > 160
                || !is_near(block, headline) && !block.roles.any(Roles::DATE | Roles::BYLINE)
                || block.roles.any(AWAY)
                || self.is_in_site_head(block.first)
            {
                continue;
            }
            // What a sentence of the text tells, or a caption, happened on another day.
            let is_own = |(found, is_labelled): &(Found, bool)| {
                let is_told =
                    || self.is_sentence_about_it(index, block) || self.verdicts[index] == Verdict::Caption;
                *is_labelled || found.alone || !is_told()
            };
            let found = self.date_in(block).filter(is_own);
            let Some(shown) = found.map(|(found, _)| found.date) else { continue };
            if same_day(&shown, &stated) {
                if shown.time.is_some() || !is_noon(&stated) {
                    return as_stated();
                }
                bare = Some(shown);
            }
            if local.is_none() {
                local = match &swapped {
                    Some(swapped) if same_day(&shown, swapped) => Some(*swapped),
                    _ if in_utc => in_zone_of(&stated, &shown),
                    _ => None,
                };
            }
        }
        // What has to fill in a time for a day takes noon, which is the same day nearly everywhere.
        if let Some(day) = bare {
            return Published { edtf: day.edtf(), basis: Basis::Metadata };
        }
        if let Some(local) = local {
            // A time element may have the instant in the zone of its readers.
            let has_zone = |date: &Date| date.time.is_some_and(|time| time.offset.is_some());
            let told =
                |date: &Date| has_zone(date) && same_day(date, &local) && in_zone_of(&stated, date).is_some();
            if local.time.is_none()
                && let Some((_, date)) = self.first_time(told)
            {
                return Published { edtf: date.edtf(), basis: Basis::Metadata };
            }
            let basis = if local.time.is_some() { Basis::Metadata } else { Basis::Dateline };
            return Published { edtf: local.edtf(), basis };
        }
        match url_date.filter(|date| in_utc && date.day.is_some()) {
            Some(date) if !same_day(&date, &stated) && in_zone_of(&stated, &date).is_some() => {
                Published { edtf: date.edtf(), basis: Basis::Url }
            }
            _ if in_utc => {
                let language = self.metadata.language.as_deref().unwrap_or_default();
                begun_in_zone_of(&stated, language)
                    .or_else(|| day_in_scripts(self.tree, &stated))
                    .map_or_else(as_stated, |day| Published { edtf: day.edtf(), basis: Basis::Metadata })
            }
            _ => as_stated(),
        }
    }

    /// Whether a line at the headline, or one that is called a date, shows this day.
    pub(super) fn shows(&self, date: &Date) -> bool {
        let headline = self.headline;
        self.blocks.list.iter().any(|block| {
            (is_near(block, headline) || block.roles.any(Roles::DATE | Roles::BYLINE))
                && block.chars <= 160
                && !self.is_in_site_head(block.first)
                && self.date_in(block).is_some_and(|(found, _)| same_day(&found.date, date))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn what_the_text_and_a_caption_tell_is_not_the_day_on_which_readers_saw_the_page() {
        let lexicon = Lexicon::load(None).unwrap();
        let prose =
            "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port.</p>";
        let read = |inside: &str| {
            let page = format!(
                "<title>Ice on the lake</title><meta property=article:published_time content=2026-05-06T04:11:00Z><article>\
                 <h1>Ice on the lake</h1>{inside}{prose}{prose}</article>"
            );
            crate::html::read(&page, None, &lexicon).unwrap().published.unwrap().edtf
        };
        for inside in [
            "<figure><img src=/a.jpg><figcaption>The port stands in Holm, Tuesday, May 5, 2026. (AP Photo/Bo Ek)</figcaption></figure>",
            "<p>The council had voted for the new port on May 5, 2026, by a large majority of its members.</p>",
        ] {
            assert_eq!(read(inside), "2026-05-06T04:11:00Z", "{inside}");
        }
        assert_eq!(read("<p class=date>May 5, 2026</p>"), "2026-05-05");
    }
}
