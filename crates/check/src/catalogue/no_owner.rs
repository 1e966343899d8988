//! What nobody owns, in a repo that has teams: probes, expected alerts, signal contracts, KPIs, and entries of registers
//! that name nobody else who answers for them.
//!
//! Workloads and response plans are judged where they are resolved. A signal contract and a KPI are their workload's
//! owner's. A policy is that of the team that escalates by it, and a schedule is whose policy pages it; those that nobody uses are found as
//! unused.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_ids::DocumentRef;
use evenkeel_model::document::Declared;
use evenkeel_model::{RegisterKind, codes, quoted};

use crate::Repo;

/// The registers whose entries somebody has to answer for, and that have no field for that.
const ANSWERED_FOR: [RegisterKind; 7] = [
    RegisterKind::DataClass,
    RegisterKind::Improvement,
    RegisterKind::Knowledge,
    RegisterKind::Obligation,
    RegisterKind::Risk,
    RegisterKind::Standard,
    RegisterKind::SupportPlan,
];

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() || repo.catalogue.teams.is_empty() {
        return;
    }
    let documents = repo.documents;
    let mut report = |kind: &str, name: &Spanned<Box<str>>| {
        let headline = format!("nobody owns the {kind} {}", quoted(&name.value));
        let diag = Diagnostic::finding(codes::NO_OWNER, name.span, headline);
        diags.push(diag.help("write `owner: team:…` or `owner: person:…` into `metadata`"));
    };
    ownerless(&documents.probes).for_each(|one| report("probe", &one.name));
    ownerless(&documents.expected_alerts).for_each(|one| report("expected alert", &one.name));
    let contracts = ownerless(&documents.signals).filter(|one| one.spec.workload.is_none());
    contracts.for_each(|one| report("signal contract", &one.name));
    let kpis = ownerless(&documents.kpis).filter(|one| one.spec.workload.is_none());
    kpis.for_each(|one| report("KPI", &one.name));
    let entries = ownerless(&documents.registers).filter(|one| ANSWERED_FOR.contains(&one.spec.kind));
    entries.for_each(|one| report(one.spec.kind.word(), &one.name));
}

fn ownerless<T>(documents: &[Declared<T>]) -> impl Iterator<Item = &Declared<T>> {
    documents.iter().filter(|document| document.owner.is_none())
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
