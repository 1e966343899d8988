//! `query`, `query_range` and what belongs to them.

use evenkeel_metric::Exemplar;
use evenkeel_prometheus_api::{ApiRequest, Method};
use evenkeel_time::Timestamp;

use crate::fixture::{Server, check};

#[test]
fn an_instant_query_gives_what_its_type_says() {
    check("/api/v1/query?query=1%2B1", r#"{"resultType":"scalar","result":[600,"2"]}"#);
    check("/api/v1/query?query=\"a\\nb\"&time=1.5", r#"{"resultType":"string","result":[1.500,"a\nb"]}"#);
    check(
        "/api/v1/query?query=up&time=60",
        r#"{"resultType":"vector","result":[{"metric":{"__name__":"up","instance":"a","job":"web"},"value":[60,"1"]},{"metric":{"__name__":"up","instance":"b","job":"web"},"value":[60,"0"]}]}"#,
    );
    check("/api/v1/query?query=none", r#"{"resultType":"vector","result":[]}"#);
    check(
        "/api/v1/query?query=odd[100m]&time=1970-01-01T00:10:00Z",
        r#"{"resultType":"matrix","result":[{"metric":{"__name__":"odd","text":"a\"b\\c"},"values":[[0,"NaN"],[540,"+Inf"],[600,"-Inf"]]}]}"#,
    );
    check(
        "/api/v1/query?query={\"größe.m\"}",
        r#"{"resultType":"vector","result":[{"metric":{"__name__":"größe.m","job":"web"},"value":[600,"1e+21"]}]}"#,
    );
}

#[test]
fn a_range_query_gives_a_matrix() {
    check(
        "/api/v1/query_range?query=sum(http_requests_total)&start=0&end=120.5&step=1m",
        r#"{"resultType":"matrix","result":[{"metric":{},"values":[[0,"0"],[60,"60.5"],[120,"121"]]}]}"#,
    );
    check(
        "/api/v1/query_range?query=1&start=0.5&end=1&step=0.5",
        r#"{"resultType":"matrix","result":[{"metric":{},"values":[[0.500,"1"],[1,"1"]]}]}"#,
    );
}

#[test]
fn a_form_asks_as_an_address_does() {
    let form = b"query=sum%28up%29&time=0";
    let request = ApiRequest { method: Method::Post, path: "/api/v1/query", query: "", form };
    let answer = Server::new().answer(&request);
    assert_eq!((answer.status, answer.content_type), (200, "application/json"));
    let expect = r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[0,"2"]}]}}"#;
    assert_eq!(String::from_utf8(answer.body).as_deref(), Ok(expect));
}

#[test]
fn histograms_are_shown_by_their_buckets() {
    let histogram = r#"{"count":"10","sum":"18.4","buckets":[[1,"-2","-1","5"],[3,"-0.001","0.001","2"],[0,"0.5","1","1"],[0,"1","2","2"]]}"#;
    check(
        "/api/v1/query?query=latency&time=0",
        &format!(
            r#"{{"resultType":"vector","result":[{{"metric":{{"__name__":"latency"}},"histogram":[0,{histogram}]}}]}}"#
        ),
    );
    check(
        "/api/v1/query_range?query=latency&start=0&end=1&step=1",
        &format!(
            r#"{{"resultType":"matrix","result":[{{"metric":{{"__name__":"latency"}},"histograms":[[0,{histogram}],[1,{histogram}]]}}]}}"#
        ),
    );
}

#[test]
fn parameters_bound_the_answer() {
    assert_eq!(
        Server::new().get("/api/v1/query?query=count(up) by (instance)&limit=1"),
        r#"200 {"status":"success","data":{"resultType":"vector","result":[{"metric":{"instance":"a"},"value":[600,"1"]}]},"warnings":["results truncated due to limit"]}"#
    );
    // A sample of eight minutes ago is too old, unless the request says how far to look back.
    check("/api/v1/query?query=up&time=1080", r#"{"resultType":"vector","result":[]}"#);
    check(
        "/api/v1/query?query=sum(up)&time=1080&lookback_delta=10m",
        r#"{"resultType":"vector","result":[{"metric":{},"value":[1080,"2"]}]}"#,
    );
}

#[test]
fn remarks_stand_beside_the_data() {
    let infos = Server::new().get("/api/v1/query?query=rate(up{instance=\"a\"}[5m])");
    assert_eq!(
        infos,
        r#"200 {"status":"success","data":{"resultType":"vector","result":[{"metric":{"instance":"a","job":"web"},"value":[600,"0"]}]},"infos":["PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"up\" (1:6)"]}"#
    );
    let warnings = Server::new().get("/api/v1/query?query=quantile(2, up)");
    assert!(
        warnings
            .ends_with(r#","warnings":["PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)"]}"#),
        "{warnings}"
    );
}

#[test]
fn what_a_query_read_is_said_when_asked_for() {
    let answer = Server::new().get("/api/v1/query?query=up&stats=true");
    assert!(answer.contains(r#""stats":{"timings":{"evalTotalTime":0,"#), "{answer}");
    assert!(answer.contains(r#""samples":{"totalQueryableSamples":"#), "{answer}");
}

#[test]
fn exemplars_are_given_by_series() {
    check("/api/v1/query_exemplars?query=rate(up[5m])", "[]");
    let exemplar =
        Exemplar { labels: evenkeel_labels::LabelSet::new([("trace_id", "abc")]), value: 0.25, at: Timestamp(1_500) };
    let mut batch = evenkeel_metric::Batch::default();
    batch.begin([("__name__", "seen_total"), ("job", "web")]);
    batch.exemplar(exemplar);
    let mut server = Server::new();
    server.store.append_batch(&batch);
    let answer = server.get("/api/v1/query_exemplars?query=rate(seen_total[5m])&start=0&end=2");
    assert_eq!(
        answer,
        r#"200 {"status":"success","data":[{"seriesLabels":{"__name__":"seen_total","job":"web"},"exemplars":[{"labels":{"trace_id":"abc"},"value":"0.25","timestamp":1.500}]}]}"#
    );
}
