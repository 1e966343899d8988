//! Why the engine does not do what a form asks, in words for the page.

use evenkeel_engine::{Engine, Refusal};
use http::StatusCode;

use crate::commanding;
use crate::refused::Refused;

/// What is wrong, and what to do.
pub(super) fn refused(engine: &Engine, refusal: &Refusal) -> Refused {
    match refusal {
        Refusal::Command(refusal) => commanding::refused(engine, refusal),
        other @ (Refusal::Silence(_)
        | Refusal::Override(_)
        | Refusal::Token(_)
        | Refusal::Ledger(_)
        | Refusal::TooManyAlerts { .. }) => Refused::new(StatusCode::CONFLICT, "refused", other.to_string()),
    }
}
