//! The shop by hand: one service, or the shoppers, per process.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "binary: talks to the person who started it")]

use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser};
use storefront::{Addresses, Service, Shoppers, Telemetry};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// A small shop of three services, and its shoppers.
#[derive(Debug, Parser)]
#[command(version)]
enum Command {
    /// Serve one service until it is interrupted, terminated or killed.
    Serve(Serve),
    /// Send steady traffic to the shop front and print what it met, every second.
    Shoppers(Traffic),
}

#[derive(Debug, Args)]
struct Serve {
    /// Which one: catalog, orders or web.
    #[arg(long)]
    service: Service,
    /// Where to listen, if not at the service's own address below; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Where catalog answers.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8101")]
    catalog: SocketAddr,
    /// Where orders answers.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8102")]
    orders: SocketAddr,
    /// Where web answers.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8103")]
    web: SocketAddr,
}

#[derive(Debug, Args)]
struct Traffic {
    /// Where web answers.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8103")]
    web: SocketAddr,
    /// Requests a second, 1 to 500.
    #[arg(long, value_name = "N", default_value_t = 10)]
    per_second: u32,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let ran = match Command::parse() {
        Command::Serve(serve) => run_service(serve).await,
        Command::Shoppers(traffic) => run_shoppers(traffic).await,
    };
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run_service(serve: Serve) -> io::Result<()> {
    let Serve { service, listen, catalog, orders, web } = serve;
    let addresses = Addresses { catalog, orders, web };
    let listen = listen.unwrap_or_else(|| addresses.of(service));
    let bound = TcpListener::bind(listen).await;
    let listener =
        bound.map_err(|error| io::Error::new(error.kind(), format!("cannot listen at {listen}: {error}")))?;
    let asked_to_stop = asked_to_stop()?;
    let at = listener.local_addr()?;
    println!("{service} listens at {at}");
    let telemetry = telemetry(service, at)?;
    let served = storefront::serve(service, listener, addresses, &telemetry, asked_to_stop).await;
    telemetry.end().await;
    served
}

/// Measurements go where OpenTelemetry's variable says; where nothing is said, nowhere.
fn telemetry(service: Service, at: SocketAddr) -> io::Result<Telemetry> {
    #[expect(clippy::disallowed_methods, reason = "binary: reads the environment once")]
    let endpoint = std::env::var("OTEL_EXPORTER_OTLP_ENDPOINT").ok().filter(|endpoint| !endpoint.is_empty());
    let Some(endpoint) = endpoint else { return Ok(Telemetry::unsent()) };
    Telemetry::sent_to(&endpoint, service, at, |why| eprintln!("metrics: {why}"))
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, format!("OTEL_EXPORTER_OTLP_ENDPOINT: {error}")))
}

async fn run_shoppers(traffic: Traffic) -> io::Result<()> {
    let mut asked_to_stop = std::pin::pin!(asked_to_stop()?);
    let shoppers = Shoppers::start(traffic.web, traffic.per_second);
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            () = &mut asked_to_stop => break,
            _ = seconds.tick() => {
                let counts = shoppers.counts();
                let why = shoppers.last_failure().unwrap_or_default();
                println!("{} good, {} failed, {} ms at most  {why}", counts.good, counts.failed, counts.latency_ms_max);
            }
        }
    }
    println!("{:?}", shoppers.stop().await);
    Ok(())
}

/// Returns a future that ends when the process is interrupted or terminated; both are caught from the call on.
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
