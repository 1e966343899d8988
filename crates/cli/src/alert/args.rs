//! The arguments of `evenkeel alert …`.

use clap::{Args, Subcommand};

use crate::client::{Remote, When};

/// `evenkeel alert …`
#[derive(Debug, Args)]
pub struct AlertArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: AlertVerb,
    /// Which server.
    #[command(flatten)]
    pub remote: Remote,
}

/// What to do with alerts.
#[derive(Debug, Subcommand)]
pub enum AlertVerb {
    /// List the alerts that fire and are told
    List(List),
    /// Show all that is known of alerts
    Show(Show),
    /// Send an alert, or its end; a server on this machine takes it without a token
    Send(Send),
}

/// `evenkeel alert list`
#[derive(Debug, Args)]
pub struct List {
    /// Only those that all of these match: `severity=page`, `service=~"api|web"`; a bare word is the alert's name
    #[arg(value_name = "MATCHER")]
    pub matchers: Vec<String>,
    /// Only those whose receivers match this regular expression
    #[arg(long, value_name = "REGEX")]
    pub receiver: Option<String>,
    /// Silenced ones, too
    #[arg(long)]
    pub silenced: bool,
    /// Inhibited ones, too
    #[arg(long)]
    pub inhibited: bool,
    /// All that fire, told or not
    #[arg(long)]
    pub all: bool,
}

/// `evenkeel alert show`
#[derive(Debug, Args)]
pub struct Show {
    /// A fingerprint as `alert list` shows it, or matchers
    #[arg(value_name = "FINGERPRINT|MATCHER", required = true)]
    pub which: Vec<String>,
}

/// `evenkeel alert send`
#[derive(Debug, Args)]
pub struct Send {
    /// The labels, `alertname=Down service=api`; a bare word at the start is the alert's name
    #[arg(value_name = "LABEL=VALUE", required = true)]
    pub labels: Vec<String>,
    /// What it says, `summary="the api is down"`; may be given several times
    #[arg(long = "annotation", value_name = "NAME=VALUE")]
    pub annotations: Vec<String>,
    /// When it began
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub start: Option<When>,
    /// It is over: now, or at that time
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "now")]
    pub end: Option<When>,
    /// Where it comes from, for people to look
    #[arg(long, value_name = "URL")]
    pub generator_url: Option<String>,
}

impl Show {
    /// The fingerprint, if it is one.
    pub(super) fn fingerprint(&self) -> Option<&str> {
        match self.which.as_slice() {
            [one] if one.len() == 16 && one.bytes().all(|byte| byte.is_ascii_hexdigit()) => Some(one),
            _ => None,
        }
    }
}
