//! Who is let in while only callers on this machine exist.
//!
//! A web page elsewhere can make a browser on this machine send requests here. Its name may even resolve
//! to this machine. So the `Host` has to be loopback or listed, and what changes something may not come
//! from a page of another origin, another port of this machine included. A proxy's header means that
//! somebody else stands behind it.

use axum::body::Body;
use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::{HeaderMap, Method, Request, StatusCode};

use crate::authority::Authority;

/// Why a request is not let in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    pub(crate) reason: String,
}

/// Lets a request in or says why not.
pub(crate) fn check(request: &Request<Body>, hosts: &[String], allow_forwarded: bool) -> Result<(), Refused> {
    let headers = request.headers();
    if !allow_forwarded {
        not_forwarded(headers)?;
    }
    let host = host_of(request)?;
    if !host.loopback() && !host.listed(hosts) {
        let reason = "the Host header names neither this machine nor a host this is served as";
        return Err(refused(StatusCode::MISDIRECTED_REQUEST, reason));
    }
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    same_origin(headers, host)
}

fn not_forwarded(headers: &HeaderMap) -> Result<(), Refused> {
    let forwarded = |name: &str| name == "forwarded" || name.starts_with("x-forwarded-");
    match headers.keys().find(|name| forwarded(name.as_str())) {
        Some(name) => {
            let reason = format!(
                "the header `{name}` says that a proxy sends for someone else, and only this machine may; serve with \
                 `--allow-forwarded` if that proxy, such as Grafana, checks who its callers are"
            );
            Err(refused(StatusCode::FORBIDDEN, &reason))
        }
        None => Ok(()),
    }
}

/// The one host a request names; two that differ are an attempt at something.
fn host_of(request: &Request<Body>) -> Result<Authority<'_>, Refused> {
    let bad = || refused(StatusCode::BAD_REQUEST, "exactly one Host header of the form `name:port` is needed");
    let in_header = one(request.headers(), HOST.as_str()).map_err(|()| bad())?;
    let in_target = request.uri().authority().map(http::uri::Authority::as_str);
    let hosts: Vec<_> = [in_header, in_target].into_iter().flatten().map(Authority::parse).collect();
    match hosts.as_slice() {
        [Some(host)] => Ok(*host),
        [Some(a), Some(b)] if a.same(*b) => Ok(*a),
        _ => Err(bad()),
    }
}

fn same_origin(headers: &HeaderMap, host: Authority<'_>) -> Result<(), Refused> {
    let cross = || refused(StatusCode::FORBIDDEN, "a page of another origin may not change anything here");
    let origin = one(headers, ORIGIN.as_str()).map_err(|()| cross())?;
    let site = one(headers, "sec-fetch-site").map_err(|()| cross())?;
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(cross());
    }
    let Some(origin) = origin else { return Ok(()) };
    if !Authority::of_origin(origin).is_some_and(|origin| origin.same(host)) {
        return Err(cross());
    }
    if form(headers) {
        let reason = "a browser has to send JSON as `application/json`";
        return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, reason));
    }
    Ok(())
}

/// Whether the body is of a kind that a browser sends anywhere without asking first.
fn form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    matches!(kind.as_str(), "text/plain" | "application/x-www-form-urlencoded" | "multipart/form-data")
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

fn refused(status: StatusCode, reason: &str) -> Refused {
    Refused { status, reason: reason.to_owned() }
}
