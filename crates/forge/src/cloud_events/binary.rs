//! One event whose attributes are headers and whose data is the body.

use evenkeel_fact::IncomingFact;
use evenkeel_time::Timestamp;
use http::{HeaderMap, HeaderName};
use percent_encoding::percent_decode_str;

use super::attributes::Attributes;
use super::{EventFault, fact, json};

const PREFIX: &str = "ce-";

/// Whether any attribute is a header.
pub(super) fn is_one(headers: &HeaderMap) -> bool {
    headers.keys().any(|name: &HeaderName| name.as_str().starts_with(PREFIX))
}

/// The event.
pub(super) fn read(
    headers: &HeaderMap,
    content_type: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<Vec<IncomingFact>, EventFault> {
    let mut faults = Vec::new();
    let mut text = |name: &str| {
        attribute(headers, name).unwrap_or_else(|fault| {
            faults.push(fault);
            Some(String::new())
        })
    };
    let attributes = Attributes {
        specversion: text("specversion"),
        id: text("id"),
        source: text("source"),
        kind: text("type"),
        time: text("time"),
        datacontenttype: Some(content_type.to_owned()),
        data: None,
    };
    if !faults.is_empty() {
        return Err(EventFault::Malformed(faults));
    }
    let data = if body.is_empty() { None } else { Some(json(body)?) };
    fact::of(Attributes { data, ..attributes }, now).map(|fact| vec![fact]).map_err(EventFault::Malformed)
}

/// A header that may be there once; what is not plain ASCII is percent-encoded UTF-8.
fn attribute(headers: &HeaderMap, name: &str) -> Result<Option<String>, String> {
    let mut values = headers.get_all(format!("{PREFIX}{name}")).iter();
    let text = match (values.next(), values.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => value.to_str().ok(),
        (Some(_), Some(_)) => return Err(format!("`{PREFIX}{name}` is there more than once")),
    };
    let decoded = text.and_then(|text| percent_decode_str(text.trim()).decode_utf8().ok());
    let decoded = decoded.ok_or_else(|| format!("`{PREFIX}{name}` is no percent-encoded UTF-8"))?;
    Ok(Some(decoded.into_owned()))
}
