//! `kind: ResponsePlan`.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::{ResponseDocument, Text};
use evenkeel_model::{Hit, codes};
use evenkeel_time::Duration;

use super::names::{named, names};
use super::probe::web_address;
use super::prose::{within, word};
use super::receiver::leads_out;
use crate::fields::{Cx, Fields};

const REOPEN_WITHIN: Duration = Duration::hours(1);
const PROCEDURE_BYTES_MAX: usize = 2048;

/// Reads `spec`. `receivers` has to be there: one that was forgotten would leave every alert a mere notice.
pub(super) fn response_plan(spec: &mut Fields<'_>, cx: &mut Cx) -> ResponseDocument {
    let receivers = names(spec, "receivers", cx);
    spec.require("receivers", cx);
    let environment = named(spec, "environment", cx);
    if environment.is_some() {
        spec.require("workload", cx);
    }
    let document = ResponseDocument {
        receivers,
        workload: named(spec, "workload", cx),
        environment,
        escalation: named(spec, "escalation", cx),
        impact: impact(spec, cx),
        procedure: procedure(spec, cx),
        customer_visible: spec.boolean("customerVisible", cx),
        communication: named(spec, "communication", cx),
        reopen_within: spec.duration("reopenWithin", cx).map_or(REOPEN_WITHIN, |within| within.value),
    };
    spec.finish(cx);
    document
}

fn impact(spec: &mut Fields<'_>, cx: &mut Cx) -> Hit {
    let written = spec.text("impact", cx);
    written.and_then(|text| word(text, "impact", &Hit::ALL.map(|hit| (hit.as_str(), hit)), cx)).unwrap_or(Hit::Outage)
}

/// An address, a path in the ops repo, or the name of a runbook or playbook.
fn procedure(spec: &mut Fields<'_>, cx: &mut Cx) -> Option<Text> {
    let text = spec.text("procedure", cx)?;
    within(text, "procedure", PROCEDURE_BYTES_MAX, cx);
    if text.value.contains("://") {
        return web_address("procedure", text, cx).map(|address| Spanned::new(address, text.span));
    }
    if leads_out(text.value) {
        let headline = "the path has to stay inside the ops repo";
        let diag = Diagnostic::error(codes::UNSAFE_PATH, text.span, headline);
        cx.push(diag.help("write a path such as `runbooks/restart-orders.md`, or an address"));
    }
    Some(text.map(Box::from))
}
