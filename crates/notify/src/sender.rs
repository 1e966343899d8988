//! One message through one integration.

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use evenkeel_alerting::{Message, Outcome};
use evenkeel_model::{HttpOptions, Integration, SecretRef, Transport, WebhookReceiver};

use crate::address::Allowed;
use crate::body::Data;
use crate::failure::{Failure, outcome};
use crate::file::Files;
use crate::http_client::{Deadline, HttpClient, spelled};
use crate::post::{Accepted, Post};
use crate::target::Target;
use crate::{email, slack};

/// What all sending shares.
#[derive(Debug, Clone)]
pub struct SenderOptions {
    /// The folder `notices` in the data folder; file receivers write below it only.
    pub notices_dir: PathBuf,
    /// Where people reach Evenkeel; links and `externalURL` start with it.
    pub external_url: String,
}

/// Sends messages. Clones share connections.
#[derive(Debug, Clone)]
pub struct Sender {
    http: HttpClient,
    files: Files,
    external_url: String,
}

/// How long one attempt may take when nothing says otherwise.
const ATTEMPT_FOR: Duration = Duration::from_secs(10);
/// How much of a heartbeat's answer is read, to keep the connection.
const PING_BYTES_MAX: usize = 4096;

impl Sender {
    /// A sender without connections yet.
    #[must_use]
    pub fn new(options: SenderOptions) -> Self {
        let external_url = options.external_url.trim_end_matches('/').to_owned();
        Self { http: HttpClient::new(), files: Files::below(options.notices_dir), external_url }
    }

    /// The HTTP client it sends with, for probes.
    #[must_use]
    pub fn http(&self) -> &HttpClient {
        &self.http
    }

    /// Makes one attempt, which lasts no longer than `deadline` and the integration's own timeout (10 s unless said).
    pub async fn send(&self, integration: &Integration, message: &Message, deadline: Duration) -> Outcome {
        let own = match &integration.transport {
            Transport::Webhook(webhook) => webhook.timeout.map_or(ATTEMPT_FOR, evenkeel_time::Duration::to_std),
            Transport::Email(_) | Transport::Slack(_) | Transport::File(_) => ATTEMPT_FOR,
        };
        let deadline = Deadline::after(deadline.min(own));
        if deadline.length.is_zero() {
            return outcome(Err(Failure::passing("no time was left for an attempt")));
        }
        let result = match &integration.transport {
            // HTTP watches the time itself and can say what it was waiting for, secrets' files excepted.
            Transport::Webhook(webhook) => within(deadline, self.webhook(webhook, message, deadline)).await,
            Transport::Slack(slack) => {
                let body = slack::render(slack, message, &self.external_url);
                let sent = async { slack::judge(&self.post(&slack.url, &slack.http, message, body?, deadline).await?) };
                within(deadline, sent).await
            }
            Transport::Email(email) => {
                let dialer = self.http.dialer();
                within(deadline, Box::pin(email::send(email, message, &self.external_url, dialer, deadline))).await
            }
            Transport::File(file) => within(deadline, self.files.append(file, message, &self.external_url)).await,
        };
        outcome(result)
    }

    /// GETs a heartbeat's address; any 2xx is good.
    pub async fn ping(&self, url: &str, timeout: Duration) -> Outcome {
        outcome(match self.http.get(url, timeout, PING_BYTES_MAX).await {
            Ok(answer) if (200..300).contains(&answer.status) => Ok(()),
            Ok(answer) => {
                let place = Target::read(url, Allowed::Literal).map(|target| target.place()).unwrap_or_default();
                Err(Failure::passing(format!("{place}: status {}", answer.status)))
            }
            Err(error) => Err(error.into()),
        })
    }

    async fn webhook(&self, to: &WebhookReceiver, message: &Message, deadline: Deadline) -> Result<(), Failure> {
        let body = webhook_body(message, to.max_alerts, &self.external_url)?;
        self.post(&to.url, &to.http, message, body, deadline).await.map(drop)
    }

    async fn post(
        &self,
        url: &SecretRef,
        options: &HttpOptions,
        message: &Message,
        body: Vec<u8>,
        deadline: Deadline,
    ) -> Result<Accepted, Failure> {
        let idempotency_key = &message.idempotency_key;
        Post { url, options, idempotency_key, body: Bytes::from(body), deadline }.send(&self.http).await
    }
}

/// Alertmanager's version 4 body.
fn webhook_body(message: &Message, max_alerts: u64, external_url: &str) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::with_capacity(1024);
    serde_json::to_writer(&mut body, &Data::new(message, max_alerts, external_url))
        .map_err(|error| Failure::lasting(format!("the message cannot be written: {error}")))?;
    Ok(body)
}

/// Ends what has no deadline of its own, a moment after whoever has one could have said more.
async fn within(deadline: Deadline, work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let late = deadline.at + Duration::from_millis(20);
    let ended = tokio::time::timeout_at(late, work).await;
    ended.unwrap_or_else(|_| Err(Failure::unsure(format!("no outcome within {}", spelled(deadline.length)))))
}
