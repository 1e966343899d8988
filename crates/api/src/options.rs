//! What the binary chooses for the router.

use std::time::Duration;

/// What the binary chooses for the router.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// A larger request body is refused.
    pub body_bytes_max: usize,
    /// All bodies being read or handled may take this many bytes together.
    pub bodies_bytes_max: usize,
    /// A body has to be complete after this long.
    pub body_read_for: Duration,
    /// So many requests are handled at once; more are told to come again.
    pub requests_max: usize,
    /// Where people reach this, for links; empty: relative links.
    pub external_url: String,
    /// The program's version.
    pub version: String,
    /// Whether requests are taken that a proxy on this machine forwards; the proxy answers for its callers.
    pub allow_forwarded: bool,
    /// Values of `Host` that are served besides loopback: `name` for any port, or `name:port`.
    pub hosts: Vec<String>,
}

impl Default for Options {
    /// 32 MiB holds 60,000 alerts of 500 bytes; 256 requests are far more than local senders have open.
    fn default() -> Self {
        Self {
            body_bytes_max: 32 << 20,
            bodies_bytes_max: 128 << 20,
            body_read_for: Duration::from_secs(30),
            requests_max: 256,
            external_url: String::new(),
            version: String::new(),
            allow_forwarded: false,
            hosts: Vec::new(),
        }
    }
}
