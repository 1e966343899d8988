//! `POST` of a form of a page.

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use evenkeel_pages::{Fields, FormRoute, PAGES, Place, Said, Standing, Wrong};
use http::header::LOCATION;
use http::{HeaderValue, Request, StatusCode};

use super::look::{Look, once};
use super::{fields, page, refusal};
use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, reply};

/// Does what a form asks for, and leads on; or shows the page again, with what was typed and what was wrong.
pub(crate) async fn act<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    route: &FormRoute,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let uri = request.uri().clone();
    let place = page::place(route.path, &uri)?;
    let fields = fields::read(app, request).await?;
    let kept = fields.kept().clone();
    let look = Look { caller, place, said: None, kept, once: once(app) };
    let now = app.desk.look(|_, now| now);
    let done = app.once.act(caller, uri.path(), &fields, now);
    match done.get_or_try_init(|| act_once(app, route, &look, &fields)).await {
        Ok(then) => Ok(see_other(then)),
        Err(wrong) => again(app, route, look, &uri, wrong).await,
    }
}

/// Hands in what a form asks for; where it leads on to.
async fn act_once<D: Desk>(
    app: &App<D>,
    route: &FormRoute,
    look: &Look<'_>,
    fields: &Fields,
) -> Result<String, (StatusCode, Wrong)> {
    let standing = Standing::default();
    let read = app.desk.look(|engine, now| (route.read)(&look.asked(engine, now, &standing), fields));
    let act = read.map_err(|wrong| (StatusCode::BAD_REQUEST, wrong))?;
    let refused = match app.submit(look.caller, act.input).await {
        Ok(Ok(_)) => return Ok(act.then),
        Ok(Err(refusal)) => app.desk.look(|engine, _| refusal::refused(engine, &refusal)),
        Err(unavailable) => unavailable,
    };
    Err((refused.status(), Wrong::new(refused.message(), refused.helps())))
}

/// The page that a form stands on, with what was wrong.
async fn again<D: Desk>(
    app: &App<D>,
    route: &FormRoute,
    look: Look<'_>,
    uri: &http::Uri,
    (status, wrong): (StatusCode, Wrong),
) -> Result<Response, Refused> {
    let refused = || Refused::new(status, "not-taken", wrong.text.clone()).help(wrong.help.clone());
    let shown_on = PAGES.iter().find(|page| page.path == route.page).ok_or_else(refused)?;
    let place = Place::again(route.path, shown_on.path, uri.path()).ok_or_else(refused)?;
    let said = Some(Said::wrong(wrong.text.clone(), wrong.help.clone()));
    let look = Look { place, said, ..look };
    let shown = look.collect(app, shown_on).await?;
    page::answer(status, shown)
}

fn see_other(address: &str) -> Response {
    let mut response = reply::empty(StatusCode::SEE_OTHER);
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}
