//! What must be green before a change is sent: each step with a headline and its duration, up to the first failure.

use std::path::Path;
use std::time::Instant;

use crate::{command, tidy};

/// One step: its headline, and what it runs.
#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    work: Work,
}

#[derive(Clone, Copy)]
enum Work {
    Tidy,
    Cargo(&'static [&'static str]),
}

// Cheapest first: most mistakes are known within seconds.
const CHECKS: &[Step] = &[
    Step { name: "format", work: Work::Cargo(&["fmt", "--all", "--check"]) },
    Step { name: "tidy", work: Work::Tidy },
    Step { name: "lints", work: Work::Cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]) },
];

const TESTS: &[Step] = &[Step { name: "tests", work: Work::Cargo(&["test", "--workspace"]) }];

/// Format, tidy and lints; whether all were good.
pub(crate) fn checks(root: &Path) -> anyhow::Result<bool> {
    until_first_failure(CHECKS, |step| perform(root, step))
}

/// The checks, then the tests; whether all were good.
pub(crate) fn everything(root: &Path) -> anyhow::Result<bool> {
    until_first_failure(&[CHECKS, TESTS].concat(), |step| perform(root, step))
}

fn perform(root: &Path, step: &Step) -> anyhow::Result<bool> {
    match step.work {
        Work::Tidy => tidy::run(root),
        Work::Cargo(arguments) => command::cargo(root, arguments),
    }
}

fn until_first_failure(steps: &[Step], perform: impl Fn(&Step) -> anyhow::Result<bool>) -> anyhow::Result<bool> {
    for step in steps {
        println!("== {}", step.name);
        let started_at = Instant::now();
        let good = perform(step)?;
        let seconds = started_at.elapsed().as_secs_f64();
        println!("== {}: {}, {seconds:.1} s", step.name, if good { "good" } else { "FAILED" });
        if !good {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn stops_at_the_first_failure() {
        let seen = RefCell::new(Vec::new());
        let good = until_first_failure(&[CHECKS, TESTS].concat(), |step| {
            seen.borrow_mut().push(step.name);
            Ok(step.name != "tidy")
        });
        assert!(!good.expect("no step failed to start"));
        assert_eq!(seen.into_inner(), ["format", "tidy"]);
    }

    #[test]
    fn is_good_when_every_step_is() {
        assert!(until_first_failure(CHECKS, |_| Ok(true)).expect("no step failed to start"));
    }
}
