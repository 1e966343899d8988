//! What a request brings along to prove who calls.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use evenkeel_identity::TokenSecret;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, StatusCode};

use crate::refused::Refused;

/// The cookie of a browser that has logged in.
pub(crate) const SESSION_COOKIE: &str = "evenkeel_session";
/// A longer header is not decoded; with a token of 46 bytes that leaves room for any user name.
const HEADER_BYTES_MAX: usize = 1024;

/// What a request brings along.
#[derive(Debug)]
pub(super) enum Credentials {
    /// Nothing.
    None,
    /// A token, as bearer or as the password of any user.
    Token(TokenSecret),
    /// What a browser was given when it logged in.
    Session(String),
}

impl Credentials {
    /// An `Authorization` header counts before a cookie, and what is not understood is refused.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Refused> {
        let mut given = headers.get_all(AUTHORIZATION).iter();
        match (given.next(), given.next()) {
            (None, _) => Ok(session_in(headers).map_or(Self::None, Self::Session)),
            (Some(value), None) => {
                let text = value.to_str().ok().filter(|text| text.len() <= HEADER_BYTES_MAX);
                text.and_then(token).map(Self::Token).ok_or_else(malformed)
            }
            (Some(_), Some(_)) => Err(malformed()),
        }
    }
}

fn token(header: &str) -> Option<TokenSecret> {
    let (scheme, rest) = header.split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return TokenSecret::parse(rest);
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(BASE64_STANDARD.decode(rest).ok()?).ok()?;
    pair.split_once(':').and_then(|(_, password)| TokenSecret::parse(password))
}

/// The session among the cookies; of two, which a page on another port can set, none counts.
pub(crate) fn session_in(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut sessions = pairs.filter(|(name, _)| *name == SESSION_COOKIE).map(|(_, value)| value);
    match (sessions.next(), sessions.next()) {
        (Some(session), None) if session.len() <= HEADER_BYTES_MAX => Some(session.to_owned()),
        (Some(_) | None, Some(_) | None) => None,
    }
}

fn malformed() -> Refused {
    let help = "send exactly one header `Authorization: Bearer TOKEN`, or Basic with the token as password";
    Refused::new(StatusCode::UNAUTHORIZED, "not-a-token", "the Authorization header holds no token of evenkeel")
        .help(help)
}
