//! OTLP on listeners of its own: metrics of OpenTelemetry's SDKs and Collector go into the store.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use evenkeel_api::{Keys, may_send};
use evenkeel_metric::Batch;
use evenkeel_otlp::{Denied, Host, Kept, Options, Receiver, Unavailable, serve};
use evenkeel_time::Timestamp;
use http::HeaderMap;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::refusal;
use crate::serve::desk::LiveDesk;
use crate::serve::wall_now;

/// Requests under way may take this long to end.
const STOPS_FOR: Duration = Duration::from_secs(6);
/// So many reasons are told; the rest is counted.
const REASONS_MAX: usize = 4;

/// The ports that senders look for: gRPC's and HTTP's.
const USUAL: [SocketAddr; 2] =
    [SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4317), SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4318)];

/// Where OTLP is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OtlpListen {
    /// On the ports that senders look for, on this machine.
    Usual,
    /// There, or nowhere.
    On(Vec<SocketAddr>),
}

/// What listens.
pub(crate) struct Otlp {
    /// Where.
    pub(crate) addresses: Vec<SocketAddr>,
    tasks: Vec<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Otlp {
    /// Listens on all of these; each takes gRPC and HTTP. Usual ports that somebody else has are left to them, and said.
    pub(crate) async fn listen(listen: &OtlpListen, desk: LiveDesk, keys: Keys) -> anyhow::Result<Self> {
        let receiver = Arc::new(Receiver::new(Door { desk, keys }, Options::default()));
        let (stop, stopping) = watch::channel(false);
        let mut this = Self { addresses: Vec::new(), tasks: Vec::new(), stop };
        let (addresses, usual): (&[SocketAddr], bool) = match listen {
            OtlpListen::Usual => (&USUAL, true),
            OtlpListen::On(addresses) => (addresses, false),
        };
        for address in addresses {
            let bound = TcpListener::bind(address).await;
            let listener = match bound.with_context(|| format!("cannot listen on {address} for OTLP")) {
                Ok(listener) => listener,
                Err(error) if usual => {
                    tracing::warn!("{error:#}; name addresses with `--otlp-listen`");
                    continue;
                }
                Err(error) => return Err(error),
            };
            if !address.ip().is_loopback() {
                tracing::warn!(
                    %address,
                    "OTLP from other machines is taken with a token, which they send in clear: put a proxy with TLS in front"
                );
            }
            this.addresses.push(listener.local_addr()?);
            let (receiver, mut stopping) = (Arc::clone(&receiver), stopping.clone());
            this.tasks.push(tokio::spawn(async move {
                serve(listener, receiver, async { drop(stopping.wait_for(|stops| *stops).await) }).await;
            }));
        }
        Ok(this)
    }

    /// Takes nothing more in; what is under way may end.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            let abort = task.abort_handle();
            if tokio::time::timeout(STOPS_FOR, task).await.is_err() {
                abort.abort();
            }
        }
    }
}

/// The server as the listener sees it.
struct Door {
    desk: LiveDesk,
    keys: Keys,
}

impl Host for Door {
    fn now(&self) -> Timestamp {
        wall_now()
    }

    fn admit(&self, peer: SocketAddr, headers: &HeaderMap) -> Result<Arc<str>, Denied> {
        let admitted = may_send(&self.desk, &self.keys, peer, headers);
        admitted.map(|sender| sender.0).map_err(|refused| Denied { known: refused.known, why: refused.to_string() })
    }

    fn append(
        &self,
        sender: Arc<str>,
        batch: Batch,
    ) -> Pin<Box<dyn Future<Output = Result<Kept, Unavailable>> + Send + '_>> {
        Box::pin(async move {
            let measured = &self.desk.0.measured;
            let appended = measured
                .store
                .append_from(&sender, &batch, wall_now())
                .map_err(|fault| Unavailable(fault.to_string()))?;
            measured.durable(appended.commit).await.map_err(Unavailable)?;
            Ok(Kept {
                refused: appended.refused.iter().map(|refused| refused.samples).sum(),
                reasons: appended.refused.iter().take(REASONS_MAX).map(refusal).collect(),
            })
        })
    }
}
