//! Metrics: questions and series find their way to the desk, and who may send them.

use axum::body::Body;
use http::Request;

use crate::bench::{Bench, REMOTE, Reply};

/// What a Prometheus client sends from this machine: no token.
fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &'static str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header("host", "localhost:7070");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(Body::from(body)).expect("a request")
}

fn from_elsewhere(mut request: Request<Body>) -> Request<Body> {
    let address: std::net::SocketAddr = REMOTE.parse().expect("an address");
    request.extensions_mut().insert(axum::extract::ConnectInfo(address));
    request
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_question_reaches_the_desk_with_its_path_and_parameters_as_they_came() {
    let bench = Bench::new();
    for (method, path, headers, body, expected) in [
        ("GET", "/prometheus/api/v1/query?query=up%7B%7D", &[][..], "", "GET /api/v1/query query=up%7B%7D "),
        (
            "POST",
            "/prometheus/api/v1/query_range?step=5",
            &[FORM],
            "query=up",
            "POST /api/v1/query_range step=5 query=up",
        ),
        ("GET", "/prometheus/api/v1/label/job/values", &[], "", "GET /api/v1/label/job/values  "),
        ("GET", "/prometheus/-/ready", &[], "", "GET /-/ready  "),
    ] {
        let reply = bench.send(request(method, path, headers, body)).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, expected), "{method} {path}");
    }
}

#[tokio::test]
async fn metrics_are_read_on_this_machine_without_a_token_and_elsewhere_with_the_role_of_a_viewer() {
    let bench = Bench::new();
    let ask = || request("GET", "/prometheus/api/v1/query?query=up", &[], "");
    assert_eq!(bench.send(ask()).await.status, 200);
    assert_eq!(bench.send(from_elsewhere(ask())).await.status, 401);
    let foreign = [FORM, ("origin", "http://evil.example")];
    let posted = request("POST", "/prometheus/api/v1/query", &foreign, "query=up");
    assert_eq!(bench.send(posted).await.status, 403, "a page of another origin asks nothing in somebody's name");
}

#[tokio::test]
async fn series_are_taken_compressed_and_answered_as_the_desk_says() {
    let bench = Bench::new();
    let send = async |body| -> Reply {
        let headers = [("content-type", "application/x-protobuf"), ("content-encoding", "snappy")];
        bench.send(request("POST", "/prometheus/api/v1/write", &headers, body)).await
    };
    let good = send("good").await;
    assert_eq!(good.status, 204);
    assert_eq!(good.header("x-prometheus-remote-write-samples-written"), "4");
    let bad = send("bad").await;
    assert_eq!(bad.status, 400);
    assert_eq!(bad.text, "Some(\"application/x-protobuf\") Some(\"snappy\")\n");
    let later = send("").await;
    assert_eq!((later.status.as_u16(), later.header("retry-after")), (503, "7"));
    let elsewhere = from_elsewhere(request("POST", "/prometheus/api/v1/write", &[], "good"));
    assert_eq!(bench.send(elsewhere).await.status, 401);
}
