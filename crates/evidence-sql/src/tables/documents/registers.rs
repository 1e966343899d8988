//! The registers: what the organisation wants, owes, fears, decided, agreed, knows and does again and again.

use super::{Table, WORKLOADS, documents, list, text, whole, workload};

pub(super) fn tables() -> Vec<Table> {
    let mut tables = aims();
    tables.extend(risks_and_decisions());
    tables.extend(agreements());
    tables.extend(people());
    tables.extend(knowledge());
    tables
}

fn aims() -> Vec<Table> {
    vec![
        documents(
            "goals",
            "Goals: what the organisation wants to come about",
            &["Goal"],
            &[
                text("sponsor", "The person who stands behind it"),
                text("review", "The cadence it is reviewed at"),
                whole("until", "Until when"),
            ],
            &[WORKLOADS, list("kpis", "What it is measured by")],
        ),
        documents(
            "needs",
            "Needs of customers",
            &["Need"],
            &[
                text("customers", "`external` or `internal`").words(&["external", "internal"]),
                text("who", "Who has the need"),
                text("need", "What they need"),
                text("goal", "The goal it serves"),
                text("kpi", "What it is measured by"),
            ],
            &[WORKLOADS],
        ),
        documents(
            "obligations",
            "Obligations: what governance or a law demands",
            &["Obligation"],
            &[
                text("kind", "`governance` or `compliance`").words(&["governance", "compliance"]),
                text("source", "Where it stands"),
                text("hash", "Hash of the text that was read"),
                text("version", "Version of the text that was read"),
                text("decision", "The decision that says how it is met"),
                whole("review_by", "When it is to be looked at next"),
            ],
            &[WORKLOADS, list("checks", "What shows that it is met")],
        ),
        documents(
            "declared_improvements",
            "Improvements that the ops repo plans",
            &["Improvement"],
            &[
                text("driver", "Why: `customer`, `compliance`, `threat`, `performance`, `cost` or `reliability`")
                    .words(&["customer", "compliance", "threat", "performance", "cost", "reliability"]),
                text("practice", "Key of the practice it improves"),
                text("measure", "What is measured"),
                text("target", "What the measure should come to"),
                text("effort", "`small`, `medium` or `large`").words(&["small", "medium", "large"]),
                text("impact", "`low`, `medium` or `high`").words(&["low", "medium", "high"]),
                workload(),
                whole("until", "Until when"),
            ],
            &[],
        ),
    ]
}

fn risks_and_decisions() -> Vec<Table> {
    vec![
        documents(
            "risks",
            "Risks: what may happen, how likely, how bad, and what is done about it",
            &["Risk"],
            &[
                text("threat", "What may happen"),
                text("likelihood", "`low`, `medium` or `high`").words(&["low", "medium", "high"]),
                text("impact", "`low`, `medium` or `high`").words(&["low", "medium", "high"]),
                text("treatment", "`mitigate`, `accept`, `transfer` or `avoid`")
                    .words(&["mitigate", "accept", "transfer", "avoid"]),
                text("decision", "The decision that says so"),
                whole("review_by", "When it is to be looked at next"),
            ],
            &[WORKLOADS],
        ),
        documents(
            "decisions",
            "Decisions, between which options, and what is expected of them",
            &["Decision"],
            &[
                text("question", "What was to be decided"),
                text("chosen", "The option that was chosen"),
                text("expected", "What is expected of it"),
                text("measure", "What shows whether that came about"),
                whole("revisit", "When it is to be looked at again"),
                text("decider", "The person who decided"),
                text("dissent", "What was said against it"),
                text("dissent_answer", "What was answered"),
            ],
            &[
                list("options", "The options there were"),
                list("teams", "The teams it concerns"),
                list("risks", "The risks it is about"),
                WORKLOADS,
            ],
        ),
        documents(
            "exceptions",
            "Leave to do otherwise than a standard or an obligation says, for a while",
            &["Exception"],
            &[
                text("standard", "The standard"),
                text("obligation", "The obligation"),
                workload(),
                text("reason", "Why"),
                text("approver", "The person who approved it"),
                whole("expires", "Until when"),
            ],
            &[],
        ),
    ]
}

fn agreements() -> Vec<Table> {
    vec![
        documents(
            "agreements",
            "Agreements: what one team may expect of another",
            &["Agreement"],
            &[
                text("provider", "The team that provides"),
                text("consumer", "The team that is provided for"),
                whole("response", "Within what time it is answered"),
                text("hours", "At which hours"),
                text("channel", "Where to ask"),
                whole("review_by", "When it is to be looked at next"),
            ],
            &[WORKLOADS],
        ),
        documents(
            "operating_models",
            "Who engineers and who operates, application and platform",
            &["OperatingModel"],
            &[
                text("model", "Which of the four models"),
                text("application_engineering", "The team that engineers the application"),
                text("application_operations", "The team that operates the application"),
                text("platform_engineering", "The team that engineers the platform"),
                text("platform_operations", "The team that operates the platform"),
            ],
            &[WORKLOADS],
        ),
        documents(
            "requests",
            "Requests: what one team wants of another, until when",
            &["Request"],
            &[
                text("to", "The team that is asked; write it `\"to\"`"),
                text("by", "The team that asks; write it `\"by\"`"),
                text("wants", "What is wanted"),
                whole("due_by", "Until when"),
            ],
            &[],
        ),
        documents(
            "support_plans",
            "Whom to ask for help outside, and until when that is paid",
            &["SupportPlan"],
            &[
                text("provider", "Who helps"),
                text("level", "At what level"),
                text("contact", "How they are reached"),
                whole("expires", "Until when"),
            ],
            &[WORKLOADS],
        ),
        documents(
            "standards",
            "Standards: how something is done here",
            &["Standard"],
            &[
                text("source", "Where it stands"),
                text("version", "Its version"),
                text("requests", "The team that takes requests to change it"),
            ],
            &[WORKLOADS],
        ),
        documents(
            "data_classes",
            "Classes of data, and where such data is",
            &["DataClass"],
            &[
                text("classification", "`public`, `internal`, `confidential` or `restricted`").words(&[
                    "public",
                    "internal",
                    "confidential",
                    "restricted",
                ]),
                text("policy", "How it is treated"),
            ],
            &[list("stores", "Where it is"), WORKLOADS],
        ),
    ]
}

fn people() -> Vec<Table> {
    vec![
        documents(
            "skills",
            "Skills, and who has them",
            &["Skill"],
            &[whole("minimum", "How many people should have it")],
            &[WORKLOADS, list("procedures", "The procedures that take it"), list("people", "The people who have it")],
        ),
        documents(
            "training_courses",
            "Courses in which a skill is learned",
            &["Training"],
            &[
                text("skill", "The skill"),
                text("course", "What it is"),
                whole("every", "After what time it is taken again"),
            ],
            &[],
        ),
        documents(
            "cadences",
            "What is done again and again, and how often",
            &["Cadence"],
            &[
                text("of", "What is done, such as `operations` or `game-day`; write it `\"of\"`"),
                whole("every", "How often, as the time between two"),
            ],
            &[list("teams", "The teams that take part"), list("people", "The people who take part"), WORKLOADS],
        ),
    ]
}

fn knowledge() -> Vec<Table> {
    vec![
        documents(
            "lessons",
            "What was learned, and whom it concerns",
            &["Lesson"],
            &[text("incident", "Id of the incident it comes from"), text("learned", "What was learned")],
            &[WORKLOADS, list("teams", "The teams it concerns")],
        ),
        documents(
            "knowledge",
            "Pages of knowledge that somebody keeps true",
            &["Knowledge"],
            &[
                whole("review", "When it is to be looked at next"),
                workload(),
                whole("archived", "Whether it is kept only to be looked up"),
                text("path", "The file it is in"),
                text("title", "Its first heading"),
            ],
            &[],
        ),
    ]
}
