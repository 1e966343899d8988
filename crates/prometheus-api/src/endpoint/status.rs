//! `status/…`, and what a server that scrapes nothing says of its targets.

use crate::ApiFault;
use crate::answer::{Success, data};
use crate::context::Context;
use crate::form::Params;
use crate::json::Json;
use crate::parameter::whole;

/// Names in each list of `status/tsdb` unless a request asks for more.
const NAMES_DEFAULT: usize = 10;

/// Data that is always the same.
pub(crate) fn fixed(text: &str) -> Success {
    let mut json = data();
    json.raw(text);
    Success::plain(json)
}

pub(crate) fn targets() -> Success {
    fixed("{\"activeTargets\":[],\"droppedTargets\":[],\"droppedTargetCounts\":{}}")
}

pub(crate) fn alertmanagers() -> Success {
    fixed("{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}")
}

/// The log was read before the first query was answered.
pub(crate) fn replay() -> Success {
    fixed("{\"min\":0,\"max\":0,\"current\":0,\"state\":\"done\"}")
}

pub(crate) fn build(cx: &Context<'_>) -> Success {
    let build = cx.status.build();
    let mut json = data();
    json.texts([
        ("version", &*build.version),
        ("revision", &build.revision),
        ("branch", &build.branch),
        ("buildUser", &build.user),
        ("buildDate", &build.date),
        ("goVersion", &build.compiler),
    ]);
    Success::plain(json)
}

pub(crate) fn runtime(cx: &Context<'_>) -> Success {
    let runtime = cx.status.runtime();
    let mut json = data();
    json.object(&[
        ("startTime", &|json| json.instant(Some(runtime.started_at))),
        ("CWD", &|json| json.text(&runtime.folder)),
        ("hostname", &|json| json.text(&runtime.host)),
        ("serverTime", &|json| json.instant(Some(cx.now))),
        ("reloadConfigSuccess", &|json| json.bool(runtime.configured)),
        ("lastConfigTime", &|json| json.instant(Some(runtime.configured_at))),
        ("corruptionCount", &|json| json.whole(runtime.damaged.cast_signed())),
        ("goroutineCount", &|json| json.count(runtime.threads)),
        ("GOMAXPROCS", &|json| json.count(runtime.threads)),
        ("GOMEMLIMIT", &|json| json.raw("0")),
        ("GOGC", &|json| json.text("")),
        ("GODEBUG", &|json| json.text("")),
        ("storageRetention", &|json| json.text(&runtime.retention)),
    ]);
    Success::plain(json)
}

pub(crate) fn flags(cx: &Context<'_>) -> Success {
    let mut flags = cx.status.flags();
    flags.sort();
    let mut json = data();
    json.texts(flags.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    Success::plain(json)
}

pub(crate) fn config(cx: &Context<'_>) -> Success {
    let mut json = data();
    json.texts([("yaml", &*cx.status.config())]);
    Success::plain(json)
}

pub(crate) fn tsdb(params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    let most = match params.get("limit") {
        None => NAMES_DEFAULT,
        Some(text) => {
            let number = whole(text).ok().and_then(|number| usize::try_from(number).ok()).filter(|most| *most > 0);
            number.ok_or_else(|| ApiFault::bad("limit must be a positive number"))?
        }
    };
    let head = cx.status.head(most);
    let mut json = data();
    json.raw("{\"headStats\":");
    json.object(&[
        ("numSeries", &|json| json.whole(head.series.cast_signed())),
        ("numLabelPairs", &|json| json.whole(head.label_pairs.cast_signed())),
        ("chunkCount", &|json| json.whole(head.chunks.cast_signed())),
        ("minTime", &|json| json.whole(head.from)),
        ("maxTime", &|json| json.whole(head.until)),
    ]);
    for (name, list) in [
        ("seriesCountByMetricName", &head.series_by_metric),
        ("labelValueCountByLabelName", &head.values_by_label),
        ("memoryInBytesByLabelName", &head.bytes_by_label),
        ("seriesCountByLabelValuePair", &head.series_by_pair),
    ] {
        json.raw(",");
        json.field(name, |json| json.list(list.iter().take(most), write_count));
    }
    json.raw("}");
    Ok(Success::plain(json))
}

fn write_count(json: &mut Json, (name, count): &(String, u64)) {
    json.object(&[("name", &|json| json.text(name)), ("value", &|json| json.whole(count.cast_signed()))]);
}
