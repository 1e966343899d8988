//! `kind: EscalationPolicy`.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::codes;
use evenkeel_model::document::{PolicyDocument, StepDocument};
use evenkeel_time::Duration;

use super::names::references;
use super::prose::prose_list;
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

const WAIT: Duration = Duration::minutes(5);
const ACKNOWLEDGE_FOR: Duration = Duration::hours(1);
/// What is shorter pages everybody at once, and is meant to be one step. People need minutes; seconds are for rehearsing.
const WAIT_MIN: Duration = Duration::secs(1);
/// Going round more often is what the last resort does.
const REPEAT_MAX: u64 = 100;

/// Reads `spec`.
pub(super) fn policy(spec: &mut Fields<'_>, cx: &mut Cx) -> PolicyDocument {
    let steps = spec.list("steps", cx).iter().filter_map(|node| step(node, cx)).collect();
    spec.require_items("steps", cx);
    let repeat = spec.whole("repeat", REPEAT_MAX, cx).and_then(|repeat| u32::try_from(repeat).ok()).unwrap_or(0);
    let acknowledge_for = patience(spec, "acknowledgeFor", ACKNOWLEDGE_FOR, cx);
    let without_asking = prose_list(spec, "withoutAsking", cx);
    spec.finish(cx);
    PolicyDocument { steps, repeat, acknowledge_for, without_asking }
}

fn step(node: &Node, cx: &mut Cx) -> Option<StepDocument> {
    let mut fields = Fields::of(node, "a step", cx)?;
    let to = references(&mut fields, "to", cx);
    fields.require_items("to", cx);
    let wait = patience(&mut fields, "wait", WAIT, cx);
    fields.finish(cx);
    Some(StepDocument { to, wait })
}

/// A duration that people can act within.
fn patience(fields: &mut Fields<'_>, name: &'static str, unless_written: Duration, cx: &mut Cx) -> Duration {
    let Some(duration) = fields.duration(name, cx) else { return unless_written };
    if duration.value < WAIT_MIN {
        let headline = format!("`{name}` has to be at least {WAIT_MIN}");
        let diag = Diagnostic::error(codes::INVALID_VALUE, duration.span, headline);
        cx.push(diag.help("people need time to find the phone and answer"));
    }
    duration.value
}
