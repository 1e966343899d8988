//! Whether a service and what it needs work.

use axum::response::Response;
use http::StatusCode;

use crate::addresses::Addresses;
use crate::answer;
use crate::ask::Asker;
use crate::deadlines;
use crate::service::Service;

/// Either it works, or one line says why not.
pub(crate) type Health = Result<(), String>;

/// Answers a health check: 200 `ok`, or 503 with the reason.
pub(crate) fn respond(health: Health) -> Response {
    match health {
        Ok(()) => answer::line(StatusCode::OK, "ok"),
        Err(reason) => answer::line(StatusCode::SERVICE_UNAVAILABLE, reason),
    }
}

/// Checks a service that is needed, by a real request within its deadline.
pub(crate) async fn check(asker: &Asker, addresses: &Addresses, needed: Service) -> Health {
    let answered = asker.get(addresses.of(needed), "/healthz", deadlines::answer_of(needed)).await;
    let answer = answered.map_err(|error| format!("{needed} {}", error.reason()))?;
    match answer.status {
        StatusCode::OK => Ok(()),
        _ => Err(format!("{needed} is not healthy: {}", answer.first_line())),
    }
}

/// Joins checks: the reasons of those that fail, in the order given.
pub(crate) fn all(checks: impl IntoIterator<Item = Health>) -> Health {
    let reasons: Vec<String> = checks.into_iter().filter_map(Result::err).collect();
    if reasons.is_empty() { Ok(()) } else { Err(reasons.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failing_check_is_named() {
        assert_eq!(all([Ok(()), Ok(())]), Ok(()));
        assert_eq!(all([Err("a".to_owned()), Ok(()), Err("b".to_owned())]), Err("a; b".to_owned()));
    }
}
