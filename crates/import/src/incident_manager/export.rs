//! Everything a text has, sorted by what it is: objects of the API on their own, in lists, or in the lists' wrappings.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_formats::yaml::{Node, Value};
use evenkeel_model::codes::WRONG_TYPE;
use evenkeel_model::quoted;

use super::channel::{Channel, channel};
use super::contact::{Contact, contact};
use super::overrides::{RotationOverride, rotation_override};
use super::response::{Response, response};
use super::rotation::{Rotation, rotation};
use crate::codes::NOT_CARRIED_OVER;
use crate::object::{field, start_of};
use crate::report::Report;

/// What a text has, each in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Export<'n> {
    pub(super) contacts: Vec<Contact<'n>>,
    pub(super) channels: Vec<Channel<'n>>,
    pub(super) rotations: Vec<Rotation<'n>>,
    pub(super) overrides: Vec<RotationOverride<'n>>,
    pub(super) responses: Vec<Response<'n>>,
}

/// Wrappings whose items are told apart by their own fields.
const LISTS: [&str; 5] = ["contacts", "contactChannels", "rotations", "rotationOverrides", "responsePlans"];

impl<'n> Export<'n> {
    pub(super) fn read(nodes: &'n [Node], report: &mut Report) -> Self {
        let mut export = Self::default();
        nodes.iter().for_each(|node| export.node(node, report));
        export.keep_the_fullest();
        export
    }

    pub(super) fn is_empty(&self) -> bool {
        self.contacts.is_empty() && self.rotations.is_empty() && self.responses.is_empty()
    }

    fn node(&mut self, node: &'n Node, report: &mut Report) {
        match &node.value {
            Value::Seq(items) => items.iter().for_each(|item| self.node(item, report)),
            Value::Map(entries) => self.object(node, entries, report),
            Value::Null => {}
            Value::Bool(_) | Value::Int(..) | Value::Float(..) | Value::String(_) => {
                let headline = format!("an object of the API is expected, not {}", node.sort());
                report.push(Diagnostic::error(WRONG_TYPE, start_of(node.span), headline));
            }
        }
    }

    fn object(&mut self, node: &'n Node, entries: &'n [(Spanned<String>, Node)], report: &mut Report) {
        let has = |name: &str| field(entries, name).is_some();
        if has("incidentTemplate") {
            self.responses.extend(response(node, report));
        } else if has("RotationOverrideId") {
            self.overrides.extend(rotation_override(node, report));
        } else if has("RotationArn") {
            self.rotations.extend(rotation(node, report));
        } else if has("ContactChannelArn") {
            self.channels.extend(channel(node, report));
        } else if has("ContactArn") || has("Alias") {
            self.contacts.extend(contact(node, report));
        } else {
            entries.iter().for_each(|(key, value)| self.wrapped(key, value, report));
        }
    }

    fn wrapped(&mut self, key: &Spanned<String>, value: &'n Node, report: &mut Report) {
        let is = |name: &str| key.value.eq_ignore_ascii_case(name);
        if LISTS.iter().any(|name| is(name)) {
            self.node(value, report);
        } else if is("NextToken") && value.value != Value::Null {
            let help = "let `aws` give all pages: leave out `--max-items` and `--no-paginate`";
            report.find(NOT_CARRIED_OVER, key.span, "the list goes on on a page that is not here", help);
        } else if is("responsePlanSummaries") {
            let help = "give what `aws ssm-incidents get-response-plan` prints for each";
            report.find(NOT_CARRIED_OVER, key.span, "summaries of response plans do not say what they do", help);
        } else if !is("ResponseMetadata") && !is("NextToken") {
            let headline = format!("{} is nothing that is imported", quoted(&key.value));
            report.find(NOT_CARRIED_OVER, key.span, headline, "it is left out");
        }
    }

    /// Of a contact, channel, rotation or response plan that is there several times, the one that says most.
    fn keep_the_fullest(&mut self) {
        self.contacts.sort_by_key(|contact| contact.plan.is_none());
        let mut seen = BTreeSet::new();
        let mut is_new = |arn: &'n str| seen.insert(arn);
        self.contacts.retain(|contact| is_new(contact.arn.value));
        self.channels.retain(|channel| is_new(channel.arn.value));
        self.rotations.retain(|rotation| is_new(rotation.arn.value));
        self.responses.retain(|response| is_new(response.arn));
        self.contacts.sort_by_key(|contact| contact.span.start);
    }
}
