//! Incidents of our own API: how they are shown, and what people do about them.

use evenkeel_engine::{Outcome, Retry};
use evenkeel_incident::Update;
use evenkeel_record::{Ask, SentId};
use evenkeel_time::Duration;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::caller::{Caller, Made};
use crate::golden;
use crate::shop::{
    database_slow, done, orders_down, outcome, page_to, plan_with, refused, shop, shop_with_orders_down, waiting,
};

fn ids(list: &Value) -> Vec<&str> {
    list["incidents"].as_array().expect("a list").iter().map(|one| one["id"].as_str().expect("an id")).collect()
}

async fn listed(bench: &Bench, query: &str) -> Vec<String> {
    let list = bench.json(&format!("/api/v1/incidents{query}")).await;
    ids(&list).into_iter().map(str::to_owned).collect()
}

/// Bearing a token of a person.
async fn as_person(bench: &Bench, person: &str, role: &str) -> Caller {
    let made = Caller::owner().makes(bench, &json!({"name": person, "role": role, "person": person})).await;
    Made::of(&made).remote()
}

#[tokio::test]
async fn an_incident_is_shown_with_all_that_is_known() {
    let (bench, id) = shop_with_orders_down().await;
    let page = SentId::Page(page_to(&bench, "ada", |ask| ask == Ask::Acknowledge));
    let database = database_slow(&bench).await;
    outcome(&bench, page, "phone", Outcome::Failed { reason: "no answer".into(), retry: Retry::Yes });
    bench.advance(Duration::minutes(2));
    outcome(&bench, page, "desk", Outcome::Delivered);
    bench.advance(Duration::minutes(3));
    golden::check_json("incident.json", &bench.json(&format!("/api/v1/incidents/{id}")).await);
    let bare = format!("/api/v1/incidents/{}", id.0.0);
    assert_eq!(bench.json(&bare).await["id"], json!(id.to_string()));
    golden::check_json("incidents.json", &bench.json("/api/v1/incidents").await);
    let below = bench.json(&format!("/api/v1/incidents/{database}")).await;
    assert_eq!(below["dependencies"]["dependants"][0]["workload"], json!("workload:orders"));
    assert_eq!(below["dependencies"]["dependants"][0]["open_incidents"], json!([id.to_string()]));
    assert_eq!(below["related"][0]["relation"], json!("dependant"));
}

#[tokio::test]
async fn the_list_has_the_worst_first_and_what_is_asked_for() {
    let bench = shop();
    let database = database_slow(&bench).await.to_string();
    bench.advance(Duration::minutes(1));
    let orders = orders_down(&bench).await.to_string();
    let second = json!({"response_plan": "orders-down", "title": "the same, seen by a person"});
    let second = done(&bench, "/api/v1/incidents", &second).await["id"].as_str().expect("an id").to_owned();
    let [orders, second, database] = [orders.as_str(), second.as_str(), database.as_str()];
    assert_eq!(listed(&bench, "").await, [orders, second, database]);
    done(&bench, &format!("/api/v1/incidents/{database}/acknowledge"), &json!({})).await;
    done(&bench, &format!("/api/v1/incidents/{second}/resolve"), &json!({})).await;
    for (query, expected) in [
        ("?status=open", vec![orders]),
        ("?status=open,acknowledged", vec![orders, database]),
        ("?status=open&status=resolved", vec![orders, second]),
        ("?status=closed,merged", vec![]),
        ("?workload=database", vec![database]),
        ("?workload=workload:orders", vec![orders, second]),
        ("?workload=nothing", vec![]),
        ("?all=false", vec![orders, second, database]),
    ] {
        assert_eq!(listed(&bench, query).await, expected, "{query}");
    }
    done(&bench, &format!("/api/v1/incidents/{second}/close"), &json!({"reason": "a drill"})).await;
    assert_eq!(listed(&bench, "").await, [orders, database]);
    assert_eq!(listed(&bench, "?all=true").await, [orders, second, database]);
    let (status, code) = refused(&bench.get("/api/v1/incidents?status=bad").await);
    assert_eq!((status, code.as_str()), (400, "malformed"));
}

#[tokio::test]
async fn priorities_go_before_age() {
    let orders_tier_3 = [("tier: 2, impact", "tier: 1, impact"), ("impact: minor", "impact: outage")];
    let bench = shop();
    bench.handle(evenkeel_engine::Input::AdoptPlan { plan: plan_with(&orders_tier_3), findings: 0 });
    let database = database_slow(&bench).await.to_string();
    bench.advance(Duration::minutes(1));
    let orders = orders_down(&bench).await.to_string();
    let list = bench.json("/api/v1/incidents").await;
    assert_eq!(
        (&list["incidents"][0]["severity"], &list["incidents"][1]["severity"]),
        (&json!("sev1"), &json!("sev1"))
    );
    assert_eq!(ids(&list), [&orders, &database]);
}

#[tokio::test]
async fn people_act_on_incidents() {
    let (bench, id) = shop_with_orders_down().await;
    let path = |act: &str| format!("/api/v1/incidents/{id}/{act}");
    let shown = done(&bench, &path("acknowledge"), &json!({"person": "bob"})).await;
    assert_eq!(shown["status"], json!("acknowledged"));
    let expected = json!({
        "person": "person:bob", "actor": "owner", "at": "2026-01-02T03:04:05.678Z", "until": "2026-01-02T03:34:05.678Z",
    });
    assert_eq!(shown["acknowledged"], expected);
    let shown = done(&bench, &path("assign"), &json!({"person": "person:cleo", "role": "communicator"})).await;
    assert_eq!(shown["roles"], json!({"responder": "person:bob", "communicator": "person:cleo"}));
    let shown = done(&bench, &path("assign"), &json!({"person": "cleo", "reason": "bob's shift is over"})).await;
    assert_eq!(shown["roles"]["responder"], json!("person:cleo"));
    let shown = done(&bench, &path("severity"), &json!({"severity": "sev3", "reason": "few notice"})).await;
    assert_eq!((&shown["severity"], &shown["severity_reason"]), (&json!("sev3"), &json!("few notice")));
    let shown = done(&bench, &path("visibility"), &json!({"customer_visible": false, "reason": "it is night"})).await;
    assert_eq!(shown["customer_visible"], json!(false));
    done(&bench, &path("notes"), &json!({"text": "the disk is full", "for_updates": true})).await;
    let shown = done(&bench, &path("escalate"), &json!({"to": "person:ada", "reason": "needs a colleague"})).await;
    assert_eq!((&shown["status"], &shown["acknowledged"]), (&json!("open"), &Value::Null));
    let shown = done(&bench, &path("resolve"), &json!({"reason": "restarted", "workaround": true})).await;
    assert_eq!((&shown["status"], &shown["workaround"]), (&json!("resolved"), &json!(true)));
    assert_eq!(shown["resolved_at"], json!("2026-01-02T03:04:05.678Z"));
    let shown = done(&bench, &path("reopen"), &json!({"reason": "it is back"})).await;
    assert_eq!((&shown["status"], &shown["resolved_at"]), (&json!("open"), &Value::Null));
    done(&bench, &path("resolve"), &json!({})).await;
    let shown = done(&bench, &path("close"), &json!({"reason": "well since an hour"})).await;
    assert_eq!(shown["status"], json!("closed"));
}

#[tokio::test]
async fn an_incident_is_opened_by_hand_and_merged() {
    let (bench, id) = shop_with_orders_down().await;
    let body = json!({"response_plan": "orders-down", "title": "a customer calls", "reason": "nobody can pay"});
    let shown = done(&bench, "/api/v1/incidents", &body).await;
    assert_eq!((&shown["title"], &shown["alert_count"]), (&json!("a customer calls"), &json!(0)));
    let opened = shown["id"].as_str().expect("an id").to_owned();
    let detail = bench.json(&format!("/api/v1/incidents/{opened}")).await;
    let lines: Vec<_> = detail["timeline"].as_array().expect("a list").iter().map(|entry| &entry["what"]).collect();
    assert!(lines.contains(&&json!("note: nobody can pay")), "{lines:?}");
    let body = json!({"into": id.0.0.to_string(), "reason": "the same"});
    let shown = done(&bench, &format!("/api/v1/incidents/{opened}/merge"), &body).await;
    assert_eq!((&shown["status"], &shown["merged_into"]), (&json!("merged"), &json!(id.to_string())));
    let before = bench.seq();
    for body in [json!({"response_plan": "orders-down", "title": "t", "reason": " "}), json!({"title": "t"})] {
        assert_eq!(refused(&bench.post("/api/v1/incidents", &body.to_string()).await).0, 400, "{body}");
    }
    assert_eq!(bench.seq(), before);
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_what_to_do() {
    let (bench, id) = shop_with_orders_down().await;
    let other = database_slow(&bench).await;
    let before = bench.seq();
    let long = "x".repeat(9000);
    for (path, body, status, code) in [
        ("99/acknowledge", json!({}), 404, "unknown-incident"),
        ("x/acknowledge", json!({}), 400, "malformed"),
        ("alert:1/acknowledge", json!({}), 400, "malformed"),
        ("ID/acknowledge", json!({"person": "eve"}), 400, "unknown-person"),
        ("ID/acknowledge", json!({"persons": "ada"}), 400, "malformed"),
        ("ID/acknowledge", json!([1]), 400, "malformed"),
        ("ID/escalate", json!({"to": "ada"}), 400, "malformed"),
        ("ID/escalate", json!({"to": "person:adda"}), 400, "unknown-target"),
        ("ID/escalate", json!({"to": "workload:orders"}), 400, "unknown-target"),
        ("ID/escalate", json!({"reason": ""}), 400, "invalid-text"),
        ("ID/resolve", json!({"reason": long}), 400, "invalid-text"),
        ("ID/reopen", json!({"reason": "it is back"}), 409, "wrong-state"),
        ("ID/close", json!({"reason": "over"}), 409, "wrong-state"),
        ("ID/close", json!({}), 400, "malformed"),
        ("ID/notes", json!({"text": ""}), 400, "invalid-text"),
        ("ID/assign", json!({"person": "eve"}), 400, "unknown-target"),
        ("ID/assign", json!({"person": "ada", "role": "hero"}), 400, "malformed"),
        ("ID/merge", json!({"into": "ID", "reason": "the same"}), 400, "into-itself"),
        ("ID/merge", json!({"into": "incident:99", "reason": "the same"}), 404, "unknown-incident"),
        ("ID/merge", json!({"into": "page:1", "reason": "the same"}), 400, "malformed"),
        ("ID/severity", json!({"severity": "sev9", "reason": "bad"}), 400, "malformed"),
        ("ID/visibility", json!({"customer_visible": "no", "reason": "bad"}), 400, "malformed"),
    ] {
        let id = id.to_string();
        let path = format!("/api/v1/incidents/{}", path.replace("ID", &id));
        let reply = bench.post(&path, &body.to_string().replace("\"ID\"", &format!("\"{id}\""))).await;
        assert_eq!(refused(&reply), (status, code.to_owned()), "{path} {body}");
    }
    assert_eq!(
        refused(&bench.post("/api/v1/incidents", r#"{"response_plan":"order-down","title":"t"}"#).await).1,
        "unknown-response-plan"
    );
    assert_eq!(refused(&bench.get("/api/v1/incidents/99").await), (404, "unknown-incident".to_owned()));
    assert_eq!(refused(&bench.get("/api/v1/incidents/x").await), (400, "malformed".to_owned()));
    let large = format!(r#"{{"text":"{}"}}"#, "x".repeat(70_000));
    let reply = bench.post(&format!("/api/v1/incidents/{other}/notes"), &large).await;
    assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (413, &json!("too-large")));
    assert_eq!(bench.seq(), before);
}

#[tokio::test]
async fn near_names_are_suggested() {
    let (bench, id) = shop_with_orders_down().await;
    for (path, body, near) in [
        (format!("/api/v1/incidents/{id}/escalate"), json!({"to": "person:adda"}), "ada"),
        (format!("/api/v1/incidents/{id}/escalate"), json!({"to": "schedule:primry"}), "primary"),
        (format!("/api/v1/incidents/{id}/acknowledge"), json!({"person": "cloe"}), "cleo"),
        ("/api/v1/incidents".to_owned(), json!({"response_plan": "order-down", "title": "t"}), "orders-down"),
    ] {
        let reply = bench.post(&path, &body.to_string()).await;
        assert_eq!(reply.json()["help"], json!(format!("did you mean `{near}`?")), "{body}");
    }
}

#[tokio::test]
async fn a_token_of_a_person_acts_for_that_person_only() {
    let (bench, id) = shop_with_orders_down().await;
    let ada = as_person(&bench, "ada", "responder").await;
    let path = format!("/api/v1/incidents/{id}/acknowledge");
    let reply = ada.call(&bench, "POST", &path, r#"{"person":"bob"}"#).await;
    assert_eq!(refused(&reply), (403, "other-person".to_owned()));
    for body in ["", "{}", r#"{"person":"ada"}"#, r#"{"person":"person:ada"}"#, r#"{"person":null}"#] {
        let reply = ada.call(&bench, "POST", &path, body).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.json()["acknowledged"]["person"]),
            (200, &json!("person:ada")),
            "{body}"
        );
        assert_eq!(bench.last_actor(), "person:ada");
    }
}

#[tokio::test]
async fn who_only_looks_acts_on_nothing() {
    let (bench, id) = shop_with_orders_down().await;
    let update = waiting(&bench).id;
    let (viewer, sender) = (Made::role(&bench, "viewer").await.remote(), Made::role(&bench, "sender").await.remote());
    assert_eq!(viewer.get(&bench, &format!("/api/v1/incidents/{id}")).await.status, 200);
    assert_eq!(sender.get(&bench, &format!("/api/v1/incidents/{id}")).await.status, 403);
    assert_eq!(Caller::local().get(&bench, "/api/v1/incidents").await.status, 401);
    let before = bench.seq();
    for path in [
        "/api/v1/incidents".to_owned(),
        format!("/api/v1/incidents/{id}/acknowledge"),
        format!("/api/v1/incidents/{id}/resolve"),
        "/api/v1/problems".to_owned(),
        format!("/api/v1/updates/{update}/approve"),
    ] {
        for (caller, status) in [(&viewer, 403), (&sender, 403), (&Caller::local(), 401), (&Caller::remote(), 401)] {
            assert_eq!(refused(&caller.call(&bench, "POST", &path, "{}").await).0, status, "{path}");
        }
    }
    assert_eq!(bench.seq(), before);
}

#[tokio::test]
async fn an_update_goes_when_somebody_who_may_approves_it() {
    let (bench, id) = shop_with_orders_down().await;
    let Update { id: update, .. } = waiting(&bench);
    let path = |act: &str| format!("/api/v1/updates/{update}/{act}");
    let ada = as_person(&bench, "ada", "responder").await;
    for act in ["approve", "withdraw"] {
        let body = if act == "approve" { "{}" } else { r#"{"reason":"no"}"# };
        let reply = ada.call(&bench, "POST", &path(act), body).await;
        assert_eq!(refused(&reply), (403, "not-an-approver".to_owned()));
    }
    let bob = as_person(&bench, "bob", "responder").await;
    let reply = bob.call(&bench, "POST", &path("approve"), r#"{"text":"We are on it."}"#).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    golden::check_json("update.json", &reply.json());
    assert_eq!(refused(&bench.post(&path("approve"), "{}").await), (409, "not-waiting".to_owned()));
    assert_eq!(refused(&bench.post("/api/v1/updates/99/approve", "").await), (404, "unknown-update".to_owned()));
    done(&bench, &format!("/api/v1/incidents/{id}/resolve"), &json!({})).await;
    let recovery = waiting(&bench).id;
    let withdrawn = done(&bench, &format!("/api/v1/updates/{recovery}/withdraw"), &json!({"reason": "a drill"})).await;
    assert_eq!((&withdrawn["status"], &withdrawn["reason"]), (&json!("withdrawn"), &json!("a drill")));
}

#[tokio::test]
async fn problems_are_opened_linked_and_resolved() {
    let (bench, id) = shop_with_orders_down().await;
    let other = database_slow(&bench).await;
    let opened =
        done(&bench, "/api/v1/problems", &json!({"title": "the queue fills up", "incidents": [id.to_string()]})).await;
    let problem = opened["id"].as_str().expect("an id").to_owned();
    let linked =
        done(&bench, &format!("/api/v1/problems/{problem}/link"), &json!({"incident": other.to_string()})).await;
    assert_eq!(linked["incidents"], json!([id.to_string(), other.to_string()]));
    assert_eq!(bench.json(&format!("/api/v1/incidents/{other}")).await["problem"], json!(problem));
    let resolved =
        done(&bench, &format!("/api/v1/problems/{problem}/resolve"), &json!({"reason": "it has a bound"})).await;
    golden::check_json("problem.json", &resolved);
    let second = done(&bench, "/api/v1/problems", &json!({"title": "another one"})).await;
    let list = bench.json("/api/v1/problems").await;
    assert_eq!((&list["problems"][0]["id"], &list["problems"][1]["id"]), (&second["id"], &json!(problem)));
    for (path, body, expected) in [
        (format!("/api/v1/problems/{problem}/resolve"), json!({"reason": "again"}), (409, "problem-resolved")),
        (format!("/api/v1/problems/{problem}/link"), json!({"incident": "1x"}), (400, "malformed")),
        ("/api/v1/problems/99/resolve".to_owned(), json!({"reason": "again"}), (404, "unknown-problem")),
        ("/api/v1/problems".to_owned(), json!({"title": "t", "incidents": ["99"]}), (404, "unknown-incident")),
        ("/api/v1/problems".to_owned(), json!({"title": ""}), (400, "invalid-text")),
    ] {
        let (status, code) = refused(&bench.post(&path, &body.to_string()).await);
        assert_eq!((status, code.as_str()), expected, "{path} {body}");
    }
}

#[tokio::test]
async fn paths_and_methods_of_our_own_that_are_not_there_are_refused_as_objects() {
    let bench = shop();
    let reply = bench.get("/api/v1/incident").await;
    assert_eq!(refused(&reply), (404, "no-such-path".to_owned()));
    let help = reply.json()["help"].to_string();
    assert!(help.contains("did you mean `/api/v1/incidents`"), "{help}");
    let reply = bench.call("DELETE", "/api/v1/incidents/17", "").await;
    assert_eq!(refused(&reply), (405, "no-such-method".to_owned()));
    assert_eq!(reply.header("allow"), "GET");
}

#[tokio::test]
async fn what_is_not_taken_may_be_sent_again() {
    let (bench, id) = shop_with_orders_down().await;
    let reason = "the disk is full".to_owned();
    bench.fail(Some(evenkeel_api::Unavailable::NotDurable { reason, retry_after_s: 3 }));
    let reply = bench.post(&format!("/api/v1/incidents/{id}/acknowledge"), "").await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, "3"));
    assert_eq!(reply.json()["code"], json!("not-durable"));
}
