//! What Slack is sent, and what Slack's answers mean.

mod incident;

use evenkeel_alerting::{Message, Retry};
use evenkeel_model::SlackReceiver;
use serde::Serialize;

use crate::body::Data;
use crate::brief::Brief;
use crate::connection::BodyEnd;
use crate::content::Content;
use crate::failure::Failure;
use crate::post::{Accepted, incomplete};

/// The fields in Alertmanager's order; what is empty is left out where Alertmanager leaves it out.
#[derive(Debug, Serialize)]
struct Request<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    channel: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    username: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    icon_emoji: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    icon_url: &'a str,
    attachments: [Attachment<'a>; 1],
}

#[derive(Debug, Serialize)]
struct Attachment<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title_link: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pretext: &'a str,
    text: &'a str,
    fallback: &'a str,
    callback_id: &'a str,
    footer: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    color: &'a str,
    mrkdwn_in: [&'a str; 3],
}

/// Slack cuts a longer title itself, in the middle of an entity if need be.
const TITLE_CHARS_MAX: usize = 1024;

/// The body for one message.
pub(crate) fn render(receiver: &SlackReceiver, content: &Content, external_url: &str) -> Result<Vec<u8>, Failure> {
    match content {
        Content::Notice(message) => notice(receiver, message, external_url),
        Content::Page(page) => incident::render(receiver, &Brief::of_page(page)),
        Content::Update(message) => incident::render(receiver, &Brief::of_update(message)),
    }
}

/// Source: Alertmanager, `notify/slack` and the templates `slack.default.*`.
fn notice(receiver: &SlackReceiver, message: &Message, external_url: &str) -> Result<Vec<u8>, Failure> {
    let data = Data::new(message, 0, external_url);
    let title = receiver.title.as_deref().map_or_else(|| data.subject(), str::to_owned);
    let title = shortened(title);
    let link = receiver.title_link.as_deref().map_or_else(|| data.link(), str::to_owned);
    let default_fallback = format!("{} | {}", data.subject(), data.link());
    let color = if data.firing() > 0 { "danger" } else { "good" };
    let request = Request {
        channel: receiver.channel.as_deref().unwrap_or(""),
        username: receiver.username.as_deref().unwrap_or("Evenkeel"),
        icon_emoji: receiver.icon_emoji.as_deref().unwrap_or(""),
        icon_url: receiver.icon_url.as_deref().unwrap_or(""),
        attachments: [Attachment {
            title: &title,
            title_link: &link,
            pretext: receiver.pretext.as_deref().unwrap_or(""),
            text: receiver.text.as_deref().unwrap_or(""),
            fallback: receiver.fallback.as_deref().unwrap_or(&default_fallback),
            callback_id: "",
            footer: "",
            color: receiver.color.as_deref().unwrap_or(color),
            mrkdwn_in: ["fallback", "pretext", "text"],
        }],
    };
    serde_json::to_vec(&request).map_err(|error| Failure::lasting(format!("the message cannot be written: {error}")))
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(TITLE_CHARS_MAX) {
        None => text,
        Some(_) => text.chars().take(TITLE_CHARS_MAX - 1).chain(['…']).collect(),
    }
}

/// What the methods of Slack's API answer, with status 200 in every case.
#[derive(Debug, serde::Deserialize)]
struct Said {
    ok: bool,
    #[serde(default)]
    error: String,
}

/// Errors of the API that pass.
const PASSING: [&str; 7] = [
    "fatal_error",
    "internal_error",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
];

/// Whether Slack really took it: incoming webhooks answer `ok`, methods answer an object.
pub(crate) fn judge(accepted: &Accepted) -> Result<(), Failure> {
    let json = accepted.raw.body.trim_ascii_start().starts_with(b"{");
    if json && accepted.raw.end != BodyEnd::Whole {
        return Err(incomplete(accepted));
    }
    match serde_json::from_slice::<Said>(&accepted.raw.body) {
        Ok(said) if json && !said.ok => {
            let retry = if PASSING.contains(&said.error.as_str()) { Retry::Yes } else { Retry::No };
            let error = accepted.scrub.clean(said.error.as_bytes());
            let error = if error.is_empty() { "no reason given" } else { &error };
            Err(Failure { reason: format!("{}: Slack refused: {error}", accepted.place), retry })
        }
        Ok(_) | Err(_) => Ok(()),
    }
}
