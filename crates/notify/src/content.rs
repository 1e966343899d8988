//! What is sent, under which key its outcome is told, and which queue it waits in.

use std::sync::Arc;

use evenkeel_alerting::Message;
use evenkeel_ids::{DocumentRef, NoticeId};
use evenkeel_incident::{PageMessage, UpdateMessage};
use evenkeel_model::Secret;
use evenkeel_record::SentId;

use crate::scrub::Scrub;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// That alerts fire or are over.
    Notice(Message),
    /// Somebody is asked to act on an incident.
    Page(Box<LinkedPage>),
    /// Others are told how an incident goes.
    Update(UpdateMessage),
}

/// A page with the link that acts on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedPage {
    /// What it says.
    pub message: PageMessage,
    /// An absolute address. Who has it may act for the person, so it is in no log and no reason.
    pub link: Option<Secret>,
}

/// What a message is called while it is under way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageId {
    /// A notice.
    Notice(NoticeId),
    /// A page or update, to one address: a contact, or `receiver/integration`.
    Sent(SentId, Arc<str>),
}

/// Where a message waits for its turn: pages, updates and notices to the same place do not wait for one another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lane {
    /// Receiver and integration.
    Notices(Arc<str>, Arc<str>),
    /// Person or receiver, and contact.
    Pages(DocumentRef, Arc<str>),
    /// `receiver/integration`.
    Updates(Arc<str>),
}

impl Lane {
    pub(crate) fn holds_pages(&self) -> bool {
        match self {
            Self::Pages(..) => true,
            Self::Notices(..) | Self::Updates(_) => false,
        }
    }
}

impl Content {
    /// A page with its link, where there is one.
    #[must_use]
    pub fn page(message: PageMessage, link: Option<String>) -> Self {
        Self::Page(Box::new(LinkedPage { message, link: link.map(Secret::new) }))
    }

    /// What it is called while it is under way.
    #[must_use]
    pub fn id(&self) -> MessageId {
        match self {
            Self::Notice(message) => MessageId::Notice(message.notice),
            Self::Page(page) => MessageId::Sent(SentId::Page(page.message.page), Arc::clone(&page.message.contact)),
            Self::Update(message) => MessageId::Sent(SentId::Update(message.update), Arc::clone(&message.address)),
        }
    }

    /// The same for every attempt.
    pub(crate) fn idempotency_key(&self) -> &str {
        match self {
            Self::Notice(message) => &message.idempotency_key,
            Self::Page(page) => &page.message.idempotency_key,
            Self::Update(message) => &message.idempotency_key,
        }
    }

    pub(crate) fn lane(&self) -> Lane {
        match self {
            Self::Notice(message) => Lane::Notices(Arc::clone(&message.receiver), Arc::clone(&message.integration)),
            Self::Page(page) => Lane::Pages(page.message.to.clone(), Arc::clone(&page.message.contact)),
            Self::Update(message) => Lane::Updates(Arc::clone(&message.address)),
        }
    }

    /// What of it must not show up in a reason; receivers like to say what they were sent.
    pub(crate) fn scrub(&self) -> Scrub {
        let mut scrub = Scrub::default();
        match self {
            Self::Page(page) => page.link.iter().for_each(|link| scrub.add_link(link.expose())),
            Self::Notice(_) | Self::Update(_) => {}
        }
        scrub
    }
}

impl LinkedPage {
    /// The link, if it is one that a person can open.
    pub(crate) fn web_link(&self) -> Option<&str> {
        let link = self.link.as_ref()?.expose();
        (link.starts_with("https://") || link.starts_with("http://")).then_some(link)
    }
}
