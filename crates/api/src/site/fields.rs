//! Reads what a form sends.

use axum::body::Body;
use evenkeel_pages::Fields;
use http::{Request, StatusCode};
use percent_encoding::percent_decode_str;

use crate::app::App;
use crate::body;
use crate::refused::Refused;

/// Longer forms are not read: the longest text that is taken has 8 KiB, and may be written out threefold.
const FORM_BYTES_MAX: usize = 64 << 10;

/// The fields of a form.
pub(super) async fn read<D>(app: &App<D>, request: Request<Body>) -> Result<Fields, Refused> {
    let held = body::read(app, request, FORM_BYTES_MAX).await?;
    let text = std::str::from_utf8(&held.bytes).ok();
    let pairs = text.and_then(|text| text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect());
    pairs.map(Fields::new).ok_or_else(|| {
        let message = "the form is no UTF-8 as browsers write it";
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("send it from the page")
    })
}

fn pair(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    Some((decoded(name)?, decoded(value)?))
}

fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_as_browsers_write_them() {
        assert_eq!(pair("a=1%2B1+%C3%A9"), Some(("a".to_owned(), "1+1 é".to_owned())));
        assert_eq!(pair("a"), Some(("a".to_owned(), String::new())));
        assert_eq!(pair("a=%ff"), None);
    }
}
