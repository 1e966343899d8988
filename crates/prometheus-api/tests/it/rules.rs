//! Rules and alerts.

use crate::fixture::{Server, check, refused};

const ALERT: &str = r#"{"labels":{"alertname":"Down","instance":"b"},"annotations":{"summary":"b is down"},"state":"firing","activeAt":"1970-01-01T00:01:00Z","keepFiringSince":"1970-01-01T00:02:00.5Z","value":"0e+00"}"#;
const ALERTING: &str = r#"{"state":"firing","name":"Down","query":"up == 0","duration":300,"keepFiringFor":0,"labels":{"severity":"page"},"annotations":{"summary":"{{ $labels.instance }} is down"},"alerts":[ALERTS],"health":"ok","evaluationTime":0.00025,"lastEvaluation":"1970-01-01T00:09:50Z","type":"alerting"}"#;
const RECORDING: &str = r#"{"name":"job:up:sum","query":"sum by (job) (up)","labels":{},"health":"err","lastError":"no \"data\"","evaluationTime":0,"lastEvaluation":"0001-01-01T00:00:00Z","type":"recording"}"#;

fn group(name: &str, rule: &str) -> String {
    format!(
        r#"{{"name":"{name}","file":"rules.yml","rules":[{rule}],"interval":1.5,"limit":0,"evaluationTime":0.001,"lastEvaluation":"1970-01-01T00:09:50Z"}}"#
    )
}

#[test]
fn rules_are_given_by_group() {
    let (alerts, records) = (group("alerts", &ALERTING.replace("ALERTS", ALERT)), group("records", RECORDING));
    let none = "{\"groups\":[]}".to_owned();
    for (path, groups) in [
        ("/api/v1/rules", format!("{{\"groups\":[{alerts},{records}]}}")),
        ("/api/v1/rules?type=alert", format!("{{\"groups\":[{alerts}]}}")),
        ("/api/v1/rules?type=record", format!("{{\"groups\":[{records}]}}")),
        ("/api/v1/rules?rule_name[]=Down", format!("{{\"groups\":[{alerts}]}}")),
        ("/api/v1/rules?rule_group[]=records&file[]=rules.yml", format!("{{\"groups\":[{records}]}}")),
        ("/api/v1/rules?file[]=other.yml", none.clone()),
        ("/api/v1/rules?match[]={severity=\"page\"}", format!("{{\"groups\":[{alerts}]}}")),
        ("/api/v1/rules?match[]={severity=\"none\"}", none),
    ] {
        check(path, &groups);
    }
    let without = group("alerts", &ALERTING.replace("ALERTS", ""));
    check("/api/v1/rules?type=alert&exclude_alerts=true", &format!("{{\"groups\":[{without}]}}"));
}

#[test]
fn groups_are_given_page_by_page() {
    let (alerts, records) = (group("alerts", &ALERTING.replace("ALERTS", ALERT)), group("records", RECORDING));
    let token: String = "rules.yml;records".bytes().map(|byte| format!("{byte:02x}")).collect();
    check("/api/v1/rules?group_limit=1", &format!("{{\"groups\":[{alerts}],\"groupNextToken\":\"{token}\"}}"));
    check(&format!("/api/v1/rules?group_limit=1&group_next_token={token}"), &format!("{{\"groups\":[{records}]}}"));
    refused(
        "/api/v1/rules?group_limit=1&group_next_token=x",
        400,
        "bad_data",
        "invalid parameter \"group_next_token\": no group has the token \"x\"",
    );
}

#[test]
fn alerts_are_given_without_their_rules() {
    check("/api/v1/alerts", &format!("{{\"alerts\":[{ALERT}]}}"));
    assert!(Server::new().get("/api/v1/alerts").starts_with("200 "));
}
