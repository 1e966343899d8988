//! `kind: View`.

use evenkeel_diagnostic::Spanned;
use evenkeel_model::document::ViewDocument;
use evenkeel_model::{Readers, ViewDetail, ViewPart};

use super::names::names;
use super::prose::{PROSE, prose};
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

/// Those that may look at all.
const ROLES: [Readers; 4] = [Readers::Viewer, Readers::Responder, Readers::Operator, Readers::Admin];
const ROLE: Form = Form::Word(&[
    Readers::Viewer.as_str(),
    Readers::Responder.as_str(),
    Readers::Operator.as_str(),
    Readers::Admin.as_str(),
]);
const PART: Sort = Sort::Text(Form::Word(&[
    ViewPart::Incidents.as_str(),
    ViewPart::Approvals.as_str(),
    ViewPart::Alerts.as_str(),
    ViewPart::Changes.as_str(),
    ViewPart::OnCall.as_str(),
    ViewPart::Muted.as_str(),
    ViewPart::Watch.as_str(),
    ViewPart::Told.as_str(),
]));
const TIER: Sort = Sort::Text(Form::Word(&["1", "2", "3", "4"]));
const DETAIL: Form = Form::Word(&[
    ViewDetail::Business.as_str(),
    ViewDetail::Operations.as_str(),
    ViewDetail::Developers.as_str(),
    ViewDetail::Customers.as_str(),
]);

pub(super) static KIND: Kind =
    Kind { name: "View", about: "What some readers see first of how things run.", spec: &VIEW };

static VIEW: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("title", PROSE, "What its tab is called.").required(),
        Field::new(
            "roles",
            Sort::OneOrMany(ROLE, Least::None),
            "Readers with one of these roles get it first; without roles, teams and people it is for everybody.",
        ),
        Field::new("teams", Sort::OneOrMany(Form::Named("team"), Least::None), "Members of these teams get it first."),
        Field::new("people", Sort::OneOrMany(Form::Named("person"), Least::None), "These people get it first."),
        Field::new("workloads", Sort::Record(&WORKLOADS), "Which workloads it is about; without it, all."),
        Field::new("parts", Sort::List(&PART, Least::One), "What it has, in this order; without it, everything."),
        Field::new("detail", Sort::Text(DETAIL), "How much it says.").default(ViewDetail::Operations.as_str()),
    ],
    rules: &[],
};

static WORKLOADS: Record = Record {
    what: "`workloads`",
    fields: &[
        Field::new("tiers", Sort::List(&TIER, Least::One), "Only those of these tiers."),
        Field::new("teams", Sort::OneOrMany(Form::Named("team"), Least::None), "Only what these teams own."),
        Field::new("own", Sort::Bool, "Only what the reader owns, or a team of theirs.").default("false"),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn view(spec: &mut Fields<'_>, cx: &mut Cx) -> Option<ViewDocument> {
    let title = prose(spec, "title", cx);
    let roles = spec.one_or_many("roles").into_iter().filter_map(|text| {
        let role = ROLES.into_iter().find(|role| role.as_str() == text.value)?.role()?;
        Some(Spanned::new(role, text.span))
    });
    let roles = roles.collect();
    let (teams, people) = (names(spec, "teams"), names(spec, "people"));
    let (mut tiers, mut workloads_of, mut own) = (Vec::new(), Vec::new(), false);
    if let Some(mut workloads) = spec.record("workloads") {
        let written = workloads.texts("tiers", cx);
        tiers = written.into_iter().filter_map(|tier| tier.value.parse().ok()).collect();
        workloads_of = names(&mut workloads, "teams");
        own = workloads.boolean("own", cx).unwrap_or(false);
    }
    let parts = spec.texts("parts", cx).into_iter().filter_map(|text| {
        let part = ViewPart::ALL.into_iter().find(|part| part.as_str() == text.value)?;
        Some(Spanned::new(part, text.span))
    });
    let parts = parts.collect();
    let detail = spec.word("detail", &ViewDetail::ALL.map(|detail| (detail.as_str(), detail)));
    let detail = detail.unwrap_or(ViewDetail::Operations);
    Some(ViewDocument { title: title?, roles, teams, people, tiers, workloads_of, own, parts, detail })
}
