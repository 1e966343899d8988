//! The real OpenTelemetry SDK of Python sends over both protocols.
//!
//! It is found by the variable `OTEL_PYTHON`, an interpreter that has `opentelemetry-sdk` and both exporters of OTLP; else
//! `python3` is tried.

use tokio::process::Command;

use crate::listener::{Program, start};

const SCRIPT: &str = include_str!("sdk.py");

#[tokio::test]
async fn the_sdk_of_python_is_understood() {
    let python = std::env::var("OTEL_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let imports = "import opentelemetry.sdk.metrics, opentelemetry.exporter.otlp.proto.grpc, \
                   opentelemetry.exporter.otlp.proto.http";
    let known = Command::new(&python).args(["-c", imports]).output().await;
    if !known.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: `{python}` has no OpenTelemetry SDK with the exporters of OTLP");
        return;
    }
    for (protocol, temporality) in
        [("http", "cumulative"), ("http", "delta"), ("grpc", "cumulative"), ("grpc", "delta")]
    {
        let program = Program::default();
        let address = start(&program).await;
        let output = Command::new(&python)
            .args(["-c", SCRIPT, protocol, &address.to_string(), temporality])
            .output()
            .await
            .expect("Python runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("Failed"), "{protocol} {temporality}: {said}");
        let texts = program.shown();
        assert_eq!(texts.len(), 2, "two exports by {protocol}");
        check(texts.last().expect("two"), &format!("{protocol} {temporality}"));
    }
}

/// What the script measured in all, as it stands in the last export.
fn check(text: &str, what: &str) {
    let labels = |name: &str, more: &str| {
        let scope = "otel_scope_name=\"shop\", otel_scope_version=\"1.2\"";
        format!("{{__name__=\"{name}\", instance=\"i-1\", job=\"payments/shop\"{more}, {scope}}}")
    };
    for expect in [
        format!("{} 7@", labels("shop_orders_total", ", kind=\"new\"")),
        format!("{} 3@", labels("shop_queue_length", "")),
        format!("{} 0.25@", labels("shop_load_ratio", "")),
        format!("{} 2@", labels("shop_duration_seconds_bucket", ", le=\"0.1\"")),
        format!("{} 3@", labels("shop_duration_seconds_bucket", ", le=\"+Inf\"")),
        format!("{} 3@", labels("shop_duration_seconds_count", "")),
        format!("{} {{schema:", labels("shop_size_bytes", "")),
        "shop_orders_total: counter `Orders.` ``".to_owned(),
        "shop_size_bytes: histogram `` `bytes`".to_owned(),
    ] {
        assert!(text.lines().any(|line| line.starts_with(&expect)), "{what}: {expect} is not in\n{text}");
    }
    let protocol = what.split(' ').next().unwrap_or_default();
    let info = format!("{{__name__=\"target_info\", host_name=\"{protocol}\", instance=\"i-1\", job=\"payments/shop\"");
    assert!(text.contains(&info), "{what}: {text}");
    assert!(text.contains(" count:3 sum:1000103 "), "{what}: {text}");
}
