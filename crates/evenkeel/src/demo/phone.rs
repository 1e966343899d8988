//! The phone: a webhook of the demo's own that keeps what arrives, and when.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// One notice as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) at: Instant,
    /// `firing` or `resolved`.
    pub(crate) status: String,
    /// Service and status of each alert in it.
    pub(crate) alerts: Vec<(String, String)>,
}

impl Notice {
    /// Whether it says that the alert of `service` has this status.
    pub(crate) fn says(&self, service: &str, status: &str) -> bool {
        self.alerts.iter().any(|(about, is)| about == service && is == status)
    }

    /// What it says, for people: `firing: catalog`, and where alerts differ `firing: orders, catalog (resolved)`.
    pub(crate) fn line(&self) -> String {
        let alerts = self.alerts.iter().map(|(service, status)| match *status == self.status {
            true => service.clone(),
            false => format!("{service} ({status})"),
        });
        format!("{}: {}", self.status, alerts.collect::<Vec<_>>().join(", "))
    }

    fn read(body: &[u8], at: Instant) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let alerts = body.get("alerts")?.as_array()?.iter();
        let alerts = alerts.map(|alert| Some((text(alert.pointer("/labels/service")?)?, text(alert.get("status")?)?)));
        Some(Self { at, status: text(body.get("status")?)?, alerts: alerts.collect::<Option<_>>()? })
    }
}

/// A listening phone; hangs up when dropped.
#[derive(Debug)]
pub(crate) struct Phone {
    pub(crate) address: SocketAddr,
    arrived: Arc<Mutex<Vec<Notice>>>,
    serving: JoinHandle<std::io::Result<()>>,
}

type Arrived = Arc<Mutex<Vec<Notice>>>;

impl Phone {
    /// Listens on a free loopback port.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("the phone cannot listen")?;
        let address = listener.local_addr()?;
        let arrived = Arrived::default();
        let router = Router::new().route("/", post(take)).with_state(arrived.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, arrived, serving })
    }

    /// Everything that arrived, in order.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        lock(&self.arrived).clone()
    }

    /// The first notice that says so.
    pub(crate) fn first(&self, service: &str, status: &str) -> Option<Notice> {
        lock(&self.arrived).iter().find(|notice| notice.says(service, status)).cloned()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Notices are only ever pushed whole, so a poisoned lock still guards good ones.
fn lock(arrived: &Arrived) -> MutexGuard<'_, Vec<Notice>> {
    arrived.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn take(State(arrived): State<Arrived>, body: Bytes) -> StatusCode {
    let Some(notice) = Notice::read(&body, Instant::now()) else { return StatusCode::BAD_REQUEST };
    lock(&arrived).push(notice);
    StatusCode::OK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_says_what_its_alerts_say() {
        let body = br#"{"status":"firing","alerts":[
            {"status":"resolved","labels":{"service":"catalog"}},{"status":"firing","labels":{"service":"web"}}]}"#;
        let notice = Notice::read(body, Instant::now()).expect("a notice");
        assert!(notice.says("catalog", "resolved") && notice.says("web", "firing") && !notice.says("web", "resolved"));
        assert_eq!(notice.line(), "firing: catalog (resolved), web");
        assert_eq!(Notice::read(b"{}", Instant::now()), None);
    }
}
