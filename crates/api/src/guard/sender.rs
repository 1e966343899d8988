//! Who may send on a listener of another protocol: the same places, tokens and roles.

use std::fmt;
use std::net::SocketAddr;

use evenkeel_identity::{Action, Identity, TokenSecret, Unidentified, same_secret};
use evenkeel_record::Actor;
use http::HeaderMap;
use http::header::ORIGIN;

use super::credentials::Credentials;
use super::peer;
use crate::{Desk, Keys};

/// Why a sender is not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotLetIn {
    /// Whether it proved who it is, and may not.
    pub known: bool,
    why: String,
}

impl fmt::Display for NotLetIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for NotLetIn {}

/// Who a sender at `peer` is, when it may send: from this machine without a token, from elsewhere with one of the role `sender`. What
/// a web page makes a browser send is not taken from anywhere.
///
/// # Errors
/// [`NotLetIn`].
pub fn may_send<D: Desk>(desk: &D, keys: &Keys, peer: SocketAddr, headers: &HeaderMap) -> Result<Actor, NotLetIn> {
    let unknown = |why: String| NotLetIn { known: false, why };
    if headers.contains_key(ORIGIN) || headers.contains_key("sec-fetch-site") {
        return Err(NotLetIn { known: true, why: "a web page may not send here".to_owned() });
    }
    let caller = match Credentials::of(headers) {
        Ok(Credentials::Token(secret)) => bearer(desk, keys, &secret).map_err(|reason| unknown(reason.to_string()))?,
        Ok(Credentials::None | Credentials::Session(_)) if peer::near(peer, headers) => Identity::loopback(),
        Ok(Credentials::None | Credentials::Session(_)) => Identity::remote(),
        Err(malformed) => return Err(unknown(malformed.message().to_owned())),
    };
    if caller.allows(Action::Intake) {
        return Ok(caller.actor);
    }
    Err(match caller.role {
        Some(role) => NotLetIn { known: true, why: format!("a token of the role {} may not send", role.as_str()) },
        None => unknown("a token of the role sender is needed from another machine".to_owned()),
    })
}

/// Whose token it is.
pub(super) fn bearer<D: Desk>(desk: &D, keys: &Keys, secret: &TokenSecret) -> Result<Identity, Unidentified> {
    let hash = secret.hash();
    if same_secret(&hash, &keys.owner) {
        return Ok(Identity::owner());
    }
    desk.look(|engine, now| engine.state().identity.identify(&hash, now))
}
