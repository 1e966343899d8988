//! Which answer belongs to which path.

use crate::answer::{Success, plain};
use crate::context::Context;
use crate::form::{Params, unescaped};
use crate::{ApiAnswer, ApiFault, ApiRequest, Method, endpoint};

/// Answers a request.
#[must_use]
pub fn answer(request: &ApiRequest<'_>, cx: &Context<'_>) -> ApiAnswer {
    match request.path {
        "/-/healthy" => plain(200, "Evenkeel is healthy.\n"),
        "/-/ready" if cx.status.ready() => plain(200, "Evenkeel is ready.\n"),
        "/-/ready" => plain(503, "Service Unavailable"),
        path => match path.strip_prefix("/api/v1/") {
            Some(rest) => api(request, rest, cx),
            None => not_found(),
        },
    }
}

fn not_found() -> ApiAnswer {
    plain(404, "404 page not found\n")
}

fn api(request: &ApiRequest<'_>, path: &str, cx: &Context<'_>) -> ApiAnswer {
    let path = path.trim_end_matches('/');
    let Some((endpoint, form)) = endpoint(path) else { return not_found() };
    match request.method {
        Method::Options => return plain(204, ""),
        Method::Get => {}
        Method::Post if form => {}
        Method::Post | Method::Other => return plain(405, "Method Not Allowed\n"),
    }
    if !cx.status.ready() {
        return plain(503, "Service Unavailable");
    }
    let params = Params::of(request);
    match endpoint(path, &params, cx) {
        Ok(success) => success.into_answer(),
        Err(fault) => fault.into(),
    }
}

type Endpoint = fn(&str, &Params, &Context<'_>) -> Result<Success, ApiFault>;

/// What answers a path, and whether it takes forms.
fn endpoint(path: &str) -> Option<(Endpoint, bool)> {
    let found: (Endpoint, bool) = match path {
        "query" => (|_, params, cx| endpoint::query::at_instant(params, cx), true),
        "query_range" => (|_, params, cx| endpoint::query::range(params, cx), true),
        "query_exemplars" => (|_, params, cx| endpoint::exemplars::answer(params, cx), true),
        "format_query" => (|_, params, _| endpoint::format::format(params), true),
        "parse_query" => (|_, params, _| endpoint::parse::parse(params), true),
        "labels" => (|_, params, cx| endpoint::labels::names(params, cx), true),
        "series" => (|_, params, cx| endpoint::series::answer(params, cx), true),
        "metadata" => (|_, params, cx| endpoint::metadata::answer(params, cx), false),
        "rules" => (|_, params, cx| endpoint::rules::groups(params, cx), false),
        "alerts" => (|_, _, cx| Ok(endpoint::rules::alerts(cx)), false),
        "targets" => (|_, _, _| Ok(endpoint::status::targets()), false),
        "targets/metadata" => (|_, _, _| Ok(endpoint::status::fixed("[]")), false),
        "scrape_pools" => (|_, _, _| Ok(endpoint::status::fixed("{\"scrapePools\":[]}")), false),
        "alertmanagers" => (|_, _, _| Ok(endpoint::status::alertmanagers()), false),
        "notifications" => (|_, _, _| Ok(endpoint::status::fixed("[]")), false),
        "status/buildinfo" => (|_, _, cx| Ok(endpoint::status::build(cx)), false),
        "status/runtimeinfo" => (|_, _, cx| Ok(endpoint::status::runtime(cx)), false),
        "status/flags" => (|_, _, cx| Ok(endpoint::status::flags(cx)), false),
        "status/config" => (|_, _, cx| Ok(endpoint::status::config(cx)), false),
        "status/tsdb" => (|_, params, cx| endpoint::status::tsdb(params, cx), false),
        "status/walreplay" => (|_, _, _| Ok(endpoint::status::replay()), false),
        _ => {
            label(path)?;
            (|path, params, cx| endpoint::labels::values(&label(path).unwrap_or_default(), params, cx), false)
        }
    };
    Some(found)
}

/// The label whose values are asked for.
fn label(path: &str) -> Option<String> {
    let name = path.strip_prefix("label/")?.strip_suffix("/values")?;
    (!name.contains('/') && !name.is_empty()).then(|| unescaped(name.as_bytes(), false))
}
