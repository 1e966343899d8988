//! What pages show is there for programs: workloads, teams, people, procedures, alerts, groups, silences, the plan, search.

use http::StatusCode;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::shop::{done, refused, shop, shop_with_orders_down};

fn names(list: &Value, name: &str) -> Vec<String> {
    let list = list.as_array().expect("a list");
    list.iter().map(|one| one[name].as_str().expect("a text").to_owned()).collect()
}

#[tokio::test]
async fn the_overview_says_what_is_broken_and_who_is_on_call() {
    let (bench, id) = shop_with_orders_down().await;
    let overview = bench.json("/api/v1/overview").await;
    assert_eq!(
        (&overview["incidents"]["open"], &overview["incidents"]["by_severity"]),
        (&json!(1), &json!({"sev1": 1}))
    );
    assert_eq!(overview["worst"][0]["id"], json!(id.to_string()));
    assert_eq!(overview["alerts"], json!({"active": 1, "suppressed": 0, "resolved": 0}));
    assert_eq!(names(&overview["on_call"], "schedule"), ["nights", "primary"]);
    assert_eq!(overview["on_call"][1]["people"], json!(["person:ada"]));
}

#[tokio::test]
async fn a_workload_shows_both_directions_and_what_is_wrong_with_it() {
    let (bench, id) = shop_with_orders_down().await;
    let list = bench.json("/api/v1/workloads").await;
    assert!(names(&list["workloads"], "workload").contains(&"workload:orders".to_owned()));
    let orders = bench.json("/api/v1/workloads/orders").await;
    assert_eq!(
        (&orders["owner"], &orders["tier"], &orders["incident_count"]),
        (&json!("team:orders"), &json!(1), &json!(1))
    );
    assert_eq!(names(&orders["depends_on"], "workload"), ["workload:database", "workload:search"]);
    assert_eq!(names(&orders["dependants"], "workload"), ["workload:storefront"]);
    assert_eq!(names(&orders["incidents"], "id"), [id.to_string()]);
    assert_eq!(orders["alerts"][0]["labels"]["alertname"], json!("OrdersDown"));
    assert_eq!(bench.json("/api/v1/workloads/workload%3Aorders").await["workload"], json!("workload:orders"));
    let owned = bench.json("/api/v1/workloads?owner=team:orders&tier=1").await;
    assert_eq!(names(&owned["workloads"], "workload"), ["workload:orders", "workload:storefront"]);
    let reply = bench.get("/api/v1/workloads/order").await;
    assert_eq!(reply.json()["help"], json!("did you mean `orders`?"));
    assert_eq!(refused(&reply), (404, "unknown-document".to_owned()));
}

#[tokio::test]
async fn teams_people_and_procedures_are_listed_and_shown() {
    let (bench, _) = shop_with_orders_down().await;
    let team = bench.json("/api/v1/teams/orders").await;
    assert_eq!((&team["team"], &team["incident_count"]), (&json!("team:orders"), &json!(1)));
    assert!(names(&bench.json("/api/v1/teams").await["teams"], "team").contains(&"team:orders".to_owned()));
    let ada = bench.json("/api/v1/people/ada").await;
    assert_eq!((&ada["person"], &ada["on_call"]), (&json!("person:ada"), &json!(["primary"])));
    assert!(ada["contacts"].as_array().expect("a list").contains(&json!("phone")));
    assert!(!bench.get("/api/v1/people").await.text.contains("example"), "no address is shown");
    assert_eq!(bench.get("/api/v1/procedures").await.status, StatusCode::OK);
    assert_eq!(refused(&bench.get("/api/v1/procedures/nothing").await).0, 404);
}

#[tokio::test]
async fn alerts_say_what_keeps_them_from_being_told() {
    let (bench, incident) = shop_with_orders_down().await;
    let list = bench.json("/api/v1/alerts").await;
    let alert = &list["alerts"][0];
    assert_eq!((&alert["state"], &list["firing_count"]), (&json!("active"), &json!(1)));
    assert_eq!(alert["incidents"], json!([incident.to_string()]));
    let silence = done(
        &bench,
        "/api/v1/silences",
        &json!({
            "matchers": [r#"alertname="OrdersDown""#], "ends_at": "2026-01-02T06:00:00Z", "comment": "planned work",
        }),
    )
    .await;
    let id = alert["id"].as_str().expect("an id");
    let alert = bench.json(&format!("/api/v1/alerts/{id}")).await;
    let by = json!([{"kind": "silence", "by": silence["id"], "until": "2026-01-02T06:00:00.000Z"}]);
    assert_eq!((&alert["state"], &alert["suppressed_by"]), (&json!("suppressed"), &by));
    for (query, count) in [
        ("state=suppressed", 1),
        ("state=active", 0),
        ("state=firing&filter=team%3Dorders", 1),
        ("filter=team%3D%22x%22", 0),
        ("receiver=nobody", 0),
    ] {
        let list = bench.json(&format!("/api/v1/alerts?{query}")).await;
        assert_eq!(list["alerts"].as_array().map(Vec::len), Some(count), "{query}");
    }
    for (query, code) in [("state=x", "malformed"), ("filter=%7B", "bad-matcher"), ("filter=a", "bad-matcher")] {
        assert_eq!(refused(&bench.get(&format!("/api/v1/alerts?{query}")).await), (400, code.to_owned()));
    }
    assert_eq!(refused(&bench.get("/api/v1/alerts/99").await), (404, "unknown-alert".to_owned()));
    let groups = bench.json("/api/v1/groups").await;
    assert_eq!((&groups["groups"][0]["firing_count"], &groups["groups"][0]["alerts"][0]), (&json!(1), &json!(id)));
}

#[tokio::test]
async fn what_a_silence_would_catch_is_shown_and_nothing_is_set() {
    let (bench, incident) = shop_with_orders_down().await;
    let seq = bench.seq();
    let matchers = json!({"matchers": ["alertname=~\"Orders.*\"", "team=orders"]});
    let preview = done(&bench, "/api/v1/silences/preview", &matchers).await;
    assert_eq!((&preview["alert_count"], &preview["newly_silenced_count"]), (&json!(1), &json!(1)));
    assert_eq!(preview["incidents_muffled"], json!([incident.to_string()]));
    assert_eq!(bench.seq(), seq);
    let nothing = done(&bench, "/api/v1/silences/preview", &json!({"matchers": ["team=nobody"]})).await;
    assert_eq!((&nothing["alert_count"], &nothing["incidents_muffled"]), (&json!(0), &json!([])));
    for wrong in [json!({"matchers": []}), json!({"matchers": ["team=~\".*\""]}), json!({"matchers": ["("]})] {
        let reply = bench.post("/api/v1/silences/preview", &wrong.to_string()).await;
        assert_eq!(refused(&reply), (400, "bad-matcher".to_owned()), "{wrong}");
    }
}

#[tokio::test]
async fn silences_are_set_listed_and_ended() {
    let bench = shop();
    let body = json!({"matchers": ["team=orders"], "ends_at": "2026-01-02T06:00:00Z", "comment": "planned work"});
    let silence = done(&bench, "/api/v1/silences", &body).await;
    let id = silence["id"].as_str().expect("an id").to_owned();
    assert_eq!((&silence["state"], &silence["matchers"][0]["op"]), (&json!("active"), &json!("=")));
    assert_eq!(bench.json("/api/v1/silences?state=active").await["silences"][0]["id"], json!(id));
    let delete = |path: String| {
        let bench = &bench;
        async move { bench.call("DELETE", &path, "").await }
    };
    assert_eq!(delete(format!("/api/v1/silences/{id}")).await.status, 200);
    assert_eq!(refused(&delete(format!("/api/v1/silences/{id}")).await), (409, "silence-over".to_owned()));
    assert_eq!(refused(&delete("/api/v1/silences/999".to_owned()).await), (404, "unknown-silence".to_owned()));
    assert_eq!(bench.json(&format!("/api/v1/silences/{id}")).await["state"], json!("expired"));
    let past = json!({"matchers": ["team=orders"], "ends_at": "2025-01-02T06:00:00Z", "comment": "c"});
    let reply = bench.post("/api/v1/silences", &past.to_string()).await;
    assert_eq!(refused(&reply), (400, "invalid-silence".to_owned()));
}

#[tokio::test]
async fn search_finds_what_has_a_name_and_the_best_first() {
    let (bench, incident) = shop_with_orders_down().await;
    let hits = bench.json("/api/v1/search?q=ORDERS").await;
    let kinds = names(&hits["hits"], "kind");
    assert!(
        ["workload", "team", "incident", "alert"].iter().all(|kind| kinds.contains(&(*kind).to_owned())),
        "{kinds:?}"
    );
    assert!(names(&hits["hits"], "id").iter().take(2).all(|id| id == "orders" || id == &incident.to_string()));
    let hit = bench.json(&format!("/api/v1/search?q={incident}")).await;
    assert_eq!(hit["hits"][0]["path"], json!(format!("/api/v1/incidents/{incident}")));
    assert_eq!(bench.json("/api/v1/search?q=3").await["hits"][0]["path"], json!("/api/v1/records/3"));
    assert_eq!(bench.json("/api/v1/search?q=orders&limit=1").await["more"], json!(true));
    assert_eq!(bench.json("/api/v1/search?q=nothing+such").await["hits"], json!([]));
    for query in ["", "q=", "q=a&limit=0"] {
        assert_eq!(refused(&bench.get(&format!("/api/v1/search?{query}")).await).0, 400, "{query}");
    }
}

#[tokio::test]
async fn the_plan_and_those_before_are_shown() {
    let bench = Bench::new();
    let plan = bench.json("/api/v1/plan").await;
    assert_eq!(plan["hash"], json!("ab".repeat(32)));
    let plans = bench.json("/api/v1/plans").await;
    assert_eq!((&plans["plans"][0]["hash"], &plans["plans"][0]["before"]), (&plan["hash"], &Value::Null));
    assert_eq!(bench.json("/api/v1/findings").await, json!({"findings": [], "record": null, "at": null}));
}
