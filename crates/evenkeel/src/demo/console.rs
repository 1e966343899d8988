//! The running server as anyone sees it: over HTTP.

mod incident;

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use evenkeel_identity::TokenSecret;
use evenkeel_notify::HttpClient;
use serde_json::Value;

use super::ops;

pub(crate) use incident::{ShownIncident, ShownPage};

/// Generous, because not every question is asked a second time.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// An alert as `/api/v2/alerts` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownAlert {
    pub(crate) name: String,
    pub(crate) service: String,
    pub(crate) fingerprint: String,
    pub(crate) starts_at: String,
    /// `active`, `suppressed` or `unprocessed`.
    pub(crate) state: String,
    /// Fingerprints of the alerts that keep this one quiet.
    pub(crate) inhibited_by: Vec<String>,
    pub(crate) summary: String,
}

/// Asks the server.
#[derive(Debug)]
pub(crate) struct Console {
    pub(crate) address: SocketAddr,
    /// The file with the owner's token.
    pub(crate) token_file: PathBuf,
    token: TokenSecret,
    http: HttpClient,
}

impl Console {
    pub(crate) fn new(address: SocketAddr, token_file: PathBuf) -> anyhow::Result<Self> {
        let text = fs::read_to_string(&token_file).context("the owner's token cannot be read")?;
        let token = TokenSecret::parse(text.trim()).context("the owner's token cannot be read")?;
        Ok(Self { address, token_file, token, http: HttpClient::new() })
    }

    /// Whether the server takes work.
    pub(crate) async fn ready(&self) -> bool {
        self.get("/readyz").await.is_ok()
    }

    /// Every open alert.
    pub(crate) async fn alerts(&self) -> anyhow::Result<Vec<ShownAlert>> {
        let body = self.get("/api/v2/alerts").await?;
        let list: Vec<Value> = serde_json::from_slice(&body).context("the list of alerts is not JSON")?;
        list.iter().map(|alert| ShownAlert::read(alert).context("an alert lacks a field")).collect()
    }

    /// The open alert of this name; `None` also when the server does not answer just now.
    pub(crate) async fn alert(&self, name: &str) -> Option<ShownAlert> {
        self.alerts().await.ok()?.into_iter().find(|alert| alert.name == name)
    }

    /// Whether no alert is open, but for that of the budget.
    pub(crate) async fn quiet(&self) -> bool {
        self.alerts().await.is_ok_and(|alerts| alerts.iter().all(|alert| alert.name == ops::BUDGET_ALERT))
    }

    /// What an expression in PromQL that has one value has now, as Prometheus's API writes it; `None` while it has none.
    pub(crate) async fn value(&self, expression: &str) -> Option<String> {
        let encoded: String = expression.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let body = self.get(&format!("/prometheus/api/v1/query?query={encoded}")).await.ok()?;
        let answer: Value = serde_json::from_slice(&body).ok()?;
        answer.pointer("/data/result/0/value/1")?.as_str().map(str::to_owned)
    }

    /// All that is known of an incident.
    pub(crate) async fn incident(&self, id: &str) -> anyhow::Result<ShownIncident> {
        let body = self.get(&format!("/api/v1/incidents/{id}")).await?;
        let detail: Value = serde_json::from_slice(&body).context("the incident is not JSON")?;
        ShownIncident::read(&detail).context("the incident lacks a field")
    }

    /// Opens a page's link as a browser does, and returns what it shows.
    pub(crate) async fn open_link(&self, link: &str) -> anyhow::Result<String> {
        let answer = self.http.get(link, ANSWER_WITHIN, ANSWER_BYTES_MAX).await;
        let answer = answer.map_err(|error| anyhow::anyhow!("the link opens nothing: {}", error.reason))?;
        if answer.status != 200 {
            bail!("the link opens a page with status {}", answer.status);
        }
        String::from_utf8(answer.body).context("the page is no text")
    }

    /// Presses a button of the page that a link opens.
    pub(crate) async fn press(&self, link: &str, button: &str) -> anyhow::Result<()> {
        let form = format!("act={button}");
        let answer = HttpClient::submit(link, &form, ANSWER_WITHIN, ANSWER_BYTES_MAX).await;
        let answer = answer.map_err(|error| anyhow::anyhow!("the button does nothing: {}", error.reason))?;
        if !matches!(answer.status, 200 | 303) {
            bail!("the button `{button}` answers {}", answer.status);
        }
        Ok(())
    }

    async fn get(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let url = format!("http://owner:{}@{}{path}", self.token.shown(), self.address);
        let answer = self.http.get(&url, ANSWER_WITHIN, ANSWER_BYTES_MAX).await;
        let answer = answer.map_err(|error| anyhow::anyhow!("GET {path}: {}", error.reason))?;
        if answer.status != 200 {
            bail!("GET {path} answers {}", answer.status);
        }
        Ok(answer.body)
    }
}

impl ShownAlert {
    fn read(alert: &Value) -> Option<Self> {
        let text = |place: &str| alert.pointer(place)?.as_str().map(str::to_owned);
        let inhibited_by = alert.pointer("/status/inhibitedBy")?.as_array()?;
        Some(Self {
            name: text("/labels/alertname")?,
            service: text("/labels/service")?,
            fingerprint: text("/fingerprint")?,
            starts_at: text("/startsAt")?,
            state: text("/status/state")?,
            inhibited_by: inhibited_by.iter().filter_map(|by| by.as_str().map(str::to_owned)).collect(),
            summary: text("/annotations/summary").unwrap_or_default(),
        })
    }
}
