//! Names of metrics and labels, by the rules that OpenTelemetry and Prometheus share.
//!
//! Source: OpenTelemetry, "Prometheus and OpenMetrics Compatibility"; prometheus/otlptranslator.

mod unit;

use std::borrow::Cow;

use crate::Naming;

/// What a metric is, as far as its name depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    /// It only grows.
    Counter,
    /// It rises and falls.
    Gauge,
    /// Anything else.
    Other,
}

/// The name of a metric; `None`: nothing is left of it.
#[must_use]
pub fn metric_name(name: &str, unit: &str, kind: MetricKind, naming: Naming) -> Option<String> {
    let made = match (naming.escaped, naming.suffixes) {
        (true, true) => escaped_with_suffixes(name, unit, kind),
        (true, false) => {
            let is_apart = |c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '_');
            not_a_digit_first(joined(name.split(is_apart)))
        }
        (false, true) => with_suffixes(name, unit, kind),
        (false, false) => name.to_owned(),
    };
    let empty = made.is_empty() || (naming.escaped && made != name && made.chars().all(|c| c == '_'));
    (!empty).then_some(made)
}

/// The unit of a metric as its metadata has it.
#[must_use]
pub fn unit_name(unit: &str) -> String {
    let (main, per) = unit::suffixes(unit);
    let parts = [unit::cleaned(&main), unit::cleaned(&per)];
    joined(parts.iter().map(|part| part.trim_matches('_')))
}

/// The name of a label; `None`: nothing is left of it.
#[must_use]
pub fn label_name(name: &str, naming: Naming) -> Option<Cow<'_, str>> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let begins_well = name.starts_with("__") || name.starts_with(|c: char| c.is_ascii_alphabetic());
    if name.is_empty() || !naming.escaped || (begins_well && name.chars().all(plain)) {
        return (!name.is_empty()).then_some(Cow::Borrowed(name));
    }
    let made: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    if made != name && made.chars().all(|c| c == '_') {
        return None;
    }
    let made = match made.chars().next() {
        Some('0'..='9') => format!("key_{made}"),
        Some('_') if !made.starts_with("__") => format!("key{made}"),
        _ => made,
    };
    Some(Cow::Owned(made))
}

/// Parts that are not empty, with `_` between them.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

fn not_a_digit_first(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

fn escaped_with_suffixes(name: &str, unit: &str, kind: MetricKind) -> String {
    let is_apart = |c: char| !(c.is_ascii_alphanumeric() || c == ':');
    let mut words: Vec<&str> = name.split(is_apart).filter(|word| !word.is_empty()).collect();
    let (main, per) = unit::suffixes(unit);
    let (main, per) = (unit::cleaned(&main), unit::cleaned(&per));
    let per = if per == "per_" { "" } else { per.trim_end_matches('_') };
    let main = if per.is_empty() { &*main } else { main.trim_end_matches('_') };
    for part in [main, per] {
        if !part.is_empty() && !words.contains(&part) {
            words.push(part);
        }
    }
    let mut last = |word: &'static str| {
        words.retain(|known| *known != word);
        words.push(word);
    };
    match kind {
        MetricKind::Counter => last("total"),
        // Many counters of things have the unit "1", so only gauges are taken for ratios.
        MetricKind::Gauge if unit == "1" => last("ratio"),
        MetricKind::Gauge | MetricKind::Other => {}
    }
    not_a_digit_first(words.join("_"))
}

/// Names that keep all characters: suffixes are moved behind the unit, or appended.
fn with_suffixes(name: &str, unit: &str, kind: MetricKind) -> String {
    let without = |name: &str, suffix: &str| -> String {
        let rest = name.strip_suffix(suffix).filter(|rest| rest.chars().count() > 1);
        // The character before it is taken for what sets it apart.
        rest.and_then(|rest| rest.char_indices().next_back().and_then(|(at, _)| rest.get(..at)))
            .unwrap_or(name)
            .to_owned()
    };
    let ends = match kind {
        MetricKind::Gauge if unit == "1" => "ratio",
        MetricKind::Counter => "total",
        MetricKind::Gauge | MetricKind::Other => "",
    };
    let mut made = if ends.is_empty() { name.to_owned() } else { without(name, ends) };
    let (main, per) = unit::suffixes(unit);
    if !per.is_empty() {
        made = without(&made, &per);
    }
    let main = if made.ends_with(&*main) { "" } else { &*main };
    joined([&*made, main, &*per, ends].into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, unit: &str, kind: MetricKind, escaped: bool) -> String {
        metric_name(name, unit, kind, Naming { escaped, suffixes: true }).unwrap_or_default()
    }

    #[test]
    fn names_have_their_unit_and_what_they_are() {
        use MetricKind::{Counter, Gauge, Other};
        for (name, unit, kind, escaped, kept) in [
            (
                "http.server.request.duration",
                "s",
                Other,
                "http_server_request_duration_seconds",
                "http.server.request.duration_seconds",
            ),
            ("requests", "1", Counter, "requests_total", "requests_total"),
            ("requests.total", "{request}", Counter, "requests_total", "requests_total"),
            ("requests_total_count", "", Counter, "requests_count_total", "requests_total_count_total"),
            ("system.cpu.utilization", "1", Gauge, "system_cpu_utilization_ratio", "system.cpu.utilization_ratio"),
            ("memory.usage", "By", Gauge, "memory_usage_bytes", "memory.usage_bytes"),
            ("memory_usage_bytes", "By", Gauge, "memory_usage_bytes", "memory_usage_bytes"),
            ("disk.io", "By/s", Gauge, "disk_io_bytes_per_second", "disk.io_bytes_per_second"),
            ("rate", "{packets}/s", Gauge, "rate_per_second", "rate_per_second"),
            ("cpu", "%", Gauge, "cpu_percent", "cpu_percent"),
            ("temp", "Cel", Gauge, "temp_celsius", "temp_celsius"),
            ("x", "foo/bar", Gauge, "x_foo_per_bar", "x_foo_per_bar"),
            ("2xx", "", Gauge, "_2xx", "2xx"),
            ("größe", "", Gauge, "gr_e", "größe"),
            ("a__b", "", Gauge, "a_b", "a__b"),
            ("job:x:sum", "", Gauge, "job:x:sum", "job:x:sum"),
            ("time", "ms", Counter, "time_milliseconds_total", "time_milliseconds_total"),
        ] {
            assert_eq!(named(name, unit, kind, true), escaped, "{name} {unit}");
            assert_eq!(named(name, unit, kind, false), kept, "{name} {unit}");
        }
        assert_eq!(metric_name("...", "", Gauge, Naming::default()), None);
        let plain = Naming { escaped: true, suffixes: false };
        assert_eq!(metric_name("a.b__c", "s", Counter, plain).as_deref(), Some("a_b__c"));
    }

    #[test]
    fn labels_have_names_that_older_prometheus_takes() {
        let escaped = |name| label_name(name, Naming::default()).map(Cow::into_owned).unwrap_or_default();
        for (name, label) in [
            ("http.method", "http_method"),
            ("code", "code"),
            ("1st", "key_1st"),
            ("_private", "key_private"),
            ("__reserved", "__reserved"),
            ("a  b", "a__b"),
            ("größe", "gr__e"),
            ("!", ""),
            ("", ""),
        ] {
            assert_eq!(escaped(name), label, "{name}");
        }
        let kept = Naming { escaped: false, suffixes: true };
        assert_eq!(label_name("http.method", kept).as_deref(), Some("http.method"));
    }

    #[test]
    fn units_are_spelled_out() {
        for (unit, name) in [("By", "bytes"), ("By/s", "bytes_per_second"), ("1", ""), ("{request}", ""), ("", "")] {
            assert_eq!(unit_name(unit), name, "{unit}");
        }
    }
}
