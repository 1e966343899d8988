//! Overrides: somebody else is on call for a while.

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_formats::yaml::Node;
use evenkeel_time::Timestamp;

use super::rotation::instant;
use crate::codes::NOT_CARRIED_OVER;
use crate::object::Object;
use crate::report::Report;

/// What `get-rotation-override` gives.
#[derive(Debug)]
pub(super) struct RotationOverride<'n> {
    pub(super) span: Span,
    pub(super) rotation: Spanned<&'n str>,
    pub(super) contacts: Vec<Spanned<&'n str>>,
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

/// Reads one. Those that `list-rotation-overrides` gives do not name their rotation, so they cannot be placed.
pub(super) fn rotation_override<'n>(node: &'n Node, report: &mut Report) -> Option<RotationOverride<'n>> {
    let mut fields = Object::of(node, "an override", report)?;
    let rotation = fields.text("RotationArn", report);
    let contacts = fields.texts("NewContactIds", report);
    let from = instant(&mut fields, "StartTime", report);
    let until = instant(&mut fields, "EndTime", report);
    fields.ignore(&["RotationOverrideId", "CreateTime", "ResponseMetadata"]);
    fields.finish(report);
    let span = fields.span;
    let Some(rotation) = rotation else {
        let help = "give what `aws ssm-contacts get-rotation-override` prints";
        report.find(NOT_CARRIED_OVER, span, "an override does not say of which rotation", help);
        return None;
    };
    Some(RotationOverride { span, rotation, contacts, from: from?.value, until: until?.value })
}
