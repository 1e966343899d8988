//! `evenkeel demo-service`: one service of the demo's shop, a process of its own so that it can be killed.
//!
//! It ends when its standard input does: the demo holds the other end, so that no service outlives a demo
//! that was itself killed.

use anyhow::{Context, anyhow};
use evenkeel_cli::args::DemoService;
use evenkeel_cli::exit::Exit;
use storefront::{Addresses, Service, Telemetry, serve};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use crate::environment::Environment;

pub(crate) async fn run(args: DemoService, environment: &Environment) -> anyhow::Result<Exit> {
    let service: Service = args.service.parse().map_err(|error| anyhow!("{error}"))?;
    let [catalog, orders, web] = args.addresses.as_slice() else {
        return Err(anyhow!("three addresses are expected: catalog, orders, web"));
    };
    let addresses = Addresses { catalog: *catalog, orders: *orders, web: *web };
    let address = addresses.of(service);
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let mut term = signal(SignalKind::terminate())?;
    let ended = input_ends();
    let stop = async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = ended => {}
        }
    };
    let telemetry = match &environment.otlp_endpoint {
        Some(endpoint) => Telemetry::sent_to(endpoint, service, address, |why| tracing::warn!("{why}"))?,
        None => Telemetry::unsent(),
    };
    serve(service, listener, addresses, &telemetry, stop).await?;
    telemetry.end().await;
    Ok(Exit::Good)
}

/// On a thread of its own that nobody waits for: a read of standard input cannot be broken off.
fn input_ends() -> oneshot::Receiver<()> {
    let (ended, told) = oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        let _ = ended.send(());
    });
    told
}
