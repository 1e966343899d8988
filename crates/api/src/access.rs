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
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::openapi::shapes::{Ref, RoleWord, Time};
use crate::openapi::{Code, Given, Operation, Tag};
use crate::refused::Refused;
use crate::{Desk, reply};

/// `GET /whoami`
pub(crate) const WHO_AM_I: Operation = Operation::get("/api/v1/whoami", "whoAmI", Tag::Access)
    .says("Shows who calls", "`actor` is what records name.")
    .answers(&[Given::json::<WhoAmI<'static>>("who calls")]);

/// `POST /login-links`
pub(crate) const LOGIN_LINK: Operation = Operation::post("/api/v1/login-links", "makeLoginLink", Tag::Access)
    .asks()
    .says(
        "Makes a one-time link that logs a browser in",
        "For whoever bears the token it is asked with. It counts once, for ten minutes, until the server stops.",
    )
    .answers(&[Given::json::<LoginLink>("the link")])
    .refuses(&[&[Code::new(403, "token-needed")]]);

/// Who calls.
#[derive(Serialize, JsonSchema)]
struct WhoAmI<'a> {
    actor: &'a str,
    #[schemars(with = "Option<RoleWord>")]
    role: Option<&'static str>,
    #[schemars(with = "Option<Ref>")]
    person: Option<DocumentRef>,
    source: Option<&'a str>,
    token: Option<String>,
}

/// A link that logs a browser in.
#[derive(Serialize, JsonSchema)]
struct LoginLink {
    url: String,
    #[schemars(with = "Time")]
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
