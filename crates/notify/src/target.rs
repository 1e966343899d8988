//! A URL taken apart.

use base64::Engine;
use http::uri::PathAndQuery;

use crate::address::Allowed;
use crate::failure::{Fault, HttpError};

/// Where a request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Whether it is `https`.
    pub(crate) https: bool,
    /// Host as written, IPv6 in brackets, in lower case.
    pub(crate) host: String,
    /// Port, the scheme's own if none is written.
    pub(crate) port: u16,
    /// The rest; may hold secrets.
    pub(crate) path: PathAndQuery,
    /// `USER:PASSWORD` in base64, where the URL carries them.
    pub(crate) basic: Option<String>,
    /// On whose word.
    pub(crate) allowed: Allowed,
}

impl Target {
    /// Reads an absolute `http` or `https` URL.
    pub(crate) fn read(url: &str, allowed: Allowed) -> Result<Self, HttpError> {
        let unusable =
            |reason: &str| HttpError { fault: Fault::Address, place: "address".to_owned(), reason: reason.to_owned() };
        let uri = url.trim().parse::<http::Uri>();
        let scheme = url.trim().split_once("://").map(|(scheme, _)| scheme);
        let https = match scheme {
            Some(scheme) if scheme.eq_ignore_ascii_case("https") => true,
            Some(scheme) if scheme.eq_ignore_ascii_case("http") => false,
            Some(_) | None => return Err(unusable("neither `http://` nor `https://`")),
        };
        let uri = uri.map_err(|_| unusable("not a URL"))?;
        let authority = uri.authority().ok_or_else(|| unusable("no host"))?;
        let host = authority.host().to_ascii_lowercase();
        if host.is_empty() {
            return Err(unusable("no host"));
        }
        let port = authority.port_u16().unwrap_or(if https { 443 } else { 80 });
        let user = authority.as_str().rsplit_once('@').map(|(user, _)| decode(user));
        let path = match uri.path_and_query() {
            Some(path) if path.as_str().starts_with('/') => path.clone(),
            // `http://host?query` has no path of its own, but prints as if it had.
            Some(path) => path.to_string().parse().map_err(|_| unusable("not a URL"))?,
            None => PathAndQuery::from_static("/"),
        };
        let basic = user.map(|user| base64::engine::general_purpose::STANDARD.encode(user));
        Ok(Self { https, host, port, path, basic, allowed })
    }

    /// Host and port, for people.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The value of the `Host` header.
    pub(crate) fn authority(&self) -> String {
        if self.port == if self.https { 443 } else { 80 } { self.host.clone() } else { self.place() }
    }

    /// Whether both name the same host and port by the same scheme.
    pub(crate) fn same_origin(&self, other: &Self) -> bool {
        self.https == other.https && self.port == other.port && self.host == other.host
    }

    /// The error with this place in it.
    pub(crate) fn error(&self, fault: Fault, reason: impl Into<String>) -> HttpError {
        HttpError { fault, place: self.place(), reason: reason.into() }
    }
}

/// Undoes percent encoding.
fn decode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let pair = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = pair.filter(|_| *first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expect: &str) {
        let shown = match Target::read(url, Allowed::Literal) {
            Ok(target) => format!("{} {} {} {:?}", target.place(), target.authority(), target.path, target.basic),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expect, "{url}");
    }

    #[test]
    fn urls_are_taken_apart() {
        check("http://h/x?y=1#z", "h:80 h /x?y=1 None");
        check("https://H.Example:8443", "h.example:8443 h.example:8443 / None");
        check("https://h:443?q", "h:443 h /?q None");
        check("http://u:p%40@[::1]:8/", r#"[::1]:8 [::1]:8 / Some("dTpwQA==")"#);
        check("http://good@127.0.0.1/", r#"127.0.0.1:80 127.0.0.1 / Some("Z29vZA==")"#);
        check("ftp://h/", "address: neither `http://` nor `https://`");
        check("/relative", "address: neither `http://` nor `https://`");
        check("http://h\u{0}/", "address: not a URL");
        check("http://h h/", "address: not a URL");
    }
}
