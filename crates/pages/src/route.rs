//! The table of pages.

use std::fmt;

use evenkeel_identity::Action;
use evenkeel_review::Report;

use crate::{
    Ask, Asked, Frame, Place, PlansAsked, PlansFound, RecordsAsked, RecordsFound, Rows, Shown, Verified, VerifyAsked,
    findings, overview, person, plan_page, plans_page, procedure, procedures, record_page, records_page,
    records_verify_page, review, review_attest, review_improvements, review_matrix, review_practice, review_refs,
    review_subject, teams, teams_one, workload, workloads,
};
use crate::{about, search, status};

/// How a page comes about.
#[derive(Clone, Copy)]
pub enum Show {
    /// From the state alone.
    State(fn(&Asked<'_>) -> Shown),
    /// From what the evidence answers to some questions, and the state; an answer for each question.
    Rows(fn(&Place) -> Vec<Ask>, fn(&Asked<'_>, &[Rows]) -> Shown),
    /// From records, and the state.
    Records(fn(&Place) -> RecordsAsked, fn(&Asked<'_>, &RecordsFound) -> Shown),
    /// From a stretch of records that is verified; `None` where there is none.
    Verified(fn(&Place) -> VerifyAsked, fn(&Asked<'_>, Option<&Verified>) -> Shown),
    /// From the plans that were adopted or refused.
    Plans(fn(&Place) -> PlansAsked, fn(&Asked<'_>, &PlansFound) -> Shown),
    /// From the present review. It is collected where the review lies, and the frame before that.
    Review(fn(&Asked<'_>) -> Frame, fn(Frame, &Place, &Report<'_>) -> Shown),
}

/// One page.
#[derive(Debug, Clone, Copy)]
pub struct PageRoute {
    /// Its path, `{id}` standing for a segment.
    pub path: &'static str,
    /// What decides who may look.
    pub action: Action,
    /// How it comes about.
    pub show: Show,
}

/// Every page.
pub const PAGES: &[PageRoute] = &[
    state("/", overview::show),
    state("/search", search::show),
    state("/about", about::show),
    crate::overview_changes::CHANGES,
    crate::incidents::LIST,
    crate::incidents::opening::NEW,
    crate::incidents::opening::OPENED,
    crate::incident::ROOM,
    crate::problems::LIST,
    crate::problems::one::ONE,
    row("/workloads", Show::Rows(workloads::ask, workloads::show)),
    row("/workloads/{name}", Show::Rows(workload::ask, workload::show)),
    state("/teams", teams::show),
    state("/teams/{name}", teams_one::show),
    row("/people/{name}", Show::Rows(person::ask, person::show)),
    state("/procedures", procedures::show),
    state("/procedures/{name}", procedure::show),
    row("/findings", Show::Rows(findings::ask, findings::show)),
    state("/findings/{code}", findings::explain),
    row("/review", Show::Review(review::frame, review::show)),
    row("/review/matrix", Show::Review(review_matrix::frame, review_matrix::show)),
    row("/review/practices/{key}", Show::Review(review_practice::frame, review_practice::show)),
    row("/review/subjects/{kind}/{name}", Show::Review(review_subject::frame, review_subject::show)),
    state("/review/improvements", review_improvements::show),
    state("/review/take-up", review_improvements::ask),
    state("/review/attest", review_attest::ask),
    state("/review/refs/{seq}", review_refs::show),
    row("/records", Show::Records(records_page::ask, records_page::show)),
    row("/records/export", Show::Records(records_page::ask_export, records_page::export)),
    row("/records/verify", Show::Verified(records_verify_page::ask, records_verify_page::show)),
    row("/records/{seq}", Show::Records(record_page::ask, record_page::show)),
    status::LIST,
    status::ONE,
    row("/plans", Show::Plans(plans_page::ask, plans_page::show)),
    row("/plans/{hash}", Show::Plans(plan_page::ask, plan_page::show)),
    state("/alerts", crate::alerts_page::show),
    state("/alerts/{id}", crate::alert_page::show),
    state("/groups", crate::groups::show),
    state("/groups/{id}", crate::groups_one::show),
    state("/silences", crate::silences::show),
    state("/silences/new", crate::silence_form::new),
    state("/silences/{id}", crate::silence_page::show),
    state("/silences/{id}/edit", crate::silence_form::edit),
    state("/oncall", crate::oncall::show),
    state("/oncall/{schedule}", crate::oncall_schedule::show),
];

/// Whether a path within the site is that of a page, so that nothing links to what is not there.
pub(crate) fn leads(path: &str) -> bool {
    let path = format!("/{path}");
    PAGES.iter().any(|page| Place::of(page.path, &path, Vec::new()).is_some())
}

const fn state(path: &'static str, show: fn(&Asked<'_>) -> Shown) -> PageRoute {
    PageRoute { path, action: Action::Read, show: Show::State(show) }
}

const fn row(path: &'static str, show: Show) -> PageRoute {
    PageRoute { path, action: Action::Read, show }
}

impl fmt::Debug for Show {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::State(_) => "State",
            Self::Rows(..) => "Rows",
            Self::Records(..) => "Records",
            Self::Verified(..) => "Verified",
            Self::Plans(..) => "Plans",
            Self::Review(..) => "Review",
        })
    }
}
