//! What deciding reads and writes.

use std::fmt;
use std::sync::Arc;

use evenkeel_ids::{AlertId, DocumentRef, IncidentId, Seq};
use evenkeel_model::{Plan, ResponsePlan};
use evenkeel_record::{Body, SentId};
use evenkeel_time::Timestamp;

use crate::{Incident, State};

/// What decisions are made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What is known of incidents.
    pub state: &'a State,
    /// Overrides of schedules.
    pub overrides: &'a evenkeel_oncall::State,
    /// The adopted plan.
    pub plan: &'a Plan,
    /// What is known of alerts.
    pub alerts: &'a dyn Alerts,
    /// The instant of the decision.
    pub now: Timestamp,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("now", &self.now).finish_non_exhaustive()
    }
}

/// The port: what incidents need to know of alerts.
pub trait Alerts {
    /// How an incident's alerts stand now.
    fn standing(&self, incident: &Incident) -> Standing;

    /// Whether a look at any group of its alerts is one for it: that group is what it is known by.
    fn watched(&self, incident: &Incident) -> bool;

    /// What the first of them that fires says of itself; empty when there is nothing.
    fn summary(&self, alerts: &[AlertId]) -> Box<str>;
}

/// How an incident's alerts stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// At least one fires, and may be told of.
    Bad,
    /// Some fire, and none may be told of.
    Suppressed {
        /// By what.
        reason: Box<str>,
        /// When that is over, as far as is known.
        until: Option<Timestamp>,
    },
    /// None fires.
    Well,
}

/// What was decided: records in order, then changes that are no records.
#[derive(Debug)]
pub struct Decision {
    next: Seq,
    /// Bodies of the records to be made; the first gets the number given to [`Decision::new`].
    pub records: Vec<Body>,
    /// They hold after the records.
    pub leases: Vec<Lease>,
}

/// A change that is lost in a crash, and may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lease {
    /// An attempt is under way.
    Tried {
        /// Of what.
        of: SentId,
        /// To where.
        address: Arc<str>,
    },
    /// An attempt failed; it is tried again then.
    RetryAt {
        /// What.
        of: SentId,
        /// To where.
        address: Arc<str>,
        /// When.
        at: Timestamp,
    },
    /// Still nobody can be paged; it is tried again then.
    RouteAgain {
        /// Which.
        incident: IncidentId,
        /// When.
        at: Timestamp,
    },
    /// An audience has nothing to hear now; it is looked at again then, or no more.
    TellAgain {
        /// Which.
        incident: IncidentId,
        /// The audience's place in the incident's list.
        place: usize,
        /// When.
        at: Option<Timestamp>,
    },
}

impl Decision {
    /// An empty decision whose first record will be `next`.
    #[must_use]
    pub fn new(next: Seq) -> Self {
        Self { next, records: Vec::new(), leases: Vec::new() }
    }

    /// Adds a record and gives the number it will have, from which ids follow.
    pub fn record(&mut self, body: Body) -> Seq {
        let seq = self.next;
        self.next = seq.next();
        self.records.push(body);
        seq
    }
}

impl<'a> Context<'a> {
    /// Its response plan, while the plan has it.
    #[must_use]
    pub fn response_plan(&self, incident: &Incident) -> Option<&'a ResponsePlan> {
        self.plan.catalogue.response_plans.get(&incident.response_plan)
    }

    /// Who answers for an incident by the current plan; what was so when it was opened, where the plan has no answer.
    #[must_use]
    pub fn owner(&self, incident: &Incident) -> Option<DocumentRef> {
        let planned = self.response_plan(incident).and_then(|plan| owner(self.plan, plan));
        planned.or_else(|| incident.owner.clone())
    }
}

/// Who answers for what a response plan is about: its own owner, else the workload's.
pub(crate) fn owner(plan: &Plan, response_plan: &ResponsePlan) -> Option<DocumentRef> {
    let workload = response_plan.workload.as_ref().and_then(|name| plan.catalogue.workloads.get(name));
    response_plan.owner.clone().or_else(|| workload.and_then(|workload| workload.owner.clone()))
}

impl State {
    /// Takes a change in that is no record.
    pub fn renew(&mut self, lease: Lease) {
        match lease {
            Lease::Tried { of, address } => self.with_address(of, &address, |address| {
                address.attempts.0 += 1;
                address.retry_at.0 = None;
            }),
            Lease::RetryAt { of, address, at } => {
                self.with_address(of, &address, |address| address.retry_at.0 = Some(at))
            }
            Lease::RouteAgain { incident, at } => self.with_incident(incident, |incident| {
                if let Some(unroutable) = &mut incident.unroutable {
                    unroutable.next_at.0 = at;
                }
            }),
            Lease::TellAgain { incident, place, at } => self.with_incident(incident, |incident| {
                if let Some(told) = incident.audiences.get_mut(place) {
                    told.next_at.0 = at;
                }
            }),
        }
    }
}
