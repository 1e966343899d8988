//! The binary: a service in a process of its own, killed for real.

use std::net::SocketAddr;
use std::process::{ExitStatus, Stdio};

use storefront::Service;
use storefront::Service::{Catalog, Orders};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::shop::{PATIENCE, healthz_becomes};

/// A service as a process, and the address it said it listens at.
#[derive(Debug)]
struct Process {
    child: Child,
    at: SocketAddr,
}

impl Process {
    async fn start(service: Service, listen: &str, catalog: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_storefront"))
            .args(["serve", "--service", service.name(), "--listen", listen, "--catalog", catalog])
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.expect("the service says a line");
        let line = line.unwrap().expect("the service starts");
        let at = line.strip_prefix(&format!("{service} listens at ")).expect("the line says where").parse().unwrap();
        Self { child, at }
    }

    /// Kills with SIGKILL: nothing of the process runs any more.
    async fn kill(mut self) -> ExitStatus {
        self.child.start_kill().unwrap();
        tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("the process ends").unwrap()
    }
}

#[tokio::test]
async fn a_catalog_killed_with_sigkill_is_missed_and_comes_back() {
    let catalog = Process::start(Catalog, "127.0.0.1:0", "127.0.0.1:0").await;
    let at = catalog.at.to_string();
    let orders = Process::start(Orders, "127.0.0.1:0", &at).await;
    healthz_becomes(orders.at, 200, |body| body == "ok").await;

    assert!(!catalog.kill().await.success());
    healthz_becomes(orders.at, 503, |body| body.starts_with("catalog cannot be reached: ")).await;

    let catalog = Process::start(Catalog, &at, &at).await;
    assert_eq!(catalog.at.to_string(), at);
    healthz_becomes(orders.at, 200, |body| body == "ok").await;
}

#[tokio::test]
async fn a_port_in_use_is_an_error_naming_it() {
    let catalog = Process::start(Catalog, "127.0.0.1:0", "127.0.0.1:0").await;
    let at = catalog.at.to_string();
    let second = Command::new(env!("CARGO_BIN_EXE_storefront"))
        .args(["serve", "--service", "web", "--listen", &at])
        .env_clear()
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, second).await.expect("the process ends").unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.starts_with(&format!("error: cannot listen at {at}: ")), "{said}");
}
