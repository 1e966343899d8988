//! The form of a review in JSON, as JSON Schema.

use serde_json::{Map, Value, json};

use crate::mark::Mark;

/// The JSON Schema (draft 2020-12) of what [`Report::json`](crate::Report::json) gives.
#[must_use]
pub fn review_schema() -> Value {
    let mut schema = object(&[
        ("form", json!({ "const": super::FORM })),
        ("version", text("The version of Evenkeel")),
        (
            "lens",
            object(&[("name", text("Its name")), ("title", text("What it is called")), ("hash", hash("Of its files"))]),
        ),
        ("plan", hash("The plan in force; zeros before the first one")),
        ("record", count("The number of the last record that counts")),
        ("head", hash("The hash of that record, which the journal's whole chain before it leads to")),
        ("window", window()),
        ("rows", count("Rows of the source list, such as 67")),
        ("practices_total", count("Practices that count, such as 63")),
        ("aliases", count("Rows that say again what another one says, such as 4")),
        ("further_total", count("Practices beyond those that count")),
        ("counts", refer("counts")),
        ("further_counts", refer("counts")),
        ("subjects", subjects()),
        ("questions", list("question")),
        ("areas", list("area")),
        ("practices", list("practice")),
        ("improvements", list("improvement")),
        ("milestones", list("milestone")),
    ]);
    let about = [
        ("$schema", json!("https://json-schema.org/draft/2020-12/schema")),
        ("title", json!("What `evenkeel review --format json` prints")),
        (
            "description",
            json!("A field may be added at any time; `form` changes when one goes or means something else."),
        ),
        ("$defs", definitions()),
    ];
    if let Some(fields) = schema.as_object_mut() {
        fields.extend(about.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    schema
}

fn definitions() -> Value {
    json!({
        "verdict": { "enum": Mark::ALL.map(Mark::word) },
        "counts": counts(),
        "subject_kind": { "enum": ["workload", "team", "organization"] },
        "area_name": { "enum": ["organization", "prepare", "operate", "evolve"] },
        "absence": { "enum": ["high", "medium", "low"], "description": "What the practice's absence costs" },
        "question": question(),
        "area": area(),
        "subject_risk": object(&[
            ("kind", refer("subject_kind")),
            ("subject", text("Its name")),
            ("risk", risk()),
        ]),
        "practice": practice(),
        "judged": judged(),
        "attestation": attestation(),
        "improvement": improvement(),
        "milestone": object(&[
            ("name", text("Its name")),
            ("to", instant("The end of its windows")),
            ("counts", refer("counts")),
        ]),
    })
}

/// An object with these fields, all of them there.
fn object(fields: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}

fn refer(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn list(name: &str) -> Value {
    json!({ "type": "array", "items": refer(name) })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn text_or_null(description: &str) -> Value {
    json!({ "type": ["string", "null"], "description": description })
}

fn instant(description: &str) -> Value {
    json!({ "type": "string", "format": "date-time", "description": description })
}

fn instant_or_null(description: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "date-time", "description": description })
}

fn hash(description: &str) -> Value {
    json!({ "type": "string", "pattern": "^[0-9a-f]{64}$", "description": description })
}

fn count(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": description })
}

fn whole(description: &str) -> Value {
    json!({ "type": "integer", "description": description })
}

fn records() -> Value {
    let record = json!({ "type": "integer", "minimum": 1 });
    json!({ "type": "array", "items": record, "description": "Numbers of the records it stands on, the highest ten" })
}

fn window() -> Value {
    object(&[("from", instant("Where the longest window begins")), ("to", instant("The end of every window"))])
}

fn counts() -> Value {
    let fields = Mark::ALL.map(|mark| (mark.word(), count(mark.meaning())));
    object(&fields)
}

fn risk() -> Value {
    json!({ "enum": ["high", "medium", "none"] })
}

fn subjects() -> Value {
    let workload = object(&[
        ("name", text("Its name")),
        ("tier", json!({ "type": "integer", "minimum": 1 })),
        ("team", text_or_null("The team that owns it")),
        ("owner", text_or_null("A team or a person, as `team:payments`")),
    ]);
    let team = object(&[("name", text("Its name"))]);
    object(&[
        ("workloads", json!({ "type": "array", "items": workload })),
        ("teams", json!({ "type": "array", "items": team })),
    ])
}

fn question() -> Value {
    object(&[
        ("id", text("Such as `ops-10`")),
        ("title", text("What is asked")),
        ("area", refer("area_name")),
        ("risk", risk()),
        ("counts", refer("counts")),
        ("subjects", list("subject_risk")),
    ])
}

fn area() -> Value {
    object(&[
        ("area", refer("area_name")),
        ("risk", risk()),
        ("counts", refer("counts")),
        ("subjects", list("subject_risk")),
    ])
}

fn practice() -> Value {
    object(&[
        ("key", text("Such as `oe.operate.escalation-paths`")),
        (
            "aliases",
            json!({ "type": "array", "items": { "type": "string" }, "description": "Its numbers in others' lists" }),
        ),
        ("title", text("What it is called")),
        ("area", refer("area_name")),
        ("question", text("The question's id")),
        ("subject", refer("subject_kind")),
        ("further", json!({ "type": "boolean", "description": "Beyond the practices that count" })),
        ("risk", refer("absence")),
        ("window", text("How far back facts count, such as `90d`")),
        ("sample", count("How many occasions it takes")),
        ("attestation", text_or_null("What only a person can say")),
        ("verdict", refer("verdict")),
        ("good", whole("Of all subjects with this verdict together; of counter-facts where it is contradicted")),
        ("total", whole("Of how many")),
        ("last_at", instant_or_null("The last of them")),
        ("refs", records()),
        ("counts", refer("counts")),
        ("verdicts", list("judged")),
    ])
}

fn judged() -> Value {
    object(&[
        ("subject", text("The name of a workload or a team, or `organization`")),
        ("tier", json!({ "type": "integer", "minimum": 1, "description": "How much hangs on it, 1 is the most" })),
        ("verdict", refer("verdict")),
        ("good", whole("What was done right or is declared; counter-facts where it is contradicted by them")),
        ("total", whole("Of how many")),
        ("last_at", instant_or_null("The last of them")),
        ("refs", records()),
        ("fresh_until", instant_or_null("Until when it holds if nothing more happens")),
        ("why", text("In one sentence")),
        ("attested", json!({ "anyOf": [refer("attestation"), { "type": "null" }] })),
        ("next", text_or_null("The smallest step that would move the verdict")),
    ])
}

fn attestation() -> Value {
    object(&[
        ("record", count("The record that made it")),
        ("person", text("Who signed")),
        ("statement", text_or_null("What; null where it was erased")),
        ("at", instant("When")),
        ("expires_at", instant("From when on it says nothing any more")),
        ("not_applicable", json!({ "type": "boolean" })),
    ])
}

fn improvement() -> Value {
    let taken = object(&[
        ("id", text("Such as `improvement:12`")),
        ("owner", text("Who does it")),
        ("opened_at", instant("Since when")),
        ("reopened", count("How often it was closed and the practice failed again")),
    ]);
    object(&[
        ("practice", text("The practice's key")),
        ("title", text("What it is called")),
        ("question", text("The question's id")),
        ("further", json!({ "type": "boolean" })),
        ("kind", refer("subject_kind")),
        ("subject", text("For which subject")),
        ("tier", json!({ "type": "integer", "minimum": 1 })),
        ("risk", refer("absence")),
        ("verdict", refer("verdict")),
        ("good", whole("Found now")),
        ("total", whole("Of how many")),
        ("why", text("Why the verdict is what it is")),
        ("next", text_or_null("The smallest step that would move the verdict")),
        ("owner", text_or_null("Who answers for the subject")),
        ("taken", json!({ "anyOf": [taken, { "type": "null" }] })),
    ])
}
