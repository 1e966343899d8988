//! CloudEvents in each mode, and each thing that can be wrong with them.

use evenkeel_fact::IncomingFact;
use evenkeel_forge::{EVENTS_MAX, EventFault, events};
use http::HeaderMap;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::payloads::{now, shown};

const STRUCTURED: &str = "application/cloudevents+json; charset=utf-8";
const BATCH: &str = "application/cloudevents-batch+json";

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(*name, value.parse().expect("a value"));
    }
    headers
}

fn read(content: &str, body: &Value) -> Result<Vec<IncomingFact>, EventFault> {
    events(&headers(&[("content-type", content)]), body.to_string().as_bytes(), now())
}

fn deployment() -> Value {
    json!({
        "specversion": "1.0", "type": "evenkeel.deployment.v1", "source": "//ci.example/acme", "id": "1723",
        "time": "2026-01-05T11:34:00Z", "datacontenttype": "application/json", "traceparent": "ignored",
        "data": {"workload": "shop", "environment": "eu-1", "production": true, "outcome": "succeeded", "size": 40, "known_issue": null},
    })
}

fn fault(change: impl FnOnce(&mut Value)) -> String {
    let mut event = deployment();
    change(&mut event);
    read(STRUCTURED, &event).expect_err("a fault").to_string()
}

#[test]
fn an_event_is_a_fact_in_each_mode() {
    let expected = "deployment 1723 at 2026-01-05T11:34:00.000Z by //ci.example/acme workload=shop\n    environment: eu-1\n    \
                    outcome: succeeded\n    production: true\n    size: 40";
    let structured = read(STRUCTURED, &deployment()).expect("an event");
    assert_eq!(structured.iter().map(shown).collect::<Vec<_>>(), [expected]);
    let batch = read(BATCH, &json!([deployment(), deployment()])).expect("events");
    assert_eq!(batch, [structured.clone(), structured.clone()].concat());
    assert_eq!(read(BATCH, &json!([])).expect("no events"), []);
    let binary = [
        ("content-type", "application/json"),
        ("ce-specversion", "1.0"),
        ("ce-type", "evenkeel.deployment.v1"),
        ("ce-source", "//ci.example/acme"),
        ("ce-id", "1723"),
        ("ce-time", "2026-01-05T11:34:00Z"),
        ("ce-traceparent", "ignored"),
    ];
    let data = deployment()["data"].to_string();
    assert_eq!(events(&headers(&binary), data.as_bytes(), now()).expect("an event"), structured);
}

#[test]
fn the_data_may_name_the_key_and_whom_it_is_about() {
    let event = json!({
        "specversion": "1.0", "type": "evenkeel.training.v1", "source": "lms", "id": "1",
        "data": {"key": "course-7/ada", "person": "ada", "team": "shop", "skill": "restore", "training": "restore-1", "outcome": "passed", "hours": null},
    });
    let facts = read(STRUCTURED, &event).expect("an event");
    let expected = "training course-7/ada at 2026-01-05T12:00:00.000Z by lms team=shop person=ada\n    outcome: passed\n    \
                    skill: restore\n    training: restore-1";
    assert_eq!(facts.iter().map(shown).collect::<Vec<_>>(), [expected], "without a time it is now");
}

#[test]
fn headers_are_percent_encoded() {
    let said = |id: &str| {
        let binary = [
            ("content-type", "application/json"),
            ("ce-specversion", "1.0"),
            ("ce-type", "evenkeel.search.v1"),
            ("ce-source", "wiki"),
            ("ce-id", id),
        ];
        events(&headers(&binary), br#"{"found": true}"#, now())
            .map(|facts| facts[0].key.to_string())
            .map_err(|fault| fault.to_string())
    };
    assert_eq!(said("l%C3%B6sung%201"), Ok("lösung 1".to_owned()));
    assert_eq!(said("%ff"), Err("`ce-id` is no percent-encoded UTF-8".to_owned()));
}

#[test]
fn each_wrong_attribute_is_said() {
    for name in ["specversion", "id", "source", "type"] {
        assert_eq!(
            fault(|event| drop(event.as_object_mut().expect("an object").remove(name))),
            format!("`{name}` is missing")
        );
        assert_eq!(fault(|event| event[name] = json!(" ")), format!("`{name}` is empty"));
        assert_eq!(fault(|event| event[name] = json!(1)), format!("`{name}` is no text"));
        assert_eq!(fault(|event| event[name] = json!("x".repeat(1025))), format!("`{name}` is longer than 1024 bytes"));
    }
    assert_eq!(fault(|event| event["specversion"] = json!("0.3")), "`specversion` is `0.3`; only `1.0` is read");
    for wrong in
        ["com.example.deployment", "evenkeel.deployment", "evenkeel..v1", "evenkeel.deployment.v2", "evenkeel.De.v1"]
    {
        let expected =
            format!("`type` is `{wrong}`; only `evenkeel.KIND.v1` is taken, such as `evenkeel.deployment.v1`");
        assert_eq!(fault(|event| event["type"] = json!(wrong)), expected);
    }
    assert_eq!(
        fault(|event| event["time"] = json!("noon")),
        "`time` is no RFC 3339 instant such as `2026-01-02T03:04:05Z`"
    );
    assert_eq!(
        fault(|event| event["datacontenttype"] = json!("text/xml")),
        "`datacontenttype` is `text/xml`; only JSON is read"
    );
    assert_eq!(fault(|event| event["data"] = json!("text")), "`data` is no object");
    assert_eq!(
        fault(|event| event["data_base64"] = json!("e30=")),
        "`data_base64` is not read; send the data as JSON in `data`"
    );
    assert_eq!(fault(|event| event["data"]["key"] = json!("")), "data: `key` is empty; write a name into it");
    assert_eq!(
        fault(|event| event["data"]["size"] = json!(1.5)),
        "data: `size` is no whole number; write a whole number, without quotes"
    );
    assert_eq!(
        fault(|event| event["type"] = json!("evenkeel.deploymnt.v1")),
        "data: there is no kind of fact named `deploymnt`; did you mean `deployment`?"
    );
    let all = fault(|event| *event = json!({"data": []}));
    let expected =
        "`specversion` is missing; `id` is missing; `source` is missing; `type` is missing; `data` is no object";
    assert_eq!(all, expected);
}

#[test]
fn events_in_a_batch_are_named_by_their_place_and_counted() {
    let said = |body: &Value| read(BATCH, body).expect_err("a fault").to_string();
    assert_eq!(said(&json!([deployment(), 7])), "event 1: an event is an object");
    assert_eq!(said(&json!({})), "a batch is a list of events");
    let many = json!(vec![json!(7); 25]);
    assert!(said(&many).ends_with("event 19: an event is an object; and 5 more faults"), "{}", said(&many));
    let too_many = json!(vec![deployment(); EVENTS_MAX + 1]);
    assert_eq!(read(BATCH, &too_many), Err(EventFault::TooMany));
    assert_eq!(EventFault::TooMany.to_string(), "more than 1000 events at once");
}

#[test]
fn what_is_no_event_as_json_is_said() {
    let said = |pairs: &[(&'static str, &str)]| events(&headers(pairs), b"{}", now()).expect_err("a fault");
    let how = "send `application/cloudevents+json`, `application/cloudevents-batch+json`, or `application/json` with `ce-` headers";
    for (pairs, why) in [
        (&[("content-type", "application/cloudevents+xml")][..], "`application/cloudevents+xml` is not read"),
        (&[("content-type", "application/json")], "this is no CloudEvent"),
        (&[], "this is no CloudEvent"),
    ] {
        assert_eq!(said(pairs), EventFault::Unsupported(format!("{why}; {how}")));
    }
    let twice = [("ce-id", "1"), ("ce-id", "2"), ("content-type", "application/json")];
    assert!(said(&twice).to_string().starts_with("`ce-id` is there more than once"));
    let fault = events(&headers(&[("content-type", STRUCTURED)]), b"{", now()).expect_err("a fault").to_string();
    assert!(fault.starts_with("the body is no JSON: "), "{fault}");
}

proptest! {
    #[test]
    fn no_body_makes_it_stumble(body in ".{0,200}", content in prop::sample::select(vec![STRUCTURED, BATCH, "application/json"])) {
        let _ = events(&headers(&[("content-type", content), ("ce-id", "1")]), body.as_bytes(), now());
    }
}
