//! `evenkeel demo-service`: one service of the demo's shop, a process of its own so that it can be killed.

use anyhow::{Context, anyhow};
use evenkeel_cli::args::DemoService;
use evenkeel_cli::exit::Exit;
use storefront::{Addresses, Service, serve};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

pub(crate) async fn run(args: DemoService) -> anyhow::Result<Exit> {
    let service: Service = args.service.parse().map_err(|error| anyhow!("{error}"))?;
    let [catalog, orders, web] = args.addresses.as_slice() else {
        return Err(anyhow!("three addresses are expected: catalog, orders, web"));
    };
    let addresses = Addresses { catalog: *catalog, orders: *orders, web: *web };
    let address = addresses.of(service);
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let mut term = signal(SignalKind::terminate())?;
    serve(service, listener, addresses, async move {
        let _ = term.recv().await;
    })
    .await?;
    Ok(Exit::Good)
}
