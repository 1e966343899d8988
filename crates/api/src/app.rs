//! What every handler has at hand: the desk, the options, counts, and room for bodies.

use std::sync::Arc;

use evenkeel_engine::{Answer, Input, Refusal};
use evenkeel_identity::Identity;
use tokio::sync::Semaphore;

use crate::authority::Authority;
use crate::envelope::RequestIds;
use crate::guard::Failures;
use crate::live::Live;
use crate::login::Logins;
use crate::metrics::Metrics;
use crate::rate::Rates;
use crate::refused::Refused;
use crate::room::Room;
use crate::site::Once;
use crate::stream::Readers;
use crate::{Desk, Options, idempotency};

/// What every handler has at hand.
pub(crate) struct App<D> {
    pub(crate) desk: D,
    pub(crate) options: Options,
    pub(crate) metrics: Metrics,
    /// For bodies that are read or decoded.
    pub(crate) room: Room,
    pub(crate) request_ids: RequestIds,
    /// Names this is served as besides loopback, that of the external URL among them.
    pub(crate) hosts: Vec<String>,
    /// Requests with wrong tokens.
    pub(crate) failures: Failures,
    /// Browsers that log in.
    pub(crate) logins: Logins,
    /// Requests that may be sent again.
    pub(crate) idempotency: idempotency::Keys,
    /// How often each caller calls.
    pub(crate) rates: Rates,
    /// Room for those who read a stream.
    pub(crate) readers: Readers,
    /// Forms that were sent.
    pub(crate) once: Once,
    /// Pages that are open.
    pub(crate) live: Live,
    /// One permit per request that is handled.
    pub(crate) requests: Arc<Semaphore>,
}

impl<D: Desk> App<D> {
    pub(crate) fn new(desk: D, options: Options) -> Self {
        Self {
            metrics: Metrics::new(&options.version),
            room: Room::new(options.bodies_bytes_max),
            request_ids: RequestIds::default(),
            hosts: hosts(&options),
            failures: Failures::default(),
            logins: Logins::new(options.keys.random),
            idempotency: idempotency::Keys::default(),
            rates: Rates::new(options.calls_max),
            readers: Readers::default(),
            once: Once::default(),
            live: Live::new(options.live_readers_max),
            requests: Arc::new(Semaphore::new(options.requests_max)),
            desk,
            options,
        }
    }

    /// Hands an input in for a caller; the outer `Err` says that it was not taken, and may be sent again.
    pub(crate) async fn submit(&self, caller: &Identity, input: Input) -> Result<Result<Answer, Refusal>, Refused> {
        match self.desk.submit(caller.actor.clone(), input).await {
            Ok(Answer::Refused(refusal)) => Ok(Err(refusal)),
            Ok(
                answer @ (Answer::Done
                | Answer::Silence(_)
                | Answer::Subject(_)
                | Answer::Override(_)
                | Answer::Token(_)
                | Answer::Facts(_)
                | Answer::Attestation(_)
                | Answer::Improvement(_)
                | Answer::Improvements { .. }
                | Answer::Milestone(_)
                | Answer::Subscription(_)),
            ) => Ok(Ok(answer)),
            Err(unavailable) => {
                tracing::warn!(reason = %unavailable, "an input was not taken, the sender is told to send again");
                Err(Refused::unavailable(&unavailable))
            }
        }
    }
}

fn hosts(options: &Options) -> Vec<String> {
    let external = Authority::of_url(&options.external_url).map(|authority| authority.to_string());
    options.hosts.iter().cloned().chain(external).collect()
}
