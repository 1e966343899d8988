//! Names as they stand in addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in a path or a query as it is; `:` is allowed in both and keeps ids readable.
const WRITTEN_OUT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b':');

/// A name as it stands in a path or a query.
pub(crate) fn encoded(name: &str) -> String {
    utf8_percent_encode(name, WRITTEN_OUT).to_string()
}

/// An address of the web that may be linked to: never one that runs something.
pub(crate) fn web_address(text: &str) -> Option<&str> {
    let known = text.starts_with("https://") || text.starts_with("http://");
    (known && !text.chars().any(|c| c.is_whitespace() || c.is_control())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_means_something_and_only_the_web_is_linked() {
        assert_eq!(encoded("incident:4"), "incident:4");
        assert_eq!(encoded("a/b?c#d e<"), "a%2Fb%3Fc%23d%20e%3C");
        assert_eq!(web_address("https://wiki.example/a?b"), Some("https://wiki.example/a?b"));
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("http://a b"), None);
    }
}
