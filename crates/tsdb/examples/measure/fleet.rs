//! A fleet that is the same each time: about 100 series an instance, shaped like a machine's exporter and a service's counters.

use evenkeel_labels::LabelSet;

/// Numbers that look random, the same each time.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// From 0 to less than 1.
    pub(crate) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// How a series moves.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Constant(f64),
    /// Whole numbers that grow, by so many in a step.
    Counter(f64),
    /// Numbers with as many places that grow.
    Seconds(f64, i32),
    /// A gauge about a value, in steps of a size.
    Gauge {
        about: f64,
        by: f64,
        quantum: f64,
    },
    /// Numbers with all their bits.
    Ratio,
}

/// A series that is asked for one value after the other.
pub(crate) struct Row {
    pub(crate) labels: LabelSet,
    shape: Shape,
    dice: Dice,
    now: f64,
}

impl Row {
    pub(crate) fn next(&mut self) -> f64 {
        let roll = self.dice.roll();
        match self.shape {
            Shape::Constant(value) => value,
            Shape::Counter(step) => {
                self.now += step * (0.5 + roll);
                self.now.floor()
            }
            Shape::Seconds(step, places) => {
                self.now += step * (0.5 + roll);
                let power = 10f64.powi(places);
                (self.now * power).round() / power
            }
            Shape::Gauge { about, by, quantum } => {
                self.now += (roll - 0.5) * by - (self.now - about) * 0.05;
                (self.now / quantum).round() * quantum
            }
            Shape::Ratio => roll,
        }
    }
}

/// The series of some instances. `wild` adds the few whose numbers have all their bits, as ratios that programs compute do.
pub(crate) fn fleet(instances: usize, wild: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for instance in 0..instances {
        let at = format!("10.{}.{}.{}:9100", instance / 65_536, instance / 256 % 256, instance % 256);
        let scale = 1.0 + (instance % 97) as f64 / 25.0;
        let mut add = |name: &str, extra: &[(&str, &str)], shape: Shape| {
            let job = format!("service-{:02}", instance % 10);
            let region = ["us-east-1", "eu-west-1", "ap-southeast-2"][instance % 3];
            let environment = if instance % 4 == 0 { "staging" } else { "production" };
            let base = [("__name__", name), ("instance", &at), ("job", &job), ("region", region), ("env", environment)];
            let labels = LabelSet::new(base.into_iter().chain(extra.iter().copied()));
            let dice = Dice::of((rows.len() as u64) << 20 | 7);
            let now = if let Shape::Gauge { about, .. } = shape { about } else { 0.0 };
            rows.push(Row { labels, shape, dice, now });
        };
        add("up", &[], Shape::Constant(1.0));
        add("app_info", &[("version", "1.5.0"), ("team", "core")], Shape::Constant(1.0));
        for method in ["GET", "POST"] {
            for handler in ["/api/orders", "/api/users", "/login", "/health"] {
                for (code, rate) in [("200", 300.0), ("404", 7.5), ("500", 0.3)] {
                    let rate = rate * scale * if method == "GET" { 1.0 } else { 0.3 };
                    add(
                        "http_requests_total",
                        &[("method", method), ("handler", handler), ("code", code)],
                        Shape::Counter(rate),
                    );
                }
            }
        }
        for handler in ["/api/orders", "/api/users"] {
            for (place, le) in ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"]
                .into_iter()
                .enumerate()
            {
                let share = (0.08 * 2f64.powi(place as i32)).min(1.0);
                add(
                    "http_request_duration_seconds_bucket",
                    &[("handler", handler), ("le", le)],
                    Shape::Counter(300.0 * scale * share),
                );
            }
            add("http_request_duration_seconds_count", &[("handler", handler)], Shape::Counter(300.0 * scale));
            add("http_request_duration_seconds_sum", &[("handler", handler)], Shape::Seconds(18.0 * scale, 3));
        }
        for cpu in ["0", "1"] {
            for (mode, share) in [
                ("user", 0.2),
                ("system", 0.05),
                ("idle", 0.7),
                ("iowait", 0.02),
                ("nice", 0.001),
                ("irq", 0.005),
                ("softirq", 0.01),
                ("steal", 0.005),
            ] {
                add("node_cpu_seconds_total", &[("cpu", cpu), ("mode", mode)], Shape::Seconds(share * 15.0, 2));
            }
        }
        let gib = 1024.0 * 1024.0 * 1024.0;
        add("node_memory_MemTotal_bytes", &[], Shape::Constant(16.0 * gib));
        for (name, size) in [
            ("node_memory_MemAvailable_bytes", 8.0),
            ("node_memory_Cached_bytes", 4.0),
            ("node_memory_Buffers_bytes", 0.5),
        ] {
            add(name, &[], Shape::Gauge { about: size * gib, by: size * gib * 0.05, quantum: 4096.0 });
        }
        for device in ["eth0", "lo"] {
            add("node_network_receive_bytes_total", &[("device", device)], Shape::Counter(1.5e7 * scale));
            add("node_network_transmit_bytes_total", &[("device", device)], Shape::Counter(9e6 * scale));
        }
        for name in ["node_load1", "node_load5", "node_load15"] {
            add(name, &[], Shape::Gauge { about: 1.0, by: 0.3, quantum: 0.01 });
        }
        for mount in ["/", "/data"] {
            add(
                "node_filesystem_avail_bytes",
                &[("mountpoint", mount)],
                Shape::Gauge { about: 100.0 * gib, by: gib, quantum: 4096.0 },
            );
            add("node_filesystem_size_bytes", &[("mountpoint", mount)], Shape::Constant(200.0 * gib));
        }
        for name in ["go_goroutines", "process_open_fds", "queue_depth"] {
            add(name, &[], Shape::Gauge { about: 200.0, by: 20.0, quantum: 1.0 });
        }
        add("process_start_time_seconds", &[], Shape::Constant(1_799_000_123.25));
        if wild {
            add("cache_hit_ratio", &[], Shape::Ratio);
            add("pool_usage_ratio", &[], Shape::Ratio);
        }
    }
    rows
}
