//! What is asked wrongly.

use evenkeel_prometheus_api::{ApiRequest, Method};

use crate::fixture::{Server, refused};

#[test]
fn parameters_that_are_wrong_are_named() {
    let bad = |path: &str, text: &str| refused(path, 400, "bad_data", text);
    bad(
        "/api/v1/query?query=up&time=x",
        "invalid parameter \"time\": invalid time value for 'time': cannot parse \"x\" to a valid timestamp",
    );
    bad("/api/v1/query?query=up&timeout=x", "invalid parameter \"timeout\": cannot parse \"x\" to a valid duration");
    bad("/api/v1/query?query=up&limit=-1", "invalid parameter \"limit\": limit must be non-negative");
    bad("/api/v1/query?query=up&limit=x", "invalid parameter \"limit\": strconv.Atoi: parsing \"x\": invalid syntax");
    bad(
        "/api/v1/query?query=up&lookback_delta=x",
        "error parsing lookback delta duration: cannot parse \"x\" to a valid duration",
    );
    bad("/api/v1/query_range?query=up", "invalid parameter \"start\": cannot parse \"\" to a valid timestamp");
    bad("/api/v1/query_range?query=up&start=1", "invalid parameter \"end\": cannot parse \"\" to a valid timestamp");
    bad(
        "/api/v1/query_range?query=up&start=1&end=0&step=1",
        "invalid parameter \"end\": end timestamp must not be before start time",
    );
    bad(
        "/api/v1/query_range?query=up&start=0&end=1",
        "invalid parameter \"step\": cannot parse \"\" to a valid duration",
    );
    bad(
        "/api/v1/query_range?query=up&start=0&end=1&step=0",
        "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive \
         integer",
    );
    bad(
        "/api/v1/query_range?query=up&start=0&end=11001&step=1",
        "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)",
    );
    bad(
        "/api/v1/query_range?query=up[5m]&start=0&end=1&step=1",
        "invalid parameter \"query\": invalid expression type \"range vector\" for range query, must be Scalar or instant \
         Vector",
    );
    bad("/api/v1/series", "no match[] parameter provided");
    bad(
        "/api/v1/series?match[]={job=~\".*\"}",
        "invalid parameter \"match[]\": match[] must contain at least one non-empty matcher",
    );
    bad("/api/v1/metadata?limit=x", "limit must be a number");
    bad("/api/v1/status/tsdb?limit=0", "limit must be a positive number");
    bad("/api/v1/rules?type=x", "invalid parameter \"type\": not supported value \"x\"");
    bad("/api/v1/query_exemplars?query=up&start=2&end=1", "end timestamp must not be before start timestamp");
}

#[test]
fn an_expression_that_is_none_is_shown_with_its_place() {
    for path in [
        "/api/v1/query?query=up{",
        "/api/v1/query_range?query=up{&start=0&end=1&step=1",
        "/api/v1/query_exemplars?query=up{",
        "/api/v1/format_query?query=up{",
    ] {
        let answer = Server::new().get(path);
        let begins = "400 {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid parameter \\\"query\\\": 1:3: parse error: ";
        assert!(answer.starts_with(begins), "{answer}");
    }
    let answer = Server::new().get("/api/v1/labels?match[]=up[5m]");
    assert!(answer.contains("invalid parameter \\\"match[]\\\": 1:1: parse error: "), "{answer}");
}

#[test]
fn values_that_do_not_go_together_are_faults_of_execution() {
    let answer = Server::new().get("/api/v1/query?query=up %2B on (job) up");
    assert!(
        answer.starts_with("422 {\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"found duplicate series"),
        "{answer}"
    );
}

#[test]
fn paths_and_methods_that_are_none_are_refused() {
    let server = Server::new();
    for path in ["/api/v1/nothing", "/api/v2/query", "/", "/api/v1/label//values", "/api/v1/label/a/b/values"] {
        assert_eq!(server.get(path), "404 404 page not found\n", "{path}");
    }
    let request = ApiRequest { method: Method::Post, path: "/api/v1/rules", query: "", form: b"" };
    assert_eq!(server.answer(&request).status, 405);
    assert_eq!(server.answer(&ApiRequest { method: Method::Options, ..request }).status, 204);
}

#[test]
fn a_server_that_is_not_ready_says_so() {
    let mut server = Server::new();
    assert_eq!(server.get("/-/healthy"), "200 Evenkeel is healthy.\n");
    assert_eq!(server.get("/-/ready"), "200 Evenkeel is ready.\n");
    server.ready = false;
    assert_eq!(server.get("/-/healthy"), "200 Evenkeel is healthy.\n");
    assert_eq!(server.get("/-/ready"), "503 Service Unavailable");
    assert_eq!(server.get("/api/v1/query?query=up"), "503 Service Unavailable");
}
