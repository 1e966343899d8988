//! `kind: Organization`.

use std::sync::Arc;

use evenkeel_model::document::Organization;

use crate::fields::{Cx, Fields};

/// Reads `spec`.
pub(super) fn organization(spec: &mut Fields<'_>, cx: &mut Cx) -> Organization {
    let last_resort = spec.mapping("lastResort", "`lastResort`", cx);
    spec.finish(cx);
    let Some(mut fields) = last_resort else { return Organization { last_resort: None } };
    let receiver = fields.text("receiver", cx).map(|name| name.map(Arc::from));
    fields.require("receiver", cx);
    fields.finish(cx);
    Organization { last_resort: receiver }
}
