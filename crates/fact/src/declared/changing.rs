//! What changes a running workload.

use crate::kind::{flag, text, whole, word};
use crate::{Envelope, FactKind};

pub(super) const DEPLOYMENT: FactKind = FactKind {
    name: "deployment",
    table: "deployments",
    about: "A version of a workload was put somewhere, or was meant to be.",
    requires: &[Envelope::Workload],
    fields: &[
        text("environment", "Where.").required(),
        flag("production", "Whether what happens there matters to anyone outside."),
        text("version", "Which version."),
        text("digest", "What names the deployed thing by its content."),
        text("commit", "What it was built from."),
        word("outcome", &["started", "succeeded", "failed", "rolled-back"], "How far it came.").required(),
        word(
            "strategy",
            &["all-at-once", "rolling", "canary", "linear", "blue-green", "flag", "one-box"],
            "How it reached its users.",
        ),
        whole("manual_steps", "How many steps a person did by hand."),
        flag("lower_environment_first", "Whether the same thing ran in a lower environment before."),
        flag("plan", "Whether what to do if it fails was written down before."),
        word("rollback", &["none", "automatic", "manual"], "How it was taken back, if it was."),
        flag("verified", "Whether it was checked afterwards that it does what it should."),
        text("decision", "The decision it follows, by name."),
        flag("known_issue", "Whether it went out with a fault that was known."),
        whole("size", "How many lines came or went since the version before."),
        flag("reversible", "Whether it can be taken back."),
        flag("announced", "Whether those it concerns were told before."),
        whole("exposure_percent", "How many of a hundred users met it first."),
        flag("prior_kept", "Whether the version before is still there to go back to."),
    ],
};

pub(super) const CHANGE: FactKind = FactKind {
    name: "change",
    table: "changes",
    about: "Something about a workload was changed that is no version of its code.",
    requires: &[Envelope::Workload],
    fields: &[
        word("sort", &["configuration", "infrastructure", "data", "permission", "emergency"], "What was changed.")
            .required(),
        word("through", &["pipeline", "manual"], "By what way.").required(),
        text("commit", "What it was made from, if it was written down first."),
        flag("reviewed", "Whether somebody else looked at it before."),
        flag("tested", "Whether it was tried out before."),
        word("calendar", &["open", "closed", "override"], "What the change calendar said then."),
        flag("announced", "Whether those it concerns were told before."),
        text("decision", "The decision it follows, by name."),
        flag("reversible", "Whether it can be taken back."),
    ],
};

pub(super) const PATCH: FactKind = FactKind {
    name: "patch",
    table: "patches",
    about: "A patch was applied to a workload, failed, or was put off.",
    requires: &[Envelope::Workload],
    fields: &[
        text("advisory", "What it answers, such as `CVE-2026-1234`."),
        text("environment", "Where."),
        whole("age_days", "How many days after it became available."),
        whole("sla_days", "How many days there were for it."),
        word("outcome", &["applied", "failed", "deferred"], "What came of it.").required(),
        flag("lower_environment_first", "Whether it ran in a lower environment before."),
        flag("in_place", "Whether what runs was changed, rather than replaced."),
        text("reason", "Why it was put off."),
    ],
};

pub(super) const TEMPORARY_ENVIRONMENT: FactKind = FactKind {
    name: "temporary-environment",
    table: "temporary_environments",
    about: "An environment for a while was made, taken down, or outlived its time.",
    requires: &[],
    fields: &[
        text("environment", "Which.").required(),
        word("event", &["created", "destroyed", "expired"], "What happened to it.").required(),
        text("commit", "What it was made from."),
        text("used_by", "What it is for, such as a pull request."),
    ],
};

pub(super) const REPLACEMENT: FactKind = FactKind {
    name: "replacement",
    table: "replacements",
    about: "What failed was replaced by something good, rather than repaired.",
    requires: &[Envelope::Workload],
    fields: &[
        flag("known_good", "Whether what took its place was known to be good.").required(),
        flag("kept", "Whether what failed was kept, to find out why."),
        whole("duration_ms", "How long it took, in milliseconds."),
        text("incident", "The incident it belongs to, such as `incident:12`."),
    ],
};
