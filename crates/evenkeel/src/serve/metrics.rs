//! Metric families that only the binary knows: journal, queue, notices sent.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use evenkeel_notify::LATENCY_BOUNDS_MS;

use super::desk::Shared;

/// OpenMetrics text without the closing `# EOF`.
pub(crate) fn render(shared: &Shared) -> String {
    let status = &shared.status;
    let mut text = String::with_capacity(4096);
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    counter(&mut text, "evenkeel_journal_commits", "Commits made.", read(&status.commits));
    counter(&mut text, "evenkeel_journal_commits_failed", "Commits that failed.", read(&status.commits_failed));
    counter(&mut text, "evenkeel_journal_records", "Records made since the start.", read(&status.records));
    let seconds = read(&status.commit_us) as f64 / 1e6;
    family(&mut text, "evenkeel_journal_commit_seconds", "counter", "Time spent in steps that committed.");
    let _ = writeln!(text, "evenkeel_journal_commit_seconds_total {seconds}");
    counter(&mut text, "evenkeel_plans_refused", "Ops repos that could not be resolved.", read(&status.plans_refused));
    counter(&mut text, "evenkeel_heartbeats", "Heartbeats sent.", read(&status.heartbeats));
    counter(&mut text, "evenkeel_heartbeats_held", "Heartbeats held back.", read(&status.heartbeats_held));
    gauge(&mut text, "evenkeel_inbox_weight", "Alerts and other inputs that wait.", shared.inbox.weight() as u64);
    let released = u64::from(status.reserve_released.load(Ordering::Relaxed));
    gauge(&mut text, "evenkeel_reserve_released", "1 while the disk reserve is given up.", released);
    gauge(&mut text, "evenkeel_outage", "1 while nothing can be made durable.", u64::from(status.outage().is_some()));
    gauge(
        &mut text,
        "evenkeel_plan_refused",
        "1 while the ops repo as it is cannot be resolved.",
        u64::from(status.plan_refused().is_some()),
    );
    notices(&mut text, shared);
    shared.measured.families(&mut text);
    text
}

fn notices(text: &mut String, shared: &Shared) {
    let stats = shared.pool.stats();
    gauge(text, "evenkeel_notices_queued", "Notices that wait to be sent.", stats.queued as u64);
    gauge(text, "evenkeel_notices_in_flight", "Attempts under way.", stats.in_flight as u64);
    family(text, "evenkeel_notice_attempts", "counter", "Attempts to send, by kind and outcome.");
    for (kind, counts) in &stats.kinds {
        for (outcome, count) in
            [("delivered", counts.delivered), ("retriable", counts.failed_retriable), ("failed", counts.failed)]
        {
            let _ = writeln!(text, "evenkeel_notice_attempts_total{{kind=\"{kind}\",outcome=\"{outcome}\"}} {count}");
        }
    }
    family(text, "evenkeel_notice_attempt_seconds", "histogram", "How long attempts took, by kind.");
    for (kind, counts) in &stats.kinds {
        let mut sum = 0;
        let bounds = LATENCY_BOUNDS_MS.iter().map(|ms| format!("{}", *ms as f64 / 1e3)).chain(["+Inf".to_owned()]);
        for (bound, count) in bounds.zip(counts.latency_buckets) {
            sum += count;
            let _ = writeln!(text, "evenkeel_notice_attempt_seconds_bucket{{kind=\"{kind}\",le=\"{bound}\"}} {sum}");
        }
        let seconds = counts.latency_sum_us as f64 / 1e6;
        let _ = writeln!(text, "evenkeel_notice_attempt_seconds_sum{{kind=\"{kind}\"}} {seconds}");
        let _ = writeln!(text, "evenkeel_notice_attempt_seconds_count{{kind=\"{kind}\"}} {sum}");
    }
}

pub(super) fn family(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

pub(super) fn counter(text: &mut String, name: &str, help: &str, value: u64) {
    family(text, name, "counter", help);
    let _ = writeln!(text, "{name}_total {value}");
}

pub(super) fn gauge(text: &mut String, name: &str, help: &str, value: u64) {
    family(text, name, "gauge", help);
    let _ = writeln!(text, "{name} {value}");
}

/// The value of a label, as it is written.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
