//! What goes to people outside who subscribed: one mail to one address, or one POST to an address that a stranger gave.
//!
//! Such an address has no permission of the ops repo, so the guard lets it lead to nothing private. And it is personal:
//! no reason names it.

use std::time::Duration;

use bytes::Bytes;
use evenkeel_alerting::Outcome;
use evenkeel_model::{EmailReceiver, HttpOptions};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::address::Allowed;
use crate::email;
use crate::failure::{Failure, outcome};
use crate::http_client::Deadline;
use crate::inert::{line, lines, markup};
use crate::letter::message_id;
use crate::post::Post;
use crate::scrub::Scrub;
use crate::sender::{Sender, within};
use crate::target::Target;

/// Longest subject. Units: characters.
const SUBJECT_CHARS_MAX: usize = 200;

/// A mail to one subscriber.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One mail address.
    pub to: Box<str>,
    /// What it is about; one line is made of it.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// A link to follow, with what it does.
    pub link: Option<(String, String)>,
    /// The link that ends the subscription with one POST (RFC 8058).
    pub unsubscribe: Option<String>,
    /// The same for each attempt.
    pub idempotency_key: String,
}

impl Sender {
    /// Sends a mail to one subscriber by the server of a receiver; its own addresses get nothing.
    pub async fn letter(&self, through: &EmailReceiver, letter: &Letter, deadline: Duration) -> Outcome {
        let deadline = Deadline::after(deadline);
        let mut scrub = Scrub::default();
        scrub.add(&letter.to);
        letter.unsubscribe.iter().for_each(|link| scrub.add_link(link));
        letter.link.iter().for_each(|(link, _)| scrub.add_link(link));
        let sending = async {
            let written = write(through, letter)?;
            email::carry(through, &written, self.http().dialer(), deadline, scrub).await
        };
        outcome(within(deadline, Box::pin(sending)).await)
    }

    /// POSTs JSON to an address that a stranger gave, following no redirect; also what was answered, the beginning of it.
    ///
    /// # Errors
    /// What the engine would be told of an attempt.
    pub async fn tell(&self, url: &str, json: Vec<u8>, key: &str, deadline: Duration) -> Result<Vec<u8>, Outcome> {
        let deadline = Deadline::after(deadline);
        let failed = |failure: Failure| outcome(Err(failure));
        let target = Target::read(url, Allowed::Guarded).map_err(|error| failed(error.into()))?;
        if !target.https {
            return Err(failed(Failure::lasting(format!("{}: not asked by TLS", target.place()))));
        }
        let options = HttpOptions::default();
        let body = Bytes::from(json);
        let scrub = Scrub::default();
        let post = Post { target, options: &options, idempotency_key: key, body, deadline, scrub };
        let mut answer = Vec::new();
        let sending = async {
            answer = post.send(self.http()).await?.raw.body;
            Ok(())
        };
        match outcome(within(deadline, Box::pin(sending)).await) {
            Outcome::Delivered => Ok(answer),
            failed @ Outcome::Failed { .. } => Err(failed),
        }
    }
}

fn write(through: &EmailReceiver, letter: &Letter) -> Result<lettre::Message, Failure> {
    let wrong = |what: &str| Failure::lasting(format!("{what} is not a mail address"));
    let to: Mailbox = letter.to.parse().map_err(|_| wrong("that of the subscriber"))?;
    let mut builder = lettre::Message::builder()
        .from(through.from.parse().map_err(|_| wrong("`from`"))?)
        .to(to)
        .message_id(Some(message_id(&letter.idempotency_key, &through.from)))
        .subject(line(&letter.subject, SUBJECT_CHARS_MAX))
        .date_now()
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("Precedence", "list".to_owned()));
    if let Some(link) = &letter.unsubscribe {
        builder = builder
            .raw_header(header("List-Unsubscribe", format!("<{}>", line(link, 2_000))))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    let written = builder.multipart(MultiPart::alternative_plain_html(plain(letter), html(letter)));
    written.map_err(|error| Failure::lasting(format!("the mail cannot be written: {error}")))
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn plain(letter: &Letter) -> String {
    let mut text = lines(&letter.text);
    if let Some((link, does)) = &letter.link {
        text.push_str(&format!("\n\n{}:\n{link}", line(does, 200)));
    }
    if let Some(link) = &letter.unsubscribe {
        text.push_str(&format!("\n\n-- \nTo get no more of these:\n{link}"));
    }
    text.push('\n');
    text
}

fn html(letter: &Letter) -> String {
    let subject = markup(&line(&letter.subject, SUBJECT_CHARS_MAX));
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\n\
         <body style=\"font-family:sans-serif\">\n<h1 style=\"font-size:1.2em\">{subject}</h1>\n\
         <div style=\"white-space:pre-wrap\">{}</div>\n",
        markup(&lines(&letter.text))
    );
    if let Some((link, does)) = &letter.link {
        html.push_str(&format!("<p><a href=\"{}\">{}</a></p>\n", markup(link), markup(does)));
    }
    if let Some(link) = &letter.unsubscribe {
        html.push_str(&format!("<p><small><a href=\"{}\">Get no more of these</a></small></p>\n", markup(link)));
    }
    html.push_str("</body></html>\n");
    html
}

#[cfg(test)]
mod tests;
