//! `kind: SignalContract`.

use evenkeel_diagnostic::Spanned;
use evenkeel_model::document::{MetricDocument, SignalDocument, Text};

use super::names::named;
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

pub(super) static KIND: Kind =
    Kind { name: "SignalContract", about: "The metrics that a workload promises to give.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("workload", Sort::Text(Form::Named("workload")), "Whose signals they are."),
        Field::new("metrics", Sort::List(&Sort::Record(&METRIC), Least::One), "The metrics.").required(),
    ],
    rules: &[],
};

static METRIC: Record = Record {
    what: "a metric",
    fields: &[
        Field::new("name", Sort::Text(Form::Any), "The metric's name, as PromQL selects it.").required(),
        Field::new(
            "type",
            Sort::Text(Form::Word(&["counter", "gauge", "histogram", "summary"])),
            "What sort of metric it is.",
        ),
        Field::new(
            "labels",
            Sort::Map(Form::Any, &Sort::OneOrMany(Form::LabelValue, Least::None)),
            "Its labels, each with the values that it can have; with none listed, any.",
        ),
        Field::new("otherLabels", Sort::Bool, "Whether its series may have further labels.").default("true"),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn signal_contract(spec: &mut Fields<'_>, cx: &mut Cx) -> SignalDocument {
    let workload = named(spec, "workload", cx);
    let metrics = spec.records("metrics").into_iter().filter_map(|fields| metric(fields, cx)).collect();
    SignalDocument { workload, metrics }
}

fn metric(mut fields: Fields<'_>, cx: &mut Cx) -> Option<MetricDocument> {
    let name = fields.text("name", cx).map(|name| name.map(Box::from));
    let sort = fields.text("type", cx).map(|sort| sort.map(Box::from));
    let labels = fields.lists("labels").into_iter().map(|(key, values)| {
        let key: Text = Spanned::new(key.value.as_str().into(), key.span);
        (key, values.into_iter().map(|value| value.map(Box::from)).collect())
    });
    let labels = labels.collect();
    let other_labels = fields.boolean("otherLabels", cx).unwrap_or(true);
    Some(MetricDocument { name: name?, sort, labels, other_labels })
}
