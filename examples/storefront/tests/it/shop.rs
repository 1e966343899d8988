//! A running shop to test: starts, kills and restarts its services, and asks them over raw HTTP.
//!
//! The one place that knows how the library is called; what it asks with is not the library's own client.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use storefront::{Addresses, Service, Telemetry};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// How long anything may take before a test gives up; far above what a busy machine needs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// How long to leave the machine to others between two looks at a condition.
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// Looks again and again until `look` finds something; gives up after [`PATIENCE`], naming `what`.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    });
    found.await.unwrap_or_else(|_| panic!("never happened: {what}"))
}

/// Status and body of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// Asks an address once; `None` if there is no whole answer.
pub(crate) async fn ask(at: SocketAddr, method: &str, path: &str) -> Option<Answer> {
    let exchange = async {
        let mut stream = TcpStream::connect(at).await?;
        let request =
            format!("{method} {path} HTTP/1.1\r\nhost: {at}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        io::Result::Ok(answer)
    };
    let answer = tokio::time::timeout(PATIENCE, exchange).await.ok()?.ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, body: body.to_owned() })
}

/// Waits until `/healthz` at an address has this status and a body that `fits`.
pub(crate) async fn healthz_becomes(at: SocketAddr, status: u16, fits: impl Fn(&str) -> bool) -> String {
    let what = format!("/healthz of {at} answers {status} as wanted");
    let look = async || ask(at, "GET", "/healthz").await.filter(|answer| answer.status == status && fits(&answer.body));
    until(&what, look).await.body
}

/// Binds an address; one that was in use a moment ago may take a moment to be free.
pub(crate) async fn bind(at: SocketAddr) -> TcpListener {
    until(&format!("{at} is free"), async || TcpListener::bind(at).await.ok()).await
}

/// Three services, each a task of its own.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) addresses: Addresses,
    catalog: Option<Running>,
    orders: Option<Running>,
    web: Option<Running>,
}

#[derive(Debug)]
struct Running {
    task: JoinHandle<io::Result<()>>,
    shutdown: oneshot::Sender<()>,
}

impl Shop {
    /// Opens the shop on free ports and waits until all of it is healthy.
    pub(crate) async fn open() -> Self {
        let free = SocketAddr::from(([127, 0, 0, 1], 0));
        let [catalog, orders, web] = [bind(free).await, bind(free).await, bind(free).await];
        let address = |listener: &TcpListener| listener.local_addr().unwrap();
        let addresses = Addresses { catalog: address(&catalog), orders: address(&orders), web: address(&web) };
        let running = |service, listener| Some(run(service, listener, addresses));
        let shop = Self {
            addresses,
            catalog: running(Service::Catalog, catalog),
            orders: running(Service::Orders, orders),
            web: running(Service::Web, web),
        };
        for service in Service::ALL {
            healthz_becomes(addresses.of(service), 200, |body| body == "ok").await;
        }
        shop
    }

    /// Drops a service with all its connections, as SIGKILL would.
    pub(crate) async fn kill(&mut self, service: Service) {
        let running = self.slot(service).take().expect("the service runs");
        running.task.abort();
        assert!(running.task.await.unwrap_err().is_cancelled());
    }

    /// Stops a service by its shutdown signal.
    pub(crate) async fn shut_down(&mut self, service: Service) {
        let running = self.slot(service).take().expect("the service runs");
        running.shutdown.send(()).expect("the service waits for its shutdown");
        tokio::time::timeout(PATIENCE, running.task).await.expect("the service stops").unwrap().unwrap();
    }

    /// Starts a service again where it was.
    pub(crate) async fn restart(&mut self, service: Service) {
        let listener = bind(self.addresses.of(service)).await;
        let running = run(service, listener, self.addresses);
        assert!(self.slot(service).replace(running).is_none(), "the service was stopped before");
    }

    pub(crate) async fn get(&self, service: Service, path: &str) -> Answer {
        ask(self.addresses.of(service), "GET", path).await.expect("an answer")
    }

    pub(crate) async fn post(&self, service: Service, path: &str) -> Answer {
        ask(self.addresses.of(service), "POST", path).await.expect("an answer")
    }

    const fn slot(&mut self, service: Service) -> &mut Option<Running> {
        match service {
            Service::Catalog => &mut self.catalog,
            Service::Orders => &mut self.orders,
            Service::Web => &mut self.web,
        }
    }
}

fn run(service: Service, listener: TcpListener, addresses: Addresses) -> Running {
    let (shutdown, asked) = oneshot::channel();
    let served = async move { storefront::serve(service, listener, addresses, &Telemetry::unsent(), asked).await };
    Running { task: tokio::spawn(served), shutdown }
}
