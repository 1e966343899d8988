//! What somebody says about themselves and what they operate, as far as an ops repo begins with it.

use crate::emit::{Map, Value};

/// What an ops repo is made of. Names are such as documents may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The first person's name.
    pub person: String,
    /// What people call them, when it differs.
    pub full_name: Option<String>,
    /// How they are reached; in a file, when there is nothing.
    pub contacts: Vec<Contact>,
    /// Whose nights are theirs: an IANA time zone.
    pub time_zone: String,
    /// The team's name.
    pub team: String,
    /// The workload's name.
    pub workload: String,
    /// 1 is what the organisation lives from, 4 what it can do without for days.
    pub tier: u64,
    /// Who suffers when the workload fails.
    pub sufferers: String,
}

/// One way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// Mail.
    Mail {
        /// The address.
        to: String,
        /// Host and port of the server that takes it, when Alertmanager's configuration names none.
        smarthost: Option<String>,
    },
    /// Phones that subscribe to a topic of an ntfy server: the address of both.
    Ntfy(String),
    /// An address that takes a page as JSON.
    Webhook(String),
    /// A file with the address of one of Slack's incoming webhooks, on the machine that sends.
    Slack(String),
}

impl Contact {
    /// What it is called, and what it is in a document.
    pub(crate) fn named(&self) -> (&'static str, Map) {
        match self {
            Self::Mail { to, smarthost } => {
                ("mail", Map::new().with("email", Value::Flow(mail(to, smarthost.as_deref()))))
            }
            Self::Ntfy(url) => ("phone", one("ntfy", "url", url)),
            Self::Webhook(url) => ("webhook", one("webhook", "url", url)),
            Self::Slack(file) => ("slack", one("slack", "api_url_file", file)),
        }
    }

    /// Whether its address is as good as a password.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        match self {
            Self::Ntfy(_) | Self::Webhook(_) => true,
            Self::Mail { .. } | Self::Slack(_) => false,
        }
    }
}

fn one(kind: &str, field: &str, value: &str) -> Map {
    Map::new().with(kind, Value::Flow(Map::new().with(field, value)))
}

fn mail(to: &str, smarthost: Option<&str>) -> Map {
    let mail = Map::new().with("to", to);
    let Some(smarthost) = smarthost else { return mail };
    let mail = mail.with("from", sender(to)).with("smarthost", smarthost);
    if is_local(smarthost) { mail.with("require_tls", Value::Bool(false)) } else { mail }
}

/// Who mail is from: the same host as whom it is for.
fn sender(to: &str) -> String {
    format!("evenkeel@{}", to.rsplit_once('@').map_or("localhost", |(_, host)| host))
}

/// A server on the same machine needs no encryption, and seldom has any.
fn is_local(smarthost: &str) -> bool {
    ["localhost:", "127.0.0.1:", "[::1]:"].iter().any(|host| smarthost.starts_with(host))
}

impl Answers {
    /// The contacts as a document has them.
    pub(crate) fn contact_list(&self) -> Vec<Map> {
        let mut list: Vec<Map> = self
            .contacts
            .iter()
            .map(|contact| {
                let (name, address) = contact.named();
                Map::new().with("name", name).and(address)
            })
            .collect();
        if list.is_empty() {
            let path = format!("pages-for-{}.jsonl", self.person);
            let comment = "Pages as lines of JSON in a file, to try things out. Put a real contact in its place, such \
                           as ntfy, which rings the phone, or mail.";
            let contact = Map::new().with_comments("name", vec![comment.to_owned()], "desk");
            list.push(contact.and(one("file", "path", &path)));
        }
        list
    }

    /// The mail address, if one was given.
    pub(crate) fn mail_address(&self) -> Option<&str> {
        self.contacts.iter().find_map(|contact| match contact {
            Contact::Mail { to, .. } => Some(to.as_str()),
            Contact::Ntfy(_) | Contact::Webhook(_) | Contact::Slack(_) => None,
        })
    }
}
