//! What the binary chooses for the router.

use std::fmt;
use std::time::Duration;

use evenkeel_identity::LinkKey;
use evenkeel_record::Hash;
use tokio::sync::watch;

use crate::foreign::Foreign;
use crate::live::READERS_MAX;

/// What the binary chooses for the router.
#[derive(Debug, Clone)]
pub struct Options {
    /// A larger request body is refused.
    pub body_bytes_max: usize,
    /// All bodies being read or handled may take this many bytes together.
    pub bodies_bytes_max: usize,
    /// A body has to be complete after this long.
    pub body_read_for: Duration,
    /// So many requests are handled at once; more are told to come again.
    pub requests_max: usize,
    /// So many calls of our own API are taken from each caller within a minute.
    pub calls_max: u32,
    /// Where people reach this, for links; empty: relative links. Its host is served too.
    pub external_url: String,
    /// The program's version.
    pub version: String,
    /// Values of `Host` that are served besides loopback: `name` for any port, or `name:port`.
    pub hosts: Vec<String>,
    /// How callers prove who they are.
    pub keys: Keys,
    /// Reads what others send in formats of their own.
    pub foreign: Foreign,
    /// So many pages may be live at once; more are told to come again.
    pub live_readers_max: usize,
    /// Turns true when the program stops: streams end then.
    pub stopping: watch::Receiver<bool>,
}

/// How callers prove who they are.
#[derive(Clone)]
pub struct Keys {
    /// SHA-256 of the owner's token.
    pub owner: Hash,
    /// What links are signed with.
    pub links: LinkKey,
    /// 256 random bits, other ones each time.
    pub random: fn() -> [u8; 32],
}

impl Options {
    /// 32 MiB holds 60,000 alerts of 500 bytes; 256 requests are far more than local senders have open; 200 calls a second are more
    /// than any page or script of ours makes.
    #[must_use]
    pub fn new(keys: Keys, foreign: Foreign) -> Self {
        Self {
            body_bytes_max: 32 << 20,
            bodies_bytes_max: 128 << 20,
            body_read_for: Duration::from_secs(30),
            requests_max: 256,
            calls_max: 12_000,
            external_url: String::new(),
            version: String::new(),
            hosts: Vec::new(),
            keys,
            foreign,
            live_readers_max: READERS_MAX,
            stopping: watch::channel(false).1,
        }
    }
}

/// Waits until the program stops; for ever where nobody is left to say so.
pub(crate) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    if stopping.wait_for(|stops| *stops).await.is_err() {
        std::future::pending::<()>().await;
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}
