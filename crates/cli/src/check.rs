//! `evenkeel check`: what is asked, and what of the answer makes it fail.

mod fail_on;
mod moment;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use evenkeel_diagnostic::Diagnostic;

use crate::args::Format;
use crate::client::Remote;
use crate::exit::Exit;

pub use fail_on::{FailOn, NoSuchCode};
pub use moment::{Moment, NoMoment};

/// `evenkeel check`
#[derive(Debug, Args)]
pub struct Check {
    /// The ops repo
    #[arg(default_value = ".", value_name = "DIR")]
    pub ops: PathBuf,
    /// Judge it as of this time: RFC 3339, or a date for midnight UTC; by default now
    #[arg(long, value_name = "TIME")]
    pub at: Option<Moment>,
    /// What makes it fail: `error`, `finding` (which is anything), or codes; several with commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',', default_value = "finding")]
    pub fail_on: Vec<FailOn>,
    /// Say only what is new since this revision of git, such as `origin/main` or `HEAD~1`
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Say what the change since this revision does to operation: who is paged for what, who is on call, what is set
    /// otherwise
    #[arg(long, value_name = "REV", conflicts_with_all = ["since", "online", "all", "fail_on"])]
    pub diff: Option<String>,
    /// The running server to compare with.
    #[command(flatten)]
    pub live: Live,
    /// Also ask the addresses of links whether anything is there
    #[arg(long)]
    pub online: bool,
    /// Show everything, also what is said over and over
    #[arg(long)]
    pub all: bool,
    /// Take receivers of types that are not supported as findings
    #[arg(long)]
    pub allow_missing_receivers: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
}

/// The running server whose open incidents, groups and overrides are looked at.
#[derive(Debug, Clone, Args)]
pub struct Live {
    /// With `--diff`, also look at what the server at this address has open
    #[arg(long, value_name = "URL", requires = "diff")]
    pub server: Option<String>,
    /// A file that holds the token to show to it
    #[arg(long, value_name = "FILE", requires = "diff", conflicts_with = "data")]
    pub token_file: Option<PathBuf>,
    /// The data folder of a server on this machine, to show its owner's token
    #[arg(long, value_name = "DIR", requires = "diff")]
    pub data: Option<PathBuf>,
}

impl Live {
    /// How to reach the server, when one is named.
    #[must_use]
    pub fn remote(&self) -> Option<Remote> {
        let Self { server, token_file, data } = self.clone();
        let named = server.is_some() || token_file.is_some() || data.is_some();
        let (format, zone) = (Format::Text, None);
        named.then_some(Remote { server, token_file, data, insecure_http: false, format, zone, utc: true })
    }
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people
    Text,
    /// One JSON object; `docs/schema/check.schema.json` says its form
    Json,
    /// SARIF 2.1.0, for code review
    Sarif,
    /// Workflow commands of GitHub, which it shows beside the lines
    Github,
}

impl Check {
    /// Whether what was found lets the check fail.
    #[must_use]
    pub fn exit(&self, diagnostics: &[Diagnostic]) -> Exit {
        let fails = |diagnostic: &Diagnostic| self.fail_on.iter().any(|what| what.takes(diagnostic));
        if diagnostics.iter().any(fails) { Exit::Findings } else { Exit::Good }
    }
}
