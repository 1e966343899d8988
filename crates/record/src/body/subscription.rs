//! Who outside is told how incidents go because they asked for it.
//!
//! An address is in one body only, that of the record that somebody asked, so that erasing it erases the address.

use std::sync::Arc;

use evenkeel_ids::{SubscriptionId, UpdateId};
use serde::{Deserialize, Serialize};

/// By what way a subscriber is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubscriptionChannel {
    /// A mail.
    Email,
    /// A POST with a JSON body.
    Webhook,
}

impl SubscriptionChannel {
    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }
}

/// Somebody wants to be told; nothing goes to them before they confirm it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionAsked {
    /// Of which status page.
    pub page: Arc<str>,
    /// By what way.
    pub channel: SubscriptionChannel,
    /// A mail address, or an address of the web.
    pub address: Box<str>,
}

/// Whoever reads at the address wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionConfirmed {
    /// Which.
    pub subscription: SubscriptionId,
}

/// Why a subscription ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubscriptionEnd {
    /// The subscriber asked for it.
    Asked,
    /// The address says that it is gone.
    Gone,
}

/// Nothing more goes to a subscriber.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionEnded {
    /// Which.
    pub subscription: SubscriptionId,
    /// Why.
    pub cause: SubscriptionEnd,
}

/// An update went to the subscribers of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscribersTold {
    /// Of which status page.
    pub page: Arc<str>,
    /// Which update.
    pub update: UpdateId,
    /// How many were told.
    pub delivered: u32,
    /// How many could not be reached.
    pub failed: u32,
}
