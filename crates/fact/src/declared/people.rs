//! What people learn, read, agree to and have time for.

use crate::kind::{flag, instant, text, whole, word};
use crate::{Envelope, FactKind};

pub(super) const TRAINING: FactKind = FactKind {
    name: "training",
    table: "trainings",
    about: "A person took part in a training.",
    requires: &[Envelope::Person],
    fields: &[
        text("skill", "For which skill, by the name of its document."),
        text("training", "Which training, by the name of its document."),
        word("outcome", &["passed", "attended", "failed"], "How it ended.").required(),
        whole("hours", "How many hours it took."),
        flag("cancelled_by_page", "Whether a page kept them from it."),
    ],
};

pub(super) const RECEIPT: FactKind = FactKind {
    name: "receipt",
    table: "receipts",
    about: "A person read something and said so.",
    requires: &[Envelope::Person],
    fields: &[text("of", "Of what: a lesson, a standard, an announcement.").required()],
};

pub(super) const SURVEY: FactKind = FactKind {
    name: "survey",
    table: "surveys",
    about: "People were asked, and so many answered.",
    requires: &[],
    fields: &[
        word("topic", &["escalation", "experimentation", "inclusion", "satisfaction", "clarity"], "About what.")
            .required(),
        whole("answers", "How many answered.").required(),
        whole("favourable", "How many of them said that it is well.").required(),
    ],
};

pub(super) const TIME_SPENT: FactKind = FactKind {
    name: "time-spent",
    table: "time_spent",
    about: "What a team spent its time on, over one cycle of its work.",
    requires: &[Envelope::Team],
    fields: &[
        instant("cycle_start", "When the cycle began."),
        whole("improvement_hours", "Hours spent on making things better.").required(),
        whole("target_hours", "Hours that were set aside for it.").required(),
        whole("toil_hours", "Hours spent on work by hand that a machine could do."),
        whole("total_hours", "All hours.").required(),
    ],
};

pub(super) const SEARCH: FactKind = FactKind {
    name: "search",
    table: "searches",
    about: "Somebody looked for knowledge.",
    requires: &[],
    fields: &[
        flag("found", "Whether they found what they looked for.").required(),
        text("led_to", "What they found, or what was written since it was missing."),
    ],
};

pub(super) const SIGNATURE: FactKind = FactKind {
    name: "signature",
    table: "signatures",
    about: "A team agreed to an agreement.",
    requires: &[Envelope::Team],
    fields: &[text("agreement", "To which, by the name of its document.").required()],
};
