//! Who is on call, and who stands in.

use evenkeel_time::Duration;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::caller::{Caller, Made};
use crate::golden;
use crate::shop::{done, orders_down, refused, shop};

fn turn(person: &str) -> Value {
    json!({"person": person, "from": "2026-01-03T09:00:00+01:00", "until": "2026-01-04T09:00:00+01:00"})
}

const OVERRIDES: &str = "/api/v1/oncall/primary/overrides";

async fn as_person(bench: &Bench, person: &str, role: &str) -> Caller {
    let made = Caller::owner().makes(bench, &json!({"name": person, "role": role, "person": person})).await;
    Made::of(&made).remote()
}

#[tokio::test]
async fn who_is_on_call_is_shown_with_why_and_until_when() {
    let bench = shop();
    golden::check_json("oncall.json", &bench.json("/api/v1/oncall").await);
    let at = bench.json("/api/v1/oncall?at=2026-01-05T09:00:00%2B01:00&schedule=primary").await;
    assert_eq!(at["at"], json!("2026-01-05T08:00:00.000Z"));
    assert_eq!(at["schedules"].as_array().expect("a list").len(), 1);
    assert_eq!(at["schedules"][0]["people"], json!(["person:bob"]));
    assert_eq!(at["schedules"][0]["because"], json!("layer weekly, turn 2 of 2"));
    let plus = bench.json("/api/v1/oncall?at=2026-01-05T09:00:00+01:00&schedule=schedule:primary").await;
    assert_eq!(plus, at);
    let day = bench.json("/api/v1/oncall?at=2026-01-05T12:00:00Z&schedule=nights").await;
    assert_eq!((&day["schedules"][0]["people"], &day["schedules"][0]["because"]), (&json!([]), &json!("nobody")));
    let before = bench.json("/api/v1/oncall?at=2020-01-01T00:00:00Z&schedule=primary").await;
    assert_eq!((&before["schedules"][0]["until"], &before["schedules"][0]["next"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn shifts_adjoin_and_have_times_with_nobody() {
    let bench = shop();
    let list = bench.json("/api/v1/oncall/nights/shifts?from=2026-01-02T12:00:00Z&until=2026-01-03T12:00:00Z").await;
    golden::check_json("shifts.json", &list);
    let list = bench.json("/api/v1/oncall/primary/shifts").await;
    let shifts = list["shifts"].as_array().expect("a list");
    assert_eq!(shifts.first().expect("a shift")["from"], json!("2026-01-02T03:04:05.678Z"));
    assert_eq!(shifts.last().expect("a shift")["until"], json!("2026-01-16T03:04:05.678Z"));
    assert!(shifts.windows(2).all(|pair| pair[0]["until"] == pair[1]["from"]), "{list}");
}

#[tokio::test]
async fn gaps_are_counted_in_hours() {
    let bench = shop();
    let list = bench.json("/api/v1/oncall/gaps?days=1").await;
    let expected = json!({"gaps": [{
        "schedule": "nights", "from": "2026-01-02T05:00:00.000Z", "until": "2026-01-02T21:00:00.000Z", "hours": 16.0,
    }]});
    assert_eq!(list, expected);
    assert_eq!(bench.json("/api/v1/oncall/gaps?schedule=primary").await, json!({"gaps": []}));
    let year = bench.json("/api/v1/oncall/gaps?schedule=nights&limit=1000").await;
    assert_eq!(year["gaps"].as_array().expect("a list").len(), 365);
}

#[tokio::test]
async fn load_counts_hours_nights_and_pages() {
    let bench = shop();
    orders_down(&bench).await;
    bench.advance(Duration::hours(1));
    golden::check_json("load.json", &bench.json("/api/v1/oncall/load?from=2026-01-01T00:00:00Z").await);
    let primary = bench.json("/api/v1/oncall/load?schedule=primary&from=2026-01-01T00:00:00Z").await;
    let ada = &primary["load"][0];
    assert_eq!((&ada["person"], &ada["pages"], &ada["night_pages"]), (&json!("person:ada"), &json!(1), &json!(1)));
    assert_eq!(primary["load"].as_array().expect("a list").len(), 1, "{primary}");
    let later =
        bench.json("/api/v1/oncall/load?from=2026-01-05T08:00:00Z&until=2026-01-12T08:00:00Z&schedule=primary").await;
    let expected = json!([{
        "person": "person:bob", "hours": 168.0, "nights": 7, "weekend_days": 2, "pages": 0, "night_pages": 0,
    }]);
    assert_eq!(later["load"], expected);
}

#[tokio::test]
async fn somebody_stands_in_and_gives_the_turn_back() {
    let bench = shop();
    let mut body = turn("person:cleo");
    body["replaces"] = json!("ada");
    body["reason"] = json!("a wedding");
    let set = done(&bench, OVERRIDES, &body).await;
    let id = set["id"].as_str().expect("an id").to_owned();
    let expected = json!({
        "id": id, "schedule": "primary", "from": "2026-01-03T08:00:00.000Z", "until": "2026-01-04T08:00:00.000Z",
        "person": "person:cleo", "replaces": "person:ada", "reason": "a wedding",
    });
    assert_eq!(set, expected);
    assert_eq!(bench.json("/api/v1/overrides").await, json!({"overrides": [expected]}));
    let during = "/api/v1/oncall?schedule=primary&at=2026-01-03T12:00:00Z";
    let now = bench.json(during).await;
    assert_eq!(now["schedules"][0]["people"], json!(["person:cleo"]));
    assert_eq!(now["schedules"][0]["because"], json!(id));
    let reply = bench.call("DELETE", &format!("/api/v1/overrides/{id}"), "").await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, "{}"));
    assert_eq!(bench.json(during).await["schedules"][0]["people"], json!(["person:ada"]));
    assert_eq!(bench.json("/api/v1/overrides").await, json!({"overrides": []}));
    let again = bench.call("DELETE", &format!("/api/v1/overrides/{id}"), "").await;
    assert!(matches!(refused(&again).0, 404 | 409), "{}", again.text);
}

#[tokio::test]
async fn responders_decide_on_their_own_turns_only() {
    let bench = shop();
    let cleo = as_person(&bench, "cleo", "responder").await;
    let (operator, machine) =
        (Made::role(&bench, "operator").await.remote(), Made::role(&bench, "responder").await.remote());
    let viewer = as_person(&bench, "cleo", "viewer").await;
    let set =
        async |caller: &Caller, person: &str| caller.call(&bench, "POST", OVERRIDES, &turn(person).to_string()).await;
    let remove =
        async |caller: &Caller, id: &str| caller.call(&bench, "DELETE", &format!("/api/v1/overrides/{id}"), "").await;
    let id = |reply: &crate::bench::Reply| {
        reply.json()["id"].as_str().unwrap_or_else(|| panic!("{}", reply.text)).to_owned()
    };
    let before = bench.seq();
    for (caller, person, code) in [
        (&cleo, "bob", "not-your-turn"),
        (&cleo, "nobody", "not-your-turn"),
        (&machine, "cleo", "not-your-turn"),
        (&viewer, "cleo", "role-too-low"),
    ] {
        assert_eq!(refused(&set(caller, person).await), (403, code.to_owned()), "{person}");
    }
    assert_eq!(bench.seq(), before);
    let own = id(&set(&cleo, "cleo").await);
    assert_eq!(bench.last_actor(), "person:cleo");
    let others = id(&set(&operator, "bob").await);
    let before = bench.seq();
    for (caller, id, code) in
        [(&cleo, &others, "not-your-turn"), (&machine, &own, "not-your-turn"), (&viewer, &own, "role-too-low")]
    {
        assert_eq!(refused(&remove(caller, id).await), (403, code.to_owned()), "{id}");
    }
    assert_eq!(bench.seq(), before);
    assert_eq!(remove(&cleo, &own).await.status, 200);
    let own = id(&set(&cleo, "cleo").await);
    for id in [&own, &others] {
        assert_eq!(remove(&operator, id).await.status, 200, "{id}");
    }
}

#[tokio::test]
async fn what_cannot_be_answered_says_why() {
    let bench = shop();
    for (path, status, code) in [
        ("/api/v1/oncall?at=tomorrow", 400, "malformed"),
        ("/api/v1/oncall?schedule=primry", 404, "unknown-schedule"),
        ("/api/v1/oncall/primry/shifts", 404, "unknown-schedule"),
        ("/api/v1/oncall/primary/shifts?from=2026-01-02T00:00:00Z&until=2026-01-02T00:00:00Z", 400, "malformed"),
        ("/api/v1/oncall/primary/shifts?from=2026-01-02T00:00:00Z&until=2028-01-02T00:00:00Z", 400, "malformed"),
        ("/api/v1/oncall/gaps?days=0", 400, "malformed"),
        ("/api/v1/oncall/gaps?days=401", 400, "malformed"),
        ("/api/v1/oncall/gaps?schedule=x", 404, "unknown-schedule"),
        ("/api/v1/oncall/load?from=x", 400, "malformed"),
    ] {
        assert_eq!(refused(&bench.get(path).await), (status, code.to_owned()), "{path}");
    }
    let near = bench.get("/api/v1/oncall?schedule=primry").await.json();
    assert_eq!(near["help"], json!("did you mean `primary`?"));
    let before = bench.seq();
    let with = |name: &str, value: Value| {
        let mut body = turn("bob");
        body[name] = value;
        body
    };
    for (path, body, status, code) in [
        (OVERRIDES, with("person", json!("bobb")), 400, "unknown-person"),
        (OVERRIDES, with("replaces", json!("bob")), 400, "same-person"),
        (OVERRIDES, with("until", json!("2026-01-03T00:00:00Z")), 400, "ends-before-start"),
        (OVERRIDES, with("until", json!("2028-01-03T00:00:00Z")), 400, "override-too-long"),
        (OVERRIDES, with("from", json!("soon")), 400, "malformed"),
        (OVERRIDES, with("form", json!("x")), 400, "malformed"),
        (OVERRIDES, json!({"person": "bob"}), 400, "malformed"),
        ("/api/v1/oncall/x/overrides", turn("bob"), 404, "unknown-schedule"),
    ] {
        assert_eq!(refused(&bench.post(path, &body.to_string()).await), (status, code.to_owned()), "{path} {body}");
    }
    for (path, status, code) in [("99", 404, "unknown-override"), ("x", 400, "malformed")] {
        let reply = bench.call("DELETE", &format!("/api/v1/overrides/{path}"), "").await;
        assert_eq!(refused(&reply), (status, code.to_owned()), "{path}");
    }
    assert_eq!(bench.seq(), before);
}
