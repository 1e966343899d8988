//! The way out of the SDK: the shop's own HTTP client, so that no second one is built.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use opentelemetry_http::{HttpClient, HttpError};
use tokio::runtime::Handle;

use crate::ask::Asker;

/// A receiver on the same machine answers long before.
const WITHIN: Duration = Duration::from_millis(1_500);

type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'a>>;

/// Sends on the runtime that it was made in, whatever thread asks it to.
pub(super) struct Sender {
    asker: Asker,
    runtime: Handle,
    say: fn(&str),
    /// Whether it was said that nobody takes it.
    said: Arc<AtomicBool>,
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sender").field("said", &self.said).finish_non_exhaustive()
    }
}

impl Sender {
    pub(super) fn new(say: fn(&str)) -> Self {
        Self { asker: Asker::new(), runtime: Handle::current(), say, said: Arc::default() }
    }

    /// Says why nothing gets through, unless that is known.
    fn ended(&self, failed: Option<&str>) {
        match failed {
            None => self.said.store(false, Ordering::Relaxed),
            Some(why) if !self.said.swap(true, Ordering::Relaxed) => (self.say)(why),
            Some(_) => {}
        }
    }
}

impl HttpClient for Sender {
    fn send_bytes<'a, 'b>(&'a self, request: Request<Bytes>) -> Sending<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        let (asker, at) = (self.asker.clone(), request.uri().to_string());
        let sending = self.runtime.spawn(async move { asker.send(request, WITHIN).await });
        Box::pin(async move {
            let answer = match sending.await? {
                Ok(answer) => answer,
                Err(error) => {
                    self.ended(Some(&format!("{at} {}; measurements go nowhere", error.reason())));
                    return Err(error.into());
                }
            };
            let refused = !answer.status.is_success();
            let why = refused.then(|| format!("{at} answers {}: {}", answer.status, answer.first_line()));
            self.ended(why.as_deref());
            let mut response = Response::new(answer.body);
            *response.status_mut() = answer.status;
            Ok(response)
        })
    }
}
