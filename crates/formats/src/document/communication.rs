//! `kind: CommunicationPlan`.

use evenkeel_model::UpdateTemplates;
use evenkeel_model::document::{AudienceDocument, CommunicationDocument};
use evenkeel_severity::Severity;

use super::names::{entry_name, names, references};
use super::prose::{SEVERITY, severity};
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

/// From this severity on an audience is told, unless it says otherwise.
const FROM_SEVERITY: Severity = Severity::Sev3;

pub(super) static KIND: Kind = Kind {
    name: "CommunicationPlan",
    about: "Who is told how an incident goes, apart from those who work on it.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[Field::new(
        "audiences",
        Sort::List(&Sort::Record(&AUDIENCE), Least::One),
        "Who is told, each in their way.",
    )
    .required()],
    rules: &[],
};

static AUDIENCE: Record = Record {
    what: "an audience",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("an audience")), "What it is called; unique in the plan.").required(),
        Field::new("receivers", Sort::OneOrMany(Form::Named("receiver"), Least::One), "Where its texts go.").required(),
        Field::new("customers", Sort::Bool, "Whether it is told of customer-visible incidents only.").default("false"),
        Field::new("fromSeverity", SEVERITY, "It is told of incidents as bad as this or worse.").default("sev3"),
        Field::new("cadence", Sort::Text(Form::Period), "How often it hears; without it, of beginning and end only."),
        Field::new(
            "approvers",
            Sort::OneOrMany(Form::Reference(&["person", "team", "schedule"]), Least::None),
            "One of them approves each text; without them it goes at once.",
        ),
        Field::new("templates", Sort::Record(&TEMPLATES), "Its texts, in Jinja."),
    ],
    rules: &[],
};

static TEMPLATES: Record = Record {
    what: "`templates`",
    fields: &[
        Field::new("first", Sort::Text(Form::Template), "The first text of an incident."),
        Field::new("update", Sort::Text(Form::Template), "Every text in between."),
        Field::new("recovery", Sort::Text(Form::Template), "The last text, when it is over."),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn communication_plan(spec: &mut Fields<'_>, cx: &mut Cx) -> CommunicationDocument {
    let audiences = spec.records("audiences").into_iter().filter_map(|fields| audience(fields, cx)).collect();
    CommunicationDocument { audiences }
}

fn audience(mut fields: Fields<'_>, cx: &mut Cx) -> Option<AudienceDocument> {
    let fields = &mut fields;
    let name = entry_name(fields, cx);
    let receivers = names(fields, "receivers");
    let customers = fields.boolean("customers", cx).unwrap_or(false);
    let from_severity = severity(fields, "fromSeverity").unwrap_or(FROM_SEVERITY);
    let cadence = fields.period("cadence", cx);
    let approvers = references(fields, "approvers");
    let templates = templates(fields, cx);
    Some(AudienceDocument { name: name?, customers, receivers, from_severity, cadence, approvers, templates })
}

fn templates(fields: &mut Fields<'_>, cx: &mut Cx) -> UpdateTemplates {
    let Some(mut fields) = fields.record("templates") else { return UpdateTemplates::default() };
    let mut read = |name| fields.text(name, cx).map(|text| text.value.into());
    UpdateTemplates { first: read("first"), update: read("update"), recovery: read("recovery") }
}
