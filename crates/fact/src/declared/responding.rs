//! What is done when something happens, and what is practised for it.

use crate::FactKind;
use crate::kind::{flag, instant, list, text, whole, word};

pub(super) const DRILL: FactKind = FactKind {
    name: "drill",
    table: "drills",
    about: "An emergency was practised.",
    requires: &[],
    fields: &[
        word(
            "sort",
            &[
                "game-day",
                "failover",
                "restore",
                "rollback",
                "escalation",
                "communication",
                "manual-procedure",
                "automation",
                "decision",
                "shadowing",
            ],
            "What was practised.",
        )
        .required(),
        text("procedure", "By which procedure."),
        list("participants", "Who took part, by the names of their documents."),
        text("hypothesis", "What was expected to happen."),
        word("outcome", &["passed", "failed", "aborted"], "How it ended.").required(),
        flag("restored", "Whether all was as before afterwards."),
        whole("gaps", "How many gaps were found."),
        whole("gaps_closed", "How many of them are closed."),
        flag("guard_held", "Whether what keeps it from doing harm held."),
    ],
};

pub(super) const RUN: FactKind = FactKind {
    name: "run",
    table: "runs",
    about: "A procedure was gone through.",
    requires: &[],
    fields: &[
        text("procedure", "Which, by its name.").required(),
        word("mode", &["manual", "automatic"], "Who did it.").required(),
        word("outcome", &["success", "failure", "aborted"], "How it ended.").required(),
        text("incident", "The incident it belongs to, such as `incident:12`."),
        flag("drill", "Whether it was practice."),
        whole("deviations", "How many steps were done otherwise than written."),
        flag("toil", "Whether it is work that a machine could do."),
        whole("duration_ms", "How long it took, in milliseconds."),
        flag("by_tag", "Whether what it was done to was chosen by tags."),
        flag("ad_hoc", "Whether it was made up on the spot."),
    ],
};

pub(super) const AUTOMATION: FactKind = FactKind {
    name: "automation",
    table: "automations",
    about: "An automation acted by itself, or was held back.",
    requires: &[],
    fields: &[
        text("automation", "Which, in a name of yours.").required(),
        word("outcome", &["success", "failure", "held"], "How it ended; `held`: its limits stopped it.").required(),
        flag("harm", "Whether it made something worse."),
        flag("disabled", "Whether it was switched off because of that."),
        flag("limits", "Whether it has limits on how much it may do."),
        text("incident", "The incident it belongs to, such as `incident:12`."),
        text("grant", "What allows it to act."),
    ],
};

pub(super) const ANALYSIS: FactKind = FactKind {
    name: "analysis",
    table: "analyses",
    about: "People found out what led to an incident.",
    requires: &[],
    fields: &[
        text("incident", "Which, such as `incident:12`.").required(),
        whole("factors", "How many things led to it."),
        whole("actions", "How many things are to be done."),
        list("participants", "Who took part, by the names of their documents."),
        list("teams", "Which teams took part."),
        flag("customer", "Whether customers noticed it."),
        list("audiences", "Who was told what was found."),
        flag("late_escalation", "Whether help was asked for too late."),
        flag("no_signal", "Whether nothing had raised an alert."),
        flag("blocked_by_permission", "Whether somebody could not act because they were not allowed to."),
        flag("ad_hoc", "Whether something was done that no procedure says."),
        flag("severity_held", "Whether it was as bad as first said."),
        whole("minutes_undetected", "How many minutes it went unnoticed."),
    ],
};

pub(super) const ANNOUNCEMENT: FactKind = FactKind {
    name: "announcement",
    table: "announcements",
    about: "People were told something that concerns them.",
    requires: &[],
    fields: &[
        word("about", &["planned-event", "risk", "change", "status", "trend", "standard"], "About what.").required(),
        instant("starts_at", "When what it is about begins."),
        flag("fields_complete", "Whether it says what, when, whom it concerns and what they can do."),
        text("audience", "Who was told."),
        whole("delivered", "How many it reached."),
        whole("addressed", "How many it was for."),
        whole("acted", "How many did something about it."),
        flag("impact", "Whether it says what those it concerns will notice."),
        flag("recovery", "Whether it says that all is well again."),
        text("incident", "The incident it belongs to, such as `incident:12`."),
    ],
};

pub(super) const SUPPORT_CASE: FactKind = FactKind {
    name: "support-case",
    table: "support_cases",
    about: "Help was asked for outside.",
    requires: &[],
    fields: &[
        text("plan", "By which support plan, by the name of its document.").required(),
        word("outcome", &["answered", "unanswered"], "What came of it.").required(),
        flag("drill", "Whether it was practice."),
        whole("minutes", "How many minutes until the first answer."),
    ],
};
