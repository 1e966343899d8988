//! `evenkeel serve`: runs until SIGTERM or SIGINT; SIGHUP reads the ops repo now.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use evenkeel_cli::args::Serve;
use evenkeel_cli::exit::Exit;
use evenkeel_engine::Limits;
use evenkeel_model::Missing;
use tokio::signal::unix::{SignalKind, signal};

use crate::serve::{ServeOptions, Server};

/// Whether the engine's thread still runs is looked at this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub(crate) async fn run(args: Serve) -> anyhow::Result<Exit> {
    let missing = if args.allow_missing_receivers { Missing::Allow } else { Missing::Refuse };
    let options = ServeOptions {
        ops: args.ops,
        data: args.data,
        listen: args.listen,
        missing,
        external_url: args.external_url,
        allow_forwarded: args.allow_forwarded,
        limits: Limits { alerts_max: args.alerts_max },
    };
    let (mut term, mut int, mut hup) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?, signal(SignalKind::hangup())?);
    let server = Server::start(options).await?;
    if !server.loaded.diagnostics.is_empty() {
        let text =
            evenkeel_cli::render::text(&server.loaded.diagnostics, &server.loaded.sources, stderr().is_terminal());
        tracing::warn!("the ops repo has findings\n{text}");
    }
    tracing::info!(address = %server.address, "serving");
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
