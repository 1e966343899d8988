//! OTLP's JSON: each field that is not written as it lies in protobuf.

use evenkeel_otlp::{MetricsIntake, metrics_from_json};

use crate::show::{options, read_by};

fn check(json: &str, expect: &str) {
    let text = match metrics_from_json(json.as_bytes()) {
        Ok(request) => read_by(&mut MetricsIntake::new(options()), &request),
        Err(fault) => fault.to_string(),
    };
    assert_eq!(text, expect, "{json}");
}

/// A request with one metric.
fn metric(fields: &str) -> String {
    format!(r#"{{"resourceMetrics":[{{"scopeMetrics":[{{"metrics":[{{"name":"m",{fields}}}]}}]}}]}}"#)
}

fn gauge(point: &str) -> String {
    metric(&format!(r#""gauge":{{"dataPoints":[{{{point}}}]}}"#))
}

/// What is read of a gauge with one point at 5 s.
fn check_gauge(point: &str, line: &str) {
    check(&gauge(&format!(r#"{point},"timeUnixNano":"5000000000""#)), &format!("{line}\nm: gauge `` ``"));
}

#[test]
fn a_whole_request_is_read() {
    let json = r#"{
      "resourceMetrics": [ {
        "resource": { "attributes": [ { "key": "service.name", "value": { "stringValue": "my.service" } } ] },
        "schemaUrl": "ignored",
        "scopeMetrics": [ {
          "scope": { "name": "my.library", "version": "1.0.0",
                     "attributes": [ { "key": "my.scope.attribute", "value": { "stringValue": "some scope attribute" } } ] },
          "metrics": [
            { "name": "my.counter", "unit": "1", "description": "I am a Counter",
              "sum": { "aggregationTemporality": 1, "isMonotonic": true,
                       "dataPoints": [ { "asDouble": 5, "startTimeUnixNano": "1544712660300000000",
                                         "timeUnixNano": "1544712660300000000",
                                         "attributes": [ { "key": "my.counter.attr", "value": { "stringValue": "some value" } } ] } ] } },
            { "name": "my.gauge", "unit": "1",
              "gauge": { "dataPoints": [ { "asDouble": 10, "timeUnixNano": "1544712660300000000", "attributes": [] } ] } },
            { "name": "my.histogram", "unit": "1",
              "histogram": { "aggregationTemporality": 1,
                             "dataPoints": [ { "startTimeUnixNano": "1544712660300000000", "timeUnixNano": "1544712660300000000",
                                               "count": 2, "sum": 2, "bucketCounts": [1, 1], "explicitBounds": [1], "min": 0, "max": 2 } ] } },
            { "name": "my.exponential", "unit": "1",
              "exponentialHistogram": { "aggregationTemporality": 2,
                             "dataPoints": [ { "timeUnixNano": "1544712660300000000", "count": "3", "sum": 10, "scale": 0, "zeroCount": 1,
                                               "positive": { "offset": 1, "bucketCounts": ["0", 2] }, "min": 0, "max": 5, "zeroThreshold": 0 } ] } }
          ] } ] } ] }"#;
    let labels = "job=\"my.service\"";
    let scope = "otel_scope_my_scope_attribute=\"some scope attribute\", otel_scope_name=\"my.library\", \
                 otel_scope_version=\"1.0.0\"";
    let at = 1_544_712_660_300i64;
    check(
        json,
        &format!(
            "{{__name__=\"my_counter_total\", {labels}, my_counter_attr=\"some value\", {scope}}} 5@{at}\n\
             {{__name__=\"my_gauge_ratio\", {labels}, {scope}}} 10@{at}\n\
             {{__name__=\"my_histogram_bucket\", {labels}, le=\"1\", {scope}}} 1@{at}\n\
             {{__name__=\"my_histogram_bucket\", {labels}, le=\"+Inf\", {scope}}} 2@{at}\n\
             {{__name__=\"my_histogram_sum\", {labels}, {scope}}} 2@{at}\n\
             {{__name__=\"my_histogram_count\", {labels}, {scope}}} 2@{at}\n\
             {{__name__=\"my_exponential\", {labels}, {scope}}} {{schema:0 count:3 sum:10 zero:1≤1e-128 +[3+1][2.0] -[][] \
             Unknown}}@{at}\n\
             my_counter_total: counter `I am a Counter` ``\n\
             my_gauge_ratio: gauge `` ``\n\
             my_histogram: histogram `` ``\n\
             my_exponential: histogram `` ``"
        ),
    );
}

#[test]
fn numbers_are_numbers_or_texts() {
    for (value, expect) in [
        (r#""asInt":"7""#, "7"),
        (r#""asInt":-7"#, "-7"),
        (r#""asInt":"-9007199254740992""#, "-9007199254740992"),
        (r#""asInt":7.0"#, "7"),
        (r#""asInt":7e2"#, "700"),
        (r#""asDouble":7"#, "7"),
        (r#""asDouble":7.25"#, "7.25"),
        (r#""asDouble":"7.25""#, "7.25"),
        (r#""asDouble":"NaN""#, "NaN"),
        (r#""asDouble":"Infinity""#, "inf"),
        (r#""asDouble":"-Infinity""#, "-inf"),
    ] {
        check_gauge(value, &format!("{{__name__=\"m\"}} {expect}@5000"));
    }
    check_gauge(r#""asDouble":1,"flags":1"#, "{__name__=\"m\"} stale@5000");
    check(&gauge(r#""asDouble":1,"timeUnixNano":5000000000"#), "{__name__=\"m\"} 1@5000\nm: gauge `` ``");
}

#[test]
fn values_of_attributes_have_their_types() {
    for (value, text) in [
        (r#"{"stringValue":"é\n"}"#, "é\\n"),
        (r#"{"boolValue":true}"#, "true"),
        (r#"{"intValue":"-5"}"#, "-5"),
        (r#"{"intValue":5}"#, "5"),
        (r#"{"doubleValue":0.5}"#, "0.5"),
        (r#"{"bytesValue":"AQL/"}"#, "AQL/"),
        (r#"{"bytesValue":"AQL_"}"#, "AQL/"),
        (r#"{"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"x"}]}}"#, r#"[1,\"x\"]"#),
        (r#"{"kvlistValue":{"values":[{"key":"k","value":{"boolValue":false}}]}}"#, r#"{\"k\":false}"#),
    ] {
        let attributes = format!(r#""asInt":"1","attributes":[{{"key":"v","value":{value}}}]"#);
        check_gauge(&attributes, &format!("{{__name__=\"m\", v=\"{text}\"}} 1@5000"));
    }
}

#[test]
fn ids_are_hexadecimal_and_not_base64() {
    let ids = r#""traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174""#;
    check_gauge(
        &format!(
            r#""asInt":"1","exemplars":[{{"timeUnixNano":"4000000000","asInt":"3",{ids},"filteredAttributes":[{{"key":"u","value":{{"stringValue":"x"}}}}]}}]"#
        ),
        "{__name__=\"m\"} 1@5000 # {span_id=\"eee19b7ec3c1b174\", trace_id=\"5b8efff798038103d269b633813fc60c\", u=\"x\"} \
         3@4000",
    );
}

#[test]
fn null_is_absent_and_unknown_fields_are_passed_over() {
    check_gauge(
        r#""asDouble":1,"startTimeUnixNano":null,"attributes":null,"later":{"a":[1,{"b":null}]},"more":[[]]"#,
        "{__name__=\"m\"} 1@5000",
    );
    check("{}", "");
    check(r#"{"resourceMetrics":[]}"#, "");
    // Names of fields are in camel case alone.
    check(r#"{"resource_metrics":[{"scope_metrics":[]}]}"#, "");
}

#[test]
fn the_other_kinds_have_their_fields() {
    check(
        &metric(
            r#""summary":{"dataPoints":[{"timeUnixNano":"5000000000","count":"2","sum":3.5,"quantileValues":[{"quantile":0.5,"value":1.5}]}]}"#,
        ),
        "{__name__=\"m_sum\"} 3.5@5000\n{__name__=\"m_count\"} 2@5000\n{__name__=\"m\", quantile=\"0.5\"} 1.5@5000\n\
         m: summary `` ``",
    );
    check(
        &metric(
            r#""exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"5000000000","count":"4","sum":1,"scale":-1,"zeroCount":"1","negative":{"offset":-2,"bucketCounts":["3"]},"zeroThreshold":0.5}]}"#,
        ),
        "{__name__=\"m\"} {schema:-1 count:4 sum:1 zero:1≤5e-1 +[][] -[-1+1][3.0] Unknown}@5000\nm: histogram `` ``",
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let begins = "the body is not the JSON of an ExportMetricsServiceRequest: ";
    for (json, says) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("[]", "invalid type: sequence, expected an object at line 1 column 0"),
        ("{} x", "trailing characters at line 1 column 4"),
        (
            r#"{"resourceMetrics":{}}"#,
            "invalid type: map, expected a list, each item an object for `resourceMetrics` at line 1 column 21",
        ),
        (
            r#"{"resourceMetrics":[[]]}"#,
            "invalid type: sequence, expected an object for `resourceMetrics` at line 1 column 22",
        ),
    ] {
        check(json, &format!("{begins}{says}"));
    }
    for (point, says) in [
        (r#""asInt":"x""#, "invalid value: string \"x\", expected a whole number, as a number or a text for `asInt`"),
        (r#""asInt":1.5"#, "invalid value: floating point `1.5`, expected a whole number"),
        (r#""asInt":true"#, "invalid type: boolean `true`, expected a whole number"),
        (r#""asDouble":"inf""#, "expected a number, or one of the texts NaN, Infinity, -Infinity for `asDouble`"),
        (r#""timeUnixNano":"18446744073709551616""#, "expected a whole number"),
        (r#""exemplars":[{"traceId":"xyz"}]"#, "expected an id in hexadecimal digits for `traceId`"),
        (r#""attributes":[{"key":"a","value":{"bytesValue":"*"}}]"#, "expected bytes in Base64 for `bytesValue`"),
        (r#""attributes":[null]"#, "invalid type: null, expected an object for `attributes`"),
    ] {
        let fault = metrics_from_json(gauge(point).as_bytes()).expect_err(point).to_string();
        assert!(fault.contains(says), "{fault} does not say {says}");
    }
    let deep = format!("{}{}", r#"{"arrayValue":{"values":["#.repeat(1_000), "]}}".repeat(1_000));
    let deep = gauge(&format!(r#""attributes":[{{"key":"a","value":{deep}}}]"#));
    assert!(metrics_from_json(deep.as_bytes()).expect_err("deep").to_string().contains("recursion limit exceeded"));
}
