//! `evenkeel schema`: what documents may say, as JSON Schema for editors.

use clap::Args;
use evenkeel_diagnostic::did_you_mean;

/// `evenkeel schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// Of one kind of document, such as `Schedule`, or of fact, such as `fact:deployment`; without it, of all documents
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
}

/// What is said when no kind is called so. `known` are those that are.
#[must_use]
pub fn unknown_kind(kind: &str, known: &[&str]) -> String {
    let help = match did_you_mean(kind, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the kinds are {}", known.join(", ")),
    };
    format!("no kind is called `{kind}`: {help}")
}

#[cfg(test)]
mod tests {
    use super::unknown_kind;

    #[test]
    fn a_slip_in_a_kind_is_answered_with_the_kind() {
        let known = ["Probe", "Schedule"];
        assert_eq!(unknown_kind("Shedule", &known), "no kind is called `Shedule`: did you mean `Schedule`?");
        assert_eq!(unknown_kind("Pod", &known), "no kind is called `Pod`: the kinds are Probe, Schedule");
    }
}
