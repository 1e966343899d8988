//! The shop of the demo: three services, each a process of this very executable, so that one can be killed for real.

use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use evenkeel_notify::HttpClient;
use storefront::{Addresses, Service};
use tokio::process::{Child, Command};

use super::ports;

/// A port may be taken between looking and listening; then all of them are chosen anew, so often at most.
const STARTS: usize = 5;
/// The services answer after this long, also on a busy machine.
const UP_WITHIN: Duration = Duration::from_secs(60);
/// A killed process is gone after this long.
const GONE_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(20);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
const ANSWER_BYTES_MAX: usize = 4096;
/// SIGKILL.
const KILL: i32 = 9;

/// Three running services. They are killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) addresses: Addresses,
    /// Where the services send what they measure.
    otlp: SocketAddr,
    executable: PathBuf,
    http: HttpClient,
    running: Vec<(Service, Child)>,
}

impl Shop {
    /// Starts every service, and returns once each answers that it works. Measurements go to `otlp`, once somebody is there.
    pub(crate) async fn open(otlp: SocketAddr) -> anyhow::Result<Self> {
        let executable = std::env::current_exe().context("cannot tell which executable this is")?;
        let mut last = None;
        for _ in 0..STARTS {
            let [catalog, orders, web] = ports::free()?;
            let addresses = Addresses { catalog, orders, web };
            let (executable, http) = (executable.clone(), HttpClient::new());
            let mut shop = Self { addresses, otlp, executable, http, running: Vec::new() };
            for service in Service::ALL {
                shop.start(service)?;
            }
            match shop.up().await {
                Ok(()) => return Ok(shop),
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("the shop was never started")?)
    }

    /// Starts one service at its address.
    pub(crate) fn start(&mut self, service: Service) -> anyhow::Result<()> {
        let Addresses { catalog, orders, web } = self.addresses;
        let child = Command::new(&self.executable)
            .args(["demo-service", service.name()])
            .args([catalog, orders, web].map(|address: SocketAddr| address.to_string()))
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", format!("http://{}", self.otlp))
            // Held until the child is dropped: a service ends when it closes, also if this process is killed.
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {service}"))?;
        self.running.push((service, child));
        Ok(())
    }

    /// Waits until `web`, which asks the others, says that all is well.
    pub(crate) async fn up(&mut self) -> anyhow::Result<()> {
        let deadline = Instant::now() + UP_WITHIN;
        loop {
            for (service, child) in &mut self.running {
                if let Some(status) = child.try_wait()? {
                    bail!("{service} ended at its start: {status}");
                }
            }
            let mut said = String::new();
            for service in Service::ALL {
                said = self.health(service).await;
                if said != "ok" {
                    break;
                }
            }
            if said == "ok" {
                return Ok(());
            }
            if Instant::now() > deadline {
                bail!("the shop is not up after {} s: {said}", UP_WITHIN.as_secs());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// What a service's `/healthz` says, or why it says nothing.
    pub(crate) async fn health(&self, service: Service) -> String {
        let url = format!("http://{}/healthz", self.addresses.of(service));
        match self.http.get(&url, ANSWER_WITHIN, ANSWER_BYTES_MAX).await {
            Ok(answer) => String::from_utf8_lossy(&answer.body).trim().to_owned(),
            Err(error) => format!("{service}: {}", error.reason),
        }
    }

    /// The process of a service.
    pub(crate) fn pid(&self, service: Service) -> u32 {
        let found = self.running.iter().find(|(running, _)| *running == service);
        found.and_then(|(_, child)| child.id()).unwrap_or_default()
    }

    /// Kills a service with SIGKILL and returns whether that is what it died of.
    pub(crate) async fn kill(&mut self, service: Service) -> anyhow::Result<bool> {
        let at = self.running.iter().position(|(running, _)| *running == service);
        let (_, mut child) = self.running.remove(at.with_context(|| format!("{service} does not run"))?);
        child.start_kill().with_context(|| format!("cannot kill {service}"))?;
        let ended = tokio::time::timeout(GONE_WITHIN, child.wait()).await;
        let status = ended.with_context(|| format!("{service} survives SIGKILL"))??;
        Ok(status.signal() == Some(KILL))
    }

    /// Ends every service and waits until each is gone.
    pub(crate) async fn close(mut self) -> anyhow::Result<()> {
        for (service, child) in &mut self.running {
            child.start_kill().with_context(|| format!("cannot kill {service}"))?;
        }
        for (service, child) in &mut self.running {
            let ended = tokio::time::timeout(GONE_WITHIN, child.wait()).await;
            ended.with_context(|| format!("{service} survives SIGKILL"))??;
        }
        Ok(())
    }
}
