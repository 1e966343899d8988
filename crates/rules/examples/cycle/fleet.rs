//! A fleet of web services on machines, and the rules that watch it.

use evenkeel_labels::LabelSet;
use evenkeel_metric::Column;
use evenkeel_model::document::Language;
use evenkeel_model::{Pace, Rule, RuleKind};
use evenkeel_time::Duration;

use crate::store::Indexed;

const REGIONS: [&str; 3] = ["us-east-1", "eu-west-1", "ap-southeast-2"];

/// Expressions, in which `$s` stands for what selects a job in a region, and how long each has to hold.
const ALERTS: [(&str, &str, i64); 20] = [
    (
        "HighErrorRate",
        "sum by (instance) (rate(http_requests_total{code=\"500\",$s}[5m])) / sum by (instance) (rate(http_requests_total{$s}[5m])) > 0.05",
        5,
    ),
    (
        "HighErrorRateByHandler",
        "sum by (handler) (rate(http_requests_total{code=~\"5..\",$s}[5m])) / sum by (handler) (rate(http_requests_total{$s}[5m])) > 0.02",
        2,
    ),
    (
        "LatencyP99High",
        "histogram_quantile(0.99, sum by (le, handler) (rate(http_request_duration_seconds_bucket{$s}[5m]))) > 1",
        5,
    ),
    (
        "LatencyP50High",
        "histogram_quantile(0.5, sum by (le, instance) (rate(http_request_duration_seconds_bucket{$s}[5m]))) > 0.2",
        5,
    ),
    ("InstanceDown", "up{$s} == 0", 1),
    ("JobHalfDown", "avg by (job) (up{$s}) < 0.5", 1),
    ("JobAbsent", "absent(up{$s})", 5),
    ("CpuHigh", "1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\",$s}[5m])) > 0.9", 5),
    ("CpuIowaitHigh", "sum by (instance) (rate(node_cpu_seconds_total{mode=\"iowait\",$s}[10m])) > 0.5", 10),
    ("MemoryLow", "node_memory_MemAvailable_bytes{$s} / node_memory_MemTotal_bytes{$s} < 0.15", 5),
    ("DiskAlmostFull", "node_filesystem_avail_bytes{$s} / node_filesystem_size_bytes{$s} < 0.1", 10),
    ("DiskWillFill", "predict_linear(node_filesystem_avail_bytes{$s}[1h], 4 * 3600) < 0", 30),
    ("LoadHigh", "node_load5{$s} > 3 and node_load15{$s} > 2", 5),
    ("QueueDeep", "max by (queue) (queue_depth{$s}) > 1000", 5),
    ("QueueGrowing", "deriv(queue_depth{$s}[15m]) > 1", 10),
    ("GoroutineLeak", "go_goroutines{$s} > 2 * avg_over_time(go_goroutines{$s}[1h])", 5),
    ("FdsHigh", "process_open_fds{$s} > 600", 5),
    ("Restarting", "changes(process_start_time_seconds{$s}[15m]) > 2", 0),
    (
        "ErrorBudgetFastBurn",
        "sum(rate(http_requests_total{code=\"500\",$s}[1h])) / sum(rate(http_requests_total{$s}[1h])) > 14.4 * 0.001 and sum(rate(http_requests_total{code=\"500\",$s}[5m])) / sum(rate(http_requests_total{$s}[5m])) > 14.4 * 0.001",
        2,
    ),
    (
        "NetworkBusy",
        "sum by (instance, device) (rate(node_network_receive_bytes_total{$s}[5m])) > 1.2e6 unless on (instance) up{$s} == 0",
        10,
    ),
];
const RECORDS: [(&str, &str); 14] = [
    ("instance:http_requests:rate5m", "sum by (instance) (rate(http_requests_total{$s}[5m]))"),
    ("handler_code:http_requests:rate5m", "sum by (handler, code) (rate(http_requests_total{$s}[5m]))"),
    (
        "job:http_errors:ratio5m",
        "sum by (job) (rate(http_requests_total{code=\"500\",$s}[5m])) / sum by (job) (rate(http_requests_total{$s}[5m]))",
    ),
    (
        "job:http_errors:ratio1h",
        "sum by (job) (rate(http_requests_total{code=\"500\",$s}[1h])) / sum by (job) (rate(http_requests_total{$s}[1h]))",
    ),
    ("job_le:latency_bucket:rate5m", "sum by (job, le) (rate(http_request_duration_seconds_bucket{$s}[5m]))"),
    (
        "handler:latency:p99",
        "histogram_quantile(0.99, sum by (le, handler) (rate(http_request_duration_seconds_bucket{$s}[5m])))",
    ),
    (
        "instance:latency:p95",
        "histogram_quantile(0.95, sum by (le, instance) (rate(http_request_duration_seconds_bucket{$s}[5m])))",
    ),
    (
        "instance:latency:mean5m",
        "sum by (instance) (rate(http_request_duration_seconds_sum{$s}[5m])) / sum by (instance) (rate(http_request_duration_seconds_count{$s}[5m]))",
    ),
    ("instance:cpu:ratio5m", "1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\",$s}[5m]))"),
    ("instance_mode:cpu:rate5m", "sum by (instance, mode) (rate(node_cpu_seconds_total{$s}[5m]))"),
    ("instance:memory:ratio", "node_memory_MemAvailable_bytes{$s} / node_memory_MemTotal_bytes{$s}"),
    (
        "team:http_requests:rate5m",
        "sum by (team) (rate(http_requests_total{$s}[5m]) * on (instance) group_left (team) app_info{$s})",
    ),
    ("job:queue:max10m", "max by (job, queue) (max_over_time(queue_depth{$s}[10m]))"),
    (
        "job:network:rate5m",
        "sum by (job) (rate(node_network_receive_bytes_total{$s}[5m])) + sum by (job) (rate(node_network_transmit_bytes_total{$s}[5m]))",
    ),
];

/// 600 alerts and 400 recorded metrics, in twenty groups of both.
pub(crate) fn rules() -> Vec<Rule> {
    let (mut alerts, mut records) = (Vec::new(), Vec::new());
    for job in 0..10 {
        for region in REGIONS {
            let job = format!("service-{job:02}");
            let selects = format!("job=\"{job}\",region=\"{region}\"");
            let on = LabelSet::new([("on_job", &*job), ("on_region", region), ("severity", "warning")]);
            let summary = LabelSet::new([("summary", "on {{ $labels.instance }}, value {{ $value }}")]);
            alerts.extend(ALERTS.map(|(name, expr, minutes)| Rule {
                labels: on.clone(),
                annotations: summary.clone(),
                holds_for: Duration::minutes(minutes),
                ..rule(RuleKind::Alerting, name, &expr.replace("$s", &selects))
            }));
            let on = LabelSet::new([("on_job", &*job), ("on_region", region)]);
            records.extend(RECORDS.map(|(name, expr)| Rule {
                labels: on.clone(),
                ..rule(RuleKind::Recording, name, &expr.replace("$s", &selects))
            }));
        }
    }
    let grouped = |group: usize, rule: &Rule| Rule { group: format!("g-{group}").into(), ..rule.clone() };
    (0..20)
        .flat_map(|group| {
            let alerts = alerts[group * 30..(group + 1) * 30].iter().map(move |rule| grouped(group, rule));
            let records = records[group * 20..(group + 1) * 20].iter().map(move |rule| grouped(group, rule));
            alerts.chain(records).collect::<Vec<_>>()
        })
        .collect()
}

fn rule(kind: RuleKind, name: &str, expr: &str) -> Rule {
    Rule {
        file: "rules.yml".into(),
        group: "g".into(),
        pace: Pace::default(),
        language: Language::PromQl,
        kind,
        name: name.into(),
        expr: expr.into(),
        holds_for: Duration::ZERO,
        keep_firing_for: Duration::ZERO,
        labels: LabelSet::default(),
        unlabelled: Vec::new(),
        annotations: LabelSet::default(),
    }
}

/// About a hundred series an instance.
#[expect(clippy::too_many_lines, reason = "a line or two for each kind of series")]
pub(crate) fn store(instances: usize, step: Duration, steps: i64) -> Indexed {
    let mut series = Vec::new();
    for instance in 0..instances {
        let mut add = |name: &str, more: &[(&str, &str)], grows: f64, base: f64| {
            let own = [
                ("__name__", name.to_owned()),
                ("job", format!("service-{:02}", instance % 10)),
                ("instance", format!("10.0.{}.{}:9100", instance / 256, instance % 256)),
                ("env", if instance % 4 == 0 { "staging" } else { "production" }.to_owned()),
                ("region", REGIONS[instance % 3].to_owned()),
            ];
            let labels = own.iter().map(|(name, value)| (*name, &**value)).chain(more.iter().copied());
            let mut random = (instance as u64) << 32 | series.len() as u64;
            let (mut column, mut total) = (Column::default(), base);
            for index in 0..=steps {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let noise = (random >> 40) as f64 / f64::from(1u32 << 24);
                total += grows * noise * 2.0;
                column.times.push(index * step.0);
                column.values.push(if grows > 0.0 { total.floor() } else { base * (0.9 + 0.2 * noise) });
            }
            series.push((LabelSet::new(labels), column));
        };
        add("up", &[], 0.0, 1.0);
        add("app_info", &[("version", "1.5.0"), ("team", ["core", "edge", "data", "pay"][instance % 4])], 0.0, 1.0);
        for method in ["GET", "POST"] {
            for handler in ["/api/orders", "/api/users", "/login", "/health"] {
                for (code, rate) in [("200", 300.0), ("404", 7.0), ("500", 0.3)] {
                    add("http_requests_total", &[("method", method), ("handler", handler), ("code", code)], rate, 0.0);
                }
            }
        }
        for handler in ["/api/orders", "/api/users"] {
            for (index, le) in ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"]
                .into_iter()
                .enumerate()
            {
                add(
                    "http_request_duration_seconds_bucket",
                    &[("handler", handler), ("le", le)],
                    20.0 + 25.0 * index as f64,
                    0.0,
                );
            }
            add("http_request_duration_seconds_count", &[("handler", handler)], 300.0, 0.0);
            add("http_request_duration_seconds_sum", &[("handler", handler)], 20.0, 0.0);
        }
        for cpu in ["0", "1"] {
            for mode in ["user", "system", "idle", "iowait", "nice", "irq", "softirq", "steal"] {
                add(
                    "node_cpu_seconds_total",
                    &[("cpu", cpu), ("mode", mode)],
                    if mode == "idle" { 10.0 } else { 0.5 },
                    0.0,
                );
            }
        }
        for name in [
            "node_memory_MemTotal_bytes",
            "node_memory_MemAvailable_bytes",
            "node_memory_Cached_bytes",
            "node_memory_Buffers_bytes",
        ] {
            add(name, &[], 0.0, 1.6e10);
        }
        for mountpoint in ["/", "/var", "/data"] {
            add("node_filesystem_size_bytes", &[("mountpoint", mountpoint)], 0.0, 1e11);
            add("node_filesystem_avail_bytes", &[("mountpoint", mountpoint)], 0.0, 5e10);
        }
        for device in ["eth0", "eth1"] {
            add("node_network_receive_bytes_total", &[("device", device)], 3e6, 0.0);
            add("node_network_transmit_bytes_total", &[("device", device)], 3e6, 0.0);
        }
        for name in [
            "node_load1",
            "node_load5",
            "node_load15",
            "process_open_fds",
            "go_goroutines",
            "process_start_time_seconds",
            "process_resident_memory_bytes",
        ] {
            add(name, &[], 0.0, 1.0);
        }
        add("process_cpu_seconds_total", &[], 6.0, 0.0);
        for queue in ["orders", "mail", "audit", "export"] {
            add("queue_depth", &[("queue", queue)], 0.0, 50.0);
        }
        for device in ["sda", "sdb"] {
            add("node_disk_read_bytes_total", &[("device", device)], 1e6, 0.0);
            add("node_disk_written_bytes_total", &[("device", device)], 1e6, 0.0);
        }
    }
    Indexed::of(series)
}
