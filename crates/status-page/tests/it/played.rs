//! A state folded from records that are written down here, and a plan read from documents.

use std::sync::Arc;

use evenkeel_engine::State;
use evenkeel_ids::{IncidentId, PlanHash, Seq, UpdateId};
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};
use evenkeel_record::{
    Actor, Body, IncidentClosed, IncidentOpened, IncidentResolved, Origin, Record, ResolvedBy, Started, UpdateApproved,
    UpdateDrafted, UpdateKind,
};
use evenkeel_severity::Severity;
use evenkeel_status_page::Board;
use evenkeel_time::{Duration, Timestamp};

/// What every plan here has.
const SHOP: &str = "
route: { receiver: press }
receivers: [{ name: press }, { name: pager }]
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: shop, owner: person:ada }
spec: { tier: 1, dependsOn: [orders-db, { workload: search, hard: false }] }
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: orders-db, owner: person:ada }
spec: { tier: 1 }
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: search, owner: person:ada }
spec: { tier: 3 }
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec: { contacts: [{ name: book, file: { path: ada.jsonl } }] }
---
apiVersion: evenkeel/v1
kind: CommunicationPlan
metadata: { name: told }
spec:
  audiences:
    - { name: customers, customers: true, receivers: [press], fromSeverity: sev3 }
    - { name: staff, receivers: [press], fromSeverity: sev4 }
";

/// A page of three components.
pub(crate) const PAGE: &str = "
apiVersion: evenkeel/v1
kind: StatusPage
metadata: { name: customers }
spec:
  title: Example books
  description: How our services run.
  audience: customers
  support: https://example.com/help
  components:
    - { name: buying, title: Buying books, group: The shop, workloads: [shop] }
    - { name: finding, title: Finding books, description: Search and shelves., group: The shop, workloads: [search] }
    - { name: everything, title: Everything, workloads: [shop, search] }
";

pub(crate) struct Played {
    pub(crate) state: State,
    pub(crate) plan: Plan,
    seq: u64,
    now: Timestamp,
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

impl Played {
    /// Begins at an instant with these documents besides the shop's.
    pub(crate) fn new(began: &str, documents: &str) -> Self {
        let text = format!("{SHOP}---{documents}");
        let files = vec![OpsFile { path: "alertmanager.yml".to_owned(), bytes: text.into_bytes() }];
        let loaded = load(&OpsFiles { files, ..OpsFiles::default() }, Missing::Refuse);
        let said = evenkeel_said(&loaded);
        let plan = loaded.plan.unwrap_or_else(|| panic!("no plan: {said}"));
        let mut played = Self { state: State::default(), plan, seq: 0, now: at(began) };
        let zero = Duration::ZERO;
        played.record(Body::Started(Started { version: "0".into(), down_for: zero, clock_behind: zero }));
        played
    }

    pub(crate) fn at(&mut self, now: &str) -> &mut Self {
        self.now = at(now);
        self
    }

    pub(crate) fn record(&mut self, body: Body) -> Seq {
        self.seq += 1;
        let (seq, actor, origin, plan) = (Seq(self.seq), Actor::system(), Origin::Observed, PlanHash::NONE);
        self.state.apply(&Record { seq, at: self.now, actor, origin, plan, body });
        seq
    }

    pub(crate) fn opens(&mut self, workload: &str, severity: Severity, customer_visible: bool) -> IncidentId {
        IncidentId(self.record(Body::IncidentOpened(IncidentOpened {
            response_plan: workload.into(),
            key: None,
            group: None,
            alerts: Vec::new(),
            title: "INTERNAL orders-db-7 has no space left".into(),
            workload: Some(workload.into()),
            owner: None,
            severity,
            severity_reason: "INTERNAL".into(),
            customer_visible,
        })))
    }

    pub(crate) fn says(&mut self, incident: IncidentId, kind: UpdateKind, title: &str, text: &str) -> UpdateId {
        self.says_to("customers", incident, kind, title, text, false)
    }

    pub(crate) fn says_to(
        &mut self,
        audience: &str,
        incident: IncidentId,
        kind: UpdateKind,
        title: &str,
        text: &str,
        waits: bool,
    ) -> UpdateId {
        let approvers = if waits { vec!["person:ada".parse().expect("a reference")] } else { Vec::new() };
        UpdateId(self.record(Body::UpdateDrafted(UpdateDrafted {
            incident,
            communication: "told".into(),
            audience: Arc::from(audience),
            kind,
            title: title.into(),
            text: text.into(),
            approvers,
            addresses: Vec::new(),
            next_at: None,
        })))
    }

    pub(crate) fn approves(&mut self, update: UpdateId, text: &str) {
        self.record(Body::UpdateApproved(UpdateApproved { update, text: Some(text.into()), page: None }));
    }

    pub(crate) fn resolves(&mut self, incident: IncidentId) {
        self.record(Body::IncidentResolved(IncidentResolved {
            incident,
            cause: ResolvedBy::Person,
            reason: Some("INTERNAL".into()),
            workaround: false,
            reopen_until: self.now,
            page: None,
        }));
        self.record(Body::IncidentClosed(IncidentClosed { incident, reason: None }));
    }

    pub(crate) fn board(&self, page: &str, now: &str) -> Board {
        Board::of(&self.state, &self.plan, &self.plan.catalogue.status_pages[page], at(now))
    }
}

fn evenkeel_said(loaded: &evenkeel_ops_source::Loaded) -> String {
    let blocking = loaded.diagnostics.iter().filter(|diag| diag.blocks());
    blocking.map(|diag| format!("{}: {}\n", diag.code, diag.headline)).collect()
}
