//! `labels` and `label/<name>/values`.

use std::collections::BTreeSet;

use evenkeel_metric::{ReadFault, Selection};

use crate::ApiFault;
use crate::answer::{Success, data};
use crate::context::Context;
use crate::escaped_name::unescape;
use crate::form::Params;
use crate::parameter::{everything, limit, selections};

/// Answers `labels`.
pub(crate) fn names(params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    texts(params, |selection| cx.source.label_names(selection))
}

/// Answers `label/<name>/values`.
pub(crate) fn values(name: &str, params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    let name = unescape(name);
    if name.is_empty() {
        return Err(ApiFault::bad(format!("invalid label name: {name:?}")));
    }
    texts(params, |selection| cx.source.label_values(&name, selection))
}

/// The texts that the selections find, each once, sorted, up to the limit.
fn texts(params: &Params, find: impl Fn(&Selection) -> Result<Vec<Box<str>>, ReadFault>) -> Result<Success, ApiFault> {
    let limit = limit(params)?.unwrap_or(usize::MAX);
    let selections = selections(params)?;
    let found = match &*selections {
        [] => find(&everything(params)?)?,
        [one] => find(one)?,
        many => {
            let mut all = BTreeSet::new();
            for selection in many {
                all.extend(find(selection)?);
            }
            all.into_iter().collect()
        }
    };
    let mut json = data();
    json.list(found.iter().take(limit), |json, text| json.text(text));
    Ok(Success::cut(json, found.len() > limit))
}
