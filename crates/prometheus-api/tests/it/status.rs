//! What the server says of itself.

use crate::fixture::check;

#[test]
fn the_server_describes_itself() {
    check(
        "/api/v1/status/buildinfo",
        r#"{"version":"3.5.0","revision":"abc","branch":"main","buildUser":"builder","buildDate":"20260101-00:00:00","goVersion":"rustc 1.95"}"#,
    );
    check(
        "/api/v1/status/runtimeinfo",
        r#"{"startTime":"1970-01-01T00:00:01Z","CWD":"/data","hostname":"here","serverTime":"1970-01-01T00:10:00Z","reloadConfigSuccess":true,"lastConfigTime":"1970-01-01T00:00:02.5Z","corruptionCount":0,"goroutineCount":2,"GOMAXPROCS":2,"GOMEMLIMIT":0,"GOGC":"","GODEBUG":"","storageRetention":"15d"}"#,
    );
    check("/api/v1/status/flags", r#"{"data":"/data","web.listen-address":"127.0.0.1:7070"}"#);
    check("/api/v1/status/config", r#"{"yaml":"global: {}\n"}"#);
    check(
        "/api/v1/status/tsdb?limit=1",
        r#"{"headStats":{"numSeries":7,"numLabelPairs":9,"chunkCount":7,"minTime":0,"maxTime":600000},"seriesCountByMetricName":[{"name":"up","value":2}],"labelValueCountByLabelName":[{"name":"__name__","value":5}],"memoryInBytesByLabelName":[{"name":"__name__","value":50}],"seriesCountByLabelValuePair":[{"name":"job=web","value":5}]}"#,
    );
}

#[test]
fn a_server_that_scrapes_nothing_has_no_targets() {
    check("/api/v1/targets", r#"{"activeTargets":[],"droppedTargets":[],"droppedTargetCounts":{}}"#);
    check("/api/v1/targets/metadata", "[]");
    check("/api/v1/alertmanagers", r#"{"activeAlertmanagers":[],"droppedAlertmanagers":[]}"#);
    check("/api/v1/scrape_pools", r#"{"scrapePools":[]}"#);
}

#[test]
fn an_expression_is_printed_in_one_form() {
    check("/api/v1/format_query?query=sum(  rate(x{a = 'b'}[5m]) )by(c)", r#""sum by (c) (rate(x{a=\"b\"}[5m]))""#);
}

#[test]
fn an_expression_is_shown_as_a_tree() {
    let selector = r#"{"type":"vectorSelector","name":"a","offset":60000,"matchers":[{"name":"b","value":"c","type":"!="},{"name":"__name__","value":"a","type":"="}],"timestamp":null,"startOrEnd":null,"anchored":false,"smoothed":false}"#;
    check("/api/v1/parse_query?query=a{b!=\"c\"} offset 1m", selector);
    check(
        "/api/v1/parse_query?query=-rate(x[5m] @ end())",
        r#"{"type":"unaryExpr","op":"-","expr":{"type":"call","func":{"name":"rate","argTypes":["matrix"],"variadic":0,"returnType":"vector"},"args":[{"type":"matrixSelector","range":300000,"name":"x","offset":0,"matchers":[{"name":"__name__","value":"x","type":"="}],"timestamp":null,"startOrEnd":"end","anchored":false,"smoothed":false}]}}"#,
    );
    let x = r#"{"type":"vectorSelector","name":"x","offset":0,"matchers":[{"name":"__name__","value":"x","type":"="}],"timestamp":1500,"startOrEnd":null,"anchored":false,"smoothed":false}"#;
    check(
        "/api/v1/parse_query?query=topk by (l) (2, x @ 1.5) / on (a) group_left (b) (x @ 1.5)",
        &format!(
            r#"{{"type":"binaryExpr","op":"/","lhs":{{"type":"aggregation","op":"topk","expr":{x},"param":{{"type":"numberLiteral","val":"2"}},"grouping":["l"],"without":false}},"rhs":{{"type":"parenExpr","expr":{x}}},"matching":{{"card":"many-to-one","labels":["a"],"on":true,"include":["b"],"fillValues":{{"lhs":null,"rhs":null}}}},"bool":false}}"#
        ),
    );
    check(
        "/api/v1/parse_query?query=1 > bool 2",
        r#"{"type":"binaryExpr","op":">","lhs":{"type":"numberLiteral","val":"1"},"rhs":{"type":"numberLiteral","val":"2"},"matching":null,"bool":true}"#,
    );
    check(
        "/api/v1/parse_query?query=round(vector(1))[1h:5m]",
        r#"{"type":"subquery","expr":{"type":"call","func":{"name":"round","argTypes":["vector","scalar"],"variadic":1,"returnType":"vector"},"args":[{"type":"call","func":{"name":"vector","argTypes":["scalar"],"variadic":0,"returnType":"vector"},"args":[{"type":"numberLiteral","val":"1"}]}]},"range":3600000,"offset":0,"step":300000,"timestamp":null,"startOrEnd":null}"#,
    );
}
