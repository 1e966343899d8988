//! Why nobody is subscribed.

use std::fmt;
use std::sync::Arc;

/// Why nobody is subscribed. Nothing of it depends on whether an address is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscriptionRefusal {
    /// There is no public page of that name.
    NoPage(Arc<str>),
    /// The page sends no mail.
    NoMail,
    /// The text is no mail address.
    NotMail,
    /// The text is no address of the web.
    NotWeb,
    /// As many subscribers are held as may be.
    Full,
    /// The subscription is not there, or not any more.
    Gone,
}

impl fmt::Display for SubscriptionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPage(name) => write!(f, "there is no page `{name}`"),
            Self::NoMail => f.write_str("this page sends no mail"),
            Self::NotMail => f.write_str("this is no mail address; write it as `name@example.com`"),
            Self::NotWeb => f.write_str("this is no address that can be told; write it as `https://example.com/…`"),
            Self::Full => f.write_str("no more subscribers are taken at the moment; use the feed, or try again later"),
            Self::Gone => f.write_str("this subscription is not there any more; subscribe again"),
        }
    }
}

impl std::error::Error for SubscriptionRefusal {}
