//! The body of a form, as browsers write it.

use percent_encoding::percent_decode_str;

/// Its fields, in order; `None` when it is no UTF-8.
pub(crate) fn pairs(body: &[u8]) -> Option<Vec<(String, String)>> {
    std::str::from_utf8(body).ok()?.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

/// One `name=value`; browsers write line ends as CR LF.
fn pair(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    Some((decoded(name)?, decoded(value)?.replace("\r\n", "\n")))
}

fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_browsers_write_them() {
        let read = |body: &str| pairs(body.as_bytes());
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read("a=1%2B1+%C3%A9&b"), Some(vec![field("a", "1+1 é"), field("b", "")]));
        assert_eq!(read("text=one%0D%0Atwo"), Some(vec![field("text", "one\ntwo")]));
        assert_eq!(read(""), Some(Vec::new()));
        assert_eq!(read("a=%ff"), None);
        assert_eq!(pairs(b"a=\xff"), None);
    }
}
