//! The headers of a request, each of which may be there once.

use http::HeaderMap;

/// The value of a header that is there exactly once and is text.
pub(crate) fn one<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok().map(str::trim).filter(|text| !text.is_empty()),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// The kind of content, in lower case and without parameters.
pub(crate) fn content_type(headers: &HeaderMap) -> String {
    let written = one(headers, "content-type").unwrap_or_default();
    written.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
