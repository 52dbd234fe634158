//! Articles that could not be fetched: when each is tried again, and when it is given up.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fetch::Failure;
use crate::schedule::jittered;

/// An article that could not be fetched so often is given up, for as long as its source shows it as it is.
const GIVEN_UP: u32 = 5;
/// First pause before it is tried again.
const FIRST: Duration = Duration::from_mins(5);
/// Kinds of failure that are told of a source.
const KINDS_TOLD: usize = 3;

/// An item of a source whose article could not be fetched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Trouble {
    pub(crate) failures: u32,
    pub(crate) retry_at: Timestamp,
    /// What the item said of itself then: an edited one is tried anew. Earlier versions did not keep it.
    #[serde(default)]
    pub(crate) state: String,
    /// What kind of failure the last one was. Earlier versions did not keep it.
    #[serde(default)]
    pub(crate) kind: String,
}

/// The items of a source whose articles could not be fetched, by the key of each.
pub(crate) type Troubles = BTreeMap<String, Trouble>;

impl Trouble {
    /// The trouble with an item in this state after another failure.
    pub(crate) fn after(before: Option<&Self>, state: &str, failure: &Failure, now: Timestamp) -> Self {
        let failures = before.filter(|before| before.state == state).map_or(0, |before| before.failures);
        let (failures, retry_at) = match failure {
            // That its site wants to be left alone says nothing about the article.
            Failure::Postponed(blocked) => (failures, blocked.until),
            Failure::Gone => (GIVEN_UP, Timestamp::MAX),
            // A page may be announced before it is there, or be refused by a rule that is mended an hour later.
            _ => {
                let pause = jittered(FIRST.saturating_mul(1 << failures.min(10)));
                (failures + 1, now.saturating_add(pause).unwrap_or(Timestamp::MAX))
            }
        };
        Self { failures, retry_at, state: state.to_owned(), kind: failure.kind().into_owned() }
    }

    /// Whether it will not be tried again, as long as its item stays what it is.
    pub(crate) fn is_final(&self) -> bool {
        self.failures >= GIVEN_UP
    }

    /// Whether an item in this state is left alone now.
    pub(crate) fn holds(&self, state: &str, now: Timestamp) -> bool {
        self.state == state && (self.is_final() || self.retry_at > now)
    }
}

/// How many articles could not be fetched, and for which reasons most of them; `None` where all could be.
pub(crate) fn told(troubles: &Troubles) -> Option<String> {
    let articles = match troubles.len() {
        0 => return None,
        1 => "1 article".to_owned(),
        number => format!("{number} articles"),
    };
    let mut kinds = BTreeMap::<_, usize>::new();
    for trouble in troubles.values().filter(|trouble| !trouble.kind.is_empty()) {
        *kinds.entry(trouble.kind.as_str()).or_default() += 1;
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    kinds.truncate(KINDS_TOLD);
    let kinds: Vec<_> = kinds.iter().map(|(kind, number)| format!("{kind} ({number})")).collect();
    let why = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    Some(format!("{articles} could not be fetched{why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::politeness::Blocked;

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn minutes(trouble: &Trouble) -> f64 {
        trouble.retry_at.duration_since(now()).as_secs_f64() / 60.0
    }

    #[test]
    fn an_article_is_tried_again_with_growing_pauses_and_then_given_up() {
        let failures = [
            Failure::Status(404),
            Failure::Status(403),
            Failure::Disallowed,
            Failure::Redirect("leads nowhere"),
            Failure::Address("it has no host".to_owned()),
        ];
        let mut trouble = None;
        for (failure, pause) in failures.iter().zip([5.0, 10.0, 20.0, 40.0, 80.0]) {
            assert!(trouble.as_ref().is_none_or(|trouble: &Trouble| !trouble.is_final()), "{failure}");
            let next = Trouble::after(trouble.as_ref(), "a", failure, now());
            assert!((0.9 * pause..=1.1 * pause).contains(&minutes(&next)), "{failure}: {}", minutes(&next));
            assert!(next.holds("a", now()));
            trouble = Some(next);
        }
        let last = trouble.unwrap();
        assert!(last.is_final() && last.holds("a", Timestamp::MAX));
    }

    #[test]
    fn what_is_gone_is_given_up_at_once() {
        let trouble = Trouble::after(None, "a", &Failure::Gone, now());
        assert!(trouble.is_final() && trouble.holds("a", Timestamp::MAX));
    }

    #[test]
    fn an_edited_item_is_tried_anew() {
        let gone = Trouble::after(None, "a", &Failure::Gone, now());
        assert!(!gone.holds("b", now()));
        let again = Trouble::after(Some(&gone), "b", &Failure::Status(404), now());
        assert_eq!((again.failures, again.state.as_str()), (1, "b"));
    }

    #[test]
    fn a_site_that_wants_to_be_left_alone_is_no_failure_of_the_article() {
        let before = Trouble { failures: 2, state: "a".to_owned(), ..Trouble::default() };
        let blocked = Blocked { until: now() + Duration::from_mins(1), reason: String::new() };
        let trouble = Trouble::after(Some(&before), "a", &Failure::Postponed(blocked), now());
        assert_eq!(trouble.failures, 2);
        assert!(trouble.holds("a", now()) && !trouble.holds("a", now() + Duration::from_mins(1)));
    }

    #[test]
    fn the_commonest_reasons_are_told() {
        let told = |kinds: &[&str]| {
            let trouble = |kind: &&str| Trouble { kind: (*kind).to_owned(), ..Trouble::default() };
            told(&kinds.iter().enumerate().map(|(key, kind)| (key.to_string(), trouble(kind))).collect())
        };
        assert_eq!(told(&[]), None);
        assert_eq!(told(&["404"]).unwrap(), "1 article could not be fetched: 404 (1)");
        let many = ["5xx", "404", "robots.txt", "404", "redirect", "robots.txt", "404"];
        let expected = "7 articles could not be fetched: 404 (3), robots.txt (2), 5xx (1)";
        assert_eq!(told(&many).unwrap(), expected);
        assert_eq!(told(&["", ""]).unwrap(), "2 articles could not be fetched", "of an earlier version");
    }

    #[test]
    fn what_an_earlier_version_kept_is_read() {
        let text = r#"{"failures":5,"retry_at":"2026-11-22T12:00:00Z"}"#;
        let trouble: Trouble = serde_json::from_str(text).unwrap();
        assert!(trouble.is_final() && !trouble.holds("a", now()));
    }
}
