//! `GET` of a page.

use axum::response::Response;
use evenkeel_identity::Identity;
use evenkeel_pages::{Kept, PageRoute, Place, Shown};
use http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, LOCATION};
use http::{HeaderValue, StatusCode, Uri};

use super::POLICY;
use super::look::{Look, once};
use crate::app::App;
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, page, reply};

/// Shows a page.
pub(crate) async fn show<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    route: &PageRoute,
    uri: &Uri,
) -> Result<Response, Refused> {
    let look = Look { caller, place: place(route.path, uri)?, said: None, kept: Kept::new(), once: once(app) };
    let shown = look.collect(app, route).await?;
    answer(StatusCode::OK, shown)
}

/// Where an address leads.
pub(super) fn place(pattern: &'static str, uri: &Uri) -> Result<Place, Refused> {
    let query = Query::read(uri)?.into_pairs();
    Place::of(pattern, uri.path(), query).ok_or_else(|| {
        Refused::new(StatusCode::BAD_REQUEST, "malformed", "the address is no UTF-8, percent-encoded")
            .help("follow a link")
    })
}

/// What was collected, written out.
pub(super) fn answer(status: StatusCode, shown: Shown) -> Result<Response, Refused> {
    match shown {
        Shown::Page(view) => Ok(html(status, render(view.as_ref())?)),
        Shown::Download { media, name, text } => {
            let mut response = reply::with_type(status, media, text);
            if let Ok(kept) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
                response.headers_mut().insert(CONTENT_DISPOSITION, kept);
            }
            Ok(response)
        }
        Shown::NotThere { what, help } => Ok(page::message(StatusCode::NOT_FOUND, &what, &help)),
        Shown::Elsewhere(address) => {
            let mut response = reply::empty(StatusCode::SEE_OTHER);
            if let Ok(address) = HeaderValue::from_str(&address) {
                response.headers_mut().insert(LOCATION, address);
            }
            Ok(response)
        }
    }
}

/// A page as text.
pub(crate) fn render(view: &dyn askama::DynTemplate) -> Result<String, Refused> {
    view.dyn_render().map_err(|error| {
        tracing::error!(%error, "a page could not be written because of a bug in evenkeel");
        Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "bug", "a bug in evenkeel kept this page from being shown")
    })
}

fn html(status: StatusCode, text: String) -> Response {
    let mut response = reply::with_type(status, "text/html; charset=utf-8", text);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}
