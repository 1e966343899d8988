//! Logging a browser in with a one-time link, and out.
//!
//! A link is made for whoever bears a token, and counts once, for ten minutes, and only for the start of the program
//! that made it. Looking at it takes nothing: programs that show previews of links look. Pressing the button makes a
//! session of twelve hours, in a cookie that no script reads and no other site's page sends. A session ends with the
//! program, with its token, and when somebody logs out.

mod spent;

use std::sync::{Mutex, PoisonError};

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::{Identity, Link, LinkError, NONCE_BYTES, Purpose, sign, verify};
use evenkeel_ids::TokenId;
use evenkeel_time::{Duration, Timestamp};
use http::header::{HeaderValue, LOCATION, SET_COOKIE};
use http::{Request, StatusCode, Uri};

use crate::app::App;
use crate::guard::{SESSION_COOKIE, session_in};
use crate::login::spent::Spent;
use crate::refused::Refused;
use crate::{Desk, page, reply};

/// How long a link to log in counts.
const LINK_FOR: Duration = Duration::minutes(10);
/// How long a browser stays logged in.
const SESSION_FOR: Duration = Duration::hours(12);
/// When to come again while too many links are spent. Units: seconds.
const FULL_RETRY_AFTER_S: u64 = 60;

type Nonce = [u8; NONCE_BYTES];

/// Which links and sessions of this start of the program count no more.
#[derive(Debug)]
pub(crate) struct Logins {
    boot: Nonce,
    spent: Mutex<Spent>,
}

/// A link that was just made.
pub(crate) struct FreshLink {
    pub(crate) text: String,
    pub(crate) expires_at: Timestamp,
}

impl Logins {
    pub(crate) fn new(random: fn() -> [u8; 32]) -> Self {
        Self { boot: nonce(random), spent: Mutex::default() }
    }

    /// A link that logs a browser in as the bearer of this token, or as the owner.
    pub(crate) fn link<D: Desk>(&self, app: &App<D>, token: Option<TokenId>) -> FreshLink {
        let expires_at = now(app).saturating_add(LINK_FOR);
        let purpose = Purpose::Login { token, boot: self.boot, nonce: nonce(app.options.keys.random) };
        FreshLink { text: sign(&app.options.keys.links, &Link { purpose, expires_at }), expires_at }
    }

    /// Who has logged in, by what the browser was given then.
    pub(crate) fn session<D: Desk>(&self, app: &App<D>, text: &str) -> Option<Identity> {
        let (token, nonce, _) = self.open_session(app, text)?;
        if self.spent().holds(&nonce) { None } else { bearer(app, token) }
    }

    fn open_session<D: Desk>(&self, app: &App<D>, text: &str) -> Option<(Option<TokenId>, Nonce, Timestamp)> {
        let link = verify(&app.options.keys.links, text, now(app)).ok()?;
        match link.purpose {
            Purpose::Session { token, boot, nonce } if boot == self.boot => Some((token, nonce, link.expires_at)),
            Purpose::Session { .. }
            | Purpose::Login { .. }
            | Purpose::Page { .. }
            | Purpose::Confirm { .. }
            | Purpose::Unsubscribe { .. } => None,
        }
    }

    fn spent(&self) -> std::sync::MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET /login/{link}`: shows a button, and takes nothing.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Response> {
    let (_, nonce, _) = login_link(app, uri)?;
    if app.logins.spent().holds(&nonce) {
        return Err(used());
    }
    Ok(page::log_in())
}

/// `POST /login/{link}`: takes the link, and logs the browser in.
pub(crate) fn enter<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Response> {
    let (token, nonce, expires_at) = login_link(app, uri)?;
    if bearer(app, token).is_none() {
        let refused = Refused::new(StatusCode::FORBIDDEN, "token-ended", "the token of this link counts no more");
        return Err(refused.help("make a link with another token").page());
    }
    match app.logins.spent().spend(nonce, expires_at, now(app)) {
        Ok(true) => Ok(entered(app, token)),
        Ok(false) => Err(used()),
        Err(spent::Full) => Err(full()),
    }
}

/// `POST /logout`: the session counts no more, and the browser forgets it.
pub(crate) fn leave<D: Desk>(app: &App<D>, request: &Request<Body>) -> Result<Response, Response> {
    let session = session_in(request.headers()).and_then(|text| app.logins.open_session(app, &text));
    if let Some((_, nonce, expires_at)) = session {
        app.logins.spent().spend(nonce, expires_at, now(app)).map_err(|spent::Full| full())?;
    }
    let mut response = page::message(StatusCode::OK, "Logged out.", "");
    set_cookie(app, &mut response, "", 0);
    Ok(response)
}

fn entered<D: Desk>(app: &App<D>, token: Option<TokenId>) -> Response {
    let purpose = Purpose::Session { token, boot: app.logins.boot, nonce: nonce(app.options.keys.random) };
    let expires_at = now(app).saturating_add(SESSION_FOR);
    let session = sign(&app.options.keys.links, &Link { purpose, expires_at });
    let mut response = reply::empty(StatusCode::SEE_OTHER);
    // From `/login/LINK` that is `/`, below whatever path a proxy serves this under.
    response.headers_mut().insert(LOCATION, HeaderValue::from_static("../"));
    set_cookie(app, &mut response, &session, SESSION_FOR.0 / 1000);
    response
}

fn set_cookie<D>(app: &App<D>, response: &mut Response, value: &str, max_age_s: i64) {
    let secure = if app.options.external_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie = format!("{SESSION_COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
}

/// The link at the end of the path: as whom, which, and until when.
fn login_link<D: Desk>(app: &App<D>, uri: &Uri) -> Result<(Option<TokenId>, Nonce, Timestamp), Response> {
    let text = uri.path().rsplit('/').next().unwrap_or("");
    let link = verify(&app.options.keys.links, text, now(app)).map_err(refused)?;
    match link.purpose {
        Purpose::Login { token, boot, nonce } if boot == app.logins.boot => Ok((token, nonce, link.expires_at)),
        Purpose::Login { .. } => {
            let refused = Refused::new(StatusCode::FORBIDDEN, "link-before-restart", "evenkeel started anew since");
            Err(refused.help("make a new link with `evenkeel token login`").page())
        }
        Purpose::Session { .. } | Purpose::Page { .. } | Purpose::Confirm { .. } | Purpose::Unsubscribe { .. } => {
            Err(refused(LinkError::OtherPurpose))
        }
    }
}

fn refused(error: LinkError) -> Response {
    let help = format!("{}; `evenkeel token login` makes a link", error.help());
    Refused::new(StatusCode::FORBIDDEN, "link-does-not-count", error.to_string()).help(help).page()
}

fn used() -> Response {
    let refused = Refused::new(StatusCode::FORBIDDEN, "link-used", "the link was used already");
    refused.help("make a new link with `evenkeel token login`").page()
}

fn full() -> Response {
    let message = "too many logged in or out lately";
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-logins", message).later(FULL_RETRY_AFTER_S).page()
}

fn bearer<D: Desk>(app: &App<D>, token: Option<TokenId>) -> Option<Identity> {
    match token {
        None => Some(Identity::owner()),
        Some(id) => app.desk.look(|engine, now| engine.state().identity.identity_of(id, now)).ok(),
    }
}

fn now<D: Desk>(app: &App<D>) -> Timestamp {
    app.desk.look(|_, now| now)
}

/// Half of the random bytes: 128 bits tell anything apart.
fn nonce(random: fn() -> [u8; 32]) -> Nonce {
    let mut nonce = Nonce::default();
    nonce.iter_mut().zip(random()).for_each(|(byte, random)| *byte = random);
    nonce
}
