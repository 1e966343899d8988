//! One's own access: who one is, tokens, and links to log in.

mod posted_token;
mod shown_token;
pub(crate) mod tokens;

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use evenkeel_ids::DocumentRef;
use http::header::AUTHORIZATION;
use http::{Request, StatusCode};
use serde::Serialize;

use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, reply};

#[derive(Serialize)]
struct WhoAmI<'a> {
    actor: &'a str,
    role: Option<&'static str>,
    person: Option<DocumentRef>,
    source: Option<&'a str>,
    token: Option<String>,
}

#[derive(Serialize)]
struct LoginLink {
    url: String,
    expires_at: String,
}

/// `GET /api/v1/whoami`
pub(crate) fn whoami(caller: &Identity) -> Response {
    let shown = WhoAmI {
        actor: &caller.actor.0,
        role: caller.role.map(evenkeel_record::Role::as_str),
        person: caller.person.clone().map(DocumentRef::Person),
        source: caller.source.as_deref(),
        token: caller.token.map(|token| token.to_string()),
    };
    reply::json(StatusCode::OK, &shown)
}

/// `POST /api/v1/login-links`: a link for a browser of the bearer of this token.
///
/// A browser that has logged in makes none, else a session would go on for ever.
pub(crate) fn login_link<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: &Request<Body>,
) -> Result<Response, Response> {
    if !request.headers().contains_key(AUTHORIZATION) {
        let refused = Refused::new(StatusCode::FORBIDDEN, "token-needed", "a link is made with a token only");
        return Err(refused.help("`evenkeel token login` makes one").object());
    }
    let link = app.logins.link(app, caller.token);
    let url = format!("{}/login/{}", app.options.external_url.trim_end_matches('/'), link.text);
    Ok(reply::json(StatusCode::OK, &LoginLink { url, expires_at: link.expires_at.to_string() }))
}
