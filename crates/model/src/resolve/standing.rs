//! Documents that stand for themselves: allowances, signal contracts, routing tests. Nothing refers to them by name.

use crate::document::{AllowanceDocument, Declared, RoutingTestDocument, SignalDocument};

use super::names::Names;
use super::naming::Distinct;

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
