//! The binary: reads the command line and the environment, and wires everything else.

#![expect(clippy::disallowed_methods, reason = "binary: clock, environment, files, threads")]

mod commands;
mod demo;
mod environment;
mod review;
mod serve;

use std::io::{IsTerminal, Write, stderr};
use std::process::ExitCode;

use clap::Parser;
use evenkeel_cli::args::{Cli, Command};
use evenkeel_cli::client::{ClientCommand, Remote};
use evenkeel_cli::exit::Exit;
use tracing_subscriber::EnvFilter;

use environment::Environment;

/// Records are decoded on one thread and folded, then freed, on another; glibc's allocator makes those wait for
/// each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let environment = Environment::read();
    log_to_stderr(&cli.command, environment.log.as_deref());
    match dispatch(cli, &environment) {
        Ok(exit) => exit.into(),
        Err(error) => {
            let _ = writeln!(stderr(), "error: {error:#}");
            Exit::Environment.into()
        }
    }
}

fn dispatch(cli: Cli, environment: &Environment) -> anyhow::Result<Exit> {
    match cli.command {
        Command::Serve(args) => runtime()?.block_on(commands::serve::run(args)),
        Command::Demo(args) => runtime()?.block_on(commands::demo::run(args)),
        Command::Init(args) => commands::init::run(&args, environment),
        Command::Check(args) => commands::check::run(&args, environment),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Test(args) => commands::test::run(&args),
        Command::Incident(args) => ask(&args, &args.remote, environment),
        Command::Problem(args) => ask(&args, &args.remote, environment),
        Command::Oncall(args) => alone()?.block_on(commands::oncall::run(&args, environment)),
        Command::Alert(args) => ask(&args, &args.remote, environment),
        Command::Silence(args) => ask(&args, &args.remote, environment),
        Command::Record(args) => alone()?.block_on(commands::record::run(args, environment)),
        Command::Attest(args) => ask(&args, &args.remote, environment),
        Command::Review(args) => commands::review::run(&args, environment),
        Command::Query(args) => commands::query::run(&args, environment),
        Command::Slo(args) => commands::slo::run(&args),
        Command::Status(args) => commands::status::run(&args),
        Command::Token(args) => ask(&args, &args.remote, environment),
        Command::Journal(command) => commands::journal::run(&command),
        Command::Backup(args) => commands::backup::backup(&args),
        Command::Restore(args) => commands::backup::restore(&args),
        Command::Bench(args) => commands::bench::run(&args),
        Command::DemoService(args) => runtime()?.block_on(commands::demo_service::run(args, environment)),
    }
}

fn ask(command: &impl ClientCommand, remote: &Remote, environment: &Environment) -> anyhow::Result<Exit> {
    alone()?.block_on(commands::client::run(command, remote, environment))
}

/// For commands that do one thing after the other.
pub(crate) fn alone() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// `EVENKEEL_LOG` takes the usual directives; `info` unless said, and `warn` where a command talks to a person.
fn log_to_stderr(command: &Command, directives: Option<&str>) {
    let usual = if talks(command) { "warn" } else { "info" };
    let filter = directives.and_then(|directives| EnvFilter::try_new(directives).ok());
    let filter = filter.unwrap_or_else(|| EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(stderr().is_terminal()).init();
}

const fn talks(command: &Command) -> bool {
    use Command::{Alert, Attest, Demo, Incident, Oncall, Problem, Query, Record, Review, Silence, Status, Token};
    let asks = matches!(command, Incident(_) | Problem(_) | Oncall(_) | Alert(_) | Silence(_) | Token(_));
    asks || matches!(command, Demo(_) | Record(_) | Attest(_) | Review(_) | Query(_) | Status(_))
}
