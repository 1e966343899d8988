//! What is decided, owed, feared, allowed and looked at together.

use crate::FactKind;
use crate::kind::{flag, list, text, whole, word};

pub(super) const DECISION: FactKind = FactKind {
    name: "decision",
    table: "decision_events",
    about: "Something was decided, or a decision was held against what came of it.",
    requires: &[],
    fields: &[
        word(
            "about",
            &[
                "priority",
                "risk",
                "exception",
                "deployment",
                "known-issue",
                "staffing",
                "trade-off",
                "insight",
                "toil",
                "managed-service",
            ],
            "What it is about.",
        )
        .required(),
        word("event", &["taken", "revisited"], "Which of both.").required(),
        text("decision", "The decision's document, by name."),
        whole("options", "Between how many options."),
        list("refs", "What it rests on: records, documents, addresses."),
        text("expected", "What is expected of it."),
        word("effect", &["met", "missed", "unknown"], "Whether that came about."),
        whole("dissent", "How many were of another mind."),
        whole("dissent_answered", "How many of those were answered."),
        list("teams", "Which teams took part."),
        whole("minutes_waited", "How many minutes others waited for it."),
        text("incident", "The incident it belongs to, such as `incident:12`."),
    ],
};

pub(super) const REVIEW: FactKind = FactKind {
    name: "review",
    table: "reviews",
    about: "People came together and looked at something.",
    requires: &[],
    fields: &[
        word(
            "sort",
            &[
                "operations",
                "readiness",
                "goals",
                "needs",
                "obligations",
                "risks",
                "kpi",
                "knowledge",
                "drivers",
                "staffing",
                "agreements",
                "standards",
                "retrospective",
                "pre-mortem",
                "metrics",
                "grants",
                "checklist",
            ],
            "At what.",
        )
        .required(),
        text("cadence", "The cadence it keeps, by name."),
        list("attendees", "Who was there, by the names of their documents."),
        list("teams", "Which teams were there."),
        flag("leadership", "Whether somebody was there who decides for all of them."),
        whole("decisions", "How many decisions were taken."),
        whole("findings", "How many things were found to do."),
        whole("resolved", "How many of those of last time are done."),
        flag("frozen_data", "Whether all looked at the same numbers, which did not change meanwhile."),
    ],
};

pub(super) const RISK: FactKind = FactKind {
    name: "risk",
    table: "risk_events",
    about: "Something happened to a risk.",
    requires: &[],
    fields: &[
        text("risk", "Which, by the name of its document.").required(),
        word("event", &["identified", "reviewed", "treated", "occurred", "closed"], "What happened.").required(),
        word("from", &["incident", "advisory", "pre-mortem", "drill", "audit", "other"], "What it came from."),
        flag("predicted", "Of one that occurred: whether it was in the register before."),
    ],
};

pub(super) const OBLIGATION: FactKind = FactKind {
    name: "obligation",
    table: "obligation_events",
    about: "Something happened to an obligation.",
    requires: &[],
    fields: &[
        text("obligation", "Which, by the name of its document.").required(),
        word("event", &["read", "changed", "complied", "violated", "excepted"], "What happened.").required(),
        text("version", "Which version of its text."),
    ],
};

pub(super) const EXCEPTION: FactKind = FactKind {
    name: "exception",
    table: "exception_events",
    about: "Something happened to an exception.",
    requires: &[],
    fields: &[
        text("exception", "Which, by the name of its document.").required(),
        word("event", &["granted", "refused", "renewed", "ended", "expired"], "What happened.").required(),
        text("approver", "Who decided, by the name of their document."),
    ],
};

pub(super) const REQUEST: FactKind = FactKind {
    name: "request",
    table: "request_events",
    about: "One team asked something of another, or was answered.",
    requires: &[],
    fields: &[
        text("request", "Which, by the name of its document.").required(),
        word("event", &["made", "decided", "withdrawn"], "What happened.").required(),
        text("to_team", "Which team was asked."),
        word("decision", &["approved", "rejected", "deferred"], "What was decided."),
        flag("in_time", "Whether the answer came when it was due."),
    ],
};
