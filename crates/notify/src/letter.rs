//! The mail itself: headers, plain text, HTML.

use std::fmt::Write as _;

use evenkeel_alerting::{Message, MessageAlert};
use evenkeel_labels::LabelSet;
use evenkeel_model::EmailReceiver;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailboxes, MultiPart};

use crate::body::Data;
use crate::failure::Failure;
use crate::instant::GoTime;
use crate::scrub::hidden;

/// Longest subject. Units: characters.
const SUBJECT_CHARS_MAX: usize = 200;

/// Headers that are ours: addresses, structure, identity.
const OURS: [&str; 8] =
    ["to", "from", "cc", "bcc", "message-id", "mime-version", "content-type", "content-transfer-encoding"];

/// Writes the mail for one message.
pub(crate) fn write(to: &EmailReceiver, message: &Message, external_url: &str) -> Result<lettre::Message, Failure> {
    let data = Data::new(message, 0, external_url);
    let wrong = |what: &str| Failure::lasting(format!("{what} is not a mail address"));
    let mut builder = lettre::Message::builder()
        .from(to.from.parse().map_err(|_| wrong("`from`"))?)
        .message_id(Some(message_id(message, &to.from)))
        .date_now();
    for mailbox in to.to.parse::<Mailboxes>().map_err(|_| wrong("one of `to`"))? {
        builder = builder.to(mailbox);
    }
    let mut subject = data.subject();
    for (name, value) in to.headers.iter() {
        if name.eq_ignore_ascii_case("subject") {
            value.clone_into(&mut subject);
        } else if !OURS.contains(&name.to_ascii_lowercase().as_str()) {
            builder = builder.raw_header(header(name, value)?);
        }
    }
    builder = builder.subject(line(&subject, SUBJECT_CHARS_MAX));
    let text = to.text.as_deref().map_or_else(|| plain(&data), str::to_owned);
    let html = to.html.as_deref().map_or_else(|| markup(&data), str::to_owned);
    let written = builder.multipart(MultiPart::alternative_plain_html(text, html));
    written.map_err(|error| Failure::lasting(format!("the mail cannot be written: {error}")))
}

/// The same for each attempt, so that a mail server that was sent the mail twice can tell.
fn message_id(message: &Message, from: &str) -> String {
    let key = message.idempotency_key.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b) } else { '-' });
    let domain = from.rsplit_once('@').map_or("evenkeel", |(_, domain)| domain.trim_end_matches('>'));
    let domain = domain.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    format!("<{}@{}>", key.collect::<String>(), domain.collect::<String>())
}

fn header(name: &str, value: &str) -> Result<HeaderValue, Failure> {
    let token = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let wrong = || Failure::lasting(format!("`{}` is not a header's name", line(name, 40)));
    let known = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| wrong())?;
    if token { Ok(HeaderValue::new(known, line(value, 900))) } else { Err(wrong()) }
}

/// One line: whatever would end or disguise it becomes a space.
fn line(text: &str, chars_max: usize) -> String {
    let clean: String = text.chars().map(|c| if hidden(c) { ' ' } else { c }).take(chars_max).collect();
    clean.trim().to_owned()
}

fn plain(data: &Data<'_>) -> String {
    let mut text = format!("{}\n{}\n", line(&data.subject(), 1000), data.link());
    for alert in data.alerts {
        let _ = write!(text, "\n{} since {}", state(alert), GoTime(Some(alert.starts_at)));
        if alert.ends_at.is_some() {
            let _ = write!(text, " until {}", GoTime(alert.ends_at));
        }
        text.push('\n');
        for (title, set) in [("Labels", &alert.labels), ("Annotations", &alert.annotations)] {
            if !set.is_empty() {
                let _ = writeln!(text, "  {title}");
            }
            for (name, value) in set.iter() {
                // Indented, so that no value can pass for a line of ours.
                let lines: Vec<String> = value.lines().map(|part| line(part, usize::MAX)).collect();
                let _ = writeln!(text, "    {} = {}", line(name, 200), lines.join("\n      "));
            }
        }
        if !alert.generator_url.is_empty() {
            let _ = writeln!(text, "  Source: {}", line(&alert.generator_url, 2000));
        }
    }
    text
}

fn state(alert: &MessageAlert) -> &'static str {
    if alert.ends_at.is_some() { "RESOLVED" } else { "FIRING" }
}

fn markup(data: &Data<'_>) -> String {
    let color = if data.firing() > 0 { "#b3261e" } else { "#1b6e3c" };
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\n\
         <body style=\"font-family:sans-serif;color:#1d1b20\">\n\
         <h1 style=\"font-size:1.2em;color:{color}\">{subject}</h1>\n<p><a href=\"{link}\">Open in Evenkeel</a></p>\n",
        subject = escaped(&line(&data.subject(), 1000)),
        link = escaped(&data.link()),
    );
    for alert in data.alerts {
        let _ = write!(html, "<h2 style=\"font-size:1em\">{} since {}", state(alert), GoTime(Some(alert.starts_at)));
        if alert.ends_at.is_some() {
            let _ = write!(html, " until {}", GoTime(alert.ends_at));
        }
        html.push_str("</h2>\n");
        table(&mut html, "Labels", &alert.labels);
        table(&mut html, "Annotations", &alert.annotations);
        // Anything else could be a script.
        if alert.generator_url.starts_with("http://") || alert.generator_url.starts_with("https://") {
            let _ = writeln!(html, "<p><a href=\"{}\">Source</a></p>", escaped(&alert.generator_url));
        }
    }
    html.push_str("</body></html>\n");
    html
}

fn table(html: &mut String, title: &str, set: &LabelSet) {
    if set.is_empty() {
        return;
    }
    let _ = writeln!(html, "<table><caption style=\"text-align:left;font-weight:bold\">{title}</caption>");
    for (name, value) in set.iter() {
        let _ = writeln!(
            html,
            "<tr><th style=\"text-align:left;font-weight:normal\">{}</th><td style=\"white-space:pre-wrap\">{}</td></tr>",
            escaped(name),
            escaped(value)
        );
    }
    html.push_str("</table>\n");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if hidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
