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
