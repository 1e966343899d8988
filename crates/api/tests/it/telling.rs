//! What happened outside is told: by whoever may report, by CloudEvents, by forges.

use evenkeel_api::Options;
use evenkeel_engine::Limits;
use evenkeel_time::Duration;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::bench::{Bench, Reply, options};
use crate::caller::{Caller, Made};
use crate::shop::{plan_and, refused};

const SOURCES: &str = "\
---
apiVersion: evenkeel/v1
kind: EventSource
metadata: { name: forge, owner: team:orders }
spec: { type: github, secret: geheim, repositories: [{ name: acme/shop, workload: orders }, { name: acme/ops }] }
---
apiVersion: evenkeel/v1
kind: EventSource
metadata: { name: lab, owner: team:orders }
spec: { type: gitlab, secret: geheimer, repositories: [{ name: acme/shop, workload: orders }] }
---
apiVersion: evenkeel/v1
kind: EventSource
metadata: { name: kept-apart, owner: team:orders }
spec: { type: github, secretFile: /etc/evenkeel/forge, repositories: [{ name: acme/shop }] }
";

fn shop() -> Bench {
    let options = Options { external_url: "https://ops.example".into(), ..options() };
    Bench::under(plan_and(SOURCES), options, Limits::default())
}

async fn recorder(bench: &Bench) -> Caller {
    Made::role(bench, "recorder").await.remote()
}

async fn tell(bench: &Bench, caller: &Caller, body: &Value) -> Reply {
    caller.call(bench, "POST", "/api/v1/facts", &body.to_string()).await
}

/// What became of each fact.
fn told(reply: &Reply) -> Vec<(String, String)> {
    assert!(matches!(reply.status.as_u16(), 200 | 202), "{}", reply.text);
    let facts = reply.json()["facts"].as_array().cloned().expect("facts");
    let text = |fact: &Value, name: &str| fact[name].as_str().expect("a text").to_owned();
    facts.iter().map(|fact| (text(fact, "key"), text(fact, "told"))).collect()
}

fn pair(key: &str, told: &str) -> (String, String) {
    (key.to_owned(), told.to_owned())
}

fn deployment(outcome: &str) -> Value {
    json!({"kind": "deployment", "key": "ci:17", "at": "2026-01-02T03:00:00Z", "workload": "orders", "environment": "eu", "outcome": outcome})
}

#[tokio::test]
async fn what_is_told_twice_counts_once_and_what_is_told_otherwise_counts_last() {
    let bench = shop();
    let ci = recorder(&bench).await;
    let first = tell(&bench, &ci, &deployment("started")).await;
    assert_eq!(told(&first), [pair("ci:17", "recorded")]);
    let seq = bench.seq();
    assert_eq!(told(&tell(&bench, &ci, &deployment("started")).await), [pair("ci:17", "known")]);
    assert_eq!(bench.seq(), seq, "no record");
    let changed = tell(&bench, &ci, &deployment("succeeded")).await;
    assert_eq!(told(&changed), [pair("ci:17", "superseded")]);
    let id = |reply: &Reply| reply.json()["facts"][0]["id"].clone();
    assert_eq!(id(&first), id(&changed), "it stays the same thing");
}

#[tokio::test]
async fn facts_come_as_a_list_and_all_are_taken_or_none() {
    let bench = shop();
    let ci = recorder(&bench).await;
    let run =
        |key: &str| json!({"kind": "run", "key": key, "procedure": "restart", "mode": "manual", "outcome": "success"});
    let reply = tell(&bench, &ci, &json!([run("1"), run("2"), run("1")])).await;
    assert_eq!(told(&reply), [pair("1", "recorded"), pair("2", "recorded"), pair("1", "known")]);
    assert_eq!(told(&tell(&bench, &ci, &json!([])).await), []);
    let seq = bench.seq();
    let wrong = json!([run("3"), {"kind": "run", "key": "4", "mode": "by-hand"}, {"kind": "rum"}, 7, {}]);
    let reply = tell(&bench, &ci, &wrong).await;
    assert_eq!((refused(&reply), bench.seq()), ((400, "invalid-fact".into()), seq));
    let message = reply.json()["detail"].as_str().expect("a message").to_owned();
    for part in [
        "fact 1: a run needs `procedure`",
        "fact 1: `mode` cannot be `by-hand`",
        "fact 2: there is no kind of fact named `rum`; did you mean `run`?",
        "fact 3: a fact is an object",
        "fact 4: `kind` is missing",
    ] {
        assert!(message.contains(part), "{part} in {message}");
    }
    let unknown = json!({"kind": "run", "key": "5", "procedure": "x", "mode": "manual", "outcome": "success", "workload": "order"});
    let reply = tell(&bench, &ci, &unknown).await;
    assert_eq!(refused(&reply), (400, "unknown-workload".into()));
    assert!(reply.text.contains("did you mean `orders`?"), "{}", reply.text);
    let mut ahead = deployment("started");
    ahead["at"] = json!("2026-01-02T03:10:00Z");
    assert_eq!(refused(&tell(&bench, &ci, &ahead).await), (400, "fact-ahead".into()));
    assert_eq!(refused(&ci.call(&bench, "POST", "/api/v1/facts", "{").await), (400, "malformed".into()));
    let many = json!(vec![run("1"); 1001]);
    assert_eq!(refused(&tell(&bench, &ci, &many).await), (413, "too-many-facts".into()));
}

#[tokio::test]
async fn without_a_key_the_same_thing_at_the_same_time_is_one() {
    let bench = shop();
    let ci = recorder(&bench).await;
    let drill = json!({"kind": "drill", "sort": "restore", "outcome": "passed"});
    let first = told(&tell(&bench, &ci, &drill).await);
    assert_eq!((first[0].1.as_str(), first[0].0.len()), ("recorded", 29));
    assert_eq!(told(&tell(&bench, &ci, &drill).await)[0].1, "known");
    bench.advance(Duration::secs(1));
    assert_eq!(told(&tell(&bench, &ci, &drill).await)[0].1, "recorded");
    let dated =
        json!({"kind": "drill", "sort": "restore", "outcome": "passed", "at": "2026-01-01T00:00:00Z", "gaps": null});
    assert_eq!(told(&tell(&bench, &ci, &dated).await)[0].1, "recorded");
    bench.advance(Duration::secs(1));
    assert_eq!(told(&tell(&bench, &ci, &dated).await)[0].1, "known");
}

#[tokio::test]
async fn who_tells_stands_in_the_record_and_is_never_said() {
    let bench = shop();
    let ci = Made::of(&Caller::owner().makes(&bench, &json!({"name": "ci", "role": "recorder", "source": "ci"})).await);
    assert_eq!(told(&tell(&bench, &ci.remote(), &deployment("started")).await).len(), 1);
    assert_eq!(bench.last_actor(), "source:ci");
    let mut forged = deployment("succeeded");
    forged["source"] = json!("forge");
    assert_eq!(refused(&tell(&bench, &ci.remote(), &forged).await), (400, "invalid-fact".into()));
}

/// Nothing that a fact says does anything.
#[tokio::test]
async fn a_recorder_reports_and_does_nothing_else() {
    let bench = shop();
    let incident = crate::shop::orders_down(&bench).await;
    let ci = recorder(&bench).await;
    let fact = json!({"kind": "change", "key": "1", "workload": "orders", "sort": "emergency", "through": "manual", "person": "ada"});
    assert_eq!(told(&tell(&bench, &ci, &fact).await), [pair("1", "recorded")]);
    let number = incident.seq().0;
    for (path, body) in [
        (format!("/api/v1/incidents/{number}/acknowledge"), json!({"person": "ada"})),
        (format!("/api/v1/incidents/{number}/resolve"), json!({})),
        ("/api/v1/attestations".into(), json!({})),
        ("/api/v1/improvements".into(), json!({})),
        ("/api/v1/milestones".into(), json!({})),
        ("/api/v1/tokens".into(), json!({"name": "x", "role": "recorder"})),
        ("/api/v1/updates/1/approve".into(), json!({})),
    ] {
        let reply = ci.call(&bench, "POST", &path, &body.to_string()).await;
        assert_eq!(refused(&reply), (403, "role-too-low".into()), "{path}");
    }
    let open =
        bench.engine(|engine| engine.state().incident.incident(incident).is_some_and(|one| one.acknowledged.is_none()));
    assert!(open);
    for caller in
        [Caller::local(), Made::role(&bench, "sender").await.remote(), Made::role(&bench, "viewer").await.remote()]
    {
        let status = tell(&bench, &caller, &deployment("started")).await.status.as_u16();
        assert!(matches!(status, 401 | 403), "{status}");
    }
}

fn event(id: &str, source: &str) -> Value {
    json!({
        "specversion": "1.0", "type": "evenkeel.run.v1", "source": source, "id": id, "time": "2026-01-02T03:00:00Z",
        "data": {"procedure": "restart", "mode": "automatic", "outcome": "success"},
    })
}

async fn send(bench: &Bench, caller: &Caller, content: &str, body: &Value) -> Reply {
    caller.clone().with("content-type", content).call(bench, "POST", "/events", &body.to_string()).await
}

#[tokio::test]
async fn cloud_events_tell_facts() {
    let bench = shop();
    let ci = recorder(&bench).await;
    let one = "application/cloudevents+json";
    assert_eq!(told(&send(&bench, &ci, one, &event("1", "//ci")).await), [pair("1", "recorded")]);
    assert_eq!(told(&send(&bench, &ci, one, &event("1", "//ci")).await), [pair("1", "known")]);
    let batch = json!([event("1", "//ci"), event("2", "//ci")]);
    let reply = send(&bench, &ci, "application/cloudevents-batch+json", &batch).await;
    assert_eq!(told(&reply), [pair("1", "known"), pair("2", "recorded")]);
    let binary =
        ci.clone().with("ce-specversion", "1.0").with("ce-type", "evenkeel.search.v1").with("ce-source", "wiki");
    let reply = binary.with("ce-id", "3").call(&bench, "POST", "/events", r#"{"found": true}"#).await;
    assert_eq!(told(&reply), [pair("3", "recorded")]);

    let mut wrong = event("4", "//ci");
    wrong["specversion"] = json!("0.3");
    wrong["data"] = json!(7);
    let reply = send(&bench, &ci, one, &wrong).await;
    assert_eq!(refused(&reply), (400, "malformed".into()));
    assert!(reply.text.contains("`specversion` is `0.3`; only `1.0` is read; `data` is no object"), "{}", reply.text);
    assert_eq!(refused(&send(&bench, &ci, "application/json", &json!({})).await), (415, "unsupported".into()));
    let many = json!(vec![json!({}); 1001]);
    let reply = send(&bench, &ci, "application/cloudevents-batch+json", &many).await;
    assert_eq!(refused(&reply), (413, "too-many-events".into()));
}

#[tokio::test]
async fn nobody_tells_in_the_name_of_who_proves_themself() {
    let bench = shop();
    let ci = recorder(&bench).await;
    for name in ["forge", "ops-repo"] {
        let reply = send(&bench, &ci, "application/cloudevents+json", &event("1", name)).await;
        assert_eq!(refused(&reply), (403, "reserved-source".into()));
    }
    let bound =
        Made::of(&Caller::owner().makes(&bench, &json!({"name": "ci", "role": "recorder", "source": "ci"})).await);
    let reply = send(&bench, &bound.remote(), "application/cloudevents+json", &event("1", "forge")).await;
    assert_eq!(told(&reply), [pair("1", "recorded")], "a bound token tells for its own source, whatever it says");
}

fn merged(number: i64) -> String {
    json!({
        "action": "closed", "repository": {"full_name": "acme/shop"},
        "pull_request": {
            "number": number, "merged": true, "merged_at": "2026-01-02T03:00:00Z", "user": {"login": "bob"}, "base": {"ref": "main"},
            "merge_commit_sha": "b51af5566f1ae9c0e08a4efc0b1ce04b8e1de0c2", "merged_by": {"login": "ada"}, "changed_files": 3,
        },
    })
    .to_string()
}

fn pushed() -> String {
    let head = json!({"message": "orders: bound the queue (#42)", "timestamp": "2026-01-02T03:00:00Z"});
    json!({
        "ref": "refs/heads/main", "after": "b51af5566f1ae9c0e08a4efc0b1ce04b8e1de0c2", "commits": [head], "head_commit": head,
        "repository": {"full_name": "acme/shop"}, "sender": {"login": "ada"},
    })
    .to_string()
}

fn github(event: &str, body: &str, secret: &str) -> Caller {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(body.as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let caller = Caller::remote().to("ops.example").with("x-github-event", event);
    caller.with("x-hub-signature-256", &format!("sha256={hex}"))
}

async fn deliver(bench: &Bench, event: &str, body: &str) -> Reply {
    github(event, body, "geheim").call(bench, "POST", "/hooks/forge", body).await
}

#[tokio::test(start_paused = true)]
async fn a_merge_told_by_push_and_by_its_request_counts_once_in_either_order() {
    for push_first in [true, false] {
        let bench = shop();
        let mut replies = Vec::new();
        for push in [push_first, !push_first] {
            let (event, body) = if push { ("push", pushed()) } else { ("pull_request", merged(42)) };
            replies.push(told(&deliver(&bench, event, &body).await));
        }
        let key = "acme/shop@main:b51af5566f1ae9c0e08a4efc0b1ce04b8e1de0c2";
        let push = pair(key, "recorded");
        let expected = if push_first {
            vec![vec![push, pair("acme/shop#42", "recorded")], vec![pair("acme/shop#42", "superseded")]]
        } else {
            vec![vec![pair("acme/shop#42", "recorded")], vec![push]]
        };
        assert_eq!(replies, expected);
        assert_eq!(bench.last_actor(), "source:forge");
        let seq = bench.seq();
        assert_eq!(told(&deliver(&bench, "pull_request", &merged(42)).await), [pair("acme/shop#42", "known")]);
        assert_eq!(bench.seq(), seq, "the same delivery again");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_signed_with_the_secret_is_refused() {
    let bench = shop();
    let body = merged(42);
    let seq = bench.seq();
    let call = async |caller: Caller, path: &str, body: &str| refused(&caller.call(&bench, "POST", path, body).await);
    let unsigned = Caller::remote().to("ops.example").with("x-github-event", "pull_request");
    assert_eq!(call(unsigned, "/hooks/forge", &body).await, (401, "not-signed".into()));
    let wrong = github("pull_request", &body, "geraten");
    assert_eq!(call(wrong, "/hooks/forge", &body).await, (401, "not-signed".into()));
    let changed = github("pull_request", &body, "geheim");
    assert_eq!(call(changed, "/hooks/forge", &merged(43)).await, (401, "not-signed".into()));
    let good = || github("pull_request", &body, "geheim");
    assert_eq!(call(good(), "/hooks/lab", &body).await, (401, "not-signed".into()), "of another forge");
    assert_eq!(call(good(), "/hooks/nothing", &body).await, (404, "unknown-event-source".into()));
    assert_eq!(call(good(), "/hooks/kept-apart", &body).await, (503, "no-secret".into()));
    assert_eq!(call(github("push", "{", "geheim"), "/hooks/forge", "{").await, (400, "malformed".into()));
    // A token lets nobody in here.
    let owner = Caller::owner().with("x-github-event", "pull_request");
    assert_eq!(call(owner, "/hooks/forge", &body).await, (401, "not-signed".into()));
    assert_eq!(bench.seq(), seq);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_used_is_answered_with_a_word() {
    let bench = shop();
    for (event, body, word) in [
        ("ping", json!({"zen": "…"}).to_string(), "the webhook works"),
        ("star", json!({"repository": {"full_name": "acme/shop"}}).to_string(), "events `star` are not used"),
        (
            "push",
            pushed().replace("acme/shop", "acme/web"),
            "this event source does not list the repository `acme/web`",
        ),
    ] {
        let reply = deliver(&bench, event, &body).await;
        assert_eq!((reply.status.as_u16(), reply.json()), (202, json!({"facts": [], "word": word})));
    }
}

#[tokio::test]
async fn gitlab_shows_its_token() {
    let bench = shop();
    let body = json!({"object_kind": "release", "action": "create", "tag": "v1.2.0", "released_at": "2026-01-02 03:00:00 UTC", "project": {"path_with_namespace": "acme/shop"}});
    let caller = Caller::remote().to("ops.example").with("x-gitlab-token", "geheimer");
    let reply = caller.call(&bench, "POST", "/hooks/lab", &body.to_string()).await;
    assert_eq!(told(&reply), [pair("acme/shop/release:v1.2.0", "recorded")]);
}

/// A source that never stops is told when there is room again.
#[tokio::test]
async fn a_source_is_bounded_and_told_so() {
    let bench = shop();
    let ci = recorder(&bench).await;
    let mut number = 0;
    let refusal = loop {
        let facts: Vec<Value> = (0..1000)
            .map(|_| {
                number += 1;
                json!({"kind": "search", "key": number.to_string(), "found": true})
            })
            .collect();
        let reply = tell(&bench, &ci, &json!(facts)).await;
        if reply.status != 200 {
            break reply;
        }
        assert!(number < 200_000, "bounded");
    };
    assert_eq!(refused(&refusal), (429, "too-many-facts-of-a-kind".into()));
    let seconds: u64 = refusal.header("retry-after").parse().expect("seconds");
    assert!((82_800..=90_000).contains(&seconds), "{seconds}");
    assert!(refusal.text.contains("facts of kind `search` in 24 hours, and no more are taken"), "{}", refusal.text);
    assert_eq!(told(&tell(&bench, &ci, &deployment("started")).await).len(), 1, "other kinds have room");
    assert_eq!(
        told(&tell(&bench, &recorder(&bench).await, &json!({"kind": "search", "key": "x", "found": true})).await).len(),
        1
    );
}
