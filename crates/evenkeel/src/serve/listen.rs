//! Where the server may listen: on loopback, until callers can say who they are.

use std::net::SocketAddr;

use anyhow::bail;

/// Refuses every address but loopback.
pub(crate) fn check(address: SocketAddr) -> anyhow::Result<()> {
    if !address.ip().is_loopback() {
        bail!(
            "cannot listen on {address}: callers cannot prove who they are yet, so only loopback addresses are \
             served; listen on 127.0.0.1 or [::1], and put nothing in front that forwards others to it"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_listened_on() {
        for (address, good) in [
            ("127.0.0.1:0", true),
            ("[::1]:7070", true),
            ("0.0.0.0:7070", false),
            ("10.0.0.1:1", false),
            ("[::]:1", false),
        ] {
            assert_eq!(check(address.parse().expect("an address")).is_ok(), good, "{address}");
        }
    }
}
