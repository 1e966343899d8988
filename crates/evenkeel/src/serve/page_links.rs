//! The links in pages: signed for one person and one page, the same for every attempt.

use evenkeel_identity::{Link, LinkKey, Purpose, sign};
use evenkeel_ids::DocumentRef;
use evenkeel_incident::PageMessage;
use evenkeel_time::Duration;

/// A link counts for so long after the page's own time: somebody may look at the phone late, and the incident is theirs
/// to take as long as it is open.
const COUNTS_FOR: Duration = Duration::hours(24);

/// Makes the links in pages.
#[derive(Debug)]
pub(crate) struct PageLinks {
    key: LinkKey,
    external_url: String,
}

impl PageLinks {
    pub(crate) fn new(key: LinkKey, external_url: &str) -> Self {
        Self { key, external_url: external_url.trim_end_matches('/').to_owned() }
    }

    /// The link for whoever is paged; a receiver is read by many, so it gets none.
    pub(crate) fn of(&self, message: &PageMessage) -> Option<String> {
        let DocumentRef::Person(person) = &message.to else { return None };
        let purpose = Purpose::Page { page: message.page, person: person.clone() };
        let link = sign(&self.key, &Link { purpose, expires_at: message.not_after + COUNTS_FOR });
        Some(format!("{}/p/{link}", self.external_url))
    }
}
