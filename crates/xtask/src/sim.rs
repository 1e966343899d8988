//! Runs the simulator in release mode.

use std::path::Path;

use crate::command;

const CARGO: &[&str] = &["run", "--release", "-q", "-p", "evenkeel-sim", "--bin", "evenkeel-sim", "--"];

/// Passes the arguments through; whether the simulation held.
pub(crate) fn run(root: &Path, passed_through: &[String]) -> anyhow::Result<bool> {
    command::cargo(root, &command_line(passed_through))
}

fn command_line(passed_through: &[String]) -> Vec<&str> {
    CARGO.iter().copied().chain(passed_through.iter().map(String::as_str)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_follow_the_double_dash() {
        let passed_through = ["--hours".into(), "2".into()];
        let line = command_line(&passed_through);
        assert_eq!(line.last_chunk(), Some(&["--", "--hours", "2"]));
    }
}
