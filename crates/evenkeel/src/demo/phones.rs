//! Everybody's phones: a webhook of the demo's own that keeps what arrives, for whom, and when.

mod notice;
mod page;
mod update;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) use notice::Notice;
pub(crate) use page::Page;
pub(crate) use update::Update;

/// Where customers read; everything else is the name of the team's channel or of a person.
const STATUS: &str = "status";

/// Everything that arrived, each kind in order.
#[derive(Debug, Clone, Default)]
struct Arrived {
    notices: Vec<Notice>,
    pages: Vec<Page>,
    updates: Vec<Update>,
}

/// Listening phones; they hang up when dropped.
#[derive(Debug)]
pub(crate) struct Phones {
    pub(crate) address: SocketAddr,
    arrived: Arc<Mutex<Arrived>>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Phones {
    /// Listens on a free loopback port.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("the phones cannot listen")?;
        let address = listener.local_addr()?;
        let arrived = Arc::new(Mutex::new(Arrived::default()));
        let router = Router::new().route("/{whose}", post(take)).with_state(arrived.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, arrived, serving })
    }

    /// What the team's channel heard about alerts, in order.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        lock(&self.arrived).notices.clone()
    }

    /// The first notice that says so.
    pub(crate) fn first(&self, service: &str, status: &str) -> Option<Notice> {
        lock(&self.arrived).notices.iter().find(|notice| notice.says(service, status)).cloned()
    }

    /// Who was asked to act, in order.
    pub(crate) fn pages(&self) -> Vec<Page> {
        lock(&self.arrived).pages.clone()
    }

    /// What customers could read, in order.
    pub(crate) fn updates(&self) -> Vec<Update> {
        lock(&self.arrived).updates.clone()
    }
}

impl Drop for Phones {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Messages are only ever pushed whole, so a poisoned lock still guards good ones.
fn lock(arrived: &Mutex<Arrived>) -> MutexGuard<'_, Arrived> {
    arrived.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn take(State(arrived): State<Arc<Mutex<Arrived>>>, Path(whose): Path<String>, body: Bytes) -> StatusCode {
    let taken = lock(&arrived).take(&whose, &body, Instant::now());
    if taken.is_some() { StatusCode::OK } else { StatusCode::BAD_REQUEST }
}

impl Arrived {
    /// `None` for what belongs on no phone.
    fn take(&mut self, whose: &str, body: &[u8], at: Instant) -> Option<()> {
        let body: Value = serde_json::from_slice(body).ok()?;
        match body.get("kind").and_then(Value::as_str) {
            None => self.notices.push(Notice::read(&body, at)?),
            Some("page") => self.pages.push(Page::read(&body, at).filter(|page| page.to == whose)?),
            Some("update") if whose == STATUS => self.updates.push(Update::read(&body, at)?),
            Some(_) => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_rings_on_the_phone_of_whom_it_asks_and_nowhere_else() {
        let mut arrived = Arrived::default();
        let page = page::tests::BODY.as_bytes();
        assert_eq!(arrived.take("ben", page, Instant::now()), None);
        assert_eq!(arrived.take("ada", page, Instant::now()), Some(()));
        assert_eq!(arrived.pages.len(), 1);
        assert_eq!(arrived.take("ada", update::tests::BODY.as_bytes(), Instant::now()), None);
        assert_eq!(arrived.take(STATUS, update::tests::BODY.as_bytes(), Instant::now()), Some(()));
        assert_eq!(arrived.take("team", b"{}", Instant::now()), None);
        assert_eq!(arrived.take("team", b"no JSON", Instant::now()), None);
    }
}
