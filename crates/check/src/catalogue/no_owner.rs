//! What nobody owns, in a repo that has teams: probes, expected alerts, signal contracts, schedules and policies.
//!
//! Workloads and response plans are judged where they are resolved. A signal contract is its workload's owner's, and a
//! policy that of the team that escalates by it; a schedule is whose policy pages it.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_ids::DocumentRef;
use evenkeel_model::document::Declared;
use evenkeel_model::{Catalogue, codes, quoted};

use crate::Repo;

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() || repo.catalogue.teams.is_empty() {
        return;
    }
    let documents = repo.documents;
    let kept = kept(repo);
    let mut report = |kind: &str, name: &Spanned<Box<str>>| {
        let headline = format!("nobody owns the {kind} {}", quoted(&name.value));
        let diag = Diagnostic::finding(codes::NO_OWNER, name.span, headline);
        diags.push(diag.help("write `owner: team:…` or `owner: person:…` into `metadata`"));
    };
    ownerless(&documents.probes).for_each(|one| report("probe", &one.name));
    ownerless(&documents.expected_alerts).for_each(|one| report("expected alert", &one.name));
    let contracts = ownerless(&documents.signals).filter(|one| one.spec.workload.is_none());
    contracts.for_each(|one| report("signal contract", &one.name));
    let schedules = ownerless(&documents.schedules);
    let schedules = schedules.filter(|one| !kept.contains(&DocumentRef::Schedule(one.shared_name().value)));
    schedules.for_each(|one| report("schedule", &one.name));
    let policies = ownerless(&documents.policies);
    let policies = policies.filter(|one| !kept.contains(&DocumentRef::Policy(one.shared_name().value)));
    policies.for_each(|one| report("escalation policy", &one.name));
}

fn ownerless<T>(documents: &[Declared<T>]) -> impl Iterator<Item = &Declared<T>> {
    documents.iter().filter(|document| document.owner.is_none())
}

/// Policies that have an owner, that teams or response plans escalate by, or that are the last resort; and whom these
/// page.
fn kept(repo: &Repo<'_>) -> BTreeSet<DocumentRef> {
    let Catalogue { teams, response_plans, policies, .. } = repo.catalogue;
    let owned = repo.documents.policies.iter().filter(|policy| policy.owner.is_some());
    let last = repo.documents.organizations.iter().filter_map(|known| known.spec.last_resort.as_ref()?.policy.as_ref());
    let by_teams = teams.values().filter_map(|team| team.escalation.clone());
    let by_plans = response_plans.values().filter_map(|plan| plan.escalation.clone());
    let by_others = owned.map(|policy| policy.shared_name().value).chain(last.map(|policy| policy.value.clone()));
    let names: BTreeSet<Arc<str>> = by_teams.chain(by_plans).chain(by_others).collect();
    let steps = names.iter().filter_map(|name| policies.get(name)).flat_map(|policy| &policy.steps);
    let mut kept: BTreeSet<DocumentRef> = steps.flat_map(|step| step.to.iter().cloned()).collect();
    kept.extend(names.into_iter().map(DocumentRef::Policy));
    kept
}

/// What is owned, with its owner: workloads, and everything else that names one.
pub(super) fn owned(repo: &Repo<'_>) -> Vec<(DocumentRef, DocumentRef)> {
    let workloads = repo.catalogue.workloads.values();
    let mut owned: Vec<(DocumentRef, DocumentRef)> = workloads
        .filter_map(|workload| Some((DocumentRef::Workload(workload.name.clone()), workload.owner.clone()?)))
        .collect();
    let documents = repo.documents;
    owned.extend(named(&documents.schedules, DocumentRef::Schedule));
    owned.extend(named(&documents.policies, DocumentRef::Policy));
    owned
}

fn named<T>(
    documents: &[Declared<T>],
    reference: fn(Arc<str>) -> DocumentRef,
) -> impl Iterator<Item = (DocumentRef, DocumentRef)> {
    documents.iter().filter_map(move |document| {
        let owner = document.owner.as_ref()?.value.parse().ok()?;
        Some((reference(document.shared_name().value), owner))
    })
}
