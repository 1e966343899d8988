//! Labels, their values, series and metadata.

use crate::fixture::{Server, check};

#[test]
fn labels_and_values_are_sorted_and_each_once() {
    check("/api/v1/labels", r#"["__name__","code","instance","job","text"]"#);
    check("/api/v1/labels?match[]=up", r#"["__name__","instance","job"]"#);
    check("/api/v1/labels?match[]=up&match[]=odd", r#"["__name__","instance","job","text"]"#);
    check("/api/v1/labels?match[]=none", "[]");
    check("/api/v1/label/instance/values", r#"["a","b"]"#);
    check("/api/v1/label/code/values?match[]=http_requests_total{code!=\"200\"}", r#"["500"]"#);
    check("/api/v1/label/text/values", r#"["a\"b\\c"]"#);
    check("/api/v1/label/nothing/values", "[]");
    check("/api/v1/label/__name__/values", r#"["größe.m","http_requests_total","latency","odd","up"]"#);
    check("/api/v1/label/U__job/values", r#"["web"]"#);
    check("/api/v1/label/U__no_2e_such/values", "[]");
}

#[test]
fn series_are_sorted_and_each_once() {
    check(
        "/api/v1/series?match[]=up&match[]={instance=\"b\"}",
        r#"[{"__name__":"up","instance":"a","job":"web"},{"__name__":"up","instance":"b","job":"web"}]"#,
    );
    check("/api/v1/series?match[]=up&start=700", "[]");
    check("/api/v1/series?match[]=latency&start=600&end=600", r#"[{"__name__":"latency"}]"#);
}

#[test]
fn more_than_the_limit_is_said() {
    let server = Server::new();
    for (path, data) in [
        ("/api/v1/labels?limit=2", r#"["__name__","code"]"#),
        ("/api/v1/label/instance/values?limit=1", r#"["a"]"#),
        ("/api/v1/series?match[]=up&limit=1", r#"[{"__name__":"up","instance":"a","job":"web"}]"#),
    ] {
        let warnings = r#""warnings":["results truncated due to limit"]"#;
        assert_eq!(server.get(path), format!(r#"200 {{"status":"success","data":{data},{warnings}}}"#));
    }
    check("/api/v1/label/instance/values?limit=2", r#"["a","b"]"#);
}

#[test]
fn metadata_is_given_by_metric() {
    let up = r#""up":[{"type":"gauge","help":"Whether it answers.","unit":""}]"#;
    let requests = r#""http_requests_total":[{"type":"counter","help":"Requests.","unit":""}]"#;
    check("/api/v1/metadata", &format!("{{{requests},{up}}}"));
    check("/api/v1/metadata?metric=up", &format!("{{{up}}}"));
    check("/api/v1/metadata?limit=1&limit_per_metric=1", &format!("{{{requests}}}"));
    check("/api/v1/metadata?metric=none", "{}");
}
