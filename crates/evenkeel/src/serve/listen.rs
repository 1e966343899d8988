//! Where the server listens, and what has to be said about it.

use std::net::SocketAddr;

use anyhow::bail;

/// Refuses what cannot work, and says what is to be known about listening elsewhere than on loopback.
pub(crate) fn check(address: SocketAddr, external_url: Option<&str>) -> anyhow::Result<Option<&'static str>> {
    if let Some(url) = external_url.filter(|url| !is_address(url)) {
        bail!("`--external-url {url}` is no address of this server; write it as `https://evenkeel.example`");
    }
    if address.ip().is_loopback() {
        return Ok(None);
    }
    if address.ip().is_unspecified() && external_url.is_none() {
        bail!(
            "to listen on {address}, say with `--external-url https://NAME` how people reach this server: links in \
             pages lead there"
        );
    }
    if external_url.is_some_and(|url| url.starts_with("https://")) {
        return Ok(None);
    }
    Ok(Some(
        "callers from other machines send their tokens in clear: put a proxy with TLS in front, and name its address \
         with `--external-url https://NAME`; without a token they get nothing but /healthz and /readyz",
    ))
}

/// Refuses what is no address of a web server: the option it was given by, and one as it should be.
pub(crate) fn check_url(option: &str, url: &str, example: &str) -> anyhow::Result<()> {
    if !is_address(url) {
        bail!("`{option} {url}` is no address; write it as `{example}`");
    }
    Ok(())
}

fn is_address(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_or_is_named_with_its_option() {
        assert!(check_url("--metrics-from", "http://127.0.0.1:9090", "").is_ok());
        let said = check_url("--metrics-from", "mimir.example", "https://mimir.example/prometheus");
        let said = said.expect_err("no address").to_string();
        assert_eq!(
            said,
            "`--metrics-from mimir.example` is no address; write it as `https://mimir.example/prometheus`"
        );
    }

    #[test]
    fn listening_elsewhere_than_on_loopback_is_warned_about_and_needs_an_address_for_links() {
        let check =
            |address: &str, url| check(address.parse().expect("an address"), url).map(|warning| warning.is_some());
        for (address, url, warned) in [
            ("127.0.0.1:0", None, false),
            ("[::1]:7070", Some("http://localhost:7070"), false),
            ("10.0.0.1:1", None, true),
            ("10.0.0.1:1", Some("http://ops.example"), true),
            ("0.0.0.0:7070", Some("https://ops.example"), false),
            ("[::]:7070", Some("http://ops.example"), true),
        ] {
            assert_eq!(check(address, url).ok(), Some(warned), "{address} {url:?}");
        }
        for (address, url) in [
            ("0.0.0.0:7070", None),
            ("[::]:1", None),
            ("127.0.0.1:0", Some("ops.example")),
            ("127.0.0.1:0", Some("https://")),
            ("127.0.0.1:0", Some("")),
        ] {
            assert!(check(address, url).is_err(), "{address} {url:?}");
        }
    }
}
