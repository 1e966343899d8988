//! What is measured, scanned and looked at.

use crate::kind::{flag, text, whole, word};
use crate::{Envelope, FactKind};

pub(super) const SCAN: FactKind = FactKind {
    name: "scan",
    table: "scans",
    about: "A machine looked for what is not as it should be.",
    requires: &[],
    fields: &[
        word(
            "sort",
            &[
                "drift",
                "configuration",
                "inventory",
                "tags",
                "advisories",
                "integrity",
                "dead-links",
                "telemetry-scrub",
                "dependencies",
                "environments",
                "obligation-sources",
            ],
            "For what.",
        )
        .required(),
        whole("findings", "How many things it found.").required(),
        whole("insufficient", "How many things it could not judge."),
        whole("corrected_ms", "How long until what it found was put right, in milliseconds."),
        flag("on_change", "Whether it ran because something had changed."),
    ],
};

pub(super) const VIEW: FactKind = FactKind {
    name: "view",
    table: "views",
    about: "Somebody looked at a dashboard, a page or a report.",
    requires: &[],
    fields: &[
        text("what", "At what.").required(),
        word("audience", &["customers", "leadership", "operations", "developers", "business"], "For whom it is made."),
        text("incident", "The incident during which they looked, such as `incident:12`."),
    ],
};

pub(super) const TELEMETRY: FactKind = FactKind {
    name: "telemetry",
    table: "telemetry_checks",
    about: "It was checked whether a workload gives a signal.",
    requires: &[Envelope::Workload],
    fields: &[
        word(
            "signal",
            &[
                "metrics",
                "logs",
                "traces",
                "synthetic",
                "user",
                "dependency",
                "business",
                "platform",
                "transaction",
                "anomaly",
                "forecast",
                "baseline",
            ],
            "Which.",
        )
        .required(),
        flag("present", "Whether it is there.").required(),
        flag("fresh", "Whether it is of now."),
        whole("coverage_percent", "How many of a hundred parts of the workload give it."),
    ],
};

pub(super) const INVESTIGATION: FactKind = FactKind {
    name: "investigation",
    table: "investigations",
    about: "Somebody looked into what a workload's signals say.",
    requires: &[Envelope::Workload],
    fields: &[
        word(
            "sort",
            &["metrics", "logs", "traces", "anomaly", "forecast", "pattern", "baseline", "kpi"],
            "What they looked into.",
        )
        .required(),
        whole("findings", "How many things they found.").required(),
        whole("decisions", "How many decisions followed."),
        text("incident", "The incident it belongs to, such as `incident:12`."),
    ],
};

pub(super) const KPI: FactKind = FactKind {
    name: "kpi",
    table: "kpi_readings",
    about: "A key figure was read and held against its target.",
    requires: &[],
    fields: &[
        text("kpi", "Which, in a name of yours.").required(),
        whole("value", "What it stands at."),
        text("reading", "The same as people read it, with fractions and unit."),
        text("target", "Where it should be, as people read it."),
        flag("target_met", "Whether that is where it should be.").required(),
        word("used_in", &["alert", "gate", "review", "none"], "What goes by it."),
    ],
};
