//! `GET /live?page=…`: what changes on a page that is open, as server-sent events.
//!
//! ```text
//! change ─▶ View: one task for each page and kind of reader ─▶ written once ─▶ every Reader of it ─▶ rights again ─▶ event
//! ```
//!
//! Nothing is queued for a reader: it looks at what its view wrote last whenever its connection takes more, so one that
//! never reads holds one event, and one that reads slowly skips what is over. Views are shared between readers that see
//! the same, and end with their last reader; a stream ends after a quarter of an hour, with the session, or with the
//! program.

mod event;
mod events;
mod reader;
mod view;
mod views;

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use evenkeel_pages::{PAGES, PageRoute, Place};
use http::header::{HeaderName, HeaderValue};
use http::request::Parts;
use http::{StatusCode, Uri};
use tokio::sync::Semaphore;

use crate::app::App;
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};
use events::Events;
use reader::Reader;
use views::Views;

/// So many readers are served at once; each is a connection with one event at most.
pub(crate) const READERS_MAX: usize = 2000;
/// When to come again while there are that many. Units: seconds.
const FULL_RETRY_AFTER_S: u64 = 30;
/// A proxy is not to collect events before it passes them on.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The readers there are, and what they look at.
pub(crate) struct Live {
    readers: Arc<Semaphore>,
    views: Views,
}

impl Live {
    pub(crate) fn new(readers_max: usize) -> Self {
        Self { readers: Arc::new(Semaphore::new(readers_max)), views: Views::default() }
    }
}

/// Opens a stream for whoever may look at the page.
pub(crate) fn open<D: Desk>(app: &Arc<App<D>>, caller: &Identity, head: &Parts) -> Result<Response, Refused> {
    let (route, place) = page(&head.uri)?;
    if !caller.allows(route.action) {
        let message = "this page is not for the role of the token";
        return Err(Refused::new(StatusCode::FORBIDDEN, "role-too-low", message));
    }
    let seat = app.live.readers.clone().try_acquire_owned().map_err(|_| full())?;
    let written = app.live.views.look_at(app, route, place, caller).ok_or_else(full)?;
    let reader = Reader::new(app.clone(), head.clone(), route.action, caller.clone(), written, seat);
    let mut response = reply::with_type(StatusCode::OK, "text/event-stream", Body::new(Events::of(reader)));
    response.headers_mut().insert(BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}

/// The page that is looked at.
fn page(uri: &Uri) -> Result<(&'static PageRoute, Place), Refused> {
    let query = Query::read(uri)?;
    let asked: Option<Uri> = query.last("page").filter(|page| page.starts_with('/')).and_then(|page| page.parse().ok());
    let asked = asked.ok_or_else(|| {
        let message = "`page` has to be path and query of a page";
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write it as `/incidents/incident:4`")
    })?;
    let pairs = Query::read(&asked)?.into_pairs();
    let fits = |route: &'static PageRoute| Some((route, Place::of(route.path, asked.path(), pairs.clone())?));
    // As the router has it: a path that is written out goes before one with a name in it.
    let found = PAGES.iter().filter_map(fits).min_by_key(|(route, _)| route.path.matches('{').count());
    found.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "unknown-page", "there is no such page"))
}

fn full() -> Refused {
    let message = "too many pages are live already";
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-readers", message).later(FULL_RETRY_AFTER_S)
}
