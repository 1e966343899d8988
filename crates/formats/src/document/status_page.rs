//! `kind: StatusPage` and `kind: Maintenance`.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::{MaintenanceDocument, PageComponentDocument, StatusPageDocument};
use evenkeel_model::{Readers, codes};
use evenkeel_time::Timestamp;

use super::names::{entry_name, named, names};
use super::prose::{PROSE, prose};
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

/// A page shows so many days unless it says otherwise: a quarter.
const HISTORY_DAYS: u32 = 90;
const READERS: [&str; 5] = [
    Readers::Public.as_str(),
    Readers::Viewer.as_str(),
    Readers::Responder.as_str(),
    Readers::Operator.as_str(),
    Readers::Admin.as_str(),
];

pub(super) static STATUS_PAGE: Kind =
    Kind { name: "StatusPage", about: "What one audience is shown of how things run.", spec: &PAGE };

pub(super) static MAINTENANCE: Kind =
    Kind { name: "Maintenance", about: "Planned work that is announced on status pages.", spec: &WORK };

static PAGE: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("title", PROSE, "Its heading.").required(),
        Field::new("description", PROSE, "What stands below the heading."),
        Field::new(
            "audience",
            Sort::Text(Form::Name("an audience")),
            "The audience of communication plans whose updates it shows.",
        )
        .required(),
        Field::new(
            "components",
            Sort::List(&Sort::Record(&COMPONENT), Least::One),
            "What it shows the state of, in this order.",
        )
        .required(),
        Field::new("history", Sort::Whole(1, 90), "How many days of history it shows.").default("90"),
        Field::new("support", Sort::Text(Form::Url), "Where readers find help."),
        Field::new("readers", Sort::Text(Form::Word(&READERS)), "Who may look: everybody, or whoever has a role.")
            .default(Readers::Public.as_str()),
        Field::new(
            "mail",
            Sort::OneOrMany(Form::Named("receiver"), Least::None),
            "The receivers through which subscribers get mail; without them nobody can subscribe by mail.",
        ),
    ],
    rules: &[],
};

static COMPONENT: Record = Record {
    what: "a component",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("a component")), "What it is called here; unique in the page.")
            .required(),
        Field::new("title", PROSE, "What readers call it; without it, the name."),
        Field::new("description", PROSE, "What it is for."),
        Field::new("group", PROSE, "The heading under which it stands."),
        Field::new("workloads", Sort::OneOrMany(Form::Named("workload"), Least::One), "What it runs on.").required(),
    ],
    rules: &[],
};

static WORK: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("title", PROSE, "What readers call it.").required(),
        Field::new("text", PROSE, "What they should know."),
        Field::new("starts", Sort::Text(Form::Instant), "When it begins.").required(),
        Field::new("ends", Sort::Text(Form::Instant), "When it is over.").required(),
        Field::new("workloads", Sort::OneOrMany(Form::Named("workload"), Least::One), "What is worked on.").required(),
        Field::new(
            "audiences",
            Sort::OneOrMany(Form::Name("an audience"), Least::None),
            "Who is told; without it, every page that shows one of the workloads.",
        ),
    ],
    rules: &[],
};

/// Reads `spec` of a status page.
pub(super) fn status_page(spec: &mut Fields<'_>, cx: &mut Cx) -> Option<StatusPageDocument> {
    let title = prose(spec, "title", cx);
    let description = prose(spec, "description", cx).unwrap_or_default();
    let audience = named(spec, "audience", cx);
    let components = spec.records("components").into_iter().filter_map(|fields| component(fields, cx)).collect();
    let history_days = spec.number("history").and_then(|days| u32::try_from(days).ok()).unwrap_or(HISTORY_DAYS);
    let support = spec.text("support", cx).map(|text| text.value.into());
    let readers = spec.word("readers", &Readers::ALL.map(|readers| (readers.as_str(), readers)));
    let readers = readers.unwrap_or(Readers::Public);
    let mail = names(spec, "mail");
    let (title, audience) = (title?, audience?);
    Some(StatusPageDocument { title, description, audience, components, history_days, support, readers, mail })
}

fn component(mut fields: Fields<'_>, cx: &mut Cx) -> Option<PageComponentDocument> {
    let fields = &mut fields;
    let name = entry_name(fields, cx);
    let title = prose(fields, "title", cx);
    let description = prose(fields, "description", cx).unwrap_or_default();
    let group = prose(fields, "group", cx);
    let workloads = names(fields, "workloads");
    let name = name?;
    let title = title.unwrap_or_else(|| name.value.as_ref().into());
    Some(PageComponentDocument { name, title, description, group, workloads })
}

/// Reads `spec` of planned work. Work that ends before it starts is reported.
pub(super) fn maintenance(spec: &mut Fields<'_>, cx: &mut Cx) -> Option<MaintenanceDocument> {
    let title = prose(spec, "title", cx);
    let text = prose(spec, "text", cx).unwrap_or_default();
    let (starts, ends) = (instant(spec, "starts", cx), instant(spec, "ends", cx));
    let workloads = names(spec, "workloads");
    let audiences = names(spec, "audiences");
    let (title, starts, ends) = (title?, starts?, ends?);
    if ends.value <= starts.value {
        let headline = "the maintenance ends before it starts";
        let diag = Diagnostic::error(codes::INVALID_TIME, ends.span, headline);
        cx.push(diag.related(starts.span, "starts here"));
    }
    Some(MaintenanceDocument { title, text, starts, ends, workloads, audiences })
}

fn instant(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Spanned<Timestamp>> {
    let text = fields.text(name, cx)?;
    text.value.parse().ok().map(|at| Spanned::new(at, text.span))
}
