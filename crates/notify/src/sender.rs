//! One message through one integration.

use std::path::PathBuf;
use std::time::Duration;

use evenkeel_alerting::{Message, Outcome, Retry};
use evenkeel_model::Integration;

use crate::http_client::HttpClient;

/// What all sending shares.
#[derive(Debug, Clone)]
pub struct SenderOptions {
    /// The folder `notices` in the data folder; file receivers write below it only.
    pub notices_dir: PathBuf,
    /// Where people reach Evenkeel, without a slash at the end; links and `externalURL` start with it.
    pub external_url: String,
}

/// Sends messages. Clones share connections.
#[derive(Debug, Clone)]
pub struct Sender {
    http: HttpClient,
}

impl Sender {
    /// A sender without connections yet.
    #[must_use]
    pub fn new(options: SenderOptions) -> Self {
        let _ = options;
        Self { http: HttpClient::new() }
    }

    /// The HTTP client it sends with, for probes.
    #[must_use]
    pub fn http(&self) -> &HttpClient {
        &self.http
    }

    /// Makes one attempt, which lasts no longer than `deadline` and the integration's own timeout (10 s unless said).
    pub async fn send(&self, integration: &Integration, message: &Message, deadline: Duration) -> Outcome {
        let _ = (integration, message, deadline);
        Outcome::Failed { reason: "not built yet".to_owned(), retry: Retry::Yes }
    }

    /// GETs a heartbeat's address; any 2xx is good.
    pub async fn ping(&self, url: &str, timeout: Duration) -> Outcome {
        let _ = (url, timeout);
        Outcome::Failed { reason: "not built yet".to_owned(), retry: Retry::Yes }
    }
}
