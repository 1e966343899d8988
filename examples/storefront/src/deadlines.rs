//! Every deadline of the shop in one place, because each must leave room for the ones below it.
//!
//! A service that waits for another gives up later than that one does, so that it hears the reason instead of
//! running out of patience: catalog's callers < orders' callers < web's callers.

use std::time::Duration;

use crate::service::Service;

/// How long shoppers wait for `web`, which itself waits for `orders`.
pub(crate) const SHOPPER: Duration = Duration::from_millis(1_500);

/// How long one request may take inside a service, its body included: past every wait it may do on the way.
pub(crate) const REQUEST: Duration = Duration::from_millis(1_200);

/// How long a client may take to send the head of a request; idle connections are closed after it too.
pub(crate) const REQUEST_HEAD: Duration = Duration::from_secs(10);

/// How long a stopping service lets open requests finish: the longest one plus a little.
pub(crate) const DRAIN: Duration = Duration::from_millis(1_500);

/// Returns how long another service waits for an answer of this one.
pub(crate) const fn answer_of(service: Service) -> Duration {
    match service {
        Service::Catalog => Duration::from_millis(500),
        // Room for `orders` to run out of patience with `catalog` and to say so.
        Service::Orders => Duration::from_millis(900),
        Service::Web => SHOPPER,
    }
}
