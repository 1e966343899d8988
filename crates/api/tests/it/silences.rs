//! `/silences`: set, changed, replaced, ended, and how that is shown.

use evenkeel_time::Duration;
use serde_json::{Value, json};

use crate::bench::Bench;

const UNKNOWN: &str = "00000000-0000-8000-8000-000000ffffff";

fn silence(starts_at: &str, ends_at: &str) -> Value {
    json!({
        "matchers": [{"name": "alertname", "value": "Down", "isRegex": false, "isEqual": true}],
        "startsAt": starts_at, "endsAt": ends_at, "createdBy": "me", "comment": "known",
    })
}

fn with(mut silence: Value, field: &str, value: Value) -> Value {
    silence.as_object_mut().expect("an object").insert(field.to_owned(), value);
    silence
}

#[tokio::test]
async fn a_silence_lives_from_pending_to_expired() {
    let bench = Bench::new();
    assert_eq!(bench.json("/api/v2/silences").await, json!([]));
    let id = bench.silence(&silence("2026-01-02T04:00:00Z", "2026-01-02T05:00:00Z")).await;
    let expected = json!({
        "id": id,
        "status": {"state": "pending"},
        "updatedAt": "2026-01-02T03:04:05.678Z",
        "comment": "known",
        "createdBy": "me",
        "endsAt": "2026-01-02T05:00:00.000Z",
        "matchers": [{"isEqual": true, "isRegex": false, "name": "alertname", "value": "Down"}],
        "startsAt": "2026-01-02T04:00:00.000Z",
    });
    assert_eq!(bench.json("/api/v2/silences").await, json!([expected]));
    let path = format!("/api/v2/silence/{id}");
    assert_eq!(bench.json(&path).await, expected);
    bench.advance(Duration::hours(1));
    assert_eq!(bench.json(&path).await["status"], json!({"state": "active"}));
    let gone = bench.call("DELETE", &path, "").await;
    assert_eq!((gone.status.as_u16(), gone.text.as_str()), (200, ""));
    let ended = bench.json(&path).await;
    assert_eq!(ended["status"], json!({"state": "expired"}));
    assert_eq!(ended["endsAt"], "2026-01-02T04:04:05.678Z");
    let again = bench.call("DELETE", &path, "").await;
    assert_eq!(again.refusal(), (400, format!("silence {id} already expired")));
}

#[tokio::test]
async fn a_silence_is_changed_in_place_where_that_takes_nothing_back() {
    let bench = Bench::new();
    let first = silence("2026-01-02T03:04:05.678Z", "2026-01-02T05:00:00Z");
    let id = bench.silence(&first).await;
    let longer = with(with(first.clone(), "endsAt", json!("2026-01-02T09:00:00Z")), "id", json!(id));
    assert_eq!(bench.silence(&longer).await, id);
    assert_eq!(bench.json(&format!("/api/v2/silence/{id}")).await["endsAt"], "2026-01-02T09:00:00.000Z");
    let other = json!([
        {"name": "alertname", "value": "Up|Down", "isRegex": true},
        {"name": "env", "value": "test.*", "isRegex": true, "isEqual": false},
    ]);
    let replaced = bench.silence(&with(longer, "matchers", other)).await;
    assert_ne!(replaced, id);
    let states: Vec<_> = bench.json("/api/v2/silences").await.as_array().expect("a list").clone();
    assert_eq!((&states[0]["id"], &states[0]["status"]["state"]), (&json!(replaced), &json!("active")));
    assert_eq!((&states[1]["id"], &states[1]["status"]["state"]), (&json!(id), &json!("expired")));
    assert_eq!(
        states[0]["matchers"],
        json!([
            {"isEqual": true, "isRegex": true, "name": "alertname", "value": "Up|Down"},
            {"isEqual": false, "isRegex": true, "name": "env", "value": "test.*"},
        ])
    );
}

#[tokio::test]
async fn silences_are_filtered_by_their_own_matchers() {
    let bench = Bench::new();
    let id = bench.silence(&silence("2026-01-02T03:00:00Z", "2026-01-02T05:00:00Z")).await;
    for (query, found) in [
        ("filter=alertname%3DDown", true),
        ("filter=alertname%3D~Down", false),
        ("filter=alertname%3D~D.*", false),
        ("filter=alertname!%3D%22%22", false),
        ("filter=alertname%3DUp", false),
        ("filter=alertname%3DDown&filter=other%3Dx", false),
        ("filter=other%3D%22%22", false),
        ("filter=other!%3Dx", false),
    ] {
        let list = bench.json(&format!("/api/v2/silences?{query}")).await;
        let ids: Vec<_> = list.as_array().expect("a list").iter().map(|one| one["id"].clone()).collect();
        assert_eq!(ids, if found { vec![json!(id)] } else { vec![] }, "{query}");
    }
    assert_eq!(bench.get("/api/v2/silences?filter=x").await.status, 400);
}

#[tokio::test]
async fn silences_are_listed_by_state_and_time() {
    let bench = Bench::new();
    let mut ids = Vec::new();
    for (starts_at, ends_at) in [
        ("2026-01-02T08:00:00Z", "2026-01-02T09:00:00Z"),
        ("2026-01-02T03:00:00Z", "2026-01-02T06:00:00Z"),
        ("2026-01-02T07:00:00Z", "2026-01-02T09:00:00Z"),
        ("2026-01-02T03:00:00Z", "2026-01-02T05:00:00Z"),
        ("2026-01-02T03:00:00Z", "2026-01-02T03:10:00Z"),
        ("2026-01-02T03:00:00Z", "2026-01-02T03:20:00Z"),
    ] {
        ids.push(bench.silence(&silence(starts_at, ends_at)).await);
    }
    bench.advance(Duration::minutes(30));
    let list = bench.json("/api/v2/silences").await;
    let shown: Vec<_> = list.as_array().expect("a list").iter().map(|one| one["id"].clone()).collect();
    assert_eq!(shown, [3, 1, 2, 0, 5, 4].map(|index: usize| json!(ids[index])));
}

#[tokio::test]
async fn an_id_that_names_nothing_is_told_from_one_that_is_none() {
    let bench = Bench::new();
    for id in [UNKNOWN, "6f2c5d1e-91a4-4a55-8d4e-0c5b4e6f7a80"] {
        for method in ["GET", "DELETE"] {
            let reply = bench.call(method, &format!("/api/v2/silence/{id}"), "").await;
            assert_eq!((reply.status.as_u16(), reply.text.as_str()), (404, ""), "{method} {id}");
        }
    }
    for method in ["GET", "DELETE"] {
        let reply = bench.call(method, "/api/v2/silence/nonsense", "").await;
        let expected = json!({"code": 601, "message": "silenceID in path must be of type uuid: \"nonsense\""});
        assert_eq!((reply.status.as_u16(), reply.json()), (422, expected));
    }
    for id in [UNKNOWN, "nonsense"] {
        let body = with(silence("2026-01-02T03:00:00Z", "2026-01-02T05:00:00Z"), "id", json!(id));
        let reply = bench.post("/api/v2/silences", &body.to_string()).await;
        assert_eq!(reply.refusal(), (404, "silence not found".to_owned()));
    }
}

#[tokio::test]
async fn what_is_no_silence_is_refused_with_the_reason() {
    let bench = Bench::new();
    let good = || silence("2026-01-02T03:00:00Z", "2026-01-02T05:00:00Z");
    let matcher =
        |name: &str, value: &str, is_regex: bool| json!([{"name": name, "value": value, "isRegex": is_regex}]);
    for (body, expected) in [
        (with(good(), "matchers", json!([])), "at least one matcher required"),
        (with(good(), "matchers", matcher("a", ".*", true)), "at least one matcher must not match the empty string"),
        (
            with(good(), "matchers", matcher("a", "(", true)),
            "invalid label matcher 0: not a regular expression: error: unclosed group",
        ),
        (with(good(), "matchers", matcher("", "x", false)), "invalid label matcher 0: invalid label name \"\""),
        (
            with(good(), "endsAt", json!("2026-01-02T03:00:00Z")),
            "failed to create silence: start time must be before end time",
        ),
        (
            with(good(), "endsAt", json!("2026-01-02T03:04:00Z")),
            "failed to create silence: end time can't be in the past",
        ),
        (
            with(good(), "matchers", json!(vec![json!({"name": "a", "value": "b", "isRegex": false}); 101])),
            "101 matchers, 100 are allowed",
        ),
    ] {
        let reply = bench.post("/api/v2/silences", &body.to_string()).await;
        assert_eq!(reply.refusal(), (400, expected.to_owned()));
    }
    for field in ["comment", "createdBy", "endsAt", "matchers", "startsAt"] {
        let reply = bench.post("/api/v2/silences", &with(good(), field, Value::Null).to_string()).await;
        let expected = json!({"code": 602, "message": format!("{field} in body is required")});
        assert_eq!((reply.status.as_u16(), reply.json()), (422, expected));
    }
    let reply = bench.post("/api/v2/silences", &with(good(), "matchers", json!([{"name": "a"}])).to_string()).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["message"]),
        (422, &json!("matchers.0.isRegex in body is required"))
    );
    assert_eq!(bench.json("/api/v2/silences").await, json!([]));
}
