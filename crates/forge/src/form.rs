//! The one field of a form that GitHub sends where a webhook's content type is a form.

use percent_encoding::percent_decode_str;

/// The text of the field `payload`.
pub(crate) fn payload(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let field = text.split('&').find_map(|pair| pair.strip_prefix("payload="))?;
    let spaced = field.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_of_a_form_is_decoded() {
        assert_eq!(payload(b"x=1&payload=%7B%22a%22%3A+%22b%2Bc%22%7D").as_deref(), Some(r#"{"a": "b+c"}"#));
        for none in [&b"x=1"[..], b"payload=%ff", b"\xff"] {
            assert_eq!(payload(none), None);
        }
    }
}
