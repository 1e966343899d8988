//! The catalogue: everything about people and what they answer for, in the order in which it builds on each other.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};

use super::integration::Defaults;
use super::names::Names;
use super::naming::Table;
use super::{
    entities, judgement, kpis, objectives, people, procedures, registers, responses, rules, schedules, standing,
    status_pages, views, workloads,
};
use crate::document::{Documents, LastResortDocument};
use crate::{Catalogue, Priority, Receiver};

/// What the documents of people come to.
pub(super) struct Resolved {
    pub(super) catalogue: Catalogue,
    pub(super) priorities: Vec<Priority>,
    /// The policy of last resort.
    pub(super) policy: Option<Arc<str>>,
}

/// Resolves the documents of people. `routed` are the receivers that routes lead to.
pub(super) fn catalogue(
    mut documents: Documents,
    last_resort: Option<&LastResortDocument>,
    priorities: Vec<Spanned<Priority>>,
    receivers: &mut Table<Receiver>,
    routed: &BTreeSet<Arc<str>>,
    defaults: &mut Defaults<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Resolved {
    let mut origin = entities::join(&mut documents, defaults.mails(), diags);
    let standing = standing::said(&documents);
    let mut names = Names::declare(&mut documents, receivers, diags);
    let names = &mut names;
    let priorities = workloads::priorities(priorities, names);
    let policy = last_resort.and_then(|last| last.policy.as_ref()).and_then(|policy| names.policy(policy));
    let people = people::people(documents.people, defaults, names);
    let teams = people::teams(documents.teams, names);
    let schedules = schedules::schedules(documents.schedules, names);
    let policies = schedules::policies(documents.policies, names);
    let communications = responses::communications(documents.communications, names);
    let mut workloads = workloads::workloads(documents.workloads, &mut origin, names);
    let procedures = procedures::procedures(documents.procedures, &workloads, names);
    let helped_by = procedures::helped_by(&documents.response_plans, &procedures, &documents.files);
    let responses = responses::response_plans(documents.response_plans, &mut workloads, names);
    let entries = registers::registers(documents.registers, &procedures, names);
    let kpis = kpis::kpis(documents.kpis, &entries, names);
    let event_sources = registers::event_sources(documents.event_sources, names);
    let status_pages = status_pages::status_pages(documents.status_pages, names);
    let maintenances = status_pages::maintenances(documents.maintenances, names);
    let views = views::views(documents.views, names);
    standing::standing(&documents.allowances, &documents.signals, &documents.routing_tests, names);
    standing::owners(&documents.probes, names);
    standing::owners(&documents.heartbeats, names);
    standing::owners(&documents.expected_alerts, names);
    standing::owners(&documents.receivers, names);
    let objectives =
        objectives::objectives(&documents.objectives, &documents.slo_parts, &workloads.resolved, names.diags);
    let catalogue = Catalogue {
        people,
        teams,
        workloads: workloads.resolved,
        schedules,
        policies,
        response_plans: responses.plans,
        communications,
        attached: responses.attached,
        procedures,
        helped_by,
        objectives,
        kpis,
        registers: entries,
        event_sources,
        status_pages,
        maintenances,
        views,
        rules: rules::rules(&documents.rule_groups),
        standing,
        origin,
    };
    judgement::judge(&catalogue, last_resort, routed, names);
    Resolved { catalogue, priorities, policy }
}
