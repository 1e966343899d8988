//! Pushes to phones by an ntfy server. Its JSON form is used, so that no content becomes a header.
//!
//! Source: docs.ntfy.sh, "Publish as JSON"

use evenkeel_model::{HttpAuth, HttpOptions, NtfyReceiver};
use evenkeel_record::UpdateKind;
use evenkeel_severity::Severity;
use serde::Serialize;

use crate::address::Allowed;
use crate::body::Data;
use crate::brief::Brief;
use crate::content::Content;
use crate::failure::Failure;
use crate::inert::{cut_bytes, cut_line};
use crate::target::Target;
use crate::{json, plain};

/// A longer text becomes an attachment or is refused. Units: bytes.
const TEXT_BYTES_MAX: usize = 4000;
/// Units: characters.
const TITLE_CHARS_MAX: usize = 250;
/// So long a topic may be, by ntfy's own rule.
const TOPIC_BYTES_MAX: usize = 64;

#[derive(Debug, Serialize)]
struct Push<'a> {
    topic: &'a str,
    title: String,
    message: String,
    priority: u8,
    tags: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    click: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<[Action<'a>; 1]>,
}

/// A button that opens a page; what it does is done there, by the person.
#[derive(Debug, Serialize)]
struct Action<'a> {
    action: &'static str,
    label: &'a str,
    url: &'a str,
}

/// Where to publish, and under which topic.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) server: Target,
    pub(crate) topic: String,
}

impl Place {
    /// Takes the topic off the end of an address.
    pub(crate) fn read(url: &str) -> Result<Self, Failure> {
        let mut server = Target::read(url, Allowed::Literal)?;
        let no_topic = || {
            let help = "has to end in a topic, as `https://ntfy.example.com/TOPIC`: up to 64 letters, digits, `-`, `_`";
            Failure::lasting(format!("{}: the address {help}", server.place()))
        };
        let path = server.path.path().trim_end_matches('/');
        let (folder, topic) = path.rsplit_once('/').ok_or_else(no_topic)?;
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        if topic.is_empty() || topic.len() > TOPIC_BYTES_MAX || !topic.bytes().all(fits) {
            return Err(no_topic());
        }
        let query = server.path.query().map(|query| format!("?{query}")).unwrap_or_default();
        let root = format!("{folder}/{query}").parse().map_err(|_| no_topic())?;
        let topic = topic.to_owned();
        server.path = root;
        Ok(Self { server, topic })
    }
}

/// The credentials: the token, where there is one.
pub(crate) fn options(to: &NtfyReceiver) -> HttpOptions {
    let mut options = to.http.clone();
    if let Some(token) = &to.token {
        options.auth = Some(HttpAuth::Authorization { scheme: "Bearer".into(), credentials: token.clone() });
    }
    options
}

/// The body for one message.
pub(crate) fn render(topic: &str, content: &Content, external_url: &str) -> Result<Vec<u8>, Failure> {
    match content {
        Content::Notice(message) => {
            let data = Data::new(message, 0, external_url);
            let firing = data.firing() > 0;
            let link = data.link();
            let text = crate::letter::notice::plain(&data);
            json::written(&Push {
                topic,
                title: cut_line(&data.subject(), TITLE_CHARS_MAX),
                message: cut_bytes(text.trim(), TEXT_BYTES_MAX),
                priority: if firing { DEFAULT } else { LOW },
                tags: [if firing { "warning" } else { "white_check_mark" }],
                click: Some(&link),
                actions: None,
            })
        }
        Content::Page(page) => {
            let brief = Brief::of_page(page);
            let tag = if brief.severity <= Severity::Sev2 { "rotating_light" } else { "warning" };
            json::written(&push(topic, &brief, priority(brief.severity), tag))
        }
        Content::Update(message) => {
            let over = message.kind == UpdateKind::Recovery;
            let tag = if over { "white_check_mark" } else { "information_source" };
            // Nobody is asked to get up for it.
            json::written(&push(topic, &Brief::of_update(message), priority(message.severity).min(DEFAULT), tag))
        }
    }
}

/// ntfy's priorities below those of pages: an ordinary notification, and one without a sound.
const DEFAULT: u8 = 3;
const LOW: u8 = 2;

fn priority(severity: Severity) -> u8 {
    match severity {
        Severity::Sev1 => 5,
        Severity::Sev2 => 4,
        Severity::Sev3 => DEFAULT,
        Severity::Sev4 | Severity::Sev5 => LOW,
    }
}

fn push<'a>(topic: &'a str, brief: &Brief<'a>, priority: u8, tag: &'static str) -> Push<'a> {
    Push {
        topic,
        title: cut_line(&brief.subject, TITLE_CHARS_MAX),
        message: cut_bytes(&plain::inner(brief), TEXT_BYTES_MAX),
        priority,
        tags: [tag],
        click: brief.button.map(|button| button.link),
        actions: brief.button.map(|button| [Action { action: "view", label: button.label, url: button.link }]),
    }
}

#[cfg(test)]
mod tests;
