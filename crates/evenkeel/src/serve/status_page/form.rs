//! What a form of the page sends: a few short fields.

/// The fields by name; what is not as forms send it is left out.
pub(super) fn fields(body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

/// One field.
pub(super) fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn decoded(text: &str) -> String {
    evenkeel_model::percent_decoded(&text.replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_forms_write_them() {
        let all = fields(b"channel=email&address=ada%2Bx%40example.com&note=a+b&broken&=x");
        assert_eq!(field(&all, "address"), Some("ada+x@example.com"));
        assert_eq!(field(&all, "note"), Some("a b"));
        assert_eq!((field(&all, "broken"), field(&all, "channel")), (None, Some("email")));
    }
}
