//! `query_exemplars`.

use std::collections::BTreeMap;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Exemplar, Selection};

use crate::ApiFault;
use crate::answer::{Success, data};
use crate::context::Context;
use crate::form::Params;
use crate::parameter::{expression, matchers, span};

/// Answers `query_exemplars`: the exemplars of every series that the expression reads.
pub(crate) fn answer(params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    let (after, until) = span(params)?;
    if until <= after {
        return Err(ApiFault::bad("end timestamp must not be before start timestamp"));
    }
    let expr = expression(params.text("query"))?;
    let mut found: BTreeMap<LabelSet, Vec<Exemplar>> = BTreeMap::new();
    for used in evenkeel_promql::selectors(&expr) {
        let matchers = matchers(used.selector).map_err(|why| ApiFault::parameter("query", why))?;
        for (labels, exemplars) in cx.source.exemplars(&Selection { matchers, after, until })? {
            found.entry(labels).or_insert(exemplars);
        }
    }
    let mut json = data();
    json.list(found.iter().filter(|(_, exemplars)| !exemplars.is_empty()), |json, (labels, exemplars)| {
        json.raw("{\"seriesLabels\":");
        json.labels(labels);
        json.raw(",\"exemplars\":");
        json.list(exemplars, |json, exemplar| {
            json.object(&[
                ("labels", &|json| json.labels(&exemplar.labels)),
                ("value", &|json| json.value(exemplar.value)),
                ("timestamp", &|json| json.seconds(exemplar.at.0)),
            ]);
        });
        json.raw("}");
    });
    Ok(Success::plain(json))
}
