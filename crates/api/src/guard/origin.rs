//! The name a request was sent to, and the page it was sent from.

use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, StatusCode};

use crate::authority::Authority;
use crate::refused::Refused;

/// Refuses a request whose `Host` is neither loopback nor a name this is served as.
pub(super) fn served_host(request: &Parts, hosts: &[String]) -> Result<(), Refused> {
    let host = host_of(request)?;
    if host.loopback() || host.listed(hosts) {
        return Ok(());
    }
    let message = "the Host header names neither this machine nor a host this is served as";
    let help = "name the host in `--external-url`, or send a token in the Authorization header";
    Err(Refused::new(StatusCode::MISDIRECTED_REQUEST, "unknown-host", message).help(help))
}

/// Refuses what a page of another origin sends, and forms where none are read. What a cookie lets in has to prove
/// that it comes from a page of ours: browsers send cookies along whatever page makes them.
pub(super) fn same_origin(request: &Parts, hosts: &[String], cookie: bool, forms: bool) -> Result<(), Refused> {
    let headers = &request.headers;
    let origin = one(headers, ORIGIN.as_str()).map_err(|()| cross())?;
    let site = one(headers, "sec-fetch-site").map_err(|()| cross())?;
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(cross());
    }
    let Some(origin) = origin else {
        return if cookie && site != Some("same-origin") { Err(unproven()) } else { Ok(()) };
    };
    let ours =
        |origin: Authority<'_>| host_of(request).is_ok_and(|host| origin.same(host)) || origin.exactly_listed(hosts);
    if !Authority::of_origin(origin).is_some_and(ours) {
        return Err(cross());
    }
    match form(headers) {
        Some("application/x-www-form-urlencoded") if forms => Ok(()),
        Some(_) => {
            let message = "a browser has to send JSON as `application/json`";
            Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", message))
        }
        None => Ok(()),
    }
}

/// The one host a request names; two that differ are an attempt at something.
fn host_of(request: &Parts) -> Result<Authority<'_>, Refused> {
    let bad = || {
        let message = "exactly one Host header of the form `name:port` is needed";
        Refused::new(StatusCode::BAD_REQUEST, "host-needed", message)
    };
    let in_header = one(&request.headers, HOST.as_str()).map_err(|()| bad())?;
    let in_target = request.uri.authority().map(http::uri::Authority::as_str);
    let hosts: Vec<_> = [in_header, in_target].into_iter().flatten().map(Authority::parse).collect();
    match hosts.as_slice() {
        [Some(host)] => Ok(*host),
        [Some(a), Some(b)] if a.same(*b) => Ok(*a),
        _ => Err(bad()),
    }
}

/// A body of a kind that a browser sends anywhere without asking first.
fn form(headers: &HeaderMap) -> Option<&'static str> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"].into_iter().find(|form| *form == kind)
}

/// The value of a header that may be there once.
fn one<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        (Some(_), Some(_)) => Err(()),
    }
}

fn cross() -> Refused {
    Refused::new(StatusCode::FORBIDDEN, "other-origin", "a page of another origin may not change anything here")
}

fn unproven() -> Refused {
    let message = "a request with a cookie has to say by Origin or Sec-Fetch-Site that a page of ours sends it";
    Refused::new(StatusCode::FORBIDDEN, "origin-needed", message)
}
