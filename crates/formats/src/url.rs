//! HTTP addresses, as far as a plan has to know them.

/// What matters about an address that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HttpUrl {
    /// Whether it has a user or password in it.
    pub(crate) userinfo: bool,
}

/// Reads an absolute `http` or `https` address, or says what is wrong without showing it.
pub(crate) fn http_url(text: &str) -> Result<HttpUrl, &'static str> {
    let (scheme, rest) = text.split_once("://").ok_or("the scheme is missing, write `https://…`")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err("the scheme has to be `http` or `https`");
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("an address has no spaces");
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let (userinfo, place) = match authority.rsplit_once('@') {
        Some((_, place)) => (true, place),
        None => (false, authority),
    };
    let (host, port) = host_and_port(place).ok_or("the host is not closed by `]`")?;
    if host.is_empty() {
        return Err("the host is missing");
    }
    match port {
        Some(port) if !port.is_empty() && port.parse::<u16>().is_err() => Err("the port is no number below 65536"),
        _ => Ok(HttpUrl { userinfo }),
    }
}

/// Splits `host:port`, `[::1]:port` or `host`; `None` when a bracket stays open.
pub(crate) fn host_and_port(text: &str) -> Option<(&str, Option<&str>)> {
    if let Some(inside) = text.strip_prefix('[') {
        let (host, rest) = inside.split_once(']')?;
        return match rest.strip_prefix(':') {
            Some(port) => Some((host, Some(port))),
            None => rest.is_empty().then_some((host, None)),
        };
    }
    match text.rsplit_once(':') {
        Some((host, _)) if host.contains(':') => None,
        Some((host, port)) => Some((host, Some(port))),
        None => Some((text, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_or_say_why_not() {
        for text in ["http://a", "https://a:80/x?y#z", "HTTP://[::1]:9/", "http://10.0.0.1"] {
            assert_eq!(http_url(text), Ok(HttpUrl { userinfo: false }), "{text}");
        }
        assert_eq!(http_url("https://u:p@a/x"), Ok(HttpUrl { userinfo: true }));
        for text in [
            "",
            "a",
            "a/b",
            "ftp://a",
            "http://",
            "http:///x",
            "http://a b",
            "http://a:99999",
            "http://[::1",
            "<secret>",
        ] {
            assert!(http_url(text).is_err(), "{text}");
        }
    }
}
