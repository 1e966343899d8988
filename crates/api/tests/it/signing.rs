//! What persons sign, set out for, and name.

use serde_json::{Value, json};

use crate::bench::{Bench, Reply};
use crate::caller::{Caller, Made};
use crate::golden;
use crate::shop::{refused, shop};

async fn person(bench: &Bench, role: &str, person: &str) -> Caller {
    let body = json!({"name": person, "role": role, "person": person});
    Made::of(&Caller::owner().makes(bench, &body).await).remote()
}

fn attestation() -> Value {
    json!({
        "practice": "oe.organization.executive-sponsorship", "subject": "organization",
        "statement": "the board asks for it in each meeting", "expires_at": "2026-04-02T00:00:00Z",
    })
}

fn with(change: &[(&str, Value)]) -> Value {
    let mut body = attestation();
    change.iter().for_each(|(name, value)| body[*name] = value.clone());
    body
}

async fn sign(bench: &Bench, caller: &Caller, body: &Value) -> Reply {
    caller.call(bench, "POST", "/api/v1/attestations", &body.to_string()).await
}

async fn listed(bench: &Bench, query: &str) -> Vec<Value> {
    let answer = bench.json(&format!("/api/v1/attestations{query}")).await;
    answer["attestations"].as_array().cloned().expect("a list")
}

#[tokio::test]
async fn a_person_signs_as_themself_and_an_admin_for_whoever_signed_on_paper() {
    let bench = shop();
    let ada = person(&bench, "responder", "ada").await;
    let reply = sign(&bench, &ada, &attestation()).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    golden::check_json("attestation.json", &reply.json());
    assert_eq!(bench.last_actor(), "person:ada");
    assert_eq!(reply.json()["person"], "person:ada");
    let named = with(&[("person", json!("person:ada")), ("subject", json!("workload:orders"))]);
    assert_eq!(sign(&bench, &ada, &named).await.json()["subject"], "orders");
    assert_eq!(refused(&sign(&bench, &ada, &with(&[("person", json!("bob"))])).await), (403, "other-person".into()));
    // An admin who is somebody signs as that one, too.
    let cleo = person(&bench, "admin", "cleo").await;
    assert_eq!(refused(&sign(&bench, &cleo, &with(&[("person", json!("bob"))])).await), (403, "other-person".into()));

    let owner = Caller::owner();
    assert_eq!(sign(&bench, &owner, &with(&[("person", json!("bob"))])).await.json()["person"], "person:bob");
    assert_eq!(refused(&sign(&bench, &owner, &attestation()).await), (400, "nobody-signs".into()));
    assert_eq!(
        refused(&sign(&bench, &owner, &with(&[("person", json!("bub"))])).await),
        (400, "unknown-person".into())
    );
    for role in ["responder", "operator"] {
        let machine = Made::role(&bench, role).await.remote();
        assert_eq!(
            refused(&sign(&bench, &machine, &with(&[("person", json!("ada"))])).await),
            (403, "nobody-signs".into())
        );
    }
    let own = listed(&bench, "?practice=oe.organization.executive-sponsorship&subject=organization").await;
    assert_eq!(own.len(), 2, "ada's and bob's");
    assert_eq!(listed(&bench, "?subject=orders").await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_signed_is_said() {
    let bench = shop();
    let ada = person(&bench, "responder", "ada").await;
    for (change, code) in [
        (("subject", json!("ordrs")), "unknown-subject"),
        (("practice", json!("")), "invalid-practice"),
        (("statement", json!(" ")), "no-statement"),
        (("statement", json!("x".repeat(1001))), "too-long"),
        (("expires_at", json!("2026-01-01T00:00:00Z")), "expires-before-now"),
        (("expires_at", json!("2028-01-01T00:00:00Z")), "expires-too-late"),
        (("expires_at", json!("soon")), "malformed"),
        (("signed_by", json!("bob")), "malformed"),
    ] {
        let reply = sign(&bench, &ada, &with(std::slice::from_ref(&change))).await;
        assert_eq!(refused(&reply), (400, code.to_owned()), "{change:?}");
    }
    assert_eq!(listed(&bench, "").await, [] as [Value; 0]);
}

#[tokio::test]
async fn who_signed_takes_it_back_and_so_does_an_admin() {
    let bench = shop();
    let ada = person(&bench, "responder", "ada").await;
    let bob = person(&bench, "operator", "bob").await;
    let id = async || sign(&bench, &ada, &attestation()).await.json()["id"].as_str().expect("an id").to_owned();
    let first = id().await;
    let withdraw = async |caller: &Caller, id: &str| {
        caller.call(&bench, "DELETE", &format!("/api/v1/attestations/{id}?reason=no%20more"), "").await
    };
    assert_eq!(refused(&withdraw(&bob, &first).await), (403, "not-your-attestation".into()));
    let reply = withdraw(&ada, &first).await;
    assert_eq!((reply.status.as_u16(), reply.json()), (200, json!({})));
    assert_eq!(refused(&withdraw(&ada, &first).await), (404, "unknown-attestation".into()));
    let second = id().await;
    assert_eq!(withdraw(&Caller::owner(), second.trim_start_matches("attestation:")).await.status, 200);
    assert_eq!(refused(&withdraw(&ada, "incident:1").await), (400, "malformed".into()));
    assert_eq!(listed(&bench, "").await, [] as [Value; 0]);
}

#[tokio::test]
async fn what_has_ended_is_not_listed() {
    let bench = shop();
    let ada = person(&bench, "responder", "ada").await;
    let short = with(&[("expires_at", json!("2026-01-02T03:05:00Z")), ("not_applicable", json!(true))]);
    assert_eq!(sign(&bench, &ada, &short).await.json()["not_applicable"], true);
    assert_eq!(listed(&bench, "").await.len(), 1);
    bench.advance(evenkeel_time::Duration::minutes(1));
    assert_eq!(listed(&bench, "").await, [] as [Value; 0]);
}

#[tokio::test]
async fn an_improvement_is_taken_up_once_and_dropped() {
    let bench = shop();
    let body = json!({
        "practice": "oe.operate.escalation-paths", "subject": "orders", "owner": "team:orders",
        "title": "page a second person", "lens": "a1b2",
    });
    let reply = bench.post("/api/v1/improvements", &body.to_string()).await;
    golden::check_json("improvement.json", &reply.json());
    let again = bench.post("/api/v1/improvements", &body.to_string()).await;
    assert_eq!(refused(&again), (409, "improvement-there".into()));
    let mut wrong = body.clone();
    wrong["owner"] = json!("orders");
    assert_eq!(refused(&bench.post("/api/v1/improvements", &wrong.to_string()).await), (400, "malformed".into()));
    wrong["owner"] = json!("team:ordrs");
    wrong["subject"] = json!("search");
    assert_eq!(refused(&bench.post("/api/v1/improvements", &wrong.to_string()).await), (400, "unknown-owner".into()));
    let list = bench.json("/api/v1/improvements?subject=orders").await;
    assert_eq!(list, json!({"improvements": [reply.json()]}));
    assert_eq!(bench.json("/api/v1/improvements?subject=search").await, json!({"improvements": []}));
    let id = reply.json()["id"].as_str().expect("an id").to_owned();
    let drop = bench.post(&format!("/api/v1/improvements/{id}/drop"), r#"{"reason":"switched off"}"#).await;
    assert_eq!((drop.status.as_u16(), drop.json()), (200, json!({})));
    let drop = bench.post(&format!("/api/v1/improvements/{id}/drop"), "").await;
    assert_eq!(refused(&drop), (404, "unknown-improvement".into()));
}

#[tokio::test]
async fn a_milestone_is_named_once_and_is_where_the_review_stood() {
    let bench = shop();
    // The desk of the tests says that record 7 is the last.
    let searches: Vec<Value> =
        (0..10).map(|key| json!({"kind": "search", "key": key.to_string(), "found": true})).collect();
    assert_eq!(bench.post("/api/v1/facts", &json!(searches).to_string()).await.status, 200);
    let body = |name: &str| json!({"name": name, "lens_hash": "a1b2", "window_end": "2026-01-02T00:00:00Z", "counts": {"practised": 41, "unknown": 2}});
    let reply = bench.post("/api/v1/milestones", &body("2026-q1").to_string()).await;
    golden::check_json("milestone.json", &reply.json());
    assert_eq!(
        refused(&bench.post("/api/v1/milestones", &body("2026-q1").to_string()).await),
        (409, "milestone-there".into())
    );
    for (name, value, code) in [
        ("seq", json!(3), (400, "malformed")),
        ("head", json!("00".repeat(32)), (400, "malformed")),
        ("window_end", json!("soon"), (400, "malformed")),
        ("name", json!(""), (400, "invalid-name")),
        ("counts", json!({"": 1}), (400, "invalid-counts")),
    ] {
        let mut wrong = body("other");
        wrong[name] = value;
        let (status, said) = refused(&bench.post("/api/v1/milestones", &wrong.to_string()).await);
        assert_eq!((status, said.as_str()), code, "{name}");
    }
    let mut ahead = body("ahead");
    ahead["seq"] = json!(1_000_000);
    ahead["head"] = json!("00".repeat(32));
    assert_eq!(refused(&bench.post("/api/v1/milestones", &ahead.to_string()).await), (409, "ahead-of-records".into()));
    assert_eq!(bench.json("/api/v1/milestones").await, json!({"milestones": [reply.json()]}));
}
