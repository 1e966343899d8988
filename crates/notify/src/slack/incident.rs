//! A page or an update as a message to Slack: a text, fields, and a button that is a link.

use evenkeel_model::SlackReceiver;
use serde::Serialize;

use crate::brief::{Brief, Point};
use crate::failure::Failure;
use crate::inert::{cut_line, slack};
use crate::json;

/// Slack cuts longer texts itself, in the middle of an entity if need be. Units: characters.
const TEXT_CHARS_MAX: usize = 3000;
const FIELD_CHARS_MAX: usize = 1000;

#[derive(Debug, Serialize)]
struct Request<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    channel: &'a str,
    username: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    icon_emoji: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    icon_url: &'a str,
    text: &'a str,
    mrkdwn: bool,
    /// Names are no mentions, and nobody fetches what a link leads to.
    link_names: bool,
    unfurl_links: bool,
    attachments: [Attachment<'a>; 1],
}

#[derive(Debug, Serialize)]
struct Attachment<'a> {
    fallback: &'a str,
    color: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_link: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Field>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<[Action<'a>; 1]>,
    /// Asterisks and the like in the texts are asterisks.
    mrkdwn_in: [&'a str; 0],
}

#[derive(Debug, Serialize)]
struct Field {
    title: &'static str,
    value: String,
    short: bool,
}

/// A button with an address opens it in the browser; nothing has to be reachable for Slack.
#[derive(Debug, Serialize)]
struct Action<'a> {
    r#type: &'static str,
    text: &'a str,
    url: &'a str,
    style: &'static str,
}

/// The body for a page or an update. The receiver's own texts are meant for notices and are left out.
pub(super) fn render(receiver: &SlackReceiver, brief: &Brief<'_>) -> Result<Vec<u8>, Failure> {
    let subject = slack(&brief.subject);
    let text = slack(&shortened(&brief.text));
    let mut fields: Vec<Field> = brief.points().map(field).collect();
    let command =
        brief.command.as_deref().map(|command| field(&Point { name: "How to answer", text: command.to_owned() }));
    fields.extend(command);
    json::written(&Request {
        channel: receiver.channel.as_deref().unwrap_or(""),
        username: receiver.username.as_deref().unwrap_or("Evenkeel"),
        icon_emoji: receiver.icon_emoji.as_deref().unwrap_or(""),
        icon_url: receiver.icon_url.as_deref().unwrap_or(""),
        text: &subject,
        mrkdwn: false,
        link_names: false,
        unfurl_links: false,
        attachments: [Attachment {
            fallback: &subject,
            color: if brief.ask.is_empty() { "#439fe0" } else { "danger" },
            title: brief.ask,
            title_link: brief.button.map(|button| button.link),
            text: &text,
            fields,
            actions: brief
                .button
                .map(|button| [Action { r#type: "button", text: button.label, url: button.link, style: "primary" }]),
            mrkdwn_in: [],
        }],
    })
}

fn field(point: &Point) -> Field {
    let value = slack(&cut_line(&point.text, FIELD_CHARS_MAX));
    Field { title: point.name, short: value.chars().count() <= 40, value }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(TEXT_CHARS_MAX) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
