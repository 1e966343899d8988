//! What is round an incident: what helps, what may be done, what else is open, what changed last.

use evenkeel_ids::PlanHash;
use evenkeel_incident::{Incident, Relation, related};
use evenkeel_oncall::policy_for;

use crate::incident_line::Urgencies;
use crate::incident_named::{TITLE_MAX, cut, linked};
use crate::link::web_address;
use crate::mark::Mark;
use crate::{Asked, Frame, Moment};

const RELATED_MAX: usize = 8;
const ALLOWED_MAX: usize = 12;

#[derive(Debug)]
pub(super) struct Around {
    pub(super) procedure: Option<Procedure>,
    pub(super) without_asking: Vec<String>,
    pub(super) related: Vec<Related>,
    /// So many more there are.
    pub(super) related_more: usize,
    pub(super) change: Option<(String, Moment)>,
    /// Where what changed elsewhere stands.
    pub(super) changes: Option<String>,
}

/// What helps.
#[derive(Debug)]
pub(super) struct Procedure {
    pub(super) text: String,
    pub(super) href: Option<String>,
}

/// Another open incident.
#[derive(Debug)]
pub(super) struct Related {
    pub(super) id: String,
    pub(super) mark: Mark,
    pub(super) title: String,
    pub(super) may: &'static str,
}

impl Around {
    pub(super) fn of(asked: &Asked<'_>, frame: &Frame, incident: &Incident) -> Self {
        let (related, related_more) = others(asked, incident);
        Self {
            procedure: procedure(asked, frame, incident),
            without_asking: without_asking(asked, incident),
            related,
            related_more,
            change: change(asked, frame),
            changes: crate::overview_changes::address(&frame.root, incident.workload.as_deref()),
        }
    }
}

fn procedure(asked: &Asked<'_>, frame: &Frame, incident: &Incident) -> Option<Procedure> {
    let catalogue = &asked.engine.plan().catalogue;
    if let Some(name) = catalogue.helped_by.get(&incident.response_plan)
        && let Some(href) = linked(&frame.root, "/procedures/{name}", name)
    {
        return Some(Procedure { text: cut(name, TITLE_MAX), href: Some(href) });
    }
    let text = asked.engine.with_incidents(asked.now, |cx| cx.response_plan(incident)?.procedure.clone())?;
    Some(Procedure { href: web_address(&text).map(str::to_owned), text: cut(&text, 300) })
}

/// As the incident's own policy has it; where that says nothing, as the one does that escalation goes by now.
fn without_asking(asked: &Asked<'_>, incident: &Incident) -> Vec<String> {
    let plan = asked.engine.plan();
    let owner = asked.engine.with_incidents(asked.now, |cx| cx.owner(incident));
    let own = policy_for(plan, &incident.response_plan, owner.as_ref()).map(|choice| choice.policy);
    let goes_by = incident.escalation.as_ref().and_then(|goes_by| plan.catalogue.policies.get(&goes_by.policy));
    let says = own.into_iter().chain(goes_by).find(|policy| !policy.without_asking.is_empty());
    let lines = says.map_or(&[] as &[Box<str>], |policy| &policy.without_asking);
    lines.iter().take(ALLOWED_MAX).map(|line| cut(line, 200)).collect()
}

fn others(asked: &Asked<'_>, incident: &Incident) -> (Vec<Related>, usize) {
    if !incident.active() {
        return (Vec::new(), 0);
    }
    let (state, plan) = (&asked.engine.state().incident, asked.engine.plan());
    let urgencies = Urgencies::under(plan);
    let found = related(state, plan, incident).into_iter();
    let mut found: Vec<_> =
        found.filter_map(|(id, relation)| state.incident(id).map(|one| (urgencies.of(one), relation, one))).collect();
    found.sort_by_key(|(urgency, relation, _)| (*relation != Relation::DependsOn, *urgency));
    let more = found.len().saturating_sub(RELATED_MAX);
    let shown = found.into_iter().take(RELATED_MAX).map(|(_, relation, one)| Related {
        id: one.id.to_string(),
        mark: Mark::of(one.severity),
        title: cut(&one.title, TITLE_MAX),
        may: match relation {
            Relation::SameWorkload => "hits the same",
            Relation::DependsOn => "may be the cause",
            Relation::Dependant => "may be an effect",
        },
    });
    (shown.collect(), more)
}

/// The newest plan.
fn change(asked: &Asked<'_>, frame: &Frame) -> Option<(String, Moment)> {
    let state = asked.engine.state();
    (state.plan != PlanHash::NONE).then(|| (plan_said(asked), frame.moment(state.plan_at)))
}

/// The plan that counts now, in words: its commit where it has one.
pub(crate) fn plan_said(asked: &Asked<'_>) -> String {
    match &asked.engine.plan().commit {
        Some(commit) => format!("Plan adopted: {}, by {}", cut(&commit.summary, 120), cut(&commit.author, 60)),
        None => format!("Plan {} adopted", cut(&asked.engine.state().plan.to_string(), 13).trim_end_matches('…')),
    }
}
