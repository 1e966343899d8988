//! What the shop measures of itself, with OpenTelemetry's SDK, and how it gets to whoever asked for it.
//!
//! | metric | says |
//! |---|---|
//! | `http.server.request.duration` | how long requests took, by route and status |
//! | `http.server.active_requests` | how many are being worked on: the queue |
//! | `http.client.request.duration` | how long the services asked took, by service, and what failed |
//! | `shop.orders` | orders that were accepted |
//!
//! Names, units and attributes are those of OpenTelemetry's semantic conventions. Counts are sent as they stand, so an
//! export that is lost costs nothing but time.

mod sender;

use std::net::SocketAddr;
use std::time::Duration;

use http::StatusCode;
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Histogram, MeterProvider, UpDownCounter};
use opentelemetry_otlp::{ExporterBuildError, MetricExporter, RetryPolicy, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};

use crate::service::Service;
use sender::Sender;

/// Who watches a shop by hand does not like to wait.
const EXPORTED_EVERY: Duration = Duration::from_millis(500);
/// A receiver that takes longer is absent.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// What is left at the end gets so long to be sent.
const LAST_WITHIN: Duration = Duration::from_secs(1);
/// Where OTLP takes metrics. Source: OTLP specification, "OTLP/HTTP request".
const PATH: &str = "/v1/metrics";
/// Bounds of durations, in seconds. Source: OpenTelemetry's semantic conventions for HTTP metrics.
const SECONDS: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// Measurements of one service, and where they go.
#[derive(Debug)]
pub struct Telemetry {
    pub(crate) meters: Meters,
    provider: SdkMeterProvider,
}

/// What is measured.
#[derive(Debug, Clone)]
pub(crate) struct Meters {
    requests: Histogram<f64>,
    active: UpDownCounter<i64>,
    calls: Histogram<f64>,
    orders: Counter<u64>,
}

/// A request that is being worked on; it is not when this is dropped.
pub(crate) struct Active(UpDownCounter<i64>);

impl Telemetry {
    /// Measures for nobody.
    #[must_use]
    pub fn unsent() -> Self {
        Self::of(SdkMeterProvider::builder().build())
    }

    /// Measures, and sends it to `endpoint` (the address in `OTEL_EXPORTER_OTLP_ENDPOINT`) twice a second, as the instance
    /// that answers at `instance`. When the endpoint cannot be reached, `say` is given the reason once, until it can.
    ///
    /// # Errors
    /// When the endpoint is no address.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub fn sent_to(
        endpoint: &str,
        service: Service,
        instance: SocketAddr,
        say: fn(&str),
    ) -> Result<Self, ExporterBuildError> {
        let exporter = MetricExporter::builder()
            .with_http()
            .with_http_client(Sender::new(say))
            .with_endpoint(format!("{}{PATH}", endpoint.trim_end_matches('/')))
            .with_timeout(ANSWER_WITHIN)
            // The next export says all that this one would have.
            .with_retry_policy(RetryPolicy::default().with_max_retries(0))
            .build()?;
        let reader = PeriodicReader::builder(exporter).with_interval(EXPORTED_EVERY).build();
        let resource = Resource::builder()
            .with_service_name(service.name())
            .with_attribute(KeyValue::new("service.instance.id", instance.to_string()))
            .build();
        let this = Self::of(SdkMeterProvider::builder().with_reader(reader).with_resource(resource).build());
        if service == Service::Orders {
            // None yet is not the same as nobody counting.
            this.meters.orders.add(0, &[]);
        }
        Ok(this)
    }

    fn of(provider: SdkMeterProvider) -> Self {
        let meter = provider.meter("storefront");
        let duration = |name| meter.f64_histogram(name).with_unit("s").with_boundaries(SECONDS.to_vec()).build();
        let meters = Meters {
            requests: duration("http.server.request.duration"),
            active: meter.i64_up_down_counter("http.server.active_requests").with_unit("{request}").build(),
            calls: duration("http.client.request.duration"),
            orders: meter.u64_counter("shop.orders").with_unit("{order}").build(),
        };
        Self { meters, provider }
    }

    /// Sends what is left, within a second.
    pub async fn end(self) {
        // Waits for a thread of the SDK, which waits for this runtime. Who is not there to take it was said to be absent.
        let ending = move || self.provider.shutdown_with_timeout(LAST_WITHIN);
        let _ = tokio::task::spawn_blocking(ending).await;
    }
}

impl Meters {
    /// A request came in.
    pub(crate) fn begun(&self) -> Active {
        self.active.add(1, &[]);
        Active(self.active.clone())
    }

    /// A request was answered.
    pub(crate) fn answered(&self, method: &str, route: &str, status: StatusCode, took: Duration) {
        let mut attributes = vec![
            KeyValue::new("http.request.method", method.to_owned()),
            KeyValue::new("http.route", route.to_owned()),
            KeyValue::new("http.response.status_code", i64::from(status.as_u16())),
        ];
        attributes.extend(status.is_server_error().then(|| error(status.as_str())));
        self.requests.record(took.as_secs_f64(), &attributes);
    }

    /// Another service was asked; `failed` says what was wrong, in a word.
    pub(crate) fn asked(&self, service: Service, failed: Option<&str>, took: Duration) {
        let mut attributes = vec![KeyValue::new("peer.service", service.name())];
        attributes.extend(failed.map(error));
        self.calls.record(took.as_secs_f64(), &attributes);
    }

    /// An order was accepted.
    pub(crate) fn ordered(&self) {
        self.orders.add(1, &[]);
    }
}

fn error(kind: &str) -> KeyValue {
    KeyValue::new("error.type", kind.to_owned())
}

impl Drop for Active {
    fn drop(&mut self) {
        self.0.add(-1, &[]);
    }
}
