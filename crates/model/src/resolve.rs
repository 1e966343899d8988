//! Documents become a plan: defaults are filled in, names looked up, and what is there is judged.
//!
//! Resolving goes on past every fault, so that one run reports all of them; a plan comes out only when none blocks.

mod catalogue;
mod entities;
mod integration;
mod judgement;
mod kpis;
mod names;
mod naming;
mod objectives;
mod people;
mod procedures;
mod receivers;
mod registers;
mod responses;
mod routing;
mod rules;
mod schedules;
mod standing;
mod status_pages;
mod views;
mod workloads;

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Severity, SourceId, Span};
use evenkeel_ids::PlanHash;
use evenkeel_time::{Duration, TimeInterval};

use crate::document::{AlertmanagerConfig, Declared, Documents, Global, Organization};
use crate::{Catalogue, LastResort, Plan, codes};
use integration::Defaults;
use naming::{Table, named_once};

/// How long an alert without an end lives, where nothing is written. Source: Alertmanager's default.
const RESOLVE_TIMEOUT: Duration = Duration::minutes(5);

/// The place of what is not written anywhere.
const NOWHERE: Span = Span { source: SourceId(0), start: 0, end: 0 };

/// What to do about a receiver type or an HTTP option we do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It is an error.
    Refuse,
    /// It is a finding; that integration is left out and the rest is served.
    Allow,
}

/// The result of resolving: a plan unless a diagnostic blocks, and everything found.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The plan, when nothing blocks and there is a routing tree.
    pub plan: Option<Plan>,
    /// The catalogue as far as it resolves, also where there is no plan.
    pub catalogue: Catalogue,
    /// Errors and findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Resolves documents.
///
/// `hash` names the plan; [`plan_hash`](crate::plan_hash) computes it. Faults found while parsing are not known here:
/// when one of them blocks, the plan is not to be used.
#[must_use]
pub fn resolve(documents: Documents, hash: PlanHash, missing: Missing) -> Resolved {
    let mut diags = Vec::new();
    let (catalogue, plan) = plan(documents, hash, missing, &mut diags);
    let plan = plan.filter(|_| !diags.iter().any(Diagnostic::blocks));
    Resolved { plan, catalogue, diagnostics: diags }
}

fn plan(
    mut documents: Documents,
    hash: PlanHash,
    missing: Missing,
    diags: &mut Vec<Diagnostic>,
) -> (Catalogue, Option<Plan>) {
    let incomplete = documents.incomplete;
    let routing = needed(&documents);
    let organization = only_organization(std::mem::take(&mut documents.organizations), diags);
    let config = only_config(std::mem::take(&mut documents.alertmanager), incomplete, routing, diags);
    let probes = named_once("probe", documents.probes.clone(), diags);
    let heartbeats = named_once("heartbeat", documents.heartbeats.clone(), diags);
    let expected_alerts = named_once("expected alert", documents.expected_alerts.clone(), diags);
    let without_config = config.is_none();
    let mut config = config.unwrap_or_else(no_config);
    let own = documents.receivers.clone();
    let organization = organization.map(|organization| organization.spec);
    let (last_resort, priorities) = organization.map(|known| (known.last_resort, known.priorities)).unwrap_or_default();
    let mut intervals = time_intervals(&mut config, diags);
    let (root, written) = (config.route.take(), std::mem::take(&mut config.receivers));
    let mut defaults = Defaults::new(&config.global, missing);
    let mut receivers = receivers::receivers(written, own, &mut defaults, diags);
    receivers.incomplete = incomplete || without_config;
    let routes = root.map(|root| routing::routes(root, &mut receivers, &mut intervals, diags));
    let tree = routes.iter().flat_map(|tree| &tree.routes);
    let routed: BTreeSet<Arc<str>> = tree.map(|route| Arc::clone(&route.receiver)).collect();
    let told = match last_resort.as_ref().and_then(|written| written.receiver.as_ref()) {
        Some(name) => receivers.look_up(name, diags),
        None => routes.as_ref().and_then(|tree| tree.routes.first()).map(|root| Arc::clone(&root.receiver)),
    };
    let people = catalogue::catalogue(
        documents,
        last_resort.as_ref(),
        priorities,
        &mut receivers,
        &routed,
        &mut defaults,
        diags,
    );
    if without_config {
        // That all of it is missing is said already.
        diags.retain(|diag| diag.code != codes::MISSING_GLOBAL);
    }
    if routes.is_some() {
        let help = "route to it what it should hear, or remove it";
        receivers.report_unused(codes::UNUSED_RECEIVER, "no route leads to it", help, diags);
        let help = "name it in the `mute_time_intervals` or `active_time_intervals` of a route, or remove it";
        intervals.report_unused(codes::UNUSED_TIME_INTERVAL, "no route names it", help, diags);
    }
    let catalogue = people.catalogue;
    let (Some(routes), Some(told)) = (routes, told) else { return (catalogue, None) };
    let plan = Plan {
        hash,
        commit: None,
        resolve_timeout: config.global.resolve_timeout.unwrap_or(RESOLVE_TIMEOUT),
        routes,
        receivers: receivers.into_values(),
        inhibit_rules: config.inhibit_rules,
        time_intervals: intervals.into_values(),
        probes,
        heartbeats,
        expected_alerts,
        last_resort: LastResort { receiver: told, policy: people.policy },
        priorities: people.priorities,
        catalogue: catalogue.clone(),
    };
    (catalogue, Some(plan))
}

/// How bad it is that there is no routing tree, and what needs one: whoever only has rules, a catalogue or procedures
/// checked does not,
/// and an empty folder was surely meant to be another one.
fn needed(documents: &Documents) -> (Severity, Option<Span>) {
    let Documents { probes, expected_alerts, receivers, response_plans, communications, alertmanager, .. } = documents;
    let sends = (alertmanager.first().map(|config| config.span))
        .or_else(|| response_plans.first().map(|plan| plan.name.span))
        .or_else(|| probes.first().map(|probe| probe.name.span))
        .or_else(|| expected_alerts.first().map(|expected| expected.name.span))
        .or_else(|| communications.first().map(|plan| plan.name.span))
        .or_else(|| receivers.first().map(|receiver| receiver.name.span));
    let severity = if sends.is_some() || documents.files.is_empty() { Severity::Error } else { Severity::Finding };
    (severity, sends)
}

fn only_config(
    configs: Vec<AlertmanagerConfig>,
    incomplete: bool,
    (needed, place): (Severity, Option<Span>),
    diags: &mut Vec<Diagnostic>,
) -> Option<AlertmanagerConfig> {
    let mut configs = configs.into_iter();
    let first = configs.next();
    let routed = first.as_ref().is_some_and(|config| config.route.is_some());
    let perhaps_unread = incomplete && first.is_none();
    if !routed && !perhaps_unread {
        let place = place.unwrap_or(NOWHERE);
        let headline = "there is no routing tree, so nobody would be told anything";
        let diag = match needed {
            Severity::Error => Diagnostic::error(codes::NO_ROUTING, place, headline),
            Severity::Finding => Diagnostic::finding(codes::NO_ROUTING, place, headline),
        };
        diags.push(diag.help(match first {
            Some(_) => "write a `route` into it that leads to one of its `receivers`",
            None => "write `alertmanager.yml` with a `route` and its `receivers`",
        }));
    }
    for (again, first) in configs.zip(first.iter().cycle()) {
        let headline = "there is a second Alertmanager configuration, and a plan has one routing tree";
        let diag = Diagnostic::error(codes::SECOND_ALERTMANAGER, again.span, headline);
        diags.push(
            diag.related(first.span, "the first one")
                .help("join them into one tree, or name one of the files in `.evenkeelignore`"),
        );
    }
    first
}

/// What stands in for a configuration that is not there, so that everything else is looked at all the same.
fn no_config() -> AlertmanagerConfig {
    AlertmanagerConfig {
        span: NOWHERE,
        global: Global::default(),
        route: None,
        inhibit_rules: Vec::new(),
        inhibit_spans: Vec::new(),
        routing_faulty: false,
        time_intervals: Vec::new(),
        receivers: Vec::new(),
    }
}

fn only_organization(
    found: Vec<Declared<Organization>>,
    diags: &mut Vec<Diagnostic>,
) -> Option<Declared<Organization>> {
    let mut found = found.into_iter();
    let first = found.next()?;
    for again in found {
        let headline = "there is a second `Organization`, and an ops repo belongs to one";
        let diag = Diagnostic::error(codes::SECOND_ORGANIZATION, again.name.span, headline);
        diags.push(diag.related(first.name.span, "the first one").help("join them into one document"));
    }
    Some(first)
}

fn time_intervals(config: &mut AlertmanagerConfig, diags: &mut Vec<Diagnostic>) -> Table<Vec<TimeInterval>> {
    let mut table = Table::new("time interval", codes::UNKNOWN_TIME_INTERVAL, codes::DUPLICATE_TIME_INTERVAL);
    for list in std::mem::take(&mut config.time_intervals) {
        table.declare(list.name, list.intervals, diags);
    }
    table
}
