//! `/p/{link}`: what a page's link opens, where somebody acts from their phone.
//!
//! ```text
//! GET, HEAD  link ─▶ page ─▶ what is known, and what can be done      looks and changes nothing
//! POST       link ─▶ page ─▶ form ─▶ command as the person ─▶ GET     once; then the link is used
//! ```
//!
//! Programs that show previews of links follow them, so looking takes nothing. A link acts for the one person on the one
//! page that it was made for. Who holds it is not asked for a token: whoever is woken has only the phone at hand.
//! The link is a secret: it stands in no log line, no metric and no answer but the redirect to itself.

mod address;
mod alerts;
mod clock;
mod facts;
mod form;
mod link;
mod people;
mod standing;
mod view;

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use evenkeel_identity::Identity;
use evenkeel_ids::PageId;
use evenkeel_incident::{By, Command, Page, State};
use evenkeel_record::{Ask, Hash};
use http::header::{CONTENT_SECURITY_POLICY, LOCATION};
use http::{HeaderName, HeaderValue, Request, StatusCode, Uri};

use self::facts::Facts;
use self::form::Wanted;
use self::view::{STYLE, View};
use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, body, commanding, reply};

/// A text of 8 KiB, which a form may write in three times as many bytes.
const FORM_BYTES_MAX: usize = 32 * 1024;

const X_ROBOTS_TAG: HeaderName = HeaderName::from_static("x-robots-tag");

/// `GET /p/{link}`: shows what is known.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Response {
    let answer = link::read(app, uri).and_then(|(page, _)| shown(app, page, StatusCode::OK, None));
    unlisted(answer)
}

/// `POST /p/{link}`: acts as the person, and shows what came of it.
pub(crate) async fn act<D: Desk>(app: &App<D>, request: Request<Body>) -> Response {
    unlisted(acted(app, request).await)
}

async fn acted<D: Desk>(app: &App<D>, request: Request<Body>) -> Result<Response, Refused> {
    let uri = request.uri().clone();
    let (page, person) = link::read(app, &uri)?;
    let wanted = Wanted::read(&body::read(app, request, FORM_BYTES_MAX).await?.bytes).ok_or_else(|| {
        let help = "open the link again and use its buttons";
        Refused::new(StatusCode::BAD_REQUEST, "malformed", "this is none of the page's forms").help(help)
    })?;
    let command = app.desk.look(|engine, _| {
        let state = &engine.state().incident;
        state.page(page).map_or_else(|| Err(link::over()), |page| command(state, page, wanted))
    });
    let done = match command {
        Ok(command) => command_as(app, page, person, command).await,
        Err(refused) => Err(refused),
    };
    match done {
        Ok(()) => Ok(to_itself(&uri)),
        Err(refused) if refused.conflict() => {
            shown(app, page, StatusCode::CONFLICT, Some(format!("Nothing was done: {}.", refused.message())))
        }
        Err(refused) => Err(refused),
    }
}

/// What a form means on that page; a link to approve with does nothing else, and no other approves.
fn command(state: &State, page: &Page, wanted: Wanted) -> Result<Command, Refused> {
    let incident = page.incident;
    match (page.ask, wanted) {
        (Ask::Approve(update), Wanted::Approve { text }) => {
            let drafted = state.update(update).map(|update| update.text.trim());
            let text = text.filter(|text| Some(text.as_ref()) != drafted);
            Ok(Command::ApproveUpdate { update, text })
        }
        (Ask::Approve(update), Wanted::Withdraw { reason }) => {
            let reason = reason.unwrap_or_else(|| "not approved".into());
            Ok(Command::WithdrawUpdate { update, reason })
        }
        (Ask::Acknowledge | Ask::StillYours | Ask::TakeOver, Wanted::Acknowledge) => Ok(Command::Acknowledge(incident)),
        (Ask::Acknowledge | Ask::StillYours | Ask::TakeOver, Wanted::Escalate { reason }) => {
            Ok(Command::Escalate { incident, to: None, reason })
        }
        (Ask::Acknowledge | Ask::StillYours | Ask::TakeOver, Wanted::Resolve { reason }) => {
            Ok(Command::Resolve { incident, reason, workaround: false })
        }
        (Ask::Approve(_), Wanted::Acknowledge | Wanted::Escalate { .. } | Wanted::Resolve { .. })
        | (Ask::Acknowledge | Ask::StillYours | Ask::TakeOver, Wanted::Approve { .. } | Wanted::Withdraw { .. }) => {
            Err(Refused::new(StatusCode::CONFLICT, "not-asked", "this link is for something else"))
        }
    }
}

async fn command_as<D: Desk>(app: &App<D>, page: PageId, person: Arc<str>, command: Command) -> Result<(), Refused> {
    let caller = Identity::paged(&person);
    let by = By { person: Some(person), page: Some(page), may_approve: false };
    commanding::command(app, &caller, by, command).await.map(|_| ())
}

fn shown<D: Desk>(app: &App<D>, page: PageId, status: StatusCode, notice: Option<String>) -> Result<Response, Refused> {
    let facts = app.desk.look(|engine, now| {
        let page = engine.state().incident.page(page)?;
        Facts::of(engine, now, page)
    });
    let view = View::of(facts.ok_or_else(link::over)?, notice);
    let html = view.render().map_err(|error| {
        tracing::error!(%error, "a page could not be written because of a bug in evenkeel");
        Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "bug", "a bug in evenkeel kept this page from being shown")
    })?;
    let mut response = reply::with_type(status, "text/html; charset=utf-8", html);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy());
    Ok(response)
}

/// What no search engine is to keep.
fn unlisted(answer: Result<Response, Refused>) -> Response {
    let mut response = answer.unwrap_or_else(|refused| refused.page());
    response.headers_mut().insert(X_ROBOTS_TAG, HeaderValue::from_static("noindex"));
    response
}

/// Nothing is loaded and nothing runs; the page has its own style, which is known by its hash.
fn policy() -> HeaderValue {
    let style = BASE64_STANDARD.encode(Hash::of(&[STYLE.as_bytes()]).0);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// From `/p/LINK`, `LINK` is the same page, below whatever path a proxy serves this under.
fn to_itself(uri: &Uri) -> Response {
    let mut response = reply::empty(StatusCode::SEE_OTHER);
    if let Ok(link) = HeaderValue::from_str(link::text(uri)) {
        response.headers_mut().insert(LOCATION, link);
    }
    response
}
