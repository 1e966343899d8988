//! How fast expressions are read: `cargo run --release -p evenkeel-promql --example parse_speed`.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement for people")]

use std::time::Instant;

use evenkeel_promql::{OutputLabels, check_types, parse};

const EXPRESSIONS: [&str; 5] = [
    "up == 0",
    "sum by (job, instance) (rate(http_requests_total{code=~\"5..\"}[5m])) / sum by (job, instance) (rate(http_requests_total[5m])) > 0.05",
    "histogram_quantile(0.99, sum by (le, job) (rate(request_duration_seconds_bucket{job=\"api\"}[5m]))) > 1",
    "(node_filesystem_avail_bytes{fstype!~\"tmpfs|ramfs\"} / node_filesystem_size_bytes < 0.1) and on (instance, device) predict_linear(node_filesystem_avail_bytes[6h], 24 * 3600) < 0",
    "kube_pod_info * on (namespace, pod) group_left (node) max by (namespace, pod, node) (kube_pod_status_ready{condition=\"true\"}) unless on () vector(1)",
];

const ROUNDS: u32 = 20_000;

fn main() {
    let bytes: usize = EXPRESSIONS.iter().map(|text| text.len()).sum();
    let begun = Instant::now();
    let mut labels = 0;
    for _ in 0..ROUNDS {
        for text in EXPRESSIONS {
            let expr = parse(text).expect("an expression");
            labels += check_types(&expr).len() + OutputLabels::of(&expr).known.len();
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let count = f64::from(ROUNDS) * 5.0;
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let megabytes = f64::from(ROUNDS) * bytes as f64 / 1e6;
    println!("{:.1} µs an expression, {:.0} MB/s ({labels})", took * 1e6 / count, megabytes / took);
}
