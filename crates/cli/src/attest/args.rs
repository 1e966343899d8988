//! The arguments of `evenkeel attest …`.

use clap::{Args, Subcommand};
use evenkeel_ids::AttestationId;
use evenkeel_time::Duration;

use crate::client::{Remote, When, attestation_id, person_name};

/// `evenkeel attest …`
#[derive(Debug, Args)]
#[command(subcommand_negates_reqs = true)]
pub struct AttestArgs {
    /// The practice, by its key, such as `oe.organization.executive-sponsorship`
    #[arg(value_name = "PRACTICE", required = true)]
    pub practice: Option<String>,
    /// What you stand for, in your words
    #[arg(value_name = "STATEMENT", required = true)]
    pub statement: Option<String>,
    /// Of which workload or team, by its name; or `organization`
    #[arg(long, value_name = "SUBJECT", required = true, value_parser = subject)]
    pub subject: Option<String>,
    /// Who signs; by default whom the token speaks for
    #[arg(long, value_name = "NAME", value_parser = person_name)]
    pub person: Option<String>,
    /// Until when it counts: `90d`, `2026-12-31`, RFC 3339
    #[arg(long, value_name = "TIME", required = true, value_parser = ending)]
    pub expires: Option<When>,
    /// Sign that the practice does not apply there; the statement says why
    #[arg(long)]
    pub not_applicable: bool,
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<AttestVerb>,
    /// Which server.
    #[command(flatten)]
    pub remote: Remote,
}

/// What else to do with attestations.
#[derive(Debug, Subcommand)]
pub enum AttestVerb {
    /// List attestations that count
    List(List),
    /// Take back one of your own
    Withdraw(Withdraw),
}

/// `evenkeel attest list`
#[derive(Debug, Args)]
pub struct List {
    /// Of one practice only
    #[arg(long, value_name = "PRACTICE")]
    pub practice: Option<String>,
}

/// `evenkeel attest withdraw`
#[derive(Debug, Args)]
pub struct Withdraw {
    /// Which, as `17` or `attestation:17`
    #[arg(value_name = "ATTESTATION", value_parser = attestation_id)]
    pub attestation: AttestationId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// `shop`, or `workload:shop` as everything prints it.
fn subject(text: &str) -> Result<String, String> {
    let name = ["workload:", "team:"].iter().find_map(|kind| text.strip_prefix(kind)).unwrap_or(text);
    let good = !name.is_empty() && !name.contains(':');
    if good {
        Ok(name.to_owned())
    } else {
        Err("neither the name of a workload or team, nor `organization`".to_owned())
    }
}

/// A time to come, of which a length alone is counted from now.
fn ending(text: &str) -> Result<When, String> {
    let length = text.parse::<Duration>().map(When::FromNow);
    length.or_else(|_| text.parse::<When>().map_err(|error| error.to_string()))
}
