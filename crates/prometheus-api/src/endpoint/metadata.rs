//! `metadata`.

use crate::ApiFault;
use crate::answer::{Success, data};
use crate::context::Context;
use crate::form::Params;
use crate::parameter::whole;

/// Answers `metadata`: what is said of each metric, by name.
pub(crate) fn answer(params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    let (limit, per_metric) = (most(params, "limit")?, most(params, "limit_per_metric")?);
    let mut found = cx.source.metadata(params.get("metric"))?;
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    let metrics = found.chunk_by(|(a, _), (b, _)| a == b);
    let mut json = data();
    json.raw("{");
    for (index, metric) in metrics.take(limit.unwrap_or(usize::MAX)).enumerate() {
        json.raw(if index == 0 { "" } else { "," });
        json.text(metric.first().map_or("", |(name, _)| name));
        json.raw(":");
        let per_metric = per_metric.filter(|most| *most > 0).unwrap_or(usize::MAX);
        json.list(metric.iter().take(per_metric), |json, (_, metadata)| {
            json.object(&[
                ("type", &|json| json.text(metadata.kind.as_str())),
                ("help", &|json| json.text(&metadata.help)),
                ("unit", &|json| json.text(&metadata.unit)),
            ]);
        });
    }
    json.raw("}");
    Ok(Success::plain(json))
}

/// A limit; a negative one is none.
fn most(params: &Params, name: &str) -> Result<Option<usize>, ApiFault> {
    let Some(text) = params.get(name) else { return Ok(None) };
    let number = whole(text).map_err(|_| ApiFault::bad(format!("{name} must be a number")))?;
    Ok(usize::try_from(number).ok())
}
