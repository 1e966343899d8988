//! `kind: Person`.

use evenkeel_model::document::{ContactDocument, NotifyDocument, PersonDocument};
use evenkeel_model::{QuietHours, Secret};
use evenkeel_time::{Duration, Zone};

use super::calendar::{window, zone};
use super::contact::contact;
use super::names::named;
use super::prose::severities;
use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value};

/// Reads `spec`. The full name is blanked: it is personal.
pub(super) fn person(spec: &mut Fields<'_>, cx: &mut Cx) -> PersonDocument {
    let full_name = spec.secret("fullName", cx).map(|name| Secret::new(name.value));
    let zone = zone(spec, "timeZone", cx).unwrap_or(Zone::UTC);
    let contacts = contacts(spec, cx);
    let notify = spec.list("notify", cx).iter().filter_map(|node| notify(node, cx)).collect();
    let quiet_hours: Vec<QuietHours> =
        spec.list("quietHours", cx).iter().filter_map(|node| quiet_hours(node, cx)).collect();
    if !quiet_hours.is_empty() {
        spec.require("timeZone", cx);
    }
    spec.finish(cx);
    PersonDocument { full_name, zone, contacts, notify, quiet_hours }
}

/// Whatever stands in place of a list may be an address.
fn contacts(spec: &mut Fields<'_>, cx: &mut Cx) -> Vec<ContactDocument> {
    if let Some(node) = spec.node("contacts").filter(|node| !matches!(node.value, Value::Seq(_))) {
        cx.blank(node);
    }
    spec.list("contacts", cx).iter().filter_map(|node| contact(node, cx)).collect()
}

fn notify(node: &Node, cx: &mut Cx) -> Option<NotifyDocument> {
    let mut fields = Fields::of(node, "a rule of `notify`", cx)?;
    let contact = named(&mut fields, "contact", cx);
    fields.require("contact", cx);
    let after = fields.duration("after", cx).map_or(Duration::ZERO, |after| after.value);
    let severities = severities(&mut fields, "severities", cx);
    fields.finish(cx);
    Some(NotifyDocument { contact: contact?, after, severities })
}

fn quiet_hours(node: &Node, cx: &mut Cx) -> Option<QuietHours> {
    let mut fields = Fields::of(node, "an entry of `quietHours`", cx)?;
    let window = window(&mut fields, cx);
    let severities = severities(&mut fields, "severities", cx);
    fields.require_items("severities", cx);
    fields.finish(cx);
    Some(QuietHours { window, severities })
}
