//! The binary: reads the command line and the environment, and wires everything else.

#![expect(clippy::disallowed_methods, reason = "binary: clock, environment, files, threads")]

mod commands;
mod demo;
mod serve;

use std::io::{IsTerminal, Write, stderr};
use std::process::ExitCode;

use clap::Parser;
use evenkeel_cli::args::{Cli, Command};
use evenkeel_cli::exit::Exit;
use tracing_subscriber::EnvFilter;

/// Records are decoded on one thread and folded, then freed, on another; glibc's allocator makes those wait for
/// each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr(&cli.command);
    match dispatch(cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            let _ = writeln!(stderr(), "error: {error:#}");
            Exit::Environment.into()
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<Exit> {
    match cli.command {
        Command::Serve(args) => runtime()?.block_on(commands::serve::run(args)),
        Command::Demo(args) => runtime()?.block_on(commands::demo::run(args)),
        Command::Init(args) => commands::init::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Journal(command) => commands::journal::run(&command),
        Command::Backup(args) => commands::backup::backup(&args),
        Command::Restore(args) => commands::backup::restore(&args),
        Command::Bench(args) => commands::bench::run(&args),
        Command::DemoService(args) => runtime()?.block_on(commands::demo_service::run(args)),
    }
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// `EVENKEEL_LOG` takes the usual directives; `info` unless said, and `warn` where the demo narrates.
fn log_to_stderr(command: &Command) {
    let usual = if matches!(command, Command::Demo(_)) { "warn" } else { "info" };
    let filter = EnvFilter::try_from_env("EVENKEEL_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(stderr().is_terminal()).init();
}
