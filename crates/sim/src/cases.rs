//! What is known of incidents from the durable records alone: the independent model's memory of them.
//!
//! It is not the engine's state: it keeps true time, has no deadlines, and remembers what each record obliges the
//! engine to put on record next, in the same commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::{AlertId, DocumentRef, GroupId, IncidentId, PageId, UpdateId};
use evenkeel_record::{Ask, EscalationCause, IncidentKey, UpdateKind};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

use crate::clock::Mono;

/// Something that is due, and whether the clock has been honest about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Due {
    pub(crate) at: Mono,
    pub(crate) exact: bool,
}

impl Due {
    pub(crate) const fn at(at: Mono) -> Self {
        Self { at, exact: true }
    }

    fn off_by(&mut self, off: Mono) {
        self.at += off;
        self.exact = false;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Open,
    Acknowledged,
    Resolved,
    Closed,
    Merged,
}

/// An incident that is not closed.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) response_plan: Arc<str>,
    pub(crate) key: Option<IncidentKey>,
    /// Keys of those that became part of it.
    pub(crate) taken_over: BTreeSet<IncidentKey>,
    pub(crate) group: Option<GroupId>,
    pub(crate) alerts: BTreeSet<AlertId>,
    pub(crate) owner: Option<DocumentRef>,
    pub(crate) severity: Severity,
    pub(crate) judged: bool,
    pub(crate) visible: bool,
    /// A person said that it is not over.
    pub(crate) kept: bool,
    pub(crate) phase: Phase,
    pub(crate) paused: Option<(Box<str>, Option<Timestamp>)>,
    /// Somebody escalated through a pause.
    pub(crate) overruled: bool,
    pub(crate) stand: Option<Stand>,
    /// Nobody can be paged, since then.
    pub(crate) unroutable: Option<Mono>,
    pub(crate) held: Option<Held>,
    pub(crate) over: Option<Over>,
    pub(crate) heard: BTreeMap<(Arc<str>, Arc<str>), Heard>,
    /// When it became part of another.
    pub(crate) until: Mono,
}

/// Where escalation stands.
#[derive(Debug, Clone)]
pub(crate) struct Stand {
    pub(crate) policy: Arc<str>,
    pub(crate) step: usize,
    pub(crate) round: u32,
    pub(crate) last_resort: bool,
    /// The policy a person chose.
    pub(crate) chosen: Option<Arc<str>>,
    /// When the next step is due; none once somebody acknowledged.
    pub(crate) next: Option<Due>,
    /// Who was paged by it.
    pub(crate) pages: BTreeSet<PageId>,
    /// Whether all that the step leads to is nobody.
    pub(crate) nobody: bool,
}

impl Stand {
    /// No step was taken yet.
    pub(crate) fn nowhere() -> Self {
        Self {
            policy: Arc::from(""),
            step: 0,
            round: 0,
            last_resort: false,
            chosen: None,
            next: None,
            pages: BTreeSet::new(),
            nobody: false,
        }
    }
}

/// An acknowledgement.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) person: Option<Arc<str>>,
    pub(crate) until: Due,
}

/// A resolved incident.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Over {
    pub(crate) by_person: bool,
    pub(crate) until: Due,
}

/// What an audience was told.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) latest: UpdateId,
    /// Whether a text left that says that it began.
    pub(crate) first_left: bool,
    pub(crate) drafted: Mono,
    /// When they are told next.
    pub(crate) next: Option<Due>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageEnd {
    Open,
    Failed,
    /// Answered, expired, or not needed any more.
    Over,
}

/// A page, or an update: what is sent, and how far it got at each address.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) incident: IncidentId,
    pub(crate) about: About,
    pub(crate) opened: Mono,
    pub(crate) not_after: Due,
    pub(crate) end: PageEnd,
    pub(crate) link_used: bool,
    pub(crate) ways: BTreeMap<Arc<str>, Way>,
}

#[derive(Debug, Clone)]
pub(crate) enum About {
    Page {
        to: DocumentRef,
        ask: Ask,
    },
    Update {
        kind: UpdateKind,
        audience: (Arc<str>, Arc<str>),
        approvers: Vec<DocumentRef>,
        awaits: bool,
        withdrawn: bool,
    },
}

/// One address of it.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) at: Due,
    pub(crate) progress: Progress,
    /// Somebody must try it by then, unless it is under way.
    pub(crate) try_by: Mono,
    /// The reason on record for its last failure.
    pub(crate) failing: Option<Box<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Waiting,
    Sending,
    Delivered,
    Failed,
    Dropped,
}

impl Way {
    pub(crate) fn open(&self) -> bool {
        matches!(self.progress, Progress::Waiting | Progress::Sending)
    }
}

impl Sheet {
    /// It is not needed any more.
    pub(crate) fn end(&mut self, end: PageEnd) {
        if self.end == PageEnd::Open {
            self.end = end;
        }
        self.ways.values_mut().filter(|way| way.open()).for_each(|way| way.progress = Progress::Dropped);
    }

    pub(crate) fn all_failed(&self) -> bool {
        self.ways.values().all(|way| way.progress == Progress::Failed)
    }

    pub(crate) fn asks(&self) -> Option<Ask> {
        match self.about {
            About::Page { ask, .. } => Some(ask),
            About::Update { .. } => None,
        }
    }

    /// Whether it is a page that asks to act on the incident itself.
    pub(crate) fn acts(&self) -> bool {
        self.asks().is_some_and(|ask| !matches!(ask, Ask::Approve(_)))
    }
}

/// What has to be put on record in this very commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Must {
    /// A step, or that nobody can be paged.
    Step(IncidentId, EscalationCause),
    Page(IncidentId, DocumentRef, Ask),
    FailPage(PageId),
    Draft(IncidentId, (Arc<str>, Arc<str>), UpdateKind),
    Withdraw(UpdateId),
}

/// An override of a schedule that was set.
#[derive(Debug, Clone)]
pub(crate) struct StandIn {
    pub(crate) schedule: Arc<str>,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) person: Arc<str>,
    pub(crate) replaces: Option<Arc<str>>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Cases {
    pub(crate) open: BTreeMap<IncidentId, Case>,
    pub(crate) gone: BTreeMap<IncidentId, Phase>,
    /// By the number of the record that made it.
    pub(crate) sheets: BTreeMap<u64, Sheet>,
    pub(crate) stand_ins: BTreeMap<u64, StandIn>,
    pub(crate) must: Vec<Must>,
    /// Since when the engine has been at work undisturbed.
    pub(crate) calm_since: Mono,
    /// The clock was set while nobody looked; lengths of time are off since then.
    pub(crate) off_until: Mono,
    /// Steps taken in this commit for their time, by incident.
    pub(crate) stepped: BTreeMap<IncidentId, u32>,
    pub(crate) records: u64,
    pub(crate) pages: u64,
    pub(crate) opened: u64,
}

impl Case {
    pub(crate) fn active(&self) -> bool {
        matches!(self.phase, Phase::Open | Phase::Acknowledged)
    }

    /// Whether an answer is waited for.
    pub(crate) fn waits(&self) -> bool {
        self.phase == Phase::Open && self.paused.is_none()
    }
}

impl Cases {
    pub(crate) fn phase(&self, id: IncidentId) -> Option<Phase> {
        self.open.get(&id).map(|case| case.phase).or_else(|| self.gone.get(&id).copied())
    }

    /// The clock was set while nobody looked: lengths of time are off by up to this.
    pub(crate) fn time_is_off_by(&mut self, off: Mono) {
        self.off_until += off;
        for case in self.open.values_mut() {
            let next = case.stand.as_mut().and_then(|stand| stand.next.as_mut());
            let held = case.held.as_mut().map(|held| &mut held.until);
            let over = case.over.as_mut().map(|over| &mut over.until);
            let heard = case.heard.values_mut().filter_map(|heard| heard.next.as_mut());
            next.into_iter().chain(held).chain(over).chain(heard).for_each(|due| due.off_by(off));
        }
        for sheet in self.sheets.values_mut() {
            sheet.not_after.off_by(off);
            sheet.ways.values_mut().for_each(|way| way.at.off_by(off));
        }
    }

    /// The open pages about an incident that ask to act on it.
    pub(crate) fn pages_of(&mut self, incident: IncidentId) -> impl Iterator<Item = (PageId, &mut Sheet)> {
        let of = self.sheets.iter_mut().filter(move |(_, sheet)| sheet.incident == incident && sheet.acts());
        of.map(|(id, sheet)| (PageId(evenkeel_ids::Seq(*id)), sheet))
    }

    /// Forgets what is long over.
    pub(crate) fn prune(&mut self, before: Mono) {
        self.open.retain(|_, case| case.phase != Phase::Merged || case.until > before);
        let open = &self.open;
        let asked = |sheet: &Sheet| matches!(sheet.about, About::Update { awaits: true, .. });
        let waits = |sheet: &Sheet| asked(sheet) || sheet.ways.values().any(Way::open);
        self.sheets.retain(|_, sheet| open.contains_key(&sheet.incident) || sheet.opened > before || waits(sheet));
    }
}
