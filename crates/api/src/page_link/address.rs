//! Addresses that a page may link to: those of the web and no others, whoever wrote them.

/// The address, when it is one of the web.
pub(super) fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    (web && !text.contains(|c: char| c.is_control() || c.is_whitespace())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked_to() {
        for good in ["http://a.example/x?y=1&z=2", "HTTPS://a.example", " https://a.example/ "] {
            assert_eq!(web_address(good).as_deref(), Some(good.trim()));
        }
        for bad in
            ["", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//a.example", "runbooks/a.md"]
        {
            assert_eq!(web_address(bad), None, "{bad}");
        }
        assert_eq!(web_address("https://a.example/\nx"), None);
    }
}
