//! Rotations: who takes turns, since when, and where.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_formats::yaml::{Node, Value};
use evenkeel_model::codes::{INVALID_VALUE, MISSING_FIELD, UNKNOWN_TIME_ZONE};
use evenkeel_model::quoted;
use evenkeel_time::{Timestamp, Zone};

use super::recurrence::{Recurrence, recurrence};
use crate::object::{Object, wrong};
use crate::report::Report;

/// What `get-rotation` gives, and `list-rotations` in a list.
#[derive(Debug)]
pub(super) struct Rotation<'n> {
    pub(super) arn: Spanned<&'n str>,
    pub(super) name: Spanned<&'n str>,
    pub(super) contacts: Vec<Spanned<&'n str>>,
    pub(super) start: Spanned<Timestamp>,
    pub(super) zone: Zone,
    pub(super) recurrence: Recurrence,
}

/// Reads one.
pub(super) fn rotation<'n>(node: &'n Node, report: &mut Report) -> Option<Rotation<'n>> {
    let mut fields = Object::of(node, "a rotation", report)?;
    let arn = fields.required_text("RotationArn", report);
    let name = fields.required_text("Name", report);
    let contacts = fields.texts("ContactIds", report);
    if contacts.is_empty() {
        let diag = Diagnostic::error(MISSING_FIELD, fields.span, "a rotation needs `ContactIds`");
        report.push(diag.help("give what `aws ssm-contacts get-rotation` prints"));
    }
    let start = instant(&mut fields, "StartTime", report);
    let zone = fields.required_text("TimeZoneId", report).and_then(|zone| zone_of(zone, report));
    let settings = fields.object("Recurrence", "a recurrence", report);
    if settings.is_none() && fields.node("Recurrence").is_none() {
        fields.missing("Recurrence", report);
    }
    let recurrence = settings.and_then(|settings| recurrence(settings, report));
    fields.ignore(&["ResponseMetadata"]);
    fields.finish(report);
    Some(Rotation { arn: arn?, name: name?, contacts, start: start?, zone: zone?, recurrence: recurrence? })
}

/// An instant that has to be there: text as RFC 3339, or seconds since 1970, both as `aws` prints them.
pub(super) fn instant(fields: &mut Object<'_>, name: &'static str, report: &mut Report) -> Option<Spanned<Timestamp>> {
    let Some(node) = fields.node(name) else {
        fields.missing(name, report);
        return None;
    };
    let at = match &node.value {
        Value::String(text) => text.parse().ok(),
        Value::Int(seconds, _) => seconds.checked_mul(1000).map(Timestamp),
        Value::Float(seconds, _) => milliseconds(*seconds),
        Value::Null | Value::Bool(_) | Value::Seq(_) | Value::Map(_) => {
            report.push(wrong(node, name, "an instant"));
            return None;
        }
    };
    let at = at.filter(|at: &Timestamp| jiff::Timestamp::from_millisecond(at.0).is_ok());
    if at.is_none() {
        let diag = Diagnostic::error(INVALID_VALUE, node.span, format!("`{name}` is no instant"));
        report.push(diag.help("it looks like `2026-01-05T09:00:00+00:00`"));
    }
    at.map(|at| Spanned::new(at, node.span))
}

#[expect(clippy::cast_possible_truncation, reason = "checked to be in range")]
fn milliseconds(seconds: f64) -> Option<Timestamp> {
    let milliseconds = (seconds * 1000.0).round();
    (milliseconds.abs() < 1e15).then_some(Timestamp(milliseconds as i64))
}

fn zone_of(name: Spanned<&str>, report: &mut Report) -> Option<Zone> {
    let zone = Zone::named(name.value);
    if zone.is_err() {
        let headline = format!("{} is no IANA time zone", quoted(name.value));
        report
            .push(Diagnostic::error(UNKNOWN_TIME_ZONE, name.span, headline).help("write one such as `Europe/Berlin`"));
    }
    zone.ok()
}
