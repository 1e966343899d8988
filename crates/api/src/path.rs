//! What stands in a path in place of `{id}` or `{schedule}`, and ids in bodies, which are written the same.

use std::str::FromStr;

use evenkeel_ids::Seq;
use http::{StatusCode, Uri};
use percent_encoding::percent_decode_str;

use crate::refused::Refused;

/// `/api/v1/incidents/{id}/acknowledge`: every path of our own API that names something names it here.
const NAMED_AT: usize = 4;

/// The segment that names something, decoded.
pub(crate) fn name(uri: &Uri) -> Result<String, Refused> {
    let segment = uri.path().split('/').nth(NAMED_AT).unwrap_or("");
    let name = percent_decode_str(segment).decode_utf8();
    name.map(std::borrow::Cow::into_owned).map_err(|_| {
        let message = format!("`{segment}` in the path is no UTF-8");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("percent-encode the name's UTF-8 bytes")
    })
}

/// The id in a path.
pub(crate) fn id<I: FromStr>(uri: &Uri, of: fn(Seq) -> I, example: &str) -> Result<I, Refused> {
    read_id(&name(uri)?, of, example)
}

/// An id as `incident:17`, or its bare number.
pub(crate) fn read_id<I: FromStr>(text: &str, of: fn(Seq) -> I, example: &str) -> Result<I, Refused> {
    let bare = || text.parse().ok().map(|number| of(Seq(number)));
    text.parse().ok().or_else(bare).ok_or_else(|| {
        let message = format!("`{text}` is not an id as it is needed here");
        let number = example.rsplit(':').next().unwrap_or(example);
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message)
            .help(format!("write it as `{example}`, or `{number}`"))
    })
}

#[cfg(test)]
mod tests {
    use evenkeel_ids::IncidentId;

    use super::*;

    #[test]
    fn ids_are_read_with_their_kind_or_without_and_never_with_another() {
        let read = |path: &'static str| id(&Uri::from_static(path), IncidentId, "incident:17").ok();
        for path in ["/api/v1/incidents/17", "/api/v1/incidents/incident:17/notes", "/api/v1/incidents/incident%3A17"] {
            assert_eq!(read(path), Some(IncidentId(Seq(17))), "{path}");
        }
        for path in ["/api/v1/incidents/alert:17", "/api/v1/incidents/", "/api/v1/incidents/-1", "/api/v1/incidents/x"]
        {
            assert_eq!(read(path), None, "{path}");
        }
    }

    #[test]
    fn names_are_decoded() {
        let read = |path: &'static str| name(&Uri::from_static(path)).ok();
        assert_eq!(read("/api/v1/oncall/n%C3%A4chte%2B/shifts").as_deref(), Some("nächte+"));
        assert_eq!(read("/api/v1/oncall/%ff/shifts"), None);
    }
}
