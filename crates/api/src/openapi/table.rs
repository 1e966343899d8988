//! Every operation, as declared beside what answers it.

use super::Operation;
use super::served::{DOCUMENT, REFERENCE};
use crate::incidents::declared as incidents;
use crate::{
    Method, access, adopted, alerts, attestations, catalogue, consult, events, facts, hooks, improvements, milestones,
    oncall, overview, probes, problems, records, search, silences, stream, updates,
};

/// Every operation, by what it is about.
pub(super) const OPERATIONS: &[&Operation] = &[
    &overview::SHOW,
    &search::SEARCH,
    &incidents::LIST,
    &incidents::OPEN,
    &incidents::SHOW,
    &incidents::ACKNOWLEDGE,
    &incidents::ESCALATE,
    &incidents::RESOLVE,
    &incidents::REOPEN,
    &incidents::CLOSE,
    &incidents::NOTE,
    &incidents::ASSIGN,
    &incidents::MERGE,
    &incidents::SEVERITY,
    &incidents::VISIBILITY,
    &problems::LIST,
    &problems::OPEN,
    &problems::LINK,
    &problems::RESOLVE,
    &updates::APPROVE,
    &updates::WITHDRAW,
    &alerts::list::LIST,
    &alerts::list::SHOW,
    &alerts::groups::LIST,
    &silences::list::LIST,
    &silences::list::SHOW,
    &silences::preview::PREVIEW,
    &silences::setting::SET,
    &silences::setting::END,
    &oncall::now::SHOW,
    &oncall::gaps::LIST,
    &oncall::load::SHOW,
    &oncall::shifts::LIST,
    &oncall::overrides::SET,
    &oncall::overrides::LIST,
    &oncall::overrides::REMOVE,
    &catalogue::workloads::LIST,
    &catalogue::workloads::SHOW,
    &catalogue::teams::LIST,
    &catalogue::teams::SHOW,
    &catalogue::people::LIST,
    &catalogue::people::SHOW,
    &catalogue::procedures::LIST,
    &catalogue::procedures::SHOW,
    &adopted::SHOW,
    &adopted::LIST,
    &adopted::FINDINGS,
    &records::list::LIST,
    &records::one::SHOW,
    &records::verify::VERIFY,
    &stream::STREAM,
    &facts::REPORT,
    &events::TAKE,
    &hooks::TAKE,
    &attestations::LIST,
    &attestations::SIGN,
    &attestations::WITHDRAW,
    &improvements::LIST,
    &improvements::TAKE_UP,
    &improvements::GIVE_UP,
    &milestones::LIST,
    &milestones::SET,
    &consult::QUERY,
    &consult::REVIEW,
    &consult::DIFFERENCE,
    &access::WHO_AM_I,
    &access::tokens::LIST,
    &access::tokens::CREATE,
    &access::tokens::REVOKE,
    &access::LOGIN_LINK,
    &probes::ALIVE,
    &probes::READY,
    &DOCUMENT,
    &REFERENCE,
];

/// The operation of a route.
pub(crate) fn of(method: Method, path: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().copied().find(|operation| operation.method == method && operation.path == path)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ROUTES;
    use crate::openapi::Place;

    fn described(path: &str) -> bool {
        let ours = ["/api/v1/", "/hooks/"].iter().any(|start| path.starts_with(start));
        ours || ["/events", "/healthz", "/readyz"].contains(&path)
    }

    #[test]
    fn every_route_of_ours_is_described_once_and_nothing_else_is() {
        let routes: BTreeSet<_> = ROUTES
            .iter()
            .filter(|route| described(route.path))
            .collect::<Vec<_>>()
            .iter()
            .map(|route| (route.method.as_str(), route.path))
            .collect();
        let operations: BTreeSet<_> = OPERATIONS.iter().map(|one| (one.method.as_str(), one.path)).collect();
        assert_eq!(routes, operations);
        assert_eq!(operations.len(), OPERATIONS.len());
        let ids: BTreeSet<_> = OPERATIONS.iter().map(|one| one.id).collect();
        assert_eq!(ids.len(), OPERATIONS.len());
    }

    #[test]
    fn each_says_what_it_is_what_it_answers_and_what_stands_in_its_path() {
        for one in OPERATIONS {
            assert!(!one.summary.is_empty() && !one.summary.ends_with('.') && !one.answers.is_empty(), "{}", one.id);
            let named: BTreeSet<_> =
                one.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
            let declared: BTreeSet<_> =
                one.params.iter().filter(|param| param.place == Place::Path).map(|param| param.name).collect();
            assert_eq!(named, declared, "{}", one.id);
            if let Some(body) = one.body {
                assert!(serde_json::from_str::<serde_json::Value>(body.example).is_ok(), "{}", one.id);
            }
        }
    }
}
