//! The mail itself: its headers, and which texts it carries.

mod incident;
pub(crate) mod notice;

use evenkeel_alerting::Message;
use evenkeel_ids::IncidentId;
use evenkeel_model::EmailReceiver;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailboxes, MessageBuilder, MultiPart};

use crate::body::Data;
use crate::brief::Brief;
use crate::content::Content;
use crate::failure::Failure;
use crate::inert::line;

/// Longest subject. Units: characters.
const SUBJECT_CHARS_MAX: usize = 200;

/// Headers that are ours: addresses, structure, identity.
const OURS: [&str; 8] =
    ["to", "from", "cc", "bcc", "message-id", "mime-version", "content-type", "content-transfer-encoding"];

/// What differs from one kind of content to another.
struct Draft {
    subject: String,
    text: String,
    html: String,
    /// The incident whose mails are one thread.
    incident: Option<IncidentId>,
}

/// Writes the mail for one message.
pub(crate) fn write(to: &EmailReceiver, content: &Content, external_url: &str) -> Result<lettre::Message, Failure> {
    let draft = match content {
        Content::Notice(message) => of_notice(to, message, external_url),
        Content::Page(page) => of_incident(&Brief::of_page(page)),
        Content::Update(message) => of_incident(&Brief::of_update(message)),
    };
    let wrong = |what: &str| Failure::lasting(format!("{what} is not a mail address"));
    let mut builder = lettre::Message::builder()
        .from(to.from.parse().map_err(|_| wrong("`from`"))?)
        .message_id(Some(message_id(content.idempotency_key(), &to.from)))
        .date_now();
    for mailbox in to.to.parse::<Mailboxes>().map_err(|_| wrong("one of `to`"))? {
        builder = builder.to(mailbox);
    }
    for (name, value) in to.headers.iter() {
        let lower = name.to_ascii_lowercase();
        if lower != "subject" && !OURS.contains(&lower.as_str()) {
            builder = builder.raw_header(header(name, value)?);
        }
    }
    if let Some(incident) = draft.incident {
        builder = threaded(builder, &thread(incident, external_url, &to.from));
    }
    builder = builder.subject(line(&draft.subject, SUBJECT_CHARS_MAX));
    let written = builder.multipart(MultiPart::alternative_plain_html(draft.text, draft.html));
    written.map_err(|error| Failure::lasting(format!("the mail cannot be written: {error}")))
}

fn of_notice(to: &EmailReceiver, message: &Message, external_url: &str) -> Draft {
    let data = Data::new(message, 0, external_url);
    let own = to.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("subject"));
    Draft {
        subject: own.map_or_else(|| data.subject(), |(_, subject)| subject.to_owned()),
        text: to.text.as_deref().map_or_else(|| notice::plain(&data), str::to_owned),
        html: to.html.as_deref().map_or_else(|| notice::html(&data), str::to_owned),
        incident: None,
    }
}

fn of_incident(brief: &Brief<'_>) -> Draft {
    Draft {
        subject: brief.subject.clone(),
        text: crate::plain::whole(brief),
        html: incident::html(brief),
        incident: Some(brief.incident),
    }
}

/// No mail has the id that all refer to; it only holds them together. Nobody's absence note is wanted in answer.
///
/// What is set here takes the place of what the configuration says.
fn threaded(builder: MessageBuilder, root: &str) -> MessageBuilder {
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    builder
        .references(root.to_owned())
        .in_reply_to(root.to_owned())
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
}

/// The same for all mails of an incident, and another one for the same number elsewhere.
fn thread(incident: IncidentId, external_url: &str, from: &str) -> String {
    let host = external_url.split_once("://").map_or(external_url, |(_, rest)| rest);
    message_id(&format!("{incident}.{host}"), from)
}

/// The same for each attempt, so that a mail server that was sent the mail twice can tell.
pub(crate) fn message_id(key: &str, from: &str) -> String {
    let safe = |b: u8| if b.is_ascii_alphanumeric() || b == b'.' { char::from(b) } else { '-' };
    let domain = from.rsplit_once('@').map_or("evenkeel", |(_, domain)| domain.trim_end_matches('>'));
    let domain = domain.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    format!("<{}@{}>", key.bytes().map(safe).collect::<String>(), domain.collect::<String>())
}

fn header(name: &str, value: &str) -> Result<HeaderValue, Failure> {
    let token = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let wrong = || Failure::lasting(format!("`{}` is not a header's name", line(name, 40)));
    let known = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| wrong())?;
    if token { Ok(HeaderValue::new(known, line(value, 900))) } else { Err(wrong()) }
}

/// The HTML of a page or an update.
#[cfg(test)]
pub(crate) fn html(content: &Content) -> String {
    match content {
        Content::Notice(message) => notice::html(&Data::new(message, 0, "")),
        Content::Page(page) => incident::html(&Brief::of_page(page)),
        Content::Update(message) => incident::html(&Brief::of_update(message)),
    }
}

#[cfg(test)]
mod tests;
