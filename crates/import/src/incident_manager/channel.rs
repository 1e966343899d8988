//! Contact channels: a person's mail address or telephone.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_formats::yaml::Node;
use evenkeel_model::codes::INVALID_VALUE;
use evenkeel_model::quoted;

use crate::object::Object;
use crate::report::Report;

/// How a channel reaches its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChannelKind {
    Email,
    Sms,
    Voice,
}

/// What `get-contact-channel` gives, and `list-contact-channels` in a list.
#[derive(Debug)]
pub(super) struct Channel<'n> {
    pub(super) span: Span,
    pub(super) arn: Spanned<&'n str>,
    pub(super) contact: Spanned<&'n str>,
    pub(super) name: &'n str,
    pub(super) kind: ChannelKind,
    pub(super) address: Option<&'n str>,
    pub(super) is_activated: bool,
}

/// Reads one.
pub(super) fn channel<'n>(node: &'n Node, report: &mut Report) -> Option<Channel<'n>> {
    let mut fields = Object::of(node, "a contact channel", report)?;
    let arn = fields.required_text("ContactChannelArn", report);
    let contact = fields.required_text("ContactArn", report);
    let name = fields.text("Name", report).map_or("", |name| name.value);
    let kind = fields.required_text("Type", report).and_then(|kind| kind_of(kind, report));
    let address = fields.object("DeliveryAddress", "a delivery address", report).and_then(|mut fields| {
        let address = fields.text("SimpleAddress", report);
        fields.finish(report);
        address
    });
    if let Some(address) = &address {
        report.hide(address.span);
    }
    let status = fields.text("ActivationStatus", report);
    fields.ignore(&["ResponseMetadata"]);
    fields.finish(report);
    let is_activated = status.is_none_or(|status| status.value != "NOT_ACTIVATED");
    let address = address.map(|address| address.value);
    Some(Channel { span: fields.span, arn: arn?, contact: contact?, name, kind: kind?, address, is_activated })
}

fn kind_of(kind: Spanned<&str>, report: &mut Report) -> Option<ChannelKind> {
    match kind.value {
        "EMAIL" => Some(ChannelKind::Email),
        "SMS" => Some(ChannelKind::Sms),
        "VOICE" => Some(ChannelKind::Voice),
        other => {
            let headline = format!("no type of contact channel is called {}", quoted(other));
            report.push(Diagnostic::error(INVALID_VALUE, kind.span, headline).help("it is `EMAIL`, `SMS` or `VOICE`"));
            None
        }
    }
}
