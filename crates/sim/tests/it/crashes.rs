//! The machine stops at each commit of a run, before it and after it, and goes on.
#![expect(clippy::print_stdout, reason = "how many there were is worth knowing")]

use evenkeel_sim::{CrashPoint, Scenario};

/// Commits are all or nothing, so the boundaries between commits are all that a crash can leave behind.
#[test]
fn restart_at_every_record() {
    let calm = Scenario { rich: true, ..Scenario::new(0x5eed_0001, 3) };
    let whole = calm.run().unwrap_or_else(|failed| panic!("{failed}"));
    for commit in 1..=whole.commits {
        for point in [CrashPoint::BeforeCommit, CrashPoint::AfterCommit] {
            let crashed = Scenario { crash: Some((commit, point)), hours: 4, ..calm }.run();
            if let Err(failed) = crashed {
                panic!("{point:?} of commit {commit}: {failed}");
            }
        }
    }
    println!("{} commits with {} records, each stopped at twice", whole.commits, whole.sealed.len());
    assert!(whole.commits > 100, "a run in which little happens shows little");
}
