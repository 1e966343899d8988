//! `GET /overview`: how operation stands, in one answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_incident::{Incident, Phase};
use evenkeel_oncall::on_call;
use evenkeel_time::Timestamp;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::counts::{Counts, Tally};
use crate::incidents::ShownIncident;
use crate::instant::Instant;
use crate::openapi::shapes::{HashDigits, Ref};
use crate::openapi::{Given, Operation, Tag};
use crate::{Desk, reply};

/// So many incidents are shown, the worst first.
const WORST_MAX: usize = 10;
/// So many schedules are shown, by name.
const SCHEDULES_MAX: usize = 100;

/// `GET /overview`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/overview", "getOverview", Tag::Overview)
    .says(
        "Shows how operation stands",
        "What is broken, who has it, who is on call, what is not told, and how the server is.",
    )
    .answers(&[Given::json::<Overview>("how operation stands")]);

/// How operation stands.
#[derive(Debug, Serialize, JsonSchema)]
struct Overview {
    at: Instant,
    /// Whether inputs are taken and made durable.
    ready: bool,
    /// Why not, or what is not well.
    reasons: Vec<String>,
    started_at: Instant,
    plan: String,
    plan_adopted_at: Instant,
    head: ShownHead,
    incidents: IncidentCounts,
    /// Active ones, the worst first, at most 10.
    worst: Vec<ShownIncident>,
    alerts: AlertCounts,
    silences: SilenceCounts,
    group_count: usize,
    /// Notices that are under way.
    notice_count: usize,
    /// By schedule, at most 100.
    on_call: Vec<OnCallNow>,
}

/// The last record.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Head")]
struct ShownHead {
    seq: u64,
    #[schemars(with = "HashDigits")]
    hash: String,
}

/// Incidents that are not closed.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct IncidentCounts {
    open: usize,
    acknowledged: usize,
    resolved: usize,
    /// Active ones.
    by_severity: BTreeMap<&'static str, usize>,
    /// Active ones for which nobody can be paged.
    unroutable: usize,
    /// Active ones in which escalation stands still.
    paused: usize,
}

/// Alerts by state.
#[derive(Debug, Serialize, JsonSchema)]
struct AlertCounts {
    active: usize,
    suppressed: usize,
    resolved: usize,
}

/// Silences by state.
#[derive(Debug, Serialize, JsonSchema)]
struct SilenceCounts {
    pending: usize,
    active: usize,
    expired: usize,
}

/// Who is on call by a schedule.
#[derive(Debug, Serialize, JsonSchema)]
struct OnCallNow {
    schedule: Arc<str>,
    #[schemars(with = "Vec<Ref>")]
    people: Vec<DocumentRef>,
}

/// What one look gives.
struct Looked {
    now: Timestamp,
    plan_at: Timestamp,
    incidents: IncidentCounts,
    worst: Vec<ShownIncident>,
    on_call: Vec<OnCallNow>,
    tally: Tally,
}

/// Shows how operation stands.
pub(crate) fn show<D: Desk>(app: &App<D>) -> Response {
    let health = app.desk.health();
    let Looked { now, plan_at, incidents, worst, on_call, tally } = app.desk.look(Looked::at);
    let counts = tally.count();
    let Counts { active, suppressed, resolved, groups, notices_open, .. } = counts;
    let shown = Overview {
        at: Instant(now),
        ready: health.ready,
        reasons: health.reasons,
        started_at: Instant(health.started_at),
        plan: health.plan.to_string(),
        plan_adopted_at: Instant(plan_at),
        head: ShownHead { seq: health.head.seq.0, hash: health.head.hash.to_string() },
        incidents,
        worst,
        alerts: AlertCounts { active, suppressed, resolved },
        silences: SilenceCounts {
            pending: counts.silences_pending,
            active: counts.silences_active,
            expired: counts.silences_expired,
        },
        group_count: groups,
        notice_count: notices_open,
        on_call,
    };
    reply::json(StatusCode::OK, &shown)
}

impl Looked {
    fn at(engine: &Engine, now: Timestamp) -> Self {
        let state = engine.state();
        let mut incidents = IncidentCounts::default();
        let mut worst: BTreeMap<_, &Incident> = BTreeMap::new();
        for one in state.incident.incidents() {
            match one.phase {
                Phase::Open => incidents.open += 1,
                Phase::Acknowledged => incidents.acknowledged += 1,
                Phase::Resolved => incidents.resolved += 1,
                Phase::Closed | Phase::Merged => {}
            }
            if !one.active() {
                continue;
            }
            *incidents.by_severity.entry(one.severity.as_str()).or_default() += 1;
            incidents.unroutable += usize::from(one.unroutable.is_some());
            incidents.paused += usize::from(one.paused.is_some());
            worst.insert((one.severity, one.opened_at, one.id), one);
            if worst.len() > WORST_MAX {
                worst.pop_last();
            }
        }
        let schedules = engine.plan().catalogue.schedules.values().take(SCHEDULES_MAX);
        let on_call = schedules.map(|schedule| OnCallNow {
            schedule: schedule.name.clone(),
            people: on_call(schedule, &state.oncall, now).people.into_iter().map(DocumentRef::Person).collect(),
        });
        Self {
            now,
            plan_at: state.plan_at,
            incidents,
            worst: worst.into_values().map(|one| ShownIncident::of(engine, now, one)).collect(),
            on_call: on_call.collect(),
            tally: Tally::at(engine, now),
        }
    }
}
