//! One message through one integration.

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use evenkeel_alerting::Outcome;
use evenkeel_model::{HttpOptions, Integration, NtfyReceiver, SlackReceiver, Transport, WebhookReceiver};

use crate::address::Allowed;
use crate::body::Data;
use crate::content::Content;
use crate::failure::{Failure, outcome};
use crate::file::Files;
use crate::http_client::{Deadline, HttpClient, spelled};
use crate::post::{Accepted, Post};
use crate::scrub::Scrub;
use crate::target::Target;
use crate::{email, json, ntfy, secrets, slack};

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
    pub async fn send(&self, integration: &Integration, content: &Content, deadline: Duration) -> Outcome {
        let own = match &integration.transport {
            Transport::Webhook(webhook) => webhook.timeout.map_or(ATTEMPT_FOR, evenkeel_time::Duration::to_std),
            Transport::Email(_) | Transport::Slack(_) | Transport::File(_) | Transport::Ntfy(_) => ATTEMPT_FOR,
        };
        let deadline = Deadline::after(deadline.min(own));
        if deadline.length.is_zero() {
            return outcome(Err(Failure::passing("no time was left for an attempt")));
        }
        // HTTP watches the time itself and can say what it was waiting for, secrets' files excepted.
        let result = match &integration.transport {
            Transport::Webhook(to) => within(deadline, self.webhook(to, content, deadline)).await,
            Transport::Slack(to) => within(deadline, self.slack(to, content, deadline)).await,
            Transport::Ntfy(to) => within(deadline, self.ntfy(to, content, deadline)).await,
            Transport::Email(to) => {
                let dialer = self.http.dialer();
                within(deadline, Box::pin(email::send(to, content, &self.external_url, dialer, deadline))).await
            }
            Transport::File(to) => within(deadline, self.files.append(to, content, &self.external_url)).await,
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

    async fn webhook(&self, to: &WebhookReceiver, content: &Content, deadline: Deadline) -> Result<(), Failure> {
        let body = match content {
            Content::Notice(message) => json::written(&Data::new(message, to.max_alerts, &self.external_url)),
            Content::Page(page) => json::page(page, &self.external_url),
            Content::Update(message) => json::update(message, &self.external_url),
        }?;
        let target = Target::read(&secrets::read(&to.url).await?, Allowed::Literal)?;
        self.post(target, &to.http, content, body, content.scrub(), deadline).await.map(drop)
    }

    async fn slack(&self, to: &SlackReceiver, content: &Content, deadline: Deadline) -> Result<(), Failure> {
        let body = slack::render(to, content, &self.external_url)?;
        let target = Target::read(&secrets::read(&to.url).await?, Allowed::Literal)?;
        slack::judge(&self.post(target, &to.http, content, body, content.scrub(), deadline).await?)
    }

    async fn ntfy(&self, to: &NtfyReceiver, content: &Content, deadline: Deadline) -> Result<(), Failure> {
        let place = ntfy::Place::read(&secrets::read(&to.url).await?)?;
        let body = ntfy::render(&place.topic, content, &self.external_url)?;
        let mut scrub = content.scrub();
        scrub.add(&place.topic);
        self.post(place.server, &ntfy::options(to), content, body, scrub, deadline).await.map(drop)
    }

    async fn post(
        &self,
        target: Target,
        options: &HttpOptions,
        content: &Content,
        body: Vec<u8>,
        scrub: Scrub,
        deadline: Deadline,
    ) -> Result<Accepted, Failure> {
        let idempotency_key = content.idempotency_key();
        Post { target, options, idempotency_key, body: Bytes::from(body), deadline, scrub }.send(&self.http).await
    }
}

/// Ends what has no deadline of its own, a moment after whoever has one could have said more.
pub(crate) async fn within(deadline: Deadline, work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let late = deadline.at + Duration::from_millis(20);
    let ended = tokio::time::timeout_at(late, work).await;
    ended.unwrap_or_else(|_| Err(Failure::unsure(format!("no outcome within {}", spelled(deadline.length)))))
}
