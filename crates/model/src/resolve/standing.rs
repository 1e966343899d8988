//! Documents that stand for themselves: allowances, signal contracts, routing tests. Nothing refers to them by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;

use super::names::Names;
use super::naming::Distinct;
use crate::document::{
    AllowanceDocument, Declared, Documents, MetricDocument, RoutingTestDocument, SignalDocument, Text,
};
use crate::{PromisedMetric, SignalContract, Standing};

/// What these documents say, and who owns those that work without an owner. Faults are reported elsewhere.
pub(super) fn said(documents: &Documents) -> Standing {
    let mut owners = BTreeMap::new();
    owned("Schedule", &documents.schedules, &mut owners);
    owned("EscalationPolicy", &documents.policies, &mut owners);
    owned("CommunicationPlan", &documents.communications, &mut owners);
    owned("Probe", &documents.probes, &mut owners);
    owned("Heartbeat", &documents.heartbeats, &mut owners);
    owned("ExpectedAlert", &documents.expected_alerts, &mut owners);
    owned("RoutingTest", &documents.routing_tests, &mut owners);
    owned("SignalContract", &documents.signals, &mut owners);
    owned("EventSource", &documents.event_sources, &mut owners);
    owned("Maintenance", &documents.maintenances, &mut owners);
    owned("StatusPage", &documents.status_pages, &mut owners);
    owned("View", &documents.views, &mut owners);
    let cases = documents.rule_tests.iter().flat_map(|file| &file.tests).flat_map(|test| &test.alerts);
    let contract = |contract: &Declared<SignalDocument>| {
        let workload = contract.spec.workload.as_ref().map(|workload| Arc::clone(&workload.value));
        let metrics = contract.spec.metrics.iter().map(promised).collect();
        (contract.shared_name().value, SignalContract { workload, metrics })
    };
    Standing {
        owners,
        tested_alerts: cases.map(|case| Arc::from(&*case.alert.value)).collect(),
        routing_tests: documents.routing_tests.iter().map(|test| test.shared_name().value).collect(),
        signal_contracts: documents.signals.iter().map(contract).collect(),
    }
}

fn promised(metric: &MetricDocument) -> PromisedMetric {
    let listed = metric.labels.iter().filter(|(_, values)| !values.is_empty());
    let shared = |text: &Text| Arc::from(&*text.value);
    let labels = listed.map(|(name, values)| (shared(name), values.iter().map(shared).collect())).collect();
    PromisedMetric { name: shared(&metric.name), labels }
}

type Owners = BTreeMap<(&'static str, Arc<str>), DocumentRef>;

fn owned<T>(kind: &'static str, documents: &[Declared<T>], owners: &mut Owners) {
    for document in documents {
        if let Some(owner) = document.owner.as_ref().and_then(|owner| owner.value.parse().ok()) {
            owners.insert((kind, document.shared_name().value), owner);
        }
    }
}

/// Reports names that are there twice, and workloads that are not there.
pub(super) fn standing(
    allowances: &[Declared<AllowanceDocument>],
    signals: &[Declared<SignalDocument>],
    routing_tests: &[Declared<RoutingTestDocument>],
    names: &mut Names<'_>,
) {
    distinct("allowance", allowances, names);
    distinct("signal contract", signals, names);
    distinct("routing test", routing_tests, names);
    for contract in signals {
        if let Some(workload) = &contract.spec.workload {
            names.workload(workload);
        }
    }
    for test in routing_tests {
        let mut cases = Distinct::new("case");
        for case in &test.spec.cases {
            cases.is_new(&case.name, names.diags);
        }
    }
}

/// Reports owners that are not there.
pub(super) fn owners<T>(documents: &[Declared<T>], names: &mut Names<'_>) {
    documents.iter().for_each(|document| drop(names.owner(document.owner.as_ref())));
}

fn distinct<T>(kind: &'static str, documents: &[Declared<T>], names: &mut Names<'_>) {
    owners(documents, names);
    let mut known = Distinct::new(kind);
    for document in documents {
        known.is_new(&document.shared_name(), names.diags);
    }
}
