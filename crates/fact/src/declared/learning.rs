//! What is learned, tried and made better.

use crate::kind::{flag, list, text, whole, word};
use crate::{Envelope, FactKind};

pub(super) const FEEDBACK: FactKind = FactKind {
    name: "feedback",
    table: "feedback",
    about: "Somebody said how it is for them.",
    requires: &[],
    fields: &[
        word(
            "from",
            &["customer", "support", "internal", "run", "deployment", "incident", "drill", "training"],
            "Who said it, or what it was about.",
        )
        .required(),
        text("category", "What it is about, in one word of yours."),
        text("need", "The need it speaks of, by the name of its document."),
        text("led_to", "What came of it, such as `improvement:17`."),
        whole("score", "A number on a scale of yours."),
    ],
};

pub(super) const IMPROVEMENT: FactKind = FactKind {
    name: "improvement",
    table: "improvement_events",
    about: "Something happened to an improvement.",
    requires: &[],
    fields: &[
        text("improvement", "Which, by its id or the name of its document.").required(),
        word("event", &["started", "done", "verified", "dropped"], "What happened.").required(),
        word("effect", &["met", "missed", "unknown"], "Whether what was expected of it came about."),
        word(
            "driver",
            &["customer", "compliance", "threat", "performance", "cost", "reliability"],
            "What it is done for.",
        ),
        word("from", &["review", "incident", "feedback", "drill", "risk", "other"], "What it came from."),
        text("environment", "Where it was tried first."),
        whole("hours", "How many hours of work went into it."),
    ],
};

pub(super) const LESSON: FactKind = FactKind {
    name: "lesson",
    table: "lesson_events",
    about: "Something happened to a lesson.",
    requires: &[],
    fields: &[
        text("lesson", "Which, by the name of its document.").required(),
        word("event", &["written", "shared", "applied", "dismissed"], "What happened.").required(),
    ],
};

pub(super) const EXPERIMENT: FactKind = FactKind {
    name: "experiment",
    table: "experiments",
    about: "Something was tried to find out whether it is so.",
    requires: &[],
    fields: &[
        text("hypothesis", "What was to be found out.").required(),
        word("outcome", &["confirmed", "refuted", "stopped"], "What came out.").required(),
        flag("guardrail", "Whether there was a line it would have been stopped at."),
        flag("guardrail_fired", "Whether that line was reached."),
    ],
};

pub(super) const INSIGHT: FactKind = FactKind {
    name: "insight",
    table: "insights",
    about: "Something that the numbers seem to say was looked into.",
    requires: &[],
    fields: &[
        text("insight", "Which, in a name of yours.").required(),
        word("event", &["proposed", "validated", "rejected", "acted"], "What happened.").required(),
        list("teams", "Which teams looked at it."),
        word("effect", &["met", "missed", "unknown"], "Whether what was expected of acting on it came about."),
    ],
};

pub(super) const BACKLOG: FactKind = FactKind {
    name: "backlog",
    table: "backlogs",
    about: "How much a team has before it that is to be made better.",
    requires: &[Envelope::Team],
    fields: &[whole("open", "How many things are open.").required(), whole("overdue", "How many of them are overdue.")],
};
