//! What somebody sees who may not look: how to be let in. A form that they sent meanwhile is not lost.

use axum::body::Body;
use axum::response::Response;
use evenkeel_pages::{Fields, Offer, Small};
use http::{Request, StatusCode};

use super::fields;
use crate::app::App;
use crate::page;
use crate::refused::Refused;

const HOW: &str = "On the machine that Evenkeel runs on, `evenkeel token login` prints a link that logs a browser in, for \
                   twelve hours.";
const ELSEWHERE: &str = "From another machine, `evenkeel --server ADDRESS token login` does the same with your token. Who \
                         has no token gets one from whoever runs Evenkeel: `evenkeel token create`.";

/// How to be let in.
pub(crate) fn door() -> Response {
    let text = vec![HOW.to_owned(), ELSEWHERE.to_owned(), "Then come back to this page, and reload it.".to_owned()];
    page::small(
        StatusCode::UNAUTHORIZED,
        Small { title: "Log in to look at this.".to_owned(), text, offer: Offer::Nothing },
    )
}

/// The same for a form that was sent when the session had ended: with all that was typed, to be sent again from there.
pub(crate) async fn unsent<D>(app: &App<D>, request: Request<Body>) -> Result<Response, Refused> {
    let fields: Fields = fields::read(app, request).await?;
    let text = vec![
        "You are not logged in any more, so nothing was done. What you typed is below, and nothing of it is lost."
            .to_owned(),
        format!("Log in in another tab: {HOW} Then come back to this page, and send it again from here."),
    ];
    let title = "Not sent yet: log in first.".to_owned();
    let small = Small { title, text, offer: Offer::Again(fields.kept().clone()) };
    Ok(page::small(StatusCode::UNAUTHORIZED, small))
}
