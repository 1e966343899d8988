//! `evenkeel slo …`: what comes of the objectives of an ops repo.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use evenkeel_diagnostic::did_you_mean;

/// `evenkeel slo …`
#[derive(Debug, Args)]
pub struct SloArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: SloVerb,
}

/// What to ask about objectives.
#[derive(Debug, Subcommand)]
pub enum SloVerb {
    /// Print the rules that measure objectives and alert on them, as a rule file of Prometheus's
    Rules(SloRules),
}

/// `evenkeel slo rules`
#[derive(Debug, Args)]
pub struct SloRules {
    /// Only those of this objective
    #[arg(value_name = "SLO")]
    pub slo: Option<String>,
    /// The ops repo
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub ops: PathBuf,
}

/// What is said when no objective is called so. `known` are those that are.
#[must_use]
pub fn unknown_slo(name: &str, known: &[&str]) -> String {
    let shown: String = name.chars().take(80).filter(|letter| !letter.is_control()).collect();
    match did_you_mean(name, known.iter().copied()) {
        Some(meant) => format!("no SLO is called `{shown}`: did you mean `{meant}`?"),
        None => format!("no SLO is called `{shown}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::unknown_slo;

    #[test]
    fn a_slip_in_a_name_is_answered_with_the_name() {
        let known = ["orders-answered", "orders-fast"];
        assert_eq!(unknown_slo("orders-fst", &known), "no SLO is called `orders-fst`: did you mean `orders-fast`?");
        assert_eq!(unknown_slo("x", &known), "no SLO is called `x`");
    }
}
