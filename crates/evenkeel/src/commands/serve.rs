//! `evenkeel serve`: runs until SIGTERM or SIGINT; SIGHUP reads the ops repo now.

use std::io::{IsTerminal, stderr};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use evenkeel_cli::args::{MetricsTaken, Serve};
use evenkeel_cli::exit::Exit;
use evenkeel_engine::Limits;
use evenkeel_model::Missing;
use evenkeel_outside_store::OutsideOptions;
use evenkeel_tsdb::{Durability, SenderLimits};
use tokio::signal::unix::{SignalKind, signal};

use crate::serve::{MeasuredOptions, OtlpListen, ServeOptions, Server, check_url};

/// Where is listened unless it is said.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 7070);
/// Whether the engine's thread still runs is looked at this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub(crate) async fn run(args: Serve) -> anyhow::Result<Exit> {
    let missing = if args.allow_missing_receivers { Missing::Allow } else { Missing::Refuse };
    let data = args.data.clone();
    let outside = args.metrics_from.as_deref().map(|url| outside(url, &args)).transpose()?;
    let otlp_listen = match (args.otlp_listen, args.listen) {
        (addresses, _) if !addresses.is_empty() => OtlpListen::On(addresses),
        (_, None) => OtlpListen::Usual,
        (none, Some(_)) => OtlpListen::On(none),
    };
    let options = ServeOptions {
        ops: args.ops,
        data: args.data,
        listen: args.listen.unwrap_or(LISTEN),
        otlp_listen,
        missing,
        working_tree: args.working_tree,
        external_url: args.external_url,
        status_listen: args.status_listen,
        status_url: args.status_url,
        limits: Limits { alerts_max: args.alerts_max },
        metrics: MeasuredOptions {
            retention: args.metrics_retention,
            retention_bytes: args.metrics_size,
            series_max: args.metrics_series_max,
            sender: SenderLimits {
                series_max: args.metrics_sender_series_max,
                samples_per_second_max: args.metrics_sender_rate_max,
            },
            durability: match args.metrics_taken {
                MetricsTaken::OnDisk => Durability::GroupCommit,
                MetricsTaken::Handed => Durability::Relaxed,
            },
            rules_interval: args.rules_interval,
            outside,
        },
    };
    let (mut term, mut int, mut hup) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?, signal(SignalKind::hangup())?);
    let server = Server::start(options).await?;
    if !server.loaded.diagnostics.is_empty() {
        let text = evenkeel_report::text(&server.loaded.diagnostics, &server.loaded.sources, stderr().is_terminal());
        tracing::warn!("the ops repo has findings\n{text}");
    }
    tracing::info!(address = %server.address, "serving");
    if let Some(address) = server.status_address() {
        tracing::info!(%address, "the status page is served");
    }
    for address in server.otlp_addresses() {
        tracing::info!(%address, "OTLP is taken");
    }
    let server_url = local_url(server.address);
    tracing::info!("to log a browser in, run `evenkeel token login --data {} --server {server_url}`", data.display());
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            _ = term.recv() => break,
            _ = int.recv() => break,
            _ = hup.recv() => drop(server.reload.try_send(())),
            _ = look.tick() => {
                if !server.engine_runs() {
                    tracing::error!("the engine's thread ended by a bug; the journal is as of its last commit");
                    return Ok(Exit::Bug);
                }
            }
        }
    }
    tracing::info!("stopping: what is under way may end");
    server.stop().await?;
    Ok(Exit::Good)
}

/// The store elsewhere that is asked.
fn outside(url: &str, args: &Serve) -> anyhow::Result<OutsideOptions> {
    check_url("--metrics-from", url, "https://mimir.example/prometheus")?;
    let usual = OutsideOptions { allow_partial: args.metrics_allow_partial, ..OutsideOptions::at(url) };
    let token = args.metrics_token_file.as_deref().map(token_in).transpose()?;
    let write_url = args.metrics_to.clone().unwrap_or_else(|| usual.write_url.clone());
    check_url("--metrics-to", &write_url, "https://mimir.example/api/v1/push")?;
    Ok(OutsideOptions { token, write_url, ..usual })
}

/// The token in a file.
fn token_in(path: &Path) -> anyhow::Result<String> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read the token in `{}`", path.display()))?;
    let token = text.trim();
    if token.is_empty() {
        bail!("`{}` holds no token; write it there, alone on one line", path.display());
    }
    Ok(token.to_owned())
}

/// The server's address for a command on this machine.
fn local_url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip @ (IpAddr::V4(_) | IpAddr::V6(_)) => ip,
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}
