//! The machine stops at each commit of a run, before it and after it, and goes on.
#![expect(clippy::print_stdout, reason = "how many there were is worth knowing")]

use evenkeel_sim::{CrashPoint, Scenario};

/// Commits are all or nothing, so the boundaries between commits are all that a crash can leave behind.
fn stop_at_every_commit(calm: Scenario, goes_on_for: i64) -> Result<(), String> {
    let whole = calm.run().map_err(|failed| failed.to_string())?;
    for commit in 1..=whole.commits {
        for point in [CrashPoint::BeforeCommit, CrashPoint::AfterCommit] {
            let hours = calm.hours + goes_on_for;
            let crashed = Scenario { crash: Some((commit, point)), hours, ..calm }.run();
            crashed.map_err(|failed| format!("{point:?} of commit {commit}: {failed}"))?;
        }
    }
    println!("{} commits with {} records, each stopped at twice", whole.commits, whole.sealed.len());
    assert!(whole.commits > 100, "a run in which little happens shows little");
    Ok(())
}

#[test]
fn restart_at_every_record() {
    let held = stop_at_every_commit(Scenario { rich: true, ..Scenario::new(0x5eed_0001, 3) }, 1);
    held.unwrap_or_else(|failed| panic!("{failed}"));
}

#[test]
fn restart_at_every_record_of_a_page() {
    let held = stop_at_every_commit(Scenario { rich: true, ..Scenario::with_people(0x5eed_0002, 2) }, 1);
    held.unwrap_or_else(|failed| panic!("{failed}"));
}
