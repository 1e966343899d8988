//! Reads what a form sends.

use axum::body::Body;
use evenkeel_pages::Fields;
use http::{Request, StatusCode};

use crate::app::App;
use crate::refused::Refused;
use crate::{body, form_body};

/// Longer forms are not read: the longest text that is taken has 8 KiB, and may be written out threefold.
const FORM_BYTES_MAX: usize = 64 << 10;

/// The fields of a form.
pub(super) async fn read<D>(app: &App<D>, request: Request<Body>) -> Result<Fields, Refused> {
    let held = body::read(app, request, FORM_BYTES_MAX).await?;
    form_body::pairs(&held.bytes).map(Fields::new).ok_or_else(|| {
        let message = "the form is no UTF-8 as browsers write it";
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("send it from the page")
    })
}
