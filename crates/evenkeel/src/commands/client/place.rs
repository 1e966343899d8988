//! The address of the server to ask.

use std::net::IpAddr;

use axum::http::Uri;
use evenkeel_cli::client::Refusal;

use super::failure;

/// Where a server listens unless told otherwise.
const USUAL: &str = "http://127.0.0.1:7070";

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Scheme, host and port, and a path where the server is below one; without a `/` at the end.
    pub(crate) base: String,
    /// Whether it is this machine.
    pub(crate) loopback: bool,
    /// Whether nobody on the way can read along.
    pub(crate) private: bool,
}

impl Place {
    /// Reads the address that was given.
    pub(crate) fn read(given: Option<&str>) -> Result<Self, Refusal> {
        let text = given.unwrap_or(USUAL).trim();
        let wrong = |why: &str| failure::bad_server(text, why);
        let https = match text.split_once("://") {
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") => true,
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("http") => false,
            Some(_) | None => return Err(wrong("it begins with neither `http://` nor `https://`")),
        };
        if text.contains('@') {
            return Err(failure::secret_in_server());
        }
        if text.contains(['?', '#']) {
            return Err(wrong("it has a query or a fragment"));
        }
        let uri: Uri = text.parse().map_err(|_| wrong("it is no URL"))?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(|| wrong("it names no host"))?;
        let loopback = is_loopback(host);
        Ok(Self { base: text.trim_end_matches('/').to_owned(), loopback, private: https || loopback })
    }
}

/// Only what surely is this machine: a name that happens to resolve to it is not.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expect: &str) {
        let shown = match Place::read(Some(given)) {
            Ok(place) => format!("{} loopback={} private={}", place.base, place.loopback, place.private),
            Err(refusal) => refusal.message,
        };
        assert_eq!(shown, expect, "{given}");
    }

    #[test]
    fn a_server_is_on_this_machine_or_private_by_tls_or_neither() {
        check("http://127.0.0.1:7070/", "http://127.0.0.1:7070 loopback=true private=true");
        check("http://localhost", "http://localhost loopback=true private=true");
        check("http://[::1]:7070", "http://[::1]:7070 loopback=true private=true");
        check("https://ops.example/evenkeel/", "https://ops.example/evenkeel loopback=false private=true");
        check("http://ops.example", "http://ops.example loopback=false private=false");
        check("http://127.0.0.1.example", "http://127.0.0.1.example loopback=false private=false");
        check("http://localhost.example", "http://localhost.example loopback=false private=false");
        check("http://10.0.0.1", "http://10.0.0.1 loopback=false private=false");
        assert_eq!(Place::read(None).map(|place| place.base), Ok(USUAL.to_owned()));
    }

    #[test]
    fn what_is_no_address_of_a_server_is_refused() {
        check("127.0.0.1:7070", "`127.0.0.1:7070` is no server: it begins with neither `http://` nor `https://`");
        check("ftp://h", "`ftp://h` is no server: it begins with neither `http://` nor `https://`");
        check("http://", "`http://` is no server: it is no URL");
        check("http://h?x=1", "`http://h?x=1` is no server: it has a query or a fragment");
        check("http://me:ek_secret@h", "the server's address holds a credential");
    }
}
