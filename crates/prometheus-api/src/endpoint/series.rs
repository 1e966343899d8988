//! `series`.

use std::collections::BTreeSet;

use crate::ApiFault;
use crate::answer::{Success, data};
use crate::context::Context;
use crate::form::Params;
use crate::parameter::{limit, selections};

/// Answers `series`.
pub(crate) fn answer(params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    if params.all("match[]").next().is_none() {
        return Err(ApiFault::bad("no match[] parameter provided"));
    }
    let limit = limit(params)?.unwrap_or(usize::MAX);
    let selections = selections(params)?;
    let mut json = data();
    if let [one] = &*selections {
        let selected = cx.source.select(one)?;
        json.list(selected.labels().iter().take(limit), |json, labels| json.labels(labels));
        return Ok(Success::cut(json, selected.labels().len() > limit));
    }
    let mut all = BTreeSet::new();
    for selection in &selections {
        all.extend(cx.source.select(selection)?.labels().iter().cloned());
    }
    json.list(all.iter().take(limit), |json, labels| json.labels(labels));
    Ok(Success::cut(json, all.len() > limit))
}
