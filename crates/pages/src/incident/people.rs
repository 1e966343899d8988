//! Who was asked about an incident, why they, and what became of it.

use evenkeel_incident::{Address, Incident, Page, PageStatus, Progress};
use evenkeel_record::Ask;

use crate::incident_named::{Named, cut};
use crate::{Asked, Frame, Moment};

/// So many pages are shown, the newest first.
const SHOWN_MAX: usize = 12;
/// So many contacts of each.
const CONTACTS_MAX: usize = 5;
/// So many links of the chain of reasons.
const REASONS_MAX: usize = 6;

#[derive(Debug)]
pub(super) struct People {
    pub(super) pages: Vec<Paged>,
    /// So many older ones are not shown.
    pub(super) more: usize,
    pub(super) no_routing: Option<String>,
}

/// One page.
#[derive(Debug)]
pub(super) struct Paged {
    pub(super) who: Named,
    /// `was paged`
    pub(super) what: &'static str,
    pub(super) at: Moment,
    /// `and acted`; empty while it is open.
    pub(super) became: &'static str,
    pub(super) bad: bool,
    pub(super) contacts: Vec<Contact>,
    pub(super) because: Vec<String>,
}

/// One way to reach them.
#[derive(Debug)]
pub(super) struct Contact {
    pub(super) name: String,
    /// `delivered`
    pub(super) outcome: &'static str,
    pub(super) at: Option<Moment>,
    /// Why not, or after how many attempts.
    pub(super) detail: String,
    pub(super) bad: bool,
}

impl People {
    pub(super) fn of(asked: &Asked<'_>, frame: &Frame, incident: &Incident) -> Self {
        let state = &asked.engine.state().incident;
        let newest = incident.pages.iter().rev().take(SHOWN_MAX);
        Self {
            pages: newest.filter_map(|id| state.page(*id)).map(|page| Paged::of(frame, page)).collect(),
            more: incident.pages.len().saturating_sub(SHOWN_MAX),
            no_routing: incident.unroutable.as_ref().map(|found| cut(&found.reason, 300)),
        }
    }
}

impl Paged {
    fn of(frame: &Frame, page: &Page) -> Self {
        Self {
            who: Named::document(&frame.root, &page.to),
            what: match page.ask {
                Ask::Acknowledge => "was paged",
                Ask::StillYours => "was asked whether it is still theirs",
                Ask::TakeOver => "was asked to take over",
                Ask::Approve(_) => "was asked to approve an update",
            },
            at: frame.moment(page.opened_at),
            became: became(page.status),
            bad: matches!(page.status, PageStatus::Failed | PageStatus::Expired),
            contacts: page.contacts.iter().take(CONTACTS_MAX).map(|one| Contact::of(frame, one)).collect(),
            because: page.because.iter().take(REASONS_MAX).map(|reason| cut(reason, 160)).collect(),
        }
    }
}

const fn became(status: PageStatus) -> &'static str {
    match status {
        PageStatus::Open => "no answer yet",
        PageStatus::Answered => "acted",
        PageStatus::Failed => "was not reached",
        PageStatus::Expired => "did not answer in time",
        PageStatus::Superseded => "not needed any more",
    }
}

impl Contact {
    fn of(frame: &Frame, address: &Address) -> Self {
        let tries = |attempts: u32| if attempts > 1 { format!("after {attempts} attempts") } else { String::new() };
        let failed = |reason: &str, attempts: u32| match tries(attempts) {
            tries if tries.is_empty() => cut(reason, 160),
            tries => format!("{tries}: {}", cut(reason, 160)),
        };
        let due = Some(frame.moment(address.at));
        let (outcome, at, detail) = match &address.progress {
            Progress::Waiting => ("will be tried", due, String::new()),
            Progress::Sending(None) => ("being sent", None, String::new()),
            Progress::Sending(Some(reason)) => ("not delivered yet", None, failed(reason, address.attempts.0)),
            Progress::Delivered { at, attempts } => ("delivered", Some(frame.moment(*at)), tries(*attempts)),
            Progress::Failed { reason, attempts } => ("not delivered", None, failed(reason, *attempts)),
            Progress::Dropped => ("not needed", None, String::new()),
        };
        let bad = matches!(address.progress, Progress::Failed { .. } | Progress::Sending(Some(_)));
        Self { name: cut(&address.name, 60), outcome, at, detail, bad }
    }
}
