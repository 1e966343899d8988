//! What asking an address came to.

use evenkeel_notify::{Fault, HttpError};

/// What asking an address came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Something is there.
    Fine,
    /// The server says that nothing is there, with this status.
    Dead(u16),
    /// Nobody knows whether anything is there, and why.
    Unreachable(String),
    /// It was not asked, and why.
    NotAsked(String),
}

impl Answer {
    /// What the status of an answer means.
    pub(crate) fn of_status(status: u16) -> Self {
        match status {
            404 | 410 => Self::Dead(status),
            401 => Self::Unreachable("it wants to know who asks (status 401)".to_owned()),
            403 => Self::Unreachable("it does not let everybody in (status 403)".to_owned()),
            429 => Self::Unreachable("it is asked too often (status 429)".to_owned()),
            400.. => Self::Unreachable(format!("it answers with status {status}")),
            _ => Self::Fine,
        }
    }

    /// What it means that there was no answer.
    pub(crate) fn of_error(error: HttpError) -> Self {
        match error.fault {
            Fault::Refused => Self::NotAsked(error.reason),
            Fault::Address | Fault::Lookup | Fault::Connect | Fault::Tls | Fault::Broken | Fault::Timeout => {
                Self::Unreachable(error.reason)
            }
        }
    }
}
