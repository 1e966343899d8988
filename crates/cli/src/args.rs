//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use evenkeel_time::Duration;

use crate::alert::AlertArgs;
use crate::attest::AttestArgs;
use crate::bench::BenchArgs;
use crate::check::Check;
use crate::explain::Explain;
use crate::incident::IncidentArgs;
use crate::oncall::OncallArgs;
use crate::problem::ProblemArgs;
use crate::query::QueryArgs;
use crate::record::RecordArgs;
use crate::review::ReviewArgs;
use crate::schema::Schema;
use crate::silence::SilenceArgs;
use crate::slo::SloArgs;
use crate::status::StatusArgs;
use crate::test::Test;
use crate::token::TokenArgs;

/// One repository says how you operate; Evenkeel checks it, runs it, and keeps the record.
#[derive(Debug, Parser)]
#[command(name = "evenkeel", version, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve: take alerts in, tell people, and record all of it
    Serve(Serve),
    /// Watch a small real shop fail and recover, told step by step
    Demo(Demo),
    /// Make an ops repo to start from, by questions, and out of what you have
    Init(Init),
    /// Read an ops repo and say what is wrong with it
    Check(Check),
    /// Say what a code means that `check` gave, and what to do about it
    Explain(Explain),
    /// Print what documents may say as JSON Schema, for editors
    Schema(Schema),
    /// Run the tests of an ops repo: what becomes of an alert, who is paged, and what no test touches
    Test(Test),
    /// Look at incidents, and act on them
    Incident(IncidentArgs),
    /// Look at causes of incidents that are not removed, and act on them
    Problem(ProblemArgs),
    /// Say who is on call, when, and why they
    Oncall(OncallArgs),
    /// Look at alerts, and send them
    Alert(AlertArgs),
    /// Silence alerts for a while
    Silence(SilenceArgs),
    /// Tell the server what happened outside: deployments, drills, decisions, reviews
    Record(RecordArgs),
    /// Sign what only a person can say about a practice, or that it does not apply
    Attest(AttestArgs),
    /// Say which practices the record shows, which it contradicts, and what to do next
    Review(ReviewArgs),
    /// Ask the evidence by one SELECT: incidents, pages, deployments, whatever is on record
    Query(QueryArgs),
    /// Say what comes of the objectives of an ops repo
    Slo(SloArgs),
    /// Show the status page, and make files of it for any web host
    Status(StatusArgs),
    /// Say who may ask the server for what
    Token(TokenArgs),
    /// Look at the journal of a data folder, also while the server runs
    #[command(subcommand)]
    Journal(Journal),
    /// Copy a data folder's journal to one file, also while the server runs
    Backup(Backup),
    /// Make a data folder from a backup
    Restore(Restore),
    /// Measure how fast this machine records, and starts on what was recorded
    Bench(BenchArgs),
    /// Run one service of the demo's shop
    #[command(hide = true)]
    DemoService(DemoService),
}

/// `evenkeel serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// The ops repo: a folder, in the simplest case with an `alertmanager.yml` and nothing else
    #[arg(long, value_name = "DIR")]
    pub ops: PathBuf,
    /// The data folder; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Where to listen, by default on 127.0.0.1:7070; from other machines nothing is taken without a token
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Where to take OTLP, gRPC and HTTP alike; may be given several times. By default on 127.0.0.1:4317 and 127.0.0.1:4318,
    /// and nowhere when `--listen` is given
    #[arg(long, value_name = "ADDR")]
    pub otlp_listen: Vec<SocketAddr>,
    /// Serve although receivers are of types that are not supported; they are left out and found
    #[arg(long)]
    pub allow_missing_receivers: bool,
    /// Where people reach this server, for links in notices; by default the address it listens on
    #[arg(long, value_name = "URL")]
    pub external_url: Option<String>,
    /// Where to serve the public status page; by default nowhere
    #[arg(long, value_name = "ADDR")]
    pub status_listen: Option<SocketAddr>,
    /// Where readers reach the status page, for links in what subscribers get; by default the address it listens on
    #[arg(long, value_name = "URL", requires = "status_listen")]
    pub status_url: Option<String>,
    /// Serve the ops repo's files as they lie, although they are in git; by default what is committed serves
    #[arg(long)]
    pub working_tree: bool,
    /// So many alerts may be held at once
    #[arg(long, value_name = "N", default_value_t = 500_000)]
    pub alerts_max: usize,
    /// Groups of rules that do not say how often are evaluated after so long, as by Prometheus's `evaluation_interval`
    #[arg(long, value_name = "DURATION", default_value = "1m", value_parser = interval)]
    pub rules_interval: Duration,
    /// Metrics that came in are kept for so long
    #[arg(long, value_name = "DURATION", default_value = "15d")]
    pub metrics_retention: Duration,
    /// Metrics may take so many bytes on disk; the oldest go first. By default only their age counts
    #[arg(long, value_name = "BYTES")]
    pub metrics_size: Option<u64>,
    /// So many series may be active at once; further ones are refused, naming the label that made too many
    #[arg(long, value_name = "N", default_value_t = 2_000_000)]
    pub metrics_series_max: usize,
    /// So many of them may be of one sender, which is a token, or all that send from this machine without one
    #[arg(long, value_name = "N")]
    pub metrics_sender_series_max: Option<usize>,
    /// So many samples a second are taken of one sender; further ones are to be sent again
    #[arg(long, value_name = "N")]
    pub metrics_sender_rate_max: Option<u64>,
    /// Ask this Prometheus, Mimir, Thanos or VictoriaMetrics instead of the own store: rules, objectives and queries go there
    #[arg(long, value_name = "URL")]
    pub metrics_from: Option<String>,
    /// Where what rules record is written there, by remote write; by default at `/api/v1/write` of --metrics-from
    #[arg(long, value_name = "URL", requires = "metrics_from")]
    pub metrics_to: Option<String>,
    /// A file with the token that it wants
    #[arg(long, value_name = "FILE", requires = "metrics_from")]
    pub metrics_token_file: Option<PathBuf>,
    /// Take answers from there that say that something is missing; by default they count as failed
    #[arg(long, requires = "metrics_from")]
    pub metrics_allow_partial: bool,
    /// What it means that a sample was taken
    #[arg(long, value_name = "WHEN", default_value = "on-disk")]
    pub metrics_taken: MetricsTaken,
}

/// A duration that something is done after again and again.
fn interval(text: &str) -> Result<Duration, String> {
    let interval: Duration = text.parse().map_err(|error| format!("{error}"))?;
    if interval <= Duration::ZERO { Err("it has to be longer than nothing".to_owned()) } else { Ok(interval) }
}

/// What it means that a sample was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MetricsTaken {
    /// It is on the disk, and survives the end of the machine
    OnDisk,
    /// The operating system has it: it survives the end of this process only, and costs the disk less
    Handed,
}

/// `evenkeel demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// Print one JSON object with the times and exit 0 only when every part was true
    #[arg(long)]
    pub headless: bool,
    /// Keep the demo's ops repo and data in this folder, which must be empty or not there
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
    /// Answer the page yourself: the link is printed, and the play goes on when you have, within ten minutes
    #[arg(long, conflicts_with = "headless")]
    pub stay: bool,
}

/// `evenkeel init`
#[derive(Debug, Args)]
#[command(
    after_help = "On a terminal what is not said by an option is asked; elsewhere, and with --yes, it is guessed."
)]
pub struct Init {
    /// The ops repo to make; must be empty or not there. Write it before the options
    #[arg(value_name = "DIR")]
    pub ops: PathBuf,
    /// Keep this configuration of Alertmanager's, and add people and response plans for its receivers
    #[arg(long, value_name = "FILE", conflicts_with = "from_incident_manager")]
    pub from_alertmanager: Option<PathBuf>,
    /// Keep these rules of Prometheus's and their tests; a `prometheus.yml` stands for its `rule_files`
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub from_prometheus: Vec<PathBuf>,
    /// Keep these entities of Backstage's; of a folder all files that have some
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub from_backstage: Vec<PathBuf>,
    /// Take over contacts, rotations and response plans as `aws ssm-contacts` and `aws ssm-incidents` print them
    #[arg(long, value_name = "FILE")]
    pub from_incident_manager: Option<PathBuf>,
    /// Who you are
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Page you by mail
    #[arg(long, value_name = "ADDR")]
    pub email: Option<String>,
    /// The server that takes mail
    #[arg(long, value_name = "HOST:PORT", requires = "email")]
    pub smarthost: Option<String>,
    /// Page you by ntfy: the address of server and topic
    #[arg(long, value_name = "URL")]
    pub ntfy: Option<String>,
    /// Page you by a webhook
    #[arg(long, value_name = "URL")]
    pub webhook: Option<String>,
    /// Page you by Slack: a file, on the machine that will send, with the address of an incoming webhook
    #[arg(long, value_name = "FILE")]
    pub slack_url_file: Option<String>,
    /// Where you live, such as Europe/Berlin; by default where the machine does
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// Your team
    #[arg(long, value_name = "NAME")]
    pub team: Option<String>,
    /// What you operate
    #[arg(long, value_name = "NAME")]
    pub workload: Option<String>,
    /// How important that is: 1, you live from it, to 4, you can do without for days
    #[arg(long, value_name = "N")]
    pub tier: Option<String>,
    /// Who suffers when it fails
    #[arg(long, value_name = "TEXT")]
    pub sufferers: Option<String>,
    /// Add a workflow that checks every change
    #[arg(long, value_enum)]
    pub ci: Option<Ci>,
    /// Ask nothing
    #[arg(long, short)]
    pub yes: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Where changes are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ci {
    /// GitHub Actions.
    Github,
}

/// `evenkeel journal …`
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// Check the whole chain, every body, and every signed checkpoint
    Verify(Verify),
    /// Print records as JSON lines
    Export(Export),
    /// Print one record
    Show(Show),
    /// Erase the body of a record, for a person's sake; the server must not run
    Erase(Erase),
}

/// `evenkeel journal verify`
#[derive(Debug, Args)]
pub struct Verify {
    /// The data folder, or a journal or backup file
    #[arg(long, value_name = "PATH")]
    pub data: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `evenkeel journal export`
#[derive(Debug, Args)]
pub struct Export {
    /// The data folder, or a journal or backup file
    #[arg(long, value_name = "PATH")]
    pub data: PathBuf,
    /// The first record
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub from: u64,
    /// The last record; by default the last there is
    #[arg(long, value_name = "N")]
    pub to: Option<u64>,
}

/// `evenkeel journal show`
#[derive(Debug, Args)]
pub struct Show {
    /// The data folder, or a journal or backup file
    #[arg(long, value_name = "PATH")]
    pub data: PathBuf,
    /// The record's number
    #[arg(value_name = "N")]
    pub seq: u64,
}

/// `evenkeel journal erase`
#[derive(Debug, Args)]
pub struct Erase {
    /// The data folder
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The record's number
    #[arg(value_name = "N")]
    pub seq: u64,
    /// Why; goes on record
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `evenkeel backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// The data folder
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The file to make
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// The folder to copy metrics to; must be empty or not there. Without it they are left out
    #[arg(long, value_name = "DIR")]
    pub metrics_to: Option<PathBuf>,
}

/// `evenkeel restore`
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// The data folder to make; must be empty or not there
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The copy of metrics, if there is one
    #[arg(long, value_name = "DIR")]
    pub metrics_from: Option<PathBuf>,
}

/// `evenkeel demo-service`
#[derive(Debug, Args)]
pub struct DemoService {
    /// `catalog`, `orders` or `web`
    pub service: String,
    /// Addresses of catalog, orders and web
    #[arg(num_args = 3)]
    pub addresses: Vec<SocketAddr>,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}
