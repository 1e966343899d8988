//! Templates of updates, tried before they are needed: they are sent when nobody has time to correct them.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::codes;
use evenkeel_template::TemplateError;
use serde::Serialize;

use super::within;
use crate::fields::Cx;

/// Longer templates are refused.
pub(crate) const TEMPLATE_BYTES_MAX: usize = 8 << 10;
/// Filling in takes time, so of a file no more templates than these are; of the others only the notation is checked.
const TRIED_MAX: usize = 200;

/// Values as templates are given them.
#[derive(Serialize)]
struct Sample {
    incident: Incident,
    workload: Workload,
    note: &'static str,
    next_update_at: &'static str,
}

#[derive(Serialize)]
struct Incident {
    id: &'static str,
    title: &'static str,
    severity: &'static str,
    status: &'static str,
    opened_at: &'static str,
    resolved_at: &'static str,
    lasted: &'static str,
}

#[derive(Serialize)]
struct Workload {
    name: &'static str,
    who: &'static str,
    what: &'static str,
}

const SAMPLE: Sample = Sample {
    incident: Incident {
        id: "incident:17",
        title: "orders are not taken",
        severity: "sev1",
        status: "resolved",
        opened_at: "2026-01-05 09:00 UTC",
        resolved_at: "2026-01-05 10:30 UTC",
        lasted: "1h30m",
    },
    workload: Workload { name: "orders", who: "everyone who buys", what: "no order can be placed" },
    note: "the queue is full",
    next_update_at: "2026-01-05 11:00 UTC",
};

/// Reports a template that is too long, or that cannot be filled in.
pub(super) fn check(text: Spanned<&str>, name: &str, cx: &mut Cx) {
    within(text, name, TEMPLATE_BYTES_MAX, cx);
    if text.value.len() > TEMPLATE_BYTES_MAX {
        return;
    }
    if let Err(error) = tried(text.value, cx) {
        let start = Span { end: text.span.start, ..text.span };
        let reason: String = error.reason.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let headline = format!("`{name}` cannot be filled in: {}", reason.trim_end_matches('.'));
        let diag = Diagnostic::error(codes::INVALID_TEMPLATE, start, headline);
        cx.push(match error.line {
            Some(line) => diag.label(format!("in line {line} of the text")),
            None => diag,
        });
    }
}

fn tried(template: &str, cx: &mut Cx) -> Result<(), TemplateError> {
    evenkeel_template::check(template)?;
    cx.templates += 1;
    if cx.templates > TRIED_MAX {
        return Ok(());
    }
    evenkeel_template::render(template, SAMPLE).map(drop)
}
