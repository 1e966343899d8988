//! Questions of Prometheus's API: worked on beside those who serve, a few at once, each within its time.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use evenkeel_api::{MetricsAnswer, MetricsAsked};
use evenkeel_prometheus_api::{ApiAnswer, ApiRequest, Context, Method, answer};
use evenkeel_promql_eval::{Stop, Workers};
use evenkeel_time::Duration as Span;

use super::{Deadline, Measured};
use crate::serve::wall_now;

/// A question waits at most so long for its turn.
const TURN_WITHIN: Duration = Duration::from_secs(30);

/// Parts of a question that are worked on side by side.
struct Threads(usize);

impl Workers for Threads {
    fn count(&self) -> usize {
        self.0
    }

    fn run(&self, parts: usize, part: &(dyn Fn(usize) + Sync)) {
        thread::scope(|scope| {
            for number in 1..parts {
                scope.spawn(move || part(number));
            }
            if parts > 0 {
                part(0);
            }
        });
    }
}

impl Measured {
    /// Answers a question.
    pub(crate) async fn ask(self: Arc<Self>, asked: MetricsAsked) -> MetricsAnswer {
        let turn = tokio::time::timeout(TURN_WITHIN, self.at_once.acquire()).await;
        let Ok(Ok(_turn)) = turn else { return busy() };
        let this = Arc::clone(&self);
        let answered = tokio::task::spawn_blocking(move || this.answered(&asked)).await;
        answered.map_or_else(
            |_| failed(),
            |ApiAnswer { status, content_type, body }| MetricsAnswer { status, content_type, body },
        )
    }

    fn answered(&self, asked: &MetricsAsked) -> ApiAnswer {
        let method = match asked.method.as_str() {
            "GET" | "HEAD" => Method::Get,
            "POST" => Method::Post,
            "OPTIONS" => Method::Options,
            _ => Method::Other,
        };
        let request = ApiRequest { method, path: &asked.path, query: &asked.query, form: &asked.form };
        let source = self.source();
        let deadline = |within: Span| -> Box<dyn Stop> { Box::new(Deadline::after(within.to_std())) };
        let context = Context {
            source: source.querier(),
            rules: self,
            status: self,
            options: &self.queries,
            now: wall_now(),
            deadline: &deadline,
            workers: &Threads(self.threads),
        };
        answer(&request, &context)
    }
}

fn busy() -> MetricsAnswer {
    let body = br#"{"status":"error","errorType":"unavailable","error":"too many queries wait for their turn"}"#;
    MetricsAnswer { status: 503, content_type: "application/json", body: body.to_vec() }
}

fn failed() -> MetricsAnswer {
    let body = br#"{"status":"error","errorType":"internal","error":"this query met a bug; others are not hit"}"#;
    MetricsAnswer { status: 500, content_type: "application/json", body: body.to_vec() }
}
