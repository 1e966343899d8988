//! What operations refuse with: the codes that several have alike.

use super::Operation;
use crate::{Action, Method};

/// A status and the code that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Code {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
}

impl Code {
    pub(crate) const fn new(status: u16, code: &'static str) -> Self {
        Self { status, code }
    }
}

const fn r(status: u16, code: &'static str) -> Code {
    Code::new(status, code)
}

/// Before the route is looked at.
const ANY: &[Code] = &[r(500, "bug"), r(503, "too-many-requests")];
/// Where who calls counts.
const CALLER: &[Code] = &[
    r(400, "host-needed"),
    r(401, "token-needed"),
    r(401, "not-a-token"),
    r(401, "token-does-not-count"),
    r(421, "unknown-host"),
    r(429, "too-many-wrong-tokens"),
    r(429, "too-many-calls"),
];
const ROLE: &[Code] = &[r(403, "role-too-low")];
/// What a page of another origin may not.
const FOREIGN_PAGE: &[Code] = &[
    r(400, "host-needed"),
    r(403, "other-origin"),
    r(403, "origin-needed"),
    r(415, "not-json"),
    r(421, "unknown-host"),
];
const BODY: &[Code] = &[
    r(400, "broken-off"),
    r(400, "malformed"),
    r(408, "too-slow"),
    r(413, "too-large"),
    r(415, "compressed"),
    r(503, "no-room"),
];
const PARAMS: &[Code] = &[r(400, "malformed")];
const CHANGE: &[Code] =
    &[r(409, "refused"), r(429, "too-many-inputs"), r(500, "not-shown"), r(503, "not-durable"), r(503, "stopping")];
const IDEMPOTENT: &[Code] = &[
    r(400, "malformed"),
    r(409, "idempotency-key-in-flight"),
    r(422, "idempotency-key-reused"),
    r(503, "too-many-idempotency-keys"),
];
const MATCHED: &[Code] = &[r(412, "changed-meanwhile")];

/// The evidence or the journal could not be read.
pub(crate) const EVIDENCE: &[Code] = &[r(503, "no-evidence")];
pub(crate) const CURSOR: &[Code] = &[r(400, "bad-cursor")];

/// What somebody asks of an incident.
pub(crate) const INCIDENT: &[Code] = &[r(400, "invalid-text"), r(404, "unknown-incident"), r(409, "wrong-state")];
/// Where somebody or something to page is named.
pub(crate) const TARGET: &[Code] = &[r(400, "unknown-target")];
/// Where a problem is named.
pub(crate) const PROBLEM: &[Code] =
    &[r(400, "invalid-text"), r(404, "unknown-incident"), r(404, "unknown-problem"), r(409, "problem-resolved")];
/// Where an update is named.
pub(crate) const UPDATE: &[Code] =
    &[r(400, "invalid-text"), r(403, "not-an-approver"), r(404, "unknown-update"), r(409, "not-waiting")];
/// Where a body may name who acts.
pub(crate) const PERSON: &[Code] = &[r(400, "unknown-person"), r(403, "other-person")];
/// What facts may be refused for.
pub(crate) const FACT: &[Code] = &[
    r(400, "invalid-fact"),
    r(400, "unknown-workload"),
    r(400, "unknown-team"),
    r(400, "unknown-person"),
    r(400, "fact-ahead"),
    r(400, "read-from-the-ops-repo"),
    r(413, "too-many-facts"),
    r(429, "too-many-facts-of-a-kind"),
];
/// What overrides may be refused for.
pub(crate) const OVERRIDE: &[Code] = &[
    r(400, "unknown-person"),
    r(400, "same-person"),
    r(400, "ends-before-start"),
    r(400, "override-past"),
    r(400, "override-too-long"),
    r(400, "reason-too-long"),
    r(403, "not-your-turn"),
    r(404, "unknown-schedule"),
    r(404, "unknown-override"),
    r(409, "too-many-overrides"),
    r(409, "override-over"),
];

impl Operation {
    /// Every refusal that it can answer with, by status and code.
    pub(crate) fn all_refusals(&self, action: Action) -> Vec<Code> {
        let open = matches!(action, Action::Probe);
        let role = !matches!(action, Action::Probe | Action::Health | Action::Access | Action::Hook);
        let posts = matches!(self.method, Method::Post);
        let groups = [
            (true, ANY),
            (true, &[r(400, "host-needed"), r(421, "unknown-host")]),
            (!open, CALLER),
            (role, ROLE),
            (!matches!(self.method, Method::Get), FOREIGN_PAGE),
            (self.body.is_some(), BODY),
            (!self.params.is_empty(), PARAMS),
            (self.changes, CHANGE),
            (posts, IDEMPOTENT),
            (posts, BODY),
            (self.matched, MATCHED),
        ];
        let common = groups.into_iter().filter(|(has, _)| *has).flat_map(|(_, group)| group);
        let mut all: Vec<Code> = common.chain(self.refusals.iter().copied().flatten()).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
